"""Lines of a labels file: what counts, what is refused, and what is the same thing written twice."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.evaluation import labels
from patrol.engine.evaluation.labels import Label, LabelError


def line(**keys: object) -> bytes:
    return json.dumps({"id": "a", **keys}).encode()


def test_what_is_missing_is_not_judged() -> None:
    assert labels.label(line()) == Label(id="a")
    assert labels.label(b'{"id": 7, "phones": null, "kinds": null, "look": null}') == Label(id="7")


def test_a_whole_label() -> None:
    label = labels.label(
        line(
            look=True,
            text_kind="lure",
            overseas_offer=False,
            kinds=["fraud", "phishing"],
            verdict="not_an_offer",
            agency="",
            phones=["+6284012345678"],
            countries=[],
            spans=[{"kind": "phone", "value": "+6284012345678", "span": [3, 15]}],
            why="the annotator's own",
        )
    )
    assert label == Label(
        id="a",
        look=True,
        text_kind="lure",
        overseas_offer=False,
        kinds=frozenset({"fraud", "phishing"}),
        main_kind="fraud",
        verdict="not_an_offer",
        agency="",
        named={"phones": frozenset({"+6284012345678"}), "countries": frozenset()},
        spans={("phones", "+6284012345678"): (3, 15)},
    )


@pytest.mark.parametrize(("level", "look"), [("none", False), ("low", False), ("medium", True), ("high", True)])
def test_a_level_says_whether_to_look(level: str, look: bool) -> None:
    assert labels.label(line(level=level)).look is look
    assert labels.label(line(level=level, look=not look)).look is not look  # said outright it counts as said


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"\xff", "the line is not UTF-8"),
        (b"{nonsense", "the line is not JSON"),
        (b"[" * 100_000, "the line is not JSON"),
        (b"[]", "the line is not a JSON object"),
        (b"{}", "id is missing"),
        (b'{"id": true}', "id is missing or neither"),
        (line(look="yes"), "look is neither true nor false"),
        (line(text_kind="ad"), "text_kind knows no 'ad'; it knows offer_abroad"),
        (line(verdict=3), "verdict is not text"),
        (line(level="red"), "level knows no 'red'"),
        (line(kinds=["fraud", "scam"]), "kinds knows no 'scam'; it knows illegal_recruitment"),
        (line(phones="+62840"), "phones is not a list of texts"),
        (line(phones=[62840]), "phones is not a list of texts"),
        (line(spans={"kind": "phone"}), "spans is not a list"),
        (line(spans=[{"kind": "pay", "value": "1", "span": [0, 1]}]), "spans is not a list"),
        (line(spans=[{"kind": "phone", "value": "1", "span": [5, 5]}]), "spans is not a list"),
    ],
)
def test_a_bad_line_is_refused_with_one_sentence(written: bytes, why: str) -> None:
    with pytest.raises(LabelError, match=why.replace("[", r"\[")):
        labels.label(written)


@given(st.binary(max_size=80))
def test_no_line_does_anything_else(written: bytes) -> None:
    with contextlib.suppress(LabelError):
        labels.label(written)


def test_bad_lines_are_named_and_the_others_count() -> None:
    found, problems = labels.read([line(id="1"), b"", b"{", line(id="2"), line(id="1", look=True)])
    assert [label.id for label in found] == ["1", "2"]
    assert [number for number, _ in problems] == [3, 5]
    assert problems[1][1] == "id 1 stands twice; the first label counts"


def test_two_platforms_may_use_one_id() -> None:
    found, problems = labels.read([line(platform="telegram"), line(platform="feed")])
    assert (len(found), problems) == (2, [])


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("links", "https://Bit.ly/Loker", "http://www.bit.ly/Loker/"),
        ("links", "bit.ly", "https://bit.ly/"),
        ("bank_accounts", "bca 123-456 7", "BCA 1234567"),
        ("bank_accounts", "Al Rajhi SA03 8000", "AL RAJHI SA038000"),
        ("bank_accounts", "DANA 0840.1111.2222", "DANA 084011112222"),
        ("licence_numbers", "B.101 / SIP2MI / III / 2026", "b.101/sip2mi/iii/2026"),
        ("agencies", "PT. Cahaya  Rantau", "PT Cahaya Rantau"),
        ("accounts", "instagram:Budi.Kerja", "instagram:budi.kerja"),
    ],
)
def test_written_otherwise_and_yet_the_same(key: str, one: str, other: str) -> None:
    assert labels.comparable(key, one) == labels.comparable(key, other)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("links", "https://bit.ly/Loker", "https://bit.ly/loker"),  # paths of short links tell upper from lower case
        ("bank_accounts", "BCA 1234567", "BRI 1234567"),
        ("licence_numbers", "B.101/SIP2MI/III/2026", "B.101/SIP2MI/III/2025"),
        ("agencies", "PT Cahaya Rantau", "CV Cahaya Rantau"),
        ("accounts", "instagram:budi", "tiktok:budi"),
        ("phones", "+6284012345678", "+6284012345679"),
    ],
)
def test_nearly_the_same_and_yet_another(key: str, one: str, other: str) -> None:
    assert labels.comparable(key, one) != labels.comparable(key, other)
