"""Bait without a job: aid, loans, parcels, tasks, papers for sale, whatever the promise.

That it is bait is the reader's word (`TextKind.LURE`), or is plain from what is sold. This rule tells whom it is aimed
at; what it promises is said by the rules beside it. Bait for everybody belongs to other offices and stays below medium.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import audience, deceit, signs

NAME = "bait"
VERSION = 4
POINTS = 1.8
TITLE = Sentence("Iming-iming tanpa tawaran kerja", "Bait without a job")
NEEDS: frozenset[PhraseGroup] = frozenset()

EVERYBODY_POINTS = 0.3


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check  # bait is no offer: the register has no say
    if not deceit.is_plain(reading):
        return None
    migrants = audience.claims(reading)
    asked = deceit.price(reading) + deceit.data_taken(reading)
    if migrants:
        points = POINTS
        reason = Sentence(
            "Iming-iming yang ditujukan kepada pekerja migran, calon, atau keluarganya.",
            "Bait aimed at migrant workers, candidates or their families.",
        )
    else:
        points = EVERYBODY_POINTS
        reason = Sentence(
            "Iming-iming untuk umum, tidak ditujukan kepada pekerja migran.", "Bait for the general public, not aimed at migrant workers."
        )
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        kinds=() if deceit.takes_only_data(reading) else (Kind.FRAUD,),
        claims=migrants + asked,
        parameters={"audience": "migrants" if migrants else "everybody"},
    )
