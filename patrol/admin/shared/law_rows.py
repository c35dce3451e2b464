"""Articles and their editions as pages show them: cited, with the day they hold from and whether the legal unit has confirmed them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import models
from patrol.admin.shared import words
from patrol.cases import law
from patrol.engine import masks

CONFIRMED: Final = words.Badge(gettext_lazy("confirmed by the legal unit"), "ok", "check")
UNCONFIRMED: Final = words.Badge(gettext_lazy("to be confirmed by the legal unit"), "med", "hourglass_empty")
ENDED: Final = words.Badge(pgettext_lazy("article", "ended"), "low", "block")
LATER: Final = words.Badge(pgettext_lazy("article", "not yet in force"), "low", "schedule")
NONE: Final = words.Badge(pgettext_lazy("article", "no edition yet"), "low", "info")

OTHER: Final = gettext_lazy("Another article (say which in the reason)")
_OTHER_SAID: Final = gettext_lazy("Another article")  # where it is read: the reason beside it says which


def mark(edition: models.ArticleEdition) -> words.Badge:
    """Of an edition: whether the legal unit stands behind it."""
    return CONFIRMED if law.confirmed(edition) else UNCONFIRMED


def state(article: models.Article, day: date) -> words.Badge:
    """Of an article that comes with its editions: how it stands on a day."""
    found = law.article_on(article, day)
    if found is not None:
        return mark(found)
    editions = list(article.editions.all())
    if not editions:
        return NONE
    return ENDED if any(one.in_force_from is None or one.in_force_from <= day for one in editions) else LATER


def title(article: models.Article) -> str:
    """UU 18/2017 Pasal 69 jo. 81: penempatan oleh pihak yang tidak berizin."""
    return f"{cited(article)}: {words.said(article, 'title')}"


def cited(article: models.Article) -> str:
    """Its act and number, without what somebody may have typed there that is a contact."""
    return masks.text(article.cited)


def choices(articles: Iterable[models.Article]) -> list[tuple[str, Any]]:
    """What an escalation may rest on, for a form."""
    return [*((one.key, title(one)) for one in articles), (law.OTHER, OTHER)]


def elements(keys: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """What the elements of these articles say, by the keys of both, in their newest words. At most one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = models.ArticleEdition.objects.filter(article__key__in=wanted).order_by("id").values_list("article__key", "elements")
    return {(article, one["key"]): one for article, listed in found for one in listed}


def titles(keys: Iterable[str]) -> dict[str, str | Promise]:
    """What these keys of an escalation mean, whether the article still holds or not. At most one query."""
    wanted = {key for key in keys if key and key != law.OTHER}
    return titles_of(models.Article.objects.select_related("act").filter(key__in=wanted) if wanted else ())


def titles_of(known: Iterable[models.Article]) -> dict[str, str | Promise]:
    """The same of articles that come with their act."""
    return {law.OTHER: _OTHER_SAID, **{one.key: title(one) for one in known}}


def edition(row: models.ArticleEdition) -> dict[str, Any]:
    """It comes with its confirmation."""
    letter: models.LawConfirmation | None = getattr(row, "confirmation", None)
    return {
        "edition": row,
        "badge": ENDED if row.ended else None,
        "mark": mark(row),
        "from": words.day(row.in_force_from) if row.in_force_from else _("day not entered"),
        "to": words.day(row.in_force_to) if row.in_force_to else "",
        "elements": [words.said(one) for one in row.elements],
        "source": row.source if row.by is None else masks.text(row.source),  # what is shipped names pages, and nobody
        "by": row.by.name if row.by else _("shipped with SIPatrol"),
        "at": words.moment(row.at),
        "letter": letter,
        "number": letter.letter_number if letter else "",
        "letter_date": words.day(letter.letter_date) if letter else "",
        "letter_by": letter.by.name if letter else "",
        "letter_at": words.moment(letter.at) if letter else "",
    }
