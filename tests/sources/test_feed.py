from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from patrol import domain
from patrol.sources import feed
from tests import factories

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feed"
ADDRESS = "https://kabar.example/umpan/feed.xml"


def ask(query: str = ADDRESS, **more: Any) -> domain.Ask:
    given: dict[str, Any] = {"query": query, "cursor": {}, "now": NOW, **more}
    return domain.Ask(**given)


def served(site: Any, client: Any, body: bytes, *, headers: dict[str, str] | None = None, **more: Any) -> domain.Page:
    site.serve("/kabar/umpan/feed.xml", body, headers=headers)
    (page,) = feed.fetch(ask(**more), client())
    return page


def rss(*items: str) -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title>{body}</channel></rss>'.encode()


def codes(page: domain.Page) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in page.problems]


# --- feeds of every kind --------------------------------------------------------------------------


@pytest.fixture
def page(site: Any, client: Any) -> domain.Page:
    return served(
        site,
        client,
        (FEEDS / "a_feed_of_every_kind.rss").read_bytes(),
        headers={"Content-Type": "application/rss+xml", "ETag": '"7"', "Last-Modified": "Sun, 22 Nov 2026 03:10:00 GMT"},
    )


def test_an_rss_entry_with_all_its_facts(page: domain.Page) -> None:
    assert page.posts[0] == domain.RawPost(
        platform="feed",
        external_id="kabar.example kabar-4711",
        url="https://kabar.example/2026/11/perawat-lansia",
        text="Lowongan perawat lansia ke Jepang, gaji ¥200.000 sebulan.\nDaftar di sini atau WA admin.\nPaspor\nIjazah",
        author_name="Redaksi Contoh",
        posted_at=datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
        posted_at_source="Sun, 22 Nov 2026 10:10:00 +0700",
        origin=ADDRESS,
        links=("https://kabar.example/daftar?x=1", "https://wa.me/6284011223344"),
        media=(
            domain.MediaReference("document", "https://kabar.example/berkas/suara.mp3"),
            domain.MediaReference("photo", "https://kabar.example/gambar/utama.webp"),
            domain.MediaReference("photo", "https://kabar.example/umpan/gambar/brosur.jpg"),
        ),
        also=("https://kabar.example/2026/11/perawat-lansia",),
        locator="entry 1",
        unknown={},
    )


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'


LABEL = "[Suara dalam video, ditulis oleh penerbit umpan]"


def of_videos(*items: str) -> bytes:
    return rss(*items).replace(b'version="2.0"', f'version="2.0" {MEDIA}'.encode())


def test_what_is_said_in_a_video_is_a_part_of_its_own(site: Any, client: Any) -> None:
    said = (
        '<media:text type="plain" start="00:00:01">Teman-teman yang mau <![CDATA[kerja & gaji]]> besar</media:text>'
        '<media:text type="plain" start="00:00:05">Teman-teman yang mau kerja &amp; gaji besar</media:text>'
        '<media:text type="plain" start="00:00:09">hubungi 0840 5550 7788</media:text>'
    )
    video = f'<media:content url="https://v.example/1.mp4" type="video/mp4">{said}</media:content>'
    page = served(
        site,
        client,
        of_videos(
            "<title>Tanpa suara</title><guid>1</guid>",
            f"<title>Kerja di luar</title><guid>2</guid><itunes:subtitle>Sub judul</itunes:subtitle>{video}",
        ),
    )
    assert [post.text for post in page.posts] == [
        "Tanpa suara",
        f"Kerja di luar\n\nSub judul\n\n{LABEL}\nTeman-teman yang mau kerja & gaji besar\nhubungi 0840 5550 7788",
    ]
    assert [post.unknown for post in page.posts] == [{}, {}]


def test_speech_that_cannot_be_told_to_its_entry_is_left_out_and_said(site: Any, client: Any) -> None:
    page = served(site, client, of_videos("<title>A</title><guid>1</guid><media:text>apa</media:text><x:item></x:item>"))
    assert [post.text for post in page.posts] == ["A"]
    assert "speech_unclear" in [problem.code for problem in page.problems]


