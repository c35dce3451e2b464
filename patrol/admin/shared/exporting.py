"""Lists that leave the house, as CSV or XLSX: the rows of a page as it is filtered, and who took them.

A page says what its list is (`Listing`), this module writes it. Contacts stay masked, or stand in full for a purpose, each where the
person may see it; either way the file is a row of the audit log. The file is written whole before the first byte leaves: one that broke
off on the way would look like a shorter list. It lies on the disk, not in memory, and its rows come from one cursor, a batch at a time.

No cell is one a spreadsheet would run: what begins like a formula gets an apostrophe in CSV, also behind a comma or semicolon, since a
spreadsheet may part the line there; in XLSX it is a string by its type.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched, islice
from typing import IO, Any, Final

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patrol import access, models
from patrol import search as searching
from patrol.access import Action, audit, consulting, fresh, looks
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.engine import masks
from patrol.infra import pace, spreadsheets
from patrol.infra.refusals import RefusedError

MOST: Final = 50_000  # rows of a file
MOST_IN_FULL: Final = 5_000  # of one with contacts in full
BATCH: Final = 500
FORMATS: Final = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
RATE, FILES_AT_ONCE = 1 / 30, 6.0  # files of one person: each holds a process for seconds
_TYPED: Final = frozenset({"q", "which"})  # of a filter what somebody wrote: it may be a name, and the log is never blanked
_CELL: Final = 32_000  # letters; XLSX takes 32,767

type Cell = str | int | datetime | date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page's list is. `found`: its rows in its order, of which only those are there that the person may see.

    `said` makes the cells of a batch of rows, in full for the keys it is given; `open_to` says which rows of a batch may stand in full for
    this person, None where a list has nothing that is masked.
    """

    key: str
    title: Any
    columns: Sequence[Any]
    found: QuerySet[Any] | Iterable[Any]
    said: Callable[[Sequence[Any], frozenset[int]], Iterable[Sequence[Cell]]]
    query: Mapping[str, Any] = field(default_factory=dict)  # the filter, as the address has it
    asked: Sequence[tuple[Any, Any]] = ()  # the filter in words
    open_to: Callable[[Sequence[Any]], frozenset[int]] | None = None
    key_of: Callable[[Any], int] = lambda row: row.pk  # what `open_to` names a row by


class ExportForm(VerbForm):
    format = WordField()
    full = forms.BooleanField(required=False)
    purpose = WordField()
    reference = forms.CharField(required=False, max_length=100)


def panel(name: str, query: Mapping[str, Any], person: models.Person, *, full: bool = False) -> dict[str, Any]:
    """What the page shows to take the list away: the address of `name` with the page's filter, and whether it may stand in full."""
    return {
        "link": base.here(name, **query),
        "purposes": list(words.PURPOSES.items()) if full and access.may(person, Action.CONTACT_SHOW) else [],
        "most": MOST,
        "most_in_full": MOST_IN_FULL,
    }


def address(page: base.ReadOnlyAdmin, listing: Callable[[HttpRequest], Listing], back: str) -> Any:
    """The address that gives the list of a page as a file. `back`: the page, where a refusal is told."""

    def view(request: HttpRequest) -> Any:
        base.posted(request)
        page.seen_by(request)
        try:
            return _answer(request, listing(request))
        except RefusedError as error:
            base.refuse(request, error, place="")
            return HttpResponseRedirect(base.here(back, **{key: value for key, value in request.GET.items() if key != "after"}))

    return page.address("unduh/", view, "export")


def _answer(request: HttpRequest, listing: Listing) -> StreamingHttpResponse:
    """Writes the file and its row of the log, then gives it. Raises RefusedError, PermissionDenied."""
    person, now = base.who(request), timezone.now()
    told = ExportForm(request.POST).told()
    if told["format"] not in FORMATS:
        raise RefusedError("list.format", _("Choose CSV or Excel."))
    in_full = told["full"]
    if in_full:
        access.require(person, Action.CONTACT_SHOW)
        if listing.open_to is None:
            raise RefusedError("list.not_in_full", _("Nothing in this list is masked for a purpose."))
        if told["purpose"] not in words.PURPOSES:
            raise RefusedError("list.purpose", _("Choose the purpose."))
        fresh.require(request)
    if seconds := pace.admits(f"list {person.pk}", rate=RATE, burst=FILES_AT_ONCE):
        raise RefusedError(
            "list.too_often", _("Too many files in a short time. Try again in %(seconds)s seconds."), seconds=str(int(seconds) + 1)
        )
    write = _csv if told["format"] == "csv" else _xlsx
    with transaction.atomic():
        rows = _Rows(listing, MOST_IN_FULL if in_full else MOST, in_full=in_full)
        content = write(listing, rows, lambda: _about(listing, rows, person, now, in_full=in_full))
        asked = {key: searching.digest(str(one)) if key in _TYPED else str(one) for key, one in listing.query.items()}
        after = {"format": told["format"], "rows": rows.count, "asked": asked}
        if in_full:
            after |= {"shown": rows.shown, "sha256": content.sha256()}
            after |= {"purpose": told["purpose"], "reference": " ".join(told["reference"].split())}
            looks.log_list(listing.key, shown=rows.shown, by=person, now=now, after=after)
        else:
            audit.write("list.taken", by=person, now=now, target=("list", listing.key), after=after)
    searched = str(listing.query.get("q") or "")
    consulting.note(
        request,
        rows=rows.count,
        unmasked=in_full,
        purpose=told["purpose"] if in_full else "",
        query_digest=searching.digest(searched) if searched else "",
    )
    answer = StreamingHttpResponse(content, content_type=FORMATS[told["format"]])
    name = f"sipatrol-{listing.key}-{timezone.localtime(now):%Y%m%d-%H%M}.{told['format']}"
    return base.inert(answer, f'attachment; filename="{name}"')


