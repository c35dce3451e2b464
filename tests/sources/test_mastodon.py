from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import mastodon
from patrol.sources.mastodon import shape
from patrol.sources.transport import http

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
HOST = "mastodon.example"
TAG = "/m/api/v1/timelines/tag/lokerluar?limit=40"
STATUS = json.loads((Path(__file__).parent / "mastodon" / "status.json").read_text())
ERROR = b'{"error": "Record not found"}'


def status(number: int = 109302354165120279, **more: Any) -> dict[str, Any]:
    plain = {"id": str(number), "uri": f"https://{HOST}/users/agen/statuses/{number}", "url": f"https://{HOST}/@agen/{number}"}
    return {
        **deepcopy(STATUS),
        **plain,
        "poll": None,
        "card": None,
        "media_attachments": [],
        "content": f"<p>Loker {number}</p>",
        "spoiler_text": "",
        "in_reply_to_id": None,
        **more,
    }


@pytest.fixture
def fetcher(site: Any) -> http.Client:
    class Unhurried:
        def wait(self, host: str) -> None:
            pass

    return http.Client(
        pace=Unhurried(),
        user_agent="SIPatrol/test (+https://sipatrol.example/kontak)",
        stand_ins={f"https://{HOST}": f"{site.base}/m", "https://lain.example": f"{site.base}/lain"},
    )


def fetched(fetcher: http.Client, query: str = f"#lokerluar@{HOST}", kind: str = "hashtag", **more: Any) -> Any:
    return list(mastodon.fetch(domain.Ask(**{"query": query, "cursor": {}, "now": NOW, "kind": kind, **more}), fetcher))


def refused(fetcher: http.Client, *args: Any, **more: Any) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as raised:
        fetched(fetcher, *args, **more)
    return raised.value


def serve(site: Any, path: str, body: Any, *, link: str = "", **more: Any) -> None:
    headers = {"Link": link} if link else {"Link": f'<https://{HOST}/x?min_id=1>; rel="prev"'}
    site.serve(path, json.dumps(body).encode(), headers={**headers, **more.pop("headers", {})}, **more)


def next_link(number: int) -> str:
    return f'<https://{HOST}/api/v1/timelines/tag/lokerluar?max_id={number}>; rel="next"'


# --- one post of every kind -----------------------------------------------------------------------


def test_a_post_with_all_its_facts(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [STATUS])
    (page,) = fetched(fetcher)
    assert page.posts == (
        domain.RawPost(
            platform="mastodon",
            external_id="https://asal.example/users/Agen/statuses/109302082337396296",
            url="https://asal.example/@Agen/109302082337396296",
            text="Info kerja\n\nLowongan kebun Malaysia\nHubungi klik di sini atau https://daftar.example/formulir-panjang\n"
            "@admin #lokerluar\n\n• Berangkat bulan ini\n• Tahun depan",
            author="agen@asal.example",
            author_name="Agen Contoh",
            posted_at=datetime(2026, 11, 22, 3, 10, 0, 123000, tzinfo=UTC),
            posted_at_source="2026-11-22T03:10:00.123Z",
            edited=True,
            reply_to=f"https://{HOST}/web/statuses/109302080000000001",
            thread=f"https://{HOST}/web/statuses/109302080000000001",
            origin=f"#lokerluar@{HOST}",
            links=(
                "https://wa.example/6284000000001",
                "https://daftar.example/formulir-panjang",
                "https://asal.example/@admin",
                "https://situs.example/lowongan",
            ),
            media=(
                domain.MediaReference("photo", "https://berkas.example/brosur.jpg", "Brosur: gaji RM 1.700"),
                domain.MediaReference("video", "https://asal.example/klip.mp4", "", file="https://asal.example/klip.mp4"),
                domain.MediaReference(
                    "link_preview", "https://berkas.example/kartu.png", "Lowongan\nTanpa biaya", file="https://situs.example/lowongan"
                ),
            ),
            also=("https://asal.example/web/statuses/109302082337396296", f"https://{HOST}/web/statuses/109302354165120279"),
            locator="[0]",
        ),
    )
    assert page.problems == ()


