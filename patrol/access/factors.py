"""Second factors: codes of an app (TOTP), passkeys, recovery codes; who must have one, and how each is added, asked for and taken away.

django-allauth draws secrets, checks signatures and keeps the rows (`mfa_authenticator`); the pages and the order of steps are ours. What it
keeps of an app is its secret, sealed with a key made from SECRET_KEY: it must be known to compute the next code. Recovery codes are kept
stretched, as passwords are, and sealed as well. Of a passkey the database has the public half alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
import string
import struct
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from patrol import models
from patrol.access import accounts, audit, linked_logins
from patrol.infra import pace
from patrol.infra.refusals import RefusedError

log = logging.getLogger(__name__)

PASSWORD, CODE, PASSKEY, RECOVERY, PROVIDER = "password", "totp", "passkey", "recovery", "provider"
WAYS: Final = (PASSWORD, CODE, PASSKEY, RECOVERY, PROVIDER)
MOST_PASSKEYS: Final = 10
LONGEST_NAME: Final = 60
DOOR_FOR: Final = timedelta(minutes=5)  # how long a challenge of the door may be answered
_DOOR: Final = "patrol.access.factors.door"
_CHALLENGES: Final = "challenges"  # of the session
_MOST_CHALLENGES: Final = 5
_Kind = Authenticator.Type
_KINDS: Final = {_Kind.TOTP: CODE, _Kind.WEBAUTHN: PASSKEY, _Kind.RECOVERY_CODES: RECOVERY}
_FACTORS: Final = (_Kind.TOTP, _Kind.WEBAUTHN)  # recovery codes stand for one that is lost; alone they are none
_SALT: Final = b"patrol.access.factors"
CODES: Final = 10
CODE_PARTS, CODE_DIGITS = 3, 5  # of one recovery code: 49 bits, and a telephone shows its keys for numbers
_BEHIND: Final = "behind"  # of a passkey: it opens alone only after it was shown behind the password
_PUT_BEHIND: Final = "UPDATE mfa_authenticator SET data = data || %s::jsonb WHERE user_id = %s AND type = %s"
_PUT_BEFORE: Final = "UPDATE mfa_authenticator SET data = data - %s WHERE id = %s"
# What fido2 and allauth raise of an answer that is none: it comes from outside, byte by byte.
_MALFORMED: Final = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, RecursionError)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks the product (settings.MFA_ADAPTER)."""

    def encrypt(self, text: str) -> str:
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seals().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "SIPatrol"

    def _get_site_name(self) -> str:
        return "SIPatrol"


