"""The package with originals: one person asks for it, another approves, and then it may be made, each time a row of the log.

The request is one of those for peers (PeerExport) of another kind, and answered on the same pages (patrol.cases.peers.requests). It keeps
a digest of what would go: what came since is approved by nobody, and the request has to be asked anew.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action
from patrol.cases.packages import exporting, going
from patrol.cases.packages.exporting import USUAL, Making, Package
from patrol.cases.peers import handed, requests
from patrol.domain.peers import PeerKind, Sharing
from patrol.infra.refusals import RefusedError


def ask(*, case: models.Case, peer: str, purpose: str, seen: str, by: models.Person, now: datetime) -> models.PeerExport:
    """`seen`: Going.digest of what the person was shown. Raises RefusedError, PermissionDenied."""
    peer = requests.named(peer)
    requests.require_purpose(purpose)
    access.require(by, Action.PEER_ASK, office_id=case.office_id)
    with transaction.atomic():
        held = models.Case.objects.select_for_update(of=("self",), no_key=True).select_related("merged_into").get(pk=case.pk)
        going.require_whole(held)
        before = requests.waiting(now).filter(case=held, kind=PeerKind.PACKAGE, peer=peer, purpose=purpose).first()
        if before is not None:
            raise requests.asked_already(before)
        found = going.of(held)
        if not found.posts and not found.files:
            raise exporting.empty()
        if seen != found.digest:
            raise RefusedError("package.counted", _("Nothing was asked for: what would go has changed. Look at it again."))
        return requests.put_forward(
            {"case": held, "campaign": None},
            kind=PeerKind.PACKAGE,
            office_id=held.office_id,
            peer=peer,
            purpose=purpose,
            sharing=Sharing.RED,
            indicators=list(found.indicators),
            digest=found.digest,
            by=by,
            now=now,
        )


def take(*, export_id: int, by: models.Person, now: datetime, making: Making = USUAL) -> Package:
    """The package of an approved request, with originals.

    Raises RefusedError, PermissionDenied, PeerExport.DoesNotExist, OSError.
    """
    asked = models.PeerExport.objects.select_related("case__merged_into", "approved_by__office").get(pk=export_id, kind=PeerKind.PACKAGE)
    access.require(by, Action.PEER_ASK, office_id=asked.office_id)
    if not requests.ready(asked, now):
        raise requests.not_ready()
    assert asked.case is not None
    assert asked.approved_by is not None
    assert asked.approved_at is not None
    going.unchanged(asked.case, asked.digest)
    with translation.override("id"):
        day = date_format(timezone.localtime(asked.approved_at), "j F Y")
    rests_on = [f"Permintaan {asked.number} untuk {asked.peer}", f"Persetujuan orang kedua: {asked.approved_by.name}, tanggal {day}"]
    return exporting.export_whole(
        case_id=asked.case.pk,
        request=asked,
        reason=f"{handed.PURPOSES[asked.purpose][1].capitalize()}, untuk {asked.peer}",
        rests_on=rests_on,
        by=by,
        now=now,
        making=making,
    )


def numbered(number: str, case: models.Case, person: models.Person, now: datetime) -> models.PeerExport:
    """The approved request of this number for a package of this case. Raises RefusedError with what it is instead."""
    rows = access.scope(person, Action.PEER_ASK, models.PeerExport.objects.filter(kind=PeerKind.PACKAGE))
    found = rows.filter(number=number).first()
    if found is None:
        raise RefusedError("package.no_request", _("There is no request %(number)s for a package."), number=number)
    if found.case_id != case.pk:
        raise RefusedError("package.other_case", _("%(number)s is a request for another case."), number=number)
    if found.ended_at is not None or found.approved_at is None:
        raise RefusedError("package.request_open", _("%(number)s is not approved."), number=number)
    if now >= found.until:
        raise RefusedError("package.ran_out", _("%(number)s ran out: ask for it again."), number=number)
    return found
