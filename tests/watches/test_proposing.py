"""Watches that an office proposes: who decides, what becomes of them, what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from patrol import models, watches
from patrol.infra.refusals import RefusedError
from patrol.watches import proposing, quotas
from tests import factories
from tests.factories import NOW
from tests.watches.test_quotas import wanted

pytestmark = pytest.mark.django_db
WHY = "Tiga aduan menyebut saluran ini."


def propose(by: models.Person, query: str = "saluran_contoh", *, platform: str = "telegram", kind: str = "", **given: Any) -> Any:
    why = given.pop("why", WHY)
    return proposing.propose(platform=platform, kind=kind, wanted=wanted(query, by.office, **given), why=why, by=by, now=NOW)


def accept(proposal: models.WatchProposal, by: models.Person, **given: Any) -> models.Watch:
    return proposing.accept(proposal_id=proposal.pk, by=by, now=NOW, **given)


def refused(code: str, act: Any, *args: Any, **given: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    assert (error.value.code, bool(error.value.sentence)) == (code, True)


def told() -> list[tuple[str, int | None, str]]:
    return list(models.Notice.objects.order_by("id").values_list("kind", "person", "note"))


def test_an_officer_s_proposal_is_accepted_by_the_supervisor_of_the_office() -> None:
    officer, supervisor = factories.person("officer"), factories.person("supervisor")
    factories.person("supervisor", "bp3mi-sulsel")
    factories.person("analyst")
    words = models.KeywordPack.objects.create(name="Kata", about="other", words=["loker"], changed_at=timezone.now())
    given: dict[str, Any] = {"platform": "mastodon", "kind": "hashtag", "daily_quota": 50, "pack_ids": (words.pk,)}
    proposal = propose(officer, "#loker@mastodon.example", **given)
    assert [row[:2] for row in told()] == [("watch_proposed", supervisor.pk)]
    assert (proposal.state, models.Watch.objects.count(), proposing.waiting(officer)) == ("proposed", 0, [])
    assert proposing.waiting(supervisor) == [proposal]
    watch = accept(proposal, supervisor)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.watch) == ("accepted", supervisor, watch)
    asked = (watch.platform, watch.kind, watch.query, watch.every_seconds, watch.daily_quota, list(watch.packs.all()))
    assert asked == ("mastodon", "hashtag", "#loker@mastodon.example", 900, 50, [words])
    assert (watch.office, watch.by_office, watch.created_by, watch.state) == (officer.office, True, supervisor, "active")
    assert told()[1][:2] == ("watch_accepted", officer.pk)
    verbs = list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["watch.proposed", "watch.added", "watch.proposal_accepted"]
    assert proposing.waiting(supervisor) == []


def test_what_needs_a_credential_or_more_room_is_the_directorate_s_to_decide() -> None:
    supervisor, analyst = factories.person("supervisor"), factories.person("analyst")
    key = models.Credential.objects.create(platform="tiktok", name="Kunci", sealed="x", changed_at=NOW)
    refused("watch.by_proposal", watches.add, platform="tiktok", wanted=wanted("loker"), by=supervisor, now=NOW)
    proposal = propose(supervisor, "loker taiwan", platform="tiktok")
    assert told() == [("watch_proposed", analyst.pk, "loker taiwan")]
    assert (proposing.waiting(supervisor), proposing.waiting(analyst)) == ([], [proposal])
    refused("watch.credential_missing", accept, proposal, analyst)
    other = factories.person("supervisor")
    refused("watch.directorate_decides", accept, proposal, other)
    assert models.Watch.objects.count() == 0
    watch = accept(proposal, analyst, credential_id=key.pk)
    assert (watch.credential, watch.by_office, watches.keeps(supervisor, watch)) == (key, True, True)
    assert (watches.may_change(supervisor, watch), watches.may_change(analyst, watch)) == (False, True)
    quotas.set_most(office_id=supervisor.office_id, most=1, by=analyst, now=NOW)
    beyond = propose(supervisor)
    refused("watch.quota_full", accept, beyond, other)
    assert (proposing.waiting(other), proposing.may_refuse(other, beyond)) == ([], True)
    assert accept(beyond, analyst).by_office is True
    refused("watch.proposal_decided", accept, beyond, other)  # a page from before: not that the quota is used up
    refused("watch.proposal_decided", accept, proposal, other)


def test_a_refusal_says_why_and_goes_back_to_who_proposed() -> None:
    officer, supervisor = factories.person("officer"), factories.person("supervisor")
    proposal = propose(officer)
    refused("watch.said_nothing", proposing.refuse, proposal_id=proposal.pk, why=" ", by=supervisor, now=NOW)
    proposing.refuse(proposal_id=proposal.pk, why="Sudah dipantau lewat umpan.", by=supervisor, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer, proposal.watch, models.Watch.objects.count()) == (
        "refused",
        "Sudah dipantau lewat umpan.",
        None,
        0,
    )
    assert told()[-1] == ("watch_refused", officer.pk, "saluran_contoh: Sudah dipantau lewat umpan.")
    refused("watch.proposal_decided", accept, proposal, factories.person("analyst"))
    assert propose(officer).state == "proposed"  # again, with better words


def test_whoever_proposed_takes_back_and_decides_nothing() -> None:
    officer, supervisor = factories.person("officer"), factories.person("supervisor")
    mine = propose(supervisor, "loker", platform="tiktok")
    refused("watch.own_proposal", accept, mine, supervisor)
    refused("watch.own_proposal", proposing.refuse, proposal_id=mine.pk, why="Tidak.", by=supervisor, now=NOW)
    with pytest.raises(PermissionDenied):
        proposing.withdraw(proposal_id=mine.pk, by=officer, now=NOW)
    assert proposing.withdraw(proposal_id=mine.pk, by=supervisor, now=NOW).state == "withdrawn"
    refused("watch.proposal_decided", proposing.withdraw, proposal_id=mine.pk, by=supervisor, now=NOW)
    assert [kind for kind, *_ in told()] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"query": "dua kata"}, "watch.query"),
        ({"why": "  "}, "watch.said_nothing"),
        ({"why": "x" * 501}, "watch.said_long"),
        ({"query": "saluran_lama"}, "watch.taken"),
        ({"query": "https://t.me/s/Saluran_Lama"}, "watch.taken"),
        ({"query": "saluran_usulan"}, "watch.proposed_already"),
        ({"query": "@Saluran_Usulan"}, "watch.proposed_already"),
    ],
)
def test_what_cannot_be_proposed_is_refused(given: dict[str, Any], code: str) -> None:
    officer = factories.person("officer")
    factories.watch(query="saluran_lama")
    propose(factories.person("officer", "bp3mi-sulsel"), "saluran_usulan")
    before = (models.WatchProposal.objects.count(), models.AuditEntry.objects.count(), models.Notice.objects.count())
    refused(code, propose, officer, **given)
    assert (models.WatchProposal.objects.count(), models.AuditEntry.objects.count(), models.Notice.objects.count()) == before


@pytest.mark.parametrize(
    ("role", "code", "given"),
    [
        ("officer", "bp3mi-jabar", {"priority": 1}),
        ("officer", "bp3mi-jabar", {"credential_id": 1}),
        ("analyst", "directorate", {}),
        ("registrar", "directorate", {}),
    ],
)
def test_only_an_office_proposes_and_says_nothing_of_the_directorate_s(role: str, code: str, given: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied):
        propose(factories.person(role, code), **given)
    assert models.WatchProposal.objects.count() == 0


def test_another_office_decides_nothing_and_keeps_nothing() -> None:
    officer, stranger = factories.person("officer"), factories.person("supervisor", "bp3mi-sulsel")
    proposal = propose(officer)
    own = accept(proposal, factories.person("supervisor"))
    again = propose(officer, "saluran_lain")
    for act in (
        lambda: accept(again, stranger),
        lambda: accept(again, factories.person("officer")),
        lambda: proposing.refuse(proposal_id=again.pk, why="Tidak.", by=stranger, now=NOW),
        lambda: watches.pause(watch_id=own.pk, by=stranger, now=NOW),
        lambda: watches.pause(watch_id=own.pk, by=officer, now=NOW),
        lambda: watches.pause(watch_id=factories.watch().pk, by=factories.person("supervisor"), now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    again.refresh_from_db()
    assert (again.state, models.Watch.objects.filter(state="paused").count()) == ("proposed", 0)


def test_a_supervisor_changes_the_office_s_own_watch_and_not_what_is_the_directorate_s() -> None:
    supervisor, analyst = factories.person("supervisor"), factories.person("analyst")
    watch = watches.add(platform="telegram", wanted=wanted("saluran_contoh"), by=supervisor, now=NOW)
    changed = watches.change(watch_id=watch.pk, wanted=wanted("saluran_baru", every_seconds=1800), by=supervisor, now=NOW)
    assert (changed.query, changed.every_seconds, changed.by_office) == ("saluran_baru", 1800, True)
    for given in ({"priority": 1}, {"office": factories.office("bp3mi-sulsel")}, {"credential_id": 1}):
        with pytest.raises(PermissionDenied):
            watches.change(watch_id=watch.pk, wanted=wanted("saluran_baru", **given), by=supervisor, now=NOW)
    other = factories.office("bp3mi-sulsel")
    moved = watches.change(watch_id=watch.pk, wanted=wanted("saluran_baru", other), by=analyst, now=NOW)
    assert (moved.office, moved.by_office) == (other, False)
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.before["by_office"], entry.after["by_office"]) == ("watch.changed", True, False)


@pytest.mark.parametrize("column", ["credential", "office", "by_office"])
def test_what_the_directorate_takes_meanwhile_is_not_changed_any_more(monkeypatch: pytest.MonkeyPatch, column: str) -> None:
    supervisor = factories.person("supervisor")
    watch = watches.add(platform="telegram", wanted=wanted("saluran_contoh"), by=supervisor, now=NOW)
    key = models.Credential.objects.create(platform="telegram", name="Kunci", sealed="x", changed_at=NOW)
    taken = {"credential": key, "office": factories.office("bp3mi-sulsel"), "by_office": False}[column]
    check = watches.check

    def meanwhile(*asked: Any, **given: Any) -> watches.Checked:
        models.Watch.objects.filter(pk=watch.pk).update(**{column: taken})
        return check(*asked, **given)

    monkeypatch.setattr(watches, "check", meanwhile)
    with pytest.raises(PermissionDenied):
        watches.change(watch_id=watch.pk, wanted=wanted("saluran_baru"), by=supervisor, now=NOW)
    watch.refresh_from_db()
    assert (watch.query, models.AuditEntry.objects.latest("seq").verb) == ("saluran_contoh", "watch.added")


@pytest.mark.parametrize(("role", "waits"), [("supervisor", True), ("analyst", False)])
def test_an_office_pauses_and_resumes_without_asking_more_often(role: str, waits: bool) -> None:
    by, now = factories.person(role), timezone.now()
    ran, fresh, old = (factories.watch(by_office=True, state="paused", every_seconds=900) for _ in range(3))
    for watch, began in ((ran, now), (ran, now - timedelta(hours=1)), (old, now - timedelta(hours=1))):
        models.Fetch.objects.create(watch=watch, token=uuid4(), started_at=began)
    due = [watches.resume(watch_id=watch.pk, by=by, now=now).due_at for watch in (ran, fresh, old)]
    assert all(due)
    assert due[0] == now + timedelta(seconds=900) if waits else due[0] < now + timedelta(seconds=600)  # type: ignore[operator]
    assert max(due[1:]) < now + timedelta(seconds=600)  # type: ignore[type-var,operator]


def test_the_database_holds_what_was_proposed_and_that_two_decide() -> None:
    officer = factories.person("officer")
    proposal = propose(officer)
    row = models.WatchProposal.objects.filter(pk=proposal.pk)
    for match, columns in (
        ("watch_proposal_by_two", {"state": "refused", "answer": "Tidak.", "decided_by": officer, "decided_at": NOW}),
        ("watch_proposal_by_two", {"state": "withdrawn", "decided_by": factories.person("analyst"), "decided_at": NOW}),
        ("watch_proposal_decided", {"state": "withdrawn"}),
        ("watch_proposal_has_watch", {"state": "accepted", "decided_by": factories.person("analyst"), "decided_at": NOW}),
        ("does not change", {"query": "saluran_lain"}),
    ):
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            row.update(**columns)
    proposing.withdraw(proposal_id=proposal.pk, by=officer, now=NOW)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        row.update(state="proposed", decided_by=None, decided_at=None)


# --- what passes to the directorate ---------------------------------------------------------------


def passed_on() -> list[tuple[int | None, str]]:
    return list(models.Notice.objects.filter(kind="watch_passed_on").order_by("id").values_list("person", "note"))


def test_a_quota_that_fills_up_passes_what_waits_to_the_directorate_and_says_so() -> None:
    officer, supervisor, analyst = (factories.person(role) for role in ("officer", "supervisor", "analyst"))
    factories.person("analyst", is_active=False)
    quotas.set_most(office_id=officer.office_id, most=2, by=analyst, now=NOW)
    waits = propose(officer)
    propose(officer, "loker", platform="tiktok")  # the directorate's from the start
    propose(factories.person("officer", "bp3mi-sulsel"), "saluran_sulsel")
    own = watches.add(platform="telegram", wanted=wanted("saluran_satu", officer.office), by=supervisor, now=NOW)
    assert (passed_on(), proposing.waiting(supervisor)) == ([], [waits])  # one place is left
    watches.add(platform="telegram", wanted=wanted("saluran_dua", officer.office), by=supervisor, now=NOW)
    both = [(officer.pk, waits.name), (analyst.pk, f"{waits.name}, {officer.office.name}")]
    assert (passed_on(), proposing.waiting(supervisor)) == (both, [])
    # full already, or again: nobody hears it a second time
    quotas.set_most(office_id=officer.office_id, most=1, by=analyst, now=NOW)
    quotas.set_most(office_id=officer.office_id, most=2, by=analyst, now=NOW)
    watches.pause(watch_id=own.pk, by=supervisor, now=NOW)
    watches.resume(watch_id=own.pk, by=supervisor, now=NOW)
    assert passed_on() == both
    # but whoever has not heard it, and of what was proposed since
    colleague, later = factories.person("analyst"), NOW + timedelta(hours=1)
    quotas.set_most(office_id=officer.office_id, most=3, by=analyst, now=later)
    fields: dict[str, Any] = {"platform": "telegram", "kind": "", "wanted": wanted("saluran_tiga", officer.office, name=waits.name)}
    proposing.propose(**fields, why=WHY, by=officer, now=later)
    quotas.set_most(office_id=officer.office_id, most=2, by=analyst, now=later)
    there = both[1][1]
    assert passed_on()[2:] == [(colleague.pk, there), (officer.pk, waits.name), (colleague.pk, there)]  # not whoever did it


def test_of_two_offices_each_is_heard_of() -> None:
    analyst, officers = factories.person("analyst"), [factories.person("officer", code) for code in ("bp3mi-jabar", "bp3mi-sulsel")]
    for officer in officers:
        factories.person("supervisor", officer.office.code)
        propose(officer, f"saluran_{officer.pk}_contoh", name="Loker")
    for officer in officers:
        quotas.set_most(office_id=officer.office_id, most=0, by=factories.person("analyst"), now=NOW + timedelta(hours=1))
    assert [note for person, note in passed_on() if person == analyst.pk] == [f"Loker, {officer.office.name}" for officer in officers]


def test_the_directorate_that_had_a_proposal_from_the_start_does_not_hear_it_again() -> None:
    supervisor, analyst, colleague = factories.person("supervisor"), factories.person("analyst"), factories.person("analyst")
    mine = propose(supervisor)  # nobody else of the office decides
    assert [person for kind, person, _note in told() if kind == "watch_proposed"] == [analyst.pk, colleague.pk]
    quotas.set_most(office_id=supervisor.office_id, most=0, by=analyst, now=NOW)
    assert passed_on() == [(supervisor.pk, mine.name)]


def test_the_proposal_whose_acceptance_fills_the_quota_does_not_pass_on_itself() -> None:
    officer, supervisor, analyst = (factories.person(role) for role in ("officer", "supervisor", "analyst"))
    quotas.set_most(office_id=officer.office_id, most=1, by=analyst, now=NOW)
    first, second = propose(officer, "saluran_satu"), propose(officer, "saluran_dua")
    accept(first, supervisor)
    assert passed_on() == [(officer.pk, second.name), (analyst.pk, f"{second.name}, {officer.office.name}")]
    refused("watch.quota_full", watches.add, platform="telegram", wanted=wanted("saluran_tiga", officer.office), by=supervisor, now=NOW)
    assert len(passed_on()) == 2


def test_what_waits_for_a_person_is_what_they_may_decide() -> None:
    people = [factories.person(role, code) for role in ("officer", "supervisor") for code in ("bp3mi-jabar", "bp3mi-sulsel", "directorate")]
    people += [factories.person("analyst"), factories.person("administrator")]
    quotas.set_most(office_id=factories.office("bp3mi-sulsel").pk, most=0, by=people[-1], now=NOW)
    for by in people[:6]:
        propose(by, f"saluran_{by.pk}_contoh")
        propose(by, f"loker {by.pk}", platform="tiktok")
    refused_one = propose(people[0], "saluran_tidak")
    proposing.refuse(proposal_id=refused_one.pk, why="Tidak.", by=people[3], now=NOW)
    rows = list(models.WatchProposal.objects.select_related("office"))
    rooms = quotas.of([row.office for row in rows])
    for person in people:
        wanted_here = [row.pk for row in sorted(rows, key=lambda row: row.pk) if proposing.may_decide(person, row, rooms[row.office_id])]
        assert sorted(row.pk for row in proposing.waiting(person)) == wanted_here
        assert proposing.waits_for(person).count() == len(wanted_here)
    assert [proposing.waits_for(person).count() for person in people] == [0, 0, 0, 1, 0, 0, 12, 12]
