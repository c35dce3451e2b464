"""Whoever reported is found in their sealed record and in the answer to a logged request, and nowhere else.

Canaries: contacts nobody else has. They are looked for as a search of bytes would miss them too: in hex, base64 and UTF-16, in what the
servers logged with each statement, in what is packed or encrypted.
"""

from __future__ import annotations

import base64
import html
import io
import json
import logging
import math
import os
import re
import subprocess
import sys
import tarfile
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg2
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings as conf
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from example import processes
from patrol import models
from patrol.access import public_desk
from patrol.evidence import backups
from patrol.infra import broker, wall
from patrol.intake.tips import handling, identity, keyholding
from patrol.models import Role
from tests import factories, stack
from tests.conftest import FOLDER, SUPERUSER_URL, as_superuser
from tests.factories import NOW
from tests.intake.tips import reporting
from tests.public.check.test_page import REVIEWED
from tests.public.conftest import caller
from tests.public.test_report import post, told

CANARIES: Final = ("0812-7766-5544", "kenari.kuning@contoh.example", "Ibu Kenari Rahasia, Gang Melati 9")
SAID: Final = b"Akun @loker_contoh menawarkan kerja"  # of the reports: stands wherever their words do


def base64s(raw: bytes) -> Iterator[bytes]:
    """What of it stands in the base64 of a longer text, wherever in that it begins."""
    for before in range(3):
        packed = base64.b64encode(bytes(before) + raw).rstrip(b"=")
        inner = packed[math.ceil(before * 4 / 3) : len(packed) - bool((before + len(raw)) % 3)]
        yield from (inner, inner.translate(bytes.maketrans(b"+/", b"-_")))


