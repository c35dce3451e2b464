"""Who is judged, with what: the companies of an offer and the numbers, countries, positions each is listed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole
from patrol.engine.licences import coverage, listing, names
from patrol.engine.licences.resolved import Company, Quoted, Resolved, sources

_DESTINATION = frozenset(("destination", ""))


@dataclass(slots=True)
class Subject:
    """One company to be judged, or, where none is named, the owner of the numbers quoted."""

    agency: domain.Agency | None
    written: str
    named: bool
    match: names.Match | None = None
    claims: list[domain.Claim] = field(default_factory=list)
    quoted: list[Quoted] = field(default_factory=list)
    offer: coverage.Offer = field(default_factory=coverage.Offer)


def of(reading: domain.Reading, content: domain.Content, resolved: Resolved) -> list[Subject]:
    """The companies of an offer, each with its numbers, countries and positions; empty where it names none."""
    quoted = _unique(resolved.quoted)
    subjects = [subject for subject in _named(resolved.companies) if not _employs_by(subject, quoted)]
    if not subjects:
        subjects = _from_sip3mi(quoted)
    by_owner = not subjects
    if by_owner:
        subjects = _owners(quoted)
    if not subjects:
        return []
    texts = sources(reading, content)
    reading = _without_words_of_names(reading, texts, resolved.companies)
    lines = listing.Lines(texts)
    if not by_owner:
        _give_numbers(subjects, quoted, lines)
    _give_offers(subjects, reading, texts, lines)
    return subjects


def _without_words_of_names(reading: domain.Reading, texts: Mapping[str, str], companies: Iterable[Company]) -> domain.Reading:
    """Without the countries and positions that are words of an agency's name: "PT Bina Sawit Rantau" offers no estate."""
    known = [(c.claim, frozenset(names.words(c.match.agency.name))) for c in companies if c.match.agency is not None]

    def of_a_name(claim: domain.Claim) -> bool:
        return any(
            name.source == claim.source
            and name.span[0] <= claim.span[0] < claim.span[1] <= name.span[1]
            and parts.issuperset(names.words(texts.get(claim.source, "")[slice(*claim.span)]))
            for name, parts in known
        )

    dropped = [c for c in reading.of(ClaimKind.COUNTRY, ClaimKind.POSITION) if of_a_name(c)] if known else []
    if not dropped:
        return reading
    claims = tuple(claim for claim in reading.claims if claim not in dropped)
    gone = {(c.kind, c.value) for c in dropped} - {(c.kind, c.value) for c in claims}
    return replace(
        reading,
        claims=claims,
        countries=tuple(c for c in reading.countries if (ClaimKind.COUNTRY, c) not in gone),
        positions=tuple(p for p in reading.positions if (ClaimKind.POSITION, p) not in gone),
    )


def _named(companies: Iterable[Company]) -> list[Subject]:
    found: dict[str, Subject] = {}
    for company in companies:
        if not company.named:
            continue
        agency = company.match.agency
        key = f"={agency.name}" if agency is not None else names.key(company.written)
        if not key:
            continue
        subject = found.setdefault(key, Subject(agency, company.written, named=True, match=company.match))
        subject.claims.append(company.claim)
    subjects = list(found.values())
    # A foreign firm beside an Indonesian company is its employer; alone it is put forward as the recruiter.
    unclear = [s for s in subjects if _foreign_employer(s)]
    if 0 < len(unclear) < len(subjects):
        subjects = [s for s in subjects if s not in unclear]
    return _without_short_forms(subjects)


def _employs_by(subject: Subject, quoted: Iterable[Quoted]) -> bool:
    """Whether it is the employer that a quoted licence was given for: the licence's owner places there, whoever is named."""
    mine = names.key(subject.written)
    return subject.agency is None and any(names.key(permit.licence.employer) == mine for each in quoted for permit in each.permits)


def _foreign_employer(subject: Subject) -> bool:
    said = {claim.role for claim in subject.claims}
    return subject.agency is None and CompanyRole.PLACER not in said and names.foreign(subject.written)


def _without_short_forms(subjects: list[Subject]) -> list[Subject]:
    """Later in a post a company is called by its first words or initials: that is no second company."""
    kept: list[Subject] = []
    parts = [names.words(s.agency.name if s.agency else s.written) for s in subjects]
    for at, subject in enumerate(subjects):
        mine = parts[at]
        full = None
        if subject.agency is None:
            full = next(
                (
                    other
                    for i, other in enumerate(subjects)
                    if i != at
                    and len(parts[i]) > len(mine)
                    and (parts[i][: len(mine)] == mine or mine == ("".join(word[0] for word in parts[i]),))
                ),
                None,
            )
        if full is None:
            kept.append(subject)
        else:
            full.claims += subject.claims
    return kept


def _unique(quoted: Iterable[Quoted]) -> list[Quoted]:
    return list({(q.sip3mi, q.claim.value): q for q in reversed(tuple(quoted))}.values())[::-1]


def _from_sip3mi(quoted: Iterable[Quoted]) -> list[Subject]:
    """The agencies that quoted company licences lead to."""
    found: dict[str, Subject] = {}
    for each in quoted:
        if each.sip3mi and each.owner is not None:
            subject = found.setdefault(each.owner.name, Subject(each.owner, each.owner.name, named=True))
            subject.claims.append(each.claim)
    return list(found.values())


def _owners(quoted: Iterable[Quoted]) -> list[Subject]:
    """Where no agency is named the owner of the quoted licence stands in; numbers nobody owns stand together."""
    found: dict[str, Subject] = {}
    for each in quoted:
        subject = found.setdefault(each.owner_name, Subject(each.owner, each.owner_name, named=False))
        subject.claims.append(each.claim)
        subject.quoted.append(each)
    lost = found.get("")
    if lost is not None and len(found) > 1 and all(each.sip3mi for each in lost.quoted):
        del found[""]  # beside a licence a company licence is not shown as the permit
    return list(found.values())


