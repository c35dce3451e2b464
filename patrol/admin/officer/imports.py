"""Imports: choose a file, look at what it would bring, bring it in, see what came of it. Contacts are masked on all of it."""

from __future__ import annotations

import csv
import io
import re
import uuid
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from django.contrib import admin
from django.core import signing
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from patrol import access, domain, models
from patrol.access import Action
from patrol.admin.officer.import_form import ImportFileForm, ImportOptionsForm, KeptForm, Upload
from patrol.admin.shared import base, exporting, post_rows, unread, words
from patrol.domain import states
from patrol.engine import masks, reading
from patrol.infra.refusals import RefusedError
from patrol.intake import formats, pending, spread
from patrol.intake import imports as verbs
from patrol.intake.formats import files, shape, table, whatsapp

_LIST, _ROW, _ADD = "patrol_importedfile_changelist", "patrol_importedfile_change", "patrol_importedfile_add"
PROBLEMS_SHOWN = 200
POSTS_SHOWN = 20
GIST = 400  # characters of a post in the preview

STATES = {
    states.IntakeState.WAITING: words.Badge(gettext_lazy("running"), "blue", "sync"),
    states.IntakeState.DONE: words.Badge(gettext_lazy("done"), "ok", "check"),
    states.IntakeState.FAILED: words.Badge(gettext_lazy("stopped"), "med", "warning"),
}


def masked_name(name: str) -> str:
    """A file's name as everybody may see it: exports carry the number of the other person."""
    return masks.text(name, [])


def masked_post(post: domain.RawPost) -> dict[str, Any]:
    """A post of the preview, cut where its own reading finds a contact."""
    text = post.text[: GIST * 2]
    found = reading.read(domain.Content(text=text, platform=post.platform, author=post.author, author_name=post.author_name))
    claims = [{"source": c.source, "kind": c.kind, "start": c.span[0], "end": c.span[1]} for c in found.claims]
    shown = masks.text(text, masks.contacts_of(claims), masks.known_of(claims))
    return {
        "where": where(post.locator),
        "platform": words.platform(post.platform),
        "author": masks.phone(post.author) if post.author.startswith("+") else masks.account(post.author) if post.author else "",
        "name": masks.name(post.author_name),
        "text": shown[:GIST] + ("…" if len(shown) > GIST else ""),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "pictures": sum(one.kind in {"photo", "link_preview"} for one in post.media),
    }


def where(locator: str) -> str:
    """ "line:12" in the words of the screen."""
    kind, _colon, number = locator.partition(":")
    if kind == "line":
        return pgettext("place in a file", "line %(number)s") % {"number": number}
    if kind == "message":
        return pgettext("place in a file", "message %(number)s") % {"number": number}
    return locator or "-"


