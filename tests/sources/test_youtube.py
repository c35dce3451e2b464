from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import youtube
from patrol.sources.youtube import problems, shape
from tests.sources.played import HTML, NOW, Asked, Platform, Said, anything, failing, runs

KEY = "kunci-rahasia-contoh"
CHANNEL = "UC" + "a" * 22
UPLOADS = "UU" + "a" * 22
VIDEO = "abcDEF_-123"
THREAD = "UgxContohThread4AaABAg"
REPLY = f"{THREAD}.91zT3cYb5B291za3E"


def ask(query: str = "loker taiwan", kind: str = "search", **more: Any) -> domain.Ask:
    return domain.Ask(**{"query": query, "kind": kind, "cursor": {}, "now": NOW, "credential": {"api_key": KEY}, **more})


def number(place: int) -> str:
    return f"video-{place:05d}"


def listing(*items: Any, following: str = "", **more: Any) -> Said:
    return Said({"kind": "youtube#listResponse", "items": list(items)} | ({"nextPageToken": following} if following else {}) | more)


def hit(own: str = VIDEO) -> dict[str, Any]:
    return {"kind": "youtube#searchResult", "id": {"kind": "youtube#video", "videoId": own}, "snippet": {"description": "dipoto…"}}


def entry(own: str = VIDEO) -> dict[str, Any]:
    return {"kind": "youtube#playlistItem", "contentDetails": {"videoId": own, "videoPublishedAt": "2026-11-22T03:10:00Z"}}


def video(own: str = VIDEO, at: str = "2026-11-22T03:10:00Z", **more: Any) -> dict[str, Any]:
    snippet = {
        "publishedAt": at,
        "channelId": CHANNEL,
        "title": "Loker Taiwan",
        "description": "Gaji besar\nWA 0840-1122-3344",
        "channelTitle": "Kanal Contoh",
        "thumbnails": {"default": {"url": "https://cdn.example/d.jpg"}, "high": {"url": "https://cdn.example/h.jpg"}},
        "tags": ["loker"],
        "categoryId": "22",
    }
    return {"kind": "youtube#video", "etag": "x", "id": own, "snippet": snippet | more}


def comment(own: str = THREAD, text: str = "Minat kak", **more: Any) -> dict[str, Any]:
    snippet = {
        "authorDisplayName": "@sari_contoh",
        "authorChannelId": {"value": "UC" + "b" * 22},
        "channelId": CHANNEL,
        "textDisplay": text,
        "publishedAt": "2026-11-22T05:00:00Z",
        "updatedAt": "2026-11-22T05:00:00Z",
        "likeCount": 2,
    }
    return {"kind": "youtube#comment", "id": own, "snippet": snippet | more}


def thread(own: str = THREAD, replies: int = 0, shown: tuple[Any, ...] = ()) -> dict[str, Any]:
    top = {"videoId": VIDEO, "topLevelComment": comment(own), "totalReplyCount": replies, "isPublic": True}
    return {"kind": "youtube#commentThread", "id": own, "snippet": top} | ({"replies": {"comments": list(shown)}} if shown else {})


def refused(*said: Said, **asked: Any) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as error:
        list(youtube.fetch(ask(**asked), Platform(said)))
    return error.value


# --- what a video and a comment become ------------------------------------------------------------


def test_a_search_is_a_list_without_posts_and_then_its_videos_whole() -> None:
    platform = Platform([listing(hit()), listing(video())])
    found, read = youtube.fetch(ask(), platform)
    assert (found.posts, found.problems, read.problems, read.gone) == ((), (), (), ())
    assert read.posts == (
        domain.RawPost(
            platform="youtube",
            external_id=VIDEO,
            url=f"https://www.youtube.com/watch?v={VIDEO}",
            text="Loker Taiwan\n\nGaji besar\nWA 0840-1122-3344",
            author=CHANNEL,
            author_name="Kanal Contoh",
            posted_at=datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
            posted_at_source="2026-11-22T03:10:00Z",
            origin=CHANNEL,
            media=(domain.MediaReference("photo", "https://cdn.example/h.jpg", file="youtube:abcDEF_-123"),),
            locator="/items/0",
            unknown={},
        ),
    )
    assert youtube.identity(read.posts[0].url) == VIDEO


