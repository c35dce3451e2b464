"""What the web server takes for the public desk before Django sees it: how much, from whom, and where it lies meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.frame import bodies, gate
from patrol.infra import body_limits
from patrol.public import uploads


@pytest.mark.parametrize("path", ["/cek/", "/en/cek/"])
def test_a_photograph_and_the_form_around_it_are_taken_and_no_more(path: str) -> None:
    limit = bodies.own(path, public=True)
    assert limit is not None
    assert (limit.most, limit.at_once) == (uploads.MOST + 200_000, 6)
    assert bodies.own("/", public=True) is None


@pytest.mark.parametrize("path", ["/lapor/", "/lapor/status/"])
def test_pictures_of_a_report_are_held_in_memory_and_bounded_as_such(path: str) -> None:
    limit = bodies.own(path, public=True)
    assert limit is not None
    assert (limit.most, limit.at_once) == (12_200_000, 2)


def test_forms_wait_for_no_turn_of_another() -> None:
    assert bodies.own("/cek/", public=True) is bodies.own("/en/cek/", public=True)
    assert body_limits.Limit(3_000_000, 2) != body_limits.Limit(3_000_000, 2)


def test_where_the_desk_is_off_its_addresses_take_what_others_do(settings: Any) -> None:
    settings.PUBLIC_DESK = "0"
    assert bodies.own("/cek/", public=False) is None


def test_a_refusal_tells_a_stranger_nothing_of_a_login() -> None:
    assert gate._too_large(10_200_000, public=True).said("id") == (
        "Di alamat ini tidak diterima kiriman yang lebih besar dari 10 MB. Kembali dan kirim lebih sedikit."
    )
    assert "Log in first" in gate._too_large(1_000_000, public=False).said("en")
