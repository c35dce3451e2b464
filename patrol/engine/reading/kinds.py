"""What kind of text it is, and by what route an offer sends people.

Twice over. By hand-made signs: every kind collects what speaks for it; the numbers are opinions, their order matters, not
their size. And by `learned`, whose fitted weights take that first answer as one token among the words. The weights decide;
what ends the exempt route is a rule of law and stays one here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from patrol.domain import ClaimKind, Kind, PhraseGroup, Route, TextKind
from patrol.engine import lazy
from patrol.engine.reading import asides, common_funds, disclaimers, learned, neighbours, phrases, pieces, trade, victims, voters
from patrol.engine.reading.signs import Said, Signs

# How likely an offer must be to count as one. Of 23,900 open posts by 184 hands, each judged by weights, neighbours and pieces that saw
# nothing of its hand, 444 are false and 924 missed from these lines, 42 and 17 of them in the labelled sets; 0.7 and 0.75 made 398 and
# 1,017 (40 and 18), 0.6 and 0.6 made 500 and 840 (47 and 16). They were chosen on these same posts: expect more of both elsewhere.
OFFER_LIKELY = 0.65
OFFER_LIKELY_UNPLACED = 0.7  # where nothing names a place abroad: most jobs are at home, but not every place is known
# Who leaves a way to answer or to pay and counts the places left has some to give (reading/open_places.py).
OFFER_LIKELY_COUNTED = 0.33
# Against a bait the likelier one wins: both want somebody to come, and a person has to look at either. Of 1,740 open posts of the mirror,
# each judged by weights that saw nothing of its hand, this gives five missed offers back and makes no false one; half of it makes as many.
OFFER_LIKELY_NO_BAIT = 0.5
OFFER_LIKELY_TURNED = 0.05  # a warning that ends with the author speaks nine tenths of its words against others
OFFER_LIKELY_RETOLD = 0.1  # an officer's few dry words hold little of an advertisement's; what else they retell is far below

# What only speaks of offers. An officer's note of what was told is judged by what it retells: it is
# none of these, and the voters have learnt from those who speak for themselves.
REPORTING = frozenset((TextKind.WARNING, TextKind.NEWS, TextKind.PLEA, TextKind.JOKE))

_DANGER = (
    PhraseGroup.DEPARTURE,
    PhraseGroup.VISIT_VISA,
    PhraseGroup.PILGRIM_VISA,
    PhraseGroup.WORK_VISA,
    PhraseGroup.MONEY_LURE,
    PhraseGroup.LIGHT_TERMS,
    PhraseGroup.HIGH_PAY,
    PhraseGroup.PAPERS_MADE,
    PhraseGroup.COMPOUND_LIFE,
    PhraseGroup.IRREGULAR_ROUTE,
    PhraseGroup.DIRECT_EMPLOYER,
    PhraseGroup.PAY_CUT,
    PhraseGroup.FAST,
    PhraseGroup.NO_MONEY,
    PhraseGroup.UPFRONT_MONEY,
    PhraseGroup.BYPASS_OFFICE,
)


# Log odds from which a text that offers no work abroad is a deceit a person must look at, whatever its kind sounds like, and from which
# somebody who must be looked at poses as another, or takes data. Chosen on open posts, each judged by weights that saw nothing of its
# hand: lower, as many other main kinds are lost as impostors found.
DECEIT_LIKELY = 0.5
POSING_LIKELY = 0.5
PHISHING_LIKELY = 0.0


class Decided(NamedTuple):
    """What a text is. `told`: what the weights hold it for, and how likely (0..1), by the group of the words that are to be shown;
    `words`: `learned.words_of` it."""

    kind: TextKind
    route: Route
    told: Mapping[PhraseGroup, float]
    words: Sequence[str]


def decide(found: Signs) -> Decided:
    """Total: every text has exactly one kind and route."""
    return decide_many((found,))[0]


def decide_many(found: Sequence[Signs]) -> list[Decided]:
    """The same for each of several texts, step by step for all of them (`reading.read_many` says why)."""
    said = list(map(by_signs, found))
    words = list(map(learned.words_of, found))
    weighed = list(map(learned.weighed, found, said, words))
    voted = list(map(voters.log_odds, words))
    near = list(map(neighbours.log_odds, words))
    made = []
    for one, logits, vote, nearest, spoken in zip(found, weighed, voted, near, words, strict=True):
        given = _as_pieced(one, logits._replace(voted=vote + nearest))
        kind, route = settle(one, given)
        made.append(Decided(kind, route, _told(one, given, kind), spoken))
    return made


def _as_pieced(found: Signs, weighed: learned.Weighed) -> learned.Weighed:
    """What the weights say, with what the author does with each piece of the text."""
    return weighed._replace(voted=weighed.voted + pieces.moved(found, weighed.odds(TextKind.OFFER_ABROAD)))


def _told(found: Signs, weighed: learned.Weighed, kind: TextKind) -> Mapping[PhraseGroup, float]:
    if kind not in (TextKind.OFFER_ABROAD, TextKind.LURE):
        return {}
    if kind == TextKind.OFFER_ABROAD:
        told = {PhraseGroup.OFFER_WORDS: _as_read(found, weighed).likeliest(TextKind.OFFER_ABROAD)[1]}
    else:
        told = {PhraseGroup.DECEIT_WORDS: _sure(weighed.threats["deceit"])} if weighed.threats["deceit"] >= DECEIT_LIKELY else {}
    lines = ((PhraseGroup.POSING_WORDS, Kind.IMPERSONATION, POSING_LIKELY), (PhraseGroup.PHISHING_WORDS, Kind.PHISHING, PHISHING_LIKELY))
    return told | {group: _sure(odds) for group, threat, line in lines if (odds := weighed.threats[threat]) >= line}


def _sure(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _as_read(found: Signs, weighed: learned.Weighed) -> learned.Weighed:
    """What the weights say, with what is known of the text beside its words."""
    if found.sea_abroad:
        weighed = weighed.without_home()
    if found.retold:
        weighed = weighed.without(REPORTING)._replace(voted=0.0)
    return weighed


def settle(found: Signs, weighed: learned.Weighed) -> tuple[TextKind, Route]:
    """The decision, the fitted weights having said this."""
    if not any(map(str.isalpha, found.folded.words)):
        return TextKind.OTHER, Route.AGENCY
    weighed = _as_read(found, weighed)
    kind, likely = weighed.likeliest(TextKind.OFFER_ABROAD)
    if (heard := _heard(found, kind, likely)) is not None:
        return heard
    if kind == TextKind.LURE and _is_trade(found):
        kind = TextKind.ADVERTISEMENT
    line = min(_line(found), OFFER_LIKELY_NO_BAIT) if kind == TextKind.LURE else _line(found)
    other = kind if likely < line and not (kind in _SILENT and _is_a_telegram(found)) else _unless_offered(found, kind)
    exempt = (weighed.exempt > 0 or _is_the_offices_own(found)) and not _earned_on(found)
    if other is not None and not (exempt and other in _NOTICED and _is_the_offices_own(found)):
        return TextKind.LURE if weighed.threats["deceit"] >= DECEIT_LIKELY else other, Route.AGENCY
    return TextKind.OFFER_ABROAD, Route.EXEMPT if exempt else Route.AGENCY


def _heard(found: Signs, kind: TextKind, likely: float) -> tuple[TextKind, Route] | None:
    """What one sentence says of the text against the sum of its words; None where none does. `kind`, `likely`: of the weights."""
    words = found.folded.words
    bait, hardly = kind == TextKind.LURE, likely < OFFER_LIKELY_COUNTED
    own = likely >= OFFER_LIKELY or kind not in REPORTING - {TextKind.WARNING}  # a memo sounds like a warning
    ranked = (
        (TextKind.OTHER, (bait or (likely >= OFFER_LIKELY and not found.recruits)) and common_funds.are_collected(words)),
        (TextKind.PLEA, (bait or not hardly) and _told_by_a_victim(found)),
        (TextKind.OFFER_ABROAD, own and _posts_own_staff(found)),
        (TextKind.LURE, kind in _DEFENCES and hardly and _collects(found) and disclaimers.asks_all_the_same(words)),
        (TextKind.OTHER, bait and hardly and _asks_for_stories(found)),
    )
    found_kind = next((one for one, holds in ranked if holds), None)
    if found_kind is None:
        return None
    return found_kind, Route.EXEMPT if found_kind == TextKind.OFFER_ABROAD else Route.AGENCY


def _unless_offered(found: Signs, kind: TextKind) -> TextKind | None:
    """What a text is whose words are an offer's and whose act is another; None where it offers. `kind`: what it would be else."""
    words = found.folded.words
    # Who shows a fraud's wording gives nobody a way to it. A copied advertisement whose number stands there unquoted is seen by an officer:
    # its words are the same as those of one that warns of others.
    if found.calls_at < 0 and disclaimers.unmasks(words):
        return TextKind.WARNING
    if not found.reached and not found.places_left and disclaimers.tells_of_a_sanction(words):
        return TextKind.NEWS
    if _disclaims(found) or (not found.licence and disclaimers.seeks_stories(words)):
        return kind
    if found.home_places and not found.works_there and disclaimers.hires_foreigners(words):
        return TextKind.OFFER_HOME
    if (aside := _aside(found)) is not None:
        return aside
    return TextKind.LURE if _takes_without_work(found) else None


