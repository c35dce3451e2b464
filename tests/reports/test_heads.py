"""The head of an office's summaries: who sets it, what is refused, and that an edition keeps the one it was frozen with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from patrol import domain, models
from patrol.infra.refusals import RefusedError
from reports import book, documents, heads, sheets, signing, summary
from reports.models import SheetHead, Signature, WeeklySummary
from reports.period import IsoWeek
from tests import pdf_text

WEEK = IsoWeek(2026, 46)
NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(patrol: Any) -> Any:
    patrol.java, patrol.lampung, patrol.top = patrol.office("jateng"), patrol.office("lampung"), patrol.directorate()
    patrol.author, patrol.head = patrol.person("supervisor", patrol.java, "penyusun"), patrol.person("supervisor", patrol.java, "kepala")
    patrol.above = [patrol.person("supervisor", patrol.top, name) for name in ("siber", "siber2")]
    patrol.admin = patrol.person("administrator", patrol.top, "admin")
    return patrol


def picture(form: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1450a0").save(out, form)
    return out.getvalue()


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """A page of another test leaves its reader's language behind in the process."""
    with translation.override("id"):
        yield


def put(office: models.Office, by: models.Person, **given: Any) -> SheetHead:
    newest = SheetHead.objects.filter(office=office).order_by("-id").first()
    told = {"seen": newest.pk if newest else 0, "author": "", "second": "", "logo": b"", "now": NOW}
    return heads.set_head(**{**told, "office_id": office.pk, "by": by, **given})


def test_set_by_the_offices_supervisor_or_an_administrator_and_the_log_says_so(world: Any) -> None:
    first = put(world.java, world.author, author="  Penyusun Rekap ", second="Kepala BP3MI Contoh", logo=picture("JPEG"))
    with Image.open(io.BytesIO(first.logo)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (224, 75))
    second = put(world.java, world.admin, author="Analis Contoh")
    assert bytes(second.logo) == bytes(first.logo)  # as it was
    third = put(world.java, world.author, without_logo=True)
    assert [(one.author, one.second, one.sha256 != "") for one in (first, second, third)] == [
        ("Penyusun Rekap", "Kepala BP3MI Contoh", True),
        ("Analis Contoh", "", True),
        ("", "", False),
    ]
    log = models.AuditEntry.objects.filter(verb="office.head_set").order_by("seq")
    assert [(row.actor_id, row.target_id) for row in log] == [
        (by.pk, str(world.java.pk)) for by in (world.author, world.admin, world.author)
    ]
    assert (log[1].before, log[1].after) == (
        {"author_title": "Penyusun Rekap", "second_title": "Kepala BP3MI Contoh", "logo": first.sha256},
        {"author_title": "Analis Contoh", "second_title": "", "logo": first.sha256},
    )
    assert (heads.current("jateng"), heads.current("lampung"), heads.current("")) == (third, None, None)
    assert put(world.top, world.above[0]) == heads.current("") == heads.current("direktorat")
    for change in ({"author": "lain"}, {"logo": b""}):
        with pytest.raises(Error), transaction.atomic():
            SheetHead.objects.filter(pk=first.pk).update(**change)


def test_what_is_refused_changes_nothing(world: Any) -> None:
    there, officer = put(world.java, world.author, author="Penyusun Rekap"), world.person("officer", world.java)
    before = list(SheetHead.objects.values_list("pk", "author")), models.AuditEntry.objects.count()
    refused: list[tuple[str, models.Person, dict[str, Any]]] = [
        ("head.title", world.author, {"second": "x" * 81}),
        ("head.stale", world.author, {"seen": 0}),
        ("head.stale", world.author, {"seen": there.pk + 1}),
        ("head.kind", world.author, {"logo": picture("GIF")}),
        ("head.kind", world.author, {"logo": picture("WEBP")}),
        ("head.kind", world.author, {"logo": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}),
        ("head.picture", world.author, {"logo": picture()[:60]}),
        ("head.picture", world.author, {"logo": picture(size=(8, 8))}),
        ("head.too_large", world.author, {"logo": picture() + b"\0" * 2_000_000}),
        ("denied", world.above[0], {}),
        ("denied", officer, {}),
    ]
    for code, by, given in refused:
        with pytest.raises((RefusedError, PermissionDenied)) as error:
            put(world.java, by, **given)
        assert getattr(error.value, "code", "denied") == code
    assert (list(SheetHead.objects.values_list("pk", "author")), models.AuditEntry.objects.count()) == before
    assert put(world.java, world.author, second="x" * 80).second == "x" * 80


def frozen(office: models.Office | None, by: models.Person, **given: Any) -> WeeklySummary:
    return summary.freeze(**{"office_id": office.pk if office else None, "period": WEEK, "by": by, "now": LATER, **given})


def titles(edition: WeeklySummary) -> tuple[str, str]:
    told = sheets.sheet(edition.read(), WeeklySummary.objects.get(pk=edition.pk))["titles"]
    return told["author"], told["second"]