def test_two_servers_show_one_picture_each_by_its_own_copy(site: Any, fetcher: http.Client) -> None:
    original = "https://asal.example/media/brosur-taiwan-2026.jpg"
    kept = []
    for number, (kind, url) in enumerate(
        [("image", "https://satu.example/cache/1/abc.jpg"), ("image", "https://dua.example/cache/9/xyz.jpg"), ("unknown", None)]
    ):
        attached = [{"id": str(number), "type": kind, "url": url, "remote_url": original, "description": "Brosur"}]
        serve(site, TAG, [status(media_attachments=attached)])
        (post,) = fetched(fetcher)[0].posts
        kept.append((post.media[0].kind, post.media[0].words, post.media[0].file))
    assert kept == [("photo", "Brosur", original)] * 3


def test_a_boost_shows_what_it_boosts_under_who_boosted_it(site: Any, fetcher: http.Client) -> None:
    boost = status(content="", reblog=STATUS, uri=f"https://{HOST}/users/agen/statuses/1/activity")
    serve(site, TAG, [boost])
    ((post,),) = [page.posts for page in fetched(fetcher)]
    assert post.external_id == f"https://{HOST}/users/agen/statuses/1/activity"
    assert post.forward_of == STATUS["uri"]
    assert post.forward_name == "Agen Contoh"
    assert post.text.startswith("Info kerja\n\nLowongan kebun")
    assert len(post.media) == 3


def test_a_boost_never_takes_the_name_of_what_it_boosts(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(1000001, content="", reblog=STATUS, uri="https://asal.example/activities/9", url=STATUS["url"])])
    ((post,),) = [page.posts for page in fetched(fetcher)]
    assert post.also == (f"https://{HOST}/web/statuses/1000001",)


def test_a_post_never_takes_the_name_of_another_servers_post(site: Any, fetcher: http.Client) -> None:
    number, named = 109302354165120279, "https://korban.example/users/a/statuses/1"
    serve(site, TAG, [status(number, uri=f"https://asal.example/users/b/statuses/{number}", url=named)])
    (post,) = fetched(fetcher)[0].posts
    assert post.also == (f"https://{HOST}/web/statuses/{number}",)


def test_a_cited_post_is_named_and_not_mixed_into_the_text(site: Any, fetcher: http.Client) -> None:
    cited = status(quote={"state": "accepted", "quoted_status": STATUS}, content="<p>Awas, ini penipuan</p>")
    serve(site, TAG, [cited])
    ((post,),) = [page.posts for page in fetched(fetcher)]
    assert (post.text, post.forward_of) == ("Awas, ini penipuan", STATUS["uri"])


def test_a_reply_on_the_same_page_names_its_parent_by_identity(site: Any, fetcher: http.Client) -> None:
    parent, reply = status(109302354165120270), status(109302354165120279, in_reply_to_id="109302354165120270")
    serve(site, TAG, [reply, parent])
    ((first, _second),) = [page.posts for page in fetched(fetcher)]
    assert first.reply_to == parent["uri"]


@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_what_is_not_public_is_not_read(site: Any, fetcher: http.Client, visibility: str) -> None:
    serve(site, TAG, [status(visibility=visibility), status(2000000, visibility="unlisted")])
    ((post,),) = [page.posts for page in fetched(fetcher)]
    assert post.text == "Loker 2000000"


def test_fields_nobody_knows_are_kept_and_told(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(loker_baru="x", account={**STATUS["account"], "lencana": 3})])
    (page,) = fetched(fetcher)
    assert page.posts[0].unknown == {"loker_baru": "x", "account.lencana": 3}
    assert [(problem.code, "account.lencana, loker_baru" in problem.sentence.id) for problem in page.problems] == [("unknown_fields", True)]


# --- addresses and queries ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://mastodon.example/users/Agen/statuses/109", "https://mastodon.example/users/Agen/statuses/109"),
        ("https://mastodon.example/ap/users/117/statuses/109", "https://mastodon.example/ap/users/117/statuses/109"),
        ("https://mastodon.example/@Agen/109302354165120279", "https://mastodon.example/web/statuses/109302354165120279"),
        ("https://mastodon.example/@a@lain.example/109302354165120279", "https://mastodon.example/web/statuses/109302354165120279"),
        ("https://mastodon.example/deck/@Agen/109302354165120279/", "https://mastodon.example/web/statuses/109302354165120279"),
        ("https://mastodon.example/web/statuses/1795abc", "https://mastodon.example/web/statuses/1795abc"),
        ("https://kampung.example/pak/p/1795559412.476665", "https://kampung.example/pak/p/1795559412.476665"),
        ("https://mastodon.example/@Agen", ""),
        ("https://www.tiktok.com/@agen/video/7301234567890123456", ""),
        ("https://www.threads.net/@agen/post/C1abc", ""),
        ("ftp://mastodon.example/@Agen/109302354165120279", ""),
        ("https://[kacau/@a/109302354165120279", ""),
        ("bukan alamat", ""),
    ],
)
def test_identity_of_an_address(url: str, known: str) -> None:
    assert mastodon.identity(url) == known


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://m.example/@Agen/1000001", ("https://m.example/web/statuses/1000001", "https://m.example/users/Agen/statuses/1000001")),
        ("https://m.example/@a@lain.example/1000001", ("https://m.example/web/statuses/1000001",)),
        ("https://m.example/users/Agen/statuses/1000001", ("https://m.example/users/Agen/statuses/1000001",)),
        ("https://m.example/@Agen", ()),
    ],
)
def test_every_name_a_gone_post_may_be_stored_under(url: str, names: Any) -> None:
    assert shape.names_of(url) == names


