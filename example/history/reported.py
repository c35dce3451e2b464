"""Reports of the public in the last days: one that was answered and is followed under SAMPLE, one of somebody abroad already, two that say
the same, one closed, one made in bad faith. Whoever reports and what is told are invented.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from example.history.office import Staff
from patrol import models
from patrol.domain.states import FlagState
from patrol.intake.tips import following, handling, receipts, receiving
from patrol.models import TipKind, TipOutcome, TipSince

SAMPLE: Final = "4821770391560288"  # docs/offices/try.md names it
_SPACE: Final = uuid.UUID("5a6f1d2e-93c4-4b7a-8d11-0c3e5f7a9b21")  # of the keys of forms: the same ones at each start


@dataclass(frozen=True, slots=True)
class Reported:
    """`before`: hours before the moment the example ends at."""

    before: int
    told: receiving.Told
    number: str = ""


REPORTED: Final = (
    Reported(
        70,
        receiving.Told(
            kind=TipKind.ADVERT,
            words="Adik saya ditawari kerja admin ke luar negeri lewat grup. Diminta kirim KTP dan uang tiket lebih dulu (contoh).",
            where="Bandung",
            when="minggu lalu",
            since=TipSince.OFFERED,
            contact="WhatsApp 0840-0000-0042, sesudah magrib (rekaan)",
        ),
        SAMPLE,
    ),
    Reported(
        26,
        receiving.Told(
            kind=TipKind.PERSON,
            words="Tetangga saya sudah berangkat dan kemarin menelepon. Paspornya diambil, tidak boleh keluar gedung (contoh).",
            where="Kabupaten Garut",
            since=TipSince.LEFT,
            danger=True,
        ),
    ),
    Reported(
        20,
        receiving.Told(
            kind=TipKind.NUMBER,
            words="Nomor 0840-0000-0077 menelepon ibu-ibu di kampung kami, menawarkan kerja rumah tangga tanpa surat apa-apa (contoh).",
            where="Cirebon",
        ),
    ),
    Reported(
        8,
        receiving.Told(
            kind=TipKind.NUMBER,
            words="Nomor 0840-0000-0077 menelepon ibu-ibu di kampung kami, menawarkan kerja rumah tangga tanpa surat apa-apa (contoh).",
            where="Indramayu",
        ),
    ),
    Reported(
        50,
        receiving.Told(
            kind=TipKind.ACCOUNT, words="Akun loker yang sama muncul lagi dengan nama lain, iklannya sama persis (contoh).", where="Bogor"
        ),
    ),
    Reported(
        44,
        receiving.Told(kind=TipKind.PERSON, words="Warung saingan saya itu penipu semua (contoh).", where="Bekasi", since=TipSince.UNKNOWN),
    ),
)


class Reports:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def end(self) -> None:
        if not receipts.ready():
            return
        moment = self.staff.span.moment
        answered, _harmed, _one, _same, joined, spite = [
            receiving.receive(
                told=one.told,
                pictures=[],
                key=uuid.uuid5(_SPACE, str(place)),
                number=one.number or receipts.draw(),
                now=moment - timedelta(hours=one.before),
            )
            for place, one in enumerate(REPORTED)
        ]
        by = self.staff.persons["petugas"]
        handling.read(tip_id=answered.pk, by=by, now=moment - timedelta(hours=66))
        question = (
            "Terima kasih. Kami sudah membaca tawaran itu. Apakah orang itu memakai nomor lain? Anda tidak perlu menyebut nama adik Anda."
        )
        at = moment - timedelta(hours=65)
        handling.write(tip_id=answered.pk, text=question, asks=True, seen_version=self._version(answered), by=by, now=at)
        following.reply(
            receipt=str(answered.receipt),
            text="Ada satu nomor lagi, 0840-0000-0043 (rekaan).",
            pictures=[],
            key=uuid.uuid5(_SPACE, "reply"),
            now=moment - timedelta(hours=40),
        )
        flag = models.Flag.objects.filter(office=by.office, state=FlagState.CONFIRMED).order_by("-id").first()
        if flag is not None:
            at = moment - timedelta(hours=45)
            handling.join(tip_id=joined.pk, flag=flag.number, seen_version=self._version(joined), by=by, now=at)
            answer = "Terima kasih. Akun itu sudah kami laporkan untuk ditutup. Jangan membayar dan jangan menyerahkan paspor."
            version = self._version(joined)
            handling.close(
                tip_id=joined.pk, outcome=TipOutcome.ACTED, text=answer, seen_version=version, by=by, now=at + timedelta(hours=1)
            )
        at = moment - timedelta(hours=30)
        handling.judge_faith(tip_id=spite.pk, bad=True, seen_version=self._version(spite), by=by, now=at)
        answer = "Kami tidak menemukan tawaran kerja dalam laporan ini."
        version = self._version(spite)
        handling.close(tip_id=spite.pk, outcome=TipOutcome.NOTHING, text=answer, seen_version=version, by=by, now=at + timedelta(minutes=5))

    def _version(self, tip: models.Tip) -> int:
        tip.refresh_from_db(fields=["version"])
        return tip.version
