"""A flag that is decided without its level: no byte of any page that shows it is another one where its level is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from patrol import models, triage
from patrol.domain import states
from patrol.models import Role
from patrol.triage import chance
from tests import factories
from tests.admin.conftest import Door
from tests.campaigns.test_campaigns import read_and_link

pytestmark = pytest.mark.django_db
NOW = factories.NOW
LEVELS = {"high": (3, 90), "medium": (2, 45)}
# What differs between two answers to one address whatever the post is.
ONCE = re.compile(
    r"(?<=csrfmiddlewaretoken\" value=\")\w+|(?<=nonce=\")[^\"]+|(?<=\"X-CSRFToken\": \")\w+"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


@pytest.fixture(autouse=True)
def standing_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def told(flag: models.Flag, level: str) -> None:
    rank, score = LEVELS[level]
    models.Flag.objects.filter(pk=flag.pk).update(level=level, level_rank=rank, score=score)


def standing() -> tuple[models.Flag, list[str]]:
    """A flag of the quality sample between two of each level, in one import and one campaign; the addresses it stands at."""
    factories.draw(False, False, True, False, False)
    posts = factories.stored([factories.illegal(author="akun_contoh") for _ in range(5)])
    read_and_link()
    flags = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    for number, (flag, level) in enumerate(zip(flags, ("high", "medium", "high", "high", "medium"), strict=True)):
        told(flag, level)
        models.Flag.objects.filter(pk=flag.pk).update(raised_at=NOW - timedelta(hours=9 - number))
    hidden = flags[2]
    assert [chance.hidden_by_id(flag.pk) for flag in flags] == [False, False, True, False, False]
    person = factories.person()
    file = models.ImportedFile.objects.create(
        kind=states.IntakeKind.IMPORT, person=person, office=person.office, at=NOW, ended_at=NOW, state="done", format="zeeschuimer"
    )
    models.Seen.objects.bulk_create(models.Seen(post=post, intake_id=file.pk, at=NOW) for post in posts)
    author = models.Indicator.objects.get(kind="account", sightings__post=hidden.post, sightings__role="author")
    campaign = models.LinkedPost.objects.get(post=hidden.post).campaign
    assert campaign is not None
    queue, all_posts = reverse("admin:patrol_flag_changelist"), reverse("admin:patrol_post_changelist")
    one = reverse("admin:patrol_flag_change", args=[hidden.pk])
    return hidden, [
        reverse("admin:index"),
        *(f"{to}{query}" for to in (queue, all_posts, one) for query in ("", "?level=high", "?level=medium", "?level=low")),
        reverse("admin:patrol_indicator_change", args=[author.pk]),
        reverse("admin:patrol_campaign_changelist"),
        reverse("admin:patrol_campaign_change", args=[campaign.pk]),
        reverse("admin:patrol_campaign_decide", args=[campaign.pk]) + "?outcome=confirmed",
        reverse("admin:patrol_importedfile_change", args=[file.pk]),
        reverse("admin:patrol_bulk_add"),
        reverse("admin:patrol_bulk_add") + "?level=high",
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ANALYST])
def test_no_byte_of_a_page_tells_a_level_that_is_hidden(role: Role, door: Door) -> None:
    hidden, addresses = standing()
    client = door(factories.person(role))
    seen: dict[str, dict[str, str]] = {}
    for level in LEVELS:
        told(hidden, level)
        seen[level] = {}
        for to in addresses:
            answer = client.get(to)
            assert answer.status_code == 200, to
            seen[level][to] = ONCE.sub("", answer.content.decode())
    assert [to for to in addresses if seen["high"][to] != seen["medium"][to]] == []
    assert sum(hidden.number in page for page in seen["high"].values()) > 6


def test_a_level_that_is_shown_is_told_by_those_bytes(door: Door) -> None:
    """The comparison sees what it looks for."""
    _hidden, addresses = standing()
    client = door(Role.OFFICER)
    flag = next(one for one in models.Flag.objects.order_by("id") if not triage.level_hidden(one))
    queue = addresses[1]
    pages = []
    for level in LEVELS:
        told(flag, level)
        pages.append(ONCE.sub("", client.get(queue).content.decode()))
    assert pages[0] != pages[1]
