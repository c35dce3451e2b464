"""The words: values that are frozen, comparable and answer a few questions about themselves."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.domain import Claim, ClaimKind, Level, Reading, Sentence, SourceError, TextKind
from patrol.domain.words import long_day

VALUES = [
    one for one in vars(domain).values() if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == domain.__name__
]
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("value", VALUES, ids=lambda one: one.__name__)
def test_every_value_is_frozen_and_has_no_room_for_more(value: Any) -> None:
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)


def test_the_default_of_a_mapping_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        domain.NOTHING["x"] = 1  # type: ignore[index]
    assert Claim(ClaimKind.PHONE, "+6284055500001", (0, 3)).detail is domain.NOTHING


def test_words_are_lower_case_and_each_once() -> None:
    for one in vars(domain).values():
        if isinstance(one, type) and issubclass(one, StrEnum) and one is not StrEnum:
            words = [member.value for member in one]
            assert words == [word.lower() for word in words]
            assert len(words) == len(set(words)) == len(one.__members__)


def answer(*headers: Any) -> Any:
    return domain.RawAnswer("https://a.example", "https://a.example", 200, (), (), headers, b"", MOMENT, MOMENT)


def test_a_header_is_found_in_any_case_the_first_one_counts_and_a_missing_one_is_empty() -> None:
    got = answer(("ETag", "1"), ("etag", "2"))
    assert (got.header("ETAG"), got.header("etag"), got.header("E-Tag")) == ("1", "1", "")


def claim(kind: Any, value: str = "x", start: int = 0) -> Any:
    return Claim(kind, value, (start, start + 1))


def test_claims_are_asked_for_by_kind_and_phrases_by_group_in_their_order() -> None:
    phone, link = claim(ClaimKind.PHONE), claim(ClaimKind.LINK, start=2)
    fast, crew = claim(ClaimKind.PHRASE, "fast", 4), claim(ClaimKind.PHRASE, "crew", 6)
    other = claim(ClaimKind.COMPANY, "fast", 8)
    reading = Reading(TextKind.OFFER_ABROAD, (phone, link, fast, crew, other), (), ())
    assert reading.of(ClaimKind.LINK, ClaimKind.PHONE) == (phone, link)
    assert reading.of() == ()
    assert reading.phrases("crew", "fast") == (fast, crew)
    assert reading.phrases("warns") == ()


@pytest.mark.parametrize("kind", TextKind)
def test_only_an_offer_abroad_is_an_overseas_offer(kind: Any) -> None:
    assert Reading(kind, (), (), ()).overseas_offer is (kind == "offer_abroad")


def test_levels_have_a_rank() -> None:
    assert [level.rank for level in (Level.NONE, Level.LOW, Level.MEDIUM, Level.HIGH)] == [0, 1, 2, 3]


def test_a_refusal_carries_its_problem_its_wish_and_what_came() -> None:
    came = answer()
    error = SourceError("gone", Sentence("Hilang.", "Gone."), permanent=True, retry_after=5.0, answer=came)
    assert error.problem == domain.Problem("gone", Sentence("Hilang.", "Gone."), permanent=True, told="HTTP 200")
    assert (error.retry_after, error.answer, str(error)) == (5.0, came, "gone: Gone.")


PURE = (
    "patrol.domain",
    "patrol.domain.states",
    "patrol.engine.reading",
    "patrol.engine.licences",
    "patrol.engine.rules",
    "patrol.engine.assess",
)


def test_the_pure_core_loads_neither_django_nor_celery_nor_the_network() -> None:
    wanted = {"django", "celery", "kombu", "requests", "psycopg2"}
    script = f"import sys; [__import__(name) for name in {PURE!r}]; print(sorted({wanted!r} & set(sys.modules)))"
    root = Path(domain.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


KINDS = (*ClaimKind, "unknown")
GROUPS = ("recruits", "departure", "charge", "unknown")


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(GROUPS)), max_size=8),
    st.lists(st.sampled_from(KINDS), max_size=4),
    st.lists(st.sampled_from(GROUPS), max_size=4),
)
def test_claims_are_found_by_kind_and_by_group_in_order(claims: Any, kinds: Any, groups: Any) -> None:
    given_claims = tuple(Claim(kind, value, (at, at + 1)) for at, (kind, value) in enumerate(claims))
    read = Reading(TextKind.OTHER, given_claims, (), ())
    for _ in range(2):  # sorted when first asked
        assert read.of(*kinds) == tuple(c for c in given_claims if c.kind in kinds)
        assert read.phrases(*groups) == tuple(c for c in given_claims if c.kind == "phrase" and c.value in groups)
    assert read == Reading(TextKind.OTHER, given_claims, (), ())
    assert dataclasses.replace(read, claims=()).of(*kinds) == ()


@pytest.mark.parametrize(("day", "said"), [(date(2026, 5, 2), "2 Mei 2026"), (date(2026, 12, 31), "31 Desember 2026")])
def test_a_day_is_written_out_in_indonesian(day: date, said: str) -> None:
    assert long_day(day) == said
