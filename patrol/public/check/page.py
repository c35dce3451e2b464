"""The page *Cek lowongan*: one box for anything or a photograph, answered on the same address.

What was sent is in the request and in the answer, and nowhere else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from patrol import domain
from patrol.campaigns import trusted
from patrol.engine import assess, forgetting
from patrol.engine.licences import Book
from patrol.infra.body_limits import takes
from patrol.infra.refusals import RefusedError
from patrol.models import Tip
from patrol.pipeline import claiming
from patrol.public import limits, pages, uploads
from patrol.public.check import alone, answer, asked, own, photo, reported, spoken, words
from patrol.public.check.answer import Result
from patrol.register import editions

log = logging.getLogger(__name__)

# Bytes that a text takes on a page of at most 100 kB, where an apostrophe is written as six: the form holds it once; the answer shows it
# and carries along what a report can hold of it, and a shorter one whole for its other language.
IN_FORM, SHOWN, CARRIED, ASKED_AGAIN = 80_000, 40_000, 30_000, 20_000
READ: Final = "read"  # beside a text that is asked again: part of it was read from a photograph, and is shown
FIELDS: Final = ("text", "company", "country", "job", "licence", "contact", "day")


@takes(uploads.BODY, at_once=6)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    uploads.in_memory(request)
    sent = request.FILES.get("photo")
    given = {name: pages.posted(request, name, most=asked.MOST if name == "text" else asked.DETAIL_MOST) for name in FIELDS}
    if request.POST.get("go") == "same":  # in the other language: nothing is checked yet
        return _form(request, given=given, lost=uploads.again(uploads.chosen(request, "photo")))
    if sent is None or not sent.size:
        turn = limits.turn(request, "check")
        if turn.seconds:
            kept = _fitting(given)
            return limits.wait(request, turn, kept={name: value for name, value in kept.items() if value})
    now = timezone.now()
    try:
        writing = _read(request, sent, given) if sent is not None and sent.size else ""
        if isinstance(writing, HttpResponse):
            return writing
        question = asked.of(request, photo=writing, now=now)
        if request.POST.get(READ):
            question = replace(question, photo=True)
    except RefusedError as refused:
        again = uploads.again(uploads.chosen(request, "photo")) if sent is not None and sent.size and refused.place != "photo" else ""
        return _form(request, f"{refused.sentence} {again}".strip(), refused.place, given)
    book = claiming.current_book()
    try:
        context = {
            **_answered(question, book, now=now),
            "asked": _asked_again(
                {**given, "text": "\n".join(filter(None, (writing, given["text"]))), READ: "1" if question.photo else ""}
            ),
        }
        return pages.render(request, "check_result.html", context)
    finally:
        forgetting.forget(book)


def _form(
    request: HttpRequest, error: str = "", place: str = "", given: Mapping[str, str] | None = None, *, lost: str = ""
) -> HttpResponse:
    """The form, with what was written; a photograph has to be chosen again. `lost` says which, through nobody's fault."""
    context: dict[str, Any] = {"given": _fitting(given) if given else {}, "lost": lost}
    if given:
        context["details"] = any(given[name] for name in FIELDS[1:])
    if error and given:
        context |= {"error": error, "place": place}
    return pages.render(request, "check.html", context, status=422 if error else 200)


def _fitting(given: Mapping[str, str]) -> dict[str, str]:
    return {**given, "text": pages.fitting(given["text"], IN_FORM)}


def _asked_again(given: Mapping[str, str]) -> dict[str, str]:
    """What the answer carries to be asked in the other language; nothing of a text that would make the page heavy."""
    return {name: value for name, value in given.items() if value} if pages.fitting(given["text"], ASKED_AGAIN) == given["text"] else {}


def _later(request: HttpRequest, turn: limits.Turn, sent: UploadedFile[bytes], given: Mapping[str, str], said: Any = "") -> HttpResponse:
    error = f"{limits.told(turn, said)} {uploads.again(uploads.chosen(request, 'photo'))} {_('We have not kept it.')}"
    return limits.keeping(_form(request, error, "photo", given), turn)


def _read(request: HttpRequest, sent: UploadedFile[bytes], given: Mapping[str, str]) -> str | HttpResponse:
    """The writing on the photograph, or the form with how long to wait. Raises RefusedError where nothing can be read."""
    if sent.size and sent.size > uploads.MOST:
        raise RefusedError("check.too_large", _("This photo is larger than 10 MB. Choose a smaller one, or a screenshot."), "photo")
    with photo.place() as free:
        if not free:
            said = _("Two photos are being read at this moment.")
            return _later(request, limits.Turn(photo.WAIT_SECONDS), sent, given, said)
        turn = limits.turn(request, "photo")  # of who is read alone: nobody pays for waiting
        if turn.seconds:
            return _later(request, turn, sent, given)
        try:
            return photo.writing(sent.read())
        except photo.UnreadableError:
            raise RefusedError("check.unreadable", words.PHOTO_UNREADABLE, "photo") from None


def _answered(question: asked.Asked, book: Book | None, *, now: datetime) -> dict[str, Any]:
    began = time.perf_counter()
    ours = own.claims(question.text)
    content = domain.Content(text=own.left_out(question.text, ours))
    day = None if question.day is None else assess.moment(question.day.isoformat())
    [found] = assess.assess(
        [content],
        [day],
        book,
        now=now,
        weights=editions.current_points(),
        trusted=trusted.contacts(now),
        stale_after_days=settings.REGISTER_STALE_DAYS,
    )
    told = reported.among(found.reading.claims, book, now=now)
    named = alone.named(found, question.text, ours, question.filled, book)
    result: Result
    if named:
        whole = replace(content, text=question.text)
        result = alone.of(found, whole, named, book, reported=told, now=now, ours=ours, filled=question.filled)
    else:
        result = answer.of(found, question.text, book, reported=told or frozenset(), now=now)
        result = own.noted(result, question.text, ours)
    read = question.photo and not result.signs
    if read:
        result = replace(result, pieces=(answer.Piece(question.text),))
    pieces = answer.shortened(result.pieces, SHOWN)
    short = pieces != result.pieces
    # Counted, so that an office sees whether the page is used; nothing of what was asked is in it.
    log.info("checked", extra={"ms": round(1000 * (time.perf_counter() - began)), "photo": question.photo})
    return {
        "result": replace(result, pieces=pieces),
        "steps": [spoken.say(step.said) for step in result.steps if not step.needs or pages.exists(step.needs)],
        "reports": pages.exists("report"),
        "text": pages.fitting(question.text[: Tip.LONGEST_WORDS], CARRIED),
        "short": spoken.say(words.SHOWN_IN_PART) if short else "",
        "cut": spoken.say(words.CUT) if question.cut else "",
        "read": spoken.say(words.READ_FROM_PHOTO) if read else "",
    }
