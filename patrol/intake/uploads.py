"""A post typed in by hand, with its pictures: from the telephone of an officer, from a complaint at the counter.

What was typed is kept as JSON, each picture as it came, before the transaction that names them. The same form sent twice (a double
click, the back button) is one upload: it carries its key.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models, sources
from patrol.access import Action, audit
from patrol.domain import moments, states
from patrol.evidence import custody, pictures, raw
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, identities, sent
from patrol.pipeline import storing

MAX_PICTURES: Final = 10
MAX_PICTURE: Final = pictures.MOST_BYTES


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds."""

    text: str
    link: str
    platform: str  # domain.Platform
    author: str
    posted_at: datetime | None
    origin: str
    note: str


def take(*, typed: Typed, files: Sequence[bytes], key: uuid.UUID, by: models.Person, now: datetime) -> models.Intake:
    """Stores the upload and returns its row; a known `key` returns what it became. Raises RefusedError, PermissionDenied, OSError."""
    access.require(by, Action.CAPTURE_SEND)
    known = models.Intake.objects.filter(key=key, person=by, kind=states.IntakeKind.UPLOAD).first()
    if known is not None:
        return known
    _checked(typed, files, now)
    kept = [raw.put(content) for content in dict.fromkeys(files)]
    post = raw_post(typed, kept)
    body = json.dumps(
        {
            "text": typed.text,
            "link": typed.link,
            "platform": typed.platform,
            "author": typed.author,
            "origin": typed.origin,
            "posted_at": typed.posted_at.isoformat() if typed.posted_at else "",
            "pictures": kept,
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode("utf-8", "surrogatepass")
    raw.put(body)
    with transaction.atomic():
        intake, is_new = models.Intake.objects.get_or_create(
            key=key,
            defaults={
                "kind": states.IntakeKind.UPLOAD,
                "person": by,
                "office": by.office,
                "station_id": by.station_id,
                "at": now,
                "format": post.platform,
                "note": keepable(typed.note),
                "sha256": hashlib.sha256(body).hexdigest(),
                "options": {"pictures": len(kept)},
            },
        )
        if not is_new:
            return intake
        capture = custody.capture_file(
            body,
            "application/json",
            platform=post.platform,
            kind="upload",
            now=now,
            intake=intake,
            person=by,
            office=by.office,
            url=typed.link,
        )
        done = storing.store([post], capture_id=capture.pk, intake_id=intake.pk, now=now)
        _show(intake, capture, dict(zip(kept, dict.fromkeys(files), strict=True)), now)
        models.Intake.objects.filter(pk=intake.pk).update(**captures.ended(intake, done, items=1, now=now))
        audit.write("upload.sent", by=by, now=now, target=intake, after={"pictures": len(kept), "commitment": capture.commitment})
    return intake


def _checked(typed: Typed, files: Sequence[bytes], now: datetime) -> None:
    """Raises RefusedError."""
    if not typed.text.strip() and not files:
        raise RefusedError("upload.empty", _("Enter the post's text or choose its pictures."), "text")
    if len(typed.text) > sent.MAX_TEXT:
        raise RefusedError("upload.text_too_long", _("The text is too long."), "text")
    if typed.link and not sources.platform_of(typed.link):
        raise RefusedError("upload.link", _("This is no web address."), "link")
    if typed.posted_at is not None and typed.posted_at < moments.EARLIEST:
        raise RefusedError("upload.before_1995", _("The time lies before 1995; there were no posts then."), "posted_at")
    if typed.posted_at is not None and typed.posted_at > now:
        raise RefusedError("upload.in_the_future", _("The time lies in the future."), "posted_at")
    if len(files) > MAX_PICTURES:
        raise RefusedError("upload.too_many_pictures", _("At most %(most)s pictures."), "pictures", most=MAX_PICTURES)
    for place, content in enumerate(files, 1):
        if len(content) > MAX_PICTURE or not pictures.media_type(content):
            raise RefusedError(
                "upload.picture", _("Picture %(number)s is no JPEG, PNG, WebP or GIF, or larger than 15 MB."), "pictures", number=place
            )


def raw_post(typed: Typed, kept: Sequence[str]) -> domain.RawPost:
    """`kept`: the SHA-256 of each picture. Pictures are named by it, so that the same one again is no edit."""
    platform, external_id = identities.by_address(typed.link, typed.platform) or identities.by_words(
        typed.platform, origin=typed.origin, author=typed.author, text=typed.text, posted_at=typed.posted_at, pictures=tuple(kept)
    )
    author = typed.author.strip()
    handle = author.startswith("@") or " " not in author
    return domain.RawPost(
        platform=platform,
        external_id=external_id,
        url=typed.link,
        text=typed.text,
        author=author.removeprefix("@").lower() if handle else "",
        author_name="" if handle else author,
        posted_at=typed.posted_at,
        origin=typed.origin.strip(),
        media=tuple(domain.MediaReference("photo", f"evidence:{sha256}") for sha256 in kept),
        locator="upload",
    )


def _show(intake: models.Intake, capture: models.Capture, contents: dict[str, bytes], now: datetime) -> None:
    """Names the kept file on each picture of the version just made, in the transaction that made it: nobody tries to fetch it.

    Where the post was known with just these pictures there is no new version, and they stay beside the capture alone.
    """
    rows = {row.position: row for row in models.Media.objects.filter(version__capture=capture).select_related("version")}
    for place, content in enumerate(contents.values()):
        row = rows.get(place)
        copy = custody.capture_file(
            content,
            pictures.media_type(content),
            platform=capture.platform,
            kind="media",
            now=now,
            intake=intake,
            person=intake.person,
            office=intake.office,
            post_id=row.version.post_id if row else None,
            of=capture,
        )
        if row is not None:
            models.Media.objects.filter(pk=row.pk, capture=None).update(capture=copy)
