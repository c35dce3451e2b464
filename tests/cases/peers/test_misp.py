"""The MISP event as a peer reads it: by MISP's own library, and by the schemas of an event that come with it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pymisp
import pytest
from pymisp import MISPEvent

from patrol.cases.peers import misp
from patrol.domain.peers import Sharing
from tests.cases.peers import given
from tests.judges import asked

CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"number": "MTR-26-0002", "at": given.AT + timedelta(days=9)},
    {"subject": "PKR-26-0002", "campaign": False},
)


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(of: Any) -> MISPEvent:
        file = tmp_path / "event.json"
        file.write_bytes(misp.written(of))
        event = MISPEvent(strict_validation=True)
        event.load_file(file)
        return event

    return read


def test_each_mark_has_its_type_and_may_be_looked_for(read: Any) -> None:
    event = read(given.handed())
    plain = [(one.type, one.value, one.to_ids) for one in event.attributes if one.type != "comment"]
    assert plain == [
        ("phone-number", "+6281234567890", True),
        ("url", "https://forms.example/daftar?a=1", True),
        ("domain", "loker-palsu.example", True),
        ("email", "hrd@loker-palsu.example", True),
    ]
    things = [(one.name, [(part.object_relation, part.type, part.value, part.to_ids) for part in one.attributes]) for one in event.objects]
    assert things == [
        ("telegram-account", [("username", "text", "kerja_kamboja", False), ("id", "text", "1001", True)]),
        ("user-account", [("username", "text", "grup-kerja", False), ("account-type", "text", "whatsapp", False)]),
        ("user-account", [("username", "text", "loker.cepat", False), ("account-type", "text", "tiktok", False)]),
        ("bank-account", [("account", "bank-account-nr", "1234567890", False), ("institution-name", "text", "BCA", False)]),
    ]


def test_the_event_says_what_it_is_from_whom_and_for_what(read: Any) -> None:
    event = read(given.handed())
    assert event.info == "SIPatrol campaign JRG-26-0007: contacts in offers to Indonesian migrant workers that people confirmed"
    assert (event.Orgc.name, event.date.isoformat(), event.threat_level_id, event.analysis, event.published) == (
        *("Direktorat Siber", "2026-11-20", 1, 2, False),
    )
    assert [tag.name for tag in event.tags] == ["tlp:amber", 'sipatrol:kind="fraud"', 'sipatrol:kind="illegal-recruitment"']
    notes = [(one.comment, one.value.partition(".")[0], one.to_ids) for one in event.attributes if one.type == "comment"]
    assert notes == [
        ("en", "Handed over for one purpose: investigation", False),
        ("id", "Diserahkan untuk satu tujuan: penyelidikan", False),
    ]
    first = event.attributes[2]
    assert (first.first_seen, first.last_seen) == (given.AT - timedelta(days=40), given.AT - timedelta(days=2))
    assert [tag.name for tag in first.tags] == ['misp:confidence-level="usually-confident"']


@pytest.mark.parametrize(("sharing", "distribution"), [("red", 0), ("amber", 0), ("green", 1)])
def test_only_green_reaches_further_than_the_receiving_organisation(read: Any, sharing: str, distribution: int) -> None:
    assert read(given.handed((given.mark(),), sharing=Sharing(sharing))).distribution == distribution


def test_the_same_case_is_one_event_and_another_has_ids_of_its_own(read: Any) -> None:
    assert misp.written(given.handed()) == misp.written(given.handed())
    one, later, other = (read(given.handed(**changes)) for changes in CHANGES)
    assert (one.uuid, [a.uuid for a in one.attributes]) == (later.uuid, [a.uuid for a in later.attributes])
    assert one.timestamp < later.timestamp
    assert not {one.uuid, *(a.uuid for a in one.attributes)} & {other.uuid, *(a.uuid for a in other.attributes)}


def test_hostile_values_come_back_as_they_are(read: Any) -> None:
    values = ["=cmd|' /C calc'!A0", "o'neill\\\"}]", "baris\nkedua", "<script>alert(1)</script>"]
    event = read(given.handed(tuple(given.mark("account", f"telegram:{value}", key=n) for n, value in enumerate(values))))
    assert [thing.attributes[0].value for thing in event.objects] == values
    assert json.loads(misp.written(given.handed()))["Event"]["info"].startswith("SIPatrol")


def schema(name: str) -> Any:
    return json.loads((Path(pymisp.__file__).parent / "data" / name).read_text())


def plain(event: dict[str, Any]) -> dict[str, Any]:
    """As the strict schema knows events: it is from before objects and moments of first sight. The parts of objects stand as attributes."""
    told = {name: value for name, value in event["Event"].items() if name != "Object"}
    parts = [part for thing in event["Event"].get("Object", ()) for part in thing["Attribute"]]
    newer = {"first_seen", "last_seen", "object_relation"}
    told["Attribute"] = [{name: value for name, value in one.items() if name not in newer} for one in (*told["Attribute"], *parts)]
    return {"Event": told}


def test_the_schemas_of_misp_take_each_event() -> None:
    every = (*(given.handed(**changes) for changes in CHANGES), given.handed(sharing=Sharing.GREEN), given.handed((given.mark(),)))
    events = [json.loads(write(of)) for of in every for write in (misp.written, misp.written_back)]
    assert asked.complaints(schema("schema-lax.json"), *events) == [[]] * 10
    assert asked.complaints(schema("schema.json"), *map(plain, events)) == [[]] * 10


def test_they_refuse_a_spoilt_one() -> None:
    event = json.loads(misp.written(given.handed()))
    told = event["Event"]
    spoilt = [
        {"event": told},
        {"Event": told | {"timestamp": 1795143600}},
        {"Event": told | {"Attribute": [told["Attribute"][0] | {"to_ids": "yes"}]}},
        {"Event": told | {"Tag": [{"name": 7}]}},
    ]
    places = ["", "Event/timestamp", "Event/Attribute/0/to_ids", "Event/Tag/0/name"]
    found = asked.complaints(schema("schema-lax.json"), *spoilt)
    assert [[one.partition(":")[0] for one in each] for each in found] == [[place] for place in places]
    unknown = plain(event)
    unknown["Event"]["Attribute"][0]["colour"] = "red"
    assert asked.complaints(schema("schema.json"), unknown) == [
        ["Event/Attribute/0: Additional properties are not allowed ('colour' was unexpected)"]
    ]
