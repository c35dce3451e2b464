"""A short link that is opened in the moment in which another post comes to hold it, or its own is erased."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from patrol import models
from patrol.evidence import erasing
from patrol.pipeline import assessing
from patrol.preserving import short_links
from tests import factories, races
from tests.preserving.test_short_links import END, NOW, NUMBER, OFFER, SHORT, kept, numbers, opened, post
from tests.sources.conftest import Site

LOCK = "SELECT FROM patrol_shortlink FOR UPDATE"


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    one.serve("/s.id/loker-rekaan", b"moved", status=301, headers={"Location": END})
    yield one
    one.close()


@pytest.mark.usefixtures("committed")
def test_a_post_that_comes_to_hold_a_link_while_it_is_opened_is_read_with_its_end(site: Site) -> None:
    first = post(n=1)
    short_links.mark(now=NOW)
    (second,) = factories.stored([factories.raw_post(OFFER.format(link=SHORT, n=2))])
    told = races.race(LOCK, lambda: opened(site), lambda: assessing.read_due(now=NOW, limit=50))
    assert not [one for one in told if isinstance(one, Exception)]
    while assessing.read_due(now=NOW, limit=50).read:
        pass
    assert (kept().outcome, numbers(first), numbers(second)) == ("opened", [NUMBER], [NUMBER])


@pytest.mark.usefixtures("committed")
def test_erasing_its_post_while_a_link_is_opened_leaves_nothing_of_it(site: Site) -> None:
    one = post()
    short_links.mark(now=NOW)
    version, people = one.versions.get(), (factories.person(), factories.person())
    told = races.race(LOCK, lambda: opened(site), lambda: factories.erase(version, by=people[0], asked_by=people[1]))
    assert not [one for one in told if isinstance(one, Exception)]
    erasing.remove_due(now=NOW)
    captures = models.Capture.objects.filter(media_type="application/warc").values_list("sha256", flat=True)
    assert models.ShortLink.objects.count() == 0
    assert set(models.ErasedFile.objects.filter(sha256__in=captures).values_list("sha256", flat=True)) == set(captures)


@pytest.mark.usefixtures("committed")
def test_a_link_erased_while_another_post_that_holds_it_is_read_is_found_anew() -> None:
    first = post(n=1)
    version, people = first.versions.get(), (factories.person(), factories.person())
    (second,) = factories.stored([factories.raw_post(OFFER.format(link=SHORT, n=2))])
    told = races.race(
        LOCK, lambda: factories.erase(version, by=people[0], asked_by=people[1]), lambda: assessing.read_due(now=NOW, limit=50)
    )
    assert not [one for one in told if isinstance(one, Exception)]
    assert list(models.ShortLinkUse.objects.values_list("version__post", "link__address")) == [(second.pk, SHORT)]
    assert models.Post.objects.get(pk=second.pk).quarantined_at is None


@pytest.mark.usefixtures("committed")
def test_two_sweeps_at_once_do_not_both_ask() -> None:
    post()
    with races.held("SELECT pg_advisory_xact_lock(hashtext('patrol short links'))"):
        assert short_links.mark(now=NOW) == 0
    assert short_links.mark(now=NOW) == 1
