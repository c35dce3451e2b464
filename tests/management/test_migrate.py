"""migrate works as the owner, hands the product its rights, and finds nothing to do the second time."""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from patrol.models import guards


def told(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def rights(table):
    """What the product's role may do with a table, as the owner sees it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = %s",
            [table, connections["default"].settings_dict["USER"]],
        )
        return {row[0] for row in cursor.fetchall()}


def owner_does(sql):
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    assert told("makemigrations", check=True, dry_run=True) == "No changes detected\n"


@pytest.mark.usefixtures("committed")
def test_a_second_migrate_finds_nothing_to_do():
    assert "No migrations to apply." in told("migrate", interactive=False)


@pytest.mark.usefixtures("committed")
def test_every_migrate_gives_the_product_its_rights_and_no_more():
    try:
        owner_does("CREATE TABLE patrol_example (id bigint PRIMARY KEY)")
        owner_does("REVOKE ALL ON patrol_watch FROM sipatrol_app")
        owner_does("GRANT UPDATE, DELETE, TRUNCATE ON patrol_decision TO sipatrol_app")
        assert rights("patrol_example") == set()
        told("migrate", interactive=False)
        assert rights("patrol_example") == rights("patrol_watch") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert rights("patrol_decision") == {"SELECT", "INSERT"}
        assert rights("django_migrations") == {"SELECT"}
    finally:
        owner_does("DROP TABLE IF EXISTS patrol_example")
        owner_does(guards.grants_sql())


@pytest.mark.usefixtures("committed")
def test_every_migrate_lets_every_function_look_at_temporary_tables_last():
    def settings_of(name):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = %s", [name])
            return cursor.fetchone()[0]

    try:
        owner_does("CREATE FUNCTION patrol_example() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
        told("migrate", interactive=False)
        assert (
            settings_of("patrol_example") == settings_of("patrol_erase") == ["search_path=pg_catalog, public, pg_temp"]
        )
    finally:
        owner_does("DROP FUNCTION IF EXISTS patrol_example()")


@pytest.mark.usefixtures("committed")
def test_a_plan_changes_no_rights():
    try:
        owner_does("REVOKE ALL ON patrol_watch FROM sipatrol_app")
        told("migrate", plan=True)
        assert rights("patrol_watch") == set()
    finally:
        owner_does(guards.grants_sql())


def test_every_append_only_table_is_a_table_of_ours():
    tables = {model._meta.db_table for model in apps.get_models()}
    assert {*guards.APPEND_ONLY, *guards.ERASABLE} <= tables
