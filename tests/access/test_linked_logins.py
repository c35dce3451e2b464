"""Signing in through a ministry's provider: a login there opens an account that its owner linked, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.access import accounts, factors, linked_logins, logins, people, sign_in
from patrol.admin.shared.provider import _client
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import fetching
from patrol.sources.transport import oidc
from patrol.sources.transport.http import Inside
from tests import factories, provider_server
from tests.access.test_factors import code_of
from tests.provider_server import ISSUER, KEYS, SELF, TOKEN, Answer, Provider, led_by

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-contoh-7391"
SUBJECT = "f3a1-sari"
NO_ACCOUNT = "tidak membuka akun mana pun di sini"
UNTRUE = "tidak dapat diperiksa kebenarannya"
NOT_CONFIRMED = "tidak memastikan bahwa Anda sudah masuk"
WRONG = "tidak disiapkan dengan benar"
AWAY = "SSO Kementerian tidak menjawab"
OTHER_WINDOW = "sudah terlalu lama, atau dimulai di jendela lain"


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with provider_server.running() as made:
        yield made


@pytest.fixture
def provider(server: Provider, settings: Any) -> Iterator[Provider]:
    settings.OIDC_ISSUER, settings.OIDC_NAME = ISSUER, "SSO Kementerian"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "sipatrol", "rahasia-klien-contoh"
    settings.STAND_INS = {ISSUER: server.base}
    settings.SECOND_FACTOR = "directorate"
    server.asked.clear()
    yield server
    server.tampered.clear()


@pytest.fixture
def owner(provider: Provider) -> models.Person:
    person = factories.person(username="sari", name="Sari Contoh")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    linked_logins.link(subject=SUBJECT, by=person, now=timezone.now())
    provider.says(SUBJECT)
    return person


def led(client: Client, **sent: Any) -> str:
    """Where the button of the door leads."""
    return led_by(client.post(reverse("admin:provider"), sent).content.decode())


def led_to_link(client: Client) -> str:
    return led_by(client.post(reverse("admin:link_provider")).content.decode())


def came(client: Client, back: str) -> Any:
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def through(client: Client, provider: Provider, subject: str = SUBJECT, **sent: Any) -> Any:
    return came(client, provider.log_in(led(client, **sent), subject))


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def rows() -> dict[str, int]:
    """What a refusal leaves as it was."""
    return {
        "people": models.Person.objects.count(),
        "linked": models.LinkedLogin.objects.count(),
        "sessions": models.Session.objects.exclude(person=None).count(),
        "notices": models.Notice.objects.count(),
    }


def verbs() -> list[str]:
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


# --- in ------------------------------------------------------------------------------------------------


def test_a_login_there_opens_the_account_that_is_linked(owner: models.Person, provider: Provider) -> None:
    client = Client()
    assert "Masuk dengan SSO Kementerian" in client.get(reverse("admin:login")).content.decode()
    to = reverse("admin:patrol_notice_changelist")
    address = led(client, next=to)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert {name: asked[name] for name in ("response_type", "scope", "client_id", "prompt", "max_age", "code_challenge_method")} == {
        "response_type": "code",
        "scope": "openid",
        "client_id": "sipatrol",
        "prompt": "login",
        "max_age": "0",
        "code_challenge_method": "S256",
    }
    assert asked["redirect_uri"] == "http://testserver/kerja/login/penyedia/kembali/"
    answer = came(client, provider.log_in(address, SUBJECT))
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, to, True)
    assert client.cookies["provider"].value == ""
    ((_path, form),) = [one for one in provider.asked if one[0] == TOKEN]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
    assert challenge == asked["code_challenge"]
    assert "client_secret" not in form
    assert base64.b64decode(provider.headers["Authorization"].removeprefix("Basic ")).decode() == "sipatrol:rahasia-klien-contoh"
    entry = models.AuditEntry.objects.get(verb="person.logged_in")
    assert (entry.actor_id, entry.after["proof"]) == (owner.pk, "provider")
    assert models.LinkedLogin.objects.get().used_at is not None
    assert client.get(reverse("admin:own_access")).status_code == 200


def test_it_is_a_login_like_any_other(owner: models.Person, provider: Provider) -> None:
    """It is listed, and ends with a change of role, and after thirty minutes."""
    here, there = Client(), Client()
    through(here, provider)
    through(there, provider)
    assert len(logins.of(owner, None, now=timezone.now())) == 2
    boss = factories.person(Role.ADMINISTRATOR)
    people.change(
        person_id=owner.pk, name=owner.name, role=Role.SUPERVISOR, office_id=owner.office_id, active=True, by=boss, now=timezone.now()
    )
    assert here.get(reverse("admin:index")).status_code == 302
    assert through(here, provider).status_code == 302
    session = here.session
    session["seen"] -= sign_in.IDLE.total_seconds()
    session.save()
    assert here.get(reverse("admin:index")).status_code == 302


def test_an_own_second_factor_is_asked_for_next(owner: models.Person, provider: Provider) -> None:
    then = timezone.now()
    secret, _sealed = factors.draw_secret()
    factors.add_app(secret=secret, code=code_of(secret, then), by=owner, now=then)
    models.Notice.objects.all().delete()
    client = Client()
    answer = through(client, provider)
    assert (answer["Location"], is_in(client)) == (reverse("admin:second_factor"), False)
    assert "Anda sudah dikenali" in client.get(answer["Location"]).content.decode()
    wrong = client.post(reverse("admin:second_factor"), {"code": "000000"})
    assert (wrong.status_code, is_in(client), models.Notice.objects.get().kind) == (200, False, "login_known")  # not the password
    codes = factors.new_codes(by=owner, now=then)
    assert client.post(reverse("admin:second_factor"), {"code": codes[0]})["Location"] == reverse("admin:index")
    assert is_in(client)


@pytest.mark.parametrize(
    ("told", "asks"),
    [
        ({"acr": "gold"}, False),
        ({"acr": "platinum"}, False),
        ({"acr": "silver"}, True),
        ({"acr": "gold platinum"}, True),
        ({"acr": ["gold"]}, True),
        ({"amr": ["gold"]}, True),
        ({}, True),
    ],
)
def test_the_providers_second_factor_counts_where_it_says_so(provider: Provider, settings: Any, told: dict[str, Any], asks: bool) -> None:
    settings.OIDC_SECOND_FACTOR = ["gold", "platinum"]
    analyst, then = factories.person(Role.ANALYST), timezone.now()
    secret, _sealed = factors.draw_secret()
    factors.add_app(secret=secret, code=code_of(secret, then), by=analyst, now=then)
    linked_logins.link(subject="analis", by=analyst, now=then)
    provider.says("analis", **told)
    client = Client()
    address = led(client)
    assert parse_qs(urlsplit(address).query)["acr_values"] == ["gold platinum"]
    assert came(client, provider.log_in(address, "analis"))["Location"] == reverse("admin:second_factor" if asks else "admin:index")
    assert is_in(client) != asks


def test_it_spares_nobody_one_of_ours(provider: Provider, settings: Any) -> None:
    """Step-up asks for ours, and the password alone would let a stranger set one up."""
    settings.OIDC_SECOND_FACTOR = ["gold"]
    linked_logins.link(subject="analis", by=factories.person(Role.ANALYST), now=timezone.now())
    provider.says("analis", acr="gold")
    client = Client()
    assert through(client, provider, "analis").status_code == 302
    assert client.get(reverse("admin:patrol_flag_changelist"))["Location"] == reverse("admin:own_access")


def test_nothing_it_says_gives_a_role_an_office_or_a_name(owner: models.Person, provider: Provider) -> None:
    provider.says(SUBJECT, role="administrator", roles=["administrator"], groups=["admin"], office="directorate", name="Orang Lain")
    before: dict[str, Any] = dict(models.Person.objects.values().get())
    client = Client()
    assert through(client, provider).status_code == 302
    after: dict[str, Any] = dict(models.Person.objects.values().get())
    assert {name for name in before if before[name] != after[name]} == {"last_login"}
    assert client.get(reverse("admin:patrol_person_add")).status_code == 404


# --- who is nobody here -----------------------------------------------------------------------------------


def refused(client: Client, answer: Any, said: str, before: dict[str, int]) -> None:
    text = answer.content.decode()
    assert (answer.status_code, said in text, is_in(client)) == (200, True, False), text
    assert (rows(), SUBJECT in text) == (before, False)


def test_who_is_not_linked_is_told_the_same_whoever_it_is(owner: models.Person, provider: Provider) -> None:
    """Unknown; with the mail and the user name of somebody who is here; linked, and the account closed; linked at another provider."""
    other = factories.person(username="budi", mail="budi@kantor.example")
    closed = factories.person(username="tini")
    linked_logins.link(subject="tini", by=closed, now=timezone.now())
    models.Person.objects.filter(pk=closed.pk).update(is_active=False)
    models.LinkedLogin.objects.create(person=other, issuer="https://lain.contoh.example", subject="budi", linked_at=timezone.now())
    provider.says("pencuri", email="budi@kantor.example", email_verified=True, preferred_username="sari")
    before, pages = rows(), set()
    for subject in ("orang-asing", "pencuri", "tini", "budi", SUBJECT.upper()):
        client = Client()
        answer = through(client, provider, subject)
        refused(client, answer, NO_ACCOUNT, before)
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()))
    assert len(pages) == 1
    assert verbs().count("login.not_linked") == 5
    assert all(one.after.keys() == {"from"} for one in models.AuditEntry.objects.filter(verb="login.not_linked"))


def test_who_left_comes_back_with_nothing_linked(owner: models.Person, provider: Provider) -> None:
    boss = factories.person(Role.ADMINISTRATOR)
    same: dict[str, Any] = {
        "person_id": owner.pk,
        "name": owner.name,
        "role": owner.role,
        "office_id": owner.office_id,
        "by": boss,
        "now": timezone.now(),
    }
    people.change(**same, active=False)
    assert models.LinkedLogin.objects.count() == 0
    people.change(**same, active=True)
    client = Client()
    refused(client, through(client, provider), NO_ACCOUNT, rows())


# --- returns that are none ----------------------------------------------------------------------------------


def test_a_return_this_browser_did_not_ask_for(owner: models.Person, provider: Provider) -> None:
    before, client, other = rows(), Client(), Client()
    back = provider.log_in(led(client), SUBJECT)
    refused(other, came(other, back), OTHER_WINDOW, before)  # no cookie
    led(other)
    refused(other, came(other, back), OTHER_WINDOW, before)  # that of another login
    query = {name: value for name, (value,) in parse_qs(urlsplit(back).query).items()}
    wrong = f"{urlsplit(back).path}?{urlencode({**query, 'state': 'x' + query['state'][1:]})}"
    refused(client, client.get(wrong), OTHER_WINDOW, before)
    assert [path for path, _form in provider.asked] == [SELF, SELF]
    newer = provider.log_in(led(client), SUBJECT)
    refused(client, came(client, back), OTHER_WINDOW, before)  # the older of two windows
    assert came(client, newer)["Location"] == reverse("admin:index")


def test_who_is_in_is_not_shown_the_door(provider: Provider) -> None:
    _person, client = inside()
    back = provider.log_in(led_to_link(client), "budi-di-sana")
    del client.cookies["provider"]
    answer = came(client, back)
    assert (answer["Location"], models.LinkedLogin.objects.count()) == (reverse("admin:index"), 0)
    assert OTHER_WINDOW in client.get(answer["Location"]).content.decode()
    answer = came(client, provider.log_in(led(client), "orang-asing"))
    assert (answer["Location"], is_in(client)) == (reverse("admin:index"), True)
    assert NO_ACCOUNT in client.get(answer["Location"]).content.decode()


def test_a_return_after_ten_minutes(owner: models.Person, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    back = provider.log_in(led(client), SUBJECT)
    real = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 601)
    refused(client, came(client, back), OTHER_WINDOW, rows())


def test_a_code_opens_once(owner: models.Person, provider: Provider) -> None:
    client, thief = Client(), Client()
    address = led(client)
    kept = client.cookies["provider"]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Lax", "/", 600)
    thief.cookies["provider"] = kept.value
    back = provider.log_in(address, SUBJECT)
    told: list[Any] = []

    def again(answer: dict[str, Any]) -> Answer:
        told.append(answer)
        return Answer(told[0])

    provider.tampered |= {TOKEN: again}  # a provider that gives it twice
    assert came(client, back).status_code == 302
    refused(thief, came(thief, back), OTHER_WINDOW, rows())
    assert (len(told), came(Client(), back).status_code) == (1, 200)


@pytest.mark.parametrize("sent", [{"error": "access_denied"}, {}, {"code": "x", "iss": "https://lain.contoh.example"}])
def test_the_provider_sends_nobody_back(owner: models.Person, provider: Provider, sent: dict[str, str]) -> None:
    client = Client()
    state = parse_qs(urlsplit(led(client)).query)["state"][0]
    answer = client.get(reverse("admin:provider_return"), {"state": state, **sent})
    refused(client, answer, NOT_CONFIRMED, rows())
    assert TOKEN not in [path for path, _form in provider.asked]


def test_whoever_would_not_log_in_there_is_told_so(owner: models.Person, provider: Provider) -> None:
    client = Client()
    refused(client, came(client, provider.log_in(led(client), SUBJECT, deny=True)), NOT_CONFIRMED, rows())


@pytest.mark.parametrize(
    "to", ["https://lain.contoh.example/", "//lain.contoh.example/", "javascript:alert(1)", "http:///lain.contoh.example"]
)
def test_it_leads_nowhere_else(owner: models.Person, provider: Provider, to: str) -> None:
    assert through(Client(), provider, next=to)["Location"] == reverse("admin:index")


# --- tokens that are none -------------------------------------------------------------------------------------

FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"nonce": "yang-lain"}, "of another login"),
    ({"nonce": None}, "MissingRequiredClaimError"),
    ({"aud": "klien-lain"}, "InvalidAudienceError"),
    ({"aud": ["klien-lain"]}, "InvalidAudienceError"),
    ({"aud": ["sipatrol", "klien-lain"]}, "made for another client"),  # and no word for whom
    ({"azp": "klien-lain"}, "made for another client"),
    ({"iss": "https://lain.contoh.example"}, "InvalidIssuerError"),
    ({"iss": ISSUER + "/"}, "InvalidIssuerError"),
    ({"exp": 1_700_000_000}, "ExpiredSignatureError"),
    ({"exp": "besok"}, "DecodeError"),
    ({"iat": 4_000_000_000}, "ImmatureSignatureError"),
    ({"nbf": 4_000_000_000}, "ImmatureSignatureError"),
    ({"auth_time": 1_700_000_000}, "nobody logged in there just now"),  # a session that was open there
    ({"auth_time": 4_000_000_000}, "nobody logged in there just now"),
    ({"auth_time": "tadi"}, "nobody logged in there just now"),
    ({"auth_time": True}, "nobody logged in there just now"),
    ({"auth_time": None}, "MissingRequiredClaimError"),
    ({"sub": ""}, "no usable subject"),
    ({"sub": "s" * 256}, "no usable subject"),
    ({"sub": "a\0b"}, "no usable subject"),
    ({"sub": "\ud800"}, "no usable subject"),
    ({"sub": 7}, "InvalidSubjectError"),
]


def reason(caplog: pytest.LogCaptureFixture) -> str:
    """What the log says of it; the page says less."""
    (words,) = [one.words for one in caplog.records if hasattr(one, "words")]
    return str(words)


@pytest.mark.parametrize(("claims", "why"), CLAIMS, ids=[str(claims) for claims, _why in CLAIMS])
def test_a_token_that_says_something_else(
    owner: models.Person, provider: Provider, caplog: pytest.LogCaptureFixture, claims: dict[str, Any], why: str
) -> None:
    provider.says(SUBJECT, **claims)
    if "sub" in claims:  # it is the key by which that provider knows people: signed anew with a key of ours
        provider.tampered |= resigned(claims)
    client = Client()
    refused(client, through(client, provider), UNTRUE, rows())
    assert reason(caplog) == f"untrue: {why}"


def resigned(claims: dict[str, Any], *, algorithm: str = "RS256", key: Any = FOREIGN, published: Any = FOREIGN, kid: str = "k") -> Any:
    """The provider's own token with other claims, signed by `key`; the provider says that `published` is its own."""

    def token(told: dict[str, Any]) -> dict[str, Any]:
        plain = jwt.decode(told["id_token"], options={"verify_signature": False}) | claims
        if algorithm == "none":
            return {**told, "id_token": jwt.encode(plain, "", algorithm="none", headers={"kid": kid})}
        body = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": algorithm, "kid": kid}, plain)]
        signature = jwt.get_algorithm_by_name(algorithm).sign(b".".join(body), key)
        return {**told, "id_token": b".".join([*body, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()}

    def keys(told: dict[str, Any]) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(published.public_key())) | {"kid": "k", "use": "sig"}
        return {"keys": [*told["keys"], public]}

    return {TOKEN: token, **({KEYS: keys} if published else {})}


def test_a_token_signed_by_a_key_of_the_provider_is_taken(owner: models.Person, provider: Provider) -> None:
    """The control of the others: signed anew like them, right, also by a clock that goes a little wrong."""
    for claims in ({}, {"aud": ["sipatrol", "lain"], "azp": "sipatrol"}, {"iat": int(time.time()) + 30}, {"exp": int(time.time()) - 30}):
        provider.tampered = resigned(claims)
        assert through(Client(), provider)["Location"] == reverse("admin:index")
    provider.tampered = resigned({}, algorithm="PS256")
    assert through(Client(), provider)["Location"] == reverse("admin:index")


@pytest.mark.parametrize(
    ("since", "seconds", "lets_in"),
    [("begun", -59, True), ("begun", -61, False), ("now", 40, True), ("now", 90, False), ("now", float("nan"), False)],
)
def test_who_logged_in_there_did_so_since_it_was_begun(
    owner: models.Person, provider: Provider, since: str, seconds: float, lets_in: bool
) -> None:
    client = Client()
    address = led(client)
    begun = signing.loads(client.cookies["provider"].value, salt="patrol.admin.provider")["asked"]["at"]
    provider.tampered = resigned({"auth_time": (begun if since == "begun" else int(time.time())) + seconds})
    assert (came(client, provider.log_in(address, SUBJECT)).status_code == 302, is_in(client)) == (lets_in, lets_in)


WEAK = rsa.generate_private_key(public_exponent=65537, key_size=1024)
NOT_TAKEN, NOT_THEIRS = "signed in a way that is not taken", "signed with a key that is not the provider's"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (resigned({}, algorithm="none"), NOT_TAKEN),
        (resigned({}, algorithm="HS256", key=b"rahasia-klien-contoh-yang-dibagi-"), NOT_TAKEN),
        (resigned({}, algorithm="HS256", key=FOREIGN.public_key().public_numbers().n.to_bytes(256)), NOT_TAKEN),
        (resigned({}, published=None), NOT_THEIRS),
        (resigned({}, kid="lain"), NOT_THEIRS),
        (resigned({}, key=WEAK), "InvalidSignatureError"),
        (resigned({}, key=WEAK, published=WEAK), "InvalidKeyError"),
        ({TOKEN: lambda told: {**told, "id_token": told["id_token"][:-6] + "AAAAAA"}}, "InvalidSignatureError"),
        ({TOKEN: lambda told: {**told, "id_token": told["id_token"].rpartition(".")[0] + "."}}, "InvalidSignatureError"),
        ({TOKEN: lambda told: {**told, "id_token": "bukan.sebuah.token"}}, "DecodeError"),
        ({TOKEN: lambda told: {"access_token": told["access_token"]}}, "no ID token"),
        ({TOKEN: lambda told: [told]}, "an answer that is no JSON object"),
        ({TOKEN: lambda told: b"<html>masuk</html>"}, "an answer that is no JSON object"),
        ({KEYS: lambda told: {"keys": []}}, NOT_THEIRS),
        ({KEYS: lambda told: {"keys": [*told["keys"], *told["keys"]]}}, NOT_THEIRS),
        ({KEYS: lambda told: {"keys": [{**told["keys"][0], "n": "x"}]}}, "InvalidKeyError"),
        ({KEYS: lambda told: {"keys": "kosong"}}, NOT_THEIRS),
        ({KEYS: lambda told: {"keys": [{**one, "use": "enc"} for one in told["keys"]]}}, NOT_THEIRS),
        ({KEYS: lambda told: {"keys": [{**told["keys"][0], "kty": "oct", "k": "cmFoYXNpYQ", "alg": "HS256"}]}}, "InvalidAlgorithmError"),
        ({SELF: lambda told: told | {"token_endpoint_auth_methods_supported": 5}}, "TypeError"),
    ],
    ids=range(20),
)
def test_a_token_nobody_can_be_known_by(
    owner: models.Person, provider: Provider, caplog: pytest.LogCaptureFixture, wrong: dict[str, Any], why: str
) -> None:
    provider.tampered |= wrong
    client = Client()
    refused(client, through(client, provider), UNTRUE, rows())
    assert reason(caplog) == f"untrue: {why}"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"issuer": "https://lain.contoh.example"}, "it names another issuer than OIDC_ISSUER"),
        ({"token_endpoint": "https://lain.contoh.example/token"}, "its token_endpoint is not at the issuer's address"),
        ({"jwks_uri": f"{ISSUER}.lain.example/jwks"}, "its jwks_uri is not at the issuer's address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "its authorization_endpoint is not at the issuer's address"),
        ({"authorization_endpoint": None}, "its authorization_endpoint is not at the issuer's address"),
        ({"authorization_endpoint": f"{ISSUER}/\ud800"}, "its authorization_endpoint is not at the issuer's address"),
    ],
    ids=range(6),
)
def test_a_provider_that_leads_elsewhere(
    owner: models.Person, provider: Provider, caplog: pytest.LogCaptureFixture, wrong: dict[str, Any], why: str
) -> None:
    provider.tampered |= {SELF: lambda told: told | wrong}
    client = Client()
    refused(client, client.post(reverse("admin:provider")), UNTRUE, rows())
    assert (reason(caplog), "provider" in client.cookies) == (f"untrue: {why}", False)


