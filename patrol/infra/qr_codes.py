"""QR codes as one SVG path: black modules on nothing, for pages and paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import zxingcpp

QUIET: Final = 4  # modules, as the standard asks and the library leaves


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path`: for the `d` of a path in the view box `QUIET QUIET size size`; whoever draws it leaves QUIET modules of white around."""

    path: str
    size: int


def of(text: str) -> QrCode:
    """Of an address, with a middle level of error correction."""
    drawn = zxingcpp.write_barcode_to_svg(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))
    size, path = re.search(r'<svg width="(\d+)"', drawn), re.search(r'<path d="([^"]+)"', drawn)
    assert size is not None  # the library's own form
    assert path is not None
    return QrCode(path[1], int(size[1]) - 2 * QUIET)
