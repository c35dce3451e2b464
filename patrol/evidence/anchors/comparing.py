"""A database against the manifests of a folder: what is not as it was when it was sealed, row by row.

Taken as true are the manifests that a trusted key signed, with all before them (each names the hash of the one before) and all after them
that go on by keys announced. Of the database nothing is: whoever owns it may have computed every hash in it anew. SECRET_KEY and the
private key are not used.

    the folder    each file for itself, then as a chain, and against the manifests that the log names
    the log       each row by its content behind the hash that was sealed before it, so that a chain computed anew hides no place
    the evidence  each custody record, version and text by its digest; what is there and no manifest named
    the days      what was first named after a manifest that closes came after it was made: a row, record, version or quarter of
                  readings that says it is of more than LATE before that is named as dated back
    what is newer than the last manifest is counted, and nothing is said of it

Preserved files are compared with their records by `checking`, as without anchors: the records are what is compared here.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from patrol import models
from patrol.access import audit, consulting
from patrol.evidence import sealing
from patrol.evidence.anchors import folder, making, manifests, stamping
from patrol.evidence.anchors.manifests import Manifest, ManifestError

_AT_ONCE: Final = 2_000
_COPIED: Final = timedelta(hours=1)  # so old may a copy of the folder be
LATE: Final = timedelta(hours=1)  # so long after the moment it speaks of may a row be committed: a task takes 4 minutes at most
_ANEW: Final = (
    "from here on the log is another one: it was restored from a backup of before {at} and went on, or its end was removed and written anew"
)
_SHORT: Final = "at the end of the log, missing: the database was restored from a backup of before {at}, or its end was removed"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is not as it was sealed; or, not `broken`, one that whoever reads the result has to know."""

    what: str  # manifest, time stamp, row, rows, record, version, log
    key: str
    why: str
    broken: bool = True
    unlooked: int = 0  # time stamps that this is about, where no certificate at hand is their authority's

    def __str__(self) -> str:
        return f"{self.what} {self.key}: {self.why}".replace(" : ", ": ")


@dataclass
class _Chain:
    """What the folder says, once every file was looked at."""

    whole: list[Manifest] = field(default_factory=list)
    anew: int = 0  # where the newest one that begins anew stands in `whole`

    def closed(self) -> list[Manifest | None]:
        """For each from the newest beginning on, and for what comes after the last: the newest one before it that closes."""
        found: list[Manifest | None] = [None]
        for made in self.whole[self.anew :]:
            found.append(made if made.statement.closes else found[-1])
        return found


def _back(says: datetime | None, closed: Manifest | None) -> str:
    """Why it is dated back; "" where it is not, or nothing tells."""
    if says is None or closed is None or says >= closed.statement.made_at - LATE:
        return ""
    said = closed.statement
    why = "dated back, or by a wrong clock or a process that stood still"
    return f"it says it is of {_day(says)}, and came after manifest {said.number} of {_day(said.made_at)}: {why}"


def compare(place: Path, trusted: Collection[str], *, authorities: str = "") -> Iterator[Found]:
    """All that differs, and what could not be looked at. `trusted`: fingerprints of keys known from elsewhere. `authorities`: PEM of those
    whose time stamps are believed; "" leaves them unlooked at."""
    chain = _Chain()
    named = _named()  # before the folder is read: a manifest is there before the log names it
    yield from _folder(place, trusted, chain, named)
    if not chain.whole:
        yield Found("manifest", "", "none in this folder holds by the key that was given: nothing can be compared")
        return
    yield from _stamps(place, chain, authorities)
    log = _Log(chain)
    yield from log.compare()
    yield from _evidence(chain, log.reached)


# --- the folder -----------------------------------------------------------------------------------


