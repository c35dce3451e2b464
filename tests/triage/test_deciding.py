"""Putting off, marking somebody harmed, handing over a row, and what a case holds fast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patrol import cases, models, triage
from tests import factories
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags, reverse, undo, verbs

database = pytest.mark.django_db


def snooze(
    flag: models.Flag,
    by: models.Person,
    *,
    until: datetime = NOW + timedelta(days=3),
    note: str = "tunggu jawaban P3MI",
    now: datetime = NOW,
) -> models.Flag:
    return triage.snooze(flag_id=flag.pk, until=until, note=note, seen_version=flag.version, by=by, now=now)


@database
def test_what_is_put_off_is_listed_and_taken_back_with_its_copies() -> None:
    first, second = copies(2)
    (other,) = flags(1)
    person = factories.person()
    asleep = triage.Wanted(state="snoozed")
    assert triage.queue(person, wanted=asleep).rows == ()
    clock = timezone.now()
    triage.snooze(flag_id=first.pk, until=clock + timedelta(days=3), note="tunggu", seen_version=first.version, by=person, now=clock)
    assert [(row.flag, row.copies) for row in triage.queue(person, wanted=asleep).rows] == [(first, 2)]
    assert triage.counts(person, asleep).all == triage.counts(person).all == 1
    with pytest.raises(PermissionDenied):
        triage.wake(flag_id=first.pk, by=factories.person("officer", "bp3mi-ntb"), now=clock)
    for _twice in range(2):
        triage.wake(flag_id=second.pk, by=person, now=clock)
    assert triage.queue(person, wanted=asleep).rows == ()
    assert {row.flag for row in triage.queue(person).rows} == {first, other}
    assert list(models.FlagEvent.objects.filter(kind="woken").values_list("flag", flat=True)) == [first.pk, second.pk]
    assert models.AuditEntry.objects.filter(verb="flag.woken").count() == 1


@database
def test_what_is_put_off_comes_back_by_itself() -> None:
    first, _second = copies(2)
    person = factories.person()
    clock = timezone.now()  # the queue looks at the database's, which goes on
    put_off = snooze(first, person, until=clock + timedelta(days=3), now=clock)
    assert (put_off.state, put_off.version) == ("waiting", first.version + 1)
    assert triage.queue(person).rows == ()
    assert triage.counts(person).all == 0
    assert triage.take_next(by=person, now=NOW) is None
    models.Flag.objects.update(snoozed_until=NOW - timedelta(days=400))  # by the database's clock this is over
    assert [row.copies for row in triage.queue(person).rows] == [2]
    assert list(models.FlagEvent.objects.filter(kind="snoozed").values_list("by", flat=True)) == [person.pk, person.pk]


@database
@pytest.mark.parametrize("until", [NOW, NOW - timedelta(seconds=1), NOW + triage.LONGEST_SNOOZE + timedelta(seconds=1)])
def test_nothing_is_put_off_into_the_past_or_out_of_sight(until: datetime) -> None:
    (flag,) = flags(1)
    with pytest.raises(triage.SnoozeError):
        snooze(flag, factories.person(), until=until)
    assert snooze(flag, factories.person(), until=NOW + triage.LONGEST_SNOOZE).snoozed_until


@database
def test_putting_off_wants_a_note_and_an_open_flag_nobody_works_on() -> None:
    (flag,) = flags(1)
    person, colleague = factories.person(), factories.person()
    with pytest.raises(triage.ReasonMissingError):
        snooze(flag, person, note=" ")
    triage.take(flag.pk, by=colleague, now=NOW)
    with pytest.raises(triage.HeldByOtherError):
        snooze(flag, person)
    triage.release(flag.pk, by=colleague, now=NOW)
    decide(flag, person)
    with pytest.raises(triage.StaleError):
        snooze(flag, person)


@database
def test_a_decision_ends_the_putting_off() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decide(snooze(flag, person), person)
    flag.refresh_from_db()
    assert flag.snoozed_until is None


@database
def test_somebody_harmed_leaves_the_suspects_way_for_the_protection_desk() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decided = decide(flag, person, "victim", "asks", note="minta dipulangkan")
    protection = models.Protection.objects.get()
    assert (decided.flag.state, decided.decisions[0].outcome) == ("dismissed", "victim")
    assert (protection.flag, protection.office, protection.by, protection.note, protection.handed_at) == (
        flag,
        flag.office,
        person,
        "minta dipulangkan",
        None,
    )


@database
def test_a_row_is_handed_over_whole_and_the_other_office_is_told() -> None:
    first, second = copies(2)
    person, ntb = factories.person(), factories.office("bp3mi-ntb")
    triage.hand_over(flag_id=second.pk, office_id=ntb.pk, note="perekrutan di sana", seen_version=second.version, by=person, now=NOW)
    assert set(models.Flag.objects.values_list("office", flat=True)) == {ntb.pk}
    notice = models.Notice.objects.get()
    assert (notice.kind, notice.office, notice.person, notice.flag, notice.by, notice.note) == (
        "handed_over",
        ntb,
        None,
        second,
        person,
        "perekrutan di sana",
    )
    assert models.FlagEvent.objects.filter(kind="handed_over", flag__in=[first, second]).count() == 2


@database
def test_what_a_case_stands_on_is_not_taken_back() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decided = decide(flag, person)
    case = cases.open_case(flag_ids=[flag.pk], title="Tawaran tanpa SIP", by=person, now=NOW)
    with pytest.raises(triage.InCaseError) as refused:
        reverse(decided.decisions[0], person)
    assert refused.value.number == case.number
    flag.refresh_from_db()
    assert flag.state == "confirmed"


@database
def test_a_copy_in_a_case_stays_while_the_others_are_taken_back() -> None:
    first, second = copies(2)
    person = factories.person()
    decided = decide(first, person)
    cases.open_case(flag_ids=[second.pk], title="Tawaran tanpa SIP", by=person, now=NOW)
    reverse(next(one for one in decided.decisions if one.flag_id == first.pk), person)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("waiting", "confirmed")


@database
@pytest.mark.parametrize("many", [1, 30, 200])
def test_a_decision_and_its_undoing_cost_the_same_however_many_copies(many: int, django_assert_num_queries: Any) -> None:
    found, person = copies(many), factories.person()
    with django_assert_num_queries(9 + (many > 1)):
        done = decide(found[0], person)
    assert done.copies == many
    assert set(models.Flag.objects.values_list("state", "version", "decided_at")) == {("confirmed", 2, NOW)}
    with django_assert_num_queries(14):
        assert undo(done.decisions[0], person).copies == many
    assert set(models.Flag.objects.values_list("state", "version", "decided_at")) == {("waiting", 3, None)}
    assert verbs() == ["flag.confirmed", "flag.reversed"]


@database
@pytest.mark.parametrize("many", [1, 30])
def test_putting_off_waking_and_handing_over_cost_the_same_however_many_copies(many: int) -> None:
    row, officer = copies(many), factories.person()
    until, flag = NOW + timedelta(days=2), row[0]
    ntb = factories.office("bp3mi-ntb").pk

    def stand(*fields: str) -> set[Any]:
        return set(models.Flag.objects.filter(pk__in=[one.pk for one in row]).values_list(*fields))

    def costs(verb: Callable[..., models.Flag], **given: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            verb(flag_id=flag.pk, by=officer, now=NOW, **given)
        return len(asked)

    assert costs(triage.snooze, until=until, note="nanti", seen_version=1) == 9
    assert stand("snoozed_until", "version") == {(until, 2)}
    assert costs(triage.wake) == 9
    assert stand("snoozed_until", "version") == {(None, 3)}
    assert costs(triage.hand_over, office_id=ntb, note="di sana", seen_version=3) == 11
    assert stand("office", "version", "lease_person") == {(ntb, 4, None)}
    assert models.FlagEvent.objects.filter(kind__in=["snoozed", "woken", "handed_over"]).count() == 3 * many
