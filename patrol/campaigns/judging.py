"""What people do to campaigns: confirm them or a tie, cut, split, merge and take that back, dissolve, name.

Every verb holds the lock of the linker, compares the version the person saw, and writes an event and an audit row in its transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain import TieKind
from patrol.domain.states import CampaignState, TieState
from patrol.infra import prepared, series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import CampaignEventKind, MergerOutcome

STRONG: Final = 0.85  # ties of this weight are confirmed together with their campaign; weaker ones each by itself
MOST_TIES: Final = 3000  # of a campaign that a page reads


class StaleError(Exception):
    """Somebody changed the campaign or the tie since the page was shown: `who` at `at`; None, None where it was the machine."""

    def __init__(self, who: models.Person | None, at: datetime | None, state: str) -> None:
        super().__init__(f"already {state}")
        self.who = who
        self.at = at
        self.state = state


NOTHING: Final = _("Nothing was changed: there is nothing here to do this to.")


def nothing() -> RefusedError:
    return RefusedError("campaign.nothing", NOTHING)


def confirm(*, campaign_id: int, seen_version: int, by: models.Person, now: datetime) -> int:
    """The posts belong together; every strong tie within is confirmed. How many ties that were. Raises StaleError, PermissionDenied."""
    with _judged(campaign_id, by, seen_version) as campaign:
        if campaign.state != CampaignState.PROPOSED:
            raise _stale(campaign)
        ties = within(campaign).filter(state=TieState.PROPOSED, weight__gte=STRONG)
        done: int = ties.update(state=TieState.CONFIRMED, by=by, decided_at=now)
        changed(campaign, state=CampaignState.CONFIRMED)
        tell(campaign, CampaignEventKind.CONFIRMED, by=by, now=now, told={"ties": done})
        return done


def confirm_tie(*, tie_id: int, by: models.Person, now: datetime) -> models.Tie:
    """Raises RefusedError where the tie leads to another campaign (that is a merger), StaleError, PermissionDenied."""
    with _tie(tie_id, by) as (tie, campaign, other):
        if other.pk != campaign.pk:
            raise RefusedError("campaign.bridge", _("This tie leads to another campaign: merge the two, or cut the tie."))
        if models.Tie.objects.filter(pk=tie.pk, state=TieState.PROPOSED).update(state=TieState.CONFIRMED, by=by, decided_at=now) == 0:
            raise StaleError(tie.by, tie.decided_at, tie.state)
        changed(campaign)
        tell(campaign, CampaignEventKind.TIE_CONFIRMED, by=by, now=now, told={"tie": tie.pk})
        tie.refresh_from_db()
        return tie


def cut(*, tie_id: int, note: str = "", by: models.Person, now: datetime) -> list[int]:
    """The tie says nothing: never proposed again. Posts that nothing else ties leave; their ids. Raises StaleError, PermissionDenied."""
    with _tie(tie_id, by) as (tie, campaign, other):
        if models.Tie.objects.filter(pk=tie.pk).exclude(state=TieState.CUT).update(state=TieState.CUT, by=by, decided_at=now) == 0:
            raise StaleError(tie.by, tie.decided_at, tie.state)
        if tie.kind != TieKind.TEXT:
            _void(tie, by=by, now=now)
        left = _left(_fall_apart(campaign, by=by, now=now))
        changed(campaign)
        tell(campaign, CampaignEventKind.TIE_CUT, by=by, now=now, note=note, told={"tie": tie.pk, "left": left})
        if other.pk != campaign.pk:
            changed(other)
            tell(other, CampaignEventKind.TIE_CUT, by=by, now=now, note=note, told={"tie": tie.pk})
        return left


def confirm_kind(*, campaign_id: int, kind: TieKind, seen_version: int, by: models.Person, now: datetime) -> int:
    """Every tie of a kind that waits within. How many. Raises RefusedError where none does, StaleError, PermissionDenied."""
    with _judged(campaign_id, by, seen_version) as campaign:
        done: int = waiting_within(campaign).filter(kind=kind).update(state=TieState.CONFIRMED, by=by, decided_at=now)
        if not done:
            raise nothing()
        changed(campaign)
        tell(campaign, CampaignEventKind.TIE_CONFIRMED, by=by, now=now, told={"kind": kind, "ties": done})
        return done


def cut_kind(
    *, campaign_id: int, kind: TieKind, other_id: int = 0, note: str = "", seen_version: int, by: models.Person, now: datetime
) -> list[int]:
    """What ties by this kind says nothing: within, where it waits, or to the other campaign. Ids of the posts that leave.

    What tied them ties none of these posts again, but those between which it is confirmed; `uncut_kind` takes all of it back. Raises
    RefusedError where nothing waits, StaleError, PermissionDenied.
    """
    with _judged(campaign_id, by, seen_version) as campaign:
        others = models.Campaign.objects.filter(pk=other_id).exclude(pk=campaign.pk)
        other = others.first() if other_id else None
        waiting = between(campaign.pk, other_id).filter(state=TieState.PROPOSED) if other_id else waiting_within(campaign)
        ties = list(waiting.filter(kind=kind))
        if not ties or bool(other_id) != (other is not None):
            raise nothing()
        keys = {tie.key for tie in ties if tie.key}
        marks = models.PostMark.objects.filter(key__in=keys, post__linked__campaign__in=[campaign.pk, other_id])
        led = set(marks.filter(void=False).values_list("pk", flat=True))
        waited = {tie.pk for tie in ties} | set(waiting.filter(key__in=keys).values_list("pk", flat=True))
        if other is not None:
            part(campaign.pk, other.pk, keys, by=by, now=now)
        else:
            sure = within(campaign).filter(key__in=keys, state=TieState.CONFIRMED).values_list("later", "earlier")
            loose = {post for tie in ties for post in (tie.later_id, tie.earlier_id)} - {post for pair in sure for post in pair}
            models.PostMark.objects.filter(post__in=loose, key__in=keys).update(void=True)
        models.Tie.objects.filter(pk__in=[tie.pk for tie in ties], state=TieState.PROPOSED).update(
            state=TieState.CUT, by=by, decided_at=now
        )
        undo: dict[str, Any] = {
            "ties": sorted(models.Tie.objects.filter(pk__in=waited, state=TieState.CUT).values_list("pk", flat=True)),
            "marks": sorted(models.PostMark.objects.filter(pk__in=led, void=True).values_list("pk", flat=True)),
            "went": (went := _fall_apart(campaign, by=by, now=now)),
        }
        told = {"kind": kind, "ties": len(ties), "left": _left(went)}
        for one in filter(None, (campaign, other)):
            changed(one)
            # By which campaign it is taken back: the one it was done on.
            kept = {"undo": undo, "other": other_id} if one is campaign else {}
            tell(one, CampaignEventKind.TIE_CUT, by=by, now=now, note=note, told=told, kept=kept)
        return _left(went)


def uncut_kind(*, campaign_id: int, event_id: int, seen_version: int, by: models.Person, now: datetime) -> tuple[int, int]:
    """Takes an act of `cut_kind` back: its ties wait again, what tied ties again, and what left comes back as far as it is still where the
    cut put it. How many ties and how many posts.

    Raises RefusedError where it was taken back before, or what left became a campaign that somebody has judged since; StaleError,
    PermissionDenied.
    """
    with _judged(campaign_id, by, seen_version) as campaign:
        event = campaign.events.filter(pk=event_id, kind=CampaignEventKind.TIE_CUT).first()
        undo = event.told.get("undo") if event else None
        reversed_before = campaign.events.filter(kind=CampaignEventKind.TIE_CUT_REVERSED, told__event=event_id).exists()
        if event is None or undo is None or reversed_before or campaign.state == CampaignState.DISSOLVED:
            raise nothing()
        made = models.Campaign.objects.select_for_update(no_key=True).in_bulk([key for key, _posts in undo["went"] if key is not None])
        judged = next((one for one in made.values() if one.state != CampaignState.PROPOSED), None)
        if judged is not None:
            text = _("Nothing was changed: %(number)s, which was left over by it, was judged since. Merge the two instead.")
            raise RefusedError("campaign.judged_since", text, number=judged.number)
        ties = models.Tie.objects.filter(pk__in=undo["ties"], state=TieState.CUT, by=event.by, decided_at=event.at)
        waits: int = ties.update(state=TieState.PROPOSED, by=None, decided_at=None)
        _lead_again(undo["marks"])
        back = [post for key, posts in undo["went"] for post in _come_back(campaign, made.get(key), posts, by=by, now=now)]
        changed(campaign)
        told = {"event": event.pk, "kind": event.told["kind"], "ties": waits, "back": back}
        tell(campaign, CampaignEventKind.TIE_CUT_REVERSED, by=by, now=now, told=told)
        other = models.Campaign.objects.filter(pk=event.told["other"]).exclude(state=CampaignState.DISSOLVED).first()
        if other is not None:
            changed(other)
            tell(other, CampaignEventKind.TIE_CUT_REVERSED, by=by, now=now, told=told)
        return waits, len(back)


def split(*, campaign_id: int, post_ids: Sequence[int], note: str, seen_version: int, by: models.Person, now: datetime) -> models.Campaign:
    """These posts become a campaign of their own, confirmed since a person made it; ties across are cut.

    Raises RefusedError where none or all are named, StaleError, PermissionDenied.
    """
    with _judged(campaign_id, by, seen_version) as campaign:
        members = set(campaign.members.values_list("post_id", flat=True))
        chosen = members & set(post_ids)
        if not chosen:
            raise RefusedError("campaign.none_chosen", _("Nothing was split off: choose posts first."))
        if chosen == members:
            raise RefusedError("campaign.all_chosen", _("Nothing was split off: leave at least one post where it is."))
        made = _make(campaign.state, now)
        models.LinkedPost.objects.filter(campaign=campaign, post__in=chosen).update(campaign=made, joined_at=now)
        across = Q(later__in=chosen, earlier__in=members - chosen) | Q(later__in=members - chosen, earlier__in=chosen)
        models.Tie.objects.filter(across).exclude(state=TieState.CUT).update(state=TieState.CUT, by=by, decided_at=now)
        for one in (campaign, made):
            changed(one)
        tell(campaign, CampaignEventKind.SPLIT, by=by, now=now, note=note, told={"into": made.pk, "posts": sorted(chosen)})
        tell(made, CampaignEventKind.SPLIT, by=by, now=now, note=note, told={"from": campaign.pk})
        made.refresh_from_db()
        return made


def merge(*, campaign_id: int, other_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Campaign:
    """The other campaign's posts join this one; the other, which stays and says where they are. Raises RefusedError, StaleError."""
    if campaign_id == other_id:
        raise RefusedError("campaign.same", _("A campaign cannot be merged with itself."), "other")
    with _judged(campaign_id, by, seen_version) as campaign:
        other = models.Campaign.objects.select_for_update(no_key=True).get(pk=other_id)
        if CampaignState.DISSOLVED in (other.state, campaign.state):
            raise _stale(other if other.state == CampaignState.DISSOLVED else campaign)
        posts = sorted(other.members.values_list("post_id", flat=True))
        models.LinkedPost.objects.filter(campaign=other).update(campaign=campaign, joined_at=now)
        ties = models.Tie.objects.filter(Q(later__in=posts) | Q(earlier__in=posts), state=TieState.PROPOSED, weight__gte=STRONG)
        bridges = ties.filter(Q(later__in=posts) ^ Q(earlier__in=posts)).filter(
            later__linked__campaign=campaign, earlier__linked__campaign=campaign
        )
        bridges.update(state=TieState.CONFIRMED, by=by, decided_at=now)
        told = {"from": other.pk, "posts": posts, "was": str(other.state)}
        elder, younger = sorted((campaign.pk, other.pk))
        answer(models.MergerProposal.objects.filter(one=elder, other=younger, answer=None), MergerOutcome.MERGED, by=by, now=now)
        changed(other, state=CampaignState.DISSOLVED, merged_into=campaign)
        changed(campaign)
        tell(campaign, CampaignEventKind.MERGED, by=by, now=now, note=note, told=told)
        tell(other, CampaignEventKind.MERGED, by=by, now=now, note=note, told={"into": campaign.pk})
        return other


