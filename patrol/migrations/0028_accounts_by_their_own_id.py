"""Accounts are known by the platform's own id; names are names (ADR 44).

What was kept so far names authors by their handles. Of two platforms the id stands in the post's own identity: there each account gets
its indicator, with the names it was seen with. Where everything under a name is one account's, the name's row becomes the account's, so
that links to it and trust in it stay; else the name keeps its row and the posts go to the account. On other platforms that is done when a
post is seen again with its author's id.
"""

import hashlib
import re

import django.db.models.deletion
from django.db import migrations, models

_IDS = """
UPDATE patrol_post SET author_id = CASE
    WHEN external_id ~ '#repost:did:' THEN split_part(external_id, '#repost:', 2)
    ELSE split_part(external_id, '/', 3) END
WHERE platform = 'bluesky' AND external_id LIKE 'at://did:%' AND external_id !~ '#repost:(?!did:)';
UPDATE patrol_post p SET author_id = split_part(p.external_id, '/', 1)
FROM patrol_postversion v JOIN patrol_posttext t ON t.version_id = v.id
WHERE p.platform = 'telegram' AND p.external_id ~ '^[0-9]+/[0-9]+$' AND v.post_id = p.id AND v.number = p.versions_count
    AND t.author <> '' AND lower(p.url) = 'https://t.me/' || t.author || '/' || split_part(p.external_id, '/', 2);
CREATE TEMPORARY TABLE authored ON COMMIT DROP AS
SELECT s.id, s.post_id, s.indicator_id AS named, p.platform || ':' || p.author_id AS own_id, i.value AS name, v.seen_at,
    LEAST(COALESCE(p.posted_at, p.first_seen), p.first_seen) AS at
FROM patrol_sighting s JOIN patrol_post p ON p.id = s.post_id AND p.author_id <> ''
JOIN patrol_indicator i ON i.id = s.indicator_id AND i.kind = 'account'
JOIN patrol_postversion v ON v.id = s.version_id
WHERE s.role = 'author';
UPDATE patrol_indicator i SET own_id = a.own_id
FROM (SELECT DISTINCT ON (own_id) own_id, named FROM authored ORDER BY own_id, seen_at DESC, id DESC) a
WHERE i.id = a.named AND NOT EXISTS (
    SELECT FROM patrol_sighting s LEFT JOIN authored b ON b.id = s.id
    WHERE s.indicator_id = i.id AND b.own_id IS DISTINCT FROM a.own_id
);
INSERT INTO patrol_indicator (kind, value, own_id, first_seen, last_seen)
SELECT DISTINCT ON (a.own_id) 'account', a.name, a.own_id, min(a.at) OVER one, max(a.at) OVER one FROM authored a
WHERE NOT EXISTS (SELECT FROM patrol_indicator i WHERE i.own_id = a.own_id)
WINDOW one AS (PARTITION BY a.own_id) ORDER BY a.own_id, a.seen_at DESC, a.id DESC;
UPDATE patrol_sighting s SET indicator_id = i.id FROM authored a JOIN patrol_indicator i ON i.own_id = a.own_id
WHERE s.id = a.id AND s.indicator_id <> i.id;
UPDATE patrol_indicator i SET first_seen = LEAST(i.first_seen, a.first), last_seen = GREATEST(i.last_seen, a.last)
FROM (SELECT own_id, min(at) AS first, max(at) AS last FROM authored GROUP BY own_id) a WHERE i.own_id = a.own_id;
INSERT INTO patrol_accountname (indicator_id, name, first_seen, last_seen)
SELECT i.id, a.name, min(a.seen_at), max(a.seen_at) FROM authored a JOIN patrol_indicator i ON i.own_id = a.own_id GROUP BY i.id, a.name;
UPDATE patrol_profile p SET account_id = split_part(one.own_id, ':', 2) || COALESCE(':' || NULLIF(substr(one.own_id,
    length(split_part(one.own_id, ':', 1) || ':' || split_part(one.own_id, ':', 2)) + 2), ''), '')
FROM (
    SELECT n.name, min(i.own_id) AS own_id FROM patrol_accountname n JOIN patrol_indicator i ON i.id = n.indicator_id
    GROUP BY n.name HAVING count(*) = 1
) one WHERE p.platform || ':' || p.account = one.name;
"""
_AUTHORS = "SELECT DISTINCT name, own_id FROM authored"
# Who posted it, as a post is tied by it: the same posts, by the account. A contact the text gives by name stays a name.
_MARKS = """
UPDATE patrol_postmark m SET key = CASE WHEN m.key = g.was THEN g.now ELSE m.key END, indicator_id = i.id
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS g (name, own_id, was, now)
JOIN authored a ON a.name = g.name AND a.own_id = g.own_id JOIN patrol_indicator i ON i.own_id = g.own_id
WHERE m.post_id = a.post_id AND (m.key = g.was OR m.indicator_id = a.named) AND m.kind IN ('author', 'account', 'handle')
    AND NOT EXISTS (
        SELECT FROM patrol_sighting s JOIN patrol_indicator n ON n.id = s.indicator_id
        WHERE s.post_id = m.post_id AND s.role <> 'author' AND n.kind = 'account' AND n.value = g.name AND n.own_id = '')
"""
_WATCHES = "SELECT id, query, cursor FROM patrol_watch WHERE platform = 'bluesky' AND kind = 'account'"
# Whose posts a watch of a handle brought: the account it follows from now on.
_FOLLOWED = """
UPDATE patrol_watch w SET cursor = w.cursor || jsonb_build_object('account',
    jsonb_build_object('asked', %(handle)s::text, 'id', f.did, 'name', %(handle)s::text))
FROM (
    SELECT p.author_id AS did FROM patrol_seen s JOIN patrol_post p ON p.id = s.post_id
    JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count JOIN patrol_posttext t ON t.version_id = v.id
    WHERE s.watch_id = %(watch)s AND p.platform = 'bluesky' AND p.author_id LIKE 'did:%%' AND t.author = %(handle)s
    ORDER BY s.id LIMIT 1
) f WHERE w.id = %(watch)s
"""


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def join(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_IDS)
        cursor.execute(_AUTHORS)
        authors = cursor.fetchall()
        if authors:
            rows = [(name, own, _digest(f"account:{name}".lower()), _digest(f"account:{own}".lower())) for name, own in authors]
            cursor.execute(_MARKS, list(map(list, zip(*rows, strict=True))))
        cursor.execute(_WATCHES)
        for watch, query, _cursor in cursor.fetchall():
            handle = re.sub(r"^https?://[^/]+/profile/", "", query.strip()).strip("@/").lower()
            if not handle.startswith("did:"):
                cursor.execute(_FOLLOWED, {"watch": watch, "handle": handle})


