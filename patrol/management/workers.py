"""Long work by several processes, its results in order.

They are forked: register, words and patterns that this process has loaded are theirs without loading them again. So they have to be forked
before anything starts a thread (numpy, the readers of pictures), and none of them may use a connection that was open before.
"""

from __future__ import annotations

import copyreg
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import MappingProxyType
from typing import Any

_AHEAD = 2  # jobs a process has or waits for: one more would only be memory

# The one thing in an assessment that cannot be pickled as it is: a mapping that nobody may write to.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))

# What this process does with a job, set where it is forked.
_work: Callable[..., Any]


class LostError(RuntimeError):
    """A process ended before its job was done, killed or out of memory. What was yielded before stands."""


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def most() -> int:
    """How many processes can work at once here; 1 where they cannot be forked safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def in_order[Job, Result](work: Callable[[Job], Result], jobs: Iterable[Job], *, processes: int) -> Iterator[Result]:
    """`work` of each job, in the order of the jobs. Jobs and results are pickled, `work` is not.

    Raises what `work` raises, and LostError. Whoever stops taking results ends the processes.
    """
    waiting = iter(jobs)
    asked: deque[Future[Result]] = deque()
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin, (work,))
    try:
        asked.extend(pool.submit(_do, job) for job in itertools.islice(waiting, processes * _AHEAD))
        while asked:
            done = asked.popleft().result()
            asked.extend(pool.submit(_do, job) for job in itertools.islice(waiting, 1))
            yield done
    except BrokenProcessPool:
        raise LostError("a process ended before its posts were read") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[..., Any]) -> None:
    global _work  # noqa: PLW0603 -- a forked process has one work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the first process ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Whoever kills the first process tells nobody; without this the others would wait for its jobs for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _do(job: object) -> Any:
    return _work(job)
