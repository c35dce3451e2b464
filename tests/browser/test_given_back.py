"""What was written in a form of the workbench that is refused stands in it again, whichever page the form is on."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from patrol import models
from patrol.models import Role
from tests import factories
from tests.browser.served import at, served
from tests.cases import objected
from tests.intake.tips import reporting

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]


def test_an_objection_s_decision(served: str) -> None:
    officer, second = factories.person(), objected.supervisor()
    _case, (flag,) = objected.in_case(by=officer)
    made = objected.enter(flag, officer)
    here = f"/kerja/patrol/objection/{made.pk}/"
    with at(served, second, here) as page:
        form = page.locator(f"form[action='{here}putus/']")
        form.locator("[name=outcome]").select_option("upheld")
        form.locator("[name=ground]").fill("Nomor itu milik orang lain.\nSudah dicek.")
        form.locator("[name=said]").select_option("dismissed:lawful")
        form.locator("button[type=submit]").click()
        expect(form.locator("[name=put_right] + [role=alert]")).to_be_visible()
        expect(form.locator("[name=put_right]")).to_be_focused()
        assert [form.locator(f"[name={name}]").input_value() for name in ("outcome", "ground", "put_right", "said")] == [
            "upheld",
            "Nomor itu milik orang lain.\nSudah dicek.",
            "",
            "dismissed:lawful",
        ]
        assert page.evaluate("sessionStorage.getItem('written')") is None
        page.reload()
        assert form.locator("[name=ground]").input_value() == ""  # once
        form.locator("[name=outcome]").select_option("rejected")
        form.locator("[name=ground]").fill("Keputusan tepat.")
        form.locator("button[type=submit]").click()
        expect(page.locator("[role=status]").first).to_be_visible()
        assert page.evaluate("sessionStorage.getItem('written')") is None
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("decided", "rejected")


def test_a_message_to_a_reporter_and_a_folded_form_with_what_was_ticked(served: str) -> None:
    factories.offices()
    tip = reporting.report()
    person = factories.person(code=tip.office.code)
    here = f"/kerja/patrol/tip/{tip.pk}/"
    with at(served, person, here) as page:
        write = page.locator("form:has([name=asks])")
        write.locator("[name=asks]").uncheck()
        write.locator("[name=text]").evaluate("one => { one.value = 'Terima kasih\\0'; one.form.requestSubmit(); }")
        expect(page.locator("[role=alert]")).to_have_count(1)
        assert write.locator("[name=text]").input_value() == "Terima kasih\0"
        assert not write.locator("[name=asks]").is_checked()
        closing = page.locator("details.verb:has([name=outcome])")
        assert closing.get_attribute("open") is None
        closing.locator("summary").click()
        chosen = closing.locator("[name=outcome] option").nth(1).get_attribute("value")
        closing.locator("[name=outcome]").select_option(chosen)
        closing.locator("[name=text]").evaluate("one => { one.value = 'Selesai\\0'; one.form.requestSubmit(); }")
        expect(page.locator("[role=alert]")).to_have_count(1)
        assert [closing.locator(f"[name={name}]").input_value() for name in ("outcome", "text")] == [chosen, "Selesai\0"]
        assert write.locator("[name=text]").input_value() == ""
    assert models.TipMessage.objects.count() == 0


def test_a_field_called_elements_hides_nothing_of_its_form(served: str) -> None:
    analyst = factories.person(Role.ANALYST)
    of = models.Article.objects.get(key="placement")
    with at(served, analyst, reverse("admin:patrol_article_enter", args=[of.pk])) as page:
        save = page.locator("form:has([name=elements]) button[type=submit]")
        save.click()
        day = page.locator("[name=in_force_from]")
        assert day.evaluate("one => one.validationMessage") == "Isi dahulu bagian ini."
        day.fill("15/11/2026")
        assert day.evaluate("one => one.validationMessage") == ""
        page.locator("[name=source]").fill("Lembaran Negara")
        save.click()
        expect(page.locator("[role=status]").first).to_contain_text("Edisi dimasukkan.")
    assert of.editions.count() == 2
