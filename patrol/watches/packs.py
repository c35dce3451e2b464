"""Keyword packs: words many watches ask for, kept in one place.

A changed pack costs no watch its place: a source keeps a cursor for each word, so the words that stayed go on where they were and
a new one begins at its own beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain.states import PackAbout
from patrol.engine.reading import titles
from patrol.infra.refusals import RefusedError

MOST_WORDS = 100  # of one pack: each word is a search of its own in every run of every watch that has it
LONGEST_WORD = 100


def _missing(place: str) -> RefusedError:
    return RefusedError("pack.required", _("This is required."), place)


def _taken() -> RefusedError:
    return RefusedError("pack.name_taken", _("Another pack has this name."), "name")


def _checked(name: str, about: str, words: Iterable[str]) -> tuple[str, list[str]]:
    name = name.strip()
    if not name:
        raise _missing("name")
    if about not in set(PackAbout):
        raise _missing("about")
    once: dict[str, str] = {}
    for word in words:
        tidy = " ".join(word.split())
        if tidy:
            once.setdefault(tidy.casefold(), tidy)
    kept = list(once.values())
    if not kept:
        raise _missing("words")
    if len(kept) > MOST_WORDS:
        raise RefusedError("pack.too_many_words", _("%(most)s words at most."), "words", most=MOST_WORDS)
    if long := next((word for word in kept if len(word) > LONGEST_WORD or not word.isprintable()), None):
        raise RefusedError("pack.word", _("Too long or unreadable: %(word)s."), "words", word=long[:30])
    return name, kept


def add(*, name: str, about: str, words: Iterable[str], by: models.Person | None, now: datetime) -> models.KeywordPack:
    """A new pack. `by` None is the installation itself. Raises RefusedError, PermissionDenied."""
    if by is not None:
        access.require(by, Action.WATCH_CHANGE)
    name, kept = _checked(name, about, words)
    try:
        with transaction.atomic():
            pack = models.KeywordPack.objects.create(name=name, about=about, words=kept, changed_at=now, changed_by=by)
            audit.write("pack.added", by=by, now=now, target=pack, after={"about": about, "words": kept})
    except IntegrityError:
        raise _taken() from None
    return pack


def change(*, pack_id: int, name: str, about: str, words: Iterable[str], by: models.Person, now: datetime) -> models.KeywordPack:
    """Changes a pack, for every watch that has it, from its next run on. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.WATCH_CHANGE)
    name, kept = _checked(name, about, words)
    try:
        with transaction.atomic():
            pack = models.KeywordPack.objects.select_for_update(no_key=True).get(pk=pack_id)
            before = {"name": pack.name, "about": pack.about, "words": pack.words}
            after = {"name": name, "about": about, "words": kept}
            models.KeywordPack.objects.filter(pk=pack_id).update(**after, changed_at=now, changed_by=by)
            audit.write("pack.changed", by=by, now=now, target=pack, before=before, after=after)
    except IntegrityError:
        raise _taken() from None
    pack.refresh_from_db()
    return pack


# --- the first packs ------------------------------------------------------------------------------

# Where most people are sent, and where most are deceived: codes of the reader's lexicons, which give the words.
_DESTINATIONS = ("MY", "SG", "BN", "TW", "HK", "KR", "JP", "SA", "AE", "KH", "MM", "TH", "PH", "TR", "AU")
_POSITIONS = (
    "domestic_worker",
    "caregiver",
    "plantation_worker",
    "production_operator",
    "construction_worker",
    "fishing_crew",
    "cruise_crew",
    "spa_therapist",
    "customer_service",
    "online_marketing",
)
# By the reader's group of phrases (lexicon/phrases.toml); a test asks the reader for each.
LURES = {
    "no_money": ("tanpa biaya", "biaya gratis"),
    "fast": ("proses cepat",),
    "light_terms": ("tanpa bahasa",),
    "visit_visa": ("visa turis", "visa kunjungan"),
    "money_lure": ("uang saku", "uang fit"),
    "bypass_office": ("jalur belakang",),
    "scam_work": ("admin judol", "admin slot"),
}


def first_packs() -> tuple[tuple[str, PackAbout, tuple[str, ...]], ...]:
    """Name, subject and words of the packs an installation begins with: a country or a kind of work alone would bring the whole
    world, so the search says that work is offered."""
    return (
        ("Negara tujuan", PackAbout.DESTINATIONS, tuple(f"loker {titles.country(code).id.lower()}" for code in _DESTINATIONS)),
        ("Pekerjaan di luar negeri", PackAbout.POSITIONS, tuple(f"{titles.position(code).id.lower()} luar negeri" for code in _POSITIONS)),
        ("Bujukan", PackAbout.LURES, tuple(f"kerja luar negeri {words}" for group in LURES.values() for words in group)),
    )


def seed(*, now: datetime) -> int:
    """Makes the first packs that are not there yet, by name. Returns how many."""
    known = set(models.KeywordPack.objects.values_list("name", flat=True))
    missing = [pack for pack in first_packs() if pack[0] not in known]
    for name, about, words in missing:
        add(name=name, about=about, words=words, by=None, now=now)
    return len(missing)
