"""The program that keeps a browser in its bounds and sweeps up behind it.

    python -I sandbox.py MEMORY_BYTES CPU_SECONDS < requests answered > requests asked

It takes the network from itself and all it starts (where the kernel lets it), starts `browsing.py` on its own pipes, and ends every
process that comes of it when that one ends, when they take more memory together than allowed, when it is told to (SIGTERM), and when
whoever started it dies. A browser puts its processes into sessions of their own, so that no process group holds them: the sandbox is the
one they fall to (child subreaper). It stands alone: `-I` keeps the project off its path.
"""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

_PARENT_DEATH, _NO_NEW_PRIVILEGES, _SUBREAPER = 1, 38, 36  # prctl(2)
_LOOK = 0.25  # seconds between two looks at the memory
_WE_ARE = 1000  # inside; Chromium refuses its own sandbox to user 0


def _shut_in(seconds: int) -> bool:
    """Takes away the network and what a page does not need. True where the network went."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PARENT_DEATH, signal.SIGTERM, 0, 0, 0)
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    alone = False
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
        alone = True
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{_WE_ARE} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{_WE_ARE} {group} 1")
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),  # of each process
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 256 * 1024 * 1024),
    ):
        resource.setrlimit(limit, (most, most))
    return alone


def _family() -> list[int]:
    """Every living process that comes of this one."""
    above: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                # The name in brackets may hold anything; what follows the last bracket does not.
                fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    above[int(entry.name)] = int(fields[1])
    found, edge = [], {os.getpid()}
    while edge:
        edge = {pid for pid, parent in above.items() if parent in edge} - {os.getpid()}
        found += sorted(edge)
    return found


def _memory(family: list[int]) -> int:
    """Bytes they hold for themselves; what they share is counted nowhere."""
    total = 0
    for pid in family:
        with contextlib.suppress(OSError, StopIteration, ValueError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("RssAnon:")).split()[1]) * 1024
    return total


def _sweep_up() -> None:
    """Ends them all; who forks meanwhile is met in the next round."""
    while family := _family():
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.01)


def main(arguments: list[str]) -> int:
    memory, seconds = map(int, arguments)

    def told(*_: object) -> None:
        _sweep_up()
        os._exit(0)

    signal.signal(signal.SIGTERM, told)
    started_by = os.getppid()
    alone = _shut_in(seconds)
    if os.getppid() != started_by:  # it died before we asked to be told
        return 1
    program = str(Path(__file__).with_name("browsing.py"))
    # Its errors are our own lines at best and words of a page at worst: neither is for a log.
    browsing = subprocess.Popen(  # noqa: S603 -- our own program; nothing of a page stands in its arguments
        [sys.executable, "-I", program, "alone" if alone else "with the network shut by its settings only"], stderr=subprocess.DEVNULL
    )
    try:
        while browsing.poll() is None:
            time.sleep(_LOOK)
            if _memory(_family()) > memory:
                return 2
        return browsing.returncode
    finally:
        _sweep_up()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
