"""How a problem that was kept is read: its sentence without codes, and what servers and programs call it beside."""

from __future__ import annotations

import pytest

from patrol import domain
from patrol.domain import kept_problems

BUSY = domain.Sentence("Server menjawab dengan kesalahan.", "The server answered with an error.")


@pytest.mark.parametrize(
    ("kept", "said", "told"),
    [
        (kept_problems.kept(domain.Problem("server_error", BUSY, told="HTTP 503")), BUSY.id, "HTTP 503"),
        (kept_problems.kept(domain.Problem("server_error", BUSY)), BUSY.id, ""),
        ({"id": "Server menjawab dengan kesalahan (status 503)."}, BUSY.id, "503"),
        ({"id": "Token ditolak (kode 190/463 di dalam jawabannya)."}, "Token ditolak.", "190/463"),
        (
            {"id": "Pekerjaan berhenti karena kesalahan program (KeyError); dicoba lagi nanti."},
            "Pekerjaan berhenti karena kesalahan program; dicoba lagi nanti.",
            "KeyError",
        ),
        ({"id": "PT Contoh (Persero) tidak menjawab."}, "PT Contoh (Persero) tidak menjawab.", ""),  # near miss
        ({}, "", ""),
    ],
)
def test_an_officer_reads_a_sentence_and_codes_stand_beside(kept: dict[str, str], said: str, told: str) -> None:
    assert (kept_problems.without_codes(kept.get("id", "")), kept_problems.told(kept)) == (said, told)
