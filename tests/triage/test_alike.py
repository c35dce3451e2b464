"""Look-alikes: what is proposed and why, joined into one row with one decision, or told apart for good."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models, triage
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW
from tests.triage.acts import LATER, copies, flags

database = pytest.mark.django_db

PHONE = "0840 5551 2345"


def with_phone(count: int, *, code: str = "bp3mi-jabar", phone: str = PHONE) -> list[models.Flag]:
    """Flags of quite different words that name one number."""
    posts = factories.stored(
        [factories.raw_post(factories.illegal().text.replace("WA 0840", f"WA {phone} atau 0840")) for _ in range(count)],
        of=factories.watch(code),
    )
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return list(models.Flag.objects.filter(post__in=posts).order_by("id"))


def proposed(flag: models.Flag) -> list[tuple[int, tuple[str, ...], bool]]:
    return [(one.flag.pk, one.contacts, one.joined) for one in triage.suggestions(flag)]


@database
def test_the_same_number_is_a_reason_to_ask() -> None:
    one, two = with_phone(2)
    factories.flag()  # another number, other words
    assert proposed(one) == [(two.pk, ("phone",), False)]
    assert proposed(two) == [(one.pk, ("phone",), False)]


def related(flag: models.Flag) -> list[Any]:
    return [(one.flag.pk, one.contacts, one.campaign) for one in triage.tray(flag).related]


def by_one_account(count: int = 2) -> list[models.Flag]:
    """Flags of quite different words that one account wrote."""
    posts = factories.stored([factories.illegal(author="telegram:calo_contoh") for _ in range(count)])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    found = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    author, _made = models.Indicator.objects.get_or_create(
        kind="account", value="telegram:calo_contoh", defaults={"first_seen": NOW, "last_seen": NOW}
    )
    for flag in found:
        models.Sighting.objects.get_or_create(
            indicator=author, post=flag.post, version=flag.post.versions.get(), role="author", defaults={"confidence": 1.0, "seen_at": NOW}
        )
    return found


@database
def test_the_same_account_is_related_and_never_alike_while_the_words_differ() -> None:
    one, two = by_one_account()
    assert (proposed(one), proposed(two)) == ([], [])
    assert (related(one), related(two)) == ([(two.pk, ("account",), "")], [(one.pk, ("account",), "")])
    assert triage.tray(one).joinable == ()


@database
def test_nothing_is_proposed_for_what_is_decided_or_of_another_office() -> None:
    one, two = with_phone(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    assert proposed(one) == []
    models.Flag.objects.filter(pk=two.pk).update(office=one.office, state="dismissed", decided_at=NOW)
    assert proposed(one) == []
    two.refresh_from_db()
    assert proposed(two) == []


@database
def test_joined_rows_share_decision_and_undo() -> None:
    one, two, three = with_phone(3)
    person = factories.person()
    joined = triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk, two.pk], by=person, now=NOW)
    assert (joined.moved, joined.posts, joined.left) == (2, 3, ())
    assert proposed(one) == [(two.pk, (), True), (three.pk, (), True)]
    assert [row.copies for row in triage.queue(person).rows] == [3]
    decided = triage.decide(
        flag_id=one.pk,
        outcome="dismissed",
        reason="warning",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=joined.flag.version,
        by=person,
        now=NOW,
    )
    assert decided.copies == 3
    triage.undo(decision_id=decided.decisions[0].pk, decision_key=uuid.uuid4(), by=person, now=NOW)
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    entry = models.AuditEntry.objects.get(verb="flag.joined")
    assert entry.after == {"flags": [two.number, three.number]}
    assert list(models.FlagEvent.objects.filter(kind="joined").values_list("flag", flat=True)) == [two.pk, three.pk]


@database
def test_what_joining_covers_is_counted_in_posts_copies_too() -> None:
    """As the row of the queue counts them, and unlike what decides whether a second person must agree."""
    row, (one,) = copies(3), flags(1)
    done = triage.join(flag_id=one.pk, other_ids=[row[0].pk], by=factories.person(), now=NOW)
    assert (done.moved, done.posts, triage.weigh(triage.row_of(done.flag))) == (3, 4, 2)


@database
def test_told_apart_is_never_proposed_again_whichever_of_the_two_lies_on_the_desk() -> None:
    one, two = with_phone(2)
    triage.tell_apart(flag_id=two.pk, other_id=one.pk, by=factories.person(), now=NOW)
    assert (proposed(one), proposed(two)) == ([], [])
    assert models.AuditEntry.objects.filter(verb="flag.told_apart").count() == 1


@database
def test_what_was_joined_by_mistake_gets_a_row_of_its_own_again() -> None:
    one, two = with_phone(2)
    person = factories.person()
    triage.join(flag_id=one.pk, other_ids=[two.pk], by=person, now=NOW)
    triage.tell_apart(flag_id=one.pk, other_id=two.pk, by=person, now=NOW)
    assert [row.copies for row in triage.queue(person).rows] == [1, 1]
    assert proposed(one) == []
    assert models.Comparison.objects.get().same is False


@database
def test_a_row_a_colleague_works_on_is_not_taken_away() -> None:
    one, two = with_phone(2)
    triage.take(two.pk, by=factories.person(), now=NOW)
    for act in (
        lambda by: triage.join(flag_id=one.pk, other_ids=[two.pk], by=by, now=NOW),
        lambda by: triage.join(flag_id=two.pk, other_ids=[one.pk], by=by, now=NOW),
        lambda by: triage.tell_apart(flag_id=two.pk, other_id=one.pk, by=by, now=NOW),
    ):
        with pytest.raises(triage.HeldByOtherError):
            act(factories.person())
    assert models.Comparison.objects.count() == 0
    assert models.Flag.objects.values("row_key").distinct().count() == 2


@database
def test_what_was_decided_meanwhile_is_not_joined_and_nothing_else_is() -> None:
    one, two, three = with_phone(3)
    models.Flag.objects.filter(pk=three.pk).update(state="confirmed", decided_at=NOW)
    with pytest.raises(triage.StaleError):
        triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk], by=factories.person(), now=NOW)
    assert models.FlagEvent.objects.filter(kind="joined").count() == 0


@database
def test_another_office_joins_nothing_here() -> None:
    one, two = with_phone(2)
    stranger = factories.person(code="bp3mi-ntb")
    with pytest.raises(PermissionDenied):
        triage.join(flag_id=one.pk, other_ids=[two.pk], by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        triage.tell_apart(flag_id=one.pk, other_id=two.pk, by=stranger, now=NOW)


@database
def test_an_office_s_row_is_not_joined_to_another_office_s() -> None:
    one, two = with_phone(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    with pytest.raises(triage.StaleError):
        triage.join(flag_id=one.pk, other_ids=[two.pk], by=factories.person("analyst"), now=NOW)


@database
@pytest.mark.parametrize("rows", [1, 30])
def test_the_tray_costs_three_queries(rows: int, django_assert_num_queries: Any) -> None:
    one, *_others = with_phone(rows + 1)
    with django_assert_num_queries(3):
        found = triage.suggestions(one)
    assert len(found) == min(rows, triage.alike.MOST)


@database
def test_who_is_of_the_same_campaign_is_related_and_alike_once_a_person_confirmed_what_ties_him() -> None:
    """The first and the last have nothing in common but the post between them; a cut tie and a dissolved campaign name nobody."""
    one, between, last, stranger = factories.flag(), factories.flag(), factories.flag(), factories.flag()
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=NOW, grown_at=NOW)
    for flag in (one, between, last):
        models.LinkedPost.objects.update_or_create(post=flag.post, defaults={"campaign": campaign, "joined_at": NOW, "follows": False})
    ties = [
        models.Tie.objects.create(later=later.post, earlier=earlier.post, kind=kind, key=kind, weight=0.9, at=NOW)
        for later, earlier, kind in ((between, one, "bank_account"), (last, between, "author"))
    ]

    def said(flag: models.Flag) -> list[Any]:
        tray = triage.tray(flag)
        return [sorted((one.flag.pk, one.campaign, one.ties) for one in rows) for rows in (tray.alike, tray.related)]

    name = "JRG-26-0001"
    assert said(one) == [[], [(between.pk, name, ("bank_account",)), (last.pk, name, ())]]
    assert said(between) == [[], [(one.pk, name, ("bank_account",)), (last.pk, name, ("author",))]]
    assert said(stranger) == [[], []]
    officer = factories.person(code=one.office.code)
    for tie in ties:  # both confirmed: by the same author they stay related
        models.Tie.objects.filter(pk=tie.pk).update(state="confirmed")
    assert said(between) == [[(one.pk, name, ("bank_account",))], [(last.pk, name, ("author",))]]
    triage.tell_apart(flag_id=one.pk, other_id=last.pk, by=officer, now=NOW)
    assert said(one) == [[(between.pk, name, ("bank_account",))], []]
    models.LinkedPost.objects.filter(campaign=campaign).update(campaign=None, joined_at=None)
    assert said(one) == [[], []]


# --- all at once, and back ----------------------------------------------------------------------------


def reads_as(flag: models.Flag, **changed: Any) -> models.Flag:
    """A check and a reading of the flag's post as given: append-only rows, so new ones."""
    check = flag.current_check
    told = {name: changed.pop(name) for name in ("text_kind",) if name in changed}
    reading = check.reading
    reading.pk, reading._state.adding = None, True
    reading.reader_version += 1
    for name, value in told.items():
        setattr(reading, name, value)
    reading.save(force_insert=True)
    check.pk, check._state.adding, check.reading = None, True, reading
    for name, value in changed.items():
        setattr(check, name, value)
    check.save(force_insert=True)
    models.Flag.objects.filter(pk=flag.pk).update(current_check=check)
    return flag


