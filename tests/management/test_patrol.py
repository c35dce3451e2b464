"""One round in the foreground, against a feed that answers as the test says."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patrol import models
from patrol.infra import wall
from tests import factories

pytestmark = pytest.mark.django_db

ITEMS = "".join(
    f"<item><guid>{n}</guid><title>{title}</title><description>Unggahan contoh nomor {n}</description></item>"
    for n, title in enumerate([factories.ILLEGAL.format(phone="0840 5552 0001"), "Selamat pagi"])
)
PAGES = {
    "/baik.xml": (200, f'<rss version="2.0"><channel><title>Contoh</title>{ITEMS}</channel></rss>'),
    "/setengah.xml": (200, f'<rss version="2.0"><channel><title>Contoh</title>{ITEMS}<item><guid>9'),
    "/hilang.xml": (404, "tidak ada"),
    "/halaman.xml": (200, "<html><body>Silakan masuk</body></html>"),
    "/robots.txt": (404, "tidak ada"),  # nothing is forbidden here
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, text = PAGES[self.path]
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(autouse=True)
def world(settings: Any) -> Iterator[Any]:
    factories.offices()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.STAND_INS = {"https://umpan.example": f"http://127.0.0.1:{server.server_port}"}
        yield
        server.shutdown()


def feed(page: Any, **given: Any) -> Any:
    return factories.watch(platform="feed", query=f"https://umpan.example/{page}.xml", name=page, **given)


def told(**options: Any) -> Any:
    out = io.StringIO()
    call_command("patrol", stdout=out, **options)
    return out.getvalue().splitlines()


def head(watch: Any) -> Any:
    return f"{watch.pk} {watch.name} (feed {watch.query})"


def test_a_round_prints_what_it_fetched_stored_flagged_and_could_not_read() -> None:
    good, gone, page = feed("baik"), feed("hilang"), feed("halaman")
    paused = feed("setengah", state="paused")
    lines = told()
    assert lines[0] == f"{head(good)}: 1 pages, 2 posts, 2 new, 0 changed."
    assert lines[1] == f"{head(gone)}: 0 pages, 0 posts, 0 new, 0 changed."
    assert lines[2].startswith("  could not read: ")
    assert lines[3] == f"{head(page)}: 0 pages, 0 posts, 0 new, 0 changed."
    assert lines[4].endswith("(not_a_feed)")
    assert lines[5:] == [
        f"{head(paused)}: paused, not asked.",
        "Read 2 posts (high 1, medium 0, low 0, none 1); raised 1 flags; set aside 0.",
        "2 of 4 watches failed; the others went on.",
    ]
    assert models.Flag.objects.count() == 1


def test_what_was_set_aside_is_read_again_and_no_watch_is_asked() -> None:
    """A worker of a release that does not tell the database for whom it asks: its flag is refused, and no post is to blame."""
    feed("baik")
    with wall.behind(""):
        assert told()[-1] == "Read 1 posts (high 0, medium 0, low 0, none 1); raised 0 flags; set aside 1."
    assert told()[-1] == "Read 0 posts (high 0, medium 0, low 0, none 0); raised 0 flags; set aside 0."
    asked = models.Fetch.objects.count()

    assert told(set_aside=True) == [
        "Posts that were set aside and are read again: 1.",
        "Read 1 posts (high 1, medium 0, low 0, none 0); raised 1 flags; set aside 0.",
    ]
    assert models.Flag.objects.count() == 1
    assert models.Fetch.objects.count() == asked
    assert set(models.Post.objects.values_list("quarantined_at", "quarantine_reason", "due_at")) == {(None, "", None)}
    assert told(set_aside=True)[0] == "Posts that were set aside and are read again: 0."


def test_one_watch_is_asked_alone_due_or_not_and_twice_brings_nothing_new() -> None:
    good = feed("baik")
    other = feed("hilang")
    told(watch=good.pk)
    lines = told(watch=good.pk)
    assert lines == [
        f"{head(good)}: 1 pages, 2 posts, 0 new, 0 changed.",
        "Read 0 posts (high 0, medium 0, low 0, none 0); raised 0 flags; set aside 0.",
    ]
    other.refresh_from_db()
    assert other.state == "active"


def test_half_an_answer_keeps_its_posts_and_is_told() -> None:
    half = feed("setengah")
    lines = told(watch=half.pk)
    assert lines[0] == f"{head(half)}: 1 pages, 2 posts, 2 new, 0 changed."
    assert [line.startswith("  could not read") for line in lines[1:-1]] == [True]


def test_a_watch_somebody_holds_is_left_alone() -> None:
    watch = feed("baik")
    models.Watch.objects.filter(pk=watch.pk).update(lease_token="00000000-0000-0000-0000-000000000001", lease_until="2999-01-01T00:00:00Z")
    assert told()[0] == f"{head(watch)}: another run holds it."


def test_a_watch_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"^There is no watch 999999\.$"):
        told(watch=999_999)