def _seals() -> MultiFernet:
    """The first seals, all open: as SECRET_KEY and SECRET_KEY_FALLBACKS do elsewhere."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (hmac.new(_SALT, key.encode(), hashlib.sha256).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])


# --- who has which ----------------------------------------------------------------------------------


def of(person: models.Person) -> list[Authenticator]:
    """All of a person, oldest first. One query."""
    return list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))


def ways(person: models.Person) -> frozenset[str]:
    """What this person may show beside the password; empty where nothing is set up. One query."""
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return frozenset(_KINDS[_Kind(kind)] for kind in kinds) if kinds & set(_FACTORS) else frozenset()


def opens_alone(person: models.Person) -> bool:
    """Whether they have a passkey that opens without the password."""
    return any(not is_behind(one) for one in Authenticator.objects.filter(user=person, type=_Kind.WEBAUTHN))


def required(person: models.Person) -> bool:
    return settings.SECOND_FACTOR == "everybody" or (settings.SECOND_FACTOR == "directorate" and person.at_directorate)


def must_enrol(person: models.Person) -> bool:
    """Whether nothing else may open before this person has set one up. No query where none is required."""
    return required(person) and not ways(person)


def name_of(one: Authenticator) -> str:
    """What its owner called a passkey."""
    return str(one.data.get("name", ""))


def codes_left(one: Authenticator) -> int:
    """None where they were sealed with a key that is gone: they open nothing, and new ones are made."""
    try:
        return len(RecoveryCodes(one).get_unused_codes())
    except InvalidToken:
        return 0


# --- setting up ---------------------------------------------------------------------------------------


def draw_secret() -> tuple[str, str]:
    """A secret for an app, and how the session keeps it until the app has shown a code."""
    secret: str = totp.generate_totp_secret()
    return secret, Adapter().encrypt(secret)


def kept_secret(sealed: str) -> str:
    """ "" where it was sealed with a key that is gone."""
    try:
        return Adapter().decrypt(sealed)
    except InvalidToken:
        return ""


def app_there() -> RefusedError:
    return RefusedError("factor.app_there", _("There is an app already. Remove it first."), "code")


def address_of(secret: str, person: models.Person) -> str:
    """What the QR code holds: `otpauth://…`."""
    return str(Adapter().build_totp_url(person, secret))


def add_app(*, secret: str, code: str, by: models.Person, now: datetime) -> list[str]:
    """Codes of this app are asked for from now on. Where it is the first factor, every login ends; whoever asks keeps their own. Returns
    recovery codes where the person has none yet. Raises RefusedError."""
    counter = _counter(secret, code, now=now, after=0)
    if counter is None:
        raise RefusedError("factor.code", _("This code is wrong. Look whether the clock of the telephone is right."), "code")
    with transaction.atomic():
        _held(by)
        if Authenticator.objects.filter(user=by, type=_Kind.TOTP).exists():
            raise app_there()
        made = totp.TOTP.activate(by, secret).instance
        _used(made, now=now, last=counter)
        return _added(CODE, by=by, now=now)


def add_passkey(*, name: str, credential: Any, by: models.Person, now: datetime) -> list[str]:
    """What the browser made for a challenge of this session; logins end as with an app. Returns recovery codes where the person has none
    yet. Raises RefusedError."""
    with transaction.atomic():
        _held(by)
        if Authenticator.objects.filter(user=by, type=_Kind.WEBAUTHN).count() >= MOST_PASSKEYS:
            raise RefusedError("factor.many", _("%(count)s passkeys are the most. Remove one first."), "name", count=str(MOST_PASSKEYS))
        try:
            _answers(credential)
            webauthn.parse_registration_response(credential)
            verified = webauthn.complete_registration(credential).is_user_verified()
        except _MALFORMED:
            verified = False
        if not verified:
            raise RefusedError("factor.passkey", _("The passkey was not made. Try once more."), "credential")
        webauthn.WebAuthn.add(by, _named(name), credential)
        return _added(PASSKEY, by=by, now=now)


def rename_passkey(*, factor_id: int, name: str, by: models.Person) -> None:
    """Own taste, no audit row. Raises Authenticator.DoesNotExist."""
    with transaction.atomic():
        one = Authenticator.objects.select_for_update(no_key=True).get(pk=factor_id, user=by, type=_Kind.WEBAUTHN)
        Authenticator.objects.filter(pk=one.pk).update(data={**one.data, "name": _named(name)})


def _named(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME] or str(_("Passkey"))


def new_codes(*, by: models.Person, now: datetime) -> list[str]:
    """Ten recovery codes; those of before open nothing any more. Raises RefusedError."""
    with transaction.atomic():
        _held(by)
        if not ways(by):
            raise RefusedError("factor.none", _("Set up an app or a passkey first."))
        accounts.warn(by, "codes_made", now=now)
        return _fresh_codes(by=by, now=now)


def _fresh_codes(*, by: models.Person, now: datetime) -> list[str]:
    Authenticator.objects.filter(user=by, type=_Kind.RECOVERY_CODES).delete()
    codes = ["-".join(get_random_string(CODE_DIGITS, string.digits) for _part in range(CODE_PARTS)) for _number in range(CODES)]
    salt = secrets.token_hex(16)
    kept = {"salt": salt, "migrated_codes": [Adapter().encrypt(_stretched(code, salt)) for code in codes]}
    Authenticator.objects.create(user=by, type=_Kind.RECOVERY_CODES, data=kept)
    audit.write("person.recovery_codes_made", by=by, now=now, target=by, after={"codes": len(codes)})
    return codes


def _stretched(code: str, salt: str) -> str:
    """As the database keeps a recovery code: whoever has all of it and SECRET_KEY still tries each code by itself, at 16 MB and some 40
    ms of a processor each. `migrated_codes` is allauth's name for codes that are kept one by one, and not computed from a seed."""
    digits = "".join(one for one in code if one.isdigit())
    return str(ScryptPasswordHasher().encode(digits, salt, p=1))


def _added(way: str, *, by: models.Person, now: datetime) -> list[str]:
    accounts.warn(by, "factor_added", now=now)
    audit.write("person.factor_added", by=by, now=now, target=by, after={"proof": way})
    if Authenticator.objects.filter(user=by, type__in=_FACTORS).count() == 1:
        accounts.end_sessions(by)  # they came by the password alone
    if Authenticator.objects.filter(user=by, type=_Kind.RECOVERY_CODES).exists():
        return []
    return _fresh_codes(by=by, now=now)


