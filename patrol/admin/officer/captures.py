"""What people bring in one by one: the upload form, what came of earlier ones, and the browsers that send for them."""

from __future__ import annotations

import uuid
from datetime import datetime
from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models, sources
from patrol.access import Action
from patrol.admin.officer import noting
from patrol.admin.shared import base, post_rows, unread, words
from patrol.admin.shared.day_fields import MomentField
from patrol.admin.shared.forms import VerbForm
from patrol.admin.supervisor import tokens
from patrol.domain import Platform, states
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.intake import devices, extension, uploads

_KINDS = {
    states.IntakeKind.CAPTURE: words.Badge(gettext_lazy("Browser extension"), icon="screenshot_monitor"),
    states.IntakeKind.UPLOAD: words.Badge(gettext_lazy("Upload"), icon="upload"),
    states.IntakeKind.NOTED: words.Badge(gettext_lazy("Noted by hand"), icon="edit_note"),
}


class _Pictures(forms.ClearableFileInput):
    allow_multiple_selected = True


class _PicturesField(forms.FileField):
    """Several files in one field, each checked as one; [] where none was chosen."""

    widget = _Pictures

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(_PicturesField, self).clean(one, initial) for one in chosen]


class UploadForm(VerbForm):
    """The fewest words first: pictures or text are enough. JPEG, PNG and WebP are asked for: a telephone then converts its own kind."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    pictures = _PicturesField(
        label=gettext_lazy("Screenshots or pictures"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Up to 10, each up to 15 MB. What is written in them is read too."),
    )
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6}), strip=False)
    link = forms.CharField(label=gettext_lazy("Link"), required=False, max_length=2000, widget=forms.TextInput(attrs={"inputmode": "url"}))
    platform = forms.ChoiceField(label=gettext_lazy("Platform"), required=False)
    author = forms.CharField(label=gettext_lazy("Author (account, name or number)"), required=False, max_length=200)
    posted_at = MomentField(label=gettext_lazy("Time of the post"), required=False, day_alone=True)
    origin = forms.CharField(label=gettext_lazy("Group, channel or page"), required=False, max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(((key, words.platform(key)) for key, one in sources.PLATFORMS.items() if one.SENT_IN), key=itemgetter(1))
        self.fields["platform"].choices = [("", _("as the link says")), *known]  # type: ignore[attr-defined]
        self.fields["pictures"].widget.attrs |= {"accept": "image/jpeg,image/png,image/webp", "class": "regchoose"}

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        return f"https://{link}" if link and "://" not in link and sources.platform_of(link) else link

    def typed(self) -> uploads.Typed:
        given = self.cleaned_data
        posted_at: datetime | None = given["posted_at"]
        return uploads.Typed(
            text=given["text"].replace("\r\n", "\n"),
            link=given["link"],
            platform=given["platform"] or sources.platform_of(given["link"]) or Platform.WEB.value,
            author=given["author"],
            posted_at=posted_at,
            origin=given["origin"],
            note=given["note"],
        )


@admin.register(models.Intake)
class IntakeAdmin(base.ReadOnlyAdmin):
    """What the person sent in, newest first."""

    view_action = Action.CAPTURE_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("unggah/", self.upload, "upload"),
            self.address("catat/", noting.note, "note"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        mine = access.scope(base.who(request), Action.CAPTURE_VIEW, models.Intake.objects.filter(kind__in=_KINDS))
        rows, place = post_rows.page_of(mine.select_related("device"), "at", request.GET.get("after"))
        first = _first_posts(rows)
        waits = unread.of(first.values())
        context = {
            "rows": [_row(intake, first.get(intake.pk), waits) for intake in rows],
            "next": base.here("patrol_intake_changelist", after=place) if place else "",
            "first": base.here("patrol_intake_changelist") if request.GET.get("after") else "",
            "subtitle": _("newest first"),
        }
        return self.page(request, "workbench/captures.html", context, title=_("My captures"))

    def upload(self, request: HttpRequest) -> HttpResponse:
        person = base.who(request)
        if not access.may(person, Action.CAPTURE_SEND):
            raise Http404
        form = UploadForm(request.POST or None, request.FILES or None, initial={"key": uuid.uuid4()})
        if request.method == "POST" and form.is_valid():
            try:
                taken = uploads.take(
                    typed=form.typed(),
                    files=[file.read() for file in form.cleaned_data["pictures"]],
                    key=form.cleaned_data["key"],
                    by=person,
                    now=timezone.now(),
                )
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, " ".join([_said(taken), *_also(taken)]))
                return HttpResponseRedirect(base.here("patrol_intake_changelist"))
        context = {"form": form, "cancel": base.here("patrol_intake_changelist")}
        return self.page(request, "workbench/capture_upload.html", context, title=_("Capture a post"))


def _said(taken: models.Intake) -> str:
    if taken.posts_new:
        return _("Stored. It is read now; what it shows appears in triage within a minute.")
    if taken.posts_changed:
        return _("Stored as a newer version of a post that was known.")
    if taken.posts_repeated:
        return _("This very post was known already; your capture stays beside it.")
    return _("It could not be stored: %(why)s") % {"why": words.said(taken.problems[0]) if taken.problems else "-"}


def _also(taken: models.Intake) -> list[str]:
    """What went wrong with a post that was kept all the same."""
    kept = taken.posts_new or taken.posts_changed or taken.posts_repeated
    return [words.said(problem) for problem in taken.problems] if kept else []


def _first_posts(rows: list[models.Intake]) -> dict[int, models.Post]:
    """intake id -> its post; comments come with a thread and are no rows of their own here."""
    ways = models.Seen.objects.filter(intake__in=rows, post__thread="").select_related("post__flag__office")
    return {way.intake_id: way.post for way in ways if way.intake_id is not None}


def _row(intake: models.Intake, post: models.Post | None, waits: dict[int, str]) -> dict[str, Any]:
    return {
        "at": words.moment(intake.at),
        "badge": _KINDS[states.IntakeKind(intake.kind)],
        "platform": words.platform(intake.format) if intake.kind != states.IntakeKind.NOTED else "",  # that is the badge's word
        "title": masks.text(intake.name, []),
        "system": masks.text(intake.device.name) if intake.device and intake.device.office_id else "",
        "note": masks.text(intake.note, []),
        "posts": intake.items,
        "new": intake.posts_new,
        "post": post_rows.post_row(post, waits) if post is not None else None,
        "problems": [words.said(problem) for problem in intake.problems],
    }


@admin.register(models.Device)
class DeviceAdmin(base.ReadOnlyAdmin):
    """The browsers that may send in a person's name: everybody their own, the administrator all. Tokens of offices have a page of their
    own beside it."""

    view_action = Action.DEVICE_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("ekstensi/", self.download, "extension"),
            self.address("kode/", self.make_code, "code"),
            self.address("<int:device_id>/lepas/", self.revoke, "revoke"),
            *tokens.addresses(self),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return self._listed(request)

    def _listed(self, request: HttpRequest, **more: Any) -> HttpResponse:
        self.seen_by(request)
        person = base.who(request)
        found = access.scope(person, Action.DEVICE_VIEW, models.Device.objects.filter(office=None).select_related("person__office"))
        context = {
            "rows": [_device(device) for device in found.order_by(F("revoked_at").desc(nulls_first=True), "-id")[:200]],
            "may_pair": access.may(person, Action.CAPTURE_SEND),
            "all": not access.may(person, Action.CAPTURE_SEND),
            "version": extension.version(),
            "server": f"{request.scheme}://{request.get_host()}",
            **more,
        }
        return self.page(request, "workbench/capture_devices.html", context, title=_("Browser extension"))

    def download(self, request: HttpRequest) -> HttpResponse:
        """The extension as a ZIP, for whoever may pair it."""
        if not access.may(base.who(request), Action.CAPTURE_SEND):
            raise Http404
        return base.download(extension.packed(), name=f"{extension.NAME}-{extension.version()}.zip")

    def make_code(self, request: HttpRequest) -> HttpResponse:
        """Shows the code in the answer to the POST itself: it stands in no session, no message and no later page."""
        base.posted(request)
        if not access.may(base.who(request), Action.CAPTURE_SEND):
            raise Http404
        now = timezone.now()
        code = devices.make_code(by=base.who(request), now=now)
        answer = self._listed(request, code=f"{code[:4]}-{code[4:]}", until=words.moment(now + devices.CODE_LIVES))
        answer["Cache-Control"] = "no-store"
        return answer

    def revoke(self, request: HttpRequest, device_id: int) -> HttpResponse:
        base.posted(request)
        person = base.who(request)
        device = base.visible(person, Action.DEVICE_REVOKE, models.Device.objects.filter(office=None), pk=device_id)
        devices.revoke(device_id=device.pk, by=person, now=timezone.now())
        base.say(request, _("%(browser)s was let go: it sends nothing any more.") % {"browser": masks.text(device.name)})
        return HttpResponseRedirect(base.here("patrol_device_changelist"))


def _device(device: models.Device) -> dict[str, Any]:
    return {
        "device": device,
        "paired": words.moment(device.paired_at),
        "used": words.moment(device.last_used_at) if device.last_used_at else "",
        "revoked": words.moment(device.revoked_at) if device.revoked_at else "",
    }
