"""The documents of a referral on its page: the letter as it reads, the files that were made, and why it cannot be approved yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.shared import base, words
from patrol.cases import documents, letter_files, letters, packets
from patrol.domain.states import ReferralState
from patrol.models import DocumentKind

TITLES: Final = {
    DocumentKind.LETTER_DOCX: _("Letter, to be edited (Word)"),
    DocumentKind.LETTER_PDF: _("Letter (PDF)"),
    DocumentKind.ANNEX_PDF: _("Annex, a page for each line (PDF)"),
    DocumentKind.HASHES: _("List of hashes"),
    DocumentKind.PACKET: _("All of it, with CSV and JSON (ZIP)"),
}


def gather(
    referral: models.Referral, lines: Sequence[packets.Line], letter: letters.Letter | None, *, opens: bool, now: datetime
) -> dict[str, Any] | None:
    """What the card of a referral with a letter shows; None for one without. `letter`: as it would read now, where it has not gone out.
    `opens`: whether this person approves, writes or sends it."""
    if not referral.has_letter:
        return None
    made = documents.current(referral)
    waits = referral.state == ReferralState.SUBMITTED
    under_way = documents.progress(referral) if waits else None
    refused = documents.unready(referral, lines, letter) if waits and letter else None
    return {
        "number": referral.letter_number,
        "preview": base.here("patrol_referral_letter", referral.pk),
        "made": words.moment(made.at) if made else "",
        "printed": made.printed if made else True,
        "files": [
            {
                "title": TITLES[DocumentKind(row.kind)],
                "name": row.name,
                "size": row.capture.length,
                "hash": row.capture.sha256[:12],
                "link": base.here("patrol_referral_document", referral.pk, row.kind) if opens else "",
            }
            for row in (made.documents.select_related("capture").order_by("id") if made else ())
        ],
        "percent": under_way.percent if under_way else None,
        "problem": words.problem(under_way.problem if under_way else None),
        "refused": words.refusal(refused) if refused else "",
        "again": waits and opens and refused is not None and (under_way is None or under_way.over),
    }


def sheet(letter: letters.Letter, *, draft: bool) -> dict[str, Any]:
    """The letter as a paper on the screen, masked."""
    return {"letter": letters.masked(letter), "banner": letter_files.banner(letter, draft=draft)}
