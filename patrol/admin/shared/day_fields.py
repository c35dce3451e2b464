"""Fields for days and hours: what people type is taken in the ways they write it, and shown again as 24/11/2026.

The browser's own fields speak the browser's language and show 11/24/2026 where that is American.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol.domain import days


class _Input(forms.TextInput):
    """`value` may also be what addresses and templates hold: an ISO text."""

    hint: Any = ""
    tells: Any = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        told = {"maxlength": days.LONGEST, "autocomplete": "off", "placeholder": str(self.hint), "title": str(self.tells)}
        context: dict[str, Any] = super().get_context(name, value, {**told, **(attrs or {})})
        return context


class DayInput(_Input):
    hint = _("dd/mm/yyyy")
    tells = _("Day, month, year, such as 24/11/2026 or 24 Nov 2026")

    def format_value(self, value: Any) -> str | None:
        day = days.read(value) if isinstance(value, str) else value
        return f"{day:%d/%m}/{day.year:04}" if isinstance(day, date) else value


class HourInput(_Input):
    hint = _("hh.mm")
    tells = _("Hour and minute, such as 14.30")

    def format_value(self, value: Any) -> str | None:
        hour = days.hour(value) if isinstance(value, str) else value
        return f"{hour:%H.%M}" if isinstance(hour, time) else value


class MomentInput(_Input):
    hint = _("dd/mm/yyyy hh.mm")
    tells = _("Day and hour, such as 24/11/2026 14.30")

    def format_value(self, value: Any) -> str | None:
        at = days.moment(value) if isinstance(value, str) else value
        if isinstance(at, datetime):
            at = timezone.localtime(at) if timezone.is_aware(at) else at
            return f"{at:%d/%m}/{at.year:04} {at:%H.%M}"
        return None if value is None else str(value)


def _read[T](field: forms.Field, value: str, reads: Callable[[str], T | None]) -> T | None:
    found = reads(value)
    if found is None and value.strip():
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return found


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": _("Write the day as 24/11/2026 or 24 Nov 2026.")}

    def to_python(self, value: Any) -> Any:
        return _read(self, value, days.read) if isinstance(value, str) else super().to_python(value)


class HourField(forms.TimeField):
    widget = HourInput
    default_error_messages = {"invalid": _("Write the hour as 14.30.")}

    def to_python(self, value: Any) -> Any:
        return _read(self, value, days.hour) if isinstance(value, str) else super().to_python(value)


class MomentField(forms.DateTimeField):
    """In the zone of whoever types it. `day_alone`: a day without an hour is its first minute."""

    widget = MomentInput
    default_error_messages = {"invalid": _("Write day and hour as 24/11/2026 14.30.")}

    def __init__(self, *, day_alone: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self.day_alone = day_alone

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        found = _read(self, value, self._moment)
        return from_current_timezone(found) if found else None

    def _moment(self, text: str) -> datetime | None:
        day = days.read(text) if self.day_alone else None
        return datetime.combine(day, time()) if day else days.moment(text)


INPUTS: Final = {"day": DayInput, "hour": HourInput, "moment": MomentInput}
