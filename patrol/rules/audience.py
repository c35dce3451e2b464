"""Whom a text without a job is aimed at: migrant workers, candidates and their families, or everybody.

The contract asks a person to look at deceit aimed at migrants only. Few texts name them; most speak of what only they
have: a husband in Korea, an employer who shouts, a roster, a fee in ringgit.
"""

from __future__ import annotations

from collections.abc import Mapping

from patrol import vocabulary
from patrol.rules import signs
from patrol.vocabulary import ClaimKind, PhraseGroup

# Money and dialling codes of the countries Indonesians work in. Dollars, pounds and euros are every swindler's.
_MONEY = frozenset(("TWD", "HKD", "MOP", "MYR", "SGD", "BND", "KRW", "JPY", "SAR", "AED", "KWD", "QAR", "BHD", "OMR"))
_CODES = ("+60", "+65", "+81", "+82", "+852", "+853", "+886", "+673", "+966", "+971", "+965", "+974", "+968", "+973")

_LEADS = 8  # characters between "yang kerja" and its country: " di ", " neng "

# What only migrants have to do with; each says enough by itself.
_TELLING = (PhraseGroup.MIGRANTS, PhraseGroup.MIGRANT_LIFE, PhraseGroup.MIGRANT_PAPERS)


def claims(reading: vocabulary.Reading) -> tuple[vocabulary.Claim, ...]:
    """The places that say so; empty where the text is for everybody.

    One telling word is enough, or two different hints: a foreign country, ties to somebody there, passport or visa,
    foreign pay, a number from there. The swindler in love names far countries of his own: with him only ties that
    lead straight to a country ("kamu yang kerja di Taiwan") and the telling words count.
    """
    telling = signs.phrases(reading, *_TELLING)
    if telling:
        return telling
    hints = _hints(reading)
    if signs.phrases(reading, PhraseGroup.ROMANCE) and not _ties_lead_abroad(hints):
        return ()
    if len(hints) < 2:
        return ()
    return tuple(claim for found in hints.values() for claim in found)


def is_migrants(reading: vocabulary.Reading) -> bool:
    """Whether the text is for migrant workers, candidates or their families; an offer abroad always is."""
    return signs.is_offer(reading) or bool(claims(reading))


def _ties_lead_abroad(hints: Mapping[str, tuple[vocabulary.Claim, ...]]) -> bool:
    return any(
        tie.source == country.source and 0 <= country.span[0] - tie.span[1] <= _LEADS
        for tie in hints.get("ties", ())
        for country in hints.get("country", ())
    )


def _hints(reading: vocabulary.Reading) -> dict[str, tuple[vocabulary.Claim, ...]]:
    found = {
        "country": tuple(
            claim for claim in reading.of(ClaimKind.COUNTRY) if claim.value != "ID" and claim.role != "denied"
        )
        + signs.phrases(reading, PhraseGroup.ABROAD),
        "ties": signs.phrases(reading, PhraseGroup.ABROAD_TIES),
        "papers": signs.phrases(reading, PhraseGroup.TRAVEL_PAPERS, PhraseGroup.FORGED_PAPERS, PhraseGroup.FIXER),
        "money": tuple(
            claim
            for claim in reading.of(ClaimKind.PAY, ClaimKind.FEE)
            if claim.money is not None and claim.money.currency in _MONEY
        ),
        "number": tuple(claim for claim in reading.of(ClaimKind.PHONE) if claim.value.startswith(_CODES)),
    }
    return {hint: places for hint, places in found.items() if places}
