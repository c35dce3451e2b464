"""Referrals in the summary: what each is at a moment, rows that add up, each number with its rows, and the same counted by other SQL."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from patrol import models
from reports import listing, referral_counts, referrals
from reports.figures import ChannelRow, Figures, Row
from reports.listing import Wanted
from reports.referrals import CORRECTED, DOWN, PARTLY, REFUSED, WAITS, Change, Line, Referral, Sending, Step
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
        patrol.decide(flag, "confirmed", at(4), officer)
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
    _hard(patrol)
    return patrol


def _hard(patrol: Any) -> None:
    """What is nobody's success: answers that do not come, what did not arrive, what was wrong, returns nobody saw or saw twice."""
    east = patrol.office("jatim", "BP3MI Jawa Timur")
    officer = patrol.person("officer", east)
    case = patrol.case(east, at(2), officer)
    one, link, late, wrong, back, other = (patrol.post(east, at(2), level="high") for _number in range(6))
    silent = patrol.referral(case, "kemlu", at(2), ("account", one))
    patrol.of_referral(silent, "no_response", at(17))
    answered = patrol.referral(case, "police", at(2), ("account", one))
    patrol.of_referral(answered, "no_response", at(10))
    patrol.said(answered, "acted_upon", at(19))
    # Its link is down, and nothing goes down by the police: they are waited for.
    patrol.referral(case, "police", at(12), ("link", link))
    patrol.looked(link, "down", at(17), at(17, 10))
    # It left on the 9th and was entered on the 16th.
    typed = patrol.referral(case, "komdigi", at(16), ("link", late), left_at=at(9))
    patrol.looked(late, "down", at(10), at(10, 10))
    twice = patrol.referral(case, "platform_form", at(3), ("account", one))
    patrol.of_referral(twice, "contact_failed", at(6))
    patrol.of_referral(twice, "sent", at(18), left_at=at(17))
    patrol.said(twice, "acted_upon", at(20))
    lost = patrol.referral(case, "iasc", at(11), ("bank_account", one))
    patrol.of_referral(lost, "contact_failed", at(18))
    patrol.of_referral(lost, "withdrawn", at(24))
    # An objection is upheld: what is restored after it is no return.
    patrol.referral(case, "komdigi", at(3), ("link", wrong))
    patrol.referral(case, "cek_rekening", at(10), ("bank_account", wrong))
    patrol.looked(wrong, "down", at(4), at(4, 10))
    patrol.upheld(wrong, at(18))
    patrol.looked(wrong, "there", at(20))
    # A next round of what they refused, of what they did, and of what a look had found there before.
    refused, done = (patrol.referral(case, "aduan_nomor", at(3), ("phone", flag)) for flag in (one, link))
    patrol.said(refused, "refused", at(5))
    patrol.of_referral(refused, "came_back", at(19))
    patrol.said(done, "acted_upon", at(5))
    patrol.of_referral(done, "came_back", at(19))
    seen = patrol.referral(case, "komdigi", at(3), ("link", back))
    patrol.looked(back, "down", at(4), at(4, 10))
    patrol.looked(back, "there", at(20))
    patrol.of_referral(seen, "came_back", at(24))
    # The machine's guess is a return from when a person confirms it.
    models.ComeBack.objects.create(referral=typed, flag=other, at=at(20), ties=[])
    patrol.decide(other, "confirmed", at(24), officer)


