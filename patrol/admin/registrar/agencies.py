"""Agencies and licences as one edition of the register holds them, and how each stands today."""

from __future__ import annotations

import functools
from collections import defaultdict
from datetime import date, datetime
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patrol import access, domain, models
from patrol.access import Action
from patrol.admin.registrar import manual
from patrol.admin.registrar.register import as_of, tabs, today
from patrol.admin.shared import base, words
from patrol.domain import LicenceStatus, StandingStatus
from patrol.engine import reading
from patrol.engine.licences import countries, coverage, decrees, standing
from patrol.register import editions

PER_PAGE = 50

STANDINGS: Final[dict[str, words.Badge]] = {
    StandingStatus.ACTIVE: words.Badge(words.STANDINGS[StandingStatus.ACTIVE], "ok", "check"),
    StandingStatus.SUPERVISED: words.Badge(words.STANDINGS[StandingStatus.SUPERVISED], "blue", "visibility"),
    StandingStatus.PARTLY_SUSPENDED: words.Badge(words.STANDINGS[StandingStatus.PARTLY_SUSPENDED], "med", "pause"),
    StandingStatus.SUSPENDED: words.Badge(words.STANDINGS[StandingStatus.SUSPENDED], "high", "pause"),
    StandingStatus.REVOKED: words.Badge(words.STANDINGS[StandingStatus.REVOKED], "high", "close"),
    "gone": words.Badge(pgettext_lazy("agency", "no longer there"), "low", "info"),
}
VALIDITY: Final[dict[str, words.Badge]] = {
    "valid": words.Badge(pgettext_lazy("licence", "valid today"), "ok", "check"),
    "not_yet": words.Badge(pgettext_lazy("licence", "not yet valid"), "med", "schedule"),
    "expired": words.Badge(pgettext_lazy("licence", "expired"), "med", "schedule"),
    "exhausted": words.Badge(words.LICENCE_STATES[LicenceStatus.EXHAUSTED], "med", "block"),
    "revoked": words.Badge(words.LICENCE_STATES[LicenceStatus.REVOKED], "high", "close"),
    "gone": words.Badge(pgettext_lazy("licence", "no longer there"), "low", "info"),
    # The licence's own row holds, but the agency may not use it.
    "agency_revoked": words.Badge(pgettext_lazy("licence", "agency revoked"), "high", "close"),
    "agency_suspended": words.Badge(pgettext_lazy("licence", "agency suspended"), "high", "pause"),
    "agency_partly_suspended": words.Badge(pgettext_lazy("licence", "agency partly suspended"), "med", "pause"),
}


def key_of(stands: standing.Standing) -> str:
    """The key of STANDINGS."""
    return "gone" if stands.gone else str(stands.status)


def standing_today(rows: QuerySet[models.Agency], now: datetime) -> dict[int, standing.Standing]:
    """How each of the agencies stands today, by id: two queries."""
    return {pk: standing.on(agency, today(now)) for pk, agency in editions.agencies(rows).items()}


def licence_today(row: models.Licence, stands: standing.Standing, now: datetime) -> list[words.Badge]:
    """Whether a licence can be used today, and how its agency stands where that is neither active nor said by it; the row comes with its
    agency, which stands so."""
    key = validity(editions.licence(row, row.agency.name), stands, today(now))
    apart = key_of(stands) not in {StandingStatus.ACTIVE, key.removeprefix("agency_")}
    return [VALIDITY[key], *([STANDINGS[key_of(stands)]] if apart else [])]


def validity(licence: domain.Licence, stands: standing.Standing, day: date) -> str:
    """The key of VALIDITY for a licence of an agency that stands so on a day: what its own row says first, in the order in which the check
    refuses it."""
    own = {
        "gone": licence.gone_since is not None and licence.gone_since <= day,
        "revoked": coverage.revoked_on(licence, day),
        "expired": day > licence.valid_to,
        "not_yet": day < licence.valid_from,
        "exhausted": coverage.exhausted_on(licence, day),
    }
    return next((key for key, holds in own.items() if holds), _by_its_agency(licence, stands))


def _by_its_agency(licence: domain.Licence, stands: standing.Standing) -> str:
    held = f"agency_{key_of(stands)}"
    if held not in VALIDITY or (stands.status == StandingStatus.PARTLY_SUSPENDED and not _is_stopped(licence, stands)):
        return "valid"
    return held


def _is_stopped(licence: domain.Licence, stands: standing.Standing) -> bool:
    """Whether the decree of a partial suspension stops what the licence is for, or a part of it; one that names no part stops all."""
    part = _suspended_part(stands.period.decree if stands.period else "")
    return part is None or part.holds(coverage.permit(licence, reading.position_codes, reading.covers()).offer().cells())


@functools.lru_cache(maxsize=1 << 10)
def _suspended_part(decree: str) -> decrees.Part | None:
    return decrees.part(decree, reading.position_codes, reading.covers())


