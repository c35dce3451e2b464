"""The desk in a real Chromium: the queue cleared by keys alone, leases between two people, undo, and the same without scripts.

It has an example world of its own: what is decided here would be missing in the summaries other tests look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium
from tests.browser.conftest import Enter, example_run, log_in
from tests.browser.desk import DESK, at_the_desk, begin, flag_of, onward

pytestmark = [pytest.mark.browser, pytest.mark.worker]

UNDECIDED = f"{DESK}?state=waiting"  # without those about which information was asked


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    with example_run(tmp_path_factory.mktemp("desk"), "desk", ("web",)) as going:
        yield going


def decisions(running: stack.Stack) -> int:
    return running.count("patrol_decision")


def test_undo_restores_the_state_and_leaves_a_row_in_the_log(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    page = at_the_desk(enter, Role.OFFICER)
    flag = begin(page)
    reversed_of_it = f"patrol_auditentry WHERE verb = 'flag.reversed' AND target_id = '{flag}'"
    before = running.count(reversed_of_it)
    following = onward(page, "k", "1")
    assert following not in {0, flag}
    assert running.query("SELECT state FROM patrol_flag WHERE id = %s", [flag]) == [("confirmed",)]
    expect(page.locator(".toast")).to_contain_text("detik")
    assert onward(page, "u") == flag
    assert running.query("SELECT state FROM patrol_flag WHERE id = %s", [flag]) == [("waiting",)]
    assert running.count(reversed_of_it) == before + 1
    expect(page.locator("[data-held]")).to_be_attached()  # it lies on the desk again, held
    assert watcher.found == []


def test_keys_do_nothing_in_a_field_and_a_reason_is_shown_in_the_text(enter: Enter, running: stack.Stack) -> None:
    page = at_the_desk(enter, Role.OFFICER)
    flag = begin(page)
    page.keyboard.press("1")
    expect(page.locator(".rs.hot")).to_have_attribute("data-reason", "1")
    before = decisions(running)
    page.keyboard.press("a")
    page.keyboard.press("6")  # something else: asks what
    field = page.locator("details[open] textarea")
    expect(field).to_be_focused()
    page.keyboard.type("kal l k a u")
    assert (flag_of(page), decisions(running)) == (flag, before)
    expect(field).to_have_value("kal l k a u")
    page.keyboard.press("Escape")
    expect(page.locator("details[name=act][open]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#saring select").first).to_be_focused()


def test_two_browsers_never_get_the_same_post(enter: Enter) -> None:
    one, two = at_the_desk(enter, Role.OFFICER), at_the_desk(enter, Role.SUPERVISOR)
    met = [(begin(one), begin(two))]
    for turn in range(6):
        first, second = (one, two) if turn % 2 else (two, one)
        onward(first, "l")
        onward(second, "k", "1")
        met.append((flag_of(one), flag_of(two)))
    assert [pair for pair in met if pair[0] == pair[1]] == []
    two.goto(one.url)
    expect(two.locator(".post .banner.med").first).to_contain_text("Petugas")
    expect(two.locator(".dbar .btn.strong").first).to_be_disabled()


def test_a_lease_that_ran_out_is_another_s_and_the_late_decision_is_refused(enter: Enter, running: stack.Stack) -> None:
    late, quick = at_the_desk(enter, Role.OFFICER), at_the_desk(enter, Role.SUPERVISOR)
    flag = begin(late)
    running.query("UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s RETURNING id", [flag])
    quick.goto(late.url)
    take = quick.locator(".dbar form[action*='/ambil/'] button")
    expect(take).to_have_text("Buka untuk dikerjakan")
    expect(quick.locator("[data-held]")).to_have_count(0)  # its address holds nothing
    take.click()
    expect(quick.locator("[data-held]")).to_be_attached()
    assert holder(running, flag) == Role.SUPERVISOR
    onward(quick, "k", "1")
    before = decisions(running)
    late.keyboard.press("a")
    late.keyboard.press("1")
    expect(late.locator(".post .banner.high")).to_contain_text("Penyelia")
    assert decisions(running) == before


def test_no_lease_is_renewed_while_its_post_is_being_decided(enter: Enter, watcher: chromium.Watcher) -> None:
    page = at_the_desk(enter, Role.OFFICER)
    begin(page)
    renewal = page.locator("[data-renew]").get_attribute("data-renew") or ""
    held: list[Route] = []
    renewed: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.on("request", lambda request: renewed.append(request.url) if request.url.endswith(renewal) else None)
    come_back = "document.dispatchEvent(new Event('visibilitychange'))"  # asks for a renewal at once, as a minute's end does
    with page.expect_response(f"**{renewal}"):
        page.evaluate(come_back)
    assert len(renewed) == 1
    page.route("**/putuskan/", hold)
    before = flag_of(page)
    with page.expect_request("**/putuskan/"):
        page.keyboard.press("k")
        page.keyboard.press("1")
    page.evaluate(come_back)
    held[0].continue_()
    expect(page.locator(f"[data-state][data-flag='{before}']")).to_have_count(0)
    assert len(renewed) == 1
    assert watcher.found == []


def test_a_closed_tab_lets_go(enter: Enter, running: stack.Stack) -> None:
    page = at_the_desk(enter, Role.OFFICER)
    flag = begin(page)
    page.close()
    free = f"patrol_flag WHERE id = {flag} AND lease_person_id IS NULL"
    running.wait_for(lambda: running.count(free) == 1, 120, "the lease to be given back")


def holder(running: stack.Stack, flag: int) -> str | None:
    [(name,)] = running.query(
        "SELECT p.role FROM patrol_flag f LEFT JOIN patrol_person p ON p.id = f.lease_person_id WHERE f.id = %s", [flag]
    )
    return None if name is None else str(name)


def test_a_page_loaded_again_and_one_of_two_tabs_keep_the_post(enter: Enter, running: stack.Stack) -> None:
    page = at_the_desk(enter, Role.OFFICER)
    flag = begin(page)
    for _again in range(3):
        page.reload(wait_until="networkidle")  # also what the page before said in going
        expect(page.locator("[data-held]")).to_be_attached()
        assert holder(running, flag) == Role.OFFICER
    second = page.context.new_page()
    second.set_default_timeout(chromium.PATIENCE)
    second.goto(page.url)
    expect(second.locator("[data-held]")).to_be_attached()
    with page.expect_response("**/perpanjang/") as renewed:
        second.close(run_before_unload=False)
    assert renewed.value.status == 200
    assert holder(running, flag) == Role.OFFICER
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.locator("details[open] h3")).to_be_focused()
    page.keyboard.press("Enter")  # nothing is chosen beforehand
    assert flag_of(page) == flag
    onward(page, "1")


def test_a_step_nearer_to_a_severe_picture_loads_no_page(enter: Enter, running: stack.Stack) -> None:
    page = at_the_desk(enter, Role.ANALYST)
    [(flag, post)] = running.query(
        "SELECT f.id, f.post_id FROM patrol_flag f JOIN patrol_postversion v ON v.post_id = f.post_id"
        " JOIN patrol_media m ON m.version_id = v.id WHERE f.state = 'waiting' AND m.capture_id IS NOT NULL"
        " ORDER BY f.id LIMIT 1"
    )
    page.goto(f"{running.address}{DESK}{flag}/")
    page.locator("form[action$='/ambil/'] button").click()
    expect(page.locator("[data-held]")).to_be_attached()
    page.evaluate("window.same = true")
    assert holder(running, flag) == Role.ANALYST
    page.locator(f"form[action$='/{post}/sensitif/'] button").click()
    expect(page.locator("[data-unveil]")).to_be_visible()
    before = page.locator("[data-unveil]").inner_text()
    page.keyboard.press("g")
    expect(page.locator("[data-unveil]")).not_to_have_text(before)
    assert page.evaluate("window.same") is True
    assert holder(running, flag) == Role.ANALYST
    page.locator(f"form[action$='/{post}/sensitif/'] button").click()
    expect(page.locator("[data-unveil]")).to_have_count(0)


def test_a_login_that_ends_loses_no_reason(enter: Enter, running: stack.Stack, accounts: dict[str, tuple[str, str]]) -> None:
    page = at_the_desk(enter, Role.OFFICER, UNDECIDED)
    flag = begin(page)
    before = decisions(running)
    page.locator(".dbar summary[data-key=dismiss]").click()
    ways: dict[str, Callable[[], object]] = {"session": lambda: log_in(page, *accounts[Role.OFFICER]), "csrf": lambda: None}
    for name, send in ways.items():
        page.locator("details[open] textarea").fill(f"Sudah ditanyakan ({name}).")
        page.context.clear_cookies(name=name)
        with page.expect_navigation(url=f"**{DESK}{flag}/*"):
            page.locator("details[open] .pick").first.click()
            send()
        expect(page.locator(".banner.high[data-said]")).to_contain_text("tidak ada yang terkirim")
        expect(page.locator("[data-held]")).to_be_attached()
        expect(page.locator("details[open] textarea")).to_have_value(f"Sudah ditanyakan ({name}).")
        assert decisions(running) == before
    running.query("UPDATE patrol_flag SET version = version + 1 WHERE id = %s RETURNING id", [flag])
    page.locator("details[open] .pick").first.click()
    expect(page.locator(".post .banner.high")).to_contain_text("berubah sejak Anda buka")
    expect(page.locator("details[open] textarea")).to_have_value("Sudah ditanyakan (csrf).")
    page.locator("details[open] .pick").first.click()
    expect(page.locator(f"[data-state][data-flag='{flag}']")).to_have_count(0)
    [(note,)] = running.query("SELECT note FROM patrol_decision WHERE flag_id = %s ORDER BY id DESC LIMIT 1", [flag])
    assert note == "Sudah ditanyakan (csrf)."


def test_on_a_telephone_every_outcome_is_within_reach(enter: Enter, running: stack.Stack) -> None:
    page = at_the_desk(enter, Role.OFFICER, UNDECIDED)
    begin(page)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        more = page.locator(".dbar .more").bounding_box()
        assert more is not None
        assert min(more["width"], more["height"]) >= 28, width
    page.set_viewport_size({"width": 390, "height": 844})
    boxes = {
        part: page.locator(part).first.bounding_box() or {"y": -1, "height": 0}
        for part in (
            "#gist",
            ".why .badge",
            ".duo",
            ".dbar",
            *(f".dbar [data-key={act}]" for act in ("confirm", "dismiss", "escalate")),
            ".more",
        )
    }
    title, verdict, text, bar, *buttons = boxes.values()
    assert 0 < title["y"] < verdict["y"] < text["y"] < bar["y"] - 48, boxes
    assert max(one["y"] + one["height"] for one in buttons) <= 844, boxes
    for outcome in ("ask", "victim"):
        page.locator(".dbar .more").click()
        page.locator(f"[data-pop={outcome}]").click()
        expect(page.locator("details[open] .pick")).not_to_have_count(0)
        expect(page.locator("details[open] .pick").first).to_be_visible()
    before = flag_of(page)
    page.locator("details[open] .pick").first.click()
    expect(page.locator(f"[data-state][data-flag='{before}']")).to_have_count(0)
    [(outcome,)] = running.query("SELECT outcome FROM patrol_decision WHERE flag_id = %s ORDER BY id DESC LIMIT 1", [before])
    assert outcome == "victim"


def test_without_scripts_the_same_forms_decide(browser: Browser, running: stack.Stack, accounts: dict[str, tuple[str, str]]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(chromium.PATIENCE)
    page.goto(running.address + DESK)
    log_in(page, *accounts[Role.SUPERVISOR])
    with page.expect_navigation():
        page.locator(".start form button").click()
    if page.locator("#tour").count():  # whoever comes for the first time is shown around
        with page.expect_navigation():
            page.locator("#tour [data-skip]").click()
    flag = int(re.findall(r"\d+", page.url)[-1])
    page.locator(".dbar summary").first.click()
    before = decisions(running)
    with page.expect_navigation():
        page.locator("details[open] button[name=reason]").first.click()
    assert decisions(running) > before
    assert running.query("SELECT state FROM patrol_flag WHERE id = %s", [flag]) == [("confirmed",)]
    with page.expect_navigation():
        page.locator(".toast button").click()
    assert running.query("SELECT state FROM patrol_flag WHERE id = %s", [flag]) == [("waiting",)]
    page.locator(".rt[href]").first.click()
    expect(page).to_have_url(re.compile("#(teks|tempat)-"))
    context.close()
