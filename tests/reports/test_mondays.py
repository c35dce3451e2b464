"""Monday 07.00 of each office's zone, with a moved clock: who is told what, once, after an outage too and where a process dies."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from patrol import models, tasks
from patrol.infra import jobs
from patrol.outgoing import mailing
from reports import mailed, mondays, summary
from reports.models import Mailed, Monday, Subscription
from reports.period import IsoWeek
from tests import sink
from tests.cases.test_sending import use
from tests.reports.conftest import Patrol
from tests.worker import points

WEEK = "2026-W47"
ZONES = {"jateng": "Asia/Jakarta", "ntb": "Asia/Makassar", "papua": "Asia/Jayapura"}
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
# In Jayapura it is Monday 07.00 two hours before it is in Jakarta.
HOURS = {
    "papua": datetime(2026, 11, 22, 22, tzinfo=UTC),
    "ntb": datetime(2026, 11, 22, 23, tzinfo=UTC),
    "jateng": datetime(2026, 11, 23, tzinfo=UTC),
}


def made(patrol: Patrol) -> dict[str, models.Person]:
    """Three offices in three zones and the directorate, each with a supervisor who wants the mail and one who does not, and an officer."""
    offices = {code: patrol.office(code, zone=zone) for code, zone in ZONES.items()} | {"direktorat": patrol.directorate()}
    people = {}
    for code, office in offices.items():
        people[code] = patrol.person("supervisor", office, f"penyelia-{code}")
        patrol.person("supervisor", office, f"lain-{code}")
        patrol.person("officer", office)
        models.Person.objects.filter(pk=people[code].pk).update(mail=f"{code}@kantor.example")
        mailed.subscribe(draft=True, editions=[], by=people[code])
    patrol.office("tutup", zone="Asia/Jakarta", active=False)
    return people


@pytest.fixture
def people(patrol: Patrol) -> dict[str, models.Person]:
    found = made(patrol)
    mondays.remind(now=SUNDAY)  # a new installation begins with the next Monday
    assert (models.Notice.objects.count(), Monday.objects.count()) == (0, 4)
    return found


def told() -> list[str]:
    return sorted(models.Notice.objects.filter(kind="summary_draft").values_list("person__username", flat=True))


def asked() -> list[str]:
    return sorted(models.Dispatch.objects.filter(kind="summary_draft").values_list("key", flat=True))


def test_each_office_is_told_at_its_own_seven_and_once(people: dict[str, models.Person]) -> None:
    expected: list[str] = []
    for code, hour in HOURS.items():
        mondays.remind(now=hour - timedelta(seconds=1))
        assert told() == sorted(expected)
        expected += [f"lain-{code}", f"penyelia-{code}"] + (["lain-direktorat", "penyelia-direktorat"] if code == "jateng" else [])
        many = mondays.remind(now=hour)
        assert (many, told()) == (4 if code == "jateng" else 2, sorted(expected))
        assert mondays.remind(now=hour) == 0
    assert {notice.note for notice in models.Notice.objects.all()} == {WEEK}
    offices = [models.Office.objects.get(code=code).pk for code in ZONES]
    wanted = [f"{WEEK}/{pk}/{people[code].pk}" for pk, code in zip(offices, ZONES, strict=True)]
    assert asked() == sorted([*wanted, f"{WEEK}/None/{people['direktorat'].pk}"])
    mondays.remind(now=HOURS["papua"] + timedelta(days=7))
    assert len(told()) == 10


def test_after_an_outage_the_last_monday_is_told_and_no_earlier_one(people: dict[str, models.Person]) -> None:
    mondays.remind(now=HOURS["jateng"] + timedelta(days=16))
    assert (len(told()), {notice.note for notice in models.Notice.objects.all()}) == (8, {"2026-W49"})
    assert len(asked()) == 4


def test_a_week_that_is_frozen_is_no_draft_and_a_preliminary_edition_leaves_one(patrol: Patrol, people: dict[str, models.Person]) -> None:
    ntb, papua = people["ntb"], people["papua"]
    summary.freeze(office_id=papua.office_id, period=IsoWeek(2026, 47), by=papua, now=SUNDAY - timedelta(hours=5))
    summary.freeze(office_id=ntb.office_id, period=IsoWeek(2026, 47), by=ntb, now=datetime(2026, 11, 22, 17, 30, tzinfo=UTC))
    mondays.remind(now=HOURS["ntb"])
    assert told() == ["lain-papua", "penyelia-papua"]


def test_the_notice_leads_to_the_draft(people: dict[str, models.Person], client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = HOURS["jateng"] + timedelta(hours=1)
    mondays.remind(now=now)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for code, place in (("ntb", "ntb"), ("direktorat", "nasional")):
        client.force_login(people[code])
        page = client.get(reverse("admin:patrol_notice_changelist"))
        assert f"Draf rekap mingguan {WEEK} sudah ada, belum dibekukan" in page.content.decode()
        notice = models.Notice.objects.get(person=people[code])
        answer = client.post(reverse("admin:patrol_notice_open", args=[notice.pk]))
        assert answer["Location"] == reverse("admin:reports_weeklysummary_week", args=[place, WEEK])
        assert client.get(answer["Location"]).status_code == 200


def test_the_mail_says_where_the_draft_is_and_nothing_once_it_is_frozen_or_not_wanted(
    people: dict[str, models.Person], settings: Any
) -> None:
    settings.SITE_URL = "https://patroli.example"
    now = HOURS["jateng"]
    mondays.remind(now=now)
    with sink.running() as (server, port):
        use(settings, port)
        Subscription.objects.filter(person=people["papua"]).delete()
        summary.freeze(office_id=people["ntb"].office_id, period=IsoWeek(2026, 47), by=people["ntb"], now=now)
        while jobs.run({"dispatch": mailing.carry_out}, now=now):
            pass
        read = {
            envelope.rcpt_tos[0]: email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
            for envelope in server.mails
        }
    assert sorted(read) == ["direktorat@kantor.example", "jateng@kantor.example"]
    text = read["jateng@kantor.example"].get_content()
    assert read["jateng@kantor.example"]["Subject"] == "Draf rekap mingguan, belum dibekukan"
    assert "BELUM DIBEKUKAN" in text
    assert f"https://patroli.example{reverse('admin:reports_weeklysummary_week', args=['jateng', WEEK])}" in text
    assert f"{reverse('admin:reports_weeklysummary_week', args=['nasional', WEEK])}" in read["direktorat@kantor.example"].get_content()
    assert sorted(models.Dispatch.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent", "sent"]


# --- a process that dies ----------------------------------------------------------------------------

FOLLOWED = (mondays.remind, mondays._tell, mailing.ask, mailing.carry_out, mailing._begin, mailing.hand_over, mailing._end, jobs.run)
PASSED = {
    "mailing._carrier",
    "mailing._letter",
    "mailing.message_id",
    "mailing.composed",
    "mailing._locked",
    "jobs._unexpected",
    "mailing.configured",
    "consulting.write",  # of a letter that shows somebody
    "jobs.fail",
}
DYING = points.steps(FOLLOWED, PASSED)
# What becomes of the mail that was on its way where the process dies: its state, and how many of it the server has.
SENT, NOT_LEFT, ARRIVED = ("sent", 1), ("unknown", 0), ("unknown", 1)
DIES: dict[tuple[str, int], tuple[str, int]] = {
    # "Trying" is not committed: the next worker begins anew, and it must leave once.
    **dict.fromkeys(
        ((f"{when} {what}", 1) for what in ("mailing.ask", "jobs.add", "commit", "jobs.claim") for when in ("before", "after")), SENT
    ),
    **dict.fromkeys(((f"{when} {what}", 1) for what in ("mailing._move", "jobs.hold") for when in ("before", "after")), SENT),
    ("before mailing._begin", 1): SENT,
    ("before commit", 5): SENT,  # four offices were told; the fifth says "trying"
    # It is: nobody knows, though nothing left.
    ("after commit", 5): NOT_LEFT,
    ("after mailing._begin", 1): NOT_LEFT,
    ("before keepable.keepable", 1): NOT_LEFT,
    ("after keepable.keepable", 1): NOT_LEFT,
    ("before mailing.deliver", 1): NOT_LEFT,
    # The server has it, and what it said is not committed.
    ("after mailing.deliver", 1): ARRIVED,
    **dict.fromkeys(
        ((f"{when} {what}", 1) for what in ("mailing.without_addresses", "mailing._end", "jobs.finish") for when in ("before", "after")),
        ARRIVED,
    ),
    ("before commit", 6): ARRIVED,
    ("after commit", 6): SENT,
}


def test_a_death_at_any_step_tells_everybody_once_or_says_that_it_is_not_known(
    committed: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = made(Patrol())
    monkeypatch.setattr(tasks, "HANDLERS", {"dispatch": mailing.carry_out})
    process = points.Process(monkeypatch, DYING)
    mondays.remind(now=SUNDAY)
    process.waiting.clear()
    with sink.running() as (server, port):
        use(settings, port)
        # What is never passed here: the ways of files and brokers, and of a mail nobody took.
        passed = ("fsync", "rename", "publish", "acknowledge", "_again")
        assert {point for point in points.points(DYING) if not point.endswith(passed)} == {point for point, _nth in DIES}
        for week, ((point, nth), (state, has)) in enumerate(DIES.items()):
            now = HOURS["jateng"] + timedelta(days=7 * week)
            server.mails.clear()
            models.Notice.objects.all().delete()
            models.Dispatch.objects.all().delete()
            process.arm(point, nth)
            died = 0
            for _again in range(3):
                try:
                    mondays.remind(now=now)
                    while jobs.run(tasks.HANDLERS, now=now):
                        pass
                except BaseException:
                    if not process.died:
                        raise
                    connection.close()
                    died += 1
                with connection.cursor() as cursor:  # the lease of the dead runs out
                    cursor.execute(
                        "UPDATE patrol_job SET due_at = clock_timestamp(), lease_until = NULL, lease_token = NULL WHERE state = 'waiting'"
                    )
            assert died == 1, f"never reached: {point}"
            assert len(told()) == 8, point
            assert len(asked()) == len(people) == 4, point
            states = dict(models.Dispatch.objects.values_list("person__mail", "state"))
            mails = Counter(envelope.rcpt_tos[0] for envelope in server.mails)
            assert sorted(states.values()) == ["sent", "sent", "sent", state], (point, nth)
            assert mails == Counter({to: 1 if one == "sent" else has for to, one in states.items()}), (point, nth)


def test_what_is_wanted_is_ones_own(people: dict[str, models.Person], client: Client) -> None:
    link = reverse("admin:reports_weeklysummary_mails")

    def wants(by: models.Person, **told: Any) -> list[tuple[str, str | None]]:
        client.force_login(by)
        assert client.post(link, told).status_code in {200, 302}
        return sorted(Subscription.objects.filter(person=by).values_list("what", "office__code"), key=str)

    officer = models.Person.objects.filter(role="officer", office__code="jateng")[0]
    assert wants(people["jateng"], draft="1", editions=["jateng"]) == [("draft", "jateng"), ("edition", "jateng")]
    assert wants(people["jateng"], editions=["ntb"]) == [("draft", "jateng"), ("edition", "jateng")]  # no choice of theirs: refused whole
    assert wants(people["jateng"]) == []
    assert wants(officer, draft="1", editions=["jateng"]) == [("edition", "jateng")]
    chosen = wants(people["direktorat"], draft="1", editions=["nasional", "ntb"])
    assert chosen == [("draft", None), ("edition", "ntb"), ("edition", None)]
    mailed.subscribe(draft=False, editions=["ntb", "nasional"], by=officer)
    assert list(mailed.held(officer)) == []
    assert {row.what for row in Subscription.objects.all()} == {Mailed.DRAFT, Mailed.EDITION}
