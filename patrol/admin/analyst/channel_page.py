"""What the pages of channels show: where referrals go, by which edition, and what each edition changed."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from patrol import models
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import base, words
from patrol.cases import channel_editions, channels
from patrol.cases.channels import CHANNELS, digest

_PARTS: Final = {
    "columns": gettext_lazy("Columns"),
    "hours": gettext_lazy("Their time in hours, usual / urgent"),
    "addresses": gettext_lazy("Mail addresses"),
    "source": gettext_lazy("Source"),
}


def listed() -> list[dict[str, Any]]:
    """Every channel by its newest edition. Two queries."""
    confirmed = _confirmed()
    newest = models.ChannelEdition.objects.order_by("channel", "-number").distinct("channel")
    held = {edition.channel: edition for edition in newest}
    return [_row(key, held.get(key), confirmed) for key in CHANNELS]


def _confirmed() -> dict[tuple[str, str], models.ChannelConfirmation]:
    return {(row.channel, row.digest): row for row in models.ChannelConfirmation.objects.select_related("by").order_by("id")}


def _row(key: str, edition: models.ChannelEdition | None, confirmed: dict[tuple[str, str], models.ChannelConfirmation]) -> dict[str, Any]:
    way = channels.with_edition(key, edition)
    row = confirmed.get((key, digest(way)))
    return {
        "key": key,
        "name": said.channel(key),
        "asks": said.said(way.asks),
        "kinds": [said.ITEM_KINDS[kind] for kind in way.kinds],
        "sender": said.SENDERS[way.sender],
        "hours": way.hours,
        "facts": [said.said(fact.title) for fact in way.facts],
        "columns": [column.title for column in way.columns],
        "addresses": channel_editions.told(edition)["addresses"] if edition else [],
        "source": _source(edition, key),
        "number": edition.number if edition else 0,
        "confirmed": row,
        "letter": row.letter if row else "",
        "day": words.day(row.day) if row else "",
        "person": row.by.name if row else "",
        "to": base.here("patrol_referral_confirm", key),
        "editions": base.here("patrol_referral_channel", key),
    }


def _source(edition: models.ChannelEdition | None, key: str) -> str:
    """What came with the product is said in the reader's language."""
    return said.said(CHANNELS[key].source) if edition is None or edition.by_id is None else edition.source


def editions(key: str) -> list[dict[str, Any]]:
    """Newest first, each with what it changed of the one before."""
    found = list(models.ChannelEdition.objects.filter(channel=key).select_related("by").order_by("number"))
    confirmed = _confirmed()
    return [
        {
            "number": edition.number,
            "by": edition.by.name if edition.by else "",
            "when": words.moment(edition.at),
            "holds": edition is found[-1],
            "confirmed": (key, channel_editions.digest(edition)) in confirmed,
            "parts": [(title, lines) for part, title in _PARTS.items() for lines in [_lines(edition, part, key)] if lines],
            "changes": [
                (_PARTS[part], [_source(before, key)] if part == "source" and before else gone, new)
                for part, (gone, new) in channel_editions.differences(edition, before).items()
            ],
        }
        for before, edition in zip([None, *found], found, strict=False)
    ][::-1]


def _lines(edition: models.ChannelEdition, part: str, key: str) -> list[str]:
    return [_source(edition, key)] if part == "source" else channel_editions.told(edition)[part]
