"""Pages of objections: entered, decided and answered by their forms; who objects stands masked; counted."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from patrol import models, triage
from patrol.cases import objections
from patrol.infra import printing
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked, objected
from tests.cases.objected import CONTACT, NAME, TEXT
from tests.markup import only, value_of

pytestmark = pytest.mark.django_db
PERSONAL = (NAME, "Wulandari", CONTACT, "0812-0555-0142")


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: objected.LATER)


def page(client: Any, made: models.Objection) -> str:
    text: str = client.get(reverse("admin:patrol_objection_change", args=[made.pk])).content.decode()
    return text


def post(client: Any, made: models.Objection, verb: str, **form: Any) -> str:
    response = client.post(reverse(f"admin:patrol_objection_{verb}", args=[made.pk]), form, follow=True)
    assert response.status_code == 200
    made.refresh_from_db()
    text: str = response.content.decode()
    return text


def test_from_the_flag_to_the_answer_by_forms(door: Door) -> None:
    officer, second = factories.person(), objected.supervisor()
    client, other = door(officer), door(second)
    case, (flag,) = objected.in_case(by=officer)
    sent = asked.sent(case, officer)
    new = reverse("admin:patrol_objection_enter", args=[flag.pk])
    assert new in client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    found = client.get(reverse("admin:patrol_objection_find"), {"flag": f" {flag.number.lower()} "})
    assert found["Location"] == new
    told = {"side": "named", "name": NAME, "contact": CONTACT, "how": "letter", "day": factories.NOW.date().isoformat(), "text": TEXT}
    again = client.post(new, {**told, "how": ""}).content.decode()
    assert ("sebutkan cara masuknya" in again, NAME in again, models.Objection.objects.count()) == (True, True, 0)
    file = SimpleUploadedFile("surat.pdf", b"%PDF-1.7 (contoh)", "application/pdf")
    client.post(new, {**told, "file": file})
    made = models.Objection.objects.get()
    assert (made.name, made.contact, made.text, made.file is not None) == (NAME, CONTACT, TEXT, True)
    assert "sudah satu kali berkeberatan" in client.post(new, told).content.decode()
    assert reverse("admin:patrol_objection_decide", args=[made.pk]) not in page(client, made)
    assert reverse("admin:patrol_objection_decide", args=[made.pk]) in page(other, made)
    assert "tulis pertimbangannya" in post(other, made, "decide", seen_version=made.version, outcome="upheld", ground="")
    decided = {"outcome": "upheld", "ground": "Nomor orang lain.", "put_right": "Bukan perekrut.", "said": "dismissed:lawful"}
    post(other, made, "decide", seen_version=made.version, **decided)
    assert (made.outcome, made.correction is not None) == ("upheld", True)
    shown = page(client, made)
    correction = models.Referral.objects.get(corrects=sent)
    assert all(word in shown for word in (correction.number, "diterima seluruhnya", "Nomor orang lain.", "Bukan perekrut."))
    corrected = client.get(reverse("admin:patrol_referral_change", args=[correction.pk])).content.decode()
    assert all(word in corrected for word in (f"Koreksi atas {sent.number}", made.number, "Bukan perekrut."))
    assert 'name="together"' not in corrected
    of_sent = client.get(reverse("admin:patrol_referral_change", args=[sent.pk])).content.decode()
    assert f'<a href="{reverse("admin:patrol_referral_change", args=[correction.pk])}">{correction.number}</a>' in of_sent
    assert f"harus mengoreksi isinya, setelah keberatan: {correction.number}" in of_sent
    of_case = client.get(reverse("admin:patrol_case_change", args=[sent.case_id])).content.decode()
    assert f"{correction.number}, koreksi, belum keluar" in of_case
    post(client, made, "answered", seen_version=made.version, how="letter")
    assert made.answered_how == "letter"
    flags = client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    assert all(word in flags for word in (made.number, "Bukan perekrut.", "Dikoreksi setelah keberatan"))


def test_who_objects_stands_masked_until_it_is_asked_for(door: Door) -> None:
    officer = factories.person()
    client = door(officer)
    flag = objected.decided(by=officer)
    made = objected.enter(flag, officer, content=b"%PDF-1.7 (contoh)")
    shown = page(client, made)
    shown += client.get(reverse("admin:patrol_objection_changelist")).content.decode()
    shown += client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    shown += client.get(reverse("admin:patrol_objection_enter", args=[flag.pk])).content.decode()
    assert [word for word in PERSONAL if word in shown] == []
    before = models.AuditEntry.objects.filter(verb="contact.shown", target_type="objection").count()
    full = post(client, made, "show")
    assert [word for word in (NAME, CONTACT, "0812-0555-0142") if word not in full] == []
    assert models.AuditEntry.objects.filter(verb="contact.shown", target_type="objection").count() == before + 1
    file = client.post(reverse("admin:patrol_objection_file", args=[made.pk]))
    assert (file.content, file["Content-Disposition"]) == (b"%PDF-1.7 (contoh)", f'attachment; filename="{made.number}.pdf"')
    assert models.AuditEntry.objects.filter(verb="capture.downloaded").count() == 1


def test_the_letter_bears_the_name_and_is_a_look(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = factories.person()
    client = door(officer)
    made = objected.decide(objected.enter(objected.decided(by=officer), officer), objected.supervisor(), "rejected")
    letter = reverse("admin:patrol_objection_letter", args=[made.pk])
    printed: list[str] = []

    def printer(html: str, **_options: Any) -> bytes:
        printed.append(html)
        return b"%PDF-"

    monkeypatch.setattr(printing, "pdf", printer)
    response = client.post(letter)
    assert (response.content, response["Content-Disposition"]) == (b"%PDF-", f'attachment; filename="{made.number}.pdf"')
    assert all(word in printed[0] for word in (NAME, CONTACT, made.number, "ditolak", "tidak dapat kami terima"))
    assert models.AuditEntry.objects.filter(verb="contact.shown", target_type="objection").count() == 1
    models.Objection.objects.update(name="", contact="", text="")
    text = client.post(letter, follow=True).content.decode()
    assert ("Surat tidak dibuat. Yang kurang: nama yang berkeberatan, tujuan jawaban." in text, len(printed)) == (True, 1)


def test_there_is_no_letter_before_it_is_decided(door: Door) -> None:
    officer = factories.person()
    made = objected.enter(objected.decided(by=officer), officer)
    text = door(officer).post(reverse("admin:patrol_objection_letter", args=[made.pk]), follow=True).content.decode()
    assert ("keberatan ini belum diputus" in text, models.AuditEntry.objects.filter(verb="contact.shown").count()) == (True, 0)


def _offered(client: Any, flag: models.Flag) -> tuple[bool, list[str]]:
    """Whether the flag's page leads to the form, and which sides the form offers; [] where no form is there."""
    new = reverse("admin:patrol_objection_enter", args=[flag.pk])
    form = client.get(new).content.decode()
    leads = new in client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    sides = [str(side) for side in models.ObjectionSide if f'<option value="{side}"' in form]
    assert ('name="contact"' in form) == bool(sides)
    return leads, sides


