"""The register as it is kept, as a value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from patrol import domain, models
from patrol.register import editions
from tests import factories

pytestmark = pytest.mark.django_db

BULAN, BINTANG = "PT Rembulan Karya Contoh", "PT Bintang Samudra Contoh"


def filled() -> Any:
    return factories.register(
        [
            {
                "name": BULAN,
                "aliases": ["Rembulan"],
                "sip3mi_number": "12/SIP3MI",
                "phones": ["021 84055501"],
                "standings": [("revoked", "2026-05-01", None, "SK 2"), ("active", "2020-01-01", "2026-04-30", "SK 1")],
            },
            {"name": BINTANG, "province": "NTB", "gone_since": date(2026, 11, 1), "standings": []},
        ],
        [
            {"number": "2/SIP", "agency": BULAN, "country": "TW", "positions": ["caregiver", "operator"], "quota": 5},
            {"number": "1/SIP", "agency": BINTANG, "country": "MY", "status": "revoked", "status_from": "2026-06-01"},
        ],
        register_date=date(2026, 11, 20),
    )


def test_an_edition_becomes_the_value_that_was_put_in() -> None:
    edition = filled()
    assert editions.load(edition.pk) == domain.Register(
        agencies=(
            domain.Agency(name=BINTANG, province="NTB", gone_since=date(2026, 11, 1)),
            domain.Agency(
                name=BULAN,
                aliases=("Rembulan",),
                sip3mi_number="12/SIP3MI",
                phones=("021 84055501",),
                standings=(
                    domain.Standing("active", date(2020, 1, 1), date(2026, 4, 30), "SK 1"),
                    domain.Standing("revoked", date(2026, 5, 1), None, "SK 2"),
                ),
            ),
        ),
        licences=(
            domain.Licence(
                number="1/SIP",
                agency=BINTANG,
                country="MY",
                positions=(),
                valid_from=date(2026, 1, 1),
                valid_to=date(2027, 12, 31),
                status="revoked",
                status_from=date(2026, 6, 1),
            ),
            domain.Licence(
                number="2/SIP",
                agency=BULAN,
                country="TW",
                positions=("caregiver", "operator"),
                quota=5,
                valid_from=date(2026, 1, 1),
                valid_to=date(2027, 12, 31),
                status="active",
            ),
        ),
        register_date=date(2026, 11, 20),
        edition=edition.pk,
    )


def test_the_newest_edition_is_in_force_and_holds_nothing_of_the_others() -> None:
    assert editions.current() is None
    assert editions.current_register() is None
    filled()
    newer = factories.register([{"name": "PT Kelapa Hijau Contoh"}])
    assert editions.current() == newer
    held = editions.current_register()
    assert held is not None
    assert ([agency.name for agency in held.agencies], held.licences, held.edition) == (["PT Kelapa Hijau Contoh"], (), newer.pk)


def test_an_edition_that_is_none_is_no_empty_register() -> None:
    with pytest.raises(models.RegisterEdition.DoesNotExist):
        editions.load(999_999)


@pytest.mark.parametrize("count", [1, 30])
def test_loading_takes_four_queries(count: int, django_assert_num_queries: Any) -> None:
    names = [f"PT Contoh {n}" for n in range(count)]
    edition = factories.register([{"name": name} for name in names], [{"number": name, "agency": name, "country": "TW"} for name in names])
    with django_assert_num_queries(4):
        assert len(editions.load(edition.pk).licences) == count
