"""*Status*: whoever has the number reads, answers and withdraws."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patrol import models
from patrol.intake.tips import drafts, ending, following, handling, receipts
from patrol.public import carried, limits
from tests import factories
from tests.intake.tips import reporting
from tests.markup import only, value_of
from tests.public.test_report import field, other, picture

pytestmark = pytest.mark.django_db
PAGE = "/lapor/status/"
NUMBER = receipts.draw()


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn())


@pytest.fixture
def tip() -> models.Tip:
    return reporting.report(number=NUMBER, now=timezone.now(), contact=reporting.CONTACT)


def opened(client: Client, number: str = NUMBER) -> Any:
    return client.post(PAGE, {"carried": field(client.get(PAGE)), "number": receipts.spaced(number)})


def act(client: Client, page: Any, go: str, **fields: Any) -> Any:
    return client.post(PAGE, {"carried": field(page), "go": go} | fields)


def said(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_number_opens_the_report(client: Client, tip: models.Tip) -> None:
    page = opened(client)
    text = said(page)
    assert f"Laporan berakhiran {NUMBER[-4:]}" in text
    assert "Ditangani BP3MI Jawa Barat" in text
    assert reporting.OFFER in text
    assert NUMBER not in text
    assert reporting.CONTACT not in text
    assert page["Cache-Control"] == "no-store"
    assert page["Refresh"] == "900; url=/keluar/"


def test_messages_go_both_ways_and_name_no_officer(client: Client, tip: models.Tip) -> None:
    officer = factories.person(name="Petugas Kenari Contoh")
    handling.write(tip_id=tip.pk, text="Nomor mana?", asks=True, seen_version=1, by=officer, now=timezone.now())
    page = opened(client)
    assert ("Nomor mana?" in said(page), "Kenari" in said(page), 'aria-current="step"> <b>Kami bertanya' in said(page)) == (
        True,
        False,
        True,
    )
    answer = act(client, page, "reply", text="Nomor 0812-0000-7777", pictures=[picture()])
    assert "Nomor 0812-0000-7777" in said(answer)
    message = tip.messages.get(by=None)
    assert (message.text, message.pictures.count()) == ("Nomor 0812-0000-7777", 1)
    act(client, page, "reply", text="Nomor 0812-0000-7777")  # the same page once more
    assert tip.messages.filter(by=None).count() == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Ketik nomor yang Anda terima: 16 angka."),
        (" - ", "Ketik nomor yang Anda terima: 16 angka."),
        ("4821 7703 9165 0288", "Ada satu angka yang salah atau dua angka tertukar."),
        ("482177039156", "Nomor itu 16 angka. Yang diketik baru 12."),
        ("4821-7703-9156-028", "Nomor itu 16 angka. Yang diketik baru 15."),
        ("4821 7703 9156 0288 0", "Nomor itu 16 angka. Yang diketik lebih banyak."),
        ("0" * 200, "Nomor itu 16 angka. Yang diketik lebih banyak."),
        ("<script>", "Nomor hanya terdiri atas angka. Hapus huruf dan tanda lain."),
        ("4821 7703 9156 028x", "Nomor hanya terdiri atas angka. Hapus huruf dan tanda lain."),
        ("٤٨٢١٧٧٠٣٩١٥٦٠٢٨٨", "Nomor hanya terdiri atas angka. Hapus huruf dan tanda lain."),
    ],
)
def test_what_is_no_number_is_told_why_without_asking_anybody(
    client: Client, typed: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: pytest.fail("asked for a turn"))
    monkeypatch.setattr(receipts, "hashed", lambda _digits: pytest.fail("hashed"))
    form = client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        page = client.post(PAGE, {"carried": field(form), "number": typed})
    asked = [query["sql"] for query in queries]  # the register's day, which stands at the foot of each page, and nothing else
    assert (page.status_code, len(asked), "patrol_registeredition" in asked[0]) == (200, 1, True)
    told = BeautifulSoup(page.content, "html.parser")
    assert [one.get_text() for one in told.select("#n2")] == [why]
    assert ([one.get_text().strip() for one in told.select(".err h2")] == ["Ada yang kurang"]) == (not typed.strip(" -"))


def test_unknown_withdrawn_and_run_out_look_and_last_the_same(client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the page: the same bytes, headers, questions in their order and hashes, but for what is drawn for each answer."""
    act(client, act(client, opened(client), "withdraw"), "withdrawn")
    ran_out, unknown, hashes, slow = receipts.draw(), receipts.draw(), [], receipts.hashed
    closed = reporting.report(number=ran_out, words="Lain sekali")
    handling.close(tip_id=closed.pk, outcome="acted", text="Selesai.", seen_version=1, by=factories.person(), now=factories.NOW)
    models.Tip.objects.filter(pk=closed.pk).update(closed_at=factories.NOW - timedelta(days=1))
    assert ending.run_out(now=factories.NOW + timedelta(days=90)) == 1

    def hashed(digits: str) -> str:
        hashes.append(digits)
        return slow(digits)

    monkeypatch.setattr(receipts, "hashed", hashed)
    told = []
    for number in (unknown, NUMBER, ran_out):
        form = field(client.get(PAGE))
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(PAGE, {"carried": form, "number": receipts.spaced(number)})
        content = answer.content.decode().replace(receipts.spaced(number), "NUMBER").replace(field(answer), "CARRIED")
        asked = [query["sql"].replace(slow(number), "HASH") for query in queries]
        told.append((answer.status_code, answer.headers.items(), content, asked))
    assert (told[0] == told[1] == told[2], hashes) == (True, [unknown, NUMBER, ran_out])
    assert [sql.split('FROM "')[1].split('"')[0] for sql in told[0][3]] == ["patrol_tip", "patrol_objection", "patrol_registeredition"]
    assert "Tidak ada laporan terbuka dengan nomor ini" in told[0][2]


