"""Reports of the public in the summary: what came, what became of it, and what waits; by the office that held it, with the rows behind."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.intake.tips import following, handling, receipts
from patrol.models import Role
from reports import files, listing, summary, tally
from reports.figures import Figures
from reports.listing import Wanted
from reports.period import IsoWeek
from tests import factories, recounted
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db
WEEK = IsoWeek.of(NOW)
START, END = WEEK.bounds()


def counted(figures: Figures) -> dict[str, tuple[int, int]]:
    return {row.key: (row.now, row.before) for row in figures.tips}


def lived() -> tuple[models.Office, list[models.Tip]]:
    """Two weeks of one office, with each move at least once and some that were taken back."""
    factories.offices()
    officer = factories.person()
    office = officer.office
    flag = factories.flag()

    def came(at: datetime, what: str, **given: Any) -> models.Tip:
        return reporting.report(now=at, words=" ".join(f"{what}{letter}" for letter in "abcdefghijklmnopqrst"), **given)

    def act(verb: Any, tip: models.Tip, at: datetime, **given: Any) -> None:
        version = models.Tip.objects.get(pk=tip.pk).version
        verb(tip_id=tip.pk, **given, seen_version=version, by=officer, now=at)

    day = timedelta(days=1)
    before, week = START - 3 * day, START + day
    old = came(before, "satu")
    danger = came(week, "pelabuhan", danger=True)
    left = came(week, "tiga", since="left", number=(lost := receipts.draw()))
    bad, doubted, moved, closed, again, joined = (came(week, name) for name in ("apa", "kerja", "lain", "negeri", "pergi", "surat"))
    replied = came(week, "empat", number=(number := receipts.draw()))
    act(handling.judge_faith, old, before + day, bad=True)
    act(handling.judge_faith, old, week, bad=False)  # counted then, and not this week
    act(handling.judge_faith, bad, week, bad=True)
    act(handling.judge_faith, doubted, week, bad=True)
    act(handling.judge_faith, doubted, week + day, bad=False)  # taken back within the week: no trace
    act(handling.join, joined, week, flag=flag.number)
    act(handling.join, joined, week + day, flag=flag.number)  # once
    act(handling.close, joined, week + day, outcome="acted", text="Sudah.")  # joined by then
    act(handling.close, closed, week, outcome="nothing", text="Tidak ada.")
    act(handling.close, again, week, outcome="nothing", text="Tidak ada.")
    act(handling.reopen, again, week + day)
    act(handling.write, danger, week, text="Kami menelepon.", asks=True)
    act(handling.move, moved, week, office_id=factories.office("bp3mi-ntb").pk)
    act(handling.write, replied, week, text="Nomornya?", asks=True)
    following.reply(receipt=receipts.hashed(number), text="Itu.", pictures=(), key=uuid.uuid4(), now=week + day)
    following.withdraw(receipt=receipts.hashed(lost), now=week + day)
    return office, [danger, left, bad, moved, closed, again, joined, replied]


def test_each_is_counted_once_by_the_office_that_held_it_and_recounted_by_other_means() -> None:
    office, tips = lived()
    danger, left, bad, moved, closed, *_others = tips
    figures = summary.collect(office=office, period=WEEK, now=END)
    assert counted(figures) == {
        "received": (9, 1),
        "urgent": (2, 0),
        "joined": (1, 0),
        "closed": (1, 0),
        "bad_faith": (1, 1),
        "waiting": (5, 1),  # one of the week before, one in bad faith, one of which the mark was taken back, one reopened, one answered
    }
    assert figures.balanced
    assert Figures.from_json(figures.to_json()) == figures
    later = WEEK.next()
    for period in (WEEK.previous(), WEEK, later):
        start, until = period.bounds()
        for one in (office, factories.office("bp3mi-ntb"), None):
            offices = [one.pk] if one else list(models.Office.objects.values_list("pk", flat=True))
            told = {row.key: row.now for row in summary.collect(office=one, period=period, now=until).tips}
            assert told == recounted.tips(offices, start, until), (period, one)
    assert counted(summary.collect(office=factories.office("bp3mi-ntb"), period=WEEK, now=END))["waiting"] == (1, 0)
    rows = {key: [(one.kind, one.id) for one in listing.items(figures, office, Wanted("tips", key))] for key in tally.TIPS}
    assert {key: len(found) for key, found in rows.items()} == {key: now for key, (now, _before) in counted(figures).items()}
    assert (rows["urgent"], rows["bad_faith"], rows["closed"]) == (
        [("tip", danger.pk), ("tip", left.pk)],
        [("tip", bad.pk)],
        [("tip", closed.pk)],
    )
    assert ("tip", moved.pk) in rows["received"]
    assert ("tip", moved.pk) not in rows["waiting"]
    for key, (_now, before) in counted(figures).items():
        assert len(listing.items(figures, office, Wanted("tips", key, "before"))) == before, key


def test_a_past_week_stays_as_it_was() -> None:
    office, tips = lived()
    before = summary.collect(office=office, period=WEEK, now=END)
    officer, after = factories.person(), END + timedelta(hours=1)
    for tip in tips:
        tip.refresh_from_db()
        if tip.state == "closed":
            handling.reopen(tip_id=tip.pk, seen_version=tip.version, by=officer, now=after)
    handling.judge_faith(tip_id=tips[2].pk, bad=False, seen_version=tips[2].version, by=officer, now=after)
    assert summary.collect(office=office, period=WEEK, now=END + timedelta(days=2)).tips == before.tips
    assert counted(before) != counted(summary.collect(office=office, period=WEEK.next(), now=END + timedelta(days=2)))


def test_the_sheet_and_its_files_show_them_and_lead_to_rows_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    office, tips = lived()
    monkeypatch.setattr("django.utils.timezone.now", lambda: END + timedelta(hours=1))
    client = Client()
    client.force_login(factories.person(Role.SUPERVISOR))
    sheet = client.get(reverse("admin:reports_weeklysummary_week", args=[office.code, str(WEEK)])).content.decode()
    assert [word in sheet for word in ('id="rk-tips"', "Laporan masyarakat", "Ditandai beritikad buruk", "what=tips")] == [True] * 4
    where = reverse("admin:reports_weeklysummary_week_rows", args=[office.code, str(WEEK)])
    rows = client.get(where, {"what": "tips", "key": "urgent"}).content.decode()
    assert [reverse("admin:patrol_tip_change", args=[one.pk]) in rows for one in tips[:3]] == [True, True, False]
    assert (f"…{tips[0].last_digits}" in rows, "pelabuhana" in rows) == (True, False)
    assert client.get(where, {"what": "tips", "key": "nothing"}).status_code == 404
    figures = summary.collect(office=office, period=WEEK, now=END)
    assert {"key": "bad_faith", "now": 1, "before": 1} in figures.to_json()["tips"]
    assert files.content(figures, None, "xlsx")
