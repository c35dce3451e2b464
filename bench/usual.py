"""The usual way, as a competent Django developer writes it first: one Celery task a post, `update_or_create` and the ORM.

Same reading, check and rules, same tables and constraints, same rows in the end (the bench compares them), one transaction
a post. The register's index is kept per process and the raw page is kept as in the whole way; nothing is slowed down on
purpose. Messages are acknowledged early and prefetched four at a time, as Celery does unless told otherwise.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench import pages
from patrol import domain, models
from patrol.celery import app
from patrol.domain import ClaimKind, Level, states
from patrol.domain.states import FlagState
from patrol.engine import assess, reading, rules
from patrol.engine.likeness import text as likeness
from patrol.evidence import custody
from patrol.infra import series
from patrol.pipeline import claiming, claims, flagging, keeping, rows, storing_rows


@app.task(name="usual.watch", acks_late=False)
def usual_watch(watch_id: int) -> None:
    """Fetches all pages of a watch and hands each post on."""
    watch = models.Watch.objects.get(pk=watch_id)
    fetch = models.Fetch.objects.create(watch=watch, token=uuid.uuid4(), started_at=timezone.now())
    for page in pages.pages()[watch.query]:
        sha256 = custody.keep(page.answer)
        capture = custody.capture(page.answer, sha256=sha256, platform=watch.platform, fetch=fetch)
        for post in page.posts:
            usual_post.delay(_message(post), str(capture.pk), watch.pk, fetch.pk)


def _message(post: domain.RawPost) -> dict[str, Any]:
    fields = {field.name: getattr(post, field.name) for field in dataclasses.fields(post)}
    plain = {"unknown": dict(post.unknown), "media": [dataclasses.asdict(one) for one in post.media]}
    return {**fields, **plain, "posted_at": post.posted_at and post.posted_at.isoformat()}


@app.task(name="usual.post", acks_late=False)
def usual_post(message: dict[str, Any], capture_id: str, watch_id: int, fetch_id: int) -> None:
    posted_at = datetime.fromisoformat(message["posted_at"]) if message["posted_at"] else None
    keep_post(message, posted_at, capture_id, watch_id, fetch_id, now=timezone.now())


@transaction.atomic
def keep_post(message: dict[str, Any], posted_at: datetime | None, capture_id: str, watch_id: int, fetch_id: int, now: datetime) -> None:
    """One post, all the way."""
    identity = f"{message['platform']}\0{message['external_id']}"
    text_key = storing_rows.text_key(message["text"], identity)
    post, _made = models.Post.objects.update_or_create(
        platform=message["platform"],
        external_id=message["external_id"],
        defaults={"last_seen": now, "gone_at": None, "text_key": text_key},
        create_defaults={
            "url": message["url"],
            "origin": message["origin"],
            "reply_to": message["reply_to"],
            "thread": message["thread"],
            "forward_of": message["forward_of"],
            "posted_at": posted_at,
            "posted_at_source": message["posted_at_source"],
            "first_seen": now,
            "last_seen": now,
            "text_key": text_key,
        },
    )
    content = json.dumps([message["text"], message["links"], message["media"]], ensure_ascii=False)
    content_key = hashlib.sha256(f"{identity}\0{content}".encode()).hexdigest()
    newest = post.versions.order_by("-number").first()
    models.Seen.objects.get_or_create(post=post, watch_id=watch_id, defaults={"fetch_id": fetch_id, "at": now})
    if newest is not None and newest.content_key == content_key:
        return
    version = _version(post, message, content, content_key, capture_id, (newest.number if newest else 0) + 1, now)
    one = assess.assess(
        [
            domain.Content(
                text=message["text"],
                platform=message["platform"],
                author=message["author"],
                author_name=message["author_name"],
                url=message["url"],
                links=tuple(message["links"]),
            )
        ],
        [posted_at],
        claiming.current_book(),
        now=now,
    )[0]
    check = _check(_reading(version, one, now), one, now)
    _sightings(post, version, message, one, now)
    if one.level != Level.NONE:
        _flag(post, message["text"], check, one, watch_id, now)


def _version(
    post: models.Post, message: dict[str, Any], content: str, content_key: str, capture_id: str, number: int, now: datetime
) -> models.PostVersion:
    salt = secrets.token_hex(16)
    version = models.PostVersion.objects.create(
        post=post,
        number=number,
        capture_id=capture_id,
        locator=message["locator"],
        seen_at=now,
        edited=message["edited"],
        content_key=content_key,
        commitment=hashlib.sha256((salt + content).encode()).hexdigest(),
    )
    models.PostText.objects.create(
        version=version,
        text=message["text"],
        author=message["author"],
        author_name=message["author_name"],
        links=message["links"],
        media=message["media"],
        unknown=message["unknown"],
        salt=salt,
    )
    if number > 1:
        post.versions_count = number
        post.save(update_fields=["versions_count"])
    return version


def _reading(version: models.PostVersion, one: domain.Assessment, now: datetime) -> models.Reading:
    read = one.reading
    said = [claims.to_json(claim) for claim in read.claims]
    salt = secrets.token_hex(16)
    made = models.Reading.objects.create(
        version=version,
        reader_version=reading.READER_VERSION,
        text_kind=read.text_kind,
        route=read.route,
        countries=list(read.countries),
        positions=list(read.positions),
        truncated=read.truncated,
        read_at=now,
        salt=salt,
        commitment=hashlib.sha256((salt + json.dumps(said, ensure_ascii=False, sort_keys=True)).encode()).hexdigest(),
    )
    models.ReadingClaims.objects.create(
        reading=made, claims=said, picture_texts=list(read.picture_texts), notes=[dataclasses.asdict(note) for note in read.notes]
    )
    return made


def _check(made: models.Reading, one: domain.Assessment, now: datetime) -> models.LicenceCheck:
    check = one.check
    others = [
        {"verdict": str(o.verdict), "agency": o.agency, "licence_number": o.licence_number, "id": o.reason.id, "en": o.reason.en}
        for o in check.others
    ]
    kept = models.LicenceCheck.objects.create(
        reading=made,
        edition_id=check.edition or None,
        rules_version=rules.version(),
        day=check.day,
        verdict=check.verdict,
        agency=check.agency,
        licence_number=check.licence_number,
        register_date=check.register_date if check.edition else None,
        reason_id=check.reason.id,
        reason_en=check.reason.en,
        notes=[dataclasses.asdict(note) for note in check.notes],
        others=others,
        contact_own=check.contact_own,
        score=one.score,
        level=one.level,
        kinds=list(one.kinds),
        checked_at=now,
    )
    models.Finding.objects.bulk_create(
        models.Finding(
            check_of=kept,
            rule=found.rule,
            rule_version=found.version,
            points=found.points,
            reason_id=found.reason.id,
            reason_en=found.reason.en,
            parameters=dict(found.parameters),
            kinds=list(found.kinds),
            spans=[list(s) for s in found.spans],
            sources=list(found.sources),
        )
        for found in one.findings
    )
    return kept


def _sightings(post: models.Post, version: models.PostVersion, message: dict[str, Any], one: domain.Assessment, now: datetime) -> None:
    at = post.posted_at or post.first_seen
    for (kind, value, role), confidence in _seen(message, one).items():
        indicator, made = models.Indicator.objects.get_or_create(kind=kind, value=value, defaults={"first_seen": at, "last_seen": at})
        if not made and not indicator.first_seen <= at <= indicator.last_seen:
            indicator.first_seen, indicator.last_seen = min(indicator.first_seen, at), max(indicator.last_seen, at)
            indicator.save(update_fields=["first_seen", "last_seen"])
        models.Sighting.objects.get_or_create(
            indicator=indicator, version=version, role=role, defaults={"post": post, "confidence": confidence, "seen_at": now}
        )


def _seen(message: dict[str, Any], one: domain.Assessment) -> dict[tuple[str, str, str], float]:
    content = domain.Content(text="", author=message["author"])
    item = claiming.Item(0, 0, 0, message["platform"], None, timezone.now(), "", "", "", 0, content, None)
    # Ordered: two tasks that add the same indicators must not wait for each other crosswise.
    return dict(sorted(keeping.sightings_of(item, one, claiming.current_book()).items()))


def _flag(post: models.Post, text: str, check: models.LicenceCheck, one: domain.Assessment, watch_id: int, now: datetime) -> None:
    if models.Flag.objects.filter(post=post).exists():
        return
    gist = flagging.gist(one)
    number = series.take("TND", 1, now=now)[0]  # first: it keeps others from beginning the same row meanwhile
    row_key, bands = _row(post, text, one, now)
    flag = models.Flag.objects.create(
        number=number,
        post=post,
        office=_office(one, watch_id),
        level=one.level,
        state=FlagState.WAITING if Level(one.level).rank >= Level.MEDIUM.rank else FlagState.PARKED,
        level_rank=Level(one.level).rank,
        score=one.score,
        kinds=list(one.kinds),
        gist_id=gist.id,
        gist_en=gist.en,
        current_check=check,
        row_key=row_key,
        text_bands=bands,
        raised_at=now,
    )
    models.FlagEvent.objects.create(flag=flag, kind="raised", at=now, check_then=check, after={"level": flag.level, "state": flag.state})


def _row(post: models.Post, text: str, one: domain.Assessment, now: datetime) -> tuple[str, list[int]]:
    """The row of the same or nearly the same text, else one of its own with its bands."""
    recent = models.Flag.objects.filter(raised_at__gte=now - timedelta(days=rows.ROW_DAYS)).order_by("id")
    if same := recent.filter(post__text_key=post.text_key).first():
        return same.row_key, []
    own = rows.ad(text, one.reading, one.check.agency)
    if own is None:
        return f"post-{post.pk}", []
    bands = likeness.bands([own.sketch])[0, : rows.BANDS].tolist()
    alike = []
    for flag in recent.filter(text_bands__overlap=bands).select_related(
        "current_check__reading__content", "current_check__reading__version__content"
    ):
        check, made = flag.current_check, flag.current_check.reading
        said = tuple(claims.from_json(claim) for claim in made.content.claims)
        read = domain.Reading(made.text_kind, said, (), ())
        kept = rows.ad(made.version.content.text, read, check.agency)
        if kept is not None and own.is_same(kept):
            alike.append(flag)
    if alike:
        return min(alike, key=lambda flag: (flag.state not in states.UNDECIDED, flag.pk)).row_key, []
    return f"post-{post.pk}", bands


def _office(one: domain.Assessment, watch_id: int) -> models.Office:
    for claim in one.reading.of(ClaimKind.PLACE):
        if office := models.Office.objects.filter(active=True, provinces__contains=[claim.value]).first():
            return office
    return models.Watch.objects.select_related("office").get(pk=watch_id).office
