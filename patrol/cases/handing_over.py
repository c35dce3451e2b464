"""Which preserved copies a referral that leaves is about, and the minutes of their handing over (evidence.custody_log)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from patrol import models
from patrol.cases import documents, packets
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import ItemKind
from patrol.evidence import custody_log


def kept(referral: models.Referral, lines: Sequence[packets.Line]) -> list[models.Capture]:
    """The copies it names by their hash, and the screenshots its annex shows, each once, in the order of its lines. A correction shows
    nothing again. Two queries."""
    if referral.corrects_id is not None:
        return []
    shown = dict.fromkeys((line.post_id for line in lines if line.kind != ItemKind.PERSON and referral.has_letter), "")
    pictures = models.Capture.objects.filter(post__in=shown, kind="screenshot").order_by("received_at").values_list("post", "sha256")
    shown |= dict(pictures)  # the newest of each, as the letter has it
    wanted = dict.fromkeys((line.post_id, one) for line in lines for one in (line.sha256, shown.get(line.post_id, "")) if one)
    rows = models.Capture.objects.filter(sha256__in={sha256 for _post, sha256 in wanted})
    rows = rows.order_by("sha256", "post", "-received_at", "id").distinct("sha256", "post")
    own = {(row.post_id, row.sha256): row for row in rows}
    any_of = {row.sha256: row for row in own.values()}  # an answer that shows several posts belongs to none
    found = (own.get(one) or any_of.get(one[1]) for one in wanted)
    return list({row.pk: row for row in found if row is not None}.values())


def hand_over(referral: models.Referral, *, by: models.Person, now: datetime) -> dict[str, Any]:
    """Enters what went out with this referral and writes its minutes, inside the transaction that says it was sent. Returns what the log's
    row of that says besides. Reads each file once: `packets.MOST` lines bound how many."""
    lines = packets.lines(referral)
    copies = kept(referral, lines)
    if not copies:
        return {}
    files = documents.listed(referral, lines)
    pieces = [custody_log.looked_at(one, after=_packet_of(files)) for one in copies]
    channel = CHANNELS[referral.channel]
    _made, told = custody_log.handed(
        pieces,
        referral=referral,
        files=files,
        recipient=referral.target or channel.name.id,
        reason=packets.asks(referral).id,
        rests_on=_rests_on(referral),
        purpose=documents.PURPOSE,
        by=by,
        now=now,
    )
    return told


def _packet_of(files: Sequence[Mapping[str, Any]]) -> str:
    """The file that has all of it: the last one listed."""
    return str(files[-1]["sha256"]) if files else ""


def _rests_on(referral: models.Referral) -> list[str]:
    """The request and its approval, in Indonesian."""
    said = [f"Perkara {referral.case.number}, rujukan {referral.number} melalui {CHANNELS[referral.channel].name.id}"]
    if referral.letter_number:
        said.append(f"Surat nomor {referral.letter_number}")
    if referral.approved_by is not None and referral.approved_at is not None:
        with translation.override("id"):
            day = date_format(timezone.localtime(referral.approved_at), "j F Y")
        said.append(f"Persetujuan orang kedua: {referral.approved_by.name}, tanggal {day}")
    return said
