"""Short links of posts: each opened once, kept as evidence, and read with every post that holds it. The services are a real server here."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from patrol import domain, models
from patrol.evidence import custody, erasing, raw
from patrol.infra import jobs, pace
from patrol.intake import noted
from patrol.pipeline import assessing, ends, storing
from patrol.preserving import short_links
from patrol.sources.transport import http
from tests import factories
from tests.evidence.test_erasing import aged
from tests.sources.conftest import Site, Unhurried
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db
NOW = factories.NOW
SHORT = "https://s.id/loker-rekaan"
NUMBER = "+6284055507788"
END = f"https://wa.me/{NUMBER[1:]}"
OFFER = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah. Minat klik {link} ya kak. Batch {n}."
WARNING = f"Hati-hati penipuan! Waspada lowongan palsu ke Kamboja lewat {SHORT}, jangan pernah klik tautannya, laporkan ke polisi."


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    one.serve("/s.id/loker-rekaan", b"moved", status=301, headers={"Location": END})
    yield one
    one.close()


def client(site: Site, **more: Any) -> http.Client:
    hosts = {f"https://{host}": f"{site.base}/{host}" for host in ("s.id", "bit.ly")}
    return http.Client(**{"pace": Unhurried(), "user_agent": "SIPatrol/test (+https://a.example)", "stand_ins": hosts, **more})


def post(link: str = SHORT, *, n: int = 1, **given: Any) -> models.Post:
    factories.offices()
    (one,) = factories.stored([factories.raw_post(OFFER.format(link=link, n=n), **given)])
    assessing.read_due(now=NOW, limit=50)
    return one


def opened(site: Site, *, now: Any = NOW, **more: Any) -> None:
    """What is due is asked for, and one job is done."""
    short_links.mark(now=now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting' AND kind = 'short_link'")
    jobs.run({"short_link": lambda job, *, now: short_links.keep(job, now=now, to=client(site, **more))}, now=now)


def kept() -> models.ShortLink:
    return models.ShortLink.objects.get()


def problem() -> str:
    return (kept().problem or {"code": ""})["code"]  # type: ignore[no-any-return]


def numbers(one: models.Post) -> list[str]:
    rows = models.Sighting.objects.filter(post=one, indicator__kind="phone").order_by("indicator__value")
    return list(rows.values_list("indicator__value", flat=True))


# --- noted and opened -----------------------------------------------------------------------------


def test_a_post_is_read_again_with_where_its_short_link_leads(site: Site) -> None:
    one = post()
    assert (kept().address, kept().outcome, kept().may_open, numbers(one)) == (SHORT, None, True, [])
    assert assessing.read_due(now=NOW, limit=50).read == 0
    opened(site)
    assert (kept().outcome, kept().leads_to, kept().opened_at, kept().problem) == ("opened", END, NOW, None)
    assert assessing.read_due(now=NOW, limit=50).read == 1
    assert numbers(one) == [NUMBER]
    keys = list(models.Reading.objects.order_by("id").values_list("ends_key", flat=True))
    assert keys == ["", ends.key([kept().pk])]
    assert [event.kind for event in models.FlagEvent.objects.filter(flag__post=one).order_by("id")][-1] in {"raised", "links_opened"}
    claims = models.ReadingClaims.objects.order_by("reading_id").last()
    assert claims is not None
    assert {claim["source"] for claim in claims.claims if claim["value"] == NUMBER} == {"link:0"}
    assert assessing.read_due(now=NOW, limit=50).read == 0


def test_each_is_opened_once_however_many_posts_hold_it(site: Site) -> None:
    first, second = post(n=1), post("http://s.id/loker-rekaan/?utm_source=x", n=2)
    assert models.ShortLinkUse.objects.count() == 2
    opened(site)
    opened(site)
    assert assessing.read_due(now=NOW, limit=50).read == 2
    assert (numbers(first), numbers(second)) == ([NUMBER], [NUMBER])
    later = post("https://s.id/loker-rekaan", n=3)  # read twice in a row: its end is known
    assert assessing.read_due(now=NOW, limit=50).read == 1
    assert numbers(later) == [NUMBER]
    assert short_links.mark(now=NOW) == 0
    assert [path for path in site.paths if path != "/s.id/robots.txt"] == ["/s.id/loker-rekaan"]


def test_what_brought_it_is_kept_as_evidence_and_its_record_does_not_say_where_it_leads(site: Site) -> None:
    post()
    opened(site)
    capture = kept().capture
    assert capture is not None
    assert capture.job is not None
    assert (capture.kind, capture.media_type, capture.job.kind, capture.asked_url, capture.post_id) == (
        "answer",
        "application/warc",
        "short_link",
        SHORT,
        None,
    )
    assert capture.options == {"short_link": kept().pk, "exchanges": 1, "robots": "obeyed"}
    row = json.dumps(models.Capture.objects.filter(pk=capture.pk).values().get(), default=str)
    assert NUMBER[1:] not in row
    with raw.open_bytes(capture.sha256) as file:
        assert file.read(2) == b"\x1f\x8b"
    assert models.Job.objects.get(kind="short_link").target == {"link": kept().pk}


def test_the_service_s_rules_for_machines_are_obeyed(site: Site) -> None:
    site.serve("/s.id/robots.txt", b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
    post()
    opened(site)
    assert (kept().outcome, problem(), kept().capture) == ("refused", "robots_refused", None)
    assert kept().problem["en"] == "s.id asks machines not to open this link (robots.txt). We obey. A person may still open it."  # type: ignore[index]
    assert site.paths == ["/s.id/robots.txt"]


def test_a_service_that_does_not_answer_is_asked_again_after_hours_and_a_day(site: Site) -> None:
    site.serve("/s.id/loker-rekaan", status=503)
    post()
    for seconds in short_links.WAITS:
        opened(site)
        job = models.Job.objects.get(kind="short_link")
        assert (kept().outcome, job.state) == (None, "waiting")
        assert timedelta(0) <= job.due_at - timezone.now() - timedelta(seconds=seconds - 60) <= timedelta(seconds=60)
    opened(site)
    assert (kept().outcome, problem()) == ("no_answer", "server_error")
    assert models.Job.objects.get(kind="short_link").state == "done"
    assert assessing.read_due(now=NOW, limit=50).read == 0


def test_a_service_that_answers_again_after_hours_is_heard(site: Site) -> None:
    site.serve("/s.id/loker-rekaan", status=503)
    post()
    opened(site)
    site.serve("/s.id/loker-rekaan", b"moved", status=301, headers={"Location": END})
    opened(site)
    assert kept().leads_to == END


def test_nothing_more_is_asked_for_while_a_whole_sweep_waits_for_an_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "AT_ONCE", 1)
    site.serve("/s.id/loker-rekaan", status=503)
    post(n=1)
    opened(site)
    post("https://bit.ly/Lain1", n=2)
    assert short_links.mark(now=NOW) == 0
    models.Job.objects.create(kind="short_link", key="x", state="done", created_at=NOW, due_at=NOW, ended_at=NOW)  # one came through
    assert short_links.mark(now=NOW) == 1


def test_our_own_pace_costs_no_try(site: Site) -> None:
    class Full:
        def wait(self, host: str) -> None:
            raise pace.Paced(host, 30.0)

    post()
    opened(site, pace=Full())
    job = models.Job.objects.get(kind="short_link")
    assert (job.state, job.attempts, kept().outcome) == ("waiting", 0, None)


def test_in_the_example_run_nothing_but_its_own_site_is_asked(site: Site) -> None:
    post("https://cutt.ly/rekaan")
    opened(site)
    assert (kept().outcome, problem(), site.paths) == ("refused", "example", [])


def test_a_short_link_beside_the_text_counts_as_one_in_it() -> None:
    factories.offices()
    factories.stored([factories.raw_post(links=("https://bit.ly/Rekaan1", "https://bit.ly/Rekaan1?x=1", "https://toko.example/a"))])
    assessing.read_due(now=NOW, limit=50)
    assert kept().address == "https://bit.ly/Rekaan1"


# --- which, and how many --------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["whatsapp", "noted"])
def test_what_was_told_in_private_is_not_opened(platform: str, site: Site) -> None:
    post(platform=platform, external_id=f"{platform} 1", url="")
    assert (kept().may_open, short_links.mark(now=NOW)) == (False, 0)
    post(n=2)  # but the same link in a post anybody can see is
    assert (kept().may_open, short_links.mark(now=NOW)) == (True, 1)


def brought(kind: str, one: domain.RawPost) -> None:
    """A post as a person brings it in, and read."""
    by = factories.person()
    intake = models.Intake.objects.create(kind=kind, person=by, office=by.office, at=NOW)
    capture = custody.capture_file(b"x", "text/plain", platform=one.platform, kind="upload", now=NOW, intake=intake, person=by)
    assert storing.store([one], capture_id=capture.pk, intake_id=intake.pk, now=NOW).problems == ()
    assessing.read_due(now=NOW, limit=50)


@pytest.mark.parametrize(
    ("kind", "platform", "external_id", "may_open"),
    [
        ("upload", "facebook", "said:1", False),
        ("noted", "web", SHORT, False),
        ("import", "telegram", "personal_chat:7/1", False),
        ("import", "telegram", "1000000007/1", False),  # of an open channel or a closed one: nobody knows
        ("capture", "telegram", "said:1", False),
        ("capture", "telegram", "name:saluran_contoh/1", True),
        ("import", "facebook", "12345", True),
        ("import", "whatsapp", "x 1", False),
    ],
)
def test_who_could_see_a_post_is_known_by_how_it_came(kind: str, platform: str, external_id: str, may_open: bool) -> None:
    factories.offices()
    one = factories.raw_post(OFFER.format(link=SHORT, n=1), platform=platform, external_id=external_id, url="")
    brought(kind, one)
    assert kept().may_open is may_open


def test_a_link_told_by_telephone_is_no_page_anybody_shows() -> None:
    form = noted.Noted(SHORT, note="", place="", way="telephone")
    noted.take(noted=form, key=uuid.uuid4(), by=factories.person(), now=NOW)
    assessing.read_due(now=NOW, limit=50)
    assert (models.Post.objects.get().platform, kept().may_open) == ("web", False)


def test_what_only_warns_or_asks_is_not_opened() -> None:
    factories.offices()
    factories.stored([factories.raw_post(WARNING)])
    assessing.read_due(now=NOW, limit=50)
    assert (kept().may_open, short_links.mark(now=NOW)) == (False, 0)


@pytest.mark.parametrize("text", ["https://s.id/x1", "Link: https://s.id/loker"])
def test_a_post_of_little_but_a_short_link_is_opened(text: str) -> None:
    factories.offices()
    factories.stored([factories.raw_post(text)])
    assessing.read_due(now=NOW, limit=50)
    assert kept().may_open


def test_a_link_in_the_post_of_somebody_protected_is_spared(site: Site) -> None:
    one = post()
    flag = models.Flag.objects.get(post=one)
    decide(flag, factories.person(), outcome="victim", reason="tells")
    post(n=2)
    opened(site)
    assert (kept().outcome, kept().leads_to, kept().capture, site.paths) == ("spared", "", None, [])


def test_a_sweep_asks_for_so_many_and_a_day_for_so_many_the_worst_first(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SHORT_LINKS_A_DAY = 3
    monkeypatch.setattr(short_links, "AT_ONCE", 2)
    factories.offices()
    harmless = [factories.raw_post(factories.HARMLESS.format(n=n) + f" https://s.id/salam{n}") for n in range(3)]
    factories.stored([*harmless, factories.raw_post(OFFER.format(link=SHORT, n=1))])
    assessing.read_due(now=NOW, limit=50)
    assert short_links.mark(now=NOW) == 2
    assert models.ShortLink.objects.filter(asked_at=None, address=SHORT).count() == 0
    assert [short_links.mark(now=NOW), short_links.mark(now=NOW)] == [1, 0]
    assert short_links.mark(now=NOW + timedelta(days=1)) == 1


def test_a_link_whose_job_was_given_up_is_asked_for_again_after_a_day(site: Site) -> None:
    post()
    short_links.mark(now=NOW)
    day = NOW + timedelta(days=1, seconds=1)
    assert short_links.mark(now=day) == 0  # its job waits
    models.Job.objects.filter(kind="short_link").update(state="given_up", ended_at=NOW)
    assert short_links.mark(now=NOW + timedelta(hours=23)) == 0
    opened(site, now=day)
    assert (kept().leads_to, kept().asked_at) == (END, day)
    assert short_links.mark(now=day + timedelta(days=9)) == 0


def test_it_can_be_turned_off(settings: Any) -> None:
    settings.SHORT_LINKS_A_DAY = 0
    post()
    assert (short_links.mark(now=NOW), models.Job.objects.filter(kind="short_link").count(), kept().outcome) == (0, 0, None)
    settings.SHORT_LINKS_A_DAY = 1
    assert short_links.mark(now=NOW) == 1


def left() -> tuple[bool, Any, str | None, str]:
    return kept().may_open, kept().asked_at, kept().outcome, models.Job.objects.get(kind="short_link").state


def test_a_link_nobody_wants_opened_any_more_is_left_until_somebody_does(site: Site) -> None:
    public = post(n=1)
    post(platform="whatsapp", external_id="whatsapp 1", url="", n=2)
    short_links.mark(now=NOW)
    factories.erase(public.versions.get())
    opened(site)
    assert (left(), site.paths) == ((False, None, None, "done"), [])
    opened(site)
    assert site.paths == []
    post(n=3)
    opened(site)
    assert kept().leads_to == END


@pytest.mark.parametrize("text", ["Selamat pagi semuanya, semoga sehat selalu dan lancar rezekinya.", WARNING])
def test_an_edit_that_drops_the_link_or_only_warns_wants_it_opened_no_more(text: str, site: Site) -> None:
    one = post()
    short_links.mark(now=NOW)
    again = factories.raw_post(text, external_id=one.external_id, url=one.url)
    factories.stored([again], now=NOW + timedelta(hours=1))
    assessing.read_due(now=NOW + timedelta(hours=1), limit=50)
    opened(site)
    assert (left(), site.paths) == ((False, None, None, "done"), [])


def test_what_a_version_wants_is_what_its_latest_reading_says(site: Site) -> None:
    one = post()
    assert models.ShortLinkUse.objects.get().wants
    models.Post.objects.filter(pk=one.pk).update(platform="whatsapp", due_at=NOW - timedelta(days=900))
    assert assessing.read_due(now=NOW, limit=50).read == 1
    assert not models.ShortLinkUse.objects.get().wants
    opened(site)
    assert (left(), site.paths) == ((False, None, None, "done"), [])


@pytest.mark.parametrize("known_by", ["number", "name"])
def test_a_link_in_another_post_by_an_account_that_is_protected_is_spared(known_by: str, site: Site) -> None:
    by = {"author_id": "7001"} if known_by == "number" else {"author": "korban_rekaan"}
    decide(models.Flag.objects.get(post=post("https://bit.ly/Lain1", n=1, **by)), factories.person(), outcome="victim", reason="tells")
    post(n=2, **by)
    post(n=3, author="orang_lain", author_id="7002")
    opened(site)
    opened(site)  # a job each
    assert [one.outcome for one in models.ShortLink.objects.filter(address=SHORT)] == ["spared"]
    assert "/s.id/loker-rekaan" not in site.paths


# --- versions, erasing, guards --------------------------------------------------------------------


def test_an_edit_that_drops_the_link_is_read_without_its_end(site: Site) -> None:
    one = post()
    opened(site)
    again = factories.raw_post("Selamat pagi semuanya, semoga sehat selalu dan lancar rezekinya.", external_id=one.external_id, url=one.url)
    factories.stored([again], now=NOW + timedelta(hours=1))
    assessing.read_due(now=NOW + timedelta(hours=1), limit=50)
    newest = models.Reading.objects.order_by("-id").first()
    assert newest is not None
    assert (newest.version.number, newest.ends_key) == (2, "")


def test_erasing_the_last_post_that_holds_it_removes_link_and_file(site: Site) -> None:
    first, second = post(n=1), post(n=2)
    opened(site)
    capture = kept().capture
    assert capture is not None
    sha256 = capture.sha256
    assert {file.sha256: file.need for file in erasing.plan(first.pk).files}[sha256] == "posts"
    factories.erase(first.versions.get())
    erasing.remove_due(now=NOW)
    assert (kept().leads_to, list(kept().uses.values_list("version__post", flat=True))) == (END, [second.pk])
    assert models.ErasedFile.objects.get(sha256=sha256).state == "kept"
    assert {file.sha256: file.need for file in erasing.plan(second.pk).files}[sha256] == ""
    factories.erase(second.versions.get())
    erasing.remove_due(now=NOW)
    assert (models.ShortLink.objects.count(), models.ShortLinkUse.objects.count()) == (0, 0)
    assert {file.sha256: file.state for file in models.ErasedFile.objects.all()}[sha256] == "due"  # it was used just now
    aged(sha256)
    erasing.remove_due(now=NOW)
    assert models.ErasedFile.objects.get(sha256=sha256).state == "removed"


def test_a_link_that_was_erased_while_it_waited_ends_its_job(site: Site) -> None:
    one = post()
    short_links.mark(now=NOW)
    factories.erase(one.versions.get())
    opened(site)
    assert (models.Job.objects.get(kind="short_link").state, models.ShortLink.objects.count(), site.paths) == ("done", 0, [])


@pytest.mark.parametrize(
    "statement", ["UPDATE patrol_shortlink SET leads_to = 'x'", "DELETE FROM patrol_shortlink", "TRUNCATE patrol_shortlink CASCADE"]
)
def test_the_database_keeps_what_opening_one_brought(statement: str, site: Site) -> None:
    post()
    opened(site)
    models.ShortLinkUse.objects.all().delete()
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert kept().leads_to == END


def test_a_decision_is_not_changed_by_a_link_that_brings_nothing_worse(site: Site) -> None:
    one = post()
    flag = models.Flag.objects.get(post=one)
    decide(flag, factories.person(), outcome="dismissed", reason="not_overseas")
    opened(site)
    assessing.read_due(now=NOW, limit=50)
    assert models.Flag.objects.get(pk=flag.pk).state == "dismissed"


def test_a_new_short_link_of_an_edit_brings_a_dismissed_flag_back_before_it_is_opened() -> None:
    one = post("https://bit.ly/Lain1")
    decide(models.Flag.objects.get(post=one), factories.person(), outcome="dismissed", reason="not_overseas")
    again = factories.raw_post(OFFER.format(link=SHORT, n=1), external_id=one.external_id, url=one.url)
    factories.stored([again], now=NOW + timedelta(hours=1))
    assessing.read_due(now=NOW + timedelta(hours=1), limit=50)
    assert models.Flag.objects.get(post=one).state == "waiting"
