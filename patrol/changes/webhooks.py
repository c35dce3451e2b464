"""Addresses of other systems that are sent each change of an office: made, tried, paused, ended, and read anew by people.

An address is sent nothing before a try of its own arrived there. Its secret is shown once and sealed like the credentials of sources. A
new one signs beside the one before it for a day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.debug import sensitive_variables

from patrol import access, models
from patrol.access import Action, audit
from patrol.changes import sending, signing, stream
from patrol.domain import states
from patrol.domain.states import WebhookState
from patrol.infra import jobs, pace
from patrol.infra.refusals import RefusedError
from patrol.sources.transport import addresses
from patrol.watches import credentials

MOST: Final = 5  # of an office
LONGEST: Final = 300
BOTH_SIGN: Final = timedelta(days=1)
TRY_RATE, TRIES_AT_ONCE = 1 / 20, 3.0  # tries of one office

_UNREADABLE = _("The secret cannot be opened: its key is not in this installation. Make a new one.")


def seen_by(person: models.Person) -> list[models.Webhook]:
    """Those that this person may end and that have not ended, office by office, oldest first."""
    found = access.scope(person, Action.WEBHOOK_END, models.Webhook.objects.exclude(state=WebhookState.ENDED))
    return list(found.select_related("office", "made_by").order_by("office__name", "id"))


def waits(webhook: models.Webhook, *, now: datetime, most: int) -> tuple[int, bool] | None:
    """How many changes wait for it, up to `most`, and whether there are more; None where nobody knows yet. One query."""
    try:
        page = stream.after(webhook.cursor, office=webhook.office, now=now, limit=most, types=webhook.types)
    except RefusedError:  # of before a restore: the next sweep begins anew
        return None
    return len(page.changes), page.more


# --- verbs ------------------------------------------------------------------------------------------


@sensitive_variables()
def make(*, office_id: int, address: str, types: Sequence[str], by: models.Person, now: datetime) -> tuple[models.Webhook, str]:
    """The webhook and its secret, which is shown this once. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.WEBHOOK, office_id=office_id)
    asked, chosen, secret = _checked(address), _chosen(types), signing.new_secret()
    sealed = credentials.seal({"secret": secret}, "address")
    try:
        with transaction.atomic():
            office = models.Office.objects.select_for_update(no_key=True).get(pk=office_id, active=True)
            if models.Webhook.objects.filter(office=office).exclude(state=WebhookState.ENDED).count() >= MOST:
                text = _("Nothing was changed: an office has %(most)s webhooks at most. End one that is not needed any more.")
                raise RefusedError("webhook.most", text, "address", most=MOST)
            made = models.Webhook.objects.create(
                office=office,
                address=asked,
                types=chosen,
                sealed=sealed,
                cursor=stream.from_now(now),
                arrived_at=now,
                made_by=by,
                made_at=now,
            )
            after = {"office": office.pk, "host": urlsplit(asked).hostname, "types": len(chosen)}
            audit.write("webhook.made", by=by, now=now, target=made, after=after)
    except IntegrityError:
        raise RefusedError("webhook.twice", _("Nothing was changed: your office has this address already."), "address") from None
    return made, secret


def choose(*, webhook_id: int, types: Sequence[str], by: models.Person, now: datetime) -> models.Webhook:
    """Which kinds of changes are sent from now on. Raises RefusedError, PermissionDenied."""
    chosen = _chosen(types)
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        before = {"types": len(webhook.types)}
        _write(webhook, types=chosen)
        audit.write("webhook.chosen", by=by, now=now, target=webhook, before=before, after={"types": len(chosen)})
    return webhook


def attempt(*, webhook_id: int, by: models.Person, now: datetime, post: sending.Post | None = None) -> models.Delivery:
    """Sends a message that says nothing but that it is a try. Where it arrives, changes are sent from then on. What came of it is kept.
    `post`: as for `sending.send`.

    Raises RefusedError, PermissionDenied.
    """
    with transaction.atomic():
        webhook = _held(webhook_id, by)
    keys = sending.keys(webhook, now=now)
    if not keys:
        raise RefusedError("webhook.unreadable", _UNREADABLE)
    if seconds := pace.admits(f"webhook {webhook.office_id}", rate=TRY_RATE, burst=TRIES_AT_ONCE):
        text = ngettext_lazy("Too often. Try again in %(seconds)s second.", "Too often. Try again in %(seconds)s seconds.", "seconds")
        raise RefusedError("webhook.too_often", text, seconds=max(1, round(seconds)))
    came = sending.send(webhook, sending.trial(webhook, now=now), keys, now=now, post=post)
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        came.kept.save(force_insert=True)
        if came.kept.arrived and webhook.state in {WebhookState.UNTRIED, WebhookState.FAILING}:
            _go_on(webhook)
            sending.works_again(webhook, by=by, now=now)
        audit.write("webhook.tried", by=by, now=now, target=webhook, after={"arrived": came.kept.arrived})
    return came.kept


