"""Posts that belong together, and posts that only quote."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import (
    LAW_ZONE,
    Assessment,
    Claim,
    ClaimKind,
    Content,
    Level,
    LicenceCheck,
    PhraseGroup,
    Picture,
    Reading,
    Route,
    Sentence,
    TextKind,
    Verdict,
)
from patrol.engine.linking import Linker, groups
from tests.flyers import drawing

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=LAW_ZONE).date()
FLYER, OTHER_FLYER = drawing.flyers()[:2]


def post(
    *given: str,
    text: str = "",
    kind: TextKind = TextKind.OFFER_ABROAD,
    own: bool | None = None,
    route: str = Route.AGENCY,
    images: tuple[bytes, ...] = (),
    more: tuple[Claim, ...] = (),
) -> tuple[Content, Assessment]:
    """A post that gives these contacts ("phone:+62…")."""
    claims = tuple(Claim(ClaimKind(kind), value, (0, 0)) for kind, _colon, value in (one.partition(":") for one in given))
    reading = Reading(kind, (*claims, *more), (), (), route=route)
    check = LicenceCheck(Verdict.NO_LICENCE_SHOWN, DAY, Sentence("", ""), contact_own=own)
    content = Content(text=text, pictures=tuple(Picture(f"{n}.jpg", one) for n, one in enumerate(images)))
    return content, Assessment(reading, check, (), 0, Level.NONE, ())


def named(*posts: tuple[Content, Assessment] | None, sites: tuple[str, ...] = ()) -> list[str | None]:
    linker = Linker(sites)
    for one in posts:
        linker.add(*(one or (None, None)))
    return linker.names()


A, B, C = "phone:+6284011112222", "phone:+6284033334444", "account:telegram:bos_rekaan"


def test_ties_lead_through_others() -> None:
    assert named(post(A), None, post(B), post(A, B), post(C), post(C, kind=TextKind.LURE), post()) == [
        "jaringan-1",
        None,
        "jaringan-1",
        "jaringan-1",
        "jaringan-2",
        "jaringan-2",
        None,
    ]
    assert named() == []


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=3), max_size=12))
def test_two_posts_share_a_name_exactly_when_ties_lead_from_one_to_the_other(tied: list[frozenset[str]]) -> None:
    names = named(*(post(*(f"phone:{key}" for key in keys)) for keys in tied))
    for start in range(len(tied)):
        reached, keys = {start}, set(tied[start])
        while more := {n for n, own in enumerate(tied) if own & keys} - reached:
            reached |= more
            keys.update(*(tied[n] for n in more))
        same = {n for n, name in enumerate(names) if name is not None and name == names[start]}
        assert (same or {start}) == reached


@pytest.mark.parametrize("kind", [TextKind.WARNING, TextKind.NEWS, TextKind.PLEA, TextKind.JOKE, TextKind.OTHER])
def test_who_quotes_is_no_member(kind: TextKind) -> None:
    assert named(post(A), post(A, kind=kind), post(A)) == ["jaringan-1", None, "jaringan-1"]


def test_an_agency_s_own_contacts_tie_nobody() -> None:
    """The agency gives its number, an impersonator gives it beside his own; only the impersonator's two posts are tied."""
    assert named(post(A, own=True), post(A, own=False), post(A, B), post(B)) == [None, None, "jaringan-1", "jaringan-1"]


def test_an_official_notice_is_no_member() -> None:
    assert named(post(A, route=Route.EXEMPT), post(A), post(A, kind=TextKind.OFFER_HOME)) == [None, "jaringan-1", "jaringan-1"]


@pytest.mark.parametrize(
    ("contact", "ties"),
    [
        ("link:https://bit.ly/loker-rekaan", True),
        ("link:https://bit.ly", False),
        ("link:https://www.facebook.com/", False),
        ("link:https://kp2mi.go.id/daftar", False),
        ("link:https://loker.example", True),
        ("link:http://[", True),
        ("account:telegram:botfather", False),
        ("bank_account:BCA 1234567890", True),
        ("licence_number:12/SIP2MI/I/2026", False),
    ],
)
def test_what_belongs_to_everybody_ties_nobody(contact: str, ties: bool) -> None:
    assert (named(post(contact), post(contact))[0] is not None) is ties


