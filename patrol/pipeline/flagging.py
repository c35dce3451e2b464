"""Assessments into flags: who gets it, what line it is, and what a newer version, register or rule does to a flag that exists.

Medium and high wait for a person, low ones are parked, none makes no flag. On an undecided flag the level follows, and only upwards
where another office or the author brought a newer version; a dismissed one comes back only on a worse verdict or a new contact, above
its old decision; a confirmed one stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from patrol import domain, models
from patrol.campaigns import trusted
from patrol.domain import ClaimKind, Level, Verdict, states
from patrol.domain.states import FlagState
from patrol.engine import reading, rules
from patrol.engine.licences import sentences
from patrol.engine.reading import titles
from patrol.infra import series
from patrol.pipeline import rows

if TYPE_CHECKING:
    from patrol.pipeline.claiming import Item

BESIDE = "newer_beside"  # FlagEvent.kind: a newer version that lowers nothing

# Worst last; verdicts of equal weight share a number. A dismissed flag returns on a higher number only.
WEIGHT = {
    Verdict.NOT_AN_OFFER: 0,
    Verdict.EXEMPT: 0,
    Verdict.CANNOT_CHECK: 0,
    Verdict.LICENSED: 1,
    Verdict.NO_LICENCE_SHOWN: 2,
    Verdict.AGENCY_NOT_FOUND: 3,
    Verdict.NO_LICENCE_FOR_OFFER: 3,
    Verdict.LICENCE_NOT_YET_VALID: 3,
    Verdict.LICENCE_EXPIRED: 3,
    Verdict.LICENCE_NOT_FOUND: 4,
    Verdict.LICENCE_MISMATCH: 4,
    Verdict.LICENCE_REVOKED: 5,
    Verdict.AGENCY_SUSPENDED: 5,
    Verdict.AGENCY_REVOKED: 6,
}


@dataclass(frozen=True, slots=True)
class Routing:
    """Which office gets a flag; read once per batch."""

    by_province: dict[str, int]
    directorate: int

    def office_of(self, said: domain.Reading, account: domain.Reading | None, brought_by: int | None, province: str = "") -> int:
        """The place a person gave who noted it down, else the place of recruitment, else the place the account gives as its own, else the
        office whose watch or person brought the post first, else the directorate. `account`: what was read in its profile."""
        here = self.by_province.get(province) or self.named(said) or (self.named(account) if account else None)
        return here or brought_by or self.directorate

    def named(self, said: domain.Reading) -> int | None:
        """The office of the first place that has one."""
        places = (claim.value for claim in said.of(ClaimKind.PLACE))
        return next((self.by_province[place] for place in places if place in self.by_province), None)


def routing() -> Routing:
    offices = list(models.Office.objects.filter(active=True).order_by("id"))
    directorate = next(o for o in offices if o.kind == models.OfficeKind.DIRECTORATE)
    return Routing(by_province={province: o.pk for o in offices for province in o.provinces}, directorate=directorate.pk)


# The newest profile of each of these accounts, as it was kept (profiles.py).
_PROFILES = """
SELECT a.platform, a.account, a.own, p.text
FROM unnest(%(platforms)s::text[], %(accounts)s::text[], %(own)s::text[]) a (platform, account, own) CROSS JOIN LATERAL (
    (SELECT text FROM patrol_profile p WHERE a.own = '' AND p.platform = a.platform AND p.account = a.account
     ORDER BY seen_at DESC LIMIT 1)
    UNION ALL
    (SELECT text FROM patrol_profile p WHERE a.own <> '' AND p.platform = a.platform AND p.account_id = a.own AND p.account_id <> ''
     ORDER BY seen_at DESC LIMIT 1)
) p
"""


type _Author = tuple[str, str, str]  # platform, name, id


def _author(item: Item) -> _Author:
    return item.platform, item.content.author, item.content.author_id


def _profiles(items: Iterable[Item]) -> dict[_Author, domain.Reading]:
    """What the newest kept profile of each author says. One query, and some milliseconds for each profile."""
    asked = sorted({_author(item) for item in items if item.content.author})
    if not asked:
        return {}
    with connection.cursor() as cursor:
        platforms, names, own = zip(*asked, strict=True)
        cursor.execute(_PROFILES, {"platforms": list(platforms), "accounts": list(names), "own": list(own)})
        found = cursor.fetchall()
    return {(platform, account, own): reading.read(domain.Content(text=text, platform=platform)) for platform, account, own, text in found}


_TITLES = {rule.NAME: rule.TITLE for rule in rules.RULES}
# Where the licence check is the strongest reason, the line says what it found, not that there is one.
_FOUND = {
    Verdict.AGENCY_REVOKED: domain.Sentence("SIP3MI dicabut", "SIP3MI revoked"),
    Verdict.AGENCY_SUSPENDED: domain.Sentence("P3MI sedang disanksi", "agency under sanction"),
    Verdict.LICENCE_NOT_FOUND: domain.Sentence("nomor SIP tidak ditemukan", "SIP number not found"),
    Verdict.LICENCE_MISMATCH: domain.Sentence("SIP tidak sesuai tawaran", "SIP does not cover the offer"),
    Verdict.LICENCE_REVOKED: domain.Sentence("SIP dicabut", "SIP revoked"),
    Verdict.LICENCE_EXPIRED: domain.Sentence("SIP kedaluwarsa", "SIP expired"),
    Verdict.LICENCE_NOT_YET_VALID: domain.Sentence("SIP belum berlaku", "SIP not yet valid"),
    Verdict.NO_LICENCE_FOR_OFFER: domain.Sentence("SIP tujuan tidak ditemukan", "no SIP for this destination"),
    Verdict.AGENCY_NOT_FOUND: domain.Sentence("P3MI tidak ditemukan", "agency not found"),
    Verdict.NO_LICENCE_SHOWN: domain.Sentence("SIP tidak disebut", "no SIP named"),
}


def gist(one: domain.Assessment) -> domain.Sentence:
    """One line for the queue: what job, where, and the strongest reason. No contact, no person, no company stands in it."""
    said = one.reading
    parts: list[domain.Sentence] = []
    if said.overseas_offer:
        parts += [titles.position(code) for code in said.positions[:1]]
        countries = [titles.country(code) for code in said.countries[:2]]
        if countries:
            parts.append(domain.Sentence("/".join(c.id for c in countries), "/".join(c.en for c in countries)))
    strongest = next((finding for finding in one.findings if finding.points > 0), None)
    reason = _TITLES.get(strongest.rule) if strongest else None
    if strongest and strongest.rule == "licence_verdict":
        reason = _FOUND.get(Verdict(one.check.verdict), reason)
    return domain.Sentence(
        id=_line([part.id for part in parts], reason.id if reason else "Unggahan"),
        en=_line([part.en for part in parts], reason.en if reason else "Post"),
    )


def _line(head: list[str], tail: str) -> str:
    if head and not tail[:2].isupper():  # within the line, but not a word of capitals such as SIP
        tail = tail[0].lower() + tail[1:]
    text = ", ".join((*([" ".join(head)] if head else []), tail))
    return text if len(text) <= 120 else text[:119] + "…"


# A statement, not COPY: flags have row-level security (ADR 71), which COPY cannot pass.
_RAISE = """
WITH raised AS (
    INSERT INTO patrol_flag (number, post_id, office_id, state, level, level_rank, score, kinds, gist_id, gist_en, current_check_id,
        row_key, text_bands, raised_at, version)
    SELECT number, post, office, state, level, rank, score, kinds, gist_id, gist_en, made_on, row_key, bands, %(now)s, 1
    FROM jsonb_to_recordset(%(flags)s::jsonb) AS f (number text, post bigint, office bigint, state text, level text, rank smallint,
        score smallint, kinds text[], gist_id text, gist_en text, made_on bigint, row_key text, bands int[])
    RETURNING id, level, state, current_check_id, raised_at
)
INSERT INTO patrol_flagevent (flag_id, kind, at, check_then_id, before, after)
SELECT id, 'raised', raised_at, current_check_id, '{}', jsonb_build_object('level', level, 'state', state) FROM raised
"""


def raise_flags(items: Sequence[Item], assessed: Sequence[domain.Assessment], checks: Sequence[int], *, now: datetime) -> int:
    """Raises and follows the flags of one batch, inside the caller's transaction. Returns how many were raised anew."""
    known = {
        flag.post_id: flag
        for flag in models.Flag.objects.select_for_update(of=("self",), no_key=True)
        .select_related("current_check__reading")
        .filter(post_id__in=[item.post_id for item in items])
        .order_by("id")
    }
    fresh = [
        (item, one, check)
        for item, one, check in zip(items, assessed, checks, strict=True)
        if item.post_id not in known and one.level != Level.NONE
    ]
    _follow(items, assessed, checks, known, now=now)
    if not fresh:
        return 0
    route = routing()
    posts = [item for item, _one, _check in fresh]
    ads = rows.ads(posts, [one for _item, one, _check in fresh])
    # Who takes numbers holds the series to the end of the transaction: two workers with one ad choose its row one after the other.
    numbers = series.take("TND", len(fresh), now=now)
    row_of = rows.rows(posts, ads, now=now)
    profiles = _profiles(item for item, one, _check in fresh if route.named(one.reading) is None)
    flags = []
    for number, (item, one, check) in zip(numbers, fresh, strict=True):
        line = gist(one)
        row = row_of[item.post_id]
        flags.append(
            {
                "number": number,
                "post": item.post_id,
                "office": route.office_of(one.reading, profiles.get(_author(item)), item.office_id, item.province),
                "state": str(models.state_for(one.level)),
                "level": str(one.level),
                "rank": Level(one.level).rank,
                "score": one.score,
                "kinds": [str(kind) for kind in one.kinds],
                "gist_id": line.id,
                "gist_en": line.en,
                "made_on": check,
                "row_key": row.key,
                "bands": row.bands,
            }
        )
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, {"flags": json.dumps(flags, ensure_ascii=False), "now": now})
    return len(flags)


