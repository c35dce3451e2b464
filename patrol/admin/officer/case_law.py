"""Law in a case: the articles chosen for it, their elements ticked link by link with what shows them, and the analysis that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Count, F, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import models
from patrol.access import Action
from patrol.admin.shared import base, law_rows, words
from patrol.admin.shared.forms import NumberField, VerbForm, WordField
from patrol.cases import analysing, law, register_rows, ticking
from patrol.models import CaseEventKind

if TYPE_CHECKING:
    from patrol.admin.officer.cases import CaseAdmin

PREVIEWED: Final = 10  # links in the preview on the case's page; the letter has them all
_LISTED: Final = 60  # links on the page of an article, one of them opened


class WordsField(forms.Field):
    """The same box once or several times: the words of those that are ticked."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        return [str(one) for one in value or ()]


class ArticleForm(VerbForm):
    verb_names = {"article": "article_id"}
    article = NumberField(otherwise=0)


class TickForm(VerbForm):
    verb_names = {"flag": "flag_id", "edition": "edition_id"}
    flag = NumberField(otherwise=0)
    edition = NumberField(otherwise=0)
    element = WordField()
    evidence = WordsField()
    everywhere = forms.BooleanField(required=False)


class UntickForm(VerbForm):
    verb_names = {"tick": "tick_id"}
    tick = NumberField(otherwise=0)


_FORMS: dict[str, type[VerbForm]] = {"choose": ArticleForm, "drop": ArticleForm, "tick": TickForm, "untick": UntickForm}
_VERBS: dict[str, Callable[..., Any]] = {"choose": ticking.choose, "drop": ticking.drop, "tick": ticking.tick, "untick": ticking.untick}
_WORDS = {"choose": "pasal/tambah", "drop": "pasal/keluarkan", "tick": "unsur/centang", "untick": "unsur/tarik"}


def addresses(page: CaseAdmin) -> list[Any]:
    """Those of a case that are about its law."""

    def verb(name: str) -> Callable[..., HttpResponse]:
        return lambda request, case_id: _act(request, case_id, name)

    return [
        page.address("<int:case_id>/unsur/<int:article_id>/", lambda request, **parts: elements(page, request, **parts), "elements"),
        *(page.address(f"<int:case_id>/{word}/", verb(name), name) for name, word in _WORDS.items()),
    ]


def _act(request: HttpRequest, case_id: int, name: str) -> HttpResponse:
    base.posted(request)
    case = base.visible(base.who(request), Action.CASE_VIEW, models.Case.objects.all(), pk=case_id)
    done = base.done(request, _VERBS[name], _FORMS[name](request.POST), case, case_id=case.pk)
    if done is not None:
        base.say(request, _said(name, done))
    return base.back(request, base.here("patrol_case_change", case.pk))


def _said(name: str, done: Any) -> str:
    if name == "tick":
        return (
            ngettext("%(count)s tick was made.", "%(count)s ticks were made.", done) % {"count": done}
            if done
            else _("It was ticked already.")
        )
    return {
        "choose": _("The article stands in the case: tick its elements."),
        "drop": _("The article was taken out of the case. Its ticks stay in the timeline."),
        "untick": _("The tick was taken back."),
    }[name]


def ticked(events: Sequence[models.CaseEvent]) -> dict[int, str]:
    """Which element the events of a timeline ticked or took back, with how many pieces. A query for each where there are any."""
    done = [one.pk for one in events if one.kind == CaseEventKind.TICKED]
    undone = [one.pk for one in events if one.kind == CaseEventKind.UNTICKED]
    ticks = models.ElementTick.objects.select_related("edition")
    found = {}
    if done:
        counted = ticks.annotate(pieces=Window(Count("id"), partition_by=[F("event_id")]))  # before one of each event is taken
        for tick in counted.filter(event__in=done).order_by("event_id", "id").distinct("event_id"):
            count = {"element": _words(tick), "count": tick.pieces}
            found[tick.event_id] = ngettext("%(element)s (%(count)s piece)", "%(element)s (%(count)s pieces)", count["count"]) % count
    if undone:
        found |= {tick.untick.event_id: _words(tick) for tick in ticks.select_related("untick").filter(untick__event__in=undone)}
    return found


