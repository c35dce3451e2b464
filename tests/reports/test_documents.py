"""The PDF: made without a request to anywhere, marked, masked; and what a machine without Pango is told."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from patrol import domain
from patrol.infra import printing
from reports import checks, documents, sheets, summary
from reports.period import IsoWeek
from tests import pdf_text

NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)


@pytest.fixture
def edition(patrol: Any) -> Any:
    java = patrol.office("jateng", 'BP3MI "Jawa" \\Tengah')
    for hour in range(3):
        patrol.post(java, datetime(2026, 11, 17, hour, tzinfo=domain.LAW_ZONE), contacts=(("phone", "+6284012345678"),))
    supervisor = patrol.person("supervisor", java)
    return summary.freeze(office_id=java.pk, period=IsoWeek(2026, 47), note="<script>x</script>", by=supervisor, now=NOW)


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    real = builtins.__import__

    def missing(name: Any, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    documents.available.cache_clear()
    yield
    documents.available.cache_clear()


def test_an_edition_as_pdf(edition: Any) -> None:
    """Where Pango is missing this test fails: make test installs it, and a machine without says so in its summary."""
    content = documents.pdf(sheets.sheet(edition.read(), edition))
    assert content.startswith(b"%PDF-")
    assert b"+6284012345678" not in content


# What is typed and brought -> what of it may be sealed; what may not, as letters and figures alone.
NOTE = "Catatan Melati: WA 0840.5550.1234, siti.kerja@pos.example, @laksita_kerja, 15.000.000 pada 23-11-2026"
NOTE_SEALED = "Catatan Melati: WA ••••, ••••, ••••, 15.000.000 pada 23-11-2026"
REASON = "Alasan Kenanga: 0840_5551_2345 dan https://wa.me/6284055523456?x=1 keliru"
REASON_SEALED = "Alasan Kenanga: •••• dan wa.me/•••• keliru"
CORES = (
    "84055501234",
    "sitikerjapos",
    "laksitakerja",
    "84055512345",
    "84055523456",
    "84055534567",
    "84055545678",
    "84055556789",
    "84055567890",
)


def letters(written: str) -> str:
    return "".join(filter(str.isalnum, written)).lower()


def sealed(patrol: Any) -> Any:
    """The correction of a week in which every field that is frozen was brought with contacts. Of a second week the watches were blind."""
    java = patrol.office("jateng", "BP3MI Jawa Tengah")
    begin = datetime(2026, 11, 17, tzinfo=domain.LAW_ZONE)
    made = patrol.watch(java, "Pantauan Dahlia 0840.5553.4567", since=datetime(2026, 9, 1, tzinfo=domain.LAW_ZONE))
    said = "Alamat Seruni 0840-5554-5678 tidak menjawab"
    for day in (16, 17, 18):
        problems = [{"code": "x", "permanent": False, "id": said, "en": said}]
        patrol.fetch(made, datetime(2026, 11, day, 9, tzinfo=domain.LAW_ZONE), "failed", problems=problems)
    patrol.watch(java, "Pantauan Anggrek 0840.5555.6789", since=begin)
    contacts = (("phone", "+6284055567890"), ("account", "telegram:laksita_kerja"), ("link", "https://wa.me/6284055523456"))
    for hour in range(3):
        patrol.post(java, begin.replace(hour=hour), contacts=contacts)
    supervisor = patrol.person("supervisor", java)
    summary.freeze(office_id=java.pk, period=IsoWeek(2026, 47), note="Awal", by=supervisor, now=NOW)
    return summary.freeze(office_id=java.pk, period=IsoWeek(2026, 47), note=NOTE, reason=REASON, by=supervisor, now=NOW)


def test_what_is_frozen_holds_no_contact(patrol: Any) -> None:
    edition = sealed(patrol)
    edition.refresh_from_db()
    assert (edition.note, edition.correction_reason) == (NOTE_SEALED, REASON_SEALED)
    kept = letters(json.dumps(edition.figures, ensure_ascii=False))
    assert [core for core in CORES if core in kept] == []
    # each of them is there, without it
    assert [word for word in ("Dahlia", "Seruni", "Anggrek", "telegram:laks") if letters(word) not in kept] == []


def test_the_pdf_says_what_was_frozen_and_no_contact(patrol: Any) -> None:
    edition = sealed(patrol)
    said = letters(pdf_text.said(documents.pdf(sheets.sheet(edition.read(), edition))))
    assert [core for core in CORES if core in said] == []
    shown = (NOTE_SEALED, REASON_SEALED, "Pantauan Dahlia", "Alamat Seruni", "+62 840-••••90", "telegram:laks••••ja", edition.number)
    assert [one for one in shown if letters(one) not in said] == []


def test_names_of_offices_are_frozen_without_contacts(patrol: Any) -> None:
    java = patrol.office("jateng", "BP3MI Cempaka 0840.5556.7890")
    patrol.post(java, datetime(2026, 11, 17, tzinfo=domain.LAW_ZONE))
    for office, by in ((java, patrol.person("supervisor", java)), (None, patrol.person("supervisor", patrol.directorate()))):
        edition = summary.freeze(office_id=office and office.pk, period=IsoWeek(2026, 47), by=by, now=NOW)
        kept = letters(json.dumps(edition.figures, ensure_ascii=False))
        said = letters(pdf_text.said(documents.pdf(sheets.sheet(edition.read(), edition))))
        assert [("84055567890" in text, "bp3micempaka" in text) for text in (kept, said)] == [(False, True)] * 2


def test_the_text_of_a_pdf_is_read_whole() -> None:
    """The control: what is not masked is found, with ligatures, over two fonts, in drawings and in the title."""
    import weasyprint  # noqa: PLC0415 -- loads Pango at import

    html = (
        "<html lang=id><title>Judul é</title><p>Kantor efficient: WA <b>0840.5550</b>.1234 <i>siti@pos.example</i></p>"
        '<svg viewBox="0 0 90 20"><text x="1" y="9">gambar 15</text></svg>'
    )
    said = pdf_text.said(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", custom_metadata=False))
    expected = ("Kantor efficient: WA 0840.5550.1234 siti@pos.example", "gambar 15", "Judul é")
    assert [one for one in expected if letters(one) not in letters(said)] == []


def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="refers to nothing outside itself"):
        printing.Given({})("http://127.0.0.1/x.css")


def test_a_machine_without_pango_says_so(edition: Any, without_pango: Any) -> None:
    assert documents.available() is False
    assert [found.id for found in checks.pdf()] == ["reports.W001"]
    with pytest.raises(documents.NoPdfError):
        documents.pdf(sheets.sheet(edition.read(), edition))


def test_with_pango_the_check_is_silent() -> None:
    documents.available.cache_clear()
    assert (documents.available(), checks.pdf()) == (True, [])


def test_the_button_is_off_without_pango(client: Any, edition: Any, without_pango: Any) -> None:
    client.force_login(edition.frozen_by)
    page = client.get(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/")
    assert page.context["pdf_link"] == ""
    assert f"/edisi/{edition.pk}/pdf/" not in page.content.decode()
    answer = client.get(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/pdf/", follow=True)
    assert answer.redirect_chain == [(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/", 302)]
    assert len(answer.context["messages"]) == 1


def test_a_name_cannot_leave_its_css_string() -> None:
    assert sheets.css_text('a"}</style>b\\ç') == "a\\22 \\7d \\3c /style\\3e b\\5c ç"
