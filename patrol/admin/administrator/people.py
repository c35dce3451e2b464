"""People and offices: who belongs where. Only an administrator changes them; a password is set by its owner alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.forms import CharField, HiddenInput, Textarea
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, domain, models
from patrol.access import Action, duties, factors, linked_logins, people
from patrol.admin.shared import base, day_fields, forms, own_access, words
from patrol.cases import leaving
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.models.people import ROLE_TITLES
from patrol.outgoing import addresses


class LeaveForm(forms.VerbForm):
    """`seen`: the marks of what the page said goes where."""

    note = CharField(
        label=gettext_lazy("For the colleagues"), widget=Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Stands in each case.")
    )
    back_on = day_fields.DayField(
        label=gettext_lazy("Back on"), required=False, help_text=gettext_lazy("Where they are away. The account is opened by hand.")
    )
    seen = CharField(required=False, widget=HiddenInput)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"seen": set(told["seen"].split())}


class AgreeForm(forms.VerbForm):
    """`seen`: the appointment as the list showed it."""

    seen = forms.NumberField(otherwise=0)


@admin.register(models.Person)
class PersonAdmin(base.ReadOnlyAdmin):
    view_action = Action.PERSON_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/", self.add, "add"),
            self.address("<int:person_id>/tautan-sandi/", self.reset_link, "reset_link"),
            self.address("<int:person_id>/akhiri-masuk/", self.end_logins, "end_logins"),
            self.address("<int:person_id>/hapus-faktor/", self.reset_factors, "reset_factors"),
            self.address("<int:person_id>/hapus-akun-penyedia/", self.unlink_provider, "unlink_provider"),
            self.address("<int:person_id>/setujui/", self.agree, "agree"),
            self.address("<int:person_id>/pergi/", self.leave, "leave"),
            self.address("<int:person_id>/tugas/", self.add_duty, "add_duty"),
            self.address("<int:person_id>/akhiri-tugas/", self.end_duty, "end_duty"),
            self.address("<int:person_id>/hapus-surel/", self.clear_mail, "clear_mail"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        unused, waits, mine = request.GET.get("unused") == "1", request.GET.get("waits") == "1", request.GET.get("waits") == "me"
        found = access.scope(base.who(request), Action.PERSON_VIEW, models.Person.objects.select_related("office", "station", "own_office"))
        found = found.filter(is_active=True, last_login=None) if unused else found
        if waits:
            found = found.filter(people.waiting())
        office = base.number(request.GET.get("office"))
        if office is not None:  # who may log in there
            found = found.filter(is_active=True, office=office)
        if mine:
            found = found.filter(pk__in=people.waits_for(base.who(request)).values("pk"))
        found = found.annotate(waits=ExpressionWrapper(people.waiting(), output_field=BooleanField()))
        listed = list(found.order_by("office__name", "name", "id"))
        waiting = [person for person in listed if person.waits]
        further = duties.held(listed, now=timezone.now())
        left = people.newest_appointments(waiting) if waiting else {}
        agrees = access.may(base.who(request), Action.PERSON_AGREE)
        changes = access.may(base.who(request), Action.PERSON_CHANGE)
        places = not changes and may_place(base.who(request))
        link = "patrol_person_changelist"
        context = {
            "rows": [
                {
                    "person": person,
                    "link": base.here("patrol_person_change", person.pk) if changes or places else "",
                    "leave": base.here("patrol_person_leave", person.pk)
                    if not changes and people.may_close(person, base.who(request))
                    else "",
                    "also": _also(person, further[person.pk]),
                    "last": words.moment(person.last_login) if person.last_login else "",
                    "waits": _left(left[person.pk]) if person.pk in left else "",
                    "seen": left[person.pk].pk if person.pk in left else "",
                    "agree": base.here("patrol_person_agree", person.pk)
                    if agrees and person.pk in left and _may_be_second(base.who(request), left[person.pk])
                    else "",
                }
                for person in listed
            ],
            "choices": [
                {"title": _("All"), "link": base.here(link), "on": not (unused or waits or mine or office)},
                {"title": _("Waiting for a second person"), "link": base.here(link, waits="1"), "on": waits},
                *([{"title": words.WAITS_FOR_ME, "link": base.here(link, waits="me"), "on": mine}] if agrees else []),
                {"title": _("Never logged in"), "link": base.here(link, unused="1"), "on": unused},
            ],
            "add_link": base.here("patrol_person_add") if changes else "",
        }
        return self.page(request, "workbench/people.html", context, title=_("People"))

    def agree(self, request: HttpRequest, person_id: int) -> HttpResponse:
        base.posted(request)
        by = base.who(request)
        person = base.visible(by, Action.PERSON_AGREE, models.Person.objects.all(), pk=person_id)
        try:
            people.agree(person_id=person.pk, **AgreeForm(request.POST).told(), by=by, now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        except people.StaleError:
            base.say(request, _("Nothing was changed: the account was changed since you looked."), problem=True)
        else:
            base.say(request, _("%(person)s approves from now on.") % {"person": person.name})
        return HttpResponseRedirect(base.here("patrol_person_changelist"))

    def reset_factors(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """For a lost telephone: they log in with the password and set up another one."""
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.all(), pk=person_id)
        try:
            people.reset_factors(person_id=person.pk, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _("%(person)s has no second factor any more, and every login of theirs ended.") % {"person": person.name})
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def unlink_provider(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """The login of the ministry alone: password and second factors stay."""
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.all(), pk=person_id)
        try:
            linked_logins.unlink_of(person_id=person.pk, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            text = _("No login of the ministry opens the account of %(person)s any more, and every login of theirs ended.")
            base.say(request, text % {"person": person.name})
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def end_logins(self, request: HttpRequest, person_id: int) -> HttpResponse:
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.all(), pk=person_id)
        many = people.end_logins(person_id=person.pk, by=base.who(request), now=timezone.now())
        text = ngettext("%(count)s login of %(person)s was ended.", "%(count)s logins of %(person)s were ended.", many)
        base.say(request, text % {"count": many, "person": person.name})
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def clear_mail(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Nothing is mailed to them until they confirm an address anew."""
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.all(), pk=person_id)
        addresses.clear(person_id=person.pk, by=base.who(request), now=timezone.now())
        base.say(request, _("The mail address of %(person)s was removed.") % {"person": person.name})
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def _changes(self, request: HttpRequest) -> None:
        if not access.may(base.who(request), Action.PERSON_CHANGE):
            raise Http404

    def _row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The form to change a person; it writes through its verb, so a POST is welcome here. An office says at which P4MI they sit."""
        if not access.may(base.who(request), Action.PERSON_CHANGE):
            return self._place(request, object_id)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.select_related("office"), pk=object_id)
        form = forms.PersonForm(request.POST or None, initial=_now_is(person), person=person)
        if request.method == "POST" and form.is_valid():
            try:
                changed = people.change(person_id=person.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(person)s was changed.") % {"person": changed.name})
                if changed.is_active and not person.is_active and not changed.has_usable_password():
                    base.say(request, _("No password is left of this account. Make a link to set one."))
                    return HttpResponseRedirect(base.here("patrol_person_change", person.pk))
                return HttpResponseRedirect(base.here("patrol_person_changelist"))
        return self._form(request, form, person=person)

    def _place(self, request: HttpRequest, person_id: int) -> HttpResponse:
        if not may_place(base.who(request)):
            raise Http404
        person = base.visible(base.who(request), Action.STATION_CHANGE, models.Person.objects.select_related("office"), pk=person_id)
        _role, office_id, station_id = person.own
        form = forms.PlaceForm(request.POST or None, office_id=office_id, now_at=station_id)
        if request.method == "POST" and form.is_valid():
            try:
                people.place(person_id=person.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(person)s was changed.") % {"person": person.name})
                return HttpResponseRedirect(base.here("patrol_person_changelist"))
        return self._form(request, form, person=person)

    def leave(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """What somebody who leaves or is away holds, where it goes, and the act that does just that."""
        by = base.who(request)
        person = base.visible(by, Action.PERSON_CLOSE, models.Person.objects.select_related("office"), pk=person_id)
        if not people.may_close(person, by):
            raise Http404
        able = leaving.colleagues(person)
        asked = request.POST if request.method == "POST" else request.GET
        to = next((one for one in able if one.pk == base.number(asked.get("to"))), None)
        form = LeaveForm(request.POST) if request.method == "POST" else LeaveForm()
        changed: leaving.ChangedError | None = None
        if request.method == "POST" and form.is_valid():
            try:
                leaving.leave(person_id=person.pk, to_id=to.pk if to else None, **form.told(), by=by, now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            except leaving.ChangedError as error:
                changed = error
            else:
                base.say(request, _("The account of %(person)s is closed, and what they held is handed on.") % {"person": person.name})
                return HttpResponseRedirect(base.here("patrol_person_changelist"))
        found = leaving.plan(person, to, by=by)
        context = {
            "person": person,
            "to": to,
            "colleagues": [{"id": one.pk, "title": f"{one.name}, {one.role_title}, {one.office.name}", "on": one == to} for one in able],
            "rows": _goes(found, to),
            "stuck": any(one.goes == leaving.Goes.STUCK for one in found),
            "changed": _goes(changed.came, to) if changed else [],
            "gone": len(changed.went) if changed else 0,
            "form": form,
            "seen": " ".join(sorted(leaving.marks(found))),
            "cancel": base.here("patrol_person_changelist"),
            "subtitle": person.username,
        }
        return self.page(request, "workbench/leave.html", context, title=_("%(person)s leaves or is away") % {"person": person.name})

    def add_duty(self, request: HttpRequest, person_id: int) -> HttpResponse:
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.select_related("office"), pk=person_id)
        form = forms.DutyForm(request.POST, auto_id="duty_%s")
        try:
            duty = duties.add(person_id=person.pk, **form.told(), by=base.who(request), now=timezone.now())
        except RefusedError as error:
            if form.is_valid():
                form.refused(error)
            return self._form(request, forms.PersonForm(initial=_now_is(person), person=person), person=person, duty_form=form)
        told = {"person": person.name, "duty": _titled(duty)}
        base.say(request, _("%(person)s holds a further duty: %(duty)s.") % told)
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def end_duty(self, request: HttpRequest, person_id: int) -> HttpResponse:
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.all(), pk=person_id)
        duty = base.visible(
            base.who(request), Action.PERSON_CHANGE, person.duties.select_related("office"), pk=base.number(request.POST.get("duty")) or 0
        )
        try:
            duties.end(duty_id=duty.pk, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _("Ended: %(duty)s.") % {"duty": _titled(duty)})
        return HttpResponseRedirect(base.here("patrol_person_change", person.pk))

    def add(self, request: HttpRequest) -> HttpResponse:
        self._changes(request)
        form = forms.PersonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                person = people.add(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(person)s was added. Make a link to set the password.") % {"person": person.name})
                return HttpResponseRedirect(base.here("patrol_person_change", person.pk))
        return self._form(request, form, person=None)

    def _form(
        self,
        request: HttpRequest,
        form: forms.VerbForm,
        *,
        person: models.Person | None,
        link: str = "",
        duty_form: forms.DutyForm | None = None,
    ) -> HttpResponse:
        changes = access.may(base.who(request), Action.PERSON_CHANGE)
        mine = person == base.who(request)
        linked = own_access.linked(person) if person and changes and not mine else None
        proven = bool(person and changes and factors.ways(person))
        further = duties.held([person], now=timezone.now())[person.pk] if person and changes else []
        context = {
            "form": form,
            "person": person,
            "further": [{"id": one.pk, "title": _titled(one), "taken": person and person.duty_id == one.pk} for one in further],
            "duty_form": (duty_form or forms.DutyForm(auto_id="duty_%s")) if person and person.is_active and changes else None,
            "link": link,
            "leave": base.here("patrol_person_leave", person.pk) if person and people.may_close(person, base.who(request)) else "",
            "left": _was_left(person) if person and changes else None,
            "clear_mail": base.here("patrol_person_clear_mail", person.pk) if changes and person and person.mail else "",
            # An account that is closed has no login: closing ended each.
            "end_logins": base.here("patrol_person_end_logins", person.pk) if changes and person and person.is_active and not mine else "",
            "reset_factors": base.here("patrol_person_reset_factors", person.pk) if person and proven else "",
            "linked": linked,
            "unlink": base.here("patrol_person_unlink_provider", person.pk) if person and linked else "",
            "own": mine,
            "save": _("Save"),
            "cancel": base.here("patrol_person_changelist"),
            "subtitle": person.username if person else None,
            "unset": person is not None and not person.has_usable_password(),
            "reset": base.here("patrol_person_reset_link", person.pk) if person and person.is_active and changes else "",
        }
        return self.page(request, "workbench/person.html", context, title=person.name if person else _("New person"))

    def reset_link(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Shows the link in the answer to the POST itself: it stands in no session, no message and no later page."""
        base.posted(request)
        self._changes(request)
        person = base.visible(base.who(request), Action.PERSON_CHANGE, models.Person.objects.select_related("office"), pk=person_id)
        without = bool(request.POST.get("without_factors"))
        try:
            path = people.reset_link(person_id=person.pk, by=base.who(request), now=timezone.now(), without_factors=without)
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here("patrol_person_change", person.pk))
        form = forms.PersonForm(initial=_now_is(person), person=person)
        answer = self._form(request, form, person=person, link=request.build_absolute_uri(path))
        answer["Cache-Control"] = "no-store"
        return answer


