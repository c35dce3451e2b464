"""The doorbell. Due work is in the database; a message only says that somebody should look (ADR 1)."""

import gc
import os
from typing import Any

from celery import Celery, Task
from celery.signals import worker_init

from patrol.engine import lazy
from patrol.engine.reading import phrases
from patrol.infra import wall

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
# Celery would run Django's checks at each start of a worker or beat, load every page for it, and look at nothing of what they say.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
gc.set_threshold(50_000)  # as manage.py


class Walled(Task):  # type: ignore[type-arg]  # at run time it takes none
    """A task is the work of no office and looks at all of them, until it ends."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        with wall.everything("a task"):
            return super().__call__(*arguments, **named)


app = Celery("patrol", task_cls=Walled)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("patrol.tasks",)


@worker_init.connect
def _read_the_lexicon(**_: Any) -> None:
    """Before the worker forks: its children share it."""
    import dateparser  # noqa: F401, PLC0415 -- as the readers of files do (patrol.intake.formats.times): once, not in each child

    phrases.prepare()
    lazy.prepare()
    gc.freeze()  # a collection in a child would touch, and so copy, what they share
