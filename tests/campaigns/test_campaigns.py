"""Campaigns in the database: proposed by the machine post by post, judged by people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import campaigns, models
from patrol.campaigns import judging
from patrol.domain import TieKind
from patrol.domain.states import CampaignState, TieState
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

OFFERS = (
    "Dicari 15 orang packing gudang di Taichung Taiwan, gaji 28rb NT. Chat {}",
    "Masih kurang pabrik sekrup Taiwan, potong gaji 9 bulan, hub {}",
    "Pabrik plastik Kaohsiung Taiwan umur 18 sampai 40, tato boleh, wa {}",
    "Operator mesin di Tainan Taiwan berangkat bulan depan, tanya {}",
)
COPY = (
    "Info buat temen2 yg mau kerja ke Taiwan bagian pabrik {}, lewat jalur dalam resmi ya kak. Titip {} juta buat pegang kursi, "
    "kursi tinggal {} orang saja, yang kemarin belum kebagian silakan ikut rombongan berikutnya ya kak. Hubungi {}"
)
A, B, C = "0842-1177-3041", "0861-4402-7718", "0866-5511-2090"


def posted(*texts: str, **given: Any) -> Any:
    """Posts with these texts, stored, read and linked in this order."""
    posts = factories.stored([factories.raw_post(text, **given) for text in texts])
    read_and_link()
    return posts


def read_and_link() -> campaigns.Tied:
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    done = campaigns.Tied()
    while (step := campaigns.link_due(now=NOW)).posts:
        done = campaigns.Tied(done.posts + step.posts, done.joined + step.joined, done.campaigns + step.campaigns)
    return done


def campaign_of(post: models.Post) -> models.Campaign | None:
    row = models.LinkedPost.objects.select_related("campaign").filter(post=post).first()
    return row.campaign if row else None


# --- the machine ----------------------------------------------------------------------------------


def test_posts_with_one_number_become_a_campaign_and_a_later_one_joins() -> None:
    first, second = posted(OFFERS[0].format(A), OFFERS[1].format("0842 1177 3041"))
    found = campaign_of(first)
    assert found is not None
    assert (found.number, found.state, found.posts_count) == ("JRG-26-0001", CampaignState.PROPOSED, 2)
    assert campaign_of(second) == found
    (third,) = posted(OFFERS[2].format("+62 842-1177-3041"))
    assert campaign_of(third) == found
    tie = models.Tie.objects.get(later=third)
    assert (tie.kind, tie.earlier, tie.weight, tie.state) == (TieKind.PHONE, second, 0.95, TieState.PROPOSED)
    assert tie.indicator is not None
    assert tie.indicator.value == "+6284211773041"


def test_posts_with_one_e_mail_address_are_tied_and_who_is_cut_stays_alone() -> None:
    first, second = posted(OFFERS[0].format("kru.rekaan@surel.example"), OFFERS[1].format("kru.rekaan (at) surel.example"))
    found = campaign_of(first)
    assert found is not None
    assert campaign_of(second) == found
    tie = models.Tie.objects.get()
    assert (tie.kind, tie.indicator, tie.weight) == (TieKind.EMAIL, None, 0.95)
    judging.cut(tie_id=tie.pk, by=factories.person(), now=NOW)
    (third,) = posted(OFFERS[2].format("kru.rekaan@surel.example"))
    assert (campaign_of(second), campaign_of(third)) == (None, found)


def test_a_lone_post_and_who_only_quotes_belong_to_none() -> None:
    lone, one, other = posted(OFFERS[0].format(B), OFFERS[1].format(A), OFFERS[2].format(A))
    (warning,) = posted(f"Hati-hati penipuan, jangan percaya nomor {A}, saya sudah jadi korban dan lapor polisi")
    assert campaign_of(lone) is None
    assert campaign_of(warning) is None
    assert campaign_of(one) == campaign_of(other)
    assert models.Campaign.objects.get().posts_count == 2


def test_a_text_with_other_slots_ties_and_says_how_like_it_is() -> None:
    first, second = posted(COPY.format("komponen", "2,5", 6, A), COPY.format("roti", "3", 4, B))
    assert campaign_of(first) == campaign_of(second) is not None
    tie = models.Tie.objects.get()
    assert tie.kind == TieKind.TEXT
    assert tie.likeness is not None
    assert 0.5 < tie.likeness < 1
    assert 0 < tie.weight < TieKind.TEXT.weight


def test_a_tie_between_two_campaigns_is_proposed_and_merges_nothing() -> None:
    one, other = posted(OFFERS[0].format(A), OFFERS[1].format(A)), posted(OFFERS[2].format(B), OFFERS[3].format(B))
    (bridge,) = posted(f"Kerja pabrik Taiwan hubungi {A} atau {B}")
    assert campaign_of(one[0]) != campaign_of(other[0])
    assert models.Campaign.objects.count() == 2
    assert {campaign_of(tie.earlier) for tie in models.Tie.objects.filter(later=bridge)} == {campaign_of(one[0]), campaign_of(other[0])}


def test_what_is_known_to_be_good_ties_nobody() -> None:
    posted(OFFERS[0].format(A))
    indicator = models.Indicator.objects.get(kind="phone")
    models.Trusted.objects.create(
        indicator=indicator,
        known_as="hotline",
        reason="contoh",
        expires_on=NOW.date() + timedelta(days=9),
        proposed_by=factories.person(),
        proposed_at=NOW,
        approved_by=factories.person(),
        approved_at=NOW,
    )
    (second,) = posted(OFFERS[1].format(A))
    assert campaign_of(second) is None
    assert not models.Tie.objects.exists()


def test_linking_again_changes_nothing() -> None:
    def kept() -> tuple[list[object], list[object]]:
        ties, linked = models.Tie.objects.order_by("id"), models.LinkedPost.objects.order_by("post")
        return list(ties.values()), list(linked.values("post", "campaign"))

    posted(*(offer.format(A) for offer in OFFERS))
    before = kept()
    models.LinkedPost.objects.update(linked_at=None)
    assert read_and_link() == campaigns.Tied(posts=4)
    assert kept() == before


def test_a_batch_makes_what_one_after_the_other_would() -> None:
    texts = [*(offer.format(A) for offer in OFFERS[:2]), *(offer.format(B) for offer in OFFERS[2:]), COPY.format("roti", 2, 3, A)]
    together = [campaign_of(post) for post in posted(*texts)]
    assert [one and one.number for one in together] == ["JRG-26-0001"] * 2 + ["JRG-26-0002"] * 2 + ["JRG-26-0001"]


def test_thirty_posts_cost_as_many_statements_as_one() -> None:
    def cost(count: int) -> int:
        factories.stored([factories.raw_post(OFFERS[n % 4].format(A) + f" nomor urut {n}") for n in range(count)])
        while assessing.read_due(now=NOW, limit=500).read:
            pass
        with CaptureQueriesContext(connection) as asked:
            campaigns.link_due(now=NOW)
        return len(asked)

    cost(2)  # the campaign is there
    assert cost(1) == cost(30) == 17
