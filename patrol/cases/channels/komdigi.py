"""Content, to Komdigi. A report needs the address, a screenshot and the reason (aduankonten.id); PM Kominfo 5/2020, article 14:
four hours where it is urgent, else a day."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="komdigi",
    name=Sentence("Komdigi, konten", "Komdigi, content"),
    asks=Sentence("Permohonan penanganan konten", "Request to handle content"),
    sender=Sender.DIRECTORATE,
    kinds=(ItemKind.LINK,),
    hours=(24, 4),
    facts=(shared.CONTACT,),
    proofs=frozenset({Proof.ANALYSIS, Proof.COPY, Proof.IDENTITY, Proof.SOURCE}),
    takes_down=True,
    columns=(
        shared.NUMBER,
        Column("value", "Tautan"),
        shared.CHECK,
        Column("id", "ID di platform"),
        shared.PLATFORM,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.VERDICT,
        shared.REGISTER,
        shared.REASON,
        shared.FLAG,
    ),
    letter=True,
    source=Sentence(
        "AduanKonten: tautan, tangkapan layar dan alasan; urutan kolomnya usulan kami.",
        "AduanKonten: address, screenshot and reason; the order of the columns is our proposal.",
    ),
)
