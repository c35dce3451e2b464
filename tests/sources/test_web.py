from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.sources import web
from patrol.sources.transport import robots
from tests.sources.conftest import USER_AGENT

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
BOARD = "https://kabar.example/lowongan"
LINE = f"{BOARD} | item=.job | title=h2 | text=.desc | link=a@href | time=time | next=a.next@href"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


class Board:
    """A job board in memory: numbered jobs, newest first, `size` to a page, each with a page of its own. `spoil`: by path and query,
    a body or an error in the answer's place."""

    def __init__(self, *numbers: int, size: int = 3) -> None:
        self.numbers, self.size = list(numbers), size
        self.spoil: dict[str, bytes | domain.SourceError] = {}
        self.asked: list[str] = []

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        parts = urlsplit(url)
        asked = parts.path + (f"?{parts.query}" if parts.query else "")
        self.asked.append(asked)
        spoilt = self.spoil.get(asked)
        if isinstance(spoilt, domain.SourceError):
            raise spoilt
        body = spoilt if spoilt is not None else self.body(parts.path, parts.query).encode()
        return domain.RawAnswer(url, url, 200, (url,), (), HTML, body, NOW, NOW)

    def body(self, path: str, query: str) -> str:
        if path != "/lowongan":
            return f'<h1>Rincian</h1><div class="isi">Isi penuh {path.rpartition("/")[2]} <a href="https://wa.me/62840">WA</a></div>'
        page = int(parse_qs(query).get("hal", ["1"])[0])
        shown = self.numbers[(page - 1) * self.size : page * self.size]
        more = f'<a class="next" href="/lowongan?hal={page + 1}">lanjut</a>' if self.numbers[page * self.size :] else ""
        return "<html><body>" + "".join(map(job, shown)) + more + "</body></html>"

    def post(self, url: str, **_more: object) -> domain.RawAnswer:
        raise AssertionError(url)


def job(number: int) -> str:
    return f'<div class="job"><h2>Lowongan {number}</h2><a href="/lowongan/{number}">lihat</a><time>kemarin</time></div>'


def ask(query: str = LINE, **more: Any) -> domain.Ask:
    given: dict[str, Any] = {"query": query, "cursor": {}, "now": NOW, **more}
    return domain.Ask(**given)


def run(
    board: Board, cursor: dict[str, Any] | None = None, query: str = LINE, *, kept: int = 999, **more: Any
) -> tuple[dict[str, str], dict[str, Any], list[str]]:
    """One run of which the first `kept` pages are stored: texts by number, cursor of the last stored page, codes."""
    stored: dict[str, str] = {}
    codes: list[str] = []
    cursor = cursor or {}
    for place, page in enumerate(web.fetch(ask(query, cursor=cursor, **more), board)):
        if place == kept:
            break
        stored |= {post.external_id.rpartition("/")[2]: post.text for post in page.posts}
        codes += [problem.code for problem in page.problems]
        cursor = json.loads(json.dumps(page.cursor))
    return stored, cursor, codes


def numbers(*found: Mapping[str, str]) -> set[int]:
    return {int(number) for stored in found for number in stored}


def error(code: str, *, permanent: bool = False, retry_after: float | None = None) -> domain.SourceError:
    answer = domain.RawAnswer(BOARD, BOARD, 500, (BOARD,), (), HTML, b"galat", NOW, NOW)
    sentence = domain.Sentence(id="galat", en="fault")
    return domain.SourceError(code, sentence, permanent=permanent, retry_after=retry_after, answer=answer)


# --- becoming posts -------------------------------------------------------------------------------

FULL = """<div class="job"><h2>Operator Taiwan</h2><a href="/lowongan/1?utm_source=x">lihat</a><time>22 Nov 2026 10:00</time>
<p class="desc">Gaji besar <a href="https://wa.me/6284011223344">di sini</a></p><img src="/1.jpg" alt="brosur"><i class="pt">PT Contoh</i></div>"""  # noqa: E501


