"""Watches an office wants and may not make by itself: proposed by one person, decided by another.

Its supervisor decides what is open to all and within the quota, the directorate everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from patrol import access, models, sources, watches
from patrol.access import Action, audit, stations
from patrol.domain import QueryKind, states
from patrol.domain.states import ProposalState, WatchState
from patrol.engine import masks, schedules
from patrol.infra.refusals import RefusedError
from patrol.sources.shared import places
from patrol.watches import quotas

LONGEST_WHY = 500  # characters, as the columns hold


def propose(*, platform: str, kind: str, wanted: watches.Wanted, why: str, by: models.Person, now: datetime) -> models.WatchProposal:
    """A watch for the person's office. Raises RefusedError, PermissionDenied."""
    watches.require_own(by, wanted, Action.WATCH_PROPOSE)
    checked = watches.check(platform, kind, wanted, credential_later=True)
    why = _said(why, "why", _("Write why this source should be watched."))
    kept = {key: value for key, value in watches.told(checked).items() if key in _KEPT}
    with transaction.atomic():
        quotas.hold(wanted.office_id)  # whoever uses up the last place sees it wait, or it sees that there is none
        stations.hold(checked.columns["station_id"], wanted.office_id)
        watches.require_new(platform, checked)
        waits = models.WatchProposal.objects.filter(state=ProposalState.PROPOSED, platform=platform, kind=checked.kind)
        if checked.columns["query"] and watches.same(platform, checked, waits.values_list("pk", "query")):
            said = _("Somebody has proposed this source already; it waits to be decided.")
            raise RefusedError("watch.proposed_already", said, "query")
        proposal = models.WatchProposal.objects.create(
            office_id=wanted.office_id,
            platform=platform,
            kind=checked.kind,
            query=checked.columns["query"],
            name=checked.columns["name"],
            wanted=kept,
            pack_ids=[pack.pk for pack in checked.packs],
            why=why,
            proposed_by=by,
            proposed_at=now,
        )
        told = {"platform": platform, "kind": checked.kind, "query": proposal.query, "office_id": proposal.office_id}
        audit.write("watch.proposed", by=by, now=now, target=proposal, after=told)
        _tell(quotas.PROPOSED, proposal, _deciders(proposal), by=by, now=now)
    return proposal


# What of a watch is kept apart: the rest has columns of its own, or is the directorate's to say.
_KEPT = ("station_id", "every_seconds", "daily_quota", "windows", "quiet_from", "quiet_to", "healthy_low", "healthy_high")


def needs_credential(proposal: models.WatchProposal) -> bool:
    source = sources.SOURCES.get(proposal.platform)
    shape = next((shape for shape in source.QUERIES if shape.key == proposal.kind), None) if source else None
    return source is None or shape is None or not sources.open_to_all(source, shape)


def for_directorate(proposal: models.WatchProposal, quota: quotas.Quota) -> bool:
    """Whether the office's supervisor cannot decide it."""
    return needs_credential(proposal) or not quota.left


def decides(person: models.Person, proposal: models.WatchProposal) -> bool:
    """Whether a person decides at all what this office proposes; of the directorate's own those who keep its watches do."""
    office = proposal.office
    office_id = access.NO_OFFICE if office.kind == models.OfficeKind.DIRECTORATE else office.pk
    return access.may(person, Action.WATCH_KEEP, office_id=office_id)


def may_decide(person: models.Person, proposal: models.WatchProposal, quota: quotas.Quota) -> bool:
    """Not what oneself proposed; of an office's supervisor, what is open to all and within the quota."""
    if proposal.state != ProposalState.PROPOSED or proposal.proposed_by_id == person.pk:
        return False
    if access.may(person, Action.WATCH_CHANGE):
        return True
    return decides(person, proposal) and not for_directorate(proposal, quota)


