"""How much one view takes: said beside the view, enforced before a body is read (patrol.frame.bodies, patrol.frame.gate)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)  # each view's is its own: none waits for turns of another
class Limit:
    most: int  # bytes of one body
    at_once: int  # bodies above STRANGERS at a time, in one process of the server


def takes[View: Callable[..., Any]](most: int, *, at_once: int) -> Callable[[View], View]:
    """A limit of its own for a view, whoever asks. Stands nearest to the view or around its other decorators, as one likes."""

    def named(view: View) -> View:
        view.body_limit = Limit(most, at_once)  # type: ignore[attr-defined]
        return view

    return named
