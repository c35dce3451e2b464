"""What must hold once every fault is over, asked of the database and the evidence folder alone.

Knows nothing of how the product works inside: it takes what the site served and looks at what is kept. `complaints` is
empty where no post is lost, nothing is kept twice and each file is whole; `cursors_ahead` must be empty at any moment, faults or not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from patrol.sources.shared import progress, walks

SHOWN = 5  # examples named in one complaint

_EACH_ONCE = {
    "a version more or less than counted": """
        SELECT p.external_id FROM patrol_post p LEFT JOIN patrol_postversion v ON v.post_id = p.id
        GROUP BY p.id HAVING max(v.number) <> p.versions_count OR max(v.number) - min(v.number) + 1 <> count(v.id)""",
    "the same content twice in a row": """
        SELECT p.external_id FROM patrol_postversion a JOIN patrol_postversion b ON b.post_id = a.post_id AND b.number = a.number + 1
        JOIN patrol_post p ON p.id = a.post_id WHERE a.content_key = b.content_key""",
    "a version without its words": """
        SELECT v.id::text FROM patrol_postversion v LEFT JOIN patrol_posttext t ON t.version_id = v.id WHERE t.version_id IS NULL""",
    "a post nobody brought": """
        SELECT p.external_id FROM patrol_post p WHERE NOT EXISTS (SELECT FROM patrol_seen s WHERE s.post_id = p.id)""",
    "the same way twice": """
        SELECT p.external_id FROM patrol_seen s JOIN patrol_post p ON p.id = s.post_id
        GROUP BY p.id, s.watch_id, s.intake_id HAVING count(*) > 1""",
    "a newest version not read once": """
        SELECT p.external_id FROM patrol_post p JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
        LEFT JOIN patrol_reading r ON r.version_id = v.id AND r.pictures_key = '' GROUP BY p.id HAVING count(r.id) <> 1""",
    "a newest version whose pictures were not read once": """
        SELECT p.external_id FROM patrol_post p JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
        WHERE EXISTS (SELECT FROM patrol_media m WHERE m.version_id = v.id AND m.state = 'kept')
          AND NOT EXISTS (SELECT FROM patrol_reading r WHERE r.version_id = v.id AND r.pictures_key <> '')
           OR EXISTS (SELECT FROM patrol_reading r WHERE r.version_id = v.id GROUP BY r.pictures_key HAVING count(*) > 1)""",
    "a picture still waiting, or kept without its files": """
        SELECT p.external_id FROM patrol_media m JOIN patrol_postversion v ON v.id = m.version_id JOIN patrol_post p ON p.id = v.post_id
        WHERE m.state = 'waiting' OR m.state = 'kept' AND (m.capture_id IS NULL OR m.thumbnail_id IS NULL OR m.masked_id IS NULL)""",
    "a picture captured more than once": """
        SELECT p.external_id FROM patrol_media m JOIN patrol_postversion v ON v.id = m.version_id JOIN patrol_post p ON p.id = v.post_id
        WHERE m.state = 'kept' GROUP BY p.id HAVING count(*) < (
            SELECT count(*) FROM patrol_capture c WHERE c.post_id = p.id AND c.kind = 'media' AND c.relation = 'original')""",
    "a job that was not done": """
        SELECT kind || ' ' || key FROM patrol_job WHERE kind IN ('media', 'import') AND state <> 'done'""",
    "an import whose counts are not those of its posts": """
        SELECT i.name FROM patrol_intake i WHERE i.kind = 'import' AND (i.state <> 'done' OR i.posts_new + i.posts_changed
            + i.posts_repeated <> (SELECT count(*) FROM patrol_seen s WHERE s.intake_id = i.id))""",
    "a reading without its claims": """
        SELECT r.id::text FROM patrol_reading r LEFT JOIN patrol_readingclaims c ON c.reading_id = r.id WHERE c.reading_id IS NULL""",
    "a reading not checked once": """
        SELECT r.id::text FROM patrol_reading r LEFT JOIN patrol_licencecheck c ON c.reading_id = r.id
        GROUP BY r.id HAVING count(c.id) <> 1""",
    "a check above level none without its flag": """
        SELECT p.external_id FROM patrol_licencecheck c JOIN patrol_reading r ON r.id = c.reading_id
        JOIN patrol_postversion v ON v.id = r.version_id JOIN patrol_post p ON p.id = v.post_id AND p.versions_count = v.number
        LEFT JOIN patrol_flag f ON f.post_id = p.id WHERE c.level <> 'none' AND f.id IS NULL""",
    "a flag beside its post's check": """
        SELECT f.number FROM patrol_flag f JOIN patrol_licencecheck c ON c.id = f.current_check_id
        JOIN patrol_reading r ON r.id = c.reading_id JOIN patrol_postversion v ON v.id = r.version_id
        JOIN patrol_post p ON p.id = f.post_id WHERE v.post_id <> p.id OR v.number <> p.versions_count OR f.level <> c.level""",
    "a flag not raised once": """
        SELECT f.number FROM patrol_flag f LEFT JOIN patrol_flagevent e ON e.flag_id = f.id AND e.kind = 'raised'
        GROUP BY f.id HAVING count(e.id) <> 1""",
    "a flag with a second event": """
        SELECT f.number FROM patrol_flag f JOIN patrol_flagevent e ON e.flag_id = f.id AND e.kind <> 'gone'
        JOIN patrol_post p ON p.id = f.post_id
        GROUP BY f.id, p.id HAVING count(e.id) > p.versions_count + (SELECT count(*) FROM patrol_reading r
            JOIN patrol_postversion v ON v.id = r.version_id WHERE v.post_id = p.id AND r.pictures_key <> '')""",
    "a post still due, held or set aside": """
        SELECT external_id FROM patrol_post WHERE due_at IS NOT NULL OR lease_token IS NOT NULL OR quarantined_at IS NOT NULL""",
    "an indicator nobody sighted": """
        SELECT i.kind || ' ' || i.id FROM patrol_indicator i
        WHERE NOT EXISTS (SELECT FROM patrol_sighting s WHERE s.indicator_id = i.id)""",
    "a capture no run is behind": """
        SELECT c.id::text FROM patrol_capture c LEFT JOIN patrol_fetch f ON f.id = c.fetch_id
        WHERE f.id IS NULL AND c.job_id IS NULL AND c.intake_id IS NULL""",
    "a watch that stopped": "SELECT query FROM patrol_watch WHERE state <> 'active'",
}


def _some(found: list[str]) -> str:
    return f"{len(found)} ({', '.join(found[:SHOWN])}{', …' if len(found) > SHOWN else ''})"


def cursors_ahead(connection: Any, served: Mapping[tuple[str, str], str]) -> list[str]:
    """External ids a watch counts as fetched that are not kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cursor::text FROM patrol_watch WHERE platform = 'telegram'")
        reached = {one.channel: one for one in (progress.Progress.read(json.loads(row[0])) for row in cursor.fetchall())}
        # After the cursors: what is stored meanwhile only makes more of them right.
        cursor.execute("SELECT external_id FROM patrol_post WHERE platform = 'telegram'")
        kept = {row[0] for row in cursor.fetchall()}
    ahead = []
    for platform, external_id in served:
        channel, _, number = external_id.rpartition("/")
        if platform == "telegram" and channel in reached and external_id not in kept and reached[channel].is_covered(int(number)):
            ahead.append(external_id)
    return sorted(ahead)


