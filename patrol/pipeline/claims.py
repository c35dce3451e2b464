"""Claims as they are kept: JSON objects of ReadingClaims.claims, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from patrol import domain


def to_json(claim: domain.Claim) -> dict[str, Any]:
    """{kind, value, start, end, source, confidence, role, detail, money, box}; money {low, high, currency, period} or null.

    `box` [left, top, width, height] of a claim from a picture, else null; claims kept before there were boxes lack it.
    """
    money = claim.money
    return {
        "kind": str(claim.kind),
        "value": claim.value,
        "start": claim.span[0],
        "end": claim.span[1],
        "source": claim.source,
        "confidence": claim.confidence,
        "role": str(claim.role),
        "detail": dict(claim.detail),
        "money": money and {"low": str(money.low), "high": str(money.high), "currency": money.currency, "period": money.period},
        "box": claim.box and list(claim.box),
    }


def from_json(kept: Mapping[str, Any]) -> domain.Claim:
    """The claim as it was. Raises KeyError where the object is none of ours."""
    money = kept["money"]
    return domain.Claim(
        kind=kept["kind"],
        value=kept["value"],
        span=(kept["start"], kept["end"]),
        source=kept["source"],
        confidence=kept["confidence"],
        role=kept["role"],
        money=money and domain.Money(Decimal(money["low"]), Decimal(money["high"]), money["currency"], money["period"]),
        detail=kept["detail"],
        box=_box(kept.get("box")),
    )


def _box(kept: list[int] | None) -> domain.Box | None:
    if kept is None:
        return None
    left, top, width, height = kept
    return left, top, width, height


def place_json(place: domain.Place) -> dict[str, Any]:
    """{source, start, end, box, confidence}: ReadingClaims.places."""
    return {"source": place.source, "start": place.span[0], "end": place.span[1], "box": list(place.box), "confidence": place.confidence}


def place_from_json(kept: Mapping[str, Any]) -> domain.Place:
    """The place as it was. Raises KeyError where the object is none of ours."""
    left, top, width, height = kept["box"]
    return domain.Place(kept["source"], (kept["start"], kept["end"]), (left, top, width, height), kept["confidence"])


def sentences(kept: list[Mapping[str, str]]) -> tuple[domain.Sentence, ...]:
    return tuple(domain.Sentence(id=one["id"], en=one["en"]) for one in kept)
