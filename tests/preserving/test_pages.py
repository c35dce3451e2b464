"""Archives of pages as jobs: due once an occasion, kept with custody in one transaction, and told where they fail."""

from __future__ import annotations

import io
import uuid
import zipfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol import domain, models, triage
from patrol.access import audit
from patrol.evidence import archive, raw
from patrol.evidence.anchors import manifests
from patrol.evidence.archive import record, wacz
from patrol.infra import jobs, locks, pace
from patrol.infra.reached import SETTLED
from patrol.models import Role
from patrol.preserving import pages
from tests import archives, factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW
LATER = NOW + timedelta(minutes=1)
ED25519 = manifests.new_key()[1].decode()


@pytest.fixture(autouse=True)
def a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "installed", lambda: "/usr/bin/chromium")


def _warc() -> bytes:
    written = record.Record("SIPatrol/test", {})
    written.exchange(factories.answer(b"<html>", final_url="https://t.me/saluran_contoh/1?akhir"))
    return written.content()


WARC = _warc()


@pytest.fixture
def archive_key(settings: Any, tmp_path: Path) -> str:
    settings.ARCHIVE_KEY = str(tmp_path / "archive-key")
    return archives.key_file(tmp_path / "archive-key")


def taken(**given: Any) -> Any:
    """A page as the browser brings it; what is not ours stands in here."""
    fields: dict[str, Any] = {
        "asked_url": "https://t.me/saluran_contoh/1",
        "final_url": "https://t.me/saluran_contoh/1?akhir",
        "main": factories.answer(b"<html>", asked_url="https://t.me/saluran_contoh/1"),
        "hops": ("https://t.me/saluran_contoh/1", "https://t.me/saluran_contoh/1?akhir"),
        "warc": WARC,
        "screenshot": b"png-bytes",
        "requests": 3,
        "partial": (),
        "refused": {},
        "browser": {"version": "150", "sandboxed": True, "alone": True},
    }
    return archive.Taken(**(fields | given))


class Taking:
    def __init__(self, given: Any = None) -> None:
        self.given = given or taken()
        self.asked: list[Any] = []

    def __call__(self, url: Any, **_given: Any) -> Any:
        self.asked.append(url)
        if isinstance(self.given, Exception):
            raise self.given
        return self.given


def run(take: Any, now: Any = NOW) -> Any:
    return jobs.run({"page": lambda job, *, now: pages.keep(job, now=now, take=take)}, now=now)


def asked_jobs() -> Any:
    return list(models.Job.objects.filter(kind="page").order_by("id").values_list("key", "state"))


def confirm(flag: Any, now: Any = NOW) -> Any:
    officer = factories.person(Role.OFFICER)
    return triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="licence",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=officer,
        now=now,
    ).decisions[0]


def wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")


# --- asked by a person ----------------------------------------------------------------------------


def test_a_person_asks_once_and_it_is_logged() -> None:
    (post,) = factories.stored([factories.raw_post()])
    person = factories.person(Role.OFFICER)
    assert pages.ask(post_id=post.pk, by=person, now=NOW) is True
    assert pages.ask(post_id=post.pk, by=person, now=NOW) is False  # one is on its way
    assert asked_jobs() == [(f"{post.pk}:asked", "waiting")]
    (entry,) = models.AuditEntry.objects.filter(verb="page.asked")
    assert (entry.actor_id, entry.target_type, entry.target_id) == (person.pk, "post", str(post.pk))


def test_after_one_was_kept_another_may_be_asked_for() -> None:
    (post,) = factories.stored([factories.raw_post()])
    person = factories.person(Role.ANALYST)
    pages.ask(post_id=post.pk, by=person, now=NOW)
    run(Taking())
    assert pages.ask(post_id=post.pk, by=person, now=NOW) is True
    run(Taking())
    assert models.Capture.objects.filter(post=post, kind="page").count() == 2


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR])
def test_who_may_not_see_posts_asks_for_nothing(role: Any) -> None:
    (post,) = factories.stored([factories.raw_post()])
    with pytest.raises(PermissionDenied):
        pages.ask(post_id=post.pk, by=factories.person(role), now=NOW)
    assert asked_jobs() == []


# --- due by what was decided ----------------------------------------------------------------------


