"""The points in force: approved figures in place of the expert's, and files that are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Finding, LicenceCheck, PhraseGroup, Reading, Sentence
from patrol.engine import rules
from patrol.engine.rules import points
from patrol.engine.rules.points import Approved, Points, PointsError

WORDS = Sentence("a", "b")


@dataclass(unsafe_hash=True)
class Rule:
    """A rule with two forms: the strongest, and one of half the weight."""

    NAME: str
    POINTS: float
    VERSION: int = 1
    TITLE: Sentence = WORDS
    NEEDS: frozenset[PhraseGroup] = frozenset()

    def find(self, reading: Reading, check: LicenceCheck) -> Finding:
        return Finding(self.NAME, self.VERSION, self.POINTS / 2, WORDS)


ACCUSES = Rule("accuses", 2.0)
CLEARS = Rule("clears", -1.5, VERSION=2)
BOTH = (ACCUSES, CLEARS)


def file(**entries: object) -> bytes:
    return "".join(f"[rules.{name}]\n{lines}\n" for name, lines in entries.items()).encode()


def test_a_rule_nobody_approved_points_for_keeps_the_experts() -> None:
    weights = points.read(file(accuses="version = 1\npoints = 3"), BOTH)
    assert weights == Points({"accuses": Approved(1, 3.0)})
    assert (weights.of(ACCUSES), weights.of(CLEARS)) == (3.0, -1.5)
    assert (points.EXPERT.of(ACCUSES), points.EXPERT.of(CLEARS)) == (2.0, -1.5)


def test_weaker_forms_of_a_rule_keep_their_proportion() -> None:
    weights = Points({"accuses": Approved(1, 3.0)})
    assert weights.weigh(ACCUSES, Finding("accuses", 1, 2.0, WORDS)).points == 3.0
    assert weights.weigh(ACCUSES, Finding("accuses", 1, 1.0, WORDS)).points == 1.5
    assert weights.weigh(CLEARS, Finding("clears", 2, -1.5, WORDS)).points == -1.5


def test_points_of_an_older_version_have_no_effect() -> None:
    assert Points({"clears": Approved(1, -0.5)}).of(CLEARS) == -1.5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff", "The file is not UTF-8."),
        (b"rules = [", "The file is not TOML"),
        (b"", r"The file holds no table \[rules.NAME\]."),
        (b"rules = 3", r"The file holds no table \[rules.NAME\]."),
        (file(gossip="version = 1\npoints = 1"), "There is no rule gossip."),
        (file(accuses="version = 2\npoints = 1"), "accuses: the points are for version 2, the rule has version 1."),
        (file(accuses="points = 1"), "accuses: the points are for version None, the rule has version 1."),
        (b"[rules]\naccuses = 1", "accuses: the points are for version None"),
        (file(accuses="version = 1"), "accuses: points must be a finite number, not None."),
        (file(accuses="version = 1\npoints = true"), "accuses: points must be a finite number, not True."),
        (file(accuses="version = 1\npoints = nan"), "accuses: points must be a finite number, not nan."),
        (file(accuses="version = 1\npoints = -inf"), "accuses: points must be a finite number, not -inf."),
        (file(accuses="version = 1\npoints = -1"), r"must keep the sign of the expert's \+2, not be -1."),
        (file(accuses="version = 1\npoints = 0"), r"must keep the sign of the expert's \+2, not be \+0."),
        (file(clears="version = 2\npoints = 0.5"), r"must keep the sign of the expert's -1.5, not be \+0.5."),
        (file(accuses="version = 1\npoints = 10.5"), r"accuses: \+10.5 points are more than 10."),
    ],
)
def test_files_that_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(PointsError, match=why):
        points.read(content, BOTH)


@given(st.binary(max_size=60))
def test_no_file_does_anything_but_hold_or_be_refused(content: bytes) -> None:
    with pytest.raises(PointsError):
        points.read(b"[rules.gossip]\n" + content, BOTH)


def test_the_digest_names_versions_and_approved_points() -> None:
    expert = points.digest(BOTH, points.EXPERT)
    other = points.digest(BOTH, Points({"accuses": Approved(1, 3.0)}))
    assert len({expert, other, points.digest((ACCUSES,), points.EXPERT)}) == 3
    assert points.digest(BOTH, Points({"accuses": Approved(1, 2.0)})) == expert  # approved as they were
    assert points.digest(BOTH, Points({"clears": Approved(1, -0.5)})) == expert  # of an older version: no effect
    assert points.digest(BOTH[::-1], points.EXPERT) == expert


def test_findings_are_weighed_and_sorted_by_the_points_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    small, big = Rule("small", 1.0), Rule("big", 4.0)
    monkeypatch.setattr(rules, "RULES", (small, big))
    asked = Reading("other", (), (), ()), LicenceCheck("not_an_offer", date(2026, 11, 20), WORDS)
    assert [(f.rule, f.points) for f in rules.findings(*asked)] == [("big", 2.0), ("small", 0.5)]
    weights = Points({"small": Approved(1, 9.0)})
    assert [(f.rule, f.points) for f in rules.findings(*asked, weights)] == [("small", 4.5), ("big", 2.0)]
    assert rules.version(weights) != rules.version()
