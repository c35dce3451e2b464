"""Triage: the queue, the page of a flag, and what a person does there. Each act is one POST, one verb, one message."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, cases, models, states, triage
from patrol.access import Action
from patrol.admin import base, flag_page, queue, words
from patrol.admin import cases as case_page

_LOADED = ("post", "office", "lease_person", "current_check__reading__version__capture")


@admin.register(models.Flag)
class FlagAdmin(base.ReadOnlyAdmin):
    view_action = Action.FLAG_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("<int:flag_id>/putuskan/", self.decide, "decide"),
            self.address("<int:flag_id>/tampilkan/", self.take, "take"),
            self.address("<int:flag_id>/lepas/", self.release, "release"),
            self.address("<int:flag_id>/serahkan/", self.hand_over, "hand_over"),
            self.address("<int:flag_id>/perkara/", self.open_case, "open_case"),
            self.address("keputusan/<int:decision_id>/urungkan/", self.undo, "undo"),
            self.address("keputusan/<int:decision_id>/tarik/", self.reverse, "reverse"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not access.may(base.who(request), Action.FLAG_DECIDE):
            raise Http404
        context = {**queue.context(request), "toast": toast(request)}
        return self.page(request, "workbench/queue.html", context, title=_("Triage"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        flag = self._flag(request, int(object_id))
        context = flag_page.gather(flag, base.who(request), timezone.now())
        context |= {"toast": toast(request), "subtitle": flag.number, "queue_link": base.here("patrol_flag_changelist")}
        return self.page(request, "workbench/flag.html", context, title=_("Triage"))

    def _flag(self, request: HttpRequest, flag_id: int) -> models.Flag:
        return base.visible(
            base.who(request), Action.FLAG_VIEW, models.Flag.objects.select_related(*_LOADED), pk=flag_id
        )

    def decide(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self._flag(request, flag_id)
        sent = request.POST
        outcome, reason, key = sent.get("outcome", ""), sent.get("reason", ""), _key(sent.get("decision_key"))
        version = base.number(sent.get("seen_version"))
        this = HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))
        if reason not in triage.REASONS.get(outcome, {}) or key is None or version is None:
            base.say(request, _("Nothing was decided: choose a reason first."), problem=True)
            return this
        try:
            decided = triage.decide(
                flag_id=flag.pk, outcome=outcome, reason=reason, note=sent.get("note", "").strip(), decision_key=key,
                seen_version=version, by=base.who(request), now=timezone.now(),
            )  # fmt: skip
        except triage.ReasonMissingError:
            base.say(request, _("Nothing was decided: say in the note what else it is."), problem=True)
            return this
        except triage.HeldByOtherError as error:
            _say_held(request, error)
            return this
        except (triage.StaleError, states.MoveRefusedError) as error:
            base.say_stale(request, error)
            return this
        remember(request, decided)
        following = triage.next_after(base.who(request), flag)
        if following is None:
            return HttpResponseRedirect(base.here("patrol_flag_changelist"))
        return HttpResponseRedirect(base.here("patrol_flag_change", following.pk))

    def take(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self._flag(request, flag_id)
        try:
            triage.take(flag.pk, by=base.who(request), now=timezone.now())
        except triage.HeldByOtherError as error:
            _say_held(request, error)
        return HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))

    def release(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self._flag(request, flag_id)
        triage.release(flag.pk, by=base.who(request), now=timezone.now())
        return HttpResponseRedirect(base.here("patrol_flag_changelist"))

    def hand_over(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self._flag(request, flag_id)
        this = HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))
        office = models.Office.objects.filter(active=True, pk=base.number(request.POST.get("office")) or 0).first()
        note = request.POST.get("note", "").strip()
        if office is None or not note:
            base.say(request, _("Choose an office and write why it is theirs."), problem=True)
            return this
        try:
            triage.hand_over(flag_id=flag.pk, office_id=office.pk, note=note, by=base.who(request), now=timezone.now())
        except triage.HeldByOtherError as error:
            _say_held(request, error)
            return this
        except (triage.StaleError, states.MoveRefusedError) as error:
            base.say_stale(request, error)
            return this
        base.say(request, _("%(flag)s was handed over to %(office)s.") % {"flag": flag.number, "office": office.name})
        return HttpResponseRedirect(base.here("patrol_flag_changelist"))

    def undo(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        base.posted(request)
        decision = self._decision(request, decision_id)
        request.session.pop(_TOAST, None)
        now = timezone.now()
        this = HttpResponseRedirect(base.here("patrol_flag_change", decision.flag_id))
        if now >= decision.effective_at:
            text = _("Too late to undo: the decision has taken effect. It can be taken back with a reason.")
            base.say(request, text, problem=True)
            return this
        try:
            triage.undo(
                decision_id=decision.pk, decision_key=_key(request.POST.get("decision_key")) or uuid.uuid4(),
                by=base.who(request), now=now,
            )  # fmt: skip
        except (triage.StaleError, states.MoveRefusedError) as error:
            base.say_stale(request, error)
        else:
            base.say(request, _("Undone. %(flag)s waits again.") % {"flag": decision.flag.number})
        return this

    def reverse(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        base.posted(request)
        decision = self._decision(request, decision_id)
        note = request.POST.get("note", "").strip()
        if not note:
            base.say(request, _("Write why the decision is taken back."), problem=True)
            return HttpResponseRedirect(base.here("patrol_flag_change", decision.flag_id))
        try:
            triage.reverse(
                decision_id=decision.pk,
                reason_note=note,
                decision_key=_key(request.POST.get("decision_key")) or uuid.uuid4(),
                by=base.who(request),
                now=timezone.now(),
            )
        except triage.InCaseError as error:
            text = _("%(case)s stands on this decision. Take the flag out of the case first.")
            base.say(request, text % {"case": error.number}, problem=True)
        except (triage.StaleError, states.MoveRefusedError) as error:
            base.say_stale(request, error)
        else:
            base.say(request, _("The decision on %(flag)s was taken back.") % {"flag": decision.flag.number})
        return HttpResponseRedirect(base.here("patrol_flag_change", decision.flag_id))

    def open_case(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """A new case from this flag, or the flag into a case of the office."""
        base.posted(request)
        flag = self._flag(request, flag_id)
        access.require(base.who(request), Action.CASE_OPEN, office_id=flag.office_id)
        this = HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))
        into = base.number(request.POST.get("case"))
        title = request.POST.get("title", "").strip()
        if into is None and not title:
            base.say(request, _("Give the case a title that names no person and no number."), problem=True)
            return this
        try:
            if into is None:
                case = cases.open_case(flag_ids=[flag.pk], title=title[:150], by=base.who(request), now=timezone.now())
                text = _("%(case)s was opened.")
            else:
                case = base.visible(base.who(request), Action.CASE_NOTE, models.Case.objects.all(), pk=into)
                cases.add_flags(case_id=case.pk, flag_ids=[flag.pk], by=base.who(request), now=timezone.now())
                text = _("The flag was added to %(case)s.")
        except (cases.StaleError, states.MoveRefusedError) as error:
            base.say_stale(request, error)
            return this
        except cases.RefusedError as error:
            base.say(request, case_page.refusal(error), problem=True)
            return this
        base.say(request, text % {"case": case.number})
        return HttpResponseRedirect(base.here("patrol_case_change", case.pk))

    def _decision(self, request: HttpRequest, decision_id: int) -> models.Decision:
        decision = models.Decision.objects.select_related("flag").filter(pk=decision_id).first()
        if decision is None or not access.may(base.who(request), Action.FLAG_VIEW):
            raise Http404
        if not access.may(base.who(request), Action.FLAG_DECIDE, office_id=decision.flag.office_id):
            raise PermissionDenied("not a decision of this person's office")
        return decision


_TOAST = "decided"


def remember(request: HttpRequest, decided: triage.Decided) -> None:
    """Keeps for the next page what was decided, so that it can offer Undo while undoing is still possible."""
    first = decided.decisions[0]
    request.session[_TOAST] = {
        "decision": first.pk,
        "outcome": first.outcome,
        "flag": decided.flag.pk,
        "copies": decided.copies,
        "until": first.effective_at.timestamp(),
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
    flag = models.Flag.objects.only("gist_id", "gist_en").filter(pk=kept["flag"]).first()
    return {
        "title": words.OUTCOMES[kept["outcome"]].title,
        "gist": words.said(flag, "gist") if flag else "",
        "copies": kept["copies"],
        "seconds": min(left, settings.UNDO_SECONDS),
        "link": base.here("patrol_flag_undo", kept["decision"]),
        "flag_link": base.here("patrol_flag_change", kept["flag"]),
        "key": uuid.uuid4(),
    }


def _key(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _say_held(request: HttpRequest, error: triage.HeldByOtherError) -> None:
    text = _("%(person)s has had this open since %(hour)s. Nothing was changed.")
    base.say(request, text % {"person": error.person, "hour": words.hour(error.since)}, problem=True)
