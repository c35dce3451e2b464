"""What a licence covers: countries and positions of an offer, and the days it can be used."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from patrol.domain import Licence
from patrol.engine.licences import coverage
from patrol.engine.licences.coverage import Offer

CODES = {"operator": "production_operator", "las": "welder", "rumah tangga": "domestic_worker", "lansia": "elderly_carer"}
COVERS = {
    "production_operator": frozenset({"packer"}),
    "domestic_worker": frozenset({"babysitter", "caregiver", "elderly_carer"}),
    "elderly_carer": frozenset({"caregiver"}),
}


def licence(country: str = "TW", *positions: str, **more: Any) -> Licence:
    return Licence("B. 1/SIP2MI/I/2026", "PT Contoh", country, positions, **more)


def permit(country: str = "TW", *positions: str) -> coverage.Permit:
    return coverage.permit(licence(country, *positions), lambda text: {code for word, code in CODES.items() if word in text}, COVERS)


def lacking(offer: Offer, *permits: coverage.Permit) -> set[tuple[str, str]]:
    found = coverage.missing(permits, offer)
    assert len(found) == len(set(found))
    return set(found)


# --- an offer's cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offer", "cells"),
    [
        (Offer(), (("", ""),)),
        (Offer(("TW",)), (("TW", ""),)),
        (Offer((), ("welder",)), (("", "welder"),)),
        (Offer(("TW", "MY"), ("welder", "packer")), (("TW", "welder"), ("TW", "packer"), ("MY", "welder"), ("MY", "packer"))),
        (Offer(("TW", "MY"), ("welder", "packer"), (("TW", "packer"), ("MY", "welder"))), (("TW", "packer"), ("MY", "welder"))),
    ],
)
def test_an_offer_means_each_position_in_each_country_unless_it_ties_them(offer: Offer, cells: tuple[tuple[str, str], ...]) -> None:
    assert offer.cells() == cells


# --- one licence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "position", "covered"),
    [
        ("TW", "production_operator", True),
        ("TW", "packer", True),  # goes with it
        ("TW", "welder", False),
        ("MY", "production_operator", False),
        ("", "production_operator", True),  # the post names no country
        ("", "welder", False),
        ("TW", "", True),  # the post names no position
        ("MY", "", False),
        ("", "", True),
    ],
)
def test_a_licence_covers_its_country_and_its_positions(country: str, position: str, covered: bool) -> None:
    assert permit("TW", "operator produksi").covers(country, position, Offer()) is covered


def test_a_licence_without_positions_covers_all_of_its_country_and_nothing_elsewhere() -> None:
    every = permit("TW")
    assert every.covers("TW", "welder", Offer()) is every.covers("", "packer", Offer()) is True
    assert every.covers("MY", "welder", Offer()) is False


@pytest.mark.parametrize(
    ("written", "covered"), [("Penjahit", True), ("PENJAHIT!", True), ("penjahit sepatu", False), ("", False), ("...", False)]
)
def test_what_the_table_does_not_know_is_covered_by_its_wording(written: str, covered: bool) -> None:
    held = permit("TW", "penjahit", "--")
    assert held.covers("TW", "tailor", Offer(wordings={"tailor": written, "welder": "penjahit"})) is covered
    assert held.covers("TW", "tailor", Offer()) is False
    assert held.covers("MY", "tailor", Offer(wordings={"tailor": written})) is False


@pytest.mark.parametrize(
    ("held", "position", "at_home", "away"),
    [
        ("pekerja rumah tangga", "babysitter", True, False),
        ("pekerja rumah tangga", "caregiver", True, False),
        ("pekerja rumah tangga", "elderly_carer", True, False),
        ("pekerja rumah tangga", "domestic_worker", True, True),
        ("perawat lansia", "elderly_carer", True, True),  # named in the licence by itself
        ("perawat lansia", "caregiver", True, True),
        ("perawat lansia", "domestic_worker", False, False),
    ],
)
def test_care_goes_with_housework_only_in_a_private_home(held: str, position: str, at_home: bool, away: bool) -> None:
    one = permit("TW", held)
    assert one.covers("TW", position, Offer()) is at_home
    assert one.covers("TW", position, Offer(away_from_home=frozenset({position}))) is away
    assert one.covers("TW", position, Offer(away_from_home=frozenset({"another"}))) is at_home


def test_housework_takes_in_care_whatever_the_table_of_positions_says() -> None:
    tables: tuple[dict[str, frozenset[str]], ...] = ({}, {"welder": frozenset({"babysitter"})})
    for table in tables:
        held = coverage.permit(licence("TW", "rumah tangga"), lambda _text: {"domestic_worker"}, table)
        assert held.covers("TW", "babysitter", Offer()) is True
        assert held.covers("TW", "babysitter", Offer(away_from_home=frozenset({"babysitter"}))) is False
    other = coverage.permit(licence("TW", "las"), lambda _text: {"welder"}, {})
    assert [other.covers("TW", position, Offer()) for position in ("welder", "babysitter")] == [True, False]


def test_a_licence_for_housework_and_care_covers_care_in_an_institution() -> None:
    both = permit("TW", "pekerja rumah tangga", "perawat lansia")
    away = Offer(away_from_home=frozenset({"elderly_carer", "babysitter"}))
    assert both.covers("TW", "elderly_carer", away) is True
    assert both.covers("TW", "babysitter", away) is False


# --- several licences, several countries --------------------------------------------------------------

TAIWAN, MALAYSIA = permit("TW", "operator"), permit("MY", "las")


@pytest.mark.parametrize(
    ("offer", "missing"),
    [
        (Offer(), set()),
        (Offer(("TW",), ("packer",)), set()),
        (Offer(("TW",), ("welder",)), {("TW", "welder")}),
        (Offer(("SG",)), {("SG", "")}),
        # one country: each of its positions; one position: in each of the countries
        (Offer(("TW",), ("packer", "welder")), {("TW", "welder")}),
        (Offer(("TW", "MY"), ("welder",)), {("TW", "welder")}),
        # neither tied to the other: each country for one of them, and each of them in one country
        (Offer(("TW", "MY"), ("packer", "welder")), set()),
        (Offer(("TW", "SG"), ("packer", "production_operator")), {("SG", "")}),
        (Offer(("TW", "MY"), ("packer", "welder", "babysitter")), {("", "babysitter")}),
        (Offer(("TW", "SG"), ("packer", "babysitter")), {("SG", ""), ("", "babysitter")}),
        # tied: exactly these
        (Offer(("TW", "MY"), ("packer", "welder"), (("TW", "packer"), ("MY", "welder"))), set()),
        (Offer(("TW", "MY"), ("packer", "welder"), (("TW", "welder"), ("MY", "packer"))), {("TW", "welder"), ("MY", "packer")}),
    ],
)
def test_what_no_licence_covers(offer: Offer, missing: set[tuple[str, str]]) -> None:
    assert lacking(offer, TAIWAN, MALAYSIA) == missing
    assert lacking(offer, MALAYSIA, TAIWAN) == missing


def test_without_a_licence_all_of_the_offer_is_missing() -> None:
    assert lacking(Offer(("TW", "MY"), ("packer",))) == {("TW", "packer"), ("MY", "packer")}
    assert lacking(Offer()) == {("", "")}


def test_a_position_of_several_jobs_needs_each_of_them_under_one_of_its_names() -> None:
    """Code "crew" here is one word for welding and for one of two kinds of packing."""
    crew = {"crew": (frozenset({"welder"}), frozenset({"packer", "babysitter"}))}
    offer = Offer(("TW",), ("crew",), either=crew)
    assert lacking(offer, permit("TW", "operator", "las")) == set()
    assert lacking(offer, permit("TW", "operator"), permit("TW", "las")) == set()
    assert lacking(offer, permit("TW", "operator")) == lacking(offer, permit("TW", "las")) == {("TW", "crew")}
    assert lacking(Offer(("TW",), ("crew",)), permit("TW", "operator", "las")) == {("TW", "crew")}


# --- days ---------------------------------------------------------------------------------------------

FROM, TO = date(2026, 3, 1), date(2026, 3, 31)


def days(**more: Any) -> set[int]:
    """Of February (negative), March and April 2026, those the licence can be used on."""
    one = licence(valid_from=FROM, valid_to=TO, **more)
    return {n for n in range(-20, 50) if coverage.valid_on(one, date.fromordinal(FROM.toordinal() + n - 1))}


@pytest.mark.parametrize(
    ("more", "usable"),
    [
        ({}, range(1, 32)),
        ({"gone_since": date(2026, 3, 10)}, range(1, 10)),
        ({"gone_since": date(2026, 3, 31)}, range(1, 31)),
        ({"gone_since": date(2026, 4, 1)}, range(1, 32)),
        ({"gone_since": date(2026, 4, 20)}, range(1, 32)),
        ({"gone_since": date(2026, 3, 1)}, ()),
        ({"status": "revoked", "status_from": date(2026, 3, 10)}, range(1, 10)),
        ({"status": "exhausted", "status_from": date(2026, 3, 10)}, range(1, 10)),
        ({"status": "revoked"}, ()),
        ({"status": "exhausted"}, ()),
        ({"status_from": date(2026, 3, 10)}, range(1, 32)),  # active from then
    ],
)
def test_the_days_a_licence_can_be_used(more: dict[str, Any], usable: Any) -> None:
    assert days(**more) == set(usable)


def test_revoked_and_exhausted_are_two_things() -> None:
    day = date(2026, 3, 10)
    revoked, exhausted = (licence(status=status, status_from=day) for status in ("revoked", "exhausted"))
    assert (coverage.revoked_on(revoked, day), coverage.exhausted_on(revoked, day)) == (True, False)
    assert (coverage.revoked_on(exhausted, day), coverage.exhausted_on(exhausted, day)) == (False, True)


@pytest.mark.parametrize(
    ("gone", "last"),
    [
        (None, date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 30)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 3, 2), date(2026, 3, 1)),
    ],
)
def test_the_last_day_is_the_one_before_it_was_gone_and_never_after_its_end(gone: date | None, last: date) -> None:
    assert coverage.last_day(licence(valid_from=FROM, valid_to=TO, gone_since=gone)) == last
