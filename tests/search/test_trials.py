"""Try now: one page through the whole reading, masked, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from patrol import domain, models, watches
from patrol.domain import Sentence
from patrol.infra.refusals import RefusedError
from patrol.search import trials
from patrol.watches import credentials
from tests import factories
from tests.factories import NOW
from tests.sources.played import Platform, Said

pytestmark = pytest.mark.django_db

ITEM = "<item><guid>{n}</guid><title>Loker {n}</title><description>{text}</description></item>"
OFFER = "Dibutuhkan PRT ke Arab Saudi, visa ziarah, tanpa biaya. WA 0840 5550 0001 atau @calo_contoh"


class World:
    """Stands for the network: answers every address with one page."""

    def __init__(self, body: str = "", error: Exception | None = None) -> None:
        self.body, self.error = body, error
        self.asked: list[str] = []

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        self.asked.append(url)
        if self.error:
            raise self.error
        given = {"asked_url": url, "final_url": url, "headers": (("Content-Type", "application/rss+xml; charset=utf-8"),)}
        return factories.answer(self.body.encode(), **given)

    def post(self, url: str, **_given: Any) -> domain.RawAnswer:
        raise AssertionError("a feed is never posted to")


def feed(*texts: str) -> str:
    items = "".join(ITEM.format(n=n, text=text) for n, text in enumerate(texts))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh</title>{items}</channel></rss>'


def watch(**given: Any) -> models.Watch:
    return factories.watch(platform="feed", query="https://umpan.example/feed.xml", **given)


def kept() -> dict[str, int]:
    """How many rows every table has, but those of the pace and the audit log."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("patrol_")]
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(set(tables) - {"patrol_hostpace", "patrol_auditentry"}):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_it_shows_what_a_run_would_bring_and_keeps_nothing() -> None:
    analyst, mine = factories.person("analyst"), watch(cursor={"old": True})
    factories.register([{"name": "PT Rembulan Karya Contoh"}])
    before, was = kept(), models.Watch.objects.filter(pk=mine.pk).values().get()
    trial = trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World(feed(OFFER, "Cuaca cerah hari ini.")))
    assert (trial.problem, trial.more, trial.known) == (None, 0, True)
    offer, weather = trial.shown
    assert offer.level == "high"
    assert weather.level == "none"
    assert kept() == before
    assert models.Watch.objects.filter(pk=mine.pk).values().get() == was


def test_contacts_are_masked() -> None:
    trial = trials.try_now(watch_id=watch().pk, by=factories.person("analyst"), now=NOW, fetcher=World(feed(OFFER)))
    (shown,) = trial.shown
    assert "visa ziarah" in shown.text
    for contact in ("5550 0001", "55500001", "calo_contoh"):
        assert contact not in repr(trial)


def test_before_it_is_saved_it_is_tried_as_it_was_typed() -> None:
    analyst, world = factories.person("analyst"), World(feed(OFFER))
    wanted = watches.Wanted(name="Umpan", query="https://umpan.example/lain.xml", office_id=factories.office().pk, every_seconds=600)
    trial = trials.try_wanted(platform="feed", kind="feed", wanted=wanted, by=analyst, now=NOW, fetcher=world)
    assert (len(trial.shown), world.asked[-1]) == (1, "https://umpan.example/lain.xml")
    assert models.Watch.objects.count() == 0
    with pytest.raises(RefusedError):
        trials.try_wanted(platform="surat", kind="", wanted=wanted, by=analyst, now=NOW, fetcher=world)


def test_a_place_is_tried_as_it_was_typed() -> None:
    key = models.Credential.objects.create(
        platform="youtube", name="Kunci", sealed=credentials.seal({"api_key": "rahasia"}), changed_at=NOW
    )
    wanted = watches.Wanted(
        name="Pantura",
        place="-6.3265 108.32 20 km",
        query="loker",
        office_id=factories.office().pk,
        every_seconds=600,
        credential_id=key.pk,
    )
    youtube = Platform([Said({"items": []})])
    analyst = factories.person("analyst")
    trial = trials.try_wanted(platform="youtube", kind="place", wanted=wanted, by=analyst, now=timezone.now(), fetcher=youtube)
    assert (trial.problem, trial.shown) == (None, ())
    assert [(asked.parameters["location"], asked.parameters["q"]) for asked in youtube.asked] == [("-6.3265,108.32", "loker")]


