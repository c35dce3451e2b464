"""Allowed moves. Every state of SIPatrol moves along this page, in code and in the database.

The database holds the same tables as triggers (patrol/migrations/, made by models.guards); a test compares them. Which verb makes
which move, and who may, is not said here: verbs live in triage and cases, rights in access.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class FlagState(StrEnum):
    """`dibuka` is a lease and `dieskalasi` the state of a case, so neither stands here; snoozing is a date."""

    PARKED = "parked"  # level low: sampled, not queued
    WAITING = "waiting"
    NEEDS_INFORMATION = "needs_information"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


UNDECIDED: Final = frozenset({FlagState.PARKED, FlagState.WAITING, FlagState.NEEDS_INFORMATION})
OPEN: Final = frozenset({FlagState.WAITING, FlagState.NEEDS_INFORMATION})

type Move = tuple[str, str]

FLAG_MOVES: Final[frozenset[Move]] = frozenset(
    {
        # the machine: the level of an undecided flag follows a newer version, register or rule
        (FlagState.PARKED, FlagState.WAITING),
        (FlagState.WAITING, FlagState.PARKED),
        # people decide
        (FlagState.PARKED, FlagState.CONFIRMED),
        (FlagState.PARKED, FlagState.DISMISSED),
        (FlagState.PARKED, FlagState.NEEDS_INFORMATION),
        (FlagState.WAITING, FlagState.CONFIRMED),
        (FlagState.WAITING, FlagState.DISMISSED),
        (FlagState.WAITING, FlagState.NEEDS_INFORMATION),
        (FlagState.NEEDS_INFORMATION, FlagState.CONFIRMED),
        (FlagState.NEEDS_INFORMATION, FlagState.DISMISSED),
        # undo within seconds, reversal with a reason later: back to where the decision found it
        (FlagState.CONFIRMED, FlagState.PARKED),
        (FlagState.CONFIRMED, FlagState.WAITING),
        (FlagState.CONFIRMED, FlagState.NEEDS_INFORMATION),
        (FlagState.DISMISSED, FlagState.PARKED),
        (FlagState.DISMISSED, FlagState.NEEDS_INFORMATION),
        (FlagState.NEEDS_INFORMATION, FlagState.PARKED),
        (FlagState.NEEDS_INFORMATION, FlagState.WAITING),
        # a dismissed flag comes back on a worse verdict or a new contact
        (FlagState.DISMISSED, FlagState.WAITING),
    }
)


class CaseState(StrEnum):
    OPENED = "opened"
    ESCALATED = "escalated"  # at the directorate, not taken yet
    IN_ANALYSIS = "in_analysis"  # an analyst has it
    REFERRED = "referred"  # something was asked of an outside body; whoever had it has it still
    CLOSED = "closed"


AT_DIRECTORATE: Final = frozenset({CaseState.ESCALATED, CaseState.IN_ANALYSIS})

CASE_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (CaseState.OPENED, CaseState.ESCALATED),
        (CaseState.OPENED, CaseState.CLOSED),
        (CaseState.ESCALATED, CaseState.IN_ANALYSIS),  # taken
        (CaseState.ESCALATED, CaseState.OPENED),  # the directorate hands it back
        (CaseState.ESCALATED, CaseState.CLOSED),
        (CaseState.IN_ANALYSIS, CaseState.OPENED),  # handed back
        (CaseState.IN_ANALYSIS, CaseState.CLOSED),
        (CaseState.OPENED, CaseState.REFERRED),  # the first referral is sent
        (CaseState.IN_ANALYSIS, CaseState.REFERRED),
        (CaseState.REFERRED, CaseState.ESCALATED),  # by the office that referred
        (CaseState.REFERRED, CaseState.OPENED),  # handed back
        (CaseState.REFERRED, CaseState.CLOSED),
        (CaseState.CLOSED, CaseState.IN_ANALYSIS),  # what the directorate referred came back
        (CaseState.CLOSED, CaseState.OPENED),  # reopened with a reason
    }
)


class TaskState(StrEnum):
    """Of something to be done in a case."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # with a reason, or with its case


TASK_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (TaskState.OPEN, TaskState.DONE),
        (TaskState.OPEN, TaskState.DROPPED),
        # both can be taken back: it is to be done after all
        (TaskState.DONE, TaskState.OPEN),
        (TaskState.DROPPED, TaskState.OPEN),
    }
)


