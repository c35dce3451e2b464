"""A page to archive, played on loopback, and a door nobody may knock at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from patrol.evidence import archive
from patrol.evidence.archive import browser
from patrol.sources.transport import http
from tests.browser import chromium
from tests.sources.conftest import USER_AGENT, Site, Unhurried

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LIMITS = archive.Limits(seconds=20, quiet=2)
CLIENT_LIMITS = http.Limits(seconds=30)
PAGE = "https://laman.example/p/1"

type Take = Callable[..., archive.Taken]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


class Sink:
    """Listens on loopback and counts who comes."""

    def __init__(self) -> None:
        self.came = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                caller, _address = self._listening.accept()
            except OSError:
                return
            self.came += 1
            caller.close()

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    sink.close()


@pytest.fixture
def take(site: Site) -> Take:
    """Archives a page of laman.example, gambar.example or masuk.example, all played by the site."""
    if chromium.missing():
        pytest.skip(chromium.OFF)

    def take(url: str = PAGE, limits: archive.Limits = LIMITS, client_limits: http.Limits = CLIENT_LIMITS, **more: Any) -> archive.Taken:
        stand_ins = {f"https://{host}.example": f"{site.base}/{host}" for host in ("laman", "gambar", "masuk")}
        client = http.Client(Unhurried(), USER_AGENT, stand_ins=stand_ins, limits=client_limits, **more)
        return archive.take(url, client=client, browser=browser.found(), program="SIPatrol/test", clock=lambda: NOW, limits=limits)

    return take
