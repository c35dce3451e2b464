"""What stands around every page and before every request: gate, server, health, system checks, the door of the extension."""
