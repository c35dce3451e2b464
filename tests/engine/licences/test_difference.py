from __future__ import annotations

from dataclasses import replace
from datetime import date

from patrol.domain import Agency, Licence, Register, Standing
from patrol.engine.licences.difference import Change, Entry, Part, difference

LAKSITA = Agency("PT Laksita Benua Tirta", standings=(Standing("active", date(2024, 1, 1)),), phones=("0840-1",))
WREDASANA = Agency("PT Wredasana Samudra", standings=(Standing("active", date(2024, 1, 1)),))
FIRST = Licence("B. 401/SIP2MI/IV/2026", LAKSITA.name, "TW", ("operator produksi",), quota=None)
SECOND = Licence("B. 402/SIP2MI/IV/2026", LAKSITA.name, "MY", ("penjahit",), quota=20)
OLD = Register((LAKSITA, WREDASANA), (FIRST, SECOND), date(2026, 11, 20))


def test_against_nothing_everything_is_new() -> None:
    found = difference(None, OLD)
    assert found.agencies == Part((Entry(LAKSITA.name), Entry(WREDASANA.name)), (), (), 0)
    assert found.licences.new == (Entry(LAKSITA.name, FIRST.number, "TW"), Entry(LAKSITA.name, SECOND.number, "MY"))


def test_an_equal_edition_changes_nothing() -> None:
    found = difference(OLD, replace(OLD, edition=9, register_date=date(2026, 11, 23)))
    assert (found.agencies, found.licences) == (Part((), (), (), 2), Part((), (), (), 2))


def test_new_changed_and_gone_are_told_with_their_fields() -> None:
    suspended = replace(LAKSITA, standings=(*LAKSITA.standings, Standing("suspended", date(2026, 11, 16), None, "SK 1")))
    third = Licence("B. 403/SIP2MI/V/2026", LAKSITA.name, "JP", ("penjahit",))
    new = Register(
        (replace(suspended, phones=("0840-2",)), replace(WREDASANA, gone_since=date(2026, 11, 23))),
        (replace(FIRST, number="b 401/SIP2MI/IV/2026", quota=60), third),
        date(2026, 11, 23),
    )
    found = difference(OLD, new)
    assert found.agencies == Part(
        (),
        (
            Entry(
                LAKSITA.name,
                changes=(
                    Change("status", "active 2024-01-01", "active 2024-01-01; suspended 2026-11-16 (SK 1)"),
                    Change("phones", "0840-1", "0840-2"),
                ),
            ),
        ),
        (Entry(WREDASANA.name),),
        0,
    )
    assert found.licences == Part(
        (Entry(LAKSITA.name, third.number, "JP"),),
        (Entry(LAKSITA.name, "b 401/SIP2MI/IV/2026", "TW", (Change("quota", "", "60"),)),),
        (Entry(LAKSITA.name, SECOND.number, "MY"),),
        0,
    )


def test_what_stays_gone_is_no_difference_and_what_comes_back_is_new() -> None:
    gone = replace(OLD, agencies=(LAKSITA, replace(WREDASANA, gone_since=date(2026, 11, 1))))
    assert difference(gone, gone).agencies == Part((), (), (), 1)
    assert difference(gone, OLD).agencies == Part((Entry(WREDASANA.name),), (), (), 1)
