"""Cases by their words: what stands in them, for whom, and when it is taken in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from patrol import cases, models, search
from patrol.cases import attachments
from patrol.infra import reached
from patrol.search import case_words
from tests import factories
from tests.cases import objected, test_homes, test_merging
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

database = pytest.mark.django_db


def noted(case: models.Case, text: str, by: models.Person, *, sent: bool = False) -> None:
    cases.note(case_id=case.pk, text=text, sent=sent, by=by, now=NOW)


def holding(asked: str, person: models.Person) -> list[str]:
    while case_words.fill(limit=10):
        pass
    found = case_words.with_words(cases.listed("", person), search.terms(asked), person)
    return sorted(found.values_list("title", flat=True))


@database
def test_a_case_is_found_by_its_title_its_numbers_its_flags_lines_and_what_was_written() -> None:
    officer = factories.person()
    (flag,), others = confirmed(), confirmed()
    models.Flag.objects.filter(pk=flag.pk).update(gist_id="Kerja pabrik Taiwan", gist_en="Factory work in Taiwan")
    flag.refresh_from_db()
    case = opened(officer, [flag], title="Calo rute Batam")
    opened(officer, others, title="Lain")
    noted(case, "Rekening di selebaran sama.", officer, sent=True)
    ours = ["Calo rute Batam"]
    for asked in ("BATAM", case.number, flag.number, "pabrik", "factory", "selebaran", "batam selebaran taiwan"):
        assert holding(asked, officer) == ours, asked
    assert holding("batam surabaya", officer) == []
    assert holding("calon", officer) == []
    assert holding("%%%", officer) == []  # no sign of the search language is one here
    assert holding("pkr-26", officer) == ["Calo rute Batam", "Lain"]


@database
def test_a_note_is_found_by_its_own_side_alone_and_a_message_by_both() -> None:
    officer, analyst, elsewhere = factories.person(), factories.person("analyst"), factories.person(code="bp3mi-ntb")
    case = opened(officer)
    noted(case, "Bungkam dulu.", officer)
    noted(case, "Sembunyi dulu.", analyst)
    noted(case, "Gerebek besok.", analyst, sent=True)
    assert (holding("bungkam", officer), holding("sembunyi", officer), holding("gerebek", officer)) == (
        ["Calo rute Batam"],
        [],
        ["Calo rute Batam"],
    )
    assert (holding("bungkam", analyst), holding("sembunyi", analyst), holding("gerebek", analyst)) == (
        [],
        ["Calo rute Batam"],
        ["Calo rute Batam"],
    )
    assert [holding(asked, elsewhere) for asked in ("bungkam", "sembunyi", "gerebek")] == [[], [], []]
    assert holding("bungkam gerebek", officer) == ["Calo rute Batam"]  # of a note and a message
    assert holding("bungkam sembunyi", officer) == []


@database
def test_a_note_stays_with_the_side_that_wrote_it_when_its_writer_moves() -> None:
    writer, stays = factories.person(), factories.person()
    case = opened(writer)
    noted(case, "Bungkam dulu.", writer)
    models.Person.objects.filter(pk=writer.pk).update(office=factories.office("bp3mi-ntb"))
    writer.refresh_from_db()
    assert (holding("bungkam", stays), holding("bungkam", writer)) == (["Calo rute Batam"], [])


@database
def test_no_number_of_a_person_is_found_and_what_is_taken_out_is_no_longer() -> None:
    officer, flags = factories.person(), confirmed(2)
    case = opened(officer, flags)
    noted(case, "Hubungi 0840 5550 1234 hari ini.", officer)
    assert (holding("hubungi", officer), holding("0840", officer), holding("5550", officer)) == (["Calo rute Batam"], [], [])
    assert holding(flags[1].number, officer) == ["Calo rute Batam"]
    cases.take_out(case_id=case.pk, flag_id=flags[1].pk, note="keliru", by=officer, now=NOW)
    row = models.CaseWords.objects.get(case=case, office=None)
    assert flags[1].number.lower() in row.words
    assert holding("keliru", officer) == ["Calo rute Batam"]
    assert flags[1].number.lower() not in models.CaseWords.objects.get(case=case, office=None).words


@database
def test_a_case_is_taken_in_once_for_each_change_and_nothing_is_looked_at_twice() -> None:
    officer = factories.person()
    assert not case_words.due(now=NOW)
    case = opened(officer)
    assert case_words.due(now=NOW)
    assert [case_words.fill(limit=10), case_words.fill(limit=10)] == [[case.pk], []]
    assert not case_words.due(now=NOW)
    noted(case, "Lagi.", officer)
    assert case_words.due(now=NOW)
    assert case_words.fill(limit=10) == [case.pk]
    assert list(models.CaseWords.objects.order_by("office").values_list("office", "events")) == [(officer.office_id, 3), (None, 3)]
    # As long as a transaction may still end, the timeline is looked at from before it; then it is not.
    assert not case_words.due(now=NOW)
    assert reached.since("case_words", table="patrol_caseevent") is not None
    assert not case_words.due(now=NOW + timedelta(hours=1))
    assert reached.since("case_words", table="patrol_caseevent") is None


@database
def test_a_row_that_ends_late_is_taken_in_though_a_later_one_was_seen() -> None:
    """As the words look where the row with the smallest id was not there yet when they were taken."""
    case = opened(factories.person())
    assert case_words.fill(limit=10) == [case.pk]
    models.CaseWords.objects.update(events=models.CaseEvent.objects.count() - 1)
    assert case_words.due(now=NOW)


@database
def test_an_own_file_is_found_by_its_side_alone_and_what_is_written_with_it_too() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    for seen_by, title in (("own", "Kuitansi"), ("both", "Surat")):
        made = attachments.attach_file(case_id=case.pk, content=title.encode(), title=title, seen_by=seen_by, by=officer, now=NOW)
        attachments.withdraw_file(attachment_id=made.pk, note=f"salah {title}ku", by=officer, now=NOW)
    found = ["Calo rute Batam"]
    for asked in ("kuitansi", "kuitansiku"):
        assert (holding(asked, officer), holding(asked, analyst)) == (found, [])
    for asked in ("surat", "suratku"):
        assert (holding(asked, officer), holding(asked, analyst)) == (found, found)


@database
def test_a_reason_in_the_timeline_is_found_by_both_sides() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    cases.escalate(case_id=case.pk, article="placement", note="lintas provinsi", seen_version=1, by=officer, now=NOW)
    assert (holding("provinsi", officer), holding("provinsi", analyst)) == (["Calo rute Batam"], ["Calo rute Batam"])


@database
def test_what_another_office_wrote_in_the_case_its_own_went_into_is_not_found_by_its_office() -> None:
    officer, far, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person("analyst")
    case, (flag,) = objected.in_case(by=officer)
    case, other = (test_homes.to_directorate(one, analyst) for one in (case, opened(far, confirmed(1, "bp3mi-ntb"))))
    made = objected.enter(flag, officer)
    test_merging.merge(case, other, analyst)
    objected.decide(made, objected.supervisor(), put_right="Nomor itu nomor balai desa.")
    assert models.CaseEvent.objects.get(kind="flag_removed").case == other
    assert [holding("balai desa", one) for one in (far, officer)] == [[], []]
    cases.take_out(case_id=other.pk, flag_id=other.entries.all()[0].flag_id, note="salah balai", by=analyst, now=NOW)
    assert [holding("salah balai", one) for one in (far, officer, analyst)] == [[other.title], [], [other.title]]
