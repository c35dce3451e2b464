from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import x
from patrol.sources.x import shape
from tests.sources.played import HTML, NOW, Asked, Platform, Said, anything, failing, runs

TOKEN = "rahasia-token-contoh"
OFFER = "1992500000000000001"


def ask(query: str = "loker taiwan", kind: str = "search", **more: Any) -> domain.Ask:
    return domain.Ask(**{"query": query, "kind": kind, "cursor": {}, "now": NOW, "credential": {"bearer_token": TOKEN}, **more})


def tweet(number: str = OFFER, text: str = "Loker Taiwan", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "text": text,
        "author_id": "77",
        "created_at": "2026-11-22T03:10:00.000Z",
        "conversation_id": number,
        "edit_history_tweet_ids": [number],
        **more,
    }


AUTHOR = {"id": "77", "username": "Loker_Contoh", "name": "Loker Contoh"}


def answer(*tweets: Any, following: str = "", **more: Any) -> Said:
    meta = {"result_count": len(tweets)} | ({"next_token": following} if following else {})
    return Said({"data": list(tweets), "includes": {"users": [AUTHOR]}, "meta": meta, **more})


def one_page(*said: Said, **asked: Any) -> domain.Page:
    return next(iter(x.fetch(ask(**asked), Platform(said))))


def one_post(said: Said) -> domain.RawPost:
    return one_page(said).posts[0]


# --- what a post becomes --------------------------------------------------------------------------


def test_a_post_with_all_its_facts() -> None:
    said = answer(
        tweet(
            text="Butuh operator &amp; ART https://t.co/a https://t.co/b",
            attachments={"media_keys": ["3_1"], "poll_ids": ["5"]},
            entities={
                "urls": [
                    {"url": "https://t.co/a", "expanded_url": "https://s.example/x", "unwound_url": "https://daftar.example/isi"},
                    {"url": "https://t.co/b", "display_url": "pic.x.com/b", "media_key": "3_1"},
                ]
            },
            public_metrics={"like_count": 3},
        ),
        includes={
            "users": [AUTHOR],
            "media": [{"media_key": "3_1", "type": "photo", "url": "https://cdn.example/a.jpg", "alt_text": "brosur"}],
            "polls": [{"id": "5", "options": [{"position": 1, "label": "Taiwan"}, {"position": 2, "label": "Korea"}]}],
        },
    )
    assert one_page(said).problems == ()
    assert one_post(said) == domain.RawPost(
        platform="x",
        external_id=OFFER,
        url=f"https://x.com/Loker_Contoh/status/{OFFER}",
        text="Butuh operator & ART https://t.co/a https://t.co/b\n- Taiwan\n- Korea",
        author="loker_contoh",
        author_name="Loker Contoh",
        author_id="77",
        posted_at=datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
        posted_at_source="2026-11-22T03:10:00.000Z",
        links=("https://daftar.example/isi",),
        media=(domain.MediaReference("photo", "https://cdn.example/a.jpg", "brosur"),),
        locator="/data/0",
        unknown={},
    )


def test_a_long_post_is_kept_whole_with_its_links() -> None:
    note = {"text": "panjang " * 60, "entities": {"urls": [{"url": "https://t.co/c", "expanded_url": "https://wa.example/1"}]}}
    post = one_post(answer(tweet(text="panjang …", note_tweet=note)))
    assert (post.text, post.links) == ("panjang " * 60, ("https://wa.example/1",))


def test_an_edited_post_keeps_the_identity_of_its_first_version() -> None:
    newer = "1992500000000000009"
    post = one_post(answer(tweet(newer, edit_history_tweet_ids=[OFFER, newer], conversation_id=newer)))
    assert (post.external_id, post.edited, post.also, post.thread) == (OFFER, True, (newer,), "")
    assert x.identity(post.url) in post.also


def test_a_first_version_seen_after_its_edit_is_the_same_post() -> None:
    post = one_post(answer(tweet(OFFER, edit_history_tweet_ids=[OFFER, "1992500000000000009"])))
    assert (post.external_id, post.edited) == (OFFER, False)


