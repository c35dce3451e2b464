"""How gunicorn serves it: what a worker does before its first request."""

from __future__ import annotations

import gc

from patrol.frame import server


def test_the_collector_leaves_what_was_loaded_alone() -> None:
    try:
        server.post_worker_init(None)
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()
