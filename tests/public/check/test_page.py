"""The form and what it takes, what is shown of whom, and what is told of numbers in reports."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw, ImageFont

from patrol import domain, models
from patrol.access import public_desk
from patrol.domain import ClaimKind
from patrol.domain.states import FlagState, ObjectionState
from patrol.models import Role
from patrol.pipeline import assessing, claiming
from patrol.public import limits, pages, uploads
from patrol.public.check import asked, photo, reported
from tests import factories
from tests.conftest import NOW, SUPERUSER_URL
from tests.engine.test_forgetting import TEXT, remembering
from tests.factories import register as register_again
from tests.markup import only, value_of
from tests.public.check.register import GOOD, PHONE, REVOKED, STRANGE, offer

pytestmark = pytest.mark.django_db

TITLES = [
    "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda",
    "The SIP for this offer is recorded. First make sure who is contacting you",
]
NOTHING = "Tempel atau tulis sesuatu, atau pilih foto."
UNREADABLE = "Kami tidak dapat membaca foto ini. Coba foto yang lebih terang, atau ketik nama perusahaan dan nomornya."


def errors(answer: Any) -> list[str]:
    return [one.get_text(" ", strip=True) for one in BeautifulSoup(answer.content, "html.parser").select(".err a")]


@pytest.mark.parametrize(
    ("sent", "said", "place"),
    [
        ({"text": "  \n "}, NOTHING, "text"),
        ({}, NOTHING, "text"),
        ({"text": "abc", "day": "kemarin"}, "Tulis tanggal seperti 18-11-2026, dan bukan tanggal yang belum tiba.", "day"),
        ({"text": "abc", "day": "31-02-2026"}, "Tulis tanggal seperti 18-11-2026, dan bukan tanggal yang belum tiba.", "day"),
        ({"text": "abc", "day": "24-11-2026"}, "Tulis tanggal seperti 18-11-2026, dan bukan tanggal yang belum tiba.", "day"),
    ],
)
def test_what_cannot_be_checked_is_said_above_the_form_and_what_was_written_stays(
    client: Client, sent: dict[str, str], said: str, place: str
) -> None:
    answer = client.post("/cek/", sent)
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, errors(answer)) == (422, [said])
    assert page.select_one(f".err a[href='#{place}']")
    assert page.select_one(f"#{place}")
    box = page.select_one("textarea")
    assert box
    assert box.get_text().strip() == sent.get("text", "").strip()
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_answer_is_asked_again_in_the_other_language(client: Client, register: None) -> None:
    sent = {"text": offer(GOOD) + '\nIa bilang "resmi" & cepat', "company": GOOD, "day": "18-11-2026"}
    for path, other, titles in (("/cek/", "/en/cek/", TITLES), ("/en/cek/", "/cek/", TITLES[::-1])):
        page = BeautifulSoup(client.post(path, sent).content, "html.parser")
        button = only(page, "button.lang")
        assert (button["formaction"], button["form"]) == (other, "check")
        carried = {value_of(one, "name"): one.get_text() for one in page.select("form#check textarea")}
        assert carried == sent
        again = BeautifulSoup(client.post(other, {**carried, "go": value_of(button, "value")}).content, "html.parser")
        assert [only(one, "h1").get_text() for one in (page, again)] == titles


def test_of_a_photograph_the_writing_is_asked_again(client: Client, register: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "writing", lambda _content: "Loker Taiwan")
    sent = {"text": "apakah benar?", "photo": SimpleUploadedFile("brosur.png", b"x")}
    page = BeautifulSoup(client.post("/cek/", sent).content, "html.parser")
    carried = {value_of(one, "name"): one.get_text() for one in page.select("form#check textarea")}
    assert carried == {"text": "Loker Taiwan\napakah benar?", "read": "1"}
    for path, heading in (("/en/cek/", "What we read in your photo"), ("/cek/", "Yang kami baca dari foto Anda")):
        page = BeautifulSoup(client.post(path, carried).content, "html.parser")
        assert (only(page, "blockquote").get_text(strip=True), heading in page.get_text()) == ("Loker Taiwan\napakah benar?", True)
        assert {value_of(one, "name"): one.get_text() for one in page.select("form#check textarea")} == carried


def test_an_answer_to_a_long_text_leads_to_the_form_in_the_other_language(client: Client, register: None) -> None:
    page = BeautifulSoup(client.post("/cek/", {"text": offer(GOOD) + "'" * 3_400}).content, "html.parser")
    assert ([one["href"] for one in page.select("a.lang")], page.select("form#check")) == (["/en/cek/"], [])


def test_the_other_language_keeps_what_was_typed_and_checks_nothing(client: Client, register: None) -> None:
    button = only(BeautifulSoup(client.get("/cek/").content, "html.parser"), "button.lang")
    assert (button["formaction"], button["form"], button["formenctype"]) == ("/en/cek/", "check", "application/x-www-form-urlencoded")
    sent = {"go": value_of(button, "value"), "text": "Loker & Taiwan", "company": "PT Contoh", "photo": "brosur.jpg"}
    answer = client.post("/en/cek/", sent)
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, only(page, "h1").get_text(), page.select(".err")) == (200, "Check an offer", [])
    assert (only(page, "#text").get_text(), only(page, "#company")["value"]) == ("Loker & Taiwan", "PT Contoh")
    assert ("Then choose this picture again: brosur.jpg." in page.get_text(), page.select("details[open]") != []) == (True, True)
    bare = BeautifulSoup(client.post("/en/cek/", sent | {"company": "", "photo": ""}).content, "html.parser")
    assert ("Then choose" in bare.get_text(), bare.select("details[open]")) == (False, [])


def test_the_form_asks_the_database_once_and_an_answer_five_times(client: Client, register: None, django_assert_num_queries: Any) -> None:
    """Which register is in force, its date for the foot of the page, the points, the trusted contacts, the switch."""
    client.post("/cek/", {"text": offer(GOOD)})  # the index of the register is made
    for many in (1, 30):
        text = "\n".join(offer(GOOD, call=f"0840-1111-{number:04d}") for number in range(many))
        with django_assert_num_queries(5):
            client.post("/cek/", {"text": text})
    with django_assert_num_queries(1):
        client.get("/cek/")
    with django_assert_num_queries(0):
        client.get("/tidak-ada/")


def test_details_stand_beside_the_text_as_lines_of_it(told: Callable[..., Tag]) -> None:
    main = told("", company=GOOD, country="Taiwan", job="perawat lansia", contact=STRANGE)
    assert "SIP tercatat, tetapi nomor ini tidak tercatat sebagai nomor perusahaan itu" in main.get_text()
    shown = main.select_one("blockquote")
    assert shown
    assert "Kontak: 0840-1111-0903" in shown.get_text()


def test_a_single_detail_is_asked_for_as_if_it_were_typed(told: Callable[..., Tag]) -> None:
    assert "Perusahaan ini tercatat dalam register. Nama saja tidak cukup" in told("", company=GOOD).get_text()


NO_OFFER = "Kami tidak membaca tawaran kerja ke luar negeri di sini"
UNKNOWN_COMPANY = "Kami tidak menemukan perusahaan ini dalam register"
UNKNOWN_SIP = "Nomor SIP ini tidak ditemukan dalam register"
PART = "Nomor SIP ini belum lengkap"
NAME_ALONE = "Perusahaan ini tercatat dalam register. Nama saja tidak cukup"
NUMBER_ALONE = "Nomor SIP ini tercatat dalam register. Nomor saja tidak cukup"
LICENSED = "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda"
NO_SIP = "Perusahaan ini terdaftar, tetapi register tidak mencatat SIP untuk {}"
INVENTED, BARE = "Maju Jaya Abadi", GOOD.removeprefix("PT ")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"company": INVENTED}, UNKNOWN_COMPANY),
        ({"company": f"{INVENTED} {STRANGE}"}, UNKNOWN_COMPANY),
        ({"company": "Taiwan Jaya"}, UNKNOWN_COMPANY),  # a name that sounds like an offer
        ({"company": INVENTED, "text": "apakah resmi?"}, UNKNOWN_COMPANY),
        ({"company": INVENTED, "country": "Taiwan"}, UNKNOWN_COMPANY),
        ({"company": INVENTED, "job": "sopir"}, UNKNOWN_COMPANY),
        ({"company": INVENTED, "contact": STRANGE}, UNKNOWN_COMPANY),
        ({"company": INVENTED, "country": "Taiwan", "job": "sopir"}, UNKNOWN_COMPANY),  # an offer, as the reader reads it
        ({"licence": "12345"}, UNKNOWN_SIP),
        ({"licence": "417"}, PART),
        ({"licence": "B.417"}, PART),
        ({"licence": "417/SIP2MI"}, PART),
        ({"licence": "C. 417"}, UNKNOWN_SIP),
        ({"licence": "41"}, UNKNOWN_SIP),
        ({"licence": "417", "country": "Taiwan"}, PART),
        ({"licence": "417", "company": BARE}, PART),
        ({"licence": "12345", "country": "Taiwan"}, UNKNOWN_SIP),
        ({"licence": "12345", "company": BARE}, UNKNOWN_SIP),
        ({"licence": "B.417/SIP2MI/III/2026"}, NUMBER_ALONE),
        ({"company": BARE}, NAME_ALONE),
        ({"company": BARE, "contact": STRANGE}, NAME_ALONE),
        ({"company": BARE, "country": "Polandia"}, NO_SIP.format("Polandia")),
        ({"company": BARE, "job": "sopir"}, NO_SIP.format("tawaran ini")),
        ({"company": "Contoh Laut Mandiri", "country": "Malaysia", "job": "operator pabrik"}, LICENSED),
        # What no field says is no name and no number: it is read as what it is.
        ({"company": "-"}, NO_OFFER),
        ({"licence": "tidak ada"}, NO_OFFER),
        ({"company": STRANGE}, "Nomor ini tidak ada dalam register."),
        ({"licence": PHONE}, f"Nomor ini tercatat sebagai nomor {GOOD}."),
        ({"company": "Loker Taiwan gaji besar"}, "Tawaran ini tidak menyebut perusahaan atau nomor SIP"),
        ({"company": INVENTED, "text": "Lowongan kerja di toko kue, Bandung. " * 6}, NO_OFFER),
        ({"text": INVENTED}, NO_OFFER),
        ({"contact": "nusakarya.contoh"}, f"Akun ini tercatat sebagai akun {GOOD}."),
        ({"contact": "@nusakarya.contoh"}, f"Akun ini tercatat sebagai akun {GOOD}."),
        ({"contact": "budi.loker"}, "Akun ini tidak ada dalam register."),
        ({"contact": "budi"}, "Akun ini tidak ada dalam register."),
        ({"contact": "nusa-karya.example"}, f"Situs ini tercatat sebagai situs {GOOD}."),
        ({"contact": "loker-rekaan.com"}, "Kami tidak membuka tautan."),
        ({"contact": "loker.id"}, "Kami tidak membuka tautan."),
        ({"contact": "12345"}, NO_OFFER),
        ({"contact": "pak budi"}, NO_OFFER),
        # The beginning of a number in the box itself: it was called a link, an offer that names nothing, or no offer.
        ({"text": "B. 417"}, PART),
        ({"text": "b.417"}, PART),
        ({"text": "B 417"}, PART),
        ({"text": "417"}, PART),
        ({"text": "Nomor SIP: 417"}, PART),
        ({"text": "SIP No. B 417"}, PART),
        ({"text": "B. 9417"}, UNKNOWN_SIP),
        ({"text": "sip 9417"}, UNKNOWN_SIP),
        ({"text": "9417"}, NO_OFFER),
        ({"text": "nomor 9417"}, NO_OFFER),
    ],
)
def test_a_company_or_a_sip_number_in_its_field_is_looked_up_though_nothing_offers_it(
    told: Callable[..., Tag], given: dict[str, str], title: str
) -> None:
    main = told(given.get("text", ""), **{name: value for name, value in given.items() if name != "text"})
    heading = main.select_one("h1")
    assert heading
    assert heading.get_text(" ", strip=True) == title


def test_a_part_of_a_sip_number_says_nothing_of_whose_it_is(told: Callable[..., Tag]) -> None:
    main = told("B. 417")
    shown = main.select_one("div.v")
    assert shown
    assert [one.get_text(" ", strip=True) for one in shown.select("p")] == [
        "Belum cukup untuk dicek",
        "Dalam register per 20 November 2026 ada nomor yang dimulai seperti B. 417. Nomor yang belum lengkap tidak dapat dicocokkan.",
        "Tulis seluruh nomor seperti dalam suratnya, sampai tahunnya, lalu cek lagi.",
    ]
    assert [one.get_text(" ", strip=True) for one in main.select("dl dd")] == ["Tidak disebut", "B. 417: belum lengkap"]
    assert "B. 417: not the whole number" in told("B. 417", "en").get_text()


def test_signs_are_numbered_as_they_stand_and_the_text_is_text(told: Callable[..., Tag]) -> None:
    sent = "Loker ke Polandia <b>gaji 22 juta</b>, PT Contoh Laut Mandiri. DP 3,5 juta dulu, transfer ke rekening pribadi. Visa turis dulu."
    shown = told(sent).select_one("blockquote")
    assert shown
    assert re.sub(r"\s+", " ", "".join(one for one in shown.find_all(string=True) if one.parent and one.parent.name != "sup")) == sent
    marks = [(mark.find(string=True), mark.sup.get_text() if mark.sup else "") for mark in shown.select("mark")]
    assert [number for _text, number in marks] == sorted((number for _text, number in marks), key=lambda n: int(n.split(",")[0]))
    names = [one.get_text() for one in told(sent).select("ol.n")[0].select("b")]
    assert names == ["Diminta uang di awal.", "Rekening pribadi.", "Visa turis."]


def test_what_stands_behind_the_first_twenty_thousand_letters_is_not_read(told: Callable[..., Tag]) -> None:
    assert "Kami tidak membaca tawaran" in told("x" * asked.MOST + offer(GOOD)).get_text()


def test_what_is_too_long_is_said_to_be_cut_and_details_and_photo_are_read_all_the_same(
    told: Callable[..., Tag], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = "Teks ini lebih panjang dari 20.000 karakter. Kami hanya membaca bagian awalnya."
    long = ("Lowongan kerja. " * asked.MOST)[: asked.MOST]
    assert [cut in told(text).get_text() for text in (long, long + "x")] == [False, True]
    main = told(long, company="PT Contoh Sinar Abadi Jaya", country="Taiwan", job="perawat lansia").get_text()
    assert ("Kami tidak menemukan perusahaan ini" in main, cut in main) == (True, True)
    monkeypatch.setattr(photo, "writing", lambda _content: offer(GOOD))
    sent = SimpleUploadedFile("f.png", b"0" * 90, content_type="image/png")
    page = client.post("/cek/", {"photo": sent, "text": long}).content.decode()
    assert ("SIP untuk tawaran ini tercatat" in page, cut in page) == (True, True)


def test_a_long_answer_stays_small(client: Client, register: None) -> None:
    text = (offer(GOOD, call=STRANGE) + " DP 3 juta dulu. ") * 200
    assert len(client.post("/cek/", {"text": text[: asked.MOST]}).content) < 100_000


def test_the_page_says_how_old_the_register_is_and_that_nothing_is_kept(client: Client, register: None) -> None:
    page = BeautifulSoup(client.get("/cek/").content, "html.parser").get_text(" ", strip=True)
    assert "surat izinnya (SIP) per 20 November 2026" in re.sub(r"\s+", " ", page)
    assert "Isi yang Anda tempel dipakai untuk cek ini saja, lalu dihapus." in re.sub(r"\s+", " ", page)


def test_reporting_is_offered_where_there_is_a_page_for_it(told: Callable[..., Tag]) -> None:
    """It hands over the text by a form, in no address."""
    main = told(offer(GOOD, call=STRANGE))
    form = main.select_one(".btns form")
    assert (form is not None) is pages.exists("report")
    if form is not None:
        assert form["method"] == "post"
        box = form.select_one("textarea[name=text]")
        assert box
        assert box.get_text() == offer(GOOD, call=STRANGE)


# --- a photograph ---------------------------------------------------------------------------------


def drawn(*lines: str) -> bytes:
    picture = Image.new("RGB", (900, 90 + 90 * len(lines)), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((40, 40 + 90 * number), line, "black", font=ImageFont.load_default(44))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


FLYER = ("LOWONGAN KERJA KE TAIWAN", "Perawat lansia, gaji 12 juta", "PT Contoh Sinar Abadi Jaya", "Hubungi 0840-1111-0903")


def test_a_photograph_is_read_and_answered_as_its_words(client: Client, register: None) -> None:
    sent = SimpleUploadedFile("brosur.png", drawn(*FLYER), content_type="image/png")
    answer = client.post("/cek/", {"photo": sent})
    page = BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
    assert answer.status_code == 200
    assert "Kami tidak menemukan perusahaan ini dalam register" in page
    assert "Yang kami baca dari foto Anda LOWONGAN KERJA KE TAIWAN" in page


@pytest.mark.parametrize("content", [b"", b"bukan gambar", b"\x89PNG\r\n\x1a\n" + b"0" * 50])
def test_what_is_no_readable_picture_says_what_to_do(client: Client, content: bytes) -> None:
    answer = client.post("/cek/", {"photo": SimpleUploadedFile("f.png", content, content_type="image/png")})
    assert (answer.status_code, errors(answer)) == (422, [UNREADABLE if content else NOTHING])


def test_both_processes_that_open_a_photograph_give_way_to_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    nice: list[int] = []
    monkeypatch.setattr(os, "setpriority", lambda _which, _pid, value: nice.append(value))
    photo.writing(drawn("Perawat lansia"))
    assert nice == [10, 10]


def test_a_picture_without_writing_is_unreadable() -> None:
    with pytest.raises(photo.UnreadableError):
        photo.writing(drawn())


def test_a_photograph_of_more_than_ten_megabytes_is_refused_before_it_is_opened(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "writing", pytest.fail)
    answer = client.post("/cek/", {"photo": SimpleUploadedFile("f.png", b"0" * (uploads.MOST + 1), content_type="image/png")})
    assert errors(answer) == ["Foto ini lebih besar dari 10 MB. Pilih yang lebih kecil, atau tangkapan layar."]


def test_whoever_comes_third_with_a_photograph_is_told_how_long_it_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two places are held by other connections to the database."""
    other = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with other.cursor() as cursor:
        for number in (1, 2):
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"patrol public photograph {number}"])
    counted: list[str] = []

    def turn(_request: object, what: str) -> limits.Turn:
        counted.append(what)
        return limits.Turn()

    monkeypatch.setattr(limits, "turn", turn)
    monkeypatch.setattr(photo, "writing", lambda _content: "halo")
    try:
        given = {"text": "Loker <Taiwan>", "company": "PT Contoh", "photo": SimpleUploadedFile("poster<b>.png", b"0" * 90, "image/png")}
        answer = client.post("/cek/", given)
        assert counted == []  # who waits for a place pays nothing for it
    finally:
        with other.cursor() as cursor:  # the server hears of a connection that was closed a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
        other.close()
    assert client.post("/cek/", {"photo": SimpleUploadedFile("f.png", b"0" * 90, content_type="image/png")}).status_code == 200
    assert counted == ["photo"]
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(photo.WAIT_SECONDS))
    told = ("Dua foto sedang dibaca saat ini.", "Tunggu 15 detik.", "Lalu pilih lagi gambar ini: poster&lt;b&gt;.png.")
    typed = ("Kami tidak menyimpannya.", ">Loker &lt;Taiwan&gt;</textarea>", 'value="PT Contoh"', "<details open>")
    assert [line for line in (*told, *typed) if line not in page] == []
    monkeypatch.setattr(limits, "turn", lambda *_args: limits.Turn(20, refused=True))
    given["photo"] = SimpleUploadedFile("f.png", b"0" * 90, content_type="image/png")
    refused = client.post("/cek/", given)
    assert (refused.status_code, "Loker &lt;Taiwan&gt;</textarea>" in refused.content.decode()) == (429, True)
    assert "Terlalu banyak kiriman dari sambungan ini. Coba lagi dalam 1 menit" in refused.content.decode()


