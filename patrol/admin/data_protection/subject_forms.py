"""What is typed about requests of subjects. Whether it may be is the verb's to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol.admin.data_protection import subject_words as said
from patrol.admin.shared.day_fields import MomentField
from patrol.admin.shared.forms import CHOOSE, VerbForm
from patrol.models import SubjectRequest


class EnterForm(VerbForm):
    asked_at = MomentField(
        label=_("When it came"),
        help_text=_("The 3 x 24 hours run from here: of the law for access, correction and restriction, else the office's own."),
    )
    how = forms.ChoiceField(label=_("How it came"), choices=[CHOOSE, *said.WAYS.items()])
    question = forms.ChoiceField(label=_("What is asked"), choices=[CHOOSE, *said.QUESTIONS.items()])
    about = forms.ChoiceField(label=_("About"), choices=[CHOOSE, *said.ABOUT.items()])
    value = forms.CharField(
        label=_("The number, account or name"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "An account with its platform (telegram:name), a bank account with its bank (BCA 1234567890): of a bare name or number nobody "
            "knows whose it is. It is not kept, only a fingerprint: the report asks for it again."
        ),
    )
    identity = forms.ChoiceField(label=_("How the identity was checked"), choices=list(said.IDENTITIES.items()))
    note = forms.CharField(
        label=_("Note"),
        max_length=SubjectRequest.LONGEST,
        required=False,
        help_text=_("Such as the number of the letter. No contacts, no name beyond what the answer needs."),
    )


class AnswerForm(VerbForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[("", "-"), *((key, badge.title) for key, badge in said.OUTCOMES.items())], required=False
    )
    identity = forms.ChoiceField(label=_("How the identity was checked"), choices=list(said.IDENTITIES.items()))
    how = forms.ChoiceField(label=_("How it was answered"), choices=list(said.WAYS.items()))
    answer = forms.CharField(
        label=_("What was given or left out, and on what ground"),
        max_length=SubjectRequest.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
