"""The broker as a store of small numbers that are forgotten: Celery's messages go their own way (patrol.celery)."""

from __future__ import annotations

import functools

import redis
from django.conf import settings


def plain(url: str) -> str:
    """kombu's spelling of a Unix socket -> redis-py's."""
    if url.startswith("redis+socket://"):
        return url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
    return url


def client() -> redis.Redis:
    """One pool of connections for a process. Raises redis.RedisError when used while the broker is away, after two seconds."""
    return _client(settings.BROKER_URL)


@functools.cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(plain(url), socket_timeout=2, socket_connect_timeout=2)
