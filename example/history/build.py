"""The days, one after the other, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TextIO

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from example import world
from example.history import (
    bringing,
    brought,
    carded,
    editions,
    hooked,
    kept,
    objected,
    office,
    places,
    referred,
    reported,
    two_people,
    wire,
)
from example.history.calendar import Span
from patrol import campaigns, models, register, search, watches
from patrol.cases import erasures
from patrol.evidence import sealing
from patrol.infra import reached
from patrol.pipeline import assessing, fetching
from patrol.preserving import copies
from patrol.register import recheck
from patrol.triage import quality

# The days on which the registrar imports: two editions of before, and the one the example world shows today.
EDITIONS: Final = (0, 46)
_LIVED: Final = "example-history"  # Reached: two more than the last day that is done
_ALL: Final = 1_000_000
_LOOKED_AT: Final = (2, 7, 20, 48)  # days after which the database counts its rows: it plans with what it knows of them
_ARCHIVED: Final = timedelta(days=3)  # pages of what was confirmed before are not archived after the fact

type Say = Callable[[str], None]


def wanted() -> bool:
    """Whether this database has lived nothing yet, or was cut in the middle of the weeks."""
    begun = models.Reached.objects.filter(name=_LIVED).first()
    if begun is not None:
        return begun.row != _ALL
    return not any(model.objects.exists() for model in (models.Person, models.RegisterEdition, models.Watch, models.Post))


def build(span: Span, files: Path, *, say: Say, out: TextIO) -> None:
    """Lives those weeks in an empty, migrated database. `files`: the folder with the register's two files of the last day.

    Each day is one transaction: who was cut goes on with the day that was cut. `say` is told how far it is, `out` what the commands of the
    product say.
    """
    lived, _made = models.Reached.objects.get_or_create(name=_LIVED)
    if lived.row == 0:
        with transaction.atomic():
            began = span.at(0, 0, 5)
            call_command("setup", "--example", now=began, stdout=out)
            office.hire(began)
            _mark(1)
    days = _Days(span, places.write(span), files)
    for day in range(max(0, models.Reached.objects.get(name=_LIVED).row - 1), span.days):
        if day % 7 == 0:
            posts, decisions = models.Post.objects.count(), models.Decision.objects.count()
            say(f"  week {day // 7 + 1} of {span.weeks + 1}: {posts} posts, {decisions} decisions")
        with transaction.atomic():
            days.live(day)
            _mark(day + 2)
        if day in _LOOKED_AT:
            with connections["owner"].cursor() as cursor:
                cursor.execute("ANALYZE")
    with transaction.atomic():
        days.end()
        _mark(_ALL)


def _mark(row: int) -> None:
    models.Reached.objects.filter(name=_LIVED).update(row=row)


class _Days:
    def __init__(self, span: Span, written: places.Written, files: Path) -> None:
        self.span, self.files = span, files
        self.past = wire.Past(places.joined(world.World({}, {}), written), world.Anchor(span.moment), span.moment)
        self.fetcher = wire.Wire(self.past, settings.USER_AGENT)
        came = brought.write(span, written)
        self.staff = office.Staff(span, written.kinds | came.kinds)
        self.bringing, self.two_people = bringing.Bringing(self.staff, came), two_people.TwoPeople(self.staff)
        self.reports, self.hooked = reported.Reports(self.staff), hooked.Hooked(self.staff)
        self.objections, self.referred = objected.Objections(self.staff), referred.Referred(self.staff)
        known = {watch.query: watch for watch in models.Watch.objects.all()}
        self.watches = {source.name: known[source.query] for source in places.SOURCES if source.query in known}

    def live(self, day: int) -> None:
        weekday, week, staff = day % 7, day // 7, self.staff
        staff.wake_up(day)
        self.hooked.on(day)
        if day in EDITIONS:
            self._import(day)
        self._watch(day)
        self._collect(day)
        if weekday < 5:
            if weekday == 0 and day and self.span.days - day > 7:
                staff.freeze(day, week)
            for team in office.TEAMS:
                staff.work(team, day)
            self._bring(day)
            self.objections.on(day)
            if weekday == 2 and week % 2:
                staff.hand_over(day)
            if weekday == 3:
                staff.take_back(day)
            staff.cases(day)
            if weekday == 3 and week >= referred.EARLIER_FROM:
                self.referred.on(day)
            if weekday == 2:
                staff.campaigns(day, week)
            if weekday == 4:
                staff.read_notices(day)
            if weekday in {1, 3}:
                staff.protections(day)
                staff.second_looks(day)
        if weekday in {1, 4}:
            self._tidy(self.span.at(day, 23, 30))

    def end(self) -> None:
        """Today's register, and what is not made up for afterwards: the pages of what was confirmed weeks ago are not archived now."""
        now = self.span.moment - timedelta(hours=3)
        self._take(*self._files(), now)
        self._read(now + timedelta(minutes=1))
        self.staff.leave_over()
        self._bring(None)
        self.staff.ask_last()
        self.referred.end()
        self.objections.end()
        carded.Carded(self.staff).end()
        self.reports.end()
        self.staff.escalate_last()
        kept.Kept(self.staff).end()
        monday = (self.span.days - 1) // 7 * 7  # of this week: what was made up above of the week before stands in its summary
        self.staff.freeze(monday, monday // 7)
        self._tidy(self.span.moment)
        last = models.Decision.objects.filter(at__lt=self.span.moment - _ARCHIVED).order_by("-id").values_list("id", flat=True).first()
        reached.settle("pages", table="patrol_decision", at="effective_at", since=0, window=last or 0, now=self.span.moment)

    # --- the register ---

    def _files(self) -> tuple[bytes, bytes]:
        return (self.files / "agencies.csv").read_bytes(), (self.files / "licences.csv").read_bytes()

    def _import(self, day: int) -> None:
        self._take(*editions.as_of(*self._files(), self.span.day(day)), self.span.at(day, 5, 10))

    def _take(self, agencies: bytes, granted: bytes, now: datetime) -> None:
        registrar = self.staff.persons["register"]
        register.take(agencies, granted, agencies_name="agencies.csv", licences_name="licences.csv", by=registrar, now=now)
        recheck.mark(now=now)

    # --- collecting ---

    def _watch(self, day: int) -> None:
        """Watches that are made or paused that day."""
        persons = self.staff.persons
        for place, source in enumerate(places.SOURCES):
            at = self.span.at(day, 5, 20) + timedelta(minutes=place)
            if source.since == day and self.span.passed(at):
                office_id = models.Office.objects.get(code=source.office).pk
                station = models.Station.objects.filter(office=office_id, name=source.station).first()
                wanted = watches.Wanted(
                    name=source.watch,
                    query=source.query,
                    office_id=office_id,
                    station_id=station.pk if station else None,
                    every_seconds=3600,
                    healthy_low=0,
                    healthy_high=12,
                )
                by = persons[source.by]
                if source.proposed:
                    self.watches[source.name] = two_people.watch(source.platform, wanted, proposed=persons[source.proposed], by=by, at=at)
                else:
                    self.watches[source.name] = watches.add(platform=source.platform, wanted=wanted, by=by, now=at)
            if source.paused == day and self.span.passed(at):
                watches.pause(watch_id=self.watches[source.name].pk, by=persons["analis"], now=at)

    def _collect(self, day: int) -> None:
        at = self.span.at(day, 6, 0)
        for watch in self.watches.values():
            at += timedelta(minutes=1)
            if self.span.passed(at):
                self.past.moment = at
                fetching.patrol_watch(watch.pk, now=at, fetcher=self.fetcher, force=True)
        self._read(at + timedelta(minutes=2))

    def _bring(self, day: int | None) -> None:
        """What people bring that day, None the last one, is read; then they do what takes two of them."""
        at = self.bringing.on(day)
        if at is not None:
            self._read(at + timedelta(minutes=1))
            self.bringing.mark_harmed(day)
        self.two_people.on(day)

    def _read(self, now: datetime) -> None:
        if not self.span.passed(now):
            return
        while assessing.read_due(now=now, limit=settings.READ_BATCH).read == settings.READ_BATCH:
            pass
        while campaigns.due() and campaigns.link_due(now=now) != campaigns.Tied():
            pass

    def _tidy(self, now: datetime) -> None:
        """What a sweep does besides."""
        now = min(now, self.span.moment)
        quality.draw(now=now)
        erasures.run_out(now=now)
        while search.fill(now=now, limit=settings.READ_BATCH):
            pass
        while sealing.seal(now=now):
            pass
        while copies.look(now=now):
            pass
