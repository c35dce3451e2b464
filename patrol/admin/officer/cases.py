"""Cases: the list of one's side, the page of one case with its timeline, and its verbs as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patrol import access, cases, models
from patrol.access import Action
from patrol.admin.officer import (
    case_attachments,
    case_clock,
    case_filter_acts,
    case_forms,
    case_law,
    case_links,
    case_list,
    case_overview,
    case_package,
    case_referrals,
    case_tasks,
    queue,
)
from patrol.admin.shared import base, exporting, forms, law_rows, page_keys, unsealed, words
from patrol.cases import growing, holds, homes, law, merging, overview, rechecks, ticking
from patrol.domain.states import CaseState
from patrol.engine import masks
from patrol.models import CaseEventKind, CaseKind
from patrol.triage import notices

MOST: Final = {"flags": 30, "timeline": 25, "referrals": 10}  # rows of the long lists; the rest behind a link
# What the whole timeline is asked for, whatever of it is shown.
_ASKED_FOR = (
    *ticking.CHOOSING,
    CaseEventKind.TAKEN,
    CaseEventKind.REFERRED,
    CaseEventKind.KIND_SET,
    CaseEventKind.MERGED,
    CaseEventKind.ATTACHED,
)
_STEPS = (CaseState.OPENED, CaseState.ESCALATED, CaseState.IN_ANALYSIS, CaseState.REFERRED, CaseState.CLOSED)


@admin.register(models.Case)
class CaseAdmin(base.ReadOnlyAdmin):
    view_action = Action.CASE_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            exporting.address(self, case_list.listing, "patrol_case_changelist"),
            *case_filter_acts.addresses(self),
            *case_law.addresses(self),
            *(self.address(f"<int:case_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
            *case_attachments.addresses(self),
            self.address("<int:case_id>/paket/", case_package.take, "package"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        return case_list.answer(request, self.page)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        loaded = models.Case.objects.select_related("office", "opened_by", "responsible", "merged_into__office")
        case = base.visible(base.who(request), Action.CASE_VIEW, holds.told(loaded), pk=int(object_id))
        return self.page(
            request,
            "workbench/case.html",
            gather(case, base.who(request), timezone.now(), whole=request.GET.get("whole", ""))
            | {"unsealed": unsealed.was_said(request), "purpose": case_package.typed(request, case)},
            title=masks.text(case.title),
        )

    def act(self, request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        case = base.visible(base.who(request), Action.CASE_VIEW, models.Case.objects.all(), pk=case_id)
        this = HttpResponseRedirect(base.here("patrol_case_change", case.pk) + ("#tasks" if verb in case_tasks.WORDS else ""))
        form = _FORMS.get(verb, case_forms.MoveForm)(request.POST)
        came = base.done(request, _VERBS[verb], form, case, case_id=case.pk)
        if came is None:
            return this
        if verb == "look":
            base.say(request, case_links.asked(came))
            return this
        if verb == "message":  # who answers has read what is answered
            notices.read_messages(case_id=case.pk, by=base.who(request), now=timezone.now())
        within = verb == "message" and case.at_directorate
        base.say(request, _said_within() if within else _DONE[verb]() % {"case": case.number})
        if isinstance(form, case_forms.HoldForm):
            base.say_covered(request, form.cleaned_data["note"])
        return this


def _said_within() -> str:
    """Of a message in a case that is the directorate's own."""
    return _("The message was saved. The case is the directorate's own: who else opened it or has it gets a notice.")


