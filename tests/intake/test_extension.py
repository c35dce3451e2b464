"""The extension as it is given out: all its files, in one folder, the same bytes each time."""

from __future__ import annotations

import io
import json
import zipfile

from patrol.intake import extension


def test_the_zip_holds_every_file_in_one_folder() -> None:
    with zipfile.ZipFile(io.BytesIO(extension.packed())) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    files = [path for path in extension.FOLDER.rglob("*") if path.is_file()]
    assert found == {f"perekam-sipatrol/{path.relative_to(extension.FOLDER).as_posix()}": path.read_bytes() for path in files}
    assert json.loads(found["perekam-sipatrol/manifest.json"])["version"] == extension.version()


def test_the_same_files_give_the_same_bytes() -> None:
    first = extension.packed()
    extension.packed.cache_clear()
    assert extension.packed() == first
