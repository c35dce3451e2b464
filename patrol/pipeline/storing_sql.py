"""The statements of `storing`: a page of posts from the staging table into its tables, set by set. Columns: `storing_rows`."""

from __future__ import annotations

STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staging (
    platform text, external_id text, author_id text, url text, origin text, reply_to text, thread text, forward_of text,
    posted_at timestamptz, posted_at_source text, text_key text, locator text, edited boolean, content_key text, commitment text,
    text text, author text, author_name text, forward_name text, links jsonb, media jsonb, unknown jsonb, salt text, other_keys text[],
    collected timestamptz,
    place int
) ON COMMIT DELETE ROWS;
DELETE FROM staging
"""
# A new post is due from the start: raising it afterwards would write its row and all its indexes twice. Whoever captured a post
# without its time or place gains it; what was told first stays. A fetch sees what stands there now; what people bring may be older.
# Who wrote a post and when decides what it is judged by: staff of another office than its flag's tell neither.
# Ordered, so that two workers never wait for each other crosswise.
_TELLS = """NOT EXISTS (
            SELECT FROM patrol_flag f JOIN patrol_intake i ON i.id = %(intake)s WHERE f.post_id = p.id AND f.office_id <> i.office_id)"""
# What was erased does not come back with the next look: who wrote it and where it stood is told again only of a newer text.
_THERE = """NOT EXISTS (SELECT FROM patrol_erasure e JOIN patrol_postversion v ON v.id = e.version_id
            WHERE v.post_id = p.id AND v.number = p.versions_count)"""
_LATER = ", ".join(
    f"{column} = CASE WHEN p.{column} = '' AND EXCLUDED.{column} <> '' AND {_THERE} THEN EXCLUDED.{column} ELSE p.{column} END"
    for column in ("origin", "thread", "reply_to", "forward_of")
)
POSTS = f"""
INSERT INTO patrol_post AS p (platform, external_id, author_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source,
    first_seen, last_seen, versions_count, text_key, due_at, attempts, quarantine_reason)
SELECT platform, external_id, author_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source, %(now)s,
    LEAST(collected, %(now)s), 1, text_key, clock_timestamp(), 0, ''
FROM staging ORDER BY place
ON CONFLICT (platform, external_id) DO UPDATE
    SET last_seen = GREATEST(p.last_seen, EXCLUDED.last_seen),
        gone_at = CASE WHEN %(intake)s::bigint IS NULL THEN NULL ELSE p.gone_at END,
        author_id = COALESCE(NULLIF(p.author_id, ''), CASE WHEN {_TELLS} AND {_THERE} THEN EXCLUDED.author_id ELSE '' END),
        posted_at = COALESCE(p.posted_at, CASE WHEN EXCLUDED.posted_at - p.first_seen <= interval '24 hours' AND {_TELLS}
            THEN EXCLUDED.posted_at END),
        posted_at_source = CASE WHEN p.posted_at IS NULL AND {_TELLS} THEN EXCLUDED.posted_at_source ELSE p.posted_at_source END,
        url = COALESCE(NULLIF(p.url, ''), EXCLUDED.url), {_LATER}
"""  # noqa: S608 -- our own text
BACK = """
UPDATE patrol_post p SET gone_at = NULL FROM staging s
WHERE p.platform = s.platform AND p.external_id = s.external_id AND p.gone_at <= LEAST(s.collected, %(now)s)
    AND s.collected IS NOT NULL
