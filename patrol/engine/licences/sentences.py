"""Reasons and notes of the licence check in both languages, always with the register's date.

The words are those of the screen; nothing here calls a company or a post unlawful: the register holds it, or it was
"tidak ditemukan dalam register per TANGGAL".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from patrol import domain
from patrol.domain import Sentence, StandingStatus, Verdict
from patrol.engine.licences import countries, coverage, names
from patrol.engine.licences.resolved import shown
from patrol.engine.licences.verdicts import Judgement

_MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# From here on another name is not worth naming beside the one that was not found.
_NEAR = 0.25
_MOST_NAMED = 3  # kinds of work in one note


def day_id(day: date) -> str:
    return f"{day.day} {_MONTHS_ID[day.month - 1]} {day.year}"


def day_en(day: date) -> str:
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def undated(text_id: str, register_date: date | None) -> str:
    """An Indonesian sentence of a check without the register's date, to compare what two editions say of one offer."""
    return text_id if register_date is None else text_id.replace(f" per {day_id(register_date)}", "")


def plain(verdict: Verdict, register_date: date | None) -> Sentence:
    """The reason of a verdict that needs no more facts than the register's date."""
    title = {
        Verdict.NOT_AN_OFFER: ("Bukan lowongan luar negeri", "Not an overseas offer"),
        Verdict.EXEMPT: ("Jalur resmi tanpa SIP", "Lawful route, no SIP needed"),
        Verdict.NO_LICENCE_SHOWN: (
            "SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP",
            "No SIP named: the offer names neither a company nor a SIP number",
        ),
        Verdict.CANNOT_CHECK: ("Belum dapat dicek: belum ada register yang dimuat", "Cannot be checked yet: no register is loaded"),
    }[verdict]
    if register_date is None:
        return Sentence(*title)
    return Sentence(f"{title[0]} (register per {day_id(register_date)})", f"{title[1]} (register as of {day_en(register_date)})")


def reason(
    judged: Judgement, day: date, register_date: date, *, contact_own: bool | None, runner_up: names.RunnerUp | None = None
) -> Sentence:
    """The sentence of one verdict: its words, the register's date, the facts."""
    title_id, title_en = _title(judged, contact_own)
    fact = _not_found(judged, runner_up) if judged.verdict == Verdict.AGENCY_NOT_FOUND else _fact(judged, day)
    if judged.verdict in (Verdict.LICENCE_NOT_FOUND, Verdict.AGENCY_NOT_FOUND):
        return Sentence(
            f"{title_id} dalam register per {day_id(register_date)}: {fact.id}",
            f"{title_en} in the register as of {day_en(register_date)}: {fact.en}",
        )
    return Sentence(f"{title_id} per {day_id(register_date)}: {fact.id}", f"{title_en} as of {day_en(register_date)}: {fact.en}")


def brief(judged: Judgement, day: date, register_date: date, *, runner_up: names.RunnerUp | None = None) -> Sentence:
    """The same as one short reason: what speaks against the offer, without a decree, the register's date behind it."""
    said = _brief(judged, day, runner_up)
    return Sentence(f"{said.id} (register per {day_id(register_date)})", f"{said.en} (register as of {day_en(register_date)})")


def _brief(judged: Judgement, day: date, runner_up: names.RunnerUp | None) -> Sentence:
    who, verdict = _who(judged), judged.verdict
    if verdict in (Verdict.AGENCY_REVOKED, Verdict.AGENCY_SUSPENDED):
        term = _term(judged)
        if verdict == Verdict.AGENCY_REVOKED:
            return Sentence(f"SIP3MI {who} dicabut{term.id}", f"SIP3MI of {who} revoked{term.en}")
        return Sentence(f"{who} disanksi{term.id}", f"{who} under sanction{term.en}")
    fact = _not_found(judged, runner_up) if verdict == Verdict.AGENCY_NOT_FOUND else _fact(judged, day)
    if verdict in (Verdict.AGENCY_NOT_FOUND, Verdict.LICENCE_NOT_FOUND, Verdict.LICENCE_REVOKED):
        title_id, title_en = _title(judged, None)
        return Sentence(f"{title_id}: {fact.id}", f"{title_en}: {fact.en}")
    if verdict == Verdict.NO_LICENCE_FOR_OFFER:
        return Sentence(fact.id[0].upper() + fact.id[1:], fact.en[0].upper() + fact.en[1:])
    return Sentence(f"SIP {fact.id}", f"SIP {fact.en}")


