"""What comes back under another name: each tie with its hit, miss and near miss; told once; the next round and the refusals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from patrol import access, cases, models
from patrol.access import audit
from patrol.cases import coming_back, referrals
from patrol.cases.proposing import TIES
from patrol.domain import TieKind
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SWEPT = NOW + timedelta(days=2)
KEY = "k" * 32


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


@pytest.fixture
def sent(officer: models.Person) -> models.Referral:
    """Of a case with one flag, whose link was asked about at NOW."""
    return asked.sent(asked.case_of(by=officer), officer)


def flag_of(referral: models.Referral) -> models.Flag:
    item = referral.items.select_related("flag__post").first()
    assert item is not None
    return item.flag


def newer(state: str = "confirmed", at: datetime = NOW + DAY, code: str = asked.OWN) -> models.Flag:
    """A flag of its own, tied to nothing, whose post came a day after the referral was sent."""
    made = factories.flag(of=factories.watch(code), now=at)
    models.Post.objects.filter(pk=made.post_id).update(first_seen=at, posted_at=at)
    decided = at if state in {"confirmed", "dismissed"} else None
    models.Flag.objects.filter(pk=made.pk).update(state=state, decided_at=decided, row_key=f"row-{made.pk}")
    models.LinkedPost.objects.filter(post=made.post_id).update(campaign=None, joined_at=None)
    models.PostMark.objects.filter(post=made.post_id).delete()
    return models.Flag.objects.select_related("post").get(pk=made.pk)


def marked(flag: models.Flag, kind: str = "phone", key: str = KEY, **given: Any) -> None:
    models.PostMark.objects.create(post_id=flag.post_id, kind=kind, key=key, **given)


def tied(flag: models.Flag, earlier: models.Flag, kind: str = "phone", key: str = KEY, **given: Any) -> models.Tie:
    return models.Tie.objects.create(later_id=flag.post_id, earlier_id=earlier.post_id, kind=kind, key=key, weight=0.9, at=NOW, **given)


def joined(campaign: models.Campaign | None, *flags: models.Flag) -> models.Campaign:
    campaign = campaign or models.Campaign.objects.create(number="JRG-26-0001", made_at=NOW, grown_at=NOW)
    for flag in flags:
        models.LinkedPost.objects.update_or_create(
            post_id=flag.post_id, defaults={"campaign": campaign, "joined_at": NOW, "follows": False, "linked_at": NOW}
        )
    return campaign


def same(old: models.Flag, new: models.Flag, kind: str = "phone") -> None:
    """They share a mark that ties."""
    marked(old, kind)
    marked(new, kind)
    tied(new, old, kind)


def told(referral: models.Referral) -> list[tuple[int, list[str]]]:
    return [(row.flag_id, [tie["kind"] for tie in row.ties]) for row in referral.come_backs.order_by("flag")]


def waits(referral: models.Referral) -> list[int]:
    return list(coming_back.waiting(Q(referral=referral)).order_by("pk").values_list("pk", flat=True))


# --- each tie -----------------------------------------------------------------------------------------


def test_each_mark_that_ties_is_told(sent: models.Referral) -> None:
    kinds = [kind for kind in TieKind if kind != TieKind.TEXT]
    wanted = []
    for place, kind in enumerate(kinds):
        new, key = newer(), str(place) * 32
        marked(flag_of(sent), kind, key)
        marked(new, kind, key)
        tied(new, flag_of(sent), kind, key)
        wanted.append((new.pk, [str(kind)]))
    assert coming_back.tell(now=SWEPT) == len(kinds)
    assert told(sent) == wanted
    assert set(TIES) == set(TieKind)


def test_a_mark_that_ties_nobody_is_not(sent: models.Referral) -> None:
    old, agency = flag_of(sent), newer()
    seen = models.Indicator.objects.create(kind="phone", value="+6284011112222", first_seen=NOW, last_seen=NOW)
    models.Trusted.objects.create(
        indicator=seen,
        known_as="agency",
        reason="Kantor",
        expires_on=SWEPT.date(),
        proposed_by=factories.person(),
        proposed_at=NOW,
        approved_by=factories.person(Role.SUPERVISOR),
        approved_at=NOW,
    )
    for place, miss in enumerate(("other mark", "void", "cut", "agency", "common", "trusted")):
        new, key = newer(), str(place) * 32
        marked(old, key=key)
        marked(new, key="o" * 32 if miss == "other mark" else key, void=miss == "void", indicator=seen if miss == "trusted" else None)
        if miss == "cut":
            tied(new, old, key=key, state="cut", by=factories.person(), decided_at=NOW)
        elif miss != "common":  # everybody's: `campaigns` ties nobody by it
            tied(new, old, key=key)
        if miss == "agency":
            marked(agency, "agency", key)
    assert coming_back.tell(now=SWEPT) == 0
    assert (coming_back.tell(now=SWEPT + DAY), told(sent)) == (1, [(new.pk, ["phone"])])  # trusted no longer


def test_a_mark_of_everybody_s_post_ties_through_whoever_carries_it_too(sent: models.Referral) -> None:
    """The newcomer is tied to the newest carrier alone: the one asked about may be an older one."""
    old, between, new = flag_of(sent), newer("dismissed"), newer()
    for flag in (old, between, new):
        marked(flag)
    tied(new, between)
    assert (coming_back.tell(now=SWEPT), told(sent)) == (1, [(new.pk, ["phone"])])


def test_a_text_nearly_the_same_is_told_and_a_cut_one_is_not(sent: models.Referral) -> None:
    old, new, cut, row, other = flag_of(sent), newer(), newer(), newer(), newer()
    tied(new, old, "text", "", likeness=0.7)
    tied(cut, old, "text", "", likeness=0.5, state="cut", by=factories.person(), decided_at=NOW)
    models.Flag.objects.filter(pk=row.pk).update(row_key=old.row_key)
    tied(other, new, "text", "", likeness=0.9)  # like one that is like it
    assert coming_back.tell(now=SWEPT) == 2
    assert told(sent) == [(new.pk, ["text"]), (row.pk, ["text"])]


def test_the_campaign_is_told_where_nothing_else_ties(sent: models.Referral) -> None:
    old, new, close, far = flag_of(sent), newer(), newer(), newer()
    campaign = joined(None, old, new, close)
    joined(models.Campaign.objects.create(number="JRG-26-0002", made_at=NOW, grown_at=NOW), far)
    same(old, close, "picture")
    assert coming_back.tell(now=SWEPT) == 2
    assert told(sent) == [(new.pk, ["campaign"]), (close.pk, ["picture"])]
    assert sent.come_backs.get(flag=new).ties == [{"kind": "campaign", "what": campaign.pk, "flag": old.pk}]


# --- what counts ----------------------------------------------------------------------------------------


def test_what_a_person_dismissed_and_what_waits_for_nobody_do_not_count(sent: models.Referral) -> None:
    marked(flag_of(sent))
    made = {state: newer(state) for state in ("waiting", "needs_information", "confirmed", "dismissed", "parked")}
    for flag in made.values():
        marked(flag)
        tied(flag, flag_of(sent))
    assert coming_back.tell(now=SWEPT) == 3
    assert [key for key, _ties in told(sent)] == [made[state].pk for state in ("waiting", "needs_information", "confirmed")]


def test_it_came_after_the_referral_was_sent(sent: models.Referral) -> None:
    marked(flag_of(sent))
    wanted = []
    second = timedelta(seconds=1)
    # When it was posted, as far as that is known, and when it was first seen, from when the referral was sent.
    for posted, seen, counts in ((1, 1, True), (-1, 1, False), (None, 1, True), (1, -1, False), (0, 0, False)):
        new = newer()
        marked(new)
        tied(new, flag_of(sent))
        at = NOW + posted * second if posted is not None else None
        models.Post.objects.filter(pk=new.post_id).update(posted_at=at, first_seen=NOW + seen * second)
        wanted += [new.pk] if counts else []
    assert coming_back.tell(now=SWEPT) == len(wanted)
    assert [key for key, _ties in told(sent)] == wanted


def test_a_referral_that_did_not_go_out_or_is_long_past_is_not_followed(officer: models.Person) -> None:
    made = asked.approved(asked.case_of(by=officer), officer)
    same(flag_of(made), newer())
    assert coming_back.tell(now=SWEPT) == 0
    made = asked.mark_sent(made, officer)
    assert coming_back.tell(now=NOW + coming_back.FOLLOWED) == 0
    made = referrals.contact_failed(referral_id=made.pk, note="Ditolak.", seen_version=made.version, by=officer, now=NOW)
    referrals.withdraw(referral_id=made.pk, note="Batal.", seen_version=made.version, by=officer, now=NOW)
    assert coming_back.tell(now=SWEPT) == 0


def test_what_is_asked_about_already_is_not_told(officer: models.Person) -> None:
    case = asked.case_of(2, by=officer)
    first, second = asked.marks(case, "platform_form", officer)
    sent = asked.sent(case, officer, marks=[first])
    old, new = models.Flag.objects.order_by("pk")
    models.Post.objects.filter(pk=new.post_id).update(posted_at=NOW + DAY, first_seen=NOW + DAY)
    same(old, new)
    other = asked.draft(case, officer, marks=[second])
    assert coming_back.tell(now=SWEPT) == 0
    referrals.withdraw(referral_id=other.pk, note="Salah.", seen_version=other.version, by=officer, now=NOW)
    assert (coming_back.tell(now=SWEPT), told(sent)) == (1, [(new.pk, ["phone"])])


# --- told -----------------------------------------------------------------------------------------------


def test_it_is_told_once_to_whoever_sent_it(officer: models.Person, sent: models.Referral) -> None:
    waiting, ready = newer("waiting"), newer()
    for flag in (waiting, ready):
        marked(flag)
        tied(flag, flag_of(sent))
    marked(flag_of(sent))
    assert [coming_back.tell(now=SWEPT), coming_back.tell(now=SWEPT)] == [2, 0]
    assert list(models.Notice.objects.filter(kind="referral_back").values_list("person", "referral", "note")) == [
        (officer.pk, sent.pk, "2")
    ]
    events = models.CaseEvent.objects.filter(kind="seen_again", by=None).order_by("flag").values_list("case", "flag", "note")
    assert list(events) == [(sent.case_id, flag.pk, sent.number) for flag in (waiting, ready)]
    entry = models.AuditEntry.objects.get(verb="case.seen_again")
    assert (entry.actor_id, entry.after) == (None, {"number": sent.number, "flags": [waiting.number, ready.number]})
    assert models.Case.objects.get().state == "referred"


def test_whoever_sent_it_is_gone(officer: models.Person, sent: models.Referral) -> None:
    same(flag_of(sent), newer())
    models.Person.objects.filter(pk=officer.pk).update(is_active=False)
    coming_back.tell(now=SWEPT)
    notice = models.Notice.objects.get(kind="referral_back")
    assert (notice.person, notice.office) == (None, sent.case.office)


@pytest.mark.parametrize("many", [1, 30])
def test_one_costs_what_thirty_cost(many: int, sent: models.Referral) -> None:
    marked(flag_of(sent))
    for flag in [newer() for _ in range(many)]:
        marked(flag)
        tied(flag, flag_of(sent))
    with CaptureQueriesContext(connection) as seen:
        assert coming_back.tell(now=SWEPT) == many
    assert len(seen) == 14
    with CaptureQueriesContext(connection) as seen:
        assert coming_back.tell(now=SWEPT) == 0
    assert len(seen) == 1


def test_the_product_changes_neither_what_was_found_nor_what_was_said(sent: models.Referral) -> None:
    same(flag_of(sent), newer())
    coming_back.tell(now=SWEPT)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.ComeBack.objects.all().delete()


# --- answered -------------------------------------------------------------------------------------------


def found(sent: models.Referral, state: str = "confirmed", code: str = asked.OWN) -> models.Flag:
    new = newer(state, code=code)
    same(flag_of(sent), new)
    coming_back.tell(now=SWEPT)
    return new


def begin(sent: models.Referral, by: models.Person, ids: list[int] | None = None) -> models.Referral:
    return coming_back.begin(referral_id=sent.pk, ids=waits(sent) if ids is None else ids, by=by, now=SWEPT)


def test_the_next_round_asks_about_the_new_ones_and_says_why(officer: models.Person, sent: models.Referral) -> None:
    new = found(sent)
    made = begin(sent, officer)
    sent.refresh_from_db()
    assert (made.round, made.before, made.state, made.channel, made.target, made.facts) == (
        2,
        sent,
        "draft",
        sent.channel,
        sent.target,
        sent.facts,
    )
    assert list(made.items.values_list("kind", "value", "flag")) == [("link", new.post.url, new.pk)]
    first = made.together.splitlines()[0]
    assert first == f"Muncul kembali dengan nama lain sesudah rujukan {sent.number} dikirim pada 23-11-2026: nomor telepon yang sama (1)."
    assert list(sent.case.entries.order_by("pk").values_list("flag", flat=True)) == [flag_of(sent).pk, new.pk]
    assert (waits(sent), coming_back.tell(now=SWEPT), sent.events.last().kind) == ([], 0, "came_back")  # type: ignore[union-attr]
    assert audit.verify() is None


def test_the_next_round_of_an_office_asks_about_what_another_flagged(officer: models.Person, sent: models.Referral) -> None:
    """Behind the wall: to lock a flag is to change it, and of another office none is found."""
    new, far = found(sent), newer(code="bp3mi-ntb")
    marked(far)
    tied(far, flag_of(sent))
    coming_back.tell(now=SWEPT)
    with wall.behind(access.behind_wall(officer)):
        made = begin(sent, officer)
    assert list(made.items.order_by("flag").values_list("flag", flat=True)) == sorted([new.pk, far.pk])
    assert (waits(sent), made.case.entries.filter(flag=new).exists(), made.case.entries.filter(flag=far).exists()) == ([], True, False)


def test_what_another_office_flagged_and_did_not_confirm_is_not_asked_about(officer: models.Person, sent: models.Referral) -> None:
    found(sent, "waiting", code="bp3mi-ntb")
    ids = waits(sent)
    with wall.behind(access.behind_wall(officer)), pytest.raises(RefusedError) as refused:
        begin(sent, officer)
    assert (refused.value.code, waits(sent), sent.later.exists()) == ("come_back.not_confirmed", ids, False)


def test_what_comes_while_the_round_is_a_draft_goes_into_it(officer: models.Person, sent: models.Referral) -> None:
    found(sent)
    made = begin(sent, officer)
    second = newer()
    marked(second)
    tied(second, flag_of(sent))
    assert coming_back.tell(now=SWEPT) == 1
    again = begin(sent, officer)
    assert (again.pk, again.version, again.items.count(), models.Referral.objects.count()) == (made.pk, made.version + 1, 2, 2)


def test_a_round_that_was_withdrawn_gives_them_back(officer: models.Person, sent: models.Referral) -> None:
    found(sent)
    ids = waits(sent)
    made = begin(sent, officer)
    referrals.withdraw(referral_id=made.pk, note="Salah.", seen_version=made.version, by=officer, now=SWEPT)
    assert waits(sent) == ids
    assert begin(sent, officer).round == 2


def test_what_comes_after_the_next_round_left_is_told_there_alone(officer: models.Person, sent: models.Referral) -> None:
    asked.copied(found(sent))
    made = begin(sent, officer)
    made = referrals.submit(referral_id=made.pk, seen_version=made.version, by=officer, now=SWEPT)
    second = factories.person(Role.SUPERVISOR)
    made = referrals.approve(referral_id=made.pk, seen_version=made.version, by=second, now=SWEPT)
    made = asked.mark_sent(made, officer, now=SWEPT)
    third = newer(at=SWEPT + DAY)
    marked(third)
    tied(third, flag_of(made))
    assert coming_back.tell(now=SWEPT + 2 * DAY) == 1
    assert (told(made), waits(sent)) == ([(third.pk, ["phone"])], [])


def test_a_closed_case_is_open_again_at_whoever_referred_it(officer: models.Person) -> None:
    analyst = factories.person(Role.ANALYST)
    case = asked.case_of(by=officer)
    case = cases.escalate(case_id=case.pk, article="placement", note="Lintas.", seen_version=case.version, by=officer, now=NOW)
    case = cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=NOW)
    sent = asked.answer(asked.sent(case, analyst, "komdigi"), analyst, "acted_upon")
    case.refresh_from_db()
    cases.close(case_id=case.pk, outcome="acted_upon", note="Selesai.", seen_version=case.version, by=analyst, now=NOW)
    new = found(sent, code="bp3mi-ntb")
    case.refresh_from_db()
    assert (case.state, waits(sent) == []) == ("closed", False)  # the machine opens nothing
    with pytest.raises(PermissionDenied):
        begin(sent, officer)
    begin(sent, analyst)
    case.refresh_from_db()
    assert (case.state, case.responsible, case.outcome) == ("in_analysis", analyst, "")
    assert not case.entries.filter(flag=new).exists()  # another office's flag stays where it is


def test_a_next_round_of_a_closed_case_takes_its_number_before_it_writes_to_the_log(officer: models.Person) -> None:
    """As `draft` does: two in the other order would wait for each other."""
    for begins in (True, False):
        case = asked.case_of(by=officer)
        sent = asked.answer(asked.sent(case, officer), officer, "acted_upon")
        case.refresh_from_db()
        cases.close(case_id=case.pk, outcome="acted_upon", note="Selesai.", seen_version=case.version, by=officer, now=NOW)
        if begins:
            found(sent)
        with CaptureQueriesContext(connection) as queries:
            if begins:
                begin(sent, officer)
            else:
                referrals.new_round(referral_id=sent.pk, note="Tayang lagi.", seen_version=sent.version, by=officer, now=SWEPT)
        waits_for = [name for one in queries for name in ("patrol_series", "patrol_loghead") if name in one["sql"]]
        assert waits_for[0] == "patrol_series"
        assert waits_for.count("patrol_series") == 1


def test_only_what_a_person_confirmed_goes_into_a_round(officer: models.Person, sent: models.Referral) -> None:
    found(sent, "waiting")
    with pytest.raises(RefusedError, match=r"^come_back\.not_confirmed$"):
        begin(sent, officer)
    assert (models.Referral.objects.count(), models.ComeBackAnswer.objects.count()) == (1, 0)


def test_something_else_with_a_reason(officer: models.Person, sent: models.Referral) -> None:
    new = found(sent)
    ids = waits(sent)
    with pytest.raises(RefusedError, match=r"^case\.note note$"):
        coming_back.deny(referral_id=sent.pk, ids=ids, reason=" ", by=officer, now=SWEPT)
    with pytest.raises(PermissionDenied):
        coming_back.deny(referral_id=sent.pk, ids=ids, reason="Lain.", by=factories.person(code="bp3mi-ntb"), now=SWEPT)
    assert waits(sent) == ids
    coming_back.deny(referral_id=sent.pk, ids=ids, reason="Iklan kos.", by=officer, now=SWEPT)
    assert (waits(sent), coming_back.tell(now=SWEPT)) == ([], 0)
    event = sent.case.events.get(kind="not_again")
    assert (event.flag, event.by, event.note) == (new, officer, f"{sent.number}: Iklan kos.")
    assert list(sent.events.values_list("kind", "note"))[-1] == ("not_again", "Iklan kos.")
    for chosen in (ids, []):
        with pytest.raises(RefusedError, match=r"^come_back\.chosen come_back$"):
            begin(sent, officer, chosen)
    assert models.Referral.objects.count() == 1