def remove(*, factor_id: int, by: models.Person, now: datetime) -> str:
    """Takes away one of one's own; with the last of them the recovery codes. Returns its way. Raises RefusedError,
    Authenticator.DoesNotExist."""
    with transaction.atomic():
        _held(by)
        one = Authenticator.objects.get(pk=factor_id, user=by, type__in=_FACTORS)
        others = Authenticator.objects.filter(user=by, type__in=_FACTORS).exclude(pk=one.pk).exists()
        if not others and required(by):
            raise RefusedError("factor.last", _("This is the last one, and your account must have one. Add another first."))
        Authenticator.objects.filter(pk=one.pk).delete()
        if not others:
            Authenticator.objects.filter(user=by).delete()
        accounts.warn(by, "factor_removed", now=now)
        audit.write("person.factor_removed", by=by, now=now, target=by, after={"proof": _KINDS[_Kind(one.type)]})
    return _KINDS[_Kind(one.type)]


def _held(person: models.Person) -> None:
    """Two pages of one person at once would each see what the other has not written yet."""
    models.Person.objects.select_for_update(no_key=True).get(pk=person.pk)


# --- being asked for ------------------------------------------------------------------------------------


def right_code(person: models.Person, code: str, *, now: datetime) -> str:
    """CODE or RECOVERY where the code is right and was not used before, "" where it is neither. A right one is used up by this."""
    with transaction.atomic():
        rows = {
            row.type: row for row in Authenticator.objects.select_for_update(no_key=True).filter(user=person).exclude(type=_Kind.WEBAUTHN)
        }
        app, recovery = rows.get(_Kind.TOTP), rows.get(_Kind.RECOVERY_CODES)
        with suppress(InvalidToken):  # sealed with a key that is gone
            if app is not None:
                secret = Adapter().decrypt(app.data["secret"])
                counter = _counter(secret, code, now=now, after=int(app.data.get("last", 0)))
                if counter is not None:
                    _used(app, now=now, last=counter, secret=Adapter().encrypt(secret))
                    _seal_anew(recovery)
                    return CODE
        with suppress(InvalidToken):
            if recovery is not None and RecoveryCodes(recovery).validate_code(_kept_as(recovery, code)):
                accounts.warn(person, "recovery_code_used", now=now)
                audit.write("person.recovery_code_used", by=person, now=now, target=person, after={"codes": codes_left(_again(recovery))})
                return RECOVERY
    return ""


def _kept_as(recovery: Authenticator, code: str) -> str:
    """What is compared with what is kept. Codes made before they were stretched are eight digits, computed from a seed. What is too
    short for one is not stretched."""
    long = len(code) >= CODE_PARTS * CODE_DIGITS
    return _stretched(code, recovery.data["salt"]) if long and "salt" in recovery.data else code


def _seal_anew(recovery: Authenticator | None) -> None:
    """What is kept of recovery codes with the key of today, as the secret of the app. The row is held."""
    if recovery is not None:
        with suppress(InvalidToken):
            kept = dict(recovery.data)
            if "seed" in kept:
                kept["seed"] = _resealed(kept["seed"])
            if "migrated_codes" in kept:
                kept["migrated_codes"] = [_resealed(one) for one in kept["migrated_codes"]]
            Authenticator.objects.filter(pk=recovery.pk).update(data=kept)


def _resealed(sealed: str) -> str:
    return Adapter().encrypt(Adapter().decrypt(sealed))


def _again(row: Authenticator) -> Authenticator:
    row.refresh_from_db()
    return row


def _counter(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """The half minute whose code this is, of the one now and its neighbours; none that was used, nor one before it."""
    this = int(now.timestamp()) // 30
    for counter in (this - 1, this, this + 1):
        if counter > after and compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))):
            return counter
    return None


def _used(one: Authenticator, *, now: datetime, **kept: Any) -> None:
    Authenticator.objects.filter(pk=one.pk).update(data={**one.data, **kept}, last_used_at=now)


def passkey_asked(person: models.Person) -> dict[str, Any]:
    """What the browser is to sign; its challenge stays in the session."""
    options = dict(_plain(webauthn.begin_authentication(person)))
    _keep_challenge()
    return options


