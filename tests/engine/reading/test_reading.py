"""The whole reading: order, places, links beside the text, long and hostile texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.domain import ClaimKind, Content, TextKind
from patrol.engine import reading
from tests.growth import LINEAR, growth

TEXT = (
    "Dibutuhkan perawat lansia ke Taiwan melalui PT Lintang Contoh Nusa, SIP No. B. 4021/SIP2MI/IV/2026. "
    "Gaji NT$20.000 per bulan. Khusus daerah NTB. Bukan ke Kamboja. WA 0840-1234-5678, t.me/lintang_contoh, "
    "BCA 0000123456 a/n Contoh"
)


def test_one_text_read_whole() -> None:
    found = reading.read(Content(TEXT))
    said = {(c.kind, c.value, TEXT[slice(*c.span)], c.role) for c in found.claims if c.kind != "phrase"}
    assert said == {
        ("position", "elderly_carer", "perawat lansia", ""),
        ("country", "TW", "Taiwan", "destination"),
        ("company", "PT Lintang Contoh Nusa", "PT Lintang Contoh Nusa", "placer"),
        ("licence_number", "B. 4021/SIP2MI/IV/2026", "B. 4021/SIP2MI/IV/2026", ""),
        ("pay", "NT$20.000", "NT$20.000", ""),
        ("place", "52", "NTB", "recruitment"),
        ("country", "KH", "Kamboja", "denied"),
        ("phone", "+6284012345678", "0840-1234-5678", ""),
        ("link", "https://t.me/lintang_contoh", "t.me/lintang_contoh", ""),
        ("account", "telegram:lintang_contoh", "t.me/lintang_contoh", ""),
        ("bank_account", "BCA 0000123456", "0000123456", ""),
    }
    assert (found.text_kind, found.route, found.countries, found.positions) == (
        TextKind.OFFER_ABROAD,
        "agency",
        ("TW",),
        ("elderly_carer",),
    )
    assert (found.truncated, found.notes, found.reader_version) == (False, (), reading.READER_VERSION)


def test_words_beside_pictures_and_cards_are_read_with_sources_of_their_own() -> None:
    caption = "Daftar ke PT Lintang Contoh Nusa, WA 0840-1234-5678"
    found = reading.read(Content("Selamat pagi", captions=("", caption)))
    said = {(c.kind, c.value, c.source, caption[slice(*c.span)]) for c in found.claims if c.kind != "phrase"}
    assert said == {
        ("company", "PT Lintang Contoh Nusa", "alt:1", "PT Lintang Contoh Nusa"),
        ("phone", "+6284012345678", "alt:1", "0840-1234-5678"),
    }
    assert not reading.read(Content("Selamat pagi", captions=("", "Gambar pemandangan"))).of(ClaimKind.PHONE)


def test_a_post_that_is_its_picture_is_what_is_said_beside_it_and_words_of_its_own_count_first() -> None:
    assert reading.read(Content("", captions=(TEXT,))).text_kind == TextKind.OFFER_ABROAD
    warning = "Awas penipuan! Iklan di bawah ini palsu dan sudah kami laporkan ke polisi, jangan kirim uang."
    assert reading.read(Content(warning, captions=(TEXT,))).text_kind == TextKind.WARNING


@pytest.mark.parametrize("pointer", ["Info di gambar.", "Lihat flyer", "Detail di foto ya", "👇👇"])
def test_a_few_words_that_claim_nothing_leave_the_word_to_the_picture(pointer: str) -> None:
    assert reading.read(Content(pointer, captions=(TEXT,))).text_kind == TextKind.OFFER_ABROAD


def test_a_few_words_that_warn_count_before_the_picture() -> None:
    assert reading.read(Content("Awas penipuan, jangan percaya!", captions=(TEXT,))).text_kind == TextKind.WARNING


def test_captions_are_read_to_a_bound() -> None:
    far = reading.read(Content("", captions=("x " * 1_000 + "WA 0840-1234-5678",)))
    many = reading.read(Content("", captions=("x",) * 20 + ("WA 0840-1234-5678",)))
    assert far.of(ClaimKind.PHONE) == many.of(ClaimKind.PHONE) == ()


def test_the_same_text_beside_another_caption_is_read_anew() -> None:
    first, second = (reading.read(Content("Selamat pagi", captions=(f"WA 0840-1234-567{n}",))) for n in (8, 9))
    assert [claim.value for one in (first, second) for claim in one.of(ClaimKind.PHONE)] == ["+6284012345678", "+6284012345679"]


@pytest.mark.parametrize(
    ("link", "found"), [("mailto:Kru@Surel.example?subject=CV", ["kru@surel.example"]), ("https://a.example/?to=kru@surel.example", [])]
)
def test_a_link_that_writes_a_mail_gives_its_address(link: str, found: list[str]) -> None:
    read = reading.read(Content("Loker Taiwan", links=(link,)))
    assert [(claim.value, claim.source) for claim in read.of(ClaimKind.EMAIL)] == [(value, "link:0") for value in found]


def test_links_beside_the_text_have_their_own_source() -> None:
    address = "https://api.whatsapp.com/send?phone=6284012345678"
    found = reading.read(Content("Loker Taiwan, klik di sini", links=("https://contoh.example", address)))
    (phone,) = found.of("phone")
    assert (phone.value, phone.source, address[slice(*phone.span)]) == ("+6284012345678", "link:1", address)
    assert [(c.value, c.source) for c in found.of("link")] == [("https://contoh.example", "link:0"), (address, "link:1")]


def test_a_long_text_is_read_in_part_and_says_so() -> None:
    text = "x" * 19_990 + " WA 084012345678"
    found = reading.read(Content(text))
    assert found.truncated
    assert found.of("phone") == ()
    assert [note.id for note in found.notes] == ["Teks lebih dari 20.000 karakter: hanya bagian awal yang dibaca."]
    assert not reading.read(Content("x" * 20_000)).truncated


def test_many_are_read_in_their_order() -> None:
    contents = [Content(TEXT), Content("halo"), Content(TEXT)]
    assert reading.read_many(contents) == [reading.read(content) for content in contents]


def test_more_than_are_read_together_are_read_in_their_order() -> None:
    contents = [*(Content(f"halo {number}") for number in range(300)), *(Content(f"{number} " + "ya " * 9_000) for number in range(5))]
    found = reading.read_many(contents)
    reading.forget()
    assert found == [reading.read(content) for content in contents]


@pytest.mark.parametrize("piece", ["0", "0 ", "nol ", "a", "a.", "/", "sip ", "pt ", "Rp 1.000-", "@", "wa me ", '"', "🇹🇼", "k a m ", "1/"])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: reading.read(Content(text)), piece) <= LINEAR


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["0840", "-", " ", "nol", "wa.me/", "PT", "Contoh", "SIP", "B.4/SIP2MI/IV/2026", "Taiwan", "🇹🇼", "𝐊", "\u200b"])
        | st.text(max_size=3),
        max_size=25,
    ).map("".join)
)
def test_every_claim_stands_in_the_text(text: str) -> None:
    found = reading.read(Content(text))
    for claim in found.claims:
        start, end = claim.span
        assert 0 <= start < end <= len(text)
        assert 0 < claim.confidence <= 1
    for earlier, later in itertools.pairwise(claim for claim in found.claims if claim.source == "text"):
        assert earlier.span <= later.span


def test_a_piece_of_an_account_number_is_no_number_to_dial() -> None:
    """Eight digits behind a space look like Hong Kong, and the post speaks of Hong Kong."""
    read = reading.read(Content("Reseller di Hong Kong boleh. Bayar Mandiri 144 00 2211 9087 ya"))

    assert [claim.value for claim in read.of(ClaimKind.BANK_ACCOUNT, ClaimKind.PHONE)] == ["MANDIRI 1440022119087"]


def test_a_wallet_is_a_number_to_dial_and_an_account() -> None:
    read = reading.read(Content("Gopay 62 840-1234-5678 an Sari"))

    assert {(claim.kind, claim.value) for claim in read.of(ClaimKind.BANK_ACCOUNT, ClaimKind.PHONE)} == {
        (ClaimKind.PHONE, "+6284012345678"),
        (ClaimKind.BANK_ACCOUNT, "GOPAY 084012345678"),
    }


def test_a_text_that_comes_again_is_read_once_and_by_all_it_depends_on() -> None:
    reading.forget()
    text = "Info kerja ke Taiwan, follow @agen.contoh"
    first = reading.read(Content(text, platform="instagram"))
    assert reading.read(Content(text, platform="instagram", url="https://x.example", author_name="Contoh")) is first
    others = (
        Content(text, platform="tiktok"),
        Content(text, platform="instagram", author="agen.contoh"),
        Content(text, platform="instagram", links=("https://wa.me/6284012345678",)),
        Content(text + " ", platform="instagram"),
    )
    told = [reading.read(other) for other in others]
    reading.forget()
    assert [reading.read(other) for other in others] == told
    again = reading.read(Content(text, platform="instagram"))
    assert again is not first
    assert again == first
    assert [c.value for c in first.of("account")] != [c.value for c in told[0].of("account")]


def test_what_is_kept_has_a_bound() -> None:
    reading.forget()
    long = "kerja " * 400
    assert reading.read(Content(long)) is not reading.read(Content(long))
    for number in range(reading._MOST_KEPT + 5):
        reading.read(Content(f"{number}"))
    assert 0 < len(reading._kept) <= reading._MOST_KEPT


TEXTS = st.sampled_from(
    (TEXT, "gaji 5 juta", "", "Waspada penipuan!", "0840-1234-5678", "loker ke Kamboja, minat @agen.contoh", "x " * 1_100)
)


@given(
    st.lists(
        st.builds(Content, TEXTS, platform=st.sampled_from(("", "instagram")), author=st.sampled_from(("", "agen.contoh"))), max_size=70
    )
)
@settings(max_examples=20, deadline=None)
def test_posts_read_together_are_read_as_each_alone(contents: list[Content]) -> None:
    alone = []
    for content in contents:
        reading.forget()
        alone.append(reading.read(content))
    reading.forget()
    assert reading.read_many(contents) == alone
    assert reading.read_many(contents) == alone, "the second time from what is kept"
