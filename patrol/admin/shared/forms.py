"""Forms for verbs: what a person types, in the shapes the verbs ask for. Whether it may be is the verb's to say."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patrol import domain, models
from patrol.access import people
from patrol.admin.shared import base, words
from patrol.admin.shared.day_fields import DayField
from patrol.engine import masks
from patrol.infra.refusals import NUL, RefusedError
from patrol.models.people import ROLE_TITLES, OfficeKind

CHOOSE = ("", _("choose"))  # in front: what stands first in a list is nobody's choice
_NO_NUL = ProhibitNullCharactersValidator(message=NUL)  # Django's own words say neither what it is nor that nothing was changed


class VerbForm(forms.Form):
    """A form whose errors may also come from the verb: `refused` puts its sentence beside the field."""

    required_css_class = "required"
    verb_names: Mapping[str, str] = {}  # field -> what the verb calls it, where that is another name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators = [_NO_NUL if isinstance(one, ProhibitNullCharactersValidator) else one for one in field.validators]

    def told(self, row: Any = None) -> dict[str, Any]:
        """What the verb takes beside the row it acts on, who and when. Raises RefusedError: the sentence of the first field that lacks
        something."""
        for field, sentences in self.errors.items():
            raise RefusedError("form.field", " ".join(map(str, sentences)), field if field in self.fields else "")
        return {self.verb_names.get(field, field): value for field, value in self.cleaned_data.items()}

    def refused(self, error: RefusedError, field: str | None = None) -> None:
        """What the verb says stands beside its field, or above the form where the form has no such field.

        `field`: what this form calls it, where that is another name than the verb's.
        """
        named = field or error.place
        self.add_error(named if named in self.fields else None, words.refusal(error))


def lacking(sentence: Any) -> dict[str, Any]:
    """Error messages of a field that says the same of nothing and of nothing it knows."""
    return dict.fromkeys(("required", "invalid", "invalid_choice"), sentence)


class NumberField(forms.Field):
    """A whole number that a page wrote itself: `otherwise` for anything else, which the verb answers as it answers nothing."""

    widget = forms.HiddenInput

    def __init__(self, otherwise: int | None = None) -> None:
        super().__init__(required=False)
        self.otherwise = otherwise

    def to_python(self, value: Any) -> int | None:
        number = base.number(value)
        return self.otherwise if number is None else number


class NumbersField(forms.Field):
    """The same field once or several times, each a number that a page wrote itself; anything else is none of them."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[int]:
        return [number for one in value or () if (number := base.number(one)) is not None]


class KeyField(forms.Field):
    """The key a page wrote for one act, which sent twice happens once: what `otherwise` makes for anything else."""

    widget = forms.HiddenInput

    def __init__(self, otherwise: Callable[[], uuid.UUID] | None = None) -> None:
        super().__init__(required=False)
        self.otherwise = otherwise

    def to_python(self, value: Any) -> uuid.UUID | None:
        try:
            return uuid.UUID(value or "")
        except ValueError:
            return self.otherwise() if self.otherwise else None


class WordField(forms.Field):
    """A word out of a list that a page shows, by a button or a choice. Whether it is in the list is the verb's to say.

    `otherwise`: where the form has no such field.
    """

    def __init__(self, otherwise: str = "") -> None:
        super().__init__(required=False)
        self.otherwise = otherwise

    def to_python(self, value: Any) -> str:
        return self.otherwise if value is None else value


class SaidField(WordField):
    """What somebody would decide and why, in one choice: "outcome:reason" becomes (outcome, reason)."""

    def to_python(self, value: Any) -> Any:
        outcome, _colon, reason = super().to_python(value).partition(":")
        return outcome, reason


class NoteForm(VerbForm):
    note = forms.CharField(error_messages={"required": _("Nothing was changed: write a note first.")})


class SeenForm(VerbForm):
    """A verb that moves the row, and only from the version the page showed."""

    seen_version = NumberField()

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"seen_version": row.version if told["seen_version"] is None else told["seen_version"]}


class AnswerForm(VerbForm):
    """What somebody would decide of a post."""

    said = SaidField()
    note = forms.CharField(required=False)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        outcome, reason = told.pop("said")
        return told | {"outcome": outcome, "reason": reason}


def station_field() -> forms.TypedChoiceField:
    """The page says which one it showed: a form that was open while somebody else placed them changes nothing of that."""
    return forms.TypedChoiceField(label=_("P4MI"), coerce=int, required=False, empty_value=None, show_hidden_initial=True)


def offer_stations(form: forms.Form, office_id: int | None = None, *, now_at: int | None = None, needed: bool = False) -> None:
    """What its field `station` offers: the open P4MI of one office, or of all of them by office, and a closed one that it stands at.

    `needed`: the field stands there without any.
    """
    found = (
        models.Station.objects.filter(Q(active=True) | Q(pk=now_at)).select_related("office").order_by("office__name", "office_id", "name")
    )
    rows = list(found if office_id is None else found.filter(office=office_id))
    if not rows and not needed:
        del form.fields["station"]
        return
    by_office = [(name, [(one.pk, _offered(one)) for one in of]) for name, of in groupby(rows, lambda one: one.office.name)]
    field: Any = form.fields["station"]
    field.choices = [("", _("none")), *(by_office if office_id is None else [one for _office, of in by_office for one in of])]


