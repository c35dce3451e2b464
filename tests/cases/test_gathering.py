"""A case from a campaign: counted before, in one act, and nothing in it that the rules of filing would keep out."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.access import audit
from patrol.campaigns import deciding, judging
from patrol.cases import gathering
from patrol.domain.states import FlagState
from patrol.infra.refusals import RefusedError
from tests import factories, races
from tests.campaigns.test_judging import confirmed, flags_of
from tests.factories import NOW

database = pytest.mark.django_db


def ready(officer: models.Person, *, sure: int = 0) -> models.Campaign:
    """A confirmed campaign of four whose flags are of the officer's office; the first `sure` of them confirmed."""
    campaign = confirmed(officer)
    flags_of(campaign).update(office=officer.office, state="waiting", decided_at=None)
    confirm(*flags_of(campaign)[:sure])
    return campaign


def confirm(*flags: models.Flag) -> None:
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state="confirmed", decided_at=NOW)


def opened(campaign: models.Campaign, by: models.Person, **given: Any) -> gathering.Opened:
    planned = gathering.plan(campaign, by)
    asked: dict[str, Any] = {
        "campaign_id": campaign.pk,
        "office_id": by.office_id,
        "title": "Jaringan Kamboja",
        "reason": "fraud",
        "note": "",
        "key": uuid.uuid4(),
        "counted": (len(planned.sure), len(planned.open)),
        "seen_version": campaign.version,
        "by": by,
        "now": NOW,
    }
    return cases.open_from_campaign(**(asked | given))


def in_case(case: models.Case) -> set[int]:
    return set(case.entries.values_list("flag_id", flat=True))


@database
def test_confirmed_and_open_flags_go_into_one_case_with_one_row_in_the_log() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=1)
    done = opened(campaign, officer)
    flags = list(flags_of(campaign))
    assert (in_case(done.case), done.left, done.case.title) == ({flag.pk for flag in flags}, (), "Jaringan Kamboja")
    assert {flag.state for flag in flags} == {FlagState.CONFIRMED}
    entry = models.AuditEntry.objects.get(verb="case.opened")
    assert entry.after == {"number": done.case.number, "flags": [flag.number for flag in flags], "campaign": campaign.number}
    assert models.AuditEntry.objects.filter(verb="campaign.decided").count() == 1
    event = campaign.events.get(kind="case_opened")
    assert (event.by, event.told["case"]) == (officer, done.case.pk)
    assert audit.verify() is None


@database
def test_open_flags_that_are_left_stay_open_and_out_of_the_case() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=3)
    done = opened(campaign, officer, reason=cases.LEAVE)
    assert in_case(done.case) == {flag.pk for flag in flags_of(campaign)[:3]}
    assert (models.Decision.objects.count(), flags_of(campaign).last().state) == (0, "waiting")


@database
def test_what_was_decided_with_it_is_taken_back_once_it_is_out_of_the_case() -> None:
    officer = factories.person()
    campaign = ready(officer)
    done = opened(campaign, officer)
    event = campaign.events.get(kind="decided")
    first, *others = flags_of(campaign)
    back = deciding.reverse(campaign_id=event.campaign_id, event_id=event.pk, note="keliru", by=officer, now=NOW)
    assert (back.decided, [one.why for one in back.left]) == (0, ["in_case"] * 4)
    cases.take_out(case_id=done.case.pk, flag_id=first.pk, note="Bukan jaringan ini.", by=officer, now=NOW)
    decision = first.decisions.get()
    triage.reverse(decision_id=decision.pk, reason_note="keliru", decision_key=uuid.uuid4(), by=officer, now=NOW)
    first.refresh_from_db()
    assert (first.state, in_case(done.case)) == ("waiting", {flag.pk for flag in others})


