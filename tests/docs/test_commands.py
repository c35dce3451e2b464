"""Every command of README.md, CHANGELOG.md and the pages of docs/ is run: here with small arguments, or by the test that is named.

What needs a Docker daemon, the network, root or minutes stands in `UNRUN` with its reason. A new command in a document fails the first
test until it stands in one of the three tables; an option in a document fails the second one until a line here gives it.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from example import site
from patrol.models import Role
from tests import factories
from tests.docs import documents
from tests.management import sets

NOW = "2026-11-23T10:47"
ASSESSED = "docs/offices/commands.md"

# As it stands in the document -> the lines that are run, and what they say. {words in braces} are made by the fixture `place`.
RUN: dict[str, tuple[tuple[str, str], ...]] = {
    "manage.py check": (("check", "System check identified"),),
    "manage.py migrate": (("migrate --plan", "No planned migration operations."),),
    "manage.py patrol [--watch ID]": (
        ("patrol", ": 1 pages, 1 posts, 1 new, 0 changed.\nRead 1 posts"),
        ("patrol --watch {watch}", ": 1 pages, 1 posts, 0 new, 0 changed.\nRead 0 posts"),
    ),
    "manage.py import_register --agencies F --licences F [--register-date D] [--by-hand WHICH] [--yes]": (
        ("import_register --agencies {agencies} --licences {licences}", "Nothing was loaded; repeat with --yes"),
        ("import_register --agencies {agencies} --licences {licences} --register-date 2026-11-20 --yes", "Register as of 2026-11-20"),
        ("import_register --agencies {agencies} --licences {licences} --by-hand keep --yes", "Loaded as edition 2"),
    ),
    "manage.py import_posts FILE --by USER [--format F] [--mapping JSON] [--dry-run]": (
        ("import_posts {table} --by petugas --format table --mapping {mapping} --dry-run", "1 posts, 0 bad rows"),
        ("import_posts {table} --by petugas --mapping {mapping}", "1 new, 0 changed, 0 repeated, 0 bad rows"),
    ),
    "manage.py summary [--week 2026-W47] [--office CODE] [--freeze --by USER]": (
        ("summary --week 2026-W47 --office bp3mi-jabar", "Minggu 47, 16–22 November 2026"),
        ("summary --week 2026-W47 --freeze --by penyelia", "Minggu 47, 16–22 November 2026"),
    ),
    "manage.py summary [--week 2026-W47] [--office CODE] --format F [--output FILE]": (
        ("summary --week 2026-W47 --office bp3mi-jabar --format json --output {folder}/rekap.json", "2026-W47  "),
        ("summary --week 2026-W47 --format xlsx --output {folder}/rekap.xlsx", "2026-W47  "),
    ),
    "manage.py evaluate --labels FILE…": (("evaluate --labels {labels} --now {now}", "3 posts judged."),),
    "manage.py evaluate": (("evaluate --labels {labels} --now {now}", "3 posts judged."),),
    "manage.py evaluate --campaigns --labels FILE… --no-register": (
        ("evaluate --campaigns --labels {rings} --no-register --now {now}", "4 posts, precision 1.000, recall 1.000"),
    ),
    "manage.py evaluate --labels tests/evaluation/*/labels.jsonl [--worst 20] [--only phones] [--show] [--json OUT|-]"
    " [--report DIR] [--points FILE] [--fail-under look.recall=0.95,phones.f1=0.98]": (
        (
            (
                "evaluate --labels {labels} --now {now} --worst 20 --only phones --show --report {folder}/report"
                " --points {points} --fail-under look.recall=0.95,phones.f1=0.98"
            ),
            "3 posts judged.",
        ),
        ("evaluate --labels {labels} --now {now} --json -", '"look.recall": 1.0'),
    ),
    "manage.py evaluate --from-decisions": (("evaluate --from-decisions", "1 posts judged."),),
    "manage.py evaluate --from-decisions [--since 2026-11-01]": (
        ("evaluate --from-decisions", "1 posts judged."),
        ("evaluate --from-decisions --since 2026-11-01", "1 posts judged."),
    ),
    "manage.py rules [--labels FILE…] [--json]": (
        ("rules --labels {labels} --now {now}", "scam_compound_job"),
        ("rules --labels {labels} --now {now} --json", '"scam_compound_job"'),
    ),
    "manage.py rules": (("rules", "scam_compound_job"),),
    "manage.py calibrate --labels FILE… [--out F]": (
        ("calibrate --labels {labels} --now {now} --out {folder}/points-out.toml", "scam_compound_job"),
    ),
    "manage.py calibrate": (("calibrate --labels {labels} --now {now}", "scam_compound_job"),),
    "manage.py calibrate --labels FILE… | --from-decisions [--strength 5] [--at-most 1.5] [--out points.toml]": (
        ("calibrate --labels {labels} --now {now} --strength 5 --at-most 1.5 --out {folder}/o.toml", "scam_compound"),
        ("calibrate --from-decisions --strength 5 --at-most 1.5 --out {folder}/o.toml", "scam_compound_job"),
    ),
    "manage.py calibrate --approve points.toml --by USER": (("calibrate --approve {points} --by kepala", "Points edition 1 is in force"),),
    "manage.py calibrate --withdraw --by USER": (
        ("calibrate --approve {points} --by kepala", "Points edition 1 is in force"),
        ("calibrate --withdraw --by kepala", "Points edition 2 is in force"),
    ),
    "manage.py calibrate --show": (("calibrate --show", "The expert's points are in force"),),
    "manage.py setup [--username U] [--name N] [--second-username U] [--second-name N] [--link U]": (
        ("setup --username pertama --name Pertama --second-username kedua --second-name Kedua", "Administrator kedua made."),
        ("setup --link kedua", "Set the password of kedua here"),
    ),
    "manage.py setup": (("setup", "Administrator admin made."),),
    "manage.py verify_evidence": (("verify_evidence", "All whole: 0 records of 0 files"),),
    "manage.py retention": (("retention", "unflagged (post), 180 days: 0 due; held: nothing"),),
    "manage.py reseal_credentials": (("reseal_credentials", "Credentials: 0 sealed with the first key."),),
    "manage.py tally": (("tally", "All as the events say: 0 days."),),
    "manage.py tally --rebuild": (("tally --rebuild", "Mended: 0 counts."),),
    "manage.py tally [--rebuild]": (("tally", "All as the events say: 0 days."), ("tally --rebuild", "Mended: 0 counts.")),
    "manage.py sweep": (("sweep", "Due: 1 watches, "),),
    "manage.py messages [--check]": (("messages --check", "Every word of the screen has its Indonesian."),),
}

_WAY = "tests/frame/test_run.py::test_the_whole_run_comes_up_fills_the_queue_ends_and_comes_back_with_its_data"
_BACKUP = "tests/evidence/test_backups.py::test_all_of_it_comes_back_and_is_whole"
_KEY_GONE = "tests/evidence/test_backups.py::test_the_keys_that_were_written_to_are_known_until_they_are_destroyed"
_PYTHON = "tests/frame/test_setup.py::test_shims_and_old_pythons_are_passed_over_and_a_second_run_does_nothing"
_LINK = "tests/management/test_assess.py::test_link_names_posts_that_belong_together"

_SUBJECT = "tests/management/test_subject_report.py::test_it_writes_one_file_that_says_what_is_held_and_beside_it_what_is_for_the_office"
_PEERS = "tests/management/test_export_indicators.py::test_it_writes_the_approved_file_for_its_owner_and_the_log_says_who_ran_it"
_PACKAGE = "tests/management/test_export_case.py::test_it_writes_the_package_for_its_owner_and_the_log_says_who_ran_it"
_KEYHOLDER = "tests/intake/tips/test_identity.py::test_the_process_answers_while_it_runs"
_NEW_KEY = "tests/intake/tips/test_identity.py::test_a_key_is_written_for_its_owner_alone"

_SEAL = "tests/management/test_seal.py::test_a_key_is_made_once_and_then_it_seals"
_ANEW = "tests/evidence/anchors/test_making.py::test_a_database_older_than_its_anchors_is_told_as_that_and_goes_on_anew_by_hand"
_NEXT_KEY = "tests/management/test_seal.py::test_the_next_key_is_announced"
_ANCHORS = "tests/management/test_seal.py::test_verified_with_anchors_and_what_is_newer_is_told"
_ARCHIVE_KEY = "tests/evidence/archive/test_wacz.py::test_the_key_of_the_manual_signs_and_has_the_name_it_prints"
# As it stands in the document -> the test that runs it.
ELSEWHERE = {
    "openssl dgst -sha256 verify.py contents.json": "tests/cases/packages/test_verify.py::test_paper_is_compared_before_the_script_is_run",
    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out anchor-key/archive": _ARCHIVE_KEY,
    "openssl pkey -in anchor-key/archive -pubout -outform DER | sha256sum": _ARCHIVE_KEY,
    "manage.py seal [--new-key FILE] [--anew] [--key-lost]": _SEAL,
    "manage.py seal": _SEAL,
    "manage.py seal --anew": _ANEW,
    "manage.py seal --new-key FILE": _NEXT_KEY,
    "manage.py seal --key-lost": (
        "tests/evidence/anchors/test_making.py::test_a_lost_key_is_gone_on_from_by_hand_and_told_until_the_new_one_is_given_too"
    ),
    "manage.py verify_evidence --anchors": _ANCHORS,
    "manage.py verify_evidence --anchors FOLDER --key NAME": _ANCHORS,
    "manage.py verify_evidence --anchors FOLDER [--key KEY]": _ANCHORS,
    "manage.py backup --key-destroyed age1…": _KEY_GONE,
    "manage.py retention [--run]": "tests/management/test_retention.py::test_it_counts_and_erases_with_run_alone",
    "make run": _WAY,
    "PORT=8001 make run": _WAY,
    "VAR_DIR=/some/folder make run": _WAY,
    "WEEKS=0 make run": "tests/frame/test_run.py::test_how_many_weeks_lie_behind_the_example_is_asked_for_by_name",
    "PYTHON=/path/to/python3 make run": _PYTHON,
    "manage.py patrol --set-aside": "tests/management/test_patrol.py::test_what_was_set_aside_is_read_again_and_no_watch_is_asked",
    ".venv/bin/python manage.py patrol": (
        "tests/management/test_patrol.py::test_a_round_prints_what_it_fetched_stored_flagged_and_could_not_read"
    ),
    "make messages": (
        "tests/docs/test_commands.py::test_a_command_does_what_the_document_says"  # as `manage.py messages --check`
    ),
    "make docs": "tests/docs/test_site.py::test_the_site_is_built_without_a_warning_and_without_the_network",
    "make reset": "tests/frame/test_run.py::test_reset_empties_what_a_run_made",
    "manage.py setup --factors USERNAME": (
        "tests/management/test_setup.py::test_lost_second_factors_of_the_first_two_are_taken_away_here_and_of_nobody_else"
    ),
    "manage.py assess": "tests/management/test_assess.py::test_files_need_no_database",
    "manage.py keyholder": _KEYHOLDER,
    "manage.py keyholder --key FILE": _KEYHOLDER,
    "python manage.py keyholder --key /etc/sipatrol/identity": _KEYHOLDER,
    "manage.py keyholder --new-key FILE": _NEW_KEY,
    "python manage.py keyholder --new-key /etc/sipatrol/identity": _NEW_KEY,
    "manage.py assess --link": _LINK,
    "manage.py check --deploy": "tests/test_settings.py::test_the_deploy_check_is_clean_in_the_production_shape",
    "manage.py collectstatic": (
        "tests/frame/test_compose.py::test_the_files_of_the_pages_are_collected_with_exactly_the_variables_of_the_image"
    ),
    "manage.py export_case": _PACKAGE,
    "manage.py export_case NUMBER --to FILE.zip --by USER [--purpose WORDS] [--request NUMBER]": _PACKAGE,
    "manage.py export_indicators": _PEERS,
    "manage.py export_indicators NUMBER --as stix --to FILE --by USER": _PEERS,
    "python manage.py export_indicators PKR-26-0187 --as stix --to /some/folder/FILE.json --by USER": _PEERS,
    "manage.py subject_report REQUEST [--to FOLDER]": _SUBJECT,
    "manage.py subject_report": _SUBJECT,
    "manage.py backup --to FOLDER": _BACKUP,
    "manage.py backup --to FOLDER [--key KEY]": _BACKUP,
    "manage.py backup": _BACKUP,
    "manage.py restore": _BACKUP,
    "manage.py restore FILE --identity F": _BACKUP,
    "manage.py evaluate --labels example/world/labels.jsonl": (
        "tests/management/test_evaluate.py::test_posts_of_the_database_are_found_by_platform_and_id"
    ),
    "manage.py evaluate --labels tests/evaluation/unseen/[abcd]/labels.jsonl": ("tests/docs/test_figures.py::test_how_right_it_is"),
    "manage.py evaluate --campaigns --labels tests/evaluation/campaigns/unseen/labels.jsonl --no-register": (
        "tests/docs/test_figures.py::test_how_right_the_rings_of_the_older_set_are"
    ),
    ".venv/bin/python -m djlint templates --reformat": ("tests/frame/test_templates.py::test_the_formatter_sees_a_template_out_of_form"),
    "chromium": "tests/evidence/archive/test_browser.py::test_a_browser_is_found_by_its_usual_names_or_where_the_setting_says",
    "python -m bench.structure": "tests/docs/test_architecture.py::test_every_package_has_a_floor_and_none_runs_in_a_circle",
    "python -m bench.learn_kinds": "tests/engine/reading/test_learned.py::test_a_fit_is_the_same_twice_and_finds_what_separates",
    "python -m bench.learn_offered": "tests/engine/reading/test_offered.py::test_a_fit_is_the_same_twice_and_finds_what_separates",
    "SIPATROL_OWNER_PASSWORD=… SIPATROL_APP_PASSWORD=… psql -X -v ON_ERROR_STOP=1 -d postgres -f docs/roles.sql": (
        "tests/frame/test_servers.py::test_sql_of_an_office_makes_a_database_of_another_name"
    ),
}

_DAEMON = "needs a Docker daemon; tests/frame/test_compose.py tries what the file holds without one"
_MINUTES = "takes minutes to hours of both cores"
# As it stands in the document -> why no test runs it.
UNRUN = {
    "make test": "is what runs this",
    "make check": "is what CI runs before the tests",
    'make test PYTEST="tests/engine/rules -x"': "is what runs this, a part of it",
    "make quick": "runs tests; tests/frame/test_quick.py tries which",
    "make coverage": "runs tests of the engine and counts their lines",
    'make test PYTEST="-p tests.shuffled"': "is what runs this, in another order",
    'make test PYTEST="-n 12 --dist loadfile"': "is what runs this, on a busy machine",
    "faketime --exclude-monotonic -f +365d make test": "is what runs this, on another day",
    "make lint": "is a part of `make check`, which CI runs before the tests",
    "make types": "is a part of `make check`, which CI runs before the tests",
    "make floors": "is a part of `make check`, which CI runs before the tests",
    "make shots": "draws the pictures of the documents over from a running example",
    "make shots ONLY=pack": "draws one of them over",
    "make bench": _MINUTES,
    "make mutants": _MINUTES,
    "make soak": _MINUTES,
    "python -m bench": _MINUTES,
    "python -m bench.NAME": _MINUTES,
    "python -m bench.week --no-plain": _MINUTES,
    "python -m bench.flyers --flyers 72": _MINUTES,
    "python -m bench.rings": _MINUTES,
    "python -m bench.mutants --modules MODULE --tests FILES": _MINUTES,
    "python -m bench.campaigns --sizes 5000,60000": _MINUTES,
    "docker compose build": _DAEMON,
    "docker compose stop web worker beat keyholder": _DAEMON,
    "docker compose up -d --build": _DAEMON,
    "docker compose up -d": _DAEMON,
    "docker compose restart": _DAEMON,
    "docker compose restart web worker": _DAEMON,
    "docker compose restart worker": _DAEMON,
    "docker compose run --rm tools python manage.py seal --new-key /anchor-key/key": _DAEMON,
    "docker compose run --rm tools python manage.py seal --anew": _DAEMON,
    "install -d -o 10001 -g 10001 -m 0700 anchors anchor-key": "takes root",
    "docker compose exec web python manage.py setup": _DAEMON,
    "docker compose cp proxy:/data/caddy/pki/authorities/local/root.crt .": _DAEMON,
    "docker compose run --rm tools python manage.py backup --new-key /backups/key.txt": _DAEMON,
    "docker compose run --rm tools python manage.py backup --to /backups --key age1…": _DAEMON,
    "docker compose run --rm tools python manage.py restore /backups/sipatrol-….tar.age --identity /backups/key.txt": _DAEMON,
    "docker compose exec web python manage.py verify_evidence": _DAEMON,
    "docker compose exec web python manage.py retention": _DAEMON,
    "docker compose exec web python -c \"import socket; socket.create_connection(('10.20.0.7', 443), 5)\"": _DAEMON,
    "docker network inspect sipatrol_edge": _DAEMON,
    "docker compose run --rm tools python manage.py backup --key-destroyed age1…": _DAEMON,
    "docker compose run --rm --no-deps -v /some/folder:/files:ro web python manage.py import_posts /files/FILE --by USER": _DAEMON,
    "docker image inspect --format '{{index .RepoDigests 0}}' postgres:18": _DAEMON,
    "install -d -o 10001 -g 10001 -m 0700 backups": "takes root",
    "install -d -o 10002 -g 10002 -m 0700 keys": "takes root",
    'docker compose run --rm --no-deps -v "$PWD/keys:/new" keyholder python manage.py keyholder --new-key /new/identity': _DAEMON,
    "docker compose logs keyholder": _DAEMON,
    "docker compose logs web": _DAEMON,
    'docker compose run --rm --no-deps -e SUDO_USER="$USER" tools python manage.py subject_report REQUEST --to /backups': _DAEMON,
    'docker compose run --rm --no-deps -e SUDO_USER="$USER" tools python manage.py export_case NUMBER --to /backups/FILE.zip --by USER'
    " --purpose WORDS": _DAEMON,
    "chromium --pack-extension=extension --pack-extension-key=KEY": (
        "needs the office's own key; tests/browser/test_extension.py drives the folder itself"
    ),
}

# Run by a test of their own below.
ASSESS = next(one for one in documents.commands(documents.named()[ASSESSED]) if one.startswith("echo "))
RANDOM = tuple(sorted({one for one in documents.commands(documents.whole()) if one.startswith("openssl rand ")}))
ALONE = {"make", ASSESS, *RANDOM}

# Programs named without anything to do.
NAMES = {"faketime", ".venv/bin/python manage.py", "manage.py …"}


def test_every_command_of_the_documents_has_its_run_its_test_or_its_reason() -> None:
    said = {command for text in documents.named().values() for command in documents.commands(text)} - NAMES
    tables = [set(RUN), set(ELSEWHERE), set(UNRUN), ALONE]
    assert sorted(said) == sorted(one for table in tables for one in table)


@pytest.mark.parametrize("command", RUN)
def test_each_option_of_the_document_is_given_in_a_run(command: str) -> None:
    options = re.compile(r"--[a-z][a-z-]*")
    given = {option for line, _ in RUN[command] for option in options.findall(line)}
    assert set(options.findall(command)) <= given


@pytest.mark.parametrize("name", sorted(set(ELSEWHERE.values())))
def test_a_test_that_is_named_is_there(name: str) -> None:
    file, test = name.split("::")
    assert f"\ndef {test}(" in (documents.ROOT / file).read_text()


@pytest.mark.parametrize("command", sorted(one for one in UNRUN if one.startswith(("make ", "python -m "))))
def test_what_is_not_run_exists(command: str) -> None:
    if command.startswith("make "):
        target = command.split()[1]
        assert re.search(rf"^{target}:", (documents.ROOT / "Makefile").read_text(), re.MULTILINE)
    else:
        words = shlex.split(command.replace("NAME", "storing"))
        found = importlib.util.find_spec(words[2])
        assert found is not None
        for option in (word for word in words if word.startswith("--")):
            assert f'"{option}"' in Path(str(found.origin)).read_text()


# --- what is run ---

FEED = (
    '<rss version="2.0"><channel><title>Contoh</title><item><guid>1</guid><title>Contoh</title>'
    "<description>Unggahan rekaan.</description></item></channel></rss>"
)


class _Feed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FEED.encode() if self.path == "/umpan.xml" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def feed() -> Iterator[str]:
    """The address of a feed on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Feed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def place(tmp_path: Path, feed: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the words in braces stand for: invented files, and a watch of a feed on this machine."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    settings.STATIC_ROOT = str(tmp_path / "static")
    sets.write(tmp_path)
    (tmp_path / "tabel.csv").write_text("teks,alamat\nUnggahan rekaan,https://contoh.example/1\n")
    (tmp_path / "points.toml").write_text("[rules.scam_compound_job]\nversion = 2\npoints = 1.25\n")
    (tmp_path / "rings").mkdir()
    sets.lines(tmp_path / "rings" / "posts.jsonl", sets.POSTS)
    sets.lines(tmp_path / "rings" / "labels.jsonl", [{"id": one["id"], "campaign": ""} for one in sets.POSTS])
    settings.STAND_INS = {"https://umpan.example": feed}
    return {
        "folder": str(tmp_path),
        "agencies": str(tmp_path / "agencies.csv"),
        "licences": str(tmp_path / "licences.csv"),
        "labels": str(tmp_path / "labels.jsonl"),
        "rings": str(tmp_path / "rings" / "labels.jsonl"),
        "points": str(tmp_path / "points.toml"),
        "table": str(tmp_path / "tabel.csv"),
        "mapping": json.dumps({"columns": {"text": "teks", "url": "alamat"}}),
        "now": NOW,
    }


def told(line: str, place: dict[str, str]) -> str:
    out = io.StringIO()
    name, *arguments = [word.format(**place) for word in shlex.split(line)]
    call_command(name, *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("command", RUN)
def test_a_command_does_what_the_document_says(command: str, place: dict[str, str]) -> None:
    if not command.startswith("manage.py setup"):  # which makes the first people itself
        factories.person(Role.OFFICER, username="petugas")
        factories.person(Role.SUPERVISOR, "directorate", username="kepala")
        factories.person(Role.SUPERVISOR, "directorate", username="penyelia")
        factories.person(Role.DATA_PROTECTION_OFFICER, username="ppd")
    if "--from-decisions" in command:
        sets.decide(factories.flags(1)[0], "confirmed", "fraud")
    watch = factories.watch(platform="feed", query="https://umpan.example/umpan.xml", name="umpan")
    for line, said in RUN[command]:
        assert said in told(line, place | {"watch": str(watch.pk)})


def test_make_alone_lists_what_it_can_do() -> None:
    done = subprocess.run(["make"], cwd=documents.ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make ([a-z-]+) ", done.stdout, re.MULTILINE)
    assert listed == re.findall(r"^([a-z-]+):.*## ", (documents.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"run", "test", "bench", "reset", "mutants"} <= set(listed)


def test_one_post_is_assessed_as_the_page_shows_it_without_any_configuration(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "manage.py").symlink_to(documents.ROOT / "manage.py")
    assert site.main(["--write-register", str(tmp_path / "var/example"), "--now", "2026-11-25T10:00"]) == 0
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(["sh", "-c", ASSESS], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    blocks, _ = documents.parts(documents.named()[ASSESSED])
    [shown] = [block for block in blocks if block.startswith('{"id": "1"')]
    fragments = [part.strip(" ") for part in shown.replace("\n", " ").split("…")]
    assert len(fragments) > 2
    assert re.fullmatch(".*".join(map(re.escape, fragments)) + "\n", done.stdout)


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")
@pytest.mark.parametrize("command", RANDOM)
def test_random_values_are_made_as_the_settings_want_them(command: str) -> None:
    one, two = (subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout.strip() for _ in range(2))
    assert one != two
    if "base64" in command:
        Fernet(one)
    else:
        assert re.fullmatch(r"[0-9a-f]{96}" if command.endswith("48") else r"[0-9a-f]{48}", one)
