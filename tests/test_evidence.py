"""Raw bytes under their own hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import evidence


@given(st.binary(max_size=300))
def test_what_is_put_comes_back_and_twice_changes_nothing(content: bytes) -> None:
    sha256 = evidence.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest() == evidence.put(content)
    with evidence.open_bytes(sha256) as file:
        assert file.read() == content


def test_one_changed_byte_is_seen(settings) -> None:
    sha256 = evidence.put(b"bukti")
    assert evidence.intact(sha256)
    file = next(Path(settings.EVIDENCE_DIR).rglob(sha256))
    file.chmod(0o600)
    file.write_bytes(b"bukTi")
    assert not evidence.intact(sha256)


def test_bytes_that_are_missing_are_said_to_be_missing() -> None:
    with pytest.raises(evidence.EvidenceMissingError):
        evidence.open_bytes("0" * 64)
    assert not evidence.intact("0" * 64)


def test_a_write_that_fails_leaves_nothing_behind(settings, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(evidence.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        evidence.put(b"tidak muat")
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []


def test_every_new_name_is_synced_in_the_folder_that_holds_it(settings, monkeypatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(evidence, "_sync", synced.append)
    root = Path(settings.EVIDENCE_DIR)
    place = next(root.rglob(evidence.put(b"bukti")))
    assert synced == [root.parent, root, place.parent.parent, place.parent]
    synced.clear()
    evidence.put(b"bukti")
    assert synced == []


def test_removed_for_good_once_nobody_has_used_it_for_a_while(settings) -> None:
    sha256 = evidence.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    assert (evidence.remove(sha256), place.exists()) == (False, True)
    later = place.stat().st_mtime + evidence.GRACE + 1
    assert evidence.remove(sha256, now=later) is True
    assert (evidence.intact(sha256), list(place.parent.iterdir())) == (False, [])
    assert evidence.remove(sha256, now=later) is True  # twice changes nothing


def test_what_a_dead_remover_set_aside_goes_and_what_came_back_meanwhile_stays(settings) -> None:
    sha256 = evidence.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    place.rename(place.with_name(f".gone-{sha256}"))
    assert evidence.put(b"berkas") == sha256
    assert evidence.remove(sha256) is True
    assert (evidence.intact(sha256), [one.name for one in place.parent.iterdir()]) == (True, [sha256])


def test_a_file_that_cannot_be_marked_as_used_is_written_anew(settings, monkeypatch) -> None:
    """Restored under another user's name."""
    sha256 = evidence.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    before = place.stat().st_ino

    def refused(*_given, **_named):
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert evidence.put(b"berkas") == sha256
    assert (place.stat().st_ino != before, evidence.intact(sha256)) == (True, True)
