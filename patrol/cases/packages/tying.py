"""What is new is sealed outside before a package is made, so that a case that was opened a minute ago is tied as any other.

It is the code of `manage.py seal`, in this process where it has the key. Pages run where the key is not (docs/adr/0072): there the worker
is asked, and waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from kombu.exceptions import OperationalError

from patrol import domain, models
from patrol.celery import app
from patrol.domain import Sentence
from patrol.evidence import sealing
from patrol.evidence.anchors import folder, making
from patrol.infra import jobs, locks, wall
from patrol.infra.refusals import RefusedError

WAITS: Final = 20.0  # seconds for a worker
_AGAIN: Final = 1.0  # seconds: a worker that holds the job with an older list leaves what came since, and nobody else rings for it
_LOOKS: Final = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Why:
    """Why what is new could not be sealed. `said` is for the command line: it may tell whoever runs the server what to do."""

    code: str
    said: Sentence


NEVER: Final = Why(
    "anchor_never", Sentence("Server ini tidak menyegel apa pun di luar basis data.", "This server seals nothing outside of the database.")
)
LATE: Final = Why(
    "anchor_late", Sentence("Yang baru belum disegel di luar basis data.", "What is new was not sealed outside of the database yet.")
)
CUT: Final = Why(
    "anchor_cut",
    Sentence("Segel terakhir tidak ada di folder segel luar.", "The last seal is not in the folder of the seals outside of the database."),
)
UNREAD: Final = Why("anchor_unread", Sentence("Folder segel luar tidak dapat dibaca.", "The folder of seals cannot be read."))
_OWN: Final = {why.code: why.said for why in (NEVER, LATE, CUT, UNREAD)}

Unsealed = Callable[[Why], object]


def printed(code: str) -> Sentence:
    """What pages and packages say of it, to officers, courts and other bodies."""
    return _OWN.get(code) or Sentence(f"Penyegelan di luar tidak berhasil (kode {code}).", f"Sealing outside failed (code {code}).")


def sealed(*, now: datetime, waits: bool = True) -> Why | None:
    """Seals what is new; why that was not possible, None where it was. Outside of any transaction of the caller's.

    One caller waits for the worker at a time, since a waiting one holds a thread of the pages. The next is told at once how things stand,
    as is whoever does not want to wait.
    """
    with wall.everything("what is sealed is of all offices, whoever asks for it"):
        why = _sealed(now=now, waits=waits)
    if why is not None:
        return why
    try:
        return CUT if folder.newest(Path(settings.ANCHOR_DIR)) < making.newest().number else None
    except OSError:
        return UNREAD


def _sealed(*, now: datetime, waits: bool) -> Why | None:
    able = making.configured()
    # A job there is where some process has the key, also before it made the first manifest.
    if not able and not making.newest().number and not _job().exists():
        return NEVER
    while sealing.seal(now=now):
        pass
    last = making.newest()
    if last.number and not last.new:
        return None
    if able:
        why = _here(now, waits=waits)
    elif waits:
        with locks.only_one("sealed packages") as alone:
            why = _by_the_worker(last.head, now) if alone else _kept()
    else:
        why = _kept()
    return why if why is not None or making.newest().rows >= last.head else LATE


def _here(now: datetime, *, waits: bool) -> Why | None:
    ends = time.monotonic() + (WAITS if waits else 0.0)
    while True:
        try:
            making.seal(now=now, seconds=making.SECONDS)
        except domain.SourceError as error:
            if error.problem.code != making.BUSY or time.monotonic() >= ends:
                return Why(error.problem.code, error.problem.sentence)
            time.sleep(_LOOKS)  # the worker is at it, perhaps with a list from before what came last
        else:
            return None


def _by_the_worker(head: int, now: datetime) -> Why | None:
    before: int | None = None
    asks = time.monotonic()
    ends = asks + WAITS
    while making.newest().rows < head:
        if time.monotonic() >= asks:
            if jobs.add(making.KIND, making.KEY, {}, now=now):
                before = 0  # it began anew
            jobs.hurry(making.KIND, [making.KEY])
            if before is None:
                before = _job().values_list("attempts", flat=True).get()
            _ring()
            asks = time.monotonic() + _AGAIN
        attempts, token, problem = _job().values_list("attempts", "lease_token", "problem").get()
        tried = before is not None and attempts > before and token is None and problem is not None
        if tried or time.monotonic() >= ends:
            return _known(problem)
        time.sleep(_LOOKS)
    return None


def _job() -> QuerySet[models.Job]:
    return models.Job.objects.filter(kind=making.KIND, key=making.KEY)


def _kept() -> Why | None:
    """Without asking: whoever waits, or waited before, has asked."""
    return _known(_job().values_list("problem", flat=True).first())


def _known(problem: dict[str, Any] | None) -> Why | None:
    """What the last try of the job ended with."""
    return Why(problem["code"], Sentence(problem["id"], problem["en"])) if problem else None


def _ring() -> None:
    with suppress(OperationalError):  # the sweep rings again
        app.send_task("patrol.jobs", retry=False)


def refused(why: Why) -> None:
    """What a page says the first time. Raises RefusedError."""
    said = printed(why.code)
    raise RefusedError("package.unsealed", Sentence(f"Paket belum dibuat. {said.id}", f"No package was made yet. {said.en}"))
