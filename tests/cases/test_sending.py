"""An approved referral by mail: asked for by a person, carried out once, and where nobody knows what became of it a person says so."""

from __future__ import annotations

import email
import email.policy
import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import cases, models
from patrol.access import audit
from patrol.cases import channel_editions, documents, packets, referrals, sending
from patrol.cases.documents import Document
from patrol.domain import states
from patrol.evidence import raw
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories, sink
from tests.cases import asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MAIL = "aduan@badan.example"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def use(settings: Any, port: int, **given: Any) -> None:
    settings.MAIL = {"host": "127.0.0.1", "port": port, "security": "none", "user": "", "password": ""} | given
    settings.MAIL_FROM = "kirim@patroli.example"
    settings.MAIL_SECONDS = 5


@pytest.fixture
def server(settings: Any, request: pytest.FixtureRequest) -> Iterator[sink.Handler]:
    """One that takes what comes, or whose mode the test names."""
    with sink.running(getattr(request, "param", "takes")) as (handler, port):
        use(settings, port)
        yield handler


def enter_address(by: models.Person, channel: str = "platform_form", target: str = "", seen: int = 1) -> None:
    told: dict[str, Any] = {"columns": [("no", "No"), ("value", "Tautan")], "hours_usual": 48, "hours_urgent": 4, "source": "Surat"}
    channel_editions.enter(channel=channel, addresses=[(target, MAIL)], seen=seen, by=by, now=NOW, **told)


def mailable(officer: models.Person, channel: str = "platform_form", **given: Any) -> models.Referral:
    """An approved referral to a body with an address."""
    code = "directorate" if officer.at_directorate else asked.OWN
    case = asked.case_of(2, code, by=officer)
    target = "Badan contoh" if channel != "komdigi" else ""
    enter_address(factories.person(Role.SUPERVISOR, "directorate"), channel, target)
    return asked.approved(case, officer, channel, **given)


def files(made: models.Referral) -> list[str]:
    return [file["sha256"] for file in documents.listed(made, packets.lines(made))]


def ask(made: models.Referral, by: models.Person, **given: Any) -> models.Referral:
    told: dict[str, Any] = {"seen_files": files(made), "seen_version": made.version, **given}
    return sending.ask(referral_id=made.pk, by=by, now=NOW, **told)


def settle(made: models.Referral, by: models.Person, **given: Any) -> models.Referral:
    told: dict[str, Any] = {"arrived": True, "note": "Ditelepon: sudah masuk", "seen_version": made.version, **given}
    return sending.settle(referral_id=made.pk, by=by, now=LATER, **told)


def run() -> jobs.Leased | None:
    return jobs.run({"mail": sending.carry_out}, now=LATER)


def again() -> None:
    """The job as a worker finds it whose predecessor died."""
    models.Job.objects.filter(kind="mail").update(
        state="waiting", ended_at=None, due_at=NOW - timedelta(days=1), lease_until=None, lease_token=None
    )


def stands() -> tuple[str, str]:
    mail = models.Sending.objects.latest("id")
    return models.Referral.objects.get().state, mail.state


def kinds(made: models.Referral) -> list[str]:
    return list(made.events.values_list("kind", flat=True))[-2:]


# --- sent -------------------------------------------------------------------------------------------


