"""*Lapor*: three steps and a number. Nothing is kept before the last button; until then it travels in the form itself, sealed.

One address for all steps: none of them can be opened, kept or passed on by its address. Only the first asks for anything; whoever says
that somebody is in danger reads the hotline at each step and waits for nobody.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from patrol.infra.body_limits import takes
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import drafts, identity, receipts, receiving
from patrol.models import Tip, TipKind, TipSince
from patrol.public import carried, limits, pages, uploads

WHAT: Final = "report"
NUMBER: Final = "report number"  # what the last page carries, for the file
LATE: Final = "late"  # in the place of a field: nothing of the form is wrong
FROM_CHECK: Final = 20_000  # letters that a checked offer brings along
KINDS: Final[Mapping[str, Any]] = {
    TipKind.ADVERT: _("A job advertisement or post"),
    TipKind.ACCOUNT: _("An account or group"),
    TipKind.NUMBER: _("A phone number or bank account"),
    TipKind.PERSON: _("Somebody who makes offers in person"),
}
SINCE: Final[Mapping[str, tuple[Any, Any]]] = {
    TipSince.OFFERED: (_("Nothing yet, only offered"), ""),
    TipSince.PAID: (_("Has paid"), ""),
    TipSince.PAPERS: (_("Has handed over ID card, family card or passport"), ""),
    TipSince.LEFT: (_("Has left already"), _("An officer reads this report first.")),
    TipSince.UNKNOWN: (_("I do not know"), ""),
}
_SENT: Final = _("This report was sent more than 15 minutes ago. Its number opens it on the status page.")
_LINK: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@takes(drafts.BODY, at_once=2)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    answer = _answer(request)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    if not receipts.ready():
        return pages.render(request, "report_closed.html")
    if request.method != "POST":
        return _first(request, _new())
    uploads.in_memory(request)
    if request.POST.get("from") == "check":
        words = pages.posted(request, "text", most=FROM_CHECK)
        return _first(request, _new() | {"words": words[: Tip.LONGEST_WORDS]})
    if request.POST.get("go") in {"number", "shown"}:
        return _number_again(request, as_file=request.POST["go"] == "number")
    told = carried.opened(WHAT, request.POST.get("carried", ""))
    if told is None:
        return _late(request)
    return _step(request, told)


def _late(request: HttpRequest) -> HttpResponse:
    """The form was open for longer than it lasts: what was written goes on in a new one, unless it was sent already."""
    old = carried.opened(WHAT, request.POST.get("carried", ""), seconds=carried.LATE)
    told = _new() | {name: value for name, value in (old or {}).items() if name != "key"}
    step = request.POST.get("step", "")
    if step == "1":
        told |= _of_first(request)
    elif step == "2":
        told |= _of_second(request)
    elif step == "3":
        told |= _of_third(request)
    if old is not None and receiving.was_sent(told=_report(told), named=_names(told), form=uuid.UUID(old["key"])):
        return _first(request, _new(), _SENT, LATE)
    if not told["words"]:
        return _first(request, told, _("The form was open for too long, and what was written is gone. Begin again."), LATE)
    lost = ngettext(
        "Choose your %(many)s picture again in step 2: it is kept for 15 minutes only.",
        "Choose your %(many)s pictures again in step 2: they are kept for 15 minutes only.",
        len(told["pictures"]),
    ) % {"many": len(told["pictures"])}
    kept, told["pictures"] = told["pictures"], []
    said = [
        str(_("The form was open for more than 15 minutes. Look it over and go on.")),
        lost if kept else "",
        uploads.again(uploads.chosen(request, "pictures")),
    ]
    return _first(request, told, " ".join(filter(None, said)), LATE)


def _step(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    """Takes what stood in the step that was sent, and shows the one that was asked for."""
    step, go = request.POST.get("step", ""), request.POST.get("go", "")
    if go == "same":
        return _same(request, told, step)
    if step == "3":
        told |= _of_third(request)
    taken = {"1": _took_first, "2": _took_second}.get(step)
    refused = taken(request, told) if taken else None
    if refused is not None:
        return refused
    if step == "3" and go == "send":
        return _send(request, told)
    return {"1": _first, "2": _second}.get(go, _third)(request, told)


def _same(request: HttpRequest, told: dict[str, Any], step: str) -> HttpResponse:
    """The step in the other language, with what stood in it: nothing is judged yet."""
    if step == "1":
        return _first(request, told | _of_first(request))
    if step == "2":
        return _second(request, told | _of_second(request), lost=uploads.again(uploads.chosen(request, "pictures")))
    return _third(request, told | _of_third(request))


def _took_first(request: HttpRequest, told: dict[str, Any]) -> HttpResponse | None:
    """What stood in the first step, into what is carried; the page again where something is missing."""
    told |= _of_first(request)
    try:
        receiving.checked(_report(told))
    except RefusedError as error:
        return _first(request, told, error.sentence, error.place)
    return None


def _took_second(request: HttpRequest, told: dict[str, Any]) -> HttpResponse | None:
    told |= _of_second(request)
    turn, refused = _take_pictures(request, told)
    if turn is not None and _urgent(told):  # the report goes on, its pictures follow
        said = _("The pictures were not taken: many are being sent at this moment. Send the report now, add them on the status page.")
        return _third(request, told, said)
    if turn is not None:
        said = _("Many pictures are being sent at this moment.")
        error = f"{limits.told(turn, said)} {uploads.again(uploads.chosen(request, 'pictures'))}"
        return limits.keeping(_second(request, told, error), turn)
    return _second(request, told, refused) if refused else None


def _new() -> dict[str, Any]:
    return {"kind": str(TipKind.ADVERT), "words": "", "key": str(uuid.uuid4()), "pictures": []}


def _of_first(request: HttpRequest) -> dict[str, Any]:
    """Without a file beside it, so that who is in danger is told of in a form as small as a login: none waits for pictures of others."""
    return {
        "kind": request.POST.get("kind", "")[:20],
        "words": pages.posted(request, "words", most=Tip.LONGEST_WORDS + 1),
        "since": request.POST.get("since", "")[:20],
        "danger": request.POST.get("danger") == "1",
    }


def _of_second(request: HttpRequest) -> dict[str, Any]:
    line = Tip.LONGEST_LINE
    return {"where": pages.posted(request, "where", most=line), "when": pages.posted(request, "when", most=line)}


def _files(request: HttpRequest) -> list[UploadedFile[bytes]]:
    return [file for file in request.FILES.getlist("pictures") if file.size or file.name]


def _take_pictures(request: HttpRequest, told: dict[str, Any]) -> tuple[limits.Turn | None, str]:
    """Adds the pictures that came to those that are there. Returns whether to wait, or why one was not taken; then none of them is."""
    files = _files(request)
    if request.POST.get("drop") == "1":
        drafts.drop([(name, key) for name, key in told["pictures"]])
        told["pictures"] = []
    if not files:
        return None, ""
    room = drafts.MOST - len(told["pictures"])
    if len(files) > room:
        again = uploads.again(uploads.chosen(request, "pictures"), most=room)
        return None, f"{_('Up to 5 pictures. None of those just chosen was added.')} {again}".strip()
    turn = limits.turn(request, "evidence")
    if turn.seconds:
        return turn, ""
    try:
        drawn = drafts.all_drawn(files)
    except drafts.BusyError:
        return limits.Turn(drafts.WAIT_SECONDS), ""
    except drafts.SomeRefusedError as error:
        return None, uploads.refused(uploads.chosen(request, "pictures"), error.why)
    told["pictures"] += [list(one) for one in drafts.put(drawn, now=timezone.now())]
    return None, ""


def _of_third(request: HttpRequest) -> dict[str, Any]:
    """What was typed and what was chosen, also where one contradicts the other: whoever sends it is asked. Nothing of the waiting page,
    which carries both along sealed, so that nobody reads them there."""
    if "reach" not in request.POST:
        return {}
    return {"reach": request.POST["reach"] == "1", "contact": pages.posted(request, "contact", most=identity.LONGEST)}


def _half_told(told: Mapping[str, Any]) -> Any:
    """Why it is not clear whether the sender wants to be reached; "" where it is. A contact is neither dropped nor kept on a guess."""
    if not identity.offered() or bool(told.get("contact")) == bool(told.get("reach")):
        return ""
    if told.get("reach"):
        return _("Write your WhatsApp number or e-mail, or choose “Send without a name”.")
    return _("You wrote a contact, but “Send without a name” is chosen. Choose “An officer may contact me”, or empty the box.")


def _names(told: Mapping[str, Any]) -> list[str]:
    return [name for name, _key in told["pictures"]]


def _report(told: Mapping[str, Any]) -> receiving.Told:
    return receiving.Told(
        kind=told["kind"],
        words=told["words"],
        where=told.get("where", ""),
        when=told.get("when", ""),
        since=told.get("since", ""),
        danger=told.get("danger", False),
        contact=told.get("contact", ""),
        language=translation.get_language() or "id",
    )


def _urgent(told: Mapping[str, Any]) -> bool:
    return bool(told.get("danger")) or told.get("since") == TipSince.LEFT


def _kept(told: Mapping[str, Any], *, step: str = "", go: str) -> dict[str, str]:
    return {"carried": carried.seal(WHAT, told), "step": step, "go": go}


def _closes(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What is not sent yet leads away after an hour, from a telephone that others use. The page with the number stays: it has to be written
    down."""
    return pages.leave_after(request, answer, carried.AWAY)


