"""Bait without a job: aid, loans, parcels, tasks, papers for sale, whatever the promise.

That it is bait is the reader's word (`TextKind.LURE`), or is plain from what is sold. This rule tells whom it is aimed
at; what it promises is said by the rules beside it. Bait for everybody belongs to other offices and stays below medium.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import audience, deceit, particulars, signs

NAME = "bait"
VERSION = 6
POINTS = 1.8
TITLE = Sentence("Iming-iming tanpa tawaran kerja", "Bait without a job")
NEEDS: frozenset[PhraseGroup] = frozenset()

EVERYBODY_POINTS = 0.3

# What it is called, the plainest first: of several the reason names the first.
_PROMISES = {
    PhraseGroup.RANSOM: Sentence(" pembebasan keluarga", " of a relative's release"),
    PhraseGroup.FORGED_PAPERS: Sentence(" dokumen palsu", " of forged papers"),
    PhraseGroup.FIXER: Sentence(" jalur orang dalam", " of an insider's help"),
    PhraseGroup.ACCOUNT_RENTAL: Sentence(" sewa atau jual beli rekening", " of accounts rented or bought"),
    PhraseGroup.MAGIC: Sentence(" jasa gaib", " of magic"),
    PhraseGroup.SAVINGS_RING: Sentence(" arisan atau investasi", " of a savings ring or an investment"),
    PhraseGroup.SIDE_TASK: Sentence(" tugas sampingan", " of side tasks"),
    PhraseGroup.PARCEL: Sentence(" paket atau kiriman", " of a parcel"),
    PhraseGroup.REFUND: Sentence(" pengembalian dana", " of a refund"),
    PhraseGroup.LOAN: Sentence(" pinjaman atau penghapusan utang", " of a loan or the end of a debt"),
    PhraseGroup.REMITTANCE: Sentence(" pengiriman uang", " of a remittance"),
    PhraseGroup.AID_LURE: Sentence(" bantuan atau hadiah", " of aid or a prize"),
    PhraseGroup.ROMANCE: Sentence(" asmara", " of romance"),
    PhraseGroup.MONEY_LURE: Sentence(" uang", " of money"),
}


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check  # bait is no offer: the register has no say
    if not deceit.is_plain(reading):
        return None
    migrants = audience.claims(reading)
    asked = deceit.price(reading) + deceit.data_taken(reading)
    what, takes = _promised(reading), particulars.asked(reading)
    points = POINTS
    if migrants and all(claim.value == PhraseGroup.DECEIT_WORDS for claim in migrants):  # no word says whom it is for
        reason = Sentence(
            f"Terbaca sebagai iming-iming{what.id} bagi pekerja migran, calon, atau keluarganya{takes.id}.",
            f"Reads as bait{what.en} for migrant workers, candidates or their families{takes.en}.",
        )
    elif migrants:
        reason = Sentence(
            f"Iming-iming{what.id} yang ditujukan kepada pekerja migran, calon, atau keluarganya{takes.id}.",
            f"Bait{what.en} aimed at migrant workers, candidates or their families{takes.en}.",
        )
    else:
        points = EVERYBODY_POINTS
        reason = Sentence(
            f"Iming-iming{what.id} untuk umum, tidak ditujukan kepada pekerja migran{takes.id}.",
            f"Bait{what.en} for the general public, not aimed at migrant workers{takes.en}.",
        )
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        kinds=() if deceit.takes_only_data(reading) else (Kind.FRAUD,),
        claims=signs.in_post(migrants) + asked,
        parameters={"audience": "migrants" if migrants else "everybody"},
    )


def _promised(reading: domain.Reading) -> Sentence:
    """ " pinjaman", with its blank; nothing where what it promises has no name here."""
    return next((said for group, said in _PROMISES.items() if deceit.practised(reading, group)), Sentence("", ""))
