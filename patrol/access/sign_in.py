"""Logging in: who may try once more, and what is kept of a login, a failure and a log-out (ADR 37).

Failures are counted by account and address together (django-axes). Whoever guesses from many addresses meets a second, slower limit of
the account. Neither keeps the owner out: a browser that has logged in as this account before has tries of its own. The page that asks
for the old password counts too: an open login is no way to guess it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import secrets
from datetime import datetime, timedelta
from typing import Final

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from patrol import models
from patrol.access import audit
from patrol.infra import pace

log = logging.getLogger(__name__)

# Tries a second and at once. The numbers of the first limit, by account and address, are django-axes' (settings.py).
ACCOUNT_RATE, ACCOUNT_BURST = 1 / 60, 20.0  # of one account, from all browsers that are new to it: 1,460 guesses a day
KNOWN_RATE, KNOWN_BURST = 1 / 30, 10.0  # of one account from one browser that knows it
KNOWN_FOR: Final = timedelta(days=180)  # a browser that was not used for so long is new again
# Rows of the log about tries that could be a flood: they are written one after another, and must not stop everybody's work.
_UNKNOWN_RATE, _UNKNOWN_BURST = 1 / 600, 5.0  # of all names nobody has together
_HELD_RATE, _HELD_BURST = 1 / 3600, 1.0  # of one account that is tried too often
_NAMES_NOBODY_HAS: Final = 1024  # buckets that names without an account share, so that guessed names fill no table
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
    """Seconds until this browser may try this account again, 0 where it may now. Asked before a password is looked at."""
    account = _account(username)
    if known := _known(request, username):
        return pace.admits(f"login {account} {known}", rate=KNOWN_RATE, burst=KNOWN_BURST)
    if not AxesProxyHandler.is_allowed(request, {"username": username}):
        return settings.AXES_COOLOFF_TIME.total_seconds()
    return pace.admits(f"login {account}", rate=ACCOUNT_RATE, burst=ACCOUNT_BURST)


def wait_within(request: HttpRequest) -> float:
    """As `wait`, where somebody logged in is asked for the password again: each login has tries of its own, as a known browser has."""
    login = hashlib.sha256(str(request.session.session_key).encode()).hexdigest()[:32]
    return pace.admits(f"login within {login}", rate=KNOWN_RATE, burst=KNOWN_BURST)


def _account(username: str) -> str:
    key = models.Person.objects.filter(username=username).values_list("pk", flat=True).first()
    if key is not None:
        return str(key)
    return f"nobody {int(hashlib.sha256(username.encode()).hexdigest(), 16) % _NAMES_NOBODY_HAS}"


def is_known(request: HttpRequest, credentials: dict[str, str] | None = None) -> bool:
    """Asked by django-axes, which then counts no failure: such a browser has a limit of its own."""
    return bool(_known(request, (credentials or {}).get("username") or ""))


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
    return f"known-{salted_hmac(_SALT, username, algorithm='sha256').hexdigest()[:16]}"


# --- how long it lasts ------------------------------------------------------------------------------

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=8)
_NOTED_EVERY: Final = 60  # seconds: a session is written once a minute, not with each page
UNATTENDED: Final = "X-Unattended"  # header of what a page asks by itself: it keeps no session alive


def begin(sender: object, request: HttpRequest, user: models.Person, **_kept: object) -> None:
    """A login begins: Django's signal, so that no way of logging in is without."""
    began = timezone.now().timestamp()
    request.session.update({"began": began, "seen": began, "logins": user.sessions})


def lives(request: HttpRequest, person: models.Person, *, now: datetime) -> bool:
    """Whether this login still holds: not idle, not too long, and nothing changed since in what the account is."""
    began, seen = (request.session.get(name) for name in ("began", "seen"))
    moment = now.timestamp()
    if began is None or seen is None or request.session.get("logins") != person.sessions:
        return False
    if moment - seen >= IDLE.total_seconds() or moment - began >= LONGEST.total_seconds():
        return False
    if moment - seen >= _NOTED_EVERY and UNATTENDED not in request.headers:
        request.session["seen"] = moment
    return True


# --- what is kept of it -----------------------------------------------------------------------------


def logged_in(request: HttpRequest, person: models.Person, *, now: datetime) -> None:
    _keep("person.logged_in", request, person, by=person, now=now)


def logged_out(request: HttpRequest, person: models.Person, *, now: datetime) -> None:
    _keep("person.logged_out", request, person, by=person, now=now)


def failed(request: HttpRequest, username: str, *, now: datetime) -> None:
    """A name nobody has leaves no name: it may be a password in the wrong field. Its rows are few, whoever sends how many."""
    person = models.Person.objects.filter(username=username).first()
    if person is not None:
        _keep("person.login_failed", request, person, by=None, now=now)
        return
    log.warning("login failed: no such account", extra={"from": caller(request)})
    if not pace.admits("login of nobody noted", rate=_UNKNOWN_RATE, burst=_UNKNOWN_BURST):
        with transaction.atomic():
            audit.write("login.unknown", by=None, now=now, target=("login", ""), after={"from": caller(request)[:12]})


def wrong_old_password(request: HttpRequest, person: models.Person, *, now: datetime) -> None:
    """A wrong old password, from whoever sits at this person's login."""
    _keep("person.old_password_wrong", request, person, by=person, now=now)


def refused(request: HttpRequest, username: str, seconds: float, *, now: datetime) -> None:
    """A try too soon is a line, and a row of the log once an hour for each account: a flood of rows would stop everybody's work."""
    account = _account(username)
    log.warning("login refused: too many tries", extra={"account": account, "from": caller(request), "seconds": round(seconds)})
    person = models.Person.objects.filter(username=username).first()
    if person is not None and not pace.admits(f"login {account} held noted", rate=_HELD_RATE, burst=_HELD_BURST):
        with transaction.atomic():
            audit.write("person.login_held", by=None, now=now, target=person, after={"from": caller(request)[:12]})


def _keep(verb: str, request: HttpRequest, person: models.Person, *, by: models.Person | None, now: datetime) -> None:
    with transaction.atomic():
        audit.write(verb, by=by, now=now, target=person, after={"from": caller(request)[:12]})
    log.log(logging.WARNING if by is None else logging.INFO, verb, extra={"account": person.pk, "from": caller(request)})