def page_of(body: str, query: str = f"{LINE} | author=.pt") -> domain.Page:
    board = Board()
    board.spoil["/lowongan"] = body.encode()
    return next(iter(web.fetch(ask(query, max_pages=1), board)))


def test_an_item_with_all_its_facts() -> None:
    page = page_of(FULL)
    assert page.posts == (
        domain.RawPost(
            platform="web",
            external_id="https://kabar.example/lowongan/1",
            url="https://kabar.example/lowongan/1?utm_source=x",
            text="Operator Taiwan\n\nGaji besar di sini",
            author_name="PT Contoh",
            posted_at=datetime(2026, 11, 22, 3, tzinfo=UTC),
            posted_at_source="22 Nov 2026 10:00",
            origin="kabar.example",
            links=("https://kabar.example/lowongan/1?utm_source=x", "https://wa.me/6284011223344"),
            media=(domain.MediaReference("photo", "https://kabar.example/1.jpg", "brosur"),),
            locator="item 1",
        ),
    )
    assert page.problems == ()


def test_a_page_without_items_is_one_post_known_by_its_address() -> None:
    page = page_of("<body><h1>Pengumuman</h1><p>Loker Taiwan</p></body>", f"{BOARD}?utm_source=x&id=5")
    board = Board()
    page = next(iter(web.fetch(ask(f"{BOARD}/pengumuman?utm_id=4"), board)))
    assert [(post.external_id, post.text) for post in page.posts] == [
        ("https://kabar.example/lowongan/pengumuman", "Rincian\nIsi penuh pengumuman WA")
    ]


def test_posts_without_a_link_are_known_by_their_words_on_whatever_page() -> None:
    one = page_of('<p class="job">Operator Taiwan</p><p class="job">ABK</p>', f"{BOARD} | item=.job")
    other = page_of('<p class="job">Baru</p><p class="job">ABK</p>', f"{BOARD} | item=.job")
    assert one.posts[1].external_id == other.posts[1].external_id
    assert one.posts[1].external_id.startswith("https://kabar.example/lowongan sha256:")
    assert one.posts[0].external_id != one.posts[1].external_id
    assert [problem.code for problem in one.problems] == ["no_link"]


def test_a_link_that_different_posts_share_names_none_of_them() -> None:
    body = "".join(f'<div class="job">Kerja {n} <a href="/daftar">daftar</a></div>' for n in range(3))
    page = page_of(body, f"{BOARD} | item=.job | link=a")
    assert len({post.external_id for post in page.posts}) == 3
    assert [problem.code for problem in page.problems] == ["link_repeated"]
    twice = '<div class="job">Kerja <a href="/5">x</a></div>' * 2
    assert [post.external_id for post in page_of(twice, f"{BOARD} | item=.job | link=a").posts] == ["https://kabar.example/5"]


def test_a_time_that_cannot_be_read_is_told() -> None:
    page = page_of('<div class="job"><a href="/5">x</a><time>segera</time></div>')
    assert (page.posts[0].posted_at, page.posts[0].posted_at_source) == (None, "segera")
    assert [problem.code for problem in page.problems] == ["bad_time"]


def test_a_selector_that_is_too_wide_is_told() -> None:
    page = page_of("".join(map(job, range(302))))
    assert (len(page.posts), [problem.code for problem in page.problems]) == (300, ["too_many_items"])


def test_an_item_within_an_item_is_part_of_it() -> None:
    page = page_of(f'<div class="job"><h2>Luar</h2><a href="/1">x</a>{job(2)}</div>{job(3)}')
    assert [post.external_id.rpartition("/")[2] for post in page.posts] == ["1", "3"]


def test_hostile_nesting_is_read_at_bounded_cost() -> None:
    page = page_of("<div class=job>" * 5000 + "dalam <a href=/7>x</a>" + "</div>" * 5000)
    assert "https://kabar.example/7" in {post.url for post in page.posts}


# --- what is no page ------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "<html><body>Sebentar...</body></html>", "<div class=lain>x</div>"])
def test_a_page_without_posts_is_told(body: str) -> None:
    page = page_of(body or " ")
    assert (page.posts, [problem.code for problem in page.problems]) == ((), ["no_posts"])


