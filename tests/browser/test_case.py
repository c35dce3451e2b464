"""A case in a real Chromium: taking a flag out of it leaves the list readable, and a refusal stands where it was asked."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from patrol import cases, models, triage
from tests import factories
from tests.browser.served import at, served
from tests.triage.acts import flags

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]


def opened(person: models.Person, count: int) -> models.Case:
    found = flags(count)
    for flag in found:
        triage.decide(
            flag_id=flag.pk,
            outcome="confirmed",
            reason="fraud",
            note="",
            decision_key=uuid.uuid4(),
            seen_version=flag.version,
            by=person,
            now=factories.NOW,
        )
    return cases.open_case(flag_ids=[flag.pk for flag in found], title="Kursi Taiwan", by=person, now=factories.NOW)


def test_a_flag_that_is_being_taken_out_stays_readable(served: str) -> None:
    person = factories.person()
    case = opened(person, 2)
    with at(served, person, f"/kerja/patrol/case/{case.pk}/") as page:
        rows = page.locator(".of-flags > li")
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            for at_once in (0, 1):
                row = rows.nth(at_once)
                title = row.locator("a")
                lines = "one => new Set([...one.getClientRects()].map((line) => line.top)).size"
                assert title.evaluate(lines) == 1
                row.locator("summary").click()
                expect(row.locator("input[name=note]")).to_be_visible()
                assert title.evaluate(lines) == 1
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                row.locator("summary").click()


def test_of_forms_to_one_address_the_one_that_was_sent_says_what_it_lacks(served: str) -> None:
    person = factories.person()
    case = opened(person, 3)
    with at(served, person, f"/kerja/patrol/case/{case.pk}/") as page:
        row = page.locator(".of-flags > li").nth(1)
        row.locator("summary").click()
        row.locator("input[name=note]").fill("  ")
        row.locator("details button[type=submit]").click()
        said = row.locator("input[name=note] + [role=alert]")
        expect(said).to_contain_text("Tidak ada yang diubah: tulis catatan dulu.")
        expect(row.locator("input[name=note]")).to_be_focused()
        expect(page.locator("[role=alert]")).to_have_count(1)
        expect(page.locator(".of-flags details[open]")).to_have_count(1)
    assert case.entries.count() == 3


BRINGS = """(kind) => {
    const brought = new DataTransfer();
    brought.items.add(new File(["gambar"], "image.png", {type: "image/png", lastModified: kind === "same" ? 1 : Date.now()}));
    if (kind === "words") brought.setData("text/plain", "kata");
    const place = document.querySelector("[name=note]");
    const event = kind !== "paste" && kind !== "words"
        ? new DragEvent("drop", {dataTransfer: brought, bubbles: true, cancelable: true})
        : new ClipboardEvent("paste", {clipboardData: brought, bubbles: true, cancelable: true});
    place.dispatchEvent(event);
    return [...document.querySelector("[type=file]").files].map((file) => file.name.replace(/[0-9]+/, "n"));
}"""


DROPS = """([where, ...names]) => {
    const brought = new DataTransfer();
    names.forEach((name) => brought.items.add(new File(["isi"], name, {lastModified: 1})));
    document.querySelector(where).dispatchEvent(new DragEvent("drop", {dataTransfer: brought, bubbles: true, cancelable: true}));
    const of = (name) => document.querySelector(`[name=${name}]`);
    const told = (name) => of(name).parentElement.querySelector(".named").textContent;
    return ["agencies", "licences"].flatMap((name) => [[...of(name).files].map((file) => file.name).join(), told(name)]);
}"""


def test_of_two_fields_a_file_goes_to_the_one_it_is_dropped_on(served: str) -> None:
    none, one = "belum ada berkas", "Dari beberapa berkas hanya satu yang dapat diterima di sini."
    which = "Halaman ini punya beberapa isian berkas: lepaskan di atas isian yang dimaksud."
    with at(served, factories.person("registrar", "directorate"), "/kerja/patrol/registeredition/impor/") as page:
        assert page.evaluate(DROPS, ["main", "sip.csv"]) == ["", which, "", none]
        assert page.evaluate(DROPS, [".filebox:has([name=licences])", "sip.csv"])[2:] == ["sip.csv", "sip.csv"]
        assert page.evaluate(DROPS, ["[name=agencies]", "a.csv", "b.csv"])[:2] == ["a.csv", f"a.csv · {one}"]
        assert page.locator("[name=register_date]").input_value() == ""  # no file's name in another field
    with at(served, factories.person(), "/kerja/patrol/intake/unggah/") as page:
        page.evaluate(BRINGS, "same")
        assert page.evaluate(BRINGS, "same") == ["image.png"]


def test_a_picture_is_pasted_or_dropped_and_the_fields_speak_the_page_s_language(served: str) -> None:
    with at(served, factories.person(), "/kerja/patrol/intake/unggah/") as page:
        assert page.locator(".filed .named").text_content() == "belum ada berkas"
        assert page.evaluate(BRINGS, "words") == []  # text is for the field it is pasted into
        assert page.evaluate(BRINGS, "paste") == ["tempelan-n.png"]
        expect(page.locator(".filed .named")).to_have_text(re.compile(r"^tempelan-\d{14}\.png$"))
        assert page.evaluate(BRINGS, "drop") == ["tempelan-n.png", "image.png"]
        page.goto(served + "/kerja/password_change/")
        field = page.locator("[name=old_password]")
        page.locator("main button[type=submit]").click()
        assert field.evaluate("one => one.validationMessage") == "Isi dahulu bagian ini."
        field.fill("x")
        assert field.evaluate("one => one.validity.valid")
