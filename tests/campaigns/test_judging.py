"""What people do to campaigns, and one decision for a whole ring."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Count

from patrol import campaigns, models, triage
from patrol.campaigns import deciding, judging
from patrol.domain import TieKind
from patrol.domain.states import CampaignState, FlagState, TieState
from patrol.infra.refusals import RefusedError
from patrol.models import CampaignEventKind, Outcome, Role
from tests import factories
from tests.campaigns.test_campaigns import OFFERS, A, B, campaign_of, posted, read_and_link
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return factories.person()


CAMBODIA = (
    "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA {}. Berangkat minggu ini.",
    "Bos cari admin judi online di Bavet Kamboja, 1000 dolar, paspor diurus, makan tidur gratis, hubungi {}",
    "Siapa berani ke Poipet? Operator slot, umur bebas, lewat jalur belakang, chat {} sekarang juga",
    "Marketing kripto Sihanoukville butuh cepat, bonus target, visa turis dulu nanti diurus di sana, kontak {}",
)


def ring(count: int = 4, phone: str = A) -> models.Campaign:
    factories.offices()
    texts = CAMBODIA if phone == A else OFFERS
    posts = posted(*(texts[n].format(phone) for n in range(count)))
    found = campaign_of(posts[0])
    assert found is not None
    return found


def confirmed(by: Any) -> models.Campaign:
    campaign = ring()
    judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=by, now=NOW)
    campaign.refresh_from_db()
    return campaign


def test_confirming_takes_the_strong_ties_along_and_a_second_person_is_told(officer: Any) -> None:
    campaign = ring()
    strong = judging.within(campaign).filter(weight__gte=judging.STRONG).count()
    assert judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=officer, now=NOW) == strong == 3
    seen = campaign.version
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CONFIRMED
    assert judging.firm(campaign) == set(campaign.members.values_list("post_id", flat=True))
    with pytest.raises(judging.StaleError) as told:
        judging.confirm(campaign_id=campaign.pk, seen_version=seen, by=factories.person(), now=NOW)
    assert (told.value.who, told.value.at) == (officer, NOW)
    assert list(campaign.events.values_list("kind", flat=True)) == ["proposed", "confirmed"]
    assert models.AuditEntry.objects.filter(verb="campaign.confirmed").count() == 1


def test_who_may_not_judge_is_refused() -> None:
    campaign = ring()
    for role in (Role.REGISTRAR, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=factories.person(role), now=NOW)


def test_a_cut_tie_is_never_proposed_again_and_its_post_stands_alone(officer: Any) -> None:
    campaign = ring(3)
    last = judging.within(campaign).order_by("-later")[0]
    assert judging.cut(tie_id=last.pk, by=officer, now=NOW) == [last.later_id]
    assert campaign_of(last.later) is None
    models.LinkedPost.objects.update(linked_at=None)
    read_and_link()
    assert campaign_of(last.later) is None
    last.refresh_from_db()
    assert (last.state, last.by) == (TieState.CUT, officer)
    with pytest.raises(RefusedError, match=r"^campaign\.alone$"):
        judging.cut(tie_id=last.pk, by=officer, now=NOW)
    (again,) = posted(OFFERS[0].format(A))  # the others still tie
    assert campaign_of(again) == campaign


def test_who_was_tied_through_the_cut_post_stays(officer: Any) -> None:
    """Each is tied to the post before; cutting the second's number leaves the third with the first's."""
    campaign = ring(3)
    second = judging.within(campaign).order_by("later")[0]
    assert judging.cut(tie_id=second.pk, by=officer, now=NOW) == [second.later_id]
    campaign.refresh_from_db()
    assert campaign.posts_count == 2


def test_split_and_what_lies_across_is_cut(officer: Any) -> None:
    campaign = ring(4)
    posts = sorted(campaign.members.values_list("post_id", flat=True))
    for chosen, code in ((posts, "all_chosen"), ([], "none_chosen"), ([max(posts) + 1], "none_chosen")):
        with pytest.raises(RefusedError, match=rf"^campaign\.{code}$"):
            judging.split(campaign_id=campaign.pk, post_ids=chosen, note="", seen_version=campaign.version, by=officer, now=NOW)
    made = judging.split(campaign_id=campaign.pk, post_ids=posts[2:], note="lain", seen_version=campaign.version, by=officer, now=NOW)
    assert sorted(made.members.values_list("post_id", flat=True)) == posts[2:]
    campaign.refresh_from_db()
    assert (campaign.posts_count, made.posts_count) == (2, 2)
    assert not judging.leading_out(campaign).exists()


def test_a_merger_is_taken_back_with_exactly_what_it_brought(officer: Any) -> None:
    one, other = ring(2), ring(2, B)
    theirs = set(other.members.values_list("post_id", flat=True))
    judging.merge(campaign_id=one.pk, other_id=other.pk, note="", seen_version=one.version, by=officer, now=NOW)
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.posts_count) == (CampaignState.DISSOLVED, one, 0)
    posted(OFFERS[3].format(A) + " sesudah digabung")
    one.refresh_from_db()
    assert one.posts_count == 5
    judging.unmerge(campaign_id=other.pk, note="", seen_version=other.version, by=officer, now=NOW)
    other.refresh_from_db()
    one.refresh_from_db()
    assert set(other.members.values_list("post_id", flat=True)) == theirs
    assert (other.state, one.posts_count) == (CampaignState.PROPOSED, 3)


def test_a_merger_in_the_middle_is_taken_back_after_the_one_that_came_later(officer: Any) -> None:
    one, other, third = ring(2), ring(2, B), models.Campaign.objects.create(number="JRG-26-0900", made_at=NOW, grown_at=NOW)
    theirs = set(one.members.values_list("post_id", flat=True))
    judging.merge(campaign_id=other.pk, other_id=one.pk, note="", seen_version=other.version, by=officer, now=NOW)
    judging.merge(campaign_id=third.pk, other_id=other.pk, note="", seen_version=third.version, by=officer, now=NOW)
    for campaign in (one, other, third):
        campaign.refresh_from_db()
    events = models.CampaignEvent.objects.count()
    assert (judging.may_take_back(one, officer), judging.may_take_back(other, officer)) == (False, True)
    assert not judging.may_take_back(other, factories.person(Role.REGISTRAR))
    with pytest.raises(RefusedError, match=r"^campaign\.merged_on$"):
        judging.unmerge(campaign_id=one.pk, seen_version=one.version, by=officer, now=NOW)
    one.refresh_from_db()
    assert (one.merged_into, third.members.count(), models.CampaignEvent.objects.count()) == (other, 4, events)
    judging.unmerge(campaign_id=other.pk, seen_version=other.version, by=officer, now=NOW)
    judging.unmerge(campaign_id=one.pk, seen_version=one.version, by=officer, now=NOW)
    assert set(one.members.values_list("post_id", flat=True)) == theirs


@pytest.mark.parametrize("left", [1, 2])
def test_a_merger_is_taken_back_as_long_as_one_of_its_posts_is_there(left: int, officer: Any) -> None:
    one, other = ring(2), ring(2, B)
    theirs = sorted(other.members.values_list("post_id", flat=True))
    judging.merge(campaign_id=one.pk, other_id=other.pk, note="", seen_version=one.version, by=officer, now=NOW)
    one.refresh_from_db()
    judging.split(campaign_id=one.pk, post_ids=theirs[:left], note="", seen_version=one.version, by=officer, now=NOW)
    other.refresh_from_db()
    assert judging.may_take_back(other, officer) == (left < 2)
    if left == 2:
        with pytest.raises(RefusedError, match=r"^campaign\.posts_gone$"):
            judging.unmerge(campaign_id=other.pk, seen_version=other.version, by=officer, now=NOW)
    else:
        judging.unmerge(campaign_id=other.pk, seen_version=other.version, by=officer, now=NOW)
    other.refresh_from_db()
    assert (other.state, other.posts_count) == ((CampaignState.PROPOSED, 1) if left == 1 else (CampaignState.DISSOLVED, 0))


def test_what_went_into_a_dissolved_one_is_not_taken_back(officer: Any) -> None:
    one, other = ring(2), ring(2, B)
    judging.merge(campaign_id=other.pk, other_id=one.pk, note="", seen_version=other.version, by=officer, now=NOW)
    other.refresh_from_db()
    judging.dissolve(campaign_id=other.pk, note="", seen_version=other.version, by=officer, now=NOW)
    one.refresh_from_db()
    assert not judging.may_take_back(one, officer)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        judging.unmerge(campaign_id=one.pk, seen_version=one.version, by=officer, now=NOW)
    one.refresh_from_db()
    assert one.merged_into == other


def test_a_tie_to_another_campaign_is_no_tie_to_confirm(officer: Any) -> None:
    one, _other = ring(2), ring(2, B)
    posted(f"Lowongan di luar negeri, hubungi {A} atau {B} berangkat minggu ini")
    bridge = judging.leading_out(one).get()
    with pytest.raises(RefusedError, match=r"^campaign\.bridge$"):
        judging.confirm_tie(tie_id=bridge.pk, by=officer, now=NOW)
    judging.cut(tie_id=bridge.pk, by=officer, now=NOW)
    assert not judging.leading_out(one).exists()


def test_dissolved_posts_stand_alone(officer: Any) -> None:
    campaign = ring(3)
    judging.dissolve(campaign_id=campaign.pk, note="bukan", seen_version=campaign.version, by=officer, now=NOW)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.posts_count) == (CampaignState.DISSOLVED, 0)
    assert not models.LinkedPost.objects.exclude(campaign=None).exists()


def test_a_name_holds_no_number(officer: Any) -> None:
    campaign = ring(2)
    with pytest.raises(RefusedError, match=r"^campaign\.name name$"):
        judging.name(campaign_id=campaign.pk, name=f"Wiwik {A}", seen_version=campaign.version, by=officer, now=NOW)
    judging.name(campaign_id=campaign.pk, name=" Kursi  Taiwan 26 ", seen_version=campaign.version, by=officer, now=NOW)
    campaign.refresh_from_db()
    assert campaign.name == "Kursi Taiwan 26"


# --- one decision ---------------------------------------------------------------------------------


def decide(campaign: Any, by: Any, **given: Any) -> Any:
    planned = deciding.plan(campaign, by)
    asked = {
        "campaign_id": campaign.pk,
        "outcome": Outcome.CONFIRMED,
        "reason": "fraud",
        "note": "",
        "key": uuid.uuid4(),
        "counted": len(planned.flags),
        "seen_version": campaign.version,
        "by": by,
        "now": NOW,
    }
    return deciding.decide(**(asked | given))


def flags_of(campaign: Any) -> Any:
    return models.Flag.objects.filter(post__linked__campaign=campaign).order_by("id")


def test_all_open_flags_at_once_and_back(officer: Any) -> None:
    campaign = confirmed(officer)
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    done = decide(campaign, officer)
    assert done.decided == flags_of(campaign).count() == 4
    assert set(flags_of(campaign).values_list("state", flat=True)) == {FlagState.CONFIRMED}
    assert deciding.plan(campaign, officer).flags == ()
    back = deciding.reverse(campaign_id=campaign.pk, event_id=done.event.pk, note="keliru", by=officer, now=NOW)
    assert (back.decided, back.left) == (4, ())
    assert set(flags_of(campaign).values_list("state", flat=True)) == {FlagState.WAITING}
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        deciding.reverse(campaign_id=campaign.pk, event_id=done.event.pk, note="lagi", by=officer, now=NOW)
    assert CampaignEventKind.DECISION_REVERSED in campaign.events.values_list("kind", flat=True)


def test_what_hangs_on_a_proposed_tie_only_is_left(officer: Any) -> None:
    campaign = ring()
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    assert (deciding.plan(campaign, officer).flags, deciding.plan(campaign, officer).loose) == ((), 4)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        decide(campaign, officer)


def test_a_row_of_the_queue_with_a_loose_copy_in_it_is_left(officer: Any) -> None:
    campaign = confirmed(officer)
    flags = flags_of(campaign)
    flags.update(office=officer.office, state=FlagState.WAITING)
    first, loose = flags.first(), flags.last()
    ends = judging.within(campaign).filter(later=loose.post_id)
    models.Tie.objects.filter(pk__in=ends).delete()
    models.Flag.objects.filter(pk__in=(first.pk, loose.pk)).update(row_key="satu baris")
    assert (len(deciding.plan(campaign, officer).flags), deciding.plan(campaign, officer).loose) == (2, 2)
    decide(campaign, officer)
    assert set(flags.filter(state=FlagState.WAITING)) == {first, loose}


def test_what_people_joined_to_a_member_is_counted_with_the_ring(officer: Any) -> None:
    """It stands in the member's row and is decided with it, so it is shown, counted, and weighs towards a second person."""
    campaign = confirmed(officer)
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    first, second = flags_of(campaign)[:2]
    strangers = factories.flags(17, of=factories.watch())
    elsewhere = strangers.pop()
    models.Flag.objects.filter(pk=elsewhere.pk).update(row_key=first.row_key, office=factories.office("bp3mi-jatim"))
    triage.join(flag_id=first.pk, other_ids=[one.pk for one in strangers[:8]], by=officer, now=NOW)
    triage.join(flag_id=second.pk, other_ids=[one.pk for one in strangers[8:]], by=officer, now=NOW)
    wanted = {*flags_of(campaign).values_list("pk", flat=True), *(one.pk for one in strangers)}
    planned = deciding.plan(campaign, officer)
    assert ({one.pk for one in planned.flags}, len(planned.flags), planned.loose, planned.others) == (wanted, 20, 0, 0)
    [more] = factories.flags(1, of=factories.watch())
    triage.join(flag_id=second.pk, other_ids=[more.pk], by=officer, now=NOW)
    with pytest.raises(triage.SecondPersonError) as refused:
        decide(campaign, officer)
    assert refused.value.count == 21
    assert not models.Decision.objects.exists()
    triage.tell_apart(flag_id=second.pk, other_id=more.pk, by=officer, now=NOW)
    done = decide(campaign, officer, counted=20)
    assert (done.decided, done.left) == (20, ())
    assert set(models.Flag.objects.filter(state=FlagState.CONFIRMED).values_list("pk", flat=True)) == wanted


