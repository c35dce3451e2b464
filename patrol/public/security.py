"""/.well-known/security.txt (RFC 9116): where somebody tells of a hole they found, to the end of the day that the office named."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from patrol.domain import LAW_ZONE

PATH: Final = ".well-known/security.txt"


def ends(last: date) -> datetime:
    """The end of this day in Jakarta, in UTC."""
    return datetime.combine(last + timedelta(days=1), time(), LAW_ZONE).astimezone(UTC)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Raises Http404 where no address is set, and where its day is over: an address nobody answers at is worse than none."""
    if settings.SECURITY_UNTIL is None:
        raise Http404
    until = ends(settings.SECURITY_UNTIL)
    if timezone.now() >= until:
        raise Http404
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: id, en"]
    if settings.PUBLIC_URL:
        lines.append(f"Canonical: {settings.PUBLIC_URL}/{PATH}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
