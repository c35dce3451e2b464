"""Two people stand behind an edition: its author, then a second signatory, each over the figures as they were frozen.

Signing changes no figure and is not taken back: a correction is a new edition, and only the newest one of a period is signed. Who is the
second one: whom the office's setting names, else another supervisor of the office, else one of the directorate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from patrol import access
from patrol.access import Action, audit, pairs
from patrol.admin.shared import base
from patrol.infra.refusals import RefusedError
from patrol.models import Notice, Person, Role
from reports import mailed, summary
from reports.models import Signature, Signs, WeeklySummary

ACTIONS: Final = {Signs.AUTHOR: Action.SUMMARY_FREEZE, Signs.SECOND: Action.SUMMARY_APPROVE}
_PERIOD: Final = ("kind", "year", "week")


def supervisors() -> list[Person]:
    """Who could sign anything at all."""
    return list(Person.objects.filter(role=Role.SUPERVISOR, is_active=True, approves=True).select_related("office").order_by("name", "id"))


def seconds(edition: WeeklySummary, author_id: int | None, of: Iterable[Person]) -> list[Person]:
    """Of these supervisors, those who sign it beside that author."""
    others = [person for person in of if person.pk != author_id]
    above = [person for person in others if person.at_directorate]
    there = [person for person in others if person.office_id == edition.office_id] if edition.office else above
    office = edition.office or (above[0].office if above else None)
    named = office.second_signatory_id if office else None
    return [person for person in (*there, *above) if person.pk == named][:1] or there or above


def place_for(edition: WeeklySummary, person: Person, signed: Sequence[Signature], of: Sequence[Person]) -> Signs | None:
    """In which place this person could sign it next, the second one only where they are among `of`; None where there is none for them."""
    done = {one.place: one.by_id for one in signed}
    place = next((one for one in Signs if one not in done), None)
    if place is None or person.pk in done.values() or not summary.may(person, ACTIONS[place], edition.office_id):
        return None
    return place if (is_author(edition, person) if place == Signs.AUTHOR else person in of) else None


def is_author(edition: WeeklySummary, person: Person) -> bool:
    """Who froze it. Where they may no longer sign: whoever may freeze it."""
    return person.pk == edition.frozen_by_id or not summary.may(edition.frozen_by, ACTIONS[Signs.AUTHOR], edition.office_id)


def newer(edition: WeeklySummary) -> bool:
    same = WeeklySummary.objects.filter(**{name: getattr(edition, name) for name in _PERIOD}, edition__gt=edition.edition)
    return (same.filter(office=None) if edition.office_id is None else same.filter(office_id=edition.office_id)).exists()


def sign(*, summary_id: int, place: str, seen: str, by: Person, now: datetime) -> Signature:
    """Signs an edition. `seen`: the fingerprint of the figures that stood on the page.

    Raises PermissionDenied, WeeklySummary.DoesNotExist, RefusedError.
    """
    edition = WeeklySummary.objects.select_related("office", "head", "frozen_by__office").get(pk=summary_id)
    if place not in set(Signs):
        raise RefusedError("signing.place", _("Nothing was signed: open the summary and sign there."))
    summary.require(by, ACTIONS[Signs(place)], edition.office_id)
    with transaction.atomic():
        summary.hold_editions(edition.office_id, edition.period)
        done = {one.place: one.by_id for one in edition.signatures.all()}
        _check(edition, Signs(place), seen, done)
        if place == Signs.AUTHOR and not is_author(edition, by):
            raise RefusedError("signing.not_author", _("Nothing was signed: who froze this edition signs it as its author."))
        if place == Signs.SECOND:
            pairs.require(done[Signs.AUTHOR], by.pk, now=now)
            if by not in seconds(edition, done[Signs.AUTHOR], supervisors()):
                raise RefusedError("signing.not_second", _("Nothing was signed: the second signatory of this summary is somebody else."))
        try:
            with transaction.atomic():
                title = _title(edition, Signs(place), by)
                made = Signature.objects.create(summary=edition, place=place, title=title, sha256=edition.sha256, by=by, at=now)
        except IntegrityError as error:
            if "signature_once_a_place" not in str(error):
                raise
            raise _signed_already() from error
        if place == Signs.SECOND:
            summary.settle(edition)
            mailed.send(edition, now=now)
        else:
            told = (
                Notice(kind=summary.WAITS, person=one, by=by, at=now, note=edition.number) for one in seconds(edition, by.pk, supervisors())
            )
            Notice.objects.bulk_create(told)
        # Last: while the head of the log is held, nobody else finishes an act.
        audit.write("summary.signed", by=by, now=now, target=edition, after={"signs": place, "sha256": edition.sha256})
    return made


def _check(edition: WeeklySummary, place: Signs, seen: str, done: dict[str, int]) -> None:
    """Whether it is there to be signed in this place. Raises RefusedError."""
    if place in done:
        raise _signed_already()
    if place == Signs.SECOND and Signs.AUTHOR not in done:
        raise RefusedError("signing.author", _("Nothing was signed: its author has to sign first."))
    if edition.preliminary:
        text = _("Nothing was signed: this edition is preliminary. Sign the one that follows when the period is over.")
        raise RefusedError("signing.preliminary", text)
    if newer(edition):
        raise RefusedError("signing.newer", _("Nothing was signed: there is a newer edition. Sign that one."))
    if not edition.intact or seen != edition.sha256:
        text = _(
            "Nothing was signed: these are not the figures that were frozen. Open the summary again; if this stays, tell the administrator."
        )
        raise RefusedError("signing.figures", text)


def _title(edition: WeeklySummary, place: Signs, by: Person) -> str:
    """The position as the edition's head has it, for somebody of its office; of all offices: of the directorate."""
    there = by.office_id == edition.office_id if edition.office_id else by.at_directorate
    if edition.head is None or not there:
        return ""
    return edition.head.author if place == Signs.AUTHOR else edition.head.second


