"""Logins as the database keeps them."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol.access import sessions
from patrol.models import Session
from tests import factories
from tests.browser.served import served  # noqa: F401 -- a fixture


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


def changed(key: str, **kept: object) -> sessions.SessionStore:
    """Read, and changed here; not written yet."""
    store = sessions.SessionStore(key)
    store.update(kept)
    return store


@pytest.mark.django_db
def test_what_another_wrote_meanwhile_stays_and_costs_two_statements(django_assert_num_queries: Any) -> None:
    key = begun(seen=7, gone="so", kept=[1])
    first, second = changed(key, fresh=5, seen=8), changed(key, seen=9)
    second["kept"].append(2)  # within, as Django's messages do
    second.modified = True
    del second["gone"]
    with django_assert_num_queries(1):
        first.save()
    with django_assert_num_queries(5):  # its try, what is there, the write; two around them
        second.save()
    expected = {"fresh": 5, "seen": 9, "kept": [1, 2]}
    assert dict(sessions.SessionStore(key).items()) == dict(second.items()) == expected
    second["seen"] = 10
    with django_assert_num_queries(1):
        second.save()  # over what it wrote itself
    assert dict(sessions.SessionStore(key).items()) == {**expected, "seen": 10}


@pytest.mark.django_db
def test_one_that_ended_before_the_second_wrote_is_not_made_anew() -> None:
    key = begun(seen=7)
    first, second = changed(key, fresh=5), changed(key, seen=9)
    first.save()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        second.save()
    assert Session.objects.count() == 0


def test_two_requests_of_one_login_at_once_lose_nothing(served: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Each has read the login before either writes it."""
    person = factories.person()
    client = Client()
    client.force_login(person)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    both, save = threading.Barrier(2), sessions.SessionStore.save

    def together(store: sessions.SessionStore, must_create: bool = False) -> None:
        both.wait(120)
        save(store, must_create)

    monkeypatch.setattr(sessions.SessionStore, "save", together)
    answers: dict[str, int] = {}

    def ask(name: str) -> None:
        answers[name] = requests.get(served + reverse(f"admin:{name}"), cookies=cookies, timeout=240).status_code

    threads = [threading.Thread(target=ask, args=[name]) for name in ("add_app", "add_passkey")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert answers == {"add_app": 200, "add_passkey": 200}
    kept = sessions.SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    assert "app_begun" in kept  # what the one wrote
    assert len(kept["challenges"]) == 1  # and the other
