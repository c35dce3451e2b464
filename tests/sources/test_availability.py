"""Links that still stand, that are down, that changed, and those of which nobody can tell."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from patrol import sources
from patrol.domain.availability import Availability, AvailabilityReason, Known, Looked
from patrol.sources import availability
from patrol.sources.availability import places
from tests import factories

TABLE: Any = tomllib.loads((Path(__file__).parent / "pretending_servers.toml").read_text())
CASES: list[Any] = TABLE["case"]
MEASURED = Path(__file__).parents[2] / "docs/measured/rechecks.md"


def known_of(case: Any) -> Known:
    platform = case.get("platform") or sources.platform_of(case["url"]) or "web"
    identity = sources.identity(case["url"])
    return Known(platform, identity[1] if identity else case["url"], case["url"], case.get("known", TABLE["known"]))


def looked(case: Any) -> Looked:
    known, asked = known_of(case), case.get("asked", case["url"])
    if "error" in case:
        return availability.judge(known, None, case["error"])
    answer = factories.answer(
        case["body"].encode(),
        asked_url=asked,
        final_url=case.get("final", asked),
        status=case.get("status", 200),
        headers=(("Content-Type", case.get("type", "text/html; charset=utf-8")), *case.get("headers", {}).items()),
        truncated=case.get("truncated", False),
    )
    return availability.judge(known, answer)


def said(case: Any) -> str:
    found = looked(case)
    return f"{found.outcome} {found.reason}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_server_that_pretends_is_seen_through(case: Any) -> None:
    assert said(case) == case["expected"]


def counted(cases: list[Any]) -> str:
    """The table of docs/measured/rechecks.md: what was expected, by row, and what was said."""
    said_of = Counter((case["expected"].split()[0], looked(case).outcome.value) for case in cases)
    rows = [
        f"| {expected.value} | " + " | ".join(str(said_of[expected.value, said.value]) for said in Availability) + " |"
        for expected in Availability
    ]
    return "\n".join(["| expected | " + " | ".join(Availability) + " |", "|---|" + "---|" * len(Availability), *rows])


def test_the_measured_table_is_what_is_measured() -> None:
    assert (len(CASES), sum(case.get("sealed", False) for case in CASES)) == (100, 40)
    written = MEASURED.read_text()
    assert counted(CASES) in written
    assert counted([case for case in CASES if case.get("sealed")]) in written


# --- by another hand ------------------------------------------------------------------------------


def of_another_hand() -> list[tuple[Any, Availability]]:
    """Each answer with what was said of it. Whoever wrote them had not seen the code; some allow two words."""
    found = []
    for line in gzip.decompress((Path(__file__).parent / "pretending_servers_by_another_hand.jsonl.gz").read_bytes()).splitlines():
        case = json.loads(line)
        platform = sources.platform_of(case["url"]) or "web"
        identity = sources.identity(case["url"])
        known = Known(platform, identity[1] if identity else case["url"], case["url"], case["known"])
        answer = factories.answer(
            case["body"].encode(),
            asked_url=case["url"],
            final_url=case["final"],
            status=case["status"],
            headers=tuple(case["headers"].items()),
        )
        found.append((case, availability.judge(known, answer).outcome))
    return found


def test_what_another_hand_wrote_is_counted_as_it_is_told() -> None:
    """Of the even numbers only these totals were looked at."""
    told = of_another_hand()
    for half, odd in (("odd", 1), ("even", 0)):
        of_it = [(case["expected"], said) for case, said in told if case["number"] % 2 == odd]
        right = sum(said in expected for expected, said in of_it)
        wrongly_down = sum(said is Availability.DOWN and said not in expected for expected, said in of_it)
        assert f"| {half} | {len(of_it)} | {right} | {wrongly_down} |" in MEASURED.read_text()


OWN = "Dicari dua puluh orang untuk pabrik kayu di Johor, gaji bulanan, asrama gratis, paspor kami urus"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, f"<h1>Pabrik kayu</h1><p>{OWN}</p>", "words_found"),
        (404, f"<h1>Halaman tidak ditemukan</h1><p>Serupa: {OWN}</p>", "not_found"),
        (404, "<p>Silakan masuk untuk melanjutkan.</p><input type=password>", "login_wall"),
        (404, "<h1>Halaman tidak ditemukan</h1><p>Masuk atau daftar</p><input type=password>", "not_found"),
        (404, "<p>Silakan masuk untuk melanjutkan.</p>", "not_found"),
        (410, "<title>Too many requests</title>", "rate_limit"),
        (200, f'{{"text": "{OWN}", "picture": "tidak ditemukan"}}', "words_found"),
        (200, '{"message": "Lowongan tidak ditemukan"}', "says_gone"),
        (200, "<title>Grup ini telah dibubarkan</title>", "account_gone"),
        (200, '<script>var a = {"playabilityStatus": {"status": "ERROR", "reason": "Video tidak tersedia"}}</script>', "says_gone"),
        (200, '<script>var a = {"playabilityStatus": {"status": "OK"}, "reason": "Video tidak tersedia"}</script>', "no_content"),
        (
            200,
            '<script>var a = {"alerts":[{"alertRenderer":{"type":"ERROR","text":{"simpleText":"Akun ini dihentikan"}}}]}</script>',
            "account_gone",
        ),
    ],
)
def test_what_stands_there_speaks_before_its_status(status: int, body: str, reason: str) -> None:
    answer = factories.answer(body.encode(), asked_url="https://a.example/x", final_url="https://a.example/x", status=status)
    assert availability.judge(Known("web", "x", "https://a.example/x", OWN), answer).reason == reason


# --- where to look --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES if "platform" in case])
def test_a_case_of_an_interface_is_asked_where_the_product_asks(case: Any) -> None:
    known = known_of(case)
    identity = (
        "at://did:plc:aaaabbbbccccddddeeeeffff/app.bsky.feed.post/3kabcdefghi2x" if known.platform == "bluesky" else known.external_id
    )
    assert places.of(Known(known.platform, identity, known.url, "")) == case["asked"]


@pytest.mark.parametrize(
    ("platform", "external_id", "url", "place"),
    [
        ("web", "x", "https://a.example/x", "https://a.example/x"),
        ("web", "x", "", ""),
        ("whatsapp", "x", "wa:1", ""),
        ("facebook", "1", "https://www.facebook.com/x/posts/1", "https://www.facebook.com/x/posts/1"),
        # a comment is not its video, a comment under a message not the message
        (
            "youtube",
            "abcdefghijk/UgC",
            "https://www.youtube.com/watch?v=abcdefghijk&lc=UgC",
            "https://www.youtube.com/watch?v=abcdefghijk&lc=UgC",
        ),
        ("telegram", "1/5", "https://t.me/nama_kanal/5?comment=7", "https://t.me/nama_kanal/5?comment=7"),
        ("telegram", "1/5", "https://t.me/c/123/5", "https://t.me/c/123/5"),
        ("telegram", "1/5", "https://t.me/Nama_Kanal/5?single", "https://t.me/s/nama_kanal?before=15"),
        ("mastodon", "https://a.example/web/statuses/1", "https://a.example/@x", "https://a.example/@x"),
        ("bluesky", "loker", "https://bsky.app/profile/x/post/y", "https://bsky.app/profile/x/post/y"),
    ],
)
def test_where_a_link_is_looked_at(platform: str, external_id: str, url: str, place: str) -> None:
    assert places.of(Known(platform, external_id, url, "")) == place


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "body", "reason"),
    [
        ("", "<p>halaman lain yang panjang sekali dan tidak memuat apa-apa dari unggahan</p>", "nothing_to_compare"),
        ("Hubungi WA", "<p>Hubungi WA sekarang juga untuk daftar kerja ke luar negeri</p>", "nothing_to_compare"),
        ("a b c d e f g h i j", "<p>a b c d e f g h i j</p>", "words_found"),
        ("a b c d e f g h i j", "<p>a b c d e f g h x y</p>", "words_found"),
        ("a b c d e f g h i j", "<p>a b c d v w x y z q</p>", "other_content"),
        ("a b c d e f g h i j", '<script>{"t":"a b c d\\u0020e f g h i j"}</script>', "words_found"),
    ],
)
def test_a_post_is_known_by_most_of_its_words(known: str, body: str, reason: str) -> None:
    answer = factories.answer(body.encode(), asked_url="https://a.example/x", final_url="https://a.example/x")
    assert availability.judge(Known("web", "x", "https://a.example/x", known), answer).reason == reason


def test_a_long_page_may_hold_any_phrase_in_a_comment() -> None:
    body = "<h1>Kabar</h1><p>" + "kata lain saja " * 60 + "halaman tidak ditemukan</p>"
    answer = factories.answer(body.encode(), asked_url="https://a.example/x", final_url="https://a.example/x")
    assert availability.judge(Known("web", "x", "https://a.example/x", "satu dua tiga empat lima"), answer).reason == "other_content"


@pytest.mark.parametrize("body", [b"\x00\xff\xfe", b"{" * 50_000, b"<" * 100_000, b"<div>" * 5_000, b"[]", b'{"posts": [{}]}'])
@pytest.mark.parametrize("platform", ["telegram", "bluesky", "mastodon", "youtube", "web"])
def test_hostile_bytes_are_no_error_and_no_down(platform: str, body: bytes) -> None:
    answer = factories.answer(body, asked_url="https://t.me/s/nama_kanal?before=15", final_url="https://t.me/s/nama_kanal?before=15")
    known = Known(platform, "x", "https://t.me/nama_kanal/5", "satu dua tiga empat lima")
    assert availability.judge(known, answer).outcome in {Availability.UNSURE, Availability.CHANGED}


def test_each_reason_speaks_for_one_outcome_and_one_that_hides_a_post_is_not_down() -> None:
    found = {reason: Looked(reason).outcome for reason in AvailabilityReason}
    assert {str(reason) for reason, outcome in found.items() if outcome == "down"} == {"not_found", "says_gone", "account_gone", "missing"}
    assert {str(reason) for reason, outcome in found.items() if outcome in {"there", "changed"}} == {"words_found", "other_words"}
