"""The desk without a browser: what a GET may not do, what a lease shows, filters, look-alikes, putting off, own keys."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import loader
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from patrol import models, triage
from patrol.admin.officer import flag_page
from patrol.cases import law
from patrol.infra import jobs
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.triage import bulk, care, chance, own_settings, together
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, decide, english, said
from tests.markup import only, read, value_of
from tests.triage import acts

X_DESK = {"x-desk": "1"}


def page(client: Client, flag: models.Flag) -> BeautifulSoup:
    return BeautifulSoup(client.get(address("patrol_flag_change", flag.pk), headers=X_DESK).content, "html.parser")


def holder(flag: models.Flag) -> models.Person | None:
    return models.Flag.objects.select_related("lease_person").get(pk=flag.pk).lease_person


# --- the lease -------------------------------------------------------------------------------------


def test_looking_takes_nothing_and_opening_does(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER)
    client = door(officer)
    client.get(address("patrol_flag_changelist"))
    page(client, flag)
    assert holder(flag) is None
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()
    client.post(address("patrol_flag_take", flag.pk))
    assert holder(flag) == officer
    assert page(client, flag).select_one("[data-held]") is not None


@pytest.mark.parametrize(("code", "named"), [("bp3mi-jabar", True), ("bp3mi-aceh", False), ("directorate", True)])
def test_who_has_a_post_open_is_named_to_the_own_side(code: str, named: bool, door: Door) -> None:
    flag = factories.flag()
    door(factories.person(Role.OFFICER, name="Sari Contoh")).post(address("patrol_flag_take", flag.pk))
    shown = page(door(Role.SUPERVISOR, code=code), flag)
    assert ("Sari Contoh" in shown.text) is named
    assert (shown.select_one(".lease") is not None) is named


def test_opening_another_lets_go_of_the_one_before(door: Door) -> None:
    one, two = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    client = door(officer)
    client.post(address("patrol_flag_take", one.pk))
    client.post(address("patrol_flag_take", two.pk), {"from": one.pk})
    assert (holder(one), holder(two)) == (None, officer)


def looks() -> list[dict[str, Any]]:
    """What was logged of contacts shown, with whom and of what."""
    return [{"by": one.actor_id, "of": one.target_id, **one.after} for one in models.AuditEntry.objects.filter(verb="contact.shown")]


@pytest.mark.parametrize("way", ["row", "next", "skip", "decision", "undo"])
def test_opening_from_the_queue_shows_the_contacts_logged_once_a_lease_and_gone_with_it(way: str, door: Door) -> None:
    first, flag = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    client = door(officer)
    assert flag.post.url not in page(client, flag).text
    match way:
        case "row":
            client.post(address("patrol_flag_take", flag.pk))
        case "next":
            flag = first
            client.post(address("patrol_flag_next"))
        case "skip":
            client.post(address("patrol_flag_next"), {"skip": first.pk})
        case "decision":
            decide(client, first)
        case "undo":
            decide(client, flag)
            client.post(address("patrol_flag_undo", models.Decision.objects.get(flag=flag).pk))
    own = {"by": officer.pk, "of": str(flag.pk), "purpose": "triage"}
    assert [one for one in looks() if one["of"] == str(flag.pk)] == [own]
    shown = page(client, flag)
    assert flag.post.url in shown.text
    assert shown.select_one("[data-shown]") is not None
    client.post(address("patrol_flag_show", flag.pk))
    client.post(address("patrol_flag_take", flag.pk))
    client.post(address("patrol_flag_renew", flag.pk), {"seen_version": flag.version})
    assert [one for one in looks() if one["of"] == str(flag.pk)] == [own]
    run_out(flag)
    hidden = page(client, flag)
    assert flag.post.url not in hidden.text
    assert hidden.select_one("[data-shown]") is None


def test_a_page_that_takes_up_again_what_it_held_shows_nothing_until_asked(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER)
    client = door(officer)
    client.post(address("patrol_flag_take", flag.pk), {"again": "1"})
    assert holder(flag) == officer
    assert flag.post.url not in page(client, flag).text
    for _again in range(2):
        client.post(address("patrol_flag_show", flag.pk))
        assert flag.post.url in page(client, flag).text
    assert looks() == [{"by": officer.pk, "of": str(flag.pk), "purpose": "triage"}]


def test_who_wants_to_be_asked_sees_the_contacts_after_t(door: Door) -> None:
    one, two = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    care.choose(veil="", break_minutes=None, break_severe=None, spared=False, contacts_asked=True, language="", by=officer)
    client = door(officer)
    client.post(address("patrol_flag_next"))
    client.post(address("patrol_flag_take", two.pk))
    for flag in (one, two):
        assert holder(flag) == officer
        assert flag.post.url not in page(client, flag).text
    assert looks() == []
    client.post(address("patrol_flag_show", two.pk))
    assert (one.post.url in page(client, one).text, two.post.url in page(client, two).text) == (False, True)
    assert looks() == [{"by": officer.pk, "of": str(two.pk), "purpose": "triage"}]


def test_a_post_with_a_contact_of_somebody_harmed_stays_masked_and_asks_what_for(door: Door) -> None:
    """Also for the holder in the office that protects them; elsewhere it shows nothing at all."""
    plea, flag = factories.flags(2, author="akun_korban")
    officer, stranger = factories.person(Role.OFFICER), factories.person(Role.OFFICER, code="bp3mi-ntb")
    acts.decide(plea, officer, "victim", "asks", note="Minta dipulangkan.")
    client = english(door(officer))
    client.post(address("patrol_flag_take", flag.pk))
    assert holder(flag) == officer
    assert flag.post.url not in page(client, flag).text
    assert said(client.post(address("patrol_flag_show", flag.pk)))[-1] == "Say what the numbers are for: it is logged."
    assert looks() == []
    client.post(address("patrol_flag_show", flag.pk), {"purpose": "question"})
    assert flag.post.url in page(client, flag).text
    assert looks() == [{"by": officer.pk, "of": str(flag.pk), "purpose": "question"}]
    assert door(stranger).post(address("patrol_flag_show", flag.pk), {"purpose": "question"}).status_code == 403


def test_who_does_not_work_on_it_says_what_for(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER, code="bp3mi-aceh"))
    assert said(client.post(address("patrol_flag_show", flag.pk)))[-1] == "Say what the numbers are for: it is logged."
    client.post(address("patrol_flag_show", flag.pk), {"purpose": "comparison"})
    assert flag.post.url in page(client, flag).text
    assert models.AuditEntry.objects.get(verb="contact.shown").after == {"purpose": "comparison"}


@pytest.mark.parametrize("held", [False, True])
def test_a_page_knows_how_long_what_was_asked_for_is_shown(held: bool, door: Door) -> None:
    plea, flag = factories.flags(2, author="akun_korban")
    officer = factories.person(Role.OFFICER)
    acts.decide(plea, officer, "victim", "asks", note="Minta dipulangkan.")
    client = door(officer)
    if held:
        client.post(address("patrol_flag_take", flag.pk))
    masked = only(page(client, flag), "[data-state]")
    assert ("data-seconds" in masked.attrs, "data-shown" in masked.attrs) == (held, False)
    client.post(address("patrol_flag_show", flag.pk), {"purpose": "question"})
    session = client.session
    session["shown"] = {**session["shown"], "until": timezone.now().timestamp() + 60}
    session.save()
    shown = only(page(client, flag), "[data-state]")
    assert ("data-shown" in shown.attrs, 30 < int(value_of(shown, "data-seconds")) <= 60) == (True, True)
    if held:
        renewed = client.post(address("patrol_flag_renew", flag.pk)).json()
        assert (renewed["shown"], 30 < renewed["seconds"] <= 60) == (True, True)


def test_the_key_that_shows_is_named_where_something_is_hidden(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    assert "show number" in only(page(client, flag), ".hints").text
    client.post(address("patrol_flag_take", flag.pk))
    assert "show number" not in only(page(client, flag), ".hints").text


def test_a_lease_is_renewed_by_its_holder_alone(door: Door) -> None:
    flag = factories.flag()
    client = door(Role.OFFICER)
    client.post(address("patrol_flag_take", flag.pk))
    renewed = client.post(address("patrol_flag_renew", flag.pk)).json()
    assert (set(renewed), renewed["shown"]) == ({"until", "token", "seconds", "shown"}, True)
    assert door(Role.OFFICER).post(address("patrol_flag_renew", flag.pk)).status_code == 409
    leaving = {"beacon": "1", "token": renewed["token"]}
    assert client.post(address("patrol_flag_release", flag.pk), leaving).status_code == 204
    assert holder(flag) is None


def run_out(flag: models.Flag) -> None:
    with connection.cursor() as cursor:
        past = "UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s"
        cursor.execute(past, [flag.pk])


def test_a_page_that_is_left_lets_go_only_of_what_no_other_page_renewed(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER)
    client = door(officer)
    client.post(address("patrol_flag_take", flag.pk))

    def token(**headers: Any) -> str:
        html = client.get(address("patrol_flag_change", flag.pk), **headers).content
        return value_of(only(BeautifulSoup(html, "html.parser"), "[data-state]"), "data-token")

    first = token()
    assert token(headers=X_DESK) == first  # an exchange within the page is no other page
    second = token()
    assert second != first
    for left in (first, "", "gestern", "2026-01-01T00:00:00"):
        client.post(address("patrol_flag_release", flag.pk), {"beacon": "1", "token": left})
        client.post(address("patrol_flag_take", flag.pk), {"from": flag.pk, "token": left})
    client.post(address("patrol_flag_release", flag.pk), {"beacon": "1"})
    assert holder(flag) == officer
    assert flag.post.url in page(client, flag).text  # and its numbers are shown still
    other = factories.flag()
    client.post(address("patrol_flag_take", other.pk), {"from": flag.pk, "token": first})
    assert holder(flag) == officer
    client.post(address("patrol_flag_take", other.pk), {"from": flag.pk, "token": token()})
    assert holder(flag) is None


def test_a_lease_that_ran_out_is_taken_up_again_unless_something_came_in_between(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER)
    client = door(officer)
    client.post(address("patrol_flag_take", flag.pk))
    renew = address("patrol_flag_renew", flag.pk)
    seen = {"seen_version": flag.version}
    run_out(flag)
    assert client.post(renew).status_code == 409  # it does not say what it saw
    assert client.post(renew, {"seen_version": flag.version + 1}).status_code == 409
    assert client.post(renew, seen).json()["shown"] is False  # another lease, under which nobody asked yet
    assert (holder(flag), len(looks())) == (officer, 1)
    run_out(flag)
    for token in ({}, {"token": "gestern"}, {"token": (timezone.now() - timedelta(seconds=1)).isoformat()}):  # a page that slept
        assert client.post(renew, {**seen, "shown": "1", **token}).json()["shown"] is False
        assert (holder(flag), len(looks())) == (officer, 1)
        run_out(flag)
    token = {"token": (timezone.now() + timedelta(minutes=1)).isoformat()}  # another page of the same person let go of it
    assert client.post(renew, {**seen, **token}).json()["shown"] is False
    run_out(flag)
    assert client.post(renew, {**seen, "shown": "1", **token}).json()["shown"] is True
    assert len(looks()) == 2
    run_out(flag)
    door(Role.SUPERVISOR).post(address("patrol_flag_take", flag.pk))
    assert client.post(renew, seen).status_code == 409
    models.Flag.objects.filter(pk=flag.pk).update(lease_person=None, lease_since=None, lease_until=None)
    decide(client, flag)
    assert client.post(renew, {"seen_version": flag.version + 1}).status_code == 409


def test_a_verb_that_is_opened_leads_to_its_post(door: Door) -> None:
    flag = factories.flag()
    client = door(Role.OFFICER)
    for name in ("decide", "snooze", "open_case", "escalate", "hand_over", "take", "renew", "release"):
        answer = client.get(address(f"patrol_flag_{name}", flag.pk) + "?level=high")
        assert answer["Location"] == address("patrol_flag_change", flag.pk) + "?level=high", name
    assert client.get(address("patrol_flag_next"))["Location"] == address("patrol_flag_changelist")
    assert holder(flag) is None
    assert client.get(address("patrol_flag_decide", 987_654_321)).status_code == 404
    for number in (2**63, 10**20):  # larger than a row's can be
        assert client.get(address("patrol_flag_change", number)).status_code == 404, number
    assert door(Role.REGISTRAR).get(address("patrol_flag_decide", flag.pk)).status_code == 404


def test_a_post_that_changed_says_so_and_names_nobody(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    models.Flag.objects.filter(pk=flag.pk).update(version=flag.version + 1)
    decide(client, flag)
    assert said(client.get(address("patrol_flag_change", flag.pk))) == [
        "Nothing was changed: this post changed after you opened it. Look at it again."
    ]


def test_the_next_one_is_free_and_skipping_goes_round(door: Door) -> None:
    one, two = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    client, other = door(officer), door(factories.person(Role.OFFICER))
    assert client.post(address("patrol_flag_next"))["Location"] == address("patrol_flag_change", one.pk)
    assert other.post(address("patrol_flag_next"))["Location"] == address("patrol_flag_change", two.pk)
    assert other.post(address("patrol_flag_next"), {"skip": two.pk})["Location"] == address("patrol_flag_changelist")
    assert client.post(address("patrol_flag_next"), {"skip": one.pk})["Location"] == address("patrol_flag_change", two.pk)
    assert (holder(one), holder(two)) == (None, officer)


# --- the page --------------------------------------------------------------------------------------


def test_a_script_gets_the_panes_without_the_frame(door: Door) -> None:
    flag = factories.flag()
    client = door(Role.OFFICER)
    whole = client.get(address("patrol_flag_change", flag.pk))
    part = client.get(address("patrol_flag_change", flag.pk), headers=X_DESK)
    assert (b"<html" in whole.content, b"<html" in part.content) == (True, False)
    assert b"data-state" in part.content
    assert (whole["Vary"].split(",")[0], "X-Desk" in part["Vary"]) == ("X-Desk", True)


def test_an_act_is_answered_with_the_next_post_and_the_queue_comes_after_it(door: Door) -> None:
    one, two = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    client = english(door(officer))
    client.post(address("patrol_flag_take", one.pk))
    sent = {"outcome": "dismissed", "reason": "other", "note": "x", "decision_key": uuid.uuid4(), "seen_version": one.version}
    answer = client.post(address("patrol_flag_decide", one.pk) + "?level=high", sent, headers=X_DESK)
    there = address("patrol_flag_change", two.pk) + "?level=high"
    assert (answer.status_code, answer["X-Desk-Address"], holder(two)) == (200, there, officer)
    shown = BeautifulSoup(answer.content, "html.parser")
    assert value_of(only(shown, "[data-state]"), "data-flag") == str(two.pk)
    assert len(shown.select(".toast")) == 1
    assert (len(shown.select(".qlist[data-later]")), shown.select("a.q"), read(only(shown, "[data-count=column]"))) == (1, [], "")
    later = client.get(address("patrol_flag_numbers"), {"level": "high", "rows": str(two.pk)}).json()
    rows = BeautifulSoup(later["rows"], "html.parser").select("a.q")
    assert [(value_of(row, "href"), row.get("aria-current")) for row in rows] == [(there, "true")]
    assert later["column"] == "1 waiting"
    same = page(client, two)  # a page that is asked for comes whole
    assert (len(same.select("a.q")), read(only(same, "[data-count=column]"))) == (1, "1 waiting")
    last = client.post(address("patrol_flag_next"), {"skip": two.pk}, headers=X_DESK)
    assert (last["X-Desk-Address"], b"data-later" in last.content) == (address("patrol_flag_changelist"), False)


def test_a_next_post_that_cannot_be_drawn_costs_nothing_of_the_decision(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The script is sent on as without it; the session is kept, so that the decision can be undone."""
    one, two = factories.flags(2)
    client = english(door(factories.person(Role.OFFICER)))
    client.post(address("patrol_flag_take", one.pk))
    sent = {"outcome": "dismissed", "reason": "other", "note": "x", "decision_key": uuid.uuid4(), "seen_version": one.version}
    with monkeypatch.context() as broken:
        broken.setattr(flag_page, "gather", lambda *_, **__: 1 / 0)
        answer = client.post(address("patrol_flag_decide", one.pk) + "?level=high", sent, headers=X_DESK)
    there = address("patrol_flag_change", two.pk) + "?level=high"
    assert (answer.status_code, answer["Location"], "X-Desk-Address" in answer) == (302, there, False)
    assert [row.exc_text is not None for row in caplog.records if row.name == "patrol.admin.officer.desk_acts"] == [True]
    assert len(BeautifulSoup(client.get(there).content, "html.parser").select(".toast")) == 1


