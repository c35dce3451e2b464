"""The same ad, a little changed, is one row of the queue; another job on the same template is another."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import domain, models
from patrol.pipeline import assessing, claiming, rows
from tests import factories, races
from tests.factories import NOW

database = pytest.mark.django_db

PARTS = {
    "agency": "PT Rembulan Karya Contoh",
    "country": "Taiwan",
    "work": "operator pabrik",
    "pay": "NT$ 28.000",
    "phone": "0840 5551 0001",
}
AD = (
    "{agency} membuka lowongan kerja ke {country} sebagai {work}. Gaji {pay} sebulan, makan dan mess ditanggung.\n"
    "Tanpa ijazah, bayar DP 5 juta dulu, visa turis, berangkat bulan depan.\nYang minat langsung WA {phone} atas nama admin."
)
WARNING = "Awas penipuan! Iklan ini palsu dan sudah kami laporkan ke polisi, jangan kirim uang ke nomor ini: "


def ad(**parts: str) -> str:
    return AD.format(**(PARTS | parts))


def row_keys(*texts: str | domain.RawPost, batches: int = 1) -> list[str]:
    """The row of each text, in their order; a flag is raised for every one of them."""
    posts = factories.stored([text if not isinstance(text, str) else factories.raw_post(text) for text in texts])
    while assessing.read_due(now=NOW, limit=-(-len(posts) // batches)).read:
        pass
    found = dict(models.Flag.objects.values_list("post", "row_key"))
    return [found[post.pk] for post in posts]


LINES = ad().split("\n")
COPIES = {
    "another number": ad(phone="0840 5551 0002"),
    "another number, written another way": ad(phone="kosong delapan empat kosong 5551 0003"),
    "emojis": "🔥🔥 " + ad().replace(". ", " ✅ ") + " 🙏",
    "a greeting": "Assalamualaikum, selamat pagi semuanya. " + ad(),
    "hashtags": ad() + "\n#lokertaiwan #kerjaluarnegeri",
    "lines in another order": "\n".join((LINES[1], LINES[0], LINES[2])),
    "short forms": ad().replace("Yang", "Yg").replace("sebagai", "sbg").replace("langsung", "lgsg"),
    "a higher pay": ad(pay="NT$ 29.500"),
    "a slip in the name": ad(agency="PT Rembulan Karia Contoh"),
}
OTHERS = {
    "another country": ad(country="Malaysia"),
    "another country in another town's name": ad(country="Hong Kong"),
    "another currency": ad(pay="RM 2.800"),
    "another agency": ad(agency="PT Gunung Sentosa Contoh"),
    "another work": ad(work="pengasuh lansia"),
    "another text": factories.ILLEGAL.format(phone=PARTS["phone"]),
}


@database
@pytest.mark.parametrize("batches", [1, 2], ids=["in one batch", "in two"])
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_changed_copy_shares_the_row(copy: str, batches: int) -> None:
    factories.offices()
    first, second = row_keys(ad(), copy, batches=batches)
    assert first == second


@database
@pytest.mark.parametrize("batches", [1, 2], ids=["in one batch", "in two"])
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_another_job_has_a_row_of_its_own(other: str, batches: int) -> None:
    factories.offices()
    first, second = row_keys(ad(), other, batches=batches)
    assert first != second


@database
def test_agencies_are_told_apart_by_the_register_s_names() -> None:
    factories.offices()
    factories.register([{"name": "PT Rembulan Karya Contoh", "aliases": ["RKC Grup"]}, {"name": "PT Gunung Sentosa Contoh"}])
    first, alias, other = row_keys(ad(), ad(agency="PT Rembulan Karya Contoh (RKC)"), ad(agency="PT Gunung Sentosa Contoh"))
    assert first == alias
    assert first != other


def of(words: str, kind: str = "offer_abroad") -> rows.Ad | None:
    return rows.ad(words, domain.Reading(kind, (), (), ()), "")


def test_a_warning_that_quotes_an_ad_is_no_copy_of_it() -> None:
    one, greeted, warned = of(ad()), of("Selamat pagi. " + ad()), of(WARNING + ad(), "warning")
    assert one
    assert greeted
    assert warned
    assert one.is_same(greeted)
    assert not one.is_same(warned)


@pytest.mark.parametrize("words", ["", "Minat kak, info dong", "🔥" * 50, "x" * 60])
def test_a_text_too_short_to_be_known_again_is_no_ad(words: str) -> None:
    assert of(words) is None


@database
@pytest.mark.parametrize(("days", "joined"), [(0, True), (30, True), (31, False)])
def test_a_row_takes_copies_for_thirty_days(days: int, joined: bool) -> None:
    factories.offices()
    first, _ = row_keys(ad(), OTHERS["another text"])
    models.Flag.objects.update(raised_at=NOW - timedelta(days=days))
    assert (row_keys(COPIES["a greeting"]) == [first]) is joined


@database
def test_the_flag_that_begins_a_row_keeps_the_bands_and_its_copies_none() -> None:
    factories.offices()
    row_keys(ad(), *COPIES.values(), ad())
    bands = list(models.Flag.objects.order_by("id").values_list("text_bands", flat=True))
    assert [len(one) for one in bands] == [rows.BANDS, *[0] * (len(COPIES) + 1)]


@database
def test_of_two_rows_the_older_wins_and_before_it_one_that_nobody_decided() -> None:
    factories.offices()
    old, _apart, young = row_keys(ad(pay="NT$ 28.000"), OTHERS["another text"], OTHERS["another work"])
    # The same ad once more in a row of its own, as two rows of before a migration may be.
    bands = models.Flag.objects.get(row_key=old).text_bands
    models.Flag.objects.filter(row_key=young).update(text_bands=bands, current_check=models.Flag.objects.get(row_key=old).current_check)
    assert row_keys(COPIES["a greeting"]) == [old]
    models.Flag.objects.filter(row_key=old).update(state="dismissed", decided_at=NOW)
    assert row_keys(COPIES["hashtags"]) == [young]
    models.Flag.objects.filter(row_key=young).update(state="dismissed", decided_at=NOW)
    assert row_keys(COPIES["emojis"]) == [old]


@database
def test_a_forward_stays_in_the_row_of_its_original_whatever_was_added() -> None:
    factories.offices()
    original = factories.raw_post(ad())
    forward = factories.raw_post(OTHERS["another work"], forward_of=original.external_id)
    assert len(set(row_keys(original, forward))) == 1


@database
@pytest.mark.parametrize("names", list(itertools.permutations("123")))
def test_a_forward_of_a_forward_too_whichever_of_them_was_stored_first(names: tuple[str, ...]) -> None:
    factories.offices()
    first, second, third = (f"1000000001/99{name}" for name in names)
    original = factories.raw_post(ad(), external_id=first)
    forward = factories.raw_post(OTHERS["another work"], external_id=second, forward_of=first)
    again = factories.raw_post(OTHERS["another country"], external_id=third, forward_of=second)
    assert len(set(row_keys(original, forward, again))) == 1


@database
def test_two_that_forward_each_other_have_their_rows_all_the_same() -> None:
    factories.offices()
    one, other = "1000000001/991", "1000000001/992"
    keys = row_keys(
        factories.raw_post(ad(), external_id=one, forward_of=other),
        factories.raw_post(OTHERS["another work"], external_id=other, forward_of=one),
    )
    assert len(set(keys)) == 1


@database
def test_a_copy_does_not_join_an_ad_that_was_edited_into_another() -> None:
    factories.offices()
    post = factories.raw_post(ad())
    (first,) = row_keys(post)
    factories.stored([replace(post, text=OTHERS["another work"], edited=True)])
    assessing.read_due(now=NOW, limit=10)
    assert row_keys(COPIES["a greeting"]) != [first]


@database
def test_a_copy_does_not_join_an_ad_whose_words_were_erased() -> None:
    factories.offices()
    (first,) = row_keys(ad())
    version = models.PostVersion.objects.get()
    factories.erase(version)
    assert models.Flag.objects.get().text_bands == []
    assert row_keys(COPIES["a greeting"]) != [first]


@database
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(order=st.permutations(range(6)), batches=st.integers(1, 6))
def test_the_order_of_arrival_changes_nothing(order: list[int], batches: int) -> None:
    with transaction.atomic():
        factories.offices()
        alike = [ad(phone=f"0840 5551 {n:04d}") + " Salam 🙏" * n for n in range(4)]
        texts = [*alike, OTHERS["another country"], OTHERS["another agency"]]
        keys = row_keys(*(texts[place] for place in order), batches=batches)
        groups = {frozenset(place for place, other in zip(order, keys, strict=True) if other == key) for key in keys}
        assert groups == {frozenset(range(4)), frozenset({4}), frozenset({5})}
        transaction.set_rollback(True)


@database
def test_a_template_with_more_jobs_than_are_looked_at_still_finds_its_own() -> None:
    factories.offices()
    trades = ["operator pabrik", "pengasuh lansia", "buruh bangunan", "tukang las", "cleaning service", "koki", "sopir"]
    places = ["Taiwan", "Malaysia", "Jepang"]
    jobs = [ad(work=work, country=country) for work in trades for country in places]
    keys = row_keys(*jobs)
    assert len(set(keys)) == len(jobs)
    again = row_keys(*("Pagi semua. " + job for job in jobs))
    assert again == keys


@database
def test_rows_are_looked_up_by_the_index() -> None:
    factories.offices()
    row_keys(ad())
    bands = models.Flag.objects.get().text_bands
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL join_collapse_limit = 8")  # as the product has it
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")  # of a table nobody counted either looks cheap
        given: dict[str, Any] = {
            "places": [0] * len(bands),
            "bands": bands,
            "since": NOW,
            "looks": 8,
            "under_one": 32,
            "undecided": ["waiting"],
        }
        cursor.execute("EXPLAIN " + rows._NEAR, given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on flag_text_bands" in plan


@pytest.mark.usefixtures("committed")
def test_two_workers_with_one_ad_at_once_make_one_row() -> None:
    factories.offices()
    row_keys(OTHERS["another text"])  # the year's series is there
    posts = factories.stored([factories.raw_post(ad()), factories.raw_post(COPIES["a greeting"])])

    def work() -> claiming.Batch:
        return assessing.read_due(now=NOW, limit=1)

    done = races.race("SELECT 1 FROM patrol_series WHERE name = 'TND' FOR UPDATE", work, work)
    assert [one.flagged for one in done] == [1, 1]
    assert len(set(models.Flag.objects.filter(post__in=posts).values_list("row_key", flat=True))) == 1
