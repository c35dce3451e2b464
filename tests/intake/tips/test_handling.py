"""What officers do with reports."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.domain.states import MoveRefusedError, TipState
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import following, handling
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.triage.reasons import StaleError
from tests import factories
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db
LINK = "https://contoh.example/lowongan/7"


@pytest.fixture(autouse=True)
def _offices() -> None:
    factories.offices()


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def version(tip: models.Tip) -> int:
    tip.refresh_from_db()
    return tip.version


def taken(tip: models.Tip, by: models.Person, words: str = factories.ILLEGAL.format(phone="0840 5550 0001"), **given: Any) -> models.Tip:
    asked: dict[str, Any] = {"link": "", "pictures": [], "key": uuid.uuid4(), "seen_version": version(tip), "now": NOW}
    return handling.take_in(tip_id=tip.pk, words=words, by=by, **(asked | given))


def test_the_states_as_their_reporter_sees_them(officer: models.Person) -> None:
    tip = reporting.report()
    seen = []
    for verb, given in (
        (handling.write, {"text": "Kapan?", "asks": True}),
        (handling.pass_on, {"text": ""}),
        (handling.close, {"outcome": "elsewhere", "text": "Diteruskan ke polisi."}),
        (handling.reopen, {}),
    ):
        verb(tip_id=tip.pk, seen_version=version(tip), by=officer, now=NOW, **given)
        version(tip)
        seen.append((tip.state, bool(tip.waits_since)))
    assert seen == [("asked", False), ("passed_on", False), ("closed", False), ("read", True)]
    assert [event.kind for event in tip.events.all()] == ["received", "asked", "passed_on", "closed", "reopened"]
    verbs = models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["tip.asked", "tip.passed_on", "tip.closed", "tip.reopened"]


def test_reading_in_full_is_logged_each_time_and_told_to_the_reporters_once(officer: models.Person) -> None:
    first, second = reporting.report(), reporting.report()
    for _turn in range(2):
        handling.read(tip_id=second.pk, by=officer, now=NOW)
    assert (version(first), version(second), first.state, second.state) == (3, 2, TipState.READ, TipState.READ)
    assert bool(first.waits_since)
    verbs = models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["tip.read", "tip.shown", "tip.shown"]


def test_an_answer_that_asks_nothing_begins_the_report_too(officer: models.Person) -> None:
    tip = reporting.report()
    done = handling.write(tip_id=tip.pk, text="Terima kasih.", asks=False, seen_version=1, by=officer, now=NOW)
    assert (done.state, done.waits_since, done.messages.get().by) == (TipState.READ, None, officer)


def test_an_item_moves_together_and_its_end_is_told_to_each(officer: models.Person) -> None:
    first, second = reporting.report(), reporting.report()
    handling.write(tip_id=second.pk, text="Hanya untuk Anda.", asks=True, seen_version=1, by=officer, now=NOW)
    handling.close(tip_id=first.pk, outcome="acted", text="Akun itu sudah dilaporkan.", seen_version=version(first), by=officer, now=NOW)
    assert (version(first), version(second), first.state, second.state) == (3, 3, TipState.CLOSED, TipState.CLOSED)
    assert [len(tip.messages.all()) for tip in (first, second)] == [1, 2]
    assert handling.waiting(officer).count() == 0


def test_what_nobody_has_read_is_not_ended_with_the_others(officer: models.Person) -> None:
    first, second, third = (reporting.report() for _turn in range(3))
    handling.close(tip_id=first.pk, outcome="acted", text="Sudah.", seen_version=version(first), by=officer, now=NOW)
    for tip in (second, third):
        version(tip)
    assert (second.state, second.same_as, second.waits_since, third.same_as) == (TipState.RECEIVED, None, NOW, second)
    assert (list(handling.waiting(officer)), second.messages.count()) == ([second], 0)
    assert [event.kind for event in third.events.all()] == ["received", "parted"]


@pytest.mark.parametrize("comes", ["a report of the same", "a reply to one of them"])
def test_who_ends_an_item_is_told_what_came_since_they_looked(comes: str, officer: models.Person) -> None:
    first, second = reporting.report(), reporting.report()
    handling.read(tip_id=first.pk, by=officer, now=NOW)
    seen = version(first)
    if comes == "a report of the same":
        second = reporting.report()
    else:
        following.reply(receipt=str(second.receipt), text="Kemarin", pictures=[], key=uuid.uuid4(), now=NOW)
    with pytest.raises(StaleError) as stale:
        handling.close(tip_id=first.pk, outcome="acted", text="Sudah.", seen_version=seen, by=officer, now=NOW)
    assert (stale.value.who, second.messages.filter(by=officer).count(), version(first), first.state) == (None, 0, seen + 1, TipState.READ)


def test_a_reply_to_one_of_an_item_waits_at_its_head(officer: models.Person) -> None:
    first, second = reporting.report(), reporting.report()
    for tip in (first, second):
        handling.write(tip_id=tip.pk, text="Kapan?", asks=True, seen_version=version(tip), by=officer, now=NOW)
    assert handling.waiting(officer).count() == 0
    following.reply(receipt=str(second.receipt), text="Kemarin", pictures=[], key=uuid.uuid4(), now=NOW)
    assert list(handling.waiting(officer)) == [first]


def test_who_comes_second_is_told_who_was_first(officer: models.Person) -> None:
    tip, colleague = reporting.report(), factories.person()
    handling.read(tip_id=tip.pk, by=officer, now=NOW)
    with pytest.raises(StaleError) as stale:
        handling.close(tip_id=tip.pk, outcome="acted", text="x", seen_version=1, by=colleague, now=NOW)
    assert (stale.value.who, stale.value.state, tip.messages.count()) == (officer, "read", 0)


def test_a_move_off_the_table_and_words_that_miss_change_nothing(officer: models.Person) -> None:
    tip = reporting.report()
    with pytest.raises(MoveRefusedError):
        handling.reopen(tip_id=tip.pk, seen_version=1, by=officer, now=NOW)
    for verb, given, code in (
        (handling.write, {"text": " ", "asks": True}, "tip.no_words"),
        (handling.write, {"text": "x" * 3_001, "asks": True}, "tip.words_too_long"),
        (handling.close, {"text": "x", "outcome": "other"}, "tip.outcome"),
        (handling.join, {"flag": "TND-26-999999"}, "tip.flag"),
        (handling.move, {"office_id": tip.office_id}, "tip.office"),
        (handling.part, {}, "tip.alone"),
        (handling.judge_faith, {"bad": False}, "tip.faith"),
    ):
        with pytest.raises(RefusedError) as refused:
            verb(tip_id=tip.pk, seen_version=1, by=officer, now=NOW, **given)
        assert refused.value.code == code
    assert (version(tip), tip.state, models.AuditEntry.objects.count()) == (1, TipState.RECEIVED, 0)


def test_another_office_sees_and_does_nothing(officer: models.Person) -> None:
    tip = reporting.report()
    elsewhere, analyst = factories.person(code="bp3mi-jatim"), factories.person(Role.ANALYST)
    assert [handling.items(one).count() for one in (officer, elsewhere, analyst)] == [1, 0, 1]
    with pytest.raises(PermissionDenied):
        handling.read(tip_id=tip.pk, by=elsewhere, now=NOW)
    assert version(tip) == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST, Role.SUPERVISOR])
def test_the_directorate_makes_no_report_of_an_office_its_own(role: Role) -> None:
    """Whoever says where a report belongs says who may reach its reporter: the office that holds it, nobody for themselves."""
    tip, person, flag = reporting.report(), factories.person(role, "directorate"), factories.flag()
    for verb, given in (
        (handling.move, {"office_id": person.office_id}),
        (handling.join, {"flag": flag.number}),
        (handling.take_in, {"words": "Loker", "link": "", "pictures": [], "key": uuid.uuid4()}),
    ):
        with pytest.raises(PermissionDenied):
            verb(tip_id=tip.pk, seen_version=1, by=person, now=NOW, **given)
    assert (version(tip), tip.office.code, tip.post, models.Post.objects.count()) == (1, "bp3mi-jabar", None, 1)
    assert handling.write(tip_id=tip.pk, text="Terima kasih.", asks=False, seen_version=1, by=person, now=NOW).state == TipState.READ
    own = reporting.report(words="Iklan lain", where="")
    assert handling.join(tip_id=own.pk, flag=flag.number, seen_version=1, by=person, now=NOW).post == flag.post


def test_another_office_takes_the_item_over_and_hears_of_somebody_in_danger(officer: models.Person) -> None:
    tip, office = reporting.report(danger=True), factories.office("bp3mi-jatim")
    handling.move(tip_id=tip.pk, office_id=office.pk, seen_version=1, by=officer, now=NOW)
    version(tip)
    assert (tip.office, [notice.office for notice in models.Notice.objects.order_by("id")]) == (office, [officer.office, office])


def test_one_that_says_something_else_is_parted(officer: models.Person) -> None:
    _first, second = reporting.report(), reporting.report()
    handling.part(tip_id=second.pk, seen_version=1, by=officer, now=NOW)
    assert (version(second), second.same_as, handling.items(officer).count()) == (2, None, 2)


def test_bad_faith_counts_in_the_figures_and_lowers_no_later_report(officer: models.Person) -> None:
    tip = reporting.report()
    before = reporting.report()
    handling.judge_faith(tip_id=tip.pk, bad=True, seen_version=version(tip), by=officer, now=NOW)
    version(before)
    after, later = reporting.report(), reporting.report(words="Akun lain yang menawarkan kerja")
    assert (before.same_as, after.same_as, after.bad_faith_at, later.waits_since) == (None, before, None, NOW)
    assert handling.figures(officer, now=NOW + timedelta(hours=1)) == {"reports": 4, "items": 3, "bad_faith": 1}
    handling.judge_faith(tip_id=tip.pk, bad=False, seen_version=version(tip), by=officer, now=NOW)
    assert handling.figures(officer, now=NOW + timedelta(hours=1))["bad_faith"] == 0


def test_what_it_names_is_stored_as_staff_would_store_it_and_counts_only_then(officer: models.Person) -> None:
    tip = reporting.report()
    assert models.Post.objects.count() == 0
    done = taken(tip, officer)
    assessing.read_due(now=NOW, limit=10)
    flag = models.Flag.objects.get()
    assert (done.post, done.state, flag.post) == (flag.post, TipState.READ, flag.post)
    assert list(handling.of_post(flag.post_id)) == [tip]
    assert sorted(models.AuditEntry.objects.values_list("verb", flat=True)) == ["tip.taken_in", "upload.sent"]


def test_two_reports_of_one_link_meet_in_one_post(officer: models.Person) -> None:
    one, other = reporting.report(), reporting.report(words="Iklan lain di laman yang sama itu, tolong dicek", where="Cirebon")
    posts = {taken(tip, officer, words=f"Iklan {tip.pk}", link=LINK).post_id for tip in (one, other)}
    assert len(posts) == 1
    assert models.Post.objects.get().ways.count() == 2


def test_reports_are_joined_to_a_flag_there_is(officer: models.Person) -> None:
    tip, flag = reporting.report(), factories.flag()
    assert handling.join(tip_id=tip.pk, flag=f" {flag.number.lower()} ", seen_version=1, by=officer, now=NOW).post == flag.post


def test_flags_that_name_the_same_contact_are_suggested(officer: models.Person) -> None:
    tip, near_miss = reporting.report(words="Nomor 0840-5550-0001 menawari saya"), reporting.report(words="Nomor 0840-5550-0002")
    other = reporting.report(words="Unggahan dengan nomor itu, sudah kami lihat", where="Cirebon")
    taken(other, officer)
    assessing.read_due(now=NOW, limit=10)
    flag = models.Flag.objects.get()
    assert (handling.suggestions(tip), handling.suggestions(near_miss), handling.suggestions(other)) == ([flag], [], [])


def test_the_head_of_the_protection_list_is_who_is_in_danger_until_closed(officer: models.Person) -> None:
    _calm, urgent = reporting.report(), reporting.report(since="left")
    assert list(handling.urgent(officer)) == [urgent]
    handling.close(tip_id=urgent.pk, outcome="advised", text="Sudah dihubungi.", seen_version=1, by=officer, now=NOW)
    assert list(handling.urgent(officer)) == []
