"""A mail address is somebody's once the code that was mailed there is typed in, by them, in time, and after few tries."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.access import audit
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.outgoing import addresses, mailing
from tests import factories, sink
from tests.cases.test_sending import use
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "Petugas.Satu@kantor.example"
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def server(settings: Any) -> Iterator[sink.Handler]:
    with sink.running() as (handler, port):
        use(settings, port)
        yield handler


def ask(by: models.Person, address: str = ADDRESS, now: Any = NOW) -> models.AddressCode:
    return addresses.ask(address=address, by=by, now=now)


def mailed(server: sink.Handler) -> Any:
    """The code of the newest mail, None where it holds none."""
    jobs.run({"dispatch": mailing.carry_out}, now=NOW)
    read = email.message_from_bytes(bytes(server.mails[-1].original_content or b""), policy=email.policy.default)
    found = re.search(r"\b\d{8}\b", read.get_content())
    return found[0] if found else None


def mails() -> list[str]:
    return list(models.Person.objects.order_by("id").values_list("mail", flat=True))


def test_confirmed_by_the_code_and_told_to_nobody(server: sink.Handler) -> None:
    person = factories.person()
    ask(person)
    assert mails() == [""]
    code = mailed(server)
    mailing.ask("summary_draft", "tunda", person_id=person.pk, target={}, now=NOW)
    models.Job.objects.filter(state="waiting").update(due_at=datetime.now(UTC) + timedelta(hours=1))  # as after a try that failed
    assert jobs.due() == {}
    assert [mail.rcpt_tos for mail in server.mails] == [[ADDRESS]]
    addresses.confirm(code=f" {code[:4]} {code[4:]} ", by=person, now=SOON)
    assert (mails(), person.mail) == ([ADDRESS], ADDRESS)
    assert jobs.due() == {"dispatch": 1}  # to the new one, at once
    assert models.AddressCode.objects.get().address == ""
    log = str(list(models.AuditEntry.objects.values_list("verb", "before", "after")))
    assert "person.mail_confirmed" in log
    assert [word for word in ("kantor.example", "Petugas", "petugas") if word in log] == []
    assert audit.verify() is None
    with pytest.raises(RefusedError, match=r"address\.code"):
        addresses.confirm(code=code, by=person, now=SOON)


def test_the_old_address_is_told_before_it_is_left_and_the_person_once_it_was(server: sink.Handler) -> None:
    person = factories.person()
    models.Person.objects.filter(pk=person.pk).update(mail="lama@kantor.example")
    ask(person)
    assert mailed(server) is None  # the first that leaves
    code = mailed(server)
    assert [mail.rcpt_tos for mail in server.mails] == [["lama@kantor.example"], [ADDRESS]]
    assert models.Notice.objects.count() == 0
    addresses.confirm(code=code, by=person, now=SOON)
    assert list(models.Notice.objects.values_list("kind", "person")) == [("mail_changed", person.pk)]
    for same in (ADDRESS.lower(), "lain@kantor.example"):
        ask(person, same)
    models.Person.objects.filter(pk=person.pk).update(mail="lama@kantor.example")
    left = models.Dispatch.objects.filter(kind="address_leaves").order_by("-id")
    assert len(left) == 2  # not where it stays the same
    assert addresses.leaving(left[0], now=SOON) is None  # that address is left already


def test_wrong_five_times_and_the_right_one_is_none(server: sink.Handler) -> None:
    person = factories.person()
    ask(person)
    code = mailed(server)
    for _try in range(addresses.MOST_TRIES):
        with pytest.raises(RefusedError, match=r"address\.code"):
            addresses.confirm(code="0" if code != "0" else "1", by=person, now=SOON)
    with pytest.raises(RefusedError, match=r"address\.code"):
        addresses.confirm(code=code, by=person, now=SOON)
    assert (mails(), models.AddressCode.objects.get().tries) == ([""], addresses.MOST_TRIES)


def test_four_wrong_ones_leave_a_fifth(server: sink.Handler) -> None:
    person = factories.person()
    models.AddressCode.objects.filter(pk=ask(person).pk).update(tries=addresses.MOST_TRIES - 1)
    addresses.confirm(code=mailed(server), by=person, now=NOW + addresses.LIVES - timedelta(seconds=1))
    assert mails() == [ADDRESS]


def test_too_late_another_persons_and_an_older_code_count_nothing(server: sink.Handler) -> None:
    person, other = factories.person(), factories.person()
    ask(person)
    first = mailed(server)
    with pytest.raises(RefusedError, match=r"address\.code"):
        addresses.confirm(code=first, by=other, now=SOON)
    ask(person, "lain@kantor.example")
    with pytest.raises(RefusedError, match=r"address\.code"):
        addresses.confirm(code=first, by=person, now=SOON)
    second = mailed(server)
    with pytest.raises(RefusedError, match=r"address\.code"):
        addresses.confirm(code=second, by=person, now=NOW + addresses.LIVES)
    assert mails() == ["", ""]


def test_an_address_of_another_account_is_said_to_whoever_has_the_code(server: sink.Handler) -> None:
    person, other = factories.person(), factories.person()
    models.Person.objects.filter(pk=other.pk).update(mail=ADDRESS.upper())
    ask(person)
    with pytest.raises(RefusedError, match=r"address\.taken"):
        addresses.confirm(code=mailed(server), by=person, now=SOON)
    assert mails() == ["", ADDRESS.upper()]


@pytest.mark.parametrize(
    "wrong", ["", "petugas", "a@b", "a@kantor.example\nBcc: x@y.example", "a b@kantor.example", "a@" + "b" * 200 + ".example"]
)
def test_what_is_no_address_is_refused(wrong: str, server: sink.Handler) -> None:
    person = factories.person()
    with pytest.raises(RefusedError, match=r"address\.written"):
        ask(person, wrong)
    assert (models.AddressCode.objects.count(), models.Dispatch.objects.count()) == (0, 0)


def test_few_codes_for_a_person_and_to_an_address(server: sink.Handler) -> None:
    person = factories.person()
    for n in range(3):
        ask(person, f"satu{n}@kantor.example")
    with pytest.raises(RefusedError, match=r"address\.too_often"):
        ask(person, "satu3@kantor.example")
    for _one in range(3):
        ask(factories.person())
    with pytest.raises(RefusedError, match=r"address\.too_often"):
        ask(factories.person())
    assert models.AddressCode.objects.count() == 6


def test_without_a_server_nothing_is_asked_for(settings: Any) -> None:
    settings.MAIL = None
    with pytest.raises(RefusedError, match=r"address\.no_server"):
        ask(factories.person())
    assert models.AddressCode.objects.count() == 0


def test_a_code_that_ended_before_the_mail_left_is_not_mailed(server: sink.Handler) -> None:
    person = factories.person()
    ask(person)
    addresses.clear(person_id=person.pk, by=person, now=SOON)
    jobs.run({"dispatch": mailing.carry_out}, now=SOON)
    assert (server.mails, models.Dispatch.objects.get().state) == ([], "dropped")


def test_cleared_by_its_owner_or_the_administrator_and_by_nobody_else(server: sink.Handler) -> None:
    owner = factories.person()
    administrator = factories.person(Role.ADMINISTRATOR)
    models.Person.objects.filter(pk=owner.pk).update(mail=ADDRESS)
    for by in (factories.person(), factories.person(Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            addresses.clear(person_id=owner.pk, by=by, now=SOON)
    assert mails()[0] == ADDRESS
    addresses.clear(person_id=owner.pk, by=administrator, now=SOON)
    verbs = list(models.AuditEntry.objects.filter(target_type="person", verb="person.mail_cleared").values_list("actor_id", flat=True))
    assert (mails()[0], verbs) == ("", [administrator.pk])
    addresses.clear(person_id=owner.pk, by=owner, now=SOON)
    assert models.AuditEntry.objects.filter(verb="person.mail_cleared").count() == 1
