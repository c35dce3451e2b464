from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import bluesky
from patrol.sources.bluesky import shape
from patrol.sources.shared import refusals

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
POST = json.loads((Path(__file__).parent / "bluesky" / "post.json").read_text())
LOGIN = {"handle": "@kantor.example", "app_password": "abcd-efgh-ijkl-mnop"}
SEARCH, FEED, THREAD = "app.bsky.feed.searchPosts", "app.bsky.feed.getAuthorFeed", "app.bsky.feed.getPostThread"
SESSION, RESOLVE = "com.atproto.server.createSession", "com.atproto.identity.resolveHandle"
DID = "did:plc:agen000contoh"


@dataclass
class Platform:
    """Plays Bluesky, which is not ours: answers by method and cursor, in order where a list is given. Keeps what it was asked."""

    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)  # host, method, parameters
    tokens: list[str] = field(default_factory=list)
    logins: list[tuple[Any, bool]] = field(default_factory=list)

    def serve(self, method: str, body: Any, *, cursor: str = "", status: int = 200, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.setdefault((method, cursor), []).append((status, raw, tuple(headers.items())))

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        parts = urlsplit(url)
        method, parameters = parts.path.removeprefix("/xrpc/"), dict(parse_qsl(parts.query))
        self.asked.append((parts.hostname or "", method, parameters))
        self.tokens.append(headers.get("Authorization", ""))
        return self._answer(url, method, parameters.get("cursor", ""))

    def post(self, url: str, *, json: Any = None, form: Any = None, headers: Any = None, private: bool = False) -> Any:
        self.logins.append((json, private))
        return self._answer(url, urlsplit(url).path.removeprefix("/xrpc/"), "")

    def _answer(self, url: str, method: str, cursor: str) -> domain.RawAnswer:
        queue = self.answers.get((method, cursor)) or [(404, b"", ())]
        status, raw, headers = queue.pop(0) if len(queue) > 1 else queue[0]
        named = tuple((name.replace("_", "-"), value) for name, value in headers)
        return refusals.unless_refused(domain.RawAnswer(url, url, status, (), (), named, raw, NOW, NOW))


@pytest.fixture(autouse=True)
def no_sessions() -> Iterator[None]:
    bluesky._sessions.clear()
    yield
    bluesky._sessions.clear()


@pytest.fixture
def platform() -> Platform:
    platform = Platform()
    platform.serve(SESSION, {"accessJwt": "sesi-rahasia-1", "did": "did:plc:kantor"})
    platform.serve(RESOLVE, {"did": DID})
    return platform


def post(key: str = "a", **record: Any) -> dict[str, Any]:
    made: dict[str, Any] = deepcopy(POST)
    made["uri"] = f"at://did:plc:agen000contoh/app.bsky.feed.post/{key}"
    made["embed"] = None
    made["record"] = {"text": f"Loker {key}", "createdAt": POST["record"]["createdAt"], **record}
    return made


def fetched(platform: Platform, query: str = "loker", kind: str = "search", **more: Any) -> list[domain.Page]:
    more = {"credential": LOGIN, **more}
    return list(bluesky.fetch(domain.Ask(**{"query": query, "cursor": {}, "now": NOW, "kind": kind, **more}), platform))


def refused(platform: Platform, *args: Any, **more: Any) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as raised:
        fetched(platform, *args, **more)
    return raised.value


def keys(pages: list[domain.Page]) -> list[str]:
    return [one.external_id.rpartition("/")[2] for page in pages for one in page.posts]


# --- one post of every kind -----------------------------------------------------------------------


def test_a_post_with_all_its_facts(platform: Platform) -> None:
    platform.serve(SEARCH, {"posts": [POST]})
    (page,) = fetched(platform)
    assert page.posts == (
        domain.RawPost(
            platform="bluesky",
            external_id="at://did:plc:agen000contoh/app.bsky.feed.post/3l2s5xxv2ze2c",
            url="https://bsky.app/profile/agen.contoh.example/post/3l2s5xxv2ze2c",
            text="Lowongan kebun Malaysia, daftar di sini @admin #loker\n\n#tkimalaysia",
            author="agen.contoh.example",
            author_name="Agen Contoh",
            author_id=DID,
            posted_at=datetime(2026, 11, 22, 3, 10, 0, 123000, tzinfo=UTC),
            posted_at_source="2026-11-22T03:10:00.123Z",
            reply_to="at://did:plc:lain/app.bsky.feed.post/induk",
            thread="at://did:plc:lain/app.bsky.feed.post/akar",
            forward_of="at://did:plc:kutip/app.bsky.feed.post/asli",
            forward_name="Yang Dikutip",
            origin="loker",
            links=("https://daftar.example/formulir", "https://bsky.app/profile/did:plc:admin000"),
            media=(domain.MediaReference("photo", "https://berkas.example/brosur", "Brosur: gaji RM 1.700"),),
            also=("at://agen.contoh.example/app.bsky.feed.post/3l2s5xxv2ze2c",),
            locator="[0]",
        ),
    )
    assert page.problems == ()


def adapted(view: Mapping[str, Any], **in_feed: Any) -> domain.RawPost | None:
    return shape.adapt(view, in_feed)


def test_a_card_hides_an_address_and_says_words() -> None:
    card = {"uri": "https://situs.example/l", "title": "Lowongan", "description": "Tanpa biaya", "thumb": "https://berkas.example/k"}
    found = adapted({**post(), "embed": {"$type": "app.bsky.embed.external#view", "external": card}})
    assert found is not None
    assert found.links == ("https://situs.example/l",)
    assert found.media == (domain.MediaReference("link_preview", "https://berkas.example/k", "Lowongan\nTanpa biaya"),)


def test_a_video_says_its_alternative_text() -> None:
    video = {"$type": "app.bsky.embed.video#view", "playlist": "https://video.example/p.m3u8", "alt": "Testimoni"}
    shown = adapted({**post(), "embed": video})
    assert shown is not None
    assert shown.media == (domain.MediaReference("video", "https://video.example/p.m3u8", "Testimoni"),)


def test_a_repost_stands_under_who_reposted_it_and_names_the_original() -> None:
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": {"did": "did:plc:bagi", "handle": "bagi.example"},
        "uri": "at://did:plc:bagi/app.bsky.feed.repost/r1",
        "indexedAt": "2026-11-23T00:00:00Z",
    }
    found = adapted(POST, post=POST, reason=reason)
    assert found is not None
    assert found.external_id == "at://did:plc:bagi/app.bsky.feed.repost/r1"
    assert (found.author, found.author_id) == ("bagi.example", "did:plc:bagi")
    assert (found.forward_of, found.forward_name) == (POST["uri"], "Agen Contoh")
    assert found.posted_at == datetime(2026, 11, 23, tzinfo=UTC)
    assert found.text.startswith("Lowongan kebun")
    assert bluesky.identity(found.url) == ""


