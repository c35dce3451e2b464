"""The page of the templates of tasks: one kind at a time, lines added, changed, put in order and removed."""

from __future__ import annotations

from django.test import Client

from patrol import models
from patrol.cases import task_lines
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said


def listed(kind: str = "domestic") -> str:
    return f"{address('patrol_taskline_changelist')}?kind={kind}"


def shown(client: Client, kind: str = "domestic") -> list[str]:
    """The titles on the page, in their order."""
    html = client.get(listed(kind)).content.decode()
    found = {line.title: html.find(f">{line.title}</a>") for line in models.TaskLine.objects.all()}
    return sorted((title for title, at in found.items() if at >= 0), key=lambda title: found[title])


def test_lines_are_added_changed_put_in_order_and_removed(door: Door) -> None:
    client = english(door(Role.ANALYST))
    add = address("patrol_taskline_add") + "?kind=domestic"
    for title in ("satu", "dua"):
        answer = client.post(add, {"title": title, "title_en": "", "days": "2", "goes_to": "responsible"})
        assert answer["Location"] == listed()
    assert said(answer)[-1] == "The line was added, for the cases to come and those that ask for their template."
    assert (shown(client), shown(client, "other")) == (["satu", "dua"], [])
    first, second = models.TaskLine.objects.order_by("id")
    client.post(address("patrol_taskline_up", second.pk), {"seen_version": "1"})
    assert shown(client) == ["dua", "satu"]
    client.post(address("patrol_taskline_down", second.pk), {"seen_version": "2"})
    assert shown(client) == ["satu", "dua"]
    sent = {"title": "satu saja", "title_en": "only one", "days": "", "goes_to": "nobody", "seen_version": str(first.version)}
    answer = client.post(address("patrol_taskline_change", first.pk), sent)
    assert said(answer)[-1] == "The line was changed. Tasks that were made from it stay as they are."
    first.refresh_from_db()
    assert (first.title, first.title_en, first.days, first.goes_to) == ("satu saja", "only one", None, "nobody")
    answer = client.post(address("patrol_taskline_remove", second.pk), {"seen_version": "3"})
    assert said(answer)[-1] == "The line was removed. Tasks that were made from it stay."
    assert shown(client) == ["satu saja"]


def test_what_is_missing_or_late_is_said_and_changes_nothing(door: Door) -> None:
    line = task_lines.add(kind="domestic", title="satu", title_en="", days=1, goes_to="opener", by=None, now=factories.NOW)
    client, before = english(door(Role.SUPERVISOR, code="directorate")), list(models.TaskLine.objects.values())
    add, change = address("patrol_taskline_add") + "?kind=domestic", address("patrol_taskline_change", line.pk)
    sent = {"title": "dua", "title_en": "", "days": "1", "goes_to": "opener", "seen_version": "1"}
    for url in (add, change):
        for wrong in ({"title": ""}, {"title": "x" * 201}, {"days": "366"}, {"days": "besok"}, {"goes_to": "everybody"}):
            assert 'class="fld wrong"' in client.post(url, sent | wrong).content.decode()
    late = "Nothing was changed: a colleague changed this line meanwhile. Look at it again."
    assert said(client.post(change, sent | {"seen_version": "7"}))[-1] == late
    assert said(client.post(address("patrol_taskline_remove", line.pk), {"seen_version": "7"}))[-1] == late
    assert client.get(listed("smuggling")).status_code == 404
    assert list(models.TaskLine.objects.values()) == before
