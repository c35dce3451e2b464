"""One decision for the open flags of a ring: flag by flag through triage, so that every right and every race holds as at the desk.

Only flags of posts that hang on a confirmed tie, and only those the person may decide; what a colleague holds or moved is listed and left.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action, audit
from patrol.campaigns import judging
from patrol.domain import states
from patrol.infra import prepared
from patrol.infra.refusals import RefusedError
from patrol.models import CampaignEventKind
from patrol.triage import together

MOST: Final = 200  # flags in one go
EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What a decision would cover: `flags` decided, all of their rows; `loose` left since only proposed ties hold them, `others` of other
    offices."""

    flags: tuple[models.Flag, ...]
    loose: int
    others: int
    done: int  # decided already

    @property
    def examples(self) -> tuple[models.Flag, ...]:
        """Spread over the whole, so that five are not five of one day."""
        step = max(1, len(self.flags) // EXAMPLES)
        return self.flags[::step][:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Left:
    """A flag that was not decided: held, moved, refused."""

    flag: models.Flag
    why: str
    who: models.Person | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`event` is the number by which the whole is taken back."""

    event: models.CampaignEvent | None
    decided: int
    left: tuple[Left, ...]


def _flags() -> QuerySet[models.Flag]:
    """Without the bands of their texts: sixty times 42 numbers cost a page more than the flags."""
    return models.Flag.objects.select_related("office", "post").defer("text_bands")


_KEY = -1  # stands for a campaign
_OF_CAMPAIGN: Final = prepared.Rows(lambda: _flags().filter(post__linked__campaign=_KEY).order_by("id"), {_KEY: "campaign"})


def plan(campaign: models.Campaign, person: models.Person, *, office_id: int | None = None) -> Plan:
    """`office_id`: of its flags alone; those of others count as `others`."""
    firm = judging.firm(campaign)
    flags = _OF_CAMPAIGN(campaign=campaign.pk)
    undecided = [flag for flag in flags if flag.state in states.OPEN]
    mine = [
        flag
        for flag in undecided
        if office_id in {None, flag.office_id} and access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id)
    ]
    # A row of the queue is one decision: with a loose copy in it, it would be decided through this campaign too.
    loose = {(flag.office_id, flag.row_key) for flag in mine if flag.post_id not in firm}
    held = [flag for flag in mine if (flag.office_id, flag.row_key) not in loose]
    done = sum(flag.state not in states.UNDECIDED for flag in flags)  # a parked one is neither open nor decided
    return Plan(_with_rows(held[:MOST]), len(mine) - len(held), len(undecided) - len(mine), done)


def _with_rows(members: Sequence[models.Flag]) -> tuple[models.Flag, ...]:
    """The members, and behind them what else stands undecided in their rows: copies, and what people joined. It is decided with them."""
    rows = {(flag.office_id, flag.row_key) for flag in members}
    if not rows:
        return ()
    beside = _flags().filter(row_key__in={key for _office, key in rows}, state__in=list(states.UNDECIDED))
    beside = beside.exclude(pk__in=[flag.pk for flag in members]).order_by("id")
    return (*members, *(flag for flag in beside if (flag.office_id, flag.row_key) in rows))


def decide(
    *,
    campaign_id: int,
    outcome: str,
    reason: str,
    note: str,
    key: uuid.UUID,
    counted: int,
    seen_version: int,
    by: models.Person,
    now: datetime,
    office_id: int | None = None,
) -> Outcome:
    """Decides what `plan` names. Raises RefusedError where it is no longer as many as the person was shown.

    Raises SecondPersonError where it is so many that it goes as a bulk, judging.StaleError, ReasonMissingError, PermissionDenied. Each
    flag is a transaction of its own: a cut run is not half a decision, and the same `key` goes on where it stopped.
    """
    campaign = models.Campaign.objects.get(pk=campaign_id)
    known = campaign.events.filter(kind=CampaignEventKind.DECIDED, told__key=str(key)).first()
    if known is not None:  # a double click
        return Outcome(known, len(known.told["decisions"]), ())
    if campaign.version != seen_version:
        raise judging.StaleError(None, None, campaign.state)
    planned = plan(campaign, by, office_id=office_id).flags
    if not planned:
        raise judging.nothing()
    if len(planned) != counted:
        text = _("Nothing was decided: the number of open flags has changed. Look at the count again.")
        raise RefusedError("campaign.grown", text)
    if outcome in together.FOR_GOOD and together.weigh(planned) > together.ALONE:
        raise together.SecondPersonError(len(planned))
    decisions: list[int] = []
    left: list[Left] = []
    covered: set[int] = set()
    for flag in planned:
        if flag.pk in covered:  # a copy in the row of one before
            continue
        try:
            done = triage.decide(
                flag_id=flag.pk,
                outcome=outcome,
                reason=reason,
                note=note,
                decision_key=uuid.uuid5(key, str(flag.pk)),
                seen_version=flag.version,
                by=by,
                now=now,
            )
        except triage.HeldByOtherError as error:
            left.append(Left(flag, "held", error.person))
        except triage.StaleError as error:
            left.append(Left(flag, "moved", error.who))
        except (states.MoveRefusedError, PermissionDenied):
            left.append(Left(flag, "refused"))
        else:
            decisions += [one.pk for one in done.decisions]
            covered |= {one.flag_id for one in done.decisions}
    with transaction.atomic():
        told = {"key": str(key), "outcome": outcome, "reason": reason, "decisions": decisions, "left": [one.flag.pk for one in left]}
        event = models.CampaignEvent.objects.create(campaign=campaign, kind=CampaignEventKind.DECIDED, at=now, by=by, note=note, told=told)
        audit.write("campaign.decided", by=by, now=now, target=campaign, after={"event": event.pk, "decisions": len(decisions)})
    return Outcome(event, len(decisions), tuple(left))


def reverse(*, campaign_id: int, event_id: int, note: str, by: models.Person, now: datetime) -> Outcome:
    """Takes a decision of a whole ring back, each flag as far as nothing stands on it. Raises RefusedError, PermissionDenied."""
    decided = models.CampaignEvent.objects.select_related("campaign").filter(campaign=campaign_id, kind=CampaignEventKind.DECIDED)
    event = decided.filter(pk=event_id).first()
    if event is None:
        raise judging.nothing()
    wanted = models.Decision.objects.select_related("flag").filter(pk__in=event.told["decisions"], reversed_by=None)
    done, left = 0, []
    key = uuid.UUID(event.told["key"])
    taken: set[int] = set()
    for decision in wanted.order_by("id"):
        if decision.pk in taken:
            continue
        try:
            back = triage.reverse(
                decision_id=decision.pk, reason_note=note, decision_key=uuid.uuid5(key, f"back {decision.pk}"), by=by, now=now
            )
        except triage.InCaseError:
            left.append(Left(decision.flag, "in_case"))
        except triage.StaleError as error:
            left.append(Left(decision.flag, "moved", error.who))
        except triage.HeldByOtherError as error:
            left.append(Left(decision.flag, "held", error.person))
        except PermissionDenied:
            left.append(Left(decision.flag, "refused"))
        else:
            taken |= {one.reverses_id for one in back.decisions if one.reverses_id}
            done += len(back.decisions)
    if not done and not left:
        raise judging.nothing()
    with transaction.atomic():
        told = {"event": event.pk, "reversed": sorted(taken), "left": [one.flag.pk for one in left]}
        made = models.CampaignEvent.objects.create(
            campaign=event.campaign, kind=CampaignEventKind.DECISION_REVERSED, at=now, by=by, note=note, told=told
        )
        audit.write("campaign.decision_reversed", by=by, now=now, target=event.campaign, after={"event": made.pk, "decisions": done})
    return Outcome(made, done, tuple(left))
