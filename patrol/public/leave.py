"""*Leave quickly*: to a page that says nothing of this one. By the server, so that it needs no script; kept nowhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    answer = HttpResponseRedirect(settings.PUBLIC_LEAVE)
    answer["Cache-Control"] = "no-store"
    answer["Clear-Site-Data"] = '"cache"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer
