"""How to reach whoever reported: in nobody's sight but of who asks for one record with a purpose, which is logged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from patrol import models
from patrol.access import audit
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import ending, handling, identity, keyholding
from patrol.models import Role
from tests import factories
from tests.conftest import as_superuser
from tests.factories import NOW
from tests.intake.tips import reporting


@pytest.fixture
def _offices(committed: None) -> None:
    factories.offices()


@pytest.fixture
def as_keyholder() -> Iterator[Any]:
    yield reporting.as_keyholder
    connections.close_all()


@pytest.fixture
def read(as_keyholder: Any) -> Any:
    """identity.read, answered by the other process while it waits."""

    def ask(tip: models.Tip, by: models.Person, purpose: str = "ask", key: X25519PrivateKey | None = None) -> str:
        answers = keyholding.answer_waiting
        key = key or reporting.private_key()
        waits: dict[str, Any] = {"wait": lambda _seconds: as_keyholder(lambda: answers(key, now=NOW)), "seconds": 5.0}
        return identity.read(tip_id=tip.pk, purpose=purpose, by=by, now=NOW, **waits)

    return ask


def verbs() -> list[str]:
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.usefixtures("_offices")
def test_an_officer_of_the_office_reads_one_record_with_a_purpose(read: Any) -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    assert read(tip, officer, "help") == reporting.CONTACT
    entry = models.AuditEntry.objects.get(verb="tip.identity_opened")
    request = models.IdentityRequest.objects.get()
    assert (entry.actor_id, entry.target_id, entry.after) == (officer.pk, str(tip.pk), {"request": request.pk, "purpose": "help"})
    assert (verbs(), request.answer.sealed is not None and bytes(request.answer.sealed), audit.verify()) == (
        ["tip.identity_asked", "tip.identity_opened"],
        b"",
        None,
    )
    assert [event.kind for event in tip.events.all()] == ["received", "identity_asked"]


@pytest.mark.usefixtures("_offices")
@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        (Role.OFFICER, "bp3mi-jabar", True),
        (Role.SUPERVISOR, "bp3mi-jabar", True),
        (Role.OFFICER, "bp3mi-jatim", False),
        (Role.SUPERVISOR, "directorate", False),
        (Role.ANALYST, "directorate", False),
        (Role.REGISTRAR, "directorate", False),
        (Role.ADMINISTRATOR, "directorate", False),
    ],
)
def test_who_may_ask(role: Role, code: str, allowed: bool) -> None:
    tip = reporting.report(contact=reporting.CONTACT)
    person = factories.person(role, code)
    assert identity.may(person, tip) == allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            identity.read(tip_id=tip.pk, purpose="ask", by=person, now=NOW)
        assert models.IdentityRequest.objects.count() == 0


@pytest.mark.usefixtures("_offices")
def test_an_analyst_reads_that_of_the_case_they_have_and_of_no_other(read: Any) -> None:
    tip, analyst, colleague = reporting.report(contact=reporting.CONTACT), factories.person(Role.ANALYST), factories.person(Role.ANALYST)
    officer = factories.person()
    flag = in_case_of(analyst)
    assert not identity.may(analyst, tip)
    tip = handling.join(tip_id=tip.pk, flag=flag.number, seen_version=tip.version, by=officer, now=NOW)
    assert (read(tip, analyst), identity.may(colleague, tip)) == (reporting.CONTACT, False)
    models.Case.objects.update(state="closed", outcome="acted_upon", closed_at=NOW, closed_by=analyst)
    assert not identity.may(analyst, tip)
    with pytest.raises(PermissionDenied):
        read(tip, analyst)


def in_case_of(analyst: models.Person) -> models.Flag:
    """A flag in a case that this person has."""
    flag, officer = factories.flag(), factories.person()
    case = models.Case.objects.create(number="PKR-26-0001", title="Uji", office=flag.office, opened_by=officer, opened_at=NOW)
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=officer, added_at=NOW)
    models.Case.objects.filter(pk=case.pk).update(responsible=analyst)
    return flag


@pytest.mark.usefixtures("_offices")
def test_no_analyst_gives_themselves_the_right(read: Any, as_keyholder: Any) -> None:
    """A report of the directorate's own: who joins it to their case opens nothing by that, whoever asks; a colleague who joins it does."""
    tip, analyst, colleague = (
        reporting.report(contact=reporting.CONTACT, where=""),
        factories.person(Role.ANALYST),
        factories.person(Role.ANALYST),
    )
    assert tip.office == analyst.office
    flag = in_case_of(analyst)
    tip = handling.join(tip_id=tip.pk, flag=flag.number, seen_version=tip.version, by=analyst, now=NOW)
    assert not identity.may(analyst, tip)
    with pytest.raises(PermissionDenied):
        read(tip, analyst)
    # As whoever writes the request past the verb.
    key = identity.public(X25519PrivateKey.generate().public_key())
    row: dict[str, Any] = {"tip": tip, "by": analyst, "office": analyst.office, "purpose": "ask", "reply_to": key, "at": NOW}
    made = models.IdentityRequest.objects.create(**row)
    assert as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 0
    assert (made.answer.sealed, made.answer.refused) == (None, "right")
    tip = handling.join(tip_id=tip.pk, flag=flag.number, seen_version=tip.version, by=colleague, now=NOW)
    assert (identity.may(colleague, tip), read(tip, analyst)) == (False, reporting.CONTACT)
    tip = handling.join(tip_id=tip.pk, flag=flag.number, seen_version=tip.version, by=analyst, now=NOW)
    assert not identity.may(analyst, tip)


