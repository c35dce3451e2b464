"""Calls made out of the description of /api/v1/ by schemathesis, valid ones and spoilt ones: no answer says that something broke here, and
each is one that the description knows, by its status, its type and its shape.

Through the web server as it runs, with a token for each scope. API_CALLS says how many calls (`make soak`: 10,000), API_SEED which.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from patrol import models
from patrol.access import tokens
from patrol.intake import devices
from patrol.models import Role, Scope
from reports.models import WeeklySummary
from tests import factories
from tests.api import test_cases
from tests.attacks import serving
from tests.factories import NOW
from tests.intake import sending
from tests.judges import asked

CALLS = int(os.environ.get("API_CALLS", "100"))
SEED = int(os.environ.get("API_SEED", "1"))
MANY = CALLS >= 1_000  # at the edges of each value as well, and one call behind another
OFFICE = "directorate"
# What is sent may be refused although its shape is right: a cursor that nobody made, a file that is no capture, a moment beside a cursor.
REFUSES = {f"GET /api/v1/{path}" for path in ("flags", "cases", "figures", "changes")} | {"POST /api/v1/captures"}


def browsers(by: models.Person, count: int) -> list[str]:
    """Tokens of paired browsers, more than one person may have at a time."""
    words = [secrets.token_urlsafe(32) for _ in range(count)]
    now = timezone.now()
    models.Device.objects.bulk_create(
        models.Device(person=by, name="Peramban contoh", token_sha256=tokens.hashed(word), paired_at=now) for word in words
    )
    return words


def codes(by: models.Person, count: int) -> list[str]:
    """Codes that pair a browser each: more than one person has at a time."""
    words = ["".join(secrets.choice(devices.ALPHABET) for _ in range(devices.CODE_LENGTH)) for _ in range(count)]
    until = timezone.now() + devices.CODE_LIVES * 12
    models.PairingCode.objects.bulk_create(
        models.PairingCode(person=by, code_sha256=tokens.hashed(word), expires_at=until) for word in words
    )
    return words


def config(described: dict[str, Any], browser: str) -> str:
    """For schemathesis: of each call the token with its scope, and which of its answers nobody can foresee from the description."""
    by = factories.person(Role.SUPERVISOR, OFFICE)
    made = {str(one): tokens.make(name="Sistem contoh", scopes=[one], days=30, by=by, now=timezone.now()).token for one in Scope}
    lines = ['checks.negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "414", "422"]']
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            name, said = f"{method.upper()} {path}", []
            if "security" in call:
                token = browser if path.endswith("/devices/own") else made[call.get("x-scope", Scope.CHECK)]
                said.append(f'headers = {{ Authorization = "Bearer {token}" }}')
            if name in REFUSES:
                said.append('checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]')
            if name == "POST /api/v1/captures":  # a file of any bytes is of the right shape, and ours stand in the place of generated ones
                said.append("checks.negative_data_rejection.enabled = false")
            if said:
                lines += ["[[operations]]", f'include-name = "{name}"', *said]
    return "\n".join(lines) + "\n"


def given() -> tuple[dict[str, Any], str]:
    """What there is to be asked for, and the token of a browser."""
    [case] = test_cases.opened(OFFICE)
    flags = [one.number for one in factories.flags(3, of=factories.watch(OFFICE))]
    by = factories.person(Role.SUPERVISOR, OFFICE)
    fields = {"kind": "week", "year": 2026, "week": 46, "edition": 1, "frozen_at": NOW, "frozen_by": by, "sha256": "0" * 64}
    figures = WeeklySummary.objects.create(office=None, figures={}, **fields)
    browser, *others = browsers(factories.person(), 1 + CALLS // 20)
    things = {"flags/{number}": flags, "cases/{number}": [case.number], "figures/{id}": [figures.pk]}
    told = {
        "things": {f"GET /api/v1/{path}": keys for path, keys in things.items()},
        "codes": codes(factories.person(), 1 + CALLS // 20),
        "browsers": others,
        "capture": sending.capture(captured_at=timezone.now().isoformat()),
    }
    return told, browser


def asked_by_schemathesis(folder: Path, port: int, browser: str) -> subprocess.CompletedProcess[str]:
    address = f"http://{serving.HOST}:{port}"
    with urllib.request.urlopen(f"{address}/api/v1/openapi.json", timeout=600) as answer:
        described = answer.read()
    (folder / "openapi.json").write_bytes(described)
    (folder / "schemathesis.toml").write_text(config(json.loads(described), browser))
    names = {
        "GIVEN": str(folder / "given.json"),
        "CALLED": str(folder / "called"),
        "SEED": str(SEED),
        "SCHEMATHESIS_HOOKS": "tests.judges.calling",
        "PYTHONPATH": str(asked.PROJECT),
    }
    said = {
        "--config-file": "schemathesis.toml",
        "--url": address,
        "--max-examples": str(CALLS // (18 if MANY else 8)),  # of each call that takes something
        "--seed": str(SEED),
        "--phases": "coverage,fuzzing,stateful" if MANY else "fuzzing",
        "--request-timeout": "600",
        "--suppress-health-check": "all",
        "--generation-database": "none",
    }
    config_file, *options = [f"{name}={value}" for name, value in said.items()]
    words = [asked.schemathesis(), config_file, "run", "openapi.json", *options, "--continue-on-failure", "--no-color", "--no-shrink"]
    return subprocess.run(words, cwd=folder, env=os.environ | names, capture_output=True, text=True, check=False)


def test_every_answer_is_one_that_is_described(committed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, browser = given()
    (tmp_path / "given.json").write_text(json.dumps(told))
    workers = "2" if MANY else "1"
    with serving.web(tmp_path, "-c", "python:patrol.frame.server", "--workers", workers, "tests.api.hurried") as port:
        done = asked_by_schemathesis(tmp_path, port, browser)
    assert done.returncode == 0, done.stdout + done.stderr
    calls = Counter(line.rpartition(" ")[2] for line in (tmp_path / "called").read_text().splitlines())
    assert [status for status in calls if status >= "500"] == []
    assert sum(calls.values()) >= CALLS
    if MANY:
        with capsys.disabled():
            print(f"\n{sum(calls.values())} calls, each answered as described: {dict(sorted(calls.items()))}")
