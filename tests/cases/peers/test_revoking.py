"""What went to a peer and was judged wrong since is taken back by a file of its own; what is merely old or objected to is not."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import stix2
from django.core.exceptions import PermissionDenied
from pymisp import MISPEvent

from patrol import models
from patrol.cases.peers import requests, revoking
from patrol.domain.peers import Format
from patrol.evidence import custody_log
from patrol.models import Role
from tests import factories
from tests.cases import carded, objected
from tests.cases.peers import asked
from tests.cases.peers.test_choosing import another, sighted, stands
from tests.cases.peers.test_requests import ids, refused, take

pytestmark = pytest.mark.django_db
LATER = carded.LATER
NEXT = LATER + timedelta(hours=1)
LONG_AFTER = LATER + requests.LASTS + timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://patroli.example"


@pytest.fixture
def officer() -> models.Person:
    return factories.person(Role.OFFICER, "bp3mi-jabar")


def trust(known: models.Indicator, by: models.Person) -> models.Trusted:
    told: dict[str, Any] = {"proposed_by": by, "proposed_at": LATER, "approved_by": objected.supervisor(), "approved_at": LATER}
    return models.Trusted.objects.create(indicator=known, known_as="agency", reason="Contoh.", expires_on=LONG_AFTER.date(), **told)


def take_back(of: models.PeerExport, by: models.Person, written_as: str = "stix", now: Any = NEXT) -> requests.Taken:
    return requests.take_back(export_id=of.pk, written_as=written_as, by=by, now=now)


def event(content: bytes) -> Any:
    made = MISPEvent(strict_validation=True)
    made.load(content.decode())
    return made


def gone(of: models.PeerExport, now: Any = NEXT) -> dict[str, str]:
    """Why, by value."""
    return {one.mark.value: str(one.why) for one in revoking.of(of, now=now).gone}


def wrong(flag: models.Flag, by: models.Person) -> None:
    """Somebody objects to the post, and another person finds that the decision was wrong."""
    objected.decide(objected.enter(flag, by), objected.supervisor())


def test_what_an_objection_found_wrong_is_taken_back_at_whoever_received_it(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    stands(flag, "bank_account", "BCA 1234567890")
    wrongly, rightly = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    sighted(another(case), rightly)
    made = asked.approved(case, officer)
    first = json.loads(take(made, officer).content)["objects"]
    assert gone(made) == {}
    refused("peer.none_wrong", lambda: take_back(made, officer))
    objection = objected.enter(flag, officer)
    assert gone(made) == {}  # nobody has answered it
    objected.decide(objection, objected.supervisor())
    assert gone(made)[wrongly.value] == "undecided"
    assert rightly.value not in gone(made)  # another post gives it, which a person confirmed
    file = take_back(made, officer, now=LONG_AFTER)  # the request ran out: a mistake has no last day
    bundle = stix2.parse(file.content.decode(), allow_custom=False)
    back = {one.id: one for one in bundle.objects if one.type == "indicator"}
    before = {one["id"]: one for one in first if one["type"] == "indicator"}
    given = set(models.Sighting.objects.filter(post=flag.post).values_list("indicator__value", flat=True)) - {rightly.value}
    assert (set(gone(made)), len(back), set(back) < set(before)) == (given, len(given), True)
    for key, one in back.items():
        assert (one.revoked, one.pattern, one.created, one.modified) == (
            *(True, before[key]["pattern"], datetime.fromisoformat(before[key]["created"]), LONG_AFTER),
        )
    assert {one.type for one in bundle.objects} == {"identity", "marking-definition", "indicator"}
    assert (file.name, revoking.of(made, now=LONG_AFTER).due(Format.STIX)) == ("sipatrol-MTR-26-0001.revoked.stix.json", [])
    refused("peer.none_wrong", lambda: take_back(made, officer, now=LONG_AFTER))
    refused("peer.none_wrong", lambda: take_back(made, officer, "misp"))  # none went in this format
    after = models.AuditEntry.objects.latest("seq").after
    assert (len(after["went"]), {f"indicator--{one}" for one in after[revoking.KEY]}) == (len(back), set(back))
    paper = models.Minutes.objects.get(number=after["minutes"]).content
    assert paper["reason"].startswith("Pencabutan indikator yang pernah diserahkan kepada Kementerian Contoh")
    assert list(custody_log.verify()) == []


def test_a_misp_event_has_what_was_wrong_as_deleted(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    account, bank = stands(flag, "account", "telegram:calo", own_id="telegram:7001"), stands(flag, "bank_account", "BCA 1234567890")
    mail, stays = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    made = asked.approved(case, officer)
    went = event(take(made, officer, "misp").content)
    for known in (account, bank, mail):
        trust(known, officer)
    assert gone(made) == dict.fromkeys((account.value, bank.value, mail.value), "trusted")
    content = take_back(made, officer, "misp").content
    back = event(content)
    assert (back.uuid, back.info, back.timestamp > went.timestamp) == (went.uuid, went.info, True)
    plain, things = [one for one in back.attributes if one.type != "comment"], back.objects
    assert [(one.value, one.deleted, one.to_ids) for one in plain] == [(mail.value, True, False)]
    assert {plain[0].uuid} <= {one.uuid for one in went.attributes}
    assert {thing.name: thing.uuid for thing in things}.items() <= {thing.name: thing.uuid for thing in went.objects}.items()
    parts = {part.uuid: part for thing in went.objects for part in thing.attributes}
    for part in (part for thing in things for part in thing.attributes):
        assert (part.deleted, part.to_ids, part.value, part.timestamp > parts[part.uuid].timestamp) == (
            *(True, False, parts[part.uuid].value, True),
        )
    assert [thing.deleted for thing in things] == [True, True]
    assert stays.value.encode() not in content
    assert "threat_level_id" not in json.loads(content)["Event"]


def test_what_is_old_erased_or_known_no_longer_is_no_mistake(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    gone_since, known = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    models.Sighting.objects.filter(indicator=gone_since).delete()
    assert gone(made, LATER + timedelta(days=800)) == {}
    row = trust(known, officer)
    assert gone(made) == {known.value: "trusted"}
    assert gone(made, LONG_AFTER + timedelta(days=2)) == {}  # that it is known to be good held until then
    assert (row.indicator, gone(asked.approved(case, officer, purpose="funds"))) == (known, {})  # of that request no file was taken


@pytest.mark.parametrize(("outcome", "why"), [("unfounded", "undecided"), ("handed_over", "")])
def test_a_case_that_ended_as_unfounded_stands_by_nothing(officer: models.Person, outcome: str, why: str) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome=outcome, closed_at=LATER, closed_by=officer)
    assert gone(made).get(mail.value, "") == why


def test_a_site_stands_while_it_is_confirmed_by_http_or_by_https(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    site = stands(flag, "link", "http://palsu.example")
    made = asked.approved(case, officer)
    take(made, officer)
    other, there = carded.case(by=officer)
    same = stands(there, "link", "https://palsu.example/")
    wrong(flag, officer)
    assert (site.value in gone(made), other != case) == (False, True)
    wrong(there, officer)
    assert gone(made)[site.value] == "undecided"
    assert same.value not in gone(made)  # one object


def test_whoever_is_confirmed_anew_is_another_object(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    made = asked.approved(case, officer)
    before = ids(take(made, officer).content)
    row = trust(mail, officer)
    (revoked,) = ids(take_back(made, officer).content)
    models.Trusted.objects.filter(pk=row.pk).update(expires_on=LATER.date() - timedelta(days=1))
    after = ids(take(made, officer, now=NEXT).content)
    assert (revoked in before, revoked in after, len(after), len(set(before) & set(after))) == (True, False, len(before), len(before) - 1)
    models.Trusted.objects.filter(pk=row.pk).update(expires_on=LONG_AFTER.date())
    (again,) = ids(take_back(made, officer, now=NEXT + timedelta(hours=1)).content)
    assert again in set(after) - set(before)


def test_who_may_not_take_the_file_may_not_take_back(officer: models.Person, settings: Any) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    trust(mail, officer)
    with pytest.raises(PermissionDenied):
        take_back(made, factories.person(Role.OFFICER, "bp3mi-ntb"))
    refused("peer.format", lambda: take_back(made, officer, "csv"))
    settings.SITE_URL = ""
    refused("peer.site", lambda: take_back(made, officer))


@pytest.mark.parametrize("many", [1, 30])
def test_it_asks_as_much_for_one_indicator_as_for_thirty(many: int, officer: models.Person, django_assert_num_queries: Any) -> None:
    case, flag = carded.case(by=officer)
    for n in range(many):
        stands(flag, "email", f"hrd{n}@contoh.example")
    made = asked.approved(case, officer)
    take(made, officer)
    wrong(flag, officer)
    with django_assert_num_queries(11):
        assert len(revoking.of(made, now=NEXT).gone) >= many


def test_the_requests_of_which_something_is_to_be_taken_back_are_found_at_once(
    officer: models.Person, django_assert_num_queries: Any
) -> None:
    case, flag = carded.case(by=officer)
    mail = stands(flag, "email", "satu@contoh.example")
    one, two, three = (asked.approved(case, officer, purpose=purpose) for purpose in ("block", "funds", "matching"))
    for made in (one, two):
        take(made, officer)
    assert revoking.to_take_back([one, two, three], now=NEXT) == []
    trust(mail, officer)
    with django_assert_num_queries(12):  # a known contact asks for its names
        assert revoking.to_take_back([one, two, three], now=NEXT) == [one.pk, two.pk]
    take_back(one, officer)
    assert revoking.to_take_back([one, two, three], now=NEXT) == [two.pk]
