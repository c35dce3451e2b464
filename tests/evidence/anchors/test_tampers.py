"""Random tampering by whoever owns the database, the files or the folder, found and located by somebody who holds the manifests and the
name of the public key and nothing else: neither SECRET_KEY nor the private key is there while it is looked for.

SEAL_TAMPERS says how many (`make soak`: 10,000), SEAL_SEED which.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings as configured

from patrol import models
from patrol.access import audit, consulting
from patrol.evidence import checking, raw, sealing
from patrol.evidence.anchors import comparing, folder, making, manifests
from tests.evidence.anchors import sealed

TIMES: Final = int(os.environ.get("SEAL_TAMPERS", "100"))
SEED: Final = int(os.environ.get("SEAL_SEED", "18"))
SHA = "0123456789abcdef"


@dataclass(frozen=True)
class World:
    """What there was, by its keys, and who is believed."""

    trusted: str
    rows: list[int]
    acts: list[int]  # rows that are neither a seal nor a manifest's
    records: list[uuid.UUID]
    versions: list[int]
    readings: list[int]
    reached: int
    key: bytes  # of whoever seals, who goes on sealing what is put there
    secret: str


@dataclass(frozen=True)
class Done:
    """One tampering: what the verifier has to name, any of these."""

    names: tuple[tuple[str, str], ...]


@pytest.fixture
def world(committed: None, tmp_path: Path) -> World:
    trusted = sealed.in_three(tmp_path)
    key = Path(configured.ANCHOR_KEY).read_bytes()
    Path(configured.ANCHOR_KEY).unlink()
    entries = models.AuditEntry.objects.order_by("seq")
    return World(
        trusted,
        rows=[seq for seq in entries.values_list("seq", flat=True) if seq <= folder.read(sealed.place(), 3).statement.rows],
        acts=list(entries.filter(target_type="flag").values_list("seq", flat=True)),
        records=list(models.Capture.objects.order_by("pk").values_list("pk", flat=True)),
        versions=list(models.PostVersion.objects.order_by("pk").values_list("pk", flat=True)),
        readings=list(models.Consultation.objects.order_by("pk").values_list("pk", flat=True)),
        reached=folder.read(sealed.place(), 3).statement.rows,
        key=key,
        secret=configured.SECRET_KEY,
    )


# --- the log ------------------------------------------------------------------------------------------

_CHANGES = {
    "at": "at - interval '1 day'",
    "verb": "verb || 'x'",
    "actor_id": "COALESCE(actor_id, 0) + 1",
    "office_id": "COALESCE(office_id, 0) + 1",
    "target_type": "target_type || 'x'",
    "target_id": "target_id || '1'",
    "before": "before || '{\"x\": 1}'",
    "after": "after || '{\"x\": 1}'",
}


def change_a_row(cursor: Any, world: World, chance: random.Random) -> Done:
    """Back-dating among it."""
    seq, column = chance.choice(world.acts), chance.choice(list(_CHANGES))
    cursor.execute(f"UPDATE patrol_auditentry SET {column} = {_CHANGES[column]} WHERE seq = %s", [seq])
    return Done((("row", str(seq)),))


def flip_a_hash(cursor: Any, world: World, chance: random.Random) -> Done:
    seq, column, place = chance.choice(world.rows), chance.choice(["hash", "prev_hash"]), chance.randint(1, 64)
    cursor.execute(
        f"UPDATE patrol_auditentry SET {column} = overlay({column} placing translate(substr({column}, %s, 1), %s, %s) from %s)"
        " WHERE seq = %s",
        [place, SHA, SHA[1:] + SHA[0], place, seq],
    )
    return Done((("row", str(seq)),))


def remove_rows(cursor: Any, world: World, chance: random.Random) -> Done:
    first = chance.choice(world.rows)
    last = min(first + chance.randint(0, 3), world.reached)
    cursor.execute("DELETE FROM patrol_auditentry WHERE seq BETWEEN %s AND %s", [first, last])
    return Done((("row", str(first)),))


def cut_the_tail(cursor: Any, world: World, chance: random.Random) -> Done:
    first = chance.choice(world.rows)
    cursor.execute("DELETE FROM patrol_auditentry WHERE seq >= %s", [first])
    cursor.execute("UPDATE patrol_loghead SET seq = %s - 1", [first])
    return Done((("row", str(first)),))


def swap_rows(cursor: Any, world: World, chance: random.Random) -> Done:
    one, other = chance.sample(world.acts, 2)
    cursor.execute("UPDATE patrol_auditentry SET seq = 1000000 WHERE seq = %s", [one])
    cursor.execute("UPDATE patrol_auditentry SET seq = %s WHERE seq = %s", [one, other])
    cursor.execute("UPDATE patrol_auditentry SET seq = %s WHERE seq = 1000000", [other])
    return Done((("row", str(one)), ("row", str(other))))


def put_a_row_between(cursor: Any, world: World, chance: random.Random) -> Done:
    """All behind it move on by one."""
    seq = chance.choice(world.acts)
    cursor.execute("UPDATE patrol_auditentry SET seq = seq + 1000000 WHERE seq >= %s", [seq])
    cursor.execute("UPDATE patrol_auditentry SET seq = seq - 999999 WHERE seq > 1000000")
    cursor.execute(
        "INSERT INTO patrol_auditentry (seq, at, verb, target_type, target_id, before, after, chain_version, prev_hash, hash)"
        " SELECT %s, at, 'flag.confirmed', 'flag', '77', '{}', '{}', 1, prev_hash, repeat('a', 64) FROM patrol_auditentry WHERE seq = %s",
        [seq, seq + 1],
    )
    return Done((("row", str(seq)),))


def write_the_tail_anew(cursor: Any, world: World, chance: random.Random) -> Done:
    """As a restored log that went on: from one row on each is another, and there are more of them than were sealed."""
    first = chance.choice(world.rows[:-1])
    cursor.execute("UPDATE patrol_auditentry SET verb = 'case.opened', target_type = 'case' WHERE seq >= %s", [first])
    return Done((("row", str(first)),))


def put_a_row_outside(cursor: Any, world: World, chance: random.Random) -> Done:
    """Where no chain goes: what it says may let a blanked text pass as erased, or a reading that is gone as dropped by its age."""
    seq = chance.choice([0, -1, -2, 10**15])
    verb, kind, key = chance.choice(
        [
            ("post.erased", "post", str(models.PostVersion.objects.values_list("post_id", flat=True)[0])),
            ("consultation.dropped", "consultation", "2999-01-01T00:00+00:00"),
        ]
    )
    cursor.execute("ALTER TABLE patrol_auditentry DROP CONSTRAINT audit_from_the_first")
    cursor.execute(
        "INSERT INTO patrol_auditentry (seq, at, verb, target_type, target_id, before, after, chain_version, prev_hash, hash)"
        " VALUES (%s, now(), %s, %s, %s, '{}', '{}', 1, repeat('0', 64), repeat('a', 64))",
        [seq, verb, kind, key],
    )
    if verb != "post.erased":
        cursor.execute("DELETE FROM patrol_consultation")
        return Done((("row", str(seq)), ("quarter", consulting._name(sealed.NOW.replace(minute=sealed.NOW.minute // 15 * 15, second=0)))))
    version = models.PostVersion.objects.filter(post_id=key).values_list("pk", flat=True)[0]
    blank(cursor, version)
    return Done((("row", str(seq)), ("version", str(version))))


def blank(cursor: Any, version: int) -> None:
    """A text, and the row that calls it erased."""
    cursor.execute(
        "UPDATE patrol_posttext SET text = '', author = '', author_name = '', forward_name = '', links = '[]', media = '[]', salt = ''"
        " WHERE version_id = %s",
        [version],
    )
    cursor.execute("INSERT INTO patrol_erasure (version_id, by_id, reason, at) VALUES (%s, 1, 'other', now())", [version])


LOG: Final = (
    change_a_row,
    change_a_row,
    flip_a_hash,
    remove_rows,
    cut_the_tail,
    swap_rows,
    put_a_row_between,
    put_a_row_outside,
    write_the_tail_anew,
)
_NOT_ANEW: Final = frozenset({flip_a_hash, put_a_row_outside})  # a chain computed anew mends the one, and takes in the other


# --- the evidence ---------------------------------------------------------------------------------------

_OF_A_RECORD = {
    "received_at": "received_at - interval '1 day'",
    "final_url": "final_url || 'x'",
    "status": "COALESCE(status, 0) + 1",
    "headers": 'headers || \'[["X", "1"]]\'',
    "sha256": "translate(sha256, '0123456789abcdef', '123456789abcdef0')",
    "salt": "translate(salt, '0123456789abcdef', '123456789abcdef0')",
    "purpose": "purpose || 'x'",
    "length": "length + 1",
}
_OF_A_VERSION = {
    "seen_at": "seen_at - interval '1 hour'",
    "locator": "locator || 'x'",
    "edited": "NOT edited",
    "content_key": "repeat('c', 64)",
}
_OF_WORDS = {
    "text": "text || '.'",
    "author": "author || 'x'",
    "author_name": "author_name || 'x'",
    "links": "links || '[\"https://x.example\"]'",
}


def change_a_record(cursor: Any, world: World, chance: random.Random) -> Done:
    key, column = chance.choice(world.records), chance.choice(list(_OF_A_RECORD))
    cursor.execute(f"UPDATE patrol_capture SET {column} = {_OF_A_RECORD[column]} WHERE id = %s", [key])
    return Done((("record", str(key)),))


def remove_a_record(cursor: Any, world: World, chance: random.Random) -> Done:
    key = chance.choice(world.records)
    cursor.execute("DELETE FROM patrol_capture WHERE id = %s", [key])
    return Done((("record", str(key)),))


def swap_records(cursor: Any, world: World, chance: random.Random) -> Done:
    one, other = chance.sample(world.records, 2)
    between = uuid.uuid4()
    for new, old in ((between, one), (one, other), (other, between)):
        cursor.execute("UPDATE patrol_capture SET id = %s WHERE id = %s", [new, old])
    return Done((("record", str(one)), ("record", str(other))))


def put_a_record(cursor: Any, world: World, chance: random.Random) -> Done:
    """With a commitment that holds, as old as the others."""
    key, like = uuid.uuid4(), chance.choice(world.records)
    columns = ", ".join(str(field.column) for field in models.Capture._meta.concrete_fields if field.name != "id")
    cursor.execute(f"INSERT INTO patrol_capture (id, {columns}) SELECT %s, {columns} FROM patrol_capture WHERE id = %s", [key, like])
    return Done((("record", str(key)),))


def change_a_version(cursor: Any, world: World, chance: random.Random) -> Done:
    key, column = chance.choice(world.versions), chance.choice(list(_OF_A_VERSION))
    cursor.execute(f"UPDATE patrol_postversion SET {column} = {_OF_A_VERSION[column]} WHERE id = %s", [key])
    return Done((("version", str(key)),))


def change_words(cursor: Any, world: World, chance: random.Random) -> Done:
    key, column = chance.choice(world.versions), chance.choice(list(_OF_WORDS))
    cursor.execute(f"UPDATE patrol_posttext SET {column} = {_OF_WORDS[column]} WHERE version_id = %s", [key])
    return Done((("version", str(key)),))


def remove_words(cursor: Any, world: World, chance: random.Random) -> Done:
    key = chance.choice(world.versions)
    if chance.random() < 0.5:
        cursor.execute("DELETE FROM patrol_posttext WHERE version_id = %s", [key])
    else:  # as if they had been erased, which no row of the log says
        blank(cursor, key)
    return Done((("version", str(key)),))


def exchange_with_everything(cursor: Any, world: World, chance: random.Random) -> Done:
    """A record and its file by others, with a commitment, a seal and a log that fit them: nothing in the database shows it."""
    key = chance.choice(world.records)
    sha256 = raw.put(b"palsu %d" % chance.randrange(10**9))
    cursor.execute(
        "UPDATE patrol_capture SET sha256 = %(sha)s, commitment = encode(sha256(convert_to(salt || %(sha)s, 'UTF8')), 'hex')"
        " WHERE id = %(id)s",
        {"sha": sha256, "id": key},
    )
    cursor.execute("SELECT id FROM patrol_seal WHERE %s = ANY (captures)", [str(key)])
    (number,) = cursor.fetchone()
    made = models.Seal.objects.get(pk=number)
    cursor.execute(
        "UPDATE patrol_auditentry SET after = jsonb_set(after, '{digest}', %s::jsonb) WHERE target_type = 'seal' AND target_id = %s",
        [json.dumps(sealing._digest(made, sealing._found(made))), str(number)],
    )
    sealed.chained_anew(cursor)
    return Done((("record", str(key)),))


def change_a_reading(cursor: Any, world: World, chance: random.Random) -> Done:
    """One that is gone, back-dated or of somebody else; or with the digest of its quarter in the log made to fit."""
    key = chance.choice(world.readings)
    slot = models.Consultation.objects.get(pk=key).at
    slot = slot.replace(minute=slot.minute // 15 * 15, second=0, microsecond=0)
    name = slot.isoformat(timespec="minutes")
    how = chance.randrange(4)
    if how == 0:
        cursor.execute("DELETE FROM patrol_consultation WHERE id = %s", [key])
        return Done((("quarter", name),))
    changed = ("at = at - interval '1 second'", "person_id = person_id + 1", "unmasked = NOT unmasked")[how - 1]
    cursor.execute(f"UPDATE patrol_consultation SET {changed} WHERE id = %s", [key])
    if chance.random() < 0.5:
        return Done((("quarter", name),))
    cursor.execute(
        "UPDATE patrol_auditentry SET after = %s::jsonb WHERE target_type = 'consultation' AND target_id = %s RETURNING seq",
        [json.dumps(consulting._digest(slot)), name],
    )
    (seq,) = cursor.fetchone()
    sealed.chained_anew(cursor)
    return Done((("row", str(seq)),))


EVIDENCE: Final = (
    change_a_record,
    remove_a_record,
    swap_records,
    put_a_record,
    change_a_version,
    change_words,
    remove_words,
    exchange_with_everything,
    change_a_reading,
)


# --- what is added with an earlier day ----------------------------------------------------------------
# All of it as the system adds things: chained, noted to be sealed, by commitments that hold. The day alone is not true.

CLOSED: Final = sealed.NOW + 2 * sealed.STEP  # by manifest 3


def earlier(chance: random.Random) -> datetime:
    return CLOSED - comparing.LATE - timedelta(seconds=chance.randint(1, 86_400 * chance.choice((1, 400))))


def add_a_row(cursor: Any, world: World, chance: random.Random) -> Done:
    with by_the_head(world):
        row = audit.write("flag.dismissed", by=None, now=earlier(chance), target=("flag", 7), after={"n": 7})
    return Done((("row", str(row.seq)),))


def add_a_record(cursor: Any, world: World, chance: random.Random) -> Done:
    key, like, at = uuid.uuid4(), chance.choice(world.records), earlier(chance)
    moments = ("received_at", "requested_at")
    dated = chance.choice((moments, moments[1:]))
    columns = [str(field.column) for field in models.Capture._meta.concrete_fields if field.name != "id"]
    values = ", ".join(f"%(at)s + interval '{'0' if name in dated else '9999'} day'" if name in moments else name for name in columns)
    cursor.execute(
        f"INSERT INTO patrol_capture (id, {', '.join(columns)}) SELECT %(id)s, {values} FROM patrol_capture WHERE id = %(like)s",
        {"id": key, "like": like, "at": at},
    )
    cursor.execute("INSERT INTO patrol_unsealed (kind, keys) VALUES ('capture', ARRAY[%s])", [str(key)])
    return Done((("record", str(key)),))


def add_a_version(cursor: Any, world: World, chance: random.Random) -> Done:
    like = chance.choice(world.versions)
    columns = [str(field.column) for field in models.PostVersion._meta.concrete_fields if field.name != "id"]
    given = {"seen_at": "%(at)s", "number": "9"}
    cursor.execute(
        f"INSERT INTO patrol_postversion ({', '.join(columns)}) SELECT {', '.join(given.get(name, name) for name in columns)}"
        " FROM patrol_postversion WHERE id = %(like)s RETURNING id",
        {"at": earlier(chance), "like": like},
    )
    (key,) = cursor.fetchone()
    columns = [str(field.column) for field in models.PostText._meta.concrete_fields if field.column != "version_id"]
    cursor.execute(
        f"INSERT INTO patrol_posttext (version_id, {', '.join(columns)}) SELECT %s, {', '.join(columns)} FROM patrol_posttext"
        " WHERE version_id = %s",
        [key, like],
    )
    cursor.execute("INSERT INTO patrol_unsealed (kind, keys) VALUES ('version', ARRAY[%s])", [str(key)])
    return Done((("version", str(key)),))


def add_a_quarter(cursor: Any, world: World, chance: random.Random) -> Done:
    """A reading in a quarter of an hour in which nothing was read, and the row of the log that enters it."""
    slot = sealed.NOW - timedelta(hours=chance.randint(2, 6))
    slot = slot.replace(minute=chance.choice((0, 15, 30, 45)), second=0, microsecond=0)
    sealed.read(slot + timedelta(minutes=1))
    with by_the_head(world):
        row = audit.write(
            consulting.VERB,
            by=None,
            now=CLOSED + timedelta(minutes=3),
            target=(consulting.TARGET, consulting._name(slot)),
            after=consulting._digest(slot),
        )
    return Done((("row", str(row.seq)),))


ADDED: Final = (add_a_row, add_a_record, add_a_version, add_a_quarter)


@contextmanager
def by_the_head(world: World) -> Iterator[None]:
    """With the key that signs the head of the log."""
    kept, configured.SECRET_KEY = configured.SECRET_KEY, world.secret
    yield
    configured.SECRET_KEY = kept


def sealed_next(world: World, there: Path) -> None:
    """The system goes on: what was added is entered into the log, and named by the next manifest."""
    kept, configured.ANCHOR_DIR = configured.ANCHOR_DIR, str(there)
    Path(configured.ANCHOR_KEY).write_bytes(world.key)
    with by_the_head(world):
        making.seal(now=sealed.NOW + 3 * sealed.STEP)
    Path(configured.ANCHOR_KEY).unlink()
    configured.ANCHOR_DIR = kept


# --- files -------------------------------------------------------------------------------------------------


def spoil_a_file(place: Path, chance: random.Random) -> Callable[[], None]:
    """One bit, a cut end, or gone. Returns what mends it."""
    content = place.read_bytes()
    place.chmod(0o640)
    at = chance.randrange(len(content))
    how = chance.randrange(3)
    if how == 0:
        place.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
    elif how == 1:
        place.write_bytes(content[:at])
    else:
        place.unlink()

    def mend() -> None:
        place.write_bytes(content)

    return mend


def of_the_folder(there: Path, world: World, chance: random.Random) -> Done:
    """Of a copy of it."""
    number = chance.randint(1, 3)
    how = chance.randrange(6)
    place = folder.path_of(there, number)
    if how == 0:
        spoil_a_file(place, chance)
        return Done((("manifest", str(number)),))
    if how == 1:  # exchanged for one of before, or of after
        other = chance.choice([one for one in (1, 2, 3) if one != number])
        place.unlink()
        shutil.copy(folder.path_of(there, other), place)
        return Done((("manifest", str(number)),))
    if how == 2:  # cut
        for one in range(number, 4):
            folder.path_of(there, one).unlink()
        return Done((("manifest", str(number)),))
    if how == 3:  # signed anew by somebody else, with their key beside it
        ours, _pem = manifests.new_key()
        for one in range(number, 4):
            before = folder.read(there, one - 1).sha256 if one > 1 else manifests.START
            made = folder.read(there, one)
            said = replace(made.statement, key=manifests.fingerprint(ours.public_key()), before=before)
            folder.path_of(there, one).unlink()
            folder.keep_key(there, ours.public_key())
            folder.write(folder.path_of(there, one), manifests.signed(said, made.listed, ours).content())
        return Done((("manifest", str(number)),))
    if how == 4:  # the list alone
        made = folder.read(there, number)
        at = chance.randrange(len(made.listed) - 1)
        listed = made.listed[:at] + b"7" + made.listed[at + 1 :] if made.listed[at : at + 1] != b"7" else made.listed[:-1]
        place.unlink()
        place.write_bytes(replace(made, listed=listed).content())
        return Done((("manifest", str(number)),))
    key = folder.key_path(there, world.trusted)  # another key in the place of the public one
    key.unlink()
    key.write_bytes(manifests.pem(manifests.new_key()[0].public_key()))
    return Done((("manifest", "1"),))


# --- looking -----------------------------------------------------------------------------------------------


def looked(world: World, there: Path) -> list[str]:
    """All that a verifier says which has the database, the files, the folder and the name of the key."""
    said = [str(one) for one in comparing.compare(there, {world.trusted}) if one.broken]
    said += [f"{one.what} {one.key}: {one.why}" for one in sealing.verify()]
    said += list(consulting.verify())
    for capture in models.Capture.objects.all():
        said += [f"record {capture.pk}: {why}" for why in checking.wrong(capture, checking.looked_at(capture.sha256))]
    return said


def located(said: list[str], what: str, key: str) -> bool:
    """Whether a line names this one, alone or in a stretch."""
    for line in said:
        head, _colon, _why = line.partition(": ")
        kind, _space, named = head.partition(" ")
        if kind not in {what, f"{what}s"}:
            continue
        first, _to, last = named.partition(" to ")
        if named == key or (last and key.isdecimal() and int(first) <= int(key) <= int(last)):
            return True
    return False


def tampered(world: World, chance: random.Random, tmp_path: Path) -> tuple[str, Done, list[str]]:
    kind = chance.choice(("log", "log", "evidence", "evidence", "added", "file", "folder"))
    if kind in {"folder", "added"}:
        there = tmp_path / "copy"
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(sealed.place(), there)
    if kind == "folder":
        return "folder", of_the_folder(there, world, chance), looked(world, there)
    if kind == "added":
        add = chance.choice(ADDED)
        goes_on = chance.random() < 0.6
        with sealed.taken_back() as cursor:
            done = add(cursor, world, chance)
            if goes_on:
                sealed_next(world, there)
                assert [made.statement.closes for made in map(partial(folder.read, there), (1, 2, 3, 4))] == [True] * 4
            said = looked(world, there)
        return f"{add.__name__}{', sealed' if goes_on else ''}", done, said
    if kind == "file":
        capture = models.Capture.objects.get(pk=chance.choice(world.records))
        mend = spoil_a_file(raw.path_of(capture.sha256), chance)
        said = looked(world, sealed.place())
        mend()
        return "file", Done((("record", str(capture.pk)),)), said
    how: Any = chance.choice(LOG if kind == "log" else EVIDENCE)
    anew = how not in _NOT_ANEW and chance.random() < 0.6
    with sealed.taken_back() as cursor:
        done = how(cursor, world, chance)
        if anew:
            sealed.chained_anew(cursor)
        said = looked(world, sealed.place())
    return f"{how.__name__}{', chained anew' if anew else ''}", done, said


def test_each_is_found_and_located(world: World, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY = "of another installation, so that nothing here is believed by it 0123456789"
    chance = random.Random(SEED)
    counted: Counter[str] = Counter()
    missed = []
    with sealed.superusers_hands():
        assert looked(world, sealed.place()) == []
        for number in range(1, TIMES + 1):
            how, done, said = tampered(world, chance, tmp_path)
            counted[how] += 1
            missed += [(number, how, name, said) for name in done.names if not located(said, *name)]
        assert looked(world, sealed.place()) == []
    assert missed == []
    with capsys.disabled():
        if TIMES > 1_000:
            print(f"\n{sum(counted.values())} tampers, all found and located: {dict(sorted(counted.items()))}")
    assert sum(counted.values()) == TIMES
