"""The register by hand on its pages: the forms, the second person, the list, and the choice at an import."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrol import models
from patrol.admin.registrar import manual_words
from patrol.evidence import custody_log
from patrol.models import Role
from patrol.register import manual
from tests.admin.conftest import Door
from tests.factories import NOW
from tests.register import by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def registrar(door: Door) -> Client:
    return door(Role.REGISTRAR)


def at(name: str, *parts: Any, model: str = "manualchange", **query: Any) -> str:
    return reverse(f"admin:patrol_{model}_{name}", args=parts, query=query or None)


def text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def decree(**told: Any) -> dict[str, Any]:
    scan = SimpleUploadedFile("../<b>sk</b>.pdf", by_hand.SCAN)
    return {"decree": "SK Rekaan 7/2026", "decree_date": by_hand.TODAY.isoformat(), "scan": scan, **told}


def test_each_form_proposes_its_change_and_a_second_person_releases_it(registrar: Client, door: Door) -> None:
    by_hand.take()
    supervisor = door(Role.SUPERVISOR, code="directorate")
    day = by_hand.TODAY.isoformat()
    said = {
        "sip": (
            {"number": "B. 499/SIP2MI/XI/2026", "country": "Jepang", "valid_from": day, "valid_to": "2027-10-31"},
            "SIP B. 499/SIP2MI/XI/2026 (Jepang) ditambahkan, berlaku 23 Nov 2026 sampai 31 Okt 2027",
        ),
        "akhiri-sip": (
            {"number": "TW:B. 401/SIP2MI/IV/2026", "status": "revoked", "status_from": day},
            "SIP B. 401/SIP2MI/IV/2026 (Taiwan): dicabut sejak 23 Nov 2026",
        ),
        "status": ({"status": "suspended", "status_from": day}, "Status sanksi penuh sejak 23 Nov 2026"),
        "akhiri-status": ({"period": f"suspended:{day}", "status_to": "2026-11-30"}, "Status sanksi penuh berakhir pada 30 Nov 2026"),
        "kontak": ({"column": "accounts", "contact": "ig:laksita.rekaan"}, "Akun ig:laksita.rekaan ditambahkan"),
        "akhiri-kontak": ({"contact": "phones:0840-1111-0001"}, "Telepon 0840-1111-0001 dihapus"),
    }
    for number, (what, (typed, sentence)) in enumerate(said.items(), 2):
        agency = models.Agency.objects.get(edition__number=number - 1, name="PT Laksita Benua Rekaan")
        assert at("add", agency.pk, what) in registrar.get(at("change", agency.pk, model="agency")).content.decode()
        if what.startswith("akhiri"):
            offered = registrar.get(at("add", agency.pk, what)).content.decode()
            assert offered.count("<select") == offered.count('<option value="" selected>') > 0  # what stands first is nobody's choice
        answer = registrar.post(at("add", agency.pk, what), decree(**typed))
        assert answer.status_code == 302, (what, text(answer))
        change = models.ManualChange.objects.order_by("-id")[0]
        waits = supervisor.get(at("change", change.pk))
        assert (sentence in text(waits), "Sahkan sebagai edisi baru" in text(waits)) == (True, True), (what, text(waits))
        own = text(registrar.get(at("change", change.pk)))
        assert ("Sahkan sebagai edisi baru" in own, "orang lain yang mengesahkan" in own) == (False, True)
        done = supervisor.post(at("release", change.pk), {"seen_base": str(number - 1)})
        edition = models.RegisterEdition.objects.get(number=number)
        assert done["Location"] == at("change", edition.pk, model="registeredition")
        assert sentence in text(supervisor.get(done["Location"]))
    listed = text(registrar.get(at("changelist")))
    assert [listed.count(sentence) for _typed, sentence in said.values()] == [1] * 6


def test_a_form_says_beside_its_field_what_is_wrong_and_keeps_what_was_typed(registrar: Client) -> None:
    by_hand.take()
    agency = models.Agency.objects.get(name="PT Laksita Benua Rekaan")
    typed = {"number": "<script>alert(1)</script>", "country": "Wakanda", "valid_from": "2026-11-01", "valid_to": "2027-10-31"}
    page = registrar.post(at("add", agency.pk, "sip"), decree(**typed)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page
    assert (
        "Negara “Wakanda” tidak dikenal"
        in registrar.post(at("add", agency.pk, "sip"), decree(**{**typed, "number": "B. 7"})).content.decode()
    )
    missing = registrar.post(at("add", agency.pk, "status"), {"status": "revoked", "status_from": "2026-11-01"})
    assert missing.content.decode().count("Bidang ini tidak boleh kosong") == 3
    assert registrar.get(at("add", agency.pk, "lain")).status_code == 404
    assert models.ManualChange.objects.count() == 0


def test_who_proposed_cannot_release_and_a_refusal_needs_a_reason(registrar: Client, door: Door) -> None:
    by_hand.take()
    person = models.Person.objects.get(role=Role.REGISTRAR)
    change = by_hand.proposed(by=person)
    answer = registrar.post(at("release", change.pk), {"seen_base": "1"}, follow=True)
    assert "Orang lain yang harus menyetujui" in text(answer)
    second = door(Role.REGISTRAR)
    assert "tulis alasannya" in text(second.post(at("refuse", change.pk), {"note": " "}, follow=True))
    assert models.ManualAnswer.objects.count() == 0
    said = text(second.post(at("refuse", change.pk), {"note": "Nomor SK salah, lihat B.560/1234/2026"}, follow=True))
    assert "ditutup titik; yang disimpan: “Nomor SK salah, lihat B.••••”" in said
    assert "sudah menjawab usulan ini" in text(second.post(at("release", change.pk), {"seen_base": "1"}, follow=True))
    assert models.RegisterEdition.objects.count() == 1


def test_a_contact_that_another_company_has_is_told_with_its_name(registrar: Client) -> None:
    by_hand.take()
    told = "Register juga mencatat kontak ini pada PT Laksita Benua Rekaan."
    also = by_hand.proposed(
        agency="PT Wredasana Rekaan", **{**by_hand.PHONE, "typed": {"column": "phones", "contact": "+62 840 1111 0001"}}
    )
    own = by_hand.proposed(agency="PT Wredasana Rekaan", **by_hand.PHONE)
    ended = by_hand.proposed(kind="contact", ends=True, typed={"column": "phones", "contact": "0840-1111-0001"})
    pages = [registrar.get(at("change", change.pk)) for change in (also, own, ended)]
    assert [told in text(page) for page in pages] == [True, False, False]
    assert [f'href="{at("changelist")}">Semua perubahan manual</a>' in page.content.decode() for page in pages] == [True] * 3


def test_the_scan_is_given_out_under_a_name_of_ours_and_noted(registrar: Client) -> None:
    by_hand.take()
    change = by_hand.proposed()
    answer = registrar.post(at("scan", change.pk))
    assert answer.content == by_hand.SCAN
    assert answer["Content-Disposition"] == f'attachment; filename="sk-{change.scan.sha256[:12]}.pdf"'
    (logged,) = models.AuditEntry.objects.filter(verb="register.scan_opened")
    (row,) = models.CustodyEntry.objects.values_list("capture", "act", "minutes__number")
    assert row == (change.scan.pk, "taken", logged.after["minutes"])
    assert "Penyelia dapat mencetaknya" in text(registrar.get(at("change", change.pk)))
    assert list(custody_log.verify()) == []


def test_an_import_asks_for_each_that_its_files_do_not_hold(registrar: Client) -> None:
    by_hand.take()
    by_hand.released()
    by_hand.released(**by_hand.PHONE)
    revoked, phone = models.ManualChange.objects.order_by("id")
    agencies = by_hand.agencies(by_hand.LAKSITA.replace("0001", "0001;0840-1111-0009"), by_hand.WREDA)
    files = {"agencies": SimpleUploadedFile("p3mi.csv", agencies), "licences": SimpleUploadedFile("sip.csv", by_hand.licences())}
    looked = registrar.post(at("import", model="registeredition"), files)["Location"]
    page = registrar.get(looked).content.decode()
    assert ("ditambah manual, tidak ada di berkas" in page, "dikonfirmasi berkas" in page) == (True, True)
    assert re.findall(r'name="(manual_\d+)"\s+value="(\w+)"', page) == [(f"manual_{revoked.pk}", "keep"), (f"manual_{revoked.pk}", "end")]
    assert "checked" not in page[page.index("manual_") : page.index("perbedaan")]
    token = re.search(r'name="upload" value="([^"]+)"', page)
    assert token is not None
    asked = {"upload": token[1], "seen_base": "3"}
    for chosen in ({}, {f"manual_{revoked.pk}": "lain"}, {f"manual_{phone.pk}": "keep"}):
        answer = registrar.post(at("take", model="registeredition"), asked | chosen, follow=True)
        assert "dipertahankan atau diakhiri" in text(answer)
    assert models.RegisterEdition.objects.count() == 3
    registrar.post(at("take", model="registeredition"), asked | {f"manual_{revoked.pk}": "keep"})
    edition = models.RegisterEdition.objects.get(number=4)
    assert by_hand.held(edition) == [(revoked.pk, "kept"), (phone.pk, "confirmed")]
    shown = text(registrar.get(at("change", edition.pk, model="registeredition")))
    assert [word in shown for word in ("berlaku, dipertahankan saat impor", "dikonfirmasi berkas")] == [True, True]


def test_an_import_beneath_a_change_is_undone_from_its_page(registrar: Client) -> None:
    by_hand.take()
    wrong = by_hand.take(by_hand.agencies(by_hand.LAKSITA.replace("Cirebon", "Bandung"), by_hand.WREDA))
    by_hand.released()
    undo = at("undo", wrong.pk, model="registeredition")
    assert undo in registrar.get(at("change", wrong.pk, model="registeredition")).content.decode()
    assert "Perubahan manual sesudahnya tetap berlaku." in text(registrar.get(undo))
    registrar.post(undo)
    listed = text(registrar.get(at("changelist", model="registeredition")))
    assert (listed.count("dibatalkan oleh edisi 4"), models.RegisterEdition.objects.count()) == (1, 4)


def test_the_list_asks_as_much_for_thirty_changes_as_for_one(registrar: Client) -> None:
    by_hand.take()
    by_hand.released()
    asked = []
    for more in (0, 29):
        for number in range(more):
            by_hand.proposed(kind="contact", typed={"column": "phones", "contact": f"0840-1111-01{number:02d}"})
        registrar.get(at("changelist"))
        with CaptureQueriesContext(connection) as queries:
            answer = registrar.get(at("changelist"))
        asked.append(len(queries))
    assert (answer.content.decode().count('class="r36"'), asked[0]) == (30, asked[1])


def test_a_notice_leads_to_the_change(door: Door) -> None:
    by_hand.take()
    second = door(Role.REGISTRAR)
    change = by_hand.proposed()
    notices = text(second.get(reverse("admin:patrol_notice_changelist")))
    assert "PT Laksita Benua Rekaan: perubahan manual register menunggu orang kedua" in notices
    notice = models.Notice.objects.get(person__role=Role.REGISTRAR, kind="register_waits")
    opened = second.post(reverse("admin:patrol_notice_open", args=[notice.pk]))
    assert opened["Location"] == at("change", change.pk)
    manual.refuse(change_id=change.pk, note="Salah", by=notice.person, now=NOW + timedelta(hours=1))  # type: ignore[arg-type]
    assert set(models.Notice.objects.filter(read_at=None).values_list("kind", flat=True)) == {"register_refused"}


def test_each_state_has_its_words() -> None:
    assert set(manual_words.STATES) == {"waiting", "undone", *models.ManualAnswerKind, *models.ManualHold} - {"released"}
