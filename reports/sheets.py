"""A summary laid out for the templates: titles in the language of the screen, rows with their bars.

Screen, print and PDF share it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from patrol import domain
from patrol.admin.officer import objection_words
from patrol.admin.shared import tile_map, words
from patrol.engine import masks
from patrol.engine.licences import countries
from patrol.models import Office
from reports import charts, delay_chart, heads, listing, parts, sentences, tally
from reports.figures import Day, Figures, Measure, Row
from reports.models import COMPLETES, SheetHead, Signs, WeeklySummary
from reports.period import Month, Part, Period, written
from reports.period_words import PERIOD_WORDS

HISTORY_FROM = 3  # periods with data before the table of them is worth its place


def said(sentence: domain.Sentence) -> str:
    """The sentence in the language of the screen."""
    return sentence.en if (get_language() or "id").startswith("en") else sentence.id


def reason(edition: WeeklySummary) -> str:
    """Why there is another edition: the machine's own reason in the language of the screen, a person's as written."""
    own = COMPLETES[edition.kind]
    return said(own) if edition.correction_reason == own.en else edition.correction_reason


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a breakdown."""

    title: str
    key: str
    now: int
    before: int
    bar: charts.Bar


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown. `total` None where rows overlap (a flag may have two kinds)."""

    title: str
    what: str  # listing.Wanted.what
    lines: tuple[Line, ...]
    note: str = ""
    total: tuple[int, int] | None = None

    @property
    def of_total(self) -> str:
        """listing.Wanted.what of the total."""
        return self.what if self.what in listing.SUMMED else self.what + listing.ALL


@dataclass(frozen=True, slots=True)
class KeyFigure:
    title: str
    indented: bool
    measure: Measure
    spark: charts.Spark | None
    spark_title: str
    meaning: str  # usual, above usual, below usual, too few periods


@dataclass(frozen=True, slots=True)
class DayPanel:
    title: str
    total: int
    panel: charts.Panel
    spoken: str  # the same figures as a sentence


def _table(  # one scale a table
    what: str, title: str, rows: Sequence[Row], name: Callable[[str], str], *, note: str = "", total: bool = False, width: int = 84
) -> Table:
    bars = charts.bars([(row.now, row.before) for row in rows], width=width)
    lines = tuple(Line(name(row.key), row.key, row.now, row.before, bar) for row, bar in zip(rows, bars, strict=True))
    sums = (sum(row.now for row in rows), sum(row.before for row in rows)) if total else None
    return Table(title, what, lines, note, sums)


def sheet(figures: Figures, frozen: WeeklySummary | None = None, *, rows_link: str = "", quality: bool = False) -> dict[str, Any]:
    """Everything `reports/sheet.html` shows. `frozen` None: a draft that changes with every event. `rows_link`: where the rows behind a
    figure are; paper has none, and smaller letters in its drawings. `quality`: for somebody who may see how far colleagues agree."""
    period = figures.period
    has_before = figures.measure("read").before is not None
    until = datetime.fromisoformat(figures.until)
    head = frozen.head if frozen else heads.current(figures.office)
    return {
        "figures": figures,
        "rows_link": rows_link,
        "frozen": frozen,
        "place": figures.office_name or gettext("National, all offices"),
        "week": said(period.label),
        "word": said(period.word),
        "period_words": PERIOD_WORDS[period.kind],
        "weekdays": _days(figures),
        "until": words.moment(until),
        "register": said(written(date.fromisoformat(figures.register_date))) if figures.register_date else "",
        "number": frozen.number if frozen else "",
        "edition": str(frozen.edition) if frozen else "",
        "frozen_at": words.moment(frozen.frozen_at) if frozen else "",
        "correction": reason(frozen) if frozen else "",
        "signed": signed(frozen) if frozen else {},
        "titles": _titles(frozen) if frozen else {},
        "logo": bytes(head.logo) if head else b"",
        "logo_address": data_address(head),
        "fingerprint": " ".join(frozen.sha256[start : start + 4] for start in (0, 4, 8)) if frozen else "",
        "sentences": _sentences(figures),
        "has_before": has_before,
        "parts_before": has_before and period.parts_compare,
        "key_figures": [_key_figure(measure, period, running=figures.preliminary) for measure in figures.measures],
        "panels": _panels(figures),
        "flow": _flow(figures),
        **_tables(figures),
        "map": _map(figures, rows_link, paper=not rows_link),
        **_destinations(figures, rows_link, paper=not rows_link),
        "annex": places(figures, every=True) if _has_annex(figures) else None,
        "anchors": _anchors(figures),
        **_delays(figures, before=has_before),
        "indicators": [
            (words.INDICATORS[one.kind].title, one, said(Period.from_text(one.since).short), bar)
            for one, bar in zip(figures.indicators, charts.bars([(one.now, one.before) for one in figures.indicators]), strict=True)
        ],
        "blind": [
            (watch, words.platform(watch.platform), said(sentences.spell(watch.days, period, figures.until)), said(watch.cause))
            for watch in (*figures.blind, *figures.paused)
        ],
        "limits": parts.limits(figures),
        **parts.asked_outside(figures),
        **parts.rings(figures),
        **parts.sanctions(figures),
        "agreement": parts.agreement(figures) if quality else [],
        "seeing": figures.watches - len(figures.blind) - len({one.name for one in figures.paused} - {one.name for one in figures.blind}),
        "history": _history(figures, period),
        "foot": _foot(figures, period, frozen),
    }


def signed(edition: WeeklySummary) -> dict[str, tuple[str, str]]:
    """Who signed it and when, by place."""
    prefetch_related_objects([edition], "signatures__by")
    return {one.place: (one.by.name, words.moment(one.at)) for one in edition.signatures.all()}


def _titles(edition: WeeklySummary) -> dict[str, str]:
    """The position over each signature. Somebody of another office has none of this one's."""
    return positions(edition.head, {Signs(one.place): one.title for one in edition.signatures.all()})


