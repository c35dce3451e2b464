from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import tiktok
from patrol.sources.tiktok import problems, shape
from tests.sources.played import HTML, NOW, Asked, Platform, Said, anything, failing, runs

KEY, SECRET, TOKEN = "kunci-klien", "rahasia-klien-contoh", "clt.token-contoh"
VIDEO = "7300000000000000001"
PAGE = f"https://www.tiktok.com/@loker_contoh/video/{VIDEO}"
OK = {"code": "ok", "message": "", "log_id": "2026"}
GRANTED = Said({"access_token": TOKEN, "expires_in": 7200, "token_type": "Bearer"})


def ask(query: str = "loker taiwan", kind: str = "search", **more: Any) -> domain.Ask:
    credential = {"client_key": KEY, "client_secret": SECRET}
    return domain.Ask(**{"query": query, "kind": kind, "cursor": {}, "now": NOW, "credential": credential, **more})


def video(number: str | int = VIDEO, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "username": "Loker_Contoh",
        "create_time": 1795316400,
        "region_code": "ID",
        "video_description": "Loker Taiwan #loker",
        "hashtag_names": ["loker", "tkw"],
        "view_count": 9,
    } | more


def videos(*found: Any, cursor: int = 100, more: bool = False, search: str = "72013", **rest: Any) -> Said:
    return Said({"data": {"videos": list(found), "cursor": cursor, "has_more": more, "search_id": search}, "error": OK} | rest)


def comment(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "video_id": int(VIDEO), "text": "minat", "create_time": 1795316500, "parent_comment_id": int(VIDEO)} | more


def comments(*found: Any, cursor: int = 100, more: bool = False) -> Said:
    return Said({"data": {"comments": list(found), "cursor": cursor, "has_more": more}, "error": OK})


def pages(*said: Said, **asked: Any) -> list[domain.Page]:
    return list(tiktok.fetch(ask(**asked), Platform([GRANTED, *said])))


# --- what a video and a comment become ------------------------------------------------------------


def test_a_video_with_all_its_facts() -> None:
    (page,) = pages(videos(video(voice_to_text=" hubungi kami sekarang ")))
    assert page.problems == ()
    assert page.posts == (
        domain.RawPost(
            platform="tiktok",
            external_id=VIDEO,
            url=PAGE,
            text="Loker Taiwan #loker\n\n#tkw\n\n[Suara dalam video, ditulis oleh mesin TikTok]\nhubungi kami sekarang",
            author="loker_contoh",
            posted_at=datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
            posted_at_source="1795316400",
            origin="loker_contoh",
            locator="/data/videos/0",
            unknown={},
        ),
    )
    assert tiktok.identity(page.posts[0].url) == VIDEO


def test_a_number_is_the_same_as_digits_or_as_a_string_and_under_its_older_name() -> None:
    found = [video(int(VIDEO)), {**video(), "id": None, "video_id": VIDEO}]
    assert [post.external_id for post in shape.videos({}, found)[0]] == [VIDEO]


def test_a_comment_stands_under_its_video_without_an_author() -> None:
    (page,) = pages(comments(comment(11), comment(12, parent_comment_id=11)), query=PAGE, kind="comments")
    assert [(post.external_id, post.thread, post.reply_to, post.author) for post in page.posts] == [
        (f"{VIDEO}/11", VIDEO, "", ""),
        (f"{VIDEO}/12", VIDEO, f"{VIDEO}/11", ""),
    ]
    assert [tiktok.identity(post.url) for post in page.posts] == [f"{VIDEO}/11", f"{VIDEO}/12"]


def test_fields_nobody_knows_are_kept_and_told() -> None:
    (page,) = pages(videos(video(shop_link="x"), extra=[1]))
    assert dict(page.posts[0].unknown) == {"shop_link": "x"}
    assert [problem.code for problem in page.problems] == ["unknown_fields"]


def test_an_item_without_number_does_not_cost_the_others() -> None:
    (page,) = pages(videos({"username": "x"}, video(), "apa"))
    assert [post.external_id for post in page.posts] == [VIDEO]
    assert [problem.where for problem in page.problems] == ["/data/videos/0", "/data/videos/2"]


