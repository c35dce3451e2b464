"""From assessments and labels to what differs, to figures, to text: one small set worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from patrol.domain import Assessment, Claim, ClaimKind, Content, Finding, LicenceCheck, Reading, Sentence, TextKind, Verdict
from patrol.engine.evaluation import comparing, summing, tables
from patrol.engine.evaluation.comparing import Comparison, Difference
from patrol.engine.evaluation.labels import Label
from patrol.engine.evaluation.measures import Counts, Share

WORDS = Sentence("a", "b")
PHONE = Claim(ClaimKind.PHONE, "+6284012345678", (12, 25))
TEXT = "Kerja di KH 0840-1234-5678 ya, budi@contoh.example"


def assessed(score: int, level: str, *claims: Claim, offer: bool = True, kinds: tuple[str, ...] = ()) -> Assessment:
    kind = TextKind.OFFER_ABROAD if offer else TextKind.NEWS
    verdict = Verdict.NO_LICENCE_SHOWN if offer else Verdict.NOT_AN_OFFER
    found = (Finding("rule", 1, 2.5, WORDS, kinds), Finding("other", 1, -0.5, WORDS, kinds))
    return Assessment(
        reading=Reading(kind, claims, countries=("KH",) if offer else (), positions=()),
        check=LicenceCheck(verdict, date(2026, 11, 20), WORDS),
        findings=found if kinds else (),
        score=score,
        level=level,
        kinds=kinds,
    )


def compared(label: Label, assessment: Assessment, text: str = TEXT) -> Comparison:
    return comparing.compare(label.id, Content(text), assessment, label)


RIGHT = compared(
    Label(
        "right",
        look=True,
        text_kind="offer_abroad",
        overseas_offer=True,
        kinds=frozenset({"fraud"}),
        verdict="no_licence_shown",
        agency="",
        named={"phones": frozenset({PHONE.value}), "countries": frozenset({"KH"})},
        spans={("phones", PHONE.value): (12, 25)},
    ),
    assessed(70, "high", PHONE, kinds=("fraud",)),
)
FALSE_ALARM = compared(
    Label("alarm", look=False, text_kind="news", overseas_offer=False, kinds=frozenset(), verdict="not_an_offer"),
    assessed(40, "medium", kinds=("fraud",)),
)
MISSED = compared(
    Label(
        "missed",
        look=True,
        kinds=frozenset({"fraud"}),
        verdict="not_an_offer",
        agency="PT Contoh Rekaan",
        named={"phones": frozenset({"+6284011112222"})},
        spans={("phones", PHONE.value): (0, 3), ("phones", "+6284011112222"): (5, 9)},
    ),
    assessed(0, "none", PHONE, offer=False),
)
UNLABELLED = compared(Label("silent"), assessed(90, "high"))
SET = [RIGHT, FALSE_ALARM, MISSED, UNLABELLED]


def test_what_differs_gravest_first() -> None:
    assert RIGHT.differences == UNLABELLED.differences == ()
    assert FALSE_ALARM.differences == (
        Difference("look", ("medium (40)",), ("do not look",)),
        Difference("verdict", ("no_licence_shown",), ("not_an_offer",)),
        Difference("offer", ("offer",), ("no offer",)),
        Difference("text_kind", ("offer_abroad",), ("news",)),
        Difference("kinds", ("fraud",), ()),
    )
    assert MISSED.differences == (
        Difference("look", ("none (0)",), ("look",)),
        Difference("phones", ("+6284012345678",), ("+6284011112222",)),
        Difference("kinds", (), ("fraud",)),
        Difference("agency", ("none",), ("PT Contoh Rekaan",)),
    )


def test_the_surer_a_wrong_level_the_graver() -> None:
    assert sorted(SET, key=lambda one: one.gravity)[:2] == [MISSED, FALSE_ALARM]  # 35 points off, 5 points off


def test_the_figures_by_hand() -> None:
    sums = summing.sums(SET)
    assert sums.posts == 4
    assert sums.look.counts == Counts(both=1, extra=1, missed=1, neither=0)
    assert sums.look.average_precision == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 3)
    assert sums.kinds["fraud"].counts == Counts(both=1, extra=1, missed=1, neither=0)
    assert sums.kinds["phishing"].counts == Counts(neither=3)
    assert sums.offer == Counts(both=1, extra=1)
    assert sums.text_kinds == {("offer_abroad", "offer_abroad"): 1, ("news", "offer_abroad"): 1}
    assert summing.accuracy(sums.verdicts) == Share(2, 3)
    assert summing.accuracy(summing.of_offers(sums.verdicts)) == Share(1, 1)
    assert sums.agency == Share(1, 2)
    assert sums.named["phones"].counts == Counts(both=1, extra=1, missed=1)
    assert sums.named["phones"].exact == Share(1, 2)
    assert sums.named["links"].exact == Share(0, 0)
    assert sums.spans == Share(1, 2)  # (0, 3) is the wrong place; what was not found has no place
    assert sums.brier == pytest.approx((0.3**2 + 0.4**2 + 1) / 3)


def test_the_order_of_the_posts_does_not_matter() -> None:
    assert summing.sums(SET[::-1]).figures == summing.sums(SET).figures


def test_every_figure_has_a_name_even_where_nothing_was_judged() -> None:
    nothing = summing.sums([])
    assert set(nothing.figures.values()) == {None}
    assert nothing.figures.keys() == summing.sums(SET).figures.keys() >= summing.SMALL_IS_GOOD
    assert list(tables.lines(nothing)) == ["0 posts judged. In brackets: 95 % interval (Wilson), then the counts."]


def test_each_letter_is_counted_by_itself() -> None:
    def of(letter: str, one: Comparison) -> Comparison:
        return replace(one, label=replace(one.label, letter=letter))

    letters = summing.by_letter([of("B", FALSE_ALARM), of("A", MISSED), of("A", RIGHT), UNLABELLED])
    assert {letter: sums.posts for letter, sums in letters.items()} == {"A": 2, "B": 1}
    assert letters["A"].look.counts == Counts(both=1, missed=1)
    assert letters["B"].look.counts == Counts(extra=1)
    written = list(tables.letter_lines(letters))
    assert written[:4] == [
        "",
        "By letter",
        "  A, 2 posts",
        "    must a person look   precision 1.000 (0.21-1.00; 1/1), recall 0.500 (0.09-0.91; 1/2)",
    ]
    assert max(map(len, written)) <= 100
    assert list(tables.letter_lines(summing.by_letter([RIGHT]))) == []


def test_the_weight_of_a_kind_is_the_points_that_speak_for_it() -> None:
    assert RIGHT.said.weights == {"fraud": 2.5}


def test_the_table_fits_into_a_hundred_columns() -> None:
    written = list(tables.lines(summing.sums(SET)))
    assert max(map(len, written)) <= 100
    assert "  precision          0.500 (0.09-0.91; 1/2)" in written
    assert "  news                     1        ·        ·        ·        ·        ·        ·        ·        ·" in written
    assert "      1 x  expected not_an_offer, said no_licence_shown" in written


def test_contacts_of_what_went_wrong_are_masked_unless_asked_for() -> None:
    masked = "\n".join(tables.wrong_lines(MISSED, full=False))
    assert "phones          said +62 840-••••78; expected +62 840-••••22" in masked
    assert "budi@" not in masked
    assert "0840-1234" not in masked
    full = "\n".join(tables.wrong_lines(MISSED, full=True))
    assert "said +6284012345678; expected +6284011112222" in full
    assert f"    | {TEXT}" in full


def test_for_machines() -> None:
    figures = json.loads(json.dumps(tables.as_json(summing.sums(SET))))
    assert figures["figures"]["look.precision"] == 0.5
    assert figures["counts"]["phones"]["missed"] == 1
    assert figures["intervals"]["verdict"] == pytest.approx(Share(2, 3).interval)
    assert figures["look_curve"][0] == [70.0, 1.0, 0.5]
    wrong = tables.wrong_as_json(MISSED, full=False)
    assert wrong["differences"][1] == {"of": "phones", "said": ["+62 840-••••78"], "expected": ["+62 840-••••22"]}
    assert "text" not in wrong
    assert tables.wrong_as_json(MISSED, full=True)["text"] == TEXT


def test_a_gist_is_one_short_line() -> None:
    read = Reading(TextKind.OTHER, (), (), ())
    assert comparing.gist("satu\n\n dua", read) == "satu dua"
    assert len(comparing.gist("kata " * 100, read)) == comparing.GIST


def test_the_main_kind_is_the_first_of_what_is_a_threat() -> None:
    def held(expected: str | None, *said: str) -> Comparison:
        return comparing.compare("x", Content("x"), assessed(70, "high", kinds=said), Label("x", main_kind=expected))

    both = [held("fraud", "fraud"), held("phishing", "fraud", "phishing"), held("impersonation"), held("", "fraud"), held(None, "fraud")]
    sums = summing.sums(both)
    assert sums.main_kinds == {("fraud", "fraud"): 1, ("phishing", "fraud"): 1, ("impersonation", ""): 1}
    assert sums.figures["main_kind.accuracy"] == pytest.approx(1 / 3)
    written = [line for line in tables.lines(sums) if "main kind" in line or " x " in line]
    assert written[0].startswith("  main kind right: 0.333")
    assert "      1 x  expected impersonation, said none" in written
