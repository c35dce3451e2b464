"""What members of staff are spared, and what they had to look at.

Severe is a post somebody marked so; where nobody said anything, one whose text is a plea or a testimony, or whose author is marked as a
victim. Reminders never lock anything, and the count of what was seen is its person's own: a supervisor gets sums of the office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain import TextKind
from patrol.infra import prepared
from patrol.infra.refusals import RefusedError
from patrol.models import Veil

SEVERE_TEXTS: Final = (TextKind.PLEA,)
PAUSE: Final = timedelta(minutes=5)  # so long without a sign of work is a break, and no work is counted over it
LONGEST_MINUTES: Final = 240
MOST_SEVERE: Final = 100
FEWEST_PEOPLE: Final = 3  # sums of fewer would say what one person saw


@dataclass(frozen=True, slots=True)
class Care:
    """What holds for somebody: minutes and severe posts until a break is proposed, 0 for never."""

    veil: Veil
    break_minutes: int
    break_severe: int
    spared: bool = False  # severe posts go to others
    contacts_asked: bool = False  # those of a post only when asked for, also under a lease


DEFAULTS: Final = Care(Veil.BLUR, 60, 10)


def of_office(office: models.Office) -> Care:
    kept = models.OfficeCare.objects.filter(office=office).first()
    return Care(Veil(kept.veil), kept.break_minutes, kept.break_severe) if kept else DEFAULTS


def own(person: models.Person) -> models.OwnCare:
    """What the person chose; an unsaved row of nothing chosen where they never did."""
    return models.OwnCare.objects.filter(person=person).first() or models.OwnCare(person=person)


_OF = """
SELECT COALESCE(NULLIF(own.veil, ''), NULLIF(office.veil, ''), %(veil)s), COALESCE(own.break_minutes, office.break_minutes, %(minutes)s),
    COALESCE(own.break_severe, office.break_severe, %(severe)s), COALESCE(own.spared, false), COALESCE(own.contacts_asked, false)
FROM patrol_person p
LEFT JOIN patrol_owncare own ON own.person_id = p.id LEFT JOIN patrol_officecare office ON office.office_id = p.office_id
WHERE p.id = %(person)s
"""


def of(person: models.Person) -> Care:
    """Their own choice, where they made none their office's, else the defaults. One query."""
    usual = {"veil": str(DEFAULTS.veil), "minutes": DEFAULTS.break_minutes, "severe": DEFAULTS.break_severe}
    with connection.cursor() as cursor:
        prepared.execute(cursor, _OF, {"person": person.pk, **usual})
        veil, *rest = cursor.fetchone()
    return Care(Veil(veil), *rest)


def _within(value: int | None, most: int, place: str) -> None:
    if value is not None and not 0 <= value <= most:
        raise RefusedError("care.number", _("From 0 to %(most)s."), place, most=most)


def _veil(veil: str, known: Collection[str]) -> None:
    if veil not in known:
        raise RefusedError("care.veil", _("Choose what severe pictures show at first."), "veil")


def choose(
    *,
    veil: str,
    break_minutes: int | None,
    break_severe: int | None,
    spared: bool,
    contacts_asked: bool = False,
    language: str,
    by: models.Person,
) -> models.OwnCare:
    """One's own choice; "" and None are as the office has it. Own taste: no audit row. Raises RefusedError."""
    _veil(veil, {"", *Veil})
    _within(break_minutes, LONGEST_MINUTES, "break_minutes")
    _within(break_severe, MOST_SEVERE, "break_severe")
    chosen = {"veil": veil, "break_minutes": break_minutes, "break_severe": break_severe, "spared": spared, "language": language}
    return models.OwnCare.objects.update_or_create(person=by, defaults={**chosen, "contacts_asked": contacts_asked})[0]


