"""Look-alikes: what is proposed and why, joined into one row with one decision, or told apart for good."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models, triage
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW

database = pytest.mark.django_db

PHONE = "0840 5551 2345"


def with_phone(count, *, code="bp3mi-jabar", phone=PHONE):
    """Flags of quite different words that name one number."""
    posts = factories.stored(
        [
            factories.raw_post(factories.illegal().text.replace("WA 0840", f"WA {phone} atau 0840"))
            for _ in range(count)
        ],
        of=factories.watch(code),
    )
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return list(models.Flag.objects.filter(post__in=posts).order_by("id"))


def proposed(flag):
    return [(one.flag.pk, one.contacts, one.joined) for one in triage.suggestions(flag)]


@database
def test_the_same_number_is_a_reason_to_ask():
    one, two = with_phone(2)
    factories.flag()  # another number, other words
    assert proposed(one) == [(two.pk, ("phone",), False)]
    assert proposed(two) == [(one.pk, ("phone",), False)]


@database
def test_the_same_account_is_none_while_the_words_differ():
    posts = factories.stored([factories.illegal(author="telegram:calo_contoh") for _ in range(2)])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    one, two = models.Flag.objects.filter(post__in=posts).order_by("id")
    author = models.Indicator.objects.create(
        kind="account", value="telegram:calo_contoh", first_seen=NOW, last_seen=NOW
    )
    for flag in (one, two):
        models.Sighting.objects.get_or_create(
            indicator=author, post=flag.post, version=flag.post.versions.get(), role="author",
            defaults={"confidence": 1.0, "seen_at": NOW},
        )  # fmt: skip
    assert (proposed(one), proposed(two)) == ([], [])


@database
def test_nothing_is_proposed_for_what_is_decided_or_of_another_office():
    one, two = with_phone(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    assert proposed(one) == []
    models.Flag.objects.filter(pk=two.pk).update(office=one.office, state="dismissed", decided_at=NOW)
    assert proposed(one) == []
    two.refresh_from_db()
    assert proposed(two) == []


@database
def test_joined_rows_share_decision_and_undo():
    one, two, three = with_phone(3)
    person = factories.person()
    joined = triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk, two.pk], by=person, now=NOW)
    assert proposed(one) == [(two.pk, (), True), (three.pk, (), True)]
    assert [row.copies for row in triage.queue(person).rows] == [3]
    decided = triage.decide(
        flag_id=one.pk, outcome="dismissed", reason="warning", note="", decision_key=uuid.uuid4(),
        seen_version=joined.version, by=person, now=NOW,
    )  # fmt: skip
    assert decided.copies == 3
    triage.undo(decision_id=decided.decisions[0].pk, decision_key=uuid.uuid4(), by=person, now=NOW)
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    entry = models.AuditEntry.objects.get(verb="flag.joined")
    assert entry.after == {"flags": [two.number, three.number]}
    assert list(models.FlagEvent.objects.filter(kind="joined").values_list("flag", flat=True)) == [two.pk, three.pk]


@database
def test_told_apart_is_never_proposed_again_whichever_of_the_two_lies_on_the_desk():
    one, two = with_phone(2)
    triage.tell_apart(flag_id=two.pk, other_id=one.pk, by=factories.person(), now=NOW)
    assert (proposed(one), proposed(two)) == ([], [])
    assert models.AuditEntry.objects.filter(verb="flag.told_apart").count() == 1


@database
def test_what_was_joined_by_mistake_gets_a_row_of_its_own_again():
    one, two = with_phone(2)
    person = factories.person()
    triage.join(flag_id=one.pk, other_ids=[two.pk], by=person, now=NOW)
    triage.tell_apart(flag_id=one.pk, other_id=two.pk, by=person, now=NOW)
    assert [row.copies for row in triage.queue(person).rows] == [1, 1]
    assert proposed(one) == []
    assert models.Comparison.objects.get().same is False


@database
def test_a_row_a_colleague_works_on_is_not_taken_away():
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
def test_what_was_decided_meanwhile_is_not_joined_and_nothing_else_is():
    one, two, three = with_phone(3)
    models.Flag.objects.filter(pk=three.pk).update(state="confirmed", decided_at=NOW)
    with pytest.raises(triage.StaleError):
        triage.join(flag_id=one.pk, other_ids=[two.pk, three.pk], by=factories.person(), now=NOW)
    assert models.FlagEvent.objects.filter(kind="joined").count() == 0


@database
def test_another_office_joins_nothing_here():
    one, two = with_phone(2)
    stranger = factories.person(code="bp3mi-ntb")
    with pytest.raises(PermissionDenied):
        triage.join(flag_id=one.pk, other_ids=[two.pk], by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        triage.tell_apart(flag_id=one.pk, other_id=two.pk, by=stranger, now=NOW)


@database
def test_an_office_s_row_is_not_joined_to_another_office_s():
    one, two = with_phone(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    with pytest.raises(triage.StaleError):
        triage.join(flag_id=one.pk, other_ids=[two.pk], by=factories.person("analyst"), now=NOW)


@database
@pytest.mark.parametrize("rows", [1, 30])
def test_the_tray_costs_three_queries(rows, django_assert_num_queries):
    one, *_others = with_phone(rows + 1)
    with django_assert_num_queries(3):
        found = triage.suggestions(one)
    assert len(found) == min(rows, triage.alike.MOST)


@database
def test_who_is_of_the_same_campaign_is_proposed_with_what_ties_him():
    """The first and the last have nothing in common but the post between them; a cut tie and a dissolved campaign propose nobody."""
    one, between, last, stranger = factories.flag(), factories.flag(), factories.flag(), factories.flag()
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=NOW, grown_at=NOW)
    for flag in (one, between, last):
        models.LinkedPost.objects.update_or_create(
            post=flag.post, defaults={"campaign": campaign, "joined_at": NOW, "follows": False}
        )
    for later, earlier, kind in ((between, one, "bank_account"), (last, between, "picture")):
        models.Tie.objects.create(later=later.post, earlier=earlier.post, kind=kind, key=kind, weight=0.9, at=NOW)

    def said(flag):
        return sorted((one.flag.pk, one.campaign, one.ties) for one in triage.suggestions(flag))

    assert said(one) == [(between.pk, "JRG-26-0001", ("bank_account",)), (last.pk, "JRG-26-0001", ())]
    assert said(between) == [(one.pk, "JRG-26-0001", ("bank_account",)), (last.pk, "JRG-26-0001", ("picture",))]
    assert said(stranger) == []
    officer = factories.person(code=one.office.code)
    triage.tell_apart(flag_id=one.pk, other_id=last.pk, by=officer, now=NOW)
    assert said(one) == [(between.pk, "JRG-26-0001", ("bank_account",))]
    models.LinkedPost.objects.filter(campaign=campaign).update(campaign=None, joined_at=None)
    assert said(one) == []