def test_what_an_act_answers_says_of_itself_the_page_at_its_end(door: Door) -> None:
    """Its forms lead back to the post it shows, not to the act that led there."""
    one, two = factories.flags(2)
    models.SevereMark.objects.create(post=two.post, severe=True, by=factories.person(Role.OFFICER), at=factories.NOW)
    client = door(Role.OFFICER)
    client.post(address("patrol_flag_take", one.pk))
    answer = client.post(address("patrol_flag_next") + "?level=high&after=x", {"skip": one.pk}, headers=X_DESK)
    assert answer.context["veil"]["back"] == answer["X-Desk-Address"] == address("patrol_flag_change", two.pk) + "?level=high"


def test_rows_of_a_queue_are_for_who_works_at_it(door: Door) -> None:
    flag = factories.flag()
    assert door(Role.REGISTRAR).get(address("patrol_flag_numbers"), {"rows": flag.pk}).status_code == 404
    assert door(Role.OFFICER).get(address("patrol_flag_numbers"), {"rows": flag.pk + 1}).status_code == 404
    assert "rows" not in door(Role.OFFICER).get(address("patrol_flag_numbers"), {"rows": "x"}).json()


def test_a_reason_leads_to_its_place_in_the_text(door: Door) -> None:
    found = page(door(Role.OFFICER), factories.flag())
    links = [value_of(link, "href") for link in found.select("a.rt")]
    assert links
    assert [link for link in links if found.select_one(link) is None] == []
    numbers = {number for mark in found.select("mark[data-of]") for number in value_of(mark, "data-of").split()}
    assert {link.removeprefix("#teks-") for link in links if link.startswith("#teks-")} <= numbers


