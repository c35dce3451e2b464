"""Second eyes: what chance draws, who looks again without knowing what, and who settles it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.access import audit
from patrol.engine.evaluation.measures import Share
from patrol.infra.reached import SETTLED
from patrol.infra.refusals import RefusedError
from patrol.triage import chance, quality
from tests import factories, races
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db
EFFECTIVE = NOW + timedelta(seconds=11)
TOMORROW = NOW + timedelta(days=1)  # 10.47 in Jakarta
MIDNIGHT = datetime.fromisoformat("2026-11-24T00:00+07:00")  # behind the day of NOW


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance draws everything."""
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)
    monkeypatch.setattr(quality, "LOW_SHARE", 1.0)


def drawn(kind: str = "second") -> list[models.Draw]:
    return list(models.Draw.objects.filter(kind=kind).order_by("id"))


def parked(count: int, code: str = "bp3mi-jabar", **given: Any) -> list[models.Flag]:
    found = flags(count, code)
    models.Flag.objects.filter(pk__in=[flag.pk for flag in found]).update(state="parked", level="low", level_rank=1, **given)
    return found


def a_draw(by: models.Person, outcome: str = "confirmed", reason: str = "fraud") -> models.Draw:
    """A decision that was drawn."""
    (flag,) = flags(1)
    decide(flag, by, outcome, reason)
    quality.draw(now=EFFECTIVE)
    return models.Draw.objects.get(flag=flag, kind="second")


def look(
    draw: models.Draw, by: models.Person, outcome: str = "confirmed", reason: str = "fraud", note: str = "", now: datetime = EFFECTIVE
) -> models.Review:
    return quality.review(draw_id=draw.pk, outcome=outcome, reason=reason, note=note, by=by, now=now)


def settle(
    draw: models.Draw,
    by: models.Person,
    outcome: str = "confirmed",
    reason: str = "fraud",
    note: str = "sudah dilihat bersama",
    now: datetime = EFFECTIVE,
) -> quality.Settled:
    return quality.settle(draw_id=draw.pk, outcome=outcome, reason=reason, note=note, by=by, now=now)


# --- decisions that are drawn -----------------------------------------------------------------------


@database
def test_about_one_decision_in_ten_is_drawn_and_always_the_same(settings: Any) -> None:
    settings.SECRET_KEY = "a" * 50
    (flag,) = flags(1)
    officer = factories.person()
    models.Decision.objects.bulk_create(
        models.Decision(
            flag=flag,
            decision_key=uuid.uuid4(),
            outcome="confirmed",
            reason="fraud",
            by=officer,
            at=NOW,
            effective_at=NOW,
            state_before="waiting",
            state_after="confirmed",
            level_then="high",
            check_then_id=flag.current_check_id,
        )
        for _ in range(2000)
    )
    made = quality.draw(now=EFFECTIVE)
    assert 133 <= made.second <= 267  # 200 expected, 5 standard deviations either side
    assert quality.draw(now=EFFECTIVE) == quality.Drawn(0, 0)


@database
def test_who_does_not_know_the_secret_cannot_tell_what_will_be_drawn(settings: Any) -> None:
    salts = set()
    for secret in ("a" * 50, "b" * 50):
        settings.SECRET_KEY = secret
        salts |= {quality._salt("second"), quality._salt("low")}
    assert len(salts) == 4


@database
@pytest.mark.usefixtures("every")
def test_a_decision_is_drawn_once_it_has_its_effect_and_not_where_it_was_taken_back() -> None:
    kept, undone = flags(2)
    officer = factories.person()
    decide(kept, officer)
    decision = decide(undone, officer).decisions[0]
    assert quality.draw(now=NOW + timedelta(seconds=9)).second == 0
    triage.undo(decision_id=decision.pk, decision_key=uuid.uuid4(), by=officer, now=NOW + timedelta(seconds=9))
    assert quality.draw(now=EFFECTIVE).second == 1
    (draw,) = drawn()
    assert draw.decision is not None
    assert (draw.flag, draw.decision.outcome, draw.office, draw.day, draw.at) == (
        kept,
        "confirmed",
        kept.office,
        date(2026, 11, 23),
        EFFECTIVE,
    )