# By what the words of the page say, each moment by itself: nothing here follows a referral from step to step.
RECOUNT = """
WITH moments (name, at) AS (VALUES ('start', %(start)s::timestamptz), ('until', %(until)s)), news AS (
    SELECT e.referral_id, e.kind, e.at FROM patrol_referralevent e WHERE e.kind IN ('sent', 'received', 'replied', 'no_response')
    UNION ALL
    SELECT i.referral_id, 'said', a.at FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
), out AS (
    SELECT r.id, r.channel, m.name, m.at AS moment, e.at, COALESCE((SELECT (l.after->>'when')::timestamptz FROM patrol_auditentry l
            WHERE l.verb = 'referral.sent' AND l.target_id = r.id::text AND l.at = e.at), e.at) AS left_at,
        EXISTS (SELECT FROM patrol_referralevent f
            WHERE f.referral_id = r.id AND f.kind = 'contact_failed' AND f.at > e.at AND f.at < m.at) AS failed,
        EXISTS (SELECT FROM patrol_referralevent w WHERE w.referral_id = r.id AND w.kind = 'withdrawn' AND w.at < m.at) AS withdrawn,
        'no_response' = (SELECT n.kind FROM news n WHERE n.referral_id = r.id AND n.at < m.at ORDER BY n.at DESC LIMIT 1) AS silent
    FROM patrol_referral r JOIN patrol_case c ON c.id = r.case_id CROSS JOIN moments m CROSS JOIN LATERAL (
        SELECT max(e.at) AS at FROM patrol_referralevent e WHERE e.referral_id = r.id AND e.kind = 'sent' AND e.at < m.at) e
    WHERE e.at IS NOT NULL AND r.corrects_id IS NULL AND r.channel <> 'victim_handover'
      AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
), lines AS (
    SELECT o.*, EXISTS (SELECT FROM patrol_flagevent w WHERE w.flag_id = i.flag_id AND w.kind = 'corrected' AND w.at < o.moment) AS wrong,
        o.channel IN ('komdigi', 'platform_form') AND i.kind = 'link' AND EXISTS (
            SELECT FROM patrol_linkcheck b WHERE b.post_id = f.post_id AND b.outcome = 'down' AND b.at < o.moment AND 'down' = (
                SELECT a.outcome FROM patrol_linkcheck a WHERE a.post_id = b.post_id AND a.id < b.id AND a.outcome <> 'unsure'
                  AND a.at >= o.left_at ORDER BY a.id DESC LIMIT 1)) AS gone, COALESCE((
        SELECT a.outcome FROM patrol_itemanswer a WHERE a.item_id = i.id AND a.at >= o.at AND a.at < o.moment
        ORDER BY a.id DESC LIMIT 1), '') AS said
    FROM out o JOIN patrol_referralitem i ON i.referral_id = o.id JOIN patrol_flag f ON f.id = i.flag_id
), states AS (
    SELECT id, channel, name, CASE WHEN bool_or(withdrawn) THEN 'withdrawn' WHEN bool_or(failed) THEN 'failed'
        WHEN bool_and(wrong) THEN 'corrected'
        WHEN NOT bool_and(wrong OR gone OR said IN ('acted_upon', 'partly_done', 'refused')) THEN
            CASE WHEN bool_or(silent) THEN 'unanswered' ELSE 'waits' END
        WHEN bool_or(NOT wrong AND (gone OR said IN ('acted_upon', 'partly_done'))) THEN 'down' ELSE 'refused' END AS state
    FROM lines GROUP BY id, channel, name
), pairs AS (
    SELECT u.id, u.channel, u.state, COALESCE(s.state, '') AS was, COALESCE(s.state, 'failed') = 'failed' AS fresh,
        EXISTS (SELECT FROM patrol_referralevent e
            WHERE e.referral_id = u.id AND e.kind = 'sent' AND e.at >= %(start)s AND e.at < %(until)s) AS went
    FROM states u
    LEFT JOIN states s ON s.id = u.id AND s.name = 'start' WHERE u.name = 'until'
), told AS (
    SELECT *, CASE WHEN fresh AND NOT went OR NOT fresh AND state = was THEN '' ELSE state END AS became FROM pairs
), returned (id, at) AS (
    SELECT k.referral_id, GREATEST(k.at, d.at) FROM patrol_comeback k JOIN patrol_decision d ON d.flag_id = k.flag_id
     WHERE d.outcome = 'confirmed' AND d.at < %(until)s
       AND NOT EXISTS (SELECT FROM patrol_decision u WHERE u.reverses_id = d.id AND u.at < %(until)s)
       AND NOT EXISTS (SELECT FROM patrol_comebackanswer n WHERE n.come_back_id = k.id AND n.outcome = 'other' AND n.at < %(until)s)
    UNION ALL
    SELECT e.referral_id, e.at FROM patrol_referralevent e JOIN patrol_referral r ON r.id = e.referral_id WHERE e.kind = 'came_back' AND (
        EXISTS (SELECT FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
            WHERE i.referral_id = e.referral_id AND a.outcome IN ('acted_upon', 'partly_done') AND a.at < e.at)
        OR r.channel IN ('komdigi', 'platform_form') AND EXISTS (
            SELECT FROM patrol_referralitem i JOIN patrol_flag f ON f.id = i.flag_id JOIN patrol_linkcheck l ON l.post_id = f.post_id
            WHERE i.referral_id = e.referral_id AND i.kind = 'link' AND l.outcome = 'down' AND l.at < e.at))
    UNION ALL
    SELECT i.referral_id, t.at FROM patrol_referralitem i JOIN patrol_flag f ON f.id = i.flag_id
      JOIN patrol_referral r ON r.id = i.referral_id JOIN patrol_linkcheck t ON t.post_id = f.post_id AND t.outcome = 'there'
     WHERE i.kind = 'link' AND r.channel IN ('komdigi', 'platform_form')
       AND NOT EXISTS (SELECT FROM patrol_flagevent w WHERE w.flag_id = f.id AND w.kind = 'corrected' AND w.at < t.at)
       AND 2 = (SELECT count(*) FROM (SELECT b.outcome FROM patrol_linkcheck b WHERE b.post_id = t.post_id AND b.id < t.id
            AND b.at >= (SELECT min(o.left_at) FROM out o WHERE o.id = r.id) AND b.outcome <> 'unsure'
            ORDER BY b.id DESC LIMIT 2) l WHERE l.outcome = 'down')
)
SELECT channel, count(*) FILTER (WHERE was = 'waits'), count(*) FILTER (WHERE fresh AND went),
    count(*) FILTER (WHERE NOT fresh AND was <> 'waits' AND state <> was), count(*) FILTER (WHERE became = 'down'),
    count(*) FILTER (WHERE became = 'refused'), count(*) FILTER (WHERE became = 'unanswered'), count(*) FILTER (WHERE became = 'failed'),
    count(*) FILTER (WHERE became = 'withdrawn'), count(*) FILTER (WHERE became = 'corrected'),
    count(*) FILTER (WHERE EXISTS (SELECT FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
        WHERE i.referral_id = told.id AND a.outcome = 'clarification_asked' AND a.at >= %(start)s AND a.at < %(until)s)),
    count(*) FILTER (WHERE state = 'waits'),
    count(*) FILTER (WHERE (SELECT min(b.at) FROM returned b WHERE b.id = told.id AND b.at < %(until)s) >= %(start)s)
FROM told GROUP BY channel"""


