"""What the reading log says of an answer: of pages, lists, searches, files; and what is no reading."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from patrol import models, search
from patrol.admin import consulted_at
from patrol.admin.supervisor import audit_words
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_access_walk import addresses

pytestmark = pytest.mark.django_db
SAID = ("way", "target_kind", "target_id", "of_office", "purpose", "unmasked", "rows", "query_digest")


def told(person: models.Person) -> list[tuple[Any, ...]]:
    """The rows of this person, in their order."""
    return list(models.Consultation.objects.filter(person=person).order_by("id").values_list(*SAID))


def flag_page(flag: models.Flag) -> str:
    return reverse("admin:patrol_flag_change", args=[flag.pk])


def test_a_page_is_a_row_of_its_thing_and_whose_it_is(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER, "bp3mi-sulsel")
    door(officer).get(flag_page(flag))
    assert told(officer) == [("page", "flag", str(flag.pk), flag.office_id, "", False, 1, "")]
    row = models.Consultation.objects.get()
    assert (row.office_id, row.role) == (officer.office_id, "officer")
    assert row.of_office_id != row.office_id


def test_under_a_lease_contacts_stand_in_full_for_the_work_and_with_a_purpose_for_that(door: Door) -> None:
    flag = factories.flag()
    holder, other = factories.person(), factories.person()
    client = door(holder)
    client.post(reverse("admin:patrol_flag_take", args=[flag.pk]))
    client.get(flag_page(flag))
    client = door(other)
    client.post(reverse("admin:patrol_flag_show", args=[flag.pk]), {"purpose": "comparison"})
    client.get(flag_page(flag))
    page = ("page", "flag", str(flag.pk), flag.office_id)
    assert (told(holder)[0], told(other)[0]) == ((*page, "triage", True, 1, ""), (*page, "comparison", True, 1, ""))


def test_the_answer_to_an_act_at_the_desk_is_a_row_of_the_post_it_shows(door: Door) -> None:
    first, second = sorted(factories.flags(2), key=lambda flag: -flag.pk)
    officer = factories.person()
    client = door(officer)
    client.post(reverse("admin:patrol_flag_take", args=[first.pk]))
    answer = client.post(reverse("admin:patrol_flag_next"), {"skip": first.pk}, headers={"X-Desk": "1"})
    assert answer.status_code == 200
    assert told(officer) == [("page", "flag", str(second.pk), second.office_id, "triage", True, 1, "")]


def test_the_rows_beside_a_flag_are_a_list_that_was_shown_with_it(door: Door) -> None:
    first, *_others = factories.flags(3)
    officer = factories.person()
    door(officer).get(flag_page(first))
    assert told(officer) == [
        ("page", "flag", str(first.pk), first.office_id, "", False, 1, ""),
        ("list", "flag", "", None, "", False, 3, ""),
    ]


def test_what_the_start_page_names_of_colleagues_is_a_list_that_was_read(door: Door) -> None:
    watcher, person = factories.person(Role.DATA_PROTECTION_OFFICER), factories.person()
    client, start = door(watcher), reverse("admin:index")
    client.get(start)
    assert told(watcher) == []
    now = factories.NOW
    models.UnusualReading.objects.create(person=person, why="own", day=now.date(), count=1, usual=0, found_at=now)
    client.get(start)
    assert told(watcher) == [("list", "unusualreading", "", None, "", False, 1, "")]


def test_a_list_is_one_row_with_how_many_it_had_and_an_empty_one_is_none(door: Door) -> None:
    officer = factories.person()
    listed = reverse("admin:patrol_flag_changelist")
    client = door(officer)
    client.get(listed)
    assert told(officer) == []
    factories.flags(3)
    client.get(listed)
    client.get(reverse("admin:patrol_post_changelist"))
    assert told(officer) == [("list", "flag", "", None, "", False, 3, ""), ("list", "post", "", None, "", False, 3, "")]


def test_of_a_search_the_keyed_digest_is_kept_also_where_it_leads_to_its_only_hit(door: Door) -> None:
    flag, officer = factories.flag(), factories.person()
    client = door(officer)
    find = reverse("admin:patrol_indicator_find")
    client.get(find)  # an empty box
    assert client.post(find, {"what": flag.number}).status_code == 302
    client.post(find, {"what": "0840 5550 9999"})
    client.get(reverse("admin:patrol_post_changelist"), {"q": "Kamboja"})
    asked = [search.digest(words) for words in (flag.number, "0840 5550 9999", "Kamboja")]
    assert [(row[0], row[1], row[-1]) for row in told(officer)] == [
        ("search", "search", asked[0]),
        ("search", "search", asked[1]),
        ("search", "post", asked[2]),
    ]
    assert told(officer)[0][-2] == 1


def test_a_file_of_a_list_says_whether_in_full_and_what_for(door: Door) -> None:
    factories.flags(2)
    analyst = factories.person(Role.ANALYST)
    client, taken = door(analyst), reverse("admin:patrol_flag_export")
    client.post(taken, {"format": "csv"})
    client.post(taken, {"format": "xlsx", "full": "on", "purpose": "case"})
    assert told(analyst) == [("export", "flag", "", None, "", False, 2, ""), ("export", "flag", "", None, "case", True, 2, "")]


def test_no_row_where_nothing_is_shown(door: Door) -> None:
    flag, officer = factories.flag(), factories.person()
    client = door(officer)
    client.head(flag_page(flag))
    client.get(reverse("admin:patrol_flag_change", args=[flag.pk + 1]))  # 404
    client.get(reverse("admin:patrol_post_change", args=[flag.post_id]))  # leads to the flag
    client.get(reverse("admin:patrol_flag_numbers"))
    client.get(reverse("admin:patrol_owncare_changelist"))
    client.get(reverse("admin:patrol_watch_sources"))
    assert told(officer) == []
    client.get(reverse("admin:patrol_flag_numbers"), {"rows": flag.pk})  # counters, and the queue with them
    assert told(officer) == [("list", "flag", "", None, "", False, 1, "")]


def test_each_name_of_the_table_is_an_address() -> None:
    names = {name.removeprefix("admin:") for name in addresses(get_resolver())}
    listed = consulted_at.WITHOUT | set(consulted_at.OTHERWISE) | consulted_at.IN_FULL
    assert listed - names == set()
    assert [table for table in consulted_at.WITHOUT_TABLES if not any(name.startswith(f"{table}_") for name in names)] == []


@pytest.mark.parametrize(
    ("name", "parts", "said"),
    [
        ("patrol_case_change", {"object_id": 7}, ("page", "case", "7", False)),
        ("patrol_referral_new", {"case_id": 7}, ("page", "case", "7", False)),
        ("patrol_referral_packet", {"referral_id": 7}, ("pdf", "referral", "7", True)),
        ("patrol_case_view_file", {"attachment_id": 7}, ("file", "caseattachment", "7", True)),
        ("patrol_importedfile_problems", {"import_id": 7}, ("file", "importedfile", "7", False)),
        ("patrol_subjectrequest_close", {"request_id": 7}, ("page", "subjectrequest", "7", False)),
        ("patrol_erasurerequest_approve", {"request_id": 7}, ("page", "erasurerequest", "7", False)),
        ("patrol_tip_reach", {"tip_id": 7}, ("page", "tip", "7", True)),
        ("patrol_auditentry_changelist", {}, ("list", "auditentry", "", True)),
        ("reports_weeklysummary_week_rows", {"office": "nasional"}, ("list", "flag", "", False)),
        ("reports_weeklysummary_week", {"office": "nasional", "week": "2026-W46"}, ("page", "weeklysummary", "nasional/2026-W46", False)),
        ("reports_weeklysummary_pdf", {"pk": 7}, ("pdf", "weeklysummary", "7", False)),
        ("patrol_whatever_is_new", {"whatever_id": 7}, ("page", "whatever", "7", False)),
    ],
)
def test_what_an_address_says_by_its_name(name: str, parts: dict[str, Any], said: tuple[str, str, str, bool]) -> None:
    class Match:
        view_name, kwargs = f"admin:{name}", parts

    found = consulted_at.shown(Match)  # type: ignore[arg-type]  # the two of it that are asked
    assert found is not None
    assert (found.way, found.kind, found.key, found.unmasked) == said


@pytest.mark.parametrize("name", ["login", "patrol_station_change", "patrol_referral_channels", "reports_weeklysummary_changelist"])
def test_what_shows_nobody_is_nothing(name: str) -> None:
    class Match:
        view_name, kwargs = f"admin:{name}", {"object_id": 7}

    assert consulted_at.shown(Match) is None  # type: ignore[arg-type]


def test_who_is_asked_first_who_sits_there_was_shown_nothing_yet(door: Door) -> None:
    analyst = factories.person(Role.ANALYST)
    factories.flag()
    client, taken = door(analyst), reverse("admin:patrol_flag_export")
    in_full = {"format": "csv", "full": "on", "purpose": "case"}
    session = client.session
    session.pop("fresh", None)
    session.save()
    assert client.post(taken, in_full).status_code == 200  # the form that asks
    assert told(analyst) == []


def noted() -> set[str]:
    """Kinds of things that the product's own code notes, as they are written there."""
    calls = (
        call
        for text in (path.read_text() for path in (settings.BASE_DIR / "patrol").rglob("*.py"))
        if "target=(" in text
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.keyword) and call.arg == "target" and isinstance(call.value, ast.Tuple)
    )
    kinds = (call.value.elts[0] for call in calls if isinstance(call.value, ast.Tuple))
    return {kind.value for kind in kinds if isinstance(kind, ast.Constant) and isinstance(kind.value, str)}


def test_each_thing_of_the_log_has_a_word() -> None:
    shown = (consulted_at._of(view, ()) for view in addresses(get_resolver()))
    kinds = {one[1] for one in shown if one is not None} | set(consulted_at._KINDS.values()) | noted()
    assert {"agency", "auditentry", "flag"} < kinds
    assert sorted(kinds - set(audit_words.THINGS)) == []
