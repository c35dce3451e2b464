"""A backup holds database and files of one moment, only its key opens it, and an empty place has all of it again."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from patrol import models
from patrol.access import audit
from patrol.cases import letters
from patrol.changes import stream
from patrol.evidence import backups, raw, sealing
from patrol.guides import editions
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.conftest import as_superuser
from tests.register.test_register import FIRST, take

NOW = factories.NOW
LATER = NOW + timedelta(minutes=5)
NAME = "restored"


def counted() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        tables = [table for (table,) in cursor.fetchall()]
        if not tables:
            return {}
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


def held_by() -> list[tuple[str, ...]]:
    """What the database itself refuses: policies, walls, keys and the rights on tables."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
            " UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '' FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT relname, relkind::text, relacl::text, relrowsecurity::text, relforcerowsecurity::text, '' FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        found: list[tuple[str, ...]] = cursor.fetchall()
        return found


@pytest.fixture
def world(committed: None) -> list[models.Flag]:
    """Three flags, a picture of each post, a register of two files, three acts, sealed; somebody at a P4MI; a session.

    The session stays behind."""
    flags = factories.flags(3)
    p4mi = models.Station.objects.create(office=factories.office("bp3mi-jabar"), name="Cirebon")
    factories.person(station=p4mi)
    letters.load(now=NOW)
    editions.load(now=NOW)
    for number, flag in enumerate(flags):
        factories.file_capture(b"gambar %d" % number, post_id=flag.post_id)
    take(FIRST)
    with transaction.atomic():
        audit.write("flag.confirmed", by=factories.person(), now=NOW, target=flags[0], after={"state": "confirmed"})
    sealing.seal(now=NOW)
    return flags