@database
@pytest.mark.parametrize(
    ("changed", "as_"),
    [
        ({"text_kind": "warning"}, "warning"),
        ({"text_kind": "news"}, "news"),
        ({"text_kind": "plea"}, "plea"),
        ({"verdict": "licensed"}, "lawful"),
        ({"verdict": "exempt"}, "lawful"),
        ({"verdict": "licensed", "contact_own": False}, ""),
        ({"verdict": "licence_expired"}, ""),
        ({"text_kind": "lure"}, ""),
    ],
)
def test_what_reads_as_a_warning_news_or_lawful_is_left_out_of_joining_all_and_named(changed: dict[str, Any], as_: str) -> None:
    one, two, three = with_phone(3)
    reads_as(three, **changed)
    tray = triage.tray(one)
    assert {other.flag.pk: other.reads_as for other in tray.alike} == {two.pk: "", three.pk: as_}
    assert [other.flag.pk for other in tray.left_out] == ([three.pk] if as_ else [])
    assert sorted(other.flag.pk for other in tray.joinable) == ([two.pk] if as_ else [two.pk, three.pk])
    done = triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk], by=factories.person(), now=NOW)  # whatever the page sent
    assert [flag.pk for flag in done.left] == ([three.pk] if as_ else [])
    assert (done.moved, done.posts) == ((1, 2) if as_ else (2, 3))
    three.refresh_from_db()
    assert (three.row_key == done.flag.row_key) is not bool(as_)


