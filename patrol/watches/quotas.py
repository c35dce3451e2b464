"""How many watches of its own an office may have at once. What is paused does not count.

What an office proposes is its supervisor's to decide while there is room. Then it passes to the directorate, and whom it concerns is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from patrol import access, models, sources
from patrol.access import Action, audit
from patrol.domain.states import ProposalState, WatchState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError

MOST = 10  # where the directorate has said nothing
HIGHEST = 500
PROPOSED, PASSED_ON = "watch_proposed", "watch_passed_on"


@dataclass(frozen=True, slots=True)
class Quota:
    """`used` of `most`; `newest` is who said so and when, None where nobody did."""

    used: int
    most: int
    newest: models.WatchQuota | None

    @property
    def left(self) -> int:
        return max(self.most - self.used, 0)


def of(offices: Collection[models.Office]) -> dict[int, Quota]:
    """By office, in two queries. The directorate has no watches of an office."""
    ids = [office.pk for office in offices]
    own = models.Watch.objects.filter(office__in=ids, by_office=True).exclude(state=WatchState.PAUSED)
    used = dict(own.values_list("office").annotate(Count("id")).order_by())
    said = models.WatchQuota.objects.filter(office__in=ids).order_by("office_id", "-id").distinct("office_id").select_related("by")
    newest = {one.office_id: one for one in said}
    return {office.pk: _quota(office, used.get(office.pk, 0), newest.get(office.pk)) for office in offices}


def _quota(office: models.Office, used: int, newest: models.WatchQuota | None) -> Quota:
    if office.kind == models.OfficeKind.DIRECTORATE:
        return Quota(used, 0, None)
    return Quota(used, newest.most if newest else MOST, newest)


FULL = _("Your office has %(used)s of %(most)s own watches. Pause one, or propose this one to the directorate.")


def hold(office_id: int) -> models.Office:
    """To the end of the transaction: who comes at the same time waits and counts again. Before the locks of a station and of a platform."""
    return models.Office.objects.select_for_update(no_key=True).get(pk=office_id)


def take(office_id: int, *, full: Any = FULL) -> None:
    """Room for one more, held. Raises RefusedError, saying `full`."""
    office = hold(office_id)
    quota = of([office])[office.pk]
    if not quota.left:
        raise RefusedError("watch.quota_full", full, used=quota.used, most=quota.most)


def set_most(*, office_id: int, most: int, by: models.Person, now: datetime) -> models.WatchQuota:
    """How many own watches the office may have from now on; those it has stay. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.WATCH_CHANGE)
    if not 0 <= most <= HIGHEST:
        raise RefusedError("watch.quota_number", _("A number from 0 to %(highest)s."), "most", highest=HIGHEST)
    with transaction.atomic():
        office = hold(office_id)
        before = of([office])[office.pk].most
        with told(office, by=by, now=now):
            made = models.WatchQuota.objects.create(office=office, most=most, by=by, at=now)
        audit.write("watch.quota", by=by, now=now, target=office, before={"own_watches": before}, after={"own_watches": most})
    return made


def open_ways() -> Q:
    """Of proposals those of sources that are open to all: what needs a credential is the directorate's from the start."""
    ways = Q(pk=None)
    for platform, source in sources.SOURCES.items():
        ways |= Q(platform=platform, kind__in=[shape.key for shape in source.QUERIES if sources.open_to_all(source, shape)])
    return ways


@contextmanager
def told(office: models.Office, *, by: models.Person, now: datetime) -> Iterator[None]:
    """Around an act that may use up the quota, within its transaction: where it did, whoever proposed what waits and whoever decides at the
    directorate are told that it is the directorate's now: once each, and not who did it."""
    hold(office.pk)
    before = of([office])[office.pk].left
    yield
    if not before or of([office])[office.pk].left:
        return
    waits = models.WatchProposal.objects.filter(open_ways(), office=office, state=ProposalState.PROPOSED).select_related("proposed_by")
    people = models.Person.objects.filter(is_active=True, office__kind=models.OfficeKind.DIRECTORATE).select_related("office")
    deciders = [person for person in people.order_by("id") if access.may(person, Action.WATCH_CHANGE)]
    notices = []
    for proposal in waits.order_by("id"):
        name, there = masks.text(proposal.name), masks.text(f"{proposal.name}, {office.name}")
        heard = {by.pk, *_heard(proposal, name, there)}
        notes = {proposal.proposed_by: name, **dict.fromkeys(deciders, there)}
        notices += [
            models.Notice(kind=PASSED_ON, person=person, by=by, at=now, note=note)
            for person, note in notes.items()
            if person.is_active and person.pk not in heard
        ]
    models.Notice.objects.bulk_create(notices)


def _heard(proposal: models.WatchProposal, name: str, there: str) -> set[int | None]:
    """Who was told that it is the directorate's: when it was proposed, or when it passed on. Known by what the notices say; one that
    is deleted meanwhile is said again."""
    at_first = Q(kind=PROPOSED, by=proposal.proposed_by_id, at=proposal.proposed_at, note=name)
    passed = Q(kind=PASSED_ON, at__gte=proposal.proposed_at, note__in=(name, there))
    return set(models.Notice.objects.filter(at_first | passed).values_list("person", flat=True))
