from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.sources import facebook
from tests.sources import meta
from tests.sources.test_graph import ANYTHING

RECORDED = Path(__file__).parents[3] / "shared/recorded"
PAGE = "100000000000001"
POST = "200000000000005"
CDN = "https://scontent.contoh.example"

ADVERTISEMENT = {
    "id": f"{PAGE}_{POST}",
    "message": "Dibutuhkan operator pabrik Taiwan, DM admin",
    "story": "Loker Contoh menambahkan foto baru.",
    "created_time": "2026-11-22T10:10:00+0000",
    "updated_time": "2026-11-22T11:00:00+0000",
    "from": {"id": PAGE, "name": "Loker Contoh"},
    "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{POST}",
    "status_type": "added_photos",
    "full_picture": f"{CDN}/kecil.jpg",
    "attachments": {
        "data": [
            {
                "title": "Lowongan Taiwan",
                "description": "Dibutuhkan operator pabrik Taiwan, DM admin",
                "media_type": "photo",
                "type": "photo",
                "media": {"image": {"src": f"{CDN}/brosur.jpg", "height": 720, "width": 720}},
                "target": {"id": "200000000000099", "url": "https://www.facebook.com/photo/?fbid=200000000000099"},
                "url": "https://l.facebook.com/l.php?u=https%3A%2F%2Fdaftar.example%2Fisi%3Fid%3D1&h=AT0",
            }
        ]
    },
    "comments": {
        "data": [
            {
                "id": f"{POST}_300000000000002",
                "message": "Minat kak",
                "created_time": "2026-11-22T10:40:00+0000",
                "from": {"id": "400", "name": "Contoh Peminat"},
                "parent": {"id": f"{POST}_300000000000001"},
                "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{POST}?comment_id=300000000000001&reply_comment_id=300000000000002",
            },
            {"id": f"{POST}_300000000000001", "message": "Berapa biayanya?", "created_time": "2026-11-22T10:30:00+0000"},
        ]
    },
}


def one_page(items: list[Any], query: str = "loker.contoh", kind: str = "", **more: Any) -> domain.Page:
    platform = meta.Meta()
    edge = "comments" if kind == "comments" else "feed"
    platform.served[f"{facebook.asked(query, kind or 'account')}/{edge}"] = {"data": items, **more}
    return next(iter(facebook.fetch(meta.ask(query, kind), platform)))


# --- becoming posts -------------------------------------------------------------------------------


def test_a_post_with_all_its_facts() -> None:
    page = one_page([ADVERTISEMENT])
    assert page.posts[0] == domain.RawPost(
        platform="facebook",
        external_id=POST,
        url=f"https://www.facebook.com/{PAGE}/posts/{POST}",
        text="Dibutuhkan operator pabrik Taiwan, DM admin\n\nLowongan Taiwan\nDibutuhkan operator pabrik Taiwan, DM admin",
        author=PAGE,
        author_name="Loker Contoh",
        posted_at=datetime(2026, 11, 22, 10, 10, tzinfo=UTC),
        posted_at_source="2026-11-22T10:10:00+0000",
        origin="loker.contoh",
        links=("https://daftar.example/isi?id=1",),
        media=(domain.MediaReference("photo", f"{CDN}/brosur.jpg"),),
        also=("200000000000099",),
        locator="data[0]",
        unknown={},
    )
    assert page.problems == ()


@pytest.mark.parametrize(
    ("parent", "query", "answers"),
    [
        (None, "comment_id=300000000000001&reply_comment_id=300000000000002", f"{POST}_300000000000001"),
        ({"id": f"{POST}_300000000000009"}, "comment_id=300000000000001&reply_comment_id=300000000000002", f"{POST}_300000000000009"),
        (None, "comment_id=300000000000002", POST),
        (None, "reply_comment_id=300000000000002", POST),
        (None, "comment_id=bukan&reply_comment_id=300000000000002", POST),
    ],
)
def test_a_reply_whose_parent_is_not_given_is_placed_by_its_address(parent: Any, query: str, answers: Any) -> None:
    item = {"id": f"{POST}_300000000000002", "message": "Minat kak", "parent": parent}
    item["permalink_url"] = f"https://www.facebook.com/{PAGE}/posts/{POST}/?{query}"
    found = facebook.adapt_comment(item, POST, "", "")
    assert found is not None
    assert (found.external_id, found.thread, found.reply_to) == (f"{POST}_300000000000002", POST, answers)


