"""Editions as earlier versions of the rules wrote them, kept as files from those days: they open, on each page and in each file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patrol import domain
from patrol.models import Role
from reports import documents, files, sheets
from reports.figures import VERSION, fingerprint
from reports.models import WeeklySummary

EDITIONS = Path(__file__).parent / "editions"
NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)
# What was counted first by which version.
LATER = dict.fromkeys(("limits", "case_outcomes", "referrals", "closed", "sanctions", "rings", "agreement"), 3) | {"tips": 4}
# A figure of each, and the version that told it first.
FIGURES = (("referrals", ":sent", 3), ("closed", "account", 3), ("agreement", "looks", 3), ("measures", "back", 3), ("tips", "received", 4))


@pytest.mark.django_db
@pytest.mark.parametrize("version", range(1, VERSION))
def test_it_opens_and_says_nothing_that_was_not_counted(patrol: Any, client: Client, version: int) -> None:
    stored = json.loads((EDITIONS / f"version_{version}.json").read_text())
    assert stored["version"] == version
    java = patrol.office("jateng", "BP3MI Jawa Tengah")
    supervisor = patrol.person(Role.SUPERVISOR, java)
    told = {"office": java, "year": 2026, "week": 47, "edition": 1, "figures": stored, "frozen_at": NOW, "frozen_by": supervisor}
    edition = WeeklySummary.objects.create(**told, sha256=fingerprint(stored))
    figures = edition.read()
    assert edition.intact
    assert figures.balanced
    assert (figures.flagged, figures.waiting, figures.decided) == (4, 3, 4)
    later = [table for table, first in LATER.items() if first > version]
    assert [table for table in later if getattr(figures, table)] == []

    client.force_login(supervisor)
    for page in ("edition", "print"):
        shown = client.get(reverse(f"admin:reports_weeklysummary_{page}", args=[edition.pk]))
        assert shown.status_code == 200
        names = {template.name for template in shown.templates}
        assert "reports/sheet/head.html" in names
        if version < 3:
            assert not any(
                shown.context[table] for table in ("limits", "referrals", "closed", "sanctions", "sanctions_others", "agreement")
            )
        assert 'id="rk-tips"' not in shown.content.decode()
    listed = client.get(reverse("admin:reports_weeklysummary_changelist"), {"office": "jateng"}).content.decode()
    assert reverse("admin:reports_weeklysummary_week", args=["jateng", "2026-W47"]) in listed
    # The rows of today are found by the rules of today, which it says.
    rows = client.get(reverse("admin:reports_weeklysummary_edition_rows", args=[edition.pk]), {"what": "levels", "key": "high"})
    assert (rows.status_code, rows.context["older_rules"], rows.context["counted"]) == (200, True, 0)
    assert rows.context["said"] == next(row.now for row in figures.levels if row.key == "high")
    for table, key in [(table, key) for table, key, first in FIGURES if first > version]:
        gone = client.get(reverse("admin:reports_weeklysummary_edition_rows", args=[edition.pk]), {"what": table, "key": key})
        assert gone.status_code == 404, table

    assert json.loads(files.content(figures, edition, "json")) == stored
    assert files.content(figures, edition, "xlsx")
    if version == 1 and documents.available():
        assert documents.pdf(sheets.sheet(figures, edition))
