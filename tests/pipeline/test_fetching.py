"""Runs of a watch against the example site: a real client, a real server, a real database."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from patrol import domain, models, pipeline, sources, watches
from patrol.domain.states import WatchState
from patrol.evidence import custody
from patrol.infra import pace
from patrol.pipeline import fetching, storing
from patrol.watches import credentials, turns
from tests import factories

pytestmark = pytest.mark.django_db

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh</title>
{items}</channel></rss>"""
ITEM = "<item><guid>{n}</guid><title>Unggahan {n}</title><description>Isi contoh nomor {n}</description></item>"


class Place:
    """A feed's host: answers what the test tells it to."""

    def __init__(self) -> None:
        self.status = 200
        self.body = FEED.format(items="".join(ITEM.format(n=n) for n in range(3)))
        self.headers: dict[str, str] = {}
        self.asked: list[dict[str, str]] = []
        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked.append(dict(self.headers))
                body = place.body.encode()
                self.send_response(place.status)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                for key, value in place.headers.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def place(settings: Any) -> Iterator[Place]:
    one = Place()
    settings.STAND_INS = {"https://umpan.example": f"http://127.0.0.1:{one.server.server_port}"}
    yield one
    one.server.shutdown()
    one.server.server_close()


def feed_watch(**given: Any) -> models.Watch:
    return factories.watch(platform="feed", query="https://umpan.example/feed.xml", **given)


def patrolled(watch: models.Watch, **given: Any) -> fetching.Round:
    done = fetching.patrol_watch(watch.pk, now=factories.NOW, **given)
    assert done is not None
    return done


def test_a_run_keeps_posts_bytes_and_cursor_and_is_due_again_later(place: Place) -> None:
    watch = feed_watch()
    done = patrolled(watch)
    assert (done.pages, done.seen, done.new, done.problems, done.failed) == (1, 3, 3, (), False)
    watch.refresh_from_db()
    assert (watch.lease_token, watch.attempts, watch.last_problem, watch.last_good_at) == (None, 0, None, factories.NOW)
    capture = models.Capture.objects.get()
    dialled = f"127.0.0.1:{place.server.server_port}"
    assert (capture.asked_url, capture.address) == ("https://umpan.example/feed.xml", dialled)
    assert models.Fetch.objects.values_list("outcome", "posts_seen", "posts_new").get() == ("good", 3, 3)
    assert pipeline.due().watches == ()
    assert pipeline.due().posts == 3


def test_the_record_names_the_certificate_of_who_answered() -> None:
    shown = hashlib.sha256(b"one").hexdigest()
    for certificate in (shown, ""):
        answer = factories.answer(certificate=certificate)
        kept = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=factories.fetch())
        kept.refresh_from_db()
        assert kept.tls_fingerprint == certificate


def test_a_watch_that_is_not_due_or_held_is_left_alone(place: Place) -> None:
    watch = feed_watch()
    fetching.patrol_watch(watch.pk, now=factories.NOW)
    assert fetching.patrol_watch(watch.pk, now=factories.NOW) is None
    forced = patrolled(watch, force=True)
    assert (forced.seen, forced.new) == (3, 0)


def test_a_refused_run_is_told_on_the_watch_and_tried_again(place: Place) -> None:
    watch = feed_watch()
    place.status = 503
    done = patrolled(watch)
    assert done.failed
    watch.refresh_from_db()
    assert watch.last_problem is not None
    assert (watch.state, watch.attempts, watch.last_problem["permanent"]) == (WatchState.ACTIVE, 1, False)
    assert watch.due_at is not None
    assert watch.last_problem_at == factories.NOW
    place.status = 200
    assert patrolled(watch, force=True).new == 3
    watch.refresh_from_db()
    assert (watch.last_problem, watch.attempts) == (None, 0)


