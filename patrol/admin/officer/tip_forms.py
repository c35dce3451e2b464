"""What officers type about a report of the public. What may be, and what is missing, is the verb's to say."""

from __future__ import annotations

import uuid

from django import forms

from patrol.admin.shared.forms import KeyField, NumberField, NumbersField, SeenForm, VerbForm, WordField
from patrol.models import Tip, TipMessage


class WriteForm(SeenForm):
    text = forms.CharField(required=False, max_length=TipMessage.LONGEST)
    asks = forms.BooleanField(required=False)


class PassOnForm(SeenForm):
    text = forms.CharField(required=False, max_length=TipMessage.LONGEST)


class CloseForm(PassOnForm):
    outcome = WordField()


class TakeInForm(SeenForm):
    words = forms.CharField(required=False, max_length=Tip.LONGEST_WORDS)
    link = forms.CharField(required=False, max_length=2_000)
    pictures = NumbersField()
    key = KeyField(otherwise=uuid.uuid4)


class JoinForm(SeenForm):
    flag = forms.CharField(required=False, max_length=20)


class MoveForm(SeenForm):
    verb_names = {"office": "office_id"}
    office = NumberField(otherwise=0)


class FaithForm(SeenForm):
    bad = forms.BooleanField(required=False)


class PurposeForm(VerbForm):
    purpose = WordField()
