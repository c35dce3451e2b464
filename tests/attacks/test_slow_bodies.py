"""Two hundred senders that are slow, and bodies too large for whoever sends them: the site goes on."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from patrol.frame import bodies
from patrol.intake import devices
from patrol.intake.formats import files
from tests import factories
from tests.attacks import serving
from tests.attacks.serving import Line

SLOW = 200
ROUNDS = 12
LOGIN = "POST /kerja/login/ HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def alone(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving.web(tmp_path_factory.mktemp("web")) as port:
        yield port


@pytest.fixture(params=["alone", "behind Caddy"])
def port(request: pytest.FixtureRequest, alone: int, tmp_path: Path) -> Iterator[int]:
    if request.param == "alone":
        yield alone
    else:
        with serving.proxy(tmp_path, alone) as port:
            yield port


def slow_lines(port: int) -> Iterator[Line]:
    """A quarter never ends its headers, a half sends a short form byte by byte, a quarter stops in the middle of a large one."""
    for number in range(SLOW):
        if number % 4 == 0:
            yield Line(port, "GET /kerja/login/ HTTP/1.1\nHost: 127.0.0.1\nX-Slow: ", ended=False)
        elif number % 4 == 1:
            line = Line(port, f"{LOGIN}\nContent-Length: {bodies.STRANGERS}")
            line.send(b"x" * 70_000)
            yield line
        else:
            yield Line(port, f"{LOGIN}\nContent-Length: 1000")


def test_two_hundred_slow_senders_are_held_and_the_site_answers(port: int) -> None:
    """The bound is a second, or ten times what this machine takes at rest where that is more."""
    quiet = max(serving.asked(port)[2] for _ in range(5))
    lines = list(slow_lines(port))
    try:
        for _ in range(ROUNDS):
            for line in lines:
                line.send(b"x")
            status, text, seconds = serving.asked(port)
            assert status in {200, 503}  # the tests run no worker and no beat
            assert '"database": "ok"' in text
            assert seconds < max(1.0, 10 * quiet)
            status, text, seconds = serving.asked(port, "/kerja/login/")
            assert (status, "csrfmiddlewaretoken" in text) == (200, True)
        assert sum(line.held() for line in lines) == SLOW
    finally:
        for line in lines:
            line.close()


def test_strangers_who_fill_the_place_of_small_bodies_keep_no_form_out(django_db_setup: None, tmp_path: Path) -> None:
    """Each leaves out its last byte: large ones, more than a process holds together, and ever smaller ones into what is left. A form of
    three thousand letters is a note in a case.
    """
    most = bodies.STRANGERS
    waves = [(most, 96), (most, 48), (most, 24), (most, 12), *((size, 12) for size in (250_000, 60_000, 15_000, 4_000, 1_000))]
    lines = []
    with serving.web(tmp_path, "-c", "python:patrol.frame.server", "--workers", "1") as port:
        try:
            for size, many in waves:
                for _ in range(many):
                    lines.append(Line(port, f"{LOGIN}\nContent-Length: {size}"))
                    lines[-1].send(b"x" * (size - 1))
                serving.asked(port)  # what was refused has gone by then
            held = len(lines)
            lines.append(Line(port, f"{LOGIN}\nContent-Length: 3000"))
            lines[-1].send(b"x" * 3000)
            assert lines[-1].answer()[0] == 403  # Django's: a form without its token
            assert 0 < sum(line.held() for line in lines[:held]) < held
        finally:
            for line in lines:
                line.close()


# --- how much is taken from whom ------------------------------------------------------------------


def test_a_stranger_s_large_body_is_refused_before_it_is_read(port: int, alone: int) -> None:
    line = Line(port, f"{LOGIN}\nContent-Length: {bodies.STRANGERS + 1}")  # and not a byte of it
    if port != alone:
        line.send(b"x" * (bodies.STRANGERS + 1))  # Go's server does not answer while it waits for the sender
    status, text = line.answer()
    line.close()
    assert status == 413
    assert "1 MB" in text


def test_the_largest_a_stranger_may_send_is_read(port: int) -> None:
    line = Line(port, f"{LOGIN}\nContent-Length: {bodies.STRANGERS}")
    line.send(b"x" * bodies.STRANGERS)
    status, _text = line.answer()
    line.close()
    assert status == 403  # Django's: a form without its token


@pytest.mark.parametrize("shown", ["Cookie: session=0123456789abcdef0123456789abcdef", "Authorization: Bearer " + "x" * 43])
def test_a_made_up_login_is_none(alone: int, shown: str) -> None:
    line = Line(alone, f"{LOGIN}\n{shown}\nContent-Length: {bodies.STRANGERS + 1}")
    status, _text = line.answer()
    line.close()
    assert status == 413


def test_who_is_logged_in_sends_more_and_not_without_end(alone: int, committed: None, client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    cookie = f"Cookie: session={client.cookies['session'].value}"
    line = Line(alone, f"{LOGIN}\n{cookie}\nContent-Length: 3000000")
    line.send(b"x" * 3_000_000)
    assert line.answer()[0] == 403  # read to its end, then Django's word on a form without its token
    line.close()
    line = Line(alone, f"{LOGIN}\n{cookie}\nContent-Length: {bodies.LARGEST + 1}")
    assert line.answer()[0] == 413
    line.close()
    client.logout()
    line = Line(alone, f"{LOGIN}\n{cookie}\nContent-Length: 3000000")
    assert line.answer()[0] == 413
    line.close()


def test_a_paired_browser_sends_more_until_it_is_let_go(alone: int, committed: None) -> None:
    person = factories.person()
    code = devices.make_code(by=person, now=timezone.now())
    paired = devices.pair(code=code, name="Firefox", caller="test", now=timezone.now())
    head = (
        "POST /rekam/unggahan/ HTTP/1.1\nHost: 127.0.0.1\nContent-Type: multipart/form-data; boundary=x\n"
        f"Authorization: Bearer {paired.token}\nContent-Length: 3000000"
    )
    line = Line(alone, head)
    line.send(b"x" * 3_000_000)
    assert line.answer()[0] == 400  # read to its end; it is no capture
    line.close()
    devices.revoke(device_id=paired.device.pk, by=person, now=timezone.now())
    line = Line(alone, head)
    assert line.answer()[0] == 413
    line.close()


def test_a_body_that_hides_its_length_is_a_small_one(alone: int) -> None:
    line = Line(alone, f"{LOGIN}\nTransfer-Encoding: chunked")

    def feed() -> None:
        for _ in range(9):
            line.send(b"20000\r\n" + b"x" * 0x20000 + b"\r\n")

    feeding = threading.Thread(target=feed)
    feeding.start()
    status, _text = line.answer()
    feeding.join()
    line.close()
    assert status == 413


@pytest.mark.parametrize(("path", "status"), [("/%ff/", 404), ("/tidak-ada/?x=%ff", 404), ("/tidak-ada/?x=\xe9", 400), ("/a/../b", 404)])
def test_addresses_no_browser_would_send_are_answered(alone: int, path: str, status: int) -> None:
    assert serving.asked(alone, path)[0] == status


def test_the_proxy_and_the_import_page_have_one_limit() -> None:
    said = re.search(r"max_size (\d+)MiB", serving.caddyfile())
    assert said
    assert int(said[1]) * 2**20 == bodies.LARGEST
    assert bodies.LARGEST == files.MAX_BYTES + 2**20  # the form around the file


# --- a thread that never ends ---------------------------------------------------------------------


def test_a_stuck_thread_ends_its_process_and_another_takes_its_place(django_db_setup: None, tmp_path: Path) -> None:
    words = ("tests.attacks.apps:stuck", "-k", "asgi", "--workers", "1", "--timeout", "2", "--graceful-timeout", "1", "--no-control-socket")
    with serving.web(tmp_path, *words) as port:
        first = serving.asked(port, "/")[1]
        stuck = Line(port, "GET /stuck HTTP/1.1\nHost: 127.0.0.1")
        assert stuck.answer()[0] == 503
        stuck.close()
        end = time.monotonic() + 60  # a process takes its time to start; a refused connection takes none
        while True:
            status, text, _seconds = serving.asked(port, "/") if serving.answers(port) else (0, "", 0.0)
            if status == 200 and text != first:
                return
            assert time.monotonic() < end, "the stuck process still answers, or none does"
            time.sleep(0.1)


@pytest.mark.django_db
def test_the_login_page_asks_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/kerja/login/")
    with django_assert_num_queries(0):
        assert client.get("/kerja/login/").status_code == 200