def test_a_comment_stands_under_its_video_and_a_reply_under_its_comment() -> None:
    reply = comment(REPLY, "Cek inbox", parentId=THREAD, updatedAt="2026-11-22T06:00:00Z")
    (page,) = youtube.fetch(ask(VIDEO, "comments"), Platform([listing(thread(replies=1, shown=(reply,)))]))
    assert [(post.external_id, post.thread, post.reply_to, post.text, post.edited) for post in page.posts] == [
        (f"{VIDEO}/{THREAD}", VIDEO, "", "Minat kak", False),
        (f"{VIDEO}/{REPLY}", VIDEO, f"{VIDEO}/{THREAD}", "Cek inbox", True),
    ]
    assert {youtube.identity(post.url) for post in page.posts} == {post.external_id for post in page.posts}
    assert {(post.author, post.author_name) for post in page.posts} == {("UC" + "b" * 22, "@sari_contoh")}
    assert page.problems == ()


def test_what_was_originally_written_counts_where_it_is_given() -> None:
    (page,) = youtube.fetch(
        ask(VIDEO, "comments"),
        Platform([listing({**thread(), "snippet": {"topLevelComment": comment(textOriginal="a < b", textDisplay="a &lt; b")}})]),
    )
    assert page.posts[0].text == "a < b"


def test_fields_nobody_knows_are_kept_and_told() -> None:
    platform = Platform([listing(hit()), listing(video(madeWith="x") | {"ageGate": True}, surprise=[1])])
    page = list(youtube.fetch(ask(), platform))[1]
    assert dict(page.posts[0].unknown) == {"ageGate": True, "snippet.madeWith": "x"}
    assert [problem.sentence.en.split(": ")[1].split(".")[0] for problem in page.problems] == ["ageGate, snippet"]


def test_an_item_without_id_does_not_cost_the_others() -> None:
    platform = Platform([listing({"id": {}}, hit(), 7), listing(video(), {"id": 3}, None)])
    found, read = youtube.fetch(ask(), platform)
    assert [(problem.code, problem.where) for problem in found.problems] == [
        ("unreadable_item", "/items/0"),
        ("unreadable_item", "/items/2"),
    ]
    assert [post.external_id for post in read.posts] == [VIDEO]
    assert [problem.where for problem in read.problems] == ["/items/1", "/items/2"]


def test_a_video_found_and_no_longer_there_is_gone() -> None:
    platform = Platform([listing(hit(number(1)), hit(number(2))), listing(video(number(1)))])
    assert [page.gone for page in youtube.fetch(ask(), platform)] == [(), (number(2),)]


# --- what is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}&t=10s", VIDEO),
        (f"https://m.youtube.com/watch?feature=share&v={VIDEO}", VIDEO),
        (f"youtu.be/{VIDEO}?si=abc", VIDEO),
        (f"https://www.youtube.com/shorts/{VIDEO}", VIDEO),
        (f"https://youtube.com/live/{VIDEO}?feature=share", VIDEO),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}", VIDEO),
        (f"https://www.youtube.com/watch?v={VIDEO}&lc={REPLY}", f"{VIDEO}/{REPLY}"),
        (f"https://www.youtube.com/watch?v={VIDEO}&lc=x", VIDEO),
        ("https://www.youtube.com/watch?v=pendek", ""),
        ("https://www.youtube.com/@kanal_contoh", ""),
        (f"https://youtube.com.jahat.example/watch?v={VIDEO}", ""),
        (f"javascript://www.youtube.com/watch?v={VIDEO}", ""),
        ("https://[x/watch", ""),
    ],
)
def test_identity(url: str, known: Any) -> None:
    assert youtube.identity(url) == known


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (CHANNEL, {"id": CHANNEL}),
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", {"id": CHANNEL}),
        ("@Kanal_Contoh", {"forHandle": "@kanal_contoh"}),
        ("https://www.youtube.com/@Kanal_Contoh/shorts", {"forHandle": "@kanal_contoh"}),
        ("https://www.youtube.com/@%E6%8B%9B%E8%81%98_contoh", {"forHandle": "@招聘_contoh"}),
        ("https://www.youtube.com/user/lama", {"forUsername": "lama"}),
        ("https://www.youtube.com/c/buatan", {}),
        ("https://kabar.example/@kanal", {}),
        ("dua kata", {}),
        ("", {}),
    ],
)
def test_the_channel_a_query_names(query: Any, wanted: Any) -> None:
    assert youtube.channel(query) == wanted
    assert (youtube.check_query(query, "channel") is None) is bool(wanted)