class Migration(migrations.Migration):
    dependencies = [("patrol", "0027_temporary_tables_last")]

    operations = [
        migrations.AddField("post", "author_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.AddField("profile", "account_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.AddIndex(
            "profile",
            models.Index(
                condition=models.Q(("account_id", ""), _negated=True), fields=["platform", "account_id", "-seen_at"], name="profile_by_id"
            ),
        ),
        migrations.AddField("indicator", "own_id", models.CharField(blank=True, db_default="", default="", max_length=300)),
        migrations.RemoveConstraint("indicator", "indicator_once"),
        migrations.AddConstraint("indicator", models.UniqueConstraint(fields=("kind", "value", "own_id"), name="indicator_once")),
        migrations.AddConstraint(
            "indicator",
            models.UniqueConstraint(condition=models.Q(("own_id", ""), _negated=True), fields=("own_id",), name="indicator_own_id_once"),
        ),
        migrations.AddConstraint(
            "indicator",
            models.CheckConstraint(
                condition=models.Q(("own_id", ""), ("kind", "account"), _connector="OR"), name="indicator_own_id_of_account"
            ),
        ),
        migrations.CreateModel(
            name="AccountName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=500)),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="account_names", to="patrol.indicator"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["name"], name="account_by_name")],
                "constraints": [models.UniqueConstraint(fields=("indicator", "name"), name="account_name_once")],
            },
        ),
        migrations.RunPython(join, migrations.RunPython.noop),
    ]
