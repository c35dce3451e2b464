"""The PDF: made without a request to anywhere, marked, masked; and what a machine without Pango is told."""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from patrol import domain
from patrol.admin.shared.tile_layouts import DESTINATIONS, PROVINCES
from patrol.infra import printing
from reports import checks, documents, sheets, summary
from reports.figures import BlindWatch, Delay, Figures, Measure, OfficeRow, Row, Shared
from reports.models import WeeklySummary
from reports.period import IsoWeek, Quarter
from tests import pdf_boxes, pdf_text

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


def crowded(figures: Figures) -> Figures:
    """As full as a sheet gets, names and numbers as long as they get."""
    big = tuple(Row(code, 12_345 - 300 * place, 9_876) for place, code in enumerate(PROVINCES.spots))
    long = "BP3MI Nusa Tenggara Timur dan Pulau-Pulau di Sekitarnya"
    offices = tuple(OfficeRow(f"o{number}", f"{long} {number}", 12_345, 9_876, 1_234, 11_111, 10_000, 1_440) for number in range(36))
    blind = BlindWatch(f"Pantauan {long}", "telegram", ("2026-11-16", "2026-11-18"), domain.Sentence(long, long), 1_234)
    shared = Shared("bank_account", "BANK •••• •••• 2210", 1_234, 987, str(figures.period))
    return replace(
        figures,
        offices=offices,
        places=(*big, Row("", 12_345, 9_876)),
        provinces=("33", "34"),
        countries=tuple(Row(code, 12_345, 9_876) for code in (*DESTINATIONS.spots, "EC", "GY", "CR", "JM", "")),
        verdicts=tuple(Row(verdict, 12_345, 9_876) for verdict in domain.Verdict),
        delays=tuple(Delay(key, 12_345, 9, 10, 1_440, 2_000) for key in ("all", "high", "medium")),
        indicators=(shared,) * 8,
        blind=(blind,) * 5,
        measures=tuple(Measure(one.key, tuple(range(123_456, 123_468))) for one in figures.measures),
        days=tuple(replace(day, read=12_345, flagged=1_234, decided=12_345, read_before=9_999) for day in figures.days),
    )


@pytest.mark.parametrize("period", [IsoWeek(2026, 47), Quarter(2026, 4)])
def test_no_two_words_of_a_full_sheet_meet_and_none_leaves_the_page(edition: Any, period: Any) -> None:
    figures = crowded(summary.collect(office=None, period=period, now=NOW))
    note = "Cilacap dan Kendal: minta P4MI mendatangi sekolah yang disebut. " * 7
    frozen = WeeklySummary.objects.create(
        kind=period.kind,
        year=period.year,
        week=period.ordinal,
        edition=1,
        frozen_at=NOW,
        frozen_by=edition.frozen_by,
        sha256="0" * 64,
        note=note,
        figures={},
    )
    with translation.override("id"):
        found, outside = pdf_boxes.boxes(documents.html(sheets.sheet(figures, frozen)))
    assert len(found) > 1_000
    assert outside == []
    assert pdf_boxes.meeting(found) == []


def test_words_that_meet_are_found() -> None:
    """The control."""
    words = '<p style="margin:0">satu</p><p style="margin:-9px 0 0">dua</p><p style="white-space:nowrap">' + "tiga " * 90
    found, outside = pdf_boxes.boxes(f"<html lang=id><style>@page{{size:A4}}</style>{words}")
    assert [(one.text, other.text) for one, other in pdf_boxes.meeting(found)] == [("satu", "dua")]
    assert [one.text[:4] for one in outside] == ["tiga"]


def test_the_font_of_the_paper_is_the_one_that_is_shipped(edition: Any) -> None:
    content = documents.pdf(sheets.sheet(edition.read(), edition))
    told = "".join(pdf_text._streams(content).values())
    assert {font.partition("-")[0] for font in re.findall(r"/BaseFont /\w{6}\+([\w-]+)", told)} == {"Inter"}
    assert all(finders.find(address.removeprefix("/static/")) for _weight, address in documents.fonts())


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