def _give_numbers(subjects: list[Subject], quoted: list[Quoted], lines: listing.Lines) -> None:
    if len(subjects) == 1:
        subjects[0].quoted = quoted
        return
    mentions = [(lines.at(claim), at) for at, subject in enumerate(subjects) for claim in subject.claims]
    own, shared = listing.share([(lines.at(q.claim), q) for q in quoted], mentions, len(subjects))
    own[0] = shared + own[0]
    on_line: dict[tuple[str, int], set[int]] = {}
    for place, at in mentions:
        on_line.setdefault((place.source, place.line), set()).add(at)
    for at, mine in enumerate(own):
        for each in mine:
            place = lines.at(each.claim)
            owner = next((i for i, s in enumerate(subjects) if s.agency is not None and s.agency is each.owner), at)
            alone = on_line.get((place.source, place.line), set()) == {at}
            given = subjects[at if alone else owner].quoted
            if each not in given:
                given.append(each)


def _give_offers(subjects: list[Subject], reading: domain.Reading, texts: Mapping[str, str], lines: listing.Lines) -> None:
    destinations = _destinations(reading)
    position_claims = [c for c in reading.of(ClaimKind.POSITION) if c.value in reading.positions]
    named = [c for c in reading.of(ClaimKind.COUNTRY) if c.role in _DESTINATION and c.value in destinations]
    claimed = [(lines.at(c), c.value) for c in named]
    positions = [(lines.at(c), c.value) for c in position_claims]
    away = frozenset(c.value for c in position_claims if _away_from_home(c))
    wordings = {c.value: texts[c.source][c.span[0] : c.span[1]] for c in position_claims if c.source in texts}
    either = _either(reading.of(ClaimKind.POSITION))
    if len(subjects) == 1:
        pairs = listing.tied(claimed, positions) if _all_claimed(destinations, reading.positions, claimed, positions) else ()
        subjects[0].offer = coverage.Offer(destinations, reading.positions, pairs, away, wordings, either)
        return
    mentions = [(lines.at(claim), at) for at, subject in enumerate(subjects) for claim in subject.claims]
    # Shared out together, so that both follow the same order of the post.
    listed = [*((place, (True, place, v)) for place, v in claimed), *((place, (False, place, v)) for place, v in positions)]
    own, shared = listing.share(sorted(listed, key=lambda each: each[0]), mentions, len(subjects))
    own_countries, own_positions = ([_of_kind(each, country) for each in own] for country in (True, False))
    for at, subject in enumerate(subjects):
        mine = own_countries[at] or _of_kind(shared, country=True)
        jobs = own_positions[at] or _of_kind(shared, country=False)
        # What the post says of others only, it does not say of this one.
        lands = _values(mine) or (() if any(own_countries) else destinations)
        work = _values(jobs) or (() if any(own_positions) else reading.positions)
        subject.offer = coverage.Offer(lands, work, listing.tied(mine, jobs), away, wordings, either)


def aside(reading: domain.Reading, named: Iterable[domain.Claim]) -> tuple[domain.Claim, ...]:
    """The work that an offer names where it seems to offer none of it (docs/adr/0082), one claim for each kind; the words of a name are no
    work. `named`: its companies and numbers, as the register knows them."""
    if reading.positions:
        return ()
    names = [claim for claim in named if claim.kind == ClaimKind.COMPANY]
    work: dict[str, domain.Claim] = {}
    for claim in reading.of(ClaimKind.POSITION):
        if not any(name.source == claim.source and domain.touch(name.span, claim.span) for name in names):
            work.setdefault(claim.value, claim)
    return tuple(work.values())


def _of_kind(items: Iterable[tuple[bool, listing.At, str]], country: bool) -> list[tuple[listing.At, str]]:
    return [(place, value) for of_country, place, value in items if of_country is country]


def _either(positions: Sequence[domain.Claim]) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Position code -> the jobs it is one of several names of; without the codes that stand for a job of their own."""
    phrases: dict[tuple[str, str], set[str]] = {}
    for at, claim in enumerate(positions):
        # What the reading saw in one phrase is one job; by itself each claim is one.
        phrases.setdefault((claim.source, claim.detail.get("phrase", f"={at}")), set()).add(claim.value)
    jobs: dict[str, set[frozenset[str]]] = {}
    for names_of_one in map(frozenset, phrases.values()):
        for code in names_of_one:
            jobs.setdefault(code, set()).add(names_of_one)
    return {code: tuple(mine) for code, mine in jobs.items() if frozenset((code,)) not in mine}


def _away_from_home(care: domain.Claim) -> bool:
    """Whether care work is in an institution, or without the housework: then no licence for domestic work covers it."""
    return care.detail.get("setting") == "institution" or care.detail.get("housework") == "excluded"


def _all_claimed(
    countries: Iterable[str],
    positions: Iterable[str],
    claimed: Iterable[tuple[listing.At, str]],
    position_places: Iterable[tuple[listing.At, str]],
) -> bool:
    return set(countries) == {v for _, v in claimed} and set(positions) == {v for _, v in position_places}


def _values(places: Iterable[tuple[listing.At, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for _, value in places))


def _destinations(reading: domain.Reading) -> tuple[str, ...]:
    """The countries of work: not those that are transit only."""
    roles: dict[str, set[str]] = {}
    for claim in reading.of(ClaimKind.COUNTRY):
        roles.setdefault(claim.value, set()).add(claim.role)
    return tuple(c for c in reading.countries if c not in roles or roles[c] & _DESTINATION)
