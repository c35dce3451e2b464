"""What the verbs on an indicator are told. What may be is the verb's to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import VerbForm, WordField, lacking


class ShowForm(VerbForm):
    purpose = WordField()
    reference = forms.CharField(required=False)


class ProposeForm(VerbForm):
    known_as = WordField()
    reason = forms.CharField(required=False)
    expires_on = DayField(error_messages=lacking(_("Until: from tomorrow to two years from now.")))


class EndForm(VerbForm):
    why = forms.CharField(required=False)