def test_a_place_that_is_gone_stops_the_watch_and_keeps_its_cursor(place: Place) -> None:
    watch = feed_watch(cursor={"kept": True})
    place.status = 404
    done = patrolled(watch)
    assert done.failed
    watch.refresh_from_db()
    assert (watch.state, watch.due_at, watch.cursor) == (WatchState.STOPPED, None, {"kept": True})
    assert watch.last_problem is not None
    assert watch.last_problem["permanent"] is True


def test_an_answer_that_is_no_feed_is_kept_as_evidence_and_told(place: Place) -> None:
    place.body = "<html><body>Silakan masuk</body></html>"
    watch = feed_watch()
    done = patrolled(watch)
    assert done.failed
    assert (models.Capture.objects.count(), models.Post.objects.count()) == (1, 0)
    assert models.Fetch.objects.values_list("outcome", flat=True).get() == "failed"


def test_a_run_whose_lease_was_taken_over_writes_nothing_more(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = feed_watch()
    real = custody.keep

    def slow(answer: domain.RawAnswer) -> str:
        models.Watch.objects.filter(pk=watch.pk).update(lease_token="00000000-0000-0000-0000-000000000001")
        return real(answer)

    monkeypatch.setattr(custody, "keep", slow)
    done = patrolled(watch)
    assert done.failed
    assert (models.Post.objects.count(), models.Capture.objects.count()) == (0, 0)


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does something while a run holds its first page."""
    real = custody.keep

    def slow(answer: domain.RawAnswer) -> str:
        act()
        return real(answer)

    monkeypatch.setattr(custody, "keep", slow)


@pytest.mark.parametrize("status", [200, 503, 404])
def test_a_watch_paused_while_it_runs_stays_paused(place: Place, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    watch, person = feed_watch(), factories.person("administrator")
    place.status = status
    meanwhile(monkeypatch, lambda: watches.pause(watch_id=watch.pk, by=person, now=factories.NOW))
    done = patrolled(watch)
    assert (done.new, done.failed) == ((3, False) if status == 200 else (0, True))
    watch.refresh_from_db()
    assert (watch.state, watch.due_at, watch.lease_token) == (WatchState.PAUSED, None, None)


def test_a_query_changed_while_it_is_asked_starts_from_its_own_beginning(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, person = feed_watch(cursor={"old": True}), factories.person("administrator")

    def act() -> None:
        wanted = watches.Wanted(
            name=watch.name,
            query="https://umpan.example/lain.xml",
            office_id=watch.office_id,
            every_seconds=600,
            healthy_low=1,
            healthy_high=2,
        )
        watches.change(watch_id=watch.pk, wanted=wanted, by=person, now=factories.NOW)

    meanwhile(monkeypatch, act)
    assert patrolled(watch).failed
    watch.refresh_from_db()
    assert (watch.cursor, watch.lease_token, models.Post.objects.count()) == ({}, None, 0)
    assert pipeline.due().watches == (watch.pk,)


def test_a_host_that_asks_for_time_is_left_alone_by_everybody(place: Place) -> None:
    place.status, place.headers = 429, {"Retry-After": "600"}
    watch = feed_watch()
    fetching.patrol_watch(watch.pk, now=factories.NOW)
    assert list(models.HostPace.objects.exclude(closed_until=None).values_list("host", flat=True)) == ["umpan.example"]
    asked = len(place.asked)
    again = patrolled(watch, force=True)
    assert [problem.code for problem in again.problems] == ["paced"]
    assert len(place.asked) == asked
    assert list(models.HostPace.objects.values_list("host", flat=True)) == ["umpan.example"]


def test_a_program_error_is_told_in_words_and_the_watch_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("shape")

    monkeypatch.setattr(storing, "store", broken)
    watch = feed_watch()
    done = patrolled(watch)
    assert [problem.code for problem in done.problems] == ["internal"]
    watch.refresh_from_db()
    assert (watch.state, watch.attempts) == (WatchState.ACTIVE, 1)


def test_a_killed_run_is_closed_by_the_next_one(place: Place) -> None:
    watch = feed_watch()
    killed = factories.fetch(watch)
    fetching.patrol_watch(watch.pk, now=factories.NOW)
    killed.refresh_from_db()
    assert (killed.outcome, killed.ended_at) == ("abandoned", factories.NOW)


class Refusing:
    """A platform that answers every question with this refusal."""

    def __init__(self, *refusals: domain.SourceError) -> None:
        self.refusals = list(refusals)

    def get(self, *_: Any, **__: Any) -> domain.RawAnswer:
        raise self.refusals.pop(0)


def refusal(code: str, status: int = 429, *, wait: float | None = 3600.0, **given: Any) -> domain.SourceError:
    answer = factories.answer(b"{}", status=status, final_url="https://umpan.example/feed.xml", **given)
    return domain.SourceError(code, domain.Sentence("Nanti.", "Later."), retry_after=wait, answer=answer)


def closed() -> list[str]:
    return list(models.HostPace.objects.exclude(closed_until=None).values_list("host", flat=True))


@pytest.mark.parametrize(
    ("status", "wait", "with_credential", "hosts"),
    [
        (429, 600.0, False, ["umpan.example"]),
        (503, 600.0, False, ["umpan.example"]),
        (429, None, False, []),
        (400, 600.0, False, []),  # the platform's own word in the answer: of this question, not of the host
        (429, 600.0, True, []),  # the limit of an account: others ask with theirs
    ],
)
def test_a_host_is_closed_to_all_only_where_it_said_so_itself(
    status: int, wait: float | None, with_credential: bool, hosts: list[str]
) -> None:
    pace.heed(refusal("too_many", status, wait=wait), with_credential=with_credential)
    assert closed() == hosts


def test_the_limit_of_one_credential_lets_only_its_watch_wait() -> None:
    credential = credentials.add(
        platform="youtube",
        name="Kunci contoh",
        values={"api_key": "kunci-rahasia-contoh"},
        last_day=None,
        by=factories.person(models.Role.ADMINISTRATOR),
        now=factories.NOW,
    )
    watch = factories.watch(platform="youtube", kind="search", query="kerja taiwan", credential=credential)
    before = timezone.now()
    done = patrolled(watch, fetcher=Refusing(refusal("too_many")))
    assert [problem.code for problem in done.problems] == ["too_many"]
    watch.refresh_from_db()
    assert closed() == []
    assert watch.due_at is not None
    assert watch.due_at > before + timedelta(seconds=3590)


def test_where_a_run_ended_by_a_refusal_goes_on_is_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    error = refusal("too_many")
    error.cursor = {"turn": "b"}

    def refusing(*_: Any, **__: Any) -> Iterator[domain.Page]:
        raise error
        yield

    monkeypatch.setattr(sources.SOURCES["feed"], "fetch", refusing)
    watch = feed_watch(cursor={"turn": "a"})
    fetching.patrol_watch(watch.pk, now=factories.NOW)
    watch.refresh_from_db()
    assert (watch.cursor, watch.attempts) == ({"turn": "b"}, 1)


def test_what_a_stranger_wrote_into_a_refusal_can_always_be_kept(place: Place) -> None:
    place.body = "<html>"
    watch = feed_watch()
    sentence = domain.Sentence("Bagian x\0y dan \ud800.", "Parts x\0y and \ud800.")
    hostile = factories.answer(b"x", status=400, headers=(("Content-Type", "text/\0html; charset=utf-8"),))
    refused = domain.SourceError("client_error", sentence, answer=hostile)
    done = patrolled(watch, fetcher=Refusing(refused, refused))  # robots.txt first
    assert [problem.sentence.en for problem in done.problems] == ["Parts x\ufffdy and \ufffd."]
    watch.refresh_from_db()
    assert watch.last_problem is not None
    assert watch.last_problem["id"] == "Bagian x\ufffdy dan \ufffd."
    assert models.Capture.objects.values_list("media_type", flat=True).get() == "text/\ufffdhtml"


class Slow:
    """A host that takes so many seconds for each answer."""

    def __init__(self, *seconds: int, last_refused: bool = False) -> None:
        self.at = factories.NOW
        self.seconds = list(seconds)
        self.last_refused = last_refused

    def get(self, url: str, *, headers: Any = domain.NOTHING) -> domain.RawAnswer:
        asked, self.at = self.at, self.at + timedelta(seconds=self.seconds.pop(0))
        times = {"asked_url": url, "final_url": url, "requested_at": asked, "received_at": self.at}
        if url.endswith("/robots.txt"):
            return factories.answer(b"", **times)
        if self.last_refused and not self.seconds:
            raise domain.SourceError("server_error", domain.Sentence("Galat.", "Error."), answer=factories.answer(b"", status=500, **times))
        return factories.answer(FEED.format(items=ITEM.format(n=1)).encode(), **times)


def test_a_version_is_seen_when_its_answer_is_there_and_the_run_ends_no_earlier() -> None:
    watch = feed_watch()
    patrolled(watch, fetcher=Slow(2, 33))
    came = factories.NOW + timedelta(seconds=35)
    version, post = models.PostVersion.objects.get(), models.Post.objects.get()
    way, run = models.Seen.objects.get(), models.Fetch.objects.get()
    assert models.Capture.objects.get().received_at == came
    assert (version.seen_at, post.first_seen, post.last_seen, way.at) == (came, came, came, came)
    assert run.started_at == factories.NOW
    assert run.ended_at is not None
    assert run.ended_at >= came


def test_a_run_that_a_refusal_ended_ends_no_earlier_than_the_refusal_came() -> None:
    watch = feed_watch()
    patrolled(watch, fetcher=Slow(1, 29, last_refused=True))
    run = models.Fetch.objects.get()
    assert run.outcome == "failed"
    assert run.ended_at is not None
    assert run.ended_at >= factories.NOW + timedelta(seconds=30)


def test_a_run_without_an_answer_ends_when_it_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that went by is the database's: nothing else has a clock there."""
    watch = feed_watch()
    claimed = turns.claim

    def claimed_earlier(*args: Any, **given: Any) -> turns.Turn:
        turn = claimed(*args, **given)
        assert turn is not None
        return replace(turn, at=turn.at - timedelta(seconds=40))

    monkeypatch.setattr(turns, "claim", claimed_earlier)
    silent = domain.SourceError("timeout", domain.Sentence("Tidak menjawab.", "No answer."))
    patrolled(watch, fetcher=Refusing(silent))
    run = models.Fetch.objects.get()
    assert run.ended_at is not None
    assert factories.NOW + timedelta(seconds=40) <= run.ended_at


def test_a_second_run_against_a_server_that_marks_compressed_answers_is_told_that_nothing_changed(place: Place) -> None:
    """As Apache with mod_deflate: the tag of a compressed answer is marked, and compared is the tag before it was."""
    watch = feed_watch()
    place.headers = {"ETag": '"f3-661444-gzip"'}

    def do_get(self: Any) -> None:
        asked = self.headers.get("If-None-Match", "")
        if '"f3-661444"' in [tag.strip() for tag in asked.split(",")]:
            self.send_response(304)
            self.end_headers()
            return
        answered(self)

    handler: Any = place.server.RequestHandlerClass
    answered, handler.do_GET = handler.do_GET, do_get
    first, second = (patrolled(watch, force=True) for _ in range(2))
    assert (first.new, second.seen, second.failed) == (3, 0, False)
    pages = models.Capture.objects.exclude(asked_url__endswith="/robots.txt").order_by("requested_at")
    assert list(pages.values_list("status", flat=True)) == [200, 304]
    runs = models.Fetch.objects.order_by("pk").values_list("outcome", "pages", "posts_seen")
    assert list(runs) == [("good", 1, 3), ("unchanged", 1, 0)]  # well, and no empty answer: a summary counts such a day as seen
