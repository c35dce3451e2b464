"""Deceits without a job: whom they are aimed at, which are practised, and the rule for each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Claim, ClaimKind, LicenceCheck, Money, PhraseGroup, Reading, Sentence, TextKind, Verdict
from patrol.engine.reading import kinds
from patrol.engine.rules import (
    account_rental,
    advance_lure,
    aid_fraud,
    audience,
    bait,
    deceit,
    magic_sold,
    paid_papers,
    papers_harvest,
    romance_lure,
    savings_ring,
    side_task,
)

NO_OFFER = LicenceCheck(Verdict.NOT_AN_OFFER, date(2026, 11, 20), Sentence("a", "b"))
UNKNOWN = LicenceCheck(Verdict.NO_LICENCE_SHOWN, date(2026, 11, 20), Sentence("a", "b"))
LICENSED = LicenceCheck(Verdict.LICENSED, date(2026, 11, 20), Sentence("a", "b"), agency="PT Rekaan Jaya")

PHONE = Claim(ClaimKind.PHONE, "+6284012345678", (300, 315))
TAIWAN = Claim(ClaimKind.COUNTRY, "TW", (400, 406), role="mentioned")
INDONESIA = Claim(ClaimKind.COUNTRY, "ID", (400, 409), role="mentioned")
FORM = Claim(ClaimKind.LINK, "https://klaim.example/form", (500, 520))
GROUP = Claim(ClaimKind.LINK, "https://t.me/rekaan_tugas", (500, 520))
STATE = Claim(ClaimKind.LINK, "https://bp2mi.go.id/form", (500, 520))


def phrase(group: str, at: int = 0) -> Claim:
    return Claim(ClaimKind.PHRASE, group, (at, at + 5))


def fee(amount: int, currency: str) -> Claim:
    money = Money(Decimal(amount), Decimal(amount), currency, "once")
    return Claim(ClaimKind.FEE, str(amount), (600, 606), money=money, detail={"bearer": "candidate"})


def text(*claims: Claim, kind: str = TextKind.LURE) -> Reading:
    return Reading(text_kind=kind, claims=claims, countries=(), positions=())


CHARGE = phrase(PhraseGroup.CHARGE, 200)


# --- whom it is aimed at --------------------------------------------------------------------------


@pytest.mark.parametrize("group", [PhraseGroup.MIGRANTS, PhraseGroup.MIGRANT_LIFE, PhraseGroup.MIGRANT_PAPERS])
def test_what_only_migrants_have_to_do_with_tells_enough(group: str) -> None:
    assert audience.claims(text(phrase(group))) == (phrase(group),)


def test_outside_bait_two_different_hints_tell_one_does_not() -> None:
    ties, papers = phrase(PhraseGroup.ABROAD_TIES), phrase(PhraseGroup.TRAVEL_PAPERS, 10)
    hints = (TAIWAN, ties, papers, fee(500, "TWD"), Claim(ClaimKind.PHONE, "+886900012345", (300, 315)))
    for one in hints:
        assert audience.claims(text(one, kind=TextKind.ADVERTISEMENT)) == ()
        for other in hints:
            told = audience.claims(text(one, other, kind=TextKind.ADVERTISEMENT))
            assert bool(told) is (one is not other)
    # twice the same hint is one
    assert audience.claims(text(TAIWAN, phrase(PhraseGroup.ABROAD, 10), kind=TextKind.ADVERTISEMENT)) == ()


def test_bait_names_a_country_of_work_or_its_money_for_one_reason_only() -> None:
    norway = Claim(ClaimKind.COUNTRY, "NO", (400, 406), role="mentioned")
    denied = Claim(ClaimKind.COUNTRY, "TW", (400, 406), role="denied")
    assert audience.claims(text(TAIWAN)) == (TAIWAN,)
    assert audience.claims(text(fee(500, "TWD")))
    for nothing in (norway, denied, phrase(PhraseGroup.ABROAD_TIES), phrase(PhraseGroup.TRAVEL_PAPERS)):
        assert audience.claims(text(nothing)) == ()


def test_the_giver_of_aid_is_foreign_too_unless_it_costs_money() -> None:
    aid = phrase(PhraseGroup.AID_LURE, 20)
    assert audience.claims(text(aid, TAIWAN)) == ()
    assert audience.claims(text(aid, TAIWAN, CHARGE)) == (TAIWAN,)
    assert audience.claims(text(aid, TAIWAN, phrase(PhraseGroup.ABROAD_TIES)))


def test_everybodys_money_numbers_and_home_are_no_hints() -> None:
    for nothing in (fee(500, "USD"), fee(500_000, "IDR"), PHONE, INDONESIA):
        assert audience.claims(text(nothing)) == ()
        assert audience.claims(text(TAIWAN, nothing, kind=TextKind.ADVERTISEMENT)) == ()


def test_the_lover_names_far_countries_of_his_own() -> None:
    love, ties = phrase(PhraseGroup.ROMANCE, 50), phrase(PhraseGroup.ABROAD_TIES, 390)
    syria = Claim(ClaimKind.COUNTRY, "SY", (400, 406), role="mentioned")
    assert audience.claims(text(love, TAIWAN))
    assert audience.claims(text(love, syria, phrase(PhraseGroup.TRAVEL_PAPERS, 10))) == ()
    assert audience.claims(text(love, syria, ties))  # "kamu yang kerja di Suriah"
    assert audience.claims(text(love, syria, phrase(PhraseGroup.ABROAD_TIES, 60))) == ()  # "anak Anda", far from it
    assert audience.claims(text(love, phrase(PhraseGroup.MIGRANTS)))


def test_an_offer_abroad_is_always_for_migrants() -> None:
    assert audience.is_migrants(text(kind=TextKind.OFFER_ABROAD))
    assert not audience.is_migrants(text())


# --- what is practised ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(kinds.REPORTING))
def test_reports_practise_nothing(kind: str) -> None:
    everything = [phrase(group, 10 * place) for place, group in enumerate(PhraseGroup)]
    quoted = text(*everything, PHONE, kind=kind)
    assert deceit.practised(quoted, *PhraseGroup) == ()
    assert not deceit.is_practised(quoted)


RANSOM = phrase(PhraseGroup.RANSOM, 40)


def test_a_plea_that_holds_a_hostage_and_names_a_price_is_none() -> None:
    assert deceit.practised(text(RANSOM, CHARGE, kind=TextKind.PLEA), PhraseGroup.RANSOM) == (RANSOM,)
    assert deceit.practised(text(RANSOM, kind=TextKind.PLEA), PhraseGroup.RANSOM) == ()
    for told in (PhraseGroup.WARNS, PhraseGroup.REPORTS, PhraseGroup.ASKS):  # "apakah benar anak saya ditahan?"
        assert deceit.practised(text(RANSOM, CHARGE, phrase(told, 60), kind=TextKind.PLEA), PhraseGroup.RANSOM) == ()


@pytest.mark.parametrize("kind", [TextKind.WARNING, TextKind.NEWS])
def test_warnings_and_news_must_besides_give_a_way_to_pay_or_answer(kind: str) -> None:
    account = Claim(ClaimKind.BANK_ACCOUNT, "BRI 012345", (80, 90))
    assert deceit.practised(text(RANSOM, CHARGE, kind=kind), PhraseGroup.RANSOM) == ()
    for way in (PHONE, account):
        assert deceit.practised(text(RANSOM, CHARGE, way, kind=kind), PhraseGroup.RANSOM) == (RANSOM,)
        warned = text(RANSOM, CHARGE, way, phrase(PhraseGroup.WARNS, 60), kind=kind)
        hotline = text(RANSOM, CHARGE, PHONE, phrase(PhraseGroup.OFFICIAL_BODY, 60), kind=kind)
        assert deceit.practised(hotline, PhraseGroup.RANSOM) == ()
        assert deceit.practised(warned, PhraseGroup.RANSOM) == ()


def test_a_trader_who_has_a_form_for_secrets_needs_no_price() -> None:
    secret = phrase(PhraseGroup.CREDENTIALS)
    for hook in (FORM, phrase(PhraseGroup.HARVEST, 20)):
        fished = text(secret, hook, kind=TextKind.ADVERTISEMENT)
        assert deceit.practised(fished, PhraseGroup.CREDENTIALS) == (secret,)
        assert papers_harvest.find(text(secret, FORM, kind=TextKind.ADVERTISEMENT), NO_OFFER) is not None
        assert not deceit.is_practised(text(secret, hook, phrase(PhraseGroup.WARNS, 40), kind=TextKind.ADVERTISEMENT))
        assert not deceit.is_practised(text(secret, hook, kind=TextKind.WARNING))
    assert not deceit.is_practised(text(secret, PHONE, kind=TextKind.ADVERTISEMENT))


def test_deceit_under_another_kinds_name_tells_its_audience_as_bait_does() -> None:
    assert audience.claims(text(RANSOM, CHARGE, TAIWAN, kind=TextKind.PLEA)) == (TAIWAN,)
    assert audience.claims(text(RANSOM, TAIWAN, kind=TextKind.PLEA)) == ()


def test_jokes_practise_nothing() -> None:
    assert deceit.practised(text(RANSOM, CHARGE, PHONE, kind=TextKind.JOKE), PhraseGroup.RANSOM) == ()


def test_what_an_office_gives_for_nothing_is_no_bait() -> None:
    free = (phrase(PhraseGroup.AID_LURE), phrase(PhraseGroup.NO_MONEY, 20), phrase(PhraseGroup.OFFICIAL_BODY, 40))
    assert not deceit.is_practised(text(*free))
    assert deceit.is_practised(text(*free[:2]))
    for hook in (CHARGE, PHONE, FORM, phrase(PhraseGroup.PRIVATE_CONTACT, 60), phrase(PhraseGroup.POSES, 60)):
        assert deceit.is_practised(text(*free, hook))


@pytest.mark.parametrize("kind", [TextKind.ADVERTISEMENT, TextKind.OTHER, TextKind.OFFER_HOME])
def test_trade_is_taken_at_its_word_where_no_honest_trader_sells_it_and_it_has_a_price(kind: str) -> None:
    forged, loan = phrase(PhraseGroup.FORGED_PAPERS), phrase(PhraseGroup.LOAN, 20)
    assert deceit.practised(text(forged, CHARGE, PHONE, kind=kind), PhraseGroup.FORGED_PAPERS) == (forged,)
    assert deceit.practised(text(forged, PHONE, kind=kind), PhraseGroup.FORGED_PAPERS) == ()
    assert deceit.practised(text(forged, CHARGE, kind=kind), PhraseGroup.FORGED_PAPERS) == (forged,)
    told = phrase(PhraseGroup.REPORTS, 40)  # with words of reports only where there is a way to answer
    assert deceit.practised(text(forged, CHARGE, told, kind=kind), PhraseGroup.FORGED_PAPERS) == ()
    assert deceit.practised(text(forged, CHARGE, told, PHONE, kind=kind), PhraseGroup.FORGED_PAPERS) == (forged,)
    assert deceit.practised(text(loan, CHARGE, PHONE, kind=kind), PhraseGroup.LOAN) == ()


def test_data_is_taken_by_a_form_or_a_secret_not_by_a_chat_or_the_state() -> None:
    harvest, secret = phrase(PhraseGroup.HARVEST), phrase(PhraseGroup.CREDENTIALS, 20)
    assert deceit.data_taken(text(harvest, FORM)) == (harvest, FORM)
    assert deceit.data_taken(text(secret, PHONE)) == (secret,)
    for elsewhere in (GROUP, STATE, PHONE):
        assert deceit.data_taken(text(harvest, elsewhere)) == ()
    assert deceit.data_taken(text(FORM)) == ()


def test_only_data() -> None:
    secret = phrase(PhraseGroup.CREDENTIALS)
    assert deceit.takes_only_data(text(secret))
    assert not deceit.takes_only_data(text(secret, CHARGE))
    assert not deceit.takes_only_data(text(secret, phrase(PhraseGroup.PAPERS_HELD, 20)))
    assert not deceit.takes_only_data(text(CHARGE))


def test_papers_that_go_into_a_form_are_data() -> None:
    secret, papers = phrase(PhraseGroup.CREDENTIALS), phrase(PhraseGroup.PAPERS_HELD, 20)
    assert deceit.takes_only_data(text(secret, papers, FORM))
    assert not deceit.takes_only_data(text(secret, papers, PHONE))
    assert not deceit.takes_only_data(text(secret, papers, FORM, CHARGE))


def test_an_office_s_own_account_that_leaves_no_way_practises_nothing() -> None:
    office = Claim(ClaimKind.PHRASE, PhraseGroup.OFFICE_ACCOUNT, (0, 9), "author")
    assert not deceit.is_practised(text(office))  # "klaim? datang ke kantor cabang"
    assert deceit.is_practised(text())
    assert deceit.is_practised(text(office, CHARGE))
    account = Claim(ClaimKind.BANK_ACCOUNT, "BRI 012345", (80, 90))
    for way in (PHONE, FORM, account, phrase(PhraseGroup.PRIVATE_CONTACT, 60), phrase(PhraseGroup.CREDENTIALS, 60)):
        assert deceit.is_practised(text(office, way))


# --- rule by rule: a hit, a miss, a near miss -----------------------------------------------------


def test_bait() -> None:
    migrants = phrase(PhraseGroup.MIGRANTS)
    found = bait.find(text(migrants, CHARGE), NO_OFFER)
    assert found is not None
    assert (found.points, found.kinds, found.spans) == (1.8, ("fraud",), ((0, 5), (200, 205)))
    assert found.reason.id == "Iming-iming yang ditujukan kepada pekerja migran, calon, atau keluarganya; meminta uang."
    everybody = bait.find(text(CHARGE), NO_OFFER)
    assert everybody is not None
    assert (everybody.points, everybody.parameters["audience"]) == (0.3, "everybody")
    only_data = bait.find(text(migrants, phrase(PhraseGroup.CREDENTIALS, 20)), NO_OFFER)
    assert only_data is not None
    assert only_data.kinds == ()
    assert bait.find(text(migrants, CHARGE, kind=TextKind.ADVERTISEMENT), NO_OFFER) is None
    assert bait.find(text(migrants, CHARGE, kind=TextKind.PLEA), NO_OFFER) is None


def test_paid_papers() -> None:
    forged, fixed = phrase(PhraseGroup.FORGED_PAPERS), phrase(PhraseGroup.FIXER, 20)
    sold = paid_papers.find(text(forged), NO_OFFER)
    fixer = paid_papers.find(text(fixed), NO_OFFER)
    assert sold is not None
    assert fixer is not None
    assert (sold.parameters["what"], fixer.parameters["what"]) == ("forged", "fixer")
    assert sold.kinds == fixer.kinds == ("fraud",)
    offer = paid_papers.find(text(fixed, kind=TextKind.OFFER_ABROAD), UNKNOWN)
    assert offer is not None
    assert (offer.points, offer.kinds) == (1.4, ("illegal_recruitment",))
    assert paid_papers.find(text(fixed, kind=TextKind.OFFER_ABROAD), LICENSED) is None
    assert paid_papers.find(text(phrase(PhraseGroup.PAPERS_MADE)), NO_OFFER) is None
    warned = text(forged, CHARGE, PHONE, phrase(PhraseGroup.WARNS, 40), kind=TextKind.WARNING)
    assert paid_papers.find(warned, NO_OFFER) is None


@pytest.mark.parametrize(
    ("rule", "group", "needs_price"),
    [
        (account_rental, PhraseGroup.ACCOUNT_RENTAL, False),
        (magic_sold, PhraseGroup.MAGIC, False),
        (savings_ring, PhraseGroup.SAVINGS_RING, False),
        (side_task, PhraseGroup.SIDE_TASK, False),
        (romance_lure, PhraseGroup.ROMANCE, True),
        (advance_lure, PhraseGroup.PARCEL, True),
        (advance_lure, PhraseGroup.RANSOM, True),
        (advance_lure, PhraseGroup.REFUND, True),
        (advance_lure, PhraseGroup.LOAN, True),
        (advance_lure, PhraseGroup.REMITTANCE, True),
        (advance_lure, PhraseGroup.PAID_FIRST, True),
    ],
)
def test_deceits_of_a_bait(rule: Any, group: str, needs_price: bool) -> None:
    hit = rule.find(text(phrase(group), CHARGE), NO_OFFER)
    assert hit is not None
    assert hit.kinds == ("fraud",)
    assert hit.rule == rule.NAME
    assert (rule.find(text(phrase(group)), NO_OFFER) is None) is needs_price
    assert rule.find(text(CHARGE), NO_OFFER) is None
    told = phrase(PhraseGroup.REPORTS, 40)
    for kind in (TextKind.WARNING, TextKind.NEWS, TextKind.PLEA, TextKind.JOKE, TextKind.OFFER_ABROAD):
        assert rule.find(text(phrase(group), CHARGE, PHONE, told, kind=kind), NO_OFFER) is None


def test_a_ransom_that_speaks_of_a_parcel_is_named_a_ransom() -> None:
    found = advance_lure.find(text(phrase(PhraseGroup.PARCEL), phrase(PhraseGroup.RANSOM, 20), CHARGE), NO_OFFER)
    assert found is not None
    assert found.reason.en == "Asks for money first, for a relative's release."


@given(st.sampled_from(list(PhraseGroup)), st.sampled_from(list(TextKind)))
def test_no_single_group_accuses_by_itself_outside_a_bait(group: PhraseGroup, kind: TextKind) -> None:
    if kind != TextKind.LURE:
        assert not deceit.is_practised(text(phrase(group), kind=kind))


# --- what sounds like bait and promises nothing -----------------------------------------------------


@pytest.mark.parametrize("promise", [phrase(PhraseGroup.REFUND), CHARGE, fee(500, "SGD")])
def test_a_bait_says_what_it_promises_or_takes(promise: Claim) -> None:
    assert deceit.is_plain(text(TAIWAN, PHONE, promise))


def test_a_text_that_only_sounds_like_bait_is_none() -> None:
    """ "Yang punya keluarga di Johor tolong kabari posko desa": a country, its people and a number, and no more."""
    sounding = text(TAIWAN, PHONE, phrase(PhraseGroup.ABROAD_TIES), phrase(PhraseGroup.OFFICIAL_BODY))
    assert not deceit.is_plain(sounding)
    assert bait.find(sounding, NO_OFFER) is None


# --- out of reach ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "plain"),
    [
        ((phrase(PhraseGroup.HARVEST), TAIWAN), False),  # advice: no way to answer, nothing asked
        ((phrase(PhraseGroup.HARVEST), TAIWAN, PHONE), True),
        ((phrase(PhraseGroup.REMITTANCE), TAIWAN), False),  # a rate of the day
        ((phrase(PhraseGroup.REMITTANCE), TAIWAN, CHARGE), True),  # money is asked
        ((phrase(PhraseGroup.FIXER), TAIWAN), True),  # no honest trade, however it is told
        ((phrase(PhraseGroup.POSES), phrase(PhraseGroup.HARVEST), TAIWAN), True),  # told face to face
    ],
)
def test_a_bait_reaches_for_something(claims: tuple[Claim, ...], plain: bool) -> None:
    assert deceit.is_plain(text(*claims)) is plain


def test_family_of_a_ship_s_crew_is_family_of_migrants() -> None:
    crew, ties = phrase(PhraseGroup.CREW), phrase(PhraseGroup.ABROAD_TIES, 40)
    assert sorted(claim.value for claim in audience.claims(text(crew, ties))) == [PhraseGroup.ABROAD_TIES, PhraseGroup.CREW]
    assert not audience.claims(text(crew))


# --- what a reason says of this post ---------------------------------------------------------------


SUM = Claim(ClaimKind.FEE, "350000", (220, 230), detail={"bearer": "candidate"}, money=Money(Decimal(350_000), Decimal(350_000), "IDR"))
DAILY = Claim(ClaimKind.PAY, "200000", (240, 250), money=Money(Decimal(200_000), Decimal(200_000), "IDR", "day"))
DANA = Claim(ClaimKind.BANK_ACCOUNT, "DANA 084012345678", (260, 270))
MIGRANTS = phrase(PhraseGroup.MIGRANTS, 90)
_TO_DANA = "meminta Rp 350.000 ke dompet DANA."
_DATA = "meminta kode, sandi, atau PIN dan data lewat tautan atau formulir."
_SOLD = " seharga Rp 350.000 lewat nomor telepon."


@pytest.mark.parametrize(
    ("rule", "claims", "said"),
    [
        # a hit with its particulars, a miss without any, a near miss: a sum that is not what the reason speaks of
        (
            bait,
            (MIGRANTS, phrase(PhraseGroup.LOAN), SUM, DANA),
            "Iming-iming pinjaman atau penghapusan utang yang ditujukan kepada pekerja migran, calon, atau keluarganya; " + _TO_DANA,
        ),
        (bait, (MIGRANTS, DAILY, PHONE), "Iming-iming yang ditujukan kepada pekerja migran, calon, atau keluarganya."),
        (
            bait,
            (phrase(PhraseGroup.AID_LURE), phrase(PhraseGroup.CREDENTIALS, 20), FORM),
            "Iming-iming bantuan atau hadiah untuk umum, tidak ditujukan kepada pekerja migran; " + _DATA,
        ),
        (
            aid_fraud,
            (phrase(PhraseGroup.AID_LURE), MIGRANTS, PHONE, SUM),
            "Menjanjikan bantuan atau hadiah kepada pekerja migran atau keluarganya lewat nomor telepon; meminta Rp 350.000.",
        ),
        (aid_fraud, (phrase(PhraseGroup.AID_LURE), MIGRANTS), "Menjanjikan bantuan atau hadiah kepada pekerja migran atau keluarganya."),
        (
            aid_fraud,
            (phrase(PhraseGroup.AID_LURE), GROUP, DAILY),  # a link into a chat is no site, a day's pay no price
            "Iming-iming bantuan atau hadiah untuk umum, tidak ditujukan kepada pekerja migran.",
        ),
        (
            account_rental,
            (phrase(PhraseGroup.ACCOUNT_RENTAL), DAILY, PHONE),
            "Menyewa atau membeli rekening, kartu, atau nomor atas nama orang lain untuk Rp 200.000 per hari lewat nomor telepon.",
        ),
        (
            account_rental,
            (phrase(PhraseGroup.ACCOUNT_RENTAL), CHARGE),
            "Menyewa atau membeli rekening, kartu, atau nomor atas nama orang lain.",
        ),
        (magic_sold, (phrase(PhraseGroup.MAGIC), SUM, FORM), "Menjual jasa gaib dengan Rp 350.000 lewat situs."),
        (magic_sold, (phrase(PhraseGroup.MAGIC), DAILY), "Menjual jasa gaib dengan mahar atau imbalan."),
        (
            savings_ring,
            (phrase(PhraseGroup.SAVINGS_RING), SUM, DANA),
            "Menghimpun Rp 350.000 ke dompet DANA dengan janji hasil berlipat dalam waktu singkat.",
        ),
        (savings_ring, (phrase(PhraseGroup.SAVINGS_RING),), "Menghimpun uang dengan janji hasil berlipat dalam waktu singkat."),
        (
            side_task,
            (phrase(PhraseGroup.SIDE_TASK), DAILY, SUM),
            "Menjanjikan upah Rp 200.000 per hari untuk tugas ringan daring, lalu meminta Rp 350.000.",
        ),
        (side_task, (phrase(PhraseGroup.SIDE_TASK),), "Menjanjikan upah untuk tugas ringan daring, awal dari permintaan deposit."),
        (
            romance_lure,
            (phrase(PhraseGroup.ROMANCE), phrase(PhraseGroup.PARCEL, 20), SUM),
            "Rayuan dari orang asing yang berujung permintaan Rp 350.000 untuk paket atau kiriman.",
        ),
        (romance_lure, (phrase(PhraseGroup.ROMANCE), CHARGE), "Rayuan dari orang asing yang berujung permintaan uang."),
        (
            paid_papers,
            (phrase(PhraseGroup.FORGED_PAPERS), SUM, PHONE),
            "Menawarkan dokumen atau hasil pemeriksaan palsu, atau yang terbit tanpa prosedur yang sah" + _SOLD,
        ),
        (paid_papers, (phrase(PhraseGroup.FIXER), DAILY), "Menjual kemudahan dari orang dalam atau di luar prosedur layanan resmi."),
        (
            papers_harvest,
            (phrase(PhraseGroup.PAPERS_HELD), phrase(PhraseGroup.HARVEST, 20), PHONE),
            "Dokumen atau foto KTP dan KK dan data diri diminta di awal lewat nomor telepon.",
        ),
        (
            papers_harvest,
            (phrase(PhraseGroup.HARVEST, 20), phrase(PhraseGroup.PRIVATE_CONTACT, 40)),
            "Data diri diminta di awal lewat kontak pribadi.",
        ),
    ],
)
def test_a_reason_says_what_is_asked_how_much_and_through_what(rule: Any, claims: tuple[Claim, ...], said: str) -> None:
    found = rule.find(text(*claims), NO_OFFER)
    assert found is not None
    assert found.reason.id == said
    shown = {claim.span for claim in claims if claim.money is not None and f"{claim.money.high:,.0f}".replace(",", ".") in said}
    assert shown <= set(found.spans)


def test_the_price_in_an_offer_of_work_is_not_that_of_its_papers() -> None:
    found = paid_papers.find(text(phrase(PhraseGroup.FORGED_PAPERS), SUM, kind=TextKind.OFFER_ABROAD), UNKNOWN)
    assert found is not None
    assert "350" not in found.reason.id
