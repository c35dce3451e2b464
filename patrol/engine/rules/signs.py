"""What several rules ask of a reading and a check. No rule itself: nothing here gives points.

Every question is answered from claims. A phrase the reader marked `denied` ("tanpa visa turis") says the
opposite and answers none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole, PhraseGroup, TextKind

# E-wallets: money goes to whoever holds the phone number, never to a company's books.
WALLETS = ("DANA", "OVO", "GOPAY", "SHOPEEPAY", "LINKAJA", "ISAKU", "SAKUKU", "DOKU")

# Titles of legal persons in front of an account holder's name.
_LEGAL_PERSONS = ("pt", "cv", "yayasan", "koperasi", "lpk", "bendahara", "kas")

# Rupiah for one unit, rounded: the thresholds lie so far from ordinary pay that ten per cent do not matter.
_RUPIAH: Mapping[str, int] = {
    "IDR": 1,
    "USD": 16000,
    "EUR": 18000,
    "SGD": 12000,
    "MYR": 3600,
    "HKD": 2050,
    "TWD": 500,
    "JPY": 105,
    "KRW": 11,
    "SAR": 4300,
    "AED": 4350,
    "QAR": 4400,
    "KWD": 52000,
    "BHD": 42000,
    "OMR": 41500,
    "BND": 12000,
    "THB": 470,
    "PHP": 280,
    "KHR": 4,
    "AUD": 10500,
    "NZD": 9500,
    "GBP": 21000,
    "CNY": 2250,
    "CAD": 11700,
    "PLN": 4200,
}

# Where ordinary pay without training is far above Indonesia's; contracts there run to Rp 15-25 million a month.
HIGH_WAGE_COUNTRIES = frozenset(
    (
        "JP",
        "KR",
        "TW",
        "HK",
        "MO",
        "SG",
        "AU",
        "NZ",
        "US",
        "CA",
        "GB",
        "IE",
        "DE",
        "AT",
        "CH",
        "NL",
        "BE",
        "LU",
        "FR",
        "IT",
        "ES",
        "PT",
        "SE",
        "NO",
        "DK",
        "FI",
        "IS",
        "PL",
        "CZ",
        "SK",
        "HU",
        "HR",
        "IL",
    )
)
_PERIODS_A_MONTH: Mapping[str, int] = {"month": 1, "": 1, "day": 26, "hour": 208}

# Names of the few countries that sentences of rules name.
_COUNTRIES: Mapping[str, tuple[str, str]] = {
    "AE": ("Uni Emirat Arab", "the United Arab Emirates"),
    "BH": ("Bahrain", "Bahrain"),
    "DZ": ("Aljazair", "Algeria"),
    "EG": ("Mesir", "Egypt"),
    "IQ": ("Irak", "Iraq"),
    "JO": ("Yordania", "Jordan"),
    "KH": ("Kamboja", "Cambodia"),
    "KW": ("Kuwait", "Kuwait"),
    "LA": ("Laos", "Laos"),
    "LB": ("Lebanon", "Lebanon"),
    "LY": ("Libya", "Libya"),
    "MA": ("Maroko", "Morocco"),
    "MM": ("Myanmar", "Myanmar"),
    "MR": ("Mauritania", "Mauritania"),
    "OM": ("Oman", "Oman"),
    "PH": ("Filipina", "the Philippines"),
    "PS": ("Palestina", "Palestine"),
    "QA": ("Qatar", "Qatar"),
    "SA": ("Arab Saudi", "Saudi Arabia"),
    "SD": ("Sudan", "Sudan"),
    "SS": ("Sudan Selatan", "South Sudan"),
    "SY": ("Suriah", "Syria"),
    "TH": ("Thailand", "Thailand"),
    "TN": ("Tunisia", "Tunisia"),
    "YE": ("Yaman", "Yemen"),
}


def names(countries: Iterable[str]) -> domain.Sentence:
    """Names of countries in both languages, in the given order; a code without a name stays a code."""
    pairs = [_COUNTRIES.get(code, (code, code)) for code in countries]
    return domain.Sentence(", ".join(pair[0] for pair in pairs), ", ".join(pair[1] for pair in pairs))


def phrases(reading: domain.Reading, *groups: str) -> tuple[domain.Claim, ...]:
    """Phrase hits of these groups that the text means as it says them."""
    said = reading.phrases(*groups)
    return tuple(claim for claim in said if claim.role != "denied") if said else said


def is_offer(reading: domain.Reading) -> bool:
    """Whether the text offers work abroad."""
    return reading.text_kind == TextKind.OFFER_ABROAD


def asks(reading: domain.Reading) -> bool:
    """Whether the author speaks for himself: an offer or a bait, not a report of one."""
    return reading.text_kind in (TextKind.OFFER_ABROAD, TextKind.LURE)


def is_cleared(check: domain.LicenceCheck) -> bool:
    """Whether the register or the law covers the offer that day."""
    return check.verdict in domain.CLEARED


def is_wallet(account: domain.Claim) -> bool:
    """Whether a bank account claim is an e-wallet."""
    return account.value.upper().split(" ")[0] in WALLETS  # DANAMON is a bank


def is_private(account: domain.Claim) -> bool:
    """Whether money sent there reaches a person: a wallet, or a holder who is no legal person."""
    return is_wallet(account) or (bool(_holder(account)) and not is_company_account(account))


def is_company_account(account: domain.Claim) -> bool:
    """Whether the holder named beside a bank account is a legal person."""
    return bool(_holder(account)) and _holder(account)[0] in _LEGAL_PERSONS


def _holder(account: domain.Claim) -> list[str]:
    return account.detail.get("holder", "").casefold().replace(".", " ").split()


def in_post(claims: Iterable[domain.Claim]) -> tuple[domain.Claim, ...]:
    """Those with a place in the post: what the account is called has none."""
    return tuple(claim for claim in claims if claim.source != "author")


def money_targets(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Bank accounts and wallets named in the text."""
    return reading.of(ClaimKind.BANK_ACCOUNT)