def test_flags_of_another_office_are_counted_and_left(officer: Any) -> None:
    campaign = confirmed(officer)
    flags = flags_of(campaign)
    flags.update(office=officer.office, state=FlagState.WAITING)
    models.Flag.objects.filter(pk=flags.first().pk).update(office=factories.office("bp3mi-jatim"))
    assert deciding.plan(campaign, officer).others == 1
    assert decide(campaign, officer).decided == 3
    assert flags.filter(state=FlagState.WAITING).count() == 1


def test_what_a_colleague_holds_is_listed_and_left(officer: Any) -> None:
    campaign, colleague = confirmed(officer), factories.person()
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    held = flags_of(campaign).first()
    triage.take(flag_id=held.pk, by=colleague, now=NOW)
    done = decide(campaign, officer)
    assert [(one.flag, one.why, one.who) for one in done.left] == [(held, "held", colleague)]
    assert done.decided == 3


def test_a_ring_that_grew_since_it_was_counted_is_counted_again(officer: Any) -> None:
    campaign = confirmed(officer)
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    with pytest.raises(RefusedError, match=r"^campaign\.grown$"):
        decide(campaign, officer, counted=3)
    assert not models.Decision.objects.exists()


def test_a_double_click_decides_once(officer: Any) -> None:
    campaign, key = confirmed(officer), uuid.uuid4()
    flags_of(campaign).update(office=officer.office, state=FlagState.WAITING)
    first = decide(campaign, officer, key=key)
    again = decide(campaign, officer, key=key)
    assert (first.event, first.decided) == (again.event, again.decided)
    assert models.Decision.objects.count() == 4