def test_a_problem_is_told_in_words() -> None:
    error = domain.SourceError("not_found", Sentence("Tidak ada.", "Gone."), permanent=True)
    analyst = factories.person("analyst")
    mine = watch()
    trial = trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World(error=error))
    assert (trial.problem is not None, trial.shown) == (True, ())
    broken = trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World(error=KeyError("x")))
    assert broken.problem is not None
    assert broken.problem.code == "internal"
    wall = trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World("<html>Silakan masuk</html>"))
    assert wall.problem is not None


def test_a_refused_credential_is_told_without_asking() -> None:
    said = {"code": "credentials_refused", "id": "Ditolak.", "en": "Refused.", "permanent": True, "where": ""}
    credential = models.Credential.objects.create(
        platform="feed", name="Kunci", sealed="x", refused_at=NOW, refusal=said, changed_at=NOW - timedelta(days=1)
    )
    world = World(feed(OFFER))
    trial = trials.try_now(watch_id=watch(credential=credential).pk, by=factories.person("analyst"), now=NOW, fetcher=world)
    assert trial.problem is not None
    assert (trial.problem.code, world.asked) == ("credentials_refused", [])


def sealed(**given: Any) -> models.Credential:
    """A credential of a feed, which needs none: what its platform answers is played."""
    values = credentials.seal({"key": "rahasia"})
    return models.Credential.objects.create(platform="feed", name="Kunci", sealed=values, changed_at=NOW - timedelta(days=1), **given)


REFUSED = domain.SourceError("credentials_refused", Sentence("Ditolak.", "Refused."), permanent=True)


def test_a_credential_refused_while_trying_stops_its_watches_where_they_are() -> None:
    held = sealed()
    mine, other = watch(credential=held, cursor={"a": 1}), factories.watch(credential=held, cursor={"b": 2})
    free = factories.watch()
    analyst = factories.person("analyst")
    trial = trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World(error=REFUSED))
    assert trial.problem is not None
    assert trial.problem.code == "credentials_refused"
    held.refresh_from_db()
    assert held.refusal is not None
    assert (held.refused_at, held.refusal["id"]) == (NOW, "Ditolak.")
    for one, cursor in ((mine, {"a": 1}), (other, {"b": 2})):
        one.refresh_from_db()
        assert one.last_problem is not None
        assert (one.state, one.due_at, one.cursor, one.last_problem["code"]) == ("stopped", None, cursor, "credentials_refused")
    free.refresh_from_db()
    assert (free.state, models.Fetch.objects.count(), models.Capture.objects.count()) == ("active", 0, 0)
    entries = models.AuditEntry.objects.order_by("seq").values_list("verb", "after")
    assert list(entries)[1:] == [("credential.refused", {"watches": sorted([mine.pk, other.pk])})]


def test_values_changed_while_trying_are_not_called_refused() -> None:
    held = sealed()
    mine = watch(credential=held)

    class Meanwhile(World):
        def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
            models.Credential.objects.filter(pk=held.pk).update(changed_at=NOW)
            raise REFUSED

    trials.try_now(watch_id=mine.pk, by=factories.person("analyst"), now=NOW, fetcher=Meanwhile())
    held.refresh_from_db()
    mine.refresh_from_db()
    assert (held.refused_at, mine.state) == (None, "active")


def test_a_refusal_without_a_credential_or_of_another_kind_marks_nothing() -> None:
    held = sealed()
    mine = watch(credential=held)
    other = domain.SourceError("not_found", Sentence("Tidak ada.", "Gone."), permanent=True)
    analyst = factories.person("analyst")
    trials.try_now(watch_id=mine.pk, by=analyst, now=NOW, fetcher=World(error=other))
    bare = factories.watch(platform="feed", query="https://umpan.example/lain.xml")
    trials.try_now(watch_id=bare.pk, by=analyst, now=NOW, fetcher=World(error=REFUSED))
    held.refresh_from_db()
    assert (held.refused_at, models.AuditEntry.objects.exclude(verb="watch.tried").count()) == (None, 0)


