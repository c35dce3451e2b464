"""Figures of a week from event rows: what counts when, totals that add up, and past weeks that never change."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from patrol import domain, models
from patrol.access import audit
from patrol.infra.refusals import RefusedError
from patrol.triage import tallies
from reports import summary
from reports.figures import CaseFlow, Flow, NewWatch, Row, fingerprint
from reports.models import WeeklySummary
from reports.period import IsoWeek

WEEK = IsoWeek(2026, 47)  # 16 to 22 November


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in November 2026, WIB."""
    return datetime(2026, 11, day, hour, minute, tzinfo=domain.LAW_ZONE)


NOW = at(23, 10, 47)


def of(office: Any = None, week: Any = WEEK, now: Any = NOW) -> Any:
    return summary.collect(office=office, period=week, now=now)


@pytest.fixture
def busy(patrol: Any) -> Any:
    """Two offices, two weeks, every kind of move at least once."""
    java, lampung = patrol.office("jateng", "BP3MI Jawa Tengah"), patrol.office("lampung", "BP3MI Lampung")
    officer = patrol.person("officer", java)
    patrol.java, patrol.lampung, patrol.officer = java, lampung, officer
    # the week before
    old = patrol.post(java, at(10), countries=("KH", "TH"))
    early = patrol.post(java, at(12), level="high", verdict="agency_not_found")
    patrol.decide(early, "confirmed", at(13), officer)
    taken_back_later = patrol.post(java, at(11))
    wrong = patrol.decide(taken_back_later, "dismissed", at(14), officer)
    # this week
    shared = (("phone", "+6284012345678"), ("account", "telegram:laksita_kerja"))
    first = patrol.post(java, at(16), level="high", contacts=shared, places=("33",))
    second = patrol.post(java, at(17), countries=(), contacts=shared[:1], kinds=("fraud", "phishing"))
    licensed = patrol.post(java, at(18), verdict="licensed", contact_own=False, countries=("TW",))
    parked = patrol.post(java, at(18), level="low")
    patrol.post(java, at(18), level="none")
    other = patrol.post(lampung, at(19))
    patrol.take_back(wrong, at(16, 12), officer)
    patrol.decide(first, "confirmed", at(16, 14, 30), officer)
    patrol.decide(old, "dismissed", at(18), officer)
    patrol.decide(second, "needs_information", at(19), officer)
    patrol.decide(second, "dismissed", at(20), officer)
    undone = patrol.decide(licensed, "confirmed", at(20, 9), officer)
    patrol.take_back(undone, at(20, 9, 1), officer)
    patrol.follow(parked, "waiting", at(21), level="high")
    patrol.follow(parked, "parked", at(22), level="low")
    patrol.hand_over(other, java, at(21))
    patrol.returned = early
    patrol.open_flag = licensed
    return patrol


def test_every_move_is_counted_once_and_the_queue_adds_up(busy: Any) -> None:
    figures = of(busy.java)
    assert figures.flow == Flow(start=1, flagged=4, returned=1, handed_in=1, decided=3, lowered=1, handed_out=0, end=3)
    assert figures.balanced
    assert figures.decisions == (Row("confirmed", 1, 1), Row("dismissed", 2, 1), Row("needs_information", 1, 0))
    assert figures.levels == (Row("high", 2, 1), Row("medium", 2, 2))
    assert figures.asked == Row("needs_information", 0, 0)


def test_the_queue_of_events_is_the_queue_of_flags(busy: Any) -> None:
    """The way through the events ends where the flags stand today."""
    for office in (busy.java, busy.lampung):
        assert of(office).waiting == models.Flag.objects.filter(office=office, state="waiting").count()
    assert of().waiting == models.Flag.objects.filter(state="waiting").count() == 3


def test_a_flag_handed_over_counts_where_it_was_at_the_time(busy: Any) -> None:
    lampung = of(busy.lampung)
    assert lampung.flow == Flow(start=0, flagged=1, returned=0, handed_in=0, decided=0, lowered=0, handed_out=1, end=0)
    national = of()
    assert national.flow == Flow(start=1, flagged=5, returned=1, handed_in=0, decided=3, lowered=1, handed_out=0, end=3)
    assert [(row.code, row.flagged, row.flagged_before, row.high, row.decided, row.waiting) for row in national.offices] == [
        ("jateng", 4, 3, 2, 4, 3),
        ("lampung", 1, 0, 0, 0, 0),
    ]
    assert sum(row.flagged for row in national.offices) == national.flagged


