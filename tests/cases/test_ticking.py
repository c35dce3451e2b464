"""Elements ticked with what shows them, taken back, and the analysis that is written from them."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import cases, models
from patrol.cases import analysing, law, ticking
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.cases.test_law import SCAN
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def escalated(count: int = 1, article: str = "placement") -> models.Case:
    officer = factories.person()
    case = opened(officer, confirmed(count))
    return cases.escalate(case_id=case.pk, article=article, note="lintas provinsi", seen_version=case.version, by=officer, now=NOW)


def article(key: str = "placement") -> models.Article:
    return law.loaded().get(key=key)


def tick(case: models.Case, by: models.Person, **given: Any) -> int:
    flag = ticking.links(case)[0]
    told: dict[str, Any] = {
        "flag_id": flag.pk,
        "edition_id": article().editions.order_by("id")[0].pk,
        "element": "placing",
        "evidence": ["check"],
        "everywhere": False,
    }
    return ticking.tick(case_id=case.pk, **(told | given), by=by, now=LATER)


def timeline(case: models.Case) -> list[tuple[str, str]]:
    return list(case.events.exclude(article="").order_by("id").values_list("kind", "article"))


def said(case: models.Case) -> list[list[str]]:
    return [[one.en for one in each.sentences] for each in analysing.analysis(case)]


# --- which articles --------------------------------------------------------------------------------


def test_a_case_stands_on_what_it_was_escalated_with_and_what_was_added() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    assert [one.key for one in ticking.chosen(case)] == ["placement"]
    ticking.choose(case_id=case.pk, article_id=article("kuhp-378").pk, by=analyst, now=LATER)
    ticking.drop(case_id=case.pk, article_id=article().pk, by=analyst, now=LATER)
    assert [one.key for one in ticking.chosen(case)] == ["kuhp-378"]
    with pytest.raises(RefusedError, match=r"^case\.article_chosen article$"):
        ticking.choose(case_id=case.pk, article_id=article("kuhp-378").pk, by=analyst, now=LATER)
    with pytest.raises(RefusedError, match=r"^case\.article_not_chosen$"):
        ticking.drop(case_id=case.pk, article_id=article().pk, by=analyst, now=LATER)
    with pytest.raises(RefusedError, match=r"^case\.no_article article$"):
        ticking.choose(case_id=case.pk, article_id=0, by=analyst, now=LATER)
    assert timeline(case) == [("escalated", "placement"), ("article_added", "kuhp-378"), ("article_removed", "placement")]
    assert models.AuditEntry.objects.latest("seq").verb == "case.article_removed"


def test_another_article_is_none_that_could_be_cited() -> None:
    case = escalated(article="other")
    assert (ticking.chosen(case), analysing.analysis(case), analysing.unconfirmed(case)) == ([], [], [])


# --- ticks -----------------------------------------------------------------------------------------


def test_an_element_is_ticked_with_a_claim_a_copy_and_the_check_of_that_day() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    flag = ticking.links(case)[0]
    offered = ticking.evidence_of(flag)
    phone = next(one for one in offered if one.told and one.told["kind"] == "phone")
    copy = next(one for one in offered if one.capture)
    assert tick(case, analyst, evidence=["check", phone.key, copy.key]) == 3
    assert tick(case, analyst, evidence=[copy.key, "check"]) == 0  # a second click
    rows = ticking.standing(case)
    assert [(one.kind, one.flag_id, one.element, one.event.by) for one in rows] == [
        (kind, flag.pk, "placing", analyst) for kind in ("check", "claim", "capture")
    ]
    assert (rows[0].licence_check, rows[1].reading_id, rows[1].claim, rows[2].capture) == (
        flag.current_check,
        flag.current_check.reading_id,
        phone.claim,
        copy.capture,
    )
    assert timeline(case)[1:] == [("ticked", "placement")]
    entry = models.AuditEntry.objects.latest("seq")
    ticks = list(models.ElementTick.objects.order_by("pk").values_list("pk", flat=True))
    told = {"article": "placement", "element": "placing", "flags": [flag.number], "ticks": ticks}
    assert (entry.verb, entry.after, len(ticks)) == ("case.ticked", told, 3)


def test_a_tick_is_taken_back_by_a_row() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    tick(case, analyst)
    (made,) = ticking.standing(case)
    ticking.untick(case_id=case.pk, tick_id=made.pk, by=analyst, now=LATER)
    assert (ticking.standing(case), models.ElementTick.objects.count()) == ([], 1)
    with pytest.raises(RefusedError, match=r"^case\.unticked$"):
        ticking.untick(case_id=case.pk, tick_id=made.pk, by=analyst, now=LATER)
    assert timeline(case)[1:] == [("ticked", "placement"), ("unticked", "placement")]
    assert tick(case, analyst) == 1  # and ticked again
    with pytest.raises(IntegrityError), transaction.atomic():
        event = models.CaseEvent.objects.latest("id")
        models.ElementTick.objects.create(event=event, edition=made.edition, element="placing", flag=made.flag, kind="claim")


def test_the_same_on_the_other_links_is_ticked_in_one_act_and_nothing_else() -> None:
    """Each post of the factory names a number of its own, and all are checked alike."""
    case, analyst = escalated(3), factories.person(Role.ANALYST)
    flags = list(ticking.links(case))
    phone = next(one for one in ticking.evidence_of(flags[0]) if one.told and one.told["kind"] == "phone")
    assert tick(case, analyst, evidence=["check", phone.key], everywhere=True) == 4
    assert sorted((one.flag_id, one.kind) for one in ticking.standing(case)) == sorted(
        [(one.pk, "check") for one in flags] + [(flags[0].pk, "claim")]
    )
    (event,) = case.events.filter(kind="ticked")
    assert event.flag is None
    assert tick(case, analyst, everywhere=True) == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"flag_id": 0}, "case.not_in_case_to_tick"),
        ({"edition_id": 0}, "case.article_not_chosen"),
        ({"element": "unheard_of"}, "case.element"),
        ({"element": ""}, "case.element"),
        ({"evidence": []}, "case.evidence evidence"),
        ({"evidence": ["claim-999", "\0"]}, "case.evidence evidence"),
    ],
)
def test_what_does_not_fit_ticks_nothing(given: dict[str, Any], code: str) -> None:
    case = escalated()
    with pytest.raises(RefusedError) as told:
        tick(case, factories.person(Role.ANALYST), **given)
    assert str(told.value) == code
    assert (models.ElementTick.objects.count(), timeline(case)) == (0, [("escalated", "placement")])


def test_where_another_edition_was_entered_meanwhile_nothing_is_ticked() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    of, day = article(), ticking.day_of(ticking.links(case)[0])
    law.end(article_id=of.pk, ended_from=day, source="LN rekaan", seen=of.editions.get().pk, by=analyst, now=NOW)
    with pytest.raises(RefusedError, match=r"^case\.other_edition$"):
        tick(case, analyst, edition_id=of.editions.order_by("id")[0].pk)
    assert not models.ElementTick.objects.exists()


def test_who_ticks_is_who_has_the_case() -> None:
    officer, other = factories.person(), factories.person(code="bp3mi-ntb")
    case = opened(officer, confirmed())
    ticking.choose(case_id=case.pk, article_id=article().pk, by=officer, now=NOW)
    assert tick(case, officer) == 1
    with pytest.raises(PermissionDenied):
        tick(case, other, element="individual")
    case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=officer, now=NOW)
    (made,) = ticking.standing(case)
    with pytest.raises(PermissionDenied):  # the directorate's now
        tick(case, officer, element="individual")
    with pytest.raises(PermissionDenied):
        ticking.untick(case_id=case.pk, tick_id=made.pk, by=officer, now=NOW)
    supervisor = factories.person(Role.SUPERVISOR, "directorate")
    case = cases.close(case_id=case.pk, outcome="unfounded", note="x", seen_version=case.version, by=supervisor, now=NOW)
    with pytest.raises(cases.StaleError):
        tick(case, supervisor, element="individual")
    assert ticking.standing(case) == [made]


# --- the analysis ----------------------------------------------------------------------------------


def test_the_analysis_says_what_is_shown_by_what_and_what_is_missing() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    flag = ticking.links(case)[0]
    law_then = "the article in force on that day is UU 18/2017 Pasal 69 jo. 81 (edition from 22 Nov 2017)"
    head = f"Link {flag.number}, post of 23 Nov 2026: {law_then}"
    elements = ("Done by an individual, not by a licensed placer", "Carries out the placement of Indonesian migrant workers")
    assert said(case) == [[f"{head} [to be confirmed by the legal unit].", f"Not shown yet: “{elements[0]}”; “{elements[1]}”."]]
    phone = next(one for one in ticking.evidence_of(flag) if one.told and one.told["kind"] == "phone")
    tick(case, analyst, evidence=["check", phone.key])
    (told,) = analysing.analysis(case)
    assert (told.confirmed, told.whole, [bool(one.by) for one in told.elements]) == (False, False, [False, True])
    start, end = phone.told["start"], phone.told["end"]  # type: ignore[index]
    check = flag.current_check
    first, second, third = (one.en for one in told.sentences)
    assert second.startswith(
        f"The element “{elements[1]}” is shown by the SIP check for 23 Nov 2026: {check.reason_en}; phone number “+62 840-••••"
    )
    assert second.endswith(f"in the text (characters {start + 1}-{end}).")
    assert (first, third) == (f"{head} [to be confirmed by the legal unit].", f"Not shown yet: “{elements[0]}”.")
    assert told.sentences[0].id.endswith("(edisi sejak 22 Nov 2017) [menunggu konfirmasi unit hukum].")
    tick(case, analyst, element="individual")
    assert analysing.analysis(case)[0].whole


def test_a_confirmed_edition_carries_no_mark_and_the_day_of_the_post_decides() -> None:
    """One link of today and one of last week; the article ends between them, by a row."""
    factories.offices()
    watch, officer = factories.watch(), factories.person()
    flags = [factories.flag(of=watch, posted_at=NOW - timedelta(days=days)) for days in (7, 0)]
    models.Flag.objects.filter(pk__in=[one.pk for one in flags]).update(state="confirmed", decided_at=NOW)
    case = opened(officer, flags)
    ticking.choose(case_id=case.pk, article_id=article().pk, by=officer, now=NOW)
    first = article().editions.get()
    assert analysing.unconfirmed(case) == [first]
    supervisor, analyst = factories.person(Role.SUPERVISOR, "directorate"), factories.person(Role.ANALYST)
    law.confirm(edition_id=first.pk, letter_number="B.1", letter_date=NOW.date(), scan=SCAN, by=supervisor, now=NOW)
    assert analysing.unconfirmed(case) == []
    law.end(article_id=article().pk, ended_from=NOW.date() - timedelta(days=3), source="LN", seen=first.pk, by=analyst, now=NOW)
    old, new = analysing.analysis(case)
    assert (old.edition, old.confirmed, new.edition) == (first, True, None)
    assert "confirmed" not in old.sentences[0].en
    assert [one.en for one in new.sentences] == [
        f"Link {flags[1].number}, post of 23 Nov 2026: no edition of UU 18/2017 Pasal 69 jo. 81 is in force on that day."
    ]
    assert analysing.unconfirmed(case) == []


def test_a_tick_holds_for_the_words_of_its_element_in_a_later_edition() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    tick(case, analyst)
    of, first = article(), article().editions.get()
    kept = next(one["id"] for one in first.elements if one["key"] == "placing")
    law.enter(
        article_id=of.pk,
        wording="",
        elements=[("Unsur baru", "A new element"), (kept, "Placing")],
        penalty="",
        in_force_from=NOW.date() - timedelta(days=30),
        in_force_to=None,
        source="LN",
        seen=first.pk,
        by=analyst,
        now=NOW,
    )
    (told,) = analysing.analysis(case)
    assert [(one.key, bool(one.by)) for one in told.elements] == [("e1", False), ("placing", True)]


# --- replayed --------------------------------------------------------------------------------------

HISTORIES = int(os.environ.get("CASE_HISTORIES", "5"))
ACTS = ("choose", "drop", "tick", "tick", "tick", "everywhere", "untick", "register")
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 30))


class BackError(Exception):
    """Takes an example's rows away again."""


