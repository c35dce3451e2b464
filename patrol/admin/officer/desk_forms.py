"""What acts on a flag are told beside deciding: putting off, handing over, taking back. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared.forms import VerbForm

SNOOZES: Final = ("hours", "morning", "days", "week")


def _or(sentence: Any) -> dict[str, Any]:
    return {"required": sentence, "invalid_choice": sentence}


class SnoozeForm(VerbForm):
    until = forms.ChoiceField(choices=[(one, one) for one in SNOOZES], error_messages=_or(_("Say until when, and why it waits.")))
    note = forms.CharField(error_messages=_or(_("Say until when, and why it waits.")))


class HandOverForm(VerbForm):
    office = forms.ModelChoiceField(
        models.Office.objects.filter(active=True), error_messages=_or(_("Choose an office and write why it is theirs."))
    )
    note = forms.CharField(error_messages=_or(_("Choose an office and write why it is theirs.")))


class ReverseForm(VerbForm):
    note = forms.CharField(error_messages=_or(_("Write why the decision is taken back.")))