@pytest.mark.parametrize(
    ("created", "counts"),
    [
        ("2026-11-22T03:00:00Z", datetime(2026, 11, 22, 3, 0, tzinfo=UTC)),
        ("2031-01-01T00:00:00Z", datetime(2026, 11, 22, 3, 10, 1, tzinfo=UTC)),  # written by the author, seen by the platform
        ("kemarin", datetime(2026, 11, 22, 3, 10, 1, tzinfo=UTC)),
    ],
)
def test_the_time_is_never_later_than_when_the_platform_saw_it(created: str, counts: Any) -> None:
    found = adapted(post(createdAt=created))
    assert found is not None
    assert (found.posted_at, found.posted_at_source) == (counts, created)


def test_a_bridged_post_is_read_whole() -> None:
    original = "<p>Lowongan kebun Malaysia, gaji besar, berangkat minggu depan</p>"
    found = adapted(post(text="Lowongan kebun…", bridgyOriginalText=original, bridgyOriginalUrl="https://asal.example/1"))
    assert found is not None
    assert found.text == "Lowongan kebun Malaysia, gaji besar, berangkat minggu depan"
    assert found.links == ("https://asal.example/1",)


def test_an_account_without_a_handle_is_named_by_its_did() -> None:
    view = post()
    view["author"]["handle"] = "handle.invalid"
    found = adapted(view)
    assert found is not None
    assert (found.author, found.also) == ("did:plc:agen000contoh", ())


