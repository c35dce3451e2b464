"""What is preserved and how: raw bytes, pictures, page archives, seals in the log, erasing, backups."""
