"""Accounts by the platform's own id, names as names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from patrol import campaigns, domain, models, search
from patrol.campaigns import trusted
from patrol.models import TrustedAs
from patrol.pipeline import assessing
from tests import factories

pytestmark = pytest.mark.django_db

NOW = factories.NOW
NAME = "agen.contoh.example"
ONE, OTHER = "did:plc:agen000contoh", "did:plc:lain000contoh"


def by(did: str, name: str = NAME, key: str = "a", **given: Any) -> domain.RawPost:
    fields = {
        "platform": "bluesky",
        "external_id": f"at://{did or 'name'}/app.bsky.feed.post/{key}",
        "author": name,
        "author_id": did,
        "url": f"https://bsky.app/profile/{name}/post/{key}",
        "origin": "",
    }
    return factories.illegal(**(fields | given))


def kept(*posts: domain.RawPost, now: datetime = NOW) -> list[models.Post]:
    found = factories.stored(posts, now=now)
    while assessing.read_due(now=now, limit=500).read:
        pass
    return found


def authors() -> dict[str, tuple[str, str]]:
    """external_id -> own id and name of the account each post is under; every post has one author."""
    rows = models.Sighting.objects.filter(role="author").order_by("post_id")
    found = rows.values_list("post__external_id", "indicator__own_id", "indicator__value")
    assert len(found) == len({row[0] for row in found})
    return {external_id: (own, value) for external_id, own, value in found}


def test_whoever_takes_a_freed_name_is_another_account() -> None:
    (mine,) = kept(by(ONE))
    kept(by(ONE, "agen.baru.example", "b"), now=NOW + timedelta(days=1))
    (taker,) = kept(by(OTHER, NAME, "c"), now=NOW + timedelta(days=2))
    assert authors() == {
        mine.external_id: (f"bluesky:{ONE}", "bluesky:agen.baru.example"),
        f"at://{ONE}/app.bsky.feed.post/b": (f"bluesky:{ONE}", "bluesky:agen.baru.example"),
        taker.external_id: (f"bluesky:{OTHER}", f"bluesky:{NAME}"),
    }
    names = models.AccountName.objects.order_by("first_seen").values_list("indicator__own_id", "name", "first_seen", "last_seen")
    assert list(names) == [
        (f"bluesky:{ONE}", f"bluesky:{NAME}", NOW, NOW),
        (f"bluesky:{ONE}", "bluesky:agen.baru.example", NOW + timedelta(days=1), NOW + timedelta(days=1)),
        (f"bluesky:{OTHER}", f"bluesky:{NAME}", NOW + timedelta(days=2), NOW + timedelta(days=2)),
    ]


def test_an_older_version_that_is_read_later_does_not_bring_the_old_name_back() -> None:
    kept(by(ONE, "agen.baru.example", "b"), now=NOW + timedelta(days=1))
    models.Post.objects.update(due_at=None)
    (late,) = factories.stored([by(ONE)])
    while assessing.read_due(now=NOW + timedelta(days=2), limit=500).read:
        pass
    assert authors()[late.external_id] == (f"bluesky:{ONE}", "bluesky:agen.baru.example")


def test_two_platforms_may_use_the_same_id_for_two_accounts() -> None:
    kept(by("77", "loker", "a", platform="x", external_id="1"), by("77", "loker", "a", platform="telegram", external_id="77/1"))
    assert set(authors().values()) == {("x:77", "x:loker"), ("telegram:77", "telegram:loker")}


def test_a_name_in_a_text_stays_a_name_beside_the_account_that_bears_it() -> None:
    quoted = factories.illegal(platform="web", external_id="https://w.example/1")
    kept(replace(quoted, text=f"{quoted.text} instagram.com/loker.contoh"))
    kept(by("17841400000000001", "loker.contoh", platform="instagram", external_id="p1"))
    rows = models.Indicator.objects.filter(value="instagram:loker.contoh").order_by("own_id")
    assert list(rows.values_list("own_id", flat=True)) == ["", "instagram:17841400000000001"]
    assert [list(row.sightings.values_list("role", flat=True)) for row in rows] == [["contact"], ["author"]]


def test_a_post_known_by_its_authors_name_goes_to_the_account_when_the_id_comes() -> None:
    post = by("", key="a", external_id="at://x/app.bsky.feed.post/a")
    other = by("", key="z", external_id="at://x/app.bsky.feed.post/z")
    kept(post, other)
    assert set(authors().values()) == {("", f"bluesky:{NAME}")}
    readings = models.Reading.objects.count()
    factories.stored([replace(post, author_id=ONE)], now=NOW + timedelta(hours=1))
    assert authors() == {post.external_id: (f"bluesky:{ONE}", f"bluesky:{NAME}"), other.external_id: ("", f"bluesky:{NAME}")}
    assert models.Reading.objects.count() == readings
    assert models.Post.objects.get(external_id=post.external_id).due_at is None
    # Who comes without the id later takes nothing away.
    factories.stored([post], now=NOW + timedelta(hours=2))
    assert models.Post.objects.get(external_id=post.external_id).author_id == ONE
    assert authors()[post.external_id] == (f"bluesky:{ONE}", f"bluesky:{NAME}")


def test_posts_of_one_account_are_tied_by_it_through_a_change_of_name() -> None:
    first = by("", "abcd", "a")
    kept(first)
    factories.stored([replace(first, author_id=ONE)], now=NOW + timedelta(hours=1))
    kept(by(ONE, "efgh", "b"), by(OTHER, "abcd", "c"), now=NOW + timedelta(hours=2))
    keys = models.PostMark.objects.filter(kind="author").values_list("key", "post__external_id")
    tied: dict[str, set[str]] = {}
    for key, name in keys:
        tied.setdefault(key, set()).add(name.rpartition("/")[2])
    assert tied[campaigns.keeping.digest(f"account:bluesky:{ONE}")] == {"a", "b"}
    assert tied[campaigns.keeping.digest(f"account:bluesky:{OTHER}")] == {"c"}
    marks = models.PostMark.objects.filter(kind="author").values_list("post__external_id", "indicator__own_id")
    assert {own for name, own in marks if name.endswith(("/a", "/b"))} == {f"bluesky:{ONE}"}


def test_searching_for_a_name_finds_every_account_that_bore_it() -> None:
    def one(number: str, name: str, key: str) -> domain.RawPost:
        return by(number, name, platform="instagram", external_id=key)

    kept(one("17841400000000001", "loker.contoh", "p1"))
    kept(one("17841400000000001", "loker.baru", "p2"), now=NOW + timedelta(days=1))
    kept(one("17841400000000002", "loker.contoh", "p3"), one("17841400000000003", "loker.lain", "p4"), now=NOW + timedelta(days=2))
    hits = search.find(text="instagram.com/loker.contoh", by=factories.person(), now=NOW).hits
    found = models.Indicator.objects.filter(pk__in=[hit.key for hit in hits if hit.what == "indicator"])
    assert set(found.values_list("own_id", flat=True)) == {"instagram:17841400000000001", "instagram:17841400000000002"}


def trust(own: str) -> None:
    models.Trusted.objects.create(
        indicator=models.Indicator.objects.get(own_id=own),
        known_as=next(iter(TrustedAs)),
        reason="Akun resmi, dicek.",
        expires_on=(NOW + timedelta(days=300)).date(),
        proposed_by=factories.person(),
        proposed_at=NOW,
        approved_by=factories.person(),
        approved_at=NOW,
    )


def test_trust_in_an_account_does_not_pass_to_whoever_takes_its_name() -> None:
    kept(by(ONE))
    trust(f"bluesky:{ONE}")
    assert trusted.contacts(NOW) == {("account", f"bluesky:{NAME}")}
    kept(by(OTHER, NAME, "c"), now=NOW + timedelta(days=2))
    assert trusted.contacts(NOW) == frozenset()


# --- what was kept before -------------------------------------------------------------------------


def join() -> None:
    """The migration's own step, on rows as they were kept before."""
    import_module("patrol.migrations.0028_accounts_by_their_own_id").join(None, SimpleNamespace(connection=connection))


