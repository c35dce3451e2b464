"""The one settings file. Everything comes from the environment, else from VAR_DIR/run.env, else the start stops with one sentence.

Settings read; they start nothing and create nothing.
"""

import ipaddress
import json
import os
import re
import secrets
import ssl
import sys
from datetime import date, time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def _run_env() -> dict[str, str]:
    """What `make run` left for other terminals: KEY=VALUE lines, {} where it never ran."""
    try:
        text = (VAR_DIR / "run.env").read_text()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _sign, value in pairs}


_left_by_run = _run_env()


# These commands answer without database and broker (docs/offices/commands.md): where nothing is set, they get values that lead
# nowhere. `assess` then says `cannot_check` unless it was handed a register. No other command gets them.
_NEEDS_NOTHING = bool({"assess", "evaluate", "calibrate", "rules"}.intersection(sys.argv[1:2]))
_NOWHERE = {
    "SECRET_KEY": secrets.token_urlsafe(60) if _NEEDS_NOTHING else "",
    "DATABASE_URL": "postgresql:///nothing?host=/nonexistent",
    "BROKER_URL": "redis+socket:///nonexistent?virtual_host=0",
    "CONTACT": "https://sipatrol.example",
}


def env(name: str, default: str | None = None, hint: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names. Raises ImproperlyConfigured where both miss."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError:
            raise ImproperlyConfigured(f"{name}_FILE names {file}, which is not text.") from None
    value = os.environ.get(name) or _left_by_run.get(name)
    if value:
        return value
    if default is None and _NEEDS_NOTHING and name in _NOWHERE:
        return _NOWHERE[name]
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. {hint}".strip())
    return default


def env_bool(name: str, *, default: bool) -> bool:
    """1 or 0, true or false; anything else stops the start: a typing error must not switch protection off."""
    value = env(name, "1" if default else "0").lower()
    if value not in {"1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in {"1", "true"}


def env_int(name: str, default: int) -> int:
    value = env(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_json(name: str, default: str) -> dict[str, str]:
    try:
        value = json.loads(env(name, default))
    except json.JSONDecodeError as error:
        raise ImproperlyConfigured(f"{name} must be a JSON object: {error}.") from error
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f"{name} must be a JSON object.")
    return value


def in_own_network(address: str) -> bool:
    """Whether this is one address of a private network: not this machine's, nor one that only the wire beside it knows."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
    return "%" not in address and any(found in ipaddress.ip_network(one) for one in networks)


def database(url: str, name: str, engine: str = "django.db.backends.postgresql") -> dict[str, object]:
    """postgresql://user:password@host:port/name?host=/socket/folder -> an entry of DATABASES."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{name} must start with postgresql://; other databases are not supported.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    try:
        port = str(parts.port or query.pop("port", ""))
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is no number.") from None
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no database: postgresql://user:password@host:port/NAME.")
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": query,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 600,  # a new connection's first queries take several times as long: it knows no table yet and has planned nothing
        "ATOMIC_REQUESTS": False,
    }


def mail(url: str) -> dict[str, Any] | None:
    """smtp+tls://user:password@host:port (STARTTLS), smtps:// (TLS from the start), smtp:// to this machine alone. "" is none."""
    if not url:
        return None
    parts = urlsplit(url)
    known = {"smtp+tls": ("starttls", 587), "smtps": ("tls", 465), "smtp": ("none", 25)}
    try:
        security, port = known[parts.scheme][0], parts.port or known[parts.scheme][1]
    except (KeyError, ValueError):
        raise ImproperlyConfigured("MAIL_URL is written smtp+tls://USER:PASSWORD@HOST:PORT, or smtps://.") from None
    host = parts.hostname or ""
    if not host or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured("MAIL_URL names a host and nothing behind it: smtp+tls://USER:PASSWORD@HOST:PORT.")
    if security == "none" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("MAIL_URL needs smtp+tls:// or smtps://: without TLS packets are sent to this machine alone.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return {"host": host, "port": port, "security": security, "user": user, "password": password}


_setup_hint = "`make run` starts everything for a first look; docs/offices/install.md says what an office sets."

EXAMPLE = env_bool("EXAMPLE", default=False)
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", hint=_setup_hint)
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure-") or len(set(SECRET_KEY)) < 8:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS", "")

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", "")

# Two roles from the first day: `default` runs the product and may only add to append-only tables, `owner` migrates.
DATABASES = {"default": database(env("DATABASE_URL", hint=_setup_hint), "DATABASE_URL", engine="patrol.infra.postgresql")}
if env("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = database(env("DATABASE_OWNER_URL"), "DATABASE_OWNER_URL")
DATABASE_ERASER_ROLE = env("DATABASE_ERASER_ROLE", "sipatrol_eraser")
DATABASE_KEYHOLDER_ROLE = env("DATABASE_KEYHOLDER_ROLE", "sipatrol_keyholder")

BROKER_URL = env("BROKER_URL", hint=_setup_hint)
if urlsplit(BROKER_URL).scheme not in {"redis", "rediss", "redis+socket"}:
    raise ImproperlyConfigured("BROKER_URL must start with redis://, rediss:// or redis+socket://.")
EVIDENCE_DIR = Path(env("EVIDENCE_DIR", str(VAR_DIR / "evidence")))

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the plain one: the default replaces the site that WorkbenchConfig names
    "patrol.apps.WorkbenchConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",  # of it nothing but what the next one asks for; its tables stay empty
    "allauth.mfa",
    "patrol.apps.PatrolConfig",
    "reports.apps.ReportsConfig",
]

MIDDLEWARE = [
    "patrol.frame.every_page.NobodyMiddleware",  # the first: for whom statements run begins and ends with the request
    "patrol.frame.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "patrol.public.door.DoorMiddleware",  # what it answers goes no further: no session, no account, no cookie
    "patrol.api.door.DoorMiddleware",  # nor does what this one answers
    "patrol.frame.every_page.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "patrol.frame.every_page.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # the request, where allauth looks for it
    "patrol.frame.every_page.SessionLimitMiddleware",
    "patrol.frame.every_page.WallMiddleware",
    "patrol.admin.shared.confirming.EnrolMiddleware",
    "patrol.admin.shared.confirming.ConfirmMiddleware",
    "patrol.frame.every_page.OfficeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "patrol.access.consulting.Consulted",  # the last: what it refuses is an answer like any other
]

# What the answer of an address shows of people, for the reading log, named so that patrol.access does not import the doors.
CONSULTED_AT = "patrol.admin.consulted_at.shown"

# The calls of /api/v1/ (patrol.api.urls), in the order of their description.
API_ROUTERS = [
    "patrol.api.tokens.router",
    "patrol.api.checks.router",
    "patrol.api.flags.router",
    "patrol.api.cases.router",
    "reports.calls.router",
    "patrol.api.changes.router",
    "patrol.api.reports.router",
    "patrol.api.captures.router",
]

ROOT_URLCONF = "patrol.urls"
WSGI_APPLICATION = "patrol.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "patrol.frame.every_page.context",
            ],
            "builtins": [f"patrol.templatetags.{name}" for name in ("masked", "token_once", "url_once")],
            "libraries": {"i18n": "patrol.templatetags.i18n_once"},
        },
    }
]

