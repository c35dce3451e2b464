"""`manage.py assess` from its standard input to its standard output, without a database."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from patrol import domain, models
from patrol.domain import LAW_ZONE
from patrol.engine import assess as engine
from patrol.management import workers
from patrol.management.commands import assess as command

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=LAW_ZONE)
AGENCIES = (
    "name,aliases,sip3mi_number,status,status_from,status_to,decree,province,city,address,phones,websites,accounts\n"
    "PT Cahaya Rantau Rekaan,,77/SIP3MI/2024,active,2024-01-02,,,Jawa Timur,Malang,Jl. Contoh 1,0840-1111-2222,,\n"
)
LICENCES = (
    "number,agency,country,positions,employer,quota,valid_from,valid_to,status,status_from\n"
    "B.101/SIP2MI/III/2026,PT Cahaya Rantau Rekaan,TW,operator produksi,,50,2026-03-01,2027-02-28,active,2026-03-01\n"
)
OFFER = "Lowongan kerja Taiwan: operator produksi, kontrak 3 tahun. PT Cahaya Rantau Rekaan, telp 0840-1111-2222."


class Standard:
    """A standard input with bytes in it."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def register(tmp_path: Path) -> tuple[str, str]:
    agencies, licences = tmp_path / "agencies.csv", tmp_path / "licences.csv"
    agencies.write_text(AGENCIES)
    licences.write_text(LICENCES)
    return str(agencies), str(licences)


type Answer = dict[str, object]


