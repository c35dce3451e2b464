"""A database as full as a country's after a year, put in by SQL: posts, readings, checks, flags, decisions, rings, words to search.

A few thousand invented posts go the product's whole way first, so that every row has the width, the claims with their spans, the
reasons and the verdict it has in an office. Then these rows are copied with other ids, times, offices, states and contacts. A copy
of row `id` in round `k` has the id `id + k * STRIDE` in every table, so that no table of ids is needed and references stay right.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg2

from bench import ground, invented
from patrol import domain

STRIDE = 1_000_000  # above every id of the posts that went the whole way
SEEDS = 1_500
SPAN_DAYS = 400
PEOPLE = 50
OPEN_IN_100, PARKED_IN_100, CONFIRMED_IN_100 = 40, 8, 17  # of the flags; the rest is dismissed
COMMON_SIGHTINGS = 10_000  # of the one number that everybody uses
RING = 60  # posts of the campaign whose page is measured
PART = 60  # rounds put in at once

# Where a round's copies stand in time, newest last; a hash of post and round that has nothing to do with either.
_AT = "(%(now)s::timestamptz - (%(rounds)s - k + (p.id %% 97) / 97.0) * %(step)s * interval '1 second')"
_HASH = "(hashint8(p.id * 7919 + k) & 2147483647)"


@dataclass(frozen=True, slots=True)
class Filled:
    posts: int
    flags: int
    open: int
    seconds: float
    common: int  # id of the indicator with COMMON_SIGHTINGS


def seeds(watch_id: int, fetch_id: int, capture: Any) -> None:
    """Invented posts, kept and read by the product itself."""
    from patrol import search  # noqa: PLC0415 -- models load after Django is set up
    from patrol.pipeline import assessing, storing  # noqa: PLC0415

    now = datetime.now(UTC)
    texts = itertools.islice(invented.posts(20261127), SEEDS)
    posts = [
        domain.RawPost(
            platform=("telegram", "facebook", "tiktok", "instagram")[number % 4],
            external_id=f"isi/{number}",
            url=f"https://sosial.example/isi_contoh/{number}",
            text=text,
            author=f"akun_contoh_{number % 700}",
            author_name=f"Akun contoh {number % 700}",
            posted_at=now,
            posted_at_source=now.isoformat(),
            origin="saluran_contoh",
            locator=f"message {number}",
        )
        for number, text in enumerate(texts)
    ]
    for start in range(0, SEEDS, 500):
        storing.store(posts[start : start + 500], capture_id=capture.pk, watch_id=watch_id, fetch_id=fetch_id, now=now)
    while assessing.read_due(now=datetime.now(UTC), limit=500).read:
        pass
    while search.fill(now=datetime.now(UTC), limit=1_000):
        pass


def people() -> None:
    """Officers in every office, a few analysts and supervisors at the directorate."""
    from django.utils import timezone  # noqa: PLC0415

    from patrol import models  # noqa: PLC0415

    offices = list(models.Office.objects.exclude(kind="directorate").order_by("id"))
    directorate = models.Office.objects.get(kind="directorate")
    for number in range(PEOPLE):
        role = ("analyst", "supervisor")[number % 2] if number >= PEOPLE - 6 else "officer"
        one = models.Person(
            username=f"orang{number}",
            name=f"Orang Contoh {number}",
            role=role,
            created_at=timezone.now(),
            office=directorate if number >= PEOPLE - 6 else offices[number % len(offices)],
        )
        one.set_unusable_password()
        one.save(force_insert=True)
        models.OwnSettings.objects.create(person=one, tour_seen_at=timezone.now())
        for name, query in (
            ("Tinggi", {"level": "high"}),
            ("Kamboja", {"country": "KH"}),
            ("Lama", {"older": "72"}),
            ("TikTok", {"platform": "tiktok"}),
        ):
            models.SavedFilter.objects.create(person=one, name=name, query=query, made_at=timezone.now())


class _Copy:
    """Statements that copy rows of a table, every column as it is but those given."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def columns(self, table: str) -> list[str]:
        self.cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in self.cursor.fetchall()]

    def statement(self, table: str, source: str, **changed: str) -> str:
        """`source`: FROM and WHERE, with the row as `r`, its seed post as `p`, the round as `k`."""
        columns = self.columns(table)
        missing = set(changed) - set(columns)
        assert not missing, (table, missing)
        values = [changed.get(name, f'r."{name}"') for name in columns]
        listed = ", ".join(f'"{name}"' for name in columns)
        return f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {source}"


