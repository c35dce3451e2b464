"""Starting processes so that none of them outlives the run, and finding those of a run that was killed. Linux."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
MARK = "SIPATROL_RUN"  # in the environment of every process of a run: the run's socket folder, unique to it


class ServerError(Exception):
    """A process that could not be started; the text is one sentence for a person, with the end of its log behind it."""


def die_with_parent(sign: int) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `sign` when the starting thread is gone, however it went."""
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def signal_group(process: subprocess.Popen[Any], sign: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, sign)


def stop_process(process: subprocess.Popen[Any], *signs: tuple[int, float]) -> None:
    """Sends each signal to the process and waits its seconds; what is left of its group is killed at last.

    The signals go to the leader alone: it knows how to end its children in order.
    """
    for sign, seconds in signs:
        if process.poll() is not None:
            break
        process.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    signal_group(process, signal.SIGKILL)
    process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[Any], name: str, log: Path, seconds: float = 60) -> None:
    """Raises ServerError when the process ends or the time is over before `ready()`."""
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise ServerError(f"{name} ended with code {process.returncode}; its log is {log}\n{last_lines(log)}")
        if time.monotonic() > end:
            raise ServerError(f"{name} gave no answer for {seconds:.0f} seconds; its log is {log}\n{last_lines(log)}")
        time.sleep(0.02)


def last_lines(log: Path, count: int = 8) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-count:])
    return ""


# --- processes of a run that is gone --------------------------------------------------------------


def command_of(pid: int) -> list[str]:
    """The words of a process's command line; empty where there is no such process."""
    return [os.fsdecode(word) for word in _proc(pid, "cmdline").split(b"\0")[:-1]]


def leftovers(sockets: str) -> list[int]:
    """Processes of the run whose socket folder was `sockets`, found by that mark.

    Everything we start inherits the mark in its environment. The two servers run as another user and one of them
    overwrites its environment, so they are known by program and command line.
    """
    mark = os.fsencode(f"{MARK}={sockets}")
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        pid = int(entry.name)
        command = command_of(pid)
        server = bool(command) and Path(command[0]).name in {"postgres", "valkey-server"}
        if mark in _proc(pid, "environ").split(b"\0") or (server and any(sockets in word for word in command)):
            found.append(pid)
    return found


def end_processes(pids: Iterable[int], sign: int, seconds: float = 20) -> None:
    """Sends `sign` to processes that are not our children, then SIGKILL to those that stay longer than `seconds`."""
    waiting = {pid: _started(pid) for pid in pids}
    for step in (sign, signal.SIGKILL):
        for pid in waiting:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, step)
        end = time.monotonic() + seconds
        while waiting and time.monotonic() < end:
            waiting = {pid: started for pid, started in waiting.items() if started and _started(pid) == started}
            time.sleep(0.02)


def _started(pid: int) -> bytes:
    """When the process started, in clock ticks: with the pid its identity. Empty where it is gone or a zombie."""
    fields = _proc(pid, "stat").rpartition(b")")[2].split()
    return b"" if not fields or fields[0] in {b"Z", b"X"} else fields[19]


def _proc(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