def test_the_page_counts_five_examples_spread_over_the_whole(officer: Any) -> None:
    flags = tuple(models.Flag(pk=number) for number in range(23))
    planned = deciding.Plan(flags, 0, 0, 0)
    assert planned.examples == tuple(flags[number] for number in (0, 4, 8, 12, 16))
    assert deciding.Plan(flags[:2], 0, 0, 0).examples == flags[:2]
    assert campaigns.due() == 0


# --- all ties of one kind -------------------------------------------------------------------------


def by_author(campaign: Any, count: int = 3) -> list[int]:
    """Ties by one author between the posts of the ring, and the mark of each. Weak: none is confirmed with the campaign."""
    posts = sorted(campaign.members.values_list("post_id", flat=True))[: count + 1]
    models.PostMark.objects.bulk_create(models.PostMark(post_id=post, kind=TieKind.AUTHOR, key="a" * 32) for post in posts)
    for later, earlier in itertools.pairwise(reversed(posts)):
        models.Tie.objects.create(later_id=later, earlier_id=earlier, kind=TieKind.AUTHOR, key="a" * 32, weight=0.6, at=NOW)
    return posts


def kind(campaign: Any, verb: Any, by: Any, **given: Any) -> Any:
    return verb(campaign_id=campaign.pk, kind=TieKind.AUTHOR, seen_version=campaign.version, by=by, now=NOW, **given)