def test_a_login_page_is_told_and_tried_again(site: Any, client: Any) -> None:
    site.serve("/kabar/lowongan", b'<form><input type="password"></form>', headers={"Content-Type": "text/html"})
    with pytest.raises(domain.SourceError) as caught:
        list(web.fetch(ask(), client()))
    assert (caught.value.problem.code, caught.value.problem.permanent) == ("login_wall", False)
    assert caught.value.answer is not None


def test_a_page_with_posts_and_a_login_form_is_read() -> None:
    page = page_of(job(5) + '<form><input type="password"></form>')
    assert len(page.posts) == 1


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [(b"%PDF-1.7", "application/pdf", "not_a_page"), (b'{"a": 1}', "application/json", "not_a_page"), (b"GIF89a", "", "not_a_page")],
)
def test_what_is_no_page_is_a_matter_for_a_person(site: Any, client: Any, body: bytes, kind: str, code: str) -> None:
    site.serve("/kabar/lowongan", body, headers={"Content-Type": kind})
    with pytest.raises(domain.SourceError) as caught:
        list(web.fetch(ask(), client()))
    assert (caught.value.problem.code, caught.value.problem.permanent) == (code, True)


def test_a_page_that_broke_off_is_read_as_far_as_it_came(site: Any, client: Any) -> None:
    body = ("<html>" + job(1) + job(2)).encode()
    site.serve("/kabar/lowongan", body, headers={"Content-Type": "text/html", "Content-Length": str(len(body) + 50)})
    page = next(iter(web.fetch(ask(), client())))
    assert (len(page.posts), [problem.code for problem in page.problems]) == (2, ["cut_page"])


@pytest.mark.parametrize(
    ("status", "headers", "code", "retry_after"),
    [
        (429, {"Retry-After": "30"}, "too_many", 30.0),
        (429, {}, "too_many", None),
        (503, {}, "server_error", None),
        (404, {}, "not_found", None),
        (403, {}, "refused", None),
    ],
)
def test_a_refusal_of_the_first_page_ends_the_run(site: Any, client: Any, status: int, headers: Any, code: str, retry_after: Any) -> None:
    site.serve("/kabar/lowongan", b"", status=status, headers=headers)
    with pytest.raises(domain.SourceError) as caught:
        list(web.fetch(ask(), client()))
    assert (caught.value.problem.code, caught.value.retry_after) == (code, retry_after)


# --- going down -----------------------------------------------------------------------------------


def test_a_first_run_reads_to_the_end_and_the_next_one_to_what_is_known() -> None:
    board = Board(*range(10, 0, -1))
    stored, cursor, codes = run(board)
    assert (numbers(stored), codes) == (set(range(1, 11)), [])
    assert board.asked == ["/lowongan", "/lowongan?hal=2", "/lowongan?hal=3", "/lowongan?hal=4"]
    assert cursor["below"] == []
    board.asked.clear()
    board.numbers = [12, 11, *board.numbers]
    stored, cursor, codes = run(board, cursor)
    assert board.asked == ["/lowongan", "/lowongan?hal=2"]
    assert numbers(stored) >= {11, 12}
    board.asked.clear()
    run(board, cursor)
    assert board.asked == ["/lowongan"]


