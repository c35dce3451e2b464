"""One maker per thing, each the shortest way to a valid row. What a test is about is given by name; the rest is invented."""

from __future__ import annotations

import functools
import itertools
import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Func

from patrol import domain, models, sources
from patrol.access import people
from patrol.cases import channel_editions, law
from patrol.engine import reading
from patrol.evidence import custody
from patrol.infra import prepared
from patrol.models import Role
from patrol.pipeline import assessing, picture_reads, storing
from patrol.triage import chance

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
_numbers = itertools.count(1)

ILLEGAL = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA {phone}. Berangkat minggu ini."
_WORDS = "pagi siang sore malam senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei".split()  # noqa: SIM905
_TRIPLES = list(itertools.product(_WORDS, repeat=3))
HARMLESS = "Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor {n}."


# What `offices` fills, and in which of these tables each row names one.
_SHIPPED: Final = (
    (models.Office, ""),
    (models.Act, ""),
    (models.Article, "act"),
    (models.ArticleEdition, "article"),
    (models.ChannelEdition, ""),
)
_OFFICE: Final = [field.attname for field in models.Office._meta.concrete_fields]
_loading: list[str] = []  # the statement that fills them, once known


def offices() -> dict[str, models.Office]:
    """All offices by code; loaded where they miss, with the articles of law an installation begins with."""
    if _loading and (made := _loaded(_loading[0])):
        return {office.code: office for office in made}
    empty = not _loading and not any(model.objects.exists() for model, _above in _SHIPPED)
    people.load_offices()
    law.load(now=NOW)
    channel_editions.load(now=NOW)
    if empty:
        _loading.append(_loading_again())
    return {office.code: office for office in models.Office.objects.all()}


def _loading_again() -> str:
    """The statement that makes the rows that are there, in tables as empty as they were: most tests begin with it, and the product's
    way takes sixteen. It makes and returns none where one of the tables holds a row. Ids go on from the sequences, one after the other.
    """
    parts: list[str] = []
    first: dict[str, int] = {}
    with connection.cursor() as cursor:
        for model, above in _SHIPPED:
            table = model._meta.db_table
            cursor.execute(f"SELECT jsonb_agg(to_jsonb(t) ORDER BY id)::text, min(id) FROM {table} t")
            rows, first[table] = cursor.fetchone()
            columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
            values = [f"r.{name}" for name in columns]
            if above:
                own = columns.index(f"{above}_id")
                values[own] = f"(SELECT min(id) FROM made_patrol_{above}) + {values[own]} - {first[f'patrol_{above}']}"
            parts.append(
                f"made_{table} AS (INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
                f" FROM jsonb_populate_recordset(NULL::{table}, {cursor.mogrify('%s', [rows]).decode()}) r"
                " WHERE (SELECT yes FROM empty) ORDER BY r.id RETURNING *)"
            )
    empty = " AND ".join(f"NOT EXISTS (SELECT FROM {model._meta.db_table})" for model, _above in _SHIPPED)
    parts.insert(0, f"empty AS MATERIALIZED (SELECT {empty} AS yes)")
    return f"WITH {', '.join(parts)} SELECT {', '.join(_OFFICE)} FROM made_patrol_office ORDER BY name"


def _loaded(statement: str) -> list[models.Office]:
    with connection.cursor() as cursor:
        prepared.execute(cursor, statement.replace("%", "%%"), {})
        return [models.Office.from_db("default", _OFFICE, row) for row in cursor.fetchall()]


def office(code: str = "bp3mi-jabar") -> models.Office:
    """One of them. Every person and every watch asks for theirs: all are read and loaded only where this one misses."""
    return models.Office.objects.filter(code=code).first() or offices()[code]


def person(role: str = Role.OFFICER, code: str = "", **given: Any) -> models.Person:
    n = next(_numbers)
    code = code or ("directorate" if role in people.DIRECTORATE_ROLES else "bp3mi-jabar")
    one = models.Person(
        username=given.pop("username", f"orang{n}"),
        name=given.pop("name", f"Orang Contoh {n}"),
        role=role,
        office=office(code),
        created_at=NOW,
        **given,
    )
    one.set_unusable_password()
    one.approves = given.get("approves", True)
    one.save(force_insert=True)
    models.Appointment.objects.create(
        person=one, kind=models.AppointmentKind.MADE, role=role, office=one.office, at=NOW - timedelta(days=365), exempt=one.approves
    )
    return one


