"""Two people never work on one row: the next free one, leases over copies, renewing, contacts shown to others."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction

from patrol import models, triage
from patrol.access import looks
from patrol.triage import protecting
from tests import factories, races
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db


def let_run_out(flag: models.Flag) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s", [flag.pk])


@database
def test_the_next_one_is_the_first_that_nobody_else_works_on() -> None:
    one, two, three = flags(3)
    person, colleague = factories.person(), factories.person()
    assert triage.take_next(by=person, now=NOW) == one
    assert triage.take_next(by=colleague, now=NOW) == two
    assert triage.take_next(by=person, now=NOW) == one  # still held, still first
    assert triage.take_next(by=person, skip=[one.pk], now=NOW) == three
    assert triage.take_next(by=factories.person(), now=NOW) is None


def held_by(person: models.Person) -> list[int]:
    return list(models.Flag.objects.filter(lease_person=person).order_by("lease_since").values_list("pk", flat=True))


@database
@pytest.mark.parametrize("by_next", [False, True])
def test_a_fourth_post_lets_the_oldest_go(by_next: bool) -> None:
    found = flags(5)
    person, colleague = factories.person(), factories.person()
    theirs = triage.take(found[4].pk, by=colleague, now=NOW)

    def take(flag: models.Flag) -> None:
        if by_next:
            assert triage.take_next(by=person, skip=held_by(person), shows=False, now=NOW) == flag
        else:
            triage.take(flag.pk, by=person, now=NOW)

    for flag in found[:3]:
        take(flag)
    assert held_by(person) == [flag.pk for flag in found[:3]]
    triage.take(found[2].pk, by=person, now=NOW)  # renewed, no fourth
    assert len(held_by(person)) == 3
    take(found[3])
    assert held_by(person) == [flag.pk for flag in found[1:4]]
    free = models.Flag.objects.get(pk=found[0].pk)
    assert (free.lease_person, free.lease_since, free.lease_until) == (None, None, None)
    assert held_by(colleague) == [theirs.pk]
    assert triage.take(found[0].pk, by=colleague, now=NOW).lease_person == colleague


@database
def test_a_lease_that_ran_out_does_not_count_among_the_three() -> None:
    found = flags(4)
    person = factories.person()
    for flag in found[:3]:
        triage.take(flag.pk, by=person, now=NOW)
    let_run_out(found[2])
    triage.take(found[3].pk, by=person, now=NOW)
    assert all(triage.holds(models.Flag.objects.get(pk=flag.pk), person) for flag in (found[0], found[1], found[3]))


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("by_next", [False, True])
def test_two_posts_taken_in_the_same_moment_are_no_fourth_and_fifth(by_next: bool) -> None:
    """The second waits for what the first took, and counts it."""
    found = flags(5)
    person = factories.person()
    for flag in found[:3]:
        triage.take(flag.pk, by=person, now=NOW)

    def second() -> None:
        if by_next:
            assert triage.take_next(by=person, skip=[flag.pk for flag in found[:4]], shows=False, now=NOW) == found[4]
        else:
            triage.take(found[4].pk, by=person, now=NOW, shows=False)
        connections.close_all()

    other = threading.Thread(target=second)
    with transaction.atomic():
        triage.take(found[3].pk, by=person, now=NOW, shows=False)
        other.start()
        races.until_it_waits_or_ends(other)
    other.join(races.PATIENCE)
    assert not other.is_alive()
    assert held_by(person) == [flag.pk for flag in found[2:]]


@database
def test_behind_a_place_and_then_from_the_top() -> None:
    one, two, three = flags(3)
    person = factories.person()
    assert triage.take_next(by=person, after=triage.place_of(one), now=NOW) == two
    assert triage.take_next(by=person, after=triage.place_of(three), now=NOW) == one


@database
def test_what_somebody_asked_about_comes_last_and_not_to_whoever_asked() -> None:
    one, two, three = flags(3)
    person, colleague = factories.person(), factories.person()
    decide(one, person, "needs_information", "agency")
    assert triage.take_next(by=person, now=NOW) == two
    assert triage.take_next(by=person, skip=[two.pk, three.pk], now=NOW) is None
    assert triage.take_next(by=colleague, skip=[three.pk], now=NOW) == one
    triage.release(one.pk, by=colleague, now=NOW)
    asked = triage.Wanted(state="needs_information")
    assert triage.take_next(by=person, wanted=asked, now=NOW) == one
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(state="waiting")).rows] == [two, three]
    assert [row.flag for row in triage.queue(person).rows] == [one, two, three]


@database
def test_what_was_filtered_out_is_not_next() -> None:
    (waiting,) = flags(1)
    person = factories.person()
    assert triage.take_next(by=person, wanted=triage.Wanted(platform="feed"), now=NOW) is None
    assert triage.take_next(by=person, wanted=triage.Wanted(platform="telegram"), now=NOW) == waiting


@pytest.mark.usefixtures("committed")
def test_many_who_ask_at_once_get_a_row_each() -> None:
    flags(6)
    people = [factories.person() for _ in range(8)]
    got: list[int | None] = []
    ready = threading.Barrier(len(people))

    def ask(person: models.Person) -> None:
        ready.wait()
        taken = triage.take_next(by=person, now=NOW)
        got.append(taken.pk if taken else None)
        connections.close_all()

    threads = [threading.Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got.count(None) == 2
    assert len({key for key in got if key}) == 6


@pytest.mark.usefixtures("committed")
def test_nobody_waits_for_a_row_that_somebody_is_busy_with() -> None:
    first, second, third = [*copies(2), flags(1)[0]]
    locked, done = threading.Event(), threading.Event()

    def busy() -> None:
        with transaction.atomic():
            models.Flag.objects.select_for_update().get(pk=second.pk)  # a copy of the first row
            locked.set()
            assert done.wait(30)
        connections.close_all()

    other = threading.Thread(target=busy)
    other.start()
    try:
        assert locked.wait(30)
        assert triage.take_next(by=factories.person(), now=NOW, shows=False) == third
    finally:
        done.set()
        other.join()
    assert triage.take_next(by=factories.person(), now=NOW, shows=False) == first


@database
def test_a_lease_taken_on_the_way_is_the_same_lease_and_is_not_logged() -> None:
    (flag,) = flags(1)
    person, colleague = factories.person(), factories.person()
    assert triage.take_next(by=person, now=NOW, shows=False) == flag
    taken = models.Flag.objects.get(pk=flag.pk)
    assert (taken.lease_person, triage.holds(taken, person)) == (person, True)
    assert triage.take_next(by=person, now=NOW, shows=False) == flag
    assert models.Flag.objects.get(pk=flag.pk).lease_since == taken.lease_since
    assert triage.take_next(by=colleague, now=NOW, shows=False) is None
    let_run_out(flag)
    assert triage.take_next(by=colleague, now=NOW, shows=False) == flag
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()


@database
def test_a_lease_covers_the_copies_of_the_row() -> None:
    first, second, _third = copies(3)
    holder, colleague = factories.person(), factories.person()
    triage.take(first.pk, by=holder, now=NOW)
    with pytest.raises(triage.HeldByOtherError) as refused:
        triage.take(second.pk, by=colleague, now=NOW)
    assert refused.value.person == holder
    assert triage.take(second.pk, by=holder, now=NOW).pk == second.pk
    assert triage.take_next(by=colleague, now=NOW) is None


@database
def test_a_decision_is_refused_while_a_colleague_works_on_the_row() -> None:
    first, second = copies(2)
    holder, colleague = factories.person(), factories.person()
    triage.take(first.pk, by=holder, now=NOW)
    with pytest.raises(triage.HeldByOtherError) as refused:
        decide(second, colleague)
    assert refused.value.person == holder
    assert not models.Decision.objects.exists()
    let_run_out(first)
    assert decide(second, colleague).copies == 2


@database
def test_renewing_lengthens_a_running_lease_and_revives_none() -> None:
    (flag,) = flags(1)
    person, colleague = factories.person(), factories.person()
    assert triage.renew(flag.pk, by=person) is None
    taken = triage.take(flag.pk, by=person, now=NOW)
    renewed = triage.renew(flag.pk, by=person)
    assert renewed is not None
    assert taken.lease_until is not None
    assert renewed > taken.lease_until
    assert triage.renew(flag.pk, by=colleague) is None
    let_run_out(flag)
    assert triage.renew(flag.pk, by=person) is None
    assert models.AuditEntry.objects.filter(verb="contact.shown").count() == 1


def looked(by: models.Person, flag: models.Flag, times: int = 1, purpose: str = "comparison") -> None:
    for _time in range(times):
        triage.show_contact(flag.pk, purpose=purpose, by=by, now=NOW)


@database
@pytest.mark.parametrize(("outcome", "reason"), [("victim", "asks"), ("dismissed", "other"), ("confirmed", "fraud")])
def test_contacts_of_a_decided_flag_are_for_its_office_and_the_directorate(outcome: str, reason: str) -> None:
    own = factories.person()
    [flag] = flags(1)
    decide(flag, own, outcome, reason, note="Minta dipulangkan.")
    for stranger in (factories.person(code="bp3mi-ntb"), factories.person("supervisor", "bp3mi-ntb")):
        with pytest.raises(PermissionDenied):
            looked(stranger, flag)
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()
    for one in (own, factories.person("analyst"), factories.person("supervisor")):
        looked(one, flag)
    assert models.AuditEntry.objects.filter(verb="contact.shown").count() == 3


@database
def test_who_gave_a_victim_to_another_office_sees_the_contacts_no_longer() -> None:
    own, theirs = factories.person(), factories.person(code="bp3mi-ntb")
    [flag] = flags(1)
    decide(flag, own, "victim", "asks", note="Minta dipulangkan.")
    held = models.Protection.objects.get(flag=flag)
    protecting.move_to_office(protection_id=held.pk, office_id=theirs.office_id, note="Asalnya NTB.", seen_version=1, by=own, now=NOW)
    with pytest.raises(PermissionDenied):
        looked(own, flag)
    looked(theirs, flag)
    assert list(models.AuditEntry.objects.filter(verb="contact.shown").values_list("actor_id", flat=True)) == [theirs.pk]


@database
def test_many_looks_of_one_day_are_told_to_the_supervisors_of_the_office_and_work_is_not_counted() -> None:
    by, near, far = (factories.person(), factories.person("supervisor", "bp3mi-jabar"), factories.person("supervisor", "directorate"))
    factories.person("supervisor", "bp3mi-jabar", is_active=False)
    [flag] = flags(1)
    looked(by, flag, looks.MANY, purpose="triage")  # as a lease does
    looked(factories.person(), flag, 1)
    looked(by, flag, looks.MANY - 1)
    assert (looks.today(by, NOW), models.Notice.objects.count()) == (19, 0)
    looked(by, flag)
    assert list(models.Notice.objects.values_list("kind", "person", "by", "note")) == [("many_looks", near.pk, by.pk, "20")]
    looked(by, flag, looks.MANY)
    assert list(models.Notice.objects.order_by("pk").values_list("note", flat=True)) == ["20", "40"]
    assert (looks.today(by, NOW + timedelta(days=1)), looks.today(far, NOW)) == (0, 0)


@database
def test_a_supervisors_own_many_looks_are_told_to_the_directorate() -> None:
    by, far = factories.person("supervisor", "bp3mi-jabar"), factories.person("supervisor", "directorate")
    [flag] = flags(1)
    looked(by, flag, looks.MANY)
    assert list(models.Notice.objects.values_list("person", flat=True)) == [far.pk]


@database
def test_another_office_takes_no_lease_and_sees_contacts_with_a_purpose_that_is_logged() -> None:
    (flag,) = flags(1)
    stranger = factories.person(code="bp3mi-ntb")
    with pytest.raises(PermissionDenied):
        triage.take(flag.pk, by=stranger, now=NOW)
    triage.show_contact(flag.pk, purpose="comparison", by=stranger, now=NOW)
    entry = models.AuditEntry.objects.get(verb="contact.shown")
    assert (entry.actor_id, entry.target_id, entry.after) == (stranger.pk, str(flag.pk), {"purpose": "comparison"})
    with pytest.raises(ValueError, match="curiosity"):
        triage.show_contact(flag.pk, purpose="curiosity", by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        triage.show_contact(flag.pk, purpose="case", by=factories.person("registrar"), now=NOW)
