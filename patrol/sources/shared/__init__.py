"""What sources of several platforms share: walks, places, times, markup, refusals, identity of addresses."""
