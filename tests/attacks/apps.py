"""Applications that behave badly, for gunicorn to serve as it serves ours."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from patrol.frame import gate  # noqa: E402 -- it asks models

gate.STUCK_SECONDS = 0.5  # type: ignore[misc]


def _stuck(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    while environ["PATH_INFO"] == "/stuck":
        time.sleep(0.1)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


stuck = gate.Gate(_stuck)
