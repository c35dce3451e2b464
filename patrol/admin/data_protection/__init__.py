"""Pages of the data protection officer."""
