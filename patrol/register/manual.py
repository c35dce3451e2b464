"""Verbs on the register by hand: one person puts one change forward, another releases it as an edition of its own (ADR 54).

The edition is the one before with the change. It stays in each edition after it until files hold it, or who imports ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models
from patrol.access import Action, audit, pairs
from patrol.domain import ManualKind
from patrol.engine import masks, reading
from patrol.engine.licences import difference
from patrol.engine.licences import manual as by_hand
from patrol.evidence import custody, kinds, pictures, raw
from patrol.infra.refusals import RefusedError
from patrol.models import ManualAnswerKind, ManualHold
from patrol.register import editions, writing

MOST_BYTES: Final = pictures.MOST_BYTES
_OLDEST: Final = 1970  # year of a decree
_SCANS: Final = frozenset({kinds.PDF, "image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Carried:
    """A change made by hand that stands in the edition in force, against files that came."""

    change: models.ManualChange
    confirmed: bool  # the files hold it
    otherwise: bool = False  # they speak of the same thing, and say something else
    unfit: domain.Sentence | None = None  # why it cannot be kept over what they say


def value(change: models.ManualChange) -> domain.ManualChange:
    return by_hand.loaded(change.kind, change.agency, change.ends, change.row)


def in_force(edition: models.RegisterEdition) -> list[models.ManualChange]:
    """The changes that stand in an edition and no file has confirmed, oldest first."""
    found = models.ManualChange.objects.filter(held__edition=edition, held__how__in=models.IN_FORCE)
    return list(found.select_related("by").order_by("id"))


def carried(edition: models.RegisterEdition, came: domain.Register) -> tuple[Carried, ...]:
    """What files do with the changes that stand in the edition."""
    found = []
    for row in in_force(edition):
        change = value(row)
        if by_hand.holds(came, change):
            found.append(Carried(row, confirmed=True))
            continue
        unfit = None
        try:
            by_hand.applied(came, change)
        except by_hand.UnfitError as error:
            unfit = error.sentence
        found.append(Carried(row, confirmed=False, otherwise=by_hand.names(came, change), unfit=unfit))
    return tuple(found)


def settled(
    came: domain.Register, carried: Iterable[Carried], keep: Mapping[int, bool]
) -> tuple[domain.Register, list[tuple[int, ManualHold]]]:
    """The register of the files with what stays, and what became of each change, the oldest first: a change that the files confirm counts
    over an older one that is kept. Raises RefusedError where one is not chosen."""
    held = []
    for one in carried:
        pk = one.change.pk
        if one.confirmed:
            if not by_hand.holds(came, value(one.change)):
                came = _applied(came, one.change)
            held.append((pk, ManualHold.CONFIRMED))
            continue
        if pk not in keep:
            text = _("Nothing was taken: choose for each change made by hand that the files do not hold whether it stays or ends.")
            raise RefusedError("register.by_hand_unchosen", text)
        if keep[pk]:
            came = _applied(came, one.change)
        held.append((pk, ManualHold.KEPT if keep[pk] else ManualHold.ENDED))
    return came, held


def _applied(came: domain.Register, change: models.ManualChange) -> domain.Register:
    """Raises RefusedError."""
    try:
        return by_hand.applied(came, value(change))
    except by_hand.UnfitError as error:
        raise RefusedError("register.by_hand_unfit", error.sentence) from error


# --- proposing ------------------------------------------------------------------------------------


def propose(
    *,
    kind: str,
    ends: bool,
    agency: str,
    typed: Mapping[str, str],
    decree: str,
    decree_date: date,
    scan: bytes,
    by: models.Person,
    now: datetime,
) -> models.ManualChange:
    """Puts one change forward; it counts once another person released it, and whoever may is told.

    `typed`: cells as the register's files have them; of what ends what names it. Raises RefusedError, PermissionDenied, OSError where the
    disk refuses.
    """
    access.require(by, Action.REGISTER_IMPORT)
    held = editions.current_register()
    if held is None:
        raise RefusedError("register.none_loaded", _("No register is loaded yet: import one first."))
    decree = " ".join(decree.split())
    if not decree or len(decree) > models.ManualChange.LONGEST_DECREE:
        raise RefusedError("register.decree", _("Write the number of the decree."), "decree")
    if decree_date.year < _OLDEST or decree_date > now.astimezone(domain.LAW_ZONE).date():
        raise RefusedError("register.decree_date", _("The decree's date lies in the future or is none."), "decree_date")
    media_type = kinds.media_type(scan)
    if media_type not in _SCANS or len(scan) > MOST_BYTES:
        raise RefusedError("register.scan", _("The scan is no PDF, JPEG or PNG, or larger than 15 MB."), "scan")
    try:
        change = read(held, kind=kind, ends=ends, agency=agency, typed=typed, decree=decree)
        by_hand.check(held, change)
    except by_hand.UnfitError as error:
        raise RefusedError("register.by_hand_wrong", error.sentence, error.column) from error
    with transaction.atomic():
        capture = custody.capture_file(
            scan, media_type, platform="web", kind="upload", now=now, person=by, office=by.office, purpose="register"
        )
        made = models.ManualChange.objects.create(
            kind=kind,
            ends=ends,
            agency=change.agency,
            row=by_hand.stored(change),
            decree=decree,
            decree_date=decree_date,
            scan=capture,
            by=by,
            at=now,
        )
        models.Notice.objects.bulk_create(
            models.Notice(kind="register_waits", person=person, manual=made, by=by, at=now, note=masks.text(made.agency, []))
            for person in releasers(by)
        )
        told = {"change": made.pk, "kind": kind, "ends": ends, "commitment": capture.commitment}
        audit.write("register.proposed", by=by, now=now, target=made, after=told)
    return made


def read(held: domain.Register, *, kind: str, ends: bool, agency: str, typed: Mapping[str, str], decree: str) -> domain.ManualChange:
    """What was typed, as a change of this register. Raises UnfitError."""
    owner = by_hand.agency_of(held, agency)
    whole = domain.ManualChange(kind, owner.name, ends)
    if kind == ManualKind.CONTACT:
        column = typed.get("column", "")
        written = typed.get("contact", "")
        return replace(whole, contact=by_hand.listed_contact(owner, column, written) if ends else by_hand.read_contact(column, written))
    if kind == ManualKind.LICENCE:
        if ends:
            return replace(whole, licence=by_hand.read_licence_end(typed, owner.name, held))
        return replace(whole, licence=by_hand.read_licence(typed, owner.name, held, reading.country_code))
    if ends:
        return replace(whole, standing=by_hand.read_standing_end(typed, owner))
    return replace(whole, standing=by_hand.read_standing({**typed, "decree": decree}, owner.name))


def releasers(proposer: models.Person) -> list[models.Person]:
    """Who may release what this person proposed."""
    people = models.Person.objects.filter(is_active=True, office__kind=models.OfficeKind.DIRECTORATE).exclude(pk=proposer.pk)
    return [one for one in people.select_related("office").order_by("id") if access.may(one, Action.REGISTER_APPROVE)]


# --- answering ------------------------------------------------------------------------------------


def waiting() -> Any:
    return models.ManualChange.objects.filter(answer=None)


def waits_for(person: models.Person) -> Any:
    """Those this person may release or refuse now: not what they proposed."""
    return access.scope(person, Action.REGISTER_APPROVE, waiting()).exclude(by=person)


def after(change: models.ManualChange) -> tuple[domain.Register, domain.Register] | domain.Sentence:
    """The register in force and the same with a change that waits; the reason where it no longer fits."""
    held = editions.current_register()
    assert held is not None  # a change is proposed to a register
    try:
        return held, by_hand.check(held, value(change))
    except by_hand.UnfitError as error:
        return error.sentence


def release(*, change_id: int, seen_base: int, by: models.Person, now: datetime) -> models.RegisterEdition:
    """The second person agrees: the edition in force with the change is the new one.

    `seen_base`: number of the edition this person saw it against. Raises RefusedError, PermissionDenied, ManualChange.DoesNotExist.
    """
    access.require(by, Action.REGISTER_APPROVE)
    with transaction.atomic():
        writing.alone()
        change = _open(change_id)
        pairs.require(change.by_id, by.pk, now=now)
        base = editions.current()
        assert base is not None  # a change is proposed to a register
        if base.number != seen_base:
            raise RefusedError("register.moved", _("Another register edition came in the meantime; look at the change again."))
        found = after(change)
        if isinstance(found, domain.Sentence):
            raise RefusedError("register.no_longer_fits", found)
        held, register = found
        if not raw.intact(change.scan.sha256):
            raise RefusedError("register.scan_gone", _("Nothing was released: the scan of the decree is gone or damaged."))
        _answer(change, ManualAnswerKind.RELEASED, "", by=by, now=now)
        edition = writing.write(
            register,
            sources=(source(change),),
            changed=writing.counts(difference.difference(held, register)),
            by=by,
            now=now,
            releases=change,
            held=[*((row.pk, ManualHold.STANDS) for row in in_force(base)), (change.pk, ManualHold.STANDS)],
        )
        told = {"change": change.pk, "number": edition.number, "file": change.scan.sha256}
        audit.write("register.released", by=by, now=now, target=edition, after=told)
    return edition


def source(change: models.ManualChange) -> dict[str, Any]:
    """The scan as the file of its edition. Its name is ours: what a person called it may hold anything."""
    scan = change.scan
    name = f"sk-{scan.sha256[:12]}.{kinds.ENDINGS[scan.media_type]}"
    return {"name": name, "sha256": scan.sha256, "length": scan.length, "rows": 1}


def refuse(*, change_id: int, note: str, by: models.Person, now: datetime) -> None:
    """The second person does not agree, and says why. Raises RefusedError, PermissionDenied, ManualChange.DoesNotExist."""
    access.require(by, Action.REGISTER_APPROVE)
    note = masks.text(note.strip(), [])
    if not note:
        raise RefusedError("register.note", _("Nothing was changed: write the reason."), "note")
    with transaction.atomic():
        writing.alone()
        change = _open(change_id)
        if change.by_id == by.pk:
            raise pairs.refused(pairs.SAME)
        _answer(change, ManualAnswerKind.REFUSED, note, by=by, now=now)
        audit.write("register.refused", by=by, now=now, target=change, after={"change": change.pk})


def withdraw(*, change_id: int, by: models.Person, now: datetime) -> None:
    """Whoever proposed it takes it back. Raises RefusedError, PermissionDenied, ManualChange.DoesNotExist."""
    access.require(by, Action.REGISTER_IMPORT)
    with transaction.atomic():
        writing.alone()
        change = _open(change_id)
        if change.by_id != by.pk:
            raise RefusedError("register.not_yours", _("Only who proposed a change withdraws it."))
        _answer(change, ManualAnswerKind.WITHDRAWN, "", by=by, now=now)
        audit.write("register.withdrawn", by=by, now=now, target=change, after={"change": change.pk})


def _open(change_id: int) -> models.ManualChange:
    change = models.ManualChange.objects.select_related("by", "scan").get(pk=change_id)
    answer = models.ManualAnswer.objects.select_related("by").filter(change=change).first()
    if answer is not None:
        raise RefusedError("register.answered", _("Nothing was changed: %(name)s has answered this already."), name=answer.by.name)
    return change


def _answer(change: models.ManualChange, kind: ManualAnswerKind, note: str, *, by: models.Person, now: datetime) -> None:
    models.ManualAnswer.objects.create(change=change, kind=kind, by=by, at=now, note=note)
    # Nobody is sent to a change that was answered.
    models.Notice.objects.filter(manual=change, kind="register_waits", read_at=None).delete()
    if kind != ManualAnswerKind.WITHDRAWN:
        models.Notice.objects.create(
            kind=f"register_{kind}", person_id=change.by_id, manual=change, by=by, at=now, note=note or masks.text(change.agency, [])
        )


def became(changes: Sequence[models.ManualChange]) -> dict[int, str]:
    """What became of each: "waiting", a ManualAnswerKind, or for a released one what the edition in force does with it, "undone" where
    that knows nothing of it. Two queries; the changes come with their answers."""
    newest = editions.current()
    last: dict[int, models.ManualHeld] = {}
    for row in models.ManualHeld.objects.filter(change__in=changes).order_by("edition_id"):
        last[row.change_id] = row
    found = {}
    for change in changes:
        answer = getattr(change, "answer", None)
        if answer is None or answer.kind != ManualAnswerKind.RELEASED:
            found[change.pk] = str(answer.kind) if answer else "waiting"
            continue
        row = last[change.pk]
        stands = row.how in models.IN_FORCE
        found[change.pk] = "undone" if stands and newest is not None and row.edition_id != newest.pk else str(row.how)
    return found
