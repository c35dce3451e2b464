"""*Lapor* in three steps: what each asks, what is carried along, what becomes of it."""

from __future__ import annotations

import html
import io
import re
import time
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
from PIL import Image

from patrol import models
from patrol.intake.tips import drafts, following, receipts, receiving
from patrol.public import carried, limits, report
from tests import factories
from tests.markup import only, value_of

pytestmark = pytest.mark.django_db
PAGE = "/lapor/"


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn())


def field(page: Any, name: str = "carried") -> str:
    """Of the last form with it."""
    found = re.findall(rf'name="{name}"\s+value="([^"]*)"', page.content.decode())
    return html.unescape(found[-1])


def post(client: Client, page: Any, **fields: Any) -> Any:
    return client.post(PAGE, {"carried": field(page)} | fields)


def told(client: Client, since: str = "", danger: str = "", **second: Any) -> Any:
    """The third step of a report."""
    first = client.get(PAGE)
    page = post(client, first, step="1", go="2", kind="account", words="Akun @loker_contoh menawarkan kerja", since=since, danger=danger)
    return post(client, page, step="2", go="3", **second)


def picture(name: str = "a.jpg", exif: bool = True) -> SimpleUploadedFile:
    out = io.BytesIO()
    one = Image.new("RGB", (300, 500), "white")
    data = Image.Exif()
    data[0x010E] = "rahasia Jalan Kenari"  # ImageDescription
    data.get_ifd(0x8825)[1] = "N"  # a place
    one.save(out, "JPEG", exif=data if exif else Image.Exif())
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def kept(waiting: Any) -> dict[str, str]:
    """What the waiting page sends again."""
    found = re.findall(r'<textarea name="(\w+)" hidden>([^<]*)</textarea>', waiting.content.decode())
    return {name: html.unescape(value) for name, value in found}


def number_of(page: Any) -> str:
    found = re.search(r'class="num16">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def test_three_steps_and_a_number(client: Client) -> None:
    page = told(client, where="Bandung", when="kemarin", since="paid", pictures=[picture()])
    assert models.Tip.objects.count() == 0
    sent = post(client, page, step="3", go="send", reach="1", contact="0812-0000-9911")
    tip = models.Tip.objects.get()
    assert (tip.kind, tip.words, tip.since, tip.office.code) == ("account", "Akun @loker_contoh menawarkan kerja", "paid", "bp3mi-jabar")
    assert receipts.hashed(receipts.read(number_of(sent))) == tip.receipt
    content = bytes(tip.pictures.get().content)
    assert (b"rahasia" in content, Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)) == (False, {})
    assert models.TipIdentity.objects.filter(tip=tip).exists()
    assert (models.TipDraftPicture.objects.count(), sent["Cache-Control"], sent.cookies) == (0, "no-store", {})


def test_nothing_but_the_first_step_is_asked_for(client: Client) -> None:
    sent = post(client, told(client), step="3", go="send")
    tip = models.Tip.objects.get()
    assert (sent.status_code, tip.where, tip.since, models.TipIdentity.objects.count()) == (200, "", "", 0)


@pytest.mark.parametrize(
    ("reach", "contact", "said"),
    [
        ("", "0840-0000-9911", "Anda menulis kontak, tetapi “Kirim tanpa nama” yang dipilih."),
        ("1", " ", "Tulis nomor WhatsApp atau surel Anda, atau pilih “Kirim tanpa nama”."),
        ("", " ", ""),
        ("1", "0840-0000-9911", ""),
    ],
)
def test_a_contact_is_neither_dropped_nor_kept_on_a_guess(client: Client, reach: str, contact: str, said: str) -> None:
    answer = post(client, told(client), step="3", go="send", reach=reach, contact=contact)
    page = BeautifulSoup(answer.content, "html.parser")
    asked = [" ".join(one.get_text().split())[: len(said)] for one in page.select(".err a[href='#contact'], .in.bad #k2")]
    assert asked == ([said] * 2 if said else [])
    assert models.Tip.objects.count() == (0 if said else 1)
    assert models.TipIdentity.objects.count() == (0 if said or not reach else 1)
    assert [one["value"] for one in page.select("#contact, [name=reach][checked]")] == ([reach, contact.strip()] if said else [])


