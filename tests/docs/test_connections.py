"""docs/security/connections.md: the numbers it tells are those of the code and of the file for Docker."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

from patrol.admin.shared import provider
from patrol.evidence import archive
from patrol.evidence.archive import browser
from patrol.frame import gate, server
from patrol.infra import jobs, pace
from patrol.sources.transport import http
from tests.docs import documents

PAGE = (documents.ROOT / "docs/security/connections.md").read_text()
COMPOSE = (documents.ROOT / "docker-compose.yml").read_text()
LIMITS, MIB = http.Limits(), 2**20


def written(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found
    return float(found[1])


CONCURRENCY = written(r'--concurrency, "(\d+)"', COMPOSE)
CONNECTIONS = written(r"max_connections = (\d+)", (documents.ROOT / "docs/postgres.conf").read_text())
BROKER = settings.CELERY_BROKER_TRANSPORT_OPTIONS
DATABASE: dict[str, Any] = settings.DATABASES["default"]
# Service -> the numbers of its row, in their order.
NUMBERS = {
    "browsers, to web": [
        server.workers,
        gate.THREADS,
        gate.GRACE_SECONDS,
        gate.SLOWEST,
        gate.TURN_SECONDS,
        gate.STUCK_SECONDS,
        408,
        413,
        503,
    ],
    "PostgreSQL": [CONCURRENCY, CONNECTIONS, DATABASE["CONN_MAX_AGE"]],
    "Redis": [
        BROKER["health_check_interval"],
        BROKER["socket_timeout"],
        written(r'"SWEEP_SECONDS", 5 if EXAMPLE else (\d+)', (documents.ROOT / "patrol/settings.py").read_text()),
    ],
    "sites and platforms, from the worker (web for the one page of a trial)": [
        pace.BURST,
        LIMITS.connect_seconds,
        LIMITS.seconds,
        LIMITS.redirects,
        LIMITS.wire_bytes / MIB,
        LIMITS.decoded_bytes / MIB,
    ],
    "the ministry's provider of logins, from web": [
        provider.LIMITS.connect_seconds,
        provider.LIMITS.seconds,
        provider.LIMITS.seconds,
        provider.LIMITS.wire_bytes / 1024,
    ],
    "mail server": [settings.MAIL_SECONDS],
    "Chromium, for archives of pages": [archive.Limits().seconds, browser.CPU_SECONDS],
}
ROWS = dict(re.findall(r"^\| ([^|]+) \| (.+) \|$", re.sub(r"\[[^\]]*\]\([^)]*\)", "", PAGE), re.MULTILINE))


@pytest.mark.parametrize("service", NUMBERS)
def test_a_number_is_that_of_the_code(service: str) -> None:
    assert [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", ROWS[service])] == NUMBERS[service]


def test_each_service_is_looked_at() -> None:
    assert set(ROWS) - {"service", "---"} == set(NUMBERS)
    assert pace.RATE == 1


def test_a_job_is_tried_as_often_as_is_said() -> None:
    head = PAGE.split("| service |")[0]
    assert f"a job is tried {jobs.TRIES} times" in head
    assert f"drawn from up to {jobs.FIRST_PAUSE:.0f} seconds" in head
