"""Tokens of offices: who makes one, what it may ask, when it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from patrol import models
from patrol.access import Action, accounts, duties, tokens
from patrol.infra.refusals import RefusedError
from patrol.models import Role, Scope
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_token_is_kept_as_its_hash_and_written_down_without_its_name() -> None:
    by = factories.person(Role.SUPERVISOR)
    made = asking.made("flags", "check", by=by, name="  Sistem  aduan ", days=30)
    device = models.Device.objects.get()
    assert (device.name, device.scopes, device.office, device.person) == ("Sistem aduan", ["check", "flags"], by.office, by)
    assert (device.paired_at, device.ends_at, device.last_used_at) == (NOW, NOW + timedelta(days=30), None)
    assert made.token not in str(models.Device.objects.values().get())
    row = models.AuditEntry.objects.get(verb="token.made")
    assert (row.actor_id, row.target_type, row.target_id) == (by.pk, "token", str(device.pk))
    assert row.after == {"scopes": ["check", "flags"], "days": 30}
    assert tokens.known(made.token, now=NOW) == device


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "token.name"),
        ({"scopes": []}, "token.scopes"),
        ({"scopes": ["flags", "everything"]}, "token.scopes"),
        ({"days": 31}, "token.days"),
    ],
)
def test_a_token_that_says_too_little_is_not_made(given: dict[str, Any], code: str) -> None:
    by = factories.person(Role.SUPERVISOR)
    with pytest.raises(RefusedError) as refused:
        tokens.make(**{"name": "Sistem", "scopes": ["flags"], "days": 30, **given}, by=by, now=NOW)
    assert refused.value.code == code
    assert models.Device.objects.count() == models.AuditEntry.objects.count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPERVISOR])
def test_a_supervisor_alone_makes_one(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        asking.made(by=factories.person(role, "directorate"))
    assert models.Device.objects.count() == 0


def test_an_office_has_twenty_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST", 1)
    by = factories.person(Role.SUPERVISOR)
    first = asking.made(by=by)
    with pytest.raises(RefusedError, match=r"token\.too_many"):
        asking.made(by=by)
    tokens.revoke(device_id=first.device.pk, by=by, now=NOW)
    assert asking.made(by=by).device.pk != first.device.pk


def test_it_ends_on_its_day_and_by_hand() -> None:
    made = asking.made(days=30)
    last = NOW + timedelta(days=30)
    assert tokens.known(made.token, now=last - timedelta(seconds=1)) == made.device
    assert tokens.known(made.token, now=last) is None
    by = made.device.person
    for _twice in range(2):
        tokens.revoke(device_id=made.device.pk, by=by, now=NOW)
    assert tokens.known(made.token, now=NOW) is None
    assert models.AuditEntry.objects.filter(verb="token.revoked").count() == 1


def test_who_revokes_one() -> None:
    made = asking.made()
    for refused in (factories.person(Role.SUPERVISOR, "bp3mi-ntb"), factories.person(Role.SUPERVISOR, "directorate"), factories.person()):
        assert tokens.of_offices(refused).count() == 0
        with pytest.raises(PermissionDenied):
            tokens.revoke(device_id=made.device.pk, by=refused, now=NOW)
    assert tokens.known(made.token, now=NOW) == made.device
    administrator = factories.person(Role.ADMINISTRATOR)
    assert list(tokens.of_offices(administrator)) == [made.device]
    assert tokens.revoke(device_id=made.device.pk, by=administrator, now=NOW).revoked_at == NOW


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.OFFICER}, {"office": "bp3mi-ntb"}])
def test_it_opens_nothing_once_its_maker_is_not_as_they_were(change: dict[str, Any]) -> None:
    made = asking.made()
    if "office" in change:
        change = {"office": factories.office(change["office"])}
    models.Person.objects.filter(pk=made.device.person_id).update(**change)
    assert tokens.known(made.token, now=NOW) is None


def test_it_ends_with_the_logins_of_its_maker() -> None:
    made = asking.made()
    accounts.end_logins(made.device.person, now=NOW)
    assert models.Device.objects.get().revoked_at == NOW
    assert tokens.known(made.token, now=NOW) is None


def test_it_is_not_made_with_a_login_that_ended_meanwhile() -> None:
    by = factories.person(Role.SUPERVISOR)
    accounts.end_logins(models.Person.objects.get(pk=by.pk), now=NOW)
    with pytest.raises(RefusedError, match=r"token\.changed"):
        asking.made(by=by)
    assert models.Device.objects.count() == 0


def in_a_duty(**given: Any) -> tuple[models.Duty, models.Person]:
    """Supervisor of another office beside their own duty, and acting there."""
    person, office = factories.person(), factories.office("bp3mi-ntb")
    told: dict[str, Any] = {"role": Role.SUPERVISOR, "office_id": office.pk, "until": None, "now": NOW, **given}
    duty = duties.add(person_id=person.pk, by=factories.person(Role.ADMINISTRATOR), **told)
    return duty, duties.take_up(duty_id=duty.pk, by=person, now=NOW)


def test_it_ends_for_good_with_the_duty_it_was_made_in() -> None:
    duty, by = in_a_duty()
    made = asking.made(by=by)
    assert tokens.known(made.token, now=NOW) == made.device
    duties.end(duty_id=duty.pk, by=factories.person(Role.ADMINISTRATOR), now=NOW)
    again = duties.add(
        person_id=by.pk, role=duty.role, office_id=duty.office_id, until=None, by=factories.person(Role.ADMINISTRATOR), now=NOW
    )
    duties.take_up(duty_id=again.pk, by=models.Person.objects.get(pk=by.pk), now=NOW)
    assert tokens.known(made.token, now=NOW) is None
    assert models.Device.objects.get().revoked_at == NOW


def test_it_opens_nothing_once_the_time_of_the_duty_is_over_also_before_a_sweep(django_assert_num_queries: Any) -> None:
    until = NOW + timedelta(hours=1)
    made = asking.made(by=in_a_duty(until=until)[1])
    assert tokens.known(made.token, now=until - timedelta(seconds=1)) == made.device
    with django_assert_num_queries(1):
        assert tokens.known(made.token, now=until) is None


def test_wrong_words_fill_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "WRONG_BUCKETS", 1)
    for caller in ("a", "b", "c"):
        tokens.guessed(caller)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM patrol_hostpace")
        assert cursor.fetchone() == (1,)


def test_it_asks_what_its_scopes_name() -> None:
    device = asking.made("flags").device
    tokens.require(device, Scope.FLAGS)
    with pytest.raises(RefusedError, match=r"token\.scope"):
        tokens.require(device, Scope.CASES)


def test_each_scope_stands_for_a_right() -> None:
    assert set(tokens.RIGHTS) == set(Scope)
    assert tokens.RIGHTS[Scope.CASES] == Action.CASE_VIEW


def test_the_last_use_is_kept_to_the_minute() -> None:
    device = asking.made().device
    for seconds, kept in ((0, 0), (59, 0), (61, 61)):
        tokens.used(device, now=NOW + timedelta(seconds=seconds))
        device.refresh_from_db()
        assert device.last_used_at == NOW + timedelta(seconds=kept)


@pytest.mark.parametrize(
    "half", [{"office": True}, {"ends_at": NOW}, {"scopes": ["flags"]}, {"office": True, "ends_at": NOW, "scopes": ["x"]}]
)
def test_the_database_holds_a_token_to_its_shape(half: dict[str, Any]) -> None:
    person = factories.person()
    more = {**half, **({"office": person.office} if "office" in half else {})}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Device.objects.create(person=person, name="x", token_sha256="y", paired_at=NOW, **more)
