"""What the forms of the desk read. What a verb then does or refuses is tested with its page, in test_desk.py."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from django.http import QueryDict
from django.utils.timezone import localtime, now, override

from patrol.admin.officer import desk_forms
from patrol.admin.officer.desk_forms import LeaseForm
from patrol.triage import own_settings

UNTIL = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=7)))
NEVER = datetime(1, 1, 1, tzinfo=UTC)
NO_TOKEN = ["token=", "token=gestern", "token=2026-03-01T09:30:00", "token=%00"]  # the third without its zone


def lease(query: str) -> tuple[datetime | None, bool]:
    told = LeaseForm(QueryDict(query)).told()
    return told["token"], told["beacon"]


def test_a_lease_is_named_by_the_moment_it_ran_until() -> None:
    sent = QueryDict(mutable=True)
    sent["token"] = UNTIL.isoformat()
    assert lease(sent.urlencode()) == (UNTIL, False)
    sent["beacon"] = "1"
    assert lease(sent.urlencode()) == (UNTIL, True)


def test_a_page_that_names_none_lets_go_of_whichever_it_is_unless_it_is_closed() -> None:
    assert lease("") == (None, False)
    assert lease("beacon=1") == (NEVER, True)


@pytest.mark.parametrize("sent", NO_TOKEN)
def test_what_is_no_moment_fits_no_lease(sent: str) -> None:
    assert (lease(sent), lease(f"{sent}&beacon=1")) == ((NEVER, False), (NEVER, True))


@pytest.mark.parametrize(("sent", "before"), [("from=7", 7), ("from=", None), ("", None), ("from=-7", None)])
def test_the_post_before_has_a_number_or_is_none(sent: str, before: int | None) -> None:
    assert desk_forms.TakeForm(QueryDict(sent)).told() == {"token": None, "beacon": False, "again": False, "from": before}


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ("until=days&note=Menunggu", set()),
        ("until=weeks&note=Menunggu", {"until"}),
        ("until=days&note=+", {"note"}),
        ("until=days&note=a%00b", {"note"}),
        ("", {"until", "note"}),
    ],
)
def test_putting_off_takes_a_time_of_the_list_and_a_note(sent: str, errors: set[str]) -> None:
    assert set(desk_forms.SnoozeForm(QueryDict(sent)).errors) == errors


@pytest.mark.parametrize(("until", "hours"), [("hours", 4), ("days", 72), ("week", 168)])
def test_what_is_put_off_comes_back_after_so_many_hours(until: str, hours: int) -> None:
    form = desk_forms.SnoozeForm(QueryDict(f"until={until}&note=Menunggu"))
    before, valid, after = now(), form.is_valid(), now()
    assert valid
    assert before <= form.cleaned_data["until"] - timedelta(hours=hours) <= after


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura"])
def test_the_morning_is_the_next_day_at_eight_where_the_office_is(zone: str) -> None:
    form = desk_forms.SnoozeForm(QueryDict("until=morning&note=Menunggu"))
    with override(zone):
        before, valid, after = localtime(), form.is_valid(), localtime()
    assert valid
    until = form.cleaned_data["until"]
    assert (before + timedelta(days=1)).date() <= until.date() <= (after + timedelta(days=1)).date()
    assert (until.time(), until.tzinfo) == (time(8), before.tzinfo)


@pytest.mark.parametrize(("sent", "seen"), [("seen_version=0", 0), ("seen_version=x", -1), ("", -1)])
def test_a_form_that_does_not_say_which_version_it_saw_fits_none(sent: str, seen: int) -> None:
    form = desk_forms.SnoozeForm(QueryDict(f"until=days&note=Menunggu&{sent}"))
    assert (form.is_valid(), form.cleaned_data["seen_version"]) == (True, seen)


@pytest.mark.parametrize(("sent", "errors"), [("purpose=comparison", set()), ("purpose=Comparison", {"purpose"}), ("", {"purpose"})])
def test_contacts_are_shown_for_a_purpose_of_the_list(sent: str, errors: set[str]) -> None:
    assert set(desk_forms.PurposeForm(QueryDict(sent)).errors) == errors


@pytest.mark.parametrize(
    ("sent", "told"), [("skip=7", (7, "")), ("after=a.b", (None, "a.b")), ("skip=x&after=%00", (None, "\0")), ("", (None, ""))]
)
def test_the_next_one_comes_after_one_that_is_passed_over_or_a_place(sent: str, told: tuple[int | None, str]) -> None:
    assert tuple(desk_forms.NextForm(QueryDict(sent)).told().values()) == told


def test_the_keys_are_those_of_every_act_as_they_were_typed() -> None:
    laid = {**own_settings.KEYS, "skip": "w"}
    told = desk_forms.KeysForm(QueryDict("confirm=J&ask=&on=on&elsewhere=x"), laid=laid).told()
    assert told == laid | {"confirm": "J", "ask": "", "on": True, "as_delivered": False}


@pytest.mark.parametrize(("sent", "again"), [("again=1", True), ("again=", False), ("", False)])
def test_the_tour_is_seen_unless_it_is_asked_for_again(sent: str, again: bool) -> None:
    assert desk_forms.TourForm(QueryDict(sent)).told() == {"again": again}


def test_the_name_of_a_filter_is_free_words() -> None:
    assert desk_forms.FilterForm(QueryDict("name=+Tinggi+")).told() == desk_forms.FilterForm(QueryDict("name=Tinggi")).told()
    assert set(desk_forms.FilterForm(QueryDict("name=a%00b")).errors) == {"name"}
