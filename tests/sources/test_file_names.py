"""One picture by many addresses has one name, and two pictures have two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.sources.shared import file_names

FACEBOOK = "https://scontent.fcgk1-1.fna.fbcdn.example/v/t39.30808-6/481234567_1012345678901234_55_n.jpg"
TIKTOK = "https://p16-sign-sg.tiktokcdn.example/tos-alisg-p-0037/oMABCDEF123456"
POST = "https://situs.example/wp-content/uploads/2026/10"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            f"{FACEBOOK}?_nc_cat=1&_nc_ohc=AA1&oh=00_AA1&oe=65AA1",
            FACEBOOK.replace("fcgk1-1", "fsub8-2").replace("6/48", "6/s600x600/48") + "?stp=dst&oh=00_BB2&oe=65BB2",
        ),
        (
            "https://external.fcgk1-1.fna.fbcdn.example/safe_image.php?d=AQA1&url=https%3A%2F%2Fsitus.example%2Fflyer-taiwan.jpg&_nc_oe=1",
            "https://external.fsub8-2.fna.fbcdn.example/safe_image.php?d=AQB2&url=https%3A%2F%2Fsitus.example%2Fflyer-taiwan.jpg&_nc_oe=2",
        ),
        ("https://cdn4.telesco.example/file/mess.mp4?token=abc", "https://cdn1.telesco.example/file/mess.mp4?token=def"),
        (f"{TIKTOK}~tplv-photomode-image.jpeg?x-expires=1&x-signature=a", f"{TIKTOK}~tplv-tiktokx-360p.webp?x-expires=2&x-signature=b"),
        (f"{POST}/flyer-1024x768.jpg", f"{POST}/flyer.webp"),
        ("https://situs.example/_next/image?url=https%3A%2F%2Fa.example%2F1.jpg&w=640&q=75", "https://a.example/1.jpg"),
        ("https://situs.example/gambar?id=7&token=aa", "https://situs.example/gambar?token=bb&id=7"),
        ("https://pbs.example/media/GXaBcDeFgHi12Jk?format=jpg&name=small", "https://pbs.example/media/GXaBcDeFgHi12Jk.jpg"),
    ],
)
def test_the_same_file_signed_shrunk_or_served_elsewhere_has_one_name(first: str, second: Any) -> None:
    assert file_names.named(first) == file_names.named(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FACEBOOK, FACEBOOK.replace("_55_n", "_56_n")),
        ("https://situs.example/gambar?id=7&token=aa", "https://situs.example/gambar?id=8&token=aa"),
        ("https://situs.example/17/cover.jpg", "https://situs.example/18/cover.jpg"),
        (f"{POST}/flyer-1024x768.jpg", f"{POST}/poster-1024x768.jpg"),
        ("https://situs.example/foto.php?berkas=a.jpg", "https://situs.example/foto.php?berkas=b.jpg"),
        ("evidence:" + "a" * 64, "evidence:" + "b" * 64),
    ],
)
def test_two_files_have_two_names(first: Any, second: Any) -> None:
    assert file_names.named(first) != file_names.named(second)


@given(st.text())
def test_whatever_an_address_holds_it_has_a_name_and_none_only_where_it_is_empty(text: Any) -> None:
    for url in (text, f"https://{text}", f"https://contoh.example/{text}?url={text}"):
        assert bool(file_names.named(url)) == bool(url)


@given(st.from_regex(r"[a-z0-9]{1,30}\.(jpg|mp4)", fullmatch=True), st.text("0123456789abcdef", min_size=1, max_size=40))
def test_a_token_never_changes_a_name(file: Any, token: Any) -> None:
    url = f"https://cdn.example/file/{file}"
    assert file_names.named(f"{url}?token={token}") == file_names.named(url)
