"""The package of a case, from its page: for a purpose that is typed, contacts masked; each has its berita acara."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from patrol import models
from patrol.access import Action, consulting
from patrol.admin.shared import base, unsealed
from patrol.admin.shared.forms import VerbForm
from patrol.cases.packages import exporting


class PackageForm(VerbForm):
    verb_names = {"reason": "purpose"}
    reason = forms.CharField(required=False, max_length=exporting.LONGEST_PURPOSE)


def of(case: models.Case, person: models.Person) -> dict[str, Any]:
    """What its card shows; nothing for whoever may not make one. No query."""
    if not exporting.may_export(person, case) or case.merged_into_id is not None:
        return {}
    return {
        "to": base.here("patrol_case_package", case.pk),
        "longest": exporting.LONGEST_PURPOSE,
        "whole": base.here("patrol_peerexport_of_case", case.pk) + "#whole",
    }


_TYPED: Final = "package"


def typed(request: HttpRequest, case: models.Case) -> str:
    """What this case's package was asked for when it could not be sealed first: told once."""
    kept = request.session.get(_TYPED)
    if not kept or kept["case"] != case.pk:
        return ""
    del request.session[_TYPED]
    return str(kept["reason"])


def take(request: HttpRequest, case_id: int) -> HttpResponse:
    """The ZIP. What lacks is said on the page of the case."""
    base.posted(request)
    case = base.visible(base.who(request), Action.CASE_VIEW, models.Case.objects.all(), pk=case_id)
    asked = unsealed.Asked(request)
    made = base.done(request, exporting.export, PackageForm(request.POST), case_id=case.pk, making=asked.making)
    if made is None:
        if asked.again:  # no contact is in it: that is looked at before the seal
            request.session[_TYPED] = {"case": case.pk, "reason": request.POST.get("reason", "")[: exporting.LONGEST_PURPOSE]}
        return HttpResponseRedirect(base.here("patrol_case_change", case.pk, unsealed=asked.again) + "#package")
    base.say_written(request, made.minutes)
    consulting.note(request, purpose=exporting.PURPOSE)
    return base.download(made.content, name=made.name)
