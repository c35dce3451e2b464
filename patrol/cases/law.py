"""Law as data: what an article says on a day, entered by one person and confirmed with the legal unit's letter by another.

An edition is a row that is added. A later one ends the one before it from its day on, and so does a row that says the article has ended: a
change of law is entered, and no code is changed. What nobody confirmed is cited with that mark.
"""

from __future__ import annotations

import functools
import tomllib
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections, transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models, triage
from patrol.access import Action, audit, pairs
from patrol.domain.keepable import keepable
from patrol.engine import masks
from patrol.evidence import custody, pictures
from patrol.infra import prepared
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome

OTHER: Final = "other"  # an escalation on an article that is not offered; the officer's note says which
_OTHER_REASON: Final = "several"
MOST_ELEMENTS: Final = 20
LONGEST_ELEMENT: Final = 300
LONGEST: Final = 10_000  # of a wording
MOST_BYTES: Final = pictures.MOST_BYTES

type Element = tuple[str, str]  # its words in Indonesian and in English


# --- which edition holds --------------------------------------------------------------------------


def in_force(editions: Iterable[models.ArticleEdition], day: date) -> models.ArticleEdition | None:
    """Of the editions of one article the one that holds on this day: the one that began last, and of several that began on one day the one
    entered last. None where none began, or it has ended."""
    begun = [one for one in editions if one.in_force_from is None or one.in_force_from <= day]
    last = max(begun, key=lambda one: (one.in_force_from or date.min, one.pk), default=None)
    if last is None or last.ended or (last.in_force_to is not None and last.in_force_to < day):
        return None
    return last


def article_on(article: models.Article, day: date) -> models.ArticleEdition | None:
    """The edition of the article in force on a day of the law's zone. One query where it comes without its editions."""
    return in_force(article.editions.all(), day)


def today(now: datetime) -> date:
    return now.astimezone(domain.LAW_ZONE).date()


def confirmed(edition: models.ArticleEdition) -> bool:
    """Whether the legal unit's letter on it was entered. No query where it comes with `confirmation`."""
    return getattr(edition, "confirmation", None) is not None


def waits_for(person: models.Person) -> QuerySet[models.ArticleEdition]:
    """Editions whose letter of the legal unit this person may enter: not those they entered."""
    if not access.may(person, Action.LAW_APPROVE):
        return models.ArticleEdition.objects.none()
    return models.ArticleEdition.objects.filter(confirmation=None).exclude(by=person.pk)


def loaded(articles: QuerySet[models.Article] | None = None) -> QuerySet[models.Article]:
    """Articles with their act and editions, each with its confirmation: two queries, in the order of the list."""
    whole = models.ArticleEdition.objects.select_related("confirmation").order_by("id")
    found = models.Article.objects.all() if articles is None else articles
    return found.select_related("act").prefetch_related(Prefetch("editions", whole)).order_by("place", "act", "id")


# --- what an officer escalates with ---------------------------------------------------------------


# Articles and their editions are only ever added: as many of both with the same newest are the same ones.
_HOW_FAR: Final = """
SELECT a.n, a.newest, e.n, e.newest, c.n FROM (SELECT count(*) AS n, max(id) AS newest FROM patrol_article) a,
    (SELECT count(*) AS n, max(id) AS newest FROM patrol_articleedition) e, (SELECT count(*) AS n FROM patrol_lawconfirmation) c
"""


@functools.lru_cache(maxsize=2)
def _with_reason(_database: str, _how_far: tuple[int, ...]) -> list[models.Article]:
    """Every page of the desk offers them: they are kept until there are more. Nobody changes them."""
    return list(loaded(models.Article.objects.exclude(reason="")))


def offered(now: datetime, known: Iterable[models.Article] | None = None) -> list[models.Article]:
    """The articles an officer may choose among: those with a reason that hold today. One query, three after a change of the law; none where
    `known` are all, as `loaded` gives them."""
    if known is None:
        with connection.cursor() as cursor:
            prepared.execute(cursor, _HOW_FAR, {})
            known = _with_reason(connection.settings_dict["NAME"], cursor.fetchone())
    found = known
    return [one for one in found if one.reason and article_on(one, today(now))]


def reason_of(key: str, now: datetime) -> str:
    """Why a flag is confirmed that is escalated with this article. Raises RefusedError."""
    if key == OTHER:
        return _OTHER_REASON
    found = next((one for one in offered(now) if one.key == key), None)
    if found is None:
        raise RefusedError("case.article", _("Nothing was changed: choose the article it rests on."), "article")
    return found.reason


# --- entering -------------------------------------------------------------------------------------


