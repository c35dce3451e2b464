"""Looks at links: each is one row with its answer kept; two in a row tell that a link is down, one that it is back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from patrol import cases, domain, models
from patrol.cases import rechecks
from patrol.evidence import raw
from patrol.infra import jobs, pace
from patrol.infra.refusals import RefusedError
from patrol.preserving import links
from patrol.sources.shared import refusals
from tests import factories
from tests.cases import asked

pytestmark = pytest.mark.django_db
NOW = factories.NOW
PAGE = "https://loker.example/pabrik"


class Server:
    """Plays the outside world: what it answers to any address but robots.txt, which it has none of."""

    def __init__(
        self, status: int = 200, body: str = "<p>Halaman contoh.</p>", *, error: domain.SourceError | None = None, robots: str = ""
    ) -> None:
        self.status, self.body, self.error, self.robots = status, body, error, robots
        self.asked: list[str] = []
        self.at = NOW

    def get(self, url: str, *, headers: Any = None) -> domain.RawAnswer:
        if url.endswith("/robots.txt"):
            return factories.answer(self.robots.encode(), asked_url=url, final_url=url)
        self.asked.append(url)
        if self.error:
            raise self.error
        answer = factories.answer(self.body.encode(), asked_url=url, final_url=url, status=self.status, received_at=self.at)
        return refusals.unless_refused(answer)

    def post(self, *_: Any, **__: Any) -> domain.RawAnswer:
        raise AssertionError("a look posts nothing")


GONE = Server(404, "")
THERE = Server()


def case(count: int = 1) -> models.Case:
    """Of flags whose posts stand on pages of their own."""
    officer = factories.person()
    flags = [factories.flag(platform="web", external_id=f"{PAGE}/{n}", url=f"{PAGE}/{n}", origin="") for n in range(count)]
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state="confirmed", decided_at=NOW)
    return cases.open_case(flag_ids=[flag.pk for flag in flags], title="Contoh", by=officer, now=NOW)


def post_of(of: models.Case) -> models.Post:
    return models.Post.objects.get(flag__case_entry__case=of)


def words_of(post: models.Post) -> str:
    return str(models.PostText.objects.get(version__post=post).text)


def ask(of: models.Case, *, minutes: int = 0) -> int:
    return rechecks.ask(case_id=of.pk, flag_id=None, by=of.opened_by, now=NOW + timedelta(minutes=minutes))


def look(server: Server, *, minutes: int = 0) -> None:
    """The next job that waits, whether it is due by now or later."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting' AND kind = 'link'")
    at = NOW + timedelta(minutes=minutes)
    server.at = at
    jobs.run({"link": lambda job, *, now: links.keep(job, now=now, fetcher=server)}, now=at)


def said(of: models.Case) -> list[tuple[str, str]]:
    return list(models.LinkCheck.objects.filter(post=post_of(of)).order_by("id").values_list("outcome", "reason"))


def told(of: models.Case) -> list[tuple[str, int | None]]:
    return list(of.events.filter(kind__startswith="link_").order_by("id").values_list("kind", "by"))


def gone(of: models.Case) -> Any:
    return post_of(of).gone_at


# --- one look -------------------------------------------------------------------------------------


def test_a_look_is_one_row_and_its_answer_is_kept_with_custody() -> None:
    one = case()
    post = post_of(one)
    assert ask(one) == 1
    look(server := Server(body=f"<p>{words_of(post)}</p>"))
    check = models.LinkCheck.objects.get()
    assert (check.outcome, check.reason, check.by, check.case, check.at, check.status) == (
        "there",
        "words_found",
        one.opened_by,
        one,
        NOW,
        200,
    )
    assert server.asked == [post.url]
    kept = check.capture
    assert kept is not None
    assert (kept.post_id, kept.purpose, kept.person, kept.options["robots"], kept.options["looked"]) == (
        post.pk,
        "recheck",
        one.opened_by,
        "obeyed",
        "words_found",
    )
    with raw.open_bytes(kept.sha256) as held:
        assert held.read() == server.body.encode()
    assert models.Job.objects.get(kind="link").state == "done"
    assert (gone(one), told(one)) == (None, [])


