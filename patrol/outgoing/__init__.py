"""What leaves the house for people: mails of every kind, and what members of staff are told outside of the workbench."""
