"""Learn: the list and a guide in both languages; what was taken off is not there; no forbidden word, no script, little weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from patrol import models
from patrol.domain import public_words
from patrol.guides import editions
from patrol.models import Role
from tests import factories
from tests.factories import NOW
from tests.markup import read

pytestmark = pytest.mark.django_db
STYLE = Path(settings.BASE_DIR) / "static/public/public.css"


def read_page(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def published(count: int, *, first: int = 0) -> None:
    analyst = factories.person(Role.ANALYST)
    said: dict[str, Any] = {f"{part}_{language}": "Isi" for part in editions.MOST for language in editions.LANGUAGES} | {
        "sources": "Contoh"
    }
    for n in range(first, first + count):
        told: dict[str, Any] = {"key": f"bacaan-{n}", "section": "leaving", "checked_on": NOW.date(), "seen": 0}
        editions.publish(**told, **said, by=analyst, now=NOW)


def test_every_guide_is_found_and_read_in_both_languages(client: Client) -> None:
    factories.offices()
    editions.load(now=NOW)
    for prefix, heading, checked in (
        ("", "Mengenali tawaran", "Diperiksa 29 November 2026."),
        ("/en", "Tell an offer apart", "Checked on 29 November 2026."),
    ):
        page = read_page(client, f"{prefix}/pelajari/")
        assert read(page.select_one("main h2")) == heading
        links = [str(one["href"]) for one in page.select("main .list a")]
        assert [link.split("/")[-2] for link in links] == [one.guide.key for one in editions.published()]
        assert len(links) == 7
        for link in links:
            answer = client.get(link)
            page = BeautifulSoup(answer.content, "html.parser")
            assert checked in read(page.select_one("article .s"))
            assert public_words.forbidden(page.get_text(" ")) == []
            assert page.select("script") == []
            assert len(answer.content) + STYLE.stat().st_size < 100_000


def test_a_guide_shows_what_its_newest_edition_says_as_text(client: Client) -> None:
    published(1)
    first = models.GuideEdition.objects.get()
    said = {
        name: getattr(first, name) for name in ("title_id", "title_en", "under_id", "under_en", "gist_id", "gist_en", "body_en", "sources")
    }
    told: dict[str, Any] = {"key": "bacaan-0", "section": "leaving", "checked_on": NOW.date(), "seen": first.pk}
    body = "## Judul\n\n- <b>satu</b>\n\n> “Kutipan”"
    newest = editions.publish(**told, **said, body_id=body, by=factories.person(Role.ANALYST), now=NOW)
    page = read_page(client, "/pelajari/bacaan-0/")
    assert [read(one) for one in page.select("article h2, article li, article blockquote")] == ["Judul", "<b>satu</b>", "“Kutipan”"]
    assert [str(one["href"]) for one in page.select(".lang")] == ["/en/pelajari/bacaan-0/"]
    editions.withdraw(guide_id=first.guide_id, reason="Berubah.", seen=newest.pk, by=factories.person(Role.ANALYST), now=NOW)
    assert [client.get(path).status_code for path in ("/pelajari/bacaan-0/", "/en/pelajari/bacaan-0/", "/pelajari/lain/")] == [404] * 3
    assert "Belum ada bacaan." in read(read_page(client, "/pelajari/").select_one("main"))


@pytest.mark.parametrize("count", [1, 30])
def test_pages_ask_as_much_for_one_guide_as_for_thirty(client: Client, count: int, django_assert_num_queries: Any) -> None:
    published(count)
    for path in ("/pelajari/", "/pelajari/bacaan-0/"):
        with django_assert_num_queries(2):  # the guides, and the day of the register
            assert client.get(path).status_code == 200