class WatchState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # by a person
    STOPPED = "stopped"  # by a permanent error: a person has to change something


WATCH_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (WatchState.ACTIVE, WatchState.PAUSED),
        (WatchState.ACTIVE, WatchState.STOPPED),
        (WatchState.PAUSED, WatchState.ACTIVE),
        (WatchState.STOPPED, WatchState.ACTIVE),
        (WatchState.STOPPED, WatchState.PAUSED),
    }
)


class ProposalState(StrEnum):
    """Of a watch that somebody wants for the own office."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by whoever proposed it


PROPOSAL_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (ProposalState.PROPOSED, ProposalState.ACCEPTED),
        (ProposalState.PROPOSED, ProposalState.REFUSED),
        (ProposalState.PROPOSED, ProposalState.WITHDRAWN),
    }
)


class MediaState(StrEnum):
    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"  # a bomb, no picture, too large: looked at and not taken
    MISSING = "missing"  # the platform no longer has it, or its address leads nowhere
    LEFT = "left"  # not a kind that is fetched (video, document, sticker)


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given_up"  # shown to staff, who may ask for it again


class IntakeKind(StrEnum):
    CAPTURE = "capture"  # the browser extension
    UPLOAD = "upload"  # the form: text, link, screenshots
    IMPORT = "import"  # a file of an export tool or a messenger
    NOTED = "noted"  # typed in during a telephone call or a visit


class IntakeState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class PackAbout(StrEnum):
    DESTINATIONS = "destinations"
    POSITIONS = "positions"
    LURES = "lures"
    OTHER = "other"


class CampaignState(StrEnum):
    PROPOSED = "proposed"  # by the machine
    CONFIRMED = "confirmed"  # by a person
    DISSOLVED = "dissolved"  # no ring, or merged into another


CAMPAIGN_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (CampaignState.PROPOSED, CampaignState.CONFIRMED),
        (CampaignState.PROPOSED, CampaignState.DISSOLVED),
        (CampaignState.CONFIRMED, CampaignState.DISSOLVED),
        (CampaignState.DISSOLVED, CampaignState.PROPOSED),  # a merge is taken back
        (CampaignState.DISSOLVED, CampaignState.CONFIRMED),
    }
)


class TieState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CUT = "cut"  # never proposed again, unless whoever cut many at once takes that back


TIE_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (TieState.PROPOSED, TieState.CONFIRMED),
        (TieState.PROPOSED, TieState.CUT),
        (TieState.CONFIRMED, TieState.CUT),
        (TieState.CUT, TieState.PROPOSED),
    }
)


class ProtectionState(StrEnum):
    """What was done for somebody who was harmed."""

    NEW = "new"
    CONTACTED = "contacted"
    HANDED_OVER = "handed_over"  # to a desk that looks after people
    CLOSED = "closed"


PROTECTION_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (ProtectionState.NEW, ProtectionState.CONTACTED),
        (ProtectionState.NEW, ProtectionState.HANDED_OVER),
        (ProtectionState.NEW, ProtectionState.CLOSED),
        (ProtectionState.CONTACTED, ProtectionState.HANDED_OVER),
        (ProtectionState.CONTACTED, ProtectionState.CLOSED),
        (ProtectionState.HANDED_OVER, ProtectionState.CLOSED),
        # every step can be taken back: it is not done yet, then
        (ProtectionState.CONTACTED, ProtectionState.NEW),
        (ProtectionState.HANDED_OVER, ProtectionState.NEW),
        (ProtectionState.CLOSED, ProtectionState.NEW),
    }
)


class ErasedState(StrEnum):
    DUE = "due"
    REMOVED = "removed"
    KEPT = "kept"  # something else needs the file


class BulkState(StrEnum):
    PROPOSED = "proposed"  # waits for a second person
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"  # what was decided by then stands
    REFUSED = "refused"  # by the second person
    REVERSED = "reversed"


BULK_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (BulkState.PROPOSED, BulkState.RUNNING),
        (BulkState.PROPOSED, BulkState.REFUSED),
        (BulkState.PROPOSED, BulkState.CANCELLED),
        (BulkState.RUNNING, BulkState.DONE),
        (BulkState.RUNNING, BulkState.CANCELLED),
        (BulkState.DONE, BulkState.REVERSED),
        (BulkState.CANCELLED, BulkState.REVERSED),
    }
)


class DispatchState(StrEnum):
    """Of a message to one member of staff."""

    ASKED = "asked"  # no worker has begun, or nobody has it yet and it is tried again
    TRYING = "trying"  # a worker has it: kept before the first byte leaves
    SENT = "sent"
    REFUSED = "refused"  # nobody has it
    UNKNOWN = "unknown"  # it may have arrived, and is not sent again
    DROPPED = "dropped"  # nothing was to be sent any more


DISPATCH_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (DispatchState.ASKED, DispatchState.TRYING),
        (DispatchState.ASKED, DispatchState.REFUSED),
        (DispatchState.ASKED, DispatchState.DROPPED),
        (DispatchState.TRYING, DispatchState.SENT),
        (DispatchState.TRYING, DispatchState.REFUSED),
        (DispatchState.TRYING, DispatchState.UNKNOWN),
        (DispatchState.TRYING, DispatchState.ASKED),  # nobody has it, and it is worth another try
        (DispatchState.UNKNOWN, DispatchState.ASKED),  # whoever it is for asks for it again
        (DispatchState.REFUSED, DispatchState.ASKED),
    }
)


class ReferralState(StrEnum):
    """A request to an outside body. One that came back is a new round, and a row of its own."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # complete, waits for a second person
    APPROVED = "approved"
    SENT = "sent"
    RECEIVED = "received"  # they said so, with a number of theirs
    CONTACT_FAILED = "contact_failed"  # it did not reach them
    NO_RESPONSE = "no_response"  # their time is over
    CLARIFICATION_ASKED = "clarification_asked"  # the next step is ours
    ACCEPTED = "accepted"  # they take it up; what came of it is not known yet
    PARTLY_DONE = "partly_done"
    ACTED_UPON = "acted_upon"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# What an answer makes of it. A later answer may say otherwise, so each follows each.
