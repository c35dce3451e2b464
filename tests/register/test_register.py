"""Two files become one edition or nothing; an edition is undone by a new one equal to the one before."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from example import world
from patrol import domain, models, register
from patrol.access import audit
from patrol.engine.licences import files
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.register import editions, writing
from tests import factories
from tests.conftest import NOW
from tests.races import race

LAKSITA = "PT Laksita Benua Rekaan,LBR,201/SIP3MI/2021,active,2024-01-10,,,Jawa Barat,Cirebon,Jl. Contoh 1,0840-1111-0001,,"
WREDA = "PT Wredasana Rekaan,,,active,2024-02-01,,,,,,,,"
TAIWAN = "B. 401/SIP2MI/IV/2026,PT Laksita Benua Rekaan,TW,operator produksi,Pabrik Contoh,60,2026-01-01,2026-12-31,active,2026-01-01"
JAPAN = "B. 402/SIP2MI/IV/2026,PT Wredasana Rekaan,JP,penjahit,,,2026-01-01,2026-12-31,active,2026-02-01"


def agencies(*rows: str) -> bytes:
    return "\n".join((",".join(files.AGENCY_COLUMNS), *rows, "")).encode()


def licences(*rows: str) -> bytes:
    return "\n".join((",".join(files.LICENCE_COLUMNS), *rows, "")).encode()


FIRST = (agencies(LAKSITA, WREDA), licences(TAIWAN, JAPAN))
NEWER = (agencies(LAKSITA.replace("Cirebon", "Bandung")), licences(TAIWAN.replace("active,2026-01-01", "revoked,2026-11-20")))
NAMES: Any = {"agencies_name": "agencies.csv", "licences_name": "licences.csv"}


def take(pair: tuple[bytes, bytes], *, by: models.Person | None = None, **more: Any) -> models.RegisterEdition:
    first, second = pair
    return register.take(first, second, **NAMES, by=by, now=NOW, **more)


def value(held: domain.Register) -> domain.Register:
    """The register as the world sees it: without the edition's own key, in an order that is no database's."""
    return replace(
        held,
        edition=0,
        agencies=tuple(sorted(held.agencies, key=lambda agency: agency.name)),
        licences=tuple(sorted(held.licences, key=lambda licence: (licence.number, licence.country))),
    )


def tables() -> dict[str, int]:
    kept = (models.RegisterEdition, models.Agency, models.Standing, models.Licence, models.AuditEntry)
    return {model.__name__: model.objects.count() for model in kept}


@pytest.mark.django_db
class TestPreview:
    def test_looking_writes_nothing(self) -> None:
        before = tables()
        looked = register.preview(*FIRST, **NAMES)
        assert tables() == before
        assert looked.problems == ()
        assert looked.base == 0
        assert looked.difference is not None
        assert [entry.name for entry in looked.difference.agencies.new] == ["PT Laksita Benua Rekaan", "PT Wredasana Rekaan"]
        assert looked.sources == (
            {"name": "agencies.csv", "sha256": hashlib.sha256(FIRST[0]).hexdigest(), "length": len(FIRST[0]), "rows": 2},
            {"name": "licences.csv", "sha256": hashlib.sha256(FIRST[1]).hexdigest(), "length": len(FIRST[1]), "rows": 2},
        )

    def test_it_names_what_is_new_changed_and_gone_against_the_edition_in_force(self) -> None:
        take(FIRST)
        looked = register.preview(*NEWER, **NAMES)
        assert looked.base == 1
        assert looked.difference is not None
        changed = [(e.name, [(c.field, c.before, c.after) for c in e.changes]) for e in looked.difference.agencies.changed]
        assert changed == [("PT Laksita Benua Rekaan", [("city", "Cirebon", "Bandung")])]
        assert [entry.name for entry in looked.difference.agencies.gone] == ["PT Wredasana Rekaan"]
        assert [entry.number for entry in looked.difference.licences.gone] == ["B. 402/SIP2MI/IV/2026"]
        assert [[(c.field, c.before, c.after) for c in e.changes] for e in looked.difference.licences.changed] == [
            [("status", "active", "revoked"), ("status_from", "2026-01-01", "2026-11-20")]
        ]


@pytest.mark.django_db
class TestTake:
    def test_both_files_are_one_edition_that_names_them(self) -> None:
        registrar = factories.person(Role.REGISTRAR)
        edition = take(FIRST, by=registrar)
        assert (edition.number, edition.register_date, edition.imported_by) == (1, date(2026, 2, 1), registrar)
        assert edition.difference == {
            "agencies": {"new": 2, "changed": 0, "gone": 0, "same": 0},
            "licences": {"new": 2, "changed": 0, "gone": 0, "same": 0},
        }
        assert [file["name"] for file in edition.files] == ["agencies.csv", "licences.csv"]
        for file, content in zip(edition.files, FIRST, strict=True):
            with raw.open_bytes(file["sha256"]) as kept:
                assert kept.read() == content
        read = register.preview(*FIRST, **NAMES).register
        assert read is not None
        assert value(editions.load(edition.pk)) == value(read)

    def test_the_audit_log_names_hashes_and_no_file_names(self) -> None:
        edition = take(FIRST, by=factories.person(Role.REGISTRAR))
        entry = models.AuditEntry.objects.get(verb="register.imported")
        assert entry.after == {"number": 1, "register_date": "2026-02-01", "files": [file["sha256"] for file in edition.files]}
        assert audit.verify() is None

    def test_a_date_that_is_given_is_the_registers(self) -> None:
        assert take(FIRST, register_date=date(2026, 11, 20)).register_date == date(2026, 11, 20)

    def test_what_is_gone_is_kept_and_marked_with_the_day(self) -> None:
        take(FIRST)
        held = editions.load(take(NEWER).pk)
        assert {a.name: a.gone_since for a in held.agencies} == {"PT Laksita Benua Rekaan": None, "PT Wredasana Rekaan": date(2026, 11, 20)}
        assert {one.number: one.gone_since for one in held.licences} == {
            "B. 401/SIP2MI/IV/2026": None,
            "B. 402/SIP2MI/IV/2026": date(2026, 11, 20),
        }

    def test_what_is_gone_keeps_its_day_in_later_editions_and_loses_it_when_it_comes_back(self) -> None:
        take(FIRST)
        take(NEWER)
        later = take(NEWER, register_date=date(2026, 12, 1))
        gone = [agency.gone_since for agency in editions.load(later.pk).agencies if agency.name == "PT Wredasana Rekaan"]
        assert gone == [date(2026, 11, 20)]
        back = editions.load(take(FIRST, register_date=date(2026, 12, 2)).pk)
        assert {agency.gone_since for agency in back.agencies} == {None}
        assert {licence.gone_since for licence in back.licences} == {None}

    def test_a_bad_row_among_good_ones_takes_none(self) -> None:
        take(FIRST)
        before = tables()
        bad = (FIRST[0], licences(TAIWAN, JAPAN.replace("2026-12-31", "2026-13-31")))
        with pytest.raises(RefusedError) as caught:
            take(bad)
        assert tables() == before
        assert (caught.value.code, caught.value.values["count"]) == ("register.mistakes", 1)
        assert [(p.file, p.line, p.column) for p in caught.value.values["problems"] if p.blocking] == [("licences.csv", 3, "valid_to")]

    def test_a_failure_while_writing_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        take(FIRST)
        before = tables()

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(audit, "write", broken)
        with pytest.raises(RuntimeError), transaction.atomic():
            take(NEWER)
        assert tables() == before

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.REGISTRAR])
    def test_only_a_registrar_imports(self, role: str) -> None:
        person = factories.person(role)
        with pytest.raises(PermissionDenied):
            take(FIRST, by=person)
        assert models.RegisterEdition.objects.count() == 0

    def test_the_second_of_two_who_looked_at_the_same_edition_is_told(self) -> None:
        take(FIRST)
        seen = register.preview(*NEWER, **NAMES).base
        take(NEWER, seen_base=seen)
        with pytest.raises(RefusedError) as caught:
            take(FIRST, seen_base=seen)
        assert caught.value.code == "register.stale"
        assert models.RegisterEdition.objects.count() == 2


def test_two_registrars_at_once_one_is_taken_and_the_other_told(committed: None) -> None:
    take(FIRST)
    ours, theirs = (factories.person(Role.REGISTRAR) for _ in range(2))
    done = race(
        f"SELECT pg_advisory_xact_lock({writing._LOCK})",
        lambda: take(NEWER, by=ours, seen_base=1),
        lambda: take((FIRST[0], licences(TAIWAN)), by=theirs, seen_base=1),
    )
    assert sorted(type(each).__name__ for each in done) == ["RefusedError", "RegisterEdition"]
    assert list(models.RegisterEdition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert models.AuditEntry.objects.filter(verb="register.imported").count() == 2


@pytest.mark.django_db
class TestUndo:
    def test_the_edition_before_is_restored_as_a_new_one(self) -> None:
        registrar = factories.person(Role.REGISTRAR)
        first, newer = take(FIRST), take(NEWER)
        restored = register.undo(edition_id=newer.pk, by=registrar, now=NOW)
        assert (restored.number, restored.restores, restored.imported_by) == (3, first, registrar)
        assert restored.register_date == first.register_date
        assert restored.files == first.files
        assert value(editions.load(restored.pk)) == value(editions.load(first.pk))
        assert models.RegisterEdition.objects.count() == 3
        entry = models.AuditEntry.objects.get(verb="register.undone")
        assert entry.after == {"number": 3, "restores": 1, "undone": 2}

    def test_an_undo_is_undone_the_same_way(self) -> None:
        registrar = factories.person(Role.REGISTRAR)
        take(FIRST)
        newer = take(NEWER)
        third = register.undo(edition_id=newer.pk, by=registrar, now=NOW)
        fourth = register.undo(edition_id=third.pk, by=registrar, now=NOW)
        assert value(editions.load(fourth.pk)) == value(editions.load(newer.pk))

    def test_only_the_newest(self) -> None:
        first = take(FIRST)
        take(NEWER)
        with pytest.raises(RefusedError) as caught:
            register.undo(edition_id=first.pk, by=factories.person(Role.REGISTRAR), now=NOW)
        assert caught.value.code == "register.not_newest"

    def test_the_first_has_nothing_before_it(self) -> None:
        first = take(FIRST)
        with pytest.raises(RefusedError) as caught:
            register.undo(edition_id=first.pk, by=factories.person(Role.REGISTRAR), now=NOW)
        assert caught.value.code == "register.no_edition_before"

    def test_only_a_registrar(self) -> None:
        take(FIRST)
        newer = take(NEWER)
        with pytest.raises(PermissionDenied):
            register.undo(edition_id=newer.pk, by=factories.person(Role.ANALYST), now=NOW)
        assert models.RegisterEdition.objects.count() == 2


@pytest.mark.django_db
def test_the_example_register_and_its_newer_edition_come_back_as_they_were_read(tmp_path: Path) -> None:
    world.write_register(tmp_path, date(2026, 11, 23))
    for folder in (tmp_path, tmp_path / "newer"):
        pair = ((folder / "agencies.csv").read_bytes(), (folder / "licences.csv").read_bytes())
        expected = register.preview(*pair, **NAMES).register
        assert expected is not None
        assert value(editions.load(take(pair).pk)) == value(expected)


# What a spreadsheet may hold and a COPY could stumble over.
TEXTS = st.text(st.sampled_from("aé\"'\\{},;\tN –x0"), max_size=12)
NAMED = st.integers(0, 3).map(lambda n: f"PT Rekaan {['Utama', 'Jaya', 'Makmur', 'Sentosa'][n]}")


def csv_of(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, columns, restval="")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


@st.composite
def pairs(draw: st.DrawFn) -> tuple[bytes, bytes]:
    named = draw(st.lists(NAMED, min_size=1, max_size=4, unique=True))
    holders = []
    for name in named:
        row = {"name": name, "aliases": draw(TEXTS), "status": "active", "status_from": "2024-01-01"}
        for column in ("sip3mi_number", "decree", "city", "address", "phones", "websites", "accounts"):
            row[column] = draw(TEXTS)
        holders.append(row)
        if draw(st.booleans()):
            holders.append(row | {"status": "suspended", "status_from": "2025-01-01", "status_to": "2025-03-31"})
            holders[-2] = row | {"status_to": "2024-12-31"}
    granted = [
        {
            "number": f"{n}/SIP2MI/2026",
            "agency": draw(st.sampled_from(named)),
            "country": draw(st.sampled_from(("TW", "Malaysia", "Japan"))),
            "positions": draw(TEXTS),
            "employer": draw(TEXTS),
            "quota": draw(st.sampled_from(("", "0", "250"))),
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-31",
            "status": draw(st.sampled_from(("active", "revoked"))),
            "status_from": draw(st.sampled_from(("", "2026-03-01"))),
        }
        for n in range(1, draw(st.integers(1, 5)) + 1)
    ]
    return csv_of(files.AGENCY_COLUMNS, holders), csv_of(files.LICENCE_COLUMNS, granted)


@pytest.mark.django_db
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(older=pairs(), newer=pairs())
def test_whatever_the_files_hold_an_edition_is_kept_as_it_was_read_and_undone_to_the_one_before(
    older: tuple[bytes, bytes], newer: tuple[bytes, bytes]
) -> None:
    with transaction.atomic():
        for pair in (older, newer):
            looked = register.preview(*pair, **NAMES)
            if looked.register is None:
                with pytest.raises(RefusedError):
                    take(pair)
            else:
                assert value(editions.load(take(pair).pk)) == value(looked.register)
        held = list(models.RegisterEdition.objects.order_by("number"))
        if len(held) == 2:
            by = factories.person(Role.REGISTRAR)
            restored = register.undo(edition_id=held[1].pk, by=by, now=NOW)
            assert value(editions.load(restored.pk)) == value(editions.load(held[0].pk))
        transaction.set_rollback(True)
