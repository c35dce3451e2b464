"""docs/offices/api.md and docs/offices/connecting.md: each example is a question that is answered."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from patrol.access import tokens
from patrol.api import problems
from patrol.models import Role, Scope
from reports.models import WeeklySummary
from tests import factories
from tests.api import asking, test_cases
from tests.browser.served import served  # noqa: F401 -- a fixture
from tests.docs import documents
from tests.factories import NOW
from tests.intake import sending

PAGE = (documents.ROOT / "docs/offices/api.md").read_text()
CONNECTING = documents.ROOT / "docs/offices/connecting.md"
EXAMPLE = re.compile(r"^    (curl (?:.*\\\n)*.*)$", re.MULTILINE)
EXAMPLES = EXAMPLE.findall(PAGE)


def asked(command: str, token: str) -> Any:
    """What curl would send. It knows the options that stand on the page, and no other."""
    curl, *words = shlex.split(command.replace("\\\n", "").replace("$TOKEN", token).replace("$SIPATROL", ""))
    headers, url, more = {}, "", dict[str, Any]()
    while words:
        match words.pop(0):
            case "-sS":
                pass
            case "-H":
                name, value = words.pop(0).split(": ", 1)
                headers[name] = value
            case "-d":
                more = {"data": words.pop(0), "content_type": headers["Content-Type"]}
            case "-F":
                name, kind = re.fullmatch(r"(\w+)=@capture\.json;type=(.*)", words.pop(0)).groups()  # type: ignore[union-attr]
                more = {"data": {name: SimpleUploadedFile("capture.json", sending.written(sending.capture()), kind)}}
            case word:
                assert (curl, url, word[:8]) == ("curl", "", "/api/v1/")
                url = word
    client = Client(enforce_csrf_checks=True)
    return client.post(url, headers=headers, **more) if more else client.get(url, headers=headers)


@pytest.mark.django_db
def test_each_example_is_answered(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RECEIPT_KEY = "kunci-contoh-untuk-uji-nomor-laporan-0001"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    by = factories.person(Role.SUPERVISOR)
    [case] = test_cases.opened()
    fields = {"kind": "week", "year": 2026, "week": 46, "edition": 1, "frozen_at": NOW, "frozen_by": by, "sha256": "0" * 64}
    summary = WeeklySummary.objects.create(office=by.office, figures={}, **fields)
    names = {"TND-26-000001": case.entries.get().flag.number, "PKR-26-0001": case.number, "figures/1": f"figures/{summary.pk}"}
    token = asking.made(by=by).token
    assert len(EXAMPLES) == 11
    for example in EXAMPLES:
        command = example
        for name, ours in names.items():
            command = command.replace(name, ours)
        answer = asked(command, token)
        assert answer.status_code in {200, 201}, (example, answer.content)
        assert isinstance(answer.json(), dict)


def test_the_page_says_what_holds() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(Scope)
    assert f"for {', '.join(map(str, tokens.DAYS[:-1]))} or {tokens.DAYS[-1]} days" in PAGE
    assert f"An office has up to {tokens.MOST}." in PAGE
    assert f"{tokens.BURST:.0f} at once and five a second" in PAGE
    assert tokens.RATE == 5


@pytest.mark.django_db
def test_each_question_of_who_connects_a_system_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    [case] = test_cases.opened()
    token = asking.made(by=factories.person(Role.SUPERVISOR)).token
    names, said = {"TND-26-000001": case.entries.get().flag.number}, list[Any]()
    for example in EXAMPLE.findall(CONNECTING.read_text()):
        names["$NEXT"] = said[1]["next"] if len(said) > 1 else ""
        for name, ours in names.items():
            example = example.replace(name, ours)
        answer = asked(example, token)
        assert answer.status_code == 200, (example, answer.content)
        said.append(answer.json())
    mine, first, second, flag = said
    assert mine.keys() >= {"name", "office", "scopes", "ends_at"}
    assert first.keys() == second.keys() == {"items", "next", "more"}
    assert flag["number"] == names["TND-26-000001"]


def test_the_program_that_follows_changes_works_on_each_once_and_goes_on_where_it_was(
    served: str,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As it stands on the page, against a server."""
    [case] = test_cases.opened()
    monkeypatch.setenv("TOKEN", asking.made(by=factories.person(Role.SUPERVISOR), now=timezone.now()).token)
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n((?:(?!```).)*def follow.*?)```", CONNECTING.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    monkeypatch.setenv("SIPATROL", served)
    exec(compile(code, str(CONNECTING), "exec"), names)
    seen: list[dict[str, Any]] = []
    for _time in range(2):
        names["follow"](seen.append, "2026-11-01T00:00:00+07:00")
    assert {one["data"]["number"] for one in seen} >= {case.number}
    assert len({one["id"] for one in seen}) == len(seen)


def test_the_page_of_the_extension_tells_each_member_that_is_sent() -> None:
    """And no other: what is not known is refused."""
    page = (documents.ROOT / "docs/offices/extension.md").read_text()
    table = page.split("| member | what it holds |")[1].split("\n\n")[0]
    told = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    sent = sending.capture()
    assert told == set(sent)
    rows = {name: row for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.partition(" | ")[0])}
    for member in ("page", "post"):
        assert set(sent[member]) <= set(re.findall(r"`(\w+)`", rows[member]))


def test_each_status_of_a_refusal_stands_on_the_page() -> None:
    table = PAGE.split("| status | what happened |")[1].split("\n\n")[0]
    by_the_web_server = 414
    assert {int(status) for status in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {
        *problems.STATUS.values(),
        422,
        by_the_web_server,
    }