def test_a_reply_points_to_what_it_answers_and_to_the_beginning() -> None:
    post = one_post(answer(tweet("20", conversation_id="18", referenced_tweets=[{"type": "replied_to", "id": "19"}])))
    assert (post.reply_to, post.thread) == ("19", "18")


def test_what_an_account_reposts_has_the_words_of_the_original() -> None:
    original = tweet("18", text="Loker lengkap sampai kata terakhir", author_id="78")
    said = answer(
        tweet("20", text="RT @agen: Loker leng…", referenced_tweets=[{"type": "retweeted", "id": "18"}]),
        includes={"users": [AUTHOR, {"id": "78", "username": "agen_contoh"}], "tweets": [original]},
    )
    page = one_page(said)
    assert [(post.text, post.forward_of, post.forward_name, post.author) for post in page.posts] == [
        ("Loker lengkap sampai kata terakhir", "18", "agen_contoh", "loker_contoh")
    ]


def test_a_quoted_post_is_a_post_of_its_own() -> None:
    said = answer(
        tweet("20", text="japri ya", referenced_tweets=[{"type": "quoted", "id": "19"}]),
        includes={"users": [AUTHOR], "tweets": [tweet("19", text="Loker Polandia", edit_history_tweet_ids=["18", "19"])]},
    )
    assert [(post.external_id, post.text, post.forward_of) for post in one_page(said).posts] == [
        ("20", "japri ya", "18"),
        ("18", "Loker Polandia", ""),
    ]


def test_a_video_is_kept_in_its_best_form_with_its_still_picture() -> None:
    variants = [
        {"content_type": "application/x-mpegURL", "url": "https://cdn.example/v.m3u8"},
        {"content_type": "video/mp4", "bit_rate": 256000, "url": "https://cdn.example/low.mp4"},
        {"content_type": "video/mp4", "bit_rate": 832000, "url": "https://cdn.example/high.mp4"},
    ]
    media = [{"media_key": "7_1", "type": "video", "preview_image_url": "https://cdn.example/p.jpg", "variants": variants}]
    said = answer(tweet(attachments={"media_keys": ["7_1", "7_2"]}), includes={"users": [AUTHOR], "media": media})
    assert one_post(said).media == (
        domain.MediaReference("video", "https://cdn.example/high.mp4"),
        domain.MediaReference("photo", "https://cdn.example/p.jpg"),
    )


def test_without_its_account_a_post_keeps_the_accounts_number() -> None:
    post = one_post(answer(tweet(), includes={}))
    assert (post.author, post.url, dict(post.unknown)) == ("", f"https://x.com/i/web/status/{OFFER}", {"author_id": "77"})


def test_fields_nobody_knows_are_kept_and_told() -> None:
    page = one_page(answer(tweet(community_note="x"), sponsor={"name": "y"}))
    assert dict(page.posts[0].unknown) == {"community_note": "x"}
    assert [(problem.code, problem.sentence.en.split(": ")[1]) for problem in page.problems] == [
        ("unknown_fields", "community_note, sponsor. They are kept with the posts.")
    ]


def test_one_post_without_a_number_does_not_cost_the_others() -> None:
    page = one_page(answer({"text": "tanpa nomor"}, tweet(), "bukan apa-apa"))
    assert [post.external_id for post in page.posts] == [OFFER]
    assert [(problem.code, problem.where) for problem in page.problems] == [("unreadable_item", "/data/0"), ("unreadable_item", "/data/2")]


def test_deleted_posts_are_told_as_gone_and_withheld_ones_as_problems() -> None:
    gone = {
        "resource_type": "tweet",
        "resource_id": "19",
        "title": "Not Found Error",
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }
    closed = {
        "resource_type": "tweet",
        "resource_id": "21",
        "title": "Authorization Error",
        "type": "https://api.twitter.com/2/problems/not-authorized-for-resource",
    }
    page = one_page(
        answer(
            tweet(withheld={"country_codes": ["ID"]}), errors=[gone, closed, "x", {"resource_type": "user", "resource_id": "sari_contoh"}]
        )
    )
    assert page.gone == ("19",)  # what X itself says is deleted; a closed post may come back
    assert [(problem.code, problem.where) for problem in page.problems] == [
        ("withheld", "/data/0"),
        ("partial_answer", "21"),
        ("partial_answer", ""),
        ("partial_answer", ""),
    ]