def test_a_captured_page_and_a_fetched_post_meet(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [STATUS])
    ((post,),) = [page.posts for page in fetched(fetcher)]
    for url in ("https://asal.example/@Agen/109302082337396296", f"https://{HOST}/@Agen@asal.example/109302354165120279"):
        assert mastodon.identity(url) in post.also


@pytest.mark.parametrize(
    ("kind", "query", "place"),
    [
        ("hashtag", "#LokerLuar@mastodon.example", ("mastodon.example", "lokerluar")),
        ("", "loker luar@mastodon.example", ("mastodon.example", "lokerluar")),
        ("hashtag", "https://mastodon.example/tags/lokerluar", ("mastodon.example", "lokerluar")),
        ("hashtag", "mastodon.example", ("mastodon.example", "")),
        ("hashtag", "#!@mastodon.example", None),
        ("hashtag", "#lokerluar", None),
        ("account", "@Agen@mastodon.example", ("mastodon.example", "Agen")),
        ("account", "https://mastodon.example/@Agen", ("mastodon.example", "Agen")),
        ("account", "https://mastodon.example/@a@lain.example", ("mastodon.example", "a@lain.example")),
        ("account", "mastodon.example", None),
        ("account", "@agen", None),
        ("timeline", "mastodon.example", ("mastodon.example", "")),
        ("timeline", "https://mastodon.example/public/local", ("mastodon.example", "")),
        ("timeline", "x@mastodon.example", None),
        ("timeline", "localhost", None),
        ("search", "loker taiwan@mastodon.example", ("mastodon.example", "loker taiwan")),
        ("search", "loker taiwan", None),
        ("comments", "https://mastodon.example/@a/109302354165120279", ("mastodon.example", "109302354165120279")),
        ("comments", "https://mastodon.example/@a", None),
        ("channel", "mastodon.example", None),
    ],
)
def test_what_a_query_asks_for(kind: str, query: str, place: Any) -> None:
    assert mastodon.place_of(query, kind) == (mastodon.Place(*place) if place else None)
    assert (mastodon.check_query(query, kind) is None) == (place is not None)


def test_a_search_without_a_query_asks_the_credentials_server(site: Any, fetcher: http.Client) -> None:
    assert mastodon.check_query("", "search") is None
    serve(site, "/m/api/v2/search?q=loker&type=statuses&resolve=false&limit=40", {"statuses": [status()], "accounts": []})
    pages = fetched(fetcher, "", "search", words=("loker",), credential={"instance": HOST, "token": "rahasia-sekali"})
    assert [post.text for page in pages for post in page.posts] == ["Loker 109302354165120279"]
    assert site.asked[-1][1]["authorization"] == "Bearer rahasia-sekali"


def test_a_token_is_sent_to_its_own_server_only(site: Any, fetcher: http.Client) -> None:
    serve(site, "/lain/api/v1/timelines/tag/lokerluar?limit=40", [])
    fetched(fetcher, "#lokerluar@lain.example", credential={"instance": HOST, "token": "rahasia-sekali"})
    assert "authorization" not in site.asked[-1][1]


def test_each_word_of_a_pack_is_a_hashtag_of_its_own(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(1000001)])
    serve(site, "/m/api/v1/timelines/tag/kerjataiwan?limit=40", [status(1000002)])
    pages = fetched(fetcher, words=("kerja Taiwan", "loker luar"))
    assert [post.origin for page in pages for post in page.posts] == [f"#lokerluar@{HOST}", f"#kerjataiwan@{HOST}"]


