"""Real processes: whoever lives says so, whether the other lives or not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests import stack

pytestmark = [pytest.mark.worker, pytest.mark.usefixtures("django_db_setup")]


def test_worker_and_beat_live_without_each_other(tmp_path: Path) -> None:
    with stack.Stack(tmp_path, database="signs_of_life", started=("worker",)) as running:

        def signs() -> dict[str, datetime]:
            return dict(running.query("SELECT name, at FROM patrol_heartbeat WHERE name IN ('worker', 'beat')"))

        running.wait_for(lambda: set(signs()) == {"worker"}, 240, "a sign of the worker, without beat")
        running.kill("worker")
        last = signs()["worker"]
        running.start("beat")
        running.wait_for(lambda: "beat" in signs(), 240, "a sign of beat, without the worker")
        assert signs()["worker"] == last
