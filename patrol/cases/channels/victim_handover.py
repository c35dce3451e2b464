"""Somebody harmed, to who looks after people. The one packet that holds their data, and only with what they agreed to."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, Fact, ItemKind, Sender

CHANNEL = Channel(
    key="victim_handover",
    name=Sentence("Layanan korban", "Services for victims"),
    asks=Sentence("Permohonan pelindungan", "Request to protect somebody"),
    sender=Sender.OFFICE,
    kinds=(ItemKind.PERSON,),
    hours=(24, 4),
    facts=(
        shared.CONTACT,
        Fact("agreed", Sentence("Yang disetujui orangnya, dan kapan", "What the person agreed to, and when"), 1000, lines=3),
    ),
    proofs=frozenset(),
    columns=(
        shared.NUMBER,
        Column("value", "Akun atau tautan orangnya"),
        shared.CHECK,
        Column("agreed", "Yang disetujui orangnya"),
        shared.PLATFORM,
        shared.POSTED,
        shared.FLAG,
    ),
    letter=True,
    source=Sentence("Serah terima antarlayanan; usulan kami.", "Hand-over between services; our proposal."),
    targets=Sentence("Layanan yang mana", "Which service"),
)
