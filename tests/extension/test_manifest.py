"""What both kinds of browsers need of the extension, and what it may not ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text())
SCRIPTS = sorted(EXTENSION.rglob("*.js"))


def messages(language: str) -> dict[str, str]:
    read = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text())
    return {key: one["message"] for key, one in read.items()}


def test_chromium_and_firefox_both_find_their_background() -> None:
    """Chromium takes the worker and passes over the scripts, Firefox the other way round; the same file is both."""
    assert MANIFEST["manifest_version"] == 3
    assert MANIFEST["background"] == {"service_worker": "background.js", "scripts": ["background.js"], "type": "module"}
    assert int(MANIFEST["minimum_chrome_version"]) >= 121  # before, a manifest with both was refused
    gecko = MANIFEST["browser_specific_settings"]["gecko"]
    assert re.fullmatch(r"[\w.-]+@[\w.-]+", gecko["id"])
    assert float(gecko["strict_min_version"]) >= 128  # optional_host_permissions


def test_no_right_is_broader_than_the_work() -> None:
    """A page is read after a click only; the one standing right is to the office's server, asked for at pairing."""
    assert MANIFEST["permissions"] == ["activeTab", "scripting", "storage", "unlimitedStorage", "alarms"]
    assert not {"host_permissions", "content_scripts", "web_accessible_resources", "externally_connectable"} & set(MANIFEST)
    assert MANIFEST["optional_host_permissions"] == ["https://*/*", "http://localhost/*", "http://127.0.0.1/*"]


def test_every_file_named_is_there() -> None:
    named = [
        MANIFEST["background"]["service_worker"],
        MANIFEST["options_ui"]["page"],
        *MANIFEST["icons"].values(),
        *MANIFEST["action"]["default_icon"].values(),
    ]
    scripts = (EXTENSION / "background.js").read_text() + (EXTENSION / "platforms.js").read_text()
    named += re.findall(r'"(read/\w+\.js)"', scripts)
    assert [name for name in named if not (EXTENSION / name).is_file()] == []
    assert {path.name for path in (EXTENSION / "read").iterdir()} == {
        name.removeprefix("read/") for name in named if name.startswith("read/")
    }
    for size, name in MANIFEST["icons"].items():
        with Image.open(EXTENSION / name) as icon:
            assert icon.size == (int(size), int(size))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_code_comes_from_elsewhere_and_no_page_is_written_as_html(script: Path) -> None:
    """What a post says is put on our pages as text: it never becomes markup or program."""
    code = script.read_text()
    writes = r"(inner|outer|insertAdjacent)HTML|document\.write|DOMParser"
    forbidden = rf"{writes}|\beval\(|new Function|importScripts|//[^\"'`$ ]+/[^\"'`$ ]*\.js\b"
    assert [found.group() for found in re.finditer(forbidden, code)] == []
    assert re.findall(r'import .* from "(?!\./)', code) == []


def test_pages_hold_no_inline_script_and_no_words_of_their_own() -> None:
    for page in EXTENSION.glob("*.html"):
        html = page.read_text()
        assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
        assert re.findall(r"\son\w+=|\sstyle=", html) == []
        body = html[html.index("<body>") :]
        assert re.findall(r">[^<>\s][^<>]*<", body) == []


def test_both_languages_say_the_same_things() -> None:
    indonesian, english = messages("id"), messages("en")
    assert MANIFEST["default_locale"] == "id"
    assert set(indonesian) == set(english)
    for key, sentence in indonesian.items():
        assert sorted(re.findall(r"\$\d", sentence)) == sorted(re.findall(r"\$\d", english[key])), key


def test_every_sentence_asked_for_is_there_and_every_one_there_is_asked_for() -> None:
    text = "\n".join(path.read_text() for path in [*SCRIPTS, *EXTENSION.glob("*.html"), EXTENSION / "manifest.json"])
    known = set(messages("id"))
    asked = set(re.findall(r'\bt\("(\w+)"|data-t(?:-label)?="(\w+)"|key: "(\w+)"|getMessage\("(\w+)"|__MSG_(\w+)__', text))
    names = {name for groups in asked for name in groups if name}
    assert names - known == set()
    built = {key for key in known if key.startswith(("state_", "shot", "problem_"))}
    assert known - names - built == set()


def test_the_shape_is_named_alike_on_both_sides() -> None:
    from patrol.intake import sent  # noqa: PLC0415 -- the only test here that needs the server

    assert f'FORMAT = "{sent.FORMAT}"' in (EXTENSION / "draft.js").read_text()
