"""What is said of objections on the screen."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.cases import objections
from patrol.domain.states import ObjectionState
from patrol.engine import masks
from patrol.models import ObjectionOutcome, ObjectionSide, ObjectionWay

STATES: Final[dict[str, Badge]] = {
    ObjectionState.ENTERED: Badge(pgettext_lazy("objection", "waits for a decision"), "med", "hourglass_empty"),
    ObjectionState.DECIDED: Badge(pgettext_lazy("objection", "decided"), "ok", "check"),
    ObjectionState.WITHDRAWN: Badge(pgettext_lazy("objection", "withdrawn"), "plain", "undo"),
}
# What the list may be narrowed to beside the states.
NARROWED: Final[dict[str, Title]] = {
    objections.WAITS: words.WAITS_FOR_ME,
    objections.OVERDUE: _("Overdue"),
    objections.UNANSWERED: _("Answer not sent"),
    "all": _("All"),
}
OUTCOMES: Final[dict[str, Badge]] = {
    ObjectionOutcome.UPHELD: Badge(pgettext_lazy("objection", "upheld: the decision was wrong"), "ok", "check"),
    ObjectionOutcome.PARTLY: Badge(pgettext_lazy("objection", "upheld in part"), "ok", "rule"),
    ObjectionOutcome.REJECTED: Badge(pgettext_lazy("objection", "rejected"), "plain", "block"),
    ObjectionOutcome.INADMISSIBLE: Badge(pgettext_lazy("objection", "not admissible"), "plain", "do_not_disturb_on"),
}
SIDES: Final[dict[str, Title]] = {
    ObjectionSide.NAMED: _("whoever the post names or shows, or who wrote it"),
    ObjectionSide.AGENCY: _("an agency"),
    ObjectionSide.REPORTER: _("whoever reported it"),
}
WAYS: Final[dict[str, Title]] = {
    ObjectionWay.LETTER: _("by letter"),
    ObjectionWay.MAIL: _("by e-mail"),
    ObjectionWay.IN_PERSON: _("in person"),
    ObjectionWay.FORM: _("by the public page"),
}


def badge(objection: models.Objection) -> Badge:
    """Its outcome, before that its state."""
    return OUTCOMES[objection.outcome] if objection.outcome else STATES[objection.state]


def masked(objection: models.Objection) -> dict[str, Any]:
    """What came from the person, as a page shows it: the name cut, also where it stands in the words; of the contact nothing."""
    text = masks.text(objection.text)
    for part in (objection.name, *(word for word in objection.name.split() if len(word) > 2)):
        text = text.replace(part, masks.name(part)) if part else text
    return {"name": masks.turning_shown(masks.name(objection.name)), "contact": masks.MIDDLE if objection.contact else "", "text": text}


def full(objection: models.Objection) -> dict[str, Any]:
    return {"name": masks.turning_shown(objection.name), "contact": masks.turning_shown(objection.contact), "text": objection.text}
