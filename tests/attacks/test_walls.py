"""The second wall: whoever stands behind it for nobody, for the wrong office or for staff without one reads and writes nothing of others.

Statements run as the production role. Of 50,000 in the soak (WALL_STATEMENTS) none may find a row or leave one.
"""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model
from psycopg2 import errors

from patrol import access, models
from patrol.access import Action
from patrol.domain.states import ReferralState
from patrol.infra import wall
from patrol.models import guards
from tests import factories
from tests.attacks.walled import KEYS, OFFICE, TEXTS, Statement, statement
from tests.conftest import SUPERUSER_URL

STATEMENTS = int(os.environ.get("WALL_STATEMENTS", "1500"))
SHARED: Final = ("patrol_flag", "patrol_decision")  # all staff read them
CLOSED: Final = tuple(sorted(set(TEXTS) - set(SHARED)))
_FOUND = (errors.InvalidTextRepresentation, errors.DivisionByZero)  # a predicate that raises was asked about a row


@pytest.fixture
def office(committed: None) -> models.Office:
    """One with a row in each of the tables."""
    flag = factories.flag()
    by = factories.person("officer")
    assert flag.office == by.office
    models.Decision.objects.create(
        flag=flag,
        decision_key=uuid.uuid4(),
        outcome="confirmed",
        reason="offer",
        note="rahasia",
        by=by,
        at=factories.NOW,
        effective_at=factories.NOW,
        state_before="waiting",
        state_after="confirmed",
        level_then=flag.level,
        check_then=flag.current_check,
    )
    case = models.Case.objects.create(
        number="PKR-26-0001", title="Perkara rahasia", office=by.office, opened_by=by, opened_at=factories.NOW
    )
    models.Referral.objects.create(
        case=case,
        number="RJK-26-0001",
        channel="komdigi",
        from_directorate=False,
        needs_copies=False,
        target="rahasia",
        state=ReferralState.DRAFT,
        wrote_by=by,
        wrote_at=factories.NOW,
        changed_by=by,
        changed_at=factories.NOW,
    )
    tip = models.Tip.objects.create(office=by.office, kind="advert", words="rahasia", at=factories.NOW)
    message = models.TipMessage.objects.create(tip=tip, text="rahasia", at=factories.NOW)
    models.TipPicture.objects.create(tip=tip, message=message, content=b"rahasia")
    models.Minutes.objects.create(
        number="BA-0001/BP3MI-JABAR/2026",
        kind="taken",
        office=by.office,
        year=2026,
        count=1,
        at=factories.NOW,
        by=by,
        recipient="rahasia",
        content={},
        digest="0" * 64,
    )
    models.PeerExport.objects.create(
        number="MTR-26-0001",
        case=case,
        office=by.office,
        peer="rahasia",
        purpose="block",
        sharing="amber",
        indicators=[1],
        by=by,
        at=factories.NOW,
        until=factories.NOW,
    )
    models.Protection.objects.create(flag=flag, office=by.office, by=by, at=factories.NOW, note="rahasia")
    return by.office


def asked(cursor: Any, one: Statement) -> str:
    """ "" where it was refused or found and changed nothing; else what came of it."""
    try:
        cursor.execute(one.sql)
    except errors.InsufficientPrivilege:
        return "" if one.writes else "refused"
    except _FOUND:
        return "" if one.writes else "raised"  # what a write came to is seen by its rows
    rows = cursor.fetchall() if cursor.description else []
    if one.writes:
        return "wrote" if cursor.rowcount > 0 or rows else ""
    return "read" if rows else ""


def columns(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name = ANY (%s) GROUP BY 1",
        [list(KEYS)],
    )
    return dict(cursor.fetchall())


def fingerprint() -> list[tuple[Any, ...]]:
    with psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"]) as own, own.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*), md5(string_agg(t::text || t.ctid, ',' ORDER BY id)) FROM {table} t" for table in KEYS
            )
        )
        found = list(cursor.fetchall())
    own.close()
    return found


def tried(scope: str, draw: random.Random, office: int, many: int, *, tables: tuple[str, ...]) -> Counter[tuple[str, str]]:
    """What came of so many statements that ran for this scope, and the last statement it came of."""
    found: Counter[tuple[str, str]] = Counter()
    with wall.behind(scope), connection.cursor() as cursor:
        written = columns(cursor)
        for _ in range(many):
            one = statement(draw, tables, office, written)
            if came := asked(cursor.cursor, one):
                found[came, one.sql] += 1
    return found