def may_refuse(person: models.Person, proposal: models.WatchProposal) -> bool:
    """Not what oneself proposed; else whoever decides for the office, whether or not it could be accepted here."""
    return proposal.state == ProposalState.PROPOSED and proposal.proposed_by_id != person.pk and decides(person, proposal)


def wanted_of(proposal: models.WatchProposal, *, credential_id: int | None = None) -> watches.Wanted:
    kept = proposal.wanted
    quiet_from, quiet_to = (time.fromisoformat(kept[key]) if kept[key] else None for key in ("quiet_from", "quiet_to"))
    place, query = places.split(proposal.query) if proposal.kind == QueryKind.PLACE else ("", proposal.query)
    return watches.Wanted(
        name=proposal.name,
        place=place,
        query=query,
        office_id=proposal.office_id,
        station_id=kept.get("station_id"),  # none was asked of those proposed before there were any
        every_seconds=kept["every_seconds"],
        healthy_low=kept["healthy_low"],
        healthy_high=kept["healthy_high"],
        pack_ids=tuple(proposal.pack_ids),
        credential_id=credential_id,
        daily_quota=kept["daily_quota"],
        windows=tuple(schedules.Window.read(one) for one in kept["windows"]),
        quiet=(quiet_from, quiet_to) if quiet_from and quiet_to else None,
    )


def accept(*, proposal_id: int, by: models.Person, now: datetime, credential_id: int | None = None) -> models.Watch:
    """Makes the watch. Raises RefusedError, PermissionDenied.

    By the office's supervisor where it is open to all and within the quota; by the directorate with its credential, beyond the quota too.
    """
    directorate = access.may(by, Action.WATCH_CHANGE)
    proposal = _find(proposal_id, by)
    with transaction.atomic():
        # First: a page that is no longer so hears that it is decided, not what would be lacking.
        proposal = _held(proposal, ProposalState.ACCEPTED)
        if not directorate and (credential_id is not None or needs_credential(proposal)):
            raise RefusedError("watch.directorate_decides", _("It needs a credential: the directorate decides it."))
        checked = watches.check(proposal.platform, proposal.kind, wanted_of(proposal, credential_id=credential_id))
        by_office = proposal.office.kind != models.OfficeKind.DIRECTORATE
        with quotas.told(proposal.office, by=by, now=now):
            if not directorate:
                full = _("The quota is used up: the directorate decides it, or pause a watch first.")
                quotas.take(proposal.office_id, full=full)
            watch = watches.make(proposal.platform, checked, by=by, now=now, by_office=by_office)
            _decided(proposal, ProposalState.ACCEPTED, by=by, now=now, watch=watch)
    return watch


def refuse(*, proposal_id: int, why: str, by: models.Person, now: datetime) -> models.WatchProposal:
    """Whoever proposed it reads why. Raises RefusedError, PermissionDenied."""
    proposal = _find(proposal_id, by)
    answer = _said(why, "why", _("Write why it is refused: whoever proposed it reads this."))
    with transaction.atomic():
        proposal = _held(proposal, ProposalState.REFUSED)
        _decided(proposal, ProposalState.REFUSED, by=by, now=now, answer=answer)
    return proposal


def withdraw(*, proposal_id: int, by: models.Person, now: datetime) -> models.WatchProposal:
    """By whoever proposed it. Raises RefusedError, PermissionDenied."""
    proposal = models.WatchProposal.objects.select_related("office").get(pk=proposal_id)
    access.require(by, Action.WATCH_PROPOSE, office_id=proposal.office_id)
    if proposal.proposed_by_id != by.pk:
        raise PermissionDenied("somebody else proposed it")
    with transaction.atomic():
        proposal = _held(proposal, ProposalState.WITHDRAWN)
        _decided(proposal, ProposalState.WITHDRAWN, by=by, now=now)
    return proposal


def _find(proposal_id: int, by: models.Person) -> models.WatchProposal:
    proposal = models.WatchProposal.objects.select_related("office").get(pk=proposal_id)
    if not decides(by, proposal):
        raise PermissionDenied(f"the proposal is not for {by.role} here")
    if proposal.proposed_by_id == by.pk:
        raise RefusedError("watch.own_proposal", _("You proposed it: somebody else decides."))
    return proposal


