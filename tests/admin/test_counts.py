"""A list costs the same with one row and with thirty."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from patrol import cases, models, triage, watches
from patrol.cases import law, task_lines, tasks
from patrol.guides import editions
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.privacy import requests
from patrol.watches import credentials, packs, proposing
from tests import factories
from tests.admin.conftest import Door


def case_of(flag: Any, by: Any) -> Any:
    triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="several",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=factories.NOW,
    )
    return cases.open_case(flag_ids=[flag.pk], title="Contoh", by=by, now=factories.NOW)


def filled(rows: int) -> models.Person:
    """As many rows as that in each list. Returns the officer whose they are."""
    officer = factories.person(Role.OFFICER)
    for flag in factories.flags(rows):
        case = case_of(flag, officer)
        tasks.add(case_id=case.pk, title="Tugas", person_id=officer.pk, due_at=factories.NOW, by=officer, now=factories.NOW)
    factories.flags(rows)
    for n in range(rows):
        station = models.Station.objects.create(office=officer.office, name=f"P4MI {n}")
    models.Person.objects.update(station=station)
    for _ in range(rows - 1):
        factories.person(Role.OFFICER, station=station)
        factories.watch(station=station, daily_quota=10, windows=[{"days": [0], "from": "08:00", "to": "16:00"}])
    for n in range(rows):
        wanted = watches.Wanted(name=f"Usulan {n}", query=f"usulan_{n}_contoh", office_id=officer.office_id, every_seconds=900)
        proposing.propose(platform="telegram", kind="", wanted=wanted, why="Tiga aduan.", by=officer, now=factories.NOW)
    by, analyst = factories.person(Role.ADMINISTRATOR), factories.person(Role.ANALYST)
    for n in range(rows):
        task_lines.add(kind="compound", title=f"Baris {n}", title_en="", days=1, goes_to="opener", by=None, now=factories.NOW)
        packs.add(name=f"Paket {n}", about="other", words=["kata"], by=None, now=factories.NOW)
        values = {field.key: "nilai-contoh" for field in credentials.fields("youtube")}
        credentials.add(platform="youtube", name=f"Kunci {n}", values=values, last_day=None, by=by, now=factories.NOW)
        said = {f"{part}_{language}": "Isi" for part in editions.MOST for language in editions.LANGUAGES} | {"sources": "Contoh"}
        day = factories.NOW.date()
        editions.publish(key=f"bacaan-{n}", section="leaving", checked_on=day, seen=0, **said, by=analyst, now=factories.NOW)
        words = {"number": f"{n} bis", "beside": "", "title_id": "rekaan", "title_en": "invented", "reason": ""}
        act = models.Act.objects.get(key="uu-18-2017").pk
        law.add_article(act_id=act, act_short="", act_title="", **words, by=analyst, now=factories.NOW)
        models.Tip.objects.create(
            office=officer.office, kind="advert", words=f"Iklan {n}", danger=True, at=factories.NOW, waits_since=factories.NOW
        )
    guardian = factories.person(Role.DATA_PROTECTION_OFFICER)
    asked: dict[str, Any] = {"question": "access", "about": "name", "note": "", "how": "letter", "identity": "not_yet"}
    for n in range(rows):
        found = {"why": "outside", "day": factories.NOW.date(), "count": n + 1, "usual": 0, "found_at": factories.NOW}
        models.UnusualReading.objects.create(person=factories.person(), **found)
        requests.enter(value=f"Nama {n}", asked_at=factories.NOW, **asked, by=guardian, now=factories.NOW)
    factories.watch(daily_quota=10)
    return officer


class TestLists:
    @pytest.fixture(scope="class")
    @classmethod
    def officer(cls, request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[models.Person]:
        """Of one world for all lists: to fill them costs as much as forty pages."""
        with django_db_blocker.unblock(), transaction.atomic():
            yield filled(request.param)
            transaction.set_rollback(True)

    @pytest.mark.parametrize("officer", [1, 30], indirect=True)
    @pytest.mark.parametrize(
        ("role", "name", "queries"),
        [
            (Role.OFFICER, "index", 17),
            (Role.OFFICER, "patrol_flag_changelist", 10),
            (Role.ANALYST, "patrol_flag_changelist", 11),
            (Role.OFFICER, "patrol_post_changelist", 9),
            (Role.OFFICER, "patrol_indicator_changelist", 8),
            (Role.OFFICER, "patrol_watch_changelist", 10),
            (Role.ADMINISTRATOR, "patrol_watch_changelist", 8),
            (Role.OFFICER, "patrol_watchproposal_changelist", 9),
            (Role.ADMINISTRATOR, "patrol_watchproposal_changelist", 8),
            (Role.OFFICER, "patrol_watch_sources", 5),
            (Role.ANALYST, "patrol_keywordpack_changelist", 5),
            (Role.ANALYST, "patrol_taskline_changelist", 5),
            (Role.ADMINISTRATOR, "patrol_credential_changelist", 4),
            (Role.ANALYST, "patrol_article_changelist", 7),
            (Role.ANALYST, "patrol_lettertemplate_changelist", 7),
            (Role.ANALYST, "patrol_guide_changelist", 5),
            (Role.OFFICER, "patrol_case_changelist", 11),
            (Role.ANALYST, "patrol_case_changelist", 12),
            (Role.OFFICER, "patrol_tip_changelist", 8),
            (Role.ANALYST, "patrol_tip_changelist", 8),
            (Role.OFFICER, "patrol_protection_changelist", 7),
            (Role.ADMINISTRATOR, "patrol_person_changelist", 6),
            (Role.ADMINISTRATOR, "patrol_office_changelist", 4),
            (Role.OFFICER, "patrol_station_changelist", 5),
            (Role.ADMINISTRATOR, "patrol_auditentry_changelist", 10),
            (Role.DATA_PROTECTION_OFFICER, "patrol_subjectrequest_changelist", 5),
            (Role.DATA_PROTECTION_OFFICER, "patrol_unusualreading_changelist", 5),
        ],
    )
    def test_they_ask_as_much_for_one_row_as_for_thirty(
        self, role: str, name: str, queries: int, officer: models.Person, door: Door, django_assert_num_queries: Any
    ) -> None:
        client = door(officer if role == Role.OFFICER else role)
        with django_assert_num_queries(queries):
            assert client.get(reverse(f"admin:{name}")).status_code == 200


@pytest.mark.parametrize(("rows", "queries"), [(1, 24), (2, 26), (30, 26)])
def test_the_page_of_a_flag(rows: int, queries: int, door: Door, django_assert_num_queries: Any) -> None:
    """However many other posts share its contact and however many versions it has: one renews the lease, one more where its
    text stands elsewhere."""
    texts = [f"{factories.ILLEGAL.format(phone='0840 5550 0001')} Kota {n}." for n in range(rows)]
    posts = factories.stored([factories.raw_post(text) for text in texts])
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    client = door(Role.OFFICER)
    law.offered(factories.NOW)  # kept from then on
    with django_assert_num_queries(queries):
        assert client.get(reverse("admin:patrol_flag_change", args=[posts[0].flag.pk])).status_code == 200
