"""What is served before colours: twelve pixels, or grey."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from patrol.evidence.pictures import blurring


def jpeg(size: tuple[int, int] = (800, 600), mode: str = "RGB") -> bytes:
    picture = Image.new(mode, size, "white")
    ImageDraw.Draw(picture).rectangle([0, 0, size[0] // 2, size[1]], fill="black" if mode == "L" else "red")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["JPEG"])


@pytest.mark.parametrize(("size", "small"), [((800, 600), (12, 9)), ((600, 1200), (6, 12)), ((5, 5), (5, 5)), ((3000, 8), (12, 1))])
def test_the_blurred_one_has_so_few_pixels_that_nothing_can_be_sharpened(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert opened(blurring.blurred(jpeg(size))).size == small


def test_the_blurred_one_keeps_the_fields_of_colour() -> None:
    picture = opened(blurring.blurred(jpeg())).convert("RGB")
    left, right = picture.getpixel((1, 4)), picture.getpixel((10, 4))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 180 > left[1]
    assert min(right) > 200


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_grey_one_has_the_size_and_no_colour(mode: str) -> None:
    picture = opened(blurring.grey(jpeg(mode=mode)))
    assert (picture.mode, picture.size) == ("L", (800, 600))


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"<svg/>", jpeg()[:400]])
@pytest.mark.parametrize("veil", [blurring.blurred, blurring.grey])
def test_what_is_no_whole_jpeg_is_refused(veil: Callable[[bytes], bytes], content: bytes) -> None:
    with pytest.raises(blurring.UnreadableError):
        veil(content)


def test_a_picture_of_another_kind_is_not_even_tried() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    with pytest.raises(blurring.UnreadableError):
        blurring.grey(out.getvalue())