def walks_ahead(connection: Any, served: Mapping[tuple[str, str], tuple[str, int, datetime]]) -> list[str]:
    """External ids a watch that walks down by tokens counts as fetched and that are not kept.

    `served`: (platform, external id) -> the query of its watch, its number there, its time. Known is everything up to the newest post
    of the last finished walk; of the walk on its way, everything between its top and the token it goes on with (a number).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT query, cursor::text FROM patrol_watch WHERE cursor ? 'looks'")
        reached = {query: [walks.Walk.read(one) for one in json.loads(kept)["looks"].values()] for query, kept in cursor.fetchall()}
        cursor.execute("SELECT platform, external_id FROM patrol_post")  # after the cursors, as above
        kept = set(cursor.fetchall())
    return sorted(
        key[1]
        for key, (query, number, at) in served.items()
        if key not in kept
        and any(
            (walk.known is not None and at <= walk.known)
            or (walk.top is not None and walk.token.isdecimal() and at <= walk.top and number >= int(walk.token))
            for walk in reached.get(query, ())
        )
    )


def complaints(connection: Any, evidence: Path, served: Mapping[tuple[str, str], str]) -> list[str]:
    """One line per broken promise. `served`: (platform, external id) -> words, for everything the site showed."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.platform, p.external_id, t.text FROM patrol_post p"
            " LEFT JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count"
            " LEFT JOIN patrol_posttext t ON t.version_id = v.id"
        )
        kept: dict[tuple[str, str], list[str]] = {}
        for platform, external_id, text in cursor.fetchall():
            kept.setdefault((platform, external_id), []).append(" ".join((text or "").split()))
        missing = sorted(external_id for platform, external_id in served.keys() - kept.keys())
        strange = sorted(external_id for platform, external_id in kept.keys() - served.keys())
        doubled = sorted(key[1] for key, texts in kept.items() if len(texts) > 1)
        other = sorted(key[1] for key, texts in kept.items() if key in served and texts != [served[key]])
        for what, ids in (("lost", missing), ("never served", strange), ("kept twice", doubled), ("with other words", other)):
            if ids:
                found.append(f"posts {what}: {_some(ids)}")
        for what, sql in _EACH_ONCE.items():
            cursor.execute(sql)
            if ids := [row[0] for row in cursor.fetchall()]:
                found.append(f"{what}: {_some(ids)}")
        cursor.execute("SELECT id::text, sha256, length FROM patrol_capture")
        broken = [key for key, sha256, length in cursor.fetchall() if not _intact(evidence, sha256, length)]
    if broken:
        found.append(f"captures whose bytes are missing or changed: {_some(broken)}")
    if ahead := cursors_ahead(connection, served):
        found.append(f"cursors ahead of their posts: {_some(ahead)}")
    return found


def _intact(evidence: Path, sha256: str, length: int) -> bool:
    try:
        content = (evidence / sha256[:2] / sha256[2:4] / sha256).read_bytes()
    except OSError:
        return False
    return len(content) == length and hashlib.sha256(content).hexdigest() == sha256
