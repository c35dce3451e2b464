"""The register of recruitment licences and the check of a reading against it, as it stood on the post's day.

    book.Book        one edition, prepared once
    resolved         companies and numbers of a post, with what the register holds of them
    subjects         who is judged, with the numbers, countries and positions listed with it
    verdicts.judge   the table: one verdict for each of them
    check            all of it: the worst verdict, the others beside it, notes, the register's forms with their spans

`files.read_register` reads the register's two files; `names` (with `slips`, `name_endings`, `real_words`, `candidates`),
`mentions`, `numbers`, `standing`, `decrees`, `coverage`, `listing`, `contacts` know one question each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole, Route, Verdict
from patrol.engine.licences import contacts, near_copies, resolved, sentences, subjects, verdicts
from patrol.engine.licences.book import Book

__all__ = ["STALE_AFTER_DAYS", "Book", "check"]

STALE_AFTER_DAYS = 14

_CONTACTS = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK)


def check(
    reading: domain.Reading, content: domain.Content, book: Book | None, day: date, *, today: date, stale_after_days: int = STALE_AFTER_DAYS
) -> domain.LicenceCheck:
    """The verdict on a post of `day` (Asia/Jakarta); `today` only decides whether the register is called old.

    `claims` of the result are all companies and numbers of the post, in any role and of any text, with the register's
    form as value where it has one; names of the register that the reading did not mark are among them.
    """
    if book is None:
        return _without_register(reading, day)
    known = resolved.resolve(reading, content, book)
    notes: tuple[domain.Sentence, ...] = ()
    if (today - book.register_date).days > stale_after_days:
        notes = (sentences.stale(book.register_date, stale_after_days),)
    verdict: Verdict | None = None
    judged: list[verdicts.Judgement] = []
    if not reading.overseas_offer:
        verdict = Verdict.NOT_AN_OFFER
    elif _exempt(reading) and not _placer_put_forward(known):
        verdict = Verdict.EXEMPT
    else:
        found = subjects.of(reading, content, known)
        judged = sorted((verdicts.judge(subject, day, book) for subject in found), key=lambda j: j.rank)
        if not judged:
            verdict = Verdict.NO_LICENCE_SHOWN
    if verdict is not None:
        return domain.LicenceCheck(
            verdict,
            day,
            sentences.plain(verdict, book.register_date),
            register_date=book.register_date,
            edition=book.register.edition,
            notes=notes,
            claims=known.claims,
        )
    agencies = [judgement.agency for judgement in judged if judgement.agency is not None]
    listed = [book.contacts(agency) for agency in agencies]
    given = reading.of(*_CONTACTS)
    own = contacts.own(given, listed)
    copies = near_copies.of(given, listed) if own is False else ()
    texts = resolved.sources(reading, content)
    aside = [texts[one.source][slice(*one.span)] for one in subjects.aside(reading, known.claims) if one.source in texts]
    others = tuple(_checked(other, day, book, own, notes, aside) for other in judged[1:])
    return _checked(judged[0], day, book, own, notes, aside, claims=known.claims, others=others, copies=copies)


def _without_register(reading: domain.Reading, day: date) -> domain.LicenceCheck:
    verdict = Verdict.CANNOT_CHECK
    if not reading.overseas_offer:
        verdict = Verdict.NOT_AN_OFFER
    elif _exempt(reading):
        verdict = Verdict.EXEMPT
    claims = reading.of(ClaimKind.COMPANY, ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER)
    return domain.LicenceCheck(verdict, day, sentences.plain(verdict, None), claims=claims)


def _exempt(reading: domain.Reading) -> bool:
    """A lawful route without SIP is nobody's to sell: it ends where money is asked to an account."""
    return reading.route == Route.EXEMPT and not reading.of(ClaimKind.BANK_ACCOUNT)


def _placer_put_forward(known: resolved.Resolved) -> bool:
    """Where a placement company or a SIP is put forward the lawful route without SIP ends."""
    return bool(known.quoted) or any(c.claim.role == CompanyRole.PLACER for c in known.companies)


def _checked(
    judged: verdicts.Judgement,
    day: date,
    book: Book,
    contact_own: bool | None,
    notes: tuple[domain.Sentence, ...],
    aside: Sequence[str],
    *,
    claims: tuple[domain.Claim, ...] = (),
    others: tuple[domain.LicenceCheck, ...] = (),
    copies: tuple[domain.Claim, ...] = (),
) -> domain.LicenceCheck:
    subject = judged.subject
    assert subject is not None  # every judgement of a subject carries it
    runner_up = book.names.runner_up(subject.match) if subject.match is not None else None
    own = contact_own if judged.agency is not None else None
    return domain.LicenceCheck(
        judged.verdict,
        day,
        sentences.reason(judged, day, book.register_date, contact_own=own, runner_up=runner_up),
        brief=sentences.brief(judged, day, book.register_date, runner_up=runner_up),
        register_date=book.register_date,
        edition=book.register.edition,
        agency=judged.agency.name if judged.agency is not None else resolved.shown(subject.written),
        licence_number=judged.quoted.claim.value if judged.quoted is not None else "",
        notes=(*notes, *sentences.notes(judged, contact_own=own, aside=aside)),
        claims=claims,
        others=others,
        contact_own=own,
        near_copies=copies,
        runner_up=runner_up.name if runner_up is not None else "",
        runner_up_distance=runner_up.distance if runner_up is not None else None,
    )