def test_asked_twice_before_the_look_is_one_look_and_is_refused_where_all_wait() -> None:
    one = case(2)
    assert ask(one) == 2
    with pytest.raises(RefusedError) as refused:
        ask(one)
    assert refused.value.code == "link.waits"
    assert models.Job.objects.filter(kind="link").count() == 2
    look(THERE)
    assert ask(one) == 1


def test_a_look_is_asked_for_one_link_of_the_case_and_for_no_other_case() -> None:
    one, other = case(2), models.Case.objects.get(pk=case_of_another().pk)
    flag = one.entries.order_by("id")[0].flag
    assert rechecks.ask(case_id=one.pk, flag_id=flag.pk, by=one.opened_by, now=NOW) == 1
    assert models.Job.objects.get(kind="link").target == {"post": flag.post_id, "case": one.pk}
    with pytest.raises(RefusedError) as refused:
        rechecks.ask(case_id=other.pk, flag_id=flag.pk, by=one.opened_by, now=NOW)
    assert refused.value.code == "link.none"
    with pytest.raises(PermissionDenied):
        rechecks.ask(case_id=one.pk, flag_id=None, by=factories.person(code="bp3mi-bali"), now=NOW)
    assert models.Job.objects.filter(kind="link").count() == 1


def case_of_another() -> models.Case:
    officer, flag = factories.person(), factories.flag(platform="web", external_id=f"{PAGE}/lain", url=f"{PAGE}/lain", origin="")
    models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=NOW)
    return cases.open_case(flag_ids=[flag.pk], title="Lain", by=officer, now=NOW)


# --- what follows ---------------------------------------------------------------------------------


def test_a_link_is_down_when_two_looks_in_a_row_say_so() -> None:
    one = case()
    ask(one)
    look(GONE)
    assert (said(one), gone(one), told(one)) == ([("down", "not_found")], None, [])
    again = models.Job.objects.get(kind="link", state="waiting")
    assert again.by is None
    look(GONE, minutes=15)
    first, second = models.LinkCheck.objects.order_by("id")
    assert (second.second_of, second.by, second.outcome) == (first, None, "down")
    assert gone(one) == NOW + timedelta(minutes=15)
    assert told(one) == [("link_down", None)]
    assert post_of(one).flag.events.filter(kind="gone").count() == 1
    ask(one, minutes=20)
    look(GONE, minutes=20)
    assert (gone(one), told(one)) == (NOW + timedelta(minutes=15), [("link_down", None)])
    assert not models.Job.objects.filter(kind="link", state="waiting").exists()


def test_one_look_down_and_one_there_is_not_down() -> None:
    one = case()
    ask(one)
    look(GONE)
    look(Server(body=words_of(post_of(one))), minutes=15)
    ask(one, minutes=20)
    look(GONE, minutes=20)
    assert ([outcome for outcome, _why in said(one)], gone(one), told(one)) == (["down", "there", "down"], None, [])


def test_what_cannot_be_told_stands_between_two_looks_without_a_word_of_its_own() -> None:
    one = case()
    ask(one)
    look(GONE)
    look(Server(403, "<h1>Just a moment...</h1>"), minutes=15)
    assert (said(one), gone(one)) == ([("down", "not_found"), ("unsure", "captcha")], None)
    ask(one, minutes=20)
    look(GONE, minutes=20)
    assert (gone(one), told(one)) == (NOW + timedelta(minutes=20), [("link_down", None)])


def test_a_link_that_was_down_comes_back_by_its_own_words_alone() -> None:
    one = case()
    ask(one)
    look(GONE)
    look(GONE, minutes=15)
    for minutes, server in ((20, Server(body="<h1>Masuk</h1><input type=password>")), (30, Server(body="lain " * 50))):
        ask(one, minutes=minutes)
        look(server, minutes=minutes)
        assert gone(one) == NOW + timedelta(minutes=15)
    ask(one, minutes=40)
    look(Server(body=words_of(post_of(one))), minutes=40)
    assert (gone(one), told(one)) == (None, [("link_down", None), ("link_back", None)])


