"""What the codes mean that stand in the fields of the audit log, by the field and the kind of the thing.

Beside `audit_words`, which says rows. A code without words here is shown as it is; `tests/admin/test_audit_values.py` holds that none of
the product's own vocabularies is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from patrol import domain, sources, triage
from patrol.access import looks
from patrol.admin.analyst import campaign_page, peer_words, referral_documents, referral_words, task_lines, watch_words
from patrol.admin.data_protection import subject_words
from patrol.admin.officer import bulk, imports, noting, objection_words, tip_words
from patrol.admin.registrar import manual_forms
from patrol.admin.shared import own_access, own_settings, telling, words
from patrol.admin.shared.words import Title
from patrol.admin.supervisor import retention_words, tokens
from patrol.cases.channels import CHANNELS
from patrol.domain.peers import PeerKind
from patrol.domain.states import WatchState
from patrol.intake import formats
from patrol.models import ConsultationWay, UnusualReason
from patrol.models.people import ROLE_TITLES

# What became of reading that stood out, as its page says it too.
UNUSUAL: Final[dict[str, words.Badge]] = {
    UnusualReason.EXPLAINED: words.Badge(_("explained by the work"), "ok", "check"),
    UnusualReason.ASKED: words.Badge(_("the person was asked"), "ok", "forum"),
    UnusualReason.PASSED_ON: words.Badge(_("passed on"), "plain", "forward"),
}
# How something was read, and whether its contacts stood in full: the reading log says it with the same words.
READ_BY: Final[dict[str, Title]] = {
    ConsultationWay.PAGE: pgettext_lazy("way of reading", "page"),
    ConsultationWay.LIST: pgettext_lazy("way of reading", "list"),
    ConsultationWay.SEARCH: pgettext_lazy("way of reading", "search"),
    ConsultationWay.EXPORT: pgettext_lazy("way of reading", "list taken as a file"),
    ConsultationWay.FILE: pgettext_lazy("way of reading", "preserved file"),
    ConsultationWay.PDF: pgettext_lazy("way of reading", "document"),
    ConsultationWay.API: pgettext_lazy("way of reading", "interface for programs"),
}
SHOWN: Final[dict[str, Title]] = {"full": _("in full"), "masked": _("masked")}
# Of a decision that was taken back: by whoever made it, at once, or by somebody later with a reason of their own words.
_TAKEN_BACK: Final[dict[str, Title]] = {"undone": _("undone at once"), "reversed": _("taken back with a note")}
_EXEMPT: Final[dict[str, Title]] = {"setup": _("made with the installation"), "example": _("an account of the example run")}
_PEER_KINDS: Final[dict[str, Title]] = {PeerKind.PACKAGE: pgettext_lazy("audit", "package of a case")}
_UNPAIRED: Final[dict[str, Title]] = {
    "moved": _("left the office"),
    "administrator": _("may not log in any more"),
    "replaced": _("paired anew"),
    "self": _("ended by themselves"),
    "bot": _("the office's bot was changed or removed"),
    "blocked": _("the bot was blocked in Telegram"),
}


def purposes() -> Mapping[str, Title]:
    """What contacts are shown for, in words."""
    return {
        looks.WORK: _("for the triage"),
        "referral": _("to send a referral"),
        "objection": _("for an objection"),
        **words.PURPOSES,
        **words.NEEDS,
        **peer_words.PURPOSES,
        **tip_words.PURPOSES,
    }


def _terms() -> Mapping[str, Title]:
    return {key: one.title for key, one in retention_words.TERMS.items()}


def _channels() -> Mapping[str, Title]:
    return {key: words.sentence(channel.name) for key, channel in CHANNELS.items()}


def _changed(kind: str) -> Mapping[str, Title]:
    """What of a referral, or of a channel's edition, was changed: as their forms name it."""
    if kind == "channeledition":
        return {
            "columns": _("columns"),
            "hours_usual": _("their time in hours, usual"),
            "hours_urgent": _("their time in hours, urgent"),
            "source": _("source"),
            "addresses": _("mail addresses"),
        }
    facts = {fact.key: words.sentence(fact.title) for channel in CHANNELS.values() for fact in channel.facts}
    own = {"target": _("whom it is for"), "together": _("why the lines belong together"), "urgent": _("urgent")}
    return {**facts, **own} if kind == "referral" else {}


