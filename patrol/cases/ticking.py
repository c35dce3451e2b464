"""Articles chosen for a case, and their elements ticked with the evidence that shows them; taking back is a row, too.

An element is ticked on one link, since law and evidence are of the link's day: with a claim in its post, a preserved copy of it, the
check of its licence against the register of that day, or a row of that register (register_rows).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import DenseRank
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import homes, law, moving, register_rows
from patrol.domain import states
from patrol.domain.states import CaseState
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, TickKind

MOST_EVIDENCE: Final = 60  # pieces of one link that are offered; a reading of a long text has more claims than anybody reads
_MOST_CAPTURES: Final = 12
CHOOSING: Final = (CaseEventKind.ESCALATED, CaseEventKind.ARTICLE_ADDED, CaseEventKind.ARTICLE_REMOVED)
ROWS: Final = frozenset({TickKind.AGENCY, TickKind.LICENCE, TickKind.NO_ROW})  # of the register
_SHOWN: Final = ("page", "screenshot", "answer", "upload", "media")  # of what the post shows, the whole first


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that may show an element, on one link. `key` names it in a form; `claim` is its place in the reading."""

    key: str
    kind: str  # TickKind
    claim: int | None = None
    told: Mapping[str, Any] | None = None  # the claim itself; of a check its verdict
    capture: models.Capture | None = None
    row: register_rows.Row | None = None


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tick of a link of this day, and how many links of that day show its element of its article."""

    tick: models.ElementTick
    day: date
    links: int


# --- which articles -------------------------------------------------------------------------------


def chosen(case: models.Case) -> list[models.Article]:
    """The articles of a case, in the order of the list, with their editions: what it was escalated with, what was added, less what was
    taken away; also in the cases it took in. Three queries."""
    events = models.CaseEvent.objects.filter(case__in=homes.within(case), kind__in=CHOOSING)
    keys = chosen_by(events.order_by("id").values_list("kind", "article"))
    return list(law.loaded(models.Article.objects.filter(key__in=keys))) if keys else []


def chosen_by(events: Iterable[tuple[str, str]]) -> set[str]:
    """The keys of the articles that events of these kinds (CHOOSING), the oldest first, leave in a case."""
    keys: set[str] = set()
    for kind, key in events:
        if kind == CaseEventKind.ARTICLE_REMOVED:
            keys.discard(key)
        elif key not in {"", law.OTHER}:
            keys.add(key)
    return keys


def may(case: models.Case, person: models.Person) -> bool:
    """Whether this person may choose articles and tick: as flags are taken out, of a case at the directorate the directorate alone."""
    action = Action.CASE_CLOSE_ESCALATED if case.state in states.AT_DIRECTORATE else Action.CASE_NOTE
    return case.state != CaseState.CLOSED and access.may(person, action, office_id=case.office_id)


def choose(*, case_id: int, article_id: int, by: models.Person, now: datetime) -> models.Case:
    """Adds an article to a case that is not closed. Raises RefusedError, StaleError, PermissionDenied."""
    with transaction.atomic():
        case = _held(case_id, by)
        article = models.Article.objects.select_related("act").filter(pk=article_id).first()
        if article is None:
            raise RefusedError("case.no_article", _("Nothing was changed: choose an article."), "article")
        if article.key in {one.key for one in chosen(case)}:
            raise RefusedError("case.article_chosen", _("The article stands in this case already."), "article")
        moving.event(case, CaseEventKind.ARTICLE_ADDED, by=by, now=now, article=article.key)
        audit.write("case.article_added", by=by, now=now, target=case, after={"article": article.key})
    return case


def drop(*, case_id: int, article_id: int, by: models.Person, now: datetime) -> models.Case:
    """Takes an article out of a case. Its ticks stay where they are, and count again should it be chosen again.

    Raises RefusedError, StaleError, PermissionDenied.
    """
    with transaction.atomic():
        case = _held(case_id, by)
        article = next((one for one in chosen(case) if one.pk == article_id), None)
        if article is None:
            raise _not_chosen()
        moving.event(case, CaseEventKind.ARTICLE_REMOVED, by=by, now=now, article=article.key)
        audit.write("case.article_removed", by=by, now=now, target=case, after={"article": article.key})
    return case


def _not_chosen() -> RefusedError:
    return RefusedError("case.article_not_chosen", _("The article does not stand in this case."))


def _held(case_id: int, by: models.Person) -> models.Case:
    """The case, locked: two people tick one after the other."""
    found = moving.find(case_id, Action.CASE_NOTE, by)
    case = models.Case.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=found.pk)
    if case.state == CaseState.CLOSED:
        raise moving.stale(case)
    if case.state in states.AT_DIRECTORATE:
        access.require(by, Action.CASE_CLOSE_ESCALATED, office_id=case.office_id)
    return case


# --- what shows something -------------------------------------------------------------------------


def links(case: models.Case) -> QuerySet[models.Flag]:
    """The flags of a case, each with the check that says its day, in the order they came in."""
    found = models.Flag.objects.filter(case_entry__case=case).select_related("current_check", "post")
    return found.order_by("case_entry__added_at", "case_entry__id")


def days(case: models.Case) -> dict[date, int]:
    """The days of all its links, each with how many have it, the first day first. One query."""
    counted = links(case).order_by("current_check__day").values_list("current_check__day").annotate(Count("pk"))
    return dict(counted)


def day_of(flag: models.Flag) -> date:
    """The law's day of a link: the one its licence was checked for."""
    return flag.current_check.day


