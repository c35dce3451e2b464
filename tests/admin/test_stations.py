"""Where P4MI stand on the pages: their list and form, people, watches, the origin of a post."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

from django.urls import reverse

from patrol import models
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
    assert (rows[0]["station"].people_many, rows[0]["station"].watches_many) == (1, 0)


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
    every, one, nobody = (
        client.get(reverse("admin:patrol_watch_changelist"), {"station": key}).context for key in ("", station.pk, "999999")
    )
    assert [{row["watch"] for row in context["rows"]} for context in (every, one, nobody)] == [set(watches), {watches[0]}, set(watches)]
    assert (one["stations"], one["choices"][0]["count"]) == ([(station.pk, "P4MI Contoh"), (there.pk, "P4MI Lain")], 1)
    file: Any = client.post(f"{reverse('admin:patrol_watch_export')}?station={station.pk}", {"format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    head = next(n for n, row in enumerate(rows) if "P4MI" in row and "Platform" in row)
    assert [row[rows[head].index("P4MI")] for row in rows[head + 1 :] if row] == ["P4MI Contoh"]


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


def test_what_somebody_wrote_down_has_their_station_while_they_work_there(door: Door) -> None:
    station = make()
    person = factories.person(Role.OFFICER, station=station)
    form = noted.Noted(factories.ILLEGAL.format(phone="0840 5550 0001"), note="", place="", way="telephone")
    noted.take(noted=form, key=uuid.uuid4(), by=person, now=factories.NOW)
    assessing.read_due(now=factories.NOW, limit=50)
    flag, client = models.Flag.objects.get(), door(Role.OFFICER)
    assert origin(client, flag) == ("P4MI Contoh", ["P4MI Contoh"])
    models.Person.objects.filter(pk=person.pk).update(office=factories.office(OTHER), station=make(OTHER, "P4MI Lain"))
    assert origin(client, flag) == ("", [""])
