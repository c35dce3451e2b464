"""/.well-known/security.txt (RFC 9116): where somebody tells of a hole they found, up to the day on which the office last said so."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

PATH: Final = ".well-known/security.txt"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Raises Http404 where no address is set, and where its day is over: an address nobody answers at is worse than none."""
    if settings.SECURITY_UNTIL is None:
        raise Http404
    until = datetime.combine(settings.SECURITY_UNTIL, time(), UTC)
    if timezone.now() >= until:
        raise Http404
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: id, en"]
    if settings.PUBLIC_URL:
        lines.append(f"Canonical: {settings.PUBLIC_URL}/{PATH}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