def test_what_was_asked_and_handed_over_waits_where_it_went_once_the_asking_is_taken_back(patrol: Any) -> None:
    """The asking leaves no trace within its week, so the flag was handed over as one that waited."""
    java, lampung, aceh = (patrol.office(code) for code in ("jateng", "lampung", "aceh"))
    officer = patrol.person("officer", java)
    flag = patrol.post(java, at(16))
    asked = patrol.decide(flag, "needs_information", at(17), officer)
    patrol.hand_over(flag, lampung, at(18))
    patrol.hand_over(flag, aceh, at(19))
    patrol.take_back(asked, at(20), officer)
    flows = {office: of(office).flow for office in (java, lampung, aceh, None)}
    assert flows == {
        java: Flow(start=0, flagged=1, returned=0, handed_in=0, decided=0, lowered=0, handed_out=1, end=0),
        lampung: Flow(start=0, flagged=0, returned=0, handed_in=1, decided=0, lowered=0, handed_out=1, end=0),
        aceh: Flow(start=0, flagged=0, returned=0, handed_in=1, decided=0, lowered=0, handed_out=0, end=1),
        None: Flow(start=0, flagged=1, returned=0, handed_in=0, decided=0, lowered=0, handed_out=0, end=1),
    }
    assert [of(office).balanced for office in flows] == [True] * 4


def test_what_was_asked_and_handed_over_is_the_givers_decision_where_the_asking_stands_the_week_out(patrol: Any) -> None:
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    officer = patrol.person("officer", java)
    flag = patrol.post(java, at(16))
    asked = patrol.decide(flag, "needs_information", at(17), officer)
    patrol.hand_over(flag, lampung, at(18))
    patrol.take_back(asked, at(24), officer)
    later = at(26)
    assert of(java, now=later).flow == Flow(0, 1, 0, 0, 1, 0, 0, 0)
    assert of(lampung, now=later).flow == Flow(0, 0, 0, 0, 0, 0, 0, 0)
    assert of(java, WEEK.next(), later).flow == Flow(0, 0, 0, 0, 0, 0, 0, 0)
    assert of(lampung, WEEK.next(), later).flow == Flow(0, 0, 1, 0, 0, 0, 0, 1)


def test_a_parked_flag_that_was_asked_about_and_handed_over_is_in_no_queue(patrol: Any) -> None:
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    officer = patrol.person("officer", java)
    flag = patrol.post(java, at(16), level="low")
    asked = patrol.decide(flag, "needs_information", at(17), officer)
    patrol.hand_over(flag, lampung, at(18))
    patrol.take_back(asked, at(19), officer)
    for office in (java, lampung, None):
        assert of(office).flow == Flow(0, 0, 0, 0, 0, 0, 0, 0)


def test_a_flag_comes_before_people_once_however_often_its_level_falls_and_rises(patrol: Any) -> None:
    """An import of the register lowers it, taking the import back raises it: it fell and came back, it is no second flag."""
    java = patrol.office("jateng")
    flag = patrol.post(java, at(16), level="high")
    patrol.follow(flag, "parked", at(17), level="low")
    patrol.follow(flag, "waiting", at(18), level="high")
    low = patrol.post(java, at(16), level="low")
    patrol.follow(low, "waiting", at(19), level="medium")
    patrol.follow(low, "parked", at(20), level="low")
    patrol.follow(low, "waiting", at(21), level="medium")
    figures = of(java)
    assert figures.flow == Flow(start=0, flagged=2, returned=2, handed_in=0, decided=0, lowered=2, handed_out=0, end=2)
    assert figures.levels == (Row("high", 1, 0), Row("medium", 1, 0))
    assert figures.verdicts == (Row("no_licence_shown", 2, 0),)
    assert [day.flagged for day in figures.days] == [1, 0, 0, 1, 0, 0, 0]
    assert figures.balanced
    patrol.follow(flag, "parked", at(24), level="low")
    patrol.follow(flag, "waiting", at(25), level="high")
    assert of(java, WEEK.next(), at(30)).flow == Flow(2, 0, 1, 0, 0, 1, 0, 2)


@pytest.mark.parametrize("now", [NOW, at(18, 12)])
def test_what_was_read_stays_of_its_week_and_office_when_a_watch_is_given_away(busy: Any, now: Any) -> None:
    def read() -> Any:
        return [[(day.read, day.read_before) for day in of(office, now=now).days] for office in (busy.java, busy.lampung, None)]

    before = read()
    models.Watch.objects.exclude(office=busy.lampung).update(office=busy.lampung)
    after = read()
    morning = 2 if now != NOW else 7  # of the day that is cut off the events are asked
    assert [week[:morning] for week in after] == [week[:morning] for week in before]