@database
def test_what_stands_in_a_case_and_what_no_confirmed_tie_holds_is_counted_and_left() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=4)
    first, *_others = flags_of(campaign)
    cases.open_case(flag_ids=[first.pk], title="Lain", by=officer, now=NOW)
    judging.within(campaign).filter(later=flags_of(campaign).last().post_id).update(state="cut")
    planned = gathering.plan(campaign, officer)
    assert (len(planned.sure), len(planned.open), planned.in_case, planned.loose) == (2, 0, 1, 1)
    with pytest.raises(RefusedError, match=r"^case\.campaign_grown$"):
        opened(campaign, officer, counted=(3, 0))
    assert in_case(opened(campaign, officer).case) == {flag.pk for flag in planned.sure}
    with pytest.raises(RefusedError, match=r"^case\.nothing_to_gather$"):
        opened(campaign, officer)


@database
def test_where_nothing_is_confirmed_all_wait_for_a_tie_and_none_is_told_as_another_office_s() -> None:
    campaign = ready(factories.person(), sure=1)
    judging.within(campaign).update(state="cut")
    planned = gathering.plan(campaign, factories.person("analyst"))
    assert (planned.offices, planned.sure, planned.open) == ((), (), ())
    assert (planned.loose, planned.others) == (4, 0)
    elsewhere = gathering.plan(campaign, factories.person(code="bp3mi-jatim"))
    assert (elsewhere.loose, elsewhere.others) == (0, 4)


@database
def test_a_case_holds_flags_of_one_office() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=2)
    other = factories.office("bp3mi-jatim")
    for flag in (flags_of(campaign).first(), flags_of(campaign).last()):
        models.Flag.objects.filter(pk=flag.pk).update(office=other)
    planned = gathering.plan(campaign, officer)
    assert (len(planned.sure), len(planned.open), planned.others) == (1, 1, 2)
    analyst = factories.person("analyst")
    assert sorted((office.pk, count) for office, count in gathering.plan(campaign, analyst).offices) == sorted(
        [(officer.office_id, 2), (other.pk, 2), (analyst.office_id, 4)]
    )
    with pytest.raises(PermissionDenied):
        opened(campaign, officer, office_id=other.pk, counted=(1, 1))
    done = opened(campaign, analyst, office_id=other.pk, counted=(1, 1))
    assert (done.case.office, done.case.entries.count()) == (other, 2)
    assert flags_of(campaign).filter(office=officer.office, state="waiting").count() == 1


@database
def test_the_directorate_s_case_holds_flags_of_every_office_and_tells_them() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    campaign = ready(officer, sure=2)
    other = factories.office("bp3mi-jatim")
    first, *_between, last = flags_of(campaign)
    models.Flag.objects.filter(pk__in=[first.pk, last.pk]).update(office=other)
    planned = gathering.plan(campaign, analyst)
    assert (planned.office_id, len(planned.sure), len(planned.open), planned.others) == (analyst.office_id, 2, 2, 0)
    done = opened(campaign, analyst)
    assert (done.case.office, in_case(done.case)) == (analyst.office, {flag.pk for flag in flags_of(campaign)})
    told = [(officer.office_id, "case_gathered", "2"), (other.pk, "case_gathered", "2")]
    notices = models.Notice.objects.filter(case=done.case).order_by("office")
    assert sorted(notices.values_list("office", "kind", "note")) == sorted(told)
    cases.close(case_id=done.case.pk, outcome="unfounded", note="Selesai.", seen_version=done.case.version, by=analyst, now=NOW)
    assert sorted(notices.filter(kind="case_gathered_closed").values_list("office", "note")) == sorted((one, "2") for one, _k, _n in told)


@database
def test_a_case_of_the_directorate_s_own_flags_tells_nobody() -> None:
    analyst = factories.person("analyst")
    campaign = ready(analyst, sure=2)
    assert [(office.pk, count) for office, count in gathering.plan(campaign, analyst).offices] == [(analyst.office_id, 4)]
    done = opened(campaign, analyst)
    assert (in_case(done.case), models.Notice.objects.count()) == ({flag.pk for flag in flags_of(campaign)}, 0)


