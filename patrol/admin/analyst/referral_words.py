"""What is said of referrals on the screen: channels, steps, outcomes, clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import domain, models
from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.cases import letters, referrals, sending
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import ItemKind, Sender
from patrol.domain.states import ReferralState, SendingState
from patrol.models import ItemOutcome, ReferralEventKind, SentHow
from patrol.outgoing import mailing

# What the list may be narrowed to beside the states.
NARROWED: Final[dict[str, Title]] = {
    referrals.WAITS: words.WAITS_FOR_ME,
    referrals.OVERDUE: gettext_lazy("Overdue"),
    referrals.MAIL_UNKNOWN: gettext_lazy("Mail: not known whether it arrived"),
    "all": gettext_lazy("All"),
}
ITEM_KINDS: Final[dict[str, Badge]] = {
    ItemKind.LINK: words.INDICATORS[domain.ClaimKind.LINK],
    ItemKind.PHONE: words.INDICATORS[domain.ClaimKind.PHONE],
    ItemKind.BANK_ACCOUNT: words.INDICATORS[domain.ClaimKind.BANK_ACCOUNT],
    ItemKind.ACCOUNT: words.INDICATORS[domain.ClaimKind.ACCOUNT],
    ItemKind.EMAIL: words.INDICATORS[domain.ClaimKind.EMAIL],
    ItemKind.AGENCY: words.INDICATORS["agency"],
    ItemKind.PERSON: Badge(gettext_lazy("Somebody harmed"), icon="shield_person"),
}
OUTCOMES: Final[dict[str, Badge]] = {
    ItemOutcome.ACTED_UPON: Badge(pgettext_lazy("referral", "acted upon"), "ok", "check"),
    ItemOutcome.PARTLY_DONE: Badge(pgettext_lazy("referral", "partly done"), "ok", "rule"),
    ItemOutcome.ACCEPTED: Badge(pgettext_lazy("referral", "accepted"), "plain", "task_alt"),
    ItemOutcome.CLARIFICATION_ASKED: Badge(pgettext_lazy("referral", "clarification asked"), "med", "help"),
    ItemOutcome.REFUSED: Badge(pgettext_lazy("referral", "refused"), "plain", "block"),
}
HOW: Final[dict[str, Title]] = {
    SentHow.PORTAL: gettext_lazy("on their site or form"),
    SentHow.MAIL: gettext_lazy("by e-mail"),
    SentHow.LETTER: gettext_lazy("by letter"),
    SentHow.HANDED: gettext_lazy("handed over in person"),
    SentHow.OTHER: gettext_lazy("another way"),
}
EVENTS: Final[dict[str, Badge]] = {
    ReferralEventKind.DRAFTED: Badge(gettext_lazy("wrote the referral"), icon="edit"),
    ReferralEventKind.CHANGED: Badge(gettext_lazy("changed the referral"), icon="edit"),
    ReferralEventKind.SUBMITTED: Badge(gettext_lazy("submitted it for approval"), icon="hourglass_empty"),
    ReferralEventKind.SENT_BACK: Badge(gettext_lazy("sent it back to be changed"), icon="undo"),
    ReferralEventKind.APPROVED: Badge(gettext_lazy("approved it"), icon="how_to_reg"),
    ReferralEventKind.PACKET_TAKEN: Badge(gettext_lazy("took the packet with its values in full"), icon="download"),
    ReferralEventKind.MAIL_ASKED: Badge(gettext_lazy("asked to send it by mail"), icon="outgoing_mail"),
    ReferralEventKind.MAIL_TAKEN_BACK: Badge(gettext_lazy("took the mail back before it left"), icon="undo"),
    ReferralEventKind.MAIL_REFUSED: Badge(gettext_lazy("asked for a mail that nobody received"), icon="unsubscribe"),
    ReferralEventKind.MAIL_UNKNOWN: Badge(gettext_lazy("asked for a mail of which nobody knows whether it arrived"), icon="help"),
    ReferralEventKind.SENT: Badge(gettext_lazy("marked it as sent"), icon="send"),
    ReferralEventKind.RECEIVED: Badge(gettext_lazy("noted that it was received"), icon="mark_email_read"),
    ReferralEventKind.CONTACT_FAILED: Badge(gettext_lazy("noted that it did not arrive"), icon="unsubscribe"),
    ReferralEventKind.NO_RESPONSE: Badge(gettext_lazy("noted that no response came"), icon="schedule"),
    ReferralEventKind.ANSWERED: Badge(gettext_lazy("entered an answer"), icon="rule"),
    ReferralEventKind.REPLIED: Badge(gettext_lazy("noted that the clarification was given"), icon="reply"),
    ReferralEventKind.WITHDRAWN: Badge(gettext_lazy("withdrew it"), icon="undo"),
    ReferralEventKind.CORRECTED: Badge(gettext_lazy("had to correct what it said, after an objection"), icon="edit_note"),
    ReferralEventKind.CAME_BACK: Badge(gettext_lazy("noted that it is there again"), icon="refresh"),
    ReferralEventKind.NOT_AGAIN: Badge(gettext_lazy("said that a found post is something else"), icon="block"),
}
MAILS: Final[dict[str, Badge]] = {
    SendingState.ASKED: Badge(pgettext_lazy("mail", "waits to be sent"), "blue", "schedule"),
    SendingState.TRYING: Badge(pgettext_lazy("mail", "being sent"), "blue", "outgoing_mail"),
    SendingState.SENT: Badge(pgettext_lazy("mail", "handed to the mail server"), "ok", "check"),
    SendingState.REFUSED: Badge(pgettext_lazy("mail", "nobody has it"), "high", "unsubscribe"),
    SendingState.UNKNOWN: Badge(pgettext_lazy("mail", "not known whether it arrived"), "med", "help"),
    SendingState.TAKEN_BACK: Badge(pgettext_lazy("mail", "taken back"), "plain", "undo"),
}
WHY: Final[dict[str, Title]] = {
    mailing.NO_SERVER: gettext_lazy("No mail server is set; nothing left."),
    sending.DIFFERS: gettext_lazy("It is no longer what was approved; nothing left."),
    mailing.DIED: gettext_lazy("The worker stopped half-way."),
}
SENDERS: Final[dict[str, Title]] = {
    Sender.OFFICE: gettext_lazy("offices for their own cases, and the directorate"),
    Sender.DIRECTORATE: gettext_lazy("the directorate only"),
}


def channel(key: str) -> str:
    if key == letters.CORRECTION:
        return _("Correction of a referral")
    return words.sentence(CHANNELS[key].name) if key in CHANNELS else key


def said(text: Any) -> str:
    """A Sentence of a channel, or words of gettext."""
    return words.sentence(text) if isinstance(text, domain.Sentence) else str(text)


HASHED: Final = frozenset({ReferralEventKind.APPROVED, ReferralEventKind.PACKET_TAKEN})  # with the hash of a packet without a letter


def detail(event: models.ReferralEvent) -> str:
    """What stands beside the words of an event: how it was sent, what they answered of how many lines."""
    key, _colon, many = event.detail.partition(":")
    if event.kind == ReferralEventKind.SENT:
        return str(HOW.get(key, ""))
    if event.kind == ReferralEventKind.ANSWERED and key in OUTCOMES:
        return f"{OUTCOMES[key].title} ({many})"
    if event.kind in HASHED:
        return f"SHA-256 {key[:12]}" if key else ""
    return event.detail


def clock(referral: models.Referral, now: datetime) -> Badge | None:
    """How long the body asked still has; None where nobody waits for it."""
    if referral.due_at is None or referral.answered_at is not None:
        return None
    if referral.state not in {ReferralState.SENT, ReferralState.RECEIVED}:
        return None
    if referral.due_at < now:
        return Badge(_("%(age)s overdue") % {"age": words.lasting(now - referral.due_at)}, "high", "schedule")
    return Badge(_("%(age)s left") % {"age": words.lasting(referral.due_at - now)}, "plain", "schedule")