def test_withdrawing_says_what_goes_and_then_it_is_gone(client: Client, tip: models.Tip) -> None:
    asks = act(client, opened(client), "withdraw")
    assert "isi laporan Anda" in said(asks)
    assert models.Tip.objects.get().emptied_at is None
    done = act(client, asks, "withdrawn")
    tip.refresh_from_db()
    assert (tip.words, tip.receipt, models.TipIdentity.objects.count(), "sudah ditarik" in said(done)) == ("", None, 0, True)


def test_the_page_says_that_a_case_holds_the_text(client: Client, tip: models.Tip) -> None:
    flag, officer = factories.flag(), factories.person()
    handling.join(tip_id=tip.pk, flag=flag.number, seen_version=1, by=officer, now=timezone.now())
    case = models.Case.objects.create(number="PKR-26-0001", title="Uji", office=flag.office, opened_by=officer, opened_at=factories.NOW)
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=officer, added_at=factories.NOW)
    asks = act(client, opened(client), "withdraw")
    assert "Isi laporan Anda tetap ada" in said(asks)
    assert "Isi laporan tetap ada" in said(act(client, asks, "withdrawn"))
    assert models.Tip.objects.get().words == reporting.OFFER


def test_both_pages_of_withdrawing_say_that_what_an_officer_stored_stays(client: Client, tip: models.Tip) -> None:
    handling.take_in(
        tip_id=tip.pk, words="Loker", link="", pictures=[], key=uuid.uuid4(), seen_version=1, by=factories.person(), now=timezone.now()
    )
    asks = act(client, opened(client), "withdraw")
    pages = [said(asks), said(act(client, asks, "withdrawn"))]
    assert ["yang sudah disimpan petugas tetap ada" in page for page in pages] == [True, True]