ANSWERED: Final = (
    ReferralState.CLARIFICATION_ASKED,
    ReferralState.ACCEPTED,
    ReferralState.PARTLY_DONE,
    ReferralState.ACTED_UPON,
    ReferralState.REFUSED,
)
UNSENT: Final = frozenset({ReferralState.DRAFT, ReferralState.SUBMITTED, ReferralState.APPROVED})
# What keeps a case from being closed: not sent yet, on its way, or a question that is ours to answer.
HANGING: Final = UNSENT | {ReferralState.SENT, ReferralState.RECEIVED, ReferralState.CONTACT_FAILED, ReferralState.CLARIFICATION_ASKED}

REFERRAL_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (ReferralState.DRAFT, ReferralState.SUBMITTED),
        (ReferralState.DRAFT, ReferralState.WITHDRAWN),
        (ReferralState.SUBMITTED, ReferralState.APPROVED),
        (ReferralState.SUBMITTED, ReferralState.DRAFT),  # sent back, or changed
        (ReferralState.SUBMITTED, ReferralState.WITHDRAWN),
        (ReferralState.APPROVED, ReferralState.SENT),
        (ReferralState.APPROVED, ReferralState.DRAFT),  # changed: it is approved anew
        (ReferralState.APPROVED, ReferralState.WITHDRAWN),
        (ReferralState.SENT, ReferralState.RECEIVED),
        (ReferralState.SENT, ReferralState.CONTACT_FAILED),
        (ReferralState.SENT, ReferralState.NO_RESPONSE),
        (ReferralState.RECEIVED, ReferralState.NO_RESPONSE),
        (ReferralState.ACCEPTED, ReferralState.NO_RESPONSE),
        (ReferralState.NO_RESPONSE, ReferralState.RECEIVED),  # late
        (ReferralState.CONTACT_FAILED, ReferralState.SENT),  # the same packet, another way
        (ReferralState.CONTACT_FAILED, ReferralState.WITHDRAWN),
        (ReferralState.CLARIFICATION_ASKED, ReferralState.SENT),  # what they asked for was sent
        (ReferralState.CLARIFICATION_ASKED, ReferralState.WITHDRAWN),
        *(
            (before, after)
            for before in (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.NO_RESPONSE, *ANSWERED)
            for after in ANSWERED
            if before != after
        ),
    }
)


