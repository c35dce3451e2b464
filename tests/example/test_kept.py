"""The times of keeping of the example, as a run of today lives them: what goes, what is due, what is held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from example.history import calendar, kept, office
from patrol import models
from patrol.access import audit
from patrol.retention import running

pytestmark = pytest.mark.django_db


def test_what_was_told_before_the_first_week_goes_and_is_counted() -> None:
    moment = timezone.now()
    span = calendar.Span(moment)
    call_command("setup", "--example", now=span.at(0, 0, 5), verbosity=0)
    office.hire(span.at(0, 0, 5))
    kept.Kept(office.Staff(span, {})).end()
    [unflagged] = [row for row in running.figures() if row.term == "unflagged"]
    assert (unflagged.due, unflagged.held, unflagged.erased) == (len(kept.LATER), {}, len(kept.FIRST))
    assert models.Flag.objects.count() == 0
    told = list(models.PostText.objects.order_by("version").values_list("text", flat=True))
    assert told == ["", "", *(words for _days, words in kept.LATER)]
    assert models.Post.objects.filter(first_seen__gt=moment - timedelta(days=180)).count() == 0
    assert audit.verify() is None