# --- the pages ------------------------------------------------------------------------------------


def _first(request: HttpRequest, told: Mapping[str, Any], error: Any = "", place: str = "words") -> HttpResponse:
    context = {"told": told, "kinds": KINDS.items(), "since": _since(), "error": error, "place": place, "most": Tip.LONGEST_WORDS}
    context |= _common(told)
    return _closes(request, pages.render(request, "report.html", context))


def _second(request: HttpRequest, told: Mapping[str, Any], error: Any = "", lost: str = "") -> HttpResponse:
    """`lost`: which pictures have to be chosen again, through nobody's fault."""
    context = {"told": told, "error": error, "lost": lost, "most": drafts.MOST, "files": drafts.FIELDS, **_common(told)}
    return _closes(request, pages.render(request, "report_2.html", context))


def _third(request: HttpRequest, told: Mapping[str, Any], error: Any = "", place: str = "pictures") -> HttpResponse:
    since = SINCE.get(told.get("since", ""))
    context = {
        "told": told,
        "kind": KINDS.get(told["kind"], ""),
        "links": len(_LINK.findall(told["words"])),
        "letters": len(told["words"]),
        "since": since[0] if since else "",
        "contacts": identity.offered(),
        "longest": identity.LONGEST,
        "error": error,
        "place": place,
        **_common(told),
    }
    return _closes(request, pages.render(request, "report_3.html", context))


