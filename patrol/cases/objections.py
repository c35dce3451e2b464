"""Verbs on objections (keberatan): whoever is named and whoever reported may object once to a decision on a flag; somebody who had no hand
in it decides, and each outcome has an answer by letter.

An objection that is upheld takes the decision back in the same transaction (`correcting`). No law known to us says how soon one is
answered: the time it is given is our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action, audit, looks, pairs
from patrol.cases import clock, correcting, joint_leave, moving
from patrol.domain import LAW_ZONE, states
from patrol.domain.states import ObjectionState
from patrol.engine import working_hours
from patrol.evidence import custody, kinds
from patrol.infra import series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import PUTS_RIGHT, ObjectionOutcome, ObjectionSide, ObjectionWay, Outcome

HOURS: Final = 80  # of working time until it is to be decided: ten days of eight
FILE_MOST: Final = 15_000_000  # bytes
KIND: Final = "upload"  # of its record, as what people bring
PURPOSE: Final = "objection"
ENTERED_BY_STAFF: Final = (ObjectionWay.LETTER, ObjectionWay.MAIL, ObjectionWay.IN_PERSON)
AGAINST: Final = (Outcome.CONFIRMED, Outcome.DISMISSED)
OVERDUE, UNANSWERED, WAITS = "overdue", "unanswered", "mine"  # beside the states: what a list is narrowed to
MOST_WORDS: Final = 2000  # letters of a ground, and of what is put right


# --- which there are --------------------------------------------------------------------------------


def listed(key: str, person: models.Person, *, now: datetime) -> QuerySet[models.Objection]:
    """`key`: a state, OVERDUE, WAITS for `waits_for`, UNANSWERED for what was decided and has no letter out; all else narrows nothing."""
    if key == WAITS:
        return waits_for(person)
    found = access.scope(person, Action.OBJECTION_VIEW, models.Objection.objects.all())
    if key in set(ObjectionState):
        return found.filter(state=key)
    unanswered = Q(state=ObjectionState.DECIDED, answered_at=None)
    return found.filter({OVERDUE: Q(state=ObjectionState.ENTERED, due_at__lt=now), UNANSWERED: unanswered}.get(key, Q()))


def waits_for(person: models.Person) -> QuerySet[models.Objection]:
    """Those this person may decide, but for who entered them or decided the flag."""
    own = models.Decision.objects.filter(flag__decisions=OuterRef("decision"), by=person)
    waiting = models.Objection.objects.filter(~Exists(own), state=ObjectionState.ENTERED).exclude(entered_by=person.pk)
    return access.scope(person, Action.OBJECTION_SETTLE, waiting)


def of_flag(flag_id: int) -> QuerySet[models.Objection]:
    return models.Objection.objects.filter(decision__flag=flag_id).order_by("-id")


def halves(objection: models.Objection) -> list[int]:
    """Everybody who had a hand in what it is against, or entered it: none of them decides it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.patrol_objection_halves(%s)", [objection.pk])
        return sorted(key for (key,) in cursor.fetchall())


def deciders(objection: models.Objection) -> list[models.Person]:
    """Who is told of one that waits: the supervisors of the office but for those who had a hand in it, else those of the directorate."""
    active = models.Person.objects.filter(is_active=True).exclude(pk__in=halves(objection)).select_related("office").order_by("id")
    for people in (active.filter(office=objection.office_id), active.filter(office__kind=models.OfficeKind.DIRECTORATE)):
        found = [one for one in people if access.may(one, Action.OBJECTION_SETTLE, office_id=objection.office_id)]
        if found:
            return found
    return []


def open_to(flag: models.Flag) -> models.Decision | None:
    """The decision of a flag that somebody may object to: the last one, where it stands."""
    last = flag.decisions.order_by("-id").first()
    return last if last is not None and last.outcome in AGAINST and flag.state == last.state_after else None


def sides_left(decision: models.Decision) -> list[ObjectionSide]:
    """Who may still object to it: each side does once. One query."""
    came = set(decision.objections.exclude(state=ObjectionState.WITHDRAWN).values_list("side", flat=True))
    return [side for side in ObjectionSide if side not in came]


# --- entered ----------------------------------------------------------------------------------------


