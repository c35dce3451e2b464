"""A case from its flag to its end, through a browser: ticked, asked with a letter, approved by another, sent by mail, answered, looked at
again, seen again under another name, asked once more, closed.

Everything is real but time: what a worker does later is done when the test says so.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from example import confirmed_law, site, world
from patrol import campaigns, models, tasks
from patrol.cases import channel_editions, coming_back
from patrol.cases.channels import CHANNELS
from patrol.infra import jobs
from patrol.models import Role
from patrol.pipeline import assessing, fetching
from tests import factories, sink
from tests.browser import chromium, steps
from tests.browser.served import served
from tests.browser.test_pages import DESK, TELEPHONE, inaccessible, untranslated
from tests.cases import asked

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]

BODY = "aduan@badan.example"
CHANNEL, NUMBER = "loker_contoh_pabrik", "0840 5550 1234"
GREETING = "Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua."
OFFER = f"Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA {NUMBER}. Berangkat minggu ini."
AGAIN = f"Info loker Kamboja masih buka untuk admin permainan, paspor diurus belakangan, langsung hubungi {NUMBER} malam ini juga."


def shown() -> world.World:
    """One channel: an offer between two greetings, and another one that is not out yet."""
    texts = {"1": GREETING, "2": OFFER, "3": GREETING, "4": AGAIN}
    posts = tuple(world.Post(key, timedelta(hours=3), text, held=text == AGAIN, views=10) for key, text in texts.items())
    place = world.Place("telegram", CHANNEL, "Loker contoh (rekaan)", "Rekaan.", posts, number=1000000321, members="1 200")
    return world.World({CHANNEL: place}, {})


class Elsewhere:
    """Where the browser's loop forbids the database, another thread asks it."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)

    def __call__[T](self, what: Callable[[], T]) -> T:
        return self.pool.submit(what).result()

    def close(self) -> None:
        self(connections.close_all)
        self.pool.shutdown()


@dataclass
class Place:
    """The product, the site it watches, and the people before it."""

    address: str
    browser: Browser
    watcher: chromium.Watcher
    sessions: dict[str, str]
    elsewhere: Elsewhere
    site: site.Site
    gone: Path
    mails: sink.Handler

    def enter(self, who: str, path: str) -> Page:
        context = self.browser.new_context(viewport=DESK, locale="id-ID")
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": self.sessions[who], "url": self.address}])
        page = self.watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(self.address + path)
        return page

    def work(self) -> None:
        """What waits for a worker is done, whenever it was to be done."""

        def done() -> None:
            for watch in models.Watch.objects.all():
                fetching.patrol_watch(watch.pk, now=timezone.now(), force=True)
            while assessing.read_due(now=timezone.now(), limit=100).read:
                pass
            while campaigns.link_due(now=timezone.now()) != campaigns.Tied():
                pass
            coming_back.tell(now=timezone.now())
            with connection.cursor() as cursor:
                cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
            while jobs.run(tasks.HANDLERS, now=timezone.now()):
                pass

        self.elsewhere(done)


@pytest.fixture
def place(served: str, settings: Any, tmp_path: Path) -> Iterator[Place]:
    factories.offices()
    factories.register()
    people = {
        "officer": factories.person(Role.OFFICER, name="Petugas Contoh"),
        "analyst": factories.person(Role.ANALYST, name="Analis Contoh"),
        "second": factories.person(Role.SUPERVISOR, "directorate", name="Penyelia Contoh", username=confirmed_law.SUPERVISOR),
    }
    confirmed_law.confirm(timezone.now())
    asked.letters_ready("directorate")
    channel_editions.enter(
        channel="komdigi",
        columns=[(column.key, column.title) for column in CHANNELS["komdigi"].columns],
        hours_usual=24,
        hours_urgent=4,
        source="Surat contoh",
        addresses=[("", BODY)],
        seen=1,
        by=people["second"],
        now=timezone.now(),
    )
    sessions = {}
    for who, person in people.items():
        client = Client()
        client.force_login(person)
        sessions[who] = client.cookies[configured.SESSION_COOKIE_NAME].value
    factories.watch(query=CHANNEL)
    gone = tmp_path / "gone"
    world_of_one = shown()
    one = site.Site(0, world.Showing(world_of_one, world.Anchor(datetime.now(UTC)), hold=True, gone=gone))
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, world_of_one)
    elsewhere = Elsewhere()
    with sink.running() as (mails, port), chromium.opened() as browser:
        settings.MAIL = {"host": "127.0.0.1", "port": port, "security": "none", "user": "", "password": ""}
        settings.MAIL_FROM = "kirim@patroli.example"
        yield Place(served, browser, chromium.Watcher(urlsplit(served).netloc), sessions, elsewhere, one, gone, mails)
    elsewhere.close()
    one.shutdown()
    thread.join()
    one.server_close()


