"""Files of an edition: frozen, everything changed, made again, they say the same; taken from its page they leave a row in the log."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from patrol import domain, models
from patrol.infra import pace
from reports import files, summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import pdf_text
from tests.markup import said_by

NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=domain.LAW_ZONE)


@pytest.fixture
def edition(patrol: Any) -> WeeklySummary:
    patrol.java = patrol.office("jateng", "BP3MI Jawa Tengah")
    patrol.officer = patrol.person("officer", patrol.java)
    for hour in range(4):
        flag = patrol.post(patrol.java, at(17, 8 + hour), contacts=(("phone", "+6284012345678"),))
    patrol.decide(flag, "confirmed", at(18), patrol.officer)
    patrol.case(patrol.java, at(18), patrol.officer)
    return summary.freeze(office_id=patrol.java.pk, period=IsoWeek(2026, 47), by=patrol.person("supervisor", patrol.java), now=NOW)


def _all(pk: int) -> dict[str, bytes]:
    """As another process would make them: from what is kept."""
    edition = WeeklySummary.objects.select_related("office").get(pk=pk)
    return {kind: files.content(edition.read(), edition, kind) for kind in files.FORMATS}


def test_frozen_then_everything_changed_it_is_made_again_the_same(patrol: Any, edition: WeeklySummary) -> None:
    first = _all(edition.pk)
    for day in (16, 19, 20):
        patrol.decide(patrol.post(patrol.java, at(day), level="high"), "dismissed", at(day, 12), patrol.officer)
    patrol.decide(models.Flag.objects.filter(state="waiting")[0], "dismissed", at(19), patrol.officer)
    models.Office.objects.filter(pk=patrol.java.pk).update(name="BP3MI Lain")
    models.Watch.objects.update(name="Pantauan lain", state="paused")
    models.Indicator.objects.update(value="+6284099999999")
    assert summary.collect(office=patrol.java, period=IsoWeek(2026, 47), now=NOW).flow != edition.read().flow
    again = _all(edition.pk)
    assert (again["json"], again["xlsx"]) == (first["json"], first["xlsx"])
    assert hashlib.sha256(again["json"]).hexdigest() == edition.sha256
    assert pdf_text.said(again["pdf"]) == pdf_text.said(first["pdf"])


def test_the_workbook_says_the_figures_of_the_paper(edition: WeeklySummary) -> None:
    made = _all(edition.pk)
    pages = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    flow = {row[0].value: row[1].value for row in pages["Antrean dari awal sampai akhir"].iter_rows(min_row=2)}
    figures = edition.read()
    assert (flow["ditandai (+)"], flow["diputuskan (−)"], flow["Menunggu pada akhir periode"]) == (4, 1, 3)
    assert (figures.flow.flagged, figures.flow.decided, figures.flow.end) == (4, 1, 3)
    paper = re.sub(r"\s+", "", pdf_text.said(made["pdf"]))
    assert [pages.sheetnames[0], edition.number in paper] == ["Rekap", True]
    assert "6284012345678" not in str([cell.value for page in pages for row in page.iter_rows() for cell in row])


def test_taken_from_its_page_it_leaves_a_row_in_the_log(client: Client, edition: WeeklySummary) -> None:
    link = reverse("admin:reports_weeklysummary_file", args=[edition.pk])
    client.force_login(edition.frozen_by)
    assert f'action="{link}"' in client.get(reverse("admin:reports_weeklysummary_edition", args=[edition.pk])).content.decode()
    for kind in ("json", "xlsx"):
        answer = client.post(link, {"format": kind})
        assert answer["Content-Disposition"] == f'attachment; filename="rekap-2026-W47-jateng-edisi-1.{kind}"'
        row = models.AuditEntry.objects.latest("seq")
        told = {"format": kind, "sha256": hashlib.sha256(answer.content).hexdigest()}
        assert (row.verb, row.actor_id, row.after) == ("summary.taken", edition.frozen_by.pk, told)
    many = models.AuditEntry.objects.count()
    for wrong in ("pdf", "csv", ""):
        assert said_by(client.post(link, {"format": wrong}, follow=True))[-1][0] == "Pilih Excel atau JSON."
    pace.admits(f"list {edition.frozen_by.pk}", rate=1 / 30, burst=6.0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_hostpace SET tokens = 0")
    client.post(link, {"format": "json"})
    assert models.AuditEntry.objects.count() == many
    assert client.get(link).status_code == 404


def test_how_far_colleagues_agree_leaves_with_nobody_it_is_kept_from(client: Client, patrol: Any, edition: WeeklySummary) -> None:
    link = reverse("admin:reports_weeklysummary_file", args=[edition.pk])
    client.force_login(patrol.officer)
    assert edition.figures["agreement"] is not None
    many = models.AuditEntry.objects.count()
    assert 'value="json"' not in client.get(reverse("admin:reports_weeklysummary_edition", args=[edition.pk])).content.decode()
    assert "tingkat kesepakatan" in said_by(client.post(link, {"format": "json"}, follow=True))[-1][0]
    assert models.AuditEntry.objects.count() == many
    answer = client.post(link, {"format": "xlsx"})
    pages = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert (models.AuditEntry.objects.count(), "sesuai" in str(pages.sheetnames).lower()) == (many + 1, False)
