"""How what is sent to another system is signed: Standard Webhooks 1.0.0, symmetric (`v1`, HMAC-SHA256).

Signed are id, time and body, joined by full stops. Of two secrets each signs by itself, and the receiver is content with one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> str:
    """As the convention writes one: whsec_ and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, *, id: str, at: int, body: bytes) -> str:  # noqa: A002 -- the convention's word
    """`at`: seconds, Unix."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, f"{id}.{at}.".encode() + body, hashlib.sha256)).decode()


def headers(keys: Sequence[str], *, id: str, at: int, body: bytes) -> dict[str, str]:  # noqa: A002 -- the convention's word
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(key, id=id, at=at, body=body) for key in keys),
    }