def forms(canary: str) -> set[bytes]:
    texts = {canary, canary.casefold(), re.sub(r"[^\w@.]", "", canary), html.escape(canary)}
    raws = [text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    return {form for raw in raws for form in (raw, raw.hex().encode(), raw.hex().upper().encode(), *base64s(raw))}


def found(places: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(place, canary) for place, held in places.items() for canary in CANARIES if any(form in held for form in forms(canary))]


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_what_would_be_kept_is_found(coding: str) -> None:
    raw = f"hubungi {CANARIES[1]} ya".encode(coding)
    kept = [raw, raw.hex().encode(), *(base64.b64encode(bytes(before) + raw + b"!") for before in range(3)), base64.urlsafe_b64encode(raw)]
    assert [found({"here": one}) for one in kept] == [[("here", CANARIES[1])]] * len(kept)
    assert found({"here": f"hubungi {CANARIES[1][:-1]} ya".encode(coding)}) == []


def dump() -> bytes:
    """Every row of every table, as a superuser reads it, and what the sessions among them hold."""
    line = psycopg2.connect(SUPERUSER_URL, dbname=connection.settings_dict["NAME"])
    out = io.StringIO()
    with line, line.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.copy_expert(f"COPY (SELECT * FROM ONLY {table}) TO STDOUT", out)  # ONLY: parts of a table are named themselves
    line.close()
    return out.getvalue().encode() + repr([one.get_decoded() for one in models.Session.objects.all()]).encode()


def memory() -> bytes:
    """Each key of the broker as it is, not packed: counts, queues, results, streams."""
    kept = broker.client()
    reads: dict[Any, Any] = {
        b"string": kept.get,
        b"hash": kept.hgetall,
        b"list": lambda name: kept.lrange(name, 0, -1),
        b"set": kept.smembers,
        b"zset": lambda name: kept.zrange(name, 0, -1, withscores=True),
        b"stream": kept.xrange,
    }
    names: list[bytes] = list(kept.scan_iter())
    return b"\n".join(name + repr(reads[kept.type(name)](name)).encode() for name in names)


def opened_backup(folder: Path) -> bytes:
    key = pyrage.x25519.Identity.generate()
    opened = pyrage.decrypt(backups.write(folder, keys=[str(key.to_public())], now=NOW).file.read_bytes(), [key])
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        held = [kept.read() for member in tar.getmembers() if (kept := tar.extractfile(member)) is not None]
        assert "database/patrol_tipidentity" in tar.getnames()
    return b"\n".join([opened, *held])


def lists(client: Client, names: tuple[str, ...]) -> dict[str, bytes]:
    """Each list this person may take away, as CSV and as a workbook's sheets."""
    taken = {}
    for name in names:
        for kind in ("csv", "xlsx"):
            answer = client.post(reverse(f"admin:patrol_{name}_export"), {"format": kind})
            assert answer.status_code == 200, name
            content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            if kind == "xlsx":
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    content = b"\n".join(book.read(one) for one in book.namelist())
            taken[f"{name}.{kind}"] = content
    return taken


@pytest.fixture
def every_statement(committed: None) -> Iterator[Any]:
    """What PostgreSQL writes into its own log, told to write each statement with its values."""
    name, log = connection.settings_dict["NAME"], FOLDER / "postgres" / "postgres.log"
    settings = {"log_statement": "all", "log_parameter_max_length": "-1", "log_parameter_max_length_on_error": "-1"}
    settings |= {"log_min_error_statement": "debug5", "log_error_verbosity": "verbose"}
    roles = [
        f"ALTER ROLE {role} IN DATABASE {name}" for role in ("sipatrol_app", "sipatrol_keyholder")
    ]  # what docs/roles.sql sets gives way

    connections.close_all()
    as_superuser(*(f"{role} SET {key} = '{value}'" for role in roles for key, value in settings.items()))
    begin = log.stat().st_size
    try:
        yield lambda: log.read_bytes()[begin:]
    finally:
        connections.close_all()
        as_superuser(*(f"{role} RESET ALL" for role in roles))


@pytest.fixture
def keyholder(every_statement: Any, tmp_path: Path) -> Iterator[Path]:
    """The process that holds the key, as it is started; its log."""
    log, key = tmp_path / "keyholder.log", tmp_path / "identity"
    key.touch(0o600)
    key.write_text(os.environ["SIPATROL_TEST_IDENTITY_KEY"])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SIPATROL_TEST")}
    environment |= {"DATABASE_URL": stack.named(reporting.KEYHOLDER_URL, connection.settings_dict["NAME"]), "LOG_LEVEL": "DEBUG"}
    command: list[str | Path] = [sys.executable, "manage.py", "keyholder", "--key", key]
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=stack.PROJECT, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        processes.wait_until(models.Heartbeat.objects.filter(name="keyholder").exists, process, "keyholder", log, 120)
        yield log
    finally:
        processes.stop_process(process, *stack.STOP)


@pytest.mark.worker
def test_a_canary_is_found_nowhere_but_sealed_and_in_the_answer_to_its_request(
    keyholder: Path, every_statement: Any, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for logger in (None, "django", "django.db.backends"):
        caplog.set_level(logging.DEBUG, logger)
    monkeypatch.setattr(connections["default"], "force_debug_cursor", True)  # each statement with its values, in our own log too
    settings.PUBLIC_DESK = "1"
    factories.offices()
    officer, supervisor = factories.person(), factories.person(Role.SUPERVISOR, "directorate")
    public_desk.change(tells_reviewed=True, by=supervisor, now=NOW)
    stranger, client = Client(REMOTE_ADDR=caller()), Client()
    for canary in CANARIES:
        post(stranger, told(stranger, where="Bandung"), step="3", go="send", reach="1", contact=canary)
    tips = list(models.Tip.objects.order_by("id"))
    handling.take_in(
        tip_id=tips[0].pk, words="Loker", link="", pictures=[], key=uuid.uuid4(), seen_version=tips[0].version, by=officer, now=NOW
    )
    client.force_login(officer)
    before = found({"before": dump() + every_statement() + memory()})

    answers = [client.post(f"/kerja/patrol/tip/{tip.pk}/pelapor/", {"purpose": "ask"}) for tip in tips]
    assert [found({"answer": answer.content}) for answer in answers] == [[("answer", canary)] for canary in CANARIES]
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True] * 3

    pages = [client.get(f"/kerja/patrol/tip/{tip.pk}/").content for tip in tips]
    pages += [client.post(f"/kerja/patrol/tip/{tip.pk}/baca/").content for tip in tips]
    pages += [client.get(f"/kerja/patrol/{name}/").content for name in ("tip", "flag", "post", "notice")]
    exports = lists(client, ("flag", "post", "indicator"))
    client.force_login(factories.person(Role.ADMINISTRATOR, "directorate"))
    pages.append(client.get("/kerja/patrol/auditentry/").content)
    exports |= lists(client, ("auditentry",))
    places = {
        "tables": dump(),
        "backup": opened_backup(tmp_path),
        "files": b"\n".join(
            file.read_bytes() for place in (conf.EVIDENCE_DIR, conf.VAR_DIR) for file in Path(place).rglob("*") if file.is_file()
        ),
        "broker": memory(),
        "our log": "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records).encode(),
        "the key process's log": keyholder.read_bytes(),
        "the database's log": every_statement(),
        "mails": "\n".join(str(one.message()) for one in mail.outbox).encode(),
        "rows of the log": json.dumps(list(models.AuditEntry.objects.order_by("seq").values()), default=str).encode(),
        "pages": b"\n".join(pages),
        **exports,
    }
    assert (before, found(places)) == ([], [])
    # Each of them was looked through while it held what it holds.
    assert [place for place in ("tables", "backup", "our log", "the database's log", "pages") if SAID not in places[place]] == []
    assert (b"tip.identity_opened" in places["rows of the log"], b"desk:" in places["broker"]) == (True, True)
    assert (b"patrol_identityanswer" in places["the database's log"], b"patrol_identityanswer" in places["our log"]) == (True, True)
    assert (len(exports), officer.name.encode() in exports["auditentry.csv"], all(exports.values())) == (8, True, True)
    assert models.AuditEntry.objects.filter(verb="tip.identity_opened").count() == models.TipIdentity.objects.count() == 3
    checked = stranger.post("/cek/", {"text": CANARIES[0]})  # though numbers of reviewed reports are told
    assert (checked.status_code, REVIEWED in checked.content.decode()) == (200, False)


# --- code that runs as the web server or a worker ---------------------------------------------------

# Tries everything that could be a private key, found by whoever runs code there: settings, environment, files, the whole database.
OPENING = r"""
import base64, hashlib, json, os, re, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from patrol.intake.tips import identity

sealed = [(bytes.fromhex(one), bytes.fromhex(about)) for one, about in json.loads(Path(sys.argv[1]).read_text())]
texts = [*os.environ.values(), *(str(getattr(settings, name)) for name in dir(settings) if name.isupper())]
told = []
for folder in sys.argv[2:]:
    read = [file for file in Path(folder).rglob("*") if file.is_file() and os.access(file, os.R_OK)]
    texts += [file.read_bytes().decode("latin-1") for file in read]
    keys = set()
    for text in texts:
        keys |= {bytes.fromhex(one) for one in re.findall(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])", text)}
        for one in re.findall(r"[A-Za-z0-9+/_-]{43}(?:=|(?![A-Za-z0-9+/_-]))", text):
            keys.add(base64.urlsafe_b64decode(one[:43].replace("+", "-").replace("/", "_") + "="))
        if len(text) < 500:
            keys |= {hashlib.sha256(text.encode()).digest(), text.encode()[:32].ljust(32, b"\0")}
    opened = []
    for key in keys:
        for one, about in sealed:
            try:
                opened.append(identity.unsealed(identity.SUITE.decrypt(one, X25519PrivateKey.from_private_bytes(key), about)))
            except Exception:
                pass
    told.append([len(keys), sorted(file.name for file in read), opened])
print(json.dumps(told))
"""


@pytest.mark.usefixtures("committed")
def test_code_as_web_or_worker_with_the_whole_database_opens_nothing(tmp_path: Path) -> None:
    """In a process with their environment. With the key's file in a folder it may read, as in an example run, the same code opens it."""
    factories.offices()
    tip, officer = reporting.report(contact=CANARIES[0]), factories.person()
    ours = X25519PrivateKey.generate()
    identity.ask(tip_id=tip.pk, purpose="ask", reply_to=identity.public(ours.public_key()), by=officer, now=NOW)
    assert reporting.as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=NOW)) == 1
    answer = models.IdentityAnswer.objects.select_related("request").get()
    rows = [
        (bytes(models.TipIdentity.objects.get(tip=tip).sealed).hex(), identity.about(tip).hex()),
        (bytes(answer.sealed or b"").hex(), identity.answer_about(answer.request).hex()),
    ]
    sealed, var, beside = tmp_path / "sealed.json", tmp_path / "var", tmp_path / "example"
    sealed.write_text(json.dumps(rows))
    for folder in (var, beside):
        folder.mkdir()
    (var / "dump").write_bytes(dump())
    (beside / "identity-key").write_text(os.environ["SIPATROL_TEST_IDENTITY_KEY"])
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SIPATROL_TEST", "PYTEST"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "patrol.settings", "VAR_DIR": str(var)}
    command: list[str | Path] = [sys.executable, "-c", OPENING, sealed, var, beside]
    done = subprocess.run(command, cwd=stack.PROJECT, env=environment, capture_output=True, text=True, check=True)
    (keys, read, opened), (_more, with_key, opened_with_key) = json.loads(done.stdout.splitlines()[-1])
    assert (opened, read, keys > 20) == ([], ["dump"], True)
    assert (opened_with_key, with_key) == ([CANARIES[0]], ["identity-key"])


