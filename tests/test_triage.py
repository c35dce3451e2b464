"""What people do to flags: the queue, taking, deciding, undoing, reversing, handing over."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol import audit, models, states, triage
from patrol.states import FlagState
from patrol.triage import deciding
from tests import factories
from tests.factories import NOW

database = pytest.mark.django_db
LATER = NOW + timedelta(seconds=5)
AD = factories.ILLEGAL


def copies(count, code="bp3mi-jabar"):
    """Flags of the same ad with other numbers: one row of the queue."""
    factories.offices()
    watch = factories.watch(code)
    posts = factories.stored(
        [factories.raw_post(AD.format(phone=f"0840 5551 {n:04d}")) for n in range(count)], of=watch
    )
    factories.assessing.read_due(now=NOW, limit=500)
    found = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    assert len({flag.row_key for flag in found}) == 1
    return found


def flags(count=1, code="bp3mi-jabar", **given):
    factories.offices()
    return factories.flags(count, of=factories.watch(code), **given)


def decide(flag, by, outcome="confirmed", reason="fraud", *, key=None, version=None, note="", now=NOW):
    return triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason=reason,
        note=note,
        decision_key=key or uuid.uuid4(),
        seen_version=flag.version if version is None else version,
        by=by,
        now=now,
    )


def undo(decision, by, *, key=None, now=LATER):
    return triage.undo(decision_id=decision.pk, decision_key=key or uuid.uuid4(), by=by, now=now)


def reverse(decision, by, *, note="salah baca", key=None, now=NOW + timedelta(days=1)):
    return triage.reverse(decision_id=decision.pk, reason_note=note, decision_key=key or uuid.uuid4(), by=by, now=now)


def verbs():
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


# --- the queue ------------------------------------------------------------------------------------


def ranked(flag, level, raised_at=None):
    rank = ("none", "low", "medium", "high").index(level)
    changed = {"level": level, "level_rank": rank} | ({"raised_at": raised_at} if raised_at else {})
    models.Flag.objects.filter(pk=flag.pk).update(**changed)


@database
def test_highest_level_first_and_oldest_first_within():
    a, b, c, d = flags(4)
    ranked(a, "medium", NOW - timedelta(days=9))
    ranked(b, "high", NOW - timedelta(days=1))
    ranked(c, "high", NOW - timedelta(days=2))
    ranked(d, "medium", NOW - timedelta(days=8))
    page = triage.queue(factories.person())
    assert [row.flag for row in page.rows] == [c, b, a, d]
    assert page.next == ""


@database
def test_the_same_ad_is_one_row_that_says_how_often_it_stands_there():
    first, *_rest = copies(5)
    (other,) = flags(1)
    rows = triage.queue(factories.person()).rows
    assert [(row.flag, row.copies) for row in rows] == [(first, 5), (other, 1)]


@database
def test_the_same_ad_in_two_offices_is_a_row_in_each():
    one, two = copies(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    at_directorate = factories.person("analyst")
    assert [(row.flag, row.copies) for row in triage.queue(at_directorate).rows] == [(one, 1), (two, 1)]
    assert triage.counts(at_directorate).all == 2


@database
def test_only_open_flags_of_the_own_office_stand_in_the_queue():
    waiting, asked, parked, confirmed, dismissed = flags(5)
    (elsewhere,) = flags(1, "bp3mi-ntb")
    models.Flag.objects.filter(pk=asked.pk).update(state="needs_information")
    models.Flag.objects.filter(pk=parked.pk).update(state="parked")
    models.Flag.objects.filter(pk=confirmed.pk).update(state="confirmed", decided_at=NOW)
    models.Flag.objects.filter(pk=dismissed.pk).update(state="dismissed", decided_at=NOW)
    assert [row.flag for row in triage.queue(factories.person()).rows] == [waiting, asked]
    assert [row.flag for row in triage.queue(factories.person(), wanted=triage.Wanted(elsewhere.office_id)).rows] == []
    assert [row.flag for row in triage.queue(factories.person("analyst")).rows] == [waiting, asked, elsewhere]
    only = triage.queue(factories.person("analyst"), wanted=triage.Wanted(elsewhere.office_id))
    assert [row.flag for row in only.rows] == [elsewhere]


@database
@pytest.mark.parametrize("role", ["registrar", "administrator"])
def test_who_decides_nothing_has_an_empty_queue_and_nothing_to_count(role):
    flags(2)
    person = factories.person(role)
    assert triage.queue(person) == triage.QueuePage((), "")
    assert triage.counts(person) == triage.Counts(0, {}, None)


@database
def test_filters_by_level_and_platform():
    a, b, c = flags(3)
    ranked(b, "medium")
    models.Post.objects.filter(pk=c.post_id).update(platform="feed")
    person = factories.person()
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(levels=("medium",))).rows] == [b]
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(levels=("high", "medium"))).rows] == [a, c, b]
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(platform="feed")).rows] == [c]
    assert triage.queue(person, wanted=triage.Wanted(levels=("low",))).rows == ()


@database
def test_counts_are_rows_and_a_row_has_the_level_of_its_first_flag():
    first, second, third = copies(3)
    ranked(second, "medium", NOW - timedelta(days=3))
    ranked(third, "medium")
    (lone,) = flags(1)
    ranked(lone, "medium")
    person = factories.person()
    assert triage.counts(person) == triage.Counts(2, {"high": 1, "medium": 1}, NOW - timedelta(days=3))
    assert [(row.flag, row.copies) for row in triage.queue(person, wanted=triage.Wanted(levels=("high",))).rows] == [(first, 3)]
    assert [(row.flag, row.copies) for row in triage.queue(person, wanted=triage.Wanted(levels=("medium",))).rows] == [(lone, 1)]


def walked(person, limit):
    seen, after = [], ""
    while True:
        page = triage.queue(person, after=after, limit=limit)
        seen.append([row.flag.pk for row in page.rows])
        if not page.next:
            return seen
        after = page.next


@database
def test_every_row_stands_on_exactly_one_page_also_where_times_are_equal():
    found = flags(65)
    for n, flag in enumerate(found):
        ranked(flag, ("high", "medium")[n % 2], NOW - timedelta(minutes=n // 10))
    pages = walked(factories.person(), 30)
    assert [len(page) for page in pages] == [30, 30, 5]
    order = models.Flag.objects.order_by("-level_rank", "raised_at", "id").values_list("pk", flat=True)
    assert [key for page in pages for key in page] == list(order)


@database
def test_a_full_last_page_has_no_next_one():
    flags(30)
    assert [len(page) for page in walked(factories.person(), 30)] == [30]


@database
@pytest.mark.parametrize(
    "after",
    [
        "x", "__", "9_2026-11-23T03:47:00+00:00_1", "3_yesterday_1", "3_2026-13-40T00:00:00_1", "3_2026-11-23_-5",
        "99999999999_2026-11-23T03:47:00+00:00_1", "3_2026-11-23T03:47:00+00:00_99999999999999999999", "3_2026-11-23 03:47_1",
        "3_2026-11-23T03:47:00+00:00_1; DROP TABLE x", "٣_2026-11-23T03:47:00+00:00_1",
    ],
)  # fmt: skip
def test_a_place_nobody_gave_out_is_the_first_page(after):
    (flag,) = flags(1)
    assert [row.flag for row in triage.queue(factories.person(), after=after).rows] == [flag]


@database
@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_takes_two_queries_and_its_counts_one(count, django_assert_num_queries):
    flags(count)
    person = models.Person.objects.select_related("office").get(pk=factories.person().pk)
    with django_assert_num_queries(2):
        rows = triage.queue(person).rows
        assert [row.flag.post.platform + row.flag.office.code for row in rows] == ["telegrambp3mi-jabar"] * count
    with django_assert_num_queries(1):
        assert triage.counts(person).all == count


@database
def test_the_next_flag_is_the_one_behind_else_the_first_else_none():
    a, b, c = flags(3)
    person = factories.person()
    assert triage.next_after(person, a) == b
    assert triage.next_after(person, c) == a
    models.Flag.objects.exclude(pk=b.pk).update(state="confirmed", decided_at=NOW)
    assert triage.next_after(person, b) is None
    assert triage.next_after(person, a) == b


# --- taking ---------------------------------------------------------------------------------------


def lease_over(flag):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s", [flag.pk]
        )


@database
def test_a_lease_is_taken_logged_once_and_renewed_without_another_line():
    (flag,) = flags(1)
    person = factories.person()
    taken = triage.take(flag.pk, by=person, now=NOW)
    assert taken.lease_person == person
    assert triage.holds(taken, person)
    again = triage.take(flag.pk, by=person, now=NOW)
    assert again.lease_since == taken.lease_since
    assert again.lease_until > taken.lease_until
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.target_id, entry.after) == (
        "contact.shown", person.pk, str(flag.pk), {"purpose": "triage"},
    )  # fmt: skip


@database
def test_a_lease_lasts_as_long_as_the_settings_say_by_the_database_s_clock(settings):
    settings.LEASE_SECONDS = 120
    (flag,) = flags(1)
    taken = triage.take(flag.pk, by=factories.person(), now=NOW - timedelta(days=400))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s - clock_timestamp()", [taken.lease_until])
        left = cursor.fetchone()[0]
    assert timedelta(seconds=100) < left <= timedelta(seconds=120)


@database
def test_a_colleague_is_told_who_holds_it_and_nothing_is_logged():
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    taken = triage.take(flag.pk, by=holder, now=NOW)
    with pytest.raises(triage.HeldByOtherError) as refused:
        triage.take(flag.pk, by=colleague, now=NOW)
    assert (refused.value.person, refused.value.since) == (holder, taken.lease_since)
    assert models.AuditEntry.objects.count() == 1
    assert not triage.holds(taken, colleague)


@database
def test_a_lease_that_ran_out_is_nobody_s_and_the_next_one_is_a_new_act():
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    triage.take(flag.pk, by=holder, now=NOW)
    lease_over(flag)
    flag.refresh_from_db()
    assert not triage.holds(flag, holder)
    assert triage.take(flag.pk, by=colleague, now=NOW).lease_person == colleague
    lease_over(flag)
    triage.take(flag.pk, by=colleague, now=NOW)
    assert [entry.actor_id for entry in models.AuditEntry.objects.order_by("seq")] == [
        holder.pk, colleague.pk, colleague.pk,
    ]  # fmt: skip


@database
def test_only_the_holder_gives_a_lease_back():
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    triage.take(flag.pk, by=holder, now=NOW)
    triage.release(flag.pk, by=colleague, now=NOW)
    flag.refresh_from_db()
    assert flag.lease_person == holder
    triage.release(flag.pk, by=holder, now=NOW)
    flag.refresh_from_db()
    assert (flag.lease_person, flag.lease_since, flag.lease_until) == (None, None, None)


@database
@pytest.mark.parametrize("role", ["registrar", "administrator"])
def test_whoever_may_not_see_contacts_takes_no_lease(role):
    (flag,) = flags(1)
    with pytest.raises(PermissionDenied):
        triage.take(flag.pk, by=factories.person(role), now=NOW)
    flag.refresh_from_db()
    assert flag.lease_person is None
    assert verbs() == []


# --- deciding -------------------------------------------------------------------------------------

OUTCOMES = [
    ("confirmed", "fraud", FlagState.CONFIRMED),
    ("dismissed", "lawful", FlagState.DISMISSED),
    ("needs_information", "agency", FlagState.NEEDS_INFORMATION),
]


@database
@pytest.mark.parametrize(("outcome", "reason", "state"), OUTCOMES)
def test_a_decision_is_kept_with_what_was_known_then(outcome, reason, state, settings):
    (flag,) = flags(1)
    person = factories.person()
    triage.take(flag.pk, by=person, now=NOW)
    key = uuid.uuid4()
    done = decide(flag, person, outcome, reason, key=key, note="  lihat gambar ")
    decision = models.Decision.objects.get()
    assert done == triage.Decided(done.flag, (decision,), 1)
    assert {
        name: getattr(decision, name)
        for name in ("flag_id", "decision_key", "outcome", "reason", "note", "by_id", "at", "effective_at", "batch")
    } == {
        "flag_id": flag.pk,
        "decision_key": key,
        "outcome": outcome,
        "reason": reason,
        "note": "lihat gambar",
        "by_id": person.pk,
        "at": NOW,
        "effective_at": NOW + timedelta(seconds=settings.UNDO_SECONDS),
        "batch": None,
    }
    assert (decision.state_before, decision.state_after, decision.level_then) == ("waiting", state, "high")
    assert decision.check_then_id == flag.current_check_id
    before = flag.version
    flag.refresh_from_db()
    decided = state in {FlagState.CONFIRMED, FlagState.DISMISSED}
    assert (flag.state, flag.version, flag.lease_person) == (state, before + 1, None)
    assert flag.decided_at == (NOW if decided else None)
    entry = models.AuditEntry.objects.order_by("-seq").first()
    assert (entry.verb, entry.at, entry.actor_id, entry.target_id) == (f"flag.{outcome}", NOW, person.pk, str(flag.pk))
    assert (entry.before, entry.after) == (
        {"version": before},
        {"state": state, "reason": reason, "flags": [flag.number]},
    )


@database
@pytest.mark.parametrize(
    ("outcome", "reason", "note"),
    [
        ("confirmed", "lawful", ""),
        ("confirmed", "", ""),
        ("dismissed", "other", "  "),
        ("needs_information", "other", ""),
    ],
)
def test_without_a_reason_of_that_outcome_nothing_is_decided(outcome, reason, note):
    (flag,) = flags(1)
    with pytest.raises(triage.ReasonMissingError):
        decide(flag, factories.person(), outcome, reason, note=note)
    assert models.Decision.objects.count() == 0


@database
def test_something_else_counts_once_it_is_said():
    (flag,) = flags(1)
    assert decide(flag, factories.person(), "dismissed", "other", note="iklan kos").flag.state == "dismissed"


@database
def test_an_outcome_that_only_undoing_may_write_is_none():
    (flag,) = flags(1)
    with pytest.raises(KeyError):
        decide(flag, factories.person(), "reversed", "undone")


@database
@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        ("officer", "bp3mi-jabar", True),
        ("supervisor", "bp3mi-jabar", True),
        ("officer", "bp3mi-ntb", False),
        ("supervisor", "bp3mi-ntb", False),
        ("officer", "directorate", True),
        ("supervisor", "directorate", True),
        ("analyst", "directorate", True),
        ("registrar", "directorate", False),
        ("administrator", "directorate", False),
    ],
)
def test_the_own_office_and_the_directorate_decide(role, code, allowed):
    (flag,) = flags(1)
    person = factories.person(role, code)
    if allowed:
        assert decide(flag, person).flag.state == "confirmed"
    else:
        with pytest.raises(PermissionDenied):
            decide(flag, person)
        assert (models.Decision.objects.count(), verbs()) == (0, [])


@database
def test_a_flag_that_moved_since_it_was_looked_at_is_left_to_who_moved_it():
    (flag,) = flags(1)
    faster, slower = factories.person(), factories.person()
    decide(flag, faster, "dismissed", "lawful")
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, slower, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (faster, NOW, "dismissed")
    assert models.Decision.objects.count() == 1


@database
def test_where_the_machine_moved_it_nobody_is_named():
    post = factories.illegal(61)
    factories.offices()
    watch = factories.watch()
    factories.stored([post], of=watch)
    factories.assessing.read_due(now=NOW, limit=10)
    flag = models.Flag.objects.get()
    person = factories.person()
    edited = factories.raw_post(post.text + " Sekarang juga!", external_id=post.external_id, edited=True)
    factories.stored([edited], of=watch)
    factories.assessing.read_due(now=LATER, limit=10)
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, person, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (None, LATER, "waiting")


@database
def test_a_decided_flag_is_not_decided_the_other_way_in_one_step():
    (flag,) = flags(1)
    done = decide(flag, factories.person())
    with pytest.raises(states.MoveRefusedError):
        decide(done.flag, factories.person(), "dismissed", "lawful")


@database
def test_the_same_key_has_one_effect():
    (flag,) = flags(1)
    person, key = factories.person(), uuid.uuid4()
    first = decide(flag, person, key=key)
    second = decide(flag, person, key=key, now=LATER)
    assert (second.decisions, second.copies) == (first.decisions, 1)
    assert (models.Decision.objects.count(), verbs()) == (1, ["flag.confirmed"])


@database
def test_one_decision_covers_the_row_in_the_own_office_and_no_more():
    found = copies(5)
    decided_before, elsewhere = found[3], found[4]
    models.Flag.objects.filter(pk=decided_before.pk).update(state="dismissed", decided_at=NOW)
    models.Flag.objects.filter(pk=elsewhere.pk).update(office=factories.office("bp3mi-ntb"))
    key = uuid.uuid4()
    done = decide(found[1], factories.person(), key=key)
    assert (done.flag, done.copies) == (found[1], 3)
    assert [decision.flag_id for decision in done.decisions] == [flag.pk for flag in found[:3]]
    assert len({decision.batch for decision in done.decisions}) == 1
    assert done.decisions[0].batch is not None
    assert [d.flag_id for d in done.decisions if d.decision_key == key] == [found[1].pk]
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == [
        "confirmed", "confirmed", "confirmed", "dismissed", "waiting",
    ]  # fmt: skip
    assert [entry.after["flags"] for entry in models.AuditEntry.objects.all()] == [[f.number for f in found[:3]]]
    again = decide(found[1], factories.person(), key=key)
    assert (again.decisions, again.copies) == (done.decisions, 3)


# --- undoing and reversing --------------------------------------------------------------------------


@database
def test_undo_leads_back_to_where_the_decision_found_it():
    (flag,) = flags(1)
    person = factories.person()
    models.Flag.objects.filter(pk=flag.pk).update(state="needs_information")
    done = decide(flag, person)
    back = undo(done.decisions[0], person)
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at, flag.version) == ("needs_information", None, 3)
    (row,) = back.decisions
    assert (row.outcome, row.reason, row.reverses, row.by, row.at, row.effective_at) == (
        "reversed", "undone", done.decisions[0], person, LATER, LATER,
    )  # fmt: skip
    assert verbs() == ["flag.confirmed", "flag.reversed"]


@database
def test_undo_ends_when_the_decision_takes_effect(settings):
    one, two = flags(2)
    person = factories.person()
    in_time, late = decide(one, person).decisions[0], decide(two, person).decisions[0]
    end = NOW + timedelta(seconds=settings.UNDO_SECONDS)
    undo(in_time, person, now=end - timedelta(microseconds=1))
    with pytest.raises(triage.StaleError):
        undo(late, person, now=end)
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == ["waiting", "confirmed"]


@database
def test_nobody_undoes_a_colleague_s_decision():
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    for other in (factories.person(), factories.person("supervisor"), factories.person("analyst")):
        with pytest.raises(triage.StaleError) as refused:
            undo(decision, other)
        assert refused.value.who == person
    assert models.Decision.objects.count() == 1


@database
def test_undo_covers_the_copies_and_a_second_click_tells_the_same():
    found = copies(3)
    person, key = factories.person(), uuid.uuid4()
    done = decide(found[1], person)
    back = undo(done.decisions[1], person, key=key)
    assert back.copies == 3
    assert [row.reverses_id for row in back.decisions] == [row.pk for row in done.decisions]
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    again = undo(done.decisions[1], person, key=key)
    assert (again.decisions, again.copies) == (back.decisions, 3)
    assert (models.Decision.objects.count(), verbs()) == (6, ["flag.confirmed", "flag.reversed"])


@database
def test_undone_once_is_undone_and_can_be_decided_again():
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    back = undo(decision, person)
    with pytest.raises(triage.StaleError):
        undo(decision, person)
    done = decide(back.flag, person, "dismissed", "lawful", now=LATER)
    assert done.flag.state == "dismissed"


@database
def test_a_decision_is_taken_back_later_with_a_reason_by_anybody_of_the_office():
    (flag,) = flags(1)
    decision = decide(flag, factories.person()).decisions[0]
    supervisor = factories.person("supervisor")
    with pytest.raises(triage.ReasonMissingError):
        reverse(decision, supervisor, note=" ")
    for stranger in (factories.person("officer", "bp3mi-ntb"), factories.person("registrar")):
        with pytest.raises(PermissionDenied):
            reverse(decision, stranger)
    (row,) = reverse(decision, supervisor, note=" salah baca ").decisions
    assert (row.reason, row.note, row.by) == ("reversed", "salah baca", supervisor)
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at) == ("waiting", None)
    assert models.AuditEntry.objects.order_by("-seq").first().before == {"decision": decision.pk}


@database
def test_a_copy_decided_anew_or_handed_over_keeps_what_happened_to_it():
    found = copies(3)
    person = factories.person()
    done = decide(found[0], person, "needs_information", "agency")
    models.Flag.objects.filter(pk=found[2].pk).update(office=factories.office("bp3mi-ntb"))
    found[1].refresh_from_db()
    models.Flag.objects.filter(pk=found[1].pk).update(row_key="alone")
    decide(found[1], person, "dismissed", "lawful", now=LATER)
    back = reverse(done.decisions[0], person)
    assert [row.flag_id for row in back.decisions] == [found[0].pk]
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == [
        "waiting", "dismissed", "needs_information",
    ]  # fmt: skip


@database
def test_taking_back_is_not_itself_taken_back():
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    (row,) = reverse(decision, person).decisions
    with pytest.raises(triage.StaleError) as refused:
        reverse(row, person)
    assert refused.value.state == "waiting"
    flag.refresh_from_db()
    assert flag.state == "waiting"


@database
def test_the_key_of_a_decision_does_not_pass_for_its_undoing():
    (flag,) = flags(1)
    person, key = factories.person(), uuid.uuid4()
    decision = decide(flag, person, key=key).decisions[0]
    assert deciding._again(key, flag.pk, reverses=decision.pk) is None


# --- handing over -----------------------------------------------------------------------------------


def hand_over(flag, code, by, note="tempat rekrut di sana", now=NOW):
    return triage.hand_over(flag_id=flag.pk, office_id=factories.office(code).pk, note=note, by=by, now=now)


@database
def test_a_flag_goes_to_another_office_with_a_reason_and_leaves_an_event():
    (flag,) = flags(1)
    jabar = flag.office_id
    person = factories.person()
    triage.take(flag.pk, by=person, now=NOW)
    moved = hand_over(flag, "bp3mi-ntb", person)
    ntb = factories.office("bp3mi-ntb").pk
    assert (moved.office_id, moved.state, moved.version, moved.lease_person) == (ntb, "waiting", flag.version + 1, None)
    event = models.FlagEvent.objects.get(kind="handed_over")
    assert (event.by, event.before, event.after) == (
        person, {"office": jabar}, {"office": ntb, "note": "tempat rekrut di sana"},
    )  # fmt: skip
    entry = models.AuditEntry.objects.order_by("-seq").first()
    assert (entry.verb, entry.before, entry.after) == (
        "flag.handed_over", {"office": jabar}, {"office": ntb, "flags": [flag.number]},
    )  # fmt: skip
    assert triage.queue(person).rows == ()
    with pytest.raises(PermissionDenied):
        decide(moved, person)


@database
def test_handing_over_wants_a_reason_the_right_and_an_undecided_flag():
    (flag,) = flags(1)
    person = factories.person()
    with pytest.raises(triage.ReasonMissingError):
        hand_over(flag, "bp3mi-ntb", person, note=" ")
    for stranger in (factories.person("officer", "bp3mi-ntb"), factories.person("administrator")):
        with pytest.raises(PermissionDenied):
            hand_over(flag, "bp3mi-ntb", stranger)
    models.Office.objects.filter(code="bp3mi-bali").update(active=False)
    with pytest.raises(models.Office.DoesNotExist):
        hand_over(flag, "bp3mi-bali", person)
    decide(flag, person)
    with pytest.raises(triage.StaleError) as refused:
        hand_over(flag, "bp3mi-ntb", person)
    assert (refused.value.who, refused.value.state) == (person, "confirmed")


@database
def test_the_directorate_hands_over_too():
    (flag,) = flags(1)
    assert hand_over(flag, "bp3mi-ntb", factories.person("analyst")).office.code == "bp3mi-ntb"


@database
def test_whoever_decides_too_late_is_told_who_handed_it_over():
    (flag,) = flags(1)
    giver = factories.person("analyst")
    hand_over(flag, "bp3mi-ntb", giver)
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, factories.person("analyst"), now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (giver, NOW, "waiting")
    assert audit.verify() is None