def test_comments_that_come_with_a_post_are_posts_of_its_thread() -> None:
    _post, reply, comment = one_page([ADVERTISEMENT]).posts
    assert reply == domain.RawPost(
        platform="facebook",
        external_id=f"{POST}_300000000000002",
        url=f"https://www.facebook.com/{PAGE}/posts/{POST}?comment_id=300000000000001&reply_comment_id=300000000000002",
        text="Minat kak",
        author="400",
        author_name="Contoh Peminat",
        posted_at=datetime(2026, 11, 22, 10, 40, tzinfo=UTC),
        posted_at_source="2026-11-22T10:40:00+0000",
        reply_to=f"{POST}_300000000000001",
        thread=POST,
        origin="loker.contoh",
        locator="data[0].comments[0]",
        unknown={},
    )
    assert (comment.reply_to, comment.url) == (POST, f"https://www.facebook.com/{POST}?comment_id=300000000000001")


def test_an_album_gives_every_picture_and_a_film_its_still() -> None:
    album = {
        "data": [
            {
                "media_type": "album",
                "type": "album",
                "media": {"image": {"src": f"{CDN}/1.jpg"}},
                "subattachments": {
                    "data": [
                        {"media_type": "photo", "media": {"image": {"src": f"{CDN}/1.jpg"}}},
                        {"media_type": "video", "media": {"image": {"src": f"{CDN}/2.jpg"}, "source": f"{CDN}/2.mp4"}},
                        "apa ini",
                    ]
                },
            }
        ]
    }
    post = one_page([ADVERTISEMENT | {"attachments": album}]).posts[0]
    assert [(media.kind, media.url) for media in post.media] == [
        ("photo", f"{CDN}/1.jpg"),
        ("video", f"{CDN}/2.mp4"),
        ("photo", f"{CDN}/2.jpg"),
    ]
    assert post.also == ()


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"message": "", "attachments": None}, "text", "Loker Contoh menambahkan foto baru."),
        ({"attachments": None}, "media", (domain.MediaReference("photo", f"{CDN}/kecil.jpg"),)),
        ({"parent_id": f"{PAGE}_200000000000001"}, "forward_of", "200000000000001"),
        ({"parent_id": f"{PAGE}_{POST}"}, "forward_of", ""),
        ({"from": None}, "author", ""),
        ({"id": "", "permalink_url": f"https://m.facebook.com/story.php?story_fbid={POST}&id={PAGE}"}, "external_id", POST),
        ({"created_time": "kemarin"}, "posted_at", None),
        (
            {"attachments": None, "permalink_url": f"https://www.facebook.com/loker.contoh/posts/pfbid{'0aB' * 10}"},
            "also",
            (f"pfbid{'0aB' * 10}",),
        ),
        ({"hadiah": {"n": 3}}, "unknown", {"hadiah": {"n": 3}}),
        ({"attachments": {"data": [{"poll": 1}]}}, "unknown", {"attachment.poll": 1}),
    ],
)
def test_a_post_changed(changed: Any, field: str, value: Any) -> None:
    assert getattr(one_page([ADVERTISEMENT | changed]).posts[0], field) == value


PHOTO = "200000000000099"


@pytest.mark.parametrize(
    ("changed", "address", "also"),
    [
        ({}, f"https://www.facebook.com/photo.php?fbid={PHOTO}", (PHOTO,)),
        ({}, f"https://www.facebook.com/{PAGE}/photos/a.1/{PHOTO}", (PHOTO,)),
        ({}, f"https://www.facebook.com/Loker.Contoh/photos/a.1/{PHOTO}", (PHOTO,)),
        ({"parent_id": f"{PAGE}_{POST}"}, f"https://www.facebook.com/photo.php?fbid={PHOTO}", (PHOTO,)),
        ({"parent_id": f"300000000000001_{PHOTO}"}, f"https://www.facebook.com/photo.php?fbid={PHOTO}", ()),
        ({"status_type": "shared_story"}, f"https://www.facebook.com/photo.php?fbid={PHOTO}", ()),
        ({}, f"https://www.facebook.com/pt.asli/photos/a.1/{PHOTO}", ()),
        ({}, f"https://www.facebook.com/photo.php?fbid={PHOTO}&id=300000000000001", ()),
    ],
)
def test_a_picture_lends_its_number_only_to_the_post_it_was_put_up_with(changed: Any, address: str, also: Any) -> None:
    attached = {"media_type": "photo", "type": "photo", "target": {"id": PHOTO, "url": address}}
    post = one_page([ADVERTISEMENT | {"attachments": {"data": [attached]}} | changed]).posts[0]
    assert post.also == also


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"message": "tanpa nomor"}, "unreadable_item"),
        ("apa ini", "unreadable_item"),
        (ADVERTISEMENT | {"created_time": "kemarin"}, "bad_time"),
        (ADVERTISEMENT | {"created_time": "2027-01-01T00:00:00+0000"}, "future_time"),
        (ADVERTISEMENT | {"hadiah": 3}, "unknown_fields"),
        (ADVERTISEMENT | {"comments": {"data": [{"message": "x"}]}}, "unreadable_item"),
        (ADVERTISEMENT | {"comments": {"data": [], "paging": {"cursors": {"after": "x"}, "next": "x"}}}, "more_comments"),
    ],
)
def test_what_is_wrong_is_told_and_the_page_goes_on(item: Any, code: str) -> None:
    page = one_page([item, {"id": f"{PAGE}_{POST}7", "message": "Masih ada", "created_time": "2026-11-22T10:10:00+0000"}])
    assert [problem.code for problem in page.problems] == [code]
    assert page.posts[-1].text == "Masih ada"