def test_what_was_checked_is_forgotten_by_the_reader_too(told: Callable[..., Tag]) -> None:
    told(TEXT)
    book = claiming.current_book()
    assert book
    assert remembering(book) == set()


def test_an_upload_of_any_size_lies_in_memory(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # whatever makes a file fails
    monkeypatch.setattr(photo, "writing", lambda content: f"{len(content)} huruf")
    answer = client.post("/cek/", {"photo": SimpleUploadedFile("f.png", b"0" * 5_000_000, content_type="image/png")})
    assert answer.status_code == 200


@pytest.mark.parametrize("sign", ["'", '"', "&", "<", "😀", "PT Satu Dua Tiga{}, "])
def test_no_text_makes_a_page_heavy(client: Client, register: None, sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five signs are written as up to six each; many companies have a row each."""
    much = "".join(sign.format(chr(97 + n % 26) * 3) for n in range(1000)) if "{}" in sign else sign * 20_000
    scam = f"Loker Kamboja gaji 20 juta, tanpa visa kerja, transfer dulu 3 juta ke rekening pribadi. {much}"
    asked_ = [{"text": much}, {"text": scam}, {"text": scam, "day": "besok"}]
    answers = [client.post("/cek/", given) for given in asked_]
    monkeypatch.setattr(limits, "turn", lambda *_args: limits.Turn(20))
    answers.append(client.post("/cek/", {"text": much}))
    assert [answer.status_code for answer in answers] == [200, 200, 422, 429]
    assert [len(answer.content) for answer in answers if len(answer.content) >= 100_000] == []
    assert all(len(answer.content) > 20_000 for answer in answers[1:])  # as much of it as there is room for
    if sign == "'":
        assert "Teks ini hanya kami tampilkan sampai di sini." in answers[1].content.decode()


def test_a_usual_text_is_shown_and_carried_whole(client: Client, register: None) -> None:
    text = "Loker Kamboja gaji 20 juta, tanpa visa kerja, transfer dulu 3 juta & 'lain' <b>. " * 40
    page = BeautifulSoup(client.post("/cek/", {"text": text}).content, "html.parser")
    quote = page.select_one("blockquote")
    assert quote
    for number in quote.select("sup"):
        number.decompose()
    assert (quote.get_text() == text.strip(), "hanya kami tampilkan" in page.get_text()) == (True, False)
    assert page.select_one("textarea[name=text]").get_text().strip() == text.strip()  # type: ignore[union-attr]


# --- the numbers this desk prints itself ----------------------------------------------------------

OURS = {
    "id": "Nomor ini adalah hotline yang tertulis di halaman kami. Orang lain bisa menyebut nomor ini dalam tawarannya."
    " Tempel juga isi tawaran itu.",
    "en": "This number is the hotline written on our pages. Others may name this number in their offer. Paste that offer too.",
}
OUR_WHATSAPP = {
    "id": OURS["id"].replace("adalah hotline", "adalah nomor WhatsApp"),
    "en": OURS["en"].replace("the hotline", "the WhatsApp number"),
}


@pytest.mark.parametrize(
    ("hotline", "typed"),
    [
        ("0800-0000-000", "0800-0000-000"),
        ("0800-0000-000", "0800 0000 000"),
        ("0800-0000-000", "+628000000000"),
        ("0800-0000-000", "apakah 0800.0000.000 benar?"),
        ("+62 811-0000-111", "0811 0000 111"),  # also the WhatsApp number
        ("(021) 5550-199", "021 5550199"),
        ("150-000", "150000"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_hotline_is_told_as_the_hotline(settings: Any, client: Client, register: None, hotline: str, typed: str, language: str) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = hotline, "+62 811-0000-111"
    assert answered(client, typed, language) == OURS[language]


@pytest.mark.parametrize("typed", ["+62 811-0000-111", "0811 0000 111"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_whatsapp_number_is_told_as_that(settings: Any, client: Client, register: None, typed: str, language: str) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = "0800-0000-000", "+62 811-0000-111"
    assert answered(client, typed, language) == OUR_WHATSAPP[language]


def test_the_hotline_clears_nothing_beside_it_and_warns_of_nothing(settings: Any, client: Client, register: None) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = "0800-0000-000", ""
    row = "0800-0000-000: Nomor ini adalah hotline yang tertulis di halaman kami. Hal itu tidak menjamin isi teks lainnya"
    both = answered(client, f"0800-0000-000 atau {STRANGE}")
    assert (both.startswith("Nomor ini tidak ada dalam register."), f"{STRANGE}: Nomor ini tidak ada" in both) == (True, True)
    assert "0800-0000-000: Nomor ini adalah hotline" in both
    # In offers all else is said as without it; the number itself is no contact that the company does not list.
    for company in (GOOD, REVOKED, ""):
        text = offer(company)
        alone, beside = answered(client, text), answered(client, f"{text} Hotline 0800-0000-000.")
        assert beside.replace(f" {row}", "") == alone, company
        assert row in beside
    signs = client.post("/cek/", {"text": f"{offer(GOOD)} Hotline 0800-0000-000."}).content.decode()
    assert ("0800-0000-000: tidak ada dalam register" in signs, "<mark" in signs) == (False, False)
    assert row not in answered(client, f"{offer(GOOD)} Kode 08000000001, 10800-0000-000.")  # other numbers


# --- a link ---------------------------------------------------------------------------------------

HOTLINE = "Nomor ini adalah hotline yang tertulis di halaman kami."
OF_GOOD = {kind: f"{kind.capitalize()} ini tercatat sebagai {kind} {GOOD}." for kind in ("nomor", "akun", "situs")}
UNOPENED, NOT_LISTED, NO_ACCOUNT = (
    "Kami tidak membuka tautan.",
    "Nomor ini tidak ada dalam register.",
    "Akun ini tidak ada dalam register.",
)


@pytest.mark.parametrize(
    ("sent", "title", "lines"),
    [
        ("wa.me/62215550417", OF_GOOD["nomor"], []),
        ("https://api.whatsapp.com/send?phone=62215550417&text=Halo", OF_GOOD["nomor"], []),
        ("whatsapp://send?phone=62215550417", OF_GOOD["nomor"], []),
        ("wa.me/6284011110903", NOT_LISTED, []),
        ("t.me/+6284011110903", NOT_LISTED, []),
        ("instagram.com/nusakarya.contoh", OF_GOOD["akun"], []),
        ("https://www.instagram.com/nusakarya.contoh/", OF_GOOD["akun"], []),
        ("t.me/loker_taiwan", NO_ACCOUNT, []),
        ("wa.me/628000000000", HOTLINE, []),
        ("https://wa.me/628000000000?text=Halo", HOTLINE, []),
        ("nusa-karya.example", OF_GOOD["situs"], []),
        ("bit.ly/abc", UNOPENED, []),
        (
            f"instagram.com/nusakarya.contoh {STRANGE}",
            NOT_LISTED,
            [f"{STRANGE}: {NOT_LISTED}", f"instagram.com/nusakarya.contoh: {OF_GOOD['akun']}"],
        ),
        # A form is a site of its own, whatever number stands in its address.
        (
            "https://formulir.example/daftar?wa=62215550417",
            UNOPENED,
            [f"https://formulir.example/daftar?wa=62215550417: {UNOPENED}", f"+62215550417: {OF_GOOD['nomor']}"],
        ),
        (
            "https://formulir.example/daftar?wa=628000000000",
            UNOPENED,
            [f"https://formulir.example/daftar?wa=628000000000: {UNOPENED}", f"628000000000: {HOTLINE}"],
        ),
    ],
)
def test_a_link_to_an_account_or_a_number_is_told_once_as_that(
    settings: Any, told: Callable[..., Tag], sent: str, title: str, lines: list[str]
) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = "0800-0000-000", ""
    box = told(sent).select_one(".v")
    assert box
    heading, *rest, _now = [" ".join(line.get_text(" ", strip=True).split()) for line in box.select("h1, p:not(.tag)")]
    assert (heading, rest) == (title, lines)


# --- what is told of numbers in reports -----------------------------------------------------------

UNKNOWN = (
    "Nomor ini tidak ada dalam register dan belum ada dalam laporan yang sudah diperiksa. Itu tidak berarti nomor ini dapat dipercaya."
)
REVIEWED = "Nomor ini pernah disebut dalam laporan yang sudah diperiksa petugas. Jangan kirim uang atau dokumen."


def switched(on: bool) -> None:
    public_desk.change(tells_reviewed=on, by=factories.person(Role.SUPERVISOR, "directorate"), now=NOW)


def confirmed(flag: models.Flag, *, at: Any = None) -> models.Flag:
    at = at or NOW - timedelta(hours=1)
    models.Decision.objects.create(
        flag=flag,
        decision_key=f"00000000-0000-0000-0000-{flag.pk:012}",
        outcome=models.Outcome.CONFIRMED,
        reason="upfront_fee",
        by=factories.person(Role.OFFICER),
        at=at,
        effective_at=at + timedelta(seconds=10),
        state_before=flag.state,
        state_after=FlagState.CONFIRMED,
        level_then=flag.level,
        check_then=flag.current_check,
    )
    models.Flag.objects.filter(pk=flag.pk).update(state=FlagState.CONFIRMED, decided_at=at)
    return flag


def number_of(flag: models.Flag) -> str:
    return str(models.Indicator.objects.get(kind="phone", sightings__post=flag.post).value)


def answered(client: Client, number: str, language: str = "id") -> str:
    page = client.post("/en/cek/" if language == "en" else "/cek/", {"text": number})
    box = BeautifulSoup(page.content, "html.parser").select_one(".v")
    assert box
    return " ".join(line.get_text(" ", strip=True) for line in box.select("h1, p:not(.tag)"))


def test_a_number_in_a_confirmed_report_is_told_where_the_directorate_switched_it_on(client: Client, register: None) -> None:
    flag = confirmed(factories.flag())
    number = number_of(flag)
    off = answered(client, number)
    switched(True)
    assert (answered(client, number), answered(client, STRANGE)) == (REVIEWED, UNKNOWN)
    assert answered(client, number, "en") == "This number was named in a report that an officer has reviewed. Send no money or documents."
    assert (
        answered(client, STRANGE, "en")
        == "This number is neither in the register nor in a reviewed report. That does not mean it can be trusted."
    )
    switched(False)
    assert off == answered(client, number) == "Nomor ini tidak ada dalam register. Itu tidak berarti nomor ini dapat dipercaya."


def test_of_an_offer_its_reported_numbers_are_told_beside_the_register(client: Client, register: None) -> None:
    switched(True)
    flag = confirmed(factories.flag())
    number = number_of(flag)
    answer = client.post("/cek/", {"text": offer(GOOD, call=number)}).content
    box, page = BeautifulSoup(answer, "html.parser").select_one(".v"), answer.decode()
    assert box
    assert box["class"] == ["v", "high"]
    assert [" ".join(line.get_text(" ", strip=True).split()) for line in box.select("h1, p")] == [
        "Tanda bahaya kuat",
        "Nomor dalam teks ini pernah disebut dalam laporan yang sudah diperiksa petugas",
        (
            f"Menurut register per 20 November 2026, {GOOD} punya SIP untuk perawat lansia di Taiwan yang berlaku pada 23 November 2026."
            " Nomor telepon dalam tawaran Anda tidak ada dalam daftar nomor perusahaan itu. Nama perusahaan bisa dipakai orang lain."
        ),
        f"{number}: Nomor ini pernah disebut dalam laporan yang sudah diperiksa petugas",
        "Jangan kirim uang atau dokumen.",
    ]
    assert "Kami tidak menemukan tanda bahaya" not in page
    assert flag.number not in page


def test_beside_a_company_or_other_numbers_a_reported_number_comes_first(client: Client, register: None) -> None:
    """What is strong already keeps its words and names the number."""
    switched(True)
    number = number_of(confirmed(factories.flag()))
    in_text = "Nomor dalam teks ini pernah disebut dalam laporan yang sudah diperiksa petugas"
    line = f"{number}: Nomor ini pernah disebut dalam laporan yang sudah diperiksa petugas"
    assert answered(client, f"{GOOD}, {number}").startswith(in_text)
    assert line in answered(client, f"{GOOD}, {number}")
    assert answered(client, f"{PHONE} {STRANGE} {number}").startswith("Nomor ini pernah disebut dalam laporan")
    said = answered(client, offer(REVOKED, call=number))
    assert (said.startswith("Izin perusahaan ini tercatat dicabut"), line in said) == (True, True)


def test_the_number_of_a_company_or_of_this_desk_is_not_told_as_reported(client: Client, register: None, settings: Any) -> None:
    """A scam quotes them too."""
    switched(True)
    number = number_of(confirmed(factories.flag()))
    assert answered(client, number) == REVIEWED
    settings.PUBLIC_WHATSAPP = number
    assert answered(client, number) == OUR_WHATSAPP["id"]
    settings.PUBLIC_WHATSAPP = ""
    book = claiming.current_book()
    claim = domain.Claim(ClaimKind.PHONE, number, (0, 1))
    assert reported.among([claim], book, now=NOW) == frozenset({number})
    agency = models.Agency.objects.get(name=GOOD)
    register_again([{"name": GOOD, "phones": [*agency.phones, number]}])
    claiming._book_of.cache_clear()
    assert reported.among([claim], claiming.current_book(), now=NOW) == frozenset()


def test_only_the_first_five_numbers_of_a_text_are_asked_for(register: None) -> None:
    switched(True)
    number = number_of(confirmed(factories.flag()))
    others = [domain.Claim(ClaimKind.PHONE, f"+62840111109{n:02}", (n, n + 1)) for n in range(5)]
    claim = domain.Claim(ClaimKind.PHONE, number, (9, 10))
    assert reported.among([*others[:4], *others[:4], claim], None, now=NOW) == frozenset({number})
    assert reported.among([*others, claim], None, now=NOW) == frozenset()


@pytest.mark.parametrize("role", ["author", "profile"])
def test_whoever_wrote_the_post_is_not_told(client: Client, register: None, role: str) -> None:
    switched(True)
    number = number_of(confirmed(factories.flag()))
    models.Sighting.objects.filter(indicator__value=number).update(role=role)
    assert answered(client, number) == UNKNOWN


def test_while_somebody_objects_to_the_decision_its_numbers_are_not_told(client: Client, register: None) -> None:
    switched(True)
    flag = confirmed(factories.flag())
    by = factories.person()
    told = {"number": "KBR-26-0001", "decision": flag.decisions.get(), "office": flag.office, "side": "named", "how": "mail"}
    made = models.Objection.objects.create(**told, day=NOW.date(), entered_by=by, entered_at=NOW, due_at=NOW)
    assert answered(client, number_of(flag)) == UNKNOWN
    models.Objection.objects.filter(pk=made.pk).update(state=ObjectionState.WITHDRAWN, ended_by=by, ended_at=NOW)
    assert answered(client, number_of(flag)) == REVIEWED


def test_what_nobody_confirmed_was_taken_back_or_is_not_in_force_yet_is_not_told(client: Client, register: None) -> None:
    switched(True)
    assert answered(client, number_of(factories.flag())) == UNKNOWN
    assert answered(client, number_of(confirmed(factories.flag(), at=NOW - timedelta(seconds=5)))) == UNKNOWN


def test_of_whoever_was_harmed_nothing_is_told(client: Client, register: None) -> None:
    """Also where the same number is in a report that was confirmed."""
    switched(True)
    flag = confirmed(factories.flag())
    number = number_of(flag)
    assert answered(client, number) == REVIEWED
    [post] = factories.stored([factories.raw_post(f"{factories.ILLEGAL.format(phone=number)} Saya mau cerita di sini.")])
    assert assessing.read_due(now=NOW, limit=500).read
    harmed = models.Flag.objects.get(post=post)
    officer = factories.person(Role.OFFICER)
    models.Protection.objects.create(flag=harmed, office=harmed.office, by=officer, at=NOW)
    assert answered(client, number) == UNKNOWN


def test_the_switch_is_off_until_a_supervisor_of_the_directorate_turns_it_and_the_log_keeps_who() -> None:
    assert public_desk.tells_reviewed() is False
    with pytest.raises(PermissionDenied):
        public_desk.change(tells_reviewed=True, by=factories.person(Role.SUPERVISOR), now=NOW)
    assert models.PublicDeskChange.objects.count() == 0
    by = factories.person(Role.SUPERVISOR, "directorate")
    assert [public_desk.change(tells_reviewed=on, by=by, now=NOW) for on in (True, True, False)] == [True, False, True]
    kept = models.AuditEntry.objects.filter(verb="public_desk.changed").order_by("seq")
    assert [(row.before, row.after) for row in kept] == [
        ({"tells_reviewed": False}, {"tells_reviewed": True}),
        ({"tells_reviewed": True}, {"tells_reviewed": False}),
    ]
