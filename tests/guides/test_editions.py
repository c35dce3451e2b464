"""Guides: what ships, what publishing asks for, editions that stay, and words that are refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from patrol import models
from patrol.domain import public_words
from patrol.guides import bodies, editions
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.factories import NOW

database = pytest.mark.django_db
DAY = date(2026, 11, 20)
TOLD = {
    "title_id": "Uang muka",
    "title_en": "Money first",
    "under_id": "Kapan perlu bertanya",
    "under_en": "When to ask",
    "gist_id": "Tanya dulu.",
    "gist_en": "Ask first.",
    "body_id": "## Judul\n\n- satu",
    "body_en": "## Heading\n\n- one",
    "sources": "Contoh",
}


def publish(by: models.Person, **changes: Any) -> models.GuideEdition:
    given: dict[str, Any] = {"key": "uang-muka", "section": "recognise", "checked_on": DAY, "seen": 0} | TOLD | changes
    return editions.publish(**given, by=by, now=NOW)


def refused(code: str, by: models.Person, **changes: Any) -> str:
    before = models.GuideEdition.objects.count(), models.Guide.objects.count(), models.AuditEntry.objects.count()
    with pytest.raises(RefusedError) as caught:
        publish(by, **changes)
    assert str(caught.value) == code
    assert (models.GuideEdition.objects.count(), models.Guide.objects.count(), models.AuditEntry.objects.count()) == before
    return caught.value.said("en")


def test_every_shipped_guide_holds_what_publishing_asks_for() -> None:
    assert sorted(editions.shipped()) == [
        "apa-itu-sip",
        "kata-aturan",
        "langkah-demi-langkah",
        "media-sosial",
        "sudah-di-luar-negeri",
        "tanda-bahaya",
        "visa-turis",
    ]
    for told in editions.shipped().values():
        words = {name: value for name, value in told.items() if name not in {"section", "place", "checked_on"}}
        kept = editions.checked(words, checked_on=told["checked_on"], now=NOW + timedelta(days=30))
        assert public_words.forbidden(" ".join(kept[name] for name in kept if name not in {"checked_on", "sources"})) == []
        # both languages say the same in the same order
        assert [part.kind for part in bodies.parts(told["body_id"])] == [part.kind for part in bodies.parts(told["body_en"])]
        assert max(len(sentence.split()) for sentence in told["body_id"].replace(":", ".").split(".")) <= 35


@database
def test_the_shipped_guides_are_loaded_once_and_what_exists_stays() -> None:
    factories.offices()
    assert (editions.load(now=NOW), editions.load(now=NOW)) == (7, 0)
    assert {one.by for one in editions.newest()} == {None}
    assert [one.guide.key for one in editions.published()][:4] == ["tanda-bahaya", "visa-turis", "apa-itu-sip", "media-sosial"]
    edition = models.GuideEdition.objects.get(guide__key="tanda-bahaya")
    publish(factories.person(Role.ANALYST), key="tanda-bahaya", seen=edition.pk, title_id="Lain")
    assert editions.load(now=NOW) == 0
    assert editions.published()[0].title_id == "Lain"


@database
def test_an_edition_is_published_and_the_one_before_stays() -> None:
    analyst = factories.person(Role.ANALYST)
    first = publish(analyst)
    second = publish(factories.person(Role.SUPERVISOR, "directorate"), seen=first.pk, title_id="Uang di muka", section="leaving")
    assert [(one.pk, one.title_id, one.guide.section) for one in editions.published()] == [(second.pk, "Uang di muka", "leaving")]
    assert models.GuideEdition.objects.get(pk=first.pk).title_id == "Uang muka"
    logged = models.AuditEntry.objects.filter(verb="guide.published").order_by("seq")
    assert [one.after for one in logged] == [{"guide": "uang-muka", "edition": one.pk, "checked": "2026-11-20"} for one in (first, second)]
    refused("guide.newer", analyst, seen=first.pk)
    refused("guide.newer", analyst)


@database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title_en": " "}, "guide.required title_en"),
        ({"body_id": "\n"}, "guide.required body_id"),
        ({"gist_en": "x" * 301}, "guide.long gist_en"),
        ({"sources": ""}, "guide.sources sources"),
        ({"checked_on": None}, "guide.day checked_on"),
        ({"checked_on": NOW.date() + timedelta(days=1)}, "guide.day checked_on"),
        ({"section": "lain"}, "guide.section section"),
        ({"key": "Uang Muka"}, "guide.key key"),
        ({"key": "uang-muka/../x"}, "guide.key key"),
        ({"body_id": "Tawaran ini aman."}, "guide.forbidden body_id"),
        ({"body_en": "This offer is safe."}, "guide.forbidden body_en"),
        ({"title_id": "Awas!"}, "guide.forbidden title_id"),
        ({"under_en": "Legal or not"}, "guide.forbidden under_en"),
    ],
)
def test_nothing_is_published_that_a_public_page_may_not_hold(changes: dict[str, Any], code: str) -> None:
    said = refused(code, factories.person(Role.ANALYST), **changes)
    assert said.startswith("Nothing was published: ")
    if code == "guide.forbidden body_id":
        assert said == ("Nothing was published: a public page holds no “aman”. Say what the register or the rule shows, and on which day.")


@database
def test_a_guide_is_taken_off_and_comes_back_with_a_further_edition() -> None:
    analyst = factories.person(Role.ANALYST)
    first = publish(analyst)
    off = editions.withdraw(guide_id=first.guide_id, reason="Aturannya berubah.", seen=first.pk, by=analyst, now=NOW)
    assert (editions.published(), off.withdrawn, off.reason) == ([], True, "Aturannya berubah.")
    for seen, reason, code in (
        (off.pk, "Lagi.", "guide.withdrawn"),
        (first.pk, "Lagi.", "guide.newer"),
        (off.pk, " ", "guide.reason reason"),
    ):
        with pytest.raises(RefusedError) as caught:
            editions.withdraw(guide_id=first.guide_id, reason=reason, seen=seen, by=analyst, now=NOW)
        assert str(caught.value) == code
    again = publish(analyst, seen=off.pk)
    assert [one.pk for one in editions.published()] == [again.pk]


@database
@pytest.mark.parametrize(
    ("role", "office"), [(Role.OFFICER, "bp3mi-jabar"), (Role.SUPERVISOR, "bp3mi-jabar"), (Role.REGISTRAR, "directorate")]
)
def test_only_the_directorate_publishes_and_takes_off(role: Role, office: str) -> None:
    edition = publish(factories.person(Role.ANALYST))
    other = factories.person(role, office)
    with pytest.raises(PermissionDenied):
        publish(other, seen=edition.pk)
    with pytest.raises(PermissionDenied):
        editions.withdraw(guide_id=edition.guide_id, reason="x", seen=edition.pk, by=other, now=NOW)
    assert [one.pk for one in editions.newest()] == [edition.pk]


@database
def test_the_database_keeps_editions_as_they_are() -> None:
    edition = publish(factories.person(Role.ANALYST))
    for change in ("UPDATE patrol_guideedition SET title_id = 'x' WHERE id = %s", "DELETE FROM patrol_guideedition WHERE id = %s"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [edition.pk])
    assert models.GuideEdition.objects.get().title_id == "Uang muka"
