"""`manage.py calibrate`: a proposal that changes nothing, its approval, and the way back."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from patrol import models
from patrol.engine.rules import RULES, points, scam_compound_job
from patrol.models import Role
from patrol.register import editions
from tests import factories
from tests.management import sets

RULE = scam_compound_job
FILE = f"[rules.{RULE.NAME}]\nversion = {RULE.VERSION}\npoints = 1.25\n"


def run(*options: object) -> str:
    out = io.StringIO()
    call_command("calibrate", *map(str, options), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate", username="penyelia")


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    path = tmp_path / "points.toml"
    path.write_text(FILE)
    return path


@pytest.mark.django_db
def test_a_proposal_is_written_and_not_in_force(folder: Path, tmp_path: Path) -> None:
    sets.lines(folder / "labels.jsonl", [{"id": "scam", "look": False}])
    out = tmp_path / "out.toml"
    written = run("--labels", folder / "labels.jsonl", "--out", out, "--now", "2026-11-20")
    (row,) = [line.split() for line in written.splitlines() if line.split()[0] == RULE.NAME]
    assert (float(row[1]), float(row[2]), row[4:]) == (RULE.POINTS, RULE.POINTS, ["1", "0", "*"])
    table = tomllib.loads(out.read_text())
    assert table["rules"][RULE.NAME]["points"] == float(row[3]) < RULE.POINTS
    assert set(table["rules"]) == {rule.NAME for rule in RULES}
    assert table["proposal"]["made"].isoformat() == "2026-11-20T00:00:00+07:00"
    assert len(table["proposal"]["labels_sha256"]) == 64
    assert editions.current_points() == points.EXPERT


@pytest.mark.django_db
def test_without_a_file_the_proposal_follows_the_table(folder: Path) -> None:
    written = run("--labels", folder / "labels.jsonl", "--strength", "1", "--at-most", "0.5")
    table = tomllib.loads(written[written.index("# Points of the rules") :])
    assert (table["proposal"]["strength"], table["proposal"]["at_most"]) == (1.0, 0.5)


@pytest.mark.django_db
def test_decisions_can_be_fitted_to() -> None:
    confirmed, dismissed = factories.flags(2)
    sets.decide(confirmed, "confirmed", "fraud")
    sets.decide(dismissed, "dismissed", "lawful")
    assert "2 posts that points can move, 1 of them need a look." in run("--from-decisions")


@pytest.mark.django_db
def test_a_proposal_is_approved_shown_and_withdrawn(supervisor: models.Person, proposal: Path) -> None:
    assert run("--show").startswith("The expert's points are in force; none were ever approved.")
    assert run("--approve", proposal, "--by", "penyelia") == ("Points edition 1 is in force; open flags are checked again.\n")
    shown = run("--show")
    assert shown.startswith("Edition 1: points approved by penyelia on ")
    (row,) = [line.split() for line in shown.splitlines() if line.split()[0] == RULE.NAME]
    assert row == [RULE.NAME, f"v{RULE.VERSION}", f"{RULE.POINTS:+.2f}", "expert", "+1.25", "in", "force"]
    run("--withdraw", "--by", "penyelia")
    assert run("--show").startswith("Edition 2: the expert's points brought back by penyelia on ")
    assert editions.current_points() == points.EXPERT


@pytest.mark.django_db
def test_points_of_an_older_version_are_shown_as_such(supervisor: models.Person) -> None:
    models.PointsEdition.objects.create(
        number=1,
        approved_at=factories.NOW,
        approved_by=supervisor,
        points={RULE.NAME: {"version": RULE.VERSION + 1, "points": 9.0}},
        sha256="0" * 64,
    )
    (row,) = [line for line in run("--show").splitlines() if line.split()[0] == RULE.NAME]
    assert row.endswith(f"{RULE.POINTS:+.2f} in force  (approved for version {RULE.VERSION + 1})")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--approve", "{}"), "Say who: --by USER"),
        (("--approve", "{}", "--by", "siapa"), "Nobody works here as siapa"),
        (("--approve", "{}", "--by", "petugas"), "petugas may not approve points: a supervisor of the directorate may"),
        (("--approve", "{}.gone", "--by", "penyelia"), "gone: No such file"),
        (("--by", "penyelia"), "--by belongs to --approve or --withdraw"),
        (("--show", "--withdraw"), "not allowed with argument"),
        ((), "Give either --labels FILE or --from-decisions"),
    ],
)
def test_what_is_refused(supervisor: models.Person, proposal: Path, options: tuple[str, ...], why: str) -> None:
    factories.person(Role.OFFICER, username="petugas")
    with pytest.raises(CommandError, match=why):
        run(*(option.format(proposal) for option in options))
    assert not models.PointsEdition.objects.exists()


@pytest.mark.django_db
def test_a_file_that_cannot_hold_is_refused_with_its_sentence(supervisor: models.Person, proposal: Path) -> None:
    proposal.write_text(FILE.replace("1.25", "-1.25"))
    with pytest.raises(CommandError, match="must keep the sign of the expert's"):
        run("--approve", proposal, "--by", "penyelia")
    assert not models.AuditEntry.objects.filter(verb="points.approved").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--strength", "0"), "strength must be a positive number"),
        (("--at-most", "-1"), "at_most must be zero or more"),
        (("--out", "/dev/null/points.toml"), "Not a directory"),
    ],
)
def test_terms_that_cannot_be(folder: Path, options: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run("--labels", folder / "labels.jsonl", *options)


@pytest.mark.django_db
def test_posts_that_points_cannot_move_give_no_proposal(folder: Path) -> None:
    sets.lines(folder / "labels.jsonl", [{"id": "hello", "look": True}])
    with pytest.raises(CommandError, match="No labelled post is one that points can move"):
        run("--labels", folder / "labels.jsonl")
