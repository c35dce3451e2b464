"""The register: its editions, and the way two files become one. Every page names the register's date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from patrol import access, domain, models, register
from patrol.access import Action
from patrol.admin.registrar import differences, manual_words
from patrol.admin.registrar.register_files import RegisterFilesForm, TakeForm, Upload
from patrol.admin.shared import base, words
from patrol.engine.licences import difference, example_files, headers
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.register import editions, manual, recheck

ENTRIES_PER_PAGE = 100

_LIST = "patrol_registeredition_changelist"
_ROW = "patrol_registeredition_change"
_IMPORT = "patrol_registeredition_import"
_PREVIEW = "patrol_registeredition_preview"


def today(now: datetime) -> date:
    """The day the law counts by."""
    return now.astimezone(domain.LAW_ZONE).date()


def tabs(on: str) -> list[dict[str, Any]]:
    """The three tables of the register, one beside the other."""
    return [
        {"title": _("Editions"), "link": base.here(_LIST), "on": on == "editions"},
        {"title": _("Agencies (P3MI)"), "link": base.here("patrol_agency_changelist"), "on": on == "agencies"},
        {"title": _("Licences (SIP)"), "link": base.here("patrol_licence_changelist"), "on": on == "licences"},
    ]


def as_of(edition: models.RegisterEdition) -> str:
    return _("Register as of %(date)s, edition %(number)s") % {"date": words.day(edition.register_date), "number": edition.number}


def rechecking(edition: models.RegisterEdition) -> dict[str, Any]:
    """How far the new check of posts and flags under the edition in force is: recheck.mark makes them due and notes it."""
    marked = models.Heartbeat.objects.filter(name__startswith=f"checked:{edition.pk}:").exists()
    due = models.Post.objects.filter(due_at__isnull=False, quarantined_at=None).count()
    return {"begun": marked, "due": due, "days": recheck.DAYS}


def undone() -> dict[int, int]:
    """Which edition undid which, by number: an undo restores the edition right before the one it undoes."""
    undoes = models.RegisterEdition.objects.exclude(restores=None).values_list("restores__number", "number")
    return {restored + 1: number for restored, number in undoes}


def edition_row(edition: models.RegisterEdition, undone: Mapping[int, int]) -> dict[str, Any]:
    """A line of the list."""
    part = {kind: edition.difference.get(kind, {}) for kind in ("agencies", "licences")}
    return {
        "edition": edition,
        "link": base.here(_ROW, edition.pk),
        "day": words.day(edition.register_date),
        "imported": words.moment(edition.imported_at),
        "by": edition.imported_by.name if edition.imported_by else _("the installation"),
        "restores": edition.restores.number if edition.restores else None,
        "undone_by": undone.get(edition.number),
        "by_hand": edition.releases_id is not None,
        "parts": [
            {
                "title": title,
                "new": part[kind].get("new", 0),
                "changed": part[kind].get("changed", 0),
                "gone": part[kind].get("gone", 0),
                "held": sum(part[kind].get(each, 0) for each in ("new", "changed", "same")),
            }
            for kind, title in (("agencies", _("Agencies")), ("licences", _("Licences")))
        ],
        "files": [{key: file[key] for key in ("name", "rows", "sha256")} for file in edition.files],
    }


@admin.register(models.RegisterEdition)
class RegisterEditionAdmin(base.ReadOnlyAdmin):
    view_action = Action.REGISTER_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("impor/", self.upload, "import"),
            self.address("impor/periksa/", self.preview, "preview"),
            self.address("impor/masalah/", self.problems, "problems"),
            self.address("impor/terapkan/", self.take, "take"),
            self.address("impor/contoh/p3mi/", partial(self.example, example_files.agencies, "p3mi"), "example_agencies"),
            self.address("impor/contoh/sip/", partial(self.example, example_files.licences, "sip"), "example_licences"),
            self.address("<int:edition_id>/batalkan/", self.undo, "undo"),
        ]

    def _imports(self, request: HttpRequest) -> None:
        """Raises Http404 for whoever may not import: the pages are not there for them."""
        if not access.may(request.user, Action.REGISTER_IMPORT):
            raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        now, page = timezone.now(), max(1, base.number(request.GET.get("page")) or 1)
        found = models.RegisterEdition.objects.select_related("imported_by", "restores").order_by("-number")
        found = access.scope(request.user, Action.REGISTER_VIEW, found)
        start = (page - 1) * self.list_per_page
        window = list(found[start : start + self.list_per_page + 1])
        newest = window[0] if page == 1 and window else editions.current()
        gone = undone()
        may_import = access.may(request.user, Action.REGISTER_IMPORT)
        may_see = access.may(request.user, Action.REGISTER_MANUAL_VIEW)
        context = {
            "tabs": tabs("editions"),
            "rows": [edition_row(edition, gone) for edition in window[: self.list_per_page]],
            "newest": edition_row(newest, {}) if newest else None,
            "stale": words.register_stale(newest.register_date, now) if newest else False,
            "old_days": (today(now) - newest.register_date).days if newest else 0,
            "rechecking": rechecking(newest) if newest else None,
            "import_link": base.here(_IMPORT) if may_import else "",
            "manual_link": base.here("patrol_manualchange_changelist") if may_see else "",
            "manual_waits": manual.waiting().count() if may_see else 0,
            "next": base.here(_LIST, page=page + 1) if len(window) > self.list_per_page else "",
            "first": base.here(_LIST) if page > 1 else "",
            "subtitle": as_of(newest) if newest else None,
        }
        return self.page(request, "workbench/register/editions.html", context, title=_("SIP register"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = models.RegisterEdition.objects.select_related("imported_by", "restores")
        edition = base.visible(request.user, Action.REGISTER_VIEW, known, pk=int(object_id))
        after = models.RegisterEdition.objects.filter(number__gt=edition.number).order_by("number").first()
        before = editions.before(edition)
        held = editions.load(edition.pk)
        old = editions.load(before.pk) if before else None
        changed = difference.difference(old, held)
        may_undo = before is not None and access.may(request.user, Action.REGISTER_IMPORT) and register.undoable(edition)
        this = base.here(_ROW, edition.pk)
        context = {
            "tabs": tabs("editions"),
            "row": edition_row(edition, undone()),
            "manual": manual_words.of_edition(edition),
            "in_force": after is None,
            "rechecking": rechecking(edition) if after is None else None,
            "before": as_of(before) if before else "",
            "agencies_link": base.here("patrol_agency_changelist", edition=edition.number),
            "licences_link": base.here("patrol_licence_changelist", edition=edition.number),
            "undo_link": base.here("patrol_registeredition_undo", edition.pk) if may_undo else "",
            "subtitle": as_of(edition),
            **_shown(request, changed, held, this, before=old),
        }
        return self.page(request, "workbench/register/edition.html", context, title=_("Register edition"))

    def upload(self, request: HttpRequest) -> HttpResponse:
        self._imports(request)
        bound = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        form = RegisterFilesForm(today=today(timezone.now()), **bound)
        if form.is_valid():
            token = Upload.keep(form).token(base.who(request))
            return HttpResponseRedirect(base.here(_PREVIEW, upload=token))
        newest = editions.current()
        context = {
            "form": form,
            "cancel": base.here(_LIST),
            "subtitle": as_of(newest) if newest else _("No register loaded"),
            "columns": [
                {
                    "title": title,
                    "link": base.here(f"patrol_registeredition_example_{kind}"),
                    "names": [column if words.english() else headers.shown(others[0]) for column, others in known.items()],
                }
                for kind, known, title in (
                    ("agencies", headers.AGENCIES, _("agencies: one row for each period of an agency's standing")),
                    ("licences", headers.LICENCES, _("licences: one row for each licence and country")),
                )
            ],
        }
        return self.page(request, "workbench/register/import.html", context, title=_("Register import"))

    def example(self, made: Callable[[str], bytes], name: str, request: HttpRequest) -> HttpResponse:
        """A file of invented rows, to be filled in instead."""
        self._imports(request)
        return base.download(made("en" if words.english() else "id"), name=f"contoh-{name}.xlsx")

    def _upload(self, request: HttpRequest, token: str) -> tuple[Upload, dict[str, Any]] | HttpResponseRedirect:
        """The files that wait, or the way back to the form where they waited too long. Raises Http404 for anybody else's."""
        try:
            upload = Upload.of(token, base.who(request))
            return upload, upload.asked()
        except (signing.SignatureExpired, raw.EvidenceMissingError):
            base.say(request, _("These files have waited too long; choose them again."), problem=True)
            return HttpResponseRedirect(base.here(_IMPORT))
        except signing.BadSignature:
            raise Http404 from None

    def preview(self, request: HttpRequest) -> HttpResponse:
        """What taking the files would do. An address of its own, so that it can be read, paged and switched in language."""
        self._imports(request)
        token = request.GET.get("upload", "")
        found = self._upload(request, token)
        if isinstance(found, HttpResponseRedirect):
            return found
        _files, asked = found
        looked = register.preview(asked.pop("agencies"), asked.pop("granted"), **asked)
        newest, now = editions.current(), timezone.now()
        blocking = sum(problem.blocking for problem in looked.problems)
        took = looked.register
        context: dict[str, Any] = {
            "token": token,
            "files": looked.sources,
            "problems": differences.problem_rows(looked.problems),
            "blocking": blocking,
            "base": looked.base,
            "compared": as_of(newest) if newest else "",
            "last": edition_row(newest, {}) if newest else None,
            "day": words.day(took.register_date) if took else "",
            "future": bool(took and took.register_date > today(now)),
            "days": recheck.DAYS,
            "again": base.here(_IMPORT),
            "discard": base.here(_LIST),
            "problems_link": base.here("patrol_registeredition_problems", upload=token),
            "subtitle": as_of(newest) if newest else _("No register loaded"),
        }
        if took and looked.difference:
            context |= _shown(request, looked.difference, took, base.here(_PREVIEW), upload=token)
            context["manual"] = manual_words.carried(looked.by_hand)
            context["nothing"] = not context["counts"].all
        return self.page(request, "workbench/register/preview.html", context, title=_("Register import"))

    def problems(self, request: HttpRequest) -> HttpResponse:
        """The list of problems as a file."""
        self._imports(request)
        found = self._upload(request, request.GET.get("upload", ""))
        if isinstance(found, HttpResponseRedirect):
            return found
        _files, asked = found
        looked = register.preview(asked.pop("agencies"), asked.pop("granted"), **asked)
        answer = HttpResponse(differences.problem_list(looked.problems), content_type="text/csv; charset=utf-8")
        return base.inert(answer, 'attachment; filename="register-masalah.csv"')

    def take(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        access.require(request.user, Action.REGISTER_IMPORT)
        told = TakeForm(request.POST).told()
        token, seen = told["upload"], told["seen_base"]
        if seen is None:
            raise Http404
        found = self._upload(request, token)
        if isinstance(found, HttpResponseRedirect):
            return found
        upload, asked = found
        if upload.is_taken_as(newest := editions.current()):
            base.say(request, _("These files are the register in force already; nothing was taken twice."))
            return HttpResponseRedirect(base.here(_ROW, newest.pk if newest else 0))
        agencies, granted = asked.pop("agencies"), asked.pop("granted")
        try:
            edition = register.take(agencies, granted, **asked, seen_base=seen, keep=told["keep"], by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here(_PREVIEW, upload=token))
        text = _("Taken: %(register)s. Offers of the last %(days)s days and all open flags are checked again by it.")
        base.say(request, text % {"register": as_of(edition), "days": recheck.DAYS})
        return HttpResponseRedirect(base.here(_ROW, edition.pk))

    def undo(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        """GET shows what would change back, POST does it."""
        known = models.RegisterEdition.objects.select_related("imported_by", "restores")
        edition = base.visible(request.user, Action.REGISTER_VIEW, known, pk=edition_id)
        this = base.here(_ROW, edition.pk)
        if request.method == "POST":
            try:
                restored = register.undo(edition_id=edition.pk, by=base.who(request), now=timezone.now())
            except RefusedError as error:
                base.refuse(request, error)
                return HttpResponseRedirect(this)
            text = _("Undone: %(register)s is in force. Offers of the last %(days)s days and all open flags are checked again by it.")
            base.say(request, text % {"register": as_of(restored), "days": recheck.DAYS})
            return HttpResponseRedirect(base.here(_ROW, restored.pk))
        self._imports(request)
        before, newest = editions.before(edition), editions.current()
        if before is None or newest is None or not register.undoable(edition):
            raise Http404
        try:
            held, _stay, above = register.back(edition, before)
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(this)
        in_force = editions.load(newest.pk)
        changed = difference.difference(in_force, held)
        context = {
            "row": edition_row(edition, {}),
            "before": as_of(before),
            "days": recheck.DAYS,
            "cancel": this,
            "above": len(above),
            "subtitle": as_of(edition),
            **_shown(request, changed, held, request.path, before=in_force),
        }
        return self.page(request, "workbench/register/undo.html", context, title=_("Undo an import"))


def _shown(
    request: HttpRequest,
    changed: difference.Difference,
    after: domain.Register,
    link: str,
    *,
    before: domain.Register | None = None,
    **kept: str,
) -> dict[str, Any]:
    """One page of a difference, with its chips. `kept`: what else stands in the address."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in differences.KINDS else ""
    many, page = differences.counts(changed), max(1, base.number(request.GET.get("page")) or 1)
    found = differences.entries(changed, kind)
    start = (page - 1) * ENTRIES_PER_PAGE

    def to(**query: Any) -> str:
        return f"{link}?{urlencode({key: value for key, value in {**kept, **query}.items() if value})}#perbedaan"

    return {
        "counts": many,
        "difference": differences.rows(found[start : start + ENTRIES_PER_PAGE], after, before),
        "choices": [
            {"title": _("All"), "count": many.all, "link": to(), "on": not kind},
            *(
                {"title": badge.title, "icon": badge.icon, "count": getattr(many, key), "link": to(kind=key), "on": kind == key}
                for key, badge in differences.KINDS.items()
            ),
        ],
        "from": start + 1 if found[start:] else 0,
        "to": min(len(found), start + ENTRIES_PER_PAGE),
        "of": len(found),
        "next": to(kind=kind, page=page + 1) if len(found) > start + ENTRIES_PER_PAGE else "",
        "first": to(kind=kind) if page > 1 else "",
    }