@pytest.mark.parametrize(("reach", "go"), [("", "1"), ("", "2"), ("1", "1"), ("1", "2")])
def test_a_contact_stays_while_other_steps_are_changed(client: Client, reach: str, go: str) -> None:
    third = told(client)
    forms = [[one["value"] for one in form.select("button")] for form in BeautifulSoup(third.content, "html.parser").select("main form")]
    assert forms == [["send", "1", "2"]]  # one form, so that no button leaves the contact behind; Enter presses the first
    back = post(client, third, step="3", go=go, reach=reach, contact="0840-0000-9911")
    again = post(client, back, step="" if go == "1" else "2", go="3")
    page = BeautifulSoup(again.content, "html.parser")
    assert [one["value"] for one in page.select("#contact, [name=reach][checked]")] == [reach, "0840-0000-9911"]


@pytest.mark.parametrize(
    ("since", "danger", "said"),
    [("left", "1", ["Sudah berangkat", "Ada yang dalam bahaya"]), ("", "1", ["Ada yang dalam bahaya"]), ("left", "", ["Sudah berangkat"])],
)
def test_what_happened_and_the_danger_stand_on_lines_of_their_own(client: Client, since: str, danger: str, said: list[str]) -> None:
    page = BeautifulSoup(told(client, since=since, danger=danger).content, "html.parser")
    assert [one.get_text().strip() for one in page.select("dl > div:last-child > dd")] == said


def test_without_a_key_to_seal_with_no_contact_is_asked_for(client: Client, settings: Any) -> None:
    settings.IDENTITY_KEY = ""
    page = told(client)
    assert b'name="contact"' not in page.content
    post(client, page, step="3", go="send", reach="1", contact="0812-0000-9911")
    assert models.TipIdentity.objects.count() == 0


def test_what_was_written_is_there_when_one_goes_back(client: Client) -> None:
    page = told(client, where="Bandung", since="left", danger="1")
    first = post(client, page, step="", go="1")
    text = re.sub(r"\s+", " ", first.content.decode())
    assert "Akun @loker_contoh menawarkan kerja</textarea>" in text
    assert 'value="left" checked' in text
    assert 'name="danger" value="1" checked' in text
    second = post(client, first, step="1", go="2", kind="person", words="lain")
    assert 'value="Bandung"' in second.content.decode()


def test_the_first_step_says_what_is_missing(client: Client) -> None:
    page = post(client, client.get(PAGE), step="1", go="2", kind="advert", words=" ")
    assert 'href="#words"' in page.content.decode()
    assert models.Tip.objects.count() == 0


def test_one_form_sent_twice_is_one_report_with_one_number(client: Client) -> None:
    page = told(client)
    numbers = {number_of(post(client, page, step="3", go="send")) for _turn in range(2)}
    assert (len(numbers), models.Tip.objects.count()) == (1, 1)


@pytest.mark.parametrize("change", ["danger", "contact", "picture"])
def test_a_form_sent_again_with_more_is_another_report_with_all_of_it(client: Client, change: str) -> None:
    page = told(client)
    first = post(client, page, step="3", go="send")
    contact = {"reach": "1", "contact": "0812-0000-9911"} if change == "contact" else {}
    if change == "danger":
        page = post(client, page, step="1", go="3", kind="account", words="Akun @loker_contoh menawarkan kerja", danger="1")
    if change == "picture":
        page = post(client, page, step="2", go="3", pictures=[picture()])
    second = post(client, page, step="3", go="send", **contact)
    old, new = models.Tip.objects.order_by("id")
    assert [receipts.hashed(receipts.read(number_of(one))) for one in (first, second)] == [old.receipt, new.receipt]
    added = {"danger": new.danger, "contact": models.TipIdentity.objects.filter(tip=new).exists(), "picture": new.pictures.exists()}
    assert added == {one: one == change for one in added}
    assert b"v high" not in first.content
    assert (b"v high" in second.content) == (change == "danger")


def test_a_form_sent_again_after_its_report_was_withdrawn_shows_no_dead_number(client: Client) -> None:
    page = told(client)
    first = number_of(post(client, page, step="3", go="send"))
    following.withdraw(receipt=receipts.hashed(receipts.read(first)), now=timezone.now())
    again = {number_of(post(client, page, step="3", go="send")) for _turn in range(2)}
    tip = models.Tip.objects.get(emptied_at=None)
    assert ({receipts.hashed(receipts.read(number)) for number in again}, models.Tip.objects.count()) == ({tip.receipt}, 2)


