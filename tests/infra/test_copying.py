"""Rows in COPY's text format come back as they went in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol.infra.copying import copy, keepable, lines

texts = st.text().map(keepable)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(texts, st.none() | texts, st.lists(texts, max_size=3).map(tuple), st.lists(texts, max_size=2)), max_size=5))
def test_whatever_text_postgresql_can_keep_comes_back(rows: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS kept (place serial, a text, b text, c text[], d jsonb)")
        cursor.execute("DELETE FROM kept")
        held = [(a, b, c, [w.replace("\x00", "") for w in d]) for a, b, c, d in rows]
        copy(cursor, "kept", ("a", "b", "c", "d"), held)
        cursor.execute("SELECT a, b, c, ARRAY(SELECT jsonb_array_elements_text(d)) FROM kept ORDER BY place")
        assert cursor.fetchall() == [(a, b, list(c), d) for a, b, c, d in held]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "\\N"),
        (True, "t"),
        (7, "7"),
        (2.5, "2.5"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (datetime(2026, 11, 23, tzinfo=UTC), "2026-11-23T00:00:00+00:00"),
        (date(2026, 1, 2), "2026-01-02"),
        ({}, "{}"),
        ([], "[]"),
        ((), "{}"),
        ("\\N", "\\\\N"),
        ("a\tb\nc\rd\\", "a\\tb\\nc\\rd\\\\"),
        (('"', "\\"), '{"\\\\"","\\\\\\\\"}'),
    ],
)
def test_each_kind_of_value_has_its_spelling(value: Any, text: str) -> None:
    assert lines([(value, "x")]).decode() == f"{text}\tx\n"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\ud801", "a\udc05"])
def test_what_would_end_a_field_is_refused_unless_it_was_made_keepable(text: str) -> None:
    with pytest.raises(ValueError, match="half a surrogate"):
        lines([(text,)])
    assert lines([(keepable(text),)]).decode() == text.translate(dict.fromkeys((0, 0xD800, 0xD801, 0xDC05), "�")) + "\n"


def test_no_column_takes_what_nobody_knows() -> None:
    with pytest.raises(TypeError, match="no column for set"):
        lines([(set(),)])
