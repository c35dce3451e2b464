"""Whoever has the app's password makes temporary tables of our tables' names: no function of the database looks at them.

The app's role may make temporary tables, because the pipeline copies each batch into one. PostgreSQL looks at those first unless a
function says otherwise, so every function says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from patrol import models
from tests import factories

NOW = factories.NOW
OURS = """
SELECT p.proname, p.prosecdef, p.proconfig FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def rows(sql: str, parameters: Any = ()) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def tables() -> list[str]:
    """All but the parts of a partitioned one, which the product does not reach."""
    asked = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
    return [name for (name,) in rows(f"SELECT relname FROM pg_class WHERE {asked} ORDER BY 1")]


def shadow(*names: str) -> None:
    """Temporary tables of these names with the columns of the real ones, empty."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE TEMPORARY TABLE {name} (LIKE public.{name} INCLUDING DEFAULTS)")


def approved_beside(post_id: int, asker: models.Person, second: models.Person) -> None:
    """A request and its approval that nobody gave, in the temporary tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pg_temp.patrol_erasurerequest (id, number, post_id, reason, ground, versions, files, by_id, at, until)"
            " VALUES (77, 'HPS-X', %s, 'other', 'uji', 1, 0, %s, %s, %s)",
            [post_id, asker.pk, NOW, NOW + timedelta(days=7)],
        )
        cursor.execute(
            "INSERT INTO pg_temp.patrol_erasureanswer (id, request_id, kind, by_id, at, note) VALUES (78, 77, 'approved', %s, %s, '')",
            [second.pk, NOW],
        )


@pytest.mark.django_db
def test_every_function_looks_at_temporary_tables_last() -> None:
    found = rows(OURS)
    assert "patrol_erase" in {name for name, definer, _config in found if definer}
    paths = {name: [one for one in config or () if one.startswith("search_path=")] for name, _definer, config in found}
    assert {name: path for name, path in paths.items() if path != ["search_path=pg_catalog, public, pg_temp"]} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("more", [False, True], ids=["the-two-that-are-asked", "every-table"])
def test_an_approval_in_a_temporary_table_erases_nothing(more: bool) -> None:
    [post] = factories.stored([factories.illegal()])
    version = post.versions.get()
    text = version.content.text
    asker, second = factories.person(), factories.person()
    with transaction.atomic():
        names = ["patrol_erasurerequest", "patrol_erasureanswer"]
        shadow(*(tables() if more else names))
        approved_beside(post.pk, asker, second)
        if more:
            rows("INSERT INTO pg_temp.patrol_postversion SELECT * FROM public.patrol_postversion RETURNING id")
        with pytest.raises(DatabaseError, match="no approved request to erase"), transaction.atomic():
            rows("SELECT patrol_erase(%s, %s, %s)", [version.pk, 77, NOW])
        rows("SELECT pg_catalog.set_config('search_path', 'public', true)")
        assert rows("SELECT text FROM public.patrol_posttext WHERE version_id = %s", [version.pk]) == [(text,)]
        assert rows("SELECT count(*) FROM public.patrol_erasure") == [(0,)]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_nobody_answers_a_request_of_ones_own_behind_a_temporary_one() -> None:
    [post] = factories.stored([factories.illegal()])
    asker, other = factories.person(), factories.person()
    asked = models.ErasureRequest.objects.create(
        number="HPS-1", post=post, reason="other", ground="uji", versions=1, files=0, by=asker, at=NOW, until=NOW + timedelta(days=7)
    )
    with transaction.atomic():
        shadow("patrol_erasurerequest")
        rows("INSERT INTO pg_temp.patrol_erasurerequest SELECT * FROM public.patrol_erasurerequest RETURNING id")
        rows("UPDATE pg_temp.patrol_erasurerequest SET by_id = %s RETURNING id", [other.pk])
        with pytest.raises(IntegrityError, match="answered by another person than who asked"), transaction.atomic():
            rows(
                "INSERT INTO public.patrol_erasureanswer (request_id, kind, by_id, at, note) VALUES (%s, 'approved', %s, %s, '')"
                " RETURNING id",
                [asked.pk, asker.pk, NOW],
            )
        transaction.set_rollback(True)
    assert not models.ErasureAnswer.objects.exists()


@pytest.mark.django_db
def test_only_who_copies_may_make_temporary_tables() -> None:
    """Asked of the database that docs/roles.sql made; the copies the tests run in have PostgreSQL's own rights."""
    asked = "SELECT rolname FROM pg_roles WHERE has_database_privilege(rolname, 'sipatrol', 'TEMPORARY') AND rolname LIKE 'sipatrol%%'"
    assert {name for (name,) in rows(asked)} == {"sipatrol_app", "sipatrol_owner"}  # who owns the database may by that
    to_all = "SELECT count(*) FROM pg_database, aclexplode(datacl) a WHERE datname = 'sipatrol' AND a.grantee = 0"
    assert rows(to_all) == [(0,)]