@pytest.mark.parametrize(
    ("one", "other", "ties"),
    [
        ("Kirim CV ke kru.rekaan@surel.example", "CV: KRU.rekaan@surel.example", True),
        ("Kirim CV ke kru.rekaan@surel.example", "CV: kru.rekaan (at) surel dot example", True),
        ("Kirim CV ke kru.rekaan@surel.example", "CV: kru.rekaan2@surel.example", False),
        ("Kirim CV ke kru@surel.example", "CV: kru@surat.example", False),
        ("Kirim CV ke humas@kp2mi.go.id", "CV: humas@kp2mi.go.id", False),
        ("Kirim CV ke humas@kp2mi-go.id", "CV: humas@kp2mi-go.id", True),
        ("Pengaduan resmi: lapor@surel.example", "Pengaduan resmi: lapor@surel.example", False),
    ],
)
def test_an_e_mail_address_ties_unless_it_is_an_office_s_or_there_to_complain_at(one: str, other: str, ties: bool) -> None:
    assert (named(post(text=one), post(text=other))[0] is not None) is ties


def test_an_agency_s_own_e_mail_address_ties_nobody() -> None:
    text = "Kirim CV ke kru@surel.example"
    assert named(post(text=text, own=True), post(text=text), post(text=text)) == [None, None, None]


@pytest.mark.parametrize(
    ("address", "ties"), [("info@laksita.example", False), ("hr@mail.laksita.example", False), ("info@laksita-kerja.example", True)]
)
def test_an_address_at_the_site_of_an_agency_of_the_register_ties_nobody(address: str, ties: bool) -> None:
    one, other = post(text=f"Kirim CV ke {address}"), post(text=f"CV: {address}")
    assert (named(one, other, sites=("laksita.example",))[0] is not None) is ties


TEMPLATE = (
    "Lowongan kerja luar negeri dengan proses resmi dan cepat: dibutuhkan dua puluh orang {work} untuk {country}, umur di "
    "bawah empat puluh tahun, sehat, mau kerja keras. Mess dan makan ditanggung, gaji {pay}, yang serius silakan kirim data."
)


def offer(work: str, country: str, pay: str, code: str, place: str) -> tuple[Content, Assessment]:
    more = (Claim(ClaimKind.POSITION, code, (0, 0)), Claim(ClaimKind.COUNTRY, place, (0, 0), role="destination"))
    return post(text=TEMPLATE.format(work=work, country=country, pay=pay), more=more)


def test_a_text_ties_and_a_template_with_another_job_does_not() -> None:
    first = offer("operator pabrik", "Taiwan", "28.000", "production_operator", "TW")
    assert named(first, offer("operator pabrik", "Taiwan", "30.000", "production_operator", "TW"))[0] == "jaringan-1"
    assert named(first, offer("operator pabrik", "Korea", "28.000", "production_operator", "KR")) == [None, None]
    assert named(first, offer("perawat lansia", "Taiwan", "28.000", "elderly_carer", "TW")) == [None, None]


def test_an_opening_that_everybody_copies_ties_none_who_says_nothing_more() -> None:
    opening = "Siapa yang mau kerja di luar negeri gaji besar tanpa ribet? Komen MAU nanti kami hubungi ya kak."
    there = (Claim(ClaimKind.COUNTRY, "QA", (0, 0), role="destination"),)
    assert named(post(text=f"{opening} Tujuan Qatar, sopir.", more=there), post(text=f"{opening} Amanah, bukan janji manis.")) == [
        None,
        None,
    ]
    assert named(post(text=f"{opening} Tujuan Qatar, sopir.", more=there), post(text=f"{opening} Ke Qatar.", more=there))[0] == "jaringan-1"


def drawn(flyer: drawing.Flyer, change: str = "compressed", *, seed: int = 1) -> bytes:
    return drawing.CHANGES[change](drawing.draw(flyer, "banner", seed=seed), random.Random(seed))


def test_a_flyer_ties_and_another_on_its_template_does_not() -> None:
    again = replace(FLYER, contacts=("WA 0841-9999-8888", *FLYER.contacts[1:]))
    assert named(
        post(images=(drawn(FLYER),)),
        post(images=(drawn(OTHER_FLYER),)),
        post(images=(b"", drawn(FLYER, "screenshot"))),
        post(images=(drawn(OTHER_FLYER),), kind=TextKind.WARNING),
        post(images=(drawn(again),)),
        post(images=(drawn(FLYER),)),
    ) == ["jaringan-1", None, "jaringan-1", None, "jaringan-1", "jaringan-1"]


def test_a_flyer_that_names_another_job_is_another() -> None:
    """Even where the pixels differ in nothing but one box: a country exchanged looks like a number replaced."""
    here = Claim(ClaimKind.COUNTRY, "TW", (0, 6), "image:0", role="destination")
    there = replace(here, value="JP")
    one, other = drawn(FLYER), drawn(replace(FLYER, contacts=("WA 0841-9999-8888", *FLYER.contacts[1:])))
    assert named(post(images=(one,), more=(here,)), post(images=(other,), more=(here,)))[0] == "jaringan-1"
    assert named(post(images=(one,), more=(here,)), post(images=(other,), more=(there,))) == [None, None]


