"""One ring by hand: a message in a real broker, and what is due in words."""

from __future__ import annotations

import io
import json

import pytest
import redis
from django.conf import settings
from django.core.management import call_command

from patrol.frame import health
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_rings_and_says_what_is_due() -> None:
    factories.watch()
    factories.stored([factories.raw_post() for _ in range(3)], of=factories.watch())
    out = io.StringIO()
    with redis.Redis.from_url(health.plain(settings.BROKER_URL)) as client:
        client.flushdb()
        call_command("sweep", stdout=out)
        messages = [json.loads(raw)["headers"]["task"] for raw in client.lrange("celery", 0, -1)]
        client.flushdb()
    assert messages == ["patrol.sweep"]
    assert out.getvalue() == "Due: 2 watches, 3 posts.\n"