# --- no answer, no right to ask -------------------------------------------------------------------


def test_silence_is_asked_again_before_it_is_told() -> None:
    one = case()
    ask(one)
    silent = Server(error=refusals.dns("loker.example"))
    look(silent)
    look(silent, minutes=1)
    assert said(one) == []
    look(silent, minutes=2)
    assert said(one) == [("unsure", "no_such_host")]
    assert models.LinkCheck.objects.get().capture is None


def test_robots_txt_is_obeyed_and_told() -> None:
    one = case()
    ask(one)
    look(server := Server(robots="User-agent: *\nDisallow: /"))
    assert (said(one), server.asked) == ([("unsure", "robots")], [])


def test_our_own_pace_puts_the_look_off_and_costs_no_try() -> None:
    one = case()
    ask(one)
    look(Server(error=pace.Paced("loker.example", 30.0)))
    job = models.Job.objects.get(kind="link")
    assert (job.state, job.attempts, said(one)) == ("waiting", 0, [])


def test_nothing_of_an_erased_post_is_fetched() -> None:
    one = case()
    ask(one)
    factories.erase(models.PostVersion.objects.get(post=post_of(one)))
    look(server := Server())
    assert (said(one), server.asked) == ([("unsure", "erased")], [])


# --- the schedule ---------------------------------------------------------------------------------


def test_each_step_of_a_schedule_is_one_look_however_often_it_is_rung_for() -> None:
    one = case()
    post = post_of(one)
    assert [rechecks.begin([post.pk], now=NOW, by=one.opened_by, case=one), rechecks.begin([post.pk], now=NOW)] == [1, 0]
    assert rechecks.mark(now=NOW + timedelta(minutes=59)) == 0
    times = [timedelta(hours=1), timedelta(hours=24), timedelta(days=3), timedelta(days=7), timedelta(days=30)]
    for step, after in enumerate(times):
        assert [rechecks.mark(now=NOW + after), rechecks.mark(now=NOW + after)] == [1, 0]
        look(Server(body=words_of(post)))
        assert models.LinkCheck.objects.filter(schedule__post=post, step=step, by=None, case=one).count() == 1
    assert rechecks.mark(now=NOW + timedelta(days=99)) == 0
    assert models.LinkCheck.objects.count() == 5


def test_a_job_that_runs_twice_leaves_one_row() -> None:
    one = case()
    rechecks.begin([post_of(one).pk], now=NOW)
    rechecks.mark(now=NOW + timedelta(hours=1))
    (first,) = jobs.claim(("link",), 1, lease=0.0)
    (second,) = jobs.claim(("link",), 1)
    links.keep(second, now=NOW, fetcher=THERE)
    with pytest.raises(jobs.JobLostError):
        links.keep(first, now=NOW, fetcher=THERE)
    assert models.LinkCheck.objects.count() == 1


def test_steps_slept_over_are_one_look_and_a_new_request_takes_the_place_of_an_older_one() -> None:
    one = case()
    post = post_of(one)
    rechecks.begin([post.pk], now=NOW)
    assert rechecks.mark(now=NOW + timedelta(days=4)) == 1
    assert models.Job.objects.get(kind="link").target["step"] == 2
    rechecks.begin([post.pk], now=NOW + timedelta(days=5))
    assert list(models.LinkSchedule.objects.order_by("begun_at").values_list("due_at", flat=True)) == [
        None,
        NOW + timedelta(days=5, hours=1),
    ]


def test_a_post_without_an_address_is_not_followed() -> None:
    one = case()
    models.Post.objects.update(url="")
    assert rechecks.begin([post_of(one).pk], now=NOW) == 0
    with pytest.raises(RefusedError) as refused:
        ask(one)
    assert refused.value.code == "link.none"


# --- times to down --------------------------------------------------------------------------------


