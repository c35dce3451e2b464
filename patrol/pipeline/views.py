"""Several watches may read one page, each by selectors of its own, or by the site's feed: what differs between them is no edit (ADR 35).

PageView keeps what each watch was last shown of a post. A post that shows a watch what it showed it before is unchanged, whatever another
watch made of it. What a watch sees for the first time, or after another one saw something newer, makes a version only where it shows more
than the newest version: then there is something to read in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from patrol import domain, sources
from patrol.pipeline import edits

PLATFORMS: Final = frozenset(platform for platform, source in sources.SOURCES.items() if source.SEVERAL_VIEWS)

_KNOWN = """
SELECT n.place, p.versions_count, v.content_key, t.text, t.links::text, t.media::text, w.content_key, w.number,
    EXISTS (SELECT FROM patrol_seen WHERE post_id = p.id AND watch_id = %(watch)s)
FROM unnest(%(places)s::int[], %(platforms)s::text[], %(names)s::text[]) AS n (place, platform, name) CROSS JOIN LATERAL (
    SELECT id, versions_count FROM patrol_post WHERE platform = n.platform AND external_id = n.name OFFSET 0
) p
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
JOIN patrol_posttext t ON t.version_id = v.id
LEFT JOIN patrol_pageview w ON w.post_id = p.id AND w.watch_id = %(watch)s
"""
_KEEP = """
INSERT INTO patrol_pageview AS w (post_id, watch_id, content_key, number)
SELECT p.id, %(watch)s, n.key, p.versions_count
FROM unnest(%(platforms)s::text[], %(names)s::text[], %(keys)s::text[]) AS n (platform, name, key) CROSS JOIN LATERAL (
    SELECT id, versions_count FROM patrol_post WHERE platform = n.platform AND external_id = n.name OFFSET 0
) p ORDER BY p.id
ON CONFLICT (post_id, watch_id) DO UPDATE SET content_key = EXCLUDED.content_key, number = EXCLUDED.number
WHERE w.content_key <> EXCLUDED.content_key
"""


def of(posts: Sequence[domain.RawPost]) -> list[int]:
    """Places of the posts that several watches may show."""
    return [place for place, post in enumerate(posts) if post.platform in PLATFORMS]


def unchanged(cursor: Any, posts: Sequence[domain.RawPost], keys: Sequence[tuple[str, ...]], watch_id: int) -> dict[int, str]:
    """place -> content_key of the newest version, for the posts that hold no edit. `keys`: the content keys each post may have."""
    places = of(posts)
    if not places:
        return {}
    cursor.execute(
        _KNOWN,
        {
            "watch": watch_id,
            "places": places,
            "platforms": [posts[place].platform for place in places],
            "names": [posts[place].external_id for place in places],
        },
    )
    found = {}
    for place, number, newest, text, links, media, shown, when, seen in cursor.fetchall():
        others_came = not seen if shown is None else when < number
        same = newest in keys[place] or shown in keys[place]
        if same or (others_came and _holds(text, json.loads(links), json.loads(media), posts[place])):
            found[place] = newest
    return found


def keep(cursor: Any, posts: Sequence[domain.RawPost], keys: Sequence[tuple[str, ...]], watch_id: int) -> None:
    """What the watch was shown of the posts, once their versions are stored."""
    places = of(posts)
    if places:
        cursor.execute(
            _KEEP,
            {
                "watch": watch_id,
                "platforms": [posts[place].platform for place in places],
                "names": [posts[place].external_id for place in places],
                "keys": [keys[place][0] for place in places],
            },
        )


def _holds(text: str, links: list[str], media: list[dict[str, str]], post: domain.RawPost) -> bool:
    """Whether a version shows every word, link and picture that the post shows."""
    words = set(post.text.casefold().split()) <= set(text.casefold().split())
    return words and edits.holds((links, media), edits.shown(post))
