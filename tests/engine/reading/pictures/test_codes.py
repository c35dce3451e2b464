"""QR codes: found however they lie, and only those with something to say are read."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image, ImageOps

from patrol.domain import Content, Picture
from patrol.engine import reading
from patrol.engine.reading.pictures import codes, decode
from tests.flyers import drawing

LINK = "https://wa.me/6284012345678"
QRIS = "00020101021126610014ID.CONTOH.WWW01189360000000000000000210G0000000000303UMI5204581253033605802ID5911TOKO CONTOH6304ABCD"


def grey(picture: Image.Image) -> decode.Pixels:
    return np.asarray(picture.convert("L"))


def on(code: Image.Image, *, manner: str = "photo", at: tuple[int, int] = (300, 400)) -> Image.Image:
    page = drawing.MANNERS[manner].backdrop(1080, 1080, random.Random(1))
    page.paste(code, at)
    return page


@pytest.mark.parametrize("angle", [0, 45, 90, 133, 180, 270])
def test_a_turned_code(angle: int) -> None:
    code = drawing.qr(LINK, 220).convert("RGBA").rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    page = on(Image.new("RGB", (1, 1)))
    page.paste(code, (300, 300), code)
    assert [word.text for word in codes.found(grey(page))] == [LINK]


@pytest.mark.parametrize("side", [90, 140, 400])
def test_a_small_and_a_large_code(side: int) -> None:
    assert [word.text for word in codes.found(grey(on(drawing.qr(LINK, side))))] == [LINK]


def test_light_on_dark() -> None:
    assert [word.text for word in codes.found(grey(on(ImageOps.invert(drawing.qr(LINK, 200)), manner="night")))] == [LINK]


def test_several_are_read_from_the_top_down() -> None:
    page = on(drawing.qr("kedua", 200), at=(60, 700))
    page.paste(drawing.qr("pertama", 200), (700, 60))
    assert [word.text for word in codes.found(grey(page))] == ["pertama", "kedua"]


def test_no_code_is_nothing() -> None:
    assert codes.found(grey(on(Image.new("RGB", (1, 1))))) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("https://wa.me/6284012345678?text=Daftar", {"+6284012345678"}),
        ("tel:+6284012345678", {"+6284012345678"}),
        ("0840-1234-5678", {"+6284012345678"}),
        ("SMSTO:+6284012345678:Saya mau daftar", {"+6284012345678"}),
        ("MECARD:N:Dewi;TEL:084012345678;;", {"+6284012345678"}),
        ("BEGIN:VCARD\nVERSION:3.0\nN:Dewi\nTEL;TYPE=CELL:+6284012345678\nEND:VCARD", {"+6284012345678"}),
        ("WIFI:T:WPA;S:kantor;P:084012345678;;", set()),
        (QRIS, set()),
        ("geo:-6.2000000,106.8166660", set()),
        ("otpauth://totp/x?secret=084012345678", set()),
    ],
    ids=["wa.me", "tel", "plain", "sms", "mecard", "vcard", "wifi", "qris", "geo", "secret"],
)
def test_what_codes_say(content: str, said: set[str]) -> None:
    page = drawing.qr(content, 500)
    kept = drawing._jpeg(page, 80)
    found = reading.read(Content("", pictures=(Picture("a", kept),)))
    assert {claim.value for claim in found.of("phone")} == said
    assert {claim.source for claim in found.of("phone")} <= {"qr:0"}
    assert bool(found.code_texts[0]) == bool(said)


def test_every_legible_code_of_reposted_flyers() -> None:
    for flyer in [one for one in drawing.flyers() if one.codes]:
        for number, (name, change) in enumerate(drawing.CHANGES.items()):
            drawn = drawing.draw(flyer, tuple(drawing.MANNERS)[number], seed=number)
            seen = codes.found(decode.opened(change(drawn, random.Random(number))).grey)
            assert {word.text for word in seen} == set(flyer.codes), name
