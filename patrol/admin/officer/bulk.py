"""Many rows at once: the count and five examples before anything happens, the progress after, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.officer import queue
from patrol.admin.shared import base, page_keys, post_rows, words
from patrol.admin.shared.forms import AnswerForm, NoteForm, VerbForm, WordField
from patrol.domain.states import BulkState
from patrol.infra.refusals import RefusedError
from patrol.models import EntryState
from patrol.triage import bulk

STATES: dict[str, words.Badge] = {
    BulkState.PROPOSED: words.Badge(pgettext_lazy("bulk", "waits for a second person"), "med", "hourglass_empty"),
    BulkState.RUNNING: words.Badge(pgettext_lazy("bulk", "running"), "blue", "sync"),
    BulkState.DONE: words.Badge(pgettext_lazy("bulk", "done"), "ok", "check"),
    BulkState.CANCELLED: words.Badge(pgettext_lazy("bulk", "cancelled"), "plain", "block"),
    BulkState.REFUSED: words.Badge(pgettext_lazy("bulk", "refused"), "plain", "block"),
    BulkState.REVERSED: words.Badge(pgettext_lazy("bulk", "taken back"), "plain", "undo"),
}
WHY: dict[str, Any] = {
    "held": gettext_lazy("a colleague had it open"),
    "moved": gettext_lazy("it had moved since the count was shown"),
    "refused": gettext_lazy("it belongs to another office by now"),
    "in_case": gettext_lazy("a case stands on it"),
    "cancelled": gettext_lazy("the bulk was cancelled before"),
}
REFRESH = 3  # seconds, while it runs; a plain header, so that it works without scripts
LEFT_SHOWN = 100


class RowsField(WordField):
    """The rows as they were shown, flag and version: "7:1 9:3". Whatever is not of this shape is no row."""

    def to_python(self, value: Any) -> Any:
        pairs = [part.partition(":") for part in super().to_python(value).split()]
        found = [(base.number(flag), base.number(version)) for flag, _colon, version in pairs]
        return [(flag, version) for flag, version in found if flag is not None and version is not None]


class BulkForm(AnswerForm):
    rows = RowsField()


@admin.register(models.Bulk)
class BulkAdmin(base.ReadOnlyAdmin):
    view_action = Action.BULK

    def get_urls(self) -> list[Any]:
        return [
            self.address("baru/", self.add, "add"),
            *super().get_urls(),
            *(self.address(f"<int:bulk_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items()),
        ]

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, bulk_id: int) -> HttpResponse:
            return self.act(request, bulk_id, verb)

        return view

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, link = base.who(request), "patrol_bulk_changelist"
        found = access.scope(person, Action.BULK, models.Bulk.objects.select_related("office", "by"))
        mine = request.GET.get("show") == "mine"
        kept = {"show": "mine"} if mine else {}
        if mine:
            found = bulk.waits_for(person).select_related("office", "by")
        rows, place = post_rows.page_of(found, "at", request.GET.get("after"))
        context = {
            "mine": mine,
            "rows": [{"bulk": row, "link": base.here("patrol_bulk_change", row.pk), **_line(row)} for row in rows],
            "choices": [
                {"title": _("All"), "link": base.here(link), "on": not mine},
                {"title": words.WAITS_FOR_ME, "link": base.here(link, show="mine"), "on": mine},
            ]
            if access.may(person, Action.BULK_APPROVE)
            else [],
            "next": base.here(link, **kept, after=place) if place else "",
            "first": base.here(link, **kept) if request.GET.get("after") else "",
            "add": base.here("patrol_bulk_add"),
            **page_keys.of(person, {"add": ("m", _("Decide many at once"))}),
        }
        return self.page(request, "workbench/bulks.html", context, title=_("Bulk decisions"))

    def add(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        if request.method == "POST":
            return self._begin(request, person, now)
        filters = queue.Filters.of(request.GET, person)
        office_id = person.office_id if filters.office is None else filters.office
        if not person.at_directorate or filters.office is not None:
            counted = bulk.count(person, filters.wanted(person, now))
        else:  # a bulk belongs to one office
            counted = bulk.count(person, queue.Filters.of({**filters.query, "office": office_id}, person).wanted(person, now))
        acts = tuple(page_keys.OF_OUTCOME[outcome] for outcome in bulk.OUTCOMES)
        keys = page_keys.of(person, {"note": ("c", _("Note"))}, shared=("filter", *acts))
        context = {
            **queue.choices(person, filters),
            "counted": counted,
            "most": bulk.MOST,
            "closed_alone": triage.ALONE,
            "tokens": " ".join(f"{row.flag.pk}:{row.flag.version}" for row in counted.rows),
            "examples": [
                {
                    "gist": words.said(row.flag, "gist"),
                    "number": row.flag.number,
                    "copies": row.copies,
                    "platform": words.platform(row.flag.post.platform),
                    "age": words.age(row.flag.raised_at, now),
                    "link": base.here("patrol_flag_change", row.flag.pk),
                }
                for row in counted.examples
            ],
            "office": models.Office.objects.filter(pk=office_id).first(),
            "answers": page_keys.answers({outcome: triage.REASONS[outcome] for outcome in bulk.OUTCOMES}, keys["keys"]),
            **keys,
        }
        return self.page(request, "workbench/bulk_add.html", context, title=_("Decide many at once"))

    def _begin(self, request: HttpRequest, person: models.Person, now: Any) -> HttpResponse:
        again = HttpResponseRedirect(base.here("patrol_bulk_add"))
        try:
            made = bulk.begin(**BulkForm(request.POST).told(), by=person, now=now)
        except RefusedError as error:
            base.refuse(request, error)
            return again
        except triage.ReasonMissingError:
            text = _("Nothing was decided: choose a reason, and say in the note what else it is.")
            base.say(request, text, problem=True, beside="said")
            return again
        proposed = made.state == BulkState.PROPOSED
        text = _("%(number)s waits for a second person.") if proposed else _("%(number)s has begun.")
        base.say(request, text % {"number": made.number})
        return HttpResponseRedirect(base.here("patrol_bulk_change", made.pk))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = base.who(request)
        loaded = models.Bulk.objects.select_related("office", "by", "approved_by", "ended_by")
        one = base.visible(person, Action.BULK, loaded, pk=int(object_id))
        progress = bulk.progress(one)
        left = one.entries.exclude(why="").select_related("flag").order_by("id")[:LEFT_SHOWN]
        waiting = one.entries.select_related("flag").order_by("id")[: bulk.EXAMPLES]
        second = access.may(person, Action.BULK_APPROVE, office_id=one.office_id) and person.pk != one.by_id
        ends = bulk.may_end(one, person)
        returning = one.state == BulkState.REVERSED and one.entries.filter(state=EntryState.DONE, why="").exists()
        can = {
            "approve": second and one.state == BulkState.PROPOSED,
            "refuse": second and one.state == BulkState.PROPOSED,
            "cancel": ends and one.state in {BulkState.PROPOSED, BulkState.RUNNING},
            "reverse": ends and one.state in {BulkState.DONE, BulkState.CANCELLED} and progress.done > 0,
        }
        cancelling = _("Withdraw the proposal") if one.state == BulkState.PROPOSED else _("Cancel the rest")
        own = {key: told for key, told in _own_keys(cancelling).items() if can.get(key, True)}
        if can["reverse"]:
            own["undo"] = ("u", _("Take the whole back"))
        context = {
            "bulk": one,
            "cancelling": cancelling,
            **_line(one),
            "flags": bulk.flags_of(one),
            "progress": progress,
            "through": progress.all - progress.waiting,
            "moving": one.state == BulkState.RUNNING or returning,
            "left": [{**_entry(entry), "why": WHY.get(entry.why, entry.why)} for entry in left],
            "examples": [_entry(entry) for entry in waiting],
            "can": can,
            "to": {verb: base.here(f"patrol_bulk_{verb}", one.pk) for verb in _WORDS},
            "back": base.here("patrol_bulk_changelist"),
            **page_keys.of(person, own, shared=("undo",) if can["reverse"] else ()),
        }
        answer = self.page(request, "workbench/bulk.html", context, title=one.number)
        if context["moving"]:
            answer["Refresh"] = str(REFRESH)
        return answer

    def act(self, request: HttpRequest, bulk_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        person = base.who(request)
        one = base.visible(person, Action.BULK, models.Bulk.objects.all(), pk=bulk_id)
        try:
            _VERBS[verb](bulk_id=one.pk, **_FORMS[verb](request.POST).told(), by=person, now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        except bulk.StaleError as error:
            text = _("Nothing was changed: it is already “%(state)s”.")
            base.say(request, text % {"state": STATES[error.state].title}, problem=True)
        else:
            base.say(request, _DONE[verb] % {"number": one.number})
        return HttpResponseRedirect(base.here("patrol_bulk_change", one.pk))


_WORDS = {"approve": "setujui", "refuse": "tolak", "cancel": "batalkan", "reverse": "tarik"}
_FORMS: dict[str, type[VerbForm]] = {"approve": VerbForm, "refuse": NoteForm, "cancel": VerbForm, "reverse": NoteForm}
_VERBS: dict[str, Callable[..., Any]] = {"approve": bulk.approve, "refuse": bulk.refuse, "cancel": bulk.cancel, "reverse": bulk.reverse}
_DONE: dict[str, Any] = {
    "approve": gettext_lazy("%(number)s was approved and has begun."),
    "refuse": gettext_lazy("%(number)s was refused."),
    "cancel": gettext_lazy("%(number)s was cancelled. What was decided by then stands."),
    "reverse": gettext_lazy("%(number)s is being taken back."),
}


def _own_keys(cancelling: str) -> dict[str, tuple[str, Any]]:
    return {
        "approve": ("s", _("Approve")),
        "refuse": ("t", _("Refuse")),
        "cancel": ("b", cancelling),
        "back": ("m", _("All bulk decisions")),
    }


def _line(one: models.Bulk) -> dict[str, Any]:
    return {
        "state": STATES[one.state],
        "outcome": words.OUTCOMES[one.outcome],
        "reason": triage.reason_said(one.outcome, one.reason),
        "when": words.moment(one.at),
    }


def _entry(entry: models.BulkEntry) -> dict[str, Any]:
    return {
        "number": entry.flag.number,
        "gist": words.said(entry.flag, "gist"),
        "copies": entry.copies,
        "link": base.here("patrol_flag_change", entry.flag_id),
    }
