"""What is left of a report that is withdrawn or has run out."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from patrol import models
from patrol.access import audit
from patrol.domain.states import TipState
from patrol.intake.tips import drafts, ending, following, handling
from tests import factories
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db
DAYS_90 = timedelta(days=90)


@pytest.fixture(autouse=True)
def _offices() -> None:
    factories.offices()


def full() -> models.Tip:
    """A report with all there can be."""
    tip = reporting.report(contact=reporting.CONTACT, pictures=(b"jpeg",), when="kemarin")
    following.reply(receipt=str(tip.receipt), text="tambahan", pictures=[b"jpeg"], key=uuid.uuid4(), now=NOW)
    tip.refresh_from_db()
    return tip


def left(tip: models.Tip) -> dict[str, Any]:
    tip.refresh_from_db()
    return {
        "words": bool(tip.words),
        "place": bool(tip.where or tip.when),
        "way in": bool(tip.receipt),
        "messages": tip.messages.count(),
        "pictures": tip.pictures.count(),
        "identity": models.TipIdentity.objects.filter(tip=tip).count(),
    }


NOTHING = {"words": False, "place": False, "way in": False, "messages": 0, "pictures": 0, "identity": 0}


def in_case(tip: models.Tip) -> models.Case:
    flag, officer = factories.flag(), factories.person()
    handling.join(tip_id=tip.pk, flag=flag.number, seen_version=tip.version, by=officer, now=NOW)
    return cased(flag, officer)


def cased(flag: models.Flag, officer: models.Person) -> models.Case:
    case = models.Case.objects.create(number="PKR-26-0001", title="Uji", office=flag.office, opened_by=officer, opened_at=NOW)
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=officer, added_at=NOW)
    return case


def test_withdrawing_leaves_nothing_but_the_timeline() -> None:
    tip = full()
    assert following.withdraw(receipt=str(tip.receipt), now=NOW) == ending.Stays(words=False, post=False)
    assert left(tip) == NOTHING
    assert (tip.state, tip.emptied_at) == (TipState.WITHDRAWN, NOW)
    assert [event.kind for event in tip.events.all()] == ["received", "replied", "withdrawn"]
    assert models.AuditEntry.objects.get(verb="tip.withdrawn").after == {"words_stay": False}
    assert audit.verify() is None


def test_the_words_stay_where_a_case_holds_them() -> None:
    tip = full()
    in_case(tip)
    assert following.withdraw(receipt=str(tip.receipt), now=NOW) == ending.Stays(words=True, post=False)
    assert left(tip) == {**NOTHING, "words": True, "place": True}


def test_the_words_go_once_no_case_holds_them() -> None:
    tip = full()
    case = in_case(tip)
    ending.withdraw(tip.pk, now=NOW)
    assert ending.run_out(now=NOW + 3 * DAYS_90) == 0
    closed = NOW + 3 * DAYS_90
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="acted_upon", closed_by=case.opened_by, closed_at=closed)
    assert (ending.run_out(now=closed + DAYS_90 - timedelta(seconds=1)), ending.run_out(now=closed + DAYS_90)) == (0, 1)
    assert (left(tip), tip.state, ending.run_out(now=closed + DAYS_90)) == (NOTHING, TipState.WITHDRAWN, 0)
    assert [event.kind for event in tip.events.order_by("-id")[:2]] == ["ran_out", "withdrawn"]
    assert [row.after for row in models.AuditEntry.objects.filter(verb="tip.ran_out")] == [{"words_stay": False}]


def test_what_an_officer_stored_of_the_offer_stays_and_is_said() -> None:
    tip, officer = full(), factories.person()
    handling.take_in(tip_id=tip.pk, words="Loker", link="", pictures=[], key=uuid.uuid4(), seen_version=tip.version, by=officer, now=NOW)
    tip.refresh_from_db()
    assert following.withdraw(receipt=str(tip.receipt), now=NOW) == ending.Stays(words=False, post=True)
    assert models.PostText.objects.filter(version__post=tip.post_id, text="Loker").exists()


def test_who_withdraws_hands_the_item_on_to_those_of_the_same() -> None:
    first, second, third = (reporting.report() for _turn in range(3))
    ending.withdraw(first.pk, now=NOW)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.same_as, third.same_as) == (None, second)


def test_a_report_runs_out_so_long_after_it_was_closed() -> None:
    tip, still_open = full(), reporting.report(words="yang lain")
    handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=tip.version, by=factories.person(), now=NOW)
    assert (ending.run_out(now=NOW + DAYS_90 - timedelta(seconds=1)), ending.run_out(now=NOW + DAYS_90)) == (0, 1)
    assert (left(tip), tip.state) == (NOTHING, TipState.CLOSED)
    still_open.refresh_from_db()
    assert (still_open.emptied_at, ending.run_out(now=NOW + DAYS_90)) == (None, 0)


def test_it_stays_while_its_case_is_open_and_for_as_long_after_it() -> None:
    tip = full()
    case = in_case(tip)
    tip.refresh_from_db()
    handling.close(tip_id=tip.pk, outcome="acted", text="Selesai.", seen_version=tip.version, by=factories.person(), now=NOW)
    assert ending.run_out(now=NOW + 3 * DAYS_90) == 0
    closed = NOW + 3 * DAYS_90
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="acted_upon", closed_by=case.opened_by, closed_at=closed)
    assert (ending.run_out(now=closed + DAYS_90 - timedelta(seconds=1)), ending.run_out(now=closed + DAYS_90)) == (0, 1)
    assert left(tip) == NOTHING


def test_one_that_nobody_closed_goes_after_its_case_and_after_all_that_was_done_with_it() -> None:
    tip, alone = full(), reporting.report(words="yang lain")
    case, closed = in_case(tip), NOW + DAYS_90
    tip.refresh_from_db()
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="acted_upon", closed_by=case.opened_by, closed_at=NOW)
    following.reply(receipt=str(tip.receipt), text="Masih ada", pictures=[], key=uuid.uuid4(), now=closed)
    everything = models.Tip.objects.all()
    assert (ending.run_out(now=closed + timedelta(days=1)), list(ending.idle(everything, now=closed))) == (0, [alone])
    assert set(ending.idle(everything, now=closed + DAYS_90)) == {tip, alone}
    assert (ending.run_out(now=closed + DAYS_90 - timedelta(seconds=1)), ending.run_out(now=closed + DAYS_90)) == (0, 1)
    alone.refresh_from_db()
    assert (left(tip), alone.emptied_at) == (NOTHING, None)


def test_pictures_of_a_form_nobody_sent_go_by_their_time() -> None:
    made = drafts.put([b"one", b"two"], now=NOW)
    assert drafts.opened(made, now=NOW) == [b"one", b"two"]
    assert b"one" not in b"".join(bytes(row.sealed) for row in models.TipDraftPicture.objects.all())
    later = NOW + timedelta(minutes=drafts.MINUTES)
    assert (drafts.opened(made, now=later), ending.run_out(now=later), models.TipDraftPicture.objects.count()) == ([], 2, 0)


@pytest.mark.parametrize(
    "change", [{"words": "lain"}, {"where": "lain"}, {"kind": "person"}, {"danger": True}, {"emptied_at": NOW}, {"receipt": "0" * 64}]
)
def test_the_database_keeps_a_report_as_it_came(change: dict[str, Any]) -> None:
    tip = full()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Tip.objects.filter(pk=tip.pk).update(**change)


def test_nothing_comes_to_a_report_that_is_gone() -> None:
    tip = full()
    ending.withdraw(tip.pk, now=NOW)
    with pytest.raises(IntegrityError, match="it is gone"), transaction.atomic():
        models.TipMessage.objects.create(tip=tip, text="x", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        tip.delete()
