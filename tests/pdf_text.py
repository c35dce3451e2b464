"""What a PDF of WeasyPrint says: the words drawn on its pages, and every string beside them (title, alternative texts, attachments).

Reads this one writer's shape and no other: streams with Flate or plain, letters as glyph numbers with a ToUnicode table for each font,
which is called by the prefix of its name. What is not of this shape raises, so that no page is taken for an empty one.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n<<((?:(?!>>\nstream\n)[^\x00])*?)>>\nstream\n", re.DOTALL)
_FONT = re.compile(r"/BaseFont /(\w{6})\+[^>]*?/ToUnicode (\d+) 0 R")
_PAIR = re.compile(r"<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>")
_DRAWN = re.compile(r"/(\w{6}) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.]|\s)*)\] TJ|<([0-9a-f]*)> Tj")
_SAID = re.compile(r"\(((?:\\.|[^\\()])*)\)|<(feff[0-9a-f]*)>", re.DOTALL | re.IGNORECASE)


def _streams(content: bytes) -> dict[int, str]:
    """The streams by the number of their object, unpacked, each byte a letter."""
    found = {}
    for hit in _OBJECT.finditer(content):
        length = re.search(rb"/Length (\d+)", hit[2])
        assert length is not None, hit[2]
        body = content[hit.end() : hit.end() + int(length[1])]
        found[int(hit[1])] = (zlib.decompress(body) if b"/FlateDecode" in hit[2] else body).decode("latin-1")
    return found


def _letters(table: str) -> dict[str, str]:
    return {code: bytes.fromhex(letters).decode("utf-16-be") for code, letters in _PAIR.findall(table)}


def _unescaped(literal: str) -> str:
    raw = re.sub(r"\\(.)", r"\1", literal, flags=re.DOTALL).encode("latin-1")
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def said(content: bytes) -> str:
    """The pages' words, one run of letters a line, and behind them the strings of the document itself."""
    streams = _streams(content)
    objects = "\n".join(text for text in streams.values() if "/Type /" in text)
    fonts = {name: _letters(streams[int(table)]) for name, table in _FONT.findall(objects)}
    pages = [text for text in streams.values() if re.search(r"\bBT\n", text)]
    assert fonts, "no font"
    assert pages, "no page"
    lines: list[str] = []
    font: dict[str, str] = {}
    for page in pages:
        for name, spread, plain in _DRAWN.findall(page):
            if name:
                font = fonts[name]
            else:
                codes = "".join(re.findall(r"<([0-9a-f]*)>", spread)) + plain
                lines.append("".join(font[codes[n : n + 4]] for n in range(0, len(codes), 4)))
    strings = [_unescaped(one) if one else bytes.fromhex(two)[2:].decode("utf-16-be") for one, two in _SAID.findall(objects)]
    return "\n".join([*lines, *strings])