def test_a_run_out_of_pages_is_gone_on_with_although_new_posts_pushed_the_rest_down() -> None:
    """The page the first run stopped at shows known posts by now, and what it left lies below."""
    board = Board(*range(12, 0, -1))
    first, cursor, _codes = run(board, max_pages=2)
    assert cursor["below"] == [["https://kabar.example/lowongan?hal=3", 2]]
    board.numbers = [*range(24, 12, -1), *board.numbers]
    second, cursor, _codes = run(board, cursor)
    assert numbers(first, second) == set(range(1, 25))
    assert cursor["below"] == []


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(0, 14),
    size=st.integers(1, 4),
    rounds=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6), st.integers(0, 8)), max_size=5),
    detail=st.booleans(),
)
def test_no_post_is_lost_whenever_runs_are_killed_and_posts_arrive(start: Any, size: Any, rounds: Any, detail: Any) -> None:
    """Each round: posts that arrived, pages a run may read, pages it stored before it was killed."""
    query = f"{BOARD} | item=.job | title=h2 | text=.desc | link=a@href | next=a.next{' | detail=.isi' if detail else ''}"
    board = Board(*range(start, 0, -1), size=size)
    stored: list[dict[str, str]] = []
    cursor: dict[str, Any] = {}
    for arrived, pages, kept in rounds:
        newest = len(board.numbers)
        board.numbers = [*range(newest + arrived, newest, -1), *board.numbers]
        found, cursor, _codes = run(board, cursor, query, max_pages=pages, kept=kept)
        stored.append(found)
    for _round in range(3):
        found, cursor, _codes = run(board, cursor, query, max_pages=100)
        stored.append(found)
    assert numbers(*stored) == set(range(1, len(board.numbers) + 1))
    assert cursor["below"] == []


def test_an_edited_post_is_served_again_and_leads_on() -> None:
    board = Board(*range(6, 0, -1))
    _stored, cursor, _codes = run(board)
    board.spoil["/lowongan"] = board.body("/lowongan", "").replace("Lowongan 5", "Lowongan 5 DITUTUP").encode()
    stored, _cursor, _codes = run(board, cursor)
    assert stored["5"] == "Lowongan 5 DITUTUP"


@pytest.mark.parametrize(
    ("following", "code"),
    [
        ("/lowongan", "page_repeats"),
        ("/lowongan?utm_source=hal2", "page_repeats"),
        ("https://lain.example/lowongan?hal=2", "next_elsewhere"),
        ("//lain.example/", "next_elsewhere"),
    ],
)
def test_a_next_page_that_leads_nowhere_is_told(following: str, code: str) -> None:
    board = Board()
    board.spoil["/lowongan"] = (job(1) + f'<a class="next" href="{following}">lanjut</a>').encode()
    _stored, cursor, codes = run(board)
    assert (board.asked, codes, cursor["below"]) == (["/lowongan"], [code], [])


@pytest.mark.parametrize("following", ["#", "javascript:lanjut()", "mailto:a@b.example", ""])
def test_what_is_no_address_is_no_next_page(following: str) -> None:
    board = Board()
    board.spoil["/lowongan"] = (job(1) + f'<a class="next" href="{following}">lanjut</a>').encode()
    assert run(board)[2] == []


def test_pages_without_end_that_show_the_same_come_to_an_end() -> None:
    board = Board()
    for number in range(1, 10):
        name = "/lowongan" if number == 1 else f"/lowongan?hal={number}"
        board.spoil[name] = (job(1) + f'<a class="next" href="/lowongan?hal={number + 1}">lanjut</a>').encode()
    _stored, cursor, codes = run(board)
    assert (len(board.asked), codes, cursor["below"]) == (3, ["page_repeats"], [])


def test_two_pages_that_lead_to_each_other_come_to_an_end() -> None:
    board = Board()
    board.spoil["/lowongan"] = (job(1) + '<a class="next" href="?hal=2">x</a>').encode()
    board.spoil["/lowongan?hal=2"] = (job(2) + '<a class="next" href="/lowongan">x</a>').encode()
    stored, _cursor, codes = run(board)
    assert (numbers(stored), codes) == ({1, 2}, ["page_repeats"])


def test_a_page_below_that_is_gone_does_not_stop_the_watch() -> None:
    board = Board(*range(9, 0, -1))
    _stored, cursor, _codes = run(board, max_pages=1)
    board.spoil["/lowongan?hal=2"] = error("not_found", permanent=True)
    board.numbers.insert(0, 10)
    pages = list(web.fetch(ask(cursor=cursor), board))
    assert [(problem.code, problem.permanent) for problem in pages[-1].problems] == [("not_found", False)]
    assert pages[-1].cursor["below"] == []


