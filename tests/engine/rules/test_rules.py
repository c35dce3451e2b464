"""Each rule: a hit, a miss, a near miss; and what holds for all of them."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.domain import (
    Claim,
    ClaimKind,
    CompanyRole,
    Content,
    Kind,
    LicenceCheck,
    Money,
    PhraseGroup,
    Reading,
    Route,
    Sentence,
    TextKind,
    Verdict,
)
from patrol.engine import reading as lexicon
from patrol.engine import rules
from patrol.engine.reading import kinds
from patrol.engine.rules import (
    agency_name_misused,
    aid_fraud,
    bait,
    bypass_office,
    domestic_work_closed_country,
    impersonation_office,
    irregular_route,
    licence_verdict,
    light_terms_high_pay,
    money_lure_crew,
    money_lure_family,
    near_copy,
    offer_likely,
    official_placement,
    papers_harvest,
    phishing_likely,
    posing_likely,
    scam_compound_job,
    signs,
    upfront_fee,
    visit_visa,
)

DAY = date(2026, 11, 20)
NUMBER = "+6284012345678"
NOT_RULES = {"__init__", "audience", "deceit", "particulars", "points", "scoring", "signs"}


class Places:
    """Gives each claim a span of its own, so that spans tell claims apart."""

    def __init__(self) -> None:
        self.at = 0

    def __call__(self, kind: str, value: str, **more: object) -> Claim:
        self.at += 10
        return Claim(kind, value, (self.at, self.at + 5), **more)  # type: ignore[arg-type]


def reading(*claims: Claim, kind: str = TextKind.OFFER_ABROAD, countries: tuple[str, ...] | None = None) -> Reading:
    if countries is None:
        countries = tuple(claim.value for claim in claims if claim.kind == ClaimKind.COUNTRY)
    return Reading(
        text_kind=kind,
        claims=claims,
        countries=countries,
        positions=tuple(claim.value for claim in claims if claim.kind == ClaimKind.POSITION),
        route=Route.AGENCY,
    )


def check(verdict: str = Verdict.CANNOT_CHECK, **more: object) -> LicenceCheck:
    return LicenceCheck(verdict, DAY, Sentence("Alasan per 19 Nov 2026.", "Reason as of 19 Nov 2026."), **more)  # type: ignore[arg-type]


def phrase(group: str, at: int = 0, role: str = "") -> Claim:
    return Claim(ClaimKind.PHRASE, group, (at, at + 5), role=role)


def claim(kind: str, value: str, at: int = 100, **more: object) -> Claim:
    return Claim(kind, value, (at, at + 5), **more)  # type: ignore[arg-type]


def monthly(amount: int, currency: str = "IDR", at: int = 200) -> Claim:
    money = Money(Decimal(amount), Decimal(amount), currency, "month")
    return claim(ClaimKind.PAY, str(amount), at, money=money)


PHONE = claim(ClaimKind.PHONE, NUMBER, 300)
WALLET = claim(ClaimKind.BANK_ACCOUNT, "DANA 084012345678", 320)
BANK = claim(ClaimKind.BANK_ACCOUNT, "BCA 0000111122", 340)
PERSONAL = claim(ClaimKind.BANK_ACCOUNT, "BCA 0000111122", 340, detail={"holder": "Budi Rekaan"})
COMPANYS = claim(ClaimKind.BANK_ACCOUNT, "BCA 0000111122", 340, detail={"holder": "PT. Rekaan Jaya"})
FEE = claim(ClaimKind.FEE, "Rp 2.000.000", 360, detail={"bearer": "candidate"})
EMPLOYER_FEE = claim(ClaimKind.FEE, "Rp 2.000.000", 360, detail={"bearer": "employer"})
FORM = claim(ClaimKind.LINK, "https://formulir.example/daftar", 380)
STATE_SITE = claim(ClaimKind.LINK, "https://siskop2mi.bp2mi.go.id/lowongan/list", 380)


def country(code: str) -> Claim:
    return claim(ClaimKind.COUNTRY, code, 400)


def position(code: str) -> Claim:
    return claim(ClaimKind.POSITION, code, 420)


# --- the table ------------------------------------------------------------------------------------


def test_table_and_folder_hold_the_same_rules() -> None:
    folder = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - NOT_RULES
    assert [rule.NAME for rule in rules.RULES] == sorted(folder)
    assert all(rule.__name__ == f"patrol.engine.rules.{rule.NAME}" for rule in rules.RULES)  # type: ignore[attr-defined]


def test_every_rule_says_what_it_is() -> None:
    assert len(rules.RULES) >= 12
    for rule in rules.RULES:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", rule.NAME)
        assert rule.VERSION >= 1
        assert rule.TITLE.id
        assert rule.TITLE.en
        assert rule.TITLE.id != rule.TITLE.en
        assert rule.__doc__
        for name, kind in get_type_hints(domain.Rule).items():
            assert isinstance(getattr(rule, name), get_origin(kind) or kind)
        assert list(inspect.signature(rule.find).parameters) == ["reading", "check"]


def test_positions_the_rules_ask_for_are_codes_of_the_lexicon() -> None:
    asked = (
        scam_compound_job.DESK_WORK
        | scam_compound_job.NAMED_WORK
        | domestic_work_closed_country.HOUSEHOLD
        | domestic_work_closed_country.HOUSEHOLD_IF_PRIVATE
        | money_lure_crew.CREW_POSITIONS
    )
    assert asked <= set(lexicon.covers())


def test_findings_come_strongest_first() -> None:
    found = rules.findings(reading(phrase(PhraseGroup.BYPASS_OFFICE), phrase(PhraseGroup.VISIT_VISA, 10)), check(Verdict.AGENCY_NOT_FOUND))
    assert [finding.rule for finding in found] == ["visit_visa", "licence_verdict", "bypass_office"]


# --- what never accuses ---------------------------------------------------------------------------

WEAK = (
    PhraseGroup.RECRUITS,
    PhraseGroup.DEPARTURE,
    PhraseGroup.NO_MONEY,
    PhraseGroup.PAY_CUT,
    PhraseGroup.FAST,
    PhraseGroup.WORK_VISA,
    PhraseGroup.DENIES_BROKER,
    PhraseGroup.PRIVATE_CONTACT,
    PhraseGroup.OFFICIAL_PLACES,
    PhraseGroup.MIGRANTS,
    PhraseGroup.LIGHT_TERMS,
    PhraseGroup.PAPERS_MADE,
)


def test_weak_words_together_find_nothing() -> None:
    assert rules.findings(reading(*(phrase(group, 10 * n) for n, group in enumerate(WEAK))), check()) == ()


@pytest.mark.parametrize("code", ["KH", "MM", "SA", "TH", "AE"])
def test_a_country_alone_finds_nothing(code: str) -> None:
    assert rules.findings(reading(country(code), PHONE), check()) == ()


def test_a_denial_of_being_a_broker_changes_nothing() -> None:
    bad = (phrase(PhraseGroup.VISIT_VISA), PHONE)
    with_denial = (*bad, phrase(PhraseGroup.DENIES_BROKER, 50))
    assert rules.findings(reading(*with_denial), check()) == rules.findings(reading(*bad), check())


EVERYTHING = (*(phrase(group, 10 * n) for n, group in enumerate(PhraseGroup)), PHONE, WALLET, FEE, FORM)


@pytest.mark.parametrize("kind", sorted(kinds.REPORTING))
@pytest.mark.parametrize("verdict", [Verdict.NOT_AN_OFFER, Verdict.AGENCY_REVOKED])
def test_reports_are_not_accused_of_what_they_quote(kind: str, verdict: str) -> None:
    quoted = reading(*EVERYTHING, country("KH"), position("customer_service"), kind=kind)
    assert rules.findings(quoted, check(verdict, agency="PT Rekaan Jaya", contact_own=False)) == ()


def test_a_denied_phrase_finds_nothing() -> None:
    for group in PhraseGroup:
        assert rules.findings(reading(phrase(group, role="denied"), PHONE), check()) == ()


def test_no_reason_holds_a_contact_or_an_account() -> None:
    for kind in (TextKind.OFFER_ABROAD, TextKind.LURE):
        for verdict in Verdict:
            full = reading(*EVERYTHING, PERSONAL, country("SA"), country("KH"), position("domestic_worker"), kind=kind)
            for finding in rules.findings(full, check(verdict, agency="PT Rekaan Jaya", contact_own=False)):
                said = " ".join((finding.reason.id, finding.reason.en, *finding.parameters.values()))
                assert not re.search(r"84012345678|0000111122|formulir\.example", said), finding
                assert "ilegal" not in said.lower()
                assert len(finding.spans) == len(finding.sources)


PAID = claim(ClaimKind.FEE, "2500000", 360, detail={"bearer": "candidate"}, money=Money(Decimal(2_000_000), Decimal(2_500_000), "IDR"))
TAIWAN = country("TW")
FIVE = Money(Decimal(5_000_000), Decimal(5_000_000), "IDR")
_UNNAMED = "Tawaran operator pabrik ke Taiwan tidak menyebut perusahaan maupun nomor SIP; yang ada nomor telepon (register per 20 Nov 2026)"
REKAAN = {"agency": "PT Rekaan Jaya"}


@pytest.mark.parametrize(
    ("rule", "claims", "checked", "said"),
    [
        (upfront_fee, (PAID, WALLET), {}, "Meminta Rp 2.000.000–2.500.000 di muka ke dompet DANA yang ditulis di unggahan."),
        (
            upfront_fee,
            (PAID, PERSONAL, COMPANYS),
            {},
            "Meminta Rp 2.000.000–2.500.000 di muka ke rekening BCA perorangan dan rekening BCA yang ditulis di unggahan.",
        ),
        (upfront_fee, (FEE, WALLET), {}, "Meminta uang di muka ke dompet DANA yang ditulis di unggahan."),
        (upfront_fee, (PAID,), {}, "Biaya Rp 2.000.000–2.500.000 dibebankan kepada calon pekerja."),
        (upfront_fee, (FEE,), {}, "Biaya dibebankan kepada calon pekerja."),
        (
            visit_visa,
            (phrase(PhraseGroup.VISIT_VISA), TAIWAN),
            {},
            "Berangkat kerja ke Taiwan dengan visa turis atau kunjungan; visa itu bukan visa kerja.",
        ),
        (
            irregular_route,
            (phrase(PhraseGroup.IRREGULAR_ROUTE), TAIWAN),
            {},
            "Keberangkatan ke Taiwan lewat jalur tidak resmi atau izin baru diurus di negara tujuan.",
        ),
        (bypass_office, (phrase(PhraseGroup.BYPASS_OFFICE),), REKAAN, "Calon diarahkan menghindari kantor PT Rekaan Jaya atau disnaker."),
        (
            near_copy,
            (PHONE,),
            {**REKAAN, "near_copies": (PHONE,)},
            "Nomor telepon ini sangat mirip dengan milik PT Rekaan Jaya yang tercatat, tetapi tidak sama.",
        ),
        (
            light_terms_high_pay,
            (phrase(PhraseGroup.LIGHT_TERMS), monthly(2_500, "USD")),
            {},
            "Gaji USD 2.500 per bulan tanpa syarat pendidikan, pengalaman, atau bahasa.",
        ),
        (
            domestic_work_closed_country,
            (position("family_driver"), country("SA")),
            {},
            "Sopir keluarga pada pengguna perseorangan di Arab Saudi, yang ditutup sejak 1 Juli 2015 (Kepmenaker 260/2015).",
        ),
        (
            official_placement,
            (PHONE,),
            {**REKAAN, "verdict": Verdict.LICENSED, "licence_number": "B. 1/SIP2MI/2026", "contact_own": True},
            "SIP B. 1/SIP2MI/2026 milik PT Rekaan Jaya mencakup tawaran ini dan kontaknya tercatat milik P3MI itu.",
        ),
        (
            papers_harvest,
            (phrase(PhraseGroup.CREDENTIALS), FORM),
            {},
            "Meminta kode, sandi, atau PIN dan data lewat tautan atau formulir di luar kantor resmi.",
        ),
        (
            bypass_office,
            (phrase(PhraseGroup.BYPASS_OFFICE), PHONE),
            {},
            "Calon diarahkan menghindari kantor P3MI atau disnaker; yang diberikan nomor telepon.",
        ),
        (
            money_lure_family,
            (phrase(PhraseGroup.MONEY_LURE), claim(ClaimKind.FEE, "5000000", 10, money=FIVE)),
            {},
            "Menjanjikan Rp 5.000.000 kepada calon atau keluarganya sebelum berangkat; cara sponsor mengikat calon.",
        ),
        (
            money_lure_family,
            (phrase(PhraseGroup.MONEY_LURE), claim(ClaimKind.FEE, "5000000", 16, money=FIVE)),  # too far behind: what the candidate pays
            {},
            "Menjanjikan uang kepada calon atau keluarganya sebelum berangkat; cara sponsor mengikat calon.",
        ),
        (
            money_lure_crew,
            (phrase(PhraseGroup.MONEY_LURE), claim(ClaimKind.FEE, "5000000", 10, money=FIVE), phrase(PhraseGroup.CREW, 60)),
            {},
            "ABK dijanjikan Rp 5.000.000 sebelum berangkat; bon seperti itu menjadi utang yang mengikat di kapal.",
        ),
        (
            licence_verdict,
            (position("production_operator"), TAIWAN, PHONE),
            {"verdict": Verdict.NO_LICENCE_SHOWN, "register_date": DAY},
            _UNNAMED,
        ),
        (licence_verdict, (), {"verdict": Verdict.NO_LICENCE_SHOWN}, "Tawaran tidak menyebut perusahaan maupun nomor SIP"),
        (
            licence_verdict,
            (),
            {"verdict": Verdict.LICENCE_MISMATCH, "brief": Sentence("SIP B. 1 milik PT Lain", "")},
            "SIP B. 1 milik PT Lain",
        ),
    ],
)
def test_a_reason_says_what_it_rests_on(rule: Any, claims: tuple[Claim, ...], checked: dict[str, Any], said: str) -> None:
    found = rule.find(reading(*claims), check(**checked))
    assert found is not None
    assert found.reason.id == said


# --- rule by rule ---------------------------------------------------------------------------------


def test_licence_verdict() -> None:
    named = claim(ClaimKind.COMPANY, "PT Rekaan Jaya", 5, role=CompanyRole.PLACER)
    denied = claim(ClaimKind.COMPANY, "PT Lain Rekaan", 55, role=CompanyRole.DENIED)
    found = licence_verdict.find(reading(named), check(Verdict.AGENCY_REVOKED, claims=(named, denied)))
    assert found == domain.Finding(
        rule="licence_verdict",
        version=2,
        points=3.8,
        reason=Sentence("Alasan per 19 Nov 2026.", "Reason as of 19 Nov 2026."),
        kinds=("illegal_recruitment",),
        spans=((5, 10),),
        sources=("text",),
        parameters={"verdict": "agency_revoked", "day": "2026-11-20"},
    )
    assert licence_verdict.find(reading(named), check(Verdict.LICENSED)) is None
    assert licence_verdict.find(reading(named), check(Verdict.CANNOT_CHECK)) is None
    assert licence_verdict.find(reading(named, kind=TextKind.WARNING), check(Verdict.AGENCY_REVOKED)) is None


def test_licence_verdict_weighs_every_verdict_that_speaks_against_an_offer() -> None:
    silent = {Verdict.NOT_AN_OFFER, Verdict.EXEMPT, Verdict.CANNOT_CHECK, Verdict.LICENSED}
    assert set(licence_verdict.WEIGHTS) == set(Verdict) - silent


def test_licence_verdict_of_an_official_notice() -> None:
    office = phrase(PhraseGroup.CLAIMS_OFFICE)
    notice = licence_verdict.find(reading(office, STATE_SITE), check(Verdict.NO_LICENCE_SHOWN))
    claimed = licence_verdict.find(reading(office, PHONE), check(Verdict.NO_LICENCE_SHOWN))
    assert notice is not None
    assert claimed is not None
    assert (notice.points, notice.kinds) == (0.2, ())
    assert (claimed.points, claimed.kinds) == (1.6, ("illegal_recruitment",))


@pytest.mark.parametrize("group", [PhraseGroup.OFFICE_ACCOUNT, PhraseGroup.LOCAL_BODY])
def test_the_author_tells_whose_notice_it_is_and_clears_nothing_private(group: str) -> None:
    author = Claim(ClaimKind.PHRASE, group, (0, 12), "author")

    def points(*claims: Claim) -> float:
        found = licence_verdict.find(reading(*claims), check(Verdict.NO_LICENCE_SHOWN))
        assert found is not None
        return found.points

    assert points(author) == points(author, STATE_SITE) == 0.2
    for private in (PHONE, WALLET, FORM, FEE):
        assert points(author, private) == 1.6
    assert points() == 1.6


def test_scam_compound_job() -> None:
    desk = (position("customer_service"), country("KH"))
    found = scam_compound_job.find(reading(*desk, monthly(12_000_000), phrase(PhraseGroup.COMPOUND_LIFE)), check())
    assert found is not None
    assert found.points == 2.8
    assert found.reason.id == (
        "Kerja daring di Kamboja dengan gaji Rp 12.000.000 per bulan, mess, makan atau tiket ditanggung: "
        "ciri tawaran pusat penipuan atau judi daring."
    )
    assert found.kinds == ("illegal_recruitment",)
    assert found.spans == ((0, 5), (200, 205), (400, 405), (420, 425))
    assert scam_compound_job.find(reading(*desk), check()) is None
    # the same pay and lodging for work that is no desk work
    waiter = (position("waiter"), country("KH"), monthly(12_000_000), phrase(PhraseGroup.COMPOUND_LIFE))
    assert scam_compound_job.find(reading(*waiter), check()) is None
    decoy = scam_compound_job.find(reading(*waiter, phrase(PhraseGroup.LIGHT_TERMS, 20)), check())
    assert decoy is not None
    assert decoy.reason.id.startswith("Kerja di Kamboja dengan gaji Rp 12.000.000 per bulan, ")
    elsewhere = (position("waiter"), country("MY"), *waiter[2:], phrase(PhraseGroup.LIGHT_TERMS, 20))
    assert scam_compound_job.find(reading(*elsewhere), check()) is None


def test_scam_compound_job_without_its_country_needs_three_signs() -> None:
    work = phrase(PhraseGroup.SCAM_WORK)
    two = (work, phrase(PhraseGroup.COMPOUND_LIFE, 10), phrase(PhraseGroup.HIGH_PAY, 20))
    assert scam_compound_job.find(reading(*two), check()) is None
    assert scam_compound_job.find(reading(*two, phrase(PhraseGroup.LIGHT_TERMS, 30)), check()) is not None


def test_scam_compound_job_needs_the_country_as_destination() -> None:
    denied = reading(phrase(PhraseGroup.SCAM_WORK), country("KH"), countries=("MY",))
    assert scam_compound_job.find(denied, check()) is None


@pytest.mark.parametrize("code", ["SA", "AE", "QA", "JO"])
def test_domestic_work_closed_country(code: str) -> None:
    found = domestic_work_closed_country.find(reading(position("domestic_worker"), country(code)), check())
    assert found is not None
    assert found.points == 2.6
    assert found.parameters == {"countries": code}


def test_domestic_work_closed_country_misses() -> None:
    find = domestic_work_closed_country.find
    assert find(reading(position("domestic_worker"), country("HK")), check()) is None
    assert find(reading(position("welder"), country("SA")), check()) is None
    # a company's cleaner is lawful, a private employer's is not
    assert find(reading(position("cleaner"), country("SA")), check()) is None
    private = reading(position("cleaner"), country("SA"), phrase(PhraseGroup.DIRECT_EMPLOYER))
    assert find(private, check()) is not None
    # a licence for it that day: the one-channel scheme
    assert find(reading(position("domestic_worker"), country("SA")), check(Verdict.LICENSED)) is None


def test_domestic_work_before_the_decree() -> None:
    early = LicenceCheck(Verdict.CANNOT_CHECK, date(2015, 6, 30), Sentence("a", "b"))
    first = LicenceCheck(Verdict.CANNOT_CHECK, date(2015, 7, 1), Sentence("a", "b"))
    offer = reading(position("domestic_worker"), country("SA"))
    assert domestic_work_closed_country.find(offer, early) is None
    assert domestic_work_closed_country.find(offer, first) is not None


def test_visit_visa() -> None:
    found = visit_visa.find(reading(phrase(PhraseGroup.PILGRIM_VISA)), check())
    assert found is not None
    assert found.reason.id == "Berangkat kerja dengan visa ziarah atau umrah; visa itu bukan visa kerja."
    assert visit_visa.find(reading(phrase(PhraseGroup.VISIT_VISA)), check()) is not None
    assert visit_visa.find(reading(phrase(PhraseGroup.WORK_VISA)), check()) is None
    assert visit_visa.find(reading(phrase(PhraseGroup.PILGRIM_VISA), kind=TextKind.ADVERTISEMENT), check()) is None


def test_upfront_fee() -> None:
    first = phrase(PhraseGroup.UPFRONT_MONEY)
    points = [
        finding.points if (finding := upfront_fee.find(reading(*claims), check())) else None
        for claims in [(first, WALLET), (FEE, BANK), (first,), (FEE,), (EMPLOYER_FEE,), (COMPANYS,), (BANK,)]
    ]
    assert points == [2.2, 2.2, 1.7, 0.8, None, None, 2.2]
    assert upfront_fee.find(reading(BANK), check(Verdict.LICENSED)) is None
    assert upfront_fee.find(reading(FEE), check(Verdict.LICENSED)) is None


def test_a_fee_is_a_fraud_where_it_goes_to_a_person() -> None:
    placer = claim(ClaimKind.COMPANY, "PT Rekaan Jaya", 60, role=CompanyRole.PLACER)
    first, payee = phrase(PhraseGroup.UPFRONT_MONEY), phrase(PhraseGroup.PRIVATE_PAYEE, 20)
    both, placed = ("illegal_recruitment", "fraud"), ("illegal_recruitment",)

    def kinds(*claims: Claim, kind: str = TextKind.OFFER_ABROAD) -> tuple[str, ...] | None:
        found = upfront_fee.find(reading(*claims, kind=kind), check())
        return found.kinds if found else None

    assert kinds(FEE) == kinds(first) == both  # no company stands behind it
    assert kinds(FEE, placer) == kinds(first, placer) == placed  # "uang proses 28 jt" of a training centre
    assert kinds(first, placer, payee) == kinds(placer, payee) == both  # "... transfer ke admin"
    assert kinds(first, placer, WALLET) == both
    assert kinds(FEE, phrase(PhraseGroup.PAY_CUT, 40)) == placed  # taken from pay
    assert kinds(first, placer, kind=TextKind.LURE) == ("fraud",)
    assert kinds(payee, kind=TextKind.LURE) is None
    # "admin chat 12 jt", "fee keluarga 7 jt": a job's pay and a bait, no fee
    assert kinds(FEE, Claim(ClaimKind.POSITION, "customer_service", FEE.span)) is None
    assert kinds(FEE, Claim(ClaimKind.PHRASE, PhraseGroup.MONEY_LURE, FEE.span)) is None


def test_what_the_family_is_given_and_papers_that_are_sent_are_no_fee() -> None:
    lure = phrase(PhraseGroup.MONEY_LURE, FEE.span[0] - 10)  # "uang fee suami 5 jt"
    far = phrase(PhraseGroup.MONEY_LURE, FEE.span[0] - 80)
    behind = phrase(PhraseGroup.MONEY_LURE, FEE.span[1] + 2)
    find = upfront_fee.find
    assert find(reading(FEE, lure), check()) is None
    assert find(reading(FEE, far), check()) is not None
    assert find(reading(FEE, behind), check()) is not None
    payee, papers = phrase(PhraseGroup.PRIVATE_PAYEE, 20), phrase(PhraseGroup.PAPERS_HELD, 20)
    assert find(reading(payee, phrase(PhraseGroup.MONEY_LURE, 10)), check()) is None  # "uang keluarga 3 jt tunai"
    assert find(reading(payee, papers), check()) is None  # "kirim foto KTP ke saya"
    assert find(reading(payee, phrase(PhraseGroup.PAPERS_HELD, 60)), check()) is not None
    with_fee = find(reading(payee, papers, FEE), check())  # "setor KTP asli + 750 rb ke rumah"
    assert with_fee is not None
    assert "fraud" in with_fee.kinds


@pytest.mark.parametrize(
    ("said", "given", "charged"),
    [
        ("ABK kapal cumi Taiwan, bon bonan total 6 juta", True, False),
        ("ABK kapal cumi Taiwan, gaji RM 900, bon-bonan 10 juta", True, False),
        ("ABK kapal cumi Taiwan, bon bonan, gaji 6 juta/bulan", False, False),
        ("ABK kapal cumi Taiwan, bon bonan, gaji 6 juta", False, False),
        ("Loker Taiwan, bon bonan, ABK 20 juta", False, False),
        ("ART ke Arab Saudi, uang fee suami 5 juta", True, False),
        ("ART ke Arab Saudi, biaya nol, uang keluarga 5 juta", True, False),
        ("ART ke Arab Saudi, uang keluarga 5 juta per bulan", False, False),
        ("ART ke Arab Saudi, uang keluarga, upah 5 juta", False, False),
        *(
            (f"ART ke Arab Saudi, uang saku keluarga, {word} 5 juta", False, True)
            for word in ("biaya", "bayar", "admin", "dp", "adm", "dp tf", "deposit")
        ),
    ],
)
def test_a_sum_with_a_word_of_its_own_is_not_what_the_family_is_given(said: str, given: bool, charged: bool) -> None:
    read = lexicon.read(Content(f"Dicari {said}. WA 084012345678"))
    lured = money_lure_crew.find(read, check()) or money_lure_family.find(read, check())
    fee = upfront_fee.find(read, check())
    assert lured is not None
    assert ("Rp" in lured.reason.id, fee is not None and "Rp 5.000.000" in fee.reason.id) == (given, charged)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("kirim foto KTP dan KK ke 084012345678", " lewat nomor telepon."),
        ("kirim foto KTP dan KK, japri saya", " lewat kontak pribadi."),
        ("kirim foto KTP dan KK, telepon kantor 021 5550123", "."),
        ("KTP asli ditahan", "."),
    ],
)
def test_papers_go_through_a_private_contact_only_where_there_is_one(said: str, way: str) -> None:
    found = papers_harvest.find(lexicon.read(Content(f"Dicari ART ke Arab Saudi, {said}")), check())
    assert found is not None
    assert found.reason.id == f"Dokumen atau foto KTP dan KK diminta di awal{way}"


def test_money_lure_crew() -> None:
    crew = position("fishing_crew")
    advance = money_lure_crew.find(reading(crew, phrase(PhraseGroup.MONEY_LURE)), check())
    terms = money_lure_crew.find(reading(crew, phrase(PhraseGroup.LIGHT_TERMS), monthly(25_000_000)), check())
    assert advance is not None
    assert terms is not None
    assert (advance.points, terms.points) == (2.2, 1.6)
    assert money_lure_crew.find(reading(crew, phrase(PhraseGroup.LIGHT_TERMS), monthly(7_000_000)), check()) is None
    assert money_lure_crew.find(reading(phrase(PhraseGroup.MONEY_LURE)), check()) is None


def test_money_lure_family() -> None:
    lure = phrase(PhraseGroup.MONEY_LURE)
    assert money_lure_family.find(reading(lure, position("domestic_worker")), check()) is not None
    assert money_lure_family.find(reading(lure, position("ship_crew")), check()) is None  # money_lure_crew has it
    assert money_lure_family.find(reading(lure), check(Verdict.LICENSED)) is None
    assert money_lure_family.find(reading(phrase(PhraseGroup.NO_MONEY)), check()) is None


def test_aid_fraud() -> None:
    bait = phrase(PhraseGroup.AID_LURE)
    migrants = aid_fraud.find(reading(bait, phrase(PhraseGroup.MIGRANTS, 10), kind=TextKind.LURE), check())
    everybody = aid_fraud.find(reading(bait, kind=TextKind.LURE), check())
    assert migrants is not None
    assert everybody is not None
    assert (migrants.points, migrants.kinds) == (1.2, ("fraud",))
    assert everybody.points == 0.8
    assert aid_fraud.find(reading(bait, phrase(PhraseGroup.MIGRANTS, 10), kind=TextKind.NEWS), check()) is None
    office = reading(bait, phrase(PhraseGroup.CLAIMS_OFFICE, 10), kind=TextKind.LURE)
    found = aid_fraud.find(office, check())
    assert found is not None
    assert found.kinds == ("fraud", "impersonation")
    named = aid_fraud.find(reading(bait, phrase(PhraseGroup.MIGRANTS, 10), FEE, kind=TextKind.LURE), check())
    assert named is not None
    assert named.points == 2.2
    # a link that takes a bank's password takes no money yet
    secret = reading(bait, phrase(PhraseGroup.CREDENTIALS, 10), FORM, kind=TextKind.LURE)
    taken = aid_fraud.find(secret, check())
    assert taken is not None
    assert taken.kinds == ()


def test_impersonation_office() -> None:
    office = phrase(PhraseGroup.CLAIMS_OFFICE)
    find = impersonation_office.find
    assert find(reading(office, PHONE, WALLET), check()) is not None
    assert find(reading(office, FORM), check()) is not None
    # a hotline on a mobile number, the state's own site
    assert find(reading(office, PHONE, STATE_SITE), check()) is None
    assert find(reading(office, PHONE, WALLET), check(Verdict.EXEMPT)) is None
    assert find(reading(PHONE, WALLET), check()) is None


@pytest.mark.parametrize("group", [PhraseGroup.OFFICE_SPEAKS, PhraseGroup.OFFICE_ACCOUNT])
def test_an_office_that_speaks_asks_neither_for_money_nor_for_codes(group: str) -> None:
    office, find = phrase(group), impersonation_office.find
    assert find(reading(office, PHONE, WALLET), check()) is not None
    assert find(reading(office, PHONE, phrase(PhraseGroup.PRIVATE_PAYEE, 20)), check()) is not None
    assert find(reading(office, phrase(PhraseGroup.CREDENTIALS, 20)), check()) is not None  # "sebutkan kode 6 angka"
    # a notice: its hotline, its form, the papers to bring
    assert find(reading(office, PHONE, FORM, phrase(PhraseGroup.PAPERS_HELD, 20)), check()) is None
    assert find(reading(office, WALLET, kind=TextKind.WARNING), check()) is None
    # named, not speaking
    assert find(reading(phrase(PhraseGroup.OFFICIAL_BODY), PHONE, WALLET), check()) is None
    # "Disnaker kota: 5 orang lagi, uang map dan pelicin 1,2 juta": no contact is needed where money is asked
    assert find(reading(office, phrase(PhraseGroup.CHARGE, 20)), check()) is not None
    assert find(reading(office, phrase(PhraseGroup.CHARGE, 20)), check(Verdict.EXEMPT)) is None
    assert find(reading(office), check()) is None
    # an aid that is spoken of beside an offer is handed out by nobody yet
    assert find(reading(office, phrase(PhraseGroup.AID_LURE, 20)), check()) is None


def test_an_agency_that_names_an_office_may_have_a_company_s_account() -> None:
    office, find = phrase(PhraseGroup.CLAIMS_OFFICE), impersonation_office.find
    assert find(reading(office, PHONE, COMPANYS), check()) is None  # "di depan petugas Disnaker, ke rekening a.n. PT"
    assert find(reading(office, PHONE, PERSONAL), check()) is not None
    assert find(reading(office, PHONE, BANK), check()) is not None  # whose it is is not said


def test_what_an_account_is_called_has_no_place_in_the_post() -> None:
    called = Claim(ClaimKind.PHRASE, PhraseGroup.OFFICE_ACCOUNT, (0, 20), "author")
    found = impersonation_office.find(reading(called, PHONE, WALLET), check())
    assert found is not None
    assert set(found.sources) == {"text"}


def test_who_says_who_he_is_is_taken_at_his_word_in_a_bait() -> None:
    poses, charge = phrase(PhraseGroup.POSES), phrase(PhraseGroup.CHARGE, 40)
    find = impersonation_office.find
    assert find(reading(poses, charge, kind=TextKind.LURE), check()) is not None  # "saya Pak Lurah, kirim 12 juta"
    assert find(reading(poses, kind=TextKind.LURE), check()) is None  # asks for nothing
    assert find(reading(charge, kind=TextKind.LURE), check()) is None  # says nothing of himself
    assert find(reading(poses, charge, PHONE), check()) is None  # "saya staf PT" in an offer
    assert find(reading(poses, charge, kind=TextKind.WARNING), check()) is None
    lover = phrase(PhraseGroup.ROMANCE, 60)  # "aku dokter di Yaman, sayang"
    assert find(reading(poses, charge, lover, kind=TextKind.LURE), check()) is None


def test_impersonation_office_by_what_is_handed_out() -> None:
    body, bait = phrase(PhraseGroup.OFFICE_GIVES), phrase(PhraseGroup.AID_LURE, 10)
    find = impersonation_office.find
    assert find(reading(body, bait, PHONE, kind=TextKind.LURE), check()) is not None
    # "sudah koordinasi dgn BP3MI": named, and nothing comes from it
    assert find(reading(phrase(PhraseGroup.OFFICIAL_BODY), bait, PHONE, kind=TextKind.LURE), check()) is None
    # named in an offer ("visa dari kedutaan") an office is not spoken for
    assert find(reading(body, bait, PHONE), check()) is None
    # insiders of an office are no voice of it
    insider = (body, bait, phrase(PhraseGroup.FIXER, 20), PHONE)
    assert find(reading(*insider, kind=TextKind.LURE), check()) is None
    assert find(reading(*insider, phrase(PhraseGroup.CLAIMS_OFFICE, 30), kind=TextKind.LURE), check()) is not None
    # the refund desk of an agency
    agency = claim(ClaimKind.COMPANY, "PT Rekaan Jaya", 60, role=CompanyRole.UNCLEAR)
    charge = phrase(PhraseGroup.CHARGE, 40)
    desk = reading(agency, charge, phrase(PhraseGroup.REFUND, 50), PHONE, kind=TextKind.LURE)
    assert find(desk, check()) is not None
    assert find(reading(agency, charge, PHONE, kind=TextKind.LURE), check()) is None


def test_agency_name_misused() -> None:
    find = agency_name_misused.find
    licensed = check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
    found = find(reading(PHONE, PERSONAL), licensed)
    assert found is not None
    assert found.reason.id == (
        "Nama PT Rekaan Jaya dipakai, tetapi uang diminta ke rekening BCA perorangan; kontaknya tidak tercatat sebagai milik P3MI itu."
    )
    for compared in (True, None):  # None: nothing to compare, so that nothing is said of the contact
        known = find(reading(PHONE, PERSONAL), replace(licensed, contact_own=compared))
        assert known is not None
        assert known.reason.id == "Nama PT Rekaan Jaya dipakai, tetapi uang diminta ke rekening BCA perorangan."
    assert find(reading(PHONE, phrase(PhraseGroup.BYPASS_OFFICE)), licensed) is not None
    assert find(reading(PHONE), licensed) is None  # an unlisted contact alone
    assert find(reading(PHONE, COMPANYS), licensed) is None
    assert find(reading(PHONE, COMPANYS, FEE), licensed) is not None  # a fee to an account, through a stranger
    nothing_to_compare = check(Verdict.LICENSED, agency="PT Rekaan Jaya")
    assert find(reading(PHONE, COMPANYS, FEE), nothing_to_compare) is None
    assert find(reading(PHONE, BANK, FEE), nothing_to_compare) is not None
    assert find(reading(PHONE, BANK), nothing_to_compare) is None
    assert find(reading(PHONE, PERSONAL), check(Verdict.AGENCY_NOT_FOUND, agency="PT Lain")) is None
    own = check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=True)
    assert find(reading(PHONE, COMPANYS, FEE), own) is None
    assert find(reading(PHONE, WALLET), own) is not None


def test_who_borrows_an_agencys_name_poses_as_it_but_for_the_go_between() -> None:
    def kinds(*claims: Claim, verdict: str = Verdict.LICENSED) -> tuple[str, ...] | None:
        found = agency_name_misused.find(reading(PHONE, *claims), check(verdict, agency="PT Rekaan Jaya", contact_own=False))
        return found.kinds if found else None

    between, called = phrase(PhraseGroup.GO_BETWEEN), phrase(PhraseGroup.COMPANY_ACCOUNT, 20)
    assert kinds(PERSONAL) == kinds(PERSONAL, between, called) == ("impersonation", "fraud")
    assert kinds(PERSONAL, between) == ("illegal_recruitment", "fraud")  # "titip ke saya dulu"
    assert kinds(PERSONAL, verdict=Verdict.AGENCY_REVOKED) == ("illegal_recruitment", "fraud")  # may be the agency itself
    # an account called after the agency, a stranger's contact, money first
    assert kinds(called, phrase(PhraseGroup.UPFRONT_MONEY, 40)) == ("impersonation",)
    assert kinds(called) is None
    assert kinds(phrase(PhraseGroup.UPFRONT_MONEY, 40)) is None


def test_a_fee_to_a_person_whose_account_is_not_written_misuses_a_name() -> None:
    payee = phrase(PhraseGroup.PRIVATE_PAYEE, 60)
    stranger = check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)
    found = agency_name_misused.find(reading(PHONE, FEE, payee), stranger)
    assert found is not None
    assert found.reason.id == (
        "Nama PT Rekaan Jaya dipakai, tetapi uang diminta lewat orang atau nomor pribadi; kontaknya tidak tercatat sebagai milik P3MI itu."
    )
    assert (found.kinds, found.parameters["how"]) == (("impersonation", "fraud"), "person")
    assert agency_name_misused.find(reading(PHONE, payee), stranger) is None  # no fee is asked
    assert agency_name_misused.find(reading(PHONE, FEE), stranger) is None  # to nobody
    assert agency_name_misused.find(reading(PHONE, FEE, payee), replace(stranger, contact_own=True)) is None  # the agency's own desk


def test_bypass_office() -> None:
    assert bypass_office.find(reading(phrase(PhraseGroup.BYPASS_OFFICE)), check()) is not None
    assert bypass_office.find(reading(phrase(PhraseGroup.PRIVATE_CONTACT)), check()) is None
    assert bypass_office.find(reading(phrase(PhraseGroup.BYPASS_OFFICE), kind=TextKind.PLEA), check()) is None
    # an office's own "tidak melalui perusahaan penempatan"
    notice = (phrase(PhraseGroup.CLAIMS_OFFICE, 50), phrase(PhraseGroup.BYPASS_OFFICE), STATE_SITE)
    assert bypass_office.find(reading(*notice), check()) is None
    assert bypass_office.find(reading(*notice, PHONE), check()) is not None
    # "langsung chat admin": the same words, an invitation to write
    invitation = reading(phrase(PhraseGroup.BYPASS_OFFICE), phrase(PhraseGroup.PRIVATE_CONTACT, 3))
    beside = reading(phrase(PhraseGroup.BYPASS_OFFICE), phrase(PhraseGroup.PRIVATE_CONTACT, 5))
    assert bypass_office.find(invitation, check()) is None
    assert bypass_office.find(beside, check()) is not None


def test_papers_harvest() -> None:
    harvest = phrase(PhraseGroup.HARVEST)
    form = papers_harvest.find(reading(harvest, FORM), check())
    papers = papers_harvest.find(reading(phrase(PhraseGroup.PAPERS_HELD)), check())
    assert form is not None
    assert papers is not None
    assert (form.points, form.kinds) == (2.0, ("phishing",))
    assert (papers.points, papers.kinds) == (0.9, ())
    bait = papers_harvest.find(reading(phrase(PhraseGroup.PAPERS_HELD), kind=TextKind.LURE), check())
    assert bait is not None
    assert bait.kinds == ("fraud",)
    # "format: nama, umur" by chat is how applications are taken; into a chat leads no form
    for way in (PHONE, claim(ClaimKind.LINK, "https://wa.me/6284012345678")):
        chat = papers_harvest.find(reading(harvest, way), check())
        assert chat is None or chat.kinds == ()
    code = papers_harvest.find(reading(phrase(PhraseGroup.CREDENTIALS), PHONE, kind=TextKind.LURE), check())
    assert code is not None
    assert code.kinds == ("phishing",)
    assert papers_harvest.find(reading(harvest, STATE_SITE), check()) is None
    own = check(Verdict.LICENSED, contact_own=True)
    assert papers_harvest.find(reading(harvest, FORM), own) is None


def test_light_terms_high_pay() -> None:
    light = phrase(PhraseGroup.LIGHT_TERMS)
    find = light_terms_high_pay.find
    assert find(reading(light, phrase(PhraseGroup.HIGH_PAY, 10)), check()) is not None
    assert find(reading(light, monthly(9_000_000)), check()) is not None
    assert find(reading(light, monthly(8_999_999)), check()) is None
    assert find(reading(light), check()) is None
    assert find(reading(monthly(9_000_000)), check()) is None
    # Japan's ordinary pay is not fantastic
    assert find(reading(light, monthly(200_000, "JPY"), country("JP")), check()) is None


def test_high_pay_of_an_unknown_currency_or_period_is_no_sign() -> None:
    shells = claim(ClaimKind.PAY, "x", money=Money(Decimal(10**9), Decimal(10**9), "XXX", "month"))
    once = claim(ClaimKind.PAY, "x", money=Money(Decimal(10**9), Decimal(10**9), "IDR", "once"))
    assert signs.high_pay(reading(shells, once)) == ()


def test_irregular_route() -> None:
    route = phrase(PhraseGroup.IRREGULAR_ROUTE)
    assert irregular_route.find(reading(route), check()) is not None
    assert irregular_route.find(reading(route, kind=TextKind.NEWS), check()) is None
    assert irregular_route.find(reading(phrase(PhraseGroup.DEPARTURE)), check()) is None


def test_offer_likely_is_silent_without_words_and_where_the_check_says_nothing_against_the_offer() -> None:
    surely = claim(ClaimKind.PHRASE, PhraseGroup.OFFER_WORDS, confidence=0.999)
    barely = claim(ClaimKind.PHRASE, PhraseGroup.OFFER_WORDS, confidence=0.65)
    shown = check(Verdict.NO_LICENCE_SHOWN)
    find = offer_likely.find
    points = [
        finding.points if (finding := find(reading(*claims, kind=kind), which)) else None
        for claims, kind, which in [
            ((surely,), TextKind.OFFER_ABROAD, shown),
            ((barely,), TextKind.OFFER_ABROAD, shown),
            ((), TextKind.OFFER_ABROAD, shown),
            ((surely,), TextKind.NEWS, shown),
            ((surely,), TextKind.OFFER_ABROAD, check(Verdict.LICENSED)),
            ((surely,), TextKind.OFFER_ABROAD, check(Verdict.CANNOT_CHECK)),
        ]
    ]
    assert points == [0.18, 0.02, None, None, None, None]


@pytest.mark.parametrize(("rule", "group"), [(posing_likely, PhraseGroup.POSING_WORDS), (phishing_likely, PhraseGroup.PHISHING_WORDS)])
def test_a_threat_the_weights_hold_likely_is_told_where_somebody_must_look(rule: domain.Rule, group: PhraseGroup) -> None:
    words, deceit = phrase(group), phrase(PhraseGroup.DECEIT_WORDS)
    points = [
        finding.points if (finding := rule.find(reading(*claims, kind=kind), which)) else None
        for claims, kind, which in [
            ((words,), TextKind.OFFER_ABROAD, check(Verdict.NO_LICENCE_SHOWN)),
            ((words, deceit), TextKind.LURE, check(Verdict.NOT_AN_OFFER)),
            ((), TextKind.OFFER_ABROAD, check(Verdict.NO_LICENCE_SHOWN)),
            ((words,), TextKind.LURE, check(Verdict.NOT_AN_OFFER)),  # aimed at everybody
            ((words,), TextKind.NEWS, check(Verdict.NOT_AN_OFFER)),
            ((words,), TextKind.OFFER_ABROAD, check(Verdict.LICENSED)),
            ((words,), TextKind.OFFER_ABROAD, check(Verdict.EXEMPT)),
        ]
    ]
    assert points == [0.8, 0.8, None, None, None, None, None]


def test_what_the_weights_hold_likely_is_said_of_the_whole_text_without_words_that_only_a_screen_shows() -> None:
    shown = check(Verdict.NO_LICENCE_SHOWN)
    groups = {offer_likely: PhraseGroup.OFFER_WORDS, posing_likely: PhraseGroup.POSING_WORDS, phishing_likely: PhraseGroup.PHISHING_WORDS}
    for rule, group in groups.items():
        found = rule.find(reading(phrase(group), kind=TextKind.OFFER_ABROAD), shown)
        assert found is not None
        assert found.reason.id.startswith("Dari seluruh kata-katanya, tulisan ini terbaca se")
        assert found.reason.en.startswith("By all its words, the text reads as ")


def test_the_words_of_a_deceit_make_a_bait_plain_and_say_whom_it_is_aimed_at() -> None:
    words = phrase(PhraseGroup.DECEIT_WORDS)
    assert bait.find(reading(kind=TextKind.LURE), check(Verdict.NOT_AN_OFFER)) is None
    found = bait.find(reading(words, kind=TextKind.LURE), check(Verdict.NOT_AN_OFFER))
    assert found is not None
    assert (found.points, found.kinds) == (bait.POINTS, (Kind.FRAUD,))
    assert found.reason.en == "Reads as bait for migrant workers, candidates or their families."  # no more than the weights know
    told = bait.find(reading(words, phrase(PhraseGroup.MIGRANTS), kind=TextKind.LURE), check(Verdict.NOT_AN_OFFER))
    assert told is not None
    assert told.reason.en == "Bait aimed at migrant workers, candidates or their families."
    assert bait.find(reading(words, kind=TextKind.PLEA), check(Verdict.NOT_AN_OFFER)) is None


def test_official_placement() -> None:
    office = phrase(PhraseGroup.OFFICIAL_PLACES)
    find = official_placement.find
    points = [
        finding.points if (finding := find(reading(*claims), which)) else None
        for claims, which in [
            ((), check(Verdict.EXEMPT)),
            ((PHONE,), check(Verdict.LICENSED, contact_own=True)),
            ((office,), check(Verdict.LICENSED)),
            ((), check(Verdict.LICENSED, contact_own=False)),
            ((office,), check(Verdict.NO_LICENCE_SHOWN)),
            ((office, WALLET), check(Verdict.LICENSED, contact_own=False)),
        ]
    ]
    assert points == [-1.5, -1.5, -1.5, -0.8, None, None]


def test_near_copy() -> None:
    copied = check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False, near_copies=(PHONE,))
    found = near_copy.find(reading(PHONE), copied)
    assert found is not None
    assert found.spans == (PHONE.span,)
    assert found.kinds == ("impersonation",)
    paid = near_copy.find(reading(PHONE, phrase(PhraseGroup.UPFRONT_MONEY)), copied)
    assert paid is not None
    assert paid.kinds == ("impersonation", "fraud")
    assert near_copy.find(reading(PHONE), check(Verdict.LICENSED, agency="PT Rekaan Jaya", contact_own=False)) is None
    assert near_copy.find(reading(PHONE, kind=TextKind.WARNING), copied) is None
    assert agency_name_misused.find(reading(PHONE), copied) is None  # said once is enough


def test_hosts_of_the_state() -> None:
    hosts = ["bp2mi.go.id", "siskop2mi.bp2mi.go.id", "bp2mi.go.id.example", "go.id", "bp2mi-go.id", "x.mil.id"]
    assert [host for host in hosts if signs.is_official_host(host)] == ["bp2mi.go.id", "siskop2mi.bp2mi.go.id", "x.mil.id"]


SAID = st.lists(st.tuples(st.sampled_from([*PhraseGroup]), st.sampled_from(("", "", "", "denied"))), max_size=5)
BESIDE = st.lists(
    st.sampled_from(
        (
            Claim(ClaimKind.PHONE, "+6284012345678", (60, 70)),
            Claim(ClaimKind.LINK, "https://form.example/x", (71, 80)),
            Claim(ClaimKind.BANK_ACCOUNT, "BCA 0000123456", (81, 90), detail={"holder": "Budi"}),
            Claim(
                ClaimKind.FEE,
                "2 juta",
                (91, 95),
                money=Money(Decimal(2_000_000), Decimal(2_000_000), "IDR"),
                detail={"bearer": "candidate"},
            ),
            Claim(ClaimKind.PAY, "20 juta", (96, 99), money=Money(Decimal(20_000_000), Decimal(20_000_000), "IDR", "month")),
            Claim(ClaimKind.COUNTRY, "KH", (100, 107), role="destination"),
        )
    ),
    max_size=4,
)


@given(st.sampled_from([*TextKind]), SAID, BESIDE, st.sampled_from([Verdict.NO_LICENCE_SHOWN, Verdict.LICENSED, Verdict.NOT_AN_OFFER]))
@settings(max_examples=600, deadline=None)
def test_a_rule_that_is_not_asked_would_have_found_nothing(kind: Any, said: Any, beside: Any, verdict: Any) -> None:
    phrases = [Claim(ClaimKind.PHRASE, group, (at, at + 1), role=role) for at, (group, role) in enumerate(said)]
    read = Reading(kind, (*phrases, *beside), ("KH",), ())
    check = LicenceCheck(verdict, date(2026, 6, 1), Sentence("a", "b"))
    asked = [finding for rule in rules.RULES if (finding := rule.find(read, check)) is not None]
    assert rules.findings(read, check) == tuple(sorted(asked, key=lambda finding: (-finding.points, finding.rule)))


@pytest.mark.parametrize(
    ("account", "wallet"),
    [("DANA 084012345678", True), ("dana 084012345678", True), ("DANAMON 0000111122", False), ("BCA 0000111122", False), ("DANA", True)],
)
def test_a_wallet_is_known_by_its_whole_name(account: str, wallet: bool) -> None:
    claimed = claim(ClaimKind.BANK_ACCOUNT, account)
    assert (signs.is_wallet(claimed), signs.is_private(claimed)) == (wallet, wallet)