def test_only_who_may_change_watches_tries_them() -> None:
    supervisor, world = factories.person("supervisor"), World(feed(OFFER))
    own, with_key = (
        watch(by_office=True),
        factories.watch(platform="feed", query="https://a.example/f.xml", by_office=True, credential=sealed()),
    )
    for mine, by in ((own, factories.person("officer")), (with_key, supervisor)):  # the credential is the directorate's
        with pytest.raises(PermissionDenied):
            trials.try_now(watch_id=mine.pk, by=by, now=NOW, fetcher=world)
    assert (world.asked, models.AuditEntry.objects.count()) == ([], 0)
    assert trials.try_now(watch_id=own.pk, by=supervisor, now=NOW, fetcher=world).problem is None
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.target_id) == ("watch.tried", supervisor.pk, str(own.pk))
    assert entry.after == {"platform": "feed", "kind": own.kind}


def wished(**given: Any) -> watches.Wanted:
    fields: dict[str, Any] = {"name": "U", "query": "https://u.example/f.xml", "office_id": factories.office().pk, "every_seconds": 600}
    return watches.Wanted(**(fields | given))


def wish(by: models.Person, world: World, **given: Any) -> trials.Trial:
    return trials.try_wanted(platform="feed", kind="feed", wanted=wished(**given), by=by, now=NOW, fetcher=world)


def test_an_office_tries_its_own_whatever_priority_the_directorate_gave_it() -> None:
    supervisor, world = factories.person("supervisor"), World(feed(OFFER))
    assert len(wish(supervisor, world, priority=1).shown) == 1
    asked = list(world.asked)
    for given in ({"credential_id": sealed().pk}, {"office_id": factories.office("bp3mi-sulsel").pk}):
        with pytest.raises(PermissionDenied):
            wish(supervisor, world, **given)
    assert (world.asked, models.AuditEntry.objects.count()) == (asked, 1)


def test_a_person_tries_a_few_times_and_then_waits() -> None:
    officer, world = factories.person("officer"), World(feed(OFFER))
    for _ in range(trials.AT_ONCE):
        wish(officer, world)
    asked = list(world.asked)
    with pytest.raises(RefusedError, match="tried_often") as refused:
        wish(officer, world)
    assert 0 < int(refused.value.values["seconds"]) <= 20
    assert (world.asked, models.AuditEntry.objects.count()) == (asked, trials.AT_ONCE)
    wish(factories.person("officer"), world)  # another person's are counted apart


def test_one_trial_at_a_time_is_on_its_way() -> None:
    first, second = factories.person("officer"), factories.person("officer")

    class Meanwhile(World):
        def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
            with pytest.raises(RefusedError, match="trial_busy"):
                wish(second, World(feed(OFFER)))
            return super().get(url, headers=headers)

    world = Meanwhile(feed(OFFER))
    assert (len(wish(first, world).shown), bool(world.asked), models.AuditEntry.objects.count()) == (1, True, 1)
    assert len(wish(second, World(feed(OFFER))).shown) == 1


def test_a_web_page_says_what_each_selector_finds() -> None:
    body = '<html><body><div class="job"><h2>Loker Taiwan</h2><p>WA 0840 5550 0001</p></div></body></html>'
    query = "https://loker.example/lowongan | item=.job | title=h2 | text=p | time=.tgl"
    wanted = watches.Wanted(name="Papan", query=query, office_id=factories.office().pk, every_seconds=600)
    trial = trials.try_wanted(platform="web", kind="page", wanted=wanted, by=factories.person("analyst"), now=NOW, fetcher=Html(body))
    found = {part.name: part.matched for part in trial.parts}
    assert (found["item"], found["title"], found["time"]) == (1, 1, 0)
    assert "5550 0001" not in repr(trial)


class Html(World):
    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        given = {"asked_url": url, "final_url": url, "headers": (("Content-Type", "text/html; charset=utf-8"),)}
        return factories.answer(self.body.encode(), **given)
