"""What a referral asked about and comes back under another name: found by a sweep, told once, answered by a person.

For each link of a referral that was sent, the flags whose posts came after it and are tied to it: by a contact or a picture that ties posts
in `campaigns`, by nearly the same text, by the campaign. One that waits for a decision counts, so that nobody has to come upon it by
chance; one that was dismissed does not. Finding one changes nothing but the timeline: the next round and the opening of a closed case are a
person's act, and confirmed flags alone go into it. A database that is asked again finds the same: what was told is told once.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import homes, moving, proposing, referrals
from patrol.domain import LAW_ZONE
from patrol.domain.referrals import ItemKind
from patrol.domain.states import FlagState, ReferralState
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, ComeBackOutcome

CAMPAIGN: Final = "campaign"  # beside the kinds of domain.TieKind
COUNTED: Final = (FlagState.WAITING, FlagState.NEEDS_INFORMATION, FlagState.CONFIRMED)
FOLLOWED: Final = timedelta(days=180)  # how long after it was sent a referral is asked for. Docs: docs/roles/analis.md.
AT_ONCE: Final = 500  # told of by one sweep
SHOWN: Final = 50  # on a page
_SEVERAL: Final = 10  # ties kept of one post

# A contact or picture counts only where `campaigns` took it for one that ties: a tie by it stands, which nobody cut. What came after the
# next round was sent is told there, if it is tied to that one too. Each mark, row and campaign of a referral is looked for once.
_FOUND: Final = """
WITH asked AS MATERIALIZED (
    SELECT r.id AS referral, r.case_id, r.channel, r.sent_at, f.id AS flag, f.post_id, f.row_key
    FROM patrol_referral r JOIN patrol_referralitem i ON i.referral_id = r.id AND i.kind = 'link' JOIN patrol_flag f ON f.id = i.flag_id
    WHERE r.sent_at > %(since)s AND r.state <> 'withdrawn' AND r.corrects_id IS NULL AND f.state = 'confirmed'
      AND (%(case)s::bigint IS NULL OR r.case_id = %(case)s)
), marks AS (
    SELECT a.referral, m.key, min(a.flag) AS flag, min(a.post_id) AS post_id
    FROM asked a JOIN patrol_postmark m ON m.post_id = a.post_id AND NOT m.void AND m.kind <> 'agency'
    WHERE NOT EXISTS (SELECT FROM patrol_postmark g WHERE g.key = m.key AND g.kind = 'agency' AND NOT g.void)
    GROUP BY 1, 2
), tied AS (
    SELECT a.referral, a.flag, n.post_id, n.kind, n.indicator_id AS what
    FROM marks a JOIN patrol_postmark n ON n.key = a.key AND NOT n.void AND n.kind <> 'agency' AND n.post_id > a.post_id
    WHERE NOT EXISTS (SELECT FROM patrol_trusted t WHERE t.indicator_id = n.indicator_id
          AND t.approved_at IS NOT NULL AND t.ended_at IS NULL AND t.expires_on >= %(today)s)
      AND (EXISTS (SELECT FROM patrol_tie t WHERE t.later_id = n.post_id AND t.key = a.key AND t.state <> 'cut')
        OR EXISTS (SELECT FROM patrol_tie t WHERE t.earlier_id = n.post_id AND t.key = a.key AND t.state <> 'cut'))
    UNION ALL
    SELECT a.referral, a.flag, t.later_id, t.kind, NULL
    FROM asked a JOIN patrol_tie t ON t.earlier_id = a.post_id AND t.kind = 'text' AND t.state <> 'cut'
    UNION ALL
    SELECT a.referral, a.flag, g.post_id, 'text', NULL
    FROM (SELECT referral, row_key, min(flag) AS flag, min(post_id) AS post_id FROM asked GROUP BY 1, 2) a
    JOIN patrol_flag g ON g.row_key = a.row_key AND g.post_id > a.post_id
    UNION ALL
    SELECT a.referral, a.flag, l.post_id, 'campaign', a.campaign_id
    FROM (SELECT s.referral, o.campaign_id, min(s.flag) AS flag, min(s.post_id) AS post_id
          FROM asked s JOIN patrol_linkedpost o ON o.post_id = s.post_id GROUP BY s.referral, o.campaign_id) a
    JOIN patrol_linkedpost l ON l.campaign_id = a.campaign_id AND l.post_id > a.post_id
), near AS (
    SELECT t.referral, t.flag, t.kind, t.what, g.id AS seen, LEAST(p.posted_at, p.first_seen) AS came
    FROM tied t JOIN patrol_flag g ON g.post_id = t.post_id JOIN patrol_post p ON p.id = t.post_id
    WHERE g.state = ANY(%(counted)s) AND p.url ~ '^https?://' AND length(p.url) <= 2000
)
SELECT r.id, n.seen, jsonb_agg(DISTINCT jsonb_build_object('kind', n.kind, 'what', n.what, 'flag', n.flag))
  FROM near n JOIN patrol_referral r ON r.id = n.referral
 WHERE n.came > r.sent_at
   AND NOT EXISTS (SELECT FROM patrol_comeback k WHERE k.referral_id = r.id AND k.flag_id = n.seen)
   AND NOT EXISTS (SELECT FROM patrol_protection x WHERE x.flag_id = n.seen)
   AND NOT EXISTS (SELECT FROM patrol_referralitem i JOIN patrol_referral o ON o.id = i.referral_id
        WHERE i.flag_id = n.seen AND i.kind = 'link' AND o.case_id = r.case_id AND o.channel = r.channel AND o.state <> 'withdrawn')
   AND NOT EXISTS (SELECT FROM near m JOIN patrol_referral l ON l.id = m.referral
        WHERE l.before_id = r.id AND m.seen = n.seen AND m.came > l.sent_at)
 GROUP BY r.id, n.seen ORDER BY r.id, n.seen LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class _Again:
    referral: int
    flag: int
    ties: list[dict[str, Any]]