@pytest.mark.parametrize(
    ("query", "kind", "fine"),
    [
        ("loker", "search", True),
        ("", "search", True),
        ("x" * 301, "search", False),
        (VIDEO, "comments", True),
        (f"https://youtu.be/{VIDEO}", "comments", True),
        ("loker", "comments", False),
        ("-6.3265,108.32,1000km", "place", True),
        ("-6.3265,108.32,1000.1km; loker", "place", False),
        ("ID; loker", "place", False),
        ("Indramayu", "place", False),
        ("; loker", "place", False),
        ("0,0,1km; " + "x" * 300, "place", True),
        ("0,0,1km; " + "x" * 301, "place", False),
    ],
)
def test_what_a_watch_may_ask_for(query: Any, kind: str, fine: bool) -> None:
    problem = youtube.check_query(query, kind)
    assert (problem is None) is fine
    assert fine or (problem is not None and problem.permanent)


def test_words_of_packs_share_a_search() -> None:
    assert youtube.searches("loker taiwan", ["ABK", "kerja hongkong", "ABK", 'a|"b"', ""]) == ["loker taiwan", 'ABK|"kerja hongkong"|"a b"']


def test_the_key_goes_into_a_header_only_and_the_search_asks_for_the_newest() -> None:
    platform = Platform([listing()])
    list(youtube.fetch(ask(), platform))
    (asked,) = platform.asked
    assert asked.headers["X-Goog-Api-Key"] == KEY
    assert KEY not in asked.url
    assert asked.parameters == {
        "part": "snippet",
        "type": "video",
        "order": "date",
        "safeSearch": "none",
        "maxResults": "50",
        "relevanceLanguage": "id",
        "q": "loker taiwan",
        "publishedAfter": "2026-11-16T03:47:00Z",
    }


@pytest.mark.parametrize(
    ("query", "words", "searches"),
    [
        ("-6.3265,108.32,20km", (), [None]),
        ("-6.3265,108.32,20km; loker taiwan", (), ["loker taiwan"]),
        ("-6.3265,108.32,20km; loker", ("ABK", "PRT"), ["loker", "ABK|PRT"]),
    ],
)
def test_around_a_point_each_search_says_where(query: str, words: Any, searches: Any) -> None:
    platform = Platform(lambda _asked: listing())
    pages = list(youtube.fetch(ask(query, "place", words=words), platform))
    assert [asked.parameters.get("q") for asked in platform.asked] == searches
    assert {(asked.parameters["type"], asked.parameters["location"], asked.parameters["locationRadius"]) for asked in platform.asked} == {
        ("video", "-6.3265,108.32", "20km")
    }
    assert sorted(pages[-1].cursor["looks"]) == sorted(f"-6.3265,108.32,20km; {search or ''}" for search in searches)


def test_a_search_at_a_place_goes_on_where_it_was_and_knows_no_other_place() -> None:
    first = list(youtube.fetch(ask("0,0,5km; loker", "place"), Platform([listing(hit()), listing(video())])))
    for place, since in (("0,0,5km", "2026-11-20T03:10:00Z"), ("0,0,6km", "2026-11-16T03:47:00Z")):
        platform = Platform([listing()])
        list(youtube.fetch(ask(f"{place}; loker", "place", cursor=first[-1].cursor), platform))
        assert platform.asked[0].parameters["publishedAfter"] == since


