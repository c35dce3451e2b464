"""A licensed agency that recruits without SIP or while suspended, to the ministry's own supervision (Permen P2MI 4/2025)."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="agency_supervision",
    name=Sentence("Pengawasan P3MI", "Supervision of agencies"),
    asks=Sentence("Permohonan pemeriksaan P3MI", "Request to look into an agency"),
    sender=Sender.OFFICE,
    kinds=(ItemKind.AGENCY,),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.FACTS),
    proofs=frozenset({Proof.COPY, Proof.SOURCE, Proof.REGISTER}),
    columns=(
        shared.NUMBER,
        Column("value", "P3MI"),
        shared.CHECK,
        Column("licence_number", "Nomor SIP yang disebut"),
        shared.VERDICT,
        shared.REGISTER,
        shared.REASON,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.FLAG,
    ),
    letter=True,
    source=Sentence("Direktorat pengawasan kementerian; usulan kami.", "The ministry's own supervision; our proposal."),
)
