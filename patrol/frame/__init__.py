"""What stands around every page and before every request: gate, headers, lines of the log, server, health, system checks."""
