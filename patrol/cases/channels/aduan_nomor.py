"""Telephone numbers, to AduanNomor of Komdigi."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="aduan_nomor",
    name=Sentence("AduanNomor, nomor telepon", "AduanNomor, telephone numbers"),
    asks=Sentence("Permohonan penanganan nomor", "Request to handle numbers"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.PHONE,),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.USED_FOR),
    proofs=frozenset({Proof.COPY, Proof.SOURCE}),
    takes_down=True,
    columns=(
        shared.NUMBER,
        Column("value", "Nomor"),
        shared.CHECK,
        shared.USE,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.REASON,
        shared.FLAG,
    ),
    source=shared.NOT_PUBLISHED,
)
