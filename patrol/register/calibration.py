"""Verbs on the points of the rules: approve a proposal, go back to the expert's.

An edition never changes; the newest is in force for every process from its next batch on. What it changes on posts and
flags is found by recheck, and a flag keeps the points it was raised with.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from patrol import access, models
from patrol.access import Action, audit, pairs
from patrol.engine import rules
from patrol.engine.rules import points

_LOCK = 0x51_90_17  # one approval at a time


def approve(content: bytes, *, by: models.Person, now: datetime) -> models.PointsEdition:
    """Puts a file of `manage.py calibrate` in force. Raises points.PointsError, PermissionDenied."""
    access.require(by, Action.POINTS_APPROVE)
    approved = points.read(content, rules.RULES)
    written = content.decode("utf-8")
    labels = tomllib.loads(written).get("proposal", {})
    return _keep(
        {name: {"version": one.version, "points": one.points} for name, one in approved.approved.items()},
        content=written,
        labels_sha256=str(labels.get("labels_sha256", ""))[:64] if isinstance(labels, dict) else "",
        by=by,
        now=now,
    )


def withdraw(*, by: models.Person, now: datetime) -> models.PointsEdition:
    """Brings the expert's points back. Raises PermissionDenied."""
    access.require(by, Action.POINTS_APPROVE)
    return _keep({}, content="", labels_sha256="", by=by, now=now)


def _keep(approved: dict[str, Any], *, content: str, labels_sha256: str, by: models.Person, now: datetime) -> models.PointsEdition:
    pairs.require(None, by.pk, now=now)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        before = models.PointsEdition.objects.order_by("-number").first()
        edition = models.PointsEdition.objects.create(
            number=before.number + 1 if before else 1,
            approved_at=now,
            approved_by=by,
            points=approved,
            content=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            labels_sha256=labels_sha256,
        )
        audit.write(
            "points.approved",
            by=by,
            now=now,
            target=edition,
            before={"edition": before.number if before else None},
            after={"edition": edition.number, "sha256": edition.sha256, "points": approved},
        )
    return edition
