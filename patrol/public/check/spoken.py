"""Sentences, days and jobs in the language that is active."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils import formats, translation

from patrol.domain import Sentence
from patrol.engine import reading
from patrol.engine.reading import titles

_MOST_NAMED: Final = 3  # countries or jobs in one sentence


def say(sentence: Sentence, **slots: str) -> str:
    """In the language that is active, its slots filled."""
    said = sentence.en if translation.get_language() == "en" else sentence.id
    return said.format_map(slots) if slots else said


def written(day: date) -> str:
    """20 November 2026, in the language that is active."""
    return formats.date_format(day, "j F Y")


def since(day: date | None) -> str:
    return say(Sentence(" sejak {D}", " from {D}"), D=written(day)) if day else ""


def joined(names: Sequence[str]) -> str:
    """The first of them in words; many names say little."""
    if len(names) > _MOST_NAMED:
        return ", ".join(names[:_MOST_NAMED]) + say(Sentence(", dan lainnya", " and others"))
    last = say(Sentence(", dan " if names[2:] else " dan ", " and "))  # the comma as Indonesian spelling has it
    return last.join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def small(name: str) -> str:
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def recorded_jobs(positions: Sequence[str]) -> list[str]:
    """Of a licence, in the register's words; in English those of the kinds of work that it is matched by, where the reader knows any."""
    if translation.get_language() != "en":
        return list(positions)
    kinds = {said: sorted(reading.position_codes(said)) for said in positions}
    named = (" / ".join(small(say(titles.position(code))) for code in codes) or said for said, codes in kinds.items())
    return list(dict.fromkeys(named))
