"""What all pages of the workbench share: read-only tables, rows a person may see, one way to answer a form."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Never

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from patrol import access, cases, models, triage
from patrol.admin.shared import words
from patrol.domain import states
from patrol.engine import masks
from patrol.infra.refusals import RefusedError

if TYPE_CHECKING:
    from patrol.admin.shared.forms import VerbForm


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]
    """A table of the admin that shows and never writes. Writes are verbs, and verbs have pages of their own.

    `view_action` decides who sees the page and which rows; a page or row that is not for a person is not there (404).
    """

    view_action: ClassVar[access.Action]
    actions = None
    list_per_page = 30
    show_full_result_count = False
    show_facets = None
    list_fullwidth = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return access.scope(request.user, self.view_action, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return access.may(request.user, self.view_action)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> Never:
        raise PermissionDenied("the workbench writes through verbs only")

    def delete_model(self, request: HttpRequest, obj: Any) -> Never:
        raise PermissionDenied("nothing is deleted here")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> Never:
        raise PermissionDenied("the workbench writes through verbs only")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.seen_by(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET"])
        answer: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return answer

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Never:
        """Django would go to the start page with a message: that tells apart what is hidden from what never was."""
        raise Http404

    def get_urls(self) -> list[Any]:
        """The list and the row; no adding, deleting, history or import."""
        return [self.address("", self.changelist_view, "changelist"), self.address("<int:object_id>/", self._row, "change")]

    def _row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self.change_view(request, str(object_id))

    def address(self, route: str, view: Callable[..., HttpResponse], name: str) -> Any:
        """One address of this table: admin:patrol_<model>_<name>."""
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return path(route, self.admin_site.admin_view(view), name=f"{prefix}_{name}")

    def seen_by(self, request: HttpRequest) -> None:
        """Raises Http404 unless the person may see this page at all."""
        if not self.has_view_permission(request):
            raise Http404

    def page(self, request: HttpRequest, template: str, context: Mapping[str, Any], *, title: Any) -> TemplateResponse:
        """A page of our own inside the frame. `title` is the top bar's; `subtitle` may stand in the context."""
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), "title": title, "subtitle": None, **context})


def who(request: HttpRequest) -> models.Person:
    """Who asks: nobody without a login passes admin_view."""
    assert isinstance(request.user, models.Person)
    return request.user


def visible[M: Model](person: Any, action: access.Action, queryset: QuerySet[M], **lookup: Any) -> M:
    """The one row, if it is there for this person. Raises Http404."""
    # Unordered: to put one row of a few tables in order takes Django as long as all else of the query.
    row = next(iter(access.scope(person, action, queryset).filter(**lookup).order_by()[:1]), None)
    if row is None:
        raise Http404
    return row


def here(name: str, *parts: Any, **query: Any) -> str:
    """An address of the workbench, with a query where given: here("patrol_flag_change", 7)."""
    asked = {k: v for k, v in query.items() if v not in {None, ""}}
    if all(type(part) is int for part in parts):
        address = _shape(name, len(parts), get_script_prefix())
        for place, part in enumerate(parts):
            address = address.replace(f"{_ANY + place}", f"{part}")
    else:
        address = reverse(f"admin:{name}", args=parts)
    return f"{address}?{urlencode(asked, doseq=True)}" if asked else address


_ANY = 9_999_999_999_999_999_000  # no row's: stands in an address for whichever


@functools.cache
def _shape(name: str, parts: int, _prefix: str) -> str:
    """The address with a place for each number: a page has hundreds that differ by the number alone, and each would be looked for anew."""
    return reverse(f"admin:{name}", args=[_ANY + place for place in range(parts)])


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """After a form: to the page it names in `back`, if that is one of ours."""
    wished = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wished if wished and safe else otherwise)


def posted(request: HttpRequest) -> None:
    """Raises Http404 for a verb's address that is opened instead of posted to."""
    if request.method != "POST":
        raise Http404