def _folder(place: Path, trusted: Collection[str], chain: _Chain, named: Mapping[int, datetime]) -> Iterator[Found]:
    allowed = set(trusted)
    expected = 1
    stretch: list[Manifest] = []  # one behind the other, each naming the one before
    for number in folder.numbers(place):
        try:
            made = folder.read(place, number)
            key = folder.key(place, made.statement.key)
            if why := _wrong(made, key, allowed):
                raise ManifestError(why)  # noqa: TRY301 -- told with the others
        except (OSError, ManifestError) as error:
            yield Found("manifest", str(number), error.strerror or "cannot be read" if isinstance(error, OSError) else str(error))
            yield from _taken(stretch, allowed, chain)
            expected, stretch = number + 1, []
            continue
        if number != expected:
            yield Found("manifest", _span(expected, number - 1), "missing", broken=not made.statement.anew)
            yield from _taken(stretch, allowed, chain)
            stretch = []
        elif stretch and (why := _apart(made, stretch[-1], allowed)):
            yield Found("manifest", str(number), why)
            yield from _taken(stretch, allowed, chain)
            stretch = []
        stretch.append(made)
        expected = number + 1
    yield from _taken(stretch, allowed, chain)
    if missing := [number for number in named if number >= expected]:
        why = "the log names it, and the folder ends before: it was cut, or the copy is older"
        old = any(timezone.now() - named[number] > _COPIED for number in missing)
        yield Found("manifest", _span(expected, max(missing)), why, broken=old)


def _wrong(made: Manifest, key: Ed25519PublicKey, allowed: Collection[str]) -> str:
    said = made.statement
    if not made.signed_by(key):
        return "its signature does not hold"
    if not made.list_holds():
        return "its list was changed"
    if said.number == 1 and said.before != manifests.START:
        return "it is the first and names one before it"
    if said.key_lost and said.key not in allowed:
        return "nobody announced its key, since the one of before was lost: give that key too"
    return ""


def _apart(made: Manifest, before: Manifest, allowed: Collection[str]) -> str:
    """Why it does not go on from the one before; "" where it does."""
    said = made.statement
    if said.before != before.sha256:
        return f"it does not go on from manifest {before.statement.number}"
    if not said.anew and said.first != before.statement.rows + 1:
        return f"its rows do not go on from manifest {before.statement.number}"
    if said.key != (before.statement.next_key or before.statement.key) and not said.key_lost:
        return f"manifest {before.statement.number} announced no such key"
    return ""


def _taken(stretch: Sequence[Manifest], allowed: set[str], chain: _Chain) -> Iterator[Found]:
    """A stretch in which a known key signed: what comes before is named by it, what comes after signed by keys announced."""
    if not stretch:
        return
    if not {made.statement.key for made in stretch} & allowed:
        first, last = stretch[0].statement.number, stretch[-1].statement.number
        yield Found("manifest", _span(first, last), "signed by a key that was neither given nor announced")
        return
    last_one = stretch[-1].statement
    allowed.add(last_one.next_key or last_one.key)
    for made in stretch:
        chain.whole.append(made)
        said = made.statement
        if said.key_lost:
            yield Found("manifest", str(said.number), "its key was announced by nobody, since the one of before was lost", broken=False)
        if said.unsigned and not (len(chain.whole) > 1 and chain.whole[-2].statement.unsigned):
            yield Found("manifest", str(said.number), "from here on the head of the log was signed with no key of ours", broken=False)
        if said.anew:
            chain.anew = len(chain.whole) - 1
            yield Found("manifest", str(said.number), f"begins anew: whoever had the key said so on {_day(said.made_at)}", broken=False)


def _named() -> dict[int, datetime]:
    """The manifests that the log names, and when it did."""
    named = audit.rows().filter(target_type=making.KIND, verb=making.VERB).values_list("target_id", "at")
    return {int(key): at for key, at in named if key.isdecimal()}


