"""What was asked of outside bodies: in the last days a referral in each channel, and in the weeks before one a week to a platform. What is
written is invented, the letterheads and the law's confirmation too."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from PIL import Image, ImageDraw

from example import confirmed_law
from example.history.calendar import WEEKS
from example.history.office import TEAMS, Staff
from patrol import models
from patrol.cases import channel_editions, documents, law, letters, proposing, referrals, ticking
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import Proof, Sender
from patrol.domain.states import CaseState, ReferralState
from patrol.evidence import custody
from patrol.infra import jobs

_LINES: Final = 6
EARLIER_FROM: Final = 4  # the first week that has cases old enough
EARLIER: Final = "platform_form"  # it takes no letter, and nothing of the law


@dataclass(frozen=True, slots=True)
class Asked:
    """`till`: the last step, `ago` hours before the end it was begun. `outcomes`: of its lines in turn, "" for one nobody answered.
    `office`: of whose cases, "" for anybody's. `decided`: for which reason its posts were, "" for any. `said`: of its facts what is not
    the same everywhere."""

    channel: str
    till: str
    ago: int
    target: str = ""
    urgent: bool = False
    outcomes: tuple[str, ...] = ()
    office: str = ""
    decided: str = ""
    said: dict[str, str] = field(default_factory=dict)


ASKED: Final = (
    Asked("komdigi", "sent", 40, urgent=True),  # overdue
    Asked("aduan_nomor", "answered", 90, outcomes=("acted_upon",)),
    Asked("iasc", "received", 20),
    Asked("cek_rekening", "drafted", 5),
    Asked("police", "submitted", 8, target="Polda contoh, unit siber"),
    Asked("kemlu", "approved", 12, target="KBRI contoh"),
    Asked("platform_form", "answered", 70, target="Telegram", outcomes=("acted_upon", "refused")),
    Asked("agency_supervision", "answered", 60, outcomes=("accepted",), office="bp3mi-sulteng", decided="licence"),
    Asked("agency_clarification", "answered", 50, target="P3MI contoh", outcomes=("clarification_asked",)),
    Asked(
        "victim_handover",
        "received",
        30,
        target="P4MI contoh",
        said={
            "agreed": "Nomor telepon dan tempat adiknya diteruskan ke P4MI; kepada polisi belum. Lewat telepon, dicatat petugas (contoh)."
        },
    ),
)
MAILED: Final = "kemlu"
_STEPS: Final = ("drafted", "submitted", "approved", "sent", "received", "answered")


def _screenshot() -> bytes:
    """A picture that says it is invented."""
    image = Image.new("RGB", (320, 180), "white")
    ImageDraw.Draw(image).text((20, 80), "Tangkapan layar contoh (rekaan)", fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


class Referred:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def on(self, day: int) -> None:
        """What was asked of the platform a week ago is answered; then it is asked about one more case that stays with its office."""
        at = self.staff.span.at(day, 15)
        if not self.staff.span.passed(at + timedelta(hours=4)):
            return
        sent = models.Referral.objects.filter(channel=EARLIER, state=ReferralState.SENT, sent_at__lt=at - timedelta(days=6))
        for made in sent.select_related("sent_by").order_by("id"):
            assert made.sent_by is not None
            before = models.Referral.objects.filter(channel=EARLIER, sent_at__lt=made.sent_at).count()
            asked = Asked(EARLIER, "answered", 0, outcomes=("refused" if before % 3 == 1 else "acted_upon",))
            self._step("answered", asked, made, self.staff.persons[made.sent_by.username], at)
        if day // 7 == WEEKS:  # the last days have theirs
            return
        found = models.Case.objects.filter(state=CaseState.OPENED, opened_at__lt=at - timedelta(days=10), responsible__isnull=False)
        for case in found.filter(office__code__in=[team.office for team in TEAMS]).select_related("responsible", "office").order_by("id"):
            assert case.responsible is not None
            by = self.staff.persons[case.responsible.username]
            if case.pk % 5 != 4:  # of the others each day of their age has something else (office.Staff._next_step)
                continue
            lines = [line for line in proposing.lines(case, CHANNELS[EARLIER], by) if not line.asked]
            # What is decided by the licence is objected to in the last days, and stands in one referral then.
            licensed = models.Decision.objects.filter(flag__in=[line.flag_id for line in lines], reason="licence")
            lines = [line for line in lines if line.flag_id not in set(licensed.values_list("flag", flat=True))]
            if lines:
                self._live(Asked(EARLIER, "sent", 0, target="Telegram"), case, lines[:_LINES], by, at)
                return

    def end(self) -> None:
        began = self.staff.span.moment - timedelta(days=6)
        confirmed_law.confirm(began)
        self._letterheads(began)
        self._mail_address(began)
        for asked in sorted(ASKED, key=lambda one: -one.ago):  # a timeline is read in the order its rows were written
            self._ask(asked)

    def _letterheads(self, at: datetime) -> None:
        by = self.staff.persons[confirmed_law.SUPERVISOR]
        for office in models.Office.objects.order_by("id"):
            letters.head(
                office_id=office.pk,
                lines=f"Kementerian Pelindungan Pekerja Migran Indonesia\n{office.name}\nContoh, bukan surat resmi",
                address="Jalan Contoh Nomor 1 (rekaan), telepon 000-000000, surel kantor@contoh.example",
                unit=office.on_paper,
                place="Kota Contoh",
                signer_title="Kepala (contoh)",
                signer_name="Nama Rekaan",
                seen=0,
                by=by,
                now=at,
            )

    def _mail_address(self, at: datetime) -> None:
        """What is approved at the end can be mailed: the mail server of the example keeps it as a file."""
        before = models.ChannelEdition.objects.get(channel=MAILED, number=1)
        channel_editions.enter(
            channel=MAILED,
            columns=[(one["key"], one["title"]) for one in before.columns],
            hours_usual=before.hours_usual,
            hours_urgent=before.hours_urgent,
            source="Surat contoh B.12/CONTOH/2026 (rekaan).",
            addresses=[("KBRI contoh", "pengaduan@kbri.example")],
            seen=1,
            by=self.staff.persons[confirmed_law.SUPERVISOR],
            now=at,
        )

    def _ask(self, asked: Asked) -> None:
        channel = CHANNELS[asked.channel]
        for case, by in self._cases(asked):
            lines = [line for line in proposing.lines(case, channel, by) if not line.asked]
            if asked.decided:
                so = models.Decision.objects.filter(flag__in=[line.flag_id for line in lines], reason=asked.decided)
                lines = [line for line in lines if line.flag_id in set(so.values_list("flag", flat=True))]
            if len(lines) >= max(1, len(asked.outcomes)):
                self._live(asked, case, lines[:_LINES], by, self.staff.span.moment - timedelta(hours=asked.ago))
                return

    def _cases(self, asked: Asked) -> list[tuple[models.Case, models.Person]]:
        """Those of whoever sends by this channel, with the person who has each; the newest of an office stays as it is."""
        own = CHANNELS[asked.channel].sender == Sender.OFFICE
        has = models.Case.objects.select_related("responsible", "office", "opened_by").filter(responsible__isnull=False).order_by("id")
        if own:
            found = has.filter(state__in=[CaseState.OPENED, CaseState.REFERRED], office__code__in=[team.office for team in TEAMS])
        else:
            found = has.filter(state__in=[CaseState.IN_ANALYSIS, CaseState.REFERRED])
        begun = self.staff.span.moment - timedelta(hours=asked.ago)
        old = [case for case in found if case.opened_at < begun and case.with_directorate != own][:-1]
        wanted = [case for case in old if asked.office in {"", case.office.code}]
        return [(case, self.staff.persons[case.responsible.username]) for case in wanted if case.responsible is not None]

    def _live(self, asked: Asked, case: models.Case, lines: list[proposing.Line], by: models.Person, at: datetime) -> None:
        channel = CHANNELS[asked.channel]
        for flag in models.Flag.objects.select_related("post").filter(pk__in=[line.flag_id for line in lines if not line.copied]):
            self._copy(flag, by, at)
        if channel.proofs & {Proof.ANALYSIS, Proof.REGISTER}:
            self._tick(case, lines, by, at)
        made = referrals.draft(
            case_id=case.pk,
            channel=asked.channel,
            marks=[line.mark for line in lines],
            target=asked.target,
            urgent=asked.urgent,
            by=by,
            now=at,
        )
        facts = {fact.key: f"{fact.title.id}: diisi petugas (contoh)" for fact in channel.facts if asked.till != "drafted"} | asked.said
        told: dict[str, Any] = {"target": made.target, "urgent": made.urgent, "together": made.together, "facts": facts}
        made = referrals.change(referral_id=made.pk, seen_version=made.version, by=by, now=at + timedelta(minutes=5), **told)
        for number, step in enumerate(_STEPS[1 : _STEPS.index(asked.till) + 1], 1):
            made = self._step(step, asked, made, by, at + timedelta(minutes=40 * number))

    def _tick(self, case: models.Case, lines: list[proposing.Line], by: models.Person, at: datetime) -> None:
        """An element of an article of the case on each link, shown by its check and what the register held of the agency that day; the
        article on placement where it has none."""
        chosen = [one for one in ticking.chosen(case) if any(edition.elements for edition in one.editions.all())]
        if not chosen:
            chosen = [models.Article.objects.get(key="placement")]
            ticking.choose(case_id=case.pk, article_id=chosen[0].pk, by=by, now=at)
        for flag in ticking.links(case).filter(pk__in=[line.flag_id for line in lines]):
            edition = law.article_on(chosen[0], ticking.day_of(flag))
            if edition is None:
                continue
            rows = [one.key for one in ticking.evidence_of(flag, ticking.ROWS) if one.row][:1]
            told: dict[str, Any] = {"edition_id": edition.pk, "element": edition.elements[0]["key"], "evidence": ["check", *rows]}
            ticking.tick(case_id=case.pk, flag_id=flag.pk, everywhere=False, by=by, now=at, **told)

    def _copy(self, flag: models.Flag, by: models.Person, at: datetime) -> None:
        given: dict[str, Any] = {"person": by, "office": by.office, "post_id": flag.post_id, "url": flag.post.url}
        custody.capture_file(
            _screenshot(), "image/png", platform=flag.post.platform, kind="screenshot", now=at, purpose="evidence", **given
        )

    def _step(self, step: str, asked: Asked, made: models.Referral, by: models.Person, at: datetime) -> models.Referral:
        common: dict[str, Any] = {"referral_id": made.pk, "seen_version": made.version, "by": by, "now": at}
        match step:
            case "submitted":
                made = referrals.submit(**common)
                jobs.run({documents.KIND: documents.keep}, now=at)
                return made
            case "approved":
                return referrals.approve(**common | {"by": referrals.approvers(made)[0]})
            case "sent":
                return referrals.mark_sent(how="portal", when=None, receipt="TKT-26-0017 (contoh)", file=None, **common)
            case "received":
                return referrals.received(their_number="K-26-0031 (contoh)", note="", **common)
        for number, item in enumerate(made.items.all()):
            outcome = asked.outcomes[number % len(asked.outcomes)]
            told: dict[str, Any] = {"ground": "", "text": "Jawaban contoh.", "day": None, "automated": None, "file": None}
            made = referrals.answer(item_ids=[item.pk], outcome=outcome, **told, **common | {"seen_version": made.version})
        return made
