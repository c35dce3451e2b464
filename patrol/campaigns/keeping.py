"""What of a post can tie it, kept with its reading: hashes of contacts, bands of its text, what it offers.

A post that is read anew is linked anew only where something changed. One that turns out to be no member (its newer version warns) leads
nobody any more; whether it stays in a campaign it is in already, a person says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from patrol import domain
from patrol.domain import TieKind
from patrol.engine import linking
from patrol.engine.likeness import job, text
from patrol.models.campaigns import AGENCYS

BANDS: Final = 20  # of text.BANDS: texts of which half is equal share one with probability 0.93

_KEEP = """
WITH given AS (
    SELECT post, ways, follows, offered, ARRAY(SELECT jsonb_array_elements_text(bands)::int) AS bands
    FROM jsonb_to_recordset(%s::jsonb) AS g (post bigint, ways int, follows bool, offered jsonb, bands jsonb)
)
INSERT INTO patrol_linkedpost AS l (post_id, ways, follows, offered, text_bands)
SELECT post, ways, follows, offered, bands FROM given ORDER BY post
ON CONFLICT (post_id) DO UPDATE SET ways = EXCLUDED.ways, follows = EXCLUDED.follows, offered = EXCLUDED.offered,
    text_bands = EXCLUDED.text_bands, linked_at = NULL
WHERE (l.ways, l.follows, l.offered) IS DISTINCT FROM (EXCLUDED.ways, EXCLUDED.follows, EXCLUDED.offered)
"""
# The indicator of a contact is there already: the sightings of the same batch made it.
_MARK = """
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS g (post bigint, kind text, key text, indicator_kind text, value text, own_id text)
), made AS (
    INSERT INTO patrol_postmark (post_id, kind, key, indicator_id, void)
    SELECT g.post, g.kind, g.key, i.id, false FROM given g
    LEFT JOIN LATERAL (
        SELECT id FROM patrol_indicator WHERE kind = g.indicator_kind AND value = g.value AND own_id = '' AND g.own_id = ''
        UNION ALL SELECT id FROM patrol_indicator WHERE own_id = g.own_id AND g.own_id <> ''
    ) i ON true
    ORDER BY g.post, g.key, g.kind ON CONFLICT DO NOTHING RETURNING post_id
)
UPDATE patrol_linkedpost SET linked_at = NULL WHERE linked_at IS NOT NULL AND post_id IN (SELECT post_id FROM made)
"""
_NAME_BY_ID = """
WITH named AS (
    UPDATE patrol_postmark m SET key = g.now, indicator_id = i.id
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS g (post, was, now, own_id)
    JOIN patrol_indicator i ON i.own_id = g.own_id AND i.own_id <> ''
    WHERE m.post_id = g.post AND m.key = g.was AND m.kind = 'author' AND NOT EXISTS (
        SELECT FROM patrol_postmark o WHERE o.post_id = m.post_id AND o.key = g.now AND o.kind = m.kind)
    RETURNING m.post_id
)
UPDATE patrol_linkedpost SET linked_at = NULL WHERE linked_at IS NOT NULL AND post_id IN (SELECT post_id FROM named)
"""
_SHOW = """
INSERT INTO patrol_shownpicture (post_id, sha256, key, offered, bands)
SELECT post, sha256, key, offered, '{}' FROM jsonb_to_recordset(%s::jsonb) AS g (post bigint, sha256 text, key text, offered jsonb)
ORDER BY post, sha256
ON CONFLICT DO NOTHING
"""
_LEADS_NOBODY = """
WITH left_over AS (UPDATE patrol_postmark SET void = true WHERE post_id = ANY(%(posts)s) AND kind <> 'agency' AND NOT void),
    shown AS (UPDATE patrol_shownpicture SET bands = '{}' WHERE post_id = ANY(%(posts)s))
UPDATE patrol_linkedpost SET text_bands = '{}' WHERE post_id = ANY(%(posts)s)
"""
_INDICATORS: Final = {TieKind.HANDLE: "account", TieKind.AUTHOR: "account"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A post as it was read. `pictures`: hash (SHA-256) and place of the kept files that are no stock pictures, each hash once."""

    post_id: int
    content: domain.Content
    assessment: domain.Assessment
    pictures: tuple[tuple[str, int], ...] = ()


