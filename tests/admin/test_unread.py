"""What nobody read yet is called so on every page that shows a post or a flag: being read, waiting, the reader stopped, set aside."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.admin.shared import post_rows, unread
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import english
from tests.markup import only

OTHERWISE = "No sign of an offence"


def waits(post: models.Post, seconds: int) -> models.Post:
    """Due for so long, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_post SET due_at = clock_timestamp() - %s * interval '1 second' WHERE id = %s", [seconds, post.pk])
    post.refresh_from_db()
    return post


def leased(post: models.Post) -> None:
    """Somebody reads it now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post SET lease_until = clock_timestamp() + interval '1 minute', lease_token = gen_random_uuid() WHERE id = %s",
            [post.pk],
        )


def said(post: models.Post) -> str | None:
    """Without the time."""
    found = unread.of([post]).get(post.pk)
    return re.sub("since .*? WIB", "since …", found) if found else found


@pytest.fixture
def post(db: None, settings: Any) -> models.Post:
    settings.LANGUAGE_CODE = "en"
    return factories.stored([factories.raw_post()])[0]


def test_for_a_minute_it_is_being_read_then_the_reader_has_stopped(post: models.Post) -> None:
    assert said(waits(post, 0)) == "is being read"
    assert said(waits(post, 50)) == "is being read"
    assert said(waits(post, 61)) == "not read since …, the reader has stopped"


def test_while_others_are_read_it_waits_behind_them(post: models.Post) -> None:
    [other] = factories.stored([factories.raw_post()])
    leased(other)
    assert said(waits(post, 61)) == "not read since …, others are read before it"


def test_what_was_read_or_set_aside_is_said_so(post: models.Post) -> None:
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    post.refresh_from_db()
    assert (post.due_at, said(post)) == (None, None)
    assert said(waits(post, 3600)) is None  # read, and to be read again: what was found stands
    [other] = factories.stored([factories.raw_post()])
    models.Post.objects.filter(pk=other.pk).update(quarantined_at=factories.NOW)
    other.refresh_from_db()
    assert said(other) == "could not be read, set aside since …"


def test_a_newer_state_that_nobody_read_counts_as_unread(post: models.Post) -> None:
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    edited = factories.raw_post("Bukan yang tadi.", external_id=post.external_id, url=post.url)
    factories.stored([edited])
    post.refresh_from_db()
    assert (post.versions_count, said(post)) == (2, "is being read")


def test_posts_that_wait_for_nothing_cost_no_query(post: models.Post, django_assert_num_queries: Any) -> None:
    models.Post.objects.filter(pk=post.pk).update(due_at=None)
    post.refresh_from_db()
    with django_assert_num_queries(0):
        assert unread.of([post]) == {}


def pages(client: Client, post: models.Post) -> dict[str, str]:
    """The pages that show it, by name."""
    author = models.Indicator.objects.create(kind="account", value="telegram:x", first_seen=factories.NOW, last_seen=factories.NOW)
    models.Sighting.objects.create(
        indicator=author, post=post, version=post.versions.get(), role="author", confidence=1.0, seen_at=factories.NOW
    )
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=factories.NOW, grown_at=factories.NOW)
    models.LinkedPost.objects.update_or_create(post=post, defaults={"campaign": campaign, "joined_at": factories.NOW, "follows": False})
    addresses = {
        "list": reverse("admin:patrol_post_changelist"),
        "post": reverse("admin:patrol_post_change", args=[post.pk]),
        "indicator": reverse("admin:patrol_indicator_change", args=[author.pk]),
        "campaign": reverse("admin:patrol_campaign_change", args=[campaign.pk]),
        "erasing": reverse("admin:patrol_post_erase", args=[post.pk]),
    }
    return {name: only(BeautifulSoup(client.get(to, follow=True).content, "html.parser"), "main").text for name, to in addresses.items()}


def test_no_page_says_of_an_unread_post_what_it_is(post: models.Post, door: Door) -> None:
    waits(post, 120)
    for name, text in pages(english(door(Role.SUPERVISOR, code="directorate")), post).items():
        assert "the reader has stopped" in text, name
        assert OTHERWISE not in text, name


def test_that_a_post_is_being_read_is_told_once(db: None) -> None:
    """By its title; where that is its own words, beside it."""
    post = factories.stored([factories.raw_post("Selamat pagi")])[0]
    with translation.override("en"):
        wait = {post.pk: "is being read"}
        told = {"text": "Selamat pagi", "text_kind": "other", "positions": [], "countries": [], "author": ""}
        rows = [post_rows.post_row(post, wait), post_rows.post_row(post, wait, told), post_rows.post_row(post, {})]
        assert [(str(row["gist"]), row["waits"]) for row in rows] == [
            ("A post that is being read", ""),
            ("Selamat pagi", "is being read"),
            ("No sign of an offence", ""),
        ]


def test_a_read_post_is_said_to_be_without_a_sign(post: models.Post, door: Door) -> None:
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    post.refresh_from_db()
    for name, text in pages(english(door(Role.SUPERVISOR, code="directorate")), post).items():
        assert "read since" not in text, name
        assert "being read" not in text, name


def test_the_page_of_a_flag_says_that_a_newer_state_waits(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    page = reverse("admin:patrol_flag_change", args=[flag.pk])
    assert "The newest version of this post" not in client.get(page).content.decode()
    factories.stored([factories.raw_post("Diganti.", external_id=flag.post.external_id, url=flag.post.url)])
    assert "The newest version of this post is being read." in client.get(page).content.decode()
    assert "its newest version is being read" in client.get(reverse("admin:patrol_post_changelist")).content.decode()


def empty_desk(door: Door, query: str = "") -> str:
    client = english(door(Role.OFFICER))
    html = client.get(reverse("admin:patrol_flag_changelist") + query).content
    return re.sub("since .*? WIB", "since …", " ".join(BeautifulSoup(html, "html.parser").text.split()))


@pytest.mark.parametrize("query", ["", "?level=high"])
def test_an_empty_desk_says_that_posts_wait_to_be_read(query: str, post: models.Post, door: Door) -> None:
    [other] = factories.stored([factories.raw_post()])
    waits(other, 0)
    waits(post, 20)
    assert "wait to be read" not in empty_desk(door, query)
    waits(post, 61)
    stopped = "Posts wait to be read since …, and the reader has stopped: what is in them does not appear here."
    assert stopped in empty_desk(door, query)
    leased(other)
    assert "Posts wait to be read since …: what is in them appears here once they are read." in empty_desk(door, query)
    models.Post.objects.filter(pk=post.pk).update(quarantined_at=factories.NOW)
    assert "wait to be read" not in empty_desk(door, query)


def test_what_is_being_read_does_not_wait(post: models.Post) -> None:
    waits(post, 120)
    leased(post)
    assert unread.backlog() == ""


def test_where_everything_was_read_the_desk_says_nothing_of_reading(post: models.Post, door: Door) -> None:
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    text = empty_desk(door)
    assert "Nothing waits for a decision" in text
    assert "wait to be read" not in text
