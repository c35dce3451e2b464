"""What somebody said on the telephone or at the counter: one line in a box, and it goes the way of every fetched post.

A bare number is a post of a few digits: it is read, and stands as a sighting with the note beside it. Who told it is not kept: nobody
asked for that, and a note is no statement. The same words again are the same post, with one more way it came.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models, sources
from patrol.access import Action, audit
from patrol.domain import ClaimKind, Content, Platform, TextKind, states
from patrol.engine import reading
from patrol.evidence import custody, raw
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, identities
from patrol.pipeline import storing

LONGEST: Final = 20_000  # code points: as far as a post is read
LONGEST_NOTE: Final = 2000


class Way(StrEnum):
    TELEPHONE = "telephone"
    VISIT = "visit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Noted:
    """What the form holds. `words`: a number, an account, a link or what an advertisement said."""

    words: str
    note: str
    place: str  # where it is said to have been seen or to happen, as the officer writes it: its office gets the flag
    way: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """(kind, value) of what was read in the words, each once. Empty: words that lead to nobody. `asks_for_help`: they read as a plea or as
    what happened to somebody, which raises no flag where no offence stands in it."""

    contacts: tuple[tuple[str, str], ...]
    asks_for_help: bool = False


def recognise(words: str) -> Recognised:
    """What the box is taken for, before anything is stored: the pipeline reads the same words in the same way."""
    kinds = (ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.EMAIL, ClaimKind.COMPANY)
    read = reading.read(Content(text=words[:LONGEST], platform=Platform.NOTED))
    contacts = dict.fromkeys((str(c.kind), c.value) for kind in kinds for c in read.claims if c.kind == kind)
    return Recognised(tuple(contacts), read.text_kind == TextKind.PLEA)


def province_of(place: str) -> str:
    """The province a place names, by the Interior Ministry's code; "" where it names none, or two of them."""
    named = {claim.value for claim in reading.read(Content(text=f"di {place[:100]}")).of(ClaimKind.PLACE)}
    return named.pop() if len(named) == 1 else ""


def office_of(place: str) -> models.Office | None:
    """Whose a flag of the note is, by its place: as flagging.Routing has it. One query at most."""
    province = province_of(place)
    return models.Office.objects.filter(active=True, provinces__contains=[province]).first() if province else None


def take(*, noted: Noted, key: uuid.UUID, by: models.Person, now: datetime) -> models.Intake:
    """Stores the note and returns its row; a known `key` returns what it became. Raises RefusedError, PermissionDenied, OSError."""
    access.require(by, Action.CAPTURE_SEND)
    known = models.Intake.objects.filter(key=key, person=by, kind=states.IntakeKind.NOTED).first()
    if known is not None:
        return known
    words = noted.words.strip()
    if not words:
        raise RefusedError("note.empty", _("Write the number, account, link or what was said."), "words")
    if len(words) > LONGEST:
        raise RefusedError("note.too_long", _("The text is too long."), "words")
    if noted.way not in set(Way):
        raise RefusedError("note.way", _("Choose how it came."), "way")
    post = raw_post(words)
    note, place = keepable(noted.note.strip())[:LONGEST_NOTE], keepable(noted.place.strip())[:100]
    body = json.dumps(
        {"words": words, "note": noted.note, "place": noted.place, "way": noted.way}, ensure_ascii=False, sort_keys=True
    ).encode("utf-8", "surrogatepass")
    raw.put(body)
    with transaction.atomic():
        intake, is_new = models.Intake.objects.get_or_create(
            key=key,
            defaults={
                "kind": states.IntakeKind.NOTED,
                "person": by,
                "office": by.office,
                "station_id": by.station_id,
                "at": now,
                "format": post.platform,
                "note": note,
                "sha256": hashlib.sha256(body).hexdigest(),
                "options": {"way": noted.way, "place": place} | ({"province": province} if (province := province_of(place)) else {}),
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
            url=post.url,
        )
        done = storing.store([post], capture_id=capture.pk, intake_id=intake.pk, now=now)
        models.Intake.objects.filter(pk=intake.pk).update(**captures.ended(intake, done, items=1, now=now))
        audit.write("note.taken", by=by, now=now, target=intake, after={"way": noted.way, "commitment": capture.commitment})
    return intake


def raw_post(words: str) -> domain.RawPost:
    """A single address is the post behind it, so that it meets what is fetched; everything else is known by its words."""
    link = words if sources.platform_of(words) else ""
    if link and "://" not in link:
        link = f"https://{link}"
    named = identities.by_address(link, sources.platform_of(link)) if link else None
    platform, external_id = named or identities.by_words(Platform.NOTED.value, origin="", author="", text=words, posted_at=None)
    return domain.RawPost(platform=platform, external_id=external_id, url=link, text=words, locator="note", links=(link,) if link else ())