def _contacts(post_ids: Iterable[int], now: datetime) -> dict[int, list[tuple[int, int]]]:
    """post id -> [(version id, indicator id)] of the contacts in each of its versions, without those that are trusted."""
    found: dict[int, list[tuple[int, int]]] = {}
    rows = models.Sighting.objects.filter(post_id__in=list(post_ids), role="contact").exclude(
        indicator__in=trusted.in_force(now).values("indicator")
    )
    for post_id, version_id, indicator_id in rows.values_list("post_id", "version_id", "indicator_id"):
        found.setdefault(post_id, []).append((version_id, indicator_id))
    return found


@dataclass(frozen=True, slots=True)
class _Brought:
    """How a version came: by a person of an office, or by a fetch, and then its author edited the post."""

    by_id: int | None
    office_id: int | None


def _brought(version_ids: Iterable[int]) -> dict[int, _Brought]:
    rows = models.PostVersion.objects.filter(pk__in=list(version_ids))
    told = rows.values_list("pk", "capture__intake__person", "capture__intake__office")
    return {pk: _Brought(person, office) for pk, person, office in told}


# What a flag becomes. One statement for a batch; each flag is locked by then. The version stays where only the check is another one: who
# decides by what was shown, or agrees to a bulk that waits, decides by the same.
_MOVE = """
UPDATE patrol_flag f SET current_check_id = m.made_on, level = m.level, level_rank = m.rank, score = m.score, kinds = m.kinds,
    state = m.state, version = f.version + CASE WHEN m.alike THEN 0 ELSE 1 END,
    decided_at = CASE WHEN m.undecided THEN NULL ELSE f.decided_at END
FROM jsonb_to_recordset(%(moves)s::jsonb) AS m (id bigint, made_on bigint, level text, rank smallint, score smallint, kinds text[],
    state text, undecided boolean, alike boolean)
WHERE f.id = m.id
"""