def test_asked_for_and_sent_once_with_what_was_approved(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    assert (stands(), server.mails, models.Job.objects.filter(kind="mail").count()) == (("approved", "asked"), [], 1)
    content = packets.packed(made, packets.lines(made), confirmed=None)
    run()
    made.refresh_from_db()
    mail = made.sendings.get()
    assert stands() == ("sent", "sent")
    assert (made.sent_by, made.sent_at, made.sent_how, made.due_at) == (officer, LATER, "mail", LATER + timedelta(hours=48))
    assert made.receipt == f"250 2.0.0 antre A1 {mail.message_id}"
    assert (mail.approved_by, mail.approved_at) == (made.approved_by, made.approved_at)
    assert models.Case.objects.get().state == "referred"
    assert models.LinkSchedule.objects.count() == 2
    (envelope,) = server.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("kirim@patroli.example", [MAIL])
    read = email.message_from_bytes(bytes(envelope.original_content or b""), policy=email.policy.default)
    assert (read["To"], read["Message-ID"], read["Subject"]) == (MAIL, mail.message_id, f"Laporan ke platform, {made.number}")
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (f"{made.number}.zip", content)
    assert mail.files[0]["sha256"] in read.get_body().get_content()  # type: ignore[union-attr]
    assert kinds(made) == ["mail_asked", "sent"]
    assert audit.verify() is None
    again()
    run()
    assert (stands(), len(server.mails)) == (("sent", "sent"), 1)


def test_the_documents_that_were_approved_go_along_byte_for_byte(server: sink.Handler) -> None:
    analyst = factories.person(Role.ANALYST)
    made = ask(mailable(analyst, "komdigi"), analyst)
    assert made.approved_by is not None
    kept = {one.sha256: one.content for one in documents.approved(made)}
    run()
    (envelope,) = server.mails
    read = email.message_from_bytes(bytes(envelope.original_content or b""), policy=email.policy.default)
    attached = {str(one.get_filename()): one.get_content() for one in read.iter_attachments()}
    assert stands() == ("sent", "sent")
    assert [name.rpartition(".")[2] for name in attached][-1] == "zip"
    assert {hashlib.sha256(content).hexdigest(): content for content in attached.values()}.items() <= kept.items()
    assert len(attached) == 2


def test_a_document_that_was_lost_does_not_leave(server: sink.Handler, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst = factories.person(Role.ANALYST)
    ask(mailable(analyst, "komdigi"), analyst)
    monkeypatch.setattr(raw, "whole", lambda sha256: b"lain")
    run()
    assert (stands(), server.mails, models.Sending.objects.get().said) == (("approved", "refused"), [], "differs")


def test_no_rule_and_no_task_asks(officer: models.Person, server: sink.Handler) -> None:
    made = mailable(officer)
    assert (run(), models.Job.objects.filter(kind="mail").count(), server.mails) == (None, 0, [])
    assert made.sendings.count() == 0


def test_two_people_at_once_make_one_mail(officer: models.Person, server: sink.Handler) -> None:
    made = mailable(officer)
    ask(made, officer)
    with pytest.raises(cases.StaleError):
        ask(made, factories.person())
    made.refresh_from_db()
    with pytest.raises(RefusedError, match=r"^referral\.on_its_way$"):
        ask(made, factories.person())
    with pytest.raises(IntegrityError, match="sending_once_on_its_way"), transaction.atomic():
        told = models.Sending.objects.values("address", "files", "approved_by_id", "approved_at", "asked_by_id", "asked_at").get()
        models.Sending.objects.create(referral=made, **told)
    run()
    assert (len(server.mails), models.Sending.objects.count()) == (1, 1)


def test_while_it_is_on_its_way_nothing_else_happens_to_it(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    acts: list[Callable[[], Any]] = [
        lambda: asked.mark_sent(made, officer),
        lambda: asked.filled(made, officer),
        lambda: referrals.withdraw(referral_id=made.pk, note="x", seen_version=made.version, by=officer, now=NOW),
    ]
    for act in acts:
        with pytest.raises(RefusedError, match=r"^referral\.on_its_way$"):
            act()
    with pytest.raises(IntegrityError, match="is on its way by mail"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(state="withdrawn")
    assert stands() == ("approved", "asked")


def test_taken_back_before_it_left_it_does_not_leave(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    made = sending.take_back(referral_id=made.pk, seen_version=made.version, by=officer, now=NOW)
    run()
    assert (stands(), server.mails) == (("approved", "taken_back"), [])
    with pytest.raises(RefusedError, match=r"^sending\.moved$"):
        sending.take_back(referral_id=made.pk, seen_version=made.version, by=officer, now=NOW)
    ask(made, officer)
    run()
    assert (stands(), len(server.mails)) == (("sent", "sent"), 1)


# --- asked for in vain ------------------------------------------------------------------------------


def test_only_what_stood_on_the_page_is_asked_for(officer: models.Person, server: sink.Handler) -> None:
    made = mailable(officer)
    for seen in ([], ["0" * 64], [*files(made), "0" * 64]):
        with pytest.raises(RefusedError, match=r"^sending\.other_files$"):
            ask(made, officer, seen_files=seen)
    assert models.Sending.objects.count() == 0


def test_without_server_address_or_approval_nothing_is_asked_for(
    officer: models.Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = asked.approved(asked.case_of(by=officer), officer, "platform_form")  # before there was an address
    made = mailable(officer)
    settings.MAIL = None
    with pytest.raises(RefusedError, match=r"^sending\.no_server$"):
        ask(made, officer)
    use(settings, 1)
    with pytest.raises(RefusedError, match=r"^sending\.no_address$"):
        ask(other, officer)
    submitted = asked.submitted(asked.case_of(by=officer), officer)
    with pytest.raises(states.MoveRefusedError):
        ask(submitted, officer)
    monkeypatch.setattr(sending, "MOST_BYTES", 10)
    with pytest.raises(RefusedError, match=r"^sending\.large$"):
        ask(made, officer)
    assert (models.Sending.objects.count(), models.Job.objects.filter(kind="mail").count()) == (0, 0)


def test_who_may_not_send_asks_for_nothing(server: sink.Handler) -> None:
    analyst = factories.person(Role.ANALYST)
    made = mailable(analyst, "komdigi")
    for by in (factories.person(), factories.person(Role.SUPERVISOR), factories.person(code="bp3mi-sulsel")):
        with pytest.raises(PermissionDenied):
            ask(made, by)
    told: dict[str, Any] = {"address": MAIL, "files": [], "asked_at": NOW, "referral": made, "approved_at": made.approved_at}
    with pytest.raises(IntegrityError, match="goes out from the directorate"), transaction.atomic():
        models.Sending.objects.create(asked_by=factories.person(), **told, approved_by_id=made.approved_by_id or 0)
    with pytest.raises(IntegrityError, match="nobody approved this sending"), transaction.atomic():
        models.Sending.objects.create(asked_by=analyst, approved_by_id=analyst.pk, **told)
    assert models.Sending.objects.count() == 0


# --- bytes that differ ------------------------------------------------------------------------------


def test_bytes_that_differ_from_the_approval_do_not_leave(
    officer: models.Person, server: sink.Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(mailable(officer), officer)
    real = packets.packed
    monkeypatch.setattr(packets, "packed", lambda *given, **named: real(*given, **named) + b"\0")
    run()
    assert (stands(), server.mails, models.Sending.objects.get().said) == (("approved", "refused"), [], "differs")
    assert set(models.Notice.objects.filter(kind="referral_mail_refused").values_list("person", flat=True)) == {officer.pk}


def test_a_packet_that_changed_since_its_approval_is_not_asked_for(
    officer: models.Person, server: sink.Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mailable(officer)
    real = packets.packed
    monkeypatch.setattr(packets, "packed", lambda *given, **named: real(*given, **named) + b"\0")
    with pytest.raises(RefusedError, match=r"^sending\.differs$"):
        ask(made, officer)
    assert models.Sending.objects.count() == 0


def test_a_post_no_longer_confirmed_does_not_leave(officer: models.Person, server: sink.Handler) -> None:
    ask(mailable(officer), officer)
    models.Flag.objects.update(state="waiting", decided_at=None)
    run()
    assert (stands(), server.mails) == (("approved", "refused"), [])


def test_an_address_entered_after_the_approval_redirects_nothing(officer: models.Person, server: sink.Handler) -> None:
    made = mailable(officer)
    told: dict[str, Any] = {"columns": [("value", "Tautan")], "hours_usual": 48, "hours_urgent": 4, "source": "Surat"}
    by = factories.person(Role.SUPERVISOR, "directorate")
    channel_editions.enter(channel=made.channel, addresses=[("", "lain@pihak.example")], seen=2, by=by, now=NOW, **told)
    ask(made, officer)
    run()
    assert [mail.rcpt_tos for mail in server.mails] == [[MAIL]]


def test_what_a_mail_is_does_not_change(officer: models.Person, server: sink.Handler) -> None:
    ask(mailable(officer), officer)
    changes: list[dict[str, Any]] = [{"address": "lain@pihak.example"}, {"files": []}, {"approved_by": officer}]
    for given in changes:
        with pytest.raises(IntegrityError, match="what it is does not change"), transaction.atomic():
            models.Sending.objects.update(**given)
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        models.Sending.objects.all().delete()
    with pytest.raises(IntegrityError, match="no move from asked to sent"), transaction.atomic():
        models.Sending.objects.update(state="sent", tried_at=NOW, message_id="<x@y>")


# --- refused, unknown -------------------------------------------------------------------------------


@pytest.mark.parametrize("server", ["refuses_address", "refuses_mail"], indirect=True)
def test_a_refusal_is_told_in_the_server_s_words_and_may_be_asked_again(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    run()
    mail = models.Sending.objects.get()
    assert (stands(), mail.said[:2]) == (("approved", "refused"), "55")
    assert list(models.Notice.objects.filter(kind="referral_mail_refused").values_list("person", flat=True)) == [officer.pk]
    again()
    run()
    assert (stands(), server.mails) == (("approved", "refused"), [])
    server.mode = "takes"
    made.refresh_from_db()
    ask(made, officer)
    run()
    assert (stands(), len(server.mails)) == (("sent", "sent"), 1)


@pytest.mark.parametrize("server", ["drops", "hangs"], indirect=True)
def test_without_an_answer_it_waits_for_a_person_and_is_never_tried_again(
    officer: models.Person, server: sink.Handler, settings: Any
) -> None:
    settings.MAIL_SECONDS = 0.3
    made = ask(mailable(officer), officer)
    run()
    assert (stands(), len(server.mails)) == (("approved", "unknown"), 1)
    assert list(models.Notice.objects.filter(kind="referral_mail_unknown").values_list("person", flat=True)) == [officer.pk]
    assert list(sending.unknown_for(officer)) == [made]
    assert list(sending.unknown_for(factories.person(code="bp3mi-sulsel"))) == []
    for _ in range(3):
        again()
        run()
    assert (stands(), len(server.mails)) == (("approved", "unknown"), 1)
    made.refresh_from_db()
    with pytest.raises(RefusedError, match=r"^referral\.on_its_way$"):
        ask(made, officer)


@pytest.mark.parametrize("server", ["drops"], indirect=True)
def test_a_person_says_what_became_of_it(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    run()
    made.refresh_from_db()
    for given, code in (({"arrived": None}, "sending.arrived arrived"), ({"note": " "}, "sending.note note")):
        with pytest.raises(RefusedError, match=rf"^{code}$"):
            settle(made, officer, **given)
    made = settle(made, officer, arrived=False, note="Ditelepon: tidak ada")
    assert (stands(), models.Sending.objects.get().settled_by) == (("approved", "refused"), officer)
    server.mode = "drops"
    ask(made, officer)
    run()
    made.refresh_from_db()
    other = factories.person(Role.SUPERVISOR)
    made = settle(made, other)
    assert (stands(), made.sent_by, made.sent_at, made.receipt) == (("sent", "sent"), other, LATER, "Ditelepon: sudah masuk")
    assert (len(server.mails), list(sending.unknown_for(officer))) == (2, [])
    with pytest.raises(RefusedError, match=r"^sending\.moved$"):
        settle(made, officer)


def test_one_that_bounced_is_sent_again_where_a_person_asks(officer: models.Person, server: sink.Handler) -> None:
    made = ask(mailable(officer), officer)
    run()
    made.refresh_from_db()
    made = referrals.contact_failed(referral_id=made.pk, note="Kembali", seen_version=made.version, by=officer, now=LATER)
    ask(made, officer)
    run()
    assert (stands(), len(server.mails), models.Sending.objects.count()) == (("sent", "sent"), 2, 2)


# --- nothing gets into a header ---------------------------------------------------------------------

BREAKS = ("\r\nBcc: x@pihak.example", "\nX-Lain: 1", "\u2028Bcc: x@pihak.example", "\x85Bcc: x@pihak.example", "\0")


@pytest.mark.parametrize("broken", BREAKS)
def test_nothing_typed_becomes_a_header_or_an_address(broken: str) -> None:
    made = models.Referral(number=f"RJK-26-0001{broken}", channel="komdigi", target=f"Badan{broken}", round=1)
    mail = models.Sending(address=MAIL, message_id="<RJK-26-0001.1@patroli.example>")
    file = Document(f"surat{broken}.pdf", "application/pdf", b"%PDF", "0" * 64)
    read = email.message_from_bytes(sending.written(made, mail, [file], NOW).as_bytes(), policy=email.policy.default)
    assert set(read.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    (attached,) = read.iter_attachments()
    assert (attached.get_content(), set(str(attached.get_filename())) <= set("suratBcc_Xx@pihak.example-Lain1pdf.")) == (b"%PDF", True)
    assert (read["To"], "Bcc" in read, "X-Lain" in read) == (MAIL, False, False)


def test_a_correction_says_that_it_is_one() -> None:
    made = models.Referral(number="RJK-26-0002", channel="komdigi", round=1, corrects=models.Referral(number="RJK-26-0001"))
    message = sending.written(made, models.Sending(address=MAIL, message_id="<a@b>"), [], NOW)
    assert message["Subject"] == "Koreksi atas RJK-26-0001, RJK-26-0002"
    assert "koreksi atas RJK-26-0001, nomor RJK-26-0002" in message.get_content()


def test_an_address_with_a_line_in_it_is_no_header() -> None:
    made = models.Referral(number="RJK-26-0001", channel="komdigi", round=1)
    with pytest.raises(ValueError, match="may not contain"):
        sending.written(made, models.Sending(address=f"{MAIL}\r\nBcc: x@pihak.example", message_id="<a@b>"), [], NOW)
