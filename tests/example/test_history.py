"""The twelve weeks before the first day of an example run: lived once for all tests of this file, in the worker's own database."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.models import F
from django.test import Client
from django.urls import reverse

from example.history import adverts, brought, build, calendar, carded, editions, hooked, kept, places, reported, two_people
from patrol import access, domain, models
from patrol.access import audit
from patrol.cases import cards, objections, referrals, sending
from patrol.evidence.archive import browser
from patrol.intake.tips import following, receipts
from patrol.models import Role
from patrol.register import editions as kept_editions
from patrol.register import manual
from patrol.retention import editions as times
from patrol.retention import running
from patrol.watches import proposing
from reports import signing, summary
from reports.models import WeeklySummary
from tests import conftest
from tests.admin import test_pages
from tests.example.living import MOMENT, live, settings_kept

# --- what needs no database ---


def test_it_begins_on_the_monday_twelve_weeks_before_the_running_week() -> None:
    span = calendar.Span(MOMENT)
    assert (span.first.isoformat(), span.days) == ("2026-08-31", 12 * 7 + 5)
    assert calendar.Span(datetime(2026, 11, 22, 17, tzinfo=UTC)).days == 12 * 7 + 1  # Monday 00.00 in Jakarta
    assert calendar.Span(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)).days == 12 * 7 + 7


def test_nothing_is_written_behind_the_moment_and_nothing_changes_before_it() -> None:
    """An hour more adds posts and changes none."""
    now, later = places.write(calendar.Span(MOMENT)), places.write(calendar.Span(MOMENT + timedelta(hours=26)))
    for place, grown in zip(now.places, later.places, strict=True):
        assert all(post.age >= timedelta(0) for post in place.posts)
        assert [(post.key, post.text) for post in place.posts] == [(post.key, post.text) for post in grown.posts[: len(place.posts)]]
    assert sum(len(place.posts) for place in later.places) > sum(len(place.posts) for place in now.places)


def test_every_number_and_host_is_invented_and_every_place_says_so() -> None:
    written = places.write(calendar.Span(MOMENT))
    for place in written.places:
        assert "Data contoh: semua orang, nomor dan perusahaan di sini rekaan." in place.description
        assert place.platform == "telegram" or place.name.endswith(".example")
    came = brought.write(calendar.Span(MOMENT), written)
    texts = [text for file in came.files for text in file.content.decode().splitlines()] + [call.words for call in came.calls]
    assert {number[:4] for text in texts for number in re.findall(r"\b0\d{3} \d{4}[ -]\d{4}", text)} == {"0840", "0000"}
    assert all("contoh" in told for told in (*(file.name for file in came.files), *(call.note for call in came.calls)))
    phones = [adverts.sender(number).phone for number in range(2000)]
    assert len(set(phones)) == 2000
    assert all(phone.startswith("0840 77") for phone in phones)


def test_the_register_of_an_earlier_day_knows_nothing_of_what_was_decided_later() -> None:
    agencies = (
        b"name,status,status_from,status_to\nPT A,active,2020-01-01,2026-11-09\nPT A,suspended,2026-11-10,2027-02-01\n"
        b"PT B,active,2026-11-10,\nPT C,active,2021-01-01,2026-01-01\n"
    )
    licences = (
        b"number,agency,valid_from,status,status_from\nB. 1,PT A,2026-03-01,revoked,2026-11-10\nB. 2,PT A,2026-11-10,active,2026-11-10\n"
    )
    before = editions.as_of(agencies, licences, date(2026, 11, 9))
    assert before == (
        b"name,status,status_from,status_to\nPT A,active,2020-01-01,\nPT C,active,2021-01-01,2026-01-01\n",
        b"number,agency,valid_from,status,status_from\nB. 1,PT A,2026-03-01,active,2026-03-01\n",
    )
    assert editions.as_of(agencies, licences, date(2026, 11, 10)) == (agencies, licences)


# --- the weeks themselves ---


type History = tuple[Path, list[str]]  # where its files lie, and what it said on the way


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    folder = tmp_path_factory.mktemp("history")
    with django_db_blocker.unblock(), settings_kept():
        conftest.empty(str(settings.DATABASES["default"]["NAME"]))  # what was rolled back has taken ids: people go by them
        try:
            yield folder, live(folder)
        finally:
            connections.close_all()
            conftest.empty(str(settings.DATABASES["default"]["NAME"]))


@pytest.fixture
def history(lived: History, settings: Any) -> History:
    settings.EVIDENCE_DIR = lived[0] / "evidence"
    return lived


def counted(queryset: Any, field: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for (value,) in queryset.order_by().values_list(field):
        found[str(value)] = found.get(str(value), 0) + 1
    return found


def test_it_says_how_far_it_is(history: History) -> None:
    said = history[1]
    assert [line.split(":")[0] for line in said] == [f"  week {number} of 13" for number in range(1, 14)]
    assert said[0] == "  week 1 of 13: 0 posts, 0 decisions"


def test_there_is_something_of_every_kind(history: History) -> None:
    assert counted(models.Flag.objects, "state").keys() == {"parked", "waiting", "needs_information", "confirmed", "dismissed"}
    assert models.Flag.objects.filter(snoozed_until__gt=MOMENT).exists()
    assert counted(models.Case.objects, "state").keys() == {"opened", "escalated", "in_analysis", "referred", "closed"}
    kinds = counted(models.CaseEvent.objects, "kind").keys()
    assert kinds >= {"opened", "flag_added", "escalated", "taken", "passed_on", "returned", "closed", "reopened", "note", "message"}
    assert counted(models.Campaign.objects, "state").keys() == {"proposed", "confirmed", "dissolved"}
    assert counted(models.CampaignEvent.objects, "kind").keys() >= {"confirmed", "dissolved", "named", "tie_cut", "case_opened"}
    assert counted(models.Decision.objects, "outcome").keys() == {"confirmed", "dismissed", "needs_information", "victim", "reversed"}
    assert counted(models.Protection.objects, "state").keys() >= {"contacted", "handed_over"}
    assert models.FlagEvent.objects.filter(kind="handed_over").exists()


@pytest.mark.parametrize("code", ["bp3mi-sulteng", "bp3mi-jabar", "directorate"])
def test_each_of_the_three_offices_has_worked_and_has_work_left(history: History, code: str) -> None:
    flags = models.Flag.objects.filter(office__code=code)
    assert flags.filter(state="waiting").count() >= 2
    assert flags.filter(state="confirmed").count() >= 10
    assert flags.filter(state="dismissed").count() >= 3
    assert models.Case.objects.filter(office__code=code).exists()


def by_office(queryset: Any, *path: str) -> dict[str, dict[str, int]]:
    """Office -> state -> how many."""
    found: dict[str, dict[str, int]] = {}
    for office, state in queryset.order_by().values_list(*(path or ("office__code",)), "state"):
        found.setdefault(office, {}).setdefault(str(state), 0)
        found[office][str(state)] += 1
    return found


def test_flags_cases_and_people_harmed_of_the_three_offices(history: History) -> None:
    assert by_office(models.Flag.objects) == {
        "bp3mi-jabar": {"dismissed": 39, "confirmed": 91, "waiting": 8, "parked": 1, "needs_information": 1},
        "bp3mi-sulteng": {"dismissed": 44, "confirmed": 62, "waiting": 10, "parked": 2, "needs_information": 3},
        "bp3mi-banten": {"waiting": 1},  # noted by another office, with a place in Banten
        "directorate": {"dismissed": 21, "confirmed": 36, "waiting": 28, "parked": 2, "needs_information": 1},
    }
    held = {"cases": by_office(models.Case.objects), "harmed": by_office(models.Protection.objects)}
    assert held == {
        "cases": {
            "bp3mi-jabar": {"opened": 5, "escalated": 1, "in_analysis": 5, "referred": 3, "closed": 10},
            "bp3mi-sulteng": {"opened": 4, "in_analysis": 4, "referred": 5, "closed": 5},
            "directorate": {"opened": 3, "referred": 1, "closed": 1},
        },
        "harmed": {
            "bp3mi-jabar": {"new": 1, "handed_over": 1, "closed": 1},
            "bp3mi-sulteng": {"handed_over": 2},
            "directorate": {"contacted": 1},
        },
    }


def test_messages_of_each_side_are_not_read(history: History) -> None:
    unread = models.Notice.objects.filter(kind="case_message", read_at=None).exclude(person=None)
    assert sorted(unread.values_list("by__username", "person__username")) == [
        ("analis", "petugas"),
        ("petugas-2", "analis"),
        ("petugas-sulteng-2", "analis-2"),
    ]
    offices = models.Notice.objects.filter(kind="case_message", read_at=None).exclude(office=None)
    assert sorted(offices.values_list("by__username", "office__code")) == [
        ("analis", "bp3mi-jabar"),
        ("petugas-2", "directorate"),
        ("petugas-sulteng-2", "directorate"),
    ]


def test_platforms_were_asked_in_the_weeks_before_too_and_answered(history: History) -> None:
    before = models.Referral.objects.filter(sent_at__lt=MOMENT - timedelta(days=8)).order_by("sent_at")
    told = [(one.channel, (MOMENT - one.sent_at).days // 7, one.state) for one in before if one.sent_at]
    weeks = [(8, "acted_upon"), (6, "refused"), (4, "acted_upon"), (3, "acted_upon"), (2, "refused")]
    assert told == [("platform_form", *one) for one in weeks]


def test_what_is_approved_can_be_mailed(history: History) -> None:
    approved = models.Referral.objects.select_related("edition").get(state="approved")
    assert sending.address(approved) == "pengaduan@kbri.example"


def test_channels_have_referrals_in_many_states(history: History) -> None:
    last = models.Referral.objects.filter(corrects=None, wrote_at__gt=MOMENT - timedelta(days=5))
    told = dict(last.values_list("channel", "state"))
    assert told == {
        "komdigi": "sent",
        "aduan_nomor": "acted_upon",
        "iasc": "received",
        "cek_rekening": "draft",
        "police": "submitted",
        "kemlu": "approved",
        "platform_form": "partly_done",
        "agency_supervision": "accepted",
        "agency_clarification": "clarification_asked",
        "victim_handover": "received",
    }


def test_somebody_harmed_is_handed_over_with_what_they_agreed_to(history: History) -> None:
    handed = models.Referral.objects.select_related("case__office").get(channel="victim_handover")
    item = handed.items.select_related("flag__office", "protection").get()
    assert item.protection is not None
    told = (handed.case.office.code, item.kind, item.flag.office.code, item.protection.state)
    assert told == ("bp3mi-sulteng", "person", "bp3mi-sulteng", "handed_over")
    assert "kepada polisi belum" in handed.facts["agreed"]


def test_a_warning_card_was_let_out_by_a_second_person_and_one_waits(history: History) -> None:
    told = [
        (one.state, one.by.username, one.released_by.username if one.released_by else "", len(cards.files(one)) > 0)
        for one in models.Card.objects.select_related("by", "released_by").order_by("id")
    ]
    first = ("released", "petugas", "penyelia", True) if browser.found() else ("proposed", "petugas", "", False)
    assert told == [first, ("proposed", "petugas", "", False)]


def test_somebody_objects_at_the_public_desk_to_the_card_that_was_let_out(history: History) -> None:
    about = [one.number for one in models.Card.objects.filter(state="released")]
    found = objections.of_receipt(receipts.hashed(carded.OBJECTION))
    assert [(one.about, str(one.side), one.state, one.entered_by) for one in found] == [(one, "named", "entered", None) for one in about]


def test_objections_wait_were_refused_and_were_upheld_with_their_correction(history: History) -> None:
    told = []
    for one in (
        models.Objection.objects.exclude(how="form").select_related("office", "entered_by", "ended_by", "decision__flag").order_by("id")
    ):
        assert one.entered_by is not None
        people = (one.entered_by.username, one.ended_by.username if one.ended_by else "")
        told.append((one.office.code, str(one.side), one.outcome, *people, one.answered_at is not None, one.decision.flag.state))
    assert told == [
        ("bp3mi-jabar", "named", "rejected", "petugas", "penyelia", True, "confirmed"),
        ("bp3mi-jabar", "reporter", "", "petugas", "", False, "dismissed"),
        ("bp3mi-sulteng", "agency", "upheld", "petugas-sulteng", "penyelia-sulteng", False, "dismissed"),
    ]
    correction = models.Referral.objects.select_related("corrects", "submitted_by", "case").get(objection__outcome="upheld")
    assert correction.corrects is not None
    assert correction.submitted_by is not None
    said = (correction.corrects.channel, correction.corrects.state, correction.state, correction.submitted_by.username)
    assert said == ("agency_supervision", "accepted", "submitted", "petugas-sulteng-2")
    assert [one.username for one in referrals.approvers(correction)] == ["penyelia-siber", "penyelia-siber-2"]
    # At the flag, at the case, which holds it no longer, and in the week.
    flag_id = correction.items.get().flag_id
    assert models.FlagEvent.objects.filter(flag=flag_id, kind="corrected").count() == 1
    assert models.CaseEvent.objects.filter(case=correction.case, flag=flag_id).order_by("-id")[0].kind == "flag_removed"
    assert not models.CaseFlag.objects.filter(flag=flag_id).exists()
    refused = WeeklySummary.objects.get(office__code="bp3mi-jabar", edition=1, week=calendar.Span(MOMENT).day(71).isocalendar().week)
    assert {row["key"]: row["now"] for row in refused.figures["corrections"] if row["now"]} == {"entered": 1, "rejected": 1}


def test_the_public_reported_and_the_sample_can_be_followed(history: History) -> None:
    tips = models.Tip.objects.select_related("office").order_by("id")
    told = [(one.office.code, one.state, one.urgent, one.same_as_id is not None, one.bad_faith_at is not None) for one in tips]
    assert told == [
        ("bp3mi-jabar", "read", False, False, False),
        ("bp3mi-jabar", "received", True, False, False),
        ("bp3mi-jabar", "received", False, False, False),
        ("bp3mi-jabar", "received", False, True, False),
        ("bp3mi-jabar", "closed", False, False, False),
        ("bp3mi-jabar", "closed", False, False, True),
    ]
    assert following.of_number(reported.SAMPLE) == tips[0]
    assert [one.by is None for one in tips[0].messages.order_by("id")] == [False, True]
    assert models.TipIdentity.objects.get().tip == tips[0]


def test_no_case_is_escalated_before_it_is_opened(history: History) -> None:
    escalated = models.Case.objects.exclude(escalated_at=None)
    assert (escalated.exists(), list(escalated.filter(escalated_at__lt=F("opened_at")))) == (True, [])


def test_what_happened_to_cases_and_people_harmed(history: History) -> None:
    events = {"cases": counted(models.CaseEvent.objects, "kind"), "harmed": counted(models.ProtectionEvent.objects, "kind")}
    assert events == {
        "cases": {
            "opened": 47,
            "flag_added": 82,
            "escalated": 32,
            "taken": 31,
            "passed_on": 12,
            "returned": 7,
            "closed": 19,
            "reopened": 3,
            "referred": 12,
            "corrected": 1,
            "flag_removed": 1,
            "article_added": 1,
            "ticked": 3,
            "note": 19,
            "message": 80,
        },
        "harmed": {"marked": 6, "moved": 2, "contacted": 5, "handed_over": 4, "closed": 1},
    }
    assert counted(models.ElementTick.objects, "kind") == {"check": 3, "agency": 1, "no_row": 1}


def test_many_rows_were_decided_at_once_by_one_and_by_two(history: History) -> None:
    told = []
    for one in models.Bulk.objects.select_related("office", "by", "approved_by", "ended_by").order_by("id"):
        second = one.approved_by or one.ended_by
        entries = counted(one.entries, "state")
        told.append((one.office.code, one.by.username, second.username if second else "", str(one.state), one.outcome, entries))
    assert told == [
        ("bp3mi-jabar", "petugas", "penyelia", "refused", "dismissed", {"left": 26}),
        ("bp3mi-jabar", "petugas", "", "done", "dismissed", {"done": 14}),
        ("bp3mi-sulteng", "petugas-sulteng", "penyelia-sulteng", "done", "dismissed", {"done": 26}),
        ("directorate", "analis-2", "", "proposed", "confirmed", {"waiting": 26}),
    ]
    # What waits is the drawing of a card that nobody let out yet.
    assert list(models.Job.objects.filter(state="waiting").values_list("kind", flat=True)) == [cards.JOB]


def test_files_and_calls_were_brought_in(history: History) -> None:
    told = []
    for one in models.Intake.objects.select_related("office", "person").order_by("id"):
        posts = (one.posts_new, one.posts_changed, one.posts_repeated)
        problems = [problem["code"] for problem in one.problems]
        told.append(
            (str(one.kind), one.person.username, one.format, str(one.state), posts, problems, sum(left["count"] for left in one.left))
        )
    assert told == [
        ("noted", "analis", "noted", "done", (1, 0, 0), [], 0),
        ("import", "petugas-2", "whatsapp", "done", (34, 0, 0), ["bad_date", "bad_date"], 2),
        ("noted", "analis", "noted", "done", (1, 0, 0), [], 0),
        ("import", "petugas-sulteng", "table", "done", (26, 0, 0), ["no_text", "bad_time", "bad_url"], 0),
        ("noted", "petugas", "noted", "done", (1, 0, 0), [], 0),
        ("noted", "petugas-sulteng", "noted", "done", (1, 0, 0), [], 0),
        ("noted", "petugas-sulteng", "noted", "done", (1, 0, 0), [], 0),
        ("import", "petugas-sulteng-2", "telegram", "done", (7, 0, 11), ["bad_message"], 1),  # the rest the watch had
        ("noted", "petugas-sulteng", "noted", "done", (1, 0, 0), [], 0),
        ("import", "analis-2", "whatsapp", "done", (26, 0, 0), ["bad_date", "bad_date"], 2),
        ("noted", "petugas-2", "noted", "done", (1, 0, 0), [], 0),
        *[("noted", "petugas", "noted", "done", (1, 0, 0), [], 0)] * 5,  # of before the first week
    ]


def test_a_number_from_the_telephone_meets_the_posts_that_name_it(history: History) -> None:
    seen = {
        number: counted(models.Sighting.objects.filter(indicator__kind="phone", indicator__value=number), "post__platform")
        for number in ("+6284077000107", "+6284077000214")
    }
    assert seen == {"+6284077000107": {"feed": 8, "noted": 1}, "+6284077000214": {"feed": 7, "noted": 2}}


def test_contacts_are_trusted_were_trusted_and_wait(history: History) -> None:
    told = []
    for one in models.Trusted.objects.select_related("indicator", "proposed_by", "approved_by", "ended_by").order_by("id"):
        people = [person.username if person else "" for person in (one.proposed_by, one.approved_by, one.ended_by)]
        told.append((one.indicator.value, *people))
    assert told == [
        ("+6284021010001", "analis", "penyelia-siber", ""),
        ("+6284021130013", "petugas", "penyelia", ""),
        ("+6284021070007", "petugas-sulteng", "penyelia-sulteng", "analis"),
        ("+6284021110011", "petugas-2", "", ""),
    ]


def test_posts_were_put_forward_to_be_erased(history: History) -> None:
    told = []
    for one in models.ErasureRequest.objects.select_related("by__office", "answer__by").order_by("id"):
        answer = getattr(one, "answer", None)
        told.append(
            (one.by.office.code, one.reason, str(answer.kind) if answer else "", answer.by.username if answer and answer.by else "")
        )
    assert told == [
        ("bp3mi-jabar", "mistake", "refused", "penyelia"),
        ("bp3mi-sulteng", "subject", "approved", "penyelia-sulteng"),
        ("directorate", "other", "ran_out", ""),
        ("bp3mi-jabar", "subject", "", ""),
    ]
    erased = models.PostVersion.objects.exclude(erasures=None).values_list("post", flat=True)
    assert list(erased) == list(models.ErasureRequest.objects.filter(answer__kind="approved").values_list("post", flat=True))


def test_second_looks_agree_and_disagree_and_some_wait(history: History) -> None:
    seconds = models.Review.objects.filter(step="second").select_related("draw__decision")
    agreed = []
    for one in seconds:
        assert one.draw.decision is not None
        agreed.append(one.outcome == one.draw.decision.outcome)
    assert agreed.count(True) > agreed.count(False) > 0
    assert models.Draw.objects.filter(kind="second", reviews=None).exists()


def test_every_week_is_frozen_but_the_last_of_one_office(history: History) -> None:
    weeks = [f"{monday.isocalendar().year}-W{monday.isocalendar().week:02d}" for monday in mondays()]
    frozen: dict[str, list[str]] = {}
    for one in WeeklySummary.objects.select_related("office").filter(edition=1):
        frozen.setdefault(one.office.code if one.office else "", []).append(f"{one.year}-W{one.week:02d}")
    assert {code: sorted(found) for code, found in frozen.items()} == {"": weeks, "bp3mi-sulteng": weeks, "bp3mi-jabar": weeks[:-1]}
    (correction,) = WeeklySummary.objects.filter(edition=2)
    assert correction.office is not None
    assert (correction.office.code, bool(correction.correction_reason)) == ("bp3mi-sulteng", True)


def test_the_last_week_is_frozen_once_all_that_is_made_up_of_it_stands(history: History) -> None:
    """What the last six days hold lies in the week before when the example begins on one of its first days."""
    last = mondays()[-1].isocalendar()
    frozen = list(WeeklySummary.objects.select_related("office").filter(year=last.year, week=last.week))
    anew = [summary.collect(office=one.office, period=one.period, now=MOMENT) for one in frozen]
    assert [one.read().referrals for one in frozen] == [one.referrals for one in anew]
    hashes = {one.sha256 for one in frozen}
    rows = models.AuditEntry.objects.order_by("seq").values_list("verb", "after")
    order = ["frozen" if verb == "summary.freeze" and after["sha256"] in hashes else verb.partition(".")[0] for verb, after in rows]
    others = {"referral", "objection", "case", "tip", "flag"}
    assert [one for one in order[order.index("frozen") :] if one in others] == []


def test_every_edition_is_signed_by_two_but_the_last_ones_wait_for_the_second(history: History) -> None:
    signed = {one: [row.place for row in one.signatures.all()] for one in WeeklySummary.objects.prefetch_related("signatures")}
    last = max((one.year, one.week) for one in signed)
    assert {one.number: places for one, places in signed.items() if places != ["author", "second"]} == {
        one.number: ["author"] for one in signed if (one.year, one.week) == last
    }
    # Each of them for somebody whose password is printed; the national one for the supervisor who did not freeze it.
    waits = {}
    for username in ("penyelia-siber", "penyelia-siber-2"):
        person = models.Person.objects.get(username=username)
        assert person.has_usable_password()
        waits[username] = [one.office.code if one.office else "" for one in signing.waiting_for(person)]
    assert waits == {"penyelia-siber": ["bp3mi-sulteng"], "penyelia-siber-2": ["bp3mi-sulteng", ""]}


def mondays() -> list[date]:
    return [calendar.Span(MOMENT).first + timedelta(weeks=number) for number in range(calendar.WEEKS)]


def test_the_register_has_three_editions_and_one_agency_falls_between(history: History) -> None:
    first, second, third = (kept_editions.load(one.pk) for one in models.RegisterEdition.objects.order_by("number"))

    def stands(register: domain.Register) -> list[str]:
        return [str(one.status) for agency in register.agencies if agency.name == "PT Gema Rantau Sejati" for one in agency.standings]

    assert stands(first) == ["active"]
    assert stands(second) == ["active", "suspended"]
    assert stands(third) == ["active", "suspended", "supervised"]
    revoked = {agency.name for agency in third.agencies if "revoked" in map(str, (one.status for one in agency.standings))}
    assert "PT Padma Jagat Wiratama" in revoked
    newest = models.RegisterEdition.objects.get(number=3)
    shown = [hashlib.sha256((history[0] / "world" / name).read_bytes()).hexdigest() for name in ("agencies.csv", "licences.csv")]
    assert [file["sha256"] for file in newest.files] == shown


def test_watches_are_well_stopped_failing_and_paused(history: History) -> None:
    stands = {watch.name: (str(watch.state), (watch.last_problem or {}).get("code", "")) for watch in models.Watch.objects.all()}
    assert stands == {
        "Info Kerja Sulteng": ("active", ""),
        "Loker Cirebon Indramayu": ("active", ""),
        "Kerja Luar Negeri": ("active", ""),
        "Telegram: Loker Palu Sigi Donggala": ("active", ""),
        "Telegram: Kerja Luwuk Banggai": ("stopped", "channel_not_found"),
        "Kabar Rantau Lama": ("active", "robots_unreachable"),
        "Magang Luar Negeri": ("paused", ""),
    }
    station = models.Station.objects.get()
    assert (station.office.code, station.people.get().username) == ("bp3mi-jabar", "petugas-2")
    assert station.watches.get().name == "Loker Cirebon Indramayu"
    well = models.Watch.objects.filter(state="active", last_problem__isnull=True)
    assert all(watch.last_good_at and watch.last_good_at > MOMENT - timedelta(days=1) for watch in well)
    failing = models.Watch.objects.get(name="Kabar Rantau Lama").last_good_at
    assert failing is not None
    assert failing < MOMENT - timedelta(days=3)
    assert counted(models.Fetch.objects, "outcome").keys() == {"good", "unchanged", "failed"}


def test_offices_have_own_watches_and_one_is_proposed(history: History) -> None:
    own = models.Watch.objects.filter(by_office=True).select_related("office", "created_by").order_by("id")
    assert [(one.office.code, one.name, one.created_by.username if one.created_by else "") for one in own] == [
        ("bp3mi-jabar", "Loker Cirebon Indramayu", "penyelia"),
        ("bp3mi-sulteng", "Telegram: Loker Palu Sigi Donggala", "penyelia-sulteng"),
    ]
    told = models.WatchProposal.objects.select_related("proposed_by", "decided_by").order_by("id")
    assert [(one.proposed_by.username, one.decided_by.username if one.decided_by else "", str(one.state)) for one in told] == [
        ("petugas-sulteng", "penyelia-sulteng", "accepted"),
        ("petugas", "", "proposed"),
    ]
    assert [one.name for one in proposing.waiting(models.Person.objects.get(username="penyelia"))] == [two_people.WATCH[2]]


def test_a_change_of_the_register_by_hand_waits_for_a_second_person(history: History) -> None:
    change = models.ManualChange.objects.select_related("by").get()
    assert (change.by.username, change.agency, str(change.kind)) == ("register", two_people.BY_HAND[0], "licence")
    assert [one.username for one in manual.releasers(change.by)] == ["penyelia-siber", "penyelia-siber-2"]
    assert not isinstance(manual.after(change), domain.Sentence)  # it fits the register in force


def test_two_people_agreed_on_the_times_of_keeping_and_a_case_is_held(history: History) -> None:
    edition = times.in_force()
    assert edition is not None
    assert (edition.by.username, edition.answer.by.username, edition.times) == ("penyelia-siber-2", "penyelia-siber", times.shipped())
    hold = models.LegalHold.objects.select_related("case__office", "by").get()
    assert (hold.case.office.code, hold.by.username, hold.reason) == ("bp3mi-jabar", "penyelia", kept.HELD)
    told = {words for _days, words in (*kept.FIRST, *kept.LATER)}
    assert set(models.PostText.objects.filter(version__post__flag=None, text__in=told).values_list("text", flat=True)) == told
    figures = {row.term: row for row in running.figures()}
    assert (figures["unflagged"].edition, figures["unflagged"].erased) == (edition, 0)  # not of today


def test_nothing_lies_behind_the_moment_and_every_act_stands_in_the_log(history: History) -> None:
    assert models.AuditEntry.objects.filter(at__gt=MOMENT).count() == 0
    assert models.Decision.objects.filter(at__gt=MOMENT).count() == 0
    assert models.Post.objects.filter(first_seen__gt=MOMENT).count() == 0
    logged = models.AuditEntry.objects.filter(verb__in=["flag.confirmed", "flag.dismissed", "flag.victim", "flag.needs_information"])
    batches = models.Decision.objects.exclude(outcome="reversed").values_list("batch", "pk")
    assert logged.count() == len({batch or pk for batch, pk in batches})
    assert models.AuditEntry.objects.filter(verb="register.imported").count() == 3
    assert models.AuditEntry.objects.filter(verb="summary.freeze").count() == WeeklySummary.objects.count()


def test_chain_and_evidence_are_whole(history: History) -> None:
    assert audit.verify() is None
    out = io.StringIO()
    call_command("verify_evidence", stdout=out, stderr=out)
    assert models.Capture.objects.count() > 200
    assert not models.Unsealed.objects.exists()


def test_it_is_lived_once(history: History) -> None:
    assert not build.wanted()


DECIDING = {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}
ROLES = {
    "petugas": Role.OFFICER,
    "petugas-sulteng": Role.OFFICER,
    "analis": Role.ANALYST,
    "penyelia": Role.SUPERVISOR,
    "penyelia-siber": Role.SUPERVISOR,
    "register": Role.REGISTRAR,
    "admin": Role.ADMINISTRATOR,
}


@pytest.mark.parametrize("username", ROLES)
def test_the_start_page_and_every_list_of_every_role_answer(history: History, username: str) -> None:
    client = Client()
    client.force_login(models.Person.objects.get(username=username))
    lists = {**test_pages.LISTS, **dict.fromkeys(("patrol_campaign_changelist", "reports_weeklysummary_changelist"), DECIDING)}
    asked = [name for name, roles in lists.items() if ROLES[username] in roles]
    assert {name: client.get(reverse(f"admin:{name}")).status_code for name in asked} == dict.fromkeys(asked, 200)


@pytest.mark.parametrize("username", ["penyelia", "penyelia-siber"])
def test_every_frozen_week_of_a_supervisor_opens(history: History, username: str) -> None:
    person, client = models.Person.objects.get(username=username), Client()
    client.force_login(person)
    weeks = access.scope(person, access.Action.SUMMARY_VIEW, WeeklySummary.objects.all(), office_path="office_id")
    pages = [reverse("admin:reports_weeklysummary_edition", args=[one.pk]) for one in weeks]
    assert len(pages) >= calendar.WEEKS - 1
    assert [client.get(page).status_code for page in pages[:2] + pages[-2:]] == [200] * 4


def test_a_system_of_the_office_has_a_token_and_a_webhook_which_failed_once_and_got_the_same_later(history: History) -> None:
    token, webhook = models.Device.objects.exclude(office=None).get(), models.Webhook.objects.get()
    assert (token.name, token.person.username, webhook.made_by.username) == (hooked.SYSTEM, hooked.SUPERVISOR, hooked.SUPERVISOR)
    assert (webhook.state, webhook.failures, webhook.address) == ("active", 0, hooked.ADDRESS)
    tries = list(models.Delivery.objects.order_by("id").values_list("change", "type", "arrived", "status"))
    assert tries[0][1:] == ("test", True, 204)
    (failed,) = [number for number, one in enumerate(tries) if not one[2]]
    assert tries[failed + 1] == (*tries[failed][:2], True, 204)
    assert len(tries) - failed < 30  # the page shows both
    arrived = [change for change, _type, there, _status in tries if there]
    assert len(set(arrived)) == len(arrived)
    assert {kind for _change, kind, *_rest in tries[1:]} <= set(hooked.TYPES)