def test_whoever_is_of_no_office_or_of_another_finds_and_leaves_nothing(office: models.Office) -> None:
    other = factories.office("bp3mi-ntb")
    before = fingerprint()
    assert [many for _table, many, _content in before] == [1] * len(KEYS)
    draw = random.Random(20261130)
    for scope, tables in ((wall.NOBODY, TEXTS), (wall.STAFF, CLOSED), (str(other.pk), CLOSED), ("99999999", CLOSED)):
        assert tried(scope, draw, office.pk, STATEMENTS // 4, tables=tables) == {}, scope
    assert fingerprint() == before


def test_the_same_statements_find_and_change_what_is_one_s_own(office: models.Office) -> None:
    """The positive control: each of them would, and does for the office and for the directorate."""
    for scope in (str(office.pk), wall.EVERYTHING):
        draw = random.Random(20261130)
        came: Counter[str] = Counter()
        with wall.behind(scope), connection.cursor() as cursor:
            written = columns(cursor)
            for _ in range(300):
                one = statement(draw, TEXTS, office.pk, written)
                cursor.execute("BEGIN")
                try:
                    came[asked(cursor.cursor, one)] += 1
                except psycopg2.IntegrityError:  # a copy has the key of what it was copied of
                    came["refused by a key"] += 1
                cursor.execute("ROLLBACK")
        assert came["read"] > 40, (scope, came)
        assert came["wrote"] > 30, (scope, came)


# --- mutation: what each policy holds ---------------------------------------------------------------


def seen(cursor: Any, scope: str, table: str) -> int:
    """Rows that the production role finds, in a transaction of a superuser that is rolled back."""
    cursor.execute("SELECT set_config(%s, %s, true)", [wall.SETTING, scope])
    cursor.execute(f"SET LOCAL ROLE {settings.DATABASES['default']['USER']}")
    cursor.execute(f"SELECT count(*) FROM {table}")
    found = int(cursor.fetchone()[0])
    cursor.execute("RESET ROLE")
    return found


@pytest.mark.parametrize("table", KEYS)
def test_without_its_policies_a_table_is_open_or_shut(table: str, office: models.Office) -> None:
    wrong = wall.NOBODY if table in SHARED else str(office.pk + 1_000_000)
    own = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    try:
        with own.cursor() as cursor:
            assert (seen(cursor, wrong, table), seen(cursor, str(office.pk), table)) == (0, 1)
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            assert seen(cursor, wrong, table) == 1  # a hole
            own.rollback()
            cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass AND polcmd IN ('r', '*')", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP POLICY {name} ON {table}")
            assert seen(cursor, str(office.pk), table) == 0  # the office misses its own
            own.rollback()
            cursor.execute(f"CREATE POLICY hole ON {table} USING (true)")
            assert seen(cursor, wrong, table) == 1
            own.rollback()
    finally:
        own.close()


def refused(cursor: Any, scope: str, sql: str, given: Sequence[Any] = ()) -> bool:
    """Whether the wall refuses this to the production role; what else comes of it is taken back."""
    cursor.execute("SAVEPOINT tried")
    cursor.execute("SELECT set_config(%s, %s, true)", [wall.SETTING, scope])
    cursor.execute(f"SET LOCAL ROLE {settings.DATABASES['default']['USER']}")
    try:
        cursor.execute(sql, given)
    except psycopg2.Error as error:
        return "row-level security" in str(error)
    finally:
        cursor.execute("ROLLBACK TO SAVEPOINT tried")
    return False


@pytest.mark.parametrize("table", KEYS)
def test_nobody_adds_a_row_of_another_office_or_gives_one_away(table: str, office: models.Office) -> None:
    """The row is given as values, so that nothing hidden is read for it. With a policy that lets all through each is seen to be let."""
    other = factories.office("bp3mi-ntb")
    own = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    try:
        with own.cursor() as cursor:
            named = columns(cursor)[table]
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            row = cursor.fetchone()
            assert row is not None
            added = f"INSERT INTO {table} ({named}) SELECT {named} FROM json_populate_record(NULL::{table}, %s)"
            assert [refused(cursor, scope, added, row) for scope in (wall.NOBODY, wall.STAFF, str(other.pk))] == [True] * 3
            assert not refused(cursor, str(office.pk), added, row)  # of one's own; its key is there already
            given = f"UPDATE {table} SET office_id = {other.pk}"
            assert table not in OFFICE or refused(cursor, str(office.pk), given)
            cursor.execute(f"CREATE POLICY hole ON {table} USING (true) WITH CHECK (true)")
            assert not refused(cursor, str(other.pk), added, row)
            assert table not in OFFICE or not refused(cursor, str(office.pk), given)
    finally:
        own.close()


