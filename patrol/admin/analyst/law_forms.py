"""What a person types of the law. What may be is the verb's to say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models, triage
from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.cases import law
from patrol.models import Outcome


def _day(label: Any, **given: Any) -> DayField:
    bounds = [validators.MinValueValidator(date(1900, 1, 1)), validators.MaxValueValidator(date(2199, 12, 31))]
    return DayField(label=label, validators=bounds, **given)


def _text(label: Any, rows: int, most: int, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **given)


class ElementsField(forms.CharField):
    """One element a line, in Indonesian; behind a bar its English words."""

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return [(words, english) for words, _bar, english in (line.partition("|") for line in lines) if words.strip()]

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join("|".join(pair) for pair in value))


class EditionForm(VerbForm):
    seen = NumberField(otherwise=-1)
    in_force_from = _day(gettext_lazy("In force from"))
    in_force_to = _day(gettext_lazy("Last day, where it has one"), required=False)
    wording = _text(
        gettext_lazy("Wording"), 6, law.LONGEST, required=False, help_text=gettext_lazy("Word for word. Empty where you do not have it.")
    )
    elements = ElementsField(
        label=gettext_lazy("Elements, one a line"),
        max_length=13_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("In Indonesian; English words may follow behind a bar: orang perseorangan | an individual."),
    )
    penalty = _text(gettext_lazy("Penalty"), 2, law.LONGEST, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=1_000, help_text=gettext_lazy("State gazette, JDIH page or letter."))


class EndForm(VerbForm):
    seen = NumberField(otherwise=-1)
    ended_from = _day(gettext_lazy("No longer in force from"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=1_000, help_text=gettext_lazy("State gazette, JDIH page or letter."))


class ConfirmForm(VerbForm):
    letter_number = forms.CharField(label=gettext_lazy("Number of the letter"), max_length=100)
    letter_date = _day(gettext_lazy("Date of the letter"))
    scan = forms.FileField(
        label=gettext_lazy("Scan of the letter"),
        max_length=200,
        help_text=gettext_lazy("PDF, JPEG or PNG, up to 15 MB. It is kept with its hash."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].widget.attrs |= {"accept": "application/pdf,image/jpeg,image/png", "class": "regchoose"}

    def clean_scan(self) -> bytes:
        content: bytes = self.cleaned_data["scan"].read(law.MOST_BYTES + 1)
        return content


class ArticleForm(VerbForm):
    verb_names = {"act": "act_id"}
    act = forms.ModelChoiceField(
        models.Act.objects.none(), label=gettext_lazy("Act"), required=False, empty_label=gettext_lazy("a new act, named below")
    )
    act_short = forms.CharField(label=gettext_lazy("Short name of a new act"), max_length=60, required=False)
    act_title = forms.CharField(label=gettext_lazy("Full title of a new act"), max_length=500, required=False)
    number = forms.CharField(
        label=gettext_lazy("Article"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as 69 or 28(1). Empty: the act as a whole."),
    )
    beside = forms.CharField(label=gettext_lazy("Article that holds its penalty"), max_length=20, required=False)
    title_id = forms.CharField(label=gettext_lazy("What it is about, in Indonesian"), max_length=150)
    title_en = forms.CharField(label=gettext_lazy("What it is about, in English"), max_length=150)
    reason = forms.ChoiceField(
        label=gettext_lazy("Officers may escalate with it"),
        required=False,
        help_text=gettext_lazy("The reason with which the flag is then confirmed. Few choices are read, many are not."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].queryset = models.Act.objects.order_by("short")  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", _("no")), *triage.REASONS[Outcome.CONFIRMED].items()]  # type: ignore[attr-defined]

    def clean_act(self) -> int | None:
        act = self.cleaned_data["act"]
        return act.pk if act else None
