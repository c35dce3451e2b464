"""A broker that is away or hangs holds nobody up."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest
import redis

from patrol.infra import broker


def test_one_that_is_away_is_told_at_once(settings: Any) -> None:
    settings.BROKER_URL = "redis+socket:///nonexistent/valkey.sock?virtual_host=0"
    began = time.process_time()
    with pytest.raises(redis.ConnectionError):
        broker.client().ping()
    assert time.process_time() - began < 1


def test_one_that_hangs_costs_two_tries_of_the_seconds_that_are_given(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        deaf.settimeout(5)
        settings.BROKER_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        with pytest.raises(redis.TimeoutError):
            broker.client(0.02).ping()
        tried = [deaf.accept()[0] for _ in range(2)]
        deaf.settimeout(0)
        with pytest.raises(BlockingIOError):
            deaf.accept()
        for one in tried:
            one.close()
