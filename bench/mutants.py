"""Small changes of the product, one by one, each against the tests that run its line: how many are noticed.

    python -m bench.mutants [--modules patrol.engine.masks,...] [--each 12] [--seed 1] [--tests PATH ...] [--only TEXT ...] [--list]

A change turns a comparison or a condition, drops a guard, an argument of a filter or a condition of a query, or moves a number by
one. The same seed makes the same changes of the same code. All work is done in a copy of the tree, on servers of its own. First the
tests run once to learn which of them runs which line of these modules (bench/lines_run.py; kept in var/mutants for as long as no file
changes); what runs in browsers and workers is left out, and so is a test that only makes a dataclass of the module: what is generated
has no line. Then each change is made alone and its tests run until the first fails.

A change that no test notices is a survivor. Those that change nothing anybody could see are told in bench/mutants.toml with the
reason; all others are listed, and end the run with 1. Nothing here is for CI: it takes some seconds a change, and once as long as the
tests.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import mutations

PROJECT = Path(__file__).resolve().parent.parent
EXPLAINED = Path(__file__).with_suffix(".toml")
# Where a silent error hurts: who sees and does what, what is counted, kept, judged and erased.
MODULES = (
    "patrol.access",
    "patrol.domain.states",
    "patrol.engine.masks",
    "patrol.access.audit",
    "patrol.evidence.erasing",
    "patrol.cases.erasures",
    "patrol.triage.bulk",
    "patrol.register.recheck",
    "patrol.infra.jobs",
    "patrol.watches",
    "patrol.engine.schedules",
    "patrol.triage.quality",
    "patrol.search",
    "patrol.triage.deciding",
    "patrol.triage.queue",
    "patrol.engine.licences.verdicts",
    "patrol.engine.licences.coverage",
    "patrol.engine.rules.scoring",
    "patrol.cases.moving",
    "patrol.pipeline.flagging",
    "patrol.pipeline.storing",
    "patrol.sources.transport.http",
    "reports.tally",
)
MOST_TESTS = 150  # of one change: those that run the fewest lines of these modules say most about one of them
SECONDS = 180  # a change that makes a test hang is noticed


@dataclass(frozen=True, slots=True)
class Outcome:
    change: mutations.Change
    tests: int
    noticed: bool

    @property
    def name(self) -> str:
        return self.change.name


def path_of(module: str) -> Path:
    """Of a module or package, below the project."""
    plain = Path(*module.split("."))
    return plain.with_suffix(".py") if (PROJECT / plain.with_suffix(".py")).exists() else plain / "__init__.py"


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """A copy of what git knows of the tree, as it stands now."""
    folder = Path(tempfile.mkdtemp(prefix="sip-mutants-"))
    folder.chmod(0o755)
    try:
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=PROJECT, check=True, capture_output=True)
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (PROJECT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, folder / name)
        (folder / ".venv").symlink_to((PROJECT / ".venv").resolve())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def digest(folder: Path) -> str:
    """Of all Python and templates in the copy: the same as long as the tests run the same lines."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".html", ".toml"} and ".venv" not in p.parts):
        whole.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def pytest(folder: Path, *arguments: str, seconds: float | None = None) -> int:
    """The exit code; 1 where it took longer than the seconds."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        try:
            return run.wait(seconds)
        except BaseException as stopped:
            os.killpg(run.pid, signal.SIGKILL)  # and what the tests started
            if isinstance(stopped, subprocess.TimeoutExpired):
                return 1
            raise


def tests_of_lines(folder: Path, modules: Sequence[str], tests: Sequence[str]) -> dict[str, dict[str, list[int]]]:
    """Test -> file -> the lines it runs."""
    asked = hashlib.sha256(json.dumps([sorted(modules), sorted(tests), digest(folder)]).encode()).hexdigest()[:16]
    kept = PROJECT / "var" / "mutants" / f"{asked}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        print("Learning which test runs which line ...", flush=True)
        os.environ["SIPATROL_LINES_OF"] = ",".join(modules)
        os.environ["SIPATROL_LINES_TO"] = str(kept)
        code = pytest(folder, "-p", "bench.lines_run", "-m", "not browser and not firefox and not worker", *tests)
        if code != 0:
            kept.unlink(missing_ok=True)
            raise SystemExit("The tests fail without any change: nothing can be learnt from them.")
    found: dict[str, dict[str, list[int]]] = json.loads(kept.read_text())
    if not found:
        raise SystemExit("None of these tests runs a line of these modules.")
    return found


def chosen(change: mutations.Change, lines: dict[str, dict[str, list[int]]]) -> list[str]:
    """The tests that run a line of the change; for one outside of functions, those that run anything of its file."""
    file = str(path_of(change.module))
    wanted = set(range(change.line, change.last_line + 1))
    hits = [test for test, files in lines.items() if wanted & set(files.get(file, ()))]
    if not hits or not change.inside:
        hits = [test for test, files in lines.items() if files.get(file)]
    return sorted(hits, key=lambda test: (sum(map(len, lines[test].values())), test))[:MOST_TESTS]


def listed_in(folder: Path, tests: Iterable[str]) -> str:
    """pytest's argument that names these tests."""
    path = folder / "mutant-tests.txt"
    path.write_text("\n".join(tests))
    return f"@{path}"


