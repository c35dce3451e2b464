"""What is held about one number, account or name: found whole, nothing of others, and that it was made is written down."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from patrol import cases, models, triage
from patrol.access import looks
from patrol.cases.peers import requests as peers
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.privacy import report, requests
from tests import factories
from tests.cases import carded
from tests.cases.peers import asked

pytestmark = pytest.mark.django_db
NOW = factories.NOW
NUMBER = "0840 5550 0001"


def held(count: int = 1, **given: Any) -> list[models.Flag]:
    """Flags of posts that give NUMBER to be reached by."""
    texts = [f"{factories.ILLEGAL.format(phone=NUMBER)} Kota {n}." for n in range(count)]
    posts = factories.stored([factories.raw_post(text, posted_at=NOW) for text in texts], **given)
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return list(models.Flag.objects.select_related("post", "office").filter(post__in=posts).order_by("id"))


def officer() -> models.Person:
    return factories.person(Role.DATA_PROTECTION_OFFICER)


def entered(value: str = NUMBER, kind: str = "number", by: models.Person | None = None) -> models.SubjectRequest:
    asked: dict[str, Any] = {"question": "access", "about": kind, "value": value, "note": "", "asked_at": NOW}
    return requests.enter(**asked, how="letter", identity="id_card", by=by or officer(), now=NOW)


def gathered(value: str = NUMBER, kind: str = "number", by: models.Person | None = None) -> dict[str, Any]:
    """By a request of its own."""
    return report.gather(number=entered(value, kind, by).number, value=value, ran_by="ppd-server", now=NOW)


def given(found: dict[str, Any]) -> str:
    """What is handed over."""
    return str({key: part for key, part in found.items() if key != "office"})


def confirmed(flag: models.Flag, by: models.Person) -> models.Flag:
    told: dict[str, Any] = {"reason": "several", "note": "", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    triage.decide(flag_id=flag.pk, outcome="confirmed", **told, by=by, now=NOW)
    return models.Flag.objects.get(pk=flag.pk)


def test_a_number_with_its_posts_where_they_came_from_and_what_became_of_them() -> None:
    by, person, watch = officer(), factories.person(), factories.watch()
    flag = confirmed(held(of=watch)[0], person)
    case = cases.open_case(flag_ids=[flag.pk], title="Calo", by=person, now=NOW)
    earlier = entered("+62 840-5550-0001", by=by)
    found = gathered("0840  5550 0001", by=by)
    [indicator] = found["indicators"]
    assert indicator["kind"] == "phone"
    assert indicator["value"] == models.Indicator.objects.get(kind="phone").value
    [post] = found["posts"]
    assert post["stands_as"] == ["contact"]
    assert [(way["by"], way["office"]) for way in post["came_by"]] == [("watch", watch.office.short_name)]
    assert post["flag"] == {"number": flag.number, "office": flag.office.short_name, "state": "confirmed"}
    assert flag.post.url not in str(found)  # it names whoever wrote it
    assert found["cases"] == [{"number": case.number, "office": case.office.short_name, "open": True}]
    assert "Calo" not in str(found)
    assert (found["office"]["requests"], found["posts_in_all"]) == ([earlier.number, found["about"]["request"]], 1)
    assert earlier.number not in given(found)  # who asked then was perhaps somebody else


def test_a_number_nobody_knows_and_one_that_shares_digits_find_nothing() -> None:
    held()
    assert len(gathered()["posts"]) == 1
    for near in ("0840 5550 0002", "0840 5550 001", "840 5550 00011", "5550 0001", "0899 1234 5678"):
        found = gathered(near)
        assert (near, found["indicators"], found["posts"], found["posts_in_all"], found["seen_by"]) == (near, [], [], 0, [])


def test_what_is_asked_as_one_kind_is_not_looked_for_as_another() -> None:
    held()
    assert gathered(kind="account")["indicators"] == gathered(kind="name")["indicators"] == []
    assert len(gathered()["indicators"]) == 1


def test_a_post_of_somebody_protected_is_not_there_also_when_that_is_closed_and_its_office_answers() -> None:
    one, other = held(2)
    kept = models.Protection.objects.create(flag=one, office=one.office, by=factories.person(), at=NOW)
    boss = factories.person(Role.SUPERVISOR, one.office.code)
    request = entered()
    for change in ({}, {"state": "closed", "ending": "helped", "closed_at": NOW, "closed_by": kept.by}):
        models.Protection.objects.filter(pk=kept.pk).update(**change or {"at": NOW})
        found = report.gather(number=request.number, value=NUMBER, ran_by="ppd-server", now=NOW)
        assert [post["flag"]["number"] for post in found["posts"]] == [other.number]
        assert (one.number in str(found), found["posts_in_all"], "protected" in str(found)) == (False, 1, False)
    notice = models.Notice.objects.get(kind="protection_asked")  # once for a request
    assert (notice.person, notice.flag_id, notice.note) == (boss, one.pk, request.number)


def test_a_number_of_a_protected_post_alone_is_as_one_that_nobody_knows() -> None:
    """Else whoever can enter requests could ask of any number whether it is that of somebody harmed."""
    [flag] = held()
    models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=NOW)
    found, unknown = gathered(), gathered("0840 5550 0002")
    for key in set(found) - {"about", "office"}:
        assert (key, found[key]) == (key, unknown[key])
    assert found["office"]["may_be_others"] == unknown["office"]["may_be_others"] == []


def authored(author: str) -> models.Post:
    [post] = factories.stored([factories.illegal(author=author, author_name="Rani", posted_at=NOW)])
    assessing.read_due(now=NOW, limit=500)
    return post


def test_the_own_account_stands_in_full_and_of_one_that_only_bore_its_name_nothing() -> None:
    post, others = authored("rani_contoh"), authored("budi_baru")
    found = gathered("telegram:rani_contoh", "account")
    assert [one["value"] for one in found["indicators"]] == ["telegram:rani_contoh"]
    assert [one["address"] for one in found["posts"]] == [post.url]  # its own
    other = models.Indicator.objects.get(value="telegram:budi_baru")
    models.AccountName.objects.create(indicator=other, name="telegram:rani_contoh", first_seen=NOW, last_seen=NOW)
    found = gathered("telegram:rani_contoh", "account")
    assert [one["value"] for one in found["indicators"]] == ["telegram:rani_contoh"]
    assert (others.url in str(found), "budi_baru" in str(found), len(found["posts"])) == (False, False, 1)
    assert [one["kind"] for one in found["office"]["may_be_others"]] == ["account"]


def test_a_bare_name_is_nobody_s_until_its_platform_is_named() -> None:
    authored("rani_contoh")
    models.Indicator.objects.create(kind="account", value="instagram:rani_contoh", first_seen=NOW, last_seen=NOW)
    found = gathered("@rani_contoh", "account")
    assert (found["indicators"], found["posts"], found["posts_in_all"], len(found["office"]["may_be_others"])) == ([], [], 0, 2)
    assert "rani_contoh" not in str(found["office"])
    [own] = gathered("instagram:rani_contoh", "account")["indicators"]
    assert own["value"] == "instagram:rani_contoh"


def test_digits_are_a_bank_account_where_the_bank_is_named_and_no_telephone_by_the_way() -> None:
    for kind, value in (("bank_account", "BCA 1234567890"), ("bank_account", "BRI 1234567890"), ("phone", "+621234567890")):
        models.Indicator.objects.create(kind=kind, value=value, first_seen=NOW, last_seen=NOW)
    found = gathered("1234567890")
    assert (found["indicators"], len(found["office"]["may_be_others"])) == ([], 3)
    assert [one["value"] for one in gathered("BCA 1234567890")["indicators"]] == ["BCA 1234567890"]


def test_a_name_of_staff_of_the_register_and_of_whoever_objected() -> None:
    person, second = factories.person(name="Sari Contoh"), factories.person(name="Sari Contoh 2")
    factories.register([{"name": "PT Rembulan Karya Contoh", "phones": ["0840-1111-2222"]}], [])
    found = gathered("sari contoh", "name")
    assert [one["username"] for one in found["office"]["staff"]] == [person.username]
    assert person.username not in given(found)  # of a namesake nothing is handed over
    assert {"names_in_posts", "chats"} <= set(found["not_counted"])
    assert [one["username"] for one in gathered("sari contoh 2", "name")["office"]["staff"]] == [second.username]
    assert gathered("sari contoh 2", "number")["office"]["staff"] == gathered("Sari Contohnya", "name")["office"]["staff"] == []
    assert gathered("pt rembulan karya contoh", "name")["register"] == [{"agency": "PT Rembulan Karya Contoh", "edition": 1}]
    assert gathered("+62 840 1111 2222", "number")["register"] == [{"agency": "PT Rembulan Karya Contoh", "edition": 1}]
    assert gathered("0840 1111 222", "number")["register"] == gathered("rembulan karya", "name")["register"] == []


def test_who_saw_it_is_told_by_office_and_role_and_never_by_name() -> None:
    [flag], other = held(), factories.person(Role.ANALYST, name="Dewi Contoh")
    indicator = models.Indicator.objects.get(kind="phone")
    reads: list[dict[str, Any]] = [
        {"target_kind": "flag", "target_id": str(flag.pk), "unmasked": True, "purpose": "triage"},
        {"target_kind": "flag", "target_id": str(flag.pk), "unmasked": True, "purpose": "triage", "at": NOW - timedelta(days=1)},
        {"target_kind": "indicator", "target_id": str(indicator.pk)},
        {"target_kind": "search", "target_id": "", "way": "search", "query_digest": requests.mark(NUMBER)},
        {"target_kind": "search", "target_id": "", "way": "search", "query_digest": requests.mark("+62 840-5550-0001")},  # the same
        {"target_kind": "search", "target_id": "", "way": "search", "query_digest": requests.mark("0840 5550 0002")},
        {"target_kind": "flag", "target_id": "999"},
        {"target_kind": "case", "target_id": str(flag.pk)},  # another thing with that key
    ]
    for one in reads:
        models.Consultation.objects.create(**{"person": other, "office": other.office, "role": other.role, "way": "page", "at": NOW, **one})
    seen = gathered()["seen_by"]
    assert {(one["way"], one["purpose"], one["unmasked"], one["times"]) for one in seen} == {
        ("page", "triage", True, 2),
        ("page", "", False, 1),
        ("search", "", False, 2),
    }
    assert {(one["in_office"], one["role"]) for one in seen} == {(other.office.short_name, "analyst")}
    assert next(one for one in seen if one["way"] == "page" and one["times"] == 2)["first"] == (NOW - timedelta(days=1)).isoformat()
    assert "Dewi" not in str(seen)


def test_a_showing_of_before_the_reading_log_is_told_from_the_audit_log() -> None:
    [flag], person = held(), factories.person()
    with transaction.atomic():
        looks.log("contact.shown", target=flag, by=person, now=NOW, after={"purpose": "request"})
    assert [(one["way"], one["purpose"], one["times"]) for one in gathered()["seen_by"]] == [("contact.shown", "request", 1)]
    log = {"person": person, "office": person.office, "role": person.role, "way": "page", "at": NOW - timedelta(days=1)}
    models.Consultation.objects.create(**log, target_kind="indicator", target_id=str(models.Indicator.objects.get(kind="phone").pk))
    assert [(one["way"], one["times"]) for one in gathered()["seen_by"]] == [("page", 1)]  # since there is one, once


def test_that_a_report_was_made_is_in_both_logs_without_what_it_is_about() -> None:
    held()
    by = officer()
    number = gathered(by=by)["about"]["request"]
    entry = models.AuditEntry.objects.get(verb="subject.reported")
    after = {"digest": requests.mark(NUMBER), "hits": 2, "about": "number", "request": number, "ran_by": "ppd-server"}
    assert (entry.actor_id, entry.after) == (by.pk, after)
    row = models.Consultation.objects.get()
    assert (row.person_id, row.way, row.target_kind, row.rows, row.unmasked) == (by.pk, "export", "subjectreport", 2, True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_PROTECTION_OFFICER])
def test_by_no_other_role_is_one_put_together(role: Role) -> None:
    by = officer()
    request = entered(by=by)
    models.Person.objects.filter(pk=by.pk).update(role=role)
    with pytest.raises(PermissionDenied):
        report.gather(number=request.number, value=NUMBER, ran_by="ppd-server", now=NOW)
    assert (models.AuditEntry.objects.filter(verb="subject.reported").count(), models.Consultation.objects.count()) == (0, 0)


def test_without_an_open_request_about_that_value_there_is_none() -> None:
    held()
    request = entered()
    answered = entered()
    requests.answer(
        request_id=answered.pk, outcome="refused", identity="id_card", answer="x", how="letter", by=answered.entered_by, now=NOW
    )
    for number, value, code in (
        (request.number, "  ", "report_value"),
        (request.number, "0840 5550 0002", "report_other"),
        ("PSD-26-9999", NUMBER, "report_request"),
        (answered.number, NUMBER, "report_closed"),
    ):
        with pytest.raises(RefusedError) as refused:
            report.gather(number=number, value=value, ran_by="ppd-server", now=NOW)
        assert refused.value.code == f"subject.{code}"
    models.Person.objects.filter(pk=request.entered_by_id).update(is_active=False)
    with pytest.raises(RefusedError):
        report.gather(number=request.number, value=NUMBER, ran_by="ppd-server", now=NOW)
    assert models.AuditEntry.objects.filter(verb="subject.reported").count() == 0


def test_behind_the_newest_posts_all_is_counted_and_lists_since_it_was_first_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST", 1)
    old, new = held(2)
    person = factories.person()
    cases.open_case(flag_ids=[confirmed(old, person).pk], title="Calo", by=person, now=NOW)
    row: dict[str, Any] = {"person": person, "office": person.office, "role": person.role, "rows": 5}
    models.Consultation.objects.create(**row, way="page", target_kind="flag", target_id=str(old.pk), at=NOW)
    models.Consultation.objects.create(
        **row, way="export", unmasked=True, target_kind="indicator", target_id="", at=NOW + timedelta(days=1)
    )
    models.Flag.objects.update(raised_at=NOW + timedelta(days=2))
    found = gathered()
    assert ([post["flag"]["number"] for post in found["posts"]], found["posts_in_all"]) == ([new.number], 2)
    assert (len(found["cases"]), [one["way"] for one in found["seen_by"]]) == (1, ["page"])
    assert found["left"]["lists_that_may_hold_it"] == [{"target_kind": "indicator", "times": 1}]


def test_it_names_the_files_for_peers_that_held_it_and_no_other(settings: Any) -> None:
    settings.SITE_URL = "https://patroli.example"
    (flag,) = held()
    person = factories.person()
    case = cases.open_case(flag_ids=[confirmed(flag, person).pk], title="Calo", by=person, now=NOW)
    made = asked.approved(case, person)
    assert gathered()["left"]["peers"] == []  # approved, and nothing left yet
    peers.take(export_id=made.pk, written_as="stix", by=person, now=carded.LATER)
    told = {"number": made.number, "peer": "Kementerian Contoh, Direktorat Pengendalian", "purpose": "block"}
    assert gathered()["left"]["peers"] == [told | {"taken": carded.LATER.isoformat()}]
    phone = models.Indicator.objects.get(kind="phone", sightings__post=flag.post_id)
    row = {"known_as": "agency", "reason": "Contoh.", "proposed_by": person, "proposed_at": NOW, "expires_on": carded.LATER.date()}
    models.Trusted.objects.create(indicator=phone, approved_by=factories.person("supervisor", "bp3mi-jabar"), approved_at=NOW, **row)
    with pytest.raises(RefusedError):
        peers.take(export_id=made.pk, written_as="misp", by=person, now=carded.LATER)
    assert len(gathered()["left"]["peers"]) == 1


@pytest.mark.parametrize("many", [1, 30])
def test_it_asks_as_much_for_one_post_as_for_thirty(many: int, django_assert_num_queries: Any) -> None:
    held(many)
    number = entered().number
    with django_assert_num_queries(30):
        assert len(report.gather(number=number, value=NUMBER, ran_by="ppd-server", now=NOW)["posts"]) == many


def test_its_large_tables_are_walked_by_their_indexes() -> None:
    """Without rows the database would rather read a table whole: it is told not to, and must then have an index for each."""
    keys, posts = [1, 2], [3, 4]
    asked = {
        "indicator_once": models.Indicator.objects.filter(kind="phone", value__in=["+6284055500001"]),
        "sighting_": models.Sighting.objects.filter(indicator__in=keys),
        "seen_once": models.Seen.objects.filter(post__in=posts),
        "audit_by_target": models.AuditEntry.objects.filter(target_type="flag", target_id__in=["3"]),
        "target_kind_target_id_at_idx": models.Consultation.objects.filter(target_kind="flag", target_id__in=["3"]),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for index, rows in asked.items():
            plan = rows.explain()
            assert (index, index in plan, "Seq Scan" in plan) == (index, True, False), plan
