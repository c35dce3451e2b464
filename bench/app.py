"""The bench's worker: `celery -A bench.app:app worker`. The product's own app, with pages at hand and the usual way beside it."""

from bench import pages
from patrol.celery import app
from patrol.sources import telegram

app.conf.imports = (*app.conf.imports, "bench.usual")
telegram.fetch = pages.ready
pages.pages()  # before the workers fork: making pages is no part of what is measured