# --- paging ---------------------------------------------------------------------------------------


def dated(number: int, hours: float, **more: Any) -> dict[str, Any]:
    created = (meta.NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {"id": f"{PAGE}_{POST}{number:03}", "message": f"Pesan {number}", "created_time": created, **more}


def run(platform: meta.Meta, query: str, kind: str, cursor: dict[str, Any], **more: Any) -> tuple[set[str], dict[str, Any], list[str]]:
    texts, codes = set(), []
    for page in facebook.fetch(meta.ask(query, kind, cursor=cursor, **more), platform):
        texts |= {post.text for post in page.posts}
        codes += [problem.code for problem in page.problems]
        cursor = json.loads(json.dumps(page.cursor))
    return texts, cursor, codes


@pytest.mark.parametrize("key", ["after", "until"])
def test_a_feed_is_walked_down_to_what_is_known(key: str) -> None:
    platform = meta.Meta()
    posts = [dated(n, n) for n in range(10)]
    platform.served["loker.contoh/feed"] = meta.paged(posts, 4, key)
    texts, cursor, codes = run(platform, "loker.contoh", "account", {})
    assert texts == {f"Pesan {n}" for n in range(10)}
    assert [parameters.get(key) for _path, parameters, _headers in platform.asked] == [None, "4", "8"]
    platform.asked.clear()
    posts.insert(0, dated(99, -0.5))
    texts, cursor, codes = run(platform, "loker.contoh", "account", cursor)
    assert ("Pesan 99" in texts, len(platform.asked), codes) == (True, 2, [])


def test_a_group_is_walked_by_what_was_answered_last() -> None:
    """An old post that was answered today stands above new ones: it ends no walk, and the answer brings its edit."""
    platform = meta.Meta()
    new = (meta.NOW - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    answered = [dated(n, 24 * 40, updated_time=new) for n in range(4)]
    fresh = [dated(n, 1, updated_time=new) for n in range(4, 8)]
    platform.served["123456/feed"] = meta.paged(answered + fresh, 4)
    texts, _cursor, codes = run(platform, "123456", "group", {})
    assert (texts, codes) == ({f"Pesan {n}" for n in range(8)}, [])


def test_comments_of_a_post_are_asked_with_their_answers() -> None:
    platform = meta.Meta()
    items = [{"id": f"{POST}_30000{n:03}", "message": f"Minat {n}", "created_time": dated(n, n)["created_time"]} for n in range(5)]
    platform.served[f"{PAGE}_{POST}/comments"] = meta.paged(items, 3)
    pages = list(facebook.fetch(meta.ask(f"https://facebook.com/groups/{PAGE}/posts/{POST}/", "comments"), platform))
    assert [post.thread for page in pages for post in page.posts] == [POST] * 5
    assert {post.origin for page in pages for post in page.posts} == {PAGE}
    asked = platform.asked[0][1]
    assert (asked["filter"], asked["order"]) == ("stream", "reverse_chronological")


def test_a_page_served_again_and_again_ends_the_walk_and_is_told() -> None:
    platform = meta.Meta()
    serve = meta.paged([dated(n, n) for n in range(9)], 3)
    platform.served["loker.contoh/feed"] = lambda _parameters: serve({})
    _texts, _cursor, codes = run(platform, "loker.contoh", "account", {})
    assert (codes[-1], len(platform.asked)) == ("page_repeats", 2)


def test_empty_pages_with_a_next_one_come_to_an_end() -> None:
    platform = meta.Meta()

    def serve(parameters: dict[str, str]) -> dict[str, Any]:
        place = int(parameters.get("after", "0")) + 1
        return {"data": [], "paging": {"cursors": {"after": str(place)}, "next": "x"}}

    platform.served["loker.contoh/feed"] = serve
    _texts, _cursor, codes = run(platform, "loker.contoh", "account", {})
    assert codes[-1] == "empty_pages"
    assert len(platform.asked) < 10


@pytest.mark.parametrize("broken", [b'{"data": [{"id":', meta.error(4), b"<html>Masuk</html>", meta.error(2)])
def test_a_fault_in_the_middle_loses_nothing(broken: Any) -> None:
    platform = meta.Meta()
    serve = meta.paged([dated(n, n) for n in range(9)], 3)
    platform.served["loker.contoh/feed"] = lambda parameters: broken if parameters.get("after") == "3" else serve(parameters)
    stored: set[str] = set()
    cursor: dict[str, Any] = {}
    with pytest.raises(domain.SourceError):
        for page in facebook.fetch(meta.ask("loker.contoh"), platform):
            stored |= {post.text for post in page.posts}
            cursor = json.loads(json.dumps(page.cursor))
    platform.served["loker.contoh/feed"] = serve
    rest, _cursor, _codes = run(platform, "loker.contoh", "account", cursor)
    assert stored | rest == {f"Pesan {n}" for n in range(9)}


# --- addresses and queries ------------------------------------------------------------------------

OPAQUE = "pfbid02mZqKJd7QcXyVbNfRtUeWqLmKoPiUyTrEwQaSdFgHjKl"


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        (f"https://www.facebook.com/permalink.php?story_fbid={POST}&id={PAGE}", POST),
        (f"https://m.facebook.com/story.php?story_fbid={POST}&id={PAGE}&refid=17", POST),
        (f"https://www.facebook.com/loker.contoh/posts/{POST}", POST),
        (f"https://www.facebook.com/loker.contoh/posts/lowongan-taiwan/{POST}/?__cft__[0]=AZ", POST),
        (f"https://web.facebook.com/groups/lokertaiwan/posts/{POST}/", POST),
        (f"https://mbasic.facebook.com/groups/123456/permalink/{POST}/", POST),
        (f"https://www.facebook.com/groups/123456/?multi_permalinks={POST}%2C1&hoisted_section_header_type=x", POST),
        (f"https://www.facebook.com/watch/?v={POST}", POST),
        (f"https://www.facebook.com/video.php?v={POST}", POST),
        (f"https://www.facebook.com/loker.contoh/videos/{POST}/", POST),
        (f"https://www.facebook.com/reel/{POST}", POST),
        (f"https://www.facebook.com/photo/?fbid={POST}&set=a.1", POST),
        (f"https://www.facebook.com/photo.php?fbid={POST}", POST),
        (f"https://www.facebook.com/loker.contoh/photos/a.44/{POST}/?type=3", POST),
        (f"https://www.facebook.com/{PAGE}_{POST}", POST),
        (f"facebook.com/loker.contoh/posts/{POST}", POST),
        (f"https://id-id.facebook.com/loker.contoh/posts/{POST}", POST),
        (f"https://fb.com/loker.contoh/posts/{POST}", POST),
        (f"https://www.facebook.com/loker.contoh/posts/{OPAQUE}", OPAQUE),
        (f"https://www.facebook.com/permalink.php?story_fbid={OPAQUE}&id={PAGE}", OPAQUE),
        (f"https://www.facebook.com/x.y/posts/{POST}?comment_id=300000000000001", f"{POST}_300000000000001"),
        (f"https://www.facebook.com/x.y/posts/{POST}?comment_id=3001&reply_comment_id=3002", f"{POST}_3002"),
        (f"https://www.facebook.com/groups/9/posts/{POST}/?comment_id=Y29tbWVudDoxMjM0XzU2Nzg5", f"{POST}_56789"),
    ],
)
def test_every_usual_address_of_a_post_leads_to_its_number(url: str, known_as: Any) -> None:
    assert facebook.identity(url) == known_as
    assert sources.identity(url) == ("facebook", known_as)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/loker.contoh",
        "https://www.facebook.com/groups/123456",
        "https://www.facebook.com/loker.contoh/posts/",
        "https://www.facebook.com/share/p/1AbCdEfGhI/",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fdaftar.example",
        "https://www.facebook.com/ads/library/?id=444698713124992",
        f"https://facebook.com.contoh.example/x/posts/{POST}",
        f"https://notfacebook.com/x/posts/{POST}",
        f"ftp://www.facebook.com/x/posts/{POST}",
        "https://[",
        "",
    ],
)
def test_other_addresses_lead_to_none(url: str) -> None:
    assert facebook.identity(url) == ""


