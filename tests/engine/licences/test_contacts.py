from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency, Claim
from patrol.engine.licences import contacts


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+6284011110001", "6284011110001"),
        ("0840-1111-0001", "6284011110001"),
        ("840 1111 0001", "6284011110001"),
        ("0062 840 1111 0001", "6284011110001"),
        ("(021) 555-0101 ext. 12", "62215550101"),
        ("+62 (0)21 5550101", "62215550101"),
        ("+65 9000 1111", "6590001111"),
        ("1500", ""),
        ("", ""),
    ],
)
def test_a_number_however_written_is_one(written: str, digits: str) -> None:
    assert contacts.phone_digits(written) == digits


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ig:Laksita.Contoh", "instagram:laksita.contoh"),
        ("instagram: @laksita.contoh", "instagram:laksita.contoh"),
        ("FB:laksita", "facebook:laksita"),
        ("tg:laksita_contoh", "telegram:laksita_contoh"),
        ("https://www.instagram.com/laksita.contoh/?x=1", "instagram:laksita.contoh"),
        ("t.me/laksita_contoh", "telegram:laksita_contoh"),
        ("laksita", ""),
        ("", ""),
    ],
)
def test_an_account_however_written_is_one(written: str, name: str) -> None:
    assert contacts.account_name(written) == name


AGENCY = Agency("PT Contoh", phones=("0840-1111-0001",), accounts=("ig:contoh",))


@pytest.mark.parametrize(
    ("claims", "own"),
    [
        ([("phone", "+6284011110001")], True),
        ([("phone", "+6284011110002")], False),
        ([("account", "instagram:contoh")], True),
        ([("account", "instagram:contoh2")], False),
        ([("link", "https://contoh-daftar.example")], None),  # no website listed: nothing to compare
        ([("link", "https://t.me/+AbCdEf")], False),  # an invitation into a group
        ([("link", "https://wa.me/6284011110001"), ("phone", "+6284011110001")], True),
        ([], None),
    ],
)
def test_what_is_listed_is_own(claims: list[tuple[str, str]], own: bool | None) -> None:
    read = [Claim(kind, value, (0, 1)) for kind, value in claims]
    assert contacts.own(read, [contacts.of(AGENCY)]) is own
    assert contacts.own(read, [contacts.of(Agency("PT Lain"))]) is None


@pytest.mark.parametrize(("site", "hosts"), [("https://www.contoh.example/", {"contoh.example"}), ("cv@pos.example", set()), ("-", {"-"})])
def test_a_mailbox_among_the_sites_is_none(site: str, hosts: set[str]) -> None:
    assert contacts.of(Agency("PT Contoh", websites=(site,))).hosts == hosts


@pytest.mark.parametrize(
    ("site", "address", "own"),
    [
        ("https://linktr.ee/pt.contoh", "https://www.linktr.ee/pt.contoh/", True),  # the very page that is listed
        ("https://linktr.ee/pt.contoh", "https://linktr.ee/calo", None),
        ("linktr.ee", "https://linktr.ee/calo", None),
        ("https://linktr.ee/pt.contoh;https://contoh.example", "https://linktr.ee/calo", False),
        ("https://contoh.blogspot.com", "https://contoh.blogspot.com/daftar", True),  # a tenant's own
        ("https://contoh.blogspot.com", "https://calo.blogspot.com/daftar", False),
        ("https://sites.google.com/view/contoh", "https://sites.google.com/view/calo", None),
    ],
)
def test_a_page_of_links_is_the_agency_s_and_its_host_is_not(site: str, address: str, own: bool | None) -> None:
    sites = tuple(site.split(";"))
    assert contacts.own([Claim("link", address, (0, 1))], [contacts.of(Agency("PT Contoh", websites=sites))]) is own
    assert contacts.has_site(sites, address) is bool(own)


@given(st.text(), st.text(), st.text())
def test_any_text_may_stand_in_the_register(phone: str, site: str, account: str) -> None:
    contacts.of(Agency("PT Contoh", phones=(phone,), websites=(site,), accounts=(account,)))
