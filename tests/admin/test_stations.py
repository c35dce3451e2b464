"""Where P4MI stand on the pages: their list and form, people, watches, the origin of a post."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest
from django.urls import reverse

from patrol import models, watches
from patrol.intake import noted
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said
from tests.markup import tight

OFFICE, OTHER = "bp3mi-jabar", "bp3mi-ntb"


def make(code: str = OFFICE, name: str = "P4MI Contoh", **given: Any) -> models.Station:
    return models.Station.objects.create(office=factories.office(code), name=name, **given)


def offered(form: Any) -> list[str]:
    return [str(one.choice_label) for one in form["station"] if str(one.data["value"])]


def test_a_supervisor_adds_renames_and_closes_one_of_the_own_office(door: Door) -> None:
    supervisor, there = factories.person(Role.SUPERVISOR), make(OTHER, "P4MI Lain")
    client, to = english(door(supervisor)), address("patrol_station_add")
    assert "office" not in client.get(to).context["form"].fields
    assert "Write the name of the P4MI" in client.post(to, {"name": ""}).content.decode()
    assert said(client.post(to, {"name": "P4MI Contoh", "town": "Cirebon", "office": there.office_id})) == ["P4MI Contoh was added."]
    station = models.Station.objects.get(name="P4MI Contoh")
    assert station.office == supervisor.office
    models.Person.objects.filter(pk=supervisor.pk).update(station=station)
    form = address("patrol_station_change", station.pk)
    refused = client.post(form, {"name": "P4MI Lain", "town": ""})
    assert "People who may log in: 1; watches that are not paused: 0" in str(refused.context["form"].errors["active"])
    station.refresh_from_db()
    assert (station.name, station.active) == ("P4MI Contoh", True)
    assert said(client.post(form, {"name": "P4MI Lain", "town": "", "active": "on"}))[-1] == "P4MI Lain was changed."
    rows = client.get(reverse("admin:patrol_station_changelist")).context["rows"]
    assert [(row["station"].office.code, bool(row["link"])) for row in rows] == [(OFFICE, True), (OTHER, False)]
    assert [(row["people"], row["watches"]) for row in rows] == [(1, 0), (None, None)]


def test_an_administrator_says_the_office_and_a_supervisor_of_the_directorate_adds_none(door: Door) -> None:
    office, to = factories.office(OTHER), address("patrol_station_add")
    sent = {"name": "P4MI Contoh", "office": office.pk}
    assert door(Role.SUPERVISOR, code="directorate").post(to, sent).status_code == 404
    assert models.Station.objects.count() == 0
    assert door(Role.ADMINISTRATOR).post(to, sent).status_code == 302
    assert models.Station.objects.get().office == office


def test_a_supervisor_says_only_where_somebody_sits(door: Door) -> None:
    supervisor, person = factories.person(Role.SUPERVISOR), factories.person(Role.OFFICER)
    client, to = english(door(supervisor)), address("patrol_person_change", person.pk)
    assert offered(client.get(to).context["form"]) == []
    station = make()
    make(OTHER, "P4MI Lain")
    page = client.get(to)
    assert (list(page.context["form"].fields), offered(page.context["form"]), page.context["reset"]) == (["station"], ["P4MI Contoh"], "")
    assert said(client.post(to, {"station": station.pk, "role": "supervisor"})) == [f"{person.name} was changed."]
    person.refresh_from_db()
    assert (person.station, person.role) == (station, Role.OFFICER)
    people = client.get(reverse("admin:patrol_person_changelist")).content.decode()
    assert "<small>P4MI Contoh</small>" in tight(people)


def test_an_administrator_moves_somebody_with_the_station_of_the_new_office(door: Door) -> None:
    station, there = make(), make(OTHER, "P4MI Lain")
    make(name="P4MI Lama", active=False)
    person = factories.person(Role.OFFICER, station=station)
    client, to = english(door(Role.ADMINISTRATOR)), address("patrol_person_change", person.pk)
    form = client.get(to).context["form"]
    assert (offered(form), form["station"].value()) == (["P4MI Contoh", "P4MI Lain"], station.pk)
    sent = {"name": person.name, "role": "officer", "office": there.office_id, "active": "on"}
    refused = client.post(to, {**sent, "station": station.pk})
    assert "P4MI Contoh belongs to BP3MI Jawa Barat." in str(refused.context["form"].errors["station"])
    client.post(to, {**sent, "station": there.pk})
    person.refresh_from_db()
    assert (person.office, person.station) == (there.office, there)


def test_a_watch_is_proposed_for_the_station_of_whoever_proposes_and_found_by_it(door: Door) -> None:
    station, there = make(), make(name="P4MI Lain")
    officer = factories.person(Role.OFFICER, station=station)
    client, add = english(door(officer)), address("patrol_watch_add")
    form = client.get(add, {"ask": "telegram/channel"}).context["form"]
    assert (offered(form), form["station"].value()) == (["P4MI Contoh", "P4MI Lain"], station.pk)
    sent = {"ask": "telegram/channel", "name": "Saluran", "query": "saluran_contoh", "every_minutes": "15", "why": "Tiga aduan."}
    proposed = client.post(add, {**sent, "station": there.pk}, follow=True)
    assert "BP3MI Jawa Barat, P4MI Lain" in tight(proposed.content.decode())
    watches = [factories.watch(station=one) for one in (station, there, None)]
    every, one = (client.get(reverse("admin:patrol_watch_changelist"), {"station": key}).context for key in ("", station.pk))
    assert [{row["watch"] for row in context["rows"]} for context in (every, one)] == [set(watches), {watches[0]}]
    offers = [(str(station.pk), "P4MI Contoh"), (str(there.pk), "P4MI Lain")]
    assert (one["stations"], one["at"], one["choices"][0]["count"]) == (offers, str(station.pk), 1)
    rows = taken(client, station.pk)
    head = next(n for n, row in enumerate(rows) if "P4MI" in row and "Platform" in row)
    assert [row[rows[head].index("P4MI")] for row in rows[head + 1 :] if row] == ["P4MI Contoh"]


def taken(client: Any, station: Any) -> list[list[str]]:
    file: Any = client.post(f"{reverse('admin:patrol_watch_export')}?station={station}", {"format": "csv"})
    return list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize("asked", ["gone", "foreign", "999999", "abc"])
def test_a_station_without_watches_here_is_not_all_of_them(asked: str, door: Door) -> None:
    gone, foreign = make(), make(OTHER, "P4MI Lain")
    factories.watch()
    factories.watch(OTHER, station=foreign)
    key = {"gone": str(gone.pk), "foreign": str(foreign.pk)}.get(asked, asked)
    client, to = english(door(Role.OFFICER)), reverse("admin:patrol_watch_export")
    page = client.get(reverse("admin:patrol_watch_changelist"), {"station": key}).context
    at = key if key.isdigit() else "0"
    assert (page["rows"], page["at"], page["stations"]) == ([], at, [(at, "a P4MI without watches here")])
    many = models.AuditEntry.objects.count()
    answer = client.post(f"{to}?station={key}", {"format": "csv"})
    assert said(answer) == ["No watch here belongs to that P4MI. Choose another one, or all."]
    assert models.AuditEntry.objects.count() == many


def test_whoever_sees_several_offices_reads_whose_a_station_is(door: Door) -> None:
    for code in (OFFICE, OTHER):
        factories.watch(code, station=make(code))
    client = english(door(Role.ANALYST))
    stations = client.get(reverse("admin:patrol_watch_changelist")).context["stations"]
    names = [f"P4MI Contoh, {factories.office(code).short_name}" for code in (OFFICE, OTHER)]
    assert [name for _key, name in stations] == sorted(names)
    heading = taken(client, stations[0][0])[0][0]
    assert f" Filter: P4MI: {stations[0][1]}. Taken: " in heading


@pytest.mark.parametrize(("role", "code", "counts"), [("officer", OFFICE, (None, 2)), ("supervisor", OTHER, (None, None))])
def test_people_and_watches_are_counted_for_whoever_may_list_them(role: str, code: str, counts: Any, door: Door) -> None:
    station = make()
    factories.person(Role.OFFICER, station=station)
    for state in ("active", "paused"):
        factories.watch(station=station, state=state)
    client = door(role, code=code)
    page = client.get(reverse("admin:patrol_station_changelist"))
    (row,) = page.context["rows"]
    assert (row["people"], row["watches"]) == counts
    assert (row["watches_link"] in page.content.decode()) == (counts[1] is not None)
    if counts[1]:
        assert len(client.get(row["watches_link"]).context["rows"]) == counts[1]


def test_a_form_that_was_open_meanwhile_moves_nobody(door: Door) -> None:
    person, station = factories.person(Role.OFFICER), make()
    client, to = english(door(Role.ADMINISTRATOR)), address("patrol_person_change", person.pk)
    assert 'name="initial-station"' in client.get(to).content.decode()
    sent = {"name": "Sari", "role": "officer", "office": person.office_id, "active": "on", "initial-station": "", "station": ""}
    models.Person.objects.filter(pk=person.pk).update(station=station)
    assert client.post(to, sent).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.station) == ("Sari", station)
    assert client.post(to, sent | {"initial-station": station.pk}).status_code == 302
    person.refresh_from_db()
    assert person.station is None


def test_a_closed_one_is_offered_to_whoever_is_there(door: Door) -> None:
    closed = make(active=False)
    make(name="P4MI Lain")
    person = factories.person(Role.OFFICER, station=closed, is_active=False)
    watch = factories.watch(station=closed, state="paused")
    client = english(door(Role.ADMINISTRATOR))
    for to in (address("patrol_person_change", person.pk), address("patrol_watch_edit", watch.pk)):
        form = client.get(to).context["form"]
        assert (offered(form), form["station"].value()) == (["P4MI Contoh (closed)", "P4MI Lain"], closed.pk)


def test_a_supervisor_says_of_which_one_a_watch_of_the_directorate_is(door: Door) -> None:
    station, watch = make(), factories.watch()
    client, to = english(door(Role.SUPERVISOR)), address("patrol_watch_place", watch.pk)
    assert to in client.get(address("patrol_watch_change", watch.pk)).content.decode()
    assert offered(client.get(to).context["form"]) == ["P4MI Contoh"]
    assert said(client.post(to, {"station": station.pk, "name": "Lain"})) == ["The watch was changed."]
    was = watch.name
    watch.refresh_from_db()
    assert (watch.station, watch.name) == (station, was)
    officer = door(Role.OFFICER)
    assert to not in officer.get(address("patrol_watch_change", watch.pk)).content.decode()


def test_an_open_form_of_a_watch_takes_no_placing_back(door: Door) -> None:
    station, watch = make(), factories.watch(platform="telegram")
    client, to = english(door(Role.ANALYST)), address("patrol_watch_edit", watch.pk)
    form = client.get(to).context["form"]
    sent = {name: form[name].value() for name in ("name", "query", "office", "every_minutes", "priority")}
    models.Watch.objects.filter(pk=watch.pk).update(station=station)
    assert client.post(to, sent | {"name": "Lain", "station": "", "initial-station": ""}).status_code == 302
    watch.refresh_from_db()
    assert (watch.name, watch.station) == ("Lain", station)


def test_a_watch_that_is_placed_while_its_form_is_saved_stays_placed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    station, watch, supervisor, check = make(), factories.watch(platform="telegram"), factories.person(Role.SUPERVISOR), watches.check
    client, to = english(door(Role.ANALYST)), address("patrol_watch_edit", watch.pk)
    form = client.get(to).context["form"]
    sent = {name: form[name].value() for name in ("name", "query", "office", "every_minutes", "priority")}

    def meanwhile(*asked: Any) -> watches.Checked:
        watches.place(watch_id=watch.pk, station_id=station.pk, by=supervisor, now=factories.NOW)
        return check(*asked)

    monkeypatch.setattr(watches, "check", meanwhile)
    assert client.post(to, sent | {"name": "Lain", "station": "", "initial-station": ""}).status_code == 302
    watch.refresh_from_db()
    assert (watch.name, watch.station) == ("Lain", station)
    entries = models.AuditEntry.objects.filter(verb__startswith="watch.").order_by("seq")
    said = [(one.verb, one.before["station_id"], one.after["station_id"]) for one in entries]
    assert said == [("watch.placed", None, station.pk), ("watch.changed", station.pk, station.pk)]


def test_where_no_office_has_one_no_form_asks(door: Door) -> None:
    client = door(Role.OFFICER)
    assert "station" not in client.get(address("patrol_watch_add"), {"ask": "telegram/channel"}).context["form"].fields
    assert client.get(reverse("admin:patrol_watch_changelist")).context["stations"] == []
    admin = door(Role.ADMINISTRATOR)
    assert "station" not in admin.get(address("patrol_person_add")).context["form"].fields


def origin(client: Any, flag: models.Flag) -> tuple[str, list[str]]:
    """The station beside the office of the flag, and those of the ways it came."""
    beside = client.get(address("patrol_flag_change", flag.pk)).context["beside"]
    return beside["station"], [way["station"] for way in beside["ways"]]


def test_the_origin_of_a_post_says_the_station_of_its_watch(door: Door) -> None:
    station = make()
    flag, other = factories.flag(of=factories.watch(station=station)), factories.flag(of=factories.watch())
    assert flag.office == station.office
    client = door(Role.OFFICER)
    assert (origin(client, flag), origin(client, other)) == (("P4MI Contoh", ["P4MI Contoh"]), ("", [""]))
    page = client.get(address("patrol_flag_change", flag.pk)).content.decode()
    assert f"{flag.office.short_name}, P4MI Contoh" in tight(page)


def test_another_office_reads_no_station_of_the_origin(door: Door) -> None:
    station = make()
    flag = factories.flag(of=factories.watch(station=station))
    brought = models.Intake.objects.create(
        kind="upload", person=factories.person(Role.OFFICER), office=station.office, station=station, at=factories.NOW
    )
    models.Seen.objects.create(post=flag.post, intake=brought, at=factories.NOW)
    assert origin(door(Role.OFFICER, code=OTHER), flag) == ("", ["", ""])
    for role, code in ((Role.OFFICER, OFFICE), (Role.ANALYST, "directorate")):
        assert origin(door(role, code=code), flag) == ("P4MI Contoh", ["P4MI Contoh", "P4MI Contoh"])


def test_what_somebody_wrote_down_keeps_the_station_of_that_day(door: Door) -> None:
    station = make()
    person = factories.person(Role.OFFICER, station=station)
    form = noted.Noted(factories.ILLEGAL.format(phone="0840 5550 0001"), note="", place="", way="telephone")
    noted.take(noted=form, key=uuid.uuid4(), by=person, now=factories.NOW)
    assessing.read_due(now=factories.NOW, limit=50)
    flag, client = models.Flag.objects.get(), door(Role.OFFICER)
    assert origin(client, flag) == ("P4MI Contoh", ["P4MI Contoh"])
    models.Person.objects.filter(pk=person.pk).update(station=make(name="P4MI Baru"))
    assert origin(client, flag) == ("P4MI Contoh", ["P4MI Contoh"])
    models.Person.objects.filter(pk=person.pk).update(office=factories.office(OTHER), station=make(OTHER, "P4MI Lain"))
    assert origin(client, flag) == ("P4MI Contoh", ["P4MI Contoh"])
