"""What one person does with the agreement of another: many decisions at once, contacts that are known to be good, erasing for good,
watches of an office, the register by hand.

Who does what on which day stands here as tables: days count from 0, the first Monday; None is the last day. What is written is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from example import confirmed_law
from example.history.office import Staff
from example.world import LAW_ZONE
from patrol import models, triage, watches
from patrol.cases import erasures
from patrol.domain import ManualKind
from patrol.domain.states import FlagState
from patrol.infra import jobs
from patrol.register import manual
from patrol.search import indicators
from patrol.triage import bulk
from patrol.watches import proposing

type Act = tuple[str, int | None]  # who, on which day

_DECIDED: Final = timedelta(days=9)  # ago, what is put forward to be erased
_TRUSTED_FOR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Many:
    """A bulk over what one platform brought. `answered` None: whoever began it decides alone, or it waits."""

    begun: Act
    platform: str
    levels: tuple[str, ...]
    outcome: str
    reason: str
    note: str
    answered: str | None = None
    refused: str = ""


BULKS: Final = (
    Many(
        begun=("petugas", 23),
        platform="whatsapp",
        levels=(),
        outcome="dismissed",
        reason="lawful",
        note="Semua dari satu grup; kantornya sudah dikenal (contoh).",
        answered="penyelia",
        refused="Beberapa di antaranya meminta uang muka; pisahkan dulu (contoh).",
    ),
    Many(
        begun=("petugas", 24),
        platform="whatsapp",
        levels=("medium",),
        outcome="dismissed",
        reason="lawful",
        note="Hanya yang tidak meminta uang; SIP dilihat di kantornya (contoh).",
    ),
    Many(
        begun=("petugas-sulteng", 31),
        platform="facebook",
        levels=(),
        outcome="dismissed",
        reason="lawful",
        note="Bursa kerja bersama Disnaker; SIP semua meja sudah dilihat (contoh).",
        answered="penyelia-sulteng",
    ),
    Many(
        begun=("analis-2", None),
        platform="whatsapp",
        levels=(),
        outcome="confirmed",
        reason="fraud",
        note="Satu pengirim, semuanya meminta uang muka sebelum wawancara (contoh).",
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that is put forward as known to be good."""

    value: str
    reason: str
    proposed: Act
    approved: Act | None = None
    ended: Act | None = None
    why: str = ""