def test_what_nobody_knows_is_kept_and_told(platform: Platform) -> None:
    view = {**post(baru=1), "embed": {"$type": "app.bsky.embed.panggung#view", "isi": 1}, "lencana": "x"}
    platform.serve(SEARCH, {"posts": [view]})
    (page,) = fetched(platform)
    assert set(page.posts[0].unknown) == {"record.baru", "embed panggung", "lencana"}
    assert [problem.code for problem in page.problems] == ["unknown_fields"]


# --- addresses and queries ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://bsky.app/profile/Agen.Contoh.example/post/3l2s", "at://agen.contoh.example/app.bsky.feed.post/3l2s"),
        ("https://bsky.app/profile/did:plc:AbC/post/3l2s/", "at://did:plc:AbC/app.bsky.feed.post/3l2s"),
        ("at://did:plc:abc/app.bsky.feed.post/3l2s", "at://did:plc:abc/app.bsky.feed.post/3l2s"),
        ("at://did:plc:abc/app.bsky.feed.like/3l2s", ""),
        ("https://bsky.app/profile/agen.contoh.example", ""),
        ("https://bsky.example/profile/agen.contoh.example/post/3l2s", ""),
        ("https://[kacau", ""),
        ("", ""),
    ],
)
def test_identity_of_an_address(url: str, known: str) -> None:
    assert bluesky.identity(url) == known


def test_a_captured_page_and_a_fetched_post_meet() -> None:
    found = adapted(POST)
    assert found is not None
    assert bluesky.identity("https://bsky.app/profile/agen.contoh.example/post/3l2s5xxv2ze2c") in found.also
    assert bluesky.identity("https://bsky.app/profile/did:plc:agen000contoh/post/3l2s5xxv2ze2c") == found.external_id


@pytest.mark.parametrize(
    ("kind", "query", "usable"),
    [
        ("search", "loker taiwan", True),
        ("search", "", True),
        ("search", "x" * 301, False),
        ("", "loker", True),
        ("hashtag", "#loker", True),
        ("hashtag", "", True),
        ("hashtag", "#!", False),
        ("account", "@agen.example", True),
        ("account", "https://bsky.app/profile/agen.example", True),
        ("account", "did:plc:abc", True),
        ("account", "agen", False),
        ("comments", "https://bsky.app/profile/agen.example/post/3l2s", True),
        ("comments", "agen.example", False),
        ("channel", "loker", False),
    ],
)
def test_what_may_be_asked_for(kind: str, query: str, usable: bool) -> None:
    assert (bluesky.check_query(query, kind) is None) == usable


def test_each_word_of_a_pack_is_searched_for(platform: Platform) -> None:
    platform.serve(SEARCH, {"posts": [post()]})
    fetched(platform, "", words=("loker", "kerja taiwan"))
    fetched(platform, "", "hashtag", words=("kerja taiwan",))
    assert [parameters["q"] for _host, _method, parameters in platform.asked] == ["loker", "kerja taiwan", "#kerjataiwan"]


def test_a_search_without_any_word_is_told(platform: Platform) -> None:
    assert refused(platform, "").problem.code == "bad_query"


# --- session --------------------------------------------------------------------------------------


def test_a_search_logs_in_once_an_hour_and_in_private(platform: Platform) -> None:
    platform.serve(SEARCH, {"posts": []})
    for minutes in (0, 30, 59, 61):
        fetched(platform, now=NOW + timedelta(minutes=minutes))
    login = {"identifier": "kantor.example", "password": "abcd-efgh-ijkl-mnop"}
    assert platform.logins == [(login, True), (login, True)]
    assert set(platform.tokens) == {"Bearer sesi-rahasia-1"}
    assert {host for host, _method, _parameters in platform.asked} == {"bsky.social"}