def _held(proposal: models.WatchProposal, after: ProposalState) -> models.WatchProposal:
    """Raises RefusedError where somebody was faster."""
    related = ("office", "proposed_by", "decided_by")
    found = models.WatchProposal.objects.select_related(*related).select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    if (found.state, after) not in states.PROPOSAL_MOVES:
        text = _("It is decided already, by %(person)s.")
        raise RefusedError("watch.proposal_decided", text, person=found.decided_by.name if found.decided_by else "")
    return found


def _decided(proposal: models.WatchProposal, state: ProposalState, *, by: models.Person, now: datetime, **columns: Any) -> None:
    columns = {"state": state, "decided_by": by, "decided_at": now, **columns}
    models.WatchProposal.objects.filter(pk=proposal.pk).update(**columns)
    for name, value in columns.items():
        setattr(proposal, name, value)
    watch = columns.get("watch")
    after = {"state": str(state)} | ({"watch": watch.pk} if watch else {})
    audit.write(f"watch.proposal_{state}", by=by, now=now, target=proposal, before={"state": "proposed"}, after=after)
    if by.pk != proposal.proposed_by_id and proposal.proposed_by.is_active:
        _tell(f"watch_{state}", proposal, [proposal.proposed_by], by=by, now=now, note=proposal.answer)


def _deciders(proposal: models.WatchProposal) -> list[models.Person]:
    """The supervisors of the office where one of them can; else whoever decides at the directorate."""
    quota = quotas.of([proposal.office])[proposal.office_id]
    directorate = models.OfficeKind.DIRECTORATE
    people = models.Person.objects.filter(Q(office=proposal.office_id) | Q(office__kind=directorate), is_active=True).select_related(
        "office"
    )
    able = [one for one in people.order_by("id") if may_decide(one, proposal, quota)]
    return [one for one in able if one.office_id == proposal.office_id] or able


def _tell(
    kind: str, proposal: models.WatchProposal, told: Iterable[models.Person], *, by: models.Person, now: datetime, note: str = ""
) -> None:
    said = masks.text(": ".join(filter(None, (proposal.name, note))))
    models.Notice.objects.bulk_create(models.Notice(kind=kind, person=one, by=by, at=now, note=said) for one in told)


def waits_for(person: models.Person) -> QuerySet[models.WatchProposal]:
    """What this person may decide now, as `may_decide` says of each."""
    found = access.scope(person, Action.WATCH_KEEP, models.WatchProposal.objects.filter(state=ProposalState.PROPOSED))
    found = found.exclude(proposed_by=person)
    if access.may(person, Action.WATCH_CHANGE):
        return found
    own = models.Watch.objects.filter(office=OuterRef("office"), by_office=True).exclude(state=WatchState.PAUSED).order_by()
    used = own.values("office").annotate(many=Count("pk")).values("many")
    most = models.WatchQuota.objects.filter(office=OuterRef("office")).order_by("-pk").values("most")[:1]
    room = found.annotate(used=Coalesce(Subquery(used), 0), most=Coalesce(Subquery(most), quotas.MOST)).filter(used__lt=F("most"))
    return room.filter(quotas.open_ways()).exclude(office__kind=models.OfficeKind.DIRECTORATE)


def waiting(person: models.Person) -> list[models.WatchProposal]:
    """The same, the oldest first."""
    return list(waits_for(person).select_related("office", "proposed_by__office").order_by("id"))


def _said(text: str, place: str, lacking: Any) -> str:
    said = " ".join(text.split())
    if not said:
        raise RefusedError("watch.said_nothing", lacking, place)
    if len(said) > LONGEST_WHY:
        raise RefusedError("watch.said_long", _("%(most)s characters at most."), place, most=LONGEST_WHY)
    return said
