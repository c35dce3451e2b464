"""A summary as a workbook: a sheet for each table, figures as numbers.

From what is kept alone, so that an edition gives the same bytes each time in one language and zone: the moments that a workbook and its
ZIP carry are those of the figures. No cell is one a spreadsheet would run: text is text by its type.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.translation import gettext, pgettext

from patrol.admin.shared import words
from patrol.cases.channels import CHANNELS
from patrol.engine import masks
from patrol.infra import spreadsheets
from reports import parts, sheets
from reports.figures import Figures
from reports.models import WeeklySummary

type Cell = str | int | None

_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_LONGEST: Final = 32_000  # letters of a cell; XLSX takes 32,767


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def xlsx(figures: Figures, frozen: WeeklySummary | None = None, *, quality: bool = False) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- it brings numpy, a fifth of a second for each process

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in tables(figures, frozen, quality=quality):
        page = book.create_sheet(_title(sheet.title, book.sheetnames))
        page.freeze_panes = "A2"
        for place, row in enumerate((sheet.heads, *sheet.rows), start=1):
            for column, value in enumerate(row, start=1):
                _put(page.cell(place, column), value)
    at = datetime.fromisoformat(figures.until).astimezone(UTC).replace(tzinfo=None)
    book.properties.creator, book.properties.created = "SIPatrol", at
    made = io.BytesIO()
    book.save(made)
    return _same(made.getvalue(), at)


def _put(cell: Any, value: Cell) -> None:
    if value is None or isinstance(value, int):
        cell.value = value
        return
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))[:_LONGEST]
    cell.value = text
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for an error
    if spreadsheets.runs(text):
        cell.quotePrefix = True  # and it stays text when somebody edits the cell


def _title(text: str, taken: Sequence[str]) -> str:
    """As a workbook takes it: 31 letters, none of seven signs, each once."""
    bare = _NO_TITLE.sub(" ", text).strip("' ")[:31] or "-"
    numbered = (f"{bare[:28]} {number}" for number in range(2, len(taken) + 3))
    lower = {one.lower() for one in taken}
    return bare if bare.lower() not in lower else next(one for one in numbered if one.lower() not in lower)


def _same(content: bytes, at: datetime) -> bytes:
    """The workbook without the moment it was made at: openpyxl writes that into a part of it, and ZIP beside each."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(member, part)
    return made.getvalue()


# --- what stands in it ------------------------------------------------------------------------------


def tables(figures: Figures, frozen: WeeklySummary | None = None, *, quality: bool = False) -> list[Sheet]:
    """All of a summary, in the order of the page. Each field of Figures stands in one of them (tests/reports/test_book.py)."""
    sheet = sheets.sheet(figures, frozen, quality=quality) | {"places": sheets.places(figures, every=True), "annex": None}
    this, last = str(sheet["period_words"].this), str(sheet["period_words"].last)
    made = [_about(figures, frozen, sheet), _measures(figures, sheet), _days(figures), _queue(figures, sheet, this, last)]
    made += [
        Sheet(
            table.title,
            ["", this, last],
            [*((line.title, line.now, line.before) for line in table.lines), *([(gettext("Total"), *table.total)] if table.total else [])],
        )
        for table in sheet.values()
        if isinstance(table, sheets.Table) and table.lines
    ]
    made += [_delays(sheet), _limits(sheet, this, last), *_cases(figures, sheet, this, last), _outside(figures), _closed(sheet)]
    made.append(_rings(figures, sheet, this))
    made += [_sanctions(figures, sheet), _agreement(sheet, this, last), *_watches(figures, sheet), _offices(figures)]
    return [one for one in made if one.rows]


