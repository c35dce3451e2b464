"""Forms for verbs: what a person types, in the shapes the verbs ask for. Whether it may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared import base, words
from patrol.infra.refusals import NUL, RefusedError
from patrol.models.people import ROLE_TITLES

_NO_NUL = ProhibitNullCharactersValidator(message=NUL)  # Django's own words say neither what it is nor that nothing was changed


class VerbForm(forms.Form):
    """A form whose errors may also come from the verb: `refused` puts its sentence beside the field."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators = [_NO_NUL if isinstance(one, ProhibitNullCharactersValidator) else one for one in field.validators]

    def refused(self, error: RefusedError, field: str | None = None) -> None:
        """What the verb says stands beside its field, or above the form where the form has no such field.

        `field`: what this form calls it, where that is another name than the verb's.
        """
        named = field or error.place
        self.add_error(named if named in self.fields else None, words.refusal(error))


class NumberField(forms.Field):
    """A whole number that a page wrote itself: None for anything else, which the verb answers as it answers nothing."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> int | None:
        return base.number(value)


class PersonForm(VerbForm):
    username = forms.CharField(label=_("User name"), max_length=50)
    name = forms.CharField(label=_("Name"), max_length=100)
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, title) for role, title in ROLE_TITLES.items()])
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    active = forms.BooleanField(label=_("May log in"), required=False)

    def __init__(self, *args: Any, person: models.Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = models.Office.objects.filter(active=True)  # type: ignore[attr-defined]
        if person is None:
            del self.fields["active"]
        else:
            del self.fields["username"]

    def asked(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["office_id"] = values.pop("office").pk
        return values


class OfficeForm(VerbForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=30)
    zone = forms.ChoiceField(label=_("Time zone"), choices=words.ZONES)
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"), choices=list(words.PROVINCES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label=_("Active"), required=False)

    def asked(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NewOfficeForm(OfficeForm):
    code = forms.CharField(label=_("Code"), max_length=50, help_text=_("Stands in addresses, such as bp3mi-jabar, and never changes."))
    active = None  # type: ignore[assignment]  # a new one works
    field_order = ("code", "name", "short_name", "zone", "provinces")