def test_a_kind_of_ties_is_confirmed_at_once_and_no_other(officer: Any) -> None:
    campaign = ring()
    by_author(campaign)
    assert kind(campaign, judging.confirm_kind, officer) == 3
    assert dict(judging.within(campaign).values_list("state").annotate(n=Count("id"))) == {TieState.CONFIRMED: 3, TieState.PROPOSED: 3}
    event = campaign.events.latest("id")
    assert (event.kind, event.told) == ("tie_confirmed", {"kind": "author", "ties": 3})
    with pytest.raises(judging.StaleError):
        kind(campaign, judging.confirm_kind, officer)
    campaign.refresh_from_db()
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        kind(campaign, judging.confirm_kind, officer)
    assert judging.waiting_within(campaign).count() == 0  # the numbers are confirmed with the campaign


def test_a_kind_of_ties_is_cut_at_once_and_what_hangs_on_nothing_else_leaves(officer: Any) -> None:
    campaign = ring()
    posts = by_author(campaign)
    loose = posts[-1]
    judging.within(campaign).filter(kind=TieKind.PHONE, later=loose).delete()
    assert kind(campaign, judging.cut_kind, officer, note="papan iklan") == [loose]
    assert set(judging.within(campaign).exclude(state=TieState.CUT).values_list("kind", flat=True)) == {TieKind.PHONE}
    assert models.Tie.objects.filter(kind=TieKind.AUTHOR, state=TieState.CUT, by=officer).count() == 3
    assert not models.PostMark.objects.filter(key="a" * 32, void=False).exists()  # the next post by him meets nobody
    event = campaign.events.latest("id")
    undo = event.told.pop("undo")
    assert (event.note, event.told) == ("papan iklan", {"kind": "author", "ties": 3, "left": [loose], "other": 0})
    assert (len(undo["ties"]), len(undo["marks"]), undo["went"]) == (3, 4, [[None, [loose]]])
    assert models.AuditEntry.objects.get(verb="campaign.tie_cut").after == {"kind": "author", "ties": 3, "left": [loose]}