@pytest.mark.parametrize("code", ["too_many", "server_error", "timeout", "unreachable"])
def test_a_fault_below_is_tried_again_from_there(code: str) -> None:
    board = Board(*range(9, 0, -1))
    board.spoil["/lowongan?hal=2"] = error(code)
    stored: list[domain.Page] = []
    with pytest.raises(domain.SourceError):
        stored.extend(web.fetch(ask(), board))
    board.spoil.clear()
    rest, cursor, _codes = run(board, dict(stored[-1].cursor) if stored else {})
    assert numbers(rest) == set(range(1, 10))
    assert cursor["below"] == []


@pytest.mark.parametrize("cursor", [{"seen": 5}, {"below": [["x"]]}, {"below": 7}, {"below": [[1, "x"]]}, {"lain": 1}])
def test_a_cursor_that_cannot_be_read_starts_anew(cursor: Any) -> None:
    assert numbers(run(Board(3, 2, 1), cursor)[0]) == {1, 2, 3}


# --- pages of single posts ------------------------------------------------------------------------

DETAILED = f"{LINE} | detail=.isi"


def test_the_page_of_a_post_brings_its_words_and_is_read_once() -> None:
    board = Board(2, 1)
    pages = list(web.fetch(ask(DETAILED), board))
    assert [[post.text for post in page.posts] for page in pages] == [
        [],
        ["Lowongan 2\n\nIsi penuh 2 WA"],
        ["Lowongan 1\n\nIsi penuh 1 WA"],
    ]
    assert pages[1].answer.final_url == "https://kabar.example/lowongan/2"
    assert "https://wa.me/62840" in pages[1].posts[0].links
    board.asked.clear()
    run(board, dict(pages[-1].cursor), DETAILED)
    assert board.asked == ["/lowongan"]


def test_posts_of_another_site_and_without_a_link_are_kept_as_the_list_shows_them() -> None:
    board = Board()
    body = '<div class="job"><h2>Jauh</h2><a href="https://lain.example/5">x</a></div><div class="job"><h2>Tanpa</h2></div>'
    board.spoil["/lowongan"] = body.encode()
    pages = list(web.fetch(ask(DETAILED), board))
    assert [post.text for post in pages[0].posts] == ["Jauh", "Tanpa"]
    assert board.asked == ["/lowongan"]


def test_a_run_reads_so_many_pages_of_posts_and_goes_on_in_the_next() -> None:
    board = Board(*range(12, 0, -1), size=12)
    first, cursor, _codes = run(board, None, DETAILED, max_pages=1)
    assert len(first) == web.DETAILS
    second, cursor, _codes = run(board, cursor, DETAILED, max_pages=2)
    assert numbers(first, second) == set(range(1, 13))


@pytest.mark.parametrize(
    ("spoilt", "code", "again"),
    [
        (error("not_found", permanent=True), "detail_missing", False),
        (error("robots_refused", retry_after=86400.0), "detail_missing", False),
        (error("server_error"), "detail_missing", True),
        (b"<p>bentuk lain</p>", "finds_nothing", False),
        (b"%PDF", "finds_nothing", False),
    ],
)
def test_a_post_whose_page_cannot_be_read_is_kept_as_the_list_shows_it(spoilt: Any, code: str, again: bool) -> None:
    board = Board(2, 1)
    board.spoil["/lowongan/2"] = spoilt
    stored, cursor, codes = run(board, None, DETAILED)
    assert (stored, codes) == ({"2": "Lowongan 2", "1": "Lowongan 1\n\nIsi penuh 1 WA"}, [code])
    board.spoil.clear()
    board.asked.clear()
    run(board, cursor, DETAILED)
    assert ("/lowongan/2" in board.asked) == again


@pytest.mark.parametrize("code", ["too_many", "unreachable", "dns"])
def test_a_fault_of_the_site_ends_the_run_and_the_post_waits(code: str) -> None:
    board = Board(2, 1)
    board.spoil["/lowongan/2"] = error(code, retry_after=9.0)
    pages: list[domain.Page] = []
    with pytest.raises(domain.SourceError):
        pages.extend(web.fetch(ask(DETAILED), board))
    board.spoil.clear()
    assert numbers(run(board, dict(pages[-1].cursor) if pages else {}, DETAILED)[0]) == {1, 2}


