"""The age of the oldest key of backups beside the times of keeping."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import models
from patrol.retention import backup_keys, editions
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


def key(name: str, first_at: datetime) -> models.BackupKey:
    return models.BackupKey.objects.create(key=name, first_at=first_at, last_at=NOW)


def approved(**days: int | None) -> models.RetentionEdition:
    boss = factories.person("supervisor", "directorate")
    asked = editions.propose(times=editions.shipped() | days, reason="uji", by=factories.person("analyst"), now=NOW)
    return editions.approve(edition_id=asked.pk, by=boss, now=NOW)


def test_the_oldest_is_the_one_first_written_to_that_is_not_destroyed() -> None:
    assert backup_keys.oldest() is None
    first = key("age1b", NOW - 9 * DAY)
    second = key("age1a", NOW - 8 * DAY)
    assert backup_keys.oldest() == first
    first.delete()  # as `backup --key-destroyed` does
    assert backup_keys.oldest() == second


def test_the_longest_time_is_that_of_the_edition_in_force_without_what_is_kept_for_good(settings: Any) -> None:
    assert backup_keys.longest(None) == 1825
    assert backup_keys.longest(approved(subject=None, objector=400)) == 730
    assert backup_keys.longest(approved(**dict.fromkeys(editions.shipped()))) == 90  # that of reports
    settings.TIP_DAYS = 731
    assert backup_keys.longest(approved(subject=None, objector=400)) == 731


def test_a_key_is_outlived_once_its_first_backup_is_older_than_the_longest_time() -> None:
    edition = approved(subject=None, objector=400)
    assert backup_keys.outlived(key("age1a", NOW - 730 * DAY - MOMENT), edition, now=NOW)
    assert not backup_keys.outlived(key("age1b", NOW - 730 * DAY), edition, now=NOW)
    assert not backup_keys.outlived(key("age1c", NOW - 731 * DAY), None, now=NOW)  # as shipped: 1,825
