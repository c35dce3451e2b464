"""The doorbell. Due work is in the database; a message only says that somebody should look (design.md, rule 2)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")

app = Celery("patrol")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("patrol.tasks",)