def test_a_side_that_objected_is_not_offered_again(door: Door) -> None:
    officer = factories.person()
    client, flag, every = door(officer), objected.decided(by=officer), [str(side) for side in models.ObjectionSide]
    assert _offered(client, flag) == (True, every)
    for place, side in enumerate(every):
        objected.enter(flag, officer, side=side)
        assert _offered(client, flag) == (True, every[place + 1 :])


def test_there_is_no_form_where_no_decision_stands(door: Door) -> None:
    officer = factories.person()
    client, fresh = door(officer), factories.flag()
    assert _offered(client, fresh) == (False, [])
    back = objected.decided(by=officer)
    triage.reverse(decision_id=back.decisions.get().pk, reason_note="Salah", decision_key=uuid.uuid4(), by=officer, now=objected.LATER)
    assert _offered(client, back) == (False, [])


def test_nobody_objects_to_the_mark_of_a_victim(door: Door) -> None:
    officer = factories.person()
    flag = objected.decided(outcome="victim", by=officer)
    text = door(officer).get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    led = reverse("admin:patrol_protection_change", args=[models.Protection.objects.get(flag=flag).pk])
    assert (led in text, _offered(door(officer), flag)) == (True, (False, []))


def test_a_flag_that_is_not_there_leads_back_to_the_list(door: Door) -> None:
    other = objected.decided(factories.flags(1, of=factories.watch("bp3mi-ntb"))[0], by=factories.person("officer", "bp3mi-ntb"))
    client = door(Role.OFFICER)
    for number in (other.number, "TND-26-999999", "\0"):
        found = client.get(reverse("admin:patrol_objection_find"), {"flag": number})
        typed = number.replace("\0", "\N{REPLACEMENT CHARACTER}")
        assert unquote(found["Location"]) == reverse("admin:patrol_objection_changelist") + f"?flag={typed}"
        page = BeautifulSoup(client.get(found["Location"]).content, "html.parser")
        assert value_of(only(page, "[name=flag]"), "value") == typed
    assert client.get(reverse("admin:patrol_objection_enter", args=[other.pk])).status_code == 404


def test_the_indicator_says_that_it_was_corrected(door: Door) -> None:
    officer, far = factories.person(), factories.person("officer", "bp3mi-ntb")
    flag = objected.decided(by=officer)
    made = objected.decide(objected.enter(flag, officer), objected.supervisor())
    indicator = flag.post.sightings.order_by("id")[0].indicator_id
    own, other = (door(who).get(reverse("admin:patrol_indicator_change", args=[indicator])).content.decode() for who in (officer, far))
    link = reverse("admin:patrol_objection_change", args=[made.pk])
    assert [word in own for word in (made.number, made.put_right, link)] == [True, True, True]
    assert [word in other for word in (made.number, made.put_right, link)] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_and_its_file_cost_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    for flag in factories.flags(rows):
        objected.enter(objected.decided(flag, by=officer), officer)
    client = door(officer)
    with django_assert_num_queries(6):
        shown = client.get(reverse("admin:patrol_objection_changelist")).content.decode()
    assert shown.count("KBR-26-") == rows
    with django_assert_num_queries(9):
        file_of: Any = client.post(reverse("admin:patrol_objection_export"), {"format": "csv"})
        assert len(b"".join(file_of.streaming_content).splitlines()) == rows + 2


@pytest.mark.parametrize(("wanted", "found"), [("", 1), ("decided", 1), ("unanswered", 1), ("overdue", 0), ("all", 2), ("x", 1)])
def test_the_list_is_narrowed(wanted: str, found: int, door: Door) -> None:
    officer = factories.person()
    objected.enter(objected.decided(by=officer), officer)
    objected.decide(objected.enter(objected.decided(by=officer), officer), objected.supervisor(), "rejected")
    shown = door(officer).get(reverse("admin:patrol_objection_changelist"), {"state": wanted}).content.decode()
    assert shown.count("KBR-26-") == found
    assert objections.HOURS == 80