# --- what is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (PAGE, VIDEO),
        (f"tiktok.com/@loker_contoh/video/{VIDEO}?is_from_webapp=1", VIDEO),
        (f"https://www.tiktok.com/@loker_contoh/photo/{VIDEO}", VIDEO),
        (f"https://m.tiktok.com/v/{VIDEO}.html", VIDEO),
        (f"https://www.tiktok.com/embed/v2/{VIDEO}", VIDEO),
        (f"{PAGE}#comment-11", f"{VIDEO}/11"),
        (f"{PAGE}#bagian", VIDEO),
        ("https://vm.tiktok.com/ZSabc123/", ""),
        ("https://vt.tiktok.com/ZSabc123/", ""),
        ("https://www.tiktok.com/@loker_contoh", ""),
        ("https://www.tiktok.com/@loker_contoh/video/bukan", ""),
        (f"https://tiktok.com.jahat.example/@a/video/{VIDEO}", ""),
        ("https://[x", ""),
    ],
)
def test_identity(url: Any, known: Any) -> None:
    assert tiktok.identity(url) == known


@pytest.mark.parametrize(
    ("query", "kind", "fine"),
    [
        ("loker", "search", True),
        ("", "search", True),
        ("#lokertaiwan", "hashtag", True),
        ("dua kata", "hashtag", False),
        ("@Loker.Contoh", "account", True),
        ("https://www.tiktok.com/@loker_contoh?lang=id", "account", True),
        ("https://www.tiktok.com/foryou", "account", False),
        (PAGE, "comments", True),
        ("https://vm.tiktok.com/ZSabc123/", "comments", False),
        ("MY,SG; loker", "place", True),
        ("MY", "place", True),
        ("Johor; loker", "place", False),
        ("1.49,103.74,20km; loker", "place", False),
    ],
)
def test_what_a_watch_may_ask_for(query: Any, kind: str, fine: bool) -> None:
    problem = tiktok.check_query(query, kind)
    assert (problem is None) is fine
    assert fine or (problem is not None and problem.permanent)


@pytest.mark.parametrize(
    ("query", "kind", "words", "wanted"),
    [
        (
            "loker taiwan",
            "search",
            ("abk", "abk"),
            [
                {"operation": "EQ", "field_name": "region_code", "field_values": ["ID"]},
                {"operation": "IN", "field_name": "keyword", "field_values": ["loker taiwan", "abk"]},
            ],
        ),
        (
            "MY,SG; kerja pabrik",
            "place",
            ("abk",),
            [
                {"operation": "IN", "field_name": "region_code", "field_values": ["MY", "SG"]},
                {"operation": "IN", "field_name": "keyword", "field_values": ["kerja pabrik", "abk"]},
            ],
        ),
        (
            "HK",
            "place",
            ("abk",),
            [
                {"operation": "EQ", "field_name": "region_code", "field_values": ["HK"]},
                {"operation": "EQ", "field_name": "keyword", "field_values": ["abk"]},
            ],
        ),
        ("#LokerTaiwan", "hashtag", (), [{"operation": "EQ", "field_name": "hashtag_name", "field_values": ["LokerTaiwan"]}]),
        ("@Loker", "account", (), [{"operation": "EQ", "field_name": "username", "field_values": ["loker"]}]),
    ],
)
def test_a_question_in_tiktoks_words(query: str, kind: str, words: Any, wanted: Any) -> None:
    platform = Platform([GRANTED, videos()])
    list(tiktok.fetch(ask(query, kind, words=words), platform))
    assert platform.asked[1].body == {
        "query": {"and": wanted},
        "start_date": "20261116",
        "end_date": "20261123",
        "max_count": 100,
        "cursor": 0,
    }
    assert platform.asked[1].path == "/v2/research/video/query/"


def test_more_words_than_one_question_takes_are_asked_in_several() -> None:
    asked = tiktok.conditions(ask("", words=tuple(f"kata{place}" for place in range(90))))
    assert [len(conditions[1]["field_values"]) for conditions in asked.values()] == [40, 40, 10]


def test_the_same_words_in_another_country_are_another_search() -> None:
    assert [*tiktok.conditions(ask("MY; loker", "place")), *tiktok.conditions(ask("loker"))] == ["MY; loker", "loker"]


