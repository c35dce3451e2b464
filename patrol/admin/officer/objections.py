"""Objections: the list, one with what came in and what was decided, the form that enters one, and the answer as a letter.

Who objects stands masked everywhere; the full name and words, and the letter that bears them, are looks at contacts, which are logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.officer import objection_forms
from patrol.admin.officer import objection_words as said
from patrol.admin.shared import base, exporting, forms, post_rows, words
from patrol.cases import objection_letter, objections
from patrol.domain.states import ObjectionState
from patrol.evidence import custody_log, kinds, raw
from patrol.infra import printing
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.models import PUTS_RIGHT, ObjectionWay, Outcome

_LOADED = ("office", "decision__flag", "decision__by", "entered_by", "ended_by", "answered_by", "file")
_WORDS: Final = {"decide": "putus", "withdraw": "tarik", "answered": "terjawab"}
_FORMS: Final[dict[str, type[forms.VerbForm]]] = {
    "decide": objection_forms.DecideForm,
    "withdraw": objection_forms.WithdrawForm,
    "answered": objection_forms.AnsweredForm,
}
_DONE: Final[dict[str, Any]] = {
    "decide": gettext_lazy("%(number)s was decided. The answer can be printed; who entered it was told."),
    "withdraw": gettext_lazy("%(number)s was withdrawn. Nothing else was changed."),
    "answered": gettext_lazy("%(number)s: kept that the answer went out."),
}


@admin.register(models.Objection)
class ObjectionAdmin(base.ReadOnlyAdmin):
    view_action = Action.OBJECTION_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("baru/", self.find, "find"),
            self.address("baru/<int:flag_id>/", self.enter, "enter"),
            *super().get_urls(),
            exporting.address(self, _listing, "patrol_objection_changelist"),
            self.address("<int:objection_id>/tampilkan/", self.show, "show"),
            self.address("<int:objection_id>/surat/", self.letter, "letter"),
            self.address("<int:objection_id>/berkas/", self.file, "file"),
            *(self.address(f"<int:objection_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
        ]

    # --- the list ---

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those nobody has decided first of all; `state` asks for another state, the overdue, those without an answer, or all."""
        self.seen_by(request)
        person, now, link = base.who(request), timezone.now(), "patrol_objection_changelist"
        titles = _titles(person)
        wanted, found = _narrowed(request, now)
        rows, place = post_rows.page_of(found, "entered_at", request.GET.get("after"))
        context = {
            "rows": [row_of(row, now) for row in rows],
            "choices": [{"title": title, "link": base.here(link, state=key), "on": wanted == key} for key, title in titles.items()],
            "enters": access.may(person, Action.OBJECTION_ENTER),
            "find": base.here("patrol_objection_find"),
            "typed": request.GET.get("flag", "")[:20],
            "next": base.here(link, state=wanted, after=place) if place else "",
            "first": base.here(link, state=wanted) if request.GET.get("after") else "",
            "export": exporting.panel("patrol_objection_export", {"state": wanted}, person),
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        return self.page(request, "workbench/objections.html", context, title=_("Objections"))

    # --- entering one ---

    def find(self, request: HttpRequest) -> HttpResponse:
        """From the list: the flag whose number was typed."""
        person = base.who(request)
        if not access.may(person, Action.OBJECTION_ENTER):
            raise Http404
        number = request.GET.get("flag", "").strip().upper().replace("\0", "")[:20]
        flag = access.scope(person, Action.OBJECTION_ENTER, models.Flag.objects.all()).filter(number=number).first()
        if flag is None:
            base.say(request, _("There is no flag of your office with this number."), problem=True)
            return HttpResponseRedirect(base.here("patrol_objection_changelist", flag=number))
        return HttpResponseRedirect(base.here("patrol_objection_enter", flag.pk))

    def enter(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """GET the form, POST enters what came in; refused, the form stands there again with what was typed.

        Without a form where nothing could be saved: no decision to object to, or every side has objected.
        """
        person = base.who(request)
        flag = base.visible(person, Action.OBJECTION_ENTER, models.Flag.objects.select_related("office"), pk=flag_id)
        form = objection_forms.EnterForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = objections.enter(flag_id=flag.pk, **form.told(), by=person, now=timezone.now())
            except RefusedError as error:
                form.refused(error, "file" if error.place == "content" else None)
            else:
                base.say(request, _("%(number)s was entered. Whoever may decide it was told.") % {"number": made.number})
                return _to(made)
        decision = objections.open_to(flag)
        context = {
            "form": form,
            "flag": flag,
            "flag_link": base.here("patrol_flag_change", flag.pk),
            "gist": words.said(flag, "gist"),
            "decision": _decision(decision, person) if decision else None,
            "before": [_short(one) for one in objections.of_flag(flag.pk)],
            "sides": [(side, said.SIDES[side]) for side in objections.sides_left(decision)] if decision else [],
            "ways": [(way, said.WAYS[way]) for way in objections.ENTERED_BY_STAFF],
            "today": timezone.localtime().date().isoformat(),
            "accept": ",".join(f".{ending}" for ending in (*kinds.ENDINGS.values(), "jpeg")),
            "longest": models.Objection,
        }
        return self.page(request, "workbench/objection_new.html", context, title=_("Enter an objection"))

    # --- one ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._page(request, self._one(request, int(object_id)), shown=False)

    def _one(self, request: HttpRequest, objection_id: int) -> models.Objection:
        loaded = models.Objection.objects.select_related(*_LOADED)
        return base.visible(base.who(request), Action.OBJECTION_VIEW, loaded, pk=objection_id)

    def _page(self, request: HttpRequest, objection: models.Objection, *, shown: bool) -> HttpResponse:
        context = gather(objection, base.who(request), timezone.now(), shown=shown)
        return self.page(request, "workbench/objection.html", context, title=objection.number)

    def show(self, request: HttpRequest, objection_id: int) -> HttpResponse:
        """The page with name and words in full, this once."""
        base.posted(request)
        objection = self._one(request, objection_id)
        if base.done(request, objections.show, objection_id=objection.pk) is None:
            return _to(objection)
        return self._page(request, objection, shown=True)

    def act(self, request: HttpRequest, objection_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        objection = self._one(request, objection_id)
        done: models.Objection | None = base.done(request, _VERBS[verb], _FORMS[verb](request.POST), objection, objection_id=objection.pk)
        if done is not None:
            base.say(request, _DONE[verb] % {"number": done.number})
        return _to(objection)

    # --- files ---

    def letter(self, request: HttpRequest, objection_id: int) -> HttpResponse:
        """The answer as a PDF; where this machine makes none, as a page to be printed."""
        base.posted(request)
        objection = self._one(request, objection_id)
        if objection.state != ObjectionState.DECIDED:
            base.say(request, _("There is no answer yet: nobody has decided the objection."), problem=True)
            return _to(objection)
        text = objection_letter.letter(objection, now=timezone.now())
        if text.missing:
            base.say(request, _("The letter was not made. Missing: %(slots)s.") % {"slots": missing(text)}, problem=True)
            return _to(objection)
        if base.done(request, objections.show, objection_id=objection.pk) is None:
            return _to(objection)
        html = render_to_string("letters/objection.html", {"letter": text}, request)
        if not printing.available():
            return HttpResponse(html, headers={"Cache-Control": "private, no-store"})
        return base.download(printing.pdf(html, pdf_variant="pdf/ua-1"), name=f"{objection.number}.pdf")

    def file(self, request: HttpRequest, objection_id: int) -> HttpResponse:
        """What came with it, as a file to take away; logged as any preserved copy."""
        base.posted(request)
        objection = self._one(request, objection_id)
        if objection.file is None:
            raise Http404
        access.require(base.who(request), Action.EVIDENCE_OPEN, office_id=objection.office_id)
        try:
            content = custody_log.opened(objection.file, by=base.who(request), now=timezone.now())
        except raw.EvidenceMissingError:
            base.say(request, BROKEN, problem=True)
            return _to(objection)
        with transaction.atomic():
            made = custody_log.took(
                objection.file,
                by=base.who(request),
                now=timezone.now(),
                purpose=objections.PURPOSE,
                reason=f"Penanganan keberatan {objection.number}",
                after={"purpose": objections.PURPOSE, "number": objection.number},
            )
        base.say_written(request, made)
        return base.download(content, name=f"{objection.number}.{kinds.ENDINGS.get(objection.file.media_type, 'bin')}")


_VERBS: Final[dict[str, Callable[..., models.Objection]]] = {verb: getattr(objections, verb) for verb in _WORDS}


def _to(objection: models.Objection) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_objection_change", objection.pk))


def missing(letter: objection_letter.Letter) -> str:
    return ", ".join(str(objection_letter.SLOTS[key]) for key in letter.missing)


def _titles(person: models.Person) -> dict[str, Any]:
    """What the list may be narrowed to."""
    waits = [objections.WAITS] if access.may(person, Action.OBJECTION_SETTLE) else []
    return {
        "": _("Waiting"),
        **{key: said.NARROWED[key] for key in (*waits, objections.OVERDUE, objections.UNANSWERED)},
        **{str(state): said.STATES[state].title for state in (ObjectionState.DECIDED, ObjectionState.WITHDRAWN)},
        "all": said.NARROWED["all"],
    }


def _narrowed(request: HttpRequest, now: datetime) -> tuple[str, QuerySet[models.Objection]]:
    """The state the address asks for, and the objections that pass."""
    wanted = request.GET.get("state", "")
    wanted = wanted if wanted in _titles(base.who(request)) else ""
    found = objections.listed(wanted or ObjectionState.ENTERED, base.who(request), now=now)
    return wanted, found.select_related("office", "decision__flag")


def _listing(request: HttpRequest) -> exporting.Listing:
    """Without who objects: the list does not name them either."""
    now = timezone.now()
    wanted, found = _narrowed(request, now)

    def cells(rows: Sequence[models.Objection], _shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for row in rows:
            told = row_of(row, now)
            clock = told["clock"]
            yield (
                row.number,
                str(told["badge"].title),
                str(clock.title) if clock else "",
                told["flag"],
                told["gist"],
                str(told["side"]),
                told["office"],
                row.entered_at,
                row.due_at,
                row.answered_at,
            )

    return exporting.Listing(
        key="objections",
        title=_("Objections"),
        columns=[
            _("Objection"),
            _("State"),
            _("Clock"),
            _("Flag"),
            _("What it is about"),
            _("Who objects"),
            _("Office"),
            pgettext("objection", "Entered"),
            _("To be decided by"),
            _("Answer sent"),
        ],
        found=found.order_by("-entered_at", "-pk"),
        said=cells,
        query={"state": wanted} if wanted else {},
        asked=[(_("State"), _titles(base.who(request))[wanted])],
    )


def row_of(row: models.Objection, now: datetime) -> dict[str, Any]:
    return {
        **_short(row),
        "flag": row.decision.flag.number,
        "gist": words.said(row.decision.flag, "gist"),
        "side": said.SIDES[row.side],
        "office": row.office.short_name,
        "when": words.moment(row.entered_at),
        "clock": _clock(row, now),
        "answer": row.state == ObjectionState.DECIDED and row.answered_at is None,
    }


def _short(row: models.Objection) -> dict[str, Any]:
    return {"number": row.number, "link": base.here("patrol_objection_change", row.pk), "badge": said.badge(row)}


def card(flag: models.Flag, person: models.Person) -> list[dict[str, Any]]:
    """Of a flag that has some, for its page: their outcome and what was put right; the words of whoever may see them lead there."""
    views = access.may(person, Action.OBJECTION_VIEW, office_id=flag.office_id)
    return [
        {
            **_short(row),
            "link": base.here("patrol_objection_change", row.pk) if views else "",
            "put_right": row.put_right if views else "",
            "when": words.moment(row.ended_at or row.entered_at),
        }
        for row in objections.of_flag(flag.pk)
    ]


def _clock(row: models.Objection, now: datetime) -> words.Badge | None:
    if row.state != ObjectionState.ENTERED:
        return None
    if row.due_at < now:
        return words.Badge(_("%(age)s overdue") % {"age": words.lasting(now - row.due_at)}, "high", "schedule")
    return words.Badge(_("%(age)s left") % {"age": words.age(now, row.due_at)}, "plain", "schedule")


def _decision(decision: models.Decision, person: models.Person) -> dict[str, Any]:
    own = person.at_directorate or person.office_id == decision.flag.office_id
    return {
        "badge": words.OUTCOMES[decision.outcome],
        "reason": triage.reason_said(decision.outcome, decision.reason) if own else "",
        "by": decision.by.name if own else "",
        "when": words.moment(decision.at),
    }


def gather(objection: models.Objection, person: models.Person, now: datetime, *, shown: bool) -> dict[str, Any]:
    """What the page of one shows, and which steps this person has. `objection` comes with _LOADED."""
    flag, state = objection.decision.flag, objection.state
    waits, decided = state == ObjectionState.ENTERED, state == ObjectionState.DECIDED
    enters = access.may(person, Action.OBJECTION_ENTER, office_id=objection.office_id)
    had_a_hand = set(objections.halves(objection)) if waits else set()
    may_decide = waits and access.may(person, Action.OBJECTION_SETTLE, office_id=objection.office_id)
    # What came by the public page is answered there, by its number.
    letter = objection_letter.letter(objection, now=now) if decided and objection.how != ObjectionWay.FORM else None
    return {
        "objection": objection,
        "subtitle": flag.number,
        "badge": said.badge(objection),
        "clock": _clock(objection, now),
        "due": words.moment(objection.due_at),
        "came": said.full(objection) if shown else said.masked(objection),
        "shown": shown,
        "blank": not objection.text and objection.file is None,
        "public": objection.how == ObjectionWay.FORM,
        "side": said.SIDES[objection.side],
        "how": said.WAYS[objection.how],
        "day": words.day(objection.day),
        "entered": words.moment(objection.entered_at),
        "ended": words.moment(objection.ended_at) if objection.ended_at else "",
        "answered": words.moment(objection.answered_at) if objection.answered_at else "",
        "answered_how": said.WAYS.get(objection.answered_how, ""),
        "flag": flag,
        "gist": words.said(flag, "gist"),
        "flag_link": base.here("patrol_flag_change", flag.pk),
        "decision": _decision(objection.decision, person),
        "corrections": [
            {"number": one.number, "link": base.here("patrol_referral_change", one.pk), "badge": words.REFERRAL_STATES[one.state]}
            for one in objection.corrections.order_by("pk")
        ]
        if objection.outcome in PUTS_RIGHT
        else [],
        "letter": letter,
        "missing": missing(letter) if letter else "",
        "prints": printing.available(),
        "can": {
            "decide": may_decide and person.pk not in had_a_hand,
            "withdraw": waits and enters,
            "answered": decided and enters and objection.answered_at is None,
            "file": objection.file is not None and access.may(person, Action.EVIDENCE_OPEN, office_id=objection.office_id),
        },
        "own": may_decide and person.pk in had_a_hand,
        "others": [one.name for one in objections.deciders(objection)] if waits else [],
        "outcomes": [(key, badge.title) for key, badge in said.OUTCOMES.items()],
        "instead": _instead(objection.decision),
        "ways": [(way, said.WAYS[way]) for way in objections.ENTERED_BY_STAFF],
        "most": objections.MOST_WORDS,
        "to": {verb: base.here(f"patrol_objection_{verb}", objection.pk) for verb in (*_WORDS, "show", "letter", "file")},
    }


def _instead(decision: models.Decision) -> list[tuple[str, str]]:
    """What the flag may be decided as where the decision was wrong."""
    return [
        (f"{outcome}:{key}", f"{words.OUTCOMES[outcome].title}: {title}")
        for outcome in (Outcome.DISMISSED, Outcome.CONFIRMED, Outcome.VICTIM)
        if outcome != decision.outcome
        for key, title in triage.REASONS[outcome].items()
    ]