def _follow(
    items: Sequence[Item], assessed: Sequence[domain.Assessment], checks: Sequence[int], known: dict[int, models.Flag], *, now: datetime
) -> None:
    """Moves the flags that exist to what their posts are judged by now.

    A newer version that its author or staff of another office brought raises the level of an undecided flag, and never lowers it: the
    flag stays on the version it was judged by, in its state and under its lease, and the newer text is shown beside the older.
    """
    moved = [
        (flag, item, one, check)
        for item, one, check in zip(items, assessed, checks, strict=True)
        if (flag := known.get(item.post_id)) is not None and flag.current_check_id != check
    ]
    dismissed = [flag for flag, _item, _one, _check in moved if flag.state == FlagState.DISMISSED]
    contacts = _contacts((flag.post_id for flag in dismissed), now) if dismissed else {}
    judged = _judged(dismissed) if dismissed else {}
    newer = {item.version_id for flag, item, _one, _check in moved if _is_newer(flag, item)}
    brought = _brought(newer) if newer else {}
    held = {flag.pk: item.version_id for flag, item, one, _check in moved if _is_held(flag, item, one, brought)}
    told = _told_beside(held) if held else set()
    alike = _alike(moved)
    ats = _times((flag.pk for flag, _item, _one, _check in moved), now) if moved else {}
    events, moves = [], []
    for flag, item, one, check in moved:
        by = brought[item.version_id].by_id if item.version_id in brought else None
        if flag.pk in held:
            if flag.pk not in told:
                after = {"version": item.number, "read_as": str(one.level)}
                events.append(models.FlagEvent(flag=flag, kind=BESIDE, at=ats[flag.pk], by_id=by, check_then_id=check, after=after))
            continue
        before = {"level": flag.level, "state": flag.state, "verdict": flag.current_check.verdict}
        state = FlagState(flag.state)
        kind = _what_changed(flag, item, one)
        if state in states.UNDECIDED:
            # What somebody asked about keeps waiting for the answer; the rest goes where its level belongs.
            state = state if state == FlagState.NEEDS_INFORMATION else models.state_for(one.level)
        elif state == FlagState.DISMISSED and _comes_back(
            flag, item, one, contacts.get(item.post_id, []), judged.get(flag.pk, flag.current_check.verdict)
        ):
            state, kind = FlagState.WAITING, "returned"
        if state != flag.state:
            states.require(states.FLAG_MOVES, flag.state, state)
        level = str(one.level)
        moves.append(
            {
                "id": flag.pk,
                "made_on": check,
                "level": level,
                "rank": Level(level).rank,
                "score": one.score,
                "kinds": [str(k) for k in one.kinds],
                "state": str(state),
                "undecided": state in states.UNDECIDED,
                "alike": flag.pk in alike and state == flag.state,
            }
        )
        after = {"level": level, "state": str(state), "verdict": str(one.check.verdict)}
        events.append(models.FlagEvent(flag=flag, kind=kind, at=ats[flag.pk], by_id=by, check_then_id=check, before=before, after=after))
    if moves:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, {"moves": json.dumps(moves)})
    models.FlagEvent.objects.bulk_create(events)


