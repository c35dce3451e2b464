from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.sources import instagram
from patrol.sources.instagram import shape
from tests.sources import meta
from tests.sources.test_graph import ANYTHING

RECORDED = Path(__file__).parents[3] / "shared/recorded"
CODE, NUMBER = "CGZ6vV1nBtA", "2421224614649404224"
CDN = "https://scontent.contoh.example"

MEDIA = {
    "id": "17876166000000001",
    "caption": "Lowongan Taiwan #lokertaiwan",
    "media_type": "CAROUSEL_ALBUM",
    "media_url": f"{CDN}/1.jpg",
    "permalink": f"https://www.instagram.com/p/{CODE}/",
    "timestamp": "2026-11-22T10:10:00+0000",
    "comments_count": 3,
    "like_count": 9,
    "children": {
        "data": [
            {"id": "1", "media_type": "IMAGE", "media_url": f"{CDN}/1.jpg"},
            {"id": "2", "media_type": "VIDEO", "media_url": f"{CDN}/2.mp4"},
        ]
    },
}


def media(number: int, hours: float) -> dict[str, Any]:
    written = (meta.NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    code = shape.code(str(int(NUMBER) + number))
    return {
        "id": f"17876166000000{number:03}",
        "caption": f"Pesan {number}",
        "media_type": "IMAGE",
        "timestamp": written,
        "permalink": f"https://www.instagram.com/p/{code}/",
    }


def hashtags(**served: object) -> meta.Meta:
    """`served`: what stands under each hashtag; its number is its place."""
    platform = meta.Meta()
    numbers = {tag: f"17843826000000{place:03}" for place, tag in enumerate(served)}
    platform.served["ig_hashtag_search"] = lambda parameters: (
        {"data": [{"id": numbers[parameters["q"]]}]} if parameters["q"] in numbers else meta.error(24, 2207024)
    )
    for tag, items in served.items():
        platform.served[f"{numbers[tag]}/recent_media"] = items if callable(items) else {"data": items}
    return platform


def run(
    platform: meta.Meta, query: str, kind: str = "", cursor: dict[str, Any] | None = None, **more: Any
) -> tuple[list[str], dict[str, Any], list[str]]:
    texts, codes, kept = [], [], cursor or {}
    for page in instagram.fetch(meta.ask(query, kind, cursor=kept, **more), platform):
        texts += [post.text for post in page.posts]
        codes += [problem.code for problem in page.problems]
        kept = json.loads(json.dumps(page.cursor))
    return texts, kept, codes


# --- two names for one post -----------------------------------------------------------------------


def test_a_code_is_the_number_in_base_64() -> None:
    """A pair Meta itself gave: a story's `shortcode` and its `ig_id`."""
    assert shape.number(CODE) == NUMBER
    assert shape.code(NUMBER) == CODE


@given(st.integers(1, 2**64 - 1).map(str))
def test_number_and_code_lead_to_each_other(number: Any) -> None:
    assert shape.number(shape.code(number)) == number


@given(st.text(alphabet="ABbz09-_", max_size=10))
def test_code_and_number_lead_to_each_other_but_for_leading_zeros(code: Any) -> None:
    assert shape.code(shape.number(code)) == code.lstrip("A")


def test_the_key_of_a_closed_accounts_post_is_no_part_of_the_number() -> None:
    assert shape.number(CODE + "x" * 28) == NUMBER


@pytest.mark.parametrize("code", ["", "A", "C!", "é", " CGZ", "z" * 12, "z" * 28])
def test_what_is_no_code_has_no_number(code: str) -> None:
    assert shape.number(code) == ""


@pytest.mark.parametrize("number", ["", "0", "-5", "5.0", "٣", "x", str(2**64)])
def test_what_is_no_number_has_no_code(number: Any) -> None:
    assert shape.code(number) == ""


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        (f"https://www.instagram.com/p/{CODE}/", NUMBER),
        (f"https://instagram.com/reel/{CODE}?igsh=abc", NUMBER),
        (f"https://www.instagram.com/tv/{CODE}", NUMBER),
        (f"https://www.instagram.com/reels/{CODE}/", NUMBER),
        (f"https://www.instagram.com/agen_contoh/p/{CODE}/?img_index=1", NUMBER),
        (f"https://www.instagram.com/agen_contoh/reel/{CODE}/", NUMBER),
        (f"instagram.com/p/{CODE}", NUMBER),
        (f"https://instagram.com/stories/agen_contoh/{NUMBER}", NUMBER),
        ("https://www.instagram.com/agen_contoh/", ""),
        ("https://www.instagram.com/explore/tags/lokertaiwan/", ""),
        ("https://www.instagram.com/p/", ""),
        ("https://www.instagram.com/p/C!/", ""),
        (f"https://instagram.com.contoh.example/p/{CODE}/", ""),
        (f"ftp://instagram.com/p/{CODE}/", ""),
        ("https://[", ""),
    ],
)
def test_every_usual_address_of_a_post_leads_to_its_number(url: str, known_as: Any) -> None:
    assert instagram.identity(url) == known_as
    assert (sources.identity(url) == ("instagram", known_as)) == bool(known_as)


