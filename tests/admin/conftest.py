"""People who are logged in, and one maker of requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from patrol import models
from patrol.models import Role
from tests import factories

type Door = Callable[..., Client]


@pytest.fixture
def door(db: None) -> Door:
    """door(person) or door(role): a client that is logged in as that person."""

    def enter(who: models.Person | str = Role.OFFICER, **given: Any) -> Client:
        person = who if isinstance(who, models.Person) else factories.person(who, **given)
        client = Client()
        client.force_login(person)
        return client

    return enter