def _alike(moved: Iterable[tuple[models.Flag, Item, domain.Assessment, int]]) -> set[int]:
    """Flags of which the new check says what the old one said: the same reading, level, verdict, reasons and notes. Another edition of the
    register brings every flag a check of its own, and changes the verdict of few. One query; none where all say something else."""
    alike = {
        flag.current_check_id: (flag.pk, one)
        for flag, item, one, _check in moved
        if _is_same_reading(flag, item) and _told(flag.current_check) == _tells(one)
    }
    if not alike:
        return set()
    reasons: dict[int, set[tuple[str, float, str]]] = {}
    rows = models.Finding.objects.filter(check_of__in=alike).order_by()
    for check, day, rule, points, reason in rows.values_list("check_of", "check_of__register_date", "rule", "points", "reason_id"):
        reasons.setdefault(check, set()).add((rule, points, sentences.undated(reason, day)))
    return {
        pk
        for check, (pk, one) in alike.items()
        if reasons.get(check, set()) == {(f.rule, f.points, sentences.undated(f.reason.id, one.check.register_date)) for f in one.findings}
    }


def _is_same_reading(flag: models.Flag, item: Item) -> bool:
    read = flag.current_check.reading
    return not _is_other_version(flag, item) and (read.pictures_key, read.ends_key, read.reader_version) == (
        item.pictures_key,
        item.ends_key,
        reading.READER_VERSION,
    )


def _told(check: models.LicenceCheck) -> tuple[object, ...]:
    """What a person decides by of a kept check, but for its list of reasons; in one language, as the other says the same."""
    day = check.register_date
    others = [(other["verdict"], sentences.undated(other["id"], day)) for other in check.others]
    judged = (check.level, check.score, sorted(check.kinds), check.verdict, check.contact_own)
    return (*judged, sentences.undated(check.reason_id, day), _notes((note["id"] for note in check.notes), day), others)


