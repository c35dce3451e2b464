"""What somebody wants to be told outside of the workbench, as a form: for each kind by which way and when. Own, and of an office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared.forms import VerbForm
from patrol.models import Way
from patrol.telling.choices import Choice, Kind, One, When

KINDS: dict[Kind, tuple[Any, Any]] = {
    Kind.FLAGS: (
        _("High flags and urgent reports"),
        _("new in the queue of your office, and reports of the public of somebody in danger or abroad"),
    ),
    Kind.CLOCKS: (_("Times that are over"), _("of cases you have or your office has, and of referrals without an answer")),
    Kind.WATCHES: (_("Failing watches"), _("of your office: stopped, or the last run failed")),
    Kind.SYSTEMS: (_("Webhooks"), _("of your office: paused, ended, nothing arrives, or it does again")),
    Kind.MESSAGES: (_("Messages in cases"), _("from the other side")),
    Kind.APPROVALS: (_("What waits for your word"), ""),  # _approvals
    Kind.LOOKS: (_("Second looks"), _("decisions drawn for a second look, and what two people see differently")),
}
# What waits for somebody's word, by what gives them one; an office is told all of it.
_APPROVALS: dict[Action, Any] = {
    Action.REFERRAL_APPROVE: pgettext_lazy("waits for a word", "referrals"),
    Action.ERASE_APPROVE: pgettext_lazy("waits for a word", "erasures"),
    Action.OBJECTION_SETTLE: pgettext_lazy("waits for a word", "objections"),
    Action.BULK_APPROVE: pgettext_lazy("waits for a word", "bulk decisions"),
    Action.WATCH_KEEP: pgettext_lazy("waits for a word", "watches"),
    Action.REGISTER_APPROVE: pgettext_lazy("waits for a word", "register"),
    Action.LAW_APPROVE: pgettext_lazy("waits for a word", "law"),
    Action.PERSON_AGREE: pgettext_lazy("waits for a word", "accounts"),
    Action.PEER_ASK: pgettext_lazy("waits for a word", "exports for other bodies"),
    Action.SUMMARY_APPROVE: pgettext_lazy("waits for a word", "summaries to sign"),
}
WAYS: dict[Way, Any] = {Way.MAIL: _("by mail"), Way.TELEGRAM: _("by Telegram")}
_BOTH = "both"
_WAYS = [
    ("", pgettext_lazy("telling", "not at all")),
    (str(Way.MAIL), pgettext_lazy("telling", "mail")),
    (str(Way.TELEGRAM), "Telegram"),
    (_BOTH, pgettext_lazy("telling", "both")),
]
_WHENS = [
    (str(When.NOW), pgettext_lazy("telling", "at once")),
    (str(When.HOURLY), pgettext_lazy("telling", "each hour")),
    (str(When.DAILY), pgettext_lazy("telling", "once a day")),
]
_HOURS = [(str(hour), f"{hour:02d}.00") for hour in range(24)]


def _approvals(person: models.Person | None) -> str:
    return ", ".join(str(title) for action, title in _APPROVALS.items() if person is None or access.may(person, action))


class ChoiceForm(VerbForm):
    """`person`: whose choice it is, None: of an office's people."""

    hour = forms.TypedChoiceField(label=_("Hour of the daily message"), choices=_HOURS, coerce=int)
    quiet_from = forms.TypedChoiceField(
        label=_("Quiet from"), choices=[("", pgettext_lazy("quiet hours", "never")), *_HOURS], coerce=int, required=False, empty_value=None
    )
    quiet_to = forms.TypedChoiceField(
        label=_("until"), choices=[("", pgettext_lazy("quiet hours", "never")), *_HOURS], coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], choice: Choice, person: models.Person | None = None, **kwargs: Any) -> None:
        initial = {
            "hour": str(choice.hour),
            "quiet_from": "" if choice.quiet is None else str(choice.quiet[0]),
            "quiet_to": "" if choice.quiet is None else str(choice.quiet[1]),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.kinds = kinds
        self.person = person
        for kind in kinds:
            one = choice.kinds.get(kind)
            title = KINDS[kind][0]
            ways = "" if one is None else _BOTH if len(one.ways) > 1 else str(one.ways[0])
            self.fields[f"ways_{kind}"] = forms.ChoiceField(
                choices=_WAYS, required=False, initial=ways, widget=forms.Select(attrs={"aria-label": title})
            )
            self.fields[f"when_{kind}"] = forms.ChoiceField(
                choices=_WHENS, required=False, initial=str(one.when if one else When.NOW), widget=forms.Select(attrs={"aria-label": title})
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "title": KINDS[kind][0],
                "tells": KINDS[kind][1] or _approvals(self.person),
                "ways": self[f"ways_{kind}"],
                "when": self[f"when_{kind}"],
            }
            for kind in self.kinds
        ]

    def told(self, row: Any = None) -> dict[str, Any]:
        """What `choices.choose` takes. Quiet hours of which one end is missing are none."""
        told = super().told(row)
        kinds = {}
        for kind in self.kinds:
            ways = told[f"ways_{kind}"]
            if ways:
                kinds[kind] = One(tuple(Way) if ways == _BOTH else (Way(ways),), When(told[f"when_{kind}"] or When.NOW))
        begins, ends = told["quiet_from"], told["quiet_to"]
        quiet = None if begins is None or ends is None else (begins, ends)
        return {"kinds": kinds, "hour": told["hour"], "quiet": quiet}