def test_no_decision_is_chosen_beforehand_and_the_first_two_weigh_the_same(door: Door) -> None:
    found = page(door(Role.OFFICER), factories.flag())
    assert found.select(".dbar [checked], .dbar option[selected]:not([value=''])") == []
    weights = [summary["class"] for summary in found.select(".dbar summary[data-key]")[:2]]
    assert weights == [["btn", "strong"]] * 2


def test_one_post_in_ten_shows_no_level_until_it_is_decided(door: Door, monkeypatch: Any) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    monkeypatch.setattr(chance, "level_hidden", lambda flag: True)
    found = page(client, flag)
    assert only(found, ".gist .badge").text.strip().endswith("Level hidden, quality sample")
    assert found.select(".lv.high, .lv.medium") == []
    assert [word for word in ("High", "Medium", "highest") if word in only(found, "#history").text] == []
    decide(client, flag)
    assert "Level hidden" not in only(page(client, flag), ".gisthead").text


LEVELS = "high", "medium", "low", ""


def test_no_list_tells_a_level_that_is_hidden(door: Door) -> None:
    factories.draw(True, True, False)
    flags = factories.flags(3)
    for flag, level, rank in zip(flags, ("high", "medium", "medium"), (3, 2, 2), strict=True):
        models.Flag.objects.filter(pk=flag.pk).update(level=level, level_rank=rank)
    client = door(Role.OFFICER)
    indicator = models.Sighting.objects.filter(post=flags[0].post, role="contact").earliest("pk").indicator
    models.Sighting.objects.filter(post__flag__in=flags, role="contact").update(indicator=indicator)
    pages = {
        "queue": address("patrol_flag_changelist"),
        "posts": address("patrol_post_changelist"),
        "indicator": address("patrol_indicator_change", indicator.pk),
        "hidden": address("patrol_flag_change", flags[0].pk),
    }
    for name, to in pages.items():
        html = BeautifulSoup(client.get(to).content, "html.parser")
        marks = sorted(mark["class"][1] for mark in html.select(".lv:not(.veiled)") if len(mark["class"]) > 1)
        assert set(marks) == {"medium"}, name  # of the third one alone
    for level in LEVELS:
        found = BeautifulSoup(client.get(f"{pages['posts']}?level={level}").content, "html.parser")
        linked = [flag for flag in flags if found.select_one(f"td a[href='{address('patrol_flag_change', flag.pk)}']")]
        assert linked == {"high": flags[:2], "medium": flags[2:], "low": [], "": flags}[level], level