def _aside(s: Signs) -> TextKind | None:
    """What a text is that only sounds like an offer, by what it does; None where it may be one."""
    if s.retold:
        return None
    words = s.folded.words
    work = bool(s.pay or s.works_there or s.licence)
    silent = s.calls_at < 0 and not s.places_left
    lawful = bool(s.cues.get("exempt_route", 0))  # whoever tells of a lawful route tells what not to do on it, too
    ranked = (
        (TextKind.ADVERTISEMENT, not (s.works_there or s.positions or s.recruits or s.placers) and asides.is_about_a_room(words)),
        (TextKind.WARNING, silent and not s.recruits and asides.tells_of_complaints(words)),
        (TextKind.ADVERTISEMENT, not work and asides.is_a_journey(words)),
        (TextKind.WARNING, not s.places_left and asides.is_misused(words) and not _goes_on(s)),
        (TextKind.OTHER, silent and not work and not lawful and asides.explains(words)),
        (TextKind.WARNING, silent and not work and not lawful and asides.advises(words)),
    )
    return next((kind for kind, holds in ranked if holds), None)


def _takes_without_work(s: Signs) -> bool:
    """Whether money to be sent home, or secrets, are all that is asked for: nobody is sought, no pay is named, no place counted."""
    if s.recruits or s.pay or s.places_left or s.licence or s.placers:
        return False
    said = _meant(s)
    if s.works_there and s.positions:
        return False  # an impostor's form for a job takes secrets, too
    return not said.isdisjoint(_NO_WORK) or (PhraseGroup.REMITTANCE in said and ClaimKind.BANK_ACCOUNT in s.claimed)


