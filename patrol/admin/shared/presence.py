"""What there is of a post: asked once, so that a page asks further only for what is there. Most posts have none of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from patrol import models
from patrol.access import looks
from patrol.infra import prepared
from patrol.preserving import pages
from patrol.triage import care


@dataclass(frozen=True, slots=True)
class There:
    pictures: bool
    versions: bool  # other states of the post
    short_links: bool  # in this version
    page_job: bool  # somebody or something asked for an archive of its page
    profile: bool  # of its author
    comments: bool
    campaign: bool
    erased: bool  # its content, and with it the files that nothing else needs
    # of its flag
    case: bool
    copies: bool  # the same text elsewhere
    joined: bool  # a person took others into its row, or it into theirs
    decisions: bool
    objections: bool  # to a decision on it
    reported: bool  # by the public, joined to its post by an officer
    severe: bool  # somebody marked it so, or a text of it is of such a kind
    marked: bool  # it is a protected one, or one of its contacts stands in a protected post
    holder: int | None  # the person whose lease runs


_THERE = """
SELECT EXISTS (SELECT FROM patrol_media WHERE version_id = %(version)s),
    EXISTS (SELECT FROM patrol_postversion WHERE post_id = %(post)s AND id <> %(version)s),
    EXISTS (SELECT FROM patrol_shortlinkuse WHERE version_id = %(version)s),
    EXISTS (SELECT FROM patrol_job WHERE kind = %(kind)s AND key LIKE %(key)s),
    EXISTS (SELECT FROM patrol_profile WHERE platform = %(platform)s AND account = %(author)s AND account <> '' AND %(own)s = '')
        OR EXISTS (SELECT FROM patrol_profile WHERE platform = %(platform)s AND account_id = %(own)s AND account_id <> ''),
    EXISTS (SELECT FROM patrol_post WHERE platform = %(platform)s AND thread = %(thread)s AND thread <> '' AND id <> %(post)s),
    EXISTS (SELECT FROM patrol_linkedpost WHERE post_id = %(post)s AND campaign_id IS NOT NULL),
    EXISTS (SELECT FROM patrol_erasure e JOIN patrol_postversion v ON v.id = e.version_id WHERE v.post_id = %(post)s),
    EXISTS (SELECT FROM patrol_caseflag WHERE flag_id = f.id),
    EXISTS (SELECT FROM patrol_flag WHERE row_key = f.row_key AND id <> f.id),
    EXISTS (SELECT FROM patrol_flag r JOIN patrol_flagevent e ON e.flag_id = r.id AND e.kind = 'joined' WHERE r.row_key = f.row_key),
    EXISTS (SELECT FROM patrol_decision WHERE flag_id = f.id),
    EXISTS (SELECT FROM patrol_objection o JOIN patrol_decision d ON d.id = o.decision_id WHERE d.flag_id = f.id),
    EXISTS (SELECT FROM patrol_tip WHERE post_id = %(post)s),
    EXISTS (SELECT FROM patrol_severemark WHERE post_id = %(post)s AND severe) OR EXISTS (
        SELECT FROM patrol_reading r JOIN patrol_postversion v ON v.id = r.version_id
        WHERE v.post_id = %(post)s AND r.text_kind = ANY(%(severe)s)),
    EXISTS (
        SELECT FROM patrol_sighting s
        CROSS JOIN LATERAL (
            SELECT post_id FROM patrol_sighting WHERE indicator_id = s.indicator_id ORDER BY post_id DESC LIMIT %(newest)s) o
        JOIN patrol_flag g ON g.post_id = o.post_id JOIN patrol_protected k ON k.flag_id = g.id WHERE s.post_id = %(post)s)
        OR EXISTS (SELECT FROM patrol_protected WHERE flag_id = f.id),
    CASE WHEN f.lease_until > clock_timestamp() THEN f.lease_person_id END
FROM (SELECT) AS one LEFT JOIN patrol_flag f ON f.post_id = %(post)s
"""


def of(post: models.Post, *, version_id: int, author: str) -> There:
    """`author`: of that version. One query."""
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            _THERE,
            {
                "post": post.pk,
                "version": version_id,
                "kind": pages.KIND,
                "key": f"{post.pk}:%",
                "platform": post.platform,
                "author": author,
                "own": post.author_id,
                "thread": post.external_id,
                "severe": list(map(str, care.SEVERE_TEXTS)),
                "newest": looks.NEWEST,
            },
        )
        return There(*cursor.fetchone())
