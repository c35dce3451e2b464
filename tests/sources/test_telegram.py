from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import telegram
from patrol.sources.transport import http

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
PAGES = Path(__file__).parent / "telegram"
CHANNEL = "1840017733"
CDN = "https://cdn4.telesco.example/file"


def ask(query: str = "loker_seberang", **more: Any) -> domain.Ask:
    given: dict[str, Any] = {"query": query, "cursor": {}, "now": NOW, **more}
    return domain.Ask(**given)


def page_of(client: http.Client, query: str = "loker_seberang") -> domain.Page:
    return next(iter(telegram.fetch(ask(query, max_pages=1), client)))


@pytest.fixture
def page(site: Any, client: Any) -> domain.Page:
    site.serve("/t.me/s/loker_seberang", (PAGES / "a_page_of_every_kind.html").read_bytes())
    return page_of(client())


@pytest.fixture
def posts(page: domain.Page) -> dict[int, domain.RawPost]:
    return {int(post.external_id.partition("/")[2]): post for post in page.posts}


# --- one page of every kind -----------------------------------------------------------------------


def test_posts_come_newest_first_and_service_messages_are_none(page: domain.Page) -> None:
    assert [post.external_id for post in page.posts] == [f"{CHANNEL}/{number}" for number in (14, 13, 12, 11, 10, 9, 8, 7, 5, 4, 3, 2)]


def test_a_text_message_with_all_its_facts(posts: dict[int, domain.RawPost]) -> None:
    assert posts[2] == domain.RawPost(
        platform="telegram",
        external_id=f"{CHANNEL}/2",
        url="https://t.me/loker_seberang/2",
        text="Dibutuhkan operator produksi Taiwan\nGaji NT$ 29.500 & lembur\n\nWA klik di sini 🔥 #lokertaiwan @agen_contoh",
        author="loker_seberang",
        author_name="Mbak Contoh",
        author_id=CHANNEL,
        posted_at=datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
        posted_at_source="2026-11-22T03:10:00+00:00",
        edited=True,
        origin="loker_seberang",
        links=("https://wa.me/6284011223344", "https://t.me/agen_contoh"),
        also=("name:loker_seberang/2",),
        locator="data-post=loker_seberang/2",
        unknown={},
    )


def test_a_forward_names_its_original(posts: dict[int, domain.RawPost]) -> None:
    assert (posts[3].text, posts[3].forward_of, posts[3].forward_name) == (
        "ABK longline, langsung berangkat",
        "name:kerja_kapal/77",
        "Kerja Kapal / Pak Contoh",
    )
    assert (posts[3].author, posts[3].author_name) == ("loker_seberang", "Loker Seberang 🌏")


def test_a_reply_points_to_the_message_and_keeps_its_quoted_text_out(posts: dict[int, domain.RawPost]) -> None:
    assert (posts[4].text, posts[4].reply_to, posts[4].media) == ("Sudah penuh ya kak", f"{CHANNEL}/2", ())


@pytest.mark.parametrize(
    ("number", "text", "media"),
    [
        (5, "Mess dan makan 3x", [("photo", f"{CDN}/brosur-a.jpg"), ("video", f"{CDN}/mess.mp4?token=abc")]),
        (7, "Isi lalu kirim balik\n\nFormulir pendaftaran.pdf\n\n1.2 MB", [("document", "https://t.me/Loker_Seberang/7")]),
        (8, "", [("sticker", f"{CDN}/stiker.webp")]),
        (9, "", [("voice", f"{CDN}/suara.oga")]),
        (10, "Daftar di daftar.contoh.example/isi?id=1\n\nGABUNG GRUP", [("link_preview", f"{CDN}/pratinjau.jpg")]),
        (11, "Mau negara mana?\n- Taiwan\n- Polandia", []),
        (12, "", []),
        (13, "", []),
    ],
)
def test_media_and_words_outside_the_text(posts: dict[int, domain.RawPost], number: int, text: str, media: Any) -> None:
    assert posts[number].text == text
    assert [(reference.kind, reference.url) for reference in posts[number].media] == media
    assert posts[number].unknown == {}