def watch(code: str = "bp3mi-jabar", **given: Any) -> models.Watch:
    n = next(_numbers)
    fields = {
        "name": f"Pantauan {n}",
        "platform": "telegram",
        "kind": sources.SOURCES[given.get("platform", "telegram")].QUERIES[0].key,
        "query": f"saluran_contoh_{n}",
        "every_seconds": 600,
        "healthy_low": 1,
        "healthy_high": 20,
        "created_at": NOW - timedelta(days=30),
    }
    due = Func(function="clock_timestamp", output_field=models.Watch._meta.get_field("due_at"))
    return models.Watch.objects.create(office=office(code), **(fields | given | {"due_at": due}))


def fetch(of: models.Watch | None = None, **given: Any) -> models.Fetch:
    return models.Fetch.objects.create(watch=of or watch(), token=uuid.uuid4(), started_at=NOW, **given)


def answer(body: bytes = b"<html></html>", **given: Any) -> domain.RawAnswer:
    fields: dict[str, Any] = {
        "asked_url": "https://t.me/s/saluran_contoh",
        "final_url": "https://t.me/s/saluran_contoh",
        "status": 200,
        "hops": (),
        "request_headers": (("User-Agent", "SIPatrol"),),
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": body,
        "requested_at": NOW,
        "received_at": NOW,
        "address": "192.0.2.10",
    }
    return domain.RawAnswer(**(fields | given))


def raw_post(text: str = "", **given: Any) -> domain.RawPost:
    n = next(_numbers)
    fields: dict[str, Any] = {
        "platform": "telegram",
        "external_id": f"1000000001/{1_000_000 + n}",  # of one length: posts are stored in the order of these, which is text
        "url": f"https://t.me/saluran_contoh/{n}",
        "text": text or HARMLESS.format(n=n),
        "posted_at": NOW - timedelta(hours=5),
        "posted_at_source": "2026-11-22T22:47:00+00:00",
        "origin": "saluran_contoh",
        "locator": f"message {n}",
    }
    return domain.RawPost(**(fields | given))


def illegal(n: int = 0, **given: Any) -> domain.RawPost:
    """A post every office would look at. Numbered texts differ in so many words that they are no copies of each other."""
    n = n or next(_numbers)
    tail = " ".join(map("".join, random.Random(n).choices(_TRIPLES, k=24)))
    return raw_post(ILLEGAL.format(phone=f"0840 5550 {n:04d}") + f" Info {tail}.", **given)


def stored(posts: Sequence[domain.RawPost], *, of: models.Watch | None = None, now: datetime = NOW) -> list[models.Post]:
    """Posts as a fetch stores them."""
    run = fetch(of)
    sha256 = custody.keep(answer())
    capture = custody.capture(answer(), sha256=sha256, platform="telegram", fetch=run)
    done = storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=now)
    assert done.problems == ()
    kept = models.Post.objects.filter(external_id__in=[post.external_id for post in posts])
    by_identity = {(post.platform, post.external_id): post for post in kept}
    return [by_identity[post.platform, post.external_id] for post in posts]


_hidden = functools.cache(chance.hidden_by_id)  # the same ids are looked at for each test of a file


def draw(*hidden: bool) -> None:
    """Moves the series of the flags' ids on to where those raised next are shown without their level, or with it, as listed."""
    with connection.cursor() as cursor:
        following = "SELECT max(nextval('patrol_flag_id_seq')) FROM generate_series(1, %s)"
        cursor.execute(following, [1])
        last = cursor.fetchone()[0]
        # Looked no further than to the first that differs: of 72 in a row that is soon.
        start = next(at for at in itertools.count(last) if all(_hidden(id_) is wanted for id_, wanted in enumerate(hidden, at + 1)))
        cursor.execute(following, [start - last])


