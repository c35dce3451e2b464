"""How much a request may bring: the walls that stand before a body is read (patrol.frame.gate enforces them).

A stranger brings little; whoever shows a login or a device's token brings as much as the largest import. A view that strangers may send
more to names its own limit:

    @body_limits.takes(10_000_000, at_once=3)
    def report(request): ...
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from patrol import models
from patrol.access import sign_in, tokens
from patrol.infra import doors
from patrol.infra.body_limits import Limit
from patrol.intake.formats import files

STRANGERS: Final = 1_000_000  # bytes of one body without login or token
# The largest import and the form around it. The proxy in docker-compose.yml lets the same through.
LARGEST: Final = files.MAX_BYTES + 1024 * 1024

KNOWN: Final = Limit(LARGEST, at_once=2)


def own(path: str, *, public: bool) -> Limit | None:
    """The limit that an address names itself; None where it names none or there is no such address. `public`: at the public desk."""
    try:
        found: Limit | None = getattr(resolve(path, doors.PUBLIC_URLS if public else None).func, "body_limit", None)
    except Resolver404:
        return None
    return found


def known(*, cookies: dict[str, str], authorization: str) -> bool:
    """Whether the headers show a login or a token. Asks the database, and only where there is something to ask."""
    if token := tokens.bearer(authorization):
        return tokens.known(token, now=timezone.now()) is not None
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key or not key.isalnum():
        return False
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = auth.get_user(request)
    return isinstance(person, models.Person) and sign_in.lives(request, person, now=timezone.now())
