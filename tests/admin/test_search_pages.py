"""The box on every page, the page of posts, and writing down by hand: what they answer and what never stands in an address."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from patrol import models, searching
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door

NOW = factories.NOW
FIND, POSTS, NOTE = (reverse(f"admin:patrol_{name}") for name in ("indicator_find", "post_changelist", "intake_note"))


def brought(*texts: str, **given: Any) -> list[models.Post]:
    posts = factories.stored([factories.raw_post(text, **given) for text in texts])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    while searching.fill(now=NOW, limit=500):
        pass
    return posts


def test_the_box_stands_on_every_page_of_who_may_search(door: Door) -> None:
    assert 'name="what"' in door(Role.OFFICER).get(reverse("admin:index")).content.decode()
    assert 'name="what"' not in door(Role.REGISTRAR).get(reverse("admin:index")).content.decode()


def test_a_single_hit_is_opened_and_several_are_listed(door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"))
    phone, client = models.Indicator.objects.get(kind="phone"), door(Role.OFFICER)
    one = client.post(FIND, {"what": "0840-5550-0001"})
    assert (one.status_code, one["Location"]) == (302, reverse("admin:patrol_indicator_change", args=[phone.pk]))
    brought(factories.HARMLESS.format(n=1) + " ig: kursi_contoh_id telegram: kursi_contoh_id")
    several = client.post(FIND, {"what": "@kursi_contoh_id"}).content.decode()
    assert several.count('<li><a href="/kerja/patrol/indicator/') == 2
    assert "kursi_contoh_id" not in several.replace('value="@kursi_contoh_id"', "")


def test_nothing_found_says_so_and_offers_to_write_it_down(door: Door) -> None:
    client = door(Role.OFFICER)
    text = client.post(FIND, {"what": "0840 5550 9999"}).content.decode()
    assert NOTE in text
    form = client.post(NOTE, {"prefill": "1", "words": "0840 5550 9999"})
    assert form.context["form"].initial["words"] == "0840 5550 9999"
    assert not models.Intake.objects.exists()


def test_a_note_says_what_was_recognised_masked(door: Door) -> None:
    sent = {"key": uuid.uuid4(), "words": "0840 5550 9999", "note": "", "place": "", "way": "telephone"}
    text = door(Role.OFFICER).post(NOTE, sent, follow=True).content.decode()
    assert "+62 840-••••99" in text
    assert "5550 9999" not in text


def test_words_go_into_the_address_and_numbers_do_not(door: Door) -> None:
    client = door(Role.OFFICER)
    assert (
        client.post(POSTS, {"q": "kerja kamboja", "level": "high"})["Location"] == f"{POSTS}?q=kerja+kamboja&level=high"
    )
    looked_up = client.post(POSTS, {"q": "0840 5550 0001"})
    assert (looked_up.status_code, looked_up.templates[0].name) == (200, "workbench/found.html")
    by_hand = client.get(POSTS, {"q": "0840 5550 0001"})
    assert by_hand.context["problem"]
    assert by_hand.context["rows"] == []


def test_hits_are_marked_in_a_masked_piece_of_the_text(door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"), "Selamat pagi, hari ini hujan di kota kami sejak subuh.")
    answer = door(Role.OFFICER).get(POSTS, {"q": "Kamboja"})
    text = answer.content.decode()
    assert len(answer.context["rows"]) == 1
    assert "<mark>kamboja</mark>" in text
    assert "5550" not in text
    assert models.AuditEntry.objects.filter(verb="search.made").count() == 1


FILTERED = [
    ({"platform": "telegram"}, 2), ({"platform": "web"}, 0), ({"level": "none"}, 1), ({"state": "open"}, 1), ({"state": "confirmed"}, 0),
    ({"country": "kh"}, 1), ({"country": "TW"}, 0), ({"country": "XX"}, 2), ({"since": "2026-11-23"}, 2), ({"since": "2026-11-24"}, 0),
    ({"until": "2026-11-22"}, 0),
    ({"platform": "nirkabel"}, 2), ({"since": "2026-13-99"}, 2), ({"office": "x"}, 2), ({"watch": "999999"}, 0), ({"kind": "\x00"}, 2),
]  # fmt: skip


@pytest.mark.parametrize(("query", "rows"), FILTERED)
def test_each_filter_narrows_the_list(query: dict[str, str], rows: int, door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"), "Selamat pagi, hari ini hujan di kota kami sejak subuh.")
    assert len(door(Role.OFFICER).get(POSTS, query).context["rows"]) == rows


def test_a_country_is_chosen_by_its_name_among_those_that_posts_name(door: Door) -> None:
    client = door(Role.OFFICER)
    assert client.get(POSTS).context["countries"] == []
    brought(
        "Lowongan pabrik Taiwan, hub 0840 5550 0001", "Lowongan admin Kamboja, hub 0840 5550 0002", "Kota kami sejuk."
    )
    assert client.get(POSTS).context["countries"] == [("KH", "Kamboja"), ("TW", "Taiwan")]
    answer = client.get(POSTS, {"country": "JP"})
    assert answer.context["countries"] == [("JP", "Jepang"), ("KH", "Kamboja"), ("TW", "Taiwan")]
    assert '<option value="JP" selected>Jepang</option>' in answer.content.decode()


def test_a_watch_is_a_filter(door: Door) -> None:
    watch = factories.watch()
    factories.stored([factories.raw_post("Selamat pagi semua.")], of=watch)
    factories.stored([factories.raw_post("Selamat siang semua.")])
    assert len(door(Role.OFFICER).get(POSTS, {"watch": watch.pk}).context["rows"]) == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_the_same_with_one_hit_and_with_thirty(
    rows: int, door: Door, django_assert_num_queries: Any
) -> None:
    brought(*(f"Unggahan biasa bernomor {n} tentang cuaca mendung di kota kami." for n in range(rows)))
    client = door(Role.OFFICER)
    with django_assert_num_queries(17):  # one for how posts without a flag begin, one for the countries
        assert len(client.get(POSTS, {"q": "mendung"}).context["rows"]) == rows
