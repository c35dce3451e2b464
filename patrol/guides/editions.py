"""Verbs on guides. An edition is a row that is added: the newest counts, the older ones stay as they were read on their day."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models
from patrol.access import Action, audit
from patrol.domain import public_words
from patrol.domain.keepable import keepable
from patrol.infra.refusals import RefusedError
from patrol.models import GuideSection

LANGUAGES: Final = ("id", "en")
MOST: Final = {"title": 100, "under": 100, "gist": 300, "body": 6_000}  # characters, in each language
MOST_SOURCES: Final = 4_000
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST: Final = Path(__file__).parent / "first"


# --- which there are ------------------------------------------------------------------------------


def newest() -> list[models.GuideEdition]:
    """Of each guide the newest edition with its guide and who published it, in the order of the list. One query."""
    found = models.GuideEdition.objects.select_related("guide", "by").order_by("guide", "-id").distinct("guide")
    order = {str(section): at for at, section in enumerate(GuideSection)}
    return sorted(found, key=lambda one: (order[one.guide.section], one.guide.place, one.guide.pk))


def published() -> list[models.GuideEdition]:
    """Those the public reads. One query."""
    return [one for one in newest() if not one.withdrawn]


# --- a further edition ----------------------------------------------------------------------------


def checked(told: Mapping[str, str], *, checked_on: date | None, now: datetime) -> dict[str, Any]:
    """The words of an edition as they are kept: `title`, `under`, `gist`, `body` with `_id` and `_en` each, and `sources`.

    Raises RefusedError: for a language that misses, a long text, a forbidden word, no day, a day to come.
    """
    kept = {}
    for language in LANGUAGES:
        for part, most in MOST.items():
            place = f"{part}_{language}"
            text = keepable(told[place].replace("\r\n", "\n").strip() if part == "body" else " ".join(told[place].split()))
            if not text:
                raise RefusedError("guide.required", _("Nothing was published: both languages are needed, and this is missing."), place)
            if len(text) > most:
                raise RefusedError("guide.long", _("Nothing was published: %(most)s characters at most."), place, most=most)
            found = public_words.forbidden(text)
            if found:
                words = _(
                    "Nothing was published: a public page holds no “%(word)s”. Say what the register or the rule shows, and on which day."
                )
                raise RefusedError("guide.forbidden", words, place, word=found[0])
            kept[place] = text
    sources = keepable(told["sources"].strip())
    if not sources:
        raise RefusedError("guide.sources", _("Nothing was published: say where its facts come from."), "sources")
    if len(sources) > MOST_SOURCES:
        raise RefusedError("guide.sources_long", _("Nothing was published: the list of sources is too long."), "sources")
    if checked_on is None or checked_on > now.astimezone(domain.LAW_ZONE).date():
        words = _("Nothing was published: give the day the text was checked, not later than today.")
        raise RefusedError("guide.day", words, "checked_on")
    return kept | {"sources": sources, "checked_on": checked_on}


def publish(
    *, key: str, section: str, checked_on: date | None, seen: int, by: models.Person, now: datetime, **told: str
) -> models.GuideEdition:
    """A further edition, read by the public at once; of a key that is not there yet, the first of a new guide.

    `told` as in `checked`. `seen`: the newest edition the page showed, 0 for none. Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.GUIDE_PUBLISH)
    if len(key) > 40 or not _KEY.fullmatch(key):
        words = _("Nothing was published: the address is small letters, figures and hyphens, 40 at most.")
        raise RefusedError("guide.key", words, "key")
    if section not in set(GuideSection):
        raise RefusedError("guide.section", _("Nothing was published: choose under which heading it stands."), "section")
    kept = checked(told, checked_on=checked_on, now=now)
    with transaction.atomic():
        guide = _held(key, section, seen)
        made = models.GuideEdition.objects.create(guide=guide, by=by, at=now, **kept)
        audit.write("guide.published", by=by, now=now, target=guide, after={"guide": key, "edition": made.pk, "checked": str(checked_on)})
    return made


def withdraw(*, guide_id: int, reason: str, seen: int, by: models.Person, now: datetime) -> models.GuideEdition:
    """Takes a guide off the public pages until a further edition is published.

    Raises RefusedError, PermissionDenied, Guide.DoesNotExist.
    """
    access.require(by, Action.GUIDE_PUBLISH)
    reason = keepable(" ".join(reason.split()))[:300]
    if not reason:
        raise RefusedError("guide.reason", _("Nothing was changed: say why it is taken off."), "reason")
    with transaction.atomic():
        guide = models.Guide.objects.get(pk=guide_id)
        guide = _held(guide.key, guide.section, seen)
        last = guide.editions.latest("id")
        if last.withdrawn:
            raise RefusedError("guide.withdrawn", _("Nothing was changed: it is taken off already."))
        words = {f"{part}_{language}": getattr(last, f"{part}_{language}") for part in MOST for language in LANGUAGES}
        made = models.GuideEdition.objects.create(
            guide=guide, by=by, at=now, checked_on=last.checked_on, sources=last.sources, withdrawn=True, reason=reason, **words
        )
        audit.write("guide.withdrawn", by=by, now=now, target=guide, after={"guide": guide.key, "edition": made.pk})
    return made


def _held(key: str, section: str, seen: int) -> models.Guide:
    """The guide, made where it is new, held, if its newest edition is the one that was seen."""
    models.Guide.objects.get_or_create(key=key, defaults={"section": section})
    guide = models.Guide.objects.select_for_update(no_key=True).get(key=key)
    last = guide.editions.order_by("-id").first()
    if (last.pk if last else 0) != seen:
        words = _("Nothing was published: there is a newer edition than you saw. Look at it first.")
        raise RefusedError("guide.newer", words)
    if guide.section != section:
        models.Guide.objects.filter(pk=guide.pk).update(section=section)
        guide.section = section
    return guide


# --- the guides an installation begins with -------------------------------------------------------


@functools.cache
def shipped() -> dict[str, dict[str, Any]]:
    """Key -> the file of that name in first/: section, place, checked_on, sources and the words of both languages."""
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(_FIRST.glob("*.toml"))}


def load(*, now: datetime, using: str = "default") -> int:
    """Makes the guides of first/ that do not exist yet, each with its first edition. Returns how many; what exists is never changed."""
    known = set(models.Guide.objects.using(using).values_list("key", flat=True))
    if not set(shipped()) - known:
        return 0
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:  # whoever loads at the same time waits, and finds nothing missing
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol guides'))")
        known = set(models.Guide.objects.using(using).values_list("key", flat=True))
        missing = {key: one for key, one in shipped().items() if key not in known}
        made = models.Guide.objects.using(using).bulk_create(
            models.Guide(key=key, section=one["section"], place=one["place"]) for key, one in missing.items()
        )
        models.GuideEdition.objects.using(using).bulk_create(
            models.GuideEdition(
                guide=guide, at=now, **{name: value for name, value in missing[guide.key].items() if name not in {"section", "place"}}
            )
            for guide in made
        )
    return len(made)
