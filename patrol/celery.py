"""The doorbell. Due work is in the database; a message only says that somebody should look (design.md, rule 2)."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from patrol.engine import lazy
from patrol.engine.reading import phrases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")

app = Celery("patrol")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("patrol.tasks",)


@worker_init.connect
def _read_the_lexicon(**_: Any) -> None:
    """Before the worker forks: its children share it."""
    import dateparser  # noqa: F401, PLC0415 -- as the readers of files do (patrol.intake.formats.times): once, not in each child

    phrases.prepare()
    lazy.prepare()
    gc.freeze()  # a collection in a child would touch, and so copy, what they share
