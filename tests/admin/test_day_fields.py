"""Fields for days: shown one way, taken in several; and no form has one of the browser's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from patrol.admin.shared.day_fields import DayField, HourField, MomentField


class Form(forms.Form):
    day = DayField(required=False)
    hour = HourField(required=False)
    at = MomentField(required=False)
    since = MomentField(required=False, day_alone=True)


def said(**typed: str) -> dict[str, Any]:
    form = Form(typed)
    with translation.override("en"):
        wrong = {name: [str(one) for one in sentences] for name, sentences in form.errors.items()}
        return wrong or {name: value for name, value in form.cleaned_data.items() if value is not None}


def test_what_is_typed_is_taken() -> None:
    with timezone.override("Asia/Jakarta"):
        noon = datetime(2026, 11, 24, 5, tzinfo=UTC)
        midnight = datetime(2026, 11, 23, 17, tzinfo=UTC)
        assert said(day="24 Nov 2026", hour="12.00", at="24/11/2026 12.00", since="24-11-2026") == {
            "day": date(2026, 11, 24),
            "hour": time(12),
            "at": noon,
            "since": midnight,
        }
        assert said(since="24/11/2026 12:00") == {"since": noon}
    assert said(day=" ", hour="", at="") == {}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "11/24/2026", "Write the day as 24/11/2026 or 24 Nov 2026."),
        ("hour", "siang", "Write the hour as 14.30."),
        ("at", "24/11/2026", "Write day and hour as 24/11/2026 14.30."),
        ("since", "besok", "Write day and hour as 24/11/2026 14.30."),
    ],
)
def test_what_is_none_is_refused_with_an_example(field: str, typed: str, sentence: str) -> None:
    assert said(**{field: typed}) == {field: [sentence]}


@pytest.mark.parametrize(
    ("of", "value", "shown"),
    [
        ("day", date(2026, 3, 4), "04/03/2026"),
        ("day", "2026-03-04", "04/03/2026"),
        ("day", "kemarin", "kemarin"),
        ("hour", "13:05", "13.05"),
        ("moment", "2026-03-04T13:05", "04/03/2026 13.05"),
        ("moment", datetime(2026, 3, 4, 6, 5, tzinfo=UTC), "04/03/2026 13.05"),
    ],
)
def test_a_value_is_shown_as_it_may_be_typed(of: str, value: Any, shown: str) -> None:
    with timezone.override("Asia/Jakarta"):
        written = Template("{% load day_fields %}{% day_field of name='x' value=value needed=True %}").render(
            Context({"of": of, "value": value})
        )
    assert f'value="{shown}"' in written
    assert " required" in written


def test_no_form_has_a_field_in_the_browser_s_language() -> None:
    root = Path(__file__).parents[2]
    own = ('type="date"', 'type="time"', "datetime-local", '"type": "date"', "forms.DateField(", "forms.DateTimeField(", "forms.TimeField(")
    files = [*(root / "templates").rglob("*.html"), *(root / "patrol" / "admin").rglob("*.py"), *(root / "reports").rglob("*.py")]
    assert [(path.name, word) for path in files for word in own if word in path.read_text()] == []
