"""WhatsApp chats: two telephones, two languages, one conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.intake.formats import shape, whatsapp, whatsapp_lines
from tests.intake.formats import samples

CHATS = {
    "android, Indonesian": samples.WHATSAPP_ANDROID_ID,
    "iphone, Indonesian": samples.WHATSAPP_IPHONE_ID,
    "android, English (month first)": samples.WHATSAPP_ANDROID_EN,
}


def posts(items: Iterable[shape.Item]) -> list[domain.RawPost]:
    return [item for item in items if isinstance(item, domain.RawPost)]


def read(content: bytes | str, name: str = "Chat WhatsApp dengan Info Kerja.txt", **options: Any) -> list[shape.Item]:
    return samples.read(content, name, **options)


def test_a_message_keeps_its_lines_its_sender_and_its_time() -> None:
    first = posts(read(samples.WHATSAPP_ANDROID_ID))[0]
    assert first.text == "Dibutuhkan segera CS chat ke Kamboja\ngaji 15 juta, tiket ditanggung\nhubungi: nomor ini"
    assert (first.author, first.author_name, first.origin, first.url) == ("+6284012345678", "", "Info Kerja", "")
    assert first.posted_at == datetime(2026, 11, 12, 7, 5, tzinfo=UTC)  # 14.05 WIB
    assert (first.posted_at_source, first.locator) == ("12/11/26 14.05", "line:3")


@pytest.mark.parametrize("name", CHATS)
def test_every_telephone_tells_the_same_messages_with_the_same_identity(name: str) -> None:
    expected = [(post.external_id, post.text, post.author, post.author_name) for post in posts(read(samples.WHATSAPP_ANDROID_ID))]
    assert [(post.external_id, post.text, post.author, post.author_name) for post in posts(read(CHATS[name]))] == expected


def test_the_same_words_twice_in_a_minute_are_two_messages() -> None:
    ups = [post.external_id for post in posts(read(samples.WHATSAPP_ANDROID_ID)) if post.text == "up"]
    assert len(set(ups)) == 2
    assert ups[1] == f"{ups[0]}-2"


def test_equal_messages_of_minutes_that_run_out_of_order_stay_apart() -> None:
    line = "14/11/26 {at} - Bu Sari: {text}\n"
    late = [line.format(at=at, text="up") for at in ("10.00", "10.01", "10.00", "10.01")]
    assert len({post.external_id for post in posts(read(samples.WHATSAPP_ANDROID_ID + "".join(late)))[-4:]}) == 4


def test_a_text_somebody_sent_in_the_chat_is_not_taken_for_the_chat() -> None:
    packed = samples.archive({"_chat.txt": samples.WHATSAPP_ANDROID_ID, "syarat.txt": "Syarat: KTP"})
    assert len(posts(read(packed, chat="Info Kerja"))) == len(posts(read(samples.WHATSAPP_ANDROID_ID)))
    two = samples.archive({"satu.txt": samples.WHATSAPP_ANDROID_ID, "dua.txt": "Syarat: KTP"})
    with pytest.raises(shape.FileRefusedError):
        read(two, chat="Info Kerja")


def test_a_later_longer_export_meets_the_earlier_one() -> None:
    longer = samples.WHATSAPP_ANDROID_ID + "14/11/26 10.00 - Bu Sari: Masih ada lowongan\n"
    before, after = posts(read(samples.WHATSAPP_ANDROID_ID)), posts(read(longer))
    assert [post.external_id for post in after[:-1]] == [post.external_id for post in before]


def test_the_same_words_in_another_chat_are_another_message() -> None:
    here, there = (posts(read(samples.WHATSAPP_ANDROID_ID, chat=chat))[0].external_id for chat in ("Info Kerja", "Lain"))
    assert here != there


def test_what_whatsapp_writes_itself_is_left_out_by_name() -> None:
    left = Counter(item.kind.en for item in read(samples.WHATSAPP_ANDROID_ID) if isinstance(item, shape.Left))
    assert left == {"notices of WhatsApp (no messages)": 3, "media left out of the export": 1, "deleted messages": 1}


def test_an_edited_message_says_so_and_loses_the_mark() -> None:
    last = posts(read(samples.WHATSAPP_ANDROID_ID))[-1]
    assert (last.text, last.edited) == ("Lowongan Taiwan", True)


def test_pictures_in_the_archive_are_named_and_missing_ones_are_not() -> None:
    chat = samples.WHATSAPP_ANDROID_ID.encode()
    packed = samples.archive({"_chat.txt": chat, "IMG-20261112-WA0001.jpg": samples.picture()})
    lone = samples.archive({"_chat.txt": chat})
    assert posts(read(packed, chat="Info Kerja"))[-1].media == (domain.MediaReference("photo", "attached:IMG-20261112-WA0001.jpg"),)
    assert posts(read(lone, chat="Info Kerja"))[-1].media == (domain.MediaReference("photo", ""),)


@pytest.mark.parametrize(
    ("name", "chat"),
    [
        ("Chat WhatsApp dengan Info Kerja.txt", "Info Kerja"),
        ("Chat WhatsApp dengan Info Kerja (2).zip", "Info Kerja"),
        ("WhatsApp Chat with Info Kerja.txt", "Info Kerja"),
        ("WhatsApp Chat - Info Kerja.zip", "Info Kerja"),
        ("_chat.txt", ""),
        ("unduhan.txt", ""),
    ],
)
def test_the_chat_s_name_stands_in_the_file_s_name(name: str, chat: str) -> None:
    assert whatsapp.chat_name(name) == chat


def test_a_chat_without_a_name_is_asked_for() -> None:
    with pytest.raises(shape.FileRefusedError, match="chat_unnamed"):
        read(samples.WHATSAPP_ANDROID_ID, "_chat.txt")


# --- day and month ----------------------------------------------------------------------------------


def when(post: domain.RawPost) -> datetime:
    assert post.posted_at is not None
    return post.posted_at


def chat_of(*dates: str, clock: str = "14:05") -> str:
    return "".join(f"{date}, {clock} - Bu Sari: pesan {n}\n" for n, date in enumerate(dates))


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        (("03/04/26", "13/04/26"), (2026, 4, 3)),  # the 13th month does not exist
        (("03/04/26", "03/25/26"), (2026, 3, 4)),
        (("03/04/26", "01/05/26"), (2026, 4, 3)),  # as months first the second would be earlier
        (("04/30/26", "05/01/26"), (2026, 4, 30)),
        (("2026/04/03", "2026/04/04"), (2026, 4, 3)),
    ],
)
def test_the_whole_file_decides_which_number_is_the_day(dates: tuple[str, str], day: tuple[int, int, int]) -> None:
    first = posts(read(chat_of(*dates)))[0]
    assert (when(first).year, when(first).month, when(first).day) == day


def test_times_with_a_dot_come_from_an_indonesian_telephone() -> None:
    assert when(posts(read(chat_of("03/04/26", clock="14.05")))[0]).month == 4


def test_what_the_file_does_not_tell_is_asked_and_the_answer_counts() -> None:
    with pytest.raises(shape.FileRefusedError, match="day_order_unknown"):
        read(chat_of("03/04/26", "04/05/26"))
    assert when(posts(read(chat_of("03/04/26", "04/05/26"), order="mdy"))[0]).month == 3


def test_a_date_that_does_not_fit_is_a_bad_row() -> None:
    items = read(chat_of("13/04/26", "14/13/26"), order="dmy")
    assert [item.code for item in items if isinstance(item, domain.Problem)] == ["bad_date"]


@pytest.mark.parametrize(("written", "hour"), [("12:05\u202fAM", 0), ("12:05 PM", 12), ("1:05 pm", 13), ("11:59 p.m.", 23)])
def test_half_days(written: str, hour: int) -> None:
    start = whatsapp_lines.begun(f"11/12/26, {written} - A: b", whatsapp_lines.ANDROID)
    assert start is not None
    assert start.clock[0] == hour


@pytest.mark.parametrize("line", ["11/12/26, 25:00 - A: b", "11/12/26, 13:05 PM - A: b", "11/12/26 - A: b", "halo 11/12/26, 10:00 - A: b"])
def test_lines_that_begin_no_message(line: str) -> None:
    assert whatsapp_lines.begun(line, whatsapp_lines.ANDROID) is None


# --- who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("+62 840-1234-5678", ("+6284012345678", "")),
        ("+60 10-000 1234", ("+60100001234", "")),
        ("0841 0000 1111", ("+6284100001111", "")),
        ("~\u202fDana", ("", "Dana")),
        ("Agen 24 Jam", ("", "Agen 24 Jam")),
    ],
)
def test_a_number_is_the_author_and_a_saved_name_is_not(sender: str, author: tuple[str, str]) -> None:
    assert whatsapp_lines.author_of(sender) == author


@pytest.mark.parametrize(
    "rest",
    [
        'Bu Sari membuat grup "Info: Kerja"',
        'Bu Sari mengubah subjek dari "A: b" menjadi "C: d"',
        'Bu Sari changed the subject from "A: b" to "C: d"',
        'Bu Sari mengganti subjek dari "A: B"',
        "Pesan sementara diaktifkan: 7 hari",
        "Bu Sari memperbarui durasi pesan: pesan baru hilang dalam 24 jam",
        "Anda ditambahkan",
        "+62 841-0000-1111 left",
        "Bu Sari menambahkan +62 840-1234-5678",
        "Kode keamanan Anda dengan Bu Sari berubah.",
    ],
)
def test_notices_are_no_messages(rest: str) -> None:
    assert whatsapp_lines.sender_of(rest) is None


@pytest.mark.parametrize(
    ("rest", "parted"),
    [
        ("Bu Sari: saya keluar dari grup", ("Bu Sari", "saya keluar dari grup")),
        ("Bu Sari: Anda bergabung? hubungi: 1", ("Bu Sari", "Anda bergabung? hubungi: 1")),
        ("Bu Sari: ", ("Bu Sari", "")),
    ],
)
def test_messages_about_such_things_are(rest: str, parted: tuple[str, str]) -> None:
    assert whatsapp_lines.sender_of(rest) == parted


# --- anything at all --------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "12/11/26 14.05 - ",
        "[12/11/26 14.05.33] ",
        "A: ",
        ": ",
        "\n",
        "\u200e",
        "<Media tidak disertakan>",
        " (file terlampir)",
        "x.jpg",
        "99/99/99 99.99 - ",
    ]
)


def test_a_message_is_cut_at_its_limit_on_its_first_line_and_on_a_later_one() -> None:
    long = "x" * (whatsapp.MAX_MESSAGE + 5)
    kept = posts(read(f"22/11/26 09.15 - Siti: {long}\n22/11/26 09.16 - Siti: satu\n{long}\n"))
    assert [len(one.text) for one in kept] == [whatsapp.MAX_MESSAGE - len("Siti: ")] * 2


@pytest.mark.parametrize("filling", [" ", "a • ", "<Pesan ini diedit> ", "<terlampir: ", "dokumen tidak disertakan "])
def test_what_whatsapp_adds_is_looked_for_in_one_pass(filling: str) -> None:
    """A message as long as it may be; gone over anew from each of its places, one costs minutes."""
    text = "x" + filling * (whatsapp.MAX_MESSAGE // len(filling) - 1) + "x"
    assert whatsapp_lines.said(text) == whatsapp_lines.Said(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Loker <Pesan ini diedit>", whatsapp_lines.Said("Loker", edited=True)),
        ("Loker  \n <This message was edited.> \n", whatsapp_lines.Said("Loker", edited=True)),
        ("a.jpg (file attached) <This message was edited>", whatsapp_lines.Said("", ("a.jpg",), edited=True)),
        ("<Pesan ini diedit> Loker", whatsapp_lines.Said("<Pesan ini diedit> Loker")),
        ("surat.pdf • 3 halaman dokumen tidak disertakan", whatsapp_lines.Said("surat.pdf", omitted=True)),
        ("surat • dua • 3 halaman document omitted\nLoker", whatsapp_lines.Said("surat\nLoker", omitted=True)),
        ("surat.pdf • document omitted", whatsapp_lines.Said("surat.pdf • document omitted")),
        ("surat.pdf document omitted", whatsapp_lines.Said("surat.pdf document omitted")),
    ],
)
def test_what_whatsapp_adds_is_taken_out_where_it_stands_at_the_end(text: str, said: whatsapp_lines.Said) -> None:
    assert whatsapp_lines.said(text) == said


@given(st.lists(st.one_of(_PIECES, st.text(max_size=20))).map("".join))
def test_any_text_gives_posts_problems_or_a_refusal(text: str) -> None:
    try:
        items = list(whatsapp.read(samples.file(text, "x.txt"), shape.Options(chat="x", order="dmy")))
    except shape.FileRefusedError:
        return
    ids = [post.external_id for post in posts(items)]
    assert len(ids) == len(set(ids))
    assert all(item.platform == "whatsapp" and item.posted_at for item in posts(items))
