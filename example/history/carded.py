"""Warning cards of what was confirmed: one that a supervisor let out, to which somebody objects at the public desk under OBJECTION, and one
that waits for a second person. Who objects and what is written are invented.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from example.history.office import Staff
from patrol import models
from patrol.cases import card_files, cards, objections
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import receipts
from patrol.models import ObjectionSide

OBJECTION: Final = "7351028461193701"  # docs/offices/try.md names it
_MAKER: Final = "petugas"
_SECOND: Final = "penyelia"


class Carded:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def end(self) -> None:
        """Where this machine draws none, both wait."""
        out = self._make(self.staff.span.moment - timedelta(hours=5))
        if out is not None:
            at = self.staff.span.moment - timedelta(hours=4)
            jobs.run({cards.JOB: card_files.keep}, now=at)
            if cards.files(out):
                cards.release(card_id=out.pk, seen_version=out.version, by=self.staff.persons[_SECOND], now=at)
                if receipts.ready():
                    objections.come_in(
                        about=out.number,
                        side=ObjectionSide.NAMED,
                        text="Nomor itu nomor warung saya, dipakai orang lain. Saya tidak pernah menawarkan kerja (contoh).",
                        contact="",
                        receipt=receipts.hashed(OBJECTION),
                        now=self.staff.span.moment - timedelta(hours=3),
                    )
        self._make(self.staff.span.moment - timedelta(hours=2))

    def _make(self, at: datetime) -> models.Card | None:
        """Of the newest case of the office that has none and lets one be made; in a world of few weeks there may be none."""
        by = self.staff.persons[_MAKER]
        for case in models.Case.objects.filter(office=by.office, cards=None).order_by("-opened_at", "-id"):
            for one in cards.suggested(case):
                signs = [key for key in one.signs if key != "register" or one.flag.current_check.register_date]
                try:
                    return cards.make(
                        case_id=case.pk,
                        flag_id=one.flag.pk,
                        position=one.position,
                        country=one.country,
                        quote=one.quote,
                        signs=signs,
                        by=by,
                        now=at,
                    )
                except RefusedError:
                    continue
        return None
