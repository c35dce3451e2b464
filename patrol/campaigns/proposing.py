"""Two campaigns that came to share something strong: a merger is proposed by a sweep, once for each thing shared, and a person answers.

A post that gives the number of one ring and the number of another, the same bank account under two rings: the linker leaves such a tie as
it is, and nobody would come upon it by chance. What was answered is not proposed again: neither what a person refused nor what a merger
that was taken back had been proposed by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from patrol import access, models
from patrol.access import Action
from patrol.campaigns import judging
from patrol.domain.states import CampaignState, CaseState, TieState
from patrol.infra import prepared, wall
from patrol.models import CampaignEventKind, MergerOutcome

AT_ONCE: Final = 100  # pairs proposed by one sweep
SHOWN: Final = 20  # on a page
LIVE: Final = (CampaignState.PROPOSED, CampaignState.CONFIRMED)
# Who judged it so holds it.
_JUDGED: Final = (CampaignEventKind.CONFIRMED, CampaignEventKind.NAMED, CampaignEventKind.SPLIT, CampaignEventKind.MERGED)

# What no proposal of the two names, and what one names that was refused. What was answered of two campaigns is answered of what they went
# into since: `moved`.
_FOUND: Final = """
WITH RECURSIVE way AS (
    SELECT c.id AS campaign, c.id AS at, c.merged_into_id AS onward FROM patrol_campaign c
     WHERE c.id IN (SELECT unnest(ARRAY[p.one_id, p.other_id]) FROM patrol_mergerproposal p
                      JOIN patrol_campaign o ON o.id = p.one_id JOIN patrol_campaign x ON x.id = p.other_id
                     WHERE COALESCE(o.merged_into_id, x.merged_into_id) IS NOT NULL)
    UNION SELECT w.campaign, c.id, c.merged_into_id FROM way w JOIN patrol_campaign c ON c.id = w.onward
), moved AS MATERIALIZED (
    SELECT p.id, LEAST(o.at, x.at) AS one, GREATEST(o.at, x.at) AS other, p.keys, a.outcome
      FROM patrol_mergerproposal p JOIN patrol_mergeranswer a ON a.proposal_id = p.id
      JOIN way o ON o.campaign = p.one_id AND o.onward IS NULL JOIN way x ON x.campaign = p.other_id AND x.onward IS NULL
)
SELECT LEAST(l.campaign_id, e.campaign_id), GREATEST(l.campaign_id, e.campaign_id),
       array_agg(DISTINCT t.key ORDER BY t.key) FILTER (WHERE n.id IS NULL), array_agg(DISTINCT t.key) FILTER (WHERE n.id IS NOT NULL)
  FROM patrol_tie t JOIN patrol_linkedpost l ON l.post_id = t.later_id JOIN patrol_linkedpost e ON e.post_id = t.earlier_id
  LEFT JOIN LATERAL (
       SELECT p.id, a.outcome FROM patrol_mergerproposal p LEFT JOIN patrol_mergeranswer a ON a.proposal_id = p.id
        WHERE p.one_id = LEAST(l.campaign_id, e.campaign_id) AND p.other_id = GREATEST(l.campaign_id, e.campaign_id)
          AND t.key = ANY(p.keys)
       UNION ALL
       SELECT m.id, m.outcome FROM moved m
        WHERE m.one = LEAST(l.campaign_id, e.campaign_id) AND m.other = GREATEST(l.campaign_id, e.campaign_id) AND t.key = ANY(m.keys)
       LIMIT 1) n ON true
 WHERE t.crosses AND t.state = 'proposed' AND t.weight >= %(strong)s AND l.campaign_id <> e.campaign_id
   AND (n.id IS NULL OR n.outcome = 'refused')
 GROUP BY 1, 2 ORDER BY 1, 2 LIMIT %(limit)s
"""


def _found() -> list[tuple[int, int, list[str], list[str]]]:
    """The elder, the other, what they newly share, what they share again though it was refused. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"strong": judging.STRONG, "limit": AT_ONCE})
        return [(one, other, new or [], refused or []) for one, other, new, refused in cursor.fetchall()]


