"""The page of posts: words and filters, newest first. What is typed comes by POST and goes into the address only where it is no contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, domain, models
from patrol import search as searching
from patrol.access import Action, consulting, looks
from patrol.admin.shared import base, exporting, post_cells, post_rows, preserved, search, unread, words
from patrol.domain import days, states
from patrol.engine import masks
from patrol.engine.reading import titles
from patrol.infra.refusals import RefusedError

UNDECIDED: Final = "open"  # every state nobody decided in
FLAGGED: Final = "flagged"  # every state: there is a flag
# What the list may be narrowed to beside the states.
NARROWED: Final[dict[str, words.Title]] = {FLAGGED: gettext_lazy("flagged, whatever became of it"), UNDECIDED: gettext_lazy("undecided")}


# How a post has an indicator that is its own: it gives it, or is written by it. What it only mentions may be anybody's.
GIVEN: Final = [str(models.SightingRole.CONTACT), str(models.SightingRole.AUTHOR)]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; a word it does not know is no filter."""

    q: str = ""
    platform: str = ""
    level: str = ""
    state: str = ""
    kind: str = ""
    country: str = ""
    office: str = ""
    watch: str = ""
    since: str = ""
    until: str = ""
    place: str = ""  # a province by its code, named in a flagged post
    indicator: str = ""  # the key of one: posts that give it or are written by it

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        given = {name: asked.get(name, "").strip()[:200] for name in cls.__slots__}
        known = {
            "platform": set(words.PLATFORMS),
            "level": set(words.LEVELS),
            "state": {*words.FLAG_STATES, UNDECIDED, FLAGGED},
            "kind": set(words.KINDS),
            "place": set(words.PROVINCES),
        }
        for name, values in known.items():
            given[name] = given[name] if given[name] in values else ""
        for name in ("office", "watch", "indicator"):
            given[name] = given[name] if base.number(given[name]) is not None else ""
        for name in ("since", "until"):
            given[name] = searching.day_typed(asked.get(name, ""))
        given["country"] = given["country"].upper() if given["country"].upper() in titles.COUNTRIES else ""
        return cls(**given)

    def narrow(self, posts: QuerySet[models.Post], zone: ZoneInfo) -> QuerySet[models.Post]:
        """The posts that pass. Days are days of the person's office, of when a post was first seen here. Raises RefusedError."""
        if self.platform:
            posts = posts.filter(platform=self.platform)
        if self.level == domain.Level.NONE:
            posts = posts.filter(flag=None)
        elif self.level:
            # An open flag stands where the queue has it: what is shown without its level is found among the highest.
            still, place = {"flag__state__in": list(states.OPEN)}, models.urgency(domain.Level(self.level).rank)
            posts = posts.filter(Q(flag__urgency=place, **still) | Q(flag__level=self.level) & ~Q(**still))
        if self.state == FLAGGED:
            posts = posts.filter(flag__isnull=False)
        if self.place:
            posts = searching.of_place(posts, self.place)
        if self.indicator:
            seen = models.Sighting.objects.filter(post=OuterRef("pk"), indicator=int(self.indicator), role__in=GIVEN)
            posts = posts.filter(Exists(seen))
        if self.state and self.state != FLAGGED:
            open_yet = [str(state) for state in states.UNDECIDED]
            posts = posts.filter(flag__state__in=open_yet if self.state == UNDECIDED else [self.state])
        if self.kind:
            posts = posts.filter(flag__kinds__contains=[self.kind])
        if self.office:
            posts = posts.filter(flag__office=int(self.office))
        if self.watch:
            posts = posts.filter(Exists(models.Seen.objects.filter(post=OuterRef("pk"), watch=int(self.watch))))
        if self.country:
            posts = posts.filter(words__countries__contains=[self.country])
        posts = searching.within(posts, "first_seen", since=self.since, until=self.until, zone=zone)
        return searching.with_words(posts, searching.terms(self.q))


def answer(request: HttpRequest, page: Callable[..., HttpResponse]) -> HttpResponse:
    if request.method == "POST":
        return _sent(request)
    person = base.who(request)
    filters = Filters.of(request.GET)
    place = request.GET.get("after")
    rows: list[dict[str, Any]] = []
    following, problem, unread_day = "", "", days.unread(filters.since, filters.until)
    if filters.q and searching.leads_to_a_person(filters.q):
        problem = _("Numbers and accounts are found with Ctrl-K. Here posts are searched for words.")
    elif not unread_day:  # else it is said beside the day
        try:
            found, following = _found(filters, person, place)
        except RefusedError as error:
            problem = words.refusal(error)
        else:
            wanted = searching.terms(filters.q)
            waits = unread.of(found)
            texts = preserved.texts([post.pk for post in found if getattr(post, "flag", None) is None])
            rows = [
                {
                    **post_rows.post_row(post, waits, texts.get(post.pk)),
                    "snippet": searching.snippet(post.words.words, wanted) if wanted else [],
                }
                for post in found
            ]
            if wanted and not place:
                searching.log(filters.q, hits=len(rows), kinds=["words"], by=person, now=timezone.now())
            if wanted:
                consulting.note(request, way=consulting.Way.SEARCH, target=("post", ""), query_digest=searching.digest(filters.q))
    kept = {name: value for name, value in asdict(filters).items() if value}
    context = {
        "rows": rows,
        "problem": problem,
        "asked": filters,
        "filtered": bool(kept),
        "next": base.here("patrol_post_changelist", **kept, after=following) if following else "",
        "first": base.here("patrol_post_changelist", **kept) if place else "",
        "all": base.here("patrol_post_changelist"),
        "levels": [(key, badge.title) for key, badge in words.LEVELS.items()],
        "platforms": list(words.PLATFORMS.items()),
        "states": [*NARROWED.items(), *((key, badge.title) for key, badge in words.FLAG_STATES.items())],
        "kinds": list(words.KINDS.items()),
        "countries": _countries(filters.country),
        "places": sorted(((key, str(name)) for key, name in words.PROVINCES.items()), key=lambda one: one[1]),
        "contact": _contact(filters.indicator),
        "offices": [(str(o.pk), o.short_name) for o in models.Office.objects.filter(active=True)],
        "watches": [
            (str(w.pk), masks.text(w.name)) for w in access.scope(person, Action.WATCH_VIEW, models.Watch.objects.only("id", "name"))[:300]
        ],
        "export": None if problem or unread_day else exporting.panel("patrol_post_export", kept, person, full=True),
        "subtitle": _("newest first"),
    }
    return page(request, "workbench/posts.html", context, title=_("Posts"))


