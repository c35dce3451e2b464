"""Writing down by hand what was said on the telephone or at the counter: one box, three short fields, Ctrl-Enter."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import CHOOSE, VerbForm, lacking
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.intake import noted
from patrol.intake.tips import receipts

WAYS = {
    noted.Way.TELEPHONE: gettext_lazy("Telephone"),
    noted.Way.VISIT: gettext_lazy("At the counter"),
    noted.Way.OTHER: gettext_lazy("Another way"),
}


class NoteForm(VerbForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Number, account, link, or what the advertisement says"),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "spellcheck": "false"}),
        strip=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=noted.LONGEST_NOTE,
        help_text=gettext_lazy("What it is about. Not who told it: that is not kept."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Province, regency or town. If it is flagged, the office of the place gets the flag."),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=[CHOOSE, *WAYS.items()], error_messages=lacking(gettext_lazy("Choose how it came."))
    )


def note(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends. `prefill`: from a search that found nothing, what was searched for stands in the box."""
    person = base.who(request)
    if not access.may(person, Action.CAPTURE_SEND):
        raise Http404
    if request.method == "POST" and "prefill" not in request.POST:
        form = NoteForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                taken = noted.take(
                    noted=noted.Noted(given["words"].replace("\r\n", "\n"), given["note"], given["place"], given["way"]),
                    key=given["key"],
                    by=person,
                    now=timezone.now(),
                )
            except RefusedError as error:
                form.refused(error)
            else:
                text = said(given["words"], again=not taken.posts_new)
                routed = _routed(taken.options) if taken.posts_new and given["place"] else ""
                base.say(request, f"{text} {routed}".strip(), problem=not _stored(taken))
                if noted.recognise(given["words"]).asks_for_help:
                    told = _("It reads as a call for help. Unless an offence stands in it no flag is raised, and nobody is told of it.")
                    base.say(request, f"{told} {way_to_protection()}", problem=True)
                return HttpResponseRedirect(base.here("patrol_intake_changelist"))
    else:
        form = NoteForm(initial={"key": uuid.uuid4(), "words": request.POST.get("words", "")})
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Note by hand"),
        "subtitle": None,
        "form": form,
        "cancel": base.here("patrol_intake_changelist"),
        "way_to_protection": way_to_protection(),
    }
    return TemplateResponse(request, "workbench/note.html", context)


def way_to_protection() -> str:
    """Where somebody who calls for help goes, since a note leads to no protection: that begins with a flag, or with a report."""
    if settings.PUBLIC_DESK == "1" and receipts.ready():
        return _(
            "Enter it as a report at the public desk, marked “Somebody is in danger”, with the number to call back: then it stands "
            "first under Protection."
        )
    return _("Tell the protection desk of your office yourself, with the number: here it stays masked.")


def _routed(options: dict[str, Any]) -> str:
    office = noted.office_of(str(options.get("place", "")))
    if office is None:
        return _("No office was found by the place.")
    return _("If it is flagged, the flag goes to %(office)s, by the place.") % {"office": office.name}


def _stored(taken: Any) -> bool:
    return bool(taken.posts_new or taken.posts_changed or taken.posts_repeated)


def said(written: str, *, again: bool) -> str:
    """What was recognised, masked: whether the officer typed what was meant is seen at once."""
    read = [
        f"{words.INDICATORS[kind].title} {masks.value(kind, value)}"
        for kind, value in noted.recognise(written).contacts
        if kind in words.INDICATORS
    ]
    known = _("It was known already; your note stands beside it.") if again else _("It is read and checked now.")
    if not read:
        return _("Noted, as words: no number or account was recognised.") + " " + known
    return _("Noted: %(what)s.") % {"what": ", ".join(read[:3])} + " " + known