def positions(head: SheetHead | None, signed: Mapping[Signs, str] = MappingProxyType({})) -> dict[str, str]:
    """Of the two who sign, as it stands over their names: of whoever signed theirs, else what the head says."""
    titles = {Signs.AUTHOR: head.author, Signs.SECOND: head.second, **signed} if head else dict(signed)
    return {"author": titles.get(Signs.AUTHOR) or gettext("Author"), "second": titles.get(Signs.SECOND) or gettext("Second signatory")}


def data_address(head: SheetHead | None) -> str:
    """The logo for a page, in its own address: it is small, and so a page of an old edition asks for no picture of today. "" for none."""
    return f"data:image/png;base64,{b64encode(head.logo).decode()}" if head and head.logo else ""


def _sentences(figures: Figures) -> list[tuple[str, str]]:
    heads = (pgettext("summary sentence", "Changed"), pgettext("summary sentence", "Queue"), pgettext("summary sentence", "Unseen"))
    return [(head, said(sentence)) for head, sentence in zip(heads, figures.sentences, strict=False)]


def _key_figure(measure: Measure, period: Period, *, running: bool) -> KeyFigure:
    title = said(sentences.MEASURES[measure.key])
    language = "en" if (get_language() or "id").startswith("en") else "id"
    numbers = ", ".join("–" if value is None else sentences.number(value, language) for value in measure.series)
    series, word = period.last(len(measure.series)), said(period.word)
    if measure.now is None:
        meaning = gettext("no data")
    elif running:
        meaning = gettext("%(word)s not over") % {"word": word}
    elif measure.usual is None:
        meaning = gettext("too few %(word)ss") % {"word": word}
    elif measure.outside:
        meaning = gettext("above usual") if measure.outside > 0 else gettext("below usual")
    else:
        meaning = gettext("usual")
    return KeyFigure(
        title=title,
        indented=measure.key in sentences.INDENTED,
        measure=measure,
        spark=charts.spark(measure.series, measure.usual),
        spark_title=f"{title}, {said(series[0].short)}–{said(period.short)}: {numbers}",
        meaning=meaning,
    )


