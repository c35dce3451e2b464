"""What the page of one flag shows, gathered once. Contacts are cut here, before any template sees them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from patrol import access, models, triage
from patrol.access import Action, looks
from patrol.admin.analyst import campaign_page, campaigns
from patrol.admin.officer import grounds, known, objections, queue, tips, verdict_card
from patrol.admin.shared import base, law_rows, marks, pictures, presence, preserved, unread, words
from patrol.cases import law
from patrol.domain import TieKind, states
from patrol.engine import masks
from patrol.evidence import completeness
from patrol.infra import prepared, wall
from patrol.models import Outcome

TEXT_SHOWN = 20_000  # code points; as far as the reader reads. The whole answer lies in the capture.
# In two queries (`_version`): all of it in one takes the database longer to plan than both together.
_LOADED = ("post", "office", "current_check__reading__content")
_LEFT_OUT = ("content__unknown", "capture__headers", "capture__request_headers", "capture__hops")
_KEY = -1  # stands for an id: no row has it
_FLAGS = prepared.Rows(lambda: models.Flag.objects.select_related(*_LOADED).defer("text_bands").filter(pk=_KEY), {_KEY: "id"})
_BARE = prepared.Rows(lambda: models.Flag.objects.defer("text_bands").filter(pk=_KEY).order_by(), {_KEY: "id"})
_VERSIONS = prepared.Rows(
    lambda: models.PostVersion.objects.select_related("capture", "content").defer(*_LEFT_OUT).filter(pk=_KEY), {_KEY: "id"}
)
_FINDINGS = prepared.Rows(lambda: models.Finding.objects.filter(check_of=_KEY), {_KEY: "check"})
_EVENTS = prepared.Rows(lambda: models.FlagEvent.objects.filter(flag=_KEY).select_related("by"), {_KEY: "flag"})

_CASES = prepared.Rows(
    lambda: (
        models.Case.objects.filter(office=_KEY)
        .exclude(state=states.CaseState.CLOSED)
        .order_by("-opened_at")
        .only("id", "number", "title")[:20]
    ),
    {_KEY: "office"},
)
_OFFICES = prepared.Rows(lambda: models.Office.objects.filter(active=True).only("id", "name"), {})


def load(flag_id: int) -> models.Flag | None:
    """With what `gather` shows of it. One query."""
    return _one(_FLAGS, flag_id)


def bare(flag_id: int) -> models.Flag | None:
    """Its own columns, for a verb. One query."""
    return _one(_BARE, flag_id)


def _one(rows: prepared.Rows[models.Flag], flag_id: int) -> models.Flag | None:
    if flag_id >= 2**63:  # no row's, and no number the statement takes
        return None
    return next(iter(rows(id=flag_id)), None)


def _version(check: models.LicenceCheck) -> models.PostVersion:
    """The version that was checked, with its text and its capture. One query."""
    (found,) = _VERSIONS(id=check.reading.version_id)
    check.reading.version = found
    return found


def gather(flag: models.Flag, person: models.Person, now: datetime, *, asked: int) -> dict[str, Any]:
    """`flag` comes from `load`; `asked`: for how many seconds yet its contacts are printed in full though no lease shows them."""
    check = flag.current_check
    version = _version(check)
    content: models.PostText | None = getattr(version, "content", None)
    author = content.author if content else ""
    is_there = presence.of(flag.post, version_id=version.pk, author=author)
    decides = access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id)
    lease = leases(flag, person)
    held = lease["mine"] is not None
    harmed = is_there.marked and looks.harmed(flag)
    by_lease = lease["shows"] and decides and not harmed
    shown = bool(asked) or by_lease
    told = pictures.said(check.reading)
    findings = _FINDINGS(check=check.pk)
    places = [(n, one.spans, one.sources) for n, one in enumerate(findings, 1)]
    seen = pictures.gallery(version, told, places, shown=shown) if is_there.pictures else []
    reasons = [_reason(number, finding, pictures.leads(seen, number)) for number, finding in enumerate(findings, 1)]
    whole = content.text if content else ""
    text = whole[:TEXT_SHOWN]
    own_side = person.at_directorate or person.office_id == flag.office_id
    indicators = known.indicators(flag.post_id, version.pk, shown=shown)
    versions = preserved.versions(flag.post_id, version, names=own_side) if is_there.versions else []
    row = triage.row_of(flag) if is_there.joined else []
    acts = _acts(flag, person, now, rests=grounds.rests(check, findings), decides=decides, in_case=is_there.case, row=row)
    holder = lease["other"] if own_side else None
    protection = _protection(flag, person) if is_there.marked else None
    return {
        "flag": flag,
        "level": dict(zip(("key", "title"), queue.level_shown(flag), strict=True)),
        "gist": words.said(flag, "gist"),
        "state": protection["state"] if protection else words.FLAG_STATES[flag.state],
        "protection": protection,
        "kinds": [words.KINDS.get(kind, kind) for kind in flag.kinds],
        "post": _post(flag.post, version, content, shown=shown),
        "waits": unread.of([flag.post]).get(flag.post_id, ""),
        "erased": not whole and version.erasures.exists(),
        "pieces": marks.pieces(text, told.claims, [(r["number"], r["spans"]) for r in reasons], shown=shown, tags=known.tags(indicators)),
        "text_cut": len(whole) > TEXT_SHOWN,
        "pictures": seen,
        "reasons": reasons,
        "verdict": verdict_card.gather(check, now),
        "capture": _capture(version),
        "indicators": indicators,
        "known_cases": known.cases(flag, person, [row["id"] for row in indicators if row["others"]]),
        "copies": known.copies(flag, joined=is_there.joined, named=own_side) if is_there.copies else [],
        "campaign": campaigns.card(flag) if is_there.campaign else None,
        **_alike(_tray(flag, is_there) if held else triage.EMPTY_TRAY),
        "newer": [one for one in versions if one["newer"]],
        "versions": [one for one in versions if not one["newer"]],
        "beside": preserved.gather(flag.post, person, is_there, version_id=version.pk, author=author, shown=shown),
        "reported": tips.card(flag, person) if is_there.reported else [],
        "objections": objections.card(flag, person) if is_there.objections else [],
        "objects": base.here("patrol_objection_enter", flag.pk)
        if _to_object_to(flag, protection) and access.may(person, Action.OBJECTION_ENTER, office_id=flag.office_id)
        else "",
        "history": _history(flag, person, own_side=own_side, decided=is_there.decisions),
        "shown": shown,
        "may_be_severe": is_there.severe or is_there.marked,
        "may_show": looks.may_flag(flag, person, marked=is_there.marked),
        "asks_again": harmed,  # with a page of its own (access.fresh), so not by the script of the desk
        "purposes": [] if held and not harmed else list(words.PURPOSES.items()),
        "held": held,
        "holder": holder,
        "menu": holder is None and (held or acts["snoozes"] or acts["hands_over"]),
        "held_until": words.hour(lease["mine"]) if held else "",
        "lease_token": lease["mine"].isoformat() if held else "",
        "seconds_left": lease["left"] if by_lease or not asked else min(asked, lease["left"]) if held else asked,
        "snoozed": words.moment(flag.snoozed_until) if flag.snoozed_until and flag.snoozed_until > now else "",
        **acts,
    }


_LEASES = """
SELECT f.id, f.lease_person_id, p.name, f.lease_since, f.lease_until, f.lease_shows, extract(epoch FROM f.lease_until - clock_timestamp())
FROM patrol_flag f JOIN patrol_person p ON p.id = f.lease_person_id
WHERE f.office_id = %(office)s AND f.row_key = %(row)s AND f.lease_until > clock_timestamp()
"""


def leases(flag: models.Flag, person: models.Person) -> dict[str, Any]:
    """Who works on the row of this flag now: until when this person does, for how many seconds, and whether that shows the contacts; or
    who else and since when. One query."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, _LEASES, {"office": flag.office_id, "row": flag.row_key})
        running = cursor.fetchall()
    mine, other, shows, left = None, None, False, 0
    for key, holder, name, since, until, shown, seconds in running:
        if holder != person.pk:
            other = {"name": name, "since": words.hour(since)}
        elif key == flag.pk:
            mine, shows, left = until, shown, int(seconds)
    return {"mine": mine, "other": other, "shows": shows, "left": left}