_WORDS = {
    "escalate": "eskalasi",
    "take": "ambil",
    "pass_on": "teruskan",
    "give_back": "kembalikan",
    "note": "catatan",
    "message": "pesan",
    "read": "dibaca",
    "set_kind": "jenis",
    "close": "tutup",
    "reopen": "buka-kembali",
    "add_near": "tambahkan-tanda",
    "merge": "gabungkan",
    "unmerge": "batal-gabung",
    "take_out": "keluarkan",
    **case_tasks.WORDS,
    "look": "periksa-tautan",
    "hold": "tahan",
    "lift_hold": "lepas-tahanan",
}
_FORMS: dict[str, type[forms.VerbForm]] = {
    "escalate": case_forms.EscalateForm,
    "take": forms.SeenForm,
    "pass_on": case_forms.PassOnForm,
    "set_kind": case_forms.KindForm,
    "close": case_forms.CloseForm,
    "note": case_forms.WrittenForm,
    "message": case_forms.MessageForm,
    "read": forms.VerbForm,
    "take_out": case_forms.TakeOutForm,
    "add_near": case_forms.AddForm,
    "merge": case_forms.MergeForm,
    **case_tasks.FORMS,
    "look": case_links.LookForm,
    "hold": case_forms.HoldForm,
    "lift_hold": case_forms.HoldForm,
}
_VERBS: dict[str, Callable[..., Any]] = {
    "escalate": cases.escalate,
    "take": cases.take,
    "pass_on": cases.pass_on,
    "give_back": cases.give_back,
    "note": cases.note,
    "message": cases.note,
    "read": notices.read_messages,
    "set_kind": cases.set_kind,
    "close": cases.close,
    "reopen": cases.reopen,
    "take_out": cases.take_out,
    "add_near": cases.add_flags,
    "merge": cases.merge,
    "unmerge": cases.unmerge,
    **case_tasks.VERBS,
    "look": rechecks.ask,
    "hold": holds.place,
    "lift_hold": holds.lift,
}
_DONE: dict[str, Callable[[], str]] = {
    "escalate": lambda: _("%(case)s was escalated to the directorate."),
    "take": lambda: _("You took %(case)s."),
    "pass_on": lambda: _("%(case)s was passed on."),
    "give_back": lambda: _("%(case)s was handed back to its office."),
    "note": lambda: _("The note was saved."),
    "message": lambda: _("The message was sent: the other side has a notice."),
    "read": lambda: _("The messages are marked as read."),
    "set_kind": lambda: _("What %(case)s is about was saved."),
    "close": lambda: _("%(case)s was closed."),
    "reopen": lambda: _("%(case)s was reopened."),
    "add_near": lambda: _("The flags were added to %(case)s."),
    "merge": lambda: _("%(case)s was merged."),
    "unmerge": lambda: _("The merger was taken back: %(case)s is what it was."),
    "take_out": lambda: _("The flag was taken out of %(case)s."),
    **case_tasks.DONE,
    "hold": lambda: _("A legal hold stands on %(case)s: nothing of it is erased until it is lifted."),
    "lift_hold": lambda: _("The legal hold on %(case)s was lifted."),
}


