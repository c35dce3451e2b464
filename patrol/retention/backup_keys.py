"""Keys of backups: whether the oldest is older than the longest time of keeping. Which keys there are, `evidence.backups` writes down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from patrol.models import BackupKey, RetentionEdition
from patrol.retention import editions


def oldest() -> BackupKey | None:
    """The one a backup was written to first, of those whose private key nobody called destroyed. One query."""
    return BackupKey.objects.order_by("first_at", "key").first()


def longest(edition: RetentionEdition | None) -> int:
    """Days of the longest time in force, or as shipped, and of that of reports of the public. What is kept for good has no time."""
    return max([settings.TIP_DAYS, *(days for days in editions.times(edition).values() if days is not None)])


def outlived(key: BackupKey, edition: RetentionEdition | None, *, now: datetime) -> bool:
    """Whether the first backup it opens is older than that."""
    return now - key.first_at > timedelta(days=longest(edition))
