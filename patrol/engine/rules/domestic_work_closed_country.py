"""Work for private employers in the Middle East, closed since 1 July 2015 (Kepmenaker 260/2015).

The decree closes an employer type, not a country: cleaners of a company in Qatar are lawful. Cleaning, cooking and
driving therefore count only where the text puts forward a private employer. A licence that covers the offer on that
day (the one-channel scheme with Saudi Arabia) answers the question: no finding.
"""

from __future__ import annotations

from datetime import date

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.reading import titles
from patrol.engine.rules import signs

NAME = "domestic_work_closed_country"
VERSION = 1
POINTS = 2.6
TITLE = Sentence("Negara tertutup", "Closed country")
NEEDS: frozenset[PhraseGroup] = frozenset()

CLOSED_SINCE = date(2015, 7, 1)
# The decree (Kepmenaker 260/2015) is usually counted as 19 countries; the embassy in Tripoli lists Sudan and leaves out Syria and South
# Sudan. The union is taken: a wrong entry costs a look, a missing one a person.
CLOSED = frozenset(("AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SS", "SY", "TN", "YE"))

HOUSEHOLD = frozenset(("domestic_worker", "housekeeper_cook", "babysitter", "elderly_carer", "family_driver"))
HOUSEHOLD_IF_PRIVATE = frozenset(("caregiver", "cleaner", "cook", "driver", "gardener"))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or signs.is_cleared(check) or check.day < CLOSED_SINCE:
        return None
    places = tuple(claim for claim in reading.of(ClaimKind.COUNTRY) if claim.value in CLOSED and claim.value in reading.countries)
    if not places:
        return None
    private = signs.phrases(reading, PhraseGroup.DIRECT_EMPLOYER)
    wanted = HOUSEHOLD | HOUSEHOLD_IF_PRIVATE if private else HOUSEHOLD
    work = signs.phrases(reading, PhraseGroup.HOUSEWORK) + tuple(claim for claim in reading.of(ClaimKind.POSITION) if claim.value in wanted)
    if not work:
        return None
    countries = tuple(dict.fromkeys(claim.value for claim in places))
    where = signs.names(countries)
    position = next((titles.position(claim.value) for claim in work if claim.kind == ClaimKind.POSITION), Sentence("Kerja", "Work"))
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"{position.id} pada pengguna perseorangan di {where.id}, yang ditutup sejak 1 Juli 2015 (Kepmenaker 260/2015).",
            f"{position.en} for a private employer in {where.en}, closed since 1 July 2015 (Decree 260/2015).",
        ),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=work + places + private,
        parameters={"countries": ",".join(countries)},
    )
