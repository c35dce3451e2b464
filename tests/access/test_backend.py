"""Who is behind a login."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.access.backend import PersonBackend
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_person_comes_with_the_office_in_one_statement(django_assert_num_queries: Any) -> None:
    person = factories.person()
    factories.person()
    with django_assert_num_queries(1):
        found = PersonBackend().get_user(person.pk)
        assert found is not None
        assert (found, found.office) == (person, person.office)


def test_nobody_is_found_who_is_not_there_or_no_longer_active() -> None:
    person = factories.person()
    assert PersonBackend().get_user(person.pk + 1) is None
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert PersonBackend().get_user(person.pk) is None
