"""What is typed about an objection. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms

from patrol import models
from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import SaidField, SeenForm, VerbForm, WordField
from patrol.cases import objections


class EnterForm(VerbForm):
    verb_names = {"file": "content"}
    side = WordField()
    name = forms.CharField(required=False, max_length=models.Objection.LONGEST_NAME)
    contact = forms.CharField(required=False, max_length=models.Objection.LONGEST_CONTACT)
    how = WordField()
    day = DayField(required=False)
    text = forms.CharField(required=False, max_length=models.Objection.LONGEST_TEXT)
    file = forms.FileField(required=False, allow_empty_file=True, max_length=255)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        file = told["content"]
        return told | {"content": file.read(objections.FILE_MOST + 1) if file else None}  # never more than tells that it is too large


class DecideForm(SeenForm):
    outcome = WordField()
    ground = forms.CharField(required=False, max_length=objections.MOST_WORDS)
    put_right = forms.CharField(required=False, max_length=objections.MOST_WORDS)
    said = SaidField()

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        anew, reason = told.pop("said")
        return told | {"anew": anew, "reason": reason}


class WithdrawForm(SeenForm):
    note = forms.CharField(required=False, max_length=objections.MOST_WORDS)


class AnsweredForm(SeenForm):
    how = WordField()