def _words(tick: models.ElementTick) -> str:
    return next((words.said(one) for one in tick.edition.elements if one["key"] == tick.element), tick.element)


# --- on the page of a case ------------------------------------------------------------------------


def gather(
    case: models.Case,
    person: models.Person,
    *,
    loaded: Sequence[models.Article],
    articles: Sequence[models.Article],
    flags: Sequence[models.Flag],
    links: int,
) -> dict[str, Any]:
    """The articles of a case with what is shown and what is missing, and the analysis of its first links.

    `loaded` are all articles, as law.loaded gives them, `articles` those of the case; `flags` its first links, with their checks, of
    `links` in all. Four queries at most.
    """
    first = flags[:PREVIEWED]
    days, ticks = dict[date, int](), list[ticking.Tallied]()
    if articles:
        days = Counter(ticking.day_of(one) for one in flags) if len(flags) == links else ticking.days(case)
        ticks = ticking.tallied(case, first)
    shown_by = analysing.places(articles, [one.tick for one in ticks])
    told = analysing.paragraphs(articles, first, shown_by)
    rows = [_article(case, one, days, ticks, shown_by) for one in articles]
    may = ticking.may(case, person)
    known = {one.pk for one in articles}
    return {
        "rows": rows,
        "links": links,
        "may": may,
        "addable": [(one.pk, law_rows.title(one)) for one in loaded if one.pk not in known] if may else [],
        "to": {name: base.here(f"patrol_case_{name}", case.pk) for name in _WORDS},
        "preview": [[words.sentence(one) for one in each.sentences] for each in told],
        "more": max(0, links - PREVIEWED),
        "unconfirmed": any(row["unconfirmed"] for row in rows),
    }


def _article(
    case: models.Case, article: models.Article, days: Mapping[date, int], ticks: Sequence[ticking.Tallied], shown_by: analysing.Places
) -> dict[str, Any]:
    """One article over all links: each element with how many of them show it. `days`: how many links each has; `ticks`: as
    ticking.tallied gives them."""
    editions = {day: law.article_on(article, day) for day in sorted(days)}
    cited = list(dict.fromkeys(one for one in editions.values() if one))
    all_of_it = {one.pk for one in article.editions.all()}
    first: dict[tuple[str, date], ticking.Tallied] = {}
    for one in ticks:
        if one.tick.edition_id in all_of_it:
            first.setdefault((one.tick.element, one.day), one)
    wanted: dict[str, dict[str, Any]] = {}
    shown: dict[str, list[ticking.Tallied]] = {}
    for day, edition in editions.items():
        for each in edition.elements if edition else ():
            row = wanted.setdefault(each["key"], {"words": words.said(each), "shown": 0, "of": 0, "by": []})
            row["of"] += days[day]
            if by := first.get((each["key"], day)):
                row["shown"] += by.links
                shown.setdefault(each["key"], []).append(by)
    for key, found in shown.items():
        flag = next(one.tick.flag_id for one in ticks if one in found)
        link = base.here("patrol_case_elements", case.pk, article.pk, tanda=flag)
        wanted[key]["by"] = [{"words": words.sentence(said), "link": link} for said in shown_by[flag, article.pk, key][:2]]
    return {
        "article": article,
        "title": law_rows.title(article),
        "marks": list(dict.fromkeys(law_rows.mark(one) for one in cited)),
        "link": base.here("patrol_case_elements", case.pk, article.pk),
        "elements": list(wanted.values()),
        "missing": sum(not row["shown"] for row in wanted.values()),
        "not_in_force": sum(days[day] for day, edition in editions.items() if edition is None),
        "unconfirmed": not all(law.confirmed(one) for one in cited),
    }


# --- the page of one article in a case ------------------------------------------------------------