def test_a_country_without_words_is_never_asked_for() -> None:
    platform = Platform([GRANTED])
    with pytest.raises(domain.SourceError) as refused:
        list(tiktok.fetch(ask("MY", "place"), platform))
    assert (refused.value.problem.code, platform.asked) == ("bad_query", [])


def test_the_access_token_is_asked_for_in_private_once_a_run_and_kept_nowhere() -> None:
    platform = Platform([GRANTED, videos(video("9"), more=True), videos(video("8"))])
    found = list(tiktok.fetch(ask(), platform))
    token, *others = platform.asked
    assert (token.path, token.private) == ("/v2/oauth/token/", True)
    assert token.body == {"client_key": KEY, "client_secret": SECRET, "grant_type": "client_credentials"}
    assert [one.headers["Authorization"] for one in others] == [f"Bearer {TOKEN}"] * 2
    assert [one.private for one in others] == [False, False]
    assert not any(secret in str(page.cursor) for page in found for secret in (TOKEN, SECRET))


def test_a_search_goes_on_with_its_cursor_and_number_and_the_same_days() -> None:
    first = list(tiktok.fetch(ask(max_pages=1), Platform([GRANTED, videos(video("9"), more=True)])))
    platform = Platform([GRANTED, videos(video("8")), videos()])
    list(tiktok.fetch(ask(cursor=first[-1].cursor, now=NOW + timedelta(days=2)), platform))
    going_on, anew = (asked.body for asked in platform.asked[1:])
    assert [going_on[name] for name in ("start_date", "end_date", "cursor", "search_id")] == ["20261116", "20261123", 100, "72013"]
    assert [anew[name] for name in ("start_date", "end_date", "cursor")] == ["20261119", "20261125", 0]
    assert "search_id" not in anew


def test_days_are_asked_for_again_for_three_days_since_the_index_is_late() -> None:
    first = pages(videos(video()))
    platform = Platform([GRANTED, videos()])
    list(tiktok.fetch(ask(cursor=first[-1].cursor), platform))
    assert platform.asked[1].body["start_date"] == "20261119"


def test_after_a_long_pause_the_days_between_are_asked_for_in_windows_without_a_hole() -> None:
    first = pages(videos(video()))
    platform = Platform([GRANTED, *[videos() for _window in range(3)]])
    list(tiktok.fetch(ask(cursor=first[-1].cursor, now=NOW + timedelta(days=70)), platform))
    assert [(asked.body["start_date"], asked.body["end_date"]) for asked in platform.asked[1:]] == [
        ("20270102", "20270201"),
        ("20261202", "20270101"),
        ("20261119", "20261201"),
    ]


def test_replies_are_asked_for_by_the_comment() -> None:
    platform = Platform(
        [
            GRANTED,
            comments(comment(11, reply_count=2), comment(12, parent_comment_id=11), comment(13, reply_count=1), more=True),
            comments(comment(12, parent_comment_id=11), more=True, cursor=1),
            comments(comment(14, parent_comment_id=11)),
            comments(comment(15, parent_comment_id=13)),
            comments(comment(16)),
        ]
    )
    found = list(tiktok.fetch(ask(PAGE, "comments"), platform))
    bodies = [asked.body for asked in platform.asked[1:]]
    assert [(body.get("video_id"), body.get("comment_id"), body["cursor"]) for body in bodies] == [
        (int(VIDEO), None, 0),
        (None, 11, 0),
        (None, 11, 1),
        (None, 13, 0),
        (int(VIDEO), None, 100),
    ]
    assert [post.external_id.partition("/")[2] for page in found for post in page.posts] == ["11", "13", "12", "14", "15", "16"]
    assert [problem.code for page in found for problem in page.problems] == []


