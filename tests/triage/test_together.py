"""How many posts a decision covers: copies of one text once, what a person joined and members of a ring each; many take two people."""

from __future__ import annotations

import pytest
from django.db import connection

from patrol import models, triage
from patrol.triage import together
from tests import factories
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db


def joined(first: models.Flag, *others: models.Flag) -> tuple[models.Flag, int]:
    """The flags in one row, as a person put them there, and what they weigh."""
    done = triage.join(flag_id=first.pk, other_ids=[one.pk for one in others], by=factories.person(), now=NOW)
    return done.flag, weight(done.flag)


def weight(flag: models.Flag) -> int:
    return triage.weigh(together.row_of(flag))


@database
def test_copies_of_one_text_count_as_one_and_what_was_joined_each() -> None:
    row, (one, two) = copies(5), flags(2)
    assert (weight(row[0]), weight(one)) == (1, 1)
    assert joined(row[0], one, two)[1] == 3
    assert [weight(models.Flag.objects.get(pk=flag.pk)) for flag in (row[4], one, two)] == [3, 3, 3]


@database
def test_a_row_joined_to_a_row_that_is_joined_further_counts_each() -> None:
    row, (one, two) = copies(3), flags(2)
    assert joined(one, row[1])[1] == 2
    assert joined(two, one)[1] == 3
    triage.tell_apart(flag_id=two.pk, other_id=one.pk, by=factories.person(), now=NOW)
    two.refresh_from_db()
    one.refresh_from_db()
    assert (weight(two), weight(one)) == (2, 1)


def in_the_database(flag: models.Flag) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT patrol_posts(%s)", [[one.pk for one in together.row_of(flag)]])
        return int(cursor.fetchone()[0])


@database
def test_what_was_joined_counts_each_though_its_row_was_joined_further_and_that_taken_back() -> None:
    """Taking back the second act leaves what the first one joined."""
    (one, *others), (further,) = flags(4), flags(1)
    assert joined(one, *others)[1] == 4
    act = triage.join(flag_id=further.pk, other_ids=[one.pk], by=(officer := factories.person()), now=NOW)
    assert act.posts == 5
    triage.part(act=act.act, by=officer, now=NOW)
    for flag in (one, further):
        flag.refresh_from_db()
    assert [(weight(flag), in_the_database(flag)) for flag in (one, further)] == [(4, 4), (1, 1)]


@database
def test_one_told_apart_and_joined_again_counts_by_the_row_of_its_own() -> None:
    """Also where the row it is in was called after another that was told apart."""
    copied, (one, further) = copies(3), flags(2)
    officer = factories.person()
    assert joined(one, copied[0])[1] == 2
    triage.tell_apart(flag_id=one.pk, other_id=copied[2].pk, by=officer, now=NOW)
    assert joined(one, copied[2])[1] == 3
    triage.tell_apart(flag_id=copied[0].pk, other_id=one.pk, by=officer, now=NOW)
    assert joined(one, further)[1] == 2
    act = triage.join(flag_id=copied[0].pk, other_ids=[one.pk], by=officer, now=NOW)
    triage.part(act=act.act, by=officer, now=NOW)
    one.refresh_from_db()
    assert (weight(one), in_the_database(one)) == (2, 2)


@database
def test_what_is_decided_already_does_not_count() -> None:
    one, two, three = flags(3)
    flag, _posts = joined(one, two, three)
    models.Flag.objects.filter(pk=three.pk).update(state="confirmed", decided_at=NOW)
    assert weight(flag) == 2


@database
@pytest.mark.parametrize(("outcome", "reason"), [("confirmed", "several"), ("dismissed", "lawful"), ("victim", "asks")])
@pytest.mark.parametrize("many", [20, 21])
def test_more_than_twenty_are_not_decided_for_good_by_one_person(outcome: str, reason: str, many: int) -> None:
    first, *others = flags(many)
    flag, posts = joined(first, *others)
    assert posts == many
    officer = factories.person()
    if many == 20:
        assert decide(flag, officer, outcome, reason).copies == 20
        return
    with pytest.raises(triage.SecondPersonError) as refused:
        decide(flag, officer, outcome, reason)
    assert refused.value.count == 21
    assert models.Decision.objects.count() == 0
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    assert decide(flag, officer, "needs_information", "agency").copies == 21  # asking closes nothing


@database
def test_a_text_posted_forty_times_is_one_decision_of_one_person() -> None:
    assert decide(copies(40)[0], factories.person()).copies == 40
