"""Forms for verbs: what a person types, in the shapes the verbs ask for. Whether it may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol import models, sources
from patrol.admin import words
from patrol.models.people import ROLE_TITLES


class VerbForm(forms.Form):
    """A form whose errors may also come from the verb: `refuse` puts a RefusedError beside its field."""

    required_css_class = "required"

    def refuse(self, field: str, sentence: Any) -> None:
        said = words.said({"id": sentence.id, "en": sentence.en})
        self.add_error(field if field in self.fields else None, said)


class WatchForm(VerbForm):
    """`query` is checked by the source itself; the interval is asked in minutes, as people think of it."""

    name = forms.CharField(label=_("Name"), max_length=100)
    platform = forms.ChoiceField(label=_("Platform"))
    query = forms.CharField(label=_("What to ask for"), max_length=500)
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    every_minutes = forms.DecimalField(
        label=_("Every (minutes)"), min_value=0, max_value=10_080, max_digits=7, decimal_places=2, initial=15
    )
    healthy_low = forms.IntegerField(label=_("Healthy from (posts a day)"), min_value=0, max_value=100_000, initial=1)
    healthy_high = forms.IntegerField(label=_("Healthy to (posts a day)"), min_value=0, max_value=100_000, initial=50)

    def __init__(self, *args: Any, watch: models.Watch | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = models.Office.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["platform"].choices = [  # type: ignore[attr-defined]
            (key, words.said({"id": source.TITLE.id, "en": source.TITLE.en})) for key, source in sources.SOURCES.items()
        ]
        self.hints = [
            {
                "title": words.said({"id": source.TITLE.id, "en": source.TITLE.en}),
                "asks": words.said({"id": source.ASKS.id, "en": source.ASKS.en}),
                "healthy": words.said({"id": source.HEALTHY.id, "en": source.HEALTHY.en}),
                "terms": words.said({"id": source.TERMS.id, "en": source.TERMS.en}),
            }
            for key, source in sources.SOURCES.items()
            if watch is None or key == watch.platform
        ]
        if watch is not None:
            # The platform is part of what a watch is: another one is another watch.
            del self.fields["platform"]

    def asked(self) -> dict[str, Any]:
        """The verb's arguments."""
        values = dict(self.cleaned_data)
        values["office_id"] = values.pop("office").pk
        values["every_seconds"] = int(values.pop("every_minutes") * 60)
        return values


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
        label=_("Provinces"),
        choices=list(words.PROVINCES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    active = forms.BooleanField(label=_("Active"), required=False)

    def asked(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