class _Rows:
    """The rows of the list in cells, by one cursor, counted as they go; `cut` where the list has more. Of a file in full `veiled` rows stay
    masked all the same, and `shown` are those that say more than masked: a row without a contact shows none."""

    def __init__(self, listing: Listing, most: int, *, in_full: bool) -> None:
        self._listing, self._most, self._in_full = listing, most, in_full
        self.count, self.cut, self.veiled, self.shown = 0, False, 0, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        found = self._listing.found
        rows = found[: self._most + 1].iterator(chunk_size=BATCH) if isinstance(found, QuerySet) else iter(found)
        for batch in batched(islice(rows, self._most), BATCH):
            shown: frozenset[int] = frozenset()
            if self._in_full and self._listing.open_to is not None:
                shown = self._listing.open_to(batch)
                self.veiled += sum(self._listing.key_of(row) not in shown for row in batch)
            self.count += len(batch)
            said = self._listing.said(batch, shown)
            if shown:
                said = list(said)
                masked = self._listing.said(batch, frozenset())
                self.shown += sum(tuple(full) != tuple(bare) for full, bare in zip(said, masked, strict=True))
            yield from said
        self.cut = next(iter(rows), None) is not None


def _about(listing: Listing, rows: _Rows, person: models.Person, now: datetime, *, in_full: bool) -> list[tuple[str, str]]:
    """What the file says of itself."""
    how = _("in full, for a purpose that was logged") if in_full else _("masked")
    if rows.veiled:
        how += "; " + _("%(count)s rows masked all the same: they are for the office that handles them") % {"count": rows.veiled}
    many = str(rows.count)
    if rows.cut:
        many += "; " + _("the list has more rows, this file ends here. Narrow the list and take the rest.")
    asked = "; ".join(f"{what}: {masks.text(str(value))}" for what, value in listing.asked) or _("none")
    return [
        (_("List"), str(listing.title)),
        (pgettext("export", "Filter"), asked),
        (_("Taken"), words.moment(now)),
        (_("By"), f"{person.name}, {person.office.short_name}"),
        (_("Contacts"), how),
        (_("Rows"), many),
        (_("Time zone"), timezone.get_current_timezone_name()),
    ]


# --- cells ----------------------------------------------------------------------------------------


def line(written: str) -> str:
    """The text on one line, without what XLSX cannot hold: controls, what a reader does not see, half characters."""
    kept = "".join(" " if one.isspace() else one for one in written if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    return " ".join(kept.split())[:_CELL]


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def harmless(written: str) -> str:
    """The text for a cell of CSV."""
    return spreadsheets.cell(line(written))


def _plain(cell: Cell) -> str:
    """A cell of CSV. Moments in the zone of the person's office, which the first line names."""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else harmless(str(cell or ""))


def _csv(listing: Listing, rows: _Rows, about: Callable[[], list[tuple[str, str]]]) -> _File:
    """A line about the file, the header, the rows; UTF-8 with the mark by which a spreadsheet knows it."""
    file = _File()
    body = io.TextIOWrapper(file.kept, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(body, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(str(one)) for one in listing.columns])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    body.detach()
    head = io.StringIO(newline="")
    csv.writer(head, quoting=csv.QUOTE_ALL).writerow([harmless("SIPatrol. " + ". ".join(f"{what}: {said}" for what, said in about()))])
    file.head = b"\xef\xbb\xbf" + head.getvalue().encode()
    return file


def _xlsx(listing: Listing, rows: _Rows, about: Callable[[], list[tuple[str, str]]]) -> _File:
    """A sheet with the rows and one about the file."""
    from openpyxl import Workbook  # noqa: PLC0415 -- it brings numpy, a fifth of a second for each process
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(line(str(listing.title))[:31])
    sheet.freeze_panes = "A2"

    def celled(cell: Cell) -> Any:
        if cell is None or cell == "" or isinstance(cell, int):
            return cell
        if isinstance(cell, (datetime, date)):
            made = WriteOnlyCell(sheet)
            made.value = timezone.localtime(cell).replace(second=0, microsecond=0, tzinfo=None) if isinstance(cell, datetime) else cell
            made.number_format = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
            return made
        text = line(str(cell))
        if not spreadsheets.runs(text) and not text.startswith("#"):
            return text
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for an error
        made.quotePrefix = True  # and it stays text when somebody edits the cell
        return made

    file = _File()
    try:
        sheet.append([celled(str(one)) for one in listing.columns])
        for row in rows:
            sheet.append([celled(cell) for cell in row])
        told = book.create_sheet(_("About this file")[:31])
        for what, said in about():
            told.append([celled(what), celled(said)])
        book.save(file.kept)
    finally:
        # Until the book is saved a sheet is a file with a name, which openpyxl otherwise removes when the process ends.
        for one in book.worksheets:
            if not one.closed and (begun := getattr(one, "_writer", None)) is not None:
                begun.cleanup()
                one.close()
    return file


class _File:
    """What was written, from its beginning, a piece at a time. It has no name on the disk and is gone once it is closed, or let go of."""

    def __init__(self) -> None:
        self.kept: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the answer
        self.head = b""

    def __iter__(self) -> Iterator[bytes]:
        self.kept.seek(0)
        yield self.head
        while piece := self.kept.read(1 << 16):
            yield piece

    def sha256(self) -> str:
        self.kept.seek(0)
        found = hashlib.sha256(self.head)
        while piece := self.kept.read(1 << 16):
            found.update(piece)
        return found.hexdigest()

    def close(self) -> None:
        self.kept.close()

    __del__ = close
