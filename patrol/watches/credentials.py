"""What platforms want to see of us: sealed in the database, opened for a run, never shown again.

Sealed with the first of `settings.CREDENTIAL_KEYS`, opened with any of them (ADR 17). A value leaves this module only as `Values`,
which no log, repr or error page writes out. A credential the platform refuses stops all its watches, once, and new values start them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.debug import sensitive_variables

from patrol import access, models, sources
from patrol.access import Action, audit
from patrol.domain import LAW_ZONE, CredentialField, Problem, Sentence
from patrol.domain.states import WatchState
from patrol.infra.refusals import RefusedError

NOTICE_DAYS = (14, 3)  # ahead of the expiry: told, then told urgently
LONGEST_VALUE = 4000  # characters
# Problems of a watch that new values of its credential end.
STOPS = ("credentials_refused", "credential_missing", "credential_unreadable", "credential_retired")


class UnreadableError(Exception):
    """No key of this installation opens the seal: keys were lost, or the row comes from another installation."""


class Values(Mapping[str, str]):
    """The values by CredentialField.key. Written out it says their keys only, wherever it ends up."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, str]) -> None:
        self._held = dict(held)

    def __getitem__(self, key: str) -> str:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return f"<credential: {', '.join(sorted(self._held))}>"

    def secrets(self, platform: str) -> tuple[str, ...]:
        """The values that must not stand in any evidence: those of fields the source calls secret, and of unknown ones."""
        shown = {field.key for field in fields(platform) if not field.secret}
        return tuple(value for key, value in self._held.items() if key not in shown and value)


NO_VALUES = Values({})


def fields(platform: str) -> tuple[CredentialField, ...]:
    source = sources.SOURCES.get(platform)
    return tuple(source.CREDENTIAL) if source else ()


# --- the seal -------------------------------------------------------------------------------------


def _keys() -> MultiFernet | None:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS]) if settings.CREDENTIAL_KEYS else None


def can_seal() -> bool:
    return bool(settings.CREDENTIAL_KEYS)


@sensitive_variables()
def seal(values: Mapping[str, str], place: str = "platform") -> str:
    """Raises RefusedError, beside `place` of the form."""
    keys = _keys()
    if keys is None:
        text = _("This installation has no key to seal credentials with: whoever runs it sets CREDENTIAL_KEYS.")
        raise RefusedError("credential.no_key", text, place)
    return keys.encrypt(json.dumps(dict(values), sort_keys=True).encode()).decode()


@sensitive_variables()
def unseal(sealed: str) -> Values:
    """Raises UnreadableError."""
    keys = _keys()
    if keys is None:
        raise UnreadableError
    try:
        return Values(json.loads(keys.decrypt(sealed.encode())))
    except (InvalidToken, ValueError):
        raise UnreadableError from None


@sensitive_variables()
def fingerprint(sealed: str) -> str:
    """Four characters that tell two values apart and give neither away; "" where nobody can open them."""
    try:
        values = unseal(sealed)
    except UnreadableError:
        return ""
    return _mark(values)


def _mark(values: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:4]


@sensitive_variables()
def reseal(*, now: datetime) -> int:
    """Seals every credential, every bot's token and the secrets of webhooks with the first key again, after a rotation. Returns how many;
    unreadable ones stay as they are."""
    keys, done = _keys(), 0
    if keys is None:
        return 0
    rows: list[models.Credential | models.Bot | models.Webhook] = [*models.Credential.objects.all(), *models.Bot.objects.exclude(sealed="")]
    rows += models.Webhook.objects.exclude(sealed="")
    for row in rows:
        try:
            again = keys.rotate(row.sealed.encode()).decode()
        except InvalidToken:
            continue
        with transaction.atomic():
            # New values that came meanwhile are sealed with the first key already.
            moved = type(row)._default_manager.filter(pk=row.pk, sealed=row.sealed).update(sealed=again)  # noqa: SLF001 -- Django's public name
            if moved:
                audit.write("credential.resealed", by=None, now=now, target=row)
            done += moved
    return done


# --- a run asks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """What a run was given. `changed_at` tells these values from newer ones."""

    credential_id: int | None
    changed_at: datetime | None
    values: Values


NONE = Held(None, None, NO_VALUES)


def trouble(credential: models.Credential | None) -> Problem | None:
    """Why the credential cannot be used, as the watch's problem; None where it can, or where there is none."""
    if credential is None:
        return None
    if credential.retired_at is not None:
        return Problem(
            "credential_retired",
            Sentence(
                f"Kredensial “{credential.name}” sudah tidak dipakai lagi. Pilih yang lain untuk pantauan ini.",
                f"The credential “{credential.name}” is no longer used. Choose another one for this watch.",
            ),
            permanent=True,
        )
    if credential.refused_at is not None:
        said = credential.refusal or {}
        return Problem("credentials_refused", Sentence(said.get("id", ""), said.get("en", "")), permanent=True)
    return None


