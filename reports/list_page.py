"""The list of weeks, months or quarters on the screen and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol.admin.shared import base, exporting, words
from patrol.models import Office
from reports import period_list, sentences, sheets
from reports.period import KINDS, Period
from reports.period_list import Line, State
from reports.period_words import PERIOD_WORDS

LIST: Final = "reports_weeklysummary_changelist"
STATES: Final = {
    State.RUNNING: words.Badge(gettext_lazy("running"), "plain", "hourglass_empty"),
    State.DRAFT: words.Badge(gettext_lazy("draft, not frozen"), "med", "edit_note"),
    State.PRELIMINARY: words.Badge(gettext_lazy("preliminary"), "med", "hourglass_empty"),
    State.FROZEN: words.Badge(gettext_lazy("frozen"), "plain", "lock"),
    State.SIGNED: words.Badge(gettext_lazy("signed"), "plain", "verified"),
}
_TOLD: Final = ("flagged", "decided", "waiting")  # measures that a line says also where nothing was frozen


def shown(office: Office | None, code: str, kind: str, *, page: int, now: datetime) -> dict[str, Any]:
    """For templates/reports/weeks.html: a page of the list, the newest first."""
    key = office.pk if office else None
    listed, most = period_list.periods(key, kind, now), period_list.AT_ONCE[kind]
    page = page if (page - 1) * most < len(listed) else 1
    here = listed[(page - 1) * most : page * most]
    last = here[-1] == listed[-1]
    return {
        "kinds": [(PERIOD_WORDS[one].many, base.here(LIST, office=code, kind=one), one == kind) for one in KINDS],
        "word": sheets.said(KINDS[kind].word),
        "period_words": PERIOD_WORDS[kind],
        "place": office.name if office else _("National, all offices"),
        "rows": [_row(line, code) for line in period_list.lines(key, here, now)],
        "first": "" if here[0] == listed[0] else base.here(LIST, office=code, kind=kind),
        "next": "" if last else base.here(LIST, office=code, kind=kind, page=page + 1),
    }


def _row(line: Line, code: str) -> dict[str, Any]:
    frozen = line.state in {State.FROZEN, State.SIGNED}
    link = base.here("reports_weeklysummary_week", code, line.period)
    rows = (
        base.here("reports_weeklysummary_edition_rows", line.edition.pk)
        if frozen and line.edition
        else base.here("reports_weeklysummary_week_rows", code, line.period)
    )
    return {
        "line": line,
        "period": sheets.said(line.period.label),
        "link": link,
        "rows_link": rows,
        "badge": STATES[line.state],
        "edition": line.edition,
        "frozen_at": words.moment(line.edition.frozen_at) if line.edition else "",
        "oldest": words.lasting(timedelta(hours=line.oldest)) if line.oldest is not None else "",
    }


def listing(office: Office | None, code: str, kind: str, *, now: datetime) -> exporting.Listing:
    """All of them with the key figures of their newest edition, and of the others what the list says."""
    key = office.pk if office else None

    def said(rows: Sequence[Period], _shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for line in period_list.lines(key, rows, now, whole=True):
            one = line.edition
            told: dict[str, int | None] = {name: getattr(line, name) for name in _TOLD}
            if one is not None and line.state != State.PRELIMINARY:
                told = {measure.key: measure.now for measure in one.read().measures}
            figures = (told.get(name) for name in sentences.MEASURES)
            edition = (one.edition, one.frozen_at, one.frozen_by.name) if one else (None, None, "")
            yield (sheets.said(line.period.label), str(STATES[line.state].title), *edition, *figures, line.oldest, line.late)

    return exporting.Listing(
        key="weeks",
        title=str(PERIOD_WORDS[kind].many),
        columns=[
            str(PERIOD_WORDS[kind].name),
            _("State"),
            _("Edition"),
            _("Frozen"),
            _("By"),
            *(sheets.said(title) for title in sentences.MEASURES.values()),
            _("Oldest waiting (hours)"),
            _("Over the limit"),
        ],
        found=period_list.periods(key, kind, now),
        said=said,
        query={"office": code, "kind": kind},
        asked=[(_("Office"), office.name if office else _("National, all offices"))],
    )
