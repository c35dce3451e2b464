"""What the steps of a protection are told. What may be, and what is missing, is the verb's to say."""

from __future__ import annotations

from django import forms

from patrol.admin.shared.forms import NumberField, VerbForm, WordField


class NeedForm(VerbForm):
    need = WordField()


class NoteForm(VerbForm):
    verb_names = {"note": "text"}
    note = forms.CharField(required=False)


class StepForm(VerbForm):
    note = forms.CharField(required=False)
    seen_version = NumberField(otherwise=0)


class DeskForm(StepForm):
    desk = WordField()
    handed_to = forms.CharField(required=False)


class OfficeForm(StepForm):
    verb_names = {"office": "office_id"}
    office = NumberField(otherwise=0)


class CloseForm(StepForm):
    ending = WordField()
