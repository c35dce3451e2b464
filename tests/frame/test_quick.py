"""Which tests `make quick` runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import quick

TESTS = (
    "tests/admin/test_desk.py",
    "tests/campaigns/test_judging.py",
    "tests/cases/test_filing.py",
    "tests/engine/linking/test_linking.py",
    "tests/engine/linking/test_slots.py",
    "tests/engine/reading/test_phones.py",
    "tests/engine/reading/test_phones_bounds.py",
    "tests/engine/test_masks.py",
    "tests/management/test_sweep.py",
    "tests/reports/test_admin.py",
    "tests/sources/test_telegram.py",
    "tests/test_tasks.py",
    "tests/triage/test_own_settings.py",
)


@pytest.mark.parametrize(
    ("path", "mirrored"),
    [
        ("patrol/engine/masks.py", ["tests/engine/test_masks.py"]),
        ("patrol/tasks.py", ["tests/test_tasks.py"]),
        ("patrol/triage/own_settings.py", ["tests/triage/test_own_settings.py"]),
        ("patrol/admin/officer/desk.py", ["tests/admin/test_desk.py"]),
        ("patrol/cases/filing.py", ["tests/cases/test_filing.py"]),
        ("patrol/engine/reading/phones.py", ["tests/engine/reading/test_phones.py", "tests/engine/reading/test_phones_bounds.py"]),
        ("patrol/engine/linking/slots.py", ["tests/engine/linking/test_slots.py"]),
        ("patrol/engine/linking/__init__.py", ["tests/engine/linking/test_linking.py"]),
        ("patrol/sources/telegram/__init__.py", ["tests/sources/test_telegram.py"]),
        ("patrol/sources/telegram/shape.py", ["tests/sources/test_telegram.py"]),
        ("patrol/campaigns/judging.py", ["tests/campaigns/test_judging.py"]),
        ("patrol/management/commands/sweep.py", ["tests/management/test_sweep.py"]),
        ("reports/admin.py", ["tests/reports/test_admin.py"]),
        ("tests/engine/test_masks.py", ["tests/engine/test_masks.py"]),
        ("patrol/phones.py", []),
        ("patrol/__init__.py", []),
        ("templates/admin/desk.html", []),
        ("README.md", []),
    ],
)
def test_the_tests_of_a_file_have_its_name(path: str, mirrored: list[str]) -> None:
    assert quick.mirrors(path, TESTS) == mirrored


def test_what_is_called_pure_is_there_and_asks_for_no_server() -> None:
    for name in quick.PURE:
        path = quick.PROJECT / name
        files = [path] if path.is_file() else sorted(path.rglob("test_*.py"))
        assert files
        for file in files:
            assert [word for word in ("django_db", "committed", "db: None", "stack.") if word in file.read_text()] == []


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """git(...) in a repository of two commits that is its own origin, with which `quick` works."""

    def git(*arguments: str) -> None:
        named = ("-c", "user.name=x", "-c", "user.email=x@contoh.example")
        subprocess.run(["git", *named, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-b", "main")
    for name in ("first.py", "second.py"):
        (tmp_path / name).write_text("")
        git("add", ".")
        git("commit", "-m", name)
    monkeypatch.setattr(quick, "PROJECT", tmp_path)
    return git


def test_what_changed_is_told_against_where_the_branch_left(clone: Callable[..., None], tmp_path: Path) -> None:
    clone("update-ref", "refs/remotes/origin/main", "HEAD~1")
    (tmp_path / "first.py").write_text("1")
    (tmp_path / "new.py").write_text("")
    assert quick.changed() == ("origin/main", ["first.py", "new.py", "second.py"])


def test_where_nothing_came_since_it_is_the_last_commit(clone: Callable[..., None], tmp_path: Path) -> None:
    clone("update-ref", "refs/remotes/origin/main", "HEAD")
    assert quick.changed() == ("the commit before the last", ["second.py"])
    (tmp_path / "first.py").write_text("1")
    assert quick.changed() == ("origin/main", ["first.py"])


def test_without_an_origin_it_is_what_is_not_committed_and_a_deleted_file_has_no_tests(clone: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / "first.py").write_text("1")
    (tmp_path / "second.py").unlink()
    assert quick.changed() == ("the last commit", ["first.py"])
