"""Whose contact something is by the register."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.register import editions, owners
from tests import factories

pytestmark = pytest.mark.django_db

OURS = {
    "name": "PT Contoh Bukit Hijau",
    "phones": ["0840-5550-0001", "(021) 0000-1401"],
    "websites": ["https://bukit-hijau.example"],
    "accounts": ["tg:bukit_hijau_contoh", "ig:bukit.hijau"],
}
OTHER = {"name": "PT Contoh Arus", "phones": ["0840-5550-0002"], "accounts": ["tg:arus_contoh"]}


def listing(*wanted: tuple[str, str]) -> list[str]:
    edition = editions.current()
    assert edition is not None
    return [one.name for one in owners.listing(wanted, edition)]


@pytest.mark.parametrize(
    ("kind", "value", "hit"),
    [
        ("phone", "+6284055500001", True),
        ("phone", "+622100001401", True),
        ("phone", "+6284055500003", False),
        ("account", "telegram:bukit_hijau_contoh", True),
        ("account", "instagram:bukit.hijau", True),
        ("account", "instagram:bukit_hijau_contoh", False),
        ("link", "https://bukit-hijau.example/lowongan", True),
        ("link", "https://bukit-hijau-dua.example", False),
        ("email", "loker@bukit-hijau.example", True),
        ("email", "loker@bukit.example", False),
        ("bank_account", "BCA 84055500001", False),
        ("agency", "PT Contoh Bukit Hijau", False),
    ],
)
def test_a_contact_is_its_agency_s(kind: str, value: str, hit: bool) -> None:
    factories.register([OURS, OTHER])
    assert listing((kind, value)) == (["PT Contoh Bukit Hijau"] if hit else [])


def test_several_are_asked_at_once(django_assert_num_queries: Any) -> None:
    edition = factories.register([OURS, OTHER])
    with django_assert_num_queries(1):
        rows = owners.listing([("phone", "+6284055500001"), ("account", "telegram:arus_contoh")], edition)
        assert [one.name for one in rows] == ["PT Contoh Arus", "PT Contoh Bukit Hijau"]


def test_each_edition_says_what_stands_in_it() -> None:
    old, new = factories.register([OURS]), factories.register([OTHER])
    mine = ("phone", "+6284055500001")
    assert [[one.name for one in owners.listing([mine], edition)] for edition in (old, new)] == [["PT Contoh Bukit Hijau"], []]