def _days(figures: Figures) -> list[str]:
    """Heads of the parts: `Sen 16` of a week, `9–15` of a month, `Nov` of a quarter."""
    return [_part(_part_of(day), figures.kind) for day in figures.days]


def _part_of(day: Day) -> Part:
    return Part(date.fromisoformat(day.date), date.fromisoformat(day.last or day.date))


def _part(part: Part, kind: str) -> str:
    first, last = part
    if kind == "week":
        return f"{said(sentences.WEEKDAYS[first.weekday()])[:3]} {first.day}"
    if kind == "month":
        return f"{first.day}–{last.day}" if first != last else str(first.day)
    return said(Month.of_day(first).short).split()[0]


def _panels(figures: Figures) -> list[DayPanel]:
    days = figures.days
    blind, begun = [day.blind for day in days], [day.begun for day in days]
    dark = figures.unwatched

    def seen(values: Sequence[int]) -> list[bool]:
        """Of a part before there was a watch, nought is not a figure."""
        return [day.begun and (day.date not in dark or value > 0) for day, value in zip(days, values, strict=True)]

    nobody = [False] * len(days)
    names = _days(figures)
    short = [name.split()[0] for name in names]

    def made(title: str, now: Sequence[int], before: Sequence[int], hatched: Sequence[bool], shown: Sequence[bool]) -> DayPanel:
        told = [f"{name} {value if is_shown else '–'}" for name, value, is_shown in zip(names, now, shown, strict=True)]
        panel = charts.panel(now, before, hatched, shown, short)
        return DayPanel(title, sum(now), panel, f"{title}: {', '.join(told)}")

    read, flagged = [day.read for day in days], [day.flagged for day in days]

    return [
        made(gettext("Read"), read, [day.read_before for day in days], blind, seen(read)),
        made(gettext("Flagged"), flagged, [day.flagged_before for day in days], blind, seen(flagged)),
        # A blind watch hides posts, not decisions.
        made(gettext("Decided"), [day.decided for day in days], [day.decided_before for day in days], nobody, begun),
    ]


def _flow_titles() -> dict[str, str]:
    return {
        "start": gettext("Waiting at the start"),
        "flagged": gettext("flagged"),
        "returned": gettext("came back"),
        "handed_in": gettext("taken over from other offices"),
        "decided": gettext("decided"),
        "lowered": gettext("level fell, parked"),
        "handed_out": gettext("handed over to other offices"),
        "end": gettext("Waiting at the end"),
    }


_FLOW_SIGNS = {
    "start": "",
    "flagged": "+",
    "returned": "+",
    "handed_in": "+",
    "decided": "−",
    "lowered": "−",
    "handed_out": "−",
    "end": "=",
}


def _flow(figures: Figures) -> list[tuple[str, str, int, str]]:
    """Sign, title, number, key: the lines that are not 0, between what waited and what waits."""
    lines = [(_FLOW_SIGNS[key], title, int(getattr(figures.flow, key)), key) for key, title in _flow_titles().items()]
    return [line for line in lines if line[2] or line[3] in {"start", "flagged", "decided", "end"}]


def _named(what: str) -> tuple[str, Callable[[str], str]] | None:
    """Of a breakdown its title, and what its rows are called by their keys."""
    ages = {
        "under_1": gettext("under 1 day"),
        "1_to_3": gettext("1–3 days"),
        "3_to_7": gettext("3–7 days"),
        "from_7": gettext("7 days or more"),
    }
    corrections = {
        "entered": gettext("Objections entered"),
        **{key: gettext("Objections %(outcome)s") % {"outcome": badge.title} for key, badge in objection_words.OUTCOMES.items()},
        "corrected": gettext("Flags corrected"),
    }
    tips = {
        "received": pgettext("reports of the public", "Received"),
        "urgent": gettext("of these, somebody in danger or abroad"),
        "joined": gettext("Joined to a flag or stored as a post"),
        "closed": gettext("Closed without being joined"),
        "bad_faith": gettext("Marked as made in bad faith"),
        "waiting": gettext("Waiting for an officer at the end"),
    }
    return {
        "levels": (gettext("Level of the flags"), lambda key: str(words.LEVELS[key].title)),
        "decisions": (gettext("Decisions"), lambda key: str(words.OUTCOMES[key].title)),
        "corrections": (gettext("Corrections"), lambda key: corrections[key]),
        "tips": (gettext("Reports of the public"), lambda key: tips[key]),
        "case_outcomes": (
            gettext("Cases closed, by outcome"),
            lambda key: gettext("Other outcomes") if key == tally.REST else str(words.CASE_OUTCOMES[key]),
        ),
        "ages": (gettext("Age of the queue"), lambda key: ages[key]),
        "verdicts": (gettext("Licence check on the day of the post"), _verdict),
        "kinds": (gettext("Kinds"), _kind),
        "countries": (gettext("Destinations"), _country),
        "platforms": (gettext("Platforms"), words.platform),
        "places": (gettext("Places of recruitment named"), _place),
        "stations": (gettext("P4MI the flagged posts came from"), _station),
    }.get(what)


