"""Accounts: names said with their platform, behind an address, or asked to be written to."""

from __future__ import annotations

import pytest

from patrol.engine.reading import accounts, folding
from tests.growth import LINEAR, growth


def found(text: str, platform: str = "facebook", author: str = "") -> list[tuple[str, str, str]]:
    folded = folding.fold(text)
    claims = accounts.claims(folded, accounts.links(folded), platform=platform, author=author)
    return [(claim.kind, claim.value, text[slice(*claim.span)]) for claim in claims]


def names(text: str, platform: str = "facebook", author: str = "") -> list[str]:
    return [value for kind, value, _ in found(text, platform, author) if kind == "account"]


def test_a_profile_is_link_and_account_an_invitation_a_link_only() -> None:
    assert found("masuk t.me/Loker_Contoh88 atau t.me/+AbCdEf_1") == [
        ("link", "https://t.me/Loker_Contoh88", "t.me/Loker_Contoh88"),
        ("account", "telegram:loker_contoh88", "t.me/Loker_Contoh88"),
        ("link", "https://t.me/+AbCdEf_1", "t.me/+AbCdEf_1"),
    ]


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("instagram.com/agen.contoh?x=1", "instagram:agen.contoh"),
        ("facebook.com/agen.contoh", "facebook:agen.contoh"),
        ("facebook.com/profile.php?id=100000000001&x=1", "facebook:100000000001"),
        ("m.me/agen.contoh", "facebook:agen.contoh"),
        ("tiktok.com/@agen_contoh", "tiktok:agen_contoh"),
        ("x.com/agen_contoh/status/12", "x:agen_contoh"),
        ("twitter.com/agen_contoh", "x:agen_contoh"),
        ("t.me/s/agen_contoh", "telegram:agen_contoh"),
        ("line.me/ti/p/~agen.contoh", "line:agen.contoh"),
        ("line.me/R/ti/p/@agencontoh", "line:agencontoh"),
        ("youtube.com/@agencontoh", "youtube:agencontoh"),
        ("threads.net/@agen.contoh", "threads:agen.contoh"),
        ("linkedin.com/in/agen-contoh", "linkedin:agen-contoh"),
    ],
)
def test_profiles(address: str, account: str) -> None:
    assert names(address) == [account]


