"""The pure tests, and those of the files that changed: python -m tests.quick (make quick).

The pure ones need no server, no browser and no worker; the tests of a changed file are those that mirror its name. What changed is told
against the commit where the branch left origin/main, or against the last commit where nothing came since. It says what it ran and left out.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PURE = ("tests/domain", "tests/engine")
PICTURES = "tests/engine/reading/pictures"  # read by two programs, seconds each
SLOW = "not browser and not firefox and not worker"


def _git(*arguments: str) -> list[str]:
    """The lines of its answer; none where it refuses."""
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def changed() -> tuple[str, list[str]]:
    """Since when, and the paths that changed since then and are still there."""
    new = _git("ls-files", "--others", "--exclude-standard")
    left = _git("merge-base", "HEAD", "origin/main")
    since, name = (left[0], "origin/main") if left else ("HEAD", "the last commit")
    paths = _git("diff", "--name-only", since) + new
    if not paths:
        name = "the commit before the last"
        paths = _git("diff", "--name-only", "HEAD~1")
    return name, sorted({path for path in paths if (PROJECT / path).is_file()})


# Folders of patrol/admin that its tests do without.
ROLES = {"shared", "officer", "analyst", "supervisor", "registrar", "administrator", "data_protection"}


def mirrors(path: str, tests: Iterable[str]) -> list[str]:
    """Of the paths of tests those that mirror a source file, or the test itself.

    patrol/cases/filing.py -> tests/cases/test_filing.py; patrol/sources/telegram/shape.py -> tests/sources/test_telegram.py.
    """
    tests = list(tests)
    if path in tests:
        return [path]
    root, *words = Path(path).with_suffix("").parts
    if root not in {"patrol", "reports", "example"} or not path.endswith(".py"):
        return []
    words = [word for word in words if word not in {"commands", "__init__"} and not (words[0] == "admin" and word in ROLES)]
    if not words:
        return []
    *folders, name = words if root == "patrol" else [root, *words]
    folder = "/".join(("tests", *folders))
    more = r"(_\w+)?\.py"  # a longer name than the file's holds a part of its tests
    wanted = rf"{folder}/({name}/)?test_{name}{more}"
    if folders:
        wanted += rf"|{'/'.join(('tests', *folders[:-1]))}/test_{folders[-1]}(_{name})?\.py"
    return [test for test in tests if re.fullmatch(wanted, test)]


def main() -> int:
    tests = sorted(str(one.relative_to(PROJECT)) for one in (PROJECT / "tests").rglob("test_*.py") if "__pycache__" not in one.parts)
    since, paths = changed()
    found = {path: mirrors(path, tests) for path in paths}
    of_changes = sorted({test for some in found.values() for test in some if not test.startswith(PURE)})
    command = ["-m", "pytest", "-n", "2", "-m", SLOW, f"--ignore={PICTURES}", *PURE, *of_changes]
    code = subprocess.run([sys.executable, *command], cwd=PROJECT, check=False).returncode
    unmirrored = [path for path, some in found.items() if not some]
    print(f"Ran the pure tests ({', '.join(PURE)})")
    print(f"and those of the {len(paths)} files changed since {since}: {', '.join(of_changes) or 'no other'}.")
    if unmirrored:
        print(f"No test has the name of: {', '.join(unmirrored)}.")
    print(f"Left out: {PICTURES}, browsers, workers, all other tests, lint, types and floors. Only `make test` tells the whole truth.")
    return code


if __name__ == "__main__":
    sys.exit(main())
