"""When log and evidence were last sealed outside, what waits, and what is known of who reaches folder, key and authority: in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.formats import localize
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.evidence.anchors import reach, state
from patrol.evidence.anchors.state import Sealed, State

BADGES: Final = {
    Sealed.NEVER: Badge(gettext_lazy("not sealed outside"), "med", "lock_open"),
    Sealed.NOTHING_NEW: Badge(gettext_lazy("sealed, nothing new"), "ok", "lock"),
    Sealed.WAITING: Badge(gettext_lazy("sealed"), "ok", "lock"),
    Sealed.LATE: Badge(gettext_lazy("not sealed in time"), "high", "warning"),
}
REACH: Final[dict[str, Title]] = {
    reach.FOLDER_OWNER: gettext_lazy("The folder belongs to the user that runs the database: whoever owns the one can change both."),
    reach.FOLDER_DISK: gettext_lazy("The folder lies on the disk of the preserved files: whoever owns the machine reaches both."),
    reach.FOLDER_OPEN: gettext_lazy("Any user of the machine may write in the folder."),
    reach.KEY_OWNER: gettext_lazy("The private key belongs to the user that runs the database: whoever owns the one can sign."),
    reach.KEY_OPEN: gettext_lazy("Other users of the machine may read the private key."),
    reach.AUTHORITY_HERE: gettext_lazy("The time-stamp authority answers on this machine."),
    reach.DATABASE_AWAY: gettext_lazy(
        "The database is reached by no socket that is named: who runs it, and what they reach, is not known from here."
    ),
}


def panel(now: datetime) -> dict[str, Any]:
    """Two queries."""
    found = state.whole(now=now)
    return {"badge": BADGES[found.sealed], "lines": [str(line) for line in _lines(found)]}


def _lines(found: State) -> list[Title]:
    newest = found.newest
    lines: list[Title] = []
    if newest.at is None:
        lines.append(_("No manifest stands outside of the database: whoever owns it can change the log and what was preserved."))
    else:
        told = {"number": localize(newest.number), "when": words.moment(newest.at), "row": localize(newest.rows)}
        lines.append(_("Manifest %(number)s of %(when)s holds the log up to row %(row)s.") % told)
        if newest.waits is None:
            lines.append(_("Nothing is new since."))
        else:
            said = ngettext("%(new)s newer row waits since %(when)s.", "%(new)s newer rows wait since %(when)s.", newest.new)
            lines.append(said % {"new": localize(newest.new), "when": words.moment(newest.waits)})
    language = get_language() or "id"
    lines += [found.problem[language]] if found.problem else []
    for one in found.stamps:
        if one.at is not None:
            told = {"authority": one.authority, "when": words.moment(one.at)}
            lines.append(_("%(authority)s: a time stamp was last kept on %(when)s.") % told)
        if one.problem:
            lines.append(f"{one.authority}: {one.problem[language]}")
    if newest.at is not None:
        lines += [title for code, title in REACH.items() if code in newest.reach]
        if not newest.reach:
            lines.append(_("No way from the database's owner to folder and key was seen; that does not prove that there is none."))
    return lines
