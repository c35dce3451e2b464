"""The verdict of the licence check, as a reason with its own weight.

Silent where the check says nothing against the offer (`licensed`, `exempt`) or nothing at all (`cannot_check`: a
missing register is our lack, not the author's).
"""

from __future__ import annotations

from collections.abc import Mapping

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence, Verdict
from patrol.engine.licences import sentences
from patrol.engine.rules import particulars, signs

NAME = "licence_verdict"
VERSION = 2
POINTS = 3.8
TITLE = Sentence("Hasil cek SIP terhadap register", "Licence check against the register")
NEEDS: frozenset[PhraseGroup] = frozenset()

# A revoked agency that recruits knows it may not; an unnamed agency may only be a careless post.
WEIGHTS: Mapping[str, float] = {
    Verdict.AGENCY_REVOKED: POINTS,
    Verdict.AGENCY_SUSPENDED: 2.8,
    Verdict.LICENCE_NOT_FOUND: 2.6,
    Verdict.LICENCE_MISMATCH: 2.4,
    Verdict.LICENCE_REVOKED: 3.0,
    Verdict.LICENCE_EXPIRED: 1.8,
    Verdict.LICENCE_NOT_YET_VALID: 1.7,
    Verdict.NO_LICENCE_FOR_OFFER: 2.2,
    Verdict.AGENCY_NOT_FOUND: 2.0,
    Verdict.NO_LICENCE_SHOWN: 1.6,
}

# An office that names no agency yet (job fair, village notice): worth knowing, no reason to look.
OFFICIAL_NOTICE_POINTS = 0.2


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    points = WEIGHTS.get(check.verdict)
    if points is None or not signs.is_offer(reading):
        return None
    kinds: tuple[str, ...] = (Kind.ILLEGAL_RECRUITMENT,)
    if check.verdict == Verdict.NO_LICENCE_SHOWN and signs.is_official_notice(reading, check):
        points, kinds = OFFICIAL_NOTICE_POINTS, ()
    named = tuple(c for c in check.claims if c.kind != ClaimKind.COMPANY or signs.is_put_forward(c))
    return signs.finding(
        NAME,
        VERSION,
        points,
        check.brief or (_unnamed(reading, check) if check.verdict == Verdict.NO_LICENCE_SHOWN else check.reason),
        kinds=kinds,
        claims=named or reading.of(ClaimKind.COUNTRY),
        parameters={"verdict": check.verdict, "day": check.day.isoformat()},
    )


def _unnamed(reading: domain.Reading, check: domain.LicenceCheck) -> Sentence:
    """What is offered without a name behind it, and what stands there instead."""
    job, only = particulars.job(reading), particulars.reached(reading, Sentence("; yang ada ", "; what there is is "))
    day = check.register_date
    per = Sentence(f" (register per {sentences.day_id(day)})", f" (register as of {sentences.day_en(day)})") if day else Sentence("", "")
    return Sentence(
        f"Tawaran{job.id} tidak menyebut perusahaan maupun nomor SIP{only.id}{per.id}",
        f"The offer{job.en} names neither a company nor a SIP number{only.en}{per.en}",
    )
