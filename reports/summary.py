"""The summaries: figures of one period (week, month, quarter) for one office or all of them, and the verb that freezes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain
from patrol.access import audit
from patrol.admin.shared import words
from patrol.engine import masks
from patrol.infra import reached
from patrol.infra.refusals import RefusedError
from patrol.models import Notice, Office, Outcome, Person, Tallied
from patrol.triage import tallies
from reports import (
    agreement,
    blindness,
    campaigns,
    earlier,
    heads,
    queries,
    referral_counts,
    referrals,
    sanctions,
    sentences,
    stations,
    tally,
)
from reports.figures import SERIES, CaseFlow, Figures, Flow, Measure, OfficeRow, Row, fingerprint
from reports.models import COMPLETES, NOTE_LETTERS, WeeklySummary
from reports.period import Period

WAITS: Final = "signature_waits"  # Notice.kind: an edition, by its number, for its second signatory


def may(person: Person, action: access.Action, office_id: int | None) -> bool:
    """Whether the person may do this to the summaries of an office, None for the national one."""
    return access.may(person, action, office_id=access.NO_OFFICE if office_id is None else office_id)


def require(person: Person, action: access.Action, office_id: int | None) -> None:
    """The same. Raises PermissionDenied."""
    access.require(person, action, office_id=access.NO_OFFICE if office_id is None else office_id)


def collect(*, office: Office | None, period: Period, now: datetime) -> Figures:
    """The figures as the event rows tell them, up to the period's end or `now`, whichever is earlier."""
    series = period.last(SERIES)
    start, end = period.bounds()
    until = max(min(now, end), start)
    office_id = office.pk if office else None
    first = series[0].bounds()[0]

    names = queries.offices()
    days = tallies.by_day(office_id, first.astimezone(domain.LAW_ZONE).date(), _last_whole_day(until))
    before = earlier.told(office_id, series[:-2], days)
    told = series if before is None else series[-2:]  # those counted from their events
    moves = queries.moves(office_id, told[0].bounds()[0], until)
    queue = queries.queued(office_id, [start, until])
    read = _read(office_id, days, until)
    edition = queries.register(until)
    watched = queries.watched(office_id, blindness.looked_from(period), until)
    watches, blind = blindness.blind(watched, period, until)
    case_moves = tally.standing(queries.case_moves(office_id, first, until), until, type(period))
    open_cases = queries.open_cases(office_id, [start, until])
    asked = referrals.sent(office_id, until)
    troubled = sanctions.troubled(office_id, start, until)
    looks = agreement.looks(office_id, series[-2].bounds()[0], until)

    counts = tally.periods(moves, told, office_id)
    this, last = counts[-1], counts[-2]
    raised, raised_last = _check_ids(this), _check_ids(last)
    rings = campaigns.then([move.flag for move in this.flagged], start, until)
    checked = queries.checked([*raised, *raised_last])
    shared = queries.shared(raised, raised_last, until)
    checks = [checked[key] for key in raised]
    checks_last = [checked[key] for key in raised_last]

    waits = [flag for flag in queue if flag.at == until and flag.state == tally.WAITING]
    waited = [flag for flag in queue if flag.at == start and flag.state == tally.WAITING]
    cases, opened = tally.cases(case_moves, series, open_cases[start], open_cases[until])
    oldest = min((flag.entered_at for flag in waits if flag.entered_at), default=None)
    figures = Figures(
        office=office.code if office else "",
        office_name=masks.text(office.name) if office else "",
        kind=period.kind,
        year=period.year,
        week=period.ordinal,
        until=until.astimezone(domain.LAW_ZONE).isoformat(),
        preliminary=until < end,
        register_date=edition.register_date.isoformat() if edition else None,
        register_edition=edition.number if edition else None,
        measures=_measures(
            series,
            [*(before or ()), *_told(counts, len(waits))],
            read,
            {"cases": opened, **referral_counts.series(asked, [one.bounds() for one in series], until)},
            watched=bool(watches),
        ),
        days=tally.days(this, last, until=until, read=read, blind=frozenset(day for one in blind for day in one.days)),
        levels=tally.breakdown(
            (move.level or "" for move in this.flagged), (move.level or "" for move in last.flagged), order=tally.LEVELS
        ),
        decisions=tally.breakdown((move.what for move in this.decided), (move.what for move in last.decided), order=tally.DECISIONS),
        flow=tally.flow(this, len(waited), len(waits)),
        asked=Row(
            "needs_information",
            sum(flag.at == until and flag.state != tally.WAITING for flag in queue),
            sum(flag.at == start and flag.state != tally.WAITING for flag in queue),
        ),
        ages=tally.breakdown(tally.ages(waits, until), tally.ages(waited, start), order=tally.AGES),
        oldest_hours=int((until - oldest) / timedelta(hours=1)) if oldest else None,
        delays=tally.delays(this, last),
        verdicts=tally.breakdown(map(tally.verdict_key, checks), map(tally.verdict_key, checks_last)),
        kinds=tally.breakdown(*_both(checks, checks_last, lambda check: check.kinds)),
        countries=tally.breakdown(*_both(checks, checks_last, lambda check: check.countries)),
        platforms=tally.breakdown(*_both(checks, checks_last, lambda check: [check.platform])),
        places=tally.breakdown(*_both(checks, checks_last, lambda check: check.places)),
        provinces=tuple(sorted(office.provinces)) if office else (),
        stations=stations.table(stations.origins(office.pk, [*raised, *raised_last]), raised, raised_last) if office else (),
        indicators=tally.masked(shared, type(period)),
        cases=cases,
        watches=watches,
        blind=blind,
        newer=blindness.newer(watched, period),
        paused=blindness.paused(watched, period, until),
        corrections=tally.corrections(queries.corrections(office_id, series[-2].bounds()[0], until), period, series[-2]),
        limits=tally.limits(settings.DECIDE_HOURS, waits, until, waited, start),
        case_outcomes=tally.case_outcomes(case_moves, period, series[-2]),
        referrals=referral_counts.table(asked, start, until),
        closed=referral_counts.closed_rows(asked, until),
        rings=campaigns.table(rings, _flagged(office_id, rings, series[-campaigns.PERIODS :], counts)),
        sanctions=sanctions.table(troubled, start),
        sanctioned=len(troubled),
        agreement=agreement.told(looks, start),
        offices=() if office else _offices(names, this, last, waits),
        tips=tally.tips(queries.tip_moves(office_id, series[-2].bounds()[0], until), _tips_waited(office_id, start, until), start, until),
    )
    return replace(figures, sentences=sentences.draft_sentences(figures, words.PROVINCES))


def told_of(*, office: Office | None, period: Period, now: datetime, table: str) -> tuple[Figures, list[queries.Seen]]:
    """Of the summary as `collect` would give it now its head and, where listing.needed names one, this table; the rest is empty. Beside it
    what a table of contacts was made of.

    For the rows behind a figure of a time that nobody froze: they are counted, and the other figures not.
    """
    start, end = period.bounds()
    until = max(min(now, end), start)
    office_id = office.pk if office else None
    head = Figures(
        office=office.code if office else "",
        office_name=masks.text(office.name) if office else "",
        kind=period.kind,
        year=period.year,
        week=period.ordinal,
        until=until.astimezone(domain.LAW_ZONE).isoformat(),
        preliminary=until < end,
        register_date=None,
        register_edition=None,
        measures=(),
        days=(),
        levels=(),
        decisions=(),
        flow=Flow(0, 0, 0, 0, 0, 0, 0, 0),
        asked=Row("needs_information", 0, 0),
        ages=(),
        oldest_hours=None,
        delays=(),
        verdicts=(),
        kinds=(),
        countries=(),
        platforms=(),
        places=(),
        indicators=(),
        cases=CaseFlow(0, 0, 0, 0, 0, 0, 0, 0, 0),
        watches=0,
        blind=(),
        limits=tally.limits(settings.DECIDE_HOURS, (), until, (), start),
    )
    if table == "sanctions":
        return replace(head, sanctions=sanctions.table(sanctions.troubled(office_id, start, until), start)), []
    if table not in {"countries", "places", "indicators", "stations"}:
        return head, []
    moves = queries.moves(office_id, period.previous().bounds()[0], until, column="flagged", lean=True)
    last, this = (_check_ids(count) for count in tally.periods(moves, period.last(2), office_id))
    if table == "indicators":
        seen = queries.shared(this, last, until)
        return replace(head, indicators=tally.masked(seen, type(period))), seen
    if table == "stations":
        return replace(head, stations=stations.table(stations.origins(office_id, [*this, *last]), this, last) if office_id else ()), []
    places = table == "places"
    checked = queries.checked([*this, *last], places=places)
    these, those = ([checked[key] for key in keys] for keys in (this, last))
    rows = tally.breakdown(*_both(these, those, (lambda check: check.places) if places else (lambda check: check.countries)))
    return replace(head, places=rows) if places else replace(head, countries=rows), []


def _tips_waited(office_id: int | None, start: datetime, until: datetime) -> dict[datetime, int]:
    found = Counter(moment for moment, _tip, _since in queries.tips_waiting(office_id, [start, until]))
    return {moment: found[moment] for moment in (start, until)}


