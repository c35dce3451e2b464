"""Logging in: who may try once more, how long a login lasts, and what is kept of it (ADR 37, ADR 66).

Tries are counted by account and address together. Whoever guesses from many addresses meets a second, slower limit of the account. Neither
keeps the owner out: a browser that has logged in as this account before has tries of its own. A wrong second factor counts as a wrong
password does, and so does each page that asks for either once more: an open login is no way to guess it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from patrol import models
from patrol.access import accounts, audit, browsers, factors
from patrol.infra import pace

log = logging.getLogger(__name__)

# Tries a second and at once.
ADDRESS_RATE, ADDRESS_BURST = 1 / 180, 5.0  # of one account from one address
ACCOUNT_RATE, ACCOUNT_BURST = 1 / 360, 10.0  # of one account, from all browsers that are new to it: 20 in any hour
KNOWN_RATE, KNOWN_BURST = 1 / 30, 10.0  # of one account from one browser that knows it
KNOWN_FOR: Final = timedelta(days=180)  # a browser that was not used for so long is new again
# Rows of the log about tries that could be a flood: they are written one after another, and must not stop everybody's work.
_UNKNOWN_RATE, _UNKNOWN_BURST = 1 / 600, 5.0  # of all names nobody has together
_HELD_RATE, _HELD_BURST = 1 / 3600, 1.0  # of one account that is tried too often
_TOLD_RATE, _TOLD_BURST = 1 / 86_400, 1.0  # notices to an owner, of each kind of what strangers try
_NAMES_NOBODY_HAS: Final = 1024  # buckets that names without an account share, so that guessed names fill no table
_ADDRESSES: Final = 256  # buckets that addresses share at one account: forged ones fill no table either
_PASSKEY_RATE, _PASSKEY_BURST = 1 / 6, 10.0  # wrong answers to the passkey alone, of one caller: each is a line, and no secret is guessed
# Logins of one caller that are begun at the provider: a whole building may have one address, and they are forgotten once one led here.
_PROVIDER_RATE, _PROVIDER_BURST = 1 / 6, 20.0
_RETURN_RATE: Final = 1 / 1200  # one of each, for longer than it is taken
_ASKED_RATE, _ASKED_BURST = 1 / 5, 3.0  # questions to the provider that it has not answered: a silent one holds few of our processes
_FORGOTTEN_RATE, _FORGOTTEN_BURST = 1 / 120, 5.0  # links by mail that one caller asks for
_SALT: Final = "patrol.sign_in.known"


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, "" where it is not known.

    What a header says of it counts only from a proxy of settings.TRUSTED_PROXIES, and of that only the last part: the proxy wrote it, the
    parts before came from outside.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.BEHIND_PROXY or not _is_proxy(direct):
        return direct
    said = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return direct


def _is_proxy(address: str) -> bool:
    """A Unix socket has no address: only the proxy of this machine reaches it."""
    if not address:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in settings.TRUSTED_PROXIES)


def caller(request: HttpRequest) -> str:
    """Tells callers apart, in the log too, without keeping an address: 32 hexadecimal digits."""
    return salted_hmac("patrol.sign_in.caller", client_address(request), algorithm="sha256").hexdigest()[:32]


# --- who may try ----------------------------------------------------------------------------------


def wait(request: HttpRequest, username: str) -> float:
    """Seconds until this browser may try this account again, 0 where it may now. Asked before a password or a factor is looked at."""
    account = account_key(username)
    if known := _known(request, username):
        return pace.admits(f"login {account} {known}", rate=KNOWN_RATE, burst=KNOWN_BURST)
    here = pace.admits(_place(request, account), rate=ADDRESS_RATE, burst=ADDRESS_BURST)
    return here or pace.admits(f"login {account}", rate=ACCOUNT_RATE, burst=ACCOUNT_BURST)


def wait_forgotten(request: HttpRequest) -> float:
    """As `wait`, for asking for a link by mail, whichever name is said."""
    return pace.admits(f"forgotten {int(caller(request), 16) % _NAMES_NOBODY_HAS}", rate=_FORGOTTEN_RATE, burst=_FORGOTTEN_BURST)


def _place(request: HttpRequest, account: str) -> str:
    return f"login {account} at {int(caller(request), 16) % _ADDRESSES}"


def wait_passkey(request: HttpRequest) -> float:
    """As `wait`, for answers that were no passkey of anybody here: it spares the log. No right one waits, so that nobody is shut out."""
    return pace.admits(f"passkey {int(caller(request), 16) % _NAMES_NOBODY_HAS}", rate=_PASSKEY_RATE, burst=_PASSKEY_BURST)


def wait_provider(request: HttpRequest) -> float:
    """As `wait`, for beginning a login at the provider."""
    return pace.admits(_of_provider(request), rate=_PROVIDER_RATE, burst=_PROVIDER_BURST)


def _of_provider(request: HttpRequest) -> str:
    return f"provider {int(caller(request), 16) % _NAMES_NOBODY_HAS}"


def by_provider(request: HttpRequest) -> None:
    """Somebody of ours came from there, whether or not they are asked for more: what was begun at their address is forgotten."""
    pace.forget(_of_provider(request))


def is_first_return(state: str) -> bool:
    """Whether nobody came back yet with what this login was begun with: it is looked at once, whatever comes of it."""
    return not pace.admits(f"return {hashlib.sha256(state.encode()).hexdigest()}", rate=_RETURN_RATE, burst=1)


def wait_asked() -> float:
    """Seconds until the provider may be asked once more, 0 where it may now. Each question that was answered is `provider_answered`."""
    return pace.admits("provider asked", rate=_ASKED_RATE, burst=_ASKED_BURST)


def provider_answered() -> None:
    pace.give_back("provider asked")


def wait_within(request: HttpRequest) -> float:
    """As `wait`, where somebody logged in is asked for the password again: each login has tries of its own, as a known browser has. It is
    known by when it began, which a new key of the session keeps."""
    login = f"{request.user.pk} {request.session.get('began', 0)}"
    return pace.admits(f"login within {login}", rate=KNOWN_RATE, burst=KNOWN_BURST)


def account_key(username: str) -> str:
    """What the tries of this name are counted by: the id of the account, else one of a few keys that names nobody has share."""
    key = models.Person.objects.filter(username=username).values_list("pk", flat=True).first()
    if key is not None:
        return str(key)
    return f"nobody {int(hashlib.sha256(username.encode()).hexdigest(), 16) % _NAMES_NOBODY_HAS}"


def is_known(request: HttpRequest, username: str) -> bool:
    """Whether this browser has logged in as this account before."""
    return bool(_known(request, username))


def _known(request: HttpRequest, username: str) -> str:
    """The name of a browser that has logged in as this account, "" for any other. It opens nothing: it only grants tries."""
    try:
        kept = signing.loads(request.COOKIES.get(_cookie(username), ""), salt=_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return ""
    return str(kept["browser"]) if kept["account"] == username else ""


def know(answer: HttpResponse, username: str) -> None:
    """This browser knows the account from now on."""
    kept = signing.dumps({"account": username, "browser": secrets.token_hex(8)}, salt=_SALT)
    answer.set_cookie(_cookie(username), kept, max_age=KNOWN_FOR, secure=settings.SECURE, httponly=True, samesite="Lax")


def _cookie(username: str) -> str:
    """One for each account: several people may share a computer."""
    prefix = "__Host-" if settings.SECURE else ""  # as that of the session
    return f"{prefix}known-{salted_hmac(_SALT, username, algorithm='sha256').hexdigest()[:16]}"


# --- how long it lasts ------------------------------------------------------------------------------

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=8)
_NOTED_EVERY: Final = 60  # seconds: a session is written once a minute, not with each page
UNATTENDED: Final = "X-Unattended"  # header of what a page asks by itself: it keeps no session alive


def begin(sender: object, request: HttpRequest, user: models.Person, **_kept: object) -> None:
    """A login begins: Django's signal, so that no way of logging in is without. Whoever just logged in is proven for as long as a step-up
    lasts (access.fresh)."""
    began = timezone.now().timestamp()
    kept = {"began": began, "seen": began, "fresh": began, "logins": user.sessions, "browser": browsers.kind(request)}
    request.session.update(kept | {"enrol": factors.must_enrol(user)})


def lives(request: HttpRequest, person: models.Person, *, now: datetime) -> bool:
    """Whether this login still holds. Notes once a minute that it is used."""
    if not holds(request.session, person, now=now):
        return False
    moment = now.timestamp()
    if moment - request.session["seen"] >= _NOTED_EVERY and UNATTENDED not in request.headers:
        request.session["seen"] = moment
    return True


def holds(kept: Mapping[str, Any] | SessionBase, person: models.Person, *, now: datetime) -> bool:
    """Of what a session keeps: not idle, not too long, and nothing changed since in what the account is."""
    began, seen = (kept.get(name) for name in ("began", "seen"))
    moment = now.timestamp()
    if began is None or seen is None or kept.get("logins") != person.sessions:
        return False
    return bool(moment - seen < IDLE.total_seconds() and moment - began < LONGEST.total_seconds())


# --- what is kept of it -----------------------------------------------------------------------------


def was_right(request: HttpRequest, person: models.Person, *, steps: int) -> None:
    """The login is whole: so many steps of it that `wait` had counted were no guesses. Their shares of the account are given back, so that
    who logs in at twenty computers shuts nobody out."""
    if not is_known(request, person.username):
        for _step in range(steps):
            pace.give_back(f"login {account_key(person.username)}")


def logged_in(request: HttpRequest, person: models.Person, *, way: str, now: datetime) -> None:
    """`way`: what was shown last, as factors.WAYS has it. The tries of this address before it are forgotten."""
    pace.forget(_place(request, account_key(person.username)))
    with transaction.atomic():
        if not is_known(request, person.username):
            accounts.warn(person, "new_browser", now=now, note=browsers.kind(request) or "?")
        _keep("person.logged_in", request, person, by=person, now=now, way=way)


def logged_out(request: HttpRequest, person: models.Person, *, now: datetime) -> None:
    _keep("person.logged_out", request, person, by=person, now=now)


def failed(request: HttpRequest, username: str, *, now: datetime) -> None:
    """A name nobody has leaves no name: it may be a password in the wrong field. Its rows are few, whoever sends how many."""
    person = models.Person.objects.filter(username=username).first()
    if person is not None:
        _keep("person.login_failed", request, person, by=None, now=now)
        return
    log.warning("login failed: no such account", extra={"from": caller(request)})
    _note("login.unknown", request, now=now)


def wrong_factor(request: HttpRequest, person: models.Person, *, by: models.Person | None, now: datetime, password: bool = True) -> None:
    """`by` None: at the door, of whoever had the password, or the login of the provider. Of either its owner is told once a day."""
    kind = "password_known" if password else "login_known"
    if by is None and not pace.admits(f"{kind} {person.pk}", rate=_TOLD_RATE, burst=_TOLD_BURST):
        with transaction.atomic():
            accounts.warn(person, kind, now=now)
    _keep("person.factor_failed", request, person, by=by, now=now)


def not_linked(request: HttpRequest, *, now: datetime) -> None:
    """Somebody logged in at the provider whom no account here belongs to. Who they are is not kept; its rows are few."""
    log.warning("login failed: the provider's login opens no account", extra={"from": caller(request)})
    _note("login.not_linked", request, now=now)


def _note(verb: str, request: HttpRequest, *, now: datetime) -> None:
    if not pace.admits(f"{verb} noted", rate=_UNKNOWN_RATE, burst=_UNKNOWN_BURST):
        with transaction.atomic():
            audit.write(verb, by=None, now=now, target=("login", ""), after={"from": caller(request)[:12]})


def not_by_provider(request: HttpRequest, words: str) -> None:
    """Nobody came back from the provider, or nobody who can be believed."""
    log.warning("login failed: through the provider", extra={"from": caller(request), "words": words})


def wrong_passkey(request: HttpRequest) -> None:
    log.warning("login failed: no such passkey", extra={"from": caller(request)})


def confirmed(request: HttpRequest, person: models.Person, *, way: str, now: datetime) -> None:
    """Somebody who was in showed once more that it is them."""
    _keep("person.confirmed", request, person, by=person, now=now, way=way)


def wrong_old_password(request: HttpRequest, person: models.Person, *, now: datetime) -> None:
    """A wrong old password, from whoever sits at this person's login."""
    _keep("person.old_password_wrong", request, person, by=person, now=now)


def refused(request: HttpRequest, username: str, seconds: float, *, now: datetime) -> None:
    """A try too soon is a line, and a row of the log once an hour for each account: a flood of rows would stop everybody's work."""
    account = account_key(username)
    log.warning("login refused: too many tries", extra={"account": account, "from": caller(request), "seconds": round(seconds)})
    person = models.Person.objects.filter(username=username).first()
    if person is not None and not pace.admits(f"login {account} held noted", rate=_HELD_RATE, burst=_HELD_BURST):
        with transaction.atomic():
            if not pace.admits(f"login {account} held told", rate=_TOLD_RATE, burst=_TOLD_BURST):
                accounts.warn(person, "login_held", now=now)
            audit.write("person.login_held", by=None, now=now, target=person, after={"from": caller(request)[:12]})


def _keep(verb: str, request: HttpRequest, person: models.Person, *, by: models.Person | None, now: datetime, way: str = "") -> None:
    after = {"from": caller(request)[:12]} | ({"proof": way} if way else {})
    with transaction.atomic():
        audit.write(verb, by=by, now=now, target=person, after=after)
    log.log(logging.WARNING if by is None else logging.INFO, verb, extra={"account": person.pk, "from": caller(request)})
