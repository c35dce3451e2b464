"""OpenID Connect, the side that asks: where somebody is sent to log in, and who came back.

The code flow alone, with PKCE and a nonce. What the provider says of somebody is its signed ID token and nothing else: no profile is
asked for, no access token is used. The signature is checked with the provider's keys, also of a token that came over TLS. Each login is
one that was just made there (`prompt=login`): a session that somebody left open at the provider opens nothing here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol
from urllib.parse import quote_plus, urlencode, urlsplit

import jwt

from patrol import domain

SKEW: Final = 60  # seconds by which the provider's clock may differ from ours
LONGEST_SUBJECT: Final = 255  # characters, as the standard has it
# Signatures with a pair of keys. With a shared secret the client could sign for the provider, and "none" is no signature.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CLAIMS: Final = ("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time")
# What PyJWT raises of a token or a key that is none: both come from outside.
_MALFORMED: Final = (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


class Client(Protocol):
    def get(self, url: str, *, headers: Mapping[str, str] = ...) -> domain.RawAnswer: ...
    def post(
        self, url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = ..., private: bool = False
    ) -> domain.RawAnswer: ...


_SILENT: Final = frozenset({"dns", "unreachable", "timeout", "paced"})  # codes of SourceError
_PASSING: Final = frozenset({"too_many", "server_error"})


class Why(StrEnum):
    SILENT = "silent"  # no answer in time: another try may do
    DOWN = "down"  # it answered that it cannot just now
    REFUSED = "refused"  # it lets nobody in by this code
    WRONG = "wrong"  # it is not as it was set up here: no other try will do
    UNTRUE = "untrue"  # what it said does not hold, or is not meant for us


class OidcError(Exception):
    """Nobody came back. `words`: for the log, without a token, a code or a secret in them."""

    def __init__(self, why: Why, words: str) -> None:
        super().__init__(f"{why}: {words}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str  # https://HOST/PATH, exactly as the provider writes it
    client_id: str
    secret: str = field(repr=False)
    asked_acr: tuple[str, ...] = ()  # how strongly it is asked to log people in; it may do less and says so


@dataclass(frozen=True, slots=True)
class Asked:
    """What one login was begun with; the browser that began it keeps it. `at`: seconds since 1970."""

    state: str
    nonce: str
    verifier: str = field(repr=False)  # of PKCE
    at: int
    back: str  # where the provider sends them back to


@dataclass(frozen=True, slots=True)
class Came:
    """Who logged in there. `acr`: how strongly, in the provider's word, "" where it says none."""

    subject: str
    acr: str


def _origin(issuer: str) -> str:
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}"


def sent_to(client: Client, provider: Provider, asked: Asked) -> str:
    """The address at the provider where somebody logs in for us. Raises OidcError."""
    address = _told(client, provider)["authorization_endpoint"]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "scope": "openid",
        "client_id": provider.client_id,
        "redirect_uri": asked.back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "prompt": "login",
        "max_age": "0",
    }
    if provider.asked_acr:
        query["acr_values"] = " ".join(provider.asked_acr)
    return _with(address, query)


def ended_at(client: Client, provider: Provider) -> str:
    """The address at the provider where somebody ends their login there (RP-initiated logout). Who comes is not said, so that it asks them
    first, and they stay there. Raises OidcError, also where it has none."""
    address = _told(client, provider).get("end_session_endpoint")
    if not _is_at(provider, address):
        raise OidcError(Why.WRONG, "it has no end_session_endpoint at the issuer's address")
    return _with(str(address), {"client_id": provider.client_id})


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def redeemed(client: Client, provider: Provider, asked: Asked, code: str) -> Came:
    """Who the code of a return stands for. Raises OidcError."""
    told = _told(client, provider)
    try:
        token = _token(client, provider, told, asked, code)
        keys = _json(_answer(lambda: client.get(told["jwks_uri"]))).get("keys")
        claims = _claims(token, keys if isinstance(keys, list) else [], provider)
        return _who(claims, provider, asked)
    except OidcError:
        raise
    except _MALFORMED as error:
        raise OidcError(Why.UNTRUE, type(error).__name__) from error