AUTH_USER_MODEL = "patrol.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "patrol.access.passwords.ContextWords"},
]
BREACHED_PASSWORDS = env("BREACHED_PASSWORDS", "")  # a file of their SHA-1 hashes, sorted (patrol/access/passwords.py)
if BREACHED_PASSWORDS and not Path(BREACHED_PASSWORDS).is_file():
    raise ImproperlyConfigured(f"BREACHED_PASSWORDS names {BREACHED_PASSWORDS}, which is no file.")
if BREACHED_PASSWORDS:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "patrol.access.passwords.Breached"})
AUTHENTICATION_BACKENDS = ["patrol.access.backend.PersonBackend"]
LOGIN_URL = "admin:login"
# Who must have a second factor: everybody of the directorate, everybody, or nobody (an example run alone).
SECOND_FACTOR = env("SECOND_FACTOR", "directorate")
if SECOND_FACTOR not in {"directorate", "everybody", "offered"}:
    raise ImproperlyConfigured(f"SECOND_FACTOR must be directorate or everybody, not {SECOND_FACTOR!r}.")
if SECOND_FACTOR == "offered" and not EXAMPLE:
    raise ImproperlyConfigured("SECOND_FACTOR=offered is for the example run only: set directorate or everybody.")
# How long a proof holds before what shows or ends much asks once more (patrol/access/fresh.py).
STEP_UP_SECONDS = env_int("STEP_UP_SECONDS", 300)
if not (EXAMPLE or 60 <= STEP_UP_SECONDS <= 900):
    raise ImproperlyConfigured("STEP_UP_SECONDS is from 60 to 900.")
