"""Pages of the administrator: people, offices, credentials."""