# --- filters ---------------------------------------------------------------------------------------


def test_filters_stand_in_the_address_and_stay_there_after_a_decision(door: Door) -> None:
    factories.draw(*[False] * 3)
    one, two, three = factories.flags(3)
    models.Flag.objects.filter(pk=two.pk).update(level="medium", level_rank=2)
    client = door(Role.OFFICER)
    query = "?level=high"
    html = BeautifulSoup(client.get(address("patrol_flag_changelist") + query).content, "html.parser")
    assert [row["href"] for row in html.select("a.q")] == [address("patrol_flag_change", flag.pk) + query for flag in (one, three)]
    fields = {"outcome": "confirmed", "reason": "several", "decision_key": uuid.uuid4(), "seen_version": one.version}
    answer = client.post(address("patrol_flag_decide", one.pk) + query, fields)
    assert answer["Location"] == address("patrol_flag_change", three.pk) + query


@pytest.mark.parametrize("query", ["level=all", "office=x", "older=5", "holding=his", "country=XX", "watch=-1", "after=%00"])
def test_an_address_that_asks_for_nothing_known_is_the_whole_queue(query: str, door: Door) -> None:
    factories.flags(2)
    answer = door(Role.OFFICER).get(f"{address('patrol_flag_changelist')}?{query}", headers=X_DESK)
    assert len(BeautifulSoup(answer.content, "html.parser").select("a.q")) == 2