def test_over_the_real_client_the_key_arrives_and_no_custody_shows_it(site: Any, client: Any) -> None:
    played = Platform([listing(hit()), listing(video())])
    list(youtube.fetch(ask(), played))
    for asked, said in zip(played.asked, (listing(hit()), listing(video())), strict=True):
        path = asked.url.removeprefix("https://www.googleapis.com")
        site.serve(f"/google{path}", json.dumps(said.body).encode())
    real = client(stand_ins={"https://www.googleapis.com": f"{site.base}/google"})
    pages = list(youtube.fetch(ask(), real))
    assert [post.external_id for page in pages for post in page.posts] == [VIDEO]
    assert [headers["x-goog-api-key"] for _path, headers in site.asked] == [KEY, KEY]
    assert not any(KEY in repr(page.answer) for page in pages)


def test_all_pages_of_a_search_keep_its_beginning() -> None:
    platform = Platform(
        [listing(hit(number(1)), following="B"), listing(video(number(1))), listing(hit(number(2))), listing(video(number(2)))]
    )
    list(youtube.fetch(ask(), platform))
    searches = [asked.parameters for asked in platform.asked if asked.path.endswith("/search")]
    assert [(one["publishedAfter"], one.get("pageToken")) for one in searches] == [
        ("2026-11-16T03:47:00Z", None),
        ("2026-11-16T03:47:00Z", "B"),
    ]


def test_a_run_that_ends_between_list_and_videos_asks_for_no_list_twice() -> None:
    first = [next(iter(youtube.fetch(ask(), Platform([listing(hit())]))))]
    platform = Platform([listing(video()), listing()])
    pages = list(youtube.fetch(ask(cursor=first[-1].cursor), platform))
    assert [asked.path.rpartition("/")[2] for asked in platform.asked] == ["videos", "search"]
    assert [post.external_id for post in pages[0].posts] == [VIDEO]


def test_where_one_page_is_wanted_it_is_one_with_posts() -> None:
    platform = Platform([listing(7, hit(), following="B"), listing(video())])
    (page,) = youtube.fetch(ask(max_pages=1), platform)
    assert ([post.external_id for post in page.posts], [problem.where for problem in page.problems]) == ([VIDEO], ["/items/0"])
    platform = Platform([listing()])
    list(youtube.fetch(ask(max_pages=1, cursor=page.cursor), platform))
    assert platform.asked[0].parameters["pageToken"] == "B"


def test_a_channel_is_read_from_its_uploads_until_they_are_old() -> None:
    uploads = {"contentDetails": {"relatedPlaylists": {"likes": "", "uploads": UPLOADS}}}
    platform = Platform(
        [
            listing({"id": CHANNEL}),
            listing(uploads),
            listing(entry(number(1)), following="B"),
            listing(video(number(1))),
            listing(entry(number(2)), following="C"),
            listing(video(number(2), at="2020-01-01T00:00:00Z")),
        ]
    )
    pages = list(youtube.fetch(ask("@kanal_contoh", "channel"), platform))
    assert [post.external_id for page in pages for post in page.posts] == [number(1), number(2)]
    assert platform.asked[0].parameters == {"part": "id", "forHandle": "@kanal_contoh"}
    assert platform.asked[1].parameters == {"part": "contentDetails", "id": CHANNEL}
    assert [asked.parameters.get("playlistId") for asked in platform.asked[1:]] == [None, UPLOADS, None, UPLOADS, None]
    # Whoever takes the name later is not asked for: the next run names the channel by its id.
    again = Platform([listing(uploads), listing(entry(number(1))), listing(video(number(1)))])
    list(youtube.fetch(ask("@kanal_contoh", "channel", cursor=pages[-1].cursor), again))
    assert again.asked[0].parameters == {"part": "contentDetails", "id": CHANNEL}