def test_breakdowns_follow_the_check_of_the_day(busy: Any) -> None:
    figures = of(busy.java)
    assert figures.verdicts == (Row("no_licence_shown", 3, 2), Row("licensed:contact", 1, 0), Row("agency_not_found", 0, 1))
    assert figures.kinds == (Row("illegal_recruitment", 3, 3), Row("fraud", 1, 0), Row("phishing", 1, 0))
    assert figures.countries == (Row("KH", 2, 3), Row("TW", 1, 0), Row("TH", 0, 1), Row("", 1, 0))
    assert figures.platforms == (Row("telegram", 4, 3),)
    assert figures.places == (Row("33", 1, 0), Row("", 3, 3))


def test_indicators_are_masked_before_they_are_kept(busy: Any) -> None:
    figures = of(busy.java)
    assert [(one.kind, one.value, one.now, one.before, one.since) for one in figures.indicators] == [
        ("phone", "+62 840-••••78", 2, 0, "2026-W47")
    ]
    stored = str(figures.to_json())
    assert "+6284012345678" not in stored
    assert "laksita_kerja" not in stored


def test_days_delays_and_ages(busy: Any) -> None:
    figures = of(busy.java)
    assert [(day.read, day.flagged, day.decided) for day in figures.days] == [
        (1, 1, 1),
        (1, 1, 0),
        (3, 1, 1),
        (0, 0, 1),
        (0, 0, 1),
        (0, 1, 0),
        (0, 0, 0),
    ]
    assert [(day.read_before, day.flagged_before, day.decided_before) for day in figures.days] == [
        (0, 0, 0),
        (1, 1, 0),
        (1, 1, 0),
        (1, 1, 0),
        (0, 0, 1),
        (0, 0, 1),
        (0, 0, 0),
    ]
    assert [(row.key, row.decided, row.median, row.slow) for row in figures.delays] == [
        ("all", 3, 72, 192),
        ("high", 1, 5, 5),
        ("medium", 2, 72, 192),
    ]
    # the decision taken back on the 16th waits since it was flagged on the 11th; handing over does not make a flag younger
    assert figures.ages == (Row("under_1", 0, 0), Row("1_to_3", 0, 0), Row("3_to_7", 2, 1), Row("from_7", 1, 0))
    assert figures.oldest_hours == 11 * 24 + 15


def test_measures_over_twelve_weeks(busy: Any) -> None:
    figures = of(busy.java)
    blank = (None,) * 10
    assert {measure.key: measure.series for measure in figures.measures} == {
        "read": (*blank, 3, 5),
        "flagged": (*blank, 3, 4),
        "high": (*blank, 1, 2),
        "decided": (*blank, 2, 4),
        "confirmed": (*blank, 1, 1),
        "waiting": (*blank, 1, 3),
        "hours": (*blank, 24, 72),
        "cases": (*blank, 0, 0),
        "referrals": (*blank, 0, 0),
        "down": (*blank, 0, 0),
        "back": (*blank, 0, 0),
    }


def test_a_closed_week_does_not_change_when_things_happen_later(busy: Any) -> None:
    offices = (busy.java, busy.lampung, None)
    before = [of(office, now=NOW) for office in offices]
    later = at(24)
    busy.post(busy.java, later, posted_at=at(18), contacts=(("phone", "+6284012345678"),))  # late import of an old post
    busy.decide(busy.open_flag, "dismissed", later, busy.officer)
    decision = models.Decision.objects.get(flag__post__flag=busy.returned)
    busy.take_back(decision, later, busy.officer)
    busy.decide(busy.returned, "dismissed", later + timedelta(minutes=5), busy.officer)
    busy.follow(busy.returned, "waiting", later + timedelta(hours=1), kind="returned", level="high")
    busy.hand_over(busy.returned, busy.lampung, later + timedelta(hours=2))
    busy.fetch(busy.watches["Pantauan jateng"], later)
    first = models.PostVersion.objects.order_by("id")[0]
    models.Reading.objects.create(
        version=first, reader_version=2, text_kind="other", route="agency", truncated=False, read_at=later, salt="", commitment="0" * 64
    )
    assert [of(office, now=later + timedelta(days=30)) for office in offices] == before
    assert of(busy.java, WEEK.next(), later + timedelta(days=1)).flow.start == before[0].waiting


