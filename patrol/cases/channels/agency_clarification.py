"""An agency whose name others may be misusing is asked what it knows. It is no suspect."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, Fact, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="agency_clarification",
    name=Sentence("Klarifikasi P3MI", "Clarification by an agency"),
    asks=Sentence("Permintaan klarifikasi", "Request for clarification"),
    sender=Sender.OFFICE,
    kinds=(ItemKind.AGENCY,),
    hours=(24, 4),
    facts=(shared.CONTACT, Fact("questions", Sentence("Yang ditanyakan", "What is asked"), 2000, lines=4)),
    proofs=frozenset({Proof.COPY, Proof.REGISTER}),
    columns=(
        shared.NUMBER,
        Column("value", "P3MI"),
        shared.CHECK,
        shared.VERDICT,
        shared.REGISTER,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.FLAG,
    ),
    letter=True,
    source=Sentence("Surat ke P3MI; usulan kami.", "A letter to the agency; our proposal."),
    targets=Sentence("P3MI yang mana", "Which agency"),
)
