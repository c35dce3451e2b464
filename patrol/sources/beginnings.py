"""From when on a walk asks, for platforms that take a beginning with the question and charge for what they answer."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from patrol import vocabulary
from patrol.sources import walks


def since(
    ask: vocabulary.Ask, key: str, *, first: timedelta = walks.FIRST, look_back: timedelta = walks.LOOK_BACK
) -> datetime:
    """Below which time a walk of a look that begins now need not go: the floor `walks.down` will give it, with the same arguments.

    Ask it at token "" only and keep the answer in the token: platforms want the same beginning on every page of a walk.
    """
    looks = ask.cursor.get("looks")
    kept = looks.get(key) if isinstance(looks, Mapping) else None
    return walks.Walk.read(kept).begun(ask.now, first, look_back).floor or ask.now - first
