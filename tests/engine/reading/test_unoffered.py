"""What stands beside an offer: duties, experience, what is full, who comes along, comparisons, hashtags."""

from __future__ import annotations

import pytest

from patrol.engine.reading import countries, folding, phrases, positions, unoffered


def aside(text: str) -> list[str]:
    folded = folding.fold(text)
    return [folded.plain[start:end].strip() for start, end in unoffered.spans(folded.plain)]


def offered(text: str) -> tuple[set[str], set[str]]:
    """Countries, and positions that are announced."""
    folded = folding.fold(text)
    hits = phrases.search(folded)
    lands = {claim.value for claim in countries.claims(folded, hits) if claim.role == "destination"}
    work = {claim.value for claim in positions.claims(folded, hits) if claim.detail.get("said") != "aside"}
    return lands, work


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Operator Taiwan. Kerjanya packing, angkat karton. Gaji 29rb", ["kerjanya packing, angkat karton"]),
        ("Eks hotel Dubai welcome\nButuh waiter", ["eks hotel dubai welcome"]),
        ("Syarat:\n- eks koki\n- sehat\n\nButuh welder", ["syarat:\n- eks koki\n- sehat"]),
        ("❌ Jepang, kaigo\n✅ Taiwan, operator", ["❌ jepang, kaigo"]),
        ("Butuh PLRT #caregiver #lokerkorea", ["#caregiver", "#lokerkorea"]),
        ("Eks koki, pernah kerja, eks waiter. Butuh eks welder", ["eks koki, pernah kerja, eks waiter", "eks welder"]),
        ("Adikku dulu kerja di sana. Butuh welder", ["adikku dulu kerja di sana."]),
        ("Butuh welder tanpa pengalaman", []),
        ("Butuh 5 operator ke Taiwan", []),
    ],
)
def test_parts_that_offer_nothing(text: str, parts: list[str]) -> None:
    assert aside(text) == parts


@pytest.mark.parametrize(
    ("text", "lands", "work"),
    [
        ("Butuh operator produksi ke Taiwan. Eks Malaysia, eks Korea diutamakan", {"TW"}, {"production_operator"}),
        ("Lowongan PLRT Hong Kong, gaji lebih gede dari Taiwan", {"HK"}, {"domestic_worker"}),
        ("ABK ikan Korea Selatan 12 orang. kerja: tarik jaring, sortir ikan, kadang bantu masak", {"KR"}, {"fishing_crew"}),
        ("Dibutuhkan welder untuk Turki, makan oleh katering. Diuji oleh chief engineer", {"TR"}, {"welder"}),
        ("PLRT Singapura 10 orang. Konsultan kami: Ms. Contoh (pensiunan perawat)", {"SG"}, {"domestic_worker"}),
        ("Loker PLRT Hong Kong #lokertaiwan #sopir", {"HK"}, {"domestic_worker"}),
        ("❌ Jepang, kaigo: penuh\n✅ Singapura, ART: butuh 10", {"SG"}, {"domestic_worker"}),
        ("Butuh juru las ke Turki, terbang Semarang - Kuala Lumpur (transit 5 jam) - Istanbul", {"TR"}, {"welder"}),
        # Near: what is offered too.
        ("Butuh operator produksi ke Taiwan, sekalian cari sopir ke Polandia", {"TW", "PL"}, {"production_operator", "driver"}),
        ("Lowongan Taiwan:\n- operator produksi\n- perawat lansia", {"TW"}, {"production_operator", "elderly_carer"}),
        ("PLRT Singapura, merangkap sopir", {"SG"}, {"domestic_worker", "driver"}),
        ("1 (satu) PLRT, 1 (satu) sopir truk untuk Hong Kong", {"HK"}, {"domestic_worker", "driver"}),
        # Where nothing stands outside, all counts.
        ("Tugas: jaga lansia di Taiwan", {"TW"}, {"elderly_carer"}),
        ("#lokertaiwan #caregiver 0840-1234-5678", {"TW"}, {"caregiver"}),
    ],
)
def test_what_is_offered_beside_what_is_only_named(text: str, lands: set[str], work: set[str]) -> None:
    assert offered(text) == (lands, work)
