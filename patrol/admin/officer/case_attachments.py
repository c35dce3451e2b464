"""The files of a case: the card on its page, the form that sends one, and the three things done with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, custody_page, words
from patrol.admin.shared.forms import NoteForm, VerbForm, WordField
from patrol.cases import attachments, homes
from patrol.evidence import kinds

_KINDS = {
    kinds.PDF: ("picture_as_pdf", "PDF"),
    kinds.TEXT: ("description", gettext_lazy("Text")),
    kinds.DOCX: ("description", "Word"),
    kinds.XLSX: ("table", "Excel"),
    **dict.fromkeys(kinds.PICTURES, ("image", gettext_lazy("Picture"))),
}


class AttachForm(VerbForm):
    verb_names = {"file": "content"}
    title = forms.CharField(
        max_length=models.CaseAttachment.LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Nothing was attached: give the file a title.")},
    )
    seen_by = WordField()
    file = forms.FileField(
        max_length=255,
        error_messages=dict.fromkeys(("required", "empty"), gettext_lazy("Nothing was attached: choose a file that is not empty.")),
    )

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        return told | {"content": told["content"].read(attachments.MOST_BYTES + 1)}  # never more of it than tells that it is too large


def addresses(page: base.ReadOnlyAdmin) -> list[Any]:
    return [
        page.address("<int:case_id>/lampirkan/", add, "attach"),
        page.address("lampiran/<int:attachment_id>/lihat/", view, "view_file"),
        page.address("lampiran/<int:attachment_id>/unduh/", download, "download_file"),
        page.address(
            "lampiran/<int:attachment_id>/riwayat/",
            lambda request, attachment_id: custody_page.of_attachment(request, attachment_id, page.page),
            "custody",
        ),
        page.address("lampiran/<int:attachment_id>/cabut/", withdraw, "withdraw_file"),
    ]


def add(request: HttpRequest, case_id: int) -> HttpResponse:
    base.posted(request)
    case = base.visible(base.who(request), Action.CASE_VIEW, models.Case.objects.all(), pk=case_id)
    if base.done(request, attachments.attach_file, AttachForm(request.POST, request.FILES), case_id=case.pk):
        base.say(request, _("The file was attached."))
    return _to(case.pk)


def withdraw(request: HttpRequest, attachment_id: int) -> HttpResponse:
    attachment = _asked(request, attachment_id)
    if base.done(request, attachments.withdraw_file, NoteForm(request.POST), attachment_id=attachment.pk):
        base.say(request, _("The file was withdrawn: it is opened to nobody here any more."))
    return _to(attachment.case_id)


def view(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """A picture, redrawn: the bytes that were sent are shown nowhere."""
    return _opened(request, attachment_id, redrawn=True)


def download(request: HttpRequest, attachment_id: int) -> HttpResponse:
    return _opened(request, attachment_id, redrawn=False)


def _opened(request: HttpRequest, attachment_id: int, *, redrawn: bool) -> HttpResponse:
    attachment = _asked(request, attachment_id)
    opened = base.done(request, attachments.look, attachment_id=attachment.pk, redrawn=redrawn)
    if opened is None:
        return _to(attachment.case_id)
    if opened.minutes is not None:
        base.say_written(request, opened.minutes)
    ending = kinds.ENDINGS[opened.capture.media_type]
    name = f"lampiran-{opened.capture.sha256[:12]}.{ending}"
    return base.download(opened.content, name=name, shown_as=opened.capture.media_type if redrawn else "")


def _asked(request: HttpRequest, attachment_id: int) -> models.CaseAttachment:
    """Raises Http404 for what this person does not see."""
    base.posted(request)
    person = base.who(request)
    rows = attachments.seen(person, models.CaseAttachment.objects.all())
    return base.visible(person, Action.CASE_VIEW, rows, pk=attachment_id)


def _to(case_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_case_change", case_id))


def gather(case: models.Case, person: models.Person, also: Sequence[models.Case], *, any_file: bool) -> dict[str, Any]:
    """`also`: cases merged into it; `any_file`: whether the timelines tell of one. One query then, else none."""
    rows = attachments.listed(case, person, also=also) if any_file else []
    numbers = {one.pk: one.number for one in also}
    notes = access.may(person, Action.CASE_NOTE, office_id=case.office_id)
    opens = access.may(person, Action.EVIDENCE_OPEN, office_id=case.office_id)
    return {
        "rows": [{**_row(row, person, opens=opens, notes=notes), "of": numbers.get(row.case_id, "")} for row in rows],
        "count": sum(row.withdrawal is None for row in rows),
        "to": base.here("patrol_case_attach", case.pk) if notes and homes.works(case) else "",
        "accept": ",".join(f".{ending}" for ending in (*kinds.ENDINGS.values(), "jpeg")),
    }


def _row(row: Any, person: models.Person, *, opens: bool, notes: bool) -> dict[str, Any]:
    icon, kind = _KINDS[row.capture.media_type]
    there = row.withdrawal is None
    own = row.office_id == person.office_id
    return {
        "id": row.pk,
        "icon": icon,
        "kind": kind,
        "title": row.title,
        "length": row.capture.length,
        "sha256": row.capture.sha256,
        "who": row.by.name,
        "when": words.moment(row.at),
        "internal": row.internal,
        "withdrawn": not there,
        "view": base.here("patrol_case_view_file", row.pk) if there and opens and row.shown_id else "",
        "download": base.here("patrol_case_download_file", row.pk) if there and opens else "",
        "withdraw": base.here("patrol_case_withdraw_file", row.pk) if there and own and notes else "",
    }