def _statements(copy: _Copy) -> Iterator[str]:
    # `seed`: a temporary table of the posts that went the whole way: id, version, whether flagged; `rounds`: k, for flagged ones or not.
    every = "seed p JOIN rounds q ON q.flagged = p.flagged"
    up = f"+ k * {STRIDE}"
    post = f"{every} JOIN patrol_post r ON r.id = p.id"
    version = f"{every} JOIN patrol_postversion r ON r.post_id = p.id"
    reading = f"{every} JOIN patrol_reading r ON r.version_id = p.version"
    check = f"{every} JOIN patrol_licencecheck r ON r.reading_id = p.reading"
    flag = f"{every} JOIN patrol_flag r ON r.post_id = p.id"
    yield copy.statement(
        "patrol_post",
        post,
        id=f"r.id {up}",
        external_id="r.external_id || '/' || k",
        url="r.url || '/' || k",
        text_key=f"md5(r.text_key || CASE WHEN {_HASH} %% 4 = 0 THEN '' ELSE k::text END)",
        first_seen=_AT,
        last_seen=_AT,
        posted_at=f"{_AT} - interval '3 hours'",
        due_at="NULL",
    )
    yield copy.statement(
        "patrol_postversion",
        version,
        id=f"r.id {up}",
        post_id=f"r.post_id {up}",
        seen_at=_AT,
        content_key="md5(r.content_key || k) || md5(r.content_key || -k)",
    )
    yield copy.statement(
        "patrol_posttext",
        f"{every} JOIN patrol_posttext r ON r.version_id = p.version",
        version_id=f"r.version_id {up}",
        text="r.text || ' Kode ' || substr(md5((p.id + k)::text), 1, 8)",
    )
    yield copy.statement(
        "patrol_seen",
        f"{every} JOIN patrol_seen r ON r.post_id = p.id",
        id=f"r.id {up}",
        post_id=f"r.post_id {up}",
        at=_AT,
        watch_id=f"(SELECT id FROM watches WHERE n = {_HASH} %% (SELECT count(*) FROM watches))",
    )
    yield copy.statement("patrol_reading", reading, id=f"r.id {up}", version_id=f"r.version_id {up}", read_at=_AT)
    yield copy.statement(
        "patrol_readingclaims", f"{every} JOIN patrol_readingclaims r ON r.reading_id = p.reading", reading_id=f"r.reading_id {up}"
    )
    yield copy.statement("patrol_licencecheck", check, id=f"r.id {up}", reading_id=f"r.reading_id {up}", checked_at=_AT)
    yield copy.statement(
        "patrol_finding", f"{every} JOIN patrol_finding r ON r.check_of_id = p.checked", id=f"r.id {up}", check_of_id=f"r.check_of_id {up}"
    )
    # Eight posts share a contact.
    yield f"""INSERT INTO patrol_indicator (id, kind, value, first_seen, last_seen)
        SELECT DISTINCT ON (r.id, k / 8) r.id + (k / 8) * {STRIDE}, r.kind, r.value || '.' || (k / 8), {_AT}, {_AT}
        FROM {every} JOIN patrol_sighting s ON s.post_id = p.id JOIN patrol_indicator r ON r.id = s.indicator_id
        WHERE k / 8 > 0 ON CONFLICT DO NOTHING"""
    yield copy.statement(
        "patrol_sighting",
        f"{every} JOIN patrol_sighting r ON r.post_id = p.id",
        id=f"r.id {up}",
        indicator_id=f"r.indicator_id + (k / 8) * {STRIDE}",
        post_id=f"r.post_id {up}",
        version_id=f"r.version_id {up}",
        seen_at=_AT,
    )
    yield copy.statement(
        "patrol_postwords",
        f"{every} JOIN patrol_postwords r ON r.post_id = p.id",
        post_id=f"r.post_id {up}",
        version_id=f"r.version_id {up}",
        reading_id=f"r.reading_id {up}",
        words="r.words || ' kode ' || substr(md5((p.id + k)::text), 1, 8)",
    )
    # One seed in three comes four times into one office's row; all copies of a row stand alike.
    row = "(CASE WHEN p.id %% 3 = 0 THEN 'isi-' || p.id || '-' || k / 24 ELSE 'isi-' || p.id || '-' || k || 'a' END)"
    where = f"(hashtext({row}) & 2147483647)"
    state = f"""(CASE WHEN r.level = 'low' THEN 'parked' WHEN {where} %% 100 < {OPEN_IN_100 - 4} THEN 'waiting'
        WHEN {where} %% 100 < {OPEN_IN_100} THEN 'needs_information'
        WHEN {where} %% 100 < {OPEN_IN_100 + PARKED_IN_100} THEN 'parked'
        WHEN {where} %% 100 < {OPEN_IN_100 + PARKED_IN_100 + CONFIRMED_IN_100} THEN 'confirmed' ELSE 'dismissed' END)"""
    # One flag in five is the fullest office's.
    office = f"CASE WHEN {where} / 100 %% 5 = 0 THEN 1 ELSE {where} / 100 %% (SELECT count(*) FROM offices) END"
    bands = f"SELECT CASE WHEN b < 2 THEN hashint8(p.id * 14 + b) ELSE hashtext({row} || b) END FROM generate_series(0, 13) AS b"
    decided = f"(r.level <> 'low' AND {where} %% 100 >= {OPEN_IN_100 + PARKED_IN_100})"
    yield copy.statement(
        "patrol_flag",
        flag,
        id=f"r.id {up}",
        number=f"'ISI-' || (r.id {up})",
        post_id=f"r.post_id {up}",
        current_check_id=f"r.current_check_id {up}",
        row_key=row,
        raised_at=_AT,
        state=state,
        decided_at=f"CASE WHEN {decided} THEN {_AT} + interval '5 hours' END",
        office_id=f"(SELECT id FROM offices WHERE n = {office})",
        text_bands=f"ARRAY({bands})",
    )
    yield copy.statement(
        "patrol_flagevent",
        f"{every} JOIN patrol_flag f ON f.post_id = p.id JOIN patrol_flagevent r ON r.flag_id = f.id",
        id=f"r.id {up}",
        flag_id=f"r.flag_id {up}",
        at=_AT,
        check_then_id=f"r.check_then_id {up}",
    )
    yield f"""INSERT INTO patrol_decision (flag_id, decision_key, outcome, reason, note, by_id, at, effective_at, state_before, state_after,
            level_then, check_then_id)
        SELECT f.id, gen_random_uuid(), f.state, 'other', 'Contoh', (SELECT id FROM people WHERE n = f.id %% (SELECT count(*) FROM people)),
            f.decided_at, f.decided_at + interval '10 seconds', 'waiting', f.state, f.level, f.current_check_id
        FROM {every} JOIN patrol_flag r ON r.post_id = p.id JOIN patrol_flag f ON f.id = r.id {up} WHERE f.decided_at IS NOT NULL"""
    # Flagged posts hang together in rings of four rounds.
    yield f"""INSERT INTO patrol_campaign (id, number, name, state, version, made_at, grown_at, posts_count)
        SELECT DISTINCT p.id + (k / 24) * {STRIDE}, 'ISI-' || (p.id + (k / 24) * {STRIDE}), '', 'proposed', 1, %(now)s::timestamptz,
            %(now)s::timestamptz, 4 FROM {every} WHERE p.flagged AND p.id %% 2 = 0 ON CONFLICT DO NOTHING"""
    yield f"""INSERT INTO patrol_linkedpost (post_id, campaign_id, joined_at, ways, follows, offered, text_bands, linked_at)
        SELECT p.id {up}, CASE WHEN p.id %% 2 = 0 THEN p.id + (k / 24) * {STRIDE} END,
            CASE WHEN p.id %% 2 = 0 THEN {_AT} END, 1, false, '{{}}',
            f.text_bands, {_AT}
        FROM {every} JOIN patrol_flag r ON r.post_id = p.id JOIN patrol_flag f ON f.id = r.id {up}"""


