"""A picture's way: text, QR codes and boxes as claims, what is refused, what is read once."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from patrol.domain import Box, Content, Picture, Sentence
from patrol.engine import reading
from patrol.engine.reading import pictures
from patrol.engine.reading.pictures import cascade, gate, rapid, tesseract
from tests.flyers import drawing


class Kept(dict[str, str]):
    """A ReadCache that can be looked into."""

    def put(self, key: str, text: str) -> None:
        self[key] = text


def saved(picture: Image.Image, form: str = "PNG", **how: object) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, form, **how)
    return kept.getvalue()


def flyer(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (900, 90 * len(lines) + 60), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((40, 30 + 90 * number), line, fill="black", font=ImageFont.load_default(44))
    return picture


def seen(content: bytes, cache: Kept | None = None) -> tuple[pictures.Seen, Sentence | None]:
    return pictures.read(Picture("foto.png", content), cache)


def holds(box: Box | None, left: int, top: int, right: int, bottom: int, *, air: int = 14) -> bool:
    """Whether a box is the given corners, give or take some pixels."""
    assert box is not None
    corners = (box[0], box[1], box[0] + box[2], box[1] + box[3])
    return all(abs(one - other) <= air for one, other in zip(corners, (left, top, right, bottom), strict=True))


JOB = ("LOWONGAN KERJA TAIWAN", "OPERATOR PABRIK", "GAJI NT$ 29.500", "WA 0840-1234-5678")


def test_the_readers_belong_to_the_test_machine() -> None:
    assert tesseract.available(), "install tesseract-ocr and tesseract-ocr-ind"
    assert rapid.available()


def test_a_flyers_words_are_claims_of_their_picture_with_their_boxes() -> None:
    found = reading.read(Content("cek gambar", pictures=(Picture("a.png", saved(flyer(*JOB))),)))
    (claim,) = found.of("phone")
    assert (claim.value, claim.source) == ("+6284012345678", "image:0")
    assert found.picture_texts[0][slice(*claim.span)] == "0840-1234-5678"
    font = ImageFont.load_default(44)
    left, right = 40 + font.getlength("WA "), 40 + font.getlength("WA 0840-1234-5678")
    assert holds(claim.box, int(left), 310, int(right), 345)
    assert (found.overseas_offer, found.countries, found.notes) == (True, ("TW",), ())


def test_boxes_are_those_of_the_picture_as_given_though_it_was_shrunk() -> None:
    large = flyer(*JOB).resize((3600, 1680))
    (claim,) = reading.read(Content("", pictures=(Picture("a.png", saved(large)),))).of("phone")
    font = ImageFont.load_default(44)
    left, right = 40 + font.getlength("WA "), 40 + font.getlength("WA 0840-1234-5678")
    assert holds(claim.box, int(left * 4), 1240, int(right * 4), 1380, air=50)


def test_the_text_has_no_box() -> None:
    (claim,) = reading.read(Content("Hub 0840-1234-5678")).of("phone")
    assert claim.box is None


def test_a_code_is_read_for_its_picture_with_its_box() -> None:
    page = Image.new("RGB", (900, 900), "white")
    page.paste(drawing.qr("https://wa.me/6284012345678", 300), (500, 100))
    found = reading.read(Content("scan", pictures=(Picture("a", saved(Image.new("RGB", (99, 99)))), Picture("b", saved(page)))))
    (phone,) = found.of("phone")
    assert (phone.value, phone.source) == ("+6284012345678", "qr:1")
    assert found.code_texts == ("", "https://wa.me/6284012345678")
    assert holds(phone.box, 530, 130, 770, 370)
    assert [(c.value, c.source) for c in found.of("link")] == [("https://wa.me/6284012345678", "qr:1")]


def test_a_turned_photograph_is_read_as_it_is_shown() -> None:
    lying = flyer(*JOB).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned clockwise
    shown, _ = seen(saved(lying, "JPEG", quality=90, exif=exif))
    assert "0840-1234-5678" in shown.text


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "RGBA", "LA"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    form = "JPEG" if mode in {"CMYK", "L"} else "PNG"
    shown, note = seen(saved(flyer(*JOB).convert(mode), form))
    assert note is None
    assert "0840-1234-5678" in shown.text


def test_what_is_clear_lies_on_white() -> None:
    clear = Image.new("RGBA", (900, 200), (0, 0, 0, 0))
    ImageDraw.Draw(clear).text((40, 60), "WA 0840-1234-5678", fill="black", font=ImageFont.load_default(60))
    shown, _ = seen(saved(clear))
    assert "0840-1234-5678" in shown.text


def test_of_an_animation_the_first_picture_is_read() -> None:
    moving = saved(flyer(*JOB), "GIF", save_all=True, append_images=[flyer("lain")] * 3)
    shown, _ = seen(moving)
    assert "0840-1234-5678" in shown.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>0840</text></svg>",
        saved(flyer("x"), "BMP"),
        saved(flyer("x"), "TIFF"),
        saved(flyer("x"))[:120],
        saved(flyer("x"), "JPEG")[:2_000],
        saved(Image.new("1", (9_000, 9_000))),
        saved(Image.new("L", (1, 1))),
        saved(Image.new("L", (9_000, 20))),
    ],
    ids=["empty", "text", "svg", "bmp", "tiff", "half", "half jpeg", "bomb", "dot", "hair"],
)
def test_what_is_no_picture_of_ours_is_a_note(content: bytes) -> None:
    cache = Kept()
    shown, note = seen(content, cache)
    assert shown == pictures.Seen()
    assert note is not None
    assert "foto.png" in note.id
    assert "foto.png" in note.en
    assert cache == {}


def test_hostile_bytes_never_raise() -> None:
    chance, whole = random.Random(7), saved(flyer("x"), "JPEG")
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        _, note = seen(bytes(broken[: chance.randrange(30, 400)]))
        assert note is not None


# --- the gate -------------------------------------------------------------------------------------


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time a reader was asked."""
    asked: list[str] = []

    def read(*_given: Any) -> cascade.Read:
        asked.append("read")
        return cascade.Read(())

    monkeypatch.setattr(cascade, "read", read)
    return asked


