"""What a referral of a case may ask about: all of the channel's kinds in the case's flags and in the campaigns they belong to.

Of a campaign's other posts those that people confirmed, both as flags and by a tie. Contacts known to be good are left out, and those of
somebody harmed; they stand in the hand-over to who looks after them, and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from patrol import access, domain, models
from patrol.access import Action, looks
from patrol.cases import packets
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import Channel, ItemKind
from patrol.domain.states import ReferralState
from patrol.engine import masks
from patrol.infra import wall

MOST: Final = 600  # lines that are proposed; what goes into one packet is packets.MOST

_POSTS = """
WITH rings AS MATERIALIZED (
    SELECT DISTINCT l.campaign_id FROM patrol_caseflag e JOIN patrol_flag f ON f.id = e.flag_id
    JOIN patrol_linkedpost l ON l.post_id = f.post_id JOIN patrol_campaign c ON c.id = l.campaign_id
    WHERE e.case_id = %(case)s AND c.state <> 'dissolved'
), posts AS MATERIALIZED (
    SELECT f.id AS flag_id, f.number, f.post_id, true AS own FROM patrol_caseflag e JOIN patrol_flag f ON f.id = e.flag_id
    WHERE e.case_id = %(case)s AND f.state = 'confirmed'
    UNION ALL
    SELECT f.id, f.number, f.post_id, false FROM patrol_linkedpost l JOIN patrol_flag f ON f.post_id = l.post_id
    WHERE l.campaign_id IN (SELECT campaign_id FROM rings) AND f.state = 'confirmed'
      AND NOT EXISTS (SELECT FROM patrol_caseflag e WHERE e.flag_id = f.id AND e.case_id = %(case)s)
      AND EXISTS (SELECT FROM patrol_tie t WHERE t.state = 'confirmed' AND (t.later_id = f.post_id OR t.earlier_id = f.post_id))
)
"""


def _whole(sql: str) -> str:
    return _POSTS + packets.with_copy(sql)


_LINKS = _whole("""
SELECT 'link', p.url, NULL, f.flag_id, f.number, f.post_id, f.own, c.sha256 IS NOT NULL, 1
FROM posts f JOIN patrol_post p ON p.id = f.post_id LEFT JOIN LATERAL (COPY_OF_THE_POST) c ON true
WHERE p.url ~ '^https?://' AND length(p.url) <= 2000 ORDER BY f.own DESC, f.flag_id LIMIT %(most)s
""")
# Of each the post that shows it best: with a copy, of the case itself, the newest.
_INDICATORS = _whole("""
, seen AS (
    SELECT DISTINCT s.indicator_id, f.flag_id FROM posts f JOIN patrol_sighting s ON s.post_id = f.post_id
    JOIN patrol_indicator i ON i.id = s.indicator_id
    WHERE i.kind = ANY(%(kinds)s) AND s.role = ANY(CASE i.kind WHEN 'agency' THEN ARRAY['agency'] WHEN 'account'
        THEN ARRAY['author', 'contact'] ELSE ARRAY['contact'] END)
      AND NOT EXISTS (
          SELECT FROM patrol_trusted t WHERE t.indicator_id = i.id AND t.approved_at IS NOT NULL AND t.ended_at IS NULL)
)
SELECT * FROM (
    SELECT DISTINCT ON (i.id) i.kind, i.value, i.id, f.flag_id, f.number, f.post_id, f.own, c.sha256 IS NOT NULL,
        count(*) OVER (PARTITION BY i.id)
    FROM seen s JOIN posts f ON f.flag_id = s.flag_id JOIN patrol_indicator i ON i.id = s.indicator_id
    LEFT JOIN LATERAL (COPY_OF_THE_POST) c ON true
    ORDER BY i.id, c.sha256 IS NULL, f.own DESC, f.flag_id DESC
) found ORDER BY 1, 9 DESC, 3 LIMIT %(most)s
""")
_RINGS = _whole("""
SELECT c.number, c.name, c.posts_count, (
    SELECT jsonb_object_agg(kind, many) FROM (
        SELECT t.kind, count(DISTINCT post) AS many
        FROM patrol_tie t JOIN patrol_linkedpost l ON l.post_id = t.later_id JOIN patrol_linkedpost e ON e.post_id = t.earlier_id
        CROSS JOIN LATERAL unnest(ARRAY[t.later_id, t.earlier_id]) post
        WHERE l.campaign_id = c.id AND e.campaign_id = c.id AND t.state <> 'cut' GROUP BY t.kind) k)