# What is asked for, or withheld, where no work is.
_NO_WORK = frozenset((PhraseGroup.CREDENTIALS, PhraseGroup.PARCEL, PhraseGroup.ACCOUNT_RENTAL))


def _meant(s: Signs) -> frozenset[str]:
    """The groups of phrases that are said and not denied."""
    return frozenset(
        hit.value
        for table in ("phrase", "threat")
        for hit in s.hits.get(table, ())
        if hit.value not in phrases.DENIABLE or not phrases.denied(s.folded, hit)
    )


def _told_by_a_victim(s: Signs) -> bool:
    """Whether somebody asks about a message, tells what he lost, or is not the payee; who looks for people or counts places is none."""
    if s.recruits or s.places_left or s.licence or s.retold:
        return False
    return victims.speaks(s.folded, s.calls_at)


_BODIES = frozenset((PhraseGroup.LOCAL_BODY, PhraseGroup.OFFICE_ACCOUNT))


_DEFENCES = frozenset((TextKind.WARNING, TextKind.NEWS, TextKind.PLEA, TextKind.OTHER))


def _collects(s: Signs) -> bool:
    """Whether there is a place to pay into."""
    return ClaimKind.BANK_ACCOUNT in s.claimed and not s.retold


# What a few words are taken for that say too little of anything.
_SILENT = frozenset((TextKind.OTHER, TextKind.ADVERTISEMENT, TextKind.OFFER_HOME))
_TELEGRAM = 18  # words
_TERSE = 6  # words: "ladang my, inbox"
_PLACED = lazy.regex(
    r"\b(?:penempatan|(?:kirim|ngirim|mengirim|berangkatkan|memberangkatkan|mberangkatke) (?:tkw|tki|pmi|calon|pekerja|orang|wong|"
    r"asisten|perawat|art|prt)|"
    r"(?:mengundang|menerima|nerima|cari|butuh|golek) (?:calon|cpmi|tkw|tki|pekerja)|(?:tetap|tetep|masih|isih|sudah|wis|"
    r"lagi) (?:buka|mbukak|membuka|"
    r"terima|kirim)|(?:nu|sing|yang|yg|saq) (?:bade|arep|mau|kersa|gelem|hoyong) (?:ka|nang|neng|ke|menyang|dateng))\b"
)


