"""Pictures between the second step of the form and its sending: encrypted with a key that the form alone has, for a quarter of an hour.

Nothing is kept of whoever leaves the form: without the form the row is noise, and it goes by its time.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import IO, Final

from cryptography.fernet import Fernet
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.evidence import pictures
from patrol.infra.refusals import RefusedError

MINUTES: Final = 15  # as long as the form itself lasts
MOST_BYTES: Final = 10_000_000
MOST: Final = 5  # pictures of a form
FIELDS: Final = range(1, MOST + 1)  # one picture each: a browser says in its own words how many files one field holds
BODY: Final = 12_200_000  # bytes of one form that is sent with them: a web server holds several in memory
LONGEST_SIDE: Final = 1_920  # of what is kept: a screenshot of a telephone stays legible

AT_ONCE: Final = threading.BoundedSemaphore(2)  # forms whose pictures are opened in one process of the server, each in a child
WAIT_SECONDS: Final = 15  # told to the third: five pictures are opened in less

type Draft = tuple[str, str]  # name of the row, key that opens it


class BusyError(Exception):
    """The pictures of others are being opened. Whoever waited for them here would hold a thread that pages need."""


class SomeRefusedError(Exception):
    """Some of the files cannot be taken, so none was. `why`: place among the files -> what is the matter with that one."""

    def __init__(self, why: Mapping[int, RefusedError]) -> None:
        super().__init__(", ".join(f"{place} {error.code}" for place, error in why.items()))
        self.why = why


def all_drawn(files: Sequence[IO[bytes]]) -> list[bytes]:
    """What `drawn` makes of each. Raises BusyError before the first is opened, SomeRefusedError after the last: whoever sent five is told
    of all that cannot be taken at once, and not of one each time."""
    if not files:
        return []
    if not AT_ONCE.acquire(blocking=False):
        raise BusyError
    made: list[bytes] = []
    why: dict[int, RefusedError] = {}
    try:
        for place, file in enumerate(files):
            try:
                made.append(drawn(file.read(MOST_BYTES + 1)))
            except RefusedError as error:
                why[place] = error
    finally:
        AT_ONCE.release()
    if why:
        raise SomeRefusedError(why)
    return made


def drawn(content: bytes) -> bytes:
    """The picture as a new JPEG, by the limited child: no EXIF, no place. Raises RefusedError."""
    if len(content) > MOST_BYTES:
        raise RefusedError("tip.picture_too_large", _("A picture is larger than 10 MB. Send a smaller one."), "pictures")
    try:
        return pictures.shrunk(content, longest=LONGEST_SIDE).thumbnail
    except pictures.UnreadableError as error:
        raise RefusedError("tip.picture", error.problem.sentence, "pictures") from None


def put(contents: Sequence[bytes], *, now: datetime) -> list[Draft]:
    """Keeps what `drawn` made."""
    made: list[Draft] = []
    rows = []
    for content in contents:
        key = Fernet.generate_key()
        name = secrets.token_hex(32)
        until = now + timedelta(minutes=MINUTES)
        rows.append(models.TipDraftPicture(name=name, sealed=Fernet(key).encrypt(content), expires_at=until))
        made.append((name, key.decode()))
    models.TipDraftPicture.objects.bulk_create(rows)
    return made


def opened(drafts: Sequence[Draft], *, now: datetime) -> list[bytes]:
    """The pictures that are still there, in their order."""
    rows = models.TipDraftPicture.objects.filter(name__in=[name for name, _key in drafts], expires_at__gt=now)
    kept = {row.name: bytes(row.sealed) for row in rows}
    return [Fernet(key.encode()).decrypt(kept[name]) for name, key in drafts if name in kept]


def drop(drafts: Sequence[Draft]) -> None:
    models.TipDraftPicture.objects.filter(name__in=[name for name, _key in drafts]).delete()


def clear(*, now: datetime) -> int:
    """Those whose form has run out."""
    return models.TipDraftPicture.objects.filter(expires_at__lte=now).delete()[0]
