"""A signed edition by mail: to those who asked for it, once both have signed, with its PDF, once a person."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from typing import Any

import pytest

from patrol import models
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.outgoing import mailing
from reports import documents, files, mailed, signing
from reports.models import Subscription, WeeklySummary
from tests import sink
from tests.cases.test_sending import use
from tests.reports.test_signing import LATER, frozen, sign, world  # noqa: F401 -- a fixture


def wants(person: models.Person, *codes: str) -> None:
    models.Person.objects.filter(pk=person.pk).update(mail=f"{person.username}@kantor.example")
    mailed.subscribe(draft=False, editions=codes, by=person)


def signed(edition: WeeklySummary, author: models.Person, second: models.Person) -> WeeklySummary:
    sign(edition, "author", author)
    assert models.Dispatch.objects.count() == 0
    sign(edition, "second", second)
    return edition


def leave(server: Any) -> dict[str, Any]:
    while jobs.run({"dispatch": mailing.carry_out}, now=LATER):
        pass
    parse = email.message_from_bytes
    return {one.rcpt_tos[0].partition("@")[0]: parse(one.original_content or b"", policy=email.policy.default) for one in server.mails}


def test_once_both_have_signed_it_goes_to_whoever_asked_with_its_pdf(world: Any, settings: Any) -> None:  # noqa: F811
    settings.SITE_URL = "https://patroli.example"
    officer = world.person("officer", world.java, "petugas")
    wants(officer, "jateng")
    wants(world.above[0], "nasional", "jateng")
    wants(world.above[1], "nasional", "lampung")
    wants(world.lone, "lampung")
    gone, moved, silent = (world.person("officer", world.java, name) for name in ("keluar", "pindah", "diam"))
    for person in (gone, moved):
        wants(person, "jateng")
    mailed.subscribe(draft=False, editions=["jateng"], by=silent)  # without an address
    edition = signed(frozen(world.java, world.author), world.author, world.head)
    models.Person.objects.filter(pk=gone.pk).update(is_active=False)
    models.Person.objects.filter(pk=moved.pk).update(office=world.lampung)
    with sink.running() as (server, port):
        use(settings, port)
        mails = leave(server)
        assert sorted(mails) == ["petugas", "siber"]
        body, (attached,) = mails["petugas"].get_body().get_content(), list(mails["petugas"].iter_attachments())
        assert [one in body for one in (edition.number, edition.sha256, "penyusun", "kepala")] == [True] * 2 + [
            "penyusun" in body,
            "kepala" in body,
        ]
        assert f"https://patroli.example/kerja/reports/weeklysummary/edisi/{edition.pk}/" in body
        assert (attached.get_filename(), attached.get_content_type()) == ("rekap-2026-W46-jateng-edisi-1.pdf", "application/pdf")
        assert attached.get_content().startswith(b"%PDF-")
        read = models.Consultation.objects.order_by("person__username").values_list("person__username", "way", "target_kind", "target_id")
        assert list(read) == [(name, "pdf", "weeklysummary", str(edition.pk)) for name in ("petugas", "siber")]
        states = dict(models.Dispatch.objects.values_list("person__username", "state"))
        assert states == {"petugas": "sent", "siber": "sent", "keluar": "dropped", "pindah": "dropped", "diam": "dropped"}
        models.Job.objects.update(state="waiting", ended_at=None, due_at=LATER - timedelta(days=1), lease_until=None, lease_token=None)
        mailed.send(edition, now=LATER)
        leave(server)
        assert (len(server.mails), models.Dispatch.objects.count()) == (2, 5)


def test_one_signature_mails_nothing_and_a_refused_second_neither(world: Any) -> None:  # noqa: F811
    wants(world.head, "jateng")
    edition = frozen(world.java, world.author)
    sign(edition, "author", world.author)
    with pytest.raises(RefusedError):
        sign(edition, "second", world.author)
    assert (models.Dispatch.objects.count(), models.Job.objects.count()) == (0, 0)
    assert Subscription.objects.count() == 1


def test_where_no_pdf_can_be_made_the_mail_says_so(world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    wants(world.head, "jateng")
    edition = signed(frozen(world.java, world.author), world.author, world.head)

    def none(*_given: Any, **_more: Any) -> bytes:
        raise documents.NoPdfError

    monkeypatch.setattr(files, "content", none)
    letter = mailed.edition(models.Dispatch.objects.get(), now=LATER)
    assert letter is not None
    assert (letter.files, "Tidak ada PDF terlampir" in letter.text) == ((), True)
    assert signing.waiting(world.head).count == 0
    assert edition.signatures.count() == 2
