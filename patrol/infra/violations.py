"""Takes what browsers report of our Content-Security-Policy (settings.SECURE_CSP) and counts it by day, page and kind.

Both doors hand it on: patrol.urls for the workbench, patrol.public.urls for the public desk. Anybody can send such a report, so nothing
of it is kept as it came: of the page the pattern of its address, of what was stopped the scheme and host, and no word of who sent it.
What is no report, is of no page of ours, or comes too fast is dropped without a word: a browser reads no answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from patrol.domain import LAW_ZONE
from patrol.infra import body_limits, doors, pace

PATH: Final = "csp/"  # below the root of either door; settings.SECURE_CSP names it
MOST_BYTES: Final = 16_000
MOST_AT_ONCE: Final = 20  # reports in one body
MOST_KINDS: Final = 200  # rows of one day; what is beyond them is counted on one more row for each door
RATE, BURST = 1.0, 60.0  # bodies a second and at once, of strangers at each door and of browsers that are logged in
DAYS_KEPT: Final = 90  # patrol.infra.clearing

_DIRECTIVES: Final = frozenset(
    f"{name}{end}"
    for name in ("default-src", "script-src", "style-src", "font-src", "connect-src", "img-src", "object-src", "frame-src", "child-src")
    for end in ("", "-elem", "-attr")
) | {"base-uri", "form-action", "frame-ancestors", "media-src", "worker-src", "manifest-src", "fenced-frame-src"}
_WORDS: Final = frozenset({"inline", "eval", "wasm-eval", "trusted-types-policy", "trusted-types-sink", "self", "data", "blob", "about"})
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}")
_HOST: Final = re.compile(r"(?!.*\d{6})[a-z0-9.:\[\]-]{1,80}")  # none that could hold a telephone number


@dataclass(frozen=True, slots=True)
class Violation:
    public: bool
    page: str
    directive: str
    blocked: str


@csrf_exempt
@require_POST
@body_limits.takes(MOST_BYTES, at_once=4)
def take(request: HttpRequest) -> HttpResponse:
    public = doors.is_public(request.path_info, request.META.get("HTTP_HOST", ""))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    found = list(read(request.body, public=public))
    known = not public and request.user.is_authenticated  # strangers shut out nothing of what officers' browsers say
    if found and not pace.admits(f"policy {'desk' if public else 'login' if known else 'workbench'}", rate=RATE, burst=BURST):
        keep(found, now=timezone.now(), known=known)
    return HttpResponse(status=204)


def read(body: bytes, *, public: bool) -> Iterator[Violation]:
    """What a body reports of pages of this door, in either form: {"csp-report": {...}} or [{"type": "csp-violation", "body": {...}}]."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return
    for one in (told if isinstance(told, list) else [told])[:MOST_AT_ONCE]:
        said = (one.get("body") if one.get("type") == "csp-violation" else one.get("csp-report")) if isinstance(one, dict) else None
        if not isinstance(said, dict):
            continue
        page = _page(_first(said, "documentURL", "document-uri"), public=public)
        directive = _first(said, "effectiveDirective", "effective-directive", "violated-directive").partition(" ")[0]
        if page and directive in _DIRECTIVES:
            yield Violation(public, page, directive, _blocked(_first(said, "blockedURL", "blocked-uri")))


def keep(found: list[Violation], *, now: datetime, known: bool = False) -> None:
    """Adds to the day's counts. `known`: of a browser that is logged in; such have as many kinds again beyond what strangers filled."""
    most = 2 * MOST_KINDS if known else MOST_KINDS
    day = now.astimezone(LAW_ZONE).date()
    with connection.cursor() as cursor:
        for one in found:
            kind: tuple[date, bool, str, str, str] = (day, one.public, one.page, one.directive, one.blocked)
            cursor.execute(
                "UPDATE patrol_policyviolation SET count = count + 1"
                " WHERE day = %s AND public = %s AND page = %s AND directive = %s AND blocked = %s",
                kind,
            )
            if cursor.rowcount:
                continue
            cursor.execute("SELECT count(*) FROM patrol_policyviolation WHERE day = %s AND public = %s", [day, one.public])
            if cursor.fetchone()[0] >= most:
                kind = (day, one.public, "", "", "")
            cursor.execute(
                "INSERT INTO patrol_policyviolation AS v (day, public, page, directive, blocked, count) VALUES (%s, %s, %s, %s, %s, 1)"
                " ON CONFLICT (day, public, page, directive, blocked) DO UPDATE SET count = v.count + 1",
                kind,
            )


def _first(said: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := said.get(name), str)), "")


def _page(address: str, *, public: bool) -> str:
    """The pattern of an address of ours; "" where it is none. Whose name it has is not asked: a report says what it likes."""
    try:
        path = urlsplit(address).path
        return f"/{resolve(path, doors.PUBLIC_URLS if public else None).route}"[:200]
    except (ValueError, Resolver404):
        return ""


def _blocked(said: str) -> str:
    """A word of the policy, or scheme and host; "" for anything else. An extension of the browser is known by its scheme alone: which
    one somebody uses is nobody's business, and what looks like a number in a host is not kept either."""
    if said in _WORDS:
        return said
    try:
        parts = urlsplit(said)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if not _SCHEME.fullmatch(parts.scheme):
        return ""
    return f"{parts.scheme}://{host}" if parts.scheme in {"http", "https", "ws", "wss"} and _HOST.fullmatch(host) else parts.scheme