def _last_whole_day(until: datetime) -> date:
    return until.astimezone(domain.LAW_ZONE).date() - timedelta(days=1)


def _read(office_id: int | None, kept: Mapping[date, Counter[str]], until: datetime) -> list[queries.Read]:
    """By day: whole days as they were counted then, of which no watch that changed its office takes any away; of a day that is cut off
    what was read up to `until`."""
    found = [queries.Read(office_id, one, count[Tallied.READ]) for one, count in kept.items() if count[Tallied.READ]]
    morning = datetime.combine(_last_whole_day(until) + timedelta(days=1), time(), domain.LAW_ZONE)
    return found + (queries.read(office_id, morning, until) if morning < until else [])


def _flagged(
    office_id: int | None, rings: Sequence[campaigns.Then], series: Sequence[Period], counts: Sequence[tally.PeriodCount]
) -> list[list[int]]:
    """The flags of each period of the series, oldest first; before the counted ones those of these campaigns alone."""
    counted = counts[-len(series) :]
    before = series[: -len(counted)]
    found: list[list[int]] = []
    if before:
        flags = [flag for ring in rings for flag in ring.flags]
        start, end = before[0].bounds()[0], before[-1].bounds()[1]
        moves = queries.moves(office_id, start, end, column="flagged", by="flags", value=flags, lean=True)
        found = [[move.flag for move in count.flagged] for count in tally.periods(moves, before, office_id)]
    return found + [[move.flag for move in count.flagged] for count in counted]


def _check_ids(count: tally.PeriodCount) -> list[int]:
    return [move.check_id for move in count.flagged if move.check_id is not None]


def _both(
    now: Sequence[queries.Checked], before: Sequence[queries.Checked], many: Callable[[queries.Checked], Sequence[str]]
) -> tuple[list[str], list[str]]:
    return tally.each(now, many), tally.each(before, many)


def _told(counts: Sequence[tally.PeriodCount], waiting: int) -> list[earlier.Told]:
    """`waiting`: at the end of the last of them."""
    ends = tally.backwards(waiting, [count.net for count in counts])
    return [
        earlier.Told(
            flagged=len(count.flagged),
            high=sum(move.level == domain.Level.HIGH for move in count.flagged),
            decided=len(count.decided),
            confirmed=sum(move.what == Outcome.CONFIRMED for move in count.decided),
            waiting=end,
            hours=tally.percentile(tally.hours(count.decided), 50),
        )
        for count, end in zip(counts, ends, strict=True)
    ]


def _measures(
    series: Sequence[Period],
    told: Sequence[earlier.Told],
    read: Sequence[queries.Read],
    more: Mapping[str, Sequence[int]],
    *,
    watched: bool,
) -> tuple[Measure, ...]:
    """The key figures over the periods. Before the first one with a reading there was no patrol: None, not 0.

    `watched`: somebody looked in this period, so that nothing read is a figure. `more`: those counted elsewhere.
    """
    by_period: Counter[Period] = Counter()
    for row in read:
        by_period[series[-1].of_day(row.day)] += row.posts
    posts = [by_period[period] for period in series]
    busy = [bool(many or one.flagged or one.decided) for many, one in zip(posts, told, strict=True)]
    began = next((place for place, value in enumerate(busy) if value), len(posts) - watched)
    values: dict[str, Sequence[int | None]] = {
        "read": posts,
        "flagged": [one.flagged for one in told],
        "high": [one.high for one in told],
        "decided": [one.decided for one in told],
        "confirmed": [one.confirmed for one in told],
        "waiting": [one.waiting for one in told],
        "hours": [one.hours for one in told],
        **more,
    }
    return tuple(Measure(key, tuple(value if place >= began else None for place, value in enumerate(line))) for key, line in values.items())


def _offices(
    names: Sequence[queries.OfficeName], this: tally.PeriodCount, last: tally.PeriodCount, waits: Sequence[queries.Queued]
) -> tuple[OfficeRow, ...]:
    """Every office that had anything to do in this period or the one before, most flags first."""
    rows = []
    for office in names:
        flagged = [move for move in this.flagged if move.office_after == office.id]
        decided = [move for move in this.decided if move.office_after == office.id]
        flagged_before = sum(move.office_after == office.id for move in last.flagged)
        waiting = sum(flag.office == office.id for flag in waits)
        if not (flagged or decided or flagged_before or waiting):
            continue
        rows.append(
            OfficeRow(
                code=office.code,
                name=masks.text(office.name),
                flagged=len(flagged),
                flagged_before=flagged_before,
                high=sum(move.level == domain.Level.HIGH for move in flagged),
                decided=len(decided),
                waiting=waiting,
                median=tally.percentile(tally.hours(decided), 50),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.flagged, row.name)))


