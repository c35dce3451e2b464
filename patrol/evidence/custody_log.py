"""The custody log: each piece that was taken away or handed over, with the minutes of it, and each that could not be opened.

    opened    the bytes of a capture for a person; where its file is gone or changed, a row and a word to the supervisors instead
    took      somebody took a copy of it away; `taken` of a file that holds several, or none
    handed    what showed these pieces went to another body
    exported  a package of their case was made, for whoever it is handed to then
    verify    the rows against the log

Looks within the house stand in the audit log and the reading log, and are not written twice. Rows are added inside the transaction of the
act; the act's row of the audit log holds a digest over them, so that none can be changed, added or taken out unseen.
"""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

from django.db import transaction

from patrol import models
from patrol.access import audit, looks
from patrol.evidence import checking, minutes, raw
from patrol.infra import wall
from patrol.models import CustodyAct, CustodyFound, MinutesKind

KEY: Final = "custody"  # in the log's row of the act: the digest over its rows here
ALONE: Final = "minutes_sha256"  # the same of minutes of a file that shows no piece, which have no rows here
KIND: Final = "minutes_kind"  # beside it
REFUSED: Final = "capture.refused"
NOTICE: Final = "copy_refused"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in an act. `found` and `before`: what the look at its file found just before; `after`: SHA-256 of the file it left in."""

    capture: models.Capture
    found: CustodyFound
    before: str
    after: str = ""


def looked_at(capture: models.Capture, *, after: str = "") -> Piece:
    """The piece as its file is now. Reads the file once."""
    found = checking.looked_at(capture.sha256)
    if isinstance(found, tuple):
        return Piece(capture, CustodyFound.WHOLE, capture.sha256, after)
    try:
        with raw.open_bytes(capture.sha256) as file:
            return Piece(capture, CustodyFound.CHANGED, hashlib.file_digest(file, "sha256").hexdigest(), after)
    except raw.EvidenceMissingError:
        return Piece(capture, CustodyFound.MISSING, "", after)
    except OSError:
        return Piece(capture, CustodyFound.UNREADABLE, "", after)


def opened(capture: models.Capture, *, by: models.Person, now: datetime) -> bytes:
    """The bytes as they were kept. Raises EvidenceMissingError where they are gone or changed: that is a row then, and the supervisors are
    told. Not inside a transaction that a refusal rolls back."""
    try:
        return raw.whole(capture.sha256)
    except raw.EvidenceMissingError:
        refused(looked_at(capture), by=by, now=now)
        raise


def refused_by_hash(sha256: str, *, by: models.Person, now: datetime) -> None:
    """As `refused`, for whoever knows the file's name alone; of its records the first."""
    capture = models.Capture.objects.filter(sha256=sha256).order_by("received_at", "id").first()
    if capture is not None:
        refused(looked_at(capture), by=by, now=now)


def refused(piece: Piece, *, by: models.Person, now: datetime) -> None:
    """That this person was not given a piece, for its file is not what its record says."""
    found = piece.found if piece.found != CustodyFound.WHOLE else CustodyFound.UNREADABLE  # it was read again a moment later
    log.error("a preserved copy was not opened", extra={"capture": str(piece.capture.pk), "why": str(found)})
    with transaction.atomic():
        rows, told = _rows(CustodyAct.REFUSED, [Piece(piece.capture, found, piece.before)], by=by, now=now, purpose="")
        tell([piece.capture], by=by, now=now)
        audit.write(REFUSED, by=by, now=now, target=piece.capture, after={"found": str(found), **told})
        models.CustodyEntry.objects.bulk_create(rows)


def tell(captures: Sequence[models.Capture], *, by: models.Person, now: datetime) -> None:
    """The supervisors, each once for a piece until they have read it. Inside the caller's transaction."""
    notes = sorted({capture.sha256[:12] for capture in captures})
    if not notes:
        return
    known = set(models.Notice.objects.filter(kind=NOTICE, read_at=None, note__in=notes).values_list("person", "note"))
    models.Notice.objects.bulk_create(
        models.Notice(kind=NOTICE, person=one, by=by, at=now, note=note)
        for one in looks.answering(by)
        for note in notes
        if (one.pk, note) not in known
    )


def took(
    capture: models.Capture,
    *,
    by: models.Person,
    now: datetime,
    purpose: str,
    reason: str,
    after: Mapping[str, Any],
    verb: str = "capture.downloaded",
    target: Any = None,
) -> models.Minutes:
    """That this person takes a copy of a piece away whose bytes were just opened: minutes, entry and the log's row, which is that of a look
    where `verb` is one. `reason`: the purpose in Indonesian words. `target`: of that row, where it is not the piece. Inside the caller's
    transaction."""
    made, told = taken([Piece(capture, CustodyFound.WHOLE, capture.sha256, capture.sha256)], purpose=purpose, reason=reason, by=by, now=now)
    write = looks.log if verb in looks.VERBS else audit.write
    write(verb, by=by, now=now, target=target or capture, after={**after, **told})
    return made


