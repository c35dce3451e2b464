"""Facts and columns that several channels ask for. A channel says which of them, in which order."""

from typing import Final

from patrol.domain import Sentence
from patrol.domain.referrals import Column, Fact

CONTACT: Final = Fact("contact", Sentence("Narahubung (nama dan jabatan)", "Contact person (name and post)"), 200)
USED_FOR: Final = Fact("used_for", Sentence("Dipakai untuk apa", "What it was used for"), 1000, lines=3)
CORRECTION: Final = Fact("correction", Sentence("Yang keliru dan yang benar", "What was wrong and what is right"), 4000, lines=5)
FACTS: Final = Fact("facts", Sentence("Uraian singkat peristiwa", "What happened, in short"), 4000, lines=5)

# Typed by hand before letters were numbered and the analysis was written from the ticks: still shown where they stand, asked no more.
FORMER: Final = (
    Fact("letter", Sentence("Nomor surat", "Number of the letter"), 80),
    Fact("articles", Sentence("Pasal yang diduga dilanggar", "Articles suspected to be broken"), 500),
    Fact("analysis", Sentence("Analisis hukum", "Legal analysis"), 4000),
)

NUMBER: Final = Column("no", "No")
CHECK: Final = Column("check", "Periksa (8 karakter SHA-256)")
FLAG: Final = Column("flag", "Nomor tanda")
POST: Final = Column("post_url", "Tautan unggahan yang memuatnya")
PLATFORM: Final = Column("platform", "Platform")
POSTED: Final = Column("posted", "Waktu unggah")
CAPTURED: Final = Column("captured", "Waktu rekaman")
SHA256: Final = Column("sha256", "SHA-256 rekaman")
VERDICT: Final = Column("verdict", "Hasil cek SIP")
REGISTER: Final = Column("register", "Register per")
REASON: Final = Column("reason", "Alasan")
USE: Final = Column("used_for", "Dipakai untuk")

NOT_PUBLISHED: Final = Sentence(
    "Disusun dari keterangan umum kanal ini; format resminya belum kami peroleh.",
    "Put together from what the channel says publicly; we do not have its official format yet.",
)


def corrects(number: str) -> Sentence:
    """What is asked for by a correction of the referral with this number."""
    return Sentence(f"Koreksi atas {number}", f"Correction of {number}")
