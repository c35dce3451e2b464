"""The page on which a post's content is erased for good: what will go, what stays and why, what forbids it, and the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access, erasing, models
from patrol.access import Action
from patrol.admin import base, post_rows, preserved, words
from patrol.erasing import Hold, Need


def answer(request: HttpRequest, post_id: int, page: Callable[..., HttpResponse]) -> HttpResponse:
    """GET shows, POST erases. Whoever may not erase this post finds no page here. Raises Http404."""
    person = base.who(request)
    post = base.visible(person, Action.POST_VIEW, models.Post.objects.select_related("flag__office"), pk=post_id)
    if not access.may(person, Action.POST_ERASE, office_id=preserved.office_of(post)):
        raise Http404
    if request.method == "POST":
        return _erase(request, post)
    plan = erasing.plan(post.pk)
    context: dict[str, Any] = {
        "post": post_rows.post_row(post),
        "versions": plan.versions,
        "goes": [_file(one) for one in plan.files if not one.need],
        "stays": [_file(one) for one in plan.files if one.need],
        "holds": [_hold(hold, plan.cases) for hold in plan.holds],
        "reasons": list(words.ERASING.items()),
    }
    return page(request, "workbench/erase.html", context, title=_("Erase the content of a post"))


def _file(one: erasing.File) -> dict[str, Any]:
    why = {
        Need.POSTS: ngettext(
            "%(count)s post that is not erased stands in it too", "%(count)s posts that are not erased stand in it too", one.others
        ) % {"count": one.others},
        Need.PROFILE: _("it is what the account says of itself"),
        Need.IMPORT: _("it is still being imported"),
    }  # fmt: skip
    return {
        "kind": preserved.KINDS.get(one.kind, one.kind),
        "length": one.length,
        "short": one.sha256[:12],
        "why": why[Need(one.need)] if one.need else "",
    }


def _hold(hold: Hold, cases: tuple[str, ...]) -> str:
    return {
        Hold.CASE: _("A case stands on this post: %(cases)s. It can be erased once the case is closed."),
        Hold.PROTECTION: _("Somebody harmed is being helped: the protection has to be closed first."),
        Hold.ERASED: _("The content of this post was erased already."),
    }[hold] % {"cases": ", ".join(cases)}


def _erase(request: HttpRequest, post: models.Post) -> HttpResponse:
    this = HttpResponseRedirect(base.here("patrol_post_erase", post.pk))
    try:
        erasing.erase(
            post_id=post.pk, reason=request.POST.get("reason", ""), note=request.POST.get("note", ""), by=base.who(request),
            now=timezone.now(),
        )  # fmt: skip
    except erasing.ReasonMissingError:
        base.say(request, _("Nothing was erased: choose a reason and write what it rests on."), problem=True)
        return this
    except erasing.HeldError as error:
        base.say(request, " ".join(_hold(hold, error.numbers) for hold in error.holds), problem=True)
        return this
    base.say(request, _("The content was erased. Its files are removed in the next minutes."))
    flag = getattr(post, "flag", None)
    return HttpResponseRedirect(
        base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk)
    )