class Runs:
    """`bench.many_runs` in the copy, with these tests loaded."""

    def __init__(self, folder: Path, tests: Iterable[str]) -> None:
        command = [sys.executable, "-m", "bench.many_runs", listed_in(folder, tests)]
        self.process = subprocess.Popen(
            command, cwd=folder, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if self.answer() != "0":
            raise SystemExit("pytest does not find all of these tests by their names: every change would look noticed.")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def run(self, path: Path, before: str, tests: str) -> str:
        assert self.process.stdin is not None
        asked = {"path": str(path), "before": before, "tests": tests, "seconds": SECONDS}
        self.process.stdin.write(json.dumps(asked) + "\n")
        return self.answer()


def tried(folder: Path, runs: Runs, change: mutations.Change, tests: Sequence[str]) -> Outcome:
    path = folder / path_of(change.module)
    before = path.read_text()
    listed = listed_in(folder, tests)
    try:
        path.write_text(change.made(before))
        code = "whole" if tests else "0"
        if tests and change.inside:
            code = runs.run(path, before, listed)
        if code == "whole":
            code = str(pytest(folder, "-x", listed, seconds=SECONDS))
    finally:
        path.write_text(before)
    return Outcome(change, len(tests), noticed=code != "0")


def explained() -> dict[str, str]:
    """Change -> why nobody could notice it."""
    return tomllib.loads(EXPLAINED.read_text()) if EXPLAINED.exists() else {}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--modules", default=",".join(MODULES), help="with commas between")
    parser.add_argument("--each", type=int, default=12, help="changes of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="*", default=["tests"], help="files and folders of tests")
    parser.add_argument("--only", nargs="*", default=[""], help="of these changes, those whose name holds one of these texts")
    parser.add_argument("--list", action="store_true", help="only print the changes")
    asked = parser.parse_args()
    modules = asked.modules.split(",")
    changes = []
    for module in modules:
        every = mutations.of(module, (PROJECT / path_of(module)).read_text())
        changes += random.Random(f"{asked.seed}/{module}").sample(every, min(asked.each, len(every)))
    changes = [change for change in changes if any(text in change.name for text in asked.only)]
    if asked.list or not changes:
        print("\n".join(change.name for change in changes) or "No such change.")
        return int(not changes)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy and the servers go too
    harmless = explained()
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(copied())
        from tests import servers  # noqa: PLC0415, F401 -- names PostgreSQL and Valkey in the environment, for all runs the same

        lines = tests_of_lines(folder, modules, asked.tests)
        runs = stack.enter_context(contextlib.closing(Runs(folder, lines)))
        path = folder / path_of(changes[0].module)
        if runs.run(path, path.read_text(), listed_in(folder, sorted(lines)[:3])) != "0":
            raise SystemExit("Tests fail without any change when they are run again: every change would look noticed.")
        for change in changes:
            one = tried(folder, runs, change, chosen(change, lines))
            outcomes[change.module].append(one)
            word = "noticed" if one.noticed else "explained" if one.name in harmless else "SURVIVED"
            print(f"{word:9} {one.name}  ({one.tests} tests)", flush=True)
    print()
    for module, made in outcomes.items():
        print(f"{module:28} {_summed(made, harmless)}")
    every_one = [one for made in outcomes.values() for one in made]
    print(f"{'all':28} {_summed(every_one, harmless)}")
    return int(any(not one.noticed and one.name not in harmless for one in every_one))


def _summed(made: Sequence[Outcome], harmless: Mapping[str, str]) -> str:
    """Of what anybody could see; an explanation of something that a test notices counts for nothing."""
    noticed = sum(one.noticed for one in made)
    same = sum(not one.noticed and one.name in harmless for one in made)
    seen = len(made) - same
    share = f"{noticed / seen:.0%}" if seen else "-"
    return f"{noticed:3} of {seen:3} noticed, {share}; {same} more change nothing that anybody could see (bench/mutants.toml)"


if __name__ == "__main__":
    raise SystemExit(main())