def _tells(one: domain.Assessment) -> tuple[object, ...]:
    """The same of a new one."""
    check, day = one.check, one.check.register_date
    others = [(str(other.verdict), sentences.undated(other.reason.id, day)) for other in check.others]
    judged = (str(one.level), one.score, sorted(map(str, one.kinds)), str(check.verdict), check.contact_own)
    return (*judged, sentences.undated(check.reason.id, day), _notes((note.id for note in check.notes), day), others)


def _notes(notes: Iterable[str], day: date | None) -> list[str]:
    """But for the one that the register is old: a new edition takes it away, and says nothing of the offer by that."""
    old = sentences.stale(day, settings.REGISTER_STALE_DAYS).id if day else ""
    return [note for note in notes if note != old]


# Asked after the flags are locked: what the locking waited for is seen. At one moment an event counts as before a decision.
_LAST = """
SELECT f.id, GREATEST(%(now)s, (SELECT max(at) FROM patrol_flagevent WHERE flag_id = f.id),
    (SELECT max(at) + interval '1 microsecond' FROM patrol_decision WHERE flag_id = f.id))
FROM unnest(%(flags)s::bigint[]) AS f (id)
"""


def _times(flags: Iterable[int], now: datetime) -> dict[int, datetime]:
    """flag id -> when its event happens: now, but behind what a person did since this batch began."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"flags": list(flags), "now": now})
        return dict(cursor.fetchall())


def _is_held(flag: models.Flag, item: Item, one: domain.Assessment, brought: Mapping[int, _Brought]) -> bool:
    """Whether the flag stays as it is because who brought the newer version may not lower its level."""
    return (
        item.version_id in brought
        and FlagState(flag.state) in states.UNDECIDED
        and Level(one.level).rank < flag.level_rank
        and brought[item.version_id].office_id != flag.office_id
    )


def _told_beside(held: Mapping[int, int]) -> set[int]:
    """Those of the flags (id -> newer version) whose history says already that this version stands beside."""
    rows = models.FlagEvent.objects.filter(flag__in=list(held), kind=BESIDE)
    told = rows.values_list("flag", "check_then__reading__version")
    return {flag for flag, version in told if held[flag] == version}


def _what_changed(flag: models.Flag, item: Item, one: domain.Assessment) -> str:
    """Why the flag is judged anew: FlagEvent.kind. The first of these that holds; what remains are rules, points and trusted contacts."""
    before = flag.current_check
    if _is_other_version(flag, item):
        return "new_version"
    if before.reading.pictures_key != item.pictures_key:
        return "pictures_read"
    if before.reading.ends_key != item.ends_key:
        return "links_opened"
    if before.edition_id != (one.check.edition or None):
        return "new_register"
    if before.reading.reader_version != reading.READER_VERSION:
        return "new_reader"
    return "new_rules"


def _is_other_version(flag: models.Flag, item: Item) -> bool:
    return flag.current_check.reading.version_id != item.version_id


def _is_newer(flag: models.Flag, item: Item) -> bool:
    """Whether more is read now of what came after the post: another version, or what lies beside the text of an edited one, read later:
    its pictures, the ends of its short links."""
    read = flag.current_check.reading
    return _is_other_version(flag, item) or (item.number > 1 and (read.pictures_key, read.ends_key) != (item.pictures_key, item.ends_key))


def _judged(dismissed: Iterable[models.Flag]) -> dict[int, str]:
    """flag id -> the verdict its dismissal saw. A verdict that got better since and is back again is no news."""
    rows = models.Decision.objects.filter(flag__in=list(dismissed), state_after=FlagState.DISMISSED).order_by("id")
    return dict(rows.values_list("flag_id", "check_then__verdict"))


def _comes_back(flag: models.Flag, item: Item, one: domain.Assessment, contacts: Sequence[tuple[int, int]], judged: str) -> bool:
    """A worse verdict than the one dismissed, or a contact that no version before held, on a level that waits."""
    if models.state_for(one.level) != FlagState.WAITING:
        return False
    worse = WEIGHT[Verdict(one.check.verdict)] > WEIGHT[Verdict(judged)]
    now_there = {indicator for version, indicator in contacts if version == item.version_id}
    before = {indicator for version, indicator in contacts if version != item.version_id}
    return worse or (_is_other_version(flag, item) and bool(now_there - before))