@given(st.text() | st.text().map(lambda tail: f"https://www.facebook.com/{tail}"))
def test_any_text_may_be_asked(text: Any) -> None:
    assert isinstance(facebook.identity(text), str)
    for kind in ("account", "group", "comments"):
        name = facebook.asked(text, kind)
        assert not set(name) & set("/?#&")
        assert (facebook.check_query(text, kind) is None) == bool(name)


@pytest.mark.parametrize(
    ("kind", "query", "name"),
    [
        ("", "loker.contoh", "loker.contoh"),
        ("account", " @loker.contoh ", "loker.contoh"),
        ("account", "https://www.facebook.com/loker.contoh/", "loker.contoh"),
        ("account", f"https://www.facebook.com/profile.php?id={PAGE}", PAGE),
        ("account", "https://www.facebook.com/Loker-Contoh-100000000000001/", "Loker-Contoh-100000000000001"),
        ("account", PAGE, PAGE),
        ("account", "https://www.facebook.com/groups/123456", ""),
        ("account", "dua kata", ""),
        ("account", "https://kabar.example/loker.contoh", ""),
        ("group", "123456", "123456"),
        ("group", "https://www.facebook.com/groups/123456/about", "123456"),
        ("group", "https://www.facebook.com/groups/lokertaiwan", ""),
        ("comments", f"{PAGE}_{POST}", f"{PAGE}_{POST}"),
        ("comments", f"https://www.facebook.com/permalink.php?story_fbid={POST}&id={PAGE}", f"{PAGE}_{POST}"),
        ("comments", f"https://www.facebook.com/loker.contoh/posts/{POST}", ""),
        ("comments", POST, ""),
    ],
)
def test_a_query_names_what_is_asked(kind: str, query: Any, name: Any) -> None:
    assert facebook.asked(query, kind or "account") == name
    problem = facebook.check_query(query, kind)
    assert (problem is None) == bool(name)
    assert problem is None or (problem.code, problem.permanent) == ("bad_query", True)


