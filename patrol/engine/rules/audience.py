"""Whom a text without a job is aimed at: migrant workers, candidates and their families, or everybody.

Deceit aimed at everybody is for others to look at; here a person must look at what is aimed at migrants. Few texts name
them; most speak of what only they have: a husband in Korea, an employer who shouts, a roster, a fee in ringgit.
"""

from __future__ import annotations

from collections.abc import Mapping

from patrol import domain
from patrol.domain import ClaimKind, PhraseGroup
from patrol.engine.rules import deceit, signs

# Money and dialling codes of the countries Indonesians work in. Dollars, pounds and euros are every swindler's.
_MONEY = frozenset(("TWD", "HKD", "MOP", "MYR", "SGD", "BND", "KRW", "JPY", "SAR", "AED", "KWD", "QAR", "BHD", "OMR"))
_CODES = ("+60", "+65", "+81", "+82", "+852", "+853", "+886", "+673", "+966", "+971", "+965", "+974", "+968", "+973")

# Where Indonesians work in numbers. A swindler's own country (Syria, Norway, Nigeria) is none of them.
_WORK = frozenset(
    (
        "TW",
        "HK",
        "MO",
        "MY",
        "SG",
        "BN",
        "KR",
        "JP",
        "SA",
        "AE",
        "KW",
        "QA",
        "BH",
        "OM",
        "JO",
        "TR",
        "KH",
        "MM",
        "LA",
        "TH",
        "PH",
        "PG",
        "MV",
        "PL",
        "RO",
        "RS",
        "HU",
        "HR",
        "IT",
        "NZ",
        "AU",
        "CA",
        "DE",
        "FJ",
        "SK",
    )
)

_LEADS = 8  # characters between "yang kerja" and its country: " di ", " neng "

# What only migrants have to do with; each says enough by itself.
_TELLING = (PhraseGroup.MIGRANTS, PhraseGroup.MIGRANT_LIFE, PhraseGroup.MIGRANT_PAPERS)


def claims(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """The places that say so; empty where the text is for everybody.

    One telling word is enough, or two different hints: a foreign country, ties to somebody there, passport or visa,
    foreign pay, a number from there, a ship's crew. Bait has no other reason to name a country of work or its money, so there one of
    these is enough; but for aid and prizes that cost nothing, whose givers are foreign too ("dana dari Australia",
    "tiket ke Mekkah"). The swindler in love names far countries of his own: with him two hints are nothing, only ties
    that lead straight to a country ("kamu yang kerja di Taiwan") are. Where none of this stands, the words that tipped the weights
    do, which have learnt from deceits aimed at migrants alone.
    """
    return _by_hints(reading) or signs.phrases(reading, PhraseGroup.DECEIT_WORDS)


def _by_hints(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    telling = signs.phrases(reading, *_TELLING)
    if telling:
        return telling
    hints = _hints(reading)
    if _is_told_by_one(reading) and (there := _there(reading)):
        return there
    if signs.phrases(reading, PhraseGroup.ROMANCE) and not _ties_lead_abroad(hints):
        return ()
    if len(hints) < 2:
        return ()
    return tuple(claim for found in hints.values() for claim in found)


def _is_told_by_one(reading: domain.Reading) -> bool:
    return deceit.is_practised(reading) and (
        not signs.phrases(reading, PhraseGroup.AID_LURE)
        or bool(signs.phrases(reading, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY) + signs.money_targets(reading))
    )


def _there(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Countries of work, and their money."""
    countries = tuple(c for c in reading.of(ClaimKind.COUNTRY) if c.value in _WORK and c.role != "denied")
    return countries + _foreign_money(reading)


def is_migrants(reading: domain.Reading) -> bool:
    """Whether the text is for migrant workers, candidates or their families; an offer abroad always is."""
    return signs.is_offer(reading) or bool(claims(reading))


def _ties_lead_abroad(hints: Mapping[str, tuple[domain.Claim, ...]]) -> bool:
    return any(
        tie.source == country.source and 0 <= country.span[0] - tie.span[1] <= _LEADS
        for tie in hints.get("ties", ())
        for country in hints.get("country", ())
    )


def _hints(reading: domain.Reading) -> dict[str, tuple[domain.Claim, ...]]:
    found = {
        "country": tuple(claim for claim in reading.of(ClaimKind.COUNTRY) if claim.value != "ID" and claim.role != "denied")
        + signs.phrases(reading, PhraseGroup.ABROAD),
        "ties": signs.phrases(reading, PhraseGroup.ABROAD_TIES),
        "crew": signs.phrases(reading, PhraseGroup.CREW),
        "papers": signs.phrases(reading, PhraseGroup.TRAVEL_PAPERS, PhraseGroup.FORGED_PAPERS, PhraseGroup.FIXER),
        "money": _foreign_money(reading),
        "number": tuple(claim for claim in reading.of(ClaimKind.PHONE) if claim.value.startswith(_CODES)),
    }
    return {hint: places for hint, places in found.items() if places}


def _foreign_money(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    return tuple(claim for claim in reading.of(ClaimKind.PAY, ClaimKind.FEE) if claim.money is not None and claim.money.currency in _MONEY)