def _stamps(place: Path, chain: _Chain, authorities: str) -> Iterator[Found]:
    unlooked: list[int] = []  # manifests, once for each stamp
    newest = ""
    for made in chain.whole:
        number = made.statement.number
        try:
            there = folder.stamps(place, number)
        except OSError as error:
            yield Found("time stamp", str(number), f"cannot be read: {error.strerror}")
            continue
        if not authorities:
            unlooked += [number] * len(there)
            continue
        seen: list[datetime] = []
        for name, stamp in there.items():
            try:
                seen.append(stamping.held(stamp, made.content(), authorities))
            except stamping.UnknownError:
                unlooked.append(number)
            except stamping.StampError as error:
                yield Found("time stamp", name.removesuffix(".tsr").lstrip("0"), f"it does not hold: {error}")
        if seen:
            newest = f"manifest {number} was seen by the time-stamp authority on {', '.join(map(_day, seen))}"
    if newest:
        yield Found("time stamp", "", newest, broken=False)
    if unlooked:
        why = f"{len(unlooked)} were not looked at: no certificates of their authority (TIMESTAMP_CA)"
        yield Found("time stamp", _span(unlooked[0], unlooked[-1]), why, broken=False, unlooked=len(unlooked))


# --- the log --------------------------------------------------------------------------------------


class _Log:
    """The rows that were sealed, beside those that are there."""

    def __init__(self, chain: _Chain) -> None:
        self.sealed: dict[int, bytes] = {}
        self.older: dict[int, bytes] = {}  # as sealed before the newest beginning
        self.since: list[tuple[int, datetime]] = []  # first row of each manifest, and when it was sealed
        self.last = chain.whole[-1].statement
        self.closed = chain.closed()
        self.firsts: list[int] = []  # of each manifest from the newest beginning on, and of what comes after them
        for place, made in enumerate(chain.whole):
            rows = {int(entry[1]): bytes.fromhex(entry[2]) for entry in made.entries() if entry[0] == "row"}
            if place < chain.anew:
                self.older |= rows
            else:
                self.sealed |= rows
                self.since.append((made.statement.first, made.statement.made_at))
                self.firsts.append(made.statement.first)
        self.reached = max(self.sealed, default=0)
        self.firsts.append(self.reached + 1)

    def compare(self) -> Iterator[Found]:
        changed: list[int] = []
        linked: list[int] = []
        there: set[int] = set()
        newer = 0
        head = _head()
        outside: list[int] = []
        for entry in models.AuditEntry.objects.order_by("seq").iterator(chunk_size=_AT_ONCE):
            if entry.seq < 1 or entry.seq > head:
                outside.append(entry.seq)
            elif why := self._back(entry):
                yield Found(*_row(entry.seq, entry.seq), why)
            if entry.seq > self.reached:
                newer += entry.seq <= head
                continue
            there.add(entry.seq)
            sealed = self.sealed.get(entry.seq)
            if sealed is None:
                continue  # of a manifest that does not hold, which was told
            before = audit.START if entry.seq == 1 else self._hash(entry.seq - 1) or entry.prev_hash
            if audit.hash_of(entry, prev_hash=before) != sealed.hex():
                changed.append(entry.seq)
            elif (entry.prev_hash, entry.hash) != (before, sealed.hex()):
                linked.append(entry.seq)
        missing = sorted(self.sealed.keys() - there)
        yield from self._told(changed, "its content is not what was sealed", newer)
        yield from self._told(linked, "its hashes are not those that were sealed: the chain was computed anew", 0)
        yield from self._gone(missing, newer)
        head = _head()  # again: what was written meanwhile is no more beyond it
        yield from self._told([seq for seq in outside if seq < 1 or seq > head], "outside of the log, whose rows go from 1 to its head", 0)
        yield from self._other()
        yield from self._uncovered()
        if newer:
            yield Found(
                "log",
                "",
                f"{newer} rows are newer than manifest {self.last.number} of {_day(self.last.made_at)}: no anchor says whether they were"
                " changed",
                broken=False,
            )

    def _back(self, entry: models.AuditEntry) -> str:
        """Why this row is dated back; of one that enters a quarter of readings why that is."""
        closed = self.closed[max(bisect_right(self.firsts, entry.seq) - 1, 0)]
        return _back(entry.at, closed) or _back(consulting.closed(entry), closed)

    def _hash(self, seq: int) -> str:
        found = self.sealed.get(seq)
        return found.hex() if found else ""

    def _told(self, rows: Sequence[int], why: str, newer: int) -> Iterator[Found]:
        for first, last in _runs(rows):
            at_end = last == self.reached and last > first and why.startswith("its content")
            yield Found(*_row(first, last), f"{why}; {_ANEW.format(at=_day(self._at(first)))}" if at_end else why)

    def _gone(self, rows: Sequence[int], newer: int) -> Iterator[Found]:
        for first, last in _runs(rows):
            at_end = last == self.reached and not newer
            yield Found(*_row(first, last), _SHORT.format(at=_day(self._at(first))) if at_end else "removed")

    def _at(self, seq: int) -> datetime:
        """When this row was sealed."""
        return max((one for one in self.since if one[0] <= seq), default=self.since[0])[1]

    def _other(self) -> Iterator[Found]:
        """Rows sealed before somebody with the key began anew, and not so any more: said by then, and so not counted as broken."""
        for first, last in _runs(sorted(seq for seq, digest in self.older.items() if self.sealed.get(seq, digest) != digest)):
            why = "were sealed otherwise before the log began anew: what they said then is in no database restored from a backup"
            yield Found(*_row(first, last), why, broken=False)

    def _uncovered(self) -> Iterator[Found]:
        for first, last in _runs(sorted(set(range(1, self.reached + 1)) - self.sealed.keys())):
            yield Found(*_row(first, last), "no manifest that holds names them: no anchor says whether they were changed", broken=False)


