"""What an objection that was upheld changes: flag, copies, case, and what was sent about them."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import cases, models, triage
from patrol.access import audit
from patrol.cases import letters, merging, packets, referrals
from patrol.evidence import custody_log
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked, objected
from tests.cases.objected import LATER
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def kinds(rows: Any) -> list[str]:
    return list(rows.order_by("id").values_list("kind", flat=True))


def upheld(flag: models.Flag, officer: models.Person, by: models.Person | None = None, **given: Any) -> models.Objection:
    return objected.decide(objected.enter(flag, officer), by or objected.supervisor(), **given)


def test_the_decision_is_taken_back_and_made_anew_by_the_verbs_of_triage(officer: models.Person) -> None:
    flag, second = objected.decided(by=officer), objected.supervisor()
    first = flag.decisions.get()
    made = upheld(flag, officer, second)
    back, anew = models.Decision.objects.exclude(pk=first.pk).order_by("id")
    assert (back.outcome, back.reverses, back.by, back.note) == ("reversed", first, second, f"{made.number}: {made.put_right}")
    assert (anew.outcome, anew.reason, anew.by, anew.state_after) == ("dismissed", "lawful", second, "dismissed")
    assert made.correction == anew
    flag.refresh_from_db()
    assert (flag.state, kinds(flag.events)) == ("dismissed", ["raised", "objected", "corrected"])
    assert flag.events.get(kind="corrected").after == {"objection": made.number, "outcome": "upheld", "office": flag.office_id}
    notices = models.Notice.objects.filter(person=officer).order_by("id")
    assert [(one.kind, one.objection) for one in notices] == [("objection_decided", made)]
    assert audit.verify() is None


def test_whoever_decided_it_is_told(officer: models.Person) -> None:
    flag, enterer = objected.decided(by=officer), factories.person()
    made = upheld(flag, enterer)
    assert [(one.kind, one.note) for one in models.Notice.objects.filter(person=officer)] == [("objection_upheld", made.put_right)]


def test_without_another_outcome_it_waits_in_triage_again(officer: models.Person) -> None:
    flag = objected.decided(by=officer)
    made = upheld(flag, officer, anew="", reason="")
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at, made.correction) == ("waiting", None, flag.decisions.get(outcome="reversed"))


def test_upheld_in_part_leaves_the_decision_and_says_what_is_right(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    made = upheld(flag, officer, outcome="partly")
    flag.refresh_from_db()
    assert (flag.state, flag.decisions.count(), made.correction) == ("confirmed", 1, None)
    assert (kinds(flag.events)[-1], kinds(case.events)[-1], case.entries.count()) == ("corrected", "corrected", 1)


def test_copies_decided_with_it_go_with_it_and_one_decided_since_does_not(officer: models.Person) -> None:
    first, copy, other = factories.flags(3)
    models.Flag.objects.filter(pk__in=[copy.pk, other.pk]).update(row_key=first.row_key)
    flag = objected.decided(first, by=officer)
    assert models.Decision.objects.filter(batch=flag.decisions.get().batch).count() == 3
    # Somebody looked at one of them again, by itself.
    late = other.decisions.get()
    models.Decision.objects.create(
        flag=other,
        decision_key="00000000-0000-4000-8000-000000000001",
        outcome="confirmed",
        reason="route",
        by=officer,
        at=LATER,
        effective_at=LATER,
        state_before="confirmed",
        state_after="confirmed",
        level_then=late.level_then,
        check_then=late.check_then,
    )
    upheld(flag, officer)
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == ["dismissed", "dismissed", "confirmed"]
    assert kinds(copy.events)[-1] == "corrected"
    assert "corrected" not in kinds(other.events)


def test_the_flag_leaves_its_case_which_says_so(officer: models.Person) -> None:
    case, (flag, other) = objected.in_case(by=officer, count=2)
    made = upheld(flag, officer)
    assert [entry.flag for entry in case.entries.all()] == [other]
    last = list(case.events.order_by("-id")[:2])
    assert [(one.kind, one.flag, one.note) for one in last] == [
        ("flag_removed", flag, f"{made.number}: {made.put_right}"),
        ("corrected", flag, f"{made.number}: {made.put_right}"),
    ]


def test_a_closed_case_of_which_nothing_went_out_stays_closed(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    cases.close(case_id=case.pk, outcome="unfounded", note="x", seen_version=case.version, by=officer, now=NOW)
    upheld(flag, officer)
    case.refresh_from_db()
    assert (case.state, case.entries.count(), kinds(case.events)[-2:]) == ("closed", 0, ["corrected", "flag_removed"])


def test_one_taken_back_meanwhile_is_corrected_without_a_further_decision(officer: models.Person) -> None:
    flag = objected.decided(by=officer)
    made = objected.enter(flag, officer)
    triage.reverse(decision_id=flag.decisions.get().pk, reason_note="x", decision_key=uuid.uuid4(), by=officer, now=LATER)
    made = objected.decide(made, objected.supervisor())
    flag.refresh_from_db()
    assert (made.outcome, made.correction, flag.state, flag.decisions.count()) == ("upheld", None, "waiting", 2)
    assert kinds(flag.events)[-1] == "corrected"


def test_more_posts_than_one_person_decides_are_left_to_the_queue(officer: models.Person, monkeypatch: pytest.MonkeyPatch) -> None:
    first, copy = factories.flags(2)
    models.Flag.objects.filter(pk=copy.pk).update(row_key=first.row_key)
    flag, second = objected.decided(first, by=officer), objected.supervisor()
    monkeypatch.setattr("patrol.triage.together.ALONE", 0)
    made = objected.enter(flag, officer)
    with pytest.raises(RefusedError, match=r"^objection\.many_posts said$"):
        objected.decide(made, second)
    flag.refresh_from_db()
    assert (models.Objection.objects.get().state, flag.state, models.Decision.objects.count()) == ("entered", "confirmed", 2)
    objected.decide(made, second, anew="", reason="")
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}


# --- what was sent ----------------------------------------------------------------------------------


def test_what_did_not_go_out_is_incomplete_by_itself(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    made = asked.approved(case, officer)
    upheld(flag, officer)
    assert [(one.place, one.line.flag if one.line else "") for one in packets.missing(made, packets.lines(made))] == [(1, flag.number)]
    with pytest.raises(RefusedError, match=r"^referral\.not_the_same$"):
        asked.mark_sent(made, officer, now=LATER)
    assert (models.Referral.objects.get().state, models.Referral.objects.count()) == ("approved", 1)


def test_what_was_sent_gets_a_correction_through_two_people(officer: models.Person) -> None:
    case, (flag, other) = objected.in_case(by=officer, count=2)
    sent, decider = asked.sent(case, officer), objected.supervisor()
    made = upheld(flag, officer, decider)
    correction = models.Referral.objects.exclude(pk=sent.pk).get()
    assert (correction.corrects, correction.objection, correction.state, correction.round, correction.channel, correction.target) == (
        sent,
        made,
        "draft",
        1,
        sent.channel,
        sent.target,
    )
    assert ([item.flag for item in correction.items.all()], correction.needs_copies, correction.wrote_by) == ([flag], False, decider)
    assert (kinds(sent.events)[-1], sent.events.order_by("-id")[0].detail) == ("corrected", correction.number)
    assert correction.facts["correction"] == (
        f"Penandaan {flag.number} yang disampaikan dengan {sent.number} keliru dan permohonan untuk baris ini ditarik kembali."
        f" {made.put_right}"
    )
    assert ("referral_correction", correction.pk) in models.Notice.objects.filter(person=officer).values_list("kind", "referral")
    assert [one.fact for one in packets.missing(correction, packets.lines(correction))] == []
    step: dict[str, Any] = {"referral_id": correction.pk, "now": LATER}
    correction = referrals.submit(seen_version=correction.version, by=officer, **step)
    for half in (decider, officer):
        with pytest.raises((RefusedError, PermissionDenied)):
            referrals.approve(seen_version=correction.version, by=half, **step)
    correction = referrals.approve(seen_version=correction.version, by=objected.supervisor(), **step)
    _referral, content = referrals.packet(by=officer, **step)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packet = json.loads(archive.read(f"{correction.number}/paket.json"))
        table = archive.read(f"{correction.number}/daftar.csv").decode("utf-8-sig").splitlines()
    assert (packet["asks"], packet["corrects"]["number"], packet["facts"]["correction"] != "") == (
        f"Koreksi atas {sent.number}",
        sent.number,
        True,
    )
    assert {"reason", "verdict", "register", "sha256"} & set(packet["lines"][0]) == set()
    assert (len(table), flag.number in table[1], other.number in "".join(table)) == (2, True, False)
    links = models.LinkSchedule.objects.count()
    assert set(models.LinkSchedule.objects.filter(due_at=None).values_list("post", flat=True)) == {flag.post_id}
    correction = asked.mark_sent(correction, officer, now=LATER)
    written = models.Minutes.objects.get(referral=correction)
    assert (written.kind, written.content["pieces"], "tidak memuat atau menunjukkan rekaman" in written.content["act"]) == (
        *("handed_over", [], True),
    )
    assert list(custody_log.verify()) == []
    assert (correction.state, models.LinkSchedule.objects.count()) == ("sent", links)
    with pytest.raises(RefusedError, match=r"^referral\.not_sent$"):
        referrals.new_round(note="x", seen_version=correction.version, by=officer, **step)
    assert audit.verify() is None


def test_a_correction_takes_nothing_new_in_and_lines_can_be_left_out(officer: models.Person) -> None:
    case, flags = objected.in_case(by=officer, count=2)
    asked.sent(case, officer)
    for flag in flags:
        upheld(flag, officer)
    first, _second = models.Referral.objects.exclude(corrects=None).order_by("id")
    marks = asked.marks(case, first.channel, officer)
    kept = [item.mark for item in first.items.all()]
    held = referrals.choose(referral_id=first.pk, marks=[*marks, *kept], seen_version=first.version, by=officer, now=LATER)
    assert [item.mark for item in held.items.all()] == kept
    with pytest.raises(RefusedError, match=r"^referral\.no_lines$"):
        referrals.choose(referral_id=first.pk, marks=marks, seen_version=held.version, by=officer, now=LATER)


def test_what_the_directorate_sent_is_corrected_by_the_directorate() -> None:
    analyst, own = factories.person(Role.ANALYST), objected.supervisor()
    case, (flag,) = objected.in_case(by=factories.person())
    sent = asked.sent(case, analyst, "komdigi")
    upheld(flag, factories.person(), own)
    correction = models.Referral.objects.get(corrects=sent)
    assert (correction.from_directorate, correction.wrote_by) == (True, own)
    with pytest.raises(PermissionDenied):
        referrals.submit(referral_id=correction.pk, seen_version=correction.version, by=own, now=LATER)
    kept: dict[str, Any] = {"target": "", "urgent": False, "together": "", "facts": {**correction.facts, "letter": "B-1 (contoh)"}}
    correction = referrals.change(referral_id=correction.pk, seen_version=correction.version, by=analyst, now=LATER, **kept)
    correction = referrals.submit(referral_id=correction.pk, seen_version=correction.version, by=analyst, now=LATER)
    assert (correction.state, correction.has_letter, correction.letter_number != "") == ("submitted", True, True)
    letter = letters.compose(correction, packets.lines(correction), office=analyst.office, now=LATER)
    assert (letter.blanks, letter.cited, letter.subject) == ((), (), f"Koreksi atas {sent.letter_number}")
    assert all(word in letter.words for word in (sent.letter_number, flag.number, "Nomor itu bukan nomor perekrut (contoh)."))
    assert [(one.picture, one.copy, one.analysis) for one in letter.entries] == [("", "", ())]


def test_a_closed_case_is_open_again_where_something_went_out(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    sent = asked.answer(asked.sent(case, officer), officer, "acted_upon")
    case.refresh_from_db()
    cases.close(case_id=case.pk, outcome="acted_upon", note="x", seen_version=case.version, by=officer, now=NOW)
    upheld(flag, officer)
    case.refresh_from_db()
    assert (case.state, case.responsible, models.Referral.objects.get(corrects=sent).case) == ("opened", officer, case)
    assert kinds(case.events)[-3:] == ["reopened", "corrected", "flag_removed"]


def test_of_a_merged_case_the_correction_stands_beside_what_it_corrects_and_is_told_where_it_went(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    into, _flags = objected.in_case(by=officer)
    sent = asked.answer(asked.sent(case, officer), officer, "refused")
    analyst = factories.person(Role.ANALYST)
    step: dict[str, Any] = {"case_id": case.pk, "note": "x", "now": NOW}
    case.refresh_from_db()
    case = cases.escalate(article="placement", seen_version=case.version, by=officer, **step)
    case = cases.give_back(seen_version=case.version, by=analyst, **step)
    merging.merge(into=into.number, seen_version=case.version, by=officer, **step)
    upheld(flag, officer)
    assert models.Referral.objects.get(corrects=sent).case == case
    assert "corrected" in kinds(into.events)
    into.refresh_from_db()
    with pytest.raises(RefusedError, match=r"^case\.referral_hangs$"):
        cases.close(outcome="refused", seen_version=into.version, by=officer, **step | {"case_id": into.pk})


def test_of_several_rounds_the_last_is_corrected(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    first = asked.answer(asked.sent(case, officer), officer, "acted_upon")
    again = referrals.new_round(referral_id=first.pk, note="muncul", seen_version=first.version, by=officer, now=NOW)
    again = asked.filled(again, officer)
    again = referrals.submit(referral_id=again.pk, seen_version=again.version, by=officer, now=NOW)
    again = asked.mark_sent(referrals.approve(referral_id=again.pk, seen_version=again.version, by=objected.supervisor(), now=NOW), officer)
    upheld(flag, officer)
    assert [one.corrects for one in models.Referral.objects.exclude(corrects=None)] == [again]


def test_what_did_not_arrive_is_neither_corrected_nor_sent_another_way(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    made = asked.sent(case, officer)
    made = referrals.contact_failed(referral_id=made.pk, note="kembali", seen_version=made.version, by=officer, now=NOW)
    upheld(flag, officer)
    assert models.Referral.objects.count() == 1
    with pytest.raises(RefusedError, match=r"^referral\.not_the_same$"):
        asked.mark_sent(made, officer, now=LATER)
    assert models.Referral.objects.get().state == "contact_failed"


def test_the_database_holds_what_a_correction_corrects(officer: models.Person) -> None:
    case, (flag,) = objected.in_case(by=officer)
    sent = asked.sent(case, officer)
    upheld(flag, officer)
    correction = models.Referral.objects.get(corrects=sent)
    for changes in ({"corrects": None, "objection": None}, {"corrects": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Referral.objects.filter(pk=correction.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Referral.objects.filter(pk=sent.pk).update(corrects=correction, objection=correction.objection)
    assert models.Referral.objects.get(pk=correction.pk).corrects == sent