@sensitive_variables()
def for_run(credential: models.Credential | None) -> tuple[Held, Problem | None]:
    """The values for one run, or what stands against them."""
    if credential is None:
        return NONE, None
    problem = trouble(credential)
    if problem is not None:
        return NONE, problem
    try:
        return Held(credential.pk, credential.changed_at, unseal(credential.sealed)), None
    except UnreadableError:
        return NONE, Problem(
            "credential_unreadable",
            Sentence(
                f"Kredensial “{credential.name}” tidak dapat dibuka: kuncinya tidak ada di instalasi ini. Isi ulang nilainya.",
                f"The credential “{credential.name}” cannot be opened: its key is not in this installation. Enter its values anew.",
            ),
            permanent=True,
        )


def refuse(held: Held, problem: Problem, *, now: datetime) -> bool:
    """The platform refuses these values: told on the credential, and every active watch of it stops where it is.

    False where the values were changed meanwhile: what was refused is no longer what we have. Cursors and leases stay; a run
    of another watch that is on its way finds its watch stopped at its end.
    """
    said = {"code": problem.code, "id": problem.sentence.id, "en": problem.sentence.en, "permanent": True, "where": ""}
    said |= {"told": problem.told} if problem.told else {}
    if held.credential_id is None:
        return False
    with transaction.atomic():
        credential = models.Credential.objects.select_for_update(no_key=True).filter(pk=held.credential_id).first()
        if credential is None or credential.changed_at != held.changed_at:
            return False
        if credential.refused_at is None:
            models.Credential.objects.filter(pk=credential.pk).update(refused_at=now, refusal=said)
        watches = models.Watch.objects.filter(credential=credential, state=WatchState.ACTIVE)
        stopped = sorted(watches.values_list("id", flat=True))
        models.Watch.objects.filter(pk__in=stopped, state=WatchState.ACTIVE).update(
            state=WatchState.STOPPED, due_at=None, last_problem=said, last_problem_at=now
        )
        if credential.refused_at is None or stopped:
            audit.write("credential.refused", by=None, now=now, target=credential, after={"watches": stopped})
        return True


# --- verbs ----------------------------------------------------------------------------------------


def _missing(place: str) -> RefusedError:
    return RefusedError("credential.required", _("This is required."), place)


def _taken() -> RefusedError:
    return RefusedError("credential.name_taken", _("Another credential has this name."), "name")


def _retired() -> RefusedError:
    return RefusedError("credential.retired", _("This credential is no longer used."))


def _name(name: str) -> str:
    name = name.strip()
    if not name:
        raise _missing("name")
    if len(name) > 100:
        raise RefusedError("credential.name_long", _("100 characters at most."), "name")
    return name


@sensitive_variables()
def _values(platform: str, values: Mapping[str, str]) -> dict[str, str]:
    known = fields(platform)
    if not known:
        raise RefusedError("credential.not_wanted", _("This platform is read without credentials."), "platform")
    taken = {}
    for field in known:
        value = values.get(field.key, "").strip()
        if not value and field.required:
            raise _missing(f"value_{field.key}")  # as the form calls it
        if len(value) > LONGEST_VALUE or any(ord(letter) < 32 or ord(letter) == 127 for letter in value):
            raise RefusedError("credential.value", _("Too long, or with a line break in it."), f"value_{field.key}")
        if value:
            taken[field.key] = value
    return taken


def expiry(last_day: date | None) -> datetime | None:
    """The end of the last day (Asia/Jakarta) on which the platform takes it."""
    return datetime.combine(last_day + timedelta(days=1), datetime.min.time(), LAW_ZONE) if last_day else None


def _not_over(last_day: date | None, now: datetime) -> None:
    """Raises RefusedError: nothing would be fetched with it, and who wrote another year than they meant would be told that it is sealed."""
    if last_day is not None and last_day < now.astimezone(LAW_ZONE).date():
        raise RefusedError("credential.over", _("This day has passed. Write the day until which the platform takes it."), "last_day")


