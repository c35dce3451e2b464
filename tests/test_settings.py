"""The settings in a process of their own: a wrong environment stops the start with one sentence, a right one is clean."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from patrol.settings import in_own_network
from tests import tsa_server

PROJECT = Path(__file__).resolve().parent.parent
SECRET = "kunci-contoh-untuk-uji-0123456789-abcdefghijklmnopqrstuvwxyz-ABC"
RIGHT = {
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgresql://app:sandi@db.example:5433/sipatrol",
    "BROKER_URL": "redis://:sandi@redis.example:6379/0",
    "CONTACT": "https://kantor.example/kontak",
}


def run(folder: Any, *arguments: Any, **environment: Any) -> Any:
    """A process that knows nothing but this environment. None takes a name out of the right ones."""
    given = {key: value for key, value in (RIGHT | environment).items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=kept | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "patrol.settings"} | given,
        capture_output=True,
        text=True,
        check=False,
    )


ADDRESSES = (
    "TIMESTAMP_ADDRESS is the one address of the authority in a private network, as 10.20.0.8, beside TIMESTAMP_URL; one for each where"
    " several are asked, in their order, - for one outside."
)
ASK = "import json, sys; from django.conf import settings as s; print(json.dumps({n: getattr(s, n) for n in sys.argv[1:]}, default=str))"


def asked(folder: Any, *names: Any, **environment: Any) -> Any:
    done = run(folder, "-c", ASK, *names, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(folder: Any, **environment: Any) -> Any:
    """The last line of the error: the sentence."""
    done = run(folder, "-c", ASK, "DEBUG", **environment)
    assert done.returncode == 1
    kind, _colon, sentence = done.stderr.strip().splitlines()[-1].partition(": ")
    assert kind == "django.core.exceptions.ImproperlyConfigured"
    return sentence


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "BROKER_URL", "CONTACT"])
def test_what_must_be_set_stops_the_start_where_it_is_not(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, **{name: None}).startswith(f"{name} is not set. ")
    assert refused(tmp_path, **{name: ""}).startswith(f"{name} is not set. ")


WRONG = {
    "short secret": ({"SECRET_KEY": SECRET[:49]}, "SECRET_KEY must be at least 50 random characters."),
    "django's own secret": ({"SECRET_KEY": "django-insecure-" + SECRET}, "SECRET_KEY must be at least 50 random characters."),
    "one letter": ({"SECRET_KEY": "abcabca" * 10}, "SECRET_KEY must be at least 50 random characters."),
    "sqlite": ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL must start with postgresql://; other databases are not supported."),
    "owner on mysql": (
        {"DATABASE_OWNER_URL": "mysql://a@b/c"},
        "DATABASE_OWNER_URL must start with postgresql://; other databases are not supported.",
    ),
    "port": ({"DATABASE_URL": "postgresql://a:b@host:lima/db"}, "DATABASE_URL has a port that is no number."),
    "no database": (
        {"DATABASE_URL": "postgresql://a:b@host/"},
        "DATABASE_URL names no database: postgresql://user:password@host:port/NAME.",
    ),
    "amqp": ({"BROKER_URL": "amqp://localhost"}, "BROKER_URL must start with redis://, rediss:// or redis+socket://."),
    "key of credentials": (
        {"CREDENTIAL_KEYS": "bukan-kunci"},
        "CREDENTIAL_KEYS must be Fernet keys with commas between: 32 random bytes each, in URL-safe base64.",
    ),
    "one time of day": ({"WORKDAY": "08.00"}, "WORKDAY must be two times of day, as 08.00-16.00."),
    "no time of day": ({"WORKDAY": "pagi-sore"}, "WORKDAY must be two times of day, as 08.00-16.00."),
    "a day over midnight": ({"WORKDAY": "22.00-06.00"}, "WORKDAY must end later than it begins, as 08.00-16.00."),
    "no hour to decide in": ({"DECIDE_HOURS_HIGH": "0"}, "DECIDE_HOURS_HIGH is an hour or more, and no more than DECIDE_HOURS_MEDIUM."),
    "a high flag that may wait longer": (
        {"DECIDE_HOURS_MEDIUM": "11"},
        "DECIDE_HOURS_HIGH is an hour or more, and no more than DECIDE_HOURS_MEDIUM.",
    ),
    "mail by another way": ({"MAIL_URL": "imap://h"}, "MAIL_URL is written smtp+tls://USER:PASSWORD@HOST:PORT, or smtps://."),
    "mail in the open": (
        {"MAIL_URL": "smtp://surel.example"},
        "MAIL_URL needs smtp+tls:// or smtps://: without TLS packets are sent to this machine alone.",
    ),
    "mail to nowhere": (
        {"MAIL_URL": "smtps://:rahasia@:465"},
        "MAIL_URL names a host and nothing behind it: smtp+tls://USER:PASSWORD@HOST:PORT.",
    ),
    "no way to tell of a hole": (
        {"SECURITY_CONTACT": "tel:+62", "SECURITY_UNTIL": "2027-06-30"},
        "SECURITY_CONTACT begins with mailto: or https://, in ASCII and without spaces.",
    ),
    "a hole told without an end": (
        {"SECURITY_CONTACT": "mailto:keamanan@kantor.example"},
        "SECURITY_UNTIL is not set. The last day on which SECURITY_CONTACT is answered.",
    ),
    "a hole told until some time": (
        {"SECURITY_CONTACT": "mailto:keamanan@kantor.example", "SECURITY_UNTIL": "Juni"},
        "SECURITY_UNTIL is a day, as 2027-06-30.",
    ),
    "mail from nobody": ({"MAIL_URL": "smtps://surel.example"}, "MAIL_URL and MAIL_FROM are set together or not at all."),
    "mail from two": (
        {"MAIL_URL": "smtps://surel.example", "MAIL_FROM": "a@kantor.example,b@kantor.example"},
        "MAIL_FROM is one mail address in ASCII.",
    ),
    "same key twice": ({"CREDENTIAL_KEYS": ",".join(["A" * 43 + "="] * 2)}, "CREDENTIAL_KEYS names a key twice."),
    "contact of two lines": (
        {"CONTACT": "https://kantor.example/\nX-Lain: 1"},
        "CONTACT goes out with every request: write the address in ASCII, without spaces (an international name as xn--...).",
    ),
    "public desk": ({"PUBLIC_DESK": "ya"}, "PUBLIC_DESK must be 0, 1 or alone, not 'ya'."),
    "nobody to call": ({"PUBLIC_DESK": "1"}, "PUBLIC_HOTLINE is not set. The number that public pages tell."),
    "no number to call": (
        {"PUBLIC_DESK": "1", "PUBLIC_HOTLINE": "hotline"},
        "PUBLIC_HOTLINE is a telephone number, PUBLIC_WHATSAPP one that begins with + and the country's code.",
    ),
    "no address of the desk": (
        {"PUBLIC_URL": "https://cek.kantor.example/cek/"},
        "PUBLIC_URL is the address of the public desk without anything behind the host: https://HOST.",
    ),
    "a name with an address": (
        {"PUBLIC_HOST": "https://cek.kantor.example"},
        "PUBLIC_HOST is a name alone, without https:// and without a port: cek.kantor.example.",
    ),
    "no workbench left": (
        {"PUBLIC_DESK": "1", "PUBLIC_HOTLINE": "0800-0000-000", "SITE_URL": "https://kantor.example", "PUBLIC_HOST": "kantor.example"},
        "PUBLIC_HOST is the name of the workbench in SITE_URL: nobody could open the workbench. Set another one.",
    ),
    "no logo": ({"PUBLIC_LOGO": "/nonexistent.png"}, "PUBLIC_LOGO names /nonexistent.png, which is no file of at most 50 KB."),
    "bool": ({"DEBUG": "ya"}, "DEBUG must be 1 or 0, not 'ya'."),
    "https": ({"HTTPS": "off"}, "HTTPS must be 1 or 0, not 'off'."),
    "number": ({"SWEEP_SECONDS": "lima"}, "SWEEP_SECONDS must be a whole number, not 'lima'."),
    "stand-ins": (
        {"STAND_INS": '{"https://t.me": "http://127.0.0.1:9"}'},
        "STAND_INS is for the example run only: set EXAMPLE=1 or remove it.",
    ),
    "second factor": ({"SECOND_FACTOR": "none"}, "SECOND_FACTOR must be directorate or everybody, not 'none'."),
    "step-up too long": ({"STEP_UP_SECONDS": "901"}, "STEP_UP_SECONDS is from 60 to 900."),
    "step-up too short": ({"STEP_UP_SECONDS": "59"}, "STEP_UP_SECONDS is from 60 to 900."),
    "half a provider": (
        {"OIDC_ISSUER": "https://sso.kantor.example", "OIDC_CLIENT_ID": "sipatrol", "OIDC_NAME": "SSO"},
        "OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME are set together or not at all.",
    ),
    "a provider without TLS": (
        {"OIDC_ISSUER": "http://sso.kantor.example", "OIDC_CLIENT_ID": "sipatrol", "OIDC_CLIENT_SECRET": "rahasia", "OIDC_NAME": "SSO"},
        "OIDC_ISSUER is the provider's own https:// address, without ? or #, and with a port only beside OIDC_ADDRESS: https://HOST/realms/NAME.",
    ),
    "a provider with a long address": (
        {
            "OIDC_ISSUER": f"https://sso.kantor.example/{'x' * 300}",
            "OIDC_CLIENT_ID": "sipatrol",
            "OIDC_CLIENT_SECRET": "rahasia",
            "OIDC_NAME": "SSO",
        },
        "OIDC_ISSUER has 300 characters at most.",
    ),
    "a provider with a port": (
        {
            "OIDC_ISSUER": "https://sso.kantor.example:8443",
            "OIDC_CLIENT_ID": "sipatrol",
            "OIDC_CLIENT_SECRET": "rahasia",
            "OIDC_NAME": "SSO",
        },
        "OIDC_ISSUER is the provider's own https:// address, without ? or #, and with a port only beside OIDC_ADDRESS: https://HOST/realms/NAME.",
    ),
    "an address inside that is none": (
        {
            "OIDC_ISSUER": "https://sso.kantor.example:8443/realms/pegawai",
            "OIDC_ADDRESS": "169.254.169.254",
            "OIDC_CLIENT_ID": "sipatrol",
            "OIDC_CLIENT_SECRET": "rahasia",
            "OIDC_NAME": "SSO",
        },
        "OIDC_ADDRESS is the one address of the provider in a private network, as 10.20.0.7, beside OIDC_ISSUER.",
    ),
    "a second factor that is none": (
        {"OIDC_SECOND_FACTOR": "gold,1"},
        "OIDC_SECOND_FACTOR names no 0 or 1: providers say them of a password alone.",
    ),
    "second factor offered": (
        {"SECOND_FACTOR": "offered"},
        "SECOND_FACTOR=offered is for the example run only: set directorate or everybody.",
    ),
    "manifests to no address": ({"ANCHOR_MAIL": "arsip"}, "ANCHOR_MAIL is one mail address in ASCII."),
    "manifests by no mail": (
        {"ANCHOR_MAIL": "arsip@kantor.example"},
        "ANCHOR_MAIL needs MAIL_URL and MAIL_FROM: nothing else carries mail.",
    ),
    "an authority at no address": (
        {"TIMESTAMP_URL": "tsa.example"},
        "TIMESTAMP_URL is the whole address of the authority: https://HOST/PATH.",
    ),
    "an authority at another port": (
        {"TIMESTAMP_URL": "https://tsa.example:3180/"},
        "TIMESTAMP_URL has another port than 80 and 443 only beside TIMESTAMP_ADDRESS.",
    ),
    "an authority nobody believes": (
        {"TIMESTAMP_URL": "https://tsa.example/"},
        "TIMESTAMP_URL needs TIMESTAMP_CA, the certificates (PEM) of the authority; TIMESTAMP_CA_FILE names a file.",
    ),
    "an authority without certificates": (
        {"TIMESTAMP_URL": "https://tsa.example/", "TIMESTAMP_CA": "akar"},
        "TIMESTAMP_CA holds no certificates; it is their text (PEM), TIMESTAMP_CA_FILE names a file.",
    ),
    "an authority inside that is none": ({"TIMESTAMP_ADDRESS": "127.0.0.1"}, ADDRESSES),
    "addresses of other authorities than are asked": (
        {"TIMESTAMP_URL": "https://satu.example/,https://dua.example/", "TIMESTAMP_ADDRESS": "10.20.0.8"},
        ADDRESSES,
    ),
    "the second authority at no address": (
        {"TIMESTAMP_URL": "https://satu.example/,dua.example"},
        "TIMESTAMP_URL is the whole address of the authority: https://HOST/PATH.",
    ),
    "an authority twice": ({"TIMESTAMP_URL": "https://satu.example/,https://satu.example/ts"}, "TIMESTAMP_URL names one host twice."),
    "many authorities": (
        {"TIMESTAMP_URL": ",".join(f"https://{one}.example/" for one in "abcde")},
        "TIMESTAMP_URL names four authorities at most.",
    ),
    "stand-ins no object": ({"STAND_INS": "[]", "EXAMPLE": "1"}, "STAND_INS must be a JSON object."),
    "secret file missing": (
        {"SECRET_KEY_FILE": "/nonexistent/kunci"},
        "SECRET_KEY_FILE names /nonexistent/kunci, which cannot be read: No such file or directory.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_stops_the_start_with_one_sentence(tmp_path: Path, case: Any) -> None:
    environment, sentence = WRONG[case]
    assert refused(tmp_path, **environment) == sentence


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        *((one, True) for one in ("10.20.0.7", "172.16.0.1", "172.31.255.254", "192.168.1.20", "fd00::7")),
        *((one, False) for one in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "fd00::7%eth0", "100.64.0.1", "0.0.0.0", "224.0.0.1")),
        *((one, False) for one in ("172.15.0.1", "172.32.0.1", "11.0.0.1", "::ffff:10.0.0.1", "10.0.0.0/8", "10.1", "sso.dalam", "")),
    ],
)
def test_an_address_inside_is_one_of_a_private_network(address: str, is_one: bool) -> None:
    assert in_own_network(address) == is_one


def test_a_working_day_is_from_eight_to_four_unless_said_otherwise(tmp_path: Path) -> None:
    assert asked(tmp_path, "WORKDAY") == {"WORKDAY": ["08:00:00", "16:00:00"]}
    assert asked(tmp_path, "WORKDAY", WORKDAY="07.30-15:45") == {"WORKDAY": ["07:30:00", "15:45:00"]}


def test_flags_have_limits_by_their_level(tmp_path: Path) -> None:
    assert asked(tmp_path, "DECIDE_HOURS") == {"DECIDE_HOURS": {"high": 12, "medium": 48}}
    given = {"DECIDE_HOURS_HIGH": "6", "DECIDE_HOURS_MEDIUM": "6"}
    assert asked(tmp_path, "DECIDE_HOURS", **given) == {"DECIDE_HOURS": {"high": 6, "medium": 6}}


@pytest.mark.parametrize("label", ["TRUSTED CERTIFICATE", "X509 CERTIFICATE", "PRIVATE KEY"])
def test_certificates_of_an_authority_are_plain_ones(tmp_path: Path, label: str) -> None:
    plain = tsa_server.authority(tmp_path / "satu", "Satu")
    assert asked(tmp_path, "TIMESTAMP_CA", TIMESTAMP_CA=plain * 2) == {"TIMESTAMP_CA": plain * 2}
    sentence = "TIMESTAMP_CA holds another block than BEGIN CERTIFICATE: leave the certificates alone in it."
    assert refused(tmp_path, TIMESTAMP_CA=plain + plain.replace(" CERTIFICATE-", f" {label}-")) == sentence


def test_a_mail_server_is_read_from_its_address(tmp_path: Path) -> None:
    assert asked(tmp_path, "MAIL") == {"MAIL": None}
    given = {"MAIL_URL": "smtp+tls://a%40b:p%2Fq@surel.example", "MAIL_FROM": "kirim@kantor.example"}
    known = {"host": "surel.example", "port": 587, "security": "starttls", "user": "a@b", "password": "p/q"}
    assert asked(tmp_path, "MAIL", **given) == {"MAIL": known}


def test_a_secret_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kunci"
    file.write_bytes(b"\xff\xfe\x00")
    assert refused(tmp_path, SECRET_KEY_FILE=str(file)) == f"SECRET_KEY_FILE names {file}, which is not text."


def test_no_sentence_holds_a_secret(tmp_path: Path) -> None:
    for environment in (
        {"DATABASE_URL": "postgresql://a:rahasia@h:x/d"},
        {"BROKER_URL": "amqp://:rahasia@h"},
        {"MAIL_URL": "imap://a:rahasia@h"},
    ):
        done = run(tmp_path, "-c", ASK, "DEBUG", **environment)
        assert "rahasia" not in done.stderr.strip().splitlines()[-1]


def test_an_address_becomes_an_entry_with_everything_in_it(tmp_path: Path) -> None:
    url = "postgresql://app%40x:s%2Fandi@db.example:5433/sip?sslmode=require"
    entry = asked(tmp_path, "DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    wanted = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    assert tuple(entry[name] for name in wanted) == ("app@x", "s/andi", "db.example", "5433", "sip", {"sslmode": "require"})
    socket = "postgresql://app@/sip?host=/run/postgres&port=6000"
    entry = asked(tmp_path, "DATABASES", DATABASE_URL=socket)["DATABASES"]["default"]
    assert tuple(entry[name] for name in wanted) == ("app", "", "/run/postgres", "6000", "sip", {})


def test_a_secret_may_stand_in_a_file_and_the_file_wins(tmp_path: Path) -> None:
    file = tmp_path / "kunci"
    file.write_text(SECRET[::-1] + "\n")
    assert asked(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(file)) == {"SECRET_KEY": SECRET[::-1]}


def test_what_make_run_left_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    lines = ["# dari make run", *(f"{key} = {value}" for key, value in RIGHT.items()), "EXAMPLE=1", "SWEEP_SECONDS=7", "x"]
    (tmp_path / "run.env").write_text("\n".join(lines))
    nothing = dict.fromkeys(RIGHT)
    got = asked(tmp_path, "SECRET_KEY", "BROKER_URL", "EXAMPLE", "SWEEP_SECONDS", **nothing)
    assert got == {"SECRET_KEY": SECRET, "BROKER_URL": RIGHT["BROKER_URL"], "EXAMPLE": True, "SWEEP_SECONDS": 7}
    got = asked(tmp_path, "EXAMPLE", "SWEEP_SECONDS", **(nothing | {"EXAMPLE": "0", "SWEEP_SECONDS": "9"}))
    assert got == {"EXAMPLE": False, "SWEEP_SECONDS": 9}


def test_production_is_the_default_and_strict(tmp_path: Path) -> None:
    got = asked(
        tmp_path,
        "EXAMPLE",
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "LANGUAGE_COOKIE_NAME",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        "USER_AGENT",
        "STAND_INS",
        "SECOND_FACTOR",
    )
    assert got == {
        "EXAMPLE": False,
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "LANGUAGE_COOKIE_NAME": "__Host-language",
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "USER_AGENT": "SIPatrol/0.1 (+https://kantor.example/kontak)",
        "STAND_INS": {},
        "SECOND_FACTOR": "directorate",
    }


def test_reading_the_settings_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "belum ada"
    asked(folder, "VAR_DIR")
    assert not folder.exists()


SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL")


def check(folder: Any, **environment: Any) -> Any:
    servers = {name: os.environ[name] for name in SERVERS}
    return run(folder, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **(servers | environment))


WITH_ALL = {
    "PUBLIC_DESK": "1",
    "PUBLIC_HOST": "cek.kantor.example",
    "PUBLIC_HOTLINE": "0800-0000-000",
    "SITE_URL": "https://sipatrol.kantor.example",
    "SECURITY_CONTACT": "mailto:keamanan@kantor.example",
    "SECURITY_UNTIL": "2999-12-31",
    "MAIL_URL": "smtps://surel.kantor.example",
    "MAIL_FROM": "sipatrol@kantor.example",
    "RECEIPT_KEY": "r" * 40,
    "IDENTITY_KEY": "0" * 64,
}


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{}, WITH_ALL])
def test_the_deploy_check_is_clean_in_the_production_shape(tmp_path: Path, more: dict[str, str]) -> None:
    key = "A" * 43 + "="
    done = check(tmp_path, ALLOWED_HOSTS="sipatrol.kantor.example", BEHIND_PROXY="1", CREDENTIAL_KEYS=key, **more)
    assert done.returncode == 0, done.stderr  # a part that is off for want of a system package is told, and no fault


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"EXAMPLE": "1", "DEBUG": "1", "HTTPS": "0"}, ["patrol.E010", "security.W008", "security.W018"]),
        ({"EXAMPLE": "1", "SECOND_FACTOR": "offered"}, ["patrol.E013"]),
        ({"TIP_DAYS": "91"}, ["patrol.E012", "patrol.W012"]),
    ],
)
def test_the_deploy_check_tells_what_must_not_reach_an_office(tmp_path: Path, environment: Any, told: list[str]) -> None:
    done = check(tmp_path, **environment)
    assert done.returncode == 1
    assert [code for code in told if code not in done.stderr] == []


@pytest.mark.parametrize(
    ("desk", "hosts", "url"),
    [
        ("0", ["kerja.example"], "https://kerja.example"),
        ("1", ["kerja.example", "cek.example"], "https://cek.example"),
        ("alone", ["kerja.example", "cek.example"], "https://cek.example"),
    ],
)
def test_the_name_of_a_desk_that_is_off_is_answered_and_printed_nowhere(tmp_path: Path, desk: str, hosts: list[str], url: str) -> None:
    given = {"ALLOWED_HOSTS": "kerja.example", "SITE_URL": "https://kerja.example", "PUBLIC_HOTLINE": "0800-0000-000"}
    told = asked(tmp_path, "ALLOWED_HOSTS", "PUBLIC_URL", **given, PUBLIC_HOST="cek.example", PUBLIC_DESK=desk)
    assert told == {"ALLOWED_HOSTS": hosts, "PUBLIC_URL": url}