@database
def test_what_a_colleague_holds_is_listed_and_left() -> None:
    officer, colleague = factories.person(), factories.person()
    campaign = ready(officer, sure=1)
    held = flags_of(campaign).last()
    triage.take(flag_id=held.pk, by=colleague, now=NOW)
    done = opened(campaign, officer)
    assert [(one.flag, one.why, one.who) for one in done.left] == [(held, "held", colleague)]
    assert in_case(done.case) == {flag.pk for flag in flags_of(campaign)} - {held.pk}


@database
def test_the_copies_in_a_row_go_along() -> None:
    officer = factories.person()
    campaign = ready(officer)
    [copy] = factories.flags(1, of=factories.watch())
    row = flags_of(campaign).first()
    models.Flag.objects.filter(pk=copy.pk).update(row_key=row.row_key, office=officer.office, state="waiting")
    assert len(gathering.plan(campaign, officer).open) == 5
    done = opened(campaign, officer)
    assert in_case(done.case) == {copy.pk, *flags_of(campaign).values_list("pk", flat=True)}


@database
def test_without_a_title_or_a_reason_nothing_happens() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=1)
    with pytest.raises(RefusedError, match=r"^case\.title title$"):
        opened(campaign, officer, title=" ")
    for reason in ("", " ", "whim"):
        with pytest.raises(triage.ReasonMissingError):
            opened(campaign, officer, reason=reason)
    with pytest.raises(judging.StaleError):
        opened(campaign, officer, seen_version=campaign.version - 1)
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (0, 0)


@database
def test_confirmed_flags_alone_need_no_reason() -> None:
    officer = factories.person()
    campaign = ready(officer, sure=4)
    assert in_case(opened(campaign, officer, reason="").case) == set(flags_of(campaign).values_list("pk", flat=True))
    assert models.Decision.objects.count() == 0


@database
def test_a_case_of_nothing_but_what_is_left_out_is_not_opened() -> None:
    officer = factories.person()
    with pytest.raises(RefusedError, match=r"^case\.no_flags$"):
        opened(ready(officer), officer, reason=cases.LEAVE)
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (0, 0)


@database
def test_what_died_between_the_decision_and_the_case_goes_on_with_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    officer, key = factories.person(), uuid.uuid4()
    campaign = ready(officer, sure=1)

    def dies(*given: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(gathering, "_open", dies)
        with pytest.raises(KeyboardInterrupt):
            opened(campaign, officer, key=key)
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (0, 3)
    done = opened(campaign, officer, key=key, counted=(1, 3))
    assert len(in_case(done.case)) == 4
    assert opened(campaign, officer, key=key).case == done.case
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (1, 3)


@pytest.mark.usefixtures("committed")
def test_two_clicks_at_once_open_one_case() -> None:
    officer, key = factories.person(), uuid.uuid4()
    campaign = ready(officer, sure=4)
    first, second = races.race(
        f"SELECT FROM patrol_campaign WHERE id = {campaign.pk} FOR UPDATE",
        *(lambda: opened(campaign, officer, key=key, counted=(4, 0)) for _ in range(2)),
    )
    assert first.case == second.case
    assert (models.Case.objects.count(), models.CaseFlag.objects.count()) == (1, 4)


@database
@pytest.mark.parametrize("many", [1, 4])
def test_it_costs_the_same_however_many_are_confirmed(many: int, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=many)
    models.Flag.objects.exclude(state="confirmed").update(state="parked")
    with django_assert_num_queries(36):
        opened(campaign, officer, counted=(many, 0))


@database
def test_more_than_one_go_holds_are_left_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    officer = factories.person()
    campaign = ready(officer, sure=4)
    assert len(in_case(opened(campaign, officer).case)) == 3
    assert len(in_case(opened(campaign, officer).case)) == 1