def door_asked() -> tuple[dict[str, Any], str]:
    """As `passkey_asked` for whoever is not in: any passkey of this place answers. The challenge is in what is returned beside it, signed,
    for a cookie: strangers who ask fill no table with sessions."""
    options = dict(_plain(webauthn.begin_authentication(None)))
    state = webauthn.get_state()
    webauthn.clear_state()
    return options, signing.dumps(state, salt=_DOOR)


def door_answered(credential: Any, sealed: str, *, now: datetime) -> models.Person | None:
    """Whoever the passkey names that signed a challenge of `door_asked`, within five minutes and once. None where nobody did. Raises
    BehindError for one that does not open alone."""
    try:
        webauthn.set_state(signing.loads(sealed, salt=_DOOR, max_age=DOOR_FOR))
        one = _signed(credential, None, now=now)
    except signing.BadSignature:
        return None
    finally:
        webauthn.clear_state()
    used = hashlib.sha256(sealed.partition(":")[0].encode()).hexdigest()
    if one is None or pace.admits(f"challenge {used}", rate=1 / (2 * DOOR_FOR.total_seconds()), burst=1):
        return None
    person: models.Person = one.user
    if _BEHIND in one.data:
        raise BehindError(person)
    return person


class BehindError(Exception):
    """A passkey that does not open alone since its owner's password was set."""

    def __init__(self, person: models.Person) -> None:
        super().__init__("behind the password")
        self.person = person


def behind_password(person: models.Person) -> None:
    """The password was set: a passkey of before opens alone again once it was shown behind this password. Whoever knew the old one may
    have set it up. Within the transaction that sets it; the row of the person is held."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BEHIND, [json.dumps({_BEHIND: True}), person.pk, _Kind.WEBAUTHN])


def is_behind(one: Authenticator) -> bool:
    """Whether it does not open alone now."""
    return _BEHIND in one.data


def passkey_offered(person: models.Person) -> dict[str, Any]:
    """What the browser is to make: a passkey that names its owner, and asks for finger, face or PIN."""
    options = dict(_plain(webauthn.begin_registration(person, passwordless=True)))
    _keep_challenge()
    return options


def _keep_challenge() -> None:
    """allauth keeps one for a session, and each page that asks draws another: the last few stay good, for pages side by side."""
    session = context.request.session
    session[_CHALLENGES] = [*session.get(_CHALLENGES, []), webauthn.get_state()][-_MOST_CHALLENGES:]
    webauthn.clear_state()


def _answers(credential: Any) -> None:
    """Puts the challenge that this is an answer to where allauth looks for it; it is good once. Raises what _MALFORMED lists."""
    session = context.request.session
    said = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))["challenge"]
    kept = session.get(_CHALLENGES, [])
    for state in [one for one in kept if one["challenge"] == said]:
        webauthn.set_state(state)
        session[_CHALLENGES] = [one for one in kept if one is not state]


def _plain(options: Any) -> Any:
    """As JSON has it."""
    if hasattr(options, "items"):
        return {key: _plain(value) for key, value in options.items() if value is not None}
    if isinstance(options, (list, tuple)):
        return [_plain(one) for one in options]
    if isinstance(options, bytes):
        return base64.urlsafe_b64encode(options).decode().rstrip("=")
    return str(options) if isinstance(options, str) else options


def right_passkey(credential: Any, person: models.Person, *, password: bool = True, now: datetime) -> bool:
    """Whether this person signed a challenge of this session. `password`: whether they showed their password before it, without which one
    that waits for it does not do."""
    try:
        _answers(credential)
    except _MALFORMED:
        return False
    one = _signed(credential, person, now=now)
    if one is not None and _BEHIND in one.data:
        if not password:
            return False
        with connection.cursor() as cursor:
            cursor.execute(_PUT_BEFORE, [_BEHIND, one.pk])
    return one is not None


def _signed(credential: Any, person: models.Person | None, *, now: datetime) -> Authenticator | None:
    try:
        webauthn.parse_authentication_response(credential)
        named = person or webauthn.extract_user_from_response(credential)
        one = webauthn.complete_authentication(named, credential)
    except _MALFORMED:
        return None
    Authenticator.objects.filter(pk=one.pk).update(last_used_at=now)
    return one


def take_all(person: models.Person) -> list[str]:
    """For a lost telephone (people.reset_factors), in its transaction; a login of the provider goes too. Returns the ways that are gone."""
    gone = sorted(_KINDS[_Kind(kind)] for kind in set(Authenticator.objects.filter(user=person).values_list("type", flat=True)))
    Authenticator.objects.filter(user=person).delete()
    return gone + ([PROVIDER] if linked_logins.take(person) else [])
