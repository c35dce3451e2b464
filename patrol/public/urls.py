"""Addresses of the public desk: Indonesian from the root, English under /en/. A new page is one line of `PAGES`.

In a template `{% url "public:check" %}` leads to the page in the language of the page it stands on; in a view
`pages.address(request, "check")`.
"""

from django.urls import include, path

from patrol.infra import violations
from patrol.public import card, home, learn, leave, objection, pages, report, security, status
from patrol.public.check import page as checking

PAGES = [
    path("", home.page, name="home"),
    path("logo.png", pages.logo, name="logo"),
    path("cek/", checking.page, name="check"),
    path("kartu/<str:number>/", card.page, name="card"),
    path("lapor/", report.page, name="report"),
    path("lapor/status/", status.page, name="status"),
    path("keberatan/", objection.page, name="objection"),
    path("keluar/", leave.page, name="leave"),
    path("pelajari/", learn.page, name="learn"),
    path("pelajari/<slug:key>/", learn.guide, name="guide"),
]

urlpatterns = [
    path(security.PATH, security.page, name="security"),
    path(violations.PATH, violations.take, name="violations"),
    path("en/", include((PAGES, "public"), namespace="public-en")),
    path("", include((PAGES, "public"), namespace="public")),
]

handler400 = "patrol.public.pages.malformed"
handler403 = "patrol.public.pages.foreign"
handler404 = "patrol.public.pages.no_page"
handler500 = "patrol.public.pages.went_wrong"
