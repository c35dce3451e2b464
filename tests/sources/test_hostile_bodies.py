"""A fetch of whatever a server answers ends within its limit, in little memory, and the next one goes on. 1,000 of them in `make soak`."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests import stack
from tests.sources import hostile_bodies

BODIES = int(os.environ.get("HOSTILE_BODIES", 2 * len(hostile_bodies.KINDS)))
SECONDS = 1.0  # of a whole fetch; under load some hundred milliseconds pass before the first byte
MEMORY = 256 * 1024 * 1024


def test_hostile_answers_end_in_time_and_within_the_memory_and_the_client_goes_on() -> None:
    command = [sys.executable, hostile_bodies.__file__, str(BODIES), "1", str(SECONDS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=stack.PROJECT, timeout=3_000)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    print(told)
    assert (told["bodies"], told["memory"] < MEMORY) == (BODIES, True)
    assert told["slowest"][1] < SECONDS + (1.0 if BODIES >= 1_000 else 20.0)  # the machine of a whole suite has other work
    assert {"timeout", "too_large", "bad_encoding", "unreachable", "truncated", "whole"} <= set(told["ends"])
