"""Points fitted to labels: what is known comes out, and what the prior and the box forbid does not."""

from __future__ import annotations

import math
import random
import tomllib
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.domain import LAW_ZONE, Level
from patrol.engine import rules
from patrol.engine.evaluation import fitting, proposal
from patrol.engine.evaluation.comparing import Comparison
from patrol.engine.evaluation.fitting import Example, Terms
from patrol.engine.evaluation.labels import Label
from patrol.engine.rules import points, scoring
from tests.evaluation import test_summing

EXPERT = {"accuses": 2.0, "weak": 0.5, "clears": -1.5}
TERMS = Terms(EXPERT, boundary=1.3)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=LAW_ZONE)

shares = st.dictionaries(st.sampled_from(sorted(EXPERT)), st.floats(0.1, 1.0), min_size=1)
some = st.lists(st.builds(Example, shares, st.booleans()), max_size=25)


def invented(true: dict[str, float], count: int, *, boundary: float = 1.3) -> list[Example]:
    """Posts whose labels follow these points exactly as the model says."""
    dice = random.Random(7)
    posts = []
    for number in range(count):
        fired = {rule: dice.choice((0.5, 1.0)) for rule in true if dice.random() < 0.5}
        total = sum(share * true[rule] for rule, share in fired.items())
        posts.append(Example(fired, dice.random() < 1 / (1 + math.exp(boundary - total)), group=str(number)))
    return posts


def test_known_points_are_found_again() -> None:
    true = {"accuses": 2.9, "weak": 1.2, "clears": -0.6}
    found = fitting.fit(invented(true, 6000), replace(TERMS, strength=0.1))
    assert found == pytest.approx(true, abs=0.25)


def test_without_posts_the_expert_is_right() -> None:
    assert fitting.fit([], TERMS) == EXPERT
    assert fitting.fit([Example({}, look=True)], TERMS) == EXPERT


def test_a_strong_prior_holds_against_the_posts() -> None:
    posts = [Example({"accuses": 1.0}, look=False)] * 50
    weak, strong = (fitting.fit(posts, replace(TERMS, strength=s))["accuses"] for s in (1.0, 10_000.0))
    assert weak < 1.0
    assert strong == pytest.approx(2.0, abs=0.01)


def test_a_rule_that_accuses_never_comes_to_clear() -> None:
    posts = [Example({"weak": 1.0, "clears": 1.0}, look=number % 2 == 0) for number in range(400)]
    wide = replace(TERMS, strength=0.01, at_most=9.0)
    against = fitting.fit([replace(post, look=False) for post in posts], wide)
    towards = fitting.fit([replace(post, look=True) for post in posts], wide)
    assert against["weak"] == fitting.LEAST
    assert towards["clears"] == -fitting.LEAST


@settings(max_examples=50)
@given(some)
def test_points_stay_in_their_box(posts: list[Example]) -> None:
    terms = replace(TERMS, strength=0.5, at_most=0.4)
    for rule, value in fitting.fit(posts, terms).items():
        low, high = terms.box(rule)
        assert low <= value <= high
        assert abs(value - EXPERT[rule]) <= 0.4 + 1e-9
        assert value * EXPERT[rule] > 0


@settings(max_examples=50)
@given(some)
def test_the_fit_is_the_best_there_is(posts: list[Example]) -> None:
    """No small step inside the box makes the penalised likelihood larger: the slope vanishes or points outwards."""
    terms = replace(TERMS, strength=0.5)
    found = fitting.fit(posts, terms)

    def worth(candidate: dict[str, float]) -> float:
        fit = (fitting.likelihood(posts, candidate, terms.boundary) or 0.0) * len(posts)
        return fit - terms.strength / 2 * sum((candidate[rule] - EXPERT[rule]) ** 2 for rule in EXPERT)

    for rule in EXPERT:
        low, high = terms.box(rule)
        for step in (-1e-3, 1e-3):
            moved = {**found, rule: min(high, max(low, found[rule] + step))}
            assert worth(moved) <= worth(found) + 1e-9


