"""P4MI below an office: who makes, renames and closes one, who sits there, and what the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from patrol import models, watches
from patrol.access import people, stations
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.watches import proposing
from tests import factories, races
from tests.factories import NOW

database = pytest.mark.django_db
OFFICE, OTHER = "bp3mi-jabar", "bp3mi-ntb"


def make(code: str = OFFICE, name: str = "P4MI Contoh", **given: Any) -> models.Station:
    return models.Station.objects.create(office=factories.office(code), name=name, **given)


def change(station: models.Station, by: models.Person, **given: Any) -> models.Station:
    fields: dict[str, Any] = {"name": station.name, "town": station.town, "active": station.active}
    return stations.change(station_id=station.pk, **(fields | given), by=by, now=NOW)


def move(person: models.Person, by: models.Person, **given: Any) -> models.Person:
    fields: dict[str, Any] = {"name": person.name, "role": person.role, "office_id": person.office_id, "active": person.is_active}
    return people.change(person_id=person.pk, **(fields | given), by=by, now=NOW)


def wanted(by: models.Person, station: models.Station | None, **given: Any) -> watches.Wanted:
    fields: dict[str, Any] = {"name": "Saluran", "query": "saluran_contoh", "office_id": by.office_id, "every_seconds": 900}
    return watches.Wanted(**(fields | {"station_id": station.pk if station else None} | given))


def refused(code: str, place: str, act: Callable[..., Any], *args: Any, **given: Any) -> str:
    """What is said; nothing stands in the log."""
    before = models.AuditEntry.objects.count()
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    assert (error.value.code, error.value.place, models.AuditEntry.objects.count()) == (code, place, before)
    return error.value.said("en")


def last_entry() -> tuple[str, str, Any, Any]:
    entry = models.AuditEntry.objects.latest("seq")
    return entry.verb, entry.target_id, entry.before, entry.after


@database
def test_an_office_s_supervisor_makes_renames_closes_and_opens_one() -> None:
    by = factories.person("supervisor")
    station = stations.add(office_id=by.office_id, name="  P4MI   Contoh ", town=" Cirebon ", by=by, now=NOW)
    assert (station.office, station.name, station.town, station.active) == (by.office, "P4MI Contoh", "Cirebon", True)
    after = {"office": by.office_id, "name": "P4MI Contoh", "town": "Cirebon"}
    assert last_entry() == ("station.added", str(station.pk), {}, after)
    was = {"name": "P4MI Contoh", "town": "Cirebon", "active": True}
    changed = change(station, by, name="P4MI Lain", active=False)
    assert (changed.name, changed.active) == ("P4MI Lain", False)
    assert last_entry() == ("station.changed", str(station.pk), was, {"name": "P4MI Lain", "town": "Cirebon", "active": False})
    assert change(changed, by, active=True).active
    many = models.AuditEntry.objects.count()
    change(changed, by, active=True)
    assert models.AuditEntry.objects.count() == many


@database
def test_an_administrator_does_so_for_any_office() -> None:
    by = factories.person("administrator")
    station = stations.add(office_id=factories.office(OTHER).pk, name="P4MI Contoh", town="", by=by, now=NOW)
    assert change(station, by, name="P4MI Lain").name == "P4MI Lain"


@database
@pytest.mark.parametrize(
    ("role", "code"), [("officer", OFFICE), ("supervisor", OTHER), ("supervisor", "directorate"), ("analyst", ""), ("registrar", "")]
)
def test_nobody_else_does(role: str, code: str) -> None:
    by, station = factories.person(role, code), make()
    person = factories.person("officer", OFFICE)
    for act in (
        lambda: stations.add(office_id=station.office_id, name="P4MI Lain", town="", by=by, now=NOW),
        lambda: change(station, by, name="P4MI Lain"),
        lambda: people.place(person_id=person.pk, station_id=station.pk, by=by, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    person.refresh_from_db()
    assert (models.Station.objects.get().name, person.station, models.AuditEntry.objects.count()) == ("P4MI Contoh", None, 0)


@database
def test_what_none_can_be_is_refused() -> None:
    by = factories.person("administrator")
    station, closed = make(), make(name="P4MI Lama", active=False)

    def add(name: str, code: str = OFFICE) -> models.Station:
        return stations.add(office_id=factories.office(code).pk, name=name, town="", by=by, now=NOW)

    refused("station.name", "name", add, "  ")
    refused("station.office", "office", add, "P4MI Baru", "directorate")
    models.Office.objects.filter(code="bp3mi-bali").update(active=False)
    refused("station.office", "office", add, "P4MI Baru", "bp3mi-bali")
    assert "closed" not in refused("station.name_taken", "name", add, "p4mi contoh")
    assert "open that one again" in refused("station.name_taken", "name", add, "P4MI lama")
    refused("station.name_taken", "name", change, closed, by, name="P4MI CONTOH")
    refused("station.name", "name", change, closed, by, name=" ")
    assert models.Station.objects.count() == 2
    assert add("P4MI Contoh", OTHER).office.code == OTHER  # another office's name
    assert change(station, by, name="P4MI contoh").name == "P4MI contoh"  # its own


@database
def test_one_with_people_or_running_or_proposed_watches_is_not_closed_and_says_how_many() -> None:
    by, station, officer = factories.person("supervisor"), make(), factories.person("officer")
    for person in (factories.person("officer"), factories.person("officer", is_active=False)):
        models.Person.objects.filter(pk=person.pk).update(station=station)
    for state in ("active", "stopped", "paused"):
        factories.watch(station=station, state=state)
    proposing.propose(platform="telegram", kind="", wanted=wanted(officer, station), why="Tiga aduan.", by=officer, now=NOW)
    said = refused("station.not_empty", "active", change, station, by, active=False)
    assert "log in: 1; watches that are not paused: 2; proposed watches: 1." in said
    assert "decided: by the directorate where it needs a credential or the quota is used up." in said
    models.Person.objects.update(station=None)
    models.Watch.objects.filter(state="active").update(state="paused")
    proposing.withdraw(proposal_id=models.WatchProposal.objects.get().pk, by=officer, now=NOW)
    assert "log in: 0; watches that are not paused: 1; proposed watches: 0." in refused(
        "station.not_empty", "active", change, station, by, active=False
    )
    models.Watch.objects.filter(state="stopped").update(station=None)
    assert not change(station, by, active=False).active


@database
def test_a_supervisor_says_where_somebody_of_the_office_sits() -> None:
    by, person = factories.person("supervisor"), factories.person("officer")
    station, closed, other = make(), make(name="P4MI Lama", active=False), make(OTHER)
    sessions = person.sessions

    def place(at: models.Station | None) -> models.Person:
        return people.place(person_id=person.pk, station_id=at.pk if at else None, by=by, now=NOW)

    assert place(station).station == station
    assert last_entry() == ("person.placed", str(person.pk), {"station": None}, {"station": station.pk})
    said = refused("station.other_office", "station", place, other)
    assert said == "P4MI Contoh belongs to BP3MI Nusa Tenggara Barat. Choose a P4MI of the office it is for, or none."
    assert refused("station.closed", "station", place, closed) == "P4MI Lama is closed. Choose another P4MI, or none."
    person.refresh_from_db()
    assert (person.station, person.sessions) == (station, sessions)
    many = models.AuditEntry.objects.count()
    place(station)
    assert models.AuditEntry.objects.count() == many
    assert place(None).station is None


@database
def test_whoever_moves_to_another_office_leaves_the_station() -> None:
    admin, person, station, there = factories.person("administrator"), factories.person("officer"), make(), make(OTHER)
    moved = move(person, admin, station_id=station.pk)
    assert (moved.station, moved.sessions, moved.appointments.count()) == (station, 0, 1)  # no right changed
    told = {"role": "officer", "office": person.office_id, "active": True}
    assert last_entry() == ("person.placed", str(person.pk), {"station": None}, {"station": station.pk})
    changed = models.AuditEntry.objects.order_by("-seq")[1]
    assert (changed.verb, changed.before, changed.after) == ("person.changed", told, told)
    refused("station.other_office", "station", move, moved, admin, office_id=there.office_id, station_id=station.pk)
    moved.refresh_from_db()
    assert (moved.office.code, moved.station) == (OFFICE, station)
    assert move(moved, admin, office_id=there.office_id, station_id=there.pk).station == there
    gone = move(moved, admin, office_id=station.office_id)
    assert (gone.office.code, gone.station, gone.sessions) == (OFFICE, None, 2)


@database
def test_who_is_changed_otherwise_stays_also_at_a_closed_one() -> None:
    admin, station = factories.person("administrator"), make()
    person = factories.person("officer", station=station)
    assert move(person, admin, name="Sari").station == station
    gone = move(person, admin, active=False)
    assert not change(station, admin, active=False).active
    assert (move(gone, admin, name="Sari Contoh").station, last_entry()[0]) == (station, "person.changed")
    refused("station.closed", "station", move, gone, admin, active=True)
    assert move(gone, admin, active=True, station_id=None).station is None


@database
def test_a_new_person_sits_at_one_of_the_office_or_at_none() -> None:
    admin, station = factories.person("administrator"), make()
    new: dict[str, Any] = {"username": "sari.contoh", "name": "Sari", "role": "officer", "by": admin, "now": NOW}
    refused("station.other_office", "station", people.add, **new, office_id=factories.office(OTHER).pk, station_id=station.pk)
    assert not models.Person.objects.filter(username="sari.contoh").exists()
    person = people.add(**new, office_id=station.office_id, station_id=station.pk)
    assert person.station == station
    assert last_entry()[3] == {"username": "sari.contoh", "role": "officer", "office": OFFICE, "station": station.pk}


@database
def test_a_watch_stands_at_one_of_its_office() -> None:
    supervisor, analyst = factories.person("supervisor"), factories.person("analyst")
    station, there, closed = make(), make(OTHER), make(name="P4MI Lama", active=False)

    def add(at: models.Station) -> models.Watch:
        return watches.add(platform="telegram", wanted=wanted(supervisor, at), by=supervisor, now=NOW)

    refused("station.other_office", "station", add, there)
    refused("station.closed", "station", add, closed)
    watch = add(station)
    assert (watch.station, last_entry()[3]["station_id"]) == (station, station.pk)

    def edit(by: models.Person, at: models.Station | None, **given: Any) -> models.Watch:
        return watches.change(watch_id=watch.pk, wanted=wanted(supervisor, at, **given), by=by, now=NOW)

    refused("station.other_office", "station", edit, analyst, station, office_id=there.office_id)
    watch.refresh_from_db()
    assert (watch.office.code, watch.station) == (OFFICE, station)
    assert edit(supervisor, None).station is None
    assert edit(analyst, there, office_id=there.office_id).station == there


@database
def test_a_watch_of_a_closed_one_is_resumed_elsewhere() -> None:
    by = factories.person("supervisor")
    watch = factories.watch(station=make(active=False), state="paused", by_office=True)
    refused("station.closed", "station", watches.resume, watch_id=watch.pk, by=by, now=NOW)
    watch.refresh_from_db()
    assert watch.state == "paused"
    models.Watch.objects.update(station=None)
    assert watches.resume(watch_id=watch.pk, by=by, now=NOW).state == "active"


@database
def test_a_paused_watch_of_a_closed_one_is_changed_and_stays() -> None:
    by, closed = factories.person("analyst"), make(active=False)
    watch = factories.watch(station=closed, state="paused")
    asked = {"office_id": watch.office_id, "query": watch.query}
    changed = watches.change(watch_id=watch.pk, wanted=wanted(by, closed, name="Lain", **asked), by=by, now=NOW)
    assert (changed.name, changed.station) == ("Lain", closed)
    other = make(name="P4MI Lain", active=False)
    refused("station.closed", "station", watches.change, watch_id=watch.pk, wanted=wanted(by, other, **asked), by=by, now=NOW)


@database
def test_a_supervisor_says_of_which_one_a_watch_of_the_directorate_is() -> None:
    by, station, there, closed = factories.person("supervisor"), make(), make(OTHER), make(name="P4MI Lama", active=False)
    watch = factories.watch(station=station)
    asked: dict[str, Any] = {"watch_id": watch.pk, "by": by, "now": NOW}
    assert not watches.may_change(by, watch)
    assert watches.place(**asked, station_id=None).station is None
    assert last_entry() == ("watch.placed", str(watch.pk), {"station_id": station.pk}, {"station_id": None})
    many = models.AuditEntry.objects.count()
    watches.place(**asked, station_id=None)
    refused("station.other_office", "station", watches.place, **asked, station_id=there.pk)
    refused("station.closed", "station", watches.place, **asked, station_id=closed.pk)
    for person in (factories.person("officer"), factories.person("analyst"), factories.person("supervisor", OTHER)):
        with pytest.raises(PermissionDenied):
            watches.place(**asked | {"by": person}, station_id=station.pk)
    watch.refresh_from_db()
    assert (watch.station, models.AuditEntry.objects.count()) == (None, many)


@database
def test_a_proposal_keeps_the_station_and_one_of_before_has_none() -> None:
    officer, supervisor, station, there = factories.person("officer"), factories.person("supervisor"), make(), make(OTHER)

    def propose(at: models.Station, query: str = "saluran_contoh") -> models.WatchProposal:
        asked = wanted(officer, at, query=query)
        return proposing.propose(platform="telegram", kind="", wanted=asked, why="Tiga aduan.", by=officer, now=NOW)

    refused("station.other_office", "station", propose, there)
    assert models.WatchProposal.objects.count() == 0
    proposal = propose(station)
    old = models.WatchProposal(**{field.attname: getattr(proposal, field.attname) for field in proposal._meta.concrete_fields})
    old.wanted = {key: value for key, value in proposal.wanted.items() if key != "station_id"}
    assert (proposing.wanted_of(proposal).station_id, proposing.wanted_of(old).station_id) == (station.pk, None)
    assert proposing.accept(proposal_id=proposal.pk, by=supervisor, now=NOW).station == station


@database
@pytest.mark.parametrize("table", ["patrol_person", "patrol_watch", "patrol_intake"])
def test_the_database_keeps_people_watches_and_intakes_at_stations_of_their_office(table: str) -> None:
    station, there = make(), make(OTHER, "P4MI Lain")
    one: Any = factories.person(Role.OFFICER, OFFICE) if table != "patrol_watch" else factories.watch(OFFICE)
    if table == "patrol_intake":
        one = models.Intake.objects.create(kind="noted", person=one, office=one.office, at=NOW)

    def run(column: str, value: int, *, of: str = table, key: int = one.pk) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {of} SET {column} = %s WHERE id = %s", [value, key])

    with pytest.raises(IntegrityError, match="station_of_office"):
        run("station_id", there.pk)
    run("station_id", station.pk)
    with pytest.raises(IntegrityError, match="station_of_office"):
        run("office_id", there.office_id)
    with pytest.raises(IntegrityError, match="station_of_office"):
        run("office_id", there.office_id, of="patrol_station", key=station.pk)
    one.refresh_from_db()
    assert (one.office_id, one.station) == (station.office_id, station)


@database
def test_the_database_deletes_none_and_holds_a_name_once() -> None:
    station = make()
    with pytest.raises(DatabaseError, match="DELETE refused"), transaction.atomic():
        models.Station.objects.filter(pk=station.pk).delete()
    with pytest.raises(IntegrityError, match="station_name"), transaction.atomic():
        make(name="p4mi CONTOH")
    assert models.Station.objects.count() == 1


def test_whoever_sits_down_while_one_is_closed_is_refused_or_keeps_it_open(committed: None) -> None:
    by, person, station = factories.person("supervisor"), factories.person("officer"), make()
    lock = f"SELECT 1 FROM patrol_station WHERE id = {station.pk} FOR UPDATE"
    came = races.race(
        lock, lambda: change(station, by, active=False), lambda: people.place(person_id=person.pk, station_id=station.pk, by=by, now=NOW)
    )
    station.refresh_from_db()
    person.refresh_from_db()
    assert sum(isinstance(one, RefusedError) for one in came) == 1
    assert (station.active, person.station) in {(True, station), (False, None)}
