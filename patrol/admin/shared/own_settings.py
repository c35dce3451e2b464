"""One's own settings, and what an office spares its people. What somebody saw stands here for them; their supervisor sees sums."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from patrol import access, models
from patrol.access import Action, duties, factors, looks
from patrol.admin.shared import base, navigation, words
from patrol.admin.shared.forms import VerbForm
from patrol.infra.refusals import RefusedError
from patrol.models import Veil
from patrol.triage import care

VEILS = {Veil.BLUR: gettext_lazy("Blurred"), Veil.GREY: gettext_lazy("Grey"), Veil.COLOUR: gettext_lazy("In colour")}
MINUTES = (30, 45, 60, 90, 120)
SEVERE = (5, 10, 15, 20, 30)
DAYS = 7


def _minutes(value: int) -> str:
    text = ngettext("after %(count)s minute of work", "after %(count)s minutes of work", value)
    return text % {"count": value} if value else pgettext("break", "never")


def _severe(value: int) -> str:
    text = ngettext("after %(count)s severe post", "after %(count)s severe posts", value)
    return text % {"count": value} if value else pgettext("break", "never")


class CareForm(VerbForm):
    """Of an office; for a person, `office` gives what holds where they choose nothing."""

    veil = forms.ChoiceField(label=gettext_lazy("Severe pictures at first"))
    break_minutes = forms.TypedChoiceField(label=gettext_lazy("A break is proposed, by time"), coerce=int, empty_value=None)
    break_severe = forms.TypedChoiceField(label=gettext_lazy("A break is proposed, by severe posts"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, office: care.Care | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, Any]]] = {
            "veil": [(str(key), title) for key, title in VEILS.items()],
            "break_minutes": [(str(value), _minutes(value)) for value in (0, *MINUTES)],
            "break_severe": [(str(value), _severe(value)) for value in (0, *SEVERE)],
        }
        for field, choices in offered.items():
            shown = self.fields[field]
            shown.required = office is None
            if office is not None:
                as_office = dict(choices).get(str(getattr(office, field)), str(getattr(office, field)))
                choices.insert(0, ("", _("As the office: %(choice)s") % {"choice": as_office}))
            shown.choices = choices  # type: ignore[attr-defined]


class OwnForm(CareForm):
    spared = forms.BooleanField(label=gettext_lazy("Leave severe posts to others"), required=False)
    contacts_asked = forms.BooleanField(label=gettext_lazy("Show the contacts of a post only after T"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    field_order = ("language", "veil", "break_minutes", "break_severe", "spared", "contacts_asked")


@admin.register(models.OwnCare)
class OwnCareAdmin(base.ReadOnlyAdmin):
    view_action = Action.HOME

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("kantor/", self.office, "office"),
            self.address("tugas/", self.take_up, "take_up"),
            self.address("jeda/", self.reminded, "reminded"),
            self.address("setelan/", self.settings, "settings"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        sees_posts = access.may(person, Action.POST_VIEW)
        own = care.own(person)
        now_is = {
            "veil": own.veil,
            "break_minutes": "" if own.break_minutes is None else own.break_minutes,
            "break_severe": "" if own.break_severe is None else own.break_severe,
            "spared": own.spared,
            "contacts_asked": own.contacts_asked,
            "language": own.language or request.LANGUAGE_CODE,
        }
        form = OwnForm(request.POST or None, initial=now_is, office=care.of_office(person.office))
        if not sees_posts:
            for field in ("veil", "break_minutes", "break_severe", "spared", "contacts_asked"):
                form.fields[field].widget = forms.HiddenInput()
        if request.method == "POST" and form.is_valid():
            kept = care.choose(**form.told(), by=person)
            base.say(request, _("Your settings are kept."))
            answer = HttpResponseRedirect(base.here("patrol_owncare_changelist"))
            base.keep_language(answer, kept.language)
            return answer
        context = {
            "form": form,
            "save": _("Save"),
            "days": _days(person, now) if sees_posts else [],
            "keys": base.here("patrol_flag_settings") if access.may(person, Action.FLAG_DECIDE) else "",
            "tour": base.here("patrol_flag_tour") if access.may(person, Action.FLAG_DECIDE) else "",
            "office_link": base.here("patrol_owncare_office") if access.may(person, Action.CARE_OFFICE) else "",
        }
        return self.page(request, "workbench/own_settings.html", context, title=_("My settings"))

    def office(self, request: HttpRequest) -> HttpResponse:
        """What the supervisor's own office spares its people, and the sums of what they saw."""
        person, now = base.who(request), timezone.now()
        if not access.may(person, Action.CARE_OFFICE):
            raise Http404
        held = care.of_office(person.office)
        now_is = {"veil": held.veil, "break_minutes": held.break_minutes, "break_severe": held.break_severe}
        form = CareForm(request.POST or None, initial=now_is)
        if request.method == "POST" and form.is_valid():
            care.set_office(office_id=person.office_id, **form.told(), by=person, now=now)
            base.say(request, _("What the office spares its people is kept."))
            return HttpResponseRedirect(base.here("patrol_owncare_office"))
        context = {
            "form": form,
            "save": _("Save"),
            "cancel": base.here("patrol_owncare_changelist"),
            "sums": care.office_sums(office_id=person.office_id, by=person, now=now, days=DAYS),
            "subtitle": person.office.name,
        }
        return self.page(request, "workbench/office_care.html", context, title=_("Care for staff"))

    def settings(self, request: HttpRequest) -> HttpResponse:
        """What is opened now and then, with a sentence each: all that has no place in the menu."""
        return self.page(request, "workbench/office_settings.html", {"groups": navigation.settings(request)}, title=_("Office settings"))

    def take_up(self, request: HttpRequest) -> HttpResponse:
        """Another of the duties somebody holds. All their logins end but this one, which goes on as a new session."""
        base.posted(request)
        try:
            person = duties.take_up(duty_id=base.number(request.POST.get("duty")), by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            request.session.cycle_key()
            # Where their own duty asks for no second factor and this one does, it is set up before anything else.
            request.session.update({"logins": person.sessions, "enrol": factors.must_enrol(person)})
            rotate_token(request)
            base.say(request, _("You act as %(role)s, %(office)s.") % {"role": person.role_title, "office": person.office.name})
        return HttpResponseRedirect(base.here("index"))

    def reminded(self, request: HttpRequest) -> HttpResponse:
        """The proposal of a break was seen; it goes away and nothing was locked."""
        base.posted(request)
        care.reminded(by=base.who(request), now=timezone.now())
        return base.back(request, base.here("index"))


def _days(person: models.Person, now: datetime) -> list[dict[str, Any]]:
    """The last days, today first, those without anything too."""
    today = timezone.localtime(now).date()
    since = today - timedelta(days=DAYS - 1)
    kept = {row.day: row for row in models.Exposure.objects.filter(person=person, day__gte=since)}
    shown = looks.each_day(person, timezone.make_aware(datetime.combine(since, time())))
    rows = []
    for day in (today - timedelta(days=n) for n in range(DAYS)):
        row = kept.get(day) or models.Exposure()
        rows.append(
            {
                "day": words.day(day),
                "pictures": row.pictures,
                "severe": row.severe,
                "contacts": shown.get(day, 0),
                "severe_minutes": row.severe_seconds // 60,
                "work_minutes": row.work_seconds // 60,
            }
        )
    return rows
