"""The score and the level, and the laws they keep."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import rules
from patrol.rules import audience, deceit, scoring, signs
from patrol.vocabulary import (
    Claim,
    ClaimKind,
    Finding,
    Level,
    LicenceCheck,
    PhraseGroup,
    Reading,
    Sentence,
    TextKind,
    Verdict,
)

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
    st.one_of(
        st.builds(phrase, st.sampled_from(list(PhraseGroup)), st.integers(0, 800)),
        st.sampled_from([PHONE, WALLET]),
    ),
    max_size=12,
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
def test_one_more_positive_finding_never_lowers_the_score(
    read: Reading, verdict: LicenceCheck, found: list[Finding], more: float
) -> None:
    assert scoring.score(read, verdict, [*found, finding(more)]) >= scoring.score(read, verdict, found)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_higher_score_never_has_a_lower_level(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert scoring.level(low).rank <= scoring.level(high).rank


@given(readings, checks, findings)
def test_the_score_stays_in_its_bounds(read: Reading, verdict: LicenceCheck, found: list[Finding]) -> None:
    assert 0 <= scoring.score(read, verdict, found) <= 100


@given(claims, checks, findings, st.sampled_from(sorted(signs.REPORTING)))
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
def test_weak_words_and_a_country_never_flag_alone(
    weak: list[PhraseGroup], abroad: bool, found: list[Finding], kind: str
) -> None:
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


SEEN = [
    verdict for verdict in Verdict if verdict.startswith(("agency_", "licence_")) or verdict == "no_licence_for_offer"
]


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
def test_an_offer_with_such_a_verdict_is_at_least_medium(
    verdict: str, some: list[Claim], found: list[Finding], own: bool | None
) -> None:
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
        "no register, pilgrim visa": judged(
            reading(offer, PHONE, phrase(PhraseGroup.PILGRIM_VISA)), check(Verdict.CANNOT_CHECK)
        ),
        "licensed": judged(reading(offer, PHONE), check(Verdict.LICENSED, agency="PT Rekaan Jaya")),
        "licensed, other contact": judged(
            reading(offer, PHONE), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
        ),
        "licensed, money to a wallet": judged(
            reading(offer, PHONE, WALLET), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
        ),
        "licensed, away from the office": judged(
            reading(offer, PHONE, phrase(PhraseGroup.BYPASS_OFFICE)),
            check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False),
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
    assert notice(phrase(PhraseGroup.LOCAL_BODY, 100), call)  # "hubungi kantor desa": one place, both groups
    assert not notice(phrase(PhraseGroup.LOCAL_BODY), call)
    assert not notice(phrase(PhraseGroup.OFFICIAL_ROUTE))
