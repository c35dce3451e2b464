"""One decision for many rows of the queue at once."""
