"""Digests rather than floods: what was found for a person leaves in one message a way, when it is due, and says how many of what.

A message says counts, numbers of cases, offices of webhooks and where the workbench is; no contact, no word of a post, no name. It is
written by the job from what the person may see then: what somebody else has seen to, or they may no longer see, is not told, and where
nothing is left no message leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.cases import referrals
from patrol.domain import Level
from patrol.domain.states import BulkState, FlagState, ReferralState
from patrol.models import TipSince, Way
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Letter
from patrol.telling.choices import Choice, Kind, Listener, When
from patrol.telling.finding import DIFFERENCE, DRAW, FLAG, NOTICE, NOTICES, REFERRAL, URGENT, WATCH
from patrol.triage import notices, quality
from patrol.watches import wellbeing

BACK: Final = notices.WEBHOOKS[3]
KIND: Final = mailing.GATHERED  # of settings.LETTERS
APART: Final = timedelta(minutes=10)  # between two messages to one person by one way
MOST_NUMBERS: Final = 10  # of cases, named in a line
AT_ONCE: Final = 5_000  # things of one person and way in a message


def until(when: When, now: datetime, choice: Choice) -> datetime | None:
    """What was found before then is told now; None: nothing is. Both on the clock of the person's office."""
    if when == When.DAILY:
        hour = now.replace(hour=choice.hour, minute=0, second=0, microsecond=0)
        return hour if hour <= now else hour - timedelta(days=1)
    if is_quiet(now, choice.quiet):
        return None
    return now + timedelta(seconds=1) if when == When.NOW else now.replace(minute=0, second=0, microsecond=0)


def is_quiet(now: datetime, quiet: tuple[int, int] | None) -> bool:
    if quiet is None:
        return False
    begins, ends = quiet
    return begins <= now.hour < ends if begins < ends else now.hour >= begins or now.hour < ends


