"""Pages of the officer: the desk, cases, protections, what is brought in."""
