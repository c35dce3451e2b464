"""The pages of imports, as an officer walks them: choose, look, import, see; nothing shown that should be masked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrol import models
from patrol.admin.officer import imports
from tests import factories
from tests.intake.formats import samples

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:patrol_importedfile_changelist", "admin:patrol_importedfile_add"
QUERIES = 6  # of the list, side bar, top bar and the row of the reading log included
PREVIEW, TAKE = "admin:patrol_importedfile_preview", "admin:patrol_importedfile_take"


@pytest.fixture
def client(settings: Any, tmp_path: Path) -> Client:
    settings.EVIDENCE_DIR = tmp_path
    (tmp_path / "static").mkdir()
    settings.STATIC_ROOT = tmp_path / "static"
    asks = Client(headers={"accept-language": "id"})
    asks.force_login(factories.person())
    return asks


def looked(client: Client, content: str, name: str) -> tuple[str, str]:
    answer = client.post(reverse(ADD), {"file": SimpleUploadedFile(name, content.encode())})
    page = answer.content.decode()
    found = re.search(r'name="upload" value="([^"]+)"', page)
    return page, found[1] if found else ""


def test_look_then_import_then_again(client: Client) -> None:
    name = "Chat WhatsApp dengan +62 840-1234-5678.txt"
    page, token = looked(client, samples.WHATSAPP_ANDROID_ID, name)
    assert models.Intake.objects.count() == 0
    assert "Dibutuhkan segera CS chat ke Kamboja" in page
    assert "840-1234-5678" not in re.sub(r'<input[^>]*name="chat"[^>]*>', "", page)
    done = client.post(reverse(TAKE), {"upload": token, "chat": "Info Kerja"}, follow=True).content.decode()
    intake = models.Intake.objects.get()
    assert (intake.state, intake.posts_new, intake.options["chat"]) == ("done", 4, "Info Kerja")
    assert "840-1234-5678" not in done
    client.post(reverse(TAKE), {"upload": token, "chat": "Info Kerja"})
    assert models.Intake.objects.count() == 1
    _page, token = looked(client, samples.WHATSAPP_ANDROID_ID, name)
    again = client.post(reverse(TAKE), {"upload": token, "chat": "Info Kerja"}, follow=True).content.decode()
    assert "Semua isi berkas ini sudah ada" in again


def test_a_choice_is_looked_at_again_before_it_counts(client: Client) -> None:
    page, token = looked(client, "Isi;Catatan\nLoker A;Loker B\n", "x.csv")
    assert "Platform baris ini tidak diketahui" in page
    page = client.post(reverse(PREVIEW), {"upload": token, "columns_text": "Catatan", "platform": "facebook"}).content.decode()
    assert "Loker B" in page
    assert "Loker A" not in page


TABLE = ("Isi;Catatan\nLoker A;Loker B\n", "x.csv")
CHAT = (samples.WHATSAPP_ANDROID_ID, "Chat WhatsApp dengan Info Kerja.txt")
LISTED = "Pilih salah satu yang ada di daftar."
TEXT = {"columns_text": "Isi"}


@pytest.mark.parametrize("name", [PREVIEW, TAKE])
@pytest.mark.parametrize(
    ("file", "sent", "field", "sentence"),
    [
        (TABLE, TEXT | {"platform": "friendster"}, "platform", LISTED),
        (TABLE, TEXT | {"zone": "Mars/Olympus"}, "zone", LISTED),
        (TABLE, TEXT | {"order": "ymd\0"}, "order", LISTED),
        (TABLE, TEXT | {"columns_url": "Kolom lain"}, "columns_url", LISTED),
        (TABLE, {"columns_text": "Isi\0"}, "columns_text", LISTED),
        (TABLE, {"columns_text": "", "columns_url": "Catatan"}, "columns_text", "Pilih kolom yang berisi teks."),
        (TABLE, {"columns_url": "Catatan"}, "columns_text", "Pilih kolom yang berisi teks."),
        (CHAT, {"chat": "Info\0Kerja"}, "chat", "memuat karakter yang tidak dapat disimpan (NUL)"),
        (CHAT, {"chat": "k" * 201}, "chat", "paling banyak 200 karakter"),
        (CHAT, {"order": "ymd"}, "order", LISTED),
    ],
)
def test_a_choice_that_cannot_be_is_said_beside_it_and_nothing_is_read(
    name: str, file: tuple[str, str], sent: dict[str, str], field: str, sentence: str, client: Client
) -> None:
    _page, token = looked(client, *file)
    answer = client.post(reverse(name), {"upload": token, **sent})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    [said] = page.select(".err")
    box = page.select_one(f"[name={field}]")
    assert box
    assert said.find_parent(class_="fld") is box.find_parent(class_="fld") is not None
    assert (said["id"], box["aria-invalid"]) == (f"id_{field}_error", "true")
    assert said["id"] in str(box["aria-describedby"]).split()
    assert sentence in said.text
    chosen = {key: page.select_one(f"[name={key}] [selected]") for key in sent}
    assert {key: one["value"] for key, one in chosen.items() if one and one["value"]} == {
        key: value for key, value in sent.items() if key not in {field, "chat"} and value
    }
    assert (page.select(".btn.pri, .tiles, [role=alert]"), models.Intake.objects.count()) == ([], 0)


def test_a_heading_of_two_lines_is_a_column_like_any_other(client: Client) -> None:
    _page, token = looked(client, 'tautan,"Isi\nunggahan"\nhttps://contoh.example/1,Loker Taiwan\n', "x.csv")
    client.post(reverse(TAKE), {"upload": token, "columns_text": "Isi\r\nunggahan", "columns_url": "tautan", "platform": "web"})
    intake = models.Intake.objects.get()
    assert (intake.posts_new, intake.options["columns"]["text"]) == (1, "Isi\nunggahan")


def test_times_are_in_the_zone_of_the_office_where_nobody_says_another(client: Client) -> None:
    models.Office.objects.update(zone="Asia/Makassar")
    _page, token = looked(client, *CHAT)
    client.post(reverse(TAKE), {"upload": token, "chat": "Info Kerja"})
    assert models.Intake.objects.get().options["zone"] == "Asia/Makassar"


@pytest.mark.parametrize(
    ("content", "said"), [("halo dunia", "Isi berkas ini tidak dikenal"), ("03/04/26, 10:00 - A: b\n", "mana tanggal dan mana bulan")]
)
def test_what_cannot_be_imported_says_why_and_offers_no_button(client: Client, content: str, said: str) -> None:
    page, _token = looked(client, content, "Chat WhatsApp dengan A.txt")
    assert said in page
    assert 'class="btn pri"' not in page


def test_a_foreign_or_broken_word_leads_back_to_the_first_step(client: Client) -> None:
    _page, token = looked(client, "Isi,tautan\nLoker,https://contoh.example/1\n", "x.csv")
    other = Client()
    other.force_login(factories.person())
    for asks, word in ((other, token), (client, token + "x"), (client, f"{token}\0"), (client, "")):
        for name in (PREVIEW, TAKE):
            assert asks.post(reverse(name), {"upload": word})["Location"] == reverse(ADD)
            assert asks.post(reverse(name))["Location"] == reverse(ADD)
    assert models.Intake.objects.count() == 0


def test_hostile_text_stays_text(client: Client) -> None:
    page, token = looked(client, "Isi,tautan\n<script>alert(1)</script>,https://contoh.example/1\n", "<b>x</b>.csv")
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    done = client.post(reverse(TAKE), {"upload": token, "columns_text": "Isi", "columns_url": "tautan"}, follow=True).content.decode()
    assert "<b>x</b>" not in done


def test_the_list_of_problems_is_no_formula(client: Client) -> None:
    _page, token = looked(client, "Isi,waktu\nLoker,=1+1\n", "x.csv")
    client.post(reverse(TAKE), {"upload": token, "columns_text": "Isi", "columns_time": "waktu", "platform": "web"})
    answer = client.get(reverse("admin:patrol_importedfile_problems", args=[models.Intake.objects.get().pk]))
    assert answer.content.decode("utf-8-sig").splitlines()[1] == "baris 2,Waktu “=1+1” tidak terbaca."


def test_the_list_of_problems_is_as_inert_as_any_file(client: Client) -> None:
    """What a file said of a row stands in it: a spreadsheet takes other signs for = and parts a cell where the file was no comma's."""
    looked(client, "Isi\nLoker\n", "x.csv")  # makes whoever asks
    person = models.Person.objects.get()
    said = ["＝1+1", "Kolom;=1+1", "Waktu -", "−1"]
    row = models.Intake.objects.create(
        kind="import",
        person=person,
        office=person.office,
        at=factories.NOW,
        name="x.csv",
        format="table",
        problems=[{"where": "line:2", "id": one, "en": one, "code": "bad_time"} for one in said],
    )
    answer = client.get(reverse("admin:patrol_importedfile_problems", args=[row.pk]))
    lines = answer.content.decode("utf-8-sig").splitlines()[1:]
    assert lines == ["baris 2,'＝1+1", "baris 2,Kolom;'=1+1", "baris 2,Waktu -", "baris 2,'−1"]


