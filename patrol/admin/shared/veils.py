"""Severe pictures: blurred, then grey, then in colour, one step at a time as somebody asks. Every address of a picture asks here.

How far a person went is kept in their session for the one post before them, so that coming back to it begins anew. What the page
does not show, it does not hold either: the server sends the blurred bytes at the same address.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared import base
from patrol.models import Veil
from patrol.triage import care

_AT = "unveiled"  # [post, veil]
_OPEN = "severe_open"  # the severe post before the person, so that it counts once
STEPS = tuple(Veil)
_ASK = {Veil.BLUR: _("Show in grey"), Veil.GREY: _("Show in colour"), Veil.COLOUR: _("Blur again")}


def of(request: HttpRequest, post_id: int) -> Veil:
    """How this person sees pictures of the post now. One query, two for a severe one."""
    return _reached(request, post_id) if care.severe([post_id], by=base.who(request)) else Veil.COLOUR


def _reached(request: HttpRequest, post_id: int) -> Veil:
    kept = request.session.get(_AT)
    return Veil(kept[1]) if kept and kept[0] == post_id else care.of(base.who(request)).veil


def step(request: HttpRequest, post_id: int) -> None:
    """One step on; after the last one it is blurred again."""
    at = STEPS.index(of(request, post_id))
    request.session[_AT] = [post_id, str(STEPS[(at + 1) % len(STEPS)])]


def is_open(request: HttpRequest, post_id: int) -> bool:
    """Whether the severe post before this person is that one."""
    return bool(request.session.get(_OPEN) == post_id)


def on_page(request: HttpRequest, post: models.Post, *, may_be: bool = True) -> dict[str, Any]:
    """What a page with this post says of its pictures. Opening a severe post counts once, until another one was opened. `may_be` False
    where the caller knows that nothing makes it severe: then without a query."""
    is_severe = may_be and bool(care.severe([post.pk], by=base.who(request)))
    if is_severe and not is_open(request, post.pk):
        request.session[_OPEN] = post.pk
        care.opened_severe(by=base.who(request), now=timezone.now())
    elif not is_severe:
        request.session.pop(_OPEN, None)
    veil = _reached(request, post.pk) if is_severe else Veil.COLOUR
    return {
        "severe": is_severe,
        "state": str(veil),
        "ask": _ASK[veil],
        "step": base.here("patrol_post_unveil", post.pk),
        "mark": base.here("patrol_post_severe", post.pk),
        "back": request.get_full_path(),
    }