def set_office(*, office_id: int, veil: str, break_minutes: int, break_severe: int, by: models.Person, now: datetime) -> models.OfficeCare:
    """What the office spares its people where they chose nothing. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.CARE_OFFICE, office_id=office_id)
    _veil(veil, set(Veil))
    _within(break_minutes, LONGEST_MINUTES, "break_minutes")
    _within(break_severe, MOST_SEVERE, "break_severe")
    chosen = {"veil": veil, "break_minutes": break_minutes, "break_severe": break_severe}
    with transaction.atomic():
        office = models.Office.objects.select_for_update(no_key=True).get(pk=office_id)
        held = of_office(office)
        before = {key: getattr(held, key) for key in chosen}
        kept = models.OfficeCare.objects.update_or_create(office=office, defaults=chosen)[0]
        audit.write("care.changed", by=by, now=now, target=office, before=before, after=chosen)
    return kept


# --- what is severe -------------------------------------------------------------------------------


def severe(post_ids: Iterable[int], *, by: models.Person) -> set[int]:
    """Those of these posts that are severe for this person. One query."""
    return set(_severe(by).filter(pk__in=set(post_ids)).values_list("pk", flat=True))


def severe_flags(flag_ids: Iterable[int], *, by: models.Person) -> set[int]:
    """Those of these flags whose posts are severe for this person. One query."""
    return set(_severe(by).filter(flag__in=set(flag_ids)).values_list("flag", flat=True))


def _severe(by: models.Person) -> QuerySet[models.Post]:
    """That somebody was marked as harmed counts only for who may know it: for others the flag is dismissed like any other."""
    marked = models.SevereMark.objects.filter(post_id=OuterRef("pk"))
    texts = models.Reading.objects.filter(version__post_id=OuterRef("pk"), text_kind__in=SEVERE_TEXTS)
    victims = access.scope(by, Action.PROTECTION_VIEW, models.Protection.objects.filter(flag__post_id=OuterRef("pk")))
    by_rule = Q(~Exists(marked)) & (Q(Exists(texts)) | Q(Exists(victims)))
    return models.Post.objects.filter(Q(Exists(marked.filter(severe=True))) | by_rule)


def mark_severe(*, post_id: int, is_severe: bool, by: models.Person, now: datetime) -> models.SevereMark:
    """Says that a post is severe, or that it is not; the last word counts for everybody. Raises PermissionDenied."""
    access.require(by, Action.POST_VIEW)
    with transaction.atomic():
        post = models.Post.objects.select_for_update(no_key=True).get(pk=post_id)
        before = {"severe": post.pk in severe([post.pk], by=by)}
        mark = models.SevereMark.objects.update_or_create(post=post, defaults={"severe": is_severe, "by": by, "at": now})[0]
        audit.write("post.severe", by=by, now=now, target=post, before=before, after={"severe": is_severe})
    return mark


# --- what somebody saw ----------------------------------------------------------------------------


def today(person: models.Person, now: datetime) -> models.Exposure:
    """The person's day, in the zone of their office; made where it is not there yet."""
    return models.Exposure.objects.get_or_create(person=person, day=timezone.localtime(now).date())[0]


def saw_picture(*, by: models.Person, now: datetime) -> None:
    """A picture was shown in colour."""
    models.Exposure.objects.filter(pk=today(by, now).pk).update(pictures=F("pictures") + 1)


def opened_severe(*, by: models.Person, now: datetime) -> None:
    models.Exposure.objects.filter(pk=today(by, now).pk).update(severe=F("severe") + 1)


def worked(*, is_severe: bool, by: models.Person, now: datetime) -> models.Exposure:
    """A sign of work at the desk: the time since the last one counts, unless it was a break, after which work begins anew."""
    with transaction.atomic():
        day = models.Exposure.objects.select_for_update(no_key=True).get(pk=today(by, now).pk)
        gap = now - day.seen_at if day.seen_at else PAUSE
        if gap >= PAUSE:
            day.working_since = now
        elif gap > timedelta(0):
            day.work_seconds += int(gap.total_seconds())
            day.severe_seconds += int(gap.total_seconds()) if is_severe else 0
        day.seen_at = max(now, day.seen_at or now)
        day.save(update_fields=["working_since", "work_seconds", "severe_seconds", "seen_at"])
    return day


def break_due(person: models.Person, day: models.Exposure | None) -> str:
    """Why a break is proposed: "minutes" of work since the last one, "severe" posts of the day, "" for none. `day`: own_settings.at_hand.

    Proposed once: `reminded` puts it off until the same again has passed.
    """
    if day is None:
        return ""
    care = of(person)
    since = max(filter(None, (day.working_since, day.reminded_at)), default=None)
    if care.break_minutes and since and day.seen_at and day.seen_at - since >= timedelta(minutes=care.break_minutes):
        return "minutes"
    if care.break_severe and day.severe - day.reminded_severe >= care.break_severe:
        return "severe"
    return ""


def reminded(*, by: models.Person, now: datetime) -> None:
    """The person saw the proposal, and took the break or not: nobody asks."""
    models.Exposure.objects.filter(pk=today(by, now).pk).update(reminded_at=now, reminded_severe=F("severe"))


@dataclass(frozen=True, slots=True)
class Sums:
    people: int
    pictures: int
    severe: int
    severe_minutes: int


def office_sums(*, office_id: int, by: models.Person, now: datetime, days: int = 7) -> Sums | None:
    """What the people of an office saw in the last days, together. None where so few did that it would tell of one person.

    Raises PermissionDenied.
    """
    access.require(by, Action.CARE_OFFICE, office_id=office_id)
    since = timezone.localtime(now).date() - timedelta(days=days - 1)
    found = models.Exposure.objects.filter(person__office_id=office_id, day__gte=since).aggregate(
        people=Count("person", distinct=True), pictures=Sum("pictures"), severe=Sum("severe"), seconds=Sum("severe_seconds")
    )
    if found["people"] < FEWEST_PEOPLE:
        return None
    return Sums(found["people"], found["pictures"], found["severe"], found["seconds"] // 60)
