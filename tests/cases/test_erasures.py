"""Requests to erase: one asks, another answers, once and in time; before the approval nothing is erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol import cases, models, tasks
from patrol.access import audit
from patrol.cases import erasures
from patrol.evidence import erasing
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories, races
from tests.evidence.test_erasing import alone, answered, ask, on_disk, supervisor, with_files
from tests.factories import NOW
from tests.triage.acts import decide
from tests.worker import points

database = pytest.mark.django_db


def approve(asked: models.ErasureRequest, by: models.Person, *, versions: int = 1, now: datetime = NOW) -> int:
    return erasures.approve(request_id=asked.pk, seen_versions=versions, by=by, now=now)


def told(person: models.Person) -> list[Any]:
    return [(one.kind, one.erasure_id, one.note) for one in models.Notice.objects.filter(person=person, read_at=None)]


def verbs() -> list[Any]:
    return [(one.verb, one.actor_id, one.target_type) for one in models.AuditEntry.objects.order_by("seq") if "eras" in one.verb]


def untouched(post: models.Post) -> None:
    assert models.PostText.objects.get(version__post=post).text != ""
    assert (models.Erasure.objects.count(), models.ErasedFile.objects.count()) == (0, 0)


@database
def test_one_asks_another_approves_and_only_then_it_is_erased() -> None:
    post, _answer = alone()
    with_files(post)
    one, two = supervisor(), supervisor()
    asked = ask(post, one)
    assert (asked.number[:7], asked.reason, asked.ground, asked.versions, asked.files, asked.until) == (
        "HPS-26-",
        "subject",
        "Surat 12/PDP/2026.",
        1,
        6,
        NOW + timedelta(days=7),
    )
    untouched(post)
    assert (told(one), told(two)) == ([], [("erasure_asked", asked.pk, "")])
    assert approve(asked, two, now=NOW + timedelta(days=6)) == 1
    erasure = models.Erasure.objects.get()
    assert (erasure.by, erasure.request, erasure.reason) == (two, asked, "subject: Surat 12/PDP/2026.")
    assert models.PostText.objects.get(version__post=post).text == ""
    assert models.ErasedFile.objects.count() == 6
    assert (told(one), told(two)) == ([("erasure_approved", asked.pk, "")], [])
    assert verbs() == [
        ("erasure.asked", one.pk, "erasurerequest"),
        ("erasure.approved", two.pk, "erasurerequest"),
        ("post.erased", two.pk, "post"),
    ]
    assert audit.verify() is None


@database
def test_nobody_approves_or_refuses_the_own_request() -> None:
    post, _answer = alone()
    one = supervisor()
    asked = ask(post, one)
    with pytest.raises(PermissionDenied):
        approve(asked, one)
    with pytest.raises(PermissionDenied):
        erasures.refuse(request_id=asked.pk, note="Tidak jadi.", by=one, now=NOW)
    untouched(post)


@database
def test_refused_with_a_reason_the_post_stays_and_may_be_asked_for_again() -> None:
    post, _answer = alone()
    one, two = supervisor(), supervisor()
    asked = ask(post, one)
    with pytest.raises(RefusedError, match=r"^erasure\.note note$"):
        erasures.refuse(request_id=asked.pk, note=" ", by=two, now=NOW)
    erasures.refuse(request_id=asked.pk, note="Masih dibutuhkan, hubungi 0840 5550 1234.", by=two, now=NOW)
    note = asked.answer.note
    assert ("0840 5550 1234" in note, note.startswith("Masih dibutuhkan")) == (False, True)
    assert told(one) == [("erasure_refused", asked.pk, note)]
    with pytest.raises(erasures.StaleError) as stale:
        approve(asked, two)
    assert (stale.value.kind, stale.value.who) == ("refused", two)
    untouched(post)
    assert ask(post, one).pk != asked.pk


@database
def test_who_asked_takes_it_back_and_nobody_else() -> None:
    post, _answer = alone()
    one, two = supervisor(), supervisor()
    asked = ask(post, one)
    with pytest.raises(PermissionDenied):
        erasures.withdraw(request_id=asked.pk, by=two, now=NOW)
    erasures.withdraw(request_id=asked.pk, by=one, now=NOW)
    with pytest.raises(erasures.StaleError):
        approve(asked, two)
    assert (told(one), told(two), verbs()[-1]) == ([], [], ("erasure.withdrawn", one.pk, "erasurerequest"))
    untouched(post)


@database
def test_a_request_runs_out_after_a_week() -> None:
    post, _answer = alone()
    one, two = supervisor(), supervisor()
    asked = ask(post, one)
    week = NOW + timedelta(days=7)
    assert erasures.run_out(now=week - timedelta(seconds=1)) == 0
    assert list(erasures.waits_for(two, week - timedelta(seconds=1))) == [asked]
    with pytest.raises(erasures.StaleError) as stale:  # no sweep has come by yet
        approve(asked, two, now=week)
    assert stale.value.kind == "ran_out"
    assert list(erasures.waits_for(two, week)) == []
    assert (erasures.run_out(now=week), erasures.run_out(now=week)) == (1, 0)
    assert (told(one), told(two)) == ([("erasure_ran_out", asked.pk, "")], [])
    assert verbs()[-1] == ("erasure.ran_out", None, "erasurerequest")
    untouched(post)
    assert ask(post, one, now=week).pk != asked.pk


@database
def test_the_sweep_lets_requests_run_out() -> None:
    post, _answer = alone()
    asked = ask(post, now=NOW - timedelta(days=400))
    tasks.sweep()
    assert models.ErasureAnswer.objects.get().kind == "ran_out"
    assert models.ErasureAnswer.objects.get().request == asked


@database
def test_one_request_for_a_post_waits_at_a_time() -> None:
    post, _answer = alone()
    asked = ask(post)
    with pytest.raises(erasures.WaitsError) as waits:
        ask(post)
    assert waits.value.request == asked
    assert ask(alone(b"lain")[0]).pk != asked.pk


@database
@pytest.mark.parametrize(
    ("reason", "ground", "place"),
    [("", "Surat.", "reason"), ("whim", "Surat.", "reason"), ("", "", "reason"), ("subject", " ", "ground"), ("other", "", "ground")],
)
def test_without_a_reason_and_its_ground_nothing_is_asked(reason: str, ground: str, place: str) -> None:
    post, _answer = alone()
    with pytest.raises(RefusedError, match=rf"^erasure\.reason {place}$"):
        ask(post, reason=reason, ground=ground)
    assert models.ErasureRequest.objects.count() == 0


@database
def test_a_case_that_came_meanwhile_forbids_the_approval() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    officer, two = factories.person(), supervisor()
    asked = ask(flag.post, officer)
    decide(flag, officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Perkara", by=officer, now=NOW)
    with pytest.raises(erasing.HeldError) as held:
        approve(asked, two)
    assert (held.value.holds, held.value.numbers) == (("case",), (case.number,))
    untouched(flag.post)
    with pytest.raises(erasing.HeldError):  # nor is it asked for
        erasures.withdraw(request_id=asked.pk, by=officer, now=NOW)
        ask(flag.post, officer)


@database
def test_what_grew_since_it_was_counted_is_looked_at_again() -> None:
    post, _answer = alone()
    asked, two = ask(post), supervisor()
    raw = factories.raw_post("Disunting.", external_id=post.external_id, url=post.url, edited=True)
    factories.stored([raw])
    with pytest.raises(erasures.GrownError):
        approve(asked, two)
    assert models.Erasure.objects.count() == 0
    assert approve(asked, two, versions=2) == 2


@database
@pytest.mark.parametrize(
    ("role", "code", "flagged", "asks", "approves"),
    [
        ("supervisor", "bp3mi-jabar", True, True, True),
        ("supervisor", "directorate", True, True, True),
        ("supervisor", "directorate", False, True, True),
        ("supervisor", "bp3mi-jabar", False, False, False),
        ("supervisor", "bp3mi-ntb", True, False, False),
        ("officer", "bp3mi-jabar", True, True, False),
        ("officer", "bp3mi-ntb", True, False, False),
        ("officer", "bp3mi-jabar", False, False, False),
        ("analyst", "directorate", True, True, False),
        ("analyst", "directorate", False, True, False),
        ("registrar", "directorate", True, False, False),
        ("administrator", "directorate", True, False, False),
    ],
)
def test_who_works_on_a_post_asks_and_a_supervisor_approves(role: str, code: str, flagged: bool, asks: bool, approves: bool) -> None:
    post = factories.flags(1, of=factories.watch())[0].post if flagged else alone()[0]
    person = factories.person(role, code)
    if asks:
        erasures.withdraw(request_id=ask(post, person).pk, by=person, now=NOW)
    else:
        with pytest.raises(PermissionDenied):
            ask(post, person)
    asked = ask(post)
    assert (asked in erasures.waits_for(person, NOW)) == approves
    if approves:
        assert approve(asked, person) == 1
    else:
        with pytest.raises(PermissionDenied):
            approve(asked, person)
        with pytest.raises(PermissionDenied):
            erasures.refuse(request_id=asked.pk, note="Tidak.", by=person, now=NOW)
        untouched(post)


@database
def test_the_supervisors_of_the_office_are_told_and_where_there_is_no_other_the_directorate_s() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    near, directorate = factories.person(Role.SUPERVISOR), supervisor()
    factories.person(Role.SUPERVISOR, is_active=False)
    factories.person(Role.SUPERVISOR, "bp3mi-ntb")
    office_id = flag.office_id
    assert erasures.approvers(office_id, factories.person()) == [near]
    assert erasures.approvers(office_id, near) == [directorate]
    assert erasures.approvers(0, near) == [directorate]
    assert erasures.approvers(0, directorate) == []


@database
def test_after_a_handover_the_other_office_answers() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    asked = ask(flag.post, factories.person())
    here, there = factories.person(Role.SUPERVISOR), factories.person(Role.SUPERVISOR, "bp3mi-ntb")
    models.Flag.objects.filter(pk=flag.pk).update(office=there.office)
    with pytest.raises(PermissionDenied):
        approve(asked, here)
    assert approve(asked, there) == 1


@pytest.mark.usefixtures("committed")
def test_approved_and_refused_in_the_same_moment_it_is_answered_once() -> None:
    post, _answer = alone()
    asked, two, three = ask(post), supervisor(), supervisor()
    won, lost = races.race(
        f"SELECT FROM patrol_post WHERE id = {post.pk} FOR UPDATE",
        lambda: approve(asked, two),
        lambda: erasures.refuse(request_id=asked.pk, note="Tidak.", by=three, now=NOW),
    )
    assert (won, isinstance(lost, erasures.StaleError), lost.kind, lost.who) == (1, True, "approved", two)
    assert (models.ErasureAnswer.objects.count(), models.Erasure.objects.count()) == (1, 1)


@pytest.mark.usefixtures("committed")
def test_withdrawn_in_the_moment_the_sweep_comes_by_it_is_answered_once() -> None:
    post, _answer = alone()
    one = supervisor()
    asked = ask(post, one)
    done, ended = races.race(
        f"SELECT FROM patrol_post WHERE id = {post.pk} FOR UPDATE",
        lambda: erasures.withdraw(request_id=asked.pk, by=one, now=NOW),
        lambda: erasures.run_out(now=asked.until),
    )
    assert (done, ended, models.ErasureAnswer.objects.get().kind, told(one)) == (None, 0, "withdrawn", [])


@database
def test_the_answer_to_one_request_is_none_to_another() -> None:
    one, two = supervisor(), supervisor()
    first, second = (ask(alone(name)[0], one) for name in (b"satu", b"dua"))
    erasures.refuse(request_id=first.pk, note="Tidak.", by=two, now=NOW)
    assert list(erasures.waiting()) == list(erasures.waits_for(two, NOW)) == [second]
    assert (told(one), told(two)) == ([("erasure_refused", first.pk, "Tidak.")], [("erasure_asked", second.pk, "")])
    assert erasures.of_post(second.post_id, NOW) == second
    assert approve(second, two) == 1
    assert {one.kind: one.request_id for one in models.ErasureAnswer.objects.all()} == {"refused": first.pk, "approved": second.pk}
    assert models.PostText.objects.get(version__post=first.post_id).text != ""


@database
def test_who_had_read_of_a_request_keeps_the_notice_when_it_is_answered() -> None:
    one, two, three = supervisor(), supervisor(), supervisor()
    asked = ask(alone()[0], one)
    models.Notice.objects.filter(person=two).update(read_at=NOW, read_by=two)
    erasures.withdraw(request_id=asked.pk, by=one, now=NOW)
    assert list(models.Notice.objects.values_list("kind", "person", "erasure")) == [("erasure_asked", two.pk, asked.pk)]
    assert told(three) == []


@database
def test_what_came_after_an_erasure_is_asked_for_and_counted_by_itself() -> None:
    post, _answer = alone()
    two = supervisor()
    assert approve(ask(post), two) == 1
    factories.stored([factories.raw_post("Disunting sesudahnya.", external_id=post.external_id, url=post.url, edited=True)])
    asked = ask(post)
    assert asked.versions == 1
    assert approve(asked, two) == 1
    assert set(models.PostText.objects.filter(version__post=post).values_list("text", flat=True)) == {""}


@database
def test_requests_are_numbered_one_after_the_other() -> None:
    numbers = [int(ask(alone(name)[0]).number.rpartition("-")[2]) for name in (b"satu", b"dua", b"tiga")]
    assert numbers == [1, 2, 3]


STEPS = points.steps((erasures.approve, erasures._answer, erasing.erase), {})


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "point",
    sorted(
        {*points.points(STEPS)}
        - {f"{when} {what}" for when in ("before", "after") for what in ("rename", "fsync", "publish", "acknowledge")}
    ),
)
def test_dying_anywhere_in_an_approval_leaves_all_of_it_or_nothing(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    posts, _answer = answered(factories.illegal(), body=b"halaman")
    own = with_files(posts[0])
    asked, two = ask(posts[0]), supervisor()
    process = points.Process(monkeypatch, STEPS)
    process.arm(point, 1)
    with pytest.raises(BaseException) as death:  # noqa: PT011 - on its way up it may meet the open transaction and change its name
        approve(asked, two)
    assert process.died == point, death
    connection.close()  # a process that died holds no transaction
    process.arm("", 0)
    done = models.ErasureAnswer.objects.count()
    assert done == (point == "after commit")
    assert (models.Erasure.objects.count(), models.ErasedFile.objects.count()) == (done, done * 6)
    assert (models.PostText.objects.get(version__post=posts[0]).text == "") == bool(done)
    assert on_disk() >= own
    assert audit.verify() is None
    if not done:
        assert approve(asked, two) == 1