def _is_a_telegram(s: Signs) -> bool:
    """Whether a company, a country and that people are placed there are nearly all that is said; or a job, a country and how to answer."""
    words = s.folded.words
    length = len(words.split())
    placed = s.placers > 0 and length <= _TELEGRAM and _PLACED.search(words) is not None
    terse = s.positions > 0 and s.calls_at >= 0 and length <= _TERSE
    return (
        (placed or terse)
        and s.countries > 0
        and not (s.question or s.dateline or s.retold)
        and not any(s.cues.get(cue, 0) for cue in ("study", "travel", "goods", "finance", "seeks", "testimony", "joke", "office_job"))
        and not s.groups.get(PhraseGroup.WARNS, 0)
        and not s.groups.get(PhraseGroup.REPORTS, 0)
    )


# What an office's notice of an examination or a next stage sounds like. What sounds like a warning may be one.
_NOTICED = frozenset((TextKind.OTHER, TextKind.ADVERTISEMENT))


def _is_the_offices_own(s: Signs) -> bool:
    """Whether an office's account tells of a route without agencies, and nothing but the office can be reached or paid.

    Anybody may call his account so: he gains nothing by it here, for whoever leaves a number, an account or a link is judged by his words.
    """
    return (
        PhraseGroup.OFFICE_ACCOUNT in s.account
        and _leads_past_agencies(s)
        and not s.mobile
        and s.claimed.isdisjoint((ClaimKind.ACCOUNT, ClaimKind.BANK_ACCOUNT, ClaimKind.FEE))
        and (ClaimKind.LINK not in s.claimed or s.official_host)
        and not s.groups.get(PhraseGroup.PRIVATE_CONTACT, 0)
        and _meant(s).isdisjoint((PhraseGroup.CREDENTIALS, PhraseGroup.FIXER))
    )


def _leads_past_agencies(s: Signs) -> bool:
    told = s.cues.get("exempt_route", 0) or s.groups.get(PhraseGroup.OFFICIAL_ROUTE, 0)
    return bool(told) or disclaimers.without_companies(s.folded.words)


def _disclaims(s: Signs) -> bool:
    """Whether the author says that he recruits nobody. Who leaves a way to answer is believed only where a village or school speaks."""
    body = not s.account.isdisjoint(_BODIES) or any(hit.value == PhraseGroup.LOCAL_BODY for hit in s.hits.get("threat", ()))
    return (not s.contact or body) and not s.licence and disclaimers.disclaims(s.folded.words)


