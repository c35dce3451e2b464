"""A report from its first step to its end: on a small telephone with scripts off, an officer's answer between; pages clean and readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from patrol import models
from patrol.intake.tips import receipts
from tests import factories
from tests.browser import chromium
from tests.browser.served import at, served
from tests.browser.test_pages import DESK, TELEPHONE, inaccessible, untranslated

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]
SMALL = {"width": 360, "height": 640}


@pytest.fixture(autouse=True)
def _public(settings: Any, committed: None) -> None:
    settings.PUBLIC_DESK = "1"
    factories.offices()


_seen: list[str] = []


def seen(page: Page, mark: Locator) -> None:
    """For axe, at the end: its script does not run where scripts are off. `mark`: on the page that is meant, not on the one before."""
    expect(mark).to_be_visible()
    _seen.append(page.content())


@contextmanager
def telephone(served: str, path: str) -> Iterator[Page]:
    """A stranger's, with scripts off."""
    watcher = chromium.Watcher(urlsplit(served).netloc)
    with chromium.opened() as browser:
        context = browser.new_context(viewport=SMALL, java_script_enabled=False)  # type: ignore[arg-type]
        page = watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(served + path)
        yield page
        assert context.cookies() == []
        # What stood there, once more where axe's script may run.
        beside = browser.new_context(viewport=SMALL, bypass_csp=True).new_page()  # type: ignore[arg-type]
        beside.set_default_timeout(chromium.PATIENCE)
        beside.goto(served + path)
        for html in _seen:
            beside.set_content(html)
            looked_at(beside, html.partition("</title>")[0][-80:])
        _seen.clear()
    assert watcher.found == []


def looked_at(page: Page, url: str = "") -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert (wide, inaccessible(page)) == (0, []), url or page.url


def test_report_receipt_answer_withdrawal(served: str, tmp_path: Path) -> None:
    officer = factories.person(name="Sari Contoh")
    picture = tmp_path / "layar.jpg"
    Image.new("RGB", (720, 1280), "white").save(picture)
    with telephone(served, "/lapor/") as page:
        seen(page, page.get_by_label("Tempel isi"))
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_role("alert")).to_contain_text("Tulis atau tempel")
        seen(page, page.get_by_role("alert"))
        page.get_by_label("Akun atau grup").check()
        page.get_by_label("Tempel isi").fill("Akun @loker_contoh menawarkan kerja tanpa surat")
        page.get_by_label("Sudah membayar").check()
        page.get_by_role("button", name="Lanjut").click()
        seen(page, page.get_by_label("Di mana"))
        page.get_by_label("Gambar atau tangkapan layar").set_input_files(picture)
        page.get_by_label("Di mana").fill("Bandung")
        page.get_by_role("button", name="Lanjut").click()
        seen(page, page.get_by_role("button", name="Ubah yang Anda lihat"))
        page.get_by_role("button", name="Ubah yang Anda lihat").click()
        expect(page.get_by_label("Tempel isi")).to_have_value("Akun @loker_contoh menawarkan kerja tanpa surat")
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_label("Di mana")).to_have_value("Bandung")
        page.get_by_role("button", name="Lanjut").click()
        page.get_by_label("Saya mau dihubungi petugas").check()
        page.get_by_label("Nomor WhatsApp atau surel").fill("0812-0000-9911")
        page.get_by_role("button", name="Kirim laporan").click()
        seen(page, page.get_by_role("link", name="Lihat status"))
        number = page.locator(".num16").inner_text()
        page.get_by_role("link", name="Lihat status").click()
        page.get_by_label("Nomor laporan").fill(number[:-1] + str((int(number[-1]) + 1) % 10))
        page.get_by_role("button", name="Buka").click()
        seen(page, page.get_by_role("alert"))
        page.get_by_label("Nomor laporan").fill(number)
        page.get_by_role("button", name="Buka").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"berakhiran {number[-4:]}")
        assert re.search(r"\d{4}", urlsplit(page.url).path) is None

    tip = models.Tip.objects.get()
    assert (receipts.hashed(receipts.read(number)), tip.office.code, tip.pictures.count()) == (tip.receipt, "bp3mi-jabar", 1)
    with at(served, officer, f"/kerja/patrol/tip/{tip.pk}/") as page:
        for size in (DESK, TELEPHONE):
            page.set_viewport_size(size)
            looked_at(page)
        page.set_viewport_size(DESK)
        page.keyboard.press("b")
        page.keyboard.press("Enter")
        expect(page.get_by_text("tampil lengkap untuk Anda sekali ini")).to_be_visible()
        expect(page.locator("img.sent")).to_be_visible()
        looked_at(page)
        page.get_by_label("Tulis kepada pelapor").fill("Terima kasih. Kapan Anda membayar?")
        page.get_by_role("button", name="Kirim", exact=True).click()
        expect(page.get_by_text("Terkirim.")).to_be_visible()
        wrong = [f"English: {text}" for text in untranslated(page)]
        page.goto(f"{served}/kerja/patrol/tip/?state=all")
        looked_at(page)
        assert wrong == []

    with telephone(served, "/lapor/status/") as page:
        page.get_by_label("Nomor laporan").fill(number)
        page.get_by_role("button", name="Buka").click()
        expect(page.get_by_text("Kapan Anda membayar?")).to_be_visible()
        expect(page.locator("[aria-current=step]")).to_contain_text("Kami bertanya kepada Anda")
        seen(page, page.get_by_label("Tulis balasan"))
        page.get_by_label("Tulis balasan").fill("Minggu lalu, dua juta rupiah.")
        page.get_by_role("button", name="Kirim balasan").click()
        expect(page.get_by_role("status")).to_contain_text("Pesan Anda terkirim")
        page.get_by_role("button", name="Tarik laporan").click()
        seen(page, page.get_by_role("button", name="Ya, tarik"))
        page.get_by_role("button", name="Ya, tarik").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan sudah ditarik")
        page.goto(f"{served}/en/lapor/status/")
        page.get_by_label("Report number").fill(number)
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_text("There is no open report with this number.")).to_be_visible()

    tip.refresh_from_db()
    assert (tip.state, tip.words, models.TipIdentity.objects.count(), models.TipMessage.objects.count()) == ("withdrawn", "", 0, 0)


