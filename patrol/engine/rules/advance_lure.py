"""Money first, for something that never comes: a parcel at customs, a prisoner's release, a refund, a loan, a rate.

Banks and couriers speak of loans, parcels and rates too, so the word alone is nothing: the text must be bait and must
ask for money.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "advance_lure"
VERSION = 2
POINTS = 2.2
TITLE = Sentence("Uang diminta lebih dulu", "Money first")
NEEDS = frozenset(
    (PhraseGroup.LOAN, PhraseGroup.PAID_FIRST, PhraseGroup.PARCEL, PhraseGroup.RANSOM, PhraseGroup.REFUND, PhraseGroup.REMITTANCE)
)

# In this order the reason names the first that holds: a ransom may speak of a parcel, a parcel of a loan.
_PROMISES = {
    PhraseGroup.RANSOM: ("pembebasan keluarga", "a relative's release"),
    PhraseGroup.PARCEL: ("paket atau kiriman yang ditahan", "a parcel held back"),
    PhraseGroup.REFUND: ("pengembalian dana", "a refund"),
    PhraseGroup.LOAN: ("pinjaman atau penghapusan utang", "a loan or the end of a debt"),
    PhraseGroup.REMITTANCE: ("pengiriman uang atau kurs tinggi", "a remittance at a high rate"),
    PhraseGroup.PAID_FIRST: ("barang atau jasa yang baru menyusul kemudian", "goods or services that are to follow"),
}


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    asked = deceit.price(reading)
    if not asked:
        return None
    promised = next((group for group in _PROMISES if deceit.practised(reading, group)), None)
    if promised is None:
        return None
    id_, en = _PROMISES[promised]
    money = particulars.amount(asked, Sentence("uang", "money"))
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(f"Meminta {money.id} lebih dulu untuk {id_}.", f"Asks for {money.en} first, for {en}."),
        kinds=(Kind.FRAUD,),
        claims=deceit.practised(reading, promised) + asked,
        parameters={"what": promised.value},
    )