@pytest.mark.usefixtures("_offices")
def test_the_key_process_asks_the_rights_for_itself(as_keyholder: Any) -> None:
    """As whoever runs code as the web server would: a request is a row, and rows can be written."""
    tip, elsewhere = reporting.report(contact=reporting.CONTACT), factories.person(code="bp3mi-jatim")
    ours = X25519PrivateKey.generate()
    key = identity.public(ours.public_key())
    made = models.IdentityRequest.objects.create(tip=tip, by=elsewhere, office=elsewhere.office, purpose="ask", reply_to=key, at=NOW)
    assert as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 0
    assert (made.answer.sealed, made.answer.refused, verbs()) == (None, "right", ["tip.identity_refused"])


@pytest.mark.usefixtures("_offices")
def test_no_request_ends_the_process_or_stops_the_next(as_keyholder: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """Rows as whoever runs code as the web server would write them: a key that is none, of the wrong length, of tomorrow."""
    tip, officer, ours = reporting.report(contact=reporting.CONTACT), factories.person(), X25519PrivateKey.generate()
    row: dict[str, Any] = {"tip": tip, "by": officer, "office": officer.office, "purpose": "ask", "at": NOW}
    key = identity.public(ours.public_key())
    none, tomorrow = (
        models.IdentityRequest.objects.create(**row, **given)
        for given in ({"reply_to": bytes(32)}, {"reply_to": key, "asked_at": timezone.now() + timedelta(days=400)})
    )
    with pytest.raises(IntegrityError, match="32 bytes"):
        models.IdentityRequest.objects.create(**row, reply_to=b"x" * 31)
    assert models.IdentityRequest.objects.filter(asked_at__gt=timezone.now() + timedelta(hours=1)).count() == 0
    opened = as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW))
    assert (opened, none.answer.refused, tomorrow.answer.refused) == (1, "key", "")
    monkeypatch.setattr(identity, "about", lambda _tip: 1 / 0)
    made = identity.ask(tip_id=tip.pk, purpose="ask", reply_to=key, by=officer, now=NOW)
    assert as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 0
    assert (made.answer.refused, [record.name for record in caplog.records]) == ("failed", ["patrol.intake.tips.keyholding"])


@pytest.mark.usefixtures("_offices")
def test_one_request_is_answered_once_and_only_to_its_own_key(as_keyholder: Any) -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    ours = X25519PrivateKey.generate()
    request = identity.ask(tip_id=tip.pk, purpose="ask", reply_to=identity.public(ours.public_key()), by=officer, now=NOW)
    turns = [as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) for _turn in range(2)]
    sealed = bytes(models.IdentityAnswer.objects.get().sealed or b"")
    assert turns == [1, 0]
    assert identity.unsealed(identity.SUITE.decrypt(sealed, ours, identity.answer_about(request))) == reporting.CONTACT
    with pytest.raises(InvalidTag):
        identity.SUITE.decrypt(sealed, X25519PrivateKey.generate(), identity.answer_about(request))


@pytest.mark.usefixtures("_offices")
def test_a_record_moved_beside_another_report_does_not_open(read: Any) -> None:
    """Not beside one that came in, which the database refuses, nor beside one that somebody writes for it."""
    theirs, mine = reporting.report(contact=reporting.CONTACT, where="Surabaya"), reporting.report()
    sealed = models.TipIdentity.objects.get(tip=theirs).sealed
    with pytest.raises(IntegrityError, match="came with it or not at all"):
        models.TipIdentity.objects.create(tip=mine, sealed=sealed, at=NOW)
    mine = models.Tip.objects.create(office=mine.office, kind="advert", words="Iklan", at=NOW)
    models.TipIdentity.objects.create(tip=mine, sealed=sealed, at=NOW)
    with pytest.raises(RefusedError) as refused:
        read(mine, factories.person())
    assert (refused.value.code, "tip.identity_opened" in verbs()) == ("identity.refused", False)


