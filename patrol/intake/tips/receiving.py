"""A report comes in: one transaction stores it with its pictures and seals the contact, if there is one. Nothing else happens by itself.

It counts nowhere before an officer has looked. Equal and nearly equal reports of one office are one item while it is open; who is in
danger is never put behind somebody else's report.
"""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, tokens
from patrol.engine.likeness import text
from patrol.infra import pace, wall
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import noted
from patrol.intake.tips import identity, receipts
from patrol.models import Tip, TipEventKind, TipKind, TipSince

SAME_DAYS: Final = 30
SYSTEM_RATE, SYSTEM_BURST = 1 / 30, 30.0  # reports a second and at once, of one token
BANDS: Final = 14  # of text.BANDS, as rows of the queue
_LOOKS: Final = 16  # reports compared with each that comes
# The view, of what others may join: behind the wall the index of the bands is not asked (ADR 71). As an array it is looked up once,
# whatever the planner believes of a table that nobody has counted yet.
_NEAR: Final = """
SELECT unnest(ARRAY(
    SELECT id FROM (SELECT id, office_id, at FROM patrol_tipbands WHERE bands && %s::int[] OFFSET 0) b WHERE office_id = %s AND at >= %s
    ORDER BY id LIMIT %s))
"""
URGENT: Final = "tip_urgent"  # kind of the notice


@dataclass(frozen=True, slots=True)
class Told:
    """What the form holds. `contact`: "" for whoever gives no name."""

    kind: str
    words: str = ""
    where: str = ""
    when: str = ""
    since: str = ""
    danger: bool = False
    contact: str = ""
    language: str = "id"


def checked(told: Told) -> Told:
    """As it is stored. Raises RefusedError for what the first step lacks; nothing in the others is required."""
    if told.kind not in set(TipKind):
        raise RefusedError("tip.kind", _("Choose what you saw."), "kind")
    words = keepable(told.words.strip())
    if not words:
        raise RefusedError("tip.words", _("Write or paste what you saw: a text, a link or a number."), "words")
    if len(words) > Tip.LONGEST_WORDS:
        raise RefusedError("tip.too_long", _("The text is too long. Shorten it to %(most)s letters."), "words", most=Tip.LONGEST_WORDS)
    return Told(
        kind=told.kind,
        words=words,
        where=line(told.where),
        when=line(told.when),
        since=told.since if told.since in set(TipSince) else "",
        danger=told.danger,
        contact=line(told.contact)[: identity.LONGEST],
        language="en" if told.language == "en" else "id",
    )


def line(said: str) -> str:
    return keepable(" ".join(said.split()))[: Tip.LONGEST_LINE]


@wall.everything("a stranger reports")
def sent(*, told: Told, pictures: Sequence[bytes], named: Sequence[str], form: uuid.UUID, now: datetime) -> tuple[Tip, str]:
    """The report that a form was sent with, and its number. Sent again as it was it is one report; changed, or sent after it was withdrawn,
    it is another one with a number of its own, so that nothing that was written is lost.

    `named`: what the form calls its pictures, also those that have run out. `form`: its own random key. Raises RefusedError.
    """
    told = checked(told)
    for times in itertools.count():
        key, number = receipts.of_form(form, asdict(told), list(named), times)
        tip = receive(told=told, pictures=pictures, key=key, number=number, now=now)
        if tip.emptied_at is None:
            return tip, number
    raise AssertionError  # pragma: no cover


def sent_by_system(*, told: Told, form: uuid.UUID, device: models.Device, now: datetime) -> tuple[Tip, str]:
    """The same of another system of an office, without pictures: whose token it was stands in the log. Sent again it is one report.
    Raises RefusedError."""
    access.require(device.person, Action.TIP_VIEW)
    if told.contact and not identity.offered():
        text = _("This installation keeps no contact of reporters: whoever runs it sets IDENTITY_KEY. Nothing was taken.")
        raise RefusedError("tip.no_contact", text, "contact")
    if not receipts.ready():
        raise RefusedError("tip.not_taken", _("This installation takes no reports: whoever runs it sets RECEIPT_KEY."))
    with transaction.atomic():
        tip, number = sent(told=told, pictures=(), named=(), form=form, now=now)
        if not _handed_over(tip).exists():  # two at once wait for each other in `receive`
            audit.write("tip.sent", by=device.person, now=now, target=tip, after={"token": device.pk})
    return tip, number


