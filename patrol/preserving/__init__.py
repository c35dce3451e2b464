"""What is preserved of a flagged post beyond the answer it came in: its page, and what its account says of itself. Fetched by job."""