@pytest.mark.parametrize("aside", ["<!-- </item> -->", "<description><![CDATA[a</item>b]]></description>"])
def test_what_closes_no_entry_takes_no_speech_away(aside: str) -> None:
    told = feed.read_feed(factories.answer(of_videos(f"<title>A</title><guid>1</guid>{aside}<media:text>apa</media:text>")))
    assert (told.spoken, told.unclear) == (("apa",), False)


def test_speech_is_read_in_the_feed_s_own_encoding_and_under_any_prefix() -> None:
    written = of_videos("<title>A</title><guid>1</guid><media:text>gaji €5</media:text>").decode()
    for name in ("windows-1252", "utf-16"):
        body = written.replace(re.findall(r"<\?xml.*?\?>", written)[0], f'<?xml version="1.0" encoding="{name}"?>').encode(name)
        assert feed.read_feed(factories.answer(body, headers=(("Content-Type", "application/xml"),))).spoken == ("gaji €5",)
    prefixed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/"'
        f" {MEDIA}><rss:item><rss:title>A</rss:title><media:text>apa</media:text></rss:item></rdf:RDF>"
    )
    told = feed.read_feed(factories.answer(prefixed.encode(), headers=(("Content-Type", "application/xml"),)))
    assert (len(told.entries), told.spoken) == (1, ("apa",))


def test_an_entry_without_guid_is_known_by_its_link(page: domain.Page) -> None:
    post = page.posts[1]
    assert post.external_id == "kabar.example https://kabar.example/2026/11/tanpa-zona"
    assert post.text == "Tanpa zona waktu & tanpa guid\n\nWaspada tawaran admin judi di Kamboja"
    assert post.posted_at == datetime(2026, 11, 22, 3, 10, tzinfo=UTC)  # no zone: Asia/Jakarta
    assert post.media == (domain.MediaReference("photo", "https://kabar.example/gambar/kecil.jpg"),)
    assert dict(post.unknown) == {"loker_negara": "KH"}


def test_an_undated_entry_stays_undated(page: domain.Page) -> None:
    post = page.posts[2]
    assert (post.external_id, post.url) == (
        "kabar.example https://kabar.example/2026/11/tanpa-waktu",
        "https://kabar.example/2026/11/tanpa-waktu",
    )
    assert (post.posted_at, post.posted_at_source) == (None, "")


def test_an_entry_without_guid_and_link_is_known_by_its_content(page: domain.Page) -> None:
    post = page.posts[3]
    assert post.external_id == "kabar.example sha256:b59fc2ddec4d3ca24a1b75ca3dc7db04ecaa4d83"
    assert (post.url, post.text, post.posted_at, post.posted_at_source) == (ADDRESS, "Hanya isi, tanpa tautan", None, "besok pagi")


def test_a_time_in_the_future_is_kept_and_told(page: domain.Page) -> None:
    assert page.posts[4].posted_at == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


def test_everything_that_is_wrong_is_told(page: domain.Page) -> None:
    assert len(page.posts) == 5
    assert codes(page) == [
        ("zone_assumed", "entry 2"),
        ("no_guid", "entry 4"),
        ("bad_time", "entry 4"),
        ("future_time", "entry 5"),
        ("empty_entry", "entry 6"),
        ("unknown_field", ""),
    ]


def test_the_cursor_keeps_the_validators(page: domain.Page) -> None:
    assert page.cursor == {"etag": '"7"', "last_modified": "Sun, 22 Nov 2026 03:10:00 GMT"}


