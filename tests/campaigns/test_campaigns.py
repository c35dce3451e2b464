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
    assert (tie.kind, tie.indicator, tie.weight) == (TieKind.EMAIL, models.Indicator.objects.get(kind="email", value=MAIL), 0.95)
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


MAIL = "kru.rekaan@surel.example"


@pytest.mark.parametrize(("contact", "kind"), [(A, "phone"), (MAIL, "email")])
def test_what_is_known_to_be_good_ties_nobody(contact: str, kind: str) -> None:
    posted(OFFERS[0].format(contact))
    indicator = models.Indicator.objects.get(kind=kind)
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
    (second,) = posted(OFFERS[1].format(contact))
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
    assert cost(1) == cost(30) == 18


# --- an account that advertises for many ----------------------------------------------------------

GROUP = (
    "Pabrik sekrup Taiwan gaji 28rb NT",
    "Taiwan, pabrik plastik, 28rb NT sebulan",
    "Masih terima orang pabrik di Taiwan, 28rb NT",
    "Kerja pabrik Taiwan lembur banyak 28rb NT",
    "Ayo pabrik roti Taiwan, gaji pokok 28rb NT",
    "Siapa minat pabrik Taiwan? 28rb NT bersih",
    "Pabrik kertas Taiwan butuh cepat, 28rb NT",
    "Lowongan operator pabrik Taiwan 28rb NT per bulan",
    "Pabrik baut Taiwan, 28rb NT, umur bebas",
    "Cari teman kerja pabrik Taiwan 28rb NT",
)


def in_group(count: int, first: int = 0, group: str = "t.me/lokerrekaan") -> list[models.Post]:
    return list(posted(*(f"{GROUP[n]}, wa 0861-44{n:02d}-77{n:02d}, gabung {group}" for n in range(first, first + count))))


def test_a_group_in_which_many_advertise_ties_nobody_once_it_is_known_for_one() -> None:
    posts = in_group(9)
    found = models.Campaign.objects.get()
    assert (found.posts_count, found.state) == (9, CampaignState.PROPOSED)
    posts += in_group(1, 9)
    assert [campaign_of(post) for post in posts] == [None] * 10
    found.refresh_from_db()
    assert (found.posts_count, found.state) == (0, CampaignState.DISSOLVED)
    assert list(found.events.filter(by=None).values_list("kind", flat=True)) == ["proposed", "tie_cut", "dissolved"]
    assert not models.Tie.objects.exclude(state=TieState.CUT, by=None).exists()
    posts += posted(f"Pabrik lampu Taiwan 28rb NT, tanya {A}, gabung t.me/lokerrekaan", f"Perkebunan Malaysia, chat {A}")
    assert campaign_of(posts[-1]) == campaign_of(posts[-2]) is not None  # their own number ties them


def test_what_a_person_confirmed_stays_though_the_account_serves_many() -> None:
    posts = in_group(9)
    found = models.Campaign.objects.get()
    judging.confirm(campaign_id=found.pk, seen_version=found.version, by=factories.person(), now=NOW)
    posts += in_group(1, 9)
    assert [campaign_of(post) for post in posts] == [*[found] * 9, None]
    assert not models.Tie.objects.filter(state=TieState.CUT).exists()


def test_a_bank_account_ties_under_however_many_numbers() -> None:
    posts = in_group(10, group="DP ke BCA 8420017731 an Wiwik")
    assert {campaign_of(post) for post in posts} == {models.Campaign.objects.get()}
