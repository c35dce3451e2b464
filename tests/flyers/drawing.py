"""Draws the flyers of flyers.toml in the manners people use, and posts them again the ways people do.

Everything follows from its number: the same seed draws the same pixels on one machine. Fonts are Pillow's own and, where the
machine has them, DejaVu's.
"""

from __future__ import annotations

import io
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_FACES = ("", "DejaVuSans-Bold", "DejaVuSans", "DejaVuSansCondensed-Bold", "DejaVuSerif-Bold", "DejaVuSansMono-Bold")

type Box = tuple[int, int, int, int]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Flyer:
    """What stands on a flyer, and what a careful reader takes from it."""

    title: str
    lines: tuple[str, ...]
    contacts: tuple[str, ...]
    numbers: tuple[str, ...]  # E.164, printed
    codes: tuple[str, ...] = ()  # contents of its QR codes
    coded: tuple[str, ...] = ()  # E.164, in its QR codes


@dataclass(frozen=True, slots=True)
class Posted:
    """A flyer as it is posted: its name, its bytes, and what stands on it."""

    name: str
    content: bytes
    flyer: Flyer


def flyers() -> tuple[Flyer, ...]:
    """All flyers of flyers.toml, in its order."""
    kept = tomllib.loads(Path(__file__).with_name("flyers.toml").read_text("utf-8"))["flyer"]
    return tuple(
        Flyer(
            title=one["title"],
            lines=tuple(one["lines"]),
            contacts=tuple(one["contacts"]),
            numbers=tuple(one["numbers"]),
            codes=tuple(one.get("codes", ())),
            coded=tuple(one.get("coded", ())),
        )
        for one in kept
    )


def posted(count: int, *, changes: Sequence[str] = ()) -> list[Posted]:
    """`count` re-posted flyers: each flyer in turn, with the next manner and the next change. `changes`: only these."""
    known, manners, wanted = flyers(), tuple(MANNERS), tuple(changes or CHANGES)
    made = []
    for number in range(count):
        turn = number // len(known)
        flyer = known[number % len(known)]
        manner = manners[(number + turn) % len(manners)]
        change = wanted[(number * 3 + turn) % len(wanted)]
        drawn = draw(flyer, manner, seed=number)
        made.append(Posted(f"{number:03}-{manner}-{change}", CHANGES[change](drawn, random.Random(number)), flyer))
    return made


# --- drawing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Manner:
    """How a flyer looks: backdrop by (width, height, random), and the colours of its parts."""

    backdrop: Callable[[int, int, random.Random], Image.Image]
    size: tuple[int, int]
    title: str
    text: str
    contact: str
    band: str = ""  # behind the title
    box: str = ""  # behind the contacts
    outline: str = ""  # around letters
    centred: bool = False
    slant: float = 0.0  # degrees by which the contact box is turned
    print: float = 1.0  # size of the letters; a notice in small print has half of a flyer's


def _plain(colour: str) -> Callable[[int, int, random.Random], Image.Image]:
    return lambda width, height, _: Image.new("RGB", (width, height), colour)


