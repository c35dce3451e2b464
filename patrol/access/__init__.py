"""Who may see and do what: one table, role x action x relation.

Every queryset, page, action, counter and search asks here. What a person may not see does not exist for them (404); what a person may
see but not do is refused (403 for a forged request; pages do not offer it).

Relations: OWN the thing's office is the person's; DIRECTORATE the person belongs to the directorate; AUTHOR the person made it;
ANY every thing. Rights held by OWN alone end at the office's door.
"""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from patrol import models
from patrol.infra import wall
from patrol.models import Role


class Relation(StrEnum):
    OWN = "own office"
    DIRECTORATE = "directorate"
    AUTHOR = "author"
    ANY = "any"


class Action(StrEnum):
    HOME = "home"
    POST_VIEW = "post.view"
    INDICATOR_VIEW = "indicator.view"
    FLAG_VIEW = "flag.view"  # that it exists, its office and outcome: shared by all staff
    FLAG_DECIDE = "flag.decide"
    FLAG_HAND_OVER = "flag.hand_over"
    CONTACT_SHOW = "contact.show"  # numbers in full, logged with a purpose
    CONTACT_SHOW_DECIDED = "contact.show_decided"  # those of a flag that people have decided
    TRUST_PROPOSE = "trust.propose"  # a contact as known to be good, and taking that back
    TRUST_APPROVE = "trust.approve"  # what somebody else proposed: it counts for all offices
    CASE_VIEW = "case.view"
    CASE_OPEN = "case.open"
    CASE_NOTE = "case.note"  # internal, or a message to the other side
    CASE_NOTE_VIEW = "case.note_view"  # internal notes: their office is that of whoever wrote them
    CASE_TASK = "case.task"  # give a task, do one, be given one
    TASK_TEMPLATE = "task.template"  # what cases of a kind begin with
    CASE_ESCALATE = "case.escalate"
    CASE_TAKE = "case.take"
    CASE_HAND_ON = "case.hand_on"  # a taken one, to another who may take it
    CASE_HAND_ON_OPENED = "case.hand_on_opened"  # one that lies with its office, to a colleague there who may do the same
    CASE_RETURN = "case.return"
    CASE_CLOSE = "case.close"
    CASE_CLOSE_ESCALATED = "case.close_escalated"  # and take flags out of it
    CLOCK_VIEW = "clock.view"  # what the clock of a case counts by
    CLOCK_CHANGE = "clock.change"  # days of joint leave, deadlines
    LINK_CHECK = "link.check"  # have the links of a case looked at again
    REFERRAL_VIEW = "referral.view"
    REFERRAL_WRITE = "referral.write"  # write, change, submit, withdraw; what goes out from the directorate is written there
    REFERRAL_APPROVE = "referral.approve"  # what others wrote, changed and submitted
    REFERRAL_SEND = "referral.send"  # take the packet, say that it was sent and what came back
    PEER_ASK = "peer.ask"  # hand indicators of a case or campaign to another body; see requests of that, take what was approved
    PEER_APPROVE = "peer.approve"  # what another person asked for
    CASE_EXPORT = (
        "case.export"  # a case as one package for a court or another body, masked; the one with originals is asked for by PEER_ASK
    )
    OBJECTION_VIEW = "objection.view"
    OBJECTION_ENTER = "objection.enter"  # one that came in, that it was withdrawn, that it was answered
    OBJECTION_SETTLE = "objection.settle"  # whether the decision was wrong: never who had a hand in it
    CHANNEL_CONFIRM = "channel.confirm"  # editions of a channel, and that the body confirmed the columns of its file
    TIP_VIEW = "tip.view"  # reports of the public: read, ask, answer, close
    TIP_PLACE = "tip.place"  # to which post or flag one belongs, and to which office: whoever says that says who may reach its reporter
    # How to reach whoever reported, logged with a purpose. `author` is whoever has the case that the report is in.
    TIP_IDENTITY = "tip.identity"
    PROTECTION_VIEW = "protection.view"  # who was marked as harmed; hand them to the protection desk
    REVIEW = "review"  # look at decisions a second time without knowing them
    REVIEW_SETTLE = "review.settle"  # decide where two people differ
    QUALITY_VIEW = "quality.view"  # how far people agree
    BULK = "bulk"  # decide many rows at once
    BULK_APPROVE = "bulk.approve"  # what another person proposed
    CAMPAIGN_VIEW = "campaign.view"  # shared by all staff, as posts and indicators are
    CAMPAIGN_JUDGE = "campaign.judge"  # confirm, cut, split, merge; deciding its flags goes by FLAG_DECIDE
    WATCH_VIEW = "watch.view"
    WATCH_CHANGE = "watch.change"  # any, with credential and priority; and the packs of words watches share, the quotas of offices
    WATCH_KEEP = "watch.keep"  # make, change, pause an office's own ones; the office of all others is none
    WATCH_PROPOSE = "watch.propose"  # one for the own office, decided by somebody else
    CREDENTIAL_VIEW = "credential.view"  # that there is one, its state and its last day; its values are shown to nobody
    CREDENTIAL_CHANGE = "credential.change"
    REGISTER_VIEW = "register.view"
    REGISTER_IMPORT = "register.import"  # and put a change by hand forward
    REGISTER_MANUAL_VIEW = "register.manual_view"  # changes by hand, also those that wait
    REGISTER_APPROVE = "register.approve"  # a change by hand that another person put forward
    OFFICE_VIEW = "office.view"
    OFFICE_CHANGE = "office.change"
    STATION_CHANGE = "station.change"  # the P4MI of an office, and which of its people sit there
    PERSON_VIEW = "person.view"
    PERSON_CHANGE = "person.change"
    PERSON_CLOSE = "person.close"  # the account of whoever leaves or is away, with what they hold handed on
    PERSON_AGREE = "person.agree"  # to an account that approves, which another person made, changed or reset
    SUMMARY_VIEW = "summary.view"
    SUMMARY_FREEZE = "summary.freeze"  # and sign as its author
    SUMMARY_HEAD = "summary.head"  # the logo and the positions on the paper of an office's summaries
    SUMMARY_APPROVE = "summary.approve"  # sign an edition as the second: of those who may, the office's setting names who does
    AUDIT_VIEW = "audit.view"
    CONSULTATION_VIEW = "consultation.view"  # who read what; say what became of reading that stood out
    SUBJECT_REQUEST = "subject.request"  # of somebody about their own data: enter, answer, put together what is held
    NOTICE_VIEW = "notice.view"  # and mark as read
    TELLING_OFFICE = "telling.office"  # an office's Telegram bot, and what its people are told where they chose nothing
    WEBHOOK = "webhook"  # to which other systems what changed in an office is sent: for good, by itself
    WEBHOOK_END = "webhook.end"  # and see that there are some
    CARE_OFFICE = "care.office"  # what an office spares its people, and the sums of what they saw
    DECISION_VIEW = "decision.view"  # the list of one's own
    PUBLIC_DESK = "public_desk"  # what pages without login may tell
    POINTS_APPROVE = "points.approve"  # of the rules: they move every level
    IMPORT_FILE = "import.file"  # look at a file, import it, see what came of it
    CAPTURE_SEND = "capture.send"  # pair a browser, send captures, upload a post
    CAPTURE_VIEW = "capture.view"  # what came of them; the posts themselves are shared as all posts are
    DEVICE_VIEW = "device.view"
    DEVICE_REVOKE = "device.revoke"
    TOKEN_MAKE = "token.make"  # noqa: S105 -- for another system of the office, which then asks in the maker's name
    TOKEN_REVOKE = "token.revoke"  # noqa: S105 -- and see which there are
    PAGE_ASK = "page.ask"  # have the page of a post archived
    # See or take away a preserved copy, contacts and all; logged. That it exists is shared.
    EVIDENCE_OPEN = "evidence.open"
    ERASE_ASK = "erase.ask"  # put a post forward to be blanked for good; see what was put forward
    ERASE_APPROVE = "erase.approve"  # what another person asked for
    CASE_HOLD = "case.hold"  # a legal hold on a case, by the supervisor of the side that has it, and lifting it
    RETENTION_VIEW = "retention.view"  # how long what is kept, what is due and what is held
    RETENTION_PROPOSE = "retention.propose"
    RETENTION_APPROVE = "retention.approve"  # what another person proposed: from then on it erases
    CARD_VIEW = "card.view"
    CARD_MAKE = "card.make"  # a warning card of a confirmed case, and take one back
    CARD_APPROVE = "card.approve"  # what somebody else made: the public sees it
    GUIDE_VIEW = "guide.view"  # the public's guides with all their editions
    GUIDE_PUBLISH = "guide.publish"  # a further edition, which the public reads at once; take one off
    LETTER_VIEW = "letter.view"  # templates of letters and letterheads
    LETTER_CHANGE = "letter.change"  # a further edition of one
    LAW_VIEW = "law.view"
    LAW_ENTER = "law.enter"  # an article, a further edition of one, or its end
    LAW_APPROVE = "law.approve"  # that the legal unit stands behind an edition, which another person entered


