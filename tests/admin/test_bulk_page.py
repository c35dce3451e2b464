"""The pages of bulk decisions: counted and shown first, sent once, watched, ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.infra import jobs
from patrol.infra.refusals import NUL
from patrol.models import Role
from patrol.triage import bulk
from tests import factories
from tests.admin.conftest import Door
from tests.markup import said_by
from tests.triage.acts import copies, flags
from tests.triage.test_bulk import LATER, begin, proposed, work

pytestmark = pytest.mark.django_db


def main(answer: Any) -> str:
    """The page without its frame."""
    return str(answer.content.decode().split('<div class="wb">', 1)[1])


def test_the_count_and_five_examples_stand_there_before_anything_is_asked(door: Door) -> None:
    copies(3)
    flags(9)
    officer = factories.person()
    text = main(door(officer).get(reverse("admin:patrol_bulk_add")))
    assert text.count("<li>") == bulk.EXAMPLES
    assert "checked" not in text
    assert models.Bulk.objects.count() == 0
    assert 'value="' + " ".join(f"{flag.pk}:{flag.version}" for flag in models.Flag.objects.order_by("id")[:1]) in text


def test_an_empty_filter_offers_no_decision(door: Door) -> None:
    text = main(door().get(reverse("admin:patrol_bulk_add"), {"level": "medium"}))
    assert 'name="said"' not in text


def test_what_was_shown_is_what_is_sent_and_done(door: Door) -> None:
    found, officer = flags(3), factories.person()
    client = door(officer)
    shown = client.get(reverse("admin:patrol_bulk_add")).context["tokens"]
    late = flags(1)  # came after the count: not part of it
    answer = client.post(reverse("admin:patrol_bulk_add"), {"rows": shown, "said": "confirmed:fraud", "note": ""})
    one = models.Bulk.objects.get()
    assert answer["Location"] == reverse("admin:patrol_bulk_change", args=[one.pk])
    running = client.get(answer["Location"])
    assert running["Refresh"] == "3"
    jobs.run({"bulk": bulk.run_job}, now=LATER)
    done = client.get(answer["Location"])
    assert "Refresh" not in done
    assert set(models.Flag.objects.filter(state="confirmed")) == set(found)
    assert models.Flag.objects.get(pk=late[0].pk).state == "waiting"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"rows": "1:1"},
        {"rows": "x", "said": "confirmed:fraud"},
        {"rows": "1:1:1 -4:2 ٣:1", "said": "confirmed:fraud"},
        {"rows": "999999:1", "said": "confirmed:fraud"},
        {"rows": "1:1", "said": "victim:asks"},
        {"rows": "1:1", "said": ":"},
    ],
)
def test_what_is_no_bulk_is_said_to_be_none(sent: dict[str, str], door: Door) -> None:
    flags(1)
    answer = door().post(reverse("admin:patrol_bulk_add"), sent, follow=True)
    assert answer.status_code == 200
    assert models.Bulk.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence", "beside"),
    [
        ({"said": "confirmed:lawful"}, "Nothing was decided: choose a reason, and say in the note what else it is.", "said"),
        ({"said": "dismissed:other", "note": " "}, "Nothing was decided: choose a reason, and say in the note what else it is.", "said"),
        ({}, "Nothing was decided: choose what these rows are.", "said"),
        ({"said": "confirmed:fraud", "note": "a\0b"}, NUL, "note"),
        ({"said": "confirmed:fraud", "rows": ""}, "Nothing was decided: there is no row here that you may decide.", ""),
    ],
)
def test_what_a_bulk_lacks_is_said_beside_its_field(sent: dict[str, Any], sentence: object, beside: str, door: Door) -> None:
    (flag,) = flags(1)
    client = door()
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("admin:patrol_bulk_add"), {"rows": f"{flag.pk}:{flag.version}"} | sent)
    with translation.override("en"):
        assert said_by(answer) == [(str(sentence), beside)]
    assert answer["Location"] == reverse("admin:patrol_bulk_add")
    assert models.Bulk.objects.count() == 0


@pytest.mark.parametrize(("note", "sentence"), [(" ", "Nothing was changed: write a note first."), ("a\0b", NUL)])
def test_who_refuses_or_takes_back_says_why(note: str, sentence: object, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, supervisor = factories.person(), factories.person("supervisor")
    waits, _found = proposed(officer, 3, monkeypatch)
    for verb, one, person in (("refuse", waits, supervisor), ("reverse", waits, supervisor)):
        client = door(person)
        client.cookies["django_language"] = "en"
        answer = client.post(reverse(f"admin:patrol_bulk_{verb}", args=[one.pk]), {"note": note})
        with translation.override("en"):
            assert said_by(answer) == [(str(sentence), "note")]
        assert answer["Location"] == reverse("admin:patrol_bulk_change", args=[one.pk])
    waits.refresh_from_db()
    assert (waits.state, waits.ended_note) == ("proposed", "")


def test_a_second_person_sees_what_it_is_and_approves(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, supervisor = factories.person(), factories.person("supervisor")
    one, found = proposed(officer, 3, monkeypatch)
    page = reverse("admin:patrol_bulk_change", args=[one.pk])
    approve = reverse("admin:patrol_bulk_approve", args=[one.pk])
    assert approve not in main(door(officer).get(page))
    text = main(door(supervisor).get(page))
    assert approve in text
    assert all(flag.number in text for flag in found)
    door(supervisor).post(approve)
    work()
    assert models.Bulk.objects.get().state == "done"


@pytest.mark.parametrize(
    ("some", "query", "said"),
    [
        (False, {}, "Belum ada keputusan massal."),
        (False, {"show": "mine"}, "Tidak ada keputusan massal yang menunggu Anda."),
        (True, {"show": "mine"}, "Tidak ada keputusan massal yang menunggu Anda."),
        (True, {}, ""),
    ],
)
def test_an_empty_list_says_of_what_it_is_empty(some: bool, query: dict[str, str], said: str, door: Door) -> None:
    if some:
        begin(flags(3), factories.person())
    text = main(door(Role.SUPERVISOR).get(reverse("admin:patrol_bulk_changelist"), query))
    sentences = ("Belum ada keputusan massal.", "Tidak ada keputusan massal yang menunggu Anda.")
    assert [one for one in sentences if one in text] == [said] * bool(said)


def test_taken_back_as_a_whole_with_a_reason(door: Door) -> None:
    officer = factories.person()
    one = begin(flags(2), officer)
    work()
    back = reverse("admin:patrol_bulk_reverse", args=[one.pk])
    door(officer).post(back, {"note": " "})
    assert models.Bulk.objects.get().state == "done"
    door(officer).post(back, {"note": "keliru"})
    work()
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    answer = door(officer).post(back, {"note": "lagi"}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_with_one_and_thirty_rows(count: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    client = door(officer)
    found = flags(count)
    for name, args, queries in (("add", [], ADDING), ("changelist", [], LISTING), ("change", None, SHOWING)):
        if name == "changelist":
            made = [begin(found, officer) for _ in range(count)]
        address = reverse(f"admin:patrol_bulk_{name}", args=[made[0].pk] if args is None else args)
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


ADDING, LISTING, SHOWING = 10, 7, 11
