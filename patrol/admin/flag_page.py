"""What the page of one flag shows, gathered once. Contacts are cut here, before any template sees them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from patrol import access, masks, models, states, triage, vocabulary
from patrol.access import Action
from patrol.admin import base, marks, pictures, words

TEXT_SHOWN = 20_000  # code points; as far as the reader reads. The whole answer lies in the capture.


def gather(flag: models.Flag, person: models.Person, now: datetime) -> dict[str, Any]:
    """`flag` comes with post, office, lease_person and current_check.reading.version loaded."""
    check = flag.current_check
    version = check.reading.version
    shown = access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id) and triage.holds(flag, person)
    content = models.PostText.objects.filter(version=version).first()
    told = pictures.said(check.reading)
    findings = list(check.findings.all())
    seen = pictures.gallery(
        version, told, [(n, one.spans, one.sources) for n, one in enumerate(findings, 1)], shown=shown
    )
    reasons = [_reason(number, finding, pictures.leads(seen, number)) for number, finding in enumerate(findings, 1)]
    whole = content.text if content else ""
    text = whole[:TEXT_SHOWN]
    decides = access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id)
    own_side = person.at_directorate or person.office_id == flag.office_id
    return {
        "flag": flag,
        "level": {"key": flag.level, "title": words.LEVELS[flag.level].title},
        "gist": words.said(flag, "gist"),
        "state": words.FLAG_STATES[flag.state],
        "kinds": [words.KINDS.get(kind, kind) for kind in flag.kinds],
        "post": _post(flag.post, version, content, shown=shown),
        "erased": not whole and version.erasures.exists(),
        "pieces": marks.pieces(text, told.claims, [(r["number"], r["spans"]) for r in reasons], shown=shown),
        "text_cut": len(whole) > TEXT_SHOWN,
        "pictures": seen,
        "reasons": reasons,
        "verdict": _verdict(check, now),
        "capture": _capture(version),
        "indicators": _indicators(flag.post_id, version, shown=shown),
        "versions": _versions(flag.post_id, version),
        "history": _history(flag, own_side=own_side),
        "shown": shown,
        "may_show": decides,
        "holder": _holder(flag, person),
        "held_until": words.hour(flag.lease_until) if shown and flag.lease_until else "",
        **_acts(flag, person, decides=decides),
    }


def _reason(number: int, finding: models.Finding, on_pictures: list[dict[str, Any]]) -> dict[str, Any]:
    strength = words.strength(finding.points)
    places = zip(finding.spans, finding.sources, strict=False)
    in_pictures = any(not source.startswith("text") for source in finding.sources)
    return {
        "number": number,
        "sentence": words.said(finding, "reason"),
        "squares": [n < strength for n in range(4)],
        "strength": words.STRENGTHS[strength - 1],
        "rule": f"{finding.rule} v{finding.rule_version}",
        "spans": [span for span, source in places if source == "text"],
        "elsewhere": in_pictures,
        "on_pictures": on_pictures,
    }


def _verdict(check: models.LicenceCheck, now: datetime) -> dict[str, Any]:
    agency = (
        models.Agency.objects.filter(edition=check.edition_id, name=check.agency)
        .prefetch_related("standings", "licences")
        .first()
        if check.edition_id and check.agency
        else None
    )
    return {
        "badge": words.verdict(check.verdict, contact_own=check.contact_own),
        "sentence": words.said(check, "reason"),
        "as_of": words.day(check.register_date) if check.register_date else "",
        "stale": check.register_date is not None and words.register_stale(check.register_date, now),
        "day": words.day(check.day),
        "agency": check.agency,
        "licence_number": check.licence_number,
        "notes": [words.said(note) for note in check.notes],
        "others": [
            {
                "badge": words.VERDICTS[other["verdict"]],
                "agency": other["agency"],
                "licence_number": other["licence_number"],
                "sentence": words.said(other),
            }
            for other in check.others
        ],
        "standings": [_standing(row, check) for row in agency.standings.all()] if agency else [],
        "licences": [_licence(row, check) for row in agency.licences.all()] if agency else [],
    }


def _standing(row: models.Standing, check: models.LicenceCheck) -> dict[str, Any]:
    return {
        "title": words.STANDINGS[row.status],
        "since": words.day(row.since),
        "until": words.day(row.until) if row.until else "",
        "decree": row.decree,
        "holds": row.since <= check.day and (row.until is None or check.day <= row.until),
    }


def _licence(row: models.Licence, check: models.LicenceCheck) -> dict[str, Any]:
    return {
        "number": row.number,
        "country": row.country,
        "positions": ", ".join(row.positions),
        "since": words.day(row.valid_from),
        "until": words.day(row.valid_to),
        "status": words.LICENCE_STATES[row.status],
        "holds": row.valid_from <= check.day <= row.valid_to and row.status == vocabulary.LicenceStatus.ACTIVE,
    }


def _post(
    post: models.Post, version: models.PostVersion, content: models.PostText | None, *, shown: bool
) -> dict[str, Any]:
    author = content.author if content else ""
    author_name = content.author_name if content else ""
    return {
        "platform": words.platform(post.platform),
        "author": author if shown else masks.account(author) if author else "",
        "author_name": author_name if shown else masks.name(author_name),
        "origin": post.origin if shown else masks.account(post.origin) if post.origin else "",
        "url": post.url if shown else masks.link(post.url),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "first_seen": words.moment(post.first_seen),
        "gone": words.moment(post.gone_at) if post.gone_at else "",
        "edited": version.edited,
        "version": version.number,
    }


def _capture(version: models.PostVersion) -> dict[str, Any]:
    capture = version.capture
    return {
        "sha256": capture.sha256,
        "received": words.moment(capture.received_at),
        "length": capture.length,
        "media_type": capture.media_type,
        "truncated": capture.truncated,
        "id": str(capture.pk),
        "locator": version.locator,
    }


def _indicators(post_id: int, version: models.PostVersion, *, shown: bool) -> list[dict[str, Any]]:
    """Each once, with the number of other posts it was seen in. The value as this person may see it."""
    sightings = (
        models.Sighting.objects.filter(version=version)
        .select_related("indicator")
        .annotate(
            others=Count("indicator__sightings__post", distinct=True, filter=~Q(indicator__sightings__post=post_id))
        )
        .order_by("indicator__kind", "indicator_id", "-role")
    )
    rows: dict[int, dict[str, Any]] = {}
    for sighting in sightings:
        indicator = sighting.indicator
        row = rows.setdefault(
            indicator.pk,
            {
                "badge": words.INDICATORS.get(indicator.kind, words.Badge(indicator.kind)),
                "value": indicator.value if shown else masks.value(indicator.kind, indicator.value),
                "others": sighting.others,
                "link": base.here("patrol_indicator_change", indicator.pk),
                "roles": [],
                "since": words.day(indicator.first_seen),
            },
        )
        row["roles"].append(words.SIGHTING_ROLES[sighting.role])
    return list(rows.values())


def _versions(post_id: int, version: models.PostVersion) -> list[dict[str, Any]]:
    """The other states of the post, newest first, contacts always cut. What no reader has seen is not shown: a number
    in disguise is found by the reader only."""
    others = list(
        models.PostVersion.objects.filter(post=post_id)
        .exclude(pk=version.pk)
        .select_related("content")
        .order_by("-number")
    )
    if not others:
        return []
    read = models.ReadingClaims.objects.filter(reading__version__in=others).order_by("reading_id")
    claims = dict(read.values_list("reading__version_id", "claims"))
    return [
        {
            "number": other.number,
            "seen": words.moment(other.seen_at),
            "read": other.pk in claims,
            "text": masks.text(
                other.content.text[:TEXT_SHOWN],
                masks.contacts_of(claims[other.pk]),
                masks.known_of(claims[other.pk]),
            )
            if other.pk in claims and hasattr(other, "content")
            else "",
        }
        for other in others
    ]


def _history(flag: models.Flag, *, own_side: bool) -> list[dict[str, Any]]:
    """Events and decisions, newest first. Why somebody decided is for the own office and the directorate."""
    rows = [
        {
            "at": event.at,
            "when": words.moment(event.at),
            "who": event.by.name if event.by and own_side else "",
            "what": words.FLAG_EVENTS.get(event.kind, event.kind),
            "change": _change(event.before, event.after),
            "icon": "history",
        }
        for event in flag.events.select_related("by")
    ]
    for decision in flag.decisions.select_related("by"):
        reason = triage.REASONS.get(decision.outcome, {}).get(decision.reason, "")
        rows.append(
            {
                "at": decision.at,
                "when": words.moment(decision.at),
                "who": decision.by.name if own_side else "",
                "what": words.OUTCOMES[decision.outcome].title,
                "change": "",
                "reason": reason if own_side else "",
                "note": decision.note if own_side else "",
                "icon": words.OUTCOMES[decision.outcome].icon,
            }
        )
    rows.sort(key=lambda row: row["at"], reverse=True)
    return rows


def _change(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What an event moved, in words: level, verdict, office."""
    said = []
    for key, titles in (("level", words.LEVELS), ("verdict", words.VERDICTS)):
        old, new = before.get(key), after.get(key)
        if new in titles and new != old:
            start = f"{titles[old].title} → " if old in titles else ""
            said.append(f"{start}{titles[new].title}")
    return ", ".join(said)


