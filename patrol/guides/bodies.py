"""The text of a guide as parts of a page. Pure.

A blank line ends a part. `## ` begins a heading, `- ` a line of a list, `1. ` a numbered one, `> ` what somebody says in an offer; all else
is a paragraph. There are no links and no HTML: a page shows each part as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"(## |- |\d{1,2}\. |> )?(.*)")
_KINDS: Final = {"## ": "heading", "- ": "list", "> ": "quote", "": "paragraph"}
_LISTS: Final = frozenset({"list", "numbered"})


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: heading, paragraph, quote, list or numbered; `lines`: one of each but of lists."""

    kind: str
    lines: tuple[str, ...]


def parts(body: str) -> list[Part]:
    found: list[Part] = []
    ended = True  # a blank line, or nothing yet
    for raw in body.splitlines():
        line = " ".join(raw.split())
        if not line:
            ended = True
            continue
        match = _MARK.fullmatch(line)
        assert match is not None  # whatever a line is
        mark, said = match[1] or "", match[2]
        kind = _KINDS.get(mark, "numbered")
        last = found[-1] if found else None
        if last is not None and not ended and last.kind == kind and kind in _LISTS:
            found[-1] = Part(kind, (*last.lines, said))
        elif last is not None and not ended and kind == "paragraph":
            found[-1] = Part(last.kind, (*last.lines[:-1], f"{last.lines[-1]} {said}"))
        else:
            found.append(Part(kind, (said,)))
        ended = kind == "heading"
    return found


def minutes(*texts: str) -> int:
    """How long reading takes at 130 words a minute, as twelve-year-olds read; one at least."""
    return max(1, round(sum(len(text.split()) for text in texts) / 130))