def test_an_album_is_one_message_by_each_of_its_numbers(posts: dict[int, domain.RawPost]) -> None:
    assert posts[5].also == ("name:loker_seberang/5", "name:loker_seberang/6", f"{CHANNEL}/6")
    assert posts[8].also == ("name:loker_seberang/8",)


def test_addresses_of_buttons_previews_and_places_are_kept(posts: dict[int, domain.RawPost]) -> None:
    assert posts[10].links == ("https://daftar.contoh.example/isi?id=1", "https://t.me/+AbCdEfGhIjK")
    assert posts[12].links == ("https://maps.google.com/maps?q=-6.2,106.8&ll=-6.2,106.8&z=16",)


def test_quotes_spoilers_and_code_keep_their_lines(posts: dict[int, domain.RawPost]) -> None:
    assert posts[14].text == "Langkah:\n1. bayar DP\n2. tunggu kabar\nselesai\na   b\n  c"


def test_what_nobody_knows_is_kept_and_told(page: domain.Page, posts: dict[int, domain.RawPost]) -> None:
    assert posts[14].unknown == {
        "class tgme_widget_message_giveaway": "Hadiah 3 orang",
        "attribute data-paid": "12",
        "words beside the time": "pinned",
    }
    assert [(problem.code, problem.where) for problem in page.problems] == [
        ("not_shown", "data-post=loker_seberang/13"),
        ("unknown_field", ""),
    ]
    assert page.problems[1].sentence.en == (
        "Parts of messages are not known yet: attribute data-paid, class tgme_widget_message_giveaway, "
        "words beside the time. They are kept with the message."
    )


def test_the_page_asks_in_english_and_for_the_preview(site: Any, client: Any, page: domain.Page) -> None:
    path, headers = site.asked[0]
    assert (path, headers["accept-language"]) == ("/t.me/s/loker_seberang", "en")
    assert page.answer.final_url == "https://t.me/s/loker_seberang"


# --- one message, changed -------------------------------------------------------------------------


def message(number: int = 5, *, view: str = f'data-peer="c{CHANNEL}_1"', time: str = "2026-11-22T03:10:00+00:00", inside: str = "") -> str:
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="loker_seberang/{number}" '
        f'{view}><div class="tgme_widget_message_text js-message_text">Pesan {number}</div>{inside}'
        f'<a class="tgme_widget_message_date" href="#"><time datetime="{time}">x</time></a></div></div>'
    )


END = b"</section></main>"  # of the messages, and of a page
EMPTY = b'<section class="tgme_channel_history">' + END


def served(site: Any, client: Any, *messages: str, **more: Any) -> domain.Page:
    site.serve("/t.me/s/loker_seberang", "".join(messages).encode() + END)
    return next(iter(telegram.fetch(ask(max_pages=1, **more), client())))


@pytest.mark.parametrize(
    ("time", "posted_at", "codes"),
    [
        ("2026-11-22T10:10:00+07:00", datetime(2026, 11, 22, 3, 10, tzinfo=UTC), []),
        ("2026-11-23T04:40:00+00:00", datetime(2026, 11, 23, 4, 40, tzinfo=UTC), []),
        ("2027-01-01T00:00:00+00:00", datetime(2027, 1, 1, tzinfo=UTC), ["future_time"]),
        ("2026-11-22T03:10:00", None, ["bad_time"]),
        ("kemarin", None, ["bad_time"]),
        ("", None, ["bad_time"]),
        ("0001-01-01T00:00:00+14:00", None, ["bad_time"]),
    ],
)
def test_the_time_is_kept_as_written_and_as_a_moment(site: Any, client: Any, time: str, posted_at: Any, codes: Any) -> None:
    page = served(site, client, message(time=time))
    assert (page.posts[0].posted_at, page.posts[0].posted_at_source) == (posted_at, time)
    assert [problem.code for problem in page.problems] == codes


@pytest.mark.parametrize("view", ["", 'data-view="bukan base64"', 'data-view="e30"', 'data-view="W10"', 'data-peer="x"'])
def test_a_message_without_channel_id_is_kept_under_the_channels_name(site: Any, client: Any, view: str) -> None:
    page = served(site, client, message(view=view))
    assert page.posts[0].external_id == "name:loker_seberang/5"
    assert [(problem.code, problem.where) for problem in page.problems] == [("no_channel_id", "data-post=loker_seberang/5")]
    assert page.cursor["channel"] == ""


