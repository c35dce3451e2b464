"""What every public page has: its doors, its words of the office, how it is made, and the pages for what cannot be."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from patrol import models
from patrol.domain.keepable import keepable


@dataclass(frozen=True, slots=True)
class Door:
    """A page that people are led to. `word` stands in the navigation; with `title` and `said` it is a door of the start page."""

    name: str  # of its address in `urls.PAGES`
    word: Any
    title: Any = ""
    said: Any = ""
    drawing: str = ""  # templates/public/NAME.svg


# In the order of the navigation. A page that is not there yet has no line.
DOORS: Final[tuple[Door, ...]] = (
    Door(
        "check",
        _("Check"),
        _("Check an offer"),
        _("Paste the advert, a number, a company name, or a photo. See what the register says."),
        "public/check.svg",
    ),
    Door(
        "report",
        pgettext_lazy("public", "Report"),
        title=pgettext_lazy("public", "Report"),
        said=_("An advertisement, an account, a number. Without your name if you like."),
        drawing="public/report.svg",
    ),
    Door(
        "learn",
        pgettext_lazy("public", "Learn"),
        title=pgettext_lazy("public", "Learn"),
        said=_("Know the warning signs and the protected ways to go."),
        drawing="public/learn.svg",
    ),
    Door("status", pgettext_lazy("public", "Status")),
)


def address(request: HttpRequest, name: str) -> str:
    """The page of this name in the language of this request."""
    match = request.resolver_match
    return reverse(f"public:{name}", current_app=match.namespace if match else _spoken(), urlconf="patrol.public.urls")


def exists(name: str) -> bool:
    return any(door.name == name for door in DOORS)


def render(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """The page of `templates/public/TEMPLATE`, with what templates/public/base.html needs."""
    whole = {**_common(request), **(context or {})}
    if "register_date" not in whole:
        whole["register_date"] = register_date()
    return HttpResponse(render_to_string(f"public/{template}", whole, request), status=status)


def leave_after(request: HttpRequest, answer: HttpResponse, seconds: int) -> HttpResponse:
    """An answer to a form, that leads away by itself: it does not stay open on a telephone that others use."""
    if request.method == "POST":
        answer["Refresh"] = f"{seconds}; url={address(request, 'leave')}"
    return answer


def posted(request: HttpRequest, name: str, *, most: int) -> str:
    """A field of a form as text that can be kept: at most so many characters, without what no database takes."""
    return keepable(request.POST.get(name, "")[:most]).replace("\r\n", "\n").strip()


def fitting(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many bytes on a page, where five signs are written as several."""
    size = 0
    for at, sign in enumerate(text):
        size += _WRITTEN.get(sign) or len(sign.encode())
        if size > most:
            return text[:at]
    return text


_WRITTEN: Final = {sign: len(escape(sign)) for sign in "&<>\"'"}


def register_date() -> date | None:
    """The day of the register in force, None where none is loaded or the database is away: the hotline is told without it."""
    try:
        return models.RegisterEdition.objects.order_by("-number").values_list("register_date", flat=True).first()
    except Error:
        return None


def _spoken() -> str:
    return "public-en" if translation.get_language() == "en" else "public"


def _common(request: HttpRequest) -> dict[str, Any]:
    english = translation.get_language() == "en"
    match = request.resolver_match
    # The same page in the other language; the start page, as of what does not exist.
    other = reverse(
        f"public:{match.url_name}" if match else "public:home",
        args=match.args if match else (),
        kwargs=match.kwargs if match else {},
        current_app="public" if english else "public-en",
        urlconf="patrol.public.urls",
    )
    return {
        "language": "en" if english else "id",
        "here": match.url_name if match else "",
        "home": reverse("public:home", current_app=_spoken(), urlconf="patrol.public.urls"),
        "doors": [(door, reverse(f"public:{door.name}", current_app=_spoken(), urlconf="patrol.public.urls")) for door in DOORS],
        "other_language": other,
        "hotline": settings.PUBLIC_HOTLINE,
        "hotline_link": _dialled(settings.PUBLIC_HOTLINE),
        "hotline_note": settings.PUBLIC_HOTLINE_NOTE_EN if english else settings.PUBLIC_HOTLINE_NOTE,
        "whatsapp": settings.PUBLIC_WHATSAPP,
        "whatsapp_link": _dialled(settings.PUBLIC_WHATSAPP).lstrip("+"),
        "office": settings.PUBLIC_OFFICE,
        "logo": bool(settings.PUBLIC_LOGO),
    }


def _dialled(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


# --- the logo, and what cannot be -----------------------------------------------------------------


@functools.cache
def _picture(path: str) -> bytes:
    return Path(path).read_bytes()


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The picture that PUBLIC_LOGO names."""
    if not settings.PUBLIC_LOGO:
        raise Http404
    return HttpResponse(_picture(settings.PUBLIC_LOGO), content_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


def _refused(request: HttpRequest, title: Any, said: Any, status: int) -> HttpResponse:
    request.resolver_match = None
    return render(request, "refused.html", {"title": title, "said": said, "register_date": None}, status=status)


def stopped(sentence: str) -> str:
    """The page for what the gate of the web server refused (patrol.frame.gate), in the language that is spoken."""
    return _refused(HttpRequest(), _("That was not taken"), sentence, 200).content.decode()


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _refused(request, _("That could not be read"), _("What was sent is broken or too long. Go back and send less."), 400)


def foreign(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    said = _("This form was sent from another site. Open the page here and fill it in again.")
    return _refused(request, _("That was not taken"), said, 403)


def no_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _refused(request, _("There is no such page"), _("Check the address, or begin at the start page."), 404)


def no_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """`refused`: the empty answer of the view, which says what its address takes."""
    said = _("This address does not take what was sent in that way. Begin at the start page.")
    answer = _refused(request, _("That was not taken"), said, 405)
    answer.headers["Allow"] = refused.headers["Allow"]
    return answer


def went_wrong(request: HttpRequest) -> HttpResponse:
    said = _("Nothing you sent was kept. Try again in a moment, or call the hotline.")
    return _refused(request, _("Something went wrong"), said, 500)
