"""Bank accounts and wallets, to CekRekening of Komdigi."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="cek_rekening",
    name=Sentence("CekRekening, rekening", "CekRekening, bank accounts"),
    asks=Sentence("Laporan rekening yang dipakai dalam penawaran", "Report of bank accounts used in offers"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.BANK_ACCOUNT,),
    hours=(24, 4),
    facts=(shared.CONTACT, shared.USED_FOR),
    proofs=frozenset({Proof.COPY, Proof.SOURCE}),
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
