"""What is new is sealed outside before a package is made, so that a case that was opened a minute ago is tied as any other.

It is the code of `manage.py seal`, in this process where it has the key. Pages run where the key is not (docs/adr/0072): there the worker
is asked, and waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from kombu.exceptions import OperationalError

from patrol import domain, models
from patrol.celery import app
from patrol.domain import Sentence
from patrol.evidence import sealing
from patrol.evidence.anchors import folder, making
from patrol.infra import jobs, wall
from patrol.infra.refusals import RefusedError

WAITS: Final = 20.0  # seconds for a worker
_LOOKS: Final = 0.25  # seconds
NEVER: Final = Sentence("Server ini tidak menyegel apa pun di luar basis data.", "This server seals nothing outside of the database.")
LATE: Final = Sentence("Yang baru belum disegel di luar basis data.", "What is new was not sealed outside of the database yet.")
CUT: Final = Sentence(
    "Segel terakhir tidak ada di folder segel luar.", "The last seal is not in the folder of the seals outside of the database."
)

Unsealed = Callable[[Sentence], object]


def sealed(*, now: datetime) -> Sentence | None:
    """Seals what is new; why that was not possible, None where it was. Outside of any transaction of the caller's."""
    with wall.everything("what is sealed is of all offices, whoever asks for it"):
        why = _sealed(now=now)
    if why is not None:
        return why
    try:
        return CUT if folder.newest(Path(settings.ANCHOR_DIR)) < making.newest().number else None
    except OSError:
        return CUT


def _sealed(*, now: datetime) -> Sentence | None:
    able = making.configured()
    if not able and not making.newest().number:
        return NEVER
    while sealing.seal(now=now):
        pass
    last = making.newest()
    if last.number and not last.new:
        return None
    why = _here(now) if able else _by_the_worker(last.head, now)
    return why if why is not None or making.newest().rows >= last.head else LATE


def _here(now: datetime) -> Sentence | None:
    ends = time.monotonic() + WAITS
    while True:
        try:
            making.seal(now=now, seconds=making.SECONDS)
        except domain.SourceError as error:
            if error.problem.code != making.BUSY or time.monotonic() >= ends:
                return error.problem.sentence
            time.sleep(_LOOKS)  # the worker is at it, perhaps with a list from before what came last
        else:
            return None


def _by_the_worker(head: int, now: datetime) -> Sentence | None:
    jobs.add(making.KIND, making.KEY, {}, now=now)
    jobs.hurry(making.KIND, [making.KEY])
    job = models.Job.objects.filter(kind=making.KIND, key=making.KEY)
    before = job.values_list("attempts", flat=True).get()
    _ring()
    ends = time.monotonic() + WAITS
    while making.newest().rows < head and time.monotonic() < ends:
        time.sleep(_LOOKS)
        attempts, token, problem = job.values_list("attempts", "lease_token", "problem").get()
        if attempts > before and token is None and problem is not None:
            return Sentence(problem["id"], problem["en"])
    return None


def _ring() -> None:
    with suppress(OperationalError):  # the sweep rings again
        app.send_task("patrol.jobs", retry=False)


def refused(why: Sentence) -> None:
    """What a page says the first time. Raises RefusedError."""
    text = Sentence(
        f"{why.id} Paket belum dibuat. Bila dibuat sekarang juga, yang lebih baru daripada segel terakhir hanya terikat pada berita acara"
        " di atas kertas.",
        f"{why.en} No package was made yet. Made now all the same, what is newer than the last seal is tied to the berita acara on paper"
        " alone.",
    )
    raise RefusedError("package.unsealed", text)