def test_another_office_is_asked_for_at_the_directorate_only(door: Door) -> None:
    mine, theirs = factories.flag(), factories.flag(of=factories.watch("bp3mi-ntb"))
    asked = f"{address('patrol_flag_changelist')}?office={theirs.office_id}"

    def rows(client: Client) -> list[str]:
        found = BeautifulSoup(client.get(asked, headers=X_DESK).content, "html.parser")
        return [value_of(row, "href").partition("?")[0] for row in found.select("a.q")]

    assert rows(door(Role.ANALYST)) == [address("patrol_flag_change", theirs.pk)]
    assert rows(door(Role.OFFICER)) == [address("patrol_flag_change", mine.pk)]


def test_a_filter_at_hand_counts_what_its_owner_may_see(door: Door) -> None:
    factories.draw(*[False] * 3)
    flags = factories.flags(3)
    models.Flag.objects.filter(pk=flags[0].pk).update(level="medium", level_rank=2)
    factories.flag(of=factories.watch("bp3mi-ntb"))
    client = door(Role.OFFICER)
    client.post(address("patrol_flag_save_filter"), {"name": "Tinggi", "level": "high", "office": "1"})
    kept = models.SavedFilter.objects.get()
    assert kept.query == {"level": "high"}
    assert client.get(address("patrol_flag_numbers")).json() == {"queue": 3, "column": "3 menunggu", f"saved-{kept.pk}": 2}
    assert client.get(address("patrol_flag_numbers"), {"level": "high"}).json()["column"] == "2 menunggu"
    html = BeautifulSoup(client.get(address("patrol_flag_changelist")).content, "html.parser")
    assert read(html.select_one(f"[data-count=saved-{kept.pk}]")) == "2"
    assert door(Role.OFFICER).post(address("patrol_flag_drop_filter", kept.pk)).status_code == 404


# --- look-alikes, putting off, cases ---------------------------------------------------------------


def test_a_look_alike_is_accepted_or_told_apart_on_the_page(door: Door) -> None:
    one, two = factories.flags(2)
    indicator = models.Sighting.objects.filter(post=one.post, role="contact").earliest("pk")
    models.Sighting.objects.filter(post=two.post, role="contact").update(indicator=indicator.indicator)
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    assert "same phone number" in only(page(client, one), "[data-alike]").text
    client.post(address("patrol_flag_join", one.pk), {"other": two.pk})
    assert "decided together" in only(page(client, one), "[data-alike]").text
    client.post(address("patrol_flag_tell_apart", one.pk), {"other": two.pk})
    assert page(client, one).select("[data-alike]") == []


def of_one_number(count: int, **changed: Any) -> list[models.Flag]:
    """Flags of different words that name one number; of the last one the reading is `changed`."""
    texts = [factories.illegal().text.replace("WA 0840", "WA 0840 5551 2345 atau 0840") for _ in range(count)]
    posts = factories.stored([factories.raw_post(text) for text in texts])
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    found = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    if changed:
        check = found[-1].current_check
        told = check.reading
        told.pk, told._state.adding, told.reader_version = None, True, told.reader_version + 1
        for name, value in changed.items():
            setattr(told, name, value)
        told.save(force_insert=True)
        check.pk, check._state.adding, check.reading = None, True, told
        check.save(force_insert=True)
        models.Flag.objects.filter(pk=found[-1].pk).update(current_check=check)
    return found


