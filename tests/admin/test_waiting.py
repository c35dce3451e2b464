"""The query of the side bar is put together once for each kind of person: it must say of each what the lists say."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Min
from django.test import RequestFactory

from patrol import access, cases, models, watches
from patrol.access import Action
from patrol.admin.shared import waiting
from patrol.cases import erasures, objections, sending
from patrol.models import Role
from patrol.register import manual
from patrol.triage import notices, protecting
from patrol.watches import proposing, wellbeing
from tests import factories
from tests.cases import objected
from tests.register import by_hand
from tests.triage import acts

pytestmark = pytest.mark.django_db
NOW = factories.NOW
OFFICES = ("bp3mi-jabar", "bp3mi-ntb", "directorate")


@pytest.fixture
def busy(monkeypatch: Any) -> None:
    """Of everything that waits other numbers in each office; of requests to erase one that has run out."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    for many, code in enumerate(OFFICES, start=1):
        by = factories.person(Role.SUPERVISOR, code)
        for step in range(many):
            at = NOW - timedelta(hours=many + step)
            flag, harmed, wrong, *asked = acts.flags(5, code, now=NOW - timedelta(days=9))
            models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=at)
            case = cases.open_case(flag_ids=[flag.pk], title="Contoh", by=by, now=at)
            if step:
                cases.escalate(case_id=case.pk, article="fraud", note="x", seen_version=case.version, by=by, now=at)
            objected.enter(objected.decided(wrong, by=factories.person(Role.OFFICER, code)), by, NOW)
            models.Protection.objects.create(flag=harmed, office=harmed.office, by=by, at=at)
            for erased, days in zip(asked, (1, 8), strict=True):
                erasures.ask(post_id=erased.post_id, reason="subject", ground="Surat 12.", by=by, now=NOW - timedelta(days=days))
            models.Notice.objects.create(kind=notices.MESSAGE, case=case, office=by.office, at=at, by=by)
            wanted = watches.Wanted(name="Contoh", query=f"saluran_{many}_{step}", office_id=by.office_id, every_seconds=900)
            proposer = factories.person(Role.OFFICER, code)
            proposing.propose(platform="telegram", kind="", wanted=wanted, why="Tiga aduan.", by=proposer, now=NOW)
            factories.watch(code, attempts=wellbeing.BROKEN_OFF)
    by_hand.take()
    by_hand.proposed(by=factories.person(Role.REGISTRAR))


def listed(person: models.Person) -> waiting.Waits:
    """The same, list by list, put together for this person alone."""
    new = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.filter(state="new"))
    harmed, written = protecting.first_of_rows(new), notices.messages(person)
    return waiting.Waits(
        cases=cases.listed(cases.waiting(person), person).count(),
        harmed=harmed.count(),
        harmed_since=harmed.aggregate(at=Min("at"))["at"],
        erasures=erasures.waits_for(person, NOW).count(),
        messages=written.values("case").distinct().count(),
        messages_since=written.aggregate(at=Min("at"))["at"],
        mails=sending.unknown_for(person).count(),
        objections=objections.waits_for(person).count(),
        proposals=len(proposing.waiting(person)),
        by_hand=manual.waits_for(person).count(),
        watches=wellbeing.broken(access.scope(person, Action.WATCH_VIEW, models.Watch.objects.all())).count(),
        unread=notices.unread(person).count(),
        register_date=models.RegisterEdition.objects.latest("id").register_date,
    )


def asked(person: models.Person) -> waiting.Waits:
    request = RequestFactory().get("/")
    request.user = person
    return waiting.of(request, person)


def test_it_says_of_every_kind_of_person_what_the_lists_say(busy: None) -> None:
    for role, approves in itertools.product(Role, (True, False)):
        for code in OFFICES if role in {Role.OFFICER, Role.SUPERVISOR} else OFFICES[2:]:
            person = factories.person(role, code, approves=approves)
            assert (role, approves, code, asked(person)) == (role, approves, code, listed(person))


def test_supervisors_of_three_offices(busy: None) -> None:
    """Numbers by hand: the two sides of the test above could be wrong together."""
    waits = [asked(factories.person(Role.SUPERVISOR, code, approves=True)) for code in OFFICES]
    assert [(one.cases, one.harmed, one.erasures, one.messages) for one in waits] == [(1, 1, 1, 1), (2, 2, 2, 2), (6, 6, 6, 3)]
    assert [(one.proposals, one.by_hand) for one in waits] == [(1, 0), (2, 0), (0, 1)]
    assert [one.watches for one in waits] == [1, 2, 6]
    assert [one.messages_since for one in waits] == [NOW - timedelta(hours=hours) for hours in (1, 3, 5)]


def test_whoever_asked_for_an_erasure_does_not_answer_it(busy: None) -> None:
    [asker] = models.Person.objects.filter(office__code="bp3mi-ntb", role=Role.SUPERVISOR)
    assert (asked(asker).erasures, asked(factories.person(Role.SUPERVISOR, "bp3mi-ntb")).erasures) == (0, 2)


def test_a_page_after_another_of_the_same_kind_puts_no_query_together(busy: None, monkeypatch: Any) -> None:
    one, other = factories.person(Role.OFFICER, "bp3mi-jabar"), factories.person(Role.OFFICER, "bp3mi-ntb")
    asked(one)
    monkeypatch.setattr(cases, "listed", None)
    assert asked(other).cases == 2