def plain(text: str) -> str:
    """Letters and figures only: a number is found however it is spaced or dotted."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def edition_of(request: HttpRequest) -> models.RegisterEdition | None:
    """The edition the address names by number, else the one in force. Raises Http404."""
    wanted = base.number(request.GET.get("edition"))
    if wanted is None:
        return editions.current()
    known = models.RegisterEdition.objects.all()
    return base.visible(request.user, Action.REGISTER_VIEW, known, number=wanted)


def licence_row(licence: domain.Licence, stands: standing.Standing, day: date, link: str = "") -> dict[str, Any]:
    key = validity(licence, stands, day)
    since = licence.gone_since if key == "gone" else licence.status_from if key in {"revoked", "exhausted"} else None
    name = countries.name(licence.country)
    return {
        "licence": licence,
        "link": link,
        "country": words.said({"id": name.id, "en": name.en}),
        "positions": "; ".join(licence.positions) or _("every position"),
        "from": words.day(licence.valid_from),
        "to": words.day(licence.valid_to),
        "badge": VALIDITY[key],
        "since": words.day(since) if since else "",
    }


def paged(request: HttpRequest, found: list[Any], name: str, kept: dict[str, Any]) -> dict[str, Any]:
    """One page of the rows with the ways on and back."""
    page = max(1, base.number(request.GET.get("page")) or 1)
    start = (page - 1) * PER_PAGE
    return {
        "shown": found[start : start + PER_PAGE],
        "many": len(found),
        "next": base.here(name, **kept, page=page + 1) if len(found) > start + PER_PAGE else "",
        "first": base.here(name, **kept) if page > 1 else "",
    }


def _heading(edition: models.RegisterEdition) -> dict[str, Any]:
    """What every table of an edition says of it: its date, and whether another one is in force."""
    newest = editions.current()
    older = newest is not None and newest.pk != edition.pk
    return {
        "subtitle": as_of(edition),
        "in_force": as_of(newest) if older and newest else "",
        "stale": words.register_stale(edition.register_date, timezone.now()),
        "day": words.day(edition.register_date),
    }


@admin.register(models.Agency)
class AgencyAdmin(base.ReadOnlyAdmin):
    view_action = Action.REGISTER_VIEW

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        edition = edition_of(request)
        if edition is None:
            return _nothing(self, request, "agencies")
        day, wanted, asked = today(timezone.now()), request.GET.get("standing", ""), request.GET.get("q", "").strip()
        held = editions.load(edition.pk)
        by_agency: dict[str, list[domain.Licence]] = defaultdict(list)
        for licence in held.licences:
            by_agency[licence.agency].append(licence)
        fitting = [a for a in held.agencies if _agency_fits(a, by_agency[a.name], asked)]
        state = {agency.name: standing.on(agency, day) for agency in fitting}
        keys = {name: key_of(stands) for name, stands in state.items()}
        name, kept = "patrol_agency_changelist", {"edition": request.GET.get("edition"), "q": asked}
        page = paged(request, [a for a in fitting if wanted in {"", keys[a.name]}], name, {**kept, "standing": wanted})
        ids = dict(models.Agency.objects.filter(edition=edition, name__in=[a.name for a in page["shown"]]).values_list("name", "pk"))
        context = {
            **_heading(edition),
            **page,
            "tabs": tabs("agencies"),
            "asked": asked,
            "standing": wanted,
            "edition_number": request.GET.get("edition") or "",
            "choices": [
                {"title": _("All"), "count": len(fitting), "link": base.here(name, **kept), "on": not wanted},
                *(
                    {
                        "title": badge.title,
                        "icon": badge.icon,
                        "count": many,
                        "link": base.here(name, **kept, standing=key),
                        "on": wanted == key,
                    }
                    for key, badge in STANDINGS.items()
                    if (many := list(keys.values()).count(key)) or wanted == key
                ),
            ],
            "rows": [
                {
                    "agency": agency,
                    "aliases": "; ".join(agency.aliases),
                    "place": ", ".join(filter(None, (agency.city, agency.province))),
                    "link": base.here("patrol_agency_change", ids[agency.name]),
                    "badge": STANDINGS[keys[agency.name]],
                    "since": words.day(agency.gone_since) if agency.gone_since else "",
                    "valid": sum(validity(each, state[agency.name], day) == "valid" for each in by_agency[agency.name]),
                    "licences": len(by_agency[agency.name]),
                }
                for agency in page["shown"]
            ],
        }
        return self.page(request, "workbench/register/agencies.html", context, title=_("Agencies (P3MI)"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = models.Agency.objects.select_related("edition")
        row = base.visible(request.user, Action.REGISTER_VIEW, known, pk=int(object_id))
        day, held = today(timezone.now()), editions.load(row.edition_id)
        agency = next(each for each in held.agencies if each.name == row.name)
        now_is = standing.on(agency, day)
        licences = [each for each in held.licences if each.agency == agency.name]
        heading = _heading(row.edition)
        newer = models.Agency.objects.filter(name=row.name).order_by("-edition__number").first() if heading["in_force"] else None
        may_change = not heading["in_force"] and access.may(request.user, Action.REGISTER_IMPORT)
        context = {
            **heading,
            "tabs": tabs("agencies"),
            "starts": manual.starts(row.pk, agency, licences) if may_change else [],
            "agency": agency,
            "badge": STANDINGS[key_of(now_is)],
            "today": words.day(day),
            "unknown_before": words.day(now_is.unknown_before) if now_is.unknown_before else "",
            "gone_since": words.day(agency.gone_since) if agency.gone_since else "",
            "newer_link": base.here("patrol_agency_change", newer.pk) if newer and newer.pk != row.pk else "",
            "periods": [
                {
                    "badge": STANDINGS[period.status],
                    "since": words.day(period.since),
                    "until": "" if end == date.max else words.day(end),
                    "decree": period.decree,
                    "now": now_is.period == period,
                }
                for period, end in reversed(list(standing.with_ends(agency.standings)))
            ],
            "licences": [licence_row(each, now_is, day) for each in licences],
        }
        return self.page(request, "workbench/register/agency.html", context, title=agency.name)


def _agency_fits(agency: domain.Agency, licences: list[domain.Licence], asked: str) -> bool:
    """By name or other name, company licence, or the number of one of its licences."""
    wanted = plain(asked)
    written = (agency.name, *agency.aliases, agency.sip3mi_number, *(licence.number for licence in licences))
    return not wanted or any(wanted in plain(text) for text in written)


@admin.register(models.Licence)
class LicenceAdmin(base.ReadOnlyAdmin):
    view_action = Action.REGISTER_VIEW

    def get_urls(self) -> list[Any]:
        """No page for one licence: it stands whole in its row."""
        return [self.address("", self.changelist_view, "changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        edition = edition_of(request)
        if edition is None:
            return _nothing(self, request, "licences")
        day, held = today(timezone.now()), editions.load(edition.pk)
        asked = {key: request.GET.get(key, "").strip() for key in ("q", "agency", "country", "status", "validity")}
        state = {agency.name: standing.on(agency, day) for agency in held.agencies}
        fitting = [licence for licence in held.licences if _licence_fits(licence, state[licence.agency], asked, day)]
        kept = {"edition": request.GET.get("edition"), **asked}
        page = paged(request, fitting, "patrol_licence_changelist", kept)
        owners = {licence.agency for licence in page["shown"]}
        ids = dict(models.Agency.objects.filter(edition=edition, name__in=owners).values_list("name", "pk"))
        context = {
            **_heading(edition),
            **page,
            "tabs": tabs("licences"),
            "asked": asked,
            "edition_number": request.GET.get("edition") or "",
            "selects": [
                {"name": "country", "title": _("Country"), "options": _options(_countries(held), asked["country"])},
                {"name": "status", "title": _("Status in the register"), "options": _options(words.LICENCE_STATES, asked["status"])},
                {
                    "name": "validity",
                    "title": _("Today"),
                    "options": _options({key: badge.title for key, badge in VALIDITY.items()}, asked["validity"]),
                },
            ],
            "clear": base.here("patrol_licence_changelist", edition=request.GET.get("edition")),
            "rows": [
                licence_row(each, state[each.agency], day, base.here("patrol_agency_change", ids[each.agency])) for each in page["shown"]
            ],
        }
        return self.page(request, "workbench/register/licences.html", context, title=_("Licences (SIP)"))


def _licence_fits(licence: domain.Licence, stands: standing.Standing, asked: dict[str, str], day: date) -> bool:
    return (
        plain(asked["q"]) in plain(licence.number)
        and plain(asked["agency"]) in plain(licence.agency)
        and asked["country"] in {"", licence.country}
        and asked["status"] in {"", licence.status}
        and asked["validity"] in {"", validity(licence, stands, day)}
    )


def _countries(held: domain.Register) -> dict[str, str]:
    """The countries of an edition by name."""
    names = {code: countries.name(code) for code in {licence.country for licence in held.licences}}
    said = {code: words.said({"id": name.id, "en": name.en}) for code, name in names.items()}
    return dict(sorted(said.items(), key=lambda each: each[1]))


def _options(titles: dict[Any, Any], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": "", "title": _("All"), "on": not chosen},
        *({"value": str(value), "title": title, "on": str(value) == chosen} for value, title in titles.items()),
    ]


def _nothing(page: base.ReadOnlyAdmin, request: HttpRequest, on: str) -> HttpResponse:
    """There is no register yet: says so instead of an empty table."""
    link = base.here("patrol_registeredition_import") if access.may(request.user, Action.REGISTER_IMPORT) else ""
    context = {"tabs": tabs(on), "import_link": link, "subtitle": _("No register loaded")}
    return page.page(request, "workbench/register/nothing.html", context, title=_("SIP register"))
