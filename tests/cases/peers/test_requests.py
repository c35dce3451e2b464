"""One person asks, another approves, the file is taken: each a row of the log, and nothing of it without the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import stix2
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import models
from patrol.cases import merging
from patrol.cases.peers import choosing, requests
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.campaigns import test_judging as ringed
from tests.cases import carded, objected
from tests.cases.peers import asked
from tests.cases.peers.test_choosing import stands

pytestmark = pytest.mark.django_db
LATER = carded.LATER


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://patroli.example"


@pytest.fixture
def officer() -> models.Person:
    return factories.person(Role.OFFICER, "bp3mi-jabar")


def refused(code: str, act: Callable[[], object]) -> str:
    """The act is refused with this code, and nothing is written. Gives back what is said."""
    before = models.AuditEntry.objects.count(), models.PeerExport.objects.count(), models.Notice.objects.count()
    with pytest.raises(RefusedError) as error:
        act()
    assert str(error.value) == code
    assert (models.AuditEntry.objects.count(), models.PeerExport.objects.count(), models.Notice.objects.count()) == before
    return error.value.said("en")


def take(of: models.PeerExport, by: models.Person, written_as: str = "stix", now: Any = LATER) -> requests.Taken:
    return requests.take(export_id=of.pk, written_as=written_as, by=by, now=now)


def ids(content: bytes) -> list[str]:
    return [one.id for one in stix2.parse(content.decode(), allow_custom=False).objects if one.type == "indicator"]


def test_a_file_is_asked_for_approved_by_another_person_and_taken(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    second = objected.supervisor()
    made = asked.ask(case, officer)
    assert (made.number, made.case, made.office, made.indicators) == (
        *("MTR-26-0001", case, case.office, choosing.choose(case, now=LATER).ids),
    )
    assert list(models.Notice.objects.filter(kind="peer_export_waits").values_list("person", "note")) == [(second.pk, made.number)]
    assert [list(requests.waits_for(one, LATER)) for one in (second, officer)] == [[made], []]
    refused("peer.not_approved", lambda: take(made, officer))
    requests.approve(export_id=made.pk, seen=asked.shown(made), by=second, now=LATER)
    assert not models.Notice.objects.filter(kind="peer_export_waits").exists()
    assert models.Notice.objects.filter(kind="peer_export_approved", person=officer, case=case).count() == 1
    taken = take(made, officer)
    again = take(made, second, "misp")
    assert (taken.name, taken.media_type, taken.marks) == (
        *("sipatrol-MTR-26-0001.stix.json", "application/stix+json;version=2.1", len(made.indicators)),
    )
    assert (again.name, again.media_type) == ("sipatrol-MTR-26-0001.misp.json", "application/json")
    assert take(made, officer).content == taken.content  # and a row of its own
    rows = models.AuditEntry.objects.filter(target_type="peerexport").order_by("seq").values_list("verb", "actor_id", "after__format")
    assert list(rows) == [
        ("peer.asked", officer.pk, None),
        ("peer.approved", second.pk, None),
        ("contact.shown", officer.pk, "stix"),
        ("contact.shown", second.pk, "misp"),
        ("contact.shown", officer.pk, "stix"),
    ]
    last = models.AuditEntry.objects.latest("seq").after
    assert (last["went"], last["left_out"]) == (made.indicators, [])
    assert (last["number"], last["case"], last["purpose"], last["indicators"], last["sha256"]) == (
        *(made.number, case.number, "block", taken.marks, hashlib.sha256(taken.content).hexdigest()),
    )


def test_what_lacks_is_said_beside_its_field(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    for peer in (" ", "Pak Budi 0812-3456-7890", "hubungi @budi_polda", "x" * 121):
        refused("peer.peer peer", lambda peer=peer: asked.ask(case, officer, peer=peer))  # type: ignore[misc]
    refused("peer.purpose purpose", lambda: asked.ask(case, officer, purpose="case"))
    refused("peer.sharing sharing", lambda: asked.ask(case, officer, sharing="white"))
    refused("peer.counted", lambda: asked.ask(case, officer, seen="99"))
    made = asked.ask(case, officer)
    assert refused("peer.waits", lambda: asked.ask(case, officer)) == f"{made.number} waits for an answer already."
    asked.ask(case, officer, purpose="funds")
    models.Flag.objects.update(state="waiting", decided_at=None)
    refused("peer.nothing", lambda: asked.ask(case, officer, purpose="matching"))


def test_who_may_not_ask_or_approve_is_refused(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    for role, code in ((Role.OFFICER, "bp3mi-ntb"), (Role.OFFICER, "directorate"), (Role.ADMINISTRATOR, "directorate")):
        with pytest.raises(PermissionDenied):
            asked.ask(case, factories.person(role, code))
    made = asked.ask(case, officer)
    for by in (officer, factories.person(Role.SUPERVISOR, "bp3mi-ntb"), factories.person(Role.ANALYST, "directorate")):
        with pytest.raises(PermissionDenied):
            requests.approve(export_id=made.pk, seen=asked.shown(made), by=by, now=LATER)
    own = asked.ask(case, objected.supervisor(), purpose="funds")
    refused("pair.same", lambda: requests.approve(export_id=own.pk, seen=asked.shown(own), by=own.by, now=LATER))
    with pytest.raises(PermissionDenied):
        requests.refuse(export_id=own.pk, note="Tidak.", by=own.by, now=LATER)
    with pytest.raises(PermissionDenied):
        requests.withdraw(export_id=own.pk, by=officer, now=LATER)
    chief = factories.person(Role.SUPERVISOR, "directorate")
    asked.approved(case, factories.person(Role.ANALYST, "directorate"), chief, purpose="matching")
    with pytest.raises(PermissionDenied):
        take(models.PeerExport.objects.latest("id"), factories.person(Role.OFFICER, "bp3mi-ntb"))


def test_a_campaign_is_the_directorate_s(officer: models.Person) -> None:
    analyst = factories.person(Role.ANALYST, "directorate")
    campaign = ringed.confirmed(analyst)
    for flag in models.Flag.objects.filter(post__linked__campaign=campaign):
        objected.decided(flag)
    with pytest.raises(PermissionDenied):
        asked.ask(campaign, officer)
    made = asked.approved(campaign, analyst)
    assert made.office.code == "directorate"
    bundle = stix2.parse(take(made, analyst).content.decode(), allow_custom=False)
    assert {one.type for one in bundle.objects} >= {"campaign", "indicator", "relationship", "report"}
    assert next(one.name for one in bundle.objects if one.type == "campaign") == campaign.number


def test_a_file_holds_what_was_approved_and_may_still_go(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    turned, stays = stands(flag, "email", "satu@contoh.example"), stands(flag, "email", "dua@contoh.example")
    made = asked.approved(case, officer)
    whole = ids(take(made, officer).content)
    stands(flag, "email", "tiga@contoh.example")  # came since
    assert ids(take(made, officer).content) == whole
    told: dict[str, Any] = {"proposed_by": officer, "proposed_at": LATER, "approved_by": objected.supervisor(), "approved_at": LATER}
    models.Trusted.objects.create(indicator=turned, known_as="agency", reason="Contoh.", expires_on=LATER.date(), **told)
    left = take(made, officer, now=LATER + timedelta(hours=1))
    assert len(ids(left.content)) == len(whole) - 1
    after = models.AuditEntry.objects.latest("seq").after
    assert (turned.pk in after["went"], after["left_out"]) == (False, [turned.pk])
    reports = [next(one for one in stix2.parse(file.content).objects if one.type == "report") for file in (take(made, officer), left)]
    assert [one.id for one in reports] == [reports[0].id] * 2
    assert (
        [one.published for one in reports] == [one.modified for one in reports] == [LATER, LATER + timedelta(hours=1)]
    )  # when it was taken
    assert (turned.value.encode() in left.content, stays.value.encode() in left.content) == (False, True)
    models.Flag.objects.update(state="waiting", decided_at=None)
    refused("peer.none_left", lambda: take(made, officer))


def test_an_indicator_is_one_object_in_the_file_of_another_day(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    first = take(asked.approved(case, officer), officer)
    later = LATER + timedelta(days=3)
    made = requests.ask(
        subject=case,
        peer="Bank Contoh",
        purpose="funds",
        sharing="red",
        seen=choosing.choose(case, now=later).digest,
        by=officer,
        now=later,
    )
    requests.approve(export_id=made.pk, seen=asked.shown(made, later), by=objected.supervisor(), now=later)
    second = take(made, officer, now=later)
    assert ids(first.content) == ids(second.content)
    one, again = (next(one for one in json.loads(file.content)["objects"] if one["type"] == "indicator") for file in (first, second))
    assert (one["created"] == again["created"], one["modified"] < again["modified"]) == (True, True)


def test_whichever_office_handed_it_over_first(officer: models.Person) -> None:
    """The wall hides the other's request: when the indicator went first is the same in both files."""
    other = factories.person(Role.OFFICER, "bp3mi-ntb")
    theirs, there = carded.case(by=other, code="bp3mi-ntb")
    case, flag = carded.case(by=officer)
    for one in (there, flag):
        stands(one, "email", "sama@contoh.example")
    asked.approved(theirs, other)
    later = LATER + timedelta(days=3)
    seen = choosing.choose(case, now=later)
    made = requests.ask(subject=case, peer="Bank Contoh", purpose="funds", sharing="red", seen=seen.digest, by=officer, now=later)
    requests.approve(export_id=made.pk, seen=asked.shown(made, later), by=objected.supervisor(), now=later)
    found = json.loads(take(made, officer, now=later).content)["objects"]
    (created,) = {datetime.fromisoformat(one["created"]) for one in found if "sama@contoh.example" in one.get("pattern", "")}
    assert created == LATER


