"""A summary as a file: JSON, Excel and PDF, the same for a page, a mail and the terminal."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol.access import Action, audit
from patrol.admin.shared import base, exporting
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.models import Person
from reports import book, documents, sheets, summary
from reports.figures import Figures, canonical
from reports.models import WeeklySummary

FORMATS: Final = ("json", "xlsx", "pdf")


def content(figures: Figures, frozen: WeeklySummary | None, kind: str, *, quality: bool = False) -> bytes:
    """The figures in one of FORMATS; without `frozen` a draft. `quality`: see sheets.sheet. Raises documents.NoPdfError.

    JSON is the stored figures as their fingerprint was taken: the SHA-256 of the file is the fingerprint.
    """
    if kind == "json":
        return canonical(frozen.figures if frozen else figures.to_json()).encode()
    if kind == "xlsx":
        return book.xlsx(figures, frozen, quality=quality)
    return documents.pdf({**sheets.sheet(figures, frozen, quality=quality), "example_run": settings.EXAMPLE})


def name(edition: WeeklySummary, kind: str) -> str:
    place = edition.office.code if edition.office else "nasional"
    return f"rekap-{edition.period}-{place}-edisi-{edition.edition}.{kind}"


def may_have_all(edition: WeeklySummary, person: Person) -> bool:
    """Whether all that is stored of it is this person's to see: how far colleagues agree is not everybody's."""
    return edition.figures.get("agreement") is None or summary.may(person, Action.QUALITY_VIEW, edition.office_id)


class FileForm(VerbForm):
    format = WordField()


def _taken(edition: WeeklySummary, kind: str, by: Person) -> bytes:
    """The file, with its row of the log. Raises RefusedError."""
    if kind not in {"json", "xlsx"}:
        raise RefusedError("summary.format", _("Choose Excel or JSON."))
    if kind == "json" and not may_have_all(edition, by):
        # Not left out of it: the file's SHA-256 is the fingerprint that was signed.
        text = _("JSON holds all figures of the edition, also how far colleagues agree, which is not yours to see. Take Excel.")
        raise RefusedError("summary.quality", text)
    if seconds := pace.admits(f"list {by.pk}", rate=exporting.RATE, burst=exporting.FILES_AT_ONCE):
        text = _("Too many files in a short time. Try again in %(seconds)s seconds.")
        raise RefusedError("summary.too_often", text, seconds=str(int(seconds) + 1))
    made = content(edition.read(), edition, kind, quality=summary.may(by, Action.QUALITY_VIEW, edition.office_id))
    with transaction.atomic():
        after = {"format": kind, "sha256": hashlib.sha256(made).hexdigest()}
        audit.write("summary.taken", by=by, now=timezone.now(), target=edition, after=after)
    return made


def address(page: base.ReadOnlyAdmin) -> Any:
    """Of an edition as JSON or Excel: posted, for it leaves a row in the log."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        base.posted(request)
        page.seen_by(request)
        edition = page.get_queryset(request).filter(pk=pk).first()
        if edition is None:
            raise Http404
        try:
            kind = FileForm(request.POST).told()["format"]
            return base.download(_taken(edition, kind, base.who(request)), name=name(edition, kind))
        except RefusedError as error:
            base.refuse(request, error, place="")
            return HttpResponseRedirect(base.here("reports_weeklysummary_edition", pk))

    return page.address("edisi/<int:pk>/berkas/", view, "file")