def test_a_hashtag_watch_without_any_word_is_told(fetcher: http.Client) -> None:
    assert refused(fetcher, HOST).problem.code == "bad_query"


# --- pages ----------------------------------------------------------------------------------------


def test_pages_are_followed_by_the_links_number_and_never_by_its_address(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(1000009)], link='<https://jahat.example/?max_id=1000009>; rel="next"')
    serve(site, f"{TAG}&max_id=1000009", [status(1000008)])
    pages = fetched(fetcher)
    assert [post.text for page in pages for post in page.posts] == ["Loker 1000009", "Loker 1000008"]
    assert site.paths == [TAG, f"{TAG}&max_id=1000009"]


def test_without_any_link_header_the_last_number_is_the_way_down(site: Any, fetcher: http.Client) -> None:
    site.serve(TAG, json.dumps([status(1000009)]).encode())
    site.serve(f"{TAG}&max_id=1000009", b"[]")
    assert len(fetched(fetcher)) == 2


def test_a_search_overlaps_its_pages(site: Any, fetcher: http.Client) -> None:
    base = "/m/api/v2/search?q=loker&type=statuses&resolve=false&limit=40"
    serve(site, base, {"statuses": [status(1000100 - number) for number in range(40)]})
    serve(site, f"{base}&offset=35", {"statuses": [status(1000100 - number) for number in range(35, 40)]})
    pages = fetched(fetcher, f"loker@{HOST}", "search", credential={"instance": HOST, "token": "t"})
    assert len({post.external_id for page in pages for post in page.posts}) == 40


def test_comments_are_the_post_and_all_below_it(site: Any, fetcher: http.Client) -> None:
    root, first = status(1000001), status(1000002, in_reply_to_id="1000001")
    second = status(1000003, in_reply_to_id="1000002")
    serve(site, "/m/api/v1/statuses/1000001", root)
    serve(site, "/m/api/v1/statuses/1000001/context", {"ancestors": [], "descendants": [first, second]})
    pages = fetched(fetcher, f"https://{HOST}/@agen/1000001", "comments")
    assert [(post.external_id, post.reply_to, post.thread) for page in pages for post in page.posts] == [
        (root["uri"], "", ""),
        (first["uri"], root["uri"], root["uri"]),
        (second["uri"], first["uri"], root["uri"]),
    ]


def test_posts_of_which_all_replies_are_shown_are_named_on_their_own_server(site: Any, fetcher: http.Client) -> None:
    root = status(1000001) | {"replies_count": 2}
    first = status(1000002, in_reply_to_id="1000001") | {"replies_count": 2}
    second = status(1000003, in_reply_to_id="1000001") | {"replies_count": 0}
    below = status(1000004, in_reply_to_id="1000002") | {"replies_count": 0, "uri": "https://lain.example/users/b/statuses/1"}
    serve(site, "/m/api/v1/statuses/1000001", root)
    serve(site, "/m/api/v1/statuses/1000001/context", {"ancestors": [], "descendants": [first, second, below]})
    pages = fetched(fetcher, f"https://{HOST}/@agen/1000001", "comments")
    # `first` misses one, `below` is of another server.
    assert set(pages[-1].answered) == {root["uri"], second["uri"]}


def test_a_post_that_is_gone_is_told_as_gone(site: Any, fetcher: http.Client) -> None:
    site.serve("/m/api/v1/statuses/1000001", ERROR, status=404)
    (page,) = fetched(fetcher, f"https://{HOST}/@agen/1000001", "comments")
    assert page.gone == (f"https://{HOST}/web/statuses/1000001", f"https://{HOST}/users/agen/statuses/1000001")
    assert [problem.code for problem in page.problems] == ["post_gone"]


# --- servers that misbehave -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17", "X-RateLimit-Reset": "2026-11-23T04:00:00.000Z"}, 17),
        ({"X-RateLimit-Reset": "9999-11-23T04:00:00.000Z"}, 7 * 86_400),
        ({"X-RateLimit-Reset": "2020-11-23T03:00:00.000Z"}, 1),
        ({"X-RateLimit-Reset": "sebentar lagi"}, None),
        ({}, None),
    ],
)
def test_a_server_that_is_asked_too_often_says_for_how_long(site: Any, fetcher: http.Client, headers: Any, seconds: Any) -> None:
    site.serve(TAG, b'{"error": "Too many requests"}', status=429, headers=headers)
    error = refused(fetcher)
    assert (error.problem.code, error.problem.permanent, error.retry_after) == ("too_many", False, seconds)


