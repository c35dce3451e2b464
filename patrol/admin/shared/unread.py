"""Posts whose newest state nobody read yet: nothing is said about what they are, only that they wait, and since when.

Judged by the database's clock, as due times are.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from patrol import models
from patrol.admin.shared import words

# Whoever reads holds posts by lease; where nobody does for a minute while posts wait, nobody reads.
_BUSY = "EXISTS (SELECT FROM patrol_post b WHERE b.due_at IS NOT NULL AND b.lease_until > clock_timestamp())"
_UNREAD = f"""
SELECT p.id, p.due_at, p.quarantined_at, p.due_at > clock_timestamp() - interval '1 minute', {_BUSY}
FROM patrol_post p
WHERE p.id = ANY(%s) AND NOT EXISTS (
    SELECT FROM patrol_postversion v JOIN patrol_reading r ON r.version_id = v.id
    WHERE v.post_id = p.id AND v.number = p.versions_count)
"""  # noqa: S608 -- our own text


def of(posts: Iterable[models.Post]) -> dict[int, str]:
    """post -> what stands in place of a finding, for those that were not read. One query; none where no post waits."""
    waiting = [post.pk for post in posts if post.due_at is not None or post.quarantined_at is not None]
    if not waiting:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [waiting])
        found = cursor.fetchall()
    told = {}
    for post_id, due_at, set_aside, fresh, busy in found:
        if set_aside is not None:
            told[post_id] = _("could not be read, set aside since %(when)s") % {"when": words.moment(set_aside)}
        elif fresh:
            told[post_id] = _("is being read")
        elif busy:
            told[post_id] = _("not read since %(when)s, others are read before it") % {"when": words.moment(due_at)}
        else:
            told[post_id] = _("not read since %(when)s, the reader has stopped") % {"when": words.moment(due_at)}
    return told


_BACKLOG = f"""
SELECT (SELECT min(due_at) FROM patrol_post
        WHERE due_at <= clock_timestamp() - interval '1 minute' AND quarantined_at IS NULL
          AND (lease_until IS NULL OR lease_until < clock_timestamp())), {_BUSY}
"""  # noqa: S608 -- our own text


def backlog() -> str:
    """Whether posts wait to be read for longer than it takes, and since when: then a list of what was found is not whole. "" where none
    does. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BACKLOG)
        since, busy = cursor.fetchone()
    if since is None:
        return ""
    when = {"when": words.moment(since)}
    if busy:
        return _("Posts wait to be read since %(when)s: what is in them appears here once they are read.") % when
    return _("Posts wait to be read since %(when)s, and the reader has stopped: what is in them does not appear here.") % when
