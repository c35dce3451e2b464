"""What the page of one indicator shows, gathered once. Values are cut here, before any template sees them.

Every query is bound: whoever looks at a number with ten thousand posts waits no longer than for one with a thousand. What is counted
in the newest posts only says so on the page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, models
from patrol.access import Action, looks
from patrol.admin.registrar import agencies
from patrol.admin.shared import base, ties, timestrip, words
from patrol.campaigns import trusted
from patrol.domain import LAW_ZONE, ClaimKind, states
from patrol.engine import masks
from patrol.infra import wall
from patrol.register import editions
from patrol.register import owners as register_owners
from patrol.search import indicators

PER_PAGE = 30
NEWEST: Final = 1000  # posts that ties and names are counted in
MOST_TIES: Final = 24
MOST_NAMES: Final = 8  # of an account, and accounts of a name
STRIKE_MONTHS: Final = 12

PURPOSES: Final[dict[str, Any]] = {
    indicators.Purpose.TRIAGE: gettext_lazy("Judging a post or a case"),
    indicators.Purpose.REFERRAL: gettext_lazy("Writing a referral or a letter"),
    indicators.Purpose.REQUEST: gettext_lazy("Request of the police or a prosecutor, with its letter's number"),
    indicators.Purpose.QUALITY: gettext_lazy("Checking quality"),
}

_RECENT = """
WITH recent AS (
    SELECT DISTINCT post_id FROM patrol_sighting WHERE indicator_id = %(indicator)s ORDER BY post_id DESC LIMIT %(newest)s
)
"""
_TIES = (
    _RECENT
    + """
SELECT i.id, i.kind, i.value, count(DISTINCT s.post_id) AS posts,
    count(DISTINCT s.post_id) FILTER (WHERE f.state = 'confirmed') AS sure
FROM recent JOIN patrol_sighting s USING (post_id) JOIN patrol_indicator i ON i.id = s.indicator_id
LEFT JOIN patrol_flag f USING (post_id)
WHERE i.id <> %(indicator)s GROUP BY i.id ORDER BY posts DESC, i.id LIMIT %(most)s
"""
)
_NAMES = (
    _RECENT
    + """
SELECT t.author_name, count(*), min(p.first_seen), max(p.first_seen)
FROM recent r JOIN patrol_post p ON p.id = r.post_id
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
JOIN patrol_posttext t ON t.version_id = v.id
WHERE t.author_name <> '' GROUP BY t.author_name ORDER BY count(*) DESC, t.author_name LIMIT 8
"""
)


def gather(indicator: models.Indicator, person: models.Person, now: datetime, *, after: int | None) -> dict[str, Any]:
    """`after`: the post the page before ended with, None for the first page."""
    counted = timestrip.of(indicator.pk, now, strikes_since=months_before(now, STRIKE_MONTHS))
    strip = counted.strip
    good = models.Trusted.objects.filter(indicator=indicator).select_related("proposed_by", "approved_by", "ended_by")
    row = good.first()
    holds = trusted.of([indicator.pk], now).get(indicator.pk)
    rows, place = _posts(indicator, person, after)
    tied = _ties(indicator)
    return {
        "indicator": indicator,
        "badge": words.INDICATORS.get(indicator.kind, words.Badge(indicator.kind)),
        "value": masks.value(indicator.kind, indicator.value),
        "masked": indicator.kind in masks.CONTACTS,
        "since": words.moment(indicator.first_seen),
        "last": words.moment(indicator.last_seen),
        "age": words.age(indicator.last_seen, now),
        "strip": strip,
        "roles": [{"title": words.SIGHTING_ROLES[role], "posts": posts} for role, posts in counted.roles],
        "posts": rows,
        "next_post": place,
        "ties": tied,
        "graph": ties.drawn(words.INDICATORS.get(indicator.kind, words.Badge("")).title, indicator.kind, tied),
        "newest": NEWEST if strip["posts"] > NEWEST else 0,
        "names": _names(indicator),
        "called": _called(indicator) if indicator.own_id else [],
        "bearers": _bearers(indicator) if indicator.kind == ClaimKind.ACCOUNT and not indicator.own_id else [],
        "cases": _cases(indicator, person),
        "corrected": _corrected(indicator, person),
        "noted": _noted(indicator, person),
        "register": _register(indicator),
        "strikes": _strikes(counted) if holds is None else None,
        "trust": trust(row, holds, person, now) if row else None,
        "may_propose": indicator.kind in masks.CONTACTS
        and (row is None or row.ended_at is not None or _ran_out(row, now))
        and access.may(person, Action.TRUST_PROPOSE),
        "may_show": indicator.kind in masks.CONTACTS and looks.may_indicator(indicator, person),
        "purposes": list(PURPOSES.items()),
        "known_as": list(words.TRUSTED_AS.items()),
    }


def _posts(indicator: models.Indicator, person: models.Person, after: int | None) -> tuple[list[models.Post], int | None]:
    """One page, newest first, and the post to go on after; the same cost at any depth."""
    sightings = models.Sighting.objects.filter(indicator=indicator).order_by("-post_id")
    if after is not None:
        sightings = sightings.filter(post_id__lt=after)
    ids = list(sightings.values_list("post_id", flat=True).distinct()[: PER_PAGE + 1])
    found = access.scope(person, Action.POST_VIEW, models.Post.objects.select_related("flag__office"))
    rows = list(found.filter(pk__in=ids[:PER_PAGE]).order_by("-pk"))
    return rows, ids[PER_PAGE - 1] if len(ids) > PER_PAGE else None


def _asked(sql: str, indicator: models.Indicator) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"indicator": indicator.pk, "newest": NEWEST, "most": MOST_TIES})
        return list(cursor.fetchall())


def _ties(indicator: models.Indicator) -> list[dict[str, Any]]:
    """What stands in the same posts, most often first."""
    found = _asked(_TIES, indicator)
    masked = masks.values((kind, value, key) for key, kind, value, _posts, _sure in found)
    return [
        {
            "id": key,
            "kind": kind,
            "badge": words.INDICATORS.get(kind, words.Badge(kind)),
            "value": shown,
            "posts": posts,
            "sure": sure,
            "link": base.here("patrol_indicator_change", key),
        }
        for (key, kind, _value, posts, sure), shown in zip(found, masked, strict=True)
    ]


def _names(indicator: models.Indicator) -> list[dict[str, Any]]:
    """Names the authors of these posts go by; people's names are cut like their numbers."""
    return [
        {"name": masks.name(name), "posts": posts, "first": words.day(first), "last": words.day(last)}
        for name, posts, first, last in _asked(_NAMES, indicator)
    ]