def pause(*, webhook_id: int, by: models.Person, now: datetime) -> models.Webhook:
    """Nothing is sent there until it is resumed; what happens meanwhile waits. Raises RefusedError, PermissionDenied, MoveRefusedError."""
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        _move(webhook, WebhookState.PAUSED, told_at=now)
        sending.tell(webhook, sending.PAUSED, by=by, now=now)
        audit.write("webhook.paused", by=by, now=now, target=webhook)
    return webhook


def resume(*, webhook_id: int, by: models.Person, now: datetime) -> models.Webhook:
    """Goes on behind what arrived last. Raises RefusedError, PermissionDenied, MoveRefusedError."""
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        if webhook.state == WebhookState.UNTRIED:
            raise RefusedError("webhook.untried", _("Nothing was changed: try the address first."))
        paused = webhook.state == WebhookState.PAUSED
        _go_on(webhook)
        if paused:  # one that failed says so by itself, once something arrives
            sending.works_again(webhook, by=by, now=now)
        audit.write("webhook.resumed", by=by, now=now, target=webhook)
    return webhook


def read_anew(*, webhook_id: int, since: datetime | None, by: models.Person, now: datetime) -> models.Webhook:
    """Sends again what happened from that moment on, with the same ids. Raises RefusedError, PermissionDenied."""
    if since is None or since > now:
        raise RefusedError("webhook.since", _("Nothing was changed: name a moment that is over."), "since")
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        _write(webhook, cursor=stream.since(since), arrived_at=since, failures=0)
        jobs.hurry(sending.KIND, [str(webhook.pk)])
        audit.write("webhook.read_anew", by=by, now=now, target=webhook, after={"since": since.isoformat(timespec="minutes")})
    return webhook


@sensitive_variables()
def rotate(*, webhook_id: int, by: models.Person, now: datetime) -> str:
    """A new secret, shown this once; the one before it signs beside it for a day. Raises RefusedError, PermissionDenied."""
    secret = signing.new_secret()
    with transaction.atomic():
        webhook = _held(webhook_id, by)
        before = sending.keys(webhook, now=now)[:1]
        _write(
            webhook,
            sealed=credentials.seal({"secret": secret, **({"before": before[0]} if before else {})}, ""),
            before_until=now + BOTH_SIGN if before else None,
        )
        audit.write("webhook.rotated", by=by, now=now, target=webhook)
    return secret


def end(*, webhook_id: int, by: models.Person, now: datetime) -> models.Webhook:
    """For good: nothing is sent there any more, and its secret is gone. Its office is told as `sending.tell` says; administrators, who
    may end it too, are not. Raises RefusedError, PermissionDenied."""
    with transaction.atomic():
        webhook = _held(webhook_id, by, Action.WEBHOOK_END)
        _move(webhook, WebhookState.ENDED, sealed="", before_until=None)
        sending.tell(webhook, sending.ENDED, by=by, now=now)
        audit.write("webhook.ended", by=by, now=now, target=webhook)
    return webhook


def _held(webhook_id: int, by: models.Person, action: Action = Action.WEBHOOK) -> models.Webhook:
    found = models.Webhook.objects.select_related("office").select_for_update(of=("self",), no_key=True).get(pk=webhook_id)
    access.require(by, action, office_id=found.office_id)
    if found.state == WebhookState.ENDED:
        raise RefusedError("webhook.ended", _("Nothing was changed: this webhook has ended."))
    return found


def _write(webhook: models.Webhook, **values: Any) -> None:
    for name, value in values.items():
        setattr(webhook, name, value)
    webhook.save(update_fields=list(values))


def _move(webhook: models.Webhook, state: WebhookState, **values: Any) -> None:
    states.require(states.WEBHOOK_MOVES, webhook.state, state)
    _write(webhook, state=state, **values)


def _go_on(webhook: models.Webhook) -> None:
    _move(webhook, WebhookState.ACTIVE, failures=0)
    jobs.hurry(sending.KIND, [str(webhook.pk)])


def _checked(address: str) -> str:
    """As it will be asked. What it points to is looked at each time it is dialled. Raises RefusedError."""
    asked = address.strip()
    text = _("Nothing was changed: give an address that begins with https:// and names a host of the internet, without port and user name.")
    refused = RefusedError("webhook.address", text, "address")
    try:
        parts = urlsplit(asked)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise refused from None
    literal = addresses.literal(host)
    fits = len(asked) <= LONGEST and asked.isascii() and asked.isprintable() and " " not in asked and not parts.fragment
    named = "." in host and not addresses.is_disguised_number(host) if not literal else addresses.is_public(literal)
    if not fits or not named or parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        raise refused
    return parts._replace(scheme="https", netloc=parts.netloc.lower()).geturl()


def _chosen(types: Collection[str]) -> list[str]:
    """In the order of the list. Raises RefusedError."""
    chosen = [one for one in stream.TYPES if one in types]
    if not chosen or len(chosen) != len(set(types)):
        raise RefusedError("webhook.types", _("Nothing was changed: choose at least one kind of change."), "types")
    return chosen