def test_the_same_bytes_are_read_once(readings: list[str]) -> None:
    cache, content = Kept(), saved(flyer(*JOB))
    assert seen(content, cache) == seen(content, cache)
    assert readings == ["read"]


def test_the_same_pixels_in_other_bytes_are_read_once(readings: list[str]) -> None:
    cache, picture = Kept(), flyer(*JOB)
    for content in (saved(picture), saved(picture, compress_level=1), saved(picture, "WEBP", lossless=True)):
        seen(content, cache)
    assert readings == ["read"]
    assert len(cache) == 4  # three files, one picture


def test_a_flyer_with_another_number_is_read_anew(readings: list[str]) -> None:
    cache = Kept()
    for number in ("0840-1234-5678", "0840-1234-5679"):
        seen(saved(flyer(*JOB[:3], f"WA {number}")), cache)
    assert readings == ["read", "read"]


def test_another_size_is_another_picture_for_its_boxes_are_others(readings: list[str]) -> None:
    cache = Kept()
    plain = Image.new("RGB", (4800, 4800))
    seen(saved(plain), cache)
    seen(saved(plain.resize((2400, 2400))), cache)
    assert readings == ["read", "read"]


def test_a_reading_comes_back_from_the_cache_as_it_went() -> None:
    cache, content = Kept(), saved(flyer(*JOB))
    first, _ = seen(content, cache)
    assert first.places
    assert seen(content, cache) == (first, None)


@pytest.mark.parametrize("kept", ["", "{}", "[]", '["a"]', '["a", "b", [["image", [1], [1, 2, 3, 4], 1]]]', "text"])
def test_what_is_none_of_ours_in_the_cache_is_as_nothing(kept: str) -> None:
    assert gate.from_text(kept) is None


def test_a_reading_made_without_a_reader_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    monkeypatch.setattr(rapid, "available", lambda: False)
    cache = Kept()
    assert seen(saved(flyer(*JOB)), cache)[1] == cascade.NO_READER
    assert cache == {}


def test_a_runs_memory_forgets_what_was_not_asked_for_the_longest() -> None:
    memory = pictures.Memory(2)
    memory.put("a", "1")
    memory.put("b", "2")
    assert memory.get("a") == "1"
    memory.put("c", "3")
    assert [memory.get(key) for key in "abc"] == ["1", None, "3"]


def test_the_cache_holds_json() -> None:
    cache = Kept()
    seen(saved(flyer(*JOB)), cache)
    for value in cache.values():
        text, code_text, places = json.loads(value)
        assert text
        assert code_text == ""
        assert all(len(place) == 4 for place in places)
