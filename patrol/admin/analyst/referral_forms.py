"""What the verbs of a referral are told: their fields, in the shapes the verbs ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol.admin.shared.day_fields import DayField, MomentField
from patrol.admin.shared.forms import NoteForm, NumberField, NumbersField, SeenForm, VerbForm, WordField, lacking
from patrol.cases import packets, referrals
from patrol.infra.refusals import RefusedError

_WHEN = lacking(_("Nothing was changed: the time is none of the calendar."))
_WHO = lacking(_("Nothing was changed: say who decided there, or leave it open."))
_ARRIVED = lacking(_("Nothing was changed: say whether it arrived."))
_DAY = lacking(_("Nothing was changed: the day is none of the calendar."))


class MarksField(forms.Field):
    """The lines that are ticked, by their marks."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        return [one for one in value or () if len(one) == 16 and one.isalnum()]


class NewForm(VerbForm):
    verb_names = {"mark": "marks"}
    channel = WordField()
    target = forms.CharField(required=False, max_length=200)
    urgent = forms.BooleanField(required=False)
    mark = MarksField()


class LinesForm(SeenForm):
    verb_names = {"mark": "marks"}
    mark = MarksField()


class CopiesForm(VerbForm):
    post = NumbersField()


class PacketForm(SeenForm):
    """What the packet says; a field for each fact of the channel, named `fact_` and its key."""

    target = forms.CharField(required=False, max_length=200)
    urgent = forms.BooleanField(required=False)
    together = forms.CharField(required=False, max_length=4000)

    def told(self, row: Any = None) -> dict[str, Any]:
        for fact in packets.facts(row):
            self.fields[f"fact_{fact.key}"] = forms.CharField(required=False, max_length=fact.most)
        self._errors = None  # asked anew, with these fields
        told = super().told(row)
        facts = {key.removeprefix("fact_"): told.pop(key) for key in list(told) if key.startswith("fact_")}
        return told | {"facts": facts}


class StepForm(SeenForm, NoteForm):
    pass


class FreeStepForm(SeenForm):
    note = forms.CharField(required=False, max_length=4000)


class ReceivedForm(FreeStepForm):
    their_number = forms.CharField(required=False, max_length=120)


class FileForm(SeenForm):
    file = forms.FileField(required=False, allow_empty_file=True)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        brought = told.pop("file")
        if brought is not None and brought.size > referrals.FILE_MOST:
            text = _("Nothing was changed: the file is larger than %(most)s MB.")
            raise RefusedError("referral.file_size", text, "file", most=referrals.FILE_MOST // 1_000_000)
        file = referrals.File(brought.read()) if brought else None
        return told | {"file": file}


class SentForm(FileForm):
    how = WordField()
    when = MomentField(required=False, error_messages=_WHEN)
    receipt = forms.CharField(required=False, max_length=300)


class HashesField(forms.Field):
    """The hashes of the files a page showed."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        return [one for one in value or () if len(one) == 64 and one.isalnum()]


class MailForm(SeenForm):
    verb_names = {"file": "seen_files"}
    file = HashesField()


class SettleForm(FreeStepForm):
    arrived = forms.ChoiceField(required=False, choices=[("", ""), ("yes", ""), ("no", "")], error_messages=_ARRIVED)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"arrived": {"yes": True, "no": False}.get(told["arrived"])}


class AnswerForm(FileForm):
    verb_names = {"item": "item_ids"}
    item = NumbersField()
    outcome = WordField()
    ground = forms.CharField(required=False, max_length=300)
    text = forms.CharField(required=False, max_length=4000)
    day = DayField(required=False, error_messages=_DAY)
    automated = forms.ChoiceField(required=False, choices=[("", ""), ("yes", ""), ("no", "")], error_messages=_WHO)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"automated": {"yes": True, "no": False}.get(told["automated"])}


class AgainForm(VerbForm):
    """Posts that were found to bring back what was asked about."""

    verb_names = {"come_back": "ids"}
    come_back = NumbersField()


class NotAgainForm(AgainForm):
    reason = forms.CharField(required=False, max_length=1000)


class ConfirmForm(VerbForm):
    seen = NumberField(otherwise=0)
    letter = forms.CharField(required=False, max_length=200)
    day = DayField(required=False, error_messages=_DAY)
