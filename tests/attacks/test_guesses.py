"""Who guesses the number of a report finds none: there are too many numbers, and the page lets few be tried.

RECEIPT_GUESSES says how many are tried (`make soak`: a million), with the cost of the hash taken out; what it and the limits add to that
is counted in docs/offices/reports.md.
"""

from __future__ import annotations

import os
import time
from typing import Any, Final

import pytest
from django.test import Client

from patrol import models
from patrol.cases import objections
from patrol.intake.tips import following, receipts
from patrol.public import limits
from tests import factories
from tests.factories import NOW
from tests.public.conftest import caller
from tests.public.test_report import field

pytestmark = pytest.mark.django_db
GUESSES: Final = int(os.environ.get("RECEIPT_GUESSES", "2000"))
AT_ONCE: Final = 1_000
OPEN: Final = 2_000  # reports that wait in an office with much to do


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of open reports."""
    monkeypatch.setattr(receipts, "COST", 2)
    office = factories.offices()["bp3mi-jabar"]
    drawn = [receipts.draw() for _report in range(OPEN)]
    models.Tip.objects.bulk_create(
        models.Tip(receipt=receipts.hashed(number), last_digits=number[-4:], office=office, kind="advert", words=f"Iklan {place}", at=NOW)
        for place, number in enumerate(drawn)
    )
    return drawn


def opens(typed: str) -> bool:
    """What the page asks once it was somebody's turn: a report, else an objection."""
    receipt = receipts.hashed(receipts.read(typed))
    try:
        return bool(following.of_receipt(receipt))
    except following.UnknownError:
        return bool(objections.of_receipt(receipt))


def hits(guesses: list[str]) -> int:
    """The same question for many at once: the rows that carry what is kept of one of these numbers."""
    kept = [receipts.hashed(receipts.read(guess)) for guess in guesses]
    return sum(model.objects.filter(receipt__in=kept).count() for model in (models.Tip, models.Objection))


def test_guesses_find_no_report(numbers: list[str]) -> None:
    """Each tenth by the verbs that the page calls, a question each; all of them a thousand at a time."""
    assert ([opens(receipts.spaced(number)) for number in numbers[:2]], hits([*numbers[:2], receipts.draw()])) == ([True, True], 2)
    began, one_by_one = time.process_time(), 0
    for first in range(0, GUESSES, AT_ONCE):
        guesses = [receipts.draw() for _turn in range(min(AT_ONCE, GUESSES - first))]
        assert (hits(guesses), [guess for guess in guesses[::10] if opens(guess)]) == (0, [])
        one_by_one += len(guesses[::10])
    took = f"{time.process_time() - began:.0f} s of a processor"
    print(f"{GUESSES} guesses beside {OPEN} open reports, {one_by_one} of them one by one: none opened anything; {took}")


def test_the_page_lets_few_guesses_be_tried_and_tells_the_others_nothing(
    numbers: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """100 guesses from 10 addresses of one network; every tenth of an address, and all that come after, are numbers that open a report."""
    settings.PUBLIC_DESK = "1"
    monkeypatch.setattr(limits, "SECONDS", 30)  # a broker under load: asked too briefly it lets everybody in
    page, here, began = "/lapor/status/", caller(), time.monotonic()
    carried = field(Client().get(page))
    answers: list[tuple[str, Any]] = []

    def guess(client: Client, number: str) -> Any:
        answer = client.post(page, {"carried": carried, "number": number})
        answers.append((number, answer))
        return answer

    for place in range(10):
        client = Client(REMOTE_ADDR=here.replace("::1", f":{place:x}::1"))
        for _turn in range(9):
            guess(client, receipts.draw())
        guess(client, numbers[place])
    pace = limits.LIMITS["number"]
    opened = [number for number, answer in answers if answer.status_code == 200 and b"Laporan berakhiran" in answer.content]
    tried = [number for number, answer in answers if answer.status_code == 200]
    regained = (time.monotonic() - began) / pace.network.seconds
    assert (pace.address, pace.network) == (limits.Pace(10, 30), limits.Pace(60, 6))  # as the manual counts
    assert 60 <= len(tried) <= 60 + regained
    assert set(opened) == set(numbers) & set(tried)  # a positive control: whoever has the number and their turn reads

    waits = [(number, answer) for number, answer in answers if answer.status_code == 429]
    seen = {(answer.content.replace(number.encode(), b"NUMBER"), str(sorted(answer.headers.items()))) for number, answer in waits}
    known = {number in set(numbers) for number, _answer in waits}
    assert (len(waits), known, len(seen)) == (100 - len(tried), {True, False}, 1)