TRUSTED: Final = (
    Known(
        "+6284021010001",
        "Nomor kantor PT Lintang Bahtera Nusaraya, tertulis di SIP-nya (contoh).",
        proposed=("analis", 10),
        approved=("penyelia-siber", 11),
    ),
    Known(
        "+6284021130013",
        "Nomor kantor PT Nawasena Karya Antarabangsa, dihubungi dan dijawab (contoh).",
        proposed=("petugas", 29),
        approved=("penyelia", 30),
    ),
    Known(
        "+6284021070007",
        "Nomor kantor PT Gema Rantau Sejati, tertulis di papan namanya (contoh).",
        proposed=("petugas-sulteng", 36),
        approved=("penyelia-sulteng", 37),
        ended=("analis", 50),
        why="P3MI ini dikenai sanksi menurut register yang baru (contoh).",
    ),
    Known("+6284021110011", "Nomor kantor PT Tunas Rimba Sembada, tertulis di SIP-nya (contoh).", proposed=("petugas-2", None)),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """An old dismissed post of the office, on which nothing stands, put forward to be erased. `answered` None: nobody answers."""

    asked: Act
    reason: str
    ground: str
    answered: Act | None = None
    refused: str = ""


ERASURES: Final = (
    Erased(
        asked=("petugas", 50),
        reason="mistake",
        ground="Unggahan lama yang tidak menyangkut pekerjaan (contoh).",
        answered=("penyelia", 51),
        refused="Masih dibutuhkan sebagai pembanding; ajukan lagi setelah masa simpannya lewat (contoh).",
    ),
    Erased(
        asked=("petugas-sulteng-2", 57),
        reason="subject",
        ground="Surat pemilik akun, UU 27/2022 Pasal 8 (contoh).",
        answered=("penyelia-sulteng", 58),
    ),
    Erased(asked=("analis", 64), reason="other", ground="Permintaan media yang tulisannya disalin (contoh)."),
    Erased(asked=("petugas-2", None), reason="subject", ground="Surat pemilik akun, UU 27/2022 Pasal 8 (contoh)."),
)


# Put forward in the last hours and not answered. The list of a site's articles can be read without a credential, so its office decides.
WATCH: Final = ("web", "https://kerja-luar-negeri.example/ | item=main li | title=a | link=a@href", "Kerja Luar Negeri, daftar lowongan")
WHY: Final = "Dua calon dari Garut menyebut situs ini (contoh)."
BY_HAND: Final = ("PT Nawasena Karya Antarabangsa", "Taiwan", "operator produksi", "Hsinchu Contoh Precision Co. Ltd.", "60")


def watch(platform: str, wanted: watches.Wanted, *, proposed: models.Person, by: models.Person, at: datetime) -> models.Watch:
    """What an officer puts forward and the supervisor of the office accepts."""
    before = at - timedelta(minutes=40)
    put = proposing.propose(platform=platform, kind="", wanted=wanted, why="Disebut tiga pengadu (contoh).", by=proposed, now=before)
    return proposing.accept(proposal_id=put.pk, by=by, now=at)


class TwoPeople:
    """`on` does what a day holds, None the last one; what is begun in the morning is answered in the afternoon, or the next day."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def on(self, day: int | None) -> None:
        last = self.staff.span.moment - timedelta(minutes=60)
        for number, many in enumerate(BULKS):
            if many.begun[1] == day:
                self._decide(many, last if day is None else self.staff.span.at(day, 10, 20 + number))
        at = last + timedelta(minutes=10) if day is None else self.staff.span.at(day, 14, 5)
        for known in TRUSTED:
            self._trust(known, day, at)
        for erased in ERASURES:
            if erased.asked[1] == day:
                self._ask(erased, at + timedelta(minutes=10))
            if erased.answered is not None and erased.answered[1] == day:
                self._answer(erased, at + timedelta(minutes=10))
        if day is None:
            self._put_forward(at + timedelta(minutes=20))

    # --- many at once ---

    def _decide(self, many: Many, at: datetime) -> None:
        by = self.staff.persons[many.begun[0]]
        wanted = triage.Wanted(office_id=by.office_id, platform=many.platform, levels=many.levels, state="waiting")
        rows = [row.flag for row in bulk.count(by, wanted).rows if row.flag.snoozed_until is None]
        if not rows:
            return
        seen = [(flag.pk, flag.version) for flag in rows]
        begun = bulk.begin(rows=seen, outcome=many.outcome, reason=many.reason, note=many.note, by=by, now=at)
        if many.answered is not None:
            second, at = self.staff.persons[many.answered], at + timedelta(hours=3)
            if many.refused:
                bulk.refuse(bulk_id=begun.pk, note=many.refused, by=second, now=at)
            else:
                bulk.approve(bulk_id=begun.pk, by=second, now=at)
        while jobs.run({"bulk": bulk.run_job}, now=at + timedelta(minutes=1)) is not None:
            pass

    # --- contacts known to be good ---

    def _trust(self, known: Known, day: int | None, at: datetime) -> None:
        indicator = models.Indicator.objects.filter(kind="phone", value=known.value).first()
        if indicator is None:  # nobody has written it yet
            return
        if known.proposed[1] == day:
            indicators.propose(
                indicator_id=indicator.pk,
                known_as=models.TrustedAs.AGENCY,
                reason=known.reason,
                expires_on=(at + _TRUSTED_FOR).astimezone(LAW_ZONE).date(),
                by=self.staff.persons[known.proposed[0]],
                now=at,
            )
        row = models.Trusted.objects.filter(indicator=indicator, ended_at=None).first()
        if row is not None and known.approved is not None and known.approved[1] == day:
            indicators.approve(trusted_id=row.pk, by=self.staff.persons[known.approved[0]], now=at)
        if row is not None and known.ended is not None and known.ended[1] == day:
            indicators.end(trusted_id=row.pk, why=known.why, by=self.staff.persons[known.ended[0]], now=at)

    # --- erasing ---

    def _ask(self, erased: Erased, at: datetime) -> None:
        by = self.staff.persons[erased.asked[0]]
        old = models.Flag.objects.filter(office=by.office, state=FlagState.DISMISSED, decided_at__lt=at - _DECIDED)
        flag = old.filter(draws=None, case_entry=None, protection=None, post__erasure_requests=None).order_by("id").first()
        if flag is not None:
            erasures.ask(post_id=flag.post_id, reason=erased.reason, ground=erased.ground, by=by, now=at)

    def _answer(self, erased: Erased, at: datetime) -> None:
        assert erased.answered is not None
        by = self.staff.persons[erased.answered[0]]
        asked = erasures.waits_for(by, at).filter(by__username=erased.asked[0]).first()
        if asked is None:
            return
        if erased.refused:
            erasures.refuse(request_id=asked.pk, note=erased.refused, by=by, now=at)
        else:
            erasures.approve(request_id=asked.pk, seen_versions=asked.versions, by=by, now=at)

    # --- a watch of the office, and the register by hand ---

    def _put_forward(self, at: datetime) -> None:
        officer, registrar = self.staff.persons["petugas"], self.staff.persons["register"]
        platform, query, name = WATCH
        wanted = watches.Wanted(name=name, query=query, office_id=officer.office_id, every_seconds=3600)
        proposing.propose(platform=platform, kind="", wanted=wanted, why=WHY, by=officer, now=at)
        agency, country, positions, employer, quota = BY_HAND
        today = at.astimezone(LAW_ZONE).date()
        number = f"B. 4901/SIP2MI/{today.year}"
        decree = f"Keputusan Direktur Jenderal Pelindungan Nomor 71 Tahun {today.year} (contoh)"
        ends = (today + _TRUSTED_FOR).isoformat()
        typed = {"number": number, "country": country, "positions": positions, "employer": employer, "quota": quota}
        manual.propose(
            kind=ManualKind.LICENCE,
            ends=False,
            agency=agency,
            typed=typed | {"valid_from": today.isoformat(), "valid_to": ends},
            decree=decree,
            decree_date=today,
            scan=confirmed_law.scan(decree),
            by=registrar,
            now=at,
        )
