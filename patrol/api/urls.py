"""The calls, put together: settings.API_ROUTERS names the routers, so that floors above this one can have some, too."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from patrol.api import door

VERSION = "1"
_ABOUT = """\
What other systems of an office ask of SIPatrol. Each call shows a token of the office: `Authorization: Bearer …`. Contacts of people that
the office keeps are masked in each answer, as on the screen; a check of an offer tells those of the text that was sent, in full. Each
answer that shows people the office keeps is a row of the reading log. Sentences come in Indonesian, or in English where `Accept-Language`
prefers that. A refusal has one shape, `Problem`, but for addresses of more than about 4,000 bytes, which the web server refuses with 414
and a line of text. Lists go on by `next`, an opaque cursor."""


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    return door.told(request, error)


def made() -> NinjaAPI:
    api = NinjaAPI(title="SIPatrol", version=VERSION, description=_ABOUT, docs_url=None, urls_namespace="api")
    # django-ninja has answers of its own for these; ours have one shape for all.
    for kind in (Exception, Http404, HttpError, ValidationError, PermissionDenied):
        api.add_exception_handler(kind, _told)
    for name in settings.API_ROUTERS:
        api.add_router("", import_string(name))
    return api


urlpatterns = made().urls[0]
