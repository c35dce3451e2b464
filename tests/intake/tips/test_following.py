"""Whoever has the number reads, answers and withdraws; whoever has none learns nothing."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import models
from patrol.domain.states import TipState
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import ending, following, handling, items, receipts
from tests import factories
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _offices() -> None:
    factories.offices()


def reply(tip: models.Tip, text: str = "Nomor lain 0812-0000-7777", **given: Any) -> models.TipMessage:
    asked: dict[str, Any] = {"receipt": tip.receipt, "text": text, "pictures": [], "key": uuid.uuid4(), "now": NOW}
    return following.reply(**(asked | given))


def test_the_number_opens_its_report_and_no_other() -> None:
    number = receipts.draw()
    mine, _other = reporting.report(number=number), reporting.report()
    assert following.of_number(number) == mine


def test_unknown_withdrawn_and_run_out_are_the_same_question_and_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes: list[str] = []
    slow = receipts.hashed

    def hashed(digits: str) -> str:
        hashes.append(digits)
        return slow(digits)

    monkeypatch.setattr(receipts, "hashed", hashed)
    unknown, withdrawn, ran_out = (receipts.draw() for _number in range(3))
    ending.withdraw(reporting.report(number=withdrawn).pk, now=NOW)
    ending._empty(reporting.report(number=ran_out, words="lain sekali").pk, models.TipEventKind.RAN_OUT, NOW)
    hashes.clear()
    asked = []
    for number in (unknown, withdrawn, ran_out):
        with CaptureQueriesContext(connection) as queries, pytest.raises(following.UnknownError):
            following.of_number(number)
        asked.append([query["sql"].replace(slow(number), "HASH") for query in queries])
    assert (len(asked[0]), asked[0] == asked[1] == asked[2], hashes) == (1, True, [unknown, withdrawn, ran_out])


def test_a_reply_is_kept_once_and_waits_for_an_officer() -> None:
    tip, officer, key = reporting.report(), factories.person(), uuid.uuid4()
    handling.write(tip_id=tip.pk, text="Nomor mana?", asks=True, seen_version=1, by=officer, now=NOW)
    sent = [reply(tip, key=key, pictures=[b"jpeg"]) for _turn in range(2)]
    tip.refresh_from_db()
    assert (sent[0], tip.state, tip.waits_since) == (sent[1], TipState.READ, NOW)
    assert [(one.by, one.text) for one in tip.messages.all()] == [(officer, "Nomor mana?"), (None, "Nomor lain 0812-0000-7777")]
    assert sent[0].pictures.count() == 1


def test_a_reply_holds_its_report_and_the_first_of_the_item_and_none_of_the_others() -> None:
    """However many say the same: a message costs what it costs beside one."""
    first, *others = (reporting.report() for _report in range(4))
    assert [items.locked_with_head(one.pk) for one in (first, others[1])] == [[first], [first, others[1]]]
    with CaptureQueriesContext(connection) as queries:
        reply(others[1])
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert (len(locks), 'same_as_id" = ' in locks[0]) == (1, False)
    first.refresh_from_db()
    assert (first.version, [models.Tip.objects.get(pk=one.pk).version for one in others]) == (5, [1, 2, 1])


@pytest.mark.parametrize(("text", "code"), [(" ", "tip.message"), ("x" * 3_001, "tip.message_too_long")])
def test_a_reply_says_something(text: str, code: str) -> None:
    tip = reporting.report()
    with pytest.raises(RefusedError) as refused:
        reply(tip, text)
    assert (refused.value.code, tip.messages.count()) == (code, 0)


def test_a_closed_report_takes_no_reply() -> None:
    tip = reporting.report()
    handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=1, by=factories.person(), now=NOW)
    with pytest.raises(RefusedError) as refused:
        reply(tip)
    assert (refused.value.code, tip.messages.count()) == ("tip.closed", 1)


def test_a_report_is_no_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_MESSAGES", 1)
    tip = reporting.report()
    reply(tip)
    with pytest.raises(RefusedError) as refused:
        reply(tip)
    assert (refused.value.code, tip.messages.count()) == ("tip.full", 1)
