"""The manifests of a day by mail, each hour in which one was made."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from patrol import models
from patrol.evidence.anchors import folder, making
from patrol.infra import jobs
from patrol.outgoing import anchor_mail
from tests import factories, sink
from tests.evidence.anchors import sealed

pytestmark = pytest.mark.django_db
NOW = factories.NOW.replace(minute=20)


@pytest.fixture(autouse=True)
def _sealing(tmp_path: Path, settings: Any) -> Iterator[None]:
    kept = configured.ANCHOR_KEY, configured.ANCHOR_DIR
    sealed.key(tmp_path)
    settings.ANCHOR_MAIL, settings.MAIL_FROM = "arsip@contoh.example", "sipatrol@kantor.example"
    yield
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = kept


def seal(number: int, *, minutes: int) -> None:
    sealed.acts(1, start=number)
    making.seal(now=NOW + timedelta(minutes=minutes))


def handed_over(settings: Any, mode: str = "takes") -> list[EmailMessage]:
    """What leaves when everything that waits is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
    with sink.running(mode) as (server, port):
        settings.MAIL = {"host": "127.0.0.1", "port": port, "security": "none", "user": "", "password": ""}
        while jobs.run({anchor_mail.KIND: anchor_mail.carry_out}, now=NOW):
            pass
        return [message_from_bytes(mail.content or b"", policy=policy.default) for mail in server.mails]  # type: ignore[arg-type]


def attached(message: EmailMessage) -> bytes:
    (part,) = message.iter_attachments()
    return bytes(part.get_payload(decode=True))


def test_one_for_each_hour_with_the_whole_day_so_far(settings: Any) -> None:
    seal(1, minutes=0)
    seal(2, minutes=15)
    (job,) = models.Job.objects.filter(kind=anchor_mail.KIND)
    assert job.key == "2026-11-23T03:00+00:00"
    assert timedelta(minutes=38) < job.due_at - timezone.now() <= timedelta(minutes=40)  # when the hour is over
    (first,) = handed_over(settings)
    seal(3, minutes=60)
    (second,) = handed_over(settings)
    assert handed_over(settings) == []
    manifests = [folder.read(sealed.place(), number) for number in (1, 2, 3)]
    heads = [one.line + base64.b64encode(one.signature) + b"\n" for one in manifests]
    assert (attached(first), attached(second)) == (b"".join(heads[:2]), b"".join(heads))
    assert [mail["Message-ID"] for mail in (first, second)] == [
        "<segel.2026-11-23T10@kantor.example>",
        "<segel.2026-11-23T11@kantor.example>",
    ]
    assert {mail["References"] for mail in (first, second)} == {"<segel.2026-11-23@kantor.example>"}
    assert first["To"] == "arsip@contoh.example"


def test_a_new_day_begins_a_new_message(settings: Any) -> None:
    seal(1, minutes=0)
    handed_over(settings)
    seal(2, minutes=24 * 60)
    (mail,) = handed_over(settings)
    second = folder.read(sealed.place(), 2)
    assert attached(mail) == second.line + base64.b64encode(second.signature) + b"\n"


@pytest.mark.parametrize("mode", ["refuses_address", "drops"])
def test_what_may_not_have_arrived_is_sent_again_under_its_own_name(mode: str, settings: Any) -> None:
    seal(1, minutes=0)
    handed_over(settings, mode)
    (job,) = models.Job.objects.filter(kind=anchor_mail.KIND)
    assert (job.state, job.problem and job.problem["code"]) == ("waiting", "anchor_mail")
    (mail,) = handed_over(settings)
    assert mail["Message-ID"] == "<segel.2026-11-23T10@kantor.example>"


def test_without_an_address_none_is_asked_for(settings: Any) -> None:
    settings.ANCHOR_MAIL = ""
    seal(1, minutes=0)
    assert not models.Job.objects.filter(kind=anchor_mail.KIND).exists()
