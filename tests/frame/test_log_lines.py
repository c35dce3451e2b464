"""The log's lines and the messages of tasks: whatever failed, on whatever text, no contact stands in them."""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import SMTPHandler
from typing import Any, NoReturn

import pytest
import redis
from django.conf import settings as configured
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from hypothesis import given
from pythonjsonlogger.json import JsonFormatter

from patrol import domain, models, tasks
from patrol.engine import masks
from patrol.frame import health, log_lines, server
from patrol.infra import jobs
from patrol.pipeline import assessing, fetching
from patrol.search import trials
from tests import factories
from tests.attacks.planting import squeezed
from tests.attacks.test_masks import let_out, texts

NOW = factories.NOW
# In a text, a name, a link and a sentence of an error: as they are written, and as letters and figures alone.
CONTACTS = {
    "WA 0840.5550.1234": "84055501234",
    "siti.kerja@pos.example": "sitikerjapos",
    "https://wa.me/6284055505678?text=hai": "84055505678",
    "@laksita_kerja": "laksitakerja",
    "BCA 8830 0123 4567": "883001234567",
}
SAID = " / ".join(CONTACTS)
NAME = "WA 0840.5550.1234 siti.kerja@pos.example"  # the database quotes 64 letters of a column


def fails(*_args: object, **_given: object) -> NoReturn:
    """As programs fail: with what they were working on in the sentence."""
    raise ValueError(f"not to be read: {SAID}")


class Outside:
    """A world that answers with an error which quotes what was asked."""

    get = post = fails


@pytest.fixture
def lines() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """What the product writes, and what it would write without its formatter."""
    handler = logging.getHandlerByName("stderr")
    assert handler is not None
    written = io.StringIO(), io.StringIO()
    sinks = [logging.StreamHandler(one) for one in written]
    sinks[0].setFormatter(handler.formatter)
    sinks[1].setFormatter(JsonFormatter("%(message)s"))
    root = logging.getLogger()
    for sink in sinks:
        root.addHandler(sink)
    yield written
    for sink in sinks:
        root.removeHandler(sink)


def found_in(written: str) -> list[str]:
    return [contact for contact, core in CONTACTS.items() if core in squeezed(written)]


def row_that_is_refused() -> None:
    """The database quotes the row it refuses."""
    factories.watch(name="Pantauan")
    with transaction.atomic():
        models.Watch.objects.update(name=NAME, every_seconds=-1)