def test_what_was_confirmed_of_a_kind_is_not_cut_with_the_rest(officer: Any) -> None:
    campaign = ring()
    posts = by_author(campaign)
    judging.confirm_tie(tie_id=judging.within(campaign).get(kind=TieKind.AUTHOR, earlier=posts[0]).pk, by=officer, now=NOW)
    campaign.refresh_from_db()
    assert kind(campaign, judging.cut_kind, officer) == []
    assert judging.within(campaign).filter(kind=TieKind.AUTHOR, state=TieState.CONFIRMED).count() == 1
    assert set(models.PostMark.objects.filter(key="a" * 32, void=False).values_list("post", flat=True)) == set(posts[:2])


def test_a_kind_that_leads_to_another_campaign_is_cut_between_the_two(officer: Any) -> None:
    one, other = ring(2), ring(2, B)
    here, there = (campaign.members.latest("post").post for campaign in (one, other))
    for tie in (TieKind.AUTHOR, TieKind.HANDLE):
        models.Tie.objects.create(later=there, earlier=here, kind=tie, key="a" * 32, weight=0.6, at=NOW, crosses=True)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        kind(one, judging.cut_kind, officer, other_id=one.pk)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        kind(one, judging.cut_kind, officer)  # within there is none
    assert kind(one, judging.cut_kind, officer, other_id=other.pk) == []
    assert judging.leading_out(one).count() == 0  # the same name on both platforms is the same key
    assert (one.members.count(), other.members.count()) == (2, 2)
    assert [event.kind for event in (one.events.latest("id"), other.events.latest("id"))] == ["tie_cut"] * 2


def uncut(campaign: Any, by: Any, event: Any = None) -> tuple[int, int]:
    campaign.refresh_from_db()
    event = event or campaign.events.filter(kind="tie_cut").latest("id")
    return judging.uncut_kind(campaign_id=campaign.pk, event_id=event.pk, seen_version=campaign.version, by=by, now=NOW)


def world(campaign: Any) -> tuple[Any, ...]:
    """What a cut of ties by an author changes of the ring."""
    ties = models.Tie.objects.order_by("id").values_list("id", "state", "by")
    return list(ties), set(campaign.members.values_list("post", flat=True)), models.PostMark.objects.filter(void=True).count()