def _about(figures: Figures, frozen: WeeklySummary | None, sheet: dict[str, Any]) -> Sheet:
    rows: list[tuple[str, Cell]] = [
        (gettext("Office"), sheet["place"]),
        (str(sheet["period_words"].name), sheet["week"]),
        (gettext("Figures of"), sheet["until"]),
        (gettext("Register"), sheet["register"] or gettext("none loaded")),
    ]
    if figures.preliminary:
        rows.append((gettext("Preliminary."), gettext("Only what happened up to the moment above is counted.")))
    if frozen is None:
        rows.append((gettext("Draft."), gettext("Not frozen: these figures still change with every decision.")))
    else:
        rows += [(gettext("Number"), frozen.number), (gettext("Edition"), frozen.edition), (gettext("Frozen"), sheet["frozen_at"])]
        rows += [(gettext("Fingerprint"), frozen.sha256), (gettext("Supervisor's note"), masks.text(frozen.note))]
        rows += [(gettext("Correction."), masks.text(sheet["correction"]))] if sheet["correction"] else []
        for place, head in sheet["titles"].items():
            by = sheet["signed"].get(place)
            rows.append((head, f"{masks.text(by[0])}, {by[1]}" if by else gettext("Not signed")))
    return Sheet(gettext("Summary"), ["", ""], [*rows, *sheet["sentences"]])


def _measures(figures: Figures, sheet: dict[str, Any]) -> Sheet:
    """The series, and the range that is usual."""
    period = figures.period
    many = max((len(measure.series) for measure in figures.measures), default=0)
    heads = [gettext("Figure"), *(sheets.said(one.short) for one in period.last(many)), gettext("Usual, from"), gettext("Usual, to")]
    rows = [
        (line.title, *([None] * (many - len(line.measure.series))), *line.measure.series, *(line.measure.usual or (None, None)))
        for line in sheet["key_figures"]
    ]
    return Sheet(gettext("Key figures"), heads, rows)


def _days(figures: Figures) -> Sheet:
    heads = [gettext("First day"), gettext("Last day"), gettext("Read"), gettext("Flagged")]
    heads += [gettext("Decided"), gettext("Read before"), gettext("Flagged before"), gettext("Decided before"), gettext("No data")]
    rows = []
    for day in figures.days:
        known = (day.read, day.flagged, day.decided) if day.begun else (None, None, None)
        before = (day.read_before, day.flagged_before, day.decided_before)
        rows.append((day.date, day.last or day.date, *known, *before, gettext("yes") if day.blind else gettext("no")))
    return Sheet(gettext("Read, flagged, decided"), heads, rows)


def _queue(figures: Figures, sheet: dict[str, Any], this: str, last: str) -> Sheet:
    rows: list[Sequence[Cell]] = [
        (f"{title} ({sign})" if sign in {"+", "−"} else title, count, None) for sign, title, count, _key in sheet["flow"]
    ]
    rows.append((gettext("Information asked for"), figures.asked.now, figures.asked.before))
    rows.append((gettext("Hours the oldest waits"), figures.oldest_hours, None))
    return Sheet(gettext("Queue from start to end"), ["", this, last], rows)


def _delays(sheet: dict[str, Any]) -> Sheet:
    heads = [gettext("Level"), gettext("Decided"), gettext("Median"), gettext("90 % within"), gettext("Median before")]
    rows = [(title, one.decided, one.median, one.slow, one.median_before, one.slow_before) for title, one in sheet["delays"]]
    return Sheet(gettext("Hours from flag to decision"), [*heads, gettext("90 % within, before")], rows)


def _limits(sheet: dict[str, Any], this: str, last: str) -> Sheet:
    return Sheet(gettext("Over the limit"), ["", this, last], [(title, one.now, one.before) for title, one in sheet["limits"]])


def _cases(figures: Figures, sheet: dict[str, Any], this: str, last: str) -> list[Sheet]:
    cases = figures.cases
    rows: list[Sequence[Cell]] = [
        (gettext("Not closed at the start"), cases.start, None),
        (gettext("opened"), cases.opened, cases.opened_before),
        (gettext("reopened"), cases.reopened, None),
        (gettext("closed"), cases.closed, cases.closed_before),
        (gettext("Not closed at the end"), cases.end, None),
        (gettext("Escalated to the directorate"), cases.escalated, cases.escalated_before),
    ]
    seen = [(kind, one.value, one.now, one.before, since) for kind, one, since, _bar in sheet["indicators"]]
    heads = [gettext("Kind"), gettext("Value"), this, last, gettext("Since")]
    return [Sheet(gettext("Cases"), ["", this, last], rows), Sheet(gettext("Indicators seen most"), heads, seen)]