# --- a provider that is away ----------------------------------------------------------------------------------


def test_where_the_provider_is_away_the_password_still_opens(owner: models.Person, provider: Provider, settings: Any) -> None:
    settings.STAND_INS = {ISSUER: "http://127.0.0.1:9"}
    client = Client()
    for number in range(5):  # after three it is not even asked
        said = AWAY if number < 3 else "Terlalu banyak percobaan"
        refused(client, client.post(reverse("admin:provider"), REMOTE_ADDR=f"192.0.2.{number}"), said, rows())
    settings.STAND_INS = {ISSUER: provider.base}
    refused(client, client.post(reverse("admin:provider")), "Terlalu banyak percobaan", rows())
    assert provider.asked == []
    waited(5)
    assert through(client, provider)["Location"] == reverse("admin:index")
    answer = Client().post(reverse("admin:login"), {"username": "sari", "password": PASSWORD})
    assert answer["Location"] == reverse("admin:index")


def test_an_answer_without_end_is_not_read(owner: models.Person, provider: Provider) -> None:
    for told, said in ((lambda told: {**told, "x": "x" * 300_000}, WRONG), (lambda told: Answer(told, missing=7), AWAY)):
        provider.tampered |= {KEYS: told}
        client = Client()
        refused(client, through(client, provider), said, rows())


