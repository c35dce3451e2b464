"""Checking an offer on a small telephone, with scripts off; every public page clean and readable."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from patrol.guides import editions
from patrol.infra import broker
from patrol.pipeline import claiming
from tests import factories
from tests.browser import chromium, steps
from tests.browser.served import served as served
from tests.browser.test_pages import inaccessible
from tests.cases import carded
from tests.factories import NOW
from tests.public.check.register import GOOD, STRANGE, loaded, offer

pytestmark = [pytest.mark.browser, pytest.mark.worker]

SMALL: ViewportSize = {"width": 360, "height": 640}
SUSPECT = (
    "Dibutuhkan admin. Visa turis dulu biar cepat berangkat, tiket gratis. Minat chat 0840-1111-0903, kirim KTP dan KK. Gaji 12–15 jt,"
    " tanpa ijazah, tanpa pengalaman. Penempatan Kamboja."
)
CARD = "KP-JABAR-2026-001"
MOST = 100_000  # bytes of a page with all it loads, pictures aside


@pytest.fixture(autouse=True)
def ground(settings: object, served: str) -> None:
    settings.PUBLIC_DESK = "1"  # type: ignore[attr-defined]
    loaded()
    editions.load(now=NOW)
    officer = factories.person()
    carded.released(*carded.case(by=officer), officer)
    claiming._book_of.cache_clear()
    for key in broker.client().scan_iter("desk:*"):
        broker.client().delete(key)  # other tests asked from this machine, too


@pytest.fixture
def opened(served: str) -> Iterator[Page]:
    """A small telephone that runs no script."""
    watcher = chromium.Watcher(urlsplit(served).netloc)
    with chromium.opened() as browser:
        context = browser.new_context(viewport=SMALL, java_script_enabled=False)
        page = watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(f"{served}/")
        yield page
        assert context.cookies() == []
    assert watcher.found == []


def flyer() -> FilePayload:
    picture = Image.new("RGB", (900, 420), "white")
    for number, line in enumerate(
        ("LOWONGAN KERJA KE TAIWAN", "Perawat lansia, gaji 12 juta", "PT Contoh Sinar Abadi Jaya", "WA 0840-1111-0903")
    ):
        ImageDraw.Draw(picture).text((40, 40 + 90 * number), line, "black", font=ImageFont.load_default(44))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return {"name": "brosur.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_text_link_and_photograph_are_checked_without_a_script(opened: Page) -> None:
    page = opened
    page.get_by_role("link", name="Cek lowongan").click()
    page.get_by_label("Isi iklan, nomor, akun, nama perusahaan, atau nomor SIP").fill(offer(GOOD, call=STRANGE))
    page.get_by_role("button", name="Cek sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SIP tercatat, tetapi nomor ini tidak tercatat sebagai nomor perusahaan itu")
    assert urlsplit(page.url).query == ""
    page.get_by_role("link", name="Cek lagi").click()
    page.get_by_label("Isi iklan").fill("https://loker.example/taiwan/17")
    page.get_by_role("button", name="Cek sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kami tidak membuka tautan.")
    page.get_by_role("link", name="Cek yang lain").click()
    page.get_by_label("Atau foto iklannya").set_input_files(flyer())
    page.get_by_role("button", name="Cek sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kami tidak menemukan perusahaan ini dalam register")
    expect(page.get_by_text("PT Contoh Sinar Abadi Jaya").first).to_be_visible()


@pytest.mark.parametrize(("path", "word"), [("/cek/", "Pilih berkas"), ("/en/cek/", "Choose file")])
def test_a_file_is_chosen_in_the_words_of_the_page(opened: Page, served: str, path: str, word: str) -> None:
    """Of the browser's own words, in whatever language it has, none is seen; the chosen file's name is."""
    page = opened
    page.goto(f"{served}{path}")
    field, button = page.locator("#photo"), page.locator("label.btn[for=photo]")
    expect(button).to_have_text(word)
    expect(field).to_have_css("color", "rgba(0, 0, 0, 0)")
    assert field.evaluate("one => getComputedStyle(one, '::file-selector-button').display") == "none"
    steps.tab_to(page, field)
    with page.expect_file_chooser() as chosen:
        button.click()
    chosen.value.set_files(flyer())
    expect(field).to_have_css("color", button.evaluate("one => getComputedStyle(one.closest('.f')).color"))
    assert field.evaluate("one => [one.files[0].name, one.scrollWidth <= one.clientWidth]") == ["brosur.jpg", True]


def test_further_pictures_have_fields_of_their_own_so_that_no_browser_counts_them(opened: Page, served: str) -> None:
    """One empty field is seen at a time, and each names the file it has; what was cleared again is not sent unseen."""
    page = opened
    page.goto(f"{served}/lapor/")
    page.get_by_label("Iklan atau unggahan lowongan").check()
    page.get_by_label("Tempel isi").fill("Akun @loker_contoh menawarkan kerja tanpa surat")
    page.get_by_role("button", name="Lanjut").click()
    fields = page.locator("input[type=file]")

    def seen() -> list[str]:
        return [one.evaluate("one => one.files[0]?.name ?? ''") for one in fields.all() if one.is_visible()]

    assert (fields.count(), page.locator("input[multiple]").count(), seen()) == (5, 0, [""])
    fields.nth(0).set_input_files(flyer())
    assert seen() == ["brosur.jpg", ""]
    page.get_by_label("Tambah berkas").nth(0).set_input_files(flyer())
    assert seen() == ["brosur.jpg", "brosur.jpg", ""]
    fields.nth(0).set_input_files([])
    assert seen() == ["", "brosur.jpg"]
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("button", name="Ubah bukti dan keterangan")).to_be_visible()
    expect(page.locator("#pictures")).to_have_text("1")


def test_a_guide_is_found_read_and_leads_on_without_a_script(opened: Page) -> None:
    page = opened
    page.get_by_role("link", name="Pelajari", exact=True).first.click()
    page.get_by_role("link", name="“Visa turis dulu, visa kerja menyusul”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("“Visa turis dulu, visa kerja menyusul”")
    expect(page.get_by_text("Diperiksa 29 November 2026.")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("“Tourist visa first, work visa later”")
    page.get_by_role("link", name="Check your offer").click()
    expect(page.locator("textarea[name=text]")).to_be_visible()


def test_whoever_is_meant_by_a_card_objects_and_follows_it_by_a_number(opened: Page, served: str) -> None:
    page = opened
    page.goto(f"{served}/kartu/{CARD}/")
    page.get_by_role("link", name="Ajukan keberatan").click()
    expect(page.get_by_label("Nomor surat atau kartu")).to_have_value(CARD)
    page.get_by_role("button", name="Kirim keberatan").click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih: perusahaan atau orang yang disebut.")
    page.get_by_label("Perusahaan", exact=True).check()
    page.get_by_label("Apa yang keliru?").fill("Perusahaan kami tidak menawarkan pekerjaan itu (contoh).")
    page.get_by_role("button", name="Kirim keberatan").click()
    number = page.locator(".num16").inner_text()
    page.get_by_role("link", name="Lihat status").click()
    page.locator("input[name=number]").fill(number)
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keberatan Anda")
    assert urlsplit(page.url).query == ""


# A4 in pixels of CSS: whole, as a printing browser asks for the width.
PAPER: ViewportSize = {"width": 794, "height": 1123}


@pytest.mark.parametrize(
    ("path", "sheets"), [("/pelajari/tanda-bahaya/", 2), ("/en/pelajari/sudah-di-luar-negeri/", 2), (f"/kartu/{CARD}/", 1)]
)
def test_a_page_prints_in_one_column_and_begins_on_the_first_sheet(served: str, path: str, sheets: int) -> None:
    with chromium.opened() as browser:
        page = browser.new_page(viewport=PAPER)
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(f"{served}{path}")
        printed = page.pdf(format="A4")
        page.emulate_media(media="print")
        title, hotline = page.locator("h1").bounding_box(), page.locator(".hot").bounding_box()
    assert title is not None
    assert hotline is not None
    assert (title["y"] < 300, hotline["width"] > 600) == (True, True)
    assert 1 <= printed.count(b"/Type /Page\n") <= sheets


def test_every_page_is_clean_fits_a_small_telephone_and_weighs_little(served: str) -> None:
    watcher = chromium.Watcher(urlsplit(served).netloc)
    wrong: list[str] = []
    with chromium.opened() as browser:
        context = browser.new_context(viewport=SMALL)
        page = watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        weights: dict[str, int] = {}
        page.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))
        learnt = ("/keberatan/", "/pelajari/", "/pelajari/visa-turis/", "/en/pelajari/kata-aturan/", f"/kartu/{CARD}/")
        for start, sent in (
            *((path, "") for path in learnt),
            ("/", ""),
            ("/cek/", ""),
            ("/cek/", SUSPECT),
            ("/en/cek/", offer(GOOD)),
            ("/cek/", " "),
            ("/tidak-ada/", ""),
        ):
            context.clear_cookies()
            weights.clear()
            page.goto(served + start)
            if sent:
                page.locator("textarea[name=text]").fill(sent)
                with page.expect_navigation():
                    page.locator("main form button").click()
            weight = sum(size for url, size in weights.items() if urlsplit(url).path != start) + len(page.content().encode())
            here = f"{start} {sent[:20]}"
            wrong += [f"{here}: {weight} bytes"] if weight >= MOST else []
            wrong += [f"{here}: {one}" for one in inaccessible(page)]
            for size in (SMALL, ViewportSize(width=1366, height=768)):
                page.set_viewport_size(size)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                wrong += [f"{here}: {wide} pixels wider than {size['width']}"] if wide > 0 else []
            page.set_viewport_size(SMALL)
    assert wrong == []
    expected = ("422", "404")  # what cannot be checked and what does not exist are errors to a browser
    assert [one for one in watcher.found if not one.endswith(expected) and not any(f"status of {code}" in one for code in expected)] == []