@pytest.mark.django_db
def test_no_line_of_a_whole_way_that_fails_holds_a_contact(lines: tuple[io.StringIO, io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    officer, analyst = factories.person(), factories.person("analyst")
    watch = factories.watch(name=NAME)
    assert fetching.patrol_watch(watch.pk, now=NOW, fetcher=Outside(), force=True)
    assert trials.try_now(watch_id=watch.pk, by=analyst, now=NOW, fetcher=Outside()).problem
    factories.stored([factories.raw_post(SAID, author=SAID, author_name=SAID, origin=SAID, links=(SAID,))], of=watch)
    with monkeypatch.context() as patched:
        patched.setattr("patrol.pipeline.assessing.assess.assess", fails)
        assert assessing.read_due(now=NOW, limit=10).quarantined == 1
    assert jobs.add("page", "1", {}, now=NOW)
    assert jobs.run({"page": fails}, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "STEPS", (("words", fails), ("links", row_that_is_refused)))
        tasks.sweep.run()

    def away() -> NoReturn:
        raise OperationalError(SAID)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "STEPS", (("words", away),))
        tasks.sweep.apply()
    client = Client()
    client.force_login(officer)
    client.get("/kerja/tidak-ada/0840.5550.1234/", {"q": SAID})
    client.post("/kerja/login/", {"username": "0840.5550.1234", "password": SAID})
    told, untold = (one.getvalue() for one in lines)
    rows = [json.loads(line) for line in told.splitlines()]
    messages = [row["message"] for row in rows]
    assert messages[:6] == [
        "fetch failed",
        "trial failed",
        "post quarantined",
        "job failed",
        "a step of the sweep failed",
        "a step of the sweep failed",
    ]
    assert len(messages[6:]) == 3
    assert messages[6].startswith("Task patrol.sweep[")
    assert messages[7:] == ["Not Found: /kerja/tidak-ada/••••/", "login failed: no such account"]
    assert found_in(told) == []
    # each of these but the last would say it
    assert [len(found_in(line)) for line in untold.splitlines()] == [5, 5, 5, 5, 5, 2, 5, 5, 0]


# What has the shape of a digest, a moment or a flag's number is taken for one of ours, also where somebody typed it: no number of a person
# is written so.
@given(text=texts, other=texts.filter(lambda written: not masks._OURS.fullmatch(written)))
def test_no_contact_comes_out_of_any_part_of_a_line(text: str, other: str) -> None:
    told = (ValueError, ValueError(text), None)
    beside = {"one": other, "deep": {"a": [other, {"b": (other,)}], "n": 1}, "thing": ValueError(other)}
    record = logging.makeLogRecord({"msg": "a %s", "args": (text,), "exc_info": told, **beside})
    line = json.loads(log_lines.Masked("%(message)s").format(record))
    assert set(line) == {"message", "exc_info", "one", "deep", "thing"}
    parts = [line["message"], line["exc_info"], line["one"], *line["deep"]["a"][:1], *line["deep"]["a"][1]["b"], line["thing"]]
    assert [let_out(part) for part in parts] == [[]] * 6
    assert line["deep"]["n"] == 1


def test_what_is_no_contact_stands_in_a_line_as_it_was() -> None:
    """Numbers, digests, keys, moments: a line nobody can follow is worth nothing."""
    ours = {
        "post": 8405550123,
        "share": 0.25,
        "done": True,
        "nothing": None,
        "digest": "0" * 64,
        "key": "01234567-1234-1234-1234-012345678901",
        "moment": "2026-11-23T03:47:00+00:00",
        "flag": "TND-26-004417",
    }
    record = logging.makeLogRecord({"name": "patrol", "levelname": "INFO", "msg": "read", **ours})
    handler = logging.getHandlerByName("stderr")
    assert handler is not None
    line = json.loads(handler.format(record))
    assert {key: line[key] for key in ours} == ours
    assert (line["message"], line["level"], line["logger"]) == ("read", "INFO", "patrol")
    assert line["at"] == datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def test_the_application_servers_line_holds_no_words_of_an_address() -> None:
    """gunicorn writes it past our formatter: the path alone, neither query nor referrer."""
    assert server.access_log_format == "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"


def written_by(client: Client, *, host: str = "testserver", path: str, data: dict[str, str] | None = None) -> tuple[int, list[Any]]:
    """The status of an answer, and the lines that our handler writes of it: level, logger, message, and whether there is a traceback."""
    handler = logging.getHandlerByName("stderr")
    assert isinstance(handler, logging.StreamHandler)
    out = io.StringIO()
    before = handler.setStream(out)
    try:
        answer = client.post(path, data) if data else client.get(path, headers={"Host": host})
    finally:
        handler.setStream(before)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    return answer.status_code, [(one["level"], one["logger"], one["message"], "exc_info" in one) for one in lines]


MANY = {str(number): "1" for number in range(2_000)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/cek/", "/kerja/login/"])
def test_what_strangers_send_and_django_refuses_is_one_line_that_wakes_nobody(settings: Any, path: str) -> None:
    """At either door: without the name and the fields they sent, without a traceback."""
    settings.PUBLIC_DESK = "1"
    refused = ("django.security.DisallowedHost", "a request was refused: DisallowedHost")
    client = Client(raise_request_exception=False)
    assert written_by(client, host="rahasia.example", path=path) == (400, [("WARNING", *refused, False)])
    assert written_by(client, path=path, data=MANY) == (
        400,
        [("WARNING", "django.security.TooManyFieldsSent", "a request was refused: TooManyFieldsSent", False)],
    )


def test_an_error_of_ours_keeps_its_traceback_and_its_level() -> None:
    """Only what Django refuses is made small, and only the line of our handler."""

    def line(name: str, error: Exception) -> logging.LogRecord:
        return logging.LogRecord(name, logging.ERROR, __file__, 1, "rahasia", (), (type(error), error, None))

    refusals = log_lines.Refusals()
    for name, error in (("django.request", ValueError()), ("patrol.tasks", SuspiciousOperation()), ("django.security.csrf", ValueError())):
        assert refusals.filter(line(name, error)) is True
    for name, message in (("django.security.DisallowedHost", "a request was refused: DisallowedHost"), ("django.request", "rahasia")):
        came = line(name, DisallowedHost("rahasia"))
        made = refusals.filter(came)
        assert isinstance(made, logging.LogRecord)
        assert (made.levelname, made.getMessage(), made.exc_info) == ("WARNING", message, None)
        assert (came.levelname, came.getMessage(), bool(came.exc_info)) == ("ERROR", "rahasia", True)


def mailing() -> list[str]:
    """The loggers whose lines leave as mail."""
    loggers = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    return [
        one.name for one in (logging.getLogger(), *loggers) if any(isinstance(way, AdminEmailHandler | SMTPHandler) for way in one.handlers)
    ]


def test_no_line_is_mailed() -> None:
    """Django would mail a failed request to ADMINS, with all that was sent in it."""
    assert (mailing(), list(configured.ADMINS), list(configured.MANAGERS)) == ([], [], [])


@pytest.mark.parametrize("way", [AdminEmailHandler(), SMTPHandler("127.0.0.1", "a@kantor.example", ["b@kantor.example"], "galat")])
def test_a_logger_that_mails_is_seen(way: logging.Handler) -> None:
    logger = logging.getLogger("django.request")
    logger.addHandler(way)
    try:
        assert mailing() == ["django.request"]
    finally:
        logger.removeHandler(way)


@pytest.mark.django_db
def test_the_messages_of_tasks_hold_numbers_of_rows_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.now().astimezone(domain.LAW_ZONE).replace(hour=12)  # some of the sweep's steps ring by night alone
    monkeypatch.setattr("patrol.tasks.timezone.now", lambda: noon)
    factories.offices()
    watch = factories.watch(name=NAME, query="laksita_kerja")
    post = factories.raw_post(factories.illegal().text + SAID, author=SAID, author_name=SAID, origin=SAID, links=(SAID,))
    with redis.Redis.from_url(health.plain(configured.BROKER_URL)) as broker:
        broker.flushdb()
        factories.stored([post], of=watch)
        jobs.add("page", "1", {}, now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp()")
        tasks.sweep.run()
        tasks.read_posts.run()
        waiting: Any = broker.lrange("celery", 0, -1)
        sent = [json.loads(raw) for raw in waiting]
        broker.flushdb()
    assert found_in(json.dumps(sent)) == []
    bodies: list[Any] = [json.loads(base64.b64decode(one["body"])) for one in sent]
    assert [found_in(json.dumps(body)) for body in bodies] == [[]] * len(sent)
    assert sorted((one["headers"]["task"], body[0], body[1]) for one, body in zip(sent, bodies, strict=True)) == [
        ("patrol.jobs", [], {}),
        ("patrol.link", [], {}),
        ("patrol.read", [], {}),
        ("patrol.watch", [watch.pk], {}),
    ]
