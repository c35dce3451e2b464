"""Referrals in the summary: what each is at a moment, rows that add up, each number with its rows, and the same counted by other SQL."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from patrol import models
from reports import listing, referrals
from reports.figures import ChannelRow, Figures, Row
from reports.listing import Wanted
from reports.referrals import DOWN, REFUSED, WAITS, Change, Line, Referral
from tests.reports.test_summary import WEEK, at, of

START, END = WEEK.bounds()


@pytest.fixture
def full(patrol: Any) -> Any:
    """Two offices, several channels; referrals of before, of the week and of after it, and all that may become of one."""
    java, lampung = patrol.office("jateng", "BP3MI Jawa Tengah"), patrol.office("lampung")
    officer, other = patrol.person("officer", java), patrol.person("officer", lampung)
    case, theirs = patrol.case(java, at(2), officer), patrol.case(lampung, at(2), other)
    one, two, three, far = (patrol.post(java, at(2), level="high") for _number in range(4))
    models.Post.objects.filter(pk=three.post_id).update(platform="web")
    patrol.java, patrol.officer, patrol.case_of, patrol.one = java, officer, case, one
    # waits at the start: one whose link goes down this week, one that is refused, one that was asked about, one that was withdrawn
    gone = patrol.referral(case, "platform_form", at(10), ("link", one), ("account", one))
    patrol.looked(one, "there", at(10, 10))
    patrol.looked(one, "down", at(17), at(17, 10))
    patrol.said(gone, "acted_upon", at(18), line=1)
    refused = patrol.referral(case, "komdigi", at(11), ("link", two))
    patrol.said(refused, "refused", at(19))
    asked = patrol.referral(case, "komdigi", at(12), ("link", three))
    patrol.said(asked, "clarification_asked", at(18))
    dropped = patrol.referral(case, "cek_rekening", at(12), ("account", two))
    patrol.of_referral(dropped, "withdrawn", at(20))
    # ended before: one says otherwise now, one comes back under its address, one under another name (and one that is something else)
    again = patrol.referral(case, "aduan_nomor", at(3), ("phone", one))
    patrol.said(again, "refused", at(5))
    patrol.said(again, "accepted", at(19))
    shown = patrol.referral(case, "komdigi", at(3), ("link", far))
    patrol.looked(far, "down", at(4), at(4, 10))
    patrol.looked(far, "there", at(20))
    for flag, referral in ((one, shown), (two, refused), (three, refused)):
        models.ComeBack.objects.create(referral=referral, flag=flag, at=at(21), ties=[])
    not_again = models.ComeBack.objects.get(flag=three)
    models.ComeBackAnswer.objects.create(come_back=not_again, outcome="other", reason="x", by=officer, at=at(22))
    # sent this week: down at once, partly answered, refused in part
    quick = patrol.referral(case, "platform_form", at(16), ("link", three), ("account", three))
    patrol.looked(three, "down", at(18), at(18, 1))
    patrol.said(quick, "partly_done", at(19), line=1)
    half = patrol.referral(case, "platform_form", at(17), ("link", two), ("account", two))
    patrol.said(half, "acted_upon", at(18), line=0)
    both = patrol.referral(case, "police", at(17), ("link", two), ("account", two))
    patrol.said(both, "refused", at(18), line=0)
    patrol.said(both, "acted_upon", at(20), line=1)
    patrol.referral(theirs, "iasc", at(18), ("account", two))
    # nobody's figure: the hand-over of somebody harmed, and what was sent later
    patrol.referral(case, "victim_handover", at(17), ("link", two))
    unsent = patrol.referral(case, "komdigi", at(30), ("link", one))
    patrol.said(unsent, "refused", at(30))
    patrol.answered_later = half
    return patrol


RECOUNT = """
WITH moments (name, at) AS (VALUES ('start', %(start)s::timestamptz), ('until', %(until)s)), sent AS (
    SELECT DISTINCT ON (e.referral_id) e.referral_id, e.at FROM patrol_referralevent e WHERE e.kind = 'sent' ORDER BY e.referral_id, e.at
), lines AS (
    SELECT r.id, r.channel, s.at AS sent_at, m.name, m.at, EXISTS (
        SELECT FROM patrol_linkcheck b WHERE i.kind = 'link' AND b.post_id = f.post_id AND b.outcome = 'down' AND b.at < m.at AND (
            SELECT a.outcome FROM patrol_linkcheck a WHERE a.post_id = b.post_id AND a.id < b.id AND a.outcome <> 'unsure' AND a.at >= s.at
            ORDER BY a.id DESC LIMIT 1) = 'down') AS gone, COALESCE((
        SELECT a.outcome FROM patrol_itemanswer a WHERE a.item_id = i.id AND a.at < m.at ORDER BY a.id DESC LIMIT 1), '') AS said, EXISTS (
        SELECT FROM patrol_referralevent w WHERE w.referral_id = r.id AND w.kind = 'withdrawn' AND w.at < m.at) AS withdrawn
    FROM patrol_referral r JOIN sent s ON s.referral_id = r.id JOIN patrol_case c ON c.id = r.case_id
    JOIN patrol_referralitem i ON i.referral_id = r.id JOIN patrol_flag f ON f.id = i.flag_id CROSS JOIN moments m
    WHERE s.at < m.at AND r.corrects_id IS NULL AND r.channel <> 'victim_handover'
      AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
), states AS (
    SELECT id, channel, sent_at, name, CASE WHEN bool_or(withdrawn) THEN 'withdrawn'
        WHEN NOT bool_and(gone OR said IN ('acted_upon', 'partly_done', 'refused')) THEN 'waits'
        WHEN bool_or(gone OR said IN ('acted_upon', 'partly_done')) THEN 'down' ELSE 'refused' END AS state
    FROM lines GROUP BY id, channel, sent_at, name
), pairs AS (
    SELECT u.id, u.channel, u.sent_at, COALESCE(s.state, '') AS was, u.state FROM states u
    LEFT JOIN states s ON s.id = u.id AND s.name = 'start' WHERE u.name = 'until'
)
SELECT channel, count(*) FILTER (WHERE was = 'waits'), count(*) FILTER (WHERE sent_at >= %(start)s),
    count(*) FILTER (WHERE was IN ('down', 'refused') AND state <> was), count(*) FILTER (WHERE state = 'down' AND was <> 'down'),
    count(*) FILTER (WHERE state = 'refused' AND was <> 'refused'), count(*) FILTER (WHERE state = 'withdrawn' AND was <> 'withdrawn'),
    count(*) FILTER (WHERE EXISTS (SELECT FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
        WHERE i.referral_id = pairs.id AND a.outcome = 'clarification_asked' AND a.at >= %(start)s AND a.at < %(until)s)),
    count(*) FILTER (WHERE state = 'waits'),
    count(*) FILTER (WHERE EXISTS (SELECT FROM patrol_comeback k WHERE k.referral_id = pairs.id AND k.at >= %(start)s AND k.at < %(until)s
            AND NOT EXISTS (SELECT FROM patrol_comebackanswer n WHERE n.come_back_id = k.id AND n.outcome = 'other' AND n.at < %(until)s))
        OR EXISTS (SELECT FROM patrol_referralevent e WHERE e.referral_id = pairs.id AND e.kind = 'came_back'
            AND e.at >= %(start)s AND e.at < %(until)s)
        OR EXISTS (SELECT FROM patrol_referralitem i JOIN patrol_flag f ON f.id = i.flag_id JOIN patrol_linkcheck t ON t.post_id = f.post_id
            WHERE i.referral_id = pairs.id AND i.kind = 'link' AND t.outcome = 'there' AND t.at >= %(start)s AND t.at < %(until)s
              AND 2 = (SELECT count(*) FROM (SELECT b.outcome FROM patrol_linkcheck b WHERE b.post_id = t.post_id AND b.id < t.id
                AND b.at >= pairs.sent_at AND b.outcome <> 'unsure' ORDER BY b.id DESC LIMIT 2) l WHERE l.outcome = 'down')))