@settings(max_examples=30)
@given(
    days=st.lists(st.integers(0, 7), max_size=30),
    size=st.integers(1, 7),
    limit=st.integers(1, 4),
    faults=st.frozensets(st.integers(0, 30), max_size=8),
)
def test_nothing_is_lost_in_whatever_order_tiktok_answers(days: Any, size: Any, limit: Any, faults: Any) -> None:
    """Each video stands somewhere in the seven days a first walk asks for."""
    midnight = datetime(2026, 11, 16, tzinfo=UTC)
    served = [video(str(900 + place), create_time=int((midnight + timedelta(days=day)).timestamp())) for place, day in enumerate(days)]

    def platform(asked: Asked) -> Said:
        if asked.private:
            return GRANTED
        start = asked.body["cursor"]
        return videos(*served[start : start + size], cursor=start + size, more=start + size < len(served))

    found = runs(tiktok.fetch, ask(), Platform(failing(platform, faults)), pages=limit)
    assert {post.external_id for page in found for post in page.posts} == {one["id"] for one in served}


def test_without_credential_or_words_nothing_is_asked() -> None:
    for asked, code in (
        (ask(credential={"client_key": KEY}), "credential_missing"),
        (ask(""), "bad_query"),
        (ask("dua kata", "hashtag"), "bad_query"),
    ):
        with pytest.raises(domain.SourceError) as refused:
            list(tiktok.fetch(asked, Platform([])))
        assert (refused.value.problem.code, refused.value.problem.permanent) == (code, True)


# --- misbehaviour ---------------------------------------------------------------------------------


def error(code: str, status: int = 200) -> Said:
    return Said({"data": {}, "error": {"code": code, "message": "…", "log_id": "1"}}, status)


MIDNIGHT = 20 * 3600 + 13 * 60 + 300.0


@pytest.mark.parametrize(
    ("said", "code", "permanent", "wait"),
    [
        (error("daily_quota_limit_exceeded", 429), "quota", False, MIDNIGHT),
        (error("daily_quota_limit_exceeded"), "quota", False, MIDNIGHT),
        (error("rate_limit_exceeded", 429), "too_many", False, None),
        (Said(b"", 429, {"Retry-After": "9"}), "too_many", False, 9.0),
        (error("access_token_invalid", 401), "credentials_refused", True, None),
        (error("scope_not_authorized", 403), "credentials_refused", True, None),
        (error("scope_not_authorized"), "credentials_refused", True, None),
        (Said(b"no", 403), "refused", True, None),
        (error("invalid_params", 400), "client_error", True, None),
        (error("invalid_params"), "client_error", True, None),
        (error("internal_error", 500), "server_error", False, None),
        (error("internal_error"), "server_error", False, None),
        (Said(b"", 502), "server_error", False, None),
        (Said(b'{"data": {"videos": [{'), "cut_answer", False, None),
        (Said(HTML), "login_wall", False, None),
        (Said([]), "shape_changed", False, None),
        (Said({"error": OK}), "shape_changed", False, None),
        (Said({"data": {"videos": {}}, "error": OK}), "shape_changed", False, None),
    ],
)
def test_refusals_say_what_they_are_and_whether_to_try_again(said: Any, code: str, permanent: bool, wait: Any) -> None:
    with pytest.raises(domain.SourceError) as refused:
        pages(said)
    found = refused.value
    assert (found.problem.code, found.problem.permanent, found.retry_after) == (code, permanent, wait)
    assert found.answer is not None


@pytest.mark.parametrize(
    ("said", "code", "permanent"),
    [
        (Said({"error": "invalid_client", "error_description": f"{SECRET} is wrong"}, 401), "credentials_refused", True),
        (Said({"error": "invalid_client"}), "credentials_refused", True),
        (Said({"expires_in": 7200}), "shape_changed", False),
        (Said({"access_token": "dua\nbaris"}), "shape_changed", False),
        (Said({"access_token": {"x": 1}}), "shape_changed", False),
        (Said(HTML), "login_wall", False),
        (Said(b"", 500), "server_error", False),
    ],
)
def test_a_refused_question_for_a_token_shows_nothing_of_its_answer(said: Any, code: str, permanent: bool) -> None:
    with pytest.raises(domain.SourceError) as refused:
        list(tiktok.fetch(ask(), Platform([said])))
    assert (refused.value.problem.code, refused.value.problem.permanent) == (code, permanent)
    assert refused.value.answer is None
    assert SECRET not in str(refused.value)


