"""In which preserved files somebody harmed may stand, also where no version says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import cases, domain, models
from patrol.cases.packages import gathering, going, showing
from patrol.evidence import custody
from patrol.pipeline import assessing, storing
from tests import factories
from tests.cases import asked, objected
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(posts: Sequence[domain.RawPost], of: models.Watch, at: datetime) -> models.Capture:
    """An answer with these posts, as a fetch of this watch keeps it."""
    answer, run = factories.answer(f"halaman {at} {of.pk}".encode(), received_at=at), factories.fetch(of)
    kept = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    storing.store(posts, capture_id=kept.pk, watch_id=of.pk, fetch_id=run.pk, now=at)
    return kept


def brought(posts: Sequence[domain.RawPost], key: int) -> models.Capture:
    """What a person sent in: an intake with these posts."""
    person = factories.person()
    intake = models.Intake.objects.create(kind="upload", person=person, office=person.office, at=NOW)
    told: dict[str, Any] = {"platform": "telegram", "kind": "upload", "intake": intake, "person": person, "now": NOW}
    kept = custody.capture_file(f"kiriman {key}".encode(), "text/plain", **told)
    storing.store(posts, capture_id=kept.pk, intake_id=intake.pk, now=NOW)
    return kept


def harm(post: domain.RawPost) -> models.Protection:
    assessing.read_due(now=NOW, limit=100)
    flag = models.Flag.objects.get(post__external_id=post.external_id)
    return models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=NOW)


def doubted(*captures: models.Capture) -> list[bool]:
    found = showing.may_show_harmed(list(models.Capture.objects.select_related("fetch", "post")))
    return [one.pk in found for one in captures]


def test_an_answer_that_showed_somebody_harmed_again_unchanged_is_doubted_and_one_before_or_after_is_not() -> None:
    factories.offices()
    watch, other = factories.watch(), factories.watch()
    victim, *rest = [factories.illegal() for _ in range(6)]
    before = page(rest[:1], watch, NOW - 2 * HOUR)
    first = page([victim], watch, NOW - HOUR)
    again = page([victim, rest[1]], watch, NOW)
    after = page(rest[2:3], watch, NOW + HOUR)
    elsewhere = page(rest[3:4], other, NOW)
    assert models.PostVersion.objects.filter(capture=again).count() == 1  # nothing in a row says that the victim stands in it
    assert doubted(first, again) == [False, False]
    harm(victim)
    assert doubted(before, first, again, after, elsewhere) == [False, True, True, False, False]


def test_what_came_by_an_intake_with_somebody_harmed_is_doubted() -> None:
    factories.offices()
    victim, *rest = [factories.illegal() for _ in range(3)]
    page([victim], factories.watch(), NOW - HOUR)
    with_them, without = brought([victim, rest[0]], 1), brought(rest[1:], 2)
    assert models.PostVersion.objects.filter(capture=with_them).count() == 1
    harm(victim)
    assert doubted(with_them, without) == [True, False]


def look(post: domain.RawPost, *, kind: str = "answer") -> models.Capture:
    """An answer about one post, to a look at its link or as its archived page."""
    row = models.Post.objects.get(external_id=post.external_id)
    job, _made = models.Job.objects.get_or_create(kind="page", key=f"{row.pk}:{kind}", defaults={"created_at": NOW, "due_at": NOW})
    told: dict[str, Any] = {"platform": "telegram", "kind": kind, "job": job, "post_id": row.pk, "now": NOW}
    return custody.capture_file(b"isi " + kind.encode(), "text/html", **told)


@pytest.mark.parametrize(
    ("theirs", "ours", "near"),
    [
        ({"origin": "saluran_a"}, {"origin": "saluran_a"}, True),
        ({"origin": "saluran_a"}, {"origin": "saluran_b"}, False),
        ({"origin": ""}, {"origin": ""}, False),
        ({"origin": "", "thread": "1/7"}, {"origin": "", "thread": "1/7"}, True),
        ({"origin": "", "thread": "1/8"}, {"origin": "", "external_id": "1/8"}, True),  # they commented on it
        ({"origin": "", "external_id": "1/9"}, {"origin": "", "thread": "1/9"}, True),  # or it on theirs
        ({"origin": "", "thread": "1/7"}, {"origin": "", "thread": "1/6"}, False),
    ],
)
def test_a_page_kept_for_a_post_is_doubted_where_somebody_harmed_stands_in_the_same_place(
    theirs: dict[str, Any], ours: dict[str, Any], near: bool
) -> None:
    factories.offices()
    victim, post = factories.illegal(**theirs), factories.illegal(**ours)
    page([victim], factories.watch(), NOW)
    page([post], factories.watch(), NOW)
    captures = [look(post, kind=kind) for kind in ("answer", "page", "screenshot", "media")]
    harm(victim)
    assert doubted(*captures) == [near, near, near, False]  # a picture shows itself


def test_a_package_with_originals_withholds_what_is_doubted_and_one_without_does_not_need_to() -> None:
    factories.offices()
    by, watch = factories.person(), factories.watch(asked.OWN)
    victim, post = factories.illegal(), factories.illegal()
    page([victim], watch, NOW - HOUR)
    answer = page([victim, post], watch, NOW)
    assessing.read_due(now=NOW, limit=100)
    flag = objected.decided(models.Flag.objects.get(post__external_id=post.external_id), by=by)
    case = cases.open_case(flag_ids=[flag.pk], title="Calo rute Taiwan", by=by, now=NOW)
    before = going.of(case)
    assert (before.files, before.closed, before.others, before.known) == (1, 0, 1, 0)
    harm(victim)
    told = going.of(case)
    assert (told.files, told.closed, told.others, told.digest == before.digest) == (1, 1, 0, False)
    closed = {
        originals: [(one.capture.pk, one.withheld) for one in gathering.standing(case, originals=originals).listed]
        for originals in (True, False)
    }
    assert closed == {True: [(answer.pk, "harmed")], False: [(answer.pk, "")]}