def enter(
    *,
    flag_id: int,
    side: str,
    name: str,
    contact: str,
    how: str,
    day: date | None,
    text: str,
    content: bytes | None,
    by: models.Person,
    now: datetime,
) -> models.Objection:
    """Enters an objection that came by letter, mail or in person. `content`: its file. Whoever may decide it is told.

    Raises RefusedError, PermissionDenied, Flag.DoesNotExist, OSError.
    """
    flag = models.Flag.objects.select_related("office").get(pk=flag_id)
    access.require(by, Action.OBJECTION_ENTER, office_id=flag.office_id)
    name, contact, text = " ".join(name.split()), " ".join(contact.split()), text.strip()
    if side not in set(ObjectionSide):
        raise RefusedError("objection.side", _("Nothing was entered: choose who objects."), "side")
    if how not in ENTERED_BY_STAFF:
        raise RefusedError("objection.how", _("Nothing was entered: say how it came."), "how")
    for field, said in (("name", name), ("contact", contact), ("text", text)):
        if not said:
            words = _("Nothing was entered: name, where the answer goes, and what is objected to are needed.")
            raise RefusedError("objection.words", words, field)
    media_type = _media_type(content)
    with transaction.atomic():
        flag = models.Flag.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=flag.pk)
        decision = open_to(flag)
        if decision is None:
            words = _("Nothing was entered: an objection is against a decision that confirmed or dismissed the flag and stands.")
            raise RefusedError("objection.no_decision", words)
        zone = ZoneInfo(flag.office.zone)
        if day is None or not decision.at.astimezone(zone).date() <= day <= now.astimezone(zone).date():
            words = _("Nothing was entered: give the day of the letter, not before the decision and not later than today.")
            raise RefusedError("objection.day", words, "day")
        _require_first(decision, side)
        made = _create(
            flag,
            {
                "decision": decision,
                "side": side,
                "name": name[: models.Objection.LONGEST_NAME],
                "contact": contact[: models.Objection.LONGEST_CONTACT],
                "how": how,
                "day": day,
                "text": text[: models.Objection.LONGEST_TEXT],
                "file": _kept(content, media_type, by, now),
            },
            by=by,
            now=now,
        )
        after = {"objection": made.number}
        models.FlagEvent.objects.create(flag=flag, kind="objected", at=now, by=by, after=after)
        _tell("objection_entered", made, [one.pk for one in deciders(made)], by=by, now=now)
        told = {
            "number": made.number,
            "flag": flag.number,
            "decision": decision.pk,
            "side": side,
            "how": how,
            "day": made.day.isoformat(),
            "due": made.due_at.isoformat(),
            "file": made.file is not None,
        }
        audit.write("objection.entered", by=by, now=now, target=made, after=told)
    return made


# --- the public page --------------------------------------------------------------------------------


@wall.everything("an objection names what went out by its number")
def against(number: str) -> list[models.Decision]:
    """What somebody may object to who names a letter or a warning card that went out: the decisions it rests on that stand, in the order
    of its lines. [] for an unknown number. Three queries and one a post."""
    number = " ".join(number.split())
    card = models.Card.objects.select_related("decision__flag").filter(number__iexact=number).exclude(released_at=None).first()
    if card is not None:
        flags = [card.decision.flag]
    else:
        letter = models.Referral.objects.filter(letter_number__iexact=number).exclude(letter_number="").exclude(sent_at=None).first()
        if letter is None:
            return []
        keys = list(dict.fromkeys(letter.items.exclude(kind="person").order_by("id").values_list("flag", flat=True)))
        by_key = models.Flag.objects.in_bulk(keys)
        flags = [by_key[key] for key in keys]
    found = ((flag, open_to(flag)) for flag in flags)
    return [decision for _flag, decision in found if decision is not None]


