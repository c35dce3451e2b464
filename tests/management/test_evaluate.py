"""`manage.py evaluate` from files and from the database: what it prints, what it leaves out, when it fails."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from patrol import models, triage
from patrol.engine import assess as engine
from patrol.engine.rules import scam_compound_job
from patrol.evidence import raw
from patrol.pipeline import assessing
from patrol.register import recheck
from tests import factories
from tests.management import sets, test_assess
from tests.pipeline import test_picturing as flyers
from tests.triage.acts import copies


def run(*options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("evaluate", *map(str, options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def figures(*options: object) -> dict[str, float | None]:
    figures: dict[str, float | None] = json.loads(run(*options, "--json", "-")[0])["figures"]
    return figures


def test_the_register_beside_the_labels_is_theirs(folder: Path) -> None:
    reached = figures("--labels", folder / "labels.jsonl")  # no database is asked: pytest-django would refuse
    assert reached["verdict.accuracy"] == reached["phones.f1"] == reached["look.recall"] == 1.0
    other = figures("--labels", folder / "labels.jsonl", "--no-register")
    assert other["verdict.accuracy"] == 0.5
    assert other["phones.f1"] == 1.0


def test_the_text_reads_from_the_figures_to_what_went_wrong(folder: Path) -> None:
    wrong = [{**sets.LABELS[0], "countries": ["HK"], "phones": []}, *sets.LABELS[1:]]
    sets.lines(folder / "labels.jsonl", wrong)
    out, err = run("--labels", folder / "labels.jsonl", "--posts", folder / "posts.jsonl")
    assert err == ""
    assert out.splitlines()[:2] == [
        f"Labels: {folder / 'labels.jsonl'}",
        "3 posts judged. In brackets: 95 % interval (Wilson), then the counts.",
    ]
    tail = out.splitlines()[out.splitlines().index("Went wrong: 1 of 3 posts; the gravest 1") + 1 :]
    assert [" ".join(line.split()) for line in tail[1:]] == ["phones said +62 840-••••22", "countries said TW; expected HK"]
    assert "0840-1111-2222" not in out
    shown, _ = run("--labels", folder / "labels.jsonl", "--show", "--only", "countries")
    assert f"    | {test_assess.OFFER}" in shown
    assert "+6284011112222" in shown
    assert "Went wrong" not in run("--labels", folder / "labels.jsonl", "--only", "verdict")[0]
    assert "Went wrong" not in run("--labels", folder / "labels.jsonl", "--worst", "0")[0]


def test_bad_lines_are_named_and_the_rest_is_judged(folder: Path) -> None:
    with (folder / "labels.jsonl").open("a") as file:
        file.write('{"id": "x", "look": "yes"}\n\n{"id": "gone"}\n')
    with (folder / "posts.jsonl").open("a") as file:
        file.write('{nonsense\n{"id": "scam", "text": "twice"}\n')
    out, err = run("--labels", folder / "labels.jsonl")
    posts = folder / "posts.jsonl"
    assert err.splitlines() == [
        f"{folder / 'labels.jsonl'}, line 4: look is neither true nor false",
        f"{posts}: the line is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        f"{posts}: scam stands twice; the first one counts",
        f"{posts} holds no post gone",
    ]
    assert "; 4 left out, named on standard error" in out
    assert "3 posts judged" in out


def test_a_post_that_breaks_the_reader_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.assess

    def breaks(contents: Any, *args: Any, **more: Any) -> Any:
        if any("pagi" in content.text for content in contents):
            raise ValueError("boom")
        return whole(contents, *args, **more)

    monkeypatch.setattr(engine, "assess", breaks)
    out, err = run("--labels", folder / "labels.jsonl")
    assert err == f"{folder / 'posts.jsonl'}: hello could not be assessed: ValueError: boom\n"
    assert "2 posts judged" in out


def test_several_sets_are_judged_together_each_by_its_own_register(folder: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    sets.lines(bare / "posts.jsonl", sets.POSTS)
    sets.lines(bare / "labels.jsonl", [{"id": "hello", "text_kind": "joke", "look": False}])
    both = folder / "labels.jsonl", bare / "labels.jsonl"
    out, _ = run("--labels", *both, "--no-register")
    assert "4 posts judged" in out
    assert "bare/hello  Selamat pagi" in out
    with pytest.raises(CommandError, match="--posts cannot belong to several labels files"):
        run("--labels", *both, "--posts", folder / "posts.jsonl")


def test_a_figure_below_its_bound_fails_the_run(folder: Path) -> None:
    sets.lines(folder / "labels.jsonl", [{**sets.LABELS[0], "look": True}, *sets.LABELS[1:]])
    labels = ("--labels", folder / "labels.jsonl")
    run(*labels, "--fail-under", "phones.recall=1,look.recall=0.5,calibration.brier=0.9")
    with pytest.raises(CommandError) as failed:
        run(*labels, "--fail-under", "look.recall=0.95, calibration.brier=0.01,kinds.fraud.f1=0.5")
    assert failed.value.returncode == 1
    said = str(failed.value)
    assert "look.recall is 0.500, not 0.95; calibration.brier is 0." in said
    assert said.endswith(", not 0.01; kinds.fraud.f1 was not measured.")


def test_a_report_is_three_files(folder: Path, tmp_path: Path) -> None:
    sets.lines(folder / "labels.jsonl", [{**sets.LABELS[0], "countries": ["HK"]}, *sets.LABELS[1:]])
    run("--labels", folder / "labels.jsonl", "--report", tmp_path / "new" / "report", "--json", tmp_path / "out.json")
    report = tmp_path / "new" / "report"
    assert (report / "report.txt").read_text().startswith("Labels: ")
    assert (report / "report.json").read_text() == (tmp_path / "out.json").read_text()
    (wrong,) = [json.loads(line) for line in (report / "wrong.jsonl").read_text().splitlines()]
    assert wrong["id"] == "offer"
    assert wrong["differences"] == [{"of": "countries", "said": ["TW"], "expected": ["HK"]}]


def test_other_points_give_other_levels(folder: Path) -> None:
    sets.lines(folder / "labels.jsonl", sets.LABELS[:2])
    light = folder / "light.toml"
    light.write_text(f"[rules.scam_compound_job]\nversion = {scam_compound_job.VERSION}\npoints = 0.1\n")
    score = json.loads(run("--labels", folder / "labels.jsonl", "--json", "-")[0])["look_curve"][0][0]
    lighter = json.loads(run("--labels", folder / "labels.jsonl", "--points", light, "--json", "-")[0])
    assert lighter["look_curve"][0][0] < score


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "Give either --labels FILE or --from-decisions"),
        (("--labels", "{}/labels.jsonl", "--from-decisions"), "Give either --labels FILE or --from-decisions"),
        (("--labels", "{}/labels.jsonl", "--since", "2026-11-01"), "--since belongs to --from-decisions"),
        (("--labels", "{}/gone.jsonl"), "gone.jsonl: No such file"),
        (("--labels", "{}/labels.jsonl", "--posts", "{}/gone.jsonl"), "gone.jsonl: No such file"),
        (("--labels", "{}/labels.jsonl", "--agencies", "{}/agencies.csv"), "belong together"),
        (("--labels", "{}/labels.jsonl", "--points", "{}/agencies.csv"), "agencies.csv: The file is not TOML"),
        (("--labels", "{}/labels.jsonl", "--points", "{}/gone.toml"), "gone.toml: No such file"),
        (("--labels", "{}/labels.jsonl", "--fail-under", "look.beauty=1"), "knows no 'look.beauty'; it knows look.prec"),
        (("--labels", "{}/labels.jsonl", "--fail-under", "look.recall=high"), "'high' is no number for look.recall"),
        (("--labels", "{}/agencies.csv"), "No labelled post could be judged"),
        (("--labels", "{}/labels.jsonl", "--json", "{}/gone/out.json"), "out.json: No such file"),
    ],
)
def test_what_is_refused(folder: Path, options: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run(*(option.format(folder) for option in options))


def test_without_settings_and_database(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "evaluate", "--labels", str(folder / "labels.jsonl"), "--fail-under", "look.f1=1"],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder)},
        timeout=600,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "3 posts judged" in ended.stdout


# --- the database ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_posts_of_the_database_are_found_by_platform_and_id(tmp_path: Path) -> None:
    factories.offices()
    factories.stored([factories.raw_post(sets.SCAM, external_id="1000000001/7")])
    sets.lines(
        tmp_path / "labels.jsonl",
        [
            {"id": "1000000001/7", "platform": "telegram", "look": True, "phones": ["+6284055556666"]},
            {"id": "1000000001/7", "platform": "feed", "look": False},
        ],
    )
    out, err = run("--labels", tmp_path / "labels.jsonl")
    assert "1 posts judged" in out
    assert err == "the database holds no post 1000000001/7\n"
    with pytest.raises(CommandError, match="shown in the workbench, where it is logged"):
        run("--labels", tmp_path / "labels.jsonl", "--show")


@pytest.mark.django_db
@pytest.mark.parametrize("padding", [0, 11_000_000])
def test_a_decided_flyer_is_judged_with_its_pictures(padding: int) -> None:
    """Its text alone says nothing; the officer saw the picture, and so must whoever counts how right the reader was: also a large one."""
    factories.offices()
    flyers.post("u")
    flyers.read_text()
    flyers.run(flyers.Platform({"u": flyers.flyer() + bytes(padding)}))
    assessing.read_pictured(now=factories.NOW)
    sets.decide(models.Flag.objects.get(), "confirmed", "fraud")
    out, err = run("--from-decisions")
    assert "1 posts judged" in out
    assert "recall             1.000" in out
    assert err == ""


@pytest.mark.django_db
def test_a_decided_flyer_whose_picture_is_gone_is_left_out_by_name() -> None:
    factories.offices()
    flyers.post("u")
    flyers.read_text()
    flyers.run(flyers.Platform({"u": flyers.flyer()}))
    assessing.read_pictured(now=factories.NOW)
    (seen,) = models.Flag.objects.all()
    (whole,) = factories.flags(1)
    sets.decide(seen, "confirmed", "fraud")
    sets.decide(whole, "confirmed", "fraud")
    raw.path_of(models.Media.objects.values_list("capture__sha256", flat=True).get()).unlink()
    out, err = run("--from-decisions")
    assert err == f"the decisions: {seen.number} was not judged: Picture 1 was not found.\n"
    assert "1 posts judged" in out
    assert "recall             1.000" in out
    assert "1 left out" in out


@pytest.mark.django_db
def test_a_decided_post_that_was_erased_is_left_out_by_name() -> None:
    """Its blank text says nothing: it was not missed by the reader."""
    erased, whole = factories.flags(2)
    for flag in (erased, whole):
        sets.decide(flag, "confirmed", "fraud")
    factories.erase(erased.current_check.reading.version)
    out, err = run("--from-decisions")
    assert err == f"the decisions: {erased.number}: its content was erased\n"
    assert "1 posts judged" in out
    assert "recall             1.000" in out


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [0, 1])
def test_of_a_row_of_copies_one_that_was_not_erased_counts(gone: int) -> None:
    row = copies(2)
    sets.decide(row[0], "confirmed", "fraud")
    factories.erase(row[gone].current_check.reading.version)
    out, err = run("--from-decisions")
    assert err == ""
    assert "1 posts judged" in out
    assert "recall             1.000" in out


@pytest.mark.django_db
def test_a_labelled_post_of_the_database_that_was_erased_is_left_out_by_name(tmp_path: Path) -> None:
    factories.offices()
    posts = factories.stored([factories.raw_post(sets.SCAM, external_id=f"1000000001/{n}") for n in (7, 8)])
    factories.erase(models.PostVersion.objects.get(post=posts[0]))
    sets.lines(tmp_path / "labels.jsonl", [{"id": f"1000000001/{n}", "look": True} for n in (7, 8)])
    out, err = run("--labels", tmp_path / "labels.jsonl")
    assert err == "the database: 1000000001/7: its content was erased\n"
    assert "1 posts judged" in out


@pytest.mark.django_db
def test_decisions_of_officers_are_labels() -> None:
    confirmed, dismissed, duplicate, undone, _waiting = factories.flags(5)
    sets.decide(confirmed, "confirmed", "fraud")
    sets.decide(dismissed, "dismissed", "not_overseas")
    sets.decide(duplicate, "dismissed", "duplicate")
    (taken_back,) = sets.decide(undone, "confirmed", "fraud").decisions
    triage.undo(decision_id=taken_back.pk, decision_key=uuid.uuid4(), by=taken_back.by, now=factories.NOW)
    out, err = run("--from-decisions")
    assert "2 posts judged" in out
    assert "precision          0.500" in out
    assert "recall here says nothing about posts that were never flagged" in out
    assert dismissed.number in out
    assert confirmed.number not in out
    assert err == ""
    with pytest.raises(CommandError, match="No labelled post could be judged"):
        run("--from-decisions", "--since", "2026-11-24")
    recheck.mark(now=factories.NOW)
    assessing.read_due(now=factories.NOW, limit=100)
    assert run("--from-decisions", "--since", "2026-11-23")[0] == out
