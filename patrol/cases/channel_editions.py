"""Verbs on channels: an edition says in which columns, hours and to which addresses packets go, and where that is known from.

An edition is a row that is added. A referral takes the one that holds when it is submitted: what is approved and sent is in the columns
the second person saw, and goes where they saw it go. Their clock runs by its hours. The next round, and what is changed and submitted
anew, takes the newest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import channel_headings as headings
from patrol.cases import channels, packets
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import Channel
from patrol.infra.refusals import RefusedError

MOST_HOURS: Final = 24 * 60
MOST_ADDRESSES: Final = 50
LONGEST: Final = 200  # of a title, a target, an address
LONGEST_SOURCE: Final = 1_000
_VALUES: Final = frozenset({"value", "account_number"})  # a file without what it asks about asks nothing
# One address and nothing a header, an envelope or a list of addresses could take for more.
_MAIL: Final = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)

type Pair = tuple[str, str]  # what a column holds (headings) and its title; target and its address


def load(*, now: datetime, using: str = "default") -> int:
    """Makes the first edition of channels that have none, as shipped. Returns how many; one that exists is never changed."""
    known = set(models.ChannelEdition.objects.using(using).values_list("channel", flat=True))
    missing = [_shipped(channel, now) for key, channel in CHANNELS.items() if key not in known]
    if missing:
        models.ChannelEdition.objects.using(using).bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _shipped(channel: Channel, now: datetime) -> models.ChannelEdition:
    usual, urgent = channel.hours
    columns = [{"key": one.key, "title": one.title} for one in channel.columns]
    told = {"columns": columns, "hours_usual": usual, "hours_urgent": urgent, "source": channel.source.id}
    return models.ChannelEdition(channel=channel.key, at=now, **told)


def keys(channel: Channel) -> list[str]:
    """What a column of this channel's file may hold: what nobody writes for its packets stands in none."""
    written = {fact.key for fact in channel.facts}
    return [key for key in packets.CELLS if key not in {"used_for", "agreed"} or key in written]


def enter(
    *,
    channel: str,
    columns: Sequence[Pair],
    hours_usual: int,
    hours_urgent: int,
    source: str,
    addresses: Sequence[Pair],
    seen: int,
    by: models.Person,
    now: datetime,
) -> models.ChannelEdition:
    """A further edition, for what is submitted from now on. `seen`: the number of the newest one the page showed.

    Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.CHANNEL_CONFIRM)
    if channel not in CHANNELS:
        raise RefusedError("channel.unknown", _("Nothing was changed: there is no such channel."))
    source = source.strip()[:LONGEST_SOURCE]
    if not source:
        raise RefusedError("channel.source", _("Nothing was changed: say where this is known from."), "source")
    if not 1 <= hours_urgent <= hours_usual <= MOST_HOURS:
        text = _("Nothing was changed: urgent hours are at least 1 and at most the usual ones, those at most %(most)s.")
        raise RefusedError("channel.hours", text, "hours_usual", most=MOST_HOURS)
    told = {
        "columns": _columns(CHANNELS[channel], columns),
        "hours_usual": hours_usual,
        "hours_urgent": hours_urgent,
        "source": source,
        "addresses": _addresses(CHANNELS[channel], addresses),
    }
    before = channels.newest(channel)
    if before is None or before.number != seen:
        raise _newer()
    changed = [key for key, value in told.items() if getattr(before, key) != value]
    if not set(changed) - {"source"}:
        raise RefusedError("channel.same", _("Nothing was changed: this is what the edition says already."))
    try:
        with transaction.atomic():
            made = models.ChannelEdition.objects.create(channel=channel, number=seen + 1, by=by, at=now, **told)
            after = {"channel": channel, "edition": made.number, "changed": changed, "digest": digest(made)}
            audit.write("channel.entered", by=by, now=now, target=made, before={"digest": digest(before)}, after=after)
    except IntegrityError:
        raise _newer() from None
    return made


def _newer() -> RefusedError:
    return RefusedError("channel.newer", _("Nothing was changed: there is a newer edition than you saw. Look at it first."))


def digest(edition: models.ChannelEdition) -> str:
    """Of its columns: what a confirmation names."""
    return channels.digest(channels.with_edition(edition.channel, edition))


def _line(text: str) -> str:
    return " ".join(text.split())


def _columns(channel: Channel, told: Sequence[Pair]) -> list[dict[str, str]]:
    found = [{"key": headings.key_of(name.strip()), "title": _line(title)} for name, title in told]
    named, known = [one["key"] for one in found], keys(channel)
    unknown = next((key for key in named if key not in known), "")
    if unknown:
        text = _("Nothing was changed: %(key)s is no column. There are: %(keys)s.")
        raise RefusedError("channel.column", text, "columns", key=unknown[:40], keys=", ".join(map(headings.shown, known)))
    if len(named) != len(set(named)) or not _VALUES.intersection(named):
        raise RefusedError(
            "channel.columns", _("Nothing was changed: each column stands once, and one holds what is asked about."), "columns"
        )
    if not all(0 < len(one["title"]) <= LONGEST for one in found):
        text = _("Nothing was changed: each column has a title of at most %(most)s characters.")
        raise RefusedError("channel.title", text, "columns", most=LONGEST)
    return found


def _addresses(channel: Channel, told: Sequence[Pair]) -> list[dict[str, str]]:
    found = [{"target": _line(target), "mail": mail.strip().lower()} for target, mail in told]
    wrong = next((one["mail"] for one in found if not mailable(one["mail"])), None)
    if wrong is not None:
        text = _("Nothing was changed: %(mail)s is no mail address, or none that can be written to.")
        raise RefusedError("channel.mail", text, "addresses", mail=wrong[:LONGEST] or "-")
    named = [one["target"].casefold() for one in found]
    if len(named) != len(set(named)) or len(named) > MOST_ADDRESSES or any(len(one) > LONGEST for one in named):
        text = _("Nothing was changed: whoever a packet goes to stands once, with one address, and there are at most %(most)s.")
        raise RefusedError("channel.addresses", text, "addresses", most=MOST_ADDRESSES)
    if channel.targets is None and any(named):
        raise RefusedError("channel.target", _("Nothing was changed: this channel goes to one body, give its address alone."), "addresses")
    return found


def mailable(address: str) -> bool:
    """Whether it is one plain address in ASCII (an international domain as xn--...)."""
    return len(address) <= LONGEST and _MAIL.fullmatch(address) is not None and ".." not in address


def differences(edition: models.ChannelEdition, before: models.ChannelEdition | None) -> dict[str, tuple[list[str], list[str]]]:
    """Part -> what it says no longer and what it says newly; parts that are the same are left out. A column moved is in both."""
    if before is None:
        return {}
    parts = {part: (told(before)[part], now) for part, now in told(edition).items()}
    found = {}
    for part, (was, now) in parts.items():
        if was == now:
            continue
        gone, new = [one for one in was if one not in now], [one for one in now if one not in was]
        found[part] = (gone, new) if gone or new else (was, now)
    return found


def told(edition: models.ChannelEdition) -> dict[str, list[str]]:
    """What an edition says, as lines in the reader's language, as they may be typed again."""
    return {
        "columns": [f"{headings.shown(one['key'])} | {one['title']}" for one in edition.columns],
        "hours": [f"{edition.hours_usual} / {edition.hours_urgent}"],
        "addresses": [" | ".join(filter(None, (one["target"], one["mail"]))) for one in edition.addresses],
        "source": [edition.source],
    }