FROM patrol_campaign c WHERE c.id IN (SELECT campaign_id FROM rings) ORDER BY c.id
""")
TIES: Final[dict[str, str]] = {  # in Indonesian, as the packet is
    domain.TieKind.PHONE: "nomor telepon yang sama",
    domain.TieKind.BANK_ACCOUNT: "rekening yang sama",
    domain.TieKind.ACCOUNT: "akun yang sama",
    domain.TieKind.LINK: "tautan yang sama",
    domain.TieKind.PICTURE: "gambar yang sama",
    domain.TieKind.TEXT: "teks yang hampir sama",
    domain.TieKind.AUTHOR: "pengunggah yang sama",
    domain.TieKind.HANDLE: "nama akun yang sama",
    domain.TieKind.EMAIL: "alamat surel yang sama",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may be chosen. `mark` is its name on the page: the value itself stands in no form."""

    kind: str
    value: str
    indicator_id: int | None
    flag_id: int
    flag: str
    post_id: int
    own: bool  # its post is in the case itself
    copied: bool  # a page or screenshot of the post is preserved
    posts: int  # of these in which it stands
    mark: str
    protection_id: int | None = None
    asked: str = ""  # the number of another referral of this channel that asks about it


def mark(kind: str, value: object) -> str:
    """Names a value without telling it: only who has our key can try numbers on it."""
    return salted_hmac("patrol.referral.line", f"{kind}:{value}", algorithm="sha256").hexdigest()[:16]


def lines(case: models.Case, channel: Channel, person: models.Person, *, without: int | None = None) -> list[Line]:
    """What may be asked, links without a copy first. `without`: the referral the lines are for, which asks about them itself.

    Four queries at most, however many lines there are.
    """
    given: dict[str, Any] = {"case": case.pk, "most": MOST, "kinds": [str(kind) for kind in channel.kinds]}
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        if ItemKind.LINK in channel.kinds:
            cursor.execute(_LINKS, given)
            found += cursor.fetchall()
        if set(channel.kinds) - {ItemKind.LINK, ItemKind.PERSON}:
            cursor.execute(_INDICATORS, given)
            found += cursor.fetchall()
    harmed = looks.of_harmed({row[2] for row in found if row[2] is not None})
    rows = [Line(*(*row, mark(row[0], row[1]))) for row in found if row[2] not in harmed]
    if ItemKind.PERSON in channel.kinds:
        rows += _persons(case, person)
    rows = list({row.mark: row for row in reversed(rows)}.values())[::-1]
    asked = _asked(channel, [row.mark for row in rows], without)
    told = [replace(row, asked=asked.get(row.mark, "")) for row in rows]
    return sorted(told, key=lambda row: row.copied)  # stable: those without a copy first, for somebody to ask for it


def _persons(case: models.Case, person: models.Person) -> list[Line]:
    """People marked as harmed whom this person may see: of posts that share a contact with the case."""
    shared = models.Sighting.objects.filter(post__flag__case_entry__case=case, role__in=["author", "contact"]).values("indicator")
    seen = models.Sighting.objects.filter(post=OuterRef("flag__post"), indicator__in=shared)
    found = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.filter(Exists(seen)))
    return [
        Line(
            kind=str(ItemKind.PERSON),
            value="",
            indicator_id=None,
            flag_id=one.flag_id,
            flag=one.flag.number,
            post_id=one.flag.post_id,
            own=False,
            copied=True,  # none is asked for
            posts=1,
            mark=mark(ItemKind.PERSON, one.pk),
            protection_id=one.pk,
        )
        for one in found.select_related("flag").order_by("id")[:MOST]
    ]


def _asked(channel: Channel, marks: Collection[str], without: int | None) -> dict[str, str]:
    asked = models.ReferralItem.objects.filter(mark__in=marks, referral__channel=channel.key, referral__corrects=None).exclude(
        referral=without
    )
    asked = asked.exclude(referral__state=ReferralState.WITHDRAWN).order_by("id")
    with wall.everything("that a line was asked about, and in which number, is for all who would ask again"):
        return dict(asked.values_list("mark", "referral__number"))


def together(case: models.Case, channel_key: str) -> str:
    """Why the lines belong together, as the campaigns say it: a beginning for whoever writes it. In Indonesian, as the packet is."""
    if ItemKind.PERSON in CHANNELS[channel_key].kinds:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_RINGS, {"case": case.pk})
        found = cursor.fetchall()
    said = []
    for number, name, posts, ties in found:
        why = ", ".join(
            f"{TIES.get(kind, kind)} ({many})" for kind, many in sorted(json.loads(ties or "{}").items(), key=lambda tie: -tie[1])
        )
        said.append(f"Jaringan {number}{f' ({masks.text(name)})' if name else ''}, banyaknya unggahan {posts}{f': {why}' if why else ''}.")
    return "\n".join(said)
