"""`manage.py calibrate`: points fitted to labelled posts, as a file a person approves (docs/measured/evaluation.md).

Fitting writes a proposal and changes nothing. `--approve` puts a file in force, `--withdraw` brings the expert's points
back, `--show` prints what is in force.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from patrol.domain import LAW_ZONE
from patrol.engine import rules
from patrol.engine.evaluation import fitting, proposal
from patrol.engine.rules import points
from patrol.infra.refusals import RefusedError
from patrol.management import labelled, registers

if TYPE_CHECKING:
    from patrol import models


class Command(BaseCommand):
    help = "Fits the points of the rules to labelled posts; approves, withdraws and shows points."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        labelled.add_arguments(parser)
        parser.add_argument("--strength", type=float, default=5.0, help="how hard the expert's points hold (5: like 20 posts)")
        parser.add_argument("--at-most", type=float, default=1.5, help="points a rule may move from the expert's")
        parser.add_argument("--out", type=Path, help="write the proposal there; else it follows the table")
        doing = parser.add_mutually_exclusive_group()
        doing.add_argument("--approve", type=Path, metavar="FILE", help="put a proposal in force")
        doing.add_argument("--withdraw", action="store_true", help="bring the expert's points back")
        doing.add_argument("--show", action="store_true", help="print what is in force")
        parser.add_argument("--by", metavar="USER", help="who approves or withdraws")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["by"] and not (options["approve"] or options["withdraw"]):
            raise CommandError("--by belongs to --approve or --withdraw.")
        try:
            if options["show"]:
                self._show()
            elif options["approve"] or options["withdraw"]:
                self._decide(options)
            else:
                self._propose(options)
        except OperationalError:
            raise CommandError("No database answers: approved points are kept there.") from None

    def _propose(self, options: dict[str, Any]) -> None:
        judged = labelled.judged(options, self.stderr, weights=points.EXPERT)
        for problem in judged.problems:
            self.stderr.write(problem)
        given = fitting.examples(judged.comparisons, rules.RULES)
        if not given:
            raise CommandError("No labelled post is one that points can move.")
        weights = registers.from_file(options["points"]) if options["points"] else registers.in_force()
        try:
            made = proposal.propose(given, rules.RULES, weights, strength=options["strength"], at_most=options["at_most"])
        except ValueError as error:
            raise CommandError(f"{error}.") from None
        for line in proposal.lines(made):
            self.stdout.write(line)
        now = options["now"] or datetime.now(LAW_ZONE)
        written = proposal.toml(made, labels=judged.source, labels_sha256=judged.sha256, now=now)
        if options["out"] is None:
            self.stdout.write("\n" + written)
            return
        try:
            options["out"].write_text(written, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None

    def _decide(self, options: dict[str, Any]) -> None:
        from patrol import models  # noqa: PLC0415  the rest of this command needs no database
        from patrol.register import calibration  # noqa: PLC0415  the rest of this command needs no database

        person = models.Person.objects.filter(username=options["by"] or "", is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody works here as {options['by']}." if options["by"] else "Say who: --by USER.")
        try:
            if options["withdraw"]:
                edition = calibration.withdraw(by=person, now=timezone.now())
            else:
                edition = calibration.approve(options["approve"].read_bytes(), by=person, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except points.PointsError as error:
            raise CommandError(f"{options['approve']}: {error}") from None
        except RefusedError as error:
            raise CommandError(error.said("en")) from None
        except PermissionDenied:
            raise CommandError(f"{person.username} may not approve points: a supervisor of the directorate may.") from None
        self.stdout.write(f"Points edition {edition.number} is in force; open flags are checked again.")

    def _show(self) -> None:
        from patrol import models  # noqa: PLC0415
        from patrol.register import editions  # noqa: PLC0415

        edition = models.PointsEdition.objects.select_related("approved_by").order_by("-number").first()
        if edition is None:
            self.stdout.write("The expert's points are in force; none were ever approved.")
        else:
            self.stdout.write(_approval(edition))
        weights = editions.current_points()
        for rule in rules.RULES:
            entry = weights.approved.get(rule.NAME)
            old = f"  (approved for version {entry.version})" if entry and entry.version != rule.VERSION else ""
            self.stdout.write(f"  {rule.NAME:<34}v{rule.VERSION}{rule.POINTS:>+8.2f} expert{weights.of(rule):>+8.2f} in force{old}")


def _approval(edition: models.PointsEdition) -> str:
    at = edition.approved_at.astimezone(LAW_ZONE)
    what = "points approved" if edition.points else "the expert's points brought back"
    return f"Edition {edition.number}: {what} by {edition.approved_by.username} on {at:%Y-%m-%d %H:%M} WIB, {edition.sha256[:12]}"
