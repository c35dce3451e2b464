"""People harmed, erasing, rows behind a figure, bulk and quality: on a desk and a telephone, light and dark, clean and readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from patrol import cases, models
from patrol.pipeline import assessing
from patrol.triage import protecting, quality, together
from tests import factories
from tests.browser.served import at, served
from tests.browser.test_pages import faults
from tests.evidence.test_erasing import with_files
from tests.triage.acts import decide
from tests.triage.test_bulk import begin

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of this week: the summary's page is of the running one."""
    monkeypatch.setattr(factories, "NOW", timezone.now() - timedelta(hours=2))
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)
    monkeypatch.setattr(together, "ALONE", 1)  # two dismissed at once wait for a second person


def rows(officer: models.Person) -> dict[str, int]:
    """Somebody harmed on each step, a bulk that waits, a decision drawn, a post with files, one in a case."""
    now = timezone.now() - timedelta(hours=1)
    watch = factories.watch()
    marked = []
    for n in range(4):
        [post] = factories.stored([factories.illegal(author=f"ibu_contoh_{n}")], of=watch, now=now)
        assessing.read_due(now=now, limit=10)
        decide(post.flag, officer, "victim", "asks", note="Minta dipulangkan.", now=now)
        marked.append(models.Protection.objects.get(flag=post.flag))
    step: dict[str, Any] = {"by": officer, "now": now}
    protecting.contacted(protection_id=marked[0].pk, note="Bicara dengan kakaknya.", seen_version=1, **step)
    protecting.hand_to_desk(
        protection_id=marked[0].pk, desk="mission", handed_to="KBRI Contoh", note="Lewat surel.", seen_version=2, **step
    )
    protecting.show_contacts(protection_id=marked[0].pk, need="reach", **step)
    protecting.close(protection_id=marked[1].pk, ending="returned", note="Sudah pulang.", seen_version=1, **step)
    filed, drawn, in_case, *rest = factories.flags(5, of=watch, now=now)
    with_files(filed.post)
    made = begin(rest, officer, "dismissed", "lawful")
    decide(in_case, officer, now=now)
    cases.open_case(flag_ids=[in_case.pk], title="Perkara contoh", by=officer, now=now)
    decide(drawn, officer, now=now)
    quality.draw(now=timezone.now())
    draw = models.Draw.objects.get(kind="second", flag=drawn)
    return {
        "handed": marked[0].pk,
        "new": marked[2].pk,
        "closed": marked[1].pk,
        "filed": filed.post_id,
        "held": in_case.post_id,
        "bulk": made.pk,
        "draw": draw.pk,
    }


PAGES = (
    "/kerja/",
    "/kerja/patrol/protection/?state=all",
    "/kerja/patrol/protection/{handed}/",
    "/kerja/patrol/protection/{new}/",
    "/kerja/patrol/protection/{closed}/",
    "/kerja/patrol/post/{filed}/hapus/",
    "/kerja/patrol/post/{held}/hapus/",
    "/kerja/patrol/bulk/",
    "/kerja/patrol/bulk/baru/",
    "/kerja/patrol/bulk/{bulk}/",
    "/kerja/patrol/draw/",
    "/kerja/patrol/draw/{draw}/",
    "/kerja/patrol/draw/kesepakatan/",
    "/kerja/patrol/campaign/",
    "/kerja/patrol/decision/",
    "/kerja/patrol/post/",
    "/kerja/reports/weeklysummary/bp3mi-jabar/{week}/",
    "/kerja/reports/weeklysummary/bp3mi-jabar/{week}/angka/?what=measures&key=flagged",
    "/kerja/reports/weeklysummary/bp3mi-jabar/{week}/angka/?what=cases&key=opened",
)


def test_pages(served: str) -> None:
    things: dict[str, object] = dict(rows(factories.person(name="Sari Contoh")))
    year, week, _day = timezone.localtime().isocalendar()
    things["week"] = f"{year}-W{week:02}"
    wrong = []
    with at(served, factories.person("supervisor", name="Dewi Contoh"), "/kerja/") as page:
        for path in PAGES:
            answer = page.goto(served + path.format_map(things))
            assert answer is not None
            assert answer.status == 200, path
            wrong += [f"{path} {one}" for one in faults(page)]
    assert not wrong, "\n".join(wrong)