def test_a_session_that_ended_is_made_anew_once(platform: Platform) -> None:
    platform.serve(SEARCH, {"error": "ExpiredToken", "message": "Token has expired"}, status=400)
    platform.serve(SEARCH, {"posts": [post()]})
    platform.serve(SESSION, {"accessJwt": "sesi-rahasia-2"})
    assert keys(fetched(platform)) == ["a"]
    assert platform.tokens == ["Bearer sesi-rahasia-1", "Bearer sesi-rahasia-2"]


def test_a_session_that_ends_at_once_is_told_and_tried_later(platform: Platform) -> None:
    platform.serve(SEARCH, {"error": "ExpiredToken", "message": "Token has expired"}, status=400)
    error = refused(platform)
    assert (error.problem.code, error.problem.permanent) == ("session_expired", False)


def test_a_password_that_is_refused_stops_the_watch_without_evidence_of_it(platform: Platform) -> None:
    platform.answers.clear()
    platform.serve(SESSION, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, status=401)
    error = refused(platform)
    assert (error.problem.code, error.problem.permanent, error.answer) == ("credentials_refused", True, None)


def test_a_login_without_a_token_leaves_no_evidence_either(platform: Platform) -> None:
    platform.answers.clear()
    platform.serve(SESSION, {"refreshJwt": "rahasia"})
    error = refused(platform)
    assert (error.problem.code, error.answer) == ("shape_changed", None)


def test_a_search_without_credentials_is_told(platform: Platform) -> None:
    error = refused(platform, credential={})
    assert (error.problem.code, platform.asked, platform.logins) == ("credential_missing", [], [])


def test_accounts_are_read_without_an_account_of_ours(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post()}]})
    fetched(platform, "agen.contoh.example", "account")
    assert platform.asked[0][0] == "public.api.bsky.app"
    assert (platform.logins, platform.tokens) == ([], ["", ""])  # whose name it is, and what he posts


# --- pages ----------------------------------------------------------------------------------------


def test_an_accounts_pages_are_followed_by_the_cursor(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}], "cursor": "2026-11-22T03:10:00Z"})
    platform.serve(FEED, {"feed": [{"post": post("b")}]}, cursor="2026-11-22T03:10:00Z")
    assert keys(fetched(platform, "agen.contoh.example", "account")) == ["a", "b"]


def test_a_search_overlaps_its_pages(platform: Platform) -> None:
    platform.serve(SEARCH, {"posts": [post(f"k{number}") for number in range(100)], "cursor": "100"})
    platform.serve(SEARCH, {"posts": [post(f"k{number}") for number in range(90, 105)]}, cursor="90")
    assert len(set(keys(fetched(platform)))) == 105


@pytest.mark.parametrize(("cursor", "found", "asked"), [("100", 100, "90"), ("5", 5, "5"), ("abc::1", 100, "abc::1"), ("", 9, "")])
def test_only_a_cursor_that_counts_is_made_to_overlap(cursor: str, found: int, asked: str) -> None:
    assert bluesky._overlapping(cursor, found) == asked


