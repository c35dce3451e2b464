"""How the times of keeping are called on the page: terms, classes, holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from patrol import access
from patrol.access import Action
from patrol.evidence.erasing import Hold
from patrol.retention.terms import Kept


@dataclass(frozen=True, slots=True)
class Words:
    title: Any
    since: Any  # from when its days count
    goes: Any  # what then goes, and what stays


TERMS: Final[dict[str, Words]] = {
    "unflagged": Words(
        _("Posts nobody flagged, and those of parked flags"),
        _("since their newest text was first seen"),
        _(
            "Text, author, contacts, pictures and raw answer go, the group or chat it stood in, and what it answers or forwards. Its "
            "address and number stay, by which it is known when it comes again, what is counted, and the hashes of text and pictures by "
            "which the same offer is known."
        ),
    ),
    "dismissed": Words(
        _("Posts of dismissed flags"),
        _("since they were dismissed"),
        _("The same. The flag stays with its decision and its reasons, whose contacts were cut when they were written."),
    ),
    "victim": Words(
        _("Notes about people harmed"),
        _("since the protection was closed"),
        _("Notes, and to whom they were handed, go. That there was one, its office and how it ended stay."),
    ),
    "profile": Words(
        _("Profiles of accounts"),
        _("since they were seen"),
        _("The profile goes with its raw answer, unless a case, or a flag that waits or is confirmed, rests on it."),
    ),
    "intake": Words(
        _("What staff wrote beside what they sent in"),
        _("since it was taken in"),
        _(
            "The note goes, the name of the file, page or chat, and what was wrong with its rows. Who sent it in, when, and how much came"
            " of it stay."
        ),
    ),
    "subject": Words(
        _("Words of requests about somebody's own data"),
        _("since they were answered"),
        _("Note and answer go. That there was one, what was asked, and its times stay."),
    ),
    "objector": Words(
        _("Who objected to a decision"),
        _("since the objection and its answer were closed"),
        _("Name, contact and words go. That there was one, how it was decided and why stay; a file stays with what was preserved."),
    ),
    "outbox": Words(
        _("Messages that left for staff"),
        _("since they left"),
        _("What the server said of them goes. Their text and address were never kept."),
    ),
    "reading_log": Words(
        _("Reading log"), _("since the reading"), _("Who looked at what goes in whole months. That months went stands in the audit log.")
    ),
}

HOLDS: Final[dict[str, Any]] = {
    Hold.LEGAL: _("legal hold"),
    Hold.CASE: _("it stands in a case"),
    Hold.PROTECTION: _("a protection is open"),
    Hold.OBJECTION: _("an objection is open"),
    Hold.REPORT: _("a report of the public is open"),
    Hold.FLAG: _("a flag rests on it"),
    Hold.POST: _("a post that came with it is kept"),
    Hold.FAILED: _("could not be erased"),
}

# Of those that have no time, and name somebody or count something.
CLASSES: Final[dict[Kept, Any]] = {
    Kept.CONTACT: _("numbers, accounts and names of whoever is suspected"),
    Kept.LIKENESS: _("hashes by which the same offer is known again"),
    Kept.DECISION: _("findings, flags, and what people made of them"),
    Kept.CASE: _("cases, their notes, referrals and letters"),
    Kept.EVIDENCE: _("what a record of custody answers for"),
    Kept.FIGURE: _("what is counted, without a person"),
    Kept.STAFF: _("accounts and acts of staff"),
    Kept.SIGN_IN: _("how somebody signs in, and from where"),
    Kept.CARE: _("what staff saw, and are spared"),
    Kept.LOG: _("the audit log and what it answers for"),
    Kept.REGISTER: _("agencies, licences and decrees"),
}


def days(number: int | None) -> str:
    return pgettext("keeping", "for good") if number is None else str(number)


def held(counted: Mapping[str, int], person: Any) -> str:
    """Protections are one sum with the cases for whoever may not see them: beside the posts of cases they are what is left."""
    if not access.may(person, Action.PROTECTION_VIEW):
        folded = counted.get(Hold.CASE, 0) + counted.get(Hold.PROTECTION, 0)
        rest = {why: count for why, count in counted.items() if why not in {Hold.CASE, Hold.PROTECTION}}
        said = [f"{gettext('a case, or an open protection')} {folded}"] if folded else []
        return ", ".join([*said, *(f"{HOLDS[why]} {count}" for why, count in rest.items())])
    return ", ".join(f"{HOLDS[why]} {count}" for why, count in counted.items())