@pytest.mark.parametrize(
    ("path", "status", "error", "said"),
    [
        (TOKEN, "400 Bad Request", "invalid_grant", NOT_CONFIRMED),
        (TOKEN, "400 Bad Request", "unauthorized_client", WRONG),
        (TOKEN, "401 Unauthorized", "invalid_client", WRONG),
        (TOKEN, "503 Service Unavailable", "", AWAY),
        (TOKEN, "429 Too Many Requests", "", AWAY),
        (SELF, "404 Not Found", "", WRONG),
        (SELF, "302 Found", "", WRONG),
        (KEYS, "403 Forbidden", "", WRONG),
    ],
)
def test_what_is_wrong_is_said_and_shuts_out_nobody_else(
    owner: models.Person, provider: Provider, path: str, status: str, error: str, said: str
) -> None:
    """An answer gives back what was taken to ask, more often than it could be taken."""
    client = Client()
    back = provider.log_in(led(client), SUBJECT)
    answer = Answer({"error": error} if error else {}, status, leads=f"{ISSUER}/lain" if status[0] == "3" else "")
    provider.tampered |= {path: lambda told: answer}
    refused(client, came(client, back), said, rows())
    provider.tampered.clear()
    if status[0] == "5":
        for _ in range(3):
            back = provider.log_in(led(client), SUBJECT)
            provider.tampered |= {path: lambda told: answer}
            refused(client, came(client, back), said, rows())
            provider.tampered.clear()
    assert through(client, provider)["Location"] == reverse("admin:index")


