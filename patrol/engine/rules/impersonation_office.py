"""Speaks as ministry, BP3MI, embassy or another office, but answers on a private contact.

Real offices do publish mobile hotlines, so a private contact beside an office's name is not enough: there must also
be a demand, a bait, a way around the office, or a link that leaves the state's sites. Money asked in an office's name
is enough without any contact. An office that is only named does not speak: its name must stand where a speaker's does,
or be the account's (reading/speakers.py). Who hands out a ministry's money speaks for it too, and "saya Pak Lurah",
"kula petugas kargo" are said to be believed (a lover's rank is his romance). Where the office is what the deceit is
about (an insider there, a blacklist of theirs, a rate better than the bank's) its name as the giver's says nothing.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence, TextKind, Verdict
from patrol.engine.rules import deceit, particulars, signs

NAME = "impersonation_office"
VERSION = 6
POINTS = 2.4
TITLE = Sentence("Mengatasnamakan kantor resmi", "Poses as an official body")
NEEDS: frozenset[PhraseGroup] = frozenset()


# Deceits that are about an office without speaking for it.
_ABOUT = (
    PhraseGroup.FIXER,
    PhraseGroup.FORGED_PAPERS,
    PhraseGroup.MAGIC,
    PhraseGroup.ROMANCE,
    PhraseGroup.SAVINGS_RING,
    PhraseGroup.REMITTANCE,
    PhraseGroup.LOAN,
    PhraseGroup.ACCOUNT_RENTAL,
    PhraseGroup.SIDE_TASK,
)


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.asks(reading) or check.verdict == Verdict.EXEMPT:
        return None
    if reading.text_kind == TextKind.LURE and not deceit.is_plain(reading):
        return None
    office = _posed_as(reading)
    lure = reading.text_kind == TextKind.LURE
    reached = signs.private_contacts(reading) + signs.unofficial_links(reading) + signs.money_targets(reading)
    taken = deceit.data_taken(reading)
    # Offices, too, ask for papers and lead to forms: in an offer what none asks for is money, codes and silence.
    asked = signs.phrases(reading, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY, PhraseGroup.PRIVATE_PAYEE)
    asked += signs.candidate_fees(reading) + tuple(a for a in signs.money_targets(reading) if not signs.is_company_account(a))
    if not office or not (reached or taken or lure or asked):
        return None
    deceitful = taken + asked + signs.phrases(reading, PhraseGroup.AID_LURE) + signs.away_from_office(reading)
    if lure:
        deceitful += signs.demands(reading) + deceit.price(reading)
    if lure or signs.phrases(reading, PhraseGroup.CLAIMS_OFFICE):
        deceitful += signs.unofficial_links(reading)
    if not deceitful:
        return None
    ways = [said for said, claims in ((_PRIVATE, signs.private_contacts(reading)), (_SITE, signs.unofficial_links(reading))) if claims]
    ways += [_MONEY] if signs.money_targets(reading) else []
    way = particulars.all_of(ways or [_ASKED])
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Mengaku sebagai kantor, bank, atau petugas resmi, tetapi {way.id}.",
            f"Claims to be an office, a bank or an official, but {way.en}.",
        ),
        kinds=(Kind.IMPERSONATION,),
        claims=signs.in_post(office) + reached + deceitful,
    )


_PRIVATE = Sentence("dihubungi lewat kontak pribadi", "is reached at a private contact")
_SITE = Sentence("mengarahkan ke situs yang bukan milik pemerintah", "leads to a site that is not the state's")
_MONEY = Sentence("meminta uang ke rekening", "asks for money to an account")
_ASKED = Sentence("meminta yang tidak diminta kantor resmi", "asks for what no office asks")


def _posed_as(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Where the author speaks for an office, a bank or, promising refunds, for an agency."""
    office = signs.phrases(reading, PhraseGroup.CLAIMS_OFFICE, PhraseGroup.OFFICE_SPEAKS, PhraseGroup.OFFICE_ACCOUNT)
    if reading.text_kind != TextKind.LURE:
        return office
    if not deceit.practised(reading, PhraseGroup.ROMANCE):
        office += signs.phrases(reading, PhraseGroup.POSES, PhraseGroup.COMPANY_ACCOUNT)
    if office or deceit.practised(reading, *_ABOUT):
        return office
    agency = signs.placers(reading) if deceit.practised(reading, PhraseGroup.REFUND) else ()
    return signs.phrases(reading, PhraseGroup.OFFICE_GIVES) + agency