def _called(indicator: models.Indicator) -> list[dict[str, Any]]:
    """Names the account was seen with, the newest first."""
    found = models.AccountName.objects.filter(indicator=indicator).order_by("-last_seen", "name")[:MOST_NAMES]
    return [
        {"name": masks.value(indicator.kind, one.name), "first": words.day(one.first_seen), "last": words.day(one.last_seen)}
        for one in found
    ]


def _bearers(indicator: models.Indicator) -> list[dict[str, Any]]:
    """Accounts that were seen with this name, the last one first."""
    found = models.AccountName.objects.filter(name=indicator.value).order_by("-last_seen", "indicator")[:MOST_NAMES]
    return [
        {
            "link": base.here("patrol_indicator_change", one.indicator_id),
            "first": words.day(one.first_seen),
            "last": words.day(one.last_seen),
        }
        for one in found
    ]


def _cases(indicator: models.Indicator, person: models.Person) -> list[dict[str, Any]]:
    """Number and office are for all staff; title and state only for whoever may see the case."""
    flags = models.Flag.objects.filter(
        post__in=models.Sighting.objects.filter(indicator=indicator).values("post"), case_entry__isnull=False
    )
    with wall.everything("number and office of a case are for all staff"):
        found = list(models.Case.objects.filter(entries__flag__in=flags).select_related("office").distinct().order_by("-pk")[:20])
    return [
        {"number": case.number, "office": case.office.short_name, "link": "", "title": "", "state": None}
        if not access.may(person, Action.CASE_VIEW, office_id=case.office_id)
        else {
            "number": case.number,
            "office": case.office.short_name,
            "link": base.here("patrol_case_change", case.pk),
            "title": case.title,
            "state": words.CASE_STATES[case.state],
        }
        for case in found
    ]


def _corrected(indicator: models.Indicator, person: models.Person) -> list[dict[str, Any]]:
    """Flags with it whose decision was corrected after an objection: that it was, is for all staff; what was said, for its office."""
    found = models.Objection.objects.filter(
        outcome__in=models.PUTS_RIGHT, decision__flag__post__in=models.Sighting.objects.filter(indicator=indicator).values("post")
    ).select_related("decision__flag")
    return [
        {
            "flag": one.decision.flag.number,
            "flag_link": base.here("patrol_flag_change", one.decision.flag_id),
            "number": one.number,
            "link": base.here("patrol_objection_change", one.pk) if own else "",
            "put_right": one.put_right if own else "",
            "when": words.day(one.ended_at) if one.ended_at else "",
        }
        for one in found.order_by("-pk")[:20]
        for own in [access.may(person, Action.OBJECTION_VIEW, office_id=one.office_id)]
    ]


