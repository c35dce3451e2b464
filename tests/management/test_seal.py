"""manage.py seal, and verify_evidence with anchors: what is printed, and how it ends."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from patrol import models
from patrol.evidence.anchors import folder
from tests.evidence.anchors import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> Iterator[None]:
    kept = configured.ANCHOR_KEY, configured.ANCHOR_DIR
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = str(tmp_path / "anchor-key"), str(tmp_path / "anchors")
    yield
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = kept


def typed(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_key_is_made_once_and_then_it_seals() -> None:
    with pytest.raises(CommandError, match="is not there"):
        typed("seal")
    said = typed("seal", "--new-key", configured.ANCHOR_KEY)
    name = sealed.name()
    assert said.startswith(f"{configured.ANCHOR_KEY}: key {name}.\n")
    assert Path(configured.ANCHOR_KEY).stat().st_mode & 0o777 == 0o600
    assert typed("seal") == "Nothing is new since manifest 0.\n"
    sealed.acts(3)
    place = folder.path_of(sealed.place(), 1)
    assert typed("seal") == f"{place}: rows 1 to 3 of the log, 0 records and 0 texts in all, key {name}.\n"
    assert typed("seal") == "Nothing is new since manifest 1.\n"


def test_the_next_key_is_announced(tmp_path: Path) -> None:
    typed("seal", "--new-key", configured.ANCHOR_KEY)
    sealed.acts(1)
    typed("seal")
    said = typed("seal", "--new-key", str(tmp_path / "next"))
    announced = folder.read(sealed.place(), 2).statement.next_key
    assert (len(announced), f"{tmp_path / 'next'}: key {announced}." in said, f"key {sealed.name()}." in said) == (64, True, True)
    with pytest.raises(CommandError, match="announces a new key"):
        typed("seal")


def test_verified_with_anchors_and_what_is_newer_is_told(tmp_path: Path) -> None:
    trusted = sealed.in_three(tmp_path)
    public = folder.key_path(sealed.place(), trusted)
    for given in ([], ["--key", trusted], ["--key", str(public)]):
        lines = typed("verify_evidence", "--anchors", configured.ANCHOR_DIR, *given).splitlines()
        assert lines[0].startswith("log: 1 rows are newer than manifest 3 of ")
        assert lines[1].startswith("All whole: ")
    Path(configured.ANCHOR_KEY).unlink()
    with pytest.raises(CommandError, match="Say with --key whose manifests are believed"):
        typed("verify_evidence", "--anchors", configured.ANCHOR_DIR)
    assert models.Verification.objects.count() == 3
    with pytest.raises(CommandError, match="is no folder"):
        typed("verify_evidence", "--anchors", str(tmp_path / "nowhere"), "--key", trusted)


def test_a_manifest_that_is_gone_ends_it_with_its_number(tmp_path: Path) -> None:
    sealed.in_three(tmp_path)
    folder.path_of(sealed.place(), 3).unlink()
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^1 broken"):
        call_command("verify_evidence", "--anchors", configured.ANCHOR_DIR, stdout=out)
    assert "manifest 3: the log names it, and the folder ends before: it was cut, or the copy is older\n" in out.getvalue()
    assert models.Verification.objects.get().elsewhere == 1
