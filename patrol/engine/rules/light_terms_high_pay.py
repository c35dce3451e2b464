"""Much pay for nothing asked: the mark of a bait that the authorities name first (Kemnaker, Kemlu).

Either alone is ordinary: factory work needs no diploma, welders earn well.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "light_terms_high_pay"
VERSION = 1
POINTS = 1.0
TITLE = Sentence("Syarat ringan, gaji tinggi", "Light terms, high pay")
NEEDS = frozenset((PhraseGroup.LIGHT_TERMS,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or signs.is_cleared(check):
        return None
    terms = signs.phrases(reading, PhraseGroup.LIGHT_TERMS)
    pay = signs.high_pay(reading)
    if not terms or not pay:
        return None
    said = particulars.amount(pay, Sentence("tinggi", "High pay"))
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Gaji {said.id} tanpa syarat pendidikan, pengalaman, atau bahasa.",
            f"{said.en} with no education, experience or language asked.",
        ),
        claims=terms + pay,
    )