def gather(case: models.Case, person: models.Person, now: datetime, *, whole: str = "") -> dict[str, Any]:
    """What the page of a case shows and which of its verbs this person has now. Long lists are cut (MOST) but for the one named `whole`."""
    cut = {name: None if name == whole else most for name, most in MOST.items()}
    entries = list(case.entries.select_related("flag__post", "flag__current_check").order_by("added_at", "id")[: cut["flags"]])
    told = list(case.events.filter(kind__in=_ASKED_FOR).order_by("id").values_list("kind", "article", "at"))
    taken_in = merging.taken_in(case) if any(kind == CaseEventKind.MERGED for kind, _article, _at in told) else []
    also = [one for one in taken_in if access.may(person, Action.CASE_VIEW, office_id=one.office_id)]
    numbers, by_id = {one.pk: one.number for one in also}, {one.pk: one for one in (case, *also)}
    any_file = bool(also) or any(kind == CaseEventKind.ATTACHED for kind, _article, _at in told)
    files = case_attachments.gather(case, person, also, any_file=any_file)
    related = ("by__office", "flag", "to__office", "attachment", "other", "task")
    timeline = case.events.select_related(*related).exclude(kind__in=_NOTES).order_by("-id")
    # The other side's own files are not told.
    timeline = timeline.filter(Q(attachment=None) | Q(attachment__in=[row["id"] for row in files["rows"]]))
    events = list(timeline[: cut["timeline"] + 1] if cut["timeline"] else timeline)
    closer = Action.CASE_CLOSE_ESCALATED if case.with_directorate else Action.CASE_CLOSE
    filler = Action.CASE_CLOSE_ESCALATED if case.with_directorate else Action.CASE_NOTE
    apart = any(one.office_id != case.office_id for one in taken_in)
    still_open, works = case.state != CaseState.CLOSED, homes.works(case)
    written = cases.written(case, person, also=also)
    any_message = any(event.kind == CaseEventKind.MESSAGE for event in written)
    unread = set(notices.messages(person).filter(case=case).values_list("by", "at")) if any_message else set()
    referred = case_referrals.read(case, also)
    cards = case_referrals.of(case, person, referred, also, most=cut["referrals"])

    def can(action: Action) -> bool:
        return access.may(person, action, office_id=case.office_id)

    escalates = can(Action.CASE_ESCALATE) and case.state in {CaseState.OPENED, CaseState.REFERRED} and not case.with_directorate
    cited = any(article for _kind, article, _at in told)
    loaded = list(law.loaded()) if cited or also or escalates or ticking.may(case, person) else []
    keys = ticking.chosen_by((kind, article) for kind, article, _at in told if kind in ticking.CHOOSING)
    articles = ticking.chosen(case) if also else [one for one in loaded if one.key in keys]
    titles, ticked = law_rows.titles_of(loaded), case_law.ticked(events)
    first_sight = overview.Asked(
        case,
        person,
        kind_set=any(kind == CaseEventKind.KIND_SET for kind, _article, _at in told),
        referrals=referred,
        again=sum(len(group["rows"]) for group in cards["again"]),
    )
    flags, posts = [entry.flag for entry in entries], [entry.flag.post for entry in entries]
    of_links = case_links.gather(case, posts, person, any_link=first_sight.counts.links > 0)
    held = _held(case)
    of_law = case_law.gather(case, person, loaded=loaded, articles=articles, flags=flags, links=first_sight.counts.flags)

    return {
        **page_keys.of(person, {"look": ("p", case_links.key_title())}),
        "may_look": of_links["may_look"],
        "case": case,
        "subtitle": case.number,
        "state": words.CASE_STATES[case.state],
        "outcome": words.CASE_OUTCOMES.get(case.outcome, ""),
        "kind": words.CASE_KINDS[case.kind] if case.kind != CaseKind.OTHER or first_sight.kind_set else pgettext("case", "not said yet"),
        "kinds": list(words.CASE_KINDS.items()),
        "outcomes": [(one, words.CASE_OUTCOMES[one]) for one in cases.OUTCOMES],
        "steps": _steps(case, told),
        "overview": case_overview.parts(first_sight, now),
        "flags": [
            {
                **dict(zip(("level", "level_title"), queue.level_shown(entry.flag), strict=True)),
                "gist": words.said(entry.flag, "gist"),
                "id": entry.flag_id,
                "number": entry.flag.number,
                "link": base.here("patrol_flag_change", entry.flag_id),
                "state": words.FLAG_STATES[entry.flag.state],
                "verdict": words.verdict(entry.flag.current_check.verdict, contact_own=entry.flag.current_check.contact_own),
                "platform": words.platform(entry.flag.post.platform),
                "link_now": of_links["links"][entry.flag.post_id],
            }
            for entry in entries
        ],
        "flags_count": first_sight.counts.flags,
        "rest": {
            name: base.here("patrol_case_change", case.pk, whole=name) + f"#{name}"
            for name, there in (("flags", first_sight.counts.flags), ("timeline", len(events)), ("referrals", len(referred)))
            if there > (cut[name] or there)
        },
        "events": [
            {**_event(event, person), "article": titles.get(event.article, ""), "element": ticked.get(event.pk, "")}
            for event in events[: cut["timeline"]]
        ],
        "law": of_law,
        "files": files,
        "package": case_package.of(case, person),
        "tasks": case_tasks.gather(case, person),
        "near": [
            {"id": flag.pk, "number": flag.number, "gist": words.said(flag, "gist"), "link": base.here("patrol_flag_change", flag.pk)}
            for flag in (growing.near(case, person, now) if can(Action.CASE_NOTE) else [])
        ],
        "taken_in": [
            {
                "number": one.number,
                "office": one.office.short_name if one.office_id != case.office_id else "",
                "link": base.here("patrol_case_change", one.pk) if one in also else "",
            }
            for one in taken_in
        ],
        "went": _went(case, person),
        "mergeable": merging.offered(case) if merging.may_merge(case, person) else [],
        "notes": [{**_event(event, person), "of": numbers.get(event.case_id, "")} for event in written if event.kind == CaseEventKind.NOTE],
        "exchanged": [  # not `messages`: by that name the frame finds what it has to say
            {**_event(event, person), "of": numbers.get(event.case_id, ""), "whose": _to(event, by_id[event.case_id])}
            | {"new": (event.by_id, event.at) in unread}
            for event in written
            if event.kind == CaseEventKind.MESSAGE
        ],
        "unread": bool(unread),
        "to_office": person.at_directorate,
        **cards,
        "within": case.at_directorate,
        "opened": words.moment(case.opened_at),
        "clocks": case_clock.of_page(case, now),
        "can": {
            "note": can(Action.CASE_NOTE) and works,
            "set_kind": can(Action.CASE_NOTE) and still_open,
            "escalate": escalates,
            "take": can(Action.CASE_TAKE) and case.state == CaseState.ESCALATED,
            "pass_on": _passes_on(case, person),
            "give_back": can(Action.CASE_RETURN) and case.with_directorate and not apart,
            "close": can(closer) and still_open,
            "take_out": can(filler) and still_open,
            "reopen": can(Action.CASE_CLOSE)
            and case.state == CaseState.CLOSED
            and case.merged_into_id is None
            and (person.at_directorate or not apart),
            "merge": merging.may_merge(case, person),
            "unmerge": merging.may_take_back(case, person),
            "hold": holds.may(person, case) and held is None,
            "lift_hold": holds.may(person, case) and held is not None,
        },
        "held": held,
        "takers": [(one.pk, one.name) for one in cases.takers(case)] if _passes_on(case, person) else [],
        "articles": law_rows.choices(law.offered(now, loaded)) if escalates and case.state == CaseState.OPENED else [],
        "to": {verb: base.here(f"patrol_case_{verb}", case.pk) for verb in _WORDS},
    }


