"""The table of the licence check, line by line: hit, miss and near miss, with the days at the borders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.domain import Claim, Content, Reading, Verdict
from patrol.engine import licences
from patrol.engine.licences import sentences
from patrol.engine.reading import company_role
from tests.engine.licences.conftest import COVERS, position_codes

type Check = Callable[..., domain.LicenceCheck]

DAY = date(2026, 11, 10)
TAIWAN = ("country", "Taiwan", "TW", "destination")
FACTORY = ("position", "pabrik", "production_operator")


def company(name: str, role: str = "placer") -> tuple[str, ...]:
    return ("company", name, name, role)


def sip(number: str) -> tuple[str, ...]:
    return ("licence_number", number)


# --- before the register is asked -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["offer_home", "warning", "news", "plea", "joke", "advertisement", "lure", "other"])
def test_what_offers_no_work_abroad_is_no_offer(check: Check, kind: str) -> None:
    found = check(DAY, "PT Laksita Benua Tirta ke Taiwan", company("PT Laksita Benua Tirta"), TAIWAN, kind=kind)
    assert (found.verdict, found.agency) == (Verdict.NOT_AN_OFFER, "")
    assert [claim.value for claim in found.claims] == ["PT Laksita Benua Tirta"]


def test_a_lawful_route_is_exempt_until_a_placer_or_a_sip_is_put_forward(check: Check) -> None:
    named = "PT Laksita Benua Tirta"
    text = f"G to G Taiwan, {named}, SIP B. 401/SIP2MI/IV/2026"
    assert check(DAY, "G to G Taiwan", TAIWAN, route="exempt").verdict == Verdict.EXEMPT
    for role, verdict in (("mentioned", "exempt"), ("unclear", "exempt"), ("placer", "licensed")):
        assert check(DAY, f"G to G Taiwan, {named}", TAIWAN, company(named, role), route="exempt").verdict == verdict
    assert check(DAY, text, TAIWAN, sip("B. 401/SIP2MI/IV/2026"), route="exempt").verdict == Verdict.LICENSED
    assert check(DAY, text, TAIWAN, route="exempt").verdict == Verdict.LICENSED  # a number the reader did not see


def test_a_lawful_route_ends_where_money_is_asked_to_an_account(check: Check, post: Callable[..., tuple[Reading, Content]]) -> None:
    account = ("bank_account", "BCA 881200")
    text = "G to G Taiwan, transfer ke BCA 881200"
    assert check(DAY, text, TAIWAN, account, route="exempt").verdict == Verdict.NO_LICENCE_SHOWN
    alone = licences.check(*post(text, TAIWAN, account, route="exempt"), None, DAY, today=DAY)
    assert alone.verdict == Verdict.CANNOT_CHECK


def test_without_a_register_nothing_can_be_checked(post: Callable[..., tuple[Reading, Content]]) -> None:
    reading, content = post("PT Laksita Benua Tirta ke Taiwan", company("PT Laksita Benua Tirta"), TAIWAN)
    found = licences.check(reading, content, None, DAY, today=DAY)
    assert (found.verdict, found.register_date, found.edition) == (Verdict.CANNOT_CHECK, None, None)
    assert found.reason.id == "Belum dapat dicek: belum ada register yang dimuat"
    assert found.claims == reading.of("company")
    for kind, route, verdict in (("news", "agency", "not_an_offer"), ("offer_abroad", "exempt", "exempt")):
        reading, content = post("ke Taiwan", TAIWAN, kind=kind, route=route)
        assert licences.check(reading, content, None, DAY, today=DAY).verdict == verdict


@pytest.mark.parametrize(
    ("said", "day", "left"),
    [
        ("SIP3MI dicabut per 5 Nov 2026: PT A, sejak 5 Nov 2026", date(2026, 11, 5), "SIP3MI dicabut: PT A, sejak 5 Nov 2026"),
        ("SIP3MI PT A dicabut (register per 5 Nov 2026)", date(2026, 11, 5), "SIP3MI PT A dicabut (register)"),
        ("SIP ditemukan per 15 Nov 2026: PT A", date(2026, 11, 5), "SIP ditemukan per 15 Nov 2026: PT A"),
        ("Bukan lowongan luar negeri", None, "Bukan lowongan luar negeri"),
    ],
)
def test_a_sentence_without_its_register_s_date(said: str, day: date | None, left: str) -> None:
    assert sentences.undated(said, day) == left


# --- the agency's standing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 1, 28), Verdict.LICENSED),
        (date(2026, 1, 29), Verdict.AGENCY_REVOKED),
        (date(2027, 5, 5), Verdict.AGENCY_REVOKED),  # holds until a later row ends it
    ],
)
def test_revocation_of_an_agency_counts_from_its_day(check: Check, day: date, verdict: Verdict) -> None:
    found = check(day, "PT Gandaria Lintas Pelita, pabrik Taiwan", company("PT Gandaria Lintas Pelita"), TAIWAN, FACTORY)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 2, 28), Verdict.LICENSED),
        (date(2026, 3, 1), Verdict.AGENCY_SUSPENDED),
        (date(2026, 5, 31), Verdict.AGENCY_SUSPENDED),
        (date(2026, 6, 1), Verdict.LICENSED),
    ],
)
def test_a_suspension_includes_its_last_day(check: Check, day: date, verdict: Verdict) -> None:
    found = check(day, "PT Wredasana Samudra, pabrik Taiwan", company("PT Wredasana Samudra"), TAIWAN, FACTORY)
    assert found.verdict == verdict


def test_standing_comes_before_the_number_and_the_number_before_its_scope(check: Check) -> None:
    text = "PT Gandaria Lintas Pelita ke Malaysia, SIP {}"
    malaysia = ("country", "Malaysia", "MY", "destination")
    revoked = company("PT Gandaria Lintas Pelita")
    for number in ("B. 999/SIP2MI/I/2026", "B. 401/SIP2MI/IV/2026", "B. 601/SIP2MI/V/2026"):
        found = check(DAY, text.format(number), revoked, malaysia, sip(number))
        assert found.verdict == Verdict.AGENCY_REVOKED
    good = text.replace("PT Gandaria Lintas Pelita", "PT Laksita Benua Tirta")
    for number, verdict in (
        ("B. 999/SIP2MI/I/2026", Verdict.LICENCE_NOT_FOUND),
        ("B. 501/SIP2MI/V/2026", Verdict.LICENCE_MISMATCH),  # another's
        ("B. 404/SIP2MI/IV/2026", Verdict.LICENCE_MISMATCH),  # its own, but for Singapore: before its revocation
        ("B. 402/SIP2MI/IV/2026", Verdict.LICENSED),
    ):
        found = check(DAY, good.format(number), company("PT Laksita Benua Tirta"), malaysia, sip(number))
        assert (number, found.verdict) == (number, verdict)


def test_partly_suspended_counts_inside_the_part_the_decree_names(check: Check) -> None:
    named = company("PT Kertanata Rantau Mulya")
    saudi = ("country", "Saudi", "SA", "destination")
    maid = ("position", "PRT", "domestic_worker")
    welder = ("position", "las", "welder")
    inside = check(DAY, "PT Kertanata Rantau Mulya: PRT ke Saudi", named, saudi, maid)
    other_job = check(DAY, "PT Kertanata Rantau Mulya: las di Saudi", named, saudi, welder)
    before = check(date(2026, 6, 30), "PT Kertanata Rantau Mulya: PRT ke Saudi", named, saudi, maid)
    no_job_said = check(DAY, "PT Kertanata Rantau Mulya ke Saudi", named, saudi)
    assert [c.verdict for c in (inside, other_job, before, no_job_said)] == [
        Verdict.AGENCY_SUSPENDED,
        Verdict.LICENSED,
        Verdict.LICENSED,
        Verdict.LICENSED,
    ]
    assert [note.id for note in other_job.notes] == [
        "P3MI dalam sanksi sebagian: SK 33/2026: pekerja rumah tangga ke Arab Saudi dan Kuwait"
    ]
    whole = check(DAY, "PT Sagara Ufuk Pratala, pabrik Taiwan", company("PT Sagara Ufuk Pratala"), TAIWAN, FACTORY)
    assert whole.verdict == Verdict.AGENCY_SUSPENDED


def test_supervised_is_shown_and_not_condemned(check: Check) -> None:
    found = check(DAY, "PT Nirmala Arga Teduh, pabrik Taiwan", company("PT Nirmala Arga Teduh"), TAIWAN, FACTORY)
    assert (found.verdict, [note.id for note in found.notes]) == (Verdict.LICENSED, ["P3MI dalam pengawasan"])


def test_before_the_first_row_as_if_active_and_said_so(check: Check) -> None:
    text = "PT Nirmala Arga Teduh, pabrik Taiwan"
    found = check(date(2026, 1, 31), text, company("PT Nirmala Arga Teduh"), TAIWAN, FACTORY)
    assert (found.verdict, [note.id for note in found.notes]) == (Verdict.LICENSED, ["Status sebelum 1 Feb 2026 tidak diketahui"])


def test_an_agency_gone_from_the_register_covers_no_day_from_then(check: Check) -> None:
    text = "PT Hilang Sadewa, pabrik Taiwan"
    named = company("PT Hilang Sadewa")
    last, first_gone = date(2026, 8, 31), date(2026, 9, 1)
    assert check(last, text, named, TAIWAN, FACTORY).verdict == Verdict.LICENSED
    gone = check(first_gone, text, named, TAIWAN, FACTORY)
    assert gone.verdict == Verdict.AGENCY_NOT_FOUND
    assert gone.notes[0].id == "PT Hilang Sadewa: tidak ada lagi dalam register sejak 1 Sep 2026"
    text, quoting = f"{text}, SIP B. 951/SIP2MI/V/2026", sip("B. 951/SIP2MI/V/2026")
    assert check(last, text, named, TAIWAN, FACTORY, quoting).verdict == Verdict.LICENSED
    assert check(first_gone, text, named, TAIWAN, FACTORY, quoting).verdict == Verdict.LICENCE_EXPIRED


# --- a quoted number --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "country", "day", "verdict"),
    [
        ("B. 401/SIP2MI/IV/2026", "TW", date(2025, 12, 31), Verdict.LICENCE_NOT_YET_VALID),
        ("B. 401/SIP2MI/IV/2026", "TW", date(2026, 1, 1), Verdict.LICENSED),
        ("B. 401/SIP2MI/IV/2026", "TW", date(2026, 12, 31), Verdict.LICENSED),  # beyond the register's date
        ("B. 401/SIP2MI/IV/2026", "TW", date(2027, 1, 1), Verdict.LICENCE_EXPIRED),
        ("B. 404/SIP2MI/IV/2026", "SG", date(2026, 8, 14), Verdict.LICENSED),
        ("B. 404/SIP2MI/IV/2026", "SG", date(2026, 8, 15), Verdict.LICENCE_REVOKED),
        ("B. 404/SIP2MI/IV/2026", "SG", date(2027, 1, 1), Verdict.LICENCE_REVOKED),  # before the dates
        ("B. 405/SIP2MI/IV/2026", "KR", date(2026, 8, 14), Verdict.LICENSED),
        ("B. 405/SIP2MI/IV/2026", "KR", date(2026, 8, 15), Verdict.NO_LICENCE_FOR_OFFER),
        ("B. 405/SIP2MI/IV/2026", "KR", date(2027, 1, 1), Verdict.LICENCE_EXPIRED),
        ("B. 406/SIP2MI/IV/2026", "JP", date(2026, 8, 31), Verdict.LICENSED),
        ("B. 406/SIP2MI/IV/2026", "JP", date(2026, 9, 1), Verdict.LICENCE_EXPIRED),  # gone from the register
        ("B. 401/SIP2MI/IV/2026", "JP", DAY, Verdict.LICENCE_MISMATCH),
        ("B. 408/SIP2MI/IV/2026", "TW", DAY, Verdict.LICENCE_NOT_FOUND),
    ],
)
def test_a_quoted_number_is_judged_by_its_own_days(check: Check, number: str, country: str, day: date, verdict: Verdict) -> None:
    text = f"PT Laksita Benua Tirta membuka lowongan NEGERI, SIP {number}"
    for named in ((company("PT Laksita Benua Tirta"),), ()):
        found = check(day, text, ("country", "NEGERI", country, "destination"), sip(number), *named)
        assert (found.verdict, found.licence_number) == (verdict, number)


def test_only_the_quoted_licence_is_judged_even_where_the_agency_holds_a_better_one(check: Check) -> None:
    named = company("PT Laksita Benua Tirta")
    text = "PT Laksita Benua Tirta, pabrik Taiwan"
    assert check(DAY, text, named, TAIWAN, FACTORY).verdict == Verdict.LICENSED
    text, quoted = f"{text}, SIP B. 402/SIP2MI/IV/2026", sip("B. 402/SIP2MI/IV/2026")
    assert check(DAY, text, named, TAIWAN, FACTORY, quoted).verdict == Verdict.LICENCE_MISMATCH


@pytest.mark.parametrize(
    "written", ["Izin: 402 SIP2MI IV 2026", "legalitas (b-402-sip2mi-4-2026)", "B.4O2/SIP2MI/IV/2O26 👍", "B.402.SIP2MI.04.2026"]
)
def test_a_number_of_the_register_is_found_though_the_reading_did_not_mark_it(check: Check, written: str) -> None:
    text = f"PT Laksita Benua Tirta, pabrik Taiwan, {written}"
    found = check(DAY, text, company("PT Laksita Benua Tirta"), TAIWAN, FACTORY)
    assert (found.verdict, found.licence_number) == (Verdict.LICENCE_MISMATCH, "B. 402/SIP2MI/IV/2026")


def test_where_the_reading_took_too_much_for_a_number_the_registers_place_counts(check: Check) -> None:
    text = "pabrik Taiwan, SIP kita 401/SIP2MI/IV/2026"
    found = check(DAY, text, TAIWAN, FACTORY, sip("kita 401/SIP2MI/IV/2026"))
    assert (found.verdict, found.licence_number) == (Verdict.LICENSED, "B. 401/SIP2MI/IV/2026")
    assert [text[slice(*claim.span)] for claim in found.claims] == ["401/SIP2MI/IV/2026"]


@pytest.mark.parametrize(
    "written",
    [
        "12/401/SIP2MI/IV/2026",  # a longer number
        "401/SIP2MI/IV/2026/17",
        "401/SIP2MI/V/2026",  # another month
        "4011/SIP2MI/IV/2026",
    ],
)
def test_another_number_in_the_text_is_none_of_the_registers(check: Check, written: str) -> None:
    found = check(DAY, f"pabrik Taiwan, {written}", TAIWAN, FACTORY)
    assert (found.verdict, found.licence_number) == (Verdict.LICENCE_NOT_FOUND, written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://contoh.example/401/SIP2MI/IV/2026", [("link", "https://contoh.example/401/SIP2MI/IV/2026")]),
        ("surat nomor 4011/SIP2MI/IV/2026", []),
        ("401 orang, 4 bulan 2026", []),
        ("SIP2MI baru 2026", []),
    ],
)
def test_what_is_no_licence_number_is_none_in_the_registers_style(check: Check, written: str, read: list[tuple[str, ...]]) -> None:
    assert check(DAY, f"pabrik Taiwan, {written}", TAIWAN, FACTORY, *read).verdict == Verdict.NO_LICENCE_SHOWN


@pytest.fixture(scope="module")
def other_style(register: domain.Register) -> licences.Book:
    """A register whose numbers no pattern of the reading was written for."""
    styled = tuple(
        replace(licence, number=f"LN-{at:05}-{licence.country}-2026/KDR" if at % 2 else f"Q{at:03}.PKTKLN.{at % 12 + 1:02}.2026")
        for at, licence in enumerate(register.licences, 120)
    )
    return licences.Book(replace(register, licences=styled), position_codes=position_codes, covers=COVERS, role=company_role)


@settings(max_examples=200)
@given(serial=st.integers(1, 99999), month=st.integers(1, 12), year=st.integers(2019, 2029), joint=st.sampled_from(["-", "/", " ", "."]))
def test_a_number_in_the_registers_style_is_never_cleared_by_its_agency(
    other_style: licences.Book, serial: int, month: int, year: int, joint: str
) -> None:
    number = joint.join((f"Q{serial:03}", "PKTKLN", f"{month:02}", str(year))) if month % 2 else f"LN-{serial:05}-TW-{year}/KDR"
    text = f"PT Laksita Benua Tirta, pabrik Taiwan, izin {number}"
    reading = Reading(
        "offer_abroad", (Claim("company", "PT Laksita Benua Tirta", (0, 22), role="placer"),), ("TW",), ("production_operator",)
    )
    found = licences.check(reading, Content(text), other_style, DAY, today=DAY)
    assert found.verdict != Verdict.LICENSED or other_style.permits_by_number(found.licence_number)


def test_the_owner_stands_in_only_where_no_agency_is_named(check: Check) -> None:
    number = sip("B. 601/SIP2MI/V/2026")  # of the revoked agency
    alone = check(DAY, "Pabrik Taiwan SIP B. 601/SIP2MI/V/2026", TAIWAN, number)
    assert (alone.verdict, alone.agency) == (Verdict.AGENCY_REVOKED, "PT Gandaria Lintas Pelita")
    for name in ("PT Laksita Benua Tirta", "PT Entah Siapa Nirwana"):
        found = check(DAY, f"{name} Taiwan SIP B. 601/SIP2MI/V/2026", TAIWAN, number, company(name))
        assert (found.verdict, found.agency) == (Verdict.LICENCE_MISMATCH, name)


def test_the_registers_form_of_a_number_and_its_span_come_back(check: Check) -> None:
    text = "Pabrik Taiwan SIP 4O1/sip2mi/4/2026"
    found = check(DAY, text, TAIWAN, sip("4O1/sip2mi/4/2026"))
    assert (found.verdict, found.licence_number, found.agency) == (Verdict.LICENSED, "B. 401/SIP2MI/IV/2026", "PT Laksita Benua Tirta")
    assert found.claims == (Claim("licence_number", "B. 401/SIP2MI/IV/2026", (18, len(text))),)


def test_several_numbers_of_one_agency_cover_together(check: Check) -> None:
    text = "PT Laksita Benua Tirta\nTaiwan SIP B. 401/SIP2MI/IV/2026\nMalaysia"
    read = (company("PT Laksita Benua Tirta"), TAIWAN, ("country", "Malaysia", "MY", "destination"), sip("B. 401/SIP2MI/IV/2026"))
    assert check(DAY, text, *read).verdict == Verdict.LICENCE_MISMATCH
    both = f"{text} SIP B. 402/SIP2MI/IV/2026"
    assert check(DAY, both, *read, sip("B. 402/SIP2MI/IV/2026")).verdict == Verdict.LICENSED


# --- the company's own licence ----------------------------------------------------------------------


def sip3mi(number: str) -> tuple[str, ...]:
    return ("sip3mi_number", number)


def test_a_company_licence_leads_to_its_agency_and_is_no_sip(check: Check) -> None:
    text = "Pabrik Taiwan, izin SIP3MI 201/SIP3MI/2021"
    found = check(DAY, text, TAIWAN, sip3mi("201/SIP3MI/2021"))
    assert (found.verdict, found.agency, found.licence_number) == (Verdict.LICENSED, "PT Laksita Benua Tirta", "")
    japan = ("country", "Taiwan", "PL", "destination")
    assert check(DAY, text, japan, sip3mi("201/SIP3MI/2021")).verdict == Verdict.NO_LICENCE_FOR_OFFER


def test_a_company_licence_the_register_lacks_is_not_found_unless_a_sip_stands_beside_it(check: Check) -> None:
    text = "PT Laksita Benua Tirta Taiwan izin 777/SIP3MI/2021"
    lost = sip3mi("777/SIP3MI/2021")
    named = company("PT Laksita Benua Tirta")
    found = check(DAY, text.replace("PT Laksita Benua Tirta", "Pabrik"), TAIWAN, lost)
    assert (found.verdict, found.reason.id) == (
        Verdict.LICENCE_NOT_FOUND,
        "Nomor SIP3MI tidak ditemukan dalam register per 20 Nov 2026: 777/SIP3MI/2021",
    )
    assert check(DAY, text, TAIWAN, lost, named).verdict == Verdict.LICENCE_NOT_FOUND
    both = f"{text}, SIP B. 401/SIP2MI/IV/2026"
    assert check(DAY, both, TAIWAN, lost, named, sip("B. 401/SIP2MI/IV/2026")).verdict == Verdict.LICENSED
    assert check(DAY, both, TAIWAN, lost, sip("B. 401/SIP2MI/IV/2026")).verdict == Verdict.LICENSED
    # The register leaves this agency's own number blank: nothing contradicts.
    blank = text.replace("PT Laksita Benua Tirta", "PT Nirmala Arga Teduh")
    assert check(DAY, blank, TAIWAN, lost, company("PT Nirmala Arga Teduh")).verdict == Verdict.LICENSED


def test_anothers_company_licence_is_a_mismatch(check: Check) -> None:
    text = "PT Wredasana Samudra Taiwan izin 201/SIP3MI/2021"
    found = check(DAY, text, TAIWAN, company("PT Wredasana Samudra"), sip3mi("201/SIP3MI/2021"))
    assert (found.verdict, found.agency) == (Verdict.LICENCE_MISMATCH, "PT Wredasana Samudra")


# --- without a number -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "verdict"),
    [
        ((TAIWAN, FACTORY), Verdict.LICENSED),
        ((TAIWAN,), Verdict.LICENSED),  # no position said
        ((FACTORY,), Verdict.LICENSED),  # no country said
        ((), Verdict.LICENSED),
        ((("country", "Taiwan", "PL", "destination"), FACTORY), Verdict.NO_LICENCE_FOR_OFFER),
        ((TAIWAN, ("position", "pabrik", "packer")), Verdict.LICENSED),  # broad covers narrow
        ((TAIWAN, ("position", "pabrik", "welder")), Verdict.NO_LICENCE_FOR_OFFER),
        ((("country", "Taiwan", "SG", "destination"),), Verdict.NO_LICENCE_FOR_OFFER),  # its only one is revoked
        ((("country", "Taiwan", "KR", "destination"),), Verdict.NO_LICENCE_FOR_OFFER),  # its only one is used up
        ((TAIWAN, ("country", "Polandia", "PL", "destination")), Verdict.NO_LICENCE_FOR_OFFER),
        ((TAIWAN, ("country", "Polandia", "PL", "transit")), Verdict.LICENSED),  # transit needs no SIP
        ((TAIWAN, ("country", "Polandia", "PL", "mentioned")), Verdict.LICENSED),
    ],
)
def test_every_country_offered_must_be_covered_for_the_position(check: Check, read: tuple[tuple[str, ...], ...], verdict: Verdict) -> None:
    text = "PT Laksita Benua Tirta pabrik Taiwan, lewat Polandia"
    assert check(DAY, text, company("PT Laksita Benua Tirta"), *read).verdict == verdict


def test_positions_are_tied_to_countries_where_the_text_ties_them(check: Check) -> None:
    named = company("PT Laksita Benua Tirta")
    malaysia = ("country", "Malaysia", "MY", "destination")
    estate = ("position", "ladang", "plantation_worker")
    loose = "PT Laksita Benua Tirta: pabrik dan ladang di Taiwan dan Malaysia"
    right = "PT Laksita Benua Tirta\nTaiwan: pabrik\nMalaysia: ladang"
    swapped = "PT Laksita Benua Tirta\nTaiwan:\n- ladang\nMalaysia:\n- pabrik"
    found = [check(DAY, text, named, TAIWAN, malaysia, FACTORY, estate).verdict for text in (loose, right, swapped)]
    assert found == [Verdict.LICENSED, Verdict.LICENSED, Verdict.NO_LICENCE_FOR_OFFER]


@pytest.mark.parametrize(
    ("position", "detail", "verdict"),
    [
        ("babysitter", "setting=home", Verdict.LICENSED),
        ("elderly_carer", "", Verdict.LICENSED),
        ("elderly_carer", "setting=institution", Verdict.NO_LICENCE_FOR_OFFER),
        ("babysitter", "housework=excluded", Verdict.NO_LICENCE_FOR_OFFER),
        ("domestic_worker", "setting=home", Verdict.LICENSED),
    ],
)
def test_care_in_a_private_home_goes_with_domestic_work(check: Check, position: str, detail: str, verdict: Verdict) -> None:
    work = ("position", "kerja", position, "", *([detail] if detail else []))
    named = (company("PT Laksita Benua Tirta"), ("country", "Hong Kong", "HK", "destination"))
    assert check(DAY, "PT Laksita Benua Tirta: kerja di Hong Kong", *named, work).verdict == verdict


def test_countries_and_positions_follow_one_order_of_the_post(check: Check) -> None:
    text = "Taiwan (PT Laksita Benua Tirta), Arab Saudi las (PT Kertanata Rantau Mulya)"
    read = (TAIWAN, ("country", "Arab Saudi", "SA", "destination"), ("position", "las", "welder"))
    found = check(DAY, text, company("PT Laksita Benua Tirta"), company("PT Kertanata Rantau Mulya"), *read)
    assert (found.verdict, [other.verdict for other in found.others]) == (Verdict.LICENSED, [Verdict.LICENSED])


def test_a_word_of_an_agencys_name_is_no_position() -> None:
    estate = domain.Agency("PT Bina Ladang Rantau", standings=(domain.Standing("active", date(2024, 1, 1)),))
    permit = domain.Licence(
        "B. 1/SIP2MI/I/2026", estate.name, "TW", ("operator produksi",), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
    )
    book = licences.Book(domain.Register((estate,), (permit,), DAY), position_codes=position_codes, covers=COVERS, role=company_role)
    text = "PT Bina Ladang Rantau: pabrik Taiwan"
    claims = tuple(
        Claim(kind, value, (text.index(words), text.index(words) + len(words)), role=role)
        for kind, value, words, role in (
            ("company", estate.name, estate.name, "placer"),
            ("position", "plantation_worker", "Ladang", ""),
            ("position", "production_operator", "pabrik", ""),
            ("country", "TW", "Taiwan", "destination"),
        )
    )
    reading = Reading("offer_abroad", claims, ("TW",), ("plantation_worker", "production_operator"))
    assert licences.check(reading, Content(text), book, DAY, today=DAY).verdict == Verdict.LICENSED
    working = replace(reading, claims=(*claims, Claim("position", "plantation_worker", (23, 29))))
    assert licences.check(working, Content(text), book, DAY, today=DAY).verdict == Verdict.NO_LICENCE_FOR_OFFER


def test_of_two_kinds_of_care_each_is_judged_where_it_is_done(check: Check) -> None:
    text = "PT Laksita Benua Tirta Hong Kong: jaga anak di rumah, rawat lansia di panti"
    read = (
        company("PT Laksita Benua Tirta"),
        ("country", "Hong Kong", "HK", "destination"),
        ("position", "jaga anak", "babysitter", "", "setting=home"),
    )
    carer = ("position", "rawat lansia", "elderly_carer", "", "setting=institution")
    assert check(DAY, text, *read).verdict == Verdict.LICENSED
    assert check(DAY, text, *read, carer).verdict == Verdict.NO_LICENCE_FOR_OFFER


def test_plain_housework_is_covered_by_domestic_work_only(check: Check) -> None:
    read = (("country", "Jepang", "JP", "destination"), ("position", "PRT", "domestic_worker"))
    day = date(2026, 8, 1)
    text = "PT Laksita Benua Tirta: PRT Jepang"
    assert check(day, text, company("PT Laksita Benua Tirta"), *read).verdict == Verdict.NO_LICENCE_FOR_OFFER


# --- who is named -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["denied", "mentioned", "employer"])
def test_a_denied_or_mentioned_company_is_not_named(check: Check, role: str) -> None:
    text = "Bukan lewat PT Entah Siapa Nirwana, pabrik Taiwan"
    found = check(DAY, text, company("PT Entah Siapa Nirwana", role), TAIWAN, FACTORY)
    assert (found.verdict, found.agency) == (Verdict.NO_LICENCE_SHOWN, "")
    assert [claim.value for claim in found.claims] == ["PT Entah Siapa Nirwana"]


def test_a_name_of_the_register_is_found_though_the_reading_did_not_mark_it(check: Check) -> None:
    text = "Daftar lewat laksita benua tirta, pabrik Taiwan"
    found = check(DAY, text, TAIWAN, FACTORY)
    assert (found.verdict, found.agency) == (Verdict.LICENSED, "PT Laksita Benua Tirta")
    (claim,) = found.claims
    assert (claim.kind, claim.value, text[slice(*claim.span)], claim.role) == (
        "company",
        "PT Laksita Benua Tirta",
        "laksita benua tirta",
        "placer",
    )


@pytest.mark.parametrize(
    "before", ["Bukan lewat", "jangan ketuker sama", "beda dengan", "dulu saya di", "tdk ada hubungan dengan", "PT sebelah ("]
)
def test_a_name_nobody_marked_is_not_named_where_it_is_denied_or_compared(check: Check, before: str) -> None:
    found = check(DAY, f"pabrik Taiwan, {before} Laksita Benua Tirta", TAIWAN, FACTORY)
    assert found.verdict == Verdict.NO_LICENCE_SHOWN
    assert [claim.value for claim in found.claims] == ["PT Laksita Benua Tirta"]


def test_a_name_ends_where_a_number_begins(check: Check) -> None:
    text = "PT Laksita Benua Tirta 401/SIP2MI/IV/2026 pabrik Taiwan"
    found = check(DAY, text, company("PT Laksita Benua Tirta 401"), TAIWAN, FACTORY)
    assert (found.verdict, found.agency) == (Verdict.LICENSED, "PT Laksita Benua Tirta")
    assert [text[slice(*claim.span)] for claim in found.claims] == ["PT Laksita Benua Tirta", "401/SIP2MI/IV/2026"]


@pytest.mark.parametrize("written", ["lewat laksita benau tirta", "kantor Laksitta Benua Tirto Cirebon"])
def test_a_name_with_a_slip_is_found_where_the_offer_names_nobody_else(check: Check, written: str) -> None:
    assert check(DAY, f"pabrik Taiwan {written}", TAIWAN, FACTORY).agency == "PT Laksita Benua Tirta"
    other = company("PT Entah Siapa")
    text = f"PT Entah Siapa, pabrik Taiwan {written}"
    assert check(DAY, text, other, TAIWAN, FACTORY).agency == "PT Entah Siapa"


def test_the_author_is_not_named(check: Check) -> None:
    assert check(DAY, "Pabrik Taiwan", TAIWAN, author="PT Laksita Benua Tirta").verdict == Verdict.NO_LICENCE_SHOWN


def test_a_longer_name_is_another_company_and_its_neighbour_is_told(check: Check) -> None:
    name = "PT Laksita Benua Tirta Jaya"
    found = check(DAY, f"{name}, pabrik Taiwan", company(name), TAIWAN, FACTORY)
    assert (found.verdict, found.agency, found.runner_up) == (Verdict.AGENCY_NOT_FOUND, name, "PT Laksita Benua Tirta")
    assert found.reason.id == (
        "P3MI tidak ditemukan dalam register per 20 Nov 2026: PT Laksita Benua Tirta Jaya (nama terdekat: PT Laksita Benua Tirta)"
    )


def test_a_foreign_firm_is_a_company_alone_and_an_employer_beside_an_agency(check: Check) -> None:
    firm = company("Gemilang Logam Sdn Bhd", "unclear")
    text = "Gemilang Logam Sdn Bhd dan PT Laksita Benua Tirta, pabrik Taiwan"
    assert check(DAY, text, firm, company("PT Laksita Benua Tirta"), TAIWAN).verdict == Verdict.LICENSED
    alone = check(DAY, "Gemilang Logam Sdn Bhd, pabrik Taiwan", firm, TAIWAN)
    assert (alone.verdict, alone.agency) == (Verdict.AGENCY_NOT_FOUND, "Gemilang Logam Sdn Bhd")


def test_the_employer_of_a_quoted_licence_stands_where_its_owner_places(check: Check) -> None:
    text = "Majikan Hsin Contoh Metal Co, pabrik Taiwan, B. 401/SIP2MI/IV/2026"
    found = check(DAY, text, company("Hsin Contoh Metal Co", "unclear"), sip("B. 401/SIP2MI/IV/2026"), TAIWAN)
    assert (found.verdict, found.agency) == (Verdict.LICENSED, "PT Laksita Benua Tirta")
    text = text.replace("Hsin Contoh", "Hsin Lain")
    assert (
        check(DAY, text, company("Hsin Lain Metal Co", "unclear"), sip("B. 401/SIP2MI/IV/2026"), TAIWAN).verdict == Verdict.LICENCE_MISMATCH
    )


def test_a_short_form_later_in_the_post_is_no_second_company(check: Check) -> None:
    text = "PT Laksita Benua Tirta, pabrik Taiwan. Kantor PT Laksita atau PT LBT"
    found = check(
        DAY, text, company("PT Laksita Benua Tirta"), ("company", "PT Laksita atau"[:10], "PT Laksita", "placer"), company("PT LBT"), TAIWAN
    )
    assert (found.verdict, found.others) == (Verdict.LICENSED, ())


def test_several_agencies_are_each_judged_for_what_they_are_listed_with(check: Check) -> None:
    text = "Lowongan Taiwan\nPT Laksita Benua Tirta: ladang Malaysia\nPT Wredasana Samudra\nPT Entah Siapa Nirwana"
    found = check(
        date(2026, 4, 1),
        text,
        ("country", "Taiwan", "TW", "destination"),
        ("country", "Malaysia", "MY", "destination"),
        ("position", "ladang", "plantation_worker"),
        company("PT Laksita Benua Tirta"),
        company("PT Wredasana Samudra"),
        company("PT Entah Siapa Nirwana"),
    )
    assert [(c.verdict, c.agency) for c in (found, *found.others)] == [
        (Verdict.AGENCY_SUSPENDED, "PT Wredasana Samudra"),
        (Verdict.AGENCY_NOT_FOUND, "PT Entah Siapa Nirwana"),
        (Verdict.LICENSED, "PT Laksita Benua Tirta"),
    ]


def test_numbers_go_with_the_agency_of_their_line_else_with_their_owner(check: Check) -> None:
    first, second = "B. 401/SIP2MI/IV/2026", "B. 501/SIP2MI/V/2026"
    read = (
        ("country", "Taiwan", "TW", "destination"),
        company("PT Laksita Benua Tirta"),
        company("PT Wredasana Samudra"),
        sip(first),
        sip(second),
    )
    right = f"Taiwan\nPT Laksita Benua Tirta SIP {first}\nPT Wredasana Samudra SIP {second}"
    swapped = f"Taiwan\nPT Laksita Benua Tirta SIP {second}\nPT Wredasana Samudra SIP {first}"
    together = f"Taiwan\nPT Laksita Benua Tirta dan PT Wredasana Samudra\nSIP {first} dan {second}"
    found = [check(DAY, text, *read) for text in (right, swapped, together)]
    assert [[c.verdict for c in (f, *f.others)] for f in found] == [
        [Verdict.LICENSED, Verdict.LICENSED],
        [Verdict.LICENCE_MISMATCH, Verdict.LICENCE_MISMATCH],
        [Verdict.LICENSED, Verdict.LICENSED],
    ]


# --- contacts, notes, sentences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contacts", "own"),
    [
        ((("phone", "0840-1111-0001", "+6284011110001"),), True),
        ((("phone", "0840-1111-0001", "+62215550101"), ("account", "@laksita", "instagram:laksita.contoh")), True),
        ((("phone", "0840-1111-0001", "+6284099990009"),), False),
        ((("phone", "0840-1111-0001", "+6284011110001"), ("account", "@laksita", "telegram:orang")), False),
        ((("link", "https://daftar.laksita.example/x"),), True),
        ((("link", "https://laksita-daftar.example/x"),), False),
        ((("link", "https://siskop2mi.bp2mi.go.id"),), None),
        ((("bank_account", "BANK 123", "BANKCONTOH 123"),), None),
        ((), None),
    ],
)
def test_contacts_are_compared_with_the_agencys_own(check: Check, contacts: tuple[tuple[str, ...], ...], own: bool | None) -> None:
    text = "PT Laksita Benua Tirta pabrik Taiwan 0840-1111-0001 @laksita BANK 123 "
    text += "https://daftar.laksita.example/x https://laksita-daftar.example/x https://siskop2mi.bp2mi.go.id"
    found = check(DAY, text, company("PT Laksita Benua Tirta"), TAIWAN, FACTORY, *contacts)
    title = "SIP ditemukan, kontak bukan milik P3MI" if own is False else "SIP ditemukan"
    assert (found.verdict, found.contact_own) == (Verdict.LICENSED, own)
    assert found.reason.id.startswith(f"{title} per 20 Nov 2026: ")
    assert any(note.id.startswith("Kontak bukan milik P3MI") for note in found.notes) is (own is False)


def test_a_licence_found_without_the_work_that_is_named_says_so(check: Check) -> None:
    """Of work that seems not to be offered, where no other is: a text that names none, or offers some, has nothing to add."""
    named = company("PT Laksita Benua Tirta")
    text = "PT Laksita Benua Tirta sopir pabrik Taiwan"
    driver, factory = (
        ("position", word, code, "", "said=aside") for word, code in (("sopir", "driver"), ("pabrik", "production_operator"))
    )
    found = check(DAY, text, named, TAIWAN, driver, factory)
    assert (found.verdict, [(note.id, note.en) for note in found.notes]) == (
        Verdict.LICENSED,
        [
            (
                "Pekerjaan yang disebut (“sopir” dan “pabrik”) tidak dicocokkan dengan SIP: belum jelas apakah itu yang ditawarkan",
                "The work named (“sopir” and “pabrik”) was not held against the SIP: it is not clear whether it is what is offered",
            )
        ],
    )
    assert [check(DAY, text, named, TAIWAN, *work).notes for work in ((), (FACTORY,), (driver, FACTORY))] == [(), (), ()]
    in_name = ("position", "Benua", "driver", "", "said=aside")
    assert check(DAY, text, named, TAIWAN, in_name).notes == ()
    poland = check(DAY, "PT Laksita Benua Tirta sopir Polandia", named, ("country", "Polandia", "PL", "destination"), driver)
    assert (poland.verdict, poland.notes) == (Verdict.NO_LICENCE_FOR_OFFER, ())


def test_an_agency_without_listed_contacts_contradicts_none(check: Check) -> None:
    text = "PT Wredasana Samudra pabrik Taiwan 0840-1111-0001"
    phone = ("phone", "0840-1111-0001", "+6284011110001")
    assert check(DAY, text, company("PT Wredasana Samudra"), TAIWAN, phone).contact_own is None


@pytest.mark.parametrize(("days", "old"), [(0, False), (14, False), (15, True)])
def test_every_verdict_says_that_the_register_is_old(
    book: licences.Book, post: Callable[..., tuple[Reading, Content]], days: int, old: bool
) -> None:
    today = book.register_date + timedelta(days=days)
    for text, read, more in (
        ("Pabrik Taiwan", (TAIWAN,), {}),
        ("Pabrik Taiwan", (TAIWAN,), {"kind": "news"}),
        ("Pabrik Taiwan", (TAIWAN,), {"route": "exempt"}),
        ("PT Laksita Benua Tirta Taiwan", (company("PT Laksita Benua Tirta"), TAIWAN), {}),
    ):
        found = licences.check(*post(text, *read, **more), book, DAY, today=today)
        assert ["Register lama: per 20 Nov 2026, lebih dari 14 hari"] * old == [note.id for note in found.notes]
        assert (found.register_date, found.edition) == (date(2026, 11, 20), 3)


@pytest.mark.parametrize(
    ("text", "read", "day", "reasons"),
    [
        (
            "PT Gandaria Lintas Pelita",
            (company("PT Gandaria Lintas Pelita"),),
            DAY,
            (
                "SIP3MI dicabut per 20 Nov 2026: PT Gandaria Lintas Pelita, sejak 29 Jan 2026 (SK 96/2026)",
                "SIP3MI revoked as of 20 Nov 2026: PT Gandaria Lintas Pelita, since 29 Jan 2026 (SK 96/2026)",
            ),
        ),
        (
            "PT Wredasana Samudra",
            (company("PT Wredasana Samudra"),),
            date(2026, 5, 1),
            (
                "P3MI sedang disanksi per 20 Nov 2026: PT Wredasana Samudra, 1 Mar 2026 s.d. 31 Mei 2026 (SK 12/2026)",
                "Agency under sanction as of 20 Nov 2026: PT Wredasana Samudra, 1 Mar 2026 to 31 May 2026 (SK 12/2026)",
            ),
        ),
        (
            "PT Laksita Benua Tirta pabrik Polandia",
            (company("PT Laksita Benua Tirta"), ("country", "Polandia", "PL", "destination"), FACTORY),
            DAY,
            (
                (
                    "SIP tujuan tidak ditemukan per 20 Nov 2026: PT Laksita Benua Tirta tidak tercatat mempunyai SIP "
                    "untuk “pabrik” di Polandia pada 10 Nov 2026"
                ),
                (
                    "No SIP found for this destination as of 20 Nov 2026: no SIP of PT Laksita Benua Tirta "
                    "for “pabrik” in Poland is on record on 10 Nov 2026"
                ),
            ),
        ),
        (
            "Jepang SIP B. 401/SIP2MI/IV/2026",
            (("country", "Jepang", "JP", "destination"), sip("B. 401/SIP2MI/IV/2026")),
            DAY,
            (
                ("SIP tidak sesuai tawaran per 20 Nov 2026: B. 401/SIP2MI/IV/2026 untuk Taiwan (operator produksi), bukan untuk Jepang"),
                ("SIP does not cover this offer as of 20 Nov 2026: B. 401/SIP2MI/IV/2026 is for Taiwan (operator produksi), not for Japan"),
            ),
        ),
        (
            "PT Entah Siapa Nirwana WA 0840 1111 2222",
            (company("PT Entah Siapa Nirwana WA 0840 1111 2222"),),
            DAY,
            (
                "P3MI tidak ditemukan dalam register per 20 Nov 2026: PT Entah Siapa Nirwana WA •••",
                "Agency not found in the register as of 20 Nov 2026: PT Entah Siapa Nirwana WA •••",
            ),
        ),
        (
            "Pabrik Taiwan",
            (TAIWAN,),
            DAY,
            (
                "SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 20 Nov 2026)",
                "No SIP named: the offer names neither a company nor a SIP number (register as of 20 Nov 2026)",
            ),
        ),
    ],
)
def test_reasons_in_both_languages(check: Check, text: str, read: tuple[tuple[str, ...], ...], day: date, reasons: tuple[str, str]) -> None:
    assert check(day, text, *read).reason == domain.Sentence(*reasons)


@pytest.mark.parametrize(
    ("text", "read", "day", "brief"),
    [
        (
            "PT Gandaria Lintas Pelita",
            (company("PT Gandaria Lintas Pelita"),),
            DAY,
            (
                "SIP3MI PT Gandaria Lintas Pelita dicabut sejak 29 Jan 2026 (register per 20 Nov 2026)",
                "SIP3MI of PT Gandaria Lintas Pelita revoked since 29 Jan 2026 (register as of 20 Nov 2026)",
            ),
        ),
        (
            "PT Wredasana Samudra",
            (company("PT Wredasana Samudra"),),
            date(2026, 5, 1),
            (
                "PT Wredasana Samudra disanksi 1 Mar 2026 s.d. 31 Mei 2026 (register per 20 Nov 2026)",
                "PT Wredasana Samudra under sanction 1 Mar 2026 to 31 May 2026 (register as of 20 Nov 2026)",
            ),
        ),
        (
            "Jepang SIP B. 401/SIP2MI/IV/2026",
            (("country", "Jepang", "JP", "destination"), sip("B. 401/SIP2MI/IV/2026")),
            DAY,
            (
                "SIP B. 401/SIP2MI/IV/2026 untuk Taiwan (operator produksi), bukan untuk Jepang (register per 20 Nov 2026)",
                "SIP B. 401/SIP2MI/IV/2026 is for Taiwan (operator produksi), not for Japan (register as of 20 Nov 2026)",
            ),
        ),
        (
            "PT Entah Siapa Nirwana WA 0840 1111 2222",
            (company("PT Entah Siapa Nirwana WA 0840 1111 2222"),),
            DAY,
            (
                "P3MI tidak ditemukan: PT Entah Siapa Nirwana WA ••• (register per 20 Nov 2026)",
                "Agency not found: PT Entah Siapa Nirwana WA ••• (register as of 20 Nov 2026)",
            ),
        ),
    ],
)
def test_a_verdict_as_a_reason_is_short_and_keeps_its_date(
    check: Check, text: str, read: tuple[tuple[str, ...], ...], day: date, brief: tuple[str, str]
) -> None:
    assert check(day, text, *read).brief == domain.Sentence(*brief)


# --- the table is total -----------------------------------------------------------------------------

_KINDS = ("company", "licence_number", "sip3mi_number", "country", "position", "phone", "link", "account")
_VALUES = (
    "PT Laksita Benua Tirta",
    "PT Gandaria Lintas Pelita",
    "PT Entah",
    "B. 401/SIP2MI/IV/2026",
    "201/SIP3MI/2021",
    "TW",
    "SA",
    "production_operator",
    "domestic_worker",
    "",
    "https://",
    "+6284011110001",
)
_claims = st.builds(
    Claim,
    st.sampled_from(_KINDS),
    st.sampled_from(_VALUES) | st.text(max_size=30),
    st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: (min(pair), max(pair))),
    st.sampled_from(["text", "image:0", "image:7", "qr:0", "link:0"]),
    role=st.sampled_from(["", "placer", "unclear", "denied", "mentioned", "employer", "destination", "transit"]),
)
_readings = st.builds(
    Reading,
    st.sampled_from(list(domain.TextKind)),
    st.lists(_claims, max_size=6).map(tuple),
    st.lists(st.sampled_from(["TW", "MY", "SA", "PL"]), max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(["production_operator", "domestic_worker", "pilot"]), max_size=3, unique=True).map(tuple),
    st.sampled_from(list(domain.Route)),
    picture_texts=st.lists(st.text(max_size=40), max_size=2).map(tuple),
)
_texts = st.text(max_size=60) | st.sampled_from(
    ["PT Laksita Benua Tirta\nTaiwan pabrik\nPT Wredasana Samudra", "lewat gandaria lintas pelita"]
)


@settings(max_examples=300)
@given(reading=_readings, text=_texts, day=st.dates(), with_register=st.booleans())
def test_every_post_has_exactly_one_verdict(book: licences.Book, reading: Reading, text: str, day: date, with_register: bool) -> None:
    found = licences.check(reading, Content(text), book if with_register else None, day, today=day)
    assert found.verdict in set(Verdict)
    assert (found.verdict == Verdict.NOT_AN_OFFER) is (not reading.overseas_offer)
    assert (found.verdict == Verdict.CANNOT_CHECK) <= (not with_register)
    assert found.reason.id
    assert found.reason.en
    assert all(0 <= claim.span[0] <= claim.span[1] for claim in found.claims)
    assert found == licences.check(reading, Content(text), book if with_register else None, day, today=day)


_UNRELATED = tuple(
    domain.Agency(f"PT {one} {other}", standings=(domain.Standing("revoked", date(2020, 1, 1)),))
    for one in ("Zamrud", "Flamboyan", "Quantum")
    for other in ("Dirgantara", "Ekspres", "Wisata")
)


@pytest.fixture(scope="module")
def enlarged(register: domain.Register) -> licences.Book:
    licence = replace(register.licences[0], number="Z.7/WISATA/2020", agency=_UNRELATED[0].name)
    larger = replace(register, agencies=(*_UNRELATED, *register.agencies), licences=(licence, *register.licences))
    return licences.Book(larger, position_codes=position_codes, covers=COVERS, role=company_role)


@settings(max_examples=150)
@given(reading=_readings, text=_texts, day=st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_unrelated_agencies_in_the_register_change_no_verdict(
    book: licences.Book, enlarged: licences.Book, reading: Reading, text: str, day: date
) -> None:
    one, other = (licences.check(reading, Content(text), each, day, today=day) for each in (book, enlarged))
    assert (one.verdict, one.agency, one.licence_number) == (other.verdict, other.agency, other.licence_number)
    assert (one.claims, [each.verdict for each in one.others]) == (other.claims, [each.verdict for each in other.others])


@pytest.mark.parametrize(
    "hostile",
    [
        "lewat " * 4_000,
        "B. 401/SIP2MI/IV/2026/" * 900,
        "PT Laksita Benua Tirta dan " * 800,
        "laksita benua tirto lewat " * 800,
        "pt. " * 6_000,
    ],
)
def test_a_hostile_text_is_checked_and_the_same_every_time(book: licences.Book, hostile: str) -> None:
    reading = Reading("offer_abroad", (), ("TW",), ())
    found = licences.check(reading, Content(hostile), book, DAY, today=DAY)
    assert found == licences.check(reading, Content(hostile), book, DAY, today=DAY)
    assert len(found.claims) <= 1_000


# --- one job by several names -----------------------------------------------------------------------


def test_a_licence_for_one_name_of_a_job_covers_it(check: Check) -> None:
    text = "PT Laksita Benua Tirta, Taiwan: gudang, packing. Malaysia"
    named = company("PT Laksita Benua Tirta")
    store = ("position", "gudang", "warehouse_worker", "", "phrase=0")
    packing = ("position", "packing", "packer", "", "phrase=0")  # covered by the licence for operators
    assert check(DAY, text, named, TAIWAN, store, packing).verdict == Verdict.LICENSED
    two_jobs = check(DAY, text, named, TAIWAN, store[:3], packing[:3])
    assert two_jobs.verdict == Verdict.NO_LICENCE_FOR_OFFER
    malaysia = ("country", "Malaysia", "MY", "destination")  # held for estates only
    assert check(DAY, text, named, malaysia, store, packing).verdict == Verdict.NO_LICENCE_FOR_OFFER


def test_a_name_of_the_job_that_is_itself_not_offered_still_tells_it(
    post: Callable[..., tuple[Reading, Content]], book: licences.Book
) -> None:
    text = "PT Laksita Benua Tirta, B. 401/SIP2MI/IV/2026, Taiwan: gudang, packing"
    store = ("position", "gudang", "warehouse_worker", "", "phrase=0")
    packing = ("position", "packing", "packer", "", "phrase=0")
    told, content = post(text, company("PT Laksita Benua Tirta"), sip("B. 401/SIP2MI/IV/2026"), TAIWAN, store, packing)
    for positions, verdict in ((("warehouse_worker",), Verdict.LICENSED), (("welder",), Verdict.LICENCE_MISMATCH)):
        reading = replace(told, positions=positions)
        assert licences.check(reading, content, book, DAY, today=DAY).verdict == verdict


def test_what_is_a_job_of_its_own_elsewhere_is_covered_by_itself(check: Check) -> None:
    text = "PT Laksita Benua Tirta, Taiwan: gudang, packing; sortir"
    store = ("position", "gudang", "warehouse_worker", "", "phrase=0")
    packing = ("position", "packing", "packer", "", "phrase=0")
    alone = ("position", "sortir", "warehouse_worker")
    found = check(DAY, text, company("PT Laksita Benua Tirta"), TAIWAN, store, packing, alone)
    assert found.verdict == Verdict.NO_LICENCE_FOR_OFFER


# --- where the reading stopped inside a name --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read", "verdict"),
    [
        ("PT Laksita Benua Tirta pabrik Taiwan", "PT Laksita", Verdict.LICENSED),
        ("PT Laksita Benwa Tirta pabrik Taiwan", "PT Laksita", Verdict.LICENSED),  # with a slip behind
        ("PT Laksitta Benua Tirta pabrik Taiwan", "PT Laksitta", Verdict.LICENSED),
        ("Laksita Benua Tirta PT. Cirebon, pabrik Taiwan", "PT. Cirebon", Verdict.LICENSED),
        ("Laksita Benua Tirta, PT Kirana Baru, pabrik Taiwan", "PT Kirana Baru", Verdict.AGENCY_NOT_FOUND),
        ("PT Laksita Benua Raya pabrik Taiwan", "PT Laksita", Verdict.AGENCY_NOT_FOUND),  # another company
        ("pt laksita benua tirta pabrik Taiwan", "pt laksita benua tirta pabrik", Verdict.LICENSED),  # too far
        ("pt laksita benua raya pabrik Taiwan", "pt laksita benua raya pabrik", Verdict.AGENCY_NOT_FOUND),
        ("PT Laksita Tirta pabrik Taiwan", "PT Laksita Tirta", Verdict.AGENCY_NOT_FOUND),
    ],
)
def test_the_register_says_how_far_a_name_goes(check: Check, text: str, read: str, verdict: Verdict) -> None:
    assert check(DAY, text, company(read), TAIWAN, FACTORY).verdict == verdict


@pytest.mark.parametrize(
    ("text", "read", "verdict"),
    [
        ("PT Laksita Benu Raya eh Benua Tirta, pabrik Taiwan", "PT Laksita Benu Raya", Verdict.LICENSED),
        ("PT Laksita Raya, maksudnya Laksita Benua Tirta. pabrik Taiwan", "PT Laksita Raya", Verdict.LICENSED),
        ("PT Laksita Raya (ralat: PT Laksita Benua Tirta) pabrik Taiwan", "PT Laksita Raya", Verdict.LICENSED),
        ("PT Laksita Bena, maksud saya Laksita Benua Tirta, pabrik Taiwan", "PT Laksita Bena", Verdict.LICENSED),
        ("PT Laksita Raya eh buka pabrik Taiwan", "PT Laksita Raya", Verdict.AGENCY_NOT_FOUND),
    ],
)
def test_an_author_who_corrects_a_name_means_the_second(check: Check, text: str, read: str, verdict: Verdict) -> None:
    assert check(DAY, text, company(read), TAIWAN, FACTORY).verdict == verdict
