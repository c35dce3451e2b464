"""The file of a packet: each value with its checksum, the channel's columns, nothing a spreadsheet would calculate."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from patrol import models
from patrol.admin.shared import words
from patrol.cases import packets, referrals
from patrol.cases.channels import CHANNELS
from patrol.domain import Verdict
from patrol.engine.licences import sentences
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.cases.test_proposing import opened, ring
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def unpacked(content: bytes) -> tuple[list[list[str]], dict[str, Any], list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        table = list(csv.reader(io.StringIO(archive.read(names[0]).decode("utf-8-sig"))))
        return table, json.loads(archive.read(names[1])), names


def test_the_file_has_the_columns_of_the_channel_and_a_checksum_beside_every_address() -> None:
    officer = factories.person()
    made = asked.approved(asked.case_of(2, by=officer), officer)
    found, content = referrals.packet(referral_id=made.pk, by=officer, now=NOW)
    table, told, names = unpacked(content)
    way = CHANNELS["platform_form"]
    assert names == [f"{made.number}/daftar.csv", f"{made.number}/paket.json"]
    assert table[0] == [column.title for column in way.columns]
    place = [column.key for column in way.columns]
    for row, item in zip(table[1:], made.items.all(), strict=True):
        assert row[place.index("value")] == item.value
        assert row[place.index("check")] == hashlib.sha256(item.value.encode()).hexdigest()[:8]
    assert [line["value"] for line in told["lines"]] == [item.value for item in made.items.all()]
    assert (told["number"], told["columns_confirmed"]) == (made.number, None)
    assert referrals.packet(referral_id=made.pk, by=officer, now=NOW)[1] == content
    look = models.AuditEntry.objects.filter(verb="contact.shown").first()
    assert look is not None
    assert (look.actor_id, look.target_id, look.after) == (
        officer.pk,
        str(found.pk),
        {"purpose": "referral", "number": made.number, "lines": 2}
        | {key: look.after[key] for key in ("minutes", "custody")},  # of the copies it shows (test_custody_log)
    )


def test_the_holder_of_an_account_stands_beside_it_where_the_post_says_it() -> None:
    analyst = factories.person(Role.ANALYST)
    flags = ring(1)
    asked.copied(flags[0])
    made = asked.approved(opened(flags, analyst), analyst, "iasc")
    _table, told, _names = unpacked(referrals.packet(referral_id=made.pk, by=analyst, now=NOW)[1])
    (line,) = told["lines"]
    assert (line["bank"], line["account_number"], line["holder"]) == ("BCA", "8830012345", "Contoh Satu")


def test_there_is_no_file_before_the_approval_and_none_for_others() -> None:
    officer = factories.person()
    made = asked.submitted(asked.case_of(by=officer), officer)
    with pytest.raises(RefusedError, match=r"^referral\.not_approved$"):
        referrals.packet(referral_id=made.pk, by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        referrals.packet(referral_id=made.pk, by=factories.person(code="bp3mi-sulsel"), now=NOW)
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()


@pytest.mark.parametrize(
    ("cell", "key", "written"),
    [
        ("=1+1", "value", "'=1+1"),
        ("+6284055507777", "value", "+6284055507777"),
        ("+1+1", "value", "'+1+1"),
        ("+6284055507777", "reason", "'+6284055507777"),
        ("@nama", "value", "'@nama"),
        ("https://t.me/contoh/1", "value", "https://t.me/contoh/1"),
    ],
)
def test_no_cell_is_a_formula(cell: str, key: str, written: str) -> None:
    assert packets._inert(cell, key) == written


@pytest.mark.parametrize("contact_own", [None, True, False])
@pytest.mark.parametrize("verdict", Verdict)
def test_a_paper_calls_a_verdict_as_the_screen_does(verdict: str, contact_own: bool | None) -> None:
    for language in ("id", "en"):
        with translation.override(language):
            shown = str(words.verdict(verdict, contact_own=contact_own).title)
        assert getattr(sentences.title(verdict, contact_own), language) == shown


def test_platform_and_verdict_go_out_in_words_and_not_as_codes() -> None:
    analyst = factories.person(Role.ANALYST)
    case = asked.case_of(by=factories.person())
    asked.checked(models.Flag.objects.get(), factories.register(), verdict="licensed", contact_own=False)
    made = asked.draft(case, analyst, "komdigi")
    (row,) = packets.rows(made, packets.lines(made))
    assert (row["platform"], row["verdict"]) == ("Telegram", "SIP ditemukan, kontak bukan milik P3MI")
