"""The card of attachments on the page of a case: sent by a form, shown redrawn, given back as a file, withdrawn."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patrol import cases, models
from patrol.cases import attachments
from patrol.evidence import pictures
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said
from tests.cases.test_moving import opened
from tests.evidence.test_kinds import picture


def send(client: Client, case: models.Case, content: bytes = b"Surat dari desa.", **given: Any) -> Any:
    fields = {"title": "Surat desa", "seen_by": "both", "file": SimpleUploadedFile("<b>../surat.html", content)}
    return client.post(address("patrol_case_attach", case.pk), fields | given)


def card(client: Client, case: models.Case) -> str:
    html = client.get(address("patrol_case_change", case.pk)).content
    found = BeautifulSoup(html, "html.parser").find(id="lampiran")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_a_file_goes_in_is_given_back_and_withdrawn(door: Door) -> None:
    officer = factories.person()
    case, client = opened(officer), english(door(officer))
    answer = send(client, case)
    assert (answer["Location"], said(answer)) == (address("patrol_case_change", case.pk), ["The file was attached."])
    one = models.CaseAttachment.objects.get()
    assert "Surat desa Text, 16 bytes" in card(client, case)
    assert "View" not in card(client, case)
    answer = client.post(address("patrol_case_download_file", one.pk))
    assert (answer.content, answer["Content-Type"]) == (b"Surat dari desa.", "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="lampiran-{one.capture.sha256[:12]}.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer = client.post(address("patrol_case_withdraw_file", one.pk), {"note": "Salah berkas."})
    assert said(answer)[-1] == "The file was withdrawn: it is opened to nobody here any more."
    assert "withdrawn" in card(client, case)
    assert "Download" not in card(client, case)
    answer = client.post(address("patrol_case_download_file", one.pk))
    assert (answer.status_code, said(answer)[-1]) == (302, "The file was withdrawn: it is opened to nobody here.")


def test_a_picture_is_shown_as_it_was_drawn_anew(door: Door) -> None:
    officer, sent = factories.person(), picture("PNG")
    case, client = opened(officer), english(door(officer))
    send(client, case, sent)
    one = models.CaseAttachment.objects.get()
    assert "View" in card(client, case)
    answer = client.post(address("patrol_case_view_file", one.pk))
    assert (answer["Content-Type"], pictures.media_type(answer.content)) == ("image/jpeg", "image/jpeg")
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.post(address("patrol_case_download_file", one.pk)).content == sent
    made = models.Minutes.objects.get()
    told = client.get(address("patrol_case_change", one.case_id)).content.decode()
    assert f"Minutes {made.number} were written" in told
    assert f'<a href="{address("patrol_minutes_changelist")}">' in told
    assert client.get(address("patrol_case_view_file", one.pk)).status_code == 404


def test_what_was_not_taken_is_said_and_a_closed_case_has_no_form(door: Door) -> None:
    officer = factories.person()
    case, client = opened(officer), english(door(officer))
    assert said(send(client, case, b"MZ\x90\x00"))[-1].startswith("Nothing was attached: only PDF,")
    assert said(send(client, case, title=""))[-1] == "Nothing was attached: give the file a title."
    assert said(send(client, case, file=""))[-1] == "Nothing was attached: choose a file that is not empty."
    assert said(send(client, case, b"x" * (attachments.MOST_BYTES + 1)))[-1] == "Nothing was attached: the file is larger than 15 MB."
    assert models.CaseAttachment.objects.count() == 0
    assert "Attach a file" in card(client, case)
    cases.close(case_id=case.pk, outcome="acted_upon", note="Selesai.", seen_version=case.version, by=officer, now=factories.NOW)
    assert "Attach a file" not in card(client, case)


def test_the_other_side_is_not_told_what_is_not_for_it(door: Door) -> None:
    officer = factories.person()
    case, office, directorate = opened(officer), english(door(officer)), english(door(Role.ANALYST))
    send(office, case, seen_by="own", title="Catatan dalam")
    page = address("patrol_case_change", case.pk)
    assert [b"Catatan dalam" in one.get(page).content for one in (office, directorate)] == [True, False]
    assert b"attached a file" not in directorate.get(page).content
    one = models.CaseAttachment.objects.get()
    assert directorate.post(address("patrol_case_download_file", one.pk)).status_code == 404


def test_the_card_costs_the_same_with_one_file_and_with_thirty(door: Door) -> None:
    officer = factories.person()
    case, client = opened(officer), door(officer)
    attachments.attach_file(case_id=case.pk, content=b"satu", title="1", seen_by="both", by=officer, now=factories.NOW)
    with CaptureQueriesContext(connection) as one:
        card(client, case)
    for number in range(29):
        attachments.attach_file(case_id=case.pk, content=b"%d" % number, title="x", seen_by="own", by=officer, now=factories.NOW)
    with CaptureQueriesContext(connection) as thirty:
        card(client, case)
    assert len(thirty) == len(one)
    assert (
        sum("caseattachment" in query["sql"].partition(" WHERE ")[0] and "COUNT" not in query["sql"] for query in one) == 2
    )  # and the timeline
