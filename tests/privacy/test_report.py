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
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.privacy import report, requests
from tests import factories

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


def gathered(value: str = NUMBER, kind: str = "number", by: models.Person | None = None) -> dict[str, Any]:
    return report.gather(value=value, kind=kind, by=by or officer(), now=NOW)


def confirmed(flag: models.Flag, by: models.Person) -> models.Flag:
    told: dict[str, Any] = {"reason": "several", "note": "", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    triage.decide(flag_id=flag.pk, outcome="confirmed", **told, by=by, now=NOW)
    return models.Flag.objects.get(pk=flag.pk)


def test_a_number_with_its_posts_where_they_came_from_and_what_became_of_them() -> None:
    by, person, watch = officer(), factories.person(), factories.watch()
    flag = confirmed(held(of=watch)[0], person)
    case = cases.open_case(flag_ids=[flag.pk], title="Calo", by=person, now=NOW)
    entered = requests.enter(
        question="access", about="number", value="0840  5550 0001", note="", asked_at=NOW, how="letter", identity="id_card", by=by, now=NOW
    )
    found = gathered(by=by)
    [indicator] = found["indicators"]
    assert (indicator["kind"], indicator["bore_the_name_once"]) == ("phone", False)
    assert indicator["value"] == models.Indicator.objects.get(kind="phone").value
    [post] = found["posts"]
    assert post["stands_as"] == ["contact"]
    assert [(way["by"], way["office"]) for way in post["came_by"]] == [("watch", watch.office.short_name)]
    assert post["flag"] == {"number": flag.number, "office": flag.office.short_name, "state": "confirmed"}
    assert flag.post.url not in str(found)  # it names whoever wrote it
    assert found["cases"] == [{"number": case.number, "office": case.office.short_name, "open": True}]
    assert "Calo" not in str(found)
    assert (found["requests"], found["posts_in_all"]) == ([entered.number], 1)


def test_a_number_nobody_knows_and_one_that_shares_digits_find_nothing() -> None:
    held()
    assert len(gathered()["posts"]) == 1
    for near in ("0840 5550 0002", "0840 5550 001", "840 5550 00011", "5550 0001", "0899 1234 5678"):
        found = gathered(near)
        assert (near, found["indicators"], found["posts"], found["posts_in_all"], found["seen_by"]) == (near, [], [], 0, [])


def test_what_is_asked_as_one_kind_is_not_looked_for_as_another() -> None:
    held()
    assert gathered(kind="account")["indicators"] == gathered(kind="name")["indicators"] == []
    assert len(gathered(kind="")["indicators"]) == 1


def test_a_post_of_somebody_protected_is_left_out_until_that_is_closed() -> None:
    one, other = held(2)
    kept = models.Protection.objects.create(flag=one, office=one.office, by=factories.person(), at=NOW)
    found = gathered()
    assert [post["flag"]["number"] for post in found["posts"]] == [other.number]
    assert one.number not in str(found)
    assert found["left_out"] == {"protected_posts": 1}
    models.Protection.objects.filter(pk=kept.pk).update(state="closed", ending="helped", closed_at=NOW, closed_by=kept.by)
    assert gathered()["left_out"] == {"protected_posts": 0}


def test_the_own_account_stands_in_full_and_one_that_only_bore_its_name_is_masked() -> None:
    [post] = factories.stored([factories.illegal(author="rani_contoh", author_name="Rani", posted_at=NOW)])
    assessing.read_due(now=NOW, limit=500)
    found = gathered("@rani_contoh", "account")
    assert [one["value"] for one in found["indicators"]] == ["telegram:rani_contoh"]
    assert [one["address"] for one in found["posts"]] == [post.url]  # its own
    other = models.Indicator.objects.create(kind="account", value="telegram:budi_baru", own_id="telegram:77", first_seen=NOW, last_seen=NOW)
    models.AccountName.objects.create(indicator=other, name="telegram:rani_contoh", first_seen=NOW, last_seen=NOW)
    found = gathered("@rani_contoh", "account")
    assert [one["bore_the_name_once"] for one in found["indicators"]] == [False, True]
    assert "budi_baru" not in str(found)


def test_a_name_of_staff_of_the_register_and_of_whoever_objected() -> None:
    person = factories.person(name="Sari Contoh")
    factories.register([{"name": "PT Rembulan Karya Contoh", "phones": ["0840-1111-2222"]}], [])
    assert [one["username"] for one in gathered("sari contoh", "name")["staff"]] == [person.username]
    assert gathered("sari contoh", "number")["staff"] == gathered("Sari Contohnya", "name")["staff"] == []
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
        ("search", "", False, 1),
    }
    assert {(one["in_office"], one["role"]) for one in seen} == {(other.office.short_name, "analyst")}
    assert next(one for one in seen if one["times"] == 2)["first"] == (NOW - timedelta(days=1)).isoformat()
    assert "Dewi" not in str(seen)


def test_a_showing_of_before_the_reading_log_is_told_from_the_audit_log() -> None:
    [flag], person = held(), factories.person()
    with transaction.atomic():
        looks.log("contact.shown", target=flag, by=person, now=NOW, after={"purpose": "request"})
    assert [(one["way"], one["purpose"], one["times"]) for one in gathered()["seen_by"]] == [("contact.shown", "request", 1)]


def test_that_a_report_was_made_is_in_both_logs_without_what_it_is_about() -> None:
    held()
    by = officer()
    gathered(by=by)
    entry = models.AuditEntry.objects.get(verb="subject.reported")
    assert (entry.actor_id, entry.after) == (by.pk, {"digest": requests.mark(NUMBER), "hits": 2, "about": "number"})
    row = models.Consultation.objects.get()
    assert (row.person_id, row.way, row.target_kind, row.rows, row.unmasked) == (by.pk, "export", "subjectreport", 2, True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_PROTECTION_OFFICER])
def test_no_other_role_puts_one_together(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        gathered(by=factories.person(role, "directorate"))
    assert (models.AuditEntry.objects.count(), models.Consultation.objects.count()) == (0, 0)


def test_without_a_value_there_is_nothing_to_look_for() -> None:
    with pytest.raises(RefusedError):
        gathered("  ")
    assert models.AuditEntry.objects.count() == 0


@pytest.mark.parametrize("many", [1, 30])
def test_it_asks_as_much_for_one_post_as_for_thirty(many: int, django_assert_num_queries: Any) -> None:
    by = officer()
    held(many)
    with django_assert_num_queries(23):
        assert len(gathered(by=by)["posts"]) == many


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
