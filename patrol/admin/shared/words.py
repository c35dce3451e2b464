"""The words of the workbench: what each state, verdict and level is called, with its tone and icon. Once, here.

Tones: high (red: contradicts, failed, overdue), med (amber), ok (green), blue, low (blue-grey), plain. A decision by a
person is never red. Icons are names of the Material Symbols font that django-unfold ships.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import formats, timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from patrol import domain, sources
from patrol.domain import ClaimKind, Level, Verdict, kept_problems, provinces, states
from patrol.domain.availability import Availability
from patrol.domain.availability import AvailabilityReason as Reason
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind, CaseOutcome, CaseStep, Ending, ProtectionDesk, ProtectionEventKind, TrustedAs

type Title = str | Promise


def english() -> bool:
    """Whether the reader's language is English."""
    return (get_language() or "id").startswith("en")


def own(sentence: domain.Sentence) -> str:
    """A sentence of the product's own, in which nobody typed anything: its examples stay readable."""
    return sentence.en if english() else sentence.id


_named = lazy(own, str)


@dataclass(frozen=True, slots=True)
class Badge:
    """Icon and words with a tone; the same everywhere the thing is named."""

    title: Title
    tone: str = "plain"
    icon: str = ""


LEVELS: Final[dict[str, Badge]] = {
    Level.HIGH: Badge(_("High"), "high"),
    Level.MEDIUM: Badge(_("Medium"), "med"),
    Level.LOW: Badge(_("Low"), "low"),
    Level.NONE: Badge(_("None"), "low"),
}

# One flag in ten is decided without its level, so that it can be told how far the level leads people.
LEVEL_VEILED: Final = Badge(_("Level hidden, quality sample"), "plain", "visibility_off")

VERDICTS: Final[dict[str, Badge]] = {
    Verdict.AGENCY_REVOKED: Badge(_("SIP3MI revoked"), "high", "close"),
    Verdict.AGENCY_SUSPENDED: Badge(_("Agency under sanction"), "high", "pause"),
    Verdict.LICENCE_NOT_FOUND: Badge(_("SIP number not found"), "high", "block"),
    Verdict.LICENCE_MISMATCH: Badge(_("SIP does not cover this offer"), "high", "warning"),
    Verdict.LICENCE_REVOKED: Badge(_("SIP revoked"), "high", "close"),
    Verdict.NO_LICENCE_FOR_OFFER: Badge(_("No SIP found for this destination"), "high", "block"),
    Verdict.LICENCE_EXPIRED: Badge(_("SIP expired"), "med", "schedule"),
    Verdict.LICENCE_NOT_YET_VALID: Badge(_("SIP not yet valid"), "med", "schedule"),
    Verdict.AGENCY_NOT_FOUND: Badge(_("Agency not found"), "med", "search"),
    Verdict.NO_LICENCE_SHOWN: Badge(_("No SIP named"), "med", "visibility_off"),
    Verdict.LICENSED: Badge(_("SIP found"), "ok", "check"),
    Verdict.EXEMPT: Badge(_("Lawful route, no SIP needed"), "low", "public"),
    Verdict.NOT_AN_OFFER: Badge(_("Not an overseas offer"), "low", "info"),
    Verdict.CANNOT_CHECK: Badge(_("Cannot be checked yet"), "low", "help"),
}
_CONTACT_NOT_OWN: Final = Badge(_("SIP found, contact not the agency's own"), "med", "call")


def verdict(value: str, *, contact_own: bool | None = None) -> Badge:
    """A licence that covers the offer says little where the contact is not the agency's: then the badge says that."""
    return _CONTACT_NOT_OWN if value == Verdict.LICENSED and contact_own is False else VERDICTS[value]


# The law an officer would look up first for a verdict. A pointer, not an opinion: the legal unit has the last word, and the page says so.
_PLACEMENT: Final = _("Law 18/2017, articles 69 and 81: placement by whoever is not licensed for it")
_RECRUITMENT: Final = _("Law 18/2017, articles 72 and 86: recruitment without a SIP2MI for this offer")
_SANCTIONS: Final = _("Regulation of the Minister 4/2025: sanctions on placement companies")
LAWS: Final[dict[str, Title]] = {
    Verdict.AGENCY_REVOKED: _PLACEMENT,
    Verdict.AGENCY_NOT_FOUND: _PLACEMENT,
    Verdict.NO_LICENCE_SHOWN: _PLACEMENT,
    Verdict.AGENCY_SUSPENDED: _SANCTIONS,
    Verdict.LICENCE_NOT_FOUND: _RECRUITMENT,
    Verdict.LICENCE_MISMATCH: _RECRUITMENT,
    Verdict.LICENCE_REVOKED: _RECRUITMENT,
    Verdict.NO_LICENCE_FOR_OFFER: _RECRUITMENT,
    Verdict.LICENCE_EXPIRED: _RECRUITMENT,
    Verdict.LICENCE_NOT_YET_VALID: _RECRUITMENT,
}

