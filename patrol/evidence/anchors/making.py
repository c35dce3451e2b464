"""The next manifest: everything the log has entered since the one before.

    what waits for the log is entered into it (sealing, consulting)
    | the folder and the log name the same newest manifest, or the folder the one after it: its writer died, and it is taken on
    | the log still goes on from the row that the manifest pins, up to a head that is ours
    the file    whole or not at all; from here on it is sealed
    the row     of the log names the file, with the jobs that stamp and mail it, in one transaction

Nothing is signed that does not go on from what was signed before: an older database, a changed log or a cut folder ends it with a sentence,
until somebody at the server says `manage.py seal --anew`. The row of the log that names a manifest is itself in the next one; alone it is
nothing new. What a seal lists of a record or a text is read as it stands then: whoever changed it before was faster.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from patrol import domain, models
from patrol.access import audit, consulting
from patrol.evidence import durable, sealing
from patrol.evidence.anchors import authorities, folder, manifests, reach
from patrol.evidence.anchors.manifests import Evidence, Manifest, ManifestError, Readings, Statement
from patrol.infra import jobs, locks

KIND: Final = "anchor"  # of the job, and of what its rows of the log are about
VERB: Final = "log.anchored"
EVERY: Final = timedelta(minutes=13)  # a sweep and a worker later it is less than fifteen
BUSY: Final = "anchor_busy"  # the code of its problem while another process seals
MOST: Final = 50_000  # lines a manifest, but for one seal that alone has more
SECONDS: Final = 60.0  # a task at once; what is made by then stays, and the next one goes on
KEY: Final = "log"
_START: Final = Evidence(manifests.START, 0, 0, 0), Readings(manifests.START, 0)

# The newest row that names a manifest, and how far the log reaches.
_NEWEST: Final = """
SELECT h.seq, n.seq, n.at, n.target_id, n.after, w.at FROM patrol_loghead h LEFT JOIN LATERAL (
    SELECT seq, at, target_id, after FROM patrol_auditentry WHERE target_type = 'anchor' AND verb = 'log.anchored'
        AND target_id ~ '^[0-9]+$' AND seq BETWEEN 1 AND h.seq ORDER BY target_id DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT at FROM patrol_auditentry WHERE seq > COALESCE((n.after ->> 'rows')::bigint, 0) AND seq IS DISTINCT FROM n.seq
    ORDER BY seq LIMIT 1) w ON true
"""


@dataclass(frozen=True, slots=True)
class Newest:
    """What the log says of the newest manifest: `number` 0 where it knows of none. `seq`: of the row that names it; `rows`: how many it
    pins; `head`: how far the log reaches; `waits`: of the oldest row that it does not pin."""

    head: int = 0
    seq: int = 0
    at: datetime | None = None
    number: int = 0
    rows: int = 0
    sha256: str = manifests.START
    reach: tuple[str, ...] = ()
    waits: datetime | None = None

    @property
    def new(self) -> int:
        """Rows of the log that it does not pin, but for the one that names it."""
        return self.head - self.rows - bool(self.number)


def problem(code: str, indonesian: str, english: str) -> domain.SourceError:
    return domain.SourceError(code, domain.Sentence(id=indonesian, en=english))


# --- what is due ----------------------------------------------------------------------------------


def configured() -> bool:
    return Path(settings.ANCHOR_KEY).is_file()


def newest() -> Newest:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        row = cursor.fetchone()
    if row is None:
        return Newest()
    head, seq, at, number, after, waits = row
    if seq is None:
        return Newest(head, waits=waits)
    said = json.loads(after)  # Django's backend leaves JSON of raw queries as text
    return Newest(head, seq, at, int(number), int(said["rows"]), str(said["sha256"]), tuple(said["reach"]), waits)


def mark(*, now: datetime) -> int:
    """Asks for the next manifest where something is new and the last one is old enough. One query where there is a key, else none."""
    if not configured():
        return 0
    last = newest()
    if not last.new or (last.at is not None and timedelta(0) <= now - last.at < EVERY):
        return 0
    with transaction.atomic():
        return int(jobs.add(KIND, KEY, {}, now=now))


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "anchor". Raises SourceError, JobLostError."""
    made = seal(now=now, seconds=SECONDS)
    with transaction.atomic():
        if newest().new >= len(made) > 0:  # more than the rows that name them: the first run over what is kept takes several
            jobs.put_off(job, 1.0)
        else:
            jobs.finish(job, now=now)


