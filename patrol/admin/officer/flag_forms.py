"""What deciding a flag is told, and what moves it to an office or a case, or back. What may be is the verb's to say."""

from __future__ import annotations

import uuid
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol import models, triage
from patrol.admin.shared.forms import KeyField, NumberField, SeenForm, VerbForm, WordField, lacking

_THEIRS: Final = lacking(_("Choose an office and write why it is theirs."))


class DecideForm(VerbForm):
    """Its one sentence stands above the page: there is a form of each outcome, and no telling which was meant."""

    outcome = WordField()
    reason = WordField()
    note = forms.CharField(required=False)
    decision_key = KeyField()
    seen_version = NumberField()

    def clean(self) -> None:
        told = self.cleaned_data
        if told["reason"] not in triage.REASONS.get(told["outcome"], {}) or None in {told["decision_key"], told["seen_version"]}:
            raise forms.ValidationError(_("Nothing was decided: choose a reason first."))


class HandOverForm(VerbForm):
    verb_names = {"office": "office_id"}
    office = forms.ModelChoiceField(models.Office.objects.filter(active=True), error_messages=_THEIRS)
    note = forms.CharField(error_messages=_THEIRS)
    seen_version = NumberField(otherwise=-1)  # a form that does not say it was not made by us, and fits none

    def clean_office(self) -> int:
        return int(self.cleaned_data["office"].pk)


class UndoForm(VerbForm):
    """`from`: the flag that lies on the desk now."""

    decision_key = KeyField(otherwise=uuid.uuid4)


UndoForm.base_fields["from"] = NumberField()  # no name in Python


class ReverseForm(VerbForm):
    verb_names = {"note": "reason_note"}
    note = forms.CharField(error_messages=lacking(_("Write why the decision is taken back.")))
    decision_key = KeyField(otherwise=uuid.uuid4)


class FileForm(SeenForm):
    """Puts a flag into a case, and confirms it by that where it is undecided."""

    title = forms.CharField(required=False)
    decision_key = KeyField(otherwise=uuid.uuid4)


class OpenCaseForm(FileForm):
    """Into the `case` of the office, or a new one with a title."""

    verb_names = {"case": "case_id"}
    case = NumberField()
    reason = WordField()
    kind = WordField(otherwise=models.CaseKind.OTHER)

    def clean(self) -> None:
        if self.cleaned_data["case"] is None and self.cleaned_data.get("title") == "":
            self.add_error("title", _("Give the case a title that names no person and no number."))


class EscalateForm(FileForm):
    article = WordField()
    note = forms.CharField(required=False)