# A ministry's own provider of logins (OpenID Connect): a second way to the accounts there are. Unset: none is offered.
OIDC_ISSUER = env("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET", "")
OIDC_ADDRESS = env("OIDC_ADDRESS", "")  # where it lies in the ministry's own network, the one such address that is asked; unset: outside
OIDC_NAME = env("OIDC_NAME", "")  # as people know it, on the button
# Words of the provider (acr) that mean that it asked for a second factor; it is asked for them. Unset: ours is asked for.
OIDC_SECOND_FACTOR = env_list("OIDC_SECOND_FACTOR", "")
if len({bool(value) for value in (OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)}) > 1:
    raise ImproperlyConfigured("OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME are set together or not at all.")
_ISSUER = rf"http{'s?' if EXAMPLE else 's'}://[a-z0-9.-]+{'(:[1-9][0-9]{1,4})?' if OIDC_ADDRESS else ''}(/[!-\"$->@-~]*)?"
if OIDC_ISSUER and not re.fullmatch(_ISSUER, OIDC_ISSUER):
    raise ImproperlyConfigured(
        "OIDC_ISSUER is the provider's own https:// address, without ? or #, and with a port only beside OIDC_ADDRESS:"
        " https://HOST/realms/NAME."
    )
if len(OIDC_ISSUER) > 300:
    raise ImproperlyConfigured("OIDC_ISSUER has 300 characters at most.")
if OIDC_ADDRESS and not (OIDC_ISSUER and in_own_network(OIDC_ADDRESS)):
    raise ImproperlyConfigured("OIDC_ADDRESS is the one address of the provider in a private network, as 10.20.0.7, beside OIDC_ISSUER.")
if {"0", "1"} & set(OIDC_SECOND_FACTOR):
    raise ImproperlyConfigured("OIDC_SECOND_FACTOR names no 0 or 1: providers say them of a password alone.")
if len(OIDC_NAME) > 40 or not OIDC_NAME.isprintable():
    raise ImproperlyConfigured("OIDC_NAME is what stands on a button: 40 characters at most.")
# allauth: its second factors alone. Nobody signs up, and no mail of its own leaves.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "patrol.access.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # i18n is ours in the place of Django's (i18n_once)
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# Indonesian first: the browser's wish counts only once a person chose a language (cookie).
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_ROOT", str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = EXAMPLE or DEBUG
if EXAMPLE or DEBUG:
    # A first run has no collected files: served from the folders themselves.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the browser's side of safety: public pages strict, the workbench loosens what its styles need. ---
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)
# Whose X-Forwarded-For is believed, of what it says the last part. By default: this machine and private networks.
try:
    TRUSTED_PROXIES = [
        ipaddress.ip_network(part)
        for part in env_list("TRUSTED_PROXIES", "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7")
    ]
