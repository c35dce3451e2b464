"""The pages of the summaries in the workbench: an office's weeks, months or quarters, one of them, one edition, its print and its PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from patrol import access
from patrol.access import Action
from patrol.admin.shared import base, charts, drawn, exporting, words
from patrol.admin.shared.cards import Card
from patrol.admin.shared.forms import VerbForm
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import Office, Person
from patrol.triage import tallies
from reports import documents, files, head_page, heads, list_page, listing, mail_page, queries, rows, sheets, signing_page, summary
from reports.figures import SERIES, VERSION, Figures
from reports.models import NOTE_LETTERS, WeeklySummary
from reports.period import KINDS, IsoWeek, NoSuchPeriodError, Period
from reports.period_words import PERIOD_WORDS

ALL = "nasional"  # in an address: the summary of all offices
LISTED = {"week": 26, "month": 12, "quarter": 8}  # so many of each kind, the running one first
FLOW_DAYS = 14  # on the start page


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


def _period(text: str) -> Period:
    """The period of an address. Raises Http404 for none, and for one that has not begun."""
    try:
        period = Period.from_text(text)
        period.last(SERIES + 1)  # what stands before it on its page
    except NoSuchPeriodError:
        raise Http404 from None
    if not period.has_begun(timezone.now()):
        raise Http404
    return period


def _listed(kind: str) -> list[Period]:
    """The newest of a kind, the running one first."""
    return list(KINDS[kind].of(timezone.now()).last(LISTED[kind])[::-1])


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in KINDS else IsoWeek.kind


def _wanted(request: HttpRequest) -> listing.Wanted:
    """The figure an address names, which need not be there."""
    asked = request.GET
    return listing.Wanted(asked.get("what", ""), asked.get("key", ""), asked.get("when", listing.NOW))


def _code(office: Office | None) -> str:
    return office.code if office else ALL


def _choices(request: HttpRequest, chosen: Office | None, period: Period) -> dict[str, Any]:
    """What the form above every page offers: offices this person may open, periods up to the running ones."""
    offices = [(office.code, office.name) for office in access.scope(_person(request), Action.SUMMARY_VIEW, Office.objects.all())]
    if summary.may(_person(request), Action.SUMMARY_VIEW, None):
        offices.insert(0, (ALL, _("National, all offices")))
    offered = {kind: _listed(kind) for kind in KINDS}
    if period not in offered[period.kind]:
        offered[period.kind].append(period)
    return {
        "offices": [(code, name, code == _code(chosen)) for code, name in offices],
        "periods": [
            (PERIOD_WORDS[kind].many, [(str(one), sheets.said(one.label), one == period) for one in listed])
            for kind, listed in offered.items()
        ],
        "action": base.here("reports_weeklysummary_changelist"),
    }


def _sees_quality(request: HttpRequest, place: Office | None) -> bool:
    return summary.may(_person(request), Action.QUALITY_VIEW, place.pk if place else None)


class FreezeForm(VerbForm):
    """`sure`: whoever signs has seen what is counted; `back`: they do not freeze it yet."""

    note = forms.CharField(required=False)
    reason = forms.CharField(required=False)
    sure = forms.BooleanField(required=False)
    back = forms.BooleanField(required=False)


@admin.register(WeeklySummary)
class WeeklySummaryAdmin(base.ReadOnlyAdmin):
    view_action = Action.SUMMARY_VIEW

    def get_queryset(self, request: HttpRequest) -> QuerySet[WeeklySummary]:
        return access.scope(
            _person(request),
            Action.SUMMARY_VIEW,
            WeeklySummary.objects.select_related("office", "frozen_by__office"),
            office_path="office_id",
        )

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            exporting.address(self, self._listing, "reports_weeklysummary_changelist"),
            self.address("edisi/<int:pk>/", self.edition_view, "edition"),
            self.address("edisi/<int:pk>/cetak/", self.print_view, "print"),
            self.address("edisi/<int:pk>/pdf/", self.pdf_view, "pdf"),
            self.address("edisi/<int:pk>/angka/", self.edition_rows, "edition_rows"),
            *signing_page.addresses(self),
            files.address(self),
            mail_page.address(self),
            *head_page.addresses(self),
            self.address("<slug:office>/<slug:week>/", self.week_view, "week"),
            self.address("<slug:office>/<slug:week>/bekukan/", self.freeze_view, "freeze"),
            self.address("<slug:office>/<slug:week>/angka/", self.week_rows, "week_rows"),
        ]

    # --- pages -----------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The weeks of one office, or its months or quarters. With a period in the address (the form's button): on to that one."""
        self.seen_by(request)
        office = _widest(request)
        if request.GET.get("week"):
            return HttpResponseRedirect(base.here("reports_weeklysummary_week", _code(office), _period(request.GET["week"])))
        kind = _kind(request)
        context = {
            "choices": _choices(request, office, KINDS[kind].of(timezone.now()).previous()),
            "export": exporting.panel("reports_weeklysummary_export", {"office": _code(office), "kind": kind}, _person(request)),
            **list_page.shown(office, _code(office), kind, page=base.number(request.GET.get("page")) or 1, now=timezone.now()),
        }
        return self.page(request, "reports/weeks.html", context, title=PERIOD_WORDS[kind].title)

    def _listing(self, request: HttpRequest) -> exporting.Listing:
        """Each week, month or quarter with its newest edition and the key figures in it."""
        office = _widest(request)
        return list_page.listing(office, _code(office), _kind(request), now=timezone.now())

    def week_view(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """The newest edition; with `draft` in the address, and where there is no edition, the figures as of now."""
        self.seen_by(request)
        place, period = _office(request, office), _period(week)
        editions = summary.editions(place.pk if place else None, period)
        if editions and "draft" not in request.GET:
            return self._show(request, editions[0], editions)
        return self._draft(request, place, period, editions)

    def _draft(
        self,
        request: HttpRequest,
        place: Office | None,
        period: Period,
        editions: list[WeeklySummary],
        typed: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """The figures as of now with the form, which holds `typed`, else the newest edition's note."""
        figures = summary.collect(office=place, period=period, now=timezone.now())
        may_freeze = summary.may(_person(request), Action.SUMMARY_FREEZE, place.pk if place else None)
        context = {
            **sheets.sheet(
                figures, rows_link=base.here("reports_weeklysummary_week_rows", _code(place), period), quality=_sees_quality(request, place)
            ),
            **self._around(request, place, period, editions),
            "may_freeze": may_freeze and figures.balanced,
            "freeze_link": base.here("reports_weeklysummary_freeze", _code(place), period),
            # A preliminary edition of a period that is over is replaced without a reason.
            "needs_reason": bool(editions) and (figures.preliminary or not editions[0].preliminary),
            "note": typed["note"] if typed else masks.text(editions[0].note) if editions else "",
            "reason": typed["reason"] if typed else "",
            "note_letters": str(NOTE_LETTERS),
        }
        return self.page(request, "reports/week.html", context, title=PERIOD_WORDS[period.kind].title)

    def edition_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The permanent address of one edition."""
        edition = self._edition(request, pk)
        return self._show(request, edition, summary.editions(edition.office_id, edition.period))

    def _show(self, request: HttpRequest, edition: WeeklySummary, editions: list[WeeklySummary]) -> HttpResponse:
        context = {
            **sheets.sheet(
                edition.read(),
                edition,
                rows_link=base.here("reports_weeklysummary_edition_rows", edition.pk),
                quality=_sees_quality(request, edition.office),
            ),
            **self._around(request, edition.office, edition.period, editions),
            **signing_page.around(edition, _person(request), newest=editions[0].pk == edition.pk),
            "newer": editions[0] if editions[0].pk != edition.pk else None,
            "newer_link": base.here("reports_weeklysummary_edition", editions[0].pk),
            "print_link": base.here("reports_weeklysummary_print", edition.pk),
            "file_link": base.here("reports_weeklysummary_file", edition.pk),
            "may_have_all": files.may_have_all(edition, _person(request)),
            "pdf_link": base.here("reports_weeklysummary_pdf", edition.pk) if documents.available() else "",
        }
        return self.page(request, "reports/week.html", context, title=PERIOD_WORDS[edition.kind].title)

    def _around(self, request: HttpRequest, place: Office | None, period: Period, editions: list[WeeklySummary]) -> dict[str, Any]:
        """What stands around the sheet: switches, neighbours, editions, the way to the next edition."""
        following = period.next()
        address = base.here("reports_weeklysummary_week", _code(place), period)
        return {
            "choices": _choices(request, place, period),
            "list_link": base.here("reports_weeklysummary_changelist", office=_code(place), kind=period.kind),
            "previous": (sheets.said(period.previous().short), base.here("reports_weeklysummary_week", _code(place), period.previous())),
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
        figures, wanted = edition.read(), _wanted(request)
        try:
            said = listing.figure(figures, wanted)
        except listing.NoSuchFigureError:
            raise Http404 from None
        back = base.here("reports_weeklysummary_edition", edition.pk)
        return self._rows(request, figures, edition.office, wanted, back, said=said, number=edition.number)

    def week_rows(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """What a figure of the period counts now."""
        self.seen_by(request)
        place, period, wanted = _office(request, office), _period(week), _wanted(request)
        figures, seen = summary.told_of(office=place, period=period, now=timezone.now(), table=listing.needed(wanted))
        back = f"{base.here('reports_weeklysummary_week', _code(place), period)}?draft=1"
        return self._rows(request, figures, place, wanted, back, seen=seen)

    def _rows(
        self,
        request: HttpRequest,
        figures: Figures,
        office: Office | None,
        wanted: listing.Wanted,
        back: str,
        *,
        said: int | None = None,
        number: str = "",
        seen: Sequence[queries.Seen] = (),
    ) -> HttpResponse:
        """`said`: by a frozen summary; what is counted now says itself. `seen`: as listing.walk takes it."""
        if wanted.what == "agreement" and not _sees_quality(request, office):
            raise Http404
        try:
            walk = listing.walk(figures, office, wanted, seen=seen)
            found = rows.gather(walk, _person(request), request.GET, by_level=listing.by_level(wanted))
            heading = sheets.figure_title(figures, wanted)
        except listing.NoSuchFigureError:
            raise Http404 from None
        context = {
            **found,
            "said": said,
            "older_rules": figures.version < VERSION,
            "heading": heading,
            # A month stands in the heading itself.
            "week": sheets.said(figures.period.shifted(0 if wanted.what == "closed" else -wanted.back).label),
            "place": figures.office_name or _("National, all offices"),
            "number": number,
            "back": back,
        }
        return self.page(request, "reports/rows.html", context, title=PERIOD_WORDS[figures.kind].title)

    # --- on paper --------------------------------------------------------------------------------

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The document alone, for the browser's own printing."""
        edition = self._edition(request, pk)
        sheet = sheets.sheet(edition.read(), edition, quality=_sees_quality(request, edition.office))
        return self.page(request, "reports/document.html", {**sheet, "fonts": documents.fonts()}, title="")

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._edition(request, pk)
        sheet = sheets.sheet(edition.read(), edition, quality=_sees_quality(request, edition.office))
        context = {**sheet, **self.admin_site.each_context(request)}
        try:
            content = documents.pdf(context, request)
        except documents.NoPdfError:
            base.say(request, _("This machine makes no PDF: Pango is not installed. Print from the browser."), problem=True)
            return HttpResponseRedirect(base.here("reports_weeklysummary_edition", pk))
        name = content_disposition_header(as_attachment=True, filename=files.name(edition, "pdf")) or "attachment"
        return base.inert(HttpResponse(content, content_type="application/pdf"), name)

    # --- the verb --------------------------------------------------------------------------------

    def freeze_view(self, request: HttpRequest, office: str, week: str) -> HttpResponse:
        """POST: note, reason. Asks once, saying what is counted and who signs; with `sure`: to the new edition. With `back`, and with the
        sentence of a refusal, the draft with what was typed."""
        self.seen_by(request)
        base.posted(request)
        place, period = _office(request, office), _period(week)
        form = FreezeForm(request.POST)
        try:
            told = form.told()
            sure, back = told.pop("sure"), told.pop("back")
            if sure:
                made = summary.freeze(office_id=place.pk if place else None, period=period, **told, by=_person(request), now=timezone.now())
            elif not back:
                return self._asked(request, place, period, told)
        except RefusedError as error:
            base.refuse(request, error)
            if not form.is_valid():
                return HttpResponseRedirect(f"{base.here('reports_weeklysummary_week', office, week)}?draft=1")
            back = True
        if back:
            return self._draft(request, place, period, summary.editions(place.pk if place else None, period), typed=told)
        base.say(request, _("Frozen as %(number)s.") % {"number": made.number})
        return HttpResponseRedirect(base.here("reports_weeklysummary_edition", made.pk))

    def _asked(self, request: HttpRequest, place: Office | None, period: Period, told: dict[str, str]) -> HttpResponse:
        if not summary.may(_person(request), Action.SUMMARY_FREEZE, place.pk if place else None):
            raise PermissionDenied
        figures = summary.collect(office=place, period=period, now=timezone.now())
        context = {
            **sheets.sheet(figures),
            "read": figures.measure("read").now,
            "signs": sheets.positions(heads.current(place.code if place else "")),
            **told,
            # As the edition will hold them (summary.freeze): what is asked for is what is printed.
            "kept": {name: masks.text(told[name]) for name in ("note", "reason")},
            "cut": any(masks.text(told[name]) != told[name] for name in ("note", "reason")),
            "freeze_link": base.here("reports_weeklysummary_freeze", _code(place), period),
        }
        return self.page(request, "reports/freeze.html", context, title=PERIOD_WORDS[period.kind].title)


def week_card(request: HttpRequest) -> Card | None:
    """The start page's card: the last whole week once it is frozen. That it waits to be frozen stands among what waits (reports.start)."""
    person = _person(request)
    if not access.may(person, Action.SUMMARY_VIEW):
        return None
    national = summary.may(person, Action.SUMMARY_VIEW, None)
    office = None if national else person.office
    week = IsoWeek.of(timezone.now()).previous()
    edition = next(iter(summary.editions(office.pk if office else None, week)), None)
    if edition is None:
        return None
    return Card(
        title=_("Weekly summary"),
        note=sheets.said(week.label),
        template="reports/card.html",
        context={
            "preliminary": edition.preliminary,
            "frozen_at": words.moment(edition.frozen_at),
            "place": office.name if office else _("National, all offices"),
            "sentences": [sheets.said(sentence) for sentence in edition.read().sentences],
        },
        order=60,
        column="side",
        link=base.here("reports_weeklysummary_week", _code(office), week),
        link_title=_("Open"),
    )


def flow_card(request: HttpRequest) -> Card | None:
    """The start page's card: the summary's flow by day, of the last FLOW_DAYS days up to now."""
    person, now = _person(request), timezone.now()
    if not access.may(person, Action.FLAG_DECIDE):
        return None
    flow = tallies.flow(office_id=None if person.at_directorate else person.office_id, days=FLOW_DAYS, now=now)
    return Card(
        title=_("Flow by day"),
        note=_("flags of the country, days of WIB") if person.at_directorate else _("flags of this office, days of WIB"),
        body=_flow(ALL if person.at_directorate else person.office.code, tuple(flow)),
        order=20,
        column="side",
    )


@drawn.once(128)
def _flow(code: str, flow: tuple[tuple[date, int, int], ...]) -> str:
    """`flow`: (day, flags that came, flags that were decided)."""
    chart = charts.pairs(flow)

    def link(day: date, what: str) -> str:
        """The rows of the week's summary that this day counted."""
        address = base.here("reports_weeklysummary_week_rows", code, IsoWeek.of_day(day))
        return f"{address}?what=days&key={day.isoformat()}:{what}"

    rows = [
        {"day": words.day(day), "came": came, "went": went, "came_link": link(day, "flagged"), "went_link": link(day, "decided")}
        for day, came, went in flow
    ]
    return render_to_string(
        "workbench/cards/flow.html", {"chart": chart, "rows": rows, "drawn": list(zip(chart.groups, rows, strict=True))}
    )