@database
@pytest.mark.usefixtures("every")
def test_the_same_ad_many_times_is_looked_at_once() -> None:
    row = copies(4)
    decide(row[0], factories.person())
    assert quality.draw(now=EFFECTIVE).second == 1


# --- parked flags that are drawn ----------------------------------------------------------------------


@database
def test_of_each_office_and_day_one_parked_row_at_least_and_no_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "LOW_MOST", 3)
    few, many = parked(2, "bp3mi-jabar"), parked(30, "bp3mi-ntb")
    monkeypatch.setattr(quality, "LOW_SHARE", 0.05)
    assert quality.draw(now=TOMORROW).low == 1 + 2
    assert {draw.flag in few for draw in drawn("low")} == {True, False}
    assert sum(draw.flag in many for draw in drawn("low")) == 2
    assert {draw.day for draw in drawn("low")} == {date(2026, 11, 23)}
    assert quality.draw(now=TOMORROW).low == 0


@database
@pytest.mark.usefixtures("every")
def test_no_more_than_people_can_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "LOW_MOST", 3)
    parked(8)
    assert quality.draw(now=TOMORROW).low == 3


@database
@pytest.mark.usefixtures("every")
def test_a_day_is_drawn_when_it_is_over_in_jakarta() -> None:
    (flag,) = parked(1)
    assert quality.draw(now=MIDNIGHT + timedelta(minutes=59)).low == 0
    assert quality.draw(now=MIDNIGHT + timedelta(minutes=61)).low == 1
    assert [(draw.flag, draw.day) for draw in drawn("low")] == [(flag, date(2026, 11, 23))]


@database
@pytest.mark.usefixtures("every")
def test_missed_days_are_made_up_for_a_week() -> None:
    assert quality.draw(now=MIDNIGHT - timedelta(days=10)).low == 0  # then the sweeper stands still
    (too_late,) = parked(1, raised_at=NOW - timedelta(days=7))
    (missed,) = parked(1, raised_at=NOW - timedelta(days=6))
    (flag,) = parked(1)
    assert quality.draw(now=MIDNIGHT + timedelta(hours=2)).low == 2
    assert [draw.flag for draw in drawn("low")] == [missed, flag]
    assert too_late not in {draw.flag for draw in drawn("low")}


@database
def test_a_day_is_drawn_once_whatever_becomes_of_what_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "LOW_MOST", 1)
    parked(3)
    assert quality.draw(now=TOMORROW).low == 1
    decide(drawn("low")[0].flag, factories.person(), now=TOMORROW)
    assert quality.draw(now=TOMORROW + timedelta(hours=1)).low == 0


