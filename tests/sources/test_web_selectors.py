from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.web import selectors as web_selectors
from patrol.sources.web.selectors import Selectors, Value

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)  # 10:47 in Jakarta
ADDRESS = "https://loker.example/lowongan"
LINE = f"{ADDRESS} | item=.job | title=h2 | text=.desc | link=a@href | time=time@datetime | author=.pt | next=a.next@href"

PAGE = """<!doctype html><html><body><h1>Lowongan</h1>
<div class="job"><h2>Operator <b>Taiwan</b></h2><a href="/lowongan/1">lihat</a><time datetime="2026-11-22T10:00:00+07:00">x</time>
  <p class="desc">Gaji besar<br>WA <a href="https://wa.me/6284011223344">di sini</a></p><img src="/1.jpg" alt="brosur"><i class="pt">PT Contoh</i></div>
<div class="job"><h2>ABK</h2><a href="https://loker.example/lowongan/2?utm_source=x">lihat</a><time>3 hari lalu</time>
  <p class="desc">Longline</p></div>
<div class="job"><p class="desc">Tanpa judul</p></div>
<a class="next" href="?hal=2">berikutnya</a></body></html>"""  # noqa: E501


def answer(body: str | bytes = PAGE, *, kind: str = "text/html; charset=utf-8") -> domain.RawAnswer:
    content = body.encode() if isinstance(body, str) else body
    return domain.RawAnswer(ADDRESS, ADDRESS, 200, (ADDRESS,), (), (("Content-Type", kind),), content, NOW, NOW)


def found(line: str, body: str = PAGE) -> dict[str, web_selectors.Finding]:
    selectors = Selectors.read(f"{ADDRESS} | {line}")
    return {finding.part: finding for finding in web_selectors.findings(selectors, answer(body), NOW)}


# --- the line -------------------------------------------------------------------------------------


def test_a_line_is_taken_apart() -> None:
    selectors = Selectors.read(LINE)
    assert selectors == Selectors(
        ADDRESS,
        {
            "item": Value(".job"),
            "title": Value("h2"),
            "text": Value(".desc"),
            "link": Value("a", "href"),
            "time": Value("time", "datetime"),
            "author": Value(".pt"),
            "next": Value("a.next", "href"),
        },
    )
    assert selectors.complaints() == ()
    assert selectors.written() == LINE


def test_one_line_for_each_meaning() -> None:
    loose = f"  {ADDRESS}   |  TITLE = h2  |  item=.job   | link = a @href "
    assert Selectors.read(loose).written() == f"{ADDRESS} | item=.job | title=h2 | link=a@href"


CSS = st.sampled_from([".job", "h2 > b", 'a[href*="@x"]', "[lang|=id]", "li:nth-child(2n+1)", "", "p:-soup-contains('a = b')"])
VALUES = st.builds(Value, CSS, st.sampled_from(["", "href", "data-id", "xml:lang"])).filter(lambda value: value.written())


@given(st.dictionaries(st.sampled_from(web_selectors.PARTS), VALUES))
def test_a_line_is_read_as_it_was_written(parts: Any) -> None:
    selectors = Selectors(ADDRESS, {name: parts[name] for name in web_selectors.PARTS if name in parts})
    again = Selectors.read(selectors.written())
    assert again == selectors
    assert again.written() == selectors.written()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{ADDRESS} | judul=h2", "judul=h2"),
        (f"{ADDRESS} | h2", "h2"),
        (f"{ADDRESS} | item=", "item="),
        (f"{ADDRESS} | item=.a | item=.b", "item=.b"),
    ],
)
def test_a_part_that_is_not_understood_is_named(line: str, said: str) -> None:
    with pytest.raises(domain.SourceError) as caught:
        Selectors.read(line)
    assert (caught.value.problem.code, caught.value.problem.permanent) == ("bad_query", True)
    assert repr(said) in caught.value.problem.sentence.id


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (ADDRESS, []),
        ("", ["bad_query"]),
        ("loker.example | item=.job", ["bad_query"]),
        ("file:///etc/passwd", ["bad_query"]),
        (f"{ADDRESS} | item=..job", ["bad_selector"]),
        (f"{ADDRESS} | item=.job | title=h2[", ["bad_selector"]),
        (f"{ADDRESS} | item=.job | text=p:besar", ["bad_selector"]),
        (f"{ADDRESS} | item=.job | detail=.isi", ["bad_selector"]),
        (f"{ADDRESS} | item=.job | link=@href | detail=.isi", []),
        (f"{ADDRESS}?{'x' * 500}", ["bad_query"]),
    ],
)
def test_what_a_person_has_to_change_is_said(line: Any, codes: Any) -> None:
    complaints = Selectors.read(line).complaints()
    assert [problem.code for problem in complaints] == codes
    assert all(problem.permanent for problem in complaints)