@pytest.mark.usefixtures("_offices")
def test_who_asks_too_often_or_too_late_gets_nothing(as_keyholder: Any, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    monkeypatch.setattr(identity, "MOST_OF_ALL", 1)
    assert read(tip, officer) == reporting.CONTACT
    with pytest.raises(RefusedError) as refused:
        read(tip, officer)
    assert refused.value.code == "identity.refused"
    monkeypatch.setattr(identity, "MOST_OF_ONE", 2)
    with pytest.raises(RefusedError) as refused:
        read(tip, officer)
    assert (refused.value.code, models.IdentityRequest.objects.count()) == ("identity.too_many", 2)
    monkeypatch.setattr(identity, "LATE_SECONDS", 0)
    monkeypatch.setattr(identity, "MOST_OF_ONE", 9)
    late = identity.ask(tip_id=tip.pk, purpose="ask", reply_to=b"x" * 32, by=officer, now=NOW)
    as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW))
    assert models.IdentityAnswer.objects.get(request=late).refused == "late"


@pytest.mark.usefixtures("_offices", "as_keyholder")
def test_what_was_opened_is_counted_with_its_people_from_the_first_moment_to_before_the_last() -> None:
    tip, officer, other = reporting.report(contact=reporting.CONTACT), factories.person(), factories.person()
    bare = reporting.report()
    since, until, moment = NOW, NOW + timedelta(days=7), timedelta(microseconds=1)

    reporting.opened(tip, officer, since - moment)
    reporting.opened(tip, officer, until)
    reporting.opened(bare, officer, since)  # refused: nothing is there
    assert identity.opened(since, until) == (0, 0)
    reporting.opened(tip, officer, since)
    assert identity.opened(since, until) == (1, 1)
    reporting.opened(tip, officer, until - moment)
    reporting.opened(tip, other, since)
    assert identity.opened(since, until) == (3, 2)
    log = models.AuditEntry.objects.filter(verb="tip.identity_opened", at__gte=since, at__lt=until)
    assert (log.count(), log.values("actor_id").distinct().count()) == (3, 2)


@pytest.mark.usefixtures("_offices")
def test_what_is_gone_stays_gone(read: Any) -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    request = identity.ask(tip_id=tip.pk, purpose="ask", reply_to=b"x" * 32, by=officer, now=NOW)
    ending.withdraw(tip.pk, now=NOW)
    with pytest.raises(RefusedError):
        read(tip, officer)
    assert (models.TipIdentity.objects.count(), models.IdentityAnswer.objects.filter(request=request, sealed__isnull=False).count()) == (
        0,
        0,
    )


@pytest.mark.usefixtures("_offices")
def test_nobody_answers_is_said_and_nothing_is_shown() -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    with pytest.raises(RefusedError) as refused:
        identity.read(tip_id=tip.pk, purpose="ask", by=officer, now=NOW, wait=lambda _seconds: None, seconds=0)
    assert (refused.value.code, verbs()) == ("identity.silent", ["tip.identity_asked"])


@pytest.mark.usefixtures("_offices")
@pytest.mark.parametrize(("purpose", "contact", "code"), [("", "x", "identity.purpose"), ("ask", "", "identity.gone")])
def test_a_purpose_and_a_contact_are_needed(purpose: str, contact: str, code: str) -> None:
    tip = reporting.report(contact=contact)
    with pytest.raises(RefusedError) as refused:
        identity.read(tip_id=tip.pk, purpose=purpose, by=factories.person(), now=NOW)
    assert (refused.value.code, models.IdentityRequest.objects.count()) == (code, 0)


@pytest.mark.usefixtures("_offices")
def test_the_database_gives_each_role_its_half() -> None:
    """The app cannot exchange what is sealed nor answer a request; the key process reads no report, no name and no password."""
    tip = reporting.report(contact=reporting.CONTACT)

    def refused(url: str, *statements: str) -> list[str]:
        passed = []
        line = psycopg2.connect(url, dbname=connection.settings_dict["NAME"])
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute("SET patrol.scope = 'everything'")  # what no wall hides
            for statement in statements:
                try:
                    cursor.execute(statement)
                    passed.append(statement)
                except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.CheckViolation):
                    pass
        line.close()
        return passed

    app = (
        "UPDATE patrol_tipidentity SET sealed = ''",
        "DELETE FROM patrol_tipidentity; INSERT INTO patrol_tipidentity (tip_id, sealed, at) SELECT id, '', now() FROM patrol_tip",
        "DELETE FROM patrol_identityanswer",
        "INSERT INTO patrol_identityanswer (request_id, sealed, refused, at) VALUES (1, '', '', now())",
        "DELETE FROM patrol_identityrequest",
    )
    assert refused(os.environ["DATABASE_URL"], *app) == []
    assert models.TipIdentity.objects.filter(tip=tip).exists()
    tables = ("patrol_tipmessage", "patrol_tippicture", "patrol_posttext", "patrol_protection", "patrol_credential")
    keyholder = (
        "SELECT words FROM patrol_tip",
        "SELECT receipt FROM patrol_tip",
        "SELECT name FROM patrol_person",
        "SELECT password FROM patrol_person",
        "DELETE FROM patrol_tipidentity",
        "UPDATE patrol_auditentry SET verb = ''",
    )
    assert refused(reporting.KEYHOLDER_URL, *keyholder, *(f"SELECT FROM {table}" for table in tables)) == []


