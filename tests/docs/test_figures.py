"""The figures of docs/measured and CHANGELOG.md: those a run of seconds gives are measured anew, each other names its run and its day."""

from __future__ import annotations

import functools
import importlib.util
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper

from example import world
from patrol import models
from patrol.access import people
from patrol.engine.evaluation import summing, tables
from patrol.engine.evaluation.comparing import Comparison
from patrol.engine.rules import RULES
from patrol.management import labelled
from patrol.management.commands import evaluate
from patrol.management.commands.setup import EXAMPLE_ACCOUNTS
from tests.docs import documents
from tests.evaluation.test_mirror import MOST_OF_ONE_SCORE, crowded

NOW = "2026-06-30T12:00:00+07:00"
READING = documents.named()["docs/measured/reading.md"]
SPEED = documents.named()["docs/measured/speed.md"]
SETS = documents.ROOT / "tests/evaluation"

AFTER_ALL = "2026-11-20T12:00:00+07:00"  # the posts of the mirror are of January to October
UNSEEN = [SETS / "unseen" / name for name in "abcd"]
SEALED = [SETS / "mirror" / name for name in ("kantor", "kompleks", "luar", "timur")]
SEALED_LATER = [SETS / "mirror" / name for name in ("batas", "ibu", "kota")]
SEALED_LAST = [SETS / "mirror/pasarmalam"]
TEN_HANDS, SEVEN_HANDS = [SETS / "unseen/j"], [SETS / "unseen/k"]
SEALED_FOURTH = ([SETS / "mirror" / name for name in ("tambak", "gurun")], [SETS / "mirror/pelabuhan"])

# The first cell of a row of READING -> the figures of `evaluate` in it, in order.
ROWS = {
    "must a person look: precision, recall (0.95, 0.95)": ("look.precision", "look.recall"),
    "contact numbers: precision, recall (0.99, 0.97)": ("phones.precision", "phones.recall"),
    "licence verdict right (0.97)": ("verdict.accuracy",),
    "countries, agencies, licence numbers: F1 (0.97)": ("countries.f1", "agencies.f1", "licence_numbers.f1"),
    "offer of work abroad or not": ("offer.accuracy",),
    "kind of text": ("text_kind.accuracy",),
    "illegal recruitment, fraud, impersonation, phishing: F1": tuple(
        f"kinds.{kind}.f1" for kind in ("illegal_recruitment", "fraud", "impersonation", "phishing")
    ),
}
# The same of the column "now" of the table of before and after.
NOW_ON_THE_SEALED_HALF = {
    "must a person look: precision, recall": ("look.precision", "look.recall"),
    "licence verdict right": ("verdict.accuracy",),
    "contact numbers: precision, recall": ("phones.precision", "phones.recall"),
    "bank accounts, agencies: F1": ("bank_accounts.f1", "agencies.f1"),
    "main kind of threat right": ("main_kind.accuracy",),
    "impersonation: F1": ("kinds.impersonation.f1",),
}


def judged(folders: list[Path], now: str = NOW) -> Any:
    """What `evaluate --json` tells of these sets together."""
    every = [one for folder in folders for one in compared(folder, now)]
    letters = {letter: tables.as_json(one) for letter, one in summing.by_letter(every).items()}
    return json.loads(json.dumps({**tables.as_json(summing.sums(every)), "letters": letters}))


@functools.cache
def compared(folder: Path, now: str) -> tuple[Comparison, ...]:
    """A set is read once: four tables of the documents count the same hands together with others."""
    parser = evaluate.Command().create_parser("manage.py", "evaluate")
    options = vars(parser.parse_args(["--labels", str(folder / "labels.jsonl"), "--now", now]))
    return labelled.judged(options, OutputWrapper(io.StringIO())).comparisons


@pytest.mark.django_db
def test_sets_that_are_read_one_by_one_are_judged_as_the_command_judges_them_together() -> None:
    folders = [SETS / "unseen" / name for name in "ab"]
    command = json.loads(evaluated("--labels", *(str(folder / "labels.jsonl") for folder in folders), "--json", "-"))
    assert judged(folders) == {key: told for key, told in command.items() if key not in {"labels", "left_out"}}


def shares(told: Any, *names: str) -> list[str]:
    """Figures as a cell has them, with their intervals: `0.917 (0.88–0.94)`."""
    cells = []
    for name in names:
        of, _, figure = name.rpartition(".")
        low, high = told["intervals"][of] if figure == "accuracy" else told["counts"][of][f"{figure}_interval"]
        cells.append(f"{told['figures'][name]:.3f} ({low:.2f}–{high:.2f})")
    return cells