@pytest.fixture
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Another database without tables and another folder: entered by the callable, as another machine would have them."""
    as_superuser(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME} TEMPLATE template0 OWNER sipatrol_owner")
    as_superuser(*(f"CREATE EXTENSION {name}" for name in ("pg_trgm", "unaccent", "btree_gin")), database=NAME)
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}

    def enter(database: str) -> None:
        for alias in names:
            connections[alias].close()
            settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = database

    def there() -> None:
        enter(NAME)
        monkeypatch.setattr(settings, "EVIDENCE_DIR", tmp_path / "elsewhere")

    yield there
    enter(names["default"])
    as_superuser(f"DROP DATABASE {NAME} WITH (FORCE)")


def test_all_of_it_comes_back_and_is_whole(world: list[models.Flag], empty_place: Any, tmp_path: Path) -> None:
    by = models.Person.objects.order_by("id")[0]
    given = {"office": by.office, "types": ["flag.raised"], "sealed": "x", "cursor": stream.beginning(), "arrived_at": NOW, "made_at": NOW}
    models.Webhook.objects.create(address="https://kantor.example/perubahan", state="active", made_by=by, told_at=NOW, **given)
    key = tmp_path / "key.txt"
    told = io.StringIO()
    call_command("backup", new_key=key, stdout=told)
    public = told.getvalue().strip()
    call_command("backup", to=tmp_path, key=[public], stdout=told)
    [file] = tmp_path.glob("*.age")
    assert f"{file}: " in told.getvalue()
    assert "6 preserved files, read back and whole." in told.getvalue()
    assert {oct(one.stat().st_mode & 0o777) for one in (file, key)} == {"0o600"}
    assert world[0].post.text_key.encode() not in file.read_bytes()  # nothing of it can be read
    before, held, texts = counted(), held_by(), set(models.PostText.objects.values_list("text", flat=True))
    newest = models.Post.objects.order_by("-id").first()
    assert newest is not None
    following = newest.pk + 1
    office, place = factories.office(), stream.beginning()
    changes = [one.id for one in stream.after(place, office=office, now=LATER).changes]

    empty_place()
    stranger = pyrage.x25519.Identity.generate()
    whole = file.read_bytes()
    spoilt = tmp_path / "spoilt.age"
    for content, identity in (
        (whole, str(stranger)),
        (whole[: len(whole) // 2], key.read_text()),
        (whole[:-20_000] + bytes([whole[-20_000] ^ 1]) + whole[-19_999:], key.read_text()),
        (b"", key.read_text()),
    ):
        spoilt.write_bytes(content)
        with pytest.raises(backups.BackupError, match="damaged, or it is not encrypted to this key"):
            backups.restore(spoilt, identity=identity)
        assert not [*Path(settings.EVIDENCE_DIR).glob("**/*")]
    as_superuser(f"ALTER DATABASE {NAME} SET default_transaction_read_only = on")
    empty_place()
    with pytest.raises(CommandError, match=r"^The database refused it, and no row was kept: .*read-only transaction"):
        call_command("restore", str(file), identity=key)
    as_superuser(f"ALTER DATABASE {NAME} RESET default_transaction_read_only")
    empty_place()
    assert counted() == {}  # all of it is read before anything is touched

    out = io.StringIO()
    call_command("restore", str(file), identity=key, stdout=out)
    assert out.getvalue().splitlines()[-1] == "All whole: 4 records of 4 files, 3 rows of the audit log, 2 files of the register."
    # That all was found whole, and that cursors of before are of another database: then changes are read anew, the same ones.
    assert counted() == before | {"patrol_verification": 1, "patrol_reached": before.get("patrol_reached", 0) + 1}
    # Also where this is a drill beside the real one; and its office is to be told, which heard before that nothing arrives.
    assert models.Webhook.objects.values_list("state", "told_at").get() == ("paused", None)
    with pytest.raises(RefusedError, match=r"changes\.restored"):
        stream.after(place, office=office, now=LATER)
    assert [one.id for one in stream.after(stream.beginning(), office=office, now=LATER).changes] == changes != []
    assert held_by() == held
    assert set(models.PostText.objects.values_list("text", flat=True)) == texts
    [post] = factories.stored([factories.raw_post()])  # the series go on, the triggers note, the product has its rights
    assert post.pk == following
    assert models.Unsealed.objects.count() == 2
    with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM patrol_auditentry")
    with pytest.raises(CommandError, match="The database has people in it"):
        call_command("restore", str(file), identity=key)


@pytest.mark.parametrize("of", ["a post", "the register"])
def test_a_file_that_is_not_there_is_told_and_the_rest_is_kept(of: str, world: list[models.Flag], tmp_path: Path) -> None:
    if of == "a post":
        capture = models.Capture.objects.filter(kind="media").first()
        assert capture is not None
        sha256 = capture.sha256
    else:
        sha256 = models.RegisterEdition.objects.get().files[1]["sha256"]
    assert raw.remove(sha256, now=10**10)
    key = pyrage.x25519.Identity.generate()
    with pytest.raises(CommandError, match="1 preserved files were not there"):
        call_command("backup", to=tmp_path, key=[str(key.to_public())], stdout=io.StringIO())
    assert len([*tmp_path.glob("*.age")]) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"to": "here"}, "No public key"),
        ({"to": "here", "key": ["age1nonsense"]}, "none of age"),
        ({"to": "nowhere", "key": ["fine"]}, "could not be written"),
        ({}, "Name a folder with --to"),
    ],
)
def test_what_is_missing_is_one_sentence_and_leaves_nothing(given: dict[str, Any], said: str, committed: None, tmp_path: Path) -> None:
    public = str(pyrage.x25519.Identity.generate().to_public())
    given = dict(given)
    if "to" in given:
        given["to"] = tmp_path if given["to"] == "here" else tmp_path / "nowhere"
    given["key"] = [public if key == "fine" else key for key in given.get("key", [])]
    with pytest.raises(CommandError, match=said):
        call_command("backup", **given)
    assert [*tmp_path.glob("*")] == []


def test_a_key_is_not_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "key.txt"
    kept.write_text("mine")
    with pytest.raises(CommandError, match="File exists"):
        call_command("backup", new_key=kept)
    assert kept.read_text() == "mine"


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ({"tables": {"x\" (a) FROM PROGRAM 'id' --": []}, "series": {}}, "FROM PROGRAM"),
        ({"tables": {"patrol_flag": ['id") FROM STDIN; DROP TABLE patrol_flag --']}, "series": {}}, "DROP TABLE"),
        ({"tables": {"patrol_flag": ["id"]}, "series": {'a"; --': 1}}, "a"),
    ],
)
def test_a_file_somebody_else_made_names_no_statement(about: dict[str, Any], named: str) -> None:
    """The key a backup is encrypted to is public."""
    key, made, kept = pyrage.x25519.Identity.generate(), io.BytesIO(), io.BytesIO()
    text = json.dumps({"format": backups.FORMAT, **about}).encode()
    with tarfile.open(fileobj=made, mode="w") as tar:
        entry = tarfile.TarInfo("about.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    made.seek(0)
    pyrage.encrypt_io(made, kept, [key.to_public()])
    kept.seek(0)
    taken: list[str] = []
    with pytest.raises(backups.BackupError, match=f"names what is no table and no column: .*{named}"):
        backups._read(kept, key, lambda name, *_rest: taken.append(name))
    assert taken == []


def test_every_row_is_in_it_but_the_sessions(world: list[models.Flag], tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    done = backups.write(tmp_path, keys=[str(key.to_public())], now=NOW)
    assert done.rows == sum(rows for table, rows in counted().items() if table not in backups.EMPTIED)


def test_the_keys_that_were_written_to_are_known_until_they_are_destroyed(committed: None, tmp_path: Path) -> None:
    old, new = (str(pyrage.x25519.Identity.generate().to_public()) for _key in range(2))
    for days, key in ((40, old), (20, old), (0, new)):
        backups.write(tmp_path, keys=[key], now=NOW - timedelta(days=days))
    known = models.BackupKey.objects.order_by("first_at").values_list("key", "first_at", "last_at")
    assert list(known) == [(old, NOW - timedelta(days=40), NOW - timedelta(days=20)), (new, NOW, NOW)]
    call_command("backup", key_destroyed=old)
    assert [key for key, _first, _last in known.all()] == [new]
    with pytest.raises(CommandError, match="No backup was written to this key"):
        call_command("backup", key_destroyed=old)
    assert models.AuditEntry.objects.filter(verb="backup.key_destroyed").count() == 1
