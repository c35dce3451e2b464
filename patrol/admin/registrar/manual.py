"""Changes of the register by hand: what waits and what became of the others, one change, and the form of each kind."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, domain, models
from patrol.access import Action
from patrol.admin.registrar import differences, manual_forms, manual_words
from patrol.admin.registrar.register import as_of, tabs
from patrol.admin.shared import base, words
from patrol.domain import ManualKind
from patrol.engine.licences import difference
from patrol.engine.licences import manual as pure
from patrol.evidence import custody_log, kinds, raw
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.register import editions, manual, recheck

_LIST, _ROW = "patrol_manualchange_changelist", "patrol_manualchange_change"

# The last part of the form's address: kind, whether it ends, form, title.
FORMS: Final[dict[str, tuple[ManualKind, bool, type[manual_forms.ChangeForm], Any]]] = {
    "sip": (ManualKind.LICENCE, False, manual_forms.LicenceForm, gettext_lazy("Add a licence (SIP)")),
    "akhiri-sip": (ManualKind.LICENCE, True, manual_forms.LicenceEndForm, gettext_lazy("End a licence (SIP)")),
    "status": (ManualKind.STANDING, False, manual_forms.StandingForm, gettext_lazy("Add a status")),
    "akhiri-status": (ManualKind.STANDING, True, manual_forms.StandingEndForm, gettext_lazy("End a status")),
    "kontak": (ManualKind.CONTACT, False, manual_forms.ContactForm, gettext_lazy("Add a contact")),
    "akhiri-kontak": (ManualKind.CONTACT, True, manual_forms.ContactEndForm, gettext_lazy("End a contact")),
}


def starts(agency_id: int, agency: domain.Agency, licences: list[domain.Licence]) -> list[dict[str, Any]]:
    """The ways to the forms, on the page of an agency of the edition in force: of those that end something, where it has some."""
    return [
        {"title": title, "link": base.here("patrol_manualchange_add", agency_id, what)}
        for what, (_kind, _ends, form, title) in FORMS.items()
        if form(agency=agency, licences=licences).has_choice()
    ]


@admin.register(models.ManualChange)
class ManualChangeAdmin(base.ReadOnlyAdmin):
    view_action = Action.REGISTER_MANUAL_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/<int:agency_id>/<slug:what>/", self.add, "add"),
            self.address("<int:change_id>/rilis/", self.release, "release"),
            self.address("<int:change_id>/tolak/", self.refuse, "refuse"),
            self.address("<int:change_id>/tarik/", self.withdraw, "withdraw"),
            self.address("<int:change_id>/pindaian/", self.scan, "scan"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits first, then the newest."""
        self.seen_by(request)
        page = max(1, base.number(request.GET.get("page")) or 1)
        start = (page - 1) * self.list_per_page
        found = models.ManualChange.objects.select_related("by", "answer__by")
        found = found.order_by(F("answer__at").desc(nulls_first=True), "-id")
        found = access.scope(request.user, Action.REGISTER_MANUAL_VIEW, found)
        mine = request.GET.get("show") == "mine"
        if mine:
            found = found.filter(pk__in=manual.waits_for(base.who(request)).values("pk"))
        shown = list(found[start : start + self.list_per_page + 1])
        became = manual.became(shown)
        newest = editions.current()
        context = {
            "tabs": tabs(""),
            "choices": [
                {"title": _("All"), "link": base.here(_LIST), "on": not mine},
                {"title": words.WAITS_FOR_ME, "link": base.here(_LIST, show="mine"), "on": mine},
            ],
            "rows": [manual_words.row(change, became[change.pk]) for change in shown[: self.list_per_page]],
            "agencies_link": base.here("patrol_agency_changelist"),
            "next": base.here(_LIST, page=page + 1, **({"show": "mine"} if mine else {})) if len(shown) > self.list_per_page else "",
            "first": base.here(_LIST) if page > 1 else "",
            "subtitle": as_of(newest) if newest else _("No register loaded"),
        }
        return self.page(request, "workbench/register/manual_list.html", context, title=_("Changes by hand"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        change, person = self._change(request, int(object_id)), base.who(request)
        state = manual.became([change])[change.pk]
        newest = editions.current()
        context: dict[str, Any] = {
            "row": manual_words.row(change, state),
            "tabs": tabs(""),
            "edition_link": base.here("patrol_registeredition_change", change.edition.pk) if hasattr(change, "edition") else "",
            "subtitle": as_of(newest) if newest else "",
            "days": recheck.DAYS,
        }
        if state == "waiting":
            after = manual.after(change)
            if isinstance(after, domain.Sentence):
                context["unfit"] = words.said({"id": after.id, "en": after.en})
            else:
                changed = difference.difference(*after)
                context["also_with"] = pure.others_with(after[0], manual.value(change))
                context["difference"] = differences.rows(differences.entries(changed), after[1], after[0])
            other = change.by_id != person.pk
            context["seen_base"] = newest.number if newest else 0
            context["may_release"] = other and access.may(person, Action.REGISTER_APPROVE) and "difference" in context
            context["may_refuse"] = other and access.may(person, Action.REGISTER_APPROVE)
            context["may_withdraw"] = not other and access.may(person, Action.REGISTER_IMPORT)
        return self.page(request, "workbench/register/manual.html", context, title=change.agency)

    def add(self, request: HttpRequest, agency_id: int, what: str) -> HttpResponse:
        if not access.may(request.user, Action.REGISTER_IMPORT) or what not in FORMS:
            raise Http404
        agency = base.visible(request.user, Action.REGISTER_VIEW, models.Agency.objects.all(), pk=agency_id)
        held = editions.current_register()
        assert held is not None  # there is an agency
        try:
            found = pure.agency_of(held, agency.name)
        except pure.UnfitError:
            raise Http404 from None
        kind, ends, form_class, title = FORMS[what]
        bound = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        form = form_class(agency=found, licences=[one for one in held.licences if one.agency == found.name], **bound)
        if form.is_valid():
            try:
                made = manual.propose(**form.told(), kind=kind, ends=ends, agency=found.name, by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            except OSError:
                form.add_error("scan", _("The file could not be kept: the disk refuses. Tell the administrator."))
            else:
                base.say(request, _("Proposed. It counts once a second person of the directorate releases it."))
                return HttpResponseRedirect(base.here(_ROW, made.pk))
        context = {"form": form, "cancel": base.here("patrol_agency_change", agency.pk), "subtitle": found.name}
        return self.page(request, "workbench/register/manual_form.html", context, title=title)

    def release(self, request: HttpRequest, change_id: int) -> HttpResponse:
        base.posted(request)
        change = self._change(request, change_id)
        try:
            asked = manual_forms.ReleaseForm(request.POST).told()
            edition = manual.release(change_id=change.pk, **asked, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here(_ROW, change.pk))
        text = _("Released: %(register)s. Offers of the last %(days)s days and all open flags are checked again by it.")
        base.say(request, text % {"register": as_of(edition), "days": recheck.DAYS})
        return HttpResponseRedirect(base.here("patrol_registeredition_change", edition.pk))

    def refuse(self, request: HttpRequest, change_id: int) -> HttpResponse:
        base.posted(request)
        change = self._change(request, change_id)
        try:
            asked = manual_forms.RefuseForm(request.POST).told()
            manual.refuse(change_id=change.pk, **asked, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _("Refused. The register stays as it is."))
            base.say_covered(request, asked["note"])
        return HttpResponseRedirect(base.here(_ROW, change.pk))

    def withdraw(self, request: HttpRequest, change_id: int) -> HttpResponse:
        base.posted(request)
        change = self._change(request, change_id)
        try:
            manual.withdraw(change_id=change.pk, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _("Withdrawn. The register stays as it is."))
        return HttpResponseRedirect(base.here(_ROW, change.pk))

    def scan(self, request: HttpRequest, change_id: int) -> HttpResponse:
        """The decree's scan as a file to take away; logged."""
        base.posted(request)
        change = self._change(request, change_id)
        try:
            content = custody_log.opened(change.scan, by=base.who(request), now=timezone.now())
        except raw.EvidenceMissingError:
            base.say(request, BROKEN, problem=True)
            return HttpResponseRedirect(base.here(_ROW, change.pk))
        with transaction.atomic():
            made = custody_log.took(
                change.scan,
                by=base.who(request),
                now=timezone.now(),
                purpose="register",
                reason=f"Pemeriksaan surat keputusan untuk perubahan register {change.pk}",
                after={"change": change.pk},
                verb="register.scan_opened",
                target=change,
            )
        base.say_written(request, made)
        return base.download(content, name=f"sk-{change.scan.sha256[:12]}.{kinds.ENDINGS[change.scan.media_type]}")

    def _change(self, request: HttpRequest, change_id: int) -> models.ManualChange:
        known = models.ManualChange.objects.select_related("by", "scan", "answer__by", "edition")
        return base.visible(base.who(request), Action.REGISTER_MANUAL_VIEW, known, pk=change_id)