def elements(page: CaseAdmin, request: HttpRequest, case_id: int, article_id: int) -> HttpResponse:
    """The links of the case beside the elements of the one that is opened (`tanda`), each with its ticks and what else could show it."""
    person = base.who(request)
    case = base.visible(person, Action.CASE_VIEW, models.Case.objects.select_related("office"), pk=case_id)
    article = next((one for one in ticking.chosen(case) if one.pk == article_id), None)
    if article is None:
        raise Http404
    flags = list(ticking.links(case))
    wanted = base.number(request.GET.get("tanda"))
    opened = next((one for one in flags if one.pk == wanted), flags[0] if flags else None)
    start = max(0, flags.index(opened) - _LISTED // 2) if opened else 0
    listed = flags[start : start + _LISTED]
    told = {one.flag.pk: one for one in analysing.analysis(case, articles=[article], flags=listed)}
    here = base.here("patrol_case_elements", case.pk, article.pk)
    context = {
        "case": case,
        "subtitle": case.number,
        "links": [
            {
                "number": one.number,
                "gist": words.said(one, "gist"),
                "day": words.day(ticking.day_of(one)),
                "link": f"{here}?tanda={one.pk}",
                "on": opened is not None and one.pk == opened.pk,
                "shown": sum(bool(each.by) for each in told[one.pk].elements),
                "of": len(told[one.pk].elements),
            }
            for one in listed
        ],
        "left_out": len(flags) - len(listed),
        **(_opened(case, told[opened.pk], person) if opened else {}),
        "to": {name: base.here(f"patrol_case_{name}", case.pk) for name in _WORDS},
        "back": base.here("patrol_case_change", case.pk),
        "here": f"{here}?tanda={opened.pk}" if opened else here,
    }
    return page.page(request, "workbench/case_elements.html", context, title=article.cited)


def _opened(case: models.Case, told: analysing.Paragraph, person: models.Person) -> dict[str, Any]:
    flag = told.flag
    ticks: dict[str, list[models.ElementTick]] = {}
    standing = [one for one in ticking.standing(case, [flag]) if one.edition.article_id == told.article.pk]
    for one in standing:
        ticks.setdefault(one.element, []).append(one)
    said = analysing.said(standing)
    rows = [
        {
            "key": one.key,
            "words": words.sentence(one.words),
            "ticks": [
                {
                    "id": tick.pk,
                    "words": words.sentence(said[tick.pk]),
                    "who": words.person(tick.event.by, person) if tick.event.by else "",
                    "when": words.moment(tick.event.at),
                }
                for tick in ticks.get(one.key, ())
            ],
        }
        for one in told.elements
    ]
    may = ticking.may(case, person)
    return {
        "flag": flag,
        "flag_link": base.here("patrol_flag_change", flag.pk),
        "gist": words.said(flag, "gist"),
        "day": words.day(told.day),
        "edition": told.edition,
        "mark": law_rows.mark(told.edition) if told.edition else None,
        "wording": told.edition.wording if told.edition else "",
        "elements": rows,
        "may": may,
        **(_offered(flag) if may and rows else {}),
        "sentences": [words.sentence(one) for one in told.sentences],
    }


def _offered(flag: models.Flag) -> dict[str, Any]:
    """What this link has to show an element with, in words; the rows of the register apart."""
    check = flag.current_check
    content = models.ReadingClaims.objects.filter(reading=check.reading_id).first()
    text = models.PostText.objects.filter(version__readings=check.reading_id).values_list("text", flat=True).first() or ""
    of_post, of_register = list[dict[str, str]](), list[dict[str, str]]()
    for one in ticking.evidence_of(flag):
        if one.capture:
            said = analysing.capture_said(one.capture)
        elif one.row:
            said = one.row.said
        elif one.claim is not None and one.told:
            said = analysing.claim_said(one.told, {"text": text}, content)
        else:
            said = analysing.check_said(check)
        into, told = of_register if one.row else of_post, words.sentence(said)
        if all(told != offered["words"] for offered in into):  # one word that names two kinds of work is two claims, and one thing to see
            into.append({"key": one.key, "words": told})
    return {"evidence": of_post, "register_rows": of_register, "most_rows": register_rows.MOST}
