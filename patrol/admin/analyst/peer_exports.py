"""Indicators for other bodies: the page on which they are asked for, of a case or a campaign, the list, and the page of the second person.

Every page shows first what would go, masked, by kind, and what is withheld and why. Values in full stand in the file alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import peer_words
from patrol.admin.shared import base, page_keys, post_rows, unsealed, words
from patrol.admin.shared.forms import NoteForm, VerbForm, WordField
from patrol.cases.packages import going
from patrol.cases.packages import requests as packages
from patrol.cases.peers import choosing, requests, revoking
from patrol.cases.peers.choosing import Chosen
from patrol.domain.peers import Format, PeerKind, Withheld
from patrol.engine import masks
from patrol.infra.refusals import RefusedError

_SHOWN: Final = 50  # indicators of a page; all are counted
_LIST, _ROW = "patrol_peerexport_changelist", "patrol_peerexport_change"
_LOADED: Final = ("office", "by", "approved_by", "ended_by", "case", "campaign")

_WAITS: Final = words.Badge(pgettext_lazy("peer export", "waits for a second person"), "med", "hourglass_empty")
_APPROVED: Final = words.Badge(pgettext_lazy("peer export", "approved"), "ok", "check")
_REFUSED: Final = words.Badge(pgettext_lazy("peer export", "refused"), "plain", "block")
_WITHDRAWN: Final = words.Badge(pgettext_lazy("peer export", "withdrawn"), "plain", "undo")
_RAN_OUT: Final = words.Badge(pgettext_lazy("peer export", "ran out"), "plain", "schedule")


class PackageForm(VerbForm):
    peer = forms.CharField(required=False, max_length=models.PeerExport.LONGEST_PEER)
    purpose = WordField()
    seen = WordField()


class AskForm(VerbForm):
    peer = forms.CharField(required=False, max_length=models.PeerExport.LONGEST_PEER)
    purpose = WordField()
    sharing = WordField()
    seen = WordField()


class ApproveForm(VerbForm):
    seen = WordField()


class TakeForm(VerbForm):
    written_as = WordField()


BACK: Final = "back"  # what the form of the file asks for, beside the file itself


@admin.register(models.PeerExport)
class PeerExportAdmin(base.ReadOnlyAdmin):
    view_action = Action.PEER_ASK

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("perkara/<int:case_id>/", self.of_case, "of_case"),
            self.address("jaringan/<int:campaign_id>/", self.of_campaign, "of_campaign"),
            self.address("<int:export_id>/berkas/", self.take, "take"),
            *(self.address(f"<int:export_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items()),
        ]

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, export_id: int) -> HttpResponse:
            return self.act(request, export_id, verb)

        return view

    # --- asking -----------------------------------------------------------------------------------

    def of_case(self, request: HttpRequest, case_id: int) -> HttpResponse:
        known = models.Case.objects.select_related("merged_into")
        return self._of(request, base.visible(base.who(request), Action.CASE_VIEW, known, pk=case_id))

    def of_campaign(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        known = models.Campaign.objects.select_related("merged_into")
        return self._of(request, base.visible(base.who(request), Action.CAMPAIGN_VIEW, known, pk=campaign_id))

    def _of(self, request: HttpRequest, subject: models.Case | models.Campaign) -> HttpResponse:
        """GET shows, POST asks. Whoever may not ask for it finds no page here."""
        person, now = base.who(request), timezone.now()
        if not requests.may_ask(person, subject):
            raise Http404
        of_case = isinstance(subject, models.Case)
        if request.method == "POST":
            return self._ask(request, subject)
        closed = ""
        found = Chosen((), Counter())
        try:
            choosing.require_whole(subject)
            found = choosing.choose(subject, now=now)
        except RefusedError as error:
            closed = words.refusal(error)
        whole = going.of(subject) if isinstance(subject, models.Case) and subject.merged_into is None else None
        rows = models.PeerExport.objects.select_related(*_LOADED)
        rows = rows.filter(case=subject) if isinstance(subject, models.Case) else rows.filter(campaign=subject)
        before = access.scope(person, Action.PEER_ASK, rows).order_by("-id")[:10]
        context = {
            "closed": closed,
            **_said(found, of_campaign=not of_case),
            "whole": whole if whole and (whole.posts or whole.files) else None,
            "purposes": list(peer_words.PURPOSES.items()),
            "sharings": list(peer_words.SHARING.items()),
            "longest": models.PeerExport.LONGEST_PEER,
            "rows": [_line(row, now) for row in before],
            "days": requests.LASTS.days,
            "back": base.here("patrol_case_change" if of_case else "patrol_campaign_change", subject.pk),
            "of": subject.number,
        }
        title = _("Hand over indicators of %(number)s") % {"number": subject.number}
        return self.page(request, "workbench/peer/ask.html", context, title=title)

    def _ask(self, request: HttpRequest, subject: models.Case | models.Campaign) -> HttpResponse:
        try:
            by, now = base.who(request), timezone.now()
            if isinstance(subject, models.Case) and request.POST.get("kind") == PeerKind.PACKAGE:
                made = packages.ask(case=subject, **PackageForm(request.POST).told(), by=by, now=now)
            else:
                made = requests.ask(subject=subject, **AskForm(request.POST).told(), by=by, now=now)
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(request.path)
        base.say(request, _("%(number)s waits for a second person, who was told. No file was written yet.") % {"number": made.number})
        return HttpResponseRedirect(base.here(_ROW, made.pk))

    # --- the requests -----------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits first of all; `show` asks for all."""
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        show = request.GET.get("show", "")
        titles: dict[str, Any] = {"": _("Waiting"), "all": _("All")}
        if access.may(person, Action.PEER_APPROVE):
            titles["mine"] = words.WAITS_FOR_ME
        titles["back"] = _("To be taken back")
        show = show if show in titles else ""
        found = access.scope(person, Action.PEER_ASK, models.PeerExport.objects.all())
        if show == "mine":
            found = requests.waits_for(person, now)
        elif show == "back":
            approved = found.filter(kind=PeerKind.INDICATORS, approved_at__isnull=False)
            found = found.filter(pk__in=revoking.to_take_back(approved, now=now))
        elif not show:
            found = found & requests.waiting(now)
        rows, place = post_rows.page_of(found.select_related(*_LOADED), "at", request.GET.get("after"))
        context = {
            "rows": [_line(row, now) for row in rows],
            "choices": [{"title": title, "link": base.here(_LIST, show=key), "on": show == key} for key, title in titles.items()],
            "narrowed": show != "all",
            "back": show == "back",
            "next": base.here(_LIST, show=show, after=place) if place else "",
            "first": base.here(_LIST, show=show) if request.GET.get("after") else "",
        }
        return self.page(request, "workbench/peer/list.html", context, title=_("Exports for other bodies"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person, now = base.who(request), timezone.now()
        asked = self._asked(request, int(object_id))
        line = _line(asked, now)
        second = access.may(person, Action.PEER_APPROVE, office_id=asked.office_id)
        own = asked.by_id == person.pk
        package = asked.kind == PeerKind.PACKAGE
        found = Chosen((), Counter()) if package else requests.of(asked, now=now)
        whole = going.of(asked.case) if package and asked.case is not None else None
        goes = whole is not None or bool(found.marks)
        closed = ""
        try:
            if not package:
                choosing.require_whole(asked.subject)
            elif line["waits"] or requests.ready(asked, now):
                requests.digest_of(asked, now=now)
        except RefusedError as error:
            closed = words.refusal(error)
        standing = line["waits"] or requests.ready(asked, now)
        taken = requests.takings(asked) if asked.approved_at else []
        can = {
            "approve": line["waits"] and second and not own and goes and not closed,
            "refuse": standing and second and not own,
            "withdraw": standing and own,
            "take": requests.ready(asked, now) and goes and not closed,
        }
        context = {
            **line,
            **_said(found, of_campaign=asked.campaign_id is not None),
            "package": package,
            "unsealed": unsealed.was_said(request),
            "whole": whole,
            "seen": whole.digest if whole else found.digest,
            "closed": closed,
            "gone": 0 if package else len(asked.indicators) - len(found.marks),
            "office": asked.office.short_name,
            "of_link": _subject_link(asked, person),
            "own": own,
            "open": standing,
            "taken": len(taken),
            "taken_last": words.moment(taken[-1]) if taken else "",
            "can": can,
            "gone_back": None if package or asked.approved_at is None else _taken_back(revoking.of(asked, now=now)),
            "to": {verb: base.here(f"patrol_peerexport_{verb}", asked.pk) for verb in (*_WORDS, "take")},
            "back": base.here(_LIST),
            **page_keys.of(person, {key: own_key for key, own_key in _own_keys().items() if can.get(key, True)}),
        }
        return self.page(request, "workbench/peer/export.html", context, title=asked.number)

    def _asked(self, request: HttpRequest, export_id: int) -> models.PeerExport:
        loaded = models.PeerExport.objects.select_related(*_LOADED, "case__merged_into", "campaign__merged_into")
        return base.visible(base.who(request), Action.PEER_ASK, loaded, pk=export_id)

    def act(self, request: HttpRequest, export_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        asked = self._asked(request, export_id)
        try:
            told = _FORMS[verb](request.POST).told()
            _VERBS[verb](export_id=asked.pk, **told, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _DONE[verb] % {"number": asked.number})
        return HttpResponseRedirect(base.here(_ROW, asked.pk))

    def take(self, request: HttpRequest, export_id: int) -> HttpResponse:
        """The file; each time a row of the log."""
        base.posted(request)
        asked = self._asked(request, export_id)
        if asked.kind == PeerKind.PACKAGE:
            seal = unsealed.Asked(request)
            made = base.done(request, packages.take, export_id=asked.pk, making=seal.making)
            if made is None:
                return HttpResponseRedirect(base.here(_ROW, asked.pk, unsealed=seal.again))
            base.say_written(request, made.minutes)
            return base.download(made.content, name=made.name)
        verb = requests.take_back if request.POST.get("what") == BACK else requests.take
        try:
            taken = verb(export_id=asked.pk, **TakeForm(request.POST).told(), by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here(_ROW, asked.pk))
        base.say_written(request, taken.minutes)
        answer = HttpResponse(taken.content, content_type=taken.media_type)
        return base.inert(answer, f'attachment; filename="{taken.name}"')


_WORDS = {"approve": "setujui", "refuse": "tolak", "withdraw": "tarik"}
_FORMS: dict[str, type[VerbForm]] = {"approve": ApproveForm, "refuse": NoteForm, "withdraw": VerbForm}
_VERBS: dict[str, Callable[..., Any]] = {"approve": requests.approve, "refuse": requests.refuse, "withdraw": requests.withdraw}
_DONE: dict[str, Any] = {
    "approve": gettext_lazy("%(number)s was approved; who asked was told. The file can be taken now."),
    "refuse": gettext_lazy("%(number)s was refused: no file is taken by it any more. Who asked was told."),
    "withdraw": gettext_lazy("%(number)s was withdrawn: no file is taken by it any more."),
}


def _own_keys() -> dict[str, tuple[str, Any]]:
    """None for the approval: what leaves cannot be called back, and is no matter of a single key."""
    return {"refuse": ("t", _("Refuse")), "withdraw": ("b", _("Withdraw the request")), "back": ("m", _("All exports for other bodies"))}


def _subject_link(asked: models.PeerExport, person: models.Person) -> str:
    if asked.case_id is None:
        return base.here("patrol_campaign_change", asked.campaign_id)
    assert asked.case is not None
    may = access.may(person, Action.CASE_VIEW, office_id=asked.case.office_id)
    return base.here("patrol_case_change", asked.case_id) if may else ""


def _said(found: Chosen, *, of_campaign: bool) -> dict[str, Any]:
    """What would go, masked, and what is withheld: of a campaign a confirmed post must hang on a confirmed tie too."""
    reasons = peer_words.WITHHELD | (peer_words.OF_CAMPAIGN if of_campaign else {})
    counts = Counter(mark.kind for mark in found.marks)
    first = found.marks[:_SHOWN]
    masked = masks.values((mark.kind, mark.value, mark.id) for mark in first)
    return {
        "count": len(found.marks),
        "seen": found.digest,
        "kinds": [(words.INDICATORS[kind], many) for kind, many in counts.items()],
        "marks": [
            {"kind": words.INDICATORS[mark.kind], "value": value, "posts": mark.posts, "last": words.day(mark.last_seen)}
            for mark, value in zip(first, masked, strict=True)
        ],
        "more": len(found.marks) - len(first),
        "withheld": [(reasons[why], found.withheld[why]) for why in Withheld if found.withheld[why]],
        "cut": found.cut,
        "most": choosing.MOST,
    }


def _taken_back(back: revoking.Back) -> dict[str, Any] | None:
    """What went and was judged wrong since, masked; None where no file was taken, or nothing of it is."""
    if not back.gone:
        return None
    first = back.gone[:_SHOWN]
    masked = masks.values((one.mark.kind, one.mark.value, one.mark.id) for one in first)
    return {
        "count": len(back.gone),
        "marks": [
            {"kind": words.INDICATORS[one.mark.kind], "value": value, "why": peer_words.WITHHELD[one.why], "due": bool(one.turns)}
            for one, value in zip(first, masked, strict=True)
        ],
        "more": len(back.gone) - len(first),
        "files": [
            {
                "format": one,
                "title": _FORMATS[one],
                "taken": words.moment(back.taken[one]),
                "due": len(back.due(one)),
                "back": words.moment(back.taken_back[one]) if one in back.taken_back else "",
            }
            for one in Format
            if one in back.taken
        ],
    }


_FORMATS: Final = {Format.STIX: "STIX 2.1", Format.MISP: "MISP"}


def _line(asked: models.PeerExport, now: datetime) -> dict[str, Any]:
    answered_by, answered_at = asked.ended_by or asked.approved_by, asked.ended_at or asked.approved_at
    over = asked.until <= now
    waits = answered_at is None and not over
    withdrawn = asked.ended_by_id == asked.by_id
    state = _WITHDRAWN if withdrawn else _REFUSED if asked.ended_at else _RAN_OUT if over else _APPROVED if asked.approved_at else _WAITS
    return {
        "asked": asked,
        "state": state,
        "waits": waits,
        "link": base.here(_ROW, asked.pk),
        "subject": asked.subject.number,
        "package": asked.kind == PeerKind.PACKAGE,
        "purpose": peer_words.PURPOSES.get(asked.purpose, asked.purpose),
        "sharing": peer_words.SHARING.get(asked.sharing, asked.sharing),
        "many": len(asked.indicators),
        "when": words.moment(asked.at),
        "until": words.moment(asked.until),
        "answered": words.moment(answered_at) if answered_at else "",
        "answered_by": answered_by.name if answered_by else "",
    }
