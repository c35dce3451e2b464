"""docs/developers/new-platform.md, done: a copy of the product gets one folder and one line, and a post of it goes the whole way."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from patrol import domain
from tests import copied, factories, stack

GUIDE = (stack.PROJECT / "docs/developers/new-platform.md").read_text()
FOLDER = Path(__file__).resolve().parent
BOARD = [
    {"id": "7", "by": "rani_contoh", "at": "2026-11-22T22:47:00+00:00", "text": factories.ILLEGAL.format(phone="0840 5550 0007")},
    {"id": "8", "by": "rani_contoh", "at": "2026-11-22T22:49:00+00:00", "text": factories.HARMLESS.format(n=8)},
]


@pytest.fixture
def site() -> Iterator[str]:
    """The invented platform on loopback: its one board, and nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(BOARD if self.path == "/board/loker.json" else None).encode()
            self.send_response(200 if body != b"null" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def product(tmp_path: Path) -> Path:
    return copied.product(tmp_path / "product")


def line(product: Path, last: str = "NOTED") -> None:
    """The one line, behind the last one."""
    file = product / "patrol/domain/collection.py"
    text = file.read_text()
    assert len(re.findall(rf"^    {last} = .*\n", text, re.MULTILINE)) == 1
    file.write_text(re.sub(rf"(^    {last} = .*\n)", r'\1    PASAR = "pasar"\n', text, flags=re.MULTILINE))


def walked(product: Path, folder: Path, **names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", FOLDER / "new_platform.py", "pasar", "board", "loker"],
        cwd=product,
        env={
            **os.environ,
            "PYTHONPATH": f"{product}:{stack.PROJECT}",
            "DJANGO_SETTINGS_MODULE": "patrol.settings",
            "EVIDENCE_DIR": str(folder / "evidence"),
            **names,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.usefixtures("committed")
def test_one_folder_and_one_line_take_a_post_of_it_the_whole_way(product: Path, site: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "pasar", product / "patrol/sources/pasar")
    line(product)
    database = stack.named(os.environ["DATABASE_URL"], str(settings.DATABASES["default"]["NAME"]))
    done = walked(product, tmp_path, DATABASE_URL=database, STAND_INS=json.dumps({"https://pasar.example": site}))
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "product": str(product / "patrol/__init__.py"),
        "offered to a watch": True,
        "on the page of sources": True,
        "fetched": [1, 2, 2, False],
        "stored": [["pasar", "7"], ["pasar", "8"]],
        "read": 2,
        "flagged": "7",
        "named in the queue": True,
        "named at the post": True,
        "masked": "pasar:rani••••oh",
        "its account is found": True,
        "a file names it": ["pasar", "pasar"],
        "an import may choose it": "pasar",
        "one may send in a picture of it": True,
        "an address leads to it": ["pasar", "7"],
    }


def test_a_line_without_its_folder_is_told_at_the_start(product: Path, tmp_path: Path) -> None:
    line(product)
    done = walked(product, tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "ModuleNotFoundError: No module named 'patrol.sources.pasar'")


def test_the_guide_asks_for_the_folder_and_the_line_and_for_nothing_else() -> None:
    needed = GUIDE.split("## 1.")[1].split("## 3.")[0]
    named = set(re.findall(r"`(patrol/[\w/.]+)`", needed))
    assert {name for name in named if not name.startswith("patrol/sources/")} == {"patrol/domain/collection.py"}


def test_the_guide_tells_every_name_a_platform_has() -> None:
    members = {name for one in (domain.Named, domain.Source) for name in {*one.__annotations__, *vars(one)} if not name.startswith("_")}
    rows = [row.split("|")[1] for row in GUIDE.splitlines() if row.startswith("| `")]
    assert set(re.findall(r"`(\w+)", " ".join(rows))) == members