def test_comments_are_the_post_and_all_below_it_and_what_is_gone(platform: Platform) -> None:
    reply = post("balas", reply={"root": {"uri": POST["uri"]}, "parent": {"uri": POST["uri"]}})
    below: dict[str, Any] = {"post": post("dalam"), "replies": []}
    gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://did:plc:x/app.bsky.feed.post/hilang", "notFound": True}
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": "at://did:plc:x/app.bsky.feed.post/blok", "blocked": True}
    platform.serve("com.atproto.identity.resolveHandle", {"did": "did:plc:agen000contoh"})
    platform.serve(THREAD, {"thread": {"post": POST, "replies": [{"post": reply, "replies": [below]}, gone, blocked]}})
    (page,) = fetched(platform, "https://bsky.app/profile/agen.contoh.example/post/3l2s5xxv2ze2c", "comments")
    assert keys([page]) == ["3l2s5xxv2ze2c", "balas", "dalam"]
    assert page.posts[1].thread == page.posts[1].reply_to == POST["uri"]
    assert page.gone == ("at://did:plc:x/app.bsky.feed.post/hilang",)
    assert page.answered == (reply["uri"], below["post"]["uri"])  # one below the post itself is kept from us
    assert platform.asked[-1][2]["uri"] == POST["uri"]


@pytest.mark.parametrize(
    ("counted", "replies", "whole"),
    [
        (2, ["b", "c"], True),
        (1, ["b", "c"], True),  # the count lags
        (3, ["b", "c"], False),
        (0, [], True),
        (1, [], False),  # as deep as the answer goes
        (None, ["b"], False),
        (2, ["b", None], False),  # blocked: there, but not for us
        (2, ["b", "gone"], True),
    ],
)
def test_a_post_of_which_all_replies_are_shown_is_named(platform: Platform, counted: Any, replies: Any, whole: bool) -> None:
    special = {
        None: {"$type": "app.bsky.feed.defs#blockedPost", "uri": f"at://{DID}/app.bsky.feed.post/x", "blocked": True},
        "gone": {"$type": "app.bsky.feed.defs#notFoundPost", "uri": f"at://{DID}/app.bsky.feed.post/y", "notFound": True},
    }
    nodes = [special.get(key) or {"post": post(key) | {"replyCount": 9}, "replies": []} for key in replies]
    root = post("a") | {"replyCount": counted}
    platform.serve(THREAD, {"thread": {"post": root, "replies": nodes}})
    (page,) = fetched(platform, root["uri"], "comments")
    assert page.answered == ((root["uri"],) if whole else ())


def test_a_post_that_is_gone_is_told_as_gone(platform: Platform) -> None:
    platform.serve(THREAD, {"error": "NotFound", "message": "Post not found"}, status=400)
    (page,) = fetched(platform, POST["uri"], "comments")
    assert (page.gone, [problem.code for problem in page.problems]) == ((POST["uri"],), ["post_gone"])


WATCHED = "https://bsky.app/profile/agen.contoh.example/post/3l2s5xxv2ze2c"


def test_a_post_is_not_gone_because_its_account_changed_its_handle(platform: Platform) -> None:
    platform.serve(THREAD, {"thread": {"post": post("3l2s5xxv2ze2c"), "replies": []}})
    (first,) = fetched(platform, WATCHED, "comments")
    renewed = Platform()  # the name is somebody else's by now
    renewed.serve(RESOLVE, {"did": "did:plc:lain"})
    renewed.serve(THREAD, {"thread": {"post": renamed("3l2s5xxv2ze2c", "agen.baru.example"), "replies": []}})
    (second,) = fetched(renewed, WATCHED, "comments", cursor=first.cursor)
    assert (keys([second]), second.gone) == (["3l2s5xxv2ze2c"], ())
    assert [(method, parameters["uri"]) for _host, method, parameters in renewed.asked] == [
        (THREAD, f"at://{DID}/app.bsky.feed.post/3l2s5xxv2ze2c")
    ]
    assert [problem.code for problem in second.problems] == ["account_changed"]
    renewed.answers.clear()
    renewed.serve(THREAD, {"error": "NotFound", "message": "Post not found"}, status=400)
    (third,) = fetched(renewed, WATCHED, "comments", cursor=second.cursor)
    assert third.gone == (f"at://{DID}/app.bsky.feed.post/3l2s5xxv2ze2c",)
    assert third.cursor == second.cursor


