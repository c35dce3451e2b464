"""Many rows decided at once: counted, shown, approved, done row by row, cancelled, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.access import audit
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.pipeline import assessing
from patrol.register import recheck
from patrol.triage import bulk, together
from tests import factories, races
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def rows(found: Sequence[models.Flag]) -> list[tuple[int, int]]:
    return [(flag.pk, flag.version) for flag in found]


def begin(
    found: Sequence[models.Flag], by: models.Person, outcome: str = "confirmed", reason: str = "fraud", note: str = ""
) -> models.Bulk:
    return bulk.begin(rows=rows(found), outcome=outcome, reason=reason, note=note, by=by, now=NOW)


def work(now: datetime = LATER) -> int:
    """As the worker does: until no job is due. How many rounds it took."""
    rounds = 0
    while jobs.run({"bulk": bulk.run_job}, now=now):
        rounds += 1
    assert not models.Job.objects.exclude(state="done").exists()
    return rounds


def state(found: Sequence[models.Flag]) -> list[str]:
    return [models.Flag.objects.get(pk=flag.pk).state for flag in found]


def became(one: models.Bulk) -> list[tuple[str, str]]:
    return list(one.entries.order_by("id").values_list("state", "why"))


def proposed(by: models.Person, count: int, monkeypatch: pytest.MonkeyPatch) -> tuple[models.Bulk, list[models.Flag]]:
    """A closing that is too large for one person."""
    monkeypatch.setattr(together, "ALONE", count - 1)
    found = flags(count)
    return begin(found, by, "dismissed", "lawful"), found


# --- counting ----------------------------------------------------------------------------------------


@database
def test_counted_first_rows_and_flags_and_examples_from_all_over() -> None:
    row = copies(3)
    found = flags(9)
    counted = bulk.count(factories.person(), triage.Wanted())
    assert (len(counted.rows), counted.flags, counted.more) == (10, 12, False)
    assert counted.rows[0].flag == row[0]
    shown = [one.flag for one in counted.examples]
    assert shown == [row[0], found[1], found[3], found[5], found[7]]
    assert bulk.count(factories.person("officer", "bp3mi-ntb"), triage.Wanted()).rows == ()


@database
def test_no_more_rows_than_one_bulk_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 5)
    monkeypatch.setattr(bulk, "_PAGE", 2)
    found = flags(6)
    counted = bulk.count(factories.person(), triage.Wanted())
    assert ([one.flag for one in counted.rows], counted.more) == (found[:5], True)
    with pytest.raises(RefusedError) as refused:
        begin(found, factories.person())
    assert refused.value.code == "bulk.too_many"


# --- beginning ---------------------------------------------------------------------------------------


@database
def test_done_by_a_job_row_by_row_each_with_its_decision_and_its_line_in_the_log() -> None:
    found, officer = flags(3), factories.person()
    one = begin(found, officer, note=" satu jaringan ")
    assert (one.number, one.state, one.note, one.office) == ("MSL-26-0001", "running", "satu jaringan", officer.office)
    assert state(found) == ["waiting"] * 3
    work()
    one.refresh_from_db()
    assert (one.state, one.ended_at) == ("done", LATER)
    assert state(found) == ["confirmed"] * 3
    assert bulk.progress(one) == bulk.Progress(0, 3, 0, 0)
    assert list(models.Decision.objects.order_by("id").values_list("flag", "by", "reason", "note", "at")) == [
        (flag.pk, officer.pk, "fraud", "satu jaringan", LATER) for flag in found
    ]
    told = list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert told == ["bulk.begun", *["flag.confirmed"] * 3]
    assert audit.verify() is None


@database
def test_a_row_is_decided_with_its_copies() -> None:
    row, officer = copies(4), factories.person()
    one = begin(row[:1], officer)
    assert bulk.flags_of(one) == 4
    work()
    assert state(row) == ["confirmed"] * 4


@database
def test_what_others_hold_or_moved_is_listed_and_left() -> None:
    held, moved, decided, free = flags(4)
    officer, colleague = factories.person(), factories.person()
    one = begin([held, moved, decided, free], officer)
    triage.take(held.pk, by=colleague, now=NOW)
    triage.hand_over(
        flag_id=moved.pk, office_id=factories.office("bp3mi-ntb").pk, note="x", seen_version=moved.version, by=colleague, now=NOW
    )
    decide(decided, colleague, "dismissed", "lawful")
    work()
    assert became(one) == [("left", "held"), ("left", "refused"), ("left", "moved"), ("done", "")]
    assert state([held, moved, decided, free]) == ["waiting", "waiting", "dismissed", "confirmed"]


@database
@pytest.mark.parametrize(
    ("outcome", "reason", "error"),
    [
        ("victim", "asks", RefusedError),
        ("reversed", "undone", RefusedError),
        ("confirmed", "lawful", triage.ReasonMissingError),
        ("dismissed", "other", triage.ReasonMissingError),
    ],
)
def test_nobody_is_marked_as_harmed_in_bulk_and_a_reason_is_needed(outcome: str, reason: str, error: type[Exception]) -> None:
    found = flags(1)
    with pytest.raises(error):
        begin(found, factories.person(), outcome, reason)
    assert models.Bulk.objects.count() == 0


@database
def test_only_rows_of_one_office_that_the_person_may_decide() -> None:
    (mine,), (theirs,) = flags(1), flags(1, "bp3mi-ntb")
    for found, person, code in (
        ([], factories.person(), "bulk.nothing"),
        ([mine, theirs], factories.person(), "bulk.nothing"),
        ([mine], factories.person("registrar"), "bulk.nothing"),
        ([mine, theirs], factories.person("analyst"), "bulk.several_offices"),
    ):
        with pytest.raises(RefusedError) as refused:
            begin(found, person)
        assert refused.value.code == code
    assert begin([theirs], factories.person("analyst")).office == theirs.office


# --- two people --------------------------------------------------------------------------------------


@database
def test_closing_many_waits_for_another_person(monkeypatch: pytest.MonkeyPatch) -> None:
    officer, supervisor = factories.person(), factories.person("supervisor")
    one, found = proposed(officer, 3, monkeypatch)
    assert (one.state, work(), state(found)) == ("proposed", 0, ["waiting"] * 3)
    one = bulk.approve(bulk_id=one.pk, by=supervisor, now=LATER)
    assert (one.state, one.approved_by, one.approved_at) == ("running", supervisor, LATER)
    work()
    assert state(found) == ["dismissed"] * 3
    assert set(models.Decision.objects.values_list("by", flat=True)) == {officer.pk}


@database
def test_what_waits_for_another_person_outlives_an_edition_but_for_what_it_judges_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"name": "PT Rembulan Karya Contoh", "standings": [("revoked", "2026-01-05", None, "SK 1/2026")]}
    factories.register([names], register_date=NOW.date() - timedelta(days=3))
    office = flags(3)[0].office
    said = factories.ILLEGAL.format(phone="0840 5550 4711") + " Resmi lewat PT Rembulan Karya Contoh."
    factories.stored([factories.raw_post(said)], of=factories.watch("bp3mi-jabar"))
    assessing.read_due(now=NOW, limit=10)
    found = list(models.Flag.objects.order_by("id"))
    assert [flag.office for flag in found] == [office] * 4
    monkeypatch.setattr(together, "ALONE", 3)
    one = begin(found, factories.person(), "dismissed", "lawful")
    assert one.state == "proposed"
    for agency in (names, names | {"standings": [("active", "2020-01-01", None, "")]}):
        factories.register([agency, {"name": "PT Seroja Abadi Contoh"}])
        recheck.mark(now=NOW)
        assert assessing.read_due(now=NOW, limit=10).read == 4
        assert list(models.Flag.objects.order_by("id").values_list("version", flat=True)) == [1, 1, 1, 1 + (agency is not names)]
    bulk.approve(bulk_id=one.pk, by=factories.person("supervisor"), now=LATER)
    work()
    assert became(one) == [("done", "")] * 3 + [("left", "moved")]


@database
def test_copies_of_another_office_do_not_ask_for_a_second_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "ALONE", 1)
    found = copies(3)
    models.Flag.objects.filter(pk=found[2].pk).update(office=factories.office("bp3mi-ntb"))
    assert begin(found[:1], factories.person()).state == "running"
    work()
    assert state(found) == ["confirmed", "confirmed", "waiting"]


@database
@pytest.mark.parametrize(("outcome", "reason"), [("dismissed", "lawful"), ("confirmed", "fraud")])
def test_what_one_person_closes_is_counted_in_posts_and_copies_of_a_text_are_one(
    outcome: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "ALONE", 3)
    row, others, officer = copies(4), flags(4), factories.person()
    assert begin(row[:1] + others[:2], officer, outcome, reason).state == "running"
    assert begin(row[:1] + others[:3], officer, outcome, reason).state == "proposed"
    joined = triage.join(flag_id=row[0].pk, other_ids=[one.pk for one in others[1:]], by=officer, now=NOW).flag
    assert begin([joined], officer, outcome, reason).state == "proposed"  # one row of four posts
    assert begin(others[:1], officer, outcome, reason).state == "running"


@database
@pytest.mark.parametrize("joined", ["before", "after", "approved"])
def test_what_is_joined_to_a_row_after_it_was_proposed_is_not_closed_by_the_word_of_the_second_person(
    joined: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "ALONE", 2)
    found, more, officer = flags(3), flags(2), factories.person()

    def join(now: datetime) -> None:
        triage.join(flag_id=found[0].pk, other_ids=[one.pk for one in more], by=officer, now=now)

    if joined == "before":
        join(NOW)
    one = begin(found, officer, "dismissed", "lawful")
    if joined == "after":
        join(NOW + timedelta(seconds=1))
    bulk.approve(bulk_id=one.pk, by=factories.person("supervisor"), now=LATER)
    if joined == "approved":
        join(LATER)
    work(LATER + timedelta(seconds=1))
    if joined == "before":
        assert (became(one), set(state(found + more))) == ([("done", "")] * 3, {"dismissed"})
    else:
        assert became(one) == [("left", "moved"), ("done", ""), ("done", "")]
        assert state(found + more) == ["waiting", "dismissed", "dismissed", "waiting", "waiting"]


@database
def test_asking_about_many_takes_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "ALONE", 3)
    assert begin(flags(4), factories.person(), "needs_information", "agency").state == "running"


@database
def test_nobody_approves_their_own_and_only_who_supervises_the_office_does(monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = factories.person("supervisor")
    one, found = proposed(supervisor, 3, monkeypatch)
    for person in (
        supervisor,
        factories.person(),
        factories.person("analyst"),
        factories.person("supervisor", "bp3mi-ntb"),
        factories.person("administrator"),
    ):
        with pytest.raises(PermissionDenied):
            bulk.approve(bulk_id=one.pk, by=person, now=LATER)
        with pytest.raises(PermissionDenied):
            bulk.refuse(bulk_id=one.pk, note="x", by=person, now=LATER)
    assert (models.Bulk.objects.get().state, state(found)) == ("proposed", ["waiting"] * 3)
    assert bulk.approve(bulk_id=one.pk, by=factories.person("supervisor", "directorate"), now=LATER).state == "running"


@database
def test_refused_with_a_reason_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = factories.person("supervisor")
    one, found = proposed(factories.person(), 3, monkeypatch)
    with pytest.raises(RefusedError, match=r"^bulk\.note note$"):
        bulk.refuse(bulk_id=one.pk, note=" ", by=supervisor, now=LATER)
    one = bulk.refuse(bulk_id=one.pk, note="terlalu beragam", by=supervisor, now=LATER)
    assert (one.state, one.ended_note, work(), state(found)) == ("refused", "terlalu beragam", 0, ["waiting"] * 3)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: bulk.approve(bulk_id=one.pk, by=supervisor, now=LATER),
        lambda: bulk.cancel(bulk_id=one.pk, by=supervisor, now=LATER),
    )
    for verb in verbs:
        with pytest.raises(bulk.StaleError) as refused:
            verb()
        assert refused.value.state == "refused"


# --- cancelling and taking back ------------------------------------------------------------------------


@database
def test_cancelled_half_way_what_was_decided_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    found, officer = flags(4), factories.person()
    one = begin(found, officer)
    monkeypatch.setattr(bulk, "_CHUNK", 2)
    (job,) = jobs.claim(("bulk",), 1)
    monkeypatch.setattr(
        "patrol.triage.bulk.time.monotonic", iter([0.0, 29.9, 30.0]).__next__
    )  # one chunk, then its thirty seconds are over
    bulk.run_job(job, now=LATER)
    assert bulk.progress(one) == bulk.Progress(2, 2, 0, 0)
    monkeypatch.undo()
    bulk.cancel(bulk_id=one.pk, by=officer, now=LATER)
    work()
    one.refresh_from_db()
    assert (one.state, one.ended_by) == ("cancelled", officer)
    assert became(one) == [("done", ""), ("done", ""), ("left", "cancelled"), ("left", "cancelled")]
    assert state(found) == ["confirmed", "confirmed", "waiting", "waiting"]


@database
def test_the_whole_is_taken_back_by_its_number_but_for_what_a_case_or_a_newer_decision_holds() -> None:
    kept, again, back, copied = flags(4)
    officer, supervisor = factories.person(), factories.person("supervisor")
    one = begin([kept, again, back, copied], officer)
    work()
    cases.open_case(flag_ids=[kept.pk], title="Calo", by=officer, now=LATER)
    triage.reverse(decision_id=again.decisions.get().pk, reason_note="salah", decision_key=uuid.uuid4(), by=officer, now=LATER)
    with pytest.raises(RefusedError, match=r"^bulk\.note note$"):
        bulk.reverse(bulk_id=one.pk, note=" ", by=supervisor, now=LATER)
    bulk.reverse(bulk_id=one.pk, note="register keliru", by=supervisor, now=LATER)
    work()
    one.refresh_from_db()
    assert (one.state, one.ended_by, one.ended_note) == ("reversed", supervisor, "register keliru")
    assert became(one) == [("done", "in_case"), ("done", "moved"), ("returned", ""), ("returned", "")]
    assert state([kept, again, back, copied]) == ["confirmed", "waiting", "waiting", "waiting"]
    notice = models.Notice.objects.get(kind="reversed")  # one for the whole, not one a flag
    assert (notice.kind, notice.person, notice.note) == ("reversed", officer, "register keliru")
    assert audit.verify() is None


@database
def test_who_began_it_and_who_supervises_may_end_it() -> None:
    officer = factories.person()
    one = begin(flags(1), officer)
    for person in (factories.person(), factories.person("supervisor", "bp3mi-ntb"), factories.person("analyst")):
        with pytest.raises(PermissionDenied):
            bulk.cancel(bulk_id=one.pk, by=person, now=LATER)
    with pytest.raises(bulk.StaleError):
        bulk.reverse(bulk_id=one.pk, note="x", by=officer, now=LATER)  # it is still running
    assert bulk.cancel(bulk_id=one.pk, by=factories.person("supervisor"), now=LATER).state == "cancelled"


# --- killed, doubled, raced ------------------------------------------------------------------------------


class Killed(BaseException):
    """The worker is gone: nothing catches it on the way."""


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("place", [(triage, "decide", 0), (triage, "decide", 2), (jobs, "finish", 0)])
@pytest.mark.parametrize("after", [False, True])
def test_a_worker_killed_anywhere_loses_nothing_and_doubles_nothing(place: Any, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, calls = place
    found, officer = flags(3), factories.person()
    one = begin(found, officer)
    real, left = getattr(module, name), iter([False] * calls + [True])

    def killing(*args: Any, **given: Any) -> Any | None:
        dies = next(left)
        done = real(*args, **given) if after or not dies else None
        if dies:
            raise Killed
        return done

    with monkeypatch.context() as patched:
        patched.setattr(module, name, killing)
        with pytest.raises(Killed):
            jobs.run({"bulk": bulk.run_job}, now=LATER)
    assert models.Decision.objects.count() == (3 if name == "finish" else calls)
    models.Job.objects.update(lease_until=None, lease_token=None)  # it runs out
    work()
    assert state(found) == ["confirmed"] * 3
    assert (models.Decision.objects.count(), models.Bulk.objects.get().state) == (3, "done")
    assert became(one) == [("done", "")] * 3


@pytest.mark.usefixtures("committed")
def test_two_approve_at_once_and_it_runs_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one, found = proposed(factories.person(), 3, monkeypatch)
    first, second = factories.person("supervisor"), factories.person("supervisor")
    lock = f"SELECT 1 FROM patrol_bulk WHERE id = {one.pk} FOR UPDATE"

    def approving(by: models.Person) -> Callable[[], models.Bulk]:
        return lambda: bulk.approve(bulk_id=one.pk, by=by, now=LATER)

    won, lost = races.race(lock, approving(first), approving(second))
    assert (won.approved_by, lost.state) == (first, "running")
    assert isinstance(lost, bulk.StaleError)
    work()
    assert state(found) == ["dismissed"] * 3


@pytest.mark.usefixtures("committed")
def test_who_decides_a_row_while_the_job_comes_to_it_wins_and_nobody_waits_for_ever() -> None:
    found, officer, colleague = flags(2), factories.person(), factories.person()
    one = begin(found, officer)
    lock = f"SELECT 1 FROM patrol_flag WHERE id = {found[1].pk} FOR UPDATE"

    def deciding() -> triage.Decided:
        return decide(found[1], colleague, "dismissed", "lawful")

    races.race(lock, deciding, lambda: jobs.run({"bulk": bulk.run_job}, now=LATER))
    assert state(found) == ["confirmed", "dismissed"]
    assert became(one) == [("done", ""), ("left", "moved")]


@pytest.mark.usefixtures("committed")
def test_cancelled_in_the_moment_a_row_is_decided() -> None:
    found, officer = flags(2), factories.person()
    one = begin(found, officer)
    lock = f"SELECT 1 FROM patrol_flag WHERE id = {found[0].pk} FOR UPDATE"
    races.race(lock, lambda: jobs.run({"bulk": bulk.run_job}, now=LATER), lambda: bulk.cancel(bulk_id=one.pk, by=officer, now=LATER))
    assert models.Bulk.objects.get().state == "cancelled"
    assert state(found) == ["confirmed", "waiting"]
    assert became(one) == [("done", ""), ("left", "cancelled")]


# --- no second one of the kind is touched --------------------------------------------------------------


def two_proposed(monkeypatch: pytest.MonkeyPatch) -> tuple[models.Bulk, list[models.Flag], models.Bulk, list[models.Flag]]:
    """Two closings of the same office, of the same person, in the same state; and one that nobody may touch either."""
    officer = factories.person()
    monkeypatch.setattr(together, "ALONE", 1)
    first, second = flags(2), flags(2)
    return begin(first, officer, "dismissed", "lawful"), first, begin(second, officer, "dismissed", "lawful"), second


def as_it_was(one: models.Bulk) -> tuple[Any, ...]:
    """All that a bulk and its entries say."""
    entries = list(one.entries.order_by("id").values_list("flag", "state", "why", "decision", "seen_version"))
    row = models.Bulk.objects.values("state", "approved_by", "approved_at", "ended_by", "ended_at", "ended_note").get(pk=one.pk)
    return row, entries


@database
@pytest.mark.parametrize("verb", ["approve", "refuse", "cancel"])
def test_what_is_done_to_one_proposed_bulk_is_done_to_no_other(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, mine, other, theirs = two_proposed(monkeypatch)
    before, supervisor = as_it_was(other), factories.person("supervisor")
    asked: dict[str, dict[str, Any]] = {
        "approve": {"by": supervisor},
        "refuse": {"note": "beragam", "by": supervisor},
        "cancel": {"by": one.by},
    }
    done = getattr(bulk, verb)(bulk_id=one.pk, now=LATER, **asked[verb])
    work()
    done.refresh_from_db()
    assert done.state == {"approve": "done", "refuse": "refused", "cancel": "cancelled"}[verb]
    assert as_it_was(other) == before
    assert (state(mine), state(theirs)) == (["dismissed" if verb == "approve" else "waiting"] * 2, ["waiting"] * 2)


@database
def test_taking_one_back_leaves_another_of_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = factories.person()
    mine, theirs = flags(2), flags(2)
    one, other = begin(mine, officer), begin(theirs, officer)
    work()
    before = as_it_was(other)
    bulk.reverse(bulk_id=one.pk, note="salah kelompok", by=officer, now=LATER)
    work()
    assert (state(mine), state(theirs), as_it_was(other)) == (["waiting"] * 2, ["confirmed"] * 2, before)
    assert became(one) == [("returned", "")] * 2


@database
def test_a_running_bulk_works_only_its_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = factories.person()
    mine, theirs = flags(2), flags(2)
    one, other = begin(mine, officer), begin(theirs, officer, "dismissed", "lawful")
    bulk.cancel(bulk_id=other.pk, by=officer, now=LATER)
    work()
    assert (state(mine), state(theirs)) == (["confirmed"] * 2, ["waiting"] * 2)
    assert (became(one), became(other)) == ([("done", "")] * 2, [("left", "cancelled")] * 2)


# --- bounds ---------------------------------------------------------------------------------------------


@database
def test_exactly_as_many_rows_as_one_bulk_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 3)
    monkeypatch.setattr(bulk, "_PAGE", 3)
    found, officer = flags(3), factories.person()
    counted = bulk.count(officer, triage.Wanted())
    assert (len(counted.rows), counted.more) == (3, False)
    assert begin(found, officer).entries.count() == 3
    flags(1)
    assert bulk.count(officer, triage.Wanted()).more is True


@database
def test_twenty_posts_are_closed_by_one_and_the_next_one_waits() -> None:
    found, officer = flags(21), factories.person()
    assert begin(found[:20], officer).state == "running"
    assert begin(found, officer).state == "proposed"


@database
def test_nobody_without_the_right_begins_one_and_nothing_is_left_of_it() -> None:
    found = flags(2)
    for person in (factories.person("officer", "bp3mi-ntb"), factories.person("registrar"), factories.person("administrator")):
        with pytest.raises(RefusedError) as refused:
            begin(found, person)
        assert refused.value.code == "bulk.nothing"
    with pytest.raises(RefusedError) as refused:
        bulk.begin(rows=[(found[0].pk, 1), (999_999, 1)], outcome="confirmed", reason="fraud", note="", by=factories.person(), now=NOW)
    assert refused.value.code == "bulk.nothing"
    assert (models.Bulk.objects.count(), models.BulkEntry.objects.count(), models.Job.objects.count()) == (0, 0, 0)


@database
def test_a_note_is_kept_without_its_spaces_and_is_in_every_decision() -> None:
    officer = factories.person()
    one = begin(flags(2), officer, "dismissed", "other", note="  sudah ditangani  ")
    work()
    assert one.note == "sudah ditangani"
    assert set(models.Decision.objects.values_list("note", "reason", "by")) == {("sudah ditangani", "other", officer.pk)}


@database
def test_what_somebody_else_began_is_told_when_it_is_taken_back_and_what_oneself_began_is_not() -> None:
    officer, supervisor = factories.person(), factories.person("supervisor")
    mine, own = begin(flags(2), officer), begin(flags(1), supervisor)
    work()
    for one in (mine, own):
        bulk.reverse(bulk_id=one.pk, note="keliru", by=supervisor, now=LATER)
    work()
    told = models.Notice.objects.filter(kind="reversed").values_list("person", "by", "note")
    assert list(told) == [(officer.pk, supervisor.pk, "keliru")]


@database
def test_progress_counts_each_row_once_where_it_is() -> None:
    officer, colleague = factories.person(), factories.person()
    found = flags(3)
    one = begin(found, officer)
    assert bulk.progress(one) == bulk.Progress(waiting=3, done=0, left=0, returned=0)
    triage.take(found[1].pk, by=colleague, now=NOW)
    work()
    assert bulk.progress(one) == bulk.Progress(waiting=0, done=2, left=1, returned=0)
    assert (bulk.progress(one).all, bulk.flags_of(one)) == (3, 3)
    bulk.reverse(bulk_id=one.pk, note="keliru", by=officer, now=LATER)
    work()
    assert bulk.progress(one) == bulk.Progress(waiting=0, done=0, left=1, returned=2)


@database
def test_the_pair_of_a_large_one_stands_in_the_log_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = factories.person("supervisor")
    one, _found = proposed(factories.person(), 3, monkeypatch)
    bulk.approve(bulk_id=one.pk, by=supervisor, now=LATER)
    rows = models.AuditEntry.objects.filter(verb__startswith="bulk.").order_by("seq")
    assert list(rows.values_list("verb", "actor_id", "target_id")) == [
        ("bulk.proposed", one.by_id, str(one.pk)),
        ("bulk.approved", supervisor.pk, str(one.pk)),
    ]
    one.refresh_from_db()
    assert (one.approved_by, one.approved_at) == (supervisor, LATER)


@pytest.mark.parametrize(("rows", "shown"), [(0, ""), (1, "0"), (4, "0123"), (5, "01234"), (9, "01234"), (10, "02468"), (14, "02468")])
def test_up_to_five_examples_are_all_there_is_and_five_of_more_are_spread_over_it(rows: int, shown: str) -> None:
    letters: Any = tuple(str(number) for number in range(rows))
    examples: Any = bulk.Counted(letters, rows, more=False).examples
    assert "".join(examples) == shown