def _to_object_to(flag: models.Flag, protection: dict[str, Any] | None) -> bool:
    """Whether an objection may be entered: the flag is confirmed or dismissed, and not marked as a victim's to whoever sees that."""
    return flag.state in {states.FlagState.CONFIRMED, states.FlagState.DISMISSED} and not (protection and protection["marked"])


def _protection(flag: models.Flag, person: models.Person) -> dict[str, Any] | None:
    """To whoever looks after the person harmed: where that goes on and how far it is, and instead of "dismissed" that it was marked so.
    None for everybody else, to whom the flag is dismissed like any other. Two queries."""
    found = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.filter(flag=flag)).first()
    if found is None:
        return None
    # A mark that was taken back after somebody acted on it leaves the protection, and the flag to be decided anew.
    marked = flag.decisions.filter(outcome=Outcome.VICTIM, reversed_by=None).exists()
    return {
        "link": base.here("patrol_protection_change", found.pk),
        "how_far": words.PROTECTION_STATES[found.state],
        "marked": marked,
        "state": words.OUTCOMES[Outcome.VICTIM] if marked else words.FLAG_STATES[flag.state],
    }


def _tray(flag: models.Flag, is_there: presence.There) -> triage.Tray:
    return triage.tray(flag, joined=is_there.joined, pictures=is_there.pictures, in_campaign=is_there.campaign)