def test_its_neighbours_or_the_cursor_lend_the_channel_id(site: Any, client: Any) -> None:
    page = served(site, client, message(4), message(5, view=""))
    assert [post.external_id for post in page.posts] == [f"{CHANNEL}/5", f"{CHANNEL}/4"]
    page = served(site, client, message(5, view=""), cursor={"channel": CHANNEL})
    assert [post.external_id for post in page.posts] == [f"{CHANNEL}/5"]
    assert [problem.code for problem in page.problems] == ["no_channel_id"]


def test_a_message_without_number_is_told_and_the_page_goes_on(site: Any, client: Any) -> None:
    page = served(site, client, '<div class="tgme_widget_message">apa ini</div>', message(5))
    assert [post.external_id for post in page.posts] == [f"{CHANNEL}/5"]
    assert [problem.code for problem in page.problems] == ["unreadable_message"]


def test_a_page_that_is_not_utf8_is_told(site: Any, client: Any) -> None:
    site.serve("/t.me/s/loker_seberang", message(5).replace("Pesan", "Caf\xe9").encode("latin-1") + END)
    page = page_of(client())
    assert page.posts[0].text == "Caf� 5"
    assert [problem.code for problem in page.problems] == ["bad_charset"]


def test_hostile_nesting_is_read(site: Any, client: Any) -> None:
    deep = "<b>" * 3000 + "dalam" + "</b>" * 3000
    page = served(site, client, message(5).replace("Pesan 5", deep))
    assert page.posts[0].text == "dalam"


def test_a_picture_is_named_by_its_number_while_its_address_changes(site: Any, client: Any) -> None:
    def picture(token: str, number: int) -> str:
        style = f"background-image:url('{CDN}/{token}.jpg')"
        return f'<a class="tgme_widget_message_photo_wrap {number} 7_{number}" style="{style}" href="https://t.me/Loker_Seberang/5"></a>'

    files = [
        served(site, client, message(5, inside=picture(token, number))).posts[0].media[0].file
        for token, number in (("aaaa", 5364105133024790525), ("bbbb", 5364105133024790525), ("bbbb", 5364105133024790526))
    ]
    assert files == ["telegram:5364105133024790525"] * 2 + ["telegram:5364105133024790526"]


def test_a_very_long_text_is_kept_whole(site: Any, client: Any) -> None:
    page = served(site, client, message(5).replace("Pesan 5", "x" * 100_000))
    assert len(page.posts[0].text) == 100_000


# --- what is no channel ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fixture", "redirected", "code"),
    [
        ("no_such_channel", True, "channel_not_found"),
        ("a_group_without_preview", True, "no_preview"),
        ("a_login_page", False, "login_wall"),
        ("a_login_page", True, "login_wall"),
    ],
)
def test_an_answer_that_is_no_channel_says_what_it_is(site: Any, client: Any, fixture: str, redirected: bool, code: str) -> None:
    body = (PAGES / f"{fixture}.html").read_bytes()
    if redirected:
        site.serve("/t.me/s/tiada_kanal", status=302, headers={"Location": "https://t.me/tiada_kanal"})
        site.serve("/t.me/tiada_kanal", body)
    else:
        site.serve("/t.me/s/tiada_kanal", body)
    with pytest.raises(domain.SourceError) as caught:
        page_of(client(), "tiada_kanal")
    assert (caught.value.problem.code, caught.value.problem.permanent) == (code, True)
    assert caught.value.answer is not None
    assert caught.value.answer.body == body


@pytest.mark.parametrize("body", [b"", b"<html><body>Just a moment...</body></html>", b"{}", b"\x00\xff"])
def test_a_page_of_another_shape_may_be_tried_again(site: Any, client: Any, body: bytes) -> None:
    site.serve("/t.me/s/loker_seberang", body)
    with pytest.raises(domain.SourceError) as caught:
        page_of(client())
    assert (caught.value.problem.code, caught.value.problem.permanent) == ("unexpected_page", False)


