"""Long lists in a real Chromium: on a telephone nothing lies beside the screen, and a further page leads on and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from patrol import models
from tests import factories
from tests.browser.served import at, served
from tests.browser.test_case import opened

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]

TITLE = "Lowongan palsu ke Taiwan dengan judul yang panjang sekali, dikumpulkan dari banyak grup dan saluran di Jawa Barat"


def test_a_list_of_rows_fits_a_telephone(served: str) -> None:
    person = factories.person()
    case = opened(person, 1)
    models.Case.objects.filter(pk=case.pk).update(title=TITLE)
    models.ImportedFile.objects.create(kind="import", person=person, office=person.office, at=factories.NOW, name=TITLE, format="whatsapp")
    with at(served, person, "/kerja/patrol/case/") as page:
        page.set_viewport_size({"width": 390, "height": 844})
        for name in ("case", "importedfile", "office"):
            page.goto(f"{served}/kerja/patrol/{name}/")
            expect(page.locator("tbody tr").first).to_be_visible()
            assert page.evaluate("[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length") == 0
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_next_page_leads_on_and_back(served: str) -> None:
    person = factories.person()
    for number in range(31):
        models.ImportedFile.objects.create(
            kind="import", person=person, office=person.office, at=factories.NOW, name=f"berkas-{number}.csv", format="table"
        )
    with at(served, person, "/kerja/patrol/importedfile/") as page:
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(30)
        page.click("text=Berikutnya")
        expect(page).to_have_url(re.compile(r"page=2$"))
        expect(rows).to_have_count(1)
        expect(page.locator(".pager a")).to_have_text(["Ke halaman pertama"])
        page.click("text=Ke halaman pertama")
        expect(rows).to_have_count(30)
