"""A case in one glance: what each line says, to whom, and what it leaves unsaid."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from patrol import cases, models
from patrol.cases import overview, referrals
from patrol.evidence import custody
from patrol.pipeline import assessing
from tests import factories
from tests.cases import asked
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def said(case: models.Case, person: models.Person) -> dict[str, list[str]]:
    return {part: [str(line.text) for line in lines] for part, lines in overview.of(overview.Asked(case, person)).items()}


def copied(flag: models.Flag, kind: str = "screenshot") -> models.Capture:
    job, _made = models.Job.objects.get_or_create(kind="page", key=str(flag.post_id), defaults={"created_at": NOW, "due_at": NOW})
    content = uuid.uuid4().bytes
    return custody.capture_file(content, "image/png", platform="telegram", kind=kind, job=job, post_id=flag.post_id, now=NOW)


def sharing(*phones: str) -> list[models.Flag]:
    """Confirmed flags, one for each number, which stands in its text."""
    factories.offices()
    texts = [f"{factories.ILLEGAL.format(phone=phone)} Kota {number} {'pagi' * number}." for number, phone in enumerate(phones)]
    posts = factories.stored([factories.raw_post(text) for text in texts], of=factories.watch())
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    models.Flag.objects.filter(post__in=posts).update(state="confirmed", decided_at=NOW)
    return list(models.Flag.objects.filter(post__in=posts).order_by("id"))


@database
def test_a_new_case_says_what_it_lacks_and_nothing_that_nobody_counted() -> None:
    officer = factories.person()
    case = opened(officer, confirmed(2))
    assert said(case, officer) == {
        "proved": ["2 of 2 flags confirmed"],
        "missing": ["2 posts without a kept page or screenshot", "Nobody has said what it is about"],
    }
    cases.set_kind(case_id=case.pk, kind="other", seen_version=case.version, by=officer, now=NOW)
    case.refresh_from_db()
    case = cases.escalate(case_id=case.pk, article="fraud", note="besar", seen_version=case.version, by=officer, now=NOW)
    assert said(case, officer)["missing"] == ["2 posts without a kept page or screenshot", "Nobody is responsible"]


@database
def test_copies_count_while_they_are_there() -> None:
    officer, flags = factories.person(), confirmed(3)
    case = opened(officer, flags)
    copied(flags[0])
    copied(flags[0], "page")
    copied(flags[1], "media")  # a picture of the post is no copy of its page
    copied(flags[2])
    version = models.PostVersion.objects.get(post=flags[2].post)
    assert said(case, officer)["proved"][1] == "Page or screenshot kept of 2 of 3 posts"
    factories.erase(version)
    assert said(case, officer)["proved"][1] == "Page or screenshot kept of 1 of 3 posts"
    assert said(case, officer)["missing"][0] == "2 posts without a kept page or screenshot"


@database
def test_of_copies_no_more_is_said_than_the_last_check_saw() -> None:
    officer, flags = factories.person(), confirmed(2)
    case = opened(officer, flags)
    first, second = copied(flags[0]), copied(flags[0], "page")
    assert said(case, officer)["proved"][2:] == ["2 copies not checked yet"]
    checked(covers=NOW)  # received in that moment: it may have looked before
    assert said(case, officer)["proved"][2:] == ["2 copies not checked yet"]
    checked(covers=NOW + timedelta(minutes=1), elsewhere=1)
    assert said(case, officer)["proved"][2:] == ["2 copies, intact by the check of 23 Nov 2026 13:47"]
    assert "The check of 23 Nov 2026 13:47 found faults outside the copies: ask the administrator" in said(case, officer)["missing"]
    third = copied(flags[1])
    checked(second, covers=NOW + timedelta(minutes=1))
    assert said(case, officer)["proved"][2:] == ["2 copies, intact by the check of 23 Nov 2026 13:47"]
    assert "1 copy broken by the check of 23 Nov 2026 13:47" in said(case, officer)["missing"]
    checked(first, second, third, covers=NOW + timedelta(minutes=1))
    assert said(case, officer)["proved"][2:] == []


@database
def test_a_look_by_night_counts_where_it_is_the_later_one() -> None:
    officer, flags = factories.person(), confirmed(1)
    case = opened(officer, flags)
    first, second = copied(flags[0]), copied(flags[0], "page")
    looked(first, NOW + timedelta(hours=1))
    assert said(case, officer)["proved"][2:] == ["1 copy, intact by the check of 23 Nov 2026 11:47", "1 copy not checked yet"]
    looked(second, NOW + timedelta(hours=2))
    assert said(case, officer)["proved"][2:] == ["2 copies, intact by the check of 23 Nov 2026 11:47 or later"]
    checked(first, covers=NOW + timedelta(minutes=1))  # of all, three hours later
    assert said(case, officer)["proved"][2:] == ["1 copy, intact by the check of 23 Nov 2026 13:47"]
    looked(first, NOW + timedelta(hours=4))
    looked(second, NOW + timedelta(hours=4), whole=False)
    assert said(case, officer)["proved"][2:] == ["1 copy, intact by the check of 23 Nov 2026 14:47"]
    assert "1 copy broken by the check of 23 Nov 2026 14:47" in said(case, officer)["missing"]


def looked(capture: models.Capture, at: datetime, *, whole: bool = True) -> None:
    models.CopyCheck.objects.update_or_create(capture=capture, defaults={"checked_at": at, "whole": whole})


def checked(*broken: models.Capture, covers: datetime, elsewhere: int = 0) -> None:
    made = models.Verification.objects.create(
        begun_at=NOW,
        ended_at=NOW + timedelta(hours=3),
        covers=covers,
        records=3,
        files=3,
        broken=len(broken) + elsewhere,
        elsewhere=elsewhere,
    )
    models.BrokenCapture.objects.bulk_create(models.BrokenCapture(verification=made, capture=one) for one in broken)


@database
def test_what_is_out_until_when_and_what_came_back() -> None:
    officer = factories.person()
    case = asked.case_of(2, by=officer)
    one, other = asked.marks(case, "platform_form", officer)
    made = asked.sent(case, officer, marks=[one])
    assert said(case, officer)["out"] == [f"{made.number} to Badan contoh, their time ends 24 Nov 2026 10:47"]
    assert "back" not in said(case, officer)
    asked.answer(made, officer, "acted_upon")
    models.Post.objects.filter(pk=made.items.get().flag.post_id).update(gone_at=NOW)
    lost = asked.sent(case, officer, marks=[other])
    referrals.contact_failed(referral_id=lost.pk, note="Ditolak.", seen_version=lost.version, by=officer, now=NOW)
    asked.draft(case, officer)
    told = said(case, officer)
    assert told["out"] == [f"{lost.number} did not reach Badan contoh"]
    assert told["back"] == [f"{made.number}, Badan contoh", "1 of 2 links told as down"]
    lines = overview.of(overview.Asked(case, officer, again=3))["back"]
    assert [(line.text, line.leads, line.referral) for line in lines[::2]] == [
        (f"{made.number}, Badan contoh", ("referral", made.pk), made),
        ("3 posts came back under another name", None, None),
    ]


@database
def test_an_indicator_counts_where_it_stands_in_several_posts_and_is_masked() -> None:
    officer = factories.person()
    flags = sharing("0840 5550 0001", "0840 5550 0001", "0840 5550 0002")
    case = opened(officer, flags)
    lines = [line for line in overview.of(overview.Asked(case, officer))["about"] if line.leads and line.leads[0] == "indicator"]
    phone = models.Indicator.objects.get(kind="phone", value="+6284055500001")
    assert [(line.text, line.leads) for line in lines if line.leads == ("indicator", phone.pk)] == [
        ("+62 840-••••01 in 2 posts", ("indicator", phone.pk))
    ]
    assert not [line for line in lines if "02 in" in line.text]


@database
def test_the_campaigns_of_its_posts_lead_there_and_a_dissolved_one_is_none() -> None:
    officer, flags = factories.person(), confirmed(3)
    case = opened(officer, flags)
    ring, gone = (
        models.Campaign.objects.create(number=number, name=name, state=state, made_at=NOW, grown_at=NOW)
        for number, name, state in (("JRG-26-0001", "Kursi", "confirmed"), ("JRG-26-0002", "", "dissolved"))
    )
    for flag, campaign in zip(flags, (ring, ring, gone), strict=True):
        models.LinkedPost.objects.update_or_create(post=flag.post, defaults={"campaign": campaign, "joined_at": NOW, "follows": False})
    assert [(line.text, line.leads) for line in overview.of(overview.Asked(case, officer))["about"]] == [
        ("Campaign JRG-26-0001 Kursi: 2 posts of the case", ("campaign", ring.pk))
    ]


@database
def test_people_harmed_are_told_to_those_alone_who_may_know() -> None:
    officer, flags = factories.person(), confirmed(2)
    case = opened(officer, flags)
    models.Protection.objects.create(flag=flags[0], office=officer.office, by=officer, at=NOW)
    elsewhere = factories.office("bp3mi-ntb")
    models.Protection.objects.create(flag=flags[1], office=elsewhere, by=officer, at=NOW)
    assert said(case, officer)["about"] == ["1 person marked as harmed"]
    assert said(case, factories.person("analyst"))["about"] == ["2 people marked as harmed"]
    assert "about" not in said(case, factories.person("registrar", "directorate"))


@database
@pytest.mark.parametrize("many", [1, 8])
def test_a_large_case_asks_no_more_than_a_small_one(many: int, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    case = opened(officer, [flag for _ in range(many) for flag in confirmed()])
    with django_assert_num_queries(7):
        overview.of(overview.Asked(case, officer))


@database
def test_a_case_without_flags_says_so() -> None:
    officer = factories.person()
    (flag,) = factories.flags(1, of=factories.watch())
    filed = cases.file_flag(
        flag_id=flag.pk, case_id=None, reason="fraud", decision_key=uuid.uuid4(), seen_version=flag.version, by=officer, now=NOW
    )
    cases.take_out(case_id=filed.case.pk, flag_id=flag.pk, note="keliru", by=officer, now=NOW)
    assert said(filed.case, officer) == {"missing": ["No flag is in it", "Nobody has said what it is about"]}
