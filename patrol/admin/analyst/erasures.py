"""Erasing a post's content for good: the page on which it is asked for, the list of what was, and the page of the second person.

Every page shows first what would go, what stays and why, and what forbids it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, page_keys, post_rows, preserved, unread, words
from patrol.admin.shared.forms import NoteForm, NumberField, VerbForm, WordField
from patrol.cases import erasures
from patrol.evidence import erasing
from patrol.evidence.erasing import Hold, Need
from patrol.infra.refusals import RefusedError
from patrol.models import ErasureAnswerKind

WAITS = words.Badge(pgettext_lazy("erasure", "waits for a second person"), "med", "hourglass_empty")
ANSWERS: dict[str, words.Badge] = {
    ErasureAnswerKind.APPROVED: words.Badge(pgettext_lazy("erasure", "approved, erased"), "ok", "check"),
    ErasureAnswerKind.REFUSED: words.Badge(pgettext_lazy("erasure", "refused"), "plain", "block"),
    ErasureAnswerKind.WITHDRAWN: words.Badge(pgettext_lazy("erasure", "withdrawn"), "plain", "undo"),
    ErasureAnswerKind.RAN_OUT: words.Badge(pgettext_lazy("erasure", "ran out unanswered"), "plain", "schedule"),
}
_LOADED = ("by", "post__flag__office", "answer__by")


# --- asking, on a post ----------------------------------------------------------------------------


class AskForm(VerbForm):
    reason = WordField()
    ground = forms.CharField(required=False)


class ApproveForm(VerbForm):
    seen_versions = NumberField(otherwise=0)


def ask_for(request: HttpRequest, post_id: int, page: Callable[..., HttpResponse]) -> HttpResponse:
    """GET shows, POST asks. Whoever may not ask for this post finds no page here. Raises Http404."""
    person, now = base.who(request), timezone.now()
    post = base.visible(person, Action.POST_VIEW, models.Post.objects.select_related("flag__office"), pk=post_id)
    if not access.may(person, Action.ERASE_ASK, office_id=preserved.office_of(post)):
        raise Http404
    if request.method == "POST":
        return _ask(request, post)
    waits = erasures.of_post(post.pk, now)
    if waits is not None:
        return HttpResponseRedirect(base.here("patrol_erasurerequest_change", waits.pk))
    context = {
        "post": post_rows.post_row(post, unread.of([post])),
        **_planned(post.pk),
        "reasons": [{"key": key, "title": title, "law": words.ERASING_LAWS[key]} for key, title in words.ERASING.items()],
        "days": erasures.LASTS.days,
    }
    return page(request, "workbench/erase.html", context, title=_("Erase the content of a post"))


def _ask(request: HttpRequest, post: models.Post) -> HttpResponse:
    this = HttpResponseRedirect(base.here("patrol_post_erase", post.pk))
    try:
        told = AskForm(request.POST).told()
        made = erasures.ask(post_id=post.pk, **told, by=base.who(request), now=timezone.now())
    except RefusedError as error:
        base.refuse(request, error)
        return this
    except erasures.WaitsError as error:
        base.say(request, _("%(number)s waits for an answer already.") % {"number": error.request.number}, problem=True)
        return HttpResponseRedirect(base.here("patrol_erasurerequest_change", error.request.pk))
    except erasing.HeldError as error:
        base.say(request, " ".join(_hold(hold, error.numbers) for hold in error.holds), problem=True)
        return this
    text = _("%(number)s waits for a second person, who was told. Nothing was erased yet.")
    base.say(request, text % {"number": made.number})
    base.say_covered(request, told["ground"])
    return HttpResponseRedirect(base.here("patrol_erasurerequest_change", made.pk))


# --- what would go --------------------------------------------------------------------------------


def _planned(post_id: int) -> dict[str, Any]:
    """What erasing the post would do, counted and file by file. Six queries."""
    plan = erasing.plan(post_id)
    return {
        "versions": plan.versions,
        "goes": [_file(one) for one in plan.goes],
        "stays": [_file(one) for one in plan.stays],
        "bytes_going": sum(one.length for one in plan.goes),
        "holds": [_hold(hold, plan.cases) for hold in plan.holds],
        "erased": Hold.ERASED in plan.holds,
    }


def _file(one: erasing.File) -> dict[str, Any]:
    why = {
        Need.POSTS: ngettext(
            "%(count)s post that is not erased stands in it too", "%(count)s posts that are not erased stand in it too", one.others
        )
        % {"count": one.others},
        Need.PROFILE: _("it is what the account says of itself"),
        Need.IMPORT: _("it is still being imported"),
        Need.CASE: _("it is attached to a case"),
    }
    return {
        "kind": preserved.named(one.kind, one.relation),
        "length": one.length,
        "short": one.sha256[:12],
        "why": why[Need(one.need)] if one.need else "",
    }


def _hold(hold: Hold, cases: tuple[str, ...]) -> str:
    return {
        Hold.CASE: _("A case stands on this post: %(cases)s. It can be erased once the case is closed."),
        Hold.LEGAL: _("A legal hold stands on its case: nothing of it is erased until it is lifted."),
        Hold.PROTECTION: _("Somebody harmed is being helped: the protection has to be closed first."),
        Hold.OBJECTION: _("Somebody objects to a decision on this post: the objection has to be decided first."),
        Hold.ERASED: _("The content of this post was erased already."),
    }[hold] % {"cases": ", ".join(cases)}


# --- the requests ---------------------------------------------------------------------------------


@admin.register(models.ErasureRequest)
class ErasureRequestAdmin(base.ReadOnlyAdmin):
    view_action = Action.ERASE_ASK

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), *(self.address(f"<int:request_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items())]

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, request_id: int) -> HttpResponse:
            return self.act(request, request_id, verb)

        return view

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits first of all; `show` asks for all."""
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        link, show = "patrol_erasurerequest_changelist", request.GET.get("show", "")
        titles: dict[str, Any] = {"": _("Waiting"), "all": _("All")}
        if access.may(person, Action.ERASE_APPROVE):
            titles["mine"] = words.WAITS_FOR_ME
        show = show if show in titles else ""
        found = access.scope(person, Action.ERASE_ASK, models.ErasureRequest.objects.select_related(*_LOADED))
        if show == "mine":
            found = erasures.waits_for(person, now).select_related(*_LOADED)
        elif not show:
            found = found.filter(answer=None, until__gt=now)
        rows, place = post_rows.page_of(found, "at", request.GET.get("after"))
        waits = unread.of(row.post for row in rows)
        context = {
            "rows": [{**_line(row, waits, now), "link": base.here("patrol_erasurerequest_change", row.pk)} for row in rows],
            "choices": [{"title": title, "link": base.here(link, show=key), "on": show == key} for key, title in titles.items()],
            "narrowed": show != "all",
            "next": base.here(link, show=show, after=place) if place else "",
            "first": base.here(link, show=show) if request.GET.get("after") else "",
        }
        return self.page(request, "workbench/erasures.html", context, title=_("Requests to erase"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person, now = base.who(request), timezone.now()
        asked = self._asked(request, int(object_id))
        waits = unread.of([asked.post])
        line = _line(asked, waits, now)
        second = access.may(person, Action.ERASE_APPROVE, office_id=preserved.office_of(asked.post))
        own = asked.by_id == person.pk
        planned = _planned(asked.post_id) if line["waits"] else {}
        can = {
            "approve": line["waits"] and second and not own and not planned["holds"],
            "refuse": line["waits"] and second and not own,
            "withdraw": line["waits"] and own,
        }
        context = {
            "asked": asked,
            **line,
            "post": post_rows.post_row(asked.post, waits),
            **planned,
            "holds": planned.get("holds", []),
            "own": own,
            "law": words.ERASING_LAWS.get(asked.reason, ""),
            "can": can,
            "to": {verb: base.here(f"patrol_erasurerequest_{verb}", asked.pk) for verb in _WORDS},
            "back": base.here("patrol_erasurerequest_changelist"),
            **page_keys.of(person, {key: own_key for key, own_key in _own_keys().items() if can.get(key, True)}),
        }
        return self.page(request, "workbench/erasure.html", context, title=asked.number)

    def _asked(self, request: HttpRequest, request_id: int) -> models.ErasureRequest:
        loaded = models.ErasureRequest.objects.select_related(*_LOADED)
        return base.visible(base.who(request), Action.ERASE_ASK, loaded, pk=request_id)

    def act(self, request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        asked = self._asked(request, request_id)
        goes = verb == "approve" and bool(erasing.plan(asked.post_id).goes)  # where others need each of them, none is removed
        try:
            told = _FORMS[verb](request.POST).told()
            _VERBS[verb](request_id=asked.pk, **told, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        except erasures.GrownError:
            text = _("Nothing was erased: the post has changed since you looked. Look at what would go again.")
            base.say(request, text, problem=True)
        except erasures.StaleError as error:
            text = _("Nothing was changed: the request is already “%(state)s”.")
            base.say(request, text % {"state": ANSWERS[error.kind].title}, problem=True)
        except erasing.HeldError as error:
            base.say(request, " ".join(_hold(hold, error.numbers) for hold in error.holds), problem=True)
        else:
            files = [_("The files that go are removed in the next minutes.")] if goes else []
            base.say(request, " ".join([_DONE[verb] % {"number": asked.number}, *files]))
            base.say_covered(request, told.get("note", ""))
        return HttpResponseRedirect(base.here("patrol_erasurerequest_change", asked.pk))


_WORDS = {"approve": "setujui", "refuse": "tolak", "withdraw": "tarik"}
_FORMS: dict[str, type[VerbForm]] = {"approve": ApproveForm, "refuse": NoteForm, "withdraw": VerbForm}
_VERBS: dict[str, Callable[..., Any]] = {"approve": erasures.approve, "refuse": erasures.refuse, "withdraw": erasures.withdraw}
_DONE: dict[str, Any] = {
    "approve": gettext_lazy("%(number)s was approved and the content erased."),
    "refuse": gettext_lazy("%(number)s was refused. Nothing was erased; who asked was told."),
    "withdraw": gettext_lazy("%(number)s was withdrawn. Nothing was erased."),
}


def _own_keys() -> dict[str, tuple[str, Any]]:
    """None for the approval: what cannot be undone is no matter of a single key."""
    return {"refuse": ("t", _("Refuse")), "withdraw": ("b", _("Withdraw the request")), "back": ("m", _("All requests to erase"))}


def _line(asked: models.ErasureRequest, waits: dict[int, str], now: datetime) -> dict[str, Any]:
    answer: models.ErasureAnswer | None = getattr(asked, "answer", None)
    over = answer is None and asked.until <= now
    kind = answer.kind if answer else ErasureAnswerKind.RAN_OUT if over else ""
    flag = getattr(asked.post, "flag", None)
    return {
        "asked": asked,
        "state": ANSWERS[kind] if kind else WAITS,
        "waits": not kind,
        "reason": words.ERASING_NAMED.get(asked.reason, asked.reason),
        "gist": post_rows.post_row(asked.post, waits)["gist"],
        "office": flag.office.short_name if flag else _("Directorate"),
        "when": words.moment(asked.at),
        "until": words.moment(asked.until),
        "answered": words.moment(answer.at) if answer else "",
        "answered_by": answer.by.name if answer and answer.by else "",
        "note": answer.note if answer else "",
    }