def test_the_quota_comes_back_at_midnight_utc() -> None:
    assert problems.seconds_to_midnight(datetime(2026, 11, 23, 23, 59, tzinfo=UTC)) == 360
    assert problems.seconds_to_midnight(datetime(2026, 11, 24, 0, 0, tzinfo=UTC)) == 86_700


def test_a_page_short_of_deleted_videos_and_one_without_any_are_passed() -> None:
    found = pages(videos(more=True), videos(video("9"), more=True, cursor=200), videos(video("8"), cursor=300))
    assert [len(page.posts) for page in found] == [0, 1, 1]


def test_a_page_that_repeats_ends_the_walk_and_is_told() -> None:
    found = pages(videos(video(), more=True), videos(video(), more=True, cursor=200))
    assert [problem.code for problem in found[-1].problems] == ["page_repeats"]


def test_a_cursor_that_leads_to_itself_ends_the_walk_and_is_told() -> None:
    found = pages(videos(video("9"), more=True), videos(video("8"), more=True))
    assert [problem.code for problem in found[-1].problems] == ["page_repeats"]


def test_a_profile_is_what_the_account_says_of_itself() -> None:
    user = {"display_name": "Loker Contoh", "bio_description": "WA di bawah", "bio_url": "https://daftar.example", "is_verified": False}
    platform = Platform([GRANTED, Said({"data": user, "error": OK})])
    found = tiktok.profile("@Loker_Contoh", ask(), platform)
    assert found is not None
    assert (found.account, found.name, found.text) == ("loker_contoh", "Loker Contoh", "WA di bawah")
    assert (found.links, found.url) == (("https://daftar.example",), "https://www.tiktok.com/@loker_contoh")
    assert platform.asked[1].body == {"username": "loker_contoh"}


def test_an_account_tiktok_does_not_show_has_no_profile() -> None:
    assert tiktok.profile("tidak_ada", ask(), Platform([GRANTED, error("invalid_params", 400)])) is None
    assert tiktok.profile("tidak_ada", ask(), Platform([GRANTED, Said({"data": {}, "error": OK})])) is None
    assert tiktok.profile("dua kata", ask(), Platform([])) is None


NAMES = (
    "data",
    "videos",
    "comments",
    "cursor",
    "has_more",
    "search_id",
    "error",
    "code",
    "ok",
    "id",
    "video_id",
    "username",
    "create_time",
    "video_description",
    "voice_to_text",
    "hashtag_names",
    "text",
    "reply_count",
    "parent_comment_id",
    "access_token",
    VIDEO,
)


def _granted(said: Said, asked: Any) -> Said:
    return GRANTED if asked.private else said


@settings(max_examples=300)
@given(items=st.lists(anything(*NAMES), max_size=3), whole=anything(*NAMES), cursor=anything(*NAMES))
def test_json_of_any_shape_ends_in_posts_or_problems(items: Any, whole: Any, cursor: Any) -> None:
    listed = {"videos": items, "comments": items, "cursor": cursor, "has_more": True, "search_id": cursor}
    for kind, query in (("search", "loker"), ("comments", PAGE)):
        for said in (Said(whole), Said({"data": whole}), Said({"data": listed, "error": OK}), Said({"data": listed, "error": whole})):
            try:
                platform = Platform(partial(_granted, said))
                found = list(tiktok.fetch(ask(query, kind, max_pages=3), platform))
            except domain.SourceError as refused:
                assert refused.problem.sentence.id  # noqa: PT017 - either way is fine, both must speak
            else:
                numbers = [number for page in found for post in page.posts for number in post.external_id.split("/")]
                assert all(shape.NUMBER.fullmatch(number) for number in numbers)


@given(token=st.text(max_size=30) | st.from_regex(r"\d{8}-\d{8}/-?\d{1,9}/\w{0,5}/\d{8}", fullmatch=True))
def test_a_kept_token_of_any_shape_starts_somewhere(token: Any) -> None:
    key = "loker taiwan"
    cursor = {"looks": {key: {"known": "", "top": "", "token": token}}, "turn": key}
    platform = Platform(lambda asked: GRANTED if asked.private else videos())
    assert all(page.posts == () for page in tiktok.fetch(ask(cursor=cursor, max_pages=3), platform))