# --- what is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (f"https://x.com/Loker_Contoh/status/{OFFER}", OFFER),
        (f"https://twitter.com/a/status/{OFFER}/photo/1?s=20", OFFER),
        (f"mobile.twitter.com/a/statuses/{OFFER}", OFFER),
        (f"https://x.com/i/web/status/{OFFER}", OFFER),
        (f"https://x.com/i/status/{OFFER}", OFFER),
        ("https://x.com/loker_contoh", ""),
        ("https://x.com/a/status/bukan", ""),
        (f"https://x.com.jahat.example/a/status/{OFFER}", ""),
        (f"https://jahat.example/a/status/{OFFER}", ""),
        (f"ftp://x.com/a/status/{OFFER}", ""),
        ("https://[x.com/a/status/1", ""),
        ("", ""),
    ],
)
def test_identity(url: str, known: Any) -> None:
    assert x.identity(url) == known


@pytest.mark.parametrize(
    ("query", "kind", "fine"),
    [
        ("loker taiwan", "search", True),
        ("", "search", True),
        ("x" * 498, "search", True),
        ("x" * 499, "search", False),
        ("@Loker_Contoh", "account", True),
        ("https://x.com/loker_contoh/", "account", True),
        ("https://x.com/home", "account", False),
        ("dua kata", "account", False),
        ("", "account", False),
        ("-6.3265,108.32,40km", "place", True),
        ("-6.3265,108.32,40.1km", "place", False),
        ("Indramayu; loker taiwan", "place", True),
        ("MY,SG; loker", "place", True),
        ("; loker", "place", False),
        ("MY; " + "x" * 481, "place", True),
        ("MY; " + "x" * 482, "place", False),
    ],
)
def test_what_a_watch_may_ask_for(query: str, kind: str, fine: bool) -> None:
    problem = x.check_query(query, kind)
    assert (problem is None) is fine
    assert fine or (problem is not None and problem.permanent)


def test_words_of_packs_are_asked_for_together_and_never_as_operators() -> None:
    assert x.searches("loker taiwan", ["ABK", "kerja hongkong", "ABK", " ", "from:siapa", 'a "b"', "OR"]) == [
        "(loker taiwan) -is:retweet",
        '(ABK OR (kerja hongkong) OR "from:siapa" OR "a  b" OR "OR") -is:retweet',
    ]


@pytest.mark.parametrize(
    ("query", "words", "searches"),
    [
        ("-6.3265,108.32,20km", (), ["point_radius:[108.32 -6.3265 20km] -is:retweet"]),
        ("Batam Centre; loker", (), ['(loker) place:"Batam Centre" -is:retweet']),
        ("fd70c22040963ac7", (), ["place:fd70c22040963ac7 -is:retweet"]),
        ("MY; loker", ("ABK",), ["(loker) place_country:MY -is:retweet", "(ABK) place_country:MY -is:retweet"]),
        ("MY,SG", ("ABK", "PRT"), ["(ABK OR PRT) (place_country:MY OR place_country:SG) -is:retweet"]),
    ],
)
def test_a_place_is_asked_for_in_the_operators_of_x(query: str, words: Any, searches: Any) -> None:
    platform = Platform(lambda _asked: answer())
    pages = list(x.fetch(ask(query, "place", words=words), platform))
    assert [asked.parameters["query"] for asked in platform.asked] == searches
    assert sorted(pages[-1].cursor["looks"]) == sorted(searches)