def editions(office_id: int | None, period: Period) -> list[WeeklySummary]:
    """All editions of one period, newest first."""
    found = WeeklySummary.objects.filter(kind=period.kind, year=period.year, week=period.ordinal).select_related(
        "office", "frozen_by__office"
    )
    found = found.filter(office=None) if office_id is None else found.filter(office_id=office_id)
    return list(found.order_by("-edition"))


def hold_editions(office_id: int | None, period: Period) -> None:
    """Until the end of the transaction nobody else makes or signs an edition of this period: what is signed is the newest one. Waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol editions'), hashtext(%s))", [f"{office_id} {period}"])


def settle(edition: WeeklySummary) -> None:
    """Whoever it waited for is not sent to it any more."""
    Notice.objects.filter(kind=WAITS, note=edition.number, read_at=None).delete()


def freeze(*, office_id: int | None, period: Period, note: str = "", reason: str = "", by: Person, now: datetime) -> WeeklySummary:
    """Keeps the figures as they stand: the first edition, or a correction with a reason beside the old ones.

    A running period gives a preliminary edition; once it is over its successor needs no reason of its own.
    Raises PermissionDenied, and RefusedError: a period that has not begun, totals that do not add up, a correction
    without a reason or without a change.
    """
    require(by, access.Action.SUMMARY_FREEZE, office_id)
    note, reason = "\n".join(" ".join(line.split()) for line in note.strip().splitlines()), " ".join(reason.split())
    _check_text(note, reason)
    note, reason = masks.text(note), masks.text(reason)  # printed and signed: nothing in it can be taken back
    if not period.has_begun(now):
        raise RefusedError("summary.not_begun", _("This period has not begun."))
    if period.is_over(now) and now < period.bounds()[1] + reached.SETTLED:  # what was done before midnight may still be committing
        raise RefusedError(
            "summary.settling", _("This period has only just ended, and what was done last may not be counted yet. Wait ten minutes.")
        )
    try:
        with transaction.atomic():
            return _freeze(office_id, period, note=note, reason=reason, by=by, now=now)
    except IntegrityError as error:
        if "summary_edition_once" not in str(error):
            raise
        raise RefusedError("summary.stale", _("Somebody else has just frozen this summary. Look at that edition first.")) from error


def _check_text(note: str, reason: str) -> None:
    if max(len(note), len(reason)) > NOTE_LETTERS:
        raise RefusedError("summary.too_long", _("Note and reason may have %(most)s letters at most."), most=NOTE_LETTERS)


def _freeze(office_id: int | None, period: Period, *, note: str, reason: str, by: Person, now: datetime) -> WeeklySummary:
    office = Office.objects.get(pk=office_id) if office_id is not None else None
    figures = collect(office=office, period=period, now=now)
    if not figures.balanced:
        text = _(
            "The totals do not add up: the queue at the end is not the queue at the start plus what came minus what went. "
            "The summary was not frozen; tell the administrator."
        )
        raise RefusedError("summary.unbalanced", text)
    stored = figures.to_json()
    before = next(iter(editions(office_id, period)), None)
    if before is not None:
        reason = _reason(before, fingerprint(stored), note, reason, now)
    hold_editions(office_id, period)
    if before is not None:  # it is signed by nobody any more
        settle(before)
    made = WeeklySummary.objects.create(
        office=office,
        kind=period.kind,
        year=period.year,
        week=period.ordinal,
        edition=before.edition + 1 if before else 1,
        figures=stored,
        register_date=figures.register_date,
        frozen_at=now,
        frozen_by=by,
        sha256=fingerprint(stored),
        note=note,
        head=heads.current(office.code if office else ""),
        correction_reason=reason if before else "",
    )
    audit.write(
        "summary.freeze",
        by=by,
        now=now,
        target=made,
        before={"edition": before.edition, "sha256": before.sha256} if before else None,
        after={"office": office_id, "period": str(period), "edition": made.edition, "sha256": made.sha256},
    )
    return made


def _reason(before: WeeklySummary, sha256: str, note: str, reason: str, now: datetime) -> str:
    """Why there is another edition. Raises RefusedError where there is no need for one, or no reason."""
    if (before.sha256, before.note) == (sha256, note):
        raise RefusedError(
            "summary.same", _("Figures and note are the same as in edition %(edition)s; no new edition is needed."), edition=before.edition
        )
    if reason:
        return reason
    if before.preliminary and before.period.is_over(now):
        return COMPLETES[before.kind].en
    raise RefusedError("summary.reason", _("A new edition needs a reason. The old edition stays."), "reason")