except ValueError as _error:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES must be networks with commas between: {_error}.") from None
SECURE = env_bool("HTTPS", default=not (EXAMPLE or DEBUG))
PUBLIC_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
    "report-uri": ["/csp/"],  # patrol.infra.violations; browsers that know report-to look at that alone
    "report-to": ["csp"],
}
# Pages without login load a style sheet and pictures of ours, and run no script at all.
DESK_CSP: dict[str, list[str]] = {**PUBLIC_CSP, "script-src": [CSP.NONE], "font-src": [CSP.NONE], "connect-src": [CSP.NONE]}
# Nothing inline but the style sheet of a summary or a letter, by the number of its page (nonce). django-unfold's scripts, which need
# eval, and its templates with inline styles are not used.
STAFF_CSP: dict[str, list[str]] = {**PUBLIC_CSP, "style-src": [CSP.SELF, CSP.NONCE], "img-src": [CSP.SELF, "data:"]}
SECURE_CSP = PUBLIC_CSP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # the workbench's scripts send it back
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE else "django_language"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "patrol.access.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # the limits themselves stand in patrol/access/sign_in.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- collection ---
STAND_INS = env_json("STAND_INS", "{}")
if STAND_INS and not EXAMPLE:
    raise ImproperlyConfigured("STAND_INS is for the example run only: set EXAMPLE=1 or remove it.")
CONTACT = env(
    "CONTACT",
    "https://sipatrol.example/kontak" if EXAMPLE else None,
    hint="Set it to the address of a page that tells platforms who visits them.",
)
if not re.fullmatch(r"[!-~]*", CONTACT):
    raise ImproperlyConfigured(
        "CONTACT goes out with every request: write the address in ASCII, without spaces (an international name as xn--...)."
    )
USER_AGENT = f"SIPatrol/0.1 (+{CONTACT})"
# An office's own way out: the proxy that requests leave by, and the certificates (PEM) of the authority that signs for it. The variables
# of the system (HTTPS_PROXY, SSL_CERT_FILE) are not looked at.
OUTGOING_PROXY = env("OUTGOING_PROXY", "")
if OUTGOING_PROXY and not re.fullmatch(r"http://([^@/\s]+@)?[^@/:\s]+:[0-9]{1,5}/?", OUTGOING_PROXY):
    raise ImproperlyConfigured("OUTGOING_PROXY is written http://HOST:PORT or http://USER:PASSWORD@HOST:PORT.")
OUTGOING_CA = env("OUTGOING_CA", "")
if OUTGOING_CA:
    try:
        ssl.create_default_context(cadata=OUTGOING_CA)
    except ssl.SSLError:
        raise ImproperlyConfigured("OUTGOING_CA holds no certificates; it is their text (PEM), OUTGOING_CA_FILE names a file.") from None
# The server that carries approved referrals, and from whom they come. Unset: nothing is sent by mail, and pages say so.
MAIL = mail(env("MAIL_URL", ""))
MAIL_FROM = env("MAIL_FROM", "")
if bool(MAIL) != bool(MAIL_FROM):
    raise ImproperlyConfigured("MAIL_URL and MAIL_FROM are set together or not at all.")
if MAIL_FROM and not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z]{2,63}", MAIL_FROM):
    raise ImproperlyConfigured("MAIL_FROM is one mail address in ASCII.")
MAIL_SECONDS = env_int("MAIL_SECONDS", 30)  # for each step of handing a mail over
# Where people open the workbench, for links in mails: https://sipatrol.example. Unset: mails to staff carry no link.
SITE_URL = env("SITE_URL", f"http://127.0.0.1:{env('PORT', '8000')}" if EXAMPLE else "").rstrip("/")
if SITE_URL and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", SITE_URL):
    raise ImproperlyConfigured("SITE_URL is the address of the workbench without anything behind the host: https://HOST.")
# --- the public desk: pages without login (docs/offices/public-desk.md) ---
# 0: off. 1: beside the workbench. alone: nothing but the desk here, for a host of its own.
PUBLIC_DESK = env("PUBLIC_DESK", "0")
if PUBLIC_DESK not in {"0", "1", "alone"}:
    raise ImproperlyConfigured(f"PUBLIC_DESK must be 0, 1 or alone, not {PUBLIC_DESK!r}.")
# The name of the desk where it has one of its own: that one is the desk alone, and every other the workbench alone.
PUBLIC_HOST = env("PUBLIC_HOST", "").lower()
if PUBLIC_HOST and not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", PUBLIC_HOST):
    raise ImproperlyConfigured("PUBLIC_HOST is a name alone, without https:// and without a port: cek.kantor.example.")