def test_a_key_is_written_for_its_owner_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key"
    call_command("keyholder", new_key=file)
    public = capsys.readouterr().out.strip()
    assert (file.stat().st_mode & 0o777, identity.public(keyholding.load(file).public_key()).hex()) == (0o600, public)
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("keyholder", new_key=file)
    with pytest.raises(CommandError, match="not the private half of IDENTITY_KEY"):
        call_command("keyholder", key=file)
    file.chmod(0o640)
    with pytest.raises(CommandError, match="may be read by others"):
        call_command("keyholder", key=file)


@pytest.mark.usefixtures("_offices")
def test_the_process_answers_while_it_runs(as_keyholder: Any) -> None:
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    turns: list[int] = []
    identity.ask(tip_id=tip.pk, purpose="ask", reply_to=identity.public(X25519PrivateKey.generate().public_key()), by=officer, now=NOW)

    def ends() -> bool:
        turns.append(1)
        return len(turns) > 1

    as_keyholder(lambda: keyholding.serve(reporting.private_key(), ends=ends))
    assert (models.IdentityAnswer.objects.count(), models.Heartbeat.objects.filter(name="keyholder").count()) == (1, 1)


@pytest.mark.usefixtures("_offices")
def test_a_process_that_comes_back_too_late_opens_nothing(as_keyholder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked has been told that nothing was shown: the log must not say that it was opened."""
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    with pytest.raises(RefusedError) as refused:
        identity.read(tip_id=tip.pk, purpose="ask", by=officer, now=NOW, seconds=0.0)
    assert (refused.value.code, identity.LATE_SECONDS) == ("identity.silent", identity.ANSWER_SECONDS - 1)
    monkeypatch.setattr(identity, "LATE_SECONDS", 0.0)
    as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW))
    answer = models.IdentityAnswer.objects.get()
    assert (answer.sealed, answer.refused, "tip.identity_opened" in verbs()) == (None, "late", False)


def age(request: models.IdentityRequest) -> None:
    """Makes it too old, as a superuser: the database gives each request its own time, whoever writes it."""
    older = (
        f"UPDATE patrol_identityrequest SET asked_at = asked_at - interval '{identity.LATE_SECONDS + 1} seconds' WHERE id = {request.pk}"
    )
    as_superuser("SET session_replication_role = replica", older, database=connection.settings_dict["NAME"])


@pytest.mark.usefixtures("_offices")
def test_a_request_a_second_older_than_it_lasts_is_answered_to_nobody(as_keyholder: Any) -> None:
    tip, officer, ours = reporting.report(contact=reporting.CONTACT), factories.person(), X25519PrivateKey.generate()
    made = identity.ask(tip_id=tip.pk, purpose="ask", reply_to=identity.public(ours.public_key()), by=officer, now=NOW)
    age(made)
    assert as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 0
    assert (made.answer.refused, made.answer.sealed, "tip.identity_opened" in verbs()) == ("late", None, False)


@pytest.mark.usefixtures("_offices")
def test_a_request_that_grows_too_old_while_the_log_is_waited_for_is_opened_for_nobody(
    as_keyholder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one after it, asked a moment ago, is opened."""
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    theirs = [identity.public(X25519PrivateKey.generate().public_key()) for _request in range(2)]
    old, new = (identity.ask(tip_id=tip.pk, purpose="ask", reply_to=one, by=officer, now=NOW) for one in theirs)
    written: list[str] = []
    write = audit.write

    def slowly(verb: str, **told: Any) -> models.AuditEntry:
        row = write(verb, **told)
        written.append(verb)
        if len(written) == 1:
            age(old)
        return row

    monkeypatch.setattr(audit, "write", slowly)
    assert as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 1
    assert (old.answer.refused, old.answer.sealed, new.answer.refused) == ("late", None, "")
    assert (written, verbs()[2:]) == (
        ["tip.identity_opened", "tip.identity_refused", "tip.identity_opened"],
        ["tip.identity_refused", "tip.identity_opened"],
    )
    assert audit.verify() is None
