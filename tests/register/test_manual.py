"""One change by hand: put forward by one person, released by another as an edition, and what later files do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import domain, models, register
from patrol.access import audit
from patrol.engine import assess
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.register import editions, manual, recheck
from tests import factories
from tests.factories import NOW
from tests.register import by_hand

pytestmark = pytest.mark.django_db
NOON = NOW + timedelta(hours=2)
DAY = by_hand.TODAY
REVOKED_ROW = f"PT Laksita Benua Rekaan,,,revoked,{DAY},,SK Rekaan 7/2026,,,,,,"


def agency() -> domain.Agency:
    held = editions.current_register()
    assert held is not None
    return next(one for one in held.agencies if one.name == "PT Laksita Benua Rekaan")


def licence(number: str) -> domain.Licence | None:
    held = editions.current_register()
    assert held is not None
    return next((one for one in held.licences if one.number == number), None)


def counts() -> list[int]:
    kept = (models.RegisterEdition, models.ManualChange, models.ManualAnswer, models.ManualHeld, models.Capture, models.AuditEntry)
    return [model.objects.count() for model in kept]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"decree": "  "}, "register.decree decree"),
    ({"decree": "S" * 301}, "register.decree decree"),
    ({"decree_date": DAY + timedelta(days=1)}, "register.decree_date decree_date"),
    ({"decree_date": date(1900, 1, 1)}, "register.decree_date decree_date"),
    ({"scan": b"GIF89a"}, "register.scan scan"),
    ({"scan": b""}, "register.scan scan"),
    ({"scan": b"%PDF-" + b"x" * manual.MOST_BYTES}, "register.scan scan"),
    ({"agency": "PT Lain Rekaan"}, "register.by_hand_wrong agency"),
    ({"typed": {"status": "revoked", "status_from": "31/11/2026"}}, "register.by_hand_wrong status_from"),
    ({"typed": {"status": "hilang", "status_from": "2026-11-01"}}, "register.by_hand_wrong status"),
    ({"typed": {"status": "active", "status_from": "2024-01-10"}}, "register.by_hand_wrong"),
    ({"typed": {"status": "revoked", "status_from": "2024-01-10"}}, "register.by_hand_wrong status_from"),
    ({"typed": {"status": "revoked", "status_from": "2026-11-02", "status_to": "2026-11-01"}}, "register.by_hand_wrong status_to"),
    ({"typed": {"status": "revoked", "status_from": "2023-11-02", "status_to": "2024-11-01"}}, "register.by_hand_wrong status_to"),
    ({"ends": True, "typed": {"status": "active", "since": "2024-01-10", "status_to": "2026-11-01"}}, "register.by_hand_wrong period"),
    ({**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "number": "=cmd()"}}, "register.by_hand_wrong number"),
    ({**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "number": "B. 4\x0799"}}, "register.by_hand_wrong number"),
    ({**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "number": "9" * 201}}, "register.by_hand_wrong number"),
    ({**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "country": "Wakanda"}}, "register.by_hand_wrong country"),
    ({**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "valid_to": "2026-10-31"}}, "register.by_hand_wrong valid_to"),
    (
        {**by_hand.LICENCE, "typed": {**by_hand.LICENCE["typed"], "number": "B.401/SIP2MI/IV/2026", "country": "TW"}},
        "register.by_hand_wrong number",
    ),
    (
        {**by_hand.LICENCE, "agency": "PT Wredasana Rekaan", "typed": {**by_hand.LICENCE["typed"], "number": "B.401/SIP2MI/IV/2026"}},
        "register.by_hand_wrong number",
    ),
    ({"kind": "licence", "ends": True, "typed": {"number": "B. 9", "country": "TW"}}, "register.by_hand_wrong number"),
    ({"kind": "contact", "typed": {"column": "phones", "contact": "<b>telepon</b>"}}, "register.by_hand_wrong contact"),
    ({"kind": "contact", "typed": {"column": "accounts", "contact": "akun tanpa platform"}}, "register.by_hand_wrong contact"),
    ({"kind": "contact", "typed": {"column": "websites", "contact": "bukan situs"}}, "register.by_hand_wrong contact"),
    ({"kind": "contact", "typed": {"column": "phones", "contact": "0840 1111 0001"}}, "register.by_hand_wrong"),
    ({"kind": "contact", "typed": {"column": "name", "contact": "PT Lain"}}, "register.by_hand_wrong column"),
    ({"kind": "contact", "ends": True, "typed": {"column": "phones", "contact": "0840-9"}}, "register.by_hand_wrong contact"),
]


def ended(status: str, day: date) -> dict[str, Any]:
    typed = {"number": "B. 401/SIP2MI/IV/2026", "country": "TW", "status": status, "status_from": day.isoformat()}
    return {"kind": "licence", "ends": True, "typed": typed}


class TestProposing:
    def test_it_waits_and_whoever_may_release_it_is_told(self) -> None:
        by_hand.take()
        registrar, other = factories.person(Role.REGISTRAR), factories.person(Role.REGISTRAR)
        supervisor = factories.person(Role.SUPERVISOR, "directorate")
        factories.person(Role.SUPERVISOR)  # of an office
        factories.person(Role.REGISTRAR, approves=False)
        made = by_hand.proposed(by=registrar)
        assert (made.kind, made.ends, made.agency, made.by) == ("standing", False, "PT Laksita Benua Rekaan", registrar)
        assert made.row == {"status": "revoked", "since": DAY.isoformat(), "until": None, "decree": "SK Rekaan 7/2026"}
        assert raw.whole(made.scan.sha256) == by_hand.SCAN
        assert set(models.Notice.objects.values_list("kind", "person")) == {("register_waits", other.pk), ("register_waits", supervisor.pk)}
        assert [period.status for period in agency().standings] == ["active"]
        assert models.AuditEntry.objects.get(verb="register.proposed").after == {
            "change": made.pk,
            "kind": "standing",
            "ends": False,
            "commitment": made.scan.commitment,
        }

    def test_what_cannot_be_says_where_and_leaves_nothing(self) -> None:
        by_hand.take()
        before, registrar = counts(), factories.person(Role.REGISTRAR)
        for told, refused in WRONG:
            with pytest.raises(RefusedError) as error:
                by_hand.proposed(by=registrar, **told)
            assert (told, str(error.value)) == (told, refused)
            assert counts() == before

    def test_nobody_else_proposes(self) -> None:
        by_hand.take()
        for role in (Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR, Role.SUPERVISOR):
            with pytest.raises(PermissionDenied):
                by_hand.proposed(by=factories.person(role))
        assert models.ManualChange.objects.count() == 0

    def test_without_a_register_there_is_nothing_to_change(self) -> None:
        with pytest.raises(RefusedError, match=r"register\.none_loaded"):
            by_hand.proposed()


class TestTwoPeople:
    def test_the_second_releases_it_as_an_edition_with_its_scan(self) -> None:
        first = by_hand.take()
        edition = by_hand.released()
        change = models.ManualChange.objects.get()
        assert (edition.number, edition.register_date, edition.releases) == (2, first.register_date, change)
        assert [(file["sha256"], file["length"]) for file in edition.files] == [(change.scan.sha256, len(by_hand.SCAN))]
        assert edition.difference["agencies"] == {"new": 0, "changed": 1, "gone": 0, "same": 1}
        assert agency().standings[-1] == domain.Standing("revoked", DAY, None, "SK Rekaan 7/2026")
        assert by_hand.held(edition) == [(change.pk, "stands")]
        assert list(models.Notice.objects.values_list("kind", "person")) == [("register_released", change.by_id)]
        assert audit.verify() is None

    def test_one_person_alone_is_refused(self) -> None:
        by_hand.take()
        registrar = factories.person(Role.REGISTRAR)
        change = by_hand.proposed(by=registrar)
        before = counts()
        with pytest.raises(RefusedError, match=r"pair\.same"):
            manual.release(change_id=change.pk, seen_base=1, by=registrar, now=NOON)
        with pytest.raises(RefusedError, match=r"pair\.same"):
            manual.refuse(change_id=change.pk, note="Salah", by=registrar, now=NOON)
        with pytest.raises(RefusedError, match=r"register\.not_yours"):
            manual.withdraw(change_id=change.pk, by=factories.person(Role.REGISTRAR), now=NOON)
        with pytest.raises(PermissionDenied):
            manual.release(change_id=change.pk, seen_base=1, by=factories.person(Role.SUPERVISOR), now=NOON)
        assert counts() == before

    @pytest.mark.parametrize("kind", ["released", "refused"])
    def test_the_database_takes_no_answer_of_who_proposed(self, kind: str) -> None:
        by_hand.take()
        change = by_hand.proposed()
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.ManualAnswer.objects.create(change=change, kind=kind, by=change.by, at=NOON)
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.ManualAnswer.objects.create(change=change, kind="withdrawn", by=factories.person(Role.REGISTRAR), at=NOON)

    def test_the_database_lets_nothing_into_an_edition_that_nobody_released(self) -> None:
        edition = by_hand.take()
        change = by_hand.proposed()
        told = {"register_date": DAY, "imported_at": NOON, "number": 2}
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.RegisterEdition.objects.create(releases=change, **told)
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.ManualHeld.objects.create(edition=edition, change=change, how="stands")
        models.ManualAnswer.objects.create(change=change, kind="withdrawn", by=change.by, at=NOON)
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.ManualHeld.objects.create(edition=edition, change=change, how="stands")

    def test_it_is_answered_once(self) -> None:
        by_hand.take()
        change, other = by_hand.proposed(), factories.person(Role.REGISTRAR)
        manual.refuse(change_id=change.pk, note="Nomor SK salah", by=other, now=NOON)
        assert list(models.Notice.objects.filter(person=change.by).values_list("kind", "note")) == [("register_refused", "Nomor SK salah")]
        assert models.Notice.objects.filter(kind="register_waits").count() == 0
        before = counts()
        for verb, told in ((manual.release, {"seen_base": 1}), (manual.refuse, {"note": "Salah"}), (manual.withdraw, {})):
            with pytest.raises(RefusedError, match=r"register\.answered"):
                verb(change_id=change.pk, by=other, now=NOON, **told)
        assert counts() == before
        assert manual.became([models.ManualChange.objects.select_related("answer").get()]) == {change.pk: "refused"}

    def test_a_register_that_moved_is_looked_at_again(self) -> None:
        by_hand.take()
        change, other = by_hand.proposed(), factories.person(Role.REGISTRAR)
        by_hand.take(by_hand.agencies(by_hand.LAKSITA, by_hand.WREDA, REVOKED_ROW))
        with pytest.raises(RefusedError, match=r"register\.moved"):
            manual.release(change_id=change.pk, seen_base=1, by=other, now=NOON)
        with pytest.raises(RefusedError, match=r"register\.no_longer_fits") as error:
            manual.release(change_id=change.pk, seen_base=2, by=other, now=NOON)
        assert error.value.said("id") == "Register sudah memuat perubahan ini"
        manual.withdraw(change_id=change.pk, by=change.by, now=NOON)
        assert models.RegisterEdition.objects.count() == 2


class TestEachKind:
    def test_a_licence_added_and_ended(self) -> None:
        by_hand.take()
        by_hand.released(**by_hand.LICENCE)
        added = licence("B. 499/SIP2MI/XI/2026")
        assert added is not None
        assert (added.agency, added.country, added.positions, added.status) == ("PT Laksita Benua Rekaan", "JP", (), "active")
        end = {"number": "B. 401/SIP2MI/IV/2026", "country": "TW", "status": "dicabut", "status_from": DAY.isoformat()}
        by_hand.released(kind="licence", ends=True, typed=end)
        ended = licence("B. 401/SIP2MI/IV/2026")
        assert ended is not None
        assert (ended.status, ended.status_from, ended.positions) == ("revoked", DAY, ("operator produksi",))

    def test_a_sanction_is_added_ended_and_followed_by_active_again(self) -> None:
        by_hand.take()
        by_hand.released(typed={"status": "suspended", "status_from": "2026-10-01", "status_to": "2026-12-31"})
        by_hand.released(ends=True, typed={"status": "suspended", "since": "2026-10-01", "status_to": "2026-11-30"})
        by_hand.released(typed={"status": "active", "status_from": DAY.isoformat()})
        assert [(one.status, one.since, one.until) for one in agency().standings] == [
            ("active", date(2024, 1, 10), None),
            ("suspended", date(2026, 10, 1), DAY - timedelta(days=1)),
            ("active", DAY, None),
        ]

    def test_a_contact_added_and_ended(self) -> None:
        by_hand.take()
        by_hand.released(**by_hand.PHONE)
        assert agency().phones == ("0840-1111-0001", "0840-1111-0009")
        by_hand.released(kind="contact", ends=True, typed={"column": "phones", "contact": "0840-1111-0001"})
        assert agency().phones == ("0840-1111-0009",)

    def test_a_number_is_spelled_as_the_register_spells_it_and_checked_for_each_of_its_countries(self) -> None:
        by_hand.take()
        typed = {**by_hand.LICENCE["typed"], "number": "B.401 / SIP2MI/IV/2026"}
        by_hand.released(**{**by_hand.LICENCE, "typed": typed})
        held = editions.current_register()
        assert held is not None
        assert [(one.number, one.country) for one in held.licences] == [("B. 401/SIP2MI/IV/2026", one) for one in ("TW", "JP")]
        japan = replace(held.licences[1], number="B.401/SIP2MI/IV/2026")
        book = assess.book(replace(held, licences=(held.licences[0], japan)))
        assert {one.licence.country for one in book.permits_by_number("B. 401/SIP2MI/IV/2026")} == {"TW", "JP"}

    def test_a_sanction_does_not_end_with_a_milder_one_within_it(self) -> None:
        by_hand.take()
        by_hand.released(typed={"status": "suspended", "status_from": "2026-01-05"})
        change: dict[str, Any] = {"typed": {"status": "supervised", "status_from": "2026-11-01", "status_to": "2026-11-30"}}
        before = counts()
        with pytest.raises(RefusedError) as error:
            by_hand.proposed(**change)
        assert error.value.said("id") == "Masa itu terletak di dalam status yang berlaku tanpa tanggal akhir; akhiri dulu yang itu"
        assert counts() == before
        by_hand.released(typed={"status": "revoked", "status_from": "2026-11-01"})  # what has no last day may follow
        assert [one.status for one in agency().standings] == ["active", "suspended", "revoked"]

    def test_a_licence_that_ended_ends_earlier_and_no_later(self) -> None:
        by_hand.take()
        by_hand.released(**ended("dicabut", date(2026, 11, 10)))
        with pytest.raises(RefusedError, match=r"^register\.by_hand_wrong status_from$"):
            by_hand.proposed(**ended("dicabut", date(2026, 11, 11)))
        by_hand.released(**ended("kuota habis", date(2026, 11, 2)))
        found = licence("B. 401/SIP2MI/IV/2026")
        assert found is not None
        assert (found.status, found.status_from) == ("exhausted", date(2026, 11, 2))

    def test_nothing_is_released_whose_scan_is_gone(self) -> None:
        by_hand.take()
        change = by_hand.proposed()
        raw.path_of(change.scan.sha256).unlink()
        with pytest.raises(RefusedError, match=r"^register\.scan_gone$"):
            manual.release(change_id=change.pk, seen_base=1, by=factories.person(Role.REGISTRAR), now=NOON)
        assert (models.RegisterEdition.objects.count(), models.ManualAnswer.objects.count()) == (1, 0)


class TestFilesAfterIt:
    def test_a_file_without_the_agency_confirms_nothing(self) -> None:
        by_hand.take()
        for told in ({}, by_hand.LICENCE, by_hand.PHONE):
            by_hand.released(**told)
        files = by_hand.agencies(by_hand.WREDA), by_hand.licences(by_hand.TAIWAN.replace("Laksita Benua", "Wredasana"))
        looked = register.preview(*files, **by_hand.NAMES)
        assert [(one.confirmed, one.otherwise) for one in looked.by_hand] == [(False, False)] * 3
        assert [one.unfit.id if one.unfit else None for one in looked.by_hand] == [None, "P3MI ini sudah tidak ada di register", None]
        with pytest.raises(RefusedError, match=r"^register\.by_hand_unchosen$"):
            by_hand.take(*files)
        keep = {one.change.pk: one.unfit is None for one in looked.by_hand}
        edition = by_hand.take(*files, keep=keep)
        assert (agency().gone_since, agency().standings[-1].status) == (edition.register_date, "revoked")
        with pytest.raises(RefusedError, match=r"^register\.by_hand_wrong agency$"):
            by_hand.proposed(**by_hand.LICENCE)
        (asked, _phone) = register.preview(by_hand.agencies(), by_hand.licences(), **by_hand.NAMES).to_choose  # it came back: asked again
        assert asked.change.kind == "standing"

    def test_a_later_change_that_they_confirm_counts_over_an_older_one_that_is_kept(self) -> None:
        by_hand.take()
        by_hand.released(**by_hand.PHONE)
        by_hand.released(kind="contact", ends=True, typed={"column": "phones", "contact": "0840-1111-0009"})
        added, _removed = models.ManualChange.objects.order_by("id")
        edition = by_hand.take(keep={added.pk: True})
        assert (agency().phones, [how for _pk, how in by_hand.held(edition)]) == (("0840-1111-0001",), ["kept", "confirmed"])

    def test_what_they_hold_is_confirmed(self) -> None:
        by_hand.take()
        by_hand.released()
        files = by_hand.agencies(by_hand.LAKSITA, by_hand.WREDA, REVOKED_ROW), by_hand.licences()
        (looked,) = register.preview(*files, **by_hand.NAMES).by_hand
        assert (looked.confirmed, looked.otherwise) == (True, False)
        edition = by_hand.take(*files)
        assert by_hand.held(edition) == [(looked.change.pk, "confirmed")]
        assert by_hand.held(by_hand.take(*files)) == []  # it is the files' from then on
        assert manual.became([models.ManualChange.objects.select_related("answer").get()]) == {looked.change.pk: "confirmed"}

    def test_what_they_lack_waits_for_a_choice_and_stays_where_it_is_kept(self) -> None:
        by_hand.take()
        for told in ({}, by_hand.LICENCE, by_hand.PHONE):
            by_hand.released(**told)
        looked = register.preview(by_hand.agencies(), by_hand.licences(), **by_hand.NAMES)
        assert [(one.confirmed, one.otherwise, one.unfit) for one in looked.to_choose] == [(False, False, None)] * 3
        before, ids = counts(), [one.change.pk for one in looked.to_choose]
        for keep in (None, {}, {ids[0]: True, ids[1]: False}):
            with pytest.raises(RefusedError, match=r"register\.by_hand_unchosen"):
                by_hand.take(keep=keep)
        assert counts() == before
        edition = by_hand.take(keep=dict.fromkeys(ids, True))
        assert by_hand.held(edition) == [(pk, "kept") for pk in ids]
        added = licence("B. 499/SIP2MI/XI/2026")
        assert (agency().standings[-1].status, added and added.gone_since) == ("revoked", None)
        assert agency().phones == ("0840-1111-0001", "0840-1111-0009")
        assert edition.difference == {
            "agencies": {"new": 0, "changed": 0, "gone": 0, "same": 2},
            "licences": {"new": 0, "changed": 0, "gone": 0, "same": 2},
        }
        assert len(register.preview(by_hand.agencies(), by_hand.licences(), **by_hand.NAMES).to_choose) == 3  # asked each time

    def test_what_they_lack_goes_where_it_is_ended(self) -> None:
        by_hand.take()
        for told in ({}, by_hand.LICENCE, by_hand.PHONE):
            by_hand.released(**told)
        ids = list(models.ManualChange.objects.order_by("id").values_list("pk", flat=True))
        edition = by_hand.take(keep=dict.fromkeys(ids, False))
        assert by_hand.held(edition) == [(pk, "ended") for pk in ids]
        added = licence("B. 499/SIP2MI/XI/2026")
        assert (agency().standings[-1].status, agency().phones) == ("active", ("0840-1111-0001",))
        assert added is not None
        assert added.gone_since == edition.register_date  # as any row that is gone from the files
        assert register.preview(by_hand.agencies(), by_hand.licences(), **by_hand.NAMES).by_hand == ()

    def test_what_they_tell_otherwise_is_said(self) -> None:
        by_hand.take()
        by_hand.released(**by_hand.LICENCE)
        end = {"number": "B. 401/SIP2MI/IV/2026", "country": "TW", "status": "revoked", "status_from": DAY.isoformat()}
        by_hand.released(kind="licence", ends=True, typed=end)
        longer = "B.499/SIP2MI/XI/2026,PT Laksita Benua Rekaan,JP,,,,2026-11-01,2028-10-31,active,"
        looked = register.preview(by_hand.agencies(), by_hand.licences(by_hand.TAIWAN, longer), **by_hand.NAMES)
        assert [(one.confirmed, one.otherwise) for one in looked.by_hand] == [(False, True), (False, True)]
        other = longer.replace("PT Laksita Benua Rekaan", "PT Wredasana Rekaan")
        looked = register.preview(by_hand.agencies(), by_hand.licences(by_hand.TAIWAN, other), **by_hand.NAMES)
        unfit = looked.by_hand[0].unfit
        assert unfit is not None
        assert unfit.id == "Nomor ini milik PT Wredasana Rekaan"
        keep = {one.change.pk: True for one in looked.by_hand}
        with pytest.raises(RefusedError, match=r"register\.by_hand_unfit"):
            by_hand.take(second=by_hand.licences(by_hand.TAIWAN, other), keep=keep)
        assert models.RegisterEdition.objects.count() == 3


class TestUndo:
    def test_the_change_itself(self) -> None:
        by_hand.take()
        edition = by_hand.released()
        undone = register.undo(edition_id=edition.pk, by=factories.person(Role.REGISTRAR), now=NOON)
        assert ([one.status for one in agency().standings], by_hand.held(undone)) == (["active"], [])
        change = models.ManualChange.objects.select_related("answer").get()
        assert manual.became([change]) == {change.pk: "undone"}

    def test_of_an_import_beneath_leaves_the_change(self) -> None:
        by_hand.take()
        wrong = by_hand.take(by_hand.agencies(by_hand.LAKSITA.replace("Cirebon", "Bandung"), by_hand.WREDA))
        by_hand.released()
        undone = register.undo(edition_id=wrong.pk, by=factories.person(Role.REGISTRAR), now=NOON)
        assert (undone.number, agency().city, agency().standings[-1].status) == (4, "Cirebon", "revoked")
        change = models.ManualChange.objects.select_related("answer").get()
        assert (by_hand.held(undone), manual.became([change])) == ([(change.pk, "stands")], {change.pk: "stands"})
        assert change.scan.sha256 in {file["sha256"] for file in undone.files}
        with pytest.raises(RefusedError, match=r"register\.not_newest"):
            register.undo(edition_id=wrong.pk, by=factories.person(Role.REGISTRAR), now=NOON)

    def test_of_an_import_the_change_rests_on_is_refused(self) -> None:
        by_hand.take(by_hand.agencies(by_hand.WREDA), by_hand.licences(by_hand.TAIWAN.replace("Laksita Benua", "Wredasana")))
        beneath = by_hand.take(by_hand.agencies(), by_hand.licences(by_hand.TAIWAN.replace("Laksita Benua", "Wredasana")))
        by_hand.released()
        before = counts()
        with pytest.raises(RefusedError, match=r"register\.rests_on"):
            register.undo(edition_id=beneath.pk, by=factories.person(Role.REGISTRAR), now=NOON)
        assert counts() == before

    @pytest.mark.parametrize("keep", [True, False])
    def test_of_the_import_after_it_brings_it_back(self, keep: bool) -> None:
        by_hand.take()
        by_hand.released()
        change = models.ManualChange.objects.get()
        after = by_hand.take(keep={change.pk: keep})
        undone = register.undo(edition_id=after.pk, by=factories.person(Role.REGISTRAR), now=NOON)
        assert (agency().standings[-1].status, by_hand.held(undone)) == ("revoked", [(change.pk, "stands")])


def test_a_decree_of_this_morning_counts_at_noon() -> None:
    """Posts of its day and later are judged by it from the release on, one of the day before is not; all are due again."""
    by_hand.take()
    text = "Lowongan operator produksi ke Taiwan, PT Laksita Benua Rekaan, SIP No. B. 401/SIP2MI/IV/2026. Hubungi 0840-1111-0001."
    factories.offices()
    morning, yesterday = factories.stored(
        [
            factories.raw_post(text, posted_at=NOW - timedelta(hours=1)),
            factories.raw_post(f"{text} Gaji 20 juta.", posted_at=NOW - timedelta(days=1)),
        ]
    )
    assessing.read_due(now=NOW, limit=10)
    recheck.mark(now=NOW)
    assessing.read_due(now=NOW, limit=10)
    by_hand.proposed()
    assert recheck.mark(now=NOW) == 0  # a proposal is no register
    change = models.ManualChange.objects.get()
    manual.release(change_id=change.pk, seen_base=1, by=factories.person(Role.REGISTRAR), now=NOON)
    assert recheck.mark(now=NOON) == 2
    assessing.read_due(now=NOON, limit=10)

    def verdicts(post: models.Post) -> list[str]:
        checks = models.LicenceCheck.objects.filter(reading__version__post=post).order_by("id")
        return list(checks.values_list("verdict", flat=True))

    assert (verdicts(morning), verdicts(yesterday)) == (["licensed", "agency_revoked"], ["licensed", "licensed"])