def evidence_of(flag: models.Flag, kinds: Collection[str] = tuple(TickKind)) -> list[Evidence]:
    """What the link offers: the check of its licence, the rows of the register that held on its day, what its newest reading claims, its
    preserved copies. Six queries at most."""
    found = [Evidence("check", TickKind.CHECK, told={"kind": "check", "value": flag.current_check.verdict})]
    if ROWS.intersection(kinds):
        rows = register_rows.of_check(flag.current_check)
        found += [Evidence(one.key, one.kind, told={"kind": one.kind, "value": one.same}, row=one) for one in rows]
    if TickKind.CLAIM in kinds:
        claims = models.ReadingClaims.objects.filter(reading=flag.current_check.reading_id).values_list("claims", flat=True).first() or []
        found += [Evidence(f"claim-{place}", TickKind.CLAIM, claim=place, told=one) for place, one in enumerate(claims[:MOST_EVIDENCE])]
    if TickKind.CAPTURE in kinds:
        version = models.PostVersion.objects.filter(readings=flag.current_check.reading_id).values("capture")
        captures = models.Capture.objects.filter(Q(post=flag.post_id) | Q(pk__in=version), kind__in=_SHOWN).exclude(relation="rendition")
        kept = sorted(captures.order_by("-received_at")[:_MOST_CAPTURES], key=lambda one: _SHOWN.index(one.kind))
        found += [Evidence(f"capture-{one.pk}", TickKind.CAPTURE, capture=one) for one in kept]
    return found


def _like(wanted: Evidence, offered: Iterable[Evidence]) -> Evidence | None:
    """On another link what says the same: the same claim, the same verdict of its check, or a copy of the same kind."""
    for one in offered:
        if one.kind != wanted.kind:
            continue
        if one.capture and wanted.capture and one.capture.kind != wanted.capture.kind:
            continue
        if one.told and wanted.told and (one.told["kind"], one.told["value"]) != (wanted.told["kind"], wanted.told["value"]):
            continue
        return one
    return None


# --- ticks ----------------------------------------------------------------------------------------


def standing(case: models.Case, flags: Sequence[models.Flag] | None = None, *, whole: bool = True) -> list[models.ElementTick]:
    """The ticks of a case that nobody took back, oldest first, of these links or of all that are in it; `whole`: with who ticked and the
    edition. One query."""
    found = models.ElementTick.objects.filter(_of(case), untick=None)
    found = found.filter(flag__case_entry__case=case) if flags is None else found.filter(flag__in=flags)
    related = ("capture", "licence_check", *(("event__by__office", "edition") if whole else ()))
    return list(found.select_related(*related).order_by("id"))


def tallied(case: models.Case, first: Sequence[models.Flag]) -> list[Tallied]:
    """Of a case with many links: the ticks of the `first` ones, and of each article, element and day those of the first link ticked.

    In the order of the links. One query, in which the database counts: a large case has too many ticks to read them all for a page that
    shows a few.
    """
    alike = [F("edition__article"), F("element"), F("of_day")]
    order = ("flag__case_entry__added_at", "flag__case_entry__id")
    found = models.ElementTick.objects.filter(_of(case), untick=None, flag__case_entry__case=case)
    found = found.annotate(
        of_day=F("flag__current_check__day"),
        place=Window(DenseRank(), partition_by=alike, order_by=order),
        # Its place from either end is how many there are, less one: windows do not count what is distinct.
        links=F("place") + Window(DenseRank(), partition_by=alike, order_by=[f"-{one}" for one in order]) - 1,
    )
    found = found.filter(Q(place=1) | Q(flag__in=first))
    found = found.select_related("capture", "licence_check").order_by(*order, "id")
    return [Tallied(one, one.of_day, one.links) for one in found]


def _of(case: models.Case) -> Q:
    """Ticked in this case or in one it took in; of its links also where it was merged into another one meanwhile."""
    return Q(event__case__in=homes.within(case)) | Q(event__case__in=homes.once(case), flag__case_entry__case=case)


