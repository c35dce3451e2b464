"""Verbs on watches: made, changed, paused, resumed. How well each is says wellbeing.py.

A watch is the directorate's, whichever office its posts go to, or an office's own (`by_office`): made by that office's supervisor within
its quota (quotas.py) or proposed by the office (proposing.py), and kept by its supervisor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models, sources
from patrol.access import Action, audit, stations
from patrol.domain import LAW_ZONE, Problem, QueryShape, Source, states
from patrol.domain.states import WatchState
from patrol.engine import schedules
from patrol.infra.refusals import RefusedError
from patrol.sources.shared import places
from patrol.watches import credentials, quotas

PRIORITIES = (1, 2, 3)
USUAL = 2
LONGEST_QUERY = 500  # characters, as the column holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants of a watch. Platform and kind stand apart: another one is another watch."""

    name: str
    query: str  # of a search at a place: its words
    office_id: int
    every_seconds: int
    # Of that office, None: no station's. Unsaid, a watch keeps its own within its office, and a new one has none.
    station_id: int | Literal[stations.Unsaid.STATION] | None = stations.Unsaid.STATION
    place: str = ""  # of a search at a place
    healthy_low: int | None = None  # None, None: as the source proposes
    healthy_high: int | None = None
    pack_ids: tuple[int, ...] = ()
    credential_id: int | None = None
    priority: int = USUAL  # 1 first, 3 last
    daily_quota: int | None = None  # posts seen a law day
    windows: tuple[schedules.Window, ...] = ()
    quiet: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A wish that can be carried out, in the columns of Watch."""

    kind: str
    columns: Mapping[str, Any]
    packs: tuple[models.KeywordPack, ...]
    credential: models.Credential | None
    shape: QueryShape


def check(platform: str, kind: str, wanted: Wanted, *, credential_later: bool = False) -> Checked:
    """Whether a watch could be so. Raises RefusedError beside the first field that could not.

    `credential_later`: somebody else chooses it.
    """
    source = sources.SOURCES.get(platform)
    if source is None:
        known = ", ".join(sorted(sources.SOURCES))
        raise RefusedError("watch.platform", _("Unknown platform: %(known)s."), "platform", known=known)
    shape = next((shape for shape in source.QUERIES if shape.key == (kind or source.QUERIES[0].key)), None)
    if shape is None:
        raise RefusedError("watch.kind", _("This platform cannot be asked that way."), "platform")
    if not wanted.name.strip():
        raise RefusedError("watch.name", _("This is required."), "name")
    packs = _packs(shape, wanted.pack_ids)
    query = _query(source, shape, wanted, packs)
    low, high = _range(source, wanted)
    hours = _hours(wanted)
    columns = {
        "name": wanted.name.strip(),
        "query": query,
        "office_id": wanted.office_id,
        "station_id": None if wanted.station_id is stations.Unsaid.STATION else wanted.station_id,
        "credential_id": wanted.credential_id,
        "every_seconds": wanted.every_seconds,
        "priority": wanted.priority,
        "daily_quota": wanted.daily_quota,
        "windows": [window.kept() for window in wanted.windows],
        "quiet_from": hours.quiet[0] if hours.quiet else None,
        "quiet_to": hours.quiet[1] if hours.quiet else None,
        "healthy_low": low,
        "healthy_high": high,
    }
    credential = None if credential_later else _credential(source, shape, platform, wanted.credential_id)
    return Checked(shape.key, columns, packs, credential, shape)


def _query(source: Source, shape: QueryShape, wanted: Wanted, packs: Collection[models.KeywordPack]) -> str:
    query = wanted.query.strip()
    if shape.takes_place:
        query = places.joined(wanted.place, query)
    elif wanted.place.strip():
        raise RefusedError("watch.place", _("A place only serves a search at a place."), "place")
    elif shape.takes_words and not query and not packs:
        raise RefusedError("watch.words", _("Enter words to look for, or choose a pack under “Advanced”."), "query")
    elif not query and not packs:
        raise RefusedError("watch.nothing", shape.asks, "query")
    if (query or not packs or shape.names_server) and (problem := source.check_query(query, shape.key)):
        raise RefusedError("watch.query", problem.sentence, _place_of(problem, shape))
    if shape.takes_place and places.too_wide(query) and not packs:
        raise RefusedError(
            "watch.too_wide", _("A country is too wide without words: enter words to look for, or choose a pack under “Advanced”."), "query"
        )
    if len(query) > LONGEST_QUERY:
        raise RefusedError("watch.query_long", _("Place and words take %(most)s characters at most together."), "query", most=LONGEST_QUERY)
    return query


def _place_of(problem: Problem, shape: QueryShape) -> str:
    """Which of what was asked the problem is about."""
    if problem.code == "bad_place":
        return "place"
    return problem.where if problem.where in {part.key for part in shape.parts} else "query"


def _packs(shape: QueryShape, pack_ids: Iterable[int]) -> tuple[models.KeywordPack, ...]:
    packs = tuple(models.KeywordPack.objects.filter(pk__in=list(pack_ids)))
    if packs and not shape.takes_words:
        raise RefusedError("watch.packs", _("Packs of words only serve a search by words."), "packs")
    return packs


def _range(source: Source, wanted: Wanted) -> tuple[int, int]:
    proposed_low, proposed_high = source.HEALTHY_RANGE
    low = proposed_low if wanted.healthy_low is None else wanted.healthy_low
    high = max(proposed_high, low) if wanted.healthy_high is None else wanted.healthy_high
    if low < 0:
        raise RefusedError("watch.healthy", _("Not below zero."), "healthy_low")
    if low > high:
        raise RefusedError("watch.healthy_turned", _("The lower end lies above the upper end."), "healthy_low")
    return low, high


def _hours(wanted: Wanted) -> schedules.Hours:
    if wanted.every_seconds < 10:
        raise RefusedError("watch.every", _("Every 0.17 minutes (10 seconds) at most."), "every_seconds")
    if wanted.priority not in PRIORITIES:
        raise RefusedError("watch.priority", _("Priority 1, 2 or 3."), "priority")
    if wanted.daily_quota is not None and wanted.daily_quota < 1:
        raise RefusedError("watch.quota", _("At least one post a day."), "daily_quota")
    if wanted.quiet is not None and wanted.quiet[0] == wanted.quiet[1]:
        raise RefusedError("watch.quiet", _("Quiet hours begin and end at the same time."), "quiet_to")
    # The wall clock repeats the same way in every zone of an office, so the zone does not matter for this question.
    hours = schedules.Hours(LAW_ZONE, wanted.windows, wanted.quiet)
    if not hours.ever:
        raise RefusedError("watch.never_runs", _("The quiet hours cover all hours of the watch: it would never run."), "quiet_from")
    return hours


def _credential(source: Source, shape: QueryShape, platform: str, credential_id: int | None) -> models.Credential | None:
    if credential_id is None:
        if not sources.open_to_all(source, shape):
            raise RefusedError("watch.credential_missing", _("The platform answers this with credentials only. Choose one."), "credential")
        return None
    credential = models.Credential.objects.filter(pk=credential_id, platform=platform, retired_at=None).first()
    if credential is None:
        raise RefusedError("watch.credential", _("This credential belongs to another platform."), "credential")
    return credential


def require_new(platform: str, checked: Checked, *, without: int | None = None) -> None:
    """Raises RefusedError where the source is watched, however it is written there; a search by packs alone is no source.

    Held to the end of the transaction: who comes at the same time waits and looks again. `without`: the watch that asks for it itself.
    `watch` in the values of the refusal is the one that watches it.
    """
    if not checked.columns["query"]:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol watches'), hashtext(%s))", [platform])
    others = models.Watch.objects.filter(platform=platform, kind=checked.kind).exclude(pk=without or 0)
    if (taken := same(platform, checked, others.values_list("pk", "query"))) is not None:
        raise RefusedError("watch.taken", _("This source is already watched."), "query", watch=taken)


def same(platform: str, checked: Checked, others: Iterable[tuple[int, str]]) -> int | None:
    """Which of these, of the same platform and kind, asks for the same source; forms are made anew, since a later version may know more
    ways to write one. None for none."""
    source = sources.SOURCES[platform]

    def form(query: str) -> str:
        return source.asked_for(query, checked.kind) or query

    wanted = form(checked.columns["query"])
    return next((pk for pk, query in others if query and form(query) == wanted), None)


def add(*, platform: str, kind: str = "", wanted: Wanted, by: models.Person | None, now: datetime) -> models.Watch:
    """A new watch, due as soon as its hours let it. `by` None is the installation itself. Raises RefusedError, PermissionDenied.

    Of whoever keeps an office's own watches alone: of a source that is open to all, within the office's quota.
    """
    own = by is not None and not access.may(by, Action.WATCH_CHANGE)
    if own:
        require_own(by, wanted)
    checked = check(platform, kind, wanted, credential_later=own)
    if own and not sources.open_to_all(sources.SOURCES[platform], checked.shape):
        raise RefusedError("watch.by_proposal", _("This way of asking needs a credential: propose the watch to the directorate."), "query")
    with transaction.atomic():
        if by is None or not own:
            return make(platform, checked, by=by, now=now, by_office=False)
        with quotas.told(by.office, by=by, now=now):
            quotas.take(wanted.office_id)
            return make(platform, checked, by=by, now=now, by_office=True)


def require_own(by: models.Person | None, wanted: Wanted, action: Action = Action.WATCH_KEEP) -> None:
    """Whether a person may ask this for the own office: what only the directorate says stays as usual. Raises PermissionDenied."""
    access.require(by, action, office_id=wanted.office_id)
    if wanted.credential_id is not None or wanted.priority != USUAL:
        raise PermissionDenied("credential and priority are the directorate's")


def make(platform: str, checked: Checked, *, by: models.Person | None, now: datetime, by_office: bool) -> models.Watch:
    """The watch itself; whoever calls has asked the rights. Raises RefusedError."""
    with transaction.atomic():
        stations.hold(checked.columns["station_id"], checked.columns["office_id"])
        require_new(platform, checked)
        columns = {**checked.columns, "by_office": by_office}
        watch = models.Watch.objects.create(platform=platform, kind=checked.kind, created_at=now, created_by=by, **columns)
        watch.packs.set(checked.packs)
        _due_now(watch.pk)
        after = {"platform": platform, "kind": checked.kind, **told(checked), "by_office": by_office}
        audit.write("watch.added", by=by, now=now, target=watch, after=after)
    watch.refresh_from_db()
    return watch


def keeps(person: Any, watch: models.Watch) -> bool:
    """Whether a person may pause and resume it: the directorate's of any, an office's supervisor of its own ones."""
    return access.may(person, Action.WATCH_KEEP, office_id=watch.office_id if watch.by_office else access.NO_OFFICE)


def may_change(person: Any, watch: models.Watch) -> bool:
    """Whether a person may change what it asks: with a credential it asks in the directorate's name."""
    return access.may(person, Action.WATCH_CHANGE) or (keeps(person, watch) and watch.credential_id is None)


