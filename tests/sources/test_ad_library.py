from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.sources import ad_library
from tests.sources import meta
from tests.sources.test_graph import ANYTHING

RECORDED = Path(__file__).parents[3] / "shared/recorded"
NUMBER = "400000000000001"
PAGE = "100000000000001"

AD = {
    "id": NUMBER,
    "ad_creation_time": "2026-11-19",
    "ad_creative_bodies": ["Kerja Taiwan, gaji besar", "Kerja Taiwan, gaji besar", "Langsung berangkat"],
    "ad_creative_link_titles": ["Daftar sekarang"],
    "ad_creative_link_descriptions": ["Tanpa potongan"],
    "ad_creative_link_captions": ["LOKER.example", "wa.me/6284011223344", "Hubungi kami"],
    "ad_delivery_start_time": "2026-11-20",
    "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={NUMBER}&access_token={meta.TOKEN}",
    "bylines": "Loker Contoh",
    "page_id": PAGE,
    "page_name": "Loker Contoh",
    "publisher_platforms": ["facebook", "instagram"],
    "languages": ["id"],
}


def ad(number: int) -> dict[str, Any]:
    return AD | {"id": f"{NUMBER}{number:03}", "ad_creative_bodies": [f"Iklan {number}"]}


def archive(items: object) -> meta.Meta:
    platform = meta.Meta()
    platform.served["ads_archive"] = items
    return platform


def run(platform: meta.Meta, query: str = "kerja taiwan", kind: str = "", cursor: dict[str, Any] | None = None, **more: Any) -> Any:
    numbers, kept = [], cursor or {}
    for page in ad_library.fetch(meta.ask(query, kind, cursor=kept, **more), platform):
        numbers += [post.external_id for post in page.posts]
        kept = json.loads(json.dumps(page.cursor))
    return numbers, kept


def test_an_ad_with_all_its_facts() -> None:
    page = next(iter(ad_library.fetch(meta.ask("kerja taiwan"), archive({"data": [AD]}))))
    assert page.posts == (
        domain.RawPost(
            platform="ad_library",
            external_id=NUMBER,
            url=f"https://www.facebook.com/ads/library/?id={NUMBER}",
            text="Kerja Taiwan, gaji besar\n\nLangsung berangkat\n\nDaftar sekarang\n\nTanpa potongan\n\nLOKER.example\n\n"
            "wa.me/6284011223344\n\nHubungi kami\n\nLoker Contoh",
            author=PAGE,
            author_name="Loker Contoh",
            posted_at=datetime(2026, 11, 20, tzinfo=UTC),
            posted_at_source="2026-11-20",
            origin=PAGE,
            links=("https://loker.example", "https://wa.me/6284011223344", f"https://www.facebook.com/ads/archive/render_ad/?id={NUMBER}"),
            locator="data[0]",
            unknown={},
        ),
    )
    assert page.problems == ()
    assert meta.TOKEN not in repr(page.posts)


def test_what_is_asked() -> None:
    platform = archive({"data": []})
    run(platform, " kerja   taiwan ")
    path, parameters, headers = platform.asked[0]
    assert (path, headers["Authorization"]) == ("ads_archive", f"Bearer {meta.TOKEN}")
    assert {key: value for key, value in parameters.items() if key != "fields"} == {
        "search_terms": "kerja taiwan",
        "search_type": "KEYWORD_UNORDERED",
        "ad_reached_countries": "['ID']",
        "ad_type": "ALL",
        "ad_active_status": "ALL",
        "ad_delivery_date_min": "2026-10-24",
        "limit": "100",
    }


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"id": None}, "external_id", NUMBER),
        ({"ad_delivery_start_time": None}, "posted_at", datetime(2026, 11, 19, tzinfo=UTC)),
        ({"ad_delivery_start_time": "2026-11-20T05:00:00+0000"}, "posted_at", datetime(2026, 11, 20, 5, tzinfo=UTC)),
        ({"ad_delivery_start_time": "2026-13-50"}, "posted_at", None),
        ({"hadiah": 3}, "unknown", {"hadiah": 3}),
    ],
)
def test_an_ad_changed(changed: Any, field: str, value: Any) -> None:
    page = next(iter(ad_library.fetch(meta.ask("x"), archive({"data": [AD | changed]}))))
    assert getattr(page.posts[0], field) == value


def test_an_ad_of_an_old_version_of_the_interface_is_read() -> None:
    old = {"id": NUMBER, "ad_creative_body": "Kerja", "ad_creative_link_title": "Daftar", "funding_entity": "PT Contoh"}
    page = next(iter(ad_library.fetch(meta.ask("x"), archive({"data": [old, "?", {"page_id": "1"}]}))))
    assert [post.text for post in page.posts] == ["Kerja\n\nDaftar\n\nPT Contoh"]
    assert [problem.code for problem in page.problems] == ["unreadable_item", "unreadable_item"]


# --- paging ---------------------------------------------------------------------------------------


def test_the_archive_is_walked_to_its_end_whatever_its_order_and_the_next_walk_begins_later() -> None:
    platform = archive(meta.paged([ad(n) for n in range(5)], 2))
    numbers, cursor = run(platform)
    assert numbers == [f"{NUMBER}{n:03}" for n in range(5)]
    platform.asked.clear()
    later = meta.NOW + timedelta(days=3)
    run(platform, cursor=cursor, now=later)
    assert {parameters["ad_delivery_date_min"] for _path, parameters, _headers in platform.asked} == {"2026-11-21"}


