"""Keyword packs: the words, who may change them, and what a change means for the watches that have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.engine.reading import phrases, titles
from patrol.infra.refusals import RefusedError
from patrol.pipeline import fetching
from patrol.watches import packs
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def add(by: models.Person | None = None, **given: Any) -> models.KeywordPack:
    fields = {"name": "Tujuan", "about": "destinations", "words": ["loker taiwan", "loker kamboja"]}
    return packs.add(**(fields | given), by=by, now=NOW)


def refused(act: Callable[..., Any], *args: Any, **given: Any) -> str:
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    return error.value.place


def test_words_are_tidied_and_each_stands_once() -> None:
    analyst = factories.person("analyst")
    pack = add(analyst, name=" Tujuan ", words=["  loker   Taiwan ", "", "LOKER taiwan", "loker kamboja"])
    assert (pack.name, pack.words, pack.changed_by) == ("Tujuan", ["loker Taiwan", "loker kamboja"], analyst)
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.after) == ("pack.added", {"about": "destinations", "words": ["loker Taiwan", "loker kamboja"]})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"about": "surat"}, "about"),
        ({"words": ["", "  "]}, "words"),
        ({"words": [f"kata {n}" for n in range(101)]}, "words"),
        ({"words": ["x" * 101]}, "words"),
        ({"words": ["kata\x00"]}, "words"),
    ],
)
def test_what_is_no_pack_is_refused_beside_its_field(given: dict[str, Any], field: str) -> None:
    assert refused(add, **given) == field
    assert models.KeywordPack.objects.count() == 0


def test_the_borders_are_taken() -> None:
    assert len(add(words=[f"{n:03d}" + "x" * 97 for n in range(100)]).words) == 100


def test_a_changed_pack_tells_what_it_was_and_keeps_the_place_of_its_watches() -> None:
    admin, pack = factories.person("administrator"), add()
    watch = factories.watch(cursor={"looks": {"loker taiwan": {"known": "x"}}})
    watch.packs.add(pack)
    changed = packs.change(pack_id=pack.pk, name="Tujuan", about="other", words=["loker taiwan", "loker korea"], by=admin, now=NOW)
    assert (changed.words, changed.about) == (["loker taiwan", "loker korea"], "other")
    watch.refresh_from_db()
    assert watch.cursor == {"looks": {"loker taiwan": {"known": "x"}}}
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.before["words"], entry.after["words"]) == (
        "pack.changed",
        ["loker taiwan", "loker kamboja"],
        ["loker taiwan", "loker korea"],
    )


def test_a_name_is_taken_once() -> None:
    admin = factories.person("administrator")
    add()
    other = add(name="Lain")
    assert refused(add) == "name"
    given = {"name": "Tujuan", "about": "other", "words": ["a"], "by": admin, "now": NOW}
    assert refused(packs.change, pack_id=other.pk, **given) == "name"


@pytest.mark.parametrize(("role", "code"), [("officer", "bp3mi-jabar"), ("supervisor", "directorate")])
def test_who_may_not_change_watches_changes_no_pack(role: str, code: str) -> None:
    pack, person = add(), factories.person(role, code)
    with pytest.raises(PermissionDenied):
        add(person, name="Lain")
    with pytest.raises(PermissionDenied):
        packs.change(pack_id=pack.pk, name="Lain", about="other", words=["a"], by=person, now=NOW)


def test_words_of_several_packs_are_asked_for_once() -> None:
    one, two = add(), add(name="Lain", words=["Loker Kamboja", "loker korea"])
    assert fetching.words_of([one, two]) == ("loker taiwan", "Loker Kamboja", "loker korea")


def test_the_first_packs_are_made_once_and_what_people_changed_stays() -> None:
    assert packs.seed(now=NOW) == 3
    models.KeywordPack.objects.filter(about="lures").update(words=["kata kantor"])
    assert packs.seed(now=NOW) == 0
    assert models.KeywordPack.objects.get(about="lures").words == ["kata kantor"]


def test_the_first_packs_say_what_the_reader_knows() -> None:
    groups = phrases.load("phrases.toml")
    for group, words in packs.LURES.items():
        known = {variant for entry in groups[group]["entries"] for variant in phrases.variants(entry)}
        assert set(words) <= known, group
    (_, _, destinations), (_, _, positions), _lures = packs.first_packs()
    assert {word.removeprefix("loker ") for word in destinations} <= {one.id.lower() for one in titles.COUNTRIES.values()}
    assert {word.removesuffix(" luar negeri") for word in positions} <= {one.id.lower() for one in titles.POSITIONS.values()}