@database
def test_one_that_reads_as_a_warning_is_joined_by_who_names_it_alone() -> None:
    one, two = with_phone(2)
    reads_as(two, text_kind="warning")
    done = triage.join(flag_id=one.pk, other_ids=[two.pk], by=factories.person(), now=NOW)
    assert (done.moved, done.left) == (1, ())


@database
@pytest.mark.parametrize("many", [1, 30])
def test_joining_a_row_and_parting_it_cost_the_same_however_many_copies(many: int, django_assert_num_queries: Any) -> None:
    flag, row, officer = factories.flag(), copies(many), factories.person()
    before = row[0].row_key

    def stand() -> set[Any]:
        return set(models.Flag.objects.filter(pk__in=[one.pk for one in row]).values_list("row_key", "version"))

    with django_assert_num_queries(18):
        joined = triage.join(flag_id=flag.pk, other_ids=[row[0].pk], by=officer, now=NOW)
    assert stand() == {(flag.row_key, 2)}
    assert joined.moved == many
    with django_assert_num_queries(12):
        triage.part(act=joined.act, by=officer, now=NOW)
    assert stand() == {(before, 3)}
    assert set(models.Flag.objects.filter(pk=flag.pk).values_list("row_key", "version")) == {(flag.row_key, 1)}


@database
def test_joining_is_taken_back_as_one_act_and_proposed_again() -> None:
    one, two, three, other = with_phone(4)
    rows = {flag.pk: flag.row_key for flag in (one, two, three, other)}
    person = factories.person()
    triage.join(flag_id=one.pk, other_ids=[other.pk], by=person, now=NOW)
    done = triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk], by=person, now=LATER)
    assert done.posts == 4
    back = triage.part(act=done.act, by=person, now=LATER)
    assert back.pk == one.pk
    assert dict(models.Flag.objects.values_list("pk", "row_key")) == rows | {other.pk: rows[one.pk]}  # the other act stands
    assert sorted(proposed(one)) == [(two.pk, ("phone",), False), (three.pk, ("phone",), False), (other.pk, (), True)]
    events = models.FlagEvent.objects.filter(kind="parted").order_by("flag")
    assert list(events.values_list("flag", "after__row")) == [(two.pk, rows[two.pk]), (three.pk, rows[three.pk])]
    assert models.AuditEntry.objects.get(verb="flag.parted").after == {"flags": [two.number, three.number]}
    triage.part(act=done.act, by=person, now=LATER)  # a double click
    assert models.FlagEvent.objects.filter(kind="parted").count() == 2
    assert list(models.Comparison.objects.values_list("first", "second", "same")) == [(one.pk, other.pk, True)]


@database
def test_joining_is_taken_back_by_who_did_it_while_nothing_was_decided_or_taken() -> None:
    one, two, three = with_phone(3)
    person = factories.person()
    done = triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk], by=person, now=NOW)
    with pytest.raises(models.FlagEvent.DoesNotExist):
        triage.part(act=done.act, by=factories.person(), now=NOW)
    with pytest.raises(models.FlagEvent.DoesNotExist):
        triage.part(act=uuid.uuid4(), by=person, now=NOW)
    triage.take(one.pk, by=factories.person(), now=NOW)
    with pytest.raises(triage.HeldByOtherError):
        triage.part(act=done.act, by=person, now=NOW)
    models.Flag.objects.filter(pk=one.pk).update(lease_person=None, lease_since=None, lease_until=None)
    models.Flag.objects.filter(pk=three.pk).update(state="confirmed", decided_at=NOW)
    with pytest.raises(triage.StaleError):
        triage.part(act=done.act, by=person, now=NOW)
    assert len(set(models.Flag.objects.values_list("row_key", flat=True))) == 1
    assert models.FlagEvent.objects.filter(kind="parted").count() == 0