if PUBLIC_HOST and PUBLIC_DESK == "1" and urlsplit(SITE_URL).hostname == PUBLIC_HOST:
    raise ImproperlyConfigured("PUBLIC_HOST is the name of the workbench in SITE_URL: nobody could open the workbench. Set another one.")
if PUBLIC_DESK == "0":  # a desk that is off has no name: one kept in .env leads to nothing, and nothing is printed with it
    PUBLIC_HOST = ""
ALLOWED_HOSTS += [PUBLIC_HOST] if PUBLIC_HOST and PUBLIC_HOST not in ALLOWED_HOSTS else []
# The desk's address for posters and cards: https://cek.contoh.example. Unset: the name of its own, else that of the workbench.
PUBLIC_URL = env("PUBLIC_URL", f"https://{PUBLIC_HOST}" if PUBLIC_HOST else SITE_URL).rstrip("/")
if PUBLIC_URL and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", PUBLIC_URL):
    raise ImproperlyConfigured("PUBLIC_URL is the address of the public desk without anything behind the host: https://HOST.")
# What every public page tells: a number that somebody in danger calls. An office sets its own.
PUBLIC_HOTLINE = env(
    "PUBLIC_HOTLINE", "0800-0000-000" if EXAMPLE or PUBLIC_DESK == "0" else None, hint="The number that public pages tell."
)
PUBLIC_HOTLINE_NOTE = env("PUBLIC_HOTLINE_NOTE", "Gratis, 24 jam." if EXAMPLE else "")
PUBLIC_HOTLINE_NOTE_EN = env("PUBLIC_HOTLINE_NOTE_EN", "Free, 24 hours." if EXAMPLE else "")
PUBLIC_WHATSAPP = env("PUBLIC_WHATSAPP", "+62 800-0000-000" if EXAMPLE else "")  # a number; unset: none is told
if not re.fullmatch(r"\+?[0-9 ()-]{3,20}", PUBLIC_HOTLINE) or not re.fullmatch(r"(\+[0-9 ()-]{6,20})?", PUBLIC_WHATSAPP):
    raise ImproperlyConfigured("PUBLIC_HOTLINE is a telephone number, PUBLIC_WHATSAPP one that begins with + and the country's code.")
# Where "Leave quickly" leads: a page that says nothing of why somebody was here.
PUBLIC_LEAVE = env("PUBLIC_LEAVE", "https://www.bmkg.go.id/")
if not re.fullmatch(r"https://[A-Za-z0-9.-]+(/[!-~]*)?", PUBLIC_LEAVE):
    raise ImproperlyConfigured("PUBLIC_LEAVE is a whole address that begins with https://.")
# What the page says after a report: read within so many working days, news within so many days.
TIP_READ_DAYS = env_int("TIP_READ_DAYS", 1)
TIP_NEWS_DAYS = env_int("TIP_NEWS_DAYS", 10)
if not 1 <= TIP_READ_DAYS <= TIP_NEWS_DAYS <= 90:
    raise ImproperlyConfigured("TIP_READ_DAYS is a day or more, and no more than TIP_NEWS_DAYS, which are 90 at most.")
# /.well-known/security.txt: where somebody tells of a hole they found, and the last day on which the office says that it answers there.
SECURITY_CONTACT = env("SECURITY_CONTACT", "")
if not re.fullmatch(r"(mailto:[!-~]+@[!-~]+|https://[!-~]+)?", SECURITY_CONTACT):
    raise ImproperlyConfigured("SECURITY_CONTACT begins with mailto: or https://, in ASCII and without spaces.")
try:
    SECURITY_UNTIL = (
        date.fromisoformat(env("SECURITY_UNTIL", hint="The last day on which SECURITY_CONTACT is answered.")) if SECURITY_CONTACT else None
    )
except ValueError:
    raise ImproperlyConfigured("SECURITY_UNTIL is a day, as 2027-06-30.") from None
