"""A worker is killed while it sends a mail to a member of staff: it goes out once, or nobody knows and that is what is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrol import models
from patrol.outgoing import mailing
from tests import factories, sink
from tests.cases.test_dying import Dying, dying  # noqa: F401 -- a fixture
from tests.cases.test_sending import use
from tests.factories import NOW
from tests.outgoing.test_mailing import ADDRESS, LATER

STEPS = (
    ("before", "asked", 0, "sent"),  # nothing was written: another worker begins anew
    ("after", "trying", 0, "unknown"),  # it was about to: nobody knows, though nothing left
    ("data", "trying", 1, "unknown"),  # the server has it, and nobody heard
    ("end", "trying", 1, "unknown"),  # the answer was heard, and not written
)


def test_a_worker_that_dies_sends_once_or_it_is_not_known(
    settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with sink.running() as (server, port):
        use(settings, port)
        monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("MAIL_FROM", "kirim@patroli.example")
        process: Dying = request.getfixturevalue("dying")
        for at, between, mails, after in STEPS:
            server.mails.clear()
            person = factories.person()
            code = models.AddressCode.objects.create(person=person, address=ADDRESS, nonce="n", expires_at=NOW + timedelta(hours=1))
            mailing.ask("address", str(code.pk), person_id=person.pk, target={"code": code.pk}, now=NOW)
            told = {"by": person, "now": LATER}
            assert process.act("carry_out_mail", told, at=at) == "died"
            assert (stands(), len(server.mails)) == (between, mails), at
            for _again in range(2):
                again()
                assert process.act("carry_out_mail", told) == "done"
                assert (stands(), len(server.mails)) == (after, 1 if after == "sent" else mails), at


def stands() -> str:
    return models.Dispatch.objects.latest("asked_at", "pk").state


def again() -> None:
    """The newest job as a worker finds it whose predecessor died."""
    newest = models.Job.objects.latest("pk")
    changes = {"state": "waiting", "ended_at": None, "due_at": NOW - timedelta(days=1), "lease_until": None, "lease_token": None}
    models.Job.objects.filter(pk=newest.pk).update(**changes)
