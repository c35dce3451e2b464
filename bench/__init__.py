"""Measuring and tormenting the whole way: `python -m bench` (speed), `python -m bench.soak` (faults)."""
