"""People harmed: who waits for help, the page of one with its timeline, and the steps as buttons.

For the office that looks after them and the directorate alone; for everybody else these pages are not there. Contacts stand there
masked; showing them is an act with a purpose, answered by that one page and kept nowhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action, consulting
from patrol.admin.officer import known, protection_forms, tips
from patrol.admin.shared import base, forms, marks, pictures, post_rows, words
from patrol.domain import TextKind
from patrol.domain.states import ProtectionState
from patrol.engine import masks
from patrol.models import Outcome, ProtectionDesk, SightingRole
from patrol.triage import protecting

TEXT_SHOWN = 20_000  # code points, as on the page of a flag
_LOADED = ("office", "by", "handed_by", "closed_by", "flag__post", "flag__office", "flag__current_check__reading__version")


@admin.register(models.Protection)
class ProtectionAdmin(base.ReadOnlyAdmin):
    view_action = Action.PROTECTION_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("tanda/<int:flag_id>/", self.of_flag, "of_flag"),
            *super().get_urls(),
            self.address("<int:protection_id>/tampilkan/", self.show, "show"),
            *(self.address(f"<int:protection_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those that are not finished first of all; `state` asks for one state, or for all."""
        self.seen_by(request)
        person, now, wanted = base.who(request), timezone.now(), request.GET.get("state", "")
        link = "patrol_protection_changelist"
        every = protecting.first_of_rows(access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.all()))
        narrowed = {"all": every, **{str(state): every.filter(state=state) for state in ProtectionState}}
        titles = {"": _("Not finished"), **{str(state): words.PROTECTION_STATES[state].title for state in ProtectionState}, "all": _("All")}
        found = narrowed.get(wanted, every.filter(state__in=protecting.UNFINISHED))
        loaded = found.select_related("office", "by", "flag__post").annotate(copies=_copies())
        rows, place = post_rows.page_of(loaded, "at", request.GET.get("after"))
        context = {
            "rows": [
                {
                    "link": base.here("patrol_protection_change", row.pk),
                    "number": row.flag.number,
                    "gist": words.said(row.flag, "gist"),
                    "platform": words.platform(row.flag.post.platform),
                    "copies": row.copies,
                    "badge": words.PROTECTION_STATES[row.state],
                    "detail": ending_of(row) or desk_of(row),
                    "office": row.office.short_name,
                    "by": row.by.name,
                    "marked": words.moment(row.at),
                    "age": words.age(row.at, now),
                }
                for row in rows
            ],
            "choices": [
                {"title": title, "link": base.here(link, state=key), "on": wanted == key or (not key and wanted not in narrowed)}
                for key, title in titles.items()
            ],
            "next": base.here(link, state=wanted, after=place) if place else "",
            "first": base.here(link, state=wanted) if request.GET.get("after") else "",
            "urgent": [] if request.GET.get("after") else tips.urgent_rows(person),
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        consulting.note(request, rows=len(context["rows"]) + len(context["urgent"]))
        return self.page(request, "workbench/protections.html", context, title=_("Protection"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._one(request, self._seen(request, int(object_id)), shown=False)

    def of_flag(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Where a notice points, which names a flag."""
        found = base.visible(base.who(request), Action.PROTECTION_VIEW, models.Protection.objects.all(), flag_id=flag_id)
        return HttpResponseRedirect(base.here("patrol_protection_change", found.pk))

    def show(self, request: HttpRequest, protection_id: int) -> HttpResponse:
        """The page with its contacts in full, this once."""
        base.posted(request)
        protection = self._seen(request, protection_id)
        need = protection_forms.NeedForm(request.POST)
        if base.done(request, protecting.show_contacts, need, protection_id=protection.pk) is None:
            return HttpResponseRedirect(base.here("patrol_protection_change", protection.pk))
        consulting.note(request, purpose=need.told()["need"])
        return self._one(request, protection, shown=True)

    def _seen(self, request: HttpRequest, protection_id: int) -> models.Protection:
        loaded = models.Protection.objects.select_related(*_LOADED)
        return base.visible(base.who(request), Action.PROTECTION_VIEW, loaded, pk=protection_id)

    def _one(self, request: HttpRequest, protection: models.Protection, *, shown: bool) -> HttpResponse:
        context = gather(protection, base.who(request), shown=shown)
        return self.page(request, "workbench/protection.html", context, title=_("Protection"))

    def act(self, request: HttpRequest, protection_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        protection = self._seen(request, protection_id)
        this = HttpResponseRedirect(base.here("patrol_protection_change", protection.pk))
        form = _FORMS.get(verb, protection_forms.StepForm)(request.POST)
        if base.done(request, _VERBS[verb], form, protection_id=protection.pk) is None:
            return this
        base.say(request, _DONE[verb]())
        if verb == "move_to_office" and not base.who(request).at_directorate:
            return HttpResponseRedirect(base.here("patrol_protection_changelist"))  # it is not there for them any more
        return this


_WORDS = {
    "contacted": "dihubungi",
    "hand_to_desk": "rujuk",
    "move_to_office": "alihkan",
    "note": "catatan",
    "close": "tutup",
    "reopen": "tarik",
}
_FORMS: dict[str, type[forms.VerbForm]] = {
    "hand_to_desk": protection_forms.DeskForm,
    "move_to_office": protection_forms.OfficeForm,
    "note": protection_forms.NoteForm,
    "close": protection_forms.CloseForm,
}
_VERBS: dict[str, Callable[..., Any]] = {
    "contacted": protecting.contacted,
    "hand_to_desk": protecting.hand_to_desk,
    "move_to_office": protecting.move_to_office,
    "note": protecting.note,
    "close": protecting.close,
    "reopen": protecting.reopen,
}
_DONE: dict[str, Callable[[], str]] = {
    "contacted": lambda: _("Kept: the person or the family was reached."),
    "hand_to_desk": lambda: _("Handed over to the desk."),
    "move_to_office": lambda: _("Handed over to the other office, which was told."),
    "note": lambda: _("The note was saved."),
    "close": lambda: _("The protection was closed."),
    "reopen": lambda: _("The last step was taken back: it waits again."),
}


def _copies() -> Subquery:
    """How many posts with the same text go this way together."""
    row = models.Protection.objects.filter(office=OuterRef("office"), flag__row_key=OuterRef("flag__row_key"))
    counted: QuerySet[Any, Any] = row.order_by().values("flag__row_key").annotate(many=Count("pk")).values("many")
    return Subquery(counted)


def desk_of(protection: models.Protection) -> str:
    return _desk(protection.desk, protection.handed_to)


def _desk(desk: str, which: str) -> str:
    if desk not in words.PROTECTION_DESKS_NAMED:
        return ""
    return ": ".join(filter(None, (str(words.PROTECTION_DESKS_NAMED[desk]), which)))


def ending_of(protection: models.Protection) -> str:
    return str(words.ENDINGS[protection.ending]) if protection.ending else ""


def leads_to_them(roles: list[str], posts: int, *, offer: bool) -> bool:
    """Whether a contact of the post leads to the person harmed: the account that wrote it, or what only this post gives and offers nothing
    by. The advertiser's number, which such posts quote, is nobody's to call for the person."""
    return SightingRole.AUTHOR in roles or (SightingRole.CONTACT in roles and not offer and not posts)


def gather(protection: models.Protection, person: models.Person, *, shown: bool) -> dict[str, Any]:
    """What the page shows, and which steps there are now. `protection` comes with _LOADED."""
    flag, post = protection.flag, protection.flag.post
    reading = flag.current_check.reading
    version = reading.version
    content = models.PostText.objects.filter(version=version).first()
    text = content.text if content else ""
    author = content.author if content else ""
    state = protection.state
    events = flag.protection_events.select_related("by", "office").order_by("-id")
    decision = flag.decisions.filter(outcome=Outcome.VICTIM, reversed_by=None).order_by("-id").first()
    decides = access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id)
    offer = reading.text_kind in {TextKind.OFFER_ABROAD, TextKind.OFFER_HOME}
    contacts = [
        row
        for row in known.indicators(post.pk, version.pk, shown=shown, only=lambda roles, posts: leads_to_them(roles, posts, offer=offer))
        if row["kind"] in masks.CONTACTS  # a company's name is no way to a person
    ]
    others = {(row["kind"], row["written"]) for row in contacts if not row["only"]}
    alike = models.Protection.objects.filter(office=protection.office, flag__row_key=flag.row_key)
    return {
        "protection": protection,
        "subtitle": flag.number,
        "badge": words.PROTECTION_STATES[state],
        "marked": words.moment(protection.at),
        "desk": desk_of(protection),
        "handed": words.moment(protection.handed_at) if protection.handed_at else "",
        "ending": ending_of(protection),
        "gist": words.said(flag, "gist"),
        "flag_link": base.here("patrol_flag_change", flag.pk),
        "platform": words.platform(post.platform),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "author": author if shown else masks.account(author) if author else "",
        "url": post.url if shown else masks.link(post.url),
        "erased": not text and version.erasures.exists(),
        "pieces": marks.pieces(text[:TEXT_SHOWN], pictures.said(reading).claims, (), shown=shown, tags=known.tags(contacts), hidden=others),
        "contacts": [row for row in contacts if row["only"]],
        "others": [row for row in contacts if not row["only"]],
        "shown": shown,
        "needs": list(words.NEEDS.items()),
        "copies": [
            {"number": one.flag.number, "link": base.here("patrol_flag_change", one.flag_id)}
            for one in alike.exclude(pk=protection.pk).select_related("flag").order_by("flag")[:20]
        ],
        "events": [_event(event) for event in events],
        "can": {
            "contacted": state == ProtectionState.NEW,
            "hand_to_desk": state in protecting.UNFINISHED,
            "close": state != ProtectionState.CLOSED,
            "reopen": state != ProtectionState.NEW,
        },
        "desks": list(words.PROTECTION_DESKS.items()),
        "endings": list(words.ENDINGS.items()),
        "offices": models.Office.objects.filter(active=True).exclude(pk=protection.office_id).values_list("pk", "name"),
        "to": {verb: base.here(f"patrol_protection_{verb}", protection.pk) for verb in (*_WORDS, "show")},
        "reverse": base.here("patrol_flag_reverse", decision.pk) if decision and decides else "",
        "decision_key": uuid.uuid4(),
    }


def _event(event: models.ProtectionEvent) -> dict[str, Any]:
    badge = words.PROTECTION_EVENTS[event.kind]
    key, _colon, which = event.detail.partition(":")
    said = _desk(key, which) if key in set(ProtectionDesk) else str({**words.ENDINGS, **words.NEEDS}.get(key, ""))
    if event.kind == models.ProtectionEventKind.MOVED:
        said = event.office.name
    return {"when": words.moment(event.at), "icon": badge.icon, "who": event.by.name, "what": badge.title, "said": said, "note": event.note}
