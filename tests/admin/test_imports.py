"""The pages of imports, as an officer walks them: choose, look, import, see; nothing shown that should be masked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrol import models
from tests import factories
from tests.intake.formats import samples

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:patrol_importedfile_changelist", "admin:patrol_importedfile_add"
QUERIES = 8  # of the list, side bar and top bar included
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
