"""What strangers send is found nowhere afterwards: not in the database, the broker, a log, a file or the health page; nor is an address
they sent it from.

Through the web server as it runs, behind a proxy that names each sender. PUBLIC_CHECKS says how many checks.
"""

from __future__ import annotations

import http.client
import io
import os
import secrets
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests import stack

pytestmark = pytest.mark.worker

CHECKS = int(os.environ.get("PUBLIC_CHECKS", "60"))
REGISTER = "import django; django.setup(); from tests.public.check import register; register.loaded()"


def letters(count: int = 12) -> str:
    """A word that stands in no text."""
    return "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(count))


def form(boundary: str, fields: Iterable[tuple[str, str]], photo: tuple[str, bytes] | None = None) -> bytes:
    made = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    if photo:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="{photo[0]}"\r\nContent-Type: image/png\r\n\r\n'
        made += [head.encode(), photo[1], b"\r\n"]
    return b"".join([*made, f"--{boundary}--\r\n".encode()])


def drawn(words: str) -> bytes:
    """A photograph of more than a megabyte: noise beside its words."""
    picture = Image.new("RGB", (1000, 900), "white")
    picture.paste(Image.frombytes("RGB", (1000, 400), secrets.token_bytes(1_200_000)), (0, 500))
    for number, line in enumerate(("LOWONGAN KERJA TAIWAN", "Perawat lansia gaji 12 juta", words.upper())):
        ImageDraw.Draw(picture).text((40, 60 + 110 * number), line, "black", font=ImageFont.load_default(60))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def holding(found: Iterator[tuple[str, bytes]], canaries: list[bytes]) -> list[tuple[str, bytes]]:
    return [(where, canary) for where, content in found for canary in canaries if canary in content.lower()]


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield str(path), path.read_bytes()


def rows(running: stack.Stack) -> Iterator[tuple[str, bytes]]:
    tables = "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    for (table,) in running.query(f"{tables} AND NOT relispartition"):  # a part is read by the table it is of
        for (row,) in running.query(f"SELECT t::text FROM {table} t"):
            yield f"table {table}", str(row).encode()


def memory(running: stack.Stack) -> Iterator[tuple[str, bytes]]:
    with running.valkey() as broker:
        for key in broker.scan_iter():
            name: bytes = key
            kind = broker.type(name)
            value = broker.hgetall(name) if kind == b"hash" else broker.dump(name)
            yield f"key {name!r}", name + str(value).encode()
            assert 0 < int(broker.ttl(name)) <= 86_400 or not name.startswith(b"desk:")  # forgotten within a day


def answers(running: stack.Stack) -> Iterator[tuple[str, bytes]]:
    """What whoever watches the machine is told. Of figures there is no page."""
    for path, status in (("/health/", 503), ("/metrics", 404), ("/metrics/", 404)):  # no worker runs here
        watcher = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
        watcher.request("GET", path)
        answer = watcher.getresponse()
        told = answer.read()
        watcher.close()
        assert answer.status == status, told
        yield f"answer of {path}", str(answer.headers).encode() + told


def test_nothing_of_a_check_is_kept(tmp_path: Path, django_db_setup: None) -> None:
    environment = {
        "PUBLIC_DESK": "1",
        "BEHIND_PROXY": "1",
        "LOG_LEVEL": "DEBUG",
        "GUNICORN_CMD_ARGS": "--access-logfile -",
        "DJANGO_SETTINGS_MODULE": "patrol.settings",
    }
    canaries: list[bytes] = []
    with stack.Stack(
        tmp_path, database="canary", prepare=("-c", REGISTER), started=("web",), environment=stack.CALM | environment
    ) as running:
        for number in range(CHECKS):
            word, file, digits = letters(), letters(), f"0840{secrets.randbelow(10**8):08}"
            address = f"203.{secrets.randbelow(250)}.{secrets.randbelow(250)}.{secrets.randbelow(250)}"
            text = f"Lowongan kerja ke Taiwan, PT {word.title()} Jaya, perawat lansia. Hubungi {digits}. {letters()}"
            text = (text, digits, f"https://{word}.example/x", f"PT {word.title()} Jaya")[number % 4]
            with_photo = number % 100 == 7
            words = letters(8)
            boundary = secrets.token_hex(8)
            fields = [("text", text), ("contact", f"@{word}"), ("day", "" if number % 5 else word)]
            body = form(boundary, fields, (f"{file}.png", drawn(words)) if with_photo else None)
            sender = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
            headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-Forwarded-For": address, "User-Agent": word}
            sender.request("POST", f"/cek/?{urllib.parse.urlencode({'q': word})}", body, headers)
            answer = sender.getresponse()
            page = answer.read().decode()
            assert answer.status == (200 if number % 5 else 422), page
            if answer.status == 200 and not with_photo:
                assert "Kami hanya membaca yang Anda kirim." in page
            sender.close()
            canaries += [one.lower().encode() for one in (word, digits, address, *((file, words) if with_photo else ()))]
        places = (
            answers(running),
            rows(running),
            memory(running),
            files(running.folder / "var", running.logs, running.folder / "evidence"),
        )
        found = [hit for place in places for hit in holding(place, canaries)]
        log = (running.logs / "web.log").read_text()  # what was looked through is the log of these checks
        assert (log.count('"checked"') >= CHECKS // 2, log.count("POST /cek/ ")) == (True, CHECKS)
    assert found == []
    assert len(canaries) > 2 * CHECKS


def test_what_would_be_kept_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("GET /cek/?q=Kenariku 203.0.113.7")
    assert [canary for _where, canary in holding(files(tmp_path), [b"kenariku", b"203.0.113.7", b"lain"])] == [b"kenariku", b"203.0.113.7"]
