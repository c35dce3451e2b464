"""What joins a case later is told once, to whoever has it; what only seems to belong to it is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from patrol import cases, models
from patrol.campaigns import judging
from patrol.cases import growing
from patrol.models import Role
from tests import factories
from tests.campaigns.test_judging import confirmed as confirmed_campaign
from tests.campaigns.test_judging import flags_of, ring
from tests.cases import test_merging
from tests.factories import NOW
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db
LATER, SWEPT = NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)


def begun(officer: models.Person) -> tuple[models.Case, list[models.Flag]]:
    """A case with the first flag of a confirmed campaign, and the others, which nobody decided."""
    first, *others = flags_of(confirmed_campaign(officer))
    return opened(first, officer), others


def opened(flag: models.Flag, officer: models.Person) -> models.Case:
    decide(flag, officer, now=NOW)
    return cases.open_case(flag_ids=[flag.pk], title="Jaringan", by=officer, now=NOW)


def told(case: models.Case) -> list[int]:
    return list(case.events.filter(kind="flag_near", by=None).order_by("flag").values_list("flag", flat=True))


def near(case: models.Case, now: datetime = SWEPT, by: models.Person | None = None) -> list[int]:
    return [flag.pk for flag in growing.near(case, by or case.opened_by, now)]


def test_a_flag_of_its_campaign_is_told_once_and_goes_in_by_one_act() -> None:
    officer = factories.person()
    case, (second, third, _waiting) = begun(officer)
    assert growing.tell(now=SWEPT) == 0
    for flag in (second, third):
        decide(flag, officer, now=LATER)
    assert growing.tell(now=LATER) == 0  # it can be undone yet
    assert growing.tell(now=SWEPT) == 2
    assert growing.tell(now=SWEPT) == 0
    assert told(case) == near(case) == [second.pk, third.pk]
    assert list(models.Notice.objects.values_list("kind", "person", "case", "note")) == [("case_grown", officer.pk, case.pk, "2")]
    entry = models.AuditEntry.objects.get(verb="case.grown")
    assert (entry.actor_id, entry.after) == (None, {"flags": [second.number, third.number]})
    cases.add_flags(case_id=case.pk, flag_ids=near(case), by=officer, now=SWEPT)
    assert (near(case), growing.tell(now=SWEPT)) == ([], 0)


def test_a_flag_in_its_row_is_told() -> None:
    officer = factories.person()
    first, second, other = factories.flags(3, of=factories.watch())
    case = opened(first, officer)
    models.Flag.objects.filter(pk=second.pk).update(row_key=models.Flag.objects.get(pk=first.pk).row_key)
    for flag in (second, other):
        models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=LATER)
    assert growing.tell(now=SWEPT) == 1
    assert told(case) == [second.pk]


def test_what_was_there_before_is_shown_and_not_called_new() -> None:
    officer = factories.person()
    campaign = confirmed_campaign(officer)
    models.Tie.objects.update(decided_at=NOW - timedelta(hours=1))
    models.LinkedPost.objects.update(joined_at=NOW - timedelta(hours=1))
    first, second, *_others = flags_of(campaign)
    decide(second, officer, now=NOW - timedelta(minutes=30))
    case = opened(first, officer)
    assert (growing.tell(now=SWEPT), near(case)) == (0, [second.pk])


def test_what_hangs_on_a_proposal_is_not_told_until_somebody_confirms_it() -> None:
    officer = factories.person()
    campaign = ring()
    first, second, *_others = flags_of(campaign)
    case = opened(first, officer)
    decide(second, officer, now=LATER)
    assert (growing.tell(now=SWEPT), near(case)) == (0, [])
    judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=officer, now=SWEPT)
    assert (growing.tell(now=SWEPT), told(case)) == (1, [second.pk])


def test_what_belongs_to_another_office_or_was_taken_out_is_not_told() -> None:
    officer = factories.person()
    case, (second, third, _fourth) = begun(officer)
    for flag in (second, third):
        decide(flag, officer, now=LATER)
    models.Flag.objects.filter(pk=second.pk).update(office=factories.office("bp3mi-ntb"))
    cases.add_flags(case_id=case.pk, flag_ids=[third.pk], by=officer, now=LATER)
    cases.take_out(case_id=case.pk, flag_id=third.pk, note="Bukan ini.", by=officer, now=LATER)
    assert (growing.tell(now=SWEPT), told(case), near(case)) == (0, [], [])


def test_a_closed_case_is_told_nothing_and_one_that_nobody_took_tells_the_directorate() -> None:
    officer = factories.person()
    case, (second, _third, _fourth) = begun(officer)
    decide(second, officer, now=LATER)
    case = cases.escalate(case_id=case.pk, article="other", note="Lintas.", seen_version=case.version, by=officer, now=LATER)
    assert growing.tell(now=SWEPT) == 1
    notice = models.Notice.objects.get(kind="case_grown")
    assert (notice.person, notice.office) == (None, factories.office("directorate"))
    analyst = factories.person(Role.ANALYST)
    cases.close(case_id=case.pk, outcome="refused", note="Selesai.", seen_version=case.version, by=analyst, now=SWEPT)
    assert near(models.Case.objects.get(pk=case.pk)) == []


def test_of_a_case_the_directorate_referred_and_whose_analyst_left_the_directorate_is_told() -> None:
    officer, analyst = factories.person(), factories.person(Role.ANALYST)
    case, (second, _third, _fourth) = begun(officer)
    decide(second, officer, now=LATER)
    models.Case.objects.filter(pk=case.pk).update(state="referred", responsible=analyst)
    models.Person.objects.filter(pk=analyst.pk).update(is_active=False)
    assert growing.tell(now=SWEPT) == 1
    assert models.Notice.objects.get(kind="case_grown").office == factories.office("directorate")


def test_in_a_case_of_two_offices_each_part_grows_by_its_own() -> None:
    case, other, (officer, far, analyst) = test_merging.of_two_offices()
    test_merging.merge(case, other, analyst)
    joined = []
    for one in (case, other):
        own = models.Flag.objects.filter(case_entry__case=other, office=one.office_id).earliest("pk")
        new = factories.flag(of=factories.watch(one.office.code))
        models.Flag.objects.filter(pk=new.pk).update(state="confirmed", decided_at=LATER, row_key=own.row_key)
        joined.append(new.pk)
    assert (growing.tell(now=SWEPT), told(other)) == (2, sorted(joined))
    assert near(other, by=analyst) == sorted(joined)
    assert (near(other, by=far), near(other, by=officer)) == (joined[1:], joined[:1])
    cases.add_flags(case_id=other.pk, flag_ids=near(other, by=analyst), by=analyst, now=SWEPT)
    assert near(other, by=analyst) == []
