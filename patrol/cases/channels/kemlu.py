"""Recruiters abroad, to the foreign ministry and the mission concerned."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="kemlu",
    name=Sentence("Kemlu dan perwakilan RI", "Foreign ministry and mission"),
    asks=Sentence("Permohonan tindak lanjut di luar negeri", "Request to follow up abroad"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.LINK, ItemKind.ACCOUNT, ItemKind.PHONE, ItemKind.EMAIL),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.FACTS),
    proofs=frozenset({Proof.COPY, Proof.SOURCE}),
    columns=(
        shared.NUMBER,
        Column("kind", "Jenis"),
        Column("value", "Nilai"),
        shared.CHECK,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.REASON,
        shared.FLAG,
    ),
    letter=True,
    source=shared.NOT_PUBLISHED,
    targets=Sentence("Perwakilan yang mana", "Which mission"),
)