@pytest.mark.parametrize(
    ("code", "body", "status_code"),
    [
        ("server_error", b"<h1>502</h1>", 502),
        ("server_error", b'{"error": "rusak"}', 500),
        ("cut_answer", b'[{"id": "1", "uri": ', 200),
        ("login_wall", b"<!DOCTYPE html><html><form>masuk", 200),
        ("not_json", b"maaf", 200),
        ("platform_error", b'{"error": "sedang dirawat"}', 200),
        ("shape_changed", b'{"statuses": 7}', 200),
        ("credential_missing", b'{"error": "This method requires an authenticated user"}', 401),
        ("bad_query", b'{"error": "Validation failed"}', 422),
        ("not_found", ERROR, 404),
    ],
)
def test_what_a_server_says_instead_of_posts(site: Any, fetcher: http.Client, code: str, body: Any, status_code: int) -> None:
    site.serve(TAG, body, status=status_code)
    error = refused(fetcher)
    assert error.problem.code == code
    assert error.answer is not None
    assert error.answer.body == body
    assert error.problem.permanent == (code in {"credential_missing", "bad_query", "not_found"})


def test_a_token_that_is_refused_stops_the_watch(site: Any, fetcher: http.Client) -> None:
    site.serve(TAG, b'{"error": "The access token is invalid"}', status=401)
    error = refused(fetcher, credential={"instance": HOST, "token": "rahasia-sekali"})
    assert (error.problem.code, error.problem.permanent) == ("credentials_refused", True)


def test_a_server_that_looks_past_the_number_is_read_once_and_told(site: Any, fetcher: http.Client) -> None:
    site.serve(TAG, json.dumps([status(1000009)]).encode())
    site.serve(f"{TAG}&max_id=1000009", json.dumps([status(1000009)]).encode())
    pages = fetched(fetcher)
    assert [problem.code for page in pages for problem in page.problems] == ["pages_not_served"]


def test_links_that_lead_round_are_told(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(1000009)], link=next_link(1000009))
    serve(site, f"{TAG}&max_id=1000009", [status(1000008)], link=next_link(1000008))
    serve(site, f"{TAG}&max_id=1000008", [status(1000007)], link=next_link(1000009))
    pages = fetched(fetcher)
    assert [problem.code for page in pages for problem in page.problems] == ["page_repeats"]
    assert len({post.external_id for page in pages for post in page.posts}) == 3


def test_an_empty_page_with_a_next_link_ends_nothing(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [], link=next_link(1000009))
    serve(site, f"{TAG}&max_id=1000009", [status(1000008)])
    assert [post.text for page in fetched(fetcher) for post in page.posts] == ["Loker 1000008"]


@pytest.mark.parametrize("broken", [None, 7, "x", [], {}, {"id": "5"}, {"uri": 5}])
def test_an_item_without_identity_is_told_and_the_page_goes_on(site: Any, fetcher: http.Client, broken: Any) -> None:
    serve(site, TAG, [broken, status()])
    (page,) = fetched(fetcher)
    assert [(problem.code, problem.where) for problem in page.problems] == [("unreadable_item", "[0]")]
    assert len(page.posts) == 1


def test_a_time_that_cannot_be_read_loses_no_post(site: Any, fetcher: http.Client) -> None:
    serve(site, TAG, [status(created_at="kemarin")])
    (page,) = fetched(fetcher)
    assert (page.posts[0].posted_at, page.posts[0].posted_at_source) == (None, "kemarin")
    assert [problem.code for problem in page.problems] == ["bad_time"]


def test_letters_that_are_broken_lose_no_page(site: Any, fetcher: http.Client) -> None:
    site.serve(TAG, json.dumps([status(content="<p>Gaji XX juta</p>")]).encode().replace(b"XX", b"\xff"))
    page = fetched(fetcher, max_pages=1)[0]
    assert page.posts[0].text == "Gaji \ufffd juta"
    assert [problem.code for problem in page.problems] == ["bad_charset"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(STATUS)), json_values, max_size=6))
def test_whatever_stands_in_a_field_nothing_breaks(strange: Any) -> None:
    answer = domain.RawAnswer("https://m.example/", "https://m.example/", 200, (), (), (), b"[]", NOW, NOW)
    posts, problems = shape.adapted([{**STATUS, **strange}], answer, HOST, "x")
    assert len(posts) + sum(problem.code == "unreadable_item" for problem in problems) in {0, 1}