@pytest.mark.parametrize(
    "address",
    [
        "instagram.com/p/AbCd",
        "facebook.com/groups/123",
        "facebook.com/share/AbCd",
        "t.me/joinchat/AbCd",
        "t.me/c/123/4",
        "chat.whatsapp.com/AbCdEfGh",
        "wa.me/6284012345678",
        "line.me/ti/p/AbCd",
        "line.me/ti/g/AbCd",
        "tiktok.com/login",
        "discord.gg/AbCd",
        "linktr.ee/agencontoh",
    ],
)
def test_pages_invitations_and_link_pages_are_no_accounts(address: str) -> None:
    assert [kind for kind, _, _ in found(address)] == ["link"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IG: @loker.contoh_1", ["instagram:loker.contoh_1"]),
        ("IG @agen.contoh.id", ["instagram:agen.contoh.id"]),
        ("tele @agen_contoh", ["telegram:agen_contoh"]),
        ("telegram kami : agen_contoh", ["telegram:agen_contoh"]),
        ("akun tiktok @agen.contoh itu penipu", ["tiktok:agen.contoh"]),
        ("LINE ID agen_tw88", ["line:agen_tw88"]),
        ("line ku agen_contoh22 ya mas", ["line:agen_contoh22"]),
        ("michat: agen8460", ["michat:agen8460"]),
        ("Akun X @agencontoh itu", ["x:agencontoh"]),
        ("DM threads @agen.contoh , ya", ["threads:agen.contoh"]),
        ("dm ig agencontoh", ["instagram:agencontoh"]),
        ("ig agencontoh, gaji besar", ["instagram:agencontoh"]),
        ("telegram-nya @ agen underscore contoh underscore hk", ["telegram:agen_contoh_hk"]),
        ("IG/TikTok: @kerja.contoh", ["instagram:kerja.contoh", "tiktok:kerja.contoh"]),
        ("telegram @agen_contoh / ig sama", ["telegram:agen_contoh", "instagram:agen_contoh"]),
        ("@agen_contoh (IG)", ["instagram:agen_contoh"]),
        ("cari agencontoh di instagram", ["instagram:agencontoh"]),
        ("gak nduwe FB maneh, DM ae IG adikku @agen.contoh", ["instagram:agen.contoh"]),
        ("IG na @agen.contoh musna", ["instagram:agen.contoh"]),
    ],
)
def test_a_platform_said_with_a_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "fb: saya",
        "fb: Rina Contoh",
        "facebook Rina Contoh",
        "fb group loker",
        "tele sales malaysia",
        "line produksi pabrik",
        "ex line operator",
        "signal kuat",
        "thread: kenapa begini",
        "ig kami banyak",
        "kirim lontong dan ayam @18rb",
        "IG rame banget @agen.contoh",
        "Telegram Agen Kamboja",
    ],
)
def test_words_behind_a_platform_that_are_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dm @kerja_contoh ya", ["facebook:kerja_contoh"]),
        ("gaji besar. @kerjacontoh", ["facebook:kerjacontoh"]),
        ("makasih @teman_contoh sudah datang", []),
        ("@teman_contoh kalau mau ikut", []),
        ("@kantor_contoh @dinas.contoh tolong", []),
        ("laporan lengkap cc @kantor_contoh", []),
        ("tag temanmu @aku_contoh @kamu_contoh", []),
        ("WA @84000193875 (@=0)", []),
    ],
)
def test_contacts_not_people_addressed(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_author_who_only_asks_to_be_followed_gives_no_contact() -> None:
    assert names("follow aku @kuli_contoh ya", author="kuli_contoh") == []
    assert names("follow @agen_contoh ya", author="kuli_contoh") == ["facebook:agen_contoh"]
    assert names("dm @kuli_contoh", author="kuli_contoh") == ["facebook:kuli_contoh"]


def test_a_name_alone_needs_a_platform_where_names_are_kept() -> None:
    assert names("dm @kerja_contoh", platform="whatsapp") == []


def test_a_dotted_name_behind_its_platform_is_no_link() -> None:
    assert found("line: agen.contoh.tw") == [("account", "line:agen.contoh.tw", "agen.contoh.tw")]


@pytest.mark.parametrize(
    ("text", "address", "written"),
    [
        ("email Kerja@Contoh.EXAMPLE.", "kerja@contoh.example", "Kerja@Contoh.EXAMPLE"),
        ("kerja (at) contoh.example", "kerja@contoh.example", "kerja (at) contoh.example"),
        ("loker+taiwan@kerja.contoh.example", "loker+taiwan@kerja.contoh.example", "loker+taiwan@kerja.contoh.example"),
    ],
)
def test_an_e_mail_address_is_a_contact_and_neither_account_nor_link(text: str, address: str, written: str) -> None:
    assert found(text) == [("email", address, written)]


@pytest.mark.parametrize(
    "text",
    [
        "ig@agen.id",
        "kerja@contoh",
        "@contoh.example",
        "kerja@ contoh.example",
        "buka https://bank.example@lain.example/x",
        "buka lain.example/u/a.b@c.example",
    ],
)
def test_what_only_looks_like_an_e_mail_address_is_none(text: str) -> None:
    assert [value for kind, value, _ in found(text) if kind == "email"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("email Kerja@Contoh.example", [("kerja@contoh.example", 6)]),
        ("kerja (at) contoh dot example ya", [("kerja@contoh.example", 0)]),
        ("a.b@contoh.example, c@d.my", [("a.b@contoh.example", 0)]),
        ("ig@agen.id", []),
        ("@agen @lain", []),
        ("kerja@contoh", []),
    ],
)
def test_e_mail_addresses_are_found_where_they_stand(text: str, expected: list[tuple[str, int]]) -> None:
    assert accounts.addresses(folding.fold(text)) == expected