def test_joining_all_shows_what_is_joined_asks_once_and_is_undone(door: Door) -> None:
    one, two, three, warning = of_one_number(4, text_kind="warning")
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    sheet = only(page(client, one), "details:has(summary[data-key=all]) form")
    assert {field["value"] for field in sheet.select("input[name=other]")} == {str(two.pk), str(three.pk)}
    assert [read(sheet.select_one(kind)) for kind in ("h3", "button[data-first]")] == ["Join 2 posts to this one?", "Join 2 posts ↵"]
    assert "reads as a warning" in sheet.text
    assert str(warning.pk) not in [field["value"] for field in sheet.select("input")]
    answer = client.post(address("patrol_flag_join", one.pk), {"other": [two.pk, three.pk, warning.pk]})
    assert said(answer) == [f"Not joined, look at each of them: {warning.number} ({warning.gist_en})."]
    shown = page(client, one)
    undo = only(shown, "form:has(button[data-key=undo])")
    to, act = value_of(undo, "action"), value_of(only(undo, "[name=act]"), "value")
    assert "Joined: one decision for 3 posts." in only(shown, ".toast").text
    assert "Confirm 3 posts" in only(shown, "summary[data-key=confirm]").text
    assert read(shown.select_one("details:has(summary[data-key=confirm]) h3")) == "Confirm 3 posts: why?"
    assert "This confirms 3 posts that were joined." in only(shown, "details:has(summary[data-key=case]) form").text
    client.post(to, {"act": act})
    back = page(client, one)
    assert ("Confirm suspicion" in only(back, "summary[data-key=confirm]").text, back.select(".toast")) == (True, [])
    assert len({flag.row_key for flag in models.Flag.objects.all()}) == 4
    assert door(Role.OFFICER).post(to, {"act": act}).status_code == 404  # another person's act
    assert client.post(to, {"act": "x"}).status_code == 404


def with_copies(copies: int) -> tuple[models.Flag, list[models.Flag]]:
    """A post, and a row of another text that names its number and was posted so many times."""
    one, *row = of_one_number(1 + copies)
    for copy in row[1:]:
        models.Flag.objects.filter(pk=copy.pk).update(row_key=row[0].row_key)
    return one, row


def counted(shown: BeautifulSoup) -> list[str]:
    """Each place of a page that says how many posts one decision covers."""
    places = (".q[aria-current] .times", ".toast:has([name=act]) .what", "summary[data-key=confirm]")
    return [read(found) if (found := shown.select_one(place)) else "" for place in places]


def test_every_place_counts_what_a_decision_covers_in_posts_copies_too(door: Door) -> None:
    one, row = with_copies(3)
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    client.post(address("patrol_flag_join", one.pk), {"other": row[0].pk})
    shown = page(client, one)
    assert counted(shown) == ["×4", "Joined: one decision for 4 posts.", "flag Confirm 4 posts K"]
    assert read(only(shown, "#alike h2")) == "3 posts look alike"
    one.refresh_from_db()
    onward = client.get(decide(client, one)["Location"])
    assert "(×4)" in read(only(BeautifulSoup(onward.content, "html.parser"), ".toast .what"))


def test_who_takes_one_out_again_is_no_longer_told_of_joining_nor_offered_to_undo_it(door: Door) -> None:
    one, row = with_copies(3)
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    client.post(address("patrol_flag_join", one.pk), {"other": row[0].pk})
    client.post(address("patrol_flag_tell_apart", one.pk), {"other": row[2].pk})
    assert counted(page(client, one)) == ["×3", "", "flag Confirm 3 posts K"]


def test_who_only_declines_another_is_still_offered_to_undo_what_was_joined(door: Door) -> None:
    one, two, three = of_one_number(3)
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    client.post(address("patrol_flag_join", one.pk), {"other": two.pk})
    client.post(address("patrol_flag_tell_apart", one.pk), {"other": three.pk})
    shown = page(client, one)
    assert counted(shown) == ["×2", "Joined: one decision for 2 posts.", "flag Confirm 2 posts K"]
    undo = only(shown, "form:has(button[data-key=undo])")
    client.post(value_of(undo, "action"), {"act": value_of(only(undo, "[name=act]"), "value")})
    assert counted(page(client, one)) == ["", "", "flag Confirm suspicion K"]


def test_a_joined_post_that_a_colleague_took_out_is_not_offered_to_be_undone(door: Door) -> None:
    one, two = of_one_number(2)
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_join", one.pk), {"other": two.pk})
    triage.tell_apart(flag_id=one.pk, other_id=two.pk, by=factories.person(), now=factories.NOW)
    assert counted(page(client, one)) == ["", "", "flag Confirm suspicion K"]


def test_what_the_account_alone_has_in_common_is_a_list_without_an_answer(door: Door) -> None:
    one, two = factories.flags(2)
    author = models.Indicator.objects.create(
        kind="account", value="telegram:calo_contoh", first_seen=factories.NOW, last_seen=factories.NOW
    )
    for flag in (one, two):
        models.Sighting.objects.create(
            indicator=author, post=flag.post, version=flag.post.versions.get(), role="author", confidence=1.0, seen_at=factories.NOW
        )
    client = english(door(Role.OFFICER))
    client.post(address("patrol_flag_take", one.pk))
    shown = page(client, one)
    assert (shown.select("[data-alike]"), shown.select("[data-key=all]")) == ([], [])
    [related] = shown.select('[aria-label="Related posts"]')
    assert [link["href"] for link in related.select("li a")] == [address("patrol_flag_change", two.pk)]
    assert related.select("form, button") == []