# What no shop sells, promises or asks for, by the name of its phrase group.
_NO_TRADE = frozenset(
    (
        PhraseGroup.FORGED_PAPERS,
        PhraseGroup.FIXER,
        PhraseGroup.ACCOUNT_RENTAL,
        PhraseGroup.MAGIC,
        PhraseGroup.AID_LURE,
        PhraseGroup.RANSOM,
        PhraseGroup.PARCEL,
        PhraseGroup.ROMANCE,
        PhraseGroup.SAVINGS_RING,
        PhraseGroup.SIDE_TASK,
        PhraseGroup.PAID_FIRST,
        PhraseGroup.CREDENTIALS,
        PhraseGroup.LOAN,
        PhraseGroup.REFUND,
        PhraseGroup.POSES,
        PhraseGroup.CLAIMS_OFFICE,
        PhraseGroup.HARVEST,
    )
)


def _is_trade(s: Signs) -> bool:
    """Whether what sounds like bait is a shop's list. Rates of money are one as long as nobody is told an account to send it to."""
    if not any(s.cues.get(cue, 0) for cue in ("goods", "study", "travel", "finance")):
        return False
    said = {hit.value for table in ("phrase", "threat") for hit in s.hits.get(table, ())}
    if not _NO_TRADE.isdisjoint(said) or (PhraseGroup.REMITTANCE in said and ClaimKind.BANK_ACCOUNT in s.claimed):
        return False
    return trade.sells(s.folded.words)


def _asks_for_stories(s: Signs) -> bool:
    """Whether a student or journalist asks for nothing but to be told: who asks for money or secrets is none."""
    taken = s.claimed & {ClaimKind.BANK_ACCOUNT, ClaimKind.FEE}
    return not taken and _meant(s).isdisjoint(_NOT_ASKED) and disclaimers.seeks_stories(s.folded.words)


# What no student or journalist asks for.
_NOT_ASKED = frozenset(
    (PhraseGroup.CREDENTIALS, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY, PhraseGroup.PAPERS_HELD, PhraseGroup.HARVEST)
)


def _posts_own_staff(s: Signs) -> bool:
    """Whether a company sends its own staff abroad: its name stands there as theirs, so unlike elsewhere a company ends nothing."""
    ended = s.licence or s.fee or s.cues.get("to_private", 0) or s.groups.get(PhraseGroup.UPFRONT_MONEY, 0)
    return s.own_staff and bool(s.countries) and not ended


def _goes_on(s: Signs) -> bool:
    """Whether somebody who warns or defends himself has work to give all the same."""
    work = s.recruits or s.positions or s.works_there or s.places_left
    return bool(work) and not s.official_host and not s.licence and disclaimers.turns_to_himself(s.folded.words)


def _line(found: Signs) -> float:
    """How likely an offer abroad must be."""
    if found.retold:
        return OFFER_LIKELY_RETOLD
    if not _points_abroad(found):
        return OFFER_LIKELY_UNPLACED
    if found.reached and _goes_on(found):
        return OFFER_LIKELY_TURNED
    return OFFER_LIKELY_COUNTED if found.reached and found.places_left else OFFER_LIKELY


def by_signs(found: Signs) -> Said:
    """What the hand-made signs alone say."""
    speech = {TextKind.WARNING: _warning(found), TextKind.NEWS: _news(found), TextKind.PLEA: _plea(found), TextKind.JOKE: _joke(found)}
    told = max(speech, key=lambda kind: speech[kind])
    offer, trade, lure = _offer(found), _trade(found), _lure(found)
    points = {TextKind.OFFER_ABROAD: offer, TextKind.ADVERTISEMENT: trade, TextKind.LURE: lure, **speech}
    if _official_notice(found) and speech[told] < 6 and not found.dateline:
        return Said(TextKind.OFFER_ABROAD, Route.EXEMPT, points)
    return Said(_kind(found, told, points), Route.AGENCY, points)


