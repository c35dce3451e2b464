"""What the database refuses, to the product and to the owner of its tables alike."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from patrol import models
from patrol.domain import states
from patrol.models import guards
from tests import factories

pytestmark = pytest.mark.django_db


def run(sql: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", [*guards.APPEND_ONLY, *guards.APPEND_ONLY_REPORTS, *guards.ERASABLE])
def test_the_product_may_add_to_an_append_only_table_and_nothing_else(table: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = current_user", [table]
        )
        assert {row[0] for row in cursor.fetchall()} == {"SELECT", "INSERT"}


@pytest.mark.parametrize("table", [*guards.APPEND_ONLY, *guards.APPEND_ONLY_REPORTS, *guards.ERASABLE])
def test_every_append_only_table_has_its_triggers(table: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE c.relname = %s AND NOT t.tgisinternal AND t.tgname IN ('refuse_change', 'refuse_truncate', 'only_eraser')",
            [table],
        )
        assert cursor.fetchone()[0] == 2


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_product_cannot_change_a_decision(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement.format("patrol_decision"))


@pytest.mark.parametrize(
    ("table", "moves", "kinds"),
    [
        ("patrol_flag", states.FLAG_MOVES, states.FlagState),
        ("patrol_case", states.CASE_MOVES, states.CaseState),
        ("patrol_casetask", states.TASK_MOVES, states.TaskState),
        ("patrol_watch", states.WATCH_MOVES, states.WatchState),
        ("patrol_watchproposal", states.PROPOSAL_MOVES, states.ProposalState),
        ("patrol_bulk", states.BULK_MOVES, states.BulkState),
        ("patrol_campaign", states.CAMPAIGN_MOVES, states.CampaignState),
        ("patrol_tie", states.TIE_MOVES, states.TieState),
        ("patrol_protection", states.PROTECTION_MOVES, states.ProtectionState),
        ("patrol_referral", states.REFERRAL_MOVES, states.ReferralState),
        ("patrol_sending", states.SENDING_MOVES, states.SendingState),
        ("patrol_card", states.CARD_MOVES, states.CardState),
        ("patrol_dispatch", states.DISPATCH_MOVES, states.DispatchState),
        ("patrol_objection", states.OBJECTION_MOVES, states.ObjectionState),
        ("patrol_tip", states.TIP_MOVES, states.TipState),
    ],
)
def test_the_database_holds_the_moves_of_states_py(table: str, moves: Any, kinds: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"{table}_moves"])
        source = cursor.fetchone()[0]
    listed = {(str(a), str(b)) for a in kinds for b in kinds if f"('{a}', '{b}')" in source}
    assert listed == {(str(a), str(b)) for a, b in moves}


def test_rows_are_locked_without_their_keys() -> None:
    """Foreign keys are asked at COMMIT, when the log is held: a lock of the whole row would wait for the log, and the log for it."""
    package = Path(states.__file__).parent.parent
    calls = [
        call for file in package.rglob("*.py") for call in re.findall(r"select_for_update\(((?:[^()]|\([^()]*\))*)\)", file.read_text())
    ]
    assert len(calls) > 30
    assert [call for call in calls if "no_key=True" not in call and "skip_locked=True" not in call] == []


def test_a_move_off_the_table_is_refused_by_the_database() -> None:
    watch = factories.watch()
    models.Watch.objects.filter(pk=watch.pk).update(state="paused")
    with pytest.raises(IntegrityError, match="no move from paused to stopped"), transaction.atomic():
        models.Watch.objects.filter(pk=watch.pk).update(state="stopped")


def test_fields_that_belong_together_are_set_together() -> None:
    watch = factories.watch()
    with pytest.raises(IntegrityError, match="watch_lease_pair"), transaction.atomic():
        models.Watch.objects.filter(pk=watch.pk).update(lease_until=factories.NOW)


def test_a_decided_flag_says_when() -> None:
    flag = factories.flag()
    with pytest.raises(IntegrityError, match="flag_decided_pair"), transaction.atomic():
        models.Flag.objects.filter(pk=flag.pk).update(state="confirmed")


def test_erasure_blanks_the_words_writes_its_row_and_leaves_the_rest() -> None:
    flag = factories.flag(author="orang_contoh")
    person = factories.person("supervisor")
    version = flag.post.versions.get()
    erasure = factories.erase(version, by=person)
    text = models.PostText.objects.get(version=version)
    assert (text.text, text.author, text.links, text.salt) == ("", "", [], "")
    assert models.ReadingClaims.objects.get().claims == []
    assert (models.Flag.objects.get().text_bands, bool(flag.text_bands)) == ([], True)
    assert (erasure.version, erasure.by, erasure.reason) == (version, person, "other: uji")
    assert models.PostVersion.objects.get().commitment == version.commitment


def asked(post: Any, by: Any) -> Any:
    return models.ErasureRequest.objects.create(
        number=f"HPS-{post.pk}",
        post=post,
        reason="subject",
        ground="uji",
        versions=1,
        files=0,
        by=by,
        at=factories.NOW,
        until=factories.NOW + timedelta(days=7),
    )


def answered(request: models.ErasureRequest, by: Any, kind: str, days: float = 0) -> Any:
    with transaction.atomic():
        return models.ErasureAnswer.objects.create(request=request, kind=kind, by=by, at=factories.NOW + timedelta(days=days))


@pytest.mark.parametrize("kind", ["", "refused", "withdrawn", "ran_out", "of another post"])
def test_the_database_erases_nothing_that_no_second_person_approved(kind: str) -> None:
    version, other = (factories.flag().post.versions.get() for _ in range(2))
    one, two = factories.person(), factories.person()
    request = asked(other.post if kind == "of another post" else version.post, one)
    if kind == "of another post":
        answered(request, two, "approved")
    elif kind:
        by = {"refused": two, "withdrawn": one, "ran_out": None}[kind]
        answered(request, by, kind, days=7 if kind == "ran_out" else 0)
    with pytest.raises(IntegrityError, match="no approved request"):
        run(f"SELECT patrol_erase({version.pk}, {request.pk}, now())")
    assert models.PostText.objects.get(version=version).text != ""


@pytest.mark.parametrize(
    ("who", "kind", "days", "said"),
    [
        ("one", "approved", 0, "another person"),
        ("one", "refused", 0, "another person"),
        ("two", "withdrawn", 0, "withdrawn by"),
        ("two", "approved", 7, "runs out"),
        ("two", "refused", 8, "runs out"),
        (None, "ran_out", 6, "runs out"),
        (None, "approved", 0, "erasure_answer_by_somebody"),
        ("two", "ran_out", 7, "erasure_answer_by_somebody"),
    ],
)
def test_the_database_takes_an_answer_from_another_person_in_time(who: Any, kind: str, days: int, said: str) -> None:
    people = {"one": factories.person(), "two": factories.person(), None: None}
    request = asked(factories.flag().post, people["one"])
    with pytest.raises(IntegrityError, match=said):
        answered(request, people[who], kind, days)
    answered(request, people["two"], "approved", 6.99)
    with pytest.raises(IntegrityError, match="request_id"):
        answered(request, people["two"], "refused")


def test_the_way_that_asked_nobody_is_gone() -> None:
    with pytest.raises(ProgrammingError, match="does not exist"):
        run("SELECT patrol_erase(1, 1, 'alasan', now())")


def test_nobody_blanks_words_without_the_erasure_row() -> None:
    factories.flag()
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("UPDATE patrol_posttext SET text = ''")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("SET ROLE sipatrol_eraser")


def test_the_product_cannot_lift_a_guard() -> None:
    factories.stored([factories.raw_post()])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('patrol.lifted', 'patrol_capture', true)")
        cursor.execute("UPDATE patrol_capture SET platform = 'feed'")


def test_a_decision_cannot_take_effect_before_it_was_made() -> None:
    flag = factories.flag()
    with pytest.raises(IntegrityError, match="decision_effect_after"), transaction.atomic():
        models.Decision.objects.create(
            flag=flag,
            decision_key="00000000-0000-0000-0000-000000000001",
            outcome="confirmed",
            reason="fraud",
            by=factories.person(),
            at=factories.NOW,
            effective_at=factories.NOW - timedelta(seconds=1),
            state_before="waiting",
            state_after="confirmed",
            level_then="high",
            check_then=flag.current_check,
        )
