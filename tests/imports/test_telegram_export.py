"""Telegram Desktop's JSON: identity as on the public page, hidden links, what stays out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import vocabulary
from patrol.imports import shape, telegram_export
from tests.imports import samples


def read(export, name="result.json", **options):
    return samples.read(json.dumps(export) if isinstance(export, dict) else export, name, **options)


def chat(**given):
    return samples.TELEGRAM | given


def test_a_channel_s_message_has_the_identity_of_its_page():
    _service, first, second = read(samples.TELEGRAM)
    assert (first.external_id, first.url) == ("1999000111/7", "https://t.me/c/1999000111/7")
    assert (first.text, first.links, first.edited) == ("Daftar di sini", ("https://daftar.example/a",), True)
    assert first.posted_at == datetime(2026, 11, 12, 7, 5, 33, tzinfo=UTC)
    assert (first.author, first.author_name, first.origin) == ("", "Loker Taiwan Contoh", "Loker Taiwan Contoh")
    assert (second.author, second.author_name, second.reply_to, second.forward_name) == (
        "id:42",
        "Rina",
        "1999000111/7",
        "Kanal Lain",
    )


def test_notices_are_left_out_by_name_and_unknown_fields_are_kept():
    service, _first, second = read(samples.TELEGRAM)
    assert service == shape.Left(telegram_export._LEFT_SERVICE, "message:1")
    assert second.unknown == {"bagian_baru": "{'x': 1}"}


def test_private_talks_come_in_alone_and_stay_out_of_a_whole_account():
    private = chat(type="personal_chat", id=55)
    alone = [item for item in read(private) if isinstance(item, vocabulary.RawPost)]
    assert [post.external_id for post in alone] == ["personal_chat:55/7", "personal_chat:55/8"]
    assert [post.url for post in alone] == ["", ""]
    whole = read({"about": "Here is the data", "chats": {"about": "x", "list": [private, chat()]}})
    assert [type(item).__name__ for item in whole] == ["Left", "Left", "Left", "Left", "RawPost", "RawPost"]
    assert whole[-1].external_id == "1999000111/8"


def test_words_outside_the_text_are_read():
    message = {
        "id": 9, "type": "message", "date_unixtime": "1794467133", "text": "",
        "poll": {"question": "Mau kerja di mana?", "answers": [{"text": "Kamboja"}, {"text": "Taiwan"}]},
        "contact_information": {"first_name": "Agen", "phone_number": "+62 840 1234 5678"},
        "inline_bot_buttons": [[{"type": "url", "text": "Daftar", "data": "https://daftar.example/b"}]],
    }  # fmt: skip
    (post,) = read(chat(messages=[message]))
    assert post.text == "Mau kerja di mana?\nKamboja\nTaiwan\nAgen +62 840 1234 5678\nDaftar"
    assert post.links == ("https://daftar.example/b",)


def test_photos_of_a_zip_are_named():
    export = json.dumps(samples.TELEGRAM)
    packed = samples.archive(**{"ChatExport/result.json": export, "ChatExport/photos/photo_1.jpg": samples.picture()})
    post = samples.read(packed, "ekspor.zip")[1]
    assert post.media == (vocabulary.MediaReference("photo", "attached:ChatExport/photos/photo_1.jpg"),)


def test_a_bad_message_is_named_and_the_next_is_read():
    items = read(chat(messages=[{"type": "message", "text": "tanpa nomor"}, samples.TELEGRAM["messages"][2]]))
    assert [getattr(item, "code", item.locator if hasattr(item, "locator") else "") for item in items] == [
        "bad_message",
        "message:2",
    ]


def test_a_file_that_breaks_off_gives_what_it_has():
    export = json.dumps(samples.TELEGRAM)
    items = read(export[: export.index('"from": "Rina"')])
    assert [type(item).__name__ for item in items] == ["Left", "RawPost", "Problem"]
    assert items[-1].code == "file_broken"


_NAMES = st.sampled_from(sorted(telegram_export._READ))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(max_size=5), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(sorted(telegram_export._READ)), _JSON, max_size=8), max_size=5))
def test_any_messages_give_items(messages):
    export = json.dumps(chat(messages=[{"type": "message"} | message for message in messages]))
    items = list(telegram_export.read(samples.file(export), shape.Options()))
    assert len(items) == len(messages)


@given(st.binary(max_size=200))
def test_any_bytes_give_items(content):
    for item in telegram_export.read(samples.file(b'{"messages":[' + content), shape.Options()):
        assert isinstance(item, vocabulary.Problem | vocabulary.RawPost | shape.Left)


@pytest.mark.parametrize("depth", [10, 5_000])
def test_nesting_without_end_is_no_crash(depth):
    export = (
        '{"name":"x","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","text":'
        + "[" * depth
        + "]" * depth
        + "}]}"
    )
    first = next(telegram_export.read(samples.file(export), shape.Options()))
    assert type(first).__name__ in {
        "Problem",
        "Left",
    }