def _alike(tray: triage.Tray) -> dict[str, Any]:
    """The tray: what may be the same ad, and why one may think so; what joining all takes in and leaves; what is related only."""
    cards = {one.flag.pk: card for one, card in zip(tray.alike, _cards(tray.alike), strict=True)}
    return {
        "alike": list(cards.values()),
        "joinable": [cards[one.flag.pk] for one in tray.joinable],
        "left_out": [cards[one.flag.pk] for one in tray.left_out],
        "related": _cards(tray.related),
    }


def _cards(suggested: Sequence[triage.Suggestion]) -> list[dict[str, Any]]:
    found = []
    for one in suggested:
        why = [_("same picture")] if one.picture else []
        why += [_("same %(kind)s") % {"kind": str(words.INDICATORS[kind].title).lower()} for kind in one.contacts]
        if one.words >= triage.FEWEST_WORDS_SHARED:
            why.append(_("%(count)s of 10 words are the same") % {"count": round(one.words * 10)})
        if one.campaign:
            told = {*one.contacts, *(("picture",) if one.picture else ())}
            told |= {TieKind.AUTHOR} if "account" in told else set()  # the account that both have is that of whoever wrote them
            why += [str(campaign_page.KINDS[TieKind(kind)].title) for kind in one.ties if kind not in told]
            why.append(_("campaign %(number)s") % {"number": one.campaign})
        found.append(
            {
                "id": one.flag.pk,
                "gist": words.said(one.flag, "gist"),
                "link": base.here("patrol_flag_change", one.flag.pk),
                "platform": words.platform(one.flag.post.platform),
                "day": words.day(one.flag.post.posted_at or one.flag.post.first_seen),
                "why": masks.text(", ".join(why)),
                "reads_as": words.READS_AS.get(one.reads_as, ""),
                "number": one.flag.number,
                "joined": one.joined,
                **dict(zip(("level", "level_title"), queue.level_shown(one.flag), strict=True)),
            }
        )
    return found


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


def _post(post: models.Post, version: models.PostVersion, content: models.PostText | None, *, shown: bool) -> dict[str, Any]:
    author = content.author if content else ""
    author_name = content.author_name if content else ""
    forward_name = content.forward_name if content else ""
    return {
        "platform": words.platform(post.platform),
        "author": author if shown else masks.account(author) if author else "",
        "author_name": masks.turning_shown(author_name if shown else masks.name(author_name)),
        "forward_name": masks.turning_shown(forward_name if shown else masks.name(forward_name)),
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
        "lacks": [words.said({"id": said.id, "en": said.en}) for said in completeness.lacks(capture)],
        "id": str(capture.pk),
        "locator": version.locator,
    }


def _history(flag: models.Flag, person: models.Person, *, own_side: bool, decided: bool) -> list[dict[str, Any]]:
    """Events and decisions, newest first. Why somebody decided is for the own office and the directorate."""
    hides = queue.level_shown(flag)[0] == ""
    rows = [
        {
            "at": event.at,
            "when": words.moment(event.at),
            "who": event.by.name if event.by and own_side else "",
            "what": words.FLAG_EVENTS.get(event.kind, event.kind),
            "change": _change(event.before, event.after, hides=hides),
            "icon": "history",
        }
        for event in _EVENTS(flag=flag.pk)
    ]
    for decision in flag.decisions.select_related("by") if decided else ():
        reason = triage.reason_said(decision.outcome, decision.reason)
        outcome = words.OUTCOMES[triage.outcome_for(decision.outcome, flag.office_id, person)]
        rows.append(
            {
                "at": decision.at,
                "when": words.moment(decision.at),
                "who": decision.by.name if own_side else "",
                "what": outcome.title,
                "change": "",
                "reason": reason if own_side else "",
                "note": decision.note if own_side else "",
                "icon": outcome.icon,
            }
        )
    rows.sort(key=lambda row: row["at"], reverse=True)
    return rows


def _change(before: dict[str, Any], after: dict[str, Any], *, hides: bool) -> str:
    """What an event moved, in words: level, unless it is not to be seen, and verdict."""
    said = []
    levels = {} if hides else words.LEVELS
    for key, titles in (("level", levels), ("verdict", words.VERDICTS)):
        old, new = before.get(key), after.get(key)
        if new in titles and new != old:
            start = f"{titles[old].title} → " if old in titles else ""
            said.append(f"{start}{titles[new].title}")
    return ", ".join(said)


