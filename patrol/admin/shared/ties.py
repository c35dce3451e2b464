"""The drawing of what an indicator is seen with: itself in the middle, the strongest ties on both sides. The template draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from patrol.admin.shared import words

WIDTH, SIDE, STEP = 340, 122, 34  # of the drawing; of the nodes from its edges, labels between; from row to row
LABEL, WIDE = 16, 1.3  # small letters beside a node, and how many of them a capital takes the place of
MOST: Final = 10  # more labels would lie on each other; all ties stand in the list beside it

SHAPES: Final = {
    "phone": "circle",
    "account": "diamond",
    "link": "square",
    "bank_account": "triangle",
    "email": "envelope",
    "agency": "flag",
    "licence_number": "hexagon",
}
_PATHS: Final = {
    "circle": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0z",
    "diamond": "M0 -8l8 8-8 8-8-8z",
    "square": "M-6 -6h12v12h-12z",
    "triangle": "M0 -8l8 14h-16z",
    "flag": "M-8 -6h16v12h-16z",
    "envelope": "M-8 -6h16v7l-8 6-8-6z",
    "hexagon": "M-8 0l4-7h8l4 7-4 7h-8z",
}


def drawn(title: Any, kind: str, tied: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`tied`: as indicator_page._ties gives them, the strongest first."""
    shown = tied[:MOST]
    most = max((tie["posts"] for tie in shown), default=1)
    rows = (len(shown) + 1) // 2
    height = max(84, rows * STEP + 24)
    middle = (WIDTH / 2, height / 2 - 6)
    nodes = []
    for place, tie in enumerate(shown):
        # Left and right by turns, each side with its labels outside: nothing lies on anything else.
        row, right = divmod(place, 2)
        nodes.append(
            {
                "x": WIDTH - SIDE if right else SIDE,
                "y": 18 + row * STEP + (height - 24 - rows * STEP) / 2,
                "label_x": 13 if right else -13,
                "anchor": "start" if right else "end",
                "path": _PATHS[SHAPES.get(tie["kind"], "circle")],
                "tone": tie["kind"],
                "label": _short(tie["kind"], str(tie["value"])),
                "value": tie["value"],
                "posts": tie["posts"],
                "weight": round(1 + 3 * tie["posts"] / most, 1),
                "sure": tie["sure"] > 0,
                "link": tie["link"],
            }
        )
    return {
        "width": WIDTH,
        "height": height,
        "x": middle[0],
        "y": middle[1],
        "path": _PATHS[SHAPES.get(kind, "circle")],
        "tone": kind,
        "title": title,
        "nodes": nodes,
        "legend": [
            {"tone": tone, "path": _PATHS[shape], "title": words.INDICATORS[tone].title}
            for tone, shape in SHAPES.items()
            if tone in {kind, *(tie["kind"] for tie in shown)}
        ],
        "left_out": len(tied) - len(shown),
    }


def _short(kind: str, value: str) -> str:
    """What tells it apart and fits beside its node: an account without its platform, capitals in fewer letters."""
    told = value.partition(":")[2] or value if kind == "account" else value
    room = float(LABEL - 1)
    for place, letter in enumerate(told):
        room -= WIDE if letter.isupper() else 1
        if room < 0 and place < len(told) - 1:
            return f"{told[:place]}…"
    return told
