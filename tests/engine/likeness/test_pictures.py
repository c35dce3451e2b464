"""The same flyer again, and another job on its template. Flyers are drawn (tests/flyers), so every change is known."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from patrol.engine.likeness import pictures
from patrol.engine.likeness.pictures import Likeness
from tests.flyers import drawing

FLYERS = drawing.flyers()
MANNERS = tuple(drawing.MANNERS)


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def _in_manner(number: int, flyer: drawing.Flyer) -> Image.Image:
    turn = number + number // len(FLYERS)
    return drawing.draw(flyer, MANNERS[turn % len(MANNERS)], seed=number)


@cache
def _drawn(number: int) -> Image.Image:
    return _in_manner(number, FLYERS[number % len(FLYERS)])


def drawn(number: int, flyer: drawing.Flyer | None = None) -> Image.Image:
    """A flyer in one manner; with another `flyer`, that one on the same template."""
    return _in_manner(number, flyer) if flyer else _drawn(number).copy()


def of(content: bytes) -> pictures.Sketch:
    sketch = pictures.sketch(content)
    assert sketch is not None
    return sketch


@cache
def posted(number: int) -> pictures.Sketch:
    """Of the flyer as its maker posted it."""
    return of(jpeg(drawn(number)))


def with_a_box(picture: Image.Image, chance: random.Random, *, top: float | None = None) -> Image.Image:
    """Another number pasted over what stood there."""
    width, height = picture.size
    across, down = int(width * chance.uniform(0.5, 0.85)), int(height * chance.uniform(0.05, 0.1))
    left, above = chance.randint(0, width - across), int(height * (top or chance.uniform(0.6, 0.85)))
    made = picture.copy()
    on = ImageDraw.Draw(made)
    on.rectangle((left, above, left + across, above + down), fill=chance.choice(("white", "yellow", "black", "#c00")))
    number = f"WA 0842-{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}"
    on.text((left + across // 10, above + down // 4), number, fill="grey", font=drawing._font("", down // 2))
    return made


@cache
def known(count: int) -> tuple[pictures.Index, tuple[pictures.Sketch, ...]]:
    """The first flyers, as their makers posted them."""
    index, kept = pictures.Index(), tuple(posted(number) for number in range(count))
    for sketch in kept:
        index.add(sketch)
    return index, kept


def found(change: str, count: int) -> int:
    """Of `count` flyers changed so, how many are found among the others and known again."""
    index, kept = known(count)
    hits = 0
    for number in range(count):
        chance = random.Random(number)
        if change == "box":
            again = jpeg(with_a_box(drawn(number), chance), 70)
        elif change == "box and crop":
            again = drawing.CHANGES["cropped"](with_a_box(drawn(number), chance), chance)
        else:
            again = drawing.CHANGES[change](drawn(number), chance)
        sketch = of(again)
        like = pictures.compare(kept[number], sketch)
        hits += number in index.candidates(sketch) and like is not None and (like.changed is None or like.low)
    return hits


@pytest.mark.parametrize(
    ("change", "at_least"),
    [
        ("compressed", 27),
        ("smaller", 27),
        ("cropped", 27),
        ("washed_out", 27),
        ("screenshot", 25),
        ("all", 26),
        ("box", 25),
        ("box and crop", 25),
        ("photographed", 17),
    ],
)
def test_recall_of_27_flyers_in_nine_manners(change: str, at_least: int) -> None:
    assert found(change, 27) >= at_least


@pytest.mark.parametrize("number", range(27))
def test_another_job_on_the_template_is_another(number: int) -> None:
    """All of it, the title only, the first line only, title and line: none is the same without somebody looking at the words."""
    mine, other = FLYERS[number % len(FLYERS)], FLYERS[(number * 7 + 5) % len(FLYERS)]
    sketch = posted(number)

    def like(flyer: drawing.Flyer) -> Likeness | None:
        return pictures.compare(sketch, of(jpeg(drawn(number, flyer))))

    assert like(other) is None
    for changed in (
        replace(mine, title=other.title),
        replace(mine, lines=(other.lines[0], *mine.lines[1:])),
        replace(mine, title=other.title, lines=(other.lines[0], *mine.lines[1:])),
    ):
        known = like(changed)
        assert known is None or (known.changed is not None and not known.low)


def test_unlike_flyers_are_unlike() -> None:
    sketches = [posted(number) for number in range(18)]
    joined = [
        (one, other)
        for one in range(18)
        for other in range(one)
        if FLYERS[one % len(FLYERS)] != FLYERS[other % len(FLYERS)] and pictures.compare(sketches[one], sketches[other])
    ]
    assert joined == []


def test_where_it_changed() -> None:
    """The box is in pixels of each picture as it is shown."""
    flyer = drawn(1)
    low = with_a_box(flyer, random.Random(3), top=0.7)
    half = low.resize((low.width // 2, low.height // 2))
    like = pictures.compare(of(jpeg(flyer)), of(jpeg(half)))
    assert like is not None
    assert like.changed is not None
    assert like.low
    (_, top, _, height), (_, top_of_half, _, _) = like.changed
    assert 0.62 * flyer.height < top < 0.78 * flyer.height
    assert height < 0.2 * flyer.height
    assert top_of_half == pytest.approx(top / 2, abs=20)


def test_the_same_pictures_get_the_same_answer() -> None:
    one, other = of(jpeg(drawn(3))), of(drawing.CHANGES["all"](drawn(3), random.Random(1)))
    assert {pictures.compare(one, other) for _ in range(3)} == {pictures.compare(one, other)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_formats(kind: str) -> None:
    kept = io.BytesIO()
    drawn(0).save(kept, kind)
    like = pictures.compare(of(jpeg(drawn(0))), of(kept.getvalue()))
    assert like == Likeness()


def plain(size: tuple[int, int], kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("L", size, 200).save(kept, kind)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"\xff\xd8\xff\xe0" + bytes(200),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        plain((400, 400)),  # nothing to know it by
        plain((4, 4)),
        plain((4_000, 20)),  # no flyer has these sides
        plain((5_000, 5_000)),  # more than is opened
        plain((300, 300), "TIFF"),
        jpeg(drawn(0))[:2_000],
    ],
)
def test_what_cannot_be_known_again(content: bytes) -> None:
    assert pictures.sketch(content) is None


def test_hostile_bytes_never_raise() -> None:
    chance = np.random.default_rng(11)
    whole = bytearray(jpeg(drawn(2)))
    for _ in range(40):
        broken = whole.copy()
        for place in chance.integers(0, len(whole), 20):
            broken[place] = int(chance.integers(256))
        sketch = pictures.sketch(bytes(broken))
        assert sketch is None or len(sketch.bits) == len(sketch.places)