def may_place(person: models.Person) -> bool:
    """Whether somebody says at which station people of the own office sit. The directorate has none."""
    return access.may(person, Action.STATION_CHANGE, office_id=person.office_id) and not person.at_directorate


def _now_is(person: models.Person) -> dict[str, Any]:
    """Of their own duty, whichever is taken up."""
    role, office_id, station_id = person.own
    return {"name": person.name, "role": role, "office": office_id, "station": station_id, "active": person.is_active}


def _titled(duty: models.Duty) -> str:
    """Penyelia, BP3MI Contoh, sampai 12 Des 2026."""
    title = f"{duty.role_title}, {duty.office.name}"
    return _("%(duty)s, until %(day)s") % {"duty": title, "day": words.day(duty.until)} if duty.until else title


def _also(person: models.Person, further: list[models.Duty]) -> list[str]:
    """What somebody holds beside what is taken up."""
    own = [f"{ROLE_TITLES[Role(person.own_role)]}, {person.own_office.name}"] if person.own_office else []
    return own + [_titled(one) for one in further if one.pk != person.duty_id]


_HELD: dict[leaving.Held, Any] = {
    leaving.Held.LEASE: gettext_lazy("Rows held open"),
    leaving.Held.CASE: gettext_lazy("Cases"),
    leaving.Held.TASK: gettext_lazy("Tasks"),
    leaving.Held.ASKED: gettext_lazy("Requests that wait for their answer"),
    leaving.Held.SIGNS: gettext_lazy("Second signature of summaries"),
    leaving.Held.DRAFT: gettext_lazy("Referrals in draft"),
}
_GOES: dict[leaving.Goes, Any] = {
    leaving.Goes.COLLEAGUE: gettext_lazy("to %(person)s"),
    leaving.Goes.QUEUE: gettext_lazy("back to the queue"),
    leaving.Goes.NOBODY: gettext_lazy("to whoever comes to it"),
    leaving.Goes.STAYS: gettext_lazy("stay where they are: others of the office go on with them"),
    leaving.Goes.STUCK: gettext_lazy("need a colleague who may take them"),
}