def add_article(
    *,
    act_id: int | None,
    act_short: str,
    act_title: str,
    number: str,
    beside: str,
    title_id: str,
    title_en: str,
    reason: str,
    by: models.Person,
    now: datetime,
) -> models.Article:
    """An article without an edition yet, of an act that is there or of a new one (`act_id` None). `reason`: "" or one of triage.REASONS for
    confirming, with which officers may then escalate. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.LAW_ENTER)
    title_id, title_en = _needed(title_id, "title_id", 150), _needed(title_en, "title_en", 150)
    if reason and reason not in triage.REASONS[Outcome.CONFIRMED]:
        raise RefusedError("law.reason", _("Choose one of the reasons for confirming, or none."), "reason")
    with transaction.atomic():
        act = models.Act.objects.filter(pk=act_id).first() if act_id is not None else None
        if act is None:
            short = _needed(act_short, "act_short", 60)
            title = _needed(act_title, "act_title", 500)
            act, made = models.Act.objects.get_or_create(short=short, defaults={"key": uuid.uuid4().hex, "title": title})
            if not made:
                raise RefusedError("law.act_known", _("This act is in the list: choose it there."), "act_short")
        article, made = models.Article.objects.get_or_create(
            act=act,
            number=number.strip()[:20],
            defaults={
                "key": uuid.uuid4().hex[:20],
                "beside": beside.strip()[:20],
                "title_id": title_id,
                "title_en": title_en,
                "reason": reason,
            },
        )
        if not made:
            raise RefusedError("law.article_known", _("This article of the act is in the list."), "number")
        audit.write("law.article_added", by=by, now=now, target=article, after={"article": article.key, "reason": reason})
    return article


def enter(
    *,
    article_id: int,
    wording: str,
    elements: Sequence[Element],
    penalty: str,
    in_force_from: date,
    in_force_to: date | None,
    source: str,
    seen: int,
    by: models.Person,
    now: datetime,
) -> models.ArticleEdition:
    """A further edition, in force from its first day; it waits for the legal unit. An element with an earlier one's words keeps its key.

    `seen`: the newest edition the page showed, 0 for none. Raises RefusedError, PermissionDenied, Article.DoesNotExist.
    """
    access.require(by, Action.LAW_ENTER)
    source = _needed(source, "source", 1_000)
    if in_force_to is not None and in_force_to < in_force_from:
        raise RefusedError("law.days", _("The last day lies before the first."), "in_force_to")
    if len(wording) > LONGEST or len(penalty) > LONGEST:
        raise RefusedError("law.too_long", _("The text is too long."), "wording" if len(wording) > LONGEST else "penalty")
    told = [(one.strip(), other.strip()) for one, other in elements if one.strip()]
    if len(told) > MOST_ELEMENTS or any(len(words) > LONGEST_ELEMENT for both in told for words in both):
        text = _("At most %(most)s elements, each of %(long)s characters at most.")
        raise RefusedError("law.elements", text, "elements", most=MOST_ELEMENTS, long=LONGEST_ELEMENT)
    with transaction.atomic():
        article, before = _held(article_id, seen)
        return _made(
            article,
            by=by,
            now=now,
            wording=wording.strip(),
            elements=_keyed(told, before),
            penalty=penalty.strip(),
            in_force_from=in_force_from,
            in_force_to=in_force_to,
            source=source,
        )


def end(*, article_id: int, ended_from: date, source: str, seen: int, by: models.Person, now: datetime) -> models.ArticleEdition:
    """A row that says the article holds no longer from this day on. Raises RefusedError, PermissionDenied, Article.DoesNotExist."""
    access.require(by, Action.LAW_ENTER)
    source = _needed(source, "source", 1_000)
    with transaction.atomic():
        article, before = _held(article_id, seen)
        if not before:
            raise RefusedError("law.nothing_to_end", _("There is no edition yet that could end."))
        return _made(article, by=by, now=now, in_force_from=ended_from, ended=True, source=source)


def _held(article_id: int, seen: int) -> tuple[models.Article, list[models.ArticleEdition]]:
    """The article, held, and its editions, if the newest is the one that was seen."""
    article = models.Article.objects.select_for_update(of=("self",), no_key=True).select_related("act").get(pk=article_id)
    before = list(article.editions.order_by("id"))
    if (before[-1].pk if before else 0) != seen:
        raise RefusedError("law.newer", _("Nothing was entered: there is a newer edition than you saw. Look at it first."))
    return article, before


def _keyed(told: Sequence[Element], before: Sequence[models.ArticleEdition]) -> list[dict[str, str]]:
    known = {one["id"]: one["key"] for edition in before for one in edition.elements}
    used, found = set(known.values()), []
    for words, english in dict(told).items():  # said twice it is one
        key = known.get(words) or next(name for n in range(1, 10_000) if (name := f"e{n}") not in used)
        used.add(key)
        found.append({"key": key, "id": words, "en": english or words})
    return found


def _made(article: models.Article, *, by: models.Person, now: datetime, **fields: Any) -> models.ArticleEdition:
    made = models.ArticleEdition.objects.create(article=article, by=by, at=now, **fields)
    told = {"article": article.key, "from": str(made.in_force_from), "ended": made.ended, "elements": len(made.elements)}
    audit.write("law.ended" if made.ended else "law.entered", by=by, now=now, target=article, after=told)
    people = models.Person.objects.filter(is_active=True, office__kind=models.OfficeKind.DIRECTORATE).exclude(pk=by.pk)
    models.Notice.objects.bulk_create(
        models.Notice(kind="law_waits", person=one, by=by, at=now, note=masks.text(article.cited))
        for one in people.select_related("office").order_by("id")
        if access.may(one, Action.LAW_APPROVE)
    )
    return made


def _needed(text: str, place: str, most: int) -> str:
    if not text.strip():
        raise RefusedError("law.required", _("This is required."), place)
    return text.strip()[:most]


# --- the legal unit's word ------------------------------------------------------------------------


def confirm(
    *, edition_id: int, letter_number: str, letter_date: date, scan: bytes, by: models.Person, now: datetime
) -> models.LawConfirmation:
    """The legal unit's letter on an edition, with its scan: kept as evidence is, hashed and in the log. Not by whoever entered the edition.

    Raises RefusedError, PermissionDenied, ArticleEdition.DoesNotExist, OSError where the disk refuses.
    """
    access.require(by, Action.LAW_APPROVE)
    letter_number = _needed(letter_number, "letter_number", 100)
    if letter_date > today(now):
        raise RefusedError("law.letter_date", _("The letter's date lies in the future."), "letter_date")
    kind = media_type(scan)
    if not kind or len(scan) > MOST_BYTES:
        raise RefusedError("law.scan", _("The scan is no PDF, JPEG or PNG, or larger than 15 MB."), "scan")
    edition = models.ArticleEdition.objects.select_related("article__act").get(pk=edition_id)
    pairs.require(edition.by_id, by.pk, now=now)
    with transaction.atomic():
        models.Article.objects.select_for_update(no_key=True).get(pk=edition.article_id)
        if models.LawConfirmation.objects.filter(edition=edition).exists():
            raise RefusedError("law.confirmed", _("Nothing was changed: this edition is confirmed already."))
        capture = custody.capture_file(
            scan, kind, platform="web", kind="upload", now=now, person=by, office=by.office, purpose="law", options={"law": edition.pk}
        )
        made = models.LawConfirmation.objects.create(
            edition=edition, letter_number=keepable(letter_number), letter_date=letter_date, scan=capture, by=by, at=now
        )
        told = {"article": edition.article.key, "edition": edition.pk, "letter": letter_number, "commitment": capture.commitment}
        audit.write("law.confirmed", by=by, now=now, target=edition.article, after=told)
    return made


def media_type(scan: bytes) -> str:
    """Of a letter's scan, by its first bytes; "" for what is none."""
    if scan.startswith(b"%PDF-"):
        return "application/pdf"
    kind = pictures.media_type(scan)
    return kind if kind in {"image/jpeg", "image/png"} else ""