# What a question names as office or author where it is about no particular one. A column that is null is neither: nobody's.
ANY_OFFICE: Final = -1  # whether at all, to a thing of whichever office
NO_OFFICE: Final = 0  # a thing that belongs to no office: nobody's own, so only the directorate's relation reaches it
ANY_AUTHOR: Final = -1

_EVERYONE: Final = tuple(Role)
_OWN: Final = frozenset({Relation.OWN})
_DIRECTORATE: Final = frozenset({Relation.DIRECTORATE})
_OWN_OR_DIRECTORATE: Final = frozenset({Relation.OWN, Relation.DIRECTORATE})
_ANY: Final = frozenset({Relation.ANY})
_AUTHOR: Final = frozenset({Relation.AUTHOR})
_NONE: Final[frozenset[Relation]] = frozenset()

# Everybody their own; whoever administers people also those of somebody who left or lost a computer.
_DEVICES: Final[dict[Role, frozenset[Relation]]] = {
    **dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _AUTHOR),
    Role.ADMINISTRATOR: _DIRECTORATE,
}

TABLE: Final[dict[Action, dict[Role, frozenset[Relation]]]] = {
    Action.HOME: dict.fromkeys(_EVERYONE, _ANY),
    Action.POST_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.INDICATOR_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.FLAG_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.FLAG_DECIDE: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.FLAG_HAND_OVER: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CONTACT_SHOW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.CONTACT_SHOW_DECIDED: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.TRUST_PROPOSE: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.TRUST_APPROVE: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.CASE_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.CASE_OPEN: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CASE_NOTE: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    # Never the directorate's right over all: what one side writes for itself is not for the other.
    Action.CASE_NOTE_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN),
    Action.CASE_TASK: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.TASK_TEMPLATE: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.CASE_ESCALATE: {Role.OFFICER: _OWN, Role.SUPERVISOR: _OWN},
    Action.CASE_TAKE: {Role.ANALYST: _DIRECTORATE},
    Action.CASE_HAND_ON: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.CASE_HAND_ON_OPENED: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN),
    Action.CASE_RETURN: {Role.ANALYST: _DIRECTORATE},
    Action.CASE_CLOSE: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CASE_CLOSE_ESCALATED: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.CLOCK_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.CLOCK_CHANGE: {Role.SUPERVISOR: _DIRECTORATE},
    Action.LINK_CHECK: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.REFERRAL_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.REFERRAL_WRITE: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.REFERRAL_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.REFERRAL_SEND: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    # A campaign belongs to no office: what is asked of it is the directorate's.
    Action.PEER_ASK: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.PEER_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CASE_EXPORT: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.OBJECTION_VIEW: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.OBJECTION_ENTER: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.OBJECTION_SETTLE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CHANNEL_CONFIRM: {Role.SUPERVISOR: _DIRECTORATE},
    Action.TIP_VIEW: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    # Never the directorate's right over all: who reported is for the office that holds the report, and nobody gives it to themselves.
    Action.TIP_PLACE: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN),
    Action.TIP_IDENTITY: {Role.OFFICER: _OWN, Role.ANALYST: _AUTHOR, Role.SUPERVISOR: _OWN},
    Action.PROTECTION_VIEW: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.REVIEW: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.REVIEW_SETTLE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.QUALITY_VIEW: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.BULK: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.BULK_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CAMPAIGN_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.CAMPAIGN_JUDGE: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.WATCH_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR), _OWN_OR_DIRECTORATE),
    Action.WATCH_CHANGE: {Role.ANALYST: _DIRECTORATE, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.WATCH_KEEP: {Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.WATCH_PROPOSE: {Role.OFFICER: _OWN, Role.SUPERVISOR: _OWN},
    Action.CREDENTIAL_VIEW: {Role.ANALYST: _DIRECTORATE, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.CREDENTIAL_CHANGE: {Role.ADMINISTRATOR: _DIRECTORATE},
    Action.REGISTER_VIEW: dict.fromkeys(_EVERYONE, _ANY),
    Action.REGISTER_IMPORT: {Role.REGISTRAR: _DIRECTORATE},
    Action.REGISTER_MANUAL_VIEW: dict.fromkeys((Role.REGISTRAR, Role.SUPERVISOR), _DIRECTORATE),
    Action.REGISTER_APPROVE: dict.fromkeys((Role.REGISTRAR, Role.SUPERVISOR), _DIRECTORATE),
    Action.OFFICE_VIEW: dict.fromkeys(_EVERYONE, _ANY),
    Action.OFFICE_CHANGE: {Role.ADMINISTRATOR: _DIRECTORATE},
    Action.STATION_CHANGE: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.PERSON_VIEW: {
        Role.SUPERVISOR: _OWN_OR_DIRECTORATE,
        **dict.fromkeys((Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER), _DIRECTORATE),
    },
    Action.PERSON_CHANGE: {Role.ADMINISTRATOR: _DIRECTORATE},
    Action.PERSON_CLOSE: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.PERSON_AGREE: dict.fromkeys((Role.ADMINISTRATOR, Role.SUPERVISOR), _DIRECTORATE),
    Action.SUMMARY_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR), _OWN_OR_DIRECTORATE),
    Action.SUMMARY_FREEZE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.SUMMARY_HEAD: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.SUMMARY_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.AUDIT_VIEW: dict.fromkeys((Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER), _DIRECTORATE),
    Action.CONSULTATION_VIEW: {Role.DATA_PROTECTION_OFFICER: _DIRECTORATE},
    Action.SUBJECT_REQUEST: {Role.DATA_PROTECTION_OFFICER: _DIRECTORATE},
    # Never the directorate's right over all: a notice is for one office or one person, and another's stays unread by theirs.
    Action.NOTICE_VIEW: {
        **dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), frozenset({Relation.OWN, Relation.AUTHOR})),
        **dict.fromkeys((Role.REGISTRAR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER), _AUTHOR),
    },
    Action.TELLING_OFFICE: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.WEBHOOK: {Role.SUPERVISOR: _OWN},  # whoever answers for the office, and for no other
    Action.WEBHOOK_END: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.CARE_OFFICE: {Role.SUPERVISOR: _OWN},
    Action.DECISION_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _AUTHOR),
    Action.PUBLIC_DESK: {Role.SUPERVISOR: _DIRECTORATE},
    Action.POINTS_APPROVE: {Role.SUPERVISOR: _DIRECTORATE},
    Action.IMPORT_FILE: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.CAPTURE_SEND: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.CAPTURE_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _AUTHOR),
    Action.DEVICE_VIEW: _DEVICES,
    Action.DEVICE_REVOKE: _DEVICES,
    # Never the directorate's right over all: whoever makes a token answers for what is asked with it.
    Action.TOKEN_MAKE: {Role.SUPERVISOR: _OWN},
    Action.TOKEN_REVOKE: {Role.SUPERVISOR: _OWN, Role.ADMINISTRATOR: _DIRECTORATE},
    Action.PAGE_ASK: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _ANY),
    Action.EVIDENCE_OPEN: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    # A post nobody is asked to look at has no office: the directorate's.
    Action.ERASE_ASK: {Role.OFFICER: _OWN_OR_DIRECTORATE, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.ERASE_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CASE_HOLD: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.RETENTION_VIEW: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER), _DIRECTORATE),
    Action.RETENTION_PROPOSE: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.RETENTION_APPROVE: {Role.SUPERVISOR: _DIRECTORATE},
    Action.CARD_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _OWN_OR_DIRECTORATE),
    Action.CARD_MAKE: {Role.OFFICER: _OWN, Role.ANALYST: _DIRECTORATE, Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.CARD_APPROVE: {Role.SUPERVISOR: _OWN_OR_DIRECTORATE},
    Action.GUIDE_VIEW: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.GUIDE_PUBLISH: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.LETTER_VIEW: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.LETTER_CHANGE: {Role.SUPERVISOR: _DIRECTORATE},
    Action.LAW_VIEW: dict.fromkeys((Role.OFFICER, Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.LAW_ENTER: dict.fromkeys((Role.ANALYST, Role.SUPERVISOR), _DIRECTORATE),
    Action.LAW_APPROVE: {Role.SUPERVISOR: _DIRECTORATE},
}

# The second half of an act of two people. Held by an account only while a second person stands behind it (pairs.py, people.agree).
SECOND: Final = frozenset(
    {
        Action.TRUST_APPROVE,
        Action.REVIEW_SETTLE,
        Action.BULK_APPROVE,
        Action.POINTS_APPROVE,
        Action.ERASE_APPROVE,
        Action.PERSON_AGREE,
        Action.LAW_APPROVE,
        Action.REFERRAL_APPROVE,
        Action.OBJECTION_SETTLE,
        Action.REGISTER_APPROVE,
        Action.SUMMARY_APPROVE,
        Action.CARD_APPROVE,
        Action.RETENTION_APPROVE,
        Action.PEER_APPROVE,
    }
)
APPROVING_ROLES: Final = frozenset(role for action in SECOND for role in TABLE[action])

# How a model reaches its office and its author; None: the thing belongs to no office (shared, or the directorate's).
OFFICE_PATH: Final[dict[type[Model], str | None]] = {
    models.Post: None,
    models.Indicator: None,
    models.Campaign: None,
    models.Flag: "office_id",
    models.Case: "office_id",
    models.CaseAttachment: "case__office_id",
    models.Minutes: "office_id",
    models.CaseTask: "case__office_id",
    models.TaskLine: None,
    models.Referral: "case__office_id",
    models.PeerExport: "office_id",
    models.Objection: "office_id",
    models.Tip: "office_id",
    models.Watch: "office_id",
    models.WatchProposal: "office_id",
    models.Fetch: "watch__office_id",
    models.KeywordPack: None,
    models.JointLeave: None,
    models.CaseDeadline: None,
    models.Credential: None,
    models.RegisterEdition: None,
    models.Agency: None,
    models.Licence: None,
    models.ManualChange: None,
    models.Office: "id",
    models.Station: "office_id",
    models.Person: "office_id",
    models.Bot: "office_id",
    models.Webhook: "office_id",
    models.AuditEntry: None,
    models.SubjectRequest: None,
    models.Consultation: None,
    models.UnusualReading: None,
    models.Notice: "office_id",
    models.Decision: "flag__office_id",
    models.Device: "person__office_id",
    models.Intake: "office_id",
    models.ImportedFile: "office_id",
    models.Protection: "office_id",
    models.Draw: "office_id",
    models.Bulk: "office_id",
    models.Article: None,
    models.Card: "office_id",
    models.Guide: None,
    models.LetterTemplate: None,
    models.RetentionEdition: None,
    models.ErasureRequest: "post__flag__office_id",  # whoever holds the flag by now
}

# How a model reaches the person who made it; asked where a right is held by AUTHOR.
AUTHOR_PATH: Final[dict[type[Model], str]] = {
    models.Device: "person_id",
    models.Intake: "person_id",
    models.Notice: "person_id",
    models.Decision: "by_id",
}


def relations(person: models.Person, action: Action) -> frozenset[Relation]:
    """Under which relations this person may do this; empty for nobody, the inactive, the unknown role and who approves nothing yet."""
    if not (person.is_authenticated and person.is_active) or (action in SECOND and not person.approves):
        return _NONE
    return next((held for role, held in TABLE[action].items() if role == person.role), _NONE)


def may(person: Any, action: Action, *, office_id: int | None = ANY_OFFICE, author_id: int | None = ANY_AUTHOR) -> bool:
    """Whether the person may do this to a thing of that office and author. Where neither is named: whether at all, to anything.

    None, which a column without an office or an author holds, is nobody's: NO_OFFICE, never ANY_OFFICE.
    """
    held = relations(person, action)
    if Relation.ANY in held or (Relation.DIRECTORATE in held and person.at_directorate):
        return True
    if Relation.OWN in held and office_id in {ANY_OFFICE, person.office_id}:
        return True
    return Relation.AUTHOR in held and author_id in {ANY_AUTHOR, person.pk}


def behind_wall(person: Any) -> str:
    """For whom statements run that this person asks for (wall.py), the outermost of what the table above gives them: whoever sees cases
    reaches those of the own office, at the directorate of every one."""
    if not may(person, Action.HOME):
        return wall.NOBODY
    if not may(person, Action.CASE_VIEW):
        return wall.STAFF
    return wall.EVERYTHING if person.at_directorate else str(person.office_id)


def require(person: Any, action: Action, *, office_id: int | None = ANY_OFFICE, author_id: int | None = ANY_AUTHOR) -> None:
    """Raises PermissionDenied."""
    if not may(person, action, office_id=office_id, author_id=author_id):
        raise PermissionDenied(f"{action} is not for {getattr(person, 'role', 'nobody')} here")


def scope[M: Model](person: Any, action: Action, queryset: QuerySet[M], *, office_path: str | None = "") -> QuerySet[M]:
    """The rows of the queryset the person may do this to. `office_path` overrides OFFICE_PATH for a model outside this app."""
    held = relations(person, action)
    if Relation.ANY in held or (Relation.DIRECTORATE in held and person.at_directorate):
        return queryset
    path = OFFICE_PATH[queryset.model] if office_path == "" else office_path
    author = AUTHOR_PATH.get(queryset.model)
    rows = []
    if Relation.OWN in held and path is not None:
        rows.append(Q(**{path: person.office_id}))
    if Relation.AUTHOR in held and author is not None:
        rows.append(Q(**{author: person.pk}))
    return queryset.filter(reduce(or_, rows)) if rows else queryset.none()
