"""The pages: who sees what, freezing from the form, frozen figures shown as frozen, and a fixed number of queries."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrol import domain, models
from patrol.infra.refusals import NUL
from patrol.models import Role
from reports import admin as pages
from reports import documents, ends, heads, period_list, summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests.markup import said_by

WEEK = IsoWeek(2026, 46)
PHONE = "+6284012345678"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=domain.LAW_ZONE)


NOW = at(23, 10)


def here(name: Any, *parts: Any) -> Any:
    return reverse(f"admin:reports_weeklysummary_{name}", args=parts)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def world(patrol: Any) -> Any:
    patrol.directorate()
    patrol.java, patrol.lampung = (patrol.office("jateng", "BP3MI Jawa Tengah"), patrol.office("lampung", "BP3MI Lampung"))
    officer = patrol.person("officer", patrol.java)
    for hour in range(4):
        flag = patrol.post(patrol.java, at(10, 8 + hour), contacts=(("phone", PHONE),))
        patrol.post(patrol.java, at(3, 8 + hour))
    patrol.decide(flag, "confirmed", at(11), officer)
    patrol.post(patrol.lampung, at(12))
    return patrol


@pytest.fixture
def login(client: Client, world: Any) -> Callable[[str, models.Office], models.Person]:
    def enter(role: str, office: models.Office) -> models.Person:
        person: models.Person = world.person(role, office)
        client.force_login(person)
        return person

    return enter


def _text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("role", "own", "others", "national"),
    [
        (Role.OFFICER, 200, 404, 404),
        (Role.SUPERVISOR, 200, 404, 404),
        (Role.ANALYST, 200, 404, 404),
        (Role.ADMINISTRATOR, 200, 404, 404),
        (Role.REGISTRAR, 404, 404, 404),
    ],
)
def test_an_office_sees_its_own_summary_only(client: Any, world: Any, login: Any, role: Any, own: int, others: int, national: int) -> None:
    login(role, world.java)
    addresses = [here("week", code, "2026-W46") for code in ("jateng", "lampung", "nasional")]
    assert [client.get(address).status_code for address in addresses] == [own, others, national]
    lists = [here("changelist"), f"{here('changelist')}?office=lampung", f"{here('changelist')}?office=nasional"]
    assert [client.get(address).status_code for address in lists] == [own, others, national]


def test_the_directorate_sees_all(client: Any, world: Any, login: Any) -> None:
    login(Role.ANALYST, world.directorate())
    addresses = [here("week", code, "2026-W46") for code in ("jateng", "lampung", "nasional", "direktorat")]
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_decisions_that_left_the_queue_as_it_was_are_explained(client: Any, world: Any, login: Any) -> None:
    """Asked and then dismissed: two decisions, one flag out of the queue, and one whose hours count. Another was confirmed."""
    officer = login(Role.OFFICER, world.java)
    flag = world.post(world.java, at(10, 7))
    world.decide(flag, "needs_information", at(11, 10), officer)
    world.decide(flag, "dismissed", at(12), officer)
    figures = summary.collect(office=world.java, period=WEEK, now=NOW)
    assert (figures.decided, figures.flow.decided, figures.delays[0].decided) == (3, 2, 2)
    said = " ".join(_text(client.get(here("week", "jateng", "2026-W46"))).split())
    assert (
        "Keputusan atas tanda yang sudah di luar antrean, misalnya yang menunggu informasi, dihitung sebagai keputusan, tetapi tidak"
        " mengurangi antrean. Jam dihitung dari yang dikonfirmasi dan yang diabaikan."
    ) in said


def test_editions_follow_the_same_rule(client: Any, world: Any, login: Any) -> None:
    supervisor = world.person("supervisor", world.directorate())
    made = [summary.freeze(office_id=office, period=WEEK, by=supervisor, now=NOW) for office in (world.java.pk, world.lampung.pk, None)]
    for role, office, wanted in (
        (Role.OFFICER, world.java, [200, 404, 404]),
        (Role.SUPERVISOR, world.lampung, [404, 200, 404]),
        (Role.ANALYST, world.directorate(), [200, 200, 200]),
        (Role.REGISTRAR, world.directorate(), [404, 404, 404]),
    ):
        login(role, office)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(documents, "pdf", lambda _context, _request: b"%PDF-")  # printing five would take longer than all of this file
            for page in ("edition", "print", "pdf"):
                assert [client.get(here(page, one.pk)).status_code for one in made] == wanted, (role, page)
    login(Role.OFFICER, world.java)
    assert len(client.get(here("pdf", made[0].pk)).content) > 10_000


def test_nobody_without_an_account(client: Any, world: Any) -> None:
    for address in (here("changelist"), here("week", "jateng", "2026-W46"), here("edition", 1), here("pdf", 1)):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("week", ["2026-W54", "2026-46", "minggu-46", "2026-W49"])
def test_no_such_week(client: Any, world: Any, login: Any, week: str) -> None:
    """The last one has not begun."""
    login(Role.SUPERVISOR, world.java)
    assert client.get(here("week", "jateng", week)).status_code == 404
    assert client.get(here("changelist"), {"week": week}).status_code == 404


def test_the_form_leads_to_the_week(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    response = client.get(here("changelist"), {"office": "jateng", "week": "2026-W45"})
    assert (response.status_code, response.url) == (302, here("week", "jateng", "2026-W45"))


def test_a_supervisor_freezes_and_everybody_reads_the_frozen_figures(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    draft = client.get(here("week", "jateng", "2026-W46"))
    assert draft.context["may_freeze"] is True
    assert draft.context["figures"].flow == summary.collect(office=world.java, period=WEEK, now=NOW).flow
    asked = client.post(here("freeze", "jateng", "2026-W46"), {"note": "<b>Kunjungi</b> SMK"})
    assert (asked.status_code, asked.context["figures"], asked.context["note"]) == (200, draft.context["figures"], "<b>Kunjungi</b> SMK")
    assert not WeeklySummary.objects.exists()
    said = " ".join(_text(asked).split())
    assert "Bekukan Minggu 46, 9–15 November 2026, BP3MI Jawa Tengah?" in said
    flow, cases = draft.context["figures"].flow, draft.context["figures"].cases
    assert f"{flow.flagged} tanda" in said
    assert f"{flow.end} tanda menunggu pada akhirnya" in said
    assert f"{cases.end} belum selesai" in said
    assert "atas nama Anda, Contoh supervisor" in said
    assert "Di kertas, dua orang menandatanganinya: Penyusun dan Penanda tangan kedua." in said
    assert "<b>Kunjungi" not in said
    answer = client.post(here("freeze", "jateng", "2026-W46"), {"note": "<b>Kunjungi</b> SMK", "sure": "1"})
    made = WeeklySummary.objects.get()
    assert (answer.status_code, answer.url) == (302, here("edition", made.pk))
    # a decision of the frozen week that only now becomes known changes nothing on the page
    flag = models.Flag.objects.filter(office=world.java, state="waiting").first()
    world.decide(flag, "dismissed", at(13), models.Person.objects.filter(role="officer").first())
    login(Role.OFFICER, world.java)
    page = client.get(here("week", "jateng", "2026-W46"))
    assert page.context["figures"] == made.read()
    assert page.context["figures"].decided == 1
    assert summary.collect(office=world.java, period=WEEK, now=NOW).decided == 2
    text = _text(page)
    assert "&lt;b&gt;Kunjungi&lt;/b&gt; SMK" in text
    assert "<b>Kunjungi" not in text
    assert made.sha256[:4] in text


def test_who_signs_on_paper_is_asked_as_the_office_set_it(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    by = models.Person.objects.get(role=Role.SUPERVISOR, office=world.java)
    heads.set_head(office_id=world.java.pk, seen=0, author="Penyelia Patroli", second="Kepala Balai", logo=b"", by=by, now=NOW)
    said = " ".join(_text(client.post(here("freeze", "jateng", "2026-W46"), {"note": ""})).split())
    assert "Di kertas, dua orang menandatanganinya: Penyelia Patroli dan Kepala Balai." in said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Menjawab surat B.560/1234/2026.\nHubungi 0840-1111-0001.", "Menjawab surat B.••••.<br>Hubungi ••••."),
        ("Menjawab surat Disnaker 30 November 2026, awalan 0851.", "Menjawab surat Disnaker 30 November 2026, awalan 0851."),
    ],
)
def test_a_note_is_asked_for_as_it_will_be_printed(client: Any, world: Any, login: Any, typed: str, kept: str) -> None:
    login(Role.SUPERVISOR, world.java)
    page = client.post(here("freeze", "jateng", "2026-W46"), {"note": typed})
    said = _text(page)
    assert f"Catatan penyelia: {kept}</p>" in said
    assert ("ditutup titik" in said) == ("••••" in kept)
    assert page.context["note"] == typed
    client.post(here("freeze", "jateng", "2026-W46"), {"note": typed, "sure": "1"})
    assert WeeklySummary.objects.get().note == kept.replace("<br>", "\n")


def test_the_lines_of_a_note_stay_lines(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    client.post(here("freeze", "jateng", "2026-W46"), {"note": "Satu & dua\nTiga", "sure": "1"})
    assert "Satu &amp; dua<br>Tiga" in _text(client.get(here("week", "jateng", "2026-W46")))


def test_an_officer_is_offered_no_form_and_refused_a_forged_one(client: Any, world: Any, login: Any) -> None:
    login(Role.OFFICER, world.java)
    page = client.get(here("week", "jateng", "2026-W46"))
    assert page.context["may_freeze"] is False
    assert here("freeze", "jateng", "2026-W46") not in _text(page)
    for given in ({}, {"sure": "1"}):
        assert client.post(here("freeze", "jateng", "2026-W46"), given).status_code == 403
    assert client.post(here("freeze", "lampung", "2026-W46")).status_code == 404
    assert not WeeklySummary.objects.exists()


def test_freezing_is_posted(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    assert client.get(here("freeze", "jateng", "2026-W46")).status_code == 404


def test_a_refusal_is_told_on_the_draft(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    client.post(here("freeze", "jateng", "2026-W46"), {"note": "", "sure": "1"}, follow=True)
    answer = client.post(here("freeze", "jateng", "2026-W46"), {"note": "lain & baru", "sure": "1"})
    assert answer.status_code == 200
    assert written(answer) == {"reason": "", "note": "lain &amp; baru"}
    assert [str(message) for message in answer.context["messages"]] == ["Edisi baru memerlukan alasan koreksi. Edisi lama tetap disimpan."]
    assert answer.context["needs_reason"] is True
    assert WeeklySummary.objects.count() == 1


def written(page: Any) -> dict[str, str]:
    """What stands in the form of the draft, as the page writes it."""
    text = _text(page)
    found = {"reason": re.search(r'name="reason"\s+value="([^"]*)"', text), "note": re.search(r'name="note"[^>]*>([^<]*)</textarea>', text)}
    return {name: match[1] for name, match in found.items() if match}


def test_not_yet_leads_back_to_the_draft_with_what_was_typed(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    answer = client.post(here("freeze", "jateng", "2026-W46"), {"note": "Hubungi 0840-1111-0001\nbesok", "back": "1"})
    assert (answer.status_code, written(answer)) == (200, {"note": "Hubungi 0840-1111-0001\nbesok"})
    assert not WeeklySummary.objects.exists()
    client.post(here("freeze", "jateng", "2026-W46"), {"note": "lama", "sure": "1"})
    assert written(client.get(here("week", "jateng", "2026-W46"), {"draft": "1"})) == {"reason": "", "note": "lama"}
    typed = {"note": "", "reason": 'salah "tulis"', "back": "1"}
    assert written(client.post(here("freeze", "jateng", "2026-W46"), typed)) == {"reason": "salah &quot;tulis&quot;", "note": ""}
    assert WeeklySummary.objects.count() == 1


def test_a_note_with_nul_is_neither_asked_about_nor_frozen(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    for sure in ({}, {"sure": "1"}):
        for field in ("note", "reason"):
            answer = client.post(here("freeze", "jateng", "2026-W46"), {field: "a\0b"} | sure)
            assert answer.url == f"{here('week', 'jateng', '2026-W46')}?draft=1"
            assert said_by(answer)[-1] == (str(NUL), field)
    assert not WeeklySummary.objects.exists()


def test_a_correction_without_a_reason_is_said_beside_it(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    client.post(here("freeze", "jateng", "2026-W46"), {"sure": "1"})
    for reason in (" ", ""):
        answer = client.post(here("freeze", "jateng", "2026-W46"), {"note": "lain", "reason": reason, "sure": "1"})
        assert said_by(answer)[-1] == ("Edisi baru memerlukan alasan koreksi. Edisi lama tetap disimpan.", "reason")
    assert WeeklySummary.objects.count() == 1
    client.post(here("freeze", "jateng", "2026-W46"), {"note": "lain", "reason": " salah  tulis ", "sure": "1"})
    assert [(one.note, one.correction_reason) for one in WeeklySummary.objects.order_by("edition")] == [("", ""), ("lain", "salah tulis")]


@pytest.mark.parametrize(
    ("language", "completed"),
    [
        ("id", "Minggu sudah lengkap; edisi ini menggantikan edisi sementara."),
        ("en", "The week is complete; this edition replaces the preliminary one."),
    ],
)
def test_the_machine_s_own_reason_is_read_in_the_language_of_the_screen(
    language: str, completed: str, client: Any, world: Any, login: Any
) -> None:
    supervisor = login(Role.SUPERVISOR, world.java)
    week = IsoWeek(2026, 47)
    summary.freeze(office_id=world.java.pk, period=week, by=supervisor, now=at(20))
    second = summary.freeze(office_id=world.java.pk, period=week, note="a", by=supervisor, now=NOW)
    third = summary.freeze(office_id=world.java.pk, period=week, note="b", reason=f"{completed} Bukan.", by=supervisor, now=NOW)
    client.cookies["django_language"] = language
    page = client.get(here("edition", second.pk))
    assert page.context["correction"] == completed
    assert [one["reason"] for one in page.context["editions"]] == [third.correction_reason, completed, ""]
    assert completed in _text(page)
    assert client.get(here("edition", third.pk)).context["correction"] == f"{completed} Bukan."


@pytest.mark.parametrize(
    ("period", "number", "title", "heads", "said"),
    [
        ("2026-11", "RB/2026/11/JATENG", "Rekap bulanan", ["1", "2–8", "9–15", "16–22", "23–29", "30"], "Bulan masih berjalan"),
        ("2026-Q4", "RT/2026/4/JATENG", "Rekap triwulanan", ["Okt", "Nov", "Des"], "Triwulan masih berjalan"),
    ],
)
def test_months_and_quarters_are_shown_and_frozen_like_weeks(
    period: str, number: str, title: str, heads: list[str], said: str, client: Any, world: Any, login: Any
) -> None:
    login(Role.SUPERVISOR, world.java)
    client.post(here("freeze", "jateng", period), {"sure": "1"})
    frozen = WeeklySummary.objects.get()
    assert (frozen.number, str(frozen.period), frozen.preliminary) == (number, period, True)
    page = client.get(here("week", "jateng", period))
    assert (page.context["frozen"], page.context["weekdays"], str(page.context["title"])) == (frozen, heads, title)
    assert said in _text(page)
    kind = frozen.kind
    listed = client.get(here("changelist"), {"kind": kind})
    assert [(row["edition"], str(row["line"].state)) for row in listed.context["rows"]] == [(frozen, "preliminary"), (None, "draft")]
    assert client.get(here("changelist"), {"week": period})["Location"] == here("week", "jateng", period)


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "2026-12", "2027-Q1", "2001-Q1", "2000-W05"])
def test_what_is_no_period_or_has_not_begun_is_not_there(period: str, client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    assert client.get(here("week", "jateng", period)).status_code == 404


def test_an_old_edition_says_that_a_newer_one_exists(client: Any, world: Any, login: Any) -> None:
    supervisor = login(Role.SUPERVISOR, world.java)
    first = summary.freeze(office_id=world.java.pk, period=WEEK, by=supervisor, now=NOW)
    second = summary.freeze(office_id=world.java.pk, period=WEEK, note="x", reason="salah tulis", by=supervisor, now=NOW)
    assert client.get(here("edition", first.pk)).context["newer"] == second
    assert client.get(here("edition", second.pk)).context["newer"] is None
    assert "salah tulis" in _text(client.get(here("edition", second.pk)))


def test_a_running_week_is_marked(client: Any, world: Any, login: Any) -> None:
    login(Role.SUPERVISOR, world.java)
    assert client.get(here("week", "jateng", "2026-W48")).context["figures"].preliminary is True
    client.post(here("freeze", "jateng", "2026-W48"), {"sure": "1"})
    assert WeeklySummary.objects.get().preliminary


def test_no_contact_in_full_on_any_page(client: Any, world: Any, login: Any) -> None:
    supervisor = login(Role.SUPERVISOR, world.java)
    made = summary.freeze(office_id=world.java.pk, period=WEEK, by=supervisor, now=NOW)
    for address in (f"{here('week', 'jateng', '2026-W46')}?draft=1", here("edition", made.pk), here("print", made.pk)):
        text = _text(client.get(address))
        assert "+62 840-••••78" in text
        assert "84012345678" not in text.replace(" ", "")


def test_no_script_and_nothing_from_outside_in_the_document(client: Any, world: Any, login: Any) -> None:
    supervisor = login(Role.SUPERVISOR, world.java)
    made = summary.freeze(office_id=world.java.pk, period=WEEK, by=supervisor, now=NOW)
    text = _text(client.get(here("print", made.pk)))
    assert [word for word in ("<script", "src=", "@import", "http") if word in text] == []
    assert [at for at in re.findall(r"url\(([^)]*)\)", text) if not re.fullmatch(r'"/static/[\w/.-]+\.woff2"', at)] == []  # the font, ours
    assert re.findall(r'href="([^"]*)"', text) == ["/static/workbench.svg"]  # the icon of the page, ours
    assert [word for word in ("ilegal", "illegal") if word in text.lower()] == []


def test_a_fixed_number_of_queries(client: Any, world: Any, login: Any) -> None:
    supervisor = login(Role.SUPERVISOR, world.directorate())
    addresses = [here("changelist"), here("week", "nasional", "2026-W46"), f"{here('changelist')}?office=jateng"]

    def counted() -> Any:
        with_queries = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            with_queries.append(len(caught))
        return with_queries

    def filed() -> int:
        with CaptureQueriesContext(connection) as caught:
            answer = client.post(f"{here('export')}?office=jateng", {"format": "csv"})
            assert len(b"".join(answer.streaming_content).splitlines()) == 2 + weeks
        return len(caught)

    few, weeks = counted(), 4
    assert (few[0], few[2], filed()) == (11, 12, 14)
    for back in range(10):
        summary.freeze(office_id=world.java.pk, period=WEEK.shifted(-back), by=supervisor, now=NOW)
    for number in range(30):
        world.post(world.java, at(10, number % 24))
    weeks = 12  # the first of those frozen began nine weeks before
    assert (counted(), filed()) == (few, 14)


def test_the_list_goes_on_to_older_weeks(client: Any, world: Any, login: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    login(Role.SUPERVISOR, world.java)
    monkeypatch.setitem(period_list.AT_ONCE, "week", 3)

    def shown(address: str) -> tuple[list[str], str, str]:
        context = client.get(address).context
        return [str(row["line"].period) for row in context["rows"]], context["first"], context["next"]

    first, second = f"{here('changelist')}?office=jateng&kind=week", f"{here('changelist')}?office=jateng&kind=week&page=2"
    assert shown(here("changelist")) == (["2026-W48", "2026-W47", "2026-W46"], "", second)
    assert shown(second) == (["2026-W45"], first, "")
    assert shown(f"{here('changelist')}?page=9") == shown(here("changelist"))


def test_a_figure_of_the_list_opens_what_it_counts(client: Any, world: Any, login: Any) -> None:
    supervisor = login(Role.SUPERVISOR, world.java)
    ends.keep(now=NOW)
    address = re.compile(r'href="([^"]*/angka/[^"]*)">(\d+)</a>')

    def followed() -> list[int]:
        """How many rows stand behind each figure; as many as it says."""
        found = [(html.unescape(link), int(said)) for link, said in address.findall(_text(client.get(here("changelist"))))]
        assert [client.get(link).context["counted"] for link, _said in found] == [said for _link, said in found]
        return [said for _link, said in found]

    assert followed() == [7, 7, 4, 1, 7, 4, 4]
    summary.freeze(office_id=world.java.pk, period=WEEK, by=supervisor, now=NOW)
    world.post(world.java, at(23))
    assert followed() == [1, 8, 7, 4, 1, 7, 4, 4]


# --- the card of the start page ------------------------------------------------------------------


def _card(rf: Any, person: Any) -> Any:
    request = rf.get("/")
    request.user = person
    return pages.week_card(request)


def test_the_card_shows_what_is_frozen_and_nothing_before(rf: Any, world: Any) -> None:
    week = IsoWeek.of(NOW).previous()
    supervisor, officer = world.person("supervisor", world.java), world.person("officer", world.java)
    directorate = [world.person(role, world.directorate()) for role in ("registrar", "supervisor")]
    assert [_card(rf, one) for one in (supervisor, officer, *directorate)] == [None] * 4
    made = summary.freeze(office_id=world.java.pk, period=week, by=supervisor, now=NOW)
    for person in (supervisor, officer):
        card = _card(rf, person)
        assert (card.link, card.context["preliminary"]) == (here("week", "jateng", str(week)), False)
        assert len(card.context["sentences"]) == len(made.read().sentences) == 3
    assert [_card(rf, one) for one in directorate] == [None] * 2