def test_an_empty_channel_is_told_and_claims_nothing(site: Any, client: Any) -> None:
    site.serve("/t.me/s/kanal_sepi", (PAGES / "a_channel_without_posts.html").read_bytes())
    pages = list(telegram.fetch(ask("kanal_sepi"), client()))
    assert [(page.posts, [problem.code for problem in page.problems]) for page in pages] == [((), ["no_posts"])]
    assert (pages[0].cursor["newest"], pages[0].cursor["done"]) == (0, False)


def test_a_missing_page_is_the_clients_refusal(site: Any, client: Any) -> None:
    with pytest.raises(domain.SourceError) as caught:
        page_of(client(), "tiada_kanal")
    assert caught.value.problem.code == "not_found"


# --- paging ---------------------------------------------------------------------------------------


class Channel:
    """t.me in memory: pages of four, oldest first. `spoil` changes an answer on its way."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = set(numbers)
        self.asked: list[int | None] = []
        self.channel = CHANNEL
        self.spoil: Callable[[int | None, domain.RawAnswer], domain.RawAnswer] = lambda _before, answer: answer

    def get(self, url: str, *, headers: object = None) -> domain.RawAnswer:
        before = int(url.partition("?before=")[2]) if "?" in url else None
        self.asked.append(before)
        shown = sorted(number for number in self.numbers if before is None or number < before)[-4:]
        older = [number for number in self.numbers if shown and number < shown[0]]
        more = f'<a class="tme_messages_more" data-before="{shown[0]}"></a>' if older else ""
        peer = f'data-peer="c{self.channel}_1"'
        body = f'<section class="tgme_channel_history">{more}' + "".join(message(n, view=peer) for n in shown)
        answer = domain.RawAnswer(url, url, 200, (url,), (), (), body.encode() + END, NOW, NOW)
        return self.spoil(before, answer)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('<div class="tgme_widget_message_voice_wave bar"><s class="played"></s></div>', set()),
        ('<div class="tgme_widget_message_voice_said">Butuh operator Taiwan</div>', {"class tgme_widget_message_voice_said"}),
    ],
)
def test_what_draws_a_voice_message_is_no_unknown_part_and_words_in_it_are(part: str, told: Any) -> None:
    player = f'<a class="tgme_widget_message_voice_player" href="https://t.me/loker_seberang/5">{part}</a>'
    page = message(5, view=f'data-peer="c{CHANNEL}_1"').replace("</div>", f"{player}</div>", 1)
    body = f'<section class="tgme_channel_history">{page}'.encode() + END
    wire = telegram.read_page(domain.RawAnswer("", "", 200, (), (), (), body, NOW, NOW))
    (post,) = telegram._adapted(wire, "", NOW)[0]
    assert set(post.unknown) == told
    assert [media.kind for media in post.media] == ["voice"]


def run(channel: Channel, cursor: dict[str, Any], *, pages: int = 20, kept: int = 99) -> tuple[list[int], dict[str, Any], list[str]]:
    """One run of which the first `kept` pages are stored: numbers stored, cursor of the last stored page, codes."""
    stored: list[int] = []
    codes: list[str] = []
    for place, page in enumerate(telegram.fetch(ask(cursor=cursor, max_pages=pages), cast("domain.Fetcher", channel))):
        if place == kept:
            break
        stored += [int(post.external_id.partition("/")[2]) for post in page.posts]
        codes += [problem.code for problem in page.problems]
        cursor = dict(page.cursor)
    return stored, cursor, codes


def test_a_first_run_goes_back_to_the_first_message() -> None:
    channel = Channel(*range(1, 11))
    stored, cursor, codes = run(channel, {})
    assert stored == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert channel.asked == [None, 7, 3]
    assert cursor == {"channel": CHANNEL, "newest": 10, "oldest": 1, "done": True, "missing": [], "empty_at": 0}
    assert codes == []


def test_a_quiet_run_reads_the_two_newest_pages_again_for_edits() -> None:
    channel = Channel(*range(1, 21))
    _stored, cursor, _codes = run(channel, {})
    channel.asked.clear()
    stored, again, codes = run(channel, cursor)
    assert channel.asked == [None, 17]
    assert stored == [20, 19, 18, 17, 16, 15, 14, 13]
    assert (again, codes) == (cursor, [])


def test_new_messages_are_fetched_down_to_what_is_stored() -> None:
    channel = Channel(*range(1, 11))
    _stored, cursor, _codes = run(channel, {})
    channel.numbers |= set(range(11, 21))
    channel.asked.clear()
    stored, cursor, _codes = run(channel, cursor)
    assert channel.asked == [None, 17, 13]
    assert set(stored) >= set(range(11, 21))
    assert (cursor["newest"], cursor["done"]) == (20, True)


def test_a_killed_first_run_goes_on_where_it_stopped() -> None:
    channel = Channel(*range(1, 21))
    stored, cursor, _codes = run(channel, {}, kept=2)
    assert (sorted(stored), cursor["missing"], cursor["done"]) == (list(range(13, 21)), [[0, 13]], False)
    channel.asked.clear()
    rest, cursor, _codes = run(channel, cursor)
    assert channel.asked == [None, 17, 13, 9, 5]
    assert set(stored + rest) == set(range(1, 21))
    assert cursor["done"] is True


def test_a_killed_top_up_leaves_a_hole_that_is_known() -> None:
    channel = Channel(*range(1, 11))
    _stored, cursor, _codes = run(channel, {})
    channel.numbers |= set(range(11, 31))
    _stored, cursor, _codes = run(channel, cursor, kept=1)
    assert (cursor["newest"], cursor["missing"]) == (30, [[10, 27]])
    stored, cursor, _codes = run(channel, cursor)
    assert set(stored) >= set(range(11, 27))
    assert cursor["done"] is True


def test_a_run_stops_at_max_pages_and_goes_on_in_the_next() -> None:
    channel = Channel(*range(1, 41))
    stored, cursor, _codes = run(channel, {}, pages=3)
    assert (min(stored), cursor["missing"]) == (29, [[0, 29]])
    for _round in range(9):
        more, cursor, _codes = run(channel, cursor, pages=3)
        stored += more
    assert (set(stored), cursor["done"]) == (set(range(1, 41)), True)
    assert len(channel.asked) == 3 + 7 * 3 + 2 * 2


def test_two_pages_a_run_are_enough_to_get_to_the_end() -> None:
    channel = Channel(*range(1, 21))
    stored: list[int] = []
    cursor: dict[str, Any] = {}
    for _round in range(5):
        more, cursor, _codes = run(channel, cursor, pages=2)
        stored += more
    assert (set(stored), cursor["done"]) == (set(range(1, 21)), True)


def test_a_page_that_repeats_is_told_and_ends_the_run() -> None:
    channel = Channel(*range(1, 21))
    first = channel.get("https://t.me/s/loker_seberang")
    channel.asked.clear()
    channel.spoil = lambda _before, _answer: first
    _stored, cursor, codes = run(channel, {})
    assert channel.asked == [None, 17]
    assert codes == ["page_repeats"]
    assert (cursor["missing"], cursor["done"]) == ([[0, 17]], False)


def test_an_empty_page_is_believed_only_the_second_time() -> None:
    channel = Channel(*range(5, 11))
    _stored, cursor, _codes = run(channel, {})
    assert (channel.asked, cursor["missing"], cursor["empty_at"]) == ([None, 7, 5], [[0, 5]], 5)
    _stored, cursor, _codes = run(channel, cursor)
    assert (cursor["missing"], cursor["empty_at"], cursor["done"]) == ([], 0, True)


def test_a_passing_empty_page_loses_nothing() -> None:
    channel = Channel(*range(1, 21))

    def empty(before: int | None, answer: domain.RawAnswer) -> domain.RawAnswer:
        return replace(answer, body=EMPTY) if before == 13 else answer

    channel.spoil = empty
    stored, cursor, _codes = run(channel, {})
    channel.spoil = lambda _before, answer: answer
    rest, cursor, _codes = run(channel, cursor)
    assert (set(stored + rest), cursor["done"]) == (set(range(1, 21)), True)


@pytest.mark.parametrize("truncated", [True, False], ids=["and said so", "as if it were whole"])
def test_a_page_that_broke_off_claims_only_its_whole_messages(truncated: bool) -> None:
    channel = Channel(*range(1, 21))
    channel.spoil = lambda before, answer: (
        replace(answer, body=answer.body[: answer.body.index(b"Pesan 16") + 4], truncated=truncated) if before == 17 else answer
    )
    stored, cursor, codes = run(channel, {})
    assert (stored, codes) == ([20, 19, 18, 17, 15, 14, 13], ["cut_page"])
    assert cursor["missing"] == [[15, 17], [0, 13]]
    channel.spoil = lambda _before, answer: answer
    rest, cursor, _codes = run(channel, cursor)
    assert (set(stored + rest), cursor["done"]) == (set(range(1, 21)), True)


@pytest.mark.parametrize("before", [None, 17, 5], ids=["newest", "between", "oldest"])
def test_a_page_that_broke_off_between_two_messages_is_not_taken_for_a_whole_one(before: Any) -> None:
    channel = Channel(*range(1, 21))

    def broken(asked: int | None, answer: domain.RawAnswer) -> domain.RawAnswer:
        body = answer.body
        return replace(answer, body=body[: body.rindex(b'<div class="tgme_widget_message_wrap">')]) if asked == before else answer

    channel.spoil = broken
    stored, cursor, codes = run(channel, {})
    assert (codes, cursor["done"]) == (["cut_page"], False)
    assert (before or 21) - 1 not in stored
    channel.spoil = lambda _before, answer: answer
    rest, cursor, codes = run(channel, cursor)
    assert (set(stored + rest), cursor["done"], codes) == (set(range(1, 21)), True, [])


def test_a_page_that_broke_off_before_its_first_message_is_not_an_empty_one() -> None:
    channel = Channel(*range(1, 21))
    broken = EMPTY.removesuffix(END)
    channel.spoil = lambda before, answer: replace(answer, body=broken) if before == 13 else answer
    cursor: dict[str, Any] = {}
    for _ in range(3):
        _stored, cursor, codes = run(channel, cursor)
        assert (codes, cursor["missing"], cursor["empty_at"]) == (["cut_page"], [[0, 13]], 0)


def test_a_page_out_of_order_does_not_hide_what_lies_between() -> None:
    channel = Channel(*range(1, 21))

    def shuffled(before: int | None, answer: domain.RawAnswer) -> domain.RawAnswer:
        peer = f'data-peer="c{CHANNEL}_1"'
        return replace(answer, body=answer.body + message(2, view=peer).encode()) if before is None else answer

    channel.spoil = shuffled
    stored, cursor, _codes = run(channel, {})
    assert (set(stored), cursor["done"]) == (set(range(1, 21)), True)


def test_a_name_that_changed_hands_is_read_from_the_beginning() -> None:
    channel = Channel(*range(1, 41))
    _stored, cursor, _codes = run(channel, {})
    other = Channel(*range(1, 9))
    other.channel = "1999000111"
    stored, cursor, codes = run(other, cursor)
    assert (set(stored), codes) == (set(range(1, 9)), ["channel_changed"])
    assert (cursor["channel"], cursor["newest"], cursor["done"]) == ("1999000111", 8, True)


@pytest.mark.parametrize("cursor", [{"newest": "x"}, {"missing": 7}, {"missing": [[1]]}, {"newest": None}, {"lain": 1}])
def test_a_cursor_that_cannot_be_read_starts_anew(cursor: Any) -> None:
    stored, _cursor, _codes = run(Channel(*range(1, 11)), cursor)
    assert set(stored) == set(range(1, 11))


def test_a_refusal_in_the_middle_leaves_the_pages_before_it() -> None:
    channel = Channel(*range(1, 21))

    def refuse(before: int | None, answer: domain.RawAnswer) -> domain.RawAnswer:
        if before == 13:
            raise domain.SourceError("too_many", domain.Sentence(id="nanti", en="later"), retry_after=60)
        return answer

    channel.spoil = refuse
    pages: list[domain.Page] = []
    with pytest.raises(domain.SourceError):
        pages.extend(telegram.fetch(ask(), cast("domain.Fetcher", channel)))
    assert [page.cursor["missing"] for page in pages] == [[[0, 17]], [[0, 13]]]


@settings(max_examples=60, deadline=None)
def _cut(cuts: Iterator[float], _before: int | None, answer: domain.RawAnswer) -> domain.RawAnswer:
    return broken_off(answer, next(cuts))


@given(st.data())
def test_whatever_happens_a_cursor_claims_no_more_than_is_stored(data: Any) -> None:
    """Channels with holes, new messages between runs, runs killed after any page, answers that break off anywhere."""
    channel, stored = Channel(), set[int]()
    cursor: dict[str, Any] = {}
    for _run in range(data.draw(st.integers(1, 6), "runs")):
        newest = max(channel.numbers, default=0)
        channel.numbers |= data.draw(st.sets(st.integers(newest + 1, newest + 15), max_size=12), "new messages")
        cuts = iter(data.draw(st.lists(st.floats(0.1, 1.5), min_size=6, max_size=6), "where answers break off"))
        channel.spoil = partial(_cut, cuts)
        numbers, cursor, _codes = run(
            channel, cursor, pages=data.draw(st.integers(1, 6), "pages"), kept=data.draw(st.integers(0, 6), "kept")
        )
        stored |= set(numbers)
        holes = [range(low + 1, high) for low, high in cursor.get("missing", ())]
        claimed = {n for n in channel.numbers if n <= cursor.get("newest", 0) and not any(n in hole for hole in holes)}
        assert claimed <= stored
    channel.spoil = lambda _before, answer: answer
    for _run in range(30):
        numbers, cursor, _codes = run(channel, cursor, pages=2)
        stored |= set(numbers)
    assert stored == channel.numbers
    assert cursor["done"] is bool(channel.numbers)


def broken_off(answer: domain.RawAnswer, share: float) -> domain.RawAnswer:
    if share >= 1:
        return answer
    start = answer.body.index(b">") + 1  # the page is recognised; what breaks off are messages
    return replace(answer, body=answer.body[: max(start, int(len(answer.body) * share))], truncated=True)


# --- names and addresses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "external_id"),
    [
        ("https://t.me/Loker_Seberang/5", "name:loker_seberang/5"),
        ("http://t.me/s/loker_seberang/5?before=9", "name:loker_seberang/5"),
        ("https://telegram.me/loker_seberang/5?single", "name:loker_seberang/5"),
        ("https://loker_seberang.t.me/5", "name:loker_seberang/5"),
        ("t.me/loker_seberang/5", "name:loker_seberang/5"),
        ("https://t.me/loker_seberang/12/5", "name:loker_seberang/5"),
        ("https://t.me/c/1840017733/5", "1840017733/5"),
        ("https://t.me/c/1840017733/12/5", "1840017733/5"),
        ("https://t.me/loker_seberang", ""),
        ("https://t.me/s/loker_seberang", ""),
        ("https://t.me/+AbCdEf/5", ""),
        ("https://t.me/joinchat/5", ""),
        ("https://t.me/share/5", ""),
        ("https://t.me/c/bukan/5", ""),
        ("https://kabar.example/t.me/loker_seberang/5", ""),
        ("https://t.me.kabar.example/loker_seberang/5", ""),
        ("ftp://t.me/loker_seberang/5", ""),
        ("https://[t.me/loker_seberang/5", ""),
        ("", ""),
    ],
)
def test_the_identity_behind_an_address(url: str, external_id: str) -> None:
    assert telegram.identity(url) == external_id


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("loker_seberang", "loker_seberang"),
        (" @Loker_Seberang ", "loker_seberang"),
        ("https://t.me/s/Loker_Seberang", "loker_seberang"),
        ("t.me/loker_seberang/77", "loker_seberang"),
        ("https://t.me/+AbCdEfGh", ""),
        ("https://t.me/joinchat/AbCd", ""),
        ("https://kabar.example/loker_seberang", ""),
        ("loker seberang", ""),
        ("abc", ""),
        ("9loker", ""),
        ("", ""),
    ],
)
def test_a_watch_asks_for_the_name_of_a_public_channel(query: str, name: str) -> None:
    assert telegram.channel_name(query) == name
    problem = telegram.check_query(query)
    assert (problem is None) == bool(name)
    if problem is not None:
        assert (problem.code, problem.permanent) == ("bad_query", True)
        with pytest.raises(domain.SourceError):
            next(iter(telegram.fetch(ask(query), cast("domain.Fetcher", Channel(1)))))


# --- what a page covers ---------------------------------------------------------------------------


def covered(channel: Channel, cursor: dict[str, Any] | None = None) -> list[tuple[str, int, int] | None]:
    pages = list(telegram.fetch(ask(cursor=cursor or {}), cast("domain.Fetcher", channel)))
    found = [page.covered for page in pages]
    return [(one.prefix, one.low, one.high) if one else None for one in found]


def test_a_page_covers_all_numbers_down_from_where_it_was_asked() -> None:
    assert covered(Channel(1, 2, 3, 5, 6, 8, 10)) == [(f"{CHANNEL}/", 5, 10), (f"{CHANNEL}/", 1, 4)]


def test_a_deleted_message_lies_in_a_stretch_without_being_served() -> None:
    channel = Channel(*range(1, 9))
    run(channel, {})
    channel.numbers -= {6}
    page = next(iter(telegram.fetch(ask(), cast("domain.Fetcher", channel))))
    assert page.covered == domain.Covered(f"{CHANNEL}/", 4, 8)
    assert f"{CHANNEL}/6" not in {post.external_id for post in page.posts}


def test_the_newest_page_says_nothing_of_what_lies_above_it() -> None:
    """A cache may serve yesterday's page: what was stored above it is not gone."""
    channel = Channel(*range(1, 9))
    _stored, cursor, _codes = run(channel, {})
    channel.numbers -= {7, 8}
    assert covered(channel, cursor)[0] == (f"{CHANNEL}/", 3, 6)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: replace(answer, truncated=True),
        lambda answer: replace(answer, body=answer.body.replace(END, b'<div class="tgme_widget_message ">?</div>' + END)),
        lambda answer: replace(answer, body=answer.body.replace(b"data-peer", b"data-lain")),
        lambda answer: replace(answer, body=EMPTY),
    ],
    ids=["cut", "with a message nobody could read", "without the channel's number", "empty"],
)
def test_a_page_that_leaves_doubt_covers_nothing(spoil: Any) -> None:
    channel = Channel(*range(1, 5))
    channel.spoil = lambda _before, answer: spoil(answer)
    assert set(covered(channel)) == {None}


