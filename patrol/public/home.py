"""The start page: three doors, what one should know, the hotline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from patrol.public import pages


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return pages.render(request, "home.html")