# A quoted day, with its hour: of one that cannot be read the row is mended only by whoever sees it.
_DAY: Final = re.compile(
    r"“(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{2}|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"(?:[ ,T]{1,2}\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?”"
)


def problem_row(problem: dict[str, Any]) -> dict[str, str]:
    said = words.said(problem)
    return {"where": where(problem.get("where", "")), "sentence": masks.text(said, [], [hit.span() for hit in _DAY.finditer(said)])}


def _as_kept(problem: domain.Problem) -> dict[str, Any]:
    return {"id": problem.sentence.id, "en": problem.sentence.en, "where": problem.where}


def format_title(name: str) -> str:
    known = formats.FORMATS.get(name)
    return words.said({"id": known.TITLE.id, "en": known.TITLE.en}) if known else name


def import_row(row: models.ImportedFile) -> dict[str, Any]:
    return {
        "row": row,
        "link": base.here(_ROW, row.pk),
        "name": masked_name(row.name),
        "format": format_title(row.format),
        "at": words.moment(row.at),
        "by": row.person.name,
        "office": row.office.short_name,
        "badge": STATES[states.IntakeState(row.state)],
        "left": sum(one["count"] for one in row.left),
    }


@admin.register(models.ImportedFile)
class ImportedFileAdmin(base.ReadOnlyAdmin):
    view_action = Action.IMPORT_FILE

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("berkas/", self.choose, "add"),
            self.address("periksa/", self.preview, "preview"),
            self.address("ambil/", self.take, "take"),
            self.address("contoh/", self.example, "example"),
            self.address("<int:import_id>/masalah/", self.problems, "problems"),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(kind=states.IntakeKind.IMPORT).select_related("person", "office")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        page = max(1, base.number(request.GET.get("page")) or 1)
        start = (page - 1) * self.list_per_page
        found = list(self.get_queryset(request).order_by("-id")[start : start + self.list_per_page + 1])
        context = {
            "rows": [import_row(row) for row in found[: self.list_per_page]],
            "add_link": base.here(_ADD),
            "next": base.here(_LIST, page=page + 1) if len(found) > self.list_per_page else "",
            "first": base.here(_LIST) if page > 1 else "",
            "subtitle": _("newest first"),
        }
        return self.page(request, "workbench/imports.html", context, title=_("Imports of posts"))

    def choose(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        form = ImportFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                if sent.size > files.MAX_BYTES:
                    raise pending.too_large()
                kept = pending.keep(sent.chunks())
            except RefusedError as error:
                form.refused(error)
            except OSError:
                form.add_error("file", _("The file could not be kept: the disk refuses. Tell the administrator."))
            else:
                upload = Upload(kept.sha256, sent.name, kept.length, uuid.uuid4().hex)
                return self._preview(request, upload)
        context = {
            "form": form,
            "cancel": base.here(_LIST),
            "formats": [format_title(name) for name in formats.FORMATS],
            "megabytes": files.MAX_BYTES // 2**20,
            "example_link": base.here("patrol_importedfile_example"),
        }
        return self.page(request, "workbench/import_file.html", context, title=_("Import a file"))

    def example(self, request: HttpRequest) -> HttpResponse:
        """A table of invented rows, to be filled in instead."""
        self.seen_by(request)
        return base.download(table.example("en" if words.english() else "id"), name="contoh-unggahan.xlsx")

    def _upload(self, request: HttpRequest) -> Upload | None:
        """The file the page is about; None, with a message, where it is no longer there."""
        try:
            return Upload.of(KeptForm(request.POST).told()["upload"], base.who(request))
        except signing.BadSignature:
            base.say(request, _("The uploaded file is no longer kept. Choose it again."), problem=True)
            return None

    def preview(self, request: HttpRequest) -> HttpResponse:
        """After other choices on the same file. Opened without a file it leads to the first step."""
        self.seen_by(request)
        upload = self._upload(request) if request.method == "POST" else None
        if upload is None:
            return HttpResponseRedirect(base.here(_ADD))
        return self._preview(request, upload, request.POST)

    def _preview(self, request: HttpRequest, upload: Upload, chosen: QueryDict | None = None) -> HttpResponse:
        """The file read as `chosen`, or as it would be by itself. Where a choice cannot be it says so beside it and reads nothing."""
        options = shape.Options(zone=timezone.get_current_timezone_name())
        try:
            with pending.open_file(upload.sha256) as content:
                form = ImportOptionsForm(chosen, file=shape.File(content, upload.name))
                looked = verbs.Preview(form.format_name)
                if not form.errors:
                    options = form.told()["options"] if chosen else options
                    looked = verbs.look(content, name=upload.name, options=options, format_name=form.format_name)
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here(_ADD))
        if looked.format == whatsapp.NAME and not options.chat:
            options = replace(options, chat=whatsapp.chat_name(upload.name))  # shown, so that it can be corrected
        if not form.errors:
            form.as_chosen(options, looked.mapping)
        context = {
            "looked": looked,
            "form": form if form.fields else None,
            "format": format_title(looked.format),
            "name": masked_name(upload.name),
            "token": upload.token(base.who(request)),
            "posts": [masked_post(post) for post in looked.shown],
            "platforms": [{"title": words.platform(key), "count": count} for key, count in looked.platforms.items()],
            "left": [{"title": words.said({"id": kind.id, "en": kind.en}), "count": count} for kind, count in looked.left],
            "left_count": sum(count for _kind, count in looked.left),
            "problems": [problem_row(_as_kept(problem)) for problem in looked.problems[:PROBLEMS_SHOWN]],
            "refused": words.said(_as_kept(looked.refused)) if looked.refused else "",
            "again": base.here(_ADD),
            "discard": base.here(_LIST),
            "limit": verbs.LOOKED_AT,
        }
        return self.page(request, "workbench/import_preview.html", context, title=_("Look before importing"))

    def take(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        base.posted(request)
        upload, now = self._upload(request), timezone.now()
        if upload is None:
            return HttpResponseRedirect(base.here(_ADD))
        known = models.ImportedFile.objects.filter(key=upload.key, person=base.who(request)).first()
        if known is not None:  # the second click of a double one
            return HttpResponseRedirect(base.here(_ROW, known.pk))
        try:
            with pending.open_file(upload.sha256) as content:
                told = ImportOptionsForm(request.POST, file=shape.File(content, upload.name)).told()
                intake = verbs.take(content=content, name=upload.name, **told, key=uuid.UUID(upload.key), by=base.who(request), now=now)
        except RefusedError:  # a choice, the format or a file that is gone: looking says which
            return self._preview(request, upload, request.POST)
        pending.drop(upload.sha256)
        if upload.length <= verbs.SMALL_BYTES:
            with suppress(verbs.TakenOverError):  # a worker was faster; the page shows how far it is
                verbs.go_on(intake.pk, now=now)
        return HttpResponseRedirect(base.here(_ROW, intake.pk))

    def _row_of(self, request: HttpRequest, import_id: int) -> models.ImportedFile:
        row: models.ImportedFile = base.visible(
            base.who(request),
            Action.IMPORT_FILE,
            models.ImportedFile.objects.filter(kind=states.IntakeKind.IMPORT).select_related("person", "office"),
            pk=import_id,
        )
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self._row_of(request, int(object_id))
        # By the place in the queue, not the score: what is shown without its level would tell it by where it stands.
        stored = (
            models.Post.objects.filter(ways__intake_id=row.pk)
            .select_related("flag__office")
            .order_by(F("flag__urgency").asc(nulls_last=True), "-id")
        )
        shown = list(stored[:POSTS_SHOWN])
        waits = unread.of(shown)
        waiting = row.state == states.IntakeState.WAITING
        context = {
            **import_row(row),
            "waiting": waiting,
            "total": spread.count(str(row.key)) if waiting else None,
            "lefts": [{"title": words.said(one), "count": one["count"]} for one in row.left],
            "problems": [problem_row(problem) for problem in row.problems[:PROBLEMS_SHOWN]],
            "problems_link": base.here("patrol_importedfile_problems", row.pk) if row.problems else "",
            "rows": [post_rows.post_row(post, waits) for post in shown],
            "may_see_posts": access.may(request.user, Action.POST_VIEW),
            "again": base.here(_ADD),
            "ended": words.moment(row.ended_at) if row.ended_at else "",
            "subtitle": format_title(row.format),
        }
        answer = self.page(request, "workbench/import.html", context, title=_("Import %(number)s") % {"number": row.pk})
        if waiting:
            answer["Refresh"] = "5"  # the browser asks again by itself: no script is needed to see it move
        return answer

    def problems(self, request: HttpRequest, import_id: int) -> HttpResponse:
        """All kept problems as a table for a spreadsheet."""
        self.seen_by(request)
        row = self._row_of(request, import_id)
        if not row.problems:
            raise Http404
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([_("Place"), _("Reason")])
        for problem in row.problems:
            said = problem_row(problem)
            writer.writerow([exporting.harmless(cell) for cell in (said["where"], said["sentence"])])
        answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        return base.inert(answer, f'attachment; filename="masalah-impor-{row.pk}.csv"')