@sensitive_variables()
def add(
    *, platform: str, name: str, values: Mapping[str, str], last_day: date | None, by: models.Person, now: datetime
) -> models.Credential:
    """A new credential. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.CREDENTIAL_CHANGE)
    name, taken = _name(name), _values(platform, values)
    _not_over(last_day, now)
    try:
        with transaction.atomic():
            credential = models.Credential.objects.create(
                platform=platform, name=name, sealed=seal(taken), expires_at=expiry(last_day), changed_at=now, changed_by=by
            )
            after = {"platform": platform, "mark": _mark(taken), "last_day": last_day.isoformat() if last_day else None}
            audit.write("credential.added", by=by, now=now, target=credential, after=after)
    except IntegrityError:
        raise _taken() from None
    return credential


@sensitive_variables()
def renew(*, credential_id: int, values: Mapping[str, str], last_day: date | None, by: models.Person, now: datetime) -> tuple[int, ...]:
    """New values, all of them: nothing of the old ones is kept. The watches that stopped for want of them go on from their cursors.

    Returns their ids. Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.CREDENTIAL_CHANGE)
    with transaction.atomic():
        credential = models.Credential.objects.select_for_update(no_key=True).get(pk=credential_id)
        if credential.retired_at is not None:
            raise _retired()
        taken = _values(credential.platform, values)
        _not_over(last_day, now)
        before = {"mark": fingerprint(credential.sealed), "refused": credential.refused_at is not None}
        models.Credential.objects.filter(pk=credential_id).update(
            sealed=seal(taken), expires_at=expiry(last_day), refused_at=None, refusal=None, changed_at=now, changed_by=by
        )
        resumed = _resume(credential_id)
        after = {"mark": _mark(taken), "last_day": last_day.isoformat() if last_day else None, "watches": list(resumed)}
        audit.write("credential.renewed", by=by, now=now, target=credential, before=before, after=after)
    return resumed


def _resume(credential_id: int) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_watch SET state = 'active', attempts = 0, last_problem = NULL, last_problem_at = NULL,"
            " due_at = clock_timestamp() WHERE credential_id = %s AND state = 'stopped' AND last_problem->>'code' = ANY(%s)"
            " RETURNING id",
            [credential_id, list(STOPS)],
        )
        return tuple(sorted(row[0] for row in cursor.fetchall()))


def rename(*, credential_id: int, name: str, by: models.Person, now: datetime) -> None:
    """Another name; the values stay. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.CREDENTIAL_CHANGE)
    name = _name(name)
    try:
        with transaction.atomic():
            credential = models.Credential.objects.select_for_update(no_key=True).get(pk=credential_id)
            if credential.name == name:
                return
            models.Credential.objects.filter(pk=credential_id).update(name=name)
            before, after = {"name": credential.name}, {"name": name}
            audit.write("credential.renamed", by=by, now=now, target=credential, before=before, after=after)
    except IntegrityError:
        raise _taken() from None


def retire(*, credential_id: int, by: models.Person, now: datetime) -> None:
    """Not used any more: its values are removed for good. Raises RefusedError where a watch still has it, PermissionDenied."""
    access.require(by, Action.CREDENTIAL_CHANGE)
    with transaction.atomic():
        credential = models.Credential.objects.select_for_update(no_key=True).get(pk=credential_id)
        if credential.retired_at is not None:
            raise _retired()
        used = models.Watch.objects.filter(credential=credential).count()
        if used:
            text = ngettext_lazy(
                "%(count)s watch still uses it. Give it another credential first.",
                "%(count)s watches still use it. Give them another credential first.",
                "count",
            )
            raise RefusedError("credential.in_use", text, count=used)
        models.Credential.objects.filter(pk=credential_id).update(sealed="", retired_at=now, changed_at=now, changed_by=by)
        audit.write("credential.retired", by=by, now=now, target=credential)


# --- what somebody has to see to ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """A credential that somebody has to see to. `days`: whole days until it ends, negative when it has; None where it was refused."""

    credential: models.Credential
    days: int | None
    urgent: bool


def notices(*, now: datetime) -> list[Notice]:
    """Refused ones first, then by what ends first; 14 days ahead, urgent from 3 days on. One query."""
    edge = now + timedelta(days=NOTICE_DAYS[0])
    rows = models.Credential.objects.filter(retired_at=None).order_by("expires_at", "name")
    found = []
    for credential in rows:
        if credential.refused_at is not None:
            found.append(Notice(credential, None, urgent=True))
        elif credential.expires_at is not None and credential.expires_at <= edge:
            days = (credential.expires_at - now) // timedelta(days=1)
            found.append(Notice(credential, days, urgent=days < NOTICE_DAYS[1]))
    found.sort(key=lambda notice: notice.days is not None)
    return found


def last_day(credential: models.Credential) -> date | None:
    """The last day (Asia/Jakarta) on which the platform takes it; `expiry` the other way round."""
    if credential.expires_at is None:
        return None
    return (credential.expires_at.astimezone(LAW_ZONE) - timedelta(microseconds=1)).date()
