"""A ring and what it did, to the police: Law 18/2017, trafficking (Law 21/2007), electronic transactions."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="police",
    name=Sentence("Kepolisian", "Police"),
    asks=Sentence("Pelimpahan informasi dugaan tindak pidana", "Information on a suspected offence"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.LINK, ItemKind.ACCOUNT, ItemKind.PHONE, ItemKind.BANK_ACCOUNT, ItemKind.EMAIL),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.FACTS),
    proofs=frozenset({Proof.ANALYSIS, Proof.COPY, Proof.SOURCE}),
    columns=(
        shared.NUMBER,
        Column("kind", "Jenis"),
        Column("value", "Nilai"),
        shared.CHECK,
        Column("holder", "Nama pemilik rekening bila tertulis"),
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.VERDICT,
        shared.REGISTER,
        shared.REASON,
        shared.FLAG,
    ),
    letter=True,
    source=shared.NOT_PUBLISHED,
    targets=Sentence("Satuan kepolisian yang mana", "Which police unit"),
)
