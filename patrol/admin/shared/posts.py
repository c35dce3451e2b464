"""Posts: what came in, flagged or not. Contacts are masked on every list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import Action
from patrol.admin.analyst import erasures
from patrol.admin.officer import noting
from patrol.admin.shared import base, custody_page, exporting, pictures, post_list, post_rows, presence, preserved, unread, veils, words
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.domain import Platform, TextKind
from patrol.engine import masks
from patrol.triage import care


class SevereForm(VerbForm):
    """`severe`: 0 for a post that is not."""

    verb_names = {"severe": "is_severe"}
    severe = NumberField(otherwise=1)

    def clean_severe(self) -> bool:
        return bool(self.cleaned_data["severe"])


@admin.register(models.Post)
class PostAdmin(base.ReadOnlyAdmin):
    view_action = Action.POST_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            exporting.address(self, post_list.listing, "patrol_post_changelist"),
            self.address("gambar/<int:media_id>/", pictures.masked, "picture"),
            self.address("gambar/<int:media_id>/jelas/", pictures.clear, "picture_clear"),
            self.address("<int:post_id>/selubung/", self.unveil, "unveil"),
            self.address("<int:post_id>/sensitif/", self.severe, "severe"),
            self.address("<int:post_id>/arsipkan/", preserved.ask_page, "ask_page"),
            self.address("<int:post_id>/hapus/", self.erase, "erase"),
            self.address("<int:post_id>/rekaman/<uuid:capture_id>/lihat/", preserved.view, "view_copy"),
            self.address("<int:post_id>/rekaman/<uuid:capture_id>/unduh/", preserved.download, "download_copy"),
            self.address("<int:post_id>/rekaman/<uuid:capture_id>/riwayat/", self.custody, "custody"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        return post_list.answer(request, self.page)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        posts = models.Post.objects.select_related("flag")
        post = base.visible(request.user, Action.POST_VIEW, posts, pk=int(object_id))
        flag = getattr(post, "flag", None)
        if flag is not None:
            return HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))
        context = {**_unflagged(post, base.who(request)), "veil": veils.on_page(request, post)}
        return self.page(request, "workbench/post.html", context, title=_("Post"))

    def custody(self, request: HttpRequest, post_id: int, capture_id: Any) -> HttpResponse:
        return custody_page.of_post(request, post_id, capture_id, self.page)

    def unveil(self, request: HttpRequest, post_id: int) -> HttpResponse:
        """Severe pictures of the post one step nearer to their colours, for this person."""
        base.posted(request)
        post = base.visible(request.user, Action.POST_VIEW, models.Post.objects.all(), pk=post_id)
        veils.step(request, post.pk)
        return base.back(request, base.here("patrol_post_change", post.pk))

    def erase(self, request: HttpRequest, post_id: int) -> HttpResponse:
        return erasures.ask_for(request, post_id, self.page)

    def severe(self, request: HttpRequest, post_id: int) -> HttpResponse:
        """What a person says counts more than the rule, for everybody."""
        base.posted(request)
        post = base.visible(request.user, Action.POST_VIEW, models.Post.objects.all(), pk=post_id)
        base.done(request, care.mark_severe, SevereForm(request.POST), post_id=post.pk)
        return base.back(request, base.here("patrol_post_change", post.pk))


def _calls_for_help(post: models.Post, reading: models.Reading | None) -> bool:
    """As an officer was told it: who wrote it down may have promised that somebody is helped."""
    return post.platform == Platform.NOTED and reading is not None and reading.text_kind == TextKind.PLEA


def _unflagged(post: models.Post, person: models.Person) -> dict[str, Any]:
    """A post nobody is asked to look at: its text with contacts cut, as far as it was read."""
    version = models.PostVersion.objects.filter(post=post).select_related("content", "capture").order_by("-number").first()
    # The newest reading is the fullest: of the newest reader, with every picture that was kept.
    reading = models.Reading.objects.filter(version=version).order_by("-id").first()
    told = pictures.said(reading) if reading is not None else pictures.Said()
    text = ""
    if version is not None and reading is not None and hasattr(version, "content"):
        claims = list(told.claims)
        text = masks.text(version.content.text, masks.contacts_of(claims), masks.known_of(claims))
    erased = version is not None and version.erasures.exists()
    author = version.content.author if version is not None and hasattr(version, "content") else ""
    forward_name = version.content.forward_name if version is not None and hasattr(version, "content") else ""
    is_there = presence.of(post, version_id=version.pk if version else 0, author=author)
    return {
        "erased": erased,
        "beside": preserved.gather(post, person, is_there, version_id=version.pk if version else 0, author=author, shown=False),
        "versions": preserved.versions(post.pk, version) if version and is_there.versions else [],
        "gone": words.moment(post.gone_at) if post.gone_at else "",
        "post": post_rows.post_row(post, unread.of([post])),
        "url": masks.link(post.url),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "forward_name": masks.turning_shown(masks.name(forward_name)),
        "text": text,
        "read": reading is not None,
        "way_to_protection": noting.way_to_protection() if _calls_for_help(post, reading) else "",
        "pictures": pictures.gallery(version, told, (), shown=False) if version and is_there.pictures and not erased else [],
        "sha256": version.capture.sha256 if version else "",
        "captured": words.moment(version.capture.received_at) if version else "",
    }
