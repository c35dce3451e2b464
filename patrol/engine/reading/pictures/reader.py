"""The way of a picture, from its bytes to its text: see the package."""

from __future__ import annotations

from dataclasses import replace

from patrol.domain import Box, Picture, Place, ReadCache, Sentence
from patrol.engine.reading.pictures import cascade, codes, decode, gate, layout, rapid, tesseract
from patrol.engine.reading.pictures.gate import Seen


def available() -> bool:
    """As the package's."""
    return tesseract.available() or rapid.available()


def read(picture: Picture, cache: ReadCache | None) -> tuple[Seen, Sentence | None]:
    """As the package's."""
    key = gate.by_bytes(picture.content)
    seen = gate.from_text(cache.get(key)) if cache is not None else None
    if seen is not None:
        return seen, None
    try:
        opened = decode.opened(picture.content)
    except decode.UnreadableError as error:
        return Seen(), Sentence(
            f"Gambar {picture.name} tidak dapat dibaca ({error}).", f"Picture {picture.name} could not be read ({error})."
        )
    shown = gate.by_pixels(opened) if cache is not None else ""
    seen = gate.from_text(cache.get(shown)) if cache is not None else None
    note: Sentence | None = None
    if seen is None:
        seen, note = _read(opened)
    if cache is not None and note is None:
        kept = gate.to_text(seen)
        cache.put(key, kept)
        cache.put(shown, kept)
    return seen, note


def _read(opened: decode.Opened) -> tuple[Seen, Sentence | None]:
    grey, colour = opened.grey, opened.colour.copy()
    held = codes.found(grey)
    for left, top, width, height in (code.box for code in held):
        # Modules of a code look like letters to both readers; a calm square in their place says nothing.
        for pixels in (grey, colour):
            area = pixels[max(0, top) : top + height, max(0, left) : left + width]
            area[:] = area.mean(axis=(0, 1)).astype(area.dtype)
    made = cascade.read(colour, grey)
    text, words = layout.written(made.lines, "image")
    code_text, coded = layout.written([(code,) for code in held if codes.says_something(code.text)], "qr")
    places = tuple(_as_given(place, opened.scale) for place in (*words, *coded))
    return Seen(text, code_text, places), made.note


def _as_given(place: Place, scale: float) -> Place:
    """Boxes in pixels of the picture as it is shown: where it was shrunk for reading, they grow back."""
    left, top, width, height = place.box
    box: Box = max(0, round(left * scale)), max(0, round(top * scale)), round(width * scale), round(height * scale)
    return replace(place, box=box)
