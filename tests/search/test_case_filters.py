"""Filters of the list of cases: each by itself with a hit and a miss, together, and for nobody more than they may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from patrol import cases, models
from patrol.cases import referrals
from patrol.infra.refusals import RefusedError
from patrol.search import case_filters, case_words
from tests import factories
from tests.cases import asked, test_merging
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

database = pytest.mark.django_db


def listed(person: models.Person, **given: object) -> list[str]:
    return sorted(case_filters.found(case_filters.asked(given), person).values_list("title", flat=True))


def test_what_an_address_does_not_mean_narrows_nothing() -> None:
    given = {"state": "gone", "channel": "pos", "office": "x", "responsible": "-1", "q": " ", "page": "2"}
    assert case_filters.asked(given) == {}
    known = {"q": "calo", "state": "open", "office": "7", "responsible": "nobody", "kind": "compound", "outcome": "refused"}
    known |= {"channel": "komdigi", "since": "2026-11-01", "until": "2026-11-30"}
    assert case_filters.asked({**known, "q": f" {known['q']} "}) == known
    assert case_filters.asked({"responsible": "9" * 16}) == {}
    assert case_filters.asked({"since": "2026-02-30", "until": " kemarin "}) == {"since": "2026-02-30", "until": "kemarin"}


@database
def test_each_filter_leaves_what_fits_and_all_of_them_add_up() -> None:
    officer, other, analyst = factories.person(), factories.person(), factories.person("analyst")
    at_hand = opened(officer, title="Calo")
    given = opened(other, title="Kapal")
    cases.escalate(case_id=given.pk, article="fraud", note="besar", seen_version=1, by=other, now=NOW)
    far = opened(factories.person(code="bp3mi-ntb"), confirmed(1, "bp3mi-ntb"), title="Pabrik")
    models.Case.objects.filter(pk=far.pk).update(opened_at=NOW - timedelta(days=3))
    while case_words.fill(limit=10):
        pass
    models.Case.objects.filter(pk=far.pk).update(kind="compound", state="closed", outcome="refused", closed_at=NOW, closed_by=other)
    every = ["Calo", "Kapal", "Pabrik"]
    assert listed(analyst) == every
    assert (listed(analyst, q="kapal"), listed(analyst, q="kapas")) == (["Kapal"], [])
    assert (listed(analyst, state="escalated"), listed(analyst, state="closed")) == (["Kapal"], ["Pabrik"])
    assert (listed(officer, state="mine"), listed(analyst, state="untaken")) == (["Calo"], ["Kapal"])
    assert (listed(analyst, office=far.office_id), listed(analyst, office=0)) == (["Pabrik"], [])
    assert (listed(analyst, responsible=officer.pk), listed(analyst, responsible=other.pk)) == (["Calo"], [])
    assert listed(analyst, responsible="nobody") == ["Kapal"]
    assert (listed(analyst, kind="compound"), listed(analyst, kind="domestic")) == (["Pabrik"], [])
    assert (listed(analyst, outcome="refused"), listed(analyst, outcome="unfounded")) == (["Pabrik"], [])
    assert (listed(analyst, since="2026-11-21"), listed(analyst, until="2026-11-20")) == (["Calo", "Kapal"], ["Pabrik"])
    assert listed(analyst, since="2026-11-20", until="2026-11-23") == every
    assert listed(analyst, since="2026-11-23", state="opened", responsible=officer.pk, q="calo", office=at_hand.office_id) == ["Calo"]
    assert listed(analyst, since="2026-11-23", state="opened", responsible=officer.pk, q="kapal") == []


@database
def test_the_channel_is_that_of_a_referral_that_stands() -> None:
    officer = factories.person()
    case = asked.case_of(by=officer)
    made = asked.draft(case, officer)
    asked.case_of(by=officer)
    assert (listed(officer, channel="platform_form"), listed(officer, channel="komdigi")) == ([case.title], [])
    assert listed(officer, channel="platform_form", state="closed") == []
    referrals.withdraw(referral_id=made.pk, note="Batal.", seen_version=made.version, by=officer, now=NOW)
    assert listed(officer, channel="platform_form") == []


@database
def test_a_filter_shows_nobody_more_than_they_may_see() -> None:
    officer, elsewhere = factories.person(), factories.person(code="bp3mi-ntb")
    opened(officer, title="Calo")
    while case_words.fill(limit=10):
        pass
    for given in ({"q": "calo"}, {"office": officer.office_id}, {"responsible": officer.pk}, {"state": "opened"}, {"since": "2026-01-01"}):
        assert listed(officer, **given) == ["Calo"]
        assert listed(elsewhere, **given) == []
        assert listed(factories.person("registrar"), **given) == []


@database
def test_an_unread_message_is_a_filter_and_words_too_short_are_refused() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer, title="Calo")
    opened(officer, title="Kapal")
    assert listed(officer, state="unread") == []
    cases.note(case_id=case.pk, text="Lengkapi.", sent=True, by=analyst, now=NOW)
    assert (listed(officer, state="unread"), listed(analyst, state="unread")) == (["Calo"], [])
    with pytest.raises(RefusedError) as refused:
        listed(officer, q="di")
    assert refused.value.code == "search.short"


@database
def test_a_case_that_took_in_another_is_found_by_its_office_and_channel_by_whoever_sees_both() -> None:
    case, other, (officer, far, analyst) = test_merging.of_two_offices()
    models.Case.objects.filter(pk=other.pk).update(title="Lombok")
    for flag in models.Flag.objects.filter(case_entry__case=case):
        asked.copied(flag)
    asked.draft(case, officer)
    test_merging.merge(case, other, analyst)
    given = {"state": "open", "office": case.office_id}
    assert [listed(one, **given) for one in (analyst, far, officer)] == [["Lombok"], ["Lombok"], []]
    assert [listed(one, state="open", channel="platform_form") for one in (analyst, far)] == [["Lombok"], []]
    assert listed(officer, channel="platform_form") == [case.title]
    _case, third, _people = test_merging.of_two_offices()
    models.Case.objects.filter(pk=third.pk).update(title="Sumbawa")
    test_merging.merge(other, third, analyst)  # by way of another
    assert [listed(one, state="open", office=case.office_id, channel="platform_form") for one in (analyst, far)] == [["Sumbawa"], []]
    assert listed(factories.person("registrar"), channel="platform_form") == []
