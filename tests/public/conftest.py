"""The public desk is on, beside the workbench, and each test calls from a network of its own: what it asks counts for no other."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from patrol.public import limits


@pytest.fixture(autouse=True)
def desk_on(settings: Any) -> Iterator[None]:
    settings.PUBLIC_DESK = "1"
    with translation.override("id"):  # whatever another test left
        yield


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker of a busy machine answers later than a quarter of a second, and the desk then lets everybody in: only the test of a silent
    broker asks as briefly as the product."""
    monkeypatch.setattr(limits, "SECONDS", 30)


def caller() -> str:
    """An address that nobody asked from: its network is drawn."""
    return f"2001:{secrets.randbits(16):x}:{secrets.randbits(16):x}::1"


@pytest.fixture
def client() -> Client:
    return Client(REMOTE_ADDR=caller())
