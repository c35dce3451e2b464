"""STIX as a peer reads it: by the library of the standard, without anything of ours."""

from __future__ import annotations

import ast
import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stix2
from hypothesis import given as drawn
from hypothesis import strategies as st
from stix2patterns.v21.pattern import Pattern

from patrol.cases.peers import handed, stix
from patrol.domain.peers import Sharing
from tests.cases.peers import given


def read(of: Any) -> dict[str, list[Any]]:
    """The objects of the file by type, each parsed strictly."""
    bundle = stix2.parse(stix.written(of).decode(), allow_custom=False)
    assert bundle.type == "bundle"
    found: dict[str, list[Any]] = {}
    for one in bundle.objects:
        found.setdefault(one["type"], []).append(one)
    return found


def test_no_process_that_writes_no_file_pays_for_the_libraries() -> None:
    """Half a second of each start: they are imported where a file is written, at no beginning of a module."""
    named = [one for one in Path("patrol").rglob("*.py") if re.search(r"\b(stix2|pymisp)\b", one.read_text())]
    assert [one.name for one in named if not one.is_relative_to("patrol/cases/peers")] == []
    for one in named:
        begins = [node for node in ast.parse(one.read_text()).body if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert not [node for node in begins if re.search(r"stix2|pymisp", ast.unparse(node))], one


def test_each_mark_is_an_indicator_in_the_words_of_the_standard() -> None:
    assert [one.pattern for one in read(given.handed())["indicator"]] == [
        "[phone-number:value = '+6281234567890']",
        "[user-account:account_type = 'telegram' AND user-account:user_id = '1001']",
        "[user-account:account_type = 'whatsapp' AND user-account:account_login = 'grup-kerja']",
        "[user-account:account_type = 'tiktok' AND user-account:account_login = 'loker.cepat']",
        "[url:value = 'https://forms.example/daftar?a=1']",
        "[domain-name:value = 'loker-palsu.example']",
        "[bank-account:account_number = '1234567890' AND bank-account:institution = 'BCA']",
        "[email-addr:value = 'hrd@loker-palsu.example']",
    ]


def test_an_indicator_says_since_when_how_sure_and_with_whom_it_may_be_shared() -> None:
    found = read(given.handed((given.mark(level=2), given.mark(value="+60123456789", key=2, level=2, posts=2))))
    sure, surer = found["indicator"]
    assert (sure.confidence, surer.confidence) == (50, 85)
    assert (sure.valid_from, sure.valid_until) == (given.AT - timedelta(days=40), given.AT + timedelta(days=363))
    assert sure.labels == ["fraud", "illegal-recruitment"]
    assert sure.description == "Stands in a post that a person confirmed. Last seen 2026-11-18."
    note = next(one for one in found["marking-definition"] if one.definition_type == "statement")
    assert sure.object_marking_refs == [stix2.TLP_AMBER.id, note.id]
    assert note.definition.statement.startswith("Handed over for one purpose: investigation.")
    assert "Diserahkan untuk satu tujuan: penyelidikan." in note.definition.statement


def test_a_campaign_uses_what_its_indicators_indicate() -> None:
    found = read(given.handed())
    [ring], [used], [report] = found["campaign"], found["infrastructure"], found["report"]
    ties = {(one.source_ref, one.relationship_type, one.target_ref) for one in found["relationship"]}
    things = [one for kind in ("user-account", "url", "domain-name", "email-addr") for one in found[kind]]
    assert ties == {
        *((one.id, "indicates", ring.id) for one in found["indicator"]),
        (ring.id, "uses", used.id),
        *((used.id, "consists-of", one.id) for one in things),
    }
    assert len(things) == 6
    assert (ring.name, report.report_types, report.published) == ("JRG-26-0007", ["campaign"], given.AT)
    assert set(report.object_refs) == {
        one.id for kind, those in found.items() if kind not in {"identity", "marking-definition", "report"} for one in those
    }


def test_of_a_case_and_of_numbers_alone_there_is_no_campaign_and_no_infrastructure() -> None:
    case = read(given.handed(campaign=False, subject="PKR-26-0002"))
    assert set(case) == {"identity", "marking-definition", "indicator", "report"}
    assert case["report"][0].report_types == ["indicator"]
    assert "infrastructure" not in read(given.handed((given.mark(),)))


def test_the_same_mark_is_one_object_whenever_and_wherever_it_is_handed_over() -> None:
    assert stix.written(given.handed()) == stix.written(given.handed())
    later = given.handed(number="MTR-26-0002", subject="PKR-26-0002", campaign=False, at=given.AT + timedelta(days=9))
    ids, again = ([one.id for one in read(of)["indicator"]] for of in (given.handed(), later))
    assert ids == again
    versions = [read(of)["indicator"][0] for of in (given.handed(), later)]
    assert [(one.created, one.modified) for one in versions] == [(given.AT, given.AT), (given.AT, given.AT + timedelta(days=9))]
    elsewhere = read(given.handed(site="https://lain.example"))["indicator"]
    assert not {one.id for one in elsewhere} & set(ids)
    assert {uuid.UUID(one.partition("--")[2]).version for one in ids} == {5}
    renamed = given.mark("account", "telegram:nama_baru", "telegram:1001")  # known by its own id
    assert read(given.handed((renamed,)))["indicator"][0].id == ids[1]


def test_what_is_taken_back_is_the_last_version_of_the_same_objects_and_of_their_ties() -> None:
    whole, later = read(given.handed()), given.AT + timedelta(days=9)
    of = given.handed(given.marks()[1:3], at=later)
    found: dict[str, list[Any]] = {}
    for one in stix2.parse(stix.written_back(of).decode(), allow_custom=False).objects:
        found.setdefault(one["type"], []).append(one)
    assert set(found) == {"identity", "marking-definition", "indicator", "relationship"}
    for kind, many in (("indicator", 2), ("relationship", 4)):
        before = {one.id: one for one in whole[kind]}
        assert len(found[kind]) == many
        assert {(one.revoked, one.created == before[one.id].created, one.modified) for one in found[kind]} == {(True, True, later)}
    note = next(one for one in found["marking-definition"] if one.definition_type == "statement")
    assert ("Taken back:" in note.definition.statement, "Dicabut:" in note.definition.statement) == (True, True)
    assert note.id not in {one.id for one in whole["marking-definition"]}
    case = stix2.parse(stix.written_back(given.handed(of.marks, campaign=False)).decode(), allow_custom=False)
    assert "relationship" not in {one.type for one in case.objects}


@pytest.mark.parametrize(("sharing", "colour"), [("red", stix2.TLP_RED), ("amber", stix2.TLP_AMBER), ("green", stix2.TLP_GREEN)])
def test_the_colour_is_that_of_the_protocol(sharing: str, colour: Any) -> None:
    of = given.handed((given.mark(),), sharing=Sharing(sharing))
    assert read(of)["report"][0].object_marking_refs[0] == colour.id


@drawn(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40))
def test_no_value_leaves_its_place_in_a_pattern(value: str) -> None:
    """What the reader of the standard makes of the pattern is the value: no quote, backslash or newline in it begins something else."""
    compared = Pattern(stix.pattern(given.mark("account", f"telegram:{value}"))).inspect().comparisons
    assert list(compared) == ["user-account"]
    [(of_type, equals, platform), (login, equals_too, quoted)] = compared["user-account"]
    assert (of_type, equals, platform, login, equals_too) == (["account_type"], "=", "'telegram'", ["account_login"], "=")
    assert quoted == "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def test_what_a_spreadsheet_would_run_stays_the_value_it_is() -> None:
    of = given.handed((given.mark("account", "telegram:=HYPERLINK(\"a\")'] OR [url:value = 'x"),))
    assert [one.pattern for one in read(of)["indicator"]] == [
        "[user-account:account_type = 'telegram' AND user-account:account_login = '=HYPERLINK(\"a\")\\'] OR [url:value = \\'x']"
    ]


def test_a_file_grows_with_its_marks_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own indenting looks for each property through all of the file: it is asked for none."""
    looked: list[Any] = []

    def find(*found: Any) -> tuple[int, int]:
        looked.append(found)
        return 0, 0

    monkeypatch.setattr("stix2.serialization.find_property_index", find)
    many = tuple(given.mark("email", f"hrd{n}@contoh.example", key=n) for n in range(1_000))
    content = stix.written(given.handed(many, campaign=False))
    assert (content.count(b'"type": "indicator"'), looked) == (1_000, [])
    assert content.startswith(b'{\n  "type": "bundle"')


def test_a_site_by_http_and_by_https_is_one_object() -> None:
    one, other = given.mark("link", "http://palsu.example", key=4, posts=2), given.mark("link", "https://palsu.example/", key=7, level=2)
    page = given.mark("link", "https://palsu.example/daftar", key=9)
    [(site, ids), (alone, own)] = handed.grouped((one, other, page))
    assert (ids, own, site.posts, site.level, alone) == ([4, 7], [9], 2, 3, page)
    assert stix.pattern(site) == stix.pattern(other) == "[domain-name:value = 'palsu.example']"
    assert given.handed().id_of(one) == given.handed().id_of(other) != given.handed().id_of(page)