def _kind(found: Signs, told: TextKind, points: Mapping[TextKind, float]) -> TextKind:
    """`told`: the best of the kinds that only speak about offers."""
    offer, trade, lure = points[TextKind.OFFER_ABROAD], points[TextKind.ADVERTISEMENT], points[TextKind.LURE]
    speech = points[told]
    jobs = _job(found, offer, silent=speech == 0)
    ranked = (
        (told, speech >= 2.5 and speech >= offer * 0.8 and speech >= lure * 0.9),
        (TextKind.LURE, lure >= 3 and lure > offer),
        (TextKind.ADVERTISEMENT, trade >= 2.4 and trade > offer),
        (jobs, jobs is not TextKind.OTHER),
        (told, speech >= 2.4 and speech >= trade),
        (TextKind.LURE, lure >= 3),
        (TextKind.ADVERTISEMENT, trade >= 1.2),
    )
    return next((kind for kind, holds in ranked if holds), TextKind.OTHER)


def _job(found: Signs, offer: float, *, silent: bool) -> TextKind:
    """The job on offer, if one is. `silent`: nothing in the text reports, warns, asks or jokes."""
    asks_for_people = found.recruits or (found.contact and (found.positions or found.pay or found.works_there))
    detailed = found.pay or found.terms >= 2 or found.works_there or (found.placers and found.terms)
    smuggles = found.works_there and (found.fee or sum(1 for group in _DANGER if found.groups.get(group, 0)) >= 2)
    listed = silent and found.countries and ((found.positions and detailed) or smuggles)
    if offer < (2.5 if asks_for_people or listed else 4.0):
        return TextKind.OTHER
    if not (asks_for_people or found.positions or found.works_there):
        return TextKind.OTHER
    if _abroad(found):
        return TextKind.OFFER_ABROAD
    return TextKind.OFFER_HOME if found.recruits or offer >= 4 else TextKind.OTHER


def _offer(s: Signs) -> float:
    points = 0.0
    if s.recruits:
        points += 2 + min(1.0, 0.4 * (s.recruits - 1))
    if PhraseGroup.RECRUITS in s.lead:
        points += 0.6
    points += 1.2 if s.positions else 0
    points += 1.2 if s.pay else 0
    points += min(2.0, 0.45 * s.terms)
    points += 1.3 if s.contact else 0
    points += 0.7 if s.groups.get(PhraseGroup.PRIVATE_CONTACT, 0) else 0
    points += 1.4 if s.works_there else (0.5 if s.goes else 0)
    points += min(2.4, 0.6 * sum(1 for group in _DANGER if s.groups.get(group, 0)))
    points += 0.6 if s.fee else 0
    points += 1.0 if s.licence else 0
    points += 0.6 if s.placers else 0
    points += 0.8 if s.groups.get(PhraseGroup.SCAM_WORK, 0) and s.countries else 0
    if not s.recruits and s.first_person and not s.contact:
        points -= 1.0
    return points


def _warning(s: Signs) -> float:
    warns = s.groups.get(PhraseGroup.WARNS, 0)
    if not warns and "warn_lead" not in s.lead:
        return 0.0
    points = 1.5 * min(warns, 5)
    if PhraseGroup.WARNS in s.lead or "warn_lead" in s.lead:
        points += 2.0
    if not s.contact and not s.recruits:
        points += 1.0
    return points


def _news(s: Signs) -> float:
    points = 1.4 * min(s.groups.get(PhraseGroup.REPORTS, 0), 6)
    if points and s.dateline:
        points += 3
    if points and not s.contact:
        points += 0.8
    return points


def _plea(s: Signs) -> float:
    points = (
        1.4 * min(s.groups.get(PhraseGroup.ASKS, 0), 4) + 1.8 * min(s.cues.get("seeks", 0), 3) + 2.0 * min(s.cues.get("testimony", 0), 4)
    )
    if points and s.question:
        points += 1.2
    if points and s.first_person:
        points += 0.6
    if s.recruits and s.contact and (s.terms >= 2 or s.positions):
        points -= 2.0  # an ad's list of terms: "pengalaman", "saya bantu" are said in it too
    if "seeks" in s.lead or "testimony" in s.lead:
        points += 1.2
    return max(0.0, points)