def title(verdict: str, contact_own: bool | None) -> Sentence:
    """The verdict alone, in the words of the screen (a test compares them). A licence that covers the offer says little where the contact
    is not the agency's: then that is said."""
    return _CONTACT_NOT_OWN if verdict == Verdict.LICENSED and contact_own is False else _TITLES[verdict]


def _title(judged: Judgement, contact_own: bool | None) -> tuple[str, str]:
    if judged.verdict == Verdict.LICENCE_NOT_FOUND and judged.quoted is not None and judged.quoted.sip3mi:
        return "Nomor SIP3MI tidak ditemukan", "SIP3MI number not found"
    said = title(judged.verdict, contact_own)
    return said.id, said.en


_CONTACT_NOT_OWN: Final = Sentence("SIP ditemukan, kontak bukan milik P3MI", "SIP found, contact not the agency's own")
_TITLES: Final[Mapping[str, Sentence]] = {
    Verdict.AGENCY_REVOKED: Sentence("SIP3MI dicabut", "SIP3MI revoked"),
    Verdict.AGENCY_SUSPENDED: Sentence("P3MI sedang disanksi", "Agency under sanction"),
    Verdict.LICENCE_NOT_FOUND: Sentence("Nomor SIP tidak ditemukan", "SIP number not found"),
    Verdict.LICENCE_MISMATCH: Sentence("SIP tidak sesuai tawaran", "SIP does not cover this offer"),
    Verdict.LICENCE_REVOKED: Sentence("SIP dicabut", "SIP revoked"),
    Verdict.LICENCE_EXPIRED: Sentence("SIP kedaluwarsa", "SIP expired"),
    Verdict.LICENCE_NOT_YET_VALID: Sentence("SIP belum berlaku", "SIP not yet valid"),
    Verdict.LICENSED: Sentence("SIP ditemukan", "SIP found"),
    Verdict.NO_LICENCE_FOR_OFFER: Sentence("SIP tujuan tidak ditemukan", "No SIP found for this destination"),
    Verdict.AGENCY_NOT_FOUND: Sentence("P3MI tidak ditemukan", "Agency not found"),
    Verdict.NO_LICENCE_SHOWN: Sentence("SIP tidak disebut", "No SIP named"),
    Verdict.EXEMPT: Sentence("Jalur resmi tanpa SIP", "Lawful route, no SIP needed"),
    Verdict.NOT_AN_OFFER: Sentence("Bukan lowongan luar negeri", "Not an overseas offer"),
    Verdict.CANNOT_CHECK: Sentence("Belum dapat dicek", "Cannot be checked yet"),
}


def _fact(judged: Judgement, day: date) -> Sentence:
    return {
        Verdict.AGENCY_REVOKED: _sanction,
        Verdict.AGENCY_SUSPENDED: _sanction,
        Verdict.LICENCE_NOT_FOUND: _number_alone,
        Verdict.LICENCE_MISMATCH: _mismatch,
        Verdict.LICENCE_REVOKED: _revoked,
        Verdict.LICENCE_EXPIRED: _expired,
        Verdict.LICENCE_NOT_YET_VALID: _not_yet_valid,
        Verdict.LICENSED: _licensed,
        Verdict.NO_LICENCE_FOR_OFFER: _no_licence,
    }[judged.verdict](judged, day)


def _who(judged: Judgement) -> str:
    if judged.agency is not None:
        return judged.agency.name
    return shown(judged.subject.written) if judged.subject else ""


def _number(judged: Judgement) -> str:
    return " ".join(judged.quoted.claim.value.split())[:60] if judged.quoted else ""


def _number_alone(judged: Judgement, _day: date) -> Sentence:
    return _alike(_number(judged))