def tell(*, now: datetime) -> int:
    """Proposes what is found, and tells those who hold the two. Returns how many pairs it found. One query where there is nothing."""
    if not _found():
        return 0
    with transaction.atomic():
        judging.lock()
        pairs = _found()
        for one, other, _new, refused in pairs:
            if refused:
                _part(one, other, refused, now=now)
        fresh = [(one, other, new) for one, other, new, _refused in pairs if new]
        known = models.Campaign.objects.in_bulk({key for one, other, _new in fresh for key in (one, other)})
        holders = _holders(known) if known else {}
        for one, other, keys in fresh:
            made = models.MergerProposal.objects.create(one_id=one, other_id=other, keys=keys, at=now)
            told: dict[tuple[str, int], models.Notice] = {}  # who holds both is told once
            for this, that in ((one, other), (other, one)):
                named = {"proposal": made.pk, "with": known[that].number}
                judging.tell(known[this], CampaignEventKind.MERGER_PROPOSED, by=None, now=now, told=named)
                for field, key in holders[this]:
                    whose = {f"{field}_id": key}
                    notice = models.Notice(kind="campaign_merger", campaign=known[this], at=now, note=known[that].number, **whose)
                    told.setdefault((field, key), notice)
            models.Notice.objects.bulk_create(told.values())
    return len(pairs)


def _part(one_id: int, other_id: int, keys: Collection[str], *, now: datetime) -> None:
    """What was refused ties the two no more, and each says so."""
    held = models.Campaign.objects.in_bulk((one_id, other_id))
    cut = judging.part(one_id, other_id, keys, by=None, now=now)
    for this, that in ((held[one_id], held[other_id]), (held[other_id], held[one_id])):
        judging.changed(this)
        judging.tell(this, CampaignEventKind.TIE_CUT, by=None, now=now, told={"with": that.number, "ties": cut})


