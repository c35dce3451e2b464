"""Forms for what the clock of a case counts by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import VerbForm
from patrol.cases import deadlines, joint_leave


class LeaveForm(VerbForm):
    day = DayField(
        label=_("Day"),
        validators=[
            validators.MinValueValidator(date(joint_leave.FIRST_YEAR, 1, 1)),
            validators.MaxValueValidator(date(joint_leave.LAST_YEAR, 12, 31)),
        ],
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    decree = forms.CharField(
        label=_("Decree"), max_length=200, help_text=_("The decree that says so, with its number: whoever counts again looks it up.")
    )
    off = forms.BooleanField(label=_("Nobody works on this day"), required=False)

    def __init__(self, *args: Any, leave_is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["off" if leave_is_new else "day"]


class DeadlineForm(VerbForm):
    hours = forms.IntegerField(
        label=_("Working hours for this step"),
        min_value=1,
        max_value=deadlines.MOST,
        help_text=_(
            "Holds for steps that begin and for those that run: what runs is counted anew, and is not late before its new time is over."
        ),
    )
    grace = forms.IntegerField(
        label=_("Supervisor told after (working hours)"),
        min_value=0,
        max_value=deadlines.MOST,
        help_text=_("After the step's time was over."),
    )
