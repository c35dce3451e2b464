"""Objections to what was decided: one refused and answered some weeks ago, one that waits, and one that was upheld, with the correction of
what had been sent. Whoever objects and what is written are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from example.history.office import Staff
from patrol import models
from patrol.cases import documents, objections, referrals
from patrol.domain.states import FlagState, ObjectionState
from patrol.infra import jobs
from patrol.models import ObjectionOutcome, ObjectionSide, ObjectionWay, Outcome

_UNTIL_DECIDED: Final = 3  # days


@dataclass(frozen=True, slots=True)
class Objected:
    """`against`: the newest decision of this kind. `day` None: within the last hours. `outcome` "": nobody has decided it."""

    by: str
    day: int | None
    side: ObjectionSide
    how: ObjectionWay
    name: str
    contact: str
    text: str
    against: tuple[str, str] = ("", "")  # outcome and reason; none: what was sent to this channel
    sent: str = ""
    outcome: str = ""
    ground: str = ""
    put_right: str = ""
    anew: tuple[str, str] = ("", "")


OBJECTED: Final = (
    Objected(
        by="petugas",
        day=71,
        side=ObjectionSide.NAMED,
        how=ObjectionWay.LETTER,
        name="Bapak Misalnya Rekaan",
        contact="Jalan Contoh 14 (rekaan), Cianjur",
        text="Saya hanya meneruskan lowongan dari grup lain dan tidak memungut uang (contoh).",
        against=(Outcome.CONFIRMED, "route"),
        outcome=ObjectionOutcome.REJECTED,
        ground="Unggahan itu memuat nomor Saudara sendiri sebagai tempat mendaftar dan menawarkan visa yang bukan untuk bekerja (contoh).",
    ),
    Objected(
        by="petugas",
        day=None,
        side=ObjectionSide.REPORTER,
        how=ObjectionWay.IN_PERSON,
        name="Ibu Umpama Rekaan",
        contact="Jalan Contoh 3 (rekaan), Tasikmalaya",
        text="Saya yang melapor. Di kantornya saya diminta dua juta rupiah sebelum boleh melihat SIP (contoh).",
        against=(Outcome.DISMISSED, "lawful"),
    ),
    Objected(
        by="petugas-sulteng",
        day=None,
        side=ObjectionSide.AGENCY,
        how=ObjectionWay.MAIL,
        name="Bagian Hukum P3MI Contoh (rekaan)",
        contact="hukum@p3mi.example",
        text="Perusahaan kami berizin dengan nama yang baru; keputusan perubahan nama terlampir dalam surel ini (contoh).",
        sent="agency_supervision",
        outcome=ObjectionOutcome.UPHELD,
        ground="Keputusan perubahan nama dan SIP yang meliputi tawaran itu diperlihatkan; keduanya mendahului unggahan (contoh).",
        put_right="P3MI itu berizin: perubahan namanya belum termuat dalam register yang dipakai saat pengecekan (contoh).",
        anew=(Outcome.DISMISSED, "lawful"),
    ),
)


class Objections:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def on(self, day: int) -> None:
        at = self.staff.span.at(day, 14, 30)
        for one in OBJECTED:
            if one.day == day:
                self._enter(one, at)
            if one.day is not None and one.day + _UNTIL_DECIDED == day:
                self._answer(one, self._decide(one, at), at + timedelta(hours=1))

    def end(self) -> None:
        for one in OBJECTED:
            if one.day is None:
                self._enter(one, self.staff.span.moment - timedelta(hours=30))
                decided = self._decide(one, self.staff.span.moment - timedelta(hours=6)) if one.outcome else None
                for correction in decided.corrections.order_by("id") if decided else ():
                    self._submit(correction, self.staff.span.moment - timedelta(hours=3))

    def _enter(self, one: Objected, at: datetime) -> None:
        by = self.staff.persons[one.by]
        flag = self._sent(one, by) if one.sent else self._decided(one, by, at)
        if flag is None:  # in a world of few weeks nothing of the kind was decided
            return
        objections.enter(
            flag_id=flag.pk,
            side=one.side,
            name=one.name,
            contact=one.contact,
            how=one.how,
            day=at.astimezone(ZoneInfo(flag.office.zone)).date(),
            text=one.text,
            content=None,
            by=by,
            now=at,
        )

    def _decided(self, one: Objected, by: models.Person, at: datetime) -> models.Flag | None:
        outcome, reason = one.against
        states = (FlagState.CONFIRMED, FlagState.DISMISSED)
        flags = models.Flag.objects.select_related("office").filter(office=by.office, state__in=states, decided_at__lt=at)
        for flag in flags.order_by("-decided_at", "-id"):
            last = objections.open_to(flag)
            if last is not None and (last.outcome, last.reason) == (outcome, reason):
                return flag
        return None

    def _sent(self, one: Objected, by: models.Person) -> models.Flag | None:
        told = models.ReferralItem.objects.filter(referral__channel=one.sent, referral__sent_at__isnull=False, flag__office=by.office)
        item = told.order_by("id").first()
        return models.Flag.objects.select_related("office").get(pk=item.flag_id) if item is not None else None

    def _waits(self, one: Objected) -> models.Objection | None:
        return models.Objection.objects.filter(name=one.name, state=ObjectionState.ENTERED).first()

    def _decide(self, one: Objected, at: datetime) -> models.Objection | None:
        made = self._waits(one)
        if made is None:
            return None
        return objections.decide(
            objection_id=made.pk,
            outcome=one.outcome,
            ground=one.ground,
            put_right=one.put_right,
            anew=one.anew[0],
            reason=one.anew[1],
            seen_version=made.version,
            by=objections.deciders(made)[0],
            now=at,
        )

    def _answer(self, one: Objected, made: models.Objection | None, at: datetime) -> None:
        if made is not None:
            objections.answered(objection_id=made.pk, how=one.how, seen_version=made.version, by=self.staff.persons[one.by], now=at)

    def _submit(self, correction: models.Referral, at: datetime) -> None:
        """Whoever sent what was wrong puts the correction before a second person."""
        assert correction.corrects is not None
        assert correction.corrects.sent_by is not None
        by = self.staff.persons[correction.corrects.sent_by.username]
        referrals.submit(referral_id=correction.pk, seen_version=correction.version, by=by, now=at)
        jobs.run({documents.KIND: documents.keep}, now=at)
