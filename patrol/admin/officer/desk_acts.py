"""What a person does at the desk besides deciding: take, renew, let go, see contacts, judge look-alikes, keep filters, lay keys."""

from __future__ import annotations

import contextlib
import json
import logging
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template import loader
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access, models, triage
from patrol.access import Action, consulting, fresh, looks
from patrol.admin.officer import desk_forms, queue
from patrol.admin.shared import base, shown_contacts, veils, words
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from patrol.triage import care, own_settings

_log = logging.getLogger(__name__)


class ToDesk(HttpResponseRedirect):
    """A redirect to a page of the desk: to a flag's, or without one to the queue."""

    def __init__(self, address: str, flag_id: int | None = None) -> None:
        super().__init__(address)
        self.flag_id = flag_id


class DeskActs(base.ReadOnlyAdmin):
    """Addresses of the desk. Each is a POST that ends in a redirect; the script of the desk is sent the page at its end at once. The two
    that scripts alone use answer JSON or nothing."""

    def desk_addresses(self) -> list[Any]:
        return [
            self.address("berikutnya/", self.take_next, "next"),
            self.address("hitungan/", self.numbers, "numbers"),
            self.address("setelan/", self.settings, "settings"),
            self.address("panduan/", self.tour, "tour"),
            self.address("saringan/", self.save_filter, "save_filter"),
            self.address("saringan/<int:filter_id>/hapus/", self.drop_filter, "drop_filter"),
            self.address("<int:flag_id>/ambil/", self.take, "take"),
            self.address("<int:flag_id>/perpanjang/", self.renew, "renew"),
            self.address("<int:flag_id>/lepas/", self.release, "release"),
            self.address("<int:flag_id>/tampilkan/", self.show, "show"),
            self.address("<int:flag_id>/tunda/", self.snooze, "snooze"),
            self.address("<int:flag_id>/batal-tunda/", self.wake, "wake"),
            self.address("<int:flag_id>/serupa/", self.join, "join"),
            self.address("<int:flag_id>/pisah/", self.part, "part"),
            self.address("<int:flag_id>/beda/", self.tell_apart, "tell_apart"),
        ]

    # --- where one is sent -------------------------------------------------------------------------

    def flag_of(self, request: HttpRequest, flag_id: int) -> models.Flag:
        raise NotImplementedError

    def filters(self, request: HttpRequest) -> queue.Filters:
        """Of the address, also for a POST: the forms keep the query of the page they stand on."""
        return queue.Filters.of(request.GET, base.who(request))

    def to_flag(self, request: HttpRequest, flag_id: int) -> HttpResponseRedirect:
        return ToDesk(base.here("patrol_flag_change", flag_id, **self.filters(request).query), flag_id)

    def to_queue(self, request: HttpRequest) -> HttpResponseRedirect:
        return ToDesk(base.here("patrol_flag_changelist", **self.filters(request).query))

    def at_once(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        """What an act answers: to the script of the desk the page itself instead of the way to it, which would be one more request."""
        if not (isinstance(answer, ToDesk) and request.headers.get("X-Desk")):
            return answer
        asked = request.path, request.GET, request.META["QUERY_STRING"]
        place = urlsplit(answer.url)  # what the page says of itself is said of that address
        request.path, request.GET, request.META["QUERY_STRING"] = place.path, QueryDict(place.query), place.query
        try:
            shown = self.changelist_view(request) if answer.flag_id is None else self.change_view(request, str(answer.flag_id))
            if isinstance(shown, SimpleTemplateResponse):
                shown.render()
        except Exception:  # noqa: BLE001 -- whatever it is, the act stands
            # An error would keep the session from being stored, and with it the way to undo: the browser goes there itself.
            _log.exception("The page after an act could not be drawn: %s", place.path)
            request.path, request.GET, request.META["QUERY_STRING"] = asked
            return answer
        shown["X-Desk-Address"] = answer.url
        return shown

    def onward(self, request: HttpRequest, flag: models.Flag) -> HttpResponseRedirect:
        """To the next free post behind this one, taken; to the queue where there is none."""
        person, now = base.who(request), timezone.now()
        following = triage.take_next(
            by=person, wanted=self.filters(request).wanted(person, now), after=triage.place_of(flag), skip=(flag.pk,), now=now
        )
        return self.to_queue(request) if following is None else self.to_flag(request, following.pk)

    # --- the lease ---------------------------------------------------------------------------------

    def take_next(self, request: HttpRequest) -> HttpResponse:
        """The next free post. `skip`: the one that is passed over, which is let go."""
        base.posted(request)
        person, now = base.who(request), timezone.now()
        if not access.may(person, Action.FLAG_DECIDE):
            raise Http404
        told = desk_forms.NextForm(request.POST).told()
        if told["skip"] is not None:
            flag = self.flag_of(request, told["skip"])
            triage.release(flag.pk, by=person, now=now)
            shown_contacts.hide(request)
            return self.onward(request, flag)
        wanted = self.filters(request).wanted(person, now)
        following = triage.take_next(by=person, wanted=wanted, after=told["after"], now=now)
        if following is None:
            base.say(request, _("Nothing is free here now."), problem=True)
            return self.to_queue(request)
        return self.to_flag(request, following.pk)

    def take(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Opens a flag to work on it. `from`: the one that lay on the desk before, which is let go. `again`: its page was loaded anew and
        takes up what it held; nobody asked for the contacts by that."""
        base.posted(request)
        person, now = base.who(request), timezone.now()
        flag = self.flag_of(request, flag_id)
        access.require(person, Action.FLAG_DECIDE, office_id=flag.office_id)
        told = desk_forms.TakeForm(request.POST).told()
        if told["from"] not in {None, flag.pk}:
            triage.release(told["from"], by=person, now=now, until=told["token"])
        if flag.state in states.UNDECIDED:
            with contextlib.suppress(triage.HeldByOtherError):  # the page says who has it and since when
                triage.take(flag.pk, by=person, now=now, shows=not told["again"])
        return self.to_flag(request, flag.pk)

    def renew(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Asked for by the page while somebody works on it. A lease that ran out is taken up again where nobody came in between; 409
        where somebody did. Its contacts go on only to a page whose own lease (`token`) would run still, lost to another page of the same
        person: one that slept longer has emptied itself, and nobody asked for them since."""
        base.posted(request)
        flag, person, now = self.flag_of(request, flag_id), base.who(request), timezone.now()
        until, told = triage.renew(flag.pk, by=person), desk_forms.RenewForm(request.POST).told()
        if until is None and flag.state in states.UNDECIDED and told["seen_version"] == flag.version:
            with contextlib.suppress(triage.HeldByOtherError):
                runs = told["token"] is not None and told["token"] > now
                until = triage.take(flag.pk, by=person, now=now, shows=told["shown"] and runs).lease_until
        if until is None:
            return JsonResponse({}, status=409)
        by_lease = triage.shown_to(flag, person)
        asked = 0 if by_lease else shown_contacts.left(request, flag, person, now)
        care.worked(is_severe=veils.is_open(request, flag.post_id), by=person, now=now)
        lease = {"until": words.hour(until), "token": until.isoformat(), "seconds": asked or settings.LEASE_SECONDS}
        return JsonResponse({**lease, "shown": by_lease or bool(asked)})

    def release(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        told = desk_forms.LeaseForm(request.POST).told()
        if triage.release(flag.pk, by=base.who(request), now=timezone.now(), until=told["token"]):
            shown_contacts.hide(request)
        if told["beacon"]:  # from a page that is being closed: nobody reads the answer
            return HttpResponse(status=204)
        return self.to_queue(request)

    def show(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Prints the contacts in full: to the holder for the work on it, to others with a purpose. Logged."""
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        if looks.harmed(flag):
            fresh.require(request)
        if not triage.open_contacts(flag.pk, by=base.who(request), now=timezone.now()):
            base.done(request, partial(shown_contacts.show, request, flag), desk_forms.PurposeForm(request.POST))
        return self.to_flag(request, flag.pk)

    # --- putting off -------------------------------------------------------------------------------

    def snooze(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        form = desk_forms.SnoozeForm(request.POST)
        if base.done(request, triage.snooze, form, flag_id=flag.pk) is None:
            return self.to_flag(request, flag.pk)
        text = _("%(flag)s is put off until %(when)s.")
        base.say(request, text % {"flag": flag.number, "when": words.moment(form.cleaned_data["until"])})
        return self.onward(request, flag)

    def wake(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Before its time: what was put off waits again."""
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        if base.done(request, triage.wake, flag_id=flag.pk) is not None:
            base.say(request, _("%(flag)s waits again.") % {"flag": flag.number})
        return self.to_flag(request, flag.pk)

    # --- look-alikes -------------------------------------------------------------------------------

    def join(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """`other`, once or several times: the same ad as this one."""
        return self._compared(request, flag_id, same=True)

    def part(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Takes back one act of joining: `act` names it."""
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        request.session.pop(_JOINED, None)
        try:
            parted = base.done(request, triage.part, desk_forms.PartForm(request.POST))
        except models.FlagEvent.DoesNotExist:
            raise Http404 from None
        if parted is not None:
            base.say(request, _("Undone. The posts are decided each for itself again."))
        return self.to_flag(request, flag.pk)

    def tell_apart(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        return self._compared(request, flag_id, same=False)

    def _compared(self, request: HttpRequest, flag_id: int, *, same: bool) -> HttpResponse:
        base.posted(request)
        flag = self.flag_of(request, flag_id)
        access.require(base.who(request), Action.FLAG_DECIDE, office_id=flag.office_id)
        others = desk_forms.OthersForm(request.POST).told()["other"]
        try:
            if same and others and (joined := base.done(request, triage.join, flag_id=flag.pk, other_ids=others)):
                _remember(request, joined)
            elif others and not same:
                base.done(request, triage.tell_apart, flag_id=flag.pk, other_id=others[0])
        except models.Flag.DoesNotExist:
            raise Http404 from None
        return self.to_flag(request, flag.pk)

    # --- own taste ---------------------------------------------------------------------------------

    def save_filter(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        self._at_the_desk(request)
        filters = queue.Filters.of(request.POST, base.who(request))
        base.done(request, own_settings.save_filter, desk_forms.FilterForm(request.POST), query=filters.query)
        return HttpResponseRedirect(base.here("patrol_flag_changelist", **filters.query))

    def drop_filter(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        base.posted(request)
        self._at_the_desk(request)
        if not models.SavedFilter.objects.filter(pk=filter_id, person=base.who(request)).exists():
            raise Http404
        own_settings.drop_filter(filter_id=filter_id, by=base.who(request))
        return self.to_queue(request)

    def numbers(self, request: HttpRequest) -> HttpResponse:
        """The counters of the side bar and above the queue as they are now, for a page that stays open. `rows`: with the rows of the queue
        around this flag, for a page that was sent its post without them."""
        self._at_the_desk(request)
        person, now, filters = base.who(request), timezone.now(), self.filters(request)
        told: dict[str, Any] = {}
        shown = base.number(request.GET.get("rows"))
        if shown is not None:
            column = queue.column(request, filters, now, flag=self.flag_of(request, shown))
            consulting.note(request, way=consulting.Way.LIST, target=("flag", ""), rows=len(column["rows"]))
            told = {"column": column["waiting"], "rows": loader.render_to_string("workbench/desk/rows.html", {"queue": column}, request)}
        waiting = queue.waiting(request)
        told.setdefault("column", queue.many(triage.counts(person, filters.wanted(person, now)).all if filters.query else waiting))
        kept = queue.saved(person, filters, now)
        return JsonResponse({"queue": waiting, **told, **{row["key"]: row["count"] for row in kept}})

    def tour(self, request: HttpRequest) -> HttpResponse:
        """Seen, or skipped; with `again` to be shown once more."""
        base.posted(request)
        self._at_the_desk(request)
        if desk_forms.TourForm(request.POST).told()["again"]:
            own_settings.tour_again(by=base.who(request))
        else:
            own_settings.tour_seen(by=base.who(request), now=timezone.now())
        return base.back(request, base.here("patrol_flag_changelist"))

    def settings(self, request: HttpRequest) -> HttpResponse:
        """The keys, as this person lays them."""
        self._at_the_desk(request)
        person = base.who(request)
        own = own_settings.own_settings(person)
        laid, on, wrong = own_settings.keys(own), own is None or own.keys_on, ""
        if request.method == "POST":
            wished = desk_forms.KeysForm(request.POST, laid=laid).told()
            on, as_delivered = wished.pop("on"), wished.pop("as_delivered")
            try:
                own_settings.set_keys(wished=own_settings.KEYS if as_delivered else wished, on=on, by=person)
            except RefusedError as error:
                base.refuse(request, error)
                laid, wrong = wished, error.place
            else:
                base.say(request, _("Your keys are kept."))
                return HttpResponseRedirect(base.here("patrol_flag_settings"))
        rows = [{"act": act, "title": words.ACTS[act], "key": key, "wrong": act == wrong} for act, key in laid.items()]
        return self.page(request, "workbench/keys.html", {"rows": rows, "on": on}, title=_("My keys"))

    def _at_the_desk(self, request: HttpRequest) -> None:
        if not access.may(base.who(request), Action.FLAG_DECIDE):
            raise Http404


_JOINED = "joined"


def _remember(request: HttpRequest, done: triage.Joined) -> None:
    """Keeps what was joined for the pages of this flag, so that it says what was joined, what was not, and how it is undone."""
    if done.left:
        names = ", ".join(f"{one.number} ({words.said(one, 'gist')})" for one in done.left)
        base.say(request, _("Not joined, look at each of them: %(flags)s.") % {"flags": names}, problem=True)
    if done.moved:
        request.session[_JOINED] = {"act": str(done.act), "flag": done.flag.pk, "moved": done.moved}


def joined(request: HttpRequest, flag: models.Flag | None) -> dict[str, Any] | None:
    """What was joined to this flag last, to be undone; None once another lies on the desk, it is decided, or one of what was joined was
    taken out of its row, by whomever: then the act can no longer be taken back as a whole. Two queries where something was joined."""
    kept = request.session.get(_JOINED)
    if kept is None or flag is None:
        return None
    row = triage.row_of(flag) if kept["flag"] == flag.pk and flag.state in states.UNDECIDED else []
    still = models.FlagEvent.objects.filter(flag__in=row, kind="joined", after__act=kept["act"])
    if not row or still.count() != kept.get("moved"):
        del request.session[_JOINED]
        return None
    text = ngettext("Joined: one decision for %(count)s post.", "Joined: one decision for %(count)s posts.", len(row))
    return {"text": text % {"count": len(row)}, "link": base.here("patrol_flag_part", flag.pk), "act": kept["act"]}


def context(request: HttpRequest, filters: queue.Filters, now: datetime) -> dict[str, Any]:
    """What every page of the desk carries: the keys, the tour, where the next one is asked for."""
    person = base.who(request)
    own, decided, day = own_settings.at_hand(person, since=queue.day_of(now))
    laid = own_settings.keys(own)
    query = f"?{'&'.join(f'{key}={value}' for key, value in filters.query.items())}" if filters.query else ""
    return {
        "keys": {act: key.upper() for act, key in laid.items()},
        "keys_json": json.dumps(laid if own is None or own.keys_on else {}),
        "acts": [(words.ACTS[act], key.upper()) for act, key in laid.items()],
        "keys_on": own is None or own.keys_on,
        "tour": own is None or own.tour_seen_at is None,
        "query": query,
        "today": decided,
        "pause": care.break_due(person, day),
        "snoozes_for": [
            ("hours", _("for 4 hours")),
            ("morning", _("until tomorrow, 8 o'clock")),
            ("days", _("for 3 days")),
            ("week", _("for 7 days")),
        ],
    }
