"""The page of a referral: its packet, lines, answers and timeline, and which steps a person has. The list and the verbs: referrals.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import coming_back, referral_documents, referral_mail
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import base, page_keys, words
from patrol.cases import channels, documents, homes, packets, referrals
from patrol.cases.channels import shared
from patrol.domain import states
from patrol.domain.referrals import ItemKind
from patrol.domain.states import ReferralState
from patrol.engine import masks
from patrol.models import ReferralEventKind

LOADED: Final = ("case__office", "edition", "letter_office", "wrote_by", "approved_by", "before", "corrects", "objection")
_STEPS: Final = (ReferralState.DRAFT, ReferralState.SUBMITTED, ReferralState.APPROVED, ReferralState.SENT)
WORDS: Final = {  # verb -> its word in the address
    "change_packet": "ubah",
    "submit": "ajukan",
    "send_back": "kembalikan",
    "approve": "setujui",
    "withdraw": "tarik",
    "mark_sent": "kirim",
    "mail_ask": "surel",
    "mail_take_back": "surel/tarik",
    "mail_settle": "surel/hasil",
    "received": "diterima",
    "contact_failed": "tidak-sampai",
    "no_response": "tanpa-jawaban",
    "answer": "jawaban",
    "reply": "klarifikasi",
    "new_round": "muncul-kembali",
    "documents_again": "dokumen-ulang",
    "begin_again": "putaran-berikut",
    "not_again": "bukan-yang-sama",
}


def row_of(row: models.Referral, now: datetime) -> dict[str, Any]:
    """A line about a referral, for lists."""
    return {
        "number": row.number,
        "link": base.here("patrol_referral_change", row.pk),
        "channel": said.channel(row.channel),
        "target": row.target,
        "badge": words.REFERRAL_STATES[row.state],
        "clock": said.clock(row, now),
        "urgent": row.urgent,
        "round": row.round,
        "corrects": row.corrects_id is not None,
        "when": words.moment(row.wrote_at),
    }


def may_write(referral: models.Referral, person: models.Person) -> bool:
    return _may(referral, person, Action.REFERRAL_WRITE)


def _may(referral: models.Referral, person: models.Person, action: Action) -> bool:
    own = person.at_directorate or not referral.from_directorate
    return own and homes.is_open(referral.case) and access.may(person, action, office_id=referral.case.office_id)


def gather(referral: models.Referral, person: models.Person, now: datetime) -> dict[str, Any]:
    """What the page of a referral shows, and which steps this person has. `referral` comes with LOADED."""
    channel = channels.way(referral)
    lines = packets.lines(referral)
    answers = models.ItemAnswer.objects.filter(item__referral=referral).select_related("by").order_by("id")
    by_item: dict[int, list[models.ItemAnswer]] = {}
    for row in answers:
        by_item.setdefault(row.item_id, []).append(row)
    letter = documents.composed(referral, lines, by=person, now=now) if referral.state in states.UNSENT else None
    lacks = documents.missing(referral, lines, letter) if referral.state in states.UNSENT else []
    shown = masks.values((line.kind, line.value, line.indicator_id or line.flag_id) for line in lines)
    events = list(referral.events.select_related("by").order_by("-id"))
    halves = set(referrals.halves(referral))
    state, sent = referral.state, referral.sent_at is not None and referral.state != ReferralState.WITHDRAWN
    writes, sends = may_write(referral, person), _may(referral, person, Action.REFERRAL_SEND)
    seconds = (
        state == ReferralState.SUBMITTED
        and homes.is_open(referral.case)
        and access.may(person, Action.REFERRAL_APPROVE, office_id=referral.case.office_id)
    )
    mail = referral_mail.gather(referral, lines, person, sends=sends)
    held = mail["on_its_way"]
    papers = referral_documents.gather(referral, lines, letter, opens=seconds or writes or sends, now=now)
    later = referral.later.exclude(state=ReferralState.WITHDRAWN).first()

    def moves(after: ReferralState) -> bool:
        return (state, after) in states.REFERRAL_MOVES

    can = {
        "change": writes and state in states.UNSENT and not held,
        "submit": writes and state == ReferralState.DRAFT and not lacks,
        "approve": seconds and person.pk not in halves and not lacks and not (papers and papers["refused"]),
        "documents_again": bool(papers and papers["again"]) and writes,
        "send_back": seconds,
        "withdraw": writes and moves(ReferralState.WITHDRAWN) and not held,
        "packet": sends and referral.approved_at is not None and state != ReferralState.WITHDRAWN,
        "mark_sent": sends and state in referrals.SENDABLE and not held,
        "mail_ask": mail["asks"],
        "received": sends and moves(ReferralState.RECEIVED),
        "contact_failed": sends and moves(ReferralState.CONTACT_FAILED),
        "no_response": sends and moves(ReferralState.NO_RESPONSE) and referral.due_at is not None and referral.due_at <= now,
        "answer": sends and state in {ReferralState.SENT, ReferralState.RECEIVED, ReferralState.NO_RESPONSE, *states.ANSWERED},
        "reply": sends and state == ReferralState.CLARIFICATION_ASKED,
        "new_round": sent
        and later is None
        and referral.corrects is None
        and (person.at_directorate or not referral.from_directorate)
        and access.may(person, Action.REFERRAL_WRITE, office_id=referral.case.office_id),
    }
    return {
        "referral": referral,
        "subtitle": said.channel(referral.channel),
        "asks": said.said(packets.asks(referral)),
        "badge": words.REFERRAL_STATES[state],
        "clock": said.clock(referral, now),
        "due": words.moment(referral.due_at) if referral.due_at else "",
        "case": referral.case,
        "case_title": masks.text(referral.case.title),
        "case_link": base.here("patrol_case_change", referral.case_id),
        "before": {"number": referral.before.number, "link": base.here("patrol_referral_change", referral.before.pk)}
        if referral.before
        else None,
        "corrects": {"number": referral.corrects.number, "link": base.here("patrol_referral_change", referral.corrects.pk)}
        if referral.corrects
        else None,
        "objection": {"number": referral.objection.number, "link": base.here("patrol_objection_change", referral.objection.pk)}
        if referral.objection
        else None,
        "corrected": _corrected(referral) if any(event.kind == ReferralEventKind.CORRECTED for event in events) else [],
        "later": {"number": later.number, "link": base.here("patrol_referral_change", later.pk)} if later else None,
        "steps": _steps(referral),
        "target": said.said(channel.targets) if channel.targets else "",
        "facts": [
            {
                "key": fact.key,
                "name": f"fact_{fact.key}",
                "title": said.said(fact.title),
                "value": referral.facts.get(fact.key, ""),
                "most": fact.most,
                "lines": fact.lines if fact.lines > 1 else 0,
                "missing": any(one.fact == fact.key for one in lacks),
            }
            for fact in packets.facts(referral)
        ],
        "former": [
            {"title": said.said(fact.title), "value": referral.facts[fact.key]} for fact in shared.FORMER if referral.facts.get(fact.key)
        ],
        "papers": papers,
        "target_missing": any(one.fact == "target" for one in lacks),
        "lacks": [{"place": one.place, "text": said.said(one.words)} for one in lacks],
        "lines": [
            {
                "id": line.id,
                "place": place,
                "badge": said.ITEM_KINDS[line.kind],
                "value": said.ITEM_KINDS[line.kind].title if line.kind == ItemKind.PERSON else value,
                "flag": line.flag,
                "link": base.here("patrol_flag_change", line.flag_id),
                "check": packets.check(line.value) if line.value and line.kind in {ItemKind.LINK, ItemKind.AGENCY} else "",
                "copy": line.sha256[:12],
                "lacks": [said.said(one.words) for one in lacks if one.place == place],
                "answers": [_answer(row, referral) for row in by_item.get(line.id, ())],
            }
            for place, (line, value) in enumerate(zip(lines, shown, strict=True), 1)
        ],
        "receipt": {
            "how": said.HOW.get(referral.sent_how, ""),
            "when": words.moment(referral.sent_at),
            "text": referral.receipt,
            "number": referral.their_number,
            "file": base.here("patrol_referral_file", referral.pk, referral.receipt_file_id) if referral.receipt_file_id else "",
        }
        if referral.sent_at
        else None,
        "columns": [column.title for column in packets.columns(referral)],
        "confirmed": packets.confirmation(channel) if referral.corrects is None else None,
        "edition": referral.edition.number if referral.edition else 0,
        "events": [
            {
                "who": event.by.name,
                "what": said.EVENTS[event.kind].title,
                "icon": said.EVENTS[event.kind].icon,
                # A hash is no contact, and is told to be compared.
                "detail": said.detail(event) if event.kind in said.HASHED else masks.text(said.detail(event)),
                "note": said.WHY.get(event.note, event.note),
                "when": words.moment(event.at),
            }
            for event in events
        ],
        "again": coming_back.of_referral(referral, person),
        "own": person.pk in halves and seconds,
        "seconds": [one.name for one in referrals.approvers(referral)] if state == ReferralState.SUBMITTED else [],
        "mail": mail,
        "can": can,
        "acts_now": any(can[key] for key in _NEXT),
        "takes_lines": can["answer"],
        "hows": list(said.HOW.items()),
        "outcomes": [(key, badge.title) for key, badge in said.OUTCOMES.items()],
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "today": timezone.localtime(now).date().isoformat(),
        "most_mb": referrals.FILE_MOST // 1_000_000,
        "to": {verb: base.here(f"patrol_referral_{verb}", referral.pk) for verb in (*WORDS, "lines", "packet")},
        **page_keys.of(person, {key: own for key, own in _own_keys().items() if can.get(key, True)}),
    }


_NEXT = ("submit", "approve", "send_back", "mark_sent", "received", "contact_failed", "no_response", "reply", "withdraw", "new_round")


def _own_keys() -> dict[str, tuple[str, Any]]:
    return {
        "submit": ("s", _("Submit for approval")),
        "approve": ("y", _("Approve")),
        "send_back": ("x", _("Send back")),
        "mark_sent": ("k", _("Mark as sent")),
        "mail_ask": ("e", _("Send by mail")),
        "answer": ("j", _("Enter an answer")),
        "back": ("b", _("To the case")),
    }


def _answer(row: models.ItemAnswer, referral: models.Referral) -> dict[str, Any]:
    automated = {True: _("decided by a machine there"), False: _("decided by a person there")}
    return {
        "badge": said.OUTCOMES[row.outcome],
        "day": words.day(row.day),
        "by": row.by.name,
        "ground": row.ground,
        "text": row.text,
        "automated": automated[row.automated] if row.automated is not None else "",
        "file": base.here("patrol_referral_file", referral.pk, row.file_id) if row.file_id else "",
    }


def _corrected(referral: models.Referral) -> list[dict[str, str]]:
    """What corrects it, but for what was withdrawn."""
    found = referral.corrections.exclude(state=ReferralState.WITHDRAWN).order_by("id")
    return [{"number": one.number, "link": base.here("patrol_referral_change", one.pk)} for one in found]


def _steps(referral: models.Referral) -> list[dict[str, Any]]:
    """The way of a referral with the moments it has passed; the last one is what it came to."""
    moments = dict(zip(_STEPS, (referral.wrote_at, referral.submitted_at, referral.approved_at, referral.sent_at), strict=True))
    steps = [
        {
            "title": words.REFERRAL_STATES[state].title,
            "when": words.moment(at) if at else "",
            "now": state == referral.state,
            "done": at is not None and state != referral.state,
        }
        for state, at in moments.items()
    ]
    if referral.state not in moments:
        last = referral.answered_at or referral.received_at
        steps.append(
            {"title": words.REFERRAL_STATES[referral.state].title, "when": words.moment(last) if last else "", "now": True, "done": False}
        )
    return steps
