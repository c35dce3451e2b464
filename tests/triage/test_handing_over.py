"""To another office, with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from patrol import models, triage
from patrol.access import audit
from tests import factories
from tests.factories import NOW
from tests.triage.acts import LATER, decide, flags

database = pytest.mark.django_db


def hand_over(flag: models.Flag, code: str, by: models.Person, note: str = "tempat rekrut di sana", now: datetime = NOW) -> models.Flag:
    office = factories.office(code).pk
    return triage.hand_over(flag_id=flag.pk, office_id=office, note=note, seen_version=flag.version, by=by, now=now)


@database
def test_a_flag_goes_to_another_office_with_a_reason_and_leaves_an_event() -> None:
    (flag,) = flags(1)
    jabar = flag.office_id
    person = factories.person()
    triage.take(flag.pk, by=person, now=NOW)
    moved = hand_over(flag, "bp3mi-ntb", person)
    ntb = factories.office("bp3mi-ntb").pk
    assert (moved.office_id, moved.state, moved.version, moved.lease_person) == (ntb, "waiting", flag.version + 1, None)
    event = models.FlagEvent.objects.get(kind="handed_over")
    assert (event.by, event.before, event.after) == (person, {"office": jabar}, {"office": ntb, "note": "tempat rekrut di sana"})
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.before, entry.after) == ("flag.handed_over", {"office": jabar}, {"office": ntb, "flags": [flag.number]})
    assert triage.queue(person).rows == ()
    with pytest.raises(PermissionDenied):
        decide(moved, person)


@database
def test_handing_over_wants_a_reason_the_right_and_an_undecided_flag() -> None:
    (flag,) = flags(1)
    person = factories.person()
    with pytest.raises(triage.ReasonMissingError):
        hand_over(flag, "bp3mi-ntb", person, note=" ")
    for stranger in (factories.person("officer", "bp3mi-ntb"), factories.person("administrator")):
        with pytest.raises(PermissionDenied):
            hand_over(flag, "bp3mi-ntb", stranger)
    models.Office.objects.filter(code="bp3mi-bali").update(active=False)
    with pytest.raises(models.Office.DoesNotExist):
        hand_over(flag, "bp3mi-bali", person)
    decide(flag, person)
    with pytest.raises(triage.StaleError) as refused:
        hand_over(flag, "bp3mi-ntb", person)
    assert (refused.value.who, refused.value.state) == (person, "confirmed")


@database
def test_what_was_put_off_waits_at_once_in_the_other_office() -> None:
    (flag,) = flags(1)
    person, there = factories.person(), factories.person("officer", "bp3mi-ntb")
    clock = timezone.now()
    put_off = triage.snooze(
        flag_id=flag.pk, until=clock + timedelta(days=9), note="tunggu", seen_version=flag.version, by=person, now=clock
    )
    assert triage.queue(person).rows == ()
    hand_over(put_off, "bp3mi-ntb", person)
    assert [row.flag for row in triage.queue(there).rows] == [flag]


@database
def test_nobody_hands_over_or_puts_off_what_they_did_not_see() -> None:
    flag, other = flags(2)
    person = factories.person()
    models.Flag.objects.filter(pk=flag.pk).update(version=flag.version + 1)
    with pytest.raises(triage.StaleError):
        hand_over(flag, "bp3mi-ntb", person)
    with pytest.raises(triage.StaleError):
        triage.snooze(flag_id=flag.pk, until=NOW + timedelta(days=1), note="tunggu", seen_version=flag.version, by=person, now=NOW)
    found = {row.flag: row.flag.version for row in triage.queue(person).rows}
    assert found == {flag: flag.version + 1, other: other.version}
    assert models.FlagEvent.objects.exclude(kind="raised").count() == 0


@database
def test_the_directorate_hands_over_too() -> None:
    (flag,) = flags(1)
    assert hand_over(flag, "bp3mi-ntb", factories.person("analyst")).office.code == "bp3mi-ntb"


@database
def test_whoever_decides_too_late_is_told_who_handed_it_over() -> None:
    (flag,) = flags(1)
    giver = factories.person("analyst")
    hand_over(flag, "bp3mi-ntb", giver)
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, factories.person("analyst"), now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (giver, NOW, "waiting")
    assert audit.verify() is None
