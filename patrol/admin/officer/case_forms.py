"""What the verbs of a case are told: their fields, and the sentence beside the one that is missing. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol.admin.shared.forms import NoteForm, NumberField, NumbersField, SeenForm, VerbForm


class MoveForm(NoteForm, SeenForm):
    pass


class WrittenForm(NoteForm):
    """A note for one's own side, or a message to the other (`sent`)."""

    verb_names = {"note": "text"}
    sent = False

    def told(self, row: Any = None) -> dict[str, Any]:
        return super().told(row) | {"sent": self.sent}


class MessageForm(WrittenForm):
    sent = True


class HoldForm(NoteForm):
    verb_names = {"note": "reason"}


class EscalateForm(MoveForm):
    article = forms.CharField(required=False)


class CloseForm(MoveForm):
    outcome = forms.CharField(required=False)


class MergeForm(MoveForm):
    into = forms.CharField(max_length=20, error_messages={"required": _("Nothing was merged: there is no such case. Write its number.")})


class KindForm(SeenForm):
    kind = forms.CharField(required=False)


class PassOnForm(MoveForm):
    verb_names = {"to": "to_id"}
    to = NumberField(otherwise=0)


class AddForm(VerbForm):
    verb_names = {"flag": "flag_ids"}
    flag = NumbersField()


class TakeOutForm(NoteForm):
    verb_names = {"flag": "flag_id"}
    flag = NumberField(otherwise=0)
