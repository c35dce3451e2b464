"""Triage: the page of three panes, and what is decided there. Each act is one POST, one verb, one message, and the next post."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, cases, models, triage
from patrol.access import Action, consulting
from patrol.admin.officer import desk_acts, flag_forms, flag_list, flag_page, proposing, queue
from patrol.admin.shared import base, exporting, shown_contacts, veils, words
from patrol.domain import states
from patrol.infra import disk

_VERBS = ("<int:flag_id>/", "keputusan/", "berikutnya/", "panduan/", "saringan/")  # how their addresses begin


@admin.register(models.Flag)
class FlagAdmin(desk_acts.DeskActs):
    view_action = Action.FLAG_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            *self.desk_addresses(),
            exporting.address(self, flag_list.listing, "patrol_flag_changelist"),
            self.address("<int:flag_id>/putuskan/", self.decide, "decide"),
            self.address("<int:flag_id>/serahkan/", self.hand_over, "hand_over"),
            self.address("<int:flag_id>/perkara/", self.open_case, "open_case"),
            self.address("<int:flag_id>/eskalasi/", self.escalate, "escalate"),
            self.address("keputusan/<int:decision_id>/urungkan/", self.undo, "undo"),
            self.address("keputusan/<int:decision_id>/tarik/", self.reverse, "reverse"),
        ]

    def address(self, route: str, view: Callable[..., HttpResponse], name: str) -> Any:
        """A verb's address that is opened instead of posted to, as after a login that had ended, leads to the page it stands on."""
        if not route.startswith(_VERBS):
            return super().address(route, view, name)

        def opened(request: HttpRequest, **ids: int) -> HttpResponse:
            if request.method == "POST":
                return self.at_once(request, view(request, **ids))
            if "flag_id" in ids:
                return self.to_flag(request, self.flag_of(request, ids["flag_id"]).pk)
            if "decision_id" in ids:
                flags = models.Flag.objects.filter(decisions=ids["decision_id"])
                return self.to_flag(request, base.visible(base.who(request), Action.FLAG_VIEW, flags).pk)
            self._at_the_desk(request)
            return self.to_queue(request)

        return super().address(route, opened, name)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not access.may(base.who(request), Action.FLAG_DECIDE):
            raise Http404
        return self._desk(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        flag = flag_page.load(int(object_id))
        if flag is None or not access.may(base.who(request), Action.FLAG_VIEW, office_id=flag.office_id):
            raise Http404
        return self._desk(request, flag)

    def _desk(self, request: HttpRequest, flag: models.Flag | None) -> HttpResponse:
        """The whole page; to the page's own script only what it exchanges, without the frame and its counters."""
        person, now = base.who(request), timezone.now()
        filters = self.filters(request)
        exchanged = bool(request.headers.get("X-Desk"))
        if flag is not None and not exchanged:
            # A page loaded again, or a second tab: the older page may not let go of what this one shows as held.
            triage.renew(flag.pk, by=person)
        acted = exchanged and request.method == "POST" and flag is not None
        column = queue.later(filters) if acted else queue.column(request, filters, now, flag=flag)
        context: dict[str, Any] = {
            **desk_acts.context(request, filters, now),
            "queue": column,
            "toast": toast(request),
            "joined": desk_acts.joined(request, flag),
            "queue_link": base.here("patrol_flag_changelist", **filters.query),
        }
        if flag is not None:
            context |= flag_page.gather(flag, person, now, asked=shown_contacts.left(request, flag, person, now))
            context["veil"] = veils.on_page(request, flag.post, may_be=context["may_be_severe"])
            full = context["shown"]
            purpose = shown_contacts.purpose(request, flag, now) if full else ""
            thing = ("flag", flag.pk)
            consulting.note(request, way=consulting.Way.PAGE, target=thing, of_office=flag.office_id, unmasked=full, purpose=purpose)
            if column.get("rows"):  # those beside it
                consulting.note(request, way=consulting.Way.LIST, target=("flag", ""), rows=len(column["rows"]))
        else:
            consulting.note(request, way=consulting.Way.LIST, target=("flag", ""), rows=len(column["rows"]))
            if not column["rows"]:
                context["empty"] = queue.empty(person, filters, now)
        if exchanged:
            answer: HttpResponse = TemplateResponse(request, "workbench/desk.html", context)
        else:
            context |= {"filters": filters, "filter_fields": queue.fields(person, filters)}
            context["export"] = exporting.panel("patrol_flag_export", filters.query, person, full=True)
            context |= {"kept": queue.saved_of(request), "subtitle": None}
            answer = self.page(request, "workbench/triage.html", context, title=_("Triage"))
        answer["Vary"] = "X-Desk"
        return answer

    def flag_of(self, request: HttpRequest, flag_id: int) -> models.Flag:
        """For a verb: without what only its page shows."""
        flag = flag_page.bare(flag_id)
        if flag is None or not access.may(base.who(request), Action.FLAG_VIEW, office_id=flag.office_id):
            raise Http404
        return flag

    @disk.waits_once()  # the act, and the lease of the next post
    def decide(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        this = self.to_flag(request, flag.pk)
        form = flag_forms.DecideForm(request.POST)
        try:
            decided = base.done(request, triage.decide, form, flag_id=flag.pk, seen=flag)
        except triage.ReasonMissingError:
            base.say(request, _("Nothing was decided: say in the note what else it is."), problem=True)
            return this
        except triage.SecondPersonError as error:
            asked = {name: form.cleaned_data[name] for name in ("outcome", "reason", "note")}
            waits = proposing.propose(request, [flag], **asked, version=form.cleaned_data["seen_version"], count=error.count)
            if waits:
                triage.release(flag.pk, by=base.who(request), now=timezone.now())
                shown_contacts.hide(request)
            return self.onward(request, flag) if waits else this
        if decided is None:
            return this
        remember(request, decided)
        return self.onward(request, flag)

    @disk.waits_once()
    def hand_over(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        moved = base.done(request, triage.hand_over, flag_forms.HandOverForm(request.POST), flag_id=flag.pk)
        if moved is None:
            return self.to_flag(request, flag.pk)
        base.say(request, _("%(flag)s was handed over to %(office)s.") % {"flag": flag.number, "office": moved.office.name})
        return self.onward(request, flag)

    def undo(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        base.posted(request)
        decision = self._decision(request, decision_id)
        request.session.pop(_TOAST, None)
        now = timezone.now()
        this = self.to_flag(request, decision.flag_id)
        if now >= decision.effective_at:
            text = _("Too late to undo: the decision has taken effect. It can be taken back with a reason.")
            base.say(request, text, problem=True)
            return this
        told = flag_forms.UndoForm(request.POST).told()
        before = told.pop("from")
        if base.done(request, cases.withdraw, decision_id=decision.pk, **told) is not None:
            base.say(request, _("Undone. %(flag)s waits again.") % {"flag": decision.flag.number})
            if before is not None and before != decision.flag_id:
                triage.release(before, by=base.who(request), now=now)
            # It lies on the desk again, unless somebody opened it in these seconds.
            base.done(request, triage.take, flag_id=decision.flag_id)
        return this

    def reverse(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        base.posted(request)
        decision = self._decision(request, decision_id)
        this = self.to_flag(request, decision.flag_id)
        try:
            taken_back = base.done(request, triage.reverse, flag_forms.ReverseForm(request.POST), decision_id=decision.pk)
        except triage.InCaseError as error:
            text = _("%(case)s stands on this decision. Take the flag out of the case first.")
            base.say(request, text % {"case": error.number}, problem=True)
            return this
        if taken_back is not None:
            base.say(request, _("The decision on %(flag)s was taken back.") % {"flag": decision.flag.number})
        return this

    @disk.waits_once()
    def open_case(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """A new case from this flag, or the flag into a case of the office; an undecided one is confirmed by it."""
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        access.require(base.who(request), Action.CASE_OPEN, office_id=flag.office_id)
        form = flag_forms.OpenCaseForm(request.POST)
        filed = self._filed(request, flag, form, cases.file_flag if flag.state in states.UNDECIDED else _put_in)
        if filed is None:
            return self.to_flag(request, flag.pk)
        text = _("%(case)s was opened.") if form.cleaned_data["case"] is None else _("The flag was added to %(case)s.")
        base.say(request, text % {"case": filed.case.number})
        if filed.decided is None:
            return HttpResponseRedirect(base.here("patrol_case_change", filed.case.pk))
        return self.onward(request, flag)

    @disk.waits_once()
    def escalate(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Confirms, opens a case and hands it to the directorate, with the article it rests on and the reason. All or nothing."""
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        access.require(base.who(request), Action.CASE_ESCALATE, office_id=flag.office_id)
        filed = self._filed(request, flag, flag_forms.EscalateForm(request.POST), cases.escalate_flag)
        if filed is None:
            return self.to_flag(request, flag.pk)
        base.say(request, _("%(case)s was opened and escalated to the directorate.") % {"case": filed.case.number})
        return self.onward(request, flag)

    def _filed(
        self, request: HttpRequest, flag: models.Flag, form: flag_forms.FileForm, act: Callable[..., cases.Filed]
    ) -> cases.Filed | None:
        """Does one act that puts a flag into a case, and keeps for the next page what can be undone. None where it was refused,
        which is said."""
        try:
            filed = base.done(request, act, form, flag, flag_id=flag.pk)
        except triage.ReasonMissingError:
            base.say(request, _("Nothing was decided: choose a reason first."), problem=True)
            return None
        except triage.SecondPersonError as error:
            text = _("Nothing was decided: %(count)s posts at once take a second person. Confirm them first, then open the case.")
            base.say(request, text % {"count": error.count}, problem=True)
            return None
        if filed is not None and filed.decided is not None:
            remember(request, filed.decided)
        return filed

    def _decision(self, request: HttpRequest, decision_id: int) -> models.Decision:
        decision = models.Decision.objects.select_related("flag").filter(pk=decision_id).first()
        if decision is None or not access.may(base.who(request), Action.FLAG_VIEW):
            raise Http404
        if not access.may(base.who(request), Action.FLAG_DECIDE, office_id=decision.flag.office_id):
            raise PermissionDenied("not a decision of this person's office")
        return decision


def _put_in(
    *, flag_id: int, case_id: int | None, title: str, kind: str, by: models.Person, now: datetime, **_of_deciding: Any
) -> cases.Filed:
    """A flag that is confirmed, into a case that is there or a new one."""
    if case_id is None:
        return cases.Filed(cases.open_case(flag_ids=[flag_id], title=title, kind=kind, by=by, now=now), None)
    found = base.visible(by, Action.CASE_NOTE, models.Case.objects.all(), pk=case_id)
    return cases.Filed(cases.add_flags(case_id=found.pk, flag_ids=[flag_id], by=by, now=now), None)


_TOAST = "decided"


def remember(request: HttpRequest, decided: triage.Decided) -> None:
    """Keeps for the next page what was decided, so that it can offer Undo while undoing is still possible. Masks its contacts."""
    shown_contacts.hide(request)
    # Of the post that lay on the desk, whatever else of its row was decided with it: undoing lays that one there again.
    own = next(one for one in decided.decisions if one.flag_id == decided.flag.pk)
    request.session[_TOAST] = {
        "decision": own.pk,
        "outcome": own.outcome,
        "flag": decided.flag.pk,
        "gist": [decided.flag.gist_id, decided.flag.gist_en],
        "copies": decided.copies,
        "until": own.effective_at.timestamp(),
    }


def toast(request: HttpRequest) -> dict[str, Any] | None:
    """What was just decided and how many seconds it can be undone; None once it has taken effect."""
    kept = request.session.get(_TOAST)
    if kept is None:
        return None
    left = int(kept["until"] - timezone.now().timestamp())
    if left <= 0:
        request.session.pop(_TOAST)
        return None
    return {
        "title": words.OUTCOMES[kept["outcome"]].title,
        "gist": words.said(dict(zip(("id", "en"), kept.get("gist", ("", "")), strict=True))),
        "copies": kept["copies"],
        "seconds": min(left, settings.UNDO_SECONDS),
        "link": base.here("patrol_flag_undo", kept["decision"]),
        "flag_link": base.here("patrol_flag_change", kept["flag"]),
        "key": uuid.uuid4(),
    }
