"""Pages of the supervisor: second looks, the audit log."""
