"""Reports of the public: the list of items, one with its messages and what an officer does with it, and how to reach whoever reported.

Masked until somebody reads it in full, which is logged. How to reach the reporter stands in no page but the answer to its own request.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models
from patrol.access import Action, consulting
from patrol.admin.officer import tip_forms
from patrol.admin.officer import tip_words as said
from patrol.admin.shared import base, forms, page_keys, post_rows, words
from patrol.domain.states import TIP_MOVES, TipState
from patrol.engine import masks
from patrol.infra import wall
from patrol.intake import noted
from patrol.intake.tips import ending, handling, identity, receiving
from patrol.models import Tip, TipMessage

URGENT, IDLE, ALL, BAD_FAITH = "urgent", "idle", "all", "bad_faith"  # beside the states: what the list is narrowed to
BEGINS: Final = 90  # letters of a report in the list
_WORDS: Final = {
    "write": "tulis",
    "take_in": "simpan",
    "join": "gabung",
    "pass_on": "teruskan",
    "close": "tutup",
    "reopen": "buka-lagi",
    "move": "alihkan",
    "part": "pisah",
    "judge_faith": "itikad",
}
_FORMS: Final[dict[str, type[forms.VerbForm]]] = {
    "write": tip_forms.WriteForm,
    "take_in": tip_forms.TakeInForm,
    "join": tip_forms.JoinForm,
    "pass_on": tip_forms.PassOnForm,
    "close": tip_forms.CloseForm,
    "move": tip_forms.MoveForm,
    "judge_faith": tip_forms.FaithForm,
}
_DONE: Final[dict[str, Any]] = {
    "write": gettext_lazy("Sent. The reporter reads it on the status page."),
    "take_in": gettext_lazy("Stored as a post; it is read and checked in a moment."),
    "join": gettext_lazy("Joined to the flag."),
    "pass_on": gettext_lazy("Kept: it was passed on. The reporter sees that."),
    "close": gettext_lazy("Closed. The reporter reads the answer on the status page. What others said of it and nobody has read waits on."),
    "reopen": gettext_lazy("Reopened: it waits again."),
    "move": gettext_lazy("Handed over to the other office."),
    "part": gettext_lazy("It is an item of its own now."),
    "judge_faith": gettext_lazy("The mark was changed. Later reports are read as before."),
}


@admin.register(models.Tip)
class TipAdmin(base.ReadOnlyAdmin):
    view_action = Action.TIP_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("<int:tip_id>/baca/", self.read, "read"),
            self.address("<int:tip_id>/pelapor/", self.reach, "reach"),
            *(self.address(f"<int:tip_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
        ]

    # --- the list ---

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Items in which somebody waits first of all; `state` asks for those in danger, one state, bad faith, or all."""
        self.seen_by(request)
        person, now, link = base.who(request), timezone.now(), "patrol_tip_changelist"
        narrowed = _narrowed(person)
        wanted = request.GET.get("state", "")
        wanted = wanted if wanted in narrowed else ""
        _title, found = narrowed[wanted]
        counted = found.select_related("office").annotate(many=Count("copies", filter=Q(copies__emptied_at=None)))
        rows, place = post_rows.page_of(counted, "at", request.GET.get("after"))
        rows.sort(key=lambda row: not row.urgent)  # of a page: the form says that these are read first
        context = {
            "rows": [{**row_of(row), "age": words.age(row.waits_since or row.at, now)} for row in rows],
            "choices": [
                {"title": title, "link": base.here(link, state=key), "on": wanted == key} for key, (title, _found) in narrowed.items()
            ],
            "figures": handling.figures(person, now=now),
            "days": handling.FIGURE_DAYS,
            "next": base.here(link, state=wanted, after=place) if place else "",
            "first": base.here(link, state=wanted) if request.GET.get("after") else "",
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
            **page_keys.of(person, {}),
        }
        return self.page(request, "workbench/tips.html", context, title=_("Reports of the public"))

    # --- one ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._page(request, self._one(request, int(object_id)), shown=False)

    def _one(self, request: HttpRequest, tip_id: int) -> Tip:
        loaded = Tip.objects.select_related("office", "post__flag__case_entry", "same_as")
        return base.visible(base.who(request), Action.TIP_VIEW, loaded, pk=tip_id)

    def _page(self, request: HttpRequest, tip: Tip, *, shown: bool, contact: str = "") -> HttpResponse:
        context = gather(tip, base.who(request), shown=shown) | {"contact": contact}
        answer = self.page(request, "workbench/tip.html", context, title=_("Report ending in %(digits)s") % {"digits": tip.last_digits})
        if shown or contact:
            answer["Cache-Control"] = "private, no-store"
        return answer

    def read(self, request: HttpRequest, tip_id: int) -> HttpResponse:
        """The page in full, this once; it is logged, and the reporter sees that somebody read it."""
        base.posted(request)
        tip = self._one(request, tip_id)
        if base.done(request, handling.read, tip_id=tip.pk) is None:
            return _to(tip)
        return self._page(request, self._one(request, tip_id), shown=True)

    def reach(self, request: HttpRequest, tip_id: int) -> HttpResponse:
        """How to reach whoever reported, this once: the process that holds the key answers one logged request."""
        base.posted(request)
        tip = self._one(request, tip_id)
        form = tip_forms.PurposeForm(request.POST)
        contact = base.done(request, identity.read, form, tip_id=tip.pk)
        if contact is None:
            return _to(tip)
        consulting.note(request, purpose=form.told()["purpose"])
        return self._page(request, self._one(request, tip_id), shown=False, contact=contact)

    def act(self, request: HttpRequest, tip_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        tip = self._one(request, tip_id)
        form = _FORMS.get(verb, forms.SeenForm)(request.POST)
        if base.done(request, _VERBS[verb], form, tip, tip_id=tip.pk) is None:
            return _to(tip)
        base.say(request, _DONE[verb])
        gone = verb == "move" and not base.who(request).at_directorate
        return HttpResponseRedirect(base.here("patrol_tip_changelist")) if gone else _to(tip)


_VERBS: Final[dict[str, Callable[..., Any]]] = {verb: getattr(handling, verb) for verb in _WORDS}


def _to(tip: Tip) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_tip_change", tip.pk))


def _narrowed(person: models.Person) -> dict[str, tuple[Any, QuerySet[Tip]]]:
    """What the list may be narrowed to."""
    every = handling.items(person)
    return {
        "": (_("Waiting"), handling.waiting(person)),
        URGENT: (_("In danger"), handling.urgent(person)),
        **{str(state): (words.TIP_STATES[state].title, every.filter(state=state)) for state in TipState},
        IDLE: (_("Idle for %(days)s days") % {"days": settings.TIP_DAYS}, ending.idle(every, now=timezone.now())),
        BAD_FAITH: (said.BAD_FAITH.title, handling.visible(person).filter(bad_faith_at__isnull=False)),
        ALL: (_("All"), every),
    }


def row_of(tip: Tip) -> dict[str, Any]:
    """Of a list; `tip.many`: how many say the same."""
    text = masks.text(" ".join(tip.words.split()))
    return {
        "link": base.here("patrol_tip_change", tip.pk),
        "digits": tip.last_digits,
        "begins": text[:BEGINS] + ("…" if len(text) > BEGINS else ""),
        "kind": said.KINDS[tip.kind],
        "since": said.SINCE.get(tip.since, ""),
        "badge": words.TIP_STATES[tip.state],
        "urgent": said.URGENT if tip.urgent else None,
        "bad_faith": said.BAD_FAITH if tip.bad_faith_at else None,
        "copies": getattr(tip, "many", 0) + 1,
        "office": tip.office.short_name,
        "when": words.moment(tip.at),
    }


def urgent_rows(person: models.Person) -> list[dict[str, Any]]:
    """For the head of the protection list: somebody in danger or abroad already, the one who waits longest first."""
    if not access.may(person, Action.TIP_VIEW):
        return []
    return [row_of(tip) for tip in handling.urgent(person).select_related("office").order_by("at", "pk")[: post_rows.PER_PAGE]]


def card(flag: models.Flag, person: models.Person) -> list[dict[str, Any]]:
    """Reports that an officer joined to the flag's post, for whoever may see them."""
    if not access.may(person, Action.TIP_VIEW, office_id=flag.office_id):
        return []
    found = access.scope(person, Action.TIP_VIEW, handling.of_post(flag.post_id)).select_related("office")
    return [row_of(tip) for tip in found.annotate(many=Count("copies"))[:20]]


def gather(tip: Tip, person: models.Person, *, shown: bool) -> dict[str, Any]:
    """What the page of one shows, and which steps this person has."""
    text: Callable[[str], str] = masks.turning_shown if shown else masks.text
    state, gone = TipState(tip.state), tip.emptied_at is not None
    flag = getattr(tip.post, "flag", None) if tip.post else None
    entry = getattr(flag, "case_entry", None) if flag else None
    with wall.everything("number and office of a case are for all staff"):
        case = entry.case if entry else None
    head = tip.same_as_id or tip.pk
    together = Tip.objects.filter(Q(pk=head) | Q(same_as=head)).exclude(pk=tip.pk).select_related("office").order_by("pk")
    contacts = noted.recognise(tip.words).contacts if shown else ()
    system = receiving.system_of(tip)
    return {
        "tip": tip,
        "subtitle": tip.office.name,
        "badge": words.TIP_STATES[state],
        "urgent": said.URGENT if tip.urgent else None,
        "bad_faith": said.BAD_FAITH if tip.bad_faith_at else None,
        "waits": said.WAITS if tip.waits_since else None,
        "kind": said.KINDS[tip.kind],
        "since": said.SINCE.get(tip.since, ""),
        "outcome": said.OUTCOMES.get(tip.outcome, ""),
        "system": {"name": masks.text(system.name), "office": system.office.short_name} if system and system.office else None,
        "came": words.moment(tip.at),
        "text": text(tip.words),
        "where": text(tip.where),
        "when": text(tip.when),
        "shown": shown,
        "gone": gone,
        "pictures": _pictures(tip, shown=shown),
        "many_pictures": tip.pictures.count(),
        "thread": [  # not "messages": those are Django's
            {
                "who": one.by.name if one.by else _("The reporter"),
                "theirs": one.by is None,
                "text": text(one.text),
                "when": words.moment(one.at),
            }
            for one in tip.messages.select_related("by")
        ],
        "events": [
            {"icon": badge.icon, "who": one.by.name if one.by else "", "what": badge.title, "when": words.moment(one.at)}
            for one in tip.events.select_related("by").order_by("-id")
            for badge in (said.EVENTS[one.kind],)
        ],
        "together": [row_of(one) for one in together[:20]],
        "flag": {"number": flag.number, "link": base.here("patrol_flag_change", flag.pk)} if flag else None,
        "case": case.number if case else "",
        "post_link": base.here("patrol_post_change", tip.post_id) if tip.post_id else "",
        "suggestions": [
            {"number": one.number, "gist": words.said(one, "gist"), "link": base.here("patrol_flag_change", one.pk)}
            for one in (handling.suggestions(tip) if shown else [])
        ],
        "link_in_it": next((value for kind, value in contacts if kind == "link"), ""),
        "can": {
            "write": state not in {TipState.CLOSED, TipState.WITHDRAWN} and not gone,
            "pass_on": (state, TipState.PASSED_ON) in TIP_MOVES and not gone,
            "close": (state, TipState.CLOSED) in TIP_MOVES and not gone,
            "reopen": state == TipState.CLOSED and not gone,
            "part": tip.same_as_id is not None and not gone,
            "place": not gone and access.may(person, Action.TIP_PLACE, office_id=tip.office_id),
        },
        "reaches": not gone and models.TipIdentity.objects.filter(tip=tip).exists(),
        "may_reach": not gone and identity.may(person, tip),
        "purposes": list(said.PURPOSES.items()),
        "outcomes": list(said.OUTCOMES.items()),
        "offices": models.Office.objects.filter(active=True).exclude(pk=tip.office_id).values_list("pk", "name"),
        "longest": TipMessage.LONGEST,
        "longest_words": Tip.LONGEST_WORDS,
        "key": uuid.uuid4(),
        "back": base.here("patrol_tip_changelist"),
        "to": {verb: base.here(f"patrol_tip_{verb}", tip.pk) for verb in (*_WORDS, "read", "reach")},
        **page_keys.of(
            person,
            {"read": ("b", _("Read in full")), "write": ("j", _("Write to the reporter")), "close": ("s", _("Close with an answer"))},
        ),
    }


def _pictures(tip: Tip, *, shown: bool) -> list[dict[str, Any]]:
    """In full, drawn anew when they came: inside the page, so that no address shows them a second time."""
    if not shown:
        return []
    return [
        {
            "pk": one.pk,
            "shown": f"data:image/jpeg;base64,{base64.b64encode(bytes(one.content)).decode()}",
            "later": one.message_id is not None,
        }
        for one in tip.pictures.all()
    ]