# --- what a page says about itself ----------------------------------------------------------------


def test_what_a_page_says_about_itself() -> None:
    platform = meta.Meta()
    platform.served["loker.contoh"] = {
        "id": PAGE,
        "name": "Loker Contoh",
        "about": "Kerja Taiwan",
        "description": "Kerja Taiwan",
        "phone": "+6284011223344",
        "emails": ["admin@loker.example"],
        "website": "https://loker.example",
        "link": "https://www.facebook.com/loker.contoh",
    }
    profile = facebook.profile("loker.contoh", meta.ask(""), platform)
    assert profile is not None
    assert (profile.account, profile.name, profile.text, profile.links) == (
        PAGE,
        "Loker Contoh",
        "Kerja Taiwan\n+6284011223344\nadmin@loker.example",
        ("https://loker.example", "https://www.facebook.com/loker.contoh"),
    )


@pytest.mark.parametrize("code", [10, 803])
def test_a_person_has_no_profile_for_us(code: int) -> None:
    platform = meta.Meta()
    platform.served["orang.contoh"] = meta.error(code)
    assert facebook.profile("orang.contoh", meta.ask(""), platform) is None
    platform.served["orang.contoh"] = meta.error(190)
    with pytest.raises(domain.SourceError):
        facebook.profile("orang.contoh", meta.ask(""), platform)


# --- hostile and real answers ---------------------------------------------------------------------

FIELDS = st.sampled_from([*ADVERTISEMENT, "parent_id", "lain"])


@given(st.lists(st.dictionaries(FIELDS, ANYTHING | st.sampled_from([f"{PAGE}_{POST}", POST])), max_size=4))
def test_any_items_give_posts_with_an_identity(items: Any) -> None:
    for post in one_page(items).posts:
        assert post.external_id
        assert isinstance(post.text, str)


@pytest.mark.skipif(not RECORDED.exists(), reason="recorded answers are not part of the repository")
def test_recorded_feeds_and_comments_are_read_whole() -> None:
    counted = {}
    for path in sorted((RECORDED / "facebook_graph").glob("*.json")):
        read = json.loads(path.read_text())
        items = read.get("data") if isinstance(read.get("data"), list) else [read] if "id" in read else list(read.values())
        page = one_page(items, f"{PAGE}_{POST}", "comments") if path.stem.startswith("comments") else one_page(items)
        counted[path.name] = (len(items), len(page.posts), sorted({name for post in page.posts for name in post.unknown}))
    posts = {name: counts for name, counts in counted.items() if name.startswith(("comments", "posts", "groups__feed"))}
    assert {name for name, (items, read, unknown) in posts.items() if (items, []) != (read, unknown)} == set()
