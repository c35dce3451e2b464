"""Letters as the directorate keeps them: what is written to each channel, and what stands at the head of an office's paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.cases import letter_files, letters
from patrol.infra.refusals import RefusedError

_LIST = "patrol_lettertemplate_changelist"
_PARTS = ("code", "subject", "addressee", "body", "copies")
_HEAD = ("lines", "address", "unit", "place", "signer_title", "signer_name")


def _text(label: Any, rows: int, most: int, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **given)


class TemplateForm(VerbForm):
    seen = NumberField(otherwise=-1)
    code = forms.CharField(
        label=gettext_lazy("Code of the subject"),
        max_length=30,
        help_text=gettext_lazy("Stands in the number of the letter, such as PK.02."),
    )
    subject = forms.CharField(label=gettext_lazy("Subject (Hal)"), max_length=200)
    addressee = _text(gettext_lazy("To whom, line by line"), 3, letters.MOST_LINES)
    body = _text(gettext_lazy("Text, a paragraph a line"), 14, letters.MOST_BODY)
    copies = _text(gettext_lazy("Copies to (Tembusan), one a line"), 2, letters.MOST_LINES, required=False)


class HeadForm(VerbForm):
    seen = NumberField(otherwise=-1)
    lines = _text(gettext_lazy("Head, line by line, the ministry first"), 3, letters.MOST_LINES)
    address = forms.CharField(label=gettext_lazy("Address, telephone, mail"), max_length=300)
    unit = forms.CharField(
        label=gettext_lazy("Unit in the number"),
        max_length=40,
        help_text=gettext_lazy("Such as BP3MI-JABAR in B.12/BP3MI-JABAR/PK.02/XI/2026."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=60)
    signer_title = forms.CharField(label=gettext_lazy("Post of whoever signs"), max_length=150)
    signer_name = forms.CharField(label=gettext_lazy("Name of whoever signs"), max_length=150)


@admin.register(models.LetterTemplate)
class LetterTemplateAdmin(base.ReadOnlyAdmin):
    view_action = Action.LETTER_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("kop/<slug:office>/", self.head, "head"),
            self.address("kanal/<slug:channel>/", self.enter, "enter"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Each channel's newest edition, and each office's letterhead. Two queries and one for the offices."""
        self.seen_by(request)
        newest = {one.channel: one for one in models.LetterTemplate.objects.select_related("by").order_by("id")}
        heads = {one.office_id: one for one in models.Letterhead.objects.order_by("id")}
        may = access.may(request.user, Action.LETTER_CHANGE)
        context = {
            "rows": [
                {
                    "name": said.channel(channel),
                    "template": one,
                    "shipped": one is not None and one.by is None,
                    "when": words.moment(one.at) if one else "",
                    "link": base.here("patrol_lettertemplate_change", one.pk) if one else "",
                    "to_enter": base.here("patrol_lettertemplate_enter", channel) if may else "",
                }
                for channel in letters.with_letter()
                for one in [newest.get(channel)]
            ],
            "offices": [
                {
                    "office": office,
                    "head": heads.get(office.pk),
                    "link": base.here("patrol_lettertemplate_head", office.code) if may else "",
                }
                for office in models.Office.objects.filter(active=True).order_by("-kind", "name")
            ],
        }
        return self.page(request, "workbench/letters/list.html", context, title=_("Letters"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One edition as a paper, and the others of its channel."""
        found = models.LetterTemplate.objects.select_related("by")
        one = base.visible(base.who(request), Action.LETTER_VIEW, found, pk=int(object_id))
        editions = list(found.filter(channel=one.channel).order_by("-id")[:30])
        context = {
            **self._sheet(request, one.channel, {part: getattr(one, part) for part in _PARTS}),
            "editions": [
                {
                    "when": words.moment(each.at),
                    "by": each.by.name if each.by else "",
                    "on": each.pk == one.pk,
                    "link": base.here("patrol_lettertemplate_change", each.pk),
                }
                for each in editions
            ],
            "to_enter": base.here("patrol_lettertemplate_enter", one.channel) if access.may(request.user, Action.LETTER_CHANGE) else "",
            "back": base.here(_LIST),
            "subtitle": _("as it stands, with its slots"),
        }
        return self.page(request, "workbench/letters/sheet.html", context, title=said.channel(one.channel))

    def enter(self, request: HttpRequest, channel: str) -> HttpResponse:
        """The form holds the newest edition; what is typed can be looked at as a paper before it is kept."""
        if channel not in letters.with_letter() or not access.may(request.user, Action.LETTER_CHANGE):
            raise Http404
        newest = letters.template_of(channel)
        begun: dict[str, Any] = {part: getattr(newest, part) for part in _PARTS} if newest else {}
        form = TemplateForm(request.POST or None, initial=begun | {"seen": newest.pk if newest else 0})
        shown: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            told = form.told()
            try:
                if "preview" in request.POST:
                    shown = self._sheet(request, channel, letters.checked(**{part: told[part] for part in _PARTS}))
                else:
                    letters.enter(channel=channel, **told, by=base.who(request), now=timezone.now())
                    base.say(request, _("The edition was entered: letters that are submitted from now on go by it."))
                    return HttpResponseRedirect(base.here(_LIST))
            except RefusedError as error:
                form.refused(error)
        context = {
            "form": form,
            "cancel": base.here(_LIST),
            "slots": [(name, about) for name, about in letters.SLOTS.items()],
            "subtitle": said.channel(channel),
            **shown,
        }
        return self.page(request, "workbench/letters/enter.html", context, title=_("New edition"))

    def head(self, request: HttpRequest, office: str) -> HttpResponse:
        """The letterhead of an office. The form holds the newest edition."""
        found = models.Office.objects.filter(code=office).first()
        if found is None or not access.may(request.user, Action.LETTER_CHANGE):
            raise Http404
        newest = letters.letterhead_of(found.pk)
        begun: dict[str, Any] = {part: getattr(newest, part) for part in _HEAD} if newest else {}
        form = HeadForm(request.POST or None, initial=begun | {"seen": newest.pk if newest else 0})
        if request.method == "POST" and form.is_valid():
            try:
                letters.head(office_id=found.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The letterhead was entered: letters that are submitted from now on carry it."))
                return HttpResponseRedirect(base.here(_LIST))
        context = {"form": form, "save": _("Save"), "cancel": base.here(_LIST), "subtitle": found.name}
        return self.page(request, "workbench/form.html", context, title=_("Letterhead"))

    def _sheet(self, request: HttpRequest, channel: str, told: dict[str, str]) -> dict[str, Any]:
        letter = letters.masked(letters.sample(channel, told, office=base.who(request).office, now=timezone.now()))
        return {"letter": letter, "banner": letter_files.banner(letter, draft=True)}