@wall.everything("a stranger objects by a number")
def come_in(*, about: str, side: str, text: str, contact: str, receipt: str, now: datetime) -> list[models.Objection]:
    """An objection from the public page, by the number of a letter or card: one row for each decision that number rests on and that this
    side has not objected to. Whoever may decide is told. `receipt`: the hash of the number its sender is given.

    Nobody enters it, so that nobody's name stands for it; an office that finds nobody behind it takes it out as withdrawn, and the side may
    object again. Sent twice, also in one moment, it is what it was the first time. Raises RefusedError.
    """
    about, text, contact = " ".join(about.split())[:120], text.strip(), " ".join(contact.split())
    if side not in {ObjectionSide.NAMED, ObjectionSide.AGENCY}:
        raise RefusedError("objection.public_side", _("Say whether you are the company or a person who is named."), "side")
    if not text:
        raise RefusedError("objection.public_text", _("Write what is wrong, in your own words."), "text")
    if len(text) > models.Objection.LONGEST_TEXT:
        words = _("The text is too long: %(most)s letters at most.")
        raise RefusedError("objection.public_long", words, "text", most=models.Objection.LONGEST_TEXT)
    with transaction.atomic():
        found = against(about) if about else []
        if not found:
            raise _no_such_number()
        flags = models.Flag.objects.select_for_update(of=("self",), no_key=True).select_related("office").order_by("id")
        held = {flag.pk: flag for flag in flags.filter(pk__in=[decision.flag_id for decision in found])}
        sent = of_receipt(receipt)  # once the flags are held: the same form may have come in while this one waited for them
        if sent:
            return sent
        standing = [decision for decision in found if open_to(held[decision.flag_id]) == decision]
        if not standing:  # taken back while this one waited for the flags
            raise _no_such_number()
        before = models.Objection.objects.filter(decision__in=standing, side=side).exclude(state=ObjectionState.WITHDRAWN)
        made = list(before.order_by("entered_at", "id"))
        used = {one.decision_id for one in made}
        free = [decision for decision in standing if decision.pk not in used]
        if not free:
            words = _(
                "An objection to this decision was made already, on %(day)s, and that one holds. Each side may object once. The number"
                " given for it opens it on the status page. To add something to it, call the hotline or write to the office."
            )
            day = formats.date_format(timezone.localtime(made[0].entered_at, LAW_ZONE), "j F Y")
            raise RefusedError("objection.public_twice", words, "number", day=day)
        return [
            _come_in(held[one.flag_id], one, about=about, side=side, text=text, contact=contact, receipt=receipt, now=now) for one in free
        ]


def _no_such_number() -> RefusedError:
    words = _("We find no letter and no card with this number. Compare it with the paper or the picture.")
    return RefusedError("objection.public_number", words, "number")


def _come_in(
    flag: models.Flag, decision: models.Decision, *, about: str, side: str, text: str, contact: str, receipt: str, now: datetime
) -> models.Objection:
    given = {"decision": decision, "side": side, "contact": contact[: models.Objection.LONGEST_CONTACT], "text": text}
    given |= {"how": ObjectionWay.FORM, "day": now.astimezone(ZoneInfo(flag.office.zone)).date(), "receipt": receipt, "about": about}
    made = _create(flag, given, by=None, now=now)
    models.FlagEvent.objects.create(flag=flag, kind="objected", at=now, by=None, after={"objection": made.number})
    _tell("objection_entered", made, [one.pk for one in deciders(made)], by=None, now=now)
    told = {
        "number": made.number,
        "flag": flag.number,
        "decision": decision.pk,
        "side": side,
        "how": made.how,
        "due": made.due_at.isoformat(),
    }
    audit.write("objection.came_in", by=None, now=now, target=made, after=told)
    return made


def of_receipt(receipt: str) -> list[models.Objection]:
    """What was sent with this number, in the order it was made. One query."""
    return list(models.Objection.objects.filter(receipt=receipt).order_by("id")) if receipt else []


def _media_type(content: bytes | None) -> str:
    if content is None:
        return ""
    if len(content) > FILE_MOST:
        raise RefusedError("objection.too_large", _("Nothing was entered: the file is larger than 15 MB."), "file")
    found = kinds.media_type(content)
    if not found:
        words = _("Nothing was entered: only PDF, JPEG, PNG, WebP, text (UTF-8), and Word or Excel files without macros are taken.")
        raise RefusedError("objection.kind", words, "file")
    return found


def _kept(content: bytes | None, media_type: str, by: models.Person, now: datetime) -> models.Capture | None:
    if content is None:
        return None
    return custody.capture_file(content, media_type, platform="", kind=KIND, now=now, person=by, office=by.office, purpose=PURPOSE)