def _goes(found: list[leaving.Thing], to: models.Person | None) -> list[dict[str, Any]]:
    """By kind and where it goes: how many, and their numbers."""
    groups: dict[tuple[leaving.Held, leaving.Goes], list[str]] = {}
    for one in found:
        groups.setdefault((one.held, one.goes), []).append(one.title)
    return [
        {
            "held": _HELD[held],
            "count": len(titles),
            "titles": ", ".join(dict.fromkeys(filter(None, titles))),
            "goes": _GOES[goes] % {"person": to.name if to else ""},
            "stuck": goes == leaving.Goes.STUCK,
        }
        for (held, goes), titles in groups.items()
    ]


def _was_left(person: models.Person) -> dict[str, Any] | None:
    left = leaving.last(person)
    if left is None:
        return None
    day = words.day(date.fromisoformat(left.back_on)) if left.back_on else ""
    return {"at": words.moment(left.at), "to": left.to, "day": day, "cases": left.cases, "tasks": left.tasks, "flags": left.flags}


_LEFT: dict[str, Any] = {
    "made": gettext_lazy("made by %(person)s, %(when)s"),
    "changed": gettext_lazy("changed by %(person)s, %(when)s"),
    "duty": gettext_lazy("further duty given by %(person)s, %(when)s"),
    "link": gettext_lazy("password set through a link of %(person)s, %(when)s"),
    "factors": gettext_lazy("second factors taken away by %(person)s, %(when)s"),
}


