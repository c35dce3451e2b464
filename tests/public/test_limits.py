"""How often somebody may ask: first without a word, then after a wait, then not for ten minutes. Nothing of it outlives a day."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from patrol.infra import broker
from patrol.public import limits
from patrol.public.check import asked, page
from patrol.public.limits import Limits, Pace, Turn
from tests.public.conftest import caller

pytestmark = pytest.mark.django_db
PATIENCE = limits.SECONDS  # the product's own


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once, then one each hour: no test waits for a turn, and none comes meanwhile. Five tries too many close an address."""
    monkeypatch.setattr(limits, "REFUSED_AFTER", 5)
    monkeypatch.setattr(
        limits, "LIMITS", {"check": Limits(Pace(2, 3600), Pace(4, 3600), Pace(3, 3600)), "other": Limits(Pace(2, 30), Pace(4, 30))}
    )


def asks(address: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def neighbour(address: str) -> str:
    """Of the same network, a /48."""
    return address.replace("::1", ":1::1")


def test_a_few_at_once_then_a_wait_and_each_purpose_for_itself() -> None:
    here = asks(caller())
    assert [limits.turn(here, "check") for _ in range(3)] == [Turn(), Turn(), Turn(limits.LONGEST)]
    assert [limits.turn(here, "other").seconds for _ in range(3)] == [0, 0, 30]


def test_neighbours_have_turns_of_their_own_up_to_those_of_the_network() -> None:
    address = caller()
    for one in (address, neighbour(address)):
        assert [limits.turn(asks(one), "check").seconds for _ in range(2)] == [0, 0]
    assert limits.turn(asks(address.replace("::1", ":2::1")), "check").seconds == limits.LONGEST
    assert limits.turn(asks(caller()), "check").seconds == 0


def test_the_same_words_from_many_places_wait() -> None:
    said = "Kiriman yang sama " + caller()
    assert [limits.turn(asks(caller()), "check", content=said).seconds for _ in range(4)] == [0, 0, 0, limits.LONGEST]
    assert limits.turn(asks(caller()), "check", content=said.upper().replace(" ", "  ")).seconds == limits.LONGEST
    assert limits.turn(asks(caller()), "check", content=said + "x").seconds == 0


def test_who_does_not_wait_is_refused_for_ten_minutes() -> None:
    here = asks(caller())
    tries = [limits.turn(here, "check") for _ in range(2 + limits.REFUSED_AFTER + 1)]
    assert [one.refused for one in tries] == [False] * (2 + limits.REFUSED_AFTER) + [True]
    assert limits.REFUSED_SECONDS - 60 < tries[-1].seconds <= limits.REFUSED_SECONDS


def test_neighbours_close_nothing_for_each_other_however_often_they_ask() -> None:
    address = caller()
    for number in range(30):
        limits.turn(asks(address.replace("::1", f":{number:x}::1")), "check")
    told = limits.turn(asks(address.replace("::1", ":ff::1")), "check")
    assert told == Turn(limits.LONGEST)


def test_a_hall_behind_one_address_is_not_told_to_wait_in_its_first_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(limits, "SECONDS", 30)
    here = asks(caller())
    assert {limits.turn(here, "check").seconds for _ in range(60)} == {0}
    told = [limits.turn(here, "check") for _ in range(100)]  # forty people who press again and again
    assert not any(one.refused for one in told)


def test_what_is_counted_is_a_hash_that_is_forgotten_within_a_day() -> None:
    address = caller()
    before = set(broker.client().scan_iter("desk:*"))
    for _ in range(3):
        limits.turn(asks(address), "check", content="kata rahasia")
    made = set(broker.client().scan_iter("desk:*")) - before
    assert len(made) >= 4  # address, network, content, and the address that had to wait
    for key in made:
        held = str(key) + str(broker.client().hgetall(key) if broker.client().type(key) == b"hash" else broker.client().get(key))
        assert address not in held
        assert "rahasia" not in held
        assert 0 < int(broker.client().ttl(key)) <= 86_400


def test_without_a_broker_nobody_is_refused(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.BROKER_URL = "redis+socket:///nonexistent?virtual_host=0"
    assert [limits.turn(asks(caller()), "check") for _ in range(5)] == [Turn()] * 5
    assert [one.message for one in caplog.records] == ["limits of the public desk are not counted"] * 5


def test_a_broker_that_takes_calls_and_never_answers_costs_a_check_two_short_tries(
    settings: Any, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is there and silent, as one that hangs or a wall that swallows what is sent. Measured: half a second a request."""
    monkeypatch.setattr(limits, "SECONDS", PATIENCE)
    with socket.create_server(("127.0.0.1", 0), backlog=20) as silent:
        settings.BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        assert client.post("/cek/", {"text": "PT Contoh"}).status_code == 200
        silent.setblocking(False)
        calls = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                silent.accept()[0].close()
                calls += 1
    assert (calls, calls * PATIENCE < 1) == (2, True)
    assert "limits of the public desk are not counted" in [one.message for one in caplog.records]


def test_a_form_that_has_to_wait_keeps_what_was_written_on_the_page(client: Client) -> None:
    for _ in range(2):
        assert client.post("/cek/", {"text": "halo"}).status_code == 200
    answer = client.post("/cek/", {"text": "<b>halo & kamu</b>", "country": "Taiwan"})
    page = BeautifulSoup(answer.content, "html.parser")
    kept: dict[str, Any] = {str(box["name"]): box.get_text() for box in page.select("form textarea")}
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, "60", "no-store")
    assert kept == {"text": "<b>halo & kamu</b>", "country": "Taiwan"}
    assert "Tunggu 60 detik." in page.get_text()
    assert page.select("meta[http-equiv]") == []


def test_what_the_waiting_page_keeps_is_cut_as_what_is_read(client: Client) -> None:
    for _ in range(3):
        answer = client.post("/cek/", {"text": "'" * 900_000, "country": "'" * 900})
    kept = {str(box["name"]): len(box.get_text()) for box in BeautifulSoup(answer.content, "html.parser").select("form textarea")}
    # Written as six bytes each: no more than a page of 100 kB has room for.
    assert (answer.status_code, kept) == (429, {"text": page.IN_FORM // 6, "country": asked.DETAIL_MOST})


def test_too_many_tries_are_told_so_in_both_languages(client: Client) -> None:
    for _ in range(2 + limits.REFUSED_AFTER):
        client.post("/cek/", {"text": "halo"})
    assert (
        "Terlalu banyak kiriman dari sambungan ini. Coba lagi dalam 10 menit, atau hubungi hotline."
        in client.post("/cek/", {"text": "a"}).content.decode()
    )
    english = client.post("/en/cek/", {"text": "a"}).content.decode()
    assert "Too much was sent from this connection. Try again in 10 minutes, or call." in english


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(600, "10 minutes"), (541, "10 minutes"), (540, "9 minutes"), (60, "1 minute"), (1, "1 minute")]
)
def test_a_form_says_how_many_minutes_are_left_and_speaks_of_no_check(seconds: int, minutes: str) -> None:
    with translation.override("en"):
        said = limits.told(Turn(seconds, refused=True), "Many pictures are being sent at this moment.")
    assert said == f"Too much was sent from this connection. Try again in {minutes}, or call."


def test_a_page_that_was_only_asked_for_opens_by_itself() -> None:
    request = asks(caller())
    request.resolver_match = None
    page = BeautifulSoup(limits.wait(request, Turn(25)).content, "html.parser")
    assert [one["content"] for one in page.select("meta[http-equiv=refresh]")] == ["25"]
