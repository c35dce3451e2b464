"""Which flags are shown without their level: one in ten, the same for everybody and for ever.

Nobody gains by knowing which: so it needs no secret, only a number that has nothing to do with the flag.
"""

from __future__ import annotations

import hashlib
from typing import Final

from patrol import models
from patrol.domain import states

HIDDEN_ONE_IN: Final = 10


def level_hidden(flag: models.Flag) -> bool:
    """Whether people decide this flag without seeing its level, so that it can be told how far the level leads them."""
    return hidden_by_id(flag.pk)


def level_veiled(flag: models.Flag) -> bool:
    """Whether nobody is to see its level now: it is not decided yet, and is decided without seeing it."""
    return flag.state in states.OPEN and level_hidden(flag)


def level_told(flag: models.Flag) -> str:
    """Its level, "" where it is veiled."""
    return "" if level_veiled(flag) else flag.level


def hidden_by_id(flag_id: int) -> bool:
    digest = hashlib.sha256(f"level {flag_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % HIDDEN_ONE_IN == 0