def _acts(
    flag: models.Flag,
    person: models.Person,
    now: datetime,
    *,
    rests: dict[str, dict[str, str]],
    decides: bool,
    in_case: bool,
    row: Sequence[models.Flag],
) -> dict[str, Any]:
    """What this person may do now, with all that the forms need. `row`: what a decision covers where people joined it, else nothing;
    `rests`: of grounds.rests."""
    posts = len(row) or 1  # as the queue says it: texts are weighed for the second person alone
    with wall.everything("number and office of a case are for all staff"):
        entry = models.CaseFlag.objects.filter(flag=flag).select_related("case__office").first() if in_case else None
    case = None
    if entry is not None:
        visible = access.may(person, Action.CASE_VIEW, office_id=entry.case.office_id)
        case = {
            "number": entry.case.number,
            "office": entry.case.office.name,
            "link": base.here("patrol_case_change", entry.case_id) if visible else "",
            "state": words.CASE_STATES[entry.case.state] if visible else None,
        }
    # Where a case stands on the decision, the flag leaves the case first.
    decided = flag.decided_at is not None and entry is None
    last = flag.decisions.filter(reverses=None, reversed_by=None).first() if decided else None
    undecided = flag.state in states.UNDECIDED
    confirmed = flag.state == states.FlagState.CONFIRMED
    opens = (confirmed or undecided) and entry is None and access.may(person, Action.CASE_OPEN, office_id=flag.office_id)
    escalates = opens and access.may(person, Action.CASE_ESCALATE, office_id=flag.office_id)
    return {
        "decides": decides and undecided,
        "outcomes": _outcomes(flag, posts, rests) if decides and undecided else [],
        "together": posts if posts > 1 else 0,
        "takes_two": triage.weigh(row) > triage.ALONE,
        "decision_key": uuid.uuid4(),
        "case": case,
        "opens_case": opens,
        "case_kinds": list(words.CASE_KINDS.items()) if opens else [],
        "case_reasons": _reasons(Outcome.CONFIRMED, rests) if undecided else [],
        "escalates": escalates,
        "articles": _articles(now, rests) if escalates else [],
        "snoozes": decides and flag.state in states.OPEN,
        "own_cases": _CASES(office=flag.office_id) if opens and access.may(person, Action.CASE_NOTE, office_id=flag.office_id) else [],
        "reverses": last if last and access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id) else None,
        "hands_over": undecided and access.may(person, Action.FLAG_HAND_OVER, office_id=flag.office_id),
        "offices": [(one.pk, one.name) for one in _OFFICES() if one.pk != flag.office_id] if undecided else (),
        "undo_seconds": settings.UNDO_SECONDS,
    }


# Act, outcome, icon, weight of its button. Confirming and dismissing weigh the same and cost the same two keys.
_FORMS = (
    ("confirm", Outcome.CONFIRMED, "flag", "strong"),
    ("dismiss", Outcome.DISMISSED, "block", "strong"),
    ("ask", Outcome.NEEDS_INFORMATION, "help", ""),
    ("victim", Outcome.VICTIM, "shield_person", ""),
)


def _reasons(outcome: str, rests: dict[str, dict[str, str]]) -> list[tuple[str, Any, str]]:
    """(key, words, what of the post it rests on)."""
    return [(key, title, rests[outcome].get(key, "")) for key, title in triage.REASONS[outcome].items()]


def _articles(now: datetime, rests: dict[str, dict[str, str]]) -> list[tuple[str, Any, str]]:
    """The same of the articles an escalation may rest on: an article says for which reason it stands."""
    offered = list(law.offered(now))
    reason_of = {one.key: one.reason for one in offered}
    return [(key, title, rests[Outcome.CONFIRMED].get(reason_of.get(key, ""), "")) for key, title in law_rows.choices(offered)]


def _outcomes(flag: models.Flag, posts: int, rests: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "act": act,
            "outcome": str(outcome),
            "title": str(words.DECIDE_MANY[outcome]) % {"count": posts} if posts > 1 else words.DECIDE[outcome],
            "icon": icon,
            "weight": weight,
            "follows": grounds.FOLLOWS[outcome],
            "reasons": _reasons(outcome, rests),
        }
        for act, outcome, icon, weight in _FORMS
        if flag.state != triage.STATE_OF[outcome] and (flag.state, triage.STATE_OF[outcome]) in states.FLAG_MOVES
    ]
