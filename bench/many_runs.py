"""Many runs of pytest from one process that has loaded everything: `bench.mutants` starts it in its copy of the tree.

    python -m bench.many_runs TESTS...

To load Django, the product and the tests takes longer than most tests. This process loads them once and forks for each run, so a run
begins at once and leaves nothing behind. A line of JSON on stdin asks for a run: {"path": a changed file, "before": its text as it was
loaded, "tests": pytest's argument, "seconds": at most}. A line on stdout answers: pytest's exit code, 1 where it took longer, or
`whole` where what changed is not in a function, so that everything must be loaded anew.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest

PLAIN = ("-p", "no:cacheprovider", "-p", "no:randomly")


def _functions(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _functions(inner)


def _numbered(source: str, path: Path) -> dict[tuple[str, int], CodeType]:
    """The codes of a file by name, and by number where several have one name."""
    found: dict[tuple[str, int], CodeType] = {}
    seen: dict[str, int] = defaultdict(int)
    for code in _functions(compile(source, str(path), "exec", dont_inherit=True)):
        found[code.co_qualname, seen[code.co_qualname]] = code
        seen[code.co_qualname] += 1
    return found


def _does(code: CodeType) -> tuple[object, ...]:
    """What a code does, wherever it stands."""
    consts = tuple(_does(one) if isinstance(one, CodeType) else (type(one), repr(one)) for one in code.co_consts)
    return (code.co_code, code.co_names, consts)


def exchange(path: Path, before: str, after: str) -> bool:
    """Puts the code of the changed functions in the place of the loaded one. False where that cannot show the change."""
    if before == after:
        return True
    old, new = _numbered(before, path), _numbered(after, path)
    if old.keys() != new.keys():
        return False
    changed = {(one.co_qualname, one.co_firstlineno): new[key] for key, one in old.items() if _does(one) != _does(new[key])}
    done = False
    for found in gc.get_objects():
        if type(found) is FunctionType and found.__code__.co_filename == str(path):
            instead = changed.get((found.__code__.co_qualname, found.__code__.co_firstlineno))
            if instead is not None and instead.co_freevars == found.__code__.co_freevars:
                found.__code__ = instead
                done = True
    return done


def _run(path: Path, before: str, tests: str, seconds: float) -> str:
    pid = os.fork()
    if not pid:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os._exit(int(pytest.main([*PLAIN, "-x", tests])) if exchange(path, before, path.read_text()) else _WHOLE)
    ends = os.pidfd_open(pid)
    over = True
    try:
        over = not select.select([ends], [], [], seconds)[0]
    finally:
        os.close(ends)
        if over:
            os.killpg(pid, signal.SIGKILL)  # also where this process is told to end
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return "1" if over else "whole" if code == _WHOLE else str(code)


_WHOLE = 77  # no exit code of pytest


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    code = pytest.main([*PLAIN, "--collect-only", "-qq", *sys.argv[1:]])
    answers.write(f"{int(code)}\n")
    for line in sys.stdin:
        asked = json.loads(line)
        answers.write(_run(Path(asked["path"]), asked["before"], asked["tests"], asked["seconds"]) + "\n")


if __name__ == "__main__":
    main()
