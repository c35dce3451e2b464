"""Every word of the screen has its Indonesian, and the compiled catalogue is that of the words."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from patrol.management.commands import messages


def test_every_word_has_its_indonesian() -> None:
    assert messages.missing(messages.CATALOGUE) == []


def test_the_compiled_catalogue_is_that_of_the_words() -> None:
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(messages.CATALOGUE)


def test_placeholders_are_the_same_in_both_languages() -> None:
    pattern = r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}"
    differ = [
        entry.msgid
        for entry in polib.pofile(str(messages.CATALOGUE))
        for said in (entry.msgstr, *entry.msgstr_plural.values())
        if said and set(_found(pattern, said)) != set(_found(pattern, entry.msgid)) and not entry.msgid_plural
    ]
    assert differ == []


def _found(pattern: str, text: str) -> list[str]:
    import re  # noqa: PLC0415 -- of this helper only

    return re.findall(pattern, text)


def test_the_catalogue_holds_what_the_code_says_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("collecting words needs GNU gettext; the catalogue itself is tested above")
    before = messages.CATALOGUE.read_bytes()
    compiled = messages.CATALOGUE.with_suffix(".mo").read_bytes()
    try:
        call_command("messages", verbosity=0)
        after = messages.CATALOGUE.read_bytes()
    finally:
        messages.CATALOGUE.write_bytes(before)
        messages.CATALOGUE.with_suffix(".mo").write_bytes(compiled)
    assert {e.msgid for e in polib.pofile(after.decode())} == {e.msgid for e in polib.pofile(before.decode())}
