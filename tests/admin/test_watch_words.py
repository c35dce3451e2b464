"""What a watch's page says beside a problem."""

from __future__ import annotations

import pytest
from django.utils import translation

from patrol.admin.analyst import watch_words
from patrol.sources.shared import refusals

WAIT = "Tidak perlu berbuat apa-apa: nanti dicoba lagi dengan sendirinya."
CHANGE = "Mencoba lagi tidak menolong: pantauannya harus diubah."


@pytest.mark.parametrize("code", ["too_many", "quota", "timeout", "dns", "server_error", "platform_error"])
def test_what_passes_by_itself_needs_nobody(code: str) -> None:
    with translation.override("id"):
        assert watch_words.remedy(code, permanent=False, runs=True) == WAIT
        assert watch_words.remedy(code, permanent=False, runs=False) == ""  # paused: the page says until when
        assert watch_words.remedy(code, permanent=True, runs=True) == CHANGE
        assert watch_words.remedy("credentials_refused", permanent=True, runs=True) == (
            "Isi nilai baru untuk kredensialnya: semua pantauannya lalu berlanjut dari tempat berhentinya."
        )


def test_a_refusal_leaves_what_comes_next_to_the_page() -> None:
    """Both stand beside each other: said by both, "tried again" stood there twice."""
    slow = refusals.transport("example.org", TimeoutError()).problem
    assert (slow.code, slow.sentence.id, slow.permanent) == ("timeout", "example.org terlalu lama menjawab.", False)