PUBLIC_OFFICE = env("PUBLIC_OFFICE", "")  # whose pages these are, as they are to read at their foot
PUBLIC_LOGO = env("PUBLIC_LOGO", "")  # a PNG file of at most 50 KB; unset: no logo
if PUBLIC_LOGO and not (Path(PUBLIC_LOGO).is_file() and Path(PUBLIC_LOGO).stat().st_size <= 50_000):
    raise ImproperlyConfigured(f"PUBLIC_LOGO names {PUBLIC_LOGO}, which is no file of at most 50 KB.")

# Kind of mail to a member of staff -> who writes it (patrol/outgoing/mailing.py), by dotted string: no floor imports a higher one.
LETTERS = {
    "account": "patrol.telling.account.letter",
    "address": "patrol.outgoing.addresses.letter",
    "address_leaves": "patrol.outgoing.addresses.leaving",
    "notices": "patrol.telling.bundling.letter",
    "password_link": "patrol.outgoing.resets.letter",
    "paired": "patrol.telling.pairing.letter",
    "summary_draft": "reports.mailed.draft",
    "summary_edition": "reports.mailed.edition",
}
WAYS = {"mail": "patrol.outgoing.mailing", "telegram": "patrol.telling.bots"}
# What the sweep does beside the steps of its own (patrol/tasks.py), from floors above it; each takes `now` and says how much it did.
SWEEP_STEPS = {
    "mondays": "reports.mondays.remind",
    "ends": "reports.ends.keep",
    "tips": "patrol.intake.tips.ending.run_out",
    "unusual reading": "patrol.privacy.unusual.look",
}
# Chromium for page archives; unset: found by its usual names. Without one, pages are not archived and `manage.py check` says so.
BROWSER_PATH = env("BROWSER_PATH", "")
# Seal the credentials of platforms: the first seals, all open. A new key goes in front, `manage.py reseal_credentials` moves what is
# kept under it, then the old one may go. Unset: credentials cannot be kept, everything else runs.
CREDENTIAL_KEYS = env_list("CREDENTIAL_KEYS", "")
for _key in CREDENTIAL_KEYS:
    try:
        Fernet(_key)
    except ValueError:
        raise ImproperlyConfigured(
            "CREDENTIAL_KEYS must be Fernet keys with commas between: 32 random bytes each, in URL-safe base64."
        ) from None
if len(set(CREDENTIAL_KEYS)) < len(CREDENTIAL_KEYS):
    raise ImproperlyConfigured("CREDENTIAL_KEYS names a key twice.")
# Public keys of age that backups are encrypted to; who keeps the private ones keeps them apart from this machine.
BACKUP_KEYS = env_list("BACKUP_KEY", "")
# Manifests that stand outside of the database (patrol/evidence/anchors): the file of the private key that signs them, and the folder they
# are written to. Without the key nothing is sealed, and /health/ says so.
ANCHOR_KEY = env("ANCHOR_KEY", str(VAR_DIR / "anchor-key"))
ANCHOR_DIR = env("ANCHOR_DIR", str(VAR_DIR / "anchors"))
# The file of the private key (P-384) that signs archives of pages (docs/adr/0075). Without it they are kept unsigned.
ARCHIVE_KEY = env("ARCHIVE_KEY", str(VAR_DIR / "archive-key"))
ANCHOR_MAIL = env("ANCHOR_MAIL", "")  # where they are mailed as well, each hour in which one was made
if ANCHOR_MAIL and not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z]{2,63}", ANCHOR_MAIL):
    raise ImproperlyConfigured("ANCHOR_MAIL is one mail address in ASCII.")
if ANCHOR_MAIL and not MAIL:
    raise ImproperlyConfigured("ANCHOR_MAIL needs MAIL_URL and MAIL_FROM: nothing else carries mail.")
# Time-stamp authorities (RFC 3161), with commas between, and the certificates they are believed by. Unset: none is asked.
TIMESTAMP_URL = env("TIMESTAMP_URL", "")
TIMESTAMP_CA = env("TIMESTAMP_CA", "")
# Where each lies in the ministry's own network, in the same order, `-` for one outside; unset: all outside.
TIMESTAMP_ADDRESS = env("TIMESTAMP_ADDRESS", "")
_urls = [one.strip() for one in TIMESTAMP_URL.split(",") if one.strip()]
_addresses = [one.strip() for one in TIMESTAMP_ADDRESS.split(",")] if TIMESTAMP_ADDRESS else []
if len({urlsplit(one).hostname for one in _urls}) < len(_urls):
    raise ImproperlyConfigured("TIMESTAMP_URL names one host twice.")
