"""A labels file: one JSON object a line, what a careful officer says of the post with the same id.

Every key but `id` is optional, and what is missing is not judged: `look` (must a person look) or `level`, `text_kind`,
`overseas_offer`, `kinds`, `verdict`, `agency` (the one the verdict is about), the lists of NAMED, and `spans`: a list
of `{"kind", "value", "span"}` as in the indicators of `manage.py assess`. Other keys (`why`, `about`) are the
annotator's own. The first of `kinds` is the main one. `letter` names a class of posts that is counted by itself, too. `campaign`
names the ring a post belongs to, "" for none; `evaluate --campaigns` counts on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from patrol.domain import Kind, Level, Span, TextKind, Verdict

# What a label lists by name, and the kind of indicator that answers it ("" where the assessment has a list of its own).
NAMED: Mapping[str, str] = {
    "phones": "phone",
    "accounts": "account",
    "links": "link",
    "bank_accounts": "bank_account",
    "licence_numbers": "licence_number",
    "agencies": "agency",
    "countries": "",
    "positions": "",
}


class LabelError(ValueError):
    """A label that cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is expected of one post; None: not judged. Values of `named` and `spans` are as `comparable` makes them."""

    id: str
    platform: str = ""
    look: bool | None = None
    level: str | None = None
    text_kind: str | None = None
    overseas_offer: bool | None = None
    kinds: frozenset[str] | None = None
    main_kind: str | None = None  # the first of them; "" where there is none
    verdict: str | None = None
    agency: str | None = None
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spans: Mapping[tuple[str, str], Span] | None = None  # (key of NAMED, value) -> where it stands
    campaign: str | None = None  # the ring; "" for a post of none
    letter: str = ""  # the class of posts it is counted in; "" for none


def label(line: bytes) -> Label:
    """Reads one line. Raises LabelError with a sentence that names what is wrong."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LabelError("the line is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise LabelError(f"the line is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise LabelError("the line is not a JSON object")
    id_ = row.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise LabelError("id is missing or neither text nor a whole number")
    level = _one_of(row, "level", Level)
    look = _flag(row, "look")
    kinds = None if row.get("kinds") is None else _each(row, "kinds", lambda value: _member(value, "kinds", Kind))
    return Label(
        id=str(id_),
        platform=_text(row, "platform") or "",
        look=look if look is not None or level is None else Level(level).rank >= Level.MEDIUM.rank,
        level=level,
        text_kind=_one_of(row, "text_kind", TextKind),
        overseas_offer=_flag(row, "overseas_offer"),
        kinds=None if kinds is None else frozenset(kinds),
        main_kind=None if kinds is None else next(iter(kinds), ""),
        verdict=_one_of(row, "verdict", Verdict),
        agency=_text(row, "agency"),
        named={key: frozenset(_each(row, key, _comparable_as(key))) for key in NAMED if row.get(key) is not None},
        spans=_spans(row),
        campaign=_text(row, "campaign"),
        letter=_text(row, "letter") or "",
    )


def read(lines: Iterable[bytes]) -> tuple[list[Label], list[tuple[int, str]]]:
    """The labels, and (line number, sentence) for each line that is none. An id that stands twice counts once."""
    found: dict[tuple[str, str], Label] = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            one = label(line)
        except LabelError as error:
            problems.append((number, str(error)))
            continue
        if (one.platform, one.id) in found:
            problems.append((number, f"id {one.id} stands twice; the first label counts"))
        else:
            found[one.platform, one.id] = one
    return list(found.values()), problems


# --- values as they are compared ------------------------------------------------------------------

_ACCOUNT = re.compile(r"(\D*?)((?:\b[A-Z]{2})?\d.*|)", re.DOTALL)  # some countries' numbers begin with two letters
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)


def comparable(key: str, value: str) -> str:
    """A value without what may be written either way: case of names and hosts, http or https, spaces in numbers."""
    value = value.strip()
    if key == "links":
        host, rest = _ADDRESS.fullmatch(value).groups()  # type: ignore[union-attr]  # every part is optional
        return f"https://{host.casefold()}{rest.rstrip('/')}"
    if key == "bank_accounts":
        bank, number = _ACCOUNT.fullmatch(value).groups()  # type: ignore[union-attr]  # every part is optional
        return f"{bank.strip().upper()} {re.sub(r'\W', '', number).upper()}"
    if key == "licence_numbers":
        return re.sub(r"\s", "", value).casefold()
    if key in ("agencies", "agency"):
        return " ".join(re.sub(r"[.,]", " ", value).split()).casefold()
    return value.casefold() if key == "accounts" else value


def _comparable_as(key: str) -> Callable[[str], str]:
    return lambda value: comparable(key, value)


def _spans(row: Mapping[str, Any]) -> Mapping[tuple[str, str], Span] | None:
    asked = row.get("spans")
    if asked is None:
        return None
    by_kind = {kind: key for key, kind in NAMED.items() if kind}
    found: dict[tuple[str, str], Span] = {}
    for one in asked if isinstance(asked, list) else [None]:
        match one:
            case {"kind": str(kind), "value": str(value), "span": [int(start), int(end)]} if kind in by_kind and 0 <= start < end:
                found[by_kind[kind], comparable(by_kind[kind], value)] = (start, end)
            case _:
                raise LabelError('spans is not a list of {"kind": ..., "value": ..., "span": [start, end]}')
    return found


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise LabelError(f"{key} is not text")
    return value


def _flag(row: Mapping[str, Any], key: str) -> bool | None:
    value = row.get(key)
    if value is not None and not isinstance(value, bool):
        raise LabelError(f"{key} is neither true nor false")
    return value


def _member(value: str, key: str, words: Iterable[str]) -> str:
    if value not in set(words):
        raise LabelError(f"{key} knows no {value!r}; it knows {', '.join(words)}")
    return value


def _one_of(row: Mapping[str, Any], key: str, words: Iterable[str]) -> str | None:
    value = _text(row, key)
    return None if value is None else _member(value, key, words)


def _each(row: Mapping[str, Any], key: str, read_one: Callable[[str], str]) -> list[str]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LabelError(f"{key} is not a list of texts")
    return [read_one(item) for item in value]