# --- becoming posts -------------------------------------------------------------------------------


def test_a_post_of_a_hashtag_with_all_its_facts() -> None:
    page = next(iter(instagram.fetch(meta.ask("#LokerTaiwan"), hashtags(lokertaiwan=[MEDIA]))))
    assert page.posts == (
        domain.RawPost(
            platform="instagram",
            external_id=NUMBER,
            url=f"https://www.instagram.com/p/{CODE}/",
            text="Lowongan Taiwan #lokertaiwan",
            posted_at=datetime(2026, 11, 22, 10, 10, tzinfo=UTC),
            posted_at_source="2026-11-22T10:10:00+0000",
            origin="#lokertaiwan",
            media=(domain.MediaReference("photo", f"{CDN}/1.jpg"), domain.MediaReference("video", f"{CDN}/2.mp4")),
            also=("graph:17876166000000001",),
            locator="data[0]",
            unknown={},
        ),
    )
    assert page.problems == ()


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"permalink": None}, "external_id", "graph:17876166000000001"),
        ({"permalink": None}, "also", ()),
        ({"permalink": None, "shortcode": CODE}, "external_id", NUMBER),
        ({"permalink": None, "shortcode": CODE}, "url", f"https://www.instagram.com/p/{CODE}/"),
        ({"permalink": "https://instagram.com/stories/x/5", "ig_id": NUMBER}, "external_id", NUMBER),
        ({"id": None}, "external_id", NUMBER),
        ({"username": "Agen_Contoh"}, "author", "agen_contoh"),
        ({"media_url": None, "children": None}, "media", ()),
        (
            {"media_type": "VIDEO", "media_url": f"{CDN}/3.mp4", "thumbnail_url": f"{CDN}/3.jpg", "children": None},
            "media",
            (domain.MediaReference("video", f"{CDN}/3.mp4"), domain.MediaReference("photo", f"{CDN}/3.jpg")),
        ),
        ({"timestamp": "kemarin"}, "posted_at", None),
        ({"hadiah": 3}, "unknown", {"hadiah": 3}),
    ],
)
def test_a_post_changed(changed: Any, field: str, value: Any) -> None:
    page = next(iter(instagram.fetch(meta.ask("#x1"), hashtags(x1=[MEDIA | changed]))))
    assert getattr(page.posts[0], field) == value


def test_what_has_no_number_is_told_and_the_page_goes_on() -> None:
    page = next(iter(instagram.fetch(meta.ask("#x1"), hashtags(x1=["?", {"caption": "x"}, MEDIA]))))
    assert [problem.code for problem in page.problems] == ["unreadable_item", "unreadable_item"]
    assert len(page.posts) == 1


# --- hashtags -------------------------------------------------------------------------------------


def test_pages_of_a_hashtag_all_name_the_same_cursor() -> None:
    """As Meta documents it: the cursor is the same on each page and leads on all the same."""
    served = [[media(n, n) for n in range(3)], [media(n, n) for n in range(3, 6)], [media(6, 6)]]
    asked = []

    def serve(parameters: dict[str, str]) -> dict[str, Any]:
        asked.append(parameters.get("after"))
        page = {"data": served[len(asked) - 1]}
        return page | ({"paging": {"cursors": {"after": "SAMA"}, "next": "x"}} if len(asked) < 3 else {})

    platform = hashtags(lokertaiwan=serve)
    texts, _cursor, codes = run(platform, "#lokertaiwan")
    assert (texts, codes, asked) == ([f"Pesan {n}" for n in range(7)], [], [None, "SAMA", "SAMA"])
    assert [path for path, _parameters, _headers in platform.asked].count("ig_hashtag_search") == 1
    assert {parameters["user_id"] for _path, parameters, _headers in platform.asked} == {meta.USER}


def test_posts_out_of_order_within_the_day_are_not_cut_off() -> None:
    items = [media(0, 30), media(1, 23), media(2, 26), media(3, 1)]
    platform = hashtags(x1=meta.paged(items, 1))
    texts, cursor, _codes = run(platform, "#x1")
    assert "Pesan 0" in texts
    assert len(texts) < 4  # a page of one, older than the day: the end
    platform = hashtags(x1=meta.paged([media(0, 5), media(1, 0), media(2, 20), media(3, 2)], 2))
    texts, _cursor, _codes = run(platform, "#x1", cursor=cursor)
    assert set(texts) == {f"Pesan {n}" for n in range(4)}


