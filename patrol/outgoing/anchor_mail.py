"""The manifests of a day by mail, to an address outside: one message for each hour in which one was made, each with all of the day so far.

The job is asked for with the first manifest of an hour and due when the hour is over. A message holds what is already known outside of the
database, so that one too many does no harm: what may not have arrived is sent again under the same Message-ID, and the next one holds it
too. Of each manifest go the statement and its signature, which is enough to see that a log or a folder is not the one of then; the lists
stay in the folder.
"""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from patrol.domain import LAW_ZONE
from patrol.evidence.anchors import folder
from patrol.evidence.anchors.making import problem
from patrol.evidence.anchors.manifests import Manifest, ManifestError
from patrol.infra import jobs
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Attached
from patrol.sources.transport.smtp import Came

KIND: Final = "anchor_mail"


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "anchor_mail". Raises SourceError, JobLostError."""
    hour = datetime.fromisoformat(str(job.target["hour"])).astimezone(LAW_ZONE)
    try:
        made = _of_the_day(hour)
    except (OSError, ManifestError) as error:
        raise problem(
            "anchor_mail_folder",
            "Folder segel luar tidak dapat dibaca untuk surel.",
            "The folder of the manifests cannot be read for the mail.",
        ) from error
    if made and settings.ANCHOR_MAIL and mailing.configured():
        _send(hour, made, now)
    with transaction.atomic():
        jobs.finish(job, now=now)


def _of_the_day(hour: datetime) -> list[Manifest]:
    """Of this day in Jakarta, the oldest first."""
    place = Path(settings.ANCHOR_DIR)
    found: list[Manifest] = []
    for number in range(folder.newest(place), 0, -1):
        made = folder.read(place, number)
        day = made.statement.made_at.astimezone(LAW_ZONE).date()
        if day < hour.date():
            break
        if day == hour.date():
            found.append(made)
    return found[::-1]


def _send(hour: datetime, made: list[Manifest], now: datetime) -> None:
    """Raises SourceError where nobody has it, or nobody knows."""
    day, last = hour.date().isoformat(), made[-1].statement
    text = (
        f"Segel luar SIPatrol, {day}: {len(made)} manifes, nomor {made[0].statement.number} sampai {last.number}.\n"
        f"Jejak audit: {last.rows} baris, kepala {last.head}.\nBukti: {last.evidence.records} rekaman, {last.evidence.versions} teks.\n"
        f"Manifes terbaru (SHA-256): {made[-1].sha256}\nKunci: {last.key}\n\n"
        "Simpan surel ini: dengannya dapat diperiksa bahwa jejak audit dan bukti hari ini tidak diubah sesudahnya.\n"
    )
    content = b"".join(one.line + base64.b64encode(one.signature) + b"\n" for one in made)
    name = f"segel.{hour.strftime('%Y-%m-%dT%H')}"
    message = mailing.composed(
        f"Segel luar SIPatrol, {day}",
        text,
        to=settings.ANCHOR_MAIL,
        message_id=mailing.message_id(name),
        files=[Attached(f"segel-{day}.txt", "text/plain", content)],
        now=now,
    )
    message["References"] = mailing.message_id(f"segel.{day}")  # mail programs show those of a day as one
    message["Auto-Submitted"] = "auto-generated"
    answer = mailing.deliver(message, to=settings.ANCHOR_MAIL)
    if answer.came != Came.SENT:
        raise problem(
            "anchor_mail",
            "Surel segel luar belum pasti diterima; dicoba lagi.",
            "It is not certain that the mail with the manifests arrived; it is tried again.",
        )
