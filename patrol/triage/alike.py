"""Posts that look like the one on the desk: found, joined into its row of the queue, or told apart for good.

What the machine is sure of shares a row already (pipeline.rows). Here stand the doubtful ones, for a person to say. Joined flags share
the row's one decision, lease and undo: accepting needs no second machinery. What only the account or the campaign has in common is
related, no copy: it is shown and never offered for joining, since who posts twenty jobs posts twenty ads.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from patrol import models
from patrol.access import Action, audit
from patrol.domain import CLEARED, TextKind, states
from patrol.engine.likeness import text
from patrol.infra import prepared
from patrol.triage import leases, together
from patrol.triage.reasons import StaleError

MOST = 6  # cards in the tray; more are proposed when these are answered
FEWEST_WORDS_SHARED = 0.4  # of all words of both, for a text alone to be a reason to ask
_MEMBERS = 300  # of a campaign among which open flags are looked for
_LOOKS = 60  # flags that each ground may bring: a template of a thousand jobs costs no more


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row of the same office that may be the same ad, by its first flag."""

    flag: models.Flag
    contacts: tuple[str, ...]  # kinds of indicators both have: phone, account, …
    picture: bool  # the same pixels
    campaign: str  # number of the campaign both posts belong to; "" none
    ties: tuple[str, ...]  # domain.TieKind of what ties both posts directly in it
    words: float  # share of the words of both that both have, 0 to 1
    joined: bool  # in the row already, by a person
    reads_as: str = ""  # warning, news, plea, lawful: not joined with others at once; "" an offer that may be joined


@dataclass(frozen=True, slots=True)
class Tray:
    """What lies beside a flag: what may be the same ad, and what is related and no copy."""

    alike: tuple[Suggestion, ...]
    related: tuple[Suggestion, ...]

    @property
    def joinable(self) -> tuple[Suggestion, ...]:
        """What joining all takes in."""
        return tuple(one for one in self.alike if not (one.joined or one.reads_as))

    @property
    def left_out(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.alike if one.reads_as and not one.joined)


EMPTY = Tray((), ())


@dataclass(frozen=True, slots=True)
class Joined:
    """`act` names it for `part`; `posts`: how many a decision on the row covers now; `left`: not joined, for what they read as."""

    flag: models.Flag
    act: uuid.UUID
    moved: int  # flags, copies counted
    posts: int
    left: tuple[models.Flag, ...]


# Each ground is looked up by an index and to a bound. `weight` orders the grounds: pixels before a tie before contacts before words.
# OFFSET 0: without it the planner also reads the office's whole queue, to meet those few whose words are alike.
_LIKE = """
WITH mine AS (
    SELECT f.id, f.post_id, f.office_id, f.row_key, r.version_id FROM patrol_flag f
    JOIN patrol_licencecheck c ON c.id = f.current_check_id JOIN patrol_reading r ON r.id = c.reading_id WHERE f.id = %(flag)s
), bands AS (
    SELECT text_bands FROM patrol_flag WHERE row_key = (SELECT row_key FROM mine) AND text_bands <> '{}' ORDER BY id LIMIT 1
), grounds AS (
    (SELECT f.id, '' AS kind, 1 AS weight
        FROM (SELECT id, office_id, state FROM patrol_flagbands WHERE text_bands && (SELECT text_bands FROM bands) OFFSET 0) f
        WHERE f.office_id = (SELECT office_id FROM mine) AND f.state = ANY(%(open)s) LIMIT %(looks)s)
    UNION ALL
    (SELECT f.id, i.kind, CASE i.kind WHEN 'account' THEN 2 ELSE 4 END FROM mine
        JOIN patrol_sighting s ON s.version_id = mine.version_id AND s.role IN ('contact', 'author')
        JOIN patrol_indicator i ON i.id = s.indicator_id
        CROSS JOIN LATERAL (
            SELECT post_id FROM patrol_sighting o WHERE o.indicator_id = s.indicator_id AND o.post_id <> mine.post_id
            ORDER BY o.id DESC LIMIT %(looks)s) o
        JOIN patrol_flag f ON f.post_id = o.post_id AND f.state = ANY(%(open)s) LIMIT %(looks)s)
    {further}
)
SELECT min(f.id), array_agg(DISTINCT g.kind), sum(DISTINCT g.weight)
FROM grounds g JOIN patrol_flag f ON f.id = g.id CROSS JOIN mine
WHERE f.office_id = mine.office_id AND f.row_key <> mine.row_key AND NOT EXISTS (
    SELECT 1 FROM patrol_comparison p JOIN patrol_flag a ON a.id = p.first_id JOIN patrol_flag b ON b.id = p.second_id
    WHERE NOT p.same AND ((a.row_key = mine.row_key AND b.row_key = f.row_key) OR (b.row_key = mine.row_key AND a.row_key = f.row_key)))
GROUP BY f.row_key ORDER BY 3 DESC, 1 LIMIT %(most)s
"""

