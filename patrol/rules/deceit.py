"""Deceits without a job: which of them a text's author practises, and what he takes.

A bait (`TextKind.LURE`) practises what it speaks of. Trade and other texts are taken at their word too, but only for
what no honest trader sells, and only where it has a price: an agency for passports sells patience, not insiders.
Reports practise nothing; offers of work have rules of their own.
"""

from __future__ import annotations

from patrol import vocabulary
from patrol.rules import signs
from patrol.vocabulary import PhraseGroup, TextKind

# What no honest trader sells.
NEVER_HONEST = (
    PhraseGroup.FORGED_PAPERS,
    PhraseGroup.FIXER,
    PhraseGroup.ACCOUNT_RENTAL,
    PhraseGroup.MAGIC,
)

# Office desks, chats and groups: a link there leads to a person, not to a form.
_CHATS = ("wa.me/", "api.whatsapp.com/", "chat.whatsapp.com/", "t.me/", "telegram.me/", "line.me/", "lin.ee/", "m.me/")

_TRADING = frozenset((TextKind.ADVERTISEMENT, TextKind.OTHER, TextKind.OFFER_HOME))


def practised(reading: vocabulary.Reading, *groups: str) -> tuple[vocabulary.Claim, ...]:
    """Places of these deceits, where the author practises them himself."""
    if reading.text_kind == TextKind.LURE:
        return signs.phrases(reading, *groups)
    if reading.text_kind in _TRADING and price(reading) and signs.contacts(reading):
        return signs.phrases(reading, *(group for group in groups if group in NEVER_HONEST))
    return ()


def is_practised(reading: vocabulary.Reading) -> bool:
    """Whether the text is a bait, or sells what no honest trader sells."""
    return reading.text_kind == TextKind.LURE or bool(practised(reading, *NEVER_HONEST))


def price(reading: vocabulary.Reading) -> tuple[vocabulary.Claim, ...]:
    """Where money is asked for: charges, deposits, accounts to pay into."""
    asked = signs.phrases(reading, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY)
    return asked + signs.candidate_fees(reading) + signs.money_targets(reading)


def data_taken(reading: vocabulary.Reading) -> tuple[vocabulary.Claim, ...]:
    """Where codes and passwords are asked for, or data by a form or link that is not the state's."""
    secrets = signs.phrases(reading, PhraseGroup.CREDENTIALS)
    forms = form_links(reading)
    harvest = signs.phrases(reading, PhraseGroup.HARVEST) if forms else ()
    return secrets + harvest + (forms if secrets or harvest else ())


def form_links(reading: vocabulary.Reading) -> tuple[vocabulary.Claim, ...]:
    """Links to pages that are not the state's; those into a chat lead to a person."""
    return tuple(
        claim
        for claim in signs.unofficial_links(reading)
        if not claim.value.split("//")[-1].lower().removeprefix("www.").startswith(_CHATS)
    )


def takes_only_data(reading: vocabulary.Reading) -> bool:
    """Whether data is all the text asks for: no money, no papers."""
    papers = signs.phrases(reading, PhraseGroup.PAPERS_HELD)
    return bool(data_taken(reading)) and not price(reading) and not papers
