"""One name is one number: side bar, queue, start page, lists and weekly summary say the same of the same thing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from patrol import cases, domain, models, triage
from patrol.models import Role
from patrol.triage import own_settings
from patrol.watches import wellbeing
from reports import summary
from reports.period import IsoWeek
from tests import factories
from tests.admin.conftest import Door
from tests.markup import tight
from tests.triage import acts

pytestmark = pytest.mark.django_db
NOW = factories.NOW  # a Monday morning
WHO = [
    (Role.OFFICER, "bp3mi-jabar"),
    (Role.SUPERVISOR, "bp3mi-jabar"),
    (Role.OFFICER, "bp3mi-ntb"),
    (Role.OFFICER, "directorate"),
    (Role.ANALYST, "directorate"),
    (Role.SUPERVISOR, "directorate"),
]


@pytest.fixture(autouse=True)
def today(monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def decide(flag: models.Flag, by: models.Person, outcome: str, now: datetime) -> models.Decision:
    flag.refresh_from_db()
    return acts.decide(flag, by, outcome, next(iter(triage.REASONS[outcome])), note="Contoh.", now=now).decisions[0]


def two_offices() -> dict[str, models.Person]:
    """Two offices with everything that one count could take in and another leave out."""
    jabar, ntb, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    late = timedelta(hours=1)
    row = acts.copies(3)  # one row of three
    for code, by in (("bp3mi-jabar", jabar), ("bp3mi-ntb", ntb)):
        found = acts.flags(9 if code == "bp3mi-jabar" else 6, code, now=NOW - timedelta(days=2))
        asleep, asked, confirmed, escalated, taken, closed = found[:6]
        triage.snooze(flag_id=asleep.pk, until=NOW + timedelta(days=1), note="nanti", seen_version=1, by=by, now=NOW - late)
        decide(asked, by, "needs_information", NOW - late)
        for flag in (confirmed, escalated, taken, closed):
            decide(flag, by, "confirmed", NOW - late)
        made = [cases.open_case(flag_ids=[one.pk], title="Contoh", by=by, now=NOW - late) for one in found[2:6]]
        for case in made[1:3]:
            cases.escalate(case_id=case.pk, article="fraud", note="x", seen_version=case.version, by=by, now=NOW - late)
        made[2].refresh_from_db()
        cases.take(case_id=made[2].pk, seen_version=made[2].version, by=analyst, now=NOW - late)
        cases.close(outcome="acted_upon", case_id=made[3].pk, note="x", seen_version=made[3].version, by=by, now=NOW - late)
    # Undone at once: no case, no decision; decided and taken back; the whole row decided as one.
    undone = cases.escalate_flag(
        flag_id=acts.flags(1)[0].pk, article="fraud", note="x", decision_key=uuid.uuid4(), seen_version=1, by=jabar, now=NOW - late
    )
    assert undone.decided is not None
    cases.withdraw(decision_id=undone.decided.decisions[0].pk, decision_key=uuid.uuid4(), by=jabar, now=NOW - late + timedelta(seconds=4))
    decide(row[0], jabar, "dismissed", NOW - late)
    return {"bp3mi-jabar": jabar, "bp3mi-ntb": ntb}


def side(page: Any) -> dict[str, int]:
    """Address -> the number beside it in the side bar."""
    groups = page.context["sidebar_navigation"]
    return {item["link"]: item["count"] for group in groups for item in group["items"] if item["count"] is not None}


def start(text: str) -> dict[str, int]:
    """Address -> the number beside it on the start page's list of what waits."""
    rows = re.findall(r'<a class="ico" href="([^"]+)">.*?</a></td><td class="num"><b>(\d+)</b>', tight(text))
    return {address: int(number) for address, number in rows}


def rows_of(page: Any) -> int:
    assert page.context["next"] == ""
    return len(page.context["rows"])


