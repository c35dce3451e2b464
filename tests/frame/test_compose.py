"""The production shape by its structure: no Docker daemon is needed, so nothing here is skipped anywhere."""

import re
from pathlib import Path

import pytest
import yaml
from django.db import connection

from bench import ground

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {"web", "worker", "beat", "migrate"}
SECRETS = {"SECRET_KEY", "CREDENTIAL_KEYS", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"}

# ${NAME}, ${NAME:?sentence}, ${NAME:-value}; $$ is a dollar sign of the container's own shell
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")


def test_the_parts():
    assert set(SERVICES) == OURS | {"proxy", "roles", "postgres", "redis"}
    assert set(COMPOSE["volumes"]) == {"database", "evidence", "certificates"}


def test_every_variable_without_which_nothing_works_stops_the_start_with_a_sentence():
    asked = {found["name"] for found in VARIABLE.finditer(TEXT) if re.fullmatch(r":\?set \w+ to .+", found["rest"])}
    assert asked == SECRETS | {"SITE_HOST", "CONTACT"}


def test_no_variable_has_a_default_but_the_kind_of_certificate():
    assert [found["name"] for found in VARIABLE.finditer(TEXT) if found["rest"].startswith(":-")] == ["SITE_TLS"]
    assert {found["name"] for found in VARIABLE.finditer(TEXT)} == SECRETS | {"SITE_HOST", "CONTACT", "SITE_TLS"}


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_a_secret_reaches_only_the_services_that_need_it(secret):
    needs = {
        "SECRET_KEY": OURS,
        "CREDENTIAL_KEYS": OURS,
        "APP_PASSWORD": OURS | {"roles"},
        "OWNER_PASSWORD": {"migrate", "roles"},
        "POSTGRES_PASSWORD": {"postgres", "roles"},
        "REDIS_PASSWORD": OURS | {"redis"},
    }
    given = {name for name, service in SERVICES.items() if f"${{{secret}" in str(service.get("environment", {}))}
    assert given == needs[secret]
    commands = [
        str(service.get(part)) for service in SERVICES.values() for part in ("command", "entrypoint", "healthcheck")
    ]
    assert [command for command in commands if f"${{{secret}" in command.replace("$$", "")] == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_services_have_no_root_no_rights_and_a_closed_file_system(name):
    service = SERVICES[name]
    assert "user" not in service  # the image's
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_nothing_starts_before_what_it_needs():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "postgres": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
        }
    assert SERVICES["migrate"]["depends_on"] == {"roles": {"condition": "service_completed_successfully"}}
    assert SERVICES["roles"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_what_runs_on_is_watched_and_what_runs_once_is_not_restarted():
    once = {name for name, service in SERVICES.items() if service["restart"] == "no"}
    assert once == {"migrate", "roles"}
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == set(SERVICES) - once


def test_only_the_proxy_is_reached_from_outside_and_only_the_worker_goes_out():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"]["data"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if "outside" in service["networks"]} == {"worker"}
    assert {name for name, service in SERVICES.items() if "edge" in service["networks"]} == {"proxy", "web"}


def test_web_and_worker_share_the_raw_answers():
    volume = "evidence:/var/lib/sipatrol/evidence"
    assert {name for name, service in SERVICES.items() if volume in service.get("volumes", [])} == {"web", "worker"}


def test_the_broker_refuses_rather_than_evicts_and_weak_passwords_stop_the_servers():
    broker = SERVICES["redis"]["entrypoint"][2]
    assert "--maxmemory-policy noeviction" in broker
    for service, name in (("redis", "REDIS_PASSWORD"), ("postgres", "POSTGRES_PASSWORD")):
        assert f"if [ $${{#{name}}} -lt 16 ]; then" in SERVICES[service]["entrypoint"][2]


def test_the_image_installs_by_hash_and_does_not_run_as_root():
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER sipatrol"]
    last = max(number for number, line in enumerate(lines) if line.startswith(("RUN ", "COPY ")))
    assert lines.index("USER sipatrol") > last
    assert [line for line in lines if "pip install" in line and "--require-hashes" not in line] == []
    assert [line for line in lines if re.match(r"(ENV|ARG) .*(SECRET|PASSWORD|URL)", line)] == []


def test_the_image_leaves_out_secrets_data_and_what_belongs_to_development():
    ignored = set((PROJECT / ".dockerignore").read_text().split())
    assert ignored >= {".env", ".git", ".venv", "var", "tests", "bench", "example"}


def test_the_database_starts_with_the_settings_the_benches_measure_with() -> None:
    """Mounted where the image's own way to name a file points to; every name is one PostgreSQL knows."""
    postgres = SERVICES["postgres"]
    assert "./docs/postgres.conf:/etc/postgresql/postgresql.conf:ro" in postgres["volumes"]
    assert postgres["entrypoint"][-1].split("\n")[-2] == (
        "exec docker-entrypoint.sh postgres -c config_file=/etc/postgresql/postgresql.conf"
    )
    settings = dict(ground.Database.SETTINGS)
    assert settings.pop("listen_addresses") == "*"
    lines = [line for line in ground.OFFICE.read_text().splitlines() if line and not line.startswith("#")]
    assert len(settings) == len(lines) - 1


@pytest.mark.django_db
def test_postgresql_knows_every_setting_of_the_file() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lower(name) FROM pg_settings WHERE lower(name) = ANY(%s)", [list(ground.Database.SETTINGS)]
        )
        assert {name for (name,) in cursor.fetchall()} == set(ground.Database.SETTINGS)
