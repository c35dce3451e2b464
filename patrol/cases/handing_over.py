"""Which preserved copies a referral that leaves is about, and the minutes of their handing over (evidence.custody_log).

What left is what counts: of a letter the set that was approved, which lists its hashes; of a packet without one the bytes that were mailed
or taken, with the copies it named then. Files are read before anything is locked (`by_hand`, `by_mail`, `in_packet`); `hand_over` and
`take` only write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.formats import date_format

from patrol import models
from patrol.cases import documents, packets
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import ItemKind
from patrol.engine import masks
from patrol.evidence import custody_log, raw
from patrol.models import DocumentKind, ReferralEventKind

UNREAD: Final = (
    "Daftar hash yang disetujui tidak dapat dibaca; rekaman di atas adalah yang tersimpan pada saat surat itu dibuat menurut catatan."
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """`pieces` as their files were just now, and the `files` they left in: [{name, sha256, length}], empty where no hash was kept."""

    pieces: Sequence[custody_log.Piece]
    files: Sequence[Mapping[str, Any]]
    remarks: Sequence[str] = ()
    alone: bool = False  # a correction, which shows no piece and leaves all the same


NOTHING: Final = Leaving((), ())


def by_hand(referral: models.Referral, *, when: datetime) -> Leaving:
    """What somebody says they sent at `when`. Without a letter it is the packet that was taken before: where packets of different bytes
    were, or none, nobody knows which left."""
    if referral.has_letter:
        return _leaving(referral, documents.listed(referral, ()), at=when)
    approval = referral.events.filter(kind=ReferralEventKind.APPROVED).order_by("-id").first()
    before = when + timedelta(minutes=1)  # a form has no seconds
    found = referral.events.filter(kind=ReferralEventKind.PACKET_TAKEN, pk__gt=approval.pk if approval else 0, at__lt=before)
    taken = list(found.order_by("id").values_list("detail", "at"))
    hashes = {sha256 for sha256, _at in taken}
    known = len(hashes) == 1 and "" not in hashes
    files = [{"name": f"{referral.number}.zip", "sha256": hashes.pop()}] if known else []
    return _leaving(referral, files, at=taken[-1][1] if taken else when)


def by_mail(referral: models.Referral, mail: models.Sending, *, at: datetime) -> Leaving:
    """What this mail carries, which is tried at `at`."""
    return _leaving(referral, mail.files, at=at)


def in_packet(referral: models.Referral, content: bytes, *, at: datetime) -> Leaving:
    """What the packet of these bytes shows that somebody takes at `at`, before it goes out."""
    told = {"name": f"{referral.number}.zip", "sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}
    return _leaving(referral, [told], at=at)


def take(referral: models.Referral, leaving: Leaving, *, by: models.Person, now: datetime) -> dict[str, Any]:
    """Writes the minutes of a packet that this person takes, inside the transaction that says so. Returns what the log's row says
    besides."""
    _made, told = custody_log.taken(
        leaving.pieces,
        files=leaving.files,
        reason=f"Penyerahan rujukan {referral.number} kepada {masks.text(referral.target)[:200] or CHANNELS[referral.channel].name.id}",
        rests_on=_rests_on(referral),
        purpose=documents.PURPOSE,
        by=by,
        now=now,
    )
    return told


def _leaving(referral: models.Referral, files: Sequence[Mapping[str, Any]], *, at: datetime) -> Leaving:
    """Reads each file once: `packets.MOST` lines bound how many. A correction shows nothing again."""
    if referral.corrects_id is not None:
        return Leaving((), list(files), alone=True)
    lines = packets.lines(referral)
    wanted, remarks = _named(referral, lines, at)
    after = str(files[-1]["sha256"]) if files else ""  # the last one listed has all of it
    return Leaving([custody_log.looked_at(one, after=after) for one in _captures(wanted)], list(files), remarks)


def _named(referral: models.Referral, lines: Sequence[packets.Line], at: datetime) -> tuple[list[tuple[int, str]], list[str]]:
    """Post and SHA-256 of each copy that what left names, in its order, and what the minutes say of that."""
    remarks: list[str] = []
    letter = documents.newest(referral) if referral.has_letter else None
    if letter is not None:
        posts = {line.flag: line.post_id for line in lines}
        try:
            row = letter.documents.select_related("capture").get(kind=DocumentKind.HASHES)
            said = raw.whole(row.capture.sha256).decode()
        except (models.ReferralDocument.DoesNotExist, raw.EvidenceMissingError):
            at, remarks = letter.at, [UNREAD]
        else:
            rows = [line.partition("  ") for line in said.splitlines() if not line.startswith("#")]
            return list(dict.fromkeys((_post(name, posts), sha256) for sha256, _gap, name in rows)), remarks
    copies = packets.copies_at([line.post_id for line in lines if line.kind != ItemKind.PERSON or not referral.has_letter], at)
    return list(copies.items()), remarks


def _post(name: str, posts: Mapping[str, int]) -> int:
    """Of a row of hashes, which begins with the number of a flag (letters.Entry.name); 0 where it is none of the lines."""
    return next((post for flag, post in posts.items() if name.startswith(f"{flag}-")), 0)


def _captures(wanted: Sequence[tuple[int, str]]) -> list[models.Capture]:
    """Their records, each once. One query."""
    rows = models.Capture.objects.filter(sha256__in={sha256 for _post_id, sha256 in wanted})
    rows = rows.order_by("sha256", "post", "-received_at", "id").distinct("sha256", "post")
    own = {(row.post_id, row.sha256): row for row in rows}
    any_of = {row.sha256: row for row in own.values()}  # an answer that shows several posts belongs to none
    found = (own.get(one) or any_of.get(one[1]) for one in wanted)
    return list({row.pk: row for row in found if row is not None}.values())


def hand_over(referral: models.Referral, leaving: Leaving, *, when: datetime, by: models.Person, now: datetime) -> dict[str, Any]:
    """Enters what went out at `when` and writes its minutes, inside the transaction that says it was sent. Returns what the log's row of
    that says besides."""
    channel = CHANNELS[referral.channel]
    _made, told = custody_log.handed(
        leaving.pieces,
        referral=referral,
        files=leaving.files,
        recipient=masks.text(referral.target)[:200] or channel.name.id,
        reason=packets.asks(referral).id,
        rests_on=_rests_on(referral),
        remarks=leaving.remarks,
        alone=leaving.alone,
        purpose=documents.PURPOSE,
        when=when,
        by=by,
        now=now,
    )
    return told


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
