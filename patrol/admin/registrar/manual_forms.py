"""What a registrar types of one change by hand: cells as the register's files have them, the decree and its scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patrol import domain, models
from patrol.admin.shared import words
from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import CHOOSE, NumberField, VerbForm
from patrol.domain import LicenceStatus
from patrol.engine.licences import countries, manual

_BOUNDS = [validators.MinValueValidator(date(1970, 1, 1)), validators.MaxValueValidator(date(2100, 12, 31))]


def _day(label: Any, **given: Any) -> DayField:
    return DayField(label=label, validators=_BOUNDS, **given)


def _country(code: str) -> str:
    name = countries.name(code)
    return words.said({"id": name.id, "en": name.en})


class ChangeForm(VerbForm):
    """`agency` and its `licences` as the register in force holds them: what can end is chosen among them."""

    decree = forms.CharField(label=_("Number of the decree"), max_length=models.ManualChange.LONGEST_DECREE)
    decree_date = _day(_("Date of the decree"))
    scan = forms.FileField(
        label=_("Scan of the decree"),
        max_length=200,
        help_text=_("PDF, JPEG or PNG, up to 15 MB. It is kept with its hash."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png", "class": "regchoose"}),
    )

    def __init__(self, *args: Any, agency: domain.Agency, licences: list[domain.Licence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(agency, licences)
        self.order_fields([*(name for name in self.fields if name not in ChangeForm.base_fields), *ChangeForm.base_fields])

    def offer(self, agency: domain.Agency, licences: list[domain.Licence]) -> None:
        """Fills in what can be chosen."""

    def has_choice(self) -> bool:
        """Whether each list of it offers something: what ends must stand in the register."""
        lists = (cast("Iterable[Any]", field.choices) for field in self.fields.values() if isinstance(field, forms.ChoiceField))
        return all(len(list(choices)) > 1 for choices in lists)

    def clean_scan(self) -> bytes:
        content: bytes = self.cleaned_data["scan"].read(15 * 2**20 + 1)
        return content

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        told["typed"] = {
            name: value.isoformat() if isinstance(value, date) else str(value or "")
            for name in [*told]
            if name not in ChangeForm.base_fields
            for value in (told.pop(name),)
        }
        return told


class LicenceForm(ChangeForm):
    number = forms.CharField(label=_("SIP number"), max_length=200)
    country = forms.CharField(label=_("Country of destination"), max_length=60, help_text=_("Its name or two letters, one country."))
    positions = forms.CharField(
        label=_("Positions"), max_length=2000, required=False, help_text=_("Separated by semicolons. Left empty: every position.")
    )
    employer = forms.CharField(label=_("Employer"), max_length=300, required=False)
    quota = forms.CharField(label=_("Quota"), max_length=10, required=False)
    valid_from = _day(_("Valid from"))
    valid_to = _day(_("Valid to"))


class LicenceEndForm(ChangeForm):
    number = forms.ChoiceField(label=_("Licence (SIP)"))
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[CHOOSE, *((one.value, words.LICENCE_STATES[one]) for one in (LicenceStatus.REVOKED, LicenceStatus.EXHAUSTED))],
    )
    status_from = _day(_("From"))

    def offer(self, agency: domain.Agency, licences: list[domain.Licence]) -> None:
        offered = [(f"{one.country}:{one.number}", f"{one.number} ({_country(one.country)})") for one in licences if not one.gone_since]
        self.fields["number"].choices = [CHOOSE, *offered]  # type: ignore[attr-defined]

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        country, _colon, number = told["typed"]["number"].partition(":")
        return {**told, "typed": {**told["typed"], "number": number, "country": country}}


class StandingForm(ChangeForm):
    status = forms.ChoiceField(label=_("Status"), choices=[CHOOSE, *((key, title) for key, title in words.STANDINGS.items())])
    status_from = _day(_("From"))
    status_to = _day(_("Last day"), required=False, help_text=_("Left empty: until further notice."))


class StandingEndForm(ChangeForm):
    period = forms.ChoiceField(label=_("Status that ends"))
    status_to = _day(_("Last day"))

    def offer(self, agency: domain.Agency, licences: list[domain.Licence]) -> None:
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((f"{one.status}:{one.since}", f"{words.STANDINGS[one.status]}, {words.day(one.since)}") for one in manual.endable(agency)),
        ]

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        status, _colon, since = told["typed"].pop("period").partition(":")
        return {**told, "typed": {**told["typed"], "status": status, "since": since}}


KINDS: Mapping[str, Any] = {
    domain.ManualKind.LICENCE: _("licence (SIP)"),
    domain.ManualKind.STANDING: pgettext_lazy("register column", "status"),
    domain.ManualKind.CONTACT: pgettext_lazy("change by hand", "contact"),
}
CONTACTS = {"phones": _("Phone"), "websites": _("Website"), "accounts": _("Account")}


class ContactForm(ChangeForm):
    column = forms.ChoiceField(label=_("Kind of contact"), choices=[CHOOSE, *CONTACTS.items()])
    contact = forms.CharField(label=_("Contact"), max_length=300, help_text=_("An account with its platform, for example ig:account.name."))


class ContactEndForm(ChangeForm):
    contact = forms.ChoiceField(label=_("Contact that ends"))

    def offer(self, agency: domain.Agency, licences: list[domain.Licence]) -> None:
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((f"{column}:{one}", f"{title}: {one}") for column, title in CONTACTS.items() for one in getattr(agency, column)),
        ]

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        column, _colon, contact = told["typed"]["contact"].partition(":")
        return {**told, "typed": {"column": column, "contact": contact}}


class ReleaseForm(VerbForm):
    seen_base = NumberField(otherwise=-1)


class RefuseForm(VerbForm):
    note = forms.CharField(required=False, max_length=1000)
