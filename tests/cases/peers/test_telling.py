"""Who asked and who approved hear once that something of an export has to be taken back, and anew once more is wrong after that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrol import models
from patrol.cases.peers import telling
from patrol.models import Role
from tests import factories
from tests.cases import carded, objected
from tests.cases.peers import asked
from tests.cases.peers.test_choosing import stands
from tests.cases.peers.test_requests import take
from tests.cases.peers.test_revoking import NEXT, take_back, trust

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://patroli.example"


@pytest.fixture
def officer() -> models.Person:
    return factories.person(Role.OFFICER, "bp3mi-jabar")


def heard() -> list[tuple[int | None, str]]:
    found = models.Notice.objects.filter(kind="peer_export_wrong").order_by("id")
    return list(found.values_list("person", "note"))


def test_both_are_told_once_and_the_notice_goes_with_the_file_that_takes_back(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    one, two = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    second = objected.supervisor()
    made = asked.approved(case, officer, second)
    untaken = asked.approved(case, officer, second, purpose="funds")
    take(made, officer)
    assert (telling.tell(now=NEXT), heard()) == (0, [])
    trust(one, officer)
    assert telling.tell(now=NEXT + timedelta(minutes=5)) == 0  # within the same hour nothing is looked for
    both = [(officer.pk, made.number), (second.pk, made.number)]
    assert (telling.tell(now=NEXT + HOUR), heard()) == (1, both)
    trust(two, officer)
    assert (telling.tell(now=NEXT + 2 * HOUR), heard()) == (0, both)  # the page they lead to names it too
    take_back(made, officer, now=NEXT + 3 * HOUR)
    assert (telling.tell(now=NEXT + 4 * HOUR), heard()) == (0, [])
    assert untaken.number != made.number


def test_what_is_found_wrong_after_the_file_that_took_back_is_told_anew(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    one, two = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    trust(one, officer)
    telling.tell(now=NEXT)
    models.Notice.objects.filter(kind=telling.KIND).update(read_at=NEXT, read_by=officer)
    take_back(made, officer, now=NEXT + HOUR)
    assert telling.tell(now=NEXT + 2 * HOUR) == 0
    trust(two, officer)
    assert telling.tell(now=NEXT + 3 * HOUR) == 1
    assert len(heard()) == 4


def test_who_read_it_is_told_anew_after_a_week_and_who_did_not_is_not(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    one, two = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    second = objected.supervisor()
    made = asked.approved(case, officer, second)
    take(made, officer)
    trust(one, officer)
    telling.tell(now=NEXT)
    models.Notice.objects.filter(kind=telling.KIND, person=officer).update(read_at=NEXT, read_by=officer)
    trust(two, officer)
    both = [(officer.pk, made.number), (second.pk, made.number)]
    assert (telling.tell(now=NEXT + telling.READ_STANDS - HOUR), heard()) == (0, both)
    assert (telling.tell(now=NEXT + telling.READ_STANDS), heard()) == (1, [*both, both[0]])
    assert telling.tell(now=NEXT + telling.READ_STANDS + HOUR) == 0


def test_a_notice_goes_with_the_judgement_that_was_reversed(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    second = objected.supervisor()
    made = asked.approved(case, officer, second)
    take(made, officer)
    trusted = trust(mail, officer)
    telling.tell(now=NEXT)
    models.Notice.objects.filter(kind=telling.KIND, person=officer).update(read_at=NEXT, read_by=officer)
    models.Trusted.objects.filter(pk=trusted.pk).update(expires_on=NEXT.date() - timedelta(days=1))
    assert telling.tell(now=NEXT + HOUR) == 0
    assert heard() == [(officer.pk, made.number)]  # what was read stays with what else was


def test_a_notice_stays_while_a_file_of_another_format_has_something_to_take_back(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    made = asked.approved(case, officer)
    for written_as in ("stix", "misp"):
        take(made, officer, written_as)
    trust(mail, officer)
    telling.tell(now=NEXT)
    take_back(made, officer, now=NEXT + HOUR)
    assert (telling.tell(now=NEXT + 2 * HOUR), len(heard())) == (0, 2)
    take_back(made, officer, "misp", now=NEXT + 2 * HOUR)
    assert heard() == []


def test_where_both_left_whoever_may_take_the_file_is_told(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    models.Person.objects.update(is_active=False)
    colleague = factories.person(Role.SUPERVISOR, "bp3mi-jabar")
    trust(mail, officer)
    models.Person.objects.exclude(pk=colleague.pk).update(is_active=False)
    assert (telling.tell(now=NEXT), heard()) == (1, [(colleague.pk, made.number)])


def test_without_an_approved_request_it_costs_one_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert telling.tell(now=NEXT) == 0