def _joke(s: Signs) -> float:
    points = 2.8 * min(s.cues.get("joke", 0), 3)
    if points and s.contact:
        points -= 3
    return max(0.0, points)


def _trade(s: Signs) -> float:
    points = 1.2 * sum(min(s.cues.get(cue, 0), 3) for cue in ("goods", "study", "travel", "finance"))
    if s.recruits:
        points -= 1.2
    if s.positions and s.pay:
        points -= 1.0
    if {"goods", "study", "travel", "finance"} & s.lead:
        points += 0.6
    return max(0.0, points)


def _lure(s: Signs) -> float:
    baits = 1.5 * min(s.cues.get("prize", 0), 4) + 0.5 * min(s.groups.get(PhraseGroup.AID_LURE, 0), 4)
    if not baits:
        return 0.0
    if s.contact or s.groups.get(PhraseGroup.PRIVATE_CONTACT, 0) or s.groups.get(PhraseGroup.HARVEST, 0):
        baits += 1.5
    if s.groups.get(PhraseGroup.CLAIMS_OFFICE, 0):
        baits += 1.0
    if s.recruits:
        baits -= 1.5
    return baits


def _abroad(s: Signs) -> bool:
    """Whether the work lies outside Indonesia. A country beside home signs must stand where one goes to."""
    if s.sea_abroad:
        return True
    said = (
        s.cues.get("abroad", 0)
        + s.cues.get("passport", 0)
        + (2 if s.foreign_pay else 0)
        + (1 if s.groups.get(PhraseGroup.DEPARTURE, 0) else 0)
    )
    home = s.cues.get("at_home", 0) + (1 if s.home_places and not s.countries else 0)
    if s.cues.get("office_job", 0) and not s.works_there and not s.foreign_pay and s.cues.get("at_home", 0):
        return False
    if s.works_there or (s.countries and said):
        return True
    if s.countries and s.goes:
        return home < 3
    if s.countries:
        return home == 0
    return said >= 1 and home == 0 if s.cues.get("abroad", 0) or s.foreign_pay else False


def _official_notice(s: Signs) -> bool:
    """An official body's own notice of a route without SIP, or a relay of it, that nobody earns on."""
    if not s.cues.get("exempt_route", 0) or _earned_on(s) or s.fee:
        return False
    if s.groups.get(PhraseGroup.WARNS, 0) > 1 or s.groups.get(PhraseGroup.REPORTS, 0) > 2:
        return False
    if s.cues.get("seeks", 0) and (s.question or s.first_person):
        return False
    body = s.cues.get("official", 0) or s.official_host
    return bool(body or (s.cues.get("notice", 0) >= 2 and not s.contact))


def _earned_on(s: Signs) -> bool:
    """Whether money goes to a person, a placement company or licence is put forward, or secrets are asked for at a place that is not
    the state's: no lawful route without SIP does."""
    if ClaimKind.LINK in s.claimed and not s.official_host and PhraseGroup.CREDENTIALS in _meant(s):
        return True
    return bool(s.cues.get("to_private", 0) or s.placers or s.licence or s.groups.get(PhraseGroup.UPFRONT_MONEY, 0))


def _points_abroad(s: Signs) -> bool:
    """Whether anything known says that the work is not in Indonesia; more generous than `_abroad`, which settles it alone."""
    return bool(
        s.countries
        or s.goes
        or s.foreign_pay
        or s.foreign_ties
        or s.sea_abroad
        or s.licence
        or s.cues.get("abroad", 0)
        or s.cues.get("exempt_route", 0)
        or s.groups.get(PhraseGroup.MIGRANTS, 0)
        or s.groups.get(PhraseGroup.IRREGULAR_ROUTE, 0)
    )