def digest(key: str) -> str:
    """32 hexadecimal digits for what is compared."""
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def keep(cursor: Any, posts: Sequence[Kept], sites: Collection[str] = ()) -> None:
    """In the caller's transaction, after the sightings. Four statements at most, however many posts. `sites`: as for linking.marks."""
    found = [(post, linking.marks(post.content, post.assessment, sites)) for post in posts]
    tying = [(post, marks) for post, marks in found if marks.member or marks.follows]
    sketched = [marks.text.sketch for _, marks in tying if marks.text is not None]
    bands = iter(text.bands(sketched)[:, :BANDS].tolist())
    linked = [
        {
            "post": post.post_id,
            "ways": min(len(marks.ways), 99),
            "follows": marks.follows,
            "offered": to_json(marks.offered),
            "bands": next(bands) if marks.text is not None else [],
        }
        for post, marks in tying
    ]
    if linked:
        cursor.execute(_KEEP, [json.dumps(linked)])
    if rows := [row for post, marks in found for row in _rows(post, marks)]:
        cursor.execute(_MARK, [json.dumps(rows, ensure_ascii=False)])
    if nobody := [post.post_id for post, marks in found if not marks.member and not marks.follows]:
        cursor.execute(_LEADS_NOBODY, {"posts": nobody})
    shown = [
        {
            "post": post.post_id,
            "sha256": sha256,
            "key": picture_key(sha256),
            "offered": to_json(job.job(post.assessment.reading, f"image:{place}")),
        }
        for post, marks in found
        if _shows(marks)
        for sha256, place in post.pictures
    ]
    if shown:
        cursor.execute(_SHOW, [json.dumps(shown)])


def name_by_id(cursor: Any, authors: Iterable[tuple[int, str, str, str]]) -> None:
    """Posts whose author was known by a name and is known by an id now are tied by that. `authors`: post, platform, name, id.

    In the caller's transaction, once the indicator is there.
    """
    rows = [
        (post, digest(f"account:{platform}:{name}".lower()), digest(f"account:{platform}:{own}".lower()), f"{platform}:{own}")
        for post, platform, name, own in authors
    ]
    cursor.execute(_NAME_BY_ID, list(map(list, zip(*rows, strict=True))))


def picture_key(sha256: str) -> str:
    """PostMark.key of a picture that is nobody's copy."""
    return digest(f"picture:{sha256}")


def _shows(marks: linking.Marks) -> bool:
    return marks.member and not marks.agencys


def _rows(post: Kept, marks: linking.Marks) -> list[dict[str, Any]]:
    def row(kind: str, key: str, indicator_kind: str = "", mark: linking.Mark | None = None) -> dict[str, Any]:
        return {
            "post": post.post_id,
            "kind": kind,
            "key": digest(key),
            "indicator_kind": indicator_kind,
            "value": mark.value if mark else "",
            "own_id": mark.own_id if mark else "",
        }

    rows = [row(AGENCYS, key) for key in sorted(marks.agencys)]
    rows += [row(m.kind, m.key, _INDICATORS.get(m.kind, m.kind), m) for m in sorted(marks.given)]
    rows += [row(TieKind.AUTHOR, m.key, "account", m) for m in sorted(marks.author)]
    if _shows(marks):
        rows += [row(TieKind.PICTURE, f"picture:{sha256}") for sha256, _place in post.pictures]
    return rows


def to_json(offered: job.Job) -> dict[str, Any]:
    """Only what is said; two equal jobs give equal objects."""
    said = {
        "countries": sorted(offered.countries),
        "positions": sorted(offered.positions),
        "companies": sorted(offered.companies),
        "towns": sorted(offered.towns),
        "pays": sorted(map(list, offered.pays)),
    }
    return {key: value for key, value in said.items() if value}


def from_json(told: Any) -> job.Job:
    """`told`: what `to_json` gives, or the text of it, as a cursor without Django's converters gives it."""
    said = json.loads(told) if isinstance(told, str) else told
    return job.Job(
        countries=frozenset(said.get("countries", ())),
        positions=frozenset(said.get("positions", ())),
        companies=frozenset(said.get("companies", ())),
        towns=frozenset(said.get("towns", ())),
        pays=frozenset((currency, amount) for currency, amount in said.get("pays", ())),
    )
