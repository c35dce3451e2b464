"""Pairing: one code, one browser, ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.infra.refusals import RefusedError
from patrol.intake import devices
from patrol.models import Role
from tests import factories
from tests.factories import NOW
from tests.intake import sending

pytestmark = pytest.mark.django_db


def pair(code: str, *, caller: str = "a", later: timedelta = timedelta()) -> devices.Paired:
    return devices.pair(code=code, name=" Peramban kantor ", caller=caller, now=NOW + later)


def verbs() -> list[str]:
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_a_code_pairs_one_browser_and_is_used_up() -> None:
    person = factories.person()
    code = devices.make_code(by=person, now=NOW)
    assert len(code) == 8
    assert set(code) <= set(devices.ALPHABET)
    assert not set(devices.ALPHABET) & set("0O1IL2Z5S8B")
    paired = pair(f" {code[:4].lower()}-{code[4:]} ")
    assert (paired.device.person, paired.device.name) == (person, "Peramban kantor")
    assert devices.known(paired.token, now=NOW) == paired.device
    with pytest.raises(RefusedError, match=r"^device\.code code$"):
        pair(code)
    assert verbs() == ["device.code_made", "device.paired"]


def test_neither_code_nor_token_stands_in_the_database() -> None:
    person = factories.person()
    code = devices.make_code(by=person, now=NOW)
    token = pair(code).token
    rows = [*models.PairingCode.objects.values(), *models.Device.objects.values(), *models.AuditEntry.objects.values()]
    assert code not in str(rows)
    assert token not in str(rows)


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (10, False)])
def test_a_code_lives_ten_minutes(minutes: int, works: bool) -> None:
    code = devices.make_code(by=factories.person(), now=NOW)
    if works:
        pair(code, later=timedelta(minutes=minutes))
    else:
        with pytest.raises(RefusedError):
            pair(code, later=timedelta(minutes=minutes))


def test_a_newer_code_ends_the_older_one() -> None:
    person = factories.person()
    older, newer = devices.make_code(by=person, now=NOW), devices.make_code(by=person, now=NOW)
    with pytest.raises(RefusedError):
        pair(older)
    pair(newer)


def test_wrong_codes_are_counted_by_caller_and_a_refused_one_takes_nothing() -> None:
    for _ in range(8):
        with pytest.raises(RefusedError, match=r"^device\.code code$"):
            pair("AAAAAAAA")
    for _ in range(3):
        with pytest.raises(RefusedError) as refused:
            pair("AAAAAAAA")
        assert refused.value.code == "device.too_often"
        assert 1 <= refused.value.values["seconds"] <= 5
    with pytest.raises(RefusedError, match=r"^device\.code code$"):
        pair("AAAAAAAA", caller="somebody else")
    assert models.Device.objects.count() == 0


def test_wrong_codes_of_a_stranger_at_the_same_address_never_keep_a_right_one_out() -> None:
    code = devices.make_code(by=factories.person(), now=NOW)
    for _ in range(12):
        with pytest.raises(RefusedError):
            pair("AAAAAAAA")
    assert devices.known(pair(code).token, now=NOW) == models.Device.objects.get()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR])
def test_who_takes_no_captures_gets_no_code(role: str) -> None:
    with pytest.raises(PermissionDenied):
        devices.make_code(by=factories.person(role), now=NOW)


def test_who_left_pairs_nothing_and_sends_nothing() -> None:
    person = factories.person()
    token, code = sending.paired(person).token, devices.make_code(by=person, now=NOW)
    models.Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(RefusedError):
        pair(code)
    with pytest.raises(RefusedError) as refused:
        devices.known(token, now=NOW)
    assert refused.value.code == "device.unknown"


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_an_unknown_token_is_refused(token: str) -> None:
    with pytest.raises(RefusedError) as refused:
        devices.known(token, now=NOW)
    assert refused.value.code == "device.unknown"


def test_a_person_has_ten_browsers_at_most() -> None:
    person = factories.person()
    made = [sending.paired(person).device for _ in range(10)]
    with pytest.raises(RefusedError, match=r"^device\.too_many$"):
        sending.paired(person)
    devices.revoke(device_id=made[0].pk, by=person, now=NOW)
    sending.paired(person)


def test_a_browser_is_let_go_by_its_owner_and_by_the_administrator() -> None:
    person = factories.person()
    first, second = sending.paired(person), sending.paired(person)
    devices.revoke(device_id=first.device.pk, by=person, now=NOW)
    devices.revoke(device_id=first.device.pk, by=person, now=NOW + timedelta(hours=1))
    devices.revoke(device_id=second.device.pk, by=factories.person(Role.ADMINISTRATOR), now=NOW)
    for paired in (first, second):
        with pytest.raises(RefusedError):
            devices.known(paired.token, now=NOW)
    assert models.Device.objects.get(pk=first.device.pk).revoked_at == NOW
    assert verbs().count("device.revoked") == 2


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ANALYST, Role.REGISTRAR])
def test_nobody_else_lets_it_go(role: str) -> None:
    device = sending.paired().device
    with pytest.raises(PermissionDenied):
        devices.revoke(device_id=device.pk, by=factories.person(role), now=NOW)


def test_a_device_sends_sixty_at_once_and_then_one_a_second() -> None:
    device = sending.paired().device
    for _ in range(60):
        devices.admit(device)
    with pytest.raises(RefusedError, match=r"^device\.too_often$"):
        devices.admit(device)