def told(checked: Checked) -> dict[str, Any]:
    """The wish as the audit row tells it."""
    return _json({**checked.columns, "packs": sorted(pack.pk for pack in checked.packs)})


def _json(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {key: f"{value:%H:%M}" if isinstance(value, time) else value for key, value in columns.items()}


_DUE = """
UPDATE patrol_watch AS w SET due_at = GREATEST(clock_timestamp(), CASE WHEN %s THEN
    (SELECT max(started_at) FROM patrol_fetch WHERE watch_id = w.id) + w.every_seconds * interval '1 second' END)
WHERE id = %s
"""


def _due_now(watch_id: int, *, waits: bool = False) -> None:
    """Due at once; whoever claims it looks at its hours. `waits`: not before its interval has passed since its last run began."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [waits, watch_id])


def change(*, watch_id: int, wanted: Wanted, by: models.Person, now: datetime) -> models.Watch:
    """Changes a watch. Raises RefusedError, PermissionDenied.

    Another query starts from its beginning, unless it is words: those keep their place each. Other hours, another quota or another
    credential count at once: the watch is due, and its next claim looks at them.
    """
    watch = models.Watch.objects.get(pk=watch_id)
    _require_change(by, watch, wanted)
    checked = check(watch.platform, watch.kind, wanted)
    with transaction.atomic():
        watch = models.Watch.objects.select_for_update(no_key=True).get(pk=watch_id)
        _require_change(by, watch, wanted)  # somebody may have given it a credential, or another office, by now
        if wanted.station_id is stations.Unsaid.STATION and wanted.office_id == watch.office_id:  # as it is by now
            checked = replace(checked, columns={**checked.columns, "station_id": watch.station_id})
        station_id = checked.columns["station_id"]
        if (station_id, wanted.office_id) != (watch.station_id, watch.office_id):  # a paused one may stay at a closed one
            stations.hold(station_id, wanted.office_id)
        before = {key: getattr(watch, key) for key in checked.columns}
        had = sorted(watch.packs.values_list("id", flat=True))
        moved = watch.query != checked.columns["query"]
        if moved:
            require_new(watch.platform, checked, without=watch.pk)
        # A run on its way loses its lease: it would set the cursor of the old query again.
        again: dict[str, Any] = (
            {"cursor": {}, "lease_token": None, "lease_until": None, "attempts": 0} if moved and not checked.shape.takes_words else {}
        )
        # Given to another office it is the directorate's again.
        by_office = watch.by_office and watch.office_id == checked.columns["office_id"]
        models.Watch.objects.filter(pk=watch_id).update(**checked.columns, **again, by_office=by_office)
        watch.packs.set(checked.packs)
        if watch.state == WatchState.ACTIVE and (moved or any(before[key] != checked.columns[key] for key in _WHEN)):
            _due_now(watch_id)
        old = _json({**before, "packs": had, "by_office": watch.by_office})
        audit.write("watch.changed", by=by, now=now, target=watch, before=old, after={**told(checked), "by_office": by_office})
    watch.refresh_from_db()
    return watch


def place(*, watch_id: int, station_id: int | None, by: models.Person, now: datetime) -> models.Watch:
    """Says whose a watch is within its office, None: no station's; a label, so also of one the directorate keeps.

    Raises RefusedError, PermissionDenied.
    """
    with transaction.atomic():
        watch = models.Watch.objects.select_for_update(no_key=True).get(pk=watch_id)
        access.require(by, Action.STATION_CHANGE, office_id=watch.office_id)
        if watch.station_id != station_id:
            stations.hold(station_id, watch.office_id)
            models.Watch.objects.filter(pk=watch_id).update(station=station_id)
            before, after = {"station_id": watch.station_id}, {"station_id": station_id}
            audit.write("watch.placed", by=by, now=now, target=watch, before=before, after=after)
    watch.refresh_from_db()
    return watch


def _require_change(by: models.Person, watch: models.Watch, wanted: Wanted) -> None:
    """Raises PermissionDenied."""
    if not may_change(by, watch):
        raise PermissionDenied(f"the watch is not for {by.role} here")
    given = (wanted.office_id, wanted.priority, wanted.credential_id) == (watch.office_id, watch.priority, watch.credential_id)
    if not given and not access.may(by, Action.WATCH_CHANGE):
        raise PermissionDenied("office, credential and priority are the directorate's")


_WHEN = ("office_id", "credential_id", "daily_quota", "windows", "quiet_from", "quiet_to")


def pause(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Stops asking until somebody resumes; the cursor stays. Raises MoveRefusedError, PermissionDenied."""
    return _move(watch_id, WatchState.PAUSED, "watch.paused", by=by, now=now)


def resume(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Asks again, as soon as its hours let it, from the kept cursor; by an office not before its interval has passed since the last run.

    Raises MoveRefusedError, PermissionDenied; RefusedError where its credential was refused (only new values help) and where the
    office has no room for it, or its station is closed.
    """
    return _move(watch_id, WatchState.ACTIVE, "watch.resumed", by=by, now=now)


def _move(watch_id: int, after: WatchState, verb: str, *, by: models.Person, now: datetime) -> models.Watch:
    office = not access.may(by, Action.WATCH_CHANGE)
    active = after == WatchState.ACTIVE
    with transaction.atomic():
        watch = models.Watch.objects.select_for_update(no_key=True).get(pk=watch_id)
        if not keeps(by, watch):
            raise PermissionDenied(f"the watch is not for {by.role} here")
        states.require(states.WATCH_MOVES, watch.state, after)
        resumed = active and watch.by_office and watch.state == WatchState.PAUSED  # what stopped by itself has kept its place
        with quotas.told(watch.office, by=by, now=now) if resumed else nullcontext():
            if office and resumed:
                quotas.take(watch.office_id)
            if active and (problem := credentials.trouble(watch.credential)):
                raise RefusedError("watch.credential_refused", problem.sentence, "credential")
            if active:
                stations.hold(watch.station_id, watch.office_id)
            models.Watch.objects.filter(pk=watch_id).update(state=after, due_at=None, attempts=0)
        if active:
            _due_now(watch_id, waits=office)
        audit.write(verb, by=by, now=now, target=watch, before={"state": watch.state}, after={"state": after})
    watch.refresh_from_db()
    return watch