def test_a_country_without_words_is_never_asked_for() -> None:
    with pytest.raises(domain.SourceError) as refused:
        list(x.fetch(ask("MY", "place"), Platform([])))
    assert (refused.value.problem.code, refused.value.problem.permanent) == ("bad_query", True)


def test_what_the_plan_does_not_open_is_named() -> None:
    told = (
        "There were errors processing your request: Reference to invalid operator 'point_radius'. "
        "Operator is not available in current product or product packaging."
    )
    body = {
        "errors": [{"parameters": {"query": ["point_radius:[108.32 -6.3265 20km]"]}, "message": told}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    }
    with pytest.raises(domain.SourceError) as refused:
        list(x.fetch(ask("-6.3265,108.32,20km", "place"), Platform([Said(body, 400)])))
    assert (refused.value.problem.code, refused.value.problem.permanent, refused.value.problem.sentence.en) == (
        "not_in_plan",
        True,
        "The X plan of this token does not open point_radius. Change what is asked for, or use the token of a plan that does.",
    )
    other = {**body, "errors": [{"message": "Rules must contain a non-empty value"}]}
    with pytest.raises(domain.SourceError) as refused:
        list(x.fetch(ask(), Platform([Said(other, 400)])))
    assert refused.value.problem.code == "client_error"


@given(st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=100), max_size=40))
def test_every_word_is_asked_for_within_the_length_x_takes(words: Any) -> None:
    found = x.searches("", words)
    assert all(len(search) <= x.LONGEST_QUERY for search in found)
    for word in words:
        plain = word.strip('"').replace('"', " ").strip()
        assert any(plain in search for search in found)


def test_the_token_goes_into_the_header_only() -> None:
    platform = Platform([answer(tweet())])
    list(x.fetch(ask(), platform))
    (asked,) = platform.asked
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in asked.url
    assert asked.path == "/2/tweets/search/recent"
    assert asked.parameters["query"] == "(loker taiwan) -is:retweet"
    assert asked.parameters["start_time"] == "2026-11-16T03:52:00Z"


def test_without_token_or_words_nothing_is_asked() -> None:
    for asked, code in ((ask(credential={}), "credential_missing"), (ask(""), "bad_query")):
        with pytest.raises(domain.SourceError) as refused:
            list(x.fetch(asked, Platform([])))
        assert (refused.value.problem.code, refused.value.problem.permanent) == (code, True)


def test_an_account_is_looked_up_once_and_its_pages_keep_beginning_and_number() -> None:
    platform = Platform(
        [
            Said({"data": {"id": "77", "username": "Loker_Contoh", "name": "Loker"}}),
            answer(tweet("30"), following="b26"),
            answer(tweet("29")),
        ]
    )
    pages = list(x.fetch(ask("@loker_contoh", "account"), platform))
    assert [post.external_id for page in pages for post in page.posts] == ["30", "29"]
    assert [asked.path for asked in platform.asked] == ["/2/users/by/username/loker_contoh", "/2/users/77/tweets", "/2/users/77/tweets"]
    assert [asked.parameters.get("pagination_token") for asked in platform.asked] == [None, None, "b26"]
    assert {asked.parameters.get("start_time") for asked in platform.asked[1:]} == {"2026-10-24T03:47:00Z"}


def test_a_watch_follows_the_account_through_a_change_of_its_name_and_says_so_once() -> None:
    user = Said({"data": {"id": "77", "username": "Loker_Contoh", "name": "Loker"}})
    first = list(x.fetch(ask("@loker_contoh", "account"), Platform([user, answer(tweet("30"))])))
    renamed = answer(tweet("31"), includes={"users": [{**AUTHOR, "username": "Loker_Baru"}]})
    platform = Platform([renamed])
    second = list(x.fetch(ask("@loker_contoh", "account", cursor=first[-1].cursor), platform))
    assert [asked.path for asked in platform.asked] == ["/2/users/77/tweets"]
    assert [problem.code for page in second for problem in page.problems] == ["account_changed"]
    platform = Platform([renamed])
    third = list(x.fetch(ask("@loker_contoh", "account", cursor=second[-1].cursor), platform))
    assert [problem.code for page in third for problem in page.problems] == []