def test_the_number_can_be_taken_along_as_a_file(client: Client) -> None:
    sent = post(client, told(client), step="3", go="send")
    file = post(client, sent, go="number")
    assert (file.content.decode().strip(), file["Content-Disposition"]) == (number_of(sent), 'attachment; filename="catatan.txt"')


def test_nobody_has_a_number_before_the_report_is_sent(client: Client) -> None:
    page = told(client)
    early = post(client, page, step="3", go="number")
    assert (early["Content-Type"], early.has_header("Content-Disposition")) == ("text/html; charset=utf-8", False)
    inside = carried.opened("report", field(page))
    assert inside is not None
    assert "number" not in inside


def test_a_quarter_of_an_hour_after_it_was_sent_no_page_shows_the_number_again(client: Client) -> None:
    page = told(client)
    inside = carried.opened("report", field(page))
    assert inside is not None
    past = timezone.now() - timedelta(seconds=carried.SECONDS + 1)
    _tip, number = receiving.sent(told=report._report(inside), pictures=(), named=(), form=uuid.UUID(inside["key"]), now=past)
    old = {"carried": carried.seal(report.NUMBER, {"number": number, "at": past.timestamp()}), "go": "number"}
    answers = [post(client, page, step="3", go="send"), client.post(PAGE, old)]
    texts = [one.content.decode() for one in answers]
    assert [("lebih dari 15 menit" in text, receipts.spaced(number) in text) for text in texts] == [(True, False)] * 2
    assert models.Tip.objects.count() == 1


def test_nothing_travels_readable_or_changeable(client: Client) -> None:
    page = told(client)
    sealed = field(page)
    assert "loker_contoh" not in sealed
    changed = client.post(PAGE, {"carried": sealed[:-8] + "AAAAAAA=", "step": "3", "go": "send"})
    assert (changed.status_code, models.Tip.objects.count()) == (200, 0)
    assert carried.opened("status", sealed) is None


def test_after_a_quarter_of_an_hour_the_form_begins_anew_with_what_was_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get(PAGE)
    monkeypatch.setattr(carried, "SECONDS", -1)
    again = post(client, page, step="1", go="2", kind="person", words="Orang itu datang lagi")
    assert "Orang itu datang lagi</textarea>" in again.content.decode()


def test_at_the_last_step_too_all_that_was_written_goes_on_in_a_new_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = told(client, danger="1", where="Bandung")
    with monkeypatch.context() as later:
        later.setattr(carried, "SECONDS", -1)
        again = post(client, page, step="3", go="send", reach="1", contact="0812-0000-9911")
    assert ("Formulir terbuka lebih dari 15 menit" in again.content.decode(), models.Tip.objects.count()) == (True, 0)
    old, new = (carried.opened("report", field(one)) for one in (page, again))
    assert old is not None
    assert new is not None
    assert (new.pop("contact"), new.pop("reach"), new.pop("key") == old.pop("key"), new) == ("0812-0000-9911", True, False, old)
    third = post(client, again, step="1", go="3", kind=old["kind"], words=old["words"], danger="1")
    assert 'value="0812-0000-9911"' in third.content.decode()


def test_of_a_report_that_was_sent_or_is_gone_a_late_form_shows_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = told(client)
    post(client, page, step="3", go="send")
    monkeypatch.setattr(carried, "SECONDS", -1)
    sent = post(client, page, step="3", go="send").content.decode()
    monkeypatch.setattr(carried, "LATE", -1)
    gone = post(client, page, step="3", go="send").content.decode()
    assert ["loker_contoh" in text for text in (sent, gone)] == [False, False]
    assert ("Laporan ini dikirim lebih dari 15 menit" in sent, "Mulai lagi" in gone, models.Tip.objects.count()) == (True, True, 1)


@pytest.mark.parametrize("letter", ["é", "😀"])
def test_the_longest_text_in_any_script_is_carried(client: Client, letter: str) -> None:
    page = post(client, client.get(PAGE), step="1", go="2", kind="advert", words=letter * models.Tip.LONGEST_WORDS)
    post(client, post(client, page, step="2", go="3"), step="3", go="send")
    assert models.Tip.objects.get().words == letter * models.Tip.LONGEST_WORDS
    long = post(client, client.get(PAGE), step="1", go="2", kind="advert", words=letter * 12_600)
    assert "terlalu panjang" in long.content.decode()
    assert carried.opened("report", field(long)) is not None


