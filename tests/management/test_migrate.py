"""migrate works as the owner, hands the product its rights, and finds nothing to do the second time."""

from __future__ import annotations

import importlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction

from patrol import models
from patrol.models import guards
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW


def told(*arguments: Any, **options: Any) -> Any:
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out, **options)
    except SystemExit as ended:
        raise AssertionError(f"ended with {ended.code}: {out.getvalue()}") from ended
    return out.getvalue()


def rights(table: Any) -> Any:
    """What the product's role may do with a table, as the owner sees it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = %s",
            [table, connections["default"].settings_dict["USER"]],
        )
        return {row[0] for row in cursor.fetchall()}


def owner_does(sql: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree() -> None:
    assert told("makemigrations", check=True, dry_run=True) == "No changes detected\n"


@pytest.mark.usefixtures("committed")
def test_a_second_migrate_finds_nothing_to_do() -> None:
    assert "No migrations to apply." in told("migrate", interactive=False)


@pytest.mark.usefixtures("committed")
def test_every_migrate_gives_the_product_its_rights_and_no_more() -> None:
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
def test_every_migrate_lets_every_function_look_at_temporary_tables_last() -> None:
    def settings_of(name: Any) -> Any:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = %s", [name])
            return cursor.fetchone()[0]

    try:
        owner_does("CREATE FUNCTION patrol_example() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
        told("migrate", interactive=False)
        assert settings_of("patrol_example") == settings_of("patrol_erase") == ["search_path=pg_catalog, public, pg_temp"]
    finally:
        owner_does("DROP FUNCTION IF EXISTS patrol_example()")


@pytest.mark.usefixtures("committed")
def test_a_plan_changes_no_rights() -> None:
    try:
        owner_does("REVOKE ALL ON patrol_watch FROM sipatrol_app")
        told("migrate", plan=True)
        assert rights("patrol_watch") == set()
    finally:
        owner_does(guards.grants_sql())


def test_every_append_only_table_is_a_table_of_ours() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    assert {*guards.APPEND_ONLY, *guards.ERASABLE} <= tables


@pytest.mark.usefixtures("committed")
def test_posts_with_impossible_times_lose_them_and_their_indicators_are_dated_anew() -> None:
    factories.offices()
    seen = NOW - timedelta(days=3)
    stays, ancient, ahead, soon = factories.stored(
        [factories.illegal(posted_at=at) for at in (seen, seen, seen, NOW + timedelta(hours=20))]
    )
    while assessing.read_due(now=NOW, limit=100).read:
        pass
    indicators = [models.Indicator.objects.get(kind="phone", sightings__post=post) for post in (stays, ancient, ahead, soon)]
    mended = importlib.import_module("patrol.migrations.0029_times_a_post_can_have")
    shape = "CHECK (posted_at IS NULL OR posted_at >= '1995-01-01 00:00:00+00' AND posted_at <= first_seen + interval '1 day')"
    owner_does("ALTER TABLE patrol_post DROP CONSTRAINT post_posted_possible")
    try:
        owner_does(f"UPDATE patrol_post SET posted_at = '0001-01-01' WHERE id = {ancient.pk}")
        owner_does(f"UPDATE patrol_post SET posted_at = '9999-12-31' WHERE id = {ahead.pk}")
        owner_does(f"UPDATE patrol_indicator SET first_seen = '0001-01-01' WHERE id = {indicators[1].pk}")
        for one in indicators[2:]:
            owner_does(f"UPDATE patrol_indicator SET last_seen = '9999-12-31' WHERE id = {one.pk}")
        with transaction.atomic(using="owner"):
            owner_does(mended.MEND)
    finally:
        owner_does(f"ALTER TABLE patrol_post ADD CONSTRAINT post_posted_possible {shape}")
    posted = dict(models.Post.objects.values_list("pk", "posted_at"))
    assert posted == {stays.pk: seen, ancient.pk: None, ahead.pk: None, soon.pk: NOW + timedelta(hours=20)}
    dates = [(one.first_seen, one.last_seen) for one in models.Indicator.objects.filter(pk__in=[i.pk for i in indicators]).order_by("pk")]
    by_post = dict(zip((one.pk for one in sorted(indicators, key=lambda one: one.pk)), dates, strict=True))
    assert [by_post[one.pk] for one in indicators] == [(seen, seen), (NOW, NOW), (NOW, NOW), (NOW, NOW)]