FROM pairs GROUP BY channel"""


def recounted(office: int | None, start: datetime, until: datetime) -> dict[str, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"office": office, "start": start, "until": until})
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall() if any(row[1:])}


def told(figures: Figures) -> dict[str, tuple[int, ...]]:
    return {row.key: tuple(getattr(row, column) for column in referrals.COLUMNS) for row in figures.referrals}


@pytest.mark.django_db
def test_each_row_adds_up_and_stays_and_is_what_other_sql_counts(full: Any) -> None:
    before = of(full.java)
    assert before.balanced
    #                start sent again down refused withdrawn asked end back
    assert told(before) == {
        "komdigi": (2, 0, 0, 1, 1, 0, 1, 0, 2),  # a link that went down ends each referral that asked about it
        "aduan_nomor": (0, 0, 1, 0, 0, 0, 0, 1, 0),
        "cek_rekening": (1, 0, 0, 0, 0, 1, 0, 0, 0),
        "platform_form": (1, 2, 0, 2, 0, 0, 0, 1, 0),
        "police": (0, 1, 0, 1, 0, 0, 0, 0, 0),
    }
    assert {row.key: row.days for row in before.referrals if row.down} == {"komdigi": 6, "platform_form": 3, "police": 3}
    for office in (full.java, full.offices["lampung"], None):
        for week in (WEEK.previous(), WEEK, WEEK.next()):
            figures = of(office, week, at(30, 23))
            assert told(figures) == recounted(office.pk if office else None, *week.bounds()), (office, week)
            assert figures.balanced
    assert {measure.key: measure.series[-3:] for measure in before.measures if measure.key in referrals.MEASURES} == {
        "referrals": (2, 4, 3),
        "down": (1, 0, 3),
        "back": (0, 0, 2),
    }
    # Whatever comes after the week is over.
    full.said(full.answered_later, "acted_upon", at(24))
    full.looked(full.one, "there", at(24))
    models.ComeBackAnswer.objects.create(
        come_back=models.ComeBack.objects.get(flag=full.one), outcome="other", reason="x", by=full.officer, at=at(24)
    )
    assert of(full.java, now=at(25)) == before
    assert Figures.from_json(before.to_json()) == before


@pytest.mark.django_db
def test_each_number_leads_to_as_many_rows(full: Any) -> None:
    figures = of(full.java)
    for row in figures.referrals:
        for column in referrals.COLUMNS:
            wanted = Wanted("referrals", f"{row.key}:{column}")
            assert len(listing.items(figures, full.java, wanted)) == getattr(row, column) == listing.figure(figures, wanted)
    total = Wanted("referrals", ":end")
    assert len(listing.items(figures, full.java, total)) == listing.figure(figures, total) == 2
    for key in referrals.MEASURES:
        for when in ("now", "before", "2"):
            wanted = Wanted("measures", key, when)
            assert len(listing.items(figures, full.java, wanted)) == listing.figure(figures, wanted), wanted
    for wanted in (Wanted("referrals", "komdigi:balance"), Wanted("referrals", "komdigi:end", "before"), Wanted("referrals", "kemlu:end")):
        with pytest.raises(listing.NoSuchFigureError):
            listing.items(figures, full.java, wanted)


CLOSED = """
SELECT count(DISTINCT i.mark) FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
  JOIN patrol_referral r ON r.id = i.referral_id JOIN patrol_case c ON c.id = r.case_id
 WHERE i.kind = 'account' AND a.outcome IN ('acted_upon', 'partly_done') AND a.at >= '2026-11-01' AND a.at < %s AND c.office_id = %s"""


@pytest.mark.django_db
def test_what_was_closed_in_the_calendar_month_counts_each_thing_once(full: Any) -> None:
    figures = of(full.java)
    # Accounts: of the two platform referrals and of the police one; the link of `two` was acted upon for one body and refused by another.
    assert figures.closed == (Row("account", 3, 0), Row("site", 1, 0), Row("post", 3, 0))
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [END, full.java.pk])
        assert cursor.fetchone() == (3,)
    for row in figures.closed:
        for when, count in (("now", row.now), ("before", row.before)):
            assert len(listing.items(figures, full.java, Wanted("closed", row.key, when))) == count
    # Of a week in the next month this one is the month before.
    later = of(full.java, WEEK.shifted(2), at(30, 23) + timedelta(days=5))
    assert later.closed == (Row("account", 0, 3), Row("site", 0, 1), Row("post", 0, 3))
    assert len(listing.items(later, full.java, Wanted("closed", "account", "before"))) == 3
    assert of(full.offices["lampung"]).closed == (Row("account", 0, 0), Row("site", 0, 0))


@pytest.mark.django_db
def test_cases_are_closed_by_outcome_and_nobody_harmed_is_told_of(patrol: Any) -> None:
    java = patrol.office("jateng")
    officer = patrol.person("officer", java)
    outcomes = ["acted_upon", "acted_upon", "unfounded", "victim_protected", ""]
    for day, outcome in enumerate(outcomes, start=16):
        case = patrol.case(java, at(3), officer)
        models.CaseEvent.objects.create(case=case, kind="closed", at=at(day), by=officer, note="x", outcome=outcome)
    figures = of(java)
    assert figures.balanced
    assert {row.key: row.now for row in figures.case_outcomes} == {
        "acted_upon": 2,
        "refused": 0,
        "unfounded": 1,
        "handed_over": 0,
        "merged": 0,
        "*": 2,
    }
    assert "victim" not in str(figures.to_json())
    for key, count in (("acted_upon", 2), ("*", 2), ("", 5)):
        assert (
            len(listing.items(figures, java, Wanted("case_outcomes", key)))
            == count
            == listing.figure(figures, Wanted("case_outcomes", key))
        )


@pytest.mark.django_db
def test_what_waits_longer_than_its_level_may(patrol: Any, settings: Any) -> None:
    java = patrol.office("jateng")
    settings.DECIDE_HOURS = {"high": 12, "medium": 48}
    edge = END - timedelta(hours=12)
    patrol.post(java, edge, level="high")  # just within
    patrol.post(java, edge - timedelta(minutes=1), level="high")
    patrol.post(java, edge, level="medium")
    risen = patrol.post(java, edge - timedelta(hours=1), level="medium")
    patrol.follow(risen, "waiting", END - timedelta(hours=1), level="high")
    patrol.post(java, at(19), level="medium")
    figures = of(java)
    assert [(limit.key, limit.hours, limit.now, limit.before) for limit in figures.limits] == [("high", 12, 2, 0), ("medium", 48, 1, 0)]
    for limit in figures.limits:
        assert len(listing.items(figures, java, Wanted("limits", limit.key))) == limit.now
    # A limit that is set anew changes no frozen row.
    settings.DECIDE_HOURS = {"high": 1, "medium": 1}
    assert len(listing.items(figures, java, Wanted("limits", "high"))) == 2
    following = of(java, WEEK.next(), at(30, 23))
    assert [limit.before for limit in following.limits] == [3, 2]


# --- pure -----------------------------------------------------------------------------------------


def moment(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_a_moment_belongs_to_what_begins_with_it() -> None:
    one = Referral(1, "komdigi", START, (Change(START, WAITS, START), Change(END, DOWN, END)), (), (), ())
    assert [one.state(when) for when in (START, START + timedelta(seconds=1), END, END + timedelta(seconds=1))] == ["", WAITS, WAITS, DOWN]
    assert one.became(START, END) == Change(START, WAITS, START)
    assert one.became(END, END + timedelta(days=7)) == Change(END, DOWN, END)
    assert one.became(START + timedelta(hours=1), END) is None
    assert [len(referrals.counted([one], "down", *bounds)) for bounds in (WEEK.bounds(), WEEK.next().bounds())] == [0, 1]


def test_whatever_is_said_in_whatever_order_each_row_adds_up() -> None:
    chance = random.Random(20261122)
    seen = set()
    for _history in range(300):
        made = []
        for number in range(6):
            sent = moment(chance.randrange(-300, 160))
            lines = tuple(
                Line("link", str(place), tuple(_said(chance, sent) for _change in range(chance.randrange(4))))
                for place in range(chance.randrange(1, 4))
            )
            lines = tuple(Line(line.key, line.mark, tuple(sorted(line.changes))) for line in lines)
            withdrawn = chance.choice([None, None, sent + timedelta(hours=90)])
            made.append(Referral(number, "komdigi", sent, referrals.of_lines(sent, withdrawn, lines), lines, (), ()))
        weeks = [one.bounds() for one in WEEK.next().last(5)]
        rows = [
            (referrals.table(made, start, until) or (ChannelRow("komdigi", 0, 0, 0, 0, 0, 0, 0, 0, 0, None),))[0] for start, until in weeks
        ]
        assert all(row.balance == 0 for row in rows)
        assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
        seen |= {column for row in rows for column in referrals.COLUMNS if getattr(row, column)}
    assert seen >= {"reopened", "withdrawn", "down", "refused"}


def _said(chance: random.Random, sent: datetime) -> Change:
    when = sent + timedelta(hours=chance.randrange(1, 400))
    return Change(when, chance.choice([DOWN, REFUSED, WAITS]), when)
