"""Raw bytes under their own hash."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.evidence import durable, raw


@given(st.binary(max_size=300))
def test_what_is_put_comes_back_and_twice_changes_nothing(content: bytes) -> None:
    sha256 = raw.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest() == raw.put(content)
    with raw.open_bytes(sha256) as file:
        assert file.read() == content


def test_one_changed_byte_is_seen(settings: Any) -> None:
    sha256 = raw.put(b"bukti")
    assert raw.intact(sha256)
    file = next(Path(settings.EVIDENCE_DIR).rglob(sha256))
    file.chmod(0o600)
    file.write_bytes(b"bukTi")
    assert not raw.intact(sha256)


def test_bytes_that_are_missing_are_said_to_be_missing() -> None:
    with pytest.raises(raw.EvidenceMissingError):
        raw.open_bytes("0" * 64)


def test_the_whole_file_is_given_only_as_it_was_kept() -> None:
    sha256 = raw.put(b"jawaban")
    assert raw.whole(sha256) == b"jawaban"
    place = raw.path_of(sha256)
    place.chmod(0o640)
    place.write_bytes(b"jawabam")
    with pytest.raises(raw.EvidenceMissingError):
        raw.whole(sha256)
    place.unlink()
    with pytest.raises(raw.EvidenceMissingError):
        raw.whole(sha256)
    assert not raw.intact("0" * 64)


def test_a_write_that_fails_leaves_nothing_behind(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("patrol.evidence.durable.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        raw.put(b"tidak muat")
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []


def test_every_new_name_is_synced_in_the_folder_that_holds_it(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(durable, "sync", synced.append)
    root = Path(settings.EVIDENCE_DIR)
    place = next(root.rglob(raw.put(b"bukti")))
    assert synced == [root.parent, root, place.parent.parent, place.parent]
    synced.clear()
    raw.put(b"bukti")
    assert synced == []


def test_removed_for_good_once_nobody_has_used_it_for_a_while(settings: Any) -> None:
    sha256 = raw.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    os.utime(place, (time.time(),) * 2)  # the disk has a clock of its own, which a turned one does not turn
    assert (raw.remove(sha256), place.exists()) == (False, True)
    later = place.stat().st_mtime + raw.GRACE + 1
    assert raw.remove(sha256, now=later) is True
    assert (raw.intact(sha256), list(place.parent.iterdir())) == (False, [])
    assert raw.remove(sha256, now=later) is True  # twice changes nothing


def test_what_a_dead_remover_set_aside_goes_and_what_came_back_meanwhile_stays(settings: Any) -> None:
    sha256 = raw.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    place.rename(place.with_name(f".gone-{sha256}"))
    assert raw.put(b"berkas") == sha256
    assert raw.remove(sha256) is True
    assert (raw.intact(sha256), [one.name for one in place.parent.iterdir()]) == (True, [sha256])


def test_a_file_that_cannot_be_marked_as_used_is_written_anew(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Restored under another user's name."""
    sha256 = raw.put(b"berkas")
    place = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    before = place.stat().st_ino

    def refused(*_given: Any, **_named: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert raw.put(b"berkas") == sha256
    assert (place.stat().st_ino != before, raw.intact(sha256)) == (True, True)