def _left(row: models.Appointment) -> str:
    """Who left the account as it is, and when."""
    who = row.by.name if row.by else _("the system")
    return str(_LEFT[row.kind] % {"person": who, "when": words.moment(row.at)})


def _may_be_second(person: models.Person, row: models.Appointment) -> bool:
    """What the page knows; the verb and the database know more, and say it."""
    return person.pk not in {row.by_id, row.person_id}


@admin.register(models.Office)
class OfficeAdmin(base.ReadOnlyAdmin):
    view_action = Action.OFFICE_VIEW

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), self.address("baru/", self.add, "add")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        changes = access.may(base.who(request), Action.OFFICE_CHANGE)
        found = access.scope(base.who(request), Action.OFFICE_VIEW, models.Office.objects.all())
        found = found.annotate(many=Count("people", filter=Q(people__is_active=True))).order_by("-kind", "name")
        empty, link = request.GET.get("people") == "none", "patrol_office_changelist"
        if empty:
            found = found.filter(active=True, many=0)
        zones = domain.ZONE_LETTERS
        context = {
            "rows": [
                {
                    "office": office,
                    "link": base.here("patrol_office_change", office.pk) if changes else "",
                    "provinces": ", ".join(words.PROVINCES.get(code, code) for code in office.provinces),
                    "zone": zones[office.zone],
                }
                for office in found
            ],
            "choices": [
                {"title": _("All"), "link": base.here(link), "on": not empty},
                {"title": _("Without people"), "link": base.here(link, people="none"), "on": empty},
            ],
            "add_link": base.here("patrol_office_add") if changes else "",
        }
        return self.page(request, "workbench/offices.html", context, title=_("Offices"))

    def _row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not access.may(base.who(request), Action.OFFICE_CHANGE):
            raise Http404
        office = base.visible(base.who(request), Action.OFFICE_CHANGE, models.Office.objects.all(), pk=object_id)
        now_is = {key: getattr(office, key) for key in ("name", "short_name", "zone", "provinces", "active")}
        now_is["second_signatory"] = office.second_signatory_id
        form = forms.OfficeForm(request.POST or None, initial=now_is, office=office)
        if request.method == "POST" and form.is_valid():
            try:
                people.change_office(office_id=office.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(office)s was changed.") % {"office": form.cleaned_data["name"]})
                return HttpResponseRedirect(base.here("patrol_office_changelist"))
        cancel = base.here("patrol_office_changelist")
        context = {"form": form, "save": _("Save"), "cancel": cancel, "subtitle": office.code}
        return self.page(request, "workbench/form.html", context, title=office.name)

    def add(self, request: HttpRequest) -> HttpResponse:
        if not access.may(base.who(request), Action.OFFICE_CHANGE):
            raise Http404
        form = forms.NewOfficeForm(request.POST or None)
        cancel = base.here("patrol_office_changelist")
        if request.method == "POST" and form.is_valid():
            try:
                office = people.add_office(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(office)s was added.") % {"office": office.name})
                return HttpResponseRedirect(cancel)
        context = {"form": form, "save": _("Save"), "cancel": cancel}
        return self.page(request, "workbench/form.html", context, title=_("New office"))
