"""Pictures: what is read of them, what is refused, what is kept."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from patrol import reading
from patrol.reading import images
from patrol.vocabulary import Content, Picture


class Kept(dict[str, str]):
    """A ReadCache that can be looked into."""

    def put(self, key: str, text: str) -> None:
        self[key] = text


def flyer(*lines: str, form: str = "PNG") -> bytes:
    picture = Image.new("RGB", (900, 90 * len(lines) + 60), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((40, 30 + 90 * number), line, fill="black", font=ImageFont.load_default(44))
    kept = io.BytesIO()
    picture.save(kept, form)
    return kept.getvalue()


def test_a_flyers_words_are_claims_of_their_picture() -> None:
    assert images.available(), "Tesseract with the Indonesian model belongs to the test machine"
    content = flyer("LOWONGAN KERJA TAIWAN", "OPERATOR PABRIK", "GAJI NT$ 29.500", "WA 0840-1234-5678")
    found = reading.read(Content("cek gambar", pictures=(Picture("a.png", content),)))
    assert [(c.value, c.source) for c in found.of("phone")] == [("+6284012345678", "image:0")]
    claim = found.of("phone")[0]
    assert found.picture_texts[0][slice(*claim.span)] == "0840-1234-5678"
    assert (found.overseas_offer, found.countries) == (True, ("TW",))
    assert found.notes == ()


def test_the_same_picture_is_read_once() -> None:
    content = flyer("LOWONGAN TAIWAN")
    cache = Kept()
    first, _ = images.text_of(Picture("a", content), cache)
    assert list(cache.values()) == [first]
    key = f"ocr:1:{hashlib.sha256(content).hexdigest()}"
    assert list(cache) == [key]
    cache[key] = "from the cache"
    assert images.text_of(Picture("b", content), cache) == ("from the cache", None)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", flyer("x", form="BMP"), flyer("x", form="TIFF"), flyer("x")[:120]],
    ids=["empty", "text", "bmp", "tiff", "half"],
)
def test_what_is_no_picture_of_ours_is_a_note(content: bytes) -> None:
    cache = Kept()
    text, note = images.text_of(Picture("foto.png", content), cache)
    assert text == ""
    assert note is not None
    assert "foto.png" in note.id
    assert "foto.png" in note.en
    assert cache == {}


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    kept = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(kept, "PNG")
    text, note = images.text_of(Picture("besar.png", kept.getvalue()), None)
    assert text == ""
    assert note is not None
    assert "9000x9000" in note.en


def test_without_tesseract_the_reading_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "available", lambda: False)
    found = reading.read(Content("x", pictures=(Picture("a", b"x"), Picture("b", b"y"))))
    assert [note.en for note in found.notes] == ["Pictures were not read: Tesseract is not installed."]
    assert found.picture_texts == ("", "")