def _require_first(decision: models.Decision, side: str) -> None:
    before = decision.objections.filter(side=side).exclude(state=ObjectionState.WITHDRAWN).first()
    if before is not None:
        words = _("Nothing was entered: this side has objected to this decision once already, in %(number)s.")
        raise RefusedError("objection.twice", words, number=before.number)


def _create(flag: models.Flag, given: dict[str, Any], *, by: models.Person | None, now: datetime) -> models.Objection:
    due = working_hours.after(clock.calendar(flag.office, joint_leave.days_off()), now, timedelta(hours=HOURS))
    number = series.take("KBR", 1, now=now)[0]
    try:
        with transaction.atomic():
            return models.Objection.objects.create(
                number=number, office_id=flag.office_id, entered_by=by, entered_at=now, due_at=due, **given
            )
    except IntegrityError as error:
        if "objection_once" in str(error):
            _require_first(given["decision"], given["side"])
        raise


# --- how each further step begins and ends ----------------------------------------------------------


def _held(objection_id: int, action: Action, by: models.Person, seen_version: int | None) -> models.Objection:
    """Locked. Raises StaleError, PermissionDenied, Objection.DoesNotExist."""
    found = models.Objection.objects.get(pk=objection_id)
    access.require(by, action, office_id=found.office_id)
    held = models.Objection.objects.select_for_update(no_key=True).get(pk=objection_id)
    if seen_version not in {None, held.version}:
        raise _stale(held)
    return held


def _stale(objection: models.Objection) -> moving.StaleError:
    who, at = objection.answered_by or objection.ended_by or objection.entered_by, objection.answered_at or objection.ended_at
    return moving.StaleError(who, at or objection.entered_at, objection.state)


def _moved(held: models.Objection, **changes: Any) -> models.Objection:
    models.Objection.objects.filter(pk=held.pk).update(version=held.version + 1, **changes)
    held.refresh_from_db()
    return held


def _tell(
    kind: str, objection: models.Objection, people: Sequence[int | None], *, by: models.Person | None, now: datetime, note: str = ""
) -> None:
    """`people`: None stands for whoever sent it by the public page, who reads it there."""
    told = [person for person in people if person is not None and (by is None or person != by.pk)]
    models.Notice.objects.bulk_create(
        models.Notice(kind=kind, person_id=person, objection=objection, by=by, at=now, note=note) for person in told
    )


def _ended(objection: models.Objection) -> None:
    """Whoever it waited for is not sent to it any more."""
    models.Notice.objects.filter(objection=objection, kind="objection_entered", read_at=None).delete()


# --- decided, withdrawn, answered -------------------------------------------------------------------