# --- what a channel says about itself -------------------------------------------------------------

CARD = """<div class="tgme_page"><div class="tgme_page_title"><span dir="auto">Loker  Seberang 🌏</span></div>
<div class="tgme_page_extra">1 234 subscribers</div><div class="tgme_page_description">Info kerja luar negeri<br>Admin:
<a href="https://wa.me/6284011223344">klik</a> &amp; <a href="https://t.me/agen_contoh">@agen_contoh</a></div></div>"""


def test_the_card_of_a_channel_is_its_profile(site: Any, client: Any) -> None:
    site.serve("/t.me/loker_seberang", CARD.encode())
    profile = telegram.profile("Loker_Seberang", ask(), client())
    assert profile is not None
    assert profile == domain.Profile(
        platform="telegram",
        account="loker_seberang",
        name="Loker Seberang 🌏",
        text="Info kerja luar negeri\nAdmin: klik & @agen_contoh",
        links=("https://wa.me/6284011223344", "https://t.me/agen_contoh"),
        url="https://t.me/loker_seberang",
        answer=profile.answer,
    )
    assert profile.answer.body == CARD.encode()


@pytest.mark.parametrize(
    "page",
    [
        b'<div class="tgme_page_description">If you have <b>Telegram</b>, you can contact</div>',
        b'<p class="tgme_page_title">T</p><p class="tgme_page_description"><a class="tgme_username_link">@x</a></p>',
        b"",
        b"\x00\xff<<<",
    ],
)
def test_a_name_nobody_has_has_no_profile(site: Any, client: Any, page: bytes) -> None:
    site.serve("/t.me/loker_seberang", page)
    assert telegram.profile("loker_seberang", ask(), client()) is None


def test_what_is_no_name_is_not_asked_for(site: Any, client: Any) -> None:
    assert telegram.profile("bukan nama!", ask(), client()) is None
    assert site.asked == []