def admit(device: models.Device) -> None:
    """Raises RefusedError where a system hands over more than comes to a counter: each may tell an office that somebody is in danger."""
    if wait := pace.admits(f"token report:{device.pk}", rate=SYSTEM_RATE, burst=SYSTEM_BURST):
        raise tokens.too_often(wait)


def _handed_over(tip: Tip) -> QuerySet[models.AuditEntry]:
    return models.AuditEntry.objects.filter(target_type="tip", target_id=str(tip.pk), verb="tip.sent")


@wall.everything("another office's system may have handed it over")
def system_of(tip: Tip) -> models.Device | None:
    """The token of the system that handed the report over, with its office; None where the public did. One query or two."""
    row = _handed_over(tip).first()
    return models.Device.objects.select_related("office").get(pk=row.after["token"]) if row else None


@wall.everything("a stranger reports")
def was_sent(*, told: Told, named: Sequence[str], form: uuid.UUID) -> bool:
    """Whether `sent` made a report of exactly this."""
    try:
        key, _number = receipts.of_form(form, asdict(checked(told)), list(named), 0)
    except RefusedError:
        return False
    return Tip.objects.filter(key=key).exists()


@wall.everything("a stranger reports")
def receive(*, told: Told, pictures: Sequence[bytes], key: uuid.UUID, number: str, now: datetime) -> Tip:
    """Stores the report and returns it; a known `key` returns what it became.

    `pictures`: as `drafts.drawn` made them. `number`: of `key`, or as `receipts.draw` gave it. Raises RefusedError.
    """
    told = checked(told)
    receipt = receipts.hashed(number)
    shape = text.sketch(told.words)
    bands = [int(band) for band in text.bands([shape])[0][:BANDS]] if shape is not None and shape.pairs else []
    office = noted.office_of(told.where) or models.Office.objects.get(kind=models.OfficeKind.DIRECTORATE)
    fields = {
        "receipt": receipt,
        "last_digits": number[-4:],
        "language": told.language,
        "office": office,
        "kind": told.kind,
        "words": told.words,
        "where": told.where,
        "when": told.when,
        "since": told.since,
        "danger": told.danger,
        "at": now,
        "waits_since": now,
        "bands": bands,
        "exact": hashlib.sha256(" ".join(told.words.casefold().split()).encode()).hexdigest(),
    }
    with transaction.atomic():
        with connection.cursor() as cursor:  # two equal ones in one moment find each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol tips'), %s)", [office.pk])
        known = Tip.objects.filter(key=key).first()
        if known is not None:
            return known
        unsaved = Tip(**fields)
        first = None if unsaved.urgent else _first(unsaved, shape)
        if first is not None and not _grown(first, now=now):
            first = None
        tip = Tip.objects.create(key=key, same_as=first, **fields)
        models.TipPicture.objects.bulk_create(models.TipPicture(tip=tip, content=content) for content in pictures)
        if told.contact and identity.offered():
            identity.seal(tip, told.contact, now=now)  # before the event: from then on the database takes no contact for it
        models.TipEvent.objects.create(tip=tip, kind=TipEventKind.RECEIVED, at=now, office=office)
        if tip.urgent:
            models.Notice.objects.create(kind=URGENT, office=office, at=now, note=tip.last_digits)
    return tip


def _grown(first: Tip, *, now: datetime) -> bool:
    """Lets the item wait, and whoever has its page open be told that there is more; False where an officer closed, marked or handed it over
    in the meantime."""
    found = Tip.objects.filter(models.OPEN_TIP, pk=first.pk, office=first.office_id)
    return bool(found.update(waits_since=Coalesce("waits_since", Value(now)), version=F("version") + 1))


def _first(tip: Tip, shape: text.Sketch | None) -> Tip | None:
    """The open item of the office that says the same, the oldest of them."""
    since = tip.at - timedelta(days=SAME_DAYS)
    others = Tip.objects.filter(models.OPEN_TIP, office=tip.office_id, at__gte=since).order_by("id")
    equal = others.filter(exact=tip.exact).first()
    if equal is not None or shape is None or not tip.bands:
        return equal
    near = RawSQL(_NEAR, [tip.bands, tip.office_id, since, _LOOKS])  # noqa: S611 -- a constant of this file
    for other in others.filter(pk__in=near):
        theirs = text.sketch(other.words)
        if theirs is not None and text.alike(shape, theirs):
            return other
    return None
