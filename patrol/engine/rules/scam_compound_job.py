"""Online desk work with the signs of a scam or gambling compound.

Desk work in Cambodia alone is no finding: a country or a job title is never a verdict. What counts is desk work in a
country of the compounds with at least one more sign. Either of the two may be left out or a decoy ("staf dapur"):
then three signs are asked. Posts naming the fraud itself ("admin judol") need no further sign there.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "scam_compound_job"
VERSION = 2
POINTS = 3.4
TITLE = Sentence("Ciri pusat penipuan daring", "Signs of a scam compound")
NEEDS: frozenset[PhraseGroup] = frozenset()

# Where compounds are, by warnings of Kemlu and of the minister of KemenP2MI, 2022-2025.
HUBS = frozenset(("KH", "MM", "LA", "TH", "PH"))
DESK_WORK = frozenset(("customer_service", "online_marketing", "admin_staff", "it_staff"))
NAMED_WORK = frozenset(("gambling_operator",))

_WORDS = {
    "life": ("mess, makan atau tiket ditanggung", "lodging, meals or ticket covered"),
    "terms": ("tanpa syarat keahlian", "no skills asked"),
    "visa": ("visa turis atau kunjungan", "a tourist or visit visa"),
    "route": ("jalur tidak resmi", "an irregular route"),
    "papers": ("paspor diurus perekrut", "passport arranged by the recruiter"),
}


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or signs.is_cleared(check):
        return None
    positions = reading.of(ClaimKind.POSITION)
    named = signs.phrases(reading, PhraseGroup.SCAM_WORK) + tuple(c for c in positions if c.value in NAMED_WORK)
    work = named + tuple(claim for claim in positions if claim.value in DESK_WORK)
    hubs = tuple(claim for claim in reading.of(ClaimKind.COUNTRY) if claim.value in HUBS and claim.value in reading.countries)
    found = {
        "pay": signs.high_pay(reading),
        "life": signs.phrases(reading, PhraseGroup.COMPOUND_LIFE),
        "terms": signs.phrases(reading, PhraseGroup.LIGHT_TERMS),
        "visa": signs.phrases(reading, PhraseGroup.VISIT_VISA),
        "route": signs.phrases(reading, PhraseGroup.IRREGULAR_ROUTE),
        "papers": signs.phrases(reading, PhraseGroup.PAPERS_MADE),
    }
    present = [key for key, claims in found.items() if claims]
    needed = (0 if named else 1) if hubs and work else 3
    if not (hubs or work) or len(present) < needed:
        return None
    countries = tuple(dict.fromkeys(claim.value for claim in hubs))
    return signs.finding(
        NAME,
        VERSION,
        round(min(POINTS, 2.0 + 0.4 * len(present) + (0.4 if named and hubs else 0)), 1),
        _reason("Kerja daring" if work else "Kerja", "Online work" if work else "Work", countries, present, found["pay"]),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=work + hubs + tuple(claim for claims in found.values() for claim in claims),
        parameters={"countries": ",".join(countries), "signs": ",".join(present)},
    )


def _reason(work_id: str, work_en: str, countries: tuple[str, ...], present: list[str], pay: tuple[domain.Claim, ...]) -> Sentence:
    where = signs.names(countries)
    paid = particulars.amount(pay, Sentence("tinggi", "high pay"))
    said = {**_WORDS, "pay": (f"gaji {paid.id}", paid.en)}
    id_ = f"{work_id} di {where.id}" if countries else f"{work_id} di luar negeri"
    en = f"{work_en} in {where.en}" if countries else f"{work_en} abroad"
    if present:
        id_ += " dengan " + ", ".join(said[key][0] for key in present)
        en += " with " + ", ".join(said[key][1] for key in present)
    return Sentence(
        f"{id_}: ciri tawaran pusat penipuan atau judi daring.", f"{en}: the signs of an offer for a scam or online gambling compound."
    )