def test_words_of_packs_become_hashtags_and_each_is_asked() -> None:
    platform = hashtags(lokertaiwan=[media(0, 1)], kerjapolandia=[media(1, 1)])
    texts, _cursor, codes = run(platform, "", words=("Kerja Polandia", "loker taiwan", "?!"))
    assert (sorted(texts), codes) == (["Pesan 0", "Pesan 1"], [])


def test_a_hashtag_that_does_not_exist_does_not_keep_the_others_from_being_asked() -> None:
    platform = hashtags(lokertaiwan=[media(0, 1)])
    texts, _cursor, codes = run(platform, "", words=("tiadasama", "lokertaiwan"))
    assert (texts, codes) == (["Pesan 0"], ["not_found"])


def test_more_than_30_hashtags_a_week_wait() -> None:
    platform = hashtags(x1=[])
    platform.served["ig_hashtag_search"] = meta.error(18, 2207034)
    error = meta.refusal(lambda: instagram.fetch(meta.ask("#x1"), platform))
    assert (error.problem.code, error.problem.permanent, error.retry_after) == ("too_many", False, 21600.0)
    assert "30 tagar dalam 7 hari" in error.problem.sentence.id


def test_a_search_without_a_number_is_a_changed_shape() -> None:
    answers: list[dict[str, Any]] = [{"data": []}, {"data": [{}]}, {"data": ["x"]}, {}]
    for found in answers:
        platform = meta.Meta()
        platform.served["ig_hashtag_search"] = found
        assert meta.refusal(lambda: instagram.fetch(meta.ask("#x1"), platform)).problem.code == "shape_changed"  # noqa: B023


# --- accounts and comments ------------------------------------------------------------------------


def test_a_business_account_is_walked_by_the_cursor_of_its_media() -> None:
    platform = meta.Meta()
    asked: list[str] = []

    def serve(parameters: dict[str, str]) -> dict[str, Any]:
        asked.append(parameters["fields"].partition("media")[2].partition(".limit")[0])
        place = {"": 0, ".after(QVFI-2=)": 3, ".after(QVFI-3=)": 6}[asked[-1]]
        page: dict[str, Any] = {"data": [media(n, n) for n in range(place, min(place + 3, 5))]}
        page |= {"paging": {"cursors": {"after": f"QVFI-{place // 3 + 2}="}}} if place < 6 else {}
        return {"business_discovery": {"id": "1", "name": "Agen Contoh", "media": page}, "id": meta.USER}

    platform.served[meta.USER] = serve
    pages = list(instagram.fetch(meta.ask("@Agen_Contoh", "account"), platform))
    posts = [post for page in pages for post in page.posts]
    assert [post.text for post in posts] == [f"Pesan {n}" for n in range(5)]
    assert {(post.author, post.author_name, post.origin) for post in posts} == {("agen_contoh", "Agen Contoh", "agen_contoh")}
    assert "business_discovery.username(agen_contoh)" in platform.asked[0][1]["fields"]


def test_comments_belong_to_the_post_by_the_number_of_its_address() -> None:
    platform = meta.Meta()
    platform.served["17846368000000001"] = {
        "id": "17846368000000001",
        "permalink": f"https://www.instagram.com/p/{CODE}/",
        "comments": {
            "data": [
                {
                    "id": "17858154000000001",
                    "text": "Minat",
                    "timestamp": "2026-11-22T10:10:00+0000",
                    "username": "Peminat",
                    "replies": {"data": [{"id": "17858154000000002", "text": "DM ya", "timestamp": "2026-11-22T11:10:00+0000"}]},
                },
                {"text": "tanpa nomor"},
            ]
        },
    }
    page = next(iter(instagram.fetch(meta.ask("17846368000000001", "comments"), platform)))
    assert [(post.external_id, post.thread, post.reply_to, post.author, post.url) for post in page.posts] == [
        ("comment:17858154000000001", NUMBER, NUMBER, "peminat", f"https://www.instagram.com/p/{CODE}/"),
        ("comment:17858154000000002", NUMBER, "comment:17858154000000001", "", f"https://www.instagram.com/p/{CODE}/"),
    ]
    assert [problem.code for problem in page.problems] == ["unreadable_item"]