# Only where there is one: joining what is not there costs the database more to plan than all the rest.
_BY_PICTURE = """
    UNION ALL
    (SELECT f.id, 'picture', 9 FROM mine
        JOIN patrol_media m ON m.version_id = mine.version_id
        JOIN patrol_capture c ON c.id = m.capture_id
        JOIN patrol_pictureread r ON r.sha256 = c.sha256
        JOIN patrol_pictureread same ON same.pixels = r.pixels
        JOIN patrol_capture c2 ON c2.sha256 = same.sha256
        JOIN patrol_media m2 ON m2.capture_id = c2.id
        JOIN patrol_postversion v ON v.id = m2.version_id
        JOIN patrol_flag f ON f.post_id = v.post_id AND f.state = ANY(%(open)s) LIMIT %(looks)s)
"""
_BY_CAMPAIGN = """
    UNION ALL
    (SELECT f.id, 'campaign:' || j.number, 3 FROM mine
        JOIN patrol_linkedpost l ON l.post_id = mine.post_id JOIN patrol_campaign j ON j.id = l.campaign_id
        CROSS JOIN LATERAL (SELECT post_id FROM patrol_linkedpost o WHERE o.campaign_id = l.campaign_id LIMIT %(members)s) o
        JOIN patrol_flag f ON f.post_id = o.post_id AND f.state = ANY(%(open)s) LIMIT %(looks)s)
    UNION ALL
    (SELECT f.id, CASE t.state WHEN 'confirmed' THEN 'sure:' ELSE 'tie:' END || t.kind, 5 FROM mine
        JOIN patrol_linkedpost l ON l.post_id = mine.post_id
        CROSS JOIN LATERAL (
            (SELECT later_id AS post_id, kind, state FROM patrol_tie WHERE earlier_id = mine.post_id AND state <> 'cut' LIMIT %(looks)s)
            UNION ALL
            (SELECT earlier_id, kind, state FROM patrol_tie WHERE later_id = mine.post_id AND state <> 'cut' LIMIT %(looks)s)) t
        JOIN patrol_linkedpost o ON o.post_id = t.post_id AND o.campaign_id = l.campaign_id
        JOIN patrol_flag f ON f.post_id = t.post_id AND f.state = ANY(%(open)s) LIMIT %(looks)s)
"""


def suggestions(flag: models.Flag) -> list[Suggestion]:
    """What may be the same ad as an undecided flag. Three queries."""
    return list(tray(flag).alike)


def tray(flag: models.Flag, *, joined: bool = True, pictures: bool = True, in_campaign: bool = True) -> Tray:
    """What to put beside an undecided flag: first what a person joined already, then what may be alike; and what is related.

    Three queries; one less where the caller knows that nobody `joined` anything to its row, one less where nothing is alike. False too
    where the caller knows that its version has no `pictures`, or its post is not `in_campaign`.
    """
    if flag.state not in states.UNDECIDED:
        return EMPTY
    with connection.cursor() as cursor:
        wanted: dict[str, Any] = {
            "flag": flag.pk,
            "open": sorted(map(str, states.OPEN)),
            "looks": _LOOKS,
            "members": _MEMBERS,
            "most": 3 * MOST,
        }
        further = (_BY_PICTURE if pictures else "") + (_BY_CAMPAIGN if in_campaign else "")
        prepared.execute(cursor, _LIKE.replace("{further}", further), wanted)
        grounds = {key: frozenset(kinds) for key, kinds, _weight in cursor.fetchall()}
    known: set[int] = set()
    if joined:
        others = models.Flag.objects.filter(office=flag.office_id, row_key=flag.row_key, events__kind="joined")
        known = set(others.exclude(pk=flag.pk).order_by("id").values_list("pk", flat=True)[:MOST])
    if not (known or grounds):
        return EMPTY
    rows = _compared_rows([flag.pk, *known, *grounds])
    own = rows[flag.pk].sketch
    alike: list[Suggestion] = []
    related: list[Suggestion] = []
    for key in (*sorted(known), *grounds):
        kinds = grounds.get(key, frozenset())
        row = rows[key]
        ties = tuple(sorted(kind.split(":")[1] for kind in kinds if kind.startswith(("tie:", "sure:"))))
        sure = {kind.removeprefix("sure:") for kind in kinds if kind.startswith("sure:")} - _BY_ACCOUNT
        campaign = next((kind.removeprefix("campaign:") for kind in sorted(kinds) if kind.startswith("campaign:")), "")
        contacts = tuple(sorted(kind for kind in kinds - {"", "picture"} if ":" not in kind))
        # A tie counts once a person confirmed it: a proposed one is what the machine thinks of the ring, not of these two.
        plainly = bool(key in known or sure or set(contacts) - {"account"} or "picture" in kinds)
        if len(alike) == MOST and (plainly or len(related) == MOST):
            continue  # what no card says need not be compared word by word
        words = _shared(own, row.sketch)
        group = alike if plainly or words >= FEWEST_WORDS_SHARED else related if campaign or contacts else None
        if group is not None and len(group) < MOST:
            group.append(Suggestion(row.flag, contacts, "picture" in kinds, campaign, ties, words, key in known, row.reads_as))
    return Tray(tuple(alike), tuple(related))


