"""What was asked of outside bodies and what came of it, referral by referral, at any moment.

Like all figures from rows that are only ever added: events of a referral, answers to its lines, looks at its links, what was seen again
under another name. Corrections ask for nothing, and who was harmed is nobody's figure: both stay out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise, zip_longest
from typing import Final, NamedTuple

from patrol import domain
from patrol.cases.channels import CHANNELS
from patrol.domain.availability import Availability
from patrol.domain.referrals import ItemKind
from patrol.models import ItemOutcome
from patrol.models import ReferralEventKind as Kind
from reports.queries import fetched

LEFT_OUT: Final = tuple(key for key, channel in CHANNELS.items() if ItemKind.PERSON in channel.kinds)
TAKE_DOWN: Final = frozenset(key for key, channel in CHANNELS.items() if channel.takes_down)  # the others act, and nothing goes down by it
WAITS, DOWN, PARTLY, REFUSED = "waits", "down", "partly", "refused"
UNANSWERED, FAILED, WITHDRAWN, CORRECTED = "unanswered", "failed", "withdrawn", "corrected"
NOT_OUT: Final = frozenset({"", FAILED})  # nobody outside has it
_SAID: Final[dict[str, str]] = {ItemOutcome.ACTED_UPON: DOWN, ItemOutcome.PARTLY_DONE: PARTLY, ItemOutcome.REFUSED: REFUSED}
_STEPS: Final = frozenset({Kind.SENT, Kind.CONTACT_FAILED, Kind.NO_RESPONSE, Kind.RECEIVED, Kind.REPLIED, Kind.WITHDRAWN, Kind.CAME_BACK})
ACCOUNT, SITE, POST = "account", "site", "post"
CLOSED: Final = (ACCOUNT, SITE, POST, "phone", "bank_account")
CLOSES: Final = TAKE_DOWN | {key for key, channel in CHANNELS.items() if channel.blocks}  # who closes things of CLOSED

# When a round left is what the log says of its sending: the column on the referral is that of the last one. A return found by the machine
# counts from when a person confirmed its flag or put it into the next round; such a round is no return of its own. All looks at a link are
# asked for, those before it was sent too: they tell that it was down already.
_SENT = """
WITH sent AS (
    SELECT r.id, r.channel, min(e.at) AS at
      FROM patrol_referralevent e JOIN patrol_referral r ON r.id = e.referral_id JOIN patrol_case c ON c.id = r.case_id
     WHERE e.kind = 'sent' AND e.at < %(until)s AND r.corrects_id IS NULL AND r.channel <> ALL(%(left_out)s)
       AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
     GROUP BY r.id
)
SELECT s.id, s.channel, step.kind, step.at, step.left_at, seen.at, seen.void_at,
       i.kind, p.platform, i.mark, said.outcome, said.at, looked.outcome, looked.at, (
       SELECT min(w.at) FROM patrol_flagevent w
        WHERE w.flag_id = f.id AND w.kind = 'corrected' AND w.after->>'outcome' = 'upheld' AND w.at >= s.at AND w.at < %(until)s)
  FROM sent s
  JOIN patrol_referralitem i ON i.referral_id = s.id
  JOIN patrol_flag f ON f.id = i.flag_id
  JOIN patrol_post p ON p.id = f.post_id
  CROSS JOIN LATERAL (
       SELECT array_agg(e.kind ORDER BY e.id) AS kind, array_agg(e.at ORDER BY e.id) AS at,
              array_agg(COALESCE(log.left_at, e.at) ORDER BY e.id) AS left_at
         FROM patrol_referralevent e
         LEFT JOIN LATERAL (
              SELECT (a.after->>'when')::timestamptz AS left_at FROM patrol_auditentry a
               WHERE e.kind = 'sent' AND a.target_type = 'referral' AND a.target_id = e.referral_id::text
                 AND a.verb = 'referral.sent' AND a.at = e.at LIMIT 1) log ON true
        WHERE e.referral_id = s.id AND e.kind = ANY(%(steps)s) AND e.at < %(until)s
          AND NOT (e.kind = 'came_back' AND EXISTS (
              SELECT FROM patrol_comebackanswer a JOIN patrol_referral n ON n.id = a.following_id
               WHERE n.before_id = e.referral_id AND a.at = e.at))) step
  CROSS JOIN LATERAL (
       SELECT array_agg(GREATEST(k.at, sure.at)) AS at, array_agg(LEAST(sure.void_at, (
              SELECT min(a.at) FROM patrol_comebackanswer a
               WHERE a.come_back_id = k.id AND a.outcome = 'other' AND a.at < %(until)s))) AS void_at
         FROM patrol_comeback k
         CROSS JOIN LATERAL (
              SELECT d.at, u.at AS void_at FROM patrol_decision d
                LEFT JOIN patrol_decision u ON u.reverses_id = d.id AND u.at < %(until)s
               WHERE d.flag_id = k.flag_id AND d.outcome = 'confirmed' AND d.at < %(until)s
              UNION ALL
              SELECT a.at, NULL FROM patrol_comebackanswer a
               WHERE a.come_back_id = k.id AND a.outcome = 'asked' AND a.at < %(until)s) sure
        WHERE k.referral_id = s.id AND k.at < %(until)s) seen
  CROSS JOIN LATERAL (
       SELECT array_agg(a.outcome ORDER BY a.id) AS outcome, array_agg(a.at ORDER BY a.id) AS at
         FROM patrol_itemanswer a WHERE a.item_id = i.id AND a.at < %(until)s) said
  CROSS JOIN LATERAL (
       SELECT array_agg(l.outcome ORDER BY l.id) AS outcome, array_agg(l.at ORDER BY l.id) AS at
         FROM patrol_linkcheck l
        WHERE i.kind = 'link' AND s.channel = ANY(%(take_down)s) AND l.post_id = p.id AND l.outcome <> 'unsure' AND l.at < %(until)s) looked
 ORDER BY s.at, s.id, i.id"""


class _Row(NamedTuple):
    """One line of a referral."""

    referral: int
    channel: str
    steps: list[str]
    steps_at: list[datetime]
    left_at: list[datetime]
    seen: list[datetime] | None
    seen_void: list[datetime | None] | None
    kind: str
    platform: str
    mark: str
    said: list[str] | None
    said_at: list[datetime] | None
    looked: list[str] | None
    looked_at: list[datetime] | None
    wrong_at: datetime | None  # an objection against the flag was upheld


class Change(NamedTuple):
    """What a referral or a line has been from `at` on. `by`: the moment by which it was so, where a look tells of it later."""

    at: datetime
    state: str
    by: datetime


class Sending(NamedTuple):
    """`at`: entered, by which it is counted; `left_at`: when it left, by which looks and days are. `failed_at`: it did not arrive."""

    at: datetime
    left_at: datetime
    failed_at: datetime | None = None


class Step(NamedTuple):
    """A step of the whole referral: of _STEPS, or ANSWERED."""

    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """`key`: what kind of thing, one of CLOSED or an ItemKind; `mark` names the thing itself."""

    key: str
    mark: str
    changes: tuple[Change, ...]
    gone_at: datetime | None = None  # a link: two looks in a row found it down, whether it was asked about by then or not

    def state(self, moment: datetime) -> str:
        return _at(self.changes, moment)


@dataclass(frozen=True, slots=True)
class Referral:
    id: int
    channel: str
    sendings: tuple[Sending, ...]  # at least one
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    asked: tuple[datetime, ...] = ()  # when they asked for a clarification
    back: tuple[tuple[datetime, datetime | None], ...] = ()  # from when it is known to be there again, and when that was taken back

    def state(self, moment: datetime) -> str:
        """ "" before it was sent."""
        return _at(self.changes, moment)

    def change(self, until: datetime) -> Change:
        """The last one before."""
        return self.changes[bisect_left(self.changes, until, key=lambda change: change.at) - 1]

    def returned(self, until: datetime) -> datetime | None:
        """Once, however many looks, posts and people say so."""
        return min((at for at, void_at in self.back if at < until and (void_at is None or void_at >= until)), default=None)


def _at(changes: Sequence[Change], moment: datetime) -> str:
    """A change at the moment itself lies after it."""
    place = bisect_left(changes, moment, key=lambda change: change.at)
    return changes[place - 1].state if place else ""


def sent(office: int | None, until: datetime) -> list[Referral]:
    """All that were sent before, with what is known of them before. One query."""
    given = {"left_out": list(LEFT_OUT), "take_down": sorted(TAKE_DOWN), "steps": sorted(_STEPS)}
    rows = [_Row(*row) for row in fetched(_SENT, office=office, until=until, **given)]
    return [_referral(list(lines)) for _id, lines in groupby(rows, key=lambda row: row.referral)]


def _referral(rows: Sequence[_Row]) -> Referral:
    first = rows[0]
    sendings = _sendings(first)
    lines = tuple(Line(_key(row), row.mark, _of_line(row, sendings), _gone(_looks(row))) for row in rows)
    steps = [Step(at, kind) for kind, at in zip(first.steps, first.steps_at, strict=True)]
    steps += [Step(at, Kind.ANSWERED) for row in rows for _said, at in _answers(row)]
    changes = of_lines(steps, lines)
    asked = [at for row in rows for said, at in _answers(row) if said == ItemOutcome.CLARIFICATION_ASKED]
    return Referral(first.referral, first.channel, sendings, changes, lines, tuple(asked), tuple(_back(rows, sendings, changes, lines)))


def _sendings(row: _Row) -> tuple[Sending, ...]:
    found: list[Sending] = []
    for kind, at, left_at in zip(row.steps, row.steps_at, row.left_at, strict=True):
        if kind == Kind.SENT:
            found.append(Sending(at, left_at))
        elif kind == Kind.CONTACT_FAILED and found:
            found[-1] = found[-1]._replace(failed_at=at)
    return tuple(found)


def _key(row: _Row) -> str:
    if row.kind != ItemKind.LINK:
        return row.kind
    return SITE if row.platform == domain.Platform.WEB else POST


def _answers(row: _Row) -> Iterable[tuple[str, datetime]]:
    return zip(row.said or (), row.said_at or (), strict=True)


def _looks(row: _Row, sending: Sending | None = None) -> list[tuple[str, datetime]]:
    """Of one sending: those from when it left until it was known not to have arrived."""
    looks = zip(row.looked or (), row.looked_at or (), strict=True)
    if sending is None:
        return list(looks)
    return [(was, at) for was, at in looks if at >= sending.left_at and (sending.failed_at is None or at < sending.failed_at)]


def _gone(looks: Sequence[tuple[str, datetime]]) -> datetime | None:
    return next((at for (was, _first), (now, at) in pairwise(looks) if was == now == Availability.DOWN), None)


def _of_line(row: _Row, sendings: Sequence[Sending]) -> tuple[Change, ...]:
    """What two looks in a row found down stays down here: that it is back is told beside it. Else the newest answer holds. What is sent
    once more is waited for anew; what an objection was upheld about is no matter of theirs any more."""
    changes: list[Change] = []
    for sending, following in zip_longest(sendings, sendings[1:]):
        part = [
            Change(at, _SAID.get(outcome, WAITS), at)
            for outcome, at in _answers(row)
            if at >= sending.at and (following is None or at < following.at)
        ]
        for (was, first), (now, at) in pairwise(_looks(row, sending)):
            if was == now == Availability.DOWN:
                told = Change(max(at, sending.at), DOWN, first)
                part = [*(change for change in part if change.at < told.at), told]
                break
        changes += [*([Change(sending.at, WAITS, sending.at)] if changes else []), *part]
    if row.wrong_at is not None:
        changes = [*(change for change in changes if change.at < row.wrong_at), Change(row.wrong_at, CORRECTED, row.wrong_at)]
    return tuple(changes)


def _back(
    rows: Sequence[_Row], sendings: Sequence[Sending], changes: Sequence[Change], lines: Sequence[Line]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Looks that found a link there which two had found down; posts a person confirmed to be the same under another name; a next round a
    person began of what was down. Nothing comes back of what nobody has, or was asked about by mistake."""
    first = rows[0]
    found = [(at, None) for row, line in zip(rows, lines, strict=True) for at in _there(row, sendings) if line.state(at) != CORRECTED]
    found += zip(first.seen or (), first.seen_void or (), strict=True)  # type: ignore[arg-type]
    for kind, at in zip(first.steps, first.steps_at, strict=True):
        if kind == Kind.CAME_BACK and any(line.state(at) in {DOWN, PARTLY} for line in lines):
            found.append((at, None))
    return ((at, void_at) for at, void_at in found if _at(changes, at) not in {*NOT_OUT, WITHDRAWN, CORRECTED})


