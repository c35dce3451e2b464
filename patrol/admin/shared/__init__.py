"""Pages and parts that every role uses."""