# --- sealing --------------------------------------------------------------------------------------


def seal(*, now: datetime, anew: bool = False, next_key: str = "", key_lost: bool = False, seconds: float = math.inf) -> list[Manifest]:
    """Everything new, in as many manifests as that takes; none where nothing is. Raises SourceError, and then nothing half-made stays.

    `anew`: by hand, after a restore or where the folder was lost: all rows from the first on. `next_key`: announced, of a key whose public
    half stands in the folder. `key_lost`: by hand, where the key of before is gone. `seconds`: begins no further manifest after that.
    """
    with locks.only_one("anchors") as alone:
        if not alone:
            raise problem(BUSY, "Proses lain sedang menyegel.", "Another process is sealing just now.")
        noted = sealing.noted()
        while sealing.seal(now=now):
            pass
        consulting.keep(now=now)
        # Another process may hold some of it just now, and enter it after the last row of this list.
        entered = not sealing.waits(noted) and not consulting.waits()
        try:
            return _seal(now=now, anew=anew, next_key=next_key, key_lost=key_lost, entered=entered, ends=time.monotonic() + seconds)
        except OSError as error:
            raise problem(
                "anchor_folder",
                f"Folder segel luar tidak dapat dibaca atau ditulis ({error.strerror}).",
                f"The folder of the manifests cannot be read or written ({error.strerror}).",
            ) from error


def _seal(*, now: datetime, anew: bool, next_key: str, key_lost: bool, entered: bool, ends: float) -> list[Manifest]:
    key = private_key()
    place = Path(settings.ANCHOR_DIR)
    before = _agreed(place, now, anew=anew)
    last = newest()
    _require_same_key(before, key, key_lost=key_lost)
    first = 1 if anew or before is None else before.statement.rows + 1
    totals = _START if anew or before is None else (before.statement.evidence, before.statement.readings)
    sha256 = before.sha256 if before else last.sha256
    number = before.statement.number if before else last.number
    if not anew:
        _require_goes_on(before)
    unsigned = not audit.head_is_ours()
    until = last.head
    made: list[Manifest] = []
    folder.keep_key(place, key.public_key())
    # The row that names a manifest is no reason for the next one; a new key is.
    while first <= until and (made or anew or next_key or before is None or last.new):
        listing = _Listing(first, until, *totals)
        text = "".join(listing.lines())
        statement = Statement(
            number=number + 1,
            made_at=now,
            before=sha256,
            first=first,
            rows=listing.rows,
            head=listing.head,
            evidence=listing.evidence,
            readings=listing.readings,
            columns=COLUMNS,
            lines=text.count("\n"),
            list_sha256=hashlib.sha256(text.encode("ascii")).hexdigest(),
            key=manifests.fingerprint(key.public_key()),
            next_key=next_key if listing.rows == until else "",
            key_lost=key_lost and not made,
            anew=anew and not made,
            unsigned=unsigned,
            closes=entered and listing.rows == until,
        )
        one = manifests.signed(statement, text.encode("ascii"), key)
        folder.write(folder.path_of(place, number + 1), one.content())
        _name(one, place, now)
        made.append(one)
        number, sha256, first = number + 1, one.sha256, listing.rows + 1
        totals = listing.evidence, listing.readings
        if time.monotonic() > ends:
            break
    return made


def _name(one: Manifest, place: Path, now: datetime) -> None:
    """The row of the log that names a manifest, with what is asked for after it."""
    said = one.statement
    after = {"sha256": one.sha256, "rows": said.rows, "reach": reach.known(place)}
    with transaction.atomic():
        audit.write(VERB, by=None, now=now, target=(KIND, f"{said.number:08}"), after=after)
        for authority in range(len(authorities.urls())):
            jobs.add(authorities.STAMP, authorities.key(authority), {}, now=now)
        if settings.ANCHOR_MAIL:
            hour = now.replace(minute=0, second=0, microsecond=0)
            left = (hour + timedelta(hours=1) - now).total_seconds()
            jobs.add("anchor_mail", hour.isoformat(timespec="minutes"), {"hour": hour.isoformat()}, now=now, after=left)


