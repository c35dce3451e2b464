"""Impossible times at every entrance: whatever a stranger writes as the time of a post, the post is kept, read and shown.

The law for all entrances: a post's time lies between 1995 and one day ahead of its receipt, or it has none and a problem says so.
ATTACK_EXAMPLES: how many examples each law draws (`make soak` asks for many more than `make test`).
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone as clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import domain, models
from patrol.admin.officer.captures import UploadForm
from patrol.admin.shared import words
from patrol.domain import moments
from patrol.engine import assess
from patrol.evidence import custody
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, formats, sent, uploads
from patrol.intake.formats import shape
from patrol.pipeline import assessing, claiming, storing
from patrol.search import trials
from patrol.sources import ad_library, facebook, feed, instagram, telegram
from patrol.sources.bluesky import shape as bluesky_shape
from patrol.sources.mastodon import shape as mastodon_shape
from patrol.sources.shared import walks
from patrol.sources.tiktok import shape as tiktok_shape
from patrol.sources.web import selectors
from patrol.sources.x import shape as x_shape
from patrol.sources.youtube import shape as youtube_shape
from tests import factories
from tests.admin.conftest import door  # noqa: F401 -- fixtures
from tests.factories import NOW
from tests.intake import sending
from tests.intake.formats import samples
from tests.sources.played import Platform, Said

pytestmark = pytest.mark.django_db
law = settings(
    max_examples=int(os.environ.get("ATTACK_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

# Without their zone, which the laws draw.
EDGES = tuple(
    datetime.fromisoformat(written).replace(tzinfo=None)
    for written in (
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "0001-01-01T23:59:00Z",
        "9999-12-31T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "1994-12-31T23:59:00Z",
        "1995-01-01T00:00:00Z",
        "2026-11-23T03:47:00Z",
        "2026-11-24T03:47:00Z",
        "2026-11-24T03:47:00.000001Z",
        "2026-12-01T00:00:00Z",
        "2100-01-01T00:00:00Z",
    )
)
NEAR = (EDGES[7] - timedelta(days=3), EDGES[7] + timedelta(days=3))
ZONES = st.one_of(
    st.timezones(), st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes))), st.just(UTC)
)
MOMENTS = st.builds(lambda at, zone: at.replace(tzinfo=zone), st.one_of(st.sampled_from(EDGES), st.datetimes(), st.datetimes(*NEAR)), ZONES)
SOME = st.lists(MOMENTS, min_size=1, max_size=12)


def possible(at: datetime | None) -> bool:
    return at is None or datetime(1995, 1, 1, tzinfo=UTC) <= at <= NOW + timedelta(days=1)


def run() -> tuple[models.Fetch, models.Capture]:
    made = factories.fetch()
    answer = factories.answer()
    return made, custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=made)


def brought(posts: Sequence[domain.RawPost], *, from_file: bool = False) -> storing.Stored:
    fetch, capture = run()
    return storing.store(posts, capture_id=capture.id, watch_id=fetch.watch_id, fetch_id=fetch.pk, from_file=from_file, now=NOW)


def all_the_way(posts: Sequence[domain.RawPost], *, from_file: bool = False) -> storing.Stored:
    """Stores them and reads them; every one is kept with a time it can have, and nobody stands in quarantine."""
    done = brought(posts, from_file=from_file)
    assert (done.new, done.bad) == (len(posts), 0)
    assert [problem.code for problem in done.problems].count("impossible_time") == len(done.problems)
    kept = models.Post.objects.filter(external_id__in=[post.external_id for post in posts])
    told = {post.external_id: post.posted_at for post in posts}
    assert {post.external_id: post.posted_at for post in kept} == {name: at if possible(at) else None for name, at in told.items()}
    read_all()
    for post in kept.all():
        assert EDGES[0] < post.last_seen.replace(tzinfo=None)
        assert post.last_seen <= NOW
        words.moment(post.posted_at or post.first_seen)
    return done


def read_all() -> None:
    while (batch := assessing.read_due(now=NOW, limit=500)).read or batch.quarantined:
        assert batch.quarantined == 0
    assert models.Post.objects.filter(due_at__isnull=False).count() == 0


# --- store, where all of them meet ----------------------------------------------------------------


@law
@given(posted=SOME, seen=SOME, from_file=st.booleans())
def test_whatever_time_comes_the_post_is_kept_and_read(posted: list[datetime], seen: list[datetime], from_file: bool) -> None:
    factories.offices()
    posts = [factories.raw_post(posted_at=at, posted_at_source="", collected_at=seen[n % len(seen)]) for n, at in enumerate(posted)]
    done = all_the_way(posts, from_file=from_file)
    impossible = sum(not possible(post.posted_at) for post in posts) + sum(not possible(post.collected_at) for post in posts)
    assert len(done.problems) == impossible


@pytest.mark.parametrize(
    ("at", "stays"),
    [
        (datetime(1995, 1, 1, tzinfo=UTC), True),
        (datetime(1994, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), False),
        (NOW + timedelta(days=1), True),
        (NOW + timedelta(days=1, microseconds=1), False),
        (datetime(1, 1, 1, tzinfo=UTC), False),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), False),
    ],
)
def test_the_bound_and_what_is_said_where_it_is_crossed(at: datetime, stays: bool) -> None:
    assert moments.possible(at, NOW) is stays
    post = factories.raw_post(posted_at=at, posted_at_source="tertulis")
    done = brought([post])
    kept = models.Post.objects.get()
    assert (kept.posted_at, kept.posted_at_source) == (at if stays else None, "tertulis")
    assert [(problem.code, problem.where, problem.permanent) for problem in done.problems] == (
        [] if stays else [("impossible_time", post.locator, False)]
    )
    assert stays or at.isoformat() in done.problems[0].sentence.id


def test_a_time_told_later_stands_where_it_fits_the_first_receipt() -> None:
    post = factories.raw_post(posted_at=None)
    factories.stored([post])
    late = NOW + timedelta(days=3)
    for at, kept in ((NOW + timedelta(days=2), None), (NOW - timedelta(days=2), NOW - timedelta(days=2))):
        fetch, capture = run()
        said = domain.RawPost(**{name: getattr(post, name) for name in post.__slots__} | {"posted_at": at})
        storing.store([said], capture_id=capture.id, watch_id=fetch.watch_id, fetch_id=fetch.pk, now=late)
        assert models.Post.objects.get().posted_at == kept


@pytest.mark.parametrize("at", ["0001-01-01", "1994-12-31 23:59:59+00", "2026-11-24 03:47:01+00", "20000-01-01", "infinity"])
def test_the_database_refuses_such_a_time_itself(at: str) -> None:
    (post,) = factories.stored([factories.raw_post()])
    with pytest.raises(IntegrityError, match="post_posted_possible"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_post SET posted_at = %s WHERE id = %s", [at, post.pk])
    assert models.Post.objects.get().posted_at == post.posted_at


def test_a_post_whose_row_cannot_be_read_stands_alone_in_quarantine() -> None:
    factories.offices()
    posts = factories.stored([factories.illegal() for _ in range(7)])
    broken = posts[3]
    with connection.cursor() as cursor:  # no datetime of Python: whatever wrote it
        cursor.execute("UPDATE patrol_post SET first_seen = '20000-01-01' WHERE id = %s", [broken.pk])
    batch = assessing.read_due(now=NOW, limit=500)
    assert (batch.read, batch.flagged, batch.quarantined) == (6, 6, 1)
    rows = models.Post.objects.exclude(quarantined_at=None).values_list("pk", "quarantine_reason", "lease_token")
    assert list(rows) == [(broken.pk, "ValueError", None)]
    assert set(models.Flag.objects.values_list("post", flat=True)) == {post.pk for post in posts} - {broken.pk}
    assert assessing.read_due(now=NOW, limit=500) == claiming.Batch()


# --- sources --------------------------------------------------------------------------------------


def _answer(body: bytes = b"{}") -> domain.RawAnswer:
    return factories.answer(body)


def _feed(written: Sequence[datetime]) -> list[domain.RawPost]:
    items = "".join(
        f"<item><guid>t{n}</guid><title>Kabar {n}</title><description>Isi kabar {n}</description><{tag}>{escape(text)}</{tag}></item>"
        for n, at in enumerate(written)
        for tag, text in [("pubDate", format_datetime(at)) if n % 2 else ("dc:date", at.isoformat())]
    )
    body = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>K</title>'
        f"{items}</channel></rss>"
    ).encode()
    ask = domain.Ask(query="https://kabar.example/umpan.xml", cursor={}, now=NOW)
    (page,) = feed.fetch(ask, Platform([Said(body, headers={"Content-Type": "application/rss+xml"})]))
    return list(page.posts)


def _telegram(written: Sequence[datetime]) -> list[domain.RawPost]:
    body = "".join(
        f'<div class="tgme_widget_message" data-post="saluran_contoh/{n + 1}"><div class="tgme_widget_message_text">Isi {n}</div>'
        f'<a class="tgme_widget_message_date"><time datetime="{at.isoformat()}"></time></a></div>'
        for n, at in enumerate(written)
    )
    page = telegram.read_page(_answer(f"<html><body>{body}</body></html>".encode()))
    return [telegram.adapt(message, "1000000001", NOW)[0] for message in page.messages]


def _web(written: Sequence[datetime]) -> list[domain.RawPost]:
    return [
        factories.raw_post(platform="web", posted_at=selectors.moment(text, NOW))
        for at in written
        for text in (at.isoformat(), f"{at.day}/{at.month}/{at.year}", f"{at.day} Desember {at.year:04}")
    ]


def _each(adapt: Callable[[int, str], domain.RawPost | None]) -> Callable[[Sequence[datetime]], list[Any]]:
    return lambda written: [adapt(n, at.isoformat()) for n, at in enumerate(written)]


def _seconds(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


SOURCES: dict[str, Callable[[Sequence[datetime]], list[Any]]] = {
    "feed": _feed,
    "telegram": _telegram,
    "web": _web,
    "mastodon": _each(
        lambda n, at: mastodon_shape.adapt(
            {"id": str(n), "uri": f"https://m.example/s/{n}", "content": f"<p>Isi {n}</p>", "created_at": at, "account": {"acct": "a"}},
            _answer(),
            "m.example",
        )
    ),
    "bluesky": _each(
        lambda n, at: bluesky_shape.adapt(
            {
                "uri": f"at://did:plc:agen000contoh/app.bsky.feed.post/{n}",
                "author": {"handle": "agen.example"},
                "record": {"text": f"Isi {n}", "createdAt": at},
                "indexedAt": at,
            },
            {},
        )
    ),
    "facebook": _each(lambda n, at: facebook.adapt({"id": f"1_{200000000000900 + n}", "message": f"Isi {n}", "created_time": at}, "1", "")),
    "facebook comments": _each(
        lambda n, at: facebook.adapt_comment({"id": f"9_{200000000000900 + n}", "message": f"Isi {n}", "created_time": at}, "9", "1", "")
    ),
    "instagram": _each(lambda n, at: instagram.adapt({"id": f"17876166000000{n:03}", "caption": f"Isi {n}", "timestamp": at}, "", "")),
    "x": _each(lambda n, at: x_shape.adapt({"id": str(100 + n), "text": f"Isi {n}", "created_at": at}, x_shape._Included.read({}), "")),
    "youtube": _each(
        lambda n, at: youtube_shape.video({"id": f"abcdefghi{n:02}", "snippet": {"title": f"Isi {n}", "publishedAt": at}}, "")
    ),
    "ad library": _each(
        lambda n, at: ad_library.adapt({"id": f"12345678{n:03}", "ad_creative_bodies": [f"Isi {n}"], "ad_delivery_start_time": at}, "")
    ),
    "tiktok": lambda written: [
        tiktok_shape.video({"id": str(7300000000000000000 + n), "video_description": f"Isi {n}", "create_time": _seconds(at)}, "")
        for n, at in enumerate(written)
    ],
}


@pytest.mark.parametrize("name", SOURCES)
@law
@given(written=SOME)
def test_every_source_hands_on_every_post_whatever_its_time(name: str, written: list[datetime]) -> None:
    factories.offices()
    posts = SOURCES[name](written)
    assert len(posts) >= len(written)
    with transaction.atomic():
        all_the_way(posts)
        transaction.set_rollback(True)  # the next example brings the same numbers


@law
@given(first=SOME, second=SOME)
def test_a_walk_never_stumbles_over_a_time(first: list[datetime], second: list[datetime]) -> None:
    walk = walks.Walk()
    for round_ in (first, second, first):
        walk = walks.Walk.read(json.loads(json.dumps(walk.cursor()))).begun(NOW, walks.FIRST, walks.LOOK_BACK)
        turn = walks.Turn(_answer(), tuple(factories.raw_post(posted_at=at) for at in round_))
        walk = walk.after(turn, NOW)
    told = [min(at, NOW) for at in (*first, *second) if at >= moments.EARLIEST]
    assert walk.known == max(told, default=None)


def test_a_walk_that_believed_an_impossible_time_goes_on() -> None:
    kept = {"known": "0001-01-01T00:30:00+00:00", "top": "", "token": ""}
    walk = walks.Walk.read(kept).begun(NOW, walks.FIRST, walks.LOOK_BACK)
    assert walk.floor == NOW - walks.FIRST


# --- what people bring ----------------------------------------------------------------------------


@law
@given(posted=MOMENTS, captured=MOMENTS, comments=st.lists(MOMENTS, max_size=3), platform=st.sampled_from(["facebook", "whatsapp"]))
def test_a_capture_of_the_extension(posted: datetime, captured: datetime, comments: list[datetime], platform: str) -> None:
    factories.offices()
    device = sending.paired().device
    number = uuid.uuid4().int % 10**15
    value = sending.capture(
        captured_at=captured.isoformat(),
        platform=platform,
        post=sending.post(
            posted_at=posted.isoformat(),
            text=f"{sending.TEXT} {number}",
            url=f"https://www.facebook.com/groups/1/posts/{number}/" if platform == "facebook" else "",
        ),
        comments=[sending.comment(f"Minat {n}") | {"posted_at": at.isoformat()} for n, at in enumerate(comments)],
    )
    body = sending.written(value)
    if captured > NOW + sent.FAST_CLOCK:  # a clock that is ahead proves nothing
        with pytest.raises(RefusedError) as refused:
            captures.take(device=device, body=body, screenshot=None, now=NOW)
        assert refused.value.code == "capture.clock"
        assert not models.Intake.objects.filter(key=value["key"]).exists()
        return
    intake = captures.take(device=device, body=body, screenshot=None, now=NOW)
    assert (intake.state, intake.bad, intake.posts_new) == ("done", 0, 1 + len(comments))
    kept = models.Post.objects.filter(ways__intake=intake)
    assert all(possible(post.posted_at) for post in kept)
    codes = [problem["code"] for problem in intake.problems]
    impossible = [at for at in (posted, *comments) if not possible(at)]
    assert codes == ["impossible_time"] * (len(impossible) + (len(kept) if not possible(captured) else 0))
    read_all()


@law
@given(posted=MOMENTS)
def test_an_upload(posted: datetime) -> None:
    factories.offices()
    typed = uploads.Typed(
        text=f"{sending.TEXT} {uuid.uuid4().int}", link="", platform="whatsapp", author="", posted_at=posted, origin="Info", note=""
    )
    by = factories.person()
    key = uuid.uuid4()
    if moments.EARLIEST <= posted <= NOW:
        intake = uploads.take(typed=typed, files=[], key=key, by=by, now=NOW)
        assert models.Post.objects.get(ways__intake=intake).posted_at == posted
        read_all()
    else:
        with pytest.raises(RefusedError) as refused:
            uploads.take(typed=typed, files=[], key=key, by=by, now=NOW)
        early = posted < moments.EARLIEST
        assert (refused.value.code, refused.value.place) == ("upload.before_1995" if early else "upload.in_the_future", "posted_at")
        assert not models.Intake.objects.filter(key=key).exists()


@law
@given(at=st.one_of(st.sampled_from(EDGES), st.datetimes()), zone=st.timezones())
def test_the_form_of_an_upload_takes_a_time_or_says_why_not(at: datetime, zone: Any) -> None:
    with clock.override(zone):
        form = UploadForm({"text": "x", "key": str(uuid.uuid4()), "posted_at": f"{at.year:04}-{at:%m-%dT%H:%M}"}, {})
        form.is_valid()
        typed = form.cleaned_data.get("posted_at")
        assert (typed is None) == ("posted_at" in form.errors)
        if typed is not None:
            moments.possible(typed, NOW)


@law
@given(written=SOME)
def test_imports(written: list[datetime]) -> None:
    table = "teks,tautan,waktu\n" + "".join(
        f"Lowongan {n},https://contoh.example/{n},{at.isoformat(sep=' ')}\n" for n, at in enumerate(written)
    )
    messages = [
        {
            "id": n + 1,
            "type": "message",
            "date": at.replace(tzinfo=None).isoformat(),
            "date_unixtime": str(_seconds(at)),
            "edited_unixtime": str(_seconds(at)),
            "from": "A",
            "from_id": "user1",
            "text": f"Isi {n}",
        }
        for n, at in enumerate(written)
    ]
    chat = {"name": "Loker", "type": "public_channel", "id": 1999000111, "messages": messages}
    talk = "".join(f"{at.day:02}/{at.month:02}/{at.year:04} 14.0{n % 10} - A: Isi {n}\n" for n, at in enumerate(written))
    for name, raw, format_name in (
        ("a.csv", table, "table"),
        ("result.json", json.dumps(chat), "telegram"),
        ("Chat WhatsApp dengan A.txt", talk, "whatsapp"),
    ):
        with transaction.atomic():
            file = samples.file(raw.encode(), name)
            found = list(formats.read(file, format_name, shape.Options.of({"platform": "web", "order": "dmy"})))
            posts = [item for item in found if isinstance(item, domain.RawPost)]
            assert len(found) >= len(written)
            unique = {(post.platform, post.external_id): post for post in posts}
            all_the_way(list(unique.values()), from_file=True)
            transaction.set_rollback(True)


# --- assess ---------------------------------------------------------------------------------------


@law
@given(at=MOMENTS)
def test_assess_answers_whatever_the_time(at: datetime) -> None:
    line = json.dumps({"id": 1, "text": "Lowongan ke Taiwan", "posted_at": at.isoformat()}).encode()
    with contextlib.suppress(assess.BadLineError):  # the first and last days of the calendar, which Jakarta lacks
        assert assess.question(line).posted_at == at
    (one,) = assess.assess([domain.Content(text="Lowongan ke Taiwan")], [at], None, now=NOW)
    today = NOW.astimezone(domain.LAW_ZONE).date()
    if moments.EARLIEST <= at <= NOW:
        assert one.check.day == at.astimezone(domain.LAW_ZONE).date()
    else:
        assert one.check.day == today
        assert "waktu diterima" in one.notes[0].id


def test_a_post_without_a_time_is_judged_by_the_day_it_was_received_also_weeks_later() -> None:
    factories.offices()
    factories.stored([factories.illegal(posted_at=datetime(1, 1, 1, tzinfo=UTC), posted_at_source="") for _ in range(1)][:0])
    brought([factories.illegal(posted_at=datetime(1, 1, 1, tzinfo=UTC))])
    later = NOW + timedelta(days=40)
    assert assessing.read_due(now=later, limit=5).read == 1
    assert models.LicenceCheck.objects.get().day == NOW.astimezone(domain.LAW_ZONE).date()


# --- what is shown --------------------------------------------------------------------------------


@law
@given(at=MOMENTS, zone=st.timezones())
def test_words_never_raise(at: datetime, zone: Any) -> None:
    with clock.override(zone):
        assert words.day(at)
        assert words.moment(at)
        assert words.hour(at)
        assert words.age(at, NOW)


def test_a_trial_shows_what_it_would_bring_whatever_its_times() -> None:
    posts = tuple(factories.illegal(posted_at=at.replace(tzinfo=UTC)) for at in EDGES)
    told = trials._told(posts, (), now=NOW)
    assert told is not None


@pytest.mark.parametrize("day", ["0001-01-01", "1994-12-31", "9999-12-31", "9999-12-30"])
def test_a_filter_by_an_impossible_day_is_none(day: str, door: Any) -> None:  # noqa: F811
    client: Client = door()
    factories.stored([factories.raw_post()])
    for name in ("since", "until"):
        answer = client.get(reverse("admin:patrol_post_changelist"), {name: day})
        assert answer.status_code == 200


def test_pages_open_with_a_post_of_no_time(door: Any) -> None:  # noqa: F811
    factories.offices()
    brought([factories.illegal(posted_at=datetime(9999, 12, 31, 23, tzinfo=UTC)), factories.illegal()])
    read_all()
    client: Client = door()
    flag = models.Flag.objects.get(post__posted_at=None)
    for address in (
        reverse("admin:index"),
        reverse("admin:patrol_post_changelist"),
        reverse("admin:patrol_flag_changelist"),
        reverse("admin:patrol_flag_change", args=[flag.pk]),
        reverse("admin:patrol_indicator_changelist"),
    ):
        assert client.get(address).status_code == 200, address