# --- the law an installation begins with ----------------------------------------------------------


@functools.cache
def shipped() -> list[dict[str, Any]]:
    """The acts of law.toml."""
    acts: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "law.toml").read_text())["acts"]
    return acts


def load(*, now: datetime, using: str = "default") -> int:
    """Makes the acts and articles of law.toml that do not exist yet, each with its first edition, confirmed by nobody. Returns how many
    articles; what exists is never changed. Ten statements, however many articles: most tests begin with it.
    """
    if not any(_missing(using)):
        return 0
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:  # whoever loads at the same time waits, and finds nothing missing
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol law'))")
        acts, articles = _missing(using)
        models.Act.objects.using(using).bulk_create(models.Act(**{key: one[key] for key in _ACT if key in one}) for one in acts)
        ids = dict(models.Act.objects.using(using).values_list("key", "pk"))
        made = models.Article.objects.using(using).bulk_create(
            models.Article(act_id=ids[act], **{key: one[key] for key in _ARTICLE if key in one}) for act, one in articles
        )
        models.ArticleEdition.objects.using(using).bulk_create(
            models.ArticleEdition(
                article=article,
                wording=one.get("wording", ""),
                elements=one["elements"],
                penalty=one.get("penalty", ""),
                in_force_from=one.get("from"),
                in_force_to=one.get("to"),
                source=one["source"],
                at=now,
            )
            for article, (_act, one) in zip(made, articles, strict=True)
        )
    return len(made)


_ACT: Final = ("key", "short", "title", "remark")
_ARTICLE: Final = ("key", "number", "beside", "title_id", "title_en", "reason", "place")


def _missing(using: str) -> tuple[list[dict[str, Any]], list[tuple[str, dict[str, Any]]]]:
    """The acts of law.toml that are no rows, and its articles that are none, each with the key of its act."""
    known = set(models.Article.objects.using(using).values_list("key", flat=True))
    acts = set(models.Act.objects.using(using).values_list("key", flat=True))
    articles = [(act["key"], one) for act in shipped() for one in act.get("articles", ()) if one["key"] not in known]
    return [act for act in shipped() if act["key"] not in acts], articles