def test_a_site_that_fails_again_and_again_ends_the_run() -> None:
    board = Board(*range(9, 0, -1), size=9)
    board.spoil |= {f"/lowongan/{number}": error("server_error") for number in range(9, 0, -1)}
    with pytest.raises(domain.SourceError):
        list(web.fetch(ask(DETAILED), board))
    assert len(board.asked) == 4


# --- robots, queries, trying out ------------------------------------------------------------------


def test_pages_that_robots_txt_forbids_are_not_asked_for(site: Any, client: Any) -> None:
    site.serve("/kabar/robots.txt", b"User-agent: *\nDisallow: /lowongan/2")
    site.serve("/kabar/lowongan", (job(2) + job(1)).encode(), headers={"Content-Type": "text/html"})
    site.serve("/kabar/lowongan/1", b'<p class="isi">Isi penuh</p>', headers={"Content-Type": "text/html"})
    fetcher = robots.Obeying(client(), USER_AGENT)
    pages = list(web.fetch(ask(DETAILED), fetcher))
    assert [post.text for page in pages for post in page.posts] == ["Lowongan 2", "Lowongan 1\n\nIsi penuh"]
    assert site.paths == ["/kabar/robots.txt", "/kabar/lowongan", "/kabar/lowongan/1"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (LINE, None),
        (BOARD, None),
        ("lowongan", "bad_query"),
        ("", "bad_query"),
        (f"{BOARD} | judul=h2", "bad_query"),
        (f"{BOARD} | item=..job", "bad_selector"),
    ],
)
def test_a_query_is_a_line_of_selectors(query: Any, code: Any) -> None:
    problem = web.check_query(query, "page")
    assert (problem.code if problem else None) == code
    if code:
        with pytest.raises(domain.SourceError) as caught:
            list(web.fetch(ask(query), Board()))
        assert (caught.value.problem.code, caught.value.problem.permanent) == (code, True)


def test_trying_out_asks_for_one_page_and_shows_what_it_would_bring() -> None:
    board = Board(*range(9, 0, -1))
    preview = web.preview(f"{DETAILED} | author=.pt", board)
    assert board.asked == ["/lowongan"]
    assert [post.text for post in preview.posts] == ["Lowongan 9", "Lowongan 8", "Lowongan 7"]
    assert {finding.part: finding.matched for finding in preview.findings} == {
        "item": 3,
        "title": 3,
        "text": 0,
        "link": 3,
        "time": 3,
        "author": 0,
        "next": 1,
        "detail": 0,
    }
    assert [finding.complaint.code for finding in preview.findings if finding.complaint] == ["finds_nothing"] * 2


def test_trying_out_a_selector_that_is_no_css_says_so_and_shows_the_others() -> None:
    preview = web.preview(f"{BOARD} | item=.job | title=h2[ | link=a", Board(2, 1))
    complaints = {finding.part: finding.complaint and finding.complaint.code for finding in preview.findings}
    assert complaints == {"item": None, "title": "bad_selector", "link": None}
    assert preview.posts == ()
    with pytest.raises(domain.SourceError):
        web.preview("bukan alamat", Board())


def test_an_address_alone_belongs_to_no_platform() -> None:
    assert web.identity(BOARD) == ""
    assert sources.identity(BOARD) is None


@given(
    st.binary(max_size=200) | st.text(max_size=80).map(lambda text: f'<div class="job">{text}<a href="{text}">'.encode("utf-8", "replace"))
)
def test_any_page_gives_posts_with_an_identity(body: Any) -> None:
    board = Board()
    board.spoil["/lowongan"] = body
    for page in web.fetch(ask(), board):
        assert all(post.external_id and len(post.external_id) <= 500 for post in page.posts)
        assert len({post.external_id for post in page.posts}) == len(page.posts)
        replace(page, cursor=json.loads(json.dumps(page.cursor)))