def test_after_a_quarter_of_an_hour_the_number_is_asked_again(client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(client)
    monkeypatch.setattr(carried, "SECONDS", -1)
    again = act(client, page, "reply", text="terlambat")
    assert (reporting.OFFER in said(again), tip.messages.count(), b'name="number"' in again.content) == (False, 0, True)


def test_going_back_and_sending_the_number_again_later_opens_nothing(
    client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = field(client.get(PAGE))
    typed = [{"carried": form, "number": one} for one in (receipts.spaced(NUMBER), "4821 7703 9165 0288")]
    assert reporting.OFFER in said(client.post(PAGE, typed[0]))
    monkeypatch.setattr(carried, "SECONDS", -1)
    for answer in (client.post(PAGE, typed[0]), client.post(PAGE, {"number": typed[0]["number"]}), client.post(PAGE, typed[1])):
        text = said(answer)
        assert ("lebih dari 15 menit" in text, reporting.OFFER in text) == (True, False)
        assert [one["number"] in text for one in typed] == [False, False]


def test_each_answer_leads_away_by_itself(client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = act(client, opened(client), "withdraw")
    answers = [asks, opened(client, receipts.draw()), act(client, asks, "withdrawn")]
    form = field(client.get(PAGE))
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn(30))
    answers.append(client.post(PAGE, {"carried": form, "number": NUMBER}))
    assert ([one["Refresh"] for one in answers], answers[-1].status_code) == (["900; url=/keluar/"] * 4, 429)
    assert not client.get(PAGE).has_header("Refresh")


def test_news_that_is_late_is_said_to_be_late(client: Client) -> None:
    number = receipts.draw()
    reporting.report(number=number, now=timezone.now() - timedelta(days=11))
    assert "Kami terlambat memberi kabar" in said(opened(client, number))


def test_a_closed_report_says_its_end_and_takes_no_answer(client: Client, tip: models.Tip) -> None:
    officer = factories.person()
    handling.close(tip_id=tip.pk, outcome="acted", text="Sudah kami laporkan.", seen_version=1, by=officer, now=timezone.now())
    page = opened(client)
    assert ("Sudah kami laporkan." in said(page), b'name="text"' in page.content) == (True, False)
    assert "Laporan ini sudah selesai" in said(act(client, page, "reply", text="lagi"))
    assert tip.messages.count() == 1


def test_words_of_somebody_in_danger_wait_for_nobody_and_their_pictures_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tip = reporting.report(number=NUMBER, now=timezone.now(), danger=True)
    page = opened(client)
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn(30))
    monkeypatch.setattr(drafts, "drawn", lambda _content: pytest.fail("a picture was opened out of turn"))
    assert act(client, page, "reply", pictures=[picture()]).status_code == 429
    sent = act(client, page, "reply", text="Kami dikurung", pictures=[picture()])
    assert (sent.status_code, "Gambar tidak ikut" in said(sent)) == (200, True)
    assert [(one.text, one.pictures.count()) for one in tip.messages.all()] == [("Kami dikurung", 0)]


def test_an_answer_whose_pictures_have_to_wait_keeps_its_words_and_names_them(
    client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(client)
    for _form in range(2):
        assert drafts.AT_ONCE.acquire(blocking=False)
    try:
        waits = act(client, page, "reply", text="Ini <fotonya>", pictures=[picture("satu.jpg"), picture("dua.jpg")])
    finally:
        drafts.AT_ONCE.release(2)
    assert (waits.status_code, waits["Retry-After"], tip.messages.count()) == (429, "15", 0)
    assert "Tunggu 15 detik. Lalu pilih lagi gambar ini: satu.jpg, dua.jpg." in said(waits)
    assert "Ini &lt;fotonya&gt;</textarea>" in said(waits)
    broken = act(client, waits, "reply", text="Ini", pictures=[SimpleUploadedFile("tiga.jpg", b"GIF89a")])
    why = "tiga.jpg: Berkas gambar rusak atau terpotong."
    assert (why in said(broken), "Lalu pilih lagi" in said(broken), tip.messages.count()) == (True, False, 0)
    assert "Pesan Anda terkirim" in said(act(client, broken, "reply", text="Ini", pictures=[picture()]))
    assert [(one.text, one.pictures.count()) for one in tip.messages.all()] == [("Ini", 1)]


def test_an_answer_that_was_written_for_too_long_stands_in_its_box_once_the_number_is_typed_again(
    client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(client)
    with monkeypatch.context() as later:
        later.setattr(carried, "SECONDS", -1)
        late = act(client, page, "reply", text="Panjang & lama")
    assert ("Jawaban Anda belum dikirim" in said(late), tip.messages.count()) == (True, 0)
    wrong = client.post(PAGE, {"carried": field(late), "number": "1", "text": "Panjang & lama"})
    assert '<textarea name="text" hidden>Panjang &amp; lama</textarea>' in said(wrong)
    again = client.post(PAGE, {"carried": field(wrong), "number": NUMBER, "text": "Panjang & lama"})
    assert "Panjang &amp; lama</textarea>" in said(again)


@pytest.mark.parametrize("text", ["Ini fotonya", ""])
def test_an_answer_that_was_written_for_too_long_names_its_pictures(
    client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    page = opened(client)
    monkeypatch.setattr(carried, "SECONDS", -1)
    late = said(act(client, page, "reply", text=text, pictures=[picture("satu.jpg"), picture("dua.jpg")]))
    assert ("Jawaban Anda belum dikirim." in late, "Lalu pilih lagi gambar ini: satu.jpg, dua.jpg." in late) == (True, True)
    assert ("Halaman terlalu lama terbuka" in late, "Nomornya belum cocok" in late, tip.messages.count()) == (True, False, 0)
    assert "Lalu pilih lagi" not in said(act(client, page, "reply", text="Tanpa gambar"))


def test_an_answer_begun_is_there_again_after_a_withdrawal_was_thought_better_of(client: Client, tip: models.Tip) -> None:
    page = opened(client)
    button = only(BeautifulSoup(page.content, "html.parser"), "button[value=withdraw]")
    assert (button["form"], button["formenctype"]) == ("answer", "application/x-www-form-urlencoded")  # the names of pictures alone
    asks = act(client, page, "withdraw", text="Masih & mau", pictures=["a.jpg", ""])
    soup = BeautifulSoup(asks.content, "html.parser")
    kept = {
        value_of(one, "name"): one.get_text() or value_of(one, "value")
        for one in soup.select("#answer [name=text], #answer [name=pictures]")
    }
    assert kept == {"text": "Masih & mau", "pictures": "a.jpg"}
    back = BeautifulSoup(act(client, asks, "open", **kept).content, "html.parser")
    assert (only(back, "#text").get_text(), len(back.select(".err"))) == ("Masih & mau", 0)
    assert "Jawaban Anda belum dikirim. Lalu pilih lagi gambar ini: a.jpg." in back.get_text()
    assert tip.messages.count() == 0


def test_the_other_language_keeps_the_page_and_what_was_typed(client: Client, tip: models.Tip) -> None:
    typing = client.get(PAGE)
    soup = other(client, typing, number="4821 77", text="Panjang & lama")
    assert (only(soup, "#number")["value"], only(soup, "[name=text]").get_text(), soup.select(".err")) == ("4821 77", "Panjang & lama", [])
    page = opened(client)
    soup = other(client, page, text="Masih mau", pictures=["a.jpg"])
    assert (only(soup, "#text").get_text(), "Then choose this picture again: a.jpg." in soup.get_text()) == ("Masih mau", True)
    soup = other(client, act(client, page, "withdraw"), text="Masih mau")
    assert (only(soup, "h1").get_text(), only(soup, "[name=text]").get_text()) == ("Withdraw the report?", "Masih mau")
    handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=1, by=factories.person(), now=timezone.now())
    soup = other(client, opened(client), text="Masih mau")
    assert (only(soup, "#answer [readonly]").get_text(), tip.messages.filter(by=None).count()) == ("Masih mau", 0)


@pytest.mark.parametrize(("field_", "sent"), [("text", {"text": ""}), ("pictures", {"text": "Ini", "pictures": ["<script>"]})])
def test_an_error_stands_beside_the_field_it_is_of(client: Client, tip: models.Tip, field_: str, sent: dict[str, Any]) -> None:
    files = [SimpleUploadedFile("palsu.jpg", one.encode()) for one in sent.get("pictures", [])]
    page = BeautifulSoup(act(client, opened(client), "reply", **sent | {"pictures": files}).content, "html.parser")
    assert (only(page, ".err a")["href"], [one["for"] for one in page.select(".f.bad > label")]) == (f"#{field_}", [field_])
    assert only(page, f"#{field_}")["aria-describedby"] == only(page, ".f.bad > .e")["id"]


@pytest.mark.parametrize("since", ["closed", "withdrawn"])
def test_an_answer_that_has_no_box_any_more_is_shown_to_be_copied(client: Client, tip: models.Tip, since: str) -> None:
    shown = "readonly>Panjang &amp; lama</textarea>"
    page, form = opened(client), field(client.get(PAGE))
    if since == "closed":
        handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=1, by=factories.person(), now=timezone.now())
    else:
        ending.withdraw(tip.pk, now=timezone.now())
    late = client.post(PAGE, {"carried": form, "number": NUMBER, "text": "Panjang & lama"})
    assert (shown in said(late), tip.messages.filter(text="Panjang & lama").count()) == (True, 0)
    assert shown in said(act(client, page, "reply", text="Panjang & lama"))
    assert "readonly" not in said(client.post(PAGE, {"carried": form, "number": NUMBER}))


@pytest.mark.parametrize("what", ["closed", "full"])
def test_no_picture_is_opened_for_a_report_that_takes_none(
    client: Client, tip: models.Tip, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    page = opened(client)
    if what == "closed":
        handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=1, by=factories.person(), now=timezone.now())
    monkeypatch.setattr(following, "MOST_PICTURES", 0)
    monkeypatch.setattr(drafts, "drawn", lambda _content: pytest.fail("a picture was opened for nothing"))
    answer = said(act(client, page, "reply", text="lagi", pictures=[picture()]))
    assert ("Tidak ada yang dikirim" in answer, tip.messages.filter(by=None).count()) == (True, 0)


def test_the_same_in_english(client: Client, tip: models.Tip) -> None:
    page = client.post(f"/en{PAGE}", {"carried": field(client.get(PAGE)), "number": NUMBER})
    assert f"Report ending in {NUMBER[-4:]}" in said(page)


def test_a_page_asks_the_same_with_one_message_and_with_thirty(client: Client, tip: models.Tip) -> None:
    counts = []
    for _turn in range(2):
        form = field(client.get(PAGE))
        with CaptureQueriesContext(connection) as queries:
            client.post(PAGE, {"carried": form, "number": NUMBER})
        counts.append(len(queries))
        models.TipMessage.objects.bulk_create(models.TipMessage(tip=tip, text=f"pesan {n}", at=factories.NOW) for n in range(30))
    assert counts == [5, 6]  # and once for the pictures of all messages