def listing(request: HttpRequest) -> exporting.Listing:
    """The posts of the page as a file. Raises RefusedError where the page would show none."""
    person, filters = base.who(request), Filters.of(request.GET)
    if filters.q and searching.leads_to_a_person(filters.q):
        raise RefusedError("list.post_of_person", _("Numbers and accounts are found with Ctrl-K. Here posts are searched for words."))
    posts = access.scope(person, Action.POST_VIEW, models.Post.objects.select_related("flag__office"))
    kept = {name: value for name, value in asdict(filters).items() if value}
    return exporting.Listing(
        key="posts",
        title=_("Posts"),
        columns=[
            _("Post"),
            _("First seen"),
            _("Posted"),
            _("Platform"),
            _("Level"),
            _("What it is about"),
            _("State"),
            _("Flag"),
            _("Kind"),
            _("Office"),
            *post_cells.COLUMNS,
            _("Gone"),
        ],
        found=filters.narrow(posts, ZoneInfo(person.office.zone)).order_by("-first_seen", "-pk"),
        said=_cells,
        query=kept,
        asked=_asked(filters, person),
        open_to=lambda posts: frozenset(looks.open_posts(posts, person)),
    )


def _cells(posts: Sequence[models.Post], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
    waits = unread.of(posts)
    texts = preserved.texts([post.pk for post in posts if getattr(post, "flag", None) is None])
    contacts = post_cells.of(posts, shown)
    for post in posts:
        row = post_rows.post_row(post, waits, texts.get(post.pk))
        yield (
            post.pk,
            post.first_seen,
            post.posted_at,
            row["platform"],
            str(row["level_title"]),
            row["gist"],
            str(row["state"].title) if row["state"] else "",
            row["number"],
            ", ".join(map(str, row["kinds"])),
            row["office"],
            *contacts[post.pk],
            post.gone_at,
        )


def _asked(filters: Filters, person: models.Person) -> list[tuple[Any, Any]]:
    """The filter in words."""
    offices = models.Office.objects.filter(pk=filters.office or 0).values_list("short_name", flat=True)
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.filter(pk=filters.watch or 0)).values_list("name", flat=True)
    state = NARROWED.get(filters.state) or (filters.state and words.FLAG_STATES[filters.state].title)
    told = (
        (_("Words"), filters.q),
        (_("Platform"), filters.platform and words.platform(filters.platform)),
        (_("Level"), filters.level and words.LEVELS[filters.level].title),
        (_("State"), state),
        (_("Kind"), words.KINDS.get(filters.kind, "")),
        (_("Country"), filters.country and words.sentence(titles.country(filters.country))),
        (_("Office"), filters.office and ", ".join(offices)),
        (_("Watch"), filters.watch and ", ".join(watches)),
        (_("Place named"), words.PROVINCES.get(filters.place, "")),
        (_("Contact"), _contact(filters.indicator).get("value", "")),
        (_("From"), filters.since),
        (_("Until"), filters.until),
    )
    return [(what, value) for what, value in told if value]


def _contact(key: str) -> dict[str, str]:
    """The contact the list is narrowed to, masked, with its page; nothing where none is, or there is no such."""
    row = models.Indicator.objects.filter(pk=key).first() if key else None
    if row is None:
        return {}
    [value] = masks.values([(row.kind, row.value, row.pk)])
    return {"value": value, "link": base.here("patrol_indicator_change", row.pk)}


def _countries(asked: str) -> list[tuple[str, str]]:
    """(code, name) of the countries that posts name, by name; the one asked for stays a choice even where none does."""
    named = {code: words.sentence(titles.country(code)) for code in searching.countries() | ({asked} - {""})}
    return sorted(named.items(), key=lambda one: one[1])


def _found(filters: Filters, person: models.Person, place: str | None) -> tuple[list[models.Post], str]:
    posts = access.scope(person, Action.POST_VIEW, models.Post.objects.select_related("flag__office"))
    if filters.q:
        posts = posts.select_related("flag__office", "words")
    narrowed = filters.narrow(posts, ZoneInfo(person.office.zone))
    return post_rows.page_of(narrowed, "first_seen", place)


def _sent(request: HttpRequest) -> HttpResponse:
    """Words go into the address, to be kept and sent on; what leads to a person is looked up at once and stands in none."""
    filters = Filters.of(request.POST)
    if filters.q and searching.leads_to_a_person(filters.q):
        return search.find_text(request, filters.q)
    kept = {name: value for name, value in asdict(filters).items() if value}
    return HttpResponseRedirect(base.here("patrol_post_changelist", **kept))
