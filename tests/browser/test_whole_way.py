"""The whole way on the example world: fetched, read, flagged; an officer, an analyst and a supervisor do their part of it."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from patrol.models import Role
from reports import sentences
from tests import stack
from tests.browser import chromium, steps
from tests.browser.conftest import Enter

pytestmark = [pytest.mark.browser, pytest.mark.worker]

TITLE = "Lowongan dari saluran contoh"
WHY = "Jaringan lintas provinsi, perlu direktorat."


def said(text: str) -> str:
    with translation.override("id"):
        return gettext(text)


def figure(page: Page, caption: str, row: str) -> int:
    """The number of this week in a row of a table of the summary."""
    table = page.locator("table", has=page.locator("caption", has_text=re.compile(f"^\\s*{re.escape(said(caption))}\\s*$")))
    line = table.locator("tr", has=page.locator("th", has_text=re.compile(f"^\\s*{re.escape(row)}\\s*$")))
    return int(line.locator("td.r.b").first.inner_text())


def numbers_of_text(page: Page) -> set[str]:
    """The numbers that stand behind highlighted places of the text."""
    return {one for text in page.locator(".ptx sup").all_inner_texts() for one in text.split(",")}


def test_from_the_first_flag_to_the_weekly_summary(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    # --- the officer: first flag, its reasons, its numbers ---
    officer = enter(Role.OFFICER)
    office = running.query("SELECT id, code FROM patrol_office WHERE code = 'bp3mi-jabar'")[0][0]
    waiting = running.count(f"patrol_flag WHERE office_id = {office} AND state = 'waiting'")
    assert waiting > 1
    # Other tests of this run may have opened it before, and let it go again.
    looked = dict(running.query("SELECT target_id, count(*) FROM patrol_auditentry WHERE verb = 'contact.shown' GROUP BY target_id"))
    flag = steps.first_flag(officer)
    [(number, level, check, row_key)] = running.query(
        "SELECT number, level, current_check_id, row_key FROM patrol_flag WHERE id = %s", [flag]
    )
    best = "high" if running.count(f"patrol_flag WHERE office_id = {office} AND level = 'high'") else "medium"
    assert level == best
    expect(officer.locator(".gisthead .gist")).to_contain_text(number)

    reasons = running.query("SELECT rule, reason_id FROM patrol_finding WHERE check_of_id = %s ORDER BY points DESC, id", [check])
    shown = officer.locator(".rs")
    expect(shown).to_have_count(len(reasons))
    assert len(reasons) > 0
    for place, (_rule, sentence) in enumerate(reasons):
        expect(shown.nth(place)).to_contain_text(sentence)
    assert officer.locator(".ptx mark").count() > 0
    assert numbers_of_text(officer) <= {str(place) for place in range(1, len(reasons) + 1)}
    assert numbers_of_text(officer) != set()

    phones = [
        value
        for (value,) in running.query(
            "SELECT DISTINCT i.value FROM patrol_indicator i JOIN patrol_sighting s ON s.indicator_id = i.id"
            " JOIN patrol_flag f ON f.post_id = s.post_id WHERE f.id = %s AND i.kind IN ('phone', 'account')",
            [flag],
        )
    ]
    assert phones != []
    expect(officer.locator("[data-held][data-shown]")).to_be_attached()  # the lease shows the contacts
    expect(officer.locator("form[action$='/tampilkan/']")).to_have_count(0)
    assert [phone for phone in phones if phone not in officer.content()] == []
    assert running.count(f"patrol_auditentry WHERE verb = 'contact.shown' AND target_id = '{flag}'") == looked.get(str(flag), 0) + 1

    # --- confirms it, opens a case, sends it up ---
    copies = running.count(f"patrol_flag WHERE office_id = {office} AND row_key = '{row_key}' AND state IN ('waiting', 'parked')")
    before = running.count("patrol_decision")
    steps.confirm(officer, "several", "Cek SIP dan alasan di halaman ini.")
    assert running.count("patrol_decision") == before + copies
    assert running.query("SELECT state FROM patrol_flag WHERE id = %s", [flag]) == [("confirmed",)]
    officer.locator(".toast a").first.click()
    expect(officer).to_have_url(re.compile(rf"/patrol/flag/{flag}/$"))
    case = steps.open_case(officer, TITLE)
    expect(officer.locator("main")).to_contain_text(number)
    steps.escalate(officer, WHY)
    expect(officer.locator(".tl")).to_contain_text(WHY)
    assert running.query("SELECT state, responsible_id FROM patrol_case WHERE id = %s", [case]) == [("escalated", None)]
    steps.log_out(officer)
    officer.goto(f"{running.address}/kerja/patrol/case/{case}/")
    assert "/login/" in officer.url

    # --- the analyst takes it, from the start page ---
    untaken = running.count("patrol_case WHERE state = 'escalated' AND responsible_id IS NULL")
    analyst = enter(Role.ANALYST)
    line = analyst.locator("tr", has=analyst.locator("a[href$='state=untaken']"))
    expect(line.locator("td.num b")).to_have_text(str(untaken))
    line.locator("a").first.click()
    [(case_number,)] = running.query("SELECT number FROM patrol_case WHERE id = %s", [case])
    analyst.get_by_role("link", name=case_number).click()
    expect(analyst.locator(".top h1")).to_have_text(TITLE)
    analyst.click("form[action$='/ambil/'] button")
    expect(analyst.locator("form[action$='/ambil/']")).to_have_count(0)
    assert running.query(
        "SELECT p.username FROM patrol_case c JOIN patrol_person p ON p.id = c.responsible_id WHERE c.id = %s", [case]
    ) == [("analis",)]

    # --- the supervisor freezes the week and finds all this in it ---
    supervisor = enter(Role.SUPERVISOR)
    with supervisor.expect_navigation():  # the page before has rows with links, too
        supervisor.click("nav.side a[href='/kerja/reports/weeklysummary/']")
    supervisor.locator("main tbody tr a").first.click()
    edition = steps.freeze(supervisor, "Dibaca.")
    of_office = f"FROM patrol_decision d JOIN patrol_flag f ON f.id = d.flag_id WHERE f.office_id = {office}"
    [(decided,)] = running.query(f"SELECT count(*) {of_office}")
    opened = running.count(f"patrol_case WHERE office_id = {office}")
    assert decided >= copies
    assert figure(supervisor, "Key figures", sentences.MEASURES["decided"].id) == decided
    assert figure(supervisor, "Key figures", sentences.MEASURES["confirmed"].id) == decided
    assert figure(supervisor, "Cases", said("opened")) == opened
    assert figure(supervisor, "Cases", said("Escalated to the directorate")) == opened
    expect(supervisor.locator(".sign")).to_contain_text("Dibaca.")
    assert running.query("SELECT office_id, edition FROM reports_weeklysummary WHERE id = %s", [edition]) == [(office, 1)]

    assert watcher.found == []