FLAG_STATES: Final[dict[str, Badge]] = {
    states.FlagState.PARKED: Badge(pgettext_lazy("flag", "parked"), "plain", "inventory_2"),
    states.FlagState.WAITING: Badge(pgettext_lazy("flag", "waiting"), "plain", "inbox"),
    states.FlagState.NEEDS_INFORMATION: Badge(pgettext_lazy("flag", "information asked"), "plain", "help"),
    states.FlagState.CONFIRMED: Badge(pgettext_lazy("flag", "confirmed"), "plain", "flag"),
    states.FlagState.DISMISSED: Badge(pgettext_lazy("flag", "dismissed"), "plain", "block"),
}

CASE_STATES: Final[dict[str, Badge]] = {
    states.CaseState.OPENED: Badge(pgettext_lazy("case", "Opened"), "blue", "folder"),
    states.CaseState.ESCALATED: Badge(pgettext_lazy("case", "Escalated"), "plain", "north_east"),
    states.CaseState.IN_ANALYSIS: Badge(pgettext_lazy("case", "In analysis"), "blue", "troubleshoot"),
    states.CaseState.REFERRED: Badge(pgettext_lazy("case", "Referred"), "blue", "forward_to_inbox"),
    states.CaseState.CLOSED: Badge(pgettext_lazy("case", "Closed"), "plain", "check"),
}

CASE_KINDS: Final[dict[str, Title]] = {
    CaseKind.COMPOUND: _("Recruitment for scam compounds"),
    CaseKind.DOMESTIC: _("Domestic work abroad"),
    CaseKind.SQUID_BOATS: _("Squid boats"),
    CaseKind.AID_FRAUD: _("Aid fraud"),
    CaseKind.MISUSED_NAME: _("An agency's name misused"),
    CaseKind.WITHOUT_SIP: _("Agency without SIP"),
    CaseKind.OTHER: pgettext_lazy("case", "Other"),
}

CASE_OUTCOMES: Final[dict[str, Title]] = {
    CaseOutcome.ACTED_UPON: pgettext_lazy("outcome of a case", "Acted upon"),
    CaseOutcome.REFUSED: pgettext_lazy("outcome of a case", "Refused by who was asked"),
    CaseOutcome.UNFOUNDED: pgettext_lazy("outcome of a case", "Unfounded"),
    CaseOutcome.HANDED_OVER: pgettext_lazy("outcome of a case", "Handed over to another body"),
    CaseOutcome.VICTIM_PROTECTED: pgettext_lazy("outcome of a case", "Victim protected"),
    CaseOutcome.MERGED: pgettext_lazy("outcome of a case", "Merged into another case"),
    CaseOutcome.WITHDRAWN: pgettext_lazy("outcome of a case", "Undone with its decision"),
    CaseOutcome.NOT_TOLD: pgettext_lazy("outcome of a case", "Outcome not noted"),
}

# What a side does in a step of a case, beside its clock.
CASE_STEPS: Final[dict[str, Title]] = {
    CaseStep.OPENED: _("Decide or escalate"),
    CaseStep.ESCALATED: _("Take the case"),
    CaseStep.IN_ANALYSIS: _("Refer or close"),
    CaseStep.OUTSIDE: _("Wait for an outside body"),
}
CLOCK_PAUSED: Final = Badge(pgettext_lazy("clock", "paused"), "low", "pause")


