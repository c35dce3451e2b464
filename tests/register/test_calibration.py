"""Approving points: who may, what it leaves behind, and what it changes."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.engine import rules
from patrol.engine.rules import points, scam_compound_job
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.register import calibration, editions, recheck
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

RULE = scam_compound_job
FILE = f'[proposal]\nlabels_sha256 = "ab12"\n[rules.{RULE.NAME}]\nversion = {RULE.VERSION}\npoints = 1.7\n'.encode()


@pytest.fixture
def supervisor() -> Any:
    return factories.person(Role.SUPERVISOR, "directorate")


def test_an_approval_is_kept_with_its_file_and_stands_in_the_audit_log(supervisor: Any) -> None:
    edition = calibration.approve(FILE, by=supervisor, now=NOW)
    entry = models.AuditEntry.objects.get(verb="points.approved")
    sha256 = hashlib.sha256(FILE).hexdigest()
    approved = {RULE.NAME: {"version": RULE.VERSION, "points": 1.7}}
    assert (edition.number, edition.content.encode(), edition.sha256, edition.labels_sha256) == (1, FILE, sha256, "ab12")
    assert (entry.actor_id, entry.target_id, entry.before) == (supervisor.pk, str(edition.pk), {"edition": None})
    assert entry.after == {"edition": 1, "sha256": sha256, "points": approved}
    assert editions.current_points() == points.Points({RULE.NAME: points.Approved(RULE.VERSION, 1.7)})


def test_going_back_to_the_experts_is_an_edition_too(supervisor: Any) -> None:
    assert editions.current_points() == points.EXPERT
    calibration.approve(FILE, by=supervisor, now=NOW)
    assert calibration.withdraw(by=supervisor, now=NOW).number == 2
    assert editions.current_points() == points.EXPERT
    assert models.AuditEntry.objects.filter(verb="points.approved").count() == 2


@pytest.mark.parametrize(
    ("role", "code"), [(Role.SUPERVISOR, "bp3mi-jabar"), (Role.ANALYST, "directorate"), (Role.ADMINISTRATOR, "directorate")]
)
def test_only_a_supervisor_of_the_directorate_approves(role: Any, code: str) -> None:
    with pytest.raises(PermissionDenied):
        calibration.approve(FILE, by=factories.person(role, code), now=NOW)
    assert not models.PointsEdition.objects.exists()


def test_a_refused_file_leaves_nothing(supervisor: Any) -> None:
    with pytest.raises(points.PointsError, match="There is no rule gossip"):
        calibration.approve(b"[rules.gossip]\nversion = 1\npoints = 1", by=supervisor, now=NOW)
    assert not models.PointsEdition.objects.exists()
    assert not models.AuditEntry.objects.filter(verb="points.approved").exists()


def test_new_points_check_open_flags_again_and_old_findings_keep_theirs(supervisor: Any) -> None:
    flag = factories.flag()
    before = dict(flag.current_check.findings.values_list("rule", "points"))
    recheck.mark(now=NOW)
    while assessing.read_due(now=NOW, limit=100).read:
        pass
    calibration.approve(FILE, by=supervisor, now=NOW)
    assert recheck.mark(now=NOW) == 1
    assert assessing.read_due(now=NOW, limit=100).read == 1
    then = flag.current_check
    flag.refresh_from_db()
    after = dict(flag.current_check.findings.values_list("rule", "points"))
    assert dict(then.findings.values_list("rule", "points")) == before
    assert after[RULE.NAME] == pytest.approx(before[RULE.NAME] / 2, abs=0.01)
    assert {rule for rule in before if before[rule] != after[rule]} == {RULE.NAME}
    assert flag.current_check.rules_version == rules.version(editions.current_points()) != rules.version()