def flags(count: int = 1, *, of: models.Watch | None = None, now: datetime = NOW, **given: Any) -> list[models.Flag]:
    """Waiting flags, each of a post of its own, brought all the way by the pipeline."""
    given = {"posted_at": now - timedelta(hours=5), **given}
    posts = stored([illegal(**given) for _ in range(count)], of=of, now=now)
    while assessing.read_due(now=now, limit=500).read == 500:  # fewer: nothing more is due
        pass
    return list(models.Flag.objects.select_related("post", "office").filter(post__in=posts).order_by("id"))


def flag(**given: Any) -> models.Flag:
    return flags(1, **given)[0]


def register(
    agencies: Sequence[Mapping[str, Any]] = (), licences: Sequence[Mapping[str, Any]] = (), *, register_date: Any = None
) -> models.RegisterEdition:
    """An edition with these rows; `agency` of a licence names one of the agencies."""
    number = models.RegisterEdition.objects.count() + 1
    edition = models.RegisterEdition.objects.create(
        number=number, register_date=register_date or NOW.date(), imported_at=NOW, files=[], difference={}
    )
    by_name = {}
    for row in agencies:
        row = dict(row)
        standings = row.pop("standings", [("active", "2020-01-01", None, "")])
        by_name[row["name"]] = models.Agency.objects.create(edition=edition, **row)
        for status, since, until, decree in standings:
            models.Standing.objects.create(agency=by_name[row["name"]], status=status, since=since, until=until, decree=decree)
    for row in licences:
        row = {"valid_from": "2026-01-01", "valid_to": "2027-12-31", "status": "active", **row}
        models.Licence.objects.create(edition=edition, **(row | {"agency": by_name[row["agency"]]}))
    return edition


def file_capture(content: bytes, *, post_id: int) -> models.Capture:
    """A kept file of a post, as a job brings it."""
    job, _made = models.Job.objects.get_or_create(kind="media", key=str(post_id), defaults={"created_at": NOW, "due_at": NOW})
    return custody.capture_file(content, "image/jpeg", platform="telegram", kind="media", job=job, post_id=post_id, now=NOW)


def erase(
    version: models.PostVersion, *, by: models.Person | None = None, asked_by: models.Person | None = None, now: datetime = NOW
) -> models.Erasure:
    """One version blanked by the eraser's function, as two people wanted it."""
    asked = models.ErasureRequest.objects.create(
        number=f"HPS-{next(_numbers)}",
        post_id=version.post_id,
        reason="other",
        ground="uji",
        versions=1,
        files=0,
        by=asked_by or person(),
        at=now,
        until=now + timedelta(days=7),
    )
    models.ErasureAnswer.objects.create(request=asked, kind="approved", by=by or person(), at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT patrol_erase(%s, %s, %s)", [version.pk, asked.pk, now])
    return models.Erasure.objects.get(version=version, request=asked)


def pictured(version: models.PostVersion, text: str, code: str) -> models.Reading:
    """A reading of the version with its one kept picture, 800 x 600: three lines of words, a number in the second, and a code."""
    kept = picture_reads.of_versions([version.pk])[version.pk]
    told = models.Reading.objects.create(
        version=version,
        reader_version=reading.READER_VERSION,
        pictures_key=picture_reads.key(kept),
        text_kind="offer_abroad",
        route="agency",
        truncated=False,
        read_at=NOW,
        salt="",
        commitment="0" * 64,
    )
    place = {"source": "image:0", "confidence": 1.0}
    number = text.index("0840") if "0840" in text else 0
    models.ReadingClaims.objects.create(
        reading=told,
        claims=[
            {
                "kind": "phone",
                "value": "+6284055504321",
                "start": number,
                "end": number + 14,
                "source": "image:0",
                "confidence": 1.0,
                "role": "",
                "detail": {},
                "money": None,
                "box": [90, 110, 500, 40],
            },
            {
                "kind": "link",
                "value": code,
                "start": 0,
                "end": len(code),
                "source": "qr:0",
                "confidence": 1.0,
                "role": "",
                "detail": {},
                "money": None,
                "box": None,
            },
        ],
        picture_texts=[text],
        code_texts=[code],
        places=[
            {**place, "start": 0, "end": 5, "box": [10, 20, 180, 40]},
            {**place, "start": 6, "end": 13, "box": [200, 20, 210, 40]},
            {**place, "start": number, "end": number + 14, "box": [90, 110, 500, 40]},
        ],
    )
    return told
