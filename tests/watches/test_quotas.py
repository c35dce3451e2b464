"""How many own watches an office may have, and that two at once do not take the last place twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from patrol import models, watches
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from patrol.watches import proposing, quotas
from tests import factories, races
from tests.factories import NOW


def wanted(query: str, office: models.Office | None = None, **given: Any) -> watches.Wanted:
    fields: dict[str, Any] = {"name": query, "query": query, "office_id": (office or factories.office()).pk, "every_seconds": 900}
    return watches.Wanted(**(fields | given))


def add(query: str, by: models.Person, **given: Any) -> models.Watch:
    return watches.add(platform="telegram", wanted=wanted(query, **given), by=by, now=NOW)


def quota(code: str = "bp3mi-jabar") -> tuple[int, int]:
    office = factories.office(code)
    found = quotas.of([office])[office.pk]
    return found.used, found.most


@pytest.mark.django_db
def test_an_office_has_ten_until_the_directorate_says_otherwise() -> None:
    supervisor, analyst, office = factories.person("supervisor"), factories.person("analyst"), factories.office()
    assert (quota(), quota("directorate")) == ((0, 10), (0, 0))
    factories.watch()  # the directorate's, whose posts go to this office
    assert add("saluran_satu", supervisor).by_office is True
    assert quota() == (1, 10)
    made = quotas.set_most(office_id=office.pk, most=1, by=analyst, now=NOW)
    assert (made.most, made.by, made.at, quota()) == (1, analyst, NOW, (1, 1))
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.before, entry.after) == ("watch.quota", {"own_watches": 10}, {"own_watches": 1})
    with pytest.raises(RefusedError, match="quota_full"):
        add("saluran_dua", supervisor)
    assert add("saluran_dua", analyst).by_office is False  # the directorate's own is not counted
    assert quota() == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "role"), [(-1, "analyst"), (quotas.HIGHEST + 1, "analyst"), (5, "supervisor"), (5, "officer")])
def test_who_may_not_or_says_no_number_sets_nothing(most: int, role: str) -> None:
    with pytest.raises((RefusedError, PermissionDenied)):
        quotas.set_most(office_id=factories.office().pk, most=most, by=factories.person(role), now=NOW)
    assert (models.WatchQuota.objects.count(), models.AuditEntry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_is_paused_makes_room_and_counts_again_when_it_is_resumed() -> None:
    supervisor, analyst = factories.person("supervisor"), factories.person("analyst")
    quotas.set_most(office_id=factories.office().pk, most=1, by=analyst, now=NOW)
    first = add("saluran_satu", supervisor)
    watches.pause(watch_id=first.pk, by=supervisor, now=NOW)
    add("saluran_dua", supervisor)
    with pytest.raises(RefusedError, match="quota_full"):
        watches.resume(watch_id=first.pk, by=supervisor, now=NOW)
    first.refresh_from_db()
    assert (first.state, quota()) == ("paused", (1, 1))
    assert watches.resume(watch_id=first.pk, by=analyst, now=NOW).state == "active"  # beyond it: the directorate
    assert quota() == (2, 1)


@pytest.mark.django_db
def test_only_what_begins_to_count_asks_for_room() -> None:
    supervisor, analyst, office = factories.person("supervisor"), factories.person("analyst"), factories.office()
    paused, stopped = (factories.watch(by_office=True, state=state) for state in ("paused", "stopped"))
    quotas.set_most(office_id=office.pk, most=1, by=analyst, now=NOW)
    assert quota() == (1, 1)
    with pytest.raises(states.MoveRefusedError):  # a stale page: not that the quota is full
        watches.pause(watch_id=paused.pk, by=supervisor, now=NOW)
    assert watches.resume(watch_id=stopped.pk, by=supervisor, now=NOW).state == "active"
    assert quota() == (1, 1)


def test_two_paused_ones_resumed_at_once_take_the_last_place_once(committed: None) -> None:
    office, supervisor = factories.office(), factories.person("supervisor")
    first, second = (factories.watch(by_office=True, state="paused") for _ in range(2))
    quotas.set_most(office_id=office.pk, most=1, by=factories.person("analyst"), now=NOW)
    lock = f"SELECT 1 FROM patrol_office WHERE id = {office.pk} FOR UPDATE"
    came = races.race(lock, *(lambda pk=one.pk: watches.resume(watch_id=pk, by=supervisor, now=NOW) for one in (first, second)))
    assert sorted(type(one).__name__ for one in came) == ["RefusedError", "Watch"]
    assert quota() == (1, 1)


def test_the_last_place_is_taken_once(committed: None) -> None:
    office, first, second = factories.office(), factories.person("supervisor"), factories.person("supervisor")
    quotas.set_most(office_id=office.pk, most=1, by=factories.person("analyst"), now=NOW)
    lock = f"SELECT 1 FROM patrol_office WHERE id = {office.pk} FOR UPDATE"
    came = races.race(lock, lambda: add("saluran_satu", first), lambda: add("saluran_dua", second))
    assert sorted(type(one).__name__ for one in came) == ["RefusedError", "Watch"]
    assert quota() == (1, 1)


def beside(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """The second begins when the first is done and not committed."""

    def run() -> None:
        try:
            second()
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        races.until_it_waits_or_ends(other)
    other.join(races.PATIENCE)


def propose(by: models.Person) -> models.WatchProposal:
    why = "Tiga aduan menyebut saluran ini."
    return proposing.propose(platform="telegram", kind="", wanted=wanted("saluran_usul", by.office), why=why, by=by, now=NOW)


def passed_on() -> list[int | None]:
    return list(models.Notice.objects.filter(kind="watch_passed_on").order_by("id").values_list("person", flat=True))


def test_two_that_use_up_the_quota_together_pass_on_what_waits(committed: None) -> None:
    officer, _supervisor, analyst, colleague = (factories.person(role) for role in ("officer", "supervisor", "analyst", "analyst"))
    paused = [factories.watch(by_office=True, state="paused") for _ in range(2)]
    quotas.set_most(office_id=officer.office_id, most=2, by=analyst, now=NOW)
    propose(officer)
    beside(*(lambda pk=one.pk: watches.resume(watch_id=pk, by=analyst, now=NOW) for one in paused))
    assert (quota(), passed_on()) == ((2, 2), [officer.pk, colleague.pk])


def test_what_is_proposed_while_the_last_place_is_taken_passes_on(committed: None) -> None:
    officer, _supervisor, analyst, colleague = (factories.person(role) for role in ("officer", "supervisor", "analyst", "analyst"))
    paused = factories.watch(by_office=True, state="paused")
    quotas.set_most(office_id=officer.office_id, most=1, by=analyst, now=NOW)
    beside(lambda: propose(officer), lambda: watches.resume(watch_id=paused.pk, by=analyst, now=NOW))
    assert (quota(), passed_on()) == ((1, 1), [officer.pk, colleague.pk])