def unmerge(*, campaign_id: int, note: str = "", seen_version: int, by: models.Person, now: datetime) -> models.Campaign:
    """Takes the merger back: the posts this campaign brought go back to it, as far as they are still where it took them.

    Raises RefusedError where the campaign it went into was merged onward or dissolved, or where every post has left it: none of its posts
    is there.
    """
    with _judged(campaign_id, by, seen_version) as campaign:
        into = campaign.merged_into
        if into is None:
            raise nothing()
        if into.merged_into_id is not None:
            text = _("Nothing was changed: %(number)s, which it was merged into, was merged into another one later. Take that back first.")
            raise RefusedError("campaign.merged_on", text, number=into.number)
        if into.state == CampaignState.DISSOLVED:
            raise nothing()
        merger = _merger(campaign, into)
        if merger is None:
            raise nothing()
        if not _brought(merger, into).update(campaign=campaign, joined_at=now):
            text = _("Nothing was changed: none of the posts it brought is in %(number)s any more.")
            raise RefusedError("campaign.posts_gone", text, number=into.number)
        changed(campaign, state=merger.told["was"], merged_into=None)
        changed(into)
        for one, told in ((campaign, {"from": into.pk}), (into, {"into": campaign.pk})):
            tell(one, CampaignEventKind.UNMERGED, by=by, now=now, note=note, told=told)
        campaign.refresh_from_db()
        return campaign


