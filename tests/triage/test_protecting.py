"""Who is marked as harmed: known to the own office and the directorate alone, handed to the desk once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from patrol import access, models, triage
from patrol.access import Action
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from patrol.pipeline import assessing
from patrol.triage import protecting
from tests import factories
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags, reverse

database = pytest.mark.django_db


def marked(by: models.Person | None = None) -> models.Decision:
    (flag,) = flags(1)
    by = by or factories.person()
    return decide(flag, by, "victim", "asks").decisions[0]


def step(
    verb: Callable[..., models.Protection],
    protection: models.Protection,
    by: models.Person,
    *,
    version: int | None = None,
    now: datetime = NOW,
    **given: Any,
) -> models.Protection:
    """A step as the page asks for it, on the version the page showed."""
    protection.refresh_from_db()
    given.setdefault("note", "Sudah bicara dengan keluarga.")
    return verb(protection_id=protection.pk, seen_version=protection.version if version is None else version, by=by, now=now, **given)


def hand(protection: models.Protection, by: models.Person, desk: str = "own", which: str = "", **given: Any) -> models.Protection:
    return step(protecting.hand_to_desk, protection, by, desk=desk, handed_to=which, **given)


def told(flag: models.Flag) -> list[str]:
    return list(flag.protection_events.values_list("kind", flat=True))


@database
@pytest.mark.parametrize(
    ("role", "code", "learns"),
    [
        ("officer", "bp3mi-jabar", True),
        ("supervisor", "bp3mi-jabar", True),
        ("analyst", "directorate", True),
        ("officer", "directorate", True),
        ("officer", "bp3mi-ntb", False),
        ("supervisor", "bp3mi-ntb", False),
        ("registrar", "directorate", False),
        ("administrator", "directorate", False),
    ],
)
def test_for_everybody_else_the_flag_is_dismissed_like_any_other(role: str, code: str, learns: bool) -> None:
    decision = marked()
    person, office = factories.person(role, code), decision.flag.office_id
    assert triage.outcome_for(decision.outcome, office, person) == ("victim" if learns else "dismissed")
    assert triage.outcome_for("confirmed", office, person) == "confirmed"
    rows = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.all())
    assert rows.count() == learns


@database
def test_handed_to_a_desk_once_and_the_log_names_nobody() -> None:
    marked()
    protection, officer, colleague = models.Protection.objects.get(), factories.person(), factories.person()
    lacking = [("", "", "desk"), ("p4mi", "  ", "handed_to"), ("mission", "", "handed_to"), ("other", "", "handed_to")]
    for desk, which, place in [*lacking, ("nobody", "Helpdesk", "desk")]:
        with pytest.raises(RefusedError) as lacks:
            hand(protection, officer, desk, which)
        assert (lacks.value.code, lacks.value.place) == ("protection.desk", place)
    done = hand(protection, officer, "p4mi", "  P4MI   Entikong ", version=1)
    assert (done.state, done.desk, done.handed_to, done.handed_by, done.handed_at) == ("handed_over", "p4mi", "P4MI Entikong", officer, NOW)
    with pytest.raises(triage.StaleError) as refused:
        hand(protection, colleague, version=1)
    assert (refused.value.who, refused.value.at, refused.value.state) == (officer, NOW, "handed_over")
    entry = models.AuditEntry.objects.latest("seq")
    office = protection.office_id
    assert (entry.verb, entry.before, entry.after) == (
        "protection.handed_over",
        {"state": "new", "office": office},
        {"state": "handed_over", "office": office},
    )


STEPS: dict[str, Callable[[models.Protection, models.Person], models.Protection]] = {
    "contacted": lambda protection, by: step(protecting.contacted, protection, by),
    "handed_over": hand,
    "closed": lambda protection, by: step(protecting.close, protection, by, ending="helped"),
    "reopened": lambda protection, by: step(protecting.reopen, protection, by),
}


@database
@pytest.mark.parametrize(
    ("way", "state"),
    [
        (("contacted", "handed_over", "closed"), "closed"),
        (("closed", "reopened", "contacted"), "contacted"),
        (("handed_over", "reopened"), "new"),
        (("contacted", "closed", "reopened", "handed_over"), "handed_over"),
    ],
)
def test_every_step_stands_in_the_timeline_and_can_be_taken_back(way: tuple[str, ...], state: str) -> None:
    flag = marked().flag
    protection, officer = models.Protection.objects.get(), factories.person()
    for one in way:
        done = STEPS[one](protection, officer)
    assert (done.state, done.version) == (state, 1 + len(way))
    assert told(flag) == ["marked", *way]
    assert [entry.verb for entry in models.AuditEntry.objects.order_by("seq")][1:] == [f"protection.{one}" for one in way]
    assert (done.closed_at is not None, done.ending != "") == ((state == "closed"),) * 2
    assert (done.handed_at is not None) == ("handed_over" in way and "reopened" not in way[way.index("handed_over") :])


@database
@pytest.mark.parametrize(
    ("way", "refused"), [((), "reopened"), (("contacted",), "contacted"), (("handed_over",), "contacted"), (("closed",), "handed_over")]
)
def test_a_step_off_the_table_is_refused_and_nothing_is_written(way: tuple[str, ...], refused: str) -> None:
    flag = marked().flag
    protection, officer = models.Protection.objects.get(), factories.person()
    for one in way:
        STEPS[one](protection, officer)
    rows = models.AuditEntry.objects.count()
    with pytest.raises(states.MoveRefusedError):
        STEPS[refused](protection, officer)
    assert (told(flag), models.AuditEntry.objects.count()) == (["marked", *way], rows)


@database
@pytest.mark.parametrize(
    ("verb", "given", "place"),
    [
        (protecting.contacted, {"note": " "}, "note"),
        (protecting.close, {"note": "", "ending": "helped"}, "note"),
        (protecting.reopen, {"note": "  "}, "note"),
        (protecting.close, {"ending": ""}, "ending"),
        (protecting.move_to_office, {"note": "", "office_id": 1}, "note"),
    ],
)
def test_a_step_needs_its_words(verb: Callable[..., models.Protection], given: dict[str, Any], place: str) -> None:
    flag = marked().flag
    protection = models.Protection.objects.get()
    with pytest.raises(RefusedError) as refused:
        step(verb, protection, factories.person(), **given)
    assert (refused.value.code, refused.value.place, told(flag)) == (f"protection.{place}", place, ["marked"])


@database
def test_another_office_takes_no_step_and_sees_no_contact() -> None:
    marked()
    protection, stranger = models.Protection.objects.get(), factories.person("supervisor", "bp3mi-ntb")
    for one in STEPS.values():
        with pytest.raises(PermissionDenied):
            one(protection, stranger)
    with pytest.raises(PermissionDenied):
        protecting.note(protection_id=protection.pk, text="Halo.", by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        protecting.show_contacts(protection_id=protection.pk, need="reach", by=stranger, now=NOW)


@database
def test_handed_over_to_another_office_it_is_theirs_and_they_are_told() -> None:
    flag = marked().flag
    protection, officer, theirs = (models.Protection.objects.get(), factories.person(), factories.person(code="bp3mi-ntb"))
    for office in (officer.office_id, 987_654_321):
        with pytest.raises(RefusedError) as refused:
            step(protecting.move_to_office, protection, officer, office_id=office)
        assert (refused.value.code, refused.value.place, told(flag)) == ("protection.office", "office", ["marked"])
    done = step(protecting.move_to_office, protection, officer, office_id=theirs.office_id, note="Keluarganya di Lombok.")
    assert (done.office, done.state) == (theirs.office, "new")
    notice = models.Notice.objects.get()
    assert (notice.kind, notice.office, notice.flag, notice.note) == ("protection_moved", theirs.office, flag, "")
    seen = [access.scope(one, Action.PROTECTION_VIEW, models.Protection.objects.all()).count() for one in (officer, theirs)]
    assert seen == [0, 1]
    with pytest.raises(PermissionDenied):
        STEPS["contacted"](protection, officer)
    assert STEPS["contacted"](protection, theirs).state == "contacted"
    assert list(flag.protection_events.values_list("kind", "office__code")) == [
        ("marked", "bp3mi-jabar"),
        ("moved", "bp3mi-ntb"),
        ("contacted", "bp3mi-ntb"),
    ]


@database
def test_a_look_at_the_contacts_is_logged_with_what_it_is_for_and_changes_no_version() -> None:
    flag = marked().flag
    protection, officer = models.Protection.objects.get(), factories.person()
    with pytest.raises(RefusedError) as refused:
        protecting.show_contacts(protection_id=protection.pk, need="curiosity", by=officer, now=NOW)
    assert (refused.value.code, refused.value.place, told(flag)) == ("protection.need", "need", ["marked"])
    done = protecting.show_contacts(protection_id=protection.pk, need="reach", by=officer, now=NOW)
    assert (done.version, told(flag)) == (1, ["marked", "contacts_shown"])
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.after["purpose"]) == ("protection.contacts_shown", "reach")


@database
def test_copies_of_one_text_go_together_and_stand_once_in_the_list() -> None:
    text = factories.ILLEGAL.format(phone="0840 5550 0001")
    posts = factories.stored([factories.raw_post(text) for _ in range(3)])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    first, second, third = (post.flag for post in posts)
    officer = factories.person(code=first.office.code)
    decide(first, officer, "victim", "asks")
    assert models.Protection.objects.count() == 3
    assert [one.flag for one in protecting.first_of_rows(models.Protection.objects.all())] == [first]
    STEPS["contacted"](models.Protection.objects.get(flag=first), officer)
    STEPS["closed"](models.Protection.objects.get(flag=second), officer)
    assert set(models.Protection.objects.values_list("state", "version")) == {("closed", 3)}
    assert told(third) == ["marked", "contacted", "closed"]


@database
def test_taken_back_nobody_is_marked_unless_somebody_acted_on_it() -> None:
    officer = factories.person()
    decision = marked(officer)
    reverse(decision, officer)
    assert models.Protection.objects.count() == 0
    assert told(decision.flag) == ["marked", "mark_reversed"]
    decision = marked(officer)
    hand(models.Protection.objects.get(), officer)
    triage.undo(decision_id=decision.pk, decision_key=uuid.uuid4(), by=officer, now=NOW + timedelta(seconds=3))
    protection = models.Protection.objects.get()
    assert (protection.desk, protection.state) == ("own", "handed_over")
    assert told(decision.flag) == ["marked", "handed_over", "mark_reversed"]


@database
def test_what_was_closed_begins_anew_when_it_is_marked_again() -> None:
    officer = factories.person()
    decision = marked(officer)
    protection = models.Protection.objects.get()
    STEPS["closed"](protection, officer)
    reverse(decision, officer)
    flag = models.Flag.objects.get(pk=decision.flag_id)
    decide(flag, officer, "victim", "tells")
    protection.refresh_from_db()
    assert (protection.state, protection.ending, protection.closed_at) == ("new", "", None)
    assert told(flag) == ["marked", "closed", "mark_reversed", "marked"]


@database
def test_the_timeline_cannot_be_changed() -> None:
    flag = marked().flag
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        flag.protection_events.update(note="lain")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        flag.protection_events.all().delete()


@database
def test_who_decided_is_told_that_somebody_else_took_it_back_and_not_that_oneself_did() -> None:
    officer, colleague = factories.person(), factories.person()
    own, taken = marked(officer), marked(officer)
    reverse(own, officer)
    assert models.Notice.objects.count() == 0
    reverse(taken, colleague, note="bukan korban")
    notice = models.Notice.objects.get()
    assert (notice.kind, notice.person, notice.flag_id, notice.by, notice.note) == (
        "reversed",
        officer,
        taken.flag_id,
        colleague,
        "bukan korban",
    )


@database
@pytest.mark.parametrize("many", [1, 30])
def test_every_step_and_a_mark_made_again_cost_the_same_however_many_copies(many: int, django_assert_num_queries: Any) -> None:
    row, officer = copies(many), factories.person()
    decision = decide(row[0], officer, "victim", "asks").decisions[0]
    protection = models.Protection.objects.get(flag=row[0])

    def stand() -> set[Any]:
        return set(models.Protection.objects.values_list("state", "ending", "version"))

    steps: tuple[tuple[int, Callable[..., models.Protection], dict[str, str], tuple[str, str]], ...] = (
        (1, protecting.contacted, {}, ("contacted", "")),
        (2, protecting.hand_to_desk, {"desk": "own", "handed_to": ""}, ("handed_over", "")),
        (3, protecting.close, {"ending": "helped"}, ("closed", "helped")),
    )
    for version, verb, given, state in steps:
        with django_assert_num_queries(9):
            verb(protection_id=protection.pk, seen_version=version, note="Sudah bicara.", by=officer, now=NOW, **given)
        assert stand() == {(*state, version + 1)}
    reverse(decision, officer)
    flag = models.Flag.objects.get(pk=row[0].pk)
    with django_assert_num_queries(12 + (many > 1)):
        decide(flag, officer, "victim", "asks", now=NOW + timedelta(days=2))
    assert stand() == {("new", "", 5)}
    assert models.ProtectionEvent.objects.filter(kind="marked").count() == 2 * many
