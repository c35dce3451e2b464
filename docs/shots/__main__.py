"""`make shots`: a run of the example on throw-away data (free port), everybody's pages in turn, then the gallery.

`make shots ONLY="agency registrar"` takes these pictures and those of these accounts alone. RUN=VAR_DIR goes to a run that is already
there, which saves its start; a story is lived once in a run. The names are fixed; what the pictures show follows the example world, whose
posts carry today's dates. Needs /usr/bin/chromium (apt: chromium).
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from playwright import sync_api as playwright_sync
from playwright.sync_api import Browser

from docs.shots import pages, stories
from docs.shots.desk import PROJECT, Desk, ShotsError

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",  # Chromium as root needs it; it sees our own pages only
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--font-render-hinting=none",
)
READY_SECONDS = 900.0  # the weeks before are lived first


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(var: Path) -> Iterator[str]:
    """A run of the example on throw-away data; its address. Raises ShotsError where it does not come up."""
    port = free_port()
    # No act of the day is asked for its password once more, however long the pictures before it took.
    environment = {**os.environ, "VAR_DIR": str(var), "PORT": str(port), "STEP_UP_SECONDS": "86400"}
    log = var.with_name("run.log")
    with log.open("wb") as out:
        run = subprocess.Popen([sys.executable, "-m", "example.run"], cwd=PROJECT, env=environment, stdout=out, stderr=out)
    try:
        end = time.monotonic() + READY_SECONDS
        while "SIPatrol is ready" not in log.read_text():
            if run.poll() is not None or time.monotonic() > end:
                raise ShotsError(f"The example does not come up:\n{log.read_text()}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)
        # As root, server files lie outside of VAR_DIR where nobody else may enter it.
        subprocess.run(
            [sys.executable, "-m", "example.run", "--reset"], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def address_of_run(var: Path) -> str:
    """Of a run that is already there. Raises ShotsError where there is none."""
    try:
        told = (var / "run.env").read_text()
    except OSError as error:
        raise ShotsError(f"There is no run in {var}: {error}") from error
    return f"http://127.0.0.1:{re.findall(r'^PORT=.*?([0-9]+)', told, re.MULTILINE)[0]}"


def manage(var: Path, *arguments: str) -> str:
    """What a command of manage.py prints, in the surroundings of the run."""
    asked = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(  # noqa: S603 -- our own program
        asked, cwd=PROJECT, env={**os.environ, "VAR_DIR": str(var)}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ShotsError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def wait_for_the_week() -> None:
    """No picture of a summary can be taken around a week's end (Jakarta): what ends is frozen ten minutes later, and a week that ends
    between two pictures is another one in the second."""
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    monday = (now + timedelta(minutes=20)).replace(hour=0, minute=0, second=0, microsecond=0)
    if monday.weekday() == 0 and monday - timedelta(minutes=20) <= now < monday + timedelta(minutes=11):
        left = monday + timedelta(minutes=11) - now
        print(f"A week ends: the pictures begin in {left // timedelta(minutes=1) + 1} minutes.", flush=True)
        time.sleep(left.total_seconds())


UNREAD = "from patrol import models; print(models.Post.objects.exclude(due_at=None).count())"


def wait_for_posts(var: Path) -> None:
    """Until a further round over every watch brings nothing new and no post is unread, here or in the worker's hands."""
    end = time.monotonic() + READY_SECONDS
    while True:
        told = manage(var, "patrol")
        settled = "another run holds it" not in told and not re.search(r"[1-9]\d* (new|changed)", told)
        if settled and manage(var, "shell", "--no-imports", "-c", UNREAD).strip() == "0":
            return
        if time.monotonic() > end:
            raise ShotsError(f"The first patrol does not end:\n{told}")


def chosen(asked: Collection[str]) -> set[str]:
    """The rows of these names and accounts, of all where none is named. Raises ShotsError for a name that is none."""
    of_group: dict[str, set[str]] = {}
    for group in pages.GROUPS:
        of_group.setdefault(group.account, set()).update(row.name for row in group.rows)
    every = {row.name for row in pages.rows()}
    unknown = set(asked) - every - set(of_group)
    if unknown:
        raise ShotsError(f"There is no picture or account {', '.join(sorted(unknown))}; docs/shots/pages.py has them all.")
    return {name for word in asked for name in of_group.get(word, {word})} if asked else every


def take(desk: Desk, group: pages.Group) -> None:
    """What no act leads to is taken first, as the day begins."""
    mine = [row for row in group.rows if row.name in desk.wanted]
    after = [row for row in mine if _in_story(row, desk)]
    for row in mine:
        if row not in after:
            desk.go(row.name)
            desk.view(row.name)
    if after:
        stories.DAY[group.account](desk)
    for row in after:
        if row.way != pages.STORY:
            desk.go(row.name)
            desk.view(row.name)


def _in_story(row: pages.Shown, desk: Desk) -> bool:
    return row.way == pages.STORY or (row.way in desk.rows and _in_story(desk.rows[row.way], desk))


def walk(browser: Browser, home: str, var: Path, wanted: Collection[str]) -> None:
    lines = [line.split("\t") for line in (var / "example-accounts.txt").read_text().splitlines()]
    accounts = {role: (username, password) for role, username, password in lines}
    for group in pages.GROUPS:
        if any(row.name in wanted for row in group.rows):
            desk = Desk(browser, home, group, accounts.get(group.account), wanted, var / "example" / "newer")
            take(desk, group)
            desk.context.close()


def main(asked: Collection[str]) -> int:
    if not Path(CHROMIUM).exists():
        print("Pictures need Chromium (apt: chromium).", file=sys.stderr)
        return 1
    try:
        wanted = chosen(asked)
        wait_for_the_week()
        with tempfile.TemporaryDirectory(prefix="shots-") as folder:
            there = os.environ.get("RUN", "")
            var = Path(there or f"{folder}/var").absolute()
            with nullcontext(address_of_run(var)) if there else running(var) as home, playwright_sync.sync_playwright() as playwright:
                wait_for_posts(var)
                os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "patrol.settings"}
                django.setup()  # for the table of addresses
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
                try:
                    walk(browser, home, var, wanted)
                except (ShotsError, playwright_sync.Error) as error:
                    log = (var / "log" / "web.log").read_text().splitlines()[-5:]
                    raise ShotsError("\n".join([str(error), *log])) from error
                finally:
                    browser.close()
    except ShotsError as error:
        print(error, file=sys.stderr)
        return 1
    (PROJECT / "docs" / "pictures.md").write_text(pages.gallery())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