def may_take_back(campaign: models.Campaign, person: models.Person) -> bool:
    """Whether `unmerge` would find posts where this campaign took them. Two queries, and none where nobody asks."""
    into = campaign.merged_into
    if into is None or into.state == CampaignState.DISSOLVED or not access.may(person, Action.CAMPAIGN_JUDGE):
        return False
    merger = _merger(campaign, into)
    return merger is not None and _brought(merger, into).exists()


def _merger(campaign: models.Campaign, into: models.Campaign) -> models.CampaignEvent | None:
    return into.events.filter(kind=CampaignEventKind.MERGED, told__from=campaign.pk).order_by("-id").first()


def _brought(merger: models.CampaignEvent, into: models.Campaign) -> QuerySet[models.LinkedPost]:
    """What a merger brought and is still there."""
    return models.LinkedPost.objects.filter(campaign=into, post__in=merger.told["posts"])


def dissolve(*, campaign_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> None:
    """The posts do not belong together: every tie within is cut, every post stands alone. Raises StaleError, PermissionDenied."""
    with _judged(campaign_id, by, seen_version) as campaign:
        if campaign.state == CampaignState.DISSOLVED:
            raise _stale(campaign)
        posts = sorted(campaign.members.values_list("post_id", flat=True))
        for tie in within(campaign).exclude(state=TieState.CUT).exclude(kind=TieKind.TEXT):
            models.PostMark.objects.filter(post=tie.later_id, key=tie.key).update(void=True)
        within(campaign).exclude(state=TieState.CUT).update(state=TieState.CUT, by=by, decided_at=now)
        models.LinkedPost.objects.filter(campaign=campaign).update(campaign=None, joined_at=None)
        changed(campaign, state=CampaignState.DISSOLVED)
        tell(campaign, CampaignEventKind.DISSOLVED, by=by, now=now, note=note, told={"posts": posts})


def take_back(*, keys: Collection[str], post_ids: Sequence[int], now: datetime) -> None:
    """The machine's own act, in the transaction of the linker: what these marks of these posts tied comes loose.

    They turned out to serve many. Only in campaigns that nobody has confirmed, and no tie that somebody has.
    """
    ties = models.Tie.objects.filter(
        later__in=post_ids, key__in=keys, state=TieState.PROPOSED, later__linked__campaign__state=CampaignState.PROPOSED
    ).exclude(kind__in=(TieKind.BANK_ACCOUNT, TieKind.PICTURE))
    found: dict[int, list[int]] = defaultdict(list)
    for tie, campaign_id in ties.order_by("id").values_list("id", "later__linked__campaign"):
        found[campaign_id].append(tie)
    for campaign in models.Campaign.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("id"):
        models.Tie.objects.filter(pk__in=found[campaign.pk]).update(state=TieState.CUT)
        left = _left(_fall_apart(campaign, by=None, now=now))
        changed(campaign)
        tell(campaign, CampaignEventKind.TIE_CUT, by=None, now=now, told={"served_many": len(found[campaign.pk]), "left": left})
        alone = campaign.members.all()
        if len(alone) == 1:
            alone.update(campaign=None, joined_at=None)
            changed(campaign, state=CampaignState.DISSOLVED)
            tell(campaign, CampaignEventKind.DISSOLVED, by=None, now=now, told={"posts": [one.post_id for one in alone]})


def name(*, campaign_id: int, name: str, seen_version: int, by: models.Person, now: datetime) -> None:
    """Raises RefusedError where digits stand in it that could be somebody's number."""
    name = " ".join(name.split())[:80]
    if sum(sign.isdigit() for sign in name) > 4:
        raise RefusedError("campaign.name", _("A name must not hold a number somebody can be reached by."), "name")
    with _judged(campaign_id, by, seen_version) as campaign:
        changed(campaign, name=name)
        tell(campaign, CampaignEventKind.NAMED, by=by, now=now, told={"name": name})


# --- what the verbs share -------------------------------------------------------------------------


def lock() -> None:
    """Until the end of the transaction nobody else changes who belongs where."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol campaigns'))")


def within(campaign: models.Campaign) -> QuerySet[models.Tie]:
    """Ties both of whose posts are members."""
    return _both_of(campaign.pk, campaign.pk)


def _both_of(later: int, earlier: int) -> QuerySet[models.Tie]:
    of_later, of_earlier = (models.LinkedPost.objects.filter(campaign=key).values("post_id") for key in (later, earlier))
    return models.Tie.objects.filter(later__in=of_later, earlier__in=of_earlier)


_KEY, _SAME = -1, -2  # stand for one campaign
_NOT_CUT: Final = prepared.Rows(
    lambda: _both_of(_KEY, _SAME).exclude(state=TieState.CUT).select_related("indicator", "by").order_by("-weight", "-id")[:MOST_TIES],
    {_KEY: "campaign", _SAME: "campaign"},
)
_FIRM: Final = prepared.Rows(
    lambda: _both_of(_KEY, _SAME).filter(state=TieState.CONFIRMED).only("later_id", "earlier_id").order_by(),
    {_KEY: "campaign", _SAME: "campaign"},
)


def not_cut(campaign: models.Campaign) -> list[models.Tie]:
    """The MOST_TIES heaviest of those within that nobody cut, each with what ties and who judged it. One query."""
    return _NOT_CUT(campaign=campaign.pk)


def leading_out(campaign: models.Campaign) -> Any:
    """Ties to posts of another campaign, not cut: a person merges the two or cuts."""
    inside, outside = Q(later__linked__campaign=campaign), Q(earlier__linked__campaign=campaign)
    lead = models.Tie.objects.filter((inside & ~outside) | (~inside & outside)).exclude(state=TieState.CUT)
    return lead.filter(later__linked__campaign__isnull=False, earlier__linked__campaign__isnull=False)


def between(one_id: int, other_id: int) -> Any:
    """Ties of which one post is a member of the one campaign, and one of the other."""
    across = Q(later__linked__campaign=one_id, earlier__linked__campaign=other_id)
    return models.Tie.objects.filter(across | Q(later__linked__campaign=other_id, earlier__linked__campaign=one_id))


def waiting_within(campaign: models.Campaign) -> Any:
    """Proposed ties within, but those that are confirmed together with their campaign."""
    found = within(campaign).filter(state=TieState.PROPOSED)
    return found.filter(weight__lt=STRONG) if campaign.state == CampaignState.PROPOSED else found


def part(one_id: int, other_id: int, keys: Collection[str], *, by: models.Person | None, now: datetime) -> int:
    """Cuts what ties two campaigns by these. Where fewer posts have it, it ties nobody any more: the next post goes where it is at home."""
    for key in keys:
        marked = {
            campaign: models.PostMark.objects.filter(key=key, void=False, post__linked__campaign=campaign)
            for campaign in (one_id, other_id)
        }
        marked[min(marked, key=lambda campaign: (marked[campaign].count(), -campaign))].update(void=True)
    said = {"decided_at": now} if by is not None else {}
    ties = between(one_id, other_id).filter(key__in=list(keys), state=TieState.PROPOSED)
    cut_now: int = ties.update(state=TieState.CUT, by=by, **said)
    return cut_now


def firm(campaign: models.Campaign) -> set[int]:
    """Posts that hang on at least one confirmed tie. Nobody decides for the others through their campaign."""
    return {post for tie in _FIRM(campaign=campaign.pk) for post in (tie.later_id, tie.earlier_id)}


@contextmanager
def _judged(campaign_id: int, by: models.Person, seen_version: int) -> Iterator[models.Campaign]:
    access.require(by, Action.CAMPAIGN_JUDGE)
    with transaction.atomic():
        lock()
        campaign = models.Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
        if campaign.version != seen_version:
            raise _stale(campaign)
        yield campaign


@contextmanager
def _tie(tie_id: int, by: models.Person) -> Iterator[tuple[models.Tie, models.Campaign, models.Campaign]]:
    """The tie and the campaigns of its two posts, the later one's first. Raises Tie.DoesNotExist, RefusedError where one has none."""
    access.require(by, Action.CAMPAIGN_JUDGE)
    with transaction.atomic():
        lock()
        tie = models.Tie.objects.select_for_update(of=("self",), no_key=True).select_related("by").get(pk=tie_id)
        rows = dict(models.LinkedPost.objects.filter(post__in=(tie.later_id, tie.earlier_id)).values_list("post_id", "campaign_id"))
        known = models.Campaign.objects.in_bulk([key for key in rows.values() if key is not None])
        if any(rows.get(post) is None for post in (tie.later_id, tie.earlier_id)):
            raise RefusedError("campaign.alone", _("Nothing was changed: one of the posts belongs to no campaign any more."))
        yield tie, known[rows[tie.later_id]], known[rows[tie.earlier_id]]


def _stale(campaign: models.Campaign) -> StaleError:
    event = campaign.events.select_related("by").order_by("-id").first()
    return StaleError(event.by if event else None, event.at if event else None, campaign.state)


def changed(campaign: models.Campaign, **changed: Any) -> None:
    counted = campaign.members.count()
    models.Campaign.objects.filter(pk=campaign.pk).update(version=campaign.version + 1, posts_count=counted, **changed)
    campaign.version += 1


def tell(
    campaign: models.Campaign,
    kind: str,
    *,
    by: models.Person | None,
    now: datetime,
    told: dict[str, Any],
    note: str = "",
    kept: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """`kept`: what the event alone keeps, to be taken back by; the log has no use for it."""
    models.CampaignEvent.objects.create(campaign=campaign, kind=kind, at=now, by=by, note=note, told={**told, **kept})
    audit.write(f"campaign.{kind}", by=by, now=now, target=campaign, after=told)


def answer(proposals: Iterable[models.MergerProposal], outcome: MergerOutcome, *, by: models.Person, now: datetime) -> None:
    """What was proposed of two campaigns is answered: nothing of it is proposed again."""
    models.MergerAnswer.objects.bulk_create(models.MergerAnswer(proposal=one, outcome=outcome, by=by, at=now) for one in proposals)


def _make(state: str, now: datetime) -> models.Campaign:
    (number,) = series.take("JRG", 1, now=now)
    return models.Campaign.objects.create(number=number, state=state, made_at=now, grown_at=now)


def _void(tie: models.Tie, *, by: models.Person, now: datetime) -> None:
    """The later post's mark ties no more. Who was tied to it by the same mark is tied to the earlier one instead."""
    models.PostMark.objects.filter(post=tie.later_id, key=tie.key).update(void=True)
    same = models.Tie.objects.filter(key=tie.key).exclude(state=TieState.CUT)
    through = list(same.filter(earlier=tie.later_id))
    same.filter(Q(later=tie.later_id) | Q(earlier=tie.later_id)).update(state=TieState.CUT, by=by, decided_at=now)
    models.Tie.objects.bulk_create(
        (
            models.Tie(
                later_id=one.later_id,
                earlier_id=tie.earlier_id,
                kind=one.kind,
                key=one.key,
                indicator_id=one.indicator_id,
                weight=one.weight,
                at=now,
            )
            for one in through
        ),
        ignore_conflicts=True,
    )


type _Went = list[tuple[int | None, list[int]]]  # the campaign that was made of them, None for one alone; posts


def _left(went: _Went) -> list[int]:
    return sorted(post for _campaign, posts in went for post in posts)


def _fall_apart(campaign: models.Campaign, *, by: models.Person | None, now: datetime) -> _Went:
    """What no tie holds any more leaves: pieces of two and more as campaigns of their own, single posts alone."""
    members = sorted(campaign.members.values_list("post_id", flat=True))
    edges = within(campaign).exclude(state=TieState.CUT).values_list("later_id", "earlier_id")
    went: _Went = []
    for piece in falls_apart(members, edges):
        rows = models.LinkedPost.objects.filter(campaign=campaign, post__in=piece)
        if len(piece) == 1:
            rows.update(campaign=None, joined_at=None)
            went.append((None, sorted(piece)))
            continue
        made = _make(CampaignState.PROPOSED, now)
        rows.update(campaign=made, joined_at=now)
        changed(made)
        tell(made, CampaignEventKind.SPLIT, by=by, now=now, told={"from": campaign.pk})
        went.append((made.pk, sorted(piece)))
    return went


def falls_apart(members: Sequence[int], edges: Iterable[tuple[int, int]]) -> list[set[int]]:
    """What of these would leave: all pieces but the largest."""
    return sorted(pieces(members, edges), key=lambda piece: (-len(piece), min(piece)))[1:]


def _lead_again(marks: Sequence[int]) -> None:
    """These tie again, but where another cut says that they do not; their posts are linked anew."""
    still = models.Tie.objects.filter(later=OuterRef("post"), key=OuterRef("key"), state=TieState.CUT)
    again = models.PostMark.objects.filter(~Exists(still), pk__in=marks)
    posts = list(again.values_list("post", flat=True))
    again.update(void=False)
    models.LinkedPost.objects.filter(post__in=posts).update(linked_at=None)


def _come_back(
    campaign: models.Campaign, made: models.Campaign | None, posts: Sequence[int], *, by: models.Person, now: datetime
) -> list[int]:
    """Of posts that were left alone those that still are, else all of the campaign that was made of them, with what joined it since."""
    rows = models.LinkedPost.objects.filter(campaign=made) if made else models.LinkedPost.objects.filter(campaign=None, post__in=posts)
    back = sorted(rows.values_list("post_id", flat=True))
    rows.update(campaign=campaign, joined_at=now)
    if made is not None:
        told = {"from": made.pk, "posts": back, "was": str(made.state)}
        changed(made, state=CampaignState.DISSOLVED, merged_into=campaign)
        tell(campaign, CampaignEventKind.MERGED, by=by, now=now, told=told)
        tell(made, CampaignEventKind.MERGED, by=by, now=now, told={"into": campaign.pk})
    return back


def pieces(members: Sequence[int], edges: Iterable[tuple[int, int]]) -> list[set[int]]:
    """What hangs together through these edges."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        beside[one].add(other)
        beside[other].add(one)
    left, found = set(members), []
    while left:
        piece, reach = set(), {min(left)}
        while reach:
            piece |= reach
            reach = {other for post in reach for other in beside[post]} - piece
        found.append(piece)
        left -= piece
    return found


_COUNTED: Final = """
WITH inside AS (SELECT post_id FROM patrol_linkedpost WHERE campaign_id = %(campaign)s), led AS (
    SELECT t.earlier_id AS beyond FROM inside JOIN patrol_tie t ON t.later_id = inside.post_id WHERE t.state <> %(cut)s
    UNION ALL SELECT t.later_id FROM inside JOIN patrol_tie t ON t.earlier_id = inside.post_id WHERE t.state <> %(cut)s)
SELECT t.state, count(*) FROM inside JOIN patrol_tie t ON t.later_id = inside.post_id
WHERE t.earlier_id IN (SELECT post_id FROM inside) GROUP BY t.state
UNION ALL
SELECT %(out)s, 1 WHERE EXISTS (SELECT FROM led JOIN patrol_linkedpost o ON o.post_id = led.beyond WHERE o.campaign_id <> %(campaign)s)
"""
_OUT: Final = "out"


def counted(campaign: models.Campaign) -> tuple[dict[str, int], bool]:
    """How many ties within are proposed, confirmed and cut; and whether any leads out. One query."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, _COUNTED, {"campaign": campaign.pk, "cut": str(TieState.CUT), "out": _OUT})
        found = dict(cursor.fetchall())
    return found, bool(found.pop(_OUT, 0))


# As the weekly summary counts them: whatever posts hold, whether it ties them or stands in one alone.
_HELD: Final = """
SELECT count(DISTINCT s.indicator_id) FILTER (WHERE s.role = 'contact'), count(DISTINCT s.indicator_id) FILTER (WHERE s.role = 'author')
FROM patrol_linkedpost l JOIN patrol_sighting s ON s.post_id = l.post_id JOIN patrol_indicator i ON i.id = s.indicator_id
WHERE l.campaign_id = %(campaign)s AND (s.role, i.kind) IN (('contact', 'phone'), ('author', 'account'))
  AND NOT EXISTS (SELECT FROM patrol_flag f JOIN patrol_protection h ON h.flag_id = f.id WHERE f.post_id = l.post_id)
"""


@wall.everything("counts of a campaign, which all staff see; nothing of somebody harmed is counted, whichever office protects them")
def held(campaign: models.Campaign) -> tuple[int, int]:
    """How many telephone numbers its posts give as contacts, and how many accounts posted them. One query."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, _HELD, {"campaign": campaign.pk})
        numbers, accounts = cursor.fetchone()
    return numbers, accounts
