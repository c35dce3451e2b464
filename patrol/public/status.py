"""*Status*: whoever types the number of a report reads what became of it, answers, and may withdraw it. No login, no cookie.

The number stands in no address and no log. Once it was typed, the page carries what opens the report for a quarter of an hour, sealed; so
does the page it is typed on, that whoever goes back in the browser and sends that once more later opens nothing.
A wrong check digit is told at once; a well-formed number that opens nothing is answered the same and as late, whatever the reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import IO, Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from patrol.cases import objections
from patrol.domain.states import TipState
from patrol.infra.body_limits import takes
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import drafts, ending, following, receipts
from patrol.models import Tip, TipEventKind, TipMessage, TipOutcome
from patrol.public import carried, limits, objection, pages, uploads

WHAT: Final = "status"
TYPED: Final = "status number"  # what the page carries on which the number is typed
STATES: Final[Mapping[str, Any]] = {
    TipState.RECEIVED: pgettext_lazy("public", "Received"),
    TipState.READ: pgettext_lazy("public", "Read by an officer"),
    TipState.ASKED: pgettext_lazy("public", "We have a question for you"),
    TipState.PASSED_ON: pgettext_lazy("public", "Passed on to the authorities"),
    TipState.CLOSED: pgettext_lazy("public", "Closed"),
}
OUTCOMES: Final[Mapping[str, Any]] = {
    TipOutcome.ACTED: _("Officers have followed up what you reported."),
    TipOutcome.KNOWN: _("Others had reported the same. Your report was joined with theirs."),
    TipOutcome.ADVISED: _("Officers have advised you."),
    TipOutcome.NOTHING: _("Officers found nothing more they could follow."),
    TipOutcome.ELSEWHERE: _("It is the matter of another authority."),
    TipOutcome.UNCLEAR: _("There was too little to go on."),
}
_LATE: Final = _("The page was open for more than 15 minutes. Type the number again.")
_EMPTY: Final = _("Type the number you were given: 16 digits.")
_UNKNOWN: Final = _("There is no open report with this number. Check the digits you wrote.")
_SEEN: Final = {  # of its timeline, what the reporter is told with its day
    TipEventKind.RECEIVED: TipState.RECEIVED,
    TipEventKind.READ: TipState.READ,
    TipEventKind.ASKED: TipState.ASKED,
    TipEventKind.PASSED_ON: TipState.PASSED_ON,
    TipEventKind.CLOSED: TipState.CLOSED,
}


@takes(drafts.BODY, at_once=2)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    answer = _answer(request)
    answer.headers.setdefault("Cache-Control", "no-store")
    return pages.leave_after(request, answer, carried.SECONDS)


def _answer(request: HttpRequest) -> HttpResponse:
    if not receipts.ready():
        return pages.render(request, "report_closed.html")
    if request.method != "POST":
        return _ask(request)
    uploads.in_memory(request)
    return _typed(request) if "number" in request.POST else _carried(request)


def _carried(request: HttpRequest) -> HttpResponse:
    """What a page sends that was opened by the number a moment ago."""
    told = carried.opened(WHAT, request.POST.get("carried", ""))
    if told is None:
        return _ask(request, _LATE, text=_text(request), lost=uploads.again(_named(request)))
    act = {"reply": _reply, "withdraw": _withdrawing, "withdrawn": _withdrawn}.get(request.POST.get("go", ""), _opened)
    try:
        return act(request, told)
    except following.UnknownError:  # withdrawn or run out since
        return _ask(request, _UNKNOWN, text=_text(request), gone=True)


def _typed(request: HttpRequest) -> HttpResponse:
    stamp = request.POST.get("carried", "")
    text = _text(request)  # of an answer that was written for too long
    if carried.opened(TYPED, stamp) is None:
        return _ask(request, _LATE, text=text)
    typed = pages.posted(request, "number", most=100)
    if request.POST.get("go") == "same":  # in the other language
        return _ask(request, "", typed, text)
    digits = receipts.read(typed)
    if not digits:
        return _ask(request, _unfit(typed), typed, text)
    turn = limits.turn(request, "number")
    if turn.seconds:
        return limits.wait(
            request, turn, kept={"number": typed, "carried": stamp, "text": text}, said=_("Many numbers are being typed at this moment.")
        )
    receipt = receipts.hashed(digits)
    try:
        return _show(request, following.of_receipt(receipt), text=text)
    except following.UnknownError:
        sent = objections.of_receipt(receipt)  # the number of an objection opens no report
        return objection.shown(request, sent, text) if sent else _ask(request, _UNKNOWN, typed, text, gone=True)


def _unfit(typed: str) -> Any:
    """Why this is the number of no report, whoever has which: only what has 16 digits can have a wrong one."""
    bare = receipts.bare(typed)
    if not bare:
        return _EMPTY
    if not bare.isascii() or not bare.isdigit():
        return _("The number has digits only. Take out letters and other signs.")
    if len(bare) < receipts.LENGTH:
        return _("The number has 16 digits. Typed so far: %(typed)s.") % {"typed": len(bare)}
    if len(bare) > receipts.LENGTH:
        return _("The number has 16 digits. More were typed.")
    return _("One digit is wrong, or two digits are swapped.")


def _opened(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    """Also from a page that was left with an answer begun: for the other language, or to read what a withdrawal removes."""
    return _show(request, following.of_receipt(told["receipt"]), text=_text(request), lost=uploads.again(_named(request)))


def _withdrawing(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    """What would be removed, and what stays, before anything is."""
    tip = following.of_receipt(told["receipt"])
    context = {"carried": _seal(tip), "stays": ending.stays(tip, now=timezone.now()), "text": _text(request), "named": _named(request)}
    return pages.render(request, "status_withdraw.html", context)


def _withdrawn(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    stays = following.withdraw(receipt=told["receipt"], now=timezone.now())
    return pages.render(request, "status_withdrawn.html", {"stays": stays})


def _seal(tip: Tip) -> str:
    return carried.seal(WHAT, {"receipt": tip.receipt, "key": str(uuid.uuid4())})


def _ask(request: HttpRequest, error: Any = "", typed: str = "", text: str = "", *, lost: str = "", gone: bool = False) -> HttpResponse:
    """`text`: an answer that goes along until the number is typed. `lost`: names its pictures, which do not. `gone`: nothing may be
    left that it could be sent to, so that it is shown."""
    told = {"error": error, "late": error is _LATE, "empty": error is _EMPTY, "typed": typed, "text": text, "lost": lost, "gone": gone}
    return pages.render(request, "status.html", told | {"carried": carried.seal(TYPED, {})})


def _text(request: HttpRequest) -> str:
    return pages.posted(request, "text", most=TipMessage.LONGEST + 1)


def _files(request: HttpRequest) -> list[UploadedFile[bytes]]:
    return [file for file in request.FILES.getlist("pictures") if file.size or file.name]


def _named(request: HttpRequest) -> list[str]:
    return uploads.chosen(request, "pictures")


def _reply(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    tip = following.of_receipt(told["receipt"])
    text = _text(request)
    files = _files(request)
    if len(files) > drafts.MOST:
        error = f"{_('Up to 5 pictures. Nothing was sent.')} {uploads.again(_named(request), most=drafts.MOST)}"
        return _show(request, tip, error=error, place="pictures", text=text)
    key = uuid.UUID(told["key"])
    if following.was_sent(tip, key):  # sent twice
        return _show(request, tip, sent=True)
    try:
        following.require_room(tip, pictures=len(files))
        turn, drawn = _turn(request, tip, files, text)
        without = bool(turn.seconds and tip.urgent and text)  # the words of somebody in danger wait for no picture
        if turn.seconds and not without:
            said = _("Many messages are being sent at this moment.")
            if files:  # a browser sends no file twice by itself
                error = f"{limits.told(turn, said)} {uploads.again(_named(request))}"
                return limits.keeping(_show(request, tip, error=error, place="pictures", text=text), turn)
            return limits.wait(request, turn, kept={"carried": carried.seal(WHAT, told), "go": "reply", "text": text}, said=said)
        following.reply(receipt=told["receipt"], text=text, pictures=drawn, key=key, now=timezone.now())
    except (RefusedError, drafts.SomeRefusedError) as error:
        if isinstance(error, drafts.SomeRefusedError):
            why, place = uploads.refused(_named(request), error.why), "pictures"
        else:
            why, place = f"{error.sentence} {uploads.again(_named(request))}".strip(), error.place
        return _show(request, following.of_receipt(told["receipt"]), error=why, place=place, text=text)
    return _show(request, following.of_receipt(told["receipt"]), sent=True, without=without)


def _turn(request: HttpRequest, tip: Tip, files: Sequence[IO[bytes]], text: str) -> tuple[limits.Turn, list[bytes]]:
    """How long the message waits, and its pictures once it is its turn. Words alone of somebody in danger have theirs at once."""
    if tip.urgent and not files:
        return limits.Turn(), []
    turn = limits.turn(request, "evidence" if files else "message", content=text)
    if turn.seconds:
        return turn, []
    try:
        return turn, drafts.all_drawn(files)
    except drafts.BusyError:
        return limits.Turn(drafts.WAIT_SECONDS), []


def _show(
    request: HttpRequest,
    tip: Tip,
    *,
    error: Any = "",
    place: str = "text",
    text: str = "",
    lost: str = "",
    sent: bool = False,
    without: bool = False,
) -> HttpResponse:
    """`place`: the field the error is of. `lost`: which pictures of an answer begun have to be chosen again. `without`: the message was
    kept, its pictures were not."""
    now = timezone.now()
    written, own_pictures = following.thread(tip)
    messages = [
        {
            "mine": one.by_id is None,
            "who": _("You") if one.by_id is None else pgettext_lazy("public page", "Officer"),
            "text": one.text,
            "at": _moment(one.at),
            "pictures": len(one.pictures.all()),
        }
        for one in written
    ]
    events = list(tip.events.values_list("kind", "by_id", "at"))
    news = max([tip.at, *(at for _kind, by, at in events if by is not None)]) + timedelta(days=settings.TIP_NEWS_DAYS)
    context = {
        "carried": _seal(tip),
        "tip": tip,
        "came": _moment(tip.at),
        "track": track(tip, [(kind, at) for kind, _by, at in events]),
        "outcome": OUTCOMES.get(tip.outcome, ""),
        "open": tip.state != TipState.CLOSED,
        "news_by": news.date(),
        "late": news < now,
        "messages": messages,
        "own_pictures": own_pictures,
        "error": error,
        "place": place,
        "text": text,
        "lost": lost,
        "sent": sent,
        "without": without,
        "minutes": carried.SECONDS // 60,
        "longest": TipMessage.LONGEST,
        "files": drafts.FIELDS,
    }
    return pages.render(request, "status_shown.html", context)


def _moment(at: datetime) -> str:
    """21 November, 08.12"""
    local = timezone.localtime(at)
    return f"{formats.date_format(local, 'j F')}, {local:{'%H:%M' if translation.get_language() == 'en' else '%H.%M'}}"


def track(tip: Tip, events: list[tuple[str, datetime]]) -> list[dict[str, Any]]:
    """The states it went through, each once with its newest day and the one it is in marked; and the end, where it is not reached."""
    days: dict[str, datetime] = {}
    for kind, at in events:
        if kind in _SEEN:
            state = _SEEN[TipEventKind(kind)]
            days.pop(state, None)
            days[state] = at
    if tip.state != TipState.CLOSED:
        days.pop(TipState.CLOSED, None)
    if tip.state != TipState.ASKED:
        days.pop(TipState.ASKED, None)
    if tip.state == TipState.READ and TipState.READ not in days:
        days[TipState.READ] = max(at for _kind, at in events)
    passed = [{"said": STATES[state], "at": at, "done": True, "now": state == tip.state} for state, at in days.items()]
    rest = [] if tip.state == TipState.CLOSED else [{"said": STATES[TipState.CLOSED], "at": None, "done": False, "now": False}]
    return passed + rest
