"""Once a week over the reading log: what stands out of each person's reading, who is told, what becomes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import models, search
from patrol.access import duties
from patrol.domain.unusual_reading import Week
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.privacy import unusual
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)  # its week is looked at
JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 7, tzinfo=JAKARTA)  # the Monday after


def at(day: int, hour: int = 10, minute: int = 0, second: int = 0, zone: str = "Asia/Jakarta") -> datetime:
    """Of a day of the week that is looked at, Monday 0."""
    there = MONDAY + timedelta(days=day)
    return datetime(there.year, there.month, there.day, hour, minute, second, tzinfo=ZoneInfo(zone))


def read(person: models.Person, when: datetime, **given: Any) -> None:
    what = {"way": "page", "target_kind": "flag", "target_id": "1", "role": person.role, "office": person.office}
    models.Consultation.objects.create(person=person, at=when, **{**what, **given})


def stood_out() -> list[tuple[int, str, date, int, int]]:
    rows = models.UnusualReading.objects.order_by("person_id", "why", "day")
    return list(rows.values_list("person_id", "why", "day", "count", "usual"))


def test_much_is_over_three_times_the_own_median_of_the_weeks_worked() -> None:
    hit, near, new = factories.person(), factories.person(), factories.person()
    for person, shown in ((hit, 31), (near, 30), (new, 300)):
        read(person, at(1), way="list", target_id="", rows=shown)
    for person in (hit, near):
        for weeks, shown in ((1, 10), (3, 4), (8, 90)):  # the others away; a list without a row counts as one
            read(person, at(2) - timedelta(weeks=weeks), way="list", target_id="", rows=shown)
        read(person, at(0, 0) - timedelta(weeks=8, seconds=1), way="list", target_id="", rows=9_000)  # nine weeks ago
    assert unusual.weeks(MONDAY)[hit.pk] == Week(31, (90, 4, 10), 0, {}, 0)
    assert unusual.look(now=NOW) == 1
    assert stood_out() == [(hit.pk, "much", MONDAY, 31, 30)]


def test_outside_of_the_working_hours_of_the_own_office(settings: Any) -> None:
    opens, closes = settings.WORKDAY
    early, last, late, holiday, east = (factories.person(), factories.person(), factories.person(), factories.person(), factories.person())
    models.Person.objects.filter(pk=east.pk).update(office=factories.office("bp3mi-papua"))
    east = models.Person.objects.get(pk=east.pk)
    assert east.office.zone == "Asia/Jayapura"
    read(early, at(1, opens.hour, opens.minute))  # the first minute
    read(last, at(1, closes.hour, closes.minute) - timedelta(seconds=1))
    read(late, at(1, closes.hour, closes.minute))
    models.JointLeave.objects.create(day=MONDAY + timedelta(days=2), name="Cuti", decree="SKB contoh")
    read(holiday, at(2, 10))
    read(holiday, at(5, 10))  # Saturday
    read(east, at(1, opens.hour, opens.minute, zone="Asia/Jayapura"))  # two hours before Jakarta opens
    unusual.look(now=NOW)
    assert stood_out() == [(late.pk, "outside", MONDAY, 1, 0), (holiday.pk, "outside", MONDAY, 2, 0)]


def test_what_a_token_asks_is_neither_unusual_nor_what_is_usual() -> None:
    asks, new, office = factories.person(), factories.person(), factories.office("bp3mi-jabar")
    for person in (asks, new):
        read(person, at(1, 2), way="api", target_id="", rows=5_000, of_office=factories.office("bp3mi-ntb"), unmasked=True)
        read(person, at(1), rows=1)
    read(asks, at(2) - timedelta(weeks=1), way="api", target_id="", rows=9_000)
    assert asks.office == office
    assert {key: unusual.weeks(MONDAY)[key] for key in (asks.pk, new.pk)} == dict.fromkeys((asks.pk, new.pk), Week(1, (), 0, {}, 0, 0))
    assert unusual.look(now=NOW) == 0


def test_whoever_is_new_is_measured_by_a_floor_and_by_their_office() -> None:
    new, old = factories.person(), factories.person()
    read(new, at(1), way="list", target_id="", rows=301)
    assert unusual.weeks(MONDAY)[new.pk] == Week(301, (), 0, {}, 0, 0)
    for weeks, shown in ((1, 100), (2, 102), (3, 104)):
        read(old, at(2) - timedelta(weeks=weeks), way="list", target_id="", rows=shown)
    assert unusual.weeks(MONDAY)[new.pk].office == 102
    assert unusual.look(now=NOW) == 0
    stranger = factories.person(Role.OFFICER, "bp3mi-ntb")
    read(stranger, at(1) + timedelta(weeks=1), way="list", target_id="", rows=301)
    assert unusual.look(now=NOW + timedelta(weeks=1)) == 1
    assert stood_out() == [(stranger.pk, "much", MONDAY + timedelta(weeks=1), 301, 300)]


def test_contacts_of_other_offices_count_by_their_newest_flag_and_lists_in_full_by_their_rows() -> None:
    hit, own, lists, masked, mine = (factories.person() for _n in range(5))
    theirs, ours = factories.office("bp3mi-ntb"), hit.office
    for office, person in ((theirs, hit), (ours, own)):
        for flag in factories.flags(21):
            models.Flag.objects.filter(pk=flag.pk).update(office=office)
            one = models.Indicator.objects.create(kind="phone", value=f"+62{flag.pk}", first_seen=NOW, last_seen=NOW)
            version = flag.post.versions.get()
            models.Sighting.objects.create(indicator=one, post=flag.post, version=version, role="contact", confidence=1, seen_at=NOW)
            read(person, at(1), target_kind="indicator", target_id=str(one.pk))
    given = {"way": "export", "target_kind": "indicator", "target_id": ""}
    read(lists, at(1), **given, rows=21, unmasked=True)
    read(masked, at(1), **given, rows=21)
    read(mine, at(1), **given, rows=21, unmasked=True, of_office=ours)
    unusual.look(now=NOW)
    tuesday = MONDAY + timedelta(days=1)
    assert stood_out() == [(hit.pk, "others", tuesday, 21, 20), (lists.pk, "others", tuesday, 21, 20)]


def test_over_twenty_things_of_other_offices_on_one_day() -> None:
    hit, near, own, spread = factories.person(), factories.person(), factories.person(), factories.person()
    central = factories.person(Role.ANALYST)
    other = factories.office("bp3mi-ntb")
    for n in range(21):
        read(hit, at(1), target_id=str(n), of_office=other)
        read(central, at(1), target_id=str(n), of_office=other)  # works on those of all offices
        read(own, at(1), target_id=str(n), of_office=own.office)
        read(spread, at(1 + n % 2), target_id=str(n), of_office=other)
        read(near, at(1), target_id=str(n % 20), of_office=other)  # twenty things, one of them twice
    unusual.look(now=NOW)
    assert stood_out() == [(hit.pk, "others", MONDAY + timedelta(days=1), 21, 20)]


def test_the_own_name_user_name_and_address() -> None:
    person = factories.person(name="Sari  Contoh", mail="Sari@kantor.example")
    other = factories.person(name="Budi Contoh")
    mine = models.Indicator.objects.create(kind="email", value="sari@kantor.example", first_seen=NOW, last_seen=NOW)
    for asked in ("sari contoh", person.username, "sari@kantor.example", "sari contohnya", "contoh"):
        read(person, at(1), way="search", target_id="", query_digest=search.digest(asked))
    read(person, at(1), target_kind="indicator", target_id=str(mine.pk))
    read(person, at(1), target_kind="flag", target_id=str(mine.pk))  # another thing with that key
    read(other, at(1), way="search", target_id="", query_digest=search.digest("Sari Contoh"))  # that of a colleague
    unusual.look(now=NOW)
    assert stood_out() == [(person.pk, "own", MONDAY, 4, 0)]


def test_a_week_is_looked_at_once_when_it_is_over_and_the_officers_are_told() -> None:
    officer, gone = factories.person(Role.DATA_PROTECTION_OFFICER), factories.person(Role.DATA_PROTECTION_OFFICER, is_active=False)
    person = factories.person()
    read(person, at(6, 23, 59))
    assert unusual.look(now=at(6, 23, 59)) == 0  # Sunday evening
    assert models.AuditEntry.objects.count() == 0
    assert unusual.look(now=NOW) == 1
    assert unusual.look(now=NOW + timedelta(days=2)) == 0
    notice = models.Notice.objects.get(kind="unusual_reading")
    assert (notice.person_id, notice.note) == (officer.pk, "1")
    assert not gone.notices.exists()
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.target_id, entry.after) == ("consultation.looked", "2026-11-16", {"people": 1, "hits": 1})


@pytest.mark.parametrize(
    ("now", "monday"), [(at(6, 23, 59, 59), MONDAY - timedelta(days=7)), (at(7, 0), MONDAY), (NOW, MONDAY), (at(13, 23, 59, 59), MONDAY)]
)
def test_the_last_week_that_is_over_changes_on_monday_in_jakarta(now: datetime, monday: date) -> None:
    for zone in (JAKARTA, ZoneInfo("UTC")):
        since, until = unusual.last_week(now.astimezone(zone))
        assert (since, until) == tuple(
            datetime(day.year, day.month, day.day, tzinfo=JAKARTA) for day in (monday, monday + timedelta(days=7))
        )


def test_told_is_also_whoever_has_not_taken_up_that_duty() -> None:
    away, further, ended = factories.person(Role.DATA_PROTECTION_OFFICER), factories.person(Role.ANALYST), factories.person(Role.ANALYST)
    maker = factories.person(Role.ADMINISTRATOR)
    central: dict[str, Any] = {"office_id": away.office_id, "by": maker, "now": at(0)}
    duty = duties.add(person_id=away.pk, role="analyst", until=None, **central)
    duties.take_up(duty_id=duty.pk, by=away, now=at(0))
    duties.add(person_id=further.pk, role="data_protection_officer", until=None, **central)
    duties.add(person_id=ended.pk, role="data_protection_officer", until=at(2), **central)
    read(factories.person(), at(6, 23, 59))
    unusual.look(now=NOW)
    assert set(models.Notice.objects.filter(kind="unusual_reading").values_list("person", flat=True)) == {away.pk, further.pk}


def test_missed_weeks_are_made_up_for_a_month_and_a_quiet_one_is_looked_at_too() -> None:
    person = factories.person()
    for weeks in (0, 1, 3, 4):
        read(person, at(1) - timedelta(weeks=weeks))
    assert unusual.look(now=NOW) == 0
    looked = models.AuditEntry.objects.filter(verb="consultation.looked").order_by("seq").values_list("target_id", flat=True)
    assert list(looked) == ["2026-10-26", "2026-11-09", "2026-11-16"]
    assert models.Notice.objects.count() == 0


def one(person: models.Person) -> models.UnusualReading:
    return models.UnusualReading.objects.create(person=person, why="own", day=MONDAY, count=1, usual=0, found_at=NOW)


def test_it_is_closed_once_with_what_became_of_it() -> None:
    officer, row = factories.person(Role.DATA_PROTECTION_OFFICER), one(factories.person())
    closed = unusual.close(unusual_id=row.pk, reason="asked", note="Petugas: salah ketik.", by=officer, now=NOW)
    assert (closed.reason, closed.note, closed.closed_by_id, closed.closed_at) == ("asked", "Petugas: salah ketik.", officer.pk, NOW)
    with pytest.raises(unusual.StaleError):
        unusual.close(unusual_id=row.pk, reason="explained", note="", by=officer, now=NOW)
    assert models.AuditEntry.objects.get().after == {"reason": "asked", "person": row.person_id}
    assert list(unusual.listed("open", officer)) == []


@pytest.mark.parametrize(
    ("reason", "note", "field"), [("", "x", "reason"), ("lupa", "x", "reason"), ("asked", " ", "note"), ("passed_on", "", "note")]
)
def test_without_a_word_on_it_nothing_is_closed(reason: str, note: str, field: str) -> None:
    officer, row = factories.person(Role.DATA_PROTECTION_OFFICER), one(factories.person())
    with pytest.raises(RefusedError) as refused:
        unusual.close(unusual_id=row.pk, reason=reason, note=note, by=officer, now=NOW)
    assert refused.value.place == field
    assert list(unusual.listed("open", officer)) == [row]


def test_nobody_closes_what_is_about_themselves_nor_does_another_role() -> None:
    officer = factories.person(Role.DATA_PROTECTION_OFFICER)
    row = one(officer)
    with pytest.raises(RefusedError):
        unusual.close(unusual_id=row.pk, reason="explained", note="", by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        unusual.close(unusual_id=row.pk, reason="explained", note="", by=factories.person(Role.ADMINISTRATOR), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.UnusualReading.objects.filter(pk=row.pk).update(closed_by=officer, closed_at=NOW, reason="explained")
    second = factories.person(Role.DATA_PROTECTION_OFFICER)
    assert unusual.close(unusual_id=row.pk, reason="explained", note="", by=second, now=NOW).closed_by == second