def _tables(figures: Figures) -> dict[str, Table]:
    def made(what: str, rows: Sequence[Row], *, note: str = "", total: bool = False, width: int = 56) -> Table:
        named = _named(what)
        assert named is not None
        return _table(what, named[0], rows, named[1], note=note, total=total, width=width)

    dated = said(written(date.fromisoformat(figures.register_date))) if figures.register_date else ""
    waiting = ngettext("%(count)s flag waits", "%(count)s flags wait", figures.waiting) % {"count": figures.waiting}
    return {
        "levels": made("levels", figures.levels, total=True, width=64),
        "decisions": made("decisions", figures.decisions, total=True, width=84),
        "corrections": made(
            "corrections",
            figures.corrections,
            note=gettext("Objections by the day they were entered and decided; flags corrected after one, with their copies."),
        ),
        "tips": made(
            "tips", figures.tips, note=gettext("Each report by itself, also where several say the same; by the office that held it then.")
        ),
        "case_outcomes": made("case_outcomes", figures.case_outcomes, total=True),
        "ages": made(
            "ages",
            figures.ages,
            note=gettext("%(waiting)s, last %(word)s %(before)s. Beside them %(asked)s wait for information.")
            % {"waiting": waiting, "word": said(figures.period.word), "before": figures.waiting_before, "asked": figures.asked.now},
            total=True,
            width=84,
        ),
        "verdicts": made(
            "verdicts",
            figures.verdicts,
            note=gettext("Flags by what the register as of %(date)s holds.") % {"date": dated}
            if dated
            else gettext("No register was loaded."),
            total=True,
            width=84,
        ),
        "kinds": made("kinds", figures.kinds, note=gettext("A flag may have more than one kind.")),
        "countries": made("countries", _beside_a_map(figures, "countries"), note=gettext("A flag may name more than one country.")),
        "stations": _table(
            "stations",
            gettext("P4MI the flagged posts came from"),
            [Row(row.key, row.now, row.before) for row in figures.stations],
            lambda key: _station_of(figures, key),
            note=gettext("By the watch that brought the post first, or where the person sat who did. P4MI with fewer than 3 in one row."),
            total=True,
            width=56,
        ),
        "platforms": made("platforms", figures.platforms, total=True),
        "places": places(figures, every=False),
    }


def _beside_a_map(figures: Figures, table: str) -> Sequence[Row]:
    """As the table beside a map has them, which sums up the last."""
    return tally.shortened(getattr(figures, table), tally.BESIDE_A_MAP[table])


def places(figures: Figures, *, every: bool) -> Table:
    """As the table beside the map has them, which sums up the last, or one row each."""
    return _table(
        "places",
        gettext("All places of recruitment named") if every else gettext("Places of recruitment named"),
        figures.places if every else _beside_a_map(figures, "places"),
        _place,
        note=gettext("Places written in the posts, not places of an event."),
        width=56,
    )


def _has_annex(figures: Figures) -> bool:
    """The national summary shows each province, where the table beside its map sums up the last of them."""
    return not figures.office and len(_beside_a_map(figures, "places")) < len(figures.places)


