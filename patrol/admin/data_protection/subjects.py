"""Requests of subjects: the list with its clock, the form that enters one, and one with its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import Action
from patrol.admin.data_protection import subject_forms
from patrol.admin.data_protection import subject_words as said
from patrol.admin.shared import base, post_rows, words
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.privacy import requests

_LIST = "patrol_subjectrequest_changelist"


@admin.register(models.SubjectRequest)
class SubjectRequestAdmin(base.ReadOnlyAdmin):
    view_action = Action.SUBJECT_REQUEST

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), self.address("baru/", self.enter, "enter")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those that wait, what is due first at the top; `state` asks for those over their time, or, newest first, the answered or all."""
        self.seen_by(request)
        now = timezone.now()
        titles = {requests.OPEN: _("Waiting"), requests.LATE: _("Over time"), requests.ANSWERED: _("Answered"), "all": _("All")}
        wanted = request.GET.get("state", "")
        wanted = wanted if wanted in titles else requests.OPEN
        found = requests.listed(wanted, base.who(request), now=now)
        first = wanted in {requests.OPEN, requests.LATE}
        rows, place = post_rows.page_of(found, "due_at" if first else "asked_at", request.GET.get("after"), oldest=first)
        context = {
            "rows": [{**said.line(row, now), "link": base.here("patrol_subjectrequest_change", row.pk)} for row in rows],
            "choices": [{"title": title, "link": base.here(_LIST, state=key), "on": wanted == key} for key, title in titles.items()],
            "enter": base.here("patrol_subjectrequest_enter"),
            "next": base.here(_LIST, state=wanted, after=place) if place else "",
            "first": base.here(_LIST, state=wanted) if request.GET.get("after") else "",
            "subtitle": _("3 x 24 hours each"),
        }
        return self.page(request, "workbench/subject_requests.html", context, title=_("Requests of subjects"))

    def enter(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        form = subject_forms.EnterForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = requests.enter(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(
                    request, _("%(number)s was entered. It is due %(due)s.") % {"number": made.number, "due": words.moment(made.due_at)}
                )
                return HttpResponseRedirect(base.here("patrol_subjectrequest_change", made.pk))
        context = {"form": form, "save": _("Enter"), "cancel": base.here(_LIST)}
        return self.page(request, "workbench/form.html", context, title=_("New request of a subject"))

    def _row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """One request; a POST answers it, once."""
        self.seen_by(request)
        now = timezone.now()
        related = models.SubjectRequest.objects.select_related("entered_by", "answered_by")
        row = base.visible(base.who(request), Action.SUBJECT_REQUEST, related, pk=object_id)
        form = subject_forms.AnswerForm(request.POST or None, initial={"identity": row.identity, "how": row.how})
        if request.method == "POST" and form.is_valid():
            try:
                requests.answer(request_id=row.pk, **form.told(), by=base.who(request), now=now)
            except RefusedError as error:
                form.refused(error)
            except requests.StaleError:
                base.say(request, _("Nothing was changed: it was answered since you opened it."), problem=True)
                return HttpResponseRedirect(base.here("patrol_subjectrequest_change", row.pk))
            else:
                base.say(request, _("%(number)s was closed.") % {"number": row.number})
                return HttpResponseRedirect(base.here(_LIST))
        context = {
            "row": {
                **said.line(row, now),
                "how": said.WAYS[row.how],
                "note": masks.text(row.note),
                "entered": words.moment(row.entered_at),
                "entered_by": row.entered_by.name,
                "answer": masks.text(row.answer),
                "answered": words.moment(row.answered_at) if row.answered_at else "",
                "answered_how": said.WAYS.get(row.answered_how, ""),
                "answered_by": row.answered_by.name if row.answered_by else "",
            },
            "form": None if row.answered_at else form,
            "subtitle": said.QUESTIONS[row.question],
        }
        return self.page(request, "workbench/subject_request.html", context, title=row.number)
