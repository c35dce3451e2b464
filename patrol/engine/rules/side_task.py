"""Paid clicks that soon cost a deposit: the task fraud, told to workers on their day off."""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "side_task"
VERSION = 2
POINTS = 1.8
TITLE = Sentence("Tugas sampingan berdeposit", "Side tasks with a deposit")
NEEDS = frozenset((PhraseGroup.SIDE_TASK,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    tasks = deceit.practised(reading, PhraseGroup.SIDE_TASK)
    if not tasks:
        return None
    paid, asked = reading.of(ClaimKind.PAY), particulars.price(reading)
    pay = particulars.money(paid, Sentence(" ", " of "))
    then = (
        Sentence(f"lalu meminta {asked.id}", f"then asks for {asked.en}")
        if asked.id
        else Sentence("awal dari permintaan deposit", "the beginning of a request for deposits")
    )
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Menjanjikan upah{pay.id} untuk tugas ringan daring, {then.id}.", f"Promises pay{pay.en} for light tasks online, {then.en}."
        ),
        kinds=(Kind.FRAUD,),
        claims=tasks + tuple(claim for claim in paid if claim.money) + deceit.price(reading),
    )
