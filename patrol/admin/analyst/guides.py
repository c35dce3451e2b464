"""Guides as the directorate keeps them: what the public reads, its editions, and a form that shows a page before it is published."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.guides import bodies, editions
from patrol.infra.refusals import RefusedError
from patrol.models import GuideSection

_LIST: Final = "patrol_guide_changelist"
_WORDS: Final = tuple(f"{part}_{language}" for language in editions.LANGUAGES for part in editions.MOST)
SECTIONS: Final = {
    GuideSection.RECOGNISE: pgettext_lazy("guide", "Tell an offer apart"),
    GuideSection.HAPPENED: pgettext_lazy("guide", "When it has happened"),
    GuideSection.LEAVING: pgettext_lazy("guide", "Leave protected"),
}
_LABELS: Final = {
    "title_id": gettext_lazy("Title in Indonesian"),
    "title_en": gettext_lazy("Title in English"),
    "under_id": gettext_lazy("Below the title, in Indonesian"),
    "under_en": gettext_lazy("Below the title, in English"),
    "gist_id": gettext_lazy("In short, in Indonesian"),
    "gist_en": gettext_lazy("In short, in English"),
    "body_id": gettext_lazy("Text in Indonesian"),
    "body_en": gettext_lazy("Text in English"),
}


def _field(name: str) -> forms.CharField:
    part = name.partition("_")[0]
    rows = {"gist": 2, "body": 18}.get(part)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=_LABELS[name], max_length=editions.MOST[part], widget=widget)


class EditionForm(VerbForm):
    """`key` only where a guide begins: an address stays."""

    seen = NumberField(otherwise=-1)
    key = forms.CharField(
        label=gettext_lazy("Address"), max_length=40, help_text=gettext_lazy("Small letters, figures and hyphens. It stays for good.")
    )
    section = forms.ChoiceField(label=gettext_lazy("Heading in the list"), choices=[(str(one), name) for one, name in SECTIONS.items()])
    checked_on = DayField(
        label=gettext_lazy("Checked on"), help_text=gettext_lazy("The day each fact was compared with its source. The page shows it.")
    )
    sources = forms.CharField(
        label=gettext_lazy("Sources"),
        max_length=editions.MOST_SOURCES,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Where each fact comes from. The public does not see them."),
    )

    def __init__(self, *args: Any, begins: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: _field(name) for name in _WORDS}
        if not begins:
            del self.fields["key"]


class WithdrawForm(VerbForm):
    seen = NumberField(otherwise=-1)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


def _title(one: models.GuideEdition) -> str:
    return one.title_en if words.english() else one.title_id


def shown(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The page in each language, as the public reads it. `told` as `editions.checked` gives it, or the row's own fields."""
    return [
        {
            "language": language,
            "title": told[f"title_{language}"],
            "gist": told[f"gist_{language}"],
            "parts": bodies.parts(told[f"body_{language}"]),
            "minutes": bodies.minutes(told[f"gist_{language}"], told[f"body_{language}"]),
            "checked_on": told["checked_on"],
        }
        for language in editions.LANGUAGES
    ]


