"""The list of cases: words and filters, newest first. What is typed comes by POST and goes into the address only where it is no contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, cases, models
from patrol import search as searching
from patrol.access import Action, consulting
from patrol.admin.analyst import referral_words
from patrol.admin.officer import case_clock, case_filter_acts
from patrol.admin.shared import base, exporting, post_rows, search, words
from patrol.cases.channels import CHANNELS
from patrol.domain import days
from patrol.domain.states import CaseState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import CaseOutcome
from patrol.search import case_filters
from patrol.triage import notices

_LIST: Final = "patrol_case_changelist"

type Choices = list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter on the page. `choices` None: a day; without any, it is left out."""

    title: Any
    choices: Callable[[models.Person], Choices] | None = None
    blank: Any = ""  # the first choice, where it is not "all"


# What the list may be narrowed to beside the states.
NARROWED: Final[dict[str, words.Title]] = {
    cases.OPEN: gettext_lazy("Not closed"),
    cases.UNTAKEN: gettext_lazy("Not taken yet"),
    cases.OVERDUE: gettext_lazy("Overdue"),
    cases.MINE: gettext_lazy("Mine"),
    cases.TASKS: gettext_lazy("With my tasks"),
    case_filters.UNREAD: gettext_lazy("Unread messages"),
}


def _states(person: models.Person) -> Choices:
    takes = access.may(person, Action.CASE_TAKE)
    return [
        *((key, title) for key, title in NARROWED.items() if takes or key != cases.UNTAKEN),
        *((str(state), words.CASE_STATES[state].title) for state in CaseState),
    ]


def _offices(person: models.Person) -> Choices:
    return list(models.Office.objects.filter(active=True).values_list("pk", "short_name")) if person.at_directorate else []


def _responsible(person: models.Person) -> Choices:
    """Whoever has or had a case that this person may see."""
    theirs = access.scope(person, Action.CASE_VIEW, models.Case.objects.filter(responsible=OuterRef("pk")))
    people = models.Person.objects.filter(Exists(theirs)).order_by("name", "pk").values_list("pk", "name")
    return [(case_filters.NOBODY, _("nobody")), *people]


def _outcomes(_person: models.Person) -> Choices:
    """Without what no list shows."""
    return [(one, title) for one, title in words.CASE_OUTCOMES.items() if one != CaseOutcome.WITHDRAWN]


# By the words of case_filters.FILTERS, without the words that are searched (`q`) and the state, which is chosen above the form.
SHOWN: Final[Mapping[str, Shown]] = {
    "office": Shown(gettext_lazy("Office"), _offices),
    "responsible": Shown(gettext_lazy("Responsible"), _responsible),
    "kind": Shown(gettext_lazy("Kind of case"), lambda _person: list(words.CASE_KINDS.items())),
    "outcome": Shown(gettext_lazy("Outcome"), _outcomes),
    "channel": Shown(gettext_lazy("Asked of"), lambda _person: [(key, referral_words.channel(key)) for key in CHANNELS]),
    "since": Shown(gettext_lazy("Opened from")),
    "until": Shown(gettext_lazy("Opened until")),
}


def answer(request: HttpRequest, page: Callable[..., HttpResponse]) -> HttpResponse:
    if request.method == "POST":
        return _sent(request)
    person, now = base.who(request), timezone.now()
    wanted, place, problem = case_filters.asked(request.GET), request.GET.get("after"), ""
    rows: list[Any] = []
    following, unread_day = "", days.unread(*(wanted.get(name, "") for name in case_filters.DAYS))
    if leads_to_a_person(wanted):
        problem = _("Numbers and accounts are found with Ctrl-K. Here cases are searched for words.")
    elif not unread_day:  # else it is said beside the day
        try:
            rows, following = _found(wanted, person, place)
        except RefusedError as error:
            problem = words.refusal(error)
        else:
            if "q" in wanted and not place:
                searching.log(wanted["q"], hits=len(rows), kinds=["words"], by=person, now=now)
            if "q" in wanted:
                consulting.note(request, way=consulting.Way.SEARCH, target=("case", ""), query_digest=searching.digest(wanted["q"]))
    kept = case_filter_acts.of(request)
    states, choices = _states(person), {name: one.choices(person) for name, one in SHOWN.items() if one.choices}
    asked = {name: value for name, value in wanted.items() if not (problem and name == "q")}
    clocks = case_clock.running(rows, now)
    overdue = cases.listed(cases.OVERDUE, person, now).count()
    context = {
        "rows": [
            {
                "case": case,
                "badge": words.CASE_STATES[case.state],
                "link": base.here("patrol_case_change", case.pk),
                "opened": words.moment(case.opened_at),
                "age": words.age(case.opened_at, now),
                "unread": case.unread,
                "clock": clocks.get(case.pk),
            }
            for case in rows
        ],
        "choices": [
            {
                "title": title,
                "link": base.here(_LIST, **(asked | {"state": key})),
                "on": asked.get("state", "") == key,
                "count": overdue if key == cases.OVERDUE else None,
            }
            for key, title in (("", _("All")), *states)
        ],
        "problem": problem,
        "unread": unread_day,
        "asked": asked,
        "fields": [
            {
                "name": name,
                "title": one.title,
                "choices": [(str(key), title) for key, title in choices.get(name, ())],
                "day": one.choices is None,
                "value": asked.get(name, ""),
            }
            for name, one in SHOWN.items()
            if one.choices is None or choices[name]
        ],
        "filtered": bool(asked),
        "kept": kept,
        "may_keep": bool(asked) and not problem and not unread_day and not any(one["on"] for one in kept),
        "narrowing": _narrowing(asked, {"state": states, **choices}) if not rows else [],
        "next": base.here(_LIST, **wanted, after=following) if following else "",
        "first": base.here(_LIST, **wanted) if place else "",
        "all": base.here(_LIST),
        "export": None if problem or unread_day else exporting.panel("patrol_case_export", wanted, person, full=True),
        "subtitle": _("all offices") if person.at_directorate else person.office.name,
    }
    return page(request, "workbench/cases.html", context, title=_("Cases"))