def taken(
    pieces: Sequence[Piece],
    *,
    purpose: str,
    reason: str,
    by: models.Person,
    now: datetime,
    files: Sequence[Mapping[str, Any]] = (),
    rests_on: Sequence[str] = (),
) -> tuple[models.Minutes, dict[str, Any]]:
    """Minutes and entries of what this person takes away, and what the log's row of the act says of them: the caller writes that one, in
    the same transaction. `files`: what is taken, where it is not the piece itself; it may show several pieces, or none. A piece whose file
    is not whole is entered so, and the supervisors are told."""
    made = minutes.make(MinutesKind.TAKEN, pieces, reason=reason, by=by, now=now, files=files, rests_on=rests_on)
    return made, _entered(CustodyAct.TAKEN, pieces, made, by=by, at=now, now=now, purpose=purpose)


def handed(
    pieces: Sequence[Piece],
    *,
    referral: models.Referral,
    files: Sequence[Mapping[str, Any]],
    recipient: str,
    reason: str,
    rests_on: Sequence[str],
    purpose: str,
    when: datetime,
    by: models.Person,
    now: datetime,
    remarks: Sequence[str] = (),
    alone: bool = False,
) -> tuple[models.Minutes | None, dict[str, Any]]:
    """Minutes and entries of what went to another body at `when`, and what the log's row of the act says of them: the caller writes that
    one, in the same transaction. No piece: nothing, but where `alone` asks for minutes all the same. A piece whose file is not whole is
    entered so, and the supervisors are told."""
    if not pieces and not alone:
        return None, {}
    made = minutes.make(
        MinutesKind.HANDED_OVER,
        pieces,
        reason=reason,
        by=by,
        now=now,
        when=when,
        recipient=recipient,
        files=files,
        rests_on=rests_on,
        remarks=remarks,
        referral=referral,
    )
    return made, _entered(CustodyAct.HANDED_OVER, pieces, made, by=by, at=when, now=now, purpose=purpose, recipient=recipient)


def _entered(
    act: CustodyAct,
    pieces: Sequence[Piece],
    made: models.Minutes,
    *,
    by: models.Person,
    at: datetime,
    now: datetime,
    purpose: str,
    recipient: str = "",
) -> dict[str, Any]:
    if not pieces:
        return {"minutes": made.number, ALONE: made.digest, KIND: str(made.kind)}
    rows, told = _rows(act, pieces, by=by, now=at, purpose=purpose, recipient=recipient, made=made)
    tell([one.capture for one in pieces if one.found != CustodyFound.WHOLE], by=by, now=now)
    models.CustodyEntry.objects.bulk_create(rows)
    return {"minutes": made.number, **told}


def exported(
    pieces: Sequence[Piece], *, made: models.Minutes, after: str, purpose: str, by: models.Person, now: datetime
) -> dict[str, Any]:
    """Entries of a package of a case, whose minutes are there; `after`: SHA-256 of the package. As `handed`: what the log's row says of
    them, and the supervisors are told of a piece whose file is not whole."""
    rows, told = _rows(CustodyAct.EXPORTED, [replace(one, after=after) for one in pieces], by=by, now=now, purpose=purpose, made=made)
    tell([one.capture for one in pieces if one.found != CustodyFound.WHOLE], by=by, now=now)
    models.CustodyEntry.objects.bulk_create(rows)
    return {"minutes": made.number, **told}


def _rows(
    act: CustodyAct,
    pieces: Sequence[Piece],
    *,
    by: models.Person,
    now: datetime,
    purpose: str,
    recipient: str = "",
    made: models.Minutes | None = None,
) -> tuple[list[models.CustodyEntry], dict[str, str]]:
    rows = [
        models.CustodyEntry(
            capture=one.capture,
            act=act,
            at=now,
            by=by,
            office_id=by.office_id,
            purpose=purpose,
            recipient=recipient,
            found=one.found,
            before=one.before,
            after=one.after,
            minutes=made,
        )
        for one in pieces
    ]
    salt = uuid.uuid4().hex[:16]  # two acts of the same second are two
    digest = _digest(salt, rows)
    for row in rows:
        row.digest = digest
    return rows, {KEY: digest}


def _digest(salt: str, rows: Sequence[models.CustodyEntry]) -> str:
    """Over all that the rows of one act say: the salt, and behind it SHA-256."""
    written = json.dumps([salt, said(rows)], separators=(",", ":"), ensure_ascii=False)
    return salt + hashlib.sha256(written.encode()).hexdigest()[:48]