def _told(client: Client, provider: Provider) -> dict[str, Any]:
    """What the provider says of itself. Its addresses lie on the issuer's own: from nowhere else is anything believed."""
    told = _json(_answer(lambda: client.get(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")))
    if told.get("issuer") != provider.issuer:
        raise OidcError(Why.UNTRUE, "it names another issuer than OIDC_ISSUER")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_at(provider, told.get(name)):
            raise OidcError(Why.UNTRUE, f"its {name} is not at the issuer's address")
    return told


def _is_at(provider: Provider, address: Any) -> bool:
    return isinstance(address, str) and _plain(address) and address.startswith(f"{_origin(provider.issuer)}/")


def _token(client: Client, provider: Provider, told: Mapping[str, Any], asked: Asked, code: str) -> str:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked.back, "code_verifier": asked.verifier}
    headers: dict[str, str] = {"Accept": "application/json"}
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]  # as the standard has it, unsaid
    if "client_secret_basic" in ways:
        login = f"{quote_plus(provider.client_id)}:{quote_plus(provider.secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.secret}
    token = _json(_answer(lambda: client.post(told["token_endpoint"], form=form, headers=headers, private=True))).get("id_token")
    if not isinstance(token, str):
        raise OidcError(Why.UNTRUE, "no ID token")
    return token


def _claims(token: str, keys: list[Any], provider: Provider) -> dict[str, Any]:
    """What is signed. Raises OidcError and what _MALFORMED lists."""
    header = jwt.get_unverified_header(token)
    algorithm, named = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise OidcError(Why.UNTRUE, "signed in a way that is not taken")
    able = [one for one in keys if isinstance(one, dict) and one.get("use", "sig") == "sig" and named in {None, one.get("kid")}]
    if len(able) != 1:
        raise OidcError(Why.UNTRUE, "signed with a key that is not the provider's")
    claims: dict[str, Any] = jwt.decode(
        token,
        key=jwt.PyJWK(able[0], None if "alg" in able[0] else algorithm),
        algorithms=ALGORITHMS,
        audience=provider.client_id,
        issuer=provider.issuer,
        leeway=SKEW,
        options={"require": list(_CLAIMS), "enforce_minimum_key_length": True},
    )
    return claims


def _who(claims: Mapping[str, Any], provider: Provider, asked: Asked) -> Came:
    if not hmac.compare_digest(str(claims["nonce"]).encode(), asked.nonce.encode()):
        raise OidcError(Why.UNTRUE, "of another login")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else provider.client_id) != provider.client_id:
        raise OidcError(Why.UNTRUE, "made for another client")
    logged_in = claims["auth_time"]
    if not isinstance(logged_in, int | float) or not asked.at - SKEW <= logged_in <= time.time() + SKEW:  # NaN is neither
        raise OidcError(Why.UNTRUE, "nobody logged in there just now")
    subject = claims["sub"]
    if not 0 < len(subject) <= LONGEST_SUBJECT or not _plain(subject):
        raise OidcError(Why.UNTRUE, "no usable subject")
    acr = claims.get("acr")
    return Came(subject, acr if isinstance(acr, str) else "")


def _plain(text: str) -> bool:
    """As the standards have subjects and addresses."""
    return text.isascii() and text.isprintable()


def _answer(ask: Any) -> domain.RawAnswer:
    try:
        answer: domain.RawAnswer = ask()
    except domain.SourceError as error:
        code, said = error.problem.code, _error(error.answer)
        why = Why.SILENT if code in _SILENT else Why.DOWN if code in _PASSING else Why.REFUSED if said == "invalid_grant" else Why.WRONG
        raise OidcError(why, " ".join(filter(None, (code, str(error.answer.status if error.answer else ""), said)))) from error
    if answer.truncated:
        raise OidcError(Why.SILENT, "it broke off")
    return answer


def _json(answer: domain.RawAnswer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise OidcError(Why.UNTRUE, "an answer that is no JSON object")
    return told


def _error(answer: domain.RawAnswer | None) -> str:
    """The provider's own word for what is wrong, as `invalid_client`."""
    try:
        said = json.loads(answer.body)["error"] if answer else ""
    except (ValueError, RecursionError, TypeError, KeyError):
        return ""
    return said if isinstance(said, str) and re.fullmatch(r"[a-z_]{1,40}", said) else ""
