"""Posts: what came in, flagged or not. Contacts are masked on every list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from patrol import access, masks, models, vocabulary
from patrol.access import Action
from patrol.admin import base, pictures, preserved, words

PER_PAGE = 30


def after(queryset: QuerySet[Any], field: str, place: str | None) -> QuerySet[Any]:
    """The rows behind a place `<time>~<id>`, newest first: the same cost at any depth. A broken place is the start."""
    ordered = queryset.order_by(f"-{field}", "-pk")
    at, _sign, key = (place or "").partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return ordered
    last = base.number(key)
    if moment is None or moment.tzinfo is None or last is None:
        return ordered
    return ordered.filter(Q(**{f"{field}__lt": moment}) | Q(**{field: moment, "pk__lt": last}))


def page_of(queryset: QuerySet[Any], field: str, place: str | None) -> tuple[list[Any], str]:
    """One page and the place where the next one starts, "" at the end."""
    rows = list(after(queryset, field, place)[: PER_PAGE + 1])
    if len(rows) <= PER_PAGE:
        return rows, ""
    last = rows[PER_PAGE - 1]
    return rows[:PER_PAGE], f"{getattr(last, field).isoformat()}~{last.pk}"


def post_row(post: models.Post) -> dict[str, Any]:
    """A line about a post. What has no flag has no gist: it says only where and when it was."""
    flag = getattr(post, "flag", None)
    return {
        "level": flag.level if flag else vocabulary.Level.NONE,
        "level_title": words.LEVELS[flag.level].title if flag else words.LEVELS[vocabulary.Level.NONE].title,
        "gist": words.said(flag, "gist") if flag else _("No sign of an offence"),
        "link": base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk),
        "number": flag.number if flag else "",
        "state": words.FLAG_STATES[flag.state] if flag else None,
        "office": flag.office.short_name if flag else "",
        "platform": words.platform(post.platform),
        "kinds": [words.KINDS.get(kind, kind) for kind in flag.kinds] if flag else [],
        "seen": words.moment(post.first_seen),
        "gone": post.gone_at is not None,
        "versions": post.versions_count,
    }


@admin.register(models.Post)
class PostAdmin(base.ReadOnlyAdmin):
    view_action = Action.POST_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("gambar/<int:media_id>/", pictures.masked, "picture"),
            self.address("gambar/<int:media_id>/jelas/", pictures.clear, "picture_clear"),
            self.address("<int:post_id>/arsipkan/", preserved.ask_page, "ask_page"),
            self.address("<int:post_id>/rekaman/<uuid:capture_id>/lihat/", preserved.view, "view_copy"),
            self.address("<int:post_id>/rekaman/<uuid:capture_id>/unduh/", preserved.download, "download_copy"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        asked = request.GET
        filters = {
            "platform": asked.get("platform", ""),
            "level": asked.get("level", ""),
            "kind": asked.get("kind", ""),
        }
        posts = access.scope(request.user, Action.POST_VIEW, models.Post.objects.select_related("flag__office"))
        if filters["platform"]:
            posts = posts.filter(platform=filters["platform"])
        if filters["level"] == vocabulary.Level.NONE:
            posts = posts.filter(flag=None)
        elif filters["level"]:
            posts = posts.filter(flag__level=filters["level"])
        if filters["kind"]:
            posts = posts.filter(flag__kinds__contains=[filters["kind"]])
        rows, place = page_of(posts, "first_seen", asked.get("after"))

        def choices(key: str, titles: dict[str, Any], everything: str) -> list[dict[str, Any]]:
            def link(value: str) -> str:
                return base.here("patrol_post_changelist", **{**filters, key: value})

            first = {"title": everything, "link": link(""), "on": not filters[key]}
            return [first, *({"title": t, "link": link(v), "on": filters[key] == v} for v, t in titles.items())]

        context = {
            "rows": [post_row(post) for post in rows],
            "next": base.here("patrol_post_changelist", **filters, after=place) if place else "",
            "first": base.here("patrol_post_changelist", **filters) if asked.get("after") else "",
            "filters": [
                choices("level", {key: badge.title for key, badge in words.LEVELS.items()}, _("All levels")),
                choices("platform", {key: words.platform(key) for key in words.PLATFORMS}, _("All platforms")),
                choices("kind", dict(words.KINDS), _("All kinds")),
            ],
            "subtitle": _("newest first"),
        }
        return self.page(request, "workbench/posts.html", context, title=_("Posts"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        posts = models.Post.objects.select_related("flag")
        post = base.visible(request.user, Action.POST_VIEW, posts, pk=int(object_id))
        flag = getattr(post, "flag", None)
        if flag is not None:
            return HttpResponseRedirect(base.here("patrol_flag_change", flag.pk))
        return self.page(request, "workbench/post.html", _unflagged(post, base.who(request)), title=_("Post"))


def _unflagged(post: models.Post, person: models.Person) -> dict[str, Any]:
    """A post nobody is asked to look at: its text with contacts cut, as far as it was read."""
    version = (
        models.PostVersion.objects.filter(post=post).select_related("content", "capture").order_by("-number").first()
    )
    # The newest reading is the fullest: of the newest reader, with every picture that was kept.
    reading = models.Reading.objects.filter(version=version).order_by("-id").first()
    told = pictures.said(reading) if reading is not None else pictures.Said()
    text = ""
    if version is not None and reading is not None and hasattr(version, "content"):
        claims = list(told.claims)
        text = masks.text(version.content.text[:20_000], masks.contacts_of(claims), masks.known_of(claims))
    erased = version is not None and version.erasures.exists()
    author = version.content.author if version is not None and hasattr(version, "content") else ""
    return {
        "beside": preserved.gather(post, person, author=author, shown=False),
        "versions": preserved.versions(post.pk, version) if version else [],
        "gone": words.moment(post.gone_at) if post.gone_at else "",
        "post": post_row(post),
        "url": masks.link(post.url),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "text": text,
        "read": reading is not None,
        "pictures": pictures.gallery(version, told, (), shown=False) if version and not erased else [],
        "sha256": version.capture.sha256 if version else "",
        "captured": words.moment(version.capture.received_at) if version else "",
    }
