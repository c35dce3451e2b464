"""What README.md says of the mirror: no near-copies, the scores apart, and the open hands not worse than they were."""

from __future__ import annotations

import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from patrol.engine.rules import scoring

MIRROR = Path(__file__).parent / "mirror"
OPEN = ("desa", "muda", "calo", "toko", "nelayan", "lpk", "ntb", "pesantren", "admin", "keluarga", "dinas", "anak", "sponsor")
NOW = "2026-11-20T12:00:00+07:00"
MOST_OF_ONE_SCORE = 0.05


def alike(texts: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """(share of both texts' word 3-grams that stand in both, two texts), of every two that have one in common."""
    grams = []
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        grams.append(frozenset(zip(words, words[1:], words[2:], strict=False)))
    holding: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, held in enumerate(grams):
        for gram in held:
            holding[gram].append(number)
    common = Counter(pair for numbers in holding.values() for pair in combinations(numbers, 2))
    for (one, other), count in common.items():
        yield count / (len(grams[one]) + len(grams[other]) - count), one, other


def test_no_two_posts_of_the_mirror_share_half_their_3_grams() -> None:
    posts = [json.loads(line) for file in sorted(MIRROR.glob("*/posts.jsonl")) for line in file.read_text("utf-8").splitlines()]
    assert len(posts) == 3_260
    assert {(posts[one]["id"], posts[other]["id"]) for share, one, other in alike([p["text"] for p in posts]) if share > 0.5} == set()


def test_what_is_half_alike() -> None:
    text = "Dibutuhkan dua orang untuk jaga warung makan di pasar baru, minat hubungi Bu Rekaan"
    copy, kin, other = text.replace("dua", "tiga"), text.replace("dua", "tiga").replace("pasar", "jalan"), "Jual motor bekas di pasar baru"
    found = {(one, two): share for share, one, two in alike([text, copy, kin, other])}
    assert found[0, 1] == 10 / 14
    assert 0.25 < found[0, 2] < 0.5
    assert found[0, 3] < 0.2


def posts_by_score(figures: Any) -> dict[int, int]:
    """How many posts have each score, from the JSON of `evaluate`: each point of its curve counts those of its score and above."""
    counts = figures["counts"]["look"]
    must = counts["both"] + counts["missed"]
    above = [(score, round(recall * must / precision) if precision else None) for score, precision, recall in figures["look_curve"]]
    known = [(score, count) for score, count in above if count is not None]
    return {int(score): count - before for (_, before), (score, count) in pairwise([(101, 0), *known])}


def crowded(figures: Any) -> float:
    """The share of the posts that have the commonest score of those from five points below medium on: the ones a queue orders."""
    return max(count for score, count in posts_by_score(figures).items() if score >= scoring.MEDIUM_FROM - 5) / int(figures["posts"])


@pytest.fixture(scope="module")
def of_the_open_hands() -> Any:
    files, out = [str(MIRROR / hand / "labels.jsonl") for hand in OPEN], io.StringIO()
    call_command("evaluate", "--labels", *files, "--now", NOW, "--json", "-", stdout=out)
    return json.loads(out.getvalue())


def test_the_reader_does_not_fall_back_on_the_open_hands(of_the_open_hands: Any) -> None:
    figures = of_the_open_hands["figures"]
    assert of_the_open_hands["posts"] == 1_740
    assert {letter: one["posts"] for letter, one in of_the_open_hands["letters"].items()}.keys() == set("ABCDEFG")
    floors = {"look.precision": 0.96, "look.recall": 0.97, "verdict.accuracy": 0.97, "main_kind.accuracy": 0.95, "phones.f1": 0.985}
    assert {name: figures[name] for name, floor in floors.items() if figures[name] < floor} == {}


def test_at_most_one_post_in_twenty_has_the_same_score_near_medium_or_above(of_the_open_hands: Any) -> None:
    assert sum(posts_by_score(of_the_open_hands).values()) == 1_740
    assert crowded(of_the_open_hands) <= MOST_OF_ONE_SCORE