def test_of_a_handle_nobody_has_it_is_not_said_that_its_post_is_gone() -> None:
    platform = Platform()
    platform.serve(RESOLVE, {"error": "InvalidRequest", "message": "Unable to resolve handle"}, status=400)
    assert refused(platform, WATCHED, "comments").problem.code == "not_found"
    assert [method for _host, method, _parameters in platform.asked] == [RESOLVE]


def test_what_an_account_says_of_itself(platform: Platform) -> None:
    body = {"did": "did:plc:a", "handle": "Agen.example", "displayName": "Agen", "description": "WA: https://wa.example/1 resmi"}
    platform.serve("app.bsky.actor.getProfile", {**body, "website": "https://agen.example"})
    ask = domain.Ask("", {}, NOW)
    profile = bluesky.profile("@agen.example", ask, platform)
    assert profile is not None
    assert (profile.account, profile.name, profile.text) == ("agen.example", "Agen", body["description"])
    assert profile.links == ("https://agen.example", "https://wa.example/1")
    gone = Platform()
    gone.serve("app.bsky.actor.getProfile", {"error": "InvalidRequest", "message": "Profile not found"}, status=400)
    assert bluesky.profile("agen.example", ask, gone) is None


# --- answers that misbehave -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry_After": "17"}, 17), ({"RateLimit_Reset": str(int(NOW.timestamp()) + 90)}, 90), ({}, None)]
)
def test_too_many_requests_are_told_with_the_wait(platform: Platform, headers: Any, seconds: Any) -> None:
    platform.serve(SEARCH, {"error": "RateLimitExceeded", "message": "Too Many Requests"}, status=429, **headers)
    error = refused(platform)
    assert (error.problem.code, error.problem.permanent, error.retry_after) == ("too_many", False, seconds)


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        ("server_error", b"<html>502", 502),
        ("server_error", b'{"error": "UpstreamFailure", "message": "x"}', 502),
        ("cut_answer", b'{"posts": [{"uri": ', 200),
        ("login_wall", b"<html><form>masuk", 200),
        ("not_json", b"", 200),
        ("platform_error", b'{"error": "InternalServerError", "message": "x"}', 200),
        ("shape_changed", b'{"hits": []}', 200),
        ("shape_changed", b"[]", 200),
        ("bad_query", b'{"error": "BadQueryString", "message": "x"}', 400),
        ("credentials_refused", b'{"error": "AuthMissing", "message": "x"}', 401),
    ],
)
def test_what_the_platform_says_instead_of_posts(platform: Platform, code: str, body: bytes, status: int) -> None:
    platform.serve(SEARCH, body, status=status)
    error = refused(platform)
    assert error.answer is not None
    assert (error.problem.code, error.answer.body) == (code, body)
    assert error.problem.permanent == (code in {"bad_query", "credentials_refused"})


@pytest.mark.parametrize("message", ["Profile not found", "Actor not found: agen.example"])
def test_an_account_that_is_gone_is_told(platform: Platform, message: str) -> None:
    platform.serve(FEED, {"error": "InvalidRequest", "message": message}, status=400)
    error = refused(platform, "agen.contoh.example", "account")
    assert (error.problem.code, error.problem.permanent) == ("not_found", True)


def test_a_cursor_that_leads_round_is_told(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}], "cursor": "1"})
    platform.serve(FEED, {"feed": [{"post": post("b")}], "cursor": "1"}, cursor="1")
    pages = fetched(platform, "agen.contoh.example", "account")
    assert (keys(pages), [problem.code for page in pages for problem in page.problems]) == (["a", "b"], ["page_repeats"])


def renamed(key: str, handle: str) -> dict[str, Any]:
    made = post(key)
    made["author"]["handle"] = handle
    return made


def test_a_watch_asks_once_whose_name_it_is_and_follows_that_account(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}]})
    pages = fetched(platform, "agen.contoh.example", "account")
    second = fetched(platform, "agen.contoh.example", "account", cursor=pages[-1].cursor)
    methods = [method for _host, method, _parameters in platform.asked]
    assert methods == [RESOLVE, FEED, FEED]
    assert [parameters["actor"] for _host, method, parameters in platform.asked if method == FEED] == [DID, DID]
    assert [problem.code for page in (*pages, *second) for problem in page.problems] == []