_BY_ACCOUNT = {"account", "author", "handle"}

# What a card says, what the post reads as, and the words that are compared. Of the flag and of its post in the order of their columns.
# Dictionaries, for Django asks of each column of the model whether it is among them.
_FLAG = dict.fromkeys(("id", "number", "post_id", "office_id", "state", "level", "level_rank", "gist_id", "gist_en", "row_key"))
_POST = dict.fromkeys(("id", "platform", "posted_at", "first_seen"))
_ROWS = f"""
SELECT {", ".join(f"f.{name}" for name in _FLAG)}, {", ".join(f"p.{name}" for name in _POST)}, c.verdict, c.contact_own, r.text_kind, t.text
FROM patrol_flag f JOIN patrol_post p ON p.id = f.post_id JOIN patrol_licencecheck c ON c.id = f.current_check_id
JOIN patrol_reading r ON r.id = c.reading_id LEFT JOIN patrol_posttext t ON t.version_id = r.version_id
WHERE f.id = ANY(%(flags)s)
"""  # noqa: S608 -- our own names


class _Row:
    """`columns` of _ROWS. What only a card says, and what is only compared, is made where it is asked for."""

    def __init__(self, columns: tuple[Any, ...]) -> None:
        *self._columns, verdict, contact_own, text_kind, self._said = columns
        self.reads_as = _reads(verdict, contact_own, text_kind)

    @property
    def flag(self) -> models.Flag:
        """With its post, both loaded as far as a card says them."""
        flag = models.Flag.from_db(connection.alias, _FLAG, self._columns[: len(_FLAG)])
        flag.post = models.Post.from_db(connection.alias, _POST, self._columns[len(_FLAG) :])
        return flag

    @property
    def sketch(self) -> text.Sketch | None:
        return None if self._said is None else text.sketch(self._said)


def _compared_rows(flag_ids: list[int]) -> dict[int, _Row]:
    with connection.cursor() as cursor:
        prepared.execute(cursor, _ROWS, {"flags": flag_ids})
        return {columns[0]: _Row(columns) for columns in cursor.fetchall()}


_NO_OFFERS = {TextKind.WARNING: "warning", TextKind.NEWS: "news", TextKind.PLEA: "plea"}


def _reads_as(flag: models.Flag) -> str:
    """What speaks against deciding it with others unread: that it is no offer, or one that the register covers."""
    check = flag.current_check
    return _reads(check.verdict, check.contact_own, check.reading.text_kind)


def _reads(verdict: str, contact_own: bool | None, text_kind: str) -> str:
    if verdict in CLEARED and contact_own is not False:
        return "lawful"
    return _NO_OFFERS.get(text_kind, "")  # type: ignore[call-overload, no-any-return]


def _shared(one: text.Sketch | None, other: text.Sketch | None) -> float:
    if one is None or other is None:
        return 0.0
    return len(one.words & other.words) / (len(one.words | other.words) or 1)


def join(*, flag_id: int, other_ids: Sequence[int], by: models.Person, now: datetime) -> Joined:
    """Takes the rows of other flags of the office into the row of this one: decided together, held together, undone together.

    Where several are named, those that read as a warning, news, a plea or a lawful offer are left: each of them is for a person to look
    at. Raises StaleError where one of them was decided or moved meanwhile, HeldByOtherError, PermissionDenied, Flag.DoesNotExist.
    """
    flag = leases.visible(flag_id, Action.FLAG_DECIDE, by)
    act = uuid.uuid4()
    wanted = list(dict.fromkeys(other_ids))
    with transaction.atomic():
        own = _row_of(flag, by)
        moved: list[models.Flag] = []
        left: list[models.Flag] = []
        for other_id in wanted:
            other = leases.visible(other_id, Action.FLAG_DECIDE, by)
            if other.pk in {one.pk for one in (*own, *moved)}:
                continue
            if len(wanted) > 1 and _reads_as(other):
                left.append(other)
                continue
            if other.office_id != flag.office_id:
                raise StaleError(None, None, other.state)
            row = _row_of(other, by)
            _put(row, flag.row_key)
            moved += row
            _compared(flag, other, same=True, by=by, now=now)
        models.FlagEvent.objects.bulk_create(
            models.FlagEvent(
                flag=one,
                kind="joined",
                at=now,
                by=by,
                before={"row": one.row_key},
                after={"row": flag.row_key, "act": str(act), "to": flag.pk},
            )
            for one in moved
        )
        if moved:
            audit.write("flag.joined", by=by, now=now, target=flag, after={"flags": [one.number for one in moved]})
    flag.refresh_from_db()
    return Joined(flag, act, len(moved), len(together.row_of(flag)), tuple(left))