def test_the_list_asks_as_much_for_thirty_imports_as_for_one(client: Client) -> None:
    def made(count: int) -> None:
        person = models.Person.objects.get()
        for _ in range(count):
            models.Intake.objects.create(kind="import", person=person, office=person.office, at=factories.NOW, name="x.csv", format="table")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(LIST)).status_code == 200
        return len(seen)

    made(1)
    assert queries() == QUERIES
    made(29)
    assert queries() == QUERIES


def test_the_example_file_imports_as_it_is(client: Client) -> None:
    example = client.get(reverse("admin:patrol_importedfile_example")).content
    answer = client.post(reverse(ADD), {"file": SimpleUploadedFile("contoh.xlsx", example)})
    token = re.search(r'name="upload" value="([^"]+)"', answer.content.decode())
    assert token is not None
    client.post(reverse(TAKE), {"upload": token[1], "columns_text": "teks", "columns_platform": "platform", "columns_url": "tautan"})
    assert models.Intake.objects.get().posts_new == 2


def test_columns_of_one_name_are_chosen_by_a_person(client: Client) -> None:
    page, token = looked(client, "Teks,TEKS,platform\nLoker satu,Loker dua,tiktok\n", "dua.csv")
    assert "Kolom “Teks” dan “TEKS” sama namanya. Pilih di bawah mana yang dipakai." in page
    assert '<option value="Teks" selected>' in page
    chosen = {"upload": token, "columns_text": "TEKS", "columns_platform": "platform"}
    assert "Loker dua" in client.post(reverse("admin:patrol_importedfile_preview"), chosen).content.decode()


@pytest.mark.parametrize(
    ("quoted", "shown"),
    [
        ("31/13/26 25.61", "31/13/26 25.61"),
        ("31/31/2026", "31/31/2026"),
        ("2026-13-01T10:00:00", "2026-13-01T10:00:00"),
        ("32.11.26, 10.30", "32.11.26, 10.30"),
        ("0840-1111-0001", "••••"),
        ("08/40/1111 00.01", "••••"),
        ("8830012345", "••••"),
        ("31/13/26 25.61 BCA 8830012345", "•••• BCA ••••"),
    ],
)
def test_a_day_that_cannot_be_read_is_shown_and_a_number_is_not(quoted: str, shown: str) -> None:
    told = {"id": f"Waktu “{quoted}” tidak terbaca.", "en": f"The time “{quoted}” cannot be read.", "where": "line:2"}
    assert imports.problem_row(told) == {"where": "baris 2", "sentence": f"Waktu “{shown}” tidak terbaca."}
