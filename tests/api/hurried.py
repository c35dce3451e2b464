"""The product as gunicorn loads it (patrol.asgi), with limits of how often that nobody reaches: else most of ten thousand calls would be
told to wait, and nothing else."""

from __future__ import annotations

from typing import Any

from patrol.asgi import application
from patrol.infra import pace

_pacing: Any = pace
_admits = pace.admits
_pacing.admits = lambda caller, **_limits: _admits(caller, rate=1e9, burst=1e9)

__all__ = ["application"]
