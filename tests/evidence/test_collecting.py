"""What collected: the commit it is of, read from the files that git keeps, against git's own word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from patrol.evidence import collecting


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with two commits on a branch whose name has a slash."""
    for words in (
        ["init", "-q", "-b", "kantor/utama"],
        ["config", "user.name", "Uji"],
        ["config", "user.email", "uji@kantor.example"],
        ["commit", "-q", "--allow-empty", "-m", "first"],
        ["commit", "-q", "--allow-empty", "-m", "second"],
    ):
        _git(tmp_path, *words)
    return tmp_path


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_the_commit_is_the_one_git_says_on_a_branch_packed_and_without_a_branch(checkout: Path) -> None:
    first, second = _git(checkout, "rev-parse", "HEAD~1"), _git(checkout, "rev-parse", "HEAD")
    assert collecting.commit_of(checkout / ".git") == second
    _git(checkout, "pack-refs", "--all")
    assert not (checkout / ".git/refs/heads/kantor/utama").exists()
    assert collecting.commit_of(checkout / ".git") == second
    _git(checkout, "checkout", "-q", "--detach", first)
    assert collecting.commit_of(checkout / ".git") == first


def test_a_worktree_has_the_commit_of_its_own_branch(checkout: Path) -> None:
    beside = checkout / "samping"
    _git(checkout, "worktree", "add", "-q", "-b", "kantor/samping", str(beside), "HEAD~1")
    first = _git(checkout, "rev-parse", "HEAD~1")
    assert _git(beside, "rev-parse", "HEAD") == first
    assert (beside / ".git").is_file()
    assert collecting.commit_of(beside / ".git") == first
    _git(checkout, "pack-refs", "--all")
    assert collecting.commit_of(beside / ".git") == first
    _git(beside, "checkout", "-q", "--detach", "kantor/utama")
    assert collecting.commit_of(beside / ".git") == _git(checkout, "rev-parse", "HEAD") != first
    named = (beside / ".git").read_text().removeprefix("gitdir: ").strip()
    (beside / ".git").write_text(f"gitdir: {Path(named).relative_to(beside, walk_up=True)}\n")
    assert collecting.commit_of(beside / ".git") == _git(checkout, "rev-parse", "HEAD")


def test_a_folder_without_git_or_without_a_commit_has_none(tmp_path: Path) -> None:
    assert collecting.commit_of(tmp_path / ".git") == ""
    _git(tmp_path, "init", "-q")
    assert collecting.commit_of(tmp_path / ".git") == ""
    (tmp_path / ".git" / "packed-refs").write_text("# pack-refs with: peeled fully-peeled sorted\n" + "a" * 40 + " refs/heads/lain\n")
    assert collecting.commit_of(tmp_path / ".git") == ""
