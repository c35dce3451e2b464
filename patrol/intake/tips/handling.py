"""What officers do with a report: begin it, write to whoever reported, store what it names, join it to a post, close it.

An item is a report with those that say the same: it moves together, and an answer at its end goes to each of them; a question goes to one.
Each act locks the item and names the version its page showed; who comes second is told who was first.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models, sources
from patrol.access import Action, audit
from patrol.domain import Platform, states
from patrol.domain.states import TipState
from patrol.infra import wall
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import noted, uploads
from patrol.intake.tips import items as item_of
from patrol.models import Tip, TipEventKind, TipMessage, TipOutcome, TipSince
from patrol.triage.reasons import StaleError

URGENT: Final = Q(danger=True) | Q(since=TipSince.LEFT)
FIGURE_DAYS: Final = 30


# --- which there are --------------------------------------------------------------------------------


def visible(person: models.Person) -> QuerySet[Tip]:
    return access.scope(person, Action.TIP_VIEW, Tip.objects.all())


def items(person: models.Person) -> QuerySet[Tip]:
    """Each item once."""
    return visible(person).filter(same_as=None)


def waiting(person: models.Person) -> QuerySet[Tip]:
    """Items in which somebody waits for an officer."""
    copies = Tip.objects.filter(same_as=OuterRef("pk"), waits_since__isnull=False)
    return items(person).filter(Q(waits_since__isnull=False) | Exists(copies))


def urgent(person: models.Person) -> QuerySet[Tip]:
    """Somebody is in danger or abroad already, and the report is not closed: the head of the protection list."""
    return items(person).filter(URGENT, emptied_at=None).exclude(state=TipState.CLOSED)


def figures(person: models.Person, *, now: datetime) -> dict[str, int]:
    """Of the last FIGURE_DAYS days: reports that came, items they made, and how many were marked as made in bad faith."""
    lately = visible(person).filter(at__gt=now - timedelta(days=FIGURE_DAYS))
    told = lately.aggregate(
        reports=Count("pk"), items=Count("pk", filter=Q(same_as=None)), bad_faith=Count("pk", filter=Q(bad_faith_at__isnull=False))
    )
    return {key: int(value) for key, value in told.items()}


# --- the steps ------------------------------------------------------------------------------------


def _locked(tip_id: int, seen_version: int | None, by: models.Person, action: Action = Action.TIP_VIEW) -> list[Tip]:
    """The item of the report, that report first. `seen_version` None: whichever. Raises StaleError, PermissionDenied."""
    rows = item_of.locked(tip_id)
    found = next(one for one in rows if one.pk == tip_id)
    access.require(by, action, office_id=found.office_id)  # of the office it has now: it may have moved while this one waited
    if seen_version not in {None, found.version} or found.emptied_at is not None:
        newest = models.TipEvent.objects.filter(tip__in=rows).select_related("by").order_by("-id").first()
        raise StaleError(newest.by if newest else None, newest.at if newest else None, TipState(found.state))
    return [found, *(one for one in rows if one.pk != tip_id and one.emptied_at is None)]


def _update(tip: Tip, **changes: Any) -> None:
    Tip.objects.filter(pk=tip.pk).update(version=tip.version + 1, **changes)


def _kept(
    tips: Sequence[Tip], kind: TipEventKind, *, by: models.Person, now: datetime, office_id: int = 0, after: dict[str, Any] | None = None
) -> None:
    """The event of each report, and one row of the log for the act."""
    models.TipEvent.objects.bulk_create(
        models.TipEvent(tip=tip, kind=kind, at=now, by=by, office_id=office_id or tip.office_id) for tip in tips
    )
    told = {"state": tips[0].state, "office": tips[0].office_id}
    audit.write(f"tip.{kind}", by=by, now=now, target=tips[0], before=told, after={"reports": len(tips)} | (after or {}))


def _moved(item: Sequence[Tip], after: TipState) -> list[Tip]:
    """Those of the item that may go there: the first, which must, and of the others what somebody has read. Raises MoveRefusedError."""
    states.require(states.TIP_MOVES, item[0].state, after)
    return [item[0], *(one for one in item[1:] if one.state != TipState.RECEIVED and (one.state, after) in states.TIP_MOVES)]


def _part(tips: Sequence[Tip], *, by: models.Person, now: datetime) -> None:
    """An item of their own, if there are any."""
    if tips:
        item_of.begin(tips)
        _kept(tips, TipEventKind.PARTED, by=by, now=now)


def _said(text: str, *, needed: bool = True) -> str:
    said = keepable(text.strip())
    if needed and not said:
        raise RefusedError("tip.no_words", _("Nothing was sent: write what the reporter is to read."), "text")
    if len(said) > TipMessage.LONGEST:
        raise RefusedError("tip.words_too_long", _("Nothing was sent: the text is too long."), "text")
    return said


def _write(tips: Sequence[Tip], text: str, *, by: models.Person, now: datetime) -> None:
    if text:
        TipMessage.objects.bulk_create(TipMessage(tip=tip, by=by, text=text, at=now) for tip in tips)


def read(*, tip_id: int, by: models.Person, now: datetime) -> Tip:
    """The item in full, contacts and all: logged, and its reporters see that an officer has read it. Raises StaleError, PermissionDenied,
    as every step does."""
    with transaction.atomic():
        item = _locked(tip_id, None, by)
        new = [one for one in item if one.state == TipState.RECEIVED]
        for one in new:
            _update(one, state=TipState.READ)
        if new:
            _kept(new, TipEventKind.READ, by=by, now=now)
        audit.write("tip.shown", by=by, now=now, target=item[0], after={"reports": len(item)})
    return Tip.objects.get(pk=tip_id)


def write(*, tip_id: int, text: str, asks: bool, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """A message to this one reporter; `asks`: an answer is waited for. Raises RefusedError."""
    said = _said(text)
    with transaction.atomic():
        tip = _locked(tip_id, seen_version, by)[0]
        if tip.state == TipState.CLOSED:
            raise RefusedError("tip.write_closed", _("Nothing was sent: the report is closed. Reopen it first."), "text")
        after = TipState.ASKED if asks else TipState.READ if tip.state == TipState.RECEIVED else TipState(tip.state)
        if after != tip.state:
            states.require(states.TIP_MOVES, tip.state, after)
        _write([tip], said, by=by, now=now)
        _update(tip, state=after, waits_since=None)
        _kept([tip], TipEventKind.ASKED if asks else TipEventKind.ANSWERED, by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def pass_on(*, tip_id: int, text: str, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """It lies with the authority whose it is; `text` tells each reporter what that means for them, "" says nothing more."""
    said = _said(text, needed=False)
    with transaction.atomic():
        item = _moved(_locked(tip_id, seen_version, by), TipState.PASSED_ON)
        _write(item, said, by=by, now=now)
        for one in item:
            _update(one, state=TipState.PASSED_ON, waits_since=None)
        _kept(item, TipEventKind.PASSED_ON, by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def close(*, tip_id: int, outcome: str, text: str, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """Ends what was read of the item, with an answer for each reporter; what nobody has read waits on. Raises RefusedError."""
    if outcome not in set(TipOutcome):
        raise RefusedError("tip.outcome", _("Nothing was closed: say what came of it."), "outcome")
    said = _said(text)
    with transaction.atomic():
        rows = _locked(tip_id, seen_version, by)
        item = _moved(rows, TipState.CLOSED)
        _write(item, said, by=by, now=now)
        for one in item:
            _update(one, state=TipState.CLOSED, outcome=outcome, closed_at=now, waits_since=None)
        _kept(item, TipEventKind.CLOSED, by=by, now=now, after={"outcome": outcome})
        ended = {one.pk for one in item}
        _part([one for one in rows if one.pk not in ended and one.same_as_id in ended and one.state == TipState.RECEIVED], by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def reopen(*, tip_id: int, seen_version: int, by: models.Person, now: datetime) -> Tip:
    with transaction.atomic():
        tip = _locked(tip_id, seen_version, by)[0]
        states.require(states.TIP_MOVES, tip.state, TipState.READ)
        if tip.state != TipState.CLOSED:
            raise states.MoveRefusedError(tip.state, TipState.READ)
        _update(tip, state=TipState.READ, outcome="", closed_at=None, waits_since=now)
        _kept([tip], TipEventKind.REOPENED, by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def move(*, tip_id: int, office_id: int, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """The item is another office's from now on, by a person of the office it was with. Raises RefusedError."""
    with transaction.atomic():
        item = _locked(tip_id, seen_version, by, Action.TIP_PLACE)
        office = models.Office.objects.filter(pk=office_id, active=True).exclude(pk=item[0].office_id).first()
        if office is None:
            raise RefusedError("tip.office", _("Nothing was changed: choose another office."), "office")
        with wall.everything("one's own goes to another office"):
            for one in item:
                _update(one, office=office)
            moved = Tip.objects.get(pk=tip_id)
        _kept(item, TipEventKind.MOVED, by=by, now=now, office_id=office.pk, after={"office": office.pk})
        if item[0].urgent:
            models.Notice.objects.create(kind="tip_urgent", office=office, at=now, by=by, note=item[0].last_digits)
    return moved


