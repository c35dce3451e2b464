from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from patrol.sources.shared import canonical


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("https://Kabar.Example/Loker/5", "https://kabar.example/Loker/5"),
        ("  https://kabar.example/loker ", "https://kabar.example/loker"),
        ("https://kabar.example", "https://kabar.example/"),
        ("https://kabar.example./", "https://kabar.example/"),
        ("https://kabar.example/loker/", "https://kabar.example/loker"),
        ("https://kabar.example:443/loker", "https://kabar.example/loker"),
        ("http://kabar.example:80/loker", "http://kabar.example/loker"),
        ("https://kabar.example:8443/loker", "https://kabar.example:8443/loker"),
        ("https://petugas:sandi@kabar.example/loker", "https://kabar.example/loker"),
        ("https://kabar.example/loker#komentar", "https://kabar.example/loker"),
        ("https://kabar.example/a/./b/../c", "https://kabar.example/a/c"),
        ("https://kabar.example/../../a", "https://kabar.example/a"),
        ("https://kabar.example/%7eagen/%2f%c3%a9", "https://kabar.example/~agen/%2F%C3%A9"),
        ("https://kabar.example/é è", "https://kabar.example/%C3%A9%20%C3%A8"),
        ("https://kabar.example/100%", "https://kabar.example/100%25"),
        ("https://lökér.example/", "https://xn--lkr-cma7d.example/"),
        ("https://kabar.example/?b=2&a=1", "https://kabar.example/?a=1&b=2"),
        ("https://kabar.example/?a=2&a=1&a=2", "https://kabar.example/?a=1&a=2&a=2"),
        ("https://kabar.example/?", "https://kabar.example/"),
        ("https://kabar.example/?id=5&utm_source=fb&utm_medium=x", "https://kabar.example/?id=5"),
        ("https://kabar.example/?fbclid=Iw&gclid=x&igsh=y&igshid=z&si=q", "https://kabar.example/"),
        ("https://kabar.example/?__cft__[0]=A&__tn__=B&mibextid=C&p=9", "https://kabar.example/?p=9"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_many_ways_to_write_one_address(written: str, form: str) -> None:
    assert canonical.canonical(written) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kabar.example/?site=1", "https://kabar.example/"),
        ("https://kabar.example/?sisa=1", "https://kabar.example/"),
        ("https://kabar.example/?id=5", "https://kabar.example/?id=6"),
        ("https://kabar.example/Loker", "https://kabar.example/loker"),
        ("https://www.kabar.example/", "https://kabar.example/"),
        ("http://kabar.example/", "https://kabar.example/"),
        ("https://kabar.example/a%2Fb", "https://kabar.example/a/b"),
        ("https://kabar.example/?q=a%26b", "https://kabar.example/?q=a&b"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical.canonical(one) != canonical.canonical(other)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "loker",
        "ftp://kabar.example/",
        "javascript:alert(1)",
        "https://",
        "https:///loker",
        "https://[::1",
        "https://a b.example/",
        "https://kabar.example:port/",
        "https://kabar.example:99999/",
        "https://..example/",
    ],
)
def test_what_is_no_address_has_no_form(written: str) -> None:
    assert canonical.canonical(written) == ""


@given(st.text())
@example("https://a/%2e%2e/%41%%341")
@example("https://a/b//")
@example("https://a/b/.%2e/?%75tm_x=1&&=")
@example("http://a/\ud800")
def test_the_form_is_its_own_form(text: Any) -> None:
    for written in (text, f"https://kabar.example/{text}", f"https://kabar.example/?{text}"):
        form = canonical.canonical(written)
        assert canonical.canonical(form) == form


@given(st.text(alphabet="abAB/.%2?&=#é ", max_size=30), st.sampled_from(["utm_source=fb", "fbclid=x", "si=1"]))
def test_a_share_button_changes_nothing(tail: Any, added: Any) -> None:
    plain = f"https://kabar.example/{tail.replace('#', '').replace('?', '')}?id=5"
    assert canonical.canonical(f"{plain}&{added}") == canonical.canonical(plain)


def test_a_very_long_address_is_known_by_its_hash() -> None:
    long = "https://kabar.example/" + "x" * 400
    assert canonical.identity("https://kabar.example/a/?utm_id=1") == "https://kabar.example/a"
    assert canonical.identity(long).startswith("sha256:")
    assert len(canonical.identity(long)) == 71
    assert canonical.identity(long) != canonical.identity(long + "x")
    assert canonical.identity("loker") == ""
