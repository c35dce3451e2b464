"""An item: a report with those that say the same. How it is locked, and how those of it begin an item of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from patrol.models import Tip


def locked(tip_id: int) -> list[Tip]:
    """The report and the others of its item, in the order of their ids: whoever locks one of them locks all, and nobody waits in a ring."""
    head = Tip.objects.values_list("same_as", flat=True).get(pk=tip_id) or tip_id
    return list(Tip.objects.select_for_update(no_key=True).filter(Q(pk=head) | Q(same_as=head) | Q(pk=tip_id)).order_by("id"))


def locked_with_head(tip_id: int) -> list[Tip]:
    """The report and the head of its item alone: for a step that changes no other, however many say the same. In the order of their ids,
    as `locked`."""
    head = Tip.objects.values_list("same_as", flat=True).get(pk=tip_id) or tip_id
    return list(Tip.objects.select_for_update(no_key=True).filter(pk__in={head, tip_id}).order_by("id"))


def begin(tips: Sequence[Tip]) -> None:
    """An item of their own: the oldest is its head, the others say the same as that."""
    oldest, *others = sorted(one.pk for one in tips)
    Tip.objects.filter(pk=oldest).update(same_as=None, version=F("version") + 1)
    Tip.objects.filter(pk__in=others).update(same_as=oldest, version=F("version") + 1)
