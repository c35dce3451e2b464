"""One post by two names: in whatever order they come, one row is left with every version and every way."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import models, vocabulary
from patrol.pipeline import storing
from tests import factories

pytestmark = pytest.mark.django_db

NUMBER, NAME = "1000000001/7", "name:saluran_contoh/7"
TEXT = "Lowongan contoh yang sama, dibaca lewat dua jalan"


def fetched(text: str = TEXT, **given) -> vocabulary.RawPost:
    """As a fetch brings it: by its number, knowing its address."""
    return factories.raw_post(text, external_id=NUMBER, also=(NAME,), **given)


def captured(text: str = TEXT, **given) -> vocabulary.RawPost:
    """As a person brings it: by its address."""
    return factories.raw_post(text, external_id=NAME, posted_at=None, posted_at_source="", **given)


def store(*posts: vocabulary.RawPost) -> storing.Stored:
    run = factories.fetch()
    answer = factories.answer()
    capture = storing.capture(answer, sha256=storing.keep(answer), platform="telegram", fetch=run)
    return storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW)


def test_a_captured_post_takes_the_number_a_fetch_brings_and_keeps_versions_and_ways():
    store(captured("Kata di layar"))
    before = models.Post.objects.get()
    done = store(fetched("Kata di halaman"))
    assert (done.new, done.changed, done.problems) == (0, 1, ())
    post = models.Post.objects.get()
    assert (post.pk, post.external_id, post.versions_count) == (before.pk, NUMBER, 2)
    assert post.posted_at == fetched().posted_at
    assert post.ways.count() == 2


def test_a_fetched_post_is_found_by_its_address():
    store(fetched())
    done = store(captured())
    assert (done.new, done.changed, done.repeated) == (0, 0, 1)
    assert models.OtherName.objects.values_list("external_id", "post__external_id").get() == (NAME, NUMBER)


@pytest.mark.parametrize("order", list(itertools.permutations([captured(), fetched()])), ids=["capture", "fetch"])
def test_both_names_in_one_batch_are_one_post(order):
    assert store(*order).new == 1
    assert models.Post.objects.get().external_id == NUMBER


def test_two_rows_that_turn_out_to_be_one_both_stay_and_that_is_told_once():
    store(captured())
    store(replace(fetched(), also=()))
    done = store(fetched(locator="message 7"))
    assert [(problem.code, problem.where) for problem in done.problems] == [("kept_twice", "message 7")]
    assert store(fetched()).problems == ()
    assert set(models.Post.objects.values_list("external_id", flat=True)) == {NUMBER, NAME}
    assert store(captured("Disunting")).changed == 1  # a row found by its own name is that row
    assert models.Post.objects.get(external_id=NAME).versions_count == 2


def test_a_name_that_passed_to_another_channel_does_not_mix_their_posts():
    store(fetched())
    store(replace(fetched("Pemilik baru nama saluran"), external_id="2000000002/7"))
    assert set(models.Post.objects.values_list("external_id", flat=True)) == {NUMBER, "2000000002/7"}
    assert models.OtherName.objects.get().post.external_id == NUMBER


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(st.lists(st.sampled_from(["number", "name", "another"]), min_size=1, max_size=3), min_size=1, max_size=5)
)
def test_whatever_the_order_it_is_one_post_of_one_version_with_a_way_for_each_arrival(batches):
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
