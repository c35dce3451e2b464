"""One post by two names: in whatever order they come, one row is left with every version and every way."""

from __future__ import annotations

import importlib
import itertools
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import domain, models
from patrol.evidence import custody
from patrol.pipeline import storing
from tests import factories

pytestmark = pytest.mark.django_db

NUMBER, NAME = "1000000001/7", "name:saluran_contoh/7"
TEXT = "Lowongan contoh yang sama, dibaca lewat dua jalan"


def fetched(text: str = TEXT, **given: Any) -> domain.RawPost:
    """As a fetch brings it: by its number, knowing its address."""
    return factories.raw_post(text, external_id=NUMBER, also=(NAME,), **given)


def captured(text: str = TEXT, **given: Any) -> domain.RawPost:
    """As a person brings it: by its address."""
    return factories.raw_post(text, external_id=NAME, posted_at=None, posted_at_source="", **given)


def store(*posts: domain.RawPost) -> storing.Stored:
    run = factories.fetch()
    answer = factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    return storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW)


def test_a_captured_post_takes_the_number_a_fetch_brings_and_keeps_versions_and_ways() -> None:
    store(captured("Kata di layar"))
    before = models.Post.objects.get()
    done = store(fetched("Kata di halaman"))
    assert (done.new, done.changed, done.problems) == (0, 1, ())
    post = models.Post.objects.get()
    assert (post.pk, post.external_id, post.versions_count) == (before.pk, NUMBER, 2)
    assert post.posted_at == fetched().posted_at
    assert post.ways.count() == 2


def test_a_fetched_post_is_found_by_its_address() -> None:
    store(fetched())
    done = store(captured())
    assert (done.new, done.changed, done.repeated) == (0, 0, 1)
    assert models.OtherName.objects.values_list("external_id", "post__external_id").get() == (NAME, NUMBER)


@pytest.mark.parametrize("order", list(itertools.permutations([captured(), fetched()])), ids=["capture", "fetch"])
def test_both_names_in_one_batch_are_one_post(order: tuple[domain.RawPost, ...]) -> None:
    assert store(*order).new == 1
    assert models.Post.objects.get().external_id == NUMBER


def test_two_rows_that_turn_out_to_be_one_both_stay_and_that_is_told_once() -> None:
    store(captured())
    store(replace(fetched(), also=()))
    done = store(fetched(locator="message 7"))
    assert [(problem.code, problem.where) for problem in done.problems] == [("kept_twice", "message 7")]
    assert store(fetched()).problems == ()
    assert set(models.Post.objects.values_list("external_id", flat=True)) == {NUMBER, NAME}
    assert store(captured("Disunting")).changed == 1  # a row found by its own name is that row
    assert models.Post.objects.get(external_id=NAME).versions_count == 2


def test_a_name_that_passed_to_another_channel_does_not_mix_their_posts() -> None:
    store(fetched())
    store(replace(fetched("Pemilik baru nama saluran"), external_id="2000000002/7"))
    assert set(models.Post.objects.values_list("external_id", flat=True)) == {NUMBER, "2000000002/7"}
    assert models.OtherName.objects.get().post.external_id == NUMBER


PFBID = "pfbid0" + "aB1" * 10


def facebook(external_id: str, text: str = TEXT, **given: Any) -> domain.RawPost:
    return factories.raw_post(text, platform="facebook", external_id=external_id, url="", **given)


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        (("300", "PT Asli"), ("100", "Agen Contoh"), 2),
        (("pt.asli", "PT Asli"), ("agen.contoh", ""), 2),
        (("pt.asli", "PT Asli"), ("100", "Agen Contoh"), 2),
        (("100", "Agen Contoh"), ("100", "Agen Contoh Baru"), 1),
        (("agen.contoh", "Agen  contoh"), ("100", "Agen Contoh"), 1),
        (("agen@contoh.example", ""), ("agen", ""), 1),
        (("id:100", "Agen"), ("agen.contoh", ""), 1),
        (("", ""), ("100", "Agen Contoh"), 1),
    ],
)
@pytest.mark.parametrize("order", [1, -1], ids=["captured first", "fetched first"])
@pytest.mark.parametrize("at_once", [False, True])
def test_two_authors_are_two_posts_whatever_names_lead_from_one_to_the_other(
    first: tuple[str, str], second: tuple[str, str], rows: int, order: int, at_once: bool
) -> None:
    captured_post = facebook("4560000", "Flyer asli", author=first[0], author_name=first[1])
    fetched_post = facebook("2000000", "Daftar lewat saya", also=("4560000",), author=second[0], author_name=second[1])
    both = [captured_post, fetched_post][::order]
    for batch in [both] if at_once else [[post] for post in both]:
        assert store(*batch).problems == ()
    kept = {post.external_id: set(post.versions.values_list("content__author", flat=True)) for post in models.Post.objects.all()}
    if rows == 2:
        assert kept == {"4560000": {first[0]}, "2000000": {second[0]}}
    else:
        assert kept.keys() == {"2000000"}


