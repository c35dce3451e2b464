"""Whoever reported is found in their sealed record and nowhere else.

Canaries: contacts nobody else has. They are looked for in every table, in the files, in the log, in mails, in a backup and in the broker.
"""

from __future__ import annotations

import importlib
import io
import logging
import os
import tarfile
import uuid
from pathlib import Path
from typing import Any

import psycopg2
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings as conf
from django.db import connection
from django.test import Client

from patrol import models
from patrol.evidence import backups
from patrol.infra import broker
from patrol.intake.tips import handling, identity, keyholding
from tests import factories
from tests.conftest import SUPERUSER_URL
from tests.factories import NOW
from tests.intake.tips import reporting
from tests.public.test_report import post, told

CANARIES = ("0812-7766-5544", "kenari.kuning@contoh.example", "Ibu Kenari Rahasia, Gang Melati 9")


def dump() -> str:
    """Every row of every table, as a superuser reads it."""
    line = psycopg2.connect(SUPERUSER_URL, dbname=connection.settings_dict["NAME"])
    out = io.StringIO()
    with line, line.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.copy_expert(f"COPY {table} TO STDOUT", out)
    line.close()
    return out.getvalue()


@pytest.mark.usefixtures("committed")
def test_a_canary_is_found_nowhere_but_sealed(
    client: Client, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, mailoutbox: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.PUBLIC_DESK = "1"
    factories.offices()
    officer = factories.person()
    for canary in CANARIES:
        post(client, told(client, where="Bandung"), step="3", go="send", reach="1", contact=canary)
    tips = list(models.Tip.objects.order_by("id"))
    handling.take_in(
        tip_id=tips[0].pk, words="Loker", link="", pictures=[], key=uuid.uuid4(), seen_version=tips[0].version, by=officer, now=NOW
    )
    client.force_login(officer)
    pages = [client.get(f"/kerja/patrol/tip/{tip.pk}/").content.decode() for tip in tips]
    pages += [client.post(f"/kerja/patrol/tip/{tip.pk}/baca/").content.decode() for tip in tips]
    pages.append(client.get("/kerja/patrol/tip/?state=all").content.decode())
    key = pyrage.x25519.Identity.generate()
    written = backups.write(tmp_path, keys=[str(key.to_public())], now=NOW)
    opened = pyrage.decrypt(written.file.read_bytes(), [key])
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        names = [member.name for member in tar.getmembers()]
    assert ("database/patrol_tipidentity" in names, models.TipIdentity.objects.count()) == (True, 3)
    files = b"".join(file.read_bytes() for file in Path(conf.EVIDENCE_DIR).rglob("*") if file.is_file())
    kept = broker.client()
    messages = "\n".join(f"{name!r} {kept.dump(name)!r}" for name in kept.keys("*"))
    said = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    everywhere = "\n".join([dump(), opened.decode("latin-1"), files.decode("latin-1"), messages, said, *pages])
    assert mailoutbox == []
    for canary in CANARIES:
        for form in (canary, canary.replace("-", ""), canary.casefold(), canary.encode().hex()):
            assert form not in everywhere


@pytest.mark.usefixtures("committed")
def test_the_whole_database_and_the_app_s_role_open_no_identity() -> None:
    """As code run by the web server or a worker: all rows, all settings of these processes, and no private key."""
    factories.offices()
    tip = reporting.report(contact=CANARIES[0])
    sealed = bytes(models.TipIdentity.objects.get(tip=tip).sealed)
    assert os.environ["SIPATROL_TEST_IDENTITY_KEY"] not in map(str, vars(importlib.import_module("patrol.settings")).values())
    stranger, ours = factories.person(code="bp3mi-jatim"), X25519PrivateKey.generate()
    key = identity.public(ours.public_key())
    app = psycopg2.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    app.autocommit = True
    request = "INSERT INTO patrol_identityrequest (tip_id, by_id, office_id, purpose, reply_to, at)"
    request += " VALUES (%s, %s, %s, 'ask', %s, now()) RETURNING id"
    with app.cursor() as cursor:
        for tried in (
            "SET ROLE sipatrol_keyholder",
            "SET SESSION AUTHORIZATION sipatrol_keyholder",
            "GRANT sipatrol_keyholder TO CURRENT_USER",
            "GRANT UPDATE ON patrol_identityanswer TO PUBLIC; UPDATE patrol_identityanswer SET refused = ''",
            "ALTER TABLE patrol_tipidentity DISABLE TRIGGER once",
            "ALTER TABLE patrol_identityrequest DISABLE TRIGGER USER",
            "CREATE OR REPLACE FUNCTION public.patrol_tipidentity_once() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        ):
            with pytest.raises(psycopg2.Error):
                cursor.execute(tried)
        cursor.execute(request, [tip.pk, stranger.pk, tip.office_id, key])  # of somebody without the right, in the name of the office
        forged = (cursor.fetchone() or [0])[0]
    app.close()
    assert reporting.as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 0
    answer = models.IdentityAnswer.objects.get(request=forged)
    assert (answer.sealed, answer.refused, tip.office_id == stranger.office_id) == (None, "right", False)
    assert [row.verb for row in models.AuditEntry.objects.order_by("seq")] == ["tip.identity_refused"]
    assert identity.SUITE.decrypt(sealed, reporting.private_key(), identity.about(tip)).rstrip(b"\0").decode() == CANARIES[0]