def test_rows_kept_by_name_are_joined_by_the_id_in_the_posts_identity() -> None:
    kept(
        by("", NAME, "a", external_id=f"at://{ONE}/app.bsky.feed.post/a"), by("", NAME, "b", external_id=f"at://{ONE}/app.bsky.feed.post/b")
    )
    named = models.Indicator.objects.get(kind="account", value=f"bluesky:{NAME}")
    channel = factories.raw_post(author="saluran_contoh", external_id="1000000001/68", url="https://t.me/saluran_contoh/68")
    web = by("", "toko", "t", platform="x", external_id="1")
    kept(channel, web)
    watch = factories.watch(platform="bluesky", kind="account", query=f"@{NAME}", cursor={"turn": ""})
    run = factories.fetch(watch)
    for post in models.Post.objects.filter(platform="bluesky"):
        models.Seen.objects.create(post=post, watch=watch, fetch=run, at=NOW)
    join()
    assert authors() == {
        f"at://{ONE}/app.bsky.feed.post/a": (f"bluesky:{ONE}", f"bluesky:{NAME}"),
        f"at://{ONE}/app.bsky.feed.post/b": (f"bluesky:{ONE}", f"bluesky:{NAME}"),
        channel.external_id: ("telegram:1000000001", "telegram:saluran_contoh"),
        "1": ("", "x:toko"),
    }
    named.refresh_from_db()
    assert named.own_id == f"bluesky:{ONE}"  # the row stays, and with it every link to it
    key = campaigns.keeping.digest(f"account:bluesky:{ONE}")
    assert models.PostMark.objects.filter(kind="author", key=key).count() == 2
    watch.refresh_from_db()
    assert watch.cursor == {"turn": "", "account": {"asked": NAME, "id": ONE, "name": NAME}}
    kept(by(ONE, NAME, "c"))
    assert authors()[f"at://{ONE}/app.bsky.feed.post/c"] == (f"bluesky:{ONE}", f"bluesky:{NAME}")
    assert models.Indicator.objects.filter(value=f"bluesky:{NAME}").count() == 1


def test_a_name_that_two_accounts_bore_stays_a_name_and_each_gets_its_posts() -> None:
    kept(
        by("", NAME, "a", external_id=f"at://{ONE}/app.bsky.feed.post/a"),
        by("", NAME, "b", external_id=f"at://{OTHER}/app.bsky.feed.post/b"),
    )
    named = models.Indicator.objects.get(kind="account", value=f"bluesky:{NAME}")
    join()
    assert authors() == {
        f"at://{ONE}/app.bsky.feed.post/a": (f"bluesky:{ONE}", f"bluesky:{NAME}"),
        f"at://{OTHER}/app.bsky.feed.post/b": (f"bluesky:{OTHER}", f"bluesky:{NAME}"),
    }
    named.refresh_from_db()
    assert (named.own_id, named.sightings.count()) == ("", 0)
