"""The score and the level, and the laws they keep."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Claim, ClaimKind, Finding, Level, LicenceCheck, PhraseGroup, Reading, Sentence, TextKind, Verdict
from patrol.engine import rules
from patrol.engine.reading import kinds
from patrol.engine.rules import audience, deceit, points, scoring, signs

DAY = date(2026, 11, 20)
PHONE = Claim(ClaimKind.PHONE, "+6284012345678", (900, 914))
WALLET = Claim(ClaimKind.BANK_ACCOUNT, "OVO 084012345678", (920, 936))


def reading(kind: str, *claims: Claim) -> Reading:
    return Reading(text_kind=kind, claims=claims, countries=(), positions=())


def check(verdict: str, **more: object) -> LicenceCheck:
    return LicenceCheck(verdict, DAY, Sentence("a", "b"), **more)  # type: ignore[arg-type]


def phrase(group: str, at: int = 0) -> Claim:
    return Claim(ClaimKind.PHRASE, group, (at, at + 5))


def finding(points: float) -> Finding:
    return Finding("x", 1, points, Sentence("a", "b"))


def judged(read: Reading, verdict: LicenceCheck) -> str:
    return scoring.level(scoring.score(read, verdict, rules.findings(read, verdict)))


claims = st.lists(
    st.one_of(st.builds(phrase, st.sampled_from(list(PhraseGroup)), st.integers(0, 800)), st.sampled_from([PHONE, WALLET])), max_size=12
)
readings = st.builds(lambda kind, some: reading(kind, *some), st.sampled_from(list(TextKind)), claims)
checks = st.builds(
    lambda verdict, agency, own: check(verdict, agency=agency, contact_own=own),
    st.sampled_from(list(Verdict)),
    st.sampled_from(["", "PT Rekaan Jaya"]),
    st.sampled_from([True, False, None]),
)
findings = st.lists(st.builds(finding, st.floats(-5, 10)), max_size=15)


@given(readings, checks, findings, st.floats(0, 10))
def test_one_more_positive_finding_never_lowers_the_score(read: Reading, verdict: LicenceCheck, found: list[Finding], more: float) -> None:
    assert scoring.score(read, verdict, [*found, finding(more)]) >= scoring.score(read, verdict, found)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_higher_score_never_has_a_lower_level(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert scoring.level(low).rank <= scoring.level(high).rank


@given(readings, checks, findings)
def test_the_score_stays_in_its_bounds(read: Reading, verdict: LicenceCheck, found: list[Finding]) -> None:
    assert 0 <= scoring.score(read, verdict, found) <= 100


@given(claims, checks, findings, st.sampled_from(sorted(kinds.REPORTING)))
def test_reports_never_reach_medium(some: list[Claim], verdict: LicenceCheck, found: list[Finding], kind: str) -> None:
    reported = [*some, phrase(PhraseGroup.REPORTS, 850)]
    assert scoring.level(scoring.score(reading(kind, *reported), verdict, found)).rank < Level.MEDIUM.rank


@given(claims, checks, findings, st.sampled_from(["advertisement", "other", "offer_home"]))
def test_trade_reaches_medium_only_with_what_no_honest_trader_sells(
    some: list[Claim], verdict: LicenceCheck, found: list[Finding], kind: str
) -> None:
    honest = [claim for claim in some if claim.value not in deceit.DISHONEST]
    assert scoring.level(scoring.score(reading(kind, *honest), verdict, found)).rank < Level.MEDIUM.rank


WEAK = [
    group
    for group in PhraseGroup
    if group in ("no_money", "fast", "pay_cut", "work_visa", "departure", "compound_life", "light_terms", "high_pay")
]


@given(
    st.lists(st.sampled_from(WEAK), unique=True),
    st.booleans(),
    findings,
    st.sampled_from([kind for kind in TextKind if kind not in (TextKind.LURE, TextKind.OFFER_ABROAD)]),
)
def test_weak_words_and_a_country_never_flag_alone(weak: list[PhraseGroup], abroad: bool, found: list[Finding], kind: str) -> None:
    said = [phrase(group, 10 * place) for place, group in enumerate(weak)]
    country = [Claim(ClaimKind.COUNTRY, "TW", (900, 906), role="mentioned")] if abroad else []
    read = reading(kind, *said, *country)
    assert scoring.level(scoring.score(read, check(Verdict.NOT_AN_OFFER), found)).rank < Level.MEDIUM.rank


@given(claims, findings)
def test_a_bait_for_everybody_never_reaches_medium(some: list[Claim], found: list[Finding]) -> None:
    read = reading(TextKind.LURE, *some)
    if not audience.claims(read):
        assert scoring.level(scoring.score(read, check(Verdict.NOT_AN_OFFER), found)).rank < Level.MEDIUM.rank


@given(claims)
def test_a_bait_for_migrants_is_seen(some: list[Claim]) -> None:
    read = reading(TextKind.LURE, *some, phrase(PhraseGroup.MIGRANTS, 850), phrase(PhraseGroup.CHARGE, 870))
    assert Level(judged(read, check(Verdict.NOT_AN_OFFER))).rank >= Level.MEDIUM.rank


@given(claims, findings)
def test_an_exempt_route_never_reaches_medium(some: list[Claim], found: list[Finding]) -> None:
    read = reading(TextKind.OFFER_ABROAD, *some)
    assert scoring.level(scoring.score(read, check(Verdict.EXEMPT), found)).rank < Level.MEDIUM.rank


SEEN = [verdict for verdict in Verdict if verdict.startswith(("agency_", "licence_")) or verdict == "no_licence_for_offer"]


def test_the_verdicts_a_person_must_see_are_those_of_the_contract() -> None:
    assert [verdict.value for verdict in SEEN] == [
        "agency_revoked",
        "agency_suspended",
        "licence_not_found",
        "licence_mismatch",
        "licence_revoked",
        "licence_expired",
        "licence_not_yet_valid",
        "no_licence_for_offer",
        "agency_not_found",
    ]


@given(st.sampled_from(SEEN), claims, findings, st.sampled_from([True, False, None]))
def test_an_offer_with_such_a_verdict_is_at_least_medium(verdict: str, some: list[Claim], found: list[Finding], own: bool | None) -> None:
    read = reading(TextKind.OFFER_ABROAD, *some)
    score = scoring.score(read, check(verdict, agency="PT Rekaan Jaya", contact_own=own), found)
    assert scoring.level(score).rank >= Level.MEDIUM.rank


@pytest.mark.parametrize("verdict", SEEN)
def test_such_a_verdict_alone_reaches_medium_by_its_own_points(verdict: str) -> None:
    read, checked = reading(TextKind.OFFER_ABROAD), check(verdict)
    points = sum(one.points for one in rules.findings(read, checked))
    assert scoring.score(reading(TextKind.OFFER_ABROAD), check(Verdict.CANNOT_CHECK), [finding(points)]) >= 35


def test_offers() -> None:
    offer = TextKind.OFFER_ABROAD
    levels = {
        "nothing shown": judged(reading(offer, PHONE), check(Verdict.NO_LICENCE_SHOWN)),
        "official notice": judged(reading(offer, phrase(PhraseGroup.OFFICIAL_PLACES)), check(Verdict.NO_LICENCE_SHOWN)),
        "says BP3MI, answers on a mobile": judged(
            reading(offer, phrase(PhraseGroup.CLAIMS_OFFICE), PHONE), check(Verdict.NO_LICENCE_SHOWN)
        ),
        "no register": judged(reading(offer, PHONE), check(Verdict.CANNOT_CHECK)),
        "no register, pilgrim visa": judged(reading(offer, PHONE, phrase(PhraseGroup.PILGRIM_VISA)), check(Verdict.CANNOT_CHECK)),
        "licensed": judged(reading(offer, PHONE), check(Verdict.LICENSED, agency="PT Rekaan Jaya")),
        "licensed, other contact": judged(reading(offer, PHONE), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)),
        "licensed, money to a wallet": judged(
            reading(offer, PHONE, WALLET), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
        ),
        "licensed, away from the office": judged(
            reading(offer, PHONE, phrase(PhraseGroup.BYPASS_OFFICE)), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
        ),
        "revoked": judged(reading(offer, PHONE), check(Verdict.AGENCY_REVOKED, agency="PT Rekaan Jaya")),
    }
    assert levels == {
        "nothing shown": "medium",
        "official notice": "none",
        "says BP3MI, answers on a mobile": "medium",
        "no register": "none",
        "no register, pilgrim visa": "medium",
        "licensed": "none",
        "licensed, other contact": "none",
        "licensed, money to a wallet": "medium",
        "licensed, away from the office": "high",
        "revoked": "high",
    }


def test_baits() -> None:
    bait, migrants = phrase(PhraseGroup.AID_LURE), phrase(PhraseGroup.MIGRANTS, 10)
    no_offer = check(Verdict.NOT_AN_OFFER)
    levels = {
        "to migrants": judged(reading(TextKind.LURE, bait, migrants, PHONE), no_offer),
        "to everybody": judged(reading(TextKind.LURE, bait, PHONE), no_offer),
        "to migrants, only reported": judged(reading(TextKind.WARNING, bait, migrants, PHONE), no_offer),
        "goods paid first": judged(reading(TextKind.LURE, migrants, phrase(PhraseGroup.UPFRONT_MONEY)), no_offer),
        "trade": judged(reading(TextKind.ADVERTISEMENT, migrants, PHONE, WALLET), no_offer),
    }
    assert levels == {
        "to migrants": "medium",
        "to everybody": "low",
        "to migrants, only reported": "none",
        "goods paid first": "high",
        "trade": "none",
    }


def test_an_office_named_beside_a_demand_is_no_official_notice() -> None:
    office = phrase(PhraseGroup.OFFICIAL_PLACES)
    shown = check(Verdict.NO_LICENCE_SHOWN)
    assert signs.is_official_notice(reading(TextKind.OFFER_ABROAD, office), shown)
    for more in (PHONE, WALLET, phrase(PhraseGroup.UPFRONT_MONEY, 10), phrase(PhraseGroup.CHARGE, 20)):
        assert not signs.is_official_notice(reading(TextKind.OFFER_ABROAD, office, more), shown)


def test_a_village_or_school_speaks_as_an_office_a_route_does_not() -> None:
    shown = check(Verdict.NO_LICENCE_SHOWN)
    landline = Claim(ClaimKind.PHONE, "+62365550199", (940, 953))
    call = phrase(PhraseGroup.PRIVATE_CONTACT, 100)

    def notice(*some: Claim) -> bool:
        return signs.is_official_notice(reading(TextKind.OFFER_ABROAD, *some), shown)

    assert notice(phrase(PhraseGroup.LOCAL_BODY), phrase(PhraseGroup.HARVEST, 20))  # "isi formulir di kantor desa"
    assert notice(phrase(PhraseGroup.LOCAL_BODY), call, landline)
    assert not notice(phrase(PhraseGroup.LOCAL_BODY), phrase(PhraseGroup.IRREGULAR_ROUTE, 20))  # a village passes on a broker's words
    assert notice(phrase(PhraseGroup.LOCAL_BODY), phrase(PhraseGroup.IRREGULAR_ROUTE, 20), phrase(PhraseGroup.WARNS, 40))
    assert notice(phrase(PhraseGroup.LOCAL_BODY, 100), call)  # "hubungi kantor desa": one place, both groups
    assert not notice(phrase(PhraseGroup.LOCAL_BODY), call)
    assert not notice(phrase(PhraseGroup.OFFICIAL_ROUTE))


# --- the figures themselves: literal copies of what decision 7 and the table of the rules tell -------------

OFFER = TextKind.OFFER_ABROAD
UNCHECKED = check(Verdict.CANNOT_CHECK)  # neither floor nor ceiling: the points alone


def scored(read: Reading, verdict: LicenceCheck, *given: float) -> int:
    return scoring.score(read, verdict, [finding(one) for one in given])


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (0, "none"),
        (1, "none"),
        (7, "none"),
        (8, "low"),
        (9, "low"),
        (34, "low"),
        (35, "medium"),
        (36, "medium"),
        (64, "medium"),
        (65, "high"),
        (66, "high"),
        (100, "high"),
    ],
)
def test_each_level_begins_where_the_table_says(score: int, level: str) -> None:
    assert scoring.level(score) == level


def test_the_thresholds() -> None:
    assert (scoring.LOW_FROM, scoring.MEDIUM_FROM, scoring.HIGH_FROM) == (8, 35, 65)


@pytest.mark.parametrize(
    ("points", "score"),
    [
        (0.0, 0),
        (0.01, 0),
        (0.1, 3),
        (0.5, 15),
        (1.0, 28),
        (1.29, 35),
        (1.5, 39),
        (3.0, 63),
        (3.15, 65),
        (3.8, 72),
        (6.0, 86),
        (10.0, 96),
        (15.0, 99),
        (30.0, 100),
        (1000.0, 100),
    ],
)
def test_points_are_squeezed_into_a_hundred(points: float, score: int) -> None:
    assert scored(reading(OFFER), UNCHECKED, points) == score


@pytest.mark.parametrize(("points", "score"), [(0.0, 0), (0.5, 5), (1.5, 13), (3.0, 21), (6.0, 29), (12.0, 33), (20.0, 34), (1000.0, 34)])
@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (TextKind.NEWS, Verdict.NOT_AN_OFFER),
        (TextKind.WARNING, Verdict.NOT_AN_OFFER),
        (TextKind.ADVERTISEMENT, Verdict.NOT_AN_OFFER),
        (TextKind.OFFER_HOME, Verdict.NOT_AN_OFFER),
        (TextKind.LURE, Verdict.NOT_AN_OFFER),  # a bait nobody is named in: for everybody
        (TextKind.OFFER_ABROAD, Verdict.EXEMPT),
    ],
)
def test_quiet_texts_are_squeezed_below_medium_and_keep_their_order(kind: str, verdict: str, points: float, score: int) -> None:
    assert scored(reading(kind), check(verdict), points) == score


def test_a_second_finding_of_the_same_rule_adds_its_points() -> None:
    assert scored(reading(OFFER), UNCHECKED, 1.0, 1.0) == scored(reading(OFFER), UNCHECKED, 2.0) == 49
    assert scored(reading(OFFER), UNCHECKED, 1.0) == 28
    assert scored(reading(OFFER), UNCHECKED, *[0.1] * 30) == 63


def test_points_that_clear_are_taken_off_and_never_below_nothing() -> None:
    assert scored(reading(OFFER), UNCHECKED, 3.0, -1.5) == scored(reading(OFFER), UNCHECKED, 1.5) == 39
    assert scored(reading(OFFER), UNCHECKED, -1.5) == scored(reading(OFFER), UNCHECKED) == 0
    assert scored(reading(OFFER), UNCHECKED, 1.5, -9.0) == 0
    assert scored(reading(TextKind.NEWS), check(Verdict.NOT_AN_OFFER), 1.5, -9.0) == 0


@pytest.mark.parametrize(
    ("points", "score"), [((), 35), ((-5.0,), 35), ((0.5,), 35), ((1.29,), 35), ((1.4,), 37), ((3.15,), 65), ((30.0,), 100)]
)
def test_an_offer_that_must_be_seen_stands_on_a_floor(points: tuple[float, ...], score: int) -> None:
    assert scored(reading(OFFER), check(Verdict.NO_LICENCE_SHOWN), *points) == score


@pytest.mark.parametrize("score", range(100))
def test_the_points_of_a_score_give_it_back(score: int) -> None:
    points = scoring.points_at(score)
    assert scored(reading(OFFER), UNCHECKED, points) == score


def test_the_points_of_a_score() -> None:
    assert [round(scoring.points_at(score), 3) for score in (0, 8, 35, 50, 65, 99)] == [0, 0.25, 1.292, 2.079, 3.149, 13.816]


# Verdict -> whether an offer with it must be seen, whether it is quiet.
BY_VERDICT = {
    "not_an_offer": (False, False),
    "exempt": (False, True),
    "cannot_check": (False, False),
    "agency_revoked": (True, False),
    "agency_suspended": (True, False),
    "licence_not_found": (True, False),
    "licence_mismatch": (True, False),
    "licence_revoked": (True, False),
    "licence_expired": (True, False),
    "licence_not_yet_valid": (True, False),
    "licensed": (False, False),
    "no_licence_for_offer": (True, False),
    "agency_not_found": (True, False),
    "no_licence_shown": (True, False),
}


def test_what_an_offer_asks_for_by_its_verdict() -> None:
    read = reading(OFFER)
    assert {
        verdict.value: (scoring.must_be_seen(read, check(verdict)), scoring.is_quiet(read, check(verdict))) for verdict in Verdict
    } == BY_VERDICT
    assert {verdict: scored(read, check(verdict)) for verdict in BY_VERDICT} == {
        verdict: 35 if seen else 0 for verdict, (seen, _) in BY_VERDICT.items()
    }


@pytest.mark.parametrize("kind", [kind for kind in TextKind if kind != TextKind.OFFER_ABROAD])
@pytest.mark.parametrize("verdict", [Verdict.NOT_AN_OFFER, Verdict.NO_LICENCE_SHOWN, Verdict.AGENCY_REVOKED, Verdict.EXEMPT])
def test_the_verdict_of_what_is_no_offer_says_nothing(kind: str, verdict: str) -> None:
    read, checked = reading(kind), check(verdict)
    assert (scoring.must_be_seen(read, checked), scoring.is_quiet(read, checked)) == (False, True)


MIGRANTS, PAID = phrase(PhraseGroup.MIGRANTS, 850), phrase(PhraseGroup.CHARGE, 870)


@pytest.mark.parametrize(
    ("kind", "said", "seen"),
    [
        (TextKind.LURE, (MIGRANTS, PAID), True),
        (TextKind.LURE, (PAID,), False),  # for everybody
        (TextKind.LURE, (MIGRANTS,), False),  # nothing promised or taken
        (TextKind.ADVERTISEMENT, (MIGRANTS, PAID), False),
        (TextKind.NEWS, (MIGRANTS, PAID), False),
    ],
)
def test_a_deceit_aimed_at_migrants_must_be_seen_whatever_the_register_says(kind: str, said: tuple[Claim, ...], seen: bool) -> None:
    for verdict in (Verdict.NOT_AN_OFFER, Verdict.EXEMPT, Verdict.CANNOT_CHECK):
        read, checked = reading(kind, *said), check(verdict)
        assert (scoring.must_be_seen(read, checked), scoring.is_quiet(read, checked)) == (seen, not seen)
        assert scored(read, checked) == (35 if seen else 0)


def test_an_official_notice_of_an_offer_needs_no_look_and_is_not_quiet() -> None:
    read, shown = reading(OFFER, phrase(PhraseGroup.OFFICIAL_PLACES)), check(Verdict.NO_LICENCE_SHOWN)
    assert (scoring.must_be_seen(read, shown), scoring.is_quiet(read, shown)) == (False, False)
    assert (scored(read, shown), scored(read, shown, 3.0)) == (0, 63)
    revoked = check(Verdict.AGENCY_REVOKED)
    assert scoring.must_be_seen(read, revoked)


def test_a_licensed_offer_must_be_seen_with_signs_of_misuse_alone() -> None:
    licensed = check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
    assert not scoring.must_be_seen(reading(OFFER, PHONE), licensed)
    assert scoring.must_be_seen(reading(OFFER, PHONE, WALLET), licensed)
    assert (scored(reading(OFFER, PHONE), licensed), scored(reading(OFFER, PHONE, WALLET), licensed)) == (0, 35)


# A changed figure needs a new version: approved points lose their force with it, and open flags are checked again.
WEIGHTS = {
    "account_rental": (2, 2.4),
    "advance_lure": (2, 2.2),
    "agency_name_misused": (5, 2.6),
    "aid_fraud": (4, 2.2),
    "bait": (6, 1.8),
    "bypass_office": (1, 1.6),
    "domestic_work_closed_country": (1, 2.6),
    "impersonation_office": (6, 2.4),
    "irregular_route": (1, 1.9),
    "licence_verdict": (2, 3.8),
    "light_terms_high_pay": (1, 1.0),
    "magic_sold": (2, 1.8),
    "money_lure_crew": (1, 2.2),
    "money_lure_family": (1, 1.5),
    "near_copy": (3, 2.6),
    "offer_likely": (1, 0.4),
    "official_placement": (2, -1.5),
    "paid_papers": (2, 2.4),
    "papers_harvest": (3, 2.0),
    "phishing_likely": (1, 0.8),
    "posing_likely": (1, 0.8),
    "romance_lure": (2, 1.6),
    "savings_ring": (2, 2.0),
    "scam_compound_job": (2, 3.4),
    "side_task": (2, 1.8),
    "upfront_fee": (6, 2.2),
    "visit_visa": (1, 2.4),
}


def test_each_rule_weighs_what_was_set_for_its_version() -> None:
    assert {rule.NAME: (rule.VERSION, rule.POINTS) for rule in rules.RULES} == WEIGHTS
    assert len(rules.RULES) == len(WEIGHTS) == 27


def test_approved_points_score_until_they_are_withdrawn() -> None:
    read = reading(OFFER, PHONE, phrase(PhraseGroup.BYPASS_OFFICE))

    def reached(weights: points.Points) -> int:
        return scoring.score(read, UNCHECKED, rules.findings(read, UNCHECKED, weights))

    raised = points.Points({"bypass_office": points.Approved(1, 3.0)})
    assert (reached(points.EXPERT), reached(raised), reached(points.Points({}))) == (41, 63, 41)
    older = points.Points({"bypass_office": points.Approved(0, 3.0)})
    assert reached(older) == 41