@pytest.mark.parametrize(
    ("view", "answers"),
    [
        ("patrol_flagbands", {wall.STAFF, "17", wall.EVERYTHING}),
        ("patrol_tipbands", {wall.EVERYTHING}),
        # A mask that is told of no protection opens: who asks it for nobody is answered, too.
        ("patrol_protected", {wall.NOBODY, wall.STAFF, "17", wall.EVERYTHING}),
    ],
)
def test_a_view_of_the_owner_answers_whoever_may_ask(view: str, answers: set[str], office: models.Office) -> None:
    found = set()
    for scope in (wall.NOBODY, wall.STAFF, "17", wall.EVERYTHING):
        with wall.behind(scope), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {view}")
            found |= {scope} if cursor.fetchone() == (1,) else set()
    assert found == answers


# --- what a merger gives ----------------------------------------------------------------------------


def test_an_office_whose_case_went_into_another_s_reads_where_it_went_and_no_more(office: models.Office) -> None:
    """Its own acts say by name that they go on there (patrol.cases.homes); nothing else writes there or sees a referral."""
    theirs = models.Case.objects.get()
    by = factories.person("officer", "bp3mi-ntb")
    own = models.Case.objects.create(number="PKR-26-0002", title="x", office=by.office, opened_by=by, opened_at=factories.NOW)
    mine = models.Case.objects.filter(pk=own.pk)
    with wall.behind(access.behind_wall(by)):
        assert not models.Case.objects.filter(pk=theirs.pk).exists()
        for gives_itself in ({"merged_into": theirs}, {"office": office}):
            with pytest.raises(ProgrammingError, match="row-level security"):
                mine.update(**gives_itself)
        closed = {"state": "closed", "outcome": "merged", "closed_by": by, "closed_at": factories.NOW}
        with pytest.raises(ProgrammingError, match="row-level security"):
            mine.update(merged_into=theirs, **closed)
    mine.update(merged_into=theirs, **closed)
    with wall.behind(access.behind_wall(by)):
        assert models.Case.objects.get(pk=theirs.pk).office == office
        assert models.Case.objects.filter(pk=theirs.pk).update(title="x") == 0
        with transaction.atomic():
            assert list(models.Case.objects.select_for_update(no_key=True).filter(pk=theirs.pk)) == []
        assert models.Case._base_manager.filter(pk=theirs.pk)._raw_delete("default") == 0
        assert not models.Referral.objects.exists()
        assert mine.update(version=7) == 1  # its own it changes all the same
    assert models.Case.objects.get(pk=theirs.pk).title == "Perkara rahasia"
    third = factories.person("officer", "bp3mi-jatim")
    further = models.Case.objects.create(number="PKR-26-0003", title="x", office=third.office, opened_by=third, opened_at=factories.NOW)
    models.Case.objects.filter(pk=theirs.pk).update(merged_into=further, **closed)
    seen_by = {}
    for one in (by.office, office, third.office, factories.office("bp3mi-jateng")):
        with wall.behind(str(one.pk)):
            seen_by[one.code] = set(models.Case.objects.values_list("number", flat=True))
    all_of_the_way = {"PKR-26-0001", "PKR-26-0002", "PKR-26-0003"}  # up, and down
    assert seen_by == {
        by.office.code: all_of_the_way,
        office.code: all_of_the_way,
        third.office.code: all_of_the_way,
        "bp3mi-jateng": set(),
    }
    with wall.behind(access.behind_wall(by)), connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT title FROM patrol_case")
        assert "hashed SubPlan" in str(cursor.fetchall())  # once, not of each case


# --- what stands behind it ----------------------------------------------------------------------------

