"""What the worker has at hand before it forks, and what it leaves to the web."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

ASKED = """
import sys
from celery.signals import worker_init
import patrol.celery
from patrol.engine.reading import phrases

before = phrases.prepare.cache_info().currsize
worker_init.send(None)
print(before, phrases.prepare.cache_info().currsize)
patrol.celery.app.loader.import_default_modules()
print("patrol.tasks" in sys.modules, "patrol.admin" in sys.modules, "patrol.urls" in sys.modules)
"""


def test_the_lexicon_is_compiled_by_the_worker_before_it_forks_and_by_nobody_at_import_and_no_page_is_loaded() -> None:
    told = subprocess.run([sys.executable, "-c", ASKED], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=600)
    assert told.stdout.splitlines() == ["0 1", "True False False"]
