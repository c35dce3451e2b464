from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.sources.shared import markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<br/>c", "a\nb\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>a</p><p>b</p>c", "a\nb\nc"),
        ("<div><div><p>a</p></div></div><div>b</div>", "a\nb"),
        ("a\n     b", "a b"),
        ("<p>\n  a\n</p>\n<p>b</p>\n", "a\nb"),
        ("a  b\tc", "a  b\tc"),  # the author's own spaces
        ("<pre>a\n  b</pre>c", "a\n  b\nc"),
        ("a<!-- b -->c<script>d</script><style>e</style>", "ac"),
        ("&lt;b&gt; &amp;amp; &#128293;", "<b> &amp; 🔥"),
        ('<i class="emoji"><b>🔥</b></i><img class="emoji" alt="👍"><img alt="bukan">', "🔥👍"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("", ""),
        ("<br><br>", ""),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert markup.text_of(markup.parse(html)) == text


def test_links_are_absolute_and_each_once() -> None:
    tree = markup.parse(
        '<a href="/x">a</a><a href="https://y.example/">b</a><a href="#z">c</a><a href="?q=1">d</a><a>e</a>'
        '<a href="/x">f</a><a href="tg://resolve?domain=contoh">g</a><a href="http://[rusak">h</a>'
    )
    assert markup.links_of(tree, "https://t.me/s/a") == (
        "https://t.me/x",
        "https://y.example/",
        "tg://resolve?domain=contoh",
        "http://[rusak",
    )


@pytest.mark.parametrize(
    ("body", "truncated", "result"),
    [
        ("é".encode(), False, ("é", True)),
        (b"a\xff", False, ("a�", False)),
        ("aé".encode()[:-1], True, ("a", True)),
        ("a🔥".encode()[:-1], True, ("a", True)),
        ("a🔥".encode()[:-1], False, ("a�", False)),
        (b"\xff" * 9 + b"a", True, ("�" * 9 + "a", False)),
        (b"", True, ("", True)),
    ],
)
def test_bytes_become_text(body: Any, truncated: bool, result: Any) -> None:
    assert markup.decode(body, truncated=truncated) == result


@given(st.text(alphabet="<>/&;abdivprx \n\"'=!-"))
def test_no_markup_breaks_it(html: Any) -> None:
    tree = markup.parse(html)
    assert isinstance(markup.text_of(tree), str)
    assert isinstance(markup.links_of(tree, "https://t.me/"), tuple)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_plain_text_stays_itself(text: Any) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert markup.text_of(markup.parse(escaped)) == text.strip(" ")


def test_a_megabyte_of_spaces_in_a_page_is_gone_over_once() -> None:
    """Looked over anew from each of them for a line break that does not come, one paragraph of a stranger's page costs half an hour."""
    spaces = " \t" * 500_000
    assert markup.text_of(markup.parse(f"<p>Loker{spaces}Taiwan</p>")) == f"Loker{spaces}Taiwan"
    assert markup.text_of(markup.parse(f"<p>Loker{spaces}\n{spaces}Taiwan</p>")) == "Loker Taiwan"