def part(*, tip_id: int, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """It says something else than the reports it was counted with: an item of its own."""
    with transaction.atomic():
        tip = _locked(tip_id, seen_version, by)[0]
        if tip.same_as_id is None:
            raise RefusedError("tip.alone", _("Nothing was changed: it is an item of its own."))
        _part([tip], by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def judge_faith(*, tip_id: int, bad: bool, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """Marks this one report as made in bad faith, or takes that back. It counts in the figures of the office; those that say the same and
    stood behind it are an item of their own, and a later one of anybody is read as if it had not been."""
    with transaction.atomic():
        tip, *others = _locked(tip_id, seen_version, by)
        if bad == (tip.bad_faith_at is not None):
            raise RefusedError("tip.faith", _("Nothing was changed: it is marked so already."))
        _update(tip, bad_faith_by=by if bad else None, bad_faith_at=now if bad else None)
        _kept([tip], TipEventKind.BAD_FAITH if bad else TipEventKind.GOOD_FAITH, by=by, now=now)
        if bad:
            _part([one for one in others if one.same_as_id == tip.pk and one.state != TipState.CLOSED], by=by, now=now)
    return Tip.objects.get(pk=tip_id)


# --- what it names ----------------------------------------------------------------------------------


def take_in(
    *, tip_id: int, words: str, link: str, pictures: Sequence[int], key: uuid.UUID, seen_version: int, by: models.Person, now: datetime
) -> Tip:
    """Stores what the report names as a post, by the way of a form that staff fill in, and joins the item to it.

    `words`: what the officer leaves of the report, for all staff see posts and nobody but the office sees who reported. `pictures`: ids
    of those that go with it. Where the post or link is known, it is the same post, with one more way it came. Raises RefusedError, OSError.
    """
    link = link.strip()
    typed = uploads.Typed(
        text=words.strip(), link=link, platform=sources.platform_of(link) or Platform.NOTED, author="", posted_at=None, origin="", note=""
    )
    chosen = [bytes(one.content) for one in models.TipPicture.objects.filter(tip=tip_id, pk__in=pictures)]
    with transaction.atomic():
        item = _locked(tip_id, seen_version, by, Action.TIP_PLACE)
        intake = uploads.take(typed=typed, files=chosen, key=key, by=by, now=now)
        post = models.Post.objects.filter(ways__intake=intake).first()
        if post is None:
            raise RefusedError("tip.not_stored", _("Nothing was stored: the post could not be kept as it is written."), "words")
        _join(item, post, TipEventKind.TAKEN_IN, by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def join(*, tip_id: int, flag: str, seen_version: int, by: models.Person, now: datetime) -> Tip:
    """Joins the item to the post of a flag there is, by its number. Raises RefusedError."""
    number = flag.strip().upper()[:20]
    found = access.scope(by, Action.FLAG_VIEW, models.Flag.objects.filter(number=number)).select_related("post").first()
    if found is None:
        raise RefusedError("tip.flag", _("Nothing was joined: there is no flag with this number."), "flag")
    with transaction.atomic():
        _join(_locked(tip_id, seen_version, by, Action.TIP_PLACE), found.post, TipEventKind.JOINED, by=by, now=now)
    return Tip.objects.get(pk=tip_id)


def _join(item: Sequence[Tip], post: models.Post, kind: TipEventKind, *, by: models.Person, now: datetime) -> None:
    for one in item:
        state = TipState.READ if one.state == TipState.RECEIVED else one.state
        _update(one, post=post, state=state)
    _kept(item, kind, by=by, now=now, after={"post": post.pk})


def of_post(post_id: int) -> QuerySet[Tip]:
    """Items that an officer joined to it."""
    return Tip.objects.filter(post=post_id, same_as=None).order_by("-id")


def suggestions(tip: Tip) -> list[models.Flag]:
    """Flags that name what the report names: the same post, or a contact of it. At most five, the newest first."""
    contacts = noted.recognise(tip.words).contacts
    link = next((value for kind, value in contacts if kind == "link"), "")
    identity = sources.identity(link) if link else None
    found = Q(sightings__indicator__in=_indicators(contacts))
    if identity is not None:
        found |= Q(platform=identity[0], external_id=identity[1])
    posts = models.Post.objects.filter(found).values("pk")
    return list(models.Flag.objects.filter(post__in=posts).exclude(post=tip.post_id).order_by("-id")[:5])


def _indicators(contacts: Sequence[tuple[str, str]]) -> QuerySet[models.Indicator]:
    wanted = Q(pk__in=[])
    for kind, value in contacts[:20]:
        wanted |= Q(kind=kind, value=value)
    return models.Indicator.objects.filter(wanted)
