"""A file is the old one or the new one, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from patrol.evidence import durable


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_it_is_written_with_its_folders_in_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "baru" / "lagi" / "berkas"
    durable.write(place, b"isi", mode=0o440)
    assert (place.read_bytes(), place.stat().st_mode & 0o777, names(place.parent)) == (b"isi", 0o440, ["berkas"])


@pytest.mark.parametrize("step", ["os.fsync", "Path.replace", "Path.chmod"])
def test_one_that_cannot_be_finished_leaves_the_old_one(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "berkas"
    place.write_bytes(b"lama")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"patrol.evidence.durable.{step}", full)
    with pytest.raises(OSError, match="No space"):
        durable.write(place, b"baru", mode=0o440)
    assert (place.read_bytes(), names(tmp_path)) == (b"lama", ["berkas"])
