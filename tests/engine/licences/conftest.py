"""A small invented register and posts built by hand from the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from patrol import domain
from patrol.domain import Agency, Claim, ClaimKind, Content, Licence, Reading, Register, Standing
from patrol.engine import licences
from patrol.engine.reading import company_role

REGISTER_DATE = date(2026, 11, 20)

POSITIONS = {
    "operator produksi": "production_operator",
    "pekerja perkebunan": "plantation_worker",
    "perawat lansia": "elderly_carer",
    "pekerja rumah tangga": "domestic_worker",
    "pengasuh anak": "babysitter",
    "tukang las": "welder",
}
COVERS = {
    "production_operator": frozenset(("production_operator", "packer")),
    "domestic_worker": frozenset(("domestic_worker", "elderly_carer", "babysitter", "caregiver")),
    "elderly_carer": frozenset(("elderly_carer", "caregiver")),
}

AGENCIES = (
    Agency(
        "PT Laksita Benua Tirta",
        aliases=("LBT Cirebon",),
        sip3mi_number="201/SIP3MI/2021",
        standings=(Standing("active", date(2024, 1, 10)),),
        phones=("0840-1111-0001", "(021) 5550101"),
        websites=("https://www.laksita.example",),
        accounts=("ig:laksita.contoh",),
    ),
    Agency(
        "PT Wredasana Samudra",
        sip3mi_number="202/SIP3MI/2022",
        standings=(Standing("active", date(2024, 1, 1)), Standing("suspended", date(2026, 3, 1), date(2026, 5, 31), "SK 12/2026")),
    ),
    Agency(
        "PT Gandaria Lintas Pelita",
        standings=(Standing("active", date(2023, 1, 1), date(2026, 1, 28)), Standing("revoked", date(2026, 1, 29), None, "SK 96/2026")),
    ),
    Agency(
        "PT Kertanata Rantau Mulya",
        standings=(
            Standing("active", date(2023, 1, 1), date(2026, 6, 30)),
            Standing("partly_suspended", date(2026, 7, 1), None, "SK 33/2026: pekerja rumah tangga ke Arab Saudi dan Kuwait"),
        ),
    ),
    Agency("PT Sagara Ufuk Pratala", standings=(Standing("partly_suspended", date(2026, 7, 1), None, "SK 34/2026"),)),
    Agency("PT Nirmala Arga Teduh", standings=(Standing("supervised", date(2026, 2, 1)),)),
    Agency("PT Hilang Sadewa", standings=(Standing("active", date(2022, 1, 1)),), gone_since=date(2026, 9, 1)),
)


def licence(number: str, agency: str, country: str, *positions: str, **more: object) -> Licence:
    return Licence(
        number,
        agency,
        country,
        positions,
        **{"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31), **more},  # type: ignore[arg-type]
    )


LICENCES = (
    licence("B. 401/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "TW", "operator produksi", employer="Hsin Contoh Metal Co"),
    licence("B. 402/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "MY", "pekerja perkebunan"),
    licence("B. 403/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "HK", "pekerja rumah tangga"),
    licence("B. 404/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "SG", "operator produksi", status="revoked", status_from=date(2026, 8, 15)),
    licence("B. 405/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "KR", "tukang las", status="exhausted", status_from=date(2026, 8, 15)),
    licence("B. 406/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "JP", "perawat lansia", gone_since=date(2026, 9, 1)),
    licence("B. 407/SIP2MI/IV/2026", "PT Laksita Benua Tirta", "JP", "tukang las"),
    licence("B. 501/SIP2MI/V/2026", "PT Wredasana Samudra", "TW", "operator produksi"),
    licence("B. 601/SIP2MI/V/2026", "PT Gandaria Lintas Pelita", "TW", "operator produksi"),
    licence("B. 701/SIP2MI/V/2026", "PT Kertanata Rantau Mulya", "SA", "pekerja rumah tangga", "tukang las"),
    licence("B. 801/SIP2MI/V/2026", "PT Sagara Ufuk Pratala", "TW", "operator produksi"),
    licence("B. 901/SIP2MI/V/2026", "PT Nirmala Arga Teduh", "TW", "operator produksi"),
    licence("B. 951/SIP2MI/V/2026", "PT Hilang Sadewa", "TW", "operator produksi", gone_since=date(2026, 9, 1)),
)


def position_codes(text: str) -> frozenset[str]:
    return frozenset(code for words, code in POSITIONS.items() if words in text.casefold())


@pytest.fixture(scope="session")
def register() -> Register:
    return Register(AGENCIES, LICENCES, REGISTER_DATE, edition=3)


@pytest.fixture(scope="session")
def book(register: Register) -> licences.Book:
    return licences.Book(register, position_codes=position_codes, covers=COVERS, role=company_role)


type Post = tuple[Reading, Content]


@pytest.fixture(scope="session")
def post() -> Callable[..., Post]:
    """Builds a post: a text, and (kind, words in the text[, value[, role[, detail]]]) for each thing read in it.

    `detail` as "key=value".
    """

    def build(text: str, *read: tuple[str, ...], kind: str = "offer_abroad", route: str = "agency", author: str = "") -> Post:
        claims: list[Claim] = []
        behind: dict[tuple[str, str], int] = {}
        for what, words, *rest in read:
            at = text.index(words, behind.get((what, words), 0))
            behind[what, words] = at + 1
            value = rest[0] if rest else words
            role = rest[1] if len(rest) > 1 else ""
            detail = dict([rest[2].split("=")]) if len(rest) > 2 else {}
            claims.append(Claim(what, value, (at, at + len(words)), role=role, detail=detail))
        claims.sort(key=lambda c: c.span)

        def values(of: str, *, but: frozenset[str] = frozenset()) -> tuple[str, ...]:
            return tuple(dict.fromkeys(c.value for c in claims if c.kind == of and c.role not in but))

        work = (c.value for c in claims if c.kind == ClaimKind.POSITION and c.detail.get("said") != "aside")
        countries = values(ClaimKind.COUNTRY, but=frozenset(("denied", "mentioned")))
        reading = Reading(kind, tuple(claims), countries, tuple(dict.fromkeys(work)), route)
        return reading, Content(text, author=author)

    return build


@pytest.fixture(scope="session")
def check(book: licences.Book, post: Callable[..., Post]) -> Callable[..., domain.LicenceCheck]:
    """Checks a post built as `post` builds it, on a day, against the small register."""

    def run(day: date, text: str, *read: tuple[str, ...], **more: str) -> domain.LicenceCheck:
        return licences.check(*post(text, *read, **more), book, day, today=REGISTER_DATE)

    return run