def test_a_page_that_shows_two_posts_knows_better_than_a_name() -> None:
    store(factories.raw_post("Satu", external_id="777/1", also=("777/2",)))
    store(factories.raw_post("Satu", external_id="777/1"), factories.raw_post("Dua", external_id="777/2"))
    assert set(models.PostText.objects.values_list("version__post__external_id", "text")) == {("777/1", "Satu"), ("777/2", "Dua")}


def comment(of: str, number: int = 77777, **given: Any) -> domain.RawPost:
    return facebook(f"{of}_{number}", "Minat kak", **({"thread": of, "reply_to": of} | given))


def threads() -> set[tuple[str, str, str]]:
    return set(models.Post.objects.exclude(thread="").values_list("external_id", "thread", "reply_to"))


def test_comments_of_a_post_captured_by_its_other_name_stand_under_the_post() -> None:
    store(facebook("2000000", also=(PFBID,)))
    for _ in range(2):
        answer = comment(PFBID, 88888, reply_to=f"{PFBID}_77777")
        assert store(facebook(PFBID), comment(PFBID), answer).changed == 0
    assert threads() == {("2000000_77777", "2000000", "2000000"), ("2000000_88888", "2000000", "2000000_77777")}
    assert store(comment("2000000")).repeated == 1
    assert models.Post.objects.count() == 3


@pytest.mark.parametrize("with_its_post", [True, False])
def test_comments_go_along_when_their_post_takes_its_number(with_its_post: bool) -> None:
    store(*([facebook(PFBID)] if with_its_post else []), comment(PFBID), comment(PFBID, 88888, reply_to=f"{PFBID}_77777"))
    before = dict(models.Post.objects.filter(thread=PFBID).values_list("pk", "first_seen"))
    done = store(facebook("2000000", also=(PFBID,)), comment("2000000"))
    assert (done.new, done.changed, done.problems) == (0 if with_its_post else 1, 0, ())
    assert threads() == {("2000000_77777", "2000000", "2000000"), ("2000000_88888", "2000000", "2000000_77777")}
    assert dict(models.Post.objects.filter(thread="2000000").values_list("pk", "first_seen")) == before
    assert (store(comment(PFBID)).repeated, store(comment("2000000")).repeated) == (1, 1)
    assert models.Post.objects.count() == 3


def test_comments_that_lost_their_post_before_find_it_again() -> None:
    store(facebook("2000000", also=(PFBID,)), comment("2000000"), facebook("3000000"), comment("3000000"))
    models.Post.objects.filter(thread="2000000").update(thread=PFBID, reply_to=PFBID)
    with connection.cursor() as cursor:
        cursor.execute(importlib.import_module("patrol.migrations.0023_comments_under_their_posts").SQL)
    assert threads() == {("2000000_77777", "2000000", "2000000"), ("3000000_77777", "3000000", "3000000")}


def test_a_comment_kept_under_both_names_stays_in_both_rows() -> None:
    store(facebook(PFBID), comment(PFBID), comment("2000000"))
    store(facebook("2000000", also=(PFBID,)))
    assert threads() == {(f"{PFBID}_77777", "2000000", "2000000"), ("2000000_77777", "2000000", "2000000")}


def test_what_only_begins_like_the_name_is_no_part_of_it() -> None:
    store(facebook(PFBID), facebook(f"{PFBID}x_1", thread=PFBID))
    store(facebook("2000000", also=(PFBID,)))
    assert threads() == {(f"{PFBID}x_1", "2000000", "")}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(st.sampled_from(["number", "name", "another"]), min_size=1, max_size=3), min_size=1, max_size=5))
def test_whatever_the_order_it_is_one_post_of_one_version_with_a_way_for_each_arrival(batches: list[list[str]]) -> None:
    class UndoneError(Exception):
        pass

    makers = {"number": fetched, "name": captured, "another": lambda: factories.raw_post(external_id="1000000001/8")}
    with pytest.raises(UndoneError), transaction.atomic():
        for batch in batches:
            assert store(*(makers[way]() for way in batch)).problems == ()
        brought = [[way for way in batch if way != "another"] for batch in batches]
        kept = list(models.Post.objects.exclude(external_id="1000000001/8"))
        ways = set(itertools.chain(*brought))
        assert [post.external_id for post in kept] == ([NUMBER] if "number" in ways else [NAME] if ways else [])
        for post in kept:
            assert (post.versions.count(), post.versions_count) == (1, 1)
            assert post.ways.count() == sum(bool(batch) for batch in brought)
        raise UndoneError
