"""What a list of boxes lacks is said under its question, never between a box and its words."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from patrol import models
from patrol.cases import ticking
from patrol.models import Role
from patrol.triage import quality
from tests import factories
from tests.browser.served import at, served
from tests.cases.test_moving import confirmed, opened
from tests.triage.test_quality import a_draw

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]


def tops(*found: Locator) -> list[float]:
    """Where each begins, from above."""
    return [box["y"] for box in (one.bounding_box() for one in found) if box is not None]


def test_below_what_asks_and_above_the_boxes_it_asks_of(served: str) -> None:
    officer = factories.person()
    case = opened(officer, confirmed(1))
    of = models.Article.objects.get(key="placement")
    ticking.choose(case_id=case.pk, article_id=of.pk, by=officer, now=factories.NOW)
    with at(served, officer, reverse("admin:patrol_case_elements", args=[case.pk, of.pk])) as page:
        form = page.locator("details.verb form").first
        page.locator("details.verb summary").first.click()
        form.locator("button[type=submit]").click()
        said = form.locator("legend + [role=alert]")
        expect(said).to_have_text("warning Tidak ada yang dicentang: pilih yang menunjukkan unsurnya.", use_inner_text=True)
        first = form.locator("[name=evidence]").first
        expect(first).to_be_focused()
        assert first.get_attribute("aria-describedby") == said.get_attribute("id")
        assert page.locator("label [role=alert]").count() == 0
        words = form.locator("label.rad span").first
        assert words.inner_text().startswith("hasil cek SIP")
        legend, sentence, label = tops(form.locator("legend").first, said, words)
        assert legend < sentence < label
        field, beside = (one.bounding_box() for one in (first, words))
        assert field is not None
        assert beside is not None
        assert beside["x"] - field["x"] - field["width"] == 8  # the words stand at their box
    assert models.ElementTick.objects.count() == 0


def test_above_the_answers_where_several_questions_share_them(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)
    draw, supervisor = a_draw(factories.person()), factories.person(Role.SUPERVISOR)
    with at(served, supervisor, reverse("admin:patrol_draw_change", args=[draw.pk])) as page:
        page.locator("[value='dismissed:other']").check()
        page.locator("form:has(.answers) button[type=submit]").click()
        said = page.locator(".answers > [role=alert]:first-child")
        expect(said).to_have_count(1)
        assert page.locator("[value='dismissed:other']").is_checked()
        answers, sentence = page.locator(".answers").bounding_box(), said.bounding_box()
        assert answers is not None
        assert sentence is not None
        assert sentence["width"] == answers["width"]


def test_a_long_form_that_is_refused_shows_its_first_wrong_field(served: str) -> None:
    """The office keeps its people and stays open; the sentence stood below the window of a phone and of a desk."""
    office = factories.person().office
    with at(served, factories.person(Role.ADMINISTRATOR), reverse("admin:patrol_office_change", args=[office.pk])) as page:
        page.uncheck("[name=active]")
        page.locator("main form button[type=submit]").first.click()
        said = page.locator("#id_active_error")
        expect(said).to_contain_text("Belum dapat ditutup.")
        expect(page.locator("[name=active]")).to_be_focused()
        expect(said).to_be_in_viewport()
    office.refresh_from_db()
    assert office.active
