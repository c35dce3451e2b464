"""A worker is killed while it sends a mail, before and after it wrote that it tries, and after the server has the mail; and two people or
two workers in the same moment make one mail."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from patrol import models
from patrol.cases import sending
from patrol.infra import jobs
from tests import factories, races, sink
from tests.cases import test_sending
from tests.cases.test_dying import Dying, dying  # noqa: F401 -- a fixture


@pytest.mark.parametrize(
    ("at", "between", "mails", "after"),
    [
        ("before", "asked", 0, "sent"),  # nothing was written: another worker begins anew
        ("after", "trying", 0, "unknown"),  # it was about to: nobody knows, though nothing left
        ("data", "trying", 1, "unknown"),  # the server has it, and nobody heard
        ("end", "trying", 1, "unknown"),  # the answer was heard, and not written
    ],
)
def test_a_worker_that_dies_sends_once_or_a_person_is_asked(
    at: str, between: str, mails: int, after: str, settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with sink.running() as (server, port):
        test_sending.use(settings, port)
        monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("MAIL_FROM", "kirim@patroli.example")
        process: Dying = request.getfixturevalue("dying")
        officer = factories.person()
        made = test_sending.ask(test_sending.mailable(officer), officer)
        told = {"by": officer, "now": test_sending.LATER}
        assert process.act("carry_out_mail", told, at=at) == "died"
        assert (test_sending.stands(), len(server.mails)) == (("approved", between), mails)
        test_sending.again()
        assert process.act("carry_out_mail", told) == "done"
        assert test_sending.stands()[1] == after
        assert len(server.mails) == (1 if after == "sent" else mails)
        test_sending.again()
        assert process.act("carry_out_mail", told) == "done"
        assert len(server.mails) == (1 if after == "sent" else mails)
        assert list(sending.unknown_for(officer)) == ([made] if after == "unknown" else [])


def test_two_people_in_the_same_moment_make_one_mail_and_two_workers_send_it_once(committed: None, settings: Any) -> None:
    with sink.running() as (server, port):
        test_sending.use(settings, port)
        one, other = factories.person(), factories.person()
        made = test_sending.mailable(one)
        lock = f"SELECT 1 FROM patrol_case WHERE id = {made.case_id} FOR UPDATE"
        answers = races.race(lock, *(lambda by=by: test_sending.ask(made, by) for by in (one, other)))
        assert [type(answer).__name__ for answer in answers] == ["Referral", "StaleError"]
        other_worker = jobs.Leased(0, "mail", "", {"sending": models.Sending.objects.get().pk}, None, 2, uuid.uuid4())
        leased = [*jobs.claim(("mail",), 1), other_worker]
        carried = races.race(lock, *(lambda job=job: sending.carry_out(job, now=test_sending.LATER) for job in leased))
        assert (carried[0], type(carried[1]).__name__) == (None, "JobLostError")
        assert (len(server.mails), test_sending.stands()) == (1, ("sent", "sent"))