THEMES: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (("light", DESK), ("dark", TELEPHONE))


def looked_at(page: Page) -> None:
    """On a desk and a telephone, in light and in dark: no wider than the window, nothing axe complains of, all in Indonesian."""
    wrong = []
    for theme, size in THEMES:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        page.wait_for_function("dark => document.documentElement.classList.contains('dark') === dark", arg=theme == "dark")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{theme}: {wide} pixels wider than the window"] if wide > 0 else []
        wrong += [f"{theme}: {one}" for one in inaccessible(page)]
    wrong += [f"English: {text}" for text in untranslated(page)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    assert wrong == []


def press(page: Page, key: str) -> None:
    """A key leads to its button, Enter presses it: what is sent cannot be taken back. Waits for the page that answers."""
    page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def tick(page: Page, *, link: int) -> None:
    """From a case: every element of its first article, each with the first thing that shows it on that link."""
    for within, place in (("Hukum dan unsur", ".acts a"), ("Tautan perkara", "li a")):
        with page.expect_navigation():
            links = page.locator("section", has=page.locator("h2", has_text=within)).locator(place)
            links.nth(link if place == "li a" else 0).click()
    element = page.locator("section.card", has=page.locator("details.verb"))
    for number in range(element.count()):
        element.nth(number).locator("summary").click()
        element.nth(number).locator("input[name=evidence]").first.check()
        with page.expect_navigation():
            element.nth(number).locator("details button[type=submit]").click()


def approve(place: Place, referral: int) -> None:
    """Nobody can before the documents are there. The second person sees how the letter reads, and that these very files go out."""
    second = place.enter("second", f"/kerja/patrol/referral/{referral}/")
    expect(second.locator("form[action$='/setujui/']")).to_have_count(0)
    place.work()
    follow(second, "Bunyinya")
    expect(second.locator(".surat")).to_contain_text(re.compile(r"B\.\d+/\S+/\d{4}"))
    looked_at(second)
    second.goto(f"{place.address}/kerja/patrol/referral/{referral}/")
    looked_at(second)
    press(second, "y")
    expect(second.locator(".badge", has_text="disetujui").first).to_be_visible()
    second.context.close()


def answer(page: Page, outcome: str) -> None:
    """On the page of a referral: of all its lines."""
    for line in page.locator("input[name=item]").all():
        line.check()
    page.locator("select[name=outcome]").select_option(outcome)
    with page.expect_navigation():
        page.locator("form[action$='/jawaban/'] button[type=submit]").click()


def close(page: Page) -> None:
    form = page.locator("form[action$='/tutup/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("select[name=outcome]").select_option("acted_upon")
    form.locator("textarea[name=note]").fill("Semua tautan turun.")
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def test_from_a_flag_to_a_closed_case(place: Place) -> None:
    place.work()
    # --- the officer confirms, opens a case, sends it up ---
    officer = place.enter("officer", "/kerja/")
    steps.first_flag(officer)
    steps.confirm(officer, "several", "")
    officer.locator(".toast a").first.click()
    case = steps.open_case(officer, "Lowongan Kamboja (contoh)")
    steps.escalate(officer, "Perlu rujukan.")
    officer.context.close()
    # --- the analyst takes it, ticks what shows each element, and asks Komdigi by keys: the copy of the link first ---
    analyst = place.enter("analyst", f"/kerja/patrol/case/{case}/")
    with analyst.expect_navigation():
        analyst.click("form[action$='/ambil/'] button")
    tick(analyst, link=0)
    looked_at(analyst)
    analyst.goto(f"{place.address}/kerja/patrol/case/{case}/")
    looked_at(analyst)
    follow(analyst, "Rujukan baru")
    expect(analyst.locator(".badge", has_text="belum ada rekaman")).to_have_count(1)
    looked_at(analyst)
    press(analyst, "r")
    place.work()
    analyst.reload()
    expect(analyst.locator(".badge", has_text="belum ada rekaman")).to_have_count(0)
    press(analyst, "s")
    first = steps.id_of(analyst, "referral")
    packet = analyst.locator("form[action$='/ubah/']")
    packet.locator("input[name=fact_contact]").fill("Analis Contoh, analis")
    with analyst.expect_navigation():
        packet.locator("button[type=submit]").click()
    looked_at(analyst)
    press(analyst, "s")
    # --- a second person sees the letter and approves it ---
    approve(place, first)
    # --- it goes out by mail, once ---
    analyst.reload()
    looked_at(analyst)
    analyst.keyboard.press("e")
    with analyst.expect_navigation():
        analyst.locator("form[action$='/surel/'] button[type=submit]").click()
    assert place.mails.mails == []
    place.work()
    [mail] = place.mails.mails
    assert mail.rcpt_tos == [BODY]
    analyst.reload()
    expect(analyst.locator(".badge", has_text="dikirim").first).to_be_visible()
    # --- they answer, and the link goes down: told once two looks in a row found it so ---
    answer(analyst, "accepted")
    expect(analyst.locator(".badge", has_text="diterima untuk ditindaklanjuti").first).to_be_visible()
    answer(analyst, "acted_upon")
    expect(analyst.locator(".badge", has_text="ditindak").first).to_be_visible()
    place.gone.write_text("1000000321/2\n")
    analyst.goto(f"{place.address}/kerja/patrol/case/{case}/")
    press(analyst, "p")
    place.work()
    analyst.reload()
    expect(analyst.locator(".tl", has_text="turun")).to_have_count(0)
    place.work()
    analyst.reload()
    expect(analyst.locator(".of-flags .badge", has_text="turun")).to_have_count(1)
    looked_at(analyst)
    # --- it comes back under another name: another round, sent by hand ---
    place.site.showing.publish_next(datetime.now(UTC))
    place.work()
    again = place.enter("officer", "/kerja/")
    steps.first_flag(again)
    steps.confirm(again, "several", "")
    again.context.close()
    place.work()
    analyst.reload()
    looked_at(analyst)
    near = analyst.locator("section.card", has=analyst.locator("h2", has_text="Muncul kembali"))
    expect(near.locator("input[name=come_back]")).to_be_checked()
    with analyst.expect_navigation():
        near.locator("button.pri").click()
    analyst.wait_for_url(re.compile(r"/patrol/referral/\d+/$"))
    following = steps.id_of(analyst, "referral")
    assert following != first
    expect(analyst.locator("textarea[name=together]")).to_have_value(re.compile("muncul kembali", re.IGNORECASE))
    looked_at(analyst)
    analyst.goto(f"{place.address}/kerja/patrol/case/{case}/")
    tick(analyst, link=1)
    analyst.goto(f"{place.address}/kerja/patrol/referral/{following}/")
    follow(analyst, "Pilih baris")
    press(analyst, "r")
    place.work()
    analyst.goto(f"{place.address}/kerja/patrol/referral/{following}/")
    press(analyst, "s")
    approve(place, following)
    analyst.reload()
    analyst.keyboard.press("k")
    by_hand = analyst.locator("form[action$='/kirim/']")
    by_hand.locator("select[name=how]").select_option("portal")
    by_hand.locator("input[name=receipt]").fill("TKT-1 (contoh)")
    with analyst.expect_navigation():
        by_hand.locator("button[type=submit]").click()
    # --- nothing hangs any more: closed, with what came of it ---
    analyst.goto(f"{place.address}/kerja/patrol/case/{case}/")
    close(analyst)
    expect(analyst.locator("[role=alert]").first).to_be_visible()
    assert place.elsewhere(lambda: models.Case.objects.get(pk=case).state) == "referred"
    analyst.goto(f"{place.address}/kerja/patrol/referral/{following}/")
    answer(analyst, "acted_upon")
    analyst.goto(f"{place.address}/kerja/patrol/case/{case}/")
    close(analyst)
    looked_at(analyst)
    ended = place.elsewhere(lambda: models.Case.objects.get(pk=case))
    assert (ended.state, ended.outcome) == ("closed", "acted_upon")
    assert len(place.mails.mails) == 1
    assert place.watcher.found == []
