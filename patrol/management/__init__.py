"""Door 4: the commands of manage.py."""