def tick(
    *,
    case_id: int,
    flag_id: int,
    edition_id: int,
    element: str,
    evidence: Sequence[str],
    everywhere: bool,
    by: models.Person,
    now: datetime,
) -> int:
    """Ticks an element of an article on a link, once for each piece of evidence; what is ticked already stays. Returns how many were made.

    `edition_id`: the one in force on the link's day, as the page showed it. `everywhere`: also on each other link of the case whose day has
    that edition and that holds the same evidence. Raises RefusedError, StaleError, PermissionDenied.
    """
    with transaction.atomic():
        case = _held(case_id, by)
        flag = links(case).filter(pk=flag_id).first()
        if flag is None:
            raise RefusedError("case.not_in_case_to_tick", _("Nothing was ticked: the flag is no longer in this case."))
        article = next((one for one in chosen(case) if edition_id in {each.pk for each in one.editions.all()}), None)
        if article is None:
            raise _not_chosen()
        edition = law.article_on(article, day_of(flag))
        if edition is None or edition.pk != edition_id:
            raise RefusedError("case.other_edition", _("Nothing was ticked: another edition of the article holds on that day by now."))
        if element not in {one["key"] for one in edition.elements}:
            raise RefusedError("case.element", _("Nothing was ticked: choose an element of the article."))
        offered = {one.key: one for one in evidence_of(flag)}
        if any(key not in offered and key.partition("-")[0] in ROWS for key in evidence):
            text = _("Nothing was ticked: a chosen row of the register does not hold on the post's day, or the link was checked anew.")
            raise RefusedError("case.row_of_another_day", text, "evidence")
        wanted = [one for one in offered.values() if one.key in evidence]
        if not wanted:
            raise RefusedError("case.evidence", _("Nothing was ticked: choose what shows the element."), "evidence")
        found, kinds = [(flag, one) for one in wanted], {one.kind for one in wanted}
        if everywhere:
            for other in links(case).exclude(pk=flag.pk):
                if law.article_on(article, day_of(other)) == edition:
                    theirs = evidence_of(other, kinds)
                    found += [(other, same) for one in wanted if (same := _like(one, theirs))]
        made = _made(case, article, edition, element, found, by=by, now=now)
        if made:
            flags = sorted({one.number for one, _evidence in found})
            told = {"article": article.key, "element": element, "flags": flags, "ticks": [one.pk for one in made]}
            audit.write("case.ticked", by=by, now=now, target=case, after=told)
    return len(made)


def _made(
    case: models.Case,
    article: models.Article,
    edition: models.ArticleEdition,
    element: str,
    found: Sequence[tuple[models.Flag, Evidence]],
    *,
    by: models.Person,
    now: datetime,
) -> list[models.ElementTick]:
    known = {_thing(one) for one in standing(case) if one.element == element and one.edition.article_id == article.pk}
    wanted = [one for flag, each in found if _thing(one := _row(flag, each)) not in known]
    if wanted:
        flags = {one.flag_id: one.flag for one in wanted}
        only = next(iter(flags.values())) if len(flags) == 1 else None
        event = models.CaseEvent.objects.create(case=case, kind=CaseEventKind.TICKED, at=now, by=by, article=article.key, flag=only)
        for one in wanted:
            one.event, one.edition, one.element = event, edition, element
        models.ElementTick.objects.bulk_create(wanted)
    return wanted


def _thing(tick: models.ElementTick) -> tuple[Any, ...]:
    """What of which link it rests on."""
    post = (tick.reading_id, tick.claim, tick.capture_id, tick.licence_check_id)
    return (tick.flag_id, tick.kind, *post, tick.agency_id, tick.licence_id, tick.register_id, tick.searched, tick.day)


def _row(flag: models.Flag, evidence: Evidence) -> models.ElementTick:
    check, row = flag.current_check, evidence.row
    of_register: dict[str, Any] = (
        {
            "agency_id": row.agency,
            "licence_id": row.licence,
            "register_id": row.register,
            "searched": row.searched,
            "day": row.day,
            "words_id": row.said.id,
            "words_en": row.said.en,
        }
        if row
        else {}
    )
    return models.ElementTick(
        flag=flag,
        kind=evidence.kind,
        reading_id=check.reading_id if evidence.kind == TickKind.CLAIM else None,
        claim=evidence.claim,
        capture=evidence.capture,
        licence_check=check if evidence.kind == TickKind.CHECK else None,
        **of_register,
    )


def untick(*, case_id: int, tick_id: int, by: models.Person, now: datetime) -> models.Case:
    """Takes a tick back: it stays in the timeline and counts no more. Raises RefusedError, StaleError, PermissionDenied."""
    with transaction.atomic():
        case = _held(case_id, by)
        found = models.ElementTick.objects.select_related("edition__article", "flag").filter(_of(case), pk=tick_id).first()
        if found is None or models.ElementUntick.objects.filter(tick=found).exists():
            raise RefusedError("case.unticked", _("Nothing was changed: the tick was taken back already."))
        key = found.edition.article.key
        event = models.CaseEvent.objects.create(case=case, kind=CaseEventKind.UNTICKED, at=now, by=by, article=key, flag=found.flag)
        models.ElementUntick.objects.create(event=event, tick=found)
        told = {"article": key, "element": found.element, "flags": [found.flag.number], "ticks": [found.pk]}
        audit.write("case.unticked", by=by, now=now, target=case, after=told)
    return case