def test_a_post_without_comments_is_a_good_answer() -> None:
    platform = meta.Meta()
    platform.served["17846368000000001"] = {"id": "17846368000000001", "permalink": f"https://www.instagram.com/p/{CODE}/"}
    assert run(platform, "17846368000000001", "comments")[0] == []


def test_what_an_account_says_about_itself() -> None:
    platform = meta.Meta()
    platform.served[meta.USER] = {
        "business_discovery": {"name": "Agen Contoh", "biography": "Kerja Taiwan\nWA 084011223344", "website": "https://loker.example"}
    }
    profile = instagram.profile("@agen_contoh", meta.ask(""), platform)
    assert profile is not None
    assert (profile.account, profile.name, profile.text, profile.links) == (
        "agen_contoh",
        "Agen Contoh",
        "Kerja Taiwan\nWA 084011223344",
        ("https://loker.example",),
    )
    platform.served[meta.USER] = meta.error(110, 2207013)
    assert instagram.profile("orang_biasa", meta.ask(""), platform) is None


def test_the_number_of_the_offices_account_is_needed() -> None:
    platform = hashtags(x1=[])
    error = meta.refusal(lambda: instagram.fetch(meta.ask("#x1", credential={"access_token": meta.TOKEN}), platform))
    assert (error.problem.code, platform.asked) == ("credential_missing", [])


# --- queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "query", "good"),
    [
        ("", "#lokertaiwan", True),
        ("hashtag", "lokertaiwan2026", True),
        ("hashtag", "", True),
        ("hashtag", "loker taiwan", False),
        ("hashtag", "#2026", False),
        ("hashtag", "loker🔥", False),
        ("account", "@agen_contoh", True),
        ("account", "https://www.instagram.com/agen_contoh/", True),
        ("account", "https://www.instagram.com/p/CGZ6vV1nBtA/", False),
        ("account", "https://kabar.example/agen", False),
        ("account", "dua kata", False),
        ("account", "", False),
        ("comments", "17846368000000001", True),
        ("comments", f"https://www.instagram.com/p/{CODE}/", False),
    ],
)
def test_a_query_is_checked_by_its_kind(kind: str, query: str, good: bool) -> None:
    problem = instagram.check_query(query, kind)
    assert (problem is None) == good
    assert problem is None or (problem.code, problem.permanent) == ("bad_query", True)


def test_without_any_hashtag_nothing_is_asked() -> None:
    platform = meta.Meta()
    error = meta.refusal(lambda: instagram.fetch(meta.ask("", words=("?",)), platform))
    assert (error.problem.code, platform.asked) == ("bad_query", [])


# --- hostile and real answers ---------------------------------------------------------------------


@given(st.lists(st.dictionaries(st.sampled_from([*MEDIA, "shortcode", "ig_id", "lain"]), ANYTHING | st.just("17876166000000001"))))
def test_any_items_give_posts_with_an_identity(items: Any) -> None:
    posts, problems = instagram.adapted(items, "#x", "data")
    assert len(posts) + len(problems) == len(items)
    assert all(post.external_id for post in posts)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "text", "replies", "username"]), ANYTHING | st.just("17876166000000001"))))
def test_any_comments_give_posts_of_the_thread(items: Any) -> None:
    posts, _problems = instagram.adapted_comments(items, NUMBER, "", "data")
    assert {post.thread for post in posts} <= {NUMBER}


@pytest.mark.skipif(not RECORDED.exists(), reason="recorded answers are not part of the repository")
def test_recorded_answers_are_read_whole() -> None:
    left = {}
    for path in sorted((RECORDED / "instagram_graph").glob("*media*.json")) + sorted((RECORDED / "instagram_graph").glob("*stor*.json")):
        read = json.loads(path.read_text())
        read = read.get("business_discovery", {}).get("media", read)
        read = read.get("mentioned_media", read)
        items = read["data"] if "data" in read else [read] if "id" in read else list(read.values())
        if path.stem in {"medias__insights", "medias__insights_new", "medias__product_tags", "medias__comments_p1"}:
            continue
        posts, problems = instagram.adapted(items, "x", "data")
        left[path.stem] = (len(items) - len(posts), sorted({name for post in posts for name in post.unknown}), len(problems))
    assert len(left) >= 10
    assert set(map(str, left.values())) == {"(0, [], 0)"}, left
    for name in ("medias__comments_p1", "comments__comments_fields", "comments__comment_fields"):
        read = json.loads((RECORDED / f"instagram_graph/{name}.json").read_text())
        items = read["data"] if "data" in read else [read] if "id" in read else list(read.values())
        posts, problems = instagram.adapted_comments(items, NUMBER, "", "data")
        assert (len(posts), problems, {name for post in posts for name in post.unknown}) == (len(items), [], set())