class SendingState(StrEnum):
    """Of a referral on its way by mail."""

    ASKED = "asked"  # a person asked for it, no worker has begun
    TRYING = "trying"  # a worker has it: kept before the first byte leaves
    SENT = "sent"
    REFUSED = "refused"  # nobody has it; a person may ask again
    UNKNOWN = "unknown"  # it may have arrived: a person says whether
    TAKEN_BACK = "taken_back"  # before a worker began


# One of these, and no other way out of the house is open.
ON_ITS_WAY: Final = frozenset({SendingState.ASKED, SendingState.TRYING, SendingState.UNKNOWN})
SENDING_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (SendingState.ASKED, SendingState.TRYING),
        (SendingState.ASKED, SendingState.REFUSED),  # it is not what was approved
        (SendingState.ASKED, SendingState.TAKEN_BACK),
        (SendingState.TRYING, SendingState.SENT),
        (SendingState.TRYING, SendingState.REFUSED),
        (SendingState.TRYING, SendingState.UNKNOWN),
        (SendingState.UNKNOWN, SendingState.SENT),
        (SendingState.UNKNOWN, SendingState.REFUSED),
    }
)


class WebhookState(StrEnum):
    """Of the address of another system that is told what changed."""

    UNTRIED = "untried"  # nothing is sent there before a try arrived
    ACTIVE = "active"
    PAUSED = "paused"  # by a person
    FAILING = "failing"  # all tries of one change failed: a person looks
    ENDED = "ended"  # for good, its secret is gone


WEBHOOK_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (WebhookState.UNTRIED, WebhookState.ACTIVE),
        (WebhookState.ACTIVE, WebhookState.PAUSED),
        (WebhookState.ACTIVE, WebhookState.FAILING),
        (WebhookState.PAUSED, WebhookState.ACTIVE),
        (WebhookState.FAILING, WebhookState.ACTIVE),
        *((state, WebhookState.ENDED) for state in WebhookState if state != WebhookState.ENDED),
    }
)


class ObjectionState(StrEnum):
    """What became of somebody's objection to a decision."""

    ENTERED = "entered"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


# Each once: what was decided or withdrawn is not opened again.
OBJECTION_MOVES: Final[frozenset[Move]] = frozenset(
    {(ObjectionState.ENTERED, ObjectionState.DECIDED), (ObjectionState.ENTERED, ObjectionState.WITHDRAWN)}
)


class CardState(StrEnum):
    """Of a warning card."""

    PROPOSED = "proposed"  # waits for a second person
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # before or after it was released


CARD_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (CardState.PROPOSED, CardState.RELEASED),
        (CardState.PROPOSED, CardState.REFUSED),
        (CardState.PROPOSED, CardState.WITHDRAWN),
        (CardState.RELEASED, CardState.WITHDRAWN),
    }
)


class TipState(StrEnum):
    """Of a report of the public, as its reporter reads it."""

    RECEIVED = "received"
    READ = "read"  # an officer has begun
    ASKED = "asked"  # an officer waits for an answer
    PASSED_ON = "passed_on"  # to the authority whose it is
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # by the reporter


TIP_MOVES: Final[frozenset[Move]] = frozenset(
    {
        (TipState.RECEIVED, TipState.READ),
        (TipState.RECEIVED, TipState.ASKED),
        (TipState.RECEIVED, TipState.PASSED_ON),
        (TipState.RECEIVED, TipState.CLOSED),
        (TipState.READ, TipState.ASKED),
        (TipState.READ, TipState.PASSED_ON),
        (TipState.READ, TipState.CLOSED),
        (TipState.ASKED, TipState.READ),  # the reporter answered
        (TipState.ASKED, TipState.PASSED_ON),
        (TipState.ASKED, TipState.CLOSED),
        (TipState.PASSED_ON, TipState.ASKED),
        (TipState.PASSED_ON, TipState.CLOSED),
        (TipState.CLOSED, TipState.READ),  # reopened
        *((before, TipState.WITHDRAWN) for before in TipState if before != TipState.WITHDRAWN),
    }
)


class MoveRefusedError(Exception):
    """A move that no table allows. `before` and `after` are states."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"no move from {before} to {after}")
        self.before = before
        self.after = after


def require(moves: frozenset[Move], before: str, after: str) -> None:
    """Raises MoveRefusedError unless the table allows the move."""
    if (before, after) not in moves:
        raise MoveRefusedError(before, after)
