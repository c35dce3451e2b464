"""What the verbs of a case are told: their fields, and the sentence beside the one that is missing. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared.forms import NumberField, VerbForm


class CaseForm(VerbForm):
    """A verb that is told nothing. `asked`: what the verb takes beside the case, who and when."""

    def asked(self, case: models.Case) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SeenForm(CaseForm):
    """A verb that moves the case, and only from the version the page showed."""

    seen_version = NumberField()

    def asked(self, case: models.Case) -> dict[str, Any]:
        asked = super().asked(case)
        return asked | {"seen_version": case.version if asked["seen_version"] is None else asked["seen_version"]}


class NoteForm(CaseForm):
    note = forms.CharField(error_messages={"required": _("Nothing was changed: write a note first.")})


class MoveForm(NoteForm, SeenForm):
    pass


class WrittenForm(NoteForm):
    """A note for one's own side, or a message to the other (`sent`)."""

    sent = False

    def asked(self, case: models.Case) -> dict[str, Any]:
        return {"text": self.cleaned_data["note"], "sent": self.sent}


class MessageForm(WrittenForm):
    sent = True


class EscalateForm(MoveForm):
    article = forms.CharField(required=False)


class PassOnForm(MoveForm):
    to = NumberField(otherwise=0)

    def asked(self, case: models.Case) -> dict[str, Any]:
        asked = super().asked(case)
        return asked | {"to_id": asked.pop("to")}


class TakeOutForm(NoteForm):
    flag = NumberField(otherwise=0)

    def asked(self, case: models.Case) -> dict[str, Any]:
        asked = super().asked(case)
        return asked | {"flag_id": asked.pop("flag")}
