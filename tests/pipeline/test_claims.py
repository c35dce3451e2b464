"""Claims as JSON and back."""

from __future__ import annotations

import json
from decimal import Decimal

from patrol.domain import Claim, ClaimKind, Money
from patrol.pipeline import claims


def test_a_claim_comes_back_as_it_was_with_its_box_and_its_money() -> None:
    money = Money(Decimal(900), Decimal(1200), "EUR", "month")
    claim = Claim(ClaimKind.PAY, "900-1200 EUR", (3, 15), "image:1", 0.9, money=money, detail={"a": "b"}, box=(1, 2, 30, 9))
    assert claims.from_json(json.loads(json.dumps(claims.to_json(claim)))) == claim


def test_a_claim_of_the_text_has_no_box() -> None:
    claim = Claim(ClaimKind.PHONE, "+6284012345678", (0, 13))
    kept = claims.to_json(claim)
    assert kept["box"] is None
    assert claims.from_json(kept) == claim


def test_a_claim_kept_before_there_were_boxes_is_still_read() -> None:
    claim = Claim(ClaimKind.PHONE, "+6284012345678", (0, 13))
    kept = claims.to_json(claim)
    del kept["box"]
    assert claims.from_json(kept) == claim