_COMMON = """
WITH made AS (
    INSERT INTO patrol_indicator (kind, value, first_seen, last_seen)
    VALUES ('phone', '+6284099999999', %(now)s::timestamptz - interval '400 days', %(now)s) RETURNING id
), flagged AS (SELECT post_id AS id FROM patrol_flag WHERE id > %(stride)s ORDER BY hashint8(id) LIMIT %(many)s / 5),
others AS (SELECT id FROM patrol_post WHERE id > %(stride)s AND id %% 1000 < 400 ORDER BY hashint8(id) LIMIT %(many)s)
INSERT INTO patrol_sighting (indicator_id, post_id, version_id, role, confidence, seen_at)
SELECT made.id, v.post_id, v.id, 'contact', 1, v.seen_at
FROM made, (
    SELECT id FROM (SELECT id FROM flagged UNION SELECT id FROM others) u ORDER BY id IN (SELECT id FROM flagged) DESC LIMIT %(many)s
) u
JOIN patrol_postversion v ON v.post_id = u.id
RETURNING indicator_id
"""
_SLOW_INDEXES = ("post_words_trigrams",)  # made anew at the end: filling it a row at a time takes longer than all the rest


def fill(
    postgres: ground.Database,
    posts: int,
    flags: int,
    seconds: float,
    *,
    days: float = SPAN_DAYS,
    ending: datetime | None = None,
    without: Collection[str] = (),
) -> Filled:
    """Puts in so many posts and flags, or what the seconds allow. The app's role cannot: guards and foreign keys rest meanwhile.

    They are spread over the `days` before `ending`, which is now. `without`: tables that get none of it.
    """
    began = time.perf_counter()
    connection = psycopg2.connect(postgres.superuser_url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                """CREATE TEMPORARY TABLE seed AS
                   SELECT p.id, v.id AS version, r.id AS reading, c.id AS checked, f.id IS NOT NULL AS flagged
                   FROM patrol_post p JOIN patrol_postversion v ON v.post_id = p.id JOIN patrol_reading r ON r.version_id = v.id
                   JOIN patrol_licencecheck c ON c.reading_id = r.id LEFT JOIN patrol_flag f ON f.post_id = p.id WHERE p.id < %(stride)s;
                   CREATE TEMPORARY TABLE offices AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM patrol_office;
                   CREATE TEMPORARY TABLE people AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM patrol_person;
                   CREATE TEMPORARY TABLE watches AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM patrol_watch;
                   CREATE TEMPORARY TABLE rounds (k bigint, flagged boolean);
                   ANALYZE seed""",
                {"stride": STRIDE},
            )
            cursor.execute("SELECT count(*) FILTER (WHERE flagged), count(*) FILTER (WHERE NOT flagged) FROM seed")
            [(flagged, plain)] = cursor.fetchall()
            left_out = tuple(f"INSERT INTO {table} " for table in without)
            statements = [one for one in _statements(_Copy(cursor)) if not one.startswith(left_out)]
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(_SLOW_INDEXES)])
            again = [definition for (definition,) in cursor.fetchall()]
            for name in _SLOW_INDEXES:
                cursor.execute(f"DROP INDEX {name}")
        rounds = max(1, round((posts - flags) / plain))
        of_flagged = max(1, round(flags / flagged))
        due = [(k, k * of_flagged // rounds != (k - 1) * of_flagged // rounds) for k in range(1, rounds + 1)]
        given = {"now": ending or datetime.now(UTC), "rounds": rounds, "step": days * 86400 / rounds}
        for start in range(0, rounds, PART):
            if time.perf_counter() - began > seconds:
                break
            _part(connection, statements, due[start : start + PART], given, analyse=start % (5 * PART) == 0)
        with connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            common = everybodys_number(cursor, now=given["now"], behind=STRIDE, many=COMMON_SIGHTINGS)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for definition in again:
                cursor.execute(definition)
            _sequences(cursor)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT count(*) FROM patrol_post")
            [(posts_now,)] = cursor.fetchall()
            cursor.execute("SELECT count(*), count(*) FILTER (WHERE state IN ('waiting', 'needs_information')) FROM patrol_flag")
            [(flags_now, open_now)] = cursor.fetchall()
    finally:
        connection.close()
    from patrol.triage import tallies  # noqa: PLC0415 -- Django is set up by then

    tallies.mend()  # its triggers rested, too
    return Filled(posts_now, flags_now, open_now, time.perf_counter() - began, common)


def ring(common: int) -> int:
    """The id of a campaign of RING posts, made once: each tied to the one before by everybody's number, each third by its text too."""
    from patrol import models  # noqa: PLC0415

    now = datetime.now(UTC)
    campaign, made = models.Campaign.objects.get_or_create(
        number="ISI-RING", defaults={"name": "", "made_at": now, "grown_at": now, "posts_count": RING}
    )
    if made:
        seen = models.Sighting.objects.filter(indicator=common, post__flag__isnull=False, post__linked__isnull=False)
        posts = sorted(seen.order_by("-id").values_list("post", flat=True)[:RING])
        models.LinkedPost.objects.filter(post__in=posts).update(campaign=campaign, joined_at=now)
        ties = []
        for number, (earlier, later) in enumerate(itertools.pairwise(posts)):
            ends: dict[str, Any] = {"earlier_id": earlier, "later_id": later, "at": now}
            ties.append(models.Tie(**ends, kind="phone", key="isi-ring", indicator_id=common, weight=0.95))
            if number % 3 == 0:
                ties.append(models.Tie(**ends, kind="text", likeness=0.7, weight=0.5))
        models.Tie.objects.bulk_create(ties)
    return campaign.pk


def everybodys_number(cursor: Any, *, now: datetime, behind: int, many: int) -> int:
    """The id of one number with so many sightings, in posts and flags whose ids lie behind `behind`."""
    cursor.execute(_COMMON, {"now": now, "stride": behind, "many": many})
    (common,) = {int(indicator) for (indicator,) in cursor.fetchall()}  # a row for each sighting
    return common


def _part(connection: Any, statements: Sequence[str], due: Sequence[tuple[int, bool]], given: dict[str, Any], *, analyse: bool) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off")
        cursor.execute("TRUNCATE rounds")
        wanted = [(k, kind) for k, flagged in due for kind in ((False, True) if flagged else (False,))]
        cursor.execute(
            "INSERT INTO rounds SELECT * FROM unnest(%s::bigint[], %s::boolean[])",
            [[k for k, _kind in wanted], [kind for _k, kind in wanted]],
        )
        for statement in statements:
            cursor.execute(statement, given)
    if analyse:  # or the planner takes the next part for a small one
        with connection, connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _sequences(cursor: Any) -> None:
    cursor.execute(
        """SELECT c.table_name FROM information_schema.columns c
           WHERE c.table_schema = 'public' AND c.column_name = 'id' AND c.is_identity = 'YES' AND c.table_name LIKE 'patrol\\_%'"""
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(max(id), 1) FROM {table}))")