def _map(figures: Figures, rows_link: str, *, paper: bool) -> tile_map.TileMap | None:
    """None where nothing is named, and of an edition that did not keep every province: a white tile would say nought."""
    counts = {row.key: row.now for row in figures.places}
    if tally.REST in counts or not any(counts.get(code) for code in words.PROVINCES):
        return None
    title, links = gettext("Flags by province named"), _tile_links("places", counts, rows_link)
    return tile_map.tile_map(counts, names=words.PROVINCES, title=title, own=figures.provinces, links=links, paper=paper)


def _destinations(figures: Figures, rows_link: str, *, paper: bool) -> dict[str, Any]:
    """The same of the countries that offers lead to, with those that have no tile."""
    counts = {row.key: row.now for row in figures.countries if row.key}
    if tally.REST in counts:
        return {"destinations": None, "untiled": []}
    title, links = gettext("Flags by destination named"), _tile_links("countries", counts, rows_link)
    return {
        "destinations": tile_map.destinations(counts, title=title, links=links, paper=paper),
        "untiled": tile_map.untiled(counts, links),
    }


def _tile_links(what: str, counts: Iterable[str], rows_link: str) -> dict[str, str]:
    return {code: f"{rows_link}?{urlencode({'what': what, 'key': code})}" for code in counts} if rows_link else {}


def figure_title(figures: Figures, wanted: listing.Wanted) -> str:
    """What the rows behind a figure have in common: "Level of the flags: High". Raises NoSuchFigureError."""
    named = _named(wanted.what.removesuffix(listing.ALL))
    try:
        return _of_breakdown(figures, wanted, *named) if named else _of_another(figures, wanted)
    except KeyError:
        raise listing.NoSuchFigureError(wanted.key) from None


def _of_breakdown(figures: Figures, wanted: listing.Wanted, title: str, name: Callable[[str], str]) -> str:
    if wanted.what.endswith(listing.ALL) or (not wanted.key and wanted.what in listing.SUMMED):
        return title
    return f"{title}: {_station_of(figures, wanted.key) if wanted.what == 'stations' else name(wanted.key)}"


def _of_another(figures: Figures, wanted: listing.Wanted) -> str:
    head, _colon, key = wanted.key.rpartition(":")
    cases = {
        "start": gettext("Not closed at the start"),
        "opened": gettext("opened"),
        "reopened": gettext("reopened"),
        "closed": gettext("closed"),
        "end": gettext("Not closed at the end"),
        "escalated": gettext("Escalated to the directorate"),
    }
    if wanted.what in parts.TITLED:
        return parts.title(figures, wanted.what, wanted.key, back=bool(wanted.back))
    if wanted.what == "days":
        part = next(part for part in figures.period.parts() if part.first.isoformat() == head)
        return f"{said(sentences.MEASURES[key])}, {said(part.span)}"
    if wanted.what == "offices":
        return f"{masks.text(Office.objects.get(code=head).name)}: {said(sentences.MEASURES[key])}"
    if wanted.what == "indicators":
        one = figures.indicators[int(wanted.key)]
        return f"{words.INDICATORS[one.kind].title} {one.value}"
    return {
        "flow": lambda: f"{gettext('Queue from start to end')}: {_flow_titles()[wanted.key]}",
        "delays": lambda: f"{gettext('Hours from flag to decision')}: {_delay_title(wanted.key)}",
        "cases": lambda: f"{gettext('Cases')}: {cases[wanted.key]}",
        "asked": lambda: gettext("Information asked for"),
        "measures": lambda: said(sentences.MEASURES[wanted.key]),
    }[wanted.what]()


def _verdict(key: str) -> str:
    if key == tally.CONTACT_NOT_OWN:
        return str(words.verdict(domain.Verdict.LICENSED, contact_own=False).title)
    return str(words.verdict(key).title)


def _kind(key: str) -> str:
    title = str(words.KINDS[key]) if key else gettext("No kind")
    return title[:1].upper() + title[1:]


def _country(key: str) -> str:
    if key == tally.REST:
        return gettext("Other countries")
    return said(countries.name(key)) if key else gettext("None named")