def test_atom_is_read(site: Any, client: Any) -> None:
    page = served(site, client, (FEEDS / "a_feed_of_every_kind.atom").read_bytes())
    first, second = page.posts
    assert first == domain.RawPost(
        platform="feed",
        external_id="kabar.example urn:uuid:6b1f0c9e-0000-4000-8000-000000000002",
        url="https://kabar.example/g-to-g",
        text="Penempatan G to G Korea\n\nPendaftaran dibuka.\nGratis.",
        author_name="Petugas Contoh",
        posted_at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC),
        posted_at_source="2026-11-22T09:00:00+07:00",
        edited=True,
        forward_of="https://asal.example/",
        forward_name="Umpan Asal",
        origin=ADDRESS,
        links=("https://daftar.contoh.example/korea",),
        media=(domain.MediaReference("document", "https://kabar.example/jadwal.pdf"),),
        also=("https://kabar.example/g-to-g",),
        locator="entry 1",
        unknown={},
    )
    assert (second.text, second.url, second.edited) == ("Hanya diperbarui\n\nTidak < diubah", ADDRESS, False)
    assert second.posted_at == datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert codes(page) == []


# --- conditional requests -------------------------------------------------------------------------


def sent(site: Any) -> tuple[str | None, str | None]:
    _path, headers = site.asked[-1]
    return headers.get("if-none-match"), headers.get("if-modified-since")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (None, None)),
        ({"cursor": {"etag": '"7"', "last_modified": ""}}, ('"7"', None)),
        ({"cursor": {"etag": '"8"', "last_modified": "x"}}, ('"8"', "x")),
        ({"cursor": {"incomplete": True, "etag": '"8"'}}, (None, None)),
        ({"cursor": {"etag": '"7-gzip"'}}, ('"7-gzip", "7"', None)),
        ({"cursor": {"etag": 'W/"7-gzip"'}}, ('W/"7-gzip", W/"7"', None)),
        ({"cursor": {"etag": '"7"-gzip'}}, ('"7"-gzip, "7"', None)),  # Apache 2.2
        ({"cursor": {"etag": '"7-gzip-a"'}}, ('"7-gzip-a"', None)),
        ({"cursor": {"etag": "7-gzip"}}, ("7-gzip", None)),
    ],
)
def test_the_last_good_answer_is_asked_for_again_only_if_changed(site: Any, client: Any, more: Any, expected: Any) -> None:
    served(site, client, rss("<title>a</title><guid>1</guid>"), **more)
    assert sent(site) == expected


def test_an_address_that_entries_share_names_none_of_them(site: Any, client: Any) -> None:
    front = "<link>https://kabar.example/daftar</link>"
    said = rss(
        f"<title>a</title><guid>1</guid>{front}",
        f"<title>b</title><guid>2</guid>{front}",
        "<title>c</title><guid>3</guid><link>https://kabar.example/c</link>",
    )
    assert [post.also for post in served(site, client, said).posts] == [(), (), ("https://kabar.example/c",)]


def test_the_source_of_an_entry_is_named_in_both_formats(site: Any, client: Any) -> None:
    said = rss('<title>a</title><guid>1</guid><source url="https://asal.example/rss">Asal</source>')
    (post,) = served(site, client, said).posts
    assert (post.forward_of, post.forward_name) == ("https://asal.example/rss", "Asal")


def test_not_modified_is_a_healthy_page_that_keeps_the_cursor(site: Any, client: Any) -> None:
    site.serve("/kabar/umpan/feed.xml", status=304)
    (page,) = feed.fetch(ask(cursor={"etag": '"7"'}), client())
    assert (page.answer.status, page.posts, page.problems, page.cursor) == (304, (), (), {"etag": '"7"'})


# --- feeds that are wrong -------------------------------------------------------------------------


def test_half_a_feed_gives_its_whole_entries_and_no_validators(site: Any, client: Any) -> None:
    whole = rss("<title>satu</title><guid>1</guid>", "<title>dua</title><guid>2</guid>", "<title>tiga</title>")
    page = served(site, client, whole[: whole.index(b"tiga") + 2], headers={"ETag": '"7"', "Content-Length": "9000"})
    assert page.answer.truncated is True
    assert [post.external_id for post in page.posts] == ["kabar.example 1", "kabar.example 2"]
    assert codes(page) == [("half_feed", "")]
    assert page.cursor == {"incomplete": True}