def test_a_confirmed_flag_is_archived_once_its_decision_holds() -> None:
    flag = factories.flag()
    decision = confirm(flag)
    assert pages.mark(now=decision.effective_at - timedelta(microseconds=1)) == 0
    assert pages.mark(now=decision.effective_at) == 1
    assert pages.mark(now=decision.effective_at) == 0
    assert asked_jobs() == [(f"{flag.post_id}:confirmed:{decision.pk}", "waiting")]


def test_an_undone_decision_archives_nothing_and_the_next_one_does() -> None:
    flag = factories.flag()
    decision = confirm(flag)
    triage.undo(decision_id=decision.pk, decision_key=uuid.uuid4(), by=decision.by, now=NOW + timedelta(seconds=2))
    assert pages.mark(now=LATER) == 0
    flag.refresh_from_db()
    again = confirm(flag, now=LATER)
    assert pages.mark(now=LATER + timedelta(minutes=1)) == 1
    assert asked_jobs() == [(f"{flag.post_id}:confirmed:{again.pk}", "waiting")]


def test_what_is_not_confirmed_is_not_archived() -> None:
    factories.flags(2)
    assert pages.mark(now=LATER) == 0


def test_without_a_browser_it_stays_due(monkeypatch: pytest.MonkeyPatch) -> None:
    confirm(factories.flag())
    monkeypatch.setattr(pages, "installed", lambda: "")
    assert pages.mark(now=LATER) == 0
    assert asked_jobs() == []
    monkeypatch.setattr(pages, "installed", lambda: "/usr/bin/chromium")
    assert pages.mark(now=LATER) == 1


def test_a_sweep_asks_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    for flag in factories.flags(3):
        confirm(flag)
    assert [pages.mark(now=LATER), pages.mark(now=LATER), pages.mark(now=LATER)] == [2, 1, 0]


def reached() -> Any:
    return models.Reached.objects.filter(name="pages").values_list("row", flat=True).first() or 0


def test_decisions_are_looked_at_until_they_have_settled() -> None:
    """A decision with a smaller id may still be on its way; one that does not hold yet is not passed."""
    first, second = (confirm(flag, now=at) for flag, at in zip(factories.flags(2), (NOW, NOW + SETTLED), strict=True))
    assert (pages.mark(now=LATER), reached()) == (1, first.pk - 1)
    assert (pages.mark(now=first.effective_at + SETTLED), reached()) == (1, first.pk)
    assert (pages.mark(now=second.effective_at + SETTLED), reached()) == (0, second.pk)


def test_nothing_is_passed_that_was_not_asked_for_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    decisions = [confirm(flag) for flag in factories.flags(3)]
    late = NOW + timedelta(days=1)
    assert [(pages.mark(now=late), reached()) for _ in range(3)] == [(2, 0), (1, decisions[2].pk), (0, decisions[2].pk)]


def test_a_sweep_looks_at_so_many_decisions_and_the_next_ones_at_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WINDOW", 2)
    for flag in factories.flags(5):
        confirm(flag)
    late = NOW + timedelta(days=1)
    assert [pages.mark(now=late) for _ in range(4)] == [2, 2, 1, 0]


# --- kept -----------------------------------------------------------------------------------------


def asked(url: str = "https://t.me/saluran_contoh/1", by: Any = None) -> Any:
    (post,) = factories.stored([factories.raw_post(url=url)])
    pages.ask(post_id=post.pk, by=by or factories.person(Role.OFFICER), now=NOW)
    return post


def test_archive_and_screenshot_are_kept_with_their_custody() -> None:
    person = factories.person(Role.OFFICER)
    post = asked(by=person)
    take = Taking(taken(partial=("missing",), refused={"method": 1}))
    run(take)
    assert take.asked == [post.url]
    page, shot = models.Capture.objects.filter(post=post).order_by("kind")
    assert (page.kind, page.media_type, page.options["signed_by"]) == ("page", "application/wacz", "")
    assert (page.asked_url, page.final_url, page.status) == (post.url, post.url + "?akhir", 200)
    assert page.hops == list(take.given.hops)
    assert (page.truncated, page.options["partial"], page.options["refused"]) == (True, ["missing"], {"method": 1})
    assert page.job is not None
    assert (page.person, page.office, page.job.key, page.purpose) == (person, person.office, f"{post.pk}:asked", "evidence")
    assert (shot.kind, shot.media_type, shot.of, shot.relation) == ("screenshot", "image/png", page, "rendition")
    assert (raw.whole(shot.sha256), _within(page)) == (b"png-bytes", WARC)
    assert asked_jobs() == [(f"{post.pk}:asked", "done")]


