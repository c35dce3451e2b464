"""Verbs on the register: look at two files, take them as a new edition, undo an edition.

All rows or none; the files themselves are kept as evidence. One change by hand has verbs of its own (manual). An edition never changes:
undoing one makes a new edition equal to the one before it. What a newer register changes on posts and flags is found by recheck.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, domain, models
from patrol.access import Action, audit
from patrol.engine import reading
from patrol.engine.licences import difference, files
from patrol.engine.licences import manual as by_hand
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.models import ManualHold
from patrol.register import editions, manual, writing


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `register` None where a problem blocks it; `base` is the edition it was compared with (0: none)."""

    register: domain.Register | None
    problems: tuple[files.RowProblem, ...]
    difference: difference.Difference | None
    base: int
    sources: tuple[Mapping[str, Any], ...]  # {name, sha256, length, rows} of each file
    by_hand: tuple[manual.Carried, ...] = ()  # the changes made by hand that stand in `base`

    @property
    def to_choose(self) -> tuple[manual.Carried, ...]:
        """Those the files do not hold: to be kept or ended by the person who imports."""
        return tuple(one for one in self.by_hand if not one.confirmed)


def preview(agencies: bytes, granted: bytes, *, agencies_name: str, licences_name: str, register_date: date | None = None) -> Preview:
    """Reads both files against the edition in force. Writes nothing."""
    edition = editions.current()
    previous = editions.load(edition.pk) if edition else None
    came = files.read_register(
        agencies,
        granted,
        agencies_name=agencies_name,
        licences_name=licences_name,
        country_code=reading.country_code,
        register_date=register_date,
        previous=previous,
    )
    return Preview(
        register=came.register,
        problems=came.problems,
        difference=difference.difference(previous, came.register) if came.register else None,
        base=edition.number if edition else 0,
        sources=(_source(agencies, agencies_name, came.agency_rows), _source(granted, licences_name, came.licence_rows)),
        by_hand=manual.carried(edition, came.register) if edition and came.register else (),
    )


def _source(content: bytes, name: str, rows: int) -> dict[str, Any]:
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content), "rows": rows}


def take(
    agencies: bytes,
    granted: bytes,
    *,
    agencies_name: str,
    licences_name: str,
    register_date: date | None = None,
    seen_base: int | None = None,
    keep: Mapping[int, bool] | None = None,
    by: models.Person | None,
    now: datetime,
) -> models.RegisterEdition:
    """Takes both files as the new edition. `by` None is the installation itself.

    `seen_base`: the edition the person compared with; where another one came in between, nothing is taken.
    `keep`: for each change made by hand that the files do not hold, by id, whether it stays.
    Raises RefusedError, PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.REGISTER_IMPORT)
    for content in (agencies, granted):
        raw.put(content)
    with transaction.atomic():
        writing.alone()
        looked = preview(agencies, granted, agencies_name=agencies_name, licences_name=licences_name, register_date=register_date)
        if seen_base is not None and seen_base != looked.base:
            raise RefusedError("register.stale", _("Another register edition was loaded in the meantime; look at the preview again."))
        if looked.register is None or looked.difference is None:
            blocking = sum(problem.blocking for problem in looked.problems)
            text = ngettext_lazy(
                "No row was loaded: %(count)s mistake must be mended first.",
                "No row was loaded: %(count)s mistakes must be mended first.",
                "count",
            )
            raise RefusedError("register.mistakes", text, count=blocking, problems=looked.problems)
        came, held = manual.settled(looked.register, looked.by_hand, keep or {})
        previous = editions.current_register()
        changed = writing.counts(difference.difference(previous, came))
        edition = writing.write(came, sources=looked.sources, changed=changed, by=by, now=now, held=held)
        # Names of files are free text that a chained row could never lose again: the hashes say the same.
        hashes = [source["sha256"] for source in edition.files]
        after = {"number": edition.number, "register_date": str(edition.register_date), "files": hashes}
        by_how = {how: [pk for pk, one in held if one == how] for how in ManualHold}
        after |= (
            {
                "by_hand_kept": by_how[ManualHold.KEPT],
                "by_hand_ended": by_how[ManualHold.ENDED],
                "by_hand_confirmed": by_how[ManualHold.CONFIRMED],
            }
            if held
            else {}
        )
        audit.write("register.imported", by=by, now=now, target=edition, after=after)
    return edition


def undo(*, edition_id: int, by: models.Person, now: datetime) -> models.RegisterEdition:
    """Undoes an edition by a new one equal to the one before it. Changes made by hand above it are made again on that one.

    Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.REGISTER_IMPORT)
    with transaction.atomic():
        writing.alone()
        newest = editions.current()
        undone = models.RegisterEdition.objects.filter(pk=edition_id).first()
        if newest is None or undone is None or not undoable(undone):
            raise RefusedError("register.not_newest", _("Only the newest edition can be undone."))
        before = editions.before(undone)
        if before is None:
            raise RefusedError("register.no_edition_before", _("There is no edition before this one to go back to."))
        restored, stay, above = back(undone, before)
        changed = writing.counts(difference.difference(editions.load(newest.pk), restored))
        sources = (*before.files, *(file for edition in above for file in edition.files))
        held = [(pk, ManualHold.STANDS) for pk in stay]
        edition = writing.write(restored, sources=sources, changed=changed, by=by, now=now, restores=before, held=held)
        after = {"number": edition.number, "restores": before.number, "undone": undone.number}
        audit.write("register.undone", by=by, now=now, target=edition, after=after)
    return edition


def undoable(edition: models.RegisterEdition) -> bool:
    """Whether it is the newest, or only changes made by hand stand above it."""
    return not models.RegisterEdition.objects.filter(number__gt=edition.number, releases=None).exists()


def back(undone: models.RegisterEdition, before: models.RegisterEdition) -> tuple[domain.Register, list[int], list[models.RegisterEdition]]:
    """The register without an undoable edition, which changes made by hand stand in it, and the editions above. Raises RefusedError."""
    above = list(models.RegisterEdition.objects.filter(number__gt=undone.number).select_related("releases").order_by("number"))
    restored, stay = editions.load(before.pk), [row.pk for row in manual.in_force(before)]
    for edition in above:
        assert edition.releases is not None  # undoable
        try:
            restored = by_hand.applied(restored, manual.value(edition.releases))
        except by_hand.UnfitError as error:
            text = _("Edition %(number)s, a change by hand, rests on this one: undo that one first.")
            raise RefusedError("register.rests_on", text, number=edition.number) from error
        stay.append(edition.releases.pk)
    return restored, stay, above