def run(monkeypatch: pytest.MonkeyPatch, lines: list[object] | bytes, *options: str) -> tuple[list[Answer], str]:
    content = lines if isinstance(lines, bytes) else "\n".join(json.dumps(line) for line in lines).encode()
    monkeypatch.setattr(sys, "stdin", Standard(content))
    out, err = io.StringIO(), io.StringIO()
    call_command("assess", *options, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def with_files(register: tuple[str, str], *more: str) -> tuple[str, ...]:
    return ("--agencies", register[0], "--licences", register[1], *more)


def verdict(answer: Answer) -> object:
    licence = answer["licence"]
    assert isinstance(licence, dict)
    return licence["verdict"]


def reason(answer: Answer) -> str:
    licence = answer["licence"]
    assert isinstance(licence, dict)
    return str(licence["reason"])


def test_files_need_no_database(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    # pytest-django refuses every query of a test that did not ask for the database
    answers, err = run(monkeypatch, [{"id": "a", "text": OFFER}], *with_files(register, "--now", "2026-11-20"))
    assert [(answer["id"], verdict(answer)) for answer in answers] == [("a", "licensed")]
    assert err == ""


def test_order_is_kept_and_bad_lines_are_answered(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    monkeypatch.setattr(command, "BATCH", 2)
    lines = b"\n".join(
        [
            b'{"id": "1", "text": "halo"}',
            b"{nonsense",
            b"",
            b'{"id": "3", "text": 5}',
            b'{"id": "4", "text": "apa kabar"}',
            b'{"id": 5, "text": "halo"}',
        ]
    )
    answers, _ = run(monkeypatch, lines, *with_files(register, "--now", "2026-11-20"))
    assert [answer["id"] for answer in answers] == ["1", None, "3", "4", 5]
    assert [answer.get("error", "")[:20] for answer in answers] == ["", "the line is not JSON", "text is not text", "", ""]  # type: ignore[index]


def test_a_line_without_end_is_not_read_into_memory(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    monkeypatch.setattr(command, "LINE_BYTES", 100)
    lines = b'{"id": "1", "text": "' + b"x" * 350 + b'"}\n{"id": "2", "text": "halo"}\n' + b"y" * 101
    answers, _ = run(monkeypatch, lines, *with_files(register))
    assert [(answer["id"], answer.get("error")) for answer in answers] == [
        (None, "the line is longer than 100 bytes"),
        ("2", None),
        (None, "the line is longer than 100 bytes"),
    ]


def test_a_post_that_breaks_the_reader_stands_alone(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    whole = engine.assess

    def breaks(contents: list[domain.Content], *args: Any, **more: Any) -> object:
        if any("jahat" in content.text for content in contents):
            raise ValueError("boom")
        return whole(contents, *args, **more)

    monkeypatch.setattr(engine, "assess", breaks)
    lines: list[object] = [{"id": n, "text": "jahat" if n == 3 else "halo"} for n in range(6)]
    answers, _ = run(monkeypatch, lines, *with_files(register))
    assert [answer["id"] for answer in answers] == list(range(6))
    assert [answer.get("error") for answer in answers if answer["id"] == 3] == ["could not be assessed: ValueError: boom"]
    assert sum("error" in answer for answer in answers) == 1


def test_undated_posts(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    line: list[object] = [{"id": "a", "text": OFFER}]
    by_now, _ = run(monkeypatch, line, *with_files(register, "--now", "2026-11-20T01:00:00"))
    by_register, _ = run(monkeypatch, line, *with_files(register))
    by_given_date, _ = run(monkeypatch, line, *with_files(register, "--register-date", "2026-11-18"))
    assert "dinilai per 20 Nov 2026" in reason(by_now[0])
    assert "dinilai per 1 Mar 2026" in reason(by_register[0])  # the newest status_from
    assert "dinilai per 18 Nov 2026" in reason(by_given_date[0])


def test_pictures(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str], tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "IMAGE_BYTES", 1000)
    (tmp_path / "big.png").write_bytes(b"x" * 1001)
    os.mkfifo(tmp_path / "pipe.png")
    lines: list[object] = [
        {"id": "a", "text": "halo", "images": ["gone.png", "big.png", "pipe.png", "nul\0.png", "."]},
        {"id": "b", "text": "halo", "images": ["gone.png"] * 12},
        {"id": "c", "text": "halo"},
    ]
    answers, _ = run(monkeypatch, lines, *with_files(register))
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert "Gambar 1 tidak ditemukan. Gambar 2 terlalu besar. Gambar 3 tidak ditemukan." in reason(answers[0])
    assert reason(answers[1]).endswith("Hanya 10 gambar pertama dibaca.")
    assert "Gambar" not in reason(answers[2])


def test_link_names_posts_that_belong_together(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    lines: list[object] = [
        {"id": 1, "text": "Loker Kamboja, dicari admin judol gaji 12 juta, WA 0840 5555 6666"},
        {"id": 2, "text": "halo"},
        {"id": 3, "text": 5},
        {"id": 4, "text": "Dibutuhkan CS judol penempatan Kamboja, hub 0840-5555-6666"},
    ]
    linked, _ = run(monkeypatch, lines, *with_files(register, "--link"))
    alone, _ = run(monkeypatch, lines, *with_files(register))
    assert [answer.get("campaign") for answer in linked] == ["jaringan-1", None, None, "jaringan-1"]
    assert all("campaign" not in answer for answer in alone)


def test_register_files_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="belong together"):
        run(monkeypatch, [], "--agencies", register[0])
    with pytest.raises(CommandError, match="No such file"):
        run(monkeypatch, [], "--agencies", register[0], "--licences", register[1] + ".gone")
    with pytest.raises(CommandError, match="--register-date belongs to"):
        run(monkeypatch, [], "--register-date", "2026-11-18")
    with pytest.raises(CommandError, match="not an ISO date"):
        run(monkeypatch, [], *with_files(register, "--register-date", "18-11-2026"))
    with pytest.raises(CommandError, match="not an ISO date or time"):
        run(monkeypatch, [], *with_files(register, "--now", "besok"))
    Path(register[1]).write_text(LICENCES.replace("2026-03-01,2027", "1 Maret,2027"))
    with pytest.raises(CommandError, match="nothing was assessed"):
        run(monkeypatch, [{"id": "a", "text": OFFER}], *with_files(register))


@pytest.mark.django_db
def test_the_loaded_register_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = models.RegisterEdition.objects.create(number=3, register_date=NOW.date(), imported_at=NOW)
    models.Agency.objects.create(edition=edition, name="PT Cahaya Rantau Rekaan")
    answers, err = run(monkeypatch, [{"id": "a", "text": OFFER}])
    assert verdict(answers[0]) == "no_licence_for_offer"
    assert err == ""


@pytest.mark.django_db
def test_no_register_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, err = run(monkeypatch, [{"id": "a", "text": OFFER}, {"id": "b", "text": "halo"}])
    assert [verdict(answer) for answer in answers] == ["cannot_check", "not_an_offer"]
    assert err == ""


def test_no_database_answers(register: tuple[str, str], tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": OFFER}) + "\n" for n in range(3))

    def whole(*options: str) -> tuple[list[object], str]:
        ended = subprocess.run(
            [sys.executable, "manage.py", "assess", "--now", "2026-11-20", *options],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": f"postgresql://nobody@/nothing?host={tmp_path}"},
            timeout=600,
        )
        return [verdict(json.loads(line)) for line in ended.stdout.splitlines()], ended.stderr

    assert whole(*with_files(register)) == (["licensed"] * 3, "")
    verdicts, err = whole()
    assert verdicts == ["cannot_check"] * 3
    assert err == "No database answers: every offer is cannot_check. Give --agencies and --licences.\n"


START = """
import atexit, runpy, sys
sys.argv[0], asked = "manage.py", sys.argv.pop()
atexit.register(lambda: print([name for name in asked.split() if name in sys.modules]))
runpy.run_path("manage.py", run_name="__main__")
"""
NOT_NEEDED = "patrol.models patrol.admin reports patrol.sources django.contrib.admin celery openpyxl numpy cv2 docx"


def test_it_starts_without_what_it_does_not_need(register: tuple[str, str]) -> None:
    """Of one post without a picture. What it costs in all is told by `make bench`."""
    ended = subprocess.run(
        [sys.executable, "-c", START, "assess", *with_files(register), NOT_NEEDED],
        input=json.dumps({"id": 1, "text": OFFER}) + "\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        timeout=600,
    )
    answer, loaded = ended.stdout.splitlines()
    assert (verdict(json.loads(answer)), loaded) == ("licensed", "[]")


def whole(register: tuple[str, str], lines: list[str], *options: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """`manage.py assess` in a process of its own, `code` run before it."""
    start = f"import runpy, sys\nsys.argv[0] = 'manage.py'\n{code}\nrunpy.run_path('manage.py', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", start, "assess", "--now", "2026-11-20", *with_files(register), *options],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.BASE_DIR,
        timeout=600,
    )


FEWER = "from patrol.management.commands import assess as command\ncommand.ALONE, command.BATCH = 20, 7"
MANY = [json.dumps({"id": n, "text": OFFER.replace("1111", f"{n % 6}111")}) for n in range(30)]


def test_several_processes_answer_as_one_does(register: tuple[str, str]) -> None:
    """In order, bad lines in their places, campaigns the same."""
    lines = [*MANY[:25], "{", json.dumps({"id": "short"}), *MANY[25:]]
    one, several = (whole(register, lines, "--link", "--processes", count, code=FEWER) for count in ("1", "2"))
    assert (one.returncode, one.stderr) == (several.returncode, several.stderr) == (0, "")
    assert several.stdout == one.stdout
    answers = [json.loads(line) for line in several.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [*range(25), None, "short", *range(25, 30)]
    assert [answer.get("error") for answer in answers[25:28]] == [ANY, "text is missing", None]
    assert {answer.get("campaign") for answer in answers if "error" not in answer} != {None}


KILLED = """
import os, signal
from patrol.engine import assess
judged = assess.assess
def assess_or_end(contents, *others, **options):
    if any("MATI" in content.text for content in contents):
        os.kill(os.getpid(), signal.SIGKILL)
    return judged(contents, *others, **options)
assess.assess = assess_or_end
"""


def test_a_process_that_is_killed_is_an_error_and_its_posts_are_not_left_out_in_silence(register: tuple[str, str]) -> None:
    ended = whole(register, [*MANY, json.dumps({"id": "last", "text": "MATI"})], "--processes", "2", code=f"{FEWER}\n{KILLED}")
    answered = [json.loads(line)["id"] for line in ended.stdout.splitlines()]
    assert ended.returncode == 1
    assert answered == list(range(len(answered)))
    assert ended.stderr == (
        f"CommandError: a process ended before its posts were read: the first {len(answered)} answers stand, the others are missing.\n"
    )


def test_few_lines_are_read_by_one_process(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str]) -> None:
    def refused(*_: object, **__: object) -> Any:
        raise AssertionError("forked")

    monkeypatch.setattr(workers, "in_order", refused)
    few = [{"id": n, "text": ""} for n in range(command.ALONE)]
    answers, _ = run(monkeypatch, list(few), *with_files(register), "--processes", "2")
    assert [answer["id"] for answer in answers] == list(range(command.ALONE))
    with pytest.raises(AssertionError, match="forked"):
        run(monkeypatch, [*few, {"id": "one more", "text": ""}], *with_files(register), "--processes", "2")


@pytest.mark.parametrize("count", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_processes_that_is_none(monkeypatch: pytest.MonkeyPatch, register: tuple[str, str], count: str) -> None:
    with pytest.raises(CommandError, match="not a number of processes"):
        run(monkeypatch, [], *with_files(register), f"--processes={count}")