def sign(edition: WeeklySummary, place: str, by: models.Person) -> Signature:
    return signing.sign(summary_id=edition.pk, place=place, seen=edition.sha256, by=by, now=LATER)


def test_an_edition_keeps_the_head_it_was_frozen_with(world: Any, client: Client) -> None:
    bare = frozen(world.java, world.author)
    head = put(world.java, world.author, author="Penyusun Rekap", second="Kepala BP3MI Contoh", logo=picture())
    put(world.top, world.above[0], second="Direktur Contoh")
    kept, national = frozen(world.java, world.author, note="lain", reason="Catatan"), frozen(None, world.above[0])
    put(world.java, world.author, second="Kepala Baru", without_logo=True)
    sheet = {one.pk: sheets.sheet(one.read(), one) for one in (bare, kept)}
    assert [sheet[one.pk]["logo"] for one in (bare, kept)] == [b"", bytes(head.logo)]
    assert (titles(bare), titles(kept)) == (("Penyusun", "Penanda tangan kedua"), ("Penyusun Rekap", "Kepala BP3MI Contoh"))
    assert titles(national) == ("Penyusun", "Direktur Contoh")
    sign(kept, "author", world.author)
    sign(kept, "second", world.head)
    models.Person.objects.filter(pk=world.head.pk).update(office=world.lampung)  # who signed goes on to another office
    assert titles(kept) == ("Penyusun Rekap", "Kepala BP3MI Contoh")
    client.force_login(world.author)
    card = BeautifulSoup(client.get(reverse("admin:reports_weeklysummary_edition", args=[kept.pk])).content, "html.parser").select(
        "#tanda-tangan p"
    )
    about = {row[0] for row in book.tables(kept.read(), kept)[0].rows}
    for title in ("Penyusun Rekap", "Kepala BP3MI Contoh"):
        assert (sum(line.get_text(" ").split(":")[0].strip() == title for line in card), title in about) == (1, True)
    sign(national, "author", world.above[0])
    sign(national, "second", world.above[1])
    assert titles(national) == ("Penyusun", "Direktur Contoh")


def test_nobody_of_another_office_signs_under_its_positions(world: Any) -> None:
    put(world.lampung, world.person("supervisor", world.lampung, "lampung"), author="Penyusun Rekap", second="Kepala BP3MI Contoh")
    edition = frozen(world.lampung, world.above[1])
    sign(edition, "author", world.above[1])
    assert titles(edition) == ("Penyusun", "Kepala BP3MI Contoh")
    models.Person.objects.filter(username="lampung").update(is_active=False)
    sign(edition, "second", world.above[0])
    assert titles(edition) == ("Penyusun", "Penanda tangan kedua")


@pytest.mark.skipif(not documents.available(), reason="no Pango")
def test_paper_shows_the_logo_that_was_set_and_no_box_without_one(world: Any, client: Client) -> None:
    bare = frozen(world.java, world.author)
    put(world.java, world.author, second="Kepala BP3MI Contoh 0840-5550-1234", logo=picture())
    kept = frozen(world.java, world.author, note="lain", reason="Catatan")
    client.force_login(world.author)
    pages = [client.get(reverse("admin:reports_weeklysummary_edition", args=[one.pk])) for one in (bare, kept)]
    address = sheets.data_address(kept.head)
    assert [(page.content.decode().count(address), page.content.decode().count('class="logo"')) for page in pages] == [(0, 0), (1, 1)]
    assert "data:" in pages[1].headers["Content-Security-Policy"]
    for one, pictures in ((bare, 0), (kept, 1)):
        paper = documents.pdf({**sheets.sheet(one.read(), one), "example_run": False})
        assert paper.count(b"/Subtype /Image") == pictures
        assert ("Kepala BP3MI Contoh" in pdf_text.said(paper), "5550" in pdf_text.said(paper)) == (pictures == 1, False)


def test_the_form_sets_it_and_says_what_it_refuses_beside_its_field(world: Any, client: Client) -> None:
    client.force_login(world.author)
    page = reverse("admin:reports_weeklysummary_head", args=[world.java.pk])
    told = {"author": "Penyusun Rekap", "second": "", "seen": "0"}
    wrong = client.post(page, {**told, "logo": SimpleUploadedFile("logo.png", b"no picture")})
    assert (wrong.status_code, list(wrong.context["form"].errors), SheetHead.objects.count()) == (200, ["logo"], 0)
    assert client.post(page, {**told, "logo": SimpleUploadedFile("logo.png", picture())}).status_code == 302
    made = SheetHead.objects.get()
    shown = client.get(page)
    assert (made.author, shown.context["form"]["seen"].value(), shown.content.decode().count(sheets.data_address(made))) == (
        "Penyusun Rekap",
        made.pk,
        1,
    )
    assert client.get(reverse("admin:reports_weeklysummary_heads")).content.decode().count("Penyusun Rekap") == 1
