"""What the verbs stand on: COPY, jobs, the pace of hosts, series of numbers, marks of how far a work has come."""
