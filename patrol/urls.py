"""Addresses. The workbench is the Django admin; what stands outside of it needs no login."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from patrol.api import recording
from patrol.api import urls as api
from patrol.frame import health
from patrol.infra import violations

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="root"),
    path("health/", health.report, name="health"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("kerja/", admin.site.urls),
    path("api/", include(([path("v1/", include(api.urlpatterns))], "api"))),
    path("rekam/", include((recording.urlpatterns, "recording"))),
    path(violations.PATH, violations.take, name="violations"),
]

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
