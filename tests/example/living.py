"""The weeks before the first day, lived in the test's database."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings

from example import world
from example.history import build, calendar
from patrol.domain import LAW_ZONE

MOMENT = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)  # Friday, 15.30 WIB


@contextmanager
def settings_kept() -> Iterator[None]:
    """Those that living changes are afterwards what they were."""
    kept = {name: getattr(settings, name) for name in ("EVIDENCE_DIR", "VAR_DIR", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "CREDENTIAL_KEYS")}
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(settings, name, value)


def live(folder: Path, *, weeks: int = calendar.WEEKS, moment: datetime = MOMENT) -> list[str]:
    """What was said on the way. The key is always the same, since it draws what is looked at a second time."""
    settings.SECRET_KEY_FALLBACKS = [os.environ["SECRET_KEY"]]  # which signed the head of the empty log
    settings.SECRET_KEY = "of the weeks before the first day, as long as such a key has to be: 0123456789"
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    world.write_register(folder / "world", moment.astimezone(LAW_ZONE).date())
    settings.EVIDENCE_DIR, settings.VAR_DIR = folder / "evidence", folder / "var"
    said: list[str] = []
    build.build(calendar.Span(moment, weeks), folder / "world", say=said.append, out=io.StringIO())
    return said
