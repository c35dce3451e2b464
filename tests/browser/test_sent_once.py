"""A form whose answer is a file is pressed twice, for the page stays as it was: it is sent once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from patrol import models
from tests.browser.served import at, served
from tests.cases.packages import packed

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]


def test_a_package_is_made_once_however_often_its_button_is_pressed(served: str) -> None:
    case, by = packed.case(count=1)
    with at(served, by, f"{reverse('admin:patrol_case_change', args=[case.pk])}?unsealed=anchor_never", files=2) as page:
        form = page.locator("#package form")
        form.locator("[name=reason]").fill("Permintaan penyidik")
        with page.expect_download() as came:
            form.locator("button").dblclick()
        assert came.value.suggested_filename == f"{case.number}-tersamar.zip"
        form.locator("button").click()  # once the file is there, too
        page.wait_for_load_state("networkidle")
        form.locator("[name=reason]").fill("Permintaan jaksa")  # another one
        with page.expect_download():
            form.locator("button").click()
    assert [one.content["reason"] for one in models.Minutes.objects.order_by("id")] == ["Permintaan penyidik", "Permintaan jaksa"]