if len(_urls) > 4:
    raise ImproperlyConfigured("TIMESTAMP_URL names four authorities at most.")
for _at, _url in enumerate(_urls):
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[1-9][0-9]{1,4})?(/[!-~]*)?", _url):
        raise ImproperlyConfigured("TIMESTAMP_URL is the whole address of the authority: https://HOST/PATH.")
    if urlsplit(_url).port not in {None, 80, 443} and (not _addresses[_at:] or _addresses[_at] == "-"):
        raise ImproperlyConfigured("TIMESTAMP_URL has another port than 80 and 443 only beside TIMESTAMP_ADDRESS.")
if _addresses and not (len(_addresses) == len(_urls) and all(one == "-" or in_own_network(one) for one in _addresses)):
    raise ImproperlyConfigured(
        "TIMESTAMP_ADDRESS is the one address of the authority in a private network, as 10.20.0.8, beside TIMESTAMP_URL; one for each"
        " where several are asked, in their order, - for one outside."
    )
if TIMESTAMP_URL and not TIMESTAMP_CA:
    raise ImproperlyConfigured("TIMESTAMP_URL needs TIMESTAMP_CA, the certificates (PEM) of the authority; TIMESTAMP_CA_FILE names a file.")
if TIMESTAMP_CA:
    try:
        ssl.create_default_context(cadata=TIMESTAMP_CA)
    except ssl.SSLError:
        raise ImproperlyConfigured("TIMESTAMP_CA holds no certificates; it is their text (PEM), TIMESTAMP_CA_FILE names a file.") from None
    # openssl believes a TRUSTED CERTIFICATE too, which no list of fingerprints shows; the text goes into packages, so no key may be in it.
    if TIMESTAMP_CA.count("-----BEGIN") != TIMESTAMP_CA.count("-----BEGIN CERTIFICATE-----"):
        raise ImproperlyConfigured("TIMESTAMP_CA holds another block than BEGIN CERTIFICATE: leave the certificates alone in it.")
# Reports of the public. Their numbers are kept as hashes under this key: another key, and no number given out so far opens anything.
RECEIPT_KEY = env("RECEIPT_KEY", "")
if RECEIPT_KEY and len(RECEIPT_KEY) < 32:
    raise ImproperlyConfigured("RECEIPT_KEY must have 32 random characters or more.")
# Seals how to reach whoever reported (`manage.py keyholder --new-key` makes a pair); the private half belongs to that process alone.
# Unset: reports are taken without a way to reach anybody.
IDENTITY_KEY = env("IDENTITY_KEY", "")
if IDENTITY_KEY and not re.fullmatch(r"[0-9a-f]{64}", IDENTITY_KEY):
    raise ImproperlyConfigured("IDENTITY_KEY is the public key that `manage.py keyholder --new-key` printed: 64 hexadecimal digits.")
# So long after a report and the case it is in are closed, its messages, its way in and how to reach whoever reported are destroyed.
TIP_DAYS = env_int("TIP_DAYS", 90)
if not 1 <= TIP_DAYS <= 3650:
    raise ImproperlyConfigured("TIP_DAYS is a number of days from 1 to 3650.")
REGISTER_STALE_DAYS = env_int("REGISTER_STALE_DAYS", 14)
# Short links in posts are opened to see where they lead; so many a day at most, 0: none. Whoever made one sees that somebody looked.
SHORT_LINKS_A_DAY = env_int("SHORT_LINKS_A_DAY", 500)
if SHORT_LINKS_A_DAY < 0:
    raise ImproperlyConfigured("SHORT_LINKS_A_DAY is 0 or a number of links.")