# Of each person and way by themselves: what is kept for a later hour, however much, stands in front of nothing that is due. Whose kind is
# not among the wanted ones turned it off since, or is no longer to be reached.
_WAITING: Final = """
SELECT t.person_id, t.way, w.kind IS NOT NULL, (array_agg(t.id ORDER BY t.id))[1:%(most)s]
FROM patrol_told t
LEFT JOIN unnest(%(people)s::bigint[], %(ways)s::text[], %(kinds)s::text[], %(untils)s::timestamptz[]) AS w (person, way, kind, until)
  ON w.person = t.person_id AND w.way = t.way AND w.kind = t.kind
WHERE t.dispatch_id IS NULL AND (w.kind IS NULL OR t.at < w.until)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def send(listeners: Mapping[int, Listener], *, now: datetime) -> int:
    """Asks for the messages that are due. Returns how many. One query where nothing waits, none where nobody listens."""
    if not listeners:
        return 0
    found = _waiting(listeners, now)
    unwanted = [pk for _person, _way, wanted, keys in found if not wanted for pk in keys]
    if unwanted:
        models.Told.objects.filter(pk__in=unwanted, dispatch=None).delete()
    ready = {(person, way): keys for person, way, wanted, keys in found if wanted}
    if not ready:
        return 0
    lately = models.Dispatch.objects.filter(kind=KIND, person__in={person for person, _way in ready}, asked_at__gt=now - APART)
    told = set(lately.values_list("person_id", "way").annotate(Max("asked_at")).order_by().values_list("person_id", "way"))
    return sum(_ask(person, Way(way), keys, now) for (person, way), keys in ready.items() if (person, way) not in told)


def _waiting(listeners: Mapping[int, Listener], now: datetime) -> list[tuple[int, str, bool, list[int]]]:
    """(person, way, whether it is wanted, ids): what is due, and what nobody wants any more."""
    wanted = [
        (key, str(way), str(kind), until(one.when, now.astimezone(listener.zone), listener.choice))
        for key, listener in listeners.items()
        for kind, one in listener.choice.kinds.items()
        for way in listener.by(kind)
    ]
    given = {name: [row[n] for row in wanted] for n, name in enumerate(("people", "ways", "kinds", "untils"))}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"most": AT_ONCE, **given})
        return list(cursor.fetchall())


def _ask(person_id: int, way: Way, keys: Iterable[int], now: datetime) -> int:
    """One message of these; none where another sweep takes them just now."""
    with transaction.atomic():
        rows = models.Told.objects.select_for_update(skip_locked=True).filter(pk__in=list(keys), dispatch=None).order_by("id")
        held = [one.pk for one in rows]
        if not held:
            return 0
        made = mailing.ask(KIND, f"{person_id} {way} {held[0]} {now.isoformat()}", person_id=person_id, target={}, now=now, way=way)
        if made is None:
            return 0
        models.Told.objects.filter(pk__in=held).update(dispatch=made)
        return 1


# --- what it says -----------------------------------------------------------------------------------

_URGENT = ngettext_lazy(
    "%(count)s urgent report of the public waits: somebody is in danger or abroad",
    "%(count)s urgent reports of the public wait: somebody is in danger or abroad",
    "count",
)
_HIGH = ngettext_lazy("%(count)s new high flag in the queue", "%(count)s new high flags in the queue", "count")
_CASES = ngettext_lazy("%(count)s case past its time", "%(count)s cases past their time", "count")
_REFERRALS = ngettext_lazy("%(count)s referral without an answer in time", "%(count)s referrals without an answer in time", "count")
_WATCHES = ngettext_lazy("%(count)s watch fails", "%(count)s watches fail", "count")
_SYSTEMS = ngettext_lazy(
    "%(count)s webhook is paused, has ended or does not arrive", "%(count)s webhooks are paused, have ended or do not arrive", "count"
)
_BACK = ngettext_lazy("%(count)s webhook sends again", "%(count)s webhooks send again", "count")
_MESSAGES = ngettext_lazy("%(count)s case with a new message", "%(count)s cases with a new message", "count")
_APPROVALS = ngettext_lazy("%(count)s thing waits for your word", "%(count)s things wait for your word", "count")
_LOOKS = ngettext_lazy("%(count)s decision to look at a second time", "%(count)s decisions to look at a second time", "count")
_DIFFER = ngettext_lazy(
    "%(count)s decision that two people see differently", "%(count)s decisions that two people see differently", "count"
)


def letter(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """Written by the job. `dispatch.person` comes with their office."""
    person = dispatch.person
    refs: dict[str, set[int]] = defaultdict(set)
    for what, ref in dispatch.told.values_list("what", "ref"):
        refs[what].add(ref)
    found: list[tuple[Any, int, list[str]]] = [
        (_URGENT, _urgent(person, refs[NOTICE]), []),
        (_HIGH, _flags(person, refs[FLAG]), []),
        *_of_notices(person, refs[NOTICE]),
        (_REFERRALS, *_overdue(person, refs[REFERRAL], now)),
        (_WATCHES, _failing(person, refs[WATCH]), []),
        (_LOOKS, quality.to_review(person).filter(pk__in=refs[DRAW]).count() if refs[DRAW] else 0, []),
        (_DIFFER, quality.to_settle(person).filter(pk__in=refs[DIFFERENCE]).count() if refs[DIFFERENCE] else 0, []),
    ]
    lines = [_line(words, many, numbers) for words, many, numbers in found if many]
    if not lines:
        return None
    site = mailing.link(reverse("admin:index"))
    ends = [str(_("Open: %(site)s") % {"site": site})] if site else []
    ends.append(str(_("What you are told, how and when: in SIPatrol, “Notices outside SIPatrol”.")))
    head = f"SIPatrol, {person.office.short_name}"
    return Letter(str(_("SIPatrol: notices")), "\n".join([head, "", *lines, "", *ends, ""]))


def _line(words: Any, many: int, numbers: list[str]) -> str:
    shown = ", ".join(numbers[:MOST_NUMBERS]) + (", …" if len(numbers) > MOST_NUMBERS else "")
    return f"- {words % {'count': many}}" + (f": {shown}" if shown else "")


def _flags(person: models.Person, refs: set[int]) -> int:
    if not refs or not access.may(person, Action.FLAG_DECIDE, office_id=person.office_id):
        return 0
    return models.Flag.objects.filter(pk__in=refs, level=Level.HIGH, state=FlagState.WAITING, office=person.office_id).count()


def _urgent(person: models.Person, refs: set[int]) -> int:
    """Reports that still wait for an officer, whoever has read the notice: that is no answer to somebody in danger."""
    if not refs or not access.may(person, Action.TIP_VIEW, office_id=person.office_id):
        return 0
    digits = notices.of(person).filter(pk__in=refs, kind=URGENT, office=person.office_id).values("note")
    reports = models.Tip.objects.filter(Q(danger=True) | Q(since=TipSince.LEFT), office=person.office_id, last_digits__in=digits)
    return reports.filter(waits_since__isnull=False).count()


def _failing(person: models.Person, refs: set[int]) -> int:
    if not refs or not access.may(person, Action.WATCH_VIEW, office_id=person.office_id):
        return 0
    return wellbeing.broken(models.Watch.objects.filter(pk__in=refs, office=person.office_id)).count()


def _overdue(person: models.Person, refs: set[int], now: datetime) -> tuple[int, list[str]]:
    if not refs:
        return 0, []
    rows = models.Referral.objects.filter(referrals.overdue(now), pk__in=refs, from_directorate=person.at_directorate)
    if not person.at_directorate:
        rows = rows.filter(case__office=person.office_id)
    numbers = list(access.scope(person, Action.REFERRAL_SEND, rows).order_by("case__number").values_list("case__number", flat=True))
    return len(numbers), sorted(set(numbers))


def _of_notices(person: models.Person, refs: set[int]) -> list[tuple[Any, int, list[str]]]:
    """Unread ones that are for this person, of what they may see and do now. Names offices beside webhooks: whoever works elsewhere for a
    while hears of their own office's."""
    if not refs:
        return []
    rows = (
        notices.unread(person)
        .filter(pk__in=refs)
        .exclude(kind=URGENT)
        .select_related("case", "referral__case", "objection", "erasure__post__flag", "bulk")
        .order_by("id")
    )
    cases: dict[Kind, set[str]] = defaultdict(set)
    approvals, last = 0, dict[str, str]()
    for row in rows:
        kind, action = NOTICES[row.kind]
        if not access.may(person, action, office_id=_office(row)):
            continue
        if kind == Kind.APPROVALS:
            approvals += _waits(row)
        elif kind == Kind.SYSTEMS:
            last[row.note] = row.kind  # what became of each webhook at last
        elif row.case is not None:
            cases[kind].add(row.case.number)
    late, written = sorted(cases[Kind.CLOCKS]), sorted(cases[Kind.MESSAGES])
    look, back = ([note for note, kind in last.items() if (kind == BACK) == again] for again in (False, True))
    systems = [(_SYSTEMS, len(look), _offices(look)), (_BACK, len(back), _offices(back))]
    return [(_CASES, len(late), late), *systems, (_MESSAGES, len(written), written), (_APPROVALS, approvals, [])]


def _offices(notes: Iterable[str]) -> list[str]:
    """Of webhooks, as their notices name them (sending.tell): behind the host, which stays inside."""
    return sorted({office for note in notes if (office := note.partition(", ")[2])})


def _waits(row: models.Notice) -> bool:
    """Notices of an approval that was given are gone, but for one that somebody is reading just now."""
    if row.bulk is not None:
        return row.bulk.state == BulkState.PROPOSED
    return row.referral is None or row.referral.state == ReferralState.SUBMITTED


def _office(row: models.Notice) -> int:
    """Whose the thing is; where it is about none, any."""
    if row.case is not None:
        return row.case.office_id
    if row.referral is not None:
        return row.referral.case.office_id
    if row.objection is not None:
        return row.objection.office_id
    if row.bulk is not None:
        return row.bulk.office_id
    if row.erasure is not None:
        flag = getattr(row.erasure.post, "flag", None)
        return flag.office_id if flag is not None else access.NO_OFFICE
    return access.ANY_OFFICE
