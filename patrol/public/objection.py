"""*Keberatan*: a company or a person named in a letter or on a warning card says that the decision behind it is wrong.

By the number of the letter or card, once for each decision. The number that is given for it opens the status page, as one of a report
does. Nobody has to give a name; nothing is kept before the button. The same form sent twice is one objection; sent with other words it is
another one, with another number.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from patrol import models
from patrol.cases import objections
from patrol.domain.states import ObjectionState
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import receipts
from patrol.models import ObjectionOutcome, ObjectionSide
from patrol.public import carried, limits, pages

WHAT: Final = "objection"
NUMBER: Final = "objection number"  # what the last page carries, for its other language
_SENT: Final = _("This objection was sent more than 15 minutes ago. Its number opens it on the status page.")
SIDES: Final[Mapping[str, Any]] = {ObjectionSide.AGENCY: _("The company"), ObjectionSide.NAMED: _("A person who is named or shown")}
OUTCOMES: Final[Mapping[str, tuple[Any, Any]]] = {
    ObjectionOutcome.UPHELD: (_("Your objection was accepted"), _("The decision was taken back.")),
    ObjectionOutcome.PARTLY: (_("Your objection was accepted in part"), _("The rest of the decision stands.")),
    ObjectionOutcome.REJECTED: (_("Your objection was not accepted"), _("The decision stands.")),
    ObjectionOutcome.INADMISSIBLE: (_("Your objection could not be looked into"), _("What was decided was not judged anew.")),
}
STATES: Final[Mapping[str, Any]] = {
    ObjectionState.ENTERED: pgettext_lazy("public", "Received"),
    ObjectionState.DECIDED: pgettext_lazy("public objection", "Decided"),
    ObjectionState.WITHDRAWN: pgettext_lazy("public objection", "Ended without a decision"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if not receipts.ready():
        return pages.render(request, "objection_closed.html")
    if request.method == "POST":
        return _number_again(request) if request.POST.get("go") == "shown" else _answer(request)
    answer = _form(request, {"about": request.GET.get("nomor", "")[:120], "carried": _fresh()})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    told = {
        "about": pages.posted(request, "about", most=120),
        "side": request.POST.get("side", "")[:20],
        "text": pages.posted(request, "text", most=models.Objection.LONGEST_TEXT + 1),
        "contact": pages.posted(request, "contact", most=models.Objection.LONGEST_CONTACT),
        "carried": request.POST.get("carried", ""),
    }
    kept = carried.opened(WHAT, told["carried"])
    if kept is None:
        return _form(request, told | {"carried": _fresh()}, _("The form was open for more than 15 minutes. Look it over and send it."))
    if request.POST.get("go") == "same":  # in the other language: nothing is judged yet
        return _form(request, told)
    return _send(request, told, kept["key"])


def _send(request: HttpRequest, told: Mapping[str, str], key: str) -> HttpResponse:
    turn = limits.turn(request, "objection", content=told["text"])
    if turn.seconds:
        return limits.wait(request, turn, kept=told, said=_("Many objections are being sent at this moment."))
    given = {key: told[key] for key in ("about", "side", "text", "contact")}
    _key, digits = receipts.of_form(uuid.UUID(key), given)
    receipt = receipts.hashed(digits)
    if not objections.of_receipt(receipt):
        try:
            objections.come_in(**given, receipt=receipt, now=timezone.now())
        except RefusedError as error:
            twice = error.code == "objection.public_twice"
            return _form(request, told, error.sentence, {"number": "about"}.get(error.place, error.place), twice=twice)
    return _sent(request, receipts.spaced(digits))


def _sent(request: HttpRequest, number: str) -> HttpResponse:
    return pages.render(request, "objection_sent.html", {"number": number, "carried": carried.seal(NUMBER, {"number": number})})


def _number_again(request: HttpRequest) -> HttpResponse:
    """In the other language. Only the page that shows the number carries what opens it."""
    kept = carried.opened(NUMBER, request.POST.get("carried", ""))
    if kept is None:
        return _form(request, {"carried": _fresh(), "late": True}, _SENT)
    return _sent(request, kept["number"])


def _fresh() -> str:
    return carried.seal(WHAT, {"key": str(uuid.uuid4())})


def _form(request: HttpRequest, told: Mapping[str, Any], error: Any = "", place: str = "", *, twice: bool = False) -> HttpResponse:
    """`twice`: this side objected earlier, which the status page tells of."""
    context = {**told, "error": error, "place": place or "about", "twice": twice}
    context |= {"sides": list(SIDES.items()), "longest": models.Objection.LONGEST_TEXT}
    return pages.render(request, "objection.html", context)


def shown(request: HttpRequest, rows: Sequence[models.Objection], text: str = "") -> HttpResponse:
    """On the status page: what became of what was sent with one number. Neither the flag nor who decided is named. `text`: an answer that
    was not sent."""
    told = [
        {
            "state": STATES[row.state],
            "at": row.ended_at or row.entered_at,
            "title": OUTCOMES[row.outcome][0] if row.outcome else "",
            "means": OUTCOMES[row.outcome][1] if row.outcome else "",
            "ground": row.ground if row.outcome else "",
            "put_right": row.put_right,
        }
        for row in rows
    ]
    waits = [row.due_at for row in rows if row.state == ObjectionState.ENTERED]
    context = {"about": rows[0].about, "came": rows[0].entered_at, "rows": told, "due": max(waits) if waits else None, "text": text}
    return pages.render(request, "objection_status.html", context)