def _station(key: str) -> str:
    return gettext("Other P4MI") if key == tally.REST else gettext("No P4MI")


def _station_of(figures: Figures, key: str) -> str:
    return next((row.name for row in figures.stations if row.key == key and row.name), "") or _station(key)


def _place(key: str) -> str:
    if key == tally.REST:
        return gettext("Other provinces")
    return words.PROVINCES.get(key, key) if key else gettext("None named")


def _anchors(figures: Figures) -> list[tuple[str, str]]:
    """The parts of `reports/sheet.html` that are there, as the list beside them on the screen names them."""
    parts_ = [
        ("say", gettext("Overview"), True),
        ("key", gettext("Key figures"), True),
        ("flow", str(PERIOD_WORDS[figures.kind].flow), True),
        ("queue", gettext("Decisions, queue"), True),
        ("check", gettext("Licence check, kinds"), True),
        ("destinations", gettext("Destinations"), True),
        ("places", gettext("Places of recruitment"), True),
        ("offices", gettext("Offices"), bool(figures.offices)),
        ("cases", gettext("Cases, referrals"), True),
        ("rings", gettext("Campaigns"), bool(figures.rings)),
        ("corrections", gettext("Corrections"), bool(figures.corrections)),
        ("tips", gettext("Reports of the public"), bool(figures.tips)),
        ("watches", gettext("Watches without data"), True),
        ("sanctions", gettext("Agencies under a sanction"), any(parts.sanctions(figures).values())),
        ("weeks", gettext("Table of %(word)ss") % {"word": said(figures.period.word)}, _history(figures, figures.period) is not None),
        ("method", gettext("How it is counted"), True),
        ("annex", gettext("All places of recruitment"), _has_annex(figures)),
    ]
    return [(key, title) for key, title, there in parts_ if there]


def _delays(figures: Figures, *, before: bool) -> dict[str, Any]:
    """For templates/reports/sheet/delays.html."""
    limits = {limit.key: limit.hours for limit in figures.limits}
    chart = delay_chart.chart(figures.delays, limits, before=before)
    rows = chart.rows if chart else ()
    return {
        "delays": [(_delay_title(delay.key), delay) for delay in figures.delays],
        "delay_lines": [(_delay_title(delay.key), delay, limits.get(delay.key)) for delay in figures.delays],
        "delay_chart": chart,
        "delay_rows": [(_delay_title(row.key), row) for row in rows],
        "delay_before": any(row.before for row in rows),
        "delay_limits": any(row.limit for row in rows),
    }


def _delay_title(key: str) -> str:
    return gettext("All") if key == "all" else str(words.LEVELS[key].title)


def _history(figures: Figures, period: Period) -> dict[str, Any] | None:
    """The periods with data as a table; the last two stand in the key figures already."""
    read = figures.measure("read").series
    first = next((place for place, value in enumerate(read) if value is not None), len(read))
    if len(read) - first < HISTORY_FROM:
        return None
    series = period.last(len(read))[first:]
    return {
        "heads": [said(one.short) for one in series],
        "rows": [
            (
                said(sentences.MEASURES[measure.key]),
                measure.key in sentences.INDENTED,
                [(value, str(len(read) - 1 - place)) for place, value in enumerate(measure.series) if place >= first],
                measure.key,
            )
            for measure in figures.measures
        ],
    }


def _foot(figures: Figures, period: Period, frozen: WeeklySummary | None) -> str:
    """The line at the foot of every printed page, safe inside a CSS string."""
    where = figures.office_name or gettext("National, all offices")
    if frozen is None:
        parts = [where, said(period.label), gettext("DRAFT, not frozen"), words.moment(timezone.now())]
    else:
        edition = gettext("edition %(number)s") % {"number": frozen.edition}
        parts = [frozen.number, edition, frozen.sha256[:12], gettext("Personal data are masked.")]
    return css_text(", ".join(parts))


def css_text(text: str) -> str:
    """Inside a CSS string everything but letters, digits and plain signs is written as an escape."""
    return "".join(sign if sign.isalnum() or sign in " .,:/-–" else f"\\{ord(sign):x} " for sign in text)