def test_a_slow_provider_is_asked_no_more_after_five_seconds(
    owner: models.Person, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    back = provider.log_in(led(client), SUBJECT)
    clock = iter([100.0, 100.0, 104.9, 105.1])  # begun; what it says of itself, the token, the keys
    monkeypatch.setattr("patrol.admin.shared.provider.time", SimpleNamespace(monotonic=lambda: next(clock)))
    refused(client, came(client, back), AWAY, rows())
    assert [path for path, _form in provider.asked] == [SELF, SELF, TOKEN]


def test_what_a_login_was_begun_with_is_bound_to_this_host(provider: Provider, settings: Any) -> None:
    settings.SECURE = True
    client = Client()
    client.post(reverse("admin:provider"), secure=True)
    kept = client.cookies["__Host-provider"]
    assert (kept["secure"], kept["httponly"], kept["path"], kept["domain"]) == (True, True, "/", "")


def test_a_provider_that_takes_the_secret_in_the_form(owner: models.Person, provider: Provider) -> None:
    provider.tampered |= {SELF: lambda told: told | {"token_endpoint_auth_methods_supported": ["client_secret_post"]}}
    assert through(Client(), provider)["Location"] == reverse("admin:index")
    ((_path, form),) = [one for one in provider.asked if one[0] == TOKEN]
    assert (form["client_secret"], provider.headers["Authorization"]) == (["rahasia-klien-contoh"], "")


def test_a_whole_building_with_second_factors_comes_in(owner: models.Person, provider: Provider) -> None:
    """Twenty begin at one address; who comes back and is asked for a code takes no step of the others."""
    then = timezone.now()
    secret, _sealed = factors.draw_secret()
    factors.add_app(secret=secret, code=code_of(secret, then), by=owner, now=then)
    here = [Client() for _ in range(20)]
    back = [provider.log_in(led(one), SUBJECT) for one in here]
    assert came(here[0], back[0])["Location"] == reverse("admin:second_factor")
    assert led(Client())


def test_a_caller_who_presses_on_waits(owner: models.Person, provider: Provider) -> None:
    stranger, before = Client(), rows()
    answers = [stranger.post(reverse("admin:provider")) for _ in range(21)]
    assert ["0;url=" in one.content.decode() for one in answers] == [True] * 20 + [False]
    refused(stranger, answers[-1], "Terlalu banyak percobaan", before)
    assert len(provider.asked) == 20
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert through(elsewhere, provider)["Location"] == reverse("admin:index")


def waited(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_hostpace SET filled_at = filled_at - %s * interval '1 second'", [seconds])


# --- out ---------------------------------------------------------------------------------------------------------

ENDS = {"end_session_endpoint": f"{ISSUER}/oauth2/end_session"}


def test_who_came_through_it_may_log_out_there_too(owner: models.Person, provider: Provider) -> None:
    """The provider is told which client asks and nothing of who it is: it asks them itself."""
    client, act = Client(), reverse("admin:provider_end")
    through(client, provider)
    page = client.post(reverse("admin:logout")).content.decode()
    assert (act in page, "Anda mungkin masih masuk di SSO Kementerian" in page, is_in(client)) == (True, True, False)
    provider.tampered |= {SELF: lambda told: told | ENDS}
    assert led_by(client.post(act).content.decode()) == f"{ISSUER}/oauth2/end_session?client_id=sipatrol"
    assert client.get(act).status_code == 404
    client.post(reverse("admin:login"), {"username": "sari", "password": PASSWORD})
    assert (is_in(client), act in client.post(reverse("admin:logout")).content.decode()) == (True, False)


@pytest.mark.parametrize(
    "wrong", [None, {}, {"end_session_endpoint": f"{ISSUER}.lain.example/keluar"}, {"end_session_endpoint": "javascript:alert(1)"}]
)
def test_where_it_cannot_be_ended_there_that_is_said(provider: Provider, settings: Any, wrong: dict[str, str] | None) -> None:
    if wrong is None:
        settings.STAND_INS = {ISSUER: "http://127.0.0.1:9"}
    provider.tampered |= {SELF: lambda told: {name: told[name] for name in told if name not in ENDS} | (wrong or {})}
    page = Client().post(reverse("admin:provider_end")).content.decode()
    assert ("Tidak ada yang diakhiri di sana" in page, "0;url=" in page) == (True, False)


# --- linking ----------------------------------------------------------------------------------------------------


def inside(username: str = "budi") -> tuple[models.Person, Client]:
    person, client = factories.person(username=username), Client()
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    client.post(reverse("admin:login"), {"username": username, "password": PASSWORD})
    return person, client


def stale(client: Client) -> None:
    session = client.session
    session["fresh"] -= 301
    session.save()


def test_the_owner_links_a_login_after_a_fresh_proof_and_removes_it(provider: Provider) -> None:
    _person, client = inside()
    assert "Akun SSO Kementerian" in client.get(reverse("admin:own_access")).content.decode()
    stale(client)
    assert "confirm_password" in client.get(reverse("admin:link_provider")).content.decode()
    assert client.post(reverse("admin:link_provider"))["Location"] == reverse("admin:link_provider")
    assert provider.asked == []
    client.post(reverse("admin:link_provider"), {"confirming": "GET", "confirm_password": PASSWORD})
    assert "Lanjut ke SSO Kementerian" in client.get(reverse("admin:link_provider")).content.decode()
    address = led_to_link(client)
    answer = came(client, provider.log_in(address, "budi-di-sana"))
    assert answer["Location"] == reverse("admin:own_access")
    page = client.get(answer["Location"]).content.decode()
    assert ("Tertaut. Mulai sekarang" in page, "Membuka akun Anda" in page) == (True, True)
    assert (verbs()[-1], models.Notice.objects.latest("id").kind) == ("person.login_linked", "login_linked")
    other = Client()
    assert through(other, provider, "budi-di-sana")["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:link_provider"))["Location"] == reverse("admin:own_access")

    stale(client)
    assert "confirm_password" in client.post(reverse("admin:unlink_provider")).content.decode()
    assert models.LinkedLogin.objects.count() == 1
    client.post(reverse("admin:unlink_provider"), {"confirming": "POST", "confirm_password": PASSWORD})
    assert models.LinkedLogin.objects.count() == 0
    assert (client.get(reverse("admin:own_access")).status_code, other.get(reverse("admin:own_access")).status_code) == (200, 302)
    assert verbs()[-1] == "person.login_unlinked"
    refused(other, through(other, provider, "budi-di-sana"), NO_ACCOUNT, rows())
    client.post(reverse("admin:unlink_provider"))
    assert verbs()[-1] != "person.login_unlinked"


def test_a_login_belongs_to_one_account_and_an_account_has_one(owner: models.Person, provider: Provider) -> None:
    _person, client = inside()
    before = rows()
    came(client, provider.log_in(led_to_link(client), SUBJECT))
    assert "sudah tertaut ke akun lain" in client.get(reverse("admin:own_access")).content.decode()
    assert rows() == before
    with pytest.raises(RefusedError):
        linked_logins.link(subject="kedua", by=owner, now=timezone.now())
    assert rows() == before


def test_what_was_begun_to_log_in_links_nothing_and_what_links_lets_nobody_in(owner: models.Person, provider: Provider) -> None:
    """Somebody who is led to the return of another person's login."""
    person, client = inside()
    before = rows()
    linking = led_to_link(client)
    back = provider.log_in(linking, SUBJECT)
    stranger = Client()
    stranger.cookies["provider"] = client.cookies["provider"].value
    refused(stranger, came(stranger, back), "tidak ada yang ditautkan", before)
    assert came(client, provider.log_in(led(client), "baru"))["Location"] == reverse("admin:index")
    assert (rows(), models.LinkedLogin.objects.filter(person=person).exists()) == (before, False)


def test_linking_belongs_to_the_login_that_began_it(owner: models.Person, provider: Provider) -> None:
    """Not to another person's in the same browser, and not to a later one of the same person."""
    person, client = inside()
    back = provider.log_in(led_to_link(client), "pencuri")
    kept = client.cookies["provider"].value
    other, theirs = inside("tini")
    theirs.cookies["provider"] = kept
    assert came(theirs, back)["Location"] == reverse("admin:own_access")
    assert "tidak ada yang ditautkan" in theirs.get(reverse("admin:own_access")).content.decode()
    back = provider.log_in(led_to_link(client), "pencuri")
    client.post(reverse("admin:logout"))
    client.post(reverse("admin:login"), {"username": "budi", "password": PASSWORD})
    assert came(client, back)["Location"] == reverse("admin:own_access")
    assert "tidak ada yang ditautkan" in client.get(reverse("admin:own_access")).content.decode()
    assert not models.LinkedLogin.objects.filter(person__in=(person, other)).exists()


@pytest.mark.parametrize("ended", ["logins", "factors", "closed"])
def test_a_link_under_way_does_not_outlive_the_login(provider: Provider, ended: str) -> None:
    """The provider takes seconds, and meanwhile an administrator or the owner ends what is open."""
    person, boss, now = factories.person(username="budi"), factories.person(Role.ADMINISTRATOR), timezone.now()
    secret, _sealed = factors.draw_secret()
    factors.add_app(secret=secret, code=code_of(secret, now), by=person, now=now)
    by = models.Person.objects.get(pk=person.pk)
    if ended == "logins":
        accounts.end_logins(person, now=now)
    elif ended == "factors":
        people.reset_factors(person_id=person.pk, by=boss, now=now)
    else:
        same: dict[str, Any] = {"name": person.name, "role": person.role, "office_id": person.office_id, "by": boss, "now": now}
        people.change(person_id=person.pk, active=False, **same)
    before, told = rows(), verbs()
    with pytest.raises(RefusedError):
        linked_logins.link(subject="pencuri", by=by, now=now)
    assert (rows(), verbs()) == (before, told)


def test_a_password_set_by_a_link_takes_it_away(owner: models.Person, provider: Provider) -> None:
    people.password_set(person=owner, by=owner, link_by_id=None, now=timezone.now())
    assert models.LinkedLogin.objects.count() == 1  # they saw it, and it is theirs to remove
    people.password_set(person=owner, by=None, link_by_id=None, now=timezone.now())
    assert (models.LinkedLogin.objects.count(), "person.login_unlinked" in verbs()) == (0, True)
    assert models.Notice.objects.filter(person=owner, kind="login_unlinked").count() == 1
    client = Client()
    refused(client, through(client, provider), NO_ACCOUNT, rows())


def test_an_administrator_takes_it_away_with_the_second_factors(owner: models.Person, provider: Provider, settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"
    boss, client = factories.person(Role.ADMINISTRATOR), Client()
    client.force_login(boss)
    here = Client()
    through(here, provider)
    client.post(reverse("admin:patrol_person_reset_factors", args=[owner.pk]))
    assert (models.LinkedLogin.objects.count(), here.get(reverse("admin:index")).status_code) == (0, 302)
    assert models.Appointment.objects.filter(person=owner).latest("pk").kind == "factors"


def test_an_administrator_takes_it_away_alone(owner: models.Person, provider: Provider, settings: Any) -> None:
    """The second factors stay, and nobody has to agree to the account anew."""
    settings.SECOND_FACTOR = "offered"
    then = timezone.now()
    secret, _sealed = factors.draw_secret()
    factors.add_app(secret=secret, code=code_of(secret, then), by=owner, now=then)
    boss, client, here = factories.person(Role.ADMINISTRATOR), Client(), Client()
    client.force_login(boss)
    here.force_login(owner)
    appointed = models.Appointment.objects.count()
    page, act = reverse("admin:patrol_person_change", args=[owner.pk]), reverse("admin:patrol_person_unlink_provider", args=[owner.pk])
    drawn = client.get(page).content.decode()
    assert (act in drawn, SUBJECT in drawn) == (True, False)
    stale(client)
    assert ("confirm_password" in client.post(act).content.decode(), models.LinkedLogin.objects.count()) == (True, 1)
    client.force_login(boss)
    assert "tidak lagi membuka akun Sari Contoh" in client.post(act, follow=True).content.decode()
    assert (models.LinkedLogin.objects.count(), here.get(reverse("admin:index")).status_code) == (0, 302)
    assert (set(factors.ways(owner)), models.Appointment.objects.count()) == ({"totp", "recovery"}, appointed)
    last, told = models.AuditEntry.objects.latest("seq"), models.Notice.objects.latest("id")
    assert (last.verb, last.actor_id, last.target_id) == ("person.login_unlinked", boss.pk, str(owner.pk))
    assert (told.kind, told.person, told.by) == ("login_unlinked", owner, boss)
    assert act not in client.get(page).content.decode()
    before, said = rows(), verbs()
    assert "tidak ada akun kementerian yang tertaut" in client.post(act, follow=True).content.decode()
    linked_logins.link(subject=SUBJECT, by=models.Person.objects.get(pk=owner.pk), now=then)
    with pytest.raises(PermissionDenied):
        linked_logins.unlink_of(person_id=owner.pk, by=factories.person(Role.SUPERVISOR), now=then)
    assert (rows()["linked"], rows()["notices"], verbs()[:-1]) == (1, before["notices"] + 1, said)


# --- a provider there is none of ----------------------------------------------------------------------------------


def test_without_a_provider_there_is_no_button_and_no_address(owner: models.Person, provider: Provider, settings: Any) -> None:
    _person, client = inside()
    before = rows()
    settings.OIDC_ISSUER = settings.OIDC_NAME = ""
    assert "penyedia" not in Client().get(reverse("admin:login")).content.decode()
    assert "SSO" not in client.get(reverse("admin:own_access")).content.decode()
    for name in ("provider", "provider_return", "provider_end", "link_provider", "unlink_provider"):
        assert (client.get(reverse(f"admin:{name}")).status_code, client.post(reverse(f"admin:{name}")).status_code) == (404, 404)
    assert (rows(), provider.asked) == (before, [])


def test_a_provider_inside_is_asked_at_the_address_that_is_named(provider: Provider, settings: Any) -> None:
    settings.OIDC_ISSUER = "https://sso.kementerian.example:8443/realms/pegawai"
    there = oidc.Provider(settings.OIDC_ISSUER, "sipatrol", "rahasia-klien-contoh")
    assert _client(there).inside is None
    settings.OIDC_ADDRESS = "10.20.0.7"
    assert _client(there).inside == Inside("https://sso.kementerian.example:8443", "10.20.0.7")
    assert fetching.client().inside is None  # nothing that is collected comes from there


def test_no_form_may_lead_to_another_host(provider: Provider) -> None:
    """Whatever the provider is: what goes on to it is a page, whose policy is that of the others."""
    _person, client = inside()
    for answer in (
        Client().get(reverse("admin:login")),
        Client().post(reverse("admin:provider")),
        client.get(reverse("admin:link_provider")),
    ):
        assert "form-action 'self';" in answer["Content-Security-Policy"]
