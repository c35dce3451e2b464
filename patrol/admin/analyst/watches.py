"""Watches: how well each is, the forms that add, change, pause, resume and try them, and what each source promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patrol import access, models, sources, watches
from patrol.access import Action
from patrol.admin.analyst import watch_forms, watch_list, watch_words
from patrol.admin.shared import base, exporting, forms, home, waiting, words
from patrol.domain import states
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.search import trials
from patrol.watches import credentials, proposing, quotas, wellbeing

FETCHES_SHOWN = 20


@admin.register(models.Watch)
class WatchAdmin(base.ReadOnlyAdmin):
    view_action = Action.WATCH_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            exporting.address(self, watch_list.listing, "patrol_watch_changelist"),
            self.address("baru/", self.add, "add"),
            self.address("sumber/", self.sources, "sources"),
            self.address("<int:watch_id>/ubah/", self.edit, "edit"),
            self.address("<int:watch_id>/p4mi/", self.place, "place"),
            self.address("<int:watch_id>/coba/", self.try_now, "try"),
            self.address("<int:watch_id>/jeda/", self.pause, "pause"),
            self.address("<int:watch_id>/lanjut/", self.resume, "resume"),
        ]

    def _watch(self, request: HttpRequest, watch_id: int) -> models.Watch:
        return base.visible(
            base.who(request), Action.WATCH_VIEW, models.Watch.objects.select_related("office", "station", "credential"), pk=watch_id
        )

    def _kept(self, request: HttpRequest, watch_id: int, right: Callable[..., bool] = watches.keeps) -> models.Watch:
        """Raises Http404 for whoever may not act on this watch."""
        watch = self._watch(request, watch_id)
        if not right(base.who(request), watch):
            raise Http404
        return watch

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        by, now = base.who(request), timezone.now()
        asked = watch_list.asked(request, now)
        found, health, wanted = asked.found, asked.health, asked.state
        many = {state: sum(health[watch.pk].state == state for watch in found) for state in words.WATCH_HEALTH}
        link, at = "patrol_watch_changelist", asked.station
        context = {
            "rows": [home.watch_row(watch, health[watch.pk], now) for watch in asked.shown],
            "stations": asked.offered,
            "at": at,
            "wanted": wanted,
            "choices": [
                {"title": _("All"), "count": len(found), "link": base.here(link, station=at), "on": not wanted},
                *(
                    {
                        "title": words.WATCH_HEALTH[state].title,
                        "icon": words.WATCH_HEALTH[state].icon,
                        "count": many[state],
                        "link": base.here(link, state=state, station=at),
                        "on": wanted == state,
                    }
                    for state in words.WATCH_HEALTH
                    if many[state] or wanted == state
                ),
            ],
            "notices": notices(base.who(request), now),
            "export": exporting.panel("patrol_watch_export", asked.query, by, full=True),
            "may_add": any(access.may(by, right) for right in (Action.WATCH_CHANGE, Action.WATCH_PROPOSE)),
            "proposals": waiting.of(request, by).proposals,
            "quota": None if by.at_directorate else quotas.of([by.office])[by.office_id],
            "subtitle": _("those with trouble on top"),
        }
        return self.page(request, "workbench/watches.html", context, title=_("Watches"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        watch = self._watch(request, int(object_id))
        return self.page(request, "workbench/watch.html", self._told(request, watch), title=masks.text(watch.name))

    def _told(self, request: HttpRequest, watch: models.Watch) -> dict[str, Any]:
        now = timezone.now()
        health = wellbeing.health([watch], now=now)[watch.pk]
        stuck = watch.credential is not None and credentials.trouble(watch.credential) is not None
        return {
            "row": home.watch_row(watch, health, now),
            "asks": watch_words.asks(watch.platform, watch.kind),
            "parts": watch_words.parts_of(watch.platform, watch.kind, watch.query),
            "packs": list(watch.packs.all()),
            "hours": watch_words.hours(watch),
            "used": health.used,
            "permanent": health.permanent,
            "told": health.told,
            "subtitle": words.platform(watch.platform),
            "minutes": watch_forms.minutes(watch),
            "fetches": [_fetch(fetch) for fetch in watch.fetches.order_by("-id")[:FETCHES_SHOWN]],
            "per_day": health.per_day,
            "may_change": access.may(base.who(request), Action.WATCH_CHANGE),
            "changeable": watches.may_change(base.who(request), watch),
            "places": _places(base.who(request), watch),
            "keeps": watches.keeps(base.who(request), watch),
            "may_see_credentials": access.may(base.who(request), Action.CREDENTIAL_VIEW),
            "pausable": (watch.state, states.WatchState.PAUSED) in states.WATCH_MOVES,
            "resumable": (watch.state, states.WatchState.ACTIVE) in states.WATCH_MOVES and not stuck,
            # Where trying again cannot help the page offers the remedy instead.
            "tryable": not stuck,
        }

    def try_now(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        base.posted(request)
        watch = self._kept(request, watch_id, watches.may_change)
        trial = base.done(request, trials.try_now, watch_id=watch.pk)
        if trial is None:
            return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))
        watch = self._watch(request, watch_id)  # a refused credential stops it
        context = {**self._told(request, watch), "trial": _trial(trial, watch.platform, watch.kind, typed=False)}
        return self.page(request, "workbench/watch.html", context, title=masks.text(watch.name))

    def add(self, request: HttpRequest) -> HttpResponse:
        """The platform first: `ask` names it, with the way it is asked. Then what that takes."""
        by = base.who(request)
        directorate = access.may(by, Action.WATCH_CHANGE)
        if not directorate and not access.may(by, Action.WATCH_PROPOSE):
            raise Http404
        asked = request.POST.get("ask", request.GET.get("ask", ""))
        way = watch_forms.Way.of(asked)
        context: dict[str, Any] = {
            "ways": list(watch_forms.ways()),
            "asked": way.key if way else "",
            "cancel": base.here("patrol_watch_changelist"),
        }
        if way is None:
            context |= {"lacking": request.method == "POST", "hints": [_source(key, 0) for key in sources.SOURCES]}
            return self.page(request, "workbench/watch_form.html", context, title=_("New watch"))
        own, proposes = None, False
        if not directorate:
            own, quota = by.office_id, quotas.of([by.office])[by.office_id]
            proposes = not (access.may(by, Action.WATCH_KEEP, office_id=own) and way.open and quota.left)
            context |= {"quota": quota, "decides": _decides(by, way, quota) if proposes else ""}
        near = {"office": by.office_id, "station": by.station_id}
        form = watch_forms.WatchForm(request.POST or None, initial=near, way=way, own=own, proposes=proposes)

        def save(wanted: watches.Wanted) -> HttpResponse:
            now, asked = timezone.now(), {"platform": way.platform, "kind": way.shape.key}
            if proposes:
                made = proposing.propose(**asked, wanted=wanted, why=form.cleaned_data["why"], by=by, now=now)
                base.say(request, _("%(watch)s was proposed. You are told what is decided.") % {"watch": masks.text(made.name)})
                return HttpResponseRedirect(base.here("patrol_watchproposal_change", made.pk))
            watch = watches.add(**asked, wanted=wanted, by=by, now=now)
            base.say(request, _("%(watch)s is watched from now on.") % {"watch": masks.text(watch.name)})
            return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))

        return self._form(request, form, save, context, title=_("New watch"))

    def edit(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        watch = self._kept(request, watch_id, watches.may_change)
        way = watch_forms.Way.of(f"{watch.platform}/{watch.kind}")
        own = None if access.may(base.who(request), Action.WATCH_CHANGE) else watch.office_id
        if way is None:  # of a platform this version does not know any more
            raise Http404
        form = watch_forms.WatchForm(request.POST or None, initial=watch_forms.now_is(watch), way=way, watch=watch, own=own)
        this = base.here("patrol_watch_change", watch.pk)

        def save(wanted: watches.Wanted) -> HttpResponse:
            watches.change(watch_id=watch.pk, wanted=wanted, by=base.who(request), now=timezone.now())
            base.say(request, _("The watch was changed."))
            return HttpResponseRedirect(this)

        return self._form(request, form, save, {"cancel": this, "subtitle": masks.text(watch.name)}, title=_("Change watch"))

    def place(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        """At which P4MI of the office it stands: what its supervisor says of the directorate's watches too."""
        watch = self._kept(request, watch_id, _places)
        form = forms.PlaceForm(request.POST or None, office_id=watch.office_id, now_at=watch.station_id)
        this = base.here("patrol_watch_change", watch.pk)
        if request.method == "POST" and form.is_valid():
            try:
                watches.place(watch_id=watch.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The watch was changed."))
                return HttpResponseRedirect(this)
        context = {"form": form, "save": _("Save"), "cancel": this, "subtitle": watch.office.name}
        return self.page(request, "workbench/form.html", context, title=masks.text(watch.name))

    def _form(
        self,
        request: HttpRequest,
        form: watch_forms.WatchForm,
        save: Callable[[watches.Wanted], HttpResponse],
        context: dict[str, Any],
        *,
        title: str,
    ) -> HttpResponse:
        """What was typed, tried or saved; beside it what the trial brought, and what the platform promises."""
        way, by = form.way, base.who(request)
        if request.method == "POST" and form.is_valid():
            try:
                if "try" not in request.POST:
                    return save(form.wanted())
                trial = trials.try_wanted(platform=way.platform, kind=way.shape.key, wanted=form.wanted(), by=by, now=timezone.now())
                context["trial"] = _trial(trial, way.platform, way.shape.key, typed=True)
            except RefusedError as error:
                form.refused(error, _FIELDS.get(error.place))
                context["same"] = _same(by, error.values.get("watch"))
        context |= {"form": form, "asks": watch_words.asks(way.platform, way.shape.key), "hints": [_source(way.platform, 0)]}
        return self.page(request, "workbench/watch_form.html", context, title=title)

    def sources(self, request: HttpRequest) -> HttpResponse:
        """Every source with what it promises: terms, limits, robots, how proven, what an empty answer means."""
        self.seen_by(request)
        scoped = access.scope(base.who(request), Action.WATCH_VIEW, models.Watch.objects.all())
        many = dict(scoped.values_list("platform").annotate(Count("id")).order_by())
        context = {
            "sources": [_source(key, many.get(key, 0)) for key in sources.SOURCES],
            "subtitle": _("what each promises, and under which terms"),
        }
        return self.page(request, "workbench/sources.html", context, title=_("Sources"))

    def pause(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        return self._move(request, watch_id, watches.pause, _("Paused: nothing is fetched until somebody resumes it."))

    def resume(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        at_once = access.may(base.who(request), Action.WATCH_CHANGE)
        said = (
            _("Resumed: the next fetch starts at once.") if at_once else _("Resumed: the next fetch starts when its interval has passed.")
        )
        return self._move(request, watch_id, watches.resume, said)

    def _move(self, request: HttpRequest, watch_id: int, act: Callable[..., models.Watch], said: str) -> HttpResponse:
        base.posted(request)
        watch = self._kept(request, watch_id)
        if base.done(request, act, watch_id=watch.pk) is not None:
            base.say(request, said)
        return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))


def _places(person: models.Person, watch: models.Watch) -> bool:
    """The directorate has no P4MI."""
    held = access.may(person, Action.STATION_CHANGE, office_id=watch.office_id)
    return held and watch.office.kind != models.OfficeKind.DIRECTORATE


# The verb speaks of seconds, the form of minutes.
_FIELDS = {"every_seconds": "every_minutes"}


def _decides(person: models.Person, way: watch_forms.Way, quota: quotas.Quota) -> str:
    """Who decides what this person would propose, and why."""
    if not way.open:
        return _("This way of asking needs a credential: the directorate decides.")
    if person.at_directorate:
        return _("Whoever keeps the watches of the directorate decides.")
    if not quota.left:
        return _("The quota of your office is used up: the directorate decides.")
    return _("The supervisor of your office decides.")


def _same(person: models.Person, watch_id: int | None) -> dict[str, Any] | None:
    """The watch that watches a source by now: where the person may see it a link to it, else which office has it."""
    if watch_id is None:
        return None
    found = models.Watch.objects.select_related("office").get(pk=watch_id)
    if access.may(person, Action.WATCH_VIEW, office_id=found.office_id):
        return {"name": masks.text(found.name), "link": base.here("patrol_watch_change", found.pk)}
    return {"name": found.office.short_name, "link": ""}


def notices(person: models.Person, now: Any) -> list[dict[str, Any]]:
    """Credentials somebody has to see to, for whoever may see that there are any."""
    if not access.may(person, Action.CREDENTIAL_VIEW):
        return []
    return [
        {**watch_words.notice(found), "link": base.here("patrol_credential_change", found.credential.pk)}
        for found in credentials.notices(now=now)
    ]


def _source(key: str, count: int) -> dict[str, Any]:
    source, said = sources.SOURCES[key], words.own
    low, high = source.HEALTHY_RANGE
    return {
        "key": key,
        "title": words.platform(key),
        "queries": [
            {
                "title": said(shape.title),
                "asks": said(shape.asks),
                "words": shape.takes_words,
                "open": shape.open and bool(source.CREDENTIAL),
            }
            for shape in source.QUERIES
        ],
        "places": any(shape.takes_place for shape in source.QUERIES),
        "credential": [{"title": said(field.title), "required": field.required} for field in source.CREDENTIAL],
        "range": f"{low}–{high}",
        "healthy": said(source.HEALTHY),
        "terms": said(source.TERMS),
        "limits": said(source.LIMITS),
        "robots": said(source.ROBOTS),
        "proven": said(source.PROVEN),
        "watches": count,
    }


def _trial(trial: trials.Trial, platform: str, kind: str, *, typed: bool) -> dict[str, Any]:
    def problem(one: Any) -> str:
        return watch_words.both(one.sentence)

    return {
        "problem": problem(trial.problem) if trial.problem else "",
        "told": trial.problem.told if trial.problem else "",
        "remedy": watch_words.remedy_of_trial(trial.problem.code, permanent=trial.problem.permanent, typed=typed) if trial.problem else "",
        "problems": [problem(one) for one in trial.problems],
        "newest": words.moment(trial.newest) if trial.newest else "",
        "more": trial.more,
        "known": trial.known,
        "parts": [
            {
                "part": part,
                "name": watch_words.part(platform, kind, part.name),
                "complaint": problem(part.complaint) if part.complaint else "",
                "told": part.complaint.told if part.complaint else "",
            }
            for part in trial.parts
        ],
        "rows": [
            {
                "text": post.text,
                "author": post.author,
                "posted": words.moment(post.posted_at) if post.posted_at else "",
                "level": post.level,
                "level_title": words.LEVELS[post.level].title,
                "verdict": words.verdict(post.verdict),
                "kinds": [words.KINDS.get(kind, kind) for kind in post.kinds],
                "pictures": post.pictures,
                "comment": post.comment,
            }
            for post in trial.shown
        ],
    }


_OUTCOMES: dict[str | None, words.Badge] = {
    None: words.Badge(pgettext_lazy("fetch", "running"), "blue", "sync"),
    "good": words.Badge(pgettext_lazy("fetch", "good"), "ok", "check"),
    "unchanged": words.Badge(pgettext_lazy("fetch", "unchanged"), "ok", "check"),
    "failed": words.Badge(pgettext_lazy("fetch", "failed"), "high", "close"),
    "abandoned": words.Badge(pgettext_lazy("fetch", "broken off"), "med", "warning"),
}


def _fetch(fetch: models.Fetch) -> dict[str, Any]:
    return {
        "started": words.moment(fetch.started_at),
        "badge": _OUTCOMES.get(fetch.outcome, words.Badge(fetch.outcome or "")),
        "pages": fetch.pages,
        "seen": fetch.posts_seen,
        "new": fetch.posts_new,
        "changed": fetch.posts_changed,
        "problems": [words.problem(problem) for problem in fetch.problems],
    }
