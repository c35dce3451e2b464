"""What the verbs of a campaign are told, and the sentence beside the field that lacks something. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared.forms import NoteForm, NumberField, NumbersField, SeenForm, VerbForm, WordField, lacking
from patrol.campaigns import judging
from patrol.domain import TieKind
from patrol.domain.states import CampaignState
from patrol.models import Outcome

OUTCOMES: Final = (Outcome.CONFIRMED, Outcome.DISMISSED)
CHOOSE: Final = _("Choose a reason first.")


class CutForm(VerbForm):
    note = forms.CharField(required=False)


class ReverseForm(NoteForm):
    verb_names = {"event": "event_id"}
    event = NumberField(otherwise=0)


class NotedForm(SeenForm):
    note = forms.CharField(required=False)


class SplitForm(NotedForm):
    verb_names = {"post": "post_ids"}
    post = NumbersField()


class KindForm(SeenForm):
    kind = forms.ChoiceField(choices=[(one, one) for one in TieKind], error_messages=lacking(judging.NOTHING))


class CutKindForm(KindForm):
    """`other`: the campaign these ties lead to, by its id; 0 where they lie within."""

    verb_names = {"other": "other_id"}
    other = NumberField(otherwise=0)
    note = forms.CharField(required=False)


class UncutForm(SeenForm):
    verb_names = {"event": "event_id"}
    event = NumberField(otherwise=0)


class MergeForm(NotedForm):
    verb_names = {"other": "other_id"}
    other = forms.CharField(error_messages={"required": _("Nothing was changed: give the number of the other campaign.")})

    def clean_other(self) -> int:
        found = models.Campaign.objects.filter(number=self.cleaned_data["other"].upper()).first()
        if found is None:
            raise forms.ValidationError(_("Nothing was changed: there is no campaign with this number."))
        if found.state == CampaignState.DISSOLVED:
            raise forms.ValidationError(_("Nothing was changed: the other campaign is dissolved, or was merged already."))
        return found.pk


class NameForm(SeenForm):
    name = forms.CharField(required=False)


class ReasonForm(NotedForm):
    """What is decided once however often the page is sent: the page's `key` says so."""

    reason = WordField()
    key = forms.UUIDField(error_messages=lacking(CHOOSE))


class DecideForm(ReasonForm):
    """One decision for all open flags: `counted` of them, as the page said."""

    outcome = forms.ChoiceField(choices=[(one, one) for one in OUTCOMES], error_messages=lacking(CHOOSE))
    counted = NumberField(otherwise=0)


class CaseForm(ReasonForm):
    """A case with the confirmed flags (`sure`) and the open ones, as many as the page said."""

    verb_names = {"office": "office_id"}
    office = NumberField(otherwise=0)
    title = forms.CharField(required=False)
    kind = WordField(otherwise=models.CaseKind.OTHER)
    sure = NumberField(otherwise=0)
    open = NumberField(otherwise=0)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"counted": (told.pop("sure"), told.pop("open"))}
