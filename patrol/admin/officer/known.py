"""What is known beside the post on the desk: where else its contacts, account, company and text stand, and what people said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.domain import LAW_ZONE, states
from patrol.engine import masks
from patrol.infra import prepared, wall

MOST = 1000  # posts of one indicator that are counted: beyond that "1,000 and more" says as much

# For each indicator of the version: how many other posts, and what became of their flags. Bounded, so that a number that stands in ten
# thousand posts costs no more than one that stands in a thousand.
_INDICATORS = """
SELECT i.id, i.kind, i.value, i.first_seen, s.roles, o.posts, o.confirmed, o.dismissed, o.waiting, t.known_as, t.reason
FROM (SELECT indicator_id, array_agg(DISTINCT role ORDER BY role) AS roles FROM patrol_sighting
      WHERE version_id = %(version)s GROUP BY indicator_id) s
JOIN patrol_indicator i ON i.id = s.indicator_id
LEFT JOIN patrol_trusted t ON t.indicator_id = i.id AND t.approved_at IS NOT NULL AND t.ended_at IS NULL AND t.expires_on >= %(today)s
CROSS JOIN LATERAL (
    SELECT count(*) AS posts, count(*) FILTER (WHERE f.state = 'confirmed') AS confirmed,
           count(*) FILTER (WHERE f.state = 'dismissed') AS dismissed, count(*) FILTER (WHERE f.state = ANY(%(open)s)) AS waiting
    FROM (SELECT post_id FROM (
              SELECT post_id FROM patrol_sighting WHERE indicator_id = i.id AND post_id <> %(post)s LIMIT %(sightings)s) seen
          GROUP BY post_id LIMIT %(most)s) p
    LEFT JOIN patrol_flag f ON f.post_id = p.post_id
) o
ORDER BY i.kind, i.id
"""


def indicators(
    post_id: int, version_id: int, *, shown: bool, only: Callable[[list[str], int], bool] = lambda _roles, _posts: True
) -> list[dict[str, Any]]:
    """Each once, with the number of other posts it was seen in. The value as this person may see it: where `shown` in full, of those that
    `only` says (its roles in the post, how many other posts have it). Two that look the same masked carry a tag. One query."""
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            _INDICATORS,
            {
                "version": version_id,
                "post": post_id,
                "open": sorted(map(str, states.OPEN)),
                "most": MOST,
                "sightings": 4 * MOST,
                "today": timezone.now().astimezone(LAW_ZONE).date(),
            },
        )
        found = cursor.fetchall()
    masked = masks.values((kind, value, key) for key, kind, value, *_more in found)
    full = [shown and only(roles, posts) for _k, _kind, _value, _since, roles, posts, *_more in found]
    return [
        {
            "id": key,
            "kind": kind,
            "written": value,
            "tag": mask.removeprefix(masks.value(kind, value)),
            "badge": words.INDICATORS.get(kind, words.Badge(kind)),
            "value": value if whole else mask,
            "only": only(roles, posts),
            "masked": not whole and kind in masks.CONTACTS,
            "link": base.here("patrol_indicator_change", key),
            "roles": [words.SIGHTING_ROLES[role] for role in roles],
            "since": words.day(first_seen),
            "others": posts,
            "more": posts >= MOST,
            "decided": _decided(confirmed, dismissed, waiting),
            "trusted": f"{words.TRUSTED_AS[known_as]}: {masks.text(reason, [])}" if known_as else "",
        }
        for (key, kind, value, first_seen, roles, posts, confirmed, dismissed, waiting, known_as, reason), mask, whole in zip(
            found, masked, full, strict=True
        )
    ]


def tags(rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """What stands behind the masks of those that look like another of these rows, by kind and value."""
    return {(row["kind"], row["written"]): row["tag"] for row in rows if row["tag"]}


def _decided(confirmed: int, dismissed: int, waiting: int) -> str:
    """What people said of the other posts: "2 confirmed, 1 dismissed"."""
    parts = [
        (confirmed, ngettext("%(count)s confirmed", "%(count)s confirmed", confirmed)),
        (dismissed, ngettext("%(count)s dismissed", "%(count)s dismissed", dismissed)),
        (waiting, ngettext("%(count)s waiting", "%(count)s waiting", waiting)),
    ]
    return ", ".join(text % {"count": count} for count, text in parts if count)


_COPIES = """
SELECT o.short_name, f.state, count(*) FROM patrol_flag f JOIN patrol_office o ON o.id = f.office_id
WHERE f.row_key = %(row)s AND f.id <> ALL(%(besides)s) GROUP BY o.short_name, f.state ORDER BY o.short_name, f.state LIMIT 8
"""


def copies(flag: models.Flag, *, joined: bool, named: bool) -> list[str]:
    """The same text elsewhere: how often, in which office, decided how. One query; three where people `joined` other texts to its row:
    those are told apart, with who joined them where this person may see that (`named`)."""
    others: list[models.Flag] = []
    if joined:
        row = list(models.Flag.objects.filter(row_key=flag.row_key).select_related("office").defer("text_bands")[:MOST])
        texts = triage.texts(row)
        own = texts.get(flag.pk, ("", flag.row_key))[1]
        others = [one for one in row if texts[one.pk][1] != own]
    with connection.cursor() as cursor:
        prepared.execute(cursor, _COPIES, {"row": flag.row_key, "besides": [flag.pk, *(one.pk for one in others)]})
        rows = cursor.fetchall()
    told = [
        _("same text ×%(count)s, %(office)s: %(state)s") % {"count": many, "office": office, "state": words.FLAG_STATES[state].title}
        for office, state, many in rows
    ]
    return told + (_joined(others, named=named) if others else [])


def _joined(others: list[models.Flag], *, named: bool) -> list[str]:
    """What people put into one row with a flag: other texts, decided together."""
    events = models.FlagEvent.objects.filter(flag__in=others, kind="joined").select_related("by").order_by("id")
    who = ", ".join(dict.fromkeys(event.by.name for event in events if event.by)) if named else ""
    many = Counter((one.office.short_name, one.state) for one in others)
    return [
        (
            _("decided together by %(who)s, other text ×%(count)s, %(office)s: %(state)s")
            if who
            else _("decided together, other text ×%(count)s, %(office)s: %(state)s")
        )
        % {"who": who, "count": count, "office": office, "state": words.FLAG_STATES[state].title}
        for (office, state), count in sorted(many.items())
    ]


# From the few open cases to their posts, not from the posts of a number: those may be ten thousand.
_CASES = """
SELECT c.id, c.number, o.id, o.short_name
FROM patrol_caseflag e JOIN patrol_flag f ON f.id = e.flag_id
JOIN patrol_case c ON c.id = e.case_id JOIN patrol_office o ON o.id = c.office_id
WHERE c.state <> %(closed)s AND e.flag_id <> %(flag)s AND EXISTS (
    SELECT FROM patrol_sighting s
    WHERE s.post_id = f.post_id AND s.indicator_id = ANY(%(indicators)s) AND s.role IN ('author', 'contact'))
ORDER BY c.opened_at DESC, c.id LIMIT 20
"""


def cases(flag: models.Flag, person: models.Person, indicator_ids: list[int]) -> list[dict[str, Any]]:
    """Open cases in which a contact or account of this post stands. Of another office only number and office. One query, else none."""
    if not indicator_ids:
        return []
    with wall.everything("number and office of a case are for all staff"), connection.cursor() as cursor:
        prepared.execute(cursor, _CASES, {"indicators": indicator_ids, "flag": flag.pk, "closed": str(states.CaseState.CLOSED)})
        found = list(dict.fromkeys(cursor.fetchall()))[:5]
    return [
        {
            "number": number,
            "office": office,
            "link": base.here("patrol_case_change", key) if access.may(person, Action.CASE_VIEW, office_id=office_id) else "",
        }
        for key, number, office_id, office in found
    ]
