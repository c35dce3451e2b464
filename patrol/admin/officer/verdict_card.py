"""The licence verdict of a flag as its page shows it: one line and the register's date; behind it all it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from patrol import domain, models
from patrol.admin.shared import base, words
from patrol.engine.licences import countries, coverage, standing
from patrol.infra import prepared
from patrol.register import editions

# Pixels of the time line, drawn as wide as it is shown so that its words stay 12 px.
_TITLES, _LANES, _ROW, _TOP, _BAR = 122, 222, 18, 20, 12
_YEAR = 30  # as wide as a year is written
_MOST_LANES = 5
_TONES: dict[str, str] = {
    domain.StandingStatus.ACTIVE: "ok",
    domain.StandingStatus.PARTLY_SUSPENDED: "med",
    domain.StandingStatus.SUSPENDED: "high",
    domain.StandingStatus.SUPERVISED: "med",
    domain.StandingStatus.REVOKED: "high",
}
_KEY, _NAME = -1, "an agency"  # stand for an id and a name
_AGENCIES: Final = prepared.Rows(lambda: models.Agency.objects.filter(edition=_KEY, name=_NAME)[:1], {_KEY: "edition", _NAME: "name"})
_STANDINGS: Final = prepared.Rows(lambda: models.Standing.objects.filter(agency=_KEY), {_KEY: "agency"})
_LICENCES: Final = prepared.Rows(lambda: models.Licence.objects.filter(agency=_KEY), {_KEY: "agency"})
_COVERING = domain.CLEARED | {domain.Verdict.NOT_AN_OFFER}


def gather(check: models.LicenceCheck, now: datetime) -> dict[str, Any]:
    """At most three queries: the agency in the edition of that day, its standings, its licences."""
    agency = next(iter(_AGENCIES(edition=check.edition_id, name=check.agency)), None) if check.edition_id and check.agency else None
    standings = _STANDINGS(agency=agency.pk) if agency else []
    licences = _LICENCES(agency=agency.pk) if agency else []
    sentence = words.said(check, "reason")
    return {
        "badge": words.verdict(check.verdict, contact_own=check.contact_own),
        "sentence": sentence,
        "line": _line(check, agency, standings, licences, now),
        "beside": [name for name in (check.agency, check.licence_number) if name and name not in sentence],
        "law": words.LAWS.get(check.verdict, ""),
        "as_of": words.day(check.register_date) if check.register_date else "",
        "stale": check.register_date is not None and words.register_stale(check.register_date, now),
        "register_link": base.here("patrol_registeredition_changelist"),
        "day": words.day(check.day),
        "agency": check.agency,
        "licence_number": check.licence_number,
        "notes": [words.said(note) for note in check.notes],
        "others": [
            {
                "badge": words.VERDICTS[other["verdict"]],
                "agency": other["agency"],
                "licence_number": other["licence_number"],
                "sentence": words.said(other),
            }
            for other in check.others
        ],
        "standings": [_standing(row, check) for row in standings],
        "licences": [_licence(row, check) for row in licences],
        "timeline": timeline(standings, licences, check) if agency else None,
    }


def _line(
    check: models.LicenceCheck,
    agency: models.Agency | None,
    standings: Sequence[models.Standing],
    licences: Sequence[models.Licence],
    now: datetime,
) -> str:
    """Of whom the verdict is, how the register held them on the day of the post and, where that differs, how it holds them today."""
    who = check.agency or (f"SIP {check.licence_number}" if check.licence_number else "")
    line, day, today = who, words.day(check.day), now.astimezone(domain.LAW_ZONE).date()
    if agency is not None:
        held = domain.Agency(agency.name, standings=_periods(standings), gone_since=agency.gone_since)
        then, by_now = (_state(standing.on(held, one)) for one in (check.day, today))
        line = _("%(who)s: %(state)s on %(day)s") % {"who": who, "day": day, "state": then}
        line += "" if then == by_now else _(", today %(state)s") % {"state": by_now}
        number = next((row for row in licences if row.number == check.licence_number), None)
        if number is not None:
            valid_then, valid_now = (coverage.valid_on(editions.licence(number, agency.name), one) for one in (check.day, today))
            if valid_then != valid_now:
                line += _(", its SIP valid today") if valid_now else _(", its SIP no longer valid today")
    return words.said({"id": line, "en": line})


def _periods(standings: Sequence[models.Standing]) -> tuple[domain.Standing, ...]:
    rows = sorted(standings, key=lambda row: (row.since, row.pk))
    return tuple(domain.Standing(row.status, row.since, row.until, row.decree) for row in rows)


def _state(held: standing.Standing) -> str:
    if held.gone:
        return _("not in the register")
    return _("of unknown standing") if held.unknown_before else str(words.STANDINGS[held.status])


def _standing(row: models.Standing, check: models.LicenceCheck) -> dict[str, Any]:
    return {
        "title": words.STANDINGS[row.status],
        "since": words.day(row.since),
        "until": words.day(row.until) if row.until else "",
        "decree": row.decree,
        "holds": row.since <= check.day and (row.until is None or check.day <= row.until),
    }


def _licence(row: models.Licence, check: models.LicenceCheck) -> dict[str, Any]:
    return {
        "number": row.number,
        "country": words.sentence(countries.name(row.country)),
        "positions": ", ".join(row.positions),
        "since": words.day(row.valid_from),
        "until": words.day(row.valid_to),
        "status": words.LICENCE_STATES[row.status],
        "holds": _covers(row, check.day),
    }


def _covers(row: models.Licence, day: date) -> bool:
    return row.valid_from <= day <= row.valid_to and row.status == domain.LicenceStatus.ACTIVE


def timeline(standings: Sequence[models.Standing], licences: Sequence[models.Licence], check: models.LicenceCheck) -> dict[str, Any]:
    """Lanes of bars in pixels, as text (a template would write 1000 as 1.000): the agency's standing, each destination's SIP, and a
    dashed lane for a destination of the offer that has none. The line is the day of the post."""
    first = check.day - timedelta(days=2 * 365)
    last = check.day + timedelta(days=120)
    span = (last - first).days

    def x(day: date) -> int:
        return _TITLES + round(_LANES * min(max((day - first).days, 0), span) / span)

    def bar(since: date, until: date | None, tone: str, title: Any) -> dict[str, str]:
        left, right = x(since), x(until or last)
        return {"x": str(left), "width": str(max(right - left, 2)), "tone": tone, "title": str(title)}

    def shown(since: date, until: date | None) -> bool:
        return since <= last and (until is None or until >= first)

    lanes: list[dict[str, Any]] = [
        {
            "title": _("Standing"),
            "bars": [
                bar(row.since, row.until, _TONES.get(row.status, "med"), words.STANDINGS[row.status])
                for row in standings
                if shown(row.since, row.until)
            ],
            "missing": False,
        }
    ]
    wanted = list(check.reading.countries) if check.verdict not in _COVERING else []
    by_country: dict[str, list[models.Licence]] = {}
    for row in licences:
        if shown(row.valid_from, row.valid_to):
            by_country.setdefault(row.country, []).append(row)
    # The destinations of the offer last: there the eye ends, on the bar that is missing.
    for code in (*(one for one in by_country if one not in wanted), *wanted):
        rows = by_country.get(code, [])
        lanes.append(
            {
                "title": f"SIP {words.sentence(countries.name(code))}",
                "bars": [
                    bar(
                        row.valid_from,
                        row.valid_to,
                        "ok" if row.status == domain.LicenceStatus.ACTIVE else "high",
                        words.LICENCE_STATES[row.status],
                    )
                    for row in rows
                ],
                "missing": not rows,
            }
        )
    kept = [lanes[0], *lanes[1:][-(_MOST_LANES - 1) :]]
    for place, lane in enumerate(kept):
        lane |= {"y": str(_TOP + place * _ROW), "middle": str(_TOP + place * _ROW + 10)}
    height = _TOP + len(kept) * _ROW
    years = [(x(date(year, 1, 1)), str(year)) for year in _years(first, last)]
    return {
        "lanes": kept,
        "left": str(_TITLES),
        "lane_width": str(_LANES),
        "bar_height": str(_BAR),
        "width": str(_TITLES + _LANES + 4),
        "height": str(height + 4),
        "foot": str(height),
        "day_x": str(x(check.day)),
        "years": [{"x": str(at), "title": title} for at, title in years if at < _TITLES + _LANES - _YEAR],
    }


def _years(first: date, last: date) -> Iterable[int]:
    return range(first.year + 1, last.year + 1)
