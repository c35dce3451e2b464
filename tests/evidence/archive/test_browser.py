"""Whatever a browser does to its parent: hangs, babbles, dies, leaves children behind; it ends in time and nothing stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from patrol.evidence.archive import browser


def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """The real sandbox before a program of ours in the place of the browser's."""
    (tmp_path / "sandbox.py").write_text(Path(browser._SANDBOX).read_text())
    (tmp_path / "browsing.py").write_text(program)
    monkeypatch.setattr(browser, "_SANDBOX", tmp_path / "sandbox.py")


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


PATIENCE = 60  # seconds, a tenth of what the programs here would take by themselves


def ended(pid: int) -> bool:
    """Whether the process is gone, long before it would have gone by itself."""
    until = time.monotonic() + PATIENCE
    while alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


SAY = (
    "import json, os, struct, subprocess, sys, time\n"
    "def say(said, body=b''):\n"
    "    head = json.dumps(said).encode()\n"
    "    sys.stdout.buffer.write(struct.pack('>II', len(head), len(body)) + head + body); sys.stdout.buffer.flush()\n"
)
RUNAWAY = (
    SAY
    + "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\nsay({'pid': child.pid})\n"
)


def test_a_frame_is_heard_with_its_body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(tmp_path, monkeypatch, SAY + "say({'a': 1}, b'isi'); time.sleep(60)")
    with browser.opened(PATIENCE) as opened:
        assert opened.hear(opened.ends) == ({"a": 1}, b"isi")


@pytest.mark.parametrize(
    "program",
    [
        "",
        "raise SystemExit(1)",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 100)",  # two lengths of gigabytes
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\3\\0\\0\\0\\0{{{')",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2\\0\\0\\0\\0[]')",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2\\0\\0\\0\\x09{}half')",
    ],
)
def test_a_browser_that_ends_or_babbles_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    play(tmp_path, monkeypatch, program)
    with browser.opened(30) as opened, pytest.raises(browser.GoneError):
        opened.hear(opened.ends)


def outliving(tmp_path: Path) -> str:
    """The end of a program that nobody ends: it stays for PATIENCE seconds, and says so in a file."""
    return f"import pathlib, time; time.sleep({PATIENCE}); pathlib.Path({str(tmp_path / 'outlived')!r}).touch()"


def test_a_browser_that_says_nothing_is_over_when_its_time_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(tmp_path, monkeypatch, outliving(tmp_path))
    with browser.opened(1.5) as opened, pytest.raises(browser.GoneError):
        assert opened.hear(time.monotonic() + 0.1) is None
        opened.hear(opened.ends)
        opened.hear(opened.ends)
    assert not (tmp_path / "outlived").exists()


def test_a_browser_that_does_not_listen_is_over_when_its_time_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(tmp_path, monkeypatch, outliving(tmp_path))
    with browser.opened(1.5) as opened, pytest.raises(browser.GoneError):
        opened.say({}, b"x" * 10_000_000)
    assert not (tmp_path / "outlived").exists()


@pytest.mark.parametrize("last", ["time.sleep(600)", "os._exit(0)"], ids=["it runs on", "it died before its child"])
def test_what_it_started_ends_with_it_even_in_a_session_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    play(tmp_path, monkeypatch, RUNAWAY + last)
    with browser.opened(PATIENCE) as opened:
        heard = opened.hear(opened.ends)
    assert heard is not None
    said, _body = heard
    assert ended(said["pid"])


def test_a_browser_that_eats_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "MEMORY_BYTES", 100 * 1024 * 1024)
    play(tmp_path, monkeypatch, "eaten = bytearray(200 * 1024 * 1024); " + outliving(tmp_path))
    with browser.opened(2 * PATIENCE) as opened, pytest.raises(browser.GoneError):
        opened.hear(opened.ends)
    assert not (tmp_path / "outlived").exists()


def test_a_worker_that_is_killed_leaves_nothing_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(tmp_path, monkeypatch, RUNAWAY + "time.sleep(600)")
    worker = (
        "import sys; from pathlib import Path; from patrol.evidence.archive import browser\n"
        f"browser._SANDBOX = Path({str(tmp_path / 'sandbox.py')!r})\n"
        "with browser.opened(60) as opened:\n"
        "    print(opened.hear(opened.ends)[0]['pid'], opened._process.pid, flush=True); sys.stdin.read()\n"
    )
    root = Path(browser.__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", worker], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child, sandbox = map(int, process.stdout.readline().split())
        assert alive(child)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert ended(child)
    assert ended(sandbox)


def test_a_browser_is_found_by_its_usual_names_or_where_the_setting_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.found() == ""
    for name in ("google-chrome", "chromium"):  # the first of the list wins
        place = tmp_path / name
        place.write_text("")
        place.chmod(0o755)
        assert browser.found() == str(place)
    assert browser.found(str(tmp_path / "google-chrome")) == str(tmp_path / "google-chrome")
    assert browser.found(str(tmp_path / "absent")) == ""
