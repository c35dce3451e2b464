"""A worker is killed while it sends a mail, before and after it wrote that it tries, and after the server has the mail."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.cases import sending
from tests import factories, sink
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
