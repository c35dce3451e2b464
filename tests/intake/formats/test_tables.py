"""4CAT's table and tables of anybody: columns, encodings, delimiters, times, and what must not be run as a formula."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, sources
from patrol.intake import formats
from patrol.intake.formats import files, fourcat, joining, rows, shape, table, times
from tests.intake.formats import samples

AT = datetime(2026, 11, 12, 7, 5, 33, tzinfo=UTC)
FOURCAT = (
    "id,thread_id,author,author_full,body,timestamp,unix_timestamp,tiktok_url,thumbnail_url,likes,kolom_baru\n"
    '7400000000000000001,7400000000000000001,loker_contoh,Loker Contoh,"Loker, gaji\nbesar",2026-11-12 07:05:33,1794467133,'
    "https://tiktok.com/@loker_contoh/video/7400000000000000001,https://gambar.example/c.jpg,3,x\n"
    ",,,,tanpa nomor,2026-11-12 07:05:33,,,,,\n"
)


def posts(items: Iterable[shape.Item]) -> list[domain.RawPost]:
    return [item for item in items if isinstance(item, domain.RawPost)]


def codes(items: Iterable[shape.Item]) -> list[str]:
    return [item.code for item in items if isinstance(item, domain.Problem)]


# --- 4CAT -------------------------------------------------------------------------------------------


def test_4cat_rows_and_the_line_each_begins_on() -> None:
    items = samples.read(FOURCAT)
    (post,) = posts(items)
    assert (post.platform, post.external_id, post.locator) == ("tiktok", "7400000000000000001", "line:2")
    assert (post.text, post.author, post.author_name, post.posted_at) == ("Loker, gaji\nbesar", "loker_contoh", "Loker Contoh", AT)
    assert post.media == (domain.MediaReference("photo", "https://gambar.example/c.jpg"),)
    assert post.unknown == {"kolom_baru": "x"}
    assert [(item.code, item.where) for item in items if isinstance(item, domain.Problem)] == [("no_id", "line:4")]


def test_4cat_and_zeeschuimer_of_one_post_meet() -> None:
    (collected,) = samples.as_posts(samples.read(samples.ndjson(samples.tiktok(), platform="tiktok.com")))
    assert posts(samples.read(FOURCAT))[0].external_id == collected.external_id


def test_4cat_without_addresses_asks_for_the_platform() -> None:
    content = "id,thread_id,author,body,timestamp\n123456789,1,a,Loker,2026-11-12 07:05:33\n"
    assert codes(samples.read(content)) == ["no_platform"]
    (post,) = samples.as_posts(samples.read(content, platform="instagram"))
    assert (post.platform, post.external_id, post.posted_at) == ("instagram", "123456789", AT)


# --- any table --------------------------------------------------------------------------------------

PLAIN = "Isi Unggahan;Tanggal;Nama Akun;Tautan\nLoker Taiwan;12/11/2026 14.05.33;@Agen_Contoh;https://www.tiktok.com/@agen_contoh/video/7400000000000000001\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found(encoding: str, sign: str) -> None:
    (post,) = samples.as_posts(samples.read(PLAIN.replace("Loker", "Lokér").replace(";", sign).encode(encoding)))
    assert (post.text, post.author, post.posted_at, post.platform) == ("Lokér Taiwan", "agen_contoh", AT, "tiktok")


@pytest.mark.parametrize(
    ("names", "mapping"),
    [
        (["Teks", "Tautan", "Waktu"], {"text": "Teks", "url": "Tautan", "time": "Waktu"}),
        (
            ["caption", "permalink", "created_at", "username"],
            {"text": "caption", "url": "permalink", "time": "created_at", "author": "username"},
        ),
        (["Isi_Unggahan", "Link-Postingan"], {"text": "Isi_Unggahan", "url": "Link-Postingan"}),
        (["harga", "stok"], {}),
    ],
)
def test_columns_are_proposed_from_their_names(names: list[str], mapping: dict[str, str]) -> None:
    assert table.proposed(names) == mapping


def test_a_row_without_address_is_the_post_its_text_alone_made() -> None:
    before = samples.as_posts(samples.read("teks\nGaji besar\nLamar\n", platform="tiktok"))
    since = samples.as_posts(samples.read("judul;teks;transkrip\nLoker Taiwan;Gaji besar;halo\nLoker;Lamar;\n", platform="tiktok"))
    assert [one.external_id for one in before] == [one.external_id for one in since]
    (spoken,), (other,) = (samples.as_posts(samples.read(f"teks;transkrip\n;{said}\n", platform="tiktok")) for said in ("halo", "hai"))
    assert spoken.external_id != other.external_id


def test_rows_of_one_address_that_differ_in_title_or_speech_only_are_posts_of_their_own() -> None:
    content = (
        "judul;teks;transkrip;tautan\nSatu;Lamar;;https://a.example/b\nDua;Lamar;;https://a.example/b\nDua;Lamar;hai;https://a.example/b\n"
    )
    found = samples.as_posts(samples.read(content))
    assert len({one.external_id for one in found}) == 3
    same = samples.as_posts(samples.read("judul;teks;tautan\nSatu;Lamar;https://a.example/b\nSatu;Lamar;https://a.example/b\n"))
    assert len({one.external_id for one in same}) == 1


def test_title_and_spoken_words_of_a_video_are_read_with_its_text_and_told_apart() -> None:
    content = "judul;teks;transkrip;tautan\nLoker Taiwan;Gaji besar;halo;https://youtu.be/abcdefghijk\nLoker;Loker A;;https://a.example/b\n"
    one, two = samples.as_posts(samples.read(content))
    assert one.text == "Loker Taiwan\n\nGaji besar\n\n[Suara dalam video, dari berkas yang diimpor]\nhalo"
    assert (one.unknown, two.text) == ({}, "Loker A")
    only = "teks,voice_to_text\n,hubungi 0840 5550 7788\n"
    assert samples.as_posts(samples.read(only, platform="tiktok"))[0].text.endswith("hubungi 0840 5550 7788")


def test_a_chosen_mapping_beats_the_proposed_one() -> None:
    content = "teks,catatan,platform\nbukan ini,ini teksnya yang benar,Twitter\n"
    (post,) = samples.as_posts(samples.read(content, columns={"text": "catatan", "platform": "platform"}))
    assert (post.text, post.platform, post.unknown) == ("ini teksnya yang benar", "x", {"teks": "bukan ini"})


def test_a_mapping_to_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(shape.FileRefusedError, match="column_missing"):
        samples.read(PLAIN, columns={"text": "hilang"})
    with pytest.raises(shape.FileRefusedError, match="column_missing"):
        samples.read(PLAIN, columns={"teks": "Tautan"})


def test_a_row_without_address_is_known_by_its_words() -> None:
    content = "teks,waktu,akun\nLoker Taiwan,2026-11-12 14:05,a\nLoker  Taiwan ,2026-11-12 14:05:30,A\nLoker Korea,2026-11-12 14:05,a\n"
    first, same, other = (post.external_id for post in samples.as_posts(samples.read(content, platform="facebook")))
    assert first == same != other
    assert first.startswith("text:")


def test_a_row_s_own_number_is_no_identity() -> None:
    one, two = (posts(samples.read(f"id,teks\n1,{text}\n", platform="facebook"))[0].external_id for text in ("Loker A", "Loker B"))
    assert one != two


def test_the_address_says_the_platform_and_the_identity() -> None:
    content = "teks,url,platform\nLoker,https://example.com.example/a?utm_source=x&b=1#c,Facebook\nLoker,bukan alamat,\n"
    items = samples.read(content)
    (post,) = posts(items)
    assert (post.platform, post.external_id) == ("facebook", "https://example.com.example/a?b=1")
    assert codes(items) == ["bad_url"]


def test_xlsx_dates_long_numbers_and_formulas_are_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([])
    sheet.append(["Teks", "Waktu", "ID Unggahan"])
    sheet.append(['=HYPERLINK("https://x.example")', AT.astimezone(domain.LAW_ZONE).replace(tzinfo=None), 7400000000000000])
    sheet.append(["Loker", 46338.5, None])
    out = io.BytesIO()
    book.save(out)
    first, second = samples.as_posts(samples.read(out.getvalue(), platform="tiktok"))
    assert (first.text, first.posted_at, first.external_id, first.locator) == (
        '=HYPERLINK("https://x.example")',
        AT,
        "7400000000000000",
        "line:3",
    )
    assert second.posted_at == datetime(2026, 11, 12, 5, 0, tzinfo=UTC)


def test_an_object_of_many_empty_ones_is_gone_through_once() -> None:
    """A line as long as one may be: moving up all that wait at each of them costs a minute a line."""
    waiting: dict[str, Any] = {f"a{number}": {} for number in range(files.MAX_LINE // 13)}
    assert rows.flat({"teks": "Loker", **waiting, "akhir": {"dalam": [1, 2]}}) == {"teks": "Loker", "akhir.dalam": "1\n2"}


def test_json_lines_with_objects_inside() -> None:
    content = json.dumps({"isi": "Loker", "pemilik": {"nama": "Agen"}, "tag": ["a", "b"]}) + "\nbukan json\n"
    items = samples.read(content, platform="web", columns={"text": "isi", "author_name": "pemilik.nama"})
    (post,) = posts(items)
    assert (post.text, post.author_name, post.unknown) == ("Loker", "Agen", {"tag": "a\nb"})
    assert codes(items) == ["bad_json"]


def test_rows_that_cannot_be_read_are_named_and_the_rest_goes_in() -> None:
    content = (
        "teks,tautan\nsatu,https://a.example/1\nlebih,https://a.example/2,x,y\ndua,https://a.example/3\n,\n,,\ntiga,https://a.example/4\n"
    )
    items = samples.read(content)
    assert [post.text for post in posts(items)] == ["satu", "dua", "tiga"]
    assert [(item.where, item.code) for item in items if isinstance(item, domain.Problem)] == [("line:3", "too_many_cells")]


def test_an_open_quote_costs_its_own_cell_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_CELL", 60)
    csv.field_size_limit(60)
    try:
        content = 'teks,tautan\n"tidak ditutup,https://a.example/1\n' + "".join(f"kata{n},https://a.example/{n}\n" for n in range(2, 12))
        items = samples.read(content)
    finally:
        csv.field_size_limit(200_000)
    assert codes(items)[0] == "bad_row"
    assert posts(items)[-1].text == "kata11"


OPEN_QUOTE = 'teks,tautan\nsatu,https://a.example/1\n"em\npat",https://a.example/4\n"dua,https://a.example/2\ntiga,https://a.example/3\nlima,https://a.example/5\n'


@pytest.mark.parametrize(("most", "after"), [(20, ["tiga", "lima"]), (0, [])])
def test_a_quote_left_open_to_the_end_is_named_and_the_rest_goes_in(monkeypatch: pytest.MonkeyPatch, most: int, after: Any) -> None:
    monkeypatch.setattr(rows, "MAX_OPEN_QUOTES", most)
    items = samples.read(OPEN_QUOTE)
    assert [post.text for post in posts(items)] == ["satu", "em\npat", *after]
    assert [(item.where, item.code) for item in items if isinstance(item, domain.Problem)] == [("line:5", "bad_row")]
    assert [post.locator for post in posts(items)][2:] == ["line:6", "line:7"][: len(after)]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/groups/lokertaiwan",
        "https://www.instagram.com/agen.contoh/",
        "https://t.me/lokertaiwan",
        "https://www.tiktok.com/@agen.contoh",
        "https://loker.example/",
        "https://loker.example/luar-negeri?hal=1",
    ],
)
def test_rows_under_one_address_of_a_group_profile_or_list_are_posts_of_their_own(address: str) -> None:
    found = posts(samples.read("teks,tautan\n" + "".join(f"Lowongan nomor {n},{address}\n" for n in range(5))))
    assert len({(post.platform, post.external_id) for post in found}) == 5
    again = posts(samples.read("teks,tautan\n" + "".join(f"Lowongan  nomor {n},{address}\n" for n in range(5))))
    assert [post.external_id for post in again] == [post.external_id for post in found]


def test_a_page_whose_rows_say_the_same_is_known_by_its_address() -> None:
    found = posts(samples.read("teks,tautan\n" + "Lowongan,https://loker.example/7\n" * 2))
    assert [post.external_id for post in found] == ["https://loker.example/7"] * 2


def test_the_same_words_under_two_short_links_are_two_posts() -> None:
    content = "teks,tautan\nSama,https://www.facebook.com/share/p/1AbCdEf/\nSama,https://fb.watch/abcdef/\nSama,https://fb.watch/abcdef/\n"
    one, two, three = (post.external_id for post in posts(samples.read(content)))
    assert (one != two, two == three) == (True, True)


def test_a_platform_s_number_counts_where_the_address_is_that_of_a_group() -> None:
    content = "id,teks,tautan\n7412345678901234567,Satu,https://www.facebook.com/groups/loker\n"
    assert [post.external_id for post in posts(samples.read(content))] == ["7412345678901234567"]


def test_a_number_the_spreadsheet_rounded_is_no_identity_and_says_so() -> None:
    book = openpyxl.Workbook()
    for row in (["id", "teks", "platform"], [7412345678901234567.0, "Satu", "tiktok"], [628123456789.0, "Dua", "tiktok"]):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    for content in (out.getvalue(), b"id,teks,platform\n7.41235E+18,Satu,tiktok\n628123456789,Dua,tiktok\n"):
        items = samples.read(content)
        assert codes(items) == ["id_rounded"]
        assert [post.external_id for post in posts(items)] == ["628123456789"]


def test_4cat_saved_again_by_a_spreadsheet_is_still_in_utc() -> None:
    content = "id;thread_id;author;body;timestamp\n7400000000000000001;7400000000000000001;a;Loker;2026-11-12 07:05:33\n"
    assert [post.posted_at for post in posts(samples.read(content, platform="tiktok"))] == [AT]


# --- times ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-12 14:05:33",
        "2026-11-12T07:05:33Z",
        "2026-11-12T07:05:33+00:00",
        "12/11/2026 14.05.33",
        "12/11/26, 2:05:33 PM",
        "12 November 2026 14:05:33",
        "12 Nov 2026, 14:05:33",
        "1794467133",
        "1794467133000",
        "12-11-2026 15:05:33 WITA",
        "Kamis, 12 November 2026 14:05:33",
        "2026-11-12 14.05.33",
        "12-Nov-26 14:05:33",
    ],
)
def test_times_as_tables_write_them(written: str) -> None:
    assert times.parse(written, domain.LAW_ZONE, "dmy") == AT


@pytest.mark.parametrize(
    "written", ["", "kemarin", "2 jam yang lalu", "12", "Senin", "31/02/2026", "2026", "14:05", "x" * 100, "November 2026"]
)
def test_what_is_no_whole_time_is_none(written: str) -> None:
    assert times.parse(written, domain.LAW_ZONE, "dmy") is None


def test_month_first_where_it_is_chosen() -> None:
    assert times.parse("03/04/2026", UTC, "mdy") == datetime(2026, 3, 4, tzinfo=UTC)
    assert times.parse("03/04/2026", UTC, "dmy") == datetime(2026, 4, 3, tzinfo=UTC)


# --- what a file is, and what it must not be ---------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.WHATSAPP_ANDROID_ID, "whatsapp"),
        (samples.WHATSAPP_IPHONE_ID, "whatsapp"),
        (json.dumps(samples.TELEGRAM), "telegram"),
        (json.dumps(samples.TELEGRAM, indent=1), "telegram"),
        (samples.ndjson(samples.tiktok(), platform="tiktok.com"), "zeeschuimer"),
        (FOURCAT, "4cat"),
        (PLAIN, "table"),
        (json.dumps({"teks": "a"}) + "\n" + json.dumps({"teks": "b"}), "table"),
    ],
)
@pytest.mark.parametrize("called", ["", "x.csv", "result.json", "Chat WhatsApp dengan A.txt"])
def test_a_file_is_what_it_holds_whatever_it_is_called(content: Any, name: str, called: str) -> None:
    assert formats.recognise(samples.file(content, called)) == name


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03" * 50, b"halo dunia", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"a,b\n1,2\n"]
)
def test_what_nobody_knows_is_refused_with_a_list_of_what_is_known(content: bytes) -> None:
    with pytest.raises(shape.FileRefusedError, match="format_unknown"):
        formats.recognise(samples.file(content))


def test_empty_and_oversized_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(shape.FileRefusedError, match="file_empty"):
        formats.recognise(samples.file(b""))
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    with pytest.raises(shape.FileRefusedError, match="file_too_large"):
        formats.recognise(samples.file(b"teks\n"))


def test_archives_that_lie_or_climb_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = samples.archive({"_chat.txt": b"0" * 5_000_000})
    climbing = samples.archive({"../_chat.txt": b"x"})
    broken = samples.archive({"_chat.txt": b"x" * 100})[:-30]
    link = zipfile.ZipInfo("_chat.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as made:
        made.writestr(link, "/etc/passwd")
    for content, code in (
        (bomb, "archive_bomb"),
        (climbing, "archive_path"),
        (linked.getvalue(), "archive_path"),
        (broken, "archive_broken"),
        (b"PK\x03\x04" + b"\x00" * 50, "archive_broken"),
    ):
        with pytest.raises(shape.FileRefusedError, match=code):
            formats.recognise(samples.file(content))
    monkeypatch.setattr(files, "MAX_MEMBERS", 1)
    with pytest.raises(shape.FileRefusedError, match="archive_too_many"):
        formats.recognise(samples.file(samples.archive({"a": "1", "b": "2"})))


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = samples.archive({"_chat.txt": samples.WHATSAPP_ANDROID_ID})
    with pytest.raises(shape.FileRefusedError, match="format_unknown"):
        formats.recognise(samples.file(samples.archive({"dalam.zip": inner})))


def test_an_attachment_is_never_read_past_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ATTACHMENT", 100)
    packed = samples.file(samples.archive({"kecil": b"x" * 100, "besar": b"x" * 101, "kosong": b""}))
    with files.archive(packed) as opened:
        assert [files.attachment(opened, name) is not None for name in ("kecil", "besar", "kosong", "hilang")] == [
            True,
            False,
            False,
            False,
        ]


# --- laws -------------------------------------------------------------------------------------------


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), max_size=6))
def test_any_cells_give_items(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["teks", "waktu", "url"], *cells])
    for item in table.read(samples.file(out.getvalue().encode("utf-8", "replace") + b"akhir,,\n"), shape.Options(platform="web")):
        assert isinstance(item, domain.RawPost | domain.Problem)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"{", b"teks,url\n", b"\xff\xfe", b"12/11/26 14.05 - A: ", FOURCAT.encode()[:80]]),
)
def test_any_bytes_are_read_or_refused(content: bytes, head: bytes) -> None:
    file = samples.file(head + content, "x.txt")
    try:
        name = formats.recognise(file)
        items = list(formats.read(file, name, shape.Options(platform="web", chat="x", order="dmy")))
    except shape.FileRefusedError:
        return
    assert all(isinstance(item, domain.RawPost | domain.Problem | shape.Left) for item in items)


@given(st.text(max_size=40))
def test_any_time_is_a_moment_or_none(written: str) -> None:
    found = times.parse(written, domain.LAW_ZONE, "dmy")
    assert found is None or found.tzinfo is not None


@given(st.text(max_size=60))
def test_any_address_has_a_platform_or_none(url: str) -> None:
    assert sources.platform_of(url) in {"", *domain.Platform}


@given(st.lists(st.text(max_size=6), max_size=5), st.lists(st.text(max_size=6), max_size=5))
def test_two_different_lists_never_share_a_hash(one: list[str], two: list[str]) -> None:
    assert (joining.hashed(*one) == joining.hashed(*two)) == (one == two)


def test_options_that_nobody_could_choose_are_refused() -> None:
    for kept in ({"x": 1}, {"zone": "Bulan/Kawah"}, {"zone": "../etc"}, {"order": "ymd"}, {"platform": "friendster"}, {"columns": ["a"]}):
        with pytest.raises(shape.FileRefusedError):
            shape.Options.of(kept)
    options = shape.Options.of({"zone": "Asia/Makassar", "columns": {"text": "Isi"}})
    assert shape.Options.of(options.json()) == options


def test_fourcat_lists_no_column_twice() -> None:
    assert not fourcat._READ & fourcat._IGNORED


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_example_file_is_read_whole(language: str) -> None:
    file = shape.File(io.BytesIO(table.example(language)), "contoh.xlsx")
    assert formats.recognise(file) == table.NAME
    first, second = posts(items := list(formats.read(file, table.NAME, shape.Options())))
    assert (len(items), first.platform, first.author, first.unknown) == (2, "facebook", "loker.rekaan", {})
    assert (second.url, second.platform, second.posted_at) == (
        "https://forum-rekaan.example/lowongan/17",
        "web",
        datetime(2026, 11, 3, 13, 40, tzinfo=UTC),
    )


@pytest.mark.parametrize("header", ["Teks,TEKS,platform", "teks,teks,platform", "isi_unggahan,Isi  Unggahan,platform"])
def test_two_columns_of_one_name_are_for_a_person_to_tell_apart(header: str) -> None:
    content = f"{header}\nLoker satu,Loker dua,tiktok\n"
    with pytest.raises(shape.FileRefusedError) as refused:
        samples.read(content)
    assert refused.value.problem.code == "column_ambiguous"
    second = table.columns(shape.File(io.BytesIO(content.encode())))[1]
    assert [post.text for post in posts(samples.read(content, columns={"text": second, "platform": "platform"}))] == ["Loker dua"]


def test_two_names_of_one_field_are_not_ambiguous() -> None:
    assert [post.text for post in posts(samples.read("teks,keterangan,platform\nLoker satu,catatan,tiktok\n"))] == ["Loker satu"]
