"""The custody record of what was collected: who asked whom for it, when, and what came. Bytes first, then the record."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from patrol import domain, models
from patrol.domain.keepable import keepable
from patrol.evidence import collecting, raw

# Headers that say who is signed in, or let somebody in.
_LOGIN: Final = frozenset(
    {
        "account",
        "api-key",
        "authentication-info",
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-account",
        "x-api-key",
        "x-auth-token",
        "x-csrf-token",
    }
)


def keep(answer: domain.RawAnswer) -> str:
    """The raw bytes on disk, synced: before the transaction that names them. Returns their hash."""
    return raw.put(answer.body)


def capture(
    answer: domain.RawAnswer,
    *,
    sha256: str,
    platform: str,
    fetch: models.Fetch | None = None,
    job: models.Job | None = None,
    intake: models.Intake | None = None,
    person: models.Person | None = None,
    office: models.Office | None = None,
    post_id: int | None = None,
    kind: str = "answer",
    relation: str = "original",
    of: models.Capture | None = None,
    purpose: str = "patrol",
    account: str = "",
    media_type: str = "",
    options: Mapping[str, Any] = domain.NOTHING,
) -> models.Capture:
    """The custody record of one answer whose bytes are kept. Fetch, job or person: somebody collected it.

    `media_type`: of the bytes, where the answer's own header does not speak of them (an archive of many answers).
    `options` of the row also say the method, and of a POST what was sent; `withheld` how often a secret of ours was overwritten.
    """
    asked: dict[str, Any] = {"method": answer.method}
    if answer.sent:
        asked["sent"] = keepable(answer.sent)
    if answer.withheld:
        asked["withheld"] = answer.withheld
    return models.Capture.objects.create(
        fetch=fetch,
        job=job,
        intake=intake,
        person=person,
        office=office,
        post_id=post_id,
        kind=kind,
        relation=relation,
        of=of,
        purpose=purpose,
        account=account,
        platform=platform,
        media_type=media_type or keepable(answer.header("Content-Type").partition(";")[0].strip()[:100]),
        truncated=answer.truncated,
        asked_url=answer.asked_url,
        final_url=answer.final_url,
        hops=list(answer.hops),
        status=answer.status,
        address=answer.address,
        tls_fingerprint=answer.certificate,
        tls_chain=list(answer.certificates),
        request_headers=[list(pair) for pair in answer.request_headers],
        headers=[[keepable(key), keepable(value)] for key, value in answer.headers],
        requested_at=answer.requested_at,
        received_at=answer.received_at,
        options=asked | dict(options),
        **_sealed(answer.body, sha256),
    )


def capture_file(
    content: bytes,
    media_type: str,
    *,
    platform: str,
    kind: str,
    now: datetime,
    fetch: models.Fetch | None = None,
    job: models.Job | None = None,
    intake: models.Intake | None = None,
    person: models.Person | None = None,
    office: models.Office | None = None,
    post_id: int | None = None,
    relation: str = "original",
    of: models.Capture | None = None,
    purpose: str = "patrol",
    account: str = "",
    url: str = "",
    truncated: bool = False,
    options: Mapping[str, Any] = domain.NOTHING,
) -> models.Capture:
    """Bytes that came from a person or from our own browser: kept first, then the custody record, without an HTTP exchange.

    `kind`: page, screenshot, media, upload. `url`: the page it shows, where there is one. Raises OSError where the disk refuses.
    """
    sha256 = raw.put(content)
    return models.Capture.objects.create(
        fetch=fetch,
        job=job,
        intake=intake,
        person=person,
        office=office,
        post_id=post_id,
        kind=kind,
        relation=relation,
        of=of,
        purpose=purpose,
        account=account,
        platform=platform,
        media_type=keepable(media_type)[:100],
        truncated=truncated,
        asked_url=keepable(url),
        final_url=keepable(url),
        requested_at=now,
        received_at=now,
        options=dict(options),
        **_sealed(content, sha256),
    )


def holds_login(capture: models.Capture) -> bool:
    """Whether a header of its exchange says who is signed in, or lets somebody in."""
    return any(is_login(name) for name, _value in [*capture.request_headers, *capture.headers])


def is_login(header: str) -> bool:
    return header.strip().lower() in _LOGIN


def _sealed(content: bytes, sha256: str) -> dict[str, Any]:
    """Hashes, commitment and what collected."""
    salt = secrets.token_hex(16)
    return {
        "sha256": sha256,
        "sha3_512": hashlib.sha3_512(content).hexdigest(),
        "length": len(content),
        "salt": salt,
        "commitment": hashlib.sha256((salt + sha256).encode()).hexdigest(),
        "collecting_id": collecting.current(),
    }
