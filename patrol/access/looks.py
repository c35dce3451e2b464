"""Looks at contacts in full: each is a row of the log with its purpose, and many looks of one person in a day are told to the supervisors.

Nothing is refused for their number: a long case may need it. What a lease shows for the work on a flag is logged once a lease, counts for
the person themselves (each_day) and not towards what supervisors are told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from patrol import access, models
from patrol.access import Action, audit
from patrol.infra import prepared

VERBS: Final = ("contact.shown", "indicator.shown", "protection.contacts_shown", "capture.viewed", "capture.downloaded")
MANY: Final = 20  # looks of a day that are told, and each time as many again
NOTICE: Final = "many_looks"
LIST_NOTICE: Final = "list_shown"
WORK: Final = "triage"  # the purpose of a lease, see triage.leases
# With that purpose no look: it is given by a lease alone. Whoever opens an indicator may choose a word of the same letters.
_OF_A_LEASE: Final = ("contact.shown", "capture.viewed", "capture.downloaded")


def log(
    verb: str, *, target: Any, by: models.Person, now: datetime, after: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> None:
    """Writes the look down, inside the transaction of the act, and tells the supervisors at each MANYth of the person's day."""
    audit.write(verb, by=by, now=now, target=target, before=before, after=after)
    if verb in _OF_A_LEASE and after.get("purpose") == WORK:
        return
    many = today(by, now)  # exact: the log is locked until this transaction ends
    if many % MANY == 0:
        models.Notice.objects.bulk_create(models.Notice(kind=NOTICE, person=one, by=by, at=now, note=str(many)) for one in answering(by))


def log_list(key: str, *, shown: int, by: models.Person, now: datetime, after: Mapping[str, Any]) -> None:
    """Writes down that somebody took a list with its contacts in full, and tells the supervisors: it is more than one look.

    `shown`: its rows that are not masked all the same; where there is none, nobody is told.
    """
    audit.write("list.shown", by=by, now=now, target=("list", key), after=after)
    if not shown:
        return
    told = (models.Notice(kind=LIST_NOTICE, person=one, by=by, at=now, note=str(shown)) for one in answering(by))
    models.Notice.objects.bulk_create(told)


def today(person: models.Person, now: datetime) -> int:
    """How often this person has looked since midnight, in the zone of the screen. One query."""
    start = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))
    made = models.AuditEntry.objects.filter(actor_id=person.pk, at__gte=start, at__lte=now, verb__in=VERBS)
    return made.exclude(verb__in=_OF_A_LEASE, after__contains={"purpose": WORK}).count()


def each_day(person: models.Person, since: datetime) -> dict[date, int]:
    """How often contacts were shown to this person in full since then, those of their leases too, by day in the zone of the screen. One
    query."""
    shown = models.AuditEntry.objects.filter(actor_id=person.pk, at__gte=since, verb__in=VERBS)
    return dict(shown.annotate(day=TruncDate("at")).values_list("day").annotate(many=Count("pk")))


def answering(by: models.Person) -> list[models.Person]:
    """The supervisors of the person's office, else those of the directorate; nobody is told of themselves."""
    active = models.Person.objects.filter(is_active=True, role=models.Role.SUPERVISOR).exclude(pk=by.pk).order_by("id")
    near = list(active.filter(office=by.office_id))
    return near or list(active.filter(office__kind=models.OfficeKind.DIRECTORATE))


# Contacts that stand in any post of somebody harmed, whoever gave them there: none is named on a start page as what many posts give. What
# guards contacts, below, is narrower: it leaves those of advertisers open.
BESIDE_HARMED: Final = """
SELECT o.indicator_id FROM patrol_protected h JOIN patrol_flag f ON f.id = h.flag_id JOIN patrol_sighting o ON o.post_id = f.post_id"""

# Of these contacts those of somebody harmed, with the offices that protect them: the account that wrote a protected post, and numbers that
# stand in one, unless they are trusted or somebody else offers work by them in words of their own: such posts quote the advertiser's.
_HARMED = """
SELECT i.id, array_agg(DISTINCT k.office_id)
FROM patrol_indicator i
CROSS JOIN LATERAL (SELECT post_id, role FROM patrol_sighting WHERE indicator_id = i.id ORDER BY post_id DESC LIMIT %(newest)s) s
JOIN patrol_flag f ON f.post_id = s.post_id JOIN patrol_protected k ON k.flag_id = f.id
WHERE i.id IN ({these}) AND (s.role = 'author' OR i.kind = ANY(%(numbers)s) AND NOT EXISTS (
    SELECT FROM (
        SELECT post_id, role FROM patrol_sighting WHERE indicator_id = i.id ORDER BY post_id DESC LIMIT %(newest)s) o
    LEFT JOIN patrol_flag g ON g.post_id = o.post_id
    WHERE o.role = 'contact' AND g.row_key IS DISTINCT FROM f.row_key
      AND NOT EXISTS (SELECT FROM patrol_protected WHERE flag_id = g.id)
      AND NOT EXISTS (
          SELECT FROM patrol_sighting a JOIN patrol_sighting b ON b.indicator_id = a.indicator_id AND b.role = 'author'
          WHERE a.post_id = o.post_id AND a.role = 'author' AND b.post_id = f.post_id))
  AND NOT EXISTS (SELECT FROM patrol_trusted t WHERE t.indicator_id = i.id AND t.approved_at IS NOT NULL AND t.ended_at IS NULL))
GROUP BY i.id
"""
_PROTECTING = "UNION ALL SELECT 0, ARRAY[office_id] FROM patrol_protected WHERE flag_id = %(flag)s"
_OF_FLAG = _HARMED.format(these="SELECT indicator_id FROM patrol_sighting WHERE post_id = %(post)s") + _PROTECTING
_OF_POSTS = _HARMED.format(these="SELECT indicator_id FROM patrol_sighting WHERE post_id = ANY(%(posts)s)")
_OF_SEVERAL = _HARMED.format(these="SELECT unnest(%(indicators)s)")
_NUMBERS: Final = ("phone", "bank_account", "email")
NEWEST: Final = 1000  # posts of a contact that are looked through: what stands in more is nobody's private number