def _head() -> int:
    """Where it was removed, which is told elsewhere, no row lies beyond it."""
    found = models.LogHead.objects.values_list("seq", flat=True).first()
    return 2**63 if found is None else found


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of rows one behind the other."""
    for _gap, stretch in itertools.groupby(enumerate(rows), lambda one: one[1] - one[0]):
        found = [row for _place, row in stretch]
        yield found[0], found[-1]


def _row(first: int, last: int) -> tuple[str, str]:
    return ("row" if first == last else "rows", _span(first, last))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _day(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="minutes")


# --- the evidence ---------------------------------------------------------------------------------

_SAYS: Final = {"record": ("requested_at", "received_at"), "version": ("seen_at",)}  # when it came
_OF_NOW: Final[dict[str, Any]] = {"version": {"number__gte": 1}}


def _evidence(chain: _Chain, reached: int) -> Iterator[Found]:
    known: dict[str, set[str]] = {"record": set(), "version": set(), "collector": set()}
    closed = chain.closed()
    for made, before in zip(chain.whole[chain.anew :], closed, strict=False):
        for kind, keys in known.items():
            listed = (entry for entry in made.entries() if entry[0] == kind)
            while batch := list(itertools.islice(listed, _AT_ONCE)):
                keys.update(entry[1] for entry in batch)
                yield from _batch(kind, batch, made.statement.columns, reached)
                yield from _dated_back(kind, [entry[1] for entry in batch], before)
    told: set[tuple[str, str]] = set()
    for made in chain.whole[: chain.anew]:
        for kind, key in ((entry[0], entry[1]) for entry in made.entries() if entry[0] in known):
            if key not in known[kind] and (kind, key) not in told:
                told.add((kind, key))
                why = "was sealed before the log began anew, and not since: no manifest says what became of it"
                yield Found(kind, key, why, broken=False)
    del known["collector"]  # one without a record says nothing of any
    yield from _unnamed(known, reached, closed[-1])


def _dated_back(kind: str, keys: Sequence[str], closed: Manifest | None) -> Iterator[Found]:
    """Of what came after this manifest. A version with a number below 1 is of an older day by what brought it, and says so."""
    if closed is None or kind not in _SAYS:
        return
    rows = making.MODELS[kind].objects.filter(pk__in=keys, **_OF_NOW.get(kind, {}))
    for key, *says in rows.order_by("pk").values_list("pk", *_SAYS[kind]):
        if why := _back(min(says), closed):
            yield Found(kind, str(key), why)


def _batch(kind: str, batch: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]], reached: int) -> Iterator[Found]:
    keys = [entry[1] for entry in batch]
    rows = _digests(kind, "id", keys, columns)
    words = _digests("words", "version_id", keys, columns) if kind == "version" else {}
    differ = [entry[1] for entry in batch if kind == "version" and words.get(entry[1], manifests.START) != entry[3]]
    for entry in batch:
        if entry[1] not in rows:
            yield Found(kind, entry[1], "removed")
        elif rows[entry[1]] != entry[2]:
            yield Found(kind, entry[1], "its row is not what was sealed")
    erased = _erased(differ) if differ else {}
    for key in differ:
        if key not in rows:
            continue
        seq = erased.get(key)
        if seq is None:
            yield Found(
                kind, key, "its words are not what was sealed, and nobody erased them" if key in words else "its words were removed"
            )
        elif seq > reached:
            yield Found(
                kind, key, f"its words were erased, and the row of the log that says so ({seq}) is newer than the last manifest", False
            )


def _digests(kind: str, name: str, keys: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By key. A column that is not there any more is told by a digest that no row has."""
    model = making.MODELS[kind]
    there = [column for column in columns[kind] if column in making.COLUMNS[kind]]
    rows = model.objects.filter(pk__in=keys).values(*there)
    if len(there) < len(columns[kind]):
        return {str(values[name]): "" for values in rows}
    return {str(values[name]): manifests.digest(there, values) for values in rows}