def test_the_rest_of_a_long_thread_is_read_after_its_page() -> None:
    other = "UgyContohThread4AaABAg"
    replies = [comment(f"{THREAD}.{place:020d}", parentId=THREAD) for place in range(3)]
    platform = Platform(
        [
            listing(thread(replies=3, shown=(replies[0],)), thread(other, replies=1), following="B"),
            listing(*replies[:2], following="R"),
            listing(replies[2]),
            listing(comment(f"{other}.{1:020d}", parentId=other)),
            listing(thread("UgzContohThread4AaABAg")),
        ]
    )
    pages = list(youtube.fetch(ask(VIDEO, "comments"), platform))
    asked = [(one.parameters.get("parentId"), one.parameters.get("pageToken")) for one in platform.asked]
    assert asked == [(None, None), (THREAD, None), (THREAD, "R"), (other, None), (None, "B")]
    assert len({post.external_id for page in pages for post in page.posts}) == 7
    assert [problem.code for page in pages for problem in page.problems] == []


def test_a_thread_whose_hidden_replies_never_come_is_no_page_that_repeats() -> None:
    shown = comment(REPLY, parentId=THREAD)
    platform = Platform(
        [listing(thread(replies=2, shown=(shown,)), following="B"), listing(shown), listing(thread("UgzContohThread4AaABAg"))]
    )
    pages = list(youtube.fetch(ask(VIDEO, "comments"), platform))
    assert [len(page.posts) for page in pages] == [1, 1, 1]
    assert [problem.code for page in pages for problem in page.problems] == []


def test_old_replies_do_not_end_the_walk_and_old_threads_do() -> None:
    old = "2020-01-01T00:00:00Z"
    first = list(youtube.fetch(ask(VIDEO, "comments"), Platform([listing(thread())])))
    busy, aged = thread("UgyContohThread4AaABAg", replies=1), thread("UgzContohThread4AaABAg")
    aged["snippet"]["topLevelComment"]["snippet"]["publishedAt"] = old
    reply = comment(f"UgyContohThread4AaABAg.{1:020d}", parentId="UgyContohThread4AaABAg", publishedAt=old, updatedAt=old)
    platform = Platform([listing(busy, following="B"), listing(reply), listing(aged, following="C")])
    pages = list(youtube.fetch(ask(VIDEO, "comments", cursor=first[-1].cursor), platform))
    assert [len(page.posts) for page in pages] == [1, 1, 1]
    assert pages[-1].cursor["looks"][VIDEO]["token"] == ""


@settings(max_examples=30)
@given(count=st.integers(0, 30), size=st.integers(1, 7), pages=st.integers(1, 4), faults=st.frozensets(st.integers(0, 30), max_size=8))
def test_nothing_is_lost_however_short_the_runs_and_whatever_fails(count: Any, size: Any, pages: Any, faults: Any) -> None:
    served = [number(place) for place in range(count)]

    def platform(asked: Asked) -> Said:
        if asked.path.endswith("/videos"):
            return listing(*map(video, asked.parameters["id"].split(",")))
        start = int(asked.parameters.get("pageToken", "0"))
        following = str(start + size) if start + size < count else ""
        return listing(*map(hit, served[start : start + size]), following=following)

    found = runs(youtube.fetch, ask(), Platform(failing(platform, faults)), pages=pages)
    assert {post.external_id for page in found for post in page.posts} == set(served)


def test_without_key_or_words_nothing_is_asked() -> None:
    assert refused(credential={}).problem.code == "credential_missing"
    assert refused(query="").problem.code == "bad_query"
    assert refused(query="loker", kind="comments").problem.code == "bad_query"


# --- misbehaviour ---------------------------------------------------------------------------------


