"""Verbs on watches: made, changed, paused, resumed. How well each is says wellbeing.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Never

from django.db import IntegrityError, connection, transaction

from patrol import access, models, sources
from patrol.access import Action, audit
from patrol.domain import LAW_ZONE, QueryShape, Sentence, Source, states
from patrol.domain.states import WatchState
from patrol.engine import schedules
from patrol.sources.shared import places
from patrol.watches import credentials

PRIORITIES = (1, 2, 3)
LONGEST_QUERY = 500  # characters, as the column holds


class RefusedError(Exception):
    """What was asked cannot be done; `field` is where the person looks."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        super().__init__(f"{field}: {sentence.en}")
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants of a watch. Platform and kind stand apart: another one is another watch."""

    name: str
    query: str  # of a search at a place: its words
    office_id: int
    every_seconds: int
    place: str = ""  # of a search at a place
    healthy_low: int | None = None  # None, None: as the source proposes
    healthy_high: int | None = None
    pack_ids: tuple[int, ...] = ()
    credential_id: int | None = None
    priority: int = 2  # 1 first, 3 last
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


def _refuse(field: str, indonesian: str, english: str) -> Never:
    raise RefusedError(field, Sentence(indonesian, english))


def check(platform: str, kind: str, wanted: Wanted) -> Checked:
    """Whether a watch could be so. Raises RefusedError beside the first field that could not."""
    source = sources.SOURCES.get(platform)
    if source is None:
        known = ", ".join(sorted(sources.SOURCES))
        _refuse("platform", f"Platform tidak dikenal: {known}.", f"Unknown platform: {known}.")
    shape = next((shape for shape in source.QUERIES if shape.key == (kind or source.QUERIES[0].key)), None)
    if shape is None:
        _refuse("platform", "Platform ini tidak dapat ditanyai begitu.", "This platform cannot be asked that way.")
    if not wanted.name.strip():
        _refuse("name", "Wajib diisi.", "This is required.")
    packs = _packs(shape, wanted.pack_ids)
    query = _query(source, shape, wanted, packs)
    low, high = _range(source, wanted)
    hours = _hours(wanted)
    columns = {
        "name": wanted.name.strip(),
        "query": query,
        "office_id": wanted.office_id,
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
    credential = _credential(source, shape, platform, wanted.credential_id)
    return Checked(shape.key, columns, packs, credential, shape)


def _query(source: Source, shape: QueryShape, wanted: Wanted, packs: Collection[models.KeywordPack]) -> str:
    query = wanted.query.strip()
    if shape.takes_place:
        query = places.joined(wanted.place, query)
    elif wanted.place.strip():
        _refuse("place", "Tempat hanya berguna untuk pencarian di satu tempat.", "A place only serves a search at a place.")
    elif shape.takes_words and not query and not packs:
        _refuse("query", "Isi kata yang dicari, atau pilih paket kata.", "Enter words to look for, or choose a pack.")
    if (query or not packs) and (problem := source.check_query(query, shape.key)):
        raise RefusedError("place" if problem.code == "bad_place" else "query", problem.sentence)
    if shape.takes_place and places.too_wide(query) and not packs:
        _refuse(
            "query",
            "Satu negara terlalu luas tanpa kata: isi kata yang dicari, atau pilih paket kata.",
            "A country is too wide without words: enter words to look for, or choose a pack.",
        )
    if len(query) > LONGEST_QUERY:
        _refuse(
            "query",
            f"Tempat dan kata bersama-sama paling banyak {LONGEST_QUERY} huruf.",
            f"Place and words take {LONGEST_QUERY} characters at most together.",
        )
    return query


def _packs(shape: QueryShape, pack_ids: Iterable[int]) -> tuple[models.KeywordPack, ...]:
    packs = tuple(models.KeywordPack.objects.filter(pk__in=list(pack_ids)))
    if packs and not shape.takes_words:
        _refuse("packs", "Paket kata hanya berguna untuk pencarian kata.", "Packs of words only serve a search by words.")
    return packs


def _range(source: Source, wanted: Wanted) -> tuple[int, int]:
    proposed_low, proposed_high = source.HEALTHY_RANGE
    low = proposed_low if wanted.healthy_low is None else wanted.healthy_low
    high = max(proposed_high, low) if wanted.healthy_high is None else wanted.healthy_high
    if low < 0:
        _refuse("healthy_low", "Tidak boleh di bawah nol.", "Not below zero.")
    if low > high:
        _refuse("healthy_low", "Batas bawah melebihi batas atas.", "The lower end lies above the upper end.")
    return low, high


def _hours(wanted: Wanted) -> schedules.Hours:
    if wanted.every_seconds < 10:
        _refuse("every_seconds", "Paling cepat tiap 10 detik.", "Every 10 seconds at most.")
    if wanted.priority not in PRIORITIES:
        _refuse("priority", "Prioritas 1, 2 atau 3.", "Priority 1, 2 or 3.")
    if wanted.daily_quota is not None and wanted.daily_quota < 1:
        _refuse("daily_quota", "Paling sedikit satu unggahan sehari.", "At least one post a day.")
    if wanted.quiet is not None and wanted.quiet[0] == wanted.quiet[1]:
        _refuse("quiet_to", "Jam tenang mulai dan selesai pada saat yang sama.", "Quiet hours begin and end at the same time.")
    # The wall clock repeats the same way in every zone of an office, so the zone does not matter for this question.
    hours = schedules.Hours(LAW_ZONE, wanted.windows, wanted.quiet)
    if not hours.ever:
        _refuse(
            "quiet_from",
            "Jam tenang menutupi semua jam kerja pantauan: tidak akan pernah berjalan.",
            "The quiet hours cover all hours of the watch: it would never run.",
        )
    return hours


def _credential(source: Source, shape: QueryShape, platform: str, credential_id: int | None) -> models.Credential | None:
    if credential_id is None:
        if not shape.open and any(field.required for field in source.CREDENTIAL):
            _refuse(
                "credential",
                "Untuk ini platform hanya menjawab dengan kredensial. Pilih satu.",
                "The platform answers this with credentials only. Choose one.",
            )
        return None
    credential = models.Credential.objects.filter(pk=credential_id, platform=platform, retired_at=None).first()
    if credential is None:
        _refuse("credential", "Kredensial ini milik platform lain.", "This credential belongs to another platform.")
    return credential


_TAKEN = Sentence("Sumber ini sudah dipantau.", "This source is already watched.")


def add(*, platform: str, kind: str = "", wanted: Wanted, by: models.Person | None, now: datetime) -> models.Watch:
    """A new watch, due as soon as its hours let it. `by` None is the installation itself. Raises RefusedError, PermissionDenied."""
    if by is not None:
        access.require(by, Action.WATCH_CHANGE)
    checked = check(platform, kind, wanted)
    try:
        with transaction.atomic():
            watch = models.Watch.objects.create(platform=platform, kind=checked.kind, created_at=now, created_by=by, **checked.columns)
            watch.packs.set(checked.packs)
            _due_now(watch.pk)
            after = {"platform": platform, "kind": checked.kind, **_told(checked)}
            audit.write("watch.added", by=by, now=now, target=watch, after=after)
    except IntegrityError:
        raise RefusedError("query", _TAKEN) from None
    watch.refresh_from_db()
    return watch


def _told(checked: Checked) -> dict[str, Any]:
    """The wish as the audit row tells it."""
    return _json({**checked.columns, "packs": sorted(pack.pk for pack in checked.packs)})


def _json(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {key: f"{value:%H:%M}" if isinstance(value, time) else value for key, value in columns.items()}


def _due_now(watch_id: int) -> None:
    """Due at once; whoever claims it looks at its hours."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp() WHERE id = %s", [watch_id])


