"""What two register files would change, and what is wrong with them, as rows to print. Knows no request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from patrol import domain
from patrol.admin.shared import words
from patrol.engine.licences import countries, difference
from patrol.engine.licences.files import RowProblem
from patrol.infra import spreadsheets

FIELDS: Final[dict[str, words.Title]] = {
    "status": pgettext_lazy("register column", "status"),
    "aliases": pgettext_lazy("register column", "other names"),
    "sip3mi_number": pgettext_lazy("register column", "SIP3MI number"),
    "province": pgettext_lazy("register column", "province"),
    "city": pgettext_lazy("register column", "city"),
    "address": pgettext_lazy("register column", "address"),
    "phones": pgettext_lazy("register column", "phones"),
    "websites": pgettext_lazy("register column", "websites"),
    "accounts": pgettext_lazy("register column", "accounts"),
    "agency": pgettext_lazy("register column", "agency"),
    "positions": pgettext_lazy("register column", "positions"),
    "employer": pgettext_lazy("register column", "employer"),
    "quota": pgettext_lazy("register column", "quota"),
    "valid_from": pgettext_lazy("register column", "valid from"),
    "valid_to": pgettext_lazy("register column", "valid to"),
    "status_from": pgettext_lazy("register column", "status from"),
}
KINDS: Final[dict[str, words.Badge]] = {
    "gone": words.Badge(pgettext_lazy("register row", "Gone"), "low", "info"),
    "changed": words.Badge(pgettext_lazy("register row", "Changed"), "med", "edit"),
    "new": words.Badge(pgettext_lazy("register row", "New"), "ok", "check"),
}
_PERIOD = re.compile(rf"\b({'|'.join(domain.StandingStatus)}) (\d{{4}}-\d\d-\d\d)(?:\.\.(\d{{4}}-\d\d-\d\d))?")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one entry. `number` "" stands for the agency itself; `country` is a name."""

    badge: words.Badge
    agency: str
    number: str
    country: str
    field: words.Title
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    new: int
    changed: int
    gone: int
    same: int

    @property
    def all(self) -> int:
        return self.new + self.changed + self.gone


def counts(changed: difference.Difference) -> Counts:
    """Agencies and licences together."""
    parts = (changed.agencies, changed.licences)
    return Counts(
        sum(len(part.new) for part in parts),
        sum(len(part.changed) for part in parts),
        sum(len(part.gone) for part in parts),
        sum(part.same for part in parts),
    )


def entries(changed: difference.Difference, kind: str = "") -> list[tuple[str, difference.Entry]]:
    """What is gone first, then what changed, then what is new: in the order in which it can hurt."""
    return [
        (name, entry)
        for name in KINDS
        if kind in {"", name}
        for part in (changed.agencies, changed.licences)
        for entry in getattr(part, name)
    ]


def rows(shown: Iterable[tuple[str, difference.Entry]], after: domain.Register, before: domain.Register | None = None) -> list[Row]:
    """One row for each field before and after. `before` is needed where `after` does not keep what is gone: an undo."""
    registers = (before, after) if before else (after,)
    agencies = {agency.name: agency for register in registers for agency in register.agencies}
    licences = {(each.number, each.country): each for register in registers for each in register.licences}
    found = []
    for kind, entry in shown:
        country = words.said(_both(countries.name(entry.country))) if entry.country else ""
        lines: Sequence[tuple[words.Title, str, str]]
        if kind == "changed":
            lines = [
                (FIELDS.get(change.field, change.field), cell(change.field, change.before), cell(change.field, change.after))
                for change in entry.changes
            ]
        else:
            held = licences.get((entry.number, entry.country)) if entry.number else agencies.get(entry.name)
            told = (_whole(held), _gone(held)) if kind == "gone" else ("", _whole(held))
            lines = [(gettext_lazy("the whole row"), *told)]
        found += [Row(KINDS[kind], entry.name, entry.number, country, *line) for line in lines]
    return found


def cell(field: str, text: str) -> str:
    """A cell of the files in the words of the screen: days and statuses; everything else as it is written."""
    if field in {"valid_from", "valid_to", "status_from"}:
        return words.day(date.fromisoformat(text)) if text else ""
    if field == "status":
        if text in words.LICENCE_STATES:
            return str(words.LICENCE_STATES[text])
        return _PERIOD.sub(lambda hit: period(hit[1], hit[2], hit[3]), text)
    return text.replace(";", "; ")


def period(status: str, since: str, until: str | None) -> str:
    """suspended 5 Jan 2026 to 4 Apr 2026."""
    title, first = words.STANDINGS[status], words.day(date.fromisoformat(since))
    if until:
        last = words.day(date.fromisoformat(until))
        return _("%(status)s %(since)s to %(until)s") % {"status": title, "since": first, "until": last}
    return _("%(status)s since %(since)s") % {"status": title, "since": first}


def _whole(held: domain.Agency | domain.Licence | None) -> str:
    if isinstance(held, domain.Licence):
        until = _("to %(date)s") % {"date": words.day(held.valid_to)}
        quota = _("quota %(count)s") % {"count": held.quota} if held.quota is not None else ""
        return ", ".join(filter(None, ("; ".join(held.positions), quota, until)))
    if isinstance(held, domain.Agency):
        last = held.standings[-1] if held.standings else None
        stands = period(last.status, str(last.since), str(last.until) if last.until else None) if last else ""
        return ", ".join(filter(None, (stands, held.city)))
    return ""


def _gone(held: domain.Agency | domain.Licence | None) -> str:
    if held is None or held.gone_since is None:
        return _("not in that edition")
    return _("kept, marked “no longer there since %(date)s”") % {"date": words.day(held.gone_since)}


def _both(sentence: domain.Sentence) -> dict[str, str]:
    return {"id": sentence.id, "en": sentence.en}


def problem_rows(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    """All of them: those that keep the files out first, each kind in the order of the files and their rows."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    ordered = sorted(problems, key=lambda problem: (not problem.blocking, files.index(problem.file), problem.line))
    return [
        {
            "file": problem.file,
            "line": problem.line or "",
            "column": problem.column,
            "sentence": words.said(_both(problem.sentence)),
            "blocking": problem.blocking,
        }
        for problem in ordered
    ]


def problem_list(problems: Sequence[RowProblem]) -> bytes:
    """The same as CSV, for whoever made the files. A cell that a spreadsheet would calculate gets an apostrophe before it."""
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow([_("File"), _("Row"), _("Column"), _("Reason"), _("Keeps the files out")])
    for row in problem_rows(problems):
        blocking = pgettext("answer", "yes") if row["blocking"] else pgettext("answer", "no")
        table.writerow([spreadsheets.cell(str(each)) for each in (row["file"], row["line"], row["column"], row["sentence"], blocking)])
    return out.getvalue().encode("utf-8-sig")