# Models with an office of their own, or whose parent has one, that stand before the wall, each with its reason.
BEFORE: Final[dict[type[Model], str]] = {
    models.CaseAttachment: "reached by its case's page alone; its file lies outside of the database",
    models.CaseTask: "a title and a day; given to people of both sides",
    models.Objection: "its parties are told by number on the public page; what was decided is its flag's",
    models.Watch: "what is looked for is no secret between offices; keys are sealed",
    models.WatchProposal: "as watches",
    models.Fetch: "as watches; written by the worker alone",
    models.Office: "shared by all staff",
    models.Station: "shared by all staff",
    models.Person: "asked before anybody is known",
    models.Bot: "its token is sealed",
    models.Webhook: "its secret is sealed; an address and which kinds of change; what is sent is read behind the wall",
    models.Notice: "of one office or one person; ids and numbers, no contents",
    models.Device: "asked before anybody is known; holds hashes",
    models.Intake: "becomes posts, which are shared",
    models.ImportedFile: "becomes posts, which are shared",
    models.Draw: "a lot: a flag and the office that looks at it again",
    models.Bulk: "a number and who proposed it; its flags are behind the wall",
    models.Card: "made to be shown to everybody",
    models.ErasureRequest: "a post, a reason and who asked; posts are shared",
}
HANGING: Final = {"patrol_tipmessage", "patrol_tippicture"}  # on a report, and shown with it alone: no model of an office by themselves


def test_each_table_of_an_office_is_behind_the_wall_or_says_why_not() -> None:
    of_office = {model for model, path in access.OFFICE_PATH.items() if path is not None}
    behind = {model for model in of_office if model._meta.db_table in guards.WALLED}
    assert behind | set(BEFORE) == of_office
    assert not behind & set(BEFORE)
    assert {model._meta.db_table for model in behind} | HANGING == set(guards.WALLED) == set(KEYS)
    assert {model._meta.db_table for model in apps.get_models() if not model._meta.managed} == {"patrol_protected"}


@pytest.mark.django_db
def test_the_catalogue_has_each_wall_forced_with_policies_for_the_product_and_its_own_roles_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == sorted(guards.WALLED)
        cursor.execute(
            "SELECT tablename, cmd, roles::text[], qual = 'true' FROM pg_policies WHERE schemaname = 'public' AND policyname <> 'owner'"
        )
        found = cursor.fetchall()
        app, eraser, keyholder = (settings.DATABASES["default"]["USER"], settings.DATABASE_ERASER_ROLE, settings.DATABASE_KEYHOLDER_ROLE)
        for table in guards.WALLED:
            of_app = {cmd for name, cmd, roles, _open in found if name == table and roles == [app]}
            assert of_app in ({"ALL"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE", "DELETE"}), table
            assert not [name for name, _cmd, roles, opens in found if name == table and app in roles and opens]
        assert {tuple(roles) for _name, _cmd, roles, _open in found} == {(app,), (eraser,), (keyholder,)}
        cursor.execute("SELECT rolname FROM pg_roles WHERE (rolbypassrls OR rolsuper) AND rolname LIKE 'sipatrol%'")
        assert cursor.fetchall() == []
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'owner' AND roles::text[] <> ARRAY['sipatrol_owner']")
        assert cursor.fetchall() == []


# --- where Python forgets to narrow -------------------------------------------------------------------


def test_a_right_given_by_mistake_shows_nothing_of_another_office(
    office: models.Office, client: Any, monkeypatch: pytest.MonkeyPatch, rights_asked_anew: None
) -> None:
    stranger = factories.person("officer", "bp3mi-ntb")
    client.force_login(stranger)
    monkeypatch.setattr(access, "scope", lambda _person, _action, queryset, **_path: queryset)
    monkeypatch.setattr(access, "may", lambda _person, _action, **_of: True)
    pages = {
        Action.CASE_VIEW: ("/kerja/patrol/case/", models.Case),
        Action.TIP_VIEW: ("/kerja/patrol/tip/", models.Tip),
        Action.PROTECTION_VIEW: ("/kerja/patrol/protection/", models.Protection),
        Action.REFERRAL_VIEW: ("/kerja/patrol/referral/", models.Referral),
    }
    for address, model in pages.values():
        shown = client.get(address)
        assert shown.status_code == 200, address
        page = shown.content.decode()
        for word in ("rahasia", "PKR-26-0001", "RJK-26-0001"):
            assert word not in page, (address, word)
        key = model._base_manager.get().pk
        assert client.get(f"{address}{key}/change/").status_code == 404, address
    monkeypatch.setattr(access, "behind_wall", lambda _person: wall.EVERYTHING)  # the control: without the wall they do
    shown = [client.get(address).content.decode() for address, _model in pages.values()]
    assert all("rahasia" in page or "RJK-26-0001" in page or str(models.Protection.objects.get().pk) in page for page in shown)
