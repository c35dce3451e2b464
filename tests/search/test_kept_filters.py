"""Filters of cases a person keeps: their verbs, their counters, and the notice of a case that newly fits."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models
from patrol.infra.refusals import RefusedError
from patrol.search import kept_filters
from tests import factories
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

database = pytest.mark.django_db


def kept(by: models.Person, name: str = "Batam", **query: str) -> models.CaseFilter:
    return kept_filters.keep(name=name, query=query or {"q": "batam"}, by=by, now=NOW)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(RefusedError) as error:
        act()
    return error.value.code


def follow() -> None:
    while kept_filters.follow(now=NOW, limit=10):
        pass


def told(person: models.Person) -> list[tuple[str, str]]:
    rows = models.Notice.objects.filter(kind=kept_filters.FITS, person=person).order_by("id")
    return [(row.case.title, row.note) for row in rows.select_related("case") if row.case]


@database
def test_a_filter_is_kept_renamed_and_removed_and_what_cannot_be_is_refused() -> None:
    officer, other = factories.person(), factories.person()
    one = kept(officer, "  Rute   Batam ", q="batam", state="open", page="2", office="x")
    assert (one.name, one.query, one.tells) == ("Rute Batam", {"q": "batam", "state": "open"}, False)
    assert refused(lambda: kept(officer, "Rute Batam")) == "case_filter.name_taken"
    assert refused(lambda: kept(officer, " ")) == "case_filter.name"
    assert refused(lambda: kept(officer, "Lain", page="2")) == "case_filter.empty"
    assert refused(lambda: kept(officer, "Lain", q="0840 5550 1234")) == "case_filter.contact"
    assert refused(lambda: kept(officer, "Lain", q="di")) == "search.short"
    assert refused(lambda: kept(officer, "Lain", since="24/11/26")) == "search.day"
    with pytest.raises(PermissionDenied):
        kept(factories.person("registrar"))
    kept(other, "Rute Batam")  # another person's names are no hindrance
    second = kept(officer, "Kapal", q="kapal")
    assert refused(lambda: kept_filters.rename(filter_id=second.pk, name="Rute Batam", by=officer, now=NOW)) == "case_filter.name_taken"
    assert kept_filters.rename(filter_id=second.pk, name="Kapal", by=officer, now=NOW).name == "Kapal"
    assert kept_filters.rename(filter_id=second.pk, name="Cumi", by=officer, now=NOW).name == "Cumi"
    for verb, more in ((kept_filters.rename, {"name": "x"}), (kept_filters.drop, {}), (kept_filters.set_telling, {"on": True})):
        with pytest.raises(models.CaseFilter.DoesNotExist):
            verb(filter_id=second.pk, by=other, now=NOW, **more)
    kept_filters.set_telling(filter_id=one.pk, on=True, by=officer, now=NOW)
    kept_filters.drop(filter_id=one.pk, by=officer, now=NOW)
    assert [row.name for row in kept_filters.of(officer)] == ["Cumi"]


@database
def test_twenty_filters_and_no_more() -> None:
    officer = factories.person()
    for number in range(kept_filters.MOST_FILTERS):
        kept(officer, f"Saringan {number}")
    assert refused(lambda: kept(officer, "Satu lagi")) == "case_filter.too_many"
    assert len(kept_filters.of(officer)) == 20


@database
def test_counters_are_of_now_and_of_what_the_person_may_see_in_one_query(django_assert_num_queries: Any) -> None:
    officer = factories.person()
    assert kept_filters.counts([], officer) == []
    rows = [
        kept(officer, "a", q="batam"),
        kept(officer, "b", state="open"),
        kept(officer, "c", state="mine"),
        kept(officer, "d", kind="compound"),
    ]
    opened(officer, title="Calo Batam")
    opened(factories.person(), title="Kapal")
    follow()
    officer.office.zone  # noqa: B018 -- loaded as on a page
    with django_assert_num_queries(1):
        assert kept_filters.counts(rows, officer) == [1, 2, 1, 0]
    models.Person.objects.filter(pk=officer.pk).update(office=factories.office("bp3mi-ntb"))
    assert kept_filters.counts(rows, models.Person.objects.get(pk=officer.pk)) == [0, 0, 0, 0]
    models.Person.objects.filter(pk=officer.pk).update(role="registrar")
    assert kept_filters.of(models.Person.objects.get(pk=officer.pk)) == []


@database
def test_counters_stop_where_more_is_only_said_to_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = factories.person()
    monkeypatch.setattr(kept_filters, "MOST_COUNTED", 1)
    for _ in range(3):
        opened(officer)
    one = kept(officer, "semua", state="open")
    assert kept_filters.counts([one], officer) == [2]
    assert refused(lambda: kept_filters.set_telling(filter_id=one.pk, on=True, by=officer, now=NOW)) == "case_filter.wide"
    assert not models.CaseFilter.objects.get(pk=one.pk).tells
    assert models.CaseFitted.objects.count() == 0


@database
def test_a_case_that_newly_fits_is_told_once_and_what_was_there_is_not() -> None:
    officer, colleague = factories.person(), factories.person()
    there = opened(colleague, title="Lama Batam")
    follow()
    one = kept(officer)
    silent = kept(officer, "Diam", state="open")
    kept_filters.set_telling(filter_id=one.pk, on=True, by=officer, now=NOW)
    assert not silent.tells
    cases.note(case_id=there.pk, text="Lagi.", sent=False, by=colleague, now=NOW)
    follow()
    assert told(officer) == []
    new, other = opened(colleague, title="Baru Batam"), opened(colleague, title="Kapal")
    follow()
    assert told(officer) == [("Baru Batam", "Batam")]
    cases.note(case_id=new.pk, text="Lagi.", sent=False, by=colleague, now=NOW)
    cases.note(case_id=other.pk, text="Rutenya Batam juga.", sent=False, by=colleague, now=NOW)
    follow()
    follow()
    assert told(officer) == [("Baru Batam", "Batam"), ("Kapal", "Batam")]  # by its words of today
    notice = models.Notice.objects.filter(person=officer).order_by("id").first()
    assert notice is not None
    assert (notice.case, notice.by, notice.at, notice.office) == (new, colleague, NOW, None)
    kept_filters.set_telling(filter_id=one.pk, on=False, by=officer, now=NOW)
    opened(colleague, title="Lain Batam")
    follow()
    assert len(told(officer)) == 2
    assert models.CaseFitted.objects.count() == 0


@database
def test_one_s_own_act_a_case_of_another_office_and_one_who_left_do_not_ring() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person("analyst")
    gone = factories.person()
    for person in (officer, gone, analyst):
        kept_filters.set_telling(filter_id=kept(person).pk, on=True, by=person, now=NOW)
    models.Person.objects.filter(pk=gone.pk).update(is_active=False)
    own = opened(officer, title="Sendiri Batam")
    opened(factories.person(code="bp3mi-ntb"), confirmed(1, "bp3mi-ntb"), title="Jauh Batam")
    follow()
    assert (told(officer), told(gone), told(analyst)) == ([], [], [("Sendiri Batam", "Batam"), ("Jauh Batam", "Batam")])
    cases.note(case_id=own.pk, text="Lagi.", sent=False, by=colleague, now=NOW)
    follow()
    assert told(officer) == []  # they have known it since they opened it


@database
def test_what_the_machine_notes_makes_nobody_s_own_case_news() -> None:
    officer = factories.person()
    kept_filters.set_telling(filter_id=kept(officer).pk, on=True, by=officer, now=NOW)
    case = opened(officer, title="Sendiri Batam")
    models.CaseEvent.objects.create(case=case, kind="flag_near", at=NOW, flag=confirmed()[0])
    follow()
    assert told(officer) == []


@database
def test_a_note_of_the_other_side_rings_at_nobody() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer, title="Calo")
    follow()
    kept_filters.set_telling(filter_id=kept(analyst).pk, on=True, by=analyst, now=NOW)
    cases.note(case_id=case.pk, text="Rutenya Batam.", sent=False, by=officer, now=NOW)
    follow()
    assert told(analyst) == []
    cases.note(case_id=case.pk, text="Rutenya Batam.", sent=True, by=officer, now=NOW)
    follow()
    assert told(analyst) == [("Calo", "Batam")]


@database
def test_a_case_that_is_undone_takes_its_notice_with_it() -> None:
    officer, colleague = factories.person(), factories.person()
    kept_filters.set_telling(filter_id=kept(officer, state="open").pk, on=True, by=officer, now=NOW)
    (flag,) = factories.flags(1, of=factories.watch())
    filed = cases.file_flag(
        flag_id=flag.pk,
        case_id=None,
        reason="fraud",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=colleague,
        now=NOW,
        title="Keliru",
    )
    follow()
    assert told(officer) == [("Keliru", "Batam")]
    assert filed.decided is not None
    cases.withdraw(decision_id=filed.decided.decisions[0].pk, decision_key=uuid.uuid4(), by=colleague, now=NOW)
    follow()
    assert told(officer) == []