def working(amount: timedelta) -> str:
    """Working time in words: 23 h, 2 h 14 min, 14 min. A day is not named: how long it is differs."""
    hours, minutes = divmod(int(abs(amount).total_seconds()) // 60, 60)
    parts = [gettext("%(count)s h") % {"count": hours}] if hours else []
    if not hours or (minutes and hours < 8):
        parts.append(gettext("%(count)s min") % {"count": minutes})
    return " ".join(parts)


HOLIDAY: Final = Badge(_("National holiday"), "low", "flag")
JOINT_LEAVE: Final = Badge(_("Joint leave"), "blue", "event_busy")
JOINT_LEAVE_STRUCK: Final = Badge(_("Joint leave, struck off"), "plain", "block")
REFERRAL_STATES: Final[dict[str, Badge]] = {
    states.ReferralState.DRAFT: Badge(pgettext_lazy("referral", "drafted"), "blue", "edit"),
    states.ReferralState.SUBMITTED: Badge(pgettext_lazy("referral", "waits for approval"), "med", "hourglass_empty"),
    states.ReferralState.APPROVED: Badge(pgettext_lazy("referral", "approved"), "blue", "how_to_reg"),
    states.ReferralState.SENT: Badge(pgettext_lazy("referral", "sent"), "plain", "send"),
    states.ReferralState.RECEIVED: Badge(pgettext_lazy("referral", "received"), "plain", "mark_email_read"),
    states.ReferralState.CONTACT_FAILED: Badge(pgettext_lazy("referral", "not delivered"), "high", "unsubscribe"),
    states.ReferralState.NO_RESPONSE: Badge(pgettext_lazy("referral", "no response"), "med", "schedule"),
    states.ReferralState.CLARIFICATION_ASKED: Badge(pgettext_lazy("referral", "clarification asked"), "med", "help"),
    states.ReferralState.ACCEPTED: Badge(pgettext_lazy("referral", "accepted"), "plain", "task_alt"),
    states.ReferralState.PARTLY_DONE: Badge(pgettext_lazy("referral", "partly done"), "ok", "rule"),
    states.ReferralState.ACTED_UPON: Badge(pgettext_lazy("referral", "acted upon"), "ok", "check"),
    states.ReferralState.REFUSED: Badge(pgettext_lazy("referral", "refused"), "plain", "block"),
    states.ReferralState.WITHDRAWN: Badge(pgettext_lazy("referral", "withdrawn"), "plain", "undo"),
}

TIP_STATES: Final[dict[str, Badge]] = {
    states.TipState.RECEIVED: Badge(pgettext_lazy("report", "new"), "med", "mark_email_unread"),
    states.TipState.READ: Badge(pgettext_lazy("report", "read"), "plain", "drafts"),
    states.TipState.ASKED: Badge(pgettext_lazy("report", "asked, no answer yet"), "plain", "contact_support"),
    states.TipState.PASSED_ON: Badge(pgettext_lazy("report", "passed on"), "plain", "move_up"),
    states.TipState.CLOSED: Badge(pgettext_lazy("report", "closed"), "ok", "check"),
    states.TipState.WITHDRAWN: Badge(pgettext_lazy("report", "withdrawn by the reporter"), "plain", "undo"),
}
TASK_STATES: Final[dict[str, Badge]] = {
    states.TaskState.OPEN: Badge(pgettext_lazy("task", "open"), "plain", "check_box_outline_blank"),
    states.TaskState.DONE: Badge(pgettext_lazy("task", "done"), "plain", "check_box"),
    states.TaskState.DROPPED: Badge(pgettext_lazy("task", "dropped"), "plain", "block"),
}

PROPOSAL_STATES: Final[dict[str, Badge]] = {
    states.ProposalState.PROPOSED: Badge(pgettext_lazy("proposal", "proposed"), "med", "schedule"),
    states.ProposalState.ACCEPTED: Badge(pgettext_lazy("proposal", "accepted"), "ok", "check"),
    states.ProposalState.REFUSED: Badge(pgettext_lazy("proposal", "refused"), "plain", "block"),
    states.ProposalState.WITHDRAWN: Badge(pgettext_lazy("proposal", "withdrawn"), "plain", "undo"),
}

WATCH_HEALTH: Final[dict[str, Badge]] = {
    "failing": Badge(pgettext_lazy("watch", "Failing"), "high", "close"),
    "stopped": Badge(pgettext_lazy("watch", "Stopped"), "high", "block"),
    "quiet": Badge(pgettext_lazy("watch", "Quiet"), "med", "warning"),
    "loud": Badge(pgettext_lazy("watch", "Flooded"), "med", "trending_up"),
    "waiting": Badge(pgettext_lazy("watch", "Waiting"), "low", "hourglass_empty"),
    "healthy": Badge(pgettext_lazy("watch", "Healthy"), "ok", "check"),
    "new": Badge(pgettext_lazy("watch", "New"), "low", "info"),
    "paused": Badge(pgettext_lazy("watch", "Paused"), "low", "pause"),
}
SILENT: Final = ("failing", "stopped", "quiet", "waiting")  # may be why a queue is empty
UNHEALTHY: Final = (*SILENT, "loud")

KINDS: Final[dict[str, Title]] = {
    domain.Kind.ILLEGAL_RECRUITMENT: _("recruitment without licence"),
    domain.Kind.FRAUD: _("fraud"),
    domain.Kind.IMPERSONATION: _("impersonation"),
    domain.Kind.PHISHING: _("phishing"),
}

PLATFORMS: Final[dict[str, Title]] = {key: _named(module.NAME) for key, module in sources.PLATFORMS.items()}


def platform(value: str) -> str:
    return str(PLATFORMS.get(value, value))


INDICATORS: Final[dict[str, Badge]] = {
    ClaimKind.PHONE: Badge(_("Phone number"), icon="call"),
    ClaimKind.ACCOUNT: Badge(_("Account"), icon="alternate_email"),
    ClaimKind.LINK: Badge(_("Link"), icon="link"),
    ClaimKind.BANK_ACCOUNT: Badge(_("Bank account"), icon="account_balance"),
    ClaimKind.EMAIL: Badge(_("E-mail address"), icon="mail"),
    ClaimKind.LICENCE_NUMBER: Badge(_("Licence number"), icon="badge"),
    "agency": Badge(_("Company"), icon="apartment"),
}

TRUSTED_AS: Final[dict[str, Title]] = {
    TrustedAs.AGENCY: _("an agency's own contact"),
    TrustedAs.HOTLINE: _("a hotline"),
    TrustedAs.MEDIA: _("a news outlet"),
    TrustedAs.OFFICE: _("an office of the state"),
}

SIGHTING_ROLES: Final[dict[str, Title]] = {
    "author": pgettext_lazy("indicator", "author"),
    "contact": pgettext_lazy("indicator", "contact"),
    "mentioned": pgettext_lazy("indicator", "mentioned"),
    "agency": pgettext_lazy("indicator", "company"),
    "profile": pgettext_lazy("indicator", "in the account's profile"),
}

OUTCOMES: Final[dict[str, Badge]] = {
    "confirmed": Badge(pgettext_lazy("decision", "Confirmed"), "plain", "flag"),
    "dismissed": Badge(pgettext_lazy("decision", "Dismissed"), "plain", "block"),
    "needs_information": Badge(pgettext_lazy("decision", "Information asked"), "plain", "help"),
    "victim": Badge(pgettext_lazy("decision", "Victim, for protection"), "plain", "shield_person"),
    "reversed": Badge(pgettext_lazy("decision", "Taken back"), "plain", "undo"),
}

# The buttons of the decision bar: the first two carry the same weight, so that nothing nudges.
# On the button where one decision covers several posts, %(count)s of them.
DECIDE_MANY: Final[dict[str, Title]] = {
    "confirmed": _("Confirm %(count)s posts"),
    "dismissed": _("Dismiss %(count)s posts"),
    "needs_information": _("Ask about %(count)s posts"),
    "victim": _("Mark %(count)s posts as victims'"),
}

# What speaks against deciding a post together with others, unread: triage.Suggestion.reads_as.
READS_AS: Final[dict[str, Title]] = {
    "warning": _("reads as a warning"),
    "news": _("reads as news"),
    "plea": _("reads as a question or a call for help"),
    "lawful": _("reads as a lawful offer"),
}

DECIDE: Final[dict[str, Title]] = {
    "confirmed": _("Confirm suspicion"),
    "dismissed": _("Dismiss"),
    "needs_information": _("Ask for information"),
    "victim": _("Mark as victim"),
}

# Why somebody who does not work on a post looks at its contacts: the keys of triage.PURPOSES.
PURPOSES: Final[dict[str, Title]] = {
    "case": _("for a case"),
    "comparison": _("to compare with another post"),
    "question": _("to answer a question of an office or agency"),
}

PROTECTION_STATES: Final[dict[str, Badge]] = {
    states.ProtectionState.NEW: Badge(pgettext_lazy("protection", "Not reached yet"), "med", "schedule"),
    states.ProtectionState.CONTACTED: Badge(pgettext_lazy("protection", "Reached"), "blue", "call"),
    states.ProtectionState.HANDED_OVER: Badge(pgettext_lazy("protection", "Handed to a desk"), "plain", "move_up"),
    states.ProtectionState.CLOSED: Badge(pgettext_lazy("protection", "Closed"), "plain", "check"),
}
PROTECTION_DESKS: Final[dict[str, Title]] = {
    ProtectionDesk.OWN: _("Protection desk of this office"),
    ProtectionDesk.P4MI: _("P4MI (say which)"),
    ProtectionDesk.MISSION: _("Mission abroad (say which)"),
    ProtectionDesk.HOTLINE: _("Hotline of the ministry"),
    ProtectionDesk.OTHER: _("Another body (say which)"),
}
# The same where it has been said which one.
PROTECTION_DESKS_NAMED: Final[dict[str, Title]] = {
    **PROTECTION_DESKS,
    ProtectionDesk.P4MI: _("P4MI"),
    ProtectionDesk.MISSION: _("Mission abroad"),
    ProtectionDesk.OTHER: _("Another body"),
}
ENDINGS: Final[dict[str, Title]] = {
    Ending.HELPED: _("Was helped"),
    Ending.RETURNED: _("Is back home"),
    Ending.ADVISED: _("Was advised"),
    Ending.UNREACHABLE: _("Could not be reached"),
    Ending.DECLINED: _("Wants no help"),
    Ending.NOT_HARMED: _("Was not harmed after all"),
}
# Why the contacts of somebody harmed are looked at: the keys of triage.protecting.NEEDS.
NEEDS: Final[dict[str, Title]] = {
    "reach": _("to reach the person"),
    "family": _("to reach the family"),
    "desk": _("to give them to the desk that helps"),
}
PROTECTION_EVENTS: Final[dict[str, Badge]] = {
    ProtectionEventKind.MARKED: Badge(pgettext_lazy("who did it", "marked as victim"), icon="shield_person"),
    ProtectionEventKind.CONTACTED: Badge(_("reached the person or the family"), icon="call"),
    ProtectionEventKind.HANDED_OVER: Badge(_("handed over to a desk"), icon="move_up"),
    ProtectionEventKind.MOVED: Badge(pgettext_lazy("who did it", "handed over to another office"), icon="apartment"),
    ProtectionEventKind.NOTE: Badge(_("noted"), icon="edit_note"),
    ProtectionEventKind.CONTACTS_SHOWN: Badge(_("looked at the contacts"), icon="visibility"),
    ProtectionEventKind.CLOSED: Badge(_("closed the protection"), icon="check"),
    ProtectionEventKind.REOPENED: Badge(_("took the last step back"), icon="undo"),
    ProtectionEventKind.MARK_REVERSED: Badge(_("took the mark back"), icon="undo"),
}

# Why a post's content is erased: the keys of erasing.REASONS.
ERASING: Final[dict[str, Title]] = {
    "subject": _("The person asked for it, and it is due to them"),
    "retention": _("The time it may be kept is over"),
    "mistake": _("It should never have been taken in"),
    "other": _("Another reason (say which)"),
}
# The same where it has been said which one.
ERASING_NAMED: Final[dict[str, Title]] = {**ERASING, "other": _("Another reason")}
# What such a reason usually rests on. A pointer, as LAWS is one: what it rests on here is written by who asks.
ERASING_LAWS: Final[dict[str, Title]] = {
    "subject": _("Law 27/2022, articles 8 and 43 (1) c"),
    "retention": _("Law 27/2022, articles 43 (1) a and 44 (1) a"),
    "mistake": _("Law 27/2022, article 43 (1) d"),
    "other": "",
}

# What single keys do at the desk, by the acts of patrol.triage.own_settings.KEYS.
ACTS: Final[dict[str, Title]] = {
    "confirm": _("Confirm suspicion, then a reason 1-5"),
    "dismiss": _("Dismiss, then a reason 1-6"),
    "ask": _("Ask for information"),
    "case": _("Open or add to a case"),
    "escalate": _("Escalate to the directorate"),
    "victim": _("Mark as victim"),
    "snooze": _("Put off"),
    "skip": _("Skip and let go"),
    "undo": _("Undo the last decision"),
    "hand_over": _("Hand over to another office"),
    "picture": _("Next picture"),
    "show": _("Show numbers (logged)"),
    "history": _("History of the flag"),
    "alike": _("Choose the next look-alike"),
    "same": _("It is the same; with Shift all are"),
    "apart": _("It is not the same"),
    "filter": _("Filter the queue"),
    "help": _("This list of keys"),
}

STANDINGS: Final[dict[str, Title]] = {
    domain.StandingStatus.ACTIVE: pgettext_lazy("agency", "active"),
    domain.StandingStatus.PARTLY_SUSPENDED: pgettext_lazy("agency", "partly suspended"),
    domain.StandingStatus.SUSPENDED: pgettext_lazy("agency", "suspended"),
    domain.StandingStatus.SUPERVISED: pgettext_lazy("agency", "under supervision"),
    domain.StandingStatus.REVOKED: pgettext_lazy("agency", "SIP3MI revoked"),
}

LICENCE_STATES: Final[dict[str, Title]] = {
    domain.LicenceStatus.ACTIVE: pgettext_lazy("licence", "active"),
    domain.LicenceStatus.REVOKED: pgettext_lazy("licence", "revoked"),
    domain.LicenceStatus.EXHAUSTED: pgettext_lazy("licence", "quota used up"),
}

FLAG_EVENTS: Final[dict[str, Title]] = {
    "raised": _("Flag raised"),
    "new_version": _("The post was changed"),
    "newer_beside": _("A newer version came; the flag stays as it was"),
    "new_register": _("Checked against another edition of the register"),
    "new_reader": _("Read by another version of the reader"),
    "new_rules": _("Judged by other rules, points or trusted contacts"),
    "pictures_read": _("Its pictures were read"),
    "links_opened": _("Its short links were opened"),
    "returned": _("Returned to the queue"),
    "handed_over": _("Handed over to another office"),
    "snoozed": _("Put off"),
    "woken": _("Taken back into the queue"),
    "joined": _("Taken into a row of look-alikes"),
    "parted": _("Taken out of a row of look-alikes"),
    "gone": _("The platform no longer shows the post"),
    "objected": _("Somebody objected to the decision"),
    "corrected": _("Corrected after an objection"),
}

MEDIA_STATES: Final[dict[str, Title]] = {
    states.MediaState.WAITING: _("not fetched yet"),
    states.MediaState.KEPT: _("kept"),
    states.MediaState.REFUSED: _("not taken"),
    states.MediaState.MISSING: _("no longer there"),
    states.MediaState.LEFT: _("not fetched (video, document or too many)"),
}

CASE_EVENTS: Final[dict[str, Badge]] = {
    "opened": Badge(_("opened the case"), icon="folder"),
    "flag_added": Badge(_("added a flag"), icon="flag"),
    "flag_removed": Badge(_("took a flag out"), icon="flag"),
    "escalated": Badge(_("escalated to the directorate"), icon="north_east"),
    "taken": Badge(_("took the case"), icon="person"),
    "passed_on": Badge(_("passed the case on to"), icon="move_up"),
    "returned": Badge(_("handed the case back to the office"), icon="undo"),
    "note": Badge(_("wrote an internal note"), icon="lock"),
    "message": Badge(_("wrote to the other side"), icon="apartment"),
    "kind_set": Badge(_("said what the case is about"), icon="category"),
    "article_added": Badge(_("added an article to the case"), icon="gavel"),
    "article_removed": Badge(_("took an article out of the case"), icon="gavel"),
    "ticked": Badge(_("ticked an element"), icon="check_box"),
    "unticked": Badge(_("took a tick back"), icon="undo"),
    "referred": Badge(_("sent a referral"), icon="forward_to_inbox"),
    "came_back": Badge(_("noted that it is there again"), icon="refresh"),
    "closed": Badge(_("closed the case"), icon="check"),
    "reopened": Badge(_("reopened the case"), icon="refresh"),
    "attached": Badge(_("attached a file"), icon="attach_file"),
    "attachment_withdrawn": Badge(_("withdrew an attached file"), icon="attach_file_off"),
    "merged": Badge(_("merged another case into this one"), icon="merge"),
    "merged_into": Badge(_("merged the case into"), icon="merge"),
    "flag_near": Badge(_("found a confirmed flag in its campaign or row:"), icon="hub"),
    "unmerged": Badge(_("took the merger back with"), icon="call_split"),
    "task_added": Badge(_("added a task"), icon="add_task"),
    "task_assigned": Badge(_("changed who has a task"), icon="person"),
    "task_due": Badge(_("changed the time of a task"), icon="schedule"),
    "task_done": Badge(_("did a task"), icon="task_alt"),
    "task_reopened": Badge(_("opened a task again"), icon="refresh"),
    "task_dropped": Badge(_("dropped a task"), icon="block"),
    "link_down": Badge(_("found the link down, twice in a row"), icon="check"),
    "link_back": Badge(_("found the link there again"), icon="visibility"),
    "seen_again": Badge(_("found what a referral asked about under another name:"), icon="refresh"),
    "not_again": Badge(_("said that it is something else:"), icon="block"),
    "corrected": Badge(_("corrected what the case holds, after an objection:"), icon="edit_note"),
}

# What a look at a link said. A reason that hides a post is no "down".
AVAILABILITY: Final[dict[str, Badge]] = {
    Availability.THERE: Badge(pgettext_lazy("link", "still there"), "med", "visibility"),
    Availability.DOWN: Badge(pgettext_lazy("link", "down"), "ok", "check"),
    Availability.CHANGED: Badge(pgettext_lazy("link", "changed"), "med", "edit"),
    Availability.UNSURE: Badge(pgettext_lazy("link", "cannot be told"), "plain", "help"),
}
FOUND_DOWN_ONCE: Final = Badge(pgettext_lazy("link", "found down once"), "plain", "hourglass_top")
AVAILABILITY_REASONS: Final[dict[str, Title]] = {
    Reason.WORDS_FOUND: pgettext_lazy("link", "its words were found"),
    Reason.OTHER_WORDS: pgettext_lazy("link", "it says other words now"),
    Reason.NOT_FOUND: pgettext_lazy("link", "the server says there is no such page"),
    Reason.SAYS_GONE: pgettext_lazy("link", "the page says it is not available"),
    Reason.ACCOUNT_GONE: pgettext_lazy("link", "the account or site was removed or suspended"),
    Reason.MISSING: pgettext_lazy("link", "no longer among its neighbours"),
    Reason.LOGIN_WALL: pgettext_lazy("link", "asks to sign in"),
    Reason.PRIVATE: pgettext_lazy("link", "shown only to those its author lets in"),
    Reason.COUNTRY_BLOCK: pgettext_lazy("link", "blocked in this country or on the way"),
    Reason.CONSENT: pgettext_lazy("link", "asks for consent first"),
    Reason.CAPTCHA: pgettext_lazy("link", "asks whether a person is looking"),
    Reason.RATE_LIMIT: pgettext_lazy("link", "asks us to come less often"),
    Reason.ROBOTS: pgettext_lazy("link", "its robots.txt asks machines to stay away: look yourself"),
    Reason.REFUSED: pgettext_lazy("link", "the server refuses us"),
    Reason.SERVER_ERROR: pgettext_lazy("link", "the server has a fault"),
    Reason.TIMEOUT: pgettext_lazy("link", "no answer in time"),
    Reason.UNREACHABLE: pgettext_lazy("link", "the server could not be reached"),
    Reason.NO_SUCH_HOST: pgettext_lazy("link", "the name of the server was not found"),
    Reason.REDIRECTED_HOME: pgettext_lazy("link", "leads to the front page"),
    Reason.REDIRECTED: pgettext_lazy("link", "leads elsewhere"),
    Reason.NO_CONTENT: pgettext_lazy("link", "a page without content for us"),
    Reason.OTHER_CONTENT: pgettext_lazy("link", "the page holds something else"),
    Reason.NOTHING_TO_COMPARE: pgettext_lazy("link", "the post has too few words to be known by"),
    Reason.NO_ADDRESS: pgettext_lazy("link", "no address that can be opened"),
    Reason.ERASED: pgettext_lazy("link", "its content was erased here"),
}

# A closing and a reopening that name another case, in the words of a merger.
MERGERS: Final = {"closed": "merged_into", "reopened": "unmerged"}

STRENGTHS: Final[tuple[Title, ...]] = (_("weak"), _("medium"), _("strong"), _("very strong"))


WAITS_FOR_ME: Final = _("Waits for me")  # of a list: what this person may approve or settle


def strength(points: float) -> int:
    """1 to 4 squares. Borders 0.5, 1.5 and 3 as proposed with the mock-ups, to be fitted to the real rules."""
    return 1 + (points >= 0.5) + (points >= 1.5) + (points >= 3)


PROVINCES: Final = provinces.TITLES


def said(row: Any, field: str = "") -> str:
    """The sentence in the screen's language. `row`: a stored {id, en}, or a model with `<field>_id`, `<field>_en`.

    A sentence may quote what a platform brought, a name above all: contacts in it are cut. Its figures are the reader's.
    """
    language = "en" if english() else "id"
    said = (row.get(language) or row.get("id") or "") if isinstance(row, dict) else getattr(row, f"{field}_{language}")
    return masks.text(str(said), [], [(0, len(str(said)))])


def problem(kept: Mapping[str, Any] | None) -> dict[str, str]:
    """What went wrong with a run, a job or a file, as it was kept: the sentence, and what servers and programs call it, for
    "Technical details". Both "" where nothing went wrong."""
    if not kept:
        return {"said": "", "told": ""}
    told = kept_problems.told(kept)  # codes and names of errors alone: a mask would take them for numbers of telephones
    sentence = kept_problems.without_codes(said(kept))
    if " " in sentence:
        return {"said": sentence, "told": told}
    return {"said": gettext("It did not work. Why was not kept in words."), "told": told or str(kept.get("code", ""))}


def sentence(value: domain.Sentence) -> str:
    """A sentence that is not stored, in the screen's language."""
    return said({"id": value.id, "en": value.en})


def knows(reader: Any, other: Any) -> bool:
    """Whether this person is told another's name in a case: of one's own office and of the directorate, and there of everybody. Both come
    with their offices."""
    return bool(reader.at_directorate or other.at_directorate or reader.office_id == other.office_id)


def person(other: Any, reader: Any) -> str:
    """Somebody's name as that reader is told it: of another office's people the office alone."""
    return str(other.name if knows(reader, other) else other.office.short_name)


def task(row: Any) -> str:
    """What is to be done, in the screen's language where it was typed in both. `row`: a CaseTask or a TaskLine."""
    return str((row.title_en if english() else "") or row.title)


def refusal(error: RefusedError) -> str:
    """Why a verb did nothing, in the screen's language; it may quote what somebody typed, so contacts in it are cut."""
    said = error.sentence
    return masks.text(said, [], [(0, len(said))])


def day(value: date | datetime) -> str:
    """23 Nov 2026."""
    if isinstance(value, datetime):
        value = _local(value).date()
    return _dated(value, "j M Y", get_language() or "id")


def moment(value: datetime) -> str:
    """Sen, 23 Nov 2026 10.42 WIB, in the zone of the person's office."""
    local = _local(value)
    letters = domain.ZONE_LETTERS.get(timezone.get_current_timezone_name(), "")
    return f"{_dated(local.date(), 'D, j M Y', get_language() or 'id')} {_clock(local)} {letters}".rstrip()


def hour(value: datetime) -> str:
    """10.42: only beside a full date on the same page."""
    return _clock(_local(value))


@functools.lru_cache(maxsize=2048)
def _dated(value: date, pattern: str, _language: str) -> str:
    """In the language of the screen. A list says the same few days in each of its rows, and to write one takes longer than its row."""
    return formats.date_format(value, pattern)


def _clock(local: datetime) -> str:
    return f"{local.hour:02}{':' if english() else '.'}{local.minute:02}"


def _local(value: datetime) -> datetime:
    """In the zone of the person's office; the first and last days of the calendar, which that zone may lack, as they stand."""
    try:
        return timezone.localtime(value)
    except OverflowError:
        return value


def age(since: datetime, now: datetime) -> str:
    """baru saja, 40 mnt, 4 j, 2 hr: how long ago something was."""
    return lasting(now - since) if now - since >= timedelta(minutes=1) else gettext("just now")


def lasting(amount: timedelta) -> str:
    """0 mnt, 40 mnt, 4 j, 2 hr: round the clock; what is negative is no time."""
    minutes = max(0, int(amount.total_seconds() // 60))
    if minutes < 60:
        return gettext("%(count)s min") % {"count": minutes}
    if minutes < 24 * 60:
        return gettext("%(count)s h") % {"count": minutes // 60}
    return ngettext("%(count)s d", "%(count)s d", minutes // 1440) % {"count": minutes // 1440}


def register_stale(register_date: date, now: datetime) -> bool:
    """Whether the register in force is older than the office allows."""
    return (now.astimezone(domain.LAW_ZONE).date() - register_date).days > settings.REGISTER_STALE_DAYS


# Words of Django's on our pages. Its Indonesian says "sandi" where ours says "kata sandi", "bita" where papers say "byte", asks for
# the "nama pengguna nama pengguna", and lacks the newest of them: named here, our catalogue wins.
SAID_BY_DJANGO: Final = (
    gettext_noop("- Select an option -"),
    gettext_noop("Enter a whole number."),
    gettext_noop("Please enter the correct %(username)s and password for a staff account. Note that both fields may be case-sensitive."),
    gettext_noop("Password change"),
    gettext_noop("Old password"),
    gettext_noop("New password"),
    gettext_noop("New password confirmation"),
    gettext_noop("Enter the same password as before, for verification."),
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    gettext_noop("The two password fields didn’t match."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    ngettext_lazy("%(size)d byte", "%(size)d bytes"),
)
