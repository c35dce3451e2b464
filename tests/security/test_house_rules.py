"""House rules as code. Each has an example that breaks it and one that nearly does; what stands apart is named here with its reason."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.security import house_rules

ROOT = Path(settings.BASE_DIR)

# rule -> "file: what stands there" -> why it may.
APART: dict[str, dict[str, str]] = {
    "connections": {
        "patrol/sources/transport/bodies.py: urllib3": "the client",
        "patrol/sources/transport/http.py: requests": "the client",
        "patrol/sources/transport/http.py: requests.adapters": "the client",
        "patrol/sources/transport/http.py: socket": "the client",
        "patrol/sources/transport/http.py: urllib3": "the client",
        "patrol/sources/transport/http.py: urllib3.connection": "the client",
        "patrol/sources/transport/smtp.py: requests": "the client of mail servers: the word for a refused address",
        "patrol/sources/transport/smtp.py: smtplib": "the client of mail servers",
        "patrol/sources/mastodon/__init__.py: requests": "reads the header Link, and asks nobody",
        "patrol/sources/shared/refusals.py: requests": "names of errors",
        "patrol/sources/shared/refusals.py: urllib3": "names of errors",
    },
    "sentences_of_sql": {
        "patrol/cases/homes.py: sql": "written by the ORM, with its parameters beside it",
        "patrol/search/kept_filters.py: ', '.join(parts)": "written by the ORM, with its parameters beside it",
        "patrol/triage/queue.py: parts": "written by the ORM, with its parameters beside it",
        "patrol/triage/queue.py: visible": "written by the ORM, its values put in by the driver",
        "patrol/triage/queue.py: cursor.mogrify('%s', [sorted(map(str, states.UNDECIDED))]).decode()": "put in by the driver",
        "patrol/triage/queue.py: cursor.mogrify(' AND m.urgency = ANY(%s)', [wished]).decode() if wanted.levels else ''": (
            "put in by the driver"
        ),
        "patrol/triage/queue.py: min(wished)": "a number",
        "patrol/triage/queue.py: max(wished)": "a number",
        "patrol/triage/queue.py: limit + 1": "a number",
        "patrol/triage/queue.py: _BEHIND if place else ''": "a constant of its module",
        "patrol/infra/prepared.py: call": "the name of what was prepared, values beside it",
        "patrol/evidence/backups.py: models.Person._meta.db_table": "a name of ours",
        "patrol/evidence/backups.py: table": "a name, read by _require_names",
        "patrol/evidence/backups.py: columns": "names, read by _require_names",
        "patrol/evidence/backups.py: name": "a name of the catalogue, which our migrations gave",
        "patrol/evidence/backups.py: listed": "names, of the catalogue",
        "patrol/evidence/backups.py: ', '.join((f'\"{table}\"' for table in tables))": "names, read by _require_names",
        "patrol/evidence/sealing.py: kind": "one of two names in the line above",
        "patrol/evidence/sealing.py: table": "one of two names in the line above",
        "patrol/infra/copying.py: table": "a name its caller writes out",
        "patrol/infra/copying.py: ', '.join(columns)": "names its caller writes out",
        "patrol/infra/reached.py: table": "a name its caller writes out",
        "patrol/infra/reached.py: at": "a name its caller writes out",
        "patrol/pipeline/claiming.py: which": "one of the conditions in its callers' files",
        "patrol/preserving/short_links.py: due": "one of two conditions of its file",
    },
    "unprotected_forms": {
        "patrol/api/recording.py: asked": "looks at no cookie, so there is no login to ride on",
        "patrol/infra/violations.py: take": "browsers send it by themselves; it adds to a count alone, whoever is logged in",
    },
    "unescaped": {
        "templates/letters/annex.html: {{ css|safe }}": "a style sheet of ours, printed and shown in no browser",
        "templates/letters/letter.html: {{ css|safe }}": "a style sheet of ours, printed and shown in no browser",
        "templates/letters/minutes.html: {{ css|safe }}": "a style sheet of ours, printed and shown in no browser",
        "templates/letters/dossier.html: {{ css|safe }}": "a style sheet of ours, printed and shown in no browser",
    },
}


@cache
def found() -> dict[str, set[str]]:
    """rule -> "file: what stands there"."""
    broken: dict[str, set[str]] = {name: set() for name in (*house_rules.OF_CODE, *house_rules.OF_TEXT)}
    for path in sorted(file for folder in ("patrol", "reports") for file in (ROOT / folder).rglob("*.py")):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text()
        tree = ast.parse(text)
        for rule, walk in house_rules.OF_CODE.items():
            if rule != "sentences_of_sql" or "/migrations/" not in name:  # a migration runs once, as the owner, with words of its own
                broken[rule] |= {f"{name}: {what}" for _line, what in walk(tree)}
        broken["without_reason"] |= {f"{name}: {what}" for _line, what in house_rules.without_reason(text)}
    for path in sorted(file for file in (ROOT / "templates").rglob("*") if file.is_file()):
        name = path.relative_to(ROOT).as_posix()
        broken["unescaped"] |= {f"{name}: {what}" for _line, what in house_rules.unescaped(path.read_text())}
    return broken


@pytest.mark.parametrize("rule", [*house_rules.OF_CODE, *house_rules.OF_TEXT])
def test_the_product_keeps_it_but_for_what_is_named(rule: str) -> None:
    assert found()[rule] == set(APART.get(rule, {}))


BROKEN = [
    ("connections", "import requests"),
    ("connections", "import urllib.request"),
    ("connections", "from urllib import request"),
    ("connections", "from http.client import HTTPSConnection"),
    ("connections", "def f():\n    import socket"),
    ("whole_rows", "flag.save()"),
    ("whole_rows", "flag.save(using='owner')"),
    ("sentences_of_sql", "cursor.execute(f'SELECT {asked}')"),
    ("sentences_of_sql", "cursor.execute('SELECT %s' % asked)"),
    ("sentences_of_sql", "cursor.execute('SELECT ' + _KNOWN + asked)"),
    ("sentences_of_sql", "cursor.execute('SELECT {one}'.format(one=asked), [1])"),
    ("sentences_of_sql", "Flag.objects.raw(f'SELECT {asked}')"),
    ("sentences_of_sql", "prepared.execute(cursor, f'SELECT {asked}', given)"),
    ("sentences_of_sql", "def f(asked):\n    said = f'SELECT {asked}'\n    cursor.execute(said)"),
    ("sentences_of_sql", "def f(asked):\n    said = _KNOWN\n    said += f' WHERE {asked}'\n    prepared.execute(cursor, said, given)"),
    ("whole_rows", "flag.save(True)"),
    ("unprotected_forms", "@method_decorator(csrf_exempt, name='dispatch')\nclass Door(View): pass"),
    ("unprotected_forms", "view.csrf_exempt = True"),
    ("unprotected_forms", "class Door(View):\n    csrf_exempt = True"),
    ("own_clocks", "def close(*, by, now):\n    case.closed_at = timezone.now()"),
    ("own_clocks", "def close(*, by, now):\n    day = timezone.localtime()"),
    ("own_clocks", "def close(case_id, by, now):\n    pass"),
    ("unprotected_forms", "@csrf_exempt\ndef view(request): pass"),
    ("unprotected_forms", "path('x/', csrf.csrf_exempt(view))"),
    ("made_markup", "format_html(f'<b>{name}</b>')"),
    ("made_markup", "mark_safe(text)"),
    ("made_markup", "engine.from_string(text)"),
    ("made_markup", "class A:\n    def __html__(self): return self.text"),
    ("unescaped", "{{ post.text|safe }}"),
    ("unescaped", "{{ post.text | safe|truncatechars:9 }}"),
    ("unescaped", "{% autoescape off %}"),
    ("without_reason", "run(words)  # noqa: S603"),
    ("without_reason", "run(words)  # noqa: PLC0415, S603"),
    ("without_reason", "run(words)  # nosec B603"),
]
KEPT = [
    ("connections", "import ssl\nfrom urllib.parse import urlsplit\nfrom http import HTTPStatus\nfrom . import requests"),
    ("whole_rows", "flag.save(update_fields=['state'])\nperson.save(force_insert=True)\npicture.save(out, 'JPEG')"),
    ("sentences_of_sql", "_ALL = f'{_KNOWN} LIMIT 1'\ncursor.execute(_ALL, [f'{asked}'])\ncursor.execute(_SQL.format(of=_KNOWN))"),
    ("sentences_of_sql", "cursor.execute('SELECT %s', [asked])"),
    ("own_clocks", "def page(request):\n    act(by=request.user, now=timezone.now())"),
    ("own_clocks", "def close(*, by, now):\n    return timezone.localtime(now)\ndef _held(asked, by, now):\n    pass"),
    ("unprotected_forms", "@csrf_protect\ndef view(request): pass"),
    ("made_markup", "format_html('<b>{}</b>', name)\nmark_safe('<br>')\nLetterTemplate(channel=one)"),
    ("unescaped", "{{ post.text|safety }} {{ safe }} {% autoescape on %}"),
    ("without_reason", "run(words)  # noqa: S603 -- our own words\nx = 1  # noqa: PLC0415"),
    ("without_reason", "run(words)  # our own words -- # nosec B603\nrun(words)  # noqa: S603 -- our own  # nosec B603"),
]


def told(rule: str, text: str) -> list[tuple[int, str]]:
    return [*(house_rules.OF_TEXT[rule](text) if rule in house_rules.OF_TEXT else house_rules.OF_CODE[rule](ast.parse(text)))]


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_what_breaks_it_is_seen(rule: str, text: str) -> None:
    assert len(told(rule, text)) == 1


@pytest.mark.parametrize(("rule", "text"), KEPT)
def test_what_nearly_breaks_it_is_none(rule: str, text: str) -> None:
    assert told(rule, text) == []


def test_each_rule_has_both_examples() -> None:
    rules = {*house_rules.OF_CODE, *house_rules.OF_TEXT}
    assert ({rule for rule, _text in BROKEN}, {rule for rule, _text in KEPT}) == (rules, rules)


# What ruff knows: seen in an example each, so that a rule switched off in pyproject.toml is noticed.
OF_RUFF = {
    "S308": "from django.utils.safestring import mark_safe\n\n\ndef said(text: str) -> str:\n    return mark_safe(text)\n",
    "S608": 'def asked(name: str) -> str:\n    return f"SELECT * FROM patrol_flag WHERE number = {name}"\n',
    "S611": "from django.db.models.expressions import RawSQL\n\n\ndef asked(name: str) -> RawSQL:\n    return RawSQL(name, [])\n",
    "S610": "def asked(rows: object, name: str) -> object:\n    return rows.objects.extra(where=[name])\n",
    "S602": "import subprocess\n\nsubprocess.run('ls', shell=True, check=False)\n",
    "S301": "import pickle\n\npickle.loads(b'')\n",
    "S307": "def asked(text: str) -> object:\n    return eval(text)\n",
    "S501": "import requests\n\nrequests.get('https://kantor.example', verify=False, timeout=1)\n",
    "S324": "import hashlib\n\nhashlib.md5(b'')\n",
    "TID251": "from celery import shared_task\n",
    "DTZ005": "from datetime import datetime\n\nnow = datetime.now()\n",
    "DTZ001": "from datetime import datetime\n\nday = datetime(2026, 11, 27)\n",
}


def test_ruff_sees_its_part(tmp_path: Path) -> None:
    for code, text in OF_RUFF.items():
        (tmp_path / f"{code.lower()}.py").write_text(text)
    asked = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "json", "--config", str(ROOT / "pyproject.toml")]
    done = subprocess.run([*asked, str(tmp_path)], check=False, capture_output=True, text=True)
    seen = {(Path(one["filename"]).stem, one["code"]) for one in json.loads(done.stdout)}
    assert {code for code in OF_RUFF if (code.lower(), code) not in seen} == set()
