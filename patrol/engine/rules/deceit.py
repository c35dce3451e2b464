"""Deceits without a job: which of them a text's author practises, and what he takes.

A bait (`TextKind.LURE`) practises what it speaks of. Whoever the reader took for a trader or a petitioner is taken at
his word too, but only for what nobody honest offers, only where it has a price, and a petitioner only where no word
reports, warns or asks: "anak ibu kami jaga, siapkan 65 juta" is no plea. Warnings and news must besides give a way to
pay or to answer. Jokes practise nothing; offers of work have rules of their own.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, PhraseGroup, TextKind
from patrol.engine.rules import signs

# What no honest trader sells.
NEVER_HONEST = (PhraseGroup.FORGED_PAPERS, PhraseGroup.FIXER, PhraseGroup.ACCOUNT_RENTAL, PhraseGroup.MAGIC)

# What a petitioner or a trader in earnest never couples with a price either. Loans, aid and rates are honest trade too.
DISHONEST = (
    *NEVER_HONEST,
    PhraseGroup.RANSOM,
    PhraseGroup.PARCEL,
    PhraseGroup.ROMANCE,
    PhraseGroup.SAVINGS_RING,
    PhraseGroup.SIDE_TASK,
    PhraseGroup.PAID_FIRST,
    PhraseGroup.CREDENTIALS,
)

_OFFICES = (PhraseGroup.OFFICIAL_BODY, PhraseGroup.OFFICIAL_PLACES, PhraseGroup.CLAIMS_OFFICE, PhraseGroup.LOCAL_BODY)

# Words of those who speak of somebody else's deed.
_TELLS = (PhraseGroup.WARNS, PhraseGroup.REPORTS, PhraseGroup.ASKS)

# What a bait promises, threatens with, or takes.
BAITS = (
    *NEVER_HONEST,
    PhraseGroup.AID_LURE,
    PhraseGroup.PARCEL,
    PhraseGroup.RANSOM,
    PhraseGroup.ROMANCE,
    PhraseGroup.SAVINGS_RING,
    PhraseGroup.SIDE_TASK,
    PhraseGroup.LOAN,
    PhraseGroup.REFUND,
    PhraseGroup.REMITTANCE,
    PhraseGroup.PAID_FIRST,
    PhraseGroup.MONEY_LURE,
    PhraseGroup.PAPERS_HELD,
    PhraseGroup.PAPERS_MADE,
    PhraseGroup.HARVEST,
    PhraseGroup.POSES,
    PhraseGroup.CLAIMS_OFFICE,
    PhraseGroup.BYPASS_OFFICE,
)

# Office desks, chats and groups: a link there leads to a person, not to a form.
_CHATS = ("wa.me/", "api.whatsapp.com/", "chat.whatsapp.com/", "t.me/", "telegram.me/", "line.me/", "lin.ee/", "m.me/")

_TRADING = frozenset((TextKind.ADVERTISEMENT, TextKind.OTHER, TextKind.OFFER_HOME))


def practised(reading: domain.Reading, *groups: str) -> tuple[domain.Claim, ...]:
    """Places of these deceits, where the author practises them himself."""
    said = signs.phrases(reading, *groups)
    if not said or reading.text_kind == TextKind.LURE:
        return said
    known = _practised_by(reading)
    return tuple(claim for claim in said if claim.value in known) if known else ()


def is_practised(reading: domain.Reading) -> bool:
    """Whether the text is a bait, or offers what nobody honest offers."""
    if reading.text_kind == TextKind.LURE:
        return bool(signs.phrases(reading, PhraseGroup.DECEIT_WORDS)) or not _is_free(reading)
    return bool(practised(reading, *DISHONEST))


def is_plain(reading: domain.Reading) -> bool:
    """Whether a deceit is practised, and said.

    The kind of a text is weighed by all its words; one that only sounds like a bait ("posko desa menunggu kabar
    keluarga di Johor") holds no word of what it promises or takes, nor a sum.
    """
    if reading.text_kind == TextKind.LURE and signs.phrases(reading, PhraseGroup.DECEIT_WORDS):
        return True  # the words that tipped the weights say it
    if not is_practised(reading) or (reading.text_kind == TextKind.LURE and _is_out_of_reach(reading)):
        return False
    said = signs.phrases(reading, *BAITS) or price(reading) or data_taken(reading)
    return bool(said or reading.of(ClaimKind.PAY, ClaimKind.FEE))


def _is_free(reading: domain.Reading) -> bool:
    """Whether all is promised for nothing at an office ("tidak dipungut biaya, datang ke kantor"): then it is the office's.

    Nothing is asked, nobody private answers, and nothing dishonest is spoken of. An office's own account need not say that it is free.
    """
    by_office = signs.phrases(reading, PhraseGroup.OFFICE_ACCOUNT)
    return (
        bool((signs.phrases(reading, PhraseGroup.NO_MONEY) and signs.phrases(reading, *_OFFICES)) or by_office)
        and not price(reading)
        and not data_taken(reading)
        and not signs.demands(reading)
        and not signs.contacts(reading)
        and not signs.phrases(reading, *DISHONEST, PhraseGroup.POSES)
    )


# What is deceit though no way to pay or answer is written: it is told to somebody face to face, or in a chat.
_TOLD = (
    *DISHONEST,
    PhraseGroup.PAPERS_HELD,
    PhraseGroup.POSES,
    PhraseGroup.LOAN,
    PhraseGroup.AID_LURE,
    PhraseGroup.UPFRONT_MONEY,
    PhraseGroup.CHARGE,
)


def _is_out_of_reach(reading: domain.Reading) -> bool:
    """Whether nothing can be taken from the reader: no way to pay or answer, and no demand that needs none (advice, rates, questions)."""
    return not signs.contacts(reading) and not signs.money_targets(reading) and not signs.phrases(reading, *_TOLD)


def _practised_by(reading: domain.Reading) -> tuple[PhraseGroup, ...]:
    """The deceits this author, who is no plain bait, is believed to practise."""
    kind = reading.text_kind
    if kind in (TextKind.OFFER_ABROAD, TextKind.JOKE):
        return ()
    if not price(reading):
        return (PhraseGroup.CREDENTIALS,) if kind in _TRADING and _fishes(reading) else ()
    if signs.phrases(reading, *_TELLS):
        return NEVER_HONEST if kind in _TRADING and signs.contacts(reading) else ()
    return DISHONEST if kind in _TRADING or kind == TextKind.PLEA or _collects(reading) else ()


def _fishes(reading: domain.Reading) -> bool:
    """Whether a trader has a place to put the secrets he speaks of; these need no price."""
    hooks = signs.phrases(reading, PhraseGroup.HARVEST) or form_links(reading)
    return bool(hooks) and not signs.phrases(reading, *_TELLS)


def _collects(reading: domain.Reading) -> bool:
    """Whether the author writes down where to pay or answer; beside an office's name it may be its hotline."""
    if signs.money_targets(reading):
        return True
    written = reading.of(ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK)
    return bool(written) and not signs.phrases(reading, *_OFFICES)


def price(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Where money is asked for: charges, deposits, accounts to pay into."""
    asked = signs.phrases(reading, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY)
    return asked + signs.candidate_fees(reading) + signs.money_targets(reading)


def data_taken(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Where codes and passwords are asked for, or data by a form or link that is not the state's."""
    secrets = signs.phrases(reading, PhraseGroup.CREDENTIALS)
    forms = form_links(reading)
    harvest = signs.phrases(reading, PhraseGroup.HARVEST) if forms else ()
    return secrets + harvest + (forms if secrets or harvest else ())


def form_links(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Links to pages that are not the state's; those into a chat lead to a person."""
    links = signs.unofficial_links(reading)
    if not links:
        return links
    return tuple(claim for claim in links if not claim.value.split("//")[-1].lower().removeprefix("www.").startswith(_CHATS))


def takes_only_data(reading: domain.Reading) -> bool:
    """Whether data is all the text asks for: no money, no papers. A passport's number or picture that goes into a form is data too."""
    papers = () if form_links(reading) else signs.phrases(reading, PhraseGroup.PAPERS_HELD)
    return bool(data_taken(reading)) and not price(reading) and not papers