def test_weeks_hand_on_their_queue(busy: Any) -> None:
    """What waits at the end of a week waits at the start of the next, for every office and week."""
    for office in (busy.java, busy.lampung, None):
        for week in WEEK.last(4):
            this, following = of(office, week), of(office, week.next(), at(30))
            assert this.balanced
            assert this.waiting == following.flow.start


def test_the_turn_of_the_week_is_midnight_in_jakarta(patrol: Any) -> None:
    java = patrol.office("jateng")
    patrol.post(java, datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC))
    patrol.post(java, datetime(2026, 11, 22, 17, 0, 0, tzinfo=UTC))
    assert (of(java).flagged, of(java, WEEK.next(), at(24)).flagged) == (1, 1)


def test_a_running_week_counts_up_to_now(patrol: Any) -> None:
    java = patrol.office("jateng")
    patrol.post(java, at(16))
    patrol.post(java, at(18))
    figures = of(java, now=at(17, 12))
    assert (figures.flagged, figures.preliminary, figures.until) == (1, True, "2026-11-17T12:00:00+07:00")
    assert [day.begun for day in figures.days] == [True, True, False, False, False, False, False]


def test_nothing_at_all(patrol: Any) -> None:
    figures = of(patrol.office("jateng"))
    assert figures.balanced
    assert (figures.flagged, figures.waiting, figures.decided, figures.watches, figures.register_date) == (0, 0, 0, 0, None)
    assert figures.measure("read").series == (None,) * 12
    assert figures.sentences[0].en.startswith("This week lies before the first data")


def test_a_week_before_the_first_data_claims_nothing(patrol: Any) -> None:
    """The watch began the week after; what it brings later makes the week before no week of nought."""
    java = patrol.office("jateng")
    patrol.post(java, at(24))
    figures = of(java, now=at(30))
    assert {measure.now for measure in figures.measures} == {None}
    assert "First week with data" not in figures.sentences[0].en
    assert figures.sentences[2].en.startswith("There are no watches; nothing was looked at this week.")
    first = of(java, WEEK.next(), at(30))
    assert first.sentences[0].en.startswith("First week with data: 1 flags from 1 posts read.")


def test_what_people_of_an_office_brought_is_read_there_without_a_watch(patrol: Any) -> None:
    """Posts that came by captures alone, flagged or not, and one that the watch of another office showed the week after."""
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    for day in (17, 18):
        patrol.post(lampung, at(day), level="none")
    first, second = models.Post.objects.order_by("id")
    officer = patrol.person("officer", java)
    patrol.brought(first, officer, at(17, 8))
    patrol.brought(second, officer, at(18, 8))
    models.Seen.objects.filter(watch__isnull=False).update(at=at(25))
    models.DailyTally.objects.all().delete()  # a way a post came by is there before the post is read
    tallies.mend()
    figures = of(java)
    assert figures.measure("read").series == (*(None,) * 11, 2)
    assert [day.read for day in figures.days] == [0, 1, 1, 0, 0, 0, 0]
    assert figures.sentences[0].en.startswith("First week with data: 0 flags from 2 posts read.")
    assert figures.sentences[2].en.startswith("There are no watches; only what people brought was looked at this week.")
    assert [of(office, WEEK, at(30)).measure("read").now for office in (java, lampung, None)] == [2, 0, 2]


def test_a_quiet_first_week_with_a_watch_is_a_week_of_nought(patrol: Any) -> None:
    java = patrol.office("jateng")
    watch = patrol.watch(java, since=at(1))
    for day in range(16, 23):
        patrol.fetch(watch, at(day), "unchanged")
    assert of(java).measure("read").series == (*(None,) * 11, 0)


def test_days_before_there_was_a_watch_are_not_claimed(patrol: Any) -> None:
    java = patrol.office("jateng")
    early, late = patrol.watch(java, "Pagi", since=at(18, 8)), patrol.watch(java, "Sore", since=at(20, 8))
    for watch in (early, late):
        for day in range(16, 23):
            if at(day) > watch.created_at:
                patrol.fetch(watch, at(day), "unchanged")
    figures = of(java)
    assert figures.newer == (NewWatch("Pagi", "2026-11-18"), NewWatch("Sore", "2026-11-20"))
    assert figures.unwatched == {"2026-11-16", "2026-11-17"}
    assert figures.sentences[2].id.startswith(
        "Setiap pantauan menghasilkan data setiap hari penuh sejak ada (2 pantauan). Pantauan pertama baru ada sejak Rabu;"
    )
    assert type(figures).from_json(figures.to_json()) == figures
    # A third that was there before: the days were watched, though not by all.
    old = patrol.watch(java, "Lama", since=at(16, 0))
    for day in range(16, 23):
        patrol.fetch(old, at(day), "unchanged")
    figures = of(java)
    assert (len(figures.newer), figures.unwatched) == (2, frozenset())
    assert "2 dari 3 pantauan baru ada di tengah minggu (yang pertama sejak Rabu)" in figures.sentences[2].id
    models.Watch.objects.filter(name__in=("Pagi", "Sore")).update(created_at=at(10))
    assert (of(java).newer, of(java).unwatched) == ((), frozenset())


