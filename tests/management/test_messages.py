"""Every word of the screen has its Indonesian, and the compiled catalogue is that of the words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command
from django.template.defaultfilters import filesizeformat
from django.utils import translation

from patrol.engine.rules import scam_compound_job
from patrol.management.commands import messages

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
# The same word in both languages.
SHARED = {
    "%(count)s byte",
    "%(size)d byte",
    "Administrator",
    "Bot",
    "Host",
    "Webhook",
    "Webhooks",
    "Format",
    "Hash",
    "Hotline:",
    "Internal",
    "Logo",
    "Median",
    "No.",
    "PDF",
    "Platform",
    "Program",
    "Platforms",
    "Register",
    "Status",
    "Status %(period)s",
    "Token",
}
# A column is headed "Biasanya", its cells say "biasa"; a timeline says who escalated, a table what was escalated; a button bids
# ("Lepaskan", "Lepas"), a state tells ("dilepas"); posts are "berubah" by themselves, things are "diubah" by people.
SPELT_APART = {"usual", "escalated to the directorate", "changed", "cut", "let go"}
# What an officer says, by the English of the code.
SPOKEN = {
    "Cut the chosen ties": "Lepas kaitan terpilih",
    "Decide for all": "Satu keputusan untuk semua",
    "%(many)s is the same": "Gabungkan semua (%(many)s)",
    "It is the same": "Gabungkan",
    "It is not the same": "Bukan yang sama",
    "Last good fetch": "Terakhir berhasil diambil",
    "Answer of the platform": "Data mentah dari platform",
    "Link, as text": "Tautan (tidak dapat diklik)",
    "Your turn today": "Pekerjaan Anda hari ini",
    "What I had to look at": "Paparan saya",
    "Minutes with them": "Menit pada unggahan itu",
    "Desk": "Halaman Triase",
    "too few %(word)ss": "data belum cukup (perlu 4 %(word)s)",
    "just now": "baru saja",
    "Browser extension": "Ekstensi peramban",
    "Imports of posts": "Impor unggahan",
    "My captures": "Kiriman saya",
    "Standing here says nothing about its owner: victims' and misused numbers stand here too.": (
        "Tercantum di sini bukan penilaian atas pemiliknya: nomor korban dan nomor yang dicatut juga ada di sini."
    ),
    "Trusted contacts": "Kontak tepercaya",
    "Ties": "Kaitan",
    "severe": "sensitif",
    "Blurred": "Buram",
    "End the pairing": "Lepaskan",
    "Origin of the post": "Asal unggahan",
    "Not read yet.": "Belum dibaca.",
    "Audit log": "Jejak audit",
}
# Words that were given up for those above, and the English of entries that may still have one of them.
GIVEN_UP: dict[str, set[str]] = {
    r"\bikatan|mengikat|diikat": set(),
    r"semua sama|^tidak sama$": set(),
    r"^sama$": {"Same", "The same", "the same"},  # two people's answers, rows of a register and times of keeping: no button joins anything
    r"pengambilan baik|jawaban platform|jawaban mentah|tautan, teks": set(),
    r"giliran anda hari ini|yang harus (saya|mereka) lihat|menit bersamanya": set(),
    r"meja kerja|kompleks penipuan|minggu masih kurang|\b0 mnt": set(),
    r"^rekaman saya$|tidak berarti apa-apa": set(),
    r"\bberat\b": set(),
    r"\bkabur|dikabur|mengabur": set(),
    r"\blog audit|ke log\b|di log\b|dalam log\b": set(),
    r"\bpenulis": set(),
    r"meja publik": set(),
    r"bagian hukum|biro hukum": set(),
    r"sidik jari": {  # of a finger; what is counted from a text or a file is its hash
        (
            "Your browser asks for finger, face or PIN, and keeps the passkey on this device, on your telephone or on a security key."
            " With it you log in without a password too."
        )
    },
    r"\bpeladen|pekerja terhenti": set(),
    r"\bpegawai": set(),
    r"dikesampingkan|dikenal baik|orang yang dirugikan": set(),
    r"%\((most|letters|note_letters)\)s huruf": set(),
}


def _entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(messages.CATALOGUE)))


def _said(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr)


def test_every_word_has_its_indonesian() -> None:
    assert messages.missing(messages.CATALOGUE) == []


def test_the_compiled_catalogue_is_that_of_the_words() -> None:
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(messages.CATALOGUE)


def test_placeholders_are_the_same_in_both_languages() -> None:
    differ = [
        entry.msgid
        for entry in _entries()
        if set(PLACEHOLDER.findall(_said(entry))) != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert differ == []


def test_no_english_stands_in_for_indonesian() -> None:
    same = {entry.msgid for entry in _entries() if _said(entry) == entry.msgid and re.search(r"[a-z]", _bare(entry))}
    assert {word.capitalize() for word in same} - {word.capitalize() for word in SHARED} == set()


def _bare(entry: polib.POEntry) -> str:
    return PLACEHOLDER.sub("", entry.msgid)


def test_a_size_is_said_on_pages_as_on_papers() -> None:
    with translation.override("id"):
        assert [filesizeformat(length) for length in (0, 401, 4300)] == ["0\xa0byte", "401\xa0byte", "4,2\xa0KB"]


def test_nobody_is_called_illegal() -> None:
    """Not to be found in the register is no offence: docs and design forbid the word of a company or a post."""
    assert [entry.msgid for entry in _entries() if "ilegal" in _said(entry).lower()] == []


def test_one_word_for_one_thing_whether_it_begins_a_line_or_not() -> None:
    said: dict[tuple[str, str], set[str]] = {}
    for entry in _entries():
        said.setdefault((entry.msgctxt or "", entry.msgid.lower()), set()).add(_said(entry).lower())
    assert {word: words for (_, word), words in said.items() if len(words) > 1 and word not in SPELT_APART} == {}


def test_it_says_what_an_officer_says() -> None:
    said = {entry.msgid: _said(entry) for entry in _entries()}
    assert {word: said.get(word) for word in SPOKEN} == SPOKEN
    assert scam_compound_job.TITLE.id == "Ciri pusat penipuan daring"


@pytest.mark.parametrize("words", GIVEN_UP)
def test_words_that_were_given_up_stay_away(words: str) -> None:
    assert {entry.msgid for entry in _entries() if re.search(words, _said(entry), re.IGNORECASE)} == GIVEN_UP[words]


def test_putuskan_is_said_of_deciding_alone() -> None:
    """Ties and paired things are let go: "lepas"."""
    bids = {entry.msgid for entry in _entries() if re.match(r"putus(kan)?\b(?!-)", _said(entry), re.IGNORECASE)}
    assert {word for word in bids if not re.search("decide|settle", word, re.IGNORECASE)} == set()


def test_the_catalogue_holds_what_the_code_says_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Collected from a copy, so that a test run never writes over the words somebody is just changing."""
    if shutil.which("xgettext") is None:
        pytest.skip("collecting words needs GNU gettext; the catalogue itself is tested above")
    for folder in ("patrol", "reports", "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    copied = tmp_path / messages.CATALOGUE.relative_to(settings.BASE_DIR)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(messages, "CATALOGUE", copied)
    monkeypatch.chdir(tmp_path)
    call_command("messages", verbosity=0)
    assert _keys(copied) == _keys(settings.BASE_DIR / copied.relative_to(tmp_path))


def _keys(catalogue: Path) -> set[tuple[str, str]]:
    return {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(catalogue))}