def _found(now: datetime, *, case: int | None) -> list[_Again]:
    """What is to be told. One query, which asks for nothing more where no referral was sent."""
    given: dict[str, Any] = {
        "since": now - FOLLOWED,
        "today": now.astimezone(LAW_ZONE).date(),
        "counted": [str(one) for one in COUNTED],
        "case": case,
        "limit": AT_ONCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, given)
        return [_Again(referral, flag, _kept(ties)) for referral, flag, ties in cursor.fetchall()]


def _kept(ties: Any) -> list[dict[str, Any]]:
    """Each kind once before any twice; the campaign says nothing more where something else ties them."""
    rows = [{key: value for key, value in row.items() if value is not None} for row in json.loads(ties)]
    rows = [row for row in rows if row["kind"] != CAMPAIGN] or rows
    once: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["kind"], row.get("what", 0), row["flag"])):
        once.setdefault((row["kind"], row.get("what")), row)
    return list(once.values())[:_SEVERAL]


# --- told -------------------------------------------------------------------------------------------


def tell(*, now: datetime) -> int:
    """Keeps what came back since, with one notice a referral. Returns how many. One query where nothing did."""
    by_referral = {one.referral for one in _found(now, case=None)}
    of = (
        models.Referral.objects.filter(pk__in=by_referral).order_by("case").values_list("case", flat=True).distinct() if by_referral else ()
    )
    return sum(_tell(case_id, now) for case_id in of)


def _tell(case_id: int, now: datetime) -> int:
    with transaction.atomic():
        keys = homes.way(case_id)
        rows = models.Case.objects.select_related("office").select_for_update(of=("self",), no_key=True, skip_locked=True)
        held = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
        if len(held) < len(keys):  # somebody works on it: the next sweep
            return 0
        case = held[case_id]
        home = homes.of(case)
        found = _found(now, case=case.pk)
        if not found:  # another sweep was faster
            return 0
        about = models.Referral.objects.select_related("sent_by__office").in_bulk({one.referral for one in found})
        numbers = dict(models.Flag.objects.filter(pk__in=[one.flag for one in found]).values_list("pk", "number"))
        models.ComeBack.objects.bulk_create(
            models.ComeBack(referral_id=one.referral, flag_id=one.flag, ties=one.ties, at=now) for one in found
        )
        for timeline in {home.pk: home, case.pk: case}.values():
            of = homes.asked_in(timeline, case)
            told_of = {"case": timeline, "other": of, "kind": CaseEventKind.SEEN_AGAIN, "at": now, "by": None}
            models.CaseEvent.objects.bulk_create(
                models.CaseEvent(flag_id=one.flag, note=about[one.referral].number, **told_of) for one in found
            )
        flags: dict[int, list[int]] = defaultdict(list)
        for one in found:
            flags[one.referral].append(one.flag)
        for key, seen in flags.items():
            referral = about[key]
            models.Notice.objects.create(kind="referral_back", referral=referral, at=now, note=str(len(seen)), **_whose(referral, case))
            told = {"number": referral.number, "flags": [numbers[flag] for flag in seen]}
            audit.write("case.seen_again", by=None, now=now, target=home, after=told)
    return len(found)


def _whose(referral: models.Referral, case: models.Case) -> dict[str, Any]:
    """Who is told: whoever sent it, else their side."""
    sender = referral.sent_by
    if sender is not None and sender.is_active:
        return {"person": sender}
    return {"office": moving.directorate() if sender is not None and sender.at_directorate else case.office}


# --- shown ------------------------------------------------------------------------------------------


def waiting(of: Q) -> QuerySet[models.ComeBack]:
    """Those nobody answered; what stood in a round that was withdrawn waits again. `of`: which referral or case."""
    answered = models.ComeBackAnswer.objects.filter(come_back=OuterRef("pk")).exclude(following__state=ReferralState.WITHDRAWN)
    found = models.ComeBack.objects.filter(of, ~Exists(answered), flag__state__in=COUNTED)
    return found.exclude(referral__state=ReferralState.WITHDRAWN)


