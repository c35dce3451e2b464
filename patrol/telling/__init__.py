"""What members of staff are told outside of the workbench, by mail or by their office's Telegram bot.

    choices   what each wants to be told, by which way and when; where somebody chose nothing, as their office has it
    finding   the sweep: what is new in rows that are there, once for each person and way
    bundling  the sweep: what is due by now, in one message for each person and way; written by the job, from what may be seen then
    pairing   a person's chat with the bot of their office; `listening` reads the code they send it
    account   what happened to the ways into somebody's own account, at once and whatever they chose
    bots      that bot, and the way by it

Nothing of this is in the request of a decision or in the way of a post.
"""

from __future__ import annotations

from datetime import datetime

from patrol.telling import bundling, choices, finding, listening


def tell(*, now: datetime) -> int:
    """What the sweep does. Returns how many things were found, messages asked for and bots to be looked at."""
    listeners = choices.listeners()
    return finding.find(listeners, now=now) + bundling.send(listeners, now=now) + listening.mark(now=now)