def _signed_already() -> RefusedError:
    return RefusedError("signing.signed", _("Nothing was signed: somebody has signed in this place already."))


# --- what waits ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many editions wait for a person's signature, and where they are; "" where there is none."""

    count: int
    link: str


def waiting_for(person: Person) -> list[WeeklySummary]:
    """The editions of which this person is the second signatory, signed by their author alone; newest first, without their figures."""
    if not access.may(person, Action.SUMMARY_APPROVE):
        return []
    signed = Signature.objects.filter(summary=OuterRef("pk"))
    later = WeeklySummary.objects.alias(at=Coalesce("office_id", access.NO_OFFICE)).filter(
        at=Coalesce(OuterRef("office_id"), access.NO_OFFICE), edition__gt=OuterRef("edition"), **{name: OuterRef(name) for name in _PERIOD}
    )
    found: QuerySet[WeeklySummary] = access.scope(person, Action.SUMMARY_APPROVE, WeeklySummary.objects.all(), office_path="office_id")
    waits = found.filter(
        Exists(signed.filter(place=Signs.AUTHOR)),
        ~Exists(signed.filter(place=Signs.SECOND)),
        ~Exists(signed.filter(by=person)),
        ~Exists(later),
    )
    rows = list(waits.select_related("office", "frozen_by").prefetch_related("signatures__by").defer("figures"))
    people = supervisors() if rows else []
    return [row for row in rows if person in seconds(row, row.signatures.all()[0].by_id, people)]


def waiting(person: Person) -> Waiting:
    """For the start page: what waits for this person's signature."""
    rows = waiting_for(person)
    if len(rows) == 1:
        return Waiting(1, base.here("reports_weeklysummary_edition", rows[0].pk))
    return Waiting(len(rows), base.here("reports_weeklysummary_waiting") if rows else "")