def _since() -> list[tuple[str, Any, Any]]:
    return [(key, *said) for key, said in SINCE.items()]


def _common(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"carried": carried.seal(WHAT, told), "urgent": _urgent(told), "many": len(told["pictures"])}


def _send(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    """Stores the report. Sent twice (a double click, a lost answer) it is one report, and the same number is shown; not, though, to whoever
    comes upon the form in the browser's history later."""
    half = _half_told(told)
    if half:
        return _third(request, told, half, "contact")
    turn = limits.Turn() if _urgent(told) else limits.turn(request, "report", content=told["words"])
    if turn.seconds:
        said = _("Many reports are being sent at this moment.")
        return _closes(request, limits.wait(request, turn, kept=_kept(told, step="3", go="send"), said=said))
    now = timezone.now()
    held = [(name, key) for name, key in told["pictures"]]
    kept_pictures = drafts.opened(held, now=now)
    try:
        tip, number = receiving.sent(told=_report(told), pictures=kept_pictures, named=_names(told), form=uuid.UUID(told["key"]), now=now)
    except RefusedError as error:
        return _first(request, told, error.sentence, error.place)
    drafts.drop(held)
    if now - tip.at > timedelta(seconds=carried.SECONDS):
        return _first(request, _new(), _SENT, LATE)
    lost = len(held) - len(kept_pictures) if tip.at == now else 0
    return _sent(request, {"number": number, "at": tip.at.timestamp(), "urgent": tip.urgent, "lost": lost})


def _sent(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    at = datetime.fromtimestamp(told["at"], tz=UTC)
    context = {
        "carried": carried.seal(NUMBER, told),
        "urgent": told["urgent"],
        "number": [receipts.spaced(told["number"])[:9], receipts.spaced(told["number"])[10:]],
        "lost": told["lost"],
        "read_days": settings.TIP_READ_DAYS,
        "news_by": (at + timedelta(days=settings.TIP_NEWS_DAYS)).date(),
    }
    return pages.render(request, "report_sent.html", context)


def _number_again(request: HttpRequest, *, as_file: bool) -> HttpResponse:
    """The number as a small text file, under a name that says nothing, or on its page in another language. Only the page that shows it
    carries what opens this."""
    told = carried.opened(NUMBER, request.POST.get("carried", ""))
    if told is None or timezone.now().timestamp() - told["at"] > carried.SECONDS:
        return _first(request, _new(), _SENT, LATE)
    if not as_file:
        return _sent(request, told)
    answer = HttpResponse(receipts.spaced(told["number"]) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="catatan.txt"'
    return answer