@settings(max_examples=30)
@given(some)
def test_the_order_of_the_posts_does_not_matter(posts: list[Example]) -> None:
    assert fitting.fit(posts[::-1], TERMS) == pytest.approx(fitting.fit(posts, TERMS), abs=1e-5)


def test_likelihood_by_hand() -> None:
    one = Example({"accuses": 1.0}, look=True)
    other = Example({}, look=False)
    chance, base = 1 / (1 + math.exp(1.3 - 2.0)), 1 / (1 + math.exp(1.3))
    assert fitting.likelihood([one], EXPERT, 1.3) == pytest.approx(math.log(chance))
    assert fitting.likelihood([one, other], EXPERT, 1.3) == pytest.approx((math.log(chance) + math.log(1 - base)) / 2)
    assert fitting.likelihood([], EXPERT, 1.3) is None
    assert fitting.likelihood([Example({"accuses": 1.0}, look=False)], {"accuses": 5000.0}, 1.3) == -4998.7


def test_points_that_fit_are_better_on_posts_they_did_not_see() -> None:
    posts = invented({"accuses": 3.4, "weak": 0.5, "clears": -1.5}, 600)
    fitted = fitting.cross_validated(posts, TERMS)
    before = fitting.likelihood(posts, EXPERT, TERMS.boundary)
    assert fitted is not None
    assert before is not None
    assert fitted > before


def test_copies_of_one_post_are_never_on_both_sides() -> None:
    assert fitting.cross_validated([Example({"weak": 1.0}, look=True, group="same")] * 40, TERMS) is None
    assert fitting.cross_validated([], TERMS) is None


@pytest.mark.parametrize("terms", [{"strength": 0.0}, {"strength": -1.0}, {"strength": math.inf}, {"at_most": -0.1}])
def test_terms_that_cannot_be(terms: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        replace(TERMS, **terms)  # type: ignore[arg-type]


def test_examples_are_the_posts_that_points_can_move() -> None:
    def one(text: str, look: bool | None, *, offer: bool = True) -> Comparison:
        return test_summing.compared(Label("a", look=look), test_summing.assessed(40, "medium", offer=offer), text)

    given = fitting.examples([one("a 1", True), one("A 2", False), one("b", None), one("c", True, offer=False)], [])
    assert [(example.look, example.shares) for example in given] == [(True, {}), (False, {})]
    assert given[0].group == given[1].group  # the same words, digits masked


# --- the proposal ---------------------------------------------------------------------------------

RULE = rules.RULES[0]


def proposed(count: int = 40) -> proposal.Proposal:
    posts = [Example({RULE.NAME: 1.0}, look=number % 4 == 0, group=str(number)) for number in range(count)]
    return proposal.propose(posts, rules.RULES, points.EXPERT, strength=5.0, at_most=1.5)


def test_a_proposal_is_a_file_that_can_be_approved() -> None:
    made = proposed()
    written = proposal.toml(made, labels='a "b"\n\x7f\ud800', labels_sha256="ab", now=NOW)
    read = points.read(written.encode(), rules.RULES)
    assert read.approved[RULE.NAME].points == made.rows[0].proposed < RULE.POINTS
    assert {name: one.points for name, one in read.approved.items() if name != RULE.NAME} == {
        rule.NAME: rule.POINTS for rule in rules.RULES[1:]
    }
    head = tomllib.loads(written)["proposal"]
    assert (head["labels"], head["made"], head["posts"], head["need_a_look"]) == ('a "b"\n\x7f\ufffd', NOW, 40, 10)


def test_a_proposal_counts_and_says_what_changed() -> None:
    made = proposed()
    assert (made.rows[0].hits, made.rows[0].right, made.rows[1].hits) == (40, 10, 0)
    written = list(proposal.lines(made))
    assert max(map(len, written)) <= 100
    assert [line.split()[0] for line in written if line.endswith("*")] == [RULE.NAME]
    assert "too few posts to say" in "\n".join(proposal.lines(proposed(2)))


def test_a_post_is_medium_where_its_points_reach_the_boundary() -> None:
    at = scoring.points_at(scoring.MEDIUM_FROM)
    assert 1 - math.exp(-at / 3) == pytest.approx(0.35)
    assert scoring.level(scoring.MEDIUM_FROM) == Level.MEDIUM