def number(text: str | None) -> int | None:
    """A whole number of an address, None for anything else: a typing error in an address is not an error page."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def say(request: HttpRequest, text: Any, *, problem: bool = False, beside: str = "") -> None:
    """One clear message on the next page. `beside`: the field of the form that was sent, where the page has it (static/workbench.js)."""
    (messages.error if problem else messages.success)(request, str(text), extra_tags=f"{request.path} {beside}" if beside else "")


def say_covered(request: HttpRequest, typed: str) -> None:
    """How a reason or a note is kept whose contacts its verb cut: else whoever wrote it thinks that it stands as typed, and some are never
    written anew."""
    kept = masks.text(typed.strip(), [])
    if kept != typed.strip():
        say(request, _("Contacts and long numbers in it are covered by dots: it is kept as “%(kept)s”.") % {"kept": kept})


def say_written(request: HttpRequest, made: models.Minutes) -> None:
    """That minutes were written of what this person takes away, with the list where they are printed."""
    if not access.may(request.user, access.Action.EVIDENCE_OPEN):  # who brings decrees into the register sees no evidence
        say(request, _("Minutes %(number)s were written: a supervisor can print them.") % {"number": made.number})
        return
    text = _("Minutes %(number)s were written: print them from the list of minutes.") % {"number": made.number}
    say(request, format_html('{} <a href="{}">{}</a>', text, here("patrol_minutes_changelist"), _("Minutes of evidence")))


def refuse(request: HttpRequest, error: RefusedError, *, place: str | None = None) -> None:
    """Why nothing was done, on the next page: beside its field, else above the page.

    `place`: the name the page gives the field, where it is another than the verb's.
    """
    say(request, words.refusal(error), problem=True, beside=error.place if place is None else place)


def done[T](request: HttpRequest, act: Callable[..., T], form: VerbForm | None = None, row: Any = None, /, **asked: Any) -> T | None:
    """What a verb gives back, told what its form tells it of the row; None where either refused, which is said."""
    try:
        return act(**asked, **(form.told(row) if form else {}), by=who(request), now=timezone.now())
    except triage.HeldByOtherError as error:
        text = _("%(person)s has had this open since %(hour)s. Nothing was changed.")
        say(request, text % {"person": error.person, "hour": words.hour(error.since)}, problem=True)
    except (triage.StaleError, cases.StaleError, states.MoveRefusedError) as error:
        say_stale(request, error)
    except RefusedError as error:
        refuse(request, error)
    except (models.Case.DoesNotExist, models.Referral.DoesNotExist, models.Tip.DoesNotExist, models.Protection.DoesNotExist):
        raise Http404 from None  # another office's since the page asked for it: behind the wall it is not there
    return None


def say_stale(request: HttpRequest, error: Exception) -> None:
    """Somebody was faster: says who and what, so that nobody has to guess. For StaleError and MoveRefusedError."""
    if isinstance(error, states.MoveRefusedError):
        say(request, _("That is no longer possible here: the state has changed."), problem=True)
        return
    by, at, state = (getattr(error, name) for name in ("who", "at", "state"))
    if state in {states.FlagState.WAITING, states.FlagState.PARKED}:  # nobody decided: a newer version, register or office
        say(request, _("Nothing was changed: this post changed after you opened it. Look at it again."), problem=True)
        return
    if isinstance(state, states.TipState) and by is None:  # nobody of the staff: a report of the same, or its reporter wrote
        say(request, _("Nothing was changed: something came to this report after you opened it. Look at it again."), problem=True)
        return
    person = words.person(by, who(request)) if by is not None and isinstance(error, cases.StaleError) else by
    titles: dict[str, words.Badge] = {
        **words.FLAG_STATES,
        **words.CASE_STATES,
        **words.PROTECTION_STATES,
        **words.TASK_STATES,
        **words.REFERRAL_STATES,
    }
    if isinstance(state, states.TipState):  # a case and a report may both be "closed", and are called differently
        titles = words.TIP_STATES
    text = _("Nothing was changed: it is already “%(state)s”, by %(person)s, %(moment)s.")
    shown = titles[state].title if state in titles else state
    moment = words.moment(at) if at else ""
    say(request, text % {"state": shown, "person": person or _("the system"), "moment": moment}, problem=True)


def keep_language(answer: HttpResponse, language: str) -> None:
    """In the cookie every page reads: a language that stood in the database alone would cost each page a query."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, secure=settings.SECURE, httponly=False, samesite="Lax"
    )


def download(content: bytes, *, name: str, shown_as: str = "") -> HttpResponse:
    """Bytes somebody sent us, to be saved; shown where `shown_as` says of which media type."""
    answer = HttpResponse(content, content_type=shown_as or "application/octet-stream")
    return inert(answer, content_disposition_header(as_attachment=not shown_as, filename=name) or "inline")


def inert[Answer: HttpResponseBase](answer: Answer, disposition: str) -> Answer:
    """A file, whoever it is by. Should a browser ever take it for a page: one without origin that may load nothing and run nothing."""
    answer.headers["Content-Disposition"] = disposition
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
