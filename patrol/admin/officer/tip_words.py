"""What is said of reports of the public on the screen of staff."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from patrol.admin.shared.words import Badge, Title
from patrol.models import IdentityPurpose, TipEventKind, TipKind, TipOutcome, TipSince

URGENT: Final = Badge(_("somebody in danger, or abroad already"), "high", "crisis_alert")
WAITS: Final = Badge(_("waits for an officer"), "med", "schedule")
BAD_FAITH: Final = Badge(_("made in bad faith"), "low", "thumb_down")
KINDS: Final[dict[str, Title]] = {
    TipKind.ADVERT: _("an advertisement or post"),
    TipKind.ACCOUNT: _("an account or group"),
    TipKind.NUMBER: _("a number of a telephone or bank account"),
    TipKind.PERSON: _("a person who makes offers"),
}
SINCE: Final[dict[str, Title]] = {
    TipSince.OFFERED: _("nothing yet, only offered"),
    TipSince.PAID: _("has paid"),
    TipSince.PAPERS: _("has handed over papers"),
    TipSince.LEFT: _("has left already"),
    TipSince.UNKNOWN: _("the reporter does not know"),
}
OUTCOMES: Final[dict[str, Title]] = {
    TipOutcome.ACTED: _("acted upon"),
    TipOutcome.KNOWN: _("known already, joined with others"),
    TipOutcome.ADVISED: _("the reporter was advised"),
    TipOutcome.NOTHING: _("nothing found against it"),
    TipOutcome.ELSEWHERE: _("the matter of another body"),
    TipOutcome.UNCLEAR: _("too little to go on"),
}
PURPOSES: Final[dict[str, Title]] = {
    IdentityPurpose.HELP: _("somebody is in danger"),
    IdentityPurpose.ASK: _("a question the messages leave open"),
    IdentityPurpose.WITNESS: _("whether they would speak to the police"),
}
EVENTS: Final[dict[str, Badge]] = {
    TipEventKind.RECEIVED: Badge(_("the report came in"), icon="mark_email_unread"),
    TipEventKind.READ: Badge(_("read it"), icon="drafts"),
    TipEventKind.ASKED: Badge(_("asked the reporter"), icon="contact_support"),
    TipEventKind.ANSWERED: Badge(_("wrote to the reporter"), icon="reply"),
    TipEventKind.REPLIED: Badge(_("the reporter wrote"), icon="chat"),
    TipEventKind.PASSED_ON: Badge(_("passed it on"), icon="move_up"),
    TipEventKind.TAKEN_IN: Badge(_("stored what it names as a post"), icon="post_add"),
    TipEventKind.JOINED: Badge(_("joined it to a flag"), icon="link"),
    TipEventKind.MOVED: Badge(_("handed it to another office"), icon="apartment"),
    TipEventKind.PARTED: Badge(_("parted it from the others"), icon="call_split"),
    TipEventKind.BAD_FAITH: Badge(_("marked it as made in bad faith"), icon="thumb_down"),
    TipEventKind.GOOD_FAITH: Badge(_("took the mark of bad faith back"), icon="thumb_up"),
    TipEventKind.IDENTITY_ASKED: Badge(_("asked how to reach the reporter"), icon="key"),
    TipEventKind.CLOSED: Badge(_("closed it"), icon="check"),
    TipEventKind.REOPENED: Badge(_("reopened it"), icon="undo"),
    TipEventKind.WITHDRAWN: Badge(_("the reporter withdrew it"), icon="undo"),
    TipEventKind.RAN_OUT: Badge(_("its time ran out, its words were removed"), icon="schedule"),
}