def test_cases(patrol: Any) -> None:
    java = patrol.office("jateng")
    officer = patrol.person("officer", java)
    old, closed, fresh = (patrol.case(java, at(9), officer), patrol.case(java, at(11), officer), patrol.case(java, at(17), officer))
    for case, kind, moment in (
        (old, "closed", at(12)),
        (old, "reopened", at(18)),
        (closed, "escalated", at(17)),
        (closed, "closed", at(20)),
        (fresh, "note", at(18)),
        (fresh, "closed", at(24)),
    ):
        models.CaseEvent.objects.create(case=case, kind=kind, at=moment, by=officer, note="x")
    figures = of(java)
    assert figures.cases == CaseFlow(
        start=1, opened=1, reopened=1, closed=1, end=2, escalated=1, opened_before=2, closed_before=1, escalated_before=0
    )
    assert figures.measure("cases").before is None  # nothing was read that week
    assert of(patrol.office("lampung")).cases.end == 0


def test_the_register_of_the_time(patrol: Any) -> None:
    for number, day, imported in ((1, 13, at(14)), (2, 20, at(20)), (3, 23, at(23))):
        models.RegisterEdition.objects.create(number=number, register_date=at(day).date(), imported_at=imported)
    java = patrol.office("jateng")
    assert (of(java).register_date, of(java).register_edition) == ("2026-11-20", 2)
    assert of(java, WEEK.shifted(-3)).register_date is None


def _queries(office: Any, week: Any = WEEK) -> Any:
    with CaptureQueriesContext(connection) as caught:
        of(office, week)
    return len(caught)


def test_twenty_three_queries_whatever_there_is_and_the_p4mi_of_an_office(busy: Any) -> None:
    empty = busy.office("aceh")
    counts = {_queries(empty), _queries(busy.java)}
    for number in range(30):
        busy.post(busy.java, at(16 + number % 7, 8, number))
    assert counts | {_queries(busy.java)} == {24}
    assert _queries(None) == 23


# --- freezing ------------------------------------------------------------------------------------


@pytest.fixture
def supervisor(busy: Any) -> Any:
    return busy.person("supervisor", busy.java, "penyelia-jateng")


def _freeze(person: Any, office: Any, now: Any = NOW, week: Any = WEEK, **more: Any) -> Any:
    return summary.freeze(office_id=office.pk if office else None, period=week, by=person, now=now, **more)


def test_frozen_figures_are_kept_with_their_fingerprint(busy: Any, supervisor: Any) -> None:
    made = _freeze(supervisor, busy.java, note="  Cilacap dulu.\n")
    kept = WeeklySummary.objects.get()
    assert (kept.number, kept.edition, kept.note, kept.preliminary) == ("RM/2026/47/JATENG", 1, "Cilacap dulu.", False)
    assert kept.read() == of(busy.java)
    assert kept.intact
    assert made.sha256 == fingerprint(of(busy.java).to_json())
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.target_id, entry.at) == ("summary.freeze", supervisor.pk, str(made.pk), NOW)
    assert entry.after == {"office": busy.java.pk, "period": "2026-W47", "edition": 1, "sha256": made.sha256}
    assert audit.verify() is None


