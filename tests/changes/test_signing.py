"""The signature of Standard Webhooks: as its own libraries make it, and as a receiver checks it with a few lines of its own."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.test import override_settings

from patrol.changes import signing, stream

PAGE = Path(__file__).parents[2] / "docs/offices/webhooks.md"
CONNECTING = PAGE.with_name("connecting.md")
# Of the convention's reference library (standard-webhooks, javascript, "sign function works").
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_signs_as_the_convention_s_reference_does() -> None:
    assert signing.signature(SECRET, id=ID, at=AT, body=BODY) == SIGNED


def test_two_secrets_sign_side_by_side() -> None:
    made, new = signing.headers([signing.new_secret(), SECRET], id=ID, at=AT, body=BODY), signing.new_secret()
    assert (made["webhook-id"], made["webhook-timestamp"]) == (ID, "1614265330")
    first, second = made["webhook-signature"].split(" ")
    assert second == SIGNED != first
    assert new.startswith("whsec_")
    assert len(base64.b64decode(new.removeprefix("whsec_"))) == 32
    assert new != signing.new_secret()


def of_the_page() -> dict[str, Any]:
    """What the page for offices tells a receiver to write."""
    (code,) = re.findall(r"```python\n((?:(?!```).)*def genuine.*?)```", CONNECTING.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, str(CONNECTING), "exec"), names)
    return names


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """A receiver's own lines, as docs/offices/connecting.md has them, at the time it was signed: nothing of the product's."""
    names = of_the_page()
    names["time"] = SimpleNamespace(time=lambda: int(headers["webhook-timestamp"]) + 2)
    return bool(names["genuine"](secret, headers, body))


def test_a_receiver_tells_what_was_changed_on_the_way() -> None:
    made = signing.headers([SECRET], id=ID, at=AT, body=BODY)
    assert verified(SECRET, made, BODY)
    assert not verified(SECRET, made, BODY + b" ")
    assert not verified(SECRET, made | {"webhook-id": "msg_lain"}, BODY)
    assert not verified(SECRET, made | {"webhook-timestamp": "1614265331"}, BODY)
    assert not verified(signing.new_secret(), made, BODY)
    assert not of_the_page()["genuine"](SECRET, made, BODY)  # of 2021


def test_the_page_for_offices_names_each_kind_and_shows_a_message_as_it_is() -> None:
    page = PAGE.read_text()
    rows = "".join(line for line in page.splitlines() if line.startswith("|"))
    assert tuple(re.findall(r"`((?:flag|case|referral)\.[a-z_]+)`", rows)) == stream.TYPES
    (head, body) = re.findall(r"```\n(POST .*?)\n\n(\{.*?)\n```", page, re.DOTALL)[0]
    shown = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    given: dict[str, Any] = {"id": shown["webhook-id"], "at": int(shown["webhook-timestamp"]), "body": body.encode()}
    assert signing.headers([SECRET], **given) == shown
    at = datetime(2026, 11, 23, 3, 22, 3, tzinfo=UTC)
    with override_settings(SITE_URL="https://sipatrol.example"):
        told = stream.Change("d20418", "flag.decided", at, "flag", 4417, "TND-26-004417", "bp3mi-jabar", "confirmed", "").told()
    assert json.dumps(told, separators=(",", ":")) == body