def rows(text: str) -> list[list[str]]:
    """The cells of each row of its tables but the heads."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith(("|---", "| what |", "| pictures |", "| by letter ", "| kind of threat "))
    ]
    assert found
    return found


def evaluated(*arguments: str, now: str = NOW) -> str:
    out = io.StringIO()
    call_command("evaluate", *arguments, "--now", now, "--worst", "0", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_how_right_it_is() -> None:
    """Where this fails because the reader changed: write the new figures into docs/measured/reading.md, better or worse."""
    said = {cells[0]: cells[1:] for cells in rows(READING.split("On the sealed half,")[0])}
    assert said.keys() == ROWS.keys()
    columns = ((341, NOW, UNSEEN), (225, NOW, [SETS / "unseen/h"]), (560, AFTER_ALL, SEALED), (420, AFTER_ALL, SEALED_LATER))
    for column, (posts, now, folders) in enumerate(columns):
        measured = judged(folders, now)
        assert measured["posts"] == posts
        assert f"{posts} posts, " in READING
        figures = measured["figures"]
        assert {row: cells[column] for row, cells in said.items()} == {
            row: ", ".join(f"{figures[name]:.3f}" for name in names) for row, names in ROWS.items()
        }
        if folders is SEALED:
            before_and_after = rows(READING.split("On the sealed half,")[1].split("On the sealed half the targets")[0])
            assert {cells[0]: cells[2] for cells in before_and_after} == {
                row: ", ".join(f"{figures[name]:.3f}" for name in names) for row, names in NOW_ON_THE_SEALED_HALF.items()
            }


LOOK = ("look.precision", "look.recall")


@pytest.mark.django_db
def test_how_right_it_is_by_hands_letter_and_kind() -> None:
    said = {tuple(cells[:2]): cells[2:] for cells in rows("| by letter " + READING.split("| by letter ")[1].split("\n\n")[0])}
    told = judged([*SEALED, *SEALED_LATER, *SEALED_LAST], AFTER_ALL)
    names = (*LOOK, "verdict.accuracy", "main_kind.accuracy", "phones.precision", "phones.recall")
    letters = told["letters"]
    assert said == {(letter, str(one["posts"])): shares(one, *names) for letter, one in letters.items()}
    assert sum(one["posts"] for one in letters.values()) == told["posts"] == 1_080
    said_of_kinds = {cells[0]: cells[1:] for cells in rows("| kind of threat " + READING.split("| kind of threat ")[1].split("\n\n")[0])}
    words = {"illegal recruitment": "illegal_recruitment", "fraud": "fraud", "impersonation": "impersonation", "phishing": "phishing"}
    assert said_of_kinds == {word: shares(told, f"kinds.{kind}.precision", f"kinds.{kind}.recall") for word, kind in words.items()}
    assert crowded(told) <= MOST_OF_ONE_SCORE
    for folders in (SEALED, SEALED_LATER, SEALED_LAST):
        hands = ", ".join(f"`{folder.name}`" for folder in folders)
        cells = shares(judged(folders, AFTER_ALL), *LOOK, "verdict.accuracy", "main_kind.accuracy")
        assert f"| {hands} | {' | '.join(cells)} |" in READING


@pytest.mark.django_db
def test_how_right_it_is_on_the_fourth_writing_and_on_all_sealed_hands() -> None:
    names = (*LOOK, "verdict.accuracy", "main_kind.accuracy")
    for folders in SEALED_FOURTH:
        precision, recall, verdict, kind = (f"{judged(folders, AFTER_ALL)['figures'][name]:.3f}" for name in names)
        assert f"| 21 | {precision}, {recall} | {verdict} | {kind} |" in READING
    told = judged([*SEALED, *SEALED_LATER, *SEALED_LAST, *SEALED_FOURTH[0], *SEALED_FOURTH[1]], AFTER_ALL)
    precision, recall, verdict, kind = shares(told, *names)
    assert (
        f"The {told['posts']:,} sealed posts together: must look {precision}, {recall}; licence verdict {verdict}; main kind {kind}."
        in READING
    )


@pytest.mark.parametrize("folders", [TEN_HANDS, SEVEN_HANDS], ids=["j", "k"])
def test_how_right_it_is_on_hands_of_near_neighbours(folders: list[Path]) -> None:
    told = judged(folders, AFTER_ALL)
    names = (*LOOK, "offer.accuracy", "text_kind.accuracy", "main_kind.accuracy")
    precision, recall, offer, text, kind = (f"{told['figures'][name]:.3f}" for name in names)
    [table] = [part for part in READING.split("\n\n") if f"| `unseen/{folders[0].name}` | 1" in part]
    of_this = table.partition(f"| `unseen/{folders[0].name}` | 1")[2].partition("| `unseen/")[0]
    assert f"| 21 | {precision}, {recall} | {offer} | {text} | {kind} |" in of_this


@pytest.mark.parametrize(
    "named",
    [
        ("phones.precision", "phones.recall"),
        ("bank_accounts.precision", "bank_accounts.recall"),
        ("bank_accounts.f1", "agencies.f1", "licence_numbers.f1"),
    ],
    ids=["numbers", "accounts", "all"],
)
def test_how_right_what_is_named_is_where_it_is_hidden(named: tuple[str, ...]) -> None:
    told = json.loads(evaluated("--labels", str(SETS / "unseen/l/labels.jsonl"), "--no-register", "--json", "-"))
    assert told["posts"] == 360
    said = [cells[2] for cells in rows(READING.split("| what | `unseen/l`, reader 17 ")[1].split("\n\n")[0])]
    assert ", ".join(f"{told['figures'][name]:.3f}" for name in named) in said


def test_how_right_the_check_of_licensed_offers_is() -> None:
    measured = [judged([SETS / name], AFTER_ALL)["figures"] for name in ("unseen/m", "unseen/n", "unseen/o")]
    table = "| what | " + READING.split("| what | `unseen/m`, 200 posts: reader 17, 18, 19, now ")[1].split("\n\n")[0]
    said = {cells[0]: [cell.rpartition(", ")[2] for cell in cells[1:]] for cells in rows(table)}
    figures = {
        "verdict right (0.97)": "verdict.accuracy",
        "countries: precision": "countries.precision",
        "countries: recall": "countries.recall",
        "offer or not": "offer.accuracy",
    }
    assert said == {row: [f"{one[name]:.3f}" for one in measured] for row, name in figures.items()}


@pytest.mark.django_db
def test_how_right_the_rings_of_the_sealed_half_are() -> None:
    told = evaluated("--campaigns", "--labels", *(str(folder / "labels.jsonl") for folder in SEALED), now=AFTER_ALL)
    precision, recall = re.findall(r"all: 80 posts, precision ([0-9.]+), recall ([0-9.]+);", told)[0]
    assert f"B-cubed precision {precision}, recall {recall} (" in READING


@pytest.mark.django_db
def test_how_right_the_rings_of_the_older_set_are() -> None:
    file = str(SETS / "campaigns/unseen/labels.jsonl")
    told = evaluated("--campaigns", "--labels", file, "--no-register")
    precision, recall = re.findall(r"that are tied: precision ([0-9.]+), recall ([0-9.]+)", told)[0]
    assert f"it is {precision} and {recall} of the tied" in SPEED.replace("\n", " ")


@pytest.mark.parametrize("row", rows(SPEED), ids=lambda row: row[0])
def test_a_row_of_the_speeds_names_its_run_and_its_day(row: list[str]) -> None:
    found = re.fullmatch(r"`([a-z_]+)`, (?:(?:24|27|29|30) Nov|[12] Dec)", row[-1])
    assert found is not None, row[-1]
    assert len(row) == 6
    assert importlib.util.find_spec("bench" if found[1] == "bench" else f"bench.{found[1]}") is not None


def test_the_days_of_the_runs_are_told() -> None:
    assert re.findall(r"\b2[0-9] November(?= 2026:|:)", SPEED) == ["24 November", "27 November", "29 November"]


@pytest.mark.parametrize("row", rows("| pictures |" + READING.split("| pictures |")[1]), ids=str)
def test_a_row_of_the_pictures_names_its_run(row: list[str]) -> None:
    assert row[-1] == "the same" or re.search(r"`(python -m bench\.|tests/)\S.*`(, \d+ November 2026)?", row[-1])


def test_what_is_counted_in_the_documents_is_as_many() -> None:
    shown = world.load()
    assert f"{sum(len(place.real_posts) for place in shown.places)} invented posts" in documents.whole()
    assert f"loads an invented register and {len(shown.places)} watches" in documents.whole()
    changes = documents.named()["CHANGELOG.md"]
    assert {"Twenty-seven": 27}[re.findall(r"\*\*(\S+) rules\*\*", changes)[0]] == len(RULES)


@pytest.mark.django_db
def test_offices_and_roles_are_as_many_as_is_said() -> None:
    people.load_offices()
    offices = models.Office.objects.filter(kind=models.OfficeKind.BP3MI).count()
    assert f"the directorate, {offices} BP3MI" in documents.whole()
    assert f"six roles, {offices} BP3MI and the directorate" in documents.named()["CHANGELOG.md"]
    assert len({role for _key, role, *_ in EXAMPLE_ACCOUNTS}) == 6