def part(*, act: uuid.UUID, by: models.Person, now: datetime) -> models.Flag:
    """Takes back one act of joining by whoever did it: its flags stand in the rows they came from, and are proposed again.

    Nothing where that was done already. Raises StaleError where one of them was decided, moved or joined elsewhere since,
    HeldByOtherError, PermissionDenied, FlagEvent.DoesNotExist.
    """
    events = list(models.FlagEvent.objects.select_related("flag").filter(kind="joined", after__act=str(act), by=by).order_by("id"))
    if not events:
        raise models.FlagEvent.DoesNotExist
    flag = leases.visible(events[0].after["to"], Action.FLAG_DECIDE, by)
    with transaction.atomic():
        leases.unless_held(leases.row_of(flag), by)
        before = {one.flag_id: one.before["row"] for one in events}
        flags = list(models.Flag.objects.select_for_update(no_key=True).filter(pk__in=before).order_by("id"))
        if all(one.row_key == before[one.pk] for one in flags):
            return flag  # a double click
        joined_to = events[0].after["row"]
        for one in flags:
            if one.row_key != joined_to or one.office_id != flag.office_id or one.state not in states.UNDECIDED:
                raise StaleError(None, None, one.state)
        for row_key in sorted(set(before.values())):
            _put([one for one in flags if before[one.pk] == row_key], row_key)
        models.FlagEvent.objects.bulk_create(
            models.FlagEvent(flag=one, kind="parted", at=now, by=by, before={"row": joined_to}, after={"row": before[one.pk]})
            for one in flags
        )
        others = [one.pk for one in flags]
        said = models.Comparison.objects.filter(same=True, by=by, at=events[0].at)
        said.filter(Q(first=flag, second__in=others) | Q(second=flag, first__in=others)).delete()
        audit.write("flag.parted", by=by, now=now, target=flag, after={"flags": [one.number for one in flags]})
    flag.refresh_from_db()
    return flag


def tell_apart(*, flag_id: int, other_id: int, by: models.Person, now: datetime) -> models.Flag:
    """Says that two flags are not one ad: never proposed for each other again; one that stood in the row gets its own.

    Raises StaleError, HeldByOtherError, PermissionDenied, Flag.DoesNotExist.
    """
    flag = leases.visible(flag_id, Action.FLAG_DECIDE, by)
    other = leases.visible(other_id, Action.FLAG_DECIDE, by)
    if flag.pk == other.pk or flag.office_id != other.office_id:
        raise StaleError(None, None, other.state)
    with transaction.atomic():
        _row_of(flag, by)
        other = models.Flag.objects.select_for_update(no_key=True).get(pk=other.pk)
        before = other.row_key
        if before == flag.row_key:
            if other.state not in states.UNDECIDED:
                raise StaleError(None, None, other.state)
            own = together.apart(other.pk)
            _put([other], own)
            models.FlagEvent.objects.create(flag=other, kind="parted", at=now, by=by, before={"row": before}, after={"row": own})
        _compared(flag, other, same=False, by=by, now=now)
        audit.write("flag.told_apart", by=by, now=now, target=flag, after={"from": other.number})
    flag.refresh_from_db()
    return flag


def _row_of(flag: models.Flag, by: models.Person) -> list[models.Flag]:
    """The flag's open row, locked and not held by anybody else."""
    row = leases.row_of(flag)
    current = next((one for one in row if one.pk == flag.pk), None)
    if current is None or current.state not in states.UNDECIDED:
        raise StaleError(None, None, current.state if current else flag.state)
    leases.unless_held(row, by)
    return row


def _put(flags: Sequence[models.Flag], row_key: str) -> None:
    """All of them in one statement, into a row. They are locked, so that their versions are those that were read."""
    models.Flag.objects.filter(pk__in=[one.pk for one in flags]).update(row_key=row_key, version=F("version") + 1)


def _compared(flag: models.Flag, other: models.Flag, *, same: bool, by: models.Person, now: datetime) -> None:
    first, second = sorted((flag.pk, other.pk))
    models.Comparison.objects.update_or_create(first_id=first, second_id=second, defaults={"same": same, "by": by, "at": now})
