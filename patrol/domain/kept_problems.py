"""How a problem is kept with a run, a job or a file, and how one that was kept is read.

What a server answered by status and code, and the name of a program error, stand beside the sentence. Older ones carry them in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from patrol.domain.collection import Problem

_CODES: Final = re.compile(
    r" \((?:status|kode|code) (\d{1,6}(?:/\d{1,6})?)(?: di dalam jawabannya| inside its answer)?\)"
    r"|(?:(?<= kesalahan program)|(?<= program error)) \((\w+)\)"
)


def kept(problem: Problem) -> dict[str, Any]:
    """{code, id, en, permanent}, and `told` where there is something."""
    said = {"code": problem.code, "id": problem.sentence.id, "en": problem.sentence.en, "permanent": problem.permanent}
    return said | ({"told": problem.told} if problem.told else {})


def without_codes(said: str) -> str:
    """A sentence of a problem as it is read by an officer."""
    return _CODES.sub("", said)


def told(one: Mapping[str, Any]) -> str:
    """Status and code, or the error, of a kept problem; "" where it has none."""
    found = _CODES.search(one.get("id", ""))
    return str(one.get("told") or (found and (found[1] or found[2])) or "")