@admin.register(models.Guide)
class GuideAdmin(base.ReadOnlyAdmin):
    view_action = Action.GUIDE_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("baru/", self.begin, "begin"),
            self.address("<int:guide_id>/edisi/<int:edition_id>/", self.edition, "edition"),
            self.address("<int:guide_id>/edisi/", self.enter, "enter"),
            self.address("<int:guide_id>/cabut/", self.withdraw, "withdraw"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Each guide with its newest edition. One query."""
        self.seen_by(request)
        may = access.may(request.user, Action.GUIDE_PUBLISH)
        rows = [
            {
                "edition": one,
                "title": _title(one),
                "section": SECTIONS[GuideSection(one.guide.section)],
                "checked": words.day(one.checked_on),
                "when": words.moment(one.at),
                "link": base.here("patrol_guide_change", one.guide_id),
                "to_enter": base.here("patrol_guide_enter", one.guide_id) if may else "",
            }
            for one in editions.newest()
        ]
        context = {"rows": rows, "to_begin": base.here("patrol_guide_begin") if may else ""}
        return self.page(request, "workbench/guides/list.html", context, title=_("Guides"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The newest edition."""
        guide = base.visible(base.who(request), Action.GUIDE_VIEW, models.Guide.objects.all(), pk=int(object_id))
        return self._edition(request, guide.editions.select_related("guide", "by").latest("id"))

    def edition(self, request: HttpRequest, guide_id: int, edition_id: int) -> HttpResponse:
        self.seen_by(request)
        one = models.GuideEdition.objects.select_related("guide", "by").filter(guide=guide_id, pk=edition_id).first()
        if one is None:
            raise Http404
        return self._edition(request, one)

    def _edition(self, request: HttpRequest, one: models.GuideEdition) -> HttpResponse:
        """One edition as the public reads it, and the others of the guide."""
        every = list(one.guide.editions.select_related("by").order_by("-id")[:30])
        may, newest = access.may(request.user, Action.GUIDE_PUBLISH), every[0]
        context = {
            "edition": one,
            "pages": shown({name: getattr(one, name) for name in (*_WORDS, "checked_on")}),
            "sources": one.sources.splitlines(),
            "editions": [
                {
                    "edition": each,
                    "when": words.moment(each.at),
                    "on": each.pk == one.pk,
                    "link": base.here("patrol_guide_edition", each.guide_id, each.pk),
                }
                for each in every
            ],
            "to_enter": base.here("patrol_guide_enter", one.guide_id) if may else "",
            "to_withdraw": base.here("patrol_guide_withdraw", one.guide_id) if may and not newest.withdrawn else "",
            "back": base.here(_LIST),
            "subtitle": SECTIONS[GuideSection(one.guide.section)],
        }
        return self.page(request, "workbench/guides/edition.html", context, title=_title(one))

    def begin(self, request: HttpRequest) -> HttpResponse:
        """A guide that is not there yet."""
        self._require(request)
        return self._form(request, None)

    def enter(self, request: HttpRequest, guide_id: int) -> HttpResponse:
        """A further edition; the form holds the newest. What is typed can be looked at before it is published."""
        return self._form(request, self._guide(request, guide_id))

    def _form(self, request: HttpRequest, guide: models.Guide | None) -> HttpResponse:
        newest = guide.editions.latest("id") if guide else None
        begun: dict[str, Any] = {name: getattr(newest, name) for name in (*_WORDS, "sources")} if newest else {}
        begun |= {"seen": newest.pk if newest else 0, "section": guide.section if guide else ""}
        form = EditionForm(request.POST or None, initial=begun, begins=guide is None)
        pages: list[dict[str, Any]] = []
        if request.method == "POST" and form.is_valid():
            told = form.told() | ({"key": guide.key} if guide else {})
            try:
                if "preview" in request.POST:
                    pages = shown(editions.checked(told, checked_on=told["checked_on"], now=timezone.now()))
                else:
                    editions.publish(**told, by=base.who(request), now=timezone.now())
                    base.say(request, _("The edition is published: the public reads it from now on."))
                    return HttpResponseRedirect(base.here(_LIST))
            except RefusedError as error:
                form.refused(error)
        context = {
            "form": form,
            "pages": pages,
            "cancel": base.here("patrol_guide_change", guide.pk) if guide else base.here(_LIST),
            "subtitle": _title(newest) if newest else "",
        }
        return self.page(request, "workbench/guides/enter.html", context, title=_("New edition") if guide else _("New guide"))

    def withdraw(self, request: HttpRequest, guide_id: int) -> HttpResponse:
        """Takes a guide off the public pages."""
        guide = self._guide(request, guide_id)
        newest = guide.editions.latest("id")
        form = WithdrawForm(request.POST or None, initial={"seen": newest.pk})
        if request.method == "POST" and form.is_valid():
            try:
                editions.withdraw(guide_id=guide.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The guide is taken off: the public reads it no longer. Its editions stay."))
                return HttpResponseRedirect(base.here(_LIST))
        context = {"form": form, "save": _("Take off"), "cancel": base.here("patrol_guide_change", guide.pk), "subtitle": _title(newest)}
        return self.page(request, "workbench/form.html", context, title=_("Take a guide off"))

    def _require(self, request: HttpRequest) -> None:
        if not access.may(request.user, Action.GUIDE_PUBLISH):
            raise Http404

    def _guide(self, request: HttpRequest, guide_id: int) -> models.Guide:
        self._require(request)
        return base.visible(base.who(request), Action.GUIDE_PUBLISH, models.Guide.objects.all(), pk=guide_id)
