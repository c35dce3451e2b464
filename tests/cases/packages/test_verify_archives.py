"""What the script of a package says of a page archive in it: the same as the product does, with openssl alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from patrol.cases.packages import verify
from patrol.evidence.archive import wacz
from tests import archives

OURS = wacz.name(archives.KEY.public_key())


def signer(content: bytes, folder: Path) -> str:
    """The name of the key, or what is wrong."""
    place = folder / "arsip.wacz"
    place.write_bytes(content)
    try:
        return verify.signer("arsip.wacz", place, verify.Openssl(folder / "paket"))
    except verify.WrongError as error:
        return error.english


def test_it_names_the_key_that_signed(tmp_path: Path) -> None:
    assert signer(archives.packed(), tmp_path) == OURS
    assert signer(archives.packed(None), tmp_path) == ""
    assert signer(archives.signed_anew(archives.packed()), tmp_path) == wacz.name(archives.STRANGER.public_key())


@pytest.mark.parametrize("how", [*archives.PARTS, *archives.SIGNATURES])
def test_what_was_spoiled_is_wrong(how: str, tmp_path: Path) -> None:
    said = signer({**archives.PARTS, **archives.SIGNATURES}[how](archives.packed()), tmp_path)
    unlike = {"it is not what the list in it says", "it is no whole WACZ archive"}
    signature = how in archives.SIGNATURES or how == "another day of signing"
    assert said in ({"the signature of the archive does not hold"} if signature else unlike)


def test_what_is_no_archive_is_called_so(tmp_path: Path) -> None:
    assert signer(b"PK lain", tmp_path) == "it is no whole WACZ archive"
