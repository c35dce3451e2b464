"""The page on which a person says which summaries they want by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol.admin.shared import base
from patrol.admin.shared.forms import VerbForm
from patrol.models import Person
from reports import mailed
from reports.models import Mailed


class MailForm(VerbForm):
    draft = forms.BooleanField(label=gettext_lazy("On Monday at 7.00 the draft of the last week, not frozen"), required=False)
    editions = forms.MultipleChoiceField(
        label=gettext_lazy("Editions that two people have signed, with their PDF"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editions"].choices = [  # type: ignore[attr-defined]
            (place.code, place.name) if place else (mailed.NATIONAL, _("National, all offices")) for place in mailed.places(person)
        ]
        if not mailed.drafts(person):
            del self.fields["draft"]


def address(page: base.ReadOnlyAdmin) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        page.seen_by(request)
        by = base.who(request)
        rows = list(mailed.held(by))
        now_is = {
            "draft": any(row.what == Mailed.DRAFT for row in rows),
            "editions": [row.office.code if row.office else mailed.NATIONAL for row in rows if row.what == Mailed.EDITION],
        }
        form = MailForm(request.POST if request.method == "POST" else None, initial=now_is, person=by)
        if request.method == "POST" and form.is_valid():
            mailed.subscribe(**{"draft": False, **form.told()}, by=by)
            base.say(request, _("Your settings are kept."))
            return HttpResponseRedirect(base.here("reports_weeklysummary_mails"))
        context = {
            "form": form,
            "save": _("Save"),
            "cancel": base.here("reports_weeklysummary_changelist"),
            "subtitle": by.mail or _("No confirmed mail address yet"),
        }
        return page.page(request, "workbench/form.html", context, title=_("Summaries by mail"))

    return page.address("surel/", view, "mails")
