"""Logins as the database keeps them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
from django.utils import timezone

from patrol.access import sessions
from patrol.models import Session


def begun(**kept: object) -> str:
    store = sessions.SessionStore()
    store.update(kept)
    store.create()
    assert store.session_key is not None
    return store.session_key


def synchronous() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_what_was_kept_is_read_by_the_key_in_one_statement(django_assert_num_queries: Any) -> None:
    key = begun(seen=7)
    begun(seen=8)
    with django_assert_num_queries(1):
        assert sessions.SessionStore(key)["seen"] == 7


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["a" * 32, "", "short", None])
def test_a_key_nobody_has_is_an_empty_session_without_a_key(key: str | None) -> None:
    store = sessions.SessionStore(key)
    assert dict(store.items()) == {}
    assert store.session_key is None


@pytest.mark.django_db
def test_one_that_is_over_is_not_read() -> None:
    key = begun(seen=7)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=60))
    assert sessions.SessionStore(key).get("seen") == 7
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert sessions.SessionStore(key).get("seen") is None


@pytest.mark.django_db
def test_a_change_is_one_statement_and_leaves_the_others(django_assert_num_queries: Any) -> None:
    key, other = begun(seen=7), begun(seen=8)
    store = sessions.SessionStore(key)
    store["seen"] = 9
    with django_assert_num_queries(1):
        store.save()
    assert (sessions.SessionStore(key)["seen"], sessions.SessionStore(other)["seen"]) == (9, 8)
    assert Session.objects.count() == 2


@pytest.mark.django_db
def test_one_that_ended_meanwhile_is_not_made_anew() -> None:
    key = begun(seen=7)
    store = sessions.SessionStore(key)
    store["seen"] = 9
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert Session.objects.count() == 0


@pytest.mark.django_db
def test_an_act_in_whose_transaction_it_is_kept_still_waits_for_the_disk() -> None:
    key = begun(seen=7)
    before = synchronous()
    with transaction.atomic():
        store = sessions.SessionStore(key)
        store["seen"] = 9
        store.save()
        assert synchronous() == before


@pytest.mark.usefixtures("committed")
def test_alone_it_does_not_wait_and_the_next_statement_does() -> None:
    key = begun(seen=7)
    before = synchronous()
    store = sessions.SessionStore(key)
    store["seen"] = 9
    store.save()
    assert synchronous() == before
    assert sessions.SessionStore(key)["seen"] == 9
