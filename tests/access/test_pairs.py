"""One administrator alone is not two people: with every verb he has, he completes no act that takes two.

Each act is tried as a page would (its verb) and as a stolen password of the app's role would (its rows), by every kind of account one
administrator can come by.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from patrol import access, models, triage
from patrol.access import Action, duties, pairs, people
from patrol.cases import cards, erasures, law, objections, open_case, referrals
from patrol.cases.peers import choosing, requests
from patrol.domain.states import BulkState
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.register import calibration, manual
from patrol.retention import editions as retention
from patrol.search import indicators
from patrol.triage import bulk, quality
from patrol.watches import proposing
from reports import signing, summary
from reports.models import Signature, WeeklySummary
from reports.period import IsoWeek
from tests import factories
from tests.cases import asked, carded, objected
from tests.factories import NOW
from tests.markup import said_by
from tests.triage import acts
from tests.watches.test_quotas import wanted

pytestmark = pytest.mark.django_db
PASSWORD = "kuda-biru-melompat-7391"


@pytest.fixture
def admin() -> models.Person:
    return factories.person("administrator")


# --- the acts -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """`ask(by)` is the first half, `approve(asked, by)` the second by its verb, `row(asked, by)` the second by a row; `done(asked)`."""

    action: Action
    ask: Callable[[models.Person], Any]
    approve: Callable[[Any, models.Person], object]
    row: Callable[[Any, models.Person], object]
    done: Callable[[Any], bool]


def _ask_erasure(by: models.Person) -> models.ErasureRequest:
    flag = factories.flag()
    return erasures.ask(post_id=flag.post_id, reason="subject", ground="UU 27/2022 pasal 8", by=by, now=NOW)


def _answer_row(asked: models.ErasureRequest, by: models.Person) -> object:
    return models.ErasureAnswer.objects.create(request=asked, kind="approved", by=by, at=NOW)


def _ask_trust(by: models.Person) -> models.Trusted:
    indicator = models.Indicator.objects.create(
        kind="phone", value=f"+62840555{models.Indicator.objects.count():05d}", first_seen=NOW, last_seen=NOW
    )
    return indicators.propose(
        indicator_id=indicator.pk, known_as="agency", reason="Tertulis di surat izinnya", expires_on=date(2027, 6, 1), by=by, now=NOW
    )


def _ask_law(by: models.Person) -> models.ArticleEdition:
    """Whoever enters law is of the directorate: the row itself, whoever it is by."""
    article = models.Article.objects.get(key="fraud")
    return models.ArticleEdition.objects.create(article=article, in_force_from=NOW.date(), source="LN rekaan", by=by, at=NOW)


def _ask_bulk(by: models.Person) -> models.Bulk:
    flags = factories.flags(21)
    rows = [(flag.pk, flag.version) for flag in flags]
    return bulk.begin(rows=rows, outcome="dismissed", reason="lawful", note="", by=by, now=NOW)


def _bulk_row(asked: models.Bulk, by: models.Person) -> object:
    return models.Bulk.objects.filter(pk=asked.pk).update(state="running", approved_by=by, approved_at=NOW)


def _points_row(_asked: object, by: models.Person) -> object:
    return models.PointsEdition.objects.create(
        number=1, approved_at=NOW, approved_by=by, points={}, content="", sha256="", labels_sha256=""
    )


def _ask_account(by: models.Person) -> models.Person:
    """Nobody but an administrator asks for this: whoever it is made by."""
    maker = by if by.role == Role.ADMINISTRATOR else factories.person("administrator")
    made = _made(maker, Role.SUPERVISOR)
    _set_password(made, maker)
    return made


def _ask_referral(by: models.Person) -> models.Referral:
    """Whoever is the first half submits it: an administrator writes none, so that half is put beside those of an officer."""
    officer = factories.person()
    made = asked.submitted(asked.case_of(by=officer), officer)
    models.ReferralEvent.objects.create(referral=made, kind="changed", at=NOW, by=by)
    return made


def _ask_objection(by: models.Person) -> models.Objection:
    """Whoever is the first half entered it: the row itself, whoever it is by."""
    flag = objected.decided(by=factories.person())
    told = {"number": f"KBR-26-{flag.pk}", "decision": flag.decisions.get(), "office": flag.office, "side": "named", "how": "mail"}
    return models.Objection.objects.create(**told, day=NOW.date(), entered_by=by, entered_at=NOW, due_at=NOW)


def _ask_card(by: models.Person) -> models.Card:
    """Whoever is the first half made it: the row itself, whoever it is by."""
    before = NOW - timedelta(hours=1)
    flag, officer = factories.flag(now=before), factories.person()
    key = uuid.uuid4()
    triage.decide(
        flag_id=flag.pk, outcome="confirmed", reason="fraud", note="", decision_key=key, seen_version=flag.version, by=officer, now=before
    )
    case = open_case(flag_ids=[flag.pk], title="Calo", by=officer, now=NOW)
    told: dict[str, Any] = {"case": case, "decision": models.Decision.objects.get(decision_key=key), "office": case.office}
    told |= {"level": "high", "quote": "Contoh.", "signs": ["visa"]}
    card = models.Card.objects.create(number=f"KP-{flag.pk}", by=by, at=NOW, **told)
    jobs.add(cards.JOB, str(card.pk), {"card": card.pk}, now=NOW)
    return carded.drawn(card)


def _ask_peer(by: models.Person) -> models.PeerExport:
    """Whoever is the first half asked: the row itself, whoever it is by."""
    card = _ask_card(factories.person())
    told: dict[str, Any] = {"peer": "Badan Contoh", "purpose": "block", "sharing": "amber", "until": NOW + timedelta(days=1)}
    found = choosing.choose(card.case, now=NOW)
    return models.PeerExport.objects.create(
        number=f"MTR-{card.pk}", case=card.case, office=card.office, indicators=found.ids, by=by, at=NOW, **told
    )


def _ask_register(by: models.Person) -> models.ManualChange:
    """Only a registrar proposes: the row itself, whoever it is by."""
    factories.register([{"name": "PT Contoh Rekaan"}])
    scan = factories.file_capture(b"keputusan", post_id=factories.flag().post_id)
    row = {"column": "phones", "contact": "0840-1111-0009"}
    told = {"kind": "contact", "agency": "PT Contoh Rekaan", "row": row, "decree": "SK 7", "decree_date": NOW.date(), "scan": scan}
    return models.ManualChange.objects.create(**told, by=by, at=NOW)


def _ask_summary(by: models.Person) -> WeeklySummary:
    """Whoever is the first half signed as its author: the row itself, whoever it is by."""
    freezes = factories.person(Role.SUPERVISOR, "directorate")
    made = summary.freeze(office_id=None, period=IsoWeek.of(NOW).previous(), by=freezes, now=NOW)
    Signature.objects.create(summary=made, place="author", sha256=made.sha256, by=by, at=NOW)
    return made


def _newest(person: models.Person) -> models.Appointment:
    return models.Appointment.objects.filter(person=person).latest("id")


def _ask_retention(by: models.Person) -> models.RetentionEdition:
    """An administrator proposes none: the row itself, whoever it is by."""
    return models.RetentionEdition.objects.create(times=retention.shipped(), reason="uji", by=by, at=NOW)


ACTS = [
    Act(
        Action.RETENTION_APPROVE,
        _ask_retention,
        lambda asked, by: retention.approve(edition_id=asked.pk, by=by, now=NOW),
        lambda asked, by: models.RetentionAnswer.objects.create(edition=asked, kind="approved", by=by, at=NOW),
        lambda _asked: retention.in_force() is not None,
    ),
    Act(
        Action.ERASE_APPROVE,
        _ask_erasure,
        lambda asked, by: erasures.approve(request_id=asked.pk, seen_versions=asked.versions, by=by, now=NOW),
        _answer_row,
        lambda asked: models.ErasureAnswer.objects.filter(request=asked).exists() or models.Erasure.objects.exists(),
    ),
    Act(
        Action.TRUST_APPROVE,
        _ask_trust,
        lambda asked, by: indicators.approve(trusted_id=asked.pk, by=by, now=NOW),
        lambda asked, by: models.Trusted.objects.filter(pk=asked.pk).update(approved_by=by, approved_at=NOW),
        lambda asked: models.Trusted.objects.filter(pk=asked.pk).exclude(approved_at=None).exists(),
    ),
    Act(
        Action.BULK_APPROVE,
        _ask_bulk,
        lambda asked, by: bulk.approve(bulk_id=asked.pk, by=by, now=NOW),
        _bulk_row,
        lambda asked: models.Bulk.objects.get(pk=asked.pk).state != BulkState.PROPOSED,
    ),
    Act(
        Action.POINTS_APPROVE,
        lambda _by: None,
        lambda _asked, by: calibration.withdraw(by=by, now=NOW),
        _points_row,
        lambda _asked: models.PointsEdition.objects.exists(),
    ),
    Act(
        Action.LAW_APPROVE,
        _ask_law,
        lambda asked, by: law.confirm(edition_id=asked.pk, letter_number="B.1", letter_date=NOW.date(), scan=b"%PDF-1.4", by=by, now=NOW),
        lambda asked, by: models.LawConfirmation.objects.create(
            edition=asked,
            letter_number="B.1",
            letter_date=NOW.date(),
            scan=factories.file_capture(b"surat", post_id=factories.flag().post_id),
            by=by,
            at=NOW,
        ),
        lambda asked: models.LawConfirmation.objects.filter(edition=asked).exists(),
    ),
    Act(
        Action.REGISTER_APPROVE,
        _ask_register,
        lambda asked, by: manual.release(change_id=asked.pk, seen_base=1, by=by, now=NOW),
        lambda asked, by: models.ManualAnswer.objects.create(change=asked, kind="released", by=by, at=NOW),
        lambda asked: models.ManualAnswer.objects.filter(change=asked).exists() or models.RegisterEdition.objects.count() > 1,
    ),
    Act(
        Action.REFERRAL_APPROVE,
        _ask_referral,
        lambda asked, by: referrals.approve(referral_id=asked.pk, seen_version=asked.version, by=by, now=NOW),
        lambda asked, by: models.Referral.objects.filter(pk=asked.pk).update(state="approved", approved_by=by, approved_at=NOW),
        lambda asked: models.Referral.objects.get(pk=asked.pk).state != "submitted",
    ),
    Act(
        Action.OBJECTION_SETTLE,
        _ask_objection,
        lambda asked, by: objections.decide(
            objection_id=asked.pk, outcome="rejected", ground="x", put_right="", anew="", reason="", seen_version=1, by=by, now=NOW
        ),
        lambda asked, by: models.Objection.objects.filter(pk=asked.pk).update(
            state="decided", outcome="rejected", ground="x", ended_by=by, ended_at=NOW
        ),
        lambda asked: models.Objection.objects.get(pk=asked.pk).state != "entered",
    ),
    Act(
        Action.CARD_APPROVE,
        _ask_card,
        lambda asked, by: cards.release(card_id=asked.pk, seen_version=1, by=by, now=NOW),
        lambda asked, by: models.Card.objects.filter(pk=asked.pk).update(state="released", released_by=by, released_at=NOW),
        lambda asked: models.Card.objects.get(pk=asked.pk).state != "proposed",
    ),
    Act(
        Action.PEER_APPROVE,
        _ask_peer,
        lambda asked, by: requests.approve(export_id=asked.pk, seen=requests.of(asked, now=NOW).digest, by=by, now=NOW),
        lambda asked, by: models.PeerExport.objects.filter(pk=asked.pk).update(approved_by=by, approved_at=NOW),
        lambda asked: models.PeerExport.objects.get(pk=asked.pk).approved_at is not None,
    ),
    Act(
        Action.SUMMARY_APPROVE,
        _ask_summary,
        lambda asked, by: signing.sign(summary_id=asked.pk, place="second", seen=asked.sha256, by=by, now=NOW),
        lambda asked, by: Signature.objects.create(summary=asked, place="second", sha256=asked.sha256, by=by, at=NOW),
        lambda asked: asked.signatures.filter(place="second").exists(),
    ),
    Act(
        Action.PERSON_AGREE,
        _ask_account,
        lambda asked, by: people.agree(person_id=asked.pk, seen=_newest(asked).pk, by=by, now=NOW),
        lambda asked, by: models.Agreement.objects.create(appointment=_newest(asked), by=by, at=NOW),
        lambda asked: models.Agreement.objects.filter(appointment__person=asked).exists(),
    ),
]
by_act = pytest.mark.parametrize("act", ACTS, ids=[act.action for act in ACTS])


def test_every_act_of_two_people_is_walked_here() -> None:
    """The third word on a second look has its own test below: it takes three."""
    assert {act.action for act in ACTS} | {Action.REVIEW_SETTLE} == access.SECOND
    named = {action for action in Action if action.endswith((".approve", ".agree", ".settle"))}
    assert named == access.SECOND


# --- what one administrator can come by -------------------------------------------------------------


def _made(by: models.Person, role: str, code: str = "directorate") -> models.Person:
    username = f"dibuat{models.Person.objects.count()}"
    return people.add(username=username, name="Dibuat", role=role, office_id=factories.office(code).pk, by=by, now=NOW)


def _set_password(person: models.Person, by: models.Person | None) -> None:
    """Follows a link of `by`, as the person or as whoever has the link."""
    person.refresh_from_db()
    client = Client()
    page = client.get(people.reset_link(person_id=person.pk, by=by, now=NOW), follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert answer.status_code == 302
    person.refresh_from_db()


def _with_password(person: models.Person) -> models.Person:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def _changed(person: models.Person, by: models.Person, **given: Any) -> models.Person:
    fields: dict[str, Any] = {"name": person.name, "role": person.role, "office_id": person.office_id, "active": person.is_active}
    return people.change(person_id=person.pk, **(fields | given), by=by, now=NOW)


def _role_for(act: Act) -> Role:
    return Role.ADMINISTRATOR if act.action == Action.PERSON_AGREE else Role.SUPERVISOR


def made(admin: models.Person, role: Role) -> models.Person:
    person = _made(admin, role)
    _set_password(person, admin)
    return person


def reset(admin: models.Person, role: Role) -> models.Person:
    person = factories.person(role, "directorate")
    _set_password(person, admin)
    return person


def raised(admin: models.Person, role: Role) -> models.Person:
    return _changed(_with_password(factories.person("officer", "directorate")), admin, role=role)


def moved(admin: models.Person, role: Role) -> models.Person:
    person = _with_password(factories.person(Role.SUPERVISOR, "bp3mi-jabar"))
    return _changed(person, admin, office_id=factories.office("directorate").pk, role=role)


def woken(admin: models.Person, role: Role) -> models.Person:
    person = _with_password(factories.person(role, "directorate"))
    return _changed(_changed(person, admin, active=False), admin, active=True)


def doubled(admin: models.Person, role: Role) -> models.Person:
    """A further duty of somebody who has taken it up."""
    person = _with_password(factories.person("officer"))
    duties.add(person_id=person.pk, role=role, office_id=factories.office("directorate").pk, until=None, by=admin, now=NOW)
    return duties.take_up(duty_id=person.duties.get().pk, by=person, now=NOW)


def himself(admin: models.Person, role: Role) -> models.Person:
    """In the role himself, put there by the account he made: nobody does it to their own."""
    if role == Role.ADMINISTRATOR:
        return admin
    helper = models.Person.objects.filter(role=Role.ADMINISTRATOR).exclude(pk=admin.pk).latest("pk")
    return _changed(admin, helper, role=role)


WAYS = [made, reset, raised, moved, woken, doubled, himself]


@by_act
@pytest.mark.parametrize("way", WAYS)
def test_one_administrator_alone_with_every_verb_he_has_completes_no_act_of_two(
    act: Act, way: Callable[[models.Person, Role], models.Person], admin: models.Person
) -> None:
    asked = act.ask(admin if act.action == Action.PERSON_AGREE else factories.person("officer"))
    helper = _made(admin, Role.ADMINISTRATOR)  # agrees, if he could, to what the other one of his accounts is
    _set_password(helper, admin)
    second = way(admin, _role_for(act))
    for by in (helper, second, models.Person.objects.get(pk=admin.pk)):
        with pytest.raises((PermissionDenied, RefusedError, people.StaleError)):
            people.agree(person_id=second.pk, seen=_newest(second).pk, by=by, now=NOW)
    second = models.Person.objects.get(pk=second.pk)
    with pytest.raises((PermissionDenied, RefusedError)):
        act.approve(asked, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        act.row(asked, second)
    assert not act.done(asked)


@by_act
def test_two_people_complete_it(act: Act, admin: models.Person) -> None:
    asked = act.ask(admin if act.action == Action.PERSON_AGREE else factories.person("officer"))
    act.approve(asked, factories.person(_role_for(act), "directorate"))
    assert act.done(asked)


@by_act
@pytest.mark.parametrize("turned", [False, True])
def test_whoever_made_changed_or_reset_the_other_within_30_days_is_no_second(act: Act, turned: bool, admin: models.Person) -> None:
    first = admin if act.action == Action.PERSON_AGREE else factories.person("officer")
    second, other = (factories.person(_role_for(act), "directorate") for _ in range(2))
    asked = act.ask(first)
    one, by = (second, first) if turned else (first, second)
    row = models.Appointment.objects.create(
        person=one, kind="changed", role=one.role, office=one.office, by=by, at=NOW - timedelta(days=30) + timedelta(seconds=1)
    )
    models.Agreement.objects.create(appointment=row, by=other, at=NOW)
    if act.action != Action.POINTS_APPROVE:  # no person is its first half
        with pytest.raises(RefusedError, match=r"^pair\.close$"):
            act.approve(asked, second)
        with pytest.raises(IntegrityError), transaction.atomic():
            act.row(asked, second)
        assert not act.done(asked)
    assert [_refused(first, second, NOW + timedelta(seconds=n)) for n in (0, 1)] == ["pair.close", ""]


def _refused(one: models.Person, other: models.Person, moment: Any) -> str:
    try:
        pairs.require(one.pk, other.pk, now=moment)
    except RefusedError as error:
        return error.code
    return ""


# --- one person in two duties ---------------------------------------------------------------------------


def _ask_watch(by: models.Person) -> models.WatchProposal:
    told = wanted("saluran_contoh", by.office)
    return proposing.propose(platform="telegram", kind="", wanted=told, why="Tiga aduan menyebutnya.", by=by, now=NOW)


def _decided_by(by: models.Person) -> models.Draw:
    """A decision that was drawn to be looked at a second time. An administrator decides nothing: the row itself, whoever it is by."""
    flag = factories.flag()
    row = _decision(flag, by, None)
    row.save(force_insert=True)
    return models.Draw.objects.create(kind="second", flag=flag, office=flag.office, decision=row, day=NOW.date(), at=NOW)


def _looked_by(by: models.Person) -> models.Draw:
    draw = _decided_by(factories.person("officer"))
    models.Review.objects.create(draw=draw, step="second", outcome="confirmed", reason="fraud", by=by, at=NOW)
    return draw


def _differed_from(by: models.Person) -> models.Draw:
    draw = _decided_by(by)
    models.Review.objects.create(draw=draw, step="second", outcome="confirmed", reason="fraud", by=factories.person("officer"), at=NOW)
    return draw


def _look(draw: models.Draw, by: models.Person) -> object:
    return quality.review(draw_id=draw.pk, outcome="confirmed", reason="fraud", note="", by=by, now=NOW)


def _settle(draw: models.Draw, by: models.Person) -> object:
    return quality.settle(draw_id=draw.pk, outcome="dismissed", reason="lawful", note="Dilihat lagi", by=by, now=NOW)


def _row_of(step: str) -> Callable[[models.Draw, models.Person], object]:
    return lambda draw, by: models.Review.objects.create(draw=draw, step=step, outcome="dismissed", reason="lawful", by=by, at=NOW)


def _said(step: str) -> Callable[[models.Draw], bool]:
    return lambda draw: models.Review.objects.filter(draw=draw, step=step).exists()


# What takes two people and asks no second person behind the account, and the third word.
BESIDE = [
    Act(
        Action.WATCH_PROPOSE,
        _ask_watch,
        lambda asked, by: proposing.accept(proposal_id=asked.pk, by=by, now=NOW),
        lambda asked, by: models.WatchProposal.objects.filter(pk=asked.pk).update(
            state="refused", decided_by=by, decided_at=NOW, answer="x"
        ),
        lambda asked: models.WatchProposal.objects.get(pk=asked.pk).state != "proposed",
    ),
    Act(Action.REVIEW, _decided_by, _look, _row_of("second"), _said("second")),
    Act(Action.REVIEW_SETTLE, _looked_by, _settle, _row_of("third"), _said("third")),
    Act(Action.REVIEW_SETTLE, _differed_from, _settle, _row_of("third"), _said("third")),
]


def _also(person: models.Person, role: str, *, agreed: bool = True) -> models.Person:
    """A further duty at the directorate, which two others gave, taken up."""
    by, other = factories.person("administrator"), factories.person("administrator")
    office = factories.office("directorate")
    duty = duties.add(person_id=person.pk, role=role, office_id=office.pk, until=None, by=by, now=NOW)
    if agreed:
        people.agree(person_id=person.pk, seen=duty.appointment.pk, by=other, now=NOW)
    return duties.take_up(duty_id=duty.pk, by=person, now=NOW)


@pytest.mark.parametrize("act", [*ACTS, *BESIDE], ids=[*(act.action for act in ACTS), "watch", "second", "third of two", "third of one"])
def test_one_person_in_two_duties_is_one_person(act: Act) -> None:
    """Whoever asked as an officer of a BP3MI is no second as a supervisor of the directorate; another in that very duty is."""
    code = "directorate" if act.action == Action.PERSON_AGREE else "bp3mi-jabar"
    first = _with_password(factories.person("administrator" if act.action == Action.PERSON_AGREE else "officer", code))
    role = Role.ANALYST if act.action == Action.WATCH_PROPOSE else Role.SUPERVISOR
    asked = act.ask(first)
    second = _also(first, role)
    assert (second.pk, second.role, second.at_directorate, second.approves) == (first.pk, role, True, True)
    if act.action != Action.POINTS_APPROVE:  # no person is its first half
        with pytest.raises((PermissionDenied, RefusedError)):
            act.approve(asked, second)
        with pytest.raises(IntegrityError), transaction.atomic():
            act.row(asked, second)
        assert not act.done(asked)
    act.approve(asked, _also(_with_password(factories.person("officer")), role))
    assert act.done(asked)


@by_act
def test_a_duty_nobody_agreed_to_approves_nothing(act: Act, admin: models.Person) -> None:
    asked = act.ask(admin if act.action == Action.PERSON_AGREE else factories.person("officer"))
    second = _also(_with_password(factories.person("supervisor")), Role.SUPERVISOR, agreed=False)
    assert not second.approves
    with pytest.raises((PermissionDenied, RefusedError)):
        act.approve(asked, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        act.row(asked, second)
    assert not act.done(asked)
    assert duties.take_up(duty_id=None, by=second, now=NOW).approves  # their own one is as it was


def test_a_bulk_that_was_proposed_does_not_run_without_its_second() -> None:
    asked = _ask_bulk(factories.person("officer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Bulk.objects.filter(pk=asked.pk).update(state="running")
    assert models.Bulk.objects.get(pk=asked.pk).state == "proposed"


# --- so many that it takes two: the rows of each way, by one person -------------------------------------


def _running(flags: Sequence[models.Flag], by: models.Person, outcome: str = "dismissed") -> models.Bulk:
    row = models.Bulk.objects.create(
        number=f"MSL-{models.Bulk.objects.count()}", office=by.office, outcome=outcome, reason="lawful", state="running", by=by, at=NOW
    )
    models.BulkEntry.objects.bulk_create(models.BulkEntry(bulk=row, flag=flag, seen_version=flag.version, copies=1) for flag in flags)
    return row


def _asked_then_dismissed(flags: Sequence[models.Flag], by: models.Person) -> None:
    row = _running(flags, by, "needs_information")
    models.Bulk.objects.filter(pk=row.pk).update(outcome="dismissed")


def _approval_taken_away(flags: Sequence[models.Flag], by: models.Person) -> None:
    row = models.Bulk.objects.create(
        number="MSL-9", office=by.office, outcome="dismissed", reason="lawful", state="proposed", by=by, at=NOW
    )
    models.BulkEntry.objects.bulk_create(models.BulkEntry(bulk=row, flag=flag, seen_version=flag.version, copies=1) for flag in flags)
    bulk.approve(bulk_id=row.pk, by=factories.person("supervisor"), now=NOW)
    models.Bulk.objects.filter(pk=row.pk).update(approved_by=None, approved_at=None)


def _decision(flag: models.Flag, by: models.Person, batch: uuid.UUID | None, outcome: str = "dismissed") -> models.Decision:
    return models.Decision(
        flag=flag,
        decision_key=uuid.uuid4(),
        outcome=outcome,
        reason="lawful",
        by=by,
        at=NOW,
        effective_at=NOW,
        batch=batch,
        state_before=flag.state,
        state_after="dismissed",
        level_then=flag.level,
        check_then_id=flag.current_check_id,
    )


def _one_batch(flags: Sequence[models.Flag], by: models.Person) -> None:
    batch = uuid.uuid4()
    for flag in flags:
        _decision(flag, by, batch).save(force_insert=True)


def _one_statement(flags: Sequence[models.Flag], by: models.Person) -> None:
    models.Decision.objects.bulk_create(_decision(flag, by, None) for flag in flags)


def _as_harmed(flags: Sequence[models.Flag], by: models.Person) -> None:
    batch = uuid.uuid4()
    models.Decision.objects.bulk_create(_decision(flag, by, batch, "victim") for flag in flags)


def _moved_alone(flags: Sequence[models.Flag], by: models.Person) -> None:
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state="dismissed", decided_at=NOW)


MANY = [_running, _asked_then_dismissed, _approval_taken_away, _one_batch, _one_statement, _as_harmed, _moved_alone]
by_way_of_many = pytest.mark.parametrize("way", MANY, ids=[way.__name__ for way in MANY])


@by_way_of_many
@pytest.mark.parametrize("many", [20, 21])
def test_more_than_twenty_posts_are_closed_by_no_rows_of_one_person(
    way: Callable[[Sequence[models.Flag], models.Person], object], many: int
) -> None:
    flags, officer = factories.flags(many), factories.person()
    if many == 20:
        way(flags, officer)
        return
    with pytest.raises(IntegrityError, match="21 posts at once take a second person"), transaction.atomic():
        way(flags, officer)
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    assert not models.Decision.objects.exists()
    assert not models.Bulk.objects.exists()


@by_way_of_many
def test_copies_of_one_text_are_one_post_there_and_joined_ones_each(way: Callable[[Sequence[models.Flag], models.Person], object]) -> None:
    row, officer = acts.copies(25), factories.person()
    with transaction.atomic():
        way(row, officer)
        transaction.set_rollback(True)
    others = factories.flags(20)
    triage.join(flag_id=row[0].pk, other_ids=[one.pk for one in others], by=officer, now=NOW)
    joined = list(models.Flag.objects.filter(pk__in=[row[0].pk, *(one.pk for one in others)]).order_by("id"))
    assert len({flag.row_key for flag in joined}) == 1
    with pytest.raises(IntegrityError, match="21 posts at once"), transaction.atomic():
        way(joined, officer)


def test_a_bulk_that_names_one_row_counts_all_that_stands_in_it() -> None:
    first, *others = factories.flags(21)
    triage.join(flag_id=first.pk, other_ids=[one.pk for one in others], by=factories.person(), now=NOW)
    with pytest.raises(IntegrityError, match="21 posts at once"), transaction.atomic():
        _running([first], factories.person())


@by_way_of_many
def test_what_two_people_agreed_to_covers_its_own_rows_its_outcome_and_its_first_person_only(
    way: Callable[[Sequence[models.Flag], models.Person], object],
) -> None:
    flags, others = factories.flags(21), factories.flags(21)
    officer, colleague = factories.person(), factories.person()
    asked = bulk.begin(rows=[(flag.pk, flag.version) for flag in flags], outcome="confirmed", reason="fraud", note="", by=officer, now=NOW)
    asked = bulk.approve(bulk_id=asked.pk, by=factories.person("supervisor"), now=NOW)
    for of, by in ((flags, officer), (flags, colleague), (others, officer)):
        with pytest.raises(IntegrityError, match="21 posts at once"), transaction.atomic():
            way(of, by)  # dismisses what was to be confirmed, or others
    with pytest.raises(IntegrityError, match="21 posts at once"), transaction.atomic():
        models.Decision.objects.bulk_create(_decision(flag, colleague, None, "confirmed") for flag in flags)
    while jobs.run({"bulk": bulk.run_job}, now=NOW):
        pass
    assert set(models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).values_list("state", flat=True)) == {"confirmed"}
    assert models.Bulk.objects.get(pk=asked.pk).state == "done"


def test_one_row_of_more_than_twenty_joined_posts_is_closed_by_two_people() -> None:
    first, *others = factories.flags(22)
    officer = factories.person()
    triage.join(flag_id=first.pk, other_ids=[one.pk for one in others], by=officer, now=NOW)
    asked = bulk.begin(rows=[(first.pk, first.version)], outcome="dismissed", reason="lawful", note="", by=officer, now=NOW)
    assert asked.state == "proposed"
    bulk.approve(bulk_id=asked.pk, by=factories.person("supervisor"), now=NOW)
    while jobs.run({"bulk": bulk.run_job}, now=NOW):
        pass
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"dismissed"}
    with pytest.raises(IntegrityError, match="22 posts at once"), transaction.atomic():  # what is done covers nothing more
        _one_statement([first, *others], officer)


def test_power_ends_where_the_account_is_no_longer_as_it_was_agreed_to() -> None:
    """A role written past the verbs gives none: the database compares what was agreed to with what the account is."""
    officer, supervisor = factories.person("officer"), factories.person("supervisor")
    assert _refused(officer, supervisor, NOW) == ""
    models.Person.objects.filter(pk=supervisor.pk).update(office=factories.office("bp3mi-ntb"))
    assert _refused(officer, supervisor, NOW) == "pair.waits"
    promoted = factories.person("officer")
    models.Person.objects.filter(pk=promoted.pk).update(role="supervisor", approves=True)
    assert _refused(officer, promoted, NOW) == "pair.waits"


# --- agreeing --------------------------------------------------------------------------------------


def test_an_account_works_at_once_and_approves_after_the_second_word(admin: models.Person) -> None:
    other, central = factories.person("administrator"), factories.person("supervisor", "directorate")
    near = factories.person("supervisor", "bp3mi-jabar")
    person = _made(admin, Role.SUPERVISOR, "bp3mi-jabar")
    assert access.may(person, Action.FLAG_DECIDE, office_id=person.office_id)
    assert not access.may(person, Action.BULK_APPROVE, office_id=person.office_id)
    with pytest.raises(RefusedError, match=r"^person\.no_password$"):  # nobody knows yet who sets the first password
        people.agree(person_id=person.pk, seen=_newest(person).pk, by=other, now=NOW)
    _set_password(person, admin)
    with pytest.raises(PermissionDenied):
        people.agree(person_id=person.pk, seen=_newest(person).pk, by=near, now=NOW)
    with pytest.raises(people.StaleError):
        people.agree(person_id=person.pk, seen=_newest(person).pk - 1, by=other, now=NOW)
    told = models.Notice.objects.filter(kind="account_waits", account=person)
    assert {notice.person_id for notice in told} == {other.pk, central.pk}
    agreed = people.agree(person_id=person.pk, seen=_newest(person).pk, by=central, now=NOW)
    assert access.may(agreed, Action.BULK_APPROVE, office_id=person.office_id)
    assert not told.all().exists()
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id) == ("person.agreed", central.pk, str(person.pk))
    with pytest.raises(people.StaleError):
        people.agree(person_id=person.pk, seen=_newest(person).pk, by=other, now=NOW)


def test_the_page_agrees_to_the_account_as_it_showed_it_only(admin: models.Person, client: Client) -> None:
    person = _made(admin, Role.SUPERVISOR, "bp3mi-jabar")
    _set_password(person, admin)
    client.force_login(factories.person("supervisor", "directorate"))
    client.cookies["django_language"] = "en"
    to, seen = reverse("admin:patrol_person_agree", args=[person.pk]), _newest(person).pk
    for sent in ({}, {"seen": ""}, {"seen": "x"}, {"seen": seen - 1}):
        answer = client.post(to, sent)
        assert said_by(answer)[-1] == ("Nothing was changed: the account was changed since you looked.", "")
        person.refresh_from_db()
        assert not person.approves
    answer = client.post(to, {"seen": seen})
    assert said_by(answer)[-1] == (f"{person.name} approves from now on.", "")
    person.refresh_from_db()
    assert person.approves


def test_nobody_agrees_to_what_they_did_themselves_behind_another_s_last_step(admin: models.Person) -> None:
    """He raises the role, a colleague makes the link: he is still no second person for it."""
    other, third = factories.person("administrator"), factories.person("administrator")
    person = _changed(factories.person("officer", "directorate"), admin, role="supervisor")
    _set_password(person, other)
    for by in (admin, other):
        with pytest.raises(RefusedError, match=r"^pair\.same$"):
            people.agree(person_id=person.pk, seen=_newest(person).pk, by=by, now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Agreement.objects.create(appointment=_newest(person), by=by, at=NOW)
    assert people.agree(person_id=person.pk, seen=_newest(person).pk, by=third, now=NOW).approves


def test_a_name_alone_changes_nothing_of_it(admin: models.Person) -> None:
    person = factories.person("supervisor")
    rows = models.Appointment.objects.count()
    assert _changed(person, admin, name="Nama Baru").approves
    assert models.Appointment.objects.count() == rows


def test_who_is_reset_or_changed_is_told_and_the_log_names_who_made_the_link(admin: models.Person) -> None:
    person = factories.person("supervisor")
    _set_password(person, admin)
    _changed(person, admin, office_id=factories.office("bp3mi-ntb").pk)
    told = models.Notice.objects.filter(person=person).order_by("id").values_list("kind", "by_id")
    assert list(told) == [("password_link", admin.pk), ("password_set", admin.pk), ("account_changed", admin.pk)]
    rows = models.AuditEntry.objects.order_by("seq").values_list("verb", "actor_id", "after__link_by")
    assert list(rows)[:2] == [("person.reset_link", admin.pk, None), ("person.password_set", None, admin.pk)]


def test_the_installation_s_accounts_approve_at_once_and_after_a_link_of_its_own_but_of_nobody_else(admin: models.Person) -> None:
    first = people.add(
        username="pertama", name="Pertama", role="administrator", office_id=admin.office_id, by=None, now=NOW, exempt="setup"
    )
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.after["exempt"]) == ("person.added", "setup")
    _set_password(first, None)
    assert first.approves
    assert _refused(admin, first, NOW) == ""
    _set_password(first, admin)
    assert not first.approves
    _set_password(first, None)
    assert not first.approves  # what somebody else has touched is no longer the installation's
    claimed = people.add(username="kedua", name="Kedua", role="administrator", office_id=admin.office_id, by=admin, now=NOW, exempt="setup")
    assert not claimed.approves


def test_a_third_word_is_of_a_third_person(admin: models.Person) -> None:
    first, second = factories.person("officer"), factories.person("officer")
    flag = factories.flag()
    decided = acts.decide(flag, first, "dismissed", "lawful")
    draw = models.Draw.objects.create(kind="second", flag=flag, office=flag.office, decision=decided.decisions[0], day=NOW.date(), at=NOW)
    said: dict[str, Any] = {"draw_id": draw.pk, "note": "Dilihat lagi", "now": NOW}
    quality.review(**said, outcome="confirmed", reason=next(iter(triage.REASONS["confirmed"])), by=second)
    third = reset(admin, Role.SUPERVISOR)
    with pytest.raises(PermissionDenied):
        quality.settle(**said, outcome="dismissed", reason="lawful", by=third)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Review.objects.create(draw=draw, step="third", outcome="dismissed", reason="lawful", by=third, at=NOW)
    assert models.Review.objects.filter(step="third").count() == 0