def _blend(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Callable[[int, int, random.Random], Image.Image]:
    def made(width: int, height: int, _: random.Random) -> Image.Image:
        share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        rows = np.array(top, np.float32) * (1 - share) + np.array(bottom, np.float32) * share
        return Image.fromarray(np.broadcast_to(rows, (height, width, 3)).astype(np.uint8))

    return made


def _photo(low: int, high: int) -> Callable[[int, int, random.Random], Image.Image]:
    """A backdrop with the unrest of a photograph: coarse and fine noise and a few hard edges."""

    def made(width: int, height: int, chance: random.Random) -> Image.Image:
        noise = np.random.default_rng(chance.randrange(2**32))
        coarse = noise.integers(low, high, (height // 90 + 2, width // 90 + 2, 3), dtype=np.uint8)
        ground = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
        ground += noise.integers(-12, 12, (height, width, 1), dtype=np.int16)
        picture = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8))
        draw = ImageDraw.Draw(picture)
        for _ in range(14):
            left, top = chance.randrange(width), chance.randrange(height)
            shade = tuple(chance.randrange(low, high) for _ in range(3))
            draw.rectangle((left, top, left + chance.randrange(40, 320), top + chance.randrange(20, 220)), fill=shade)
        return picture

    return made


MANNERS: Mapping[str, Manner] = {
    "plain": Manner(_plain("white"), (900, 1200), "black", "black", "black"),
    "banner": Manner(_plain("#f4f1e6"), (1080, 1350), "white", "#222", "#b00020", band="#0b3d91", centred=True),
    "night": Manner(_plain("#101828"), (1080, 1350), "#ffd400", "white", "#101828", box="#ffd400", centred=True),
    "blend": Manner(_blend((20, 90, 160), (240, 140, 60)), (1080, 1080), "white", "white", "#102040", box="white"),
    "loud": Manner(_plain("#d40000"), (1080, 1350), "yellow", "white", "yellow", outline="black", centred=True),
    "photo": Manner(_photo(60, 150), (1080, 1350), "white", "white", "yellow", outline="black"),
    "pale": Manner(_photo(150, 235), (1080, 1350), "#7a0000", "#111", "#00309a", centred=True),
    "story": Manner(_blend((90, 20, 120), (230, 60, 120)), (1080, 1920), "white", "#ffe", "white", box="#2e7d32"),
    "sticker": Manner(_plain("#fffbe0"), (1080, 1350), "#004d40", "#222", "white", box="#c2185b", slant=4.0),
    "notice": Manner(_plain("#fdfdfa"), (1240, 1754), "black", "#111", "#111", print=0.5),
}


def draw(flyer: Flyer, manner: str, *, seed: int) -> Image.Image:
    """The flyer as its maker saved it."""
    chance, look = random.Random(seed), MANNERS[manner]
    width, height = look.size
    picture = look.backdrop(width, height, chance)
    face = chance.choice(_FACES)
    margin = width // 16
    pen = _Pen(picture, look, margin)
    pen.band(flyer.title, _fitting(face, flyer.title, width - 2 * margin, round(width / 11 * look.print)))
    body = min((_fitting(face, line, width - 2 * margin, round(width / 22 * look.print)) for line in flyer.lines), key=lambda f: f.size)
    for line in flyer.lines:
        pen.line(line, body, look.text)
    pen.top += margin // 2
    contact = min(
        (_fitting(face, line, width - 3 * margin, round(width / 16 * look.print)) for line in flyer.contacts), key=lambda f: f.size
    )
    pen.contacts(flyer.contacts, contact)
    side = min(width // 4, height - pen.top - 2 * margin)
    for number, content in enumerate(flyer.codes):
        code = qr(content, side)
        picture.paste(code, (margin + number * (side + margin), pen.top + margin))
    return picture


class _Pen:
    """Writes down the page; `top` is where the next line begins."""

    def __init__(self, picture: Image.Image, look: Manner, margin: int) -> None:
        self.picture, self.look, self.margin = picture, look, margin
        self.on = ImageDraw.Draw(picture)
        self.top = margin

    def band(self, text: str, font: ImageFont.FreeTypeFont) -> None:
        if self.look.band:
            self.on.rectangle((0, self.top // 2, self.picture.width, self.top + font.size * 1.6), fill=self.look.band)
        self.line(text, font, self.look.title)
        self.top += self.margin // 2

    def line(self, text: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
        left = (self.picture.width - font.getlength(text)) / 2 if self.look.centred else self.margin
        around = max(2, font.size // 14) if self.look.outline else 0
        self.on.text((left, self.top), text, fill=colour, font=font, stroke_width=around, stroke_fill=self.look.outline or None)
        self.top += round(font.size * 1.5)

    def contacts(self, lines: Sequence[str], font: ImageFont.FreeTypeFont) -> None:
        if not self.look.box:
            for line in lines:
                self.line(line, font, self.look.contact)
            return
        width = round(max(font.getlength(line) for line in lines)) + self.margin
        sign = Image.new("RGBA", (width, round(font.size * 1.5 * len(lines)) + self.margin // 2), (0, 0, 0, 0))
        on = ImageDraw.Draw(sign)
        on.rounded_rectangle((0, 0, sign.width - 1, sign.height - 1), self.margin // 3, fill=self.look.box)
        for number, line in enumerate(lines):
            on.text((self.margin // 2, self.margin // 4 + round(font.size * 1.5 * number)), line, fill=self.look.contact, font=font)
        sign = sign.rotate(self.look.slant, Image.Resampling.BICUBIC, expand=True)
        left = (self.picture.width - sign.width) // 2 if self.look.centred else self.margin
        self.picture.paste(sign, (left, self.top), sign)
        self.top += sign.height


def _fitting(face: str, text: str, width: int, size: int) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels, or smaller where the text is wider than `width`."""
    font = _font(face, size)
    length = font.getlength(text)
    return font if length <= width else _font(face, max(14, int(size * width / length)))


def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    file = _DEJAVU / f"{face}.ttf"
    font = ImageFont.truetype(file, size) if face and file.exists() else ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def qr(content: str, side: int, *, quiet: int = 4) -> Image.Image:
    """A QR code of `content`, `side` pixels wide with a margin of `quiet` modules around it."""
    modules = np.asarray(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode).to_image(scale=1))
    ink = np.argwhere(modules == 0)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    framed = np.pad(modules[top:bottom, left:right], quiet, constant_values=255)
    return Image.fromarray(framed).resize((side, side), Image.Resampling.NEAREST).convert("RGB")


# --- posting again --------------------------------------------------------------------------------


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def _compressed(picture: Image.Image, chance: random.Random) -> bytes:
    return _jpeg(picture, chance.randint(35, 70))


def _smaller(picture: Image.Image, chance: random.Random) -> bytes:
    share = chance.uniform(0.5, 0.8)
    small = picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)
    return _jpeg(small, chance.randint(50, 80))


def _screenshot(picture: Image.Image, chance: random.Random) -> bytes:
    """Shown on a telephone 1080 pixels wide: status bar above, an application's row of buttons below."""
    share = 1080 / picture.width * chance.uniform(0.75, 1.0)
    shown = picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.BILINEAR)
    dark = chance.random() < 0.5
    screen = Image.new("RGB", (1080, shown.height + 420), "#0b141a" if dark else "white")
    screen.paste(shown, ((1080 - shown.width) // 2, 220))
    on, ink = ImageDraw.Draw(screen), "white" if dark else "black"
    on.text((40, 30), f"{chance.randint(10, 23)}:{chance.randint(10, 59)}", fill=ink, font=_font("", 38))
    on.text((860, 30), f"4G  {chance.randint(11, 99)}%", fill=ink, font=_font("", 38))
    on.text((120, 120), "Info Kerja Luar Negeri", fill=ink, font=_font("", 44))
    on.text((60, screen.height - 120), "Suka     Komentari     Bagikan", fill=ink, font=_font("", 40))
    return _jpeg(screen, chance.randint(55, 85))


def _cropped(picture: Image.Image, chance: random.Random) -> bytes:
    width, height = picture.size
    cut = [chance.uniform(0.0, 0.04) for _ in range(4)]
    kept = picture.crop((int(width * cut[0]), int(height * cut[1]), int(width * (1 - cut[2])), int(height * (1 - cut[3]))))
    return _jpeg(kept, chance.randint(40, 75))


def _photographed(picture: Image.Image, chance: random.Random) -> bytes:
    """A camera's view of a print: a slant, uneven light, a little blur and grain."""
    noise = np.random.default_rng(chance.randrange(2**32))
    given: NDArray[np.uint8] = np.asarray(picture.convert("RGB"))
    height, width = given.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    around = 0.05 * min(width, height)
    seen = corners + np.array(
        [(chance.uniform(0, around) * x, chance.uniform(0, around) * y) for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1))], np.float32
    )
    turned = cv2.warpPerspective(
        given, cv2.getPerspectiveTransform(corners, seen), (width, height), borderMode=cv2.BORDER_CONSTANT, borderValue=(70, 60, 50)
    )
    light = np.linspace(chance.uniform(0.6, 0.8), 1.05, width, dtype=np.float32)[None, :, None]
    lit = cv2.GaussianBlur(turned, (0, 0), 1.0).astype(np.float32) * light
    lit += noise.normal(0, 7, lit.shape).astype(np.float32)
    return _jpeg(Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)), chance.randint(55, 80))


def _washed_out(picture: Image.Image, chance: random.Random) -> bytes:
    """Low contrast: what a bad scan or a pale copy leaves."""
    given = np.asarray(picture.convert("RGB")).astype(np.float32)
    return _jpeg(Image.fromarray((given * chance.uniform(0.3, 0.45) + 120).clip(0, 255).astype(np.uint8)), 70)


def _all_of_it(picture: Image.Image, chance: random.Random) -> bytes:
    """Saved, cut, shrunk and shown on a telephone again."""
    once = Image.open(io.BytesIO(_cropped(picture, chance)))
    twice = Image.open(io.BytesIO(_smaller(once, chance)))
    return _screenshot(twice, chance)


CHANGES: Mapping[str, Callable[[Image.Image, random.Random], bytes]] = {
    "compressed": _compressed,
    "smaller": _smaller,
    "screenshot": _screenshot,
    "cropped": _cropped,
    "photographed": _photographed,
    "washed_out": _washed_out,
    "all": _all_of_it,
}
