"""However a watched source is written, it is that source; and what only looks alike is another."""

from __future__ import annotations

import pytest

from patrol import sources
from patrol.sources.shared import spellings

NEWS = "https://kabar.example/feed?kategori=luar-negeri"
BOARD = "https://loker.example/lowongan | item=.kartu | title=h2"
POST = "https://www.facebook.com/rekaan/posts/"


@pytest.mark.parametrize(
    ("platform", "kind", "written", "other"),
    [
        (
            "telegram",
            "channel",
            ["loker_seberang", "@Loker_Seberang", "https://t.me/s/loker_seberang?before=9", "http://t.me/LOKER_seberang/"],
            "loker_seberangg",
        ),
        (
            "feed",
            "feed",
            [NEWS, "http://www.Kabar.example/feed/?kategori=luar-negeri&utm_source=wa#atas"],
            "https://kabar.example/feed?kategori=dalam-negeri",
        ),
        (
            "web",
            "page",
            [BOARD, "http://www.loker.example/lowongan/ | title=h2 | item=.kartu"],
            "https://loker.example/lowongan | item=.baris",
        ),
        (
            "bluesky",
            "account",
            ["rekaan.bsky.social", "@Rekaan.bsky.social", "https://bsky.app/profile/rekaan.bsky.social/"],
            "lain.bsky.social",
        ),
        ("bluesky", "hashtag", ["#LokerTaiwan", "loker taiwan"], "#lokertaiwann"),
        ("bluesky", "search", ["kerja  Taiwan", " kerja taiwan"], "taiwan kerja"),
        ("mastodon", "account", ["@Rekaan@contoh.example", "https://contoh.example/@rekaan"], "@rekaan@lain.example"),
        ("mastodon", "hashtag", ["#Loker@contoh.example", "https://contoh.example/tags/loker"], "#loker@lain.example"),
        ("youtube", "channel", ["@RekaanTV", "https://www.youtube.com/@rekaantv", "youtube.com/@RekaanTV/videos"], "@rekaantv2"),
        (
            "youtube",
            "comments",
            ["aaaaaaaaaaa", "https://youtu.be/aaaaaaaaaaa", "https://www.youtube.com/watch?v=aaaaaaaaaaa"],
            "aaaaaaaaaaA",
        ),
        (
            "x",
            "account",
            ["rekaan_loker", "@Rekaan_Loker", "https://x.com/rekaan_loker", "https://twitter.com/rekaan_loker/"],
            "rekaan_loker1",
        ),
        ("x", "place", ["Jakarta; Loker", "jakarta;loker"], "bandung; loker"),
        ("x", "search", ["Loker OR Kerja", "loker  OR kerja"], "loker or kerja"),
        ("x", "search", ["loker or kerja", "Loker Or kerja"], "loker OR kerja"),
        ("x", "search", ["LOKER ORANG", "loker orang"], "loker OR"),
        ("x", "place", ["Jakarta; loker OR kerja", "jakarta; Loker OR Kerja"], "Jakarta; loker or kerja"),
        ("bluesky", "search", ["loker OR kerja", "loker or kerja"], "loker kerja"),  # no operator there
        ("facebook", "account", ["Rekaan.Loker", "@rekaan.loker", "https://m.facebook.com/rekaan.loker/"], "rekaan.loker2"),
        (
            "facebook",
            "account",
            [
                "100200300400500",
                "https://www.facebook.com/profile.php?id=100200300400500",
                "https://www.facebook.com/people/Loker-Rekaan/100200300400500/",
                "https://m.facebook.com/pages/Loker-Rekaan/100200300400500",
                "https://www.facebook.com/pages/category/Employment-Agency/Loker-Rekaan-100200300400500/",
                "https://www.facebook.com/p/Loker-Rekaan-100200300400500/",
                "https://www.facebook.com/Loker-Rekaan-100200300400500/",
                "Nama-Lain-100200300400500",
            ],
            "https://www.facebook.com/people/Loker-Rekaan/100200300400501/",
        ),
        ("facebook", "group", ["123456789", "https://www.facebook.com/groups/123456789/"], "123456780"),
        ("instagram", "account", ["rekaan.loker", "@Rekaan.Loker", "https://www.instagram.com/rekaan.loker/"], "rekaan.loker_"),
        ("instagram", "hashtag", ["#LokerTaiwan", "lokertaiwan"], "lokertaiwan1"),
        ("tiktok", "account", ["rekaan.loker", "@Rekaan.Loker", "https://www.tiktok.com/@rekaan.loker"], "rekaan.loker1"),
        ("tiktok", "hashtag", ["#LokerTaiwan", "lokertaiwan"], "lokertaiwan1"),
        ("ad_library", "account", ["123456, 654321", "654321,123456"], "123456"),
        ("ad_library", "search", ["Kerja Taiwan", "kerja  taiwan "], "kerja taiwan 2"),
    ],
)
def test_a_source_is_one_however_it_is_written(platform: str, kind: str, written: list[str], other: str) -> None:
    source = sources.SOURCES[platform]
    assert [query for query in (*written, other) if source.check_query(query, kind) is not None] == []
    forms = {source.asked_for(query, kind) for query in written}
    assert len(forms) == 1
    assert "" not in forms
    assert source.asked_for(other, kind) not in forms


@pytest.mark.parametrize("platform", sorted(sources.SOURCES))
def test_each_way_to_ask_has_a_form_of_its_example(platform: str) -> None:
    source = sources.SOURCES[platform]
    for shape in source.QUERIES:
        assert source.asked_for(shape.example, shape.key), shape.key


@pytest.mark.parametrize("url", ["", "bukan alamat", "ftp://kabar.example/feed", "http://"])
def test_what_is_no_address_has_no_form(url: str) -> None:
    assert spellings.address(url) == ""


@pytest.mark.parametrize(
    "path",
    [
        "people/Loker-Rekaan",
        "people/Loker-Rekaan/tentang",
        "pages/create",
        "pages/category/Employment-Agency",
        "p/Loker-Rekaan",
        "hashtag/lokertaiwan",
        "marketplace/jakarta",
        "profile.php",
        "search/top?q=loker",
    ],
)
def test_a_part_of_facebook_is_nobodys_page(path: str) -> None:
    assert sources.SOURCES["facebook"].check_query(f"https://www.facebook.com/{path}", "account") is not None
