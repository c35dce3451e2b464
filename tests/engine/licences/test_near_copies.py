"""Contacts that are almost an agency's: one slip is, two are not, and the agency's own never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency, Claim, ClaimKind
from patrol.engine.licences import contacts, near_copies

LISTED = contacts.of(
    Agency(
        "PT Rekaan Jaya Abadi",
        phones=("0840 1234 5678", "021-555-0101"),
        websites=("https://www.rekaanjaya.example",),
        accounts=("ig:rekaan.jaya", "fb:rekaanjayaabadi"),
    )
)


def near(kind: str, value: str) -> bool:
    return bool(near_copies.of([Claim(kind, value, (0, 5))], [LISTED]))


@pytest.mark.parametrize(
    ("number", "is_near"),
    [
        ("+6284012345678", False),  # its own
        ("+6284012345679", True),  # one digit
        ("+6284012354678", True),  # two neighbours swapped
        ("+628401234567", True),  # one left out
        ("+6284012345699", False),  # two digits
        ("+62215550102", False),  # the next line of the same exchange
        ("+62225550101", True),  # the same number under another city's code
        ("+886900012345", False),
    ],
)
def test_numbers(number: str, is_near: bool) -> None:
    assert near(ClaimKind.PHONE, number) is is_near


@pytest.mark.parametrize(
    ("account", "is_near"),
    [
        ("instagram:rekaan.jaya", False),
        ("instagram:rekaan_jaya", True),  # another separator
        ("instagram:rekaan.jaja", True),  # a letter
        ("instagram:rekaan.j4ya", True),  # a look-alike and a letter
        ("instagram:rekaan.jaya.official", True),
        ("instagram:admin_rekaanjaya", True),
        ("instagram:rekaan.raya.mandiri", False),
        ("tiktok:rekaan.jaja", False),  # the register lists none there
    ],
)
def test_accounts(account: str, is_near: bool) -> None:
    assert near(ClaimKind.ACCOUNT, account) is is_near


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("https://rekaanjaya.example/daftar", False),
        ("https://karir.rekaanjaya.example", False),
        ("https://rekaan-jaya.example", True),
        ("https://rekaanjaya.co", True),  # another ending
        ("https://rekaanjaya-loker.example", True),
        ("https://rekaanjya.example", True),
        ("https://rekaanmulia.example", False),
        ("https://forms.example/rekaanjaya", False),
        ("https://[", False),
    ],
)
def test_sites(address: str, is_near: bool) -> None:
    assert near(ClaimKind.LINK, address) is is_near


def test_nothing_listed_nothing_near() -> None:
    nothing = contacts.of(Agency("PT Rekaan Jaya Abadi"))
    assert near_copies.of([Claim(ClaimKind.PHONE, "+6284012345679", (0, 5))], [nothing]) == ()


@given(st.sampled_from(["phone", "account", "link"]), st.text(max_size=40))
def test_any_value_is_answered(kind: str, value: str) -> None:
    near(kind, value)
