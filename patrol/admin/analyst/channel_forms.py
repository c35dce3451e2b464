"""What a person types of a channel's edition. What may be is the verb's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.cases import channel_editions, channels
from patrol.cases import channel_headings as headings
from patrol.cases.channels import CHANNELS


class PairsField(forms.CharField):
    """Two things a line, with a bar between them; `alone` is where a line without a bar goes: 0 the first of them, 1 the second."""

    def __init__(self, *, alone: int, **given: Any) -> None:
        super().__init__(**given)
        self.alone = alone

    def to_python(self, value: Any) -> Any:
        pairs = []
        for line in (super().to_python(value) or "").splitlines():
            first, bar, second = line.partition("|")
            if line.strip():
                pairs.append((first.strip(), second.strip()) if bar or self.alone == 0 else ("", first.strip()))
        return pairs

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join("|".join(pair) for pair in value))


class EditionForm(VerbForm):
    seen = NumberField(otherwise=-1)
    columns = PairsField(
        label=gettext_lazy("Columns in their order, one a line"), alone=0, max_length=8_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    hours_usual = forms.IntegerField(label=gettext_lazy("Their time in hours, usual"), min_value=1, max_value=channel_editions.MOST_HOURS)
    hours_urgent = forms.IntegerField(label=gettext_lazy("Their time in hours, urgent"), min_value=1, max_value=channel_editions.MOST_HOURS)
    addresses = PairsField(
        label=gettext_lazy("Mail addresses, one a line"),
        alone=1,
        max_length=16_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=channel_editions.LONGEST_SOURCE,
        help_text=gettext_lazy("Their letter, form or page, with its day."),
    )

    def __init__(self, channel: str, *args: Any, **kwargs: Any) -> None:
        edition = channels.newest(channel)
        if edition is not None:
            told = channel_editions.told(edition)
            kwargs["initial"] = {
                "seen": edition.number,
                "hours_usual": edition.hours_usual,
                "hours_urgent": edition.hours_urgent,
                **{part: "\n".join(told[part]) for part in ("columns", "addresses")},
            }
        super().__init__(*args, **kwargs)
        way = CHANNELS[channel]
        self.fields["columns"].help_text = _("What it holds, a bar, and its title. There are: %(keys)s.") % {
            "keys": ", ".join(map(headings.shown, channel_editions.keys(way)))
        }
        self.fields["addresses"].help_text = (
            _("To whom as written in the packet, a bar, and the address; an address alone is for everybody else. Empty: not sent by mail.")
            if way.targets
            else _("One address. Empty: not sent by mail.")
        )
