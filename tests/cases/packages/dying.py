"""A process that makes a package of a case and dies at a chosen step, without a word: `manage.py export_case`, or the page's button.

    python -m tests.cases.packages.dying          # then a line of JSON each on standard input:
    {"way": "command", "case": 3, "by": 2, "file": "/…/perkara.zip", "request": "", "at": 7, "after": true}

`at`: the step it dies at, before it or after it, counted from 1; 0 lives. A step is a statement, a COMMIT, a printed PDF, or what a file is
told: fsync, its name. Each making has a child of its own. Answers with a line of JSON: what the child came to ("died", "done", "refused"),
the steps it came to, and the SHA-256 of what the page sent ("" where nothing came).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

DONE, REFUSED = 0, 3


def _around(holder: Any, name: str, step: Callable[..., Any]) -> None:
    real = getattr(holder, name)
    setattr(holder, name, lambda *given, **named: step(name.strip("_"), real, *given, **named))


def act(asked: dict[str, Any], told: int) -> int:
    """`told`: where a line is written for each step, and for what the page sent."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- models load after Django is set up
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from patrol import models  # noqa: PLC0415
    from patrol.infra import printing  # noqa: PLC0415
    from tests.cases.packages import packed  # noqa: PLC0415

    moment: Any = timezone
    moment.now = lambda: packed.LATER
    by = models.Person.objects.get(pk=asked["by"])
    client = Client(headers={"Host": "127.0.0.1"})
    if asked["way"] == "page":
        client.force_login(by)
    reached = 0

    def step(name: str, real: Callable[..., Any], *given: Any, **named: Any) -> Any:
        nonlocal reached
        reached += 1
        here = reached == asked["at"]
        os.write(told, f"step {name}\n".encode())
        if here and not asked["after"]:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*given, **named)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def statement(execute: Any, sql: str, *given: Any) -> Any:
        return step(" ".join(sql.split()[:3]), execute, sql, *given)

    _around(connection, "_commit", step)
    _around(printing, "pdf", step)
    for name in ("fsync", "link", "replace"):
        _around(os, name, step)
    with connection.execute_wrapper(statement):
        if asked["way"] == "page":
            answer: Any = client.post(reverse("admin:patrol_case_package", args=[asked["case"]]), {"reason": packed.PURPOSE})
            content = b"".join(answer) if answer.streaming else answer.content
            came = answer.status_code == 200
            os.write(told, f"sent {hashlib.sha256(content).hexdigest()}\n".encode() if came else b"")
            return DONE if came else REFUSED
        number = models.Case.objects.values_list("number", flat=True).get(pk=asked["case"])
        what = {"request": asked["request"]} if asked["request"] else {"purpose": packed.PURPOSE}
        try:
            call_command("export_case", number, to=Path(asked["file"]), by=by.username, now=packed.LATER, stdout=io.StringIO(), **what)
        except CommandError:
            return REFUSED
    return DONE


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.urls import reverse  # noqa: PLC0415 -- after Django

    from patrol.infra import printing, wall  # noqa: PLC0415
    from tests.cases.packages import packed  # noqa: F401, PLC0415 -- here, so that no child has to

    wall.whole_process("a test's own hands")
    reverse("admin:index")  # here, so that no child has to; so the letters of a PDF
    for name in printing.FONTS:
        printing.font(name)

    for line in sys.stdin:
        asked = json.loads(line)
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            try:
                code = act(asked, told)
            except BaseException as error:  # noqa: BLE001 -- told to whoever asked
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                sys.stderr.flush()
                code = 1
            os._exit(code)
        os.close(told)
        with os.fdopen(heard) as pipe:
            lines = [one.rstrip("\n").partition(" ") for one in pipe]
        _pid, status = os.waitpid(child, 0)
        came = "died" if os.WIFSIGNALED(status) else {DONE: "done", REFUSED: "refused"}.get(os.waitstatus_to_exitcode(status), "failed")
        steps, sent = [one for kind, _space, one in lines if kind == "step"], [one for kind, _space, one in lines if kind == "sent"]
        sys.stdout.write(json.dumps({"came": came, "steps": steps, "sent": "".join(sent)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
