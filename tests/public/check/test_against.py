"""What the register holds against a company, its contacts and its SIP: on an offer's day, since then, and of a name or number alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag

from patrol.pipeline import claiming
from tests.factories import register
from tests.public.check.register import DAY, offer

pytestmark = pytest.mark.django_db

REG, TODAY = "20 November 2026", "23 November 2026"
AS = f"Menurut register per {REG},"
REVOKED, SUSPENDED, FREED = "PT Contoh Lembah Pinus", "PT Contoh Bukit Kenari", "PT Contoh Danau Seroja"
PARTLY, HOUSEWORK, HELD = "PT Contoh Pantai Cemara", "PT Contoh Kebun Melati", "PT Contoh Rawa Kencana"
DECREE, PART = "SK Contoh 21 Tahun 2026", "SK Contoh 33 Tahun 2026 (penempatan ke Arab Saudi dan Uni Emirat Arab)"
HOUSE = "SK Contoh 35 Tahun 2026 (jabatan pekerja rumah tangga)"


@pytest.fixture
def ask(told: Callable[..., Tag]) -> Callable[..., Tag]:
    agencies: list[dict[str, Any]] = [
        {
            "name": REVOKED,
            "phones": ["0840-2200-0001"],
            "accounts": ["ig:lembahpinus.contoh"],
            "websites": ["https://lembah-pinus.example"],
            "standings": [("active", "2024-01-01", "2026-11-14", ""), ("revoked", "2026-11-15", None, DECREE)],
        },
        {
            "name": SUSPENDED,
            "phones": ["0840-2200-0002"],
            "standings": [("active", "2024-01-01", "2026-11-09", ""), ("suspended", "2026-11-10", "2027-02-10", DECREE)],
        },
        {
            "name": FREED,
            "phones": ["0840-2200-0003"],
            "standings": [
                ("active", "2024-01-01", "2026-07-31", ""),
                ("suspended", "2026-08-01", "2026-10-31", DECREE),
                ("supervised", "2026-11-01", None, ""),
            ],
        },
        {
            "name": PARTLY,
            "phones": ["0840-2200-0004"],
            "standings": [("active", "2024-01-01", "2026-09-30", ""), ("partly_suspended", "2026-10-01", None, PART)],
        },
        {
            "name": HOUSEWORK,
            "phones": ["0840-2200-0005"],
            "standings": [("active", "2024-01-01", "2026-09-30", ""), ("partly_suspended", "2026-10-01", None, HOUSE)],
        },
        {"name": HELD, "phones": ["0840-2200-0006"]},
    ]
    licences: list[dict[str, Any]] = [
        {"number": "B.601/SIP2MI/III/2026", "agency": REVOKED, "country": "TW", "positions": ["operator produksi"]},
        {"number": "B.611/SIP2MI/III/2026", "agency": PARTLY, "country": "SA", "positions": ["pengemudi"]},
        {"number": "B.612/SIP2MI/III/2026", "agency": PARTLY, "country": "MY", "positions": ["operator produksi"]},
        {"number": "B.621/SIP2MI/III/2026", "agency": HOUSEWORK, "country": "SG", "positions": ["pekerja rumah tangga"]},
        {"number": "B.622/SIP2MI/III/2026", "agency": HOUSEWORK, "country": "SG", "positions": ["operator produksi"]},
        {
            "number": "B.631/SIP2MI/III/2026",
            "agency": HELD,
            "country": "QA",
            "positions": ["petugas keamanan"],
            "status": "revoked",
            "status_from": "2026-11-17",
        },
        {
            "number": "B.632/SIP2MI/III/2026",
            "agency": HELD,
            "country": "KR",
            "positions": ["tukang las"],
            "status": "exhausted",
            "status_from": "2026-11-03",
        },
        {
            "number": "B.633/SIP2MI/III/2026",
            "agency": HELD,
            "country": "SG",
            "positions": ["pekerja rumah tangga"],
            "valid_to": "2026-11-15",
        },
        {
            "number": "B.634/SIP2MI/III/2026",
            "agency": HELD,
            "country": "HK",
            "positions": ["pekerja rumah tangga"],
            "valid_from": "2026-12-01",
        },
        {"number": "B.635/SIP2MI/III/2026", "agency": HELD, "country": "TW", "positions": ["operator produksi"]},
        {"number": "B.636/SIP2MI/III/2025", "agency": HELD, "country": "TW", "positions": ["operator produksi"], "valid_to": "2026-10-31"},
        {
            "number": "B.637/SIP2MI/III/2026",
            "agency": HELD,
            "country": "TW",
            "positions": ["perawat lansia"],
            "status": "revoked",
            "status_from": "2026-11-17",
        },
    ]
    register(agencies, licences, register_date=DAY)
    claiming._book_of.cache_clear()
    return told


def said(main: Tag) -> tuple[str, list[str]]:
    """The tone, and the lines of the box."""
    box = main.select_one(".v")
    assert box
    return box["class"][1], [" ".join(line.get_text(" ", strip=True).split()) for line in box.select("p, h1")]


def row(main: Tag, name: str) -> list[str]:
    head = main.find("dt", string=name)
    fact = head.find_next_sibling() if head else None
    return [" ".join(line.split()) for line in fact.get_text("\n", strip=True).split("\n") if line.strip()] if fact else []


# --- since the day of the offer -------------------------------------------------------------------

SINCE_REVOKED = f"Sejak 15 November 2026 SIP3MI {REVOKED} dicabut ({DECREE})."


@pytest.mark.parametrize(
    ("text", "day", "tone", "lines"),
    [
        (
            REVOKED,
            "14-11-2026",
            "high",
            [
                "Tercatat dicabut",
                "Sesudah tanggal tawaran, izin perusahaan ini tercatat dicabut",
                (
                    f"{AS} pada 14 November 2026 {REVOKED} adalah P3MI dengan status aktif. Nama itu bisa dipakai orang lain."
                    f" {SINCE_REVOKED}"
                ),
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            REVOKED,
            "15-11-2026",
            "high",
            [
                "Tercatat dicabut",
                "Izin perusahaan ini tercatat dicabut",
                f"{AS} SIP3MI {REVOKED} dicabut sejak 15 November 2026 ({DECREE}).",
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            offer(REVOKED, job="operator produksi", call="0840-2200-0001"),
            "14-11-2026",
            "high",
            [
                "Tercatat dicabut",
                "Sesudah tanggal tawaran, izin perusahaan ini tercatat dicabut",
                (f"{AS} {REVOKED} punya SIP untuk operator pabrik di Taiwan yang berlaku pada 14 November 2026. {SINCE_REVOKED}"),
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            "B.601/SIP2MI/III/2026",
            "14-11-2026",
            "high",
            [
                "Tercatat dicabut",
                "Sesudah tanggal tawaran, izin perusahaan ini tercatat dicabut",
                (
                    f"{AS} SIP B.601/SIP2MI/III/2026 milik {REVOKED} untuk operator produksi di Taiwan dan berlaku pada"
                    f" 14 November 2026. Nomor itu bisa dipakai orang lain. {SINCE_REVOKED}"
                ),
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            "B.631/SIP2MI/III/2026",
            "16-11-2026",
            "high",
            [
                "Tercatat dicabut",
                "Sesudah tanggal tawaran, SIP ini tercatat dicabut",
                (
                    f"{AS} SIP B.631/SIP2MI/III/2026 milik {HELD} untuk petugas keamanan di Qatar dan berlaku pada"
                    " 16 November 2026. Nomor itu bisa dipakai orang lain. SIP B.631/SIP2MI/III/2026 untuk petugas keamanan di Qatar"
                    " dicabut sejak 17 November 2026."
                ),
                "Jangan membayar dan jangan berangkat dengan tawaran ini. Tanya petugas.",
            ],
        ),
        (
            offer(HELD, to="Singapura", job="pekerja rumah tangga", call="0840-2200-0006"),
            "15-11-2026",
            "med",
            [
                "Tidak berlaku lagi",
                "Sesudah tanggal tawaran, masa berlaku SIP ini sudah lewat",
                (
                    f"{AS} {HELD} punya SIP untuk PRT di Singapura yang berlaku pada 15 November 2026. SIP"
                    " B.633/SIP2MI/III/2026 untuk pekerja rumah tangga di Singapura berlaku sampai 15 November 2026."
                ),
                "Jangan membayar. Tanya kantor perusahaan apakah ada SIP baru.",
            ],
        ),
        (  # another SIP covers it today
            offer(HELD, job="operator produksi", call="0840-2200-0006"),
            "31-10-2026",
            "low",
            [
                "Tercatat dalam register",
                "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda",
                f"{AS} {HELD} punya SIP untuk operator pabrik di Taiwan yang berlaku pada 31 Oktober 2026.",
                "Register tidak membuktikan bahwa orang yang menghubungi Anda bekerja untuk perusahaan itu.",
            ],
        ),
        (  # a sanction that has ended: the day's, and how it stands today
            FREED,
            "31-10-2026",
            "high",
            [
                "Tercatat dihentikan sementara",
                "Perusahaan ini tercatat dalam penghentian sementara",
                (
                    f"{AS} {FREED} dihentikan sementara sejak 1 Agustus 2026 ({DECREE}). Pada 1 November 2026 status {FREED}"
                    " menjadi dalam pengawasan."
                ),
                "Jangan membayar selama penghentian. Tanya petugas bila Anda sudah mendaftar.",
            ],
        ),
        (  # what is offered is outside the part
            offer(PARTLY, to="Malaysia", job="operator produksi", call="0840-2200-0004"),
            "30-09-2026",
            "low",
            [
                "Tercatat dalam register",
                "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda",
                (
                    f"{AS} {PARTLY} punya SIP untuk operator pabrik di Malaysia yang berlaku pada 30 September 2026. Sejak"
                    f" 1 Oktober 2026 {PARTLY} dihentikan sebagian ({PART})."
                ),
                "Register tidak membuktikan bahwa orang yang menghubungi Anda bekerja untuk perusahaan itu.",
            ],
        ),
        (
            "B.611/SIP2MI/III/2026",
            "30-09-2026",
            "high",
            [
                "Tercatat dihentikan sebagian",
                "Sesudah tanggal tawaran, perusahaan ini tercatat dihentikan sebagian",
                (
                    f"{AS} SIP B.611/SIP2MI/III/2026 milik {PARTLY} untuk pengemudi di Arab Saudi dan berlaku pada"
                    f" 30 September 2026. Nomor itu bisa dipakai orang lain. Sejak 1 Oktober 2026 {PARTLY} dihentikan sebagian ({PART})."
                ),
                "Jangan membayar sebelum petugas memastikannya. Tanya petugas bila Anda sudah mendaftar.",
            ],
        ),
    ],
    ids=[
        "name",
        "name, on the day",
        "offer",
        "SIP of it",
        "SIP, revoked",
        "SIP, run out",
        "SIP, a newer one",
        "ended",
        "outside the part",
        "SIP in the part",
    ],
)
def test_of_a_past_day_it_is_said_what_the_register_holds_since(
    text: str, day: str, tone: str, lines: list[str], ask: Callable[..., Tag]
) -> None:
    assert said(ask(text, day=day)) == (tone, lines)


def test_each_status_in_the_rows_bears_its_day(ask: Callable[..., Tag]) -> None:
    main = ask(REVOKED, day="14-11-2026")
    assert row(main, "Perusahaan") == [f"{REVOKED}, P3MI, status aktif pada 14 November 2026", SINCE_REVOKED]
    assert row(ask(HELD), "Perusahaan") == [f"{HELD}, P3MI, status aktif pada {TODAY}"]
    assert row(ask(HELD, day="16-11-2026"), "SIP yang tercatat") == [
        "Qatar, petugas keamanan, sampai 31 Desember 2027, dicabut sejak 17 November 2026",
        "Taiwan, operator produksi, sampai 31 Desember 2027",
        "Taiwan, perawat lansia, sampai 31 Desember 2027, dicabut sejak 17 November 2026",
    ]


def test_in_english(ask: Callable[..., Tag]) -> None:
    assert said(ask(REVOKED, "en", day="14-11-2026"))[1][1:3] == [
        "After the date of the offer this company's licence was recorded as revoked",
        (
            f"According to the register as of {REG}, {REVOKED} was an active P3MI on 14 November 2026. Others may use its name. The"
            f" SIP3MI of {REVOKED} is revoked from 15 November 2026 ({DECREE})."
        ),
    ]


# --- a contact ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tone", "lines"),
    [
        (
            "0840-2200-0001",
            "high",
            [
                "Tercatat dicabut",
                f"Nomor ini tercatat sebagai nomor {REVOKED}.",
                f"{AS} SIP3MI {REVOKED} dicabut sejak 15 November 2026 ({DECREE}).",
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            "@lembahpinus.contoh",
            "high",
            [
                "Tercatat dicabut",
                f"Akun ini tercatat sebagai akun {REVOKED}.",
                f"{AS} SIP3MI {REVOKED} dicabut sejak 15 November 2026 ({DECREE}).",
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            "https://lembah-pinus.example/lowongan",
            "high",
            [
                "Tercatat dicabut",
                f"Situs ini tercatat sebagai situs {REVOKED}.",
                f"{AS} SIP3MI {REVOKED} dicabut sejak 15 November 2026 ({DECREE}).",
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
        (
            "0840-2200-0002",
            "high",
            [
                "Tercatat dihentikan sementara",
                f"Nomor ini tercatat sebagai nomor {SUSPENDED}.",
                f"{AS} {SUSPENDED} dihentikan sementara sejak 10 November 2026 ({DECREE}).",
                "Jangan membayar selama penghentian. Tanya petugas bila Anda sudah mendaftar.",
            ],
        ),
        (
            "0840-2200-0004",
            "med",
            [
                "Tercatat dihentikan sebagian",
                f"Nomor ini tercatat sebagai nomor {PARTLY}.",
                f"{AS} {PARTLY} dihentikan sebagian sejak 1 Oktober 2026 ({PART}).",
                "Tempel juga isi tawarannya, karena mungkin termasuk yang dihentikan. Jangan membayar dulu.",
            ],
        ),
        (
            "0840-2200-0003",  # supervised: it may recruit
            "med",
            [
                "Belum cukup untuk dicek",
                f"Nomor ini tercatat sebagai nomor {FREED}.",
                "Nomor saja tidak cukup: tempel juga isi tawarannya.",
            ],
        ),
        (
            "0840-2200-0006, 0840-2200-0001",
            "high",
            [
                "Tercatat dicabut",
                f"Nomor ini tercatat sebagai nomor {REVOKED}.",
                (
                    f"0840-2200-0001: Nomor ini tercatat sebagai nomor {REVOKED}. {AS} SIP3MI {REVOKED} dicabut sejak"
                    f" 15 November 2026 ({DECREE})."
                ),
                f"0840-2200-0006: Nomor ini tercatat sebagai nomor {HELD}.",
                "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
            ],
        ),
    ],
    ids=["number", "account", "site", "suspended", "in part", "supervised", "two"],
)
def test_a_contact_of_a_company_is_told_with_what_is_held_against_it(
    text: str, tone: str, lines: list[str], ask: Callable[..., Tag]
) -> None:
    assert said(ask(text)) == (tone, lines)


def test_a_contact_on_a_past_day_is_told_by_that_day_and_today(ask: Callable[..., Tag]) -> None:
    assert said(ask("0840-2200-0001", day="14-11-2026"))[1][2] == (f"{AS} SIP3MI {REVOKED} dicabut sejak 15 November 2026 ({DECREE}).")
    assert said(ask("0840-2200-0003", day="31-10-2026"))[1][2] == (
        f"{AS} {FREED} dihentikan sementara sejak 1 Agustus 2026 ({DECREE}). Pada 1 November 2026 status {FREED} menjadi dalam pengawasan."
    )


# --- suspended in part ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tone", "lines"),
    [
        (
            "B.611/SIP2MI/III/2026",
            "high",
            [
                "Tercatat dihentikan sebagian",
                "SIP ini termasuk yang tercatat dihentikan",
                (
                    f"{AS} {PARTLY} dihentikan sebagian sejak 1 Oktober 2026 ({PART}). SIP B.611/SIP2MI/III/2026 untuk"
                    " pengemudi di Arab Saudi termasuk yang dihentikan."
                ),
            ],
        ),
        ("B.621/SIP2MI/III/2026", "high", ["Tercatat dihentikan sebagian", "SIP ini termasuk yang tercatat dihentikan"]),
        ("B.612/SIP2MI/III/2026", "med", ["Belum cukup untuk dicek", "Nomor SIP ini tercatat dalam register. Nomor saja tidak cukup"]),
        ("B.622/SIP2MI/III/2026", "med", ["Belum cukup untuk dicek", "Nomor SIP ini tercatat dalam register. Nomor saja tidak cukup"]),
        (
            PARTLY,
            "med",
            [
                "Tercatat dihentikan sebagian",
                "Perusahaan ini tercatat dihentikan sebagian. Nama saja tidak cukup",
                f"{AS} {PARTLY} dihentikan sebagian sejak 1 Oktober 2026 ({PART}).",
            ],
        ),
    ],
    ids=["country", "job", "another country", "another job", "name"],
)
def test_what_a_decree_stops_in_part(text: str, tone: str, lines: list[str], ask: Callable[..., Tag]) -> None:
    found = said(ask(text))
    assert (found[0], found[1][: len(lines)]) == (tone, lines)


def test_a_sip_that_is_stopped_is_marked_in_the_list_and_the_decree_named(ask: Callable[..., Tag]) -> None:
    main = ask(PARTLY)
    assert row(main, "Perusahaan") == [f"{PARTLY}, P3MI, status dihentikan sebagian pada {TODAY} ({PART})"]
    assert row(main, "SIP yang tercatat") == [
        "Arab Saudi, pengemudi, sampai 31 Desember 2027, termasuk yang dihentikan",
        "Malaysia, operator produksi, sampai 31 Desember 2027",
    ]


# --- a SIP that was -------------------------------------------------------------------------------

STANDS = f"{AS} pada {TODAY} {HELD} adalah P3MI dengan status aktif."


@pytest.mark.parametrize(
    ("to", "job", "tone", "lines", "fact"),
    [
        (
            "Qatar",
            "petugas keamanan",
            "high",
            ["Tercatat dicabut", "SIP perusahaan ini untuk Qatar tercatat dicabut"],
            "SIP B.631/SIP2MI/III/2026 untuk petugas keamanan di Qatar dicabut sejak 17 November 2026.",
        ),
        (
            "Korea Selatan",
            "tukang las",
            "med",
            ["Belum cocok dengan register", "Kuota SIP perusahaan ini untuk Korea Selatan tercatat habis"],
            "Kuota SIP B.632/SIP2MI/III/2026 untuk tukang las di Korea Selatan habis sejak 3 November 2026.",
        ),
        (
            "Singapura",
            "pekerja rumah tangga",
            "med",
            ["Tidak berlaku pada tanggal tawaran", "Masa berlaku SIP perusahaan ini untuk Singapura sudah lewat pada tanggal tawaran"],
            "SIP B.633/SIP2MI/III/2026 untuk pekerja rumah tangga di Singapura berlaku sampai 15 November 2026.",
        ),
        (
            "Hong Kong",
            "pekerja rumah tangga",
            "med",
            ["Tidak berlaku pada tanggal tawaran", "SIP perusahaan ini untuk Hong Kong belum berlaku pada tanggal tawaran"],
            "SIP B.634/SIP2MI/III/2026 untuk pekerja rumah tangga di Hong Kong berlaku mulai 1 Desember 2026.",
        ),
        (  # another job there has a SIP
            "Taiwan",
            "perawat lansia",
            "high",
            ["Tercatat dicabut", "SIP perusahaan ini untuk perawat lansia di Taiwan tercatat dicabut"],
            "SIP B.637/SIP2MI/III/2026 untuk perawat lansia di Taiwan dicabut sejak 17 November 2026.",
        ),
    ],
    ids=["revoked", "used up", "run out", "to begin", "another job"],
)
def test_a_sip_that_cannot_be_used_is_told_as_what_it_is(
    to: str, job: str, tone: str, lines: list[str], fact: str, ask: Callable[..., Tag]
) -> None:
    main = ask(offer(HELD, to=to, job=job, call="0840-2200-0006"))
    found = said(main)
    assert (found[0], found[1][:3], row(main, "SIP untuk tawaran ini")) == (tone, [*lines, f"{STANDS} {fact}"], [fact])


@pytest.mark.parametrize(
    ("to", "job", "title", "rest"),
    [
        ("Polandia", "operator produksi", "Polandia", "operator pabrik di Polandia"),
        ("Qatar", "operator produksi", "Qatar", "operator pabrik di Qatar"),  # its SIP there was for another job
        ("Taiwan", "tukang las", "tukang las di Taiwan", "tukang las di Taiwan"),  # it has one there, for another job
    ],
    ids=["never", "another job, revoked", "another job, valid"],
)
def test_what_no_sip_was_ever_for_is_told_so(to: str, job: str, title: str, rest: str, ask: Callable[..., Tag]) -> None:
    main = ask(offer(HELD, to=to, job=job, call="0840-2200-0006"))
    assert said(main)[1][1:3] == [
        f"Perusahaan ini terdaftar, tetapi register tidak mencatat SIP untuk {title}",
        f"{STANDS} Register tidak mencatat SIP perusahaan ini untuk {rest} pada tanggal itu.",
    ]
    assert row(main, "SIP untuk tawaran ini") == ["Tidak ditemukan dalam register"]


def test_of_several_countries_only_those_without_a_sip_are_told(ask: Callable[..., Tag]) -> None:
    text = f"Lowongan kerja ke Taiwan dan Polandia: operator produksi, {HELD}. Hubungi 0840-2200-0006."
    assert said(ask(text))[1][1] == "Perusahaan ini terdaftar, tetapi register tidak mencatat SIP untuk Polandia"
