"""Work at sea that lies outside Indonesia although no country is named: squid and longline boats, cargo ships.

Recruiters of such crews name pay that no boat at home pays (Rp 20-30 million a month) and ask for KTP and KK alone. Both
marks are the field's own: a licensed agency for seafarers asks for a seaman's book, and a boat at home shares the catch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from patrol.domain import Claim, ClaimKind, Money, PhraseGroup
from patrol.engine.reading import folding, phrases

POSITIONS = frozenset(("fishing_crew", "ship_crew"))

# Rupiah a month. A boat at home brings a hand 3-6 million; those who hold an officer's certificate earn more there too.
MOST_AT_HOME = Decimal(9_000_000)
_OFFICER = re.compile(
    r"\b(?:nakhoda|nahkoda|kapten|captain|master|mualim|masinis|kkm|chief (?:officer|engineer|mate)|"
    r"[23](?:nd|rd) (?:officer|engineer)|ankapin|atkapin|an[tk] ?(?:[1-5]|i{1,3}v?|iv|v)\b|att ?(?:[1-5]|i{1,3}v?|iv|v))\b"
)

_OTHER_PAPER = (
    r"(?:ijazah|ijasah|izajah|akte|akta|skck|paspor\w*|passport|buku|bst|sertifikat|certificate|surat|npwp|sim|cv|foto|pas foto|pasfoto|"
    r"photo|medical|ak ?1|kartu kuning|rapor|raport|skhun?|visa|lamaran|bpjs|vaksin|seaman)\b"
)
_JOINT = r"(?:\W+|\W*\b(?:dan|sama|n|plus|karo|kalih|lan|jeung|sareng|sarta|deng|dengan|ban|sareng|serta|and|jo|ambi)\b\W*)"
_KTP, _KK = r"(?:e ?)?ktp(?: asli)?", r"(?:kk|kartu keluarga|family card)(?: asli)?"
_BOTH = re.compile(rf"\b(?:{_KTP}{_JOINT}{_KK}|{_KK}{_JOINT}{_KTP})\b")
_MORE_BEHIND = re.compile(rf"{_JOINT}(?:foto ?copy |fotokopi |fc )?{_OTHER_PAPER}")
_MORE_BEFORE = re.compile(rf"\b{_OTHER_PAPER}(?: \w+){{0,2}}{_JOINT}$")
_REACH = 24  # code points before the two papers in which a third of the same list ends


def with_bare_papers(folded: folding.Folded, hits: phrases.Hits) -> phrases.Hits:
    """The hits, and "KTP KK" as light terms where the list of papers ends with these two."""
    words = folded.words
    if "ktp" not in words:
        return hits
    said = hits.get("phrase", [])
    known = [(hit.start, hit.end) for hit in said if hit.value == PhraseGroup.LIGHT_TERMS]
    found = [
        phrases.Hit(PhraseGroup.LIGHT_TERMS.value, match.start(), match.end())
        for match in _BOTH.finditer(words)
        if _MORE_BEHIND.match(words, match.end()) is None
        and _MORE_BEFORE.search(words[max(0, match.start() - _REACH) : match.start()]) is None
        and not any(start < match.end() and match.start() < end for start, end in known)
    ]
    return {**hits, "phrase": sorted([*said, *found], key=phrases.in_order)} if found else hits


def is_abroad(folded: folding.Folded, groups: Counter[str], cues: Counter[str], claims: Mapping[str, Iterable[Claim]]) -> bool:
    """Whether a job at sea shows by its pay, its papers or both that it is not on a boat at home.

    Both together say so unless the text says "kapal lokal" or warns. One alone does not where the boat shares its catch,
    lies in a port named or pays what boats at home pay, nor where the text asks, seeks work or comes from an office.
    """
    at_sea = groups[PhraseGroup.CREW] or any(claim.value in POSITIONS for claim in claims[ClaimKind.POSITION])
    if not at_sea or cues["at_home"] or cues["warn_lead"]:
        return False
    pays = [claim.money for claim in claims[ClaimKind.PAY] if claim.money is not None]
    much = any(map(_is_above_home, pays)) and _OFFICER.search(folded.words) is None
    light = bool(groups[PhraseGroup.LIGHT_TERMS])
    if much and light:
        return True
    if cues["home_waters"] or cues["seeks"] or any(groups[group] for group in _OFFICES):
        return False
    if groups[PhraseGroup.ASKS] and not groups[PhraseGroup.RECRUITS]:
        return False
    return much or (light and not pays and not claims[ClaimKind.PLACE])


_OFFICES = (PhraseGroup.OFFICIAL_PLACES, PhraseGroup.LOCAL_BODY, PhraseGroup.CLAIMS_OFFICE)


def _is_above_home(pay: Money) -> bool:
    """Boats at home pay in rupiah, by the month or by the trip."""
    return pay.currency != "IDR" or (pay.period in ("", "month") and pay.high >= MOST_AT_HOME)
