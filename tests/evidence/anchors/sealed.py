"""A small log with evidence, sealed in three manifests, and the hands of whoever owns the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection, connections, transaction
from psycopg2.extensions import parse_dsn

from patrol import models
from patrol.access import audit
from patrol.evidence.anchors import comparing, making, manifests
from tests import factories
from tests.conftest import SUPERUSER_URL

NOW = factories.NOW
STEP = timedelta(minutes=15)


def acts(count: int, *, start: int = 1) -> None:
    """So many rows of the log, as acts of people write them."""
    for number in range(start, start + count):
        with transaction.atomic():
            audit.write("flag.dismissed", by=None, now=NOW + timedelta(seconds=number), target=("flag", number), after={"n": number})


def read(at: datetime) -> None:
    """A row of the reading log, of a quarter of an hour that is over."""
    who = models.Person.objects.order_by("pk").first() or factories.person()
    given = {"way": "page", "target_kind": "flag", "target_id": "7", "role": who.role, "office": who.office}
    models.Consultation.objects.create(person=who, at=at, **given)


def key(folder: Path) -> str:
    """A private key in place; its name."""
    settings.ANCHOR_KEY, settings.ANCHOR_DIR = str(folder / "anchor-key"), str(folder / "anchors")
    return making.write_key(Path(settings.ANCHOR_KEY))


def place() -> Path:
    return Path(settings.ANCHOR_DIR)


def name() -> str:
    return manifests.fingerprint(making.private_key().public_key())


def in_three(folder: Path) -> str:
    """Three manifests: each with acts, with a post, its answer and a picture, and with a reading. The name of the key."""
    trusted = key(folder)
    for turn in range(3):
        acts(4, start=turn * 4 + 1)
        (post,) = factories.stored([factories.raw_post(author="akun_contoh", author_name="Nama Contoh")])
        factories.file_capture(f"gambar {turn}".encode(), post_id=post.pk)
        read(NOW + turn * STEP)
        making.seal(now=NOW + turn * STEP)
    return trusted


def found(trusted: str = "", **given: Any) -> list[str]:
    """What a comparison calls broken, as it is printed."""
    return [str(one) for one in comparing.compare(place(), {trusted or name()}, **given) if one.broken]


def told(trusted: str = "", **given: Any) -> list[str]:
    """What it only has to be known."""
    return [str(one) for one in comparing.compare(place(), {trusted or name()}, **given) if not one.broken]


def as_superuser(statement: str, values: Mapping[str, Any] | None = None) -> None:
    """Whoever owns the database, past every guard."""
    owner = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
    owner.close()


@contextmanager
def superusers_hands() -> Iterator[None]:
    """Everything inside is done as the superuser of the database; `taken_back` undoes what was done there."""
    given = connections["default"].settings_dict
    kept = {name: given[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    dsn = parse_dsn(SUPERUSER_URL)
    connection.close()
    given |= {"USER": dsn["user"], "PASSWORD": dsn.get("password", ""), "HOST": dsn["host"], "PORT": dsn.get("port", "")}
    try:
        yield
    finally:
        connection.close()
        given |= kept


@contextmanager
def taken_back() -> Iterator[Any]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor
        transaction.set_rollback(True)


def chained_anew(cursor: Any) -> None:
    """The whole chain computed again from what the rows hold by now, as somebody does it who has read our code."""
    before = audit.START
    for seq, entry in enumerate(models.AuditEntry.objects.order_by("seq"), start=1):
        old, entry.seq = entry.seq, seq
        digest = audit.hash_of(entry, prev_hash=before)
        if (old, entry.prev_hash, entry.hash) != (seq, before, digest):
            cursor.execute("UPDATE patrol_auditentry SET seq = %s, prev_hash = %s, hash = %s WHERE seq = %s", [seq, before, digest, old])
        before = digest
    cursor.execute("UPDATE patrol_loghead SET seq = %s, hash = %s", [models.AuditEntry.objects.count(), before])