def test_a_frozen_edition_cannot_be_changed_or_removed(busy: Any, supervisor: Any) -> None:
    made = _freeze(supervisor, busy.java)
    for change in (
        lambda: WeeklySummary.objects.filter(pk=made.pk).update(note="x"),
        lambda: WeeklySummary.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert WeeklySummary.objects.get().note == ""


def test_a_changed_figure_does_not_fit_its_fingerprint(busy: Any, supervisor: Any) -> None:
    made = _freeze(supervisor, busy.java)
    made.figures["flow"]["flagged"] += 1
    assert not made.intact


def test_a_correction_is_a_new_edition_with_a_reason(busy: Any, supervisor: Any) -> None:
    first = _freeze(supervisor, busy.java)
    with pytest.raises(RefusedError, match=r"^summary\.same$"):
        _freeze(supervisor, busy.java, reason="x")
    with pytest.raises(RefusedError, match=r"^summary\.reason reason$"):
        _freeze(supervisor, busy.java, note="Catatan baru")
    second = _freeze(supervisor, busy.java, note="Catatan baru", reason="Catatan kurang lengkap")
    assert [(one.edition, one.note, one.correction_reason) for one in summary.editions(busy.java.pk, WEEK)] == [
        (2, "Catatan baru", "Catatan kurang lengkap"),
        (1, "", ""),
    ]
    assert second.number == "RM/2026/47/JATENG/2"
    assert first.sha256 == second.sha256


def test_a_running_week_is_preliminary_and_completed_without_a_reason(busy: Any, supervisor: Any) -> None:
    first = _freeze(supervisor, busy.java, now=at(20))
    assert first.preliminary
    assert first.read().preliminary
    with pytest.raises(RefusedError, match=r"^summary\.reason reason$"):
        _freeze(supervisor, busy.java, now=at(21))
    final = _freeze(supervisor, busy.java)
    # By these letters editions frozen before are known, whatever the screen says for them.
    completed = "The week is complete; this edition replaces the preliminary one."
    assert (final.edition, final.preliminary, final.correction_reason) == (2, False, completed)


def test_what_is_still_committing_when_a_week_ends_is_waited_for(busy: Any, supervisor: Any) -> None:
    given: dict[str, Any] = {"office_id": busy.java.pk, "period": WEEK, "by": supervisor}
    for seconds in (0, 599):
        with pytest.raises(RefusedError, match=r"^summary\.settling$"):
            summary.freeze(**given, now=WEEK.bounds()[1] + timedelta(seconds=seconds))
    assert not WeeklySummary.objects.exists()
    assert not summary.freeze(**given, now=WEEK.bounds()[1] + timedelta(seconds=600)).preliminary


def test_a_week_that_has_not_begun(busy: Any, supervisor: Any) -> None:
    with pytest.raises(RefusedError, match=r"^summary\.not_begun$"):
        _freeze(supervisor, busy.java, week=WEEK.shifted(2))


def test_too_long_a_note(busy: Any, supervisor: Any) -> None:
    with pytest.raises(RefusedError, match=r"^summary\.too_long$"):
        _freeze(supervisor, busy.java, note="x" * 501)


def test_totals_that_do_not_add_up_are_not_frozen(busy: Any, supervisor: Any) -> None:
    """A state that changed without its event row: nothing explains why the flag left the queue."""
    flag = busy.post(busy.java, at(19))
    busy.event(flag, "new_register", at(20), before={"state": "needs_information"}, after={"state": "dismissed"})
    assert of(busy.java).flow.balance == 1
    with pytest.raises(RefusedError, match=r"^summary\.unbalanced$"):
        _freeze(supervisor, busy.java)
    assert not WeeklySummary.objects.exists()
    assert not models.AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["officer", "analyst", "registrar", "administrator"])
def test_only_a_supervisor_freezes(busy: Any, role: str) -> None:
    with pytest.raises(PermissionDenied):
        _freeze(busy.person(role, busy.directorate()), busy.java)
    assert not WeeklySummary.objects.exists()


def test_offices_keep_to_themselves(busy: Any, supervisor: Any) -> None:
    for office in (busy.lampung, None):
        with pytest.raises(PermissionDenied):
            _freeze(supervisor, office)
    everywhere = busy.person("supervisor", busy.directorate())
    assert [_freeze(everywhere, office).number for office in (busy.lampung, None)] == ["RM/2026/47/LAMPUNG", "RM/2026/47/NAS"]


def test_two_national_editions_cannot_share_a_number(busy: Any) -> None:
    everywhere = busy.person("supervisor", busy.directorate())
    made = _freeze(everywhere, None)
    with pytest.raises(DatabaseError, match="summary_edition_once"), transaction.atomic():
        WeeklySummary.objects.create(year=2026, week=47, edition=1, figures={}, frozen_at=NOW, frozen_by=everywhere, sha256=made.sha256)


def test_figures_survive_the_database(busy: Any) -> None:
    figures = of()
    assert type(figures).from_json(figures.to_json()) == figures
    assert dataclasses.replace(figures, preliminary=True).to_json() != figures.to_json()