def test_pages_below_are_pages_of_the_question_that_was_asked_first() -> None:
    """A walk over several runs keeps its first day, and what counts as known is its beginning, not its end."""
    platform = archive(meta.paged([ad(n) for n in range(5)], 2))
    numbers, cursor = run(platform, max_pages=1)
    later = meta.NOW + timedelta(days=5)
    rest, cursor = run(platform, cursor=cursor, now=later, max_pages=2)
    assert numbers + rest == [f"{NUMBER}{n:03}" for n in range(5)]
    assert {parameters["ad_delivery_date_min"] for _path, parameters, _headers in platform.asked} == {"2026-10-24"}
    assert cursor["looks"]["kerja taiwan"]["known"] == meta.NOW.isoformat()


def test_each_word_of_a_pack_is_asked() -> None:
    platform = archive({"data": []})
    run(platform, "", words=("kerja taiwan", "magang  jepang", "kerja taiwan"))
    assert [parameters["search_terms"] for _path, parameters, _headers in platform.asked] == ["kerja taiwan", "magang jepang"]


def test_words_are_looked_for_in_what_was_shown_in_other_countries() -> None:
    platform = archive({"data": []})
    _numbers, cursor = run(platform, "TW, HK; kerja", "place", words=("magang",))
    assert [(parameters["ad_reached_countries"], parameters["search_terms"]) for _path, parameters, _headers in platform.asked] == [
        ("['HK', 'TW']", "kerja"),
        ("['HK', 'TW']", "magang"),
    ]
    assert sorted(cursor["looks"]) == ["HK,TW; kerja", "HK,TW; magang"]


def test_pages_that_advertise_are_asked_together() -> None:
    platform = archive({"data": [AD]})
    run(platform, f"{PAGE}, {PAGE}2", "account")
    assert platform.asked[0][1]["search_page_ids"] == f"[{PAGE},{PAGE}2]"


@pytest.mark.parametrize(
    ("code", "known_as"), [(190, "credentials_refused"), (613, "too_many"), (10, "right_missing"), (2, "platform_error")]
)
def test_a_refusal_is_told(code: int, known_as: str) -> None:
    platform = archive(meta.error(code))
    assert meta.refusal(lambda: ad_library.fetch(meta.ask("x"), platform)).problem.code == known_as


# --- addresses and queries ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        (f"https://www.facebook.com/ads/library/?id={NUMBER}", NUMBER),
        (f"https://www.facebook.com/ads/library?active_status=all&id={NUMBER}&country=ID", NUMBER),
        (f"https://www.facebook.com/ads/archive/render_ad/?id={NUMBER}&access_token=x", NUMBER),
        ("https://www.facebook.com/ads/library/?q=kerja", ""),
        (f"https://www.facebook.com/loker/?id={NUMBER}", ""),
        (f"https://facebook.com.contoh.example/ads/library/?id={NUMBER}", ""),
        ("https://[", ""),
    ],
)
def test_the_address_of_an_ad_leads_to_its_number(url: str, known_as: Any) -> None:
    assert ad_library.identity(url) == known_as
    assert (sources.identity(url) == ("ad_library", known_as)) == bool(known_as)


@pytest.mark.parametrize(
    ("kind", "query", "good"),
    [
        ("", "kerja taiwan", True),
        ("search", "", True),
        ("search", "x" * 100, True),
        ("search", "x" * 101, False),
        ("account", PAGE, True),
        ("account", f"{PAGE},{PAGE}", True),
        ("account", ",".join([PAGE] * 11), False),
        ("account", "loker.contoh", False),
        ("account", "", False),
        ("place", "HK,TW; kerja", True),
        ("place", "HK; " + "x" * 100, True),
        ("place", "HK; " + "x" * 101, False),
        ("place", "Hong Kong; kerja", False),
        ("place", "; kerja", False),
    ],
)
def test_a_query_is_checked_by_its_kind(kind: str, query: Any, good: bool) -> None:
    assert (ad_library.check_query(query, kind) is None) == good


def test_without_words_nothing_is_asked() -> None:
    platform = archive({"data": []})
    assert meta.refusal(lambda: ad_library.fetch(meta.ask(" "), platform)).problem.code == "bad_query"
    assert platform.asked == []


# --- hostile and real answers ---------------------------------------------------------------------


@given(st.lists(st.dictionaries(st.sampled_from([*AD, "lain"]), ANYTHING | st.just(NUMBER))))
def test_any_items_give_ads_with_an_identity(items: Any) -> None:
    posts, problems = ad_library.adapted(items)
    assert len(posts) + len(problems) == len(items)
    assert all(post.external_id.isdecimal() for post in posts)


@pytest.mark.skipif(not RECORDED.exists(), reason="recorded answers are not part of the repository")
@pytest.mark.parametrize("name", ["example_dem_response", "reg_response"])
def test_recorded_answers_are_read_whole(name: str) -> None:
    """Written down by R, which wraps each value into a list of its own."""
    read = json.loads((RECORDED / f"facebook_ad_library/{name}.json").read_text())
    items = [{key: value[0] if len(value) == 1 else value for key, value in item.items()} for item in read["data"]]
    posts, problems = ad_library.adapted(items)
    assert (len(posts), problems, {field for post in posts for field in post.unknown}) == (len(items), [], set())
    assert "access_token" not in repr(posts)
