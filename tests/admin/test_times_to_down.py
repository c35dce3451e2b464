"""The page of times to down: by channel and platform, of one's own office, for a period that is chosen; counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.admin.analyst import times_to_down
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked

pytestmark = pytest.mark.django_db
PAGE = "admin:patrol_referral_times"


def sent(officer: models.Person, links: int, days: int) -> None:
    """So many days ago by the clock of the machine, which is the page's; one link, asked about so many times."""
    made = asked.sent(asked.case_of(by=officer), officer)
    then = timezone.now() - timedelta(days=days)
    models.LinkSchedule.objects.update(begun_at=then, due_at=None)
    models.Referral.objects.update(approved_at=then, sent_at=timezone.now())
    post = models.Post.objects.get()
    models.LinkSchedule.objects.bulk_create(
        models.LinkSchedule(post=post, case=made.case, by=officer, begun_at=then + timedelta(minutes=minute)) for minute in range(1, links)
    )


@pytest.mark.parametrize("links", [1, 30])
def test_it_costs_the_same_however_many_links(links: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    sent(officer, links, 1)
    client = door(officer)
    with django_assert_num_queries(6):
        response = client.get(reverse(PAGE))
    by_channel, by_platform = response.context["tables"]
    assert [(row["below"], row["taken"].links, row["taken"].unsure, row["median"]) for row in by_channel["rows"]] == [
        (False, links, links, "-"),
        (True, links, links, "-"),
    ]
    assert [row["title"] for row in by_platform["rows"]] == ["Telegram"]


def test_an_office_sees_its_own_and_the_directorate_all(door: Door) -> None:
    officer = factories.person()
    sent(officer, 1, 40)
    shown = {
        (who.role, who.office.code, days): door(who).get(reverse(PAGE), {"days": days}).context["any"]
        for who in (officer, factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST))
        for days in (30, 90, 7)
    }
    assert [key for key, there in shown.items() if there] == [("officer", asked.OWN, 90), ("analyst", "directorate", 90)]
    assert times_to_down.PERIODS == (30, 90, 365)
