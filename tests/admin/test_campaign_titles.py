"""What a campaign is called where nobody named it: told apart at a glance, without a contact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.utils import translation

from patrol import models
from patrol.admin.analyst import campaign_titles
from patrol.domain import Level, TieKind, Verdict
from patrol.domain.states import TieState
from tests import factories
from tests.campaigns.test_campaigns import COPY, OFFERS, A, B, campaign_of, posted
from tests.campaigns.test_judging import ring
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MASKED = "+62 842-••••41"  # A


@pytest.fixture(autouse=True)
def english() -> object:
    factories.offices()
    with translation.override("en"):
        yield


def title(campaign: models.Campaign | None) -> str:
    assert campaign is not None
    return campaign_titles.of([campaign])[campaign.pk]


def offering(campaign: models.Campaign | None, *offers: Mapping[str, Sequence[str]]) -> models.Campaign:
    """The campaign, its posts offering this."""
    assert campaign is not None
    for member, offer in zip(campaign.members.order_by("post"), offers, strict=True):
        models.LinkedPost.objects.filter(pk=member.pk).update(offered=offer)
    return campaign


def test_work_country_and_what_ties_most() -> None:
    first, *_rest = posted(OFFERS[1].format(A), OFFERS[2].format(A))
    assert title(campaign_of(first)) == f"Factory operator Taiwan, number {MASKED}"
    with translation.override("id"):
        assert title(campaign_of(first)) == f"Operator pabrik Taiwan, nomor {MASKED}"


FACTORY, NURSE, TAIWAN, SAUDI = (
    {"positions": ["production_operator"], "countries": ["TW"]},
    {"positions": ["nurse"], "countries": ["TW"]},
    {"countries": ["TW"]},
    {"countries": ["SA"]},
)


@pytest.mark.parametrize(
    ("offers", "begins"),
    [
        ((FACTORY, FACTORY, NURSE), "Factory operator Taiwan"),
        ((FACTORY, {}, {}), "Factory operator Taiwan"),  # who says nothing contradicts nothing
        ((TAIWAN, TAIWAN, SAUDI), "Work in Taiwan"),
        ((TAIWAN, SAUDI, {"countries": ["HK"]}), "“Dicari 15 orang packing gudang di Taich…”"),  # nobody's half
        (({}, {}, {}), "“Dicari 15 orang packing gudang di Taich…”"),
    ],
)
def test_what_at_least_half_of_them_offer_else_how_the_first_begins(offers: tuple[dict[str, Sequence[str]], ...], begins: str) -> None:
    first, *_rest = posted(*(OFFERS[n].format(A) for n in range(3)))
    assert title(offering(campaign_of(first), *offers)) == f"{begins}, number {MASKED}"


def test_a_number_the_text_begins_with_is_cut() -> None:
    first, second = posted(*(f"{A} chat kami, masih ada lowongan {n} orang Taiwan pabrik roti" for n in ("5", "6")))
    said = title(offering(campaign_of(first), {}, {}))
    assert campaign_of(first) == campaign_of(second)
    assert said.startswith("“0842-••••41 chat kami")
    assert re.findall(r"\d+", said) == ["0842", "41", "62", "842", "41"]


def test_a_contact_goes_before_a_text_however_often_it_ties() -> None:
    posts = posted(*(COPY.format(what, 2, 3, one) for what, one in (("roti", A), ("sekrup", B), ("kain", A))))
    campaign = campaign_of(posts[0])
    assert title(campaign).endswith(f", number {MASKED}")
    models.Tie.objects.filter(kind=TieKind.PHONE).update(
        state=TieState.CUT, by=factories.person(), decided_at=NOW
    )  # a tie that was cut names nothing
    assert title(campaign).endswith(", one text")


def test_only_ties_within_it_count() -> None:
    one, other, *_rest = posted(OFFERS[1].format(A), OFFERS[2].format(A), OFFERS[0].format(B), OFFERS[3].format(B))
    campaign, foreign = campaign_of(one), campaign_of(_rest[0])
    assert campaign is not None
    assert foreign is not None
    assert campaign != foreign
    bridge = models.Tie.objects.get(later=other)
    bridge.pk = None
    bridge.earlier, bridge.kind, bridge.key = _rest[0], TieKind.LINK, "9"
    bridge.save()
    both = campaign_titles.of([campaign, foreign])
    assert both == {campaign.pk: title(campaign), foreign.pk: title(foreign)}
    assert both[campaign.pk].endswith(f"number {MASKED}")
    assert both[foreign.pk].endswith("number +62 861-••••18")


def test_two_titles_whose_numbers_look_the_same_masked_carry_a_tag() -> None:
    twin = "0842-6655-9941"  # looks like A once it is masked
    one, _two, other, _three = posted(OFFERS[1].format(A), OFFERS[2].format(A), OFFERS[0].format(twin), OFFERS[3].format(twin))
    mine, foreign = campaign_of(one), campaign_of(other)
    assert mine is not None
    assert foreign is not None
    keys = {row.later.linked.campaign_id: row.indicator_id for row in models.Tie.objects.filter(kind=TieKind.PHONE)}
    both = campaign_titles.of([mine, foreign])
    for campaign in (mine, foreign):
        assert both[campaign.pk].endswith(f"number {MASKED} #{keys[campaign.pk]}")
        assert title(campaign).endswith(f"number {MASKED}")  # alone on a page it needs none


def test_a_name_is_the_title_and_costs_nothing(django_assert_num_queries: Any) -> None:
    campaign = models.Campaign(pk=1, number="JRG-26-0001", name="Kursi Taiwan")
    with django_assert_num_queries(0):
        assert campaign_titles.of([campaign]) == {1: "Kursi Taiwan"}


def test_one_whose_posts_are_gone_has_its_number() -> None:
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=NOW, grown_at=NOW)
    assert title(campaign) == "Campaign JRG-26-0001"


@pytest.mark.parametrize("count", [1, 20])
def test_titles_cost_the_same(count: int, django_assert_num_queries: Any) -> None:
    posts = posted(*(OFFERS[n % 4].format(A) + f" kode {n}" for n in range(2 * count)))
    campaigns = [models.Campaign.objects.create(number=f"JRG-26-8{n:03}", made_at=NOW, grown_at=NOW) for n in range(count)]
    for n, campaign in enumerate(campaigns):
        pair = posts[2 * n : 2 * n + 2]
        models.LinkedPost.objects.filter(post__in=pair).update(campaign=campaign, joined_at=NOW, offered={})
    with django_assert_num_queries(4):
        assert len(campaign_titles.of(campaigns)) == count


@pytest.mark.parametrize(
    ("changed", "verdict", "names"),
    [
        ({"state": "dismissed", "decided_at": NOW}, Verdict.NO_LICENCE_SHOWN, False),  # a person said that there is nothing
        ({}, Verdict.LICENSED, False),
        ({}, Verdict.EXEMPT, False),
        ({}, Verdict.NO_LICENCE_SHOWN, True),  # low, and not lawful for that
        ({"level": "medium", "level_rank": Level.MEDIUM.rank}, Verdict.LICENSED, True),  # a licence, and misuse of it
    ],
)
def test_a_lawful_post_gives_no_name_though_it_came_first(changed: dict[str, Any], verdict: str, names: bool) -> None:
    campaign = ring(3)
    first, *rest = list(models.Flag.objects.filter(post__linked__campaign=campaign).order_by("id"))
    offering(campaign, FACTORY, {}, {})
    check = first.current_check
    check.pk, check.verdict, check.rules_version = None, verdict, "other"
    check.save()
    low = {"level": "low", "level_rank": Level.LOW.rank, "state": "parked"}
    models.Flag.objects.filter(pk=first.pk).update(current_check=check, **(low | changed))
    assert title(campaign).startswith("Factory operator Taiwan, ") is names
    models.Flag.objects.filter(pk__in=[one.pk for one in rest]).update(state="dismissed", decided_at=NOW)
    assert title(campaign).startswith("Factory operator Taiwan" if names else f"Campaign {campaign.number}")


@pytest.mark.parametrize(("verdict", "names"), [(Verdict.LICENSED, False), (Verdict.EXEMPT, False), (Verdict.CANNOT_CHECK, True)])
def test_an_offer_that_is_covered_and_has_no_flag_gives_no_name(verdict: str, names: bool) -> None:
    first, *_rest = posted(*(OFFERS[n].format(A) for n in range(3)))
    campaign = offering(campaign_of(first), FACTORY, {}, {})
    check = models.LicenceCheck.objects.filter(reading__version__post=first).latest("id")
    check.pk, check.verdict, check.rules_version = None, verdict, "other"
    check.save()
    assert title(campaign).startswith("Factory operator Taiwan, ") is names
