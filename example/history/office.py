"""Who works there, and what they do in a day: the verbs of the product, each at its moment. What they write is invented."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from example.history import adverts
from example.history.calendar import Span
from patrol import cases, models, triage
from patrol.access import duties, people, stations
from patrol.campaigns import judging
from patrol.domain.states import AT_DIRECTORATE, CampaignState, CaseState, FlagState, ProtectionState
from patrol.models import Role
from patrol.triage import notices, protecting, quality
from reports import signing, summary
from reports.models import WeeklySummary
from reports.period import IsoWeek

_SEED: Final = 48
_KEYS: Final = uuid.UUID("5b0c9f34-6a0c-4a51-9e2d-2f6f8f1f4c48")  # of the decisions

# Colleagues of the printed accounts, without a password: nobody logs in as them.
COLLEAGUES: Final = (
    ("petugas-sulteng-2", Role.OFFICER, "Petugas Sulteng Kedua Contoh", "bp3mi-sulteng"),
    ("penyelia-sulteng", Role.SUPERVISOR, "Penyelia Sulteng Contoh", "bp3mi-sulteng"),
    ("analis-2", Role.ANALYST, "Analis Kedua Contoh", "directorate"),
)

# The P4MI of an office, with one of its people; a watch of places.toml names it too.
STATION: Final = "P4MI Contoh"
_SITS_THERE: Final = "petugas-2"
# Acting head of another office beside their own work: whom, what and where.
ACTS_AS: Final = ("petugas-2", Role.SUPERVISOR, "bp3mi-ntb")


type _Step = Callable[[models.Case, datetime], None]


@dataclass(frozen=True, slots=True)
class Team:
    """Whoever decides for an office, and how many rows they do between them on a working day."""

    office: str
    deciding: tuple[str, ...]
    supervisor: str
    rows: int


TEAMS: Final = (
    Team("bp3mi-jabar", ("petugas", "petugas-2"), "penyelia", 2),
    Team("bp3mi-sulteng", ("petugas-sulteng", "petugas-sulteng-2"), "penyelia-sulteng", 2),
    Team("directorate", ("analis", "analis-2"), "penyelia-siber", 2),
)
QUIET: Final = timedelta(days=5)  # before the end: what came in these days waits for whoever logs in


def hire(now: datetime) -> None:
    for username, role, name, code in COLLEAGUES:
        office = models.Office.objects.get(code=code)
        people.add(username=username, name=name, role=role, office_id=office.pk, by=None, now=now, exempt="example")
    person, by = models.Person.objects.get(username=_SITS_THERE), models.Person.objects.get(username="penyelia")
    made = stations.add(office_id=person.office_id, name=STATION, town="Pelabuhan Contoh", by=by, now=now)
    people.place(person_id=person.pk, station_id=made.pk, by=by, now=now)
    acts, role, code = ACTS_AS
    person, gives, agrees = (models.Person.objects.get(username=name) for name in (acts, "admin", "penyelia-siber"))
    office = models.Office.objects.get(code=code)
    duty = duties.add(person_id=person.pk, role=role, office_id=office.pk, until=None, by=gives, now=now)
    people.agree(person_id=person.pk, seen=duty.appointment.pk, by=agrees, now=now)


@dataclass
class Staff:
    """The people of the history at their work. `kinds`: what each post is, by external_id; the dice say who errs, asks and waits."""

    span: Span
    kinds: Mapping[str, adverts.Kind]
    dice: random.Random = field(default_factory=random.Random)
    persons: dict[str, models.Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in models.Person.objects.select_related("office"):
            self.persons[person.username] = person

    def wake_up(self, day: int) -> None:
        """Each day has dice of its own, so that a day that was cut can be lived again."""
        self.dice.seed(f"{_SEED} {day}")

    def one_of(self, *usernames: str) -> models.Person:
        return self.persons[self.dice.choice(usernames)]

    # --- the queue ---

    def work(self, team: Team, day: int) -> None:
        """A day at the queue, from its top. In the last days little is done: it waits for whoever logs in."""
        office, rows = self.persons[team.supervisor].office, team.rows + self.dice.choice((-1, 0, 0, 1))
        if self.span.at(day, 8, 30) > self.span.moment - QUIET:
            rows = 1 if team.office == "bp3mi-jabar" else 0
        page = triage.queue(self.persons[team.deciding[0]], wanted=triage.Wanted(office_id=office.pk), limit=rows + 12)
        place = 0
        for row in page.rows:
            person, at = self.one_of(*team.deciding), self.span.at(day, 8, 30) + timedelta(minutes=17 * place + self.dice.randint(0, 9))
            if place == rows or not self.span.passed(at + timedelta(minutes=8)):
                return
            # The product wakes what was put off by the clock of the database, for which all of this is past.
            if row.flag.snoozed_until is not None and row.flag.snoozed_until > at:
                continue
            flag, place = triage.take(row.flag.pk, by=person, now=at), place + 1
            self._decide(flag, person, at + timedelta(minutes=self.dice.randint(2, 8)))

    def _decide(self, flag: models.Flag, person: models.Person, at: datetime) -> None:
        kind = self.kinds[flag.post.external_id]
        chance = self.dice.random()
        common: dict[str, Any] = {"flag_id": flag.pk, "seen_version": flag.version, "by": person, "now": at}
        key = uuid.uuid5(_KEYS, f"{flag.pk} {at.isoformat()}")
        if chance < 0.05:
            until = at + timedelta(days=self.dice.randint(2, 6))
            triage.snooze(until=until, note="Menunggu jawaban kantor cabang (contoh).", **common)
        elif chance < 0.11 and flag.state == "waiting":
            reason = self.dice.choice(("agency", "register", "author"))
            triage.decide(outcome="needs_information", reason=reason, note="", decision_key=key, **common)
        elif kind.outcome == "confirmed" and not person.at_directorate and chance < 0.21:
            note = "Pola perekrutan berulang di beberapa kanal; mohon ditelaah direktorat (contoh)."
            cases.escalate_flag(article=kind.article, note=note, decision_key=key, title=_title(kind, flag), **common)
        elif kind.outcome == "confirmed" and chance < 0.36:
            case = self._open_case(flag)
            title = "" if case else _title(kind, flag)
            cases.file_flag(case_id=case.pk if case else None, reason=kind.reason, decision_key=key, title=title, **common)
        elif chance > 0.96:
            wrong = ("dismissed", "duplicate") if kind.outcome == "confirmed" else ("confirmed", "licence")
            triage.decide(outcome=wrong[0], reason=wrong[1], note="", decision_key=key, **common)
        else:
            note = "Contoh: minta bantuan keluarga." if kind.outcome == "victim" else ""
            triage.decide(outcome=kind.outcome, reason=kind.reason, note=note, decision_key=key, **common)

    def _open_case(self, flag: models.Flag) -> models.Case | None:
        """A case of the same office that still grows; now and then none, so that a new one is opened."""
        growing = models.Case.objects.filter(office_id=flag.office_id, state=CaseState.OPENED).order_by("-id").first()
        return growing if growing is not None and self.dice.random() < 0.6 else None

    def leave_over(self) -> None:
        """Of what waits in the end one row of each office is asked about and one is put off."""
        at = self.span.moment - timedelta(hours=2)
        for team in TEAMS:
            person, office = self.persons[team.deciding[-1]], self.persons[team.supervisor].office
            page = triage.queue(person, wanted=triage.Wanted(office_id=office.pk, state="waiting"), limit=8)
            awake = [row.flag.pk for row in page.rows if row.flag.snoozed_until is None or row.flag.snoozed_until <= at]
            for place, pk in enumerate(awake[1:3]):
                flag, at = triage.take(pk, by=person, now=at), at + timedelta(minutes=3)
                common: dict[str, Any] = {"flag_id": flag.pk, "seen_version": flag.version, "by": person, "now": at}
                if place:
                    until = self.span.moment + timedelta(days=3)
                    triage.snooze(until=until, note="Kantor cabang menjawab minggu depan (contoh).", **common)
                else:
                    key = uuid.uuid5(_KEYS, f"asked {flag.pk}")
                    triage.decide(outcome="needs_information", reason="register", note="", decision_key=key, **common)

    def hand_over(self, day: int) -> None:
        """The directorate gives what belongs elsewhere to the office that it belongs to."""
        person, at = self.persons["analis"], self.span.at(day, 10, 40)
        flag = models.Flag.objects.filter(office=person.office, state="waiting", level="high").order_by("-id").first()
        if flag is not None and self.span.passed(at):
            office = models.Office.objects.get(code=self.dice.choice(("bp3mi-jabar", "bp3mi-sulteng")))
            note = "Nomornya dikenal di wilayah Anda (contoh)."
            triage.hand_over(flag_id=flag.pk, office_id=office.pk, note=note, seen_version=flag.version, by=person, now=at)

    def take_back(self, day: int) -> None:
        """Somebody sees a mistake of their own a day later."""
        at = self.span.at(day, 11, 5)
        decisions = models.Decision.objects.select_related("by").filter(
            outcome="dismissed", reason="duplicate", reversed_by=None, flag__state="dismissed", at__gt=at - timedelta(days=9)
        )
        decision = decisions.order_by("id").first()
        if decision is not None and self.span.passed(at):
            key = uuid.uuid5(_KEYS, f"back {decision.pk}")
            by = self.persons[decision.by.username]
            triage.reverse(decision_id=decision.pk, reason_note="Ternyata belum ditangani (contoh).", decision_key=key, by=by, now=at)

    def read_notices(self, day: int) -> None:
        """What the week brought is read on its last day; what the last one brought waits."""
        at = self.span.at(day, 15, 55)
        newest = models.Notice.objects.order_by("-id").first()
        if newest is None or at > self.span.moment - QUIET:
            return
        for team in TEAMS:
            for username in (*team.deciding, team.supervisor):
                notices.read_all(up_to=newest.pk, by=self.persons[username], now=at)

    # --- cases ---

    def cases(self, day: int) -> None:
        """Each case that is not closed goes on by its age. Some stay where they are, for whoever logs in."""
        at = self.span.at(day, 13, 15)
        if not self.span.passed(at):
            return
        for case in models.Case.objects.exclude(state=CaseState.CLOSED).select_related("office", "opened_by", "responsible").order_by("id"):
            at += timedelta(minutes=3)
            began = case.escalated_at if case.state in AT_DIRECTORATE and case.escalated_at else case.opened_at
            step = self._next_step(case, (at - began).days)
            if step is not None:
                step(case, at)
        closed = models.Case.objects.filter(state=CaseState.CLOSED, closed_at__lt=at - timedelta(days=12)).order_by("-id").first()
        if closed is not None and day % 21 == 4:
            by = self.persons[closed.opened_by.username]
            cases.reopen(case_id=closed.pk, note="Nomor yang sama muncul lagi (contoh).", seen_version=closed.version, by=by, now=at)

    def _next_step(self, case: models.Case, days: int) -> _Step | None:
        number = case.pk % 5
        never = case.escalated_at is None and not case.opened_by.at_directorate
        steps: tuple[tuple[bool, _Step], ...]
        otherwise: _Step | None
        if case.state == CaseState.OPENED:
            steps = ((number in {0, 1} and days in {4, 5} and never, self._escalate), (number in {2, 3} and days >= 16, self._close))
            otherwise = self._write_note if days in {2, 9} else None
        elif case.state == CaseState.ESCALATED:
            steps, otherwise = ((days >= 1, self._take),), None
        else:
            steps = (
                (number == 0 and days >= 11, self._give_back),
                (number in {1, 2} and days >= 18, self._close_escalated),
                (number == 3 and days in {6, 7}, self._pass_on),
            )
            otherwise = self._message if days in {3, 8} else None
        return next((step for due, step in steps if due), otherwise)

    def _escalate(self, case: models.Case, at: datetime) -> None:
        note = "Perekrut yang sama di dua provinsi; perlu rujukan (contoh)."
        by = self.persons[case.opened_by.username]
        cases.escalate(case_id=case.pk, article="recruitment", note=note, seen_version=case.version, by=by, now=at)

    def _close(self, case: models.Case, at: datetime) -> None:
        note = "Calon pekerja sudah didampingi, unggahan sudah hilang (contoh)."
        by = self.persons[case.opened_by.username]
        cases.close(case_id=case.pk, outcome="victim_protected", note=note, seen_version=case.version, by=by, now=at)

    def _write_note(self, case: models.Case, at: datetime) -> None:
        cases.note(case_id=case.pk, text="Sudah menelepon keluarga satu calon (contoh).", sent=False, by=self._of(case), now=at)

    def _take(self, case: models.Case, at: datetime) -> None:
        cases.take(case_id=case.pk, seen_version=case.version, by=self.one_of("analis", "analis-2"), now=at)

    def _give_back(self, case: models.Case, at: datetime) -> None:
        note = "Cukup ditangani di daerah; lengkapi keterangan saksi (contoh)."
        cases.give_back(case_id=case.pk, note=note, seen_version=case.version, by=self._has(case), now=at)

    def _close_escalated(self, case: models.Case, at: datetime) -> None:
        note = "Diteruskan lewat surat biasa, tidak ada lanjutan di sini (contoh)."
        cases.close(case_id=case.pk, outcome="handed_over", note=note, seen_version=case.version, by=self._has(case), now=at)

    def _pass_on(self, case: models.Case, at: datetime) -> None:
        by = self._has(case)
        to = self.persons["analis-2" if by.username == "analis" else "analis"]
        cases.pass_on(case_id=case.pk, to_id=to.pk, note="Ia menangani perkara serupa (contoh).", seen_version=case.version, by=by, now=at)

    def _message(self, case: models.Case, at: datetime) -> None:
        cases.note(
            case_id=case.pk, text="Apakah ada kuitansi atau tangkapan layar dari calon? (contoh)", sent=True, by=self._has(case), now=at
        )
        notices.read_messages(case_id=case.pk, by=self._of(case), now=at + timedelta(minutes=1))
        text = "Ada dua kuitansi, kami unggah besok (contoh)."
        cases.note(case_id=case.pk, text=text, sent=True, by=self._of(case), now=at + timedelta(minutes=2))

    def ask_last(self) -> None:
        """A question of the directorate that its office has not read yet, and what another case's office wrote to the directorate."""
        taken = models.Case.objects.filter(state=CaseState.IN_ANALYSIS, office__code="bp3mi-jabar")
        for number, case in enumerate(taken.select_related("responsible", "opened_by").order_by("-id")[:2]):
            text = "Apakah keluarga calon bersedia dihubungi penyidik? Mohon jawaban hari ini (contoh)."
            by, at = self._has(case), self.span.moment - timedelta(minutes=30)
            if number == 1:
                text, by = "Dua saksi bersedia; keterangannya kami kirim besok (contoh).", self._of(case)
            cases.note(case_id=case.pk, text=text, sent=True, by=by, now=at)

    def escalate_last(self) -> None:
        """A case that nobody at the directorate has taken yet."""
        own = models.Case.objects.filter(state=CaseState.OPENED, office__code="bp3mi-jabar", escalated_at=None)
        case = own.select_related("opened_by").order_by("id").last()
        if case is not None:
            self._escalate(case, max(case.opened_at, self.span.moment - timedelta(hours=2)))

    def _has(self, case: models.Case) -> models.Person:
        assert case.responsible is not None
        return self.persons[case.responsible.username]

    def _of(self, case: models.Case) -> models.Person:
        return self.persons[case.opened_by.username]

    # --- campaigns ---

    def campaigns(self, day: int, week: int) -> None:
        """The analyst's weekly look at what the machine proposed: confirmed, named, dissolved, cut, or left for later."""
        by, at = self.persons["analis"], self.span.at(day, 14, 20)
        if not self.span.passed(at):
            return
        proposed = models.Campaign.objects.filter(state=CampaignState.PROPOSED, made_at__lt=at - timedelta(days=4)).order_by(
            "-posts_count", "id"
        )
        for number, campaign in enumerate(proposed[:2]):
            at += timedelta(minutes=11)
            common: dict[str, Any] = {"campaign_id": campaign.pk, "by": by, "now": at}
            if number == 1 or campaign.posts_count < 3:
                if week % 2:
                    note = "Hanya kalimat umum yang sama (contoh)."
                    judging.dissolve(note=note, seen_version=campaign.version, **common)
                continue
            judging.confirm(seen_version=campaign.version, **common)
            judging.name(name=f"{_RINGS[campaign.pk % len(_RINGS)]} (contoh)", seen_version=campaign.version + 1, **common)
        at += timedelta(minutes=20)
        confirmed = list(models.Campaign.objects.filter(state=CampaignState.CONFIRMED).order_by("-id")[:4])
        if confirmed and week % 3 == 0:
            self._cut(confirmed[0], by, at)
        elif week % 3 == 1:
            any(self._case_from(campaign, at) for campaign in confirmed)

    def _cut(self, campaign: models.Campaign, by: models.Person, at: datetime) -> None:
        tie = judging.within(campaign).exclude(state="cut").order_by("weight", "id").first()
        if tie is not None:
            judging.cut(tie_id=tie.pk, note="Teks lazim, bukan orang yang sama (contoh).", by=by, now=at)

    def _case_from(self, campaign: models.Campaign, at: datetime) -> bool:
        """A case of the office with most of its confirmed flags; False where too few of them are free."""
        for team in TEAMS:
            by = self.persons[team.deciding[0]]
            found = cases.plan(campaign, by)
            if found.office_id == by.office_id and len(found.sure) > 1:
                key = uuid.uuid5(_KEYS, f"campaign {campaign.pk} {at.isoformat()}")
                cases.open_from_campaign(
                    campaign_id=campaign.pk,
                    office_id=by.office_id,
                    title=f"Satu jaringan, {len(found.sure)} unggahan (contoh)",
                    reason=cases.LEAVE,
                    note="",
                    key=key,
                    counted=(len(found.sure), len(found.open)),
                    seen_version=campaign.version,
                    by=by,
                    now=at,
                )
                return True
        return False

    # --- people harmed ---

    def protections(self, day: int) -> None:
        at = self.span.at(day, 15, 10)
        if not self.span.passed(at):
            return
        officers = {team.office: self.persons[team.deciding[0]] for team in TEAMS}
        for one in models.Protection.objects.select_related("office").order_by("id"):
            at, by = at + timedelta(minutes=4), officers[one.office.code]
            age = (at - one.at).days
            common: dict[str, Any] = {"protection_id": one.pk, "seen_version": one.version, "by": by, "now": at}
            if one.state == ProtectionState.NEW and by.at_directorate and one.pk % 3 == 1:
                to = officers["bp3mi-jabar"].office
                protecting.move_to_office(office_id=to.pk, note="Keluarganya tinggal di wilayah Anda (contoh).", **common)
            elif one.state == ProtectionState.NEW and age >= 1:
                protecting.contacted(note="Keluarga sudah dihubungi (contoh).", **common)
            elif one.state == ProtectionState.CONTACTED and age >= 5 and one.pk % 3:
                protecting.hand_to_desk(desk="p4mi", handed_to="P4MI contoh", note="", **common)
            elif one.state == ProtectionState.HANDED_OVER and age >= 16 and one.pk % 2:
                protecting.close(ending="returned", note="Sudah pulang dan berkumpul dengan keluarga (contoh).", **common)

    # --- second looks ---

    def second_looks(self, day: int) -> None:
        """Blind second looks of what was drawn, samples of what no level asked for, and a third person where two differ."""
        at = self.span.at(day, 15, 40)
        if at > self.span.moment - 2 * QUIET:
            return
        for team in TEAMS:
            for username in (*team.deciding, team.supervisor):
                person = self.persons[username]
                for draw in quality.to_review(person).filter(office=person.office)[:3]:
                    at += timedelta(minutes=2)
                    outcome, reason = self._second(draw)
                    quality.review(draw_id=draw.pk, outcome=outcome, reason=reason, note="", by=person, now=at)
            supervisor = self.persons[team.supervisor]
            for draw in quality.to_settle(supervisor).filter(office=supervisor.office, at__lt=at - timedelta(days=6))[:2]:
                at += timedelta(minutes=3)
                kind = self._kind(draw.flag)
                note = "Dilihat bersama (contoh)."
                quality.settle(draw_id=draw.pk, outcome=kind.outcome, reason=kind.reason, note=note, by=supervisor, now=at)
            for draw in quality.samples(supervisor).filter(office=supervisor.office)[:2]:
                flag = models.Flag.objects.get(pk=draw.flag_id)
                if flag.state != FlagState.PARKED:  # decided as a copy of the one before
                    continue
                at += timedelta(minutes=2)
                kind, key = self._kind(flag), uuid.uuid5(_KEYS, f"sample {draw.pk}")
                common: dict[str, Any] = {"flag_id": flag.pk, "seen_version": flag.version, "by": supervisor, "now": at}
                triage.decide(outcome=kind.outcome, reason=kind.reason, note="", decision_key=key, **common)

    def _kind(self, flag: models.Flag) -> adverts.Kind:
        return self.kinds[flag.post.external_id]

    def _second(self, draw: models.Draw) -> tuple[str, str]:
        kind = self._kind(draw.flag)
        if self.dice.random() < 0.3:
            return ("dismissed", "lawful") if kind.outcome == "confirmed" else ("confirmed", "licence")
        return kind.outcome, kind.reason

    # --- the week ---

    def freeze(self, day: int, week: int) -> None:
        """On Monday the week before is frozen and signed by two. The office in Bandung is late with the last one: it waits for its
        supervisor, and the last ones of the others wait for their second signature."""
        frozen = IsoWeek.of_day(self.span.day(day)).previous()
        at = self.span.at(day, 8, 5)
        last = self.span.days - day <= 7
        for place, (username, code) in enumerate(_SIGNS):
            person, moment = self.persons[username], at + timedelta(minutes=6 * place)
            if not self.span.passed(moment) or (last and code == "bp3mi-jabar"):
                continue
            office = models.Office.objects.get(code=code).pk if code else None
            note = _NOTES[(week + place) % len(_NOTES)]
            made = summary.freeze(office_id=office, period=frozen, note=note, by=person, now=moment)
            self._sign(made, person, moment, both=not last)
            if week == 8 and code == "bp3mi-sulteng":
                reason = "Catatan minggu ini tertinggal (contoh)."
                note = "Kegiatan lapangan di Poso menunda dua hari penelaahan (contoh)."
                later = moment + timedelta(hours=3)
                made = summary.freeze(office_id=office, period=frozen, note=note, reason=reason, by=person, now=later)
                self._sign(made, person, later, both=not last)

    def _sign(self, made: WeeklySummary, author: models.Person, moment: datetime, *, both: bool) -> None:
        """Within the hour. The second of an office with one supervisor is of the directorate."""
        second = self.persons["penyelia-siber-2" if author.at_directorate else "penyelia-siber"]
        for place, by, minutes in (("author", author, 10), ("second", second, 50))[: 1 + both]:
            at = moment + timedelta(minutes=minutes)
            if self.span.passed(at):
                signing.sign(summary_id=made.pk, place=place, seen=made.sha256, by=by, now=at)


_SIGNS: Final = (("penyelia", "bp3mi-jabar"), ("penyelia-sulteng", "bp3mi-sulteng"), ("penyelia-siber", ""))
_NOTES: Final = ("", "Tidak ada kejadian luar biasa (contoh).", "Satu pantauan tidak menjawab beberapa hari; sudah dicatat (contoh).", "")


_RINGS: Final = ("Jaringan Pelabuhan", "Jaringan Ladang", "Jaringan Ziarah", "Jaringan Obrolan", "Jaringan Uang Muka", "Jaringan Kapal")


def _title(kind: adverts.Kind, flag: models.Flag) -> str:
    return f"{kind.title} ({flag.number}, contoh)"
