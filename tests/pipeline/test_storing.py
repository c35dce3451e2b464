"""Pages into the database: once, in versions, and never half."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patrol import evidence, models
from patrol.pipeline import storing
from tests import factories

pytestmark = pytest.mark.django_db


def store(posts, run=None, now=factories.NOW):
    run = run or factories.fetch()
    answer = factories.answer(b"page")
    capture = storing.capture(answer, sha256=storing.keep(answer), platform="telegram", fetch=run)
    return storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=now)


def test_a_post_is_kept_once_with_its_words_and_its_way():
    post = factories.raw_post("Halo dari saluran contoh", author="contoh", links=("https://contoh.example/a",))
    run = factories.fetch()
    done = store([post], run)
    assert (done.new, done.changed, done.repeated, done.problems) == (1, 0, 0, ())
    kept = models.Post.objects.get()
    assert (kept.platform, kept.external_id, kept.versions_count) == ("telegram", post.external_id, 1)
    text = models.PostText.objects.get(version__post=kept, version__number=1)
    assert (text.text, text.author, text.links) == (post.text, "contoh", ["https://contoh.example/a"])
    assert list(models.Seen.objects.values_list("post", "watch")) == [(kept.pk, run.watch_id)]
    assert kept.due_at is not None


def test_the_same_post_again_changes_nothing_but_when_it_was_last_seen():
    post = factories.raw_post()
    store([post])
    later = factories.NOW.replace(hour=9)
    done = store([post], now=later)
    assert (done.new, done.changed, done.repeated) == (0, 0, 1)
    assert models.PostVersion.objects.count() == 1
    assert models.Post.objects.get().last_seen == later


def test_an_edited_post_is_a_new_version_and_due_again():
    post = factories.raw_post("Sebelum disunting")
    store([post])
    models.Post.objects.update(due_at=None)
    done = store([replace(post, text="Sesudah disunting", edited=True)])
    assert (done.new, done.changed, done.repeated) == (0, 1, 0)
    texts = models.PostText.objects.order_by("version__number").values_list("version__number", "text")
    assert list(texts) == [(1, "Sebelum disunting"), (2, "Sesudah disunting")]
    assert models.Post.objects.get().due_at is not None


def test_twice_in_one_page_the_last_one_stands():
    post = factories.raw_post("satu")
    store([post, replace(post, text="dua")])
    assert list(models.PostText.objects.values_list("text", flat=True)) == ["dua"]


def test_what_postgresql_cannot_keep_is_replaced_one_for_one():
    store([factories.raw_post("a\0b\ud800c")])
    assert models.PostText.objects.get().text == "a\ufffdb\ufffdc"


def test_a_post_the_database_refuses_stands_alone_and_the_rest_goes_in():
    good = [factories.raw_post() for _ in range(4)]
    bad = factories.raw_post(external_id="x" * 600, locator="message 9")
    done = store([*good[:2], bad, *good[2:]])
    assert done.new == 4
    assert [(problem.code, problem.where) for problem in done.problems] == [("not_stored:DataError", "message 9")]
    assert models.Post.objects.count() == 4


def test_a_page_of_thirty_takes_as_many_queries_as_a_page_of_one(django_assert_num_queries):
    run = factories.fetch()
    for posts in ([factories.raw_post()], [factories.raw_post() for _ in range(30)]):
        answer = factories.answer()
        capture = storing.capture(answer, sha256=storing.keep(answer), platform="telegram", fetch=run)
        with django_assert_num_queries(7):  # savepoint, other names, staging table, COPY, posts, versions, savepoint
            storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW)


def test_the_custody_record_names_bytes_that_are_there():
    answer = factories.answer(b"jawaban mentah")
    capture = storing.capture(answer, sha256=storing.keep(answer), platform="telegram", fetch=factories.fetch())
    with evidence.open_bytes(capture.sha256) as file:
        assert file.read() == b"jawaban mentah"
    assert (capture.length, capture.media_type, capture.status) == (14, "text/html", 200)
    assert evidence.intact(capture.sha256)


def test_same_text_with_other_digits_has_the_same_key_and_a_short_one_is_like_itself_only():
    long = "Lowongan pabrik di Taiwan, minat hubungi 0840 5550 0001 sekarang juga"
    assert storing.text_key(long, "a") == storing.text_key(long.replace("0001", "0002").upper(), "b")
    assert storing.text_key("Minat kak", "a") != storing.text_key("Minat kak", "b")
