"""What schemathesis is given beside the description of /api/v1/: it runs in .venv/judges, by tests/api/test_described.py.

GIVEN names a file of JSON: what there is to be asked for, what opens once, and a capture that can be taken. Such things stand in no
description, and nobody guesses them: many of the calls that are meant to be valid ask for them. CALLED names a file that gets a line for
each call and its answer. SEED: which.
"""

from __future__ import annotations

import json
import os
import random
import uuid
from pathlib import Path
from typing import Any

import schemathesis

_GIVEN: dict[str, Any] = json.loads(Path(os.environ["GIVEN"]).read_text())
_CALLED = Path(os.environ["CALLED"]).open("a")  # noqa: SIM115 -- as long as the process
_CHANCE = random.Random(int(os.environ["SEED"]))
# In the place of a leaf of a capture.
_ODD: tuple[Any, ...] = (None, "", 0, -1, 1e308, True, [], {}, [[]], "\x00", "\ud800", "9999-12-31T23:59:59+14:00", "x" * 70_000)


def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    del context, kwargs
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    name, often = f"{case.method} {case.operation.path}", _CHANCE.random() < 0.6
    if name in _GIVEN["things"] and often:
        (parameter,) = case.path_parameters
        case.path_parameters[parameter] = _CHANCE.choice(_GIVEN["things"][name])
    elif name == "POST /api/v1/devices" and _GIVEN["codes"] and often:
        case.body["code"] = _GIVEN["codes"].pop()
    elif name == "POST /api/v1/captures" and often:
        case.body["capture"] = _capture()
    elif name == "DELETE /api/v1/devices/own" and _GIVEN["browsers"]:
        case.headers["Authorization"] = f"Bearer {_GIVEN['browsers'].pop()}"


def _capture() -> bytes:
    """One that can be taken, or one of which a leaf was changed."""
    told = json.loads(json.dumps(_GIVEN["capture"])) | {"key": str(uuid.UUID(int=_CHANCE.getrandbits(128)))}
    if _CHANCE.random() < 0.7:
        within = told
        while isinstance(within[key := _CHANCE.choice(list(within))], dict) and within[key] and _CHANCE.random() < 0.8:
            within = within[key]
        within[key] = _CHANCE.choice(_ODD)
    return json.dumps(told).encode()


def after_call(context: Any, case: Any, response: Any) -> None:
    del context
    _CALLED.write(f"{response.request.method} {case.operation.path} {response.status_code}\n")
    _CALLED.flush()


for _hook in (before_call, after_call):
    schemathesis.hook(_hook)
