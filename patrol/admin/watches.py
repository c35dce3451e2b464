"""Watches: how well each is, what is wrong with it, and the forms that add, change, pause and resume."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patrol import access, models, states, watches
from patrol.access import Action
from patrol.admin import base, forms, home, words

FETCHES_SHOWN = 20


@admin.register(models.Watch)
class WatchAdmin(base.ReadOnlyAdmin):
    view_action = Action.WATCH_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/", self.add, "add"),
            self.address("<int:watch_id>/ubah/", self.edit, "edit"),
            self.address("<int:watch_id>/jeda/", self.pause, "pause"),
            self.address("<int:watch_id>/lanjut/", self.resume, "resume"),
        ]

    def _watch(self, request: HttpRequest, watch_id: int) -> models.Watch:
        return base.visible(
            base.who(request), Action.WATCH_VIEW, models.Watch.objects.select_related("office"), pk=watch_id
        )

    def _changes(self, request: HttpRequest) -> None:
        """Raises Http404 for whoever may not change watches."""
        if not access.may(base.who(request), Action.WATCH_CHANGE):
            raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        now, wanted = timezone.now(), request.GET.get("state", "")
        found = list(access.scope(base.who(request), Action.WATCH_VIEW, models.Watch.objects.select_related("office")))
        health = watches.health(found, now=now)
        order = list(words.WATCH_HEALTH)
        found.sort(key=lambda watch: (order.index(health[watch.pk].state), watch.name, watch.pk))
        many = {state: sum(health[watch.pk].state == state for watch in found) for state in order}
        link = "patrol_watch_changelist"
        shown = [watch for watch in found if wanted not in order or health[watch.pk].state == wanted]
        context = {
            "rows": [home.watch_row(watch, health[watch.pk], now) for watch in shown],
            "choices": [
                {"title": _("All"), "count": len(found), "link": base.here(link), "on": wanted not in order},
                *(
                    {
                        "title": words.WATCH_HEALTH[state].title,
                        "icon": words.WATCH_HEALTH[state].icon,
                        "count": many[state],
                        "link": base.here(link, state=state),
                        "on": wanted == state,
                    }
                    for state in order
                    if many[state] or wanted == state
                ),
            ],
            "add_link": base.here("patrol_watch_add") if access.may(base.who(request), Action.WATCH_CHANGE) else "",
            "subtitle": _("those with trouble on top"),
        }
        return self.page(request, "workbench/watches.html", context, title=_("Watches"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        watch, now = self._watch(request, int(object_id)), timezone.now()
        health = watches.health([watch], now=now)[watch.pk]
        context = {
            "row": home.watch_row(watch, health, now),
            "permanent": health.permanent,
            "subtitle": words.platform(watch.platform),
            "minutes": _minutes(watch),
            "fetches": [_fetch(fetch) for fetch in watch.fetches.order_by("-id")[:FETCHES_SHOWN]],
            "per_day": health.per_day,
            "may_change": access.may(base.who(request), Action.WATCH_CHANGE),
            "pausable": (watch.state, states.WatchState.PAUSED) in states.WATCH_MOVES,
            "resumable": (watch.state, states.WatchState.ACTIVE) in states.WATCH_MOVES,
        }
        return self.page(request, "workbench/watch.html", context, title=watch.name)

    def add(self, request: HttpRequest) -> HttpResponse:
        self._changes(request)
        form = forms.WatchForm(request.POST or None, initial={"office": base.who(request).office_id})
        if request.method == "POST" and form.is_valid():
            try:
                watch = watches.add(**form.asked(), by=base.who(request), now=timezone.now())
            except watches.RefusedError as error:
                form.refuse(_FIELDS.get(error.field, error.field), error.sentence)
            else:
                base.say(request, _("%(watch)s is watched from now on.") % {"watch": watch.name})
                return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))
        context = {"form": form, "hints": form.hints, "save": _("Save"), "cancel": base.here("patrol_watch_changelist")}
        return self.page(request, "workbench/form.html", context, title=_("New watch"))

    def edit(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        self._changes(request)
        watch = self._watch(request, watch_id)
        now_is = {
            "name": watch.name,
            "query": watch.query,
            "office": watch.office_id,
            "every_minutes": _minutes(watch),
            "healthy_low": watch.healthy_low,
            "healthy_high": watch.healthy_high,
        }
        form = forms.WatchForm(request.POST or None, initial=now_is, watch=watch)
        this = base.here("patrol_watch_change", watch.pk)
        if request.method == "POST" and form.is_valid():
            try:
                watches.change(watch_id=watch.pk, **form.asked(), by=base.who(request), now=timezone.now())
            except watches.RefusedError as error:
                form.refuse(_FIELDS.get(error.field, error.field), error.sentence)
            else:
                base.say(request, _("The watch was changed."))
                return HttpResponseRedirect(this)
        context = {"form": form, "hints": form.hints, "save": _("Save"), "cancel": this, "subtitle": watch.name}
        return self.page(request, "workbench/form.html", context, title=_("Change watch"))

    def pause(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        return self._move(request, watch_id, watches.pause, _("Paused: nothing is fetched until somebody resumes it."))

    def resume(self, request: HttpRequest, watch_id: int) -> HttpResponse:
        return self._move(request, watch_id, watches.resume, _("Resumed: the next fetch starts at once."))

    def _move(self, request: HttpRequest, watch_id: int, verb: Any, done: str) -> HttpResponse:
        base.posted(request)
        self._changes(request)
        watch = self._watch(request, watch_id)
        try:
            verb(watch_id=watch.pk, by=base.who(request), now=timezone.now())
        except states.MoveRefusedError as error:
            base.say_stale(request, error)
        else:
            base.say(request, done)
        return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))


# The verb speaks of seconds, the form of minutes.
_FIELDS = {"every_seconds": "every_minutes"}


def _minutes(watch: models.Watch) -> str:
    return f"{watch.every_seconds / 60:.2f}".rstrip("0").rstrip(".")


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
        "problems": [words.said(problem) for problem in fetch.problems],
    }
