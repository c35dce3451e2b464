"""Pages into the database: once, in versions, and never half."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, models
from patrol.evidence import collecting, custody, raw
from patrol.pipeline import storing, storing_rows
from tests import factories

pytestmark = pytest.mark.django_db


def store(posts: Sequence[domain.RawPost], run: models.Fetch | None = None, now: datetime = factories.NOW) -> storing.Stored:
    run = run or factories.fetch()
    answer = factories.answer(b"page")
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    return storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=now)


def test_a_post_is_kept_once_with_its_words_and_its_way() -> None:
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


def test_the_same_post_again_changes_nothing_but_when_it_was_last_seen() -> None:
    post = factories.raw_post()
    store([post])
    later = factories.NOW.replace(hour=9)
    done = store([post], now=later)
    assert (done.new, done.changed, done.repeated) == (0, 0, 1)
    assert models.PostVersion.objects.count() == 1
    assert models.Post.objects.get().last_seen == later


def test_an_edited_post_is_a_new_version_and_due_again() -> None:
    post = factories.raw_post("Sebelum disunting")
    store([post])
    models.Post.objects.update(due_at=None)
    done = store([replace(post, text="Sesudah disunting", edited=True)])
    assert (done.new, done.changed, done.repeated) == (0, 1, 0)
    texts = models.PostText.objects.order_by("version__number").values_list("version__number", "text")
    assert list(texts) == [(1, "Sebelum disunting"), (2, "Sesudah disunting")]
    assert models.Post.objects.get().due_at is not None


@pytest.mark.parametrize("late", [False, True])
def test_where_a_post_stands_is_filled_in_by_whoever_knows_it_and_never_overwritten(late: bool) -> None:
    told: dict[str, Any] = {"url": "https://t.me/a/1", "origin": "grup", "thread": "9/1", "reply_to": "9/2", "forward_of": "8/1"}
    nothing: dict[str, Any] = dict.fromkeys(told, "")
    others: dict[str, Any] = {name: f"{value}-lain" for name, value in told.items()}
    bare = replace(factories.raw_post(), **nothing)
    other = replace(bare, **others)
    for post in ([bare] if late else []) + [replace(bare, **told), other, bare]:
        store([post])
    assert models.Post.objects.values(*told).get() == told


def test_twice_in_one_page_the_last_one_stands() -> None:
    post = factories.raw_post("satu")
    store([post, replace(post, text="dua")])
    assert list(models.PostText.objects.values_list("text", flat=True)) == ["dua"]


def test_what_postgresql_cannot_keep_is_replaced_one_for_one() -> None:
    store([factories.raw_post("a\0b\ud800c")])
    assert models.PostText.objects.get().text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("again", [False, True])
def test_what_is_longer_than_its_place_is_cut_to_it(again: bool) -> None:
    of_post = {"author_id": 200, "origin": 200, "reply_to": 500, "thread": 500, "forward_of": 500, "posted_at_source": 60}
    of_version, of_text = {"locator": 200}, {"author": 200, "author_name": 300, "forward_name": 300}
    long: dict[str, Any] = {name: "x" * (length + 1) for name, length in (of_post | of_version | of_text).items()}
    post = replace(factories.raw_post(), **long)
    if again:
        nothing: dict[str, Any] = dict.fromkeys(of_post, "")
        store([replace(post, text="Sebelum disunting", posted_at=None, **nothing)])
    assert store([post]).problems == ()
    for model, lengths in ((models.Post, of_post), (models.PostVersion, of_version), (models.PostText, of_text)):
        assert model.objects.order_by("pk").values(*lengths).last() == {name: "x" * length for name, length in lengths.items()}


def test_a_page_without_posts_brings_nothing() -> None:
    assert store([]) == storing.Stored(0, 0, 0, ())


def test_a_post_the_database_refuses_stands_alone_and_the_rest_goes_in() -> None:
    good = [factories.raw_post() for _ in range(4)]
    bad = factories.raw_post(external_id="x" * 600, locator="message 9")
    done = store([*good[:2], bad, *good[2:]])
    assert done.new == 4
    assert [(problem.code, problem.where) for problem in done.problems] == [("not_stored:DataError", "message 9")]
    assert models.Post.objects.count() == 4


def test_a_page_of_thirty_takes_as_many_queries_as_a_page_of_one(django_assert_num_queries: Any) -> None:
    run = factories.fetch()
    for posts in ([factories.raw_post()], [factories.raw_post() for _ in range(30)]):
        answer = factories.answer()
        capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
        way: dict[str, Any] = {"capture_id": capture.id, "watch_id": run.watch_id, "fetch_id": run.pk, "now": factories.NOW}
        with django_assert_num_queries(8):  # savepoint, names, ids, COPY of post, version, words and way, savepoint
            storing.store(posts, **way)
        with django_assert_num_queries(7):  # savepoint, names, staging table, COPY, posts, versions, savepoint
            storing.store(posts, **way)


def test_new_edited_and_repeated_posts_of_one_page_are_told_apart() -> None:
    repeated, edited, new = (factories.raw_post(text) for text in ("tetap", "sebelum", "baru"))
    store([repeated, edited])
    done = store([new, repeated, replace(edited, text="sesudah", also=("name:lain/1",))])
    assert (done.new, done.changed, done.repeated, done.problems) == (1, 1, 1, ())
    kept = models.PostText.objects.order_by("version__post__external_id", "version__number")
    assert [
        list(kept.filter(version__post__external_id=post.external_id).values_list("text", flat=True)) for post in (repeated, edited, new)
    ] == [["tetap"], ["sebelum", "sesudah"], ["baru"]]
    assert list(models.OtherName.objects.values_list("external_id", "post__external_id")) == [("name:lain/1", edited.external_id)]
    assert models.Seen.objects.count() == 5  # three runs brought two posts, two and one


def everything_of(post: domain.RawPost) -> tuple[Any, ...]:
    """All that is kept of it but ids, salts and what hangs on them."""
    row = models.Post.objects.values(*(f.attname for f in models.Post._meta.concrete_fields if f.name not in ("id", "due_at"))).get(
        external_id=post.external_id
    )
    versions = models.PostVersion.objects.filter(post__external_id=post.external_id)
    words = [f.attname for f in models.PostText._meta.concrete_fields if f.name not in ("version", "salt")]
    return (
        row,
        list(versions.values("number", "capture_id", "locator", "seen_at", "edited", "content_key")),
        list(models.PostText.objects.filter(version__in=versions).values(*words)),
        list(models.Media.objects.filter(version__in=versions).order_by("position").values("position", "kind", "state")),
        list(models.Seen.objects.filter(post__external_id=post.external_id).values("watch", "fetch", "intake", "at")),
        list(models.OtherName.objects.filter(post__external_id=post.external_id).values("platform", "external_id")),
        list(models.Job.objects.values("kind", "state", "created_at", "attempts", "by", "lease_until")),
    )


def odd_post() -> domain.RawPost:
    return factories.raw_post(
        'Tab\tbaris\nbaru \\N \0 \ud801 🔥 "kutip"',
        url="https://t.me/a?x=\t",
        origin="a\0b",
        author="o\udc05",
        author_name="\\",
        links=("https://a.example/\0",),
        unknown={"k\0": "v"},
        locator="pesan 1",
        edited=True,
        posted_at=None,
        also=("name:a/1",),
        media=(domain.MediaReference("photo", "https://a.example/1.jpg", words="\0"), domain.MediaReference("video")),
    )


def test_the_same_is_kept_whether_it_goes_straight_in_or_by_the_staging_table() -> None:
    post, run = odd_post(), factories.fetch()
    answer = factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    way = storing._Way(capture.id, run.watch_id, run.pk, None, False, factories.NOW)
    kept = []
    for staged in (False, True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert storing._store([post], way, staged=staged) == storing.Stored(1, 0, 0, ())
            kept.append(everything_of(post))
            version = models.PostVersion.objects.get()
            media = [{key: one[key] for key in ("kind", "url", "words") if key in one} for one in version.content.media]
            content = json.dumps([version.content.text, version.content.links, media], ensure_ascii=False)
            assert version.commitment == hashlib.sha256((version.content.salt + content).encode()).hexdigest()
            assert models.Post.objects.get().due_at is not None
            1 / 0  # noqa: B018 -- undone
    assert kept[0] == kept[1]
    assert kept[0][2][0]["text"] == 'Tab\tbaris\nbaru \\N \ufffd \ufffd 🔥 "kutip"'
    assert len(kept[0][6]) == 1


def test_an_intake_is_a_way_as_a_watch_is() -> None:
    person = factories.person()
    intake = models.Intake.objects.create(kind="upload", person=person, office=person.office, at=factories.NOW)
    capture = custody.capture_file(
        b"tangkapan", "image/png", platform="facebook", kind="upload", person=person, intake=intake, now=factories.NOW
    )
    post = factories.raw_post()
    for repeated in (0, 1):
        done = storing.store([post], capture_id=capture.id, intake_id=intake.pk, now=factories.NOW)
        assert (done.new, done.repeated) == (1 - repeated, repeated)
    assert list(models.Seen.objects.values("post__external_id", "watch", "fetch", "intake")) == [
        {"post__external_id": post.external_id, "watch": None, "fetch": None, "intake": intake.pk}
    ]
    store([post])
    assert models.Seen.objects.count() == 2


def test_pictures_are_noted_with_their_version_and_asked_for_once() -> None:
    shown = (
        domain.MediaReference("photo", "https://gambar.example/1.jpg", words="poster"),
        domain.MediaReference("video", "https://gambar.example/2.mp4"),
        domain.MediaReference("photo"),
        domain.MediaReference("link_preview", "https://gambar.example/3.jpg"),
    )
    post = factories.raw_post("Dengan gambar", media=shown)
    for _ in range(2):
        store([post, factories.raw_post(media=(domain.MediaReference("sticker", "https://gambar.example/s"),))])
    version = models.PostVersion.objects.get(post__external_id=post.external_id)
    kept = models.Media.objects.filter(version=version).order_by("position").values_list("position", "kind", "state")
    assert list(kept) == [(0, "photo", "waiting"), (1, "video", "left"), (2, "photo", "left"), (3, "link_preview", "waiting")]
    job = models.Job.objects.get()
    assert (job.kind, job.key, job.target, job.state) == ("media", str(version.pk), {"version": version.pk}, "waiting")
    assert version.content.media[0] == {"kind": "photo", "url": "https://gambar.example/1.jpg", "words": "poster"}
    store([replace(post, text="Disunting")])
    assert models.Job.objects.count() == 2


SIGNED = "https://cdn.example/v/t39/481234567_1012345678901234_n.jpg?oh=00_{0}&oe=65{0}"


def signed(post: domain.RawPost, token: str, url: str = SIGNED) -> domain.RawPost:
    """The post as the platform shows it the next time: the same picture, its address signed anew."""
    return replace(post, media=(domain.MediaReference("photo", url.format(token)),))


def test_a_picture_whose_address_is_signed_anew_is_no_edit_and_another_picture_is() -> None:
    post = factories.raw_post("Dengan gambar")
    assert store([signed(post, "AA")]).new == 1
    done = [store([signed(post, token)]) for token in ("BB", "CC", "DD")]
    assert [(one.changed, one.repeated) for one in done] == [(0, 1)] * 3
    assert models.Job.objects.count() == 1
    assert models.PostText.objects.get().media == [{"kind": "photo", "url": SIGNED.format("AA")}]  # kept as it came
    assert store([signed(post, "EE", SIGNED.replace("1234_n", "9999_n"))]).changed == 1


def kept_long_ago(post: domain.RawPost) -> None:
    """The post as a row from before signed addresses were told from edits: its key is of all that came."""
    store([replace(post, text="Baris lain", media=())])
    row = dict(zip(storing_rows.COLUMNS, storing_rows.row(post, 0, "0" * 32), strict=True))
    version = models.PostVersion.objects.create(
        post=models.Post.objects.get(),
        number=2,
        capture=models.Capture.objects.get(),
        locator="",
        seen_at=factories.NOW,
        edited=False,
        content_key=row["other_keys"][-1],
        commitment="c" * 64,
    )
    kept = {name: row[name] for name in ("text", "author", "author_name", "salt")}
    models.PostText.objects.create(version=version, links=json.loads(row["links"]), media=json.loads(row["media"]), **kept)
    models.Post.objects.update(versions_count=2)


@pytest.mark.parametrize("token", ["AA", "BB"])
def test_what_was_kept_before_is_not_edited_by_a_newer_program(token: str) -> None:
    post = factories.raw_post("Dengan gambar")
    kept_long_ago(signed(post, "AA"))
    for _ in range(2):
        done = store([signed(post, token), factories.raw_post()])
        assert (done.new, done.changed, done.repeated) == (1, 0, 1)
    assert store([signed(post, token, SIGNED.replace("1234_n", "9999_n"))]).changed == 1
    assert store([signed(replace(post, text="Disunting"), token)]).changed == 1


@pytest.mark.parametrize("doubtful", [1, 30])
def test_doubts_about_a_page_are_settled_at_once(django_assert_num_queries: Any, doubtful: int) -> None:
    run, posts = factories.fetch(), [factories.raw_post() for _ in range(doubtful)]
    store([signed(post, "AA") for post in posts], run)
    answer = factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    pages = [signed(post, "AA", SIGNED.replace("1234_n", "9999_n")) for post in posts]
    with django_assert_num_queries(10):  # as many as a page without doubts, and: what lies beside, the rest away, versions again
        done = storing.store(pages, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW)
    assert (done.new, done.changed, done.repeated) == (0, doubtful, 0)
    assert models.PostVersion.objects.filter(number=2).count() == doubtful


def brought(posts: Sequence[domain.RawPost], *, from_file: bool = False, now: datetime = factories.NOW) -> storing.Stored:
    """The posts as a person brings them."""
    person = factories.person()
    intake = models.Intake.objects.create(kind="import", person=person, office=person.office, at=now)
    capture = custody.capture_file(b"berkas", "text/plain", platform="telegram", kind="upload", person=person, intake=intake, now=now)
    return storing.store(posts, capture_id=capture.id, intake_id=intake.pk, from_file=from_file, now=now)


def versions() -> tuple[list[tuple[int, str]], bool]:
    """(number, text) of every version, and whether the post is gone."""
    texts = models.PostText.objects.order_by("version__number").values_list("version__number", "text")
    return list(texts), models.Post.objects.get().gone_at is not None


HOUR = timedelta(hours=1)


@pytest.mark.parametrize("from_file", [True, False])
@pytest.mark.parametrize(
    ("collected", "numbers", "gone"),
    [
        (-HOUR, {0, 1}, True),  # before the post was last seen
        (HOUR, {1, 2}, True),  # later, and before it was gone
        (3 * HOUR, {1, 2}, False),
    ],
)
def test_what_is_older_than_a_post_was_last_seen_stands_below_what_is_known(
    from_file: bool, collected: timedelta, numbers: set[int], gone: bool
) -> None:
    post = factories.raw_post("Dilihat")
    store([post])
    assert away(gone=[post.external_id]) == {post.external_id}
    models.Post.objects.update(gone_at=factories.NOW + 2 * HOUR, due_at=None)
    other = replace(post, text="Dibawa", collected_at=factories.NOW + collected)
    for again in (False, True):
        done = brought([other], from_file=from_file, now=factories.NOW + 5 * HOUR)
        assert (done.new, done.changed, done.repeated) == (0, int(not again), int(again))
    words = ["Dibawa", "Dilihat"] if 0 in numbers else ["Dilihat", "Dibawa"]
    assert versions() == (list(zip(sorted(numbers), words, strict=True)), gone)
    kept = models.Post.objects.get()
    assert (kept.versions_count, kept.due_at is not None) == (max(numbers), 2 in numbers)
    assert kept.last_seen == factories.NOW + max(collected, timedelta())


def test_more_than_one_older_state_stand_below_each_other_and_a_known_one_is_none() -> None:
    post = factories.raw_post("Lama")
    store([post])
    store([replace(post, text="Baru")], now=factories.NOW + HOUR)
    for words in ("Lama", "Lebih lama", "Paling lama", "Baru", "Lebih lama"):
        brought([replace(post, text=words)], from_file=True, now=factories.NOW + 2 * HOUR)
    assert versions() == ([(-1, "Paling lama"), (0, "Lebih lama"), (1, "Lama"), (2, "Baru")], False)
    assert models.PostVersion.objects.get(number=0).seen_at == post.posted_at


def test_who_brings_a_post_without_a_day_does_not_say_that_it_is_there_again() -> None:
    post = factories.raw_post("Sama")
    store([post])
    away(gone=[post.external_id])
    brought([post], now=factories.NOW + HOUR)
    assert versions() == ([(1, "Sama")], True)
    store([post], now=factories.NOW + HOUR)
    assert versions() == ([(1, "Sama")], False)


def test_a_copy_that_shows_less_is_no_edit_and_one_that_shows_more_is_whenever_it_was_made() -> None:
    picture = domain.MediaReference("photo", "evidence:" + "a" * 64)
    post = factories.raw_post("Dengan gambar", media=(picture,), links=("https://a.example/",))
    store([post])
    for media in ((), (domain.MediaReference("document"),)):
        assert brought([replace(post, media=media, links=())], from_file=True).repeated == 1
    assert brought([replace(post, media=(picture, picture))], from_file=True).changed == 1
    assert models.Post.objects.get().versions_count == 2
    assert store([post]).changed == 1  # a fetch sees what is there now


def away(
    gone: Sequence[str] = (), covered: domain.Covered | None = None, posts: Sequence[domain.RawPost] = (), platform: str = "telegram"
) -> set[str]:
    answer = factories.answer()
    run = factories.fetch()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform=platform, fetch=run)
    storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, gone=gone, covered=covered, now=factories.NOW)
    return set(models.Post.objects.exclude(gone_at=None).values_list("external_id", flat=True))


def test_what_the_platform_says_is_deleted_is_gone_until_it_is_seen_again() -> None:
    first, second = factories.raw_post(external_id="9/1"), factories.raw_post(external_id="9/2")
    store([first, second])
    assert away(gone=["9/1", "9/77", "a\0b"], platform="mastodon") == set()  # another platform's word
    assert away(gone=["9/1", "9/77", "a\0b"]) == {"9/1"}
    store([first])
    assert away() == set()


def test_what_a_stretch_without_holes_does_not_show_is_gone() -> None:
    posts = [factories.raw_post(external_id=f"9/{n}") for n in (8, 9, 10, 11, 12)]
    store([*posts, factories.raw_post(external_id="99/10")])
    assert away(covered=domain.Covered("9/", 9, 11), posts=[posts[1]]) == {"9/10", "9/11"}
    assert away(covered=domain.Covered("9/", 1, 10**9)) == {"9/10", "9/11"}  # no page is so wide
    assert away(covered=domain.Covered("9/", 12, 8)) == {"9/10", "9/11"}


@pytest.mark.parametrize(("state", "told"), [("waiting", 1), ("confirmed", 1), ("dismissed", 0)])
def test_a_flag_is_told_once_that_its_post_is_gone_unless_it_was_dismissed(state: str, told: int) -> None:
    flag = factories.flag()
    decided = None if state == "waiting" else factories.NOW
    models.Flag.objects.filter(pk=flag.pk).update(state=state, decided_at=decided)
    for _ in range(2):
        away(gone=[flag.post.external_id])
    events = models.FlagEvent.objects.filter(flag=flag, kind="gone")
    assert events.count() == told
    for event in events:
        assert (event.at, event.check_then_id) == (factories.NOW, flag.current_check_id)
        assert models.Capture.objects.filter(pk=event.after["capture"]).exists()


def test_a_record_says_how_it_was_asked_and_what_was_withheld() -> None:
    answer = factories.answer(method="POST", sent='{"query": "loker"}', withheld=2)
    capture = custody.capture(
        answer, sha256=custody.keep(answer), platform="tiktok", fetch=factories.fetch(), account="akun-1", options={"robots": "api"}
    )
    assert capture.options == {"method": "POST", "sent": '{"query": "loker"}', "withheld": 2, "robots": "api"}
    assert capture.account == "akun-1"


def test_a_file_is_kept_before_its_record_and_without_an_exchange() -> None:
    capture = custody.capture_file(
        b"%PDF contoh", "application/pdf", platform="web", kind="upload", person=factories.person(), now=factories.NOW
    )
    assert raw.intact(capture.sha256)
    assert (capture.status, capture.headers, capture.length, capture.received_at) == (None, [], 11, factories.NOW)


def test_the_custody_record_names_bytes_that_are_there() -> None:
    answer = factories.answer(b"jawaban mentah")
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=factories.fetch())
    with raw.open_bytes(capture.sha256) as file:
        assert file.read() == b"jawaban mentah"
    assert (capture.length, capture.media_type, capture.status) == (14, "text/html", 200)
    assert raw.intact(capture.sha256)


def test_same_text_with_other_digits_has_the_same_key_and_a_short_one_is_like_itself_only() -> None:
    long = "Lowongan pabrik di Taiwan, minat hubungi 0840 5550 0001 sekarang juga"
    assert storing_rows.text_key(long, "a") == storing_rows.text_key(long.replace("0001", "0002").upper(), "b")
    assert storing_rows.text_key("Minat kak", "a") != storing_rows.text_key("Minat kak", "b")


def test_a_contact_of_any_length_is_kept_as_it_was_sent(settings: Any) -> None:
    settings.USER_AGENT = f"SIPatrol/0.1 (+https://kantor.example/{'siber/' * 40})"
    collecting.program.cache_clear()
    collecting.forget()
    try:
        factories.stored([factories.raw_post()])
    finally:
        collecting.program.cache_clear()
        collecting.forget()
    assert models.Capture.objects.values_list("collecting__program", flat=True).get() == settings.USER_AGENT


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=90), st.text(max_size=3, alphabet="ab/1"))
def test_a_key_masks_every_digit_and_parts_words_by_whatever_is_no_letter(text: str, identity: str) -> None:
    folded = re.sub(r"[\W_]+", " ", re.sub(r"\d", "0", text.casefold())).strip()
    seed = folded if len(folded) >= 40 else f"{identity}\0{folded}"
    assert storing_rows.text_key(text, identity) == hashlib.blake2b(seed.encode(), digest_size=16).hexdigest()
