"""What a merged case asked of others stays in it and goes on while the case it went into is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import cases, models
from patrol.admin.officer import cases as pages
from patrol.cases import coming_back, homes, referrals
from patrol.models import Role
from tests import factories, races
from tests.cases import asked, objected, test_coming_back
from tests.cases.test_merging import LATER, flags, merge, refused, row, unmerge
from tests.factories import NOW

database = pytest.mark.django_db
NTB = "bp3mi-ntb"


def to_directorate(case: models.Case, analyst: models.Person) -> models.Case:
    case.refresh_from_db()
    case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=case.opened_by, now=NOW)
    return cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=NOW)


@pytest.fixture
def analyst(db: None) -> models.Person:
    return factories.person(Role.ANALYST)


@pytest.fixture
def far() -> models.Person:
    return factories.person(code=NTB)


@pytest.fixture
def pair(analyst: models.Person, far: models.Person) -> tuple[models.Case, models.Case]:
    """A case of one office that is referred, by the office and by the directorate, and one of another in analysis."""
    case, other = asked.case_of(by=factories.person()), asked.case_of(1, NTB, by=far)
    case, other = to_directorate(case, analyst), to_directorate(other, analyst)
    asked.sent(case, case.opened_by)
    asked.sent(case, analyst, "aduan_nomor")
    case.refresh_from_db()
    assert (case.state, case.with_directorate, other.state) == ("referred", True, "in_analysis")
    return case, other


def step(verb: Callable[..., Any], made: models.Referral, by: models.Person, **given: Any) -> models.Referral:
    seen = models.Referral.objects.get(pk=made.pk).version
    return verb(referral_id=made.pk, seen_version=seen, by=by, now=LATER, **given)  # type: ignore[no-any-return]


def close(case: models.Case, by: models.Person) -> models.Case:
    seen = models.Case.objects.get(pk=case.pk).version
    return cases.close(case_id=case.pk, outcome="acted_upon", note="x", seen_version=seen, by=by, now=LATER)


@database
def test_a_referred_case_takes_in_one_of_another_office_and_keeps_its_referrals(
    pair: tuple[models.Case, models.Case], analyst: models.Person
) -> None:
    case, other = pair
    held = list(case.referrals.values())
    clock = (row(case)["due_at"], list(case.turns.values("step", "began_at", "ended_at")))
    merge(other, case, analyst)
    case.refresh_from_db()
    assert (case.state, len(flags(case)), list(case.referrals.values())) == ("referred", 2, held)
    assert (row(case)["due_at"], list(case.turns.values("step", "began_at", "ended_at"))) == clock
    unmerge(other, analyst)
    assert (models.Case.objects.get(pk=other.pk).state, len(flags(case)), list(case.referrals.values())) == ("in_analysis", 1, held)


@database
def test_a_referred_case_is_merged_and_its_referrals_go_on_in_it(
    pair: tuple[models.Case, models.Case], analyst: models.Person, far: models.Person
) -> None:
    case, other = pair
    before, officer = row(case), case.opened_by
    (made, *_more) = case.referrals.order_by("id")
    merge(case, other, analyst)
    assert homes.tree(other.pk) == [case.pk, other.pk]
    assert (homes.of(models.Case.objects.get(pk=case.pk)), homes.way(case.pk)) == (other, [case.pk, other.pk])
    with pytest.raises(PermissionDenied):
        step(referrals.received, made, far, their_number="1", note="")
    step(referrals.received, made, officer, their_number="TKT", note="")
    assert refused(lambda: close(other, analyst)) == ("case.referral_hangs", "")
    answered = asked.answer(models.Referral.objects.get(pk=made.pk), officer, "acted_upon")
    for one in case.referrals.exclude(pk=made.pk):
        asked.answer(one, analyst, "refused")
    again = step(referrals.new_round, answered, officer, note="Tayang lagi.")
    assert (again.case_id, again.state) == (case.pk, "draft")
    step(referrals.withdraw, again, officer, note="Sudah turun.")
    unmerge(case, analyst)
    came = row(case)
    assert came | {"version": 0, "told": 0} == before | {"version": 0, "told": 0}
    merge(case, other, analyst)
    close(other, analyst)
    assert refused(lambda: step(referrals.received, made, officer, their_number="2", note="")) == ("referral.case_closed", "")


@database
def test_what_it_sends_makes_the_other_one_referred_until_the_merger_is_taken_back(analyst: models.Person, far: models.Person) -> None:
    case, other = asked.case_of(by=factories.person()), asked.case_of(1, NTB, by=far)
    case, other = to_directorate(case, analyst), to_directorate(other, analyst)
    made = asked.approved(case, case.opened_by)
    merge(case, other, analyst)
    asked.mark_sent(models.Referral.objects.get(pk=made.pk), case.opened_by)
    other.refresh_from_db()
    assert (other.state, other.responsible, other.due_at) == ("referred", analyst, None)
    assert list(other.events.values_list("kind", "note"))[-1] == ("referred", made.number)
    unmerge(case, analyst)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, other.state, other.responsible) == ("referred", "in_analysis", analyst)
    assert other.turns.filter(ended_at=None).values_list("step", flat=True).get() == "in_analysis"


@database
def test_what_is_asked_anew_is_written_in_the_other_one(pair: tuple[models.Case, models.Case], analyst: models.Person) -> None:
    case, other = pair
    merge(case, other, analyst)
    made = asked.draft(other, analyst)
    assert (made.case, made.items.count()) == (other, 2)
    marks = list(made.items.values_list("mark", flat=True))
    assert refused(lambda: asked.draft(case, analyst, marks=marks)) == ("referral.case_merged", "")


@database
def test_what_came_back_is_told_in_the_other_one_and_opens_it_again_at_the_directorate(
    pair: tuple[models.Case, models.Case], analyst: models.Person
) -> None:
    case, other = pair
    officer = case.opened_by
    made = case.referrals.order_by("id")[0]
    for one in case.referrals.order_by("id"):
        asked.answer(one, officer if one == made else analyst, "acted_upon")
    merge(case, other, analyst)
    close(other, analyst)
    flag, first = test_coming_back.newer(), test_coming_back.flag_of(made)
    test_coming_back.marked(flag)
    test_coming_back.marked(first)
    test_coming_back.tied(flag, first)
    asked.copied(flag)
    assert coming_back.tell(now=test_coming_back.SWEPT) == 1
    assert other.events.filter(kind="seen_again").count() == 1
    told = models.ComeBack.objects.get()
    after = coming_back.begin(referral_id=made.pk, ids=[told.pk], by=officer, now=test_coming_back.SWEPT)
    other.refresh_from_db()
    case.refresh_from_db()
    assert (after.case, case.state, other.state, other.responsible) == (case, "closed", "in_analysis", analyst)


@database
def test_what_came_back_of_its_own_leaves_a_case_of_two_offices_at_the_directorate(
    pair: tuple[models.Case, models.Case], analyst: models.Person
) -> None:
    case, other = pair
    officer = case.opened_by
    for one in case.referrals.all():
        asked.answer(one, analyst if one.from_directorate else officer, "acted_upon")
    models.Case.objects.filter(pk=case.pk).update(escalated_by=None, escalated_at=None)  # only an analyst referred it
    merge(other, case, analyst)
    close(case, analyst)
    own = case.referrals.filter(from_directorate=False).get()
    step(referrals.new_round, own, officer, note="Tayang lagi.")
    case.refresh_from_db()
    assert (case.state, case.responsible, case.escalated_by) == ("in_analysis", analyst, officer)


@database
def test_what_is_told_of_a_referral_in_the_other_one_is_read_by_whoever_sees_where_it_stands(
    analyst: models.Person, far: models.Person
) -> None:
    (case, _flags), other = objected.in_case(by=factories.person()), asked.case_of(1, NTB, by=far)
    case, other = to_directorate(case, analyst), to_directorate(other, analyst)
    officer, made = case.opened_by, asked.approved(case, case.opened_by)
    merge(case, other, analyst)
    made = asked.mark_sent(models.Referral.objects.get(pk=made.pk), analyst)
    flag, first = test_coming_back.newer(), test_coming_back.flag_of(made)
    for one in (flag, first):
        test_coming_back.marked(one)
    test_coming_back.tied(flag, first)
    asked.copied(flag)
    swept = test_coming_back.SWEPT
    assert coming_back.tell(now=swept) == 1
    coming_back.deny(referral_id=made.pk, ids=test_coming_back.waits(made), reason="Lain.", by=analyst, now=swept)
    made = asked.answer(models.Referral.objects.get(pk=made.pk), analyst, "acted_upon")
    close(other, analyst)
    step(referrals.new_round, made, analyst, note="Tayang lagi.")
    models.Case.objects.filter(pk=other.pk).update(responsible=far)  # as it could come to be once
    objected.decide(objected.enter(first, officer), objected.supervisor("directorate"))
    assert list(models.Notice.objects.filter(kind="referral_correction").values_list("person", flat=True)) == [analyst.pk]
    home = list(models.Case.objects.get(pk=other.pk).events.exclude(other=None).exclude(kind="merged").order_by("id"))
    kinds = ["referred", "seen_again", "not_again", "came_back", "corrected"]
    assert [(event.kind, event.other) for event in home] == [(kind, case) for kind in kinds]
    assert all(event.note for event in home)
    own = list(case.events.filter(kind__in=kinds, other=None).order_by("id").values_list("kind", "note"))
    assert own == [(event.kind, event.note) for event in home if event.kind != "came_back"]
    for reader, notes in ((far, [""] * 5), (analyst, [event.note for event in home])):
        shown = [pages._event(event, reader) for event in home]
        assert [(event["note"], event["other"]["number"]) for event in shown] == [(note, case.number) for note in notes]


@database
def test_the_database_closes_nothing_over_what_hangs_in_a_merged_case(
    pair: tuple[models.Case, models.Case], analyst: models.Person
) -> None:
    case, other = pair
    merge(case, other, analyst)
    closing = {"state": "closed", "outcome": "refused", "closed_by": analyst, "closed_at": LATER}
    with pytest.raises(IntegrityError, match="a referral hangs"), transaction.atomic():
        models.Case.objects.filter(pk=other.pk).update(**closing)
    unmerge(case, analyst)
    models.Case.objects.filter(pk=other.pk).update(**closing)
    into = closing | {"outcome": "merged", "merged_into": other}
    with pytest.raises(IntegrityError, match="a referral hangs"), transaction.atomic():
        models.Case.objects.filter(pk=case.pk).update(**into)
    for one in case.referrals.order_by("id"):
        asked.answer(one, analyst, "refused")
    models.Case.objects.filter(pk=case.pk).update(**into)
    with pytest.raises(IntegrityError, match="the case is closed"), transaction.atomic():
        case.referrals.update(state="clarification_asked")


@database
def test_the_database_leads_a_merged_case_neither_to_a_closed_one_nor_back_to_itself(
    pair: tuple[models.Case, models.Case], analyst: models.Person
) -> None:
    case, other = pair
    third = to_directorate(asked.case_of(1, NTB, by=other.opened_by), analyst)
    merge(case, other, analyst)
    close(third, analyst)
    found = models.Case.objects.filter(pk=case.pk)
    with pytest.raises(IntegrityError, match="a referral hangs"), transaction.atomic():
        found.update(merged_into=third)
    for one in case.referrals.order_by("id"):
        asked.answer(one, analyst, "refused")
    assert found.update(merged_into=third) == 1  # nothing hangs
    for merged, into in ((case, case), (third, case)):
        with pytest.raises(IntegrityError, match="merged into itself"), transaction.atomic():
            closing = {"state": "closed", "outcome": "merged", "closed_by": analyst, "closed_at": LATER}
            models.Case.objects.filter(pk=merged.pk).update(**closing, merged_into=into)


@pytest.mark.usefixtures("committed")
def test_sent_in_the_moment_its_case_is_merged_whoever_merges_is_told() -> None:
    officer = factories.person()
    case, other = asked.case_of(by=officer), asked.case_of(by=officer)
    made = asked.approved(case, officer)
    sent, merged = races.race(
        "SELECT FROM patrol_case FOR NO KEY UPDATE", lambda: asked.mark_sent(made, officer), lambda: merge(case, other, officer)
    )
    assert (sent.state, type(merged)) == ("sent", cases.StaleError)
    assert [models.Case.objects.get(pk=one.pk).state for one in (case, other)] == ["referred", "opened"]


@pytest.mark.usefixtures("committed")
def test_merged_while_somebody_sends_it_is_sent_from_there() -> None:
    officer = factories.person()
    case, other = asked.case_of(by=officer), asked.case_of(by=officer)
    made = asked.approved(case, officer)
    _merged, sent = races.race(
        "SELECT FROM patrol_case FOR NO KEY UPDATE", lambda: merge(case, other, officer), lambda: asked.mark_sent(made, officer)
    )
    assert (sent.state, models.Case.objects.get(pk=other.pk).state) == ("sent", "referred")
