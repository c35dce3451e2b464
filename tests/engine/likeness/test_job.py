"""Two jobs on one template: what may not differ, and what may."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patrol.domain import Claim, ClaimKind, Money, Reading, TextKind
from patrol.engine.likeness import job
from patrol.engine.likeness.job import Job

ONE = Job(
    countries=frozenset({"TW"}),
    positions=frozenset({"production_operator"}),
    companies=frozenset({"majurekaan"}),
    pays=frozenset({("TWD", "28590-28590")}),
)


@pytest.mark.parametrize(
    ("other", "another"),
    [
        (ONE, False),
        (Job(), False),  # silence contradicts nothing
        (Job(countries=frozenset({"MY"})), True),
        (Job(countries=frozenset({"TW", "HK"})), False),  # one says more
        (Job(positions=frozenset({"caregiver"})), True),
        (Job(companies=frozenset({"majurekaam"})), False),  # a slip
        (Job(companies=frozenset({"maju"})), False),  # an emoji cut the name
        (Job(companies=frozenset({"sinarrekaan"})), True),
        (Job(pays=frozenset({("MYR", "1700-1700")})), True),
        (Job(pays=frozenset({("TWD", "30000-30000")})), False),  # another amount is not yet another job
    ],
)
def test_another_job(other: Job, another: bool) -> None:
    assert ONE.is_another(other) is another
    assert other.is_another(ONE) is another


def test_another_pay() -> None:
    assert ONE.pays_another(Job(pays=frozenset({("TWD", "30000-30000")})))
    assert not ONE.pays_another(ONE)
    assert not ONE.pays_another(Job())


def test_the_job_of_one_source() -> None:
    claims = (
        Claim(ClaimKind.COUNTRY, "TW", (0, 6), role="destination"),
        Claim(ClaimKind.COUNTRY, "KH", (7, 14), role="denied"),
        Claim(ClaimKind.COUNTRY, "JP", (0, 6), "image:0", role="destination"),
        Claim(ClaimKind.COMPANY, "PT. 𝐌aju Rekaan", (20, 34)),
        Claim(ClaimKind.PLACE, "35", (40, 45)),
        Claim(ClaimKind.PAY, "gaji 5 juta", (50, 61), money=Money(Decimal("5E6"), Decimal(5_000_000), "IDR")),
    )
    abroad = Reading(TextKind.OFFER_ABROAD, claims, ("TW",), ())
    assert job.job(abroad) == Job(frozenset({"TW"}), companies=frozenset({"majurekaan"}), pays=frozenset({("IDR", "5000000-5000000")}))
    assert job.job(abroad, "image:0") == Job(frozenset({"JP"}))
    # the check's agency stands beside the name as written, in which a slip may be
    assert job.job(abroad, agency="PT Maju Rekaan Contoh").companies == {"majurekaan", "majurekaancontoh"}
    # at home the town is where the work is
    assert job.job(Reading(TextKind.OFFER_HOME, claims, (), ())).towns == {"35"}


def test_work_and_countries_that_are_only_named_are_no_job() -> None:
    claims = (
        Claim(ClaimKind.POSITION, "welder", (0, 3)),
        Claim(ClaimKind.POSITION, "driver", (10, 15), detail={"said": "aside"}),
        Claim(ClaimKind.COUNTRY, "KR", (20, 25), role="mentioned"),
    )
    reading = Reading(TextKind.OFFER_ABROAD, claims, (), ("welder",))
    assert job.job(reading) == Job(positions=frozenset({"welder"}))
