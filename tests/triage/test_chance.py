"""Which flags are decided without their level."""

from __future__ import annotations

import itertools

from patrol import models, triage
from patrol.triage import chance


def test_one_in_ten_is_hidden_and_neighbours_tell_nothing_of_each_other() -> None:
    hidden = [chance.hidden_by_id(key) for key in range(20_000)]
    assert 1_880 < sum(hidden) < 2_120  # 2,000 expected; 2.8 standard deviations either side
    both = sum(a and b for a, b in itertools.pairwise(hidden))
    assert 150 < both < 250  # 200 where they are independent


def test_it_is_the_same_for_everybody_and_for_ever() -> None:
    assert [key for key in range(1, 60) if chance.hidden_by_id(key)] == KNOWN
    flag = models.Flag(pk=KNOWN[0], level="high")
    assert triage.level_hidden(flag)
    flag.level = "low"
    assert triage.level_hidden(flag)


KNOWN = [16, 19, 20, 27, 37, 38, 40, 43, 46, 51]  # written down once: a changed drawing would mix two of them