def _held(case: models.Case) -> dict[str, Any] | None:
    """The legal hold that stands on it, as `holds.told` brought it with the case."""
    at = getattr(case, "held_at", None)
    return {"at": words.day(at), "by": case.held_by, "why": case.held_why} if at else None  # type: ignore[attr-defined]


def _went(case: models.Case, person: models.Person) -> dict[str, Any] | None:
    """What it is merged into: of another office number and office alone, but for the directorate."""
    into = case.merged_into
    if into is None:
        return None
    sees = access.may(person, Action.CASE_VIEW, office_id=into.office_id)
    return {
        "number": into.number,
        "office": into.office.name if into.office_id != case.office_id else "",
        "link": base.here("patrol_case_change", into.pk) if sees else "",
        "goes_on": homes.is_open(case),
    }


def _to(message: models.CaseEvent, case: models.Case) -> str:
    """Which side a message of `cases.written` is for: the one that did not write it. "" in the directorate's own case."""
    if case.at_directorate:
        return ""
    if message.side == case.office_id:  # type: ignore[attr-defined]
        return _("to the directorate")
    return _("to %(office)s") % {"office": case.office.short_name}


def _passes_on(case: models.Case, person: models.Person) -> bool:
    with_somebody = case.state not in {CaseState.ESCALATED, CaseState.CLOSED}
    return with_somebody and access.may(person, cases.handing_on(case), office_id=case.office_id)


_NOTES = (CaseEventKind.NOTE, CaseEventKind.MESSAGE)
# Where these name another case, their words are of a referral of that one, and for whoever sees it.
_OF_A_REFERRAL = (
    CaseEventKind.REFERRED,
    CaseEventKind.CAME_BACK,
    CaseEventKind.SEEN_AGAIN,
    CaseEventKind.NOT_AGAIN,
    CaseEventKind.CORRECTED,
)


def _event(event: models.CaseEvent, person: models.Person) -> dict[str, Any]:
    """Of another office, whose case was merged into this one, neither people nor what they wrote: that is for their side."""
    foreign = event.by is not None and not words.knows(person, event.by)
    other = _other(event.other, person) if event.other else ""
    of_theirs = event.kind in _OF_A_REFERRAL and event.other is not None and not other
    badge = words.CASE_EVENTS[words.MERGERS.get(event.kind, event.kind) if event.other_id else event.kind]
    return {
        "when": words.moment(event.at),
        "icon": badge.icon,
        "who": words.person(event.by, person) if event.by else _("System"),
        "what": badge.title,
        "to": words.person(event.to, person) if event.to and not event.task else "",
        "task": case_tasks.told(event) if event.task else None,
        "outcome": words.CASE_OUTCOMES.get(event.outcome) or words.CASE_KINDS.get(event.case_kind, ""),
        "note": "" if foreign or of_theirs else event.note,
        "file": event.attachment.title if event.attachment else "",
        "other": {"number": event.other.number, "link": other} if event.other else None,
        "flag": {"number": event.flag.number, "link": base.here("patrol_flag_change", event.flag_id)} if event.flag else None,
    }


def _other(case: models.Case, person: models.Person) -> str:
    return base.here("patrol_case_change", case.pk) if access.may(person, Action.CASE_VIEW, office_id=case.office_id) else ""


def _steps(case: models.Case, told: Sequence[tuple[str, str, datetime]]) -> list[dict[str, Any]]:
    """The way of a case with the moments it has passed; `told`: kind, article and moment of events, the oldest first. It may be closed
    without ever going to the directorate."""
    last = {kind: at for kind, _article, at in told}
    moments = {
        CaseState.OPENED: case.opened_at,
        CaseState.ESCALATED: case.escalated_at,
        CaseState.IN_ANALYSIS: last.get(CaseEventKind.TAKEN),
        CaseState.REFERRED: last.get(CaseEventKind.REFERRED),
        CaseState.CLOSED: case.closed_at,
    }
    return [
        {
            "title": words.CASE_STATES[state].title,
            "when": words.moment(at) if (at := moments[state]) else "",
            "now": state == case.state,
            "done": at is not None and state != case.state,
        }
        for state in _STEPS
    ]
