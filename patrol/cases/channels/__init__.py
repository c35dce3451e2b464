"""The ways to outside bodies. One file each and one line here; a test compares both.

A channel says which kinds of lines it takes, what makes its packet complete and who sends it. How long its clock runs and the columns of
its file are what it is shipped with: an edition people enter (`cases.channel_editions`) goes before them. Columns are marked as to be
confirmed until somebody enters the confirmation (`cases.referrals.confirm`).
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Final

from patrol import models
from patrol.cases.channels import (
    aduan_nomor,
    agency_clarification,
    agency_supervision,
    cek_rekening,
    iasc,
    kemlu,
    komdigi,
    platform_form,
    police,
    victim_handover,
)
from patrol.domain.referrals import Channel, Column

CHANNELS: Final[dict[str, Channel]] = {
    "komdigi": komdigi.CHANNEL,
    "aduan_nomor": aduan_nomor.CHANNEL,
    "cek_rekening": cek_rekening.CHANNEL,
    "iasc": iasc.CHANNEL,
    "platform_form": platform_form.CHANNEL,
    "police": police.CHANNEL,
    "agency_supervision": agency_supervision.CHANNEL,
    "agency_clarification": agency_clarification.CHANNEL,
    "kemlu": kemlu.CHANNEL,
    "victim_handover": victim_handover.CHANNEL,
}


def digest(channel: Channel) -> str:
    """Of its columns and their order: a confirmation holds for these and no others."""
    said = "\n".join(f"{column.key}\t{column.title}" for column in channel.columns)
    return hashlib.sha256(said.encode()).hexdigest()


def newest(key: str) -> models.ChannelEdition | None:
    """The edition that holds now; None where none was loaded: as shipped."""
    return models.ChannelEdition.objects.filter(channel=key).order_by("-number").first()


def with_edition(key: str, edition: models.ChannelEdition | None) -> Channel:
    """The channel with the columns and hours of this edition."""
    channel = CHANNELS[key]
    if edition is None:
        return channel
    columns = tuple(Column(one["key"], one["title"]) for one in edition.columns)
    return dataclasses.replace(channel, columns=columns, hours=(edition.hours_usual, edition.hours_urgent))


def way(referral: models.Referral) -> Channel:
    """By the edition it was submitted with; a draft goes by the newest one. No query where it comes with its edition."""
    drafted = referral.edition_id is None and referral.submitted_at is None
    return with_edition(referral.channel, newest(referral.channel) if drafted else referral.edition)


def address(edition: models.ChannelEdition | None, target: str) -> str:
    """Where a packet to this target is mailed; "" where it is not."""
    known = {one["target"].casefold(): one["mail"] for one in edition.addresses} if edition else {}
    found: str = known.get(target.casefold()) or known.get("", "")
    return found
