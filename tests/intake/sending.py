"""A capture as the extension sends it: what a test is about is given by name, the rest is invented."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import timedelta
from typing import Any

from PIL import Image

from patrol import models
from patrol.intake import devices
from tests import factories

GROUP_POST = "https://www.facebook.com/groups/100000000000123/posts/200000000000456/"
TEXT = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0042. Berangkat minggu ini."


def png(width: int = 120, height: int = 90, shade: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 40, 40)).save(out, "PNG")
    return out.getvalue()


def post(**given: Any) -> dict[str, Any]:
    return {
        "url": GROUP_POST,
        "author": "calo.contoh",
        "author_name": "Calo Contoh",
        "text": TEXT,
        "posted_at": "2026-11-22T09:30:00+07:00",
        "posted_at_source": "1 hr",
        "links": [],
        "pictures": [],
        "origin": "Loker Luar Negeri Contoh",
        **given,
    }


def comment(text: str = "Minat kak", **given: Any) -> dict[str, Any]:
    return post(url="", author="", author_name="Peminat Contoh", text=text, posted_at="", posted_at_source="", origin="", **given)


def capture(*, picture: bytes | None = None, **given: Any) -> dict[str, Any]:
    shot = None
    if picture is not None:
        with Image.open(io.BytesIO(picture)) as opened:
            width, height = opened.size
        shot = {"sha256": hashlib.sha256(picture).hexdigest(), "width": width, "height": height, "complete": True}
    return {
        "format": "sipatrol-capture/1",
        "key": str(uuid.uuid4()),
        "captured_at": (factories.NOW - timedelta(minutes=2)).isoformat(),
        "platform": "facebook",
        "page": {"url": GROUP_POST, "title": "Loker Luar Negeri Contoh"},
        "post": post(),
        "comments": [],
        "note": "",
        "corrected": [],
        "read": {},
        "screenshot": shot,
        "extension": "1.0.0",
        "browser": "Chromium 150",
        **given,
    }


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def paired(person: models.Person | None = None) -> devices.Paired:
    person = person or factories.person()
    return devices.pair(
        code=devices.make_code(by=person, now=factories.NOW), name="Peramban kantor", caller=uuid.uuid4().hex, now=factories.NOW
    )