def change(*, watch_id: int, wanted: Wanted, by: models.Person, now: datetime) -> models.Watch:
    """Changes a watch. Raises RefusedError, PermissionDenied.

    Another query starts from its beginning, unless it is words: those keep their place each. Other hours, another quota or another
    credential count at once: the watch is due, and its next claim looks at them.
    """
    access.require(by, Action.WATCH_CHANGE)
    try:
        with transaction.atomic():
            watch = models.Watch.objects.select_for_update().get(pk=watch_id)
            checked = check(watch.platform, watch.kind, wanted)
            before = {key: getattr(watch, key) for key in checked.columns}
            had = sorted(watch.packs.values_list("id", flat=True))
            moved = watch.query != checked.columns["query"]
            # A run on its way loses its lease: it would set the cursor of the old query again.
            again: dict[str, Any] = (
                {"cursor": {}, "lease_token": None, "lease_until": None, "attempts": 0} if moved and not checked.shape.takes_words else {}
            )
            models.Watch.objects.filter(pk=watch_id).update(**checked.columns, **again)
            watch.packs.set(checked.packs)
            if watch.state == WatchState.ACTIVE and (moved or any(before[key] != checked.columns[key] for key in _WHEN)):
                _due_now(watch_id)
            audit.write("watch.changed", by=by, now=now, target=watch, before=_json({**before, "packs": had}), after=_told(checked))
    except IntegrityError:
        raise RefusedError("query", _TAKEN) from None
    watch.refresh_from_db()
    return watch


_WHEN = ("office_id", "credential_id", "daily_quota", "windows", "quiet_from", "quiet_to")


def pause(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Stops asking until somebody resumes; the cursor stays. Raises MoveRefusedError, PermissionDenied."""
    return _move(watch_id, WatchState.PAUSED, "watch.paused", by=by, now=now)


def resume(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Asks again, as soon as its hours let it, from the kept cursor. Raises MoveRefusedError, PermissionDenied; RefusedError where
    its credential was refused: only new values help."""
    return _move(watch_id, WatchState.ACTIVE, "watch.resumed", by=by, now=now)


def _move(watch_id: int, after: WatchState, verb: str, *, by: models.Person, now: datetime) -> models.Watch:
    access.require(by, Action.WATCH_CHANGE)
    with transaction.atomic():
        watch = models.Watch.objects.select_for_update().get(pk=watch_id)
        states.require(states.WATCH_MOVES, watch.state, after)
        active = after == WatchState.ACTIVE
        if active and (problem := credentials.trouble(watch.credential)):
            raise RefusedError("credential", problem.sentence)
        models.Watch.objects.filter(pk=watch_id).update(state=after, due_at=None, attempts=0)
        if active:
            _due_now(watch_id)
        audit.write(verb, by=by, now=now, target=watch, before={"state": watch.state}, after={"state": after})
    watch.refresh_from_db()
    return watch