def listing(request: HttpRequest) -> exporting.Listing:
    """The cases of the page as a file. Raises RefusedError where the page would show none."""
    person, now, wanted = base.who(request), timezone.now(), case_filters.asked(request.GET)
    if leads_to_a_person(wanted):
        raise RefusedError("list.case_of_person", _("Numbers and accounts are found with Ctrl-K. Here cases are searched for words."))

    def said(rows: Sequence[Any], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        clocks = case_clock.running(list(rows), now)
        for case in rows:
            clock = clocks.get(case.pk)
            yield (
                case.number,
                case.title if case.pk in shown else masks.text(case.title),
                str(words.CASE_KINDS.get(case.kind, "")),
                str(words.CASE_STATES[case.state].title),
                str(clock["badge"].title) if clock else "",
                case.office.short_name,
                case.responsible.name if case.responsible else "",
                case.opened_at,
                str(words.CASE_OUTCOMES.get(case.outcome, "")),
            )

    choices = {name: one.choices(person) for name, one in SHOWN.items() if one.choices}
    told = _narrowing(wanted, {"state": _states(person), **choices})
    return exporting.Listing(
        key="cases",
        title=_("Cases"),
        columns=[
            _("Case"),
            _("Title"),
            _("Kind of case"),
            _("State"),
            _("Clock (working hours)"),
            _("Office"),
            _("Responsible"),
            _("Opened"),
            _("Outcome"),
        ],
        found=case_filters.found(wanted, person).select_related("office", "responsible").order_by("-opened_at", "-pk"),
        said=said,
        query=wanted,
        asked=[(one["title"], one["value"]) for one in told],
        open_to=lambda rows: searching.open_texts({case.pk: case.title for case in rows}, person),
    )


def leads_to_a_person(wanted: Mapping[str, str]) -> bool:
    return "q" in wanted and searching.leads_to_a_person(wanted["q"])


def _found(wanted: Mapping[str, str], person: models.Person, place: str | None) -> tuple[list[Any], str]:
    found = case_filters.found(wanted, person).select_related("office", "responsible")
    unread = Exists(notices.messages(person).filter(case=OuterRef("pk")))
    return post_rows.page_of(found.annotate(unread=unread), "opened_at", place)


def _narrowing(asked: Mapping[str, str], choices: Mapping[str, Choices]) -> list[dict[str, Any]]:
    """Of a list that is empty: each thing it is narrowed by, with the same list without that."""
    titles: dict[str, Any] = {"q": _("Words"), "state": _("State"), **{name: one.title for name, one in SHOWN.items()}}
    return [
        {
            "title": titles[name],
            "value": next((title for key, title in choices.get(name, ()) if str(key) == value), value),
            "link": base.here(_LIST, **{key: kept for key, kept in asked.items() if key != name}),
        }
        for name, value in asked.items()
    ]


def _sent(request: HttpRequest) -> HttpResponse:
    """Words go into the address, to be kept and sent on; what leads to a person is looked up at once and stands in none."""
    wanted = case_filters.asked(request.POST)
    if leads_to_a_person(wanted):
        return search.find_text(request, wanted["q"])
    return HttpResponseRedirect(base.here(_LIST, **wanted))