def _there(row: _Row, sendings: Sequence[Sending]) -> Iterator[datetime]:
    for sending in sendings:
        looks = _looks(row, sending)
        gone = _gone(looks)
        if gone is not None:
            yield from (max(at, sending.at) for was, at in looks if was == Availability.THERE and at > gone)


def of_lines(steps: Iterable[Step], lines: Sequence[Line]) -> tuple[Change, ...]:
    """A referral is down or refused once each of its lines is one or the other; down, where any is. Lines that were put right ask for
    nothing, and no answer is waited for once somebody wrote that none came, until one comes."""
    merged: list[tuple[datetime, Step | tuple[int, Change]]] = [(step.at, step) for step in steps]
    merged += [(change.at, (place, change)) for place, line in enumerate(lines) for change in line.changes]
    merged.sort(key=lambda one: one[0])
    now: list[Change | None] = [None] * len(lines)
    whole = ""  # FAILED and WITHDRAWN are of the whole
    silent = False
    changes: list[Change] = []
    for at, what in merged:
        if isinstance(what, Step):
            if what.kind in {Kind.CONTACT_FAILED, Kind.WITHDRAWN}:
                whole = FAILED if what.kind == Kind.CONTACT_FAILED else WITHDRAWN
            elif what.kind == Kind.SENT:
                whole = ""
            silent = what.kind == Kind.NO_RESPONSE or (silent and what.kind == Kind.CAME_BACK)
        else:
            place, change = what
            now[place] = change
        state, by = (whole, at) if whole else _state(now, at, silent=silent)
        if not changes or state != changes[-1].state:
            changes.append(Change(at, state, by))
        if state == WITHDRAWN:  # the end of it, whatever is found later
            break
    return tuple(changes)


def _state(now: Sequence[Change | None], at: datetime, *, silent: bool) -> tuple[str, datetime]:
    asked = [one for one in now if one is None or one.state != CORRECTED]
    if not asked:
        return CORRECTED, at
    ended = [one for one in asked if one is not None and one.state != WAITS]
    if len(ended) < len(asked):
        return UNANSWERED if silent else WAITS, at
    down = [one.by for one in ended if one.state in {DOWN, PARTLY}]
    return (DOWN, max(down)) if down else (REFUSED, at)