def _harmed(sql: str, **of: int | list[int]) -> dict[int, set[int]]:
    """Contacts of somebody harmed, by id, with the offices that protect them; under 0 the office that protects the flag itself."""
    wanted: dict[str, Any] = {"numbers": list(_NUMBERS), "newest": NEWEST, **of}
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        return {key: set(offices) for key, offices in cursor.fetchall()}


def of_harmed(indicator_ids: Collection[int]) -> set[int]:
    """Which of these contacts are those of somebody harmed: they go into no request about a suspect. One query, else none."""
    return set(_harmed(_OF_SEVERAL, indicators=list(indicator_ids))) if indicator_ids else set()


def beside_harmed(indicator_ids: Collection[int]) -> set[int]:
    """Which of these contacts stand in a post of somebody harmed. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{BESIDE_HARMED} WHERE o.indicator_id = ANY(%s)", [list(indicator_ids)])
        return {key for (key,) in cursor.fetchall()}


def harmed(flag: models.Flag) -> bool:
    """Whether this is the post of somebody harmed, or holds a contact of theirs: whoever works on it asks for its contacts with a purpose,
    as everybody does. One query."""
    with connection.cursor() as cursor:
        wanted = {"numbers": list(_NUMBERS), "newest": NEWEST, "post": flag.post_id, "flag": flag.pk}
        prepared.execute(cursor, _OF_FLAG, wanted)
        return cursor.fetchone() is not None


def require(flag: models.Flag, *, by: models.Person, marked: bool = True) -> None:
    """Whether the contacts of this flag may be shown to the person. Raises PermissionDenied.

    While it is undecided, to any office, for a purpose; once decided, to its own office and the directorate. Whoever protects somebody
    harmed sees them, and no other office, in any post they stand in: to those the flag is one that was dismissed, like any other.
    `marked` False where the caller knows that none of its contacts stands in a protected post. One query, else none.
    """
    access.require(by, Action.CONTACT_SHOW, office_id=flag.office_id)
    if access.may(by, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return
    harmed = _harmed(_OF_FLAG, post=flag.post_id, flag=flag.pk) if marked else {}
    protecting = harmed.pop(0, None)
    if flag.decided_at is not None:
        access.require(by, Action.CONTACT_SHOW_DECIDED, office_id=min(protecting) if protecting else flag.office_id)
    if protecting is None and any(by.office_id not in offices for offices in harmed.values()):
        raise PermissionDenied("a contact of somebody harmed")


def may_flag(flag: models.Flag, person: models.Person, *, marked: bool = True) -> bool:
    try:
        require(flag, by=person, marked=marked)
    except PermissionDenied:
        return False
    return True


def may_indicator(indicator: models.Indicator, person: models.Person) -> bool:
    """Whether the value may be shown to the person: where one of its posts is open to them as above, or has no flag; never that of
    somebody harmed whom another office protects. Two queries."""
    return indicator.pk in open_indicators([indicator.pk], person)


def open_indicators(keys: Collection[int], person: models.Person) -> set[int]:
    """Of these contacts those whose value may be shown to the person, as of one. Two queries however many, else none."""
    if not keys or not access.may(person, Action.CONTACT_SHOW):
        return set()
    if access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return set(keys)
    harmed = _harmed(_OF_SEVERAL, indicators=list(keys))
    free = {key for key in keys if person.office_id in harmed.get(key, {person.office_id})}
    seen = models.Sighting.objects.filter(indicator=OuterRef("pk"))
    own = Q(post__flag__office=person.office_id, post__flag__protected=None)
    protected = Q(post__flag__protected__office=person.office_id)
    undecided = Q(post__flag=None) | Q(post__flag__decided_at=None)
    asked = models.Indicator.objects.filter(pk__in=free).annotate(open=Exists(seen.filter(undecided | own | protected)), seen=Exists(seen))
    return {key for key, open_to_them, anywhere in asked.values_list("pk", "open", "seen") if open_to_them or not anywhere}


def open_posts(posts: Collection[models.Post], person: models.Person) -> set[int]:
    """Of these posts, loaded with their flags, those whose contacts may be shown to the person: as `require` says of each flag. A post
    without one is as one that nobody decided. Three queries however many, else none."""
    if not access.may(person, Action.CONTACT_SHOW):
        return set()
    keys = [post.pk for post in posts]
    if access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return set(keys)
    protecting: dict[int, int] = {}
    for post_id, office_id in models.Protected.objects.filter(flag__post__in=keys).values_list("flag__post", "office_id"):
        protecting[post_id] = min(office_id, protecting.get(post_id, office_id))
    harmed = [key for key, offices in _harmed(_OF_POSTS, posts=keys).items() if person.office_id not in offices]
    of_others = set(models.Sighting.objects.filter(post__in=keys, indicator__in=harmed).values_list("post", flat=True))
    found = set()
    for post in posts:
        flag = getattr(post, "flag", None)
        decided = flag is not None and flag.decided_at is not None
        its = protecting.get(post.pk, flag.office_id if flag is not None else access.NO_OFFICE)
        if decided and not access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=its):
            continue
        if post.pk in protecting or post.pk not in of_others:
            found.add(post.pk)
    return found