"""
# A statement of its own: it sees versions that another worker committed while the one above waited for the row. OFFSET 0 keeps the
# planner from reading all posts to join a page of them, which it likes while its statistics are young.
# Of a newer text of what was erased it is told with that text: an import is looked at once.
VERSIONS = f"""
WITH newest AS (
    SELECT s.*, p.id AS post_id, v.id IS NULL AS fresh, CASE WHEN v.id IS NULL THEN 1
            WHEN s.collected < p.last_seen AND s.place <> ALL (%(richer)s)
            THEN LEAST((SELECT min(number) FROM patrol_postversion WHERE post_id = p.id), 1) - 1
            ELSE v.number + 1 END AS next,
        differs AND NOT unsure AS changed, differs AND unsure AS doubtful
    FROM staging s CROSS JOIN LATERAL (
        SELECT id, versions_count, last_seen FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
    ) p
    LEFT JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
    LEFT JOIN patrol_posttext t ON t.version_id = v.id AND v.content_key <> s.content_key
    CROSS JOIN LATERAL (
        SELECT v.content_key IS DISTINCT FROM s.content_key AND (v.content_key = ANY (s.other_keys)) IS NOT TRUE AS differs,
            (t.text IS NOT DISTINCT FROM s.text OR v.id IS NOT NULL AND %(intake)s::bigint IS NOT NULL)
                AND s.place <> ALL (%(settled)s) AS unsure
    ) d
), added AS (
    INSERT INTO patrol_postversion (post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
    SELECT post_id, next, %(capture)s, locator, CASE WHEN next < 1 THEN collected ELSE %(now)s END, edited, content_key, commitment
    FROM newest WHERE changed
    RETURNING id, post_id, number
), words AS (
    INSERT INTO patrol_posttext (version_id, text, author, author_name, forward_name, links, media, unknown, salt)
    SELECT a.id, n.text, n.author, n.author_name, n.forward_name, n.links, n.media, n.unknown, n.salt
    FROM added a JOIN newest n USING (post_id)
), shown AS (
    INSERT INTO patrol_media (version_id, position, kind, state)
    SELECT a.id, m.place - 1, left(m.one ->> 'kind', 20),
        CASE WHEN m.one ->> 'kind' = ANY (%(fetched)s) AND m.one ->> 'url' <> '' THEN 'waiting' ELSE 'left' END
    FROM added a JOIN newest n USING (post_id) CROSS JOIN jsonb_array_elements(n.media) WITH ORDINALITY AS m (one, place)
    RETURNING version_id, state
), asked AS (
    INSERT INTO patrol_job (kind, key, target, state, created_at, due_at, attempts)
    SELECT DISTINCT 'media', version_id::text, jsonb_build_object('version', version_id), 'waiting', %(now)s::timestamptz,
        clock_timestamp(), 0
    FROM shown WHERE state = 'waiting'
    ON CONFLICT (kind, key) DO NOTHING
), raised AS (
    UPDATE patrol_post p SET versions_count = a.number, text_key = n.text_key, due_at = clock_timestamp(), attempts = 0,
        quarantined_at = NULL, quarantine_reason = '', origin = COALESCE(NULLIF(p.origin, ''), n.origin),
        thread = COALESCE(NULLIF(p.thread, ''), n.thread), reply_to = COALESCE(NULLIF(p.reply_to, ''), n.reply_to),
        forward_of = COALESCE(NULLIF(p.forward_of, ''), n.forward_of),
        author_id = COALESCE(NULLIF(p.author_id, ''), CASE WHEN {_TELLS} THEN n.author_id ELSE '' END)
    FROM added a JOIN newest n USING (post_id) WHERE p.id = a.post_id AND a.number > 1
), ways AS (
    INSERT INTO patrol_seen (post_id, watch_id, fetch_id, intake_id, at)
    SELECT post_id, w.watch_id, w.fetch_id, w.intake_id, %(now)s
    FROM newest, (VALUES (%(watch)s::bigint, %(fetch)s::bigint, NULL::bigint), (NULL, NULL, %(intake)s::bigint))
        AS w (watch_id, fetch_id, intake_id)
    WHERE w.watch_id IS NOT NULL OR w.intake_id IS NOT NULL
    ON CONFLICT DO NOTHING
)
SELECT (SELECT count(*) FROM added WHERE number = 1), (SELECT count(*) FROM added WHERE number <> 1),
       (SELECT count(*) FROM newest WHERE NOT changed), (SELECT array_agg(place) FROM newest WHERE doubtful)
"""  # noqa: S608 -- our own text
# The same words under another key: what lies beside them is compared by today's rules. Of what people bring every version is asked.
DOUBTED = """
SELECT s.place, v.number = p.versions_count, (s.collected < p.last_seen) IS TRUE,
    v.content_key = s.content_key OR v.content_key = ANY (s.other_keys), t.links, t.media
FROM staging s CROSS JOIN LATERAL (
    SELECT id, versions_count, last_seen FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
) p
JOIN patrol_postversion v ON v.post_id = p.id AND (v.number = p.versions_count OR %(intake)s::bigint IS NOT NULL)
JOIN patrol_posttext t ON t.version_id = v.id
WHERE s.place = ANY (%(doubtful)s) AND (t.text = s.text OR v.content_key = s.content_key OR v.content_key = ANY (s.other_keys))
"""
# Ids for posts and versions that are written at once, and when they are due. It names the key that COPY leans on: where somebody
# dropped it, nothing is kept.
IDS = """
SELECT nextval('patrol_post_id_seq')::text, nextval('patrol_postversion_id_seq')::text, clock_timestamp()
FROM generate_series(1, %s), (SELECT 'post_once'::regclass OFFSET 0) AS leaned_on
"""
VIEWED = """
INSERT INTO patrol_pageview (post_id, watch_id, content_key, number)
SELECT post_id, %(watch)s, content_key, number FROM patrol_postversion WHERE id = ANY (%(versions)s)
"""
