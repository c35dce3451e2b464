"""What acts of the desk are told beside what decides a flag. What may be is the verb's to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol.admin.shared import words
from patrol.admin.shared.forms import KeyField, NumberField, NumbersField, VerbForm, WordField, lacking

LATER: Final = {"hours": timedelta(hours=4), "days": timedelta(days=3), "week": timedelta(days=7)}
_WAITS: Final = lacking(_("Say until when, and why it waits."))
_NEVER: Final = datetime.min.replace(tzinfo=UTC)  # no lease ran until then


class TokenField(forms.Field):
    """Until when the lease ran for the page that was shown: None where the page does not say it, `_NEVER` for no such moment."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            until = None if value is None else datetime.fromisoformat(value)
        except ValueError:
            return _NEVER
        return until if until is None or until.tzinfo else _NEVER


class LeaseForm(VerbForm):
    """Lets go of a lease; of one that a `token` names only if it was not renewed since: by the same page loaded again, or by a second tab.
    A page that is closed (`beacon`) has to name it."""

    token = TokenField(required=False)
    beacon = forms.BooleanField(required=False)

    def clean_beacon(self) -> bool:
        if self.cleaned_data["beacon"] and self.cleaned_data["token"] is None:
            self.cleaned_data["token"] = _NEVER
        return bool(self.cleaned_data["beacon"])


class TakeForm(LeaseForm):
    """`from`: the flag that lay on the desk before."""

    again = forms.BooleanField(required=False)


TakeForm.base_fields["from"] = NumberField()  # no name in Python


class RenewForm(VerbForm):
    seen_version = NumberField()
    shown = forms.BooleanField(required=False)  # the page stands with the contacts: a lease taken up again shows them, and is logged
    token = TokenField(required=False)


class NextForm(VerbForm):
    skip = NumberField()
    after = WordField()


class PurposeForm(VerbForm):
    purpose = forms.ChoiceField(
        choices=list(words.PURPOSES.items()), error_messages=lacking(_("Say what the numbers are for: it is logged."))
    )


class SnoozeForm(VerbForm):
    until = forms.ChoiceField(choices=[(one, one) for one in (*LATER, "morning")], error_messages=_WAITS)
    note = forms.CharField(error_messages=_WAITS)
    seen_version = NumberField(otherwise=-1)  # a form that does not say it was not made by us, and fits none

    def clean_until(self) -> datetime:
        """When it stands in the queue again. `morning` is the next one at eight, in the office's zone."""
        wished, now = self.cleaned_data["until"], timezone.now()
        if wished in LATER:
            return now + LATER[wished]
        return (timezone.localtime(now) + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


class OthersForm(VerbForm):
    other = NumbersField()


class PartForm(VerbForm):
    act = KeyField()


class FilterForm(VerbForm):
    name = forms.CharField(required=False)


class TourForm(VerbForm):
    again = forms.BooleanField(required=False)


class KeysForm(VerbForm):
    """Each act's key as it was typed, or as it is `laid`."""

    on = forms.BooleanField(required=False)
    as_delivered = forms.BooleanField(required=False)

    def __init__(self, *args: Any, laid: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({act: WordField(otherwise=key) for act, key in laid.items()})