def test_another_number_in_the_same_count_is_seen_first(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    goes = stands(flag, "email", "satu@contoh.example")
    before = choosing.choose(case, now=LATER)
    told: dict[str, Any] = {"proposed_by": officer, "proposed_at": LATER, "approved_by": objected.supervisor(), "approved_at": LATER}
    models.Trusted.objects.create(indicator=goes, known_as="agency", reason="Contoh.", expires_on=LATER.date(), **told)
    stands(flag, "email", "dua@contoh.example")
    assert len(choosing.choose(case, now=LATER).marks) == len(before.marks)
    said = refused("peer.counted", lambda: asked.ask(case, officer, seen=before.digest))
    assert said == "Nothing was asked for: what may go has changed. Look at it again."


def test_an_answer_is_given_once_and_in_time(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    second = objected.supervisor()
    one, two, three = (asked.ask(case, officer, purpose=purpose) for purpose in ("block", "funds", "matching"))
    refused("peer.note note", lambda: requests.refuse(export_id=one.pk, note=" ", by=second, now=LATER))
    requests.refuse(export_id=one.pk, note="Terlalu luas.", by=second, now=LATER)
    assert models.Notice.objects.filter(kind="peer_export_refused", person=officer).count() == 1
    requests.withdraw(export_id=two.pk, by=officer, now=LATER)
    for gone in (one, two):
        seen = asked.shown(gone)
        refused("peer.answered", lambda gone=gone, seen=seen: requests.approve(export_id=gone.pk, seen=seen, by=second, now=LATER))  # type: ignore[misc]
        refused("peer.not_approved", lambda gone=gone: take(gone, officer))  # type: ignore[misc]
    late = LATER + requests.LASTS
    refused("peer.answered", lambda: requests.refuse(export_id=three.pk, note="Terlambat.", by=second, now=late))
    refused("peer.counted_second", lambda: requests.approve(export_id=three.pk, seen="99", by=second, now=LATER))
    stands(flag, "email", "baru@contoh.example")
    requests.approve(export_id=three.pk, seen=asked.shown(three), by=second, now=LATER)
    refused("peer.not_approved", lambda: take(three, officer, now=late))
    refused("peer.format", lambda: take(three, officer, "csv"))


def test_a_merged_case_and_an_installation_without_an_address_write_no_file(officer: models.Person, settings: Any) -> None:
    case, _flag = carded.case(by=officer)
    made = asked.approved(case, officer)
    settings.SITE_URL = ""
    assert "SITE_URL" in refused("peer.site", lambda: take(made, officer))
    settings.SITE_URL = "https://patroli.example"
    other, _flag = carded.case(by=officer)
    merging.merge(case_id=case.pk, into=other.number, note="Sama.", seen_version=case.version, by=officer, now=LATER)
    gone = models.Case.objects.select_related("merged_into").get(pk=case.pk)
    said = f"Nothing can be handed over from here: it was merged into {other.number}. Ask there."
    assert refused("peer.merged", lambda: take(made, officer)) == said
    assert refused("peer.merged", lambda: asked.ask(gone, officer, seen="")) == said


def test_the_database_keeps_a_request_as_it_was_asked_and_answered(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    made = asked.approved(case, officer)
    row = models.PeerExport.objects.filter(pk=made.pk)
    for changes in (
        {"indicators": [1]},
        {"peer": "Lain"},
        {"until": LATER},
        {"approved_at": None},
        {"approved_at": LATER - timedelta(minutes=1)},
    ):
        with pytest.raises(IntegrityError, match=r"written once|peer_export"), transaction.atomic():
            row.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    assert models.PeerExport.objects.get(pk=made.pk).indicators == made.indicators
    row.update(ended_by=officer, ended_at=LATER)  # an approval ends once
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        row.update(ended_by=None, ended_at=None)


def test_no_name_that_a_person_gave_and_nobody_of_staff_stands_in_a_file(officer: models.Person) -> None:
    planted = ("Rahasia Judul", "Rahasia Badan", "Rahasia Petugas", "rahasia_akun", "Rahasia Penyelia")
    case, _flag = carded.case(by=officer)
    models.Case.objects.filter(pk=case.pk).update(title=planted[0])
    models.Person.objects.filter(pk=officer.pk).update(name=planted[2], username=planted[3])
    second = objected.supervisor()
    models.Person.objects.filter(pk=second.pk).update(name=planted[4])
    case.refresh_from_db()
    made = asked.ask(case, models.Person.objects.get(pk=officer.pk), peer=planted[1])
    requests.approve(export_id=made.pk, seen=asked.shown(made), by=second, now=LATER)
    for one in requests.FORMATS:
        content = take(made, officer, one).content.decode()
        assert [word for word in planted if word in content] == []
        assert case.number in content


@pytest.mark.parametrize("many", [1, 30])
def test_a_file_asks_as_much_for_one_indicator_as_for_thirty(many: int, officer: models.Person, django_assert_num_queries: Any) -> None:
    case, flag = carded.case(by=officer)
    for n in range(many):
        stands(flag, "email", f"hrd{n}@contoh.example")
    made = asked.approved(case, officer)
    with django_assert_num_queries(17):
        assert take(made, officer).marks == len(made.indicators)
