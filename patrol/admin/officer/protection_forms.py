"""What the steps of a protection are told. What may be, and what is missing, is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms

from patrol.admin.shared.forms import NumberField, VerbForm, WordField


class NeedForm(VerbForm):
    need = WordField()


class NoteForm(VerbForm):
    note = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        return {"text": self.cleaned_data.get("note")}


class StepForm(VerbForm):
    note = forms.CharField(required=False)
    seen_version = NumberField(otherwise=0)


class DeskForm(StepForm):
    desk = WordField()
    handed_to = forms.CharField(required=False)


class OfficeForm(StepForm):
    office = NumberField(otherwise=0)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {"office_id": self.cleaned_data.pop("office")}


class CloseForm(StepForm):
    ending = WordField()