@given(st.text(max_size=60))
def test_any_line_is_read_or_refused(text: Any) -> None:
    for line in (text, f"{ADDRESS} | item={text}", f"{ADDRESS} | {text}"):
        try:
            Selectors.read(line).complaints()
        except domain.SourceError as error:
            refused = error.problem.code
        else:
            refused = "bad_query"
        assert refused == "bad_query"


# --- on a page ------------------------------------------------------------------------------------


def test_items_with_all_their_parts() -> None:
    selectors = Selectors.read(LINE)
    first, second, third = web_selectors.items(selectors, web_selectors.read_page(answer()))
    assert first == web_selectors.Item(
        place=1,
        title="Operator Taiwan",
        text="Operator Taiwan\n\nGaji besar\nWA di sini",
        link="https://loker.example/lowongan/1",
        written="2026-11-22T10:00:00+07:00",
        author="PT Contoh",
        links=("https://loker.example/lowongan/1", "https://wa.me/6284011223344"),
        pictures=(("https://loker.example/1.jpg", "brosur"),),
    )
    assert (second.link, second.written) == ("https://loker.example/lowongan/2?utm_source=x", "")
    assert (third.text, third.link) == ("Tanpa judul", "")


def test_without_a_text_all_words_of_the_item_but_its_time_are_the_text() -> None:
    """A time that says how long ago it was is another one with every fetch."""
    selectors = Selectors.read(f"{ADDRESS} | item=.job | time=time")
    items = web_selectors.items(selectors, web_selectors.read_page(answer()))
    assert (items[1].written, items[1].text) == ("3 hari lalu", "ABK\nlihat\nLongline")


def test_an_item_may_itself_be_the_link() -> None:
    body = '<a class="job" href="/5">Operator</a><a class="job" href="javascript:alert(1)">ABK</a>'
    selectors = Selectors.read(f"{ADDRESS} | item=.job | link=@href")
    items = web_selectors.items(selectors, web_selectors.read_page(answer(body)))
    assert [item.link for item in items] == ["https://loker.example/5", ""]