def test_a_feed_that_is_not_well_formed_gives_what_can_be_read(site: Any, client: Any) -> None:
    page = served(site, client, rss("<title>satu & dua</title><guid>1</guid>", "<title>tiga</title><guid>3</guid>"))
    assert [post.text for post in page.posts] == ["satu & dua", "tiga"]
    assert codes(page) == [("half_feed", "")]


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><form><input type=password></form></body></html>",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"bukan umpan",
        b"",
        b"   ",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_feed_is_told(site: Any, client: Any, body: bytes) -> None:
    with pytest.raises(domain.SourceError) as caught:
        served(site, client, body)
    assert (caught.value.problem.code, caught.value.problem.permanent) == ("not_a_feed", False)
    assert caught.value.answer is not None


def test_a_feed_without_entries_is_told(site: Any, client: Any) -> None:
    assert codes(served(site, client, rss())) == [("no_posts", "")]


def test_a_feed_in_another_encoding_than_it_says_is_read_and_told(site: Any, client: Any) -> None:
    body = b'<?xml version="1.0" encoding="utf-8"?>' + rss("<title>caf\xe9</title><guid>1</guid>").decode().encode("latin-1")
    page = served(site, client, body.replace(b'<?xml version="1.0"?>', b""))
    assert page.posts[0].text == "café"
    assert codes(page) == [("bad_charset", "")]


def test_a_guid_that_different_entries_share_names_none_of_them(site: Any, client: Any) -> None:
    page = served(
        site,
        client,
        rss(
            "<title>a</title><guid isPermaLink='false'>x</guid><link>https://kabar.example/a</link>",
            "<title>b</title><guid isPermaLink='false'>x</guid><link>https://kabar.example/b</link>",
            "<title>c</title><guid isPermaLink='false'>y</guid>",
        ),
    )
    assert [post.external_id for post in page.posts] == [
        "kabar.example https://kabar.example/a",
        "kabar.example https://kabar.example/b",
        "kabar.example y",
    ]
    assert codes(page) == [("guid_repeated", "")]


def test_the_same_entry_twice_is_one_post(site: Any, client: Any) -> None:
    entry = "<title>a</title><guid isPermaLink='false'>x</guid>"
    page = served(site, client, rss(entry, entry))
    assert ([post.external_id for post in page.posts], codes(page)) == (["kabar.example x"], [])


def test_a_very_long_guid_is_shortened_and_stays_itself(site: Any, client: Any) -> None:
    entry = f"<title>a</title><guid isPermaLink='false'>{'x' * 5000}</guid>"
    first, second = (served(site, client, rss(entry)).posts[0].external_id for _ in range(2))
    assert first == second
    assert len(first) == len("kabar.example sha256:") + 40


def test_entities_reach_neither_files_nor_the_memory(site: Any, client: Any, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia"
    secret.write_text("isi rahasia")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "x">{lol}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
        '<rss version="2.0"><channel><item><title>&l9; &f;</title><guid>1</guid></item></channel></rss>'
    )
    page = served(site, client, body.encode())
    assert "rahasia" not in page.posts[0].text
    assert len(page.posts[0].text) < 1000
    assert site.paths == ["/kabar/umpan/feed.xml"]


@pytest.mark.parametrize(
    ("query", "usable"),
    [
        (ADDRESS, True),
        (" http://kabar.example/rss ", True),
        ("kabar.example/rss", False),
        ("ftp://kabar.example/rss", False),
        ("https://orang:sandi@kabar.example/rss", False),
        ("https://kabar.example/r ss", False),
        ("https://[kabar/rss", False),
        ("", False),
    ],
)
def test_a_watch_asks_for_an_address(query: Any, usable: bool, client: Any) -> None:
    problem = feed.check_query(query)
    assert (problem is None) is usable
    if problem is not None:
        with pytest.raises(domain.SourceError) as caught:
            next(iter(feed.fetch(ask(query), client())))
        assert caught.value.problem == problem


def test_no_address_names_an_entry() -> None:
    assert feed.identity("https://kabar.example/2026/11/perawat-lansia") == ""
