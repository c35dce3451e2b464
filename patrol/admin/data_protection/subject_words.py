"""What is said of requests of subjects on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.models import SubjectAbout, SubjectIdentity, SubjectOutcome, SubjectQuestion, SubjectWay
from patrol.privacy import requests

QUESTIONS: Final[dict[str, Title]] = {
    SubjectQuestion.ACCESS: gettext_lazy("what is held, from where, who saw it"),
    SubjectQuestion.CORRECTION: gettext_lazy("to be put right"),
    SubjectQuestion.ERASURE: gettext_lazy("to be erased"),
    SubjectQuestion.RESTRICTION: gettext_lazy("to be used no further"),
    SubjectQuestion.AUTOMATED: gettext_lazy("against a decision of a machine"),
    SubjectQuestion.OTHER: gettext_lazy("something else about their data"),
}
ABOUT: Final[dict[str, Title]] = {
    SubjectAbout.NUMBER: gettext_lazy("a number: telephone or bank account"),
    SubjectAbout.ACCOUNT: gettext_lazy("an account, e-mail address or link"),
    SubjectAbout.NAME: gettext_lazy("a name"),
}
WAYS: Final[dict[str, Title]] = {
    SubjectWay.LETTER: gettext_lazy("by letter"),
    SubjectWay.MAIL: gettext_lazy("by e-mail"),
    SubjectWay.IN_PERSON: gettext_lazy("in person"),
}
IDENTITIES: Final[dict[str, Title]] = {
    SubjectIdentity.NOT_YET: gettext_lazy("not checked yet"),
    SubjectIdentity.ID_CARD: gettext_lazy("identity card shown"),
    SubjectIdentity.CALLED_BACK: gettext_lazy("reached at the number or address asked about"),
    SubjectIdentity.WROTE_FROM: gettext_lazy("wrote from the account or address asked about"),
    SubjectIdentity.POWER: gettext_lazy("somebody else, with a power of attorney"),
}
OUTCOMES: Final[dict[str, Badge]] = {
    SubjectOutcome.ANSWERED: Badge(pgettext_lazy("request of a subject", "answered"), "ok", "check"),
    SubjectOutcome.PARTLY: Badge(pgettext_lazy("request of a subject", "answered in part"), "ok", "rule"),
    SubjectOutcome.REFUSED: Badge(pgettext_lazy("request of a subject", "refused"), "plain", "block"),
    SubjectOutcome.WITHDRAWN: Badge(pgettext_lazy("request of a subject", "withdrawn"), "plain", "undo"),
}
WAITS: Final = Badge(pgettext_lazy("request of a subject", "waits for an answer"), "med", "hourglass_empty")


def state(row: models.SubjectRequest) -> Badge:
    return OUTCOMES[row.outcome] if row.outcome else WAITS


def clock(row: models.SubjectRequest, now: datetime) -> Badge | None:
    """What is left of the 3 x 24 hours, round the clock; none where it was answered."""
    if row.answered_at is not None:
        return None
    if now > row.due_at:
        return Badge(_("over time by %(amount)s") % {"amount": words.lasting(now - row.due_at)}, "high", "schedule")
    return Badge(_("%(amount)s left") % {"amount": words.lasting(row.due_at - now)}, "med", "schedule")


def line(row: models.SubjectRequest, now: datetime) -> dict[str, Any]:
    return {
        "number": row.number,
        "question": QUESTIONS[row.question],
        "about": ABOUT[row.about],
        "identity": IDENTITIES[row.identity],
        "state": state(row),
        "clock": clock(row, now),
        "asked": words.moment(row.asked_at),
        "due": words.moment(row.due_at),
        "rests_on": _("by law, to be confirmed by the legal unit") if row.question in requests.BY_LAW else _("the office's own"),
    }