@pytest.mark.parametrize("piece", ["ig ", "@a ", "line: a.", "a@b.c", "ig underscore ", "@ab ig ", "fb/ig/tt/"])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(found, piece) <= LINEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('dihubungi akun IG bernama "ceu_lilis.abroad".', ["instagram:ceu_lilis.abroad"]),
        ("Tele masih @ummuhijaz_kerja", ["telegram:ummuhijaz_kerja"]),
        ("dm aja @ko_reza_pp tele", ["telegram:ko_reza_pp"]),
        ("fb refundnya kami coret", []),
        ("telegram tetap @agen_a1", ["telegram:agen_a1"]),
        ("ig sekarang @agen_a1", ["instagram:agen_a1"]),
        ("ig dengan nama agen_a1", ["instagram:agen_a1"]),
        ('ig "agen_a1"', ["instagram:agen_a1"]),
        ("fb bernama Budi Santoso", []),
        ("@agen_a1 tele ya", ["telegram:agen_a1"]),
        ("@agen_a1 ig, minat dm", ["instagram:agen_a1"]),
        ("makasih @agen_a1 tele kami error", []),
        ("kontak @agen_a1 nang tele", ["telegram:agen_a1"]),
        ('line produksi "utama"', []),
        ("tele grup sebelah rame", []),
        ("ig masih private", []),
        ("tiktok bernama lucu banget", []),
        ("fb fotonya hilang semua", []),
        ("ig storynya sudah dihapus", []),
        ("CV ke agen.contoh (IG) ya", ["instagram:agen.contoh"]),
        ("hotel 3.5 (ig)", []),
        ('FB "sekarjenggala official"', []),
        ("interview dgn koki @chef_adn", ["facebook:chef_adn"]),
        ("lamaran ke @chef_adn", ["facebook:chef_adn"]),
    ],
)
def test_how_a_name_is_introduced(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tele » hr_contoh", ["telegram:hr_contoh"]),
        ("TG👉 hr_contoh88", ["telegram:hr_contoh88"]),
        ("add line ~agencontoh", ["line:agencontoh"]),
        ("tele: (at)hr_contoh", ["telegram:hr_contoh"]),
        ("instagramnya @agen_contoh", ["instagram:agen_contoh"]),
        ("tele gua hr_contoh", ["telegram:hr_contoh"]),
        ("ketuk pintu hr_contoh_id di tele", ["telegram:hr_contoh_id"]),
        ("t3legram @hr_contoh", ["telegram:hr_contoh"]),
        ("飞机 @hr_contoh 电话 855", ["telegram:hr_contoh"]),
        ("tele: @hr_contoh / @hr_contoh2", ["telegram:hr_contoh", "telegram:hr_contoh2"]),
        ("linenya wati_99", ["line:wati_99"]),
        ("line id nya contohhr", ["line:contohhr"]),
        ("微信号：hr8899", ["wechat:hr8899"]),
        ("gabung telegram resmi BP3MI", []),
        ("magang & TG Jepang 🎌 setor", []),  # tokutei ginou
        ("pabrik baja di tele Taiwan", []),
    ],
)
def test_names_behind_signs_and_in_other_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Konfirmasi @hr_contoh", ["telegram:hr_contoh"]),
        ("Contact: @hr_contoh | @hr_contoh2", ["telegram:hr_contoh", "telegram:hr_contoh2"]),
        ("daftar: @hr_contoh atau @hr_contoh2", ["telegram:hr_contoh", "telegram:hr_contoh2"]),
        ("联系 @hr_contoh", ["telegram:hr_contoh"]),
        ("info.id dan tag @temanmu", []),
        ("join yuk @budi_contoh @ani_contoh bareng", []),
        ("mulai dari @budi_contoh dulu", []),
        ("makasih @admin_grup, @ibu_contoh sehat?", []),
    ],
)
def test_a_bare_name_is_one_to_write_to_and_so_is_the_next_in_its_list(text: str, expected: list[str]) -> None:
    assert names(text, "telegram") == expected
