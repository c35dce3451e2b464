"""What pages call a period of each kind. A word that stands inside a sentence is the period's own (Period.word)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class PeriodWords:
    name: Any
    many: Any
    title: Any  # of a page
    heading: Any  # of the sheet
    this: Any  # heads of columns
    last: Any
    flow: Any  # by the parts of the period
    line: Any  # what the level line of a bar is; "" where the parts do not compare
    hours: Any  # from when to when


PERIOD_WORDS: Final = {
    "week": PeriodWords(
        name=_("Week"),
        many=_("Weeks"),
        title=_("Weekly summary"),
        heading=_("Weekly summary of the cyber patrol"),
        this=_("This week"),
        last=_("Last week"),
        flow=_("Flow by day"),
        line=_("Level line: the same day last week."),
        hours=_("Monday 00.00 to Sunday 24.00 WIB."),
    ),
    "month": PeriodWords(
        name=_("Month"),
        many=_("Months"),
        title=_("Monthly summary"),
        heading=_("Monthly summary of the cyber patrol"),
        this=_("This month"),
        last=_("Last month"),
        flow=_("Flow by week"),
        line="",
        hours=_("From the first day 00.00 to the last day 24.00 WIB. Weeks at its edges are cut off where the month is."),
    ),
    "quarter": PeriodWords(
        name=pgettext_lazy("of a year", "Quarter"),
        many=pgettext_lazy("of a year", "Quarters"),
        title=_("Quarterly summary"),
        heading=_("Quarterly summary of the cyber patrol"),
        this=_("This quarter"),
        last=_("Last quarter"),
        flow=_("Flow by month"),
        line=_("Level line: the same place in the quarter before."),
        hours=_("Three whole months, from the first day 00.00 to the last day 24.00 WIB."),
    ),
}