def test_a_cut_of_a_kind_is_taken_back_with_all_it_did_and_once(officer: Any) -> None:
    campaign = ring()
    posts = by_author(campaign)
    judging.within(campaign).filter(kind=TieKind.PHONE, later__in=posts[-2:]).delete()
    judging.within(campaign).filter(kind=TieKind.PHONE, later=posts[-1], earlier=posts[-2]).delete()
    before = world(campaign)
    assert kind(campaign, judging.cut_kind, officer) == posts[-2:]
    assert world(campaign) != before
    assert uncut(campaign, officer) == (3, 2)
    assert world(campaign) == before
    assert models.LinkedPost.objects.filter(post__in=posts, linked_at=None).count() == 4  # who has the same is looked for again
    campaign.refresh_from_db()
    assert (campaign.posts_count, campaign.events.latest("id").kind) == (len(before[1]), "tie_cut_reversed")
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        uncut(campaign, officer)
    assert world(campaign) == before


def cut_in_two(officer: Any) -> tuple[Any, models.Campaign, list[int], tuple[Any, ...]]:
    """A ring whose authors' ties are cut, the campaign that two of its posts became by it, the two, and what was before."""
    campaign = ring()
    pair = by_author(campaign)[-2:]
    within = judging.within(campaign).filter(kind=TieKind.PHONE)
    within.filter(later__in=pair).exclude(earlier__in=pair).delete()
    if not within.filter(later__in=pair, earlier__in=pair).exists():
        models.Tie.objects.create(later_id=pair[1], earlier_id=pair[0], kind=TieKind.PHONE, key="b" * 32, weight=0.9, at=NOW)
    before = world(campaign)
    assert kind(campaign, judging.cut_kind, officer) == pair
    return campaign, models.Campaign.objects.get(members__post=pair[0]), pair, before


def test_what_became_a_campaign_by_a_cut_comes_back(officer: Any) -> None:
    campaign, made, pair, before = cut_in_two(officer)
    assert uncut(campaign, officer) == (3, 2)
    made.refresh_from_db()
    assert (world(campaign), made.state, made.merged_into) == (before, "dissolved", campaign)
    judging.unmerge(campaign_id=made.pk, seen_version=made.version, by=officer, now=NOW)  # as of any merger
    assert set(made.members.values_list("post", flat=True)) == set(pair)


def test_what_became_a_campaign_that_somebody_judged_stays_where_it_is(officer: Any) -> None:
    campaign, made, _pair, _before = cut_in_two(officer)
    judging.confirm(campaign_id=made.pk, seen_version=made.version, by=officer, now=NOW)
    cut = world(campaign)
    with pytest.raises(RefusedError, match=r"^campaign\.judged_since$"):
        uncut(campaign, officer)
    assert world(campaign) == cut


def test_a_mark_that_another_cut_took_stays_taken(officer: Any) -> None:
    campaign = ring()
    posts = by_author(campaign)
    kind(campaign, judging.cut_kind, officer)
    models.Tie.objects.create(
        later_id=posts[0], earlier_id=posts[3], kind=TieKind.HANDLE, key="a" * 32, weight=0.6, at=NOW, state=TieState.CUT
    )
    assert uncut(campaign, officer) == (3, 0)
    assert set(models.PostMark.objects.filter(key="a" * 32, void=False).values_list("post", flat=True)) == set(posts[1:])


def test_a_cut_between_two_campaigns_is_taken_back_on_the_one_it_was_done_on(officer: Any) -> None:
    one, other = ring(2), ring(2, B)
    here, there = (campaign.members.latest("post").post for campaign in (one, other))
    models.Tie.objects.create(later=there, earlier=here, kind=TieKind.AUTHOR, key="a" * 32, weight=0.6, at=NOW, crosses=True)
    kind(one, judging.cut_kind, officer, other_id=other.pk)
    with pytest.raises(RefusedError, match=r"^campaign\.nothing$"):
        uncut(other, officer)
    with pytest.raises(PermissionDenied):
        uncut(one, factories.person(Role.REGISTRAR))
    assert judging.leading_out(one).count() == 0
    assert uncut(one, officer) == (1, 0)
    assert judging.leading_out(one).count() == 1
    assert [event.kind for event in (one.events.latest("id"), other.events.latest("id"))] == ["tie_cut_reversed"] * 2


def test_who_may_not_judge_cuts_and_confirms_no_kind() -> None:
    campaign = ring()
    by_author(campaign)
    for verb in (judging.confirm_kind, judging.cut_kind):
        with pytest.raises(PermissionDenied):
            kind(campaign, verb, factories.person(Role.REGISTRAR))
    assert set(models.Tie.objects.values_list("state", flat=True)) == {TieState.PROPOSED}
