"""What is preserved and how: raw bytes, pictures, page archives, seals in the log and outside of the database, who held it, minutes,
erasing, backups."""
