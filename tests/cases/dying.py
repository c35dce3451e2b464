"""A process that acts on cases and dies at a chosen moment, without a word: what a web process killed in mid-answer is.

    python -m tests.cases.dying          # then a line of JSON each on standard input:
    {"verb": "close", "told": a pickled dict in hexadecimal, "by": 3, "at": "after", "statement": 0}

Each act has a child of its own. `at`: "statement" dies once that many statements were sent, "before" and "after" dies before and after
COMMIT of the first outermost transaction, "data" once a mail server has the mail or a webhook its change, "end" before the COMMIT that
follows, "" lives. The verbs "carry_out_mail" and "carry_out_webhook" are the jobs that send them. Answers with a line: what the child came
to ("died", "done", "refused"), and how many COMMITs it was through.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import smtplib
import sys
from typing import Any

DONE, REFUSED = 0, 3


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def act(asked: dict[str, Any], through: int) -> int:
    """`through`: where a byte is written after each COMMIT."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from patrol import models  # noqa: PLC0415
    from patrol.cases import sending  # noqa: PLC0415
    from patrol.changes import sending as webhook_sending  # noqa: PLC0415
    from patrol.infra import jobs  # noqa: PLC0415
    from patrol.outgoing import mailing  # noqa: PLC0415
    from patrol.sources.transport import http  # noqa: PLC0415
    from tests.cases import acting  # noqa: PLC0415

    told = pickle.loads(bytes.fromhex(asked["told"])) | {"by": models.Person.objects.get(pk=asked["by"])}
    real: Any = connection
    sent, commit = 0, real._commit
    handed, taken, posted = False, smtplib.SMTP.data, http.Client.post

    def counted(execute: Any, *given: Any) -> Any:
        nonlocal sent
        answer = execute(*given)
        sent += 1
        if asked["at"] == "statement" and sent == asked["statement"]:
            die()
        return answer

    def committed() -> None:
        nonlocal handed
        if asked["at"] == "before" or (asked["at"] == "end" and handed):
            die()
        commit()
        os.write(through, b".")
        if asked["at"] == "after":
            die()

    def data(self: Any, message: Any) -> Any:
        nonlocal handed
        answer = taken(self, message)
        handed = True
        if asked["at"] == "data":
            die()
        return answer

    def post(*given: Any, **named: Any) -> Any:
        nonlocal handed
        answer = posted(*given, **named)
        handed = True
        if asked["at"] == "data":
            die()
        return answer

    real._commit = committed
    client: Any = smtplib.SMTP
    client.data = data
    reaching: Any = http.Client
    reaching.post = post
    try:
        with connection.execute_wrapper(counted):
            if asked["verb"] == "carry_out_mail":
                jobs.run({"mail": sending.carry_out, "dispatch": mailing.carry_out}, now=told["now"])
            elif asked["verb"] == "carry_out_webhook":
                jobs.run({"webhook": webhook_sending.carry_out}, now=told["now"])
            else:
                with acting.no_servers() if asked["verb"].startswith("acting.") else contextlib.nullcontext():
                    acting.verb(asked["verb"])(**told)
    except acting.REFUSED:
        return REFUSED
    return DONE


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from patrol.infra import wall  # noqa: PLC0415 -- after Django
    from tests.cases import acting  # noqa: F401, PLC0415 -- here, so that no child has to

    wall.whole_process("a test's own hands")

    for line in sys.stdin:
        heard, through = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                code = act(json.loads(line), through)
            except BaseException as error:  # noqa: BLE001 -- told to whoever asked
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                sys.stderr.flush()
                code = 1
            os._exit(code)
        os.close(through)
        _pid, status = os.waitpid(child, 0)
        with os.fdopen(heard, "rb") as pipe:
            commits = len(pipe.read())
        came = "died" if os.WIFSIGNALED(status) else {DONE: "done", REFUSED: "refused"}.get(os.waitstatus_to_exitcode(status), "failed")
        sys.stdout.write(f"{came} {commits}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