def test_the_time_to_down_is_that_of_the_first_of_two_looks_while_the_link_is_followed() -> None:
    many = case(4)
    posts = list(models.Post.objects.filter(flag__case_entry__case=many).order_by("id"))
    rechecks.begin([post.pk for post in posts], now=NOW, case=many)
    hours: dict[int, Any] = {
        0: (1, "down", 2, "down"),
        1: (1, "there", 24, "down", 25, "down"),
        2: (1, "down", 2, "unsure"),
        3: (1, "there"),
    }
    for place, looks in hours.items():
        for hour, outcome in zip(looks[::2], looks[1::2], strict=True):
            seen(posts[place], outcome, NOW + timedelta(hours=float(hour)), by=many.opened_by)
    day = timedelta(days=1)
    taken = (4, 2, 2, 0, 0, timedelta(hours=1), timedelta(hours=24))
    told = [rechecks.Taken("", "web", *taken), rechecks.Taken(None, "", *taken), rechecks.Taken(None, "web", *taken)]
    assert rechecks.times_to_down(since=NOW, until=NOW + day) == told
    assert rechecks.times_to_down(since=NOW, until=NOW + day, offices=[many.office_id]) == told
    assert rechecks.times_to_down(since=NOW, until=NOW + day, offices=[many.office_id + 1]) == []
    assert rechecks.times_to_down(since=NOW - day, until=NOW) == []
    late = NOW + timedelta(days=40)
    seen(posts[3], "down", late, by=many.opened_by)
    seen(posts[3], "down", late + day, by=many.opened_by)
    assert rechecks.times_to_down(since=NOW, until=NOW + day)[0].down == 2  # nobody followed it any more
    models.LinkSchedule.objects.update(due_at=None)
    ended = rechecks.times_to_down(since=NOW, until=NOW + day)[0]
    assert (ended.links, ended.down, ended.followed, ended.there, ended.unsure) == (4, 2, 0, 1, 1)


def test_the_time_to_down_is_told_by_the_channel_that_asked() -> None:
    officer = factories.person()
    case_ = asked.case_of(2, by=officer)
    first, second = asked.marks(case_, "platform_form", officer)
    one = asked.sent(case_, officer, marks=[first])
    later = NOW + timedelta(hours=5)
    # The first link is asked about again.
    two = asked.mark_sent(asked.approved(case_, officer, marks=[second, first]), officer, now=later)
    models.Referral.objects.filter(pk=two.pk).update(sent_at=later)
    post = one.items.get().flag.post
    for hour in (1, 2, 7, 8):
        seen(post, "down", NOW + timedelta(hours=hour), by=officer)
    found = {(row.channel, row.platform): row for row in rechecks.times_to_down(since=NOW, until=NOW + timedelta(days=1))}
    assert set(found) == {("", "telegram"), ("platform_form", ""), ("platform_form", "telegram")}
    told = found["platform_form", ""]
    assert (told.links, told.down, told.followed, told.median, told.p90) == (3, 2, 1, timedelta(hours=1), timedelta(hours=2))
    models.LinkSchedule.objects.filter(begun_at=NOW).update(case=None)  # by hand, for no case
    assert [row.channel for row in rechecks.times_to_down(since=NOW, until=NOW + timedelta(hours=1))] == ["", None, None]


def seen(post: models.Post, outcome: str, at: Any, *, by: models.Person) -> None:
    reason = {"down": "not_found", "there": "words_found", "unsure": "timeout"}[outcome]
    capture = factories.file_capture(b"x", post_id=post.pk) if outcome == "down" else None
    models.LinkCheck.objects.create(post=post, by=by, at=at, outcome=outcome, reason=reason, capture=capture)


# --- what the database holds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "down", "reason": "login_wall"},
        {"outcome": "unsure", "reason": "not_found"},
        {"outcome": "down", "reason": "not_found", "capture": None},
        {"outcome": "unsure", "reason": "timeout", "by": None},
    ],
)
def test_the_database_refuses_a_look_that_says_more_than_was_seen(wrong: Any) -> None:
    one = case()
    post = post_of(one)
    given = {"post": post, "by": one.opened_by, "at": NOW, "capture": factories.file_capture(b"x", post_id=post.pk)} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        models.LinkCheck.objects.create(**given)
    assert not models.LinkCheck.objects.exists()
