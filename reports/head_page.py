"""On which pages an office says what stands at the head of its summaries: the list of offices, and the form of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm
from patrol.infra.refusals import RefusedError
from patrol.models import Office
from reports import heads, sheets
from reports.models import TITLE_LETTERS, SheetHead

_LIST, _FORM = "reports_weeklysummary_heads", "reports_weeklysummary_head"


class HeadForm(VerbForm):
    """`seen`: the head that stood on the page; 0 for none."""

    author = forms.CharField(label=gettext_lazy("Position of the author"), max_length=TITLE_LETTERS, required=False)
    second = forms.CharField(
        label=gettext_lazy("Position of the second signatory"),
        max_length=TITLE_LETTERS,
        required=False,
        help_text=gettext_lazy("Printed over whoever of this office signs there. Leave it empty where several people sign in turn."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("PNG or JPEG, up to 2 MB. It is drawn anew and small."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg", "class": "regchoose"}),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**53, widget=forms.HiddenInput)

    def clean_logo(self) -> bytes:
        sent = self.cleaned_data["logo"]
        return sent.read(heads.MOST_BYTES + 1) if sent else b""  # never more of it than tells that it is too large


def addresses(page: base.ReadOnlyAdmin) -> list[Any]:
    def offices(request: HttpRequest) -> Any:
        return access.scope(base.who(request), Action.SUMMARY_HEAD, Office.objects.filter(active=True))

    def listed(request: HttpRequest) -> HttpResponse:
        if not access.may(request.user, Action.SUMMARY_HEAD):
            raise Http404
        newest = {one.office_id: one for one in SheetHead.objects.order_by("office_id", "-id").distinct("office_id").defer("logo")}
        rows = [
            {"office": one, "head": newest.get(one.pk), "link": base.here(_FORM, one.pk)}
            for one in offices(request).order_by("-kind", "name")
        ]
        return page.page(request, "reports/heads.html", {"rows": rows}, title=_("Head of the summaries"))

    def one(request: HttpRequest, office_id: int) -> HttpResponse:
        office = base.visible(base.who(request), Action.SUMMARY_HEAD, Office.objects.filter(active=True), pk=office_id)
        head = heads.current(office.code)
        now_is = {"author": head.author, "second": head.second, "seen": head.pk} if head else {"seen": 0}
        form = HeadForm(request.POST or None, request.FILES or None, initial=now_is)
        if request.method == "POST" and form.is_valid():
            try:
                heads.set_head(office_id=office.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The head of the summaries is kept. Editions frozen before keep theirs."))
                return HttpResponseRedirect(base.here(_FORM, office.pk))
        context = {
            "form": form,
            "logo": sheets.data_address(head),
            "set": words.moment(head.at) if head else "",
            "set_by": words.person(head.by, base.who(request)) if head else "",
            "subtitle": office.name,
        }
        return page.page(request, "reports/head.html", context, title=_("Head of the summaries"))

    return [page.address("kop/", listed, "heads"), page.address("kop/<int:office_id>/", one, "head")]
