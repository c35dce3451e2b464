"""docs/security/asvs.md: each row of the standard that was chosen stands in it once, with a verdict and what shows it.

That a named test is there is asked of every document (test_site.py).
"""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from tests.docs import documents

PAGE = documents.ROOT / "docs/security/asvs.md"
# The rows that were chosen, by the ids of 5.0.0: of chapters 5 to 10 and 14 those of levels 1 and 2, of the others those of level 1, and
# single rows beside them.
CHOSEN = documents.ROOT / "tests/security/asvs-5.0.0.csv"
VERDICTS = ("met", "partly", "not met", "does not apply")


def rows(text: str) -> list[tuple[str, ...]]:
    """Row, level, what it asks for, verdict, what shows it."""
    cells = [re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in text.splitlines() if re.match(r"\| \d+\.\d+\.\d+ \|", line)]
    return [tuple(one) for one in cells]


def chosen() -> list[tuple[str, str]]:
    with CHOSEN.open(newline="") as file:
        return [(row["row"], row["level"]) for row in csv.DictReader(file)]


def wrong(text: str) -> set[str]:
    """Rows that are missing, too many, without one of the verdicts, or called met or not without a word."""
    told = rows(text)
    differs = Counter((row[0], row[1]) for row in told)
    differs.subtract(chosen())
    bad = {row[0] for row in told if len(row) != 5 or row[3] not in VERDICTS or len(row[4]) < 10}
    return bad | {key for (key, _level), count in differs.items() if count}


def test_each_chosen_row_has_its_verdict() -> None:
    assert wrong(PAGE.read_text()) == set()


def test_the_standard_has_70_rows_of_level_1() -> None:
    """As its own text counts; the others are those of the chapters named above."""
    assert Counter(level for _row, level in chosen()) == {"1": 70, "2": 93, "3": 17}
    deep = {"5": 5, "6": 22, "7": 12, "8": 3, "9": 3, "10": 24, "14": 7}
    found = Counter(row.partition(".")[0] for row, level in chosen() if level == "2")
    assert {chapter: found[chapter] for chapter in deep} == deep


def test_what_the_page_counts_is_so() -> None:
    found = Counter(row[3] for row in rows(PAGE.read_text()))
    said = "Of {} rows {} are met, {} partly, {} are not, and {} do not apply."
    assert said.format(found.total(), *(found[one] for one in VERDICTS)) in PAGE.read_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [("| 6.2.1 | 1 |", "| 6.2.99 | 1 |"), ("| 6.2.1 | 1 |", "| 6.2.1 | 2 |"), ("| not met | No scanner is asked.", "| fine | -")],
)
def test_a_row_that_is_wrong_is_seen(old: str, new: str) -> None:
    text = PAGE.read_text()
    assert old in text
    assert wrong(text.replace(old, new)) != set()