@pytest.mark.usefixtures("committed")
def test_the_app_s_role_opens_an_identity_by_a_logged_request_alone() -> None:
    """All it may do: put down a request, in the name of somebody who has the right. That is a row of the log, which it cannot take back."""
    factories.offices()
    tip = reporting.report(contact=CANARIES[0])
    stranger, officer, ours = factories.person(code="bp3mi-jatim"), factories.person(), X25519PrivateKey.generate()
    key = identity.public(ours.public_key())
    app = psycopg2.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"], options=wall.SEES_EVERYTHING)
    app.autocommit = True
    request = "INSERT INTO patrol_identityrequest (tip_id, by_id, office_id, purpose, reply_to, at)"
    request += " VALUES (%s, %s, %s, 'ask', %s, now()) RETURNING id"

    def refused(*statements: str) -> None:
        for tried in statements:
            with pytest.raises(psycopg2.Error):
                cursor.execute(tried)

    with app.cursor() as cursor:
        refused(
            "SET ROLE sipatrol_keyholder",
            "SET SESSION AUTHORIZATION sipatrol_keyholder",
            "GRANT sipatrol_keyholder TO CURRENT_USER",
            "GRANT UPDATE ON patrol_identityanswer TO PUBLIC; UPDATE patrol_identityanswer SET refused = ''",
            "ALTER TABLE patrol_tipidentity DISABLE TRIGGER once",
            "ALTER TABLE patrol_identityrequest DISABLE TRIGGER USER",
            "CREATE OR REPLACE FUNCTION public.patrol_tipidentity_once() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        )
        made = []
        for person in (stranger, officer):
            cursor.execute(request, [tip.pk, person.pk, tip.office_id, key])
            made.append((cursor.fetchone() or [0])[0])
        assert reporting.as_keyholder(lambda: keyholding.answer_waiting(reporting.private_key(), now=timezone.now())) == 1
        refused(
            "DELETE FROM patrol_identityrequest",
            "DELETE FROM patrol_auditentry",
            "UPDATE patrol_auditentry SET verb = 'tip.read'",
            "TRUNCATE patrol_auditentry",
        )
    app.close()
    forged, opened = (models.IdentityAnswer.objects.get(request=one) for one in made)
    assert (forged.sealed, forged.refused, tip.office_id == stranger.office_id) == (None, "right", False)
    assert (
        identity.unsealed(identity.SUITE.decrypt(bytes(opened.sealed or b""), ours, identity.answer_about(opened.request))) == CANARIES[0]
    )
    written = [(row.verb, row.actor_id) for row in models.AuditEntry.objects.order_by("seq")]
    assert written == [("tip.identity_refused", stranger.pk), ("tip.identity_opened", officer.pk)]