def test_what_is_not_sent_leads_away_after_an_hour_and_the_number_stays(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = told(client)
    sent = post(client, page, step="3", go="send")
    first = client.get(PAGE)
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn(30))
    waiting = post(client, page, step="3", go="send", reach="1", contact="0812-0000-9911")
    assert [one["Refresh"] for one in (page, waiting)] == ["3600; url=/keluar/"] * 2
    assert [one.has_header("Refresh") for one in (first, sent)] == [False, False]
    assert "9911" not in waiting.content.decode()


def test_a_checked_offer_comes_along(client: Client) -> None:
    page = client.post(PAGE, {"from": "check", "text": "Loker Kamboja 15 juta"})
    assert "Loker Kamboja 15 juta</textarea>" in page.content.decode()


@pytest.mark.parametrize(("files", "told_"), [(["a"], 1), (["a"] * 6, 0)])
def test_pictures_are_counted_and_can_be_taken_out(client: Client, files: list[str], told_: int) -> None:
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan")
    page = post(client, second, step="2", go="2", pictures=[picture() for _file in files])
    assert models.TipDraftPicture.objects.count() == told_
    post(client, page, step="2", go="3", drop="1")
    assert models.TipDraftPicture.objects.count() == 0


def test_what_is_no_picture_is_refused_in_one_sentence(client: Client) -> None:
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan")
    page = post(client, second, step="2", go="3", where="Bandung", pictures=[SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")])
    text = page.content.decode()
    assert (models.TipDraftPicture.objects.count(), 'value="Bandung"' in text, 'role="alert"' in text) == (0, True, True)


def test_a_refused_picture_is_named_and_the_others_are_to_be_chosen_again(client: Client) -> None:
    """Twice the fault was the same file: chosen again as told, it was refused again."""
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan")
    sent = [picture("brosur.jpg"), SimpleUploadedFile("palsu.jpg", b"<script>"), SimpleUploadedFile("kosong.jpg", b"")]
    page = BeautifulSoup(post(client, second, step="2", go="3", pictures=sent).content, "html.parser")
    said = (
        "palsu.jpg: Berkas bukan gambar JPEG, PNG, WebP, atau GIF, walaupun disebut gambar. kosong.jpg: Berkas gambar kosong."
        " Gambar ini juga belum diambil; pilih lagi: brosur.jpg."
    )
    assert ([one.get_text() for one in page.select("#p2")], models.TipDraftPicture.objects.count()) == ([said], 0)


@pytest.mark.parametrize(("held", "said"), [(3, "Pilih lagi paling banyak 2 di antaranya: a.jpg, b.jpg, c.jpg."), (5, "")])
def test_more_pictures_than_have_room_are_not_asked_for_again(client: Client, held: int, said: str) -> None:
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan")
    page = post(client, second, step="2", go="2", pictures=[picture() for _one in range(held)])
    full = post(client, page, step="2", go="3", pictures=[picture(name) for name in ("a.jpg", "b.jpg", "c.jpg")])
    told_ = [one.get_text() for one in BeautifulSoup(full.content, "html.parser").select("#p2")]
    assert told_ == [f"Paling banyak 5 gambar. Yang baru dipilih tidak ditambahkan. {said}".strip()]
    assert models.TipDraftPicture.objects.count() == held


def test_danger_is_told_in_a_form_without_a_file_so_that_it_waits_for_no_picture(client: Client) -> None:
    """What has a file beside it is a large body where the file is large: that waits for a turn, and goes where it comes too slowly."""
    first = client.get(PAGE).content.decode()
    asked = ("since", "danger")
    assert [first.count(f'name="{name}"') > 0 for name in asked] == [True, True]
    assert ("multipart" in first, 'type="file"' in first) == (False, False)
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan", danger="1")
    assert b"v high" in second.content
    inside = carried.opened("report", field(second))
    assert inside is not None
    assert inside["danger"] is True


@pytest.mark.parametrize("second", [{"since": "left"}, {"danger": "1"}])
def test_who_is_in_danger_reads_the_hotline_and_waits_for_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch, second: dict[str, str]
) -> None:
    """Not where everybody else behind the same address has to: for a picture, too, the report does not wait."""
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn(600, refused=True))
    page = told(client, **second, where="Bandung", pictures=[picture()])
    assert "Gambar tidak ikut" in page.content.decode()
    sent = post(client, page, step="3", go="send")
    assert [(one.status_code, b"v high" in one.content) for one in (page, sent)] == [(200, True), (200, True)]
    tip = models.Tip.objects.get()
    assert (tip.urgent, tip.where, tip.pictures.count(), models.TipDraftPicture.objects.count()) == (True, "Bandung", 0, 0)


