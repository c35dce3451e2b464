"""Mails to members of staff: each once, what became of it told as it is known, and nothing to whom it is not for any more."""

from __future__ import annotations

import email
import email.policy
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from patrol import models
from patrol.access import audit
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Way
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Attached, Letter
from tests import factories, sink
from tests.cases.test_sending import use
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
ADDRESS = "petugas@kantor.example"
LETTERS = {"contoh": "tests.outgoing.test_mailing.written", "rusak": "tests.outgoing.test_mailing.broken"}


def written(dispatch: models.Dispatch, *, now: Any) -> Letter | None:
    if not dispatch.target["week"]:
        return None
    return Letter(f"Minggu {dispatch.target['week']}\r\nBcc: x@y.example", "Isi.\n", (Attached("rekap 1.pdf", "application/pdf", b"%PDF"),))


def broken(dispatch: models.Dispatch, *, now: Any) -> Letter | None:
    raise ZeroDivisionError


@pytest.fixture
def person(settings: Any) -> models.Person:
    settings.LETTERS = LETTERS
    made = factories.person()
    models.Person.objects.filter(pk=made.pk).update(mail=ADDRESS)
    return made


@pytest.fixture
def server(settings: Any, request: pytest.FixtureRequest) -> Iterator[sink.Handler]:
    with sink.running(getattr(request, "param", "takes")) as (handler, port):
        use(settings, port)
        yield handler


def ask(person: models.Person, week: int = 47, kind: str = "contoh") -> bool:
    return mailing.ask(kind, f"{week} {person.pk}", person_id=person.pk, target={"week": week}, now=NOW) is not None


def run() -> None:
    jobs.run({"dispatch": mailing.carry_out}, now=LATER)


def again() -> None:
    """The job as a worker finds it later, or whose predecessor died."""
    models.Job.objects.update(state="waiting", ended_at=None, due_at=NOW - timedelta(days=1), lease_until=None, lease_token=None)


def stands() -> tuple[str, str]:
    return models.Dispatch.objects.values_list("state", "said").get()


def test_sent_once_with_what_it_holds_at_that_time(person: models.Person, server: sink.Handler) -> None:
    assert (ask(person), ask(person), models.Job.objects.count(), server.mails) == (True, False, 1, [])
    run()
    (envelope,) = server.mails
    assert (envelope.mail_from, envelope.rcpt_tos, stands()) == ("kirim@patroli.example", [ADDRESS], ("sent", "250 2.0.0 antre A1"))
    read = email.message_from_bytes(bytes(envelope.original_content or b""), policy=email.policy.default)
    told = {name: read[name] for name in ("To", "Subject", "Bcc", "Auto-Submitted", "Message-ID")}
    mail = models.Dispatch.objects.get()
    assert told == {
        "To": ADDRESS,
        "Subject": "Minggu 47 Bcc: x@y.example",
        "Bcc": None,
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<contoh.{mail.pk}@patroli.example>",
    }
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("rekap_1.pdf", b"%PDF")
    again()
    run()
    assert (ask(person), len(server.mails), stands()[0]) == (False, 1, "sent")


@pytest.mark.parametrize("server", ["refuses_address"], indirect=True)
def test_refused_for_good_is_told_and_not_tried_again(person: models.Person, server: sink.Handler) -> None:
    ask(person)
    run()
    assert (stands(), models.Job.objects.get().state) == (("refused", "550 5.1.1 tidak ada di sini"), "done")


@pytest.mark.parametrize("server", ["drops"], indirect=True)
def test_without_an_answer_nobody_knows_and_it_is_not_sent_again(person: models.Person, server: sink.Handler) -> None:
    ask(person)
    run()
    again()
    run()
    assert (stands()[0], len(server.mails)) == ("unknown", 1)


def tried(now: Any) -> tuple[int, str, str]:
    jobs.run({"dispatch": mailing.carry_out}, now=now)
    job = models.Job.objects.get()
    models.Job.objects.filter(state="waiting").update(due_at=NOW - timedelta(days=1))
    return job.attempts, job.state, stands()[0]


def test_a_server_that_is_away_is_asked_again_for_a_day_and_then_no_more(person: models.Person, settings: Any) -> None:
    use(settings, 1)
    ask(person)
    over = NOW + mailing.LASTS
    found = [tried(LATER) for _try in range(6)] + [tried(over - timedelta(seconds=1)), tried(over), tried(over)]
    attempts = [1, 2, 3, 3, 3, 3, 3, 4]
    assert found == [*((one, "waiting", "asked") for one in attempts), (5, "given_up", "refused")]
    with sink.running() as (server, port):
        use(settings, port)
        run()
        assert server.mails == []


def test_what_was_gathered_is_gathered_anew_and_not_tried_for_a_day(person: models.Person, settings: Any) -> None:
    use(settings, 1)
    ask(person)
    given: dict[str, Any] = {"person": person, "way": "mail", "kind": "flags", "what": "flag", "dispatch": models.Dispatch.objects.get()}
    for ref, at in ((1, NOW), (2, LATER - mailing.LASTS)):
        models.Told.objects.create(ref=ref, at=at, **given)
    assert [tried(LATER) for _try in range(jobs.TRIES)][-2:] == [(4, "waiting", "asked"), (5, "given_up", "refused")]
    assert list(models.Told.objects.filter(dispatch=None).values_list("ref", flat=True)) == [1]


def test_away_at_first_and_then_sent(person: models.Person, settings: Any) -> None:
    use(settings, 1)
    ask(person)
    run()
    again()
    with sink.running() as (server, port):
        use(settings, port)
        run()
        assert (stands()[0], len(server.mails)) == ("sent", 1)