def test_what_changed_must_be_a_contact_where_contacts_were_found() -> None:
    one, other = drawn(FLYER), drawn(replace(FLYER, contacts=("WA 0841-9999-8888", *FLYER.contacts[1:])))
    at_the_top = Claim(ClaimKind.PHONE, "+6284011110000", (0, 6), "image:0", box=(0, 0, 1080, 60))
    at_the_place = replace(at_the_top, box=(0, 540, 1080, 300), value="+6284011110001")
    assert named(post(images=(one,), more=(at_the_top,)), post(images=(other,))) == [None, None]
    assert named(post(images=(one,), more=(at_the_place,)), post(images=(other,)))[0] == "jaringan-1"


def test_pictures_that_are_none() -> None:
    broken = b"\xff\xd8\xff\xe0 not a picture"
    assert named(post(images=(broken,)), post(images=(b"GIF89a",)), post(images=(b"",) * 3)) == [None] * 3
    # the same bytes are the same picture, whatever they hold
    assert named(post(images=(broken,)), post(images=(broken,))) == ["jaringan-1", "jaringan-1"]


def test_a_flood_of_one_flyer_is_found_by_its_first_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_INDEXED", 2)
    copies = [post(images=(drawn(FLYER, change),)) for change in ("compressed", "smaller", "cropped", "washed_out")]
    assert set(named(*copies)) == {"jaringan-1"}


# --- membership by act ----------------------------------------------------------------------------

OLD, NEW = "phone:+6284011112222", "phone:+6284033334444"
SAYS = [
    "Yang nuduh saya penipu silakan. Nomor lama kena report, nomor baru di bawah, japri",
    "kami difitnah orang iri, jadwal tetap jalan, chat nomor ini",
    "Aku diarani calo karo tangga dewe. Nomer lawas mati, saiki nganggo iki",
]


@pytest.mark.parametrize("text", SAYS)
@pytest.mark.parametrize("kind", [TextKind.WARNING, TextKind.PLEA, TextKind.OTHER, TextKind.LURE, TextKind.OFFER_ABROAD])
def test_who_defends_himself_is_the_bridge_between_his_numbers(text: str, kind: TextKind) -> None:
    assert named(post(OLD), post(OLD, NEW, text=text, kind=kind), post(NEW)) == ["jaringan-1"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Ada yang kenal nomor ini? anak saya sudah setor, mau lapor bareng",
        "Ojo kirim duit menyang nomer iki, wis akeh sing kena",
        "Teman2 ini asli apa tipu ya, disuruh kirim foto",
        "Blokir rame2 nomor ini, kakak saya disekap",
        "Kami difitnah. Jangan transfer ke nomor ini, bukan milik kami, hubungi kantor",
    ],
)
@pytest.mark.parametrize("kind", [TextKind.WARNING, TextKind.PLEA, TextKind.LURE, TextKind.OFFER_ABROAD])
def test_who_blames_a_contact_is_no_member_whatever_his_text_was_taken_for(text: str, kind: TextKind) -> None:
    assert named(post(OLD), post(OLD, NEW, text=text, kind=kind), post(NEW)) == [None, None, None]


def sending(text: str, *given: str, kind: TextKind = TextKind.OTHER, author: str = "", inbox: bool = False) -> tuple[Content, Assessment]:
    """A post whose contacts stand at the end of its text; `inbox`: it has its readers write to its author."""
    claims = [Claim(ClaimKind(kind_), value, (len(text), len(text) + 9)) for kind_, _, value in (one.partition(":") for one in given)]
    if inbox:
        claims.append(Claim(ClaimKind.PHRASE, PhraseGroup.PRIVATE_CONTACT, (0, 5)))
    read = Reading(kind, tuple(claims), (), ())
    check = LicenceCheck(Verdict.NOT_AN_OFFER, DAY, Sentence("", ""))
    content = Content(text=f"{text} 084033334", platform="facebook" if author else "", author=author)
    return content, Assessment(read, check, (), 0, Level.NONE, ())


def offering(*given: str, author: str) -> tuple[Content, Assessment]:
    content, assessment = post(*given)
    return replace(content, platform="facebook", author=author), assessment


