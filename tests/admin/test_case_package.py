"""The package of a case from its page: for a purpose, and what lacks is said there."""

from __future__ import annotations

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from patrol import models
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import english, said
from tests.cases.packages import packed
from tests.markup import only, value_of

pytestmark = pytest.mark.django_db


def test_a_package_is_made_for_a_purpose(door: Door) -> None:
    case, by = packed.case(count=1)
    client = english(door(by))
    here, to = (reverse(f"admin:patrol_case_{name}", args=[case.pk]) for name in ("change", "package"))
    assert value_of(only(BeautifulSoup(client.get(here).content, "html.parser"), "#package form"), "action") == to
    answer = client.post(to, {"reason": "hubungi 0840-5550-1234"})
    lacks = "No package was made: write what it is for, without a number, an account or an address."
    assert (answer["Location"], said(answer)) == (f"{here}#package", [lacks])
    assert not models.Minutes.objects.exists()
    assert not only(BeautifulSoup(client.get(here).content, "html.parser"), "#package form").select("[name=unsealed]")
    answer = client.post(to, {"reason": "Permintaan penyidik"})
    lacks = "No package was made yet. This server seals nothing outside of the database."
    assert said(answer) == [lacks]
    assert answer["Location"] == f"{here}?unsealed=anchor_never#package"
    assert not models.Minutes.objects.exists()
    form = only(BeautifulSoup(client.get(f"{here}?unsealed=anchor_never").content, "html.parser"), "#package form")
    words = " ".join(form.text.split())
    assert "This server seals nothing outside of the database. Made now all the same, what is newer than the last seal is tied to" in words
    assert "tell whoever runs the server the code anchor_never" in words
    assert "names of people are not: this program does not know them" in words
    assert (only(form, "button").get_text(" ", strip=True), value_of(only(form, "[name=reason]"), "value")) == (
        "archive Make it without a new seal",
        "Permintaan penyidik",
    )
    form = only(BeautifulSoup(client.get(f"{here}?unsealed=anchor_never").content, "html.parser"), "#package form")
    assert value_of(only(form, "[name=reason]"), "value") == ""  # what was typed is told once
    answer = client.post(to, {"reason": "Permintaan penyidik", "unsealed": "anchor_late"})  # another reason was agreed to
    assert (answer["Location"], said(answer)) == (f"{here}?unsealed=anchor_never#package", [lacks])
    assert not models.Minutes.objects.exists()
    assert "newer than the last seal" not in client.get(f"{here}?unsealed=1").content.decode()
    answer = client.post(to, {"reason": "Permintaan penyidik", "unsealed": value_of(only(form, "[name=unsealed]"), "value")})
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'attachment; filename="{case.number}-tersamar.zip"')
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert f"{case.number}/verify.py" in opened.namelist()
    made = models.Minutes.objects.get()
    assert (made.kind, made.by, made.content["reason"]) == ("exported", by, "Permintaan penyidik")
    read = models.Consultation.objects.get(way="file")
    assert (read.person, read.target_kind, read.target_id, read.purpose) == (by, "case", str(case.pk), "case")


def test_whoever_may_not_sees_no_button_and_is_refused(door: Door) -> None:
    case, _by = packed.case(count=1)
    client = door(factories.person(Role.OFFICER, "directorate"))
    html = client.get(reverse("admin:patrol_case_change", args=[case.pk])).content
    assert not BeautifulSoup(html, "html.parser").select("#package")
    assert client.post(reverse("admin:patrol_case_package", args=[case.pk]), {"reason": "Permintaan penyidik"}).status_code == 403
    assert not models.Minutes.objects.exists()
