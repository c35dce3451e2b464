"""From findings to a score from 0 to 100, from the score to a level, and to the kinds of threat they speak for.

The level is read off the score alone, so a higher score never has a lower level. Two things besides points shape
the score: a ceiling below medium for texts nobody has to look at, and a floor at medium for those a person
must see (`must_be_seen`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from patrol import domain
from patrol.domain import Kind, Level, TextKind, Verdict
from patrol.engine.rules import audience, deceit, signs

LOW_FROM = 8
MEDIUM_FROM = 35
HIGH_FROM = 65

# Points at which 63 of 100 are reached. With 3, one strong finding (1.5 points) is medium, two are high.
_SCALE = 3.0

# An offer with one of these must be seen, whatever else speaks for it.
_MUST_BE_SEEN = frozenset(
    {
        Verdict.AGENCY_REVOKED,
        Verdict.AGENCY_SUSPENDED,
        Verdict.AGENCY_NOT_FOUND,
        Verdict.LICENCE_NOT_FOUND,
        Verdict.LICENCE_MISMATCH,
        Verdict.LICENCE_REVOKED,
        Verdict.LICENCE_EXPIRED,
        Verdict.LICENCE_NOT_YET_VALID,
        Verdict.NO_LICENCE_FOR_OFFER,
    }
)


def score(reading: domain.Reading, check: domain.LicenceCheck, findings: Iterable[domain.Finding]) -> int:
    """0..100. One more finding with positive points never lowers it."""
    points = max(0.0, math.fsum(finding.points for finding in findings))
    share = 1 - math.exp(-points / _SCALE)
    if is_quiet(reading, check):
        # Squeezed, not cut off: among quiet posts the order stays.
        return round((MEDIUM_FROM - 1) * share)
    reached = round(100 * share)
    return max(MEDIUM_FROM, reached) if must_be_seen(reading, check) else reached


# The first that holds is the main one (docs/measured/evaluation.md, "Labels").
_BY_RANK = (Kind.IMPERSONATION, Kind.PHISHING, Kind.ILLEGAL_RECRUITMENT, Kind.FRAUD)


def kinds(reading: domain.Reading, findings: Iterable[domain.Finding]) -> tuple[str, ...]:
    """The threat kinds the findings speak for, the main one first.

    An impostor places nobody: his offer is a fraud, whatever is wrong with it as a placement.
    """
    held = {kind for finding in findings if finding.points > 0 for kind in finding.kinds}
    if Kind.IMPERSONATION in held and signs.is_offer(reading):
        held = held - {Kind.ILLEGAL_RECRUITMENT} | {Kind.FRAUD}
    return tuple(kind.value for kind in _BY_RANK if kind in held) if held else ()


def points_at(score: float) -> float:
    """The sum of points that just gives this score (below 100) where neither floor nor ceiling holds."""
    return -_SCALE * math.log(1 - score / 100)


def level(points: int) -> Level:
    """The level of a score."""
    if points >= HIGH_FROM:
        return Level.HIGH
    if points >= MEDIUM_FROM:
        return Level.MEDIUM
    return Level.LOW if points >= LOW_FROM else Level.NONE


def is_quiet(reading: domain.Reading, check: domain.LicenceCheck) -> bool:
    """Whether the text stays below medium however much it says: reports, trade, lawful routes, baits for everybody."""
    if reading.text_kind == TextKind.OFFER_ABROAD:
        return check.verdict == Verdict.EXEMPT
    return not (deceit.is_plain(reading) and audience.is_migrants(reading))


def must_be_seen(reading: domain.Reading, check: domain.LicenceCheck) -> bool:
    """Whether a person must look: then the level is medium at least, whatever the points."""
    if is_quiet(reading, check):
        return False
    if reading.text_kind != TextKind.OFFER_ABROAD:
        return True  # what is not quiet here is deceit aimed at migrants
    if check.verdict == Verdict.NO_LICENCE_SHOWN:
        return not signs.is_official_notice(reading, check)
    if check.verdict == Verdict.LICENSED:
        return bool(signs.misuse(reading, check))
    return check.verdict in _MUST_BE_SEEN