@pytest.mark.parametrize("kind", [TextKind.OTHER, TextKind.JOKE, TextKind.PLEA, TextKind.NEWS, TextKind.WARNING])
@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("Mau ke Serbia? daftar di", True),
        ("sing arep melu, takon mas Bagus nang", True),
        ("yang serius langsung ke", True),
        ("sisanya japri ke admin lewat", True),
        # No call, another sentence's, or of somebody to whom it happened.
        ("nomor yang menelepon ibu saya semalam", False),
        ("Silakan daftar ke dinas. Ini yang menipu keponakan saya", False),
        ("saya disuruh daftar di", False),
        ("kadung transfer ke", False),
    ],
)
def test_who_sends_readers_to_a_ring_s_contact_belongs_to_it_whatever_his_text_is(text: str, kind: TextKind, *, joins: bool) -> None:
    assert named(post(A), sending(text, A, kind=kind), post(A)) == ["jaringan-1", "jaringan-1" if joins else None, "jaringan-1"]


def test_who_has_readers_write_to_himself_belongs_to_his_own_ring() -> None:
    own = sending("harganya 45 jt, inbox", author="yoga.rekaan", inbox=True)
    assert named(offering(A, author="yoga.rekaan"), own, post(A)) == ["jaringan-1"] * 3
    assert named(offering(A, author="lain.rekaan"), own, post(A)) == ["jaringan-1", None, "jaringan-1"]


def test_two_who_only_send_readers_somewhere_make_no_ring() -> None:
    assert named(sending("info kegiatan hubungi", A), sending("kajian ahad, daftar ke", A)) == [None, None]


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("yang bilang saya bawa kabur uang jemaah, itu fitnah. Jangan transfer ke nomor lama, nomor asli saya di bawah", True),
        ("Demi Allah saya tidak lari. Nomor lama jangan transfer dulu, nomor baru ini", True),
        ("nama kami dicatut. Jangan transfer ke nomor ini, nomor asli kami di situs", False),
    ],
)
def test_who_is_called_a_fraud_may_warn_of_his_own_old_number(text: str, *, joins: bool) -> None:
    assert named(post(OLD), post(OLD, NEW, text=text), post(NEW)) == (["jaringan-1"] * 3 if joins else [None] * 3)


@pytest.mark.parametrize(
    ("text", "charge", "joins"),
    [
        ("Korban batal berangkat, dana kembali, bayar biaya rekonsiliasi dulu. Yang lapor polisi dihapus dari daftar", True, True),
        ("Korban batal berangkat, dana kembali menurut orang ini", False, False),
        ("Korban sudah banyak, ada yang diminta bayar. Kami mau lapor polisi", True, False),
    ],
)
def test_a_bait_for_victims_accuses_nobody(text: str, *, charge: bool, joins: bool) -> None:
    account = "bank_account:BRI 000012345678"
    more = (Claim(ClaimKind.PHRASE, PhraseGroup.CHARGE, (0, 5)),) if charge else ()
    names = named(post(account), post(account, text=text, kind=TextKind.LURE, more=more))
    assert names == (["jaringan-1"] * 2 if joins else [None] * 2)


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("kanal lama kerja_rekaan.jaya kena report", True),
        ("tele » kerja_rekaan.jaya", True),
        ("ketuk pintu kerja_rekaan.jaya di tele", True),
        ("file kerja_rekaan.jaya di folder", False),
        ("surel nama@kerja_rekaan.jaya di tele", False),
    ],
)
def test_a_name_beside_the_word_for_its_platform_is_an_account(text: str, *, ties: bool) -> None:
    assert named(post("account:telegram:kerja_rekaan.jaya"), post(text=text)) == (["jaringan-1"] * 2 if ties else [None] * 2)


def test_a_lure_that_has_one_report_to_its_desk_accuses_nobody() -> None:
    assert named(post(OLD), post(OLD, text="isi datanya lalu lapor ke admin", kind=TextKind.LURE)) == ["jaringan-1"] * 2
    assert named(post(OLD), post(OLD, text="isi datanya lalu lapor polisi", kind=TextKind.LURE)) == [None, None]


@pytest.mark.parametrize(
    ("one", "other", "ties"),
    [
        ("https://loker-rekaan.example/apply", "https://loker-rekaan.example/daftar?b=9", True),
        ("https://loker-rekaan.example", "https://www.loker-rekaan.example/lombok", True),
        ("https://loker-rekaan.example/a", "https://loker-khayal.example/a", False),
        ("https://sites.google.com/view/rekaan", "https://sites.google.com/view/khayal", False),
        ("https://bit.ly/rekaan", "https://bit.ly/khayal", False),
    ],
)
def test_a_site_of_ones_own_ties_by_its_host(one: str, other: str, ties: bool) -> None:
    assert (named(post(f"link:{one}"), post(f"link:{other}"))[0] is not None) is ties