def _erased(keys: Collection[str]) -> dict[str, int]:
    """Of those that an erasure names and that hold no word any more: the row of the log that says so. Without one there is none."""
    blank: dict[str, Any] = {"text": "", "author": "", "author_name": "", "forward_name": "", "salt": "", "links": [], "media": []}
    texts = models.PostText.objects.filter(pk__in=list(keys), version__erasures__isnull=False, **blank)
    return {str(key): seq for key, seq in sealing.erased(models.PostVersion.objects.filter(pk__in=texts.values("pk"))).items()}


def _unnamed(known: Mapping[str, set[str]], reached: int, closed: Manifest | None) -> Iterator[Found]:
    """Records and versions that no manifest names, though neither waits nor is in a seal that the log entered since."""
    # In this order: work goes on, and what is there waits first and is in a seal then.
    unnamed: dict[str, list[str]] = {}
    for kind, keys in known.items():
        ids = making.MODELS[kind].objects.order_by("pk").values_list("pk", flat=True)
        unnamed[kind] = [key for key in map(str, ids.iterator(chunk_size=_AT_ONCE)) if key not in keys]
    later: dict[str, set[str]] = {"record": set(), "version": set()}
    for kind, waiting in models.Unsealed.objects.values_list("kind", "keys"):
        later["record" if kind == "capture" else "version"].update(map(str, waiting))
    since = audit.rows().filter(seq__gt=reached, target_type="seal").values_list("target_id", flat=True)
    for captures, versions in models.Seal.objects.filter(pk__in=[int(key) for key in since]).values_list("captures", "versions"):
        later["record"].update(map(str, captures))
        later["version"].update(map(str, versions))
    for kind, left in unnamed.items():
        for key in left:
            if key not in later[kind]:
                yield Found(kind, key, "no manifest names it, and it does not wait to be named: it was put there")
        for place in range(0, len(left), _AT_ONCE):
            yield from _dated_back(kind, left[place : place + _AT_ONCE], closed)
