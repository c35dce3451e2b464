"""Law as rows: which edition holds on a day, what an officer may choose, entering, ending, and the legal unit's word by another person."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import models, triage
from patrol.cases import law
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome, Role
from tests import factories
from tests.factories import NOW

database = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SCAN = b"%PDF-1.4 surat unit hukum (contoh)"
DAY = timedelta(days=1)


def article(key: str = "placement") -> models.Article:
    factories.offices()
    return law.loaded().get(key=key)


def newest(of: models.Article) -> int:
    last = of.editions.order_by("id").last()
    return last.pk if last else 0


def entered(of: models.Article, by: models.Person, **given: Any) -> models.ArticleEdition:
    told: dict[str, Any] = {
        "wording": "Bunyi rekaan",
        "elements": [("Melaksanakan penempatan Pekerja Migran Indonesia", ""), ("Unsur rekaan", "An invented element")],
        "penalty": "",
        "in_force_from": date(2027, 1, 1),
        "in_force_to": None,
        "source": "LN rekaan",
        "seen": newest(of),
    }
    return law.enter(article_id=of.pk, **(told | given), by=by, now=NOW)


def confirmed(edition: models.ArticleEdition, by: models.Person, **given: Any) -> models.LawConfirmation:
    told: dict[str, Any] = {"letter_number": "B.1/CONTOH/2026", "letter_date": TODAY, "scan": SCAN}
    return law.confirm(edition_id=edition.pk, **(told | given), by=by, now=NOW)


def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


def analyst() -> models.Person:
    return factories.person(Role.ANALYST)


# --- which edition holds ---------------------------------------------------------------------------


def edition(pk: int, first: date | None, last: date | None = None, *, ended: bool = False) -> models.ArticleEdition:
    return models.ArticleEdition(pk=pk, in_force_from=first, in_force_to=last, ended=ended)


@pytest.mark.parametrize(
    ("editions", "holds"),
    [
        ([], None),
        ([edition(1, TODAY + DAY)], None),
        ([edition(1, TODAY)], 1),
        ([edition(1, None)], 1),
        ([edition(1, None), edition(2, TODAY)], 2),
        ([edition(1, TODAY - DAY), edition(2, TODAY - DAY)], 2),  # entered again for the same day: mended
        ([edition(1, TODAY - DAY), edition(2, TODAY - 2 * DAY)], 1),  # the older one was mended later
        ([edition(1, TODAY - DAY), edition(2, TODAY + DAY)], 1),
        ([edition(1, TODAY - DAY, TODAY)], 1),
        ([edition(1, TODAY - 2 * DAY, TODAY - DAY)], None),
        ([edition(1, None), edition(2, TODAY - 2 * DAY, TODAY - DAY)], None),  # what a later one ended does not come back
        ([edition(1, None), edition(2, TODAY, ended=True)], None),
        ([edition(1, None), edition(2, TODAY + DAY, ended=True)], 1),
        ([edition(1, None), edition(2, TODAY - DAY, ended=True), edition(3, TODAY)], 3),
    ],
)
def test_the_edition_that_began_last_holds(editions: list[models.ArticleEdition], holds: int | None) -> None:
    found = law.in_force(reversed(editions), TODAY)
    assert (found and found.pk) == holds


# --- what is shipped -------------------------------------------------------------------------------


@database
def test_the_law_is_loaded_once_and_confirmed_by_nobody() -> None:
    keys = [one["key"] for act in law.shipped() for one in act.get("articles", ())]
    assert len(keys) == len(set(keys)) == law.load(now=NOW) == models.Article.objects.count() == models.ArticleEdition.objects.count() == 15
    assert models.Act.objects.count() == len(law.shipped()) == 8
    models.Article.objects.filter(key="fraud").update(title_id="Diubah")
    assert law.load(now=NOW) == 0
    assert models.Article.objects.get(key="fraud").title_id == "Diubah"
    assert not models.LawConfirmation.objects.exists()
    assert [one.cited for one in law.loaded()][:5] == [
        "UU 18/2017 Pasal 69 jo. 81",
        "UU 18/2017 Pasal 72 jo. 86",
        "UU 21/2007 Pasal 4",
        "UU ITE Pasal 28(1) jo. 45A(1)",
        "UU 18/2017 Pasal 5",
    ]


def test_what_is_shipped_names_its_source_and_gives_each_element_a_key() -> None:
    articles = [one for act in law.shipped() for one in act.get("articles", ())]
    assert [one["key"] for one in articles if not one["source"] or len(one["key"]) > 20] == []
    assert [one["key"] for one in articles if len({each["key"] for each in one["elements"]}) != len(one["elements"])] == []
    assert {one["reason"] for one in articles if "reason" in one} <= set(triage.REASONS[Outcome.CONFIRMED])
    # Words stand only where a source quotes them.
    assert [one["key"] for one in articles if one.get("wording")] == ["uu18-68", "fraud"]


# --- what an officer chooses -----------------------------------------------------------------------


@database
def test_an_officer_is_offered_the_four_and_the_reason_comes_with_each() -> None:
    factories.offices()
    assert [one.key for one in law.offered(NOW)] == ["placement", "recruitment", "trafficking", "fraud"]
    assert [law.reason_of(key, NOW) for key in ("placement", "recruitment", "trafficking", "fraud", "other")] == [
        "licence",
        "licence",
        "several",
        "fraud",
        "several",
    ]
    for unknown in ("", "69", "uu18-82"):
        with pytest.raises(RefusedError, match=r"^case\.article article$"):
            law.reason_of(unknown, NOW)


@database
def test_a_change_of_law_is_a_row() -> None:
    """The article ends on a made-up day: from then on nobody is offered it, and posts of before are judged by what held on theirs."""
    fraud, by = article("fraud"), analyst()
    law.end(article_id=fraud.pk, ended_from=TODAY, source="LN rekaan", seen=newest(fraud), by=by, now=NOW)
    assert [one.key for one in law.offered(NOW)] == ["placement", "recruitment", "trafficking"]
    assert [one.key for one in law.offered(NOW - DAY)] == ["placement", "recruitment", "trafficking", "fraud"]
    fraud = article("fraud")
    before = law.article_on(fraud, TODAY - DAY)
    assert before is not None
    assert (before.by, law.article_on(fraud, TODAY)) == (None, None)
    code = law.add_article(
        act_id=models.Act.objects.get(key="uu-1-2023").pk,
        act_short="",
        act_title="",
        number="492",
        beside="",
        title_id="penipuan (rekaan)",
        title_en="fraud (invented)",
        reason="fraud",
        by=by,
        now=NOW,
    )
    entered(code, by, in_force_from=TODAY)
    assert [(one.key, one.cited) for one in law.offered(NOW)][-1] == (code.key, "UU 1/2023 Pasal 492")
    assert law.reason_of(code.key, NOW) == "fraud"


# --- entering --------------------------------------------------------------------------------------


@database
def test_a_further_edition_is_added_and_an_element_keeps_its_key_with_its_words() -> None:
    of, by = article(), analyst()
    first = of.editions.get()
    made = entered(of, by)
    assert made.elements == [
        {
            "key": "placing",
            "id": "Melaksanakan penempatan Pekerja Migran Indonesia",
            "en": "Melaksanakan penempatan Pekerja Migran Indonesia",
        },
        {"key": "e1", "id": "Unsur rekaan", "en": "An invented element"},
    ]
    of = article()
    assert [law.article_on(of, day) for day in (TODAY, date(2027, 1, 1))] == [first, made]
    assert (made.by, made.at) == (by, NOW)
    row = models.AuditEntry.objects.latest("seq")
    assert (row.verb, row.actor_id, row.after["article"], row.after["from"]) == ("law.entered", by.pk, "placement", "2027-01-01")
    assert [one["key"] for one in entered(of, by, elements=[("Lain lagi", ""), ("Unsur rekaan", "x")]).elements] == ["e2", "e1"]


@database
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": " "}, "law.required source"),
        ({"in_force_to": date(2026, 12, 31)}, "law.days in_force_to"),
        ({"wording": "x" * 10_001}, "law.too_long wording"),
        ({"elements": [(f"Unsur {n}", "") for n in range(21)]}, "law.elements elements"),
        ({"elements": [("x" * 301, "")]}, "law.elements elements"),
        ({"seen": 0}, "law.newer"),
    ],
)
def test_an_edition_that_lacks_something_is_not_entered(given: dict[str, Any], code: str) -> None:
    of, by = article(), analyst()
    with pytest.raises(RefusedError) as told:
        entered(of, by, **given)
    assert str(told.value) == code
    assert article().editions.count() == 1


@database
def test_two_who_enter_at_once_do_not_overwrite_each_other() -> None:
    of, seen = article(), newest(article())
    entered(of, analyst(), seen=seen)
    with pytest.raises(RefusedError, match=r"^law\.newer$"):
        entered(of, analyst(), seen=seen)
    with pytest.raises(RefusedError, match=r"^law\.newer$"):
        law.end(article_id=of.pk, ended_from=TODAY, source="x", seen=seen, by=analyst(), now=NOW)
    assert article().editions.count() == 2


@database
def test_what_has_no_edition_has_nothing_to_end() -> None:
    by = analyst()
    given: dict[str, Any] = {"number": "", "beside": "", "title_id": "rekaan", "title_en": "invented", "reason": "", "by": by, "now": NOW}
    made = law.add_article(act_id=None, act_short="UU 99/2099", act_title="Undang-undang rekaan", **given)
    assert (made.cited, made.key, law.article_on(made, TODAY)) == ("UU 99/2099", made.key, None)
    with pytest.raises(RefusedError, match=r"^law\.nothing_to_end$"):
        law.end(article_id=made.pk, ended_from=TODAY, source="x", seen=0, by=by, now=NOW)
    for wrong, code in (
        ({"act_id": made.act_id}, "law.article_known number"),
        ({"act_short": "UU 99/2099"}, "law.act_known act_short"),
        ({"act_short": " "}, "law.required act_short"),
        ({"act_short": "UU 98/2099", "title_en": ""}, "law.required title_en"),
        ({"act_short": "UU 98/2099", "reason": "lawful"}, "law.reason reason"),
    ):
        with pytest.raises(RefusedError) as told:
            law.add_article(**({"act_id": None, "act_short": "", "act_title": "x"} | given | wrong))
        assert str(told.value) == code
    assert (
        models.Article.objects.filter(act__short__startswith="UU 9").count()
        == models.Act.objects.filter(short__startswith="UU 9").count()
        == 1
    )


@database
@pytest.mark.parametrize(("role", "code"), [(Role.OFFICER, "directorate"), (Role.SUPERVISOR, "bp3mi-jabar"), (Role.OFFICER, "bp3mi-jabar")])
def test_the_directorate_s_analysts_and_supervisors_enter_law(role: str, code: str) -> None:
    of, by = article(), factories.person(role, code)
    for verb in (
        lambda: entered(of, by),
        lambda: law.end(article_id=of.pk, ended_from=TODAY, source="x", seen=newest(of), by=by, now=NOW),
        lambda: confirmed(of.editions.get(), by),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert (article().editions.count(), models.LawConfirmation.objects.count()) == (1, 0)


# --- the legal unit's word -------------------------------------------------------------------------


@database
def test_a_supervisor_enters_the_letter_and_its_scan_is_kept_as_evidence_is() -> None:
    by = supervisor()
    made = confirmed(article().editions.get(), by)
    one = law.article_on(article(), TODAY)
    assert one is not None
    assert law.confirmed(one)
    assert (made.letter_number, made.letter_date, made.by, made.at) == ("B.1/CONTOH/2026", TODAY, by, NOW)
    assert (made.scan.sha256, made.scan.media_type, made.scan.person, made.scan.purpose) == (
        hashlib.sha256(SCAN).hexdigest(),
        "application/pdf",
        by,
        "law",
    )
    assert raw.intact(made.scan.sha256)
    row = models.AuditEntry.objects.latest("seq")
    assert (row.verb, row.after["letter"], row.after["commitment"]) == ("law.confirmed", "B.1/CONTOH/2026", made.scan.commitment)
    with pytest.raises(RefusedError, match=r"^law\.confirmed$"):
        confirmed(made.edition, supervisor())
    later = entered(article(), analyst())  # its own letter, not the one of the edition before
    assert not law.confirmed(later)


@database
def test_nobody_confirms_what_they_entered_themselves() -> None:
    by = supervisor()
    made = entered(article(), by)
    with pytest.raises(RefusedError, match=r"^pair\.same$"):
        confirmed(made, by)
    scan = confirmed(article("fraud").editions.get(), by).scan
    with pytest.raises(IntegrityError, match=r"no second person \(same\)"), transaction.atomic():
        models.LawConfirmation.objects.create(edition=made, letter_number="x", letter_date=TODAY, scan=scan, by=by, at=NOW)
    assert confirmed(made, supervisor()).edition == made


@database
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"letter_number": " "}, "law.required letter_number"),
        ({"letter_date": TODAY + DAY}, "law.letter_date letter_date"),
        ({"scan": b""}, "law.scan scan"),
        ({"scan": b"GIF89a"}, "law.scan scan"),
        ({"scan": b"%PDF-" + b"x" * law.MOST_BYTES}, "law.scan scan"),
    ],
)
def test_a_confirmation_that_lacks_something_is_not_entered(given: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as told:
        confirmed(article().editions.get(), supervisor(), **given)
    assert str(told.value) == code
    assert (models.LawConfirmation.objects.count(), models.Capture.objects.count()) == (0, 0)


@database
@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"in_force_from": TODAY, "in_force_to": TODAY - DAY},
        {"ended": True},
        {"ended": True, "in_force_from": TODAY, "wording": "x"},
        {"ended": True, "in_force_from": TODAY, "elements": [{"key": "e1"}]},
    ],
)
def test_the_database_refuses_an_edition_that_contradicts_itself(wrong: dict[str, Any]) -> None:
    of = article()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.ArticleEdition.objects.create(article=of, at=NOW, **({"source": "x"} | wrong))


@database
def test_who_may_confirm_an_edition_is_told_that_it_waits() -> None:
    one, other = supervisor(), supervisor()
    gone, far = factories.person(Role.SUPERVISOR, "directorate", is_active=False), factories.person(Role.SUPERVISOR)
    entered(article(), one)
    assert list(models.Notice.objects.values_list("kind", "person", "by", "note")) == [("law_waits", other.pk, one.pk, article().cited)]
    assert {gone.pk, far.pk}.isdisjoint(models.Notice.objects.values_list("person", flat=True))
