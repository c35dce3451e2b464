"""Aid, prizes and refunds as bait, mostly in the name of a ministry.

No ministry hands out money through a private contact. The same bait for everybody belongs to other offices: it is
kept with little weight and stays below medium.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence, TextKind
from patrol.engine.rules import audience, deceit, particulars, signs

NAME = "aid_fraud"
VERSION = 4
POINTS = 2.2
TITLE = Sentence("Iming-iming bantuan atau hadiah", "Aid or prize as bait")
NEEDS = frozenset((PhraseGroup.AID_LURE,))

BAIT_POINTS = 1.2
EVERYBODY_POINTS = 0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check  # bait is no offer: the register has no say
    bait = signs.phrases(reading, PhraseGroup.AID_LURE)
    if reading.text_kind != TextKind.LURE or not bait:
        return None
    offices = signs.phrases(reading, PhraseGroup.CLAIMS_OFFICE)
    migrants = audience.claims(reading)
    through, asked = particulars.reached(reading, particulars.THROUGH), particulars.asked(reading)
    if migrants:
        points = POINTS if offices or signs.demands(reading) or deceit.price(reading) else BAIT_POINTS
        reason = Sentence(
            f"Menjanjikan bantuan atau hadiah kepada pekerja migran atau keluarganya{through.id}{asked.id}.",
            f"Promises migrant workers or their families aid or a prize{through.en}{asked.en}.",
        )
    else:
        points = EVERYBODY_POINTS
        reason = Sentence(
            f"Iming-iming bantuan atau hadiah untuk umum{through.id}, tidak ditujukan kepada pekerja migran{asked.id}.",
            f"Bait of aid or a prize for the general public{through.en}, not aimed at migrant workers{asked.en}.",
        )
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        kinds=(() if deceit.takes_only_data(reading) else (Kind.FRAUD,)) + ((Kind.IMPERSONATION,) if offices else ()),
        claims=bait + signs.in_post(migrants) + offices + deceit.price(reading),
        parameters={"audience": "migrants" if migrants else "everybody"},
    )
