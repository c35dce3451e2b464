"""Paid clicks that soon cost a deposit: the task fraud, told to workers on their day off."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, signs

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
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Menjanjikan upah untuk tugas ringan daring, awal dari permintaan deposit.",
            "Promises pay for light tasks online, the beginning of a request for deposits.",
        ),
        kinds=(Kind.FRAUD,),
        claims=tasks,
    )