def _outside(figures: Figures) -> Sheet:
    columns = list(parts.COLUMNS)
    rows = [(words.sentence(CHANNELS[row.key].name), *(getattr(row, column) for column in columns), row.days) for row in figures.referrals]
    heads = [gettext("Channel"), *(parts.COLUMNS[column]() for column in columns), gettext("Median days to down")]
    return Sheet(gettext("Referrals by channel and outcome"), heads, rows)


def _closed(sheet: dict[str, Any]) -> Sheet:
    heads = ["", *sheet["closed_months"]]
    return Sheet(gettext("Accounts and sites closed"), heads, [(title, row.now, row.before) for title, row in sheet["closed"]])


def _rings(figures: Figures, sheet: dict[str, Any], this: str) -> Sheet:
    """The series in columns of its own, oldest first."""
    many = max((len(ring.series) for ring in figures.rings), default=0)
    heads = [gettext("Campaign"), pgettext("campaign in a summary", "State"), pgettext("campaign in a summary", "What it is about"), this]
    heads += [gettext("All posts"), gettext("Accounts"), pgettext("telephone", "Numbers"), gettext("Ties")]
    heads += [sheets.said(one.short) for one in figures.period.last(many)]
    new, grows = pgettext("campaign in a summary", "New"), pgettext("campaign in a summary", "Grows")
    rows = [
        (ring.number, new if ring.new else grows, name, ring.now, ring.posts, ring.accounts, ring.phones, ties, *ring.series)
        for ring, name, ties, _spark, _spoken in sheet["rings"]
    ]
    return Sheet(gettext("New and growing campaigns"), heads, rows)


def _sanctions(figures: Figures, sheet: dict[str, Any]) -> Sheet:
    heads = [gettext("Agency"), gettext("Standing"), gettext("Decree"), gettext("In force"), gettext("Offers before")]
    rows: list[Sequence[Cell]] = [
        (row.agency, str(standing), row.decree, term, row.before, row.after) for row, standing, term in sheet["sanctions"]
    ]
    if sheet["sanctions_others"]:
        rows.append((sheet["sanctions_others"], "", "", "", None, None))
    return Sheet(gettext("Agencies (P3MI) under a sanction"), [*heads, gettext("Offers since")], rows)


def _agreement(sheet: dict[str, Any], this: str, last: str) -> Sheet:
    return Sheet(gettext("Agreement"), ["", this, last], [(title, now, before) for title, _key, now, before in sheet["agreement"]])


def _watches(figures: Figures, sheet: dict[str, Any]) -> list[Sheet]:
    heads = [gettext("Watch"), gettext("Platform"), gettext("No data"), gettext("Cause"), gettext("New posts a day, usually")]
    blind = [(watch.name, platform, spell, cause, watch.posts_a_day) for watch, platform, spell, cause in sheet["blind"]]
    rows: Iterable[Sequence[Cell]] = [
        (gettext("Watches"), figures.watches),
        (gettext("Watches without data"), len(figures.blind)),
        *((gettext("%(watch)s, since %(day)s") % {"watch": one.name, "day": one.since}, None) for one in figures.newer),
    ]
    return [Sheet(gettext("Watches without data"), heads, blind), Sheet(gettext("Watches"), ["", ""], list(rows))]


def _offices(figures: Figures) -> Sheet:
    heads = [gettext("Office"), gettext("Flags"), gettext("Flags before"), gettext("High level"), gettext("Decided"), gettext("Waiting")]
    rows = [(one.name, one.flagged, one.flagged_before, one.high, one.decided, one.waiting, one.median) for one in figures.offices]
    return Sheet(gettext("Offices"), [*heads, gettext("Median hours")], rows)
