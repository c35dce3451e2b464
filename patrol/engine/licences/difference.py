"""What a new edition changes: new, changed and gone agencies and licences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from patrol import domain
from patrol.engine.licences import cells, licence_rows

_AGENCY_FIELDS = ("aliases", "sip3mi_number", "province", "city", "address", "phones", "websites", "accounts")
_LICENCE_FIELDS = ("agency", "positions", "employer", "quota", "valid_from", "valid_to", "status", "status_from")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as the files write it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An agency (`number` "") or a licence (`name` its agency)."""

    name: str
    number: str = ""
    country: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of entry. What comes back after it was gone is new; what stays gone is none of these."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Difference:
    agencies: Part
    licences: Part


def difference(old: domain.Register | None, new: domain.Register) -> Difference:
    """What `new` changes against `old`; against nothing everything is new."""
    return Difference(
        _part(
            {cells.same_name(a.name): a for a in old.agencies} if old else {},
            {cells.same_name(a.name): a for a in new.agencies},
            lambda agency: Entry(agency.name),
            _agency_fields,
        ),
        _part(
            {licence_rows.key_of(each): each for each in old.licences} if old else {},
            {licence_rows.key_of(each): each for each in new.licences},
            lambda licence: Entry(licence.agency, licence.number, licence.country),
            _licence_fields,
        ),
    )


def _part[K, T: (domain.Agency, domain.Licence)](
    old: Mapping[K, T], new: Mapping[K, T], entry: Callable[[T], Entry], fields: Callable[[T], Mapping[str, str]]
) -> Part:
    came: list[Entry] = []
    changed: list[Entry] = []
    gone: list[Entry] = []
    same = 0
    for key, now in new.items():
        before = old.get(key)
        if before is None or (before.gone_since is not None and now.gone_since is None):
            came.append(entry(now))
        elif now.gone_since is not None:
            if before.gone_since is None:
                gone.append(entry(now))
        elif changes := _changes(fields(before), fields(now)):
            shown = entry(now)
            changed.append(Entry(shown.name, shown.number, shown.country, changes))
        else:
            same += 1
    gone += [entry(before) for key, before in old.items() if key not in new and before.gone_since is None]
    return Part(tuple(came), tuple(changed), tuple(gone), same)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(Change(name, before[name], after[name]) for name in after if before[name] != after[name])


def _agency_fields(agency: domain.Agency) -> Mapping[str, str]:
    return {"status": _standings(agency.standings), **{name: _text(getattr(agency, name)) for name in _AGENCY_FIELDS}}


def _licence_fields(licence: domain.Licence) -> Mapping[str, str]:
    return {name: _text(getattr(licence, name)) for name in _LICENCE_FIELDS}


def _standings(standings: Sequence[domain.Standing]) -> str:
    """`active 2024-01-01; suspended 2026-01-05..2026-04-04 (decree)`."""
    return "; ".join(f"{s.status} {s.since}{f'..{s.until}' if s.until else ''}{f' ({s.decree})' if s.decree else ''}" for s in standings)


def _text(value: object) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)
