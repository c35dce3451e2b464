"""Pages of the analyst: campaigns, watches, erasing."""
