"""What is counted as one caller and as one network."""

from __future__ import annotations

import pytest

from patrol.infra import addresses

SHARED = {
    "203.0.113.7": ("203.0.113.7/32", "203.0.113.0/24"),
    "::ffff:203.0.113.7": ("203.0.113.7/32", "203.0.113.0/24"),
    "2001:db8:1:2:3:4:5:6": ("2001:db8:1:2::/64", "2001:db8:1::/48"),
    "2001:db8:1:2:ffff::9": ("2001:db8:1:2::/64", "2001:db8:1::/48"),
    "": ("", ""),
}


@pytest.mark.parametrize("address", SHARED)
def test_what_one_telephone_may_change_of_its_address_is_one_address(address: str) -> None:
    assert addresses.shared(address) == SHARED[address]