def error(status: int, reason: str, *, detail: str = "") -> Said:
    inside: dict[str, Any] = {"code": status, "message": "…", "errors": [{"reason": reason, "domain": "youtube.quota"}]}
    if detail:
        inside["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail}]
    return Said({"error": inside}, status)


MIDNIGHT = 4 * 3600 + 13 * 60 + 300.0  # from 19:47 in California, and five minutes


@pytest.mark.parametrize(
    ("said", "code", "permanent", "wait"),
    [
        (error(403, "quotaExceeded"), "quota", False, MIDNIGHT),
        (error(403, "dailyLimitExceeded"), "quota", False, MIDNIGHT),
        (error(403, "rateLimitExceeded"), "too_many", False, None),
        (error(429, "rateLimitExceeded", detail="RATE_LIMIT_EXCEEDED"), "too_many", False, None),
        (Said(b"", 429, {"Retry-After": "7"}), "too_many", False, 7.0),
        (error(400, "keyInvalid"), "credentials_refused", True, None),
        (error(400, "badRequest", detail="API_KEY_INVALID"), "credentials_refused", True, None),
        (error(403, "accessNotConfigured"), "credentials_refused", True, None),
        (error(403, "entahApa"), "credentials_refused", True, None),
        (error(401, "authError"), "credentials_refused", True, None),
        (error(403, "commentsDisabled"), "not_open", True, None),
        (error(404, "videoNotFound"), "not_found", True, None),
        (error(400, "invalidPageToken"), "client_error", True, None),
        (error(503, "backendError"), "server_error", False, None),
        (Said(b"<html>", 500), "server_error", False, None),
        (Said(b'{"items": [{"id"'), "cut_answer", False, None),
        (Said(HTML), "login_wall", False, None),
        (Said({"error": {"code": 403, "errors": [{"reason": "quotaExceeded"}]}}), "quota", False, MIDNIGHT),
        (Said({"error": {"code": 401}}), "credentials_refused", True, None),
        (Said({"error": {"code": 500}}), "server_error", False, None),
        (Said({"error": "apa saja"}), "shape_changed", False, None),
        (Said({}), "shape_changed", False, None),
        (Said([]), "shape_changed", False, None),
        (Said({"items": {}}), "shape_changed", False, None),
    ],
)
def test_refusals_say_what_they_are_and_whether_to_try_again(said: Any, code: str, permanent: bool, wait: Any) -> None:
    found = refused(said)
    assert (found.problem.code, found.problem.permanent, found.retry_after) == (code, permanent, wait)
    assert found.answer is not None


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), 1 / 60),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), 24),
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), 25),  # the day summer time ends there
        (datetime(2026, 1, 1, 8, 0, tzinfo=UTC), 24),
    ],
)
def test_the_quota_comes_back_at_midnight_in_california(moment: Any, hours: int) -> None:
    assert problems.seconds_to_midnight(moment) == hours * 3600 + 300


def test_a_channel_nobody_knows_is_not_found() -> None:
    assert refused(listing(), query="@tidak_ada", kind="channel").problem.code == "not_found"
    assert youtube.profile("@tidak_ada", ask(), Platform([listing()])) is None
    assert youtube.profile("dua kata", ask(), Platform([])) is None


def test_an_empty_list_with_a_next_one_is_passed() -> None:
    platform = Platform([listing(following="B"), listing(hit()), listing(video())])
    assert [len(page.posts) for page in youtube.fetch(ask(), platform)] == [0, 0, 1]


def test_a_list_that_repeats_ends_the_walk_and_is_told() -> None:
    platform = Platform([listing(hit(), following="B"), listing(video()), listing(hit(), following="C"), listing(video())])
    pages = list(youtube.fetch(ask(), platform))
    assert [problem.code for problem in pages[-1].problems] == ["page_repeats"]


def test_a_token_that_leads_to_itself_ends_the_walk_and_is_told() -> None:
    platform = Platform([listing(following="B"), listing(following="B")])
    pages = list(youtube.fetch(ask(), platform))
    assert [problem.code for problem in pages[-1].problems] == ["page_repeats"]