def _alike(text: str) -> Sentence:
    return Sentence(text, text)


def _sanction(judged: Judgement, _day: date) -> Sentence:
    period = judged.standing.period if judged.standing else None
    if period is None:
        return _alike(_who(judged))
    term, decree = _term(judged), f" ({period.decree})" if period.decree else ""
    return Sentence(f"{_who(judged)},{term.id}{decree}", f"{_who(judged)},{term.en}{decree}")


def _term(judged: Judgement) -> Sentence:
    """Since when the agency has stood so, and to when; with its blank, and empty where no row says it."""
    period = judged.standing.period if judged.standing else None
    if period is None:
        return _alike("")
    if period.until is None:
        return Sentence(f" sejak {day_id(period.since)}", f" since {day_en(period.since)}")
    return Sentence(f" {day_id(period.since)} s.d. {day_id(period.until)}", f" {day_en(period.since)} to {day_en(period.until)}")


def _mismatch(judged: Judgement, _day: date) -> Sentence:
    number = _number(judged)
    if judged.licence is None:
        owner = judged.quoted.owner_name if judged.quoted else ""
        return Sentence(f"{number} milik {owner}, bukan {_who(judged)}", f"{number} belongs to {owner}, not to {_who(judged)}")
    held, lacking = _scope(judged.licence), _lacking(judged)
    return Sentence(f"{number} untuk {held.id}, bukan untuk {lacking.id}", f"{number} is for {held.en}, not for {lacking.en}")


def _scope(licence: domain.Licence) -> Sentence:
    country = countries.name(licence.country)
    jobs = f" ({', '.join(licence.positions)})" if licence.positions else ""
    return Sentence(country.id + jobs, country.en + jobs)


def _lacking(judged: Judgement) -> Sentence:
    """What no licence covers, in words: the countries, and the post's own words for the positions."""
    offer = judged.subject.offer if judged.subject else coverage.Offer()
    lands = tuple(dict.fromkeys(country for country, _ in judged.missing if country))
    jobs = list(dict.fromkeys(shown(offer.wordings.get(job, "")) or job.replace("_", " ") for _, job in judged.missing if job))
    where = countries.names(lands)
    quoted_id, quoted_en = (countries.listed([f"“{job}”" for job in jobs], joint) for joint in ("dan", "and"))
    if jobs and lands:
        return Sentence(f"{quoted_id} di {where.id}", f"{quoted_en} in {where.en}")
    if jobs:
        return Sentence(quoted_id, quoted_en)
    return where if lands else Sentence("tawaran ini", "this offer")


def _revoked(judged: Judgement, _day: date) -> Sentence:
    number, since = _number(judged), _decided_by(judged).status_from
    if since is None:
        return _alike(number)
    return Sentence(f"{number}, sejak {day_id(since)}", f"{number}, since {day_en(since)}")


def _expired(judged: Judgement, day: date) -> Sentence:
    number, last = _number(judged), coverage.last_day(_decided_by(judged))
    return Sentence(
        f"{number} berlaku s.d. {day_id(last)}, unggahan {day_id(day)}",
        f"{number} was valid to {day_en(last)}, the post is of {day_en(day)}",
    )


def _not_yet_valid(judged: Judgement, day: date) -> Sentence:
    number, first = _number(judged), _decided_by(judged).valid_from
    return Sentence(
        f"{number} baru berlaku {day_id(first)}, unggahan {day_id(day)}",
        f"{number} is valid from {day_en(first)} only, the post is of {day_en(day)}",
    )


def _decided_by(judged: Judgement) -> domain.Licence:
    assert judged.licence is not None  # verdicts on a found licence carry its row
    return judged.licence


def _licensed(judged: Judgement, day: date) -> Sentence:
    licence = _decided_by(judged)
    scope = _scope(licence)
    owner = judged.agency.name if judged.agency else licence.agency
    return Sentence(
        f"{owner}, {licence.number} untuk {scope.id}, berlaku pada {day_id(day)}",
        f"{owner}, {licence.number} for {scope.en}, valid on {day_en(day)}",
    )