def replayed(case: models.Case) -> tuple[set[str], set[int]]:
    """Articles and ticks as the timeline tells them, event by event, with the rows that hang on it."""
    articles, ticks = set[str](), set[int]()
    for event in case.events.filter(kind__in=(*ticking.CHOOSING, "ticked", "unticked")).order_by("id"):
        match event.kind:
            case "ticked":
                ticks.update(event.ticks.values_list("pk", flat=True))
            case "unticked":
                ticks.remove(event.untick.tick_id)
            case "article_removed":
                articles.remove(event.article)
            case _:
                articles.add(event.article)
    return articles, ticks


def traces(case: models.Case) -> tuple[list[str], list[str]]:
    """The timeline and the log, which name an act alike."""
    log = models.AuditEntry.objects.filter(target_type="case", target_id=str(case.pk)).order_by("seq").values_list("verb", flat=True)
    return list(case.events.order_by("id").values_list("kind", flat=True)), [verb.removeprefix("case.") for verb in log]


def test_what_stands_is_what_the_timeline_tells() -> None:
    """Whatever is ticked with claims, copies, checks and rows of registers that come meanwhile, and taken back."""
    case, people = escalated(2), [factories.person(Role.ANALYST), factories.person(Role.ANALYST), factories.person()]
    articles = [article(), article("kuhp-378")]

    @settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEP, min_size=5, max_size=15))
    def lived(steps: list[tuple[str, int, int]]) -> None:
        with pytest.raises(BackError), transaction.atomic():
            for act, who, what in steps:
                before = traces(case)
                went = acted(act, people[who], what)
                after = traces(case)
                assert [len(now) - len(then) for now, then in zip(after, before, strict=True)] == [went, went]  # a refusal leaves no trace
                assert not went or after[0][-1] == after[1][-1]
                stands = ticking.standing(case)
                assert replayed(case) == ({one.key for one in ticking.chosen(case)}, {one.pk for one in stands})
                things = [(one.edition.article_id, one.element, *ticking._thing(one)) for one in stands]
                assert len(things) == len(set(things))  # nothing is ticked twice
            raise BackError

    def acted(act: str, by: models.Person, what: int) -> bool:
        told: dict[str, Any] = {"case_id": case.pk, "by": by, "now": LATER}
        of, flag = articles[what % 2], ticking.links(case)[what % 2]
        if act == "register":
            name = f"PT Contoh {what % 3}"
            register = factories.register([{"name": name}], [{"agency": name, "number": "SIP 1", "country": "TW"}])
            asked.checked(flag, register, agency=("PT Contoh 1", name)[what % 2])
            return False
        if act in {"tick", "everywhere"}:
            edition, offered = of.editions.all()[0], ticking.evidence_of(flag)
            told |= {"flag_id": flag.pk, "edition_id": edition.pk, "element": edition.elements[what % len(edition.elements)]["key"]}
            keys = [offered[what % len(offered)].key, offered[0].key, f"licence-{what}"][: 1 + what % 3]
            told |= {"evidence": keys, "everywhere": act == "everywhere"}
        try:
            with transaction.atomic():
                if act in {"choose", "drop"}:
                    return bool(getattr(ticking, act)(article_id=of.pk, **told))
                if act == "untick":
                    return bool(ticking.untick(tick_id=next(iter(replayed(case)[1]), 0), **told))
                return bool(ticking.tick(**told))
        except (RefusedError, PermissionDenied):
            return False

    lived()