def _holder(flag: models.Flag, person: models.Person) -> dict[str, str] | None:
    """Who else works on it now; None where nobody does or the person does."""
    holder = flag.lease_person
    if holder is None or holder.pk == person.pk or not triage.holds(flag, holder):
        return None
    return {"name": holder.name, "since": words.hour(flag.lease_since) if flag.lease_since else ""}


def _acts(flag: models.Flag, person: models.Person, *, decides: bool) -> dict[str, Any]:
    """What this person may do now, with all that the forms need."""
    entry = models.CaseFlag.objects.filter(flag=flag).select_related("case__office").first()
    case = None
    if entry is not None:
        visible = access.may(person, Action.CASE_VIEW, office_id=entry.case.office_id)
        case = {
            "number": entry.case.number,
            "office": entry.case.office.name,
            "link": base.here("patrol_case_change", entry.case_id) if visible else "",
            "state": words.CASE_STATES[entry.case.state] if visible else None,
        }
    last = flag.decisions.filter(reverses=None, reversed_by=None).first() if flag.decided_at else None
    undecided = flag.state in states.UNDECIDED
    confirmed = flag.state == states.FlagState.CONFIRMED
    opens = confirmed and entry is None and access.may(person, Action.CASE_OPEN, office_id=flag.office_id)
    return {
        "decides": decides and undecided,
        "outcomes": _outcomes(flag) if decides and undecided else [],
        "decision_key": uuid.uuid4(),
        "case": case,
        "opens_case": opens,
        "own_cases": list(
            access.scope(person, Action.CASE_NOTE, models.Case.objects.all())
            .filter(office=flag.office_id)
            .exclude(state=states.CaseState.CLOSED)
            .order_by("-opened_at")
            .only("id", "number", "title")[:20]
        )
        if opens
        else [],
        "reverses": last if last and access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id) else None,
        "hands_over": undecided and access.may(person, Action.FLAG_HAND_OVER, office_id=flag.office_id),
        "offices": list(models.Office.objects.filter(active=True).exclude(pk=flag.office_id)) if undecided else [],
        "undo_seconds": settings.UNDO_SECONDS,
    }


_FORMS = (
    ("confirmed", "flag", "strong"),
    ("dismissed", "block", "strong"),
    ("needs_information", "help", ""),
)


def _outcomes(flag: models.Flag) -> list[dict[str, Any]]:
    return [
        {
            "outcome": outcome,
            "title": words.DECIDE[outcome],
            "icon": icon,
            "weight": weight,
            "reasons": list(triage.REASONS[outcome].items()),
        }
        for outcome, icon, weight in _FORMS
        if (flag.state, outcome) in states.FLAG_MOVES
    ]