@pytest.mark.parametrize(("tongue", "back"), [("English", "Indonesia"), ("Indonesia", "English")])
def test_the_other_language_and_enter_lose_nothing(served: str, tongue: str, back: str) -> None:
    """The button of the language stands before the form's own: Enter in a field must not press it."""
    english = tongue == "Indonesia"
    prefix = "/en" if english else ""
    with telephone(served, f"{prefix}/lapor/") as page:
        page.locator("#words").fill("Akun @loker_contoh menawarkan kerja")
        page.get_by_role("button", name=tongue).click()
        seen(page, page.get_by_role("button", name=back))
        expect(page.locator("#words")).to_have_value("Akun @loker_contoh menawarkan kerja")
        page.locator("main button[value='2']").click()
        page.locator("#where").fill("Bandung")
        page.get_by_role("button", name=back).click()
        expect(page.get_by_role("button", name=tongue)).to_be_visible()
        page.locator("#where").press("Enter")
        page.locator("#contact").fill("0840-0000-9911")
        page.get_by_role("button", name=tongue).click()
        seen(page, page.get_by_role("button", name=back))
        page.locator("#contact").press("Enter")
        seen(page, page.get_by_role("alert"))
        page.locator("[name=reach][value='1']").check()
        page.locator("#contact").press("Enter")
        number = page.locator(".num16").inner_text()
        page.get_by_role("button", name=back).click()
        seen(page, page.get_by_role("button", name=tongue))
        assert page.locator(".num16").inner_text() == number
        page.goto(f"{served}{prefix}/lapor/status/")
        page.locator("#number").fill(number)
        page.get_by_role("button", name=tongue).click()
        expect(page.get_by_role("button", name=back)).to_be_visible()
        page.locator("#number").press("Enter")
        page.locator("#text").fill("Masih & mau")
        page.locator("#pictures").set_input_files({"name": "layar.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 100_000})
        page.get_by_role("button", name=back).click()
        seen(page, page.get_by_role("button", name=tongue))
        expect(page.locator("#text")).to_have_value("Masih & mau")
        expect(page.get_by_text("layar.jpg")).to_be_visible()
        page.locator("button[value=withdraw]").click()
        page.get_by_role("button", name=tongue).click()
        seen(page, page.get_by_role("button", name=back))
        page.locator("button[value=open]").click()
        expect(page.locator("#text")).to_have_value("Masih & mau")
    assert (models.Tip.objects.count(), models.TipIdentity.objects.count(), models.TipMessage.objects.count()) == (1, 1, 0)
