"""What people do in the workbench: one POST, one verb, one clear message."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import cases, models, triage
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.markup import only, tight


def address(name: str, *parts: object) -> str:
    return reverse(f"admin:{name}", args=parts)


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def decide(client: Client, flag: models.Flag, **changed: object) -> Any:
    fields = {"outcome": "confirmed", "reason": "several", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    return client.post(address("patrol_flag_decide", flag.pk), {**fields, **changed})


# --- deciding ---------------------------------------------------------------------------------------


def test_a_decision_leads_to_the_next_flag_and_offers_undo(door: Door) -> None:
    first, second = factories.flags(2)
    client = english(door(Role.OFFICER))
    answer = decide(client, first)
    assert answer["Location"] == address("patrol_flag_change", second.pk)
    html = client.get(answer["Location"]).content.decode()
    decision = models.Decision.objects.get()
    assert (decision.outcome, decision.reason, decision.flag_id) == ("confirmed", "several", first.pk)
    undo = address("patrol_flag_undo", decision.pk)
    assert f'action="{undo}"' in html
    answer = client.post(undo, {"decision_key": uuid.uuid4()})
    assert answer["Location"] == address("patrol_flag_change", first.pk)
    assert said(answer) == [f"Undone. {first.number} waits again."]
    first.refresh_from_db()
    assert first.state == "waiting"
    assert undo not in client.get(answer["Location"]).content.decode()


def test_undoing_the_decision_on_a_row_lays_the_same_post_on_the_desk_again(door: Door) -> None:
    """Not the post of the row that was flagged first, which no row of the queue shows where it is parked."""
    parked, shown = factories.flags(2)
    low = {"state": "parked", "level": "low", "level_rank": 1}
    models.Flag.objects.filter(pk=parked.pk).update(row_key=shown.row_key, **low)
    officer = factories.person(Role.OFFICER)
    client = english(door(officer))
    client.post(address("patrol_flag_take", shown.pk))
    queue = decide(client, shown, outcome="dismissed", reason="lawful")["Location"]
    undo = only(BeautifulSoup(client.get(queue).content, "html.parser"), ".toast form")["action"]
    answer = client.post(str(undo), {"decision_key": uuid.uuid4()})
    assert (said(answer)[-1], answer["Location"]) == (f"Undone. {shown.number} waits again.", address("patrol_flag_change", shown.pk))
    held = models.Flag.objects.filter(lease_person=officer)
    assert [*models.Flag.objects.order_by("id").values_list("state", flat=True)] == ["parked", "waiting"]
    assert [*held.values_list("number", flat=True)] == [shown.number]


def test_after_the_last_flag_the_queue_comes_and_explains_itself(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    answer = decide(client, flag)
    assert answer["Location"] == address("patrol_flag_changelist")
    html = client.get(answer["Location"]).content.decode()
    assert "Nothing waits for a decision" in html
    assert "1 watch is not healthy" in html  # the one that brought the post has never had a good run


def test_too_late_to_undo_says_what_is_left_to_do(door: Door) -> None:
    flag = factories.flag()
    officer = factories.person(Role.OFFICER)
    long_ago = timezone.now() - timedelta(seconds=60)
    decided = triage.decide(
        flag_id=flag.pk,
        outcome="dismissed",
        reason="lawful",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=officer,
        now=long_ago,
    )
    client = english(door(officer))
    answer = client.post(address("patrol_flag_undo", decided.decisions[0].pk), {"decision_key": uuid.uuid4()})
    assert said(answer) == ["Too late to undo: the decision has taken effect. It can be taken back with a reason."]
    back = address("patrol_flag_reverse", decided.decisions[0].pk)
    assert said(client.post(back, {"decision_key": uuid.uuid4(), "note": " "}))[-1] == ("Write why the decision is taken back.")
    answer = client.post(back, {"decision_key": uuid.uuid4(), "note": "Nomor SIP salah dibaca."})
    assert said(answer)[-1] == f"The decision on {flag.number} was taken back."
    flag.refresh_from_db()
    assert flag.state == "waiting"


def test_the_loser_of_a_race_is_told_who_won(door: Door) -> None:
    flag = factories.flag()
    decide(door(factories.person(Role.OFFICER, name="Sari Contoh")), flag)
    answer = decide(english(door(Role.OFFICER)), flag, outcome="dismissed", reason="lawful")
    (text,) = said(answer)
    assert text.startswith("Nothing was changed: it is already “confirmed”, by Sari Contoh, ")
    assert models.Decision.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"reason": ""},
        {"reason": "lawful"},  # of another outcome
        {"outcome": "nichts"},
        {"decision_key": "x"},
        {"seen_version": ""},
        {"seen_version": "²"},
        {"outcome": "dismissed", "reason": "other"},  # without saying what
    ],
)
def test_an_incomplete_decision_decides_nothing(sent: dict[str, str], door: Door) -> None:
    flag = factories.flag()
    answer = decide(english(door(Role.OFFICER)), flag, **sent)
    assert answer["Location"] == address("patrol_flag_change", flag.pk)
    assert [text.startswith("Nothing was decided: ") for text in said(answer)] == [True]
    assert models.Decision.objects.count() == 0


def test_a_double_click_decides_once(door: Door) -> None:
    flag = factories.flag()
    client, key = door(Role.OFFICER), uuid.uuid4()
    assert [decide(client, flag, decision_key=key).status_code for _ in range(2)] == [302, 302]
    assert models.Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.OFFICER, "bp3mi-jabar", 302),
        (Role.OFFICER, "bp3mi-aceh", 403),
        (Role.ANALYST, "", 302),
        (Role.REGISTRAR, "", 404),
        (Role.ADMINISTRATOR, "", 404),
    ],
)
def test_who_may_decide(role: str, code: str, status: int, door: Door) -> None:
    flag = factories.flag()
    assert decide(door(role, code=code), flag).status_code == status


def test_another_office_reads_the_flag_without_buttons_and_without_reasons_of_people(door: Door) -> None:
    flag = factories.flag()
    decide(door(factories.person(Role.OFFICER, name="Sari Contoh")), flag, note="rahasia kantor")
    html = english(door(Role.OFFICER, code="bp3mi-aceh")).get(address("patrol_flag_change", flag.pk)).content.decode()
    assert "Confirmed" in html
    for hidden in ("Sari Contoh", "rahasia kantor", address("patrol_flag_decide", flag.pk), "Several violations"):
        assert hidden not in html


@pytest.mark.parametrize("name", ["decide", "take", "release", "hand_over", "open_case"])
def test_acts_are_posted(name: str, door: Door) -> None:
    flag = factories.flag()
    answer = door(Role.OFFICER).get(address(f"patrol_flag_{name}", flag.pk))
    assert answer["Location"] == address("patrol_flag_change", flag.pk)
    assert models.AuditEntry.objects.count() == models.Decision.objects.count() == 0


def test_a_form_of_another_site_is_refused(door: Door) -> None:
    flag, officer = factories.flag(), factories.person(Role.OFFICER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert decide(client, flag).status_code == 403
    assert models.Decision.objects.count() == 0


def test_a_colleague_who_has_it_open_is_named_and_keeps_it(door: Door) -> None:
    flag = factories.flag()
    door(factories.person(Role.OFFICER, name="Sari Contoh")).post(address("patrol_flag_take", flag.pk))
    client = english(door(Role.OFFICER))
    page = client.post(address("patrol_flag_take", flag.pk))["Location"]
    html = client.get(page).content.decode()
    assert "Open at Sari Contoh since " in html
    assert address("patrol_flag_decide", flag.pk) not in html
    (text,) = said(decide(client, flag))
    assert text.startswith("Sari Contoh has had this open since ")
    assert "Open at Sari Contoh" in client.get(address("patrol_flag_changelist")).content.decode()


def test_handing_over_needs_an_office_and_a_reason(door: Door) -> None:
    flag, aceh = factories.flag(), factories.office("bp3mi-aceh")
    client, to = english(door(Role.OFFICER)), address("patrol_flag_hand_over", flag.pk)
    assert said(client.post(to, {"office": aceh.pk}))[-1] == "Choose an office and write why it is theirs."
    answer = client.post(to, {"office": aceh.pk, "note": "Perekrutan di Banda Aceh.", "seen_version": flag.version})
    assert said(answer)[-1] == f"{flag.number} was handed over to {aceh.name}."
    flag.refresh_from_db()
    assert flag.office == aceh


@pytest.mark.parametrize(
    ("verb", "sent", "beside", "sentence"),
    [
        ("snooze", {"until": "days", "note": " "}, "note", "Say until when, and why it waits."),
        ("snooze", {"until": "never", "note": "Menunggu."}, "until", "Say until when, and why it waits."),
        ("snooze", {}, "until", "Say until when, and why it waits."),
        ("hand_over", {"office": "0", "note": "Milik Aceh."}, "office", "Choose an office and write why it is theirs."),
        ("hand_over", {"office": "Aceh", "note": "Milik Aceh."}, "office", "Choose an office and write why it is theirs."),
        ("open_case", {"title": " ", "reason": "several"}, "title", "Give the case a title that names no person and no number."),
        ("escalate", {"note": "Tiga kantor."}, "article", "Nothing was changed: choose the article it rests on."),
        ("escalate", {"article": "fraud", "note": " "}, "note", "Nothing was changed: write a note first."),
        ("show", {"purpose": "curiosity"}, "purpose", "Say what the numbers are for: it is logged."),
    ],
)
def test_what_an_act_lacks_is_said_once_beside_its_field(verb: str, sent: dict[str, str], beside: str, sentence: str, door: Door) -> None:
    flag = factories.flag()
    to = address(f"patrol_flag_{verb}", flag.pk)
    answer = english(door(Role.OFFICER)).post(to, {**sent, "seen_version": flag.version})
    assert [(str(one), one.extra_tags) for one in get_messages(answer.wsgi_request)] == [(sentence, f"{to} {beside}")]
    version, office = flag.version, flag.office
    flag.refresh_from_db()
    assert (flag.state, flag.version, flag.office) == ("waiting", version, office)
    assert models.Case.objects.count() == models.Decision.objects.count() == models.AuditEntry.objects.count() == 0


def test_a_decision_is_taken_back_with_a_reason_only(door: Door) -> None:
    flag = factories.flag()
    client = english(door(Role.OFFICER))
    decide(client, flag)
    to = address("patrol_flag_reverse", models.Decision.objects.get().pk)
    answer = client.post(to, {"note": " ", "decision_key": uuid.uuid4()})
    (message,) = list(get_messages(answer.wsgi_request))[-1:]
    assert (str(message), message.extra_tags) == ("Write why the decision is taken back.", f"{to} note")
    assert models.Decision.objects.count() == 1


# --- cases ------------------------------------------------------------------------------------------


def test_of_a_message_in_its_own_case_the_directorate_is_not_told_that_another_side_has_a_notice(door: Door) -> None:
    officer = factories.person(Role.OFFICER, "directorate")
    flag = factories.flag()
    models.Flag.objects.filter(pk=flag.pk).update(office=officer.office, state="confirmed", decided_at=factories.NOW)
    case = cases.open_case(flag_ids=[flag.pk], title="Kursi Taiwan", by=officer, now=factories.NOW)
    told = said(english(door(officer)).post(address("patrol_case_message", case.pk), {"note": "Lengkap."}))
    assert told == ["The message was saved. The case is the directorate's own: who else opened it or has it gets a notice."]
    assert not models.Notice.objects.exists()
    supervisor = factories.person(Role.SUPERVISOR, "directorate")
    page = BeautifulSoup(english(door(supervisor)).get(address("patrol_case_change", case.pk)).content, "html.parser")
    (messages,) = page.select("section.note.blue")
    assert [heading.get_text(strip=True) for heading in messages.select("h2, header .mut, .said > b + .f12:not(.mut), .sr")] == [
        "Messages within the directorate",
        "no other office reads them",
        "Message within the directorate",
    ]
    assert only(messages, "textarea")["placeholder"] == "Write to colleagues at the directorate"
    assert only(messages, ".said p").get_text(strip=True) == "Lengkap."


def test_a_case_from_a_flag_to_the_directorate_and_back(door: Door) -> None:
    flag = factories.flag()
    officer, analyst = english(door(Role.OFFICER)), english(door(Role.ANALYST))
    opening = address("patrol_flag_open_case", flag.pk)
    assert said(officer.post(opening, {"title": "Kursi Taiwan"})) == ["Nothing was decided: choose a reason first."]
    decide(officer, flag)
    answer = officer.post(opening, {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    page = address("patrol_case_change", case.pk)
    assert (answer["Location"], said(answer)[-1]) == (page, f"{case.number} was opened.")
    assert said(officer.post(opening, {"title": "Lagi"}))[-1] == f"The flag is in {case.number} already."

    def act(client: Client, verb: str, **sent: object) -> str:
        case.refresh_from_db()
        answer = client.post(address(f"patrol_case_{verb}", case.pk), {"seen_version": case.version, **sent})
        assert answer["Location"] == page
        return said(answer)[-1]

    for sent, place, why in (
        ({"note": "Tiga kantor."}, "article", "Nothing was changed: choose the article it rests on."),
        ({"article": "fraud", "note": " "}, "note", "Nothing was changed: write a note first."),
    ):
        assert act(officer, "escalate", **sent) == why
        banner = only(BeautifulSoup(officer.get(page).content, "html.parser"), f'[data-beside$=" {place}"]')
        assert banner["data-beside"] == f"{address('patrol_case_escalate', case.pk)} {place}"
        assert why in banner.text
    assert not case.events.filter(kind="escalated").exists()
    assert act(officer, "escalate", article="fraud", note="Tiga kantor.") == f"{case.number} was escalated to the directorate."
    assert act(officer, "escalate", article="fraud", note="Lagi.") == "That is no longer possible here: the state has changed."
    assert act(analyst, "take") == f"You took {case.number}."
    assert act(analyst, "message", note="Mohon tambah unggahan.") == "The message was sent: the other side has a notice."
    assert act(analyst, "note", note="Tunggu konfirmasi.") == "The note was saved."
    html = officer.get(page).content.decode()
    assert "Mohon tambah unggahan." in html
    assert "Tunggu konfirmasi." not in html  # the directorate's own
    assert "only your office reads it" in html
    own = analyst.get(page).content.decode()
    assert "Tunggu konfirmasi." in own
    assert "only the directorate reads it" in own
    assert act(analyst, "give_back", note="Lengkapi.") == f"{case.number} was handed back to its office."
    assert "kind: not said yet" in officer.get(page).content.decode()
    assert act(officer, "set_kind", kind="pirates") == "Nothing was changed: choose what the case is about."
    assert act(officer, "set_kind", kind="squid_boats") == f"What {case.number} is about was saved."
    assert act(officer, "close", note="Unggahan hilang.") == "Nothing was changed: choose what came of the case."
    assert act(officer, "close", outcome="acted_upon", note="Unggahan hilang.") == f"{case.number} was closed."
    shown = BeautifulSoup(officer.get(page).content, "html.parser")
    assert [one.text.strip() for one in shown.select(".case .tl li small")][:2] == ["Acted upon", "Unggahan hilang."]
    assert "Squid boats" in only(shown, "main .stack > section:first-child > header").text
    assert act(officer, "reopen", note="Muncul lagi.") == f"{case.number} was reopened."
    kinds = list(case.events.values_list("kind", flat=True))
    assert kinds == ["opened", "flag_added", "escalated", "taken", "message", "note", "returned", "kind_set", "closed", "reopened"]


@pytest.mark.parametrize("verb", ["escalate", "note", "message", "close", "take_out"])
def test_a_missing_note_is_said_beside_its_field(verb: str, door: Door) -> None:
    flag = factories.flag()
    officer = english(door(Role.OFFICER))
    decide(officer, flag)
    officer.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    before = (case.version, case.events.count())
    to = address(f"patrol_case_{verb}", case.pk)
    sent = {"note": " \n ", "flag": flag.pk, "article": "fraud", "seen_version": case.version}
    answer = officer.post(to, sent)
    (message,) = list(get_messages(answer.wsgi_request))[-1:]
    assert (answer["Location"], str(message), message.extra_tags) == (
        address("patrol_case_change", case.pk),
        "Nothing was changed: write a note first.",
        f"{to} note",
    )
    case.refresh_from_db()
    assert (case.version, case.events.count()) == before


@pytest.mark.parametrize("seen", ["", "satu", "9" * 30])
def test_a_form_of_a_case_that_names_no_version_speaks_of_this_one(seen: str, door: Door) -> None:
    flag = factories.flag()
    officer = english(door(Role.OFFICER))
    decide(officer, flag)
    officer.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    answer = officer.post(address("patrol_case_close", case.pk), {"outcome": "refused", "note": "Selesai.", "seen_version": seen})
    assert said(answer)[-1] == f"{case.number} was closed."


def test_a_message_is_marked_until_it_is_read_or_answered_on_either_side(door: Door) -> None:
    flag = factories.flag()
    officer, analyst = english(door(Role.OFFICER)), english(door(Role.ANALYST))
    decide(officer, flag)
    officer.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    page, lists, start = (address("patrol_case_change", case.pk), address("patrol_case_changelist"), reverse("admin:index"))

    def marks(client: Client) -> tuple[int, int, int, int]:
        """In the list, in the list of unread ones, on the case, and the number on the start page."""
        unread = tight(client.get(lists, {"state": "unread"}).content.decode()).count(f">{case.number}</a>")
        line = re.search(r'state=unread">.*?<b>(\d+)</b>', tight(client.get(start).content.decode()))
        marked = tight(client.get(lists).content.decode()).count("unread message</span>")
        assert "{&#x27;" not in client.get(page).content.decode()  # what was written is no announcement of the frame
        return (marked, unread, tight(client.get(page).content.decode()).count('class="badge blue">new<'), int(line[1]) if line else 0)

    assert (marks(officer), marks(analyst)) == ((0, 0, 0, 0), (0, 0, 0, 0))
    analyst.post(address("patrol_case_message", case.pk), {"note": "Mohon tambah unggahan."})
    assert (marks(officer), marks(analyst)) == ((1, 1, 1, 1), (0, 0, 0, 0))
    assert marks(officer) == (1, 1, 1, 1)  # looking at it is not reading it: the colleague who does not answer leaves the mark
    assert said(officer.post(address("patrol_case_read", case.pk)))[-1] == "The messages are marked as read."
    assert (marks(officer), marks(analyst)) == ((0, 0, 0, 0), (0, 0, 0, 0))
    analyst.post(address("patrol_case_message", case.pk), {"note": "Masih ditunggu."})
    officer.post(address("patrol_case_message", case.pk), {"note": "Sudah ditambah."})
    assert (marks(officer), marks(analyst)) == ((0, 0, 0, 0), (1, 1, 1, 1))


def test_a_taken_case_is_passed_on_from_its_page(door: Door) -> None:
    flag = factories.flag()
    officer, analyst = door(Role.OFFICER), english(door(Role.ANALYST))
    other = factories.person(Role.ANALYST, name="Wati Contoh")
    decide(officer, flag)
    officer.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    page, to = address("patrol_case_change", case.pk), address("patrol_case_pass_on", case.pk)
    officer.post(address("patrol_case_escalate", case.pk), {"article": "fraud", "note": "x"})
    assert to not in analyst.get(page).content.decode()  # nobody has it yet
    analyst.post(address("patrol_case_take", case.pk))
    html = analyst.get(page).content.decode()
    assert (to in html, ">Wati Contoh</option>" in html, to in officer.get(page).content.decode()) == (True, True, False)
    assert said(analyst.post(to, {"note": "Cuti."}))[-1] == "Nothing was changed: choose who takes the case."
    assert said(analyst.post(to, {"note": "Cuti.", "to": other.pk}))[-1] == f"{case.number} was passed on."
    case.refresh_from_db()
    assert case.responsible == other
    assert "passed the case on to<b>Wati Contoh</b>" in tight(analyst.get(page).content.decode())


def test_an_opened_case_is_passed_on_within_its_office_from_its_page(door: Door) -> None:
    flag = factories.flag()
    officer, analyst = english(door(factories.person(Role.OFFICER, name="Sari Contoh"))), door(Role.ANALYST)
    other = factories.person(Role.OFFICER, name="Wati Contoh")
    decide(officer, flag)
    officer.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    page, to = address("patrol_case_change", case.pk), address("patrol_case_pass_on", case.pk)
    html = officer.get(page).content.decode()
    assert ("To which colleague" in html, ">Wati Contoh</option>" in html, to in analyst.get(page).content.decode()) == (True, True, False)
    assert said(officer.post(to, {"note": "Cuti.", "to": other.pk}))[-1] == f"{case.number} was passed on."
    html = tight(officer.get(page).content.decode())
    assert ("passed the case on to<b>Wati Contoh</b>" in html, "responsible: Wati Contoh" in html) == (True, True)


def test_a_case_changed_meanwhile_is_not_overwritten(door: Door) -> None:
    flag = factories.flag()
    client = english(door(factories.person(Role.OFFICER, name="Sari Contoh")))
    decide(client, flag)
    client.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    answer = client.post(
        address("patrol_case_close", case.pk), {"seen_version": case.version + 7, "outcome": "refused", "note": "Selesai."}
    )
    assert said(answer)[-1].startswith("Nothing was changed: it is already “Opened”, by Sari Contoh, ")
    case.refresh_from_db()
    assert case.state == "opened"


def test_another_office_sees_number_and_office_of_a_case_only(door: Door) -> None:
    flag = factories.flag()
    client = door(Role.OFFICER)
    decide(client, flag)
    client.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi Taiwan"})
    case = models.Case.objects.get()
    other = door(Role.OFFICER, code="bp3mi-aceh")
    html = other.get(address("patrol_flag_change", flag.pk)).content.decode()
    assert f"{case.number}, BP3MI Jawa Barat" in html
    assert "Kursi Taiwan" not in html
    assert other.get(address("patrol_case_change", case.pk)).status_code == 404
    assert other.post(address("patrol_case_close", case.pk), {"note": "x"}).status_code == 404
    assert case.number not in other.get(address("patrol_case_changelist")).content.decode()


# --- watches, people, offices ------------------------------------------------------------------------


def test_a_watch_is_added_changed_paused_and_resumed(door: Door) -> None:
    client = english(door(Role.ANALYST))
    sent = {
        "name": "Grup kerja Pantura",
        "ask": "telegram/channel",
        "query": "kerja_pantura_contoh",
        "office": factories.office().pk,
        "every_minutes": "2.5",
        "healthy_low": "4",
        "healthy_high": "10",
    }
    wrong = client.post(address("patrol_watch_add"), {**sent, "healthy_low": "11"})
    assert (wrong.status_code, "The lower end lies above the upper end." in wrong.content.decode()) == (200, True)
    answer = client.post(address("patrol_watch_add"), sent)
    watch = models.Watch.objects.get()
    assert answer["Location"] == address("patrol_watch_change", watch.pk)
    assert (watch.every_seconds, watch.healthy_low, watch.office.code) == (150, 4, "bp3mi-jabar")
    again = client.post(address("patrol_watch_add"), sent)
    assert "This source is already watched." in again.content.decode()
    assert again.context["same"] == {"name": "Grup kerja Pantura", "link": address("patrol_watch_change", watch.pk)}
    quick = client.post(address("patrol_watch_edit", watch.pk), {**sent, "every_minutes": "0.1"})
    assert "Every 0.17 minutes (10 seconds) at most." in quick.content.decode()
    client.post(address("patrol_watch_edit", watch.pk), {**sent, "name": "Grup Pantura"})
    client.post(address("patrol_watch_pause", watch.pk))
    watch.refresh_from_db()
    assert (watch.name, watch.state, watch.due_at) == ("Grup Pantura", "paused", None)
    assert said(client.post(address("patrol_watch_pause", watch.pk)))[-1] == ("That is no longer possible here: the state has changed.")
    client.post(address("patrol_watch_resume", watch.pk))
    watch.refresh_from_db()
    assert watch.state == "active"
    assert door(Role.OFFICER).post(address("patrol_watch_pause", watch.pk)).status_code == 404


def test_a_watch_whose_credential_was_refused_stays_stopped(door: Door) -> None:
    problem = {"code": "credentials_refused", "id": "Ditolak.", "en": "Refused.", "at": timezone.now().isoformat()}
    key = models.Credential.objects.create(
        platform="tiktok", name="Kunci", sealed="x", changed_at=timezone.now(), refused_at=timezone.now(), refusal=problem
    )
    watch = factories.watch(platform="tiktok", credential=key, state="stopped")
    client = english(door(Role.ANALYST))
    before = (watch.state, watch.due_at)
    answer = client.post(address("patrol_watch_resume", watch.pk))
    assert answer["Location"] == address("patrol_watch_change", watch.pk)
    [message] = get_messages(answer.wsgi_request)
    assert (message.level_tag, message.extra_tags) == ("error", f"{address('patrol_watch_resume', watch.pk)} credential")
    watch.refresh_from_db()
    assert (watch.state, watch.due_at) == before
    assert models.AuditEntry.objects.count() == 0


def test_the_form_of_a_watch_asks_what_the_platform_takes_in_its_words(door: Door) -> None:
    client = english(door(Role.ANALYST))
    models.KeywordPack.objects.create(name="Kata", about="other", words=["loker"], changed_at=timezone.now())
    assert client.get(address("patrol_watch_add")).context.get("form") is None  # the platform first
    nothing = client.post(address("patrol_watch_add"), {"name": "Tanpa", "ask": "surat/pos"})
    assert "Choose a platform first." in nothing.content.decode()
    asked = {}
    for ask in ("telegram", "mastodon/hashtag", "youtube/place"):
        form = client.get(address("patrol_watch_add"), {"ask": ask}).context["form"]
        assert {field.name for field in form} == {field.name for field in (*form.first, *form.more)}
        asked[ask] = ([field.label for field in form.first[1:]], [name for name in ("packs", "credential") if name in form.fields])
    assert asked == {
        "telegram": (["Name of the channel", "Name", "Office"], []),
        "mastodon/hashtag": (["Hashtag and server", "Name", "Office"], ["packs", "credential"]),
        "youtube/place": (["Place", "Words to look for", "Name", "Credential", "Office"], ["packs", "credential"]),
    }
    sent = {"ask": "mastodon/account", "name": "", "query": "dua kata", "office": factories.office().pk, "every_minutes": "5"}
    form = client.post(address("patrol_watch_add"), sent).context["form"]
    assert form.errors == {"name": ["Write how your office will call this watch, such as Work group Pantura."]}
    form = client.post(address("patrol_watch_add"), {**sent, "name": "Akun"}).context["form"]
    said = "Write an account and its server, such as @akun@mastodon.example, or its address https://mastodon.example/@akun."
    assert (form.errors, form["query"].help_text, form.more_open) == ({"query": [said]}, "", True)  # the interval is not the usual one
    usual = client.post(address("patrol_watch_add"), {**sent, "every_minutes": "15", "priority": "2"}).context["form"]
    assert usual.more_open is False
    assert models.Watch.objects.count() == 0


def test_a_watch_at_a_place_is_typed_in_two_fields(door: Door) -> None:
    client = english(door(Role.ANALYST))
    key = models.Credential.objects.create(platform="tiktok", name="Kunci", sealed="x", changed_at=timezone.now())
    sent = {
        "name": "Johor",
        "ask": "tiktok/place",
        "place": "sg, my",
        "query": "loker; pabrik",
        "credential": key.pk,
        "office": factories.office().pk,
        "every_minutes": "60",
    }
    wrong = client.post(address("patrol_watch_add"), {**sent, "place": "Johor"}).content.decode()
    assert "Place not understood. Write codes of the countries where the accounts are registered, such as MY, SG" in wrong
    bare = client.post(address("patrol_watch_add"), {**sent, "query": ""}).content.decode()
    assert "A country is too wide without words: enter words to look for, or choose a pack under “Advanced”." in bare
    client.post(address("patrol_watch_add"), sent)
    watch = models.Watch.objects.get()
    assert watch.query == "MY,SG; loker; pabrik"
    form = client.get(address("patrol_watch_edit", watch.pk)).context["form"]
    assert (form["place"].value(), form["query"].value()) == ("MY,SG", "loker; pabrik")
    client.post(address("patrol_watch_edit", watch.pk), {**sent, "place": "MY", "query": "loker"})
    watch.refresh_from_db()
    assert watch.query == "MY; loker"
    other = client.get(address("patrol_watch_edit", factories.watch().pk)).context["form"]
    assert "place" not in other.fields


def test_a_person_is_added_and_sets_the_password_by_a_link_that_works_once(door: Door) -> None:
    client = english(door(Role.ADMINISTRATOR))
    sent = {"username": "sari", "name": "Sari Contoh", "role": "officer", "office": factories.office().pk}
    refused = client.post(address("patrol_person_add"), {**sent, "role": "registrar"})
    assert "This role exists at the directorate only." in refused.content.decode()
    client.post(address("patrol_person_add"), sent)
    person = models.Person.objects.get(username="sari")
    unset, old = "No password is set.", "until then the old one"
    page = client.get(address("patrol_person_change", person.pk)).content.decode()
    assert (unset in page, old in page) == (True, False)
    answer = client.post(address("patrol_person_reset_link", person.pk))
    (link,) = re.findall(r'id="one-time-link"[^>]*>http://testserver([^<]+)<', answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert link not in client.get(address("patrol_person_change", person.pk)).content.decode()
    fresh = Client()
    form = fresh.get(link, follow=True)
    password = "panjang-dan-aneh-4821"
    to = form.redirect_chain[-1][0]
    assert fresh.post(to, {"new_password1": password, "new_password2": password}).status_code == 302
    assert "new_password1" not in Client().get(link, follow=True).content.decode()
    login = fresh.post(reverse("admin:login"), {"username": "sari", "password": password, "next": "/kerja/patrol/post/"})
    assert login["Location"] == "/kerja/patrol/post/"
    page = client.get(address("patrol_person_change", person.pk)).content.decode()
    assert (unset in page, old in page) == (False, True)


@pytest.mark.parametrize(
    ("wished", "came"),
    [
        ("/kerja/patrol/case/?state=mine", "/kerja/patrol/case/?state=mine"),
        ("https://jebakan.example/", "/kerja/"),
        ("//jebakan.example/", "/kerja/"),
        ("", "/kerja/"),
    ],
)
def test_login_leads_to_where_the_person_wanted_and_never_outside(wished: str, came: str, db: None) -> None:
    person = factories.person(Role.OFFICER)
    person.set_password("panjang-dan-aneh-4821")
    person.save(update_fields=["password"])
    client = Client()
    page = client.get(reverse("admin:login"), {"next": wished} if wished else {}).content.decode()
    field = re.findall(r'name="next" value="([^"]*)"', page)[-1]  # the first belongs to the language
    sent = {"username": person.username, "password": "panjang-dan-aneh-4821", "next": field}
    assert client.post(reverse("admin:login"), sent)["Location"] == came


def test_a_person_and_an_office_are_changed_by_an_administrator_only(door: Door) -> None:
    person, office = factories.person(Role.OFFICER), factories.office("bp3mi-aceh")
    admin, supervisor = english(door(Role.ADMINISTRATOR)), door(Role.SUPERVISOR)
    sent = {"name": "Sari Baru", "role": "supervisor", "office": office.pk, "active": "on"}
    change = address("patrol_person_change", person.pk)
    before = models.Person.objects.values().get(pk=person.pk)
    assert supervisor.post(change, sent).status_code == 302  # who may say the P4MI alone: whatever else is sent changes nothing
    assert models.Person.objects.values().get(pk=person.pk) == before
    assert said(admin.post(change, sent)) == ["Sari Baru was changed."]
    person.refresh_from_db()
    assert (person.name, person.role, person.office, person.is_active) == ("Sari Baru", "supervisor", office, True)
    fields = {"name": "BP3MI Aceh", "short_name": "Aceh", "zone": "Asia/Jakarta", "provinces": ["11", "32"], "active": "on"}
    to = address("patrol_office_change", office.pk)
    assert "Province Jawa Barat is already protected by BP3MI Jawa Barat." in admin.post(to, fields).content.decode()
    assert said(admin.post(to, {**fields, "provinces": ["11"]}))[-1] == "BP3MI Aceh was changed."
    assert supervisor.post(to, fields).status_code == 404


def test_paging_goes_through_everything_once(door: Door) -> None:
    factories.stored([factories.raw_post() for _ in range(65)])
    client, seen, link = door(Role.OFFICER), [], address("patrol_post_changelist")
    while link:
        html = client.get(link).content.decode()
        seen += re.findall(r'href="/kerja/patrol/post/(\d+)/"', html)
        following = re.findall(r'href="([^"]+)" rel="next"', html)
        link = following[0].replace("&amp;", "&") if following else ""
    assert sorted(map(int, seen)) == sorted(models.Post.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("place", ["x", "2026-11-23~1", "2026-99-99T00:00:00Z~1", "~", "2026-11-23T00:00:00+00:00~x"])
def test_a_broken_place_is_the_first_page(place: str, door: Door) -> None:
    factories.stored([factories.raw_post()])
    html = door(Role.OFFICER).get(address("patrol_post_changelist"), {"after": place}).content.decode()
    assert len(re.findall(r'href="/kerja/patrol/post/\d+/"', html)) == 1