def _noted(indicator: models.Indicator, person: models.Person) -> list[dict[str, Any]]:
    """What officers wrote down by hand with it. The note is for the own office and the directorate."""
    found = (
        models.Intake.objects.filter(
            kind=states.IntakeKind.NOTED,
            pk__in=models.Seen.objects.filter(
                post__in=models.Sighting.objects.filter(indicator=indicator).values("post"), intake__isnull=False
            ).values("intake"),
        )
        .select_related("office")
        .order_by("-pk")
    )
    return [
        {
            "at": words.moment(intake.at),
            "office": intake.office.short_name,
            "note": masks.text(intake.note, []) if person.at_directorate or person.office_id == intake.office_id else "",
            "place": str(intake.options.get("place", "")),
        }
        for intake in found[:10]
    ]


def _strikes(counted: timestrip.Sightings) -> dict[str, Any]:
    """Confirmed flags in which it is author or contact, each for twelve months from its decision."""
    return {
        "count": counted.strikes,
        "rows": [
            {
                "number": number,
                "link": base.here("patrol_flag_change", key),
                "at": words.day(at),
                "until": words.day(months_before(at, -STRIKE_MONTHS)),
            }
            for key, number, at in counted.newest_strikes
        ],
    }


def months_before(at: datetime, months: int) -> datetime:
    """So many calendar months earlier (later where negative); the last day of a shorter month where the day is missing in it."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return at.replace(year=year, month=month + 1, day=min(day, at.day))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


def _register(indicator: models.Indicator) -> dict[str, Any]:
    """Whose own it is by the register in force: agency, or licence."""
    edition = editions.current()
    if edition is None:
        return {"as_of": "", "rows": []}
    rows = owners(indicator.kind, indicator.value, edition)
    return {"as_of": words.day(edition.register_date), "rows": rows}


def owners(kind: str, value: str, edition: models.RegisterEdition) -> list[dict[str, Any]]:
    """Agencies and licences of the edition that this value is a contact, a name or a number of, with how the agency stands today."""
    found = _owners(kind, value, edition)
    stand = agencies.standing_today(models.Agency.objects.filter(pk__in=[pk for pk, _title in found]), timezone.now())
    return [
        {"title": title, "link": base.here("patrol_agency_change", pk), "badge": agencies.STANDINGS[agencies.key_of(stand[pk])]}
        for pk, title in found
    ]


def _owners(kind: str, value: str, edition: models.RegisterEdition) -> list[tuple[int, str]]:
    held = models.Agency.objects.filter(edition=edition)
    if kind == ClaimKind.LICENCE_NUMBER:
        licences = models.Licence.objects.filter(edition=edition, number=value).select_related("agency")
        found = [(one.agency_id, _("SIP of %(agency)s") % {"agency": one.agency.name}) for one in licences[:5]]
        owned = held.filter(sip3mi_number=value)[:5]
        return found + [(one.pk, _("SIP3MI of %(agency)s") % {"agency": one.name}) for one in owned]
    listed = list(held.filter(name=value)[:1]) if kind == "agency" else register_owners.listing([(kind, value)], edition)
    return [(agency.pk, agency.name) for agency in listed]


def _ran_out(row: models.Trusted, now: datetime) -> bool:
    return row.expires_on < now.astimezone(LAW_ZONE).date()


def trust(row: models.Trusted, holds: models.Trusted | None, person: models.Person, now: datetime) -> dict[str, Any]:
    """The newest proposal and what became of it."""
    if row.ended_at is not None:
        state = words.Badge(_("withdrawn") if row.approved_at else _("refused"), icon="block")
    elif _ran_out(row, now):
        state = words.Badge(_("ran out"), icon="schedule")
    elif holds is not None:
        state = words.Badge(_("trusted"), "ok", "verified")
    else:
        state = words.Badge(_("proposed, waits for a second person"), "med", "hourglass_empty")
    open_yet = row.ended_at is None and not _ran_out(row, now)
    return {
        "id": row.pk,
        "holds": holds is not None,
        "state": state,
        "as": words.TRUSTED_AS[row.known_as],
        "reason": masks.text(row.reason, []),
        "until": words.day(row.expires_on),
        "proposed": _("%(person)s, %(when)s") % {"person": row.proposed_by.name, "when": words.moment(row.proposed_at)},
        "approved": _("%(person)s, %(when)s") % {"person": row.approved_by.name, "when": words.moment(row.approved_at)}
        if row.approved_by and row.approved_at
        else "",
        "ended": f"{row.ended_by.name}: {masks.text(row.ended_why, [])}" if row.ended_by else "",
        "may_approve": open_yet
        and row.approved_at is None
        and row.proposed_by_id != person.pk
        and access.may(person, Action.TRUST_APPROVE),
        "may_end": open_yet and access.may(person, Action.TRUST_PROPOSE),
    }


def posts_said(many: int) -> str:
    return ngettext("%(many)s post", "%(many)s posts", many) % {"many": many}