def private_key() -> Ed25519PrivateKey:
    """Raises SourceError."""
    try:
        return manifests.private_key(Path(settings.ANCHOR_KEY).read_bytes())
    except (OSError, ManifestError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise problem(
            "anchor_key", f"Kunci segel luar tidak dapat dibaca ({why}).", f"The key of the manifests cannot be read ({why})."
        ) from error


def _agreed(place: Path, now: datetime, *, anew: bool) -> Manifest | None:
    """The newest manifest, on which folder and log agree; None where neither knows one, and where one begins anew without a folder.
    Raises SourceError, OSError."""
    last, there = newest(), folder.newest(place)
    if anew and there < last.number:
        return None
    if there < last.number:
        raise problem(
            "anchor_cut",
            f"Jejak audit menyebut manifes {last.number}, folder hanya berisi sampai {there}. Jalankan verify_evidence --anchors; bila"
            " folder memang hilang atau diganti: manage.py seal --anew.",
            f"The log names manifest {last.number}, the folder holds none after {there}. Run verify_evidence --anchors; where the folder"
            " was lost or exchanged: manage.py seal --anew.",
        )
    if there == 0:
        return None
    try:
        found = folder.read(place, there)
        if not found.signed_by(folder.key(place, found.statement.key)) or not found.list_holds():
            raise ManifestError("it was changed")  # noqa: TRY301 -- told with the others
    except ManifestError as error:
        raise problem(
            "anchor_changed", f"Manifes {there} di folder tidak utuh ({error}).", f"Manifest {there} in the folder is not intact ({error})."
        ) from error
    if anew or (there == last.number and found.sha256 == last.sha256):
        return found
    if there == last.number + 1 and found.statement.before == last.sha256 and _pins(found):
        _name(found, place, now)  # whoever wrote it died before the log could name it
        return found
    raise problem(
        "anchor_older",
        f"Folder berisi manifes {there}, yang tidak disebut log. Basis data dikembalikan dari cadangan yang lebih lama, atau akhir lognya"
        " dihapus. Jalankan verify_evidence --anchors; sesudah pemulihan yang memang diminta: manage.py seal --anew.",
        f"The folder holds manifest {there}, which the log does not name. The database was restored from an older backup, or the end of its"
        " log was removed. Run verify_evidence --anchors; after a restore that was wanted: manage.py seal --anew.",
    )


def _pins(found: Manifest) -> bool:
    said = found.statement
    return models.AuditEntry.objects.filter(seq=said.rows, hash=said.head).exists()


def _require_goes_on(before: Manifest | None) -> None:
    """Raises SourceError where the log is not the one that was sealed, or its head is not ours and nobody has taken that on."""
    if before is None or _pins(before):
        checked = audit.check(after=before.statement.rows if before else 0)
        taken_on = before is not None and before.statement.unsigned
        if checked.broken is None or (taken_on and checked.broken.why == "signature"):
            return
        seq = checked.broken.seq
    else:
        seq = before.statement.rows
    raise problem(
        "anchor_log",
        f"Jejak audit tidak utuh pada baris {seq}: tidak disegel. Jalankan verify_evidence --anchors dan jangan ubah apa pun; bila sebabnya"
        " diketahui (SECRET_KEY hilang): manage.py seal --anew.",
        f"The audit log does not hold at row {seq}: it is not sealed. Run verify_evidence --anchors and change nothing; where the cause is"
        " known (SECRET_KEY was lost): manage.py seal --anew.",
    )


def _require_same_key(before: Manifest | None, key: Ed25519PrivateKey, *, key_lost: bool) -> None:
    ours = manifests.fingerprint(key.public_key())
    if before is None or key_lost or ours == (before.statement.next_key or before.statement.key):
        return
    if before.statement.next_key:
        raise problem(
            "anchor_next_key",
            f"Manifes {before.statement.number} mengumumkan kunci baru; ANCHOR_KEY masih kunci yang lama. Pasang kunci baru itu.",
            f"Manifest {before.statement.number} announces a new key, and ANCHOR_KEY is still another one. Put the new one there.",
        )
    raise problem(
        "anchor_other_key",
        f"ANCHOR_KEY bukan kunci manifes {before.statement.number}. Pasang kunci itu; bila hilang: manage.py seal --key-lost.",
        f"ANCHOR_KEY is not the key of manifest {before.statement.number}. Put that one there; if it is lost: manage.py seal --key-lost.",
    )


# --- the list -------------------------------------------------------------------------------------


def _columns(model: type[Any]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


MODELS: Final[dict[str, Any]] = {
    "record": models.Capture,
    "version": models.PostVersion,
    "words": models.PostText,
    "collector": models.Collector,
}
COLUMNS: Final = {kind: _columns(model) for kind, model in MODELS.items()}


@dataclass
class _Listing:
    """Lines from row `first` of the log on, up to row `until` or as many as fit; what they add up to stands here once they were read."""

    first: int
    until: int
    evidence: Evidence
    readings: Readings
    rows: int = 0
    head: str = ""

    def lines(self) -> Iterator[str]:
        seals: list[int] = []
        count = 0
        rows = models.AuditEntry.objects.filter(seq__gte=self.first, seq__lte=self.until).order_by("seq")
        for seq, digest, verb, key, after in rows.values_list("seq", "hash", "verb", "target_id", "after").iterator(chunk_size=2_000):
            more = 1
            if verb == sealing.VERB:
                more += int(after["captures"]) + int(after["versions"])
            if count and count + more > MOST:
                break
            count += more
            self.rows, self.head = seq, digest
            yield f"row {seq} {digest}\n"
            if verb == sealing.VERB:
                seals.append(int(key))
                held = self.evidence
                self.evidence = Evidence(
                    str(after["digest"]), held.records + after["captures"], held.seals + 1, held.versions + after["versions"]
                )
            elif verb == consulting.VERB:
                self.readings = Readings(str(after["sha256"]), self.readings.quarters + 1)
        for place in range(0, len(seals), 100):
            for made in models.Seal.objects.filter(pk__in=seals[place : place + 100]).order_by("id"):
                yield from _of_seal(made)


def _of_seal(made: models.Seal) -> Iterator[str]:
    begun = models.Capture.objects.filter(pk__in=made.captures).exclude(collecting=None).values("collecting")
    for values in models.Collector.objects.filter(pk__in=begun).order_by("id").values(*COLUMNS["collector"]):
        yield f"collector {values['id']} {manifests.digest(COLUMNS['collector'], values)}\n"
    for values in models.Capture.objects.filter(pk__in=made.captures).order_by("id").values(*COLUMNS["record"]):
        yield f"record {values['id']} {manifests.digest(COLUMNS['record'], values)}\n"
    words = {
        values["version_id"]: manifests.digest(COLUMNS["words"], values)
        for values in models.PostText.objects.filter(pk__in=made.versions).values(*COLUMNS["words"])
    }
    for values in models.PostVersion.objects.filter(pk__in=made.versions).order_by("id").values(*COLUMNS["version"]):
        key = values["id"]
        yield f"version {key} {manifests.digest(COLUMNS['version'], values)} {words.get(key, manifests.START)}\n"


# --- keys -----------------------------------------------------------------------------------------


def write_key(file: Path) -> str:
    """A new private key in a file of mode 0600, synced. Returns its fingerprint. Raises OSError."""
    made, content = manifests.new_key()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    durable.sync(file.parent)
    return manifests.fingerprint(made.public_key())


def announce(file: Path, *, now: datetime) -> list[Manifest]:
    """The key in this file signs from the next manifest on: the one that says so is signed by the key of now. Doing it twice announces it
    once. Raises SourceError, OSError, ManifestError."""
    public = manifests.private_key(file.read_bytes()).public_key()
    place, name = Path(settings.ANCHOR_DIR), manifests.fingerprint(public)
    there = folder.newest(place)
    if there and folder.read(place, there).statement.next_key == name:
        return []
    folder.keep_key(place, public)
    return seal(now=now, next_key=name)
