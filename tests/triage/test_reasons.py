"""Why somebody decided so, as it is read afterwards."""

from __future__ import annotations

import pytest
from django.utils import translation

from patrol import triage


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        ("dismissed", "other", ("Alasan lain", "Another reason")),
        ("needs_information", "other", ("Alasan lain", "Another reason")),
        ("dismissed", "warning", ("Peringatan, berita, atau pertanyaan", "A warning, a news item or a question")),
        ("confirmed", "other", ("", "")),
        ("confirmed", "", ("", "")),
        ("", "fraud", ("", "")),
    ],
)
def test_whoever_reads_a_reason_is_not_asked_to_say_what(outcome: str, reason: str, said: tuple[str, str]) -> None:
    found = []
    for language in ("id", "en"):
        with translation.override(language):
            found.append(str(triage.reason_said(outcome, reason)))
    assert tuple(found) == said


def test_what_a_form_offers_asks_for_it() -> None:
    with translation.override("id"):
        asked = {outcome: str(given["other"]) for outcome, given in triage.REASONS.items() if "other" in given}
    assert asked == {"dismissed": "Lain (tulis alasannya)", "needs_information": "Lain (tulis alasannya)"}
