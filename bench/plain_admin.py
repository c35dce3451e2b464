"""Addresses of Django's default changelists: what the rows of the queue say as columns, its order, and all else as it is by default
(a hundred rows a page, the count of all rows).
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from patrol import models


class Shown(admin.ModelAdmin):  # type: ignore[type-arg]  # at run time it takes none
    """Rights are not what is compared: everybody with a session sees it."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True


class FlagAdmin(Shown):
    list_display = ("level", "gist_id", "number", "office", "raised_at", "state", "lease_person")
    ordering = ("urgency", "raised_at", "id")


class PostAdmin(Shown):
    list_display = ("platform", "external_id", "first_seen", "versions_count")
    ordering = ("-first_seen", "-id")


site = admin.AdminSite(name="admin")
site.register(models.Flag, FlagAdmin)
site.register(models.Post, PostAdmin)
urlpatterns = [path("", site.urls)]
