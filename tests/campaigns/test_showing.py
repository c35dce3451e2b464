"""Pictures of stored posts: the same again though it was changed, and what is not."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from patrol import campaigns, domain, models
from patrol.campaigns import judging, showing
from patrol.domain import TieKind
from patrol.domain.states import TieState
from patrol.engine import assess, linking
from patrol.engine.reading.pictures import gate
from patrol.evidence import raw
from tests import factories
from tests.factories import NOW
from tests.flyers import drawing

pytestmark = pytest.mark.django_db

FLYER, OTHER = drawing.flyers()[:2]
CAPTION = "Lowongan kerja pabrik di Taiwan, rincian lihat gambar. Hubungi 0861 {}"


def drawn(flyer: drawing.Flyer, change: str, seed: int = 3) -> bytes:
    return drawing.CHANGES[change](drawing.draw(flyer, "plain", seed=7), random.Random(seed))


def shown(picture: bytes, number: int, *, says: str = "Operator pabrik Taiwan, gaji 20 juta") -> models.Post:
    """A stored post with this picture and a number of its own; `says`: what is read on the picture."""
    (post,) = factories.stored([factories.raw_post(CAPTION.format(f"{number:04d} {number:04d}"))])
    known = gate.Memory()
    known.put(gate.by_bytes(picture), gate.to_text(gate.Seen(says)))
    content = domain.Content(CAPTION.format(f"{number:04d} {number:04d}"), pictures=(domain.Picture("1", picture),))
    read = assess.assess([content], [NOW], None, now=NOW, cache=known)[0]
    kept = raw.put(picture)
    files = () if linking.is_stock(read.reading, 0) else ((kept, 0),)
    with connection.cursor() as cursor:
        campaigns.keep(cursor, [campaigns.Kept(post.pk, content, read, files)])
    while campaigns.link_due(now=NOW) != campaigns.Tied():
        pass
    return post


def campaign_of(post: models.Post) -> int | None:
    return models.LinkedPost.objects.get(post=post).campaign_id


@pytest.mark.parametrize("change", ["smaller", "cropped", "washed_out", "compressed"])
def test_a_changed_flyer_ties_and_the_tie_names_the_picture(change: str) -> None:
    first, second = shown(drawn(FLYER, "compressed"), 1001), shown(drawn(FLYER, change, seed=9), 1002)
    assert campaign_of(first) == campaign_of(second) is not None
    tie = models.Tie.objects.get()
    assert (tie.kind, tie.later, tie.earlier) == (TieKind.PICTURE, second, first)
    assert set(models.ShownPicture.objects.values_list("key", flat=True)) == {tie.key}


def test_another_flyer_and_a_stock_picture_tie_nobody() -> None:
    stock = drawn(FLYER, "compressed")
    posts = [
        shown(drawn(FLYER, "smaller"), 1001),
        shown(drawn(OTHER, "smaller"), 1002),
        shown(stock, 1003, says=""),
        shown(stock, 1004, says="Info lowongan terbaru, merapat"),
    ]
    assert [campaign_of(post) for post in posts] == [None] * 4
    assert models.ShownPicture.objects.count() == 2


def test_a_cut_holds_for_the_next_copy() -> None:
    first, second = shown(drawn(FLYER, "compressed"), 1001), shown(drawn(FLYER, "smaller"), 1002)
    tie = models.Tie.objects.get()
    analyst = factories.person("analyst")
    judging.cut(tie_id=tie.pk, by=analyst, now=NOW)
    third = shown(drawn(FLYER, "washed_out"), 1003)
    assert campaign_of(third) == campaign_of(first) is not None
    assert campaign_of(second) is None
    assert models.Tie.objects.get(pk=tie.pk).state == TieState.CUT


def test_who_shares_every_band_with_sixteen_others_adds_none() -> None:
    """Sixteen stand for a picture; the seventeenth is found through them, and the look costs no more."""
    models.ShownPicture.objects.bulk_create(
        models.ShownPicture(post=post, sha256=f"{n:064x}", key=f"{n:032x}", bands=[1, 2, 3], looked_at=NOW)
        for n, post in enumerate(factories.stored([factories.raw_post() for _ in range(20)]))
    )
    with connection.cursor() as cursor:
        cursor.execute(showing._NEAR, [[1, 2, 3, 4], showing.CARRIERS + 1])
        assert len(cursor.fetchall()) == 3 * (showing.CARRIERS + 1)