def said(rows: Sequence[models.CustodyEntry]) -> list[list[Any]]:
    """What the digest of an act is made of: of each of its rows, in the order of their pieces, all it says."""
    return [
        [
            str(row.capture_id),
            str(row.act),
            row.at.astimezone(UTC).isoformat(timespec="microseconds"),
            row.by_id,
            row.office_id,
            row.purpose,
            row.recipient,
            str(row.found),
            row.before,
            row.after,
            [row.minutes.number, row.minutes.digest] if row.minutes else None,
        ]
        for row in sorted(rows, key=lambda row: str(row.capture_id))
    ]


def verify() -> list[str]:
    """What of the custody log is not as the audit log says, each in one sentence. Of all offices, whoever asks: behind one office's wall
    the minutes of the others would be missing, and the digests with them."""
    with wall.everything("the custody log is one for all offices"):
        return list(_differing())


def _differing() -> Iterator[str]:
    entered = audit.rows().filter(after__has_key=KEY).values_list(f"after__{KEY}", "at")
    logged = dict(entered)
    unknown: dict[str, int] = {}
    with_entries: set[int] = set()
    found = models.CustodyEntry.objects.select_related("minutes").order_by("digest", "id")
    for digest, group in groupby(found.iterator(chunk_size=2_000), key=lambda row: row.digest):
        rows = list(group)
        if (at := logged.pop(digest, None)) is None:
            unknown[digest] = rows[0].pk
        elif why := _unlike_log(digest, rows, at):
            yield f"entries {rows[0].pk} to {rows[-1].pk}: {why}"
        for row in rows:
            if row.minutes is not None and row.minutes_id not in with_entries:
                with_entries.add(row.minutes.pk)
                if why := _unlike(row.act, row.by_id, row.office_id, row.minutes):
                    yield f"minutes {row.minutes.number}: {why}"
    unknown_yet = unknown.keys() - dict(entered.filter(**{f"after__{KEY}__in": list(unknown)})).keys() if unknown else set()  # work goes on
    for digest, key in unknown.items():
        if digest in unknown_yet:
            yield f"entry {key}: no row of the log names it"
    for lost in sorted(logged):
        yield f"entries of the act {lost[:16]}: they were removed"
    yield from _minutes(with_entries)


def _minutes(with_entries: Collection[int]) -> Iterator[str]:
    """Their words, and those without a piece against the row of the log that names them."""
    names = ("after__minutes", f"after__{ALONE}", "at", "actor_id", "office_id", f"after__{KIND}")
    entered = audit.rows().filter(after__has_key=ALONE).values_list(*names)
    logged = {number: said for number, *said in entered}
    unknown: list[models.Minutes] = []
    for made in models.Minutes.objects.order_by("id").iterator(chunk_size=500):
        if minutes.digest(made.content) != made.digest:
            yield f"minutes {made.number}: their words were changed"
        said = logged.pop(made.number, None)
        if said is None:
            if made.pk not in with_entries and not made.entries.exists():
                unknown.append(made)
        elif said[:2] != [made.digest, made.at]:
            yield f"minutes {made.number}: they are not what the log says"
        elif why := _unlike(said[4], said[2], said[3], made):
            yield f"minutes {made.number}: {why}"
    since = entered.filter(after__minutes__in=[one.number for one in unknown]).values_list("after__minutes", flat=True)
    named = set(since) if unknown else set()  # work goes on
    for made in unknown:
        if made.number not in named:
            yield f"minutes {made.number}: no entry names them"
    for number in logged:
        yield f"minutes {number}: they were removed"


def _unlike_log(digest: str, rows: Sequence[models.CustodyEntry], at: datetime) -> str:
    """What the log's row of this act, which is of `at`, says otherwise; "" where nothing. Minutes are written with it, and what was taken
    was taken then; what was handed over may have been days before."""
    if _digest(digest[:16], rows) != digest:
        return "they are not what the log says"
    same = all(row.at == at or (row.at < at and row.act == CustodyAct.HANDED_OVER) for row in rows)
    same = same and all(row.minutes.at == at for row in rows if row.minutes is not None)
    return "" if same else "they or their minutes are of another time than the row of the log that names them"


def _unlike(act: str, by_id: int, office_id: int, made: models.Minutes) -> str:
    """What of the minutes beside their words is not as these and the act say, that of an entry of them or of the log's row; "" where all
    is. Of the referral only that there is one."""
    same = {
        "kind": (made.kind, str(act)),
        "by": (made.by_id, by_id),
        "office": (made.office_id, office_id),
        "number": (made.number.split("/")[::2], [f"BA-{made.count:04d}", str(made.year)]),
        "recipient": (made.recipient, made.content["recipient"] or made.content["giver"]["name"]),
        "referral": (made.referral_id is None, act != CustodyAct.HANDED_OVER),
    }
    differ = [f"their {name}" for name, (one, other) in same.items() if one != other]
    return f"{', '.join(differ)} is not what words and entries say" if differ else ""