# When an office works, on its own wall clock, from Monday to Friday: the clocks of cases count by it.
try:
    WORKDAY = tuple(time.fromisoformat(clock.strip().replace(".", ":")) for clock in env("WORKDAY", "08.00-16.00").split("-"))
    _opens, _closes = WORKDAY
except ValueError:
    raise ImproperlyConfigured("WORKDAY must be two times of day, as 08.00-16.00.") from None
if not _opens < _closes or _opens.tzinfo or _closes.tzinfo:
    raise ImproperlyConfigured("WORKDAY must end later than it begins, as 08.00-16.00.")
# Within how many hours a flag is to be decided, by its level: what waits longer is told as over its limit.
DECIDE_HOURS = {"high": env_int("DECIDE_HOURS_HIGH", 12), "medium": env_int("DECIDE_HOURS_MEDIUM", 48)}
if not 1 <= DECIDE_HOURS["high"] <= DECIDE_HOURS["medium"]:
    raise ImproperlyConfigured("DECIDE_HOURS_HIGH is an hour or more, and no more than DECIDE_HOURS_MEDIUM.")
WATCH_EVERY_SECONDS = env_int("WATCH_EVERY_SECONDS", 60 if EXAMPLE else 15 * 60)
SWEEP_SECONDS = env_int("SWEEP_SECONDS", 5 if EXAMPLE else 30)
UNDO_SECONDS = 10
LEASE_SECONDS = 300
READ_BATCH = env_int("READ_BATCH", 500)
# What a killed run held is free again after so long. A run renews its lease with each page; a batch of readings has one lease.
FETCH_LEASE_SECONDS = env_int("FETCH_LEASE_SECONDS", 300)
READ_LEASE_SECONDS = env_int("READ_LEASE_SECONDS", 180)

# Celery: patrol.celery reads these. A message may get lost or come twice: the database says what is due (ADR 1).
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_timeout": 30, "socket_keepalive": True, "health_check_interval": 10}
CELERY_TIMEZONE = "UTC"
# A redis password or URL never reaches a log line through repr of the settings.
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "patrol.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 4}}}
CELERY_BEAT_SCHEDULER = "patrol.tasks:Beat"
CELERY_BEAT_MAX_LOOP_INTERVAL = 30  # beat shows its life at each turn, however long until the next ring
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- the start page: which cards for which role, named so that the workbench never imports reports ---
HOME_CARDS = [
    "patrol.admin.data_protection.start.stood_out",
    "patrol.admin.data_protection.start.opened",
    "patrol.admin.data_protection.start.subjects",
    "patrol.admin.data_protection.start.forgetting",
    "patrol.admin.shared.waiting_cards.work",
    "patrol.admin.shared.waiting_cards.second",
    "patrol.admin.shared.waiting_cards.late",
    "patrol.admin.shared.waiting_cards.register",
    "patrol.admin.officer.case_tasks.card",
    "patrol.admin.shared.backlog_cards.offices",
    "patrol.admin.shared.backlog_cards.ages",
    "patrol.admin.shared.window_cards.destinations",
    "patrol.admin.shared.window_cards.contacts",
    "patrol.admin.shared.window_cards.provinces",
    "patrol.admin.shared.home.open_cases",
    "patrol.admin.shared.home.watches",
    "patrol.admin.shared.mine.week_card",
    "patrol.admin.administrator.violations.card",
    "reports.admin.flow_card",
    "reports.admin.week_card",
]
# What further lines stand among what waits for a person: `lines(request) -> list[Line]`.
HOME_LINES = ["patrol.admin.data_protection.start.lines", "reports.start.lines"]

LOG_LEVEL = env("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "patrol.frame.log_lines.Masked",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        }
    },
    "filters": {
        "strangers": {"()": "patrol.frame.log_lines.WithoutStrangers"},
        "refusals": {"()": "patrol.frame.log_lines.Refusals"},  # of the handler: Django's loggers of refusals are many (django.security.*)
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": []},  # its own would mail each failed request to ADMINS, and write lines past the formatter
        "django.request": {"filters": ["strangers"]},
        "django.template": {"level": "INFO"},  # below it quotes all that a page is made of, a reporter's contact too
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
