"""The times of keeping: what was told before the first week is older than they allow, two supervisors agree on them, and one case is held.

The database erases by its own clock. Of weeks that are lived for another day than today nothing goes: only what a run of today lives does.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from django.utils import timezone

from example.history.office import Staff
from patrol import models
from patrol.cases import holds
from patrol.domain.states import CaseState
from patrol.intake import noted
from patrol.pipeline import assessing
from patrol.retention import editions, running

_KEYS: Final = uuid.UUID("8a5c1b52-0f4e-4a0c-9d5e-6e1f0d3b7a11")
_OFFICER: Final = "petugas"
_SUPERVISOR: Final = "penyelia"
# Days ago, and what was said: nothing that is flagged. The first go in the first night of the edition, the others wait for the next.
FIRST: Final = ((420, "Info kajian rutin, tanya panitia di 0840 7799 0001 (contoh)."), (415, "Arisan warga pindah ke hari Ahad (contoh)."))
LATER: Final = (
    (230, "Jual sepeda anak, lihat di rumah, hubungi 0840 7799 0002 (contoh)."),
    (228, "Kursus menjahit gratis di balai desa, daftar ke 0840 7799 0003 (contoh)."),
    (226, "Mohon doa untuk keluarga yang sakit (contoh)."),
)
_NOTE: Final = "Dicatat pada masa uji coba kantor (contoh)."
REASON: Final = "Surat bagian hukum tentang jadwal retensi (contoh)."
HELD: Final = "Diminta penyidik sampai perkaranya diputus (contoh)."


class Kept:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def end(self) -> None:
        """In the last hours."""
        persons, now = self.staff.persons, self.staff.span.moment - timedelta(minutes=30)
        self._tell(FIRST)
        asked = editions.propose(times=editions.shipped(), reason=REASON, by=persons["penyelia-siber-2"], now=now)
        editions.approve(edition_id=asked.pk, by=persons["penyelia-siber"], now=now + timedelta(minutes=5))
        by = persons[_SUPERVISOR]
        case = models.Case.objects.filter(office=by.office, state=CaseState.OPENED, holds=None).order_by("id").first()
        if case is not None:
            holds.place(case_id=case.pk, reason=HELD, by=by, now=now + timedelta(minutes=10))
        if timezone.now() - self.staff.span.moment < timedelta(days=1):
            running.run(now=now + timedelta(minutes=15))
        self._tell(LATER)
        running.keep_count(now=now + timedelta(minutes=20))

    def _tell(self, calls: tuple[tuple[int, str], ...]) -> None:
        for days, words in calls:
            at = self.staff.span.moment - timedelta(days=days)
            said = noted.Noted(words, _NOTE, "", noted.Way.TELEPHONE)
            noted.take(noted=said, key=uuid.uuid5(_KEYS, words), by=self.staff.persons[_OFFICER], now=at)
            while assessing.read_due(now=at, limit=100).read:
                pass