def test_pictures_of_others_are_waited_for_by_the_sender_and_not_by_the_server(client: Client) -> None:
    second = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="Iklan")
    for _form in range(2):
        assert drafts.AT_ONCE.acquire(blocking=False)
    try:
        waiting = post(client, second, step="2", go="3", where="Bandung", pictures=[picture("satu.jpg"), picture("dua.jpg")])
    finally:
        drafts.AT_ONCE.release(2)
    assert (waiting.status_code, waiting["Retry-After"], models.TipDraftPicture.objects.count()) == (429, "15", 0)
    told = ('value="Bandung"', "Banyak gambar sedang dikirim saat ini. Tunggu 15 detik. Lalu pilih lagi gambar ini: satu.jpg, dua.jpg.")
    assert [words for words in told if words not in waiting.content.decode()] == []
    third = post(client, waiting, step="2", go="3", where="Bandung", pictures=[picture()])
    assert (models.TipDraftPicture.objects.count(), "Bandung" in third.content.decode()) == (1, True)


def other(client: Client, page: Any, **fields: Any) -> BeautifulSoup:
    """What the button of the other language leads to, with these fields of its form."""
    soup = BeautifulSoup(page.content, "html.parser")
    button = value_of(only(soup, "button.lang"), "formaction"), value_of(only(soup, "button.lang"), "value")
    answer = client.post(button[0], {"carried": field(page), "go": button[1]} | fields)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_the_other_language_keeps_what_was_typed_in_each_step_and_judges_nothing(client: Client) -> None:
    first = client.get(PAGE)
    empty = other(client, first, step="1", kind="person", words=" ")
    assert [one["value"] for one in empty.select("[name=kind][checked], .err")] == ["person"]
    soup = other(client, first, step="1", kind="person", words="Orang itu", since="paid", danger="1")
    assert (only(soup, "h1").get_text(), only(soup, "#words").get_text()) == ("What did you see?", "Orang itu")
    assert [one["value"] for one in soup.select("[checked]")] == ["person", "paid", "1"]
    second = post(client, first, step="1", go="2", kind="person", words="Orang itu")
    soup = other(client, second, step="2", where="Bandung", when="kemarin", pictures=["a.jpg"])
    assert [one["value"] for one in soup.select("#where, #when")] == ["Bandung", "kemarin"]
    assert "Then choose this picture again: a.jpg." in soup.get_text()
    third = post(client, second, step="2", go="3", where="Bandung")
    soup = other(client, third, step="3", reach="", contact="0840-0000-9911")
    assert [one["value"] for one in soup.select("#contact, [name=reach][checked], .err")] == ["", "0840-0000-9911"]
    assert (only(soup, "h1").get_text(), models.Tip.objects.count()) == ("Look it over, then send", 0)


def test_the_other_language_keeps_the_number_for_a_quarter_of_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = post(client, told(client, danger="1"), step="3", go="send")
    soup = other(client, sent)
    number = " ".join(only(soup, ".num16").get_text().split())
    assert (number, len(soup.select(".v.high"))) == (number_of(sent), 1)
    assert only(soup, "button.lang")["formaction"] == PAGE
    monkeypatch.setattr(carried, "SECONDS", -1)
    late = other(client, sent)
    assert (late.select(".num16"), "This report was sent more than 15 minutes ago." in only(late, ".err").get_text()) == ([], True)


