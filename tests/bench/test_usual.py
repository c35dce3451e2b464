"""The usual way that the bench compares with leaves the rows the product leaves: else it would measure another thing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bench import usual
from bench.__main__ import COMPARED
from patrol import models
from patrol.pipeline import assessing
from tests import factories

pytestmark = pytest.mark.django_db


def counts() -> Any:
    with connection.cursor() as cursor:
        found = {}
        for name in COMPARED:
            cursor.execute(f"SELECT count(*) FROM patrol_{name}")
            found[name] = cursor.fetchone()[0]
        return found


def test_both_ways_leave_the_same_rows() -> None:
    factories.offices()
    watch = factories.watch()
    posts = [factories.illegal(1), factories.illegal(2), factories.raw_post(), factories.raw_post(author="akun_contoh")]
    with transaction.atomic():
        factories.stored(posts, of=watch)
        assert assessing.read_due(now=timezone.now(), limit=10).read == len(posts)
        whole = counts()
        transaction.set_rollback(True)
    factories.stored([], of=watch)
    capture, fetch = models.Capture.objects.get(), models.Fetch.objects.get()
    for post in posts:
        message = usual._message(post)
        usual.keep_post(message, post.posted_at, str(capture.pk), watch.pk, fetch.pk, now=timezone.now())
    assert counts() == whole
    assert (whole["post"], whole["flag"]) == (4, 2)
