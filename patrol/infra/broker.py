"""The broker as a store of small numbers that are forgotten: Celery's messages go their own way (patrol.celery)."""

from __future__ import annotations

import functools

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry


def plain(url: str) -> str:
    """kombu's spelling of a Unix socket -> redis-py's."""
    if url.startswith("redis+socket://"):
        return url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
    return url


def client(seconds: float = 2.0) -> redis.Redis:
    """One pool of connections for a process. Raises redis.RedisError when used while the broker is away: at once where nobody answers,
    after twice as many seconds where it hangs."""
    return _client(settings.BROKER_URL, seconds)


@functools.cache
def _client(url: str, seconds: float) -> redis.Redis:
    # Tried twice at once, for a connection that was cut while it lay: by itself the client waits some seconds between tries, and with it
    # whoever looks at a public page.
    return redis.Redis.from_url(plain(url), socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 1))
