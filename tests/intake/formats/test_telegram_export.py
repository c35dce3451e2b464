"""Telegram Desktop's JSON: identity as on the public page, hidden links, what stays out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.intake.formats import shape, telegram_export
from tests.intake.formats import samples


def read(export: dict[str, Any] | str, name: str = "result.json", **options: Any) -> list[shape.Item]:
    return samples.read(json.dumps(export) if isinstance(export, dict) else export, name, **options)


def chat(**given: Any) -> dict[str, Any]:
    return samples.TELEGRAM | given


def test_a_channel_s_message_has_the_identity_of_its_page() -> None:
    first, second = samples.as_posts(read(samples.TELEGRAM)[1:])
    assert (first.external_id, first.url) == ("1999000111/7", "https://t.me/c/1999000111/7")
    assert (first.text, first.links, first.edited) == ("Daftar di sini", ("https://daftar.example/a",), True)
    assert first.posted_at == datetime(2026, 11, 12, 7, 5, 33, tzinfo=UTC)
    assert (first.author, first.author_name, first.origin) == ("", "Loker Taiwan Contoh", "Loker Taiwan Contoh")
    assert (second.author, second.author_name, second.reply_to, second.forward_name) == ("id:42", "Rina", "1999000111/7", "Kanal Lain")


def test_notices_are_left_out_by_name_and_unknown_fields_are_kept() -> None:
    service, _first, second = read(samples.TELEGRAM)
    assert service == shape.Left(telegram_export._LEFT_SERVICE, "message:1")
    assert samples.as_post(second).unknown == {"bagian_baru": "{'x': 1}"}


def test_private_talks_come_in_alone_and_stay_out_of_a_whole_account() -> None:
    private = chat(type="personal_chat", id=55)
    alone = [item for item in read(private) if isinstance(item, domain.RawPost)]
    assert [post.external_id for post in alone] == ["personal_chat:55/7", "personal_chat:55/8"]
    assert [post.url for post in alone] == ["", ""]
    whole = read({"about": "Here is the data", "chats": {"about": "x", "list": [private, chat()]}})
    assert [type(item).__name__ for item in whole] == ["Left", "Left", "Left", "Left", "RawPost", "RawPost"]
    assert samples.as_post(whole[-1]).external_id == "1999000111/8"


def test_words_outside_the_text_are_read() -> None:
    message = {
        "id": 9,
        "type": "message",
        "date_unixtime": "1794467133",
        "text": "",
        "poll": {"question": "Mau kerja di mana?", "answers": [{"text": "Kamboja"}, {"text": "Taiwan"}]},
        "contact_information": {"first_name": "Agen", "phone_number": "+62 840 1234 5678"},
        "inline_bot_buttons": [[{"type": "url", "text": "Daftar", "data": "https://daftar.example/b"}]],
    }
    (post,) = samples.as_posts(read(chat(messages=[message])))
    assert post.text == "Mau kerja di mana?\nKamboja\nTaiwan\nAgen +62 840 1234 5678\nDaftar"
    assert post.links == ("https://daftar.example/b",)


def test_photos_of_a_zip_are_named() -> None:
    export = json.dumps(samples.TELEGRAM)
    packed = samples.archive({"ChatExport/result.json": export, "ChatExport/photos/photo_1.jpg": samples.picture()})
    post = samples.as_post(samples.read(packed, "ekspor.zip")[1])
    assert post.media == (domain.MediaReference("photo", "attached:ChatExport/photos/photo_1.jpg"),)


def test_a_bad_message_is_named_and_the_next_is_read() -> None:
    items = read(chat(messages=[{"type": "message", "text": "tanpa nomor"}, samples.TELEGRAM["messages"][2]]))
    assert [getattr(item, "code", item.locator if hasattr(item, "locator") else "") for item in items] == ["bad_message", "message:2"]


@pytest.mark.parametrize("number", ["1e3000", "1e999999999", "4711.0", "[4711]"])
def test_a_number_of_a_message_is_never_written_out_from_an_exponent(number: str) -> None:
    """A file of some hundred bytes whose number has a billion digits would be computed at for days."""
    message = '{"id": %s, "type": "message", "date_unixtime": "1794467133", "reply_to_message_id": %s, "text": "Lowongan"}'
    read_as = read(f'{{"name": "K", "type": "public_channel", "id": 1, "messages": [{message % (number, 1)}, {message % (2, number)}]}}')
    assert [(type(one), getattr(one, "code", "")) for one in read_as] == [(domain.Problem, "bad_message")] * 2


def test_a_file_that_breaks_off_gives_what_it_has() -> None:
    export = json.dumps(samples.TELEGRAM)
    items = read(export[: export.index('"from": "Rina"')])
    assert [type(item).__name__ for item in items] == ["Left", "RawPost", "Problem"]
    assert samples.as_problem(items[-1]).code == "file_broken"


_NAMES = st.sampled_from(sorted(telegram_export._READ))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(max_size=5), inner, max_size=5),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(telegram_export._READ)), _JSON, max_size=8), max_size=5))
def test_any_messages_give_items(messages: list[dict[str, Any]]) -> None:
    export = json.dumps(chat(messages=[{"type": "message"} | message for message in messages]))
    items = list(telegram_export.read(samples.file(export), shape.Options()))
    assert len(items) == len(messages)


@given(st.binary(max_size=200))
def test_any_bytes_give_items(content: bytes) -> None:
    for item in telegram_export.read(samples.file(b'{"messages":[' + content), shape.Options()):
        assert isinstance(item, domain.Problem | domain.RawPost | shape.Left)


@pytest.mark.parametrize("depth", [10, 5_000])
def test_nesting_without_end_is_no_crash(depth: int) -> None:
    export = '{"name":"x","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","text":' + "[" * depth + "]" * depth + "}]}"
    first = next(telegram_export.read(samples.file(export), shape.Options()))
    assert type(first).__name__ in {"Problem", "Left"}


def picture(number: int, text: str = "", at: int = 1794467133, **given: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date_unixtime": str(at), "photo": "(File not included.)", "text": text} | given


def posts_of(*messages: dict[str, Any]) -> list[domain.RawPost]:
    return [item for item in read(chat(messages=list(messages))) if isinstance(item, domain.RawPost)]


def test_an_album_is_one_message_by_each_of_its_numbers() -> None:
    (post,) = posts_of(picture(101), picture(102, "Loker Taiwan"), picture(103, edited_unixtime="1794467999"))
    assert (post.external_id, post.also) == ("1999000111/101", ("1999000111/102", "1999000111/103"))
    assert (post.text, post.edited, post.locator) == ("Loker Taiwan", True, "message:1")
    assert post.media == (domain.MediaReference("photo"),) * 3


@pytest.mark.parametrize(
    "second",
    [
        picture(103),  # a number between them is another's, or gone
        picture(102, at=1794467134),
        picture(102, "Yang lain"),
        picture(102, from_id="user7") | {"from": "Lain"},
        picture(102, forwarded_from="Kanal Lain"),
        picture(102, reply_to_message_id=9),
        {"id": 102, "type": "message", "date_unixtime": "1794467133", "text": "Tanpa gambar"},
        {"id": 102, "type": "service", "date_unixtime": "1794467133", "text": ""},
    ],
)
def test_what_telegram_would_show_apart_stays_apart(second: dict[str, Any]) -> None:
    posts = posts_of(picture(101, "Loker Taiwan"), second, picture(200))
    assert all(post.also == () for post in posts)
    assert posts[0].external_id == "1999000111/101"
    assert len(posts) == 2 + (second["type"] == "message")


def test_an_album_has_ten_pictures_at_most() -> None:
    assert [len(post.media) for post in posts_of(*(picture(number) for number in range(101, 124)))] == [10, 10, 3]


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.integers(0, 1)), max_size=25))
def test_however_messages_are_joined_none_is_lost_and_none_is_twice(steps: list[tuple[int, bool, int]]) -> None:
    number, messages = 100, []
    for step, has_text, later in steps:
        number += step
        messages.append(picture(number, "Loker Taiwan" if has_text else "", at=1794467133 + later))
    names = [name for post in posts_of(*messages) for name in (post.external_id, *post.also)]
    assert names == [f"1999000111/{message['id']}" for message in messages]
