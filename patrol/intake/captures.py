"""Captures of the browser extension: taken whole or not at all, and the same one twice changes nothing.

    the JSON as sent and the screenshot on disk  ->  one transaction: Intake, captures, posts, audit row  ->  the answer

The extension sends again until it has an answer, so whatever breaks in between is repaired by the next try: the key of the capture is
unique, and its row comes to be together with its posts. A killed try leaves files without a row, which cost only space.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import domain, models
from patrol.access import audit
from patrol.domain import states
from patrol.evidence import custody, pictures, raw
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import identities, sent
from patrol.pipeline import storing

MAX_SCREENSHOT = pictures.MOST_BYTES


def take(*, device: models.Device, body: bytes, screenshot: bytes | None, now: datetime) -> models.Intake:
    """Stores a capture and returns its row; one already taken is returned as it was. Raises RefusedError, OSError."""
    read = sent.read(body, now=now)
    sha256 = hashlib.sha256(body).hexdigest()
    known = _known(read, sha256, device)
    if known is not None:
        _used(device, now)
        return known
    _checked(read.screenshot, screenshot)
    posts = raw_posts(read)
    raw.put(body)
    if screenshot is not None:
        raw.put(screenshot)
    person = device.person
    with transaction.atomic():
        intake, is_new = models.Intake.objects.get_or_create(
            key=read.key,
            defaults={
                "kind": states.IntakeKind.CAPTURE,
                "person": person,
                "office": person.office,
                "station_id": person.station_id,
                "device": device,
                "at": now,
                "name": keepable(read.page_title)[:300],
                "sha256": sha256,
                "note": keepable(read.note),
                "format": read.platform,
                "options": {"comments": len(read.comments)},
            },
        )
        if is_new:
            _store(intake, read, body, screenshot, posts, now)
        _used(device, now)
    if not is_new:  # the same capture came twice in one moment; this try waited for the other to end
        return _known(read, sha256, device) or intake
    return intake


def _known(read: sent.Sent, sha256: str, device: models.Device) -> models.Intake | None:
    """The row of a capture that was taken before. Raises RefusedError where the key belongs to something else."""
    intake = models.Intake.objects.filter(key=read.key).first()
    if intake is None:
        return None
    if intake.person_id != device.person_id or intake.sha256 != sha256 or intake.kind != states.IntakeKind.CAPTURE:
        raise RefusedError("capture.key", _("This capture's key stands for other content already. Capture the page again."), "key")
    return intake


def _used(device: models.Device, now: datetime) -> None:
    models.Device.objects.filter(pk=device.pk).update(last_used_at=now)


def _checked(told: sent.Screenshot | None, content: bytes | None) -> None:
    """The picture is the one the capture speaks of, and a child process could open all of it. Raises RefusedError."""
    if (told is None) != (content is None):
        raise RefusedError("capture.screenshot_incomplete", _("Screenshot and its description are not complete."), "screenshot")
    if told is None or content is None:
        return
    if len(content) > MAX_SCREENSHOT:
        raise RefusedError("capture.screenshot_too_large", _("The screenshot is larger than 15 MB."), "screenshot")
    if hashlib.sha256(content).hexdigest() != told.sha256:
        raise RefusedError("capture.screenshot_damaged", _("The screenshot was damaged on its way. Send it again."), "screenshot")
    try:
        drawn = pictures.shrunk(content)
    except pictures.UnreadableError as error:
        raise RefusedError("capture.screenshot", error.problem.sentence, "screenshot") from None
    if (drawn.media_type, drawn.width, drawn.height) != ("image/png", told.width, told.height):
        raise RefusedError("capture.screenshot_other", _("The screenshot's kind or size does not match."), "screenshot")


def raw_posts(read: sent.Sent) -> list[domain.RawPost]:
    """The post first, then its comments, each once."""
    post = read.post
    main = identities.by_address(post.url, read.platform) or identities.by_words(
        read.platform,
        origin=post.origin or read.page_title,
        author=post.author or post.author_name,
        text=post.text,
        posted_at=post.posted_at,
        pictures=tuple(picture.url for picture in post.pictures),
    )
    platform, external_id = main
    found = [_raw(post, platform, external_id, read, "post", "")]
    same: Counter[str] = Counter()
    for place, comment in enumerate(read.comments):
        own = identities.of_comment(comment.url, main, author=comment.author or comment.author_name, text=comment.text)
        same[own] += 1
        name = own if same[own] == 1 else f"{own}-{same[own]}"
        found.append(_raw(comment, platform, name, read, f"comments[{place}]", external_id))
    return found


def _raw(post: sent.SentPost, platform: str, external_id: str, read: sent.Sent, locator: str, thread: str) -> domain.RawPost:
    return domain.RawPost(
        platform=platform,
        external_id=external_id,
        url=post.url or read.page_url,
        text=post.text,
        author=post.author.strip().removeprefix("@").lower(),
        author_name=post.author_name.strip(),
        posted_at=post.posted_at,
        posted_at_source=post.posted_at_source,
        thread=thread,
        origin=post.origin,
        links=post.links,
        media=tuple(domain.MediaReference("photo", picture.url, picture.words) for picture in post.pictures),
        collected_at=read.captured_at,
        locator=locator,
    )


def _store(
    intake: models.Intake, read: sent.Sent, body: bytes, screenshot: bytes | None, posts: Sequence[domain.RawPost], now: datetime
) -> None:
    person, device = intake.person, intake.device
    of_system = device is not None and device.office_id is not None
    named = {"token": keepable(device.name)} if device is not None and of_system else {}  # no person collected it: the record says so
    capture = custody.capture_file(
        body,
        "application/json",
        platform=posts[0].platform,
        kind="page",
        now=now,
        intake=intake,
        person=person,
        office=intake.office,
        url=read.page_url,
        options={
            "captured_at": read.captured_at.isoformat(),
            "extension": keepable(read.extension),
            "browser": keepable(read.browser),
            "corrected": list(read.corrected),
            **named,
        },
    )
    done = storing.store(posts, capture_id=capture.pk, intake_id=intake.pk, now=now)
    if screenshot is not None and read.screenshot is not None:
        custody.capture_file(
            screenshot,
            "image/png",
            platform=posts[0].platform,
            kind="screenshot",
            now=now,
            intake=intake,
            person=person,
            office=intake.office,
            post_id=_main(posts[0]),
            url=read.page_url,
            truncated=not read.screenshot.complete,
            options={key: value for key, value in asdict(read.screenshot).items() if key != "sha256"} | named,
        )
    models.Intake.objects.filter(pk=intake.pk).update(**ended(intake, done, items=len(posts), now=now))
    audit.write(
        "capture.sent",
        by=person,
        now=now,
        target=intake,
        after={"token" if of_system else "device": intake.device_id, "posts": len(posts), "commitment": capture.commitment},
    )


def _main(post: domain.RawPost) -> int | None:
    """The row of the post, also where it is known under another name by now; None where it could not be kept."""
    names = models.Post.objects.filter(platform=post.platform, external_id=keepable(post.external_id))
    known = names.values_list("pk", flat=True).first()
    if known is None:
        others = models.OtherName.objects.filter(platform=post.platform, external_id=keepable(post.external_id))
        known = others.values_list("post_id", flat=True).first()
    return known


def ended(intake: models.Intake, done: storing.Stored, *, items: int, now: datetime) -> dict[str, object]:
    """What a stored intake says of itself; also set on the row in hand, which is answered from."""
    fields: dict[str, object] = {
        "state": states.IntakeState.FAILED if done.bad == items else states.IntakeState.DONE,
        "items": items,
        "posts_new": done.new,
        "posts_changed": done.changed,
        "posts_repeated": done.repeated,
        "bad": done.bad,
        "problems": [
            {"code": one.code, "id": one.sentence.id, "en": one.sentence.en, "permanent": one.permanent, "where": one.where}
            for one in done.problems
        ],
        "ended_at": now,
    }
    for name, value in fields.items():
        setattr(intake, name, value)
    return fields