def _formats() -> Mapping[str, Title]:
    return {name: imports.format_title(name) for name in formats.FORMATS}


def _queries(platform: str) -> Mapping[str, Any]:
    """How a watch asks, in the words of its platform; nothing where the row does not say which that is."""
    source = sources.SOURCES.get(platform)
    return {shape.key: watch_words.both(shape.title) for shape in source.QUERIES} if source else {}


_STATES: Final[dict[str, Mapping[Any, Any]]] = {
    "flag": words.FLAG_STATES,
    "case": {**words.CASE_STATES, **words.TASK_STATES},
    "campaign": campaign_page.STATES,
    "watch": {**words.WATCH_HEALTH, WatchState.ACTIVE: pgettext_lazy("watch", "Running")},
    "watchproposal": words.PROPOSAL_STATES,
    "protection": words.PROTECTION_STATES,
    "referral": words.REFERRAL_STATES,
    "objection": objection_words.STATES,
    "tip": words.TIP_STATES,
    "bulk": bulk.STATES,
    "intake": imports.STATES,
    "dispatch": telling.STATES,
}
_OUTCOMES: Final[dict[str, Mapping[str, Any]]] = {
    "case": words.CASE_OUTCOMES,
    "objection": objection_words.OUTCOMES,
    "tip": tip_words.OUTCOMES,
    "subjectrequest": subject_words.OUTCOMES,
    "referral": words.REFERRAL_STATES,
}
_KINDS: Final[dict[str, Mapping[str, Any]]] = {
    "manualchange": manual_forms.KINDS,
    "campaign": campaign_page.KINDS,
    "dispatch": telling.KINDS,
    "peerexport": _PEER_KINDS,
}


def of(kind: str, field: str, *, platform: str = "") -> Mapping[str, Any]:
    """The codes this field of a row about such a thing may hold, in words. `platform`: of a watch."""
    return _of(kind, field, platform, get_language())


@functools.lru_cache(maxsize=1024)  # a file holds tens of thousands of rows
def _of(kind: str, field: str, platform: str, _language: str | None) -> Mapping[str, Any]:
    reasons = {key: triage.reason_said(outcome, key) for outcome, given in triage.REASONS.items() for key in given}
    known: dict[str, Mapping[Any, Any]] = {
        "role": {str(role): title for role, title in ROLE_TITLES.items()},
        "platform": words.PLATFORMS,
        "purpose": purposes(),
        "kind": _KINDS.get(kind) or _queries(platform),
        "kinds": {**words.INDICATORS, "words": _("words")},
        "outcome": _OUTCOMES.get(kind, words.OUTCOMES),
        "anew": words.OUTCOMES,
        "sharing": peer_words.SHARING,
        "side": objection_words.SIDES,
        "how": {**objection_words.WAYS, **referral_words.HOW},
        "question": subject_words.QUESTIONS,
        "about": subject_words.ABOUT if kind == "subjectrequest" else watch_words.PACKS if kind == "keywordpack" else {},
        "identity": subject_words.IDENTITIES,
        "case_kind": words.CASE_KINDS,
        "left": words.CASE_STATES,
        "was": campaign_page.STATES if kind == "campaign" else {},
        "proof": own_access.WAYS,
        "zone": domain.ZONE_LETTERS,
        "signs": {"author": _("author"), "second": _("second signatory")},
        "state": _STATES.get(kind, {}),
        "reason": words.ERASING_NAMED
        if kind in {"post", "erasurerequest"}
        else UNUSUAL
        if kind == "unusualreading"
        else {**reasons, **_TAKEN_BACK},
        "term": _terms(),
        "times": _terms(),
        "channel": _channels(),
        "changed": _changed(kind),
        "scopes": tokens.SCOPES,
        "way": noting.WAYS,
        "known_as": words.TRUSTED_AS,
        "document": referral_documents.TITLES,
        "goes_to": task_lines.WHOSE,
        "step": words.CASE_STEPS,
        "exempt": _EXEMPT,
        "veil": own_settings.VEILS,
        "why": _UNPAIRED if kind == "pairing" else {},
        "format": _formats() if kind == "intake" else {},
    }
    return known.get(field, {})