def _no_licence(judged: Judgement, day: date) -> Sentence:
    if judged.licence is not None:
        number, since = _number(judged), judged.licence.status_from
        if since is None:
            return Sentence(f"kuota {number} habis", f"the quota of {number} is used up")
        return Sentence(f"kuota {number} habis sejak {day_id(since)}", f"the quota of {number} has been used up since {day_en(since)}")
    lacking = _lacking(judged)
    return Sentence(
        f"{_who(judged)} tidak tercatat mempunyai SIP untuk {lacking.id} pada {day_id(day)}",
        f"no SIP of {_who(judged)} for {lacking.en} is on record on {day_en(day)}",
    )


def _not_found(judged: Judgement, runner_up: names.RunnerUp | None) -> Sentence:
    agency = judged.agency
    if agency is not None and agency.gone_since is not None:
        return Sentence(
            f"{agency.name}, tidak ada lagi sejak {day_id(agency.gone_since)}",
            f"{agency.name}, no longer there since {day_en(agency.gone_since)}",
        )
    if runner_up is None or runner_up.distance > _NEAR:
        return _alike(_who(judged))
    return Sentence(f"{_who(judged)} (nama terdekat: {runner_up.name})", f"{_who(judged)} (nearest name: {runner_up.name})")


# --- notes -----------------------------------------------------------------------------------------


def stale(register_date: date, days: int) -> Sentence:
    return Sentence(
        f"Register lama: per {day_id(register_date)}, lebih dari {days} hari",
        f"Old register: as of {day_en(register_date)}, more than {days} days",
    )


UNHELD_ID = "Pekerjaan yang disebut"


def unheld(work: Sequence[str]) -> Sentence:
    """Of a licence that was found for an offer without any of the work that it names. `work`: in the post's own words."""
    quoted = [f"“{shown(words)}”" for words in work[:_MOST_NAMED]]
    named_id, named_en = countries.listed(quoted, "dan"), countries.listed(quoted, "and")
    return Sentence(
        f"{UNHELD_ID} ({named_id}) tidak dicocokkan dengan SIP: belum jelas apakah itu yang ditawarkan",
        f"The work named ({named_en}) was not held against the SIP: it is not clear whether it is what is offered",
    )


def notes(judged: Judgement, *, contact_own: bool | None, aside: Sequence[str] = ()) -> tuple[Sentence, ...]:
    """What a person must know beside the verdict. `aside`: work that the offer names and seems not to offer, where it offers none."""
    found: list[Sentence] = []
    stands, agency = judged.standing, judged.agency
    if stands is not None and stands.unknown_before is not None:
        first = stands.unknown_before
        found.append(Sentence(f"Status sebelum {day_id(first)} tidak diketahui", f"Standing before {day_en(first)} is not known"))
    if stands is not None and stands.status == StandingStatus.SUPERVISED:
        found.append(Sentence("P3MI dalam pengawasan", "Agency under supervision"))
    if stands is not None and stands.status == StandingStatus.PARTLY_SUSPENDED and stands.period is not None:
        decree = f": {stands.period.decree}" if stands.period.decree else ""
        found.append(Sentence(f"P3MI dalam sanksi sebagian{decree}", f"Agency partly suspended{decree}"))
    if agency is not None and agency.gone_since is not None:
        found.append(_gone(agency.name, agency.gone_since))
    if judged.licence is not None and judged.licence.gone_since is not None:
        found.append(_gone(judged.licence.number, judged.licence.gone_since))
    if judged.verdict == Verdict.LICENSED and contact_own is False:
        found.append(
            Sentence(
                "Kontak bukan milik P3MI: tidak tercatat sebagai kontaknya dalam register",
                "Contact not the agency's own: the register does not list it",
            )
        )
    if judged.verdict == Verdict.LICENSED and aside:
        found.append(unheld(aside))
    return tuple(found)


def _gone(what: str, since: date) -> Sentence:
    return Sentence(
        f"{what}: tidak ada lagi dalam register sejak {day_id(since)}", f"{what}: no longer in the register since {day_en(since)}"
    )