@pytest.fixture(scope="class")
def busy(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, models.Person]]:
    """Made once, in a transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: NOW)
        yield two_offices()
        transaction.set_rollback(True)


class TestBusyOffices:
    @pytest.mark.parametrize(("role", "code"), WHO)
    def test_what_waits_is_one_number_wherever_it_stands(self, role: str, code: str, busy: Any, door: Door) -> None:
        person = factories.person(role, code)
        client = door(person)
        home = client.get(reverse("admin:index"))
        beside, waiting = side(home), start(home.content.decode())
        queue = reverse("admin:patrol_flag_changelist")
        desk_page = client.get(queue)
        counted = triage.counts(person, triage.whole(person)).all
        assert counted > 0
        assert beside[queue] == waiting[queue] == desk_page.context["queue"]["many"] == counted
        assert side(desk_page)[queue] == len(desk_page.context["queue"]["rows"]) == counted

        listed = reverse("admin:patrol_case_changelist")
        key = cases.waiting(person)
        numbers = {address: number for address, number in waiting.items() if address.startswith(listed)}
        assert numbers[f"{listed}?state={key}"] == beside[listed] == cases.listed(key, person).count() > 0
        for address, number in numbers.items():
            assert rows_of(client.get(address)) == number, address

    def test_cases_that_are_not_closed_and_cases_at_the_office_are_two_things(self, busy: Any, door: Door) -> None:
        person = factories.person(Role.SUPERVISOR)
        assert {key: cases.listed(key, person).count() for key in ("", "open", "opened", "escalated", "in_analysis", "closed", "mine")} == {
            "": 4,
            "open": 3,
            "opened": 1,
            "escalated": 1,
            "in_analysis": 1,
            "closed": 1,
            "mine": 0,
        }
        page = door(person).get(reverse("admin:index")).content.decode()
        assert page.count("Perkara belum selesai") == 2  # the line and the card
        assert "Perkara terbuka" not in page
        weekly = summary.collect(office=person.office, period=IsoWeek.of(NOW), now=NOW + timedelta(minutes=1))
        assert weekly.cases.end == cases.listed(cases.OPEN, person).count()

    @pytest.mark.parametrize(("role", "code"), [WHO[0], WHO[4], WHO[5]])
    def test_flow_by_day_is_that_of_the_weekly_summary(self, role: str, code: str, busy: Any, door: Door, monkeypatch: Any) -> None:
        """Raised from the parked, come back, taken back: where today's state of a flag would tell another story."""
        person = factories.person(role, code)
        # Decided and come back by the machine: decided all the same.
        back = models.Flag.objects.filter(state="waiting", office__code="bp3mi-jabar").latest("id")
        decide(back, busy["bp3mi-jabar"], "dismissed", NOW - timedelta(minutes=30))
        models.FlagEvent.objects.create(
            flag=back,
            kind="returned",
            at=NOW - timedelta(minutes=20),
            check_then=back.current_check,
            before={"state": "dismissed"},
            after={"state": "waiting", "level": "high"},
        )
        models.Flag.objects.filter(pk=back.pk).update(state="waiting", decided_at=None)
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=1))
        page = tight(door(person).get(reverse("admin:index")).content.decode())
        table = page.split("Arus per hari", 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
        cell = r'<td class="num"><a href="[^"]+">(\d+)</a></td>'
        shown = [(int(came), int(went)) for came, went in re.findall(cell + cell, table)]
        assert len(shown) == 14
        office = None if person.at_directorate else person.office
        today_ = (NOW + timedelta(minutes=1)).astimezone(domain.LAW_ZONE).date()
        told: dict[str, tuple[int, int]] = {}
        for week in IsoWeek.of_day(today_).last(3):
            figures = summary.collect(office=office, period=week, now=NOW + timedelta(minutes=1))
            told |= {day.date: (day.flagged, day.decided) for day in figures.days}
        assert shown == [told[(today_ - timedelta(days=back_)).isoformat()] for back_ in range(13, -1, -1)]
        assert shown[-1][1] > 0
        assert shown[-3][0] > 0

    def test_what_was_decided_today_is_one_number_wherever_it_stands(self, busy: Any, door: Door) -> None:
        """The desk, its end, the card of the week and the list: a row of three is one, what was taken back is none."""
        person = busy["bp3mi-jabar"]
        client = door(person)
        acts_today = own_settings.acts(person, since=NOW - timedelta(hours=9), standing=True)
        assert acts_today.count() == own_settings.at_hand(person, since=NOW - timedelta(hours=9))[1] == 6
        page = client.get(reverse("admin:index")).content.decode()
        card = page.split("Minggu saya", 1)[1].split("</table>", 1)[0]
        numbers = {address.replace("&amp;", "&"): int(number) for address, number in re.findall(r'href="([^"]+)">(\d+)</a>', card)}
        assert len(numbers) == len(models.Outcome)
        for address, number in numbers.items():
            assert rows_of(client.get(address)) == number, address
        assert sum(numbers.values()) == 6 + 1  # and one taking back


@pytest.mark.parametrize(("role", "code"), [*WHO[:2], WHO[2], WHO[4], (Role.ADMINISTRATOR, "directorate")])
def test_watches_that_fail_or_stopped_are_one_number_wherever_it_stands(role: str, code: str, door: Door) -> None:
    """Side bar, filters of the list, start page: one stopped, one whose runs fail, one whose runs are killed, and those that are none."""
    said = {"code": "no_answer", "permanent": "", "id": "Tidak menjawab.", "en": "No answer."}
    problem = {"last_problem": said, "last_problem_at": NOW}
    refused = {**problem, "state": "stopped", "due_at": None}
    for of in ("bp3mi-jabar", "bp3mi-ntb"):
        for given in (
            {"last_good_at": NOW},
            {**problem, "attempts": 1},
            {"attempts": wellbeing.BROKEN_OFF},
            {"attempts": wellbeing.BROKEN_OFF - 1},
            refused,
            {**problem, "state": "paused", "due_at": None},
        ):
            models.Watch.objects.filter(pk=factories.watch(of).pk).update(**given)
    client = door(factories.person(role, code))
    listed = reverse("admin:patrol_watch_changelist")
    page = client.get(listed)
    chips = {choice["link"].partition("?state=")[2]: choice["count"] for choice in page.context["choices"]}
    offices = 2 if code == "directorate" else 1
    assert (chips["failing"], chips["stopped"]) == (2 * offices, offices)
    assert side(page)[listed] == chips["failing"] + chips["stopped"]
    for state, number in chips.items():
        assert len(client.get(listed, {"state": state}).context["rows"]) == number, state
    home = client.get(reverse("admin:index"))
    assert side(home)[listed] == side(page)[listed]
    waiting = {address: many for address, many in start(home.content.decode()).items() if address.startswith(listed)}
    both = {f"{listed}?state={state}": chips[state] for state in ("stopped", "failing")}
    assert waiting == (both if role == Role.ADMINISTRATOR else {})


def test_the_oldest_is_the_oldest_of_what_the_filter_shows(door: Door) -> None:
    factories.draw(False, False)
    high, medium = acts.flags(2)
    models.Flag.objects.filter(pk=high.pk).update(raised_at=NOW - timedelta(hours=2))
    models.Flag.objects.filter(pk=medium.pk).update(level="medium", level_rank=2, raised_at=NOW - timedelta(days=9))
    person = factories.person()
    oldest = {level: triage.counts(person, triage.Wanted(levels=(level,) if level else ())).oldest for level in ("", "high", "medium")}
    assert oldest["medium"] == oldest[""] == NOW - timedelta(days=9)
    assert oldest["high"] == NOW - timedelta(hours=2)
    counted = triage.counts(person, triage.Wanted(levels=("high",)))
    assert (counted.all, dict(counted.by_level)) == (1, {"high": 1})
