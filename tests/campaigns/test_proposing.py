"""Two campaigns that came to share something strong: proposed once, answered once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from patrol import models
from patrol.campaigns import judging, proposing
from patrol.domain.states import CampaignState, TieState
from patrol.infra.refusals import RefusedError
from patrol.models import MergerOutcome, Role
from tests import factories
from tests.campaigns.test_campaigns import OFFERS, A, B, C, campaign_of, posted
from tests.campaigns.test_judging import ring
from tests.factories import NOW

pytestmark = pytest.mark.django_db

BOTH = f"Lowongan di luar negeri, hubungi {A} atau {B} berangkat minggu ini"


def two() -> tuple[models.Campaign, models.Campaign]:
    """Two rings, and a post that gives the numbers of both."""
    one, other = ring(2), ring(2, B)
    posted(BOTH)
    one.refresh_from_db()
    other.refresh_from_db()
    return one, other


def outcomes() -> list[str]:
    return list(models.MergerAnswer.objects.order_by("id").values_list("outcome", flat=True))


def test_a_post_with_both_numbers_proposes_a_merger_once_and_both_sides_say_so() -> None:
    one, other = two()
    assert (proposing.tell(now=NOW), proposing.tell(now=NOW)) == (1, 0)
    proposal = models.MergerProposal.objects.get()
    bridge = models.Tie.objects.get(crosses=True)
    assert (proposal.one, proposal.other, proposal.keys) == (one, other, [bridge.key])
    for this, that in ((one, other), (other, one)):
        [offered] = proposing.waiting(this)
        assert (offered.other, offered.up_to, offered.ties) == (that, proposal.pk, (bridge,))
        assert list(this.events.values_list("kind", flat=True)) == ["proposed", "merger_proposed"]
    assert models.AuditEntry.objects.filter(verb="campaign.merger_proposed", actor_id=None).count() == 2
    notice = models.Notice.objects.get(kind="campaign_merger", office__kind="directorate")
    assert (notice.person, notice.campaign, notice.note) == (None, one, other.number)
    posted(f"Masih ada kursi, chat {A} atau {B} ya kak")  # the same two numbers again
    assert proposing.tell(now=NOW) == 0


def test_who_judged_either_is_told_and_who_holds_both_once() -> None:
    one, other = two()
    first, second = factories.person(), factories.person(Role.ANALYST)
    judging.confirm(campaign_id=one.pk, seen_version=one.version, by=first, now=NOW)
    judging.confirm(campaign_id=other.pk, seen_version=other.version, by=second, now=NOW)
    case = models.Case.objects.create(
        number="PKR-26-0009", title="Contoh", office=first.office, opened_at=NOW, opened_by=first, responsible=second
    )
    flag = models.Flag.objects.filter(post__linked__campaign=one).earliest("id")
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=first, added_at=NOW)
    assert proposing.tell(now=NOW) == 1
    told = models.Notice.objects.filter(kind="campaign_merger").order_by("id").values_list("person", "campaign")
    assert list(told) == [(first.pk, one.pk), (second.pk, one.pk)]


def test_a_weak_tie_and_rings_that_share_nothing_propose_none() -> None:
    ring(2)
    ring(2, B)
    models.Tie.objects.update(crosses=True)  # within one campaign: nothing to merge
    assert proposing.tell(now=NOW) == 0
    posted(BOTH)
    models.Tie.objects.filter(crosses=True).update(weight=judging.STRONG - 0.01)
    assert (proposing.tell(now=NOW), models.MergerProposal.objects.count()) == (0, 0)


def test_merging_answers_and_taking_it_back_proposes_nothing_again() -> None:
    one, other = two()
    proposing.tell(now=NOW)
    officer = factories.person()
    judging.merge(campaign_id=other.pk, other_id=one.pk, note="", seen_version=other.version, by=officer, now=NOW)
    assert outcomes() == [MergerOutcome.MERGED]
    one.refresh_from_db()
    judging.unmerge(campaign_id=one.pk, seen_version=one.version, by=officer, now=NOW)
    one.refresh_from_db()
    assert one.state == CampaignState.PROPOSED
    models.Tie.objects.filter(crosses=True).exclude(state=TieState.CONFIRMED).delete()
    assert proposing.waiting(one) == proposing.waiting(other) == []
    posted(f"Berangkat bulan depan, tanya {A} atau {B}")
    assert proposing.tell(now=NOW) == 0


def test_what_was_refused_is_cut_and_proposes_nothing_again_but_something_else_does() -> None:
    one, other = two()
    proposing.tell(now=NOW)
    proposal, officer = models.MergerProposal.objects.get(), factories.person()
    assert proposing.refuse(campaign_id=other.pk, proposal_id=proposal.pk, note="calo dua pihak", by=officer, now=NOW) == one
    assert outcomes() == [MergerOutcome.REFUSED]
    tie = models.Tie.objects.get(crosses=True)
    assert (tie.state, tie.by) == (TieState.CUT, officer)
    assert proposing.waiting(one) == proposing.waiting(other) == []
    assert [event.note for event in models.CampaignEvent.objects.filter(kind="merger_refused")] == ["calo dua pihak"] * 2
    assert (one.members.count(), other.members.count()) == (3, 2)  # nobody moved
    [third] = posted(OFFERS[2].format(B))
    assert campaign_of(third) == other  # the post that gave both draws nobody over
    posted(f"Lowongan di luar negeri, kursi tinggal sedikit, hubungi {A} atau {B}")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (proposing.tell(now=NOW), proposing.tell(now=NOW)) == (1, 0)  # cut by the sweep, since it was refused
    assert (models.MergerProposal.objects.count(), outcomes()) == (1, [MergerOutcome.REFUSED])
    for this, that in ((one, other), (other, one)):
        version = this.version
        this.refresh_from_db()
        event = this.events.latest("id")
        assert (event.kind, event.by, event.told) == ("tie_cut", None, {"ties": 1, "with": that.number})
        assert this.version > version
    assert models.AuditEntry.objects.filter(verb="campaign.tie_cut", actor_id=None).count() == 2
    assert proposing.waiting(one) == proposing.waiting(other) == []
    posted(f"{OFFERS[3].format(B)} kru.rekaan@surel.example", f"Lowongan di luar negeri, chat {A} kru.rekaan@surel.example")
    assert proposing.tell(now=NOW) == 1
    [offered] = proposing.waiting(one)
    assert {tie.kind for tie in offered.ties} == {"email"}


@pytest.mark.parametrize("answer", ["refused", "merged", "none"])
def test_what_was_answered_holds_for_the_campaign_that_one_of_the_two_went_into(answer: str) -> None:
    wider = models.Campaign.objects.create(number="JRG-26-0900", made_at=NOW, grown_at=NOW)
    one, other = two()
    proposing.tell(now=NOW)
    proposal, officer = models.MergerProposal.objects.get(), factories.person()
    before = models.Tie.objects.latest("id").pk
    if answer == "refused":
        proposing.refuse(campaign_id=one.pk, proposal_id=proposal.pk, note="", by=officer, now=NOW)
    elif answer == "merged":
        judging.merge(campaign_id=one.pk, other_id=other.pk, note="", seen_version=one.version, by=officer, now=NOW)
        other.refresh_from_db()
        judging.unmerge(campaign_id=other.pk, seen_version=other.version, by=officer, now=NOW)
    one.refresh_from_db()
    judging.merge(campaign_id=wider.pk, other_id=one.pk, note="", seen_version=wider.version, by=officer, now=NOW)
    posted(f"Lowongan di luar negeri, kursi tinggal sedikit, hubungi {A} atau {B}")  # what tied the two ties the wider one and the other
    tie = models.Tie.objects.get(crosses=True, state=TieState.PROPOSED, key=proposal.keys[0], pk__gt=before)
    proposing.tell(now=NOW)
    fresh = models.MergerProposal.objects.exclude(pk=proposal.pk).filter(one=wider, other=other)
    assert fresh.exists() == (answer == "none")
    tie.refresh_from_db()
    assert tie.state == (TieState.CUT if answer == "refused" else TieState.PROPOSED)


def test_proposals_that_nothing_ties_any_more_hide_none_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "SHOWN", 1)
    one, other = two()
    proposing.tell(now=NOW)
    models.Tie.objects.filter(crosses=True).update(state=TieState.CUT)
    third = campaign_of(posted(OFFERS[2].format(C), OFFERS[3].format(C))[0])
    posted(f"Lowongan di luar negeri, hubungi {A} atau {C} berangkat minggu ini")
    assert proposing.tell(now=NOW) == 1
    assert [offered.other for offered in proposing.waiting(one)] == [third]
    assert proposing.waiting(other) == []


def test_who_is_late_is_told_who_was_faster_and_who_may_not_judge_is_refused() -> None:
    one, other = two()
    proposing.tell(now=NOW)
    proposal, officer = models.MergerProposal.objects.get(), factories.person()
    stranger = models.Campaign.objects.create(number="JRG-26-0900", made_at=NOW, grown_at=NOW)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        proposing.refuse(campaign_id=stranger.pk, proposal_id=proposal.pk, note="", by=officer, now=NOW)
    for role in (Role.REGISTRAR, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            proposing.refuse(campaign_id=one.pk, proposal_id=proposal.pk, note="", by=factories.person(role), now=NOW)
    assert outcomes() == []
    judging.merge(campaign_id=one.pk, other_id=other.pk, note="", seen_version=one.version, by=officer, now=NOW)
    with pytest.raises(judging.StaleError) as late:
        proposing.refuse(campaign_id=one.pk, proposal_id=proposal.pk, note="", by=factories.person(), now=NOW)
    assert (late.value.who, late.value.at, outcomes()) == (officer, NOW, [MergerOutcome.MERGED])


def test_a_dissolved_one_is_proposed_to_nobody() -> None:
    one, other = two()
    proposing.tell(now=NOW)
    proposal, officer = models.MergerProposal.objects.get(), factories.person()
    models.Campaign.objects.filter(pk=other.pk).update(state=CampaignState.DISSOLVED)
    assert proposing.waiting(one) == []
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        proposing.refuse(campaign_id=one.pk, proposal_id=proposal.pk, note="", by=officer, now=NOW)


@pytest.mark.parametrize("broken", [{"keys": []}, {"swapped": True}])
def test_the_database_keeps_a_proposal_whole(broken: dict[str, Any]) -> None:
    one, other = ring(2), ring(2, B)
    if broken.pop("swapped", False):
        one, other = other, one
    with pytest.raises(Error), transaction.atomic():
        models.MergerProposal.objects.create(one=one, other=other, at=NOW, **({"keys": ["0" * 32]} | broken))
