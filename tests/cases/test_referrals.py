"""Referrals: complete before they are submitted, approved by a second person, marked as sent by hand, answered line by line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from patrol import cases, models
from patrol.access import audit
from patrol.cases import packets, referrals
from patrol.cases.channels import CHANNELS
from patrol.domain import states
from patrol.domain.states import CaseState, ReferralState
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.cases.asked import LATER
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def told(person: models.Person) -> list[Any]:
    return list(models.Notice.objects.filter(person=person, read_at=None).values_list("kind", "referral"))


def kinds(referral: models.Referral) -> list[str]:
    return list(referral.events.values_list("kind", flat=True))


def step(verb: Any, made: models.Referral, by: models.Person, **given: Any) -> models.Referral:
    result: models.Referral = verb(referral_id=made.pk, seen_version=made.version, by=by, now=NOW, **given)
    return result


def test_written_submitted_approved_sent_and_answered(officer: models.Person) -> None:
    second = factories.person(Role.SUPERVISOR)
    case = asked.case_of(2, by=officer)
    made = asked.draft(case, officer)
    assert (made.number, made.state, made.round, made.channel, made.from_directorate, made.wrote_by) == (
        "RJK-26-0001",
        "draft",
        1,
        "platform_form",
        False,
        officer,
    )
    assert list(made.items.values_list("kind", flat=True)) == ["link", "link"]
    made = asked.filled(made, officer)
    made = step(referrals.submit, made, officer)
    assert (made.state, made.submitted_by, told(second)) == ("submitted", officer, [("referral_submitted", made.pk)])
    made = step(referrals.approve, made, second)
    assert (made.state, made.approved_by, told(second), told(officer)) == ("approved", second, [], [("referral_approved", made.pk)])
    assert models.Case.objects.get().state == "opened"
    made = asked.mark_sent(made, officer)
    assert (made.state, made.sent_at, made.due_at, made.receipt) == ("sent", NOW, NOW + timedelta(hours=24), "TKT-1 (contoh)")
    assert models.Case.objects.get().state == CaseState.REFERRED
    first, other = made.items.all()
    made = asked.answer(made, officer, "acted_upon", [first.pk])
    assert (made.state, made.answered_at) == ("sent", None)
    made = asked.answer(made, officer, "acted_upon", [other.pk])
    assert made.state == "acted_upon"
    assert kinds(made) == ["drafted", "changed", "submitted", "approved", "sent", "answered", "answered"]
    assert audit.verify() is None
    drafted = models.AuditEntry.objects.get(verb="referral.drafted")
    assert drafted.after["lines"] == [f"mark:{item.mark}" for item in made.items.all()]  # whole, whatever figures are in it
    values = [item.value for item in made.items.all()]
    assert not [row for row in models.AuditEntry.objects.all() for value in values if value in str(row.after)]


def test_the_urgent_clock_runs_from_when_it_was_sent(officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer, urgent=True)
    later = NOW + timedelta(hours=3)
    made = asked.mark_sent(made, officer, now=later, when=NOW + timedelta(hours=1))
    assert made.due_at == NOW + timedelta(hours=5)
    assert list(referrals.listed(referrals.OVERDUE, "", officer, now=NOW + timedelta(hours=5))) == []
    assert list(referrals.listed(referrals.OVERDUE, "", officer, now=NOW + timedelta(hours=5, seconds=1))) == [made]


@pytest.mark.parametrize("hours", [-1, 2])
def test_it_was_sent_after_it_was_approved_and_not_later_than_now(hours: int, officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.when when$"):
        asked.mark_sent(made, officer, when=NOW + timedelta(hours=hours))
    assert models.Referral.objects.get().state == "approved"


@pytest.mark.parametrize(
    ("given", "code"), [({"how": "pigeon"}, r"^referral\.how how$"), ({"receipt": " "}, r"^referral\.receipt receipt$")]
)
def test_sent_by_hand_says_how_and_what_came_of_it(given: dict[str, Any], code: str, officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=code):
        asked.mark_sent(made, officer, **given)
    assert (models.Referral.objects.get().state, models.Case.objects.get().state) == ("approved", "opened")


def test_a_receipt_may_be_a_file(officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer)
    made = asked.mark_sent(made, officer, receipt="", file=referrals.File(b"tanda terima"))
    assert made.receipt_file is not None
    assert (made.receipt_file.kind, made.receipt_file.purpose, made.receipt_file.length) == ("upload", "referral", 12)


# --- complete ---------------------------------------------------------------------------------------


def lacks(made: models.Referral) -> list[tuple[int, str]]:
    return [(one.place, one.fact) for one in packets.missing(made, packets.lines(made))]


def test_what_is_missing_is_named_line_by_line_and_nothing_is_submitted(officer: models.Person) -> None:
    made = asked.draft(asked.case_of(2, copies=False, by=officer), officer, target="")
    assert lacks(made) == [(0, "target"), (0, "contact"), (1, ""), (2, "")]
    with pytest.raises(RefusedError, match=r"^referral\.incomplete$"):
        step(referrals.submit, made, officer)
    assert (models.Referral.objects.get().state, models.ReferralCompleteness.objects.count()) == ("draft", 0)
    for flag in models.Flag.objects.all():
        asked.copied(flag)
    made = asked.filled(made, officer)
    assert lacks(made) == []
    assert step(referrals.submit, made, officer).state == "submitted"


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_asks_for_what_it_needs(channel: str) -> None:
    """A packet without anything lacks its facts, its target where it has several, and lines."""
    way = CHANNELS[channel]
    made = models.Referral(channel=channel, facts={})
    wanted = ([(0, "target")] if way.targets else []) + [(0, fact.key) for fact in way.facts] + [(0, "")]
    assert [(one.place, one.fact) for one in packets.missing(made, [])] == wanted


def moved(made: models.Referral, state: str, **given: Any) -> None:
    with transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(state=state, **given)


def test_the_database_submits_nothing_that_nobody_looked_through(officer: models.Person) -> None:
    made = asked.filled(asked.draft(asked.case_of(by=officer), officer), officer)
    with pytest.raises(IntegrityError, match="not found complete"):
        moved(made, "submitted", submitted_by=officer, submitted_at=NOW)


def looked_through(made: models.Referral, by: models.Person, **given: Any) -> None:
    told = {"version": made.version, "items": made.items.count(), "digest": "", **given}
    models.ReferralCompleteness.objects.create(referral=made, by=by, at=NOW, **told)


@pytest.mark.parametrize("given", [{"version": 1}, {"items": 2}])
def test_the_database_wants_it_looked_through_as_it_is(given: dict[str, int], officer: models.Person) -> None:
    made = asked.filled(asked.draft(asked.case_of(by=officer), officer), officer)
    looked_through(made, officer, **given)
    with pytest.raises(IntegrityError, match="not found complete"):
        moved(made, "submitted", submitted_by=officer, submitted_at=NOW)


def test_the_database_wants_a_copy_of_each_post_and_a_confirmed_one(officer: models.Person) -> None:
    made = asked.filled(asked.draft(asked.case_of(copies=False, by=officer), officer), officer)
    looked_through(made, officer)
    with pytest.raises(IntegrityError, match="no preserved copy"):
        moved(made, "submitted", submitted_by=officer, submitted_at=NOW)
    flag = models.Flag.objects.get()
    asked.copied(flag)
    models.Flag.objects.update(state="waiting", decided_at=None)
    with pytest.raises(IntegrityError, match="not confirmed"):
        moved(made, "submitted", submitted_by=officer, submitted_at=NOW)


def test_what_was_submitted_is_changed_by_no_row(officer: models.Person) -> None:
    made = asked.submitted(asked.case_of(by=officer), officer)
    changes: list[dict[str, Any]] = [{"facts": {}}, {"target": "lain"}, {"urgent": True}, {"together": "lain"}]
    for given in changes:
        with pytest.raises(IntegrityError, match="changed in a draft alone"), transaction.atomic():
            models.Referral.objects.filter(pk=made.pk).update(**given)
    with pytest.raises(IntegrityError, match="changed in a draft alone"), transaction.atomic():
        made.items.all().delete()
    with pytest.raises(IntegrityError, match="what it is does not change"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(channel="komdigi")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        made.items.update(value="https://lain.example/1")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        made.events.all().delete()


# --- two people -------------------------------------------------------------------------------------


def test_nobody_approves_what_they_wrote_changed_or_submitted() -> None:
    one, two, three, four = (factories.person(Role.SUPERVISOR) for _ in range(4))
    made = asked.draft(asked.case_of(by=one), one)
    made = asked.filled(made, two)
    made = step(referrals.submit, made, three)
    assert told(four) == [("referral_submitted", made.pk)]
    for hand in (one, two, three):
        with pytest.raises(RefusedError, match=r"^pair\.same$"):
            step(referrals.approve, made, hand)
        with pytest.raises(IntegrityError, match="no second person"):
            moved(made, "approved", approved_by=hand, approved_at=NOW)
    assert models.Referral.objects.get().state == "submitted"
    assert list(referrals.waits_for(four)) == [made]
    assert list(referrals.waits_for(two)) == []
    assert step(referrals.approve, made, four).state == "approved"


def test_nobody_s_word_is_no_approval(officer: models.Person) -> None:
    made = asked.submitted(asked.case_of(by=officer), officer)
    with pytest.raises(IntegrityError, match="referral_approved_state"):
        moved(made, "approved")
    with pytest.raises(PermissionDenied):
        step(referrals.approve, made, factories.person())
    with pytest.raises(PermissionDenied):
        step(referrals.approve, made, factories.person(Role.SUPERVISOR, "bp3mi-sulsel"))
    assert models.Referral.objects.get().state == "submitted"


def test_where_the_office_has_no_other_supervisor_the_directorate_s_are_asked() -> None:
    own, far = factories.person(Role.SUPERVISOR), factories.person(Role.SUPERVISOR, "directorate")
    made = asked.submitted(asked.case_of(by=own), own)
    assert (told(own), told(far)) == ([], [("referral_submitted", made.pk)])
    assert step(referrals.approve, made, far).state == "approved"


def test_a_change_after_approval_makes_it_a_draft_again(officer: models.Person) -> None:
    made = asked.approved(asked.case_of(2, by=officer), officer)
    approver = made.approved_by
    assert approver is not None
    keep = made.items.first()
    assert keep is not None
    made = step(referrals.choose, made, approver, marks=[keep.mark])
    assert (made.state, made.approved_by, made.submitted_by, made.items.count()) == ("draft", None, None, 1)
    assert told(approver) == []  # who changed it knows
    made = step(referrals.submit, made, officer)
    with pytest.raises(RefusedError, match=r"^pair\.same$"):  # has a hand in this round by now
        step(referrals.approve, made, approver)


def test_sent_back_with_a_reason(officer: models.Person) -> None:
    second = factories.person(Role.SUPERVISOR)
    made = asked.submitted(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.note note$"):
        step(referrals.send_back, made, second, note=" ")
    made = step(referrals.send_back, made, second, note="Narahubung kurang lengkap.")
    assert (made.state, made.submitted_at, told(officer)) == ("draft", None, [("referral_sent_back", made.pk)])


def test_what_lost_its_proof_is_not_approved(officer: models.Person) -> None:
    made = asked.submitted(asked.case_of(by=officer), officer)
    models.Flag.objects.update(state="waiting", decided_at=None)
    with pytest.raises(RefusedError, match=r"^referral\.not_the_same$"):
        step(referrals.approve, made, factories.person(Role.SUPERVISOR))
    assert models.Referral.objects.get().state == "submitted"


# --- who sends --------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [key for key, way in CHANNELS.items() if way.sender == "directorate"])
def test_what_goes_out_from_the_directorate_is_not_written_in_an_office(channel: str, officer: models.Person) -> None:
    case = asked.case_of(by=officer)
    with pytest.raises(PermissionDenied):
        asked.draft(case, officer, channel)
    assert models.Referral.objects.count() == 0
    assert channel not in {way.key for way in referrals.channels_for(officer)}
    assert channel in {way.key for way in referrals.channels_for(factories.person(Role.ANALYST))}


def test_the_database_lets_no_office_send_what_is_the_directorate_s(officer: models.Person) -> None:
    analyst = factories.person(Role.ANALYST)
    made = asked.approved(asked.case_of(by=officer), analyst, "komdigi")
    with pytest.raises(PermissionDenied):
        asked.mark_sent(made, officer)
    with pytest.raises(IntegrityError, match="goes out from the directorate"):
        moved(made, "sent", sent_by=officer, sent_at=NOW, due_at=NOW)
    assert asked.mark_sent(made, analyst).state == "sent"


def test_another_office_finds_no_referral(officer: models.Person) -> None:
    made = asked.submitted(asked.case_of(by=officer), officer)
    other = factories.person(code="bp3mi-sulsel")
    with pytest.raises(PermissionDenied):
        step(referrals.withdraw, made, other, note="Bukan urusan kami.")
    assert list(referrals.listed("", "", other, now=NOW)) == []
    assert models.Referral.objects.get().state == "submitted"


# --- what came back ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "outcomes", "state"),
    [
        ("sent", ["acted_upon", "acted_upon"], "acted_upon"),
        ("sent", ["acted_upon", "refused"], "partly_done"),
        ("sent", ["partly_done", "partly_done"], "partly_done"),
        ("sent", ["refused", "refused"], "refused"),
        ("sent", ["accepted", "refused"], "accepted"),
        ("sent", ["acted_upon", "clarification_asked"], "clarification_asked"),
        ("sent", ["", "clarification_asked"], "clarification_asked"),
        # Lines that nobody answered are waited for, whatever was said of the others.
        *(("sent", [said, ""], None) for said in ("acted_upon", "partly_done", "refused", "accepted")),
        ("received", ["acted_upon", ""], None),
        ("clarification_asked", ["acted_upon", ""], "sent"),
        # Somebody said that their time is over, or it was ended by an answer to some lines before that was waited for.
        ("no_response", ["acted_upon", ""], "partly_done"),
        ("no_response", ["refused", ""], None),
        ("partly_done", ["acted_upon", ""], "partly_done"),
    ],
)
def test_the_newest_answers_make_the_state(before: str, outcomes: list[str], state: str | None) -> None:
    assert referrals.state_of(before, outcomes) == state


@pytest.mark.parametrize("outcome", ["acted_upon", "partly_done", "refused", "accepted"])
def test_an_answer_to_some_lines_leaves_the_others_to_be_waited_for(outcome: str, officer: models.Person) -> None:
    case = asked.case_of(3, by=officer)
    made = asked.sent(case, officer)
    due, lines = made.due_at, list(made.items.order_by("id").values_list("pk", flat=True))
    made = asked.answer(made, officer, outcome, lines[:1])
    assert (made.state, made.due_at, made.answered_at) == ("sent", due, None)
    assert list(referrals.listed(referrals.OVERDUE, "", officer, now=NOW + timedelta(hours=25))) == [made]
    with pytest.raises(RefusedError, match=r"^case\.referral_hangs$"):
        close(case, officer)
    made = asked.answer(made, officer, outcome, lines[1:])
    assert (made.state, made.answered_at) == (outcome, LATER)
    assert list(referrals.listed(referrals.OVERDUE, "", officer, now=NOW + timedelta(hours=25))) == []
    assert close(case, officer).state == "closed"


def test_a_question_on_some_lines_that_they_answer_themselves_leaves_the_others_to_be_waited_for(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(2, by=officer), officer)
    lines = list(made.items.order_by("id").values_list("pk", flat=True))
    made = asked.answer(made, officer, "clarification_asked", lines[:1])
    assert (made.state, made.answered_at) == ("clarification_asked", LATER)
    made = asked.answer(made, officer, "acted_upon", lines[:1])
    assert (made.state, made.answered_at) == ("sent", None)


def test_a_question_that_was_replied_to_is_asked_no_more_by_an_answer_to_another_line(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(2, by=officer), officer)
    lines = list(made.items.order_by("id").values_list("pk", flat=True))
    made = asked.answer(made, officer, "clarification_asked", lines[:1])
    later = LATER + timedelta(hours=1)
    made = referrals.reply(referral_id=made.pk, note="Tautan lengkap dikirim.", seen_version=made.version, by=officer, now=later)
    made = asked.answer(made, officer, "acted_upon", lines[1:], now=later + timedelta(hours=1))
    assert (made.state, made.answered_at) == ("sent", None)
    made = asked.answer(made, officer, "clarification_asked", lines[:1], now=later + timedelta(hours=2))
    assert made.state == "clarification_asked"


def test_where_their_time_is_over_the_lines_they_answered_make_the_state(officer: models.Person) -> None:
    case = asked.case_of(2, by=officer)
    made = asked.sent(case, officer)
    made = asked.answer(made, officer, "acted_upon", list(made.items.values_list("pk", flat=True))[:1])
    over = NOW + timedelta(hours=24)
    made = referrals.no_response(referral_id=made.pk, note="", seen_version=made.version, by=officer, now=over)
    assert (made.state, kinds(made)[-1]) == ("partly_done", "no_response")
    assert close(case, officer).state == "closed"


def test_a_later_answer_stands_beside_the_earlier_one(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(by=officer), officer)
    made = asked.answer(made, officer, "refused")
    made = asked.answer(made, officer, "acted_upon")
    assert made.state == "acted_upon"
    assert list(models.ItemAnswer.objects.values_list("outcome", flat=True)) == ["refused", "acted_upon"]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.ItemAnswer.objects.update(outcome="refused")


def test_an_answer_names_lines_of_this_referral_and_a_day_after_it_was_sent(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(by=officer), officer)
    other = asked.sent(asked.case_of(by=officer), officer)
    for items in ([], list(other.items.values_list("pk", flat=True))):
        with pytest.raises(RefusedError, match=r"^referral\.answered_lines item$"):
            asked.answer(made, officer, "acted_upon", items)
    with pytest.raises(RefusedError, match=r"^referral\.outcome outcome$"):
        asked.answer(made, officer, "gone")
    for days in (-1, 1):
        with pytest.raises(RefusedError, match=r"^referral\.day day$"):
            step(
                referrals.answer,
                made,
                officer,
                item_ids=list(made.items.values_list("pk", flat=True)),
                outcome="refused",
                ground="",
                text="",
                day=NOW.date() + timedelta(days=days),
                automated=None,
                file=None,
            )
    assert models.ItemAnswer.objects.count() == 0


def test_a_question_of_theirs_is_answered_and_their_clock_begins_anew(officer: models.Person) -> None:
    made = asked.answer(asked.sent(asked.case_of(by=officer), officer), officer, "clarification_asked")
    later = NOW + timedelta(hours=10)
    made = referrals.reply(referral_id=made.pk, note="Tautan lengkap dikirim.", seen_version=made.version, by=officer, now=later)
    assert (made.state, made.due_at, made.answered_at) == ("sent", later + timedelta(hours=24), None)


def test_no_response_is_said_once_their_time_is_over(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.in_time$"):
        step(referrals.no_response, made, officer, note="")
    over = NOW + timedelta(hours=24)
    made = referrals.no_response(referral_id=made.pk, note="", seen_version=made.version, by=officer, now=over)
    assert made.state == "no_response"
    assert asked.answer(made, officer, "acted_upon", now=over).state == "acted_upon"


def test_what_did_not_arrive_is_sent_another_way_or_withdrawn(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(by=officer), officer)
    made = step(referrals.contact_failed, made, officer, note="Surel ditolak.")
    made = asked.mark_sent(made, officer, how="letter")
    assert (made.state, made.sent_how) == ("sent", "letter")
    made = step(referrals.contact_failed, made, officer, note="Kembali ke pengirim.")
    assert step(referrals.withdraw, made, officer, note="Kanal lain dipakai.").state == "withdrawn"


def test_received_keeps_their_number_and_their_clock(officer: models.Person) -> None:
    made = asked.sent(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.their_number their_number$"):
        step(referrals.received, made, officer, their_number=" ", note="")
    due = made.due_at
    made = step(referrals.received, made, officer, their_number="K-2026-77", note="")
    assert (made.state, made.their_number, made.due_at, made.answered_at) == ("received", "K-2026-77", due, None)


@pytest.mark.parametrize("state", [state for state in ReferralState if state not in states.UNSENT])
def test_what_went_out_is_not_written_anew(state: str, officer: models.Person) -> None:
    assert (state, "draft") not in states.REFERRAL_MOVES


def test_the_one_who_looked_at_an_older_page_is_told(officer: models.Person) -> None:
    made = asked.draft(asked.case_of(by=officer), officer)
    asked.filled(made, officer)
    with pytest.raises(cases.StaleError) as stale:
        step(referrals.withdraw, made, officer, note="Tidak jadi.")
    assert (stale.value.who, stale.value.state) == (officer, "draft")


# --- rounds and closing -----------------------------------------------------------------------------


def test_what_comes_back_is_a_new_round_filled_with_the_one_before(officer: models.Person) -> None:
    made = asked.answer(asked.sent(asked.case_of(2, by=officer), officer), officer, "acted_upon")
    again = made.items.first()
    assert again is not None
    fresh = step(referrals.new_round, made, officer, item_ids=[again.pk], note="Tayang lagi di akun lain.")
    assert (fresh.round, fresh.before, fresh.state, fresh.facts, fresh.target) == (2, made, "draft", made.facts, made.target)
    assert list(fresh.items.values_list("mark", flat=True)) == [again.mark]
    made.refresh_from_db()
    assert (made.state, made.items.count(), kinds(made)[-1]) == ("acted_upon", 2, "came_back")
    with pytest.raises(RefusedError, match=r"^referral\.next_round$"):
        step(referrals.new_round, made, officer, note="Lagi.")
    step(referrals.withdraw, fresh, officer, note="Salah lihat.")
    assert step(referrals.new_round, made, officer, note="Benar tayang lagi.").round == 2


def test_only_what_was_sent_comes_back(officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.not_sent$"):
        step(referrals.new_round, made, officer, note="Tayang lagi.")
    assert models.Referral.objects.count() == 1


# --- the case ---------------------------------------------------------------------------------------


def close(case: models.Case, by: models.Person) -> models.Case:
    case.refresh_from_db()
    return cases.close(case_id=case.pk, outcome="acted_upon", note="Selesai.", seen_version=case.version, by=by, now=LATER)


def test_no_case_is_closed_while_a_referral_hangs(officer: models.Person) -> None:
    case = asked.case_of(by=officer)
    made = asked.draft(case, officer)
    with pytest.raises(RefusedError, match=r"^case\.referral_hangs$"):
        close(case, officer)
    with pytest.raises(IntegrityError, match="a referral hangs"), transaction.atomic():
        models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="acted_upon", closed_by=officer, closed_at=NOW)
    step(referrals.withdraw, made, officer, note="Tidak jadi.")
    made = asked.sent(case, officer)
    with pytest.raises(RefusedError, match=r"^case\.referral_hangs$"):
        close(case, officer)
    assert models.Case.objects.get().state == "referred"
    made = asked.answer(made, officer, "refused")
    assert close(case, officer).state == "closed"
    with pytest.raises(RefusedError, match=r"^referral\.case_closed$"):
        asked.answer(made, officer, "acted_upon")
    with pytest.raises(IntegrityError, match="the case is closed"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(state="clarification_asked")


def test_nothing_is_begun_in_a_closed_case(officer: models.Person) -> None:
    case = asked.case_of(by=officer)
    close(case, officer)
    with pytest.raises(RefusedError, match=r"^referral\.case_closed$"):
        asked.draft(case, officer)
    assert models.Referral.objects.count() == 0


def test_what_comes_back_opens_the_closed_case_at_whoever_referred_it(officer: models.Person) -> None:
    analyst = factories.person(Role.ANALYST)
    case = asked.case_of(by=officer)
    case = cases.escalate(case_id=case.pk, article="placement", note="Lintas provinsi.", seen_version=case.version, by=officer, now=NOW)
    case = cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=NOW)
    made = asked.answer(asked.sent(case, analyst, "komdigi"), analyst, "acted_upon")
    case.refresh_from_db()
    assert (case.state, case.with_directorate) == ("referred", True)
    with pytest.raises(PermissionDenied):
        close(case, officer)
    close(case, analyst)
    step(referrals.new_round, made, analyst, note="Tayang lagi.")
    case.refresh_from_db()
    assert (case.state, case.responsible, case.outcome) == ("in_analysis", analyst, "")
    assert list(case.events.values_list("kind", flat=True))[-1] == "came_back"


def test_a_referred_case_stays_with_the_office_that_referred_it(officer: models.Person) -> None:
    case = asked.case_of(by=officer)
    asked.sent(case, officer)
    case.refresh_from_db()
    assert (case.state, case.responsible, case.with_directorate) == ("referred", officer, False)
    with pytest.raises(states.MoveRefusedError):
        cases.give_back(case_id=case.pk, note="Kembali.", seen_version=case.version, by=factories.person(Role.ANALYST), now=NOW)
    case = cases.escalate(case_id=case.pk, article="placement", note="Lintas provinsi.", seen_version=case.version, by=officer, now=NOW)
    assert (case.state, case.with_directorate) == ("escalated", True)
