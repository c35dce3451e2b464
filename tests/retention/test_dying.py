"""A process that erases by age is killed around COMMIT and in the middle of a batch: the next one ends its work, each post once."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from patrol import models
from patrol.access import audit
from patrol.retention import editions, running
from tests import factories

TODAY = timezone.now()
POSTS = 6


def killed(at: str) -> None:
    """A child that runs, two posts a batch, and dies in its second batch: after its first statement, before its COMMIT or after it."""
    connections.close_all()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        return
    real: Any = connection
    commit, commits = real._commit, 0

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def committed() -> None:
        nonlocal commits
        commits += 1
        if commits == 2 and at == "before":
            die()
        commit()
        if commits == 2:
            die()

    def sent(execute: Any, *given: Any) -> Any:
        answer = execute(*given)
        if at == "statement" and commits == 1 and "patrol_erase_due" in str(given[0]):
            die()
        return answer

    real._commit = committed
    running.AT_ONCE = 2  # type: ignore[misc]
    with real.execute_wrapper(sent):
        running.run(now=TODAY)
    os._exit(1)


@pytest.mark.parametrize(("at", "left"), [("statement", 4), ("before", 4), ("after", 2)])
def test_who_is_killed_leaves_the_rest_due(at: str, left: int, committed: None) -> None:
    old = TODAY - timedelta(days=200)
    posts = factories.stored([factories.raw_post(posted_at=old) for _n in range(POSTS)], now=old)
    first, second = factories.person("analyst"), factories.person("supervisor", "directorate")
    asked = editions.propose(times=editions.shipped(), reason="uji", by=first, now=TODAY)
    editions.approve(edition_id=asked.pk, by=second, now=TODAY)
    killed(at)
    assert models.Erasure.objects.count() == POSTS - left
    assert running.run(now=TODAY).erased == {"unflagged": left}
    assert sorted(models.Erasure.objects.values_list("version__post", flat=True)) == sorted(post.pk for post in posts)
    told = models.AuditEntry.objects.filter(verb="retention.erased").values_list("after__rows", flat=True)
    assert (sum(told), audit.verify()) == (POSTS, None)