def test_so_many_joined_posts_wait_for_a_second_person(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "ALONE", 2)
    flags = of_one_number(3)
    officer = factories.person(Role.OFFICER)
    client = english(door(officer))
    triage.join(flag_id=flags[0].pk, other_ids=[one.pk for one in flags[1:]], by=officer, now=factories.NOW)
    flags[0].refresh_from_db()
    copy = factories.flag()  # of a text that counts once for the second person, and as a post for whoever reads how many it is about
    models.Flag.objects.filter(pk=copy.pk).update(row_key=flags[0].row_key)
    answer = decide(client, flags[0])
    made = models.Bulk.objects.get()
    text = f"4 posts at once take a second person: proposed as {made.number}. Nothing is decided until somebody agrees."
    assert said(answer) == [text]
    assert (made.state, made.by, models.Decision.objects.count()) == ("proposed", officer, 0)
    again = f"Nothing was decided: {made.number} holds these posts already and waits for a second person."
    assert said(decide(client, flags[0]))[-1] == again
    assert models.Bulk.objects.count() == 1
    to = address("patrol_flag_open_case", flags[0].pk)
    refused = client.post(to, {"title": "Kursi", "reason": "fraud", "seen_version": flags[0].version, "decision_key": uuid.uuid4()})
    assert said(refused)[-1].startswith("Nothing was decided: 4 posts at once take a second person.")
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (0, 0)
    harmed = decide(client, flags[0], outcome="victim", reason="asks")
    assert said(harmed)[-1] == "Nothing was decided: 4 posts were joined here, too many to be one person's. Part them first."
    assert (models.Bulk.objects.count(), models.Protection.objects.count(), models.Decision.objects.count()) == (1, 0, 0)
    bulk.approve(bulk_id=made.pk, by=factories.person(Role.SUPERVISOR), now=factories.NOW)
    while jobs.run({"bulk": bulk.run_job}, now=factories.NOW):
        pass
    assert models.Decision.objects.filter(outcome="confirmed", by=officer).count() == 4


@pytest.mark.parametrize(
    ("contacts", "ties", "why"),
    [
        (("account",), ("account", "author"), "same account, campaign JRG-26-0001"),
        (("account", "phone"), ("author", "text"), "same account, same phone number, nearly the same text, campaign JRG-26-0001"),
        (("phone",), ("author",), "same phone number, same author, campaign JRG-26-0001"),  # near miss: no account told
    ],
)
def test_the_account_that_wrote_both_is_told_once(contacts: tuple[str, ...], ties: tuple[str, ...], why: str, db: None) -> None:
    one = triage.Suggestion(factories.flag(), contacts, picture=False, campaign="JRG-26-0001", ties=ties, words=0.0, joined=False)
    with translation.override("en"):
        assert [card["why"] for card in flag_page._cards([one])] == [why]


@pytest.mark.parametrize(("many", "hint"), [(1, "1 show reason"), (2, "1 - 2 show reason"), (3, "1 - 3 show reason")])
def test_the_keys_of_reasons_are_hinted_at_as_far_as_they_go(many: int, hint: str) -> None:
    with translation.override("en"):
        shown = loader.render_to_string("workbench/desk/bar/hints.html", {"reasons": [{}] * many, "keys": {}})
    assert read(BeautifulSoup(shown, "html.parser").select(".hints > span")[1]) == hint


def test_what_people_joined_is_not_called_the_same_text(door: Door) -> None:
    one, two = factories.flags(2)
    copy = factories.flag()
    models.Flag.objects.filter(pk=copy.pk).update(row_key=one.row_key)  # as the machine puts a copy into a row
    officer = factories.person(Role.OFFICER, name="Sari Contoh")
    triage.join(flag_id=one.pk, other_ids=[two.pk], by=officer, now=factories.NOW)

    def told(client: Client) -> list[str]:
        shown = page(client, one)
        return [read(row).removeprefix("content_copy ") for row in shown.select(".kn:has(.ic)") if "content_copy" in row.text]

    assert told(english(door(officer))) == [
        "same text ×1, Jabar: waiting",
        "decided together by Sari Contoh, other text ×1, Jabar: waiting",
    ]
    assert told(english(door(Role.OFFICER, code="bp3mi-ntb"))) == [
        "same text ×1, Jabar: waiting",
        "decided together, other text ×1, Jabar: waiting",
    ]


def test_a_hidden_level_is_no_empty_mark_and_says_why(door: Door) -> None:
    factories.draw(True, False)
    hidden, seen = factories.flags(2)
    shown = page(english(door(Role.OFFICER)), seen)
    of_hidden, of_seen = (only(shown, f'a.q[href="{address("patrol_flag_change", flag.pk)}"] .lv') for flag in (hidden, seen))
    assert (of_hidden["class"], of_hidden.select("i"), of_hidden["title"]) == (
        ["lv", "veiled"],
        [],
        "Level hidden, quality sample. All such posts stand among the highest, whatever their level.",
    )
    assert (of_seen["class"], len(of_seen.select("i"))) == (["lv", "high"], 3)


def test_what_is_put_off_leaves_the_queue_and_says_so(door: Door) -> None:
    one, two = factories.flags(2)
    client = english(door(Role.OFFICER))
    to = address("patrol_flag_snooze", one.pk)
    assert said(client.post(to, {"until": "days", "note": " ", "seen_version": one.version}))[-1] == "Say until when, and why it waits."
    answer = client.post(to, {"until": "days", "note": "Menunggu jawaban P3MI.", "seen_version": one.version})
    assert answer["Location"] == address("patrol_flag_change", two.pk)
    found = page(client, one)
    assert "Put off until " in found.text
    assert [row["href"] for row in found.select("a.q")] == [address("patrol_flag_change", two.pk)]
    late = client.post(to, {"until": "days", "note": "Sekali lagi.", "seen_version": one.version})
    assert said(late)[-1].startswith("Nothing was changed: this post changed after you opened it.")
    asleep = f"{address('patrol_flag_changelist')}?state=snoozed"
    rows = BeautifulSoup(client.get(asleep, headers=X_DESK).content, "html.parser").select("a.q")
    assert [(row["href"], "until " in only(row, ".q2").text) for row in rows] == [
        (f"{address('patrol_flag_change', one.pk)}?state=snoozed", True)
    ]
    wake = only(page(client, one), f"form[action='{address('patrol_flag_wake', one.pk)}']")
    assert said(client.post(value_of(wake, "action")))[-1] == f"{one.number} waits again."
    assert page(client, one).select_one(".q2 .held:not(.mine)") is None