def candidate_fees(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Fees the candidate pays. A fee whose bearer the text does not name is not held against it."""
    fees = reading.of(ClaimKind.FEE)
    return tuple(claim for claim in fees if claim.detail.get("bearer") == "candidate") if fees else fees


_GIVEN_WITHIN = 10  # code points between what money is given as and its sum: "uang fee suami 5jt"


def is_given(reading: domain.Reading, claim: domain.Claim) -> bool:
    """Whether it stands where the candidate or the family is lured with money.

    A sum with a word of its own between is that word's ("bon bonan, gaji 6 juta", "uang keluarga, biaya 5 juta"), and what is paid
    by the month is pay.
    """
    if claim.kind == ClaimKind.PAY and claim.money is not None and claim.money.period:
        return False
    named = int(claim.detail.get("named", -1))
    return any(
        lure.source == claim.source and lure.span[0] <= claim.span[0] <= lure.span[1] + _GIVEN_WITHIN and named < lure.span[1]
        for lure in phrases(reading, PhraseGroup.MONEY_LURE)
    )


def lured_with(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Sums the candidate or the family is lured with."""
    return tuple(claim for claim in reading.of(ClaimKind.PAY, ClaimKind.FEE) if claim.money is not None and is_given(reading, claim))


def is_official_host(host: str) -> bool:
    """Whether a host belongs to the Indonesian state (go.id, mil.id)."""
    return host.lower().rstrip(".").endswith((".go.id", ".mil.id"))


def unofficial_links(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Links that lead anywhere but to the Indonesian state's own sites."""
    links = reading.of(ClaimKind.LINK)
    return tuple(claim for claim in links if not is_official_host(_host(claim.value))) if links else links


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # "http://[" and other addresses that are none
        return ""


def private_contacts(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Ways to reach a person rather than an office: mobile or foreign numbers, accounts, "japri"."""
    phones = reading.of(ClaimKind.PHONE)
    numbers = tuple(claim for claim in phones if not _is_landline(claim)) if phones else phones
    return numbers + reading.of(ClaimKind.ACCOUNT) + phrases(reading, PhraseGroup.PRIVATE_CONTACT)


def contacts(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Any way to answer the text."""
    written = reading.of(ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK)
    return written + phrases(reading, PhraseGroup.PRIVATE_CONTACT)


def demands(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """What a text asks for before it gives: money, papers, access."""
    groups = (PhraseGroup.UPFRONT_MONEY, PhraseGroup.PAPERS_HELD, PhraseGroup.HARVEST)
    return phrases(reading, *groups) + candidate_fees(reading) + money_targets(reading)


# What no office writes into a notice.
_UNOFFICIAL = (PhraseGroup.UPFRONT_MONEY, PhraseGroup.CHARGE, PhraseGroup.PAPERS_HELD, PhraseGroup.AID_LURE)


def is_official_notice(reading: domain.Reading, check: domain.LicenceCheck) -> bool:
    """Whether an office itself speaks, or is relayed faithfully.

    An office, village or school is the author, named as the speaker, or the place to go, nothing is asked in advance, nobody
    private is to be contacted and every link leads to the state. A name alone opens nothing: everyone can write
    "BP3MI". Offices, too, write "tidak melalui perusahaan penempatan" and take registrations on the spot: where nobody
    private can be reached that leads past nobody and harvests nothing. The name of a route ("SSW") is no office.
    """
    named = phrases(reading, PhraseGroup.CLAIMS_OFFICE, PhraseGroup.OFFICIAL_PLACES, PhraseGroup.LOCAL_BODY, PhraseGroup.OFFICE_ACCOUNT)
    return (
        bool(named)
        and not placers(reading)
        and not check.agency
        and not _past_the_law(reading)
        and not _private_ways(reading, named)
        and not unofficial_links(reading)
        and not phrases(reading, *_UNOFFICIAL)
        and not candidate_fees(reading)
        and not money_targets(reading)
    )


def _past_the_law(reading: domain.Reading) -> bool:
    """Whether a notice leads past offices and papers, as one that a village passes on for a broker does; one that warns of it does not."""
    if phrases(reading, PhraseGroup.WARNS):
        return False
    return bool(phrases(reading, PhraseGroup.IRREGULAR_ROUTE, PhraseGroup.VISIT_VISA, PhraseGroup.DIRECT_EMPLOYER))


def _private_ways(reading: domain.Reading, offices: tuple[domain.Claim, ...]) -> tuple[domain.Claim, ...]:
    """Private contacts, without "hubungi kantor desa" and, beside a landline, without any "hubungi"."""
    found = private_contacts(reading)
    landline = any(_is_landline(claim) for claim in reading.of(ClaimKind.PHONE))
    return tuple(
        claim for claim in found if claim.kind != ClaimKind.PHRASE or not (landline or any(overlap(claim, office) for office in offices))
    )


def _is_landline(phone: domain.Claim) -> bool:
    return phone.value.startswith("+62") and not phone.value.startswith("+628")


def overlap(one: domain.Claim, other: domain.Claim) -> bool:
    """Whether two claims share a place."""
    return one.source == other.source and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def away_from_office(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Phrases that lead past the office ("jangan telepon kantor").

    Where the same words are but an invitation to write ("langsung chat admin"), they lead past nobody: every lawful
    advertisement has them.
    """
    past = phrases(reading, PhraseGroup.BYPASS_OFFICE)
    if not past:
        return past
    inviting = phrases(reading, PhraseGroup.PRIVATE_CONTACT)
    return tuple(claim for claim in past if not any(overlap(claim, other) for other in inviting))


def placers(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Companies the text puts forward as placer, or may mean as one."""
    companies = reading.of(ClaimKind.COMPANY)
    return tuple(claim for claim in companies if is_put_forward(claim)) if companies else companies


def is_put_forward(company: domain.Claim) -> bool:
    """Whether a company is meant as placer; not one that is denied, compared with, or the employer."""
    return company.role in (CompanyRole.PLACER, CompanyRole.UNCLEAR, "")


def misuse(reading: domain.Reading, check: domain.LicenceCheck) -> tuple[domain.Claim, ...]:
    """Signs that somebody borrows an agency's name: money to a person or wallet, away from its office, near copies.

    A contact the register does not list is no sign by itself (villages, schools and branch staff relay offers), but
    beside it any account money is to be sent to counts, whoever holds it, and a fee that goes to somebody in person.
    Where nothing can be compared an account in a company's name does not count; where the contact is the agency's own
    only a person's does.
    """
    away = away_from_office(reading)
    private = tuple(account for account in money_targets(reading) if is_private(account))
    if check.contact_own is True:
        return private
    away += check.near_copies
    asked = phrases(reading, PhraseGroup.UPFRONT_MONEY) + candidate_fees(reading)
    if asked and check.contact_own is False:
        away += phrases(reading, PhraseGroup.PRIVATE_PAYEE)
    if not asked:
        return away + private
    stranger = check.contact_own is False
    return away + tuple(a for a in money_targets(reading) if stranger or not is_company_account(a))


def high_pay(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Words for fantastic pay, and pay above what work without training brings in that country.

    From Rp 9 million a month (Rp 30 million where wages are high): the bait of the compounds starts at Rp 7-12
    million, lawful contracts in Malaysia and the Gulf lie at Rp 4-7 million.
    """
    said, pays = phrases(reading, PhraseGroup.HIGH_PAY), reading.of(ClaimKind.PAY)
    if not pays:
        return said
    limit = Decimal(30_000_000 if HIGH_WAGE_COUNTRIES.intersection(reading.countries) else 9_000_000)
    figures = tuple(
        claim for claim in pays if claim.money is not None and (monthly := _rupiah_a_month(claim.money)) is not None and monthly >= limit
    )
    return said + figures


def _rupiah_a_month(money: domain.Money) -> Decimal | None:
    rate = _RUPIAH.get(money.currency)
    times = _PERIODS_A_MONTH.get(money.period)
    if rate is None or times is None:
        return None
    return money.high * rate * times


def finding(
    rule: str,
    version: int,
    points: float,
    reason: domain.Sentence,
    *,
    kinds: tuple[str, ...] = (),
    claims: Iterable[domain.Claim] = (),
    parameters: Mapping[str, str] = domain.NOTHING,
) -> domain.Finding:
    """A finding whose places are those of the claims, each place once, in the order of the text."""
    places = sorted({(claim.source, claim.span) for claim in claims}, key=lambda place: (place[0] != "text", place))
    return domain.Finding(
        rule=rule,
        version=version,
        points=points,
        reason=reason,
        kinds=kinds,
        spans=tuple(span for _, span in places),
        sources=tuple(source for source, _ in places),
        parameters=parameters,
    )
