"""Verbs on stations: P4MI, the posts of a BP3MI elsewhere in its area.

A station says where people sit and whose watches are theirs. It gives no right and takes none: those are the office's.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain.states import ProposalState, WatchState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import OfficeKind


class Unsaid(Enum):
    """Where a verb may be told another station, or none (None): that nothing was said of it, and it stays."""

    STATION = "station"


def add(*, office_id: int, name: str, town: str, by: models.Person, now: datetime) -> models.Station:
    """A new station of an office. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.STATION_CHANGE, office_id=office_id)
    office = models.Office.objects.get(pk=office_id)
    if office.kind == OfficeKind.DIRECTORATE or not office.active:
        raise RefusedError("station.office", _("A P4MI stands below an active BP3MI."), "office")
    fields = {"name": _named(name), "town": " ".join(town.split())}
    try:
        with transaction.atomic():
            station = models.Station.objects.create(office=office, **fields)
            audit.write("station.added", by=by, now=now, target=station, after={"office": office_id, **fields})
    except IntegrityError:
        raise _taken(office_id, fields["name"]) from None
    return station


def change(*, station_id: int, name: str, town: str, active: bool, by: models.Person, now: datetime) -> models.Station:
    """Renames, closes or opens a station; closed, it keeps its name. Raises RefusedError, PermissionDenied."""
    fields: dict[str, Any] = {"name": _named(name), "town": " ".join(town.split()), "active": active}
    with transaction.atomic():
        station = models.Station.objects.select_for_update(no_key=True).get(pk=station_id)
        access.require(by, Action.STATION_CHANGE, office_id=station.office_id)
        if station.active and not active:
            _empty(station)
        before = {key: getattr(station, key) for key in fields}
        try:
            with transaction.atomic():
                models.Station.objects.filter(pk=station_id).update(**fields)
        except IntegrityError:
            raise _taken(station.office_id, fields["name"]) from None
        if before != fields:
            audit.write("station.changed", by=by, now=now, target=station, before=before, after=fields)
    station.refresh_from_db()
    return station


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise RefusedError("station.name", _("Write the name of the P4MI, such as P4MI Contoh."), "name")
    return said


def _taken(office_id: int, name: str) -> RefusedError:
    found = models.Station.objects.filter(office=office_id, name__iexact=name).first()
    closed = found is not None and not found.active
    text = _("This office has a closed P4MI of that name: open that one again.") if closed else _("This office has a P4MI of that name.")
    return RefusedError("station.name_taken", text, "name")


def _empty(station: models.Station) -> None:
    """Raises RefusedError where somebody or something would be left below it. Whoever comes meanwhile waits in `hold`, and is refused."""
    left = {
        "people": models.Person.objects.filter(Q(station=station) | Q(own_station=station), is_active=True).count(),
        "watches": models.Watch.objects.filter(station=station).exclude(state=WatchState.PAUSED).count(),
        "proposals": models.WatchProposal.objects.filter(state=ProposalState.PROPOSED, wanted__station_id=station.pk).count(),
    }
    if any(left.values()):
        text = _(
            "It cannot be closed yet. People who may log in: %(people)s; watches that are not paused: %(watches)s; proposed watches:"
            " %(proposals)s. Give people and watches another P4MI or none. A proposal is withdrawn by whoever made it, or decided: by the"
            " directorate where it needs a credential or the quota is used up."
        )
        raise RefusedError("station.not_empty", text, "active", **left)


def hold(station_id: int | None, office_id: int) -> None:
    """Before a person or a watch of that office is put at a station, which stays open to the end of the transaction. Raises RefusedError.

    Whoever moves to another office leaves the station: another one is said, or none.
    """
    if station_id is None:
        return
    station = models.Station.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=station_id)
    name = masks.text(station.name)
    if station.office_id != office_id:
        text = _("%(station)s belongs to %(office)s. Choose a P4MI of the office it is for, or none.")
        raise RefusedError("station.other_office", text, "station", station=name, office=station.office.name)
    if not station.active:
        raise RefusedError("station.closed", _("%(station)s is closed. Choose another P4MI, or none."), "station", station=name)
