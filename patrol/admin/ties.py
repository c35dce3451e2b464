"""The drawing of what an indicator is seen with: itself in the middle, the strongest ties around it. Places only; the template draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

WIDTH, HEIGHT = 340, 236
MOST: Final = 10  # more labels would lie on each other; all ties stand in the list beside it

SHAPES: Final = {
    "phone": "circle", "account": "diamond", "link": "square", "bank_account": "triangle", "agency": "flag", "licence_number": "hexagon",
}  # fmt: skip
_PATHS: Final = {
    "circle": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0z", "diamond": "M0 -8l8 8-8 8-8-8z", "square": "M-6 -6h12v12h-12z",
    "triangle": "M0 -8l8 14h-16z", "flag": "M-8 -6h16v12h-16z", "hexagon": "M-8 0l4-7h8l4 7-4 7h-8z",
}  # fmt: skip


def drawn(title: Any, kind: str, tied: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`tied`: as indicator_page._ties gives them, the strongest first."""
    middle = (WIDTH / 2, HEIGHT / 2 - 6)
    shown = tied[:MOST]
    most = max((tie["posts"] for tie in shown), default=1)
    nodes = []
    for place, tie in enumerate(shown):
        # Neighbours lie on two rings by turns, so that their labels do not meet.
        angle = -math.pi / 2 + 2 * math.pi * place / len(shown)
        ring = 1.0 if place % 2 == 0 or len(shown) < 7 else 0.66
        x = round(middle[0] + ring * (WIDTH / 2 - 60) * math.cos(angle), 1)
        y = round(middle[1] + ring * (HEIGHT / 2 - 34) * math.sin(angle), 1)
        nodes.append(
            {
                "x": x,
                "y": y,
                "label_y": 22,
                "path": _PATHS[SHAPES.get(tie["kind"], "circle")],
                "tone": tie["kind"],
                "label": _short(str(tie["value"])),
                "value": tie["value"],
                "posts": tie["posts"],
                "weight": round(1 + 3 * tie["posts"] / most, 1),
                "sure": tie["sure"] > 0,
                "link": tie["link"],
            }
        )
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "x": middle[0],
        "y": middle[1],
        "path": _PATHS[SHAPES.get(kind, "circle")],
        "tone": kind,
        "title": title,
        "nodes": nodes,
        "left_out": len(tied) - len(shown),
    }


def _short(value: str) -> str:
    return value if len(value) <= 18 else f"{value[:17]}…"
