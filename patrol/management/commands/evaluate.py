"""`manage.py evaluate`: how right the assessment is on labelled posts (docs/measured/evaluation.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from patrol.engine.evaluation import comparing, grouping, summing, tables
from patrol.engine.evaluation.summing import Sums
from patrol.management import labelled


class Command(BaseCommand):
    help = "Measures the assessment on labelled posts: levels, kinds, verdicts, everything named, calibration, and what went wrong."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        labelled.add_arguments(parser)
        parser.add_argument("--worst", type=int, default=20, metavar="N", help="posts that went wrong to print, gravest first")
        parser.add_argument("--only", metavar="WHAT", help="of these, only where this differs: look, verdict, phones, ...")
        parser.add_argument("--show", action="store_true", help="print texts and contacts in full instead of masked")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON; - prints them instead of the text")
        parser.add_argument("--report", type=Path, metavar="DIR", help="write report.txt, report.json and wrong.jsonl there")
        parser.add_argument(
            "--fail-under", metavar="NAME=X,...", help="exit 1 where a figure is worse, for example look.recall=0.95,phones.f1=0.98"
        )

        parser.add_argument(
            "--campaigns", action="store_true", help="measure instead which posts were tied together (B-cubed, labels: campaign)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["campaigns"]:
            self._campaigns(options)
            return
        asked = _asked(options["fail_under"])
        judged = labelled.judged(options, self.stderr)
        if options["show"] and judged.stored:
            raise CommandError("--show is for posts in files: stored ones are shown in the workbench, where it is logged.")
        for problem in judged.problems:
            self.stderr.write(problem)
        if not judged.comparisons:
            raise CommandError("No labelled post could be judged.")
        sums, letters = summing.sums(judged.comparisons), summing.by_letter(judged.comparisons)
        wrong = _wrong(judged.comparisons, options["only"])
        left_out = f"; {len(judged.problems)} left out, named on standard error" if judged.problems else ""
        text = [f"Labels: {judged.source}{left_out}", *tables.lines(sums), *tables.letter_lines(letters)]
        if options["from_decisions"]:
            text.append("Only flagged posts get decided: recall here says nothing about posts that were never flagged.")
        worst = [line for one in wrong[: options["worst"]] for line in tables.wrong_lines(one, full=options["show"])]
        if worst:
            text += ["", f"Went wrong: {len(wrong)} of {sums.posts} posts; the gravest {min(len(wrong), options['worst'])}", *worst]
        by_letter = {letter: tables.as_json(one) for letter, one in letters.items()}
        whole = {"labels": judged.source, "left_out": len(judged.problems), **tables.as_json(sums), "letters": by_letter}
        figures = json.dumps(whole, indent=1)
        if options["json"] == Path("-"):
            self.stdout.write(figures)
        else:
            self.stdout.write("\n".join(text))
        try:
            if options["json"] not in (None, Path("-")):
                options["json"].write_text(figures + "\n", encoding="utf-8")
            if options["report"] is not None:
                _report(options["report"], text, figures, wrong, full=options["show"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        _hold(sums, asked)

    def _campaigns(self, options: dict[str, Any]) -> None:
        """One line a file and one over all. With --fail-under precision=0.98,recall=0.9 it exits 1 where the whole is worse."""
        found = labelled.linked(options, self.stderr)
        for problem in (problem for one in found for problem in one.problems):
            self.stderr.write(problem)
        said = [f"{one.source} {name}" if name else None for one in found for name in one.said]
        expected = [f"{one.source} {name}" if name else None for one in found for name in one.expected]
        for one in found:
            self.stdout.write(_grouped(one.source, grouping.b_cubed(one.said, one.expected)))
            for first, second, joined in grouping.mixed(one.said, one.expected)[: options["worst"]]:
                self.stdout.write(f"  {one.ids[first]} {one.ids[second]} {'joined, but strangers' if joined else 'left apart'}")
        whole = grouping.b_cubed(said, expected)
        if len(found) > 1:
            self.stdout.write(_grouped("all", whole))
        reached = {"precision": whole.tied_precision, "recall": whole.tied_recall}
        for part in filter(None, (options["fail_under"] or "").split(",")):
            name, _, figure = part.strip().partition("=")
            if name not in reached:
                raise CommandError(f"--fail-under knows no {name!r} of campaigns; it knows {', '.join(reached)}.")
            value = reached[name]
            if value is None or value < float(figure):
                raise CommandError(f"{name} is {value if value is None else f'{value:.3f}'}, not {figure}.")


def _grouped(source: str, one: grouping.Grouping) -> str:
    def figure(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    return (
        f"{source}: {one.posts} posts, precision {figure(one.precision)}, recall {figure(one.recall)}; "
        f"of the {one.tied} that are tied: precision {figure(one.tied_precision)}, recall {figure(one.tied_recall)}"
    )


def _wrong(comparisons: Sequence[comparing.Comparison], only: str | None) -> list[comparing.Comparison]:
    wrong = [one for one in comparisons if any(only in (None, difference.of) for difference in one.differences)]
    return sorted(wrong, key=lambda one: (one.gravity, one.id))


def _report(folder: Path, text: list[str], figures: str, wrong: Sequence[comparing.Comparison], *, full: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    (folder / "report.json").write_text(figures + "\n", encoding="utf-8")
    with (folder / "wrong.jsonl").open("w", encoding="utf-8") as file:
        for one in wrong:
            file.write(json.dumps(tables.wrong_as_json(one, full=full), ensure_ascii=False) + "\n")


def _asked(written: str | None) -> dict[str, float]:
    """`look.recall=0.95,phones.f1=0.98`. Raises CommandError."""
    asked: dict[str, float] = {}
    known = summing.sums([]).figures
    for part in filter(None, (written or "").split(",")):
        name, _, figure = part.strip().partition("=")
        if name not in known:
            raise CommandError(f"--fail-under knows no {name!r}; it knows {', '.join(known)}.")
        try:
            asked[name] = float(figure)
        except ValueError:
            raise CommandError(f"--fail-under: {figure!r} is no number for {name}.") from None
    return asked


def _hold(sums: Sums, asked: dict[str, float]) -> None:
    """Raises CommandError (exit code 1) naming every figure that is worse than asked, or that nothing was judged for."""
    missed = []
    for name, bound in asked.items():
        reached = sums.figures[name]
        if reached is None:
            missed.append(f"{name} was not measured")
        elif reached > bound if name in summing.SMALL_IS_GOOD else reached < bound:
            missed.append(f"{name} is {reached:.3f}, not {bound:g}")
    if missed:
        raise CommandError("; ".join(missed) + ".")