def test_pictures_of_a_form_that_was_open_for_too_long_are_to_be_chosen_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed goes on, for a day; the pictures are gone by then."""
    page = told(client, where="Bandung", pictures=[picture(), picture()])
    monkeypatch.setattr(carried, "SECONDS", -1)
    again = post(client, page, step="3", go="send")
    assert "Pilih lagi 2 gambar Anda di langkah 2" in again.content.decode()
    new = carried.opened("report", field(again), seconds=60)
    assert new is not None
    assert (new["pictures"], new["where"], "loker_contoh" in new["words"]) == ([], "Bandung", True)


@pytest.mark.parametrize(
    ("kept", "new", "said"),
    [
        (
            1,
            ["satu.jpg", "dua.jpg"],
            "Pilih lagi 1 gambar Anda di langkah 2: gambar hanya disimpan 15 menit. Lalu pilih lagi gambar ini: satu.jpg, dua.jpg.",
        ),
        (0, ["satu.jpg"], "Periksa lagi, lalu lanjutkan. Lalu pilih lagi gambar ini: satu.jpg."),
    ],
)
def test_pictures_just_chosen_are_named_beside_those_that_ran_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, kept: int, new: list[str], said: str
) -> None:
    first = post(client, client.get(PAGE), step="1", go="2", words="Akun itu menagih uang muka")
    second = post(client, first, step="2", go="2", pictures=[picture() for _one in range(kept)])
    monkeypatch.setattr(carried, "SECONDS", -1)
    late = post(client, second, step="2", go="3", pictures=[picture(name) for name in new])
    assert said in late.content.decode()


@pytest.mark.parametrize(("hours", "stays"), [(2, True), (23.9, True), (24.1, False)])
def test_what_was_written_can_be_taken_over_for_a_day(client: Client, monkeypatch: pytest.MonkeyPatch, hours: float, stays: bool) -> None:
    page = told(client)
    began = time.time()
    monkeypatch.setattr(time, "time", lambda: began + hours * 3600)
    again = post(client, page, step="3", go="send").content.decode()
    assert ("@loker_contoh" in again, "Mulai lagi" in again, models.Tip.objects.count()) == (stays, not stays, 0)


def test_of_a_form_that_was_open_for_too_long_nothing_is_called_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = told(client)
    sent = post(client, told(client), step="3", go="send")
    missing = post(client, client.get(PAGE), step="1", go="2", kind="advert", words="")
    monkeypatch.setattr(carried, "SECONDS", -1)
    late = [post(client, page, step="3", go="send"), post(client, sent, go="number"), client.post(PAGE, {"carried": "", "step": "3"})]
    soups = [BeautifulSoup(one.content, "html.parser") for one in (*late, missing)]
    assert [only(one, ".err h2").get_text() for one in soups] == ["Halaman terlalu lama terbuka"] * 3 + ["Ada yang kurang"]
    assert [len(one.select(".err a[href='#words']")) + len(one.select(".f.bad")) for one in soups] == [1, 1, 1, 2]


@pytest.mark.parametrize("refused", [False, True])
def test_who_has_to_wait_loses_nothing(client: Client, monkeypatch: pytest.MonkeyPatch, refused: bool) -> None:
    page = told(client)
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn(30, refused=refused))
    waiting = post(client, page, step="3", go="send", reach="1", contact="0812-0000-9911")
    assert (waiting.status_code, waiting["Retry-After"], models.Tip.objects.count()) == (429, "30", 0)
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn())
    number = number_of(client.post(PAGE, kept(waiting)))
    tip = models.Tip.objects.get()
    assert tip.receipt == receipts.hashed(receipts.read(number))
    assert models.TipIdentity.objects.filter(tip=tip).exists()


def test_without_a_key_for_numbers_the_page_says_so(client: Client, settings: Any) -> None:
    settings.RECEIPT_KEY = ""
    assert [b"<form" in client.get(address).content for address in (PAGE, "/lapor/status/")] == [False, False]


def test_leaving_quickly_needs_no_script_and_is_kept_nowhere(client: Client, settings: Any) -> None:
    answer = client.get("/keluar/")
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, settings.PUBLIC_LEAVE, "no-store")
    assert [b"/keluar/" in client.get(address).content for address in (PAGE, "/lapor/status/")] == [True, True]


@pytest.mark.parametrize("address", [PAGE, f"/en{PAGE}", "/lapor/status/", "/en/lapor/status/"])
def test_a_page_is_light_asks_the_database_once_and_is_not_kept(client: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert (page.status_code, page["Cache-Control"], page.cookies, len(queries)) == (200, "no-store", {}, 1)
    assert len(page.content) < 20_000
    assert b"<script" not in page.content


def test_sending_asks_no_more_of_a_full_database(client: Client) -> None:
    counts = []
    for _turn in range(3):
        page = told(client)
        with CaptureQueriesContext(connection) as queries:
            post(client, page, step="3", go="send")
        counts.append(len(queries))
        models.Tip.objects.bulk_create(
            models.Tip(office=factories.office(), kind="advert", words=f"Iklan {n}", at=factories.NOW) for n in range(30)
        )
    assert counts == [9, 10, 10]  # one more where somebody has reported the same
