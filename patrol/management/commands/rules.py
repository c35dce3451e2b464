"""`manage.py rules`: every rule with its points, and how often it fired: in the database, and on labelled posts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError
from django.db.models import Count, Q
from django.utils import timezone

from patrol.engine import rules
from patrol.engine.evaluation.comparing import Comparison
from patrol.engine.evaluation.measures import Share
from patrol.engine.rules import points
from patrol.management import labelled, registers

RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Fired:
    """Posts a rule fired on, posts it fired on lately, and of the decisions on such posts those that confirmed."""

    posts: int
    recent: int
    confirmed: Share


class Command(BaseCommand):
    help = "Lists the rules with version, points and title, and how often each fired."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        labelled.add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        weights = registers.from_file(options["points"]) if options["points"] else registers.in_force()
        fired = self._fired(now=options["now"] or timezone.now())
        right: Mapping[str, Share] | None = None
        if options["labels"] or options["from_decisions"]:
            judged = labelled.judged(options, self.stderr)
            for problem in judged.problems:
                self.stderr.write(problem)
            right = _right(judged.comparisons)
        for line in (_as_json if options["json"] else _as_text)(weights, fired, right):
            self.stdout.write(line)

    def _fired(self, *, now: datetime) -> Mapping[str, Fired] | None:
        """None, and a word about it, where no database answers."""
        try:
            return fired(now=now)
        except OperationalError:
            self.stderr.write("No database answers: how often rules fired there is not known.")
            return None


def _as_json(weights: points.Points, fired: Mapping[str, Fired] | None, right: Mapping[str, Share] | None) -> Iterator[str]:
    for rule in rules.RULES:
        row: dict[str, Any] = {
            "rule": rule.NAME,
            "version": rule.VERSION,
            "points": rule.POINTS,
            "in_force": weights.of(rule),
            "title": {"id": rule.TITLE.id, "en": rule.TITLE.en},
        }
        if fired is not None:
            one = fired[rule.NAME]
            row |= {"posts": one.posts, "recent": one.recent}
            row |= {"decided": one.confirmed.of, "confirmed": one.confirmed.hits}
        if right is not None:
            row |= {"labelled": right[rule.NAME].of, "right": right[rule.NAME].hits}
        yield json.dumps(row, ensure_ascii=False)


def _as_text(weights: points.Points, fired: Mapping[str, Fired] | None, right: Mapping[str, Share] | None) -> Iterator[str]:
    """Two lines a rule, below a head."""
    head = f"{'rule':<30}{'':<4}{'expert':>7}{'in force':>9}"
    head += f"{'posts':>8}{'30 days':>8}{'confirmed':>16}" if fired is not None else ""
    yield head + (f"{'labelled right':>17}" if right is not None else "")
    for rule in rules.RULES:
        line = f"{rule.NAME:<30}{f'v{rule.VERSION}':<4}{rule.POINTS:>+7.2f}{weights.of(rule):>+9.2f}"
        if fired is not None:
            one = fired[rule.NAME]
            line += f"{one.posts:>8}{one.recent:>8}{_share(one.confirmed):>16}"
        yield line + (f"{_share(right[rule.NAME]):>17}" if right is not None else "")
        yield f"    {rule.TITLE.id} · {rule.TITLE.en}"


def fired(*, now: datetime) -> Mapping[str, Fired]:
    """How often each rule fired. A post that was checked many times counts once, a decision taken back not at all."""
    from patrol import models  # noqa: PLC0415  labelled files must do without a database

    ever = _posts()
    recent = _posts(check_of__checked_at__gte=now - RECENT)
    # A decision counts for the rules of the check it was made on.
    decided = (
        models.Decision.objects.order_by()
        .filter(reversed_by=None, outcome__in=(models.Outcome.CONFIRMED, models.Outcome.DISMISSED))
        .values("check_then__findings__rule")
        .annotate(of=Count("id"), confirmed=Count("id", filter=Q(outcome=models.Outcome.CONFIRMED)))
    )
    shares = {row["check_then__findings__rule"]: Share(row["confirmed"], row["of"]) for row in decided}
    return {rule.NAME: Fired(ever.get(rule.NAME, 0), recent.get(rule.NAME, 0), shares.get(rule.NAME, Share(0, 0))) for rule in rules.RULES}


def _posts(**checked: Any) -> Mapping[str, int]:
    """rule -> posts it fired on, among the checks asked for."""
    from patrol import models  # noqa: PLC0415

    found = models.Finding.objects.order_by().filter(**checked).values("rule")
    counted = found.annotate(posts=Count("check_of__reading__version__post", distinct=True))
    return {row["rule"]: row["posts"] for row in counted}


def _right(comparisons: Iterable[Comparison]) -> Mapping[str, Share]:
    """For each rule, of the labelled posts it fired on those that need a look; of a rule that clears, those that need none."""
    hits: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in comparisons:
        for rule, given in one.said.findings:
            if one.label.look is not None:
                hits[rule] += 1
                right[rule] += one.label.look == (given > 0)
    return {rule.NAME: Share(right[rule.NAME], hits[rule.NAME]) for rule in rules.RULES}


def _share(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.2f} ({share.hits}/{share.of})"
