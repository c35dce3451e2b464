"""The pages as a site: built without a warning and without the network, nothing from elsewhere, each link and path leads to a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from tests.docs import documents

ROOT = documents.ROOT
ADR = {f"docs/adr/{file.name}": file.read_text() for file in (ROOT / "docs/adr").glob("*.md")}

# Python imports this file of a folder on its path before anything else: whoever asks a host by name or number is told no.
NO_NETWORK = """
import socket

def _refuse(*_, **__):
    raise OSError("the network is off here")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = _refuse
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the site, and what its making printed."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}
    asked = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    refused = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert refused.stderr.strip().endswith("OSError: the network is off here")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site", done.stdout + done.stderr


def test_the_site_is_built_without_a_warning_and_without_the_network(built: tuple[Path, str]) -> None:
    site, printed = built
    assert printed == ""
    pages = {str(file.relative_to(ROOT / "docs")) for file in (ROOT / "docs").rglob("*.md")}
    expected = {str(Path(page).with_suffix(".html")).replace("README.html", "index.html") for page in pages}
    assert {str(file.relative_to(site)) for file in site.rglob("*.html")} == expected | {"404.html"}
    [command] = re.findall(r"^docs\) step docs (.+) ;;$", (ROOT / ".ci/steps").read_text(), re.MULTILINE)
    assert command == 'env NO_MKDOCS_2_WARNING=1 "$python" -m mkdocs build --strict'


class _Loaded(HTMLParser):
    """The addresses a browser loads by itself when it opens the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = {"link": ("href",), "script": ("src",), "img": ("src", "srcset"), "iframe": ("src",), "source": ("src",)}
        self.addresses += [given[name] or "" for name in names.get(tag, ()) if given.get(name)]


def test_nothing_is_loaded_from_elsewhere(built: tuple[Path, str]) -> None:
    site, _ = built
    loaded = {
        (str(page.relative_to(site)), address) for page in site.rglob("*.html") for address in _Loaded(page.read_text()).addresses
    } | {
        (str(sheet.relative_to(site)), address)
        for sheet in site.rglob("*.css")
        for address in re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", sheet.read_text())
    }
    assert {page for page, _ in loaded} >= {"index.html", "roles/petugas.html", "adr/index.html"}
    assert [one for one in sorted(loaded) if re.match(r"(https?:)?//", one[1])] == []


def test_the_decisions_stand_in_the_navigation_by_their_numbers(built: tuple[Path, str]) -> None:
    side = (built[0] / "adr/index.html").read_text().split('data-md-component="sidebar"')[1]
    listed = [link for link in re.findall(r'href="(\d{4}-[a-z0-9-]+)\.html"', side) if link]
    assert listed == sorted(file.stem for file in (ROOT / "docs/adr").glob("0*.md"))


def test_a_page_says_its_language(built: tuple[Path, str]) -> None:
    spoken = {
        str(page.relative_to(built[0])): re.findall(r"<html lang=\"([a-z]+)\"", page.read_text()) for page in built[0].rglob("*.html")
    }
    assert {page for page, found in spoken.items() if found != ["en"]} == {f"roles/{role}.html" for role in ROLES}
    assert all(spoken[f"roles/{role}.html"] == ["id"] for role in ROLES)


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_bytes()) <= 8 * 1024


def links() -> Iterator[tuple[str, str]]:
    """Page and target of each link and picture that is no address of the web."""
    for name, text in (documents.named() | ADR).items():
        for pair in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)", re.sub(r"`[^`\n]*`", "", text)):
            for target in pair:
                if target and not re.match(r"[a-z]+:|#", target):
                    yield name, target


def test_every_link_and_picture_leads_to_a_file() -> None:
    found = list(links())
    assert ("README.md", "docs/img/flag.webp") in found
    broken = [(n, t) for n, t in found if not (ROOT / n).parent.joinpath(t.split("#")[0]).is_file()]
    assert broken == []


def test_every_picture_is_shown() -> None:
    shown = {(ROOT / name).parent.joinpath(target).resolve() for name, target in links() if target.endswith(".webp")}
    assert shown == set((ROOT / "docs/img").iterdir())


FOLDERS = "patrol|reports|templates|static|locale|extension|example|tests|bench|docs"


def test_every_path_of_the_repository_is_there() -> None:
    """`folder/…` in backticks, also with a star; a test's name behind `::` is found in its file."""
    named = {
        (page, path)
        for page, text in documents.named().items()
        if page != "CHANGELOG.md"
        for path in re.findall(rf"`((?:{FOLDERS})/[^`\s]*)`", text)
    }
    assert len(named) > 10
    assert [(page, path) for page, path in sorted(named) if not _there(path)] == []


def _there(path: str) -> bool:
    file, _, test = path.partition("::")
    found = list(ROOT.glob(file)) if "*" in file else [one for one in [ROOT / file] if one.exists()]
    return bool(found) and (not test or f"def {test}(" in found[0].read_text())


ROLES = ("petugas", "analis", "penyelia", "pengelola-register", "administrator", "petugas-pelindungan-data")


@pytest.mark.parametrize("role", ROLES)
def test_a_page_of_a_role_uses_the_words_of_the_screen(role: str) -> None:
    """What stands there in italics is what the screen says in Indonesian, letter for letter."""
    catalogue = polib.pofile(str(ROOT / "locale/id/LC_MESSAGES/django.po"))
    words = {word for entry in catalogue for word in (entry.msgstr, *entry.msgstr_plural.values())}
    said = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", (ROOT / f"docs/roles/{role}.md").read_text())
    assert len(said) > 5
    assert [word for word in said if word not in words] == []


@pytest.mark.parametrize("page", ["new-platform", "new-rule", "new-page"])
def test_an_example_stands_so_in_the_code(page: str) -> None:
    """Line by line, whatever the indent."""
    folders = (ROOT / "patrol", ROOT / "tests", ROOT / "docs")
    code = {line.strip() for folder in folders for file in folder.rglob("*.py") for line in file.read_text().splitlines()}
    blocks, _ = documents.parts(documents.named()[f"docs/developers/{page}.md"])
    shown = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    assert shown
    assert [line for line in shown if line not in code] == []