def test_a_changed_handle_is_told_once_and_the_account_read_on(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}]})
    pages = fetched(platform, "agen.contoh.example", "account")
    platform.answers.clear()  # the name is free: asked for it, the platform knows nobody
    platform.serve(FEED, {"feed": [{"post": renamed("b", "agen.baru.example")}]})
    second = fetched(platform, "agen.contoh.example", "account", cursor=pages[-1].cursor)
    (told,) = [problem for page in second for problem in page.problems]
    assert (told.code, told.permanent) == ("account_changed", False)
    assert "@agen.contoh.example" in told.sentence.id
    assert "@agen.baru.example" in told.sentence.id
    third = fetched(platform, "agen.contoh.example", "account", cursor=second[-1].cursor)
    assert keys(second) == keys(third) == ["b"]
    assert [problem for page in third for problem in page.problems] == []


def test_a_watch_that_names_another_account_asks_for_that_one(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}]})
    pages = fetched(platform, "agen.contoh.example", "account")
    fetched(platform, "lain.contoh.example", "account", cursor=pages[-1].cursor)
    assert [parameters["handle"] for _host, method, parameters in platform.asked if method == RESOLVE] == [
        "agen.contoh.example",
        "lain.contoh.example",
    ]


@pytest.mark.parametrize("kept", [None, 7, [], {}, {"asked": "agen.contoh.example", "id": "", "name": "x"}, {"id": 5}])
def test_a_cursor_that_names_no_account_asks_again(platform: Platform, kept: Any) -> None:
    platform.serve(FEED, {"feed": [{"post": post("a")}]})
    fetched(platform, "agen.contoh.example", "account", cursor={"account": kept})
    assert [method for _host, method, _parameters in platform.asked] == [RESOLVE, FEED]


def test_who_someone_else_reposts_is_no_change_of_name(platform: Platform) -> None:
    """The feed of an account holds others' posts too."""
    other = renamed("c", "lain.example")
    other["author"]["did"], other["uri"] = "did:plc:lain", "at://did:plc:lain/app.bsky.feed.post/c"
    platform.serve(FEED, {"feed": [{"post": other}, {"post": post("a")}]})
    pages = fetched(platform, "agen.contoh.example", "account")
    assert [problem for page in pages for problem in page.problems] == []


def test_an_empty_page_with_a_cursor_ends_nothing(platform: Platform) -> None:
    platform.serve(FEED, {"feed": [], "cursor": "1"})
    platform.serve(FEED, {"feed": [{"post": post("b")}]}, cursor="1")
    assert keys(fetched(platform, "agen.contoh.example", "account")) == ["b"]


@pytest.mark.parametrize("broken", [None, 7, "x", [], {}, {"uri": "https://x.example"}, {"post": {}}, {"post": None}])
def test_an_item_without_identity_is_told_and_the_page_goes_on(platform: Platform, broken: Any) -> None:
    platform.serve(SEARCH, {"posts": [broken, post()]})
    (page,) = fetched(platform)
    assert [(problem.code, problem.where) for problem in page.problems] == [("unreadable_item", "[0]")]
    assert keys([page]) == ["a"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("$type", "uri", "record", "x")), inner),
    max_leaves=6,
)


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(sorted(POST)), json_values, max_size=4),
    st.dictionaries(st.sampled_from(sorted(POST["record"])), json_values, max_size=4),
)
def test_whatever_stands_in_a_field_nothing_breaks(outer: Any, inner: Any) -> None:
    view = {**POST, "record": {**POST["record"], **inner}, **outer}
    answer = domain.RawAnswer("https://b.example/", "https://b.example/", 200, (), (), (), b"{}", NOW, NOW)
    posts, problems = shape.adapted([view], answer, "x")
    assert len(posts) + sum(problem.code == "unreadable_item" for problem in problems) == 1