# --- answered ---------------------------------------------------------------------------------------


def begin(*, referral_id: int, ids: Sequence[int], by: models.Person, now: datetime) -> models.Referral:
    """The next round with the links of these, and in one sentence why; a closed case is opened again, at whoever referred it.

    Flags of the case's office that are in no case come into this one, or into where it went. Nothing leaves the house. Raises
    RefusedError, PermissionDenied, Referral.DoesNotExist.
    """
    found = _writable(referral_id, by)
    with transaction.atomic():
        homes.hold(found.case_id)
        rows = _asked(found, ids)
        flags = models.Flag.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[row.flag_id for row in rows])
        with wall.everything("links of posts that came back are asked about, whichever office flagged them"):
            seen = {flag.pk: flag for flag in flags.select_related("post", "case_entry").order_by("pk")}
        for flag in seen.values():
            if flag.state != FlagState.CONFIRMED:
                text = _("Nothing was changed: %(number)s is not confirmed. Decide on it first.")
                raise RefusedError("come_back.not_confirmed", text, number=flag.number)
        why = sentence(found, rows)
        number = referrals.next_number(found, now=now, into_draft=True)
        case = referrals.open_again(found, f"{found.number}: {why}", by=by, now=now)
        offices = {case.office_id, found.case.office_id}
        free = [flag for flag in seen.values() if flag.office_id in offices and not hasattr(flag, "case_entry")]
        if free and access.may(by, Action.CASE_NOTE, office_id=case.office_id):
            moving.put_in(case, free, by=by, now=now)
            audit.write("case.flags_added", by=by, now=now, target=case, after={"flags": [flag.number for flag in free]})
        items = [
            models.ReferralItem(kind=ItemKind.LINK, value=flag.post.url, mark=proposing.mark(ItemKind.LINK, flag.post.url), flag=flag)
            for flag in seen.values()
        ]
        made = referrals.follow(found, items, why, number=number, by=by, now=now)
        _answer(rows, ComeBackOutcome.ASKED, by=by, now=now, following=made)
        return made


def deny(*, referral_id: int, ids: Sequence[int], reason: str, by: models.Person, now: datetime) -> models.Referral:
    """These are something else, for a reason, which stands in the timelines of the referral, of its case and of where that went. Raises as
    `begin` does."""
    reason = moving.noted(reason)
    found = _writable(referral_id, by)
    with transaction.atomic():
        case = homes.hold(found.case_id)
        rows = _asked(found, ids)
        for timeline in {case.pk: case, found.case_id: found.case}.values():
            of = homes.asked_in(timeline, found.case)
            told_of = {"case": timeline, "other": of, "kind": CaseEventKind.NOT_AGAIN, "at": now, "by": by}
            models.CaseEvent.objects.bulk_create(
                models.CaseEvent(flag_id=row.flag_id, note=f"{found.number}: {reason}", **told_of) for row in rows
            )
        referrals.deny(found, reason, by=by, now=now)
        numbers = list(models.Flag.objects.filter(come_backs__in=rows).order_by("pk").values_list("number", flat=True))
        audit.write("case.not_again", by=by, now=now, target=case, after={"number": found.number, "flags": numbers})
        _answer(rows, ComeBackOutcome.OTHER, by=by, now=now, reason=reason)
        return found


def _writable(referral_id: int, by: models.Person) -> models.Referral:
    found = models.Referral.objects.select_related("case", "sent_by__office").get(pk=referral_id)
    access.require(by, Action.REFERRAL_WRITE, office_id=found.case.office_id)
    referrals.require_sender(found.from_directorate, by)
    return found


def _asked(found: models.Referral, ids: Sequence[int]) -> list[models.ComeBack]:
    """The chosen ones, with the case locked: of two people at once the second finds them answered."""
    rows = list(waiting(Q(referral=found, pk__in=ids)).order_by("pk"))
    if not rows or len(rows) != len(set(ids)):
        raise RefusedError("come_back.chosen", _("Nothing was changed: choose posts that nobody has answered yet."), "come_back")
    return rows


def _answer(rows: Iterable[models.ComeBack], outcome: ComeBackOutcome, *, by: models.Person, now: datetime, **more: Any) -> None:
    models.ComeBackAnswer.objects.bulk_create(models.ComeBackAnswer(come_back=row, outcome=outcome, by=by, at=now, **more) for row in rows)


def sentence(found: models.Referral, rows: Sequence[models.ComeBack]) -> str:
    """Why the new lines follow the old ones: for the packet, and so in Indonesian."""
    ways = {**proposing.TIES, CAMPAIGN: "jaringan yang sama"}
    many = Counter(kind for row in rows for kind in {tie["kind"] for tie in row.ties})
    why = ", ".join(f"{ways.get(kind, kind)} ({count})" for kind, count in many.most_common())
    day = f"{found.sent_at.astimezone(LAW_ZONE):%d-%m-%Y}" if found.sent_at else ""
    return f"Muncul kembali dengan nama lain sesudah rujukan {found.number} dikirim pada {day}: {why}."