def test_pictures_that_load_late_are_found_and_a_base_is_obeyed() -> None:
    body = '<base href="https://cdn.example/a/"><div class="job">x<img src="" data-src="b.jpg"></div>'
    items = web_selectors.items(Selectors.read(f"{ADDRESS} | item=.job"), web_selectors.read_page(answer(body)))
    assert items[0].pictures == (("https://cdn.example/a/b.jpg", ""),)


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        (b'<meta charset="windows-1252">' + "é".encode("cp1252"), "text/html", "é"),
        ("é".encode(), "text/html", "é"),
        ("é".encode(), "text/html; charset=tidak-ada", "é"),
        (b"\xe9", "text/html", "\ufffd"),
    ],
)
def test_the_charset_a_page_names_is_read(body: Any, kind: str, text: str) -> None:
    page = web_selectors.read_page(answer(body, kind=kind))
    assert page.soup.get_text() == text
    assert page.all_read == (text == "é")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-22T10:00:00Z", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("2026-11-22 10:00", datetime(2026, 11, 22, 3, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 10:00:00 +0800", datetime(2026, 11, 22, 2, tzinfo=UTC)),
        ("22 November 2026", datetime(2026, 11, 21, 17, tzinfo=UTC)),
        ("Minggu, 22 Nopember 2026 pukul 10:00 WIB", datetime(2026, 11, 22, 3, tzinfo=UTC)),
        ("22 Nov 2026 10.00 WITA", datetime(2026, 11, 22, 2, tzinfo=UTC)),
        ("12/11/2026", datetime(2026, 11, 11, 17, tzinfo=UTC)),
        ("3 hari yang lalu", datetime(2026, 11, 20, 3, 47, tzinfo=UTC)),
        ("Diposting 5 menit lalu", datetime(2026, 11, 23, 3, 42, tzinfo=UTC)),
        ("Tayang pada: kemarin", datetime(2026, 11, 22, 3, 47, tzinfo=UTC)),
        ("Posted 2 days ago", datetime(2026, 11, 21, 3, 47, tzinfo=UTC)),
        ("30+ hari lalu", datetime(2026, 10, 24, 3, 47, tzinfo=UTC)),
        ("20 Okt", datetime(2026, 10, 19, 17, tzinfo=UTC)),
        ("5", None),
        ("2026", None),
        ("", None),
        ("segera", None),
        ("x" * 10_000, None),
    ],
)
def test_times_as_indonesian_pages_write_them(written: str, moment: Any) -> None:
    assert web_selectors.moment(written, NOW) == moment


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_may_be_a_time(text: Any) -> None:
    moment = web_selectors.moment(text, NOW)
    assert moment is None or moment.tzinfo is UTC


# --- trying it out --------------------------------------------------------------------------------


def test_each_selector_says_how_many_it_finds_and_what() -> None:
    findings = found("item=.job | title=h2 | link=a@href | time=time | next=a.next")
    assert {name: (one.matched, one.of, one.samples, one.complaint) for name, one in findings.items()} == {
        "item": (3, 3, ("Operator Taiwan lihatx Gaji besar WA di sini PT Contoh", "ABK lihat3 hari lalu Longline", "Tanpa judul"), None),
        "title": (2, 3, ("Operator Taiwan", "ABK"), None),
        "link": (2, 3, ("https://loker.example/lowongan/1", "https://loker.example/lowongan/2?utm_source=x"), None),
        "time": (2, 3, ("2026-11-22T10:00:00+07:00", "3 hari lalu"), None),
        "next": (1, 3, ("https://loker.example/lowongan?hal=2",), None),
    }


@pytest.mark.parametrize(
    ("line", "part", "code"),
    [
        ("item=job", "item", "finds_nothing"),
        ("item=.job | title=h3", "title", "finds_nothing"),
        ("item=.job | title=h2@title", "title", "no_value"),
        ("item=.job | link=h2", "link", "no_value"),
        ("item=.job | time=.desc", "time", "bad_time"),
        ("item=.job | title=h2[", "title", "bad_selector"),
        ("item=..job", "item", "bad_selector"),
        ("item=..job | title=h2", "title", "finds_nothing"),
        ("item=.job | link=a | detail=.isi[", "detail", "bad_selector"),
    ],
)
def test_a_selector_that_brings_nothing_is_complained_of(line: str, part: str, code: str) -> None:
    complaint = found(line)[part].complaint
    assert complaint is not None
    assert (complaint.code, complaint.where) == (code, part)


def test_a_page_without_a_next_one_and_a_detail_are_no_reason_to_complain() -> None:
    findings = found("item=.job | link=a | next=a.lanjut | detail=.isi")
    assert (findings["next"].complaint, findings["detail"].complaint) == (None, None)


TAGS = st.sampled_from(
    ["<div class=job>", "</div>", "<h2>", "<a href='/x'>", "<a href='http://['>", "</a>", "<time>", "x", "<!--", "]]>", "<base href='://'>"]
)


@given(st.lists(TAGS | st.text(max_size=5), max_size=25).map("".join))
def test_any_page_gives_findings_and_items(body: Any) -> None:
    selectors = Selectors.read(LINE)
    page = answer(body.encode("utf-8", "surrogatepass"))
    items = web_selectors.items(selectors, web_selectors.read_page(page))
    findings = web_selectors.findings(selectors, page, NOW)
    assert len(findings) == len(selectors.parts)
    assert findings[0].matched == len(items)
