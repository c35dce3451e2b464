"""The mail of a referral on its page: where it goes, which files, what became of it, and what this person may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat

from patrol import models
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import words
from patrol.cases import channels, documents, packets, referrals, sending
from patrol.domain import states
from patrol.domain.states import SendingState
from patrol.outgoing import mailing


def gather(referral: models.Referral, lines: Sequence[packets.Line], person: models.Person, *, sends: bool) -> dict[str, Any]:
    """One query, and those of the packet where it may be sent now. `sends`: this person may."""
    mails = list(referral.sendings.select_related("asked_by", "settled_by").order_by("-id"))
    last = mails[0] if mails else None
    on_its_way = last is not None and last.state in states.ON_ITS_WAY
    drafted = referral.edition_id is None and referral.submitted_at is None
    to = channels.address(channels.newest(referral.channel), referral.target) if drafted else sending.address(referral)
    may = sends and referral.state in referrals.SENDABLE and not on_its_way
    asks = may and bool(to) and mailing.configured()
    files = documents.listed(referral, lines) if asks else []
    differs = asks and sending.differs(referral, files)
    large = sum(one["length"] for one in files) > sending.MOST_BYTES
    takes_back = sends and last is not None and last.state == SendingState.ASKED
    settles = sends and last is not None and last.state == SendingState.UNKNOWN
    return {
        "more": may or takes_back or settles,
        "address": to,
        "on_its_way": on_its_way,
        "shown": may or bool(mails),
        "asks": asks and not large and not differs,
        "differs": differs,
        "large": large,
        "most_mb": sending.MOST_BYTES // 1_000_000,
        "nowhere": may and not to,
        "no_server": may and bool(to) and not mailing.configured(),
        "files": [{**one, "size": filesizeformat(one["length"])} for one in files],
        "takes_back": takes_back,
        "settles": settles,
        "rows": [
            {
                "badge": said.MAILS[one.state],
                "address": one.address,
                "who": one.asked_by.name,
                "when": words.moment(one.tried_at or one.asked_at),
                "said": said.WHY.get(one.said, one.said),
                "message_id": one.message_id,
                "settled": one.settled_by.name if one.settled_by else "",
                "note": one.note,
                "hashes": [file["sha256"][:12] for file in one.files],
            }
            for one in mails
        ],
    }