def test_a_profile_is_what_the_channel_says_of_itself() -> None:
    item = {"id": CHANNEL, "snippet": {"title": "Kanal Contoh", "description": "Penyalur resmi", "customUrl": "@kanal_contoh"}}
    found = youtube.profile(CHANNEL, ask(), Platform([listing(item)]))
    assert found is not None
    assert (found.account, found.name, found.text) == (CHANNEL, "Kanal Contoh", "Penyalur resmi\n@kanal_contoh")
    assert found.url == f"https://www.youtube.com/channel/{CHANNEL}"


@pytest.mark.parametrize(
    ("branding", "told"),
    [
        (
            {"channel": {"description": "Hubungi 0840 5550 1234", "keywords": 'loker "kerja taiwan"', "country": "ID"}},
            'Penyalur resmi\nHubungi 0840 5550 1234\nloker "kerja taiwan"\n@kanal_contoh',
        ),
        ({"channel": {"description": "Penyalur resmi"}}, "Penyalur resmi\n@kanal_contoh"),
        ({"channel": None}, "Penyalur resmi\n@kanal_contoh"),
        ([], "Penyalur resmi\n@kanal_contoh"),
    ],
)
def test_a_profile_holds_what_the_owner_set_for_the_channel(branding: Any, told: str) -> None:
    snippet = {"title": "Kanal Contoh", "description": "Penyalur resmi", "customUrl": "@kanal_contoh"}
    item = {"id": CHANNEL, "snippet": snippet, "brandingSettings": branding}
    found = youtube.profile(CHANNEL, ask(), Platform([listing(item)]))
    assert found is not None
    assert found.text == told


NAMES = (
    "items",
    "kind",
    "id",
    "videoId",
    "snippet",
    "contentDetails",
    "relatedPlaylists",
    "uploads",
    "thumbnails",
    "high",
    "url",
    "title",
    "publishedAt",
    "updatedAt",
    "topLevelComment",
    "replies",
    "comments",
    "totalReplyCount",
    "authorChannelId",
    "value",
    "parentId",
    "nextPageToken",
    "error",
    "errors",
    "reason",
    "code",
    VIDEO,
    THREAD,
    "tags",
)


def _always(said: Said, _asked: Any) -> Said:
    return said


@settings(max_examples=300)
@given(items=st.lists(anything(*NAMES), max_size=3), whole=anything(*NAMES))
def test_json_of_any_shape_ends_in_posts_or_problems(items: Any, whole: Any) -> None:
    inner = [{"id": VIDEO, "contentDetails": one, "snippet": one} for one in items]
    comments = [{"snippet": {"topLevelComment": {"id": THREAD, "snippet": one}, "totalReplyCount": one}, "replies": one} for one in items]
    for kind, query in (("search", "loker"), ("channel", "@kanal"), ("comments", VIDEO)):
        for said in (Said(whole), listing(*items), listing(*inner), listing(*comments)):
            try:
                pages = list(youtube.fetch(ask(query, kind, max_pages=3), Platform(partial(_always, said))))
            except domain.SourceError as found:
                assert found.problem.sentence.id  # noqa: PT017 - either way is fine, both must speak
            else:
                names = [post.external_id.split("/") for page in pages for post in page.posts]
                assert all(shape.VIDEO.fullmatch(name[0]) for name in names)


def test_a_first_walk_over_many_days_still_reaches_where_it_began() -> None:
    first = list(youtube.fetch(ask(max_pages=2), Platform([listing(hit(number(1)), following="B"), listing(video(number(1)))])))
    later = ask(cursor=first[-1].cursor, now=NOW + timedelta(days=5))
    old = video(number(2), at="2026-11-17T00:00:00Z")
    platform = Platform(
        [listing(hit(number(2)), following="C"), listing(old), listing(hit(number(3))), listing(video(number(3))), listing()]
    )
    pages = list(youtube.fetch(later, platform))
    assert [post.external_id for page in pages for post in page.posts] == [number(2), number(3)]