@database
@pytest.mark.usefixtures("every")
def test_decisions_are_looked_at_until_they_have_settled_and_so_many_a_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision with a smaller id may still be on its way; one that does not hold yet is not passed."""
    monkeypatch.setattr(quality, "WINDOW", 2)
    first, second, third = (decide(flag, factories.person()).decisions[0] for flag in flags(3))

    def reached() -> int:
        return models.Reached.objects.values_list("row", flat=True).get(name="second")

    settled = first.effective_at + SETTLED
    assert (quality.draw(now=first.effective_at).second, reached()) == (2, first.pk - 1)
    assert (quality.draw(now=settled - timedelta(microseconds=1)).second, reached()) == (0, first.pk - 1)
    assert (quality.draw(now=settled).second, reached()) == (0, second.pk)
    assert (quality.draw(now=settled).second, reached()) == (1, third.pk)


@database
@pytest.mark.usefixtures("every")
def test_what_was_drawn_waits_for_its_office_until_it_is_decided_and_counts_what_the_levels_miss() -> None:
    first, second, third = parked(3)
    quality.draw(now=TOMORROW)
    officer, supervisor = factories.person(), factories.person("supervisor")
    assert {draw.flag for draw in quality.samples(officer)} == {first, second, third}
    assert list(quality.samples(factories.person("officer", "bp3mi-ntb"))) == []
    for flag, outcome, reason in ((first, "dismissed", "lawful"), (second, "confirmed", "fraud")):
        flag.refresh_from_db()
        decide(flag, officer, outcome, reason, now=TOMORROW)
    assert {draw.flag for draw in quality.samples(officer)} == {third}
    assert quality.quality(supervisor, now=TOMORROW).low_confirmed == Share(1, 2)


# --- the second look ---------------------------------------------------------------------------------


@database
@pytest.mark.usefixtures("every")
def test_who_decided_is_not_asked_and_everybody_else_of_the_office_and_the_directorate_is() -> None:
    first = factories.person()
    draw = a_draw(first)
    assert list(quality.to_review(first)) == []
    for person in (factories.person(), factories.person("supervisor"), factories.person("analyst")):
        assert list(quality.to_review(person)) == [draw]
    for person in (factories.person("officer", "bp3mi-ntb"), factories.person("registrar"), factories.person("administrator")):
        assert list(quality.to_review(person)) == []
        with pytest.raises(PermissionDenied):
            look(draw, person)
    with pytest.raises(PermissionDenied):
        look(draw, first)


@database
@pytest.mark.usefixtures("every")
def test_a_second_look_is_kept_and_changes_nothing_by_itself() -> None:
    draw, second = a_draw(factories.person()), factories.person()
    look(draw, second, "dismissed", "lawful", note=" SIP ada ")
    said = models.Review.objects.get()
    assert (said.draw, said.step, said.outcome, said.reason, said.note, said.by, said.at) == (
        draw,
        "second",
        "dismissed",
        "lawful",
        "SIP ada",
        second,
        EFFECTIVE,
    )
    assert draw.flag.__class__.objects.get(pk=draw.flag_id).state == "confirmed"
    assert models.AuditEntry.objects.latest("seq").verb == "review.second"
    assert list(quality.to_review(second)) == []
    with pytest.raises(triage.StaleError) as refused:
        look(draw, factories.person())
    assert (refused.value.who, refused.value.at) == (second, EFFECTIVE)


@database
@pytest.mark.usefixtures("every")
@pytest.mark.parametrize(("outcome", "reason"), [("confirmed", "lawful"), ("reversed", "undone"), ("dismissed", "other"), ("", "")])
def test_a_second_look_without_a_reason_is_none(outcome: str, reason: str) -> None:
    draw = a_draw(factories.person())
    with pytest.raises(triage.ReasonMissingError):
        look(draw, factories.person(), outcome, reason)
    assert models.Review.objects.count() == 0


@database
@pytest.mark.usefixtures("every")
def test_a_decision_taken_back_since_is_not_asked_about() -> None:
    first = factories.person()
    draw = a_draw(first)
    assert draw.decision_id is not None
    triage.reverse(decision_id=draw.decision_id, reason_note="salah", decision_key=uuid.uuid4(), by=first, now=EFFECTIVE)
    assert list(quality.to_review(factories.person())) == []


# --- the third -----------------------------------------------------------------------------------------


def differing() -> tuple[models.Draw, models.Person, models.Person]:
    """A confirmed flag whose second would have dismissed it; with both people."""
    first, second = factories.person(), factories.person()
    draw = a_draw(first)
    look(draw, second, "dismissed", "lawful")
    return draw, first, second


@database
@pytest.mark.usefixtures("every")
def test_only_a_third_person_who_supervises_settles_it() -> None:
    first, second = factories.person("supervisor"), factories.person("supervisor")
    draw = a_draw(first)
    third = factories.person("supervisor")
    for code, person in (("review.open", third),):
        with pytest.raises(RefusedError) as refused:
            settle(draw, person)
        assert refused.value.code == code
    look(draw, second, "dismissed", "lawful")
    assert list(quality.to_settle(third)) == [draw]
    for person in (first, second, factories.person("officer"), factories.person("supervisor", "bp3mi-ntb")):
        assert list(quality.to_settle(person)) == []
        with pytest.raises(PermissionDenied):
            settle(draw, person)
    with pytest.raises(RefusedError, match=r"^review\.note note$"):
        settle(draw, third, note=" ")
    assert settle(draw, third).review.by == third
    assert list(quality.to_settle(third)) == []
    with pytest.raises(triage.StaleError):
        settle(draw, factories.person("supervisor"))


@database
@pytest.mark.usefixtures("every")
def test_where_two_agree_there_is_nothing_to_settle() -> None:
    draw, supervisor = a_draw(factories.person()), factories.person("supervisor")
    look(draw, factories.person())
    assert list(quality.to_settle(supervisor)) == []
    with pytest.raises(RefusedError) as refused:
        settle(draw, supervisor)
    assert refused.value.code == "review.agreed"


@database
@pytest.mark.usefixtures("every")
def test_the_third_agrees_with_the_first_and_the_decision_stands() -> None:
    draw, _first, _second = differing()
    done = settle(draw, factories.person("supervisor"))
    assert (done.changed, done.why, models.Decision.objects.count()) == (False, "", 1)


@database
@pytest.mark.usefixtures("every")
def test_the_third_agrees_with_the_second_and_it_is_decided_anew_in_the_open() -> None:
    draw, first, _second = differing()
    third = factories.person("supervisor")
    done = settle(draw, third, "dismissed", "lawful", note="SIP memang ada")
    assert (done.changed, done.why) == (True, "")
    draw.flag.refresh_from_db()
    assert draw.flag.state == "dismissed"
    assert list(models.Decision.objects.order_by("id").values_list("outcome", "by", "note")) == [
        ("confirmed", first.pk, ""),
        ("reversed", third.pk, "SIP memang ada"),
        ("dismissed", third.pk, "SIP memang ada"),
    ]
    notice = models.Notice.objects.get()
    assert (notice.kind, notice.person, notice.note) == ("reversed", first, "SIP memang ada")
    assert audit.verify() is None


@database
@pytest.mark.usefixtures("every")
def test_a_decision_a_case_stands_on_is_settled_on_paper_only() -> None:
    draw, first, _second = differing()
    cases.open_case(flag_ids=[draw.flag_id], title="Calo", by=first, now=EFFECTIVE)
    done = settle(draw, factories.person("supervisor"), "dismissed", "lawful")
    assert (done.changed, done.why, done.review.outcome) == (False, "in_case", "dismissed")
    draw.flag.refresh_from_db()
    assert (draw.flag.state, models.Decision.objects.count()) == ("confirmed", 1)


@database
@pytest.mark.usefixtures("every")
def test_while_somebody_works_on_a_copy_it_is_settled_on_paper_only() -> None:
    first, holder = factories.person(), factories.person()
    (flag,) = copies(1)
    decide(flag, first)
    quality.draw(now=EFFECTIVE)
    (draw,) = drawn()
    look(draw, factories.person(), "dismissed", "lawful")
    (copy,) = copies(1)  # came since
    triage.take(copy.pk, by=holder, now=EFFECTIVE)
    done = settle(draw, factories.person("supervisor"), "dismissed", "lawful")
    assert (done.changed, done.why, done.review.outcome) == (False, "held", "dismissed")
    flag.refresh_from_db()
    copy.refresh_from_db()
    assert (flag.state, copy.state, copy.lease_person, models.Decision.objects.count()) == ("confirmed", "waiting", holder, 1)


@database
@pytest.mark.usefixtures("every")
def test_what_was_decided_anew_since_is_settled_on_paper_only() -> None:
    draw, first, _second = differing()
    assert draw.decision_id is not None
    back = triage.reverse(decision_id=draw.decision_id, reason_note="salah", decision_key=uuid.uuid4(), by=first, now=EFFECTIVE)
    decide(back.flag, first, "dismissed", "lawful", now=EFFECTIVE)
    done = settle(draw, factories.person("supervisor"), "victim", "asks")
    assert (done.changed, done.why, done.review.outcome) == (False, "moved", "victim")
    draw.flag.refresh_from_db()
    assert (draw.flag.state, models.Decision.objects.count()) == ("dismissed", 3)


@database
@pytest.mark.usefixtures("every")
def test_one_draw_is_settled_and_another_waits_on() -> None:
    (draw, _first, _second), (other, *_) = differing(), differing()
    third = factories.person("supervisor")
    settle(draw, third, "dismissed", "lawful")
    assert (list(quality.to_settle(third)), list(quality.to_review(third))) == ([other], [])
    other.flag.refresh_from_db()
    assert (other.flag.state, list(other.reviews.values_list("step", flat=True))) == ("confirmed", ["second"])


# --- how far they agree -------------------------------------------------------------------------------


@database
@pytest.mark.usefixtures("every")
def test_agreement_by_office_and_week_with_and_without_the_level(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr(chance, "hidden_by_id", lambda key: key % 2 == 0)
    officer, second, supervisor = factories.person(), factories.person(), factories.person("supervisor")
    other = factories.person("supervisor", "bp3mi-ntb")
    later = EFFECTIVE + timedelta(days=7)
    hidden = {True: 0, False: 0}
    for place in range(6):
        draw = a_draw(officer, *(("confirmed", "fraud"), ("dismissed", "lawful"))[place % 2])
        hidden[draw.flag_id % 2 == 0] += 1
        look(draw, second, "confirmed", "fraud", now=EFFECTIVE if place < 4 else later)
    with django_assert_num_queries(3):
        found = quality.quality(supervisor, now=later)
    assert [(row.office.code, row.year, row.week, row.agreement.same) for row in found.weeks] == [
        ("bp3mi-jabar", 2026, 49, Share(1, 2)),
        ("bp3mi-jabar", 2026, 48, Share(2, 4)),
    ]
    assert found.whole.same == Share(3, 6)
    assert (found.level_hidden.same.of, found.level_shown.same.of) == (hidden[True], hidden[False])
    assert quality.quality(other, now=later).weeks == ()
    assert quality.quality(supervisor, now=later + timedelta(weeks=quality.WEEKS)).weeks == ()


@database
@pytest.mark.usefixtures("every")
def test_eight_weeks_are_told_each_from_its_monday_on() -> None:
    """However late in the week somebody looks: the first of them is whole."""
    monday = MIDNIGHT - timedelta(days=1)  # of the week of NOW
    officer, second, supervisor = factories.person(), factories.person(), factories.person("supervisor")
    for at in (monday - timedelta(seconds=1), monday):
        look(a_draw(officer), second, now=at)
    (flag,) = parked(1)
    quality.draw(now=TOMORROW)
    flag.refresh_from_db()
    decide(flag, officer, now=TOMORROW)
    over = monday + timedelta(weeks=8)

    def told(now: datetime) -> tuple[list[tuple[int, int, int]], int, int]:
        found = quality.quality(supervisor, now=now)
        return [(row.year, row.week, row.agreement.same.of) for row in found.weeks], found.whole.same.of, found.low_confirmed.of

    assert told(over - timedelta(weeks=1, seconds=1)) == ([(2026, 48, 1), (2026, 47, 1)], 2, 1)
    assert told(over - timedelta(weeks=1)) == ([(2026, 48, 1)], 1, 1)
    assert told(over - timedelta(seconds=1)) == ([(2026, 48, 1)], 1, 1)
    assert told(over) == ([], 0, 0)


# --- in the same moment ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("committed", "every")
def test_two_look_at_once_and_one_of_them_is_the_second() -> None:
    draw = a_draw(factories.person())
    one, other = factories.person(), factories.person()
    lock = "LOCK TABLE patrol_review IN SHARE ROW EXCLUSIVE MODE"
    won, lost = races.race(lock, lambda: look(draw, one), lambda: look(draw, other, "dismissed", "lawful"))
    assert sorted([type(won).__name__, type(lost).__name__]) == ["Review", "StaleError"]
    assert models.Review.objects.count() == 1


@pytest.mark.usefixtures("committed", "every")
def test_two_sweeps_at_once_draw_everything_once() -> None:
    decide(flags(1)[0], factories.person())
    lock = "LOCK TABLE patrol_draw IN SHARE ROW EXCLUSIVE MODE"
    made = races.race(lock, *[lambda: quality.draw(now=EFFECTIVE)] * 2)
    assert sorted(one.second for one in made) == [0, 1]