@wall.everything("whoever has it in a case is told, of whichever office")
def _holders(campaign_ids: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """campaign id -> who judged it last, and who has an open case with its flags; the directorate where that is nobody."""
    ids = list(campaign_ids)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    judged = models.CampaignEvent.objects.filter(campaign__in=ids, kind__in=_JUDGED, by__is_active=True)
    for campaign, person in judged.order_by("campaign", "-id").distinct("campaign").values_list("campaign", "by"):
        found[campaign].append(("person", person))
    cases = models.CaseFlag.objects.filter(flag__post__linked__campaign__in=ids, case__responsible__is_active=True)
    having = cases.exclude(case__state=CaseState.CLOSED).order_by("case").distinct()
    for campaign, person in having.values_list("flag__post__linked__campaign", "case__responsible"):
        if ("person", person) not in found[campaign]:
            found[campaign].append(("person", person))
    office = models.Office.objects.get(active=True, kind=models.OfficeKind.DIRECTORATE)
    return {key: found[key] or [("office", office.pk)] for key in ids}


# --- what a person sees and says --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offered:
    """A campaign this one may belong with. `up_to`: the newest proposal of the two; `ties`: what both share, strongest first."""

    other: models.Campaign
    up_to: int
    ties: tuple[models.Tie, ...]


def _open_of(one: int, other: int) -> QuerySet[models.MergerProposal]:
    found = models.MergerProposal.objects.filter(Q(one=one) | Q(other=other), answer=None)
    return found.filter(one__state__in=LIVE, other__state__in=LIVE)


_KEY, _SAME = -1, -2  # stand for one campaign
_OPEN: Final = prepared.Rows(
    lambda: _open_of(_KEY, _SAME).select_related("one", "other").order_by("id"), {_KEY: "campaign", _SAME: "campaign"}
)


def waiting(campaign: models.Campaign) -> list[Offered]:
    """Two queries, one where nothing is proposed. What was cut meanwhile ties no more: then there is nothing to ask."""
    proposals = _OPEN(campaign=campaign.pk)
    if not proposals:
        return []
    keys: dict[int, set[str]] = defaultdict(set)
    others: dict[int, models.Campaign] = {}
    newest: dict[int, int] = {}
    for proposal in proposals:
        other = proposal.other if proposal.one_id == campaign.pk else proposal.one
        others[other.pk], newest[other.pk] = other, proposal.pk
        keys[other.pk] |= set(proposal.keys)
    ties: dict[int, list[models.Tie]] = defaultdict(list)
    for tie in _shared(campaign, {key for some in keys.values() for key in some}).order_by("-weight", "-id")[:500]:
        ends = (tie.later.linked.campaign_id, tie.earlier.linked.campaign_id)
        there = next(one for one in ends if one is not None and one != campaign.pk)
        if tie.key in keys.get(there, ()):
            ties[there].append(tie)
    return [Offered(others[key], newest[key], tuple(ties[key])) for key in others if ties[key]][:SHOWN]


def waits_for(person: models.Person) -> QuerySet[models.MergerProposal]:
    """Proposals nobody has answered of campaigns this person holds, as `_holders` says; at the directorate, which holds what nobody else
    does, all of them. Not where what both shared was cut meanwhile."""
    if not access.may(person, Action.CAMPAIGN_JUDGE):
        return models.MergerProposal.objects.none()
    found = models.MergerProposal.objects.filter(answer=None, one__state__in=LIVE, other__state__in=LIVE)
    named = Func(F("key"), OuterRef("keys"), template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())
    ends = Q(later__linked__campaign=OuterRef("one"), earlier__linked__campaign=OuterRef("other"))
    ends |= Q(later__linked__campaign=OuterRef("other"), earlier__linked__campaign=OuterRef("one"))
    found = found.filter(Exists(models.Tie.objects.filter(ends, named, crosses=True, state=TieState.PROPOSED)))
    if person.at_directorate:
        return found
    told = models.Notice.objects.filter(kind="campaign_merger", person=person.pk).values("campaign")
    return found.filter(Q(one__in=told) | Q(other__in=told))


def _shared(campaign: models.Campaign, keys: Iterable[str]) -> QuerySet[models.Tie]:
    found: QuerySet[models.Tie] = judging.leading_out(campaign).filter(key__in=list(keys), state=TieState.PROPOSED)
    return found.select_related("indicator", "later__linked__campaign", "earlier__linked__campaign")


def _open(campaign: models.Campaign) -> QuerySet[models.MergerProposal]:
    return _open_of(campaign.pk, campaign.pk)


def refuse(*, campaign_id: int, proposal_id: int, note: str, by: models.Person, now: datetime) -> models.Campaign:
    """The two are not one: what this proposal, and earlier ones of the two, were made by is cut and proposes them no more. The other one.

    Raises judging.StaleError where somebody was faster, RefusedError where there is nothing to refuse, PermissionDenied.
    """
    access.require(by, Action.CAMPAIGN_JUDGE)
    with transaction.atomic():
        judging.lock()
        campaign = models.Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
        asked = models.MergerProposal.objects.select_related("one", "other", "answer__by").filter(pk=proposal_id)
        proposal = asked.filter(Q(one=campaign) | Q(other=campaign)).first()
        if proposal is None:
            raise judging.nothing()
        if (answer := getattr(proposal, "answer", None)) is not None:
            raise judging.StaleError(answer.by, answer.at, answer.outcome)
        other = proposal.other if proposal.one_id == campaign.pk else proposal.one
        together = list(_open(campaign).filter(one=proposal.one, other=proposal.other, pk__lte=proposal.pk))
        if not together:  # one of them is dissolved
            raise judging.nothing()
        keys = {key for one in together for key in one.keys}
        cut = judging.part(campaign.pk, other.pk, keys, by=by, now=now)
        judging.answer(together, MergerOutcome.REFUSED, by=by, now=now)
        for this, that in ((campaign, other), (other, campaign)):
            judging.changed(this)
            told: dict[str, Any] = {"with": that.number, "ties": cut}
            judging.tell(this, CampaignEventKind.MERGER_REFUSED, by=by, now=now, note=note, told=told)
        return other
