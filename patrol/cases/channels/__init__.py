"""The ways to outside bodies. One file each and one line here; a test compares both.

A channel says which kinds of lines it takes, what makes its packet complete, who sends it, how long its clock runs, and the columns of
its file. Those are taken from what is known of the channel and marked as to be confirmed until somebody enters the confirmation
(`cases.referrals.confirm`).
"""

import hashlib
from typing import Final

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
from patrol.domain.referrals import Channel

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