@pytest.mark.parametrize(
    ("changed", "week", "came"),
    [
        ({"is_active": False}, 47, ("dropped", "inactive")),
        ({"mail": ""}, 47, ("dropped", "no_address")),
        ({}, 0, ("dropped", "not_wanted")),
    ],
)
def test_to_whom_it_is_not_for_any_more_nothing_leaves(
    changed: dict[str, Any], week: int, came: tuple[str, str], person: models.Person, server: sink.Handler
) -> None:
    ask(person, week)
    models.Person.objects.filter(pk=person.pk).update(**changed)
    run()
    assert (stands(), models.Job.objects.get().state, server.mails) == (came, "done", [])


def test_without_a_server_it_is_said(person: models.Person, settings: Any) -> None:
    settings.MAIL = None
    ask(person)
    run()
    assert stands() == ("refused", "no_server")


def test_what_cannot_be_written_is_tried_again_and_then_told(person: models.Person, server: sink.Handler) -> None:
    ask(person, kind="rusak")
    run()
    assert stands() == ("asked", "")
    models.Job.objects.update(attempts=jobs.TRIES - 1)
    models.Job.objects.update(due_at=NOW - timedelta(days=1))
    run()
    assert (stands(), server.mails) == (("refused", "not_written"), [])


# --- sent again ---------------------------------------------------------------------------------------


def press(mail: models.Dispatch, by: models.Person, now: Any = LATER) -> None:
    mailing.again(dispatch_id=mail.pk, seen=mail.asked_at.isoformat(), by=by, now=now)


@pytest.mark.parametrize("server", ["drops", "refuses_address"], indirect=True)
def test_sent_again_once_a_press_by_whoever_it_is_for(person: models.Person, server: sink.Handler, settings: Any) -> None:
    ask(person)
    run()
    mail, before = models.Dispatch.objects.get(), len(server.mails)
    with pytest.raises(models.Dispatch.DoesNotExist):
        press(mail, factories.person("administrator"))
    press(mail, person)
    for _again in range(2):  # the same press twice, before it left and after
        with pytest.raises(RefusedError, match=r"^dispatch\.again"):
            press(mail, person, LATER + timedelta(seconds=1))
        with sink.running() as (other, port):
            use(settings, port)
            run()
            run()
            assert (stands()[0], len(server.mails), len(other.mails)) == ("sent", before, 1 - _again)
    row = models.AuditEntry.objects.get(verb="dispatch.again")
    assert (row.actor_id, row.before, row.after) == (person.pk, {"state": mail.state}, {"state": "asked", "kind": "contoh"})
    assert audit.verify() is None


def test_what_arrived_what_is_asked_for_anew_and_what_is_gathered_anew_is_not_sent_again(
    person: models.Person, server: sink.Handler, settings: Any
) -> None:
    settings.LETTERS = {**LETTERS, "address": LETTERS["contoh"], "notices": LETTERS["contoh"]}
    for kind, state in (("contoh", "dropped"), ("address", "refused"), ("notices", "refused")):
        ask(person, kind=kind)
        models.Dispatch.objects.filter(kind=kind).update(state=state)
    for mail in models.Dispatch.objects.all():
        with pytest.raises(RefusedError, match=r"^dispatch\.again"):
            press(mail, person)
    assert models.AuditEntry.objects.filter(verb="dispatch.again").count() == 0
    gathered = models.Dispatch.objects.get(kind="notices")
    models.Told.objects.create(person=person, way="mail", kind="flags", what="flag", ref=1, at=NOW, dispatch=gathered)
    press(gathered, person)
    assert list(models.Dispatch.objects.order_by("id").values_list("state", flat=True)) == ["dropped", "refused", "asked"]


def test_what_was_put_off_is_tried_at_once_where_the_way_is_another_one_now(person: models.Person, settings: Any) -> None:
    """Once each, and what a worker holds is left to it."""
    use(settings, 1)
    for week in (47, 48):
        ask(person, week)
        run()
    ask(factories.person(), 49)
    run()
    held = models.Job.objects.earliest("pk")
    models.Job.objects.filter(pk=held.pk).update(lease_until=datetime.now(UTC) + timedelta(minutes=5), lease_token=uuid.uuid4())
    assert (mailing.hurry([person.pk], Way.TELEGRAM), mailing.hurry([person.pk], Way.MAIL), mailing.hurry([person.pk], Way.MAIL)) == (
        0,
        1,
        0,
    )
    with sink.running() as (server, port):
        use(settings, port)
        for _round in range(3):
            run()
        assert [envelope.rcpt_tos for envelope in server.mails] == [[ADDRESS]]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("550 5.1.1 <Petugas@kantor.example>: user unknown", "550 5.1.1 <••••>: user unknown"),
        ("550 user petugas is not here (petugas+a@kantor.example)", "550 user •••• is not here (••••)"),
        ("451 kirim@patroli.example: petugass, try later", "451 ••••: petugass, try later"),
        ("250 2.0.0 antre 4FxYz12345678", "250 2.0.0 antre 4FxYz12345678"),
    ],
)
def test_what_a_server_says_is_kept_without_addresses(words: str, kept: str) -> None:
    assert mailing.without_addresses(words, ADDRESS) == kept


def test_an_unknown_kind_is_refused(person: models.Person) -> None:
    with pytest.raises(ValueError, match="lain"):
        ask(person, kind="lain")
    assert (models.Dispatch.objects.count(), models.Job.objects.count()) == (0, 0)


def test_links_only_where_somebody_said_where_the_workbench_is(settings: Any) -> None:
    settings.SITE_URL = ""
    assert mailing.link("/kerja/") == ""
    settings.SITE_URL = "https://sipatrol.example"
    assert mailing.link("/kerja/") == "https://sipatrol.example/kerja/"