def _within(page: models.Capture) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw.whole(page.sha256))) as opened:
        return opened.read(wacz.WARC)


def test_the_archive_is_signed_with_the_key_of_the_server_and_its_record_names_it(archive_key: str) -> None:
    post = asked()
    run(Taking(taken(title="Lowongan")))
    page = models.Capture.objects.get(post=post, kind="page")
    assert (page.options["signed_by"], wacz.check(raw.whole(page.sha256)).key) == (archive_key, archive_key)


@pytest.mark.parametrize("content", ["", "tidak ada kunci", ED25519])
def test_a_key_that_cannot_be_used_costs_the_signature_and_not_the_page(settings: Any, tmp_path: Path, content: str) -> None:
    settings.ARCHIVE_KEY = str(tmp_path / "key")
    Path(settings.ARCHIVE_KEY).write_text(content)
    post = asked()
    run(Taking())
    page = models.Capture.objects.get(post=post, kind="page")
    assert (page.options["signed_by"], _within(page)) == ("", WARC)


def test_a_door_is_kept_as_whole_and_told_as_a_door() -> None:
    post = asked()
    run(Taking(taken(partial=("login",), screenshot=b"")))
    (page,) = models.Capture.objects.filter(post=post)
    assert (page.truncated, page.options["partial"]) == (False, ["login"])
    post.refresh_from_db()
    assert post.gone_at is None


def test_a_host_that_is_away_is_asked_again_and_a_refused_address_is_not() -> None:
    post = asked()
    sentence = domain.Sentence("Nanti.", "Later.")
    run(Taking(domain.SourceError("unreachable", sentence)))
    assert asked_jobs() == [(f"{post.pk}:asked", "waiting")]
    wake()
    run(Taking(domain.SourceError("private_address", sentence, permanent=True)))
    job = models.Job.objects.get()
    assert job.problem is not None
    assert (job.state, job.problem["code"]) == ("given_up", "private_address")
    assert not models.Capture.objects.filter(post=post).exists()


def test_our_own_pace_costs_no_try_and_a_host_that_says_later_is_left_alone_by_all() -> None:
    asked()
    run(Taking(pace.Paced("t.me", 30)))
    job = models.Job.objects.get()
    assert (job.state, job.attempts, job.problem) == ("waiting", 0, None)
    wake()
    later = factories.answer(status=429)
    run(Taking(domain.SourceError("too_many", domain.Sentence("Nanti.", "Later."), retry_after=600, answer=later)))
    with pytest.raises(pace.Paced):
        pace.SharedPace(sleep=lambda _seconds: None).wait("t.me")


def test_a_post_without_a_page_and_an_erased_post_are_not_asked_for() -> None:
    post = asked(url="whatsapp:grup/1")
    take = Taking()
    run(take)
    assert models.Job.objects.values_list("problem__code", flat=True).get() == "no_address"
    other = asked()
    version = other.versions.get()
    factories.erase(version)
    run(take)
    assert models.Job.objects.values_list("problem__code", flat=True).get(key=f"{other.pk}:asked") == "erased"
    assert take.asked == []
    assert post.url == "whatsapp:grup/1"


def test_a_worker_that_was_too_slow_keeps_nothing() -> None:
    post = asked()

    def slow(url: Any, **_given: Any) -> Any:
        models.Job.objects.update(lease_token=uuid.uuid4())  # another worker's by now
        return taken()

    run(slow)
    assert not models.Capture.objects.filter(post=post).exists()
    assert models.Job.objects.get().state == "waiting"


def test_one_browser_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(locks, "only_one", lambda what: nullcontext(False))
    take = Taking()
    run(take)
    job = models.Job.objects.get()
    assert (take.asked, job.state, job.attempts) == ([], "waiting", 0)


def test_the_log_holds_no_address() -> None:
    asked()
    run(Taking())
    rows = [str(row) for row in models.AuditEntry.objects.values_list("before", "after", "target_id")]
    assert not [row for row in rows if "t.me" in row]
    assert audit.verify() is None