def decide(
    *,
    objection_id: int,
    outcome: str,
    ground: str,
    put_right: str,
    anew: str,
    reason: str,
    seen_version: int,
    by: models.Person,
    now: datetime,
) -> models.Objection:
    """Another person says whether the decision was wrong. Where it was, it is taken back by that, and what was sent is to be corrected.

    `ground` stands in the answer, `put_right` (of what is upheld, whole or in part) in letters too: no name in either. `anew` and `reason`:
    what the flag is decided as instead, of one that is upheld; "" leaves it to be looked at again. Raises RefusedError, StaleError,
    PermissionDenied, also for who had a hand in it, MoveRefusedError, Objection.DoesNotExist.
    """
    ground, put_right = ground.strip()[:MOST_WORDS], put_right.strip()[:MOST_WORDS]
    if outcome not in set(ObjectionOutcome):
        raise RefusedError("objection.outcome", _("Nothing was decided: choose what comes of the objection."), "outcome")
    if not ground:
        raise RefusedError("objection.ground", _("Nothing was decided: write why. It stands in the answer."), "ground")
    if outcome in PUTS_RIGHT and not put_right:
        words = _("Nothing was decided: write what was wrong and what is right. It stands in the letters that correct it.")
        raise RefusedError("objection.put_right", words, "put_right")
    if outcome not in PUTS_RIGHT:
        put_right = ""
    anew, reason = (anew, reason) if outcome == ObjectionOutcome.UPHELD else ("", "")
    found = models.Objection.objects.select_related("decision__flag").get(pk=objection_id)
    access.require(by, Action.OBJECTION_SETTLE, office_id=found.office_id)
    if anew and (anew == found.decision.outcome or reason not in triage.REASONS.get(anew, {})):
        words = _("Nothing was decided: choose what the flag is instead, not what it was.")
        raise RefusedError("objection.anew", words, "said")
    had_a_hand = halves(found)
    if by.pk in had_a_hand:
        raise PermissionDenied("another person decides")
    for half in had_a_hand:
        pairs.require(half, by.pk, now=now)
    with transaction.atomic():
        # Cases, flags and numbers before this row: what it takes back is held in the order of all verbs.
        due = correcting.hold(found, now=now) if outcome in PUTS_RIGHT else None
        held = _held(objection_id, Action.OBJECTION_SETTLE, by, seen_version)
        states.require(states.OBJECTION_MOVES, held.state, ObjectionState.DECIDED)
        changes: dict[str, Any] = {"state": ObjectionState.DECIDED, "outcome": outcome, "ground": ground, "put_right": put_right}
        if held.how == ObjectionWay.FORM:  # its answer is read by its number, from now on
            changes |= {"answered_by": by, "answered_at": now, "answered_how": ObjectionWay.FORM}
        held = _moved(held, **changes, ended_by=by, ended_at=now)
        if due is not None:
            correction = correcting.correct(held, due, anew=anew, reason=reason, by=by, now=now)
            models.Objection.objects.filter(pk=held.pk).update(correction=correction)
            held.refresh_from_db()
        _ended(held)
        _tell("objection_decided", held, [held.entered_by_id], by=by, now=now)
        if outcome in PUTS_RIGHT:
            flag_id = held.decision.flag_id
            decided = models.Decision.objects.filter(flag=flag_id).exclude(by=by.pk).values_list("by", flat=True)
            _tell("objection_upheld", held, sorted(set(decided) - {held.entered_by_id}), by=by, now=now, note=put_right)
        told = {
            "number": held.number,
            "flag": found.decision.flag.number,
            "outcome": outcome,
            "anew": anew,
            "correction": held.correction_id,
        }
        audit.write("objection.decided", by=by, now=now, target=held, before={"state": ObjectionState.ENTERED}, after=told)
    return held


def withdraw(*, objection_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Objection:
    """Whoever objected takes it back, or it was entered by mistake: the note says which. The side may object again.

    Raises RefusedError, StaleError, MoveRefusedError, PermissionDenied, Objection.DoesNotExist.
    """
    if not note.strip():
        raise RefusedError("objection.note", _("Nothing was changed: write a note first."), "note")
    with transaction.atomic():
        held = _held(objection_id, Action.OBJECTION_ENTER, by, seen_version)
        states.require(states.OBJECTION_MOVES, held.state, ObjectionState.WITHDRAWN)
        held = _moved(held, state=ObjectionState.WITHDRAWN, ended_by=by, ended_at=now, ground=note.strip()[:MOST_WORDS])
        _ended(held)
        audit.write("objection.withdrawn", by=by, now=now, target=held, after={"number": held.number})
    return held


def answered(*, objection_id: int, how: str, seen_version: int, by: models.Person, now: datetime) -> models.Objection:
    """The letter with the outcome went out, outside of this system. Raises RefusedError, StaleError, PermissionDenied, DoesNotExist."""
    if how not in ENTERED_BY_STAFF:
        raise RefusedError("objection.answered_how", _("Nothing was changed: say how the answer went out."), "how")
    with transaction.atomic():
        held = _held(objection_id, Action.OBJECTION_ENTER, by, seen_version)
        if held.state != ObjectionState.DECIDED or held.answered_at is not None:
            raise _stale(held)
        held = _moved(held, answered_by=by, answered_at=now, answered_how=how)
        audit.write("objection.answered", by=by, now=now, target=held, after={"number": held.number, "how": how})
    return held


def show(*, objection_id: int, by: models.Person, now: datetime) -> models.Objection:
    """Name, contact and words in full, on the page or in the letter: a look that is logged. Raises PermissionDenied, DoesNotExist."""
    found = models.Objection.objects.get(pk=objection_id)
    access.require(by, Action.OBJECTION_VIEW, office_id=found.office_id)
    with transaction.atomic():
        looks.log("contact.shown", by=by, now=now, target=found, after={"purpose": PURPOSE, "number": found.number})
    return found
