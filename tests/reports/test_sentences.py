"""The three sentences, in both languages: a rise, a quiet week, a first week, a running one; queue; unseen."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from patrol import domain
from reports import sentences
from reports.figures import BlindWatch, CaseFlow, Figures, Flow, Limit, Measure, Ring, Row
from reports.period import IsoWeek

QUIET = {
    "read": (3100,) * 12,
    "flagged": (70,) * 12,
    "high": (20,) * 12,
    "decided": (70,) * 12,
    "confirmed": (30,) * 12,
    "waiting": (15,) * 12,
    "hours": (8,) * 12,
    "cases": (6,) * 12,
}


def _figures(*, series: Any = QUIET, **changed: Any) -> Figures:
    plain = {
        "office": "jateng",
        "office_name": "BP3MI Jawa Tengah",
        "year": 2026,
        "week": 47,
        "until": "2026-11-23T00:00:00+07:00",
        "preliminary": False,
        "register_date": "2026-11-20",
        "register_edition": 1,
        "measures": tuple(Measure(key, values) for key, values in series.items()),
        "days": (),
        "levels": (),
        "decisions": (Row("confirmed", 30, 30), Row("dismissed", 40, 40)),
        "flow": Flow(15, 70, 0, 0, 70, 0, 0, 15),
        "asked": Row("needs_information", 0, 0),
        "ages": (Row("3_to_7", 0, 0), Row("from_7", 0, 0)),
        "oldest_hours": 30,
        "delays": (),
        "verdicts": (),
        "kinds": (),
        "countries": (Row("KH", 31, 12), Row("MY", 17, 18), Row("", 40, 0)),
        "platforms": (),
        "places": (),
        "indicators": (),
        "cases": CaseFlow(0, 0, 0, 0, 0, 0, 0, 0, 0),
        "watches": 28,
        "blind": (),
    }
    return Figures(**{**plain, **changed})


def _both(id_: str, en: str) -> domain.Sentence:
    return domain.Sentence(id=id_, en=en)


def test_a_quiet_week_says_so() -> None:
    assert sentences.changed(_figures()) == _both(
        "Tidak ada angka di luar kebiasaan minggu ini.", "No figure was outside its usual range this week."
    )


def test_the_figure_furthest_outside_and_what_explains_it() -> None:
    series = {**QUIET, "read": (3100,) * 11 + (3204,), "flagged": (62, 68, 74, 66, 70, 77, 69, 72, 80, 75, 71, 96)}
    assert sentences.changed(_figures(series=series)) == _both(
        "Tanda naik dari 71 menjadi 96, di atas biasanya (69–75). Kenaikan terbesar pada negara tujuan Kamboja: dari 12 menjadi 31.",
        "Flags rose from 71 to 96, above the usual range (69–75). The largest rise by destination is Cambodia: from 12 to 31.",
    )


def test_a_fall_and_large_numbers_in_both_languages() -> None:
    assert sentences.changed(_figures(series={**QUIET, "read": (3100,) * 11 + (1204,)})) == _both(
        "Unggahan dibaca turun dari 3.100 menjadi 1.204, di bawah biasanya (3.100).",
        "Posts read fell from 3,100 to 1,204, below the usual range (3,100).",
    )


def test_unchanged_but_unusual() -> None:
    series = {**QUIET, "confirmed": (30,) * 9 + (30, 60, 60)}
    assert sentences.changed(_figures(series=series)).id == "Tanda yang dikonfirmasi tetap 60, di atas biasanya (30)."


def test_the_first_week() -> None:
    series = {key: (None,) * 11 + (values[-1],) for key, values in QUIET.items()}
    assert sentences.changed(_figures(series=series)) == _both(
        "Minggu pertama dengan data: 70 tanda dari 3.100 unggahan yang dibaca. Negara tujuan yang paling banyak disebut: Kamboja (31).",
        "First week with data: 70 flags from 3,100 posts read. The destination named most: Cambodia (31).",
    )


def test_too_few_weeks_to_say_what_is_usual() -> None:
    series = {key: (None,) * 10 + (values[-1] - 1, values[-1]) for key, values in QUIET.items()}
    assert sentences.changed(_figures(series=series, countries=())).en == (
        "Flags rose from 69 to 70. There are too few weeks yet to say what is usual."
    )


def test_part_of_a_week_is_not_compared() -> None:
    running = _figures(series={**QUIET, "flagged": (70,) * 11 + (3,)}, preliminary=True, flow=Flow(15, 3, 0, 0, 1, 0, 0, 17))
    assert sentences.changed(running).en.startswith("The week is still running: so far 3 flags from 3,100 posts read.")
    assert "last week" not in sentences.queue(running).en


@pytest.mark.parametrize(
    ("changed", "id_", "en"),
    [
        (
            {
                "flow": Flow(15, 70, 0, 0, 62, 0, 0, 23),
                "decisions": (Row("confirmed", 62, 74),),
                "oldest_hours": 9 * 24,
                "ages": (Row("3_to_7", 3, 0), Row("from_7", 1, 0)),
            },
            (
                "Petugas memutus 62 tanda, 12 lebih sedikit dari minggu lalu. Antrean naik dari 15 menjadi 23. "
                "4 menunggu 3 hari atau lebih, yang tertua 9 hari."
            ),
            (
                "Officers decided 62 flags, 12 fewer than last week. The queue rose from 15 to 23. "
                "4 waited 3 days or more, the oldest 9 days."
            ),
        ),
        (
            {},
            "Petugas memutus 70 tanda, sama dengan minggu lalu. Antrean tetap 15. Yang tertua menunggu 30 jam.",
            "Officers decided 70 flags, the same as last week. The queue stayed at 15. The oldest waited 30 hours.",
        ),
        (
            {"flow": Flow(15, 0, 0, 0, 15, 0, 0, 0), "decisions": (Row("confirmed", 71, 70),), "oldest_hours": None},
            "Petugas memutus 71 tanda, 1 lebih banyak dari minggu lalu. Tidak ada tanda yang menunggu.",
            "Officers decided 71 flags, 1 more than last week. No flag is waiting.",
        ),
    ],
)
def test_the_queue(changed: Any, id_: str, en: str) -> None:
    assert sentences.queue(_figures(**changed)) == _both(id_, en)


def _blind(name: str, *days: int) -> BlindWatch:
    return BlindWatch(name, "telegram", tuple(f"2026-11-{day}" for day in days), _both("x", "x"), None)


def test_all_watches_seen() -> None:
    assert sentences.unseen(_figures()) == _both(
        "Setiap pantauan menghasilkan data setiap hari (28 pantauan).", "Every watch brought data every day (28)."
    )


def test_a_pause_is_told_as_one() -> None:
    paused = _both(
        "1 dari 28 pantauan dijeda oleh orang paling sedikit sebagian hari (Jeda Kamis); yang diunggah selama itu tidak dilihat.",
        "1 of 28 watches were paused by a person for at least part of a day (Jeda Thursday); what was posted meanwhile was not seen.",
    )
    assert sentences.unseen(_figures(paused=(_blind("Jeda", 19),))) == paused
    both = sentences.unseen(_figures(paused=(_blind("Jeda", 19),), blind=(_blind("B", 17),)))
    assert both.en.endswith(f"do not read them as a fall. {paused.en}")


def test_blind_watches_make_the_figures_too_low() -> None:
    """A brace in the name of a watch is a brace, not a place to fill."""
    blind = (_blind("Grup {loker}", 19, 20, 21, 22), _blind("B", 17), _blind("C", 16, 18), _blind("D", 22))
    assert sentences.unseen(_figures(blind=blind)) == _both(
        "4 dari 28 pantauan tidak menghasilkan data paling sedikit satu hari (Grup {loker} sejak Kamis; B Selasa; "
        "C Senin, Rabu; dan 1 lainnya). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan.",
        "4 of 28 watches brought no data on at least one day (Grup {loker} since Thursday; B Tuesday; "
        "C Monday, Wednesday; and 1 more). The figures of this week are therefore too low; do not read them as a fall.",
    )


def test_no_watches_and_no_register() -> None:
    said = sentences.unseen(_figures(watches=0, register_date=None, series={**QUIET, "read": (0,) * 12}))
    assert said.en == "There are no watches; nothing was looked at this week. No register was loaded, so no offer could be checked."


def test_no_watches_but_what_people_brought() -> None:
    assert sentences.unseen(_figures(watches=0)) == _both(
        "Tidak ada pantauan; minggu ini hanya kiriman orang yang dilihat.",
        "There are no watches; only what people brought was looked at this week.",
    )


@pytest.mark.parametrize(
    ("days", "id_"),
    [
        ((16, 17, 18, 19, 20, 21, 22), "seluruh minggu"),
        ((21, 22), "sejak Sabtu"),
        ((22,), "Minggu"),
        ((18, 19, 20, 21), "Rabu, Kamis, Jumat, Sabtu"),
        ((17, 18), "Selasa, Rabu"),
    ],
)
def test_the_spell_of_a_blind_watch(days: Any, id_: str) -> None:
    watch = _blind("x", *days)
    assert sentences.spell(watch.days, IsoWeek(2026, 47), "2026-11-23T00:00:00+07:00").id == id_


def test_always_three() -> None:
    assert len(sentences.draft_sentences(_figures(), {})) == 3
    assert sentences.draft_sentences(dataclasses.replace(_figures(), watches=0), {})[2] == sentences.unseen(_figures(watches=0))


RISEN = {**QUIET, "flagged": (70,) * 11 + (96,)}
NAMES = {"33": "Jawa Tengah", "32": "Jawa Barat"}


def ring(now: int, before: int, *, new: bool = False, name: str = "Admin {Kamboja}") -> Ring:
    return Ring("JRG-26-0412", new, domain.Sentence(name, name), now, 60, 14, 3, (0, 0, 0, 0, 0, 0, before, now), ("phone",))


def cause(rings: tuple[Ring, ...] = (), places: tuple[Row, ...] = (), *, series: Any = RISEN) -> domain.Sentence:
    said = sentences.changed(_figures(series=series, rings=rings, places=places), NAMES)
    return domain.Sentence(id=said.id.split("). ", 1)[-1], en=said.en.split("). ", 1)[-1])


def test_what_explains_most_of_the_change_is_named() -> None:
    assert cause() == _both(
        "Kenaikan terbesar pada negara tujuan Kamboja: dari 12 menjadi 31.", "The largest rise by destination is Cambodia: from 12 to 31."
    )
    assert cause((ring(22, 0, new=True),)) == _both(
        "Kenaikan terbesar pada jaringan baru JRG-26-0412 (Admin {Kamboja}): dari 0 menjadi 22.",
        "The largest rise by new campaign is JRG-26-0412 (Admin {Kamboja}): from 0 to 22.",
    )
    # As much as the country: the campaign says more; a little less: the country explains most.
    assert cause((ring(20, 1, name=""),)).id == "Kenaikan terbesar pada jaringan JRG-26-0412: dari 1 menjadi 20."
    assert cause((ring(20, 2),)).id.startswith("Kenaikan terbesar pada negara tujuan Kamboja")
    assert cause((), (Row("33", 60, 40), Row("32", 9, 8), Row("*", 90, 0), Row("", 90, 0))) == _both(
        "Kenaikan terbesar pada tempat rekrut yang disebut Jawa Tengah: dari 40 menjadi 60.",
        "The largest rise by place of recruitment named is Jawa Tengah: from 40 to 60.",
    )


def test_a_fall_is_explained_by_what_fell_and_never_by_a_campaign() -> None:
    fallen = {**QUIET, "flagged": (70,) * 11 + (40,)}
    assert cause((ring(2, 30),), (Row("33", 10, 25),), series=fallen) == _both(
        "Penurunan terbesar pada tempat rekrut yang disebut Jawa Tengah: dari 25 menjadi 10.",
        "The largest fall by place of recruitment named is Jawa Tengah: from 25 to 10.",
    )
    assert cause(series=fallen).id == "Penurunan terbesar pada negara tujuan Malaysia: dari 18 menjadi 17."


def test_the_queue_says_what_is_over_its_limit() -> None:
    waiting: dict[str, Any] = {"flow": Flow(15, 70, 0, 0, 62, 0, 0, 23)}
    said = sentences.queue(_figures(**waiting, limits=(Limit("high", 12, 1, 0), Limit("medium", 48, 1204, 0))))
    assert said.id.endswith("Lewat batas waktu: 1 tingkat tinggi (batas 12 jam) dan 1.204 tingkat sedang (batas 48 jam).")
    assert said.en.endswith("Over the limit: 1 high-level (12 hours) and 1,204 medium-level (48 hours).")
    assert sentences.queue(_figures(**waiting, limits=(Limit("high", 12, 0, 3), Limit("medium", 48, 0, 0)))).id.endswith(
        "Tidak ada yang melewati batas waktunya."
    )
    assert "batas" not in sentences.queue(_figures(**waiting)).id


def test_a_few_referrals_more_are_told_of_where_nothing_else_is_outside() -> None:
    few = {**QUIET, "referrals": (10,) * 12, "back": (1,) * 11 + (3,)}
    assert cause(series=few).id.startswith("Rujukan yang isinya kembali tayang naik dari 1 menjadi 3")
    assert sentences.changed(_figures(series={**few, "flagged": RISEN["flagged"]})).id.startswith("Tanda naik dari 70 menjadi 96")