def test_what_was_asked_about_says_so_in_its_row(door: Door) -> None:
    one, two = factories.flags(2)
    client = english(door(Role.OFFICER))
    answer = decide(client, one, outcome="needs_information", reason="agency")
    assert answer["Location"] == address("patrol_flag_change", two.pk)
    said_in = [read(row.select_one(".q2")) for row in page(client, two).select("a.q")]
    assert ["information asked" in text for text in said_in] == [True, False]
    assert decide(client, two)["Location"] == address("patrol_flag_changelist")  # not back to what was just asked


def test_an_office_that_watches_nothing_is_not_told_that_all_is_well(door: Door) -> None:
    client = english(door(Role.OFFICER, code="bp3mi-aceh"))
    html = client.get(address("patrol_flag_changelist")).content.decode()
    assert ("Your office watches nothing yet" in html, "All watches you can see" in html) == (True, False)


def test_the_start_page_counts_what_its_link_opens(door: Door) -> None:
    factories.flags(2)
    factories.flag(of=factories.watch("bp3mi-ntb"))
    for role, many in ((Role.ANALYST, 3), (Role.OFFICER, 2)):
        client = english(door(role))
        html = BeautifulSoup(client.get(reverse("admin:index")).content, "html.parser")
        row = next(row for row in html.select("tr.r36") if value_of(only(row, "a"), "href").endswith("/patrol/flag/"))
        assert read(row.select_one(".num")) == str(many)
        assert client.get(address("patrol_flag_numbers")).json()["queue"] == many
        assert len(BeautifulSoup(client.get(address("patrol_flag_changelist")).content, "html.parser").select("a.q")) == many


def test_an_escalation_is_one_act_and_is_undone_as_one(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    sent = {"article": "fraud", "note": "Tiga kantor.", "title": "Kursi", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    to = address("patrol_flag_escalate", flag.pk)
    for missing in ("article", "note"):
        client.post(to, sent | {missing: "", "decision_key": uuid.uuid4()})
        assert models.Case.objects.count() == 0
    client.post(to, sent)
    case = models.Case.objects.get()
    assert case.state == "escalated"
    undo = value_of(only(page(client, flag), ".toast form"), "action")
    client.post(undo, {"decision_key": uuid.uuid4()})
    case.refresh_from_db()
    flag.refresh_from_db()
    assert (case.state, flag.state) == ("closed", "waiting")
    assert case.number not in client.get(address("patrol_case_changelist")).content.decode()


# --- own taste -------------------------------------------------------------------------------------


def test_keys_are_changed_and_switched_off_on_a_page_of_their_own(door: Door) -> None:
    officer = factories.person(Role.OFFICER)
    client = english(door(officer))
    to = address("patrol_flag_settings")
    answer = client.post(to, {**own_settings.KEYS, "confirm": "a"})
    refused = only(BeautifulSoup(answer.content, "html.parser"), ".banner[role=alert]")
    assert (read(refused).removeprefix("warning "), refused["data-beside"]) == ("Two acts would have this key.", f"{to} confirm")
    client.post(to, {**own_settings.KEYS, "confirm": "j", "on": "on"})
    found = page(client, factories.flag())
    assert read(found.select_one("summary[data-key=confirm] kbd")) == "J"
    client.post(to, {**own_settings.KEYS})
    assert only(page(client, factories.flag()), "[data-state]")["data-keys"] == "{}"


def test_the_tour_is_there_until_it_was_seen(door: Door) -> None:
    client = door(Role.OFFICER)
    assert b'id="tour"' in client.get(address("patrol_flag_changelist")).content
    client.post(address("patrol_flag_tour"))
    assert b'id="tour"' not in client.get(address("patrol_flag_changelist")).content


# --- what it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 30])
def test_the_exchange_costs_the_same_with_one_row_and_thirty(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    """Beside the one on the desk stand rows of the same contact, so that the tray has something to show."""
    texts = [f"{factories.ILLEGAL.format(phone='0840 5550 0001')} Kota {n}." for n in range(rows + 1)]
    posts = factories.stored([factories.raw_post(text) for text in texts])
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    flag = posts[0].flag
    officer = factories.person(Role.OFFICER)
    client = door(officer)
    client.post(address("patrol_flag_take", flag.pk))
    for n in range(rows if rows == 1 else own_settings.MOST_FILTERS):
        own_settings.save_filter(name=f"Saringan {n}", query={"level": "high"}, by=officer, now=factories.NOW)
    law.offered(factories.NOW)  # kept from then on
    with django_assert_num_queries(FRAGMENT):
        client.get(address("patrol_flag_change", flag.pk), headers=X_DESK)
    with django_assert_num_queries(5):
        client.get(reverse("admin:patrol_flag_numbers"))


FRAGMENT = 22  # one less where the tray has nothing to show
