"""Zeeschuimer's lines: each platform's item, advertisements, other platforms, and lines that are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.domain import MediaReference
from patrol.intake.formats import files, shape, zeeschuimer
from tests.intake.formats import samples

AT = datetime(2026, 11, 12, 7, 5, 33, tzinfo=UTC)
SAMPLES = {
    "tiktok.com": samples.tiktok(),
    "instagram.com": samples.instagram(),
    "facebook.com": samples.facebook(),
    "twitter.com": samples.x(),
    "threads.net": samples.threads(),
}


def item_of(platform: str, item: dict[str, Any]) -> shape.Item:
    (read,) = samples.read(samples.ndjson(item, platform=platform))
    return read


def one(platform: str, item: dict[str, Any]) -> domain.RawPost:
    return samples.as_post(item_of(platform, item))


def test_tiktok_with_the_words_stuck_on_the_video() -> None:
    post = one("tiktok.com", samples.tiktok())
    assert (post.platform, post.external_id) == ("tiktok", "7400000000000000001")
    assert post.url == "https://www.tiktok.com/@loker_contoh/video/7400000000000000001"
    assert post.text == "Loker Taiwan gaji besar #pmi\nWA di bio"
    assert (post.author, post.author_name, post.posted_at) == ("loker_contoh", "Loker Contoh", AT)
    assert post.media == (
        MediaReference("link_preview", "https://gambar.example/c.jpg"),
        MediaReference("video", "https://video.example/v.mp4", file="tiktok:7400000000000000001"),
    )
    assert post.unknown == {}


def test_tiktok_as_the_page_embeds_it_and_as_pictures() -> None:
    embedded = one("tiktok.com", samples.tiktok(author="loker_contoh", nickname="Loker Contoh", fitur_baru=1))
    assert (embedded.author, embedded.author_name, embedded.unknown) == ("loker_contoh", "Loker Contoh", {"fitur_baru": "1"})
    pictures = one(
        "tiktok.com", samples.tiktok(imagePost={"title": "Info", "images": [{"imageURL": {"urlList": ["https://gambar.example/p.jpg"]}}]})
    )
    assert (pictures.text.splitlines()[0], pictures.media) == ("Info", (MediaReference("photo", "https://gambar.example/p.jpg"),))


def test_a_comment_of_tiktok_stands_under_its_video() -> None:
    comment = {
        "cid": "7400000000000000009",
        "aweme_id": "7400000000000000001",
        "text": "minat kak",
        "create_time": 1794467133,
        "user": {"unique_id": "Pencari", "nickname": "Pencari Kerja"},
        "reply_id": "0",
    }
    post = one("tiktok-comments", comment)
    assert (post.external_id, post.thread, post.reply_to) == (
        "7400000000000000001/7400000000000000009",
        "7400000000000000001",
        "7400000000000000001",
    )
    assert (post.author, post.text, post.posted_at) == ("pencari", "minat kak", AT)


def test_instagram_in_both_shapes() -> None:
    post = one("instagram.com", samples.instagram())
    assert (post.platform, post.author, post.text, post.posted_at) == ("instagram", "kapal.contoh", "Lowongan ABK", AT)
    assert post.media == (
        MediaReference("photo", "https://gambar.example/1.jpg", "teks: ABK"),
        MediaReference("link_preview", "https://gambar.example/2.jpg"),
        MediaReference("video", "https://video.example/2.mp4"),
    )
    graph = {
        "__typename": "GraphImage",
        "shortcode": "DAbc123_-xy",
        "taken_at_timestamp": 1794467133,
        "display_url": "https://gambar.example/1.jpg",
        "edge_media_to_caption": {"edges": [{"node": {"text": "Lowongan ABK"}}]},
        "owner": {"username": "kapal.contoh"},
    }
    older = one("instagram.com", graph)
    assert (older.external_id, older.text, older.posted_at) == (post.external_id, "Lowongan ABK", AT)
    assert older.media == (MediaReference("photo", "https://gambar.example/1.jpg"),)


def test_instagram_of_a_thumbnail_page_has_no_time() -> None:
    bare = samples.instagram()
    del bare["taken_at"], bare["user"]
    post = one("instagram.com", bare)
    assert (post.posted_at, post.author) == (None, "")


def test_an_advertisement_of_instagram_is_left_out_by_name() -> None:
    assert isinstance(item_of("instagram.com", samples.instagram(product_type="ad")), shape.Left)


def test_facebook_by_its_number_with_group_link_and_picture() -> None:
    post = one("facebook.com", samples.facebook())
    assert (post.platform, post.external_id) == ("facebook", "122000000000001")
    assert (post.author, post.author_name, post.origin, post.posted_at) == ("agen.contoh", "Agen Contoh", "555000", AT)
    assert (post.text, post.links) == ("Dibutuhkan ART ke Malaysia", ("https://formulir.example/x",))
    assert post.media == (MediaReference("photo", "https://gambar.example/f.jpg"),)


def test_x_with_the_address_behind_its_short_link() -> None:
    post = one("twitter.com", samples.x())
    assert (post.platform, post.external_id, post.url) == (
        "x",
        "1990000000000000001",
        "https://x.com/agen_contoh/status/1990000000000000001",
    )
    assert (post.author, post.author_name, post.posted_at, post.thread) == ("agen_contoh", "Agen Contoh", AT, "")
    assert (post.links, post.media) == (("https://daftar.example/a",), (MediaReference("photo", "https://gambar.example/x.jpg", "brosur"),))


def test_x_long_text_edit_and_repost() -> None:
    long = one("x.com", samples.x(note_tweet={"note_tweet_results": {"result": {"text": "teks panjang sekali"}}}))
    edited = one("x.com", samples.x(edit_control={"edit_tweet_ids": ["1989999999999999999", "1990000000000000001"]}))
    original = samples.x(rest_id="1980000000000000000")
    repost = samples.x()
    repost["legacy"] = repost["legacy"] | {"full_text": "RT @x: Lok…", "retweeted_status_result": {"result": original}}
    reposted = one("x.com", repost)
    assert long.text == "teks panjang sekali"
    assert (edited.external_id, edited.edited) == ("1989999999999999999", True)
    assert (reposted.text, reposted.forward_of, reposted.forward_name) == ("Loker https://t.co/a", "1980000000000000000", "agen_contoh")


def test_threads_with_the_address_behind_its_exit_page() -> None:
    post = one("threads.net", samples.threads())
    assert (post.platform, post.author, post.text, post.links) == ("threads", "agen.contoh", "Loker Korea", ("https://daftar.example/b",))


@pytest.mark.parametrize("platform", SAMPLES)
def test_an_import_has_the_identity_of_its_address(platform: str) -> None:
    post = one(platform, SAMPLES[platform])
    found = sources.identity(post.url)
    assert found is None or found == (post.platform, post.external_id)


def test_linkedin_is_left_out_by_name_and_a_new_module_is_told() -> None:
    left = item_of("linkedin.com", {"id": 1})
    assert isinstance(left, shape.Left)
    assert "linkedin" in left.kind.id
    assert samples.as_problem(item_of("baru.example", {"id": 1})).code == "module_unknown"


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"source_platform": "x.com"}', "halo", '{"source_platform":"x.com","source_platform_url":"","data":[]}', "[" * 9000],
)
def test_bad_lines_are_named_and_the_next_is_read(line: str) -> None:
    good = samples.ndjson(samples.x(), platform="x.com")
    items = list(zeeschuimer.read(samples.file(good + line + "\n" + good), shape.Options()))
    assert [getattr(item, "where", "") or samples.as_post(item).locator for item in items] == ["line:1", "line:2", "line:3"]
    assert samples.as_problem(items[1]).code == "no_item"


def test_a_changed_shape_tells_which_part_is_missing() -> None:
    item = samples.tiktok()
    del item["createTime"]
    problem = samples.as_problem(item_of("tiktok.com", item))
    assert problem.sentence.en == "The post cannot be read: its part “createTime” is missing or has another shape."


def test_a_line_without_end_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 3000)
    good = samples.ndjson(samples.x(), platform="x.com")
    items = list(zeeschuimer.read(samples.file(good + "x" * 9001 + "\n" + good), shape.Options()))
    assert [type(item).__name__ for item in items] == ["RawPost", "Problem", "RawPost"]
    assert samples.as_problem(items[1]).code == "line_too_long"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_part_of_any_shape_gives_an_item(platform: str, data: st.DataObject) -> None:
    item = json.loads(json.dumps(SAMPLES[platform]))
    inner = item
    while isinstance(inner, dict) and inner:
        key = data.draw(st.sampled_from(sorted(inner)))
        if not isinstance(inner[key], dict) or data.draw(st.booleans()):
            inner[key] = data.draw(_JSON)
            break
        inner = inner[key]
    (read,) = zeeschuimer.read(samples.file(samples.ndjson(item, platform=platform)), shape.Options())
    assert isinstance(read, domain.RawPost | domain.Problem | shape.Left)
    if isinstance(read, domain.RawPost):
        assert read.external_id
        assert isinstance(read.text, str)
