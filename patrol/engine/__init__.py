"""The pure engine: what a text says, the licence check, the rules, likeness, ties, and how right they are. No Django, no network."""
