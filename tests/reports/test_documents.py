"""The PDF: made without a request to anywhere, marked, masked; and what a machine without Pango is told."""

from __future__ import annotations

import builtins
from datetime import datetime

import pytest

from patrol import vocabulary
from reports import checks, documents, sheets, summary
from reports.period import IsoWeek

NOW = datetime(2026, 11, 23, 10, tzinfo=vocabulary.LAW_ZONE)


@pytest.fixture
def edition(patrol):
    java = patrol.office("jateng", 'BP3MI "Jawa" \\Tengah')
    for hour in range(3):
        patrol.post(
            java, datetime(2026, 11, 17, hour, tzinfo=vocabulary.LAW_ZONE), contacts=(("phone", "+6284012345678"),)
        )
    supervisor = patrol.person("supervisor", java)
    return summary.freeze(office_id=java.pk, week=IsoWeek(2026, 47), note="<script>x</script>", by=supervisor, now=NOW)


@pytest.fixture
def without_pango(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    documents.available.cache_clear()
    yield
    documents.available.cache_clear()


def test_an_edition_as_pdf(edition):
    """Where Pango is missing this test fails: make test installs it, and a machine without says so in its summary."""
    content = documents.pdf(sheets.sheet(edition.read(), edition))
    assert content.startswith(b"%PDF-")
    assert b"+6284012345678" not in content


def test_nothing_is_fetched():
    with pytest.raises(ValueError, match="refers to nothing outside itself"):
        documents._refuse("http://127.0.0.1/x.css")


def test_a_machine_without_pango_says_so(edition, without_pango):
    assert documents.available() is False
    assert [found.id for found in checks.pdf()] == ["reports.W001"]
    with pytest.raises(documents.NoPdfError):
        documents.pdf(sheets.sheet(edition.read(), edition))


def test_with_pango_the_check_is_silent():
    documents.available.cache_clear()
    assert (documents.available(), checks.pdf()) == (True, [])


def test_the_button_is_off_without_pango(client, edition, without_pango):
    client.force_login(edition.frozen_by)
    page = client.get(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/")
    assert page.context["pdf_link"] == ""
    assert f"/edisi/{edition.pk}/pdf/" not in page.content.decode()
    answer = client.get(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/pdf/", follow=True)
    assert answer.redirect_chain == [(f"/kerja/reports/weeklysummary/edisi/{edition.pk}/", 302)]
    assert len(answer.context["messages"]) == 1


def test_a_name_cannot_leave_its_css_string():
    assert sheets.css_text('a"}</style>b\\ç') == "a\\22 \\7d \\3c /style\\3e b\\5c ç"