def _offered(station: models.Station) -> str:
    name = masks.text(station.name)
    return name if station.active else gettext("%(station)s (closed)") % {"station": name}


def _named(office: models.Office) -> str:
    return office.name if office.active else gettext("%(office)s (closed)") % {"office": office.name}


class PersonForm(VerbForm):
    verb_names = {"office": "office_id", "station": "station_id"}
    username = forms.CharField(label=_("User name"), max_length=50)
    name = forms.CharField(label=_("Name"), max_length=100)
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, title) for role, title in ROLE_TITLES.items()])
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    station = station_field()
    active = forms.BooleanField(label=_("May log in"), required=False)

    def __init__(self, *args: Any, person: models.Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Their own where it closed: whoever leaves leaves from there, and is not moved to another office for it.
        at: Any = self.fields["office"]
        at.queryset = models.Office.objects.filter(Q(active=True) | Q(pk=person.own[1] if person else None))
        at.label_from_instance = _named
        self.person = person
        offer_stations(self, now_at=person.own[2] if person else None)
        if person is None:
            del self.fields["active"]
        else:
            del self.fields["username"]

    def clean_office(self) -> int:
        return int(self.cleaned_data["office"].pk)

    def told(self, row: Any = None) -> dict[str, Any]:
        """Without the station where nobody chose another one. With another office it is said: the verb asks for one of that office."""
        told = super().told(row)
        if self.person and told["office_id"] == self.person.own[1] and "station" not in self.changed_data:
            told.pop("station_id", None)
        return told


class DutyForm(VerbForm):
    """A further duty: to the last minute of a day in its office, or until somebody ends it."""

    verb_names = {"office": "office_id"}
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, title) for role, title in ROLE_TITLES.items()])
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    until = DayField(label=_("Last day"), required=False, help_text=_("It ends by itself after that day; without one, somebody ends it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = models.Office.objects.filter(active=True)  # type: ignore[attr-defined]

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        office, day = told["office_id"], told["until"]
        until = datetime.combine(day, time.max, ZoneInfo(office.zone)) if day else None
        return told | {"office_id": office.pk, "until": until}


class PlaceForm(VerbForm):
    """At which station of the office somebody sits: what its supervisor says of a person."""

    verb_names = {"station": "station_id"}
    station = station_field()

    def __init__(self, *args: Any, office_id: int, now_at: int | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"station": now_at}, **kwargs)
        offer_stations(self, office_id, now_at=now_at, needed=True)
        self.fields["station"].help_text = _("The P4MI of your office are made in Office settings.")


class OfficeForm(VerbForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=30)
    zone = forms.ChoiceField(label=_("Time zone"), choices=list(domain.ZONE_LETTERS.items()))
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"), choices=list(words.PROVINCES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label=_("Active"), required=False)
    second_signatory = forms.ModelChoiceField(
        models.Person.objects.none(),
        label=_("Second signatory of the summaries"),
        required=False,
        empty_label=_("Another supervisor of the office, where there is none one of the directorate"),
        help_text=_("Beside the author. It counts while that person is a supervisor and is not the author."),
    )
    verb_names = {"second_signatory": "second_signatory_id"}

    def __init__(self, *args: Any, office: models.Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if office is not None:
            self.fields["second_signatory"].queryset = people.signatories(office)  # type: ignore[attr-defined]

    def clean_second_signatory(self) -> int | None:
        chosen = self.cleaned_data["second_signatory"]
        return chosen.pk if chosen else None


class NewOfficeForm(OfficeForm):
    code = forms.CharField(label=_("Code"), max_length=50, help_text=_("Stands in addresses, such as bp3mi-jabar, and never changes."))
    active = None  # type: ignore[assignment]  # a new one works
    second_signatory = None  # type: ignore[assignment]  # and has nobody yet
    field_order = ("code", "name", "short_name", "zone", "provinces")


class StationForm(VerbForm):
    """`office_id`: the one it is for, where there is no choice."""

    verb_names = {"office": "office_id"}
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As people call it, such as P4MI Contoh."),
        error_messages=lacking(_("Write the name of the P4MI, such as P4MI Contoh.")),
    )
    town = forms.CharField(label=_("Town"), max_length=100, required=False, help_text=_("Or the port or airport where it is."))
    active = forms.BooleanField(label=_("Active"), required=False)

    def __init__(self, *args: Any, office_id: int | None = None, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = models.Office.objects.filter(active=True, kind=OfficeKind.BP3MI)  # type: ignore[attr-defined]
        for name, asked in (("office", is_new and office_id is None), ("active", not is_new)):
            if not asked:
                del self.fields[name]

    def clean_office(self) -> int:
        return int(self.cleaned_data["office"].pk)