def test_the_next_search_begins_two_hours_before_what_is_known() -> None:
    first = list(x.fetch(ask(), Platform([answer(tweet())])))
    platform = Platform([answer()])
    list(x.fetch(ask(cursor=first[-1].cursor), platform))
    assert platform.asked[0].parameters["start_time"] == "2026-11-22T01:10:00Z"


def test_a_search_that_reaches_no_longer_back_to_what_is_known_says_so() -> None:
    first = list(x.fetch(ask(), Platform([answer(tweet())])))
    later = ask(cursor=first[-1].cursor, now=NOW + timedelta(days=20))
    (page,) = x.fetch(later, Platform([answer()]))
    assert [problem.code for problem in page.problems] == ["beyond_reach"]


@settings(max_examples=30)
@given(count=st.integers(0, 40), size=st.integers(1, 9), pages=st.integers(1, 4), faults=st.frozensets(st.integers(0, 30), max_size=8))
def test_nothing_is_lost_however_short_the_runs_and_whatever_fails(count: Any, size: Any, pages: Any, faults: Any) -> None:
    served = [tweet(str(1000 - place)) for place in range(count)]

    def search(asked: Asked) -> Said:
        start = int(asked.parameters.get("next_token", "0"))
        following = str(start + size) if start + size < count else ""
        return answer(*served[start : start + size], following=following)

    found = runs(x.fetch, ask(), Platform(failing(search, faults)), pages=pages)
    assert {post.external_id for page in found for post in page.posts} == {one["id"] for one in served}


# --- misbehaviour ---------------------------------------------------------------------------------

UNAUTHORIZED = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
CAP = {"title": "UsageCapExceeded", "period": "Monthly", "type": "https://api.twitter.com/2/problems/usage-capped"}
CREDITS = {"title": "CreditsDepleted", "type": "https://api.twitter.com/2/problems/credits"}


@pytest.mark.parametrize(
    ("said", "code", "permanent", "wait"),
    [
        (Said(UNAUTHORIZED, 401), "credentials_refused", True, None),
        (Said(b"no", 403), "refused", True, None),
        (Said(CREDITS, 402), "credits_depleted", True, None),
        (Said(CREDITS, 403), "credits_depleted", True, None),
        (Said(CAP, 429), "quota", False, 86_400.0),
        (Said({"title": "Too Many Requests"}, 429), "too_many", False, None),
        (Said(b"slow down", 429, {"Retry-After": "30"}), "too_many", False, 30.0),
        (Said(b"slow down", 429, {"x-rate-limit-reset": str(int(NOW.timestamp()) + 900)}), "too_many", False, 900.0),
        (Said({}, 429, {"x-rate-limit-reset": "1764041400", "Date": "Tue, 25 Nov 2025 03:20:00 GMT"}), "too_many", False, 600.0),
        (Said({}, 429, {"x-rate-limit-reset": "besok"}), "too_many", False, None),
        (Said({"title": "Internal"}, 503), "server_error", False, None),
        (Said(b'{"data": [{"id": "1"', 200), "cut_answer", False, None),
        (Said(b'{"data": []}', 200, truncated=True), "cut_answer", False, None),
        (Said(HTML), "login_wall", False, None),
        (Said(b"halo"), "not_json", False, None),
        (Said(UNAUTHORIZED), "credentials_refused", True, None),
        (Said({"title": "Too Many Requests", "status": 429}), "too_many", False, None),
        (Said({"title": "Over capacity", "status": 503}), "server_error", False, None),
        (Said({"ok": True}), "shape_changed", False, None),
        (Said([1, 2]), "shape_changed", False, None),
        (Said({"data": {"id": "1"}, "meta": {}}), "shape_changed", False, None),
    ],
)
def test_refusals_say_what_they_are_and_whether_to_try_again(said: Any, code: str, permanent: bool, wait: Any) -> None:
    with pytest.raises(domain.SourceError) as refused:
        list(x.fetch(ask(), Platform([said])))
    error = refused.value
    assert (error.problem.code, error.problem.permanent, error.retry_after) == (code, permanent, wait)
    assert error.answer is not None
    assert TOKEN not in error.problem.sentence.id + error.problem.sentence.en


