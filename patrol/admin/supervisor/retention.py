"""Keeping and forgetting: the times that hold and those that are proposed, what is due and what is held. Counting is a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models
from patrol.access import Action, consulting
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import NoteForm, VerbForm
from patrol.admin.supervisor import retention_words
from patrol.cases import holds
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.retention import backup_keys, due, editions, running
from patrol.retention.terms import columns, terms

_LIST: Final = "patrol_retentionedition_changelist"


class ProposeForm(VerbForm):
    reason = forms.CharField(
        label=gettext_lazy("What the times rest on"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The schedule of archives, a decree, the word of the legal unit. No name: it is kept."),
        error_messages={"required": gettext_lazy("Nothing was put forward: say what these times rest on.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, term in terms().items():
            said = retention_words.TERMS[key]
            bounds = {"least": term.least, "most": term.most or 99_999, "days": term.days, "since": said.since}
            self.fields[key] = forms.IntegerField(
                label=said.title,
                required=False,
                min_value=term.least,
                max_value=term.most,
                help_text=_("Days %(since)s: %(least)s to %(most)s. Shipped: %(days)s. Left empty it is kept for good.") % bounds,
            )
        self.order_fields([*terms(), "reason"])

    def told(self, row: Any = None) -> dict[str, Any]:
        said = super().told(row)
        return {"reason": said.pop("reason"), "times": said}


@admin.register(models.RetentionEdition)
class RetentionAdmin(base.ReadOnlyAdmin):
    view_action = Action.RETENTION_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("usul/", self.propose, "propose"),
            self.address("hitung/", self.count, "count"),
            *(self.address(f"<int:edition_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items()),
        ]

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, edition_id: int) -> HttpResponse:
            return self.act(request, edition_id, verb)

        return view

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the figures of the last night: the page counts nothing itself."""
        self.seen_by(request)
        person = base.who(request)
        edition = editions.in_force()
        asked = editions.waiting().select_related("by").first()
        figures = {row.term: row for row in running.figures()}
        today, then = editions.times(edition), editions.times(asked) if asked else {}
        own = asked is not None and asked.by_id == person.pk
        second = asked is not None and access.may(person, Action.RETENTION_APPROVE) and not own
        key = backup_keys.oldest()
        context = {
            "edition": edition,
            "approved": words.day(edition.answer.at) if edition else "",
            "asked": asked,
            "asked_at": words.moment(asked.at) if asked else "",
            "rows": [_row(term, today, then, figures.get(term), request.user) for term in terms()],
            "counted": words.moment(max(row.counted_at for row in figures.values())) if figures else "",
            "tip_days": settings.TIP_DAYS,
            "classes": _without_a_time(),
            "history": [_past(one) for one in models.RetentionEdition.objects.select_related("by", "answer__by").exclude(answer=None)[:10]],
            "can": {
                "propose": asked is None and access.may(person, Action.RETENTION_PROPOSE),
                "approve": second,
                "refuse": second,
                "withdraw": own,
            },
            "to": {verb: base.here(f"patrol_retentionedition_{verb}", asked.pk) for verb in _WORDS} if asked else {},
            "propose": base.here("patrol_retentionedition_propose"),
            "count": base.here("patrol_retentionedition_count"),
            "key": key,
            "key_since": words.day(key.first_at) if key else "",
            "key_last": words.day(key.last_at) if key else "",
            "outlived": key is not None and backup_keys.outlived(key, edition, now=timezone.now()),
            "longest": backup_keys.longest(edition),
        }
        return self.page(request, "workbench/retention.html", context, title=_("Keeping and forgetting"))

    def propose(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        if not access.may(request.user, Action.RETENTION_PROPOSE):
            raise Http404
        form = ProposeForm(request.POST or None, initial=editions.times(editions.in_force()))
        if request.method == "POST" and form.is_valid():
            try:
                editions.propose(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The times wait for a second person. Nothing changed yet."))
                base.say_covered(request, form.cleaned_data["reason"])
                return HttpResponseRedirect(base.here(_LIST))
        context = {"form": form, "save": _("Put forward"), "cancel": base.here(_LIST)}
        return self.page(request, "workbench/form.html", context, title=_("Propose times of keeping"))

    def count(self, request: HttpRequest) -> HttpResponse:
        """What a run would do now, by the times that hold and by those proposed; looks at all there is, and erases nothing."""
        self.seen_by(request)
        edition, asked = editions.in_force(), editions.waiting().first()
        today = editions.times(edition)
        then = editions.times(asked) if asked else {}
        counted, proposed = running.dry_run(today), running.dry_run(then) if asked else {}
        # Which post is held beside who read it tells who was harmed: the rows are for whoever may see that anyway.
        listed = counted if access.may(request.user, Action.PROTECTION_VIEW) else {}
        found = [(key, why, pk) for key, one in listed.items() if one for why, ids in one.first.items() for pk in ids]
        consulting.note(request, rows=max(len(found), 1))
        sees = access.may(request.user, Action.POST_VIEW)
        with wall.everything("which cases stand under a legal hold, by their numbers"):
            standing = list(holds.standing().select_related("case").order_by("at"))
        context = {
            "edition": edition,
            "asked": asked,
            "rows": [
                {
                    **_row(key, today, then, None, request.user),
                    "due": one.due if (one := counted[key]) else None,
                    "held": retention_words.held(one.held, request.user) if one else "",
                    "then_due": other.due if (other := proposed.get(key)) else None,
                }
                for key in terms()
            ],
            "held": [
                {
                    "title": retention_words.TERMS[key].title,
                    "pk": pk,
                    "link": base.here("patrol_post_change", pk) if sees and key in {"unflagged", "dismissed"} else "",
                    "why": retention_words.HOLDS[why],
                }
                for key, why, pk in found
            ],
            "most": due.FIRST,
            "holds": [
                {
                    "number": one.case.number,
                    "link": base.here("patrol_case_change", one.case_id) if access.may(request.user, Action.CASE_VIEW) else "",
                    "at": words.day(one.at),
                }
                for one in standing
            ],
            "back": base.here(_LIST),
        }
        return self.page(request, "workbench/retention_count.html", context, title=_("What would go now"))

    def act(self, request: HttpRequest, edition_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        edition = base.visible(base.who(request), Action.RETENTION_VIEW, models.RetentionEdition.objects.all(), pk=edition_id)
        form = _FORMS[verb](request.POST)
        if base.done(request, _VERBS[verb], form, edition, edition_id=edition.pk) is not None:
            base.say(request, _DONE[verb])
            base.say_covered(request, form.cleaned_data.get("note", ""))
        return HttpResponseRedirect(base.here(_LIST))


_WORDS = {"approve": "setujui", "refuse": "tolak", "withdraw": "tarik"}
_FORMS: dict[str, type[VerbForm]] = {"approve": VerbForm, "refuse": NoteForm, "withdraw": VerbForm}
_VERBS: dict[str, Callable[..., Any]] = {"approve": editions.approve, "refuse": editions.refuse, "withdraw": editions.withdraw}
_DONE: dict[str, Any] = {
    "approve": gettext_lazy("The times hold from now on: what is older goes with the next night, and what is held stays."),
    "refuse": gettext_lazy("The proposal was refused. Nothing changed."),
    "withdraw": gettext_lazy("The proposal was withdrawn. Nothing changed."),
}


def _row(key: str, today: editions.Times, then: editions.Times, figure: models.RetentionFigure | None, person: Any) -> dict[str, Any]:
    said = retention_words.TERMS[key]
    return {
        "title": said.title,
        "since": said.since,
        "goes": said.goes,
        "days": retention_words.days(today[key]),
        "then": retention_words.days(then[key]) if then and then[key] != today[key] else "",
        "due": figure.due if figure else None,
        "held": retention_words.held(figure.held, person) if figure else "",
        "erased": figure.erased if figure else None,
    }


def _without_a_time() -> list[Any]:
    """Classes nothing goes of by its age, in words."""
    there = {kept for said in columns().values() for kept in said.values()}
    return [title for kept, title in retention_words.CLASSES.items() if kept in there]


def _past(edition: models.RetentionEdition) -> dict[str, Any]:
    answer = edition.answer
    return {
        "at": words.day(answer.at),
        "by": edition.by.name,
        "answered_by": answer.by.name,
        "kind": _ANSWERS[answer.kind],
        "times": ", ".join(
            f"{retention_words.TERMS[key].title} {retention_words.days(days)}" for key, days in editions.times(edition).items()
        ),
        "reason": edition.reason,
        "note": answer.note,
    }


_ANSWERS: Final[dict[str, Any]] = {
    models.RetentionAnswerKind.APPROVED: gettext_lazy("approved"),
    models.RetentionAnswerKind.REFUSED: gettext_lazy("refused"),
    models.RetentionAnswerKind.WITHDRAWN: gettext_lazy("withdrawn"),
}
