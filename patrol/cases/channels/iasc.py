"""Bank accounts that took money, to IASC of OJK, which asks the banks to hold back what is still there."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="iasc",
    name=Sentence("IASC OJK, rekening", "IASC of OJK, bank accounts"),
    asks=Sentence("Permohonan penundaan transaksi rekening", "Request to hold back transactions of accounts"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.BANK_ACCOUNT,),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.USED_FOR),
    proofs=frozenset({Proof.COPY, Proof.SOURCE}),
    blocks=True,
    columns=(
        shared.NUMBER,
        Column("bank", "Bank"),
        Column("account_number", "Nomor rekening"),
        shared.CHECK,
        Column("holder", "Nama pemilik bila tertulis"),
        shared.USE,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.FLAG,
    ),
    source=shared.NOT_PUBLISHED,
)
