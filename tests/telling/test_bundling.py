"""When something found is told: at once, gathered by the hour or the day, and not in quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Count

from patrol import models, telling
from patrol.access import audit
from patrol.infra import jobs
from patrol.models import Role, Way
from patrol.outgoing import addresses, mailing
from patrol.telling import bots, bundling, choices, pairing
from patrol.telling.choices import Choice, Kind, One, When
from tests import factories, races
from tests.bot_server import TOKEN
from tests.factories import NOW
from tests.telling.test_bots import made, paired
from tests.telling.test_telling import high

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    return DAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(
    ("when", "found", "now", "quiet", "told"),
    [
        (When.NOW, 10, 10, None, True),
        (When.HOURLY, 9.9, 10, None, True),
        (When.HOURLY, 10, 10.9, None, False),
        (When.DAILY, 6.9, 7, None, True),
        (When.DAILY, 6.9, 6.95, None, False),
        (When.DAILY, 7, 23.9, None, False),
        (When.DAILY, 7, 31, None, True),  # the next morning
        (When.NOW, 23, 23, (22, 6), False),
        (When.NOW, 23, 29.9, (22, 6), False),
        (When.NOW, 23, 30, (22, 6), True),
        (When.NOW, 12, 12, (12, 13), False),
        (When.NOW, 12, 13, (12, 13), True),
        (When.HOURLY, 20, 22, (22, 6), False),
        (When.HOURLY, 20, 21.9, (22, 6), True),
        (When.DAILY, 1, 7, (0, 9), True),  # its hour was chosen by name
    ],
)
def test_when_it_is_told(when: When, found: float, now: float, quiet: tuple[int, int] | None, told: bool) -> None:
    until = bundling.until(when, at(now), Choice(hour=7, quiet=quiet))
    assert (until is not None and at(found) < until) is told


@pytest.mark.usefixtures("committed")
def test_ways_are_chosen_and_ended_while_what_was_found_is_gathered(settings: Any) -> None:
    """Two sweeps, a choice, a chat that is ended, a token that is set anew and an address that goes, each in a transaction of its own."""
    supervisor = factories.person(Role.SUPERVISOR)
    bot = made(supervisor)
    person = paired(bot)
    models.Person.objects.filter(pk=person.pk).update(mail="petugas@kantor.example")
    both = {Kind.FLAGS: One((Way.MAIL, Way.TELEGRAM), When.NOW)}
    choices.choose(kinds=both, hour=7, quiet=None, by=person, now=NOW)
    factories.offices()
    high()
    high()
    off: dict[str, Any] = {"kinds": {}, "hour": 7, "quiet": None}
    came = races.race(
        "LOCK TABLE patrol_told, patrol_tellingchoice, patrol_pairing IN EXCLUSIVE MODE",
        lambda: telling.tell(now=NOW),
        lambda: telling.tell(now=NOW),
        lambda: choices.choose(**off, by=person, now=NOW),
        lambda: choices.set_office(office_id=person.office_id, **off, by=supervisor, now=NOW),
        lambda: pairing.part(by=person, now=NOW),
        lambda: bots.set_token(office_id=person.office_id, token=TOKEN.replace("1", "2", 1), by=supervisor, now=NOW),
        lambda: addresses.clear(person_id=person.pk, by=person, now=NOW),
        may_end=True,
    )
    assert [one for one in came if isinstance(one, Exception)] == []
    ways = models.Dispatch.objects.order_by("way").annotate(many=Count("told")).values_list("way", "many")
    assert list(ways) == [("mail", 2), ("telegram", 2)]  # both sweeps read before anybody chose; each thing is told once a way
    while jobs.run({"dispatch": mailing.carry_out}, now=NOW):
        pass
    assert set(models.Dispatch.objects.values_list("state", flat=True)) <= {"dropped", "refused"}
    assert audit.verify() is None
