"""The pages of the weekly summary in the workbench: an office's weeks, one week, one edition, its print and its PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from patrol import access, domain
from patrol.access import Action
from patrol.admin.shared import base, charts, exporting, words
from patrol.admin.shared.cards import Card
from patrol.admin.shared.forms import VerbForm
from patrol.infra.refusals import RefusedError
from patrol.models import Office, Person
from reports import documents, listing, rows, sentences, sheets, summary
from reports.figures import VERSION, Figures
from reports.models import NOTE_LETTERS, WeeklySummary
from reports.period import IsoWeek, NoSuchWeekError

ALL = "nasional"  # in an address: the summary of all offices
WEEKS_LISTED = 26
FLOW_DAYS = 14  # on the start page
LONG_FLOW, FLOW_KEPT_SECONDS = 1_000, 60  # so many moves are not counted anew for so long


def _person(request: HttpRequest) -> Person:
    """Who asks: nobody else passes admin_view."""
    assert isinstance(request.user, Person)
    return request.user


def _office(request: HttpRequest, code: str) -> Office | None:
    """The office of an address, None for all of them. Raises Http404 for what is not there for this person."""
    if code == ALL:
        if not summary.may(_person(request), Action.SUMMARY_VIEW, None):
            raise Http404
        return None
    return base.visible(_person(request), Action.SUMMARY_VIEW, Office.objects.all(), code=code)


def _widest(request: HttpRequest) -> Office | None:
    """The office the address names, else the widest this person may see. Raises Http404."""
    default = ALL if summary.may(_person(request), Action.SUMMARY_VIEW, None) else _person(request).office.code
    return _office(request, request.GET.get("office") or default)


def _week(text: str) -> IsoWeek:
    """The week of an address. Raises Http404 for none, and for weeks that have not begun."""
    try:
        week = IsoWeek.from_text(text)
    except NoSuchWeekError:
        raise Http404 from None
    if not week.has_begun(timezone.now()):
        raise Http404
    return week


def _code(office: Office | None) -> str:
    return office.code if office else ALL


def _choices(request: HttpRequest, chosen: Office | None, week: IsoWeek) -> dict[str, Any]:
    """What the form above every page offers: offices this person may open, weeks up to the running one."""
    offices = [(office.code, office.name) for office in access.scope(_person(request), Action.SUMMARY_VIEW, Office.objects.all())]
    if summary.may(_person(request), Action.SUMMARY_VIEW, None):
        offices.insert(0, (ALL, _("National, all offices")))
    running = IsoWeek.of(timezone.now())
    weeks = [running.shifted(-back) for back in range(WEEKS_LISTED)]
    if week not in weeks:
        weeks.append(week)
    return {
        "offices": [(code, name, code == _code(chosen)) for code, name in offices],
        "weeks": [(str(one), sheets.said(one.label), one == week) for one in weeks],
        "action": base.here("reports_weeklysummary_changelist"),
    }


class FreezeForm(VerbForm):
    """`sure`: whoever signs has seen what is counted."""

    note = forms.CharField(required=False)
    reason = forms.CharField(required=False)
    sure = forms.BooleanField(required=False)


@admin.register(WeeklySummary)
class WeeklySummaryAdmin(base.ReadOnlyAdmin):
    view_action = Action.SUMMARY_VIEW

    def get_queryset(self, request: HttpRequest) -> QuerySet[WeeklySummary]:
        return access.scope(
            _person(request), Action.SUMMARY_VIEW, WeeklySummary.objects.select_related("office", "frozen_by"), office_path="office_id"
        )

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            exporting.address(self, self._listing, "reports_weeklysummary_changelist"),
            self.address("edisi/<int:pk>/", self.edition_view, "edition"),
            self.address("edisi/<int:pk>/cetak/", self.print_view, "print"),
            self.address("edisi/<int:pk>/pdf/", self.pdf_view, "pdf"),
            self.address("edisi/<int:pk>/angka/", self.edition_rows, "edition_rows"),
            self.address("<slug:office>/<slug:week>/", self.week_view, "week"),
            self.address("<slug:office>/<slug:week>/bekukan/", self.freeze_view, "freeze"),
            self.address("<slug:office>/<slug:week>/angka/", self.week_rows, "week_rows"),
        ]

    # --- pages -----------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The weeks of one office. With a week in the address (the form's button): on to that week."""
        self.seen_by(request)
        office = _widest(request)
        if request.GET.get("week"):
            return HttpResponseRedirect(base.here("reports_weeklysummary_week", _code(office), _week(request.GET["week"])))
        running = IsoWeek.of(timezone.now())
        weeks = [running.shifted(-back) for back in range(WEEKS_LISTED)]
        frozen = WeeklySummary.objects.filter(office=None) if office is None else WeeklySummary.objects.filter(office=office)
        newest = {
            one.iso_week: one
            for one in frozen.select_related("office").defer("figures").filter(year__gte=weeks[-1].year).order_by("edition", "id")
        }
        context = {
            "choices": _choices(request, office, running.previous()),
            "place": office.name if office else _("National, all offices"),
            "export": exporting.panel("reports_weeklysummary_export", {"office": _code(office)}, _person(request)),
            "rows": [
                {
                    "week": sheets.said(week.label),
                    "link": base.here("reports_weeklysummary_week", _code(office), week),
                    "frozen": newest.get(week),
                    "frozen_at": words.moment(newest[week].frozen_at) if week in newest else "",
                    "running": week == running,
                }
                for week in weeks
            ],
        }
        return self.page(request, "reports/weeks.html", context, title=_("Weekly summary"))

    def _listing(self, request: HttpRequest) -> exporting.Listing:
        """Each week with its newest edition and the key figures in it."""
        office = _widest(request)
        running = IsoWeek.of(timezone.now())
        weeks = [running.shifted(-back) for back in range(WEEKS_LISTED)]
        frozen = WeeklySummary.objects.filter(office=office, year__gte=weeks[-1].year).select_related("frozen_by").order_by("edition", "id")
        newest = {one.iso_week: one for one in frozen}

        def said(rows: Sequence[IsoWeek], _shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
            for week in rows:
                one = newest.get(week)
                if one is None:
                    yield (
                        sheets.said(week.label),
                        _("running") if week == running else _("not frozen"),
                        None,
                        None,
                        "",
                        *(None for _key in sentences.MEASURES),
                    )
                    continue
                state = _("preliminary") if one.preliminary else _("frozen")
                now = {measure.key: measure.now for measure in one.read().measures}
                figures = (now.get(key) for key in sentences.MEASURES)
                yield (sheets.said(week.label), state, one.edition, one.frozen_at, one.frozen_by.name if one.frozen_by else "", *figures)

        return exporting.Listing(
            key="weeks",
            title=_("Weeks"),
            columns=[
                _("Week"),
                _("State"),
                _("Edition"),
                _("Frozen"),
                _("By"),
                *(sheets.said(title) for title in sentences.MEASURES.values()),
            ],
            found=weeks,
            said=said,
            query={"office": _code(office)},
            asked=[(_("Office"), office.name if office else _("National, all offices"))],
        )

    def week_view(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """The newest edition; with `draft` in the address, and where there is no edition, the figures as of now."""
        self.seen_by(request)
        place, iso_week = _office(request, office), _week(week)
        editions = summary.editions(place.pk if place else None, iso_week)
        if editions and "draft" not in request.GET:
            return self._show(request, editions[0], editions)
        return self._draft(request, place, iso_week, editions)

    def _draft(self, request: HttpRequest, place: Office | None, week: IsoWeek, editions: list[WeeklySummary]) -> HttpResponse:
        figures = summary.collect(office=place, week=week, now=timezone.now())
        may_freeze = summary.may(_person(request), Action.SUMMARY_FREEZE, place.pk if place else None)
        context = {
            **sheets.sheet(figures),
            **self._around(request, place, week, editions),
            "rows_link": base.here("reports_weeklysummary_week_rows", _code(place), week),
            "may_freeze": may_freeze and figures.balanced,
            "freeze_link": base.here("reports_weeklysummary_freeze", _code(place), week),
            # A preliminary edition of a week that is over is replaced without a reason.
            "needs_reason": bool(editions) and (figures.preliminary or not editions[0].preliminary),
            "note": editions[0].note if editions else "",
            "note_letters": str(NOTE_LETTERS),
        }
        return self.page(request, "reports/week.html", context, title=_("Weekly summary"))

    def edition_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The permanent address of one edition."""
        edition = self._edition(request, pk)
        return self._show(request, edition, summary.editions(edition.office_id, edition.iso_week))

    def _show(self, request: HttpRequest, edition: WeeklySummary, editions: list[WeeklySummary]) -> HttpResponse:
        context = {
            **sheets.sheet(edition.read(), edition),
            **self._around(request, edition.office, edition.iso_week, editions),
            "newer": editions[0] if editions[0].pk != edition.pk else None,
            "newer_link": base.here("reports_weeklysummary_edition", editions[0].pk),
            "rows_link": base.here("reports_weeklysummary_edition_rows", edition.pk),
            "print_link": base.here("reports_weeklysummary_print", edition.pk),
            "pdf_link": base.here("reports_weeklysummary_pdf", edition.pk) if documents.available() else "",
        }
        return self.page(request, "reports/week.html", context, title=_("Weekly summary"))

    def _around(self, request: HttpRequest, place: Office | None, week: IsoWeek, editions: list[WeeklySummary]) -> dict[str, Any]:
        """What stands around the sheet: switches, neighbours, editions, the way to the next edition."""
        following = week.next()
        address = base.here("reports_weeklysummary_week", _code(place), week)
        return {
            "choices": _choices(request, place, week),
            "list_link": base.here("reports_weeklysummary_changelist", office=_code(place)),
            "previous": (sheets.said(week.previous().short), base.here("reports_weeklysummary_week", _code(place), week.previous())),
            "next": (sheets.said(following.short), base.here("reports_weeklysummary_week", _code(place), following))
            if following.has_begun(timezone.now())
            else None,
            "editions": [
                {
                    "edition": str(one.edition),
                    "link": base.here("reports_weeklysummary_edition", one.pk),
                    "frozen_at": words.moment(one.frozen_at),
                    "by": one.frozen_by.name,
                    "preliminary": one.preliminary,
                    "reason": sheets.reason(one),
                    "pk": one.pk,
                }
                for one in editions
            ],
            "draft_link": f"{address}?draft=1"
            if editions and summary.may(_person(request), Action.SUMMARY_FREEZE, place.pk if place else None)
            else "",
        }

    def _edition(self, request: HttpRequest, pk: int) -> WeeklySummary:
        """Raises Http404 for an edition that is not there for this person."""
        self.seen_by(request)
        edition = self.get_queryset(request).filter(pk=pk).first()
        if edition is None:
            raise Http404
        return edition

    # --- the rows behind a figure -----------------------------------------------------------------

    def edition_rows(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a figure of a frozen summary counted, as it was counted then."""
        edition = self._edition(request, pk)
        back = base.here("reports_weeklysummary_edition", edition.pk)
        return self._rows(request, edition.read(), edition.office, back, number=edition.number)

    def week_rows(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """What a figure of the week counts now."""
        self.seen_by(request)
        place, iso_week = _office(request, office), _week(week)
        figures = summary.collect(office=place, week=iso_week, now=timezone.now())
        back = f"{base.here('reports_weeklysummary_week', _code(place), iso_week)}?draft=1"
        return self._rows(request, figures, place, back, number="")

    def _rows(self, request: HttpRequest, figures: Figures, office: Office | None, back: str, *, number: str) -> HttpResponse:
        asked = request.GET
        wanted = listing.Wanted(asked.get("what", ""), asked.get("key", ""), asked.get("when", listing.NOW))
        try:
            said = listing.figure(figures, wanted)
            found = listing.items(figures, office, wanted)
        except listing.NoSuchFigureError:
            raise Http404 from None
        context = {
            **rows.gather(found, _person(request), base.number(asked.get("page")) or 1, asked),
            "said": said,
            "older_rules": figures.version < VERSION,
            "heading": sheets.figure_title(figures, wanted),
            # A month stands in the heading itself.
            "week": sheets.said(IsoWeek(figures.year, figures.week).shifted(0 if wanted.what == "closed" else -wanted.back).label),
            "place": figures.office_name or _("National, all offices"),
            "number": number,
            "back": back,
        }
        return self.page(request, "reports/rows.html", context, title=_("Weekly summary"))

    # --- on paper --------------------------------------------------------------------------------

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The document alone, for the browser's own printing."""
        edition = self._edition(request, pk)
        return self.page(request, "reports/document.html", sheets.sheet(edition.read(), edition), title="")

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._edition(request, pk)
        context = {**sheets.sheet(edition.read(), edition), **self.admin_site.each_context(request)}
        try:
            content = documents.pdf(context, request)
        except documents.NoPdfError:
            base.say(request, _("This machine makes no PDF: Pango is not installed. Print from the browser."), problem=True)
            return HttpResponseRedirect(base.here("reports_weeklysummary_edition", pk))
        name = f"rekap-{edition.iso_week}-{_code(edition.office)}-edisi-{edition.edition}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
        )

    # --- the verb --------------------------------------------------------------------------------

    def freeze_view(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """POST: note, reason. Asks once, saying what is counted and who signs; with `sure`: to the new edition, or back to the draft
        with the sentence of a refusal."""
        self.seen_by(request)
        base.posted(request)
        place, iso_week = _office(request, office), _week(week)
        try:
            told = FreezeForm(request.POST).told()
            if not told.pop("sure"):
                return self._asked(request, place, iso_week, told)
            made = summary.freeze(office_id=place.pk if place else None, week=iso_week, **told, by=_person(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(f"{base.here('reports_weeklysummary_week', office, week)}?draft=1")
        base.say(request, _("Frozen as %(number)s.") % {"number": made.number})
        return HttpResponseRedirect(base.here("reports_weeklysummary_edition", made.pk))

    def _asked(self, request: HttpRequest, place: Office | None, week: IsoWeek, told: dict[str, str]) -> HttpResponse:
        if not summary.may(_person(request), Action.SUMMARY_FREEZE, place.pk if place else None):
            raise PermissionDenied
        figures = summary.collect(office=place, week=week, now=timezone.now())
        context = {
            **sheets.sheet(figures),
            "read": figures.measure("read").now,
            **told,
            "freeze_link": base.here("reports_weeklysummary_freeze", _code(place), week),
            "back": f"{base.here('reports_weeklysummary_week', _code(place), week)}?draft=1",
        }
        return self.page(request, "reports/freeze.html", context, title=_("Weekly summary"))


def week_card(request: HttpRequest) -> Card | None:
    """The start page's card: the last whole week. Who may freeze it is asked to; others see it once it is frozen."""
    person = _person(request)
    if not access.may(person, Action.SUMMARY_VIEW):
        return None
    national = summary.may(person, Action.SUMMARY_VIEW, None)
    office = None if national else person.office
    week = IsoWeek.of(timezone.now()).previous()
    edition = next(iter(summary.editions(office.pk if office else None, week)), None)
    may_freeze = summary.may(person, Action.SUMMARY_FREEZE, office.pk if office else None)
    if not may_freeze and edition is None:
        return None
    waits = may_freeze and (edition is None or edition.preliminary)
    return Card(
        title=_("Weekly summary"),
        note=sheets.said(week.label),
        template="reports/card.html",
        context={
            "waits": waits,
            "preliminary": edition is not None and edition.preliminary,
            "frozen_at": words.moment(edition.frozen_at) if edition else "",
            "place": office.name if office else _("National, all offices"),
            "sentences": [sheets.said(sentence) for sentence in edition.read().sentences] if edition else [],
        },
        order=20 if waits else 60,
        column="side",
        link=base.here("reports_weeklysummary_week", _code(office), week),
        link_title=_("Read and freeze") if waits else _("Open"),
    )


def _flow(office_id: int | None, now: datetime) -> list[tuple[date, int, int]]:
    """The flow of the last days. Where that is long it is not counted anew for each start page: nobody sees whether 3,000 are 3,003."""
    day = now.astimezone(domain.LAW_ZONE).date()
    name = f"flow.{connection.settings_dict['NAME']}.{office_id}.{day}".replace(" ", "_")
    kept: list[tuple[date, int, int]] | None = cache.get(name)
    if kept is None:
        kept = summary.flow(office_id=office_id, days=FLOW_DAYS, now=now)
        if sum(came + went for _day, came, went in kept) >= LONG_FLOW:
            cache.set(name, kept, FLOW_KEPT_SECONDS)
    return kept


def flow_card(request: HttpRequest) -> Card | None:
    """The start page's card: the summary's flow by day, of the last FLOW_DAYS days up to now."""
    person, now = _person(request), timezone.now()
    if not access.may(person, Action.FLAG_DECIDE):
        return None
    flow = _flow(None if person.at_directorate else person.office_id, now)
    return Card(
        title=_("Flow by day"),
        note=_("flags of the country, days of WIB") if person.at_directorate else _("flags of this office, days of WIB"),
        template="workbench/cards/flow.html",
        context={"chart": charts.pairs(flow), "rows": [(words.day(day), came, went) for day, came, went in flow]},
        order=20,
        column="side",
    )
