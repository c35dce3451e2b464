"""Posts and accounts, by the form a platform has for it."""

from patrol.cases.channels import shared
from patrol.domain import Sentence
from patrol.domain.referrals import Channel, Column, ItemKind, Proof, Sender

CHANNEL = Channel(
    key="platform_form",
    name=Sentence("Formulir platform", "The platform's own form"),
    asks=Sentence("Laporan ke platform", "Report to the platform"),
    sender=Sender.OFFICE,
    kinds=(ItemKind.LINK, ItemKind.ACCOUNT),
    hours=(24, 4),
    facts=(shared.CONTACT,),
    proofs=frozenset({Proof.COPY, Proof.SOURCE}),
    takes_down=True,
    columns=(
        shared.NUMBER,
        Column("kind", "Jenis"),
        Column("value", "Tautan atau akun"),
        shared.CHECK,
        Column("id", "ID di platform"),
        shared.PLATFORM,
        shared.POST,
        shared.POSTED,
        shared.CAPTURED,
        shared.SHA256,
        shared.REASON,
        shared.FLAG,
    ),
    source=Sentence(
        "Tiap platform punya formulir sendiri; kolom ini bekal untuk mengisinya.",
        "Each platform has a form of its own; these columns are what it is filled in from.",
    ),
    targets=Sentence("Platform yang mana", "Which platform"),
)