def test_no_posts_at_all_is_an_answer() -> None:
    assert one_page(Said({"meta": {"result_count": 0}})).posts == ()


def test_an_empty_page_with_a_next_one_is_passed() -> None:
    pages = list(x.fetch(ask(), Platform([Said({"meta": {"result_count": 0, "next_token": "b"}}), answer(tweet())])))
    assert [len(page.posts) for page in pages] == [0, 1]


def test_a_page_that_repeats_ends_the_walk_and_is_told() -> None:
    pages = list(x.fetch(ask(), Platform([answer(tweet(), following="b"), answer(tweet(), following="c")])))
    assert [problem.code for problem in pages[-1].problems] == ["page_repeats"]
    assert pages[-1].cursor["looks"]["(loker taiwan) -is:retweet"]["known"] == ""


def test_a_token_that_leads_to_itself_ends_the_walk_and_is_told() -> None:
    pages = list(x.fetch(ask(), Platform([answer(tweet("9"), following="b"), answer(tweet("8"), following="b")])))
    assert [problem.code for problem in pages[-1].problems] == ["page_repeats"]


def test_an_account_that_is_no_more_is_no_fault_of_the_credential() -> None:
    missing = {"errors": [{"title": "Not Found Error", "type": "https://api.twitter.com/2/problems/resource-not-found"}]}
    with pytest.raises(domain.SourceError) as refused:
        list(x.fetch(ask("@tidak_ada", "account"), Platform([Said(missing)])))
    assert (refused.value.problem.code, refused.value.problem.permanent) == ("not_found", True)
    assert x.profile("tidak_ada", ask(), Platform([Said(missing)])) is None


def test_a_profile_is_what_the_account_says_of_itself() -> None:
    user = {
        "id": "77",
        "username": "Loker_Contoh",
        "name": "Loker Contoh",
        "description": "Resmi &amp; cepat https://t.co/d",
        "location": "Batam",
        "entities": {
            "url": {"urls": [{"url": "https://t.co/u", "expanded_url": "https://loker.example"}]},
            "description": {"urls": [{"url": "https://t.co/d", "expanded_url": "https://daftar.example"}]},
        },
    }
    found = x.profile("@Loker_Contoh", ask(), Platform([Said({"data": user})]))
    assert found is not None
    assert (found.account, found.name, found.text) == ("loker_contoh", "Loker Contoh", "Resmi & cepat https://t.co/d\nBatam")
    assert (found.links, found.url) == (("https://loker.example", "https://daftar.example"), "https://x.com/loker_contoh")


NAMES = (
    "data",
    "includes",
    "meta",
    "errors",
    "users",
    "media",
    "tweets",
    "polls",
    "id",
    "text",
    "author_id",
    "attachments",
    "media_keys",
    "entities",
    "urls",
    "note_tweet",
    "referenced_tweets",
    "type",
    "quoted",
    "edit_history_tweet_ids",
    "next_token",
    "title",
    "status",
    "created_at",
    "variants",
    "12",
    "options",
    "conversation_id",
)


@settings(max_examples=300)
@given(body=anything(*NAMES), data=st.lists(anything(*NAMES), max_size=3))
def test_json_of_any_shape_ends_in_posts_or_problems(body: Any, data: Any) -> None:
    for said in (body, {"data": data, "includes": body, "errors": data}, {"data": [{"id": "1", "entities": one} for one in data]}):
        try:
            pages = list(x.fetch(ask(max_pages=1), Platform([Said(said)])))
        except domain.SourceError as error:
            assert error.problem.sentence.id  # noqa: PT017 - either way is fine, both must speak
        else:
            json.dumps([dict(page.cursor) for page in pages])
            assert all(shape.NUMBER.fullmatch(post.external_id) for page in pages for post in page.posts)