def recounted(office: int | None, start: datetime, until: datetime) -> dict[str, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"office": office, "start": start, "until": until})
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall() if any(row[1:])}


def told(figures: Figures) -> dict[str, tuple[int, ...]]:
    return {row.key: tuple(getattr(row, column) for column in referral_counts.COLUMNS) for row in figures.referrals}


@pytest.mark.django_db
def test_each_row_adds_up_and_stays_and_is_what_other_sql_counts(full: Any) -> None:
    before = of(full.java)
    assert before.balanced
    #         start sent again, down refused unanswered failed withdrawn corrected, asked end back
    assert told(before) == {
        "komdigi": (2, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 2),  # a link that went down ends each referral that asked about it
        "aduan_nomor": (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0),
        "cek_rekening": (1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
        "platform_form": (1, 2, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0),
        "police": (0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    assert {row.key: row.days for row in before.referrals if row.down} == {"komdigi": 6, "platform_form": 3, "police": None}
    hard = of(full.offices["jatim"])
    assert told(hard) == {
        "komdigi": (0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1),
        "aduan_nomor": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        "cek_rekening": (1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
        "iasc": (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
        "platform_form": (0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        "police": (1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0),
        "kemlu": (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    }
    assert {row.key: row.days for row in hard.referrals if row.down} == {"komdigi": 1, "platform_form": 3, "police": None}
    # What was found in the week before and confirmed in this one; what had come back is not counted again.
    assert [(row.key, row.back) for row in of(full.offices["jatim"], WEEK.next(), at(30)).referrals if row.back] == [("komdigi", 1)]
    for office in (full.java, full.offices["lampung"], full.offices["jatim"], None):
        for week in (WEEK.previous(), WEEK, WEEK.next()):
            figures = of(office, week, at(30, 23))
            assert told(figures) == recounted(office.pk if office else None, *week.bounds()), (office, week)
            assert figures.balanced
    assert {measure.key: measure.series[-3:] for measure in before.measures if measure.key in referral_counts.MEASURES} == {
        "referrals": (2, 4, 3),
        "down": (1, 0, 3),
        "back": (0, 0, 2),
    }
    # Whatever comes after the week is over.
    full.said(full.answered_later, "acted_upon", at(24))
    full.upheld(full.one, at(24))
    full.looked(full.one, "there", at(24))
    models.ComeBackAnswer.objects.create(
        come_back=models.ComeBack.objects.get(flag=full.one), outcome="other", reason="x", by=full.officer, at=at(24)
    )
    assert of(full.java, now=at(25)) == before
    assert Figures.from_json(before.to_json()) == before


@pytest.mark.django_db
def test_each_number_leads_to_as_many_rows(full: Any) -> None:
    figures = of(full.java)
    hard = of(full.offices["jatim"])
    for told_of, office in ((figures, full.java), (hard, full.offices["jatim"])):
        for row in told_of.referrals:
            for column in referral_counts.COLUMNS:
                wanted = Wanted("referrals", f"{row.key}:{column}")
                assert len(listing.items(told_of, office, wanted)) == getattr(row, column) == listing.figure(told_of, wanted)
    total = Wanted("referrals", ":end")
    assert len(listing.items(figures, full.java, total)) == listing.figure(figures, total) == 2
    for key in referral_counts.MEASURES:
        for when in ("now", "before", "2"):
            wanted = Wanted("measures", key, when)
            assert len(listing.items(figures, full.java, wanted)) == listing.figure(figures, wanted), wanted
    for wanted in (
        Wanted("referrals", "komdigi:balance"),
        Wanted("referrals", "komdigi:end", "before"),
        Wanted("referrals", "kemlu:end"),
        Wanted("closed", "account", "2"),
        Wanted("levels", "high", "5"),
    ):
        with pytest.raises(listing.NoSuchFigureError):
            listing.figure(figures, wanted)
    assert listing.items(figures, full.java, Wanted("referrals", "kemlu:end")) == []


CLOSED = """
SELECT count(DISTINCT i.mark) FROM patrol_itemanswer a JOIN patrol_referralitem i ON i.id = a.item_id
  JOIN patrol_referral r ON r.id = i.referral_id JOIN patrol_case c ON c.id = r.case_id
 WHERE i.kind = 'account' AND a.outcome = 'acted_upon' AND r.channel = 'platform_form' AND a.at >= '2026-11-01' AND a.at < %s
   AND c.office_id = %s"""


@pytest.mark.django_db
def test_what_was_closed_in_the_calendar_month_counts_each_thing_once(full: Any) -> None:
    figures = of(full.java)
    # An account that was restricted in part is not closed, and no police closes one; the link of `two` was acted upon for one body and
    # refused by another.
    assert figures.closed == (Row("account", 1, 0), Row("site", 1, 0), Row("post", 3, 0))
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [END, full.java.pk])
        assert cursor.fetchone() == (1,)
    for row in figures.closed:
        for when, count in (("now", row.now), ("before", row.before)):
            assert len(listing.items(figures, full.java, Wanted("closed", row.key, when))) == count
    # Of a week in the next month this one is the month before.
    later = of(full.java, WEEK.shifted(2), at(30, 23) + timedelta(days=5))
    assert later.closed == (Row("account", 0, 1), Row("site", 0, 1), Row("post", 0, 3))
    assert len(listing.items(later, full.java, Wanted("closed", "account", "before"))) == 1
    assert of(full.offices["lampung"]).closed == (Row("account", 0, 0), Row("site", 0, 0))
    # What was wrong is not closed; neither is what did not arrive, and what was down before it was asked about is closed once.
    assert of(full.offices["jatim"]).closed == (Row("account", 1, 0), Row("site", 0, 0), Row("post", 2, 0), Row("phone", 1, 0))


@pytest.mark.django_db
def test_what_was_closed_in_one_month_is_not_closed_again_in_the_next(patrol: Any) -> None:
    java = patrol.office("jateng")
    case = patrol.case(java, at(2), patrol.person("officer", java))
    asked, found = (patrol.post(java, at(2), level="high") for _number in range(2))
    october = at(1) - timedelta(days=5)
    first = patrol.referral(case, "platform_form", october, ("account", asked), ("link", asked))
    patrol.looked(asked, "down", october, october + timedelta(hours=1))
    patrol.looked(found, "down", october, october + timedelta(hours=1))  # nobody had asked about it
    patrol.said(first, "acted_upon", october + timedelta(hours=2), line=0)
    again = patrol.referral(case, "platform_form", at(3), ("account", asked), ("link", asked), ("link", found))
    patrol.said(again, "acted_upon", at(17))
    patrol.looked(asked, "down", at(4), at(4, 10))
    patrol.looked(found, "down", at(4), at(4, 10))
    assert of(java).closed == (Row("account", 0, 1), Row("site", 0, 0), Row("post", 0, 1))


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


def one_of(*changes: Change) -> Referral:
    return Referral(1, "komdigi", (Sending(START, START),), changes, ())


def test_a_moment_belongs_to_what_begins_with_it() -> None:
    one = one_of(Change(START, WAITS, START), Change(END, DOWN, END))
    assert [one.state(when) for when in (START, START + timedelta(seconds=1), END, END + timedelta(seconds=1))] == ["", WAITS, WAITS, DOWN]
    assert (one.change(END), one.change(END + timedelta(days=7))) == (Change(START, WAITS, START), Change(END, DOWN, END))
    assert [len(referral_counts.counted([one], "down", *bounds)) for bounds in (WEEK.bounds(), WEEK.next().bounds())] == [0, 1]


def test_whatever_is_said_in_whatever_order_each_row_adds_up() -> None:
    chance = random.Random(20261122)
    seen = set()
    for _history in range(300):
        made = []
        for number in range(6):
            sent = moment(chance.randrange(-300, 160))
            lines = tuple(
                Line("link", str(place), tuple(sorted(_said(chance, sent) for _change in range(chance.randrange(4)))))
                for place in range(chance.randrange(1, 4))
            )
            kinds = ["no_response", "received", "contact_failed", "sent", "withdrawn", "came_back"]
            steps = [Step(sent, "sent")]
            steps += [Step(sent + timedelta(hours=chance.randrange(1, 400)), chance.choice(kinds)) for _step in range(chance.randrange(4))]
            sendings = tuple(Sending(step.at, step.at) for step in sorted(steps) if step.kind == "sent")
            made.append(Referral(number, "komdigi", sendings, referrals.of_lines(steps, lines), lines))
        weeks = [one.bounds() for one in WEEK.next().last(5)]
        rows = [
            (referral_counts.table(made, start, until) or (ChannelRow("komdigi", 0, 0, 0, 0, 0, 0, 0, 0, 0, None),))[0]
            for start, until in weeks
        ]
        assert all(row.balance == 0 for row in rows)
        assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
        seen |= {column for row in rows for column in referral_counts.COLUMNS if getattr(row, column)}
    assert seen == set(referral_counts.COLUMNS) - {"asked", "back"}


def _said(chance: random.Random, sent: datetime) -> Change:
    when = sent + timedelta(hours=chance.randrange(1, 400))
    return Change(when, chance.choice([DOWN, PARTLY, REFUSED, WAITS, CORRECTED]), when)
